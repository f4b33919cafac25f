"""Rooms, tables and portraits."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from services.studio.engines.painter.brush import Brush
from services.studio.engines.painter.canvas import Canvas, Ground, Pen, blurred, ink, resized
from services.studio.engines.painter.chance import Chance
from services.studio.engines.painter.colour import dim, hexed, hexes, mix, ramp, tint
from services.studio.engines.painter.maths import Floats, bell, exp, power, sin, smooth
from services.studio.engines.painter.scenes import city, coast, fields, lakes, mountains, woods
from services.studio.engines.painter.scenes.cosmos import warped
from services.studio.engines.painter.scenes.scene import Scene
from services.studio.engines.painter.subjects import SUBJECTS, people
from services.studio.engines.painter.subjects.subject import Subject
from services.studio.engines.painter.weather import weather
from services.studio.engines.painter.wish import Time

WHITE = (1.0, 1.0, 1.0)
LAMPLIGHT = "#ffc88a"
BRIGHT: dict[Time, float] = {"dawn": 0.86, "day": 0.98, "dusk": 0.64, "night": 0.44}
"""How light it is indoors."""
SUNNY: dict[Time, float] = {"dawn": 0.62, "day": 0.6, "dusk": 0.5, "night": 0.2}
"""How plain the window's light is to see where it falls."""
VIEWS = ("mountains", "sea", "meadow", "lake", "village", "skyline", "forest", "snow")
SEEN = {**mountains.ROWS, **coast.ROWS, **fields.ROWS, **lakes.ROWS, **woods.ROWS, **city.ROWS}
SMALLEST_VIEW = 160

Corners = list[tuple[float, float]]


def indoors(c: Canvas, colour: Any, light: float = 1.0) -> Floats:
    """How a colour looks in a room: as bright as the time of day, with a little of the sky's own colour."""
    return mix(dim(colour, light * BRIGHT[c.light.time]), c.light.sky[1], 0.1)


def _view(c: Canvas, width: int, height: int) -> Floats:
    """Another picture, in the same weather and light: what is seen through the window."""
    size = max(width, SMALLEST_VIEW), max(height, SMALLEST_VIEW)
    view = Canvas(*size, "", c.whole(0, 1 << 30))
    view.light = c.light
    view.wish = replace(c.wish, scene=c.pick(VIEWS), things=())
    SEEN[view.wish.scene].paint(view)
    weather(view)
    px = np.clip(view.px, 0, 1)
    if size == (width, height):
        return px
    return np.stack([resized(np.ascontiguousarray(px[..., k]), (width, height)) for k in range(3)], -1)


# Interior

ROOMS = (
    "#d9cbb4 #9a6a44 #b5614a #f4eee2",
    "#8fa596 #a87a52 #e6d3ac #f2efe6",
    "#b9776a #7a4f3a #f0d9b8 #f5eadb",
    "#8699b0 #96704f #d9a05f #eef0f0",
    "#c9b08a #6f4a38 #5f7d78 #f6efe0",
    "#6f7f86 #8a6347 #c98a5a #e9e6de",
    "#b9a5b4 #8f6a56 #7f5a7a #f3ebe6",
)
"""Wall, floor, curtain, woodwork."""
ART = (
    "#f0e6d2 #d98a5a #4f7d84 #2f4a5c", "#f2e8d6 #b9a05f #8f5a4a #4a4a5c", "#e4ece6 #e6b84f #6f9a7a #2f5c50",
    "#2f3f5c #f0dca8 #4f6a8a #1f2a40", "#f6e4d8 #d8604a #d9a07a #7a3f4a",
)  # fmt: skip
"""Paper, disc, and two hills of the picture on the wall."""


@dataclass(frozen=True)
class _Room:
    wall: Floats
    floor: Floats
    cloth: Floats
    wood: Floats
    foot: float
    """The y where the wall meets the floor."""
    left: float
    top: float
    right: float
    bottom: float
    """The window's opening, in pixels."""
    arched: bool
    panes: tuple[int, int]

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left


def interior(c: Canvas) -> Ground:
    room = _furnished(c)
    _wall(c, room)
    _floor(c, room)
    outside = _window(c, room)
    _sunlight(c, room)
    _rug(c, room)
    _picture(c, room)
    outside = outside * (1 - _curtains(c, room)) * (1 - _plant(c, room))
    if c.light.is_dark:
        _pendant(c, room, 1 - outside)
    line = np.full(c.w, room.foot + (c.h - room.foot) * 0.6, np.float32)
    spot = (room.middle - c.light.side * room.width * 0.3) / c.w
    return Ground(line, room.bottom, None, scale=1.75, spot=float(np.clip(spot, 0.2, 0.8)))


def _furnished(c: Canvas) -> _Room:
    wall, floor, cloth, wood = hexes(c.pick(ROOMS))
    if c.wish.land_hue:
        wall = tint(wall, *c.wish.land_hue)
    elif c.wish.hues:
        wall, cloth = tint(wall, c.wish.hues[0], 0.7), tint(cloth, c.wish.hues[-1], 0.8)
    foot = c.h * 0.74 if c.h < c.w * 1.3 else c.h * 0.78
    wide = min(c.unit * c.between(0.46, 0.62), c.w * 0.62)
    tall = min(c.unit * c.between(0.46, 0.54), foot * 0.8)
    middle = c.w * (0.5 + c.light.side * c.between(0.05, 0.12))
    bottom = foot - c.unit * c.between(0.12, 0.16)
    panes = c.pick(((2, 1), (2, 2), (3, 2), (2, 3), (1, 1)))
    return _Room(wall, floor, cloth, wood, foot, middle - wide / 2, bottom - tall, middle + wide / 2, bottom,
                 c.is_so(0.3), panes)  # fmt: skip


def _wall(c: Canvas, room: _Room) -> None:
    away = np.sqrt(
        ((c.x - room.middle) / (c.unit * 0.75)) ** 2 + ((c.y - (room.top + room.bottom) / 2) / (c.unit * 0.6)) ** 2
    )
    grain = c.noise(7, 4, stretch=0.7) - 0.5
    tone = 0.72 - 0.42 * smooth(0.2, 1.7, away) + 0.12 * grain + 0.12 * smooth(room.foot, 0, c.y)
    c.px[:] = ramp([indoors(c, room.wall, 0.62), indoors(c, room.wall, 0.9), indoors(c, room.wall, 1.08)], tone)


def _floor(c: Canvas, room: _Room) -> None:
    """Boards that run towards the wall, each of its own tone, with a skirting where they meet it."""
    top = int(room.foot)
    below = c.y[top:] - room.foot
    depth = 1 + below / (c.unit * 0.34)
    across = (c.x - room.middle) / depth / (c.unit * 0.062)
    board = np.floor(across)
    inside = across - board
    tones = c.rng.random(512).astype(np.float32)
    grain = c.noise(18, 3, stretch=0.25)[top:] - 0.5
    tone = 0.45 + 0.34 * (tones[(board.astype(np.int32)) % 512] - 0.5) + 0.28 * grain
    tone = (
        tone - 0.16 * smooth(0.5, 0.0, below / c.unit) + 0.25 * exp(-c.away(room.middle, room.foot, c.unit * 0.5))[top:]
    )
    colour = ramp([indoors(c, room.floor, 0.6), indoors(c, room.floor, 0.9), indoors(c, room.floor, 1.16)], tone)
    seam = np.minimum(inside, 1 - inside) * depth * (c.unit * 0.062)
    colour *= 1 - 0.32 * np.clip(1.3 - seam, 0, 1)[..., None]
    c.cover(np.ones_like(seam), colour, top)

    def skirting(pen: Pen, s: float) -> None:
        high, thin = c.unit * 0.034, c.unit * 0.006
        pen.rectangle((0, (room.foot - high) * s, c.w * s, room.foot * s), fill=ink(indoors(c, room.wood, 0.82)))
        pen.rectangle(
            (0, (room.foot - high) * s, c.w * s, (room.foot - high + thin) * s), fill=ink(indoors(c, room.wood))
        )
        pen.rectangle((0, room.foot * s, c.w * s, (room.foot + thin) * s), fill=ink(indoors(c, room.floor, 0.45)))

    c.lay(skirting)


def _opening(room: _Room, s: float, grow: float = 0.0) -> Corners:
    """The outline of the window, larger by so many pixels."""
    left, right, bottom = room.left - grow, room.right + grow, room.bottom + grow
    top = room.top - grow
    if not room.arched:
        return [(left * s, bottom * s), (left * s, top * s), (right * s, top * s), (right * s, bottom * s)]
    radius = (right - left) / 2
    spring = top + min(radius, (bottom - top) * 0.6)
    turns = np.linspace(math.pi, 0, 40)
    arch = [
        (float(room.middle + math.cos(t) * radius) * s, float(spring - math.sin(t) * (spring - top)) * s) for t in turns
    ]
    return [(left * s, bottom * s), *arch, (right * s, bottom * s)]


def _window(c: Canvas, room: _Room) -> Floats:
    """Where the view is seen through it, from 0 to 1."""
    frame = c.unit * 0.022
    light, dark = indoors(c, room.wood, 1.02), indoors(c, room.wood, 0.72)

    def casing(pen: Pen, s: float) -> None:
        pen.polygon(_opening(room, s, frame * 1.6), fill=ink(indoors(c, room.wood, 0.88)))
        pen.polygon(_opening(room, s, frame * 0.5), fill=ink(dark))

    c.lay(casing)
    x0, x1 = max(0, round(room.left)), min(c.w, round(room.right))
    y0, y1 = max(0, round(room.top)), min(c.h, round(room.bottom))
    outside = c.sketch(lambda pen, s: pen.polygon(_opening(room, s), fill=255))
    if x1 - x0 > 2 and y1 - y0 > 2:
        area = c.px[y0:y1, x0:x1]
        area += (_view(c, x1 - x0, y1 - y0) - area) * outside[y0:y1, x0:x1, None]

    def bars(pen: Pen, s: float) -> None:
        for k in range(1, room.panes[0]):
            x = room.left + room.width * k / room.panes[0]
            _bar(pen, s, (x - frame * 0.3, room.top, x + frame * 0.3, room.bottom), light)
        for k in range(1, room.panes[1]):
            y = room.top + (room.bottom - room.top) * k / room.panes[1]
            _bar(pen, s, (room.left, y - frame * 0.3, room.right, y + frame * 0.3), light)
        _bar(pen, s, (room.left - frame * 2.4, room.bottom + frame * 0.2, room.right + frame * 2.4,
                      room.bottom + frame * 1.5), indoors(c, room.wood, 1.06))  # fmt: skip
        _bar(pen, s, (room.left - frame * 2, room.bottom + frame * 1.5, room.right + frame * 2,
                      room.bottom + frame * 2.1), dark)  # fmt: skip

    return np.asarray(outside * (1 - c.lay(bars)))


def _bar(pen: Pen, s: float, box: tuple[float, float, float, float], colour: Floats) -> None:
    left, top, right, bottom = (edge * s for edge in box)
    pen.rectangle((left, top, max(right, left + 1), max(bottom, top + 1)), fill=ink(colour))


def _sunlight(c: Canvas, room: _Room) -> None:
    """What falls through each pane lies on the floor, away from the sun."""
    lean = -c.light.side * c.unit * 0.2
    near, far = room.foot + (c.h - room.foot) * 0.12, room.foot + (c.h - room.foot) * 0.86

    def draw(pen: Pen, s: float) -> None:
        columns, rows = room.panes
        for i in range(columns):
            for j in range(rows):
                u = [(i + 0.05) / columns, (i + 0.95) / columns]
                v = [(j + 0.06) / rows, (j + 0.94) / rows]
                spread = [(1 + 0.35 * t, near + (far - near) * t) for t in v]
                corners = [(room.middle + lean * (0.5 + t) + (a - 0.5) * room.width * wide, y)
                           for (wide, y), t, a in ((spread[0], v[0], u[0]), (spread[0], v[0], u[1]),
                                                   (spread[1], v[1], u[1]), (spread[1], v[1], u[0]))]  # fmt: skip
                pen.polygon([(x * s, y * s) for x, y in corners], fill=255)

    patch = blurred(c.sketch(draw, scale=1), c.unit * 0.006)
    overcast = 0.25 if c.wish.weather & {"rain", "storm", "mist", "snow", "clouds"} else 1.0
    c.shine(patch * SUNNY[c.light.time] * overcast * 0.8, mix(c.light.glow, c.light.sky[2], 0.35))
    colour = mix(c.light.glow, c.light.sky[2], 0.5)
    c.glow(room.middle, (room.top + room.bottom) / 2, c.unit * 0.42, 0.2 * SUNNY[c.light.time], colour)


def _rug(sheet: Canvas, room: _Room) -> None:
    """An oval one, woven in rings, on which the sun's patch still shows."""
    x, y = sheet.w * 0.5 + (room.middle - sheet.w * 0.5) * 0.4, room.foot + (sheet.h - room.foot) * 0.58
    wide, tall = min(sheet.unit * 0.52, sheet.w * 0.46), (sheet.h - room.foot) * 0.34
    c = sheet.part(x - wide * 1.1, y - tall * 1.1, x + wide * 1.1, y + tall * 1.1)
    away = np.sqrt(((c.x - x) / wide) ** 2 + ((c.y - y) / tall) ** 2)
    tones = [room.cloth, mix(room.wood, room.cloth, 0.25), mix(room.cloth, room.wall, 0.6), room.cloth]
    rings = ramp(tones, np.floor(np.clip(away, 0, 1) * 5) / 5 + 0.05)
    weave = 1 + 0.1 * (c.noise(50, 2, keep=0.8) - 0.5)
    mask = np.clip((1 - away) * tall * 0.9 + 0.5, 0, 1)
    c.cover(smooth(1.06, 0.98, away) * 0.3, indoors(c, room.floor, 0.4))
    sunny = np.clip(c.px.max(-1) - indoors(c, room.floor, 1.1).max(), 0, 1) * 0.54
    c.cover(mask, np.clip(rings * indoors(c, WHITE, 0.95) * weave[..., None] + sunny[..., None], 0, 1))


def _picture(c: Canvas, room: _Room) -> None:
    """A small one in a frame, where the wall is free."""
    side = 1 if room.middle < c.w / 2 else -1
    gap = (c.w - room.right) if side > 0 else room.left
    wide = min(c.unit * 0.16, gap * 0.5)
    if wide < c.unit * 0.09:
        return
    x = (room.right if side > 0 else room.left) + side * (gap * 0.5 + c.unit * 0.03)
    top = room.top + c.unit * c.between(0.06, 0.12)
    tall = wide * c.between(1.15, 1.4)
    art, turn = hexes(c.pick(ART)), c.pick((-1, 1))

    def draw(pen: Pen, s: float) -> None:
        edge = wide * 0.07
        for grow, colour in ((edge * 1.4, dim(room.floor, 0.6)), (0.0, room.wood), (-edge * 2, art[0])):
            _bar(pen, s, (x - wide / 2 - grow, top - grow, x + wide / 2 + grow, top + tall + grow), indoors(c, colour))
        inner, base = wide / 2 - edge * 2, top + tall - edge * 2
        high, r = (top + tall * 0.24) * s, inner * 0.5
        pen.ellipse(((x - r) * s, high, (x + r) * s, high + inner * s), fill=ink(indoors(c, art[1])))
        for k, colour in ((0.42, art[2]), (0.26, art[3])):
            hill = [(-1, 0), (-1, 0.7 * k), (-0.2 + 0.3 * (k < 0.3), k), (1, 0.4 * k), (1, 0)]
            pen.polygon([((x + px * inner * turn) * s, (base - py * tall) * s) for px, py in hill],
                        fill=ink(indoors(c, colour)))  # fmt: skip

    across = np.clip(wide * 0.55 - np.abs(c.x - x), 0, 1)
    shadow = across * np.clip(np.minimum(c.y - top, top + tall + wide * 0.18 - c.y), 0, 1)
    c.px *= 1 - 0.3 * blurred(shadow, c.unit * 0.012)[..., None]
    c.lay(draw)


def _curtains(c: Canvas, room: _Room) -> Floats:
    """Drawn to either side, hanging from a rod in folds that the window shines through; what they cover."""
    covered = np.zeros((c.h, c.w), np.float32)
    rod, foot = room.top - c.unit * 0.055, room.foot - c.unit * 0.01
    reach = room.width * 0.5 + c.unit * 0.1
    for side in (-1, 1):
        wide, outer = c.unit * (0.13 + 0.02 * c.between(0, 1)), room.middle + side * reach
        left = min(outer, outer - side * wide) - c.unit * 0.05
        box = left, rod - c.unit * 0.05, left + wide + c.unit * 0.1, foot + c.unit * 0.05
        mask = _curtain(c.part(*box), room, (outer, rod, foot, wide), side)
        x, y = max(0, math.floor(box[0])), max(0, math.floor(box[1]))
        covered[y : y + mask.shape[0], x : x + mask.shape[1]] += mask

    def draw(pen: Pen, s: float) -> None:
        thick = c.unit * 0.006
        colour = indoors(c, dim(room.floor, 0.6))
        end = reach + c.unit * 0.03
        _bar(pen, s, (room.middle - end, rod - thick, room.middle + end, rod + thick), colour)
        for side in (-1, 1):
            x, r = (room.middle + side * end) * s, thick * 2.2 * s
            pen.ellipse((x - r, rod * s - r, x + r, rod * s + r), fill=ink(colour))

    return np.maximum(covered, c.lay(draw))


def _curtain(c: Canvas, room: _Room, hung: tuple[float, float, float, float], side: int) -> Floats:
    """One half, tied back towards its outer edge."""
    outer, rod, foot, wide = hung
    share = np.clip((c.y - rod) / max(foot - rod, 1), 0, 1)
    tie = 1 - 0.34 * bell(share - 0.62, 0.2)
    inward = (outer - c.x) * side / (wide * tie)
    fold = sin(inward * c.between(17, 22) + 0.7 * sin(share * 3.0) + c.between(0, 6))
    mask = np.clip(inward * wide + 0.5, 0, 1) * np.clip((1 - inward) * wide * tie + 0.5, 0, 1)
    mask = mask * np.clip(c.y - rod + 0.5, 0, 1) * np.clip(foot + c.unit * 0.004 * fold - c.y + 0.5, 0, 1)
    through = smooth(0.2, 1.0, inward) * (0.42 if not c.light.is_dark else 0.14)
    tones = [indoors(c, room.cloth, light) for light in (0.56, 0.92, 1.2)]
    if mask.size:
        c.px *= 1 - 0.22 * blurred(mask, c.unit * 0.014)[..., None] * (1 - mask[..., None])
        c.cover(mask, ramp(tones, np.clip(0.42 + 0.3 * fold + through, 0, 1)))
    return np.asarray(mask)


def _plant(c: Canvas, room: _Room) -> Floats:
    """A large-leaved one in a pot, on the side where the window leaves room; what it covers."""
    side = -1 if room.middle > c.w / 2 else 1
    x = c.w * 0.5 + side * (c.w * 0.5 - min(c.unit * 0.13, c.w * 0.14))
    foot, size = room.foot + (c.h - room.foot) * 0.2, c.unit * c.between(0.26, 0.34)
    leaf, pot = hexed(c.pick(("#4f7d54", "#3f6f5c", "#6a8a4a"))), hexed(c.pick(("#c9805a", "#e6dccb", "#5f6f7c")))
    stems = [(turn, c.between(0.7, 1.05)) for turn in np.linspace(-0.95, 0.95, 9) + c.rng.normal(0, 0.06, 9)]
    stems.sort(key=lambda stem: -abs(stem[0]))

    def draw(pen: Pen, s: float) -> None:
        for turn, tall in stems:
            _leaf(pen, s, c, x, foot - size * 0.26, size * tall, float(turn), leaf)
        wide = size * 0.2
        jar = [(-1.0, 0.34), (1.0, 0.34), (0.74, 0), (-0.74, 0)]
        pen.polygon([((x + px * wide) * s, (foot - py * size) * s) for px, py in jar], fill=ink(indoors(c, pot, 0.92)))
        _bar(pen, s, (x - wide * 1.08, foot - size * 0.37, x + wide * 1.08, foot - size * 0.3), indoors(c, pot, 1.04))

    away = np.sqrt(((c.x - x) / (size * 0.34)) ** 2 + ((c.y - foot) / (size * 0.07)) ** 2)
    c.px *= 1 - 0.4 * smooth(1.2, 0.3, away)[..., None]
    return c.lay(draw)


def _leaf(pen: Pen, s: float, c: Canvas, x: float, y: float, size: float, turn: float, colour: Floats) -> None:
    """A bowed stem, and a broad blade of two halves at its end, one in the light."""
    t = np.linspace(0, 1, 12)
    bend = turn * (0.35 + 0.65 * t)
    stem = np.stack([x + np.cumsum(np.sin(bend)) * size / 14, y - np.cumsum(np.cos(bend)) * size / 14], -1)
    pen.line([(px * s, py * s) for px, py in stem.tolist()], fill=ink(indoors(c, colour, 0.6)),
             width=max(1, round(size * 0.018 * s)))  # fmt: skip
    base, along = stem[7], turn * 1.25
    axis, normal = np.array([math.sin(along), -math.cos(along)]), np.array([math.cos(along), math.sin(along)])
    grow = np.linspace(0, 1, 12)
    wide = np.sin(np.pi * grow**0.75) * 0.13
    ridge = base + axis * (grow * 0.46 * size)[:, None] + normal * (turn * 0.1 * grow**2 * size)[:, None]
    for half in (-1, 1):
        edge = ridge + normal * (half * wide * size)[:, None]
        light = 1.08 if half == c.light.side else 0.82
        outline = [*ridge.tolist(), *edge[::-1].tolist()]
        pen.polygon(
            [(px * s, py * s) for px, py in outline], fill=ink(indoors(c, colour, light * (1 - 0.12 * abs(turn))))
        )


def _pendant(c: Canvas, room: _Room, indoors_only: Floats) -> None:
    """A lamp under the ceiling on the darker side: its warm light against the window's cold one."""
    dark = float(np.clip((1 - BRIGHT[c.light.time]) * 1.8, 0, 1))
    side = -1 if room.middle > c.w / 2 else 1
    x, y = c.w * 0.5 + side * min(c.unit * 0.3, c.w * 0.32), max(c.h * 0.17, room.top - c.unit * 0.02)
    size = c.unit * 0.075
    warm = hexed(LAMPLIGHT)
    _lit_by(c, (exp(-c.away(x, y + size, c.unit * 0.42)) * 2.4 + 0.35) * dark * indoors_only, warm)
    c.glow(x, y + size, c.unit * 0.3, 0.3, warm)
    cone = smooth(1.0, 0.2, np.abs(c.x - x) / np.maximum((c.y - y) * 0.62, 1)) * smooth(
        0, c.unit * 0.05, c.y - y - size * 0.7
    )
    c.shine(cone * exp(-np.clip(c.y - y, 0, None) / (c.unit * 0.6)) * 0.2, warm)
    pool = np.sqrt(((c.x - x) / (c.unit * 0.42)) ** 2 + ((c.y - c.h * 0.9) / (c.unit * 0.14)) ** 2)
    _lit_by(c, smooth(1.3, 0.0, pool) * 0.7 * dark, warm)

    def draw(pen: Pen, s: float) -> None:
        cord = max(1, round(c.unit * 0.003 * s))
        pen.line((x * s, 0, x * s, (y - size * 0.4) * s), fill=ink(indoors(c, (0.2, 0.18, 0.2))), width=cord)
        bulb = size * 0.26
        pen.ellipse(((x - bulb) * s, (y + size * 0.42) * s, (x + bulb) * s, (y + size * 0.42 + bulb * 2) * s),
                    fill=ink(hexed("#fff0cf")))  # fmt: skip
        shade = [(-0.16, -0.45), (0.16, -0.45), (0.9, 0.6), (-0.9, 0.6)]
        pen.polygon([((x + px * size) * s, (y + py * size) * s) for px, py in shade],
                    fill=ink(mix(indoors(c, room.cloth, 0.9), warm, 0.3)))  # fmt: skip

    c.lay(draw)
    c.glow(x, y + size * 0.75, size * 0.5, 0.6, hexed("#ffe2b0"))


def _lit_by(c: Canvas, strength: Floats, colour: Floats) -> None:
    """Lamplight on what is there, so that each thing keeps its own colour."""
    c.px *= 1 + strength[..., None] * np.asarray(colour, np.float32)
    np.clip(c.px, 0, 1, out=c.px)


# Still life

TABLES = (
    "#b39a80 #8a5a3c #efe6d6",
    "#6f8a8c #8a5c3e #efe0c2",
    "#a8776a #6a4632 #f4ece0",
    "#a3ab98 #9a7048 #c0664c",
    "#5f6c80 #7a523a #e6d3ae",
    "#c2a27c #7f5a3e #6f8f98",
)
"""Wall, table, cloth."""


def still_life(c: Canvas) -> Ground:
    wall, wood, cloth = hexes(c.pick(TABLES))
    if c.wish.hues:
        wall, cloth = tint(wall, c.wish.hues[0], 0.6), tint(cloth, c.wish.hues[-1], 0.75 * (len(c.wish.hues) > 1))
    back = c.h * (0.6 if c.h < c.w * 1.3 else 0.64)
    front = back + min(c.unit * 0.27, (c.h - back) * 0.72)
    _backdrop(c, wall, back)
    _tabletop(c, wood, back, front)
    _cloth(c, cloth, back, front)
    if c.light.is_dark:
        _lit_by(c, exp(-c.away(c.w * 0.5, back - c.unit * 0.08, c.unit * 0.36)) * 2.2 + 0.12, hexed(LAMPLIGHT))
        c.glow(c.w * 0.5, back - c.unit * 0.08, c.unit * 0.3, 0.16, hexed(LAMPLIGHT))
    line = np.full(c.w, back + (front - back) * 0.62, np.float32)
    crowd = max(len(c.wish.things) - 1, 0)
    return Ground(line, back, None, scale=max(2.2 - 0.2 * crowd, 1.6), spot=0.5)


def _backdrop(c: Canvas, wall: Floats, back: float) -> None:
    """A wall brushed in broad strokes, with the light of a window lying aslant on it."""
    strokes = c.noise(5, 4, stretch=0.55) - 0.5
    lean = (c.x / c.w - 0.5) * c.light.side - (c.y / c.h - 0.4) * 0.6
    tone = 0.5 + 0.42 * lean + 0.24 * strokes
    c.px[:] = ramp([indoors(c, wall, 0.5), indoors(c, wall, 0.86), indoors(c, wall, 1.16)], tone)
    slope, wide, tall = 0.34 * -c.light.side, c.unit * 0.36, min(c.unit * 0.44, back * 0.7)
    x, y = c.w * 0.5 - c.light.side * c.unit * 0.1, back * 0.46

    def draw(pen: Pen, s: float) -> None:
        for i in range(2):
            for j in range(2):
                u = [(i - 1 + 0.06) * wide / 2 * 1.0, (i - 1 + 0.94) * wide / 2]
                v = [(j - 1 + 0.05) * tall / 2, (j - 1 + 0.95) * tall / 2]
                corners = [(x + a + slope * b, y + b + a * 0.18 * c.light.side)
                           for a, b in ((u[0], v[0]), (u[1], v[0]), (u[1], v[1]), (u[0], v[1]))]  # fmt: skip
                pen.polygon([(px * s, py * s) for px, py in corners], fill=255)

    patch = blurred(c.sketch(draw, scale=1), c.unit * 0.02) * (0.8 + 0.4 * (strokes + 0.2))
    overcast = 0.35 if c.wish.weather & {"rain", "storm", "mist", "snow", "clouds"} else 1.0
    c.shine(patch * SUNNY[c.light.time] * overcast * 0.55, mix(c.light.glow, c.light.sky[2], 0.3))


def _tabletop(c: Canvas, wood: Floats, back: float, front: float) -> None:
    top = int(back)
    grain = c.noise(14, 4, stretch=9)[top:]
    depth = (c.y[top:] - back) / max(front - back, 1)
    tone = 0.4 + 0.4 * (grain - 0.5) + 0.2 * depth + 0.2 * ((c.x / c.w - 0.5) * c.light.side)
    colour = ramp([indoors(c, wood, 0.55), indoors(c, wood, 0.9), indoors(c, wood, 1.2)], tone)
    below = smooth(front - 1, front + 1, c.y[top:])
    colour *= (1 - 0.5 * below)[..., None]
    c.cover(np.clip(c.y[top:] - back + 0.5, 0, 1) + 0 * grain, colour, top)
    edge = bell((c.y - front) / c.unit, 0.004)
    c.shine(edge * 0.22 + 0 * c.x, indoors(c, WHITE))
    c.px *= 1 - 0.25 * bell((c.y - back) / c.unit, 0.02)[..., None]


def _cloth(c: Canvas, cloth: Floats, back: float, front: float) -> None:
    """Laid over the table and its front edge, where it hangs down in folds."""
    middle, half = c.w * (0.5 + c.between(-0.05, 0.05)), min(c.unit * c.between(0.42, 0.52), c.w * 0.52)
    hang = min(c.unit * c.between(0.13, 0.2), (c.h - front) * 0.9)
    share = np.clip((c.y - back) / max(front - back, 1), 0, 1)
    sides = half * (0.86 + 0.14 * share) + c.unit * 0.012 * (c.noise(3, 2) - 0.5)
    inside = np.clip(sides - np.abs(c.x - middle) + 0.5, 0, 1)
    t = (c.x.astype(float) - middle) / c.unit
    folds = np.sin(t * 24 + 1.8 * np.sin(t * 7) + c.between(0, 6))
    dip = front + hang * (0.86 + 0.12 * np.cos(t * 5) + 0.05 * folds)
    mask = inside * np.clip(c.y - back - c.unit * 0.035 + 0.5, 0, 1) * np.clip(dip - c.y + 0.5, 0, 1)
    hangs = smooth(front - c.unit * 0.004, front + c.unit * 0.012, c.y)
    creases = sin((c.x * 0.6 + c.y) / c.unit * 9 + c.noise(2, 3) * 7) * 0.1
    flat = 0.74 + creases + 0.12 * (c.x / c.w - 0.5) * c.light.side
    fall = smooth(0, hang * 0.45, c.y - front)
    down = 0.46 + 0.38 * np.asarray(folds, np.float32) * fall - 0.1 * smooth(0, hang, c.y - front)
    tone = flat + (down - flat) * hangs
    colour = ramp([indoors(c, cloth, 0.52), indoors(c, cloth, 0.86), indoors(c, cloth, 1.06)], tone)
    stripe = bell((dip - c.y) / c.unit - 0.028, 0.006) + bell((dip - c.y) / c.unit - 0.044, 0.003)
    trim = indoors(c, mix(cloth, hexed("#4a5f7c") if cloth.min() > 0.5 else hexed("#f4ead6"), 0.65))
    colour += (trim - colour) * np.clip(stripe * hangs, 0, 0.75)[..., None]
    c.px *= 1 - 0.35 * (blurred(mask, c.unit * 0.012) * (1 - mask))[..., None]
    c.cover(mask, colour)


# Portrait

BACKDROPS = (
    "#3b4a4a #7f8f7a #c9b98a",
    "#4a2f38 #9a5a4e #d9a07a",
    "#2f3f5c #6a87a3 #c4cfc9",
    "#54402f #a3825a #dcc594",
    "#3f3a56 #7f6f92 #cdb2b4",
    "#24504f #5f9a8a #d2d6a8",
    "#7a4632 #c98a4e #f0cf94",
)


def portrait(c: Canvas) -> Ground:
    stops = hexes(c.pick(BACKDROPS))
    if c.wish.hues:
        stops = np.stack([tint(stop, c.wish.hues[0], 0.75) for stop in stops])
    stops = np.stack([indoors(c, stop, 1.05) for stop in stops])
    ground = _pose(c)
    c.pick(BEHINDS)(c, stops)
    if not _is_bust(c):
        _stand(c, stops, float(ground.line[0]))
    if c.light.is_dark:
        glow = exp(-c.away(c.w * 0.5 + c.light.side * c.unit * 0.12, c.h * 0.42, c.unit * 0.42))
        _lit_by(c, (glow * 2.2 + 0.1) * (1 - BRIGHT[c.light.time]) * 1.6, hexed(LAMPLIGHT))
    return ground


def _is_bust(c: Canvas) -> bool:
    return not c.wish.things or c.wish.things[0].subject in people.ROWS


def _pose(c: Canvas) -> Ground:
    """People are cut off by the lower edge, everything else is seen whole; both as large as they can be."""
    first = SUBJECTS.get(c.wish.things[0].subject) if c.wish.things else None
    if first is None or _is_bust(c):
        tall = min(max(c.h * 2.1, c.unit * 2.1), c.w * 3.0)
        head = max(c.h * 0.13, c.h * 0.9 - tall * 0.62)
        share = first.height if first else 0.22
        return Ground(np.full(c.w, head + tall * 0.98, np.float32), c.h * 0.9, None, tall / (c.unit * share), 0.5)
    extents = [_extent(first, seed) for seed in range(4)]
    tall = min(c.unit * 0.68, c.h * 0.68, c.w * 0.86 / max(right - left for left, right in extents))
    off = min((left + right) / 2 for left, right in extents) * tall / c.w
    if off <= 0:
        tall = min(tall, c.w * 0.46 / max(max(-left, right) for left, right in extents))
    foot = min(c.h * 0.5 + tall * 0.56, c.h * 0.88)
    spot = float(np.clip(0.5 + max(off, 0) * c.pick((-1, 1)), 0.1, 0.9))
    return Ground(np.full(c.w, foot, np.float32), c.h * 0.82, None, tall / (c.unit * first.height), spot)


def _extent(subject: Subject, seed: int) -> tuple[float, float]:
    """How far it reaches to the left and to the right of its foot, in its own heights."""
    brush = Brush(Chance("", seed))
    subject.draw(brush)
    xs = [part[0][:, 0] for part in brush.parts]
    return min((float(x.min()) for x in xs), default=-0.5), max((float(x.max()) for x in xs), default=0.5)


def _brushed(c: Canvas, stops: Floats) -> None:
    """Broad strokes that go round the head, lighter on the side of the light."""
    x, y = c.w * 0.5, c.h * 0.42
    rough = c.noise(3.4, 4, stretch=0.7) - 0.5
    bristles = warped(c, c.noise(20, 3, stretch=0.2, keep=0.7), 1.2, 0.9) - 0.5
    lean = ((c.x - x) * c.light.side - (c.y - y) * 0.7) / c.unit
    tone = 0.44 + 0.3 * lean + 0.45 * rough + 0.16 * bristles + 0.3 * exp(-c.away(x, y, c.unit * 0.36))
    c.px[:] = ramp(stops, tone - 0.22 * smooth(0.5, 1.0, c.y / c.h))


def _sunburst(c: Canvas, stops: Floats) -> None:
    """A disc like a low sun behind the head, on a plain ground, as on a poster."""
    x, y, r = c.w * 0.5, c.h * 0.44, c.unit * 0.36
    c.px[:] = ramp(stops[:2], 0.35 + 0.5 * (c.y / c.h) + 0.14 * (c.noise(4, 4) - 0.5))
    away = c.away(x, y, r)
    c.shine(exp(-np.clip(away - 1, 0, None) * 3.5) * 0.22, stops[2])
    disc = np.clip((1 - away) * r + 0.5, 0, 1)
    shade = ramp([mix(stops[1], stops[2], 0.4), stops[2]], smooth(y + r, y - r, c.y) + 0 * c.x)
    c.cover(disc, shade * (1 + 0.08 * (c.noise(12, 3, stretch=3)[..., None] - 0.5)))
    c.cover(np.clip(c.unit * 0.003 + 0.5 - np.abs(away * r - r * 1.07), 0, 1) * 0.55, stops[2])


def _country(c: Canvas, stops: Floats) -> None:
    """Far hills in a haze, as painters once set behind their sitters."""
    heaven = [mix(sky, stop, 0.38) for sky, stop in zip(c.light.sky, (stops[1], stops[1], stops[2]), strict=True)]
    c.px[:] = ramp(heaven, power(c.y / c.h, 0.8) * 1.3)
    clouds = smooth(0.5, 0.85, c.noise(2, 5, stretch=2.6)) * smooth(0.62, 0.2, c.y / c.h)
    c.cover(clouds * 0.4, mix(c.light.sky[2], WHITE, 0.2))
    for k, far in enumerate((0.82, 0.6, 0.36, 0.12)):
        top = c.h * (0.52 + 0.12 * k) - c.unit * (0.13 - 0.02 * k) * c.curve(1.5 + 0.3 * k, 4)
        tone = mix(mix(stops[0], stops[1], 0.25), mix(c.light.mist, stops[2], 0.4), far)
        depth = np.clip(c.y - top, 0, None) / c.unit
        colour = ramp([tone, mix(tone, stops[2], 0.22)], smooth(0.24, 0.0, depth) * (0.4 + 0.9 * c.noise(5, 4)))
        c.cover(np.clip(c.y - top + 0.5, 0, 1), colour)


def _arch(c: Canvas, stops: Floats) -> None:
    """A painted niche: a lit arch in a darker wall."""
    c.px[:] = ramp(stops, 0.16 + 0.2 * (c.noise(5, 4, stretch=0.7) - 0.5) + 0.12 * (c.y / c.h))
    x, half, top = c.w * 0.5, min(c.unit * 0.37, c.w * 0.42), c.h * 0.46 - c.unit * 0.36
    centre = top + half
    away = np.where(c.y < centre, c.away(x, centre), np.abs(c.x - x) + 0 * c.y)
    inside = np.clip(half - away + 0.5, 0, 1)
    lean = (c.x - x) / half * -c.light.side
    tone = 0.66 + 0.2 * lean - 0.3 * smooth(0.7, 1.0, away / half) + 0.22 * (c.noise(6, 4, stretch=0.6) - 0.5)
    c.cover(inside, ramp(stops, tone - 0.25 * smooth(0.5, 1.0, c.y / c.h)))
    for out, width in ((0.028, 0.006), (0.045, 0.002)):
        c.cover(np.clip(c.unit * width / 2 + 0.5 - np.abs(away - half - c.unit * out), 0, 1) * 0.7, stops[2])


BEHINDS: tuple[Callable[[Canvas, Floats], None], ...] = (_brushed, _sunburst, _country, _arch)


def _stand(c: Canvas, stops: Floats, foot: float) -> None:
    """A soft floor that the backdrop runs down to."""
    top = foot - c.unit * 0.06
    share = smooth(top - c.unit * 0.03, top + c.unit * 0.05, c.y)
    pool = np.sqrt(((c.x - c.w / 2) / (c.unit * 0.6)) ** 2 + ((c.y - foot) / (c.unit * 0.2)) ** 2)
    colour = ramp([dim(stops[0], 0.8), mix(stops[0], stops[1], 0.7), stops[2]],
                  0.24 + 0.46 * smooth(1.4, 0.0, pool) + 0.12 * (c.noise(6, 4, stretch=4) - 0.5))  # fmt: skip
    c.cover(share + 0 * c.x, colour)


ROWS = {
    "interior": Scene(
        interior, "interior room indoors indoor inside window windowsill living-room bedroom kitchen library "
        "attic sofa couch fireplace cosy cozy apartment chamber hotel office classroom zimmer stube wohnzimmer "
        "schlafzimmer küche fenster innenraum drinnen intérieur chambre salon cuisine fenêtre bureau habitación "
        "cuarto cocina ventana salón stanza finestra quarto 🛋 🪟 🛏 🖼 室内 部屋 窓 房间",
        "the inside of a cosy room with a window, curtains and light falling on the floor",
        company=("cat", "chair", "lamp", "vase"), indoors=True,
    ),
    "still_life": Scene(
        still_life, "still-life table tabletop tablecloth breakfast dinner supper lunch tea-time meal feast "
        "picnic bowl plate stilleben stillleben tisch tischdecke frühstück abendessen tafel nature-morte nappe "
        "petit-déjeuner dîner bodegón naturaleza-muerta mantel desayuno cena natura-morta tavolo 🍽 静物 卓 桌",
        "a still life of things on a table with a cloth, in the light of a window",
        company=("fruit", "bottle", "vase", "teapot"), indoors=True,
    ),
    "portrait": Scene(
        portrait, "portrait portraiture face bust close-up closeup headshot selfie self-portrait likeness "
        "porträt bildnis gesicht nahaufnahme selbstporträt visage autoportrait retrato rostro autorretrato "
        "ritratto volto 🤳 肖像 顔 脸",
        "a portrait: one person or animal seen large from near by, before a painted backdrop",
        company=("woman", "person", "owl", "fox"), indoors=True,
    ),
}  # fmt: skip
