"""What falls, drifts and glows before everything else in the picture."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

import numpy as np

from services.studio.engines.painter.canvas import Canvas, Pen, blurred, ink
from services.studio.engines.painter.colour import dim, hexed, hexes, mix
from services.studio.engines.painter.maths import Floats, bell, exp, smooth

WHITE = (1.0, 1.0, 1.0)
RAIN = ((340, 0.018, 0.0009, 0.3), (190, 0.042, 0.0015, 0.42), (70, 0.085, 0.0023, 0.5))
"""Drops from far to near: how many, how long, how wide, how plain to see."""
FLAKES = ((420, 0.0016, 0.0004, 0.6), (240, 0.0032, 0.0008, 0.85), (70, 0.0062, 0.002, 0.9), (14, 0.015, 0.008, 0.55))
"""Flakes from far to near: how many, how large, how blurred, how plain to see."""
SPARKS = ((46, 0.0022, 0.006, 0.9), (22, 0.0038, 0.011, 1.0), (8, 0.0065, 0.02, 0.8))
PETALS = "#f9c3d2 #fbdbe2 #f3a6bd #fff0f2"
LEAVES = "#d9772c #b8442c #e0a53a #8f5a2c #c9582f"
LEAFY = ("forest", "garden", "meadow", "village", "street", "lake", "waterfall", "mountains")


def fog(c: Canvas) -> None:
    """Banks of it, thicker towards the ground, with gaps to see through."""
    for low, wide, thick in ((0.5, 0.16, 0.4), (0.68, 0.13, 0.58), (0.88, 0.16, 0.42)):
        drift = c.noise(1.5, 4, stretch=4.5)
        bank = bell((c.y - c.h * (low + 0.06 * (c.curve(1.1, 2) - 0.5))) / c.h, wide)
        c.cover(smooth(0.18, 0.8, drift) * bank * thick, mix(c.light.mist, WHITE, 0.06 * c.light.strength))
    c.cover(np.full((c.h, 1), 0.1, np.float32) + 0 * c.x, c.light.mist)


def rain(c: Canvas) -> None:
    """Slanting with the wind, finer and denser the farther away."""
    lean = c.between(0.12, 0.3) * c.pick((-1, 1)) * (1.7 if "storm" in c.wish.weather else 1)
    colour = mix(c.light.sky[2], WHITE, 0.45)
    for count, length, wide, strength in RAIN:
        count = int(count * c.w * c.h / c.unit**2)
        places = c.rng.random((count, 3)) * (c.w * 1.3, c.h * 1.1, 1) - (c.w * 0.15, c.h * 0.1, 0)
        c.cover(c.sketch(_drops, places, c.unit * length, c.unit * wide, lean) * strength, colour)
    c.cover(smooth(0.25, 1.0, c.y / c.h) * 0.1 + 0 * c.x, c.light.mist)


def _drops(pen: Pen, s: float, places: Floats, length: float, wide: float, lean: float) -> None:
    width = max(1, round(wide * s))
    for x, y, tone in places.tolist():
        size = length * s * (0.6 + 0.6 * tone)
        pen.line((x * s, y * s, x * s - size * lean, y * s + size), fill=int(70 + 150 * tone), width=width)


def storm(c: Canvas) -> None:
    lightning(c)
    rain(c)


def lightning(c: Canvas) -> None:
    """A bolt on the light's side, which leaves the things alone, and the flash on clouds and land about it."""
    foot = min(c.horizon, c.h) * c.between(0.94, 1.0)
    x = c.w * float(np.clip(0.5 + c.light.side * c.between(0.14, 0.3), 0.12, 0.88))
    bolts = _branches(c, x, foot)
    colour = mix(hexed("#e9e4ff"), c.light.glow, 0.15)
    mask = c.sketch(_bolt, bolts)
    away = np.sqrt(((c.x - x) / (c.unit * 0.6)) ** 2 + ((c.y - foot * 0.45) / max(foot, 1)) ** 2)
    c.shine(exp(-away * 1.7) * 0.34, mix(colour, c.light.sky[1], 0.25))
    c.shine(np.clip(blurred(mask, c.unit * 0.02) * 2.2 + blurred(mask, c.unit * 0.006) * 1.2, 0, 1) * 0.75, colour)
    c.cover(mask, mix(colour, WHITE, 0.75))


def _branches(c: Canvas, x: float, foot: float) -> list[tuple[list[tuple[float, float]], float]]:
    """Broken lines and how wide each begins: the stroke itself, and what splits off it."""
    steps, wide = 18, c.unit * 0.0075
    drift = np.cumsum(c.rng.normal(0, 0.026, steps) * c.unit)
    drift -= np.linspace(0, drift[-1] * 0.6, steps)
    trunk = [(x + float(dx), float(y)) for dx, y in zip(drift, np.linspace(-0.02, 1, steps) * foot, strict=True)]
    bolts = [(trunk, wide)]
    for start in c.rng.choice(np.arange(4, steps - 4), 4, replace=False).tolist():
        (px, py), side = trunk[start], c.pick((-1, 1))
        twig, reach = [(px, py)], c.unit * c.between(0.02, 0.034)
        for _ in range(c.whole(4, 7)):
            px, py = px + side * reach * c.between(0.2, 1.5), py + reach * c.between(0.4, 1.4)
            twig.append((px, min(py, foot)))
        bolts.append((twig, wide * 0.5))
    return bolts


def _bolt(pen: Pen, s: float, bolts: list[tuple[list[tuple[float, float]], float]]) -> None:
    for line, wide in bolts:
        for k, (a, b) in enumerate(itertools.pairwise(line)):
            width = max(1, round(wide * s * (1 - 0.75 * k / len(line))))
            pen.line((a[0] * s, a[1] * s, b[0] * s, b[1] * s), fill=255, width=width)


def snow(c: Canvas) -> None:
    """Many small ones far away, few large and blurred ones near by."""
    colour = mix(WHITE, c.light.mist, 0.1 if not c.light.is_dark else 0.22)
    for count, radius, blur, strength in FLAKES:
        mask = c.sketch(_flakes, _strewn(c, count), c.unit * radius)
        c.cover(blurred(mask, c.unit * blur) * strength, colour)


def sparks(c: Canvas) -> None:
    """Fireflies, or magic: small lights with a halo, the nearer ones softer; most keep to the lower half."""
    colour = hexed("#ffdf7a")
    for count, radius, glow, strength in SPARKS:
        places = _strewn(c, count)
        places[:, 1] = c.h * (1 - 0.78 * c.rng.random(len(places)) ** 1.25)
        mask = c.sketch(_flakes, places, c.unit * radius)
        c.shine(np.clip(blurred(mask, c.unit * glow) * 3.2, 0, 0.75) * strength, colour)
        c.cover(blurred(mask, c.unit * radius * 0.3) * strength, mix(colour, WHITE, 0.55))


def _strewn(c: Canvas, count: int) -> Floats:
    """Places all over the sheet, and a size for each from 0 to 1; `count` for a square."""
    count = max(1, int(count * c.w * c.h / c.unit**2))
    return c.rng.random((count, 3)) * (c.w, c.h, 1)


def _flakes(pen: Pen, s: float, places: Floats, radius: float) -> None:
    for x, y, size in places.tolist():
        r = radius * s * (0.55 + 0.6 * size)
        pen.ellipse((x * s - r, y * s - r, x * s + r, y * s + r), fill=int(150 + 105 * size))


def petals(c: Canvas) -> None:
    if c.wish.season == "autumn":
        leaves(c)
        return
    _drifting(c, hexes(PETALS), ((64, 0.0075), (20, 0.0125), (5, 0.021)), _petal)


def leaves(c: Canvas) -> None:
    _drifting(c, hexes(LEAVES), ((26, 0.011), (12, 0.018), (3, 0.03)), _leaf)


def _drifting(c: Canvas, colours: Floats, rows: Sequence[tuple[int, float]], shape: Callable[[], Floats]) -> None:
    """Turned every way, thicker along a gust that crosses the picture."""
    gust = c.between(0.25, 0.6), c.between(-0.5, 0.5)

    def draw(pen: Pen, s: float) -> None:
        for count, size in rows:
            for x, _, big in _strewn(c, count).tolist():
                y = c.h * (gust[0] + gust[1] * (x / c.w - 0.5) + float(c.rng.normal(0, 0.26)))
                turn, flat = c.between(0, 2 * math.pi), c.between(0.35, 1)
                outline = shape() * (1, flat) * c.unit * size * (0.7 + 0.6 * big)
                (dx, dy), cos, sin = outline.T, math.cos(turn), math.sin(turn)
                points = np.stack([dx * cos - dy * sin + x, dx * sin + dy * cos + y], -1)
                colour = c.light.on(dim(c.pick(list(colours)), c.between(0.86, 1.06)))
                pen.polygon([(px * s, py * s) for px, py in points.tolist()], fill=ink(colour))

    c.lay(draw)


def _petal() -> Floats:
    t = np.linspace(0, 2 * math.pi, 18, endpoint=False)
    return np.stack([np.cos(t), np.sin(t) * 0.55 * (1 + 0.35 * np.cos(t))], -1)


def _leaf() -> Floats:
    t = np.linspace(-1, 1, 11)
    wide = (1 - t * t) * 0.46 * (1.15 - 0.35 * t)
    edge = np.concatenate([np.stack([t, wide], -1), np.stack([t[::-1], -wide[::-1]], -1)])
    return np.concatenate([edge[:11], [[1.25, 0.02]], edge[11:]])


FALLING: dict[str, Callable[[Canvas], None]] = {
    "mist": fog,
    "storm": storm,
    "rain": rain,
    "snow": snow,
    "sparks": sparks,
    "petals": petals,
}


def weather(c: Canvas) -> None:
    asked = set(c.wish.weather)
    if "storm" in asked:
        asked.discard("rain")
    for name, fall in FALLING.items():
        if name in asked:
            fall(c)
    if c.wish.season == "autumn" and c.wish.scene in LEAFY and "petals" not in asked and c.is_so(0.45):
        leaves(c)
