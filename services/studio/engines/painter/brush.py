"""How subjects are drawn: outlines in a measure of their own, laid down in the light of the scene.

A subject's own measure has its foot at (0, 0), up is positive, and it is 1 high.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from PIL import Image, ImageDraw

from services.studio.engines.painter.canvas import Canvas, blurred, ink
from services.studio.engines.painter.chance import Chance
from services.studio.engines.painter.colour import dim, hexed, mix
from services.studio.engines.painter.maths import Floats, smooth
from services.studio.engines.painter.wish import Season

Points = Sequence[tuple[float, float]]
Surface = Literal["matt", "lamp", "bright", "airy"]
SHINING = ("lamp", "bright")

CURVE_STEPS = 8
CAP = np.linspace(math.pi / 2, -math.pi / 2, 9)[1:-1]
"""The directions of a limb's round end, as it turns from its left side to its right."""
FINEST_RELIEF = 90
"""Of a subject how many pixels high its relief is worked out."""
LARGEST_SUPERSAMPLED = 1200
"""Pixels of a sheet's longer side up to which it is drawn four times as large, for smooth edges; twice beyond."""


@dataclass(frozen=True)
class Halo:
    """Light in the air behind a subject, in its own measure: all round a point, or a beam towards one side."""

    x: float
    y: float
    radius: float
    colour: str
    strength: float
    toward: tuple[float, float] | None = None
    """Where a beam points to, and how wide it gets, as a share of its length, is `spread`."""
    spread: float = 0.2


@dataclass
class Brush:
    """Collects the parts of one subject, the farther ones first. A colour is `#rrggbb`; `*#rrggbb` may be replaced by
    the colour that the prompt gives the subject."""

    chance: Chance
    coat: str | None = None
    lit: bool = False
    """Whether it is dark around: lamps and windows burn."""
    season: Season | None = None
    """Leaves turn and snow lies accordingly."""
    parts: list[tuple[Floats, str, float, Surface]] = field(default_factory=list)
    halos: list[Halo] = field(default_factory=list)

    def shape(self, points: Points | Floats, colour: str, *, shade: float = 1.0) -> None:
        """A polygon with corners. `shade` darkens (below 1) or lightens (above 1) its colour."""
        self.parts.append((np.asarray(points, float), self._dyed(colour), shade, "matt"))

    def curve(self, points: Points | Floats, colour: str, *, shade: float = 1.0) -> None:
        """A closed outline that runs smoothly through the points; one given twice in a row is a corner."""
        self.shape(rounded(np.asarray(points, float)), colour, shade=shade)

    def oval(
        self, x: float, y: float, rx: float, ry: float, colour: str, *, turn: float = 0.0, shade: float = 1.0
    ) -> None:
        """An ellipse round (x, y), turned by so many radians."""
        t = np.linspace(0, 2 * math.pi, 40, endpoint=False)
        across, up = np.cos(t) * rx, np.sin(t) * ry
        turned = (x + across * math.cos(turn) - up * math.sin(turn), y + across * math.sin(turn) + up * math.cos(turn))
        self.shape(np.stack(turned, -1), colour, shade=shade)

    def box(self, left: float, bottom: float, right: float, top: float, colour: str, *, shade: float = 1.0) -> None:
        self.shape([(left, bottom), (right, bottom), (right, top), (left, top)], colour, shade=shade)

    def stroke(
        self, points: Points | Floats, width: float, colour: str, *, end: float | None = None, shade: float = 1.0
    ) -> None:
        """A line through the points, tapering to the width `end`."""
        line = np.asarray(points, float)
        widths = np.linspace(width, width if end is None else end, len(line)) / 2
        step = np.gradient(line, axis=0)
        normal = np.stack([-step[:, 1], step[:, 0]], -1) / np.maximum(np.hypot(*step.T), 1e-9)[:, None]
        sides = line + normal * widths[:, None], line - normal * widths[:, None]
        self.shape(np.concatenate([sides[0], sides[1][::-1]]), colour, shade=shade)

    def limb(self, joints: Sequence[tuple[float, float, float]], colour: str, *, shade: float = 1.0) -> None:
        """A smooth line through (x, y, width) with round ends: a leg, a neck, a tail."""
        line = flowing(np.asarray(joints, float))
        step = np.gradient(line[:, :2], axis=0)
        along = np.arctan2(step[:, 1], step[:, 0])
        end, start = along[-1] + CAP, along[0] + math.pi + CAP
        turn = np.concatenate([along + math.pi / 2, end, along[::-1] - math.pi / 2, start])
        spine = np.concatenate([line, np.repeat(line[-1:], len(CAP), 0), line[::-1], np.repeat(line[:1], len(CAP), 0)])
        rim = np.stack([np.cos(turn), np.sin(turn)], -1) * spine[:, 2:] / 2
        self.shape(spine[:, :2] + rim, colour, shade=shade)

    def lamp(self, points: Points) -> None:
        """A window, a lantern, an eye that glows: lit when it is dark, and never in shade."""
        self.parts.append((np.asarray(points, float), "", 1.0, "lamp"))

    def bright(self, points: Points | Floats, colour: str) -> None:
        """A part that shines in its own colour whatever the hour, as the moon does."""
        self.parts.append((np.asarray(points, float), self._dyed(colour), 1.0, "bright"))

    def airy(self, points: Points | Floats, colour: str, *, shade: float = 1.0) -> None:
        """A part of a cloud: it takes on the sun's colour where it is bright and the sky's where it is in shade."""
        self.parts.append((np.asarray(points, float), self._dyed(colour), shade, "airy"))

    def halo(self, x: float, y: float, radius: float, colour: str, strength: float = 0.6) -> None:
        """Soft light in the air round (x, y)."""
        self.halos.append(Halo(x, y, radius, self._dyed(colour), strength))

    def beam(
        self, x: float, y: float, to: tuple[float, float], colour: str, strength: float = 0.6, spread: float = 0.2
    ) -> None:
        """Light that goes out from (x, y) to a point, ever wider (by that share of its length) and fainter."""
        self.halos.append(Halo(x, y, math.dist((x, y), to), self._dyed(colour), strength, to, spread))

    def lean(self, turn: float, middle: tuple[float, float] = (0.0, 0.0)) -> None:
        """Turn all that was drawn so far round a point, by so many radians."""
        self.parts[:] = [
            (_round(outline, turn, middle), colour, shade, surface) for outline, colour, shade, surface in self.parts
        ]
        for k, halo in enumerate(self.halos):
            here = _round(np.array([(halo.x, halo.y), halo.toward or (0, 0)], float), turn, middle)
            (x, y), (far, up) = here.tolist()
            self.halos[k] = replace(halo, x=x, y=y, toward=(far, up) if halo.toward else None)

    def _dyed(self, colour: str) -> str:
        return self.coat if self.coat and colour[0] == "*" else colour[-7:]


@dataclass(frozen=True)
class Place:
    """Where a subject is put: its foot in pixels, its height in pixels, and how far away it is (0 near, 1 far)."""

    x: float
    foot: float
    height: float
    far: float = 0.0
    flipped: bool = False
    shadow: bool = True
    roundness: float = 1.0
    """How plastic it looks: 0 is flat paper."""
    sunk: float = 0.0
    """The share of its height that is under water and not seen."""


def stamp(c: Canvas, brush: Brush, place: Place) -> None:
    """Lay the brush's parts down as one thing, shaded by the light of the scene, with its shadow on the ground."""
    frame = _frame(c, brush, place)
    if not frame:
        return
    sheet = _drawn(c, brush, place, frame)
    cover, colour = sheet[..., 3], sheet[..., :3] / np.maximum(sheet[..., 3:4], 1 / 255)
    left, top = frame.left, frame.top
    if place.shadow:
        _cast(c, place, cover, left)
    if place.sunk:
        cover = cover * _above_water(c, place, frame)
    lamps = sheet[..., 4]
    for halo in brush.halos:
        _shine(c, halo, place)
    shaded = colour * (1 + (_relief(c, cover, place) - 1) * (1 - lamps))[..., None]
    _lay(c, np.clip(shaded, 0, 1), cover, left, top)
    if brush.lit and lamps.max() > 0 and any(surface == "lamp" for *_, surface in brush.parts):
        _glow(c, lamps, left, top, place.height)


def _above_water(c: Canvas, place: Place, frame: _Frame) -> Floats:
    """1 where it is seen, from row to row, with a ragged edge where the water laps at it."""
    rows = np.arange(frame.height, dtype=np.float32)[:, None] + frame.top
    ripple = c.rng.random(frame.width // 6 + 2, np.float32)
    ripple = np.repeat(ripple, 6)[: frame.width] * np.float32(place.height * 0.02)
    edge = place.foot - place.height * place.sunk + ripple
    return np.asarray(np.clip((edge - rows) / 2 + 0.5, 0, 1), np.float32)


def mirror(c: Canvas, brush: Brush, place: Place, shore: Floats, strength: float = 0.35) -> None:
    """The same upside down below its foot, as water shows it as far as the shore (a y for each x)."""
    frame = _frame(c, brush, place, whole=True)
    if not frame:
        return
    sheet = _drawn(c, brush, place, frame)
    cover, colour = sheet[..., 3], sheet[..., :3] / np.maximum(sheet[..., 3:4], 1 / 255)
    below = round(2 * place.foot - frame.top - frame.height)
    at = np.clip(np.arange(frame.left, frame.left + frame.width), 0, c.w - 1)
    wet = np.arange(below, below + frame.height)[:, None] < shore[at]
    _lay(c, np.clip(colour * 0.8, 0, 1)[::-1], cover[::-1] * strength * wet, frame.left, below)


def rounded(points: Floats) -> Floats:
    """The closed Catmull-Rom curve through the points; one given twice in a row is a corner."""
    t = np.linspace(0, 1, CURVE_STEPS, endpoint=False)[:, None]
    before, here, then, later = (np.roll(points, k, 0)[:, None] for k in (1, 0, -1, -2))
    spline = 2 * here + (then - before) * t + (2 * before - 5 * here + 4 * then - later) * t**2
    spline = spline + (3 * here - before - 3 * then + later) * t**3
    corner = (here == then).all(-1, keepdims=True)
    return np.asarray(np.where(corner, here, spline / 2).reshape(-1, 2))


def flowing(points: Floats) -> Floats:
    """The open Catmull-Rom curve through the points, whatever numbers each of them has."""
    t = np.linspace(0, 1, CURVE_STEPS, endpoint=False)[:, None]
    ends = np.concatenate([points[:1] * 2 - points[1:2], points, points[-1:] * 2 - points[-2:-1]])
    before, here, then, later = (ends[k : len(ends) - 3 + k, None] for k in range(4))
    spline = 2 * here + (then - before) * t + (2 * before - 5 * here + 4 * then - later) * t**2
    spline = spline + (3 * here - before - 3 * then + later) * t**3
    return np.concatenate([spline.reshape(-1, points.shape[1]) / 2, points[-1:]])


def _round(points: Floats, turn: float, middle: tuple[float, float]) -> Floats:
    x, y = points[:, 0] - middle[0], points[:, 1] - middle[1]
    cos, sin = math.cos(turn), math.sin(turn)
    return np.asarray(np.stack([x * cos - y * sin, x * sin + y * cos], -1) + middle)


def bend(start: tuple[float, float], toward: tuple[float, float], end: tuple[float, float], steps: int = 9) -> Floats:
    """A line for `stroke` that leaves `start` in the direction of `toward` and comes to `end` from there."""
    t = np.linspace(0, 1, steps)[:, None]
    line = (1 - t) ** 2 * np.asarray(start) + 2 * t * (1 - t) * np.asarray(toward) + t**2 * np.asarray(end)
    return np.asarray(line)


@dataclass(frozen=True)
class _Frame:
    """The part of the picture that a subject takes up, in pixels, and a little more all round."""

    left: int
    top: int
    width: int
    height: int


def _frame(c: Canvas, brush: Brush, place: Place, *, whole: bool = False) -> _Frame | None:
    """Only as far as it can be seen, unless all of it is wanted; None where nothing of it can."""
    if not brush.parts:
        return None
    points = np.concatenate([outline for outline, *_ in brush.parts])
    points = points * ((-1 if place.flipped else 1) * place.height, -place.height) + (place.x, place.foot)
    edge = place.height / 10 + 2
    (left, top), (right, bottom) = points.min(0) - edge, points.max(0) + edge
    if not whole:
        beyond = place.height / 4
        left, right = max(left, -beyond), min(right, c.w + beyond)
        top, bottom = max(top, -beyond), min(bottom, c.h + beyond)
    if right <= left or bottom <= top:
        return None
    x, y = math.floor(left), math.floor(top)
    return _Frame(x, y, math.ceil(right) - x, math.ceil(bottom) - y)


def _drawn(c: Canvas, brush: Brush, place: Place, frame: _Frame) -> Floats:
    """Premultiplied red, green, blue, how much is covered, and how much of that is lamps."""
    scale = 4 if max(frame.width, frame.height) <= LARGEST_SUPERSAMPLED else 2
    size = (frame.width * scale, frame.height * scale)
    # Four plain bands: all parts are opaque, so that what is empty counts as nothing when the sheet is made small.
    sheet, lamps = Image.new("CMYK", size), Image.new("L", size)
    pen, lamp_pen = ImageDraw.Draw(sheet), ImageDraw.Draw(lamps)
    shines = any(surface in SHINING for *_, surface in brush.parts)
    turn = np.array((-place.height if place.flipped else place.height, -place.height)) * scale
    corner = np.array((place.x - frame.left, place.foot - frame.top)) * scale
    inks: dict[tuple[str, float, Surface], tuple[int, int, int, int]] = {}
    for outline, colour, shade, surface in brush.parts:
        corners = (outline * turn + corner).ravel().tolist()
        key = (colour, shade, surface)
        if key not in inks:
            inks[key] = ink(_seen(c, colour, shade, surface, place.far))
        pen.polygon(corners, fill=inks[key])
        if shines:
            lamp_pen.polygon(corners, fill=255 if surface in SHINING else 0)
    small = np.asarray(sheet.reduce(scale), np.float32) / 255
    return np.concatenate([small, np.asarray(lamps.reduce(scale), np.float32)[..., None] / 255], -1)


def _seen(c: Canvas, colour: str, shade: float, surface: Surface, far: float) -> Floats:
    match surface:
        case "lamp":
            return c.light.lamp
        case "bright":
            return hexed(colour)
        case "airy":
            dark, bright = mix(c.light.sky[1], c.light.on(hexed(colour)), 0.55), mix(hexed(colour), c.light.glow, 0.4)
            lit = float(np.clip((shade - 0.75) / 0.3, 0, 1)) * (0.45 + 0.55 * c.light.strength)
            return mix(mix(dark, bright, lit), c.light.mist, far)
        case _:
            return np.clip(c.light.on(dim(hexed(colour), shade), far), 0, 1)


def _relief(c: Canvas, cover: Floats, place: Place) -> Floats:
    """How much light each pixel gets if the silhouette swells towards the eye: bright to the light, dark away.

    Found on a coarse sheet: on a large one the 256 steps of a blurred mask would show as scales on its skin."""
    if place.roundness <= 0:
        return np.ones_like(cover)
    coarse = max(1, round(place.height / FINEST_RELIEF))
    small, size = np.asarray(Image.fromarray(cover).reduce(coarse), np.float32), place.height / coarse
    swell = (blurred(small, size / 40) + blurred(small, size / 16) + blurred(small, size / 7)) / 3
    dy, dx = np.gradient(swell * size * 0.5)
    toward = (-dx * c.light.side + dy * 1.1) / np.sqrt(1 + dx * dx + dy * dy)
    light = np.asarray(1 + np.clip(toward, -0.75, 0.8) * 0.55 * place.roundness * (1 - 0.7 * place.far), np.float32)
    tall, wide = cover.shape
    box = (0, 0, wide / coarse, tall / coarse)
    return np.asarray(Image.fromarray(light).resize((wide, tall), Image.Resampling.BICUBIC, box))


def _cast(c: Canvas, place: Place, cover: Floats, left: int) -> None:
    """A soft shadow at its foot, drawn out away from the light."""
    rows = np.flatnonzero(cover.max(1) > 0.5)
    if not len(rows):
        return
    foot_rows = cover[max(rows[-1] - max(2, round(place.height * 0.08)), 0) : rows[-1] + 1].max(0)
    columns = np.flatnonzero(foot_rows > 0.5)
    middle, half = left + (columns[0] + columns[-1]) / 2, max((columns[-1] - columns[0]) / 2, place.height * 0.06)
    long = half * (1.0 + 0.5 * (1 - c.light.strength)) + place.height * 0.06
    x = middle - c.light.side * long * 0.35
    reach = math.ceil(long * 2.4)
    x0, x1 = max(0, round(x) - reach), min(c.w, round(x) + reach)
    y0, y1 = max(0, round(place.foot - long)), min(c.h, round(place.foot + long))
    if x1 <= x0 or y1 <= y0:
        return
    away = np.sqrt(((c.x[x0:x1] - x) / long) ** 2 + ((c.y[y0:y1] - place.foot) / (long * 0.2)) ** 2)
    shadow = mix(c.light.on((0.1, 0.1, 0.16)), c.light.mist, 0.1)
    area = c.px[y0:y1, x0:x1]
    area += (shadow - area) * (smooth(1.3, 0.1, away) * 0.5 * (1 - place.far))[..., None]


def _lay(c: Canvas, colour: Floats, cover: Floats, left: int, top: int) -> None:
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + cover.shape[1], c.w), min(top + cover.shape[0], c.h)
    if x1 <= x0 or y1 <= y0:
        return
    part = slice(y0 - top, y1 - top), slice(x0 - left, x1 - left)
    area = c.px[y0:y1, x0:x1]
    area += (colour[part] - area) * cover[part][..., None]


def _shine(c: Canvas, halo: Halo, place: Place) -> None:
    side = -1 if place.flipped else 1
    x, y = place.x + side * halo.x * place.height, place.foot - halo.y * place.height
    radius = max(halo.radius * place.height, 1.0)
    end, wide = (x, y), radius
    if halo.toward:
        end = place.x + side * halo.toward[0] * place.height, place.foot - halo.toward[1] * place.height
        wide = radius * halo.spread + 0.02 * place.height
    x0, x1 = max(0, math.floor(min(x, end[0]) - wide)), min(c.w, math.ceil(max(x, end[0]) + wide))
    y0, y1 = max(0, math.floor(min(y, end[1]) - wide)), min(c.h, math.ceil(max(y, end[1]) + wide))
    if x1 <= x0 or y1 <= y0:
        return
    right, down = c.x[x0:x1] - np.float32(x), c.y[y0:y1] - np.float32(y)
    light = 1 - np.clip(np.sqrt(right * right + down * down) / np.float32(radius), 0, 1)
    light = light * light * np.float32(halo.strength)
    if halo.toward:
        ahead = np.float32((end[0] - x) / radius), np.float32((end[1] - y) / radius)
        along, across = right * ahead[0] + down * ahead[1], np.abs(right * ahead[1] - down * ahead[0])
        edge = np.maximum(along * np.float32(halo.spread), np.float32(0.02 * place.height))
        light = light * smooth(1.0, 0.4, across / edge) * (along > 0)
    area = c.px[y0:y1, x0:x1]
    area += (hexed(halo.colour) - area) * light[..., None]


def _glow(c: Canvas, lamps: Floats, left: int, top: int, size: float) -> None:
    pad = max(4, round(size * 0.3))
    halo = blurred(np.pad(lamps, pad), size * 0.09) * 1.4
    x0, y0 = max(left - pad, 0), max(top - pad, 0)
    x1, y1 = min(left - pad + halo.shape[1], c.w), min(top - pad + halo.shape[0], c.h)
    if x1 <= x0 or y1 <= y0:
        return
    part = halo[y0 - top + pad : y1 - top + pad, x0 - left + pad : x1 - left + pad]
    area = c.px[y0:y1, x0:x1]
    area += np.clip(part, 0, 0.7)[..., None] * c.light.lamp * (1 - np.clip(area, 0, 1))
