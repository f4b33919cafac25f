"""What follows from a command that stands already."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import ParamSpec

log = logging.getLogger(__name__)

P = ParamSpec("P")


def afterwards(tell: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Do it; where it goes wrong, that is logged and goes no further."""
    try:
        tell(*args, **kwargs)
    except Exception:
        log.exception("What happened stands, but nobody was told of it.")
