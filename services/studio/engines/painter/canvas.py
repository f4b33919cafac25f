"""The sheet being painted, and the few ways to put something on it."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from services.studio.engines.painter.chance import Chance
from services.studio.engines.painter.light import Light
from services.studio.engines.painter.maths import Floats, exp, smooth
from services.studio.engines.painter.wish import Wish

Pen = ImageDraw.ImageDraw
GLOW_REACH = 4.5


@dataclass(frozen=True)
class Ground:
    """What a scene leaves for things to be put in. All lengths are in pixels, y counts down."""

    line: Floats
    """The y on which things stand, for each x."""
    horizon: float
    """The y where the sky ends; nothing that flies comes below it."""
    water: float | None = None
    """The y of the water's far edge, where there is water to float on and to be mirrored in."""
    scale: float = 1.0
    """How large things stand on it: 1 in a landscape, more where the view is close, as on a table."""
    spot: float = 0.5
    """Where the most important thing stands best, as a share of the width."""
    drifts: bool = False
    """Whether things float in it freely, as under water and in space."""


class Canvas(Chance):
    """`x` and `y` are a row and a column of pixel numbers, so that `x + y` is a sheet; `unit` is the shorter side, by
    which everything is measured, so that a scene looks alike in every size and shape."""

    def __init__(self, width: int, height: int, prompt: str, seed: int) -> None:
        super().__init__(prompt, seed)
        self.w, self.h = width, height
        self.unit = min(width, height)
        self.x = np.arange(width, dtype=np.float32)
        self.y = np.arange(height, dtype=np.float32)[:, None]
        self.px: Floats = np.zeros((height, width, 3), np.float32)
        self.horizon = height * 0.55
        """The y where the sky ends; a scene that paints one says where."""
        self.wish: Wish
        self.light: Light

    @property
    def spot(self) -> float:
        """A share of the width that leaves the light's side of the picture free."""
        return 0.5 - (self.light.sun[0] - 0.5) * 0.75

    @property
    def sun(self) -> tuple[float, float]:
        """Where sun or moon stand, in pixels."""
        return self.light.sun[0] * self.w, self.light.sun[1] * self.horizon

    def part(self, left: float, top: float, right: float, bottom: float) -> Canvas:
        """The same sheet, of which only a part is painted on, with fields just as large; `sketch` and `lay` are for
        whole sheets alone."""
        across = slice(max(0, math.floor(left)), max(0, min(self.w, math.ceil(right))))
        down = slice(max(0, math.floor(top)), max(0, min(self.h, math.ceil(bottom))))
        part = copy.copy(self)
        part.x, part.y, part.px = self.x[across], self.y[down], self.px[down, across]
        part.w, part.h = len(part.x), len(part.y)
        return part

    # Fields of numbers

    def noise(self, cells: float, octaves: int = 4, stretch: float = 1.0, keep: float = 0.5) -> Floats:
        """Soft fractal noise over the sheet, 0 to 1, `cells` lumps a side; `stretch` draws it out sideways, `keep` is
        how much of each octave the next finer one has."""
        field = np.zeros((2, 2), np.float32)
        for octave in range(octaves):
            scale = cells * 2**octave / self.unit
            size = (max(2, round(self.w * scale / stretch) + 1), max(2, round(self.h * scale) + 1))
            grain = self.rng.random((size[1], size[0]), np.float32)
            field = resized(field, size) + grain * np.float32(keep**octave)
        field = resized(field, (self.w, self.h))
        low, high = field.min(), field.max()
        return np.asarray((field - low) / (high - low + 1e-6), np.float32)

    def curve(self, cells: float, octaves: int = 4, keep: float = 0.5, *, sharp: bool = False) -> Floats:
        """A line across the sheet, 0 to 1 for each x."""
        line = np.zeros(self.w, np.float32)
        for octave in range(octaves):
            at = self.x * (cells * 2**octave / self.unit) + self.rng.random()
            knots = self.rng.random(int(at[-1]) + 2)
            part = at % 1 if sharp else smooth(0, 1, at % 1)
            left = at.astype(int)
            line += keep**octave * (knots[left] * (1 - part) + knots[left + 1] * part)
        return np.asarray((line - line.min()) / (np.ptp(line) + 1e-6), np.float32)

    def away(self, x: float, y: float, radius: float = 1.0) -> Floats:
        """Distance from a point in radii."""
        return np.asarray(np.sqrt((self.x - x) ** 2 + (self.y - y) ** 2) / max(radius, 1e-6), np.float32)

    def outward(self) -> Floats:
        """How far it is from the middle to the corners, 0 to 1 there, growing with the square of the way."""
        return np.asarray(((self.x / self.w - 0.5) ** 2 + (self.y / self.h - 0.5) ** 2) * 2, np.float32)

    # Ways to paint

    def cover(self, mask: Any, colour: Any, top: int = 0) -> None:
        """Lay a colour (one, or one a pixel) over the sheet as far as the mask says, from row `top` down."""
        mask = np.asarray(mask, np.float32)
        area = self.px[top : top + mask.shape[0]]
        area += (np.asarray(colour, np.float32) - area) * mask[..., None]

    def shine(self, mask: Any, colour: Any) -> None:
        """Add light of a colour, as a lamp or the sun does."""
        add = np.asarray(mask, np.float32)[..., None] * np.asarray(colour, np.float32)
        self.px += add * (1 - np.clip(self.px, 0, 1))

    def sketch(self, draw: Callable[..., None], *what: Any, scale: int = 2) -> Floats:
        """A mask from 0 to 1 drawn with Pillow at a multiple of the size, for smooth edges: `draw(pen, scale, *what)`
        multiplies its pixels by `scale` and fills with 255."""
        sheet = Image.new("L", (self.w * scale, self.h * scale))
        draw(ImageDraw.Draw(sheet), scale, *what)
        return np.asarray(sheet.reduce(scale) if scale > 1 else sheet, np.float32) / 255

    def lay(self, draw: Callable[..., None], *what: Any, scale: int = 2) -> Floats:
        """Lay what `draw(pen, scale, *what)` draws in colours (see `ink`) over the sheet; where it did, from 0 to 1."""
        sheet = Image.new("RGBA", (self.w * scale, self.h * scale))
        draw(ImageDraw.Draw(sheet), scale, *what)
        covered = np.zeros((self.h, self.w), np.float32)
        left, top, right, bottom = (round(edge) for edge in sheet.getbbox() or (0, 0, 0, 0))
        left, top, right, bottom = left // scale, top // scale, -(-right // scale), -(-bottom // scale)
        if right <= left or bottom <= top:
            return covered
        drawn = sheet.crop((left * scale, top * scale, right * scale, bottom * scale))
        small = np.asarray(drawn.convert("RGBa").reduce(scale), np.float32) / 255
        area = self.px[top:bottom, left:right]
        area *= 1 - small[..., 3:]
        area += small[..., :3]
        covered[top:bottom, left:right] = small[..., 3]
        return covered

    def glow(self, x: float, y: float, radius: float, strength: float, colour: Any, *, flat: float = 1.0) -> None:
        """Light about a point, fading out within a few radii; `flat` is its height as a share of its width."""
        wide, high = math.ceil(radius * GLOW_REACH), math.ceil(radius * GLOW_REACH * flat)
        x0, x1 = max(0, int(x) - wide), min(self.w, int(x) + wide + 1)
        y0, y1 = max(0, int(y) - high), min(self.h, int(y) + high + 1)
        if x1 <= x0 or y1 <= y0:
            return
        right, down = (self.x[x0:x1] - x) / radius, (self.y[y0:y1] - y) / (radius * flat)
        away = np.sqrt(right * right + down * down)
        light = exp(-away) * smooth(GLOW_REACH, GLOW_REACH * 0.5, away) * np.float32(strength)
        area = self.px[y0:y1, x0:x1]
        area += light[..., None] * np.asarray(colour, np.float32) * (1 - np.clip(area, 0, 1))


def ink(rgb: Any) -> tuple[int, int, int, int]:
    """A colour as Pillow's pens want it."""
    red, green, blue = (round(float(v) * 255) for v in np.clip(rgb, 0, 1))
    return red, green, blue, 255


def resized(field: Floats, size: tuple[int, int]) -> Floats:
    return np.asarray(Image.fromarray(field).resize(size, Image.Resampling.BICUBIC), np.float32)


def blurred(field: Floats, radius: float) -> Floats:
    """Of a mask or a picture, from 0 to 1."""
    sheet = Image.fromarray((np.clip(field, 0, 1) * 255).astype(np.uint8))
    return np.asarray(sheet.filter(ImageFilter.GaussianBlur(max(radius, 0.1))), np.float32) / 255
