"""A gate that cannot decide lets nothing through."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from services.errors import ConfigurationError, Unavailable

log = logging.getLogger(__name__)


@contextmanager
def failing_closed() -> Iterator[None]:
    """What nobody foresaw becomes `Unavailable`, with a number that stands in the log besides."""
    try:
        yield
    except Unavailable:
        raise
    except ConfigurationError as error:
        raise ConfigurationError(f"The safety check cannot decide, so nothing was made. {error}") from error
    except Exception as error:
        incident = secrets.token_hex(4)
        log.exception("Incident %s: the safety check failed.", incident)
        raise Unavailable(
            f"The safety check failed (incident {incident}), so nothing was made. Try again in a minute; if it stays, "
            "tell us that number."
        ) from error
