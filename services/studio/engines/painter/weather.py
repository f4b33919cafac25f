"""What falls, drifts and glows before everything else in the picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from services.studio.engines.painter.canvas import Canvas, Pen, blurred
from services.studio.engines.painter.colour import hexed, mix
from services.studio.engines.painter.maths import bell, smooth

WHITE = (1.0, 1.0, 1.0)


def fog(c: Canvas) -> None:
    drift = c.noise(1.6, 4, stretch=4)
    c.cover(smooth(0.2, 0.8, drift) * bell(c.y / c.h - 0.62, 0.22) * 0.75 + 0.08, c.light.mist)


def rain(c: Canvas) -> None:
    def draw(pen: Pen, s: float) -> None:
        for _ in range(int(320 * c.w * c.h / c.unit**2)):
            x, y = c.between(-0.1, 1.1) * c.w * s, c.between(-0.1, 1) * c.h * s
            size = c.unit * s * c.between(0.02, 0.07)
            pen.line((x, y, x - size * 0.22, y + size), fill=c.whole(40, 130), width=max(1, c.unit // 500))

    c.cover(c.sketch(draw), mix(c.light.sky[2], WHITE, 0.3))


def specks(c: Canvas, count: int, radius: float, colour: Any, glow: float) -> None:
    place, near = c.rng.random((count, 2)) * (c.w, c.h), c.rng.random(count) ** 3

    def draw(pen: Pen, s: float) -> None:
        for (x, y), n in zip(place * s, near, strict=True):
            r = c.unit * radius * s * (0.3 + n)
            pen.ellipse((x - r, y - r, x + r, y + r), fill=int(235 - 110 * n))

    mask = c.sketch(draw)
    c.cover(np.maximum(mask * 0.8, blurred(mask, c.unit * glow)), colour)


FALLING: dict[str, Callable[[Canvas], None]] = {
    "mist": fog,
    "rain": rain,
    "storm": rain,
    "snow": lambda c: specks(c, 380, 0.0034, mix(WHITE, c.light.mist, 0.12), 0.002),
    "sparks": lambda c: specks(c, 70, 0.0045, hexed("#ffe38a"), 0.008),
    "petals": lambda c: specks(c, 90, 0.006, hexed("#f9c3d2"), 0.001),
}


def weather(c: Canvas) -> None:
    for name, fall in FALLING.items():
        if name in c.wish.weather:
            fall(c)
