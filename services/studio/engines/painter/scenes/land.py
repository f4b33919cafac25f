"""Ridges, water and plants that several scenes are made of."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from services.studio.engines.painter.canvas import Canvas, Pen
from services.studio.engines.painter.colour import dim, hexed, hexes, mix, ramp, tint
from services.studio.engines.painter.maths import Floats, exp, power, sin, smooth
from services.studio.engines.painter.subjects import SUBJECTS

SEASONS = {
    "spring": "#b9d873 #4d8a4e", "summer": "#a9c65e #3d7a4a", "autumn": "#e08a35 #7a3420", "winter": "#f3f5fb #8a9dc0",
}  # fmt: skip
SNOW = "#93a7cf #fdfcff"


@dataclass(frozen=True)
class Earth:
    """The ground's colours where the light falls and where it does not."""

    lit: Floats
    shade: Floats


def earth(c: Canvas, rows: tuple[str, ...], *, follows_seasons: bool = True) -> Earth:
    """One of the rows of two colours, or the season's where one was asked for, seen in this light."""
    row = SEASONS[c.wish.season] if c.wish.season and follows_seasons else c.pick(rows)
    if "snow" in c.wish.weather and follows_seasons:
        row = SEASONS["winter"]
    lit, shade = hexes(row)
    strength = c.light.strength**0.5 if row == SEASONS["winter"] else c.light.strength
    lit, shade = mix(dim(lit, strength), c.light.sky[2], 0.15), mix(dim(shade, strength), c.light.sky[0], 0.28)
    hue, pull = c.wish.land_hue or ("#000000", 0.0)
    return Earth(tint(lit, hue, pull), tint(shade, hue, pull))


def water(c: Canvas, level: float, shade: Floats, *, glitter: float = 1.0) -> float:
    """Everything above the level again below it, broken by ripples, with the light's path on top; its far edge."""
    top = max(2, min(c.h - 2, round(level)))
    below = c.y[top:] - top
    near = below / max(c.h - top, 1)
    waves = c.noise(12, 4, stretch=9, keep=0.7)
    lines = np.minimum(c.h - 1, (c.h * 0.999 * (1 - 1 / (1 + 5 * near))).astype(int))[:, 0]
    ripple = waves[lines] - 0.5
    rows = np.clip(top - 1 - below * 0.92 + ripple * c.unit * (0.012 + 0.24 * near), 0, top - 1).astype(int)
    cols = np.clip(c.x + ripple * c.unit * (0.01 + 0.06 * near), 0, c.w - 1).astype(int)
    smear = max(1, c.unit // 160)
    c.px[top:] = sum(c.px[np.maximum(rows - k * smear, 0), cols] for k in range(3)) * np.float32(0.313)
    c.cover(np.clip(0.14 + 0.5 * near + ripple * 0.5, 0, 0.8), mix(c.light.sky[0], shade, 0.35), top)
    path = exp(-(((c.x - c.sun[0]) / (c.unit * (0.045 + 0.16 * near))) ** 2))
    c.cover(path * smooth(-0.15, 0.3, ripple) * (0.5 - 0.3 * near), c.light.glow, top)
    c.cover(exp(-below / (c.unit * 0.012)) * 0.35 + 0 * c.x, c.light.mist, top)
    glints(c, top, glitter)
    return float(top)


def glints(c: Canvas, top: int, strength: float = 1.0) -> None:
    """Crests that catch the light: everywhere a few, many on the way to sun or moon."""
    deep = (c.h - top) / c.unit
    strength *= 0.35 if c.wish.weather & {"storm", "rain", "clouds"} else 1.0
    for count, wide, colour, bright in (
        (130, 9.0, mix(c.light.sky[2], c.light.sky[1], 0.35), 0.4), (230, 0.1, c.light.glow, 0.85),
    ):  # fmt: skip
        near = c.rng.random(int(count * min(1.6, deep * 2) * (c.w / c.unit if wide > 1 else 1))) ** 1.5
        spread = (
            c.rng.uniform(-0.5, 0.5, len(near)) * c.w
            if wide > 1
            else c.rng.normal(0, 1, len(near)) * c.unit * (0.025 + wide * near)
        )
        xs = (c.w / 2 if wide > 1 else c.sun[0]) + spread
        longs = c.rng.uniform(0.4, 1.3, len(near))
        mask = strip(c, top, c.h, _dashes, xs, 1 + near * (c.h - top), c.unit * (0.3 + near), longs)
        lay(c, mask * (bright * strength), colour, top)


def _dashes(pen: Pen, s: float, xs: Floats, ys: Floats, sizes: Floats, longs: Floats) -> None:
    for x, y, size, long in zip(xs * s, ys * s, sizes * s, longs, strict=True):
        half, thick = size * 0.022 * long, max(0.5, size * 0.0022)
        pen.ellipse((x - half, y - thick, x + half, y + thick), fill=255)


def land(
    c: Canvas, top: Floats, far: float, colours: Earth, *, surface: str = "soft", snow: float = 0.0, fog: float = 0.55,
    foot: float | None = None,
) -> Floats:  # fmt: skip
    """A ridge and all below it down to the row `foot`: lit on the sun's side, hazier the farther, fog gathering in its
    valleys; its line. Where something nearer covers the rest, a `foot` saves time."""
    top = np.asarray(top, np.float32)
    first = max(0, int(top.min()) - 1)
    last = c.h if foot is None else int(np.clip(foot, 0, c.h))
    depth = c.y[first:last] - top
    if not depth.size:
        return top
    rough = c.noise(9, 5, 3.0 if surface == "soft" else 1.0, keep=0.62)[first:last]
    light = SURFACES[surface](c, top, depth, rough)
    lit, shade = (mix(colour, c.light.mist, far**0.8 * 0.86) for colour in (colours.lit, colours.shade))
    colour = ramp([shade, lit], light)
    if snow:
        white = [mix(dim(each, 0.25 + 0.75 * c.light.strength), c.light.mist, far * 0.6) for each in hexes(SNOW)]
        edge = (
            depth / c.unit + 1.1 * (rough - 0.5) * snow + 0.7 * (top - top.min()) / c.unit + (light - 0.5) * snow * 0.4
        )
        colour += (ramp(white, light) - colour) * smooth(snow, snow * 0.92, edge)[..., None]
    haze = smooth(0.0, 0.34, depth / c.unit) * fog * (0.35 + 0.65 * far)
    colour += (c.light.mist - colour) * haze[..., None]
    steep = np.sqrt(1 + np.clip(np.gradient(top), -6, 6) ** 2)
    c.cover(np.clip(depth / steep + 0.5, 0, 1), colour, first)
    return top


def _soft(c: Canvas, top: Floats, depth: Floats, rough: Floats) -> Floats:
    """Bright on the slopes that face the light, darker the farther down."""
    slope = np.clip(np.gradient(calmed(top, c.unit // 10)) * c.light.side * 1.8, -0.4, 0.4).astype(np.float32)
    down = np.clip(depth, 0, None) / c.unit
    at = np.clip(c.x + down * c.unit * 0.9 * c.light.side, 0, c.w - 1).astype(np.int32)
    return np.asarray(smooth(0.5, 0.0, down + 0.16 * (rough - 0.5)) * 0.85 + slope[at] * exp(-down * 6))


def _rock(c: Canvas, top: Floats, depth: Floats, rough: Floats) -> Floats:
    """Spurs fan out from each summit; one flank is bright and the other dark, with gullies in both."""
    calm = calmed(top, max(2, c.unit // 20))
    summits = np.flatnonzero((calm[1:-1] <= calm[:-2]) & (calm[1:-1] < calm[2:])) + 1
    summits = summits if len(summits) else np.array([int(np.argmin(calm))])
    owner = np.argmin(calm[summits] + np.abs(c.x[:, None] - summits) * 0.75, 1)
    down = np.clip(depth, 0, None) / c.unit
    at = np.clip(c.x + (rough - 0.5) * down * c.unit * 0.9, 0, c.w - 1).astype(np.int32)
    middle, high = summits[owner].astype(np.float32), calm[summits][owner].astype(np.float32)
    drop = down * c.unit + top - high[at]
    lean = (c.x - middle[at]) * c.light.side / (np.clip(drop, 0, None) + c.unit * 0.035)
    small = (np.gradient(calmed(top, max(1, c.unit // 150))) * c.light.side).astype(np.float32)[at] * exp(-down * 26)
    flank = smooth(-0.1, 0.1, lean + (rough - 0.5) * 0.7 + small * 0.5)
    fanned = lean / (1 + 0.4 * np.abs(lean))
    gully = sin(fanned * 8 + (rough - 0.5) * 9 + c.between(0, 6))
    cut = smooth(0.1, 0.5, gully) * smooth(0.01, 0.09, down) * (0.55 + 0.3 * smooth(0.05, 0.3, down))
    return np.asarray(flank * (1 - cut) + (1 - flank) * 0.42 * smooth(0.2, 0.6, -gully) * smooth(0.01, 0.09, down))


def calmed(line: Floats, reach: int) -> Floats:
    """The mean of a line over so many pixels to either side."""
    reach = max(1, reach)
    sums = np.cumsum(np.pad(np.asarray(line, float), (reach + 1, reach), "edge"))
    return np.asarray((sums[2 * reach + 1 :] - sums[: -2 * reach - 1]) / (2 * reach + 1))


def _cliff(c: Canvas, top: Floats, depth: Floats, rough: Floats) -> Floats:
    """Streaks and cracks down a steep face, under a rim of turf in the light."""
    first = max(0, int(top.min()) - 1)
    part = slice(first, first + len(depth))
    streaks = c.noise(9, 4, stretch=0.3)[part] * 0.55 + c.noise(26, 3, stretch=0.22)[part] * 0.3
    streaks = streaks + 0.22 * _soft(c, top, depth, rough)
    down = depth / c.unit
    face = smooth(0.3, 0.72, streaks) * smooth(0.6, 0.0, down)
    ledge = smooth(0.3, 0.6, rough) * smooth(0.025, 0.0, np.abs(rough - 0.52)) * smooth(0.02, 0.06, down)
    rim = smooth(0.016, 0.006, down + 0.02 * (rough - 0.5))
    return np.asarray(face * 0.75 + 0.5 * rim - ledge * 0.18)


SURFACES: dict[str, Callable[[Canvas, Floats, Floats, Floats], Floats]] = {
    "soft": _soft,
    "rock": _rock,
    "cliff": _cliff,
}


def spruces(c: Canvas, ground: Floats, far: float, height: float, count: int, colours: Earth) -> None:
    """A row of firs along a line; `height` and `count` for a picture as wide as its shorter side."""
    mask, top = fir_mask(c, ground, height, count)
    lay(c, mask, mix(mix(colours.shade, colours.lit, 0.12), c.light.mist, far**0.8 * 0.9), top)


def fir_mask(c: Canvas, ground: Floats, height: float, count: int) -> tuple[Floats, int]:
    """Where firs along a line cover the sheet, and from which row down. None stand where the line leaves the sheet."""
    xs = c.rng.random(int(count * c.w / c.unit)) * c.w
    sizes = c.unit * height * c.rng.uniform(0.45, 1.0, len(xs))
    feet = ground[xs.astype(int)] + sizes * 0.12
    shown = feet - sizes < c.h
    trees = [*zip(xs[shown], feet[shown], sizes[shown], strict=True)]
    top = int(max(0, min((foot - size for _, foot, size in trees), default=0)))

    def draw(pen: Pen, s: float) -> None:
        for x, foot, size in trees:
            spruce(pen, s, c, x, foot - top, size)

    return strip(c, top, max((foot for _, foot, _ in trees), default=0), draw), top


def strip(c: Canvas, top: float, bottom: float, draw: Callable[..., None], *what: Any) -> Floats:
    """Like `Canvas.sketch`, but only the rows from `top` to `bottom`; what is drawn counts y from `top`."""
    rows = int(np.clip(bottom + 2, 0, c.h)) - int(np.clip(top, 0, c.h))
    if rows <= 0:
        return np.zeros((0, c.w), np.float32)
    sheet = Image.new("L", (c.w * 2, rows * 2))
    draw(ImageDraw.Draw(sheet), 2, *what)
    return np.asarray(sheet.reduce(2), np.float32) / 255


def spruce(pen: Pen, s: float, c: Canvas, x: float, foot: float, size: float) -> None:
    x, foot, size = x * s, foot * s, size * s
    tiers = 7
    reach = size * (0.2 + 0.16 * np.arange(1, tiers + 1) / tiers) * np.linspace(0.28, 0.75, tiers)
    sides = []
    for side, wild in ((1, c.rng.uniform(0.8, 1.2, tiers)), (-1, c.rng.uniform(0.8, 1.2, tiers))):
        line = [(x, foot - size)]
        for k in range(tiers):
            y = foot - size * (1 - (k + 1.15) / (tiers + 0.6))
            line += [(x + side * reach[k] * wild[k], y), (x + side * reach[k] * 0.42, y - size * 0.015)]
        sides.append(line)
    pen.polygon([*sides[0], *reversed(sides[1])], fill=255)
    pen.rectangle((x - size * 0.018, foot - size * 0.2, x + size * 0.018, foot), fill=255)


def dots(pen: Pen, s: float, places: Floats, radius: float) -> None:
    r = radius * s
    for x, y in places * s:
        pen.ellipse((x - r, y - r * 0.85, x + r, y + r * 0.85), fill=255)


def white(c: Canvas) -> Floats:
    """Snow as it looks in this light."""
    return dim(hexed("#fdfcff"), 0.25 + 0.75 * c.light.strength)


def things_stand(c: Canvas) -> bool:
    """Whether the prompt wants something that needs firm ground."""
    return "ground" in _places(c)


def things_float(c: Canvas) -> bool:
    """Whether the prompt wants something that needs open water."""
    return "water" in _places(c)


def _places(c: Canvas) -> set[str]:
    return {SUBJECTS[thing.subject].where for thing in c.wish.things if thing.subject in SUBJECTS}


def hump(c: Canvas, middle: float, half: float, steep: float = 1.0) -> Floats:
    """For each x a rise from 0 to 1 at `middle`; both are pixels. `steep` above 1 hollows its flanks."""
    return power(1 - np.abs(c.x - middle) / max(half, 1), steep)


Trees = Sequence[tuple[float, float, float]]
"""Each x, foot and height, in pixels."""


def round_trees(c: Canvas, trees: Trees, far: float, dark: Floats, bright: Floats) -> None:
    """Broad-leaved trees: crowns of lobes, each of small clumps, brighter above and to the light."""
    if not trees:
        return
    top = int(max(0, min(foot - size * 1.1 for _, foot, size in trees)))
    bottom = max(foot for _, foot, _ in trees)
    lowered = [(x, foot - top, size) for x, foot, size in trees]
    leaves = np.concatenate([_crown(c, far, *tree) for tree in lowered])
    trunk = mix(mix(dim(dark, 0.7), (0.2, 0.13, 0.12), 0.4), c.light.mist, far**0.8 * 0.86)
    lay(c, strip(c, top, bottom, _trunks, lowered), trunk, top)
    clumps(c, leaves, (top, bottom), [mix(each, c.light.mist, far**0.8 * 0.86) for each in (dark, bright)])


def clumps(c: Canvas, leaves: Floats, rows: tuple[float, float], tones: Sequence[Floats]) -> None:
    """Clumps of leaves between two rows: x, y from the upper row, radius, and how much light falls on each."""
    mask = strip(c, *rows, _clumps, leaves, LEAF_TONES[:1])
    lay(c, mask, ramp(tones, strip(c, *rows, _clumps, leaves, LEAF_TONES[1:])), int(max(0, rows[0])))


LEAF_TONES = ((-9.0, 255, 1.0), (-0.1, 80, 0.8), (0.3, 165, 0.66), (0.68, 255, 0.5))
"""Of clumps that catch more light than the first: how bright they are, and how large beside the darkest."""


def _crown(c: Canvas, far: float, x: float, foot: float, size: float) -> Floats:
    """Clumps of leaves: x, y, radius, and how much light falls on each."""
    lobes = c.whole(6, 9)
    radius = min(size * (0.042 + 0.026 * far), c.unit * 0.02)
    many = int(np.clip(0.09 * (size / radius) ** 2, 12, 230))
    turn, reach = np.arange(lobes) * 2.4 + c.between(0, 6), np.sqrt((np.arange(lobes) + 0.4) / lobes)
    wide = c.between(0.2, 0.3)
    middle = np.stack([np.cos(turn) * wide * reach, 0.64 + np.sin(turn) * 0.2 * reach], -1)
    big = c.rng.uniform(0.11, 0.17, lobes)
    round_, out = c.rng.uniform(0, 2 * math.pi, (lobes, many)), np.sqrt(c.rng.random((lobes, many)))
    off = np.stack([np.cos(round_), np.sin(round_) * 0.85], -1) * out[..., None]
    spots = middle[:, None] + off * big[:, None, None]
    toward = np.array((c.light.side * 0.45, 0.9))
    light = (off * toward).sum(-1) * 0.8 + ((middle - (0, 0.62)) * toward).sum(-1)[:, None] * 1.7 + 0.12
    light = light + c.rng.normal(0, 0.15, light.shape)
    places = x + spots[..., 0] * size, foot - spots[..., 1] * size
    return np.stack([*places, np.full(light.shape, radius), light], -1).reshape(-1, 4)


def _trunks(pen: Pen, s: float, trees: Trees) -> None:
    for x, foot, size in trees:
        for lean, thick in ((0.0, 0.035), (-0.14, 0.018), (0.13, 0.018)):
            wide = size * thick
            low, fork = foot + size * 0.02, foot - size * 0.3
            sides = (x - wide, low), (x + wide, low), (x + wide / 2, fork)
            corners = *sides, (x + lean * size, foot - size * 0.62), (x - wide / 2, fork)
            pen.polygon([(px * s, py * s) for px, py in corners], fill=255)


def _clumps(pen: Pen, s: float, leaves: Floats, tones: tuple[tuple[float, int, float], ...]) -> None:
    for least, fill, share in tones:
        for x, y, r in leaves[leaves[:, 3] > least, :3] * (s, s, s * share):
            pen.ellipse((x - r, y - r * 0.85, x + r, y + r * 0.85), fill=fill)


def copses(c: Canvas, top: Floats, far: float, size: float, colours: Earth) -> None:
    """Hedges and groups of round trees along a ridge, seen from far."""

    def draw(pen: Pen, s: float) -> None:
        for start in c.rng.random(max(2, int(c.whole(3, 6) * c.w / c.unit))) * c.w:
            for step in c.rng.normal(0, 1, c.whole(3, 15)):
                x, r = start + step * size * c.unit * 1.6, c.unit * size * c.between(0.35, 0.8)
                y = float(top[int(np.clip(x, 0, c.w - 1))])
                dots(pen, s, c.rng.normal(0, r * 0.45, (9, 2)) + np.array((x, y - r)), r * 0.55)
                pen.rectangle(((x - r * 0.1) * s, (y - r) * s, (x + r * 0.1) * s, (y + 2) * s), fill=255)

    mask = c.sketch(draw)
    dark, bright = mix(dim(colours.shade, 0.85), c.light.mist, far * 0.85), mix(colours.lit, c.light.mist, far * 0.85)
    step = max(1, round(c.unit * size * 0.35))
    c.cover(mask, dark)
    c.cover(np.clip(mask - shifted(mask, step, c.light.side * -step), 0, 1) * 0.4, bright)


def shifted(mask: Floats, down: int, right: int = 0) -> Floats:
    """The same mask moved by whole pixels; what comes in is empty."""
    moved = np.zeros_like(mask)
    h, w = mask.shape
    y0, y1, x0, x1 = max(down, 0), h + min(down, 0), max(right, 0), w + min(right, 0)
    if y1 > y0 and x1 > x0:
        moved[y0:y1, x0:x1] = mask[y0 - down : y1 - down, x0 - right : x1 - right]
    return moved


def turf(c: Canvas, line: Floats, colours: Earth, *, many: int = 700, tall: float = 1.0) -> None:
    """Tufts of grass from the line down to the lower edge, larger the nearer, in three tones."""
    near = np.sort(c.rng.random(int(many * c.w / c.unit / 3)) ** 0.75)
    xs = c.rng.random(len(near)) * c.w
    start = line[np.clip(xs, 0, c.w - 1).astype(int)] + c.unit * 0.012
    ys = start + near * (c.h - start + c.unit * 0.05)
    top = int(np.clip(line.min() - c.unit * 0.05, 0, c.h - 1))
    for tone, share in enumerate((0.3, 0.62, 1.0)):
        tufts = xs[tone::3], ys[tone::3] - top, c.unit * tall * (0.01 + 0.062 * near[tone::3] ** 1.5)
        mask = strip(c, top, c.h, _tufts, c, *tufts) * 0.85
        lay(c, mask, mix(dim(colours.shade, 0.95), colours.lit, share), top)


def _tufts(pen: Pen, s: float, c: Canvas, xs: Floats, ys: Floats, sizes: Floats) -> None:
    blades = 4
    leans = np.linspace(-0.5, 0.5, blades) + c.rng.uniform(-0.2, 0.2, (len(xs), blades))
    longs = c.rng.uniform(0.55, 1.0, (len(xs), blades))
    for x, y, size, tuft, long in zip(xs * s, ys * s, sizes * s, leans, longs, strict=True):
        thick = size * 0.045 + 0.4
        for k in range(blades):
            root, high, lean = x + (k - 1.5) * thick * 1.6, size * long[k], size * tuft[k]
            bend = (root + lean * 0.3, y - high * 0.6)
            pen.polygon(
                [(root - thick, y), (root + thick, y), (bend[0] + thick * 0.7, bend[1]), (root + lean, y - high), bend],
                fill=255,
            )


def lay(c: Canvas, mask: Floats, colour: Floats, top: int = 0) -> None:
    """Cover as `Canvas.cover` does, but look only at the rows where the mask says anything."""
    rows = np.flatnonzero(mask.max(1)) if mask.size else np.zeros(0, int)
    if len(rows):
        part = slice(int(rows[0]), int(rows[-1]) + 1)
        c.cover(mask[part], colour[part] if colour.ndim > 1 else colour, top + part.start)


def foam(c: Canvas, line: Floats, thick: float, strength: float = 0.8) -> None:
    """A broken white seam along a line, `thick` a share of the shorter side."""
    line = np.asarray(line, np.float32)
    reach = max(1.0, thick * c.unit)
    top = int(np.clip(line.min() - reach * 2, 0, c.h))
    bottom = int(np.clip(line.max() + reach * 2, 0, c.h))
    if bottom <= top:
        return
    off = np.abs(c.y[top:bottom] - line) / (reach * (0.25 + 0.75 * c.curve(5, 4, 0.6)))
    c.cover(smooth(1.0, 0.3, off) * strength, mix(white(c), c.light.mist, 0.2), top)


def rocks(c: Canvas, places: Sequence[tuple[float, float, float]], colours: Earth) -> None:
    """Boulders, each x, foot and size in pixels, with a lit upper face."""
    shapes = [_boulder(c, *place) for place in places]
    for part, tone in ((0, 0.05), (1, 0.5), (2, 0.85)):
        lay(c, c.sketch(_polygons, [shape[part] for shape in shapes]), mix(dim(colours.shade, 0.85), colours.lit, tone))


def _boulder(c: Canvas, x: float, foot: float, size: float) -> list[Floats]:
    turn = np.linspace(0, math.pi, 9) + np.pad(c.rng.uniform(-0.14, 0.14, 7), 1)
    tall = c.between(0.4, 0.62)
    rim = np.stack([np.cos(turn) * 0.8, -np.sin(turn) * tall], -1) * c.rng.uniform(0.88, 1.1, (9, 1))
    lean = np.array((c.light.side * 0.14, 0.0))
    foot_line = np.array([(-0.62, 0.1), (-0.2, 0.15), (0.3, 0.14), (0.66, 0.09)])
    parts = [np.concatenate([rim, foot_line])]
    for inner, low in ((0.72, 0.34), (0.42, 0.62)):
        face = rim * (inner, 0.96) + lean * (1.5 - inner)
        face[[0, -1], 1] = -tall * low
        edge = face[::-1] * (0.8, 1.0)
        edge[:, 1] = np.maximum(edge[:, 1], -tall * low) - tall * 0.06
        parts.append(np.concatenate([face, edge]))
    return [each * size + (x, foot) for each in parts]


def _polygons(pen: Pen, s: float, outlines: Sequence[Floats]) -> None:
    for outline in outlines:
        pen.polygon([(float(x), float(y)) for x, y in outline * s], fill=255)


def reeds(c: Canvas, line: Floats, colours: Earth, *, many: int = 90, tall: float = 0.12) -> None:
    """Tall stalks with bulrushes among them, in clumps along a line."""
    clumps = c.rng.random(max(3, many // 12)) * c.w
    xs = np.clip(clumps[c.rng.integers(len(clumps), size=many)] + c.rng.normal(0, c.unit * 0.05, many), 0, c.w - 1)
    sizes = c.unit * tall * c.rng.uniform(0.45, 1, many)
    tips = xs + c.rng.normal(0, 0.16, many) * sizes

    def draw(pen: Pen, s: float) -> None:
        for x, tip, size in zip(xs, tips, sizes, strict=True):
            foot, thick = float(line[int(x)]), max(0.6, size * 0.02)
            pen.polygon(
                [((x - thick) * s, foot * s), ((x + thick) * s, foot * s), (tip * s, (foot - size) * s)], fill=255
            )
            if int(x * 7) % 3 == 0:
                mx, my, r = (x * 0.15 + tip * 0.85) * s, (foot - size * 0.82) * s, size * s
                pen.ellipse((mx - r * 0.03, my - r * 0.1, mx + r * 0.03, my + r * 0.1), fill=255)

    lay(c, c.sketch(draw), mix(dim(colours.shade, 0.7), colours.lit, 0.12))
