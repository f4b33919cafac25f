"""Ridges, water and plants that several scenes are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from services.studio.engines.painter.canvas import Canvas, Pen
from services.studio.engines.painter.colour import dim, hexed, hexes, mix, ramp, tint
from services.studio.engines.painter.maths import Floats, exp, smooth

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


def water(c: Canvas, level: float, shade: Floats) -> float:
    """Everything above the level again below it, broken by ripples, with the light's path on top; its far edge."""
    top = max(2, min(c.h - 2, round(level)))
    below = c.y[top:] - top
    near = below / max(c.h - top, 1)
    waves = c.noise(9, 4, stretch=9)
    lines = np.minimum(c.h - 1, (c.h * 0.999 * (1 - 1 / (1 + 5 * near))).astype(int))[:, 0]
    ripple = waves[lines] - 0.5
    rows = np.clip(top - 1 - below * 0.92 + ripple * c.unit * (0.01 + 0.2 * near), 0, top - 1).astype(int)
    cols = np.clip(c.x + ripple * c.unit * (0.008 + 0.05 * near), 0, c.w - 1).astype(int)
    smear = max(1, c.unit // 300)
    c.px[top:] = sum(c.px[np.maximum(rows - k * smear, 0), cols] for k in range(3)) * np.float32(0.313)
    c.cover(np.clip(0.14 + 0.5 * near + ripple * 0.5, 0, 0.8), mix(c.light.sky[0], shade, 0.35), top)
    path = exp(-(((c.x - c.sun[0]) / (c.unit * (0.045 + 0.16 * near))) ** 2))
    c.cover(path * smooth(0.02, 0.16, ripple) * (0.85 - 0.4 * near), c.light.glow, top)
    c.cover(exp(-below / (c.unit * 0.012)) * 0.35 + 0 * c.x, c.light.mist, top)
    return float(top)


def land(
    c: Canvas, top: Floats, far: float, colours: Earth, *, surface: str = "soft", snow: float = 0.0, fog: float = 0.55
) -> Floats:
    """A ridge and all below it: lit on the sun's side, hazier the farther, fog gathering at its foot; its line."""
    first = max(0, int(top.min()) - 1)
    depth = c.y[first:] - top
    if not depth.size:
        return top
    rough = c.noise(9, 5, keep=0.62)[first:]
    light = SURFACES[surface](c, top, depth, rough)
    lit, shade = (mix(colour, c.light.mist, far**0.8 * 0.86) for colour in (colours.lit, colours.shade))
    colour = ramp([shade, lit], light)
    if snow:
        white = [mix(dim(each, 0.25 + 0.75 * c.light.strength), c.light.mist, far * 0.6) for each in hexes(SNOW)]
        edge = depth / c.unit + 1.1 * (rough - 0.5) * snow + 0.7 * (top - top.min()) / c.unit
        colour += (ramp(white, light) - colour) * smooth(snow, snow * 0.86, edge)[..., None]
    haze = smooth(0.0, 0.34, depth / c.unit) * fog * (0.35 + 0.65 * far)
    colour += (c.light.mist - colour) * haze[..., None]
    steep = np.sqrt(1 + np.gradient(top) ** 2)
    c.cover(np.clip(depth / steep + 0.5, 0, 1), colour, first)
    return top


def _soft(c: Canvas, _top: Floats, depth: Floats, rough: Floats) -> Floats:
    return smooth(0.45, 0.0, depth / c.unit + 0.3 * (rough - 0.5))


def _rock(c: Canvas, top: Floats, depth: Floats, rough: Floats) -> Floats:
    """Each peak has a bright and a dark flank, parted by an edge that wanders down from the top."""
    blur = max(2, c.unit // 90)
    calm = np.convolve(np.pad(top, blur, "edge"), np.ones(2 * blur + 1) / (2 * blur + 1), "valid")
    fall = np.gradient(calm) * c.light.side
    wander = (rough - 0.5) * np.clip(depth, 0, None) * 1.1
    at = np.clip(c.x + wander + depth * 0.22, 0, c.w - 1).astype(int)
    return smooth(-0.16, 0.16, fall[at] + (rough - 0.5) * 0.5)


def _cliff(c: Canvas, top: Floats, depth: Floats, rough: Floats) -> Floats:
    """Streaks down a steep face, under a rim of turf in the light."""
    streaks = c.noise(9, 4, stretch=0.3)[c.h - len(depth) :] * 0.75 + 0.25 * _soft(c, top, depth, rough)
    face = smooth(0.25, 0.75, streaks) * smooth(0.55, 0.0, depth / c.unit)
    rim = smooth(0.016, 0.006, depth / c.unit + 0.02 * (rough - 0.5))
    return np.asarray(face * 0.75 + 0.5 * rim)


SURFACES: dict[str, Callable[[Canvas, Floats, Floats, Floats], Floats]] = {
    "soft": _soft,
    "rock": _rock,
    "cliff": _cliff,
}


def spruces(c: Canvas, ground: Floats, far: float, height: float, count: int, colours: Earth) -> None:
    """A row of firs along a line; `height` and `count` for a picture as wide as its shorter side."""
    xs = c.rng.random(int(count * c.w / c.unit)) * c.w
    sizes = c.unit * height * c.rng.uniform(0.45, 1.0, len(xs))

    def draw(pen: Pen, s: float) -> None:
        for x, size in zip(xs, sizes, strict=True):
            spruce(pen, s, c, x, float(ground[int(x)]) + size * 0.12, size)

    c.cover(c.sketch(draw), mix(mix(colours.shade, colours.lit, 0.12), c.light.mist, far**0.8 * 0.9))


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
