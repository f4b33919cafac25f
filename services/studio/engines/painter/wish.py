"""What a prompt asks for, in the painter's own words. `reading/` makes it, everything else only looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Time = Literal["dawn", "day", "dusk", "night"]
Season = Literal["spring", "summer", "autumn", "winter"]
Weather = Literal["mist", "rain", "storm", "snow", "clouds", "clear", "aurora", "rainbow", "sparks", "petals", "stars"]
Mood = Literal["calm", "joyful", "gloomy", "dreamy", "mysterious", "dramatic"]
Palette = Literal["warm", "cool", "pastel", "vivid", "earthy", "monochrome", "neon", "golden"]
Relation = Literal["on", "in", "under", "over", "beside", "behind", "before"]


@dataclass(frozen=True)
class Thing:
    """Something to be seen in the scene."""

    subject: str
    """A key of `SUBJECTS`."""
    count: int | None = None
    """As many as were named; None leaves it to the subject."""
    colour: str | None = None
    """`#rrggbb`, where a colour was named right with it ("red boat")."""
    relation: Relation | None = None
    to: int | None = None
    """Which of the wish's things it relates to, by its place among them; None is the scene itself."""


@dataclass(frozen=True)
class Wish:
    scene: str
    """A key of `SCENES`."""
    time: Time
    things: tuple[Thing, ...] = ()
    weather: frozenset[Weather] = frozenset()
    season: Season | None = None
    mood: Mood | None = None
    palette: Palette | None = None
    style: str = ""
    """A key of `STYLES`; empty leaves the picture as the scenes paint it."""
    water: bool = False
    """Whether a lake, a river or a reflection was asked for where the scene may have one."""
    hues: tuple[str, ...] = ()
    """Colours of the world, in the order they were said."""
    sky_hue: tuple[str, float] | None = None
    land_hue: tuple[str, float] | None = None
    """Which colour dyes sky and land, and how strongly from 0 to 1."""
