"""What a place is to the rest of the painter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from services.studio.engines.painter.canvas import Canvas, Ground


@dataclass(frozen=True)
class Scene:
    paint: Callable[[Canvas], Ground]
    """All of the sheet; what it leaves for things to be put in."""
    words: str
    """Those that name it, emoji and other languages' among them."""
    described: str
    """For who finds it by meaning."""
    company: tuple[str, ...] = ()
    """Subjects that suit it where the prompt names none."""
    indoors: bool = False
    """Whether rain and snow stay outside, and the time of day is only a light."""
