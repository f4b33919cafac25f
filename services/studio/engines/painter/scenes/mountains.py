"""Peaks, one row behind the other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from services.studio.engines.painter.canvas import Canvas, Ground
from services.studio.engines.painter.maths import Floats, power
from services.studio.engines.painter.scenes.land import (
    Earth,
    earth,
    hump,
    land,
    spruces,
    things_float,
    turf,
    water,
)
from services.studio.engines.painter.scenes.scene import Scene
from services.studio.engines.painter.scenes.sky import sky

LANDS = ("#a9a3a6 #4c5a78", "#b8a394 #5b5370", "#93a7ac #38566b")
MEADOWS = ("#8fa860 #35583f", "#a3a35c #4a5a3a", "#7fa374 #2d5450")
SNOWLINE = 0.2


def mountains(c: Canvas) -> Ground:
    horizon = c.h * c.between(0.56, 0.64)
    sky(c, horizon)
    rock, meadow = earth(c, LANDS), earth(c, MEADOWS)
    floats = things_float(c)
    level = (c.pick((hero, massif)) if floats else c.pick(LAYOUTS))(c, horizon, rock)
    if level is None:
        woods = np.asarray(horizon + c.unit * (0.16 - 0.07 * c.curve(1.2, 3)), np.float32)
        spruces(c, woods, 0.5, 0.06, 110, meadow)
        land(c, woods, 0.45, meadow, fog=0.4)
    low = c.unit * 0.02 if floats else max(c.unit * 0.12, (c.h - horizon) * 0.3)
    line = c.h - low - c.unit * 0.1 * c.curve(1.1, 3)
    line = np.asarray(line - c.unit * 0.05 * hump(c, c.spot * c.w, c.unit * 0.6), np.float32)
    spruces(c, line - c.unit * 0.035, 0.3, 0.1, 46, meadow)
    framed(c, line, meadow)
    land(c, line, 0.0, meadow, fog=0.0)
    if "snow" not in c.wish.weather and c.wish.season != "winter":
        turf(c, line, meadow, many=420, tall=0.6)
    return Ground(line, horizon, level, spot=c.spot)


def framed(c: Canvas, line: Floats, colours: Earth) -> None:
    """Firs that grow taller towards the sides and leave the middle of interest open."""
    for step in range(3):
        off = np.abs(c.x / c.w - c.spot) * c.w / c.unit
        if off.max() < 0.22 + 0.12 * step:
            break
        spruces(c, np.where(off > 0.22 + 0.12 * step, line, c.h * 2), 0.1, 0.12 + 0.055 * step, 13, colours)


def hero(c: Canvas, horizon: float, rock: Earth) -> float | None:
    """One peak above all others, on the side away from the sun."""
    chain(c, horizon, 0.9, rock, 0.22)
    top = c.w * (c.spot + c.between(-0.08, 0.08))
    peak = hump(c, top, c.unit * c.between(0.44, 0.62), 1.35) + 0.3 * hump(
        c, top + c.unit * 0.3 * c.pick((-1, 1)), c.unit * 0.3, 1.1
    )
    rise = 0.9 * peak + 0.2 * c.curve(2.8, 6, 0.52, sharp=True)
    land(
        c,
        horizon + c.unit * 0.09 - c.unit * 0.5 * rise,
        0.45,
        rock,
        surface="rock",
        snow=SNOWLINE + 0.05,
        foot=horizon + c.unit * 0.14,
    )
    return foothills(c, horizon, rock)


def massif(c: Canvas, horizon: float, rock: Earth) -> float | None:
    """A long chain with several summits."""
    chain(c, horizon, 0.92, rock, 0.26)
    rise = 0.5 * c.curve(1.6, 2, 0.5) + 0.62 * c.curve(2.6, 6, 0.5, sharp=True)
    land(
        c,
        horizon + c.unit * 0.08 - c.unit * 0.36 * rise,
        0.52,
        rock,
        surface="rock",
        snow=SNOWLINE,
        foot=horizon + c.unit * 0.14,
    )
    return foothills(c, horizon, rock)


def valley(c: Canvas, horizon: float, rock: Earth) -> float | None:
    """Two flanks that part before a far summit."""
    middle = c.w * (1 - c.spot)
    rise = hump(c, middle + c.unit * c.between(-0.1, 0.1), c.unit * 0.5, 1.15) * 0.8
    rise = rise + 0.22 * c.curve(3, 6, 0.5, sharp=True)
    land(
        c,
        horizon + c.unit * 0.04 - c.unit * 0.34 * rise,
        0.82,
        rock,
        surface="rock",
        snow=SNOWLINE,
        foot=horizon + c.unit * 0.13,
    )
    for side, far in ((1, 0.55), (-1, 0.4), (1, 0.24)):
        open_to = np.clip((c.x - middle) * side / c.unit - 0.12 + 0.3 * far, 0, 1.2)
        rough = 0.2 * c.curve(3, 6, 0.5, sharp=True) * np.minimum(open_to * 4, 1)
        rise = power(open_to / 1.2, 0.85) * 1.17 * (0.62 - 0.35 * (0.55 - far)) + rough
        base = horizon + c.unit * (0.16 - 0.1 * far)
        land(c, base - c.unit * rise, far, rock, surface="rock", snow=0.14 if far > 0.3 else 0.0)
        if far == 0.4 and (c.wish.water or c.is_so(0.4)):
            return water(c, base - c.unit * 0.01, rock.shade)
    return None


def layers(c: Canvas, horizon: float, rock: Earth) -> float | None:
    """Ridge behind ridge in the haze, without snow."""
    for k in range(6):
        far = 0.95 - 0.145 * k
        base = horizon + c.unit * (0.065 * k - 0.04)
        rise = 0.7 * c.curve(1.1 + 0.15 * k, 2, 0.5) + 0.35 * c.curve(3.2, 5, 0.5, sharp=True)
        land(c, base - c.unit * (0.22 - 0.018 * k) * rise, far, rock, surface="soft", fog=0.7)
    return water(c, horizon + c.unit * 0.2, rock.shade) if c.wish.water else None


def chain(c: Canvas, horizon: float, far: float, rock: Earth, tall: float) -> None:
    rise = 0.4 * c.curve(1.2, 2) + 0.6 * c.curve(2.4, 6, 0.48, sharp=True)
    land(
        c,
        horizon + c.unit * 0.03 - c.unit * tall * rise,
        far,
        rock,
        surface="rock",
        snow=SNOWLINE,
        foot=horizon + c.unit * 0.12,
    )


def foothills(c: Canvas, horizon: float, rock: Earth) -> float | None:
    """Lower ridges, or a lake that mirrors those behind."""
    base = horizon + c.unit * 0.13
    rise = 0.6 * c.curve(1.2, 2) + 0.5 * c.curve(3.4, 6, 0.5, sharp=True)
    land(c, base - c.unit * 0.17 * rise, 0.34, rock, surface="rock", foot=base + c.unit * 0.08)
    if c.wish.water or things_float(c) or c.is_so(0.3):
        return water(c, base, rock.shade)
    land(c, base + c.unit * (0.07 - 0.12 * c.curve(1.4, 5, 0.45)), 0.2, rock, surface="soft")
    return None


LAYOUTS: tuple[Callable[[Canvas, float, Earth], float | None], ...] = (hero, massif, valley, layers, hero)
ROWS = {
    "mountains": Scene(
        mountains,
        "mountain alp alps peak summit himalaya fjord valley highland ridge cordillera matterhorn "
        "everest andes rocky-mountain mountainous alpine berg gebirge gipfel tal alpen montagne sommet "
        "vallée alpes montaña cumbre valle cordillera-andina 🏔 ⛰ 🗻 山 岳 峰",
        "high snowy mountain peaks and valleys",
        company=("bird", "cottage", "balloon", "deer"),
    ),
}
