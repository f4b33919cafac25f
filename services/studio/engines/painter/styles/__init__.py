"""Finishing passes over a painted sheet. A new style is one function and one row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from services.studio.engines.painter.canvas import Canvas


@dataclass(frozen=True)
class Style:
    finish: Callable[[Canvas], None]
    """Changes `c.px` in place."""
    words: str
    described: str


STYLES: dict[str, Style] = {}
