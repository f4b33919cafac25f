"""Meadows, gardens and snow."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from services.studio.engines.painter.canvas import Canvas, Ground, Pen
from services.studio.engines.painter.colour import dim, hexed, hexes, mix, ramp
from services.studio.engines.painter.maths import Floats, bell, power, sin, smooth
from services.studio.engines.painter.scenes.land import (
    Earth,
    copses,
    earth,
    hump,
    land,
    lay,
    round_trees,
    things_float,
    turf,
    water,
)
from services.studio.engines.painter.scenes.scene import Scene
from services.studio.engines.painter.scenes.sky import sky
from services.studio.engines.painter.scenes.woods import firs_row, is_white

LANDS = ("#a9c65e #3d7a4a", "#c3cb66 #4f8248", "#8dbd72 #2c6e5c")
SNOWS = ("#f3f5fb #8a9dc0", "#f6f4fa #93a0c8")
PETALS = ("#f4d35e", "#ee6c73", "#fbf3e4", "#b58be0", "#f59ab5", "#f2994a")
CROPS = ("#8a62c4 #4b3a86", "#d84f5f #7c2f4f", "#f0c648 #a8842c", "#b58be0 #5d4a94")
BLOSSOM = Earth(*hexes("#f8c6d4 #a8668c"))
AUTUMN = ("#e8a43a #8a3f22", "#d9702f #6e2b22")


def meadow(c: Canvas) -> Ground:
    horizon = c.h * c.between(0.46, 0.56)
    sky(c, horizon)
    colours = earth(c, LANDS)
    step = max(c.unit * 0.075, (c.h - horizon) * 0.13)
    land(c, horizon - c.unit * 0.12 * c.curve(1.8, 4), 0.95, colours, foot=horizon + c.unit * 0.1)
    level = None
    for k, far in enumerate((0.75, 0.52, 0.3)):
        if k == 2 and level is not None:
            break
        top = horizon + c.unit * 0.02 + step * k - c.unit * 0.13 * (c.curve(0.8, 2, 0.3) - 0.4)
        copses(c, top, far, 0.014 + 0.011 * k, colours)
        land(c, top, far, colours, fog=0.5, foot=horizon + c.unit * 0.09 + step * (k + 1) if k < 2 else None)
        if k == 1 and (c.wish.water or things_float(c)):
            level = water(c, horizon + c.unit * 0.025 + step, colours.shade)
    line = c.pick(FRONTS)(c, horizon, colours)
    return Ground(line, horizon, level, spot=c.spot)


def flowery(c: Canvas, horizon: float, colours: Earth) -> Floats:
    """A hill with flowers all over it, thinner where the most important thing stands."""
    line = _knoll(c, horizon, 0.3)
    if c.is_so(0.5):
        lone_trees(c, line, colours)
    land(c, line, 0.08, colours, fog=0.12)
    turf(c, line, colours, many=900)
    blossoms(c, line, 620)
    return np.asarray(line + c.unit * 0.02, np.float32)


def winding(c: Canvas, horizon: float, colours: Earth) -> Floats:
    """A lane that winds away over the hill."""
    line = _knoll(c, horizon, 0.26)
    lone_trees(c, line, colours)
    land(c, line, 0.08, colours, fog=0.12)
    lane(c, line, c.w * c.spot, colours)
    turf(c, line, colours, many=420, tall=0.7)
    blossoms(c, line, 260)
    return np.asarray(line + c.unit * 0.03, np.float32)


def rows(c: Canvas, horizon: float, colours: Earth) -> Floats:
    """Rows of lavender, poppies or tulips that run to one point."""
    line = np.asarray(horizon + c.unit * (0.17 - 0.02 * c.curve(0.8, 2)), np.float32)
    if is_white(c) or things_float(c):
        return flowery(c, horizon, colours)
    lone_trees(c, line, colours)
    land(c, line, 0.15, colours, fog=0.2)
    _furrows(c, line, horizon, earth(c, CROPS, follows_seasons=False), colours)
    return np.asarray(line + c.unit * 0.06, np.float32)


def _furrows(c: Canvas, line: Floats, horizon: float, crop: Earth, colours: Earth) -> None:
    first = max(0, int(line.min()) - 1)
    down = np.maximum(c.y[first:] - horizon + c.unit * 0.02, 1)
    across = (c.x - c.w * (1 - c.spot)) / down * 2.1 + c.between(0, 1)
    tuft = c.noise(46, 3, keep=0.8)[first:] - 0.5
    ridge = np.abs(across - np.floor(across) - 0.5) * 2
    near = np.clip((c.y[first:] - line) / max(c.h - float(line.min()), 1), 0, 1)
    bloom = smooth(0.38, 0.62, 1 - ridge + tuft * (0.35 + 0.3 * near))
    tone = smooth(0.45, 1.0, 1 - ridge + tuft * 0.7 - 0.1) * 0.9 + 0.1
    cover = smooth(0, 2, c.y[first:] - line)
    c.cover(cover * 0.75, ramp([dim(colours.shade, 0.9), colours.shade], 0.5 + tuft), first)
    c.cover(cover * bloom, ramp([crop.shade, crop.lit, mix(crop.lit, c.light.sky[2], 0.35)], tone), first)


def _knoll(c: Canvas, horizon: float, share: float) -> Floats:
    """The nearest hill, highest under the most important thing."""
    rise = 0.6 * smooth(0, 1, hump(c, c.spot * c.w, c.unit * 0.85)) + 0.4 * c.curve(0.9, 2, 0.3)
    below = max(c.unit * share, (c.h - horizon) * share * 1.6)
    low = c.h * 0.95 if things_float(c) else max(c.h - below, horizon + c.unit * 0.12)
    return np.asarray(low + c.unit * 0.1 * (0.7 - rise), np.float32)


def lone_trees(c: Canvas, line: Floats, colours: Earth) -> None:
    """One to three trees where nothing important stands."""
    side = 1 - c.spot
    leaves = tree_colours(c, colours)
    trees = []
    for k in range(c.whole(1, 3)):
        x = c.w * side + c.unit * (0, 0.19, -0.16)[k] * c.between(0.8, 1.2)
        if 0 <= x < c.w:
            size = c.unit * (c.between(0.26, 0.36) if k == 0 else c.between(0.13, 0.2))
            trees.append((x, float(line[int(x)]) + c.unit * 0.012, size))
    round_trees(c, trees[::-1], 0.1, dim(leaves.shade, 0.85), leaves.lit)


def tree_colours(c: Canvas, colours: Earth) -> Earth:
    if is_white(c):
        return Earth(mix(colours.lit, colours.shade, 0.2), dim(colours.shade, 0.85))
    if c.wish.season == "autumn":
        return earth(c, AUTUMN, follows_seasons=False)
    if c.wish.season == "spring" or "petals" in c.wish.weather:
        return Earth(c.light.on(BLOSSOM.lit), c.light.on(BLOSSOM.shade))
    return Earth(mix(colours.lit, colours.shade, 0.2), dim(colours.shade, 0.8))


def lane(c: Canvas, line: Floats, at: float, colours: Earth) -> None:
    """Pale earth, narrow where it comes over the crest, wide below."""
    first = max(0, int(line.min()))
    t = np.clip((c.y[first:] - first) / max(c.h - first, 1), 0, 1)
    side = -1 if at > c.w / 2 else 1
    middle = at + c.unit * 0.34 * side * sin(t * 5.2) * power(t, 0.8)
    half = c.unit * (0.012 + 0.11 * power(t, 1.6))
    edge = c.noise(18, 3)[first:] - 0.5
    cover = smooth(1.1, 0.8, np.abs(c.x - middle) / half + edge * 0.3) * smooth(0, 3, c.y[first:] - line)
    sand = mix(c.light.on(hexed("#e6cf9f")), colours.lit, 0.3)
    c.cover(cover * 0.85, ramp([mix(sand, colours.lit, 0.3), sand, dim(sand, 0.86)], t + edge * 0.4), first)


def blossoms(c: Canvas, line: Floats, many: int) -> None:
    """Flowers in drifts of one colour, larger the nearer."""
    if is_white(c) or c.wish.season == "autumn":
        many //= 8
    near = np.sort(c.rng.random(int(many * c.w / c.unit)) ** 0.8)
    xs = c.rng.random(len(near)) * c.w
    start = line[np.clip(xs, 0, c.w - 1).astype(int)] + c.unit * 0.02
    ys = start + near * (c.h - start + c.unit * 0.04)
    petals = PETALS if not c.wish.hues else (c.wish.hues[0], *PETALS[2:4])
    first = c.whole(0, len(petals) - 1)
    drift = c.curve(2.4, 2)[np.clip(xs, 0, c.w - 1).astype(int)] * 2.2 + np.sin(near * 7 + c.between(0, 6)) * 0.5
    kinds = (np.floor(drift + c.rng.normal(0, 0.2, len(near))).astype(int) + first) % len(petals)
    calm = bell((xs / c.w - c.spot) * c.w / c.unit, 0.2) * bell(near, 0.45)
    shown = (c.rng.random(len(near)) > 0.25 + 0.75 * calm) & (start < c.h - c.unit * 0.04)
    for k, petal in enumerate(petals):
        some = (kinds == k) & shown
        flock = xs[some], ys[some], near[some]
        for part, colour in ((1.0, petal), (0.3, "#c98a34")):
            lay(c, c.sketch(_blossoms, c, flock, part), dim(hexed(colour), 0.2 + 0.8 * c.light.strength))


def _blossoms(pen: Pen, s: float, c: Canvas, plants: tuple[Floats, Floats, Floats], part: float) -> None:
    for x, y, near in zip(*plants, strict=True):
        r = c.unit * (0.0034 + 0.0115 * near**1.6) * s * part
        cx, cy = x * s, (y - c.unit * (0.01 + 0.06 * near**1.5)) * s
        if part < 1 or r < 2 * s:
            pen.ellipse((cx - r, cy - r * 0.8, cx + r, cy + r * 0.8), fill=255)
            continue
        for turn in np.arange(5) * 1.2566 + x:
            px, py = cx + np.cos(turn) * r * 0.62, cy + np.sin(turn) * r * 0.5
            pen.ellipse((px - r * 0.55, py - r * 0.48, px + r * 0.55, py + r * 0.48), fill=255)


def snow(c: Canvas) -> Ground:
    """White hills and firs under snow."""
    horizon = c.h * c.between(0.46, 0.56)
    sky(c, horizon)
    colours = earth(c, SNOWS, follows_seasons=False)
    trees = Earth(*hexes(c.pick(("#5d7f86 #1c3844", "#6a8076 #22403c", "#6f7f98 #26354f"))))
    if c.is_so(0.6):
        rise = 0.4 * c.curve(1.2, 2) + 0.6 * c.curve(2.4, 6, 0.48, sharp=True)
        land(c, horizon + c.unit * (0.03 - 0.24 * rise), 0.85, colours, surface="rock", snow=0.3)
    dip = bell(c.x / c.w - c.spot, 0.35)
    for k, far in enumerate((0.78, 0.55, 0.32)):
        top = horizon + c.unit * (0.02 + 0.085 * k) - c.unit * 0.14 * (c.curve(0.8, 2, 0.3) - 0.4)
        top = np.asarray(top + c.unit * 0.05 * dip, np.float32)
        firs_row(c, np.where(dip < 0.55 + 0.1 * k, top, c.h * 3), far, 0.07 + 0.06 * k, 50 - 13 * k, trees)
        land(c, top, far, colours, fog=0.4)
    line = _knoll(c, horizon, 0.24)
    firs_row(c, np.where(np.abs(c.x / c.w - c.spot) * c.w / c.unit > 0.34, line, c.h * 3), 0.1, 0.3, 14, trees)
    land(c, line, 0.0, colours, fog=0.0)
    drifts(c, line, colours)
    return Ground(np.asarray(line + c.unit * 0.03, np.float32), horizon, spot=c.spot)


def drifts(c: Canvas, line: Floats, colours: Earth) -> None:
    """Blue hollows in the snow, and crystals that catch the light."""
    first = max(0, int(line.min()))
    waves = c.noise(2.6, 3, stretch=5)[first:]
    inside = smooth(0, c.unit * 0.05, c.y[first:] - line)
    c.cover(smooth(0.55, 0.75, waves) * inside * 0.4, colours.shade, first)
    c.cover(smooth(0.42, 0.3, waves) * inside * 0.35, colours.lit, first)
    count = int(90 * c.w / c.unit)
    xs, share = c.rng.random(count) * c.w, c.rng.random(count)
    start = line[np.clip(xs, 0, c.w - 1).astype(int)]
    spots = np.stack([xs, start + (c.h - start) * share], -1)

    def draw(pen: Pen, s: float) -> None:
        for x, y in spots * s:
            r = c.unit * s * 0.0016
            pen.ellipse((x - r, y - r, x + r, y + r), fill=230)

    lay(c, c.sketch(draw), mix(colours.lit, (1.0, 1.0, 1.0), 0.6))


def garden(c: Canvas) -> Ground:
    """A lawn with a path between borders of flowers, a clipped hedge and trees behind."""
    horizon = c.h * c.between(0.42, 0.5)
    sky(c, horizon)
    colours = earth(c, LANDS)
    leaves = tree_colours(c, colours)
    far = np.asarray(horizon + c.unit * (0.02 - 0.05 * c.curve(1.2, 3)), np.float32)
    copses(c, far, 0.7, 0.035, colours)
    land(c, far, 0.7, colours, fog=0.4)
    line = np.asarray(horizon + c.unit * (0.1 - 0.02 * c.curve(1, 2)), np.float32)
    backdrop(c, line, leaves)
    hedge(c, line, colours)
    land(c, line + c.unit * 0.02, 0.15, colours, fog=0.1)
    top = horizon + c.unit * 0.12
    mown(c, top, colours)
    way = c.w * c.spot, c.unit * c.between(0.06, 0.2) * c.pick((-1, 1))
    walk(c, top, way)
    for side in (-1, 1):
        border(c, top, way, side, colours)
    for x in (0.12, 0.88):
        if abs(x - c.spot) > 0.3:
            round_bed(c, (c.w * x, horizon + c.unit * c.between(0.24, 0.32)), c.unit * c.between(0.1, 0.14), colours)
    stand = np.full(c.w, min(c.h * 0.86, horizon + c.unit * 0.34), np.float32)
    return Ground(stand, horizon, spot=c.spot)


def mown(c: Canvas, top: float, colours: Earth) -> None:
    """The stripes of a lawn that was mown to and fro."""
    first = int(top)
    down = np.maximum(c.y[first:] - top + c.unit * 0.12, 1)
    stripe = (c.x - c.w / 2) / down * 1.7
    edge = np.abs(stripe - np.floor(stripe) - 0.5) * 4 - 1
    c.cover(smooth(-0.15, 0.15, edge) * 0.16 * smooth(0, c.unit * 0.05, c.y[first:] - top), colours.lit, first)


def _way(c: Canvas, way: tuple[float, float], t: Floats) -> tuple[Floats, Floats]:
    """The middle and half the width of the garden path at each share of the way to the lower edge."""
    at, bend = way
    middle = at + (c.w / 2 - at) * 0.4 * t**1.4 + bend * np.sin(t * 4.2) * (0.3 + 0.7 * t)
    return middle, c.unit * (0.03 + 0.12 * t**1.2)


def backdrop(c: Canvas, line: Floats, leaves: Earth) -> None:
    trees = []
    for x in (np.arange(int(6 * c.w / c.unit) + 2) * 0.19 + c.between(-0.1, 0.02)) * c.unit:
        x = float(x + c.between(-0.03, 0.03) * c.unit)
        if 0 <= x < c.w and abs(x - c.spot * c.w) > c.unit * 0.13:
            trees.append((x, float(line[int(x)]) + c.unit * 0.02, c.unit * c.between(0.22, 0.38)))
    round_trees(c, trees, 0.3, leaves.shade, leaves.lit)


def hedge(c: Canvas, line: Floats, colours: Earth) -> None:
    """A clipped hedge with a gap where the path goes through, and a ball of box at each side of it."""
    at, high = c.w * c.spot, c.unit * 0.075

    def draw(pen: Pen, s: float, lift: float) -> None:
        for left, right in ((-c.w, at - c.unit * 0.1), (at + c.unit * 0.1, c.w * 2)):
            top = float(line.min() + line.max()) / 2 - high * (1 - lift)
            pen.rounded_rectangle(
                (left * s, top * s, right * s, (top + high * (0.42 if lift else 1.5)) * s), high * 0.2 * s, fill=255
            )

    for lift, tone in ((0.0, 0.12), (-0.001, 0.5)):
        lay(c, c.sketch(draw, lift) * (0.95 if not lift else 0.6), mix(dim(colours.shade, 0.85), colours.lit, tone))
    round_balls(
        c,
        [
            (at + side * c.unit * 0.13, float(line.min() + line.max()) / 2 + c.unit * 0.02, c.unit * 0.07)
            for side in (-1, 1)
        ],
        colours,
    )


def round_balls(c: Canvas, places: list[tuple[float, float, float]], colours: Earth) -> None:
    """Box clipped to balls; each x, foot and radius."""
    for x, foot, r in places:
        away = c.away(x, foot - r * 0.95, r)
        lit = ((c.x - x) * c.light.side * 0.5 - (c.y - foot + r)) / r
        c.cover(
            smooth(1.03, 0.97, away + 0 * lit),
            ramp([dim(colours.shade, 0.8), colours.shade, colours.lit], 0.5 + lit * 0.42),
        )


def walk(c: Canvas, top: float, way: tuple[float, float]) -> None:
    first = int(top)
    t = np.clip((c.y[first:] - top) / max(c.h - top, 1), 0, 1)
    middle, half = (each.astype(np.float32) for each in _way(c, way, t[:, 0].astype(float)))
    edge = c.noise(24, 3, stretch=2)[first:] - 0.5
    gravel = mix(c.light.on(hexed("#e9d9ba")), c.light.sky[2], 0.12)
    cover = smooth(1.04, 0.97, np.abs(c.x - middle[:, None]) / half[:, None] + edge * 0.08)
    c.cover(cover, ramp([dim(gravel, 0.86), gravel], 0.6 + edge * 0.6), first)


def border(c: Canvas, top: float, way: tuple[float, float], side: int, colours: Earth) -> None:
    """Flowers along one side of the path, in groups of one kind, larger the nearer."""
    many = 420
    t = np.sort(c.rng.random(many) ** 0.85)
    middle, half = _way(c, way, t)
    deep = c.rng.random(many)
    xs = middle + side * (half * 1.02 + c.unit * (0.02 + 0.1 * t) * deep)
    ys = top + (c.h * 1.03 - top) * t - c.unit * (0.004 + 0.03 * t) * deep
    flower_heap(c, np.stack([xs, ys], -1), c.unit * (0.0035 + 0.0115 * t), t * 5 + deep * 0.8, colours)


def round_bed(c: Canvas, middle: tuple[float, float], half: float, colours: Earth) -> None:
    turn, out = c.rng.uniform(0, 2 * np.pi, 170), np.sqrt(c.rng.random(170))
    spots = np.stack([np.cos(turn) * out, np.sin(turn) * out * 0.3], -1) * half + middle
    spots = spots[np.argsort(spots[:, 1])]
    flower_heap(c, spots, np.full(170, half * 0.055), 2.2 * out[np.argsort(np.sin(turn) * out)], colours)


def flower_heap(c: Canvas, spots: Floats, sizes: Floats, kinds: Floats, colours: Earth) -> None:
    """Shrubs with their blossoms on top; `kinds` says which grow in one group."""
    low = np.stack([spots[:, 0], spots[:, 1] + sizes * 1.2], -1)
    for shift, tone, r in ((0.0, 0.02, 1.9), (1.1, 0.4, 1.2)):
        lay(
            c,
            c.sketch(_spots, low - np.stack([0 * sizes, sizes * shift], -1), sizes * r),
            mix(dim(colours.shade, 0.85), colours.lit, tone),
        )
    if is_white(c):
        return
    petals = [c.wish.hues[0], *PETALS] if c.wish.hues else list(PETALS)
    first = c.whole(0, len(petals) - 1)
    shown = c.rng.random(len(spots)) < 0.62
    for k in range(int(kinds.max()) + 1):
        some = (kinds.astype(int) == k) & shown
        flower = dim(hexed(petals[(k + first) % len(petals)]), 0.2 + 0.8 * c.light.strength)
        for tone, lift, r in ((0.84, 0.0, 1.0), (1.04, 0.35, 0.55)):
            lifted = spots[some] - np.stack([0 * sizes[some], sizes[some] * lift], -1)
            lay(c, c.sketch(_spots, lifted, sizes[some] * r), dim(flower, tone))


def _spots(pen: Pen, s: float, spots: Floats, sizes: Floats) -> None:
    for (x, y), r in zip(spots * s, sizes * s, strict=True):
        pen.ellipse((x - r, y - r * 0.85, x + r, y + r * 0.85), fill=255)


FRONTS: tuple[Callable[[Canvas, float, Earth], Floats], ...] = (flowery, winding, rows, flowery)
ROWS = {
    "meadow": Scene(
        meadow,
        "meadow field hill grass grassland farm countryside prairie pasture steppe savanna wildflower "
        "lavender-field plain farmland hillside rolling-hill wiese feld hügel acker weide heide champ "
        "pré prairie-fleurie colline campagne campo prado pradera colina 🌾 🌼 🌱 野 原",
        "a green meadow with wild flowers and rolling hills",
        company=("house", "bird", "horse", "balloon"),
    ),
    "snow": Scene(
        snow,
        "snowfield winter-landscape winter-wonderland tundra arctic antarctic antarctica north-pole "
        "glacier iceberg lapland schneelandschaft winterlandschaft gletscher arktis banquise "
        "banquise-polaire glaciar ártico ⛄ 🎿 氷",
        "a white winter landscape under snow",
        company=("cottage", "snowman", "fox", "deer"),
    ),
    "garden": Scene(
        garden,
        "garden park flowerbed backyard orchard lawn botanical yard garten beet obstgarten rasen jardin "
        "parc verger jardín parque huerto césped 🌷 🏡 庭 园 園",
        "a garden with flower beds, hedges and a path",
        company=("fountain", "cat", "butterfly", "bird"),
    ),
}
