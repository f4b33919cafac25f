"""Forests."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from services.studio.engines.painter.canvas import Canvas, Ground, Pen
from services.studio.engines.painter.colour import dim, hexed, hexes, mix, ramp
from services.studio.engines.painter.maths import Floats, bell, power, sin, smooth
from services.studio.engines.painter.scenes.land import (
    Earth,
    dots,
    earth,
    fir_mask,
    land,
    lay,
    round_trees,
    shifted,
    spruce,
    spruces,
    turf,
    white,
)
from services.studio.engines.painter.scenes.scene import Scene
from services.studio.engines.painter.scenes.sky import beams, sky

LANDS = ("#6f9a5b #16382f", "#84a054 #23402c", "#5a9478 #10343a")
AUTUMN = ("#e8a43a #8a3f22", "#d9702f #6e2b22", "#c8452f #5c2226", "#e6c04a #8a5a26")
BARKS = ("#8a6a52 #33282c", "#e8e2d6 #7d7a80", "#7a6350 #2b2a30")
PALE = 0.7
"""A bark as light as this is a birch's."""


def forest(c: Canvas) -> Ground:
    if is_white(c):
        return firs(c)
    if c.wish.season == "autumn":
        return c.pick((trunks, leafy))(c)
    return c.pick(FORESTS)(c)


def is_white(c: Canvas) -> bool:
    return c.wish.scene == "snow" or "snow" in c.wish.weather or c.wish.season == "winter"


def firs(c: Canvas) -> Ground:
    """Slopes of firs, one behind the other in the haze, tall ones at the sides."""
    horizon = c.h * c.between(0.46, 0.58)
    sky(c, horizon)
    colours = earth(c, LANDS)
    trees = Earth(*hexes("#5d7f86 #1c3844")) if is_white(c) else colours
    fog = 0.95 if "mist" in c.wish.weather else 0.75
    dip = 1 - 0.9 * bell(c.x / c.w - c.spot, 0.3)
    for k, far in enumerate((0.95, 0.8, 0.62, 0.42, 0.2)):
        top = horizon + c.unit * (0.1 * k - 0.04) - c.unit * 0.16 * (1 - k / 6) * (0.5 * c.curve(1.4, 3) + 0.5 * dip)
        top = np.asarray(top, np.float32)
        firs_row(c, top, far, 0.09 + 0.055 * k, 60 - 9 * k, trees)
        land(c, top, far, colours, fog=fog, foot=horizon + c.unit * 0.1 * (k + 1) if k < 4 else None)
    if not c.wish.weather & {"rain", "storm"}:
        beams(c)
    line = np.asarray(c.h - c.unit * (0.09 + 0.05 * c.curve(1.2, 3)), np.float32)
    for at, size in _sides(c):
        mask = c.sketch(spruce, c, at * c.w, c.h - c.unit * 0.03, c.unit * size)
        c.cover(mask, mix(trees.shade, (0.02, 0.03, 0.05), 0.45))
        capped(c, mask, 0.012)
    land(c, line, 0.0, colours, fog=0.0)
    if not is_white(c):
        turf(c, line, colours, many=420, tall=0.7)
    return Ground(line, horizon, spot=c.spot)


def _sides(c: Canvas) -> list[tuple[float, float]]:
    """Where the nearest trees stand and how tall they are: at both edges, more where nothing important stands."""
    free = 0.98 if c.spot < 0.5 else 0.02
    step = 0.14 if c.spot > 0.5 else -0.14
    return [(free, 0.85), (free + step, 0.55), (1 - free, c.between(0.6, 0.75))]


def firs_row(c: Canvas, line: Floats, far: float, height: float, count: int, trees: Earth) -> None:
    """Firs along a line, snow on them where there is snow."""
    if not is_white(c):
        spruces(c, line, far, height, count, trees)
        return
    mask, top = fir_mask(c, line, height, count)
    lay(c, mask, mix(c.light.on(trees.shade), c.light.mist, far**0.8 * 0.9), top)
    capped(c, mask, height * 0.035, far, top)


def capped(c: Canvas, mask: Floats, thick: float, far: float = 0.0, top: int = 0) -> None:
    """Snow on the upper edges of what the mask covers, where there is snow."""
    if not is_white(c):
        return
    down = max(1, round(c.unit * thick))
    cap = np.clip(mask - shifted(mask, down, c.light.side * -down // 2), 0, 1)
    lay(c, cap * 0.9, mix(white(c), c.light.mist, 0.1 + far * 0.6), top)


def trunks(c: Canvas) -> Ground:
    """Among tall stems, the light coming from deep in the wood, a path leading to it."""
    horizon = c.h * c.between(0.55, 0.64)
    c.horizon = horizon
    leaves, bark = foliage(c), Earth(*hexes(c.pick(BARKS)))
    at = c.w * (0.5 + (c.spot - 0.5) * 0.5)
    _deep_light(c, at, horizon, leaves)
    for far, count, wide in ((0.86, 20, 0.012), (0.66, 13, 0.02), (0.42, 8, 0.034), (0.14, 5, 0.06)):
        line = horizon + c.unit * (0.02 + 0.26 * (1 - far) ** 1.3) - c.unit * 0.03 * c.curve(2, 3)
        canopy(c, far, leaves, at)
        stems(c, np.asarray(line, np.float32), (far, count, wide), bark, at)
        land(c, line, far, leaves, fog=0.5)
    path(c, at, horizon, leaves)
    if not c.wish.weather & {"rain", "storm"}:
        beams(c)
    line = np.asarray(np.full(c.w, c.h * 0.9) - c.unit * 0.03 * c.curve(1, 2), np.float32)
    turf(c, line, leaves, many=520, tall=0.8)
    return Ground(line, c.h * 0.3, spot=float(at / c.w))


def foliage(c: Canvas) -> Earth:
    rows = AUTUMN if c.wish.season == "autumn" else LANDS
    return earth(c, rows, follows_seasons=c.wish.season != "autumn")


def _deep_light(c: Canvas, x: float, horizon: float, leaves: Earth) -> None:
    """Bright mist where the wood opens, deep shade away from there."""
    away = c.away(x, horizon * 0.8, c.unit)
    bright = mix(c.light.sky[2], c.light.glow, 0.12 if c.light.time == "night" else 0.5)
    c.px[:] = ramp([bright, mix(c.light.mist, leaves.lit, 0.35), mix(leaves.shade, c.light.sky[1], 0.25)], away * 1.05)


def stems(c: Canvas, line: Floats, row: tuple[float, int, float], bark: Earth, at: float) -> None:
    """Trunks that rise out of the picture, none before the way into the light."""
    far, count, wide = row
    many = int(np.ceil(count * c.w / c.unit))
    places = (np.arange(many) + c.rng.uniform(0.1, 0.9, many)) * c.unit / count
    places = places[(np.abs(places - at) > c.unit * (0.06 + 0.15 * (1 - far))) & (places < c.w)]
    sizes = c.unit * wide * c.rng.uniform(0.6, 1.15, len(places))
    leans = c.rng.uniform(-0.03, 0.03, len(places)) * c.h
    trees = [*zip(places, line[places.astype(int)] + c.unit * 0.02, sizes, leans, strict=True)]
    dark, lit = (mix(c.light.on(each), c.light.mist, far**0.8 * 0.85) for each in (bark.shade, bark.lit))
    lay(c, c.sketch(_stems, trees, 1.0, 0.0), mix(dark, lit, 0.12))
    lay(c, c.sketch(_stems, trees, 0.42, 0.26 * c.light.side) * 0.7, lit)
    if float(bark.lit.min()) > PALE and far < 0.8:
        lay(c, c.sketch(_marks, c, trees) * 0.7, mix(dark, bark.shade * 0.4, 0.6))


def _stems(pen: Pen, s: float, trees: list[tuple[float, float, float, float]], share: float, shift: float) -> None:
    for x, foot, size, lean in trees:
        half, x = size / 2 * share, x + shift * size
        corners = ((x - half * 1.6, foot), (x - half, foot - size * 1.2), (x + lean - half * 0.7, -2),
                   (x + lean + half * 0.7, -2), (x + half, foot - size * 1.2), (x + half * 1.6, foot))  # fmt: skip
        pen.polygon([(px * s, py * s) for px, py in corners], fill=255)


def _marks(pen: Pen, s: float, c: Canvas, trees: list[tuple[float, float, float, float]]) -> None:
    """The dark scars of birches."""
    for x, foot, size, lean in trees:
        for _ in range(int(foot / max(size, 1) * 0.9)):
            share = c.between(0.03, 0.97)
            wide, side = size * c.between(0.12, 0.4), c.pick((-1, 1))
            edge = x + lean * share + side * size * (0.5 - 0.15 * share)
            y, thick = foot * (1 - share), size * c.between(0.02, 0.05)
            pen.polygon(
                [(edge * s, (y - thick) * s), (edge * s, (y + thick) * s), ((edge - side * wide) * s, y * s)], fill=255
            )


def canopy(c: Canvas, far: float, leaves: Earth, at: float) -> None:
    """Boughs hanging in from above, fewest where the light is."""
    boughs = int((13 + 9 * far) * c.w / c.unit)
    xs = c.rng.random(boughs) * c.w
    open_to = np.clip(np.abs(xs - at) / c.unit * 2, 0.15, 1)
    ys = c.h * (c.rng.random(boughs) * 0.34 * open_to - 0.03)
    r = c.unit * (0.009 + 0.008 * (1 - far))
    many = int(26 + 34 * (1 - far))
    spread = c.rng.normal(0, 1, (boughs, many, 2)) * (c.unit * 0.06, c.unit * 0.026)
    spots = (np.stack([xs, ys], -1)[:, None] + spread).reshape(-1, 2)
    light = (spread[..., 1] / (-c.unit * 0.04)).ravel() + c.rng.normal(0, 0.5, len(spots))
    for least, tone, share in ((-9.0, 0.05, 1.0), (0.1, 0.45, 0.85), (0.9, 0.9, 0.6)):
        lay(
            c,
            c.sketch(dots, spots[light > least], r * share),
            mix(mix(leaves.shade, leaves.lit, tone), c.light.mist, far**0.8 * 0.8),
        )


def path(c: Canvas, at: float, horizon: float, leaves: Earth) -> None:
    """A trodden way from the lower edge to where the light is."""
    top = int(horizon + c.unit * 0.03)
    t = np.clip((c.y[top:] - top) / max(c.h - top, 1), 0, 1)
    bend = c.unit * c.between(0.1, 0.2) * c.pick((-1, 1))
    middle = at + bend * sin(t * 4.4) * t
    half = c.unit * (0.01 + 0.19 * power(t, 1.5))
    edge = c.noise(20, 3, stretch=2)[top:] - 0.5
    cover = smooth(1.12, 0.8, np.abs(c.x - middle) / half + edge * 0.25) * smooth(0, 0.2, t)
    ground = mix(mix(c.light.on(hexed("#d8b98c")), leaves.lit, 0.25), c.light.glow, 0.1)
    c.cover(cover * 0.8, ramp([mix(ground, c.light.mist, 0.5), ground, dim(ground, 0.8)], t + edge * 0.25), top)


def leafy(c: Canvas) -> Ground:
    """A glade among broad-leaved trees."""
    horizon = c.h * c.between(0.5, 0.58)
    sky(c, horizon)
    ground, step = foliage(c), max(c.unit * 0.075, (c.h - horizon) * 0.16)
    for k, far in enumerate((0.92, 0.74, 0.5, 0.2)):
        line = horizon + c.unit * 0.015 + step * k - c.unit * 0.03 * c.curve(1.3, 3)
        grove(c, np.asarray(line, np.float32), far, 0.25 + 0.1 * k, tree_tones(c))
        land(c, line, far, ground, fog=0.5)
    if not c.wish.weather & {"rain", "storm"}:
        beams(c)
    line = np.asarray(c.h - c.unit * (0.12 + 0.05 * c.curve(1.1, 2)), np.float32)
    frame(c, line)
    land(c, line, 0.05, ground, fog=0.0)
    turf(c, line, ground, many=480, tall=0.7)
    if c.wish.season == "autumn":
        litter(c, line)
    return Ground(line, horizon, spot=c.spot)


def tree_tones(c: Canvas) -> Earth:
    tones = foliage(c)
    return Earth(mix(tones.lit, tones.shade, 0.12), dim(tones.shade, 0.92))


def frame(c: Canvas, line: Floats) -> None:
    """A great tree at the edge where nothing important stands, half out of the picture."""
    tones, x = tree_tones(c), c.w * (0.0 if c.spot > 0.5 else 1.0)
    size = min(c.unit * c.between(0.85, 1.0), c.h * 0.9)
    round_trees(
        c,
        [(x, float(line[int(min(x, c.w - 1))]) + c.unit * 0.03, size)],
        0.0,
        dim(tones.shade, 0.75),
        mix(tones.lit, tones.shade, 0.3),
    )


def grove(c: Canvas, line: Floats, far: float, tall: float, tones: Earth) -> None:
    """A row of trees that leaves a gap the wider the nearer it is."""
    gap = c.unit * (0.42 * (1 - far) ** 1.3)
    count = int((15 - 10 * (1 - far)) * c.w / c.unit) + 2
    trees = []
    for x in np.sort((np.arange(count) + c.rng.uniform(0, 1, count)) / count * c.w):
        off = abs(x - c.spot * c.w)
        if off >= gap:
            size = c.unit * tall * c.between(0.7, 1.1) * (0.75 + 0.5 * min(1.0, off / c.unit))
            trees.append((float(x), float(line[int(min(x, c.w - 1))]) + size * 0.05, size))
    round_trees(c, trees, far, tones.shade, tones.lit)


def litter(c: Canvas, line: Floats) -> None:
    """Fallen leaves."""
    count = int(260 * c.w / c.unit)
    near = c.rng.random(count)
    xs, ys = c.rng.random(count) * c.w, 0.0
    start = line[np.clip(xs, 0, c.w - 1).astype(int)] + c.unit * 0.01
    ys = start + near * (c.h - start)
    for k, row in enumerate(AUTUMN[:3]):
        mask = c.sketch(_leaves, xs[k::3], ys[k::3], c.unit * (0.003 + 0.006 * near[k::3]))
        c.cover(mask, c.light.on(hexes(row)[0]))


def _leaves(pen: Pen, s: float, xs: Floats, ys: Floats, sizes: Floats) -> None:
    for x, y, r in zip(xs * s, ys * s, sizes * s, strict=True):
        pen.ellipse((x - r, y - r * 0.5, x + r, y + r * 0.5), fill=255)


FORESTS: tuple[Callable[[Canvas], Ground], ...] = (firs, trunks, leafy, firs)
ROWS = {
    "forest": Scene(
        forest,
        "forest wood woods jungle woodland grove rainforest thicket taiga glade wilderness clearing "
        "copse wald urwald hain lichtung dschungel forêt bois clairière bosque selva arboleda 🌲 🌳 🍁 🍂 森 "
        "林",
        "a deep forest with tall trees and rays of light",
        company=("fox", "deer", "owl", "mushroom"),
    ),
}
