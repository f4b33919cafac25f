"""What a thing in a picture is to the rest of the painter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from services.studio.engines.painter.brush import Brush

Where = Literal["ground", "water", "sky", "deep", "space", "heavens"]
"""On the ground (or a table), afloat, flying, under water, adrift in space; the heavens hold sun, moon and stars."""


@dataclass(frozen=True)
class Subject:
    """`height` is a share of the picture's shorter side in a landscape, `count` the fewest and the most of them where
    the prompt names no number."""

    draw: Callable[[Brush], None]
    words: str
    """Those that name it, emoji and other languages' among them."""
    described: str
    """For who finds it by meaning."""
    where: Where = "ground"
    height: float = 0.2
    count: tuple[int, int] = (1, 1)
    scenes: tuple[str, ...] = ("meadow",)
    """Where it is found if the prompt does not say, the likeliest first."""
    roundness: float = 1.0
    seat: float = 0.9
    """How high up, in its own height, others stand or lie on it."""
