"""What carries somebody somewhere. All of them head to the right."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from services.studio.engines.painter.brush import Brush, bend, flowing
from services.studio.engines.painter.maths import Floats
from services.studio.engines.painter.subjects.subject import Subject

TYRE, CHROME, GLASS, CREAM = "#2d2b2f", "#c9cdd0", "#7f9fb0", "#f3ead8"


MASTS = ((-0.42, 0.25, (0.24, 0.2, 0.15)), (0.02, 0.24, (0.3, 0.25, 0.19)), (0.42, 0.25, (0.25, 0.21, 0.15)))
"""Of a ship: where each stands, where its lowest sail hangs, and how wide its sails are."""


def wheel(b: Brush, x: float, y: float, r: float, cap: str = CHROME) -> None:
    b.oval(x, y, r, r, TYRE)
    b.oval(x, y, r * 0.66, r * 0.66, "#6d6f73")
    b.oval(x, y, r * 0.58, r * 0.58, cap, shade=0.92)
    b.oval(x + r * 0.1, y + r * 0.12, r * 0.34, r * 0.3, cap, shade=1.1)
    b.oval(x, y, r * 0.14, r * 0.14, "#55575b")


def ring(b: Brush, x: float, y: float, r: float, width: float, colour: str, *, shade: float = 1.0) -> None:
    turns = np.linspace(0, 2 * math.pi, 49)
    rim = np.stack([np.cos(turns), np.sin(turns)], -1)
    b.shape(np.concatenate([rim * r, rim[::-1] * (r - width)]) + np.array((x, y)), colour, shade=shade)


def pane(
    b: Brush, left: float, bottom: float, right: float, top: float, *, slant: float = 0.0, tall: float = 0.0
) -> None:
    """A window that burns at night, and mirrors the sky by day; `slant` leans its front, `tall` its back."""
    if b.lit:
        b.lamp([(left, bottom), (right, bottom), (right - slant, top), (left + tall, top)])
    else:
        glass(b, left, bottom, right, top, slant=slant, tall=tall)


def glass(
    b: Brush, left: float, bottom: float, right: float, top: float, *, slant: float = 0.0, tall: float = 0.0
) -> None:
    """A window with nobody behind it."""
    b.shape([(left, bottom), (right, bottom), (right - slant, top), (left + tall, top)], GLASS)
    wide = right - left
    b.shape([(left + wide * 0.5, bottom), (left + wide * 0.72, bottom), (left + wide * 0.9 - slant, top),
        (left + wide * 0.68 - slant, top)], GLASS, shade=1.2)  # fmt: skip


def boat(b: Brush) -> None:
    b.stroke([(0.02, 0.1), (0.0, 0.99)], 0.03, "#5a4334", end=0.014)
    sail, boom = CREAM, 0.19
    b.curve([(-0.02, 0.95), (-0.02, 0.95), (-0.17, 0.72), (-0.33, 0.45), (-0.48, boom), (-0.48, boom),
        (-0.25, boom - 0.02), (0.0, boom), (0.0, boom)], sail, shade=0.94)  # fmt: skip
    b.curve([(-0.02, 0.95), (-0.02, 0.95), (-0.08, 0.6), (-0.1, boom), (-0.1, boom), (0.0, boom), (0.0, boom)], sail,
        shade=0.8)  # fmt: skip
    for y, left in ((0.36, -0.37), (0.54, -0.28), (0.72, -0.165)):
        b.stroke([(left, y), (-0.01, y + 0.02)], 0.006, sail, shade=0.74)
    b.curve([(0.03, 0.9), (0.03, 0.9), (0.14, 0.62), (0.33, 0.38), (0.57, 0.17), (0.57, 0.17), (0.3, 0.21), (0.07, 0.2),
        (0.07, 0.2), (0.12, 0.5)], sail)  # fmt: skip
    b.curve([(0.03, 0.9), (0.03, 0.9), (0.09, 0.55), (0.16, 0.2), (0.16, 0.2), (0.07, 0.2), (0.07, 0.2), (0.1, 0.5)],
        sail, shade=0.84)  # fmt: skip
    b.stroke([(0.02, boom - 0.012), (-0.5, boom - 0.012)], 0.02, "#5a4334")
    b.curve([(0.0, 1.0), (-0.07, 0.985), (-0.14, 0.995), (-0.07, 0.965), (0.0, 0.962)], "*#8f3a31")
    hull = "*#8f3a31"
    b.curve([(-0.56, 0.15), (-0.56, 0.15), (0.0, 0.115), (0.7, 0.2), (0.7, 0.2), (0.56, 0.06), (0.42, -0.04),
        (0.42, -0.04), (-0.42, -0.04), (-0.42, -0.04)], hull)  # fmt: skip
    b.curve([(-0.56, 0.15), (-0.56, 0.15), (0.0, 0.115), (0.7, 0.2), (0.7, 0.2), (0.65, 0.14), (0.0, 0.065),
        (-0.54, 0.1), (-0.54, 0.1)], CREAM)  # fmt: skip
    b.curve([(-0.49, 0.04), (0.0, 0.005), (0.56, 0.06), (0.42, -0.04), (0.42, -0.04), (-0.42, -0.04), (-0.42, -0.04)],
        hull, shade=0.72)  # fmt: skip
    b.curve([(-0.3, 0.135), (-0.26, 0.17), (-0.04, 0.165), (0.0, 0.118)], "#8b6547")


def ship(b: Brush) -> None:
    wood, dark = "*#6f4a33", "#3d2c25"
    b.stroke([(0.55, 0.2), (1.02, 0.42)], 0.024, dark, end=0.008)
    _masts(b, dark)
    for x, top, far in ((0.44, 0.8, 0.98), (0.44, 0.66, 0.84), (0.44, 0.5, 0.7)):
        b.curve([(x, top), (x, top), (x + (far - x) * 0.42, 0.47), (far, 0.02 + 0.4 * far), (far, 0.02 + 0.4 * far),
            (x + (far - x) * 0.5, 0.3 + 0.04 * far), (x + 0.06, 0.26), (x + 0.06, 0.26)], CREAM,
            shade=1.0 - 0.07 * (far < 0.95) - 0.06 * (far < 0.8))  # fmt: skip
    for x, foot, sizes in MASTS:
        for wide in sizes:
            _square_sail(b, x, foot, wide, wide * 0.8)
            foot += wide * 0.8 + 0.012
    for x, top in ((-0.42, 0.86), (0.02, 1.02), (0.42, 0.92)):
        b.curve([(x, top), (x - 0.06, top - 0.012), (x - 0.13, top), (x - 0.07, top - 0.035), (x, top - 0.04)],
            "#b8433a")  # fmt: skip
    b.curve([(-0.8, 0.3), (-0.8, 0.3), (-0.45, 0.25), (-0.45, 0.25), (-0.42, 0.185), (0.0, 0.155), (0.38, 0.175),
        (0.42, 0.215), (0.42, 0.215), (0.72, 0.25), (0.72, 0.25), (0.66, 0.1), (0.5, -0.04), (0.5, -0.04),
        (-0.64, -0.04), (-0.64, -0.04), (-0.74, 0.1)], wood)  # fmt: skip
    b.curve([(-0.74, 0.06), (-0.3, 0.025), (0.3, 0.025), (0.62, 0.07), (0.5, -0.04), (0.5, -0.04), (-0.64, -0.04),
        (-0.64, -0.04)], wood, shade=0.66)  # fmt: skip
    b.stroke(bend((-0.77, 0.18), (0.0, 0.03), (0.7, 0.19), 15), 0.016, "#d9b36a")
    b.stroke(bend((-0.75, 0.12), (0.0, -0.02), (0.68, 0.13), 15), 0.008, "#d9b36a", shade=0.8)
    b.stroke(bend((-0.8, 0.295), (-0.6, 0.26), (-0.44, 0.25), 7), 0.014, "#d9b36a")
    for x in np.linspace(-0.34, 0.42, 9).tolist():
        y = 0.068 + 0.075 * (x - 0.02) ** 2
        b.box(x - 0.013, y - 0.002, x + 0.013, y + 0.026, dark, shade=0.7)
    for x in (-0.74, -0.66, -0.58, -0.5):
        b.lamp([(x - 0.02, 0.205), (x + 0.02, 0.2), (x + 0.02, 0.235), (x - 0.02, 0.24)])


def _masts(b: Brush, dark: str) -> None:
    for x, top in ((-0.42, 0.84), (0.02, 1.0), (0.42, 0.9)):
        b.stroke([(x, 0.15), (x, top)], 0.026, dark, end=0.01)
        for side in (-1, 1):
            b.stroke([(x, top - 0.06), (x + side * 0.13, 0.17)], 0.004, dark)


def _square_sail(b: Brush, x: float, y: float, wide: float, tall: float) -> None:
    """Full of a wind that blows to the right."""
    half = wide / 2
    b.curve([(x - half, y), (x - half, y), (x - half * 0.75, y + tall * 0.5), (x - half * 0.88, y + tall),
        (x - half * 0.88, y + tall), (x + half * 0.88, y + tall), (x + half * 0.88, y + tall),
        (x + half * 1.25, y + tall * 0.42), (x + half, y), (x + half, y), (x + half * 0.1, y + tall * 0.16)], CREAM,
        shade=0.98)  # fmt: skip
    b.curve([(x - half, y), (x - half, y), (x - half * 0.75, y + tall * 0.5), (x - half * 0.88, y + tall),
        (x - half * 0.88, y + tall), (x - half * 0.3, y + tall), (x - half * 0.3, y + tall),
        (x - half * 0.1, y + tall * 0.5), (x - half * 0.35, y + tall * 0.1)], CREAM, shade=0.82)  # fmt: skip
    b.stroke([(x - half, y + tall + 0.003), (x + half, y + tall + 0.003)], 0.013, "#3d2c25")


def car(b: Brush) -> None:
    """A small round one of the fifties."""
    paint = "*#c2493d"
    for x in (-0.62, 0.66):
        b.oval(x, 0.24, 0.26, 0.25, "#2a2729")
    b.curve([(-1.12, 0.24), (-1.16, 0.42), (-1.02, 0.6), (-0.78, 0.68), (-0.62, 0.86), (-0.36, 0.98), (0.06, 1.0),
        (0.3, 0.9), (0.48, 0.66), (0.86, 0.6), (1.08, 0.48), (1.14, 0.3), (1.08, 0.2), (0.92, 0.2), (0.9, 0.34),
        (0.78, 0.46), (0.66, 0.49), (0.54, 0.46), (0.42, 0.34), (0.4, 0.18), (-0.36, 0.18), (-0.38, 0.34), (-0.5, 0.46),
        (-0.62, 0.49), (-0.74, 0.46), (-0.86, 0.34), (-0.88, 0.2), (-1.06, 0.2)], paint)  # fmt: skip
    b.curve([(-0.36, 0.18), (-0.37, 0.3), (0.0, 0.32), (0.41, 0.3), (0.4, 0.18), (0.0, 0.17)], paint, shade=0.74)
    b.curve([(-0.6, 0.86), (-0.36, 0.965), (0.06, 0.985), (0.28, 0.89), (0.04, 0.945), (-0.36, 0.92)], paint,
        shade=1.25)  # fmt: skip
    b.curve([(0.5, 0.63), (0.84, 0.575), (1.04, 0.46), (0.8, 0.53), (0.5, 0.58)], paint, shade=1.2)
    glass(b, -0.66, 0.68, -0.24, 0.89, tall=0.2)
    glass(b, -0.18, 0.68, 0.37, 0.9, slant=0.17)
    b.stroke([(-0.72, 0.655), (0.44, 0.655)], 0.02, CHROME, shade=1.05)
    b.stroke(flowing(np.array([(-0.21, 0.92), (-0.22, 0.6), (-0.2, 0.28)])), 0.012, paint, shade=0.66)
    b.stroke(flowing(np.array([(0.42, 0.64), (0.4, 0.5), (0.36, 0.4)])), 0.012, paint, shade=0.66)
    b.stroke([(-0.1, 0.56), (0.02, 0.56)], 0.028, CHROME)
    for x in (-0.62, 0.66):
        wheel(b, x, 0.19, 0.195, CREAM)
    b.curve([(1.02, 0.17), (1.2, 0.2), (1.2, 0.255), (1.02, 0.26)], CHROME)
    b.curve([(-1.02, 0.17), (-1.2, 0.2), (-1.2, 0.255), (-1.02, 0.26)], CHROME, shade=0.85)
    b.oval(1.045, 0.405, 0.058, 0.068, CHROME)
    _headlight(b, 1.055, 0.405, 0.045)
    b.oval(-1.1, 0.42, 0.025, 0.045, "#8f2a2a")


def _headlight(b: Brush, x: float, y: float, r: float) -> None:
    turns = [k * math.pi / 8 for k in range(16)]
    if not b.lit:
        b.oval(x, y, r, r, "#f6f1dc")
        return
    b.lamp([(x + r * math.cos(t), y + r * math.sin(t)) for t in turns])
    b.beam(x, y, (min(x + 0.9, 1.48), y - 0.12), "#ffe6a8", 0.6)


def train(b: Brush) -> None:
    """A steam engine and its first carriage."""
    for k in range(7):
        b.halo(0.94 - 0.17 * k - 0.02 * k * k, 1.03 + 0.05 * k, 0.2 + 0.06 * k, "#f2efe9", 0.95 - 0.09 * k)
    _carriage(b)
    paint, black, brass = "*#2f6b54", "#33343a", "#d3a84c"
    b.box(-0.5, 0.2, 1.2, 0.28, black)
    b.box(-0.45, 0.28, 0.0, 0.84, paint, shade=0.92)
    b.box(-0.45, 0.28, -0.36, 0.84, paint, shade=0.72)
    pane(b, -0.31, 0.56, -0.08, 0.76)
    b.curve([(-0.54, 0.83), (-0.54, 0.83), (-0.2, 0.93), (0.08, 0.84), (0.08, 0.84), (-0.2, 0.825)], black)
    b.box(0.0, 0.36, 1.0, 0.7, paint)
    b.box(0.0, 0.36, 1.0, 0.45, paint, shade=0.68)
    b.box(0.0, 0.6, 1.0, 0.645, paint, shade=1.28)
    b.curve([(1.0, 0.34), (1.0, 0.34), (1.16, 0.37), (1.19, 0.53), (1.16, 0.69), (1.0, 0.72), (1.0, 0.72)], black)
    b.curve([(1.06, 0.6), (1.15, 0.6), (1.13, 0.68), (1.03, 0.7)], black, shade=1.5)
    for x in (0.02, 0.33, 0.66, 0.98):
        b.box(x - 0.014, 0.36, x + 0.014, 0.705, brass)
    b.shape([(0.86, 0.7), (1.02, 0.7), (1.02, 0.84), (1.07, 0.98), (0.81, 0.98), (0.86, 0.84)], black)
    b.shape([(0.96, 0.7), (1.0, 0.7), (1.0, 0.84), (1.03, 0.96), (0.97, 0.96)], black, shade=1.5)
    b.box(0.8, 0.96, 1.08, 1.0, brass)
    b.curve([(0.44, 0.7), (0.44, 0.7), (0.44, 0.8), (0.52, 0.86), (0.6, 0.8), (0.6, 0.7), (0.6, 0.7)], brass)
    b.curve([(0.54, 0.7), (0.55, 0.83), (0.59, 0.78), (0.585, 0.7)], brass, shade=1.25)
    b.curve([(0.2, 0.7), (0.2, 0.7), (0.21, 0.77), (0.27, 0.79), (0.33, 0.77), (0.34, 0.7), (0.34, 0.7)], black)
    b.shape([(1.18, 0.22), (1.36, 0.02), (1.1, 0.02), (1.06, 0.22)], "#a63d33")
    for k in range(4):
        b.stroke([(1.1 + 0.02 * k, 0.2), (1.13 + 0.06 * k, 0.03)], 0.014, "#a63d33", shade=0.7)
    b.box(1.16, 0.22, 1.24, 0.32, "#a63d33")
    for x in (0.05, 0.46):
        _engine_wheel(b, x, 0.19, 0.19)
    for x in (0.8, 1.03):
        _engine_wheel(b, x, 0.105, 0.105)
    _engine_wheel(b, -0.34, 0.135, 0.135)
    b.stroke([(0.05, 0.12), (0.46, 0.12), (0.84, 0.26)], 0.03, CHROME)
    b.box(0.74, 0.22, 1.0, 0.34, black, shade=1.25)
    b.oval(1.14, 0.79, 0.055, 0.055, brass)
    b.box(1.11, 0.7, 1.15, 0.76, black)
    _headlight(b, 1.155, 0.79, 0.04)


def _engine_wheel(b: Brush, x: float, y: float, r: float) -> None:
    b.oval(x, y, r, r, "#2d2b2f")
    b.oval(x, y, r * 0.84, r * 0.84, "#a63d33")
    b.oval(x, y, r * 0.7, r * 0.7, "#3a373b")
    for k in range(5):
        turn = k * math.pi / 5
        across, up = math.cos(turn) * r * 0.74, math.sin(turn) * r * 0.74
        b.stroke([(x - across, y - up), (x + across, y + up)], r * 0.1, "#a63d33")
    b.oval(x, y, r * 0.2, r * 0.2, "#a63d33", shade=1.2)


def _carriage(b: Brush) -> None:
    for x in (-1.22, -1.0, -0.72):
        _engine_wheel(b, x, 0.1, 0.1)
    b.box(-0.6, 0.2, -0.4, 0.25, "#33343a")
    b.box(-1.36, 0.19, -0.56, 0.28, "#33343a")
    b.box(-1.38, 0.26, -0.56, 0.56, "#8e3b33")
    b.box(-1.38, 0.26, -0.56, 0.34, "#8e3b33", shade=0.78)
    b.box(-1.38, 0.55, -0.56, 0.8, CREAM, shade=0.94)
    b.curve([(-1.42, 0.79), (-1.42, 0.79), (-1.3, 0.87), (-0.97, 0.89), (-0.64, 0.87), (-0.52, 0.79), (-0.52, 0.79)],
        "#4b4a50")  # fmt: skip
    for k in range(4):
        x = -1.32 + 0.19 * k
        pane(b, x, 0.56, x + 0.14, 0.74)
    b.box(-1.38, 0.53, -0.56, 0.55, "#d3a84c")


def bicycle(b: Brush) -> None:
    frame, dark = "*#3f7f7c", "#3a3336"
    back, front, r = (-0.5, 0.32), (0.54, 0.32), 0.32
    for x, y in (back, front):
        _spoked_wheel(b, x, y, r)
    crank, seat = (-0.06, 0.3), (-0.2, 0.74)
    b.stroke([back, crank], 0.024, frame, shade=0.85)
    b.stroke([back, (-0.17, 0.66)], 0.022, frame, shade=0.85)
    b.stroke([crank, seat], 0.034, frame)
    b.stroke(bend(crank, (0.26, 0.36), (0.4, 0.66)), 0.036, frame)
    b.stroke([(-0.16, 0.6), (0.4, 0.7)], 0.03, frame, shade=1.1)
    b.stroke(flowing(np.array([(0.36, 0.8), (0.42, 0.58), (0.47, 0.42), (0.54, 0.32)])), 0.034, frame)
    b.stroke([(-0.2, 0.7), (-0.22, 0.82)], 0.02, CHROME)
    b.curve([(-0.4, 0.86), (-0.36, 0.81), (-0.2, 0.805), (-0.06, 0.83), (-0.08, 0.86), (-0.24, 0.87), (-0.34, 0.9)],
        "#7a4b33")  # fmt: skip
    b.stroke(flowing(np.array([(0.36, 0.78), (0.33, 0.92), (0.24, 0.97), (0.15, 0.9), (0.13, 0.87)])), 0.022, CHROME)
    b.stroke([(0.17, 0.93), (0.1, 0.82)], 0.036, "#7a4b33")
    for x in (-0.76, 0.32):
        low = bend((x + 0.02, 0.5), (x + 0.25, 0.82), (x + 0.5, 0.48))
        b.stroke(low, 0.022, frame, shade=0.9)
    b.shape([(0.42, 0.68), (0.74, 0.66), (0.8, 0.9), (0.38, 0.9)], "#b98d58")
    for k in range(1, 4):
        b.stroke([(0.42 - 0.01 * k, 0.68 + 0.055 * k), (0.74 + 0.015 * k, 0.66 + 0.06 * k)], 0.008, "#8a6439")
        b.stroke([(0.42 + 0.08 * k, 0.67), (0.39 + 0.1 * k, 0.9)], 0.008, "#8a6439")
    for k, (x, y) in enumerate(((0.42, 0.92), (0.5, 0.96), (0.6, 0.94), (0.69, 0.97), (0.77, 0.92))):
        b.oval(x - 0.02, y - 0.02, 0.06, 0.03, "#5d8a4c", turn=k * 0.7)
        b.oval(x, y, 0.04, 0.038, ("#e98aa0", "#f4e3c2", "#d9566b")[k % 3])
        b.oval(x, y, 0.014, 0.014, "#f2c84b")
    b.oval(crank[0], crank[1], 0.085, 0.085, dark)
    b.oval(crank[0], crank[1], 0.058, 0.058, CHROME)
    b.stroke([(crank[0] - 0.05, crank[1] + 0.12), (crank[0] + 0.05, crank[1] - 0.12)], 0.02, dark)
    for side in (-1, 1):
        b.box(crank[0] + side * 0.06 - 0.05, crank[1] - side * 0.13 - 0.014, crank[0] + side * 0.06 + 0.05,
            crank[1] - side * 0.13 + 0.014, dark)  # fmt: skip
    b.stroke([(crank[0], crank[1] + 0.08), (back[0], back[1] + 0.03)], 0.01, dark)
    b.stroke([(crank[0], crank[1] - 0.08), (back[0], back[1] - 0.03)], 0.01, dark)


def _spoked_wheel(b: Brush, x: float, y: float, r: float) -> None:
    for k in range(9):
        turn = k * math.pi / 9
        across, up = math.cos(turn) * (r - 0.02), math.sin(turn) * (r - 0.02)
        b.stroke([(x - across, y - up), (x + across, y + up)], 0.006, "#a9acb0")
    ring(b, x, y, r, 0.034, TYRE)
    ring(b, x, y, r - 0.032, 0.016, CHROME)
    b.oval(x, y, 0.03, 0.03, "#6d6f73")


def plane(b: Brush) -> None:
    body, mark = "#f1efe9", "*#c4483c"
    b.curve([(-1.0, 0.52), (-1.0, 0.52), (-1.3, 0.74), (-1.36, 0.74), (-1.18, 0.48), (-1.18, 0.48)], body, shade=0.72)
    b.curve([(0.1, 0.5), (0.1, 0.5), (-0.22, 0.78), (-0.34, 0.8), (-0.16, 0.48), (-0.16, 0.48)], body, shade=0.7)
    b.curve([(-0.86, 0.58), (-0.86, 0.58), (-1.14, 0.92), (-1.18, 1.0), (-1.18, 1.0), (-1.34, 1.0), (-1.34, 1.0),
        (-1.28, 0.5), (-1.28, 0.5)], mark)  # fmt: skip
    b.curve([(-1.0, 0.62), (-1.16, 0.86), (-1.22, 0.97), (-1.28, 0.97), (-1.24, 0.6)], mark, shade=0.8)
    b.curve([(-1.4, 0.54), (-1.2, 0.4), (-0.8, 0.3), (-0.2, 0.25), (0.6, 0.25), (1.06, 0.28), (1.28, 0.36),
        (1.34, 0.42), (1.2, 0.5), (0.98, 0.57), (0.6, 0.6), (-0.4, 0.6), (-1.0, 0.6), (-1.38, 0.58)], body)  # fmt: skip
    b.curve([(-1.4, 0.54), (-1.2, 0.4), (-0.8, 0.3), (-0.2, 0.25), (0.6, 0.25), (1.06, 0.28), (1.28, 0.36),
        (0.8, 0.345), (0.0, 0.34), (-0.8, 0.4)], body, shade=0.78)  # fmt: skip
    b.curve([(-1.36, 0.54), (-0.8, 0.44), (0.2, 0.405), (1.33, 0.425), (1.3, 0.385), (0.2, 0.365), (-0.8, 0.4)], mark)
    b.curve([(1.0, 0.55), (1.0, 0.55), (1.17, 0.5), (1.17, 0.5), (1.12, 0.45), (0.98, 0.46), (0.98, 0.46)], "#37485a")
    for k in range(13):
        x = -0.82 + 0.13 * k
        y = 0.495 if x > -0.5 else 0.5
        b.lamp([(x - 0.026, y - 0.035), (x + 0.026, y - 0.035), (x + 0.026, y + 0.035), (x - 0.026, y + 0.035)])
    b.curve([(-1.02, 0.5), (-1.02, 0.5), (-1.34, 0.38), (-1.42, 0.38), (-1.3, 0.52), (-1.3, 0.52)], body, shade=0.9)
    for x, y in ((0.08, 0.17), (-0.18, 0.09)):
        b.curve([(x - 0.22, y), (x - 0.2, y + 0.05), (x + 0.06, y + 0.07), (x + 0.16, y + 0.03), (x + 0.16, y - 0.03),
            (x + 0.06, y - 0.07), (x - 0.16, y - 0.05)], mark, shade=0.9)  # fmt: skip
        b.oval(x + 0.15, y, 0.022, 0.05, "#45474e")
    b.curve([(0.32, 0.35), (0.32, 0.35), (0.1, 0.24), (-0.46, 0.0), (-0.58, 0.0), (-0.58, 0.0), (-0.36, 0.22),
        (-0.24, 0.33), (-0.24, 0.33)], body, shade=0.95)  # fmt: skip
    b.curve([(-0.12, 0.3), (-0.3, 0.18), (-0.52, 0.01), (-0.58, 0.0), (-0.36, 0.22), (-0.24, 0.33), (-0.24, 0.33)],
        body, shade=0.8)  # fmt: skip
    b.lean(0.1, (0.0, 0.45))
    b.parts[:] = [(points * 0.94 + (0.0, 0.06), colour, shade, kind) for points, colour, shade, kind in b.parts]


def _profile(y: float) -> float:
    """Half the width of a balloon at a height, from its mouth at 0.2 to its top at 1."""
    part = min((y - 0.2) / 0.8, 1.0)
    if part > 0.54:
        return 0.36 * math.sqrt(max(1 - ((part - 0.54) / 0.46) ** 2, 0.0))
    down = (0.54 - part) / 0.54
    return 0.36 - 0.29 * math.pow(down, 2.1) * (1 - 0.04 * down)


def balloon(b: Brush) -> None:
    heights = 0.2 + 0.8 * np.sin(np.linspace(0, math.pi / 2, 30))
    half = np.array([_profile(float(y)) for y in heights])
    stripe = "*#c9493c"
    other = stripe if b.coat else b.chance.pick(("#f3e3c3", "#f0c35a", "#f6efe2"))
    gores = 11
    edges = [math.sin(-math.pi / 2 + math.pi * k / gores) for k in range(gores + 1)]
    for k, (left, right) in enumerate(pairwise(edges)):
        shade = (1.2 if b.lit else 0.92) + 0.07 * (left + right) + (0.14 if b.coat and k % 2 else 0.0)
        colours = (other, stripe) if k % 2 else (stripe, other)
        b.shape(_gore(heights, half, left, right), colours[0], shade=shade)
        for low, high in ((6, 8), (17, 20)):
            b.shape(_gore(heights[low:high], half[low:high], left, right), colours[1], shade=shade)
        b.shape(_gore(heights[:3], half[:3], left, right), "#7d3a38", shade=shade * (0.9 if k % 2 else 1.0))
    if b.lit:
        b.halo(0, 0.45, 0.8, "#ffbe70", 0.45)
        b.lamp([(-0.04, 0.185), (0.04, 0.185), (0.0, 0.25)])
    for x in (-0.062, -0.03, 0.03, 0.062):
        b.stroke([(x, 0.19), (x * 0.9, 0.09)], 0.006, "#4a382c")
    b.shape([(-0.07, 0.1), (0.07, 0.1), (0.062, 0.01), (0.05, 0.0), (-0.05, 0.0), (-0.062, 0.01)], "#a4743f")
    b.shape([(-0.07, 0.1), (-0.025, 0.1), (-0.025, 0.0), (-0.05, 0.0), (-0.062, 0.01)], "#a4743f", shade=0.78)
    for y in (0.025, 0.05, 0.072):
        b.stroke([(-0.064, y), (0.064, y)], 0.004, "#7b5229")
    b.box(-0.076, 0.094, 0.076, 0.108, "#6b4426")


def _gore(heights: Floats, half: Floats, left: float, right: float) -> Floats:
    sag = 0.035
    one = np.stack([half * left, heights - sag * (1 - left * left) * (1 - (heights - 0.2) / 0.8)], -1)
    other = np.stack([half * right, heights - sag * (1 - right * right) * (1 - (heights - 0.2) / 0.8)], -1)
    return np.concatenate([one, other[::-1]])


def rocket(b: Brush) -> None:
    body, red = "#ece9e2", "*#c8443a"
    b.halo(0, 0.12, 0.42, "#ffb45e", 0.6)
    for wide, long, colour in ((0.085, 0.26, "#f0843c"), (0.06, 0.2, "#ffc452"), (0.035, 0.13, "#fff3cf")):
        flame = np.array([(-wide, 0.25), (-wide * 1.2, 0.18), (0.0, 0.25 - long), (wide * 1.2, 0.18), (wide, 0.25)])
        b.bright(flowing(flame), colour)
    for side, shade in ((-1, 0.76), (1, 1.04)):
        outer = bend((side * 0.12, 0.5), (side * 0.28, 0.4), (side * 0.27, 0.15))
        inner = bend((side * 0.27, 0.15), (side * 0.2, 0.27), (side * 0.07, 0.28))
        b.shape([*outer, *inner], red, shade=shade)
    b.shape([(-0.085, 0.24), (0.085, 0.24), (0.07, 0.3), (-0.07, 0.3)], "#4b4a50")
    hull = [(0.0, 1.0), (0.0, 1.0), (0.09, 0.88), (0.15, 0.7), (0.155, 0.5), (0.09, 0.28), (0.09, 0.28)]
    bright = 1.25 if b.lit else 1.0
    b.curve([*hull, *[(-x, y) for x, y in reversed(hull)]], body, shade=bright)
    b.curve([(0.0, 1.0), (0.0, 1.0), (-0.09, 0.88), (-0.15, 0.7), (-0.155, 0.5), (-0.09, 0.28), (-0.03, 0.28),
        (-0.06, 0.5), (-0.06, 0.7)], body, shade=0.78 * bright)  # fmt: skip
    b.curve([(0.0, 1.0), (0.0, 1.0), (0.065, 0.92), (0.113, 0.82), (0.113, 0.82), (0.0, 0.795), (-0.113, 0.82),
        (-0.113, 0.82), (-0.065, 0.92)], red)  # fmt: skip
    b.curve([(0.0, 1.0), (0.0, 1.0), (-0.065, 0.92), (-0.113, 0.82), (-0.113, 0.82), (-0.05, 0.805)], red, shade=0.76)
    b.curve([(-0.113, 0.34), (0.0, 0.315), (0.113, 0.34), (0.128, 0.385), (0.0, 0.36), (-0.128, 0.385)], red,
        shade=0.92)  # fmt: skip
    b.oval(0.015, 0.64, 0.075, 0.075, red, shade=0.9)
    turns = [k * math.pi / 12 for k in range(24)]
    b.lamp([(0.015 + 0.055 * math.cos(t), 0.64 + 0.055 * math.sin(t)) for t in turns])
    b.curve([(0.02, 0.685), (0.055, 0.67), (0.06, 0.63), (0.04, 0.655)], "#eaf3f5", shade=1.1)
    b.oval(0.012, 0.48, 0.036, 0.036, red, shade=0.9)
    b.lamp([(0.012 + 0.025 * math.cos(t), 0.48 + 0.025 * math.sin(t)) for t in turns])
    b.shape([(-0.014, 0.44), (0.018, 0.44), (0.014, 0.14), (-0.01, 0.14)], red, shade=0.88)
    b.lean(-0.32, (0.0, 0.5))


def ufo(b: Brush) -> None:
    metal = "*#9aa7b5"
    for spread in (0.5, 0.36, 0.22):
        b.beam(0, 0.5, (0.0, -1.2), "#d8ffc9", 0.42 if b.lit else 0.22, spread)
    b.curve([(-0.36, 0.62), (-0.36, 0.62), (-0.32, 0.84), (-0.16, 0.97), (0.0, 1.0), (0.16, 0.97), (0.32, 0.84),
        (0.36, 0.62), (0.36, 0.62), (0.0, 0.56)], "#8fc4d0", shade=0.9)  # fmt: skip
    b.curve([(-0.12, 0.62), (-0.1, 0.74), (0.0, 0.78), (0.1, 0.74), (0.12, 0.62)], "#4f8a5b", shade=0.9)
    b.oval(0, 0.8, 0.1, 0.085, "#6fae6c")
    for side in (-1, 1):
        b.oval(side * 0.042, 0.8, 0.026, 0.036, "#24302a", turn=side * 0.4)
    b.curve([(0.1, 0.93), (0.24, 0.86), (0.3, 0.7), (0.22, 0.78), (0.17, 0.87)], "#e6f6f8")
    b.oval(0, 0.52, 1.0, 0.17, metal, shade=0.72)
    b.oval(0, 0.56, 0.99, 0.15, metal)
    b.oval(0.1, 0.6, 0.8, 0.09, metal, shade=1.16)
    b.oval(0, 0.63, 0.42, 0.055, metal, shade=0.78)
    b.curve([(-0.4, 0.42), (-0.3, 0.34), (0.0, 0.31), (0.3, 0.34), (0.4, 0.42), (0.0, 0.37)], metal, shade=0.6)
    for k in range(9):
        turn = math.pi * (k + 0.5) / 9
        x, y = -0.9 * math.cos(turn), 0.53 - 0.085 * math.sin(turn)
        r = 0.036 * (0.7 + 0.3 * math.sin(turn))
        b.bright([(x + r * math.cos(t * math.pi / 6), y + r * math.sin(t * math.pi / 6)) for t in range(12)],
            ("#ffe27a", "#9df5c9", "#ff9db0")[k % 3])  # fmt: skip
    b.lean(0.12, (0.0, 0.5))


def submarine(b: Brush) -> None:
    paint = "*#e2b33c"
    b.beam(1.0, 0.3, (1.48, 0.2), "#fdf3c4", 0.7)
    b.stroke([(0.02, 0.7), (0.02, 0.97), (0.12, 0.97)], 0.036, "#7d6a4a")
    b.stroke([(0.12, 0.97), (0.15, 0.97)], 0.06, "#5d6a72")
    b.curve([(-0.28, 0.52), (-0.28, 0.52), (-0.24, 0.76), (-0.24, 0.76), (0.2, 0.76), (0.2, 0.76), (0.34, 0.52),
        (0.34, 0.52)], paint, shade=0.94)  # fmt: skip
    b.curve([(-0.28, 0.52), (-0.28, 0.52), (-0.24, 0.76), (-0.24, 0.76), (-0.1, 0.76), (-0.14, 0.52)], paint,
        shade=0.76)  # fmt: skip
    b.box(-0.27, 0.745, 0.23, 0.785, "#b5573b")
    b.curve([(-0.8, 0.46), (-0.8, 0.46), (-1.12, 0.66), (-1.12, 0.66), (-1.1, 0.34), (-1.12, 0.0), (-1.12, 0.0),
        (-0.8, 0.2), (-0.8, 0.2)], "#b5573b", shade=0.9)  # fmt: skip
    b.curve([(-1.06, 0.36), (-0.8, 0.52), (-0.3, 0.6), (0.4, 0.6), (0.84, 0.53), (1.06, 0.4), (1.08, 0.28),
        (0.96, 0.14), (0.6, 0.05), (-0.2, 0.03), (-0.8, 0.16), (-1.06, 0.3)], paint)  # fmt: skip
    b.curve([(-1.06, 0.33), (-0.8, 0.16), (-0.2, 0.03), (0.6, 0.05), (0.96, 0.14), (1.08, 0.27), (0.7, 0.2),
        (0.0, 0.17), (-0.6, 0.23)], paint, shade=0.72)  # fmt: skip
    b.curve([(-0.7, 0.52), (-0.2, 0.585), (0.4, 0.585), (0.84, 0.52), (0.4, 0.545), (-0.2, 0.545)], paint, shade=1.16)
    for x in (-0.5, 0.74):
        b.stroke(bend((x, 0.57), (x + 0.05, 0.3), (x, 0.08)), 0.012, paint, shade=0.66)
    turns = [k * math.pi / 10 for k in range(20)]
    for x in (-0.26, 0.08, 0.42):
        b.oval(x, 0.36, 0.115, 0.115, "#b5573b")
        b.oval(x, 0.36, 0.115, 0.115, "#b5573b")
        b.lamp([(x + 0.08 * math.cos(t), 0.36 + 0.08 * math.sin(t)) for t in turns])
        b.curve([(x + 0.01, 0.42), (x + 0.05, 0.4), (x + 0.06, 0.35), (x + 0.035, 0.385)], "#eef5f2")
    b.oval(-1.12, 0.33, 0.03, 0.06, "#6b5a48")
    for up in (-1, 1):
        b.oval(-1.17, 0.33 + up * 0.12, 0.035, 0.11, "#8f7a58", turn=up * 0.15)
    b.curve([(0.94, 0.22), (1.05, 0.22), (1.07, 0.3), (1.05, 0.38), (0.94, 0.38)], "#6b5a48")
    b.bright([(1.06 + 0.025 * math.cos(t), 0.3 + 0.06 * math.sin(t)) for t in turns], "#fff6cf")
    for _ in range(9):
        r = b.chance.between(0.012, 0.03)
        b.oval(b.chance.between(-1.38, -1.2), b.chance.between(0.3, 1.0), r, r, "#cfe9ee", shade=1.05)


def bus(b: Brush) -> None:
    """A double-decker."""
    paint = "*#b93a34"
    b.curve([(-0.82, 0.14), (-0.82, 0.14), (-0.84, 0.5), (-0.83, 0.92), (-0.77, 0.985), (-0.6, 1.0), (0.5, 1.0),
        (0.7, 0.99), (0.78, 0.93), (0.83, 0.62), (0.86, 0.45), (0.86, 0.14), (0.86, 0.14)], paint)  # fmt: skip
    b.box(-0.82, 0.12, 0.86, 0.24, paint, shade=0.74)
    b.box(-0.84, 0.5, 0.835, 0.57, CREAM)
    b.shape([(-0.8, 0.95), (-0.77, 0.975), (0.69, 0.985), (0.76, 0.95)], paint, shade=1.2)
    for k in range(6):
        x = -0.76 + 0.25 * k
        pane(b, x, 0.645, x + 0.215, 0.88, slant=0.02 * (k == 5))
    for k in range(5):
        x = -0.76 + 0.25 * k
        pane(b, x, 0.28, x + 0.215, 0.47)
    b.box(0.5, 0.13, 0.7, 0.48, paint, shade=0.66)
    pane(b, 0.52, 0.16, 0.595, 0.46)
    pane(b, 0.61, 0.16, 0.685, 0.46)
    pane(b, 0.74, 0.27, 0.855, 0.48, slant=0.01)
    b.box(0.74, 0.6, 0.83, 0.64, "#f2d36b", shade=0.9)
    for x in (-0.5, 0.34):
        b.oval(x, 0.16, 0.175, 0.165, "#3a2a2a")
        wheel(b, x, 0.13, 0.135)
    b.oval(0.85, 0.2, 0.026, 0.034, CHROME)
    _headlight(b, 0.855, 0.2, 0.024)
    b.box(-0.84, 0.11, -0.76, 0.15, CHROME)
    b.box(0.78, 0.1, 0.89, 0.145, CHROME)


def truck(b: Brush) -> None:
    paint = "*#3f78a0"
    b.box(-1.1, 0.17, 1.08, 0.25, "#3a3a40")
    b.box(-1.16, 0.25, 0.4, 0.98, "#e9e3d6", shade=0.96)
    b.box(-1.16, 0.25, 0.4, 0.34, "#e9e3d6", shade=0.76)
    b.box(-1.18, 0.955, 0.42, 1.0, "#e9e3d6", shade=1.06)
    for k in range(1, 8):
        x = -1.16 + 0.195 * k
        b.box(x - 0.004, 0.34, x + 0.004, 0.95, "#e9e3d6", shade=0.86)
    b.box(-1.16, 0.5, 0.4, 0.56, paint)
    b.box(-1.16, 0.42, 0.4, 0.455, paint, shade=0.8)
    b.curve([(0.46, 0.18), (0.46, 0.18), (0.46, 0.82), (0.5, 0.88), (0.86, 0.88), (0.94, 0.83), (1.03, 0.56),
        (1.14, 0.5), (1.17, 0.4), (1.17, 0.18), (1.17, 0.18)], paint)  # fmt: skip
    b.curve([(0.46, 0.18), (0.46, 0.18), (0.46, 0.28), (1.17, 0.28), (1.17, 0.18), (1.17, 0.18)], paint, shade=0.7)
    b.curve([(0.49, 0.85), (0.52, 0.872), (0.86, 0.872), (0.92, 0.83), (0.84, 0.845)], paint, shade=1.25)
    glass(b, 0.56, 0.55, 0.98, 0.79, slant=0.09)
    b.box(0.735, 0.55, 0.75, 0.79, paint, shade=0.9)
    b.stroke([(0.74, 0.54), (0.74, 0.24)], 0.012, paint, shade=0.66)
    b.box(0.6, 0.47, 0.68, 0.495, CHROME)
    b.box(0.415, 0.3, 0.45, 1.0, "#8d9093")
    for x in (-0.86, -0.5, 0.82):
        b.oval(x, 0.2, 0.215, 0.19, "#26252a")
        wheel(b, x, 0.165, 0.17)
    b.box(1.06, 0.13, 1.2, 0.2, CHROME)
    b.oval(1.155, 0.36, 0.03, 0.05, CHROME)
    _headlight(b, 1.16, 0.36, 0.034)


STREET = ("street", "village", "meadow")
ROWS = {
    "boat": Subject(
        boat,
        "boat sailboat sailing-boat yacht sail dinghy canoe schiffchen boot segelboot kahn bateau voilier barque "
        "barco velero barca ⛵ 🚤 🛶 船 舟",
        "a small sailing boat",
        where="water",
        height=0.24,
        seat=0.14,
        scenes=("sea", "lake"),
        roundness=0.35,
    ),
    "ship": Subject(
        ship,
        "ship sailing-ship tall-ship galleon frigate pirate-ship schooner vessel schiff segelschiff piratenschiff "
        "navire vaisseau buque galeón 🚢 🏴‍☠️",
        "a three-masted sailing ship under full sail",
        where="water",
        height=0.36,
        seat=0.2,
        scenes=("sea",),
        roundness=0.3,
    ),
    "car": Subject(
        car,
        "car cars automobile vintage-car beetle taxi coupe auto wagen oldtimer voiture coche carro macchina 🚗 🚙 🚕 "
        "汽车 車",
        "a small vintage car",
        height=0.15,
        scenes=STREET,
        roundness=0.5,
    ),
    "train": Subject(
        train,
        "train locomotive steam-train steam-engine railway zug züge lokomotive dampflok eisenbahn chemin-de-fer "
        "tren locomotora treno 🚂 🚆 🚋 火车 火車",
        "a steam locomotive with a carriage",
        height=0.165,
        scenes=("meadow", "mountains"),
        roundness=0.3,
    ),
    "bicycle": Subject(
        bicycle,
        "bicycle bike cycle fahrrad fahrräder vélo bicyclette bicicleta bici bicicletta 🚲 🚴 自行车 自転車",
        "a bicycle with a basket of flowers",
        height=0.14,
        scenes=STREET,
        roundness=0.2,
    ),
    "plane": Subject(
        plane,
        "plane airplane aeroplane aircraft jet airliner flugzeug flieger avion avión aereo ✈ 🛩 🛫 飞机 飛行機",
        "an aeroplane in flight",
        where="sky",
        height=0.15,
        scenes=("sea", "mountains"),
        roundness=0.5,
    ),
    "balloon": Subject(
        balloon,
        "balloon hot-air-balloon montgolfiere airship zeppelin ballon heißluftballon heissluftballon montgolfière "
        "globo-aerostático mongolfiera 热气球 気球",
        "a hot-air balloon with a basket",
        where="sky",
        height=0.3,
        scenes=("mountains", "meadow"),
    ),
    "rocket": Subject(
        rocket,
        "rocket spaceship spacecraft space-ship shuttle rakete raumschiff fusée vaisseau-spatial cohete "
        "nave-espacial razzo 🚀 火箭",
        "a rocket flying through space",
        where="space",
        height=0.46,
        scenes=("space",),
    ),
    "ufo": Subject(
        ufo,
        "ufo ufos flying-saucer alien extraterrestrial fliegende-untertasse ausserirdische außerirdische ovni "
        "soucoupe-volante platillo-volante 🛸 👽 飞碟",
        "a flying saucer with an alien",
        where="sky",
        height=0.17,
        scenes=("meadow", "desert", "space"),
        roundness=0.5,
    ),
    "submarine": Subject(
        submarine,
        "submarine yellow-submarine u-boot unterseeboot tauchboot sous-marin submarino sottomarino 潜水艇",
        "a submarine under water",
        where="deep",
        height=0.2,
        scenes=("underwater",),
        roundness=0.8,
    ),
    "bus": Subject(
        bus,
        "bus double-decker coach omnibus doppeldecker autobus autobús 🚌 🚍 🚎 公共汽车",
        "a red double-decker bus",
        height=0.22,
        scenes=STREET,
        roundness=0.3,
    ),
    "truck": Subject(
        truck,
        "truck lorry van pickup lastwagen lkw laster camion camión furgoneta 🚚 🚛 🛻 卡车",
        "a truck",
        height=0.19,
        scenes=STREET,
        roundness=0.25,
    ),
}
