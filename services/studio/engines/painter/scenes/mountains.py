"""Peaks, one row behind the other."""

from __future__ import annotations

import numpy as np

from services.studio.engines.painter.canvas import Canvas, Ground
from services.studio.engines.painter.scenes.land import earth, land, spruces, water
from services.studio.engines.painter.scenes.scene import Scene
from services.studio.engines.painter.scenes.sky import sky

LANDS = ("#a9a3a6 #4c5a78", "#b8a394 #5b5370", "#93a7ac #38566b")
RIDGES = ((0.9, 0.16), (0.5, 0.2), (0.38, 0.0), (0.22, 0.0))
"""How far each is, and how deep its snow lies."""


def mountains(c: Canvas) -> Ground:
    horizon = c.h * c.between(0.56, 0.64)
    sky(c, horizon)
    colours = earth(c, LANDS)
    has_lake = c.wish.water or c.is_so(0.3)
    hero = np.clip(1 - np.abs(c.x / c.w - (c.spot + c.between(-0.06, 0.06))) * 2.2 * c.w / c.unit, 0, 1)
    level = None
    for k, (far, snow) in enumerate(RIDGES):
        peak = hero if k == 1 else c.curve(0.8, 1) * 0.4
        rise = 0.55 * c.curve(2.2 + 0.6 * k, 6, 0.48, sharp=True) + 0.75 * peak
        base = horizon + c.unit * (0.02 + 0.075 * k)
        land(c, base - c.unit * (0.36 - 0.075 * k) * rise, far, colours, surface="rock", snow=snow)
        if has_lake and k == 2:
            level = water(c, horizon + c.unit * 0.13, colours.shade)
            break
    line = c.h - c.unit * (0.13 + 0.1 * c.curve(1.3, 3))
    spruces(c, line - c.unit * 0.035, 0.3, 0.1, 46, colours)
    spruces(c, line, 0.08, 0.17, 22, colours)
    return Ground(land(c, line, 0.0, colours, fog=0.0), horizon, level, spot=c.spot)


ROWS = {
    "mountains": Scene(
        mountains, "mountain alps peak summit himalaya canyon fjord valley berg montagne montaña 🏔 ⛰ 🗻 山",
        "high snowy mountain peaks and valleys", company=("fox",),
    ),
}  # fmt: skip
