"""Lakes, rivers and waterfalls."""

from __future__ import annotations

import numpy as np

from services.studio.engines.painter.canvas import Canvas, Ground
from services.studio.engines.painter.colour import dim, mix, ramp
from services.studio.engines.painter.maths import Floats, exp, power, sin, smooth
from services.studio.engines.painter.scenes.fields import blossoms, tree_colours
from services.studio.engines.painter.scenes.land import (
    Earth,
    clumps,
    copses,
    earth,
    foam,
    hump,
    land,
    reeds,
    rocks,
    round_trees,
    spruces,
    things_float,
    turf,
    water,
    white,
)
from services.studio.engines.painter.scenes.mountains import LANDS as ROCKS
from services.studio.engines.painter.scenes.scene import Scene
from services.studio.engines.painter.scenes.sky import sky
from services.studio.engines.painter.scenes.woods import firs_row, foliage, is_white

GREENS = ("#98b75e #2f5f48", "#a8b25a #405f3e", "#7fae74 #235650")


def lake(c: Canvas) -> Ground:
    return c.pick((alpine, wooded) if things_float(c) else (alpine, river, wooded, river))(c)


def alpine(c: Canvas) -> Ground:
    """Peaks and firs, all of them again in still water."""
    horizon = c.h * c.between(0.46, 0.54)
    sky(c, horizon)
    rock, green = earth(c, ROCKS), earth(c, GREENS)
    rise = 0.4 * c.curve(1.2, 2) + 0.6 * c.curve(2.4, 6, 0.48, sharp=True)
    land(
        c, horizon + c.unit * (0.03 - 0.24 * rise), 0.88, rock, surface="rock", snow=0.22, foot=horizon + c.unit * 0.04
    )
    top = c.w * (1 - c.spot + c.between(-0.05, 0.05)) if c.is_so(0.5) else c.w * c.spot
    rise = 0.8 * hump(c, top, c.unit * c.between(0.4, 0.6), 1.1) + 0.25 * c.curve(2.8, 6, 0.52, sharp=True)
    land(
        c,
        horizon + c.unit * 0.02 - c.unit * 0.4 * rise,
        0.5,
        rock,
        surface="rock",
        snow=0.24,
        foot=horizon + c.unit * 0.04,
    )
    shore = horizon + c.unit * (0.012 - 0.09 * c.curve(1.3, 3) * (0.2 + 0.8 * np.abs(c.x / c.w - 0.5) * 2))
    firs_row(c, np.asarray(shore, np.float32), 0.34, 0.1, 70, green)
    land(c, shore, 0.3, green, fog=0.2, foot=horizon + c.unit * 0.04)
    level = water(c, horizon + c.unit * 0.012, rock.shade)
    return Ground(near_shore(c, green), horizon, level, spot=c.spot)


def wooded(c: Canvas) -> Ground:
    """A still lake in the woods."""
    horizon = c.h * c.between(0.46, 0.56)
    sky(c, horizon)
    green = foliage(c)
    for k, far in enumerate((0.85, 0.62)):
        line = horizon + c.unit * (0.0 - (0.13 - 0.06 * k) * (0.3 + 0.7 * c.curve(1.2, 4)))
        spruces(c, np.asarray(line, np.float32), far, 0.07 + 0.03 * k, 80, green)
        land(c, line, far, green, fog=0.5, foot=horizon + c.unit * 0.04)
    shore = np.asarray(horizon + c.unit * (0.01 - 0.03 * c.curve(1.5, 3)), np.float32)
    if is_white(c):
        firs_row(c, shore, 0.3, 0.14, 50, green)
    else:
        _bank_trees(c, shore)
    land(c, shore, 0.3, green, fog=0.2, foot=horizon + c.unit * 0.04)
    level = water(c, horizon + c.unit * 0.01, green.shade)
    return Ground(near_shore(c, green), horizon, level, spot=c.spot)


def _bank_trees(c: Canvas, shore: Floats) -> None:
    """Trees along the far bank, lowest where it is to be seen through."""
    for far in (0.5, 0.3):
        tones, trees = tree_colours(c, foliage(c)), []
        count = int(8 * c.w / c.unit) + 2
        for x in (np.arange(count) + c.rng.uniform(0, 1, count)) / count * c.w:
            off = abs(x / c.w - (1 - c.spot)) * c.w / c.unit
            if off > 0.12:
                size = c.unit * (c.between(0.1, 0.15) + 0.16 * min(off, 0.7))
                trees.append((float(x), float(shore[int(min(x, c.w - 1))]) + c.unit * 0.012, size))
        round_trees(c, trees, far, dim(tones.shade, 0.9), tones.lit)


def near_shore(c: Canvas, green: Earth) -> Floats:
    """The bank on this side, in from the corner away from the sun, with reeds and stones."""
    inward = np.clip(0.5 - (c.x / c.w - 0.5) * c.light.side, 0, 1)
    line = c.h * 0.99 - c.unit * (0.2 * smooth(0.15, 0.9, inward) - 0.02 * c.curve(2, 3))
    line = np.asarray(line, np.float32)
    stones = [
        (
            c.w * (0.5 + c.light.side * c.between(-0.1, 0.42)),
            c.h * c.between(0.92, 0.99),
            c.unit * c.between(0.02, 0.06),
        )
        for _ in range(c.whole(2, 6))
    ]
    rocks(c, sorted(stones, key=lambda stone: stone[1]), Earth(mix(green.lit, c.light.mist, 0.5), green.shade))
    reeds(c, np.minimum(line + c.unit * 0.02, c.h - 1), green, many=int(70 * c.w / c.unit))
    land(c, line, 0.0, green, fog=0.0)
    if not is_white(c):
        turf(c, line, green, many=320, tall=0.7)
        blossoms(c, line, 130)
    return np.asarray(np.minimum(line + c.unit * 0.03, c.h * 0.95), np.float32)


def river(c: Canvas) -> Ground:
    """A river that winds from far hills to the foreground."""
    horizon = c.h * c.between(0.42, 0.5)
    sky(c, horizon)
    rock, green = earth(c, ROCKS), earth(c, GREENS)
    if c.is_so(0.7):
        rise = 0.4 * c.curve(1.2, 2) + 0.6 * c.curve(2.4, 6, 0.48, sharp=True)
        land(
            c,
            horizon + c.unit * (0.03 - c.between(0.16, 0.32) * rise),
            0.8,
            rock,
            surface="rock",
            snow=0.2,
            foot=horizon + c.unit * 0.05,
        )
    hills = np.asarray(horizon + c.unit * (0.02 - 0.1 * c.curve(1.1, 3)), np.float32)
    copses(c, hills, 0.62, 0.016, green)
    land(c, hills, 0.6, green, fog=0.5, foot=horizon + c.unit * 0.08)
    dry = c.px.copy()
    level = water(c, horizon + c.unit * 0.035, green.shade)
    wet = c.px
    c.px = dry
    plain = np.full(c.w, level, np.float32) + c.unit * 0.012 * c.curve(2, 3)
    land(c, plain, 0.18, green, fog=0.5)
    copses(c, plain, 0.42, 0.011, green)
    stream, bank = _meander(c, level)
    c.cover(bank * 0.6, mix(dim(green.shade, 0.8), green.lit, 0.1))
    c.px += (wet - c.px) * stream[..., None]
    river_trees(c, level, stream)
    line = np.full(c.w, c.h * 0.84, np.float32)
    cover = 1 - stream[np.minimum(c.h - 1, line.astype(int)), np.arange(c.w)]
    side_turf(c, level, stream, green)
    return Ground(line, horizon, level, spot=_driest(c, cover))


def _meander(c: Canvas, level: float) -> tuple[Floats, Floats]:
    """Where the river is, and where its banks are."""
    t = np.clip((c.y - level) / max(c.h - level, 1), 0, 1)
    turn, phase = c.between(3.4, 5.2), c.between(-0.5, 0.5)
    end = 0.5 + c.light.side * c.between(0.18, 0.3)
    course = sin(phase + turn * (1 - power(t, 0.6)) * 1.5)
    middle = c.w * (0.5 + (end - 0.5) * t) + c.unit * course * (0.05 + 0.3 * t) * (1.05 - t) * 1.2
    half = c.unit * (0.012 + 0.3 * power(t, 1.5))
    edge = (c.noise(7, 4, stretch=3) - 0.5) * c.unit * (0.01 + 0.12 * t)
    off = np.abs(c.x - middle) + edge - half
    inside = (c.y >= level) * 1.0
    return smooth(1.0, -1.0, off) * inside, smooth(c.unit * 0.02, 0.0, off / (0.25 + t)) * inside


def _driest(c: Canvas, dry: Floats) -> float:
    """Where to stand with dry feet: the middle of the widest bank."""
    best, start, run = (0, 0), 0, 0
    for x in range(0, c.w + 1, 4):
        if x < c.w and dry[x] > 0.9:
            run += 4
            continue
        best, start, run = max(best, (run, start)), x + 4, 0
    return float(np.clip((best[1] + best[0] / 2) / c.w, 0.15, 0.85)) if best[0] else c.spot


def river_trees(c: Canvas, level: float, stream: Floats) -> None:
    leaves = tree_colours(c, foliage(c))
    trees = []
    for _ in range(int(16 * c.w / c.unit)):
        t, x = c.between(0.02, 0.4) ** 1.3, c.between(0, c.w - 1)
        y = level + (c.h - level) * t
        if stream[int(min(y, c.h - 1)), max(0, int(x - c.unit * 0.03)) : int(x + c.unit * 0.03) + 1].max() < 0.1:
            trees.append((x, y, c.unit * (0.05 + 0.42 * t) * c.between(0.8, 1.2)))
    trees.sort(key=lambda tree: tree[1])
    cut = len(trees) // 2
    for far, some in ((0.5, trees[:cut]), (0.25, trees[cut:])):
        if is_white(c):
            firs_each(c, some, far, leaves)
        else:
            round_trees(c, some, far, dim(leaves.shade, 0.9), leaves.lit)


def firs_each(c: Canvas, trees: list[tuple[float, float, float]], far: float, colours: Earth) -> None:
    for x, y, size in trees:
        line = np.where(np.abs(c.x - x) < size * 0.2, y, c.h * 3).astype(np.float32)
        spruces(c, line, far, size / c.unit, max(1, int(3 * c.unit / c.w)), colours)


def side_turf(c: Canvas, level: float, stream: Floats, green: Earth) -> None:
    """Grass on the near banks, none in the water."""
    if is_white(c):
        return
    wet = c.px.copy()
    turf(c, np.full(c.w, level + (c.h - level) * 0.3, np.float32), green, many=700, tall=0.7)
    c.px += (wet - c.px) * stream[..., None]


def waterfall(c: Canvas) -> Ground:
    """Water over a wall of rock into a pool, spray at its foot."""
    lip = c.h * c.between(0.2, 0.32)
    foot = c.h * c.between(0.64, 0.72)
    sky(c, c.h * 0.6)
    c.horizon = lip
    rock, green = earth(c, ROCKS), foliage(c)
    at = c.w * (0.5 + (1 - c.spot - 0.5) * 0.5)
    half = min(c.unit, c.w * 1.4) * c.pick((0.045, 0.08, 0.14))
    back = np.asarray(lip - c.unit * (0.02 + 0.1 * c.curve(1.4, 4)), np.float32)
    firs_row(c, back, 0.7, 0.13, 44, green)
    land(c, back, 0.7, green, fog=0.5, foot=foot)
    gorge(c, at, half, (lip, foot), rock, green)
    c.pick((single, stepped))(c, at, half, lip, foot, rock)
    level = water(c, foot, rock.shade, glitter=0.25)
    spray(c, at, half, foot)
    return Ground(pool_side(c, at, foot, rock, green), lip, level, spot=_beside(c, at))


def single(c: Canvas, at: float, half: float, lip: float, foot: float, _rock: Earth) -> None:
    falling(c, at, half, lip, foot)


def stepped(c: Canvas, at: float, half: float, lip: float, foot: float, rock: Earth) -> None:
    """Two falls, one below the other, with a ledge between them."""
    ledge = lip + (foot - lip) * c.between(0.38, 0.55)
    shift = c.unit * c.between(0.05, 0.1) * c.pick((-1, 1))
    falling(c, at - shift * 0.5, half * 0.75, lip, ledge + c.unit * 0.02)
    off = np.abs(c.x - at - shift * 0.2) / (half * 2.6 + c.unit * 0.16)
    rough = c.unit * 0.05 * c.curve(5, 4, 0.5, sharp=True) * np.clip(off * 2, 0.1, 1)
    top = foot + 4 - (foot + 4 - ledge) * np.clip(1.15 - off**2, 0, 1) - rough
    land(c, top, 0.22, rock, surface="cliff", fog=0.15, foot=foot)
    falling(c, at + shift * 0.5, half * 1.25, ledge + c.unit * 0.012, foot)
    mist = exp(-(((c.x - at) / (half * 1.6 + c.unit * 0.03)) ** 2)) * exp(-(((c.y - ledge) / (c.unit * 0.03)) ** 2))
    c.cover(mist * 0.5, mix(white(c), c.light.sky[2], 0.25))


def _beside(c: Canvas, at: float) -> float:
    return 0.76 if at < c.w / 2 else 0.24


def gorge(c: Canvas, at: float, half: float, reach: tuple[float, float], rock: Earth, green: Earth) -> None:
    """Walls that step forward to both sides of the fall, trees on top of them."""
    lip, foot = reach
    wet = Earth(mix(rock.lit, rock.shade, 0.3), dim(rock.shade, 0.85))
    for k, far in enumerate((0.42, 0.2)):
        off = (np.abs(c.x - at) - half * (1.0 + 1.2 * k)) / c.unit
        edge = smooth(-0.03 if k == 0 else 0.0, 0.05, off + 0.05 * (c.curve(5, 4) - 0.5))
        high = lip - c.unit * (0.05 + 0.07 * k + 0.1 * c.curve(2.4, 5, 0.5, sharp=True)) * edge
        line = np.where(edge > 0.02, high + (1 - edge) * c.unit * 0.3 * k, c.h * 3 if k else lip)
        line = np.asarray(line, np.float32)
        firs_row(c, np.where(off > 0.06, line + c.unit * 0.012, c.h * 3), far, 0.12 + 0.05 * k, 26, green)
        land(c, line, far, wet, surface="cliff", fog=0.2, foot=foot + 1)
        ledges(c, line, off, far, green)


def ledges(c: Canvas, line: Floats, off: Floats, far: float, green: Earth) -> None:
    """Moss and hanging plants on the walls, thickest at their upper edge."""
    count = int(44 * c.w / c.unit)
    xs = c.rng.random(count) * c.w
    columns = np.clip(xs, 0, c.w - 1).astype(int)
    down = c.rng.random(count) ** 3 * c.unit * 0.4
    starts = np.stack([xs, line[columns] + down], -1)[off[columns] > 0.04]
    spread = starts[:, None] + np.abs(c.rng.normal(0, 1, (len(starts), 16, 2))) * (c.unit * 0.02, c.unit * 0.02)
    spread[..., 0] = starts[:, None, 0] + c.rng.normal(0, c.unit * 0.02, spread.shape[:2])
    spots = spread.reshape(-1, 2)
    if len(spots):
        top = max(0.0, float(np.floor(spots[:, 1].min() - c.unit * 0.01)))
        radius = c.unit * c.rng.uniform(0.0025, 0.0075, len(spots))
        leaves = np.stack([spots[:, 0], spots[:, 1] - top, radius, c.rng.normal(0.1, 0.4, len(spots))], -1)
        tones = [mix(each, c.light.mist, far * 0.6) for each in (mix(green.shade, green.lit, 0.2), green.lit)]
        clumps(c, leaves, (top, float(spots[:, 1].max())), tones)


def falling(c: Canvas, at: float, half: float, lip: float, foot: float) -> None:
    """Threads of water, denser in the middle, bending over the edge."""
    top, bottom = max(0, int(lip - c.unit * 0.012)), int(foot) + 2
    y = c.y[top:bottom]
    share = np.clip((y - top) / max(bottom - top, 1), 0, 1)
    off = np.abs(c.x - at) / (half * (0.86 + 0.2 * share))
    threads = c.noise(30, 3, stretch=0.05, keep=0.7)[top:bottom]
    fine = c.noise(60, 2, stretch=0.08, keep=0.8)[top:bottom]
    cover = smooth(1.05, 0.72, off + (threads - 0.5) * 0.5) * smooth(0, c.unit * 0.014, y - top + c.unit * 0.01)
    pale = mix(white(c), c.light.sky[2], 0.2)
    deep = mix(mix(c.light.sky[1], c.light.sky[2], 0.4), pale, 0.25)
    c.cover(cover * 0.97, ramp([deep, pale, pale], 0.7 * threads + 0.5 * fine - 0.12 + 0.1 * share), top)


def spray(c: Canvas, at: float, half: float, foot: float) -> None:
    mist = c.noise(5, 4)
    wide = half * 1.5 + c.unit * 0.07
    cloud = exp(-(((c.x - at) / wide) ** 2)) * exp(-(((c.y - foot) / (c.unit * 0.075)) ** 2))
    c.cover(np.clip(cloud * (0.55 + 0.8 * mist), 0, 0.92), mix(white(c), c.light.sky[2], 0.25))
    for k in range(3):
        off = np.clip(np.abs(c.x - at) / (wide * (0.8 + 0.35 * k)), 0, 1)
        ring = np.where(
            off < 1, foot + c.unit * ((0.02 + 0.03 * k) * np.sqrt(1 - off**2) + 0.012 * c.curve(6, 3)), -c.h
        )
        foam(c, ring, 0.006, 0.5 - 0.12 * k)


def pool_side(c: Canvas, at: float, foot: float, rock: Earth, green: Earth) -> Floats:
    """A near bank at the side, and boulders in the water."""
    side = 1 if _beside(c, at) > 0.5 else -1
    inward = np.clip(0.5 + (c.x / c.w - 0.5) * side, 0, 1)
    line = c.h * 1.0 - (c.h - foot) * (0.62 * smooth(0.45, 0.85, inward) - 0.05 * c.curve(3, 3))
    stones = [(c.between(0, 1) * c.w, foot + (c.h - foot) * c.between(0.08, 0.95), 1.0) for _ in range(c.whole(6, 11))]
    sized = [
        (x, y, c.unit * (0.02 + 0.09 * (y - foot) / max(c.h - foot, 1)) * c.between(0.6, 1.2)) for x, y, _ in stones
    ]
    rocks(c, sorted(sized, key=lambda stone: stone[1]), rock)
    line = np.asarray(line, np.float32)
    land(c, line, 0.0, green, fog=0.0)
    if not is_white(c):
        turf(c, line, green, many=360, tall=0.8)
    return np.asarray(np.minimum(line + c.unit * 0.03, c.h * 0.94), np.float32)


ROWS = {
    "lake": Scene(
        lake,
        "lake river pond stream creek brook tarn loch riverbank lakeside bergsee fluss teich bach weiher "
        "seeufer lac rivière étang ruisseau fleuve lago río estanque arroyo 🏞 🛶 湖 川 河 池",
        "a still lake or a winding river with reflections",
        company=("swan", "boat", "duck", "deer"),
    ),
    "waterfall": Scene(
        waterfall,
        "waterfall cascade cataract gorge rapids wasserfall kaskade schlucht catarata cascada salto-de-agua 滝 瀑",
        "a waterfall that drops from a cliff into a pool",
        company=("deer", "bird"),
    ),
}
