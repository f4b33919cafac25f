"""The light of a picture: everything in it is seen in the same one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from services.studio.engines.painter.chance import Chance
from services.studio.engines.painter.colour import dim, hexes, mix, tint
from services.studio.engines.painter.maths import Floats
from services.studio.engines.painter.wish import Time, Wish

SKIES: dict[Time, tuple[str, ...]] = {  # zenith, middle, horizon, sun or moon
    "dawn": (
        "#47628f #c79bb0 #ffd9b3 #fff0cf",
        "#5b6ea3 #e5a9ad #ffe2bd #fff3d6",
        "#3f7f95 #a9cbc2 #ffe3bb #fff4d8",
    ),
    "day": (
        "#2f7cc0 #7fbbe3 #e2f1f2 #fffbe6",
        "#2f93b3 #93d0d2 #f7eed6 #fffbe6",
        "#4877c4 #a3c2ee #f7efe4 #fffdf0",
    ),
    "dusk": (
        "#2c2555 #97447a #ff9560 #ffe0a0",
        "#22406a #8c6690 #f9b077 #fff0c0",
        "#41204f #c54c63 #ffb565 #fff0b8",
    ),
    "night": (
        "#070c22 #14254f #355079 #e6edff",
        "#0b0a26 #262456 #58468a #f4ecff",
        "#04141f #0e3543 #2e6c70 #e9fff6",
    ),
}
STRENGTH: dict[Time, float] = {"dawn": 0.86, "day": 1.0, "dusk": 0.68, "night": 0.46}
SUN_HEIGHT: dict[Time, tuple[float, float]] = {  # share of the way from the top down to the horizon
    "dawn": (0.72, 0.9), "day": (0.2, 0.4), "dusk": (0.74, 0.92), "night": (0.25, 0.45),
}  # fmt: skip
OVERCAST = "#8c9096"
LAMP, LAMP_BY_DAY = "#ffdf8e", "#59636e"
DARK = 0.8
"""Below this strength lamps are lit."""


@dataclass(frozen=True)
class Light:
    time: Time
    strength: float
    """How bright it is, from 0 to 1."""
    sky: Floats
    """Three colours, from the zenith down to the horizon."""
    glow: Floats
    """The colour of the sun or the moon."""
    mist: Floats
    """What everything fades to with distance."""
    side: int
    """1 where the light comes from the right, -1 from the left."""
    sun: tuple[float, float]
    """Where sun or moon stand: shares of the width, and of the height of the sky."""

    @property
    def is_dark(self) -> bool:
        return self.strength < DARK

    def on(self, colour: Any, far: float = 0.0) -> Floats:
        """How a colour looks in this light, at a distance from 0 (near) to 1 (as far as one can see)."""
        lit = mix(dim(colour, 0.25 + 0.75 * self.strength), self.mist, 0.1)
        return mix(lit, self.mist, far**0.8 * 0.9) if far else lit

    @property
    def lamp(self) -> Floats:
        """A window or a lantern: warm and bright when it is dark, dull by day."""
        return np.asarray(hexes(LAMP if self.is_dark else LAMP_BY_DAY)[0])


def light_of(wish: Wish, chance: Chance) -> Light:
    *sky, glow = hexes(chance.pick(SKIES[wish.time]))
    strength = STRENGTH[wish.time]
    if wish.weather & {"rain", "storm", "mist", "clouds"}:
        heavy = 0.62 if "storm" in wish.weather else 0.42
        sky = [tint(each, OVERCAST, heavy) for each in sky]
        strength *= 0.8 if "storm" in wish.weather else 0.92
    hue, pull = wish.sky_hue or (OVERCAST, 0.0)
    sky = [tint(each, hue, pull) for each in sky]
    side = int(chance.pick((-1, 1)))
    low, high = SUN_HEIGHT[wish.time]
    return Light(
        time=wish.time,
        strength=strength,
        sky=np.stack(sky),
        glow=tint(glow, hue, pull * 0.35),
        mist=mix(sky[2], sky[1], 0.3),
        side=side,
        sun=(0.5 + side * chance.between(0.12, 0.3), chance.between(low, high)),
    )
