"""What was built. The light falls on the right of everything; who is put on the light's other side is turned round."""

from __future__ import annotations

import math

from services.studio.engines.painter.brush import Brush, bend
from services.studio.engines.painter.subjects.subject import Subject

STRIPS = ((-1.0, -0.45, 0.72), (-0.45, 0.15, 0.88), (0.15, 0.72, 1.04), (0.72, 1.0, 0.94))
FINE = ((-1.0, -0.9, 0.68), (-0.9, -0.72, 0.72), (-0.72, -0.5, 0.78), (-0.5, -0.25, 0.84), (-0.25, 0.0, 0.9),
    (0.0, 0.25, 0.97), (0.25, 0.5, 1.03), (0.5, 0.72, 1.07), (0.72, 0.9, 1.02), (0.9, 1.0, 0.94))  # fmt: skip
"""Of anything round that stands upright: from where to where, as a share of its half width, and the shade."""
STONE, WALL, WOOD = "#c9bda8", "#efe3cc", "#6b4a34"


def drum(b: Brush, x: float, low: float, high: float, foot: float, top: float, colour: str) -> None:
    """A round tower or column, `foot` and `top` wide to either side."""
    sag_low, sag_high = foot * 0.1, top * 0.1
    for left, right, shade in STRIPS:
        steps = [left + (right + 0.02 * (right < 1) - left) * k / 4 for k in range(5)]
        below = [(x + at * foot, low - sag_low * (1 - at * at)) for at in steps]
        above = [(x + at * top, high - sag_high * (1 - at * at)) for at in reversed(steps)]
        b.shape([*below, *above], colour, shade=shade)


def cone(b: Brush, x: float, low: float, half: float, high: float, colour: str) -> None:
    """The pointed roof of a round tower, with eaves."""
    hem = [(x + half * at, low - half * 0.2 * (1 - at * at)) for at in (-1, -0.6, -0.2, 0.2, 0.6, 1)]
    b.shape([*hem, (x, high)], colour, shade=0.74)
    b.shape([*hem[2:], (x, high)], colour, shade=0.92)
    b.shape([*hem[3:5], (x + half * 0.75, low - half * 0.08), (x, high)], colour, shade=1.12)


def window(
    b: Brush, x: float, y: float, wide: float, tall: float, frame: str = "#f6efe0", *, shade: float = 1.0
) -> None:
    """A sash window that stands on (x, y)."""
    half, edge = wide / 2, wide * 0.13
    b.box(x - half - edge, y - edge, x + half + edge, y + tall + edge, frame, shade=shade)
    b.lamp([(x - half, y), (x + half, y), (x + half, y + tall), (x - half, y + tall)])
    b.box(x - edge * 0.3, y, x + edge * 0.3, y + tall, frame, shade=shade)
    b.box(x - half, y + tall * 0.52, x + half, y + tall * 0.52 + edge * 0.6, frame, shade=shade)
    b.box(x - half - edge * 1.7, y - edge * 1.7, x + half + edge * 1.7, y - edge * 0.6, frame, shade=shade * 0.86)


def arch(x: float, y: float, wide: float, tall: float, *, pointed: float = 0.0) -> list[tuple[float, float]]:
    """The outline of an opening with a round or a pointed top that stands on (x, y)."""
    half = wide / 2
    spring = tall - half * (1 + pointed)
    turns = [math.pi * k / 10 for k in range(11)]
    top = [(x + half * math.cos(t), y + spring + half * (1 + pointed * math.sin(t)) * math.sin(t)) for t in turns]
    return [(x + half, y), *top, (x - half, y)]


def lancet(
    b: Brush, x: float, y: float, wide: float, tall: float, frame: str = "#d9cdb8", pointed: float = 0.0
) -> None:
    edge = wide * 0.2
    b.shape(arch(x, y - edge * 0.6, wide + edge * 2, tall + edge * 1.7, pointed=pointed), frame, shade=0.8)
    b.lamp(arch(x, y, wide, tall, pointed=pointed))


def slit(b: Brush, x: float, y: float, wide: float = 0.022, tall: float = 0.07) -> None:
    b.lamp(arch(x, y, wide, tall))


def battlements(
    b: Brush, left: float, right: float, y: float, size: float, count: int, colour: str, shade: float = 1.0
) -> None:
    b.box(left - size * 0.3, y - size * 0.5, right + size * 0.3, y + size * 0.1, colour, shade=shade * 0.9)
    step = (right - left + size * 0.6) / (2 * count - 1)
    for k in range(count):
        x = left - size * 0.3 + 2 * k * step
        b.box(x, y, x + step, y + size, colour, shade=shade)


def courses(
    b: Brush, left: float, right: float, low: float, high: float, colour: str, count: int, shade: float = 0.85
) -> None:
    """Here and there a stone that shows in a wall."""
    for k in range(count):
        wide = (right - left) * b.chance.between(0.08, 0.15)
        x = b.chance.between(left, right - wide)
        y = low + (high - low) * (k + b.chance.between(0.1, 0.7)) / count
        b.box(x, y, x + wide, y + wide * 0.4, colour, shade=shade * b.chance.between(0.95, 1.08))


def bush(b: Brush, x: float, y: float, size: float, colour: str = "#5d8148") -> None:
    for shade, lift, part, count in ((0.68, 0.35, 1.0, 6), (0.92, 0.6, 0.75, 5), (1.12, 0.85, 0.45, 4)):
        for k in range(count):
            across = part * (2 * k / max(count - 1, 1) - 1)
            r = size * b.chance.between(0.34, 0.46) * (1.1 - 0.4 * abs(across)) * (1.2 - lift * 0.5)
            b.oval(x + across * size * 0.8 + lift * size * 0.1, y + lift * size * (0.75 - 0.35 * across * across), r, r,
                colour, shade=shade)  # fmt: skip


def roof(
    b: Brush, ridge: tuple[float, float, float], eaves: tuple[float, float, float], colour: str, rows: int = 5
) -> None:
    """The lit slope: `ridge` and `eaves` are from x to x and at which height; rows of tiles show on it."""
    (a, c, top), (d, e, low) = ridge, eaves
    b.shape([(a, top), (c, top), (e, low), (d, low)], colour)
    for k in range(1, rows):
        at = k / rows
        x0, x1, y = a + (d - a) * at, c + (e - c) * at, top + (low - top) * at
        b.stroke([(x0, y), (x1, y)], 0.009, colour, shade=0.86)
    b.shape([(d, low), (e, low), (e, low - 0.022), (d, low - 0.022)], colour, shade=0.62)
    b.stroke([(a - 0.01, top), (c + 0.005, top)], 0.022, colour, shade=1.15)


def house(b: Brush) -> None:
    tiles = "*#b0563f"
    b.box(0.2, 0.66, 0.31, 1.0, "#a5614c", shade=0.95)
    b.box(0.2, 0.66, 0.245, 1.0, "#a5614c", shade=0.72)
    b.box(0.185, 0.965, 0.325, 1.0, "#d8cbb6")
    b.shape([(-0.62, 0.02), (-0.17, -0.01), (-0.17, 0.46), (-0.395, 0.84), (-0.62, 0.47)], WALL, shade=0.8)
    b.shape([(-0.17, -0.01), (0.64, 0.02), (0.64, 0.46), (-0.17, 0.46)], WALL)
    b.shape([(-0.17, 0.46), (0.64, 0.46), (0.64, 0.41), (-0.17, 0.4)], WALL, shade=0.8)
    b.shape([(-0.68, 0.385), (-0.395, 0.87), (-0.395, 0.8), (-0.64, 0.385)], tiles, shade=0.7)
    roof(b, (-0.395, 0.5, 0.87), (-0.13, 0.71, 0.42), tiles, 7)
    b.shape([(-0.395, 0.87), (-0.13, 0.42), (-0.165, 0.42), (-0.395, 0.81)], WALL, shade=1.02)
    window(b, -0.4, 0.53, 0.1, 0.13, shade=0.85)
    window(b, -0.5, 0.16, 0.1, 0.15, shade=0.85)
    window(b, -0.29, 0.16, 0.1, 0.15, shade=0.85)
    for x in (0.05, 0.47):
        window(b, x, 0.15, 0.12, 0.16)
        for side in (-1, 1):
            b.box(x + side * 0.11 - 0.03, 0.13, x + side * 0.11 + 0.03, 0.33, "#5c7a72")
    b.box(0.19, 0.0, 0.33, 0.31, "#f6efe0")
    b.box(0.205, 0.0, 0.315, 0.29, "#4f6a63")
    b.lamp([(0.225, 0.19), (0.295, 0.19), (0.295, 0.265), (0.225, 0.265)])
    b.oval(0.298, 0.13, 0.008, 0.008, "#e3c46c")
    b.shape([(0.16, -0.012), (0.36, -0.005), (0.36, 0.022), (0.16, 0.018)], STONE)
    b.shape([(0.06, 0.63), (0.14, 0.76), (0.22, 0.63), (0.22, 0.56), (0.06, 0.56)], WALL, shade=0.95)
    window(b, 0.14, 0.585, 0.075, 0.08)
    b.shape([(0.04, 0.615), (0.14, 0.785), (0.24, 0.615), (0.22, 0.615), (0.14, 0.745), (0.06, 0.615)], tiles,
        shade=0.85)  # fmt: skip
    bush(b, -0.56, -0.02, 0.1)
    bush(b, 0.58, -0.02, 0.12)


def cottage(b: Brush) -> None:
    thatch, wall = "*#b08d57", "#eadfc8"
    b.box(0.36, 0.55, 0.5, 1.0, "#a89a88", shade=0.95)
    b.box(0.36, 0.55, 0.415, 1.0, "#a89a88", shade=0.72)
    b.box(0.345, 0.95, 0.515, 0.985, "#a89a88", shade=1.1)
    b.shape([(-0.66, 0.0), (0.66, 0.0), (0.64, 0.46), (0.3, 0.62), (-0.3, 0.62), (-0.64, 0.46)], wall)
    b.shape([(-0.66, 0.0), (-0.4, 0.0), (-0.4, 0.46), (-0.64, 0.46)], wall, shade=0.84)
    courses(b, -0.62, 0.6, 0.02, 0.2, "#cdbfa6", 9, 0.95)
    for x in (-0.36, 0.4):
        window(b, x, 0.17, 0.17, 0.17, "#7a5a40")
        b.box(x - 0.13, 0.1, x + 0.13, 0.15, WOOD, shade=0.9)
        for k in range(7):
            r = b.chance.between(0.02, 0.028)
            b.oval(x - 0.115 + k * 0.038, 0.155, r, r, ("#d5566a", "#f0d0d6", "#6d9150")[k % 3])
    b.shape(arch(0.03, 0, 0.24, 0.37), "#8f7a63")
    b.shape(arch(0.03, 0, 0.19, 0.34), "#4d7178")
    b.shape(arch(0.065, 0, 0.1, 0.32), "#4d7178", shade=1.1)
    b.lamp(arch(0.03, 0.2, 0.075, 0.09))
    b.oval(0.095, 0.15, 0.011, 0.011, "#e3c46c")
    b.curve([(-0.82, 0.38), (-0.82, 0.38), (-0.66, 0.62), (-0.5, 0.88), (-0.42, 0.93), (-0.2, 0.92), (0.2, 0.92),
        (0.45, 0.93), (0.55, 0.86), (0.68, 0.62), (0.83, 0.38), (0.83, 0.38), (0.6, 0.4), (0.3, 0.43), (0.15, 0.55),
        (-0.1, 0.55), (-0.25, 0.43), (-0.55, 0.4)], thatch)  # fmt: skip
    b.curve([(-0.82, 0.38), (-0.82, 0.38), (-0.66, 0.62), (-0.5, 0.88), (-0.42, 0.91), (-0.44, 0.7), (-0.5, 0.42)],
        thatch, shade=0.8)  # fmt: skip
    for k in range(26):
        x = -0.72 + 1.44 * k / 25
        top = 0.84 - 0.14 * b.chance.between(0, 1)
        foot = 0.5 + 0.08 * b.chance.between(0, 1)
        b.stroke([(x * 0.72, top), (x * 0.93, foot)], 0.008, thatch, end=0.003, shade=0.84 if k % 2 else 1.14)
    b.curve([(-0.46, 0.93), (-0.3, 0.965), (0.3, 0.965), (0.47, 0.93), (0.4, 0.86), (0.2, 0.875), (-0.2, 0.875),
        (-0.4, 0.86)], thatch, shade=0.7)  # fmt: skip
    b.lamp(arch(0.03, 0.585, 0.13, 0.12))
    b.curve([(-0.13, 0.6), (-0.06, 0.7), (0.03, 0.75), (0.12, 0.7), (0.19, 0.6), (0.12, 0.63), (0.03, 0.68),
        (-0.06, 0.63)], thatch, shade=1.12)  # fmt: skip
    bush(b, -0.58, -0.03, 0.15)
    bush(b, 0.62, -0.03, 0.17, "#6d8f4d")
    bush(b, -0.18, -0.03, 0.08, "#c0627c")
    for k in range(12):
        x = b.chance.between(0.5, 0.75) if k % 2 else b.chance.between(-0.7, -0.46)
        b.oval(x, b.chance.between(0.01, 0.13), 0.017, 0.016, ("#f2d9df", "#e8788e", "#f5d878")[k % 3])


def castle(b: Brush) -> None:
    stone, tiles = "#cfc4b2", "*#5a6f95"
    _keep_tower(b, (-0.16, 0.3, 0.8, 0.075), tiles, 0.88)
    _keep_tower(b, (0.2, 0.3, 0.72, 0.07), tiles, 0.82)
    b.box(-0.24, 0.2, 0.3, 0.54, stone, shade=0.9)
    b.box(-0.24, 0.2, -0.06, 0.54, stone, shade=0.74)
    battlements(b, -0.24, 0.3, 0.54, 0.035, 9, stone, 0.92)
    for x in (-0.15, 0.03, 0.13, 0.23):
        slit(b, x, 0.45)
    _keep_tower(b, (0.02, 0.5, 0.86, 0.065), tiles, 0.97)
    _keep_tower(b, (-0.4, 0.12, 0.6, 0.09), tiles, 0.75)
    _keep_tower(b, (0.46, 0.12, 0.56, 0.09), tiles, 0.7)
    b.shape([(-0.62, 0.06), (0.66, 0.06), (0.66, 0.33), (-0.62, 0.33)], stone, shade=0.96)
    b.shape([(-0.62, 0.06), (-0.3, 0.06), (-0.3, 0.33), (-0.62, 0.33)], stone, shade=0.86)
    battlements(b, -0.6, 0.64, 0.33, 0.035, 17, stone, 0.97)
    courses(b, -0.55, 0.6, 0.09, 0.3, stone, 16)
    for x in (-0.66, 0.7):
        drum(b, x, 0.03, 0.4, 0.1, 0.095, stone)
        battlements(b, x - 0.1, x + 0.1, 0.4, 0.04, 4, stone, 0.96)
        slit(b, x + 0.01, 0.24)
    for x in (-0.13, 0.17):
        drum(b, x, 0.03, 0.4, 0.075, 0.07, stone)
        battlements(b, x - 0.075, x + 0.075, 0.4, 0.035, 4, stone)
        slit(b, x + 0.01, 0.28)
    b.box(-0.07, 0.04, 0.11, 0.38, stone, shade=0.92)
    b.shape(arch(0.02, 0.03, 0.13, 0.22), stone, shade=0.66)
    b.shape(arch(0.02, 0.03, 0.1, 0.19), "#3a3036")
    for x in (-0.008, 0.02, 0.048):
        b.box(x - 0.004, 0.03, x + 0.004, 0.2, WOOD)
    b.curve([(-0.84, 0.0), (-0.8, 0.09), (-0.5, 0.06), (-0.2, 0.065), (0.02, 0.04), (0.3, 0.065), (0.6, 0.06),
        (0.84, 0.09), (0.92, 0.0), (0.4, -0.03), (-0.4, -0.03)], "#8f9a6b", shade=0.9)  # fmt: skip
    b.curve([(0.0, 0.05), (0.05, 0.05), (0.14, 0.0), (0.2, -0.03), (0.02, -0.03), (0.02, 0.0)], "#d9c9a6")


def _keep_tower(b: Brush, each: tuple[float, float, float, float], tiles: str, top: float) -> None:
    """From the x, foot, eaves and half width given to the tip of its roof at `top`, with a flag on it."""
    x, foot, eaves, half = each
    eaves = min(eaves, top - half * 2.2)
    drum(b, x, foot, eaves, half, half * 0.95, "#cfc4b2")
    drum(b, x, eaves - half * 0.5, eaves, half * 1.08, half * 1.12, "#cfc4b2")
    cone(b, x, eaves, half * 1.3, top, tiles)
    b.stroke([(x, top - 0.01), (x, top + 0.05)], 0.007, WOOD)
    b.curve([(x, top + 0.05), (x + 0.035, top + 0.04), (x + 0.07, top + 0.045), (x + 0.035, top + 0.022),
        (x, top + 0.02)], "#c94f45")  # fmt: skip
    slit(b, x + half * 0.15, eaves - half * 1.9)


def lighthouse(b: Brush) -> None:
    white, red = "#f4efe6", "*#bf4232"
    if b.lit:
        b.beam(0.0, 0.865, (-1.45, 0.99), "#ffe9ad", 0.75)
        b.beam(0.0, 0.865, (1.45, 0.74), "#ffe9ad", 0.75)
        b.halo(0.0, 0.865, 0.4, "#ffdf9a", 0.7)
    b.curve([(-0.52, -0.03), (-0.44, 0.06), (-0.26, 0.1), (0.2, 0.09), (0.4, 0.06), (0.52, -0.03), (0, -0.05)],
        "#8c8276", shade=0.9)  # fmt: skip
    b.curve([(-0.1, 0.0), (0.06, 0.09), (0.2, 0.09), (0.38, 0.05), (0.42, -0.02)], "#8c8276", shade=1.12)
    _keepers_house(b)
    bands = 5
    for k in range(bands):
        low, high = 0.06 + 0.72 * k / bands, 0.06 + 0.72 * (k + 1) / bands
        wide = 0.14 - 0.055 * k / bands, 0.14 - 0.055 * (k + 1) / bands
        drum(b, 0, low, high + 0.004, wide[0], wide[1], white if k % 2 == 0 else red)
    for y in (0.3, 0.6):
        b.lamp(arch(0.015, y, 0.028, 0.055))
    b.shape(arch(-0.01, 0.05, 0.06, 0.1), "#5a4438")
    drum(b, 0, 0.775, 0.8, 0.1, 0.13, "#50474a")
    drum(b, 0, 0.8, 0.815, 0.135, 0.135, "#50474a")
    for k in range(9):
        x = -0.125 + 0.25 * k / 8
        b.box(x - 0.0035, 0.81, x + 0.0035, 0.86, "#50474a")
    b.box(-0.13, 0.855, 0.13, 0.864, "#50474a", shade=1.3)
    b.lamp([(-0.062, 0.815), (0.062, 0.815), (0.062, 0.915), (-0.062, 0.915)])
    for x in (-0.064, -0.022, 0.022, 0.064):
        b.box(x - 0.005, 0.815, x + 0.005, 0.915, "#50474a")
    b.curve([(-0.09, 0.912), (-0.09, 0.912), (-0.06, 0.95), (0, 0.975), (0.06, 0.95), (0.09, 0.912), (0.09, 0.912),
        (0, 0.905)], red, shade=0.86)  # fmt: skip
    b.curve([(0.01, 0.912), (0.01, 0.96), (0.05, 0.945), (0.075, 0.915)], red, shade=1.12)
    b.stroke([(0, 0.965), (0, 1.01)], 0.009, "#50474a")


def _keepers_house(b: Brush) -> None:
    b.box(0.1, 0.05, 0.4, 0.17, "#efe6d6")
    b.box(0.1, 0.05, 0.19, 0.17, "#efe6d6", shade=0.8)
    b.shape([(0.08, 0.165), (0.43, 0.165), (0.37, 0.265), (0.14, 0.265)], "*#bf4232", shade=0.92)
    b.shape([(0.08, 0.165), (0.14, 0.265), (0.19, 0.165)], "*#bf4232", shade=0.7)
    b.box(0.31, 0.22, 0.345, 0.3, "#8f6a58")
    for x in (0.25, 0.33):
        b.lamp([(x, 0.085), (x + 0.034, 0.085), (x + 0.034, 0.135), (x, 0.135)])


def tower(b: Brush) -> None:
    stone = "#c2b49d"
    b.curve([(-0.36, -0.02), (-0.26, 0.05), (0, 0.07), (0.26, 0.05), (0.36, -0.02), (0, -0.04)], "#86905f", shade=0.9)
    drum(b, 0, 0.02, 0.68, 0.165, 0.145, stone)
    for k in range(26):
        across = b.chance.between(-0.8, 0.6)
        y = 0.05 + 0.56 * k / 26
        wide = b.chance.between(0.03, 0.05)
        b.box(across * 0.145, y, across * 0.145 + wide, y + 0.017, stone,
            shade=(0.78 if across < -0.2 else 0.93) + b.chance.between(-0.04, 0.06))  # fmt: skip
    b.shape(arch(0.01, 0.0, 0.11, 0.17), stone, shade=0.68)
    b.shape(arch(0.01, 0.0, 0.085, 0.15), "#54402f")
    for y, x in ((0.26, 0.05), (0.4, -0.04), (0.53, 0.045)):
        lancet(b, x, y, 0.04, 0.085, "#a89a83")
    drum(b, 0, 0.64, 0.69, 0.146, 0.185, stone)
    drum(b, 0, 0.69, 0.74, 0.185, 0.185, stone)
    for k in range(7):
        at = math.sin(-1.3 + 2.6 * k / 6)
        x, half = 0.185 * at, 0.02 * math.sqrt(1.15 - at * at)
        b.box(x - half, 0.715, x + half, 0.775, stone, shade=0.86 + 0.2 * at)
    drum(b, 0, 0.73, 0.8, 0.125, 0.12, stone)
    cone(b, 0, 0.785, 0.165, 0.985, "*#8a4a3c")
    b.stroke([(0, 0.97), (0, 1.05)], 0.008, "#4a3d3a")
    b.curve([(0, 1.05), (0.05, 1.035), (0.1, 1.045), (0.06, 1.015), (0, 1.012)], "#d2a23f")
    for k in range(18):
        y = 0.02 + 0.4 * k / 18
        b.oval(-0.15 + 0.03 * y + b.chance.between(-0.015, 0.05) * (1 - y), y, 0.022, 0.018, "#5f7a45",
            shade=b.chance.between(0.7, 1.0))  # fmt: skip


def bridge(b: Brush) -> None:
    """Arches one sees through, a road that rises to the middle, lanterns."""
    stone = "#bfae95"
    under: list[tuple[float, float]] = []
    for x, half, top in ((-0.86, 0.27, 0.42), (0.0, 0.42, 0.62), (0.86, 0.27, 0.42)):
        turns = [math.pi - math.pi * k / 14 for k in range(15)]
        ring = [(x + half * math.cos(t), 0.02 + (top - 0.02) * math.sin(t)) for t in turns]
        under += [(x - half, -0.02), *ring, (x + half, -0.02)]
    road = bend((1.38, 0.42), (0.0, 1.12), (-1.38, 0.42), 25)
    b.shape([(-1.38, -0.02), *under, (1.38, -0.02), *road], stone, shade=0.86)
    for x, half, top in ((-0.86, 0.27, 0.42), (0.0, 0.42, 0.62), (0.86, 0.27, 0.42)):
        turns = [math.pi * k / 14 for k in range(15)]
        _voussoirs(b, x, half, top, stone)
        inner = [(x + half * math.cos(t), 0.02 + (top - 0.02) * math.sin(t)) for t in turns[7:]]
        soffit = [(x + half * math.cos(t) + 0.05,
            0.02 + (top - 0.02) * math.sin(t) - 0.01) for t in reversed(turns[7:])]  # fmt: skip
        b.shape([*inner, (x - half, -0.02), (x - half + 0.05, -0.02), *soffit], stone, shade=0.6)
    for x in (-0.51, 0.51):
        b.shape([(x - 0.09, -0.03), (x + 0.09, -0.03), (x + 0.06, 0.3), (x, 0.36), (x - 0.06, 0.3)], stone, shade=0.95)
        b.shape([(x - 0.09, -0.03), (x, -0.03), (x, 0.36), (x - 0.06, 0.3)], stone, shade=0.74)
    b.shape([*road, *[(x, y + 0.075) for x, y in reversed(road)]], stone)
    b.stroke([(x, y + 0.075) for x, y in road], 0.03, stone, shade=1.14)
    b.stroke([(x, y - 0.005) for x, y in road], 0.022, stone, shade=0.74)
    for k in (3, 8, 16, 21):
        x, y = float(road[k][0]), float(road[k][1])
        b.box(x - 0.012, y + 0.07, x + 0.012, y + 0.2, "#43403f")
        b.lamp([(x - 0.026, y + 0.2), (x + 0.026, y + 0.2), (x + 0.034, y + 0.265), (x - 0.034, y + 0.265)])
        b.shape([(x - 0.042, y + 0.262), (x + 0.042, y + 0.262), (x, y + 0.3)], "#43403f")


def _voussoirs(b: Brush, x: float, half: float, top: float, stone: str) -> None:
    count = 15
    for k in range(count):
        corners = []
        for turn, grow in ((k + 0.06, 1.0), (k + 0.94, 1.0), (k + 0.94, 1.17), (k + 0.06, 1.17)):
            t = math.pi * turn / count
            corners.append((x + half * grow * math.cos(t), 0.02 + (top - 0.02) * grow * math.sin(t)))
        b.shape(corners, stone, shade=1.05 if k % 2 else 0.96)


def windmill(b: Brush) -> None:
    wood = "*#8d5b44"
    b.curve([(-0.4, -0.02), (-0.3, 0.04), (0.3, 0.04), (0.4, -0.02), (0, -0.04)], "#7f9158", shade=0.92)
    drum(b, 0, 0.01, 0.2, 0.2, 0.18, "#c9b08c")
    drum(b, 0, 0.2, 0.62, 0.18, 0.105, wood)
    for k in range(1, 9):
        y = 0.2 + 0.42 * k / 9
        half = 0.18 - 0.075 * k / 9
        b.stroke(bend((-half, y), (0, y - half * 0.2), (half, y), 7), 0.005, wood, shade=0.66)
    b.shape(arch(0.01, 0.0, 0.09, 0.15), "#f1e6d2")
    b.shape(arch(0.01, 0.0, 0.07, 0.135), "#4d6b62")
    for x, y in ((0.02, 0.3), (0.015, 0.48), (-0.11, 0.1), (0.12, 0.1)):
        window(b, x, y, 0.04, 0.05)
    drum(b, 0, 0.19, 0.212, 0.235, 0.235, "#54433a")
    for k in range(9):
        x = -0.225 + 0.45 * k / 8
        b.box(x - 0.004, 0.21, x + 0.004, 0.26, "#54433a")
    b.box(-0.23, 0.255, 0.23, 0.264, "#54433a", shade=1.2)
    b.curve([(-0.135, 0.61), (-0.135, 0.61), (-0.12, 0.69), (-0.02, 0.755), (0.09, 0.72), (0.135, 0.61), (0.135, 0.61),
        (0, 0.595)], "#5f4a42")  # fmt: skip
    b.curve([(0.0, 0.62), (0.02, 0.735), (0.085, 0.7), (0.115, 0.62)], "#5f4a42", shade=1.25)
    first = b.chance.between(0.35, 0.85)
    for k in range(4):
        _sail(b, (0.0, 0.655), first + k * math.pi / 2)
    b.oval(0, 0.655, 0.03, 0.03, "#4a3932")
    b.oval(0.006, 0.661, 0.014, 0.014, "#8a6a58")


def _sail(b: Brush, hub: tuple[float, float], turn: float) -> None:
    cos, sin = math.cos(turn), math.sin(turn)

    def at(along: float, across: float) -> tuple[float, float]:
        return hub[0] + along * cos - across * sin, hub[1] + along * sin + across * cos

    long = 0.4
    b.shape([at(0.08, 0.005), at(long, 0.005), at(long, 0.105), at(0.08, 0.085)], "#f3e9d6",
        shade=0.98 if sin > 0 else 0.86)  # fmt: skip
    for k in range(1, 8):
        along = 0.08 + (long - 0.08) * k / 8
        b.stroke([at(along, 0.0), at(along, 0.1)], 0.006, "#7a6250")
    b.stroke([at(0.08, 0.09), at(long, 0.108)], 0.007, "#7a6250")
    b.stroke([at(0.08, 0.05), at(long, 0.056)], 0.005, "#7a6250")
    b.stroke([at(0, 0), at(long + 0.012, 0)], 0.02, "#5f4a42", end=0.012)


def temple(b: Brush) -> None:
    marble = "#ede3d0"
    for k in range(3):
        wide, y = 0.86 - 0.04 * k, 0.055 * k
        b.box(-wide, y - 0.01, wide, y + 0.055, marble, shade=0.88 + 0.03 * k)
        b.box(-wide, y + 0.04, wide, y + 0.055, marble, shade=1.06)
    b.box(-0.7, 0.16, 0.7, 0.66, marble, shade=0.46)
    b.shape([(-0.1, 0.16), (0.1, 0.16), (0.085, 0.5), (-0.085, 0.5)], "#54433c", shade=0.7)
    if b.lit:
        b.lamp([(-0.06, 0.16), (0.06, 0.16), (0.05, 0.46), (-0.05, 0.46)])
    for k in range(6):
        x = -0.69 + 1.38 * k / 5
        drum(b, x, 0.19, 0.62, 0.062, 0.05, marble)
        for part in (-0.4, 0.0, 0.4):
            b.stroke([(x + 0.06 * part, 0.19), (x + 0.05 * part, 0.62)], 0.006, marble, shade=0.78)
        b.box(x - 0.075, 0.163, x + 0.075, 0.19, marble, shade=0.95)
        b.shape([(x - 0.055, 0.615), (x + 0.055, 0.615), (x + 0.08, 0.65), (x - 0.08, 0.65)], marble, shade=0.94)
    b.box(-0.82, 0.65, 0.82, 0.725, marble)
    b.box(-0.82, 0.65, 0.82, 0.662, marble, shade=0.75)
    for k in range(14):
        x = -0.79 + 1.58 * k / 13
        b.box(x - 0.018, 0.675, x + 0.018, 0.722, marble, shade=0.84)
    b.box(-0.86, 0.722, 0.86, 0.748, marble, shade=1.06)
    b.shape([(-0.88, 0.748), (0.88, 0.748), (0.0, 1.0)], marble, shade=1.05)
    b.shape([(-0.72, 0.765), (0.72, 0.765), (0.0, 0.965)], marble, shade=0.74)
    for x, tall in ((0.0, 0.15), (-0.16, 0.11), (0.16, 0.11), (-0.31, 0.075), (0.31, 0.075), (-0.44, 0.045),
        (0.44, 0.045)):  # fmt: skip
        b.curve([(x - 0.045, 0.765), (x - 0.04, 0.765 + tall * 0.6), (x, 0.765 + tall), (x + 0.04, 0.765 + tall * 0.6),
            (x + 0.045, 0.765)], marble, shade=0.96)  # fmt: skip
    b.shape([(-0.88, 0.748), (0.0, 1.0), (0.0, 1.03), (-0.92, 0.76)], "*#c98f6a", shade=0.82)
    b.shape([(0.88, 0.748), (0.0, 1.0), (0.0, 1.03), (0.92, 0.76)], "*#c98f6a", shade=1.06)


def church(b: Brush) -> None:
    wall, tiles = "#ece1cb", "*#6d6a78"
    b.shape([(-0.08, 0.0), (0.62, 0.02), (0.62, 0.33), (-0.08, 0.33)], wall)
    b.shape([(-0.08, 0.33), (0.62, 0.33), (0.62, 0.295), (-0.08, 0.29)], wall, shade=0.78)
    roof(b, (-0.12, 0.56, 0.55), (-0.1, 0.68, 0.305), tiles, 6)
    for x in (0.12, 0.29, 0.46):
        lancet(b, x, 0.09, 0.06, 0.15, "#c8b99e", 0.5)
        b.shape([(x + 0.065, 0.0), (x + 0.1, 0.0), (x + 0.095, 0.24), (x + 0.075, 0.27)], wall, shade=0.86)
    b.shape([(-0.4, 0.02), (-0.22, 0.0), (-0.22, 0.6), (-0.4, 0.6)], wall, shade=0.74)
    b.shape([(-0.22, 0.0), (0.0, 0.01), (0.0, 0.6), (-0.22, 0.6)], wall)
    for y in (0.36, 0.595):
        b.box(-0.415, y, -0.22, y + 0.018, wall, shade=0.66)
        b.box(-0.22, y, 0.015, y + 0.018, wall, shade=0.86)
    b.shape([(-0.43, 0.612), (-0.22, 0.605), (-0.2, 0.97)], tiles, shade=0.7)
    b.shape([(-0.22, 0.605), (0.03, 0.612), (-0.2, 0.97)], tiles)
    b.shape([(-0.05, 0.61), (0.03, 0.612), (-0.2, 0.97)], tiles, shade=1.12)
    b.stroke([(-0.2, 0.95), (-0.2, 1.05)], 0.012, "#c9a24a")
    b.stroke([(-0.23, 1.015), (-0.17, 1.015)], 0.012, "#c9a24a")
    for x, shade in ((-0.31, "#a09279"), (-0.11, "#c8b99e")):
        lancet(b, x, 0.46, 0.07, 0.11, shade, 0.4)
    b.oval(-0.11, 0.31, 0.052, 0.052, "#c8b99e", shade=0.85)
    b.lamp([(-0.11 + 0.04 * math.cos(k * math.pi / 8), 0.31 + 0.04 * math.sin(k * math.pi / 8)) for k in range(16)])
    b.shape(arch(-0.11, 0.0, 0.12, 0.2, pointed=0.3), "#c8b99e", shade=0.82)
    b.shape(arch(-0.11, 0.0, 0.09, 0.175, pointed=0.3), "#6b4a38")
    b.box(-0.113, 0.0, -0.107, 0.16, "#4a3328")
    lancet(b, -0.31, 0.16, 0.05, 0.14, "#a09279", 0.4)
    bush(b, 0.56, -0.03, 0.09)
    bush(b, -0.42, -0.02, 0.08)


def pyramid(b: Brush) -> None:
    sand = "*#dcb877"
    b.shape([(-0.98, 0.02), (-0.28, -0.02), (0.0, 1.0)], sand, shade=0.68)
    b.shape([(-0.28, -0.02), (0.98, 0.03), (0.0, 1.0)], sand)
    for k in range(1, 15):
        at = (k / 15) ** 0.95
        y = at
        edge, left, right = -0.28 * (1 - at), -0.98 * (1 - at), 0.98 * (1 - at)
        b.stroke([(left, y + 0.02 * (1 - at)), (edge, y - 0.02 * (1 - at))], 0.006, sand, shade=0.58)
        b.stroke([(edge, y - 0.02 * (1 - at)), (right, y + 0.03 * (1 - at))], 0.006, sand, shade=0.88)
    for _ in range(30):
        at = b.chance.between(0.03, 0.9)
        span = (-0.28 * (1 - at), 0.98 * (1 - at))
        x = b.chance.between(span[0], span[0] + (span[1] - span[0]) * 0.9)
        b.box(x, at, x + 0.04, at + 0.02, sand, shade=b.chance.between(0.92, 1.1))
    b.shape([(-0.06, 0.94 - 0.06), (-0.0166, 0.935 - 0.06), (0.0, 1.0)], sand, shade=0.85)
    b.shape([(-0.034, 0.875), (0.118, 0.88), (0.0, 1.0)], sand, shade=1.18)
    b.shape([(0.06, 0.0), (0.2, 0.005), (0.18, 0.12), (0.08, 0.12)], sand, shade=0.8)
    b.lamp([(0.095, 0.0), (0.165, 0.003), (0.155, 0.095), (0.105, 0.095)])


def tent(b: Brush) -> None:
    cloth = "*#d9853b"
    b.stroke([(-0.98, 0.0), (-0.27, 0.93)], 0.008, "#e9dfc9")
    b.stroke([(1.18, 0.02), (0.62, 0.86)], 0.008, "#e9dfc9")
    b.curve([(-0.27, 0.98), (-0.27, 0.98), (0.15, 0.9), (0.64, 0.9), (0.64, 0.9), (0.78, 0.45), (1.0, 0.03),
        (1.0, 0.03), (0.6, 0.0), (0.26, -0.02), (0.26, -0.02), (0.0, 0.5)], cloth)  # fmt: skip
    for x, top in ((0.02, 0.93), (0.33, 0.9)):
        b.stroke(bend((x, top), (x + 0.12, 0.45), (x + 0.42, 0.01)), 0.012, cloth, shade=0.86)
    b.curve([(-0.25, 0.97), (0.15, 0.9), (0.62, 0.89), (0.66, 0.8), (0.2, 0.82), (-0.18, 0.86)], cloth, shade=1.14)
    b.curve([(-0.27, 0.98), (-0.27, 0.98), (-0.5, 0.5), (-0.82, 0.0), (-0.82, 0.0), (-0.3, -0.03), (0.26, -0.02),
        (0.26, -0.02), (0.0, 0.46)], cloth, shade=0.74)  # fmt: skip
    b.lamp([(-0.27, 0.8), (-0.56, 0.0), (0.04, -0.02)])
    b.curve([(-0.27, 0.83), (-0.27, 0.83), (-0.44, 0.4), (-0.6, 0.0), (-0.6, 0.0), (-0.42, -0.01), (-0.45, 0.2)], cloth,
        shade=0.9)  # fmt: skip
    b.curve([(-0.27, 0.83), (-0.27, 0.83), (-0.12, 0.4), (0.07, -0.02), (0.07, -0.02), (-0.08, -0.02), (-0.1, 0.2)],
        cloth, shade=0.86)  # fmt: skip
    b.stroke([(-0.27, 0.9), (-0.27, 1.0)], 0.018, "#6b4a34")
    b.stroke([(0.64, 0.82), (0.64, 0.93)], 0.016, "#6b4a34")
    for x in (-0.98, 1.18, 0.26, -0.82):
        b.stroke([(x - 0.02, 0.05), (x + 0.015, -0.03)], 0.014, "#5a4438")


def barn(b: Brush) -> None:
    wood, trim, tin = "*#a63f33", "#f2e8d8", "#8d8a8c"
    _silo(b, tin)
    b.shape([(0.2, 0.0), (0.96, 0.03), (0.96, 0.4), (0.2, 0.4)], wood)
    b.shape([(0.2, 0.4), (0.96, 0.4), (0.96, 0.36), (0.2, 0.35)], wood, shade=0.7)
    front = [(-0.52, 0.02), (0.2, -0.01), (0.2, 0.43), (0.06, 0.74), (-0.16, 0.92), (-0.38, 0.74), (-0.52, 0.43)]
    b.shape(front, wood, shade=0.8)
    for k in range(1, 12):
        x = -0.52 + 0.06 * k
        b.box(x - 0.003, 0.02, x + 0.003, 0.43 + 0.22 * (1 - abs(x + 0.16) / 0.36), wood, shade=0.66)
    for k in range(1, 11):
        x = 0.2 + 0.07 * k
        b.box(x - 0.003, 0.02, x + 0.003, 0.36, wood, shade=0.86)
    b.shape([(-0.16, 0.96), (0.66, 0.96), (0.86, 0.78), (0.08, 0.77)], tin, shade=1.14)
    b.shape([(0.08, 0.77), (0.86, 0.78), (1.03, 0.36), (0.25, 0.36)], tin, shade=0.96)
    for k in range(1, 8):
        x = 0.0975 * k
        b.stroke([(-0.16 + x * 1.05, 0.95), (0.08 + x, 0.775), (0.25 + x, 0.365)], 0.007, tin, shade=0.82)
    b.stroke([(-0.58, 0.36), (-0.4, 0.76), (-0.16, 0.95)], 0.036, trim, shade=0.9)
    b.stroke([(-0.16, 0.95), (0.08, 0.76), (0.25, 0.36)], 0.036, trim)
    b.lamp([(-0.23, 0.6), (-0.09, 0.6), (-0.09, 0.74), (-0.23, 0.74)])
    for line in ([(-0.24, 0.59), (-0.08, 0.59)], [(-0.24, 0.75), (-0.08, 0.75)], [(-0.23, 0.58), (-0.23, 0.76)],
        [(-0.09, 0.58), (-0.09, 0.76)]):  # fmt: skip
        b.stroke(line, 0.022, trim)
    _barn_door(b, wood, trim)
    for x in (0.42, 0.72):
        window(b, x, 0.14, 0.1, 0.12)


def _silo(b: Brush, tin: str) -> None:
    drum(b, -0.68, 0.0, 0.82, 0.15, 0.15, "#c7bfb2")
    for k in range(1, 8):
        b.stroke(bend((-0.83, 0.1 * k), (-0.68, 0.1 * k - 0.03), (-0.53, 0.1 * k), 7), 0.006, "#9a9184")
    b.curve([(-0.83, 0.815), (-0.83, 0.815), (-0.79, 0.92), (-0.68, 0.98), (-0.57, 0.92), (-0.53, 0.815),
        (-0.53, 0.815), (-0.68, 0.79)], tin, shade=0.95)  # fmt: skip
    b.curve([(-0.67, 0.81), (-0.65, 0.95), (-0.59, 0.9), (-0.56, 0.82)], tin, shade=1.2)


def _barn_door(b: Brush, wood: str, trim: str) -> None:
    b.shape([(-0.36, 0.0), (0.04, 0.0), (0.04, 0.38), (-0.36, 0.38)], wood, shade=0.62)
    for x0, x1 in ((-0.36, -0.16), (-0.16, 0.04)):
        for line in ([(x0, 0.0), (x0, 0.38)], [(x1, 0.0), (x1, 0.38)], [(x0, 0.01), (x1, 0.01)], [(x0, 0.375),
            (x1, 0.375)], [(x0, 0.19), (x1, 0.19)], [(x0, 0.01), (x1, 0.19)], [(x0, 0.375), (x1, 0.19)]):  # fmt: skip
            b.stroke(line, 0.018, trim, shade=0.95)


def pagoda(b: Brush) -> None:
    red, tiles = "#b04a38", "*#4f6663"
    b.box(-0.36, -0.01, 0.36, 0.035, STONE, shade=0.9)
    b.box(-0.32, 0.035, 0.32, 0.065, STONE)
    floors = 5
    for k in range(floors):
        y, half = 0.065 + 0.165 * k, 0.22 - 0.03 * k
        b.box(-half, y, half, y + 0.105, red)
        b.box(-half, y, -half * 0.45, y + 0.105, red, shade=0.72)
        for part in (-0.95, -0.45, 0.0, 0.48, 0.95):
            b.box(half * part - 0.008, y, half * part + 0.008, y + 0.105, "#7d2f28", shade=0.9)
        for part in (-0.22, 0.24, 0.71, -0.7):
            w = half * 0.15
            b.lamp([(half * part - w, y + 0.02), (half * part + w, y + 0.02), (half * part + w, y + 0.085),
                (half * part - w, y + 0.085)])  # fmt: skip
        b.box(-half * 1.18, y + 0.012, half * 1.18, y + 0.02, "#e2c9a0", shade=0.95)
        _swept_roof(b, y + 0.1, half, 0.075, tiles)
    b.stroke([(0, 0.86), (0, 1.03)], 0.014, "#c9a24a", end=0.006)
    for k in range(4):
        b.oval(0, 0.9 + 0.025 * k, 0.024 - 0.004 * k, 0.008, "#c9a24a", shade=1.1)


def _swept_roof(b: Brush, y: float, half: float, tall: float, tiles: str) -> None:
    """Broad eaves whose corners turn up."""
    wide = half + 0.155
    hem = [*bend((-wide, y + 0.035), (-wide * 0.7, y - 0.012), (0, y - 0.006)), *bend((0, y - 0.006),
        (wide * 0.7, y - 0.012), (wide, y + 0.035))]  # fmt: skip
    slope = [*bend((wide, y + 0.035), (wide * 0.66, y + 0.03), (half * 0.82, y + tall)), *bend((-half * 0.82, y + tall),
        (-wide * 0.66, y + 0.03), (-wide, y + 0.035))]  # fmt: skip
    b.shape([*[(px, py - 0.016) for px, py in hem], *reversed(hem)], tiles, shade=0.5)
    b.shape([*hem, *slope], tiles, shade=0.82)
    b.shape([*hem[9:], *slope[:9], (0.0, y + tall)], tiles, shade=1.06)
    for part in (-0.7, -0.42, -0.14, 0.14, 0.42, 0.7):
        b.stroke([(half * part * 0.95, y + tall), (wide * part * 0.92, y + 0.004)], 0.006, tiles,
            shade=0.68 if part < 0 else 0.88)  # fmt: skip
    b.box(-half * 0.86, y + tall - 0.008, half * 0.86, y + tall + 0.008, tiles, shade=1.2)


def fountain(b: Brush) -> None:
    stone, spray = "#cfc5b4", "*#bfe0ea"
    _basin(b, 0.0, 0.24, 0.8, stone, spray)
    drum(b, 0, 0.2, 0.5, 0.075, 0.055, stone)
    for side in (-1, 1):
        for k, (far, shade) in enumerate(((0.36, 0.9), (0.31, 1.05))):
            b.stroke(bend((side * 0.22, 0.55), (side * (far + 0.02), 0.56), (side * (far + 0.1), 0.2)),
                0.028 - 0.008 * k, spray, end=0.012, shade=shade)  # fmt: skip
    _basin(b, 0.46, 0.1, 0.36, stone, spray)
    drum(b, 0, 0.53, 0.74, 0.045, 0.035, stone)
    for side in (-1, 1):
        b.stroke(bend((side * 0.1, 0.77), (side * 0.2, 0.78), (side * 0.22, 0.54)), 0.022, spray, end=0.01)
    _basin(b, 0.71, 0.06, 0.17, stone, spray)
    b.stroke([(0, 0.76), (0, 0.97)], 0.02, spray, end=0.03)
    for side in (-1, 1):
        for far in (0.05, 0.1):
            b.stroke(bend((0, 0.95), (side * far, 1.04), (side * far * 1.5, 0.78)), 0.016, spray, end=0.006, shade=1.05)
    b.oval(0, 0.97, 0.03, 0.025, spray, shade=1.1)
    for _ in range(26):
        r = b.chance.between(0.005, 0.011)
        side = b.chance.pick((-1, 1))
        b.oval(side * b.chance.between(0.1, 0.5), b.chance.between(0.27, 0.8) ** 1.3, r, r * 1.3, spray, shade=1.08)


def _basin(b: Brush, y: float, tall: float, half: float, stone: str, water: str) -> None:
    """A round bowl whose rim is at `y + tall`, full of water."""
    top = y + tall
    for left, right, shade in FINE:
        steps = [left + (right + 0.02 * (right < 1) - left) * k / 4 for k in range(5)]
        foot = 0.82 if y < 0.1 else 0.3
        below = [(at * half * foot, y - half * 0.05 * (1 - at * at)) for at in steps]
        above = [(at * half, top - half * 0.08 * (1 - at * at)) for at in reversed(steps)]
        b.shape([*below, *above], stone, shade=shade * 0.94)
    b.oval(0, top, half * 1.04, half * 0.1, stone, shade=1.08)
    b.oval(0, top, half * 0.93, half * 0.075, "#6fa9bf", shade=0.9)
    b.oval(half * 0.12, top - half * 0.012, half * 0.66, half * 0.045, water, shade=0.95)


ROWS = {
    "house": Subject(
        house,
        "house home villa farmhouse mansion haus häuser wohnhaus bauernhaus maison casa hogar 🏠 🏡 房子 家",
        "a house with a tiled roof",
        height=0.24,
        scenes=("meadow", "village"),
        roundness=0.15,
    ),
    "cottage": Subject(
        cottage,
        "cottage hut cabin chalet lodge shack thatched-cottage hütte häuschen cabane chaumière cabaña choza 🛖 🏚",
        "a small thatched cottage with flowers",
        height=0.22,
        scenes=("meadow", "forest"),
        roundness=0.3,
    ),
    "castle": Subject(
        castle,
        "castle fortress palace citadel chateau burg schloss festung château forteresse castillo palacio castello "
        "🏰 🏯 城堡",
        "a fairy-tale castle with many towers",
        height=0.44,
        scenes=("mountains", "meadow"),
        roundness=0.25,
    ),
    "lighthouse": Subject(
        lighthouse,
        "lighthouse beacon leuchtturm phare faro 灯塔 燈塔 灯台",
        "a lighthouse with red and white bands on a rock",
        height=0.46,
        scenes=("coast", "sea"),
        roundness=0.25,
    ),
    "tower": Subject(
        tower,
        "tower watchtower turret turm wachturm donjon torre 🗼 塔",
        "an old round stone tower",
        height=0.5,
        seat=0.8,
        scenes=("mountains", "meadow"),
        roundness=0.25,
    ),
    "bridge": Subject(
        bridge,
        "bridge viaduct aqueduct brücke steinbrücke pont puente ponte 🌉 桥 橋",
        "an arched stone bridge with lanterns",
        where="water",
        height=0.26,
        seat=0.78,
        scenes=("lake", "village"),
        roundness=0.15,
    ),
    "windmill": Subject(
        windmill,
        "windmill mill windmühle mühle moulin molino mulino 风车 風車",
        "a windmill with four sails",
        height=0.42,
        scenes=("meadow",),
        roundness=0.25,
    ),
    "temple": Subject(
        temple,
        "temple parthenon acropolis greek-temple ruins columns tempel ruinen temple-grec templo ruinas 🏛",
        "an ancient Greek temple with marble columns",
        height=0.25,
        scenes=("coast", "meadow"),
        roundness=0.1,
    ),
    "church": Subject(
        church,
        "church chapel cathedral abbey monastery steeple kirche kapelle dom kathedrale kloster église chapelle "
        "iglesia catedral capilla ⛪ 💒 教堂",
        "a church with a pointed tower",
        height=0.36,
        scenes=("village", "meadow"),
        roundness=0.1,
    ),
    "pyramid": Subject(
        pyramid,
        "pyramid pyramide pirámide piramide giza 金字塔",
        "an Egyptian pyramid",
        height=0.34,
        count=(1, 3),
        scenes=("desert",),
        roundness=0.0,
    ),
    "tent": Subject(
        tent,
        "tent camp camping campsite teepee zelt zelte tente tienda-de-campaña carpa ⛺ 🏕 帐篷",
        "a camping tent",
        height=0.15,
        scenes=("forest", "mountains", "meadow"),
        roundness=0.3,
    ),
    "barn": Subject(
        barn,
        "barn farm stable silo scheune bauernhof stall grange ferme granero granja establo 农场",
        "a red wooden barn with a silo",
        height=0.26,
        scenes=("meadow",),
        roundness=0.1,
    ),
    "pagoda": Subject(
        pagoda,
        "pagoda shrine chinese-temple japanese-temple buddhist-temple stupa pagode schrein sanctuaire santuario ⛩ "
        "🛕 宝塔 寺",
        "an East Asian pagoda with curved roofs",
        height=0.46,
        scenes=("mountains", "garden"),
        roundness=0.1,
    ),
    "fountain": Subject(
        fountain,
        "fountain springbrunnen brunnen fontaine fuente fontana ⛲ 喷泉 噴泉",
        "a stone fountain with falling water",
        height=0.24,
        scenes=("garden", "village"),
        roundness=0.3,
    ),
}
