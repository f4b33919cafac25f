"""Skylines, streets and villages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from services.studio.engines.painter.canvas import Canvas, Ground, Pen, blurred, ink
from services.studio.engines.painter.colour import dim, hexed, hexes, mix, ramp
from services.studio.engines.painter.maths import Floats, bell, smooth
from services.studio.engines.painter.scenes.land import Earth, earth, land, water
from services.studio.engines.painter.scenes.scene import Scene
from services.studio.engines.painter.scenes.sky import sky
from services.studio.engines.painter.wish import Time

Point = tuple[float, float]

AWAKE: dict[Time, float] = {"night": 0.55, "dusk": 0.42, "dawn": 0.14, "day": 0.0}
"""The share of windows that are lit."""
WINDOWS = "#ffcf85 #ffe6b4 #ffb866"
NEON = "#ff4fa3 #43e0ff #b26bff #ffd36b"


def is_white(c: Canvas) -> bool:
    return "snow" in c.wish.weather or c.wish.season == "winter"


def is_wet(c: Canvas) -> bool:
    return bool(c.wish.weather & {"rain", "storm"})


def is_neon(c: Canvas) -> bool:
    return c.wish.palette == "neon" and c.light.is_dark


# Skyline

TOWERS = ("#9aa3b8 #3b4666", "#b39da0 #4d4360", "#8fadb0 #31505f", "#b8a890 #56505e")
QUAYS = ("#8f8d88 #3f4552", "#97876f #4b4444")
ROWS_OF_TOWERS = ((0.9, 0.5, 0.05), (0.6, 0.44, 0.062), (0.22, 0.3, 0.08))
"""How far each is, how high its houses rise, and how wide they are."""
CROWNS: tuple[tuple[Point, ...], ...] = (
    (),
    (),
    ((0.2, 0), (0.2, 0.25), (0.62, 0.25), (0.62, 0)),
    ((0.12, 0), (0.12, 0.4), (0.26, 0.4), (0.26, 0.8), (0.4, 0.8), (0.4, 1.15), (0.475, 1.15), (0.5, 2.5),
     (0.525, 1.15), (0.6, 1.15), (0.6, 0.8), (0.74, 0.8), (0.74, 0.4), (0.88, 0.4), (0.88, 0)),
    ((0, 0.4), (1, 0)),
    ((0, 0), (0.5, 1.1), (1, 0)),
    ((0.08, 0), (0.08, 0.1), (0.16, 0.4), (0.32, 0.62), (0.48, 0.7), (0.49, 1.3), (0.51, 1.3), (0.52, 0.7),
     (0.68, 0.62), (0.84, 0.4), (0.92, 0.1), (0.92, 0)),
    ((0.3, 0), (0.3, 0.18), (0.47, 0.18), (0.49, 1.5), (0.51, 1.5), (0.53, 0.18), (0.7, 0.18), (0.7, 0)),
    ((0.1, 0), (0.1, 0.3), (0.35, 0.3), (0.35, 0.55), (0.9, 0.55), (0.9, 0)),
)  # fmt: skip
"""Outlines above the walls of a house one wide, from left to right."""


@dataclass(frozen=True)
class _Tower:
    left: float
    right: float
    top: float
    crown: tuple[Point, ...]
    tone: float


def skyline(c: Canvas) -> Ground:
    horizon = c.h * c.between(0.64, 0.71)
    sky(c, horizon)
    colours = _towns(c)
    _haze_of_lights(c, horizon)
    reach = 0.75 + 0.25 * float(np.clip(c.h / c.w, 1, 2.6))
    middle = float(np.clip(c.spot + c.between(-0.08, 0.08), 0.25, 0.75))
    for far, tall, wide in ROWS_OF_TOWERS:
        _towers(c, _row_of_towers(c, horizon, min(c.unit * tall * reach, horizon * 0.74), wide, middle), far, colours)
    level = water(c, horizon, colours.shade)
    return Ground(_quay(c), horizon, level, scale=0.9, spot=c.spot)


def _towns(c: Canvas) -> Earth:
    return earth(c, TOWERS, follows_seasons=False)


def _haze_of_lights(c: Canvas, horizon: float) -> None:
    """Over a town at night the sky is never quite dark."""
    if c.light.is_dark:
        colour = hexes(NEON)[0] if is_neon(c) else hexed("#ffb57a")
        c.shine(bell((c.y - horizon) / c.unit, 0.34) * 0.3 + 0 * c.x, colour)


def _row_of_towers(c: Canvas, foot: float, tall: float, wide: float, middle: float) -> list[_Tower]:
    """Highest in the middle of town, with a few that stand out."""
    towers, x = [], -wide * c.unit
    while x < c.w:
        width = wide * c.unit * c.between(0.6, 1.35)
        centre = np.exp(-((((x + width / 2) / c.w - middle) / 0.27) ** 2))
        rise = 0.16 + 0.24 * c.between(0, 1) + 0.6 * centre * c.between(0.15, 1)
        crown = c.pick(CROWNS)
        height = tall * rise - width * 0.6 * max((y for _, y in crown), default=0) * 0.4
        towers.append(_Tower(x, x + width, foot - max(height, tall * 0.12), crown, c.between(0.2, 0.62)))
        x += width * (1.0 if c.is_so(0.7) else 1.25)
    return towers


def _towers(c: Canvas, towers: list[_Tower], far: float, colours: Earth) -> None:
    foot = c.horizon + 1
    top = max(0, int(min(tower.top - (tower.right - tower.left) * 2.6 for tower in towers)))
    walls = c.sketch(_walls, towers, foot)[top:]
    tones = c.sketch(_faces, towers, foot, c.light.side, scale=1)[top:]
    rows = slice(top, top + len(walls))
    stops = [mix(colour, c.light.mist, far * 0.84) for colour in (dim(colours.shade, 0.86), colours.lit)]
    colour = ramp(stops, tones)
    haze = smooth(c.unit * 0.5, 0, foot - c.y[rows]) * (0.25 + 0.5 * far)
    colour += (c.light.mist - colour) * haze[..., None]
    c.cover(walls, colour, top)
    _light_up(c, towers, far, walls, top)


def _walls(pen: Pen, s: float, towers: list[_Tower], foot: float) -> None:
    for tower in towers:
        width = tower.right - tower.left
        crown = [((tower.left + x * width) * s, (tower.top - y * width * 0.85) * s) for x, y in tower.crown]
        sides = (tower.left * s, tower.top * s), (tower.right * s, tower.top * s)
        pen.polygon(
            [(sides[0][0], foot * s), sides[0], *crown, sides[1], (sides[1][0], foot * s)],
            fill=255,
        )


def _faces(pen: Pen, s: float, towers: list[_Tower], foot: float, side: int) -> None:
    """Each house has a front in half-light and a narrow side towards the sun."""
    pen.rectangle((0, 0, 1e5, 1e5), fill=110)
    for tower in towers:
        width = tower.right - tower.left
        top = tower.top - width * 2.2
        pen.rectangle((tower.left * s, top * s, tower.right * s, foot * s), fill=int(tower.tone * 255))
        edge = (tower.right - width * 0.3, tower.right) if side > 0 else (tower.left, tower.left + width * 0.3)
        pen.rectangle((edge[0] * s, top * s, edge[1] * s, foot * s), fill=int((tower.tone + 0.34) * 255))


def _light_up(c: Canvas, towers: list[_Tower], far: float, walls: Floats, top: int) -> None:
    by_day = c.light.time == "day"
    pane = c.unit * 0.0056 * (1.35 - 0.6 * far)
    panes = c.sketch(_panes, c, towers, pane, 0.8 if by_day else AWAKE[c.light.time], 1 if by_day else 0.1)[top:]
    if by_day:
        c.cover(panes * walls * (0.3 - 0.22 * far), c.light.sky[0], top)
        return
    stops = hexes(NEON if is_neon(c) else WINDOWS)
    colour = ramp(stops, c.curve(16 if is_neon(c) else 9, 2))
    c.cover(panes * walls * (0.97 - 0.5 * far), colour, top)
    halo = blurred(panes * walls, c.unit * 0.014)
    area = c.px[top : top + len(halo)]
    area += (
        halo[..., None]
        * colour
        * np.float32((1.3 if is_neon(c) else 0.6) * (1 - 0.7 * far))
        * (1 - np.clip(area, 0, 1))
    )


def _panes(pen: Pen, s: float, c: Canvas, towers: list[_Tower], pane: float, awake: float, least: float) -> None:
    for tower in towers:
        share = awake * c.between(least, 1.7)
        columns = np.arange(tower.left + pane * 1.4, tower.right - pane * 1.8, pane * 2.1)
        floors = np.arange(tower.top + pane * 2.2, c.horizon - pane, pane * 2.7)
        lit = c.rng.random((len(columns), len(floors))) < share
        tones = c.rng.integers(120, 255, lit.shape)
        for column, floor in np.argwhere(lit):
            x, y = columns[column] * s, floors[floor] * s
            pen.rectangle((x, y, x + pane * s, y + pane * s * 1.35), fill=int(tones[column, floor]))


def _quay(c: Canvas) -> Floats:
    """The near bank: a balustrade, and lamps that are lit when it is dark."""
    colours = earth(c, QUAYS)
    line = np.full(c.w, c.h - c.unit * 0.085, np.float32)
    land(c, line, 0.0, colours, fog=0.0)
    stone = mix(colours.shade, colours.lit, 0.28)
    rail, step = c.unit * 0.05, c.unit * 0.028
    first = c.between(0, 1) * step

    def draw(pen: Pen, s: float) -> None:
        foot = float(line[0]) + c.unit * 0.012
        for x in np.arange(first - step, c.w + step, step):
            pen.rectangle(_box(s, x - step * 0.14, foot - rail, x + step * 0.14, foot), fill=ink(dim(stone, 0.86)))
        pen.rectangle(_box(s, -1, foot - rail * 1.08, c.w + 1, foot - rail * 0.82), fill=ink(stone))
        pen.rectangle(_box(s, -1, foot - rail * 0.12, c.w + 1, foot), fill=ink(stone))

    c.lay(draw)
    _quay_lamps(c, float(line[0]), stone)
    return np.asarray(line + c.unit * 0.03, np.float32)


def _quay_lamps(c: Canvas, foot: float, stone: Floats) -> None:
    gap = c.unit * 0.52
    xs = np.arange(c.w * (1 - c.spot) % gap - gap * 0.5, c.w + gap, gap)
    iron, size = dim(stone, 0.55), c.unit * 0.15

    def draw(pen: Pen, s: float) -> None:
        for x in xs:
            pen.rectangle(_box(s, x - size * 0.018, foot - size, x + size * 0.018, foot), fill=ink(iron))
            pen.rectangle(
                _box(s, x - size * 0.05, foot - size * 0.2, x + size * 0.05, foot + size * 0.1), fill=ink(iron)
            )
            r = size * 0.075
            pen.ellipse(
                ((x - r) * s, (foot - size - r) * s, (x + r) * s, (foot - size + r) * s), fill=ink(c.light.lamp)
            )

    c.lay(draw)
    if c.light.is_dark:
        for x in xs:
            c.glow(float(x), foot - size, size * 0.3, 0.7, hexed("#ffd08a"))


def _copse(c: Canvas, line: Floats, far: float, size: float, colours: Earth, share: float = 0.5) -> None:
    """Round trees along a line, in clumps, each lit from above."""
    xs = c.rng.random(int(46 * c.w / c.unit)) * c.w
    xs = xs[c.curve(3, 2)[xs.astype(int)] > 1 - share]
    radius = c.unit * size
    feet = line[xs.astype(int)] - radius * c.rng.uniform(0.1, 0.9, len(xs))
    crowns = []
    for tone, shift, r in ((0.12, 0.0, 1.0), (0.45, 0.3, 0.62)):
        heads = np.stack([xs + c.light.side * radius * shift, feet - radius * shift * 1.1], -1)
        crowns.append((heads, radius * r, mix(mix(colours.shade, colours.lit, tone), c.light.mist, far**0.8 * 0.8)))
    c.lay(_crowns, crowns)


def _crowns(pen: Pen, s: float, crowns: list[tuple[Floats, float, Floats]]) -> None:
    for heads, radius, colour in crowns:
        r = radius * s
        for x, y in (heads * s).tolist():
            pen.ellipse((x - r, y - r * 0.85, x + r, y + r * 0.85), fill=ink(colour))


# Street

ROAD, WALL, EYE = 3.3, 5.6, 2.2
"""Metres from the middle to the kerb and to the houses, and up to the eye."""
FARTHEST = 70.0
STOREY = 3.0
FACADES = (
    "#d9a679 #c9705a #e8d3ae #8fa08a #b98a6a #e0b98f",
    "#c9d0c4 #8fa7b3 #d9b8a0 #e9dcc3 #7c95a0 #b5a99a",
    "#d98f78 #e6bf7c #c8b9c4 #90afa8 #eadbc0 #b97b74",
    "#a9574a #8d4a44 #c08a68 #6f5a5a #b79b86 #945f4b",
)
PAVEMENTS = ("#a39c94 #6a6873", "#aa9f92 #75696b", "#96999d #5d6472")
LANDMARKS: tuple[tuple[Point, ...], ...] = (
    ((-0.2, 0), (-0.2, 0.74), (-0.24, 0.74), (-0.24, 0.79), (-0.17, 0.79), (-0.15, 1.0), (-0.02, 1.55), (0, 1.62)),
    ((-0.42, 0), (-0.42, 0.42), (-0.3, 0.42), (-0.3, 0.62), (-0.34, 0.62), (-0.34, 0.68), (-0.3, 0.68), (-0.27, 0.86),
     (-0.18, 1.0), (-0.07, 1.07), (-0.07, 1.2), (-0.015, 1.24), (0, 1.42)),
    ((-0.26, 0), (-0.26, 0.95), (-0.31, 0.95), (-0.31, 1.05), (-0.22, 1.05), (-0.2, 1.18), (-0.1, 1.32), (-0.1, 1.45),
     (0, 1.66)),
)  # fmt: skip
"""The left halves of what may stand at the end of a street."""
ROOFS = "#8a4a3c #5c5a66 #6d5048"
AWNINGS = "#b5473f #3f7a6b #d9a441 #4a6a9a #e8dcc6"


@dataclass(frozen=True)
class _Eye:
    """Where metres come to lie on the sheet: `x` across, `y` up from the ground, `z` away."""

    middle: float
    level: float
    unit: float
    stretch: float
    """What houses are higher by where the picture is tall."""

    def at(self, x: float, y: float, z: float) -> Point:
        return self.middle + self.unit * x / z, self.level - self.unit * (y - EYE) / z


@dataclass(frozen=True)
class _House:
    side: int
    near: float
    far: float
    height: float
    colour: Floats
    roof: Floats
    awning: Floats
    kind: str


def street(c: Canvas) -> Ground:
    horizon = c.h * c.between(0.55, 0.6)
    sky(c, horizon)
    stretch = float(np.clip((c.h / c.w) ** 0.7, 1, 3))
    eye = _Eye(c.w * (0.5 + (c.spot - 0.5) * 0.25), horizon, c.unit * 0.8, stretch)
    if c.light.is_dark:
        c.glow(eye.middle, horizon, c.unit * 0.2, 0.45, hexed("#ffb57a"))
    _end_of_street(c, eye)
    _roadway(c, eye)
    houses = _houses(c, eye)
    lit: list[tuple[list[Point], Floats]] = []
    c.lay(_rows_of_houses, c, eye, houses, lit)
    _glow_of_windows(c, lit)
    _street_lamps(c, eye)
    if c.wish.mood == "joyful" or c.is_so(0.35):
        _garlands(c, eye)
    if is_wet(c):
        _mirrored(c, eye)
    line = np.full(c.w, min(eye.at(0, 0, 6.4)[1], c.h * 0.95), np.float32)
    return Ground(line, horizon * 0.5, None, scale=1.15, spot=0.5 + (c.spot - 0.5) * 0.3)


def _end_of_street(c: Canvas, eye: _Eye) -> None:
    """A spire, a dome or a gate in the haze where the houses end."""
    colour = mix(c.light.on(hexed("#6a6f86")), c.light.mist, 0.72)
    size, outline = c.unit * 0.2 * eye.stretch, c.pick(LANDMARKS)

    def draw(pen: Pen, s: float) -> None:
        sides = [*outline, *((-x, y) for x, y in reversed(outline))]
        pen.polygon([((eye.middle + x * size) * s, (eye.level - y * size) * s) for x, y in sides], fill=255)

    c.cover(c.sketch(draw), colour)


def _roadway(c: Canvas, eye: _Eye) -> None:
    """Pavement and road, paler with distance; the houses' shadow lies on one side."""
    top = int(eye.level)
    below = np.maximum(c.y[top:] - eye.level, 0.5)
    away = EYE * eye.unit / below
    lit, shade = (hexed(each) for each in c.pick(PAVEMENTS).split())
    if is_white(c):
        lit, shade = hexes("#f4f6fb #c3cbdc")
    across = (c.x - eye.middle) / eye.unit * away
    near = smooth(FARTHEST * 0.8, 4, away)
    grain = c.noise(16, 4, stretch=5)[top:] - 0.5
    stops = [c.light.on(shade, 0.0), c.light.on(mix(shade, lit, 0.5)), c.light.on(lit)]
    edge = eye.unit / away
    is_road = np.clip((ROAD - np.abs(across)) * edge + 0.5, 0, 1)
    colour = ramp(stops, 0.78 - 0.5 * is_road + grain * 0.22 * near)
    kerb = np.clip((0.12 - np.abs(np.abs(across) - ROAD - 0.06)) * edge + 0.5, 0, 1)
    colour += (stops[2] - colour) * (kerb * 0.6)[..., None]
    joints = _joints(away, 1.4, edge * 0.3) + _joints(across + 100, 0.9, edge) * (1 - is_road)
    colour *= 1 - np.clip(joints * near, 0, 1)[..., None] * np.float32(0.1)
    colour += (c.light.mist - colour) * (smooth(10, FARTHEST, away) * 0.75)[..., None]
    if not c.light.is_dark and not is_wet(c):
        covered = smooth(0.25, -0.25, across * -c.light.side + ROAD * 0.3)
        colour *= 1 - 0.26 * covered[..., None]
    c.cover(np.ones_like(grain), colour, top)


def _joints(place: Floats, gap: float, size: Any) -> Floats:
    """Thin lines every `gap` metres, where a metre is `size` pixels."""
    share = place / np.float32(gap)
    away = np.abs(share - np.floor(share + 0.5)) * np.float32(gap) * size
    return np.asarray(np.clip(1.4 - away, 0, 1))


def _garlands(c: Canvas, eye: _Eye) -> None:
    """Strings of small lamps across the street, or of pennants by day."""
    high = STOREY * 2.0 * min(eye.stretch, 1.5)
    pennants = hexes(AWNINGS)
    lamps: list[tuple[float, float, float]] = []

    def draw(pen: Pen, s: float) -> None:
        for z in (30.0, 21.0, 15.0, 10.5):
            t = np.linspace(-1, 1, 25)
            points = [eye.at(float(x) * WALL, high - 1.1 * (1 - float(x) ** 2), z) for x in t]
            cord = c.light.on(hexed("#3a3640"), z / FARTHEST)
            pen.line([(x * s, y * s) for x, y in points], fill=ink(cord), width=max(1, round(c.unit * 0.0016 * s)))
            size = eye.unit / z
            for k, (x, y) in enumerate(points[1:-1:2]):
                if c.light.is_dark:
                    lamps.append((x, y, size))
                    continue
                flag = [(x - size * 0.2, y), (x + size * 0.2, y), (x, y + size * 0.42)]
                tone = c.light.on(pennants[k % len(pennants)], z / FARTHEST * 0.8)
                pen.polygon([(px * s, py * s) for px, py in flag], fill=ink(tone))

    c.lay(draw)
    if lamps:
        bulbs = c.sketch(_bulbs, lamps)
        c.shine(np.clip(blurred(bulbs, c.unit * 0.012) * 2.4, 0, 0.8), hexed("#ffc070"))
        c.cover(bulbs, hexed("#fff0c8"))


def _bulbs(pen: Pen, s: float, lamps: list[tuple[float, float, float]]) -> None:
    for x, y, size in lamps:
        r = size * 0.075 * s
        pen.ellipse((x * s - r, y * s - r, x * s + r, y * s + r), fill=255)


def _houses(c: Canvas, eye: _Eye) -> list[_House]:
    """Both rows, the farther first."""
    facades, roofs, awnings = hexes(c.pick(FACADES)), hexes(ROOFS), hexes(AWNINGS)
    first = max(2.2, eye.unit * WALL / max(eye.middle, c.w - eye.middle) * 0.7)
    houses = []
    for side in (-1, 1):
        z, before = first, -1
        while z < FARTHEST:
            width = c.between(5.5, 9)
            tone = (before + c.whole(1, len(facades) - 1)) % len(facades)
            before = tone
            height = STOREY * c.whole(3, 4) * eye.stretch + c.between(0, 1.2)
            kind = c.pick(("flat", "pitched", "pitched", "gable"))
            houses.append(
                _House(side, z, z + width, height, facades[tone], c.pick(list(roofs)), c.pick(list(awnings)), kind)
            )
            z += width
    return sorted(houses, key=lambda house: -house.near)


def _rows_of_houses(
    pen: Pen, s: float, c: Canvas, eye: _Eye, houses: list[_House], lit: list[tuple[list[Point], Floats]]
) -> None:
    for house in houses:
        _house(_Easel(pen, s, c, eye, house, lit))


@dataclass(frozen=True)
class _Easel:
    """One house of a street, and what it is painted with."""

    pen: Pen
    s: float
    c: Canvas
    eye: _Eye
    house: _House
    lit: list[tuple[list[Point], Floats]]

    def colour(self, colour: Any, light: float = 1.0) -> Floats:
        """Bright where the sun falls on this side of the street, and paler the farther away."""
        sunny = 1.04 if self.house.side != self.c.light.side else 0.76
        far = (self.house.near / FARTHEST) ** 0.8
        return self.c.light.on(dim(colour, light * (sunny if not self.c.light.is_dark else 0.86)), far * 0.8)

    def wall(self, corners: Sequence[Point], colour: Any, out: float = 0.0) -> list[Point]:
        """A polygon on the front, by metres away and up."""
        x = self.house.side * (WALL - out)
        points = [self.eye.at(x, y, z) for z, y in corners]
        self.pen.polygon([(px * self.s, py * self.s) for px, py in points], fill=ink(colour))
        return points

    def solid(self, corners: Sequence[tuple[float, float, float]], colour: Any) -> None:
        """A polygon anywhere, by metres out from the middle, up and away."""
        points = [self.eye.at(self.house.side * x, y, z) for x, y, z in corners]
        self.pen.polygon([(px * self.s, py * self.s) for px, py in points], fill=ink(colour))


def _house(e: _Easel) -> None:
    h = e.house
    roof = hexed("#eef1f8") if is_white(e.c) else h.roof
    ridge = h.height + 2.4
    end = e.colour(h.colour, 0.78)
    e.solid([(WALL, 0, h.near), (WALL, h.height, h.near), (WALL + 8, h.height, h.near), (WALL + 8, 0, h.near)], end)
    if h.kind == "pitched":
        e.solid([(WALL, h.height, h.near), (WALL + 4, ridge, h.near), (WALL + 8, h.height, h.near)], end)
        e.solid(
            [(WALL - 0.25, h.height, h.near - 0.1), (WALL + 4, ridge, h.near - 0.1), (WALL + 4, ridge, h.far),
             (WALL - 0.25, h.height, h.far)], e.colour(roof),
        )  # fmt: skip
    wall = e.colour(h.colour)
    top: list[Point] = [(h.near, h.height), (h.far, h.height)]
    if h.kind == "gable":
        top.insert(1, ((h.near + h.far) / 2, h.height + 2.6))
    e.wall([(h.near, 0), *top, (h.far, 0)], wall)
    e.wall([(h.near, h.height - 0.35), (h.near, h.height), (h.far, h.height), (h.far, h.height - 0.35)],
           e.colour(mix(h.colour, (1, 1, 1), 0.35)), 0.18)  # fmt: skip
    e.wall([(h.near, 0), (h.near, 0.5), (h.far, 0.5), (h.far, 0)], e.colour(h.colour, 0.72))
    _shop(e)
    _storeys(e)


def _shop(e: _Easel) -> None:
    """Its ground floor: a wide window under an awning, and a door."""
    h = e.house
    if h.near > 40:
        return
    middle = h.near + (h.far - h.near) * 0.62
    _pane(e, (h.near + 0.7, 0.6), (middle, 2.5), lit=e.c.is_so(0.85), frame=0.14)
    _pane(e, (middle + 0.6, 0.0), (h.far - 0.5, 2.4), lit=False, frame=0.1, colour=e.colour(h.awning, 0.55))
    if e.c.is_so(0.65):
        awning, fall = e.colour(h.awning), (WALL - 1.25, 2.35)
        e.solid([(WALL, 3.05, h.near + 0.4), (WALL, 3.05, middle + 0.3), (*fall, middle + 0.3),
                 (*fall, h.near + 0.4)], awning)  # fmt: skip
        e.solid([(*fall, h.near + 0.4), (*fall, middle + 0.3), (fall[0], 2.1, middle + 0.3),
                 (fall[0], 2.1, h.near + 0.4)], mix(awning, (0, 0, 0), 0.2))  # fmt: skip
    if is_neon(e.c):
        _sign(e, h.near + 0.3)


def _sign(e: _Easel, z: float) -> None:
    colour = e.c.pick(list(hexes(NEON)))
    low, high = e.c.between(3.2, 4.2), e.c.between(5.5, 8)
    corners = [(WALL - 0.25, low), (WALL - 1.1, low), (WALL - 1.1, high), (WALL - 0.25, high)]
    points = [e.eye.at(e.house.side * x, y, z) for x, y in corners]
    e.pen.polygon([(x * e.s, y * e.s) for x, y in points], fill=ink(mix(colour, (1, 1, 1), 0.15)))
    e.lit.append((points, colour))


def _storeys(e: _Easel) -> None:
    h = e.house
    columns = max(2, round((h.far - h.near) / 2.3))
    pitch = (h.far - h.near) / columns
    for floor in np.arange(STOREY * 1.15, h.height - 1.6, STOREY):
        for column in range(columns):
            z = h.near + pitch * (column + 0.5)
            lit = e.c.is_so(AWAKE[e.c.light.time])
            _pane(e, (z - 0.5, floor + 0.2), (z + 0.5, floor + 1.85), lit=lit, frame=0.12 if h.near < 34 else 0.0)


def _pane(e: _Easel, low: Point, high: Point, *, lit: bool, frame: float, colour: Floats | None = None) -> None:
    (z0, y0), (z1, y1) = low, high
    h = e.house
    if frame:
        e.wall([(z0 - frame, y0 - frame), (z0 - frame, y1 + frame), (z1 + frame, y1 + frame), (z1 + frame, y0 - frame)],
               e.colour(mix(h.colour, (1, 1, 1), 0.4)))  # fmt: skip
    is_lamp = lit and e.c.light.time != "day"
    glass = e.c.pick(list(hexes(WINDOWS))) if is_lamp else e.colour(mix(hexed("#3e4a5c"), e.c.light.sky[1], 0.25))
    points = e.wall([(z0, y0), (z0, y1), (z1, y1), (z1, y0)], glass if colour is None else colour)
    if is_lamp:
        e.lit.append((points, glass))
    if frame and h.near < 22 and colour is None:
        middle, bar = (z0 + z1) / 2, 0.04
        e.wall([(middle - bar, y0), (middle - bar, y1), (middle + bar, y1), (middle + bar, y0)],
               e.colour(mix(h.colour, (1, 1, 1), 0.4)))  # fmt: skip


def _glow_of_windows(c: Canvas, lit: list[tuple[list[Point], Floats]]) -> None:
    if not lit:
        return

    def draw(pen: Pen, s: float) -> None:
        for points, _ in lit:
            pen.polygon([(x * s, y * s) for x, y in points], fill=255)

    halo = blurred(c.sketch(draw, scale=1), c.unit * 0.02)
    colours = np.stack([colour for _, colour in lit])
    c.shine(halo * (0.75 if is_neon(c) else 0.55), colours[len(colours) // 2] if is_neon(c) else hexed("#ffc27a"))


def _street_lamps(c: Canvas, eye: _Eye) -> None:
    """Their posts are thin even near by, and their light falls on the pavement."""
    places = [(side * (ROAD + 0.5), z) for z in (44.0, 29.0, 18.5, 11.5) for side in (-1, 1)]
    iron = c.light.on(hexed("#2c3038"))

    def draw(pen: Pen, s: float) -> None:
        for x, z in places:
            (px, foot), (_, head) = eye.at(x, 0, z), eye.at(x, 4.3, z)
            wide, tall = eye.unit / z * 0.055, eye.unit / z
            colour = mix(iron, c.light.mist, (z / FARTHEST) ** 0.8 * 0.75)
            pen.rectangle(_box(s, px - wide, head, px + wide, foot), fill=ink(colour))
            pen.rectangle(_box(s, px - wide * 1.8, foot - tall * 0.5, px + wide * 1.8, foot), fill=ink(colour))
            lantern = [(-0.16, 0), (-0.26, -0.5), (0.26, -0.5), (0.16, 0)]
            hat = [(-0.32, -0.5), (0, -0.85), (0.32, -0.5)]
            for shape, shade in ((lantern, c.light.lamp), (hat, colour)):
                pen.polygon([((px + dx * tall) * s, (head + dy * tall) * s) for dx, dy in shape], fill=ink(shade))

    c.lay(draw)
    if c.light.is_dark:
        for x, z in places:
            px, head = eye.at(x, 4.55, z)
            size = eye.unit / z
            c.glow(px, head, size * 0.75, 0.75, hexed("#ffd08a"))
            _, foot = eye.at(x, 0, z)
            c.glow(px, foot, size * 1.1, 0.25 if is_wet(c) else 0.45, hexed("#ffc27a"), flat=0.32)


def _box(s: float, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    return left * s, top * s, max(right * s, left * s + 1), bottom * s


def _mirrored(c: Canvas, eye: _Eye) -> None:
    """The wet road shows the houses upside down, drawn out and broken by ripples."""
    top = int(eye.level) + 1
    foot = eye.level + np.abs(c.x - eye.middle) * (EYE / WALL)
    below = c.y[top:] - foot
    ripple = c.noise(14, 4, stretch=3)[top:] - 0.5
    rows = foot - below * 0.8 + ripple * below * 0.5
    cols = np.clip(c.x + ripple * c.unit * 0.05, 0, c.w - 1).astype(np.int32)
    smear = max(1, c.unit // 120)
    shown = sum(c.px[np.clip(rows - k * smear, 0, c.h - 1).astype(np.int32), cols] for k in range(3)) / np.float32(3)
    puddles = 0.42 + 0.5 * smooth(0.42, 0.62, c.noise(5, 3, stretch=4)[top:])
    c.cover(puddles * smooth(-0.5, 1.5, below) * 0.82, np.asarray(shown) * np.float32(0.92), top)


# Village

FIELDS = ("#b9c96a #4f8248", "#c6c274 #5f7d48", "#9dbd74 #2f6d5c", "#cbb874 #6f7a46")
WALLS = "#f3e7d0 #e9d2ae #f6efe2 #e6c6a4 #dcd3c6"
TILES = ("#b5573f #a34a3a #c0694a", "#6a6f7c #5a5f6e #7a7a84", "#8f4a3c #7a4438 #a55c48")
HILLS = ((0.6, 0.036, 12), (0.4, 0.052, 11), (0.2, 0.078, 6))
"""How far each row of houses is, how high they are, and how many for a picture as wide as its shorter side."""


@dataclass(frozen=True)
class _Cottage:
    x: float
    foot: float
    size: float
    far: float
    turned: int
    wall: Floats
    roof: Floats
    tower: bool = False


def village(c: Canvas) -> Ground:
    horizon = c.h * c.between(0.5, 0.56)
    sky(c, horizon)
    colours = earth(c, FIELDS)
    for far, rise in ((0.97, 0.15), (0.84, 0.1)):
        land(c, horizon - c.unit * rise * c.curve(1.5, 5), far, colours)
    tiles, heart = hexes(c.pick(TILES)), float(np.clip(c.spot + c.between(-0.04, 0.04), 0.25, 0.75))
    hill = bell((c.x - c.w * heart) / c.unit, 0.42)
    lit: list[list[Point]] = []
    for k, (far, size, count) in enumerate(HILLS):
        line = horizon + c.unit * (0.035 + 0.09 * k - (0.09 - 0.02 * k) * hill - 0.05 * c.curve(0.9, 2, 0.3))
        line = np.asarray(line, np.float32)
        _copse(c, line, far, size * 0.55, colours, 0.55)
        houses = _hamlet(c, line, far, c.unit * size, count, heart, tiles)
        if k == 0:
            houses.insert(0, _Cottage(c.w * heart, float(line[int(c.w * heart)]) + c.unit * 0.006, c.unit * 0.1, far,
                                      1, hexed("#f4ead6"), tiles[0], tower=True))  # fmt: skip
        c.lay(_cottages, c, houses, lit)
        land(c, line + c.unit * 0.004, far, colours, fog=0.35)
        _hedges(c, line, far, size, colours)
    if lit:
        c.shine(blurred(_lamps(c, lit), c.unit * 0.012) * 0.9, hexed("#ffc27a"))
    line = c.h - c.unit * (0.1 + 0.09 * c.curve(0.8, 2, 0.3))
    return Ground(land(c, line, 0.0, colours, fog=0.0), horizon, None, scale=0.95, spot=1 - heart)


def _hamlet(
    c: Canvas, line: Floats, far: float, size: float, count: int, heart: float, tiles: Floats
) -> list[_Cottage]:
    """Close together round the church, farther apart towards the edges; the higher ones first."""
    walls = hexes(WALLS)
    houses = []
    count = round(count * min(c.w / c.unit, 2))
    for k in range(count):
        away = (k + 0.6) / count * (1 if k % 2 else -1)
        x = c.w * heart + away * abs(away) ** 0.4 * c.unit * 0.5 + c.between(-0.3, 0.3) * size
        if not size * 0.5 < x < c.w - size:
            continue
        scale = size * c.between(0.8, 1.15)
        foot = float(line[int(x)]) + size * c.between(0.0, 0.35)
        houses.append(_Cottage(x, foot, scale, far, c.pick((-1, 1)), c.pick(list(walls)), c.pick(list(tiles))))
    return sorted(houses, key=lambda house: house.foot)


def _cottages(pen: Pen, s: float, c: Canvas, houses: list[_Cottage], lit: list[list[Point]]) -> None:
    for house in houses:
        if house.tower:
            _steeple(pen, s, c, house)
        _cottage(pen, s, c, house, lit)


def _tone(c: Canvas, house: _Cottage, colour: Any, light: float) -> tuple[int, int, int, int]:
    return ink(c.light.on(dim(colour, light), house.far * 0.62))


def _corners(s: float, house: _Cottage, points: Sequence[Point]) -> list[Point]:
    return [((house.x + x * house.size * house.turned) * s, (house.foot - y * house.size) * s) for x, y in points]


def _cottage(pen: Pen, s: float, c: Canvas, house: _Cottage, lit: list[list[Point]]) -> None:
    """Seen from a corner: the gable to one side, the roof's long slope to the other."""
    gable, long = (1.04, 0.8) if house.turned != c.light.side else (0.8, 1.04)
    roof = hexed("#f2f5fc") if is_white(c) else house.roof
    parts = (
        ([(0.78, 0.7), (0.78, 1.06), (0.88, 1.06), (0.88, 0.7)], house.wall, 0.7),
        ([(0, -0.4), (0.56, -0.4), (0.56, 0.46), (0.28, 0.86), (0, 0.46)], house.wall, gable),
        ([(0.56, -0.4), (1.3, -0.4), (1.3, 0.46), (0.56, 0.46)], house.wall, long),
        ([(0.28, 0.9), (1.08, 0.9), (1.38, 0.42), (0.6, 0.42)], roof, long),
        ([(0.28, 0.9), (0.32, 0.9), (-0.02, 0.4), (-0.08, 0.44)], roof, 0.72),
    )
    for points, colour, light in parts:
        pen.polygon(_corners(s, house, points), fill=_tone(c, house, colour, light))
    for x, y, width in ((0.19, 0.16, 0.15), (0.72, 0.14, 0.14), (1.02, 0.14, 0.14)):
        pane = _corners(s, house, [(x, y), (x, y + 0.2), (x + width, y + 0.2), (x + width, y)])
        is_lamp = c.light.is_dark and c.is_so(0.75)
        pen.polygon(pane, fill=ink(hexed("#ffd68c")) if is_lamp else _tone(c, house, hexed("#4a5568"), 1.0))
        if is_lamp:
            lit.append([(px / s, py / s) for px, py in pane])


def _steeple(pen: Pen, s: float, c: Canvas, house: _Cottage) -> None:
    light, dark = (1.04, 0.82) if c.light.side < 0 else (0.82, 1.04)
    roof = hexed("#e9edf6") if is_white(c) else dim(house.roof, 0.8)
    parts = (
        ([(-0.42, -0.2), (-0.2, -0.2), (-0.2, 1.35), (-0.42, 1.35)], house.wall, light),
        ([(-0.2, -0.2), (0.02, -0.2), (0.02, 1.35), (-0.2, 1.35)], house.wall, dark),
        ([(-0.47, 1.32), (-0.2, 1.32), (-0.2, 2.3)], roof, light),
        ([(0.07, 1.32), (-0.2, 1.32), (-0.2, 2.3)], roof, dark),
        ([(-0.34, 0.95), (-0.28, 0.95), (-0.28, 1.16), (-0.34, 1.16)], hexed("#4a5568"), 1.0),
        ([(-0.12, 0.95), (-0.06, 0.95), (-0.06, 1.16), (-0.12, 1.16)], hexed("#4a5568"), 0.9),
    )
    for points, colour, shade in parts:
        pen.polygon(_corners(s, house, points), fill=_tone(c, house, colour, shade))


def _lamps(c: Canvas, lit: list[list[Point]]) -> Floats:
    def draw(pen: Pen, s: float) -> None:
        for points in lit:
            pen.polygon([(x * s, y * s) for x, y in points], fill=255)

    return c.sketch(draw, scale=1)


def _hedges(c: Canvas, line: Floats, far: float, size: float, colours: Earth) -> None:
    """Bushes before the houses, so that they grow out of the ground."""
    starts = c.rng.random(int(9 * c.w / c.unit)) * (c.w - 1)
    xs = np.clip((starts[:, None] + np.arange(5) * c.unit * size * 0.19).ravel(), 0, c.w - 1)
    feet = line[xs.astype(int)] + c.unit * size * (0.24 + 0.1 * c.rng.random(len(xs)))
    colour = mix(mix(colours.shade, colours.lit, 0.3), c.light.mist, far**0.8 * 0.75)
    c.lay(_crowns, [(np.stack([xs, feet], -1), c.unit * size * 0.13, colour)])


ROWS = {
    "skyline": Scene(
        skyline, "skyline city town skyscraper downtown metropolis cityscape high-rise big-city new-york "
        "manhattan tokyo shanghai dubai chicago hong-kong singapore stadt großstadt grossstadt hochhaus "
        "wolkenkratzer ville gratte-ciel métropole ciudad rascacielos metrópoli città cidade 🏙 🌃 🌆 都市 城市",
        "the skyline of a big city with skyscrapers and lit windows, seen from afar across the water",
        company=("boat", "bird", "balloon"),
    ),
    "street": Scene(
        street, "street alley avenue boulevard alleyway sidewalk pavement crosswalk neighborhood neighbourhood "
        "cyberpunk urban shop market paris london strasse straße gasse allee altstadt old-town laden rue ruelle "
        "boutique calle callejón avenida tienda strada rua 🏪 🏬 🚦 街 街道 通り",
        "a city street between rows of houses with shops, lit windows and street lamps",
        company=("cat", "bicycle", "person", "dog"),
    ),
    "village": Scene(
        village, "village hamlet township settlement small-town parish rooftop dorf dörfchen kirchdorf weiler "
        "kleinstadt hameau bourg pueblo aldea pueblecito villaggio borgo vila 🏘 村 村庄",
        "a small village with a church and cottages on green hills in the countryside",
        company=("sheep", "bird", "tree", "balloon"),
    ),
}  # fmt: skip
