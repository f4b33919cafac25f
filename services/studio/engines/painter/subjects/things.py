"""What lies on a table, hangs on a wall or is carried."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from services.studio.engines.painter.brush import Brush, bend, flowing
from services.studio.engines.painter.subjects.plants import leaf
from services.studio.engines.painter.subjects.subject import Subject
from services.studio.engines.painter.subjects.vehicles import ring

FLAME, GOLD, WOOD, CREAM, STEEL = "#ffc95e", "#d6a848", "#8a5a3c", "#f3ead8", "#b9bec4"
TONES = tuple((0.0204 * k, (1 - (k / 15.4) ** 1.7) ** 0.85, 0.69 + 0.0324 * k) for k in range(15))
"""Of a ball, from its shaded rim to its brightest spot: how far to the light, how large, and the shade."""
CUTS = (-1.0, -0.94, -0.84, -0.7, -0.54, -0.36, -0.17, 0.02, 0.21, 0.39, 0.55, 0.7, 0.82, 0.92, 1.0)
Pair = tuple[float, float]


def ball(
    b: Brush, x: float, y: float, rx: float, ry: float, colour: str, *, gloss: float = 0.0, tones: int = 15
) -> None:
    for away, part, shade in TONES[:: 15 // tones]:
        b.oval(x + rx * away, y + ry * away, rx * part, ry * part, colour, shade=shade)
    if gloss:
        b.oval(x + rx * 0.42, y + ry * 0.46, rx * 0.16 * gloss, ry * 0.09 * gloss, "#fffaf0", turn=-0.7)


def turned(b: Brush, x: float, outline: Sequence[Pair], colour: str, *, tone: float = 1.0) -> None:
    """What comes off a potter's wheel: half widths at heights from the foot up, shaded round."""
    line = flowing(np.array(outline))
    half, up = line[:, 0], np.maximum.accumulate(np.clip(line[:, 1], outline[0][1], outline[-1][1]))
    foot, mouth = ([(x + half[k] * at, up[k] - half[k] * 0.13 * (1 - at * at)) for at in CUTS] for k in (0, -1))
    right, left = np.stack([x + half, up], -1), np.stack([x - half, up], -1)
    b.shape(np.array([*foot, *right, *reversed(mouth), *left[::-1]]), colour, shade=0.9 * tone)
    for one, other in pairwise(CUTS):
        shade = tone * float(np.interp((one + other) / 2, (-1, -0.5, 0.3, 0.62, 1), (0.64, 0.82, 1.03, 1.1, 0.9)))
        sides = [np.stack([x + half * at, up - half * 0.13 * (1 - at * at)], -1) for at in (one, other)]
        b.shape(np.concatenate([sides[0], sides[1][::-1]]), colour, shade=shade)


def rim(b: Brush, x: float, y: float, half: float, colour: str, inside: str, *, depth: float = 0.13) -> None:
    """The mouth of a vessel, and what is in it."""
    b.oval(x, y, half, half * depth * 1.35, colour, shade=1.14)
    b.oval(x, y - half * 0.015, half * 0.9, half * depth * 1.05, inside)


def steam(b: Brush, x: float, y: float, size: float) -> None:
    for k in range(7):
        sway = 0.16 * math.sin(k * 1.1) * size
        b.halo(x + sway, y + 0.16 * size * k, size * (0.16 + 0.03 * k), "#fbf8f2", 0.42 - 0.045 * k)


def flame(b: Brush, x: float, y: float, size: float) -> None:
    """On a wick that ends at (x, y)."""
    b.halo(x, y + size * 0.5, size * (4.0 if b.lit else 2.2), "#ffcf7d", 0.75 if b.lit else 0.4)
    for part, colour in ((1.0, "#f59a3c"), (0.72, FLAME), (0.42, "#fff4cf")):
        wide, tall = size * 0.26 * part, size * (0.25 + 0.75 * part)
        outline = [(x, y), (x + wide * 0.8, y + tall * 0.14), (x + wide, y + tall * 0.32),
            (x + wide * 0.5, y + tall * 0.66), (x + wide * 0.1, y + tall)]  # fmt: skip
        back = [(x - wide * 0.4, y + tall * 0.7), (x - wide, y + tall * 0.32), (x - wide * 0.8, y + tall * 0.14),
            (x, y)]  # fmt: skip
        b.bright(flowing(np.array([*outline, *back])), colour)


def round_lamp(b: Brush, points: Sequence[Pair], colour: str) -> None:
    """A pane that burns when it is dark, and has its own colour by day."""
    if b.lit:
        b.lamp(points)
    else:
        b.shape(points, colour)


def toy_balloon(b: Brush) -> None:
    colour = "*" + b.chance.pick(("#d9473f", "#e9a93a", "#4a87b8", "#6aa06a", "#d9779a", "#8a6fb5"))
    b.stroke(flowing(np.array([(0.0, 0.4), (0.03, 0.28), (-0.04, 0.14), (0.02, 0.0)])), 0.009, "#f0e9dc")
    for away, part, shade in TONES[:13]:
        outline = [(0.0, 0.4), (0.13, 0.47), (0.24, 0.62), (0.25, 0.78), (0.15, 0.94), (0.0, 1.0), (-0.15, 0.94),
            (-0.25, 0.78), (-0.24, 0.62), (-0.13, 0.47)]  # fmt: skip
        grown = np.array(outline) * part + ((1 - part) * 0.0 + 0.24 * away, (1 - part) * 0.72 + 0.26 * away)
        b.curve(grown, colour, shade=shade)
    b.shape([(0.0, 0.41), (0.035, 0.37), (-0.035, 0.37)], colour, shade=0.8)
    b.oval(0.12, 0.85, 0.045, 0.022, "#fffaf2", turn=-0.75)


def lantern(b: Brush) -> None:
    iron = "*#4b4a52"
    if b.lit:
        b.halo(0, 0.42, 1.1, "#ffcd7a", 0.6)
    b.stroke(flowing(np.array([(-0.2, 0.72), (-0.19, 0.9), (0.0, 0.995), (0.19, 0.9), (0.2, 0.72)])), 0.022, iron)
    glass = [(-0.2, 0.17), (0.2, 0.17), (0.23, 0.38), (0.2, 0.64), (-0.2, 0.64), (-0.23, 0.38)]
    round_lamp(b, glass, "#f4dfae")
    if not b.lit:
        b.shape([(-0.2, 0.17), (-0.07, 0.17), (-0.09, 0.64), (-0.2, 0.64), (-0.23, 0.38)], "#f4dfae", shade=0.84)
        b.shape([(0.1, 0.2), (0.15, 0.2), (0.17, 0.6), (0.11, 0.6)], "#fff6dd")
    b.shape([(-0.055, 0.17), (0.055, 0.17), (0.055, 0.34), (-0.055, 0.35)], "#efe2c4")
    flame(b, 0, 0.35, 0.17)
    for x in (-0.2, -0.075, 0.075, 0.2):
        b.stroke(bend((x, 0.16), (x * 1.2, 0.4), (x, 0.65)), 0.016, iron, shade=1.0 + x)
    b.stroke([(-0.22, 0.4), (0.22, 0.4)], 0.014, iron)
    turned(b, 0, [(0.27, 0.0), (0.27, 0.05), (0.24, 0.09), (0.22, 0.17)], iron)
    turned(b, 0, [(0.25, 0.63), (0.25, 0.66), (0.19, 0.72), (0.11, 0.78), (0.1, 0.83), (0.03, 0.86)], iron)
    b.oval(0, 0.865, 0.035, 0.03, iron, shade=1.2)


def cup(b: Brush) -> None:
    china, coffee = "*#ece5d8", "#5a3a28"
    b.oval(0, 0.07, 0.86, 0.09, china, shade=0.74)
    b.oval(0, 0.095, 0.86, 0.085, china)
    b.oval(0.02, 0.11, 0.55, 0.052, china, shade=0.88)
    b.stroke(flowing(np.array([(0.5, 0.8), (0.78, 0.83), (0.88, 0.62), (0.72, 0.4), (0.42, 0.3)])), 0.085, china,
        end=0.06, shade=0.9)  # fmt: skip
    b.stroke(flowing(np.array([(0.5, 0.82), (0.77, 0.85), (0.88, 0.64)])), 0.03, china, end=0.02, shade=1.14)
    turned(b, 0, [(0.27, 0.1), (0.29, 0.15), (0.45, 0.3), (0.54, 0.55), (0.57, 0.78), (0.59, 0.92)], china)
    for k in range(9):
        at = math.sin(-1.25 + 2.5 * k / 8)
        x, y = at * 0.555, 0.68 - 0.07 * (1 - at * at)
        b.oval(x, y, 0.026 * math.sqrt(1.05 - at * at), 0.032, "#7c99ad", shade=0.9 + 0.14 * at)
    rim(b, 0, 0.925, 0.59, china, coffee)
    b.oval(0.08, 0.915, 0.34, 0.035, "#7c5236")
    steam(b, 0.0, 1.0, 0.42)


def teapot(b: Brush) -> None:
    glaze = "*#5f8f8c"
    for shade, width, dx in ((0.76, 0.11, 0.0), (1.05, 0.035, 0.015)):
        b.stroke(flowing(np.array([(-0.5 + dx, 0.68), (-0.82 + dx, 0.78), (-0.98 + dx, 0.56), (-0.86 + dx, 0.3),
            (-0.5 + dx, 0.24)])), width, glaze, end=width * 0.7, shade=shade)  # fmt: skip
    b.curve([(0.4, 0.2), (0.66, 0.34), (0.74, 0.6), (0.98, 0.8), (0.98, 0.8), (0.84, 0.83), (0.84, 0.83), (0.66, 0.7),
        (0.4, 0.6)], glaze, shade=0.9)  # fmt: skip
    b.curve([(0.66, 0.38), (0.74, 0.6), (0.95, 0.79), (0.9, 0.8), (0.7, 0.64)], glaze, shade=1.16)
    b.oval(0.91, 0.815, 0.075, 0.022, glaze, turn=-0.2, shade=0.6)
    turned(b, 0, [(0.34, 0.0), (0.38, 0.03), (0.56, 0.16), (0.64, 0.38), (0.58, 0.6), (0.42, 0.75), (0.34, 0.79)],
        glaze)  # fmt: skip
    turned(b, 0, [(0.37, 0.77), (0.36, 0.81), (0.24, 0.87), (0.08, 0.9), (0.06, 0.92)], glaze)
    ball(b, 0, 0.945, 0.065, 0.055, glaze)
    for k in range(7):
        at = math.sin(-1.15 + 2.3 * k / 6)
        x, y = 0.62 * at, 0.42 - 0.07 * (1 - at * at)
        for turn in range(5):
            a = turn * 2 * math.pi / 5
            b.oval(x + 0.035 * math.cos(a) * math.sqrt(1.1 - at * at), y + 0.04 * math.sin(a), 0.02, 0.022, CREAM,
                shade=0.9 + 0.12 * at)  # fmt: skip
    b.oval(0.3, 0.6, 0.09, 0.03, "#f4faf6", turn=-0.75)
    steam(b, 1.02, 0.9, 0.3)


def apple(b: Brush) -> None:
    skin = "*#c23b31"
    for away, part, shade in TONES[:13]:
        outline = [(0.0, 0.02), (0.16, 0.0), (0.36, 0.14), (0.46, 0.44), (0.42, 0.68), (0.24, 0.82), (0.05, 0.77),
            (-0.05, 0.77), (-0.24, 0.82), (-0.42, 0.68), (-0.46, 0.44), (-0.36, 0.14), (-0.16, 0.0)]  # fmt: skip
        b.curve((np.array(outline) - (0, 0.42)) * part + (0.44 * away, 0.42 + 0.36 * away), skin, shade=shade)
    for k in range(12):
        x = b.chance.between(-0.3, 0.34)
        b.stroke(bend((x * 0.5, 0.74), (x * 1.2, 0.55), (x * 1.15, b.chance.between(0.3, 0.5)), 5), 0.012, skin,
            end=0.002, shade=1.16 if k % 2 else 0.9)  # fmt: skip
    b.oval(0, 0.765, 0.14, 0.032, skin, shade=0.55)
    b.stroke(flowing(np.array([(0.0, 0.75), (0.01, 0.87), (0.06, 0.98)])), 0.034, "#6b4a30", end=0.045)
    leaf(b, (0.03, 0.86), (0.32, 0.95), 0.22, "#6d9a4c")
    b.oval(0.24, 0.64, 0.07, 0.035, "#fff3e6", turn=-0.8)


def orange(b: Brush) -> None:
    skin = "*#e8902f"
    ball(b, -0.06, 0.47, 0.47, 0.465, skin)
    for _ in range(40):
        far, turn = 0.42 * math.sqrt(b.chance.between(0, 1)), b.chance.between(0, 6.28)
        b.oval(-0.06 + far * math.cos(turn), 0.47 + far * math.sin(turn), 0.008, 0.008, skin, shade=0.86)
    b.oval(0.0, 0.885, 0.05, 0.022, "#6d8a3f")
    leaf(b, (0.0, 0.9), (0.28, 1.0), 0.2, "#5d8f48")
    b.oval(0.15, 0.69, 0.055, 0.03, "#fff1d8", turn=-0.75)
    x, y = 0.56, 0.24
    b.oval(x, y, 0.255, 0.255, skin, shade=0.86)
    b.oval(x - 0.012, y, 0.235, 0.24, "#f7e6c0")
    for k in range(9):
        a = k * 2 * math.pi / 9 + 0.2
        far, half = 0.2, 0.3
        wedge = [(x - 0.012 + 0.03 * math.cos(a), y + 0.03 * math.sin(a)), *[(x - 0.012 + far * math.cos(a + t),
            y + far * 1.03 * math.sin(a + t)) for t in (-half, -half * 0.5, 0, half * 0.5, half)]]  # fmt: skip
        b.shape(wedge, skin, shade=1.04 if k % 2 else 1.1)


def lemon(b: Brush) -> None:
    skin = "*#ecc83f"
    for away, part, shade in TONES[:13]:
        outline = [(-0.72, 0.4), (-0.62, 0.48), (-0.44, 0.74), (-0.1, 0.87), (0.26, 0.8), (0.5, 0.58), (0.62, 0.52),
            (0.66, 0.44), (0.56, 0.36), (0.4, 0.13), (0.05, 0.0), (-0.3, 0.06), (-0.52, 0.26),
            (-0.64, 0.32)]  # fmt: skip
        b.curve((np.array(outline) - (0, 0.42)) * part + (0.5 * away, 0.42 + 0.4 * away), skin, shade=shade)
    for _ in range(34):
        far, turn = math.sqrt(b.chance.between(0, 1)), b.chance.between(0, 6.28)
        b.oval(-0.03 + 0.46 * far * math.cos(turn), 0.42 + 0.36 * far * math.sin(turn), 0.011, 0.009, skin, shade=0.88)
    leaf(b, (-0.62, 0.44), (-0.5, 0.98), 0.18, "#5d8f48")
    b.oval(0.2, 0.66, 0.09, 0.04, "#fffbe6", turn=-0.55)


def pear(b: Brush) -> None:
    skin = "*#bdb04a"
    for away, part, shade in TONES[:13]:
        outline = [(0.0, 0.0), (0.22, 0.02), (0.36, 0.2), (0.34, 0.42), (0.2, 0.6), (0.14, 0.76), (0.06, 0.85),
            (-0.05, 0.85), (-0.13, 0.76), (-0.2, 0.6), (-0.35, 0.42), (-0.36, 0.2), (-0.22, 0.02)]  # fmt: skip
        b.curve((np.array(outline) - (0, 0.36)) * part + (0.36 * away, 0.36 + 0.22 * away), skin, shade=shade)
    b.curve([(0.02, 0.56), (0.1, 0.6), (0.1, 0.76), (0.04, 0.8), (0.0, 0.7)], skin, shade=1.08)
    for _ in range(30):
        far, turn = math.sqrt(b.chance.between(0, 1)), b.chance.between(0, 6.28)
        b.oval(0.3 * far * math.cos(turn), 0.28 + 0.24 * far * math.sin(turn), 0.007, 0.007, "#8a7a34")
    b.stroke(flowing(np.array([(0.0, 0.83), (0.02, 0.92), (0.08, 1.0)])), 0.026, "#5f4630", end=0.036)
    leaf(b, (0.02, 0.89), (-0.26, 0.97), 0.22, "#6d9a4c")
    b.oval(0.17, 0.46, 0.05, 0.028, "#fbf7da", turn=-1.0)


def fruit(b: Brush) -> None:
    """A bowl of it."""
    for x, y, r, colour in ((-0.5, 0.64, 0.2, "#e8902f"), (0.46, 0.64, 0.2, "#b9bd4c"), (-0.18, 0.78, 0.2, "#c23b31"),
        (0.16, 0.78, 0.19, "#e3a93c")):  # fmt: skip
        ball(b, x, y, r, r, colour, gloss=1.0)
    b.stroke(bend((-0.17, 0.94), (-0.17, 1.0), (-0.13, 1.02), 5), 0.02, "#5f4630")
    leaf(b, (-0.16, 0.96), (0.06, 1.0), 0.22, "#6d9a4c")
    b.curve([(-0.36, 0.48), (-0.36, 0.48), (-0.24, 0.72), (0.06, 0.84), (0.12, 0.8), (0.12, 0.8), (-0.02, 0.7),
        (-0.1, 0.5)], "#e9c84b", shade=0.95)  # fmt: skip
    b.curve([(-0.3, 0.52), (-0.18, 0.7), (0.06, 0.8), (-0.1, 0.7), (-0.2, 0.52)], "#e9c84b", shade=1.14)
    for k in range(16):
        row = (0, 1, 2, 3, 4, 0, 1, 2, 3, 0, 1, 2, 0, 1, 0, 1)[k]
        line = (0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4)[k]
        ball(b, 0.2 + 0.095 * row + 0.04 * line, 0.66 - 0.07 * line, 0.058, 0.058, "#6b4a7d", gloss=0.9, tones=5)
    glaze = "*#7397a8"
    turned(b, 0, [(0.3, 0.0), (0.26, 0.05), (0.28, 0.1), (0.56, 0.24), (0.74, 0.42), (0.8, 0.54)], glaze)
    for k in range(13):
        at = math.sin(-1.3 + 2.6 * k / 12)
        b.oval(0.755 * at, 0.46 - 0.09 * (1 - at * at), 0.034 * math.sqrt(1.04 - at * at), 0.028, CREAM,
            shade=0.88 + 0.12 * at)  # fmt: skip
    b.stroke([(0.81 * math.sin(t), 0.545 - 0.105 * math.cos(t)) for t in np.linspace(-1.55, 1.55, 24)], 0.03, glaze,
        shade=1.18)  # fmt: skip


def book(b: Brush) -> None:
    """An open one, on a closed one."""
    cloth, other = "*#9c3f38", "#41607a"
    b.shape([(-0.98, 0.0), (0.72, 0.0), (0.72, 0.3), (-0.98, 0.3)], "#efe5cf", shade=0.9)
    for k in range(5):
        b.stroke([(-0.94, 0.06 + 0.045 * k), (0.72, 0.06 + 0.045 * k)], 0.01, "#efe5cf", shade=0.76)
    b.box(-1.0, -0.01, 0.78, 0.045, other)
    b.box(-1.0, 0.265, 0.78, 0.32, other, shade=1.1)
    b.curve([(0.7, -0.01), (0.7, -0.01), (0.82, 0.02), (0.86, 0.155), (0.82, 0.29), (0.7, 0.32), (0.7, 0.32)], other,
        shade=0.86)  # fmt: skip
    for x in (0.76, 0.79):
        b.stroke([(x, 0.06), (x, 0.25)], 0.012, GOLD)
    for side, shade in ((-1, 0.84), (1, 1.0)):
        b.curve([(0.0, 0.36), (0.0, 0.36), (side * 0.5, 0.335), (side * 1.06, 0.35), (side * 1.06, 0.35),
            (side * 1.12, 0.42), (side * 1.12, 0.42), (side * 0.5, 0.46), (0.0, 0.42), (0.0, 0.42)], cloth,
            shade=shade)  # fmt: skip
        for k in range(3):
            lift = 0.035 * k
            b.curve([(0.0, 0.42), (0.0, 0.42), (side * 0.4, 0.43 + lift), (side * (1.02 - 0.01 * k), 0.4 + lift),
                (side * (1.02 - 0.01 * k), 0.4 + lift), (side * (0.92 - 0.01 * k), 0.92 + lift * 0.9),
                (side * (0.92 - 0.01 * k), 0.92 + lift * 0.9), (side * 0.4, 0.98 + lift * 0.4), (0.0, 0.9), (0.0, 0.9)],
                "#f6efdf", shade=shade * (0.84 + 0.08 * k))  # fmt: skip
        for k in range(8):
            y = 0.55 + 0.047 * k
            far = (0.86 - 0.09 * (y - 0.5)) * (1.0 if k else 0.5)
            b.stroke(bend((side * 0.12, y - 0.012), (side * 0.45, y + 0.06), (side * far, y), 7), 0.012, "#a99f90",
                shade=shade)  # fmt: skip
    b.curve([(-0.16, 0.44), (0.0, 0.4), (0.16, 0.44), (0.06, 0.66), (0.0, 0.9), (-0.06, 0.66)], "#e6dac2", shade=0.86)
    b.stroke(flowing(np.array([(0.02, 0.88), (0.03, 0.6), (0.06, 0.42), (0.1, 0.32), (0.06, 0.2)])), 0.03, "#d2a23f")


BODY = [(0.0, 0.0), (0.16, 0.005), (0.26, 0.1), (0.25, 0.23), (0.17, 0.32), (0.17, 0.38), (0.2, 0.45), (0.16, 0.54),
    (0.04, 0.575)]  # fmt: skip


def _strung(b: Brush, outline: Sequence[Pair], colour: str, edge: str) -> None:
    """The body of a guitar or a violin: its side, its belly, and the light on it."""
    both = np.array([*outline, *[(-x, y) for x, y in reversed(outline[1:])]])
    b.curve(both - np.array((0.028, 0.004)), edge, shade=0.66)
    b.curve(both, edge)
    middle = both.mean(0)
    b.curve((both - middle) * 0.93 + middle, colour, shade=0.9)
    b.curve((both - middle) * (0.8, 0.88) + middle + (0.022, 0.006), colour)
    b.curve((both - middle) * (0.52, 0.76) + middle + (0.06, 0.012), colour, shade=1.08)


def guitar(b: Brush) -> None:
    _strung(b, BODY, "*#cf8f4c", "#7d4a2a")
    b.oval(0, 0.36, 0.082, 0.08, "#7d4a2a")
    b.oval(0, 0.36, 0.066, 0.064, "#3a2620")
    b.curve([(0.05, 0.3), (0.13, 0.28), (0.16, 0.18), (0.09, 0.15), (0.06, 0.25)], "#5a3426")
    b.shape([(-0.034, 0.42), (0.034, 0.42), (0.026, 0.86), (-0.026, 0.86)], "#4a3027")
    b.shape([(0.008, 0.42), (0.034, 0.42), (0.026, 0.86), (0.008, 0.86)], "#4a3027", shade=1.3)
    for k in range(11):
        y = 0.84 - 0.4 * (1 - 0.91**k) / (1 - 0.91**11)
        b.stroke([(-0.032, y), (0.032, y)], 0.005, "#c9b98f")
    b.shape([(-0.03, 0.855), (0.03, 0.855), (0.048, 0.9), (0.042, 1.0), (0.0, 0.985), (-0.042, 1.0), (-0.048, 0.9)],
        "#7d4a2a")  # fmt: skip
    for y in (0.895, 0.93, 0.965):
        for side in (-1, 1):
            b.oval(side * 0.058, y, 0.017, 0.012, CREAM)
    b.box(-0.09, 0.135, 0.09, 0.165, "#4a3027")
    for k in range(6):
        x = -0.022 + 0.0088 * k
        b.stroke([(x * 1.25, 0.15), (x, 0.88)], 0.0035, "#f1e7cf")
    b.lean(-0.16)


def violin(b: Brush) -> None:
    outline = [(0.0, 0.0), (0.13, 0.0), (0.21, 0.07), (0.2, 0.17), (0.2, 0.17), (0.135, 0.22), (0.12, 0.3),
        (0.165, 0.35), (0.165, 0.35), (0.175, 0.43), (0.12, 0.51), (0.03, 0.525)]  # fmt: skip
    b.stroke([(0.3, 0.0), (0.22, 0.92)], 0.016, "#5a3426", end=0.01)
    b.stroke([(0.285, 0.03), (0.205, 0.9)], 0.01, "#f1e7cf", end=0.007)
    b.box(0.285, 0.02, 0.32, 0.075, "#3a2620")
    _strung(b, outline, "*#b8622f", "#6b3420")
    for side in (-1, 1):
        b.stroke(flowing(np.array([(side * 0.075, 0.32), (side * 0.062, 0.29), (side * 0.08, 0.24),
            (side * 0.095, 0.19), (side * 0.08, 0.165)])), 0.013, "#3a1f18")  # fmt: skip
    b.shape([(-0.03, 0.44), (0.03, 0.44), (0.02, 0.86), (-0.02, 0.86)], "#3a2620")
    b.shape([(0.006, 0.4), (0.026, 0.4), (0.018, 0.86), (0.006, 0.86)], "#3a2620", shade=1.5)
    b.shape([(-0.035, 0.05), (0.035, 0.05), (0.045, 0.17), (-0.045, 0.17)], "#3a2620")
    b.shape([(-0.06, 0.22), (0.06, 0.22), (0.045, 0.25), (-0.045, 0.25)], "#e2c79a")
    b.shape([(-0.022, 0.85), (0.022, 0.85), (0.03, 0.95), (-0.03, 0.95)], "#6b3420")
    ball(b, 0, 0.965, 0.035, 0.035, "#6b3420", tones=5)
    b.stroke(flowing(np.array([(0.02, 0.965), (0.0, 0.985), (-0.018, 0.965), (0.0, 0.95), (0.008, 0.965)])), 0.008,
        "#3a1f18")  # fmt: skip
    for y in (0.88, 0.92):
        for side in (-1, 1):
            b.stroke([(0, y), (side * 0.065, y + 0.01)], 0.014, "#3a2620", end=0.022)
    for k in range(4):
        x = -0.018 + 0.012 * k
        b.stroke([(x * 1.5, 0.16), (x * 1.4, 0.24), (x * 0.8, 0.88)], 0.0035, "#f1e7cf")
    b.lean(0.14)


def piano(b: Brush) -> None:
    """A grand with its lid up."""
    black = "*#34323a"
    b.curve([(-0.62, 0.56), (-0.62, 0.56), (-0.36, 0.98), (-0.36, 0.98), (0.2, 1.0), (0.62, 0.86), (0.9, 0.76),
        (1.02, 0.6), (1.02, 0.6)], black, shade=0.84)  # fmt: skip
    b.curve([(-0.56, 0.58), (-0.56, 0.58), (-0.33, 0.94), (-0.33, 0.94), (0.2, 0.955), (0.6, 0.82), (0.94, 0.62),
        (0.94, 0.62)], black, shade=1.25)  # fmt: skip
    b.curve([(-0.6, 0.56), (0.0, 0.59), (0.6, 0.58), (1.0, 0.56), (0.6, 0.53), (-0.4, 0.53)], "#c9974a")
    for k in range(16):
        x = -0.45 + 0.085 * k
        b.stroke([(x, 0.545), (x + 0.1, 0.575)], 0.006, "#f0d9a0")
    b.stroke([(0.42, 0.56), (0.34, 0.87)], 0.02, black, shade=1.5)
    b.curve([(-0.72, 0.38), (-0.72, 0.38), (-0.72, 0.55), (-0.72, 0.55), (0.2, 0.555), (1.04, 0.55), (1.1, 0.47),
        (1.04, 0.38), (1.04, 0.38)], black)  # fmt: skip
    b.curve([(-0.7, 0.52), (0.2, 0.53), (1.03, 0.525), (1.08, 0.49), (0.2, 0.5), (-0.7, 0.495)], black, shade=1.6)
    b.shape([(-0.98, 0.34), (-0.6, 0.34), (-0.6, 0.44), (-0.98, 0.42)], black, shade=0.85)
    b.shape([(-0.97, 0.42), (-0.6, 0.44), (-0.6, 0.475), (-0.97, 0.455)], CREAM)
    for k in range(9):
        x = -0.95 + 0.04 * k
        b.box(x, 0.435 + 0.002 * k, x + 0.018, 0.462 + 0.002 * k, "#2a2830")
    b.shape([(-0.74, 0.47), (-0.68, 0.47), (-0.6, 0.72), (-0.64, 0.72)], black, shade=1.3)
    b.shape([(-0.78, 0.5), (-0.66, 0.51), (-0.58, 0.7), (-0.68, 0.69)], CREAM, shade=0.98)
    for x in (-0.62, 0.1, 0.92):
        b.shape([(x - 0.045, 0.4), (x + 0.045, 0.4), (x + 0.022, 0.06), (x - 0.022, 0.06)], black, shade=0.9)
        b.shape([(x + 0.01, 0.38), (x + 0.035, 0.38), (x + 0.018, 0.06), (x + 0.006, 0.06)], black, shade=1.5)
        b.oval(x, 0.03, 0.032, 0.032, GOLD)
    b.shape([(-0.32, 0.38), (-0.22, 0.38), (-0.23, 0.06), (-0.31, 0.06)], black, shade=0.8)
    b.box(-0.34, 0.02, -0.2, 0.06, GOLD)
    b.curve([(-1.36, 0.25), (-1.33, 0.3), (-1.1, 0.31), (-0.96, 0.29), (-0.95, 0.24), (-1.15, 0.23)], "#9c3f38")
    b.box(-1.35, 0.21, -0.96, 0.25, black, shade=0.9)
    for x in (-1.32, -1.0):
        b.shape([(x - 0.022, 0.22), (x + 0.022, 0.22), (x + 0.014, 0.0), (x - 0.014, 0.0)], black, shade=0.9)


def clock(b: Brush) -> None:
    """An alarm clock with two bells."""
    case = "*#4f8784"
    for side in (-1, 1):
        b.stroke([(side * 0.22, 0.14), (side * 0.34, 0.0)], 0.07, case, end=0.05, shade=0.8)
        b.stroke([(side * 0.18, 0.8), (side * 0.24, 0.88)], 0.035, STEEL)
        ball(b, side * 0.26, 0.86, 0.15, 0.11, GOLD)
        b.shape([(side * 0.09, 0.8), (side * 0.4, 0.72), (side * 0.34, 0.62), (side * 0.02, 0.7)], case, shade=0.72)
    b.stroke([(0, 0.8), (0, 0.93)], 0.025, STEEL)
    b.oval(0, 0.94, 0.05, 0.03, STEEL)
    b.stroke(flowing(np.array([(-0.2, 0.92), (-0.1, 0.995), (0.1, 0.995), (0.2, 0.92)])), 0.026, STEEL)
    b.oval(-0.02, 0.43, 0.43, 0.415, case, shade=0.66)
    b.oval(0, 0.44, 0.42, 0.41, case)
    b.oval(0.02, 0.455, 0.39, 0.375, case, shade=1.18)
    b.oval(0, 0.44, 0.355, 0.345, "#d9cdb4")
    b.oval(0.008, 0.432, 0.34, 0.33, "#f7f0e0")
    for k in range(12):
        a = math.pi / 2 - k * math.pi / 6
        inner, outer = (0.255, 0.31) if k % 3 == 0 else (0.285, 0.31)
        b.stroke([(inner * math.cos(a), 0.44 + inner * math.sin(a)), (outer * math.cos(a), 0.44 + outer * math.sin(a))],
            0.028 if k % 3 == 0 else 0.014, "#4a4148")  # fmt: skip
    for a, long, width in ((2.5, 0.17, 0.036), (0.52, 0.26, 0.026)):
        b.stroke([(-0.04 * math.cos(a), 0.44 - 0.04 * math.sin(a)), (long * math.cos(a), 0.44 + long * math.sin(a))],
            width, "#38323a", end=width * 0.4)  # fmt: skip
    b.stroke([(0, 0.44), (-0.05, 0.2)], 0.012, "#c2473c", end=0.006)
    b.oval(0, 0.44, 0.028, 0.028, "#c2473c")


def candle(b: Brush) -> None:
    wax, brass = "*#efe4cb", GOLD
    near, under = (1.5, 1.25) if b.lit else (1.0, 1.0)
    flame(b, 0.004, 0.75, 0.24)
    b.oval(-0.02, 0.045, 0.4, 0.055, brass, shade=0.72)
    b.oval(0, 0.065, 0.4, 0.055, brass, shade=under)
    b.oval(0.03, 0.075, 0.3, 0.036, brass, shade=0.84 * under)
    b.stroke(flowing(np.array([(0.34, 0.09), (0.52, 0.17), (0.5, 0.28), (0.38, 0.24), (0.35, 0.12)])), 0.036, brass,
        shade=1.05)  # fmt: skip
    turned(b, 0, [(0.2, 0.06), (0.15, 0.1), (0.125, 0.14), (0.15, 0.19), (0.155, 0.21)], brass, tone=under)
    turned(b, 0, [(0.108, 0.19), (0.108, 0.3), (0.108, 0.42)], wax, tone=under)
    turned(b, 0, [(0.108, 0.4), (0.108, 0.5), (0.106, 0.69)], wax, tone=(near + under) / 2)
    turned(b, 0, [(0.107, 0.54), (0.107, 0.6), (0.106, 0.69)], wax, tone=near)
    for x, low, wide in ((-0.075, 0.5, 0.022), (-0.01, 0.58, 0.02), (0.07, 0.44, 0.024)):
        b.curve([(x - wide, 0.69), (x - wide, low + 0.04), (x, low), (x + wide, low + 0.04), (x + wide, 0.69)], wax,
            shade=near * (1.0 + x))  # fmt: skip
    rim(b, 0, 0.69, 0.107, wax, "#f7e2a8", depth=0.16)
    if b.lit:
        b.bright(np.array([(0.09 * math.cos(t), 0.69 + 0.018 * math.sin(t)) for t in np.linspace(0, 6.28, 24)]),
            "#ffdf9c")  # fmt: skip
    b.stroke([(0, 0.69), (0.004, 0.765)], 0.014, "#4a3a30")


def vase(b: Brush) -> None:
    """Porcelain, with a few twigs of blossom."""
    glaze = "*#e8e6df"
    for side, top, lean in ((-1, 0.92, 0.34), (1, 1.0, 0.2), (1, 0.84, 0.44), (-1, 1.0, 0.1)):
        line = bend((side * 0.02, 0.54), (side * lean * 0.3, 0.78), (side * lean, top), 12)
        b.stroke(line, 0.016, "#6b4a3a", end=0.006)
        for k in range(4, 12):
            x, y = float(line[k][0]), float(line[k][1])
            dx, dy = b.chance.between(-0.045, 0.045), b.chance.between(-0.025, 0.025)
            b.oval(x + dx, y + dy, 0.036, 0.032, "#e59aae", shade=0.92 if k % 2 else 1.06)
            b.oval(x + dx + 0.008, y + dy + 0.008, 0.015, 0.014, "#fbe3e6")
    turned(b, 0, [(0.15, 0.0), (0.15, 0.03), (0.2, 0.12), (0.27, 0.26), (0.25, 0.39), (0.14, 0.49), (0.085, 0.55),
        (0.09, 0.6), (0.13, 0.64)], glaze)  # fmt: skip
    for y, half, count in ((0.31, 0.268, 7),):
        for k in range(count):
            at = math.sin(-1.2 + 2.4 * k / (count - 1))
            x, up, thin = half * at, y - 0.03 * (1 - at * at), math.sqrt(1.06 - at * at)
            for turn in range(6):
                a = turn * math.pi / 3
                b.oval(x + 0.026 * thin * math.cos(a), up + 0.028 * math.sin(a), 0.016 * thin, 0.016, "#3f648f",
                    shade=0.92 + 0.14 * at)  # fmt: skip
    for y, half in ((0.14, 0.205), (0.46, 0.165), (0.05, 0.155)):
        b.stroke([(half * math.sin(t), y - half * 0.13 * math.cos(t)) for t in np.linspace(-1.5, 1.5, 20)], 0.013,
            "#3f648f")  # fmt: skip
    b.stroke([(0.128 * math.sin(t), 0.637 - 0.02 * math.cos(t)) for t in np.linspace(-1.55, 1.55, 18)], 0.02, glaze,
        shade=1.1)  # fmt: skip
    b.curve([(0.12, 0.37), (0.17, 0.35), (0.19, 0.24), (0.16, 0.2), (0.15, 0.28)], "#ffffff")


def bottle(b: Brush) -> None:
    glass = "*#3f6a4f"
    turned(b, 0, [(0.135, 0.0), (0.14, 0.02), (0.14, 0.3), (0.14, 0.52), (0.11, 0.62), (0.055, 0.7), (0.047, 0.8),
        (0.047, 0.93)], glass)  # fmt: skip
    b.shape([(-0.12, 0.02), (-0.1, 0.015), (-0.1, 0.5), (-0.06, 0.64), (-0.09, 0.6), (-0.12, 0.5)], glass, shade=0.6)
    b.curve([(0.07, 0.05), (0.1, 0.05), (0.1, 0.5), (0.075, 0.6), (0.06, 0.62), (0.075, 0.5)], glass, shade=1.55)
    b.curve([(0.086, 0.34), (0.1, 0.34), (0.1, 0.5), (0.08, 0.56)], "#eef6ea")
    b.stroke([(0.028, 0.72), (0.026, 0.82)], 0.012, "#dcebdc")
    label = [(0.142 * math.sin(t), 0.18 - 0.018 * math.cos(t)) for t in np.linspace(-1.45, 1.5, 16)]
    b.shape([*label, *[(x, y + 0.2) for x, y in reversed(label)]], "#efe4ca")
    b.shape([*label[:7], *[(x, y + 0.2) for x, y in reversed(label[:7])]], "#efe4ca", shade=0.84)
    b.stroke([(x * 0.98, y + 0.175) for x, y in label], 0.008, "#b3873f")
    b.stroke([(x * 0.98, y + 0.025) for x, y in label], 0.008, "#b3873f")
    for y, wide in ((0.29, 0.085), (0.26, 0.06), (0.225, 0.075)):
        b.stroke([(-wide, y - 0.012), (0, y - 0.016), (wide, y - 0.012)], 0.013 if y > 0.28 else 0.007, "#7d3a34")
    turned(b, 0, [(0.052, 0.84), (0.055, 0.87), (0.055, 0.95), (0.062, 0.955), (0.062, 0.98), (0.05, 0.985)], "#8f3a36")


def umbrella(b: Brush) -> None:
    cloth = "*#c2463f"
    b.stroke([(0, 0.06), (0, 0.98)], 0.026, WOOD)
    b.stroke(flowing(np.array([(0.0, 0.12), (0.0, 0.04), (0.05, -0.005), (0.11, 0.02), (0.12, 0.08)])), 0.04, WOOD)
    edges = [-0.68, -0.46, -0.17, 0.17, 0.46, 0.68]
    for k in range(5):
        left, right = edges[k], edges[k + 1]
        dip = 0.56
        hem = bend((left, dip - 0.03 * abs(left)), ((left + right) / 2, dip + 0.075), (right, dip - 0.03 * abs(right)),
            7)  # fmt: skip
        one = bend((right, dip - 0.03 * abs(right)), (right * 0.86, 0.9), (0, 0.965), 9)
        other = bend((0, 0.965), (left * 0.86, 0.9), (left, dip - 0.03 * abs(left)), 9)
        b.shape([*hem, *one, *other], cloth, shade=(0.72, 0.86, 0.98, 1.1, 1.0)[k])
    for x in edges[1:5]:
        b.stroke(bend((0, 0.96), (x * 0.86, 0.9), (x, 0.56 - 0.03 * abs(x))), 0.007, cloth, shade=0.66)
    b.stroke([(0, 0.95), (0, 1.02)], 0.024, "#4a3a30", end=0.01)


def hat(b: Brush) -> None:
    """Of straw, with a ribbon."""
    straw = "*#d9b673"
    b.oval(0, 0.16, 1.16, 0.17, straw, shade=0.66)
    b.oval(0.0, 0.2, 1.16, 0.165, straw)
    b.oval(0.08, 0.225, 0.96, 0.115, straw, shade=1.09)
    for k in range(3):
        b.stroke([((0.82 + 0.11 * k) * math.cos(t),
            0.2 + (0.115 + 0.018 * k) * math.sin(t)) for t in np.linspace(3.3, 6.1, 24)], 0.01, straw,
            shade=0.86)  # fmt: skip
    turned(b, 0, [(0.6, 0.22), (0.58, 0.4), (0.55, 0.66), (0.46, 0.86), (0.24, 0.965), (0.02, 0.985)], straw)
    for k in range(5):
        y, half = 0.5 + 0.085 * k, (0.575, 0.56, 0.54, 0.5, 0.43)[k]
        b.stroke([(half * math.sin(t), y - half * 0.13 * math.cos(t)) for t in np.linspace(-1.5, 1.5, 20)], 0.009,
            straw, shade=0.84)  # fmt: skip
    band = [(0.6 * math.sin(t), 0.24 - 0.078 * math.cos(t)) for t in np.linspace(-1.57, 1.57, 24)]
    b.shape([*band, *[(x * 0.975, y + 0.17) for x, y in reversed(band)]], "#a8433c", shade=0.9)
    b.shape([*band[12:20], *[(x * 0.975, y + 0.17) for x, y in reversed(band[12:20])]], "#a8433c", shade=1.1)
    b.shape([(0.46, 0.3), (0.74, 0.42), (0.72, 0.24)], "#a8433c", shade=1.15)
    b.shape([(0.46, 0.3), (0.7, 0.12), (0.56, 0.1)], "#a8433c", shade=0.82)
    b.oval(0.46, 0.29, 0.055, 0.075, "#a8433c")


def key(b: Brush) -> None:
    metal = "*#c9a04a"

    for dx, dy, shade in ((-0.008, -0.008, 0.66), (0.0, 0.0, 1.0)):
        b.stroke([(dx, 0.02 + dy), (dx, 0.66 + dy)], 0.062, metal, shade=shade)
        for y, long in ((0.08, 0.17), (0.17, 0.13), (0.26, 0.17)):
            b.box(dx, y - 0.028 + dy, long + dx, y + 0.028 + dy, metal, shade=shade)
        b.box(dx + 0.1, 0.05 + dy, dx + 0.13, 0.29 + dy, metal, shade=shade)
        for y, half in ((0.6, 0.065), (0.65, 0.08), (0.37, 0.052)):
            b.oval(dx, y + dy, half, 0.024, metal, shade=shade)
        for x, y in ((-0.12, 0.77), (0.12, 0.77), (0.0, 0.89)):
            ring(b, x + dx, y + dy, 0.112, 0.042, metal, shade=shade)
    b.stroke([(0.014, 0.04), (0.014, 0.62)], 0.016, metal, shade=1.35)
    for x, y in ((-0.12, 0.77), (0.12, 0.77), (0.0, 0.89)):
        b.stroke([(x + 0.092 * math.cos(t), y + 0.092 * math.sin(t)) for t in np.linspace(0.1, 1.7, 12)], 0.014, metal,
            shade=1.35)  # fmt: skip
    b.lean(-0.3)


def chair(b: Brush) -> None:
    wood, seat = "#8f6242", "*#b5564a"
    b.shape([(-0.2, 0.44), (-0.15, 0.44), (-0.17, 0.07), (-0.21, 0.07)], wood, shade=0.7)
    b.shape([(0.25, 0.44), (0.3, 0.44), (0.33, 0.05), (0.29, 0.05)], wood, shade=0.74)
    b.curve([(-0.24, 0.44), (-0.24, 0.44), (-0.27, 0.8), (-0.29, 0.98), (-0.24, 1.0), (-0.21, 0.8), (-0.18, 0.44),
        (-0.18, 0.44)], wood, shade=0.85)  # fmt: skip
    b.curve([(0.18, 0.46), (0.18, 0.46), (0.19, 0.8), (0.21, 0.98), (0.26, 1.0), (0.26, 0.8), (0.25, 0.46),
        (0.25, 0.46)], wood)  # fmt: skip
    for y in (0.9, 0.76, 0.62):
        b.curve([(-0.26, y - 0.03), (-0.02, y - 0.055), (0.22, y - 0.03), (0.22, y + 0.03), (-0.02, y + 0.02),
            (-0.26, y + 0.03)], wood, shade=1.02)  # fmt: skip
        b.stroke(bend((-0.24, y + 0.024), (-0.02, y + 0.006), (0.21, y + 0.024)), 0.012, wood, shade=1.3)
    b.shape([(-0.34, 0.4), (0.3, 0.38), (0.34, 0.46), (-0.24, 0.48)], wood, shade=0.95)
    b.shape([(-0.34, 0.4), (0.3, 0.38), (0.3, 0.33), (-0.34, 0.35)], wood, shade=0.78)
    b.shape([(0.3, 0.38), (0.34, 0.46), (0.34, 0.42), (0.3, 0.33)], wood, shade=1.1)
    b.curve([(-0.33, 0.42), (-0.3, 0.47), (-0.2, 0.525), (0.1, 0.53), (0.3, 0.5), (0.31, 0.44), (0.28, 0.4),
        (0.0, 0.4)], seat)  # fmt: skip
    b.curve([(-0.33, 0.42), (-0.1, 0.435), (0.29, 0.425), (0.28, 0.4), (0.0, 0.395)], seat, shade=0.76)
    b.curve([(-0.18, 0.505), (0.1, 0.515), (0.26, 0.49), (0.1, 0.495)], seat, shade=1.14)
    for x, lean, shade in ((-0.31, -0.02, 0.86), (0.26, 0.02, 1.05)):
        b.shape([(x - 0.028, 0.36), (x + 0.028, 0.36), (x + lean + 0.018, 0.0), (x + lean - 0.018, 0.0)], wood,
            shade=shade)  # fmt: skip
        b.shape([(x + 0.004, 0.36), (x + 0.022, 0.36), (x + lean + 0.014, 0.0), (x + lean + 0.004, 0.0)], wood,
            shade=shade * 1.25)  # fmt: skip
    b.stroke([(-0.31, 0.17), (0.27, 0.16)], 0.026, wood, shade=0.95)
    b.stroke([(-0.19, 0.22), (0.3, 0.21)], 0.02, wood, shade=0.7)


def cake(b: Brush) -> None:
    icing, sponge = "*#f0c3c6", "#c98f5a"
    near = 1.25 if b.lit else 1.0
    turned(b, 0, [(0.22, 0.0), (0.16, 0.03), (0.05, 0.07), (0.05, 0.14), (0.12, 0.17)], CREAM)
    b.oval(0, 0.175, 0.66, 0.06, CREAM, shade=0.74)
    b.oval(0, 0.195, 0.66, 0.06, CREAM)
    for low, high, half in ((0.2, 0.46, 0.5), (0.46, 0.68, 0.34)):
        turned(b, 0, [(half, low), (half, (low + high) / 2), (half, high)], sponge, tone=near)
        turned(b, 0, [(half, (low + high) / 2 - 0.015), (half, (low + high) / 2), (half, (low + high) / 2 + 0.018)],
            CREAM)  # fmt: skip
        turned(b, 0, [(half * 1.01, high - 0.075), (half * 1.01, high - 0.04), (half, high)], icing, tone=near)
        for k in range(9):
            at = math.sin(-1.35 + 2.7 * k / 8)
            long = b.chance.between(0.03, 0.085)
            y, wide = high - 0.07 - half * 0.13 * (1 - at * at), half * 0.1 * math.sqrt(1.12 - at * at)
            b.curve([(half * at - wide, y + 0.03), (half * at - wide, y - long * 0.6), (half * at, y - long),
                (half * at + wide, y - long * 0.6), (half * at + wide, y + 0.03)], icing,
                shade=near * (0.86 + 0.18 * at))  # fmt: skip
        b.oval(0, high, half, half * 0.13, icing, shade=1.1 * near)
    for k in range(9):
        a = math.pi * (1 + (k + 0.5) / 9)
        ball(b, 0.43 * math.cos(a), 0.475 + 0.05 * math.sin(a), 0.046, 0.046, "#b9353f", gloss=1.1, tones=5)
    for x in (-0.2, -0.07, 0.07, 0.2):
        y = 0.69 - 0.02 * math.cos(x * 4)
        b.box(x - 0.014, y, x + 0.014, y + 0.17, ("#7fa9b8", "#e9b84e")[x in (-0.07, 0.2)])
        b.box(x + 0.003, y, x + 0.01, y + 0.17, CREAM)
        flame(b, x, y + 0.175, 0.1)
    for x in (-0.27, -0.135, 0.0, 0.135, 0.27):
        ball(b, x, 0.685 - 0.03 * math.cos(x * 5), 0.04, 0.036, CREAM, tones=5)


def snowman(b: Brush) -> None:
    snow, scarf = "#e9eff6", "*#c2463f"
    for x, y in ((-1.0, 0.6), (1.0, 0.63)):
        b.stroke(flowing(np.array([(x * 0.17, 0.53), (x * 0.32, y), (x * 0.44, y + 0.08)])), 0.022, "#6b4a36",
            end=0.012)  # fmt: skip
        b.stroke([(x * 0.37, y + 0.035), (x * 0.46, y + 0.02)], 0.014, "#6b4a36", end=0.006)
        b.stroke([(x * 0.38, y + 0.04), (x * 0.4, y + 0.12)], 0.014, "#6b4a36", end=0.006)
    for y, r in ((0.2, 0.245), (0.51, 0.18), (0.745, 0.128)):
        b.oval(0, y, r, r * 0.95, snow, shade=0.8)
        b.oval(r * 0.07, y + r * 0.06, r * 0.92, r * 0.87, snow, shade=0.88)
        b.oval(r * 0.14, y + r * 0.12, r * 0.8, r * 0.76, snow, shade=0.96)
        b.oval(r * 0.2, y + r * 0.18, r * 0.62, r * 0.6, snow, shade=1.04)
    for y in (0.57, 0.49, 0.41):
        b.oval(0.03, y, 0.018, 0.018, "#37343c")
    for x in (-0.03, 0.065):
        b.oval(x, 0.785, 0.014, 0.017, "#2b2930")
    b.curve([(0.02, 0.77), (0.02, 0.73), (0.1, 0.735), (0.2, 0.735), (0.1, 0.76)], "#e58a35")
    for k in range(5):
        b.oval(-0.03 + 0.026 * k, 0.695 - 0.012 * math.sin(k * math.pi / 4), 0.008, 0.008, "#2b2930")
    b.curve([(-0.14, 0.67), (-0.08, 0.635), (0.06, 0.63), (0.15, 0.67), (0.15, 0.61), (0.06, 0.575), (-0.08, 0.58),
        (-0.145, 0.615)], scarf)  # fmt: skip
    b.curve([(0.03, 0.63), (0.11, 0.64), (0.15, 0.5), (0.14, 0.4), (0.07, 0.39), (0.07, 0.5)], scarf, shade=0.85)
    for k in range(4):
        b.stroke([(0.078 + 0.018 * k, 0.4), (0.076 + 0.02 * k, 0.37)], 0.008, scarf, shade=0.85)
    b.stroke([(0.075, 0.47), (0.145, 0.48)], 0.016, CREAM)
    b.oval(0, 0.845, 0.17, 0.03, "#38343d")
    turned(b, 0, [(0.105, 0.85), (0.1, 0.9), (0.108, 0.985)], "#38343d")
    turned(b, 0, [(0.106, 0.86), (0.104, 0.875), (0.102, 0.895)], scarf)
    b.oval(0, 0.985, 0.108, 0.016, "#38343d", shade=1.3)


def kite(b: Brush) -> None:
    colour = "*#d9503f"
    tail = flowing(np.array([(0.0, 0.34), (-0.06, 0.26), (0.06, 0.16), (-0.05, 0.08), (0.03, 0.0)]))
    b.stroke(tail, 0.01, "#f0e9dc")
    for k in (8, 15, 22, 29):
        x, y = float(tail[k][0]), float(tail[k][1])
        for side in (-1, 1):
            b.shape([(x, y), (x + side * 0.055, y + 0.03), (x + side * 0.055, y - 0.024)],
                ("#f0c24e", "#4f93a8")[k % 2], shade=1.0 + 0.08 * side)  # fmt: skip
    top, foot, left, right, cross = (0.0, 1.0), (0.0, 0.33), (-0.3, 0.75), (0.3, 0.75), (0.0, 0.75)
    b.shape([top, left, cross], "#f0c24e", shade=0.86)
    b.shape([top, right, cross], colour, shade=1.06)
    b.shape([left, foot, cross], colour, shade=0.82)
    b.shape([right, foot, cross], "#4f93a8")
    b.stroke([top, foot], 0.01, "#6b4a36")
    b.stroke([left, right], 0.01, "#6b4a36")
    b.lean(-0.25)


def crown(b: Brush) -> None:
    gold = "*#d8a83f"
    b.oval(0, 0.24, 0.72, 0.13, gold, shade=0.5)
    b.curve([(-0.68, 0.3), (-0.5, 0.66), (0.0, 0.76), (0.5, 0.66), (0.68, 0.3), (0.0, 0.2)], "#8f2f3f", shade=0.85)
    b.curve([(0.0, 0.3), (0.2, 0.6), (0.45, 0.6), (0.62, 0.3)], "#8f2f3f", shade=1.05)
    points = [(-0.94, 0.8), (-0.5, 0.92), (0.0, 1.0), (0.5, 0.92), (0.94, 0.8)]
    low = [(0.74 * math.sin(t), 0.2 - 0.14 * math.cos(t)) for t in np.linspace(-1.57, 1.57, 25)]
    top = [(-0.94, 0.76), (-0.66, 0.42), (-0.5, 0.88), (-0.27, 0.38), (0.0, 0.95), (0.27, 0.38), (0.5, 0.88),
        (0.66, 0.42), (0.94, 0.76)]  # fmt: skip
    b.shape([*low, *reversed(top)], gold, shade=0.95)
    for left, tip, right, shade in (((-0.66, 0.42), (-0.5, 0.88), (-0.27, 0.38), 1.1), ((-0.27, 0.38), (0.0, 0.95),
        (0.27, 0.38), 1.12), ((0.27, 0.38), (0.5, 0.88), (0.66, 0.42), 1.2)):  # fmt: skip
        b.shape([((left[0] + right[0]) / 2, left[1] - 0.12), tip, right], gold, shade=shade)
        b.shape([left, tip, ((left[0] + right[0]) / 2, left[1] - 0.12)], gold, shade=shade * 0.8)
    b.shape([*low[:12], *[(x, y + 0.16) for x, y in reversed(low[:12])]], gold, shade=0.84)
    b.shape([*low[11:], *[(x, y + 0.16) for x, y in reversed(low[11:])]], gold, shade=1.05)
    for lift, shade in ((0.0, 0.7), (0.16, 1.3)):
        b.stroke([(x, y + lift) for x, y in low], 0.034, gold, shade=shade)
    for k in range(7):
        at = math.sin(-1.25 + 2.5 * k / 6)
        x, y = 0.73 * at, 0.285 - 0.14 * math.sqrt(1 - at * at)
        ball(b, x, y, 0.05 * math.sqrt(1.1 - at * at), 0.048, ("#b8303f", "#3f6fa8", "#4f9a6a")[k % 3], gloss=1.2,
            tones=5)  # fmt: skip
    for x, y in points:
        ball(b, x, y, 0.058, 0.058, "#f3ead8" if x else "#b8303f", gloss=1.0, tones=5)


def heart(b: Brush) -> None:
    colour = "*#c9343f"
    for away, part, shade in TONES[:13]:
        right = [(0.0, 0.0), (0.0, 0.0), (0.3, 0.27), (0.5, 0.58), (0.48, 0.84), (0.28, 0.97), (0.08, 0.9), (0.0, 0.78),
            (0.0, 0.78)]  # fmt: skip
        outline = np.array([*right, *[(-x, y) for x, y in reversed(right[2:7])]])
        b.curve((outline - (0, 0.56)) * part + (0.5 * away, 0.56 + 0.4 * away * part), colour, shade=shade)
    b.curve([(0.27, 0.88), (0.36, 0.84), (0.4, 0.74), (0.33, 0.79)], "#fff0ec")


def bread(b: Brush) -> None:
    crust, crumb = "*#b9793f", "#f0dcb2"
    for away, part, shade in TONES[:13]:
        outline = [(-0.82, 0.05), (-0.86, 0.34), (-0.6, 0.62), (-0.1, 0.73), (0.4, 0.66), (0.68, 0.42), (0.7, 0.12),
            (0.6, 0.0), (0.0, -0.02), (-0.7, 0.0)]  # fmt: skip
        b.curve((np.array(outline) - (-0.08, 0.32)) * part + (-0.08 + 0.6 * away, 0.32 + 0.36 * away), crust,
            shade=shade)  # fmt: skip
    for x in (-0.55, -0.28, 0.0, 0.27):
        lip = [(x - 0.1, 0.3), (x - 0.02, 0.48), (x + 0.14, 0.66), (x + 0.16, 0.55), (x + 0.06, 0.4)]
        b.curve(lip, crumb, shade=0.95)
        b.curve([(px * 0.6 + (x + 0.03) * 0.4 + 0.02, py * 0.8 + 0.09) for px, py in lip], crumb, shade=0.84)
    for x, shade in ((0.66, 0.86), (0.86, 1.0)):
        slice_ = [(x - 0.26, 0.02), (x - 0.28, 0.34), (x - 0.24, 0.56), (x - 0.02, 0.64), (x + 0.2, 0.54),
            (x + 0.24, 0.3), (x + 0.22, 0.02), (x, -0.01)]  # fmt: skip
        b.curve([(px - 0.05, py) for px, py in slice_], crust, shade=0.8 * shade)
        b.curve(slice_, crust, shade=shade)
        b.curve([((px - x) * 0.87 + x, (py - 0.3) * 0.88 + 0.3) for px, py in slice_], crumb, shade=shade)
    for _ in range(16):
        b.oval(0.86 + b.chance.between(-0.16, 0.16), b.chance.between(0.1, 0.5), b.chance.between(0.008, 0.02), 0.01,
            crumb, shade=0.84)  # fmt: skip
    for k, (x, y) in enumerate(((-1.02, 0.0), (-1.0, 0.02), (-0.98, 0.0), (-0.96, 0.03))):
        line = bend((x + 0.16, 0.0), (x - 0.02, 0.45), (-1.14 + 0.13 * k, 0.86 + 0.04 * (k % 2) + y), 12)
        b.stroke(line, 0.014, "#c9a552")
        for j in range(7, 12):
            for side in (-1, 1):
                b.oval(line[j][0] + side * 0.03, line[j][1] + 0.02, 0.018, 0.042, "#d9b45c", turn=-side * 0.5,
                    shade=0.9 + 0.1 * side)  # fmt: skip


def gift(b: Brush) -> None:
    paper, ribbon = "*#4f7f9a", b.chance.pick(("#e8c05a", "#f1e6d2", "#d9566b"))
    b.shape([(-0.5, 0.05), (-0.12, -0.02), (-0.12, 0.56), (-0.5, 0.6)], paper, shade=0.74)
    b.shape([(-0.12, -0.02), (0.52, 0.04), (0.52, 0.6), (-0.12, 0.56)], paper)
    b.shape([(-0.35, 0.02), (-0.26, 0.005), (-0.26, 0.575), (-0.35, 0.585)], ribbon, shade=0.76)
    b.shape([(0.15, 0.005), (0.28, 0.02), (0.28, 0.585), (0.15, 0.575)], ribbon)
    b.shape([(-0.55, 0.54), (-0.12, 0.48), (-0.12, 0.63), (-0.55, 0.68)], paper, shade=0.82)
    b.shape([(-0.12, 0.48), (0.57, 0.53), (0.57, 0.68), (-0.12, 0.63)], paper, shade=1.08)
    b.shape([(-0.55, 0.68), (-0.12, 0.63), (0.57, 0.68), (0.14, 0.74)], paper, shade=1.22)
    b.shape([(-0.36, 0.515), (-0.26, 0.5), (-0.26, 0.648), (-0.36, 0.66)], ribbon, shade=0.84)
    b.shape([(0.14, 0.5), (0.28, 0.51), (0.28, 0.658), (0.14, 0.65)], ribbon, shade=1.06)
    b.shape([(-0.36, 0.66), (-0.26, 0.648), (0.36, 0.705), (0.28, 0.722)], ribbon, shade=1.1)
    b.shape([(0.14, 0.65), (0.28, 0.658), (-0.1, 0.71), (-0.2, 0.7)], ribbon, shade=1.0)
    for side, shade in ((-1, 0.86), (1, 1.06)):
        b.curve([(0.0, 0.7), (0.0, 0.7), (side * 0.14, 0.9), (side * 0.32, 0.98), (side * 0.4, 0.88),
            (side * 0.28, 0.76)], ribbon, shade=shade)  # fmt: skip
        b.curve([(side * 0.05, 0.73), (side * 0.18, 0.87), (side * 0.3, 0.92), (side * 0.34, 0.87),
            (side * 0.22, 0.78)], ribbon, shade=shade * 0.74)  # fmt: skip
        b.curve([(0.0, 0.71), (0.0, 0.71), (side * 0.06, 0.92), (side * 0.14, 1.0), (side * 0.19, 0.94),
            (side * 0.12, 0.8)], ribbon, shade=shade * 1.06)  # fmt: skip
        b.shape([(0.0, 0.72), (side * 0.24, 0.64), (side * 0.3, 0.67), (side * 0.33, 0.62), (side * 0.2, 0.6)], ribbon,
            shade=shade * 0.95)  # fmt: skip
    ball(b, 0, 0.73, 0.065, 0.055, ribbon, tones=5)
    for _ in range(22):
        x, y = b.chance.between(-0.08, 0.5), b.chance.between(0.06, 0.44)
        if not 0.12 < x < 0.31:
            b.oval(x, y, 0.016, 0.016, paper, shade=1.3)


def lamp(b: Brush) -> None:
    """A table lamp."""
    shade_cloth = "*#ecdcb4"
    if b.lit:
        b.halo(0, 0.72, 1.2, "#ffd58a", 0.65)
    turned(b, 0, [(0.2, 0.0), (0.2, 0.02), (0.16, 0.05), (0.06, 0.08), (0.08, 0.12), (0.15, 0.22), (0.14, 0.33),
        (0.05, 0.43), (0.03, 0.48), (0.03, 0.56)], "#4f7f86")  # fmt: skip
    b.curve([(0.07, 0.32), (0.1, 0.3), (0.11, 0.22), (0.085, 0.24)], "#e9f4f2")
    b.stroke(flowing(np.array([(0.1, 0.56), (0.1, 0.48), (0.11, 0.44)])), 0.006, GOLD)
    b.oval(0.11, 0.43, 0.014, 0.014, GOLD)
    cuts = np.linspace(-1, 1, 10)
    for left, right in pairwise(cuts):
        corners = [(0.33 * left, 0.53 - 0.043 * (1 - left * left)), (0.33 * right + 0.002,
            0.53 - 0.043 * (1 - right * right)), (0.19 * right + 0.001, 0.97 - 0.025 * (1 - right * right)),
            (0.19 * left, 0.97 - 0.025 * (1 - left * left))]  # fmt: skip
        if b.lit:
            b.lamp(corners)
        else:
            b.shape(corners, shade_cloth, shade=0.86 + 0.1 * (left + 1))
    b.oval(0, 0.97, 0.19, 0.022, "#fff3cf" if b.lit else shade_cloth, shade=0.8)
    for y, half in ((0.53, 0.33), (0.965, 0.19)):
        b.stroke([(half * math.sin(t), y - half * 0.13 * math.cos(t)) for t in np.linspace(-1.57, 1.57, 22)], 0.016,
            "#b3873f")  # fmt: skip
    b.oval(0, 1.0, 0.02, 0.022, GOLD)


TABLE = ("still_life", "interior")
ROWS = {
    "toy_balloon": Subject(
        toy_balloon,
        "toy-balloon party-balloon birthday-balloon luftballon ballon-de-baudruche globo palloncino palloncini 🎈 气球",
        "party balloons on strings in the air",
        where="sky",
        height=0.2,
        count=(3, 5),
        scenes=("meadow", "coast"),
    ),
    "lantern": Subject(
        lantern,
        "lantern storm-lantern paper-lantern laterne lampion lanterne farol linterna lanterna 🏮 灯笼 提灯",
        "an old lantern with a burning light",
        height=0.15,
        scenes=("still_life", "forest", "snow"),
        roundness=0.4,
    ),
    "cup": Subject(
        cup,
        "cup cups mug coffee tea espresso cappuccino tasse kaffee tee becher café thé taza té caffè ☕ 🍵 杯 咖啡 茶",
        "a cup of coffee on a saucer",
        height=0.1,
        scenes=TABLE,
        roundness=0.4,
    ),
    "teapot": Subject(
        teapot,
        "teapot kettle jug pitcher teekanne kanne théière bouilloire tetera jarra teiera 🫖 茶壶",
        "a round glazed teapot",
        height=0.12,
        scenes=TABLE,
        roundness=0.4,
    ),
    "apple": Subject(
        apple,
        "apple apfel äpfel pomme manzana mela 🍎 🍏 苹果",
        "a red apple with a leaf",
        height=0.09,
        count=(1, 3),
        scenes=TABLE,
        roundness=0.6,
    ),
    "orange": Subject(
        orange,
        "orange tangerine mandarin clementine apfelsine mandarine naranja arancia 🍊 橙子",
        "an orange, the fruit, and half of one",
        height=0.09,
        scenes=TABLE,
        roundness=0.5,
    ),
    "lemon": Subject(
        lemon,
        "lemon citron zitrone limón limone 🍋 柠檬",
        "a yellow lemon with a leaf",
        height=0.07,
        count=(1, 3),
        scenes=TABLE,
        roundness=0.6,
    ),
    "pear": Subject(
        pear,
        "pear birne poire pera 🍐 梨",
        "a ripe pear",
        height=0.12,
        count=(1, 3),
        scenes=TABLE,
        roundness=0.6,
    ),
    "fruit": Subject(
        fruit,
        "fruit fruit-bowl bowl-of-fruit fruit-basket grapes banana obst früchte obstschale trauben corbeille "
        "raisins fruta uvas frutta 🍇 🍌 🍑 🍒 水果",
        "a bowl full of fruit",
        height=0.17,
        scenes=TABLE,
        roundness=0.4,
    ),
    "book": Subject(
        book,
        "book novel diary bible open-book notebook buch bücher livre libro 📖 📕 📚 书 本",
        "an open book on a table",
        height=0.09,
        seat=0.85,
        scenes=TABLE,
        roundness=0.15,
    ),
    "guitar": Subject(
        guitar,
        "guitar acoustic-guitar ukulele lute gitarre laute guitare guitarra chitarra 🎸 吉他",
        "an acoustic guitar",
        height=0.3,
        scenes=("interior", "still_life"),
        roundness=0.35,
    ),
    "violin": Subject(
        violin,
        "violin fiddle viola cello geige violine bratsche violoncelle violín violino 🎻 小提琴",
        "a violin with its bow",
        height=0.26,
        scenes=("still_life", "interior"),
        roundness=0.35,
    ),
    "piano": Subject(
        piano,
        "piano grand-piano klavier flügel konzertflügel piano-à-queue pianoforte 🎹 钢琴",
        "a grand piano with its lid up",
        height=0.17,
        seat=0.62,
        scenes=("interior",),
        roundness=0.2,
    ),
    "clock": Subject(
        clock,
        "clock alarm-clock uhr wecker horloge réveil montre reloj despertador orologio ⏰ 🕰 ⌚ 钟",
        "an alarm clock with two bells",
        height=0.14,
        scenes=TABLE,
        roundness=0.4,
    ),
    "candle": Subject(
        candle,
        "candle candlelight kerze bougie chandelle vela candela 🕯 蜡烛",
        "a burning candle in a brass holder",
        height=0.16,
        scenes=TABLE,
        roundness=0.3,
    ),
    "vase": Subject(
        vase,
        "vase urn amphora porcelain krug jarrón florero vaso ⚱ 🏺 花瓶",
        "a porcelain vase with blossom twigs",
        height=0.22,
        scenes=TABLE,
        roundness=0.4,
    ),
    "bottle": Subject(
        bottle,
        "bottle wine wine-bottle flask flasche weinflasche wein bouteille vin botella vino bottiglia 🍾 🍷 瓶",
        "a bottle of wine",
        height=0.22,
        scenes=TABLE,
        roundness=0.4,
    ),
    "umbrella": Subject(
        umbrella,
        "umbrella parasol regenschirm schirm sonnenschirm parapluie ombrelle paraguas sombrilla ombrello ☂ ☔ 🌂 ⛱ 伞",
        "an open umbrella",
        height=0.2,
        scenes=("street", "coast"),
        roundness=0.4,
    ),
    "hat": Subject(
        hat,
        "hat hats straw-hat cap sombrero strohhut mütze chapeau cappello 👒 🎩 帽子",
        "a straw hat with a ribbon",
        height=0.08,
        scenes=("still_life", "coast"),
        roundness=0.4,
    ),
    "key": Subject(
        key,
        "key keys golden-key schlüssel clé clef llave chiave 🔑 🗝 钥匙",
        "an ornate old key",
        height=0.18,
        scenes=("still_life",),
        roundness=0.3,
    ),
    "chair": Subject(
        chair,
        "chair armchair stool stuhl stühle sessel hocker chaise fauteuil silla sillón sedia 🪑 椅子",
        "a wooden chair with a cushion",
        height=0.24,
        seat=0.5,
        scenes=("interior",),
        roundness=0.2,
    ),
    "cake": Subject(
        cake,
        "cake birthday-cake birthday pie cupcake torte kuchen geburtstagstorte geburtstag gâteau tarte "
        "anniversaire pastel tarta cumpleaños torta 🎂 🍰 🧁 蛋糕",
        "a birthday cake with burning candles",
        height=0.19,
        scenes=TABLE,
        roundness=0.3,
    ),
    "snowman": Subject(
        snowman,
        "snowman snowmen schneemann schneemänner bonhomme-de-neige muñeco-de-nieve pupazzo-di-neve ⛄ ☃ 雪人",
        "a snowman with a hat and a scarf",
        height=0.28,
        scenes=("snow",),
    ),
    "kite": Subject(
        kite,
        "kite drachen flugdrachen cerf-volant cometa-de-papel papalote aquilone 🪁 风筝",
        "a kite in the wind",
        where="sky",
        height=0.24,
        scenes=("meadow", "coast"),
        roundness=0.1,
    ),
    "crown": Subject(
        crown,
        "crown tiara diadem krone couronne corona 👑 王冠",
        "a golden crown with jewels",
        height=0.13,
        scenes=("still_life",),
        roundness=0.2,
    ),
    "heart": Subject(
        heart,
        "heart valentine herz cœur coeur corazón cuore ❤ 💖 💕 🧡 💛 💚 💙 💜 心 爱",
        "a heart, the sign of love",
        where="sky",
        height=0.22,
        scenes=("meadow", "sea"),
        roundness=0.5,
    ),
    "bread": Subject(
        bread,
        "bread loaf loaves baguette toast bun brot brötchen laib pane 🍞 🥖 🥐 面包",
        "a loaf of bread with ears of wheat",
        height=0.085,
        scenes=TABLE,
        roundness=0.4,
    ),
    "gift": Subject(
        gift,
        "gift birthday-present gift-box parcel geschenk geschenke paket cadeau cadeaux regalo 🎁 礼物",
        "a wrapped gift with a bow",
        height=0.13,
        count=(1, 3),
        scenes=TABLE,
        roundness=0.15,
    ),
    "lamp": Subject(
        lamp,
        "lamp table-lamp desk-lamp lampe tischlampe stehlampe lámpara lampada 💡 🪔 灯",
        "a table lamp with a cloth shade",
        height=0.2,
        scenes=("interior", "still_life"),
        roundness=0.25,
    ),
}
