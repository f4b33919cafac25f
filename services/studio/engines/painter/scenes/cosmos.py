"""Space and planets."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from services.studio.engines.painter.canvas import Canvas, Ground, Pen, blurred
from services.studio.engines.painter.colour import dim, hexed, hexes, mix, ramp
from services.studio.engines.painter.maths import Floats, angle, bell, cos, exp, power, sin, smooth
from services.studio.engines.painter.scenes.scene import Scene
from services.studio.engines.painter.subjects import SUBJECTS
from services.studio.engines.painter.wish import Palette

WHITE = (1.0, 1.0, 1.0)
NEBULAE = (
    "#05040f #2a1458 #c2437f #ffb07a #fff0d8",
    "#03060f #0d2c5c #2f8fae #ffd9a0 #fff6e0",
    "#04040c #14324a #6a4fb0 #f59ac0 #ffe9e0",
    "#030807 #0b3b3a #2f8f6f #e8d48a #fffbe0",
    "#0a0408 #4a1424 #c8503a #ffb45a #fff0cf",
    "#04050e #1b2466 #4f7be0 #b9d4ff #ffffff",
)
NEBULAE_OF: dict[Palette, tuple[str, ...]] = {
    "warm": ("#0a0408 #4a1424 #c8503a #ffb45a #fff0cf", "#0a0508 #4a2030 #b8604a #f0b080 #fff0d8"),
    "golden": ("#080503 #3c2410 #a8701e #f0c45a #fff4cf",),
    "cool": ("#04050e #1b2466 #4f7be0 #b9d4ff #ffffff", "#030a10 #0b3b4a #2f8f9f #9ad8d8 #f0ffff"),
    "neon": ("#05020e #38107a #f030b0 #40d8f8 #f0ffff", "#04020c #102a80 #8a3cf0 #ff5ab0 #fff0f8"),
    "monochrome": ("#040406 #22242c #666a78 #b8bcc8 #ffffff",),
    "pastel": ("#1c1a38 #4a4478 #a884b8 #f0b8c0 #fff0e4",),
    "earthy": ("#080604 #33241a #7a5a3c #c8a070 #f4e4c4",),
}


def colours_of_space(c: Canvas) -> Floats:
    """Five, from the dark up to the stars' own light."""
    if c.wish.hues:
        first, last = hexed(c.wish.hues[0]), hexed(c.wish.hues[-1])
        second = mix(first, last, 0.55)
        return np.stack([dim(first, 0.16), dim(first, 0.45), second, mix(last, WHITE, 0.35), mix(last, WHITE, 0.85)])
    rows = NEBULAE_OF.get(c.wish.palette, NEBULAE) if c.wish.palette else NEBULAE
    return hexes(c.pick(rows))


# Nebulae

Cloud = tuple[Floats, tuple[float, float], Any]
"""How much glows at each place, from 0 to 1; where the brightest star is; how much of the stars behind is seen."""


def warped(c: Canvas, field: Floats, cells: float, strength: float) -> Floats:
    """The field pulled about by noise, in shares of the unit."""
    right, down = c.noise(cells, 4) - 0.5, c.noise(cells, 4) - 0.5
    return field[_folded(c.y + down * (strength * c.unit), c.h), _folded(c.x + right * (strength * c.unit), c.w)]


def _folded(place: Floats, size: int) -> Floats:
    """Back from the edge as from a mirror."""
    return np.asarray(np.clip(size - 1 - np.abs(np.abs(place) - (size - 1)), 0, size - 1).astype(np.int32))


def turned(c: Canvas, x: float, y: float, turn: float) -> tuple[Floats, Floats]:
    """Across and along axes turned about a point, in units."""
    right, down = (c.x - x) / c.unit, (c.y - y) / c.unit
    return right * math.cos(turn) + down * math.sin(turn), down * math.cos(turn) - right * math.sin(turn)


def _river(c: Canvas) -> Cloud:
    """A band of stars across the sheet, split by dust."""
    turn = c.between(-0.9, 0.9) + (math.pi / 2 if c.h > c.w * 1.3 else 0)
    x, y = c.w * c.between(0.42, 0.58), c.h * c.between(0.42, 0.58)
    along, across = turned(c, x, y, turn)
    bend = 0.12 * sin(along * 1.7 + c.between(0, 6))
    veil = warped(c, c.noise(2.2, 5, keep=0.55), 1.5, 0.5)
    wide = c.between(0.2, 0.3)
    dust = warped(c, c.noise(3.2, 5, keep=0.6, stretch=1.6), 2.0, 0.4)
    lane = bell(across - bend - 0.03, wide * 0.34) * smooth(0.3, 0.62, dust)
    glow = bell(across - bend, wide) * (0.2 + 0.62 * veil) + 0.24 * bell(across - bend, wide * 2.2) * veil
    heart = 0.4 * bell(along, 0.3) * bell(across - bend, wide * 0.5)
    return np.asarray((glow + heart) * (1 - 0.75 * lane)), (x, y), 1.0


def _cloud(c: Canvas) -> Cloud:
    """Great billows on one side, hollowed out round a young star."""
    x, y = c.w * c.pick((0.32, 0.5, 0.68)), c.h * c.between(0.34, 0.6)
    body = warped(c, c.noise(1.5, 6, keep=0.55), 1.3, 0.6)
    reach = warped(c, c.away(x, y, c.unit * c.between(0.5, 0.66)), 1.2, 0.45)
    hollow = smooth(0.12, 0.42, warped(c, c.away(x, y, c.unit * 0.8), 2.0, 0.25))
    ridge = 1 - np.abs(warped(c, c.noise(2.4, 5, keep=0.58), 1.6, 0.5) * 2 - 1)
    glow = smooth(0.2, 0.85, body) * smooth(1.25, 0.2, reach) * (0.55 + 0.6 * ridge * ridge)
    return np.asarray(glow * (0.35 + 0.65 * hollow) + 0.5 * exp(-c.away(x, y, c.unit * 0.13))), (x, y), 1.0


def _spiral(c: Canvas) -> Cloud:
    """A galaxy seen aslant."""
    x, y = c.w * c.between(0.4, 0.6), c.h * c.between(0.38, 0.55)
    along, across = turned(c, x, y, c.between(-0.7, 0.7))
    across = across * c.between(1.7, 2.6)
    size = c.between(0.34, 0.46) * float(np.clip(max(c.w, c.h) / c.unit, 1, 1.25))
    away = np.sqrt(along * along + across * across) / np.float32(size)
    hand = c.pick((-1, 1))
    twist = power(np.clip(away / 3, 0, 1), 0.5) * np.float32(11)
    arms = 0.5 + 0.5 * cos((angle(across, along) * hand + twist) * c.pick((2, 2, 3)) + c.between(0, 6))
    lumps = warped(c, c.noise(5, 5, keep=0.62), 3, 0.12)
    disc = exp(-away * 1.9) * smooth(2.2, 0.9, away)
    glow = disc * (0.28 + 1.25 * arms * arms * (0.45 + 0.9 * lumps)) + exp(-away * away * 16) * 0.85
    return np.asarray(glow + 0.16 * c.noise(1.4, 5) * smooth(2.6, 0.4, away)), (x, y), 1.0


def _shell(c: Canvas) -> Cloud:
    """What a dying star threw off: rings of gas about it."""
    x, y = c.w * c.between(0.4, 0.6), c.h * c.between(0.4, 0.55)
    along, across = turned(c, x, y, c.between(0, math.pi))
    away = np.sqrt(along * along + (across * c.between(1.1, 1.6)) ** 2)
    away = warped(c, np.asarray(away, np.float32), 1.6, 0.09)
    radius = c.between(0.22, 0.3)
    wisps = warped(c, c.noise(3.4, 6, keep=0.6), 2.4, 0.35)
    turn = angle(c.y - y, c.x - x)
    rays = 0.82 + 0.18 * sin(turn * c.whole(11, 23) + wisps * 2.5 + away * 9)
    ring = 0.8 * bell(away - radius, 0.06) + 0.42 * bell(away - radius * 1.75, 0.13) * rays
    glow = ring * (0.45 + 0.6 * wisps) * rays + 0.34 * bell(away, radius * 0.6) * (0.5 + 0.5 * wisps)
    return np.asarray(glow + 0.12 * bell(away, radius * 3.2)), (x, y), 1.0


def _pillars(c: Canvas) -> Cloud:
    """Dark columns of dust rising before a bright mist."""
    x, y = c.w * c.between(0.3, 0.7), c.h * c.between(0.16, 0.3)
    mist = warped(c, c.noise(1.6, 5), 1.2, 0.5)
    glow = 0.62 * exp(-c.away(x, y, c.unit * 0.55)) + 0.42 * smooth(0.25, 0.9, mist) * smooth(1.2, 0.1, c.y / c.h)
    columns = c.curve(2.6, 2, 0.35)
    crests = c.h * (0.94 - 0.62 * columns * columns)
    lumps = warped(c, c.noise(3, 6, keep=0.58), 2.2, 0.3)
    depth = (c.y - crests) / c.unit + 0.34 * (lumps - 0.5)
    inside = smooth(-0.01, 0.03, depth)
    rim = bell(depth - 0.012, 0.05) * inside * exp(-c.away(x, y, c.unit * 0.9))
    behind = 0.55 * bell(depth + 0.05, 0.16) * (1 - inside) * mist
    relief = 0.2 * inside * smooth(0.4, 0.75, lumps) * exp(-np.clip(depth, 0, None) * 3)
    return np.asarray((glow + behind) * (1 - 0.9 * inside) + rim * 0.85 + relief), (x, y), 1 - inside


NEBULA_KINDS: tuple[Callable[[Canvas], Cloud], ...] = (_river, _cloud, _spiral, _shell, _pillars)


def space(c: Canvas) -> Ground:
    stops = colours_of_space(c)
    kind = c.pick(NEBULA_KINDS)
    glow, (x, y), clear = kind(c)
    far_mist = c.noise(1.1, 4)
    tone = np.clip(glow * 0.9 + 0.1 * far_mist, 0, 1)
    c.px[:] = ramp(stops, tone)
    other = mix(stops[2], dim(stops[3], 0.8), 0.5)
    c.shine(smooth(0.35, 0.9, c.noise(1.3, 4)) * np.clip(0.16 + glow, 0, 1) * 0.28, other)
    _starry(c, stops, glow, clear)
    if kind in (_cloud, _shell, _pillars):
        _bright_star(c, x, y, c.unit * 0.05, stops[4])
    if kind in (_river, _cloud) and c.is_so(0.4) and not c.wish.things:
        _globe(
            c, _some_globe(c, c.w * (1 - x / c.w), c.h * c.between(0.62, 0.76), c.unit * c.between(0.06, 0.1)), stops
        )
    return _footing(c, stops)


def _starry(c: Canvas, stops: Floats, glow: Floats, clear: Any = 1.0) -> None:
    """Dust of stars, thicker in the mist, and a few that sparkle."""
    count = int(900 * c.w * c.h / c.unit**2)
    place, size = c.rng.random((count, 2)) * (c.w, c.h), c.rng.random(count) ** 7

    def draw(pen: Pen, s: float) -> None:
        for (px, py), big in zip(place * s, size, strict=True):
            r = c.unit * s * (0.0007 + 0.0026 * big)
            pen.ellipse((px - r, py - r, px + r, py + r), fill=int(90 + 165 * big**0.3))

    mask = c.sketch(draw) * (0.75 + 0.25 * np.clip(glow * 2, 0, 1)) * clear
    c.cover(mask, mix(stops[4], WHITE, 0.4))
    c.shine(blurred(mask, c.unit * 0.004) * 0.5, stops[3])
    for _ in range(c.whole(3, 6)):
        x, y = c.between(0.05, 0.95) * c.w, c.between(0.05, 0.95) * c.h
        colour = c.pick((stops[4], stops[3], mix(stops[2], WHITE, 0.6)))
        if np.ndim(clear) == 0 or clear[int(y), int(x)] > 0.5:
            _bright_star(c, x, y, c.unit * c.between(0.012, 0.026), colour)


def _bright_star(c: Canvas, x: float, y: float, size: float, colour: Any) -> None:
    """A soft halo, a hard middle and four fine rays."""
    reach = math.ceil(size * 5)
    x0, x1 = max(0, int(x) - reach), min(c.w, int(x) + reach)
    y0, y1 = max(0, int(y) - reach), min(c.h, int(y) + reach)
    if x1 <= x0 or y1 <= y0:
        return
    dx, dy = np.abs(c.x[x0:x1] - x) / size, np.abs(c.y[y0:y1] - y) / size
    away = np.sqrt(dx * dx + dy * dy)
    fade = smooth(4.9, 2.0, away)
    rays = exp(-dx * 16 - dy * 0.9) + exp(-dy * 16 - dx * 0.9)
    light = np.clip((exp(-away * 1.5) * 0.7 + exp(-away * away * 14) + rays * 0.8) * fade, 0, 1)[..., None]
    area = c.px[y0:y1, x0:x1]
    area += light * np.asarray(mix(colour, WHITE, 0.5), np.float32) * (1 - np.clip(area, 0, 1))


# Planets

WORLDS = (
    "#2a1a2e #7a3f4a #d98a5a #f4d2a0 #fff2dc",
    "#0f2540 #2a5f8f #6fa8c8 #cfe6ea #ffffff",
    "#2c1c16 #7a4a2e #c88a52 #ecc890 #fbeed2",
    "#141a3c #4a4a9a #9a7fd0 #e0b8e0 #fff0f4",
    "#0c2a2a #1f6a62 #6fb08a #d8d8a0 #fffbe4",
    "#301018 #8a2c34 #d8604a #f4a878 #ffe6d0",
)


@dataclass(frozen=True)
class _World:
    x: float
    y: float
    radius: float
    tilt: float
    """How its axis leans, in radians."""
    light: tuple[float, float, float]
    """Where the sun stands from it: right, down, towards the eye."""
    surface: Callable[[Canvas, Floats, Floats, Floats], Floats]
    colours: Floats
    ring: float = 0.0
    """How flat its ring looks, 0 where it has none."""


def _bands(c: Canvas, across: Floats, up: Floats, rough: Floats) -> Floats:
    """A giant of gas: belts that wave where they meet, and a storm."""
    swirl = up + (rough - 0.5) * 0.16
    belts = sin(swirl * c.between(7, 11) + c.between(0, 6)) * 0.5 + sin(swirl * c.between(17, 26)) * 0.22
    storm = np.sqrt(((across - c.between(-0.4, 0.4)) / 0.24) ** 2 + ((up - c.between(-0.4, 0.4)) / 0.12) ** 2)
    return np.asarray(0.5 + 0.42 * belts + 0.14 * (rough - 0.5) + 0.35 * smooth(1.0, 0.3, storm))


def _continents(c: Canvas, _across: Floats, up: Floats, rough: Floats) -> Floats:
    """Seas, shores and drifting clouds."""
    ground = smooth(0.46, 0.56, rough) * 0.34
    clouds = smooth(0.54, 0.8, c.noise(7, 5, stretch=2.4, keep=0.58)) * 0.75
    poles = smooth(0.72, 0.9, np.abs(up) + (rough - 0.5) * 0.3) * 0.6
    return np.maximum(np.maximum(0.2 + ground + 0.1 * rough, clouds + 0.2), poles + 0.3)


def _craters(c: Canvas, across: Floats, up: Floats, rough: Floats) -> Floats:
    """Dry rock, with seas of old lava and the marks of stones that fell."""
    tone = 0.55 + 0.3 * (smooth(0.4, 0.6, rough) - 0.5) + 0.12 * (c.noise(20, 3) - 0.5)
    for _ in range(11):
        x, y, r = c.between(-0.8, 0.8), c.between(-0.8, 0.8), c.between(0.04, 0.2) * c.between(0.4, 1)
        away = np.sqrt((across - x) ** 2 + (up - y) ** 2) / np.float32(r)
        slope = (across - x) / np.float32(r) * -c.light.side
        tone = tone + 0.2 * bell(away - 1, 0.22) - 0.16 * smooth(1.0, 0.7, away) * (0.6 + 0.6 * slope)
    return np.asarray(tone)


SURFACES = (_bands, _bands, _continents, _craters)


def _some_globe(
    c: Canvas, x: float, y: float, radius: float, *, back: float = 0.3, ring: float = 0.0, surfaces: Any = SURFACES
) -> _World:
    """`back` is how far behind the planet the sun stands: below 0 only a sickle is lit."""
    side, up = c.light.side, c.between(-0.75, -0.25)
    length = math.sqrt(1 + up * up + back * back)
    colours = _world_colours(c)
    surface = _bands if ring else c.pick(surfaces)
    return _World(x, y, radius, c.between(0.12, 0.5) * c.pick((-1, 1)), (side / length, up / length, back / length),
                  surface, colours, ring)  # fmt: skip


def _world_colours(c: Canvas) -> Floats:
    if not c.wish.hues:
        return hexes(c.pick(WORLDS))
    first, last = hexed(c.wish.hues[-1]), hexed(c.wish.hues[0])
    return np.stack([dim(first, 0.35), dim(first, 0.7), first, mix(last, WHITE, 0.45), mix(last, WHITE, 0.8)])


def _globe(sheet: Canvas, world: _World, stops: Floats) -> None:
    reach = world.radius * 2.5
    c = sheet.part(world.x - reach, world.y - reach, world.x + reach, world.y + reach)
    if not c.px.size:
        return
    right, down = (c.x - world.x) / world.radius, (c.y - world.y) / world.radius
    away = np.sqrt(right * right + down * down)
    turn = math.cos(world.tilt), math.sin(world.tilt)
    across, up = right * turn[0] + down * turn[1], down * turn[0] - right * turn[1]
    air = mix(world.colours[3], stops[3], 0.4)
    _halo(c, world, away, right, down, air)
    if world.ring:
        _ring(c, world, across, up, behind=True)
    edge, left, top = world.radius + 2, world.x - float(c.x[0]), world.y - float(c.y[0, 0])
    _face(c.part(left - edge, top - edge, left + edge, top + edge), world, air)
    if world.ring:
        _ring(c, world, across, up, behind=False)


def _face(c: Canvas, world: _World, air: Floats) -> None:
    if not c.px.size:
        return
    right, down = (c.x - world.x) / world.radius, (c.y - world.y) / world.radius
    away = np.sqrt(right * right + down * down)
    toward = np.sqrt(np.clip(1 - away * away, 0, 1))
    turn = math.cos(world.tilt), math.sin(world.tilt)
    across, up = right * turn[0] + down * turn[1], down * turn[0] - right * turn[1]
    day = right * world.light[0] + down * world.light[1] + toward * world.light[2]
    stretch = 2.2 if world.surface is _bands else 1.2
    rough = c.noise(c.unit / world.radius + 1.6, 6, stretch, keep=0.56)
    tone = world.surface(c, across / (0.35 + 0.65 * toward), up, rough)
    body = ramp(world.colours, tone)
    limb = power(np.clip(away, 0, 1), 6) * smooth(-0.15, 0.6, day)
    lit = smooth(-0.12, 0.75, day)
    body = body * (0.035 + 0.965 * lit)[..., None] + air * (limb * 0.55)[..., None]
    if world.ring:
        body *= 1 - 0.5 * (bell(up + 0.12 * world.light[1] - 0.05, 0.05) * lit)[..., None]
    c.cover(np.clip((1 - away) * world.radius + 0.5, 0, 1), np.clip(body, 0, 1))


def _halo(c: Canvas, world: _World, away: Floats, right: Floats, down: Floats, air: Floats) -> None:
    """Its air, seen against the dark on the side of the sun."""
    facing = smooth(-0.5, 1.0, (right * world.light[0] + down * world.light[1]) / np.maximum(away, 0.2))
    c.shine(exp(-np.clip(away - 1, 0, None) * 13) * facing * 0.75, air)
    c.shine(exp(-np.clip(away - 1, 0, None) * 3.4) * facing * 0.2, air)


def _ring(c: Canvas, world: _World, across: Floats, up: Floats, *, behind: bool) -> None:
    """Half of it is painted before the globe and half after it; the globe's shadow lies on the far half."""
    flat = up / np.float32(world.ring)
    out = np.sqrt(across * across + flat * flat)
    grooves = 0.62 + 0.2 * sin(out * 41) + 0.14 * sin(out * 97 + 1)
    gap = 1 - 0.85 * bell(out - 1.83, 0.025)
    cover = smooth(1.32, 1.38, out) * smooth(2.28, 2.2, out) * grooves * gap
    half = up <= 0 if behind else up > 0
    shade = 1 - 0.8 * smooth(0.2, -0.1, across * world.light[0]) * smooth(1.25, 0.9, np.abs(flat) * 0.9) * behind
    colour = ramp([world.colours[1], world.colours[3], world.colours[4]], smooth(1.3, 2.3, out) * 0.6 + 0.25)
    c.cover(np.where(half, cover * 0.92, 0), colour * shade[..., None])


def _whole_globe(c: Canvas, stops: Floats) -> None:
    """Large and whole, often with a ring."""
    has_ring = c.is_so(0.6)
    radius = c.unit * (c.between(0.2, 0.25) if has_ring else c.between(0.28, 0.36))
    x, y = c.w * (0.5 + c.between(-0.1, 0.1)), c.h * c.between(0.4, 0.5)
    _moons(c, stops, x, y, radius * (2.3 if has_ring else 1.3), before=True)
    _globe(c, _some_globe(c, x, y, radius, back=c.between(0.25, 0.7), ring=c.between(0.2, 0.36) * has_ring), stops)


def _risen_globe(c: Canvas, stops: Floats) -> None:
    """So near that only its upper rim is seen, a bow of light from edge to edge."""
    radius = c.between(0.85, 1.2) * max(c.unit, c.w * 0.8)
    y = c.h * c.between(0.6, 0.68) + radius
    _moons(c, stops, c.w * 0.5, c.h * 0.3, c.unit * 0.2, before=True)
    world = _some_globe(c, c.w * (0.5 + c.between(-0.12, 0.12)), y, radius, back=c.between(-0.25, 0.1),
                        surfaces=(_continents, _continents, _craters))  # fmt: skip
    _globe(c, world, stops)


def _sickle_globe(c: Canvas, stops: Floats) -> None:
    """Lit from behind: a thin sickle, with its sun just off the rim."""
    radius = c.unit * c.between(0.27, 0.36)
    x, y = c.w * (0.5 - c.light.side * c.between(0.02, 0.1)), c.h * c.between(0.42, 0.52)
    world = _some_globe(c, x, y, radius, back=c.between(-0.45, -0.2))
    _globe(c, world, stops)
    length = math.hypot(*world.light[:2])
    sun = x + world.light[0] / length * radius * 1.06, y + world.light[1] / length * radius * 1.06
    _bright_star(c, *sun, c.unit * 0.09, stops[4])
    _moons(c, stops, x, y, radius * 1.4, before=False)


def _half_globe(c: Canvas, stops: Floats) -> None:
    """A giant that the picture's edge cuts off, and its moons before the dark."""
    radius = c.unit * c.between(0.46, 0.6)
    side = -c.light.side
    x, y = c.w * 0.5 + side * (c.w * 0.5 - c.unit * 0.06), c.h * c.between(0.4, 0.6)
    has_ring = c.is_so(0.4)
    _globe(c, _some_globe(c, x, y, radius * (0.75 if has_ring else 1), back=c.between(0.1, 0.5), ring=0.24 * has_ring),
           stops)  # fmt: skip
    _moons(c, stops, c.w * 0.5 - side * c.unit * 0.2, c.h * 0.4, c.unit * 0.14, before=False)


PLANET_KINDS: tuple[Callable[[Canvas, Floats], None], ...] = (
    _whole_globe, _whole_globe, _risen_globe, _sickle_globe, _half_globe,
)  # fmt: skip


def planet(c: Canvas) -> Ground:
    stops = colours_of_space(c)
    veil = smooth(0.25, 0.95, warped(c, c.noise(1.2, 5, keep=0.55), 1.4, 0.5))
    lean = smooth(-0.6, 0.8, ((c.x / c.w - 0.5) * c.light.side - (c.y / c.h - 0.5)) * 0.9)
    glow = veil * (0.12 + 0.34 * lean)
    c.px[:] = ramp(stops, glow)
    _starry(c, stops, glow)
    c.pick(PLANET_KINDS)(c, stops)
    return _footing(c, stops)


def _moons(c: Canvas, stops: Floats, x: float, y: float, away: float, *, before: bool) -> None:
    for k in range(c.whole(1, 2) if before else c.whole(0, 2)):
        turn = c.between(0.25, 0.75) + k * math.pi * c.between(0.8, 1.1) + (math.pi if c.is_so(0.5) else 0)
        px, py = x + math.cos(turn) * away * 1.15, y - math.sin(turn) * away
        moon = _some_globe(c, px, py, c.unit * c.between(0.018, 0.05), back=0.25)
        grey = hexes("#2a2a34 #6a6672 #a8a2a2 #d8d2c8 #f8f4ec")
        _globe(c, _World(moon.x, moon.y, moon.radius, 0, moon.light, _craters, grey), stops)


def _footing(c: Canvas, stops: Floats) -> Ground:
    """A moon's rim at the bottom, where something is to stand that cannot float."""
    stands = any(SUBJECTS[thing.subject].where in ("ground", "water") for thing in c.wish.things)
    if not stands:
        return Ground(np.full(c.w, c.h * 0.86, np.float32), c.h * 0.8, scale=1.3, drifts=True)
    radius = max(c.w, c.unit) * 1.5
    top = c.h - c.unit * 0.19
    rough = c.curve(2.5, 5) * c.unit * 0.018
    line = np.asarray(top + radius - np.sqrt(np.maximum(radius**2 - (c.x - c.w / 2) ** 2, 0)) - rough, np.float32)
    depth = (c.y - line) / c.unit
    grain = c.noise(12, 5, keep=0.62, stretch=3) - 0.5
    tone = 0.62 - 1.5 * depth + 0.35 * grain + 0.5 * bell(depth, 0.016)
    for _ in range(9):
        x, away = c.between(0, 1) * c.w, c.between(0.05, 0.17) * c.unit
        y, r = float(line[int(min(x, c.w - 1))]) + away, c.unit * c.between(0.02, 0.06)
        hole = np.sqrt(((c.x - x) / r) ** 2 + ((c.y - y) / (r * 0.26)) ** 2)
        tone = (
            tone
            + 0.16 * bell(hole - 1, 0.2)
            - 0.2 * smooth(1.0, 0.7, hole) * (0.7 - 0.4 * (c.x - x) / r * -c.light.side)
        )
    rock = ramp(
        [dim(stops[1], 0.35), mix(stops[1], (0.5, 0.5, 0.55), 0.35), mix(stops[3], (0.8, 0.8, 0.8), 0.45)], tone
    )
    c.cover(np.clip(c.y - line + 0.5, 0, 1), rock)
    return Ground(np.asarray(line + c.unit * 0.07, np.float32), top - c.unit * 0.1, None, scale=1.35, spot=0.5)


ROWS = {
    "space": Scene(
        space, "space galaxy nebula cosmos universe cosmic outer-space deep-space milkyway starfield supernova "
        "interstellar stardust constellation weltraum weltall galaxie kosmos espace nébuleuse univers espacio "
        "galaxia nebulosa universo 🌌 宇宙 宇 銀河",
        "outer space with a glowing nebula, a galaxy and countless stars",
        company=("astronaut", "rocket", "comet"), indoors=True,
    ),
    "planet": Scene(
        planet, "planet saturn mars jupiter neptune uranus venus mercury pluto exoplanet orbit ringed "
        "alien-world gas-giant earth-from-space planète saturne orbite planetenring umlaufbahn planeta saturno "
        "marte júpiter órbita 🪐 🌍 🌎 🌏 惑星 星球",
        "a large planet in space, with rings or moons, lit from one side",
        company=("rocket", "astronaut"), indoors=True,
    ),
}  # fmt: skip
