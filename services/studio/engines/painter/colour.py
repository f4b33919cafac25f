"""Colours: tables are hexadecimal, mixing happens in OKLab so that gradients stay clean, pixels are sRGB, 0 to 1."""

from __future__ import annotations

from typing import Any

import numpy as np

from services.studio.engines.painter.maths import Floats

TO_LMS = np.array([[0.4122, 0.5363, 0.0514], [0.2119, 0.6807, 0.1074], [0.0883, 0.2817, 0.63]])
TO_LAB = np.array([[0.2105, 0.7936, -0.0041], [1.978, -2.4286, 0.4506], [0.0259, 0.7828, -0.8087]])
FROM_LMS, FROM_LAB = np.linalg.inv(TO_LMS), np.linalg.inv(TO_LAB)
RAMP_STEPS = 1024
GREY = 0.03
"""The most colourfulness of a colour word that only darkens or lightens."""


def hexes(row: str) -> Floats:
    """`#rrggbb` words as rows of numbers."""
    return np.array([[int(h[i : i + 2], 16) / 255 for i in (1, 3, 5)] for h in row.split()], np.float32)


def hexed(word: str) -> Floats:
    return np.asarray(hexes(word)[0])


def mix(a: Any, b: Any, t: float) -> Floats:
    return _rgb(_lab(a) * (1 - t) + _lab(b) * t)


def dim(rgb: Any, light: float) -> Floats:
    return _rgb(_lab(rgb) * light)


def tint(rgb: Any, hue: str, strength: float) -> Floats:
    """Towards a colour word: its hue and saturation are taken over, its lightness only in part."""
    lab, goal = _lab(rgb), _lab(hexed(hue))
    pull = strength * np.array([0.45 if np.hypot(*goal[1:]) < GREY else 0.22, 1, 1])
    return _rgb(lab + (goal - lab) * pull)


def ramp(stops: Any, t: Any) -> Floats:
    """Each value from 0 to 1 as the colour there on the way through the stops."""
    place = np.linspace(0, 1, len(stops))
    lab = _lab(np.stack(list(stops)))
    steps = np.linspace(0, 1, RAMP_STEPS)
    table = _rgb(np.stack([np.interp(steps, place, lab[:, k]) for k in range(3)], -1))
    return np.asarray(table[(np.clip(t, 0, 1) * (RAMP_STEPS - 1)).astype(np.int32)])


def grey(pixels: Floats) -> Floats:
    """How bright each pixel looks."""
    return np.asarray(pixels[..., 0] * 0.299 + pixels[..., 1] * 0.587 + pixels[..., 2] * 0.114, np.float32)


def _lab(rgb: Any) -> Floats:
    linear = np.asarray(rgb, float) ** 2.2
    return np.asarray(np.cbrt(linear @ TO_LMS.T) @ TO_LAB.T)


def _rgb(lab: Floats) -> Floats:
    linear = (lab @ FROM_LAB.T) ** 3 @ FROM_LMS.T
    return np.asarray(np.clip(linear, 0, 1) ** (1 / 2.2), np.float32)
