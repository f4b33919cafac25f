"""What a style is to the rest of the painter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from services.studio.engines.painter.canvas import Canvas


@dataclass(frozen=True)
class Style:
    finish: Callable[[Canvas], None]
    """Changes `c.px` in place."""
    words: str
    """Those that name it; a hyphen joins words that must stand together, as in `low-poly`."""
    described: str
    """For who finds it by meaning."""
    closeness: float = 1.0
    """How much larger things stand in a landscape, where the style loses what is small."""
