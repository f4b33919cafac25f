"""How subjects are drawn: outlines in a measure of their own, laid down in the light of the scene.

A subject's own measure has its foot at (0, 0), up is positive, and it is 1 high.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from PIL import Image, ImageDraw

from services.studio.engines.painter.canvas import Canvas, blurred
from services.studio.engines.painter.chance import Chance
from services.studio.engines.painter.colour import dim, hexed, mix
from services.studio.engines.painter.maths import Floats, smooth

Points = Sequence[tuple[float, float]]
Surface = Literal["matt", "lamp"]

REACH = 1.5
"""How far to either side of its foot a subject may extend, in its own heights."""
ABOVE, BELOW = 1.25, 0.25
CURVE_STEPS = 8
LARGEST_SUPERSAMPLED = 1200
"""Pixels of a sheet's longer side up to which it is drawn four times as large, for smooth edges; twice beyond."""


@dataclass
class Brush:
    """Collects the parts of one subject, the farther ones first. A colour is `#rrggbb`; `*#rrggbb` may be replaced by
    the colour that the prompt gives the subject."""

    chance: Chance
    coat: str | None = None
    lit: bool = False
    """Whether it is dark around: lamps and windows burn."""
    parts: list[tuple[Floats, str, float, Surface]] = field(default_factory=list)

    def shape(self, points: Points | Floats, colour: str, *, shade: float = 1.0) -> None:
        """A polygon with corners. `shade` darkens (below 1) or lightens (above 1) its colour."""
        self.parts.append((np.asarray(points, float), self._dyed(colour), shade, "matt"))

    def curve(self, points: Points | Floats, colour: str, *, shade: float = 1.0) -> None:
        """A closed outline that runs smoothly through the points."""
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

    def stroke(self, points: Points, width: float, colour: str, *, end: float | None = None) -> None:
        """A line through the points, tapering to the width `end`."""
        line = np.asarray(points, float)
        widths = np.linspace(width, width if end is None else end, len(line)) / 2
        step = np.gradient(line, axis=0)
        normal = np.stack([-step[:, 1], step[:, 0]], -1) / np.maximum(np.hypot(*step.T), 1e-9)[:, None]
        sides = line + normal * widths[:, None], line - normal * widths[:, None]
        self.shape(np.concatenate([sides[0], sides[1][::-1]]), colour)

    def lamp(self, points: Points) -> None:
        """A window, a lantern, an eye that glows: lit when it is dark, and never in shade."""
        self.parts.append((np.asarray(points, float), "", 1.0, "lamp"))

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


def stamp(c: Canvas, brush: Brush, place: Place) -> None:
    """Lay the brush's parts down as one thing, shaded by the light of the scene, with its shadow on the ground."""
    sheet = _drawn(c, brush, place)
    cover, colour = sheet[..., 3], sheet[..., :3] / np.maximum(sheet[..., 3:4], 1 / 255)
    left, top = _corner(place)
    if place.shadow:
        _cast(c, place, cover)
    lamps = sheet[..., 4]
    shaded = colour * (1 + (_relief(c, cover, place) - 1) * (1 - lamps))[..., None]
    _lay(c, np.clip(shaded, 0, 1), cover, left, top)
    if brush.lit and lamps.max() > 0:
        _glow(c, lamps, left, top, place.height)


def mirror(c: Canvas, brush: Brush, place: Place, strength: float = 0.35) -> None:
    """The same upside down below its foot, as water shows it."""
    sheet = _drawn(c, brush, place)
    cover, colour = sheet[..., 3], sheet[..., :3] / np.maximum(sheet[..., 3:4], 1 / 255)
    left, top = _corner(place)
    below = round(2 * place.foot - top - cover.shape[0])
    _lay(c, np.clip(colour * 0.8, 0, 1)[::-1], cover[::-1] * strength, left, below)


def rounded(points: Floats) -> Floats:
    """The closed Catmull-Rom curve through the points."""
    t = np.linspace(0, 1, CURVE_STEPS, endpoint=False)[:, None]
    before, here, then, later = (np.roll(points, k, 0)[:, None] for k in (1, 0, -1, -2))
    spline = 2 * here + (then - before) * t + (2 * before - 5 * here + 4 * then - later) * t**2
    spline = spline + (3 * here - before - 3 * then + later) * t**3
    return np.asarray(spline.reshape(-1, 2) / 2)


def _corner(place: Place) -> tuple[int, int]:
    return math.floor(place.x - place.height * REACH), math.floor(place.foot - place.height * ABOVE)


def _drawn(c: Canvas, brush: Brush, place: Place) -> Floats:
    """Premultiplied red, green, blue, how much is covered, and how much of that is lamps."""
    left, top = _corner(place)
    width, height = math.ceil(place.height * REACH * 2) + 2, math.ceil(place.height * (ABOVE + BELOW)) + 2
    scale = 4 if max(width, height) <= LARGEST_SUPERSAMPLED else 2
    sheet = Image.new("RGBA", (width * scale, height * scale))
    lamps = Image.new("L", sheet.size)
    pen, lamp_pen = ImageDraw.Draw(sheet), ImageDraw.Draw(lamps)
    side = -1 if place.flipped else 1
    for outline, colour, shade, surface in brush.parts:
        points = outline * (side * place.height, -place.height) + (place.x - left, place.foot - top)
        corners = [(float(x), float(y)) for x, y in points * scale]
        rgb = c.light.lamp if surface == "lamp" else np.clip(c.light.on(dim(hexed(colour), shade), place.far), 0, 1)
        red, green, blue = (round(float(v) * 255) for v in rgb)
        pen.polygon(corners, fill=(red, green, blue, 255))
        lamp_pen.polygon(corners, fill=255 if surface == "lamp" else 0)
    small = np.asarray(sheet.convert("RGBa").reduce(scale), np.float32) / 255
    return np.concatenate([small, np.asarray(lamps.reduce(scale), np.float32)[..., None] / 255], -1)


def _relief(c: Canvas, cover: Floats, place: Place) -> Floats:
    """How much light each pixel gets if the silhouette swells towards the eye: bright to the light, dark away."""
    if place.roundness <= 0:
        return np.ones_like(cover)
    size = place.height
    swell = (blurred(cover, size / 40) + blurred(cover, size / 16) + blurred(cover, size / 7)) / 3
    dy, dx = np.gradient(swell * size * 0.5)
    toward = (-dx * c.light.side + dy * 1.1) / np.sqrt(1 + dx * dx + dy * dy)
    return np.asarray(1 + np.clip(toward, -0.75, 0.8) * 0.55 * place.roundness * (1 - 0.7 * place.far))


def _cast(c: Canvas, place: Place, cover: Floats) -> None:
    """A soft shadow at its foot, drawn out away from the light."""
    rows = np.flatnonzero(cover.max(1) > 0.5)
    if not len(rows):
        return
    foot_rows = cover[max(rows[-1] - max(2, round(place.height * 0.08)), 0) : rows[-1] + 1].max(0)
    columns = np.flatnonzero(foot_rows > 0.5)
    left, _ = _corner(place)
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
