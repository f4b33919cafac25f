"""A picture to start from: what is where in it stays, and it is painted anew in the light that is wished for."""

from __future__ import annotations

import io
import math

import numpy as np
from PIL import Image, ImageOps

from services.studio.engines.painter.canvas import Canvas
from services.studio.engines.painter.colour import grey, hexes, ramp
from services.studio.engines.painter.maths import Floats, exp, smooth
from services.studio.engines.painter.scenes.land import SEASONS
from services.studio.engines.painter.styles import technique as t
from services.studio.engines.painter.wish import Time

HORIZON = 0.5
"""The share of its height at which a picture of which nothing is known is taken to end its sky."""
BRIGHTNESS: dict[Time, float] = {"dawn": 0.56, "day": 0.62, "dusk": 0.4, "night": 0.16}
"""How bright a picture is on the whole at each time of day."""
DYE: dict[Time, float] = {"dawn": 0.4, "day": 0.1, "dusk": 0.5, "night": 0.62}
"""How far the light's own colours take the place of the picture's."""
RANGE: dict[Time, tuple[float, float]] = {
    "dawn": (0.06, 0.97), "day": (0.04, 0.99), "dusk": (0.03, 0.95), "night": (0.01, 0.92),
}  # fmt: skip
"""Its darkest and its brightest parts."""
GOUACHE = (
    t.Touch(0.1, 0.03, 0.022, 0.04),
    t.Touch(0.05, 0.016, 0.013, 0.035, needed=0.025),
    t.Touch(0.024, 0.008, 0.008, 0.02, needed=0.06),
    t.Touch(0.011, 0.004, 0.004, 0.0, needed=0.1),
)
GLOW: dict[Time, float] = {"dawn": 0.55, "day": 0.12, "dusk": 0.75, "night": 0.1}
"""How much of the light by the horizon is seen."""
SPARED = 0.7
"""How much of the dark of night a lamp escapes."""


def start_from(c: Canvas, image: bytes, strength: float) -> None:
    """Fill the sheet with the picture, cut to its shape: nearly as it is at 0, painted wholly anew at 1."""
    strength = min(max(strength, 0.0), 1.0)
    with Image.open(io.BytesIO(image)) as file:
        picture = ImageOps.fit(file.convert("RGB"), (c.w, c.h), Image.Resampling.BICUBIC)
    c.horizon = c.h * HORIZON
    c.px[:] = _relit(c, _painted(c, t.pixels(picture), strength), float(smooth(0.0, 0.75, strength)))


def _painted(c: Canvas, px: Floats, strength: float) -> Floats:
    """In ever broader strokes, as far as it may change; what stands out from its surroundings stays."""
    if strength < 0.02:
        return px
    calm = t.keen(px, t.calm(px, c.unit * (0.0013 + 0.0025 * strength)))
    along = t.flow(c, calm, 1 / 24, 0.5)
    broad = 0.4 + 0.6 * strength
    painting, _ = t.stroked(c, t.hazed(calm, c.unit * 0.012), calm, along, tuple(
        touch._replace(length=touch.length * broad, width=touch.width * broad, dabs=touch.dabs * strength)
        for touch in GOUACHE
    ))  # fmt: skip
    return np.asarray(px + (painting - px) * smooth(0.0, 0.45, strength), np.float32)


def _relit(c: Canvas, px: Floats, share: float) -> Floats:
    """In the light of the wish's time of day and in its season."""
    if share < 0.01:
        return px
    if c.wish.season or "snow" in c.wish.weather:
        grown = t.recoloured(px, lambda rgb: _season(c, rgb, share))
        px = px + (grown - px) * smooth(0.3, 0.55, c.y / c.h)[..., None]
    middle = np.asarray(t.sheet(px).resize((1, 1), Image.Resampling.BOX), float)[0, 0] / 255
    exponent = _exponent(c, float((middle * (0.3, 0.59, 0.11)).sum()), share)
    white = (middle.mean() + 0.05) / (middle + 0.05)
    balance = 1 + (np.clip(white, 0.6, 1.6) - 1) * 0.5 * share
    px = t.recoloured(px, lambda rgb: _light(c, rgb * balance, exponent, share))
    dark, light = RANGE[c.light.time]
    light -= 0.34 * min(max(exponent - 1, 0), 1) if c.light.time == "night" else 0
    px = px + (t.saturated(t.spread(px, dark, light, 0.003, 0.997), 1.2) - px) * np.float32(0.8 * share)
    low = exp(-c.away(c.sun[0], c.horizon, c.unit) * 2.2) * GLOW[c.light.time] * share
    px = px + (c.light.glow - px) * (low * smooth(0.05, 0.8, grey(px)))[..., None]
    if c.light.time == "night":
        px = px * (1 - 0.4 * share * smooth(0.75, 0.0, c.y / c.h))[..., None]
    return px


def _exponent(c: Canvas, bright: float, share: float) -> float:
    """Makes the whole as bright as it is at that time of day."""
    bright = min(max(bright, 0.06), 0.9)
    wanted = math.log(BRIGHTNESS[c.light.time]) / math.log(bright)
    return 1 + (min(max(wanted, 0.45), 2.4) - 1) * share


def _light(c: Canvas, rgb: Floats, exponent: float, share: float) -> Floats:
    red, _, blue = np.clip(rgb, 0, 1).T
    lamps = np.clip((red - blue - 0.3) * 4, 0, 1) * np.clip(red * 5 - 3.6, 0, 1) * SPARED
    rgb = np.clip(rgb, 0, 1) ** (exponent + (1 - exponent) * lamps)[:, None]
    bright = (rgb * (0.3, 0.59, 0.11)).sum(-1)
    dye = np.asarray(ramp([*c.light.sky, c.light.glow], bright), float)
    dye = dye * (bright / np.maximum((dye * (0.3, 0.59, 0.11)).sum(-1), 0.02))[:, None]
    rgb = rgb + (np.clip(dye, 0, 1) - rgb) * (DYE[c.light.time] * share * (1 - lamps))[:, None]
    if c.light.time == "night":
        rgb = rgb * (1 - 0.22 * share * (1 - lamps))[:, None]
    return np.asarray(rgb)


def _season(c: Canvas, rgb: Floats, share: float) -> Floats:
    """What is green takes the season's colour."""
    lit, shade = hexes(SEASONS["winter" if "snow" in c.wish.weather else c.wish.season or "winter"])
    red, green, blue = rgb.T
    plants = np.clip((green - blue) * 6, 0, 1) * np.clip((green - red) * 8 + 0.7, 0, 1) * share * 0.85
    grown = np.asarray(ramp([shade * 0.4, shade, lit], np.clip(green * 1.15, 0, 1)), float)
    return np.asarray(rgb + (grown - rgb) * plants[:, None])
