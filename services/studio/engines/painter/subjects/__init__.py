"""Everything that can stand, float or fly in a scene. A new subject is one function and one row."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from services.studio.engines.painter.brush import Brush
from services.studio.engines.painter.subjects import samples

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
    lights: bool = False
    """Whether it lights up what is around it."""


def _table(*tables: Iterable[tuple[str, Subject]]) -> dict[str, Subject]:
    return {name: subject for table in tables for name, subject in table}


SUBJECTS: dict[str, Subject] = {
    "fox": Subject(
        samples.fox, "fox foxes vixen fuchs renard zorro volpe raposa 🦊", "a red fox, a small wild animal",
        height=0.2, scenes=("forest", "meadow"),
    ),
    "boat": Subject(
        samples.boat, "boat sailboat yacht sail dinghy canoe schiff bateau barco barca ⛵ 🚤", "a small sailing boat",
        where="water", height=0.2, scenes=("sea",), roundness=0.5,
    ),
}  # fmt: skip
