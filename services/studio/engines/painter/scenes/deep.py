"""Under water."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from services.studio.engines.painter.canvas import Canvas, Ground, Pen
from services.studio.engines.painter.colour import dim, hexed, hexes, mix, ramp, tint
from services.studio.engines.painter.maths import Floats, angle, exp, power, smooth
from services.studio.engines.painter.scenes.land import dots, lay
from services.studio.engines.painter.scenes.scene import Scene
from services.studio.engines.painter.wish import Time

DEPTHS = (  # surface, upper, lower, bottom
    "#c8f2e4 #2fa5b0 #0b4f78 #06203f",
    "#dff5d8 #3fb59b #0f5f74 #082b44",
    "#cdeaff #3a8fd0 #14408a #0a1740",
)
HOURS: dict[Time, tuple[str, float, float]] = {  # towards which colour, how far, how bright
    "dawn": ("#f2c2a0", 0.14, 0.95),
    "day": ("#ffffff", 0.0, 1.0),
    "dusk": ("#c25a86", 0.26, 0.78),
    "night": ("#1a2a6a", 0.3, 0.5),
}
CORALS = ("#ee6c73", "#f2994a", "#f59ab5", "#b58be0", "#f4d35e", "#d8507a")


def underwater(c: Canvas) -> Ground:
    stops = depths(c)
    c.horizon = c.h * 0.1
    c.px[:] = ramp(stops, power(c.y / c.h, 0.8) + 0.08 * (c.noise(2, 3, stretch=2) - 0.5))
    surface(c, stops)
    rays(c, stops)
    line = c.pick(FLOORS)(c, stops)
    motes(c, stops)
    return Ground(line, c.h * 0.12, spot=c.spot, drifts=True)


def depths(c: Canvas) -> Floats:
    stops = hexes(c.pick(DEPTHS))
    if c.wish.hues:
        stops = np.stack([tint(each, c.wish.hues[0], 0.6) for each in stops])
    colour, pull, bright = HOURS[c.light.time]
    return np.stack([dim(mix(each, hexed(colour), pull), bright) for each in stops])


def surface(c: Canvas, stops: Floats) -> None:
    """The underside of the waves, brightest where the light comes in."""
    y = np.clip(c.y / (c.unit * 0.2), 0, 1)
    rows = np.minimum(c.h - 1, (c.h * 0.9 * np.sqrt(y)).astype(int))[:, 0]
    waves = c.noise(11, 3, stretch=5)[rows]
    net = smooth(0.16, 0.0, np.abs(waves - 0.5)) * smooth(1.0, 0.1, y)
    c.cover(net * 0.5, mix(stops[0], (1.0, 1.0, 1.0), 0.35))
    c.cover(
        exp(-c.away(c.light.sun[0] * c.w, -c.unit * 0.05, c.unit * 0.36)) * 0.7, mix(stops[0], (1.0, 1.0, 1.0), 0.4)
    )


def rays(c: Canvas, stops: Floats) -> None:
    """Shafts of light that fan out from above and fade with depth."""
    x, y = c.light.sun[0] * c.w, -c.unit * 0.35
    turn = angle(c.x - x, c.y - y)
    fan = smooth(0.4, 0.75, c.curve(5, 4, 0.7)) * (0.35 + 0.65 * c.curve(2, 1))
    at = np.clip((turn + 1.3) / 2.6 * (c.w - 1), 0, c.w - 1).astype(np.int32)
    c.cover(fan[at] * exp(-(c.y + 0 * c.x) / (c.unit * 0.5)) * 0.6, mix(stops[0], (1.0, 1.0, 1.0), 0.25))


def net(c: Canvas, depth: Floats) -> Floats:
    """The bright net that waves throw on the ground, finer the farther."""
    share = np.clip(depth.max(1) / max(float(depth.max()), 1), 0, 1)
    rows = ((1 - 1 / (1 + 2.5 * share)) * (c.h - 1)).astype(int)
    waves = c.noise(15, 3, stretch=1.8, keep=0.55)[rows]
    return np.asarray(smooth(0.05, 0.0, np.abs(waves - 0.5)) * np.clip(depth, 0, 1) * smooth(0.0, 0.02, depth / c.unit))


def sea_bed(c: Canvas, top: Floats, far: float, stops: Floats, sand: Floats) -> Floats:
    """A bank of sand, with the net of light that waves throw on it."""
    first = max(0, int(top.min()) - 1)
    depth = c.y[first:] - top
    near = mix(mix(sand, stops[1], 0.45), stops[2], far * 0.85)
    low = mix(mix(sand, stops[3], 0.7), stops[2], far * 0.7)
    down = np.clip(depth, 0, None) / c.unit
    tone = smooth(0.4, 0.0, down) + 0.12 * (c.noise(5, 4, stretch=4)[first:] - 0.5)
    c.cover(np.clip(depth + 0.5, 0, 1), ramp([low, near], tone), first)
    if far < 0.4:
        c.cover(net(c, depth) * smooth(0.5, 0.0, down) * 0.3 * (1 - far), stops[0], first)
    return top


def reef(c: Canvas, stops: Floats) -> Floats:
    """Sand with corals, fans and weed, open in the middle."""
    sand = dim(hexed("#e8d3a4"), 0.5 + 0.5 * HOURS[c.light.time][2])
    for k, far in enumerate((0.85, 0.6, 0.34)):
        off = np.abs(c.x / c.w - c.spot)
        top = c.h - c.unit * ((0.3 - 0.075 * k) * (0.35 + 0.4 * c.curve(1.6, 4) + 0.9 * off))
        top = np.asarray(top, np.float32)
        crags(c, top, far, stops)
        kelp(c, top, far, stops, int(10 + 4 * k))
        corals(c, top, far, stops, int(6 + 3 * k))
        sea_bed(c, top, far, stops, sand)
    line = np.asarray(c.h - c.unit * (0.09 + 0.04 * c.curve(1.2, 3)), np.float32)
    corals(c, line + c.unit * 0.01, 0.0, stops, 8)
    sea_bed(c, line, 0.0, stops, sand)
    return np.asarray(line + c.unit * 0.02, np.float32)


def kelp_wood(c: Canvas, stops: Floats) -> Floats:
    """Tall weed rising to the light on both sides."""
    sand = dim(hexed("#b9b58c"), 0.45 + 0.5 * HOURS[c.light.time][2])
    for k, far in enumerate((0.85, 0.62, 0.36)):
        top = np.asarray(c.h - c.unit * ((0.2 - 0.05 * k) * (0.5 + 0.6 * c.curve(1.8, 4))), np.float32)
        tall_kelp(c, top, far, stops, 13 - 3 * k)
        sea_bed(c, top, far, stops, sand)
    line = np.asarray(c.h - c.unit * (0.08 + 0.05 * c.curve(1.2, 3)), np.float32)
    crags(c, line, 0.05, stops)
    kelp(c, line, 0.0, stops, 16)
    sea_bed(c, line, 0.0, stops, sand)
    return np.asarray(line + c.unit * 0.02, np.float32)


def abyss(c: Canvas, stops: Floats) -> Floats:
    """Open water between dark walls of rock."""
    for far, wide in ((0.75, 0.1), (0.5, 0.04), (0.2, -0.04)):
        rim = np.minimum(c.x, c.w - 1 - c.x) / c.unit
        wall = smooth(0.34, 0.0, rim - wide + 0.09 * (c.curve(3, 5, 0.55) - 0.5))
        top = (
            c.h
            - c.unit * (0.04 + 0.1 * (1 - far)) * c.curve(2, 4)
            - (c.h * 0.85 * (0.5 + 0.5 * far)) * power(wall, 1.6)
        )
        top = np.asarray(top, np.float32)
        kelp(c, top, far, stops, 9)
        rock_wall(c, top, far, stops)
    line = np.asarray(c.h - c.unit * (0.07 + 0.03 * c.curve(1.2, 3)), np.float32)
    corals(c, line + c.unit * 0.01, 0.0, stops, 7)
    sea_bed(c, line, 0.1, stops, dim(hexed("#a9b0a8"), 0.7))
    return np.asarray(line + c.unit * 0.02, np.float32)


def rock_wall(c: Canvas, top: Floats, far: float, stops: Floats) -> None:
    first = max(0, int(top.min()) - 1)
    depth = c.y[first:] - top
    dark, lit = mix(stops[3], stops[2], far * 0.9), mix(mix(stops[2], stops[1], 0.4), stops[2], far * 0.8)
    rough = c.noise(8, 5, keep=0.62)[first:]
    tone = smooth(0.4, 0.8, rough) * smooth(0.5, 0.0, depth / c.unit) + 0.5 * smooth(0.03, 0.0, depth / c.unit)
    steep = np.sqrt(1 + np.gradient(top) ** 2)
    c.cover(np.clip(depth / steep + 0.5, 0, 1), ramp([dark, lit], tone), first)


def crags(c: Canvas, line: Floats, far: float, stops: Floats) -> None:
    """Rocks that stand out of the sand at the sides."""
    off = np.abs(c.x / c.w - c.spot) * c.w / c.unit
    rise = np.clip(c.curve(1.5, 5, 0.5, sharp=True) - 0.42, 0, 1) * smooth(0.16, 0.5, off)
    top = np.where(rise > 0.01, line - c.unit * (0.22 + 0.1 * far) * rise, c.h * 2)
    if (rise > 0.01).any():
        rock_wall(c, np.asarray(np.minimum(top, c.h + 9), np.float32), far, stops)


def _free_places(c: Canvas, many: int, gap: float) -> list[float]:
    """Across the sheet, but not where the most important thing stands."""
    count = max(1, int(many * c.w / c.unit))
    xs = [c.between(0, c.w - 1) for _ in range(count)]
    return [x for x in xs if abs(x - c.spot * c.w) > gap * c.unit]


def kelp(c: Canvas, line: Floats, far: float, stops: Floats, many: int) -> None:
    plants = []
    for x in _free_places(c, many, 0.22):
        size = c.unit * c.between(0.08, 0.26) * (1.1 - 0.6 * far)
        plants.append((x, float(line[int(x)]) + c.unit * 0.01, size, c.between(0, 6)))
    green = mix(mix(stops[3], hexed("#2a8a5c"), 0.5 * HOURS[c.light.time][2]), stops[2], far * 0.8)
    lay(c, c.sketch(_weeds, plants), green)


def _weeds(pen: Pen, s: float, plants: list[tuple[float, float, float, float]]) -> None:
    t = np.linspace(0, 1, 36)
    for x, foot, size, phase in plants:
        for blade in range(3):
            long = size * (1 - 0.22 * blade)
            px = x + (blade - 1) * size * 0.05 + np.sin(t * 4.5 + phase + blade) * long * 0.11 * t
            py = foot - t * long
            wide = long * 0.035 * (1.04 - t) * (1 + 0.3 * np.sin(t * 26 + phase)) + 0.3
            _ribbon(pen, s, px, py, wide)


def _ribbon(pen: Pen, s: float, px: Floats, py: Floats, wide: Floats) -> None:
    edge = np.concatenate([np.stack([px - wide, py], -1), np.stack([px + wide, py], -1)[::-1]]) * s
    pen.polygon([(float(x), float(y)) for x, y in edge], fill=255)


def tall_kelp(c: Canvas, line: Floats, far: float, stops: Floats, many: int) -> None:
    """Stalks up to the surface, with leaves to both sides."""
    plants = [
        (x, float(line[int(x)]) + 2, c.h * c.between(0.55, 1.0), c.between(0, 6))
        for x in _free_places(c, many, 0.1 + 0.18 * (1 - far))
    ]
    size = c.unit * (0.03 + 0.04 * (1 - far))

    def draw(pen: Pen, s: float, part: int) -> None:
        for x, foot, tall, phase in plants:
            t = np.linspace(0, 1, 40)
            px, py = x + np.sin(t * 5 + phase) * c.unit * 0.035 * t, foot - t * tall
            if part == 0:
                _ribbon(pen, s, px, py, np.full(40, size * 0.06) * (1.2 - t))
            for k in range(2 + part, 40, 2):
                _leaf(pen, s, (float(px[k]), float(py[k])), size * (1.15 - 0.5 * t[k]), 1 if (k // 2) % 2 else -1)

    dark = mix(mix(stops[3], hexed("#3f7a3c"), 0.45), stops[2], far * 0.8)
    lit = mix(mix(stops[1], hexed("#a8c04a"), 0.5), stops[2], far * 0.8)
    lay(c, c.sketch(draw, 0), dark)
    lay(c, c.sketch(draw, 3) * 0.45, mix(dark, lit, 0.6))


def _leaf(pen: Pen, s: float, root: tuple[float, float], long: float, side: int) -> None:
    t = np.linspace(0, 1, 7)
    x, y = root[0] + side * long * t, root[1] - long * 0.55 * t + long * 0.25 * t * t
    wide = long * 0.13 * np.sin(np.pi * t)
    edge = [*zip(x, y - wide, strict=True), *reversed([*zip(x, y + wide, strict=True)])]
    pen.polygon([(float(a * s), float(b * s)) for a, b in edge], fill=255)


def corals(c: Canvas, line: Floats, far: float, stops: Floats, many: int) -> None:
    kinds: tuple[Callable[[Canvas, float, float, float, tuple[Floats, Floats]], None], ...] = (heads, fan, branches)
    for x in _free_places(c, many, 0.2):
        colour = dim(hexed(c.pick(CORALS)), 0.35 + 0.65 * HOURS[c.light.time][2])
        tones = tuple(mix(mix(colour, stops[3], shade), stops[2], far * 0.88) for shade in (0.5, 0.1))
        size = c.unit * c.between(0.045, 0.1) * (1.1 - 0.5 * far)
        c.pick(kinds)(c, x, float(line[int(x)]) + size * 0.1, size, (tones[0], tones[1]))


def _patch(x: float, foot: float, size: float, draw: Callable[..., None], *what: object) -> tuple[Floats, int, int]:
    """A small sheet drawn like `sketch`, and its corner: corals are many, and each is little."""
    small = Canvas(max(4, int(size * 3.2)), max(4, int(size * 2.2)), "", 0)
    left, top = int(x - size * 1.6), int(foot - size * 1.9)
    return small.sketch(draw, x - left, foot - top, size, *what), left, top


def _cover_patch(c: Canvas, patch: tuple[Floats, int, int], colour: Floats) -> None:
    mask, left, top = patch
    x0, y0, x1, y1 = max(left, 0), max(top, 0), min(left + mask.shape[1], c.w), min(top + mask.shape[0], c.h)
    if x1 > x0 and y1 > y0:
        area = c.px[y0:y1, x0:x1]
        area += (colour - area) * mask[y0 - top : y1 - top, x0 - left : x1 - left, None]


def heads(c: Canvas, x: float, foot: float, size: float, tones: tuple[Floats, Floats]) -> None:
    """A cushion of many small heads."""
    turn, reach = c.rng.uniform(0, np.pi, 60), np.sqrt(c.rng.random(60))
    spots = np.stack([np.cos(turn) * reach * 1.1, -np.sin(turn) * reach * 0.85], -1) * size
    for tone, some, r in ((0, spots, 0.2), (1, spots[::2] - (0, size * 0.07), 0.12)):
        _cover_patch(c, _patch(x, foot, size, _heads, some, r), tones[tone])


def _heads(pen: Pen, s: float, x: float, foot: float, size: float, spots: Floats, r: float) -> None:
    dots(pen, s, np.add(spots, (x, foot)), r * size)


def fan(c: Canvas, x: float, foot: float, size: float, tones: tuple[Floats, Floats]) -> None:
    """A flat fan of fine twigs."""
    turns = np.linspace(-1.05, 1.05, 15) + c.rng.normal(0, 0.05, 15)
    longs = size * 1.5 * (1 - 0.3 * (turns / 1.05) ** 2) * c.rng.uniform(0.85, 1, 15)
    for tone, some in ((0, slice(None)), (1, slice(1, None, 2))):
        _cover_patch(c, _patch(x, foot, size, _twigs, turns[some], longs[some]), tones[tone])


def _twigs(pen: Pen, s: float, x: float, foot: float, size: float, turns: Floats, longs: Floats) -> None:
    t = np.linspace(0, 1, 8)
    for turn, long in zip(turns, longs, strict=True):
        px, py = x + np.sin(turn * (0.5 + 0.5 * t)) * long * t, foot - np.cos(turn * 0.8) * long * t
        _ribbon(pen, s, px, py, size * (0.05 - 0.034 * t))
        for k in (3, 5, 7):
            r = size * 0.05 * s
            pen.ellipse((px[k] * s - r, py[k] * s - r, px[k] * s + r, py[k] * s + r), fill=255)


def branches(c: Canvas, x: float, foot: float, size: float, tones: tuple[Floats, Floats]) -> None:
    """Stubby arms that fork."""
    turns = np.concatenate([np.linspace(-0.9, 0.9, 5), np.linspace(-0.6, 0.6, 4)]) + c.rng.normal(0, 0.1, 9)
    longs = size * np.concatenate([np.full(5, 1.0), np.full(4, 1.4)]) * c.rng.uniform(0.8, 1.1, 9)
    for tone, shift in ((0, 0.0), (1, -0.03 * c.light.side)):
        _cover_patch(
            c, _patch(x - shift * size, foot, size, _arms, turns, longs, 0.075 if tone == 0 else 0.03), tones[tone]
        )


def _arms(pen: Pen, s: float, x: float, foot: float, size: float, turns: Floats, longs: Floats, wide: float) -> None:
    t = np.linspace(0, 1, 8)
    for turn, long in zip(turns, longs, strict=True):
        px, py = x + np.sin(turn) * long * t**0.8, foot - np.cos(turn) * long * t**1.15
        _ribbon(pen, s, px, py, np.full(8, size * wide))
        r = size * wide * 1.15 * s
        pen.ellipse((px[-1] * s - r, py[-1] * s - r, px[-1] * s + r, py[-1] * s + r), fill=255)


def motes(c: Canvas, stops: Floats) -> None:
    """What drifts in the water, and bubbles in strings."""
    count = int(60 * c.w * c.h / c.unit**2)
    spots, near = c.rng.random((count, 2)) * (c.w, c.h), c.rng.random(count) ** 3

    def draw(pen: Pen, s: float) -> None:
        for (x, y), n in zip(spots * s, near, strict=True):
            r = c.unit * s * (0.001 + 0.0024 * n)
            pen.ellipse((x - r, y - r, x + r, y + r), fill=int(60 + 120 * n))
        for _ in range(3):
            x, y = c.between(0.05, 0.95) * c.w, c.between(0.4, 0.9) * c.h
            for k in range(c.whole(3, 7)):
                r = c.unit * s * c.between(0.003, 0.008)
                bx, by = (x + c.between(-0.012, 0.012) * c.unit) * s, (y - k * c.unit * 0.035) * s
                pen.ellipse((bx - r, by - r, bx + r, by + r), outline=190, width=max(1, int(r * 0.25)))
                pen.ellipse((bx - r * 0.55, by - r * 0.6, bx - r * 0.15, by - r * 0.2), fill=220)

    lay(c, c.sketch(draw), mix(stops[0], (1.0, 1.0, 1.0), 0.3))


FLOORS: tuple[Callable[[Canvas, Floats], Floats], ...] = (reef, kelp_wood, reef, abyss)
ROWS = {
    "underwater": Scene(
        underwater,
        "underwater reef coral seabed seafloor aquarium deep-sea ocean-floor kelp seaweed undersea "
        "diving scuba unterwasser riff koralle meeresgrund tauchen sous-marin récif corail submarino "
        "arrecife 🐠 🐟 🐡 🫧 魚 珊 瑚",
        "under the sea among corals, weed and fish",
        company=("fish", "turtle", "jellyfish"),
    ),
}
