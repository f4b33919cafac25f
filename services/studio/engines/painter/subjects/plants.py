"""Trees and flowers."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from services.studio.engines.painter.brush import Brush, bend
from services.studio.engines.painter.subjects.subject import Subject

LAYERS = ((0.68, -0.1, 0.0, 0.98, 0.36, 9), (0.86, 0.08, 0.07, 0.8, 0.31, 8), (1.0, 0.27, 0.15, 0.55, 0.24, 6))
"""Of a clump of leaves, from its dark foot to its bright top: shade, how far up, how far to the light, how wide, how
large each lobe is, and how many there are."""
BARK, GREEN, SNOW = "#5b4438", "*#71914f", "#eef2fa"
AUTUMN, FROST = ("*#c98434", "*#b85a34", "*#bd9040"), "*#a9b0ba"
Clump = tuple[float, float, float, float]
"""Its middle and how far it reaches across and up."""


def leaves(b: Brush, green: str) -> str:
    """Their colour in the season."""
    if b.season == "winter":
        return FROST
    return b.chance.pick(AUTUMN) if b.season == "autumn" else green


def clump(b: Brush, each: Clump, colour: str, tone: float = 1.0, layers: int = 3) -> None:
    x, y, rx, ry = each
    b.oval(x, y, rx * 0.8, ry * 0.8, colour, shade=LAYERS[0][0] * tone)
    for shade, lift, side, wide, size, count in LAYERS[:layers]:
        snowy = b.season == "winter" and lift > 0.2
        first = b.chance.between(0, 6)
        for k in range(count):
            turn, lobe = first + k * 2.4, size * b.chance.between(0.75, 1.2)
            far = wide * math.sqrt((k + 0.6) / count) - lobe * 0.5
            middle = x + rx * (side + far * math.cos(turn)), y + ry * (lift + far * math.sin(turn))
            tint = shade * tone * b.chance.between(0.96, 1.04)
            b.oval(*middle, rx * lobe, ry * lobe * 0.9, SNOW if snowy else colour, shade=1.0 if snowy else tint)


def crown(b: Brush, clumps: Sequence[Clump], colour: str) -> None:
    """The upper clumps first, the brightest; each lower one stands out before the shade of those above."""
    low, high = min(each[1] for each in clumps), max(each[1] for each in clumps)
    wide = max(abs(each[0]) for each in clumps)
    b.oval(0, (low + high) / 2, wide * 0.8, (high - low) * 0.55, colour, shade=0.6)
    for x, y, rx, ry in sorted(clumps, key=lambda each: -each[1]):
        tone = 0.88 + 0.15 * (y - low) / max(high - low, 0.01)
        x, y = x + rx * b.chance.between(-0.14, 0.14), y + ry * b.chance.between(-0.1, 0.1)
        grown = b.chance.between(0.92, 1.08)
        clump(b, (x, y, rx * grown, ry * grown), colour, tone)


def limb(b: Brush, start: tuple[float, float], toward: tuple[float, float], end: tuple[float, float], width: float,
         colour: str = BARK, tip: float = 0.4) -> None:  # fmt: skip
    """A branch or a trunk, brighter on the light's side."""
    line = bend(start, toward, end)
    b.stroke(line, width, colour, end=width * tip, shade=0.85)
    b.stroke(line + np.array((width * 0.17, 0)), width * 0.4, colour, end=width * tip * 0.4, shade=1.25)


def roots(b: Brush, width: float, colour: str = BARK) -> None:
    b.curve([(-width * 1.9, -0.012), (-width * 0.62, 0.035), (-width * 0.5, 0.14), (width * 0.5, 0.14),
        (width * 0.62, 0.04), (width * 1.8, -0.012), (0, -0.004)], colour, shade=0.85)  # fmt: skip


def tree(b: Brush) -> None:
    colour = leaves(b, GREEN)
    roots(b, 0.055)
    limb(b, (0, 0), (0.01, 0.25), (-0.01, 0.62), 0.085)
    limb(b, (0, 0.28), (0.1, 0.4), (0.2, 0.5), 0.045)
    limb(b, (0, 0.24), (-0.1, 0.36), (-0.2, 0.46), 0.04)
    crown(b, ((0, 0.84, 0.19, 0.16), (-0.17, 0.7, 0.18, 0.15), (0.17, 0.71, 0.18, 0.15), (0.01, 0.64, 0.19, 0.14),
        (-0.25, 0.52, 0.16, 0.12), (0.25, 0.53, 0.16, 0.12), (-0.07, 0.49, 0.16, 0.11), (0.11, 0.48, 0.14, 0.1)),
        colour)  # fmt: skip


def oak(b: Brush) -> None:
    colour = leaves(b, "*#6c8444")
    roots(b, 0.085)
    limb(b, (0, 0), (-0.02, 0.2), (0.01, 0.5), 0.15)
    limb(b, (0.01, 0.16), (0.16, 0.3), (0.4, 0.38), 0.075)
    limb(b, (-0.01, 0.15), (-0.16, 0.3), (-0.4, 0.36), 0.07)
    crown(b, ((0.02, 0.84, 0.25, 0.16), (-0.26, 0.74, 0.24, 0.17), (0.3, 0.74, 0.24, 0.17), (0.03, 0.65, 0.25, 0.16),
        (-0.45, 0.53, 0.21, 0.15), (0.47, 0.53, 0.21, 0.15), (-0.18, 0.48, 0.22, 0.13), (0.2, 0.47, 0.22, 0.13)),
        colour)  # fmt: skip


def pine(b: Brush) -> None:
    """Boughs that hang a little, in tiers, each bright on top and on the light's side."""
    b.shape([(-0.035, 0), (0.035, 0), (0.012, 0.9), (-0.012, 0.9)], "#5a4334")
    b.shape([(0.004, 0), (0.026, 0), (0.01, 0.3), (0.002, 0.3)], "#5a4334", shade=1.3)
    tiers = 11
    for k in range(tiers):
        y, wide = 0.1 + 0.83 * (k / tiers), 0.32 * (1 - k / tiers) ** 0.92 + 0.02
        for side in (1, -1):
            for shade, part, lift in ((0.6, 1.0, 0.0), (0.84, 0.9, 0.024), (1.08, 0.66, 0.05)):
                white = b.season == "winter" and lift > 0.04
                tone = 1.0 if white else shade * (1.06 if side > 0 else 0.84)
                _bough(b, y + lift, side * wide * part, SNOW if white else "*#46695a", tone)
    b.shape([(-0.014, 0.93), (0.014, 0.93), (0, 1.01)], SNOW if b.season == "winter" else "*#46695a")


def _bough(b: Brush, y: float, wide: float, colour: str, shade: float) -> None:
    """Half a tier: a skirt of twigs that hang, the longest in the middle of its side."""
    hem = [(0.0, y - 0.01)]
    twigs = 5
    for k in range(1, twigs + 1):
        part = (k + b.chance.between(-0.2, 0.2)) / twigs
        drop = y + 0.03 * (1 - part) - 0.03 * part * part - abs(wide) * 0.08
        hem += [(wide * part, drop - b.chance.between(0.004, 0.022)), (wide * (part - 0.07), drop + abs(wide) * 0.07)]
    tip = (wide * b.chance.between(1.0, 1.1), y - 0.036 - abs(wide) * 0.04)
    up = abs(wide)
    b.shape([*hem[:-2], tip, (wide * 0.55, y + up * 0.24), (wide * 0.2, y + up * 0.56), (0, y + up * 0.92)], colour,
        shade=shade)  # fmt: skip


def palm(b: Brush) -> None:
    line = bend((-0.12, -0.01), (-0.06, 0.4), (0.1, 0.72), 22)
    b.stroke(line, 0.085, "#7a5d42", end=0.042, shade=0.85)
    b.stroke(line + np.array((0.014, 0)), 0.036, "#8f6e4d", end=0.018, shade=1.2)
    for k in range(1, 20):
        x, y = line[k]
        half = 0.042 - 0.001 * k
        b.stroke(bend((x - half, y - 0.008), (x, y + 0.008), (x + half, y - 0.002), 5), 0.008, "#5c4330")
    fronds = ((2.95, 0.43, 0.62), (0.2, 0.45, 0.62), (2.5, 0.46, 0.75), (0.62, 0.46, 0.75), (2.05, 0.38, 0.9),
        (1.1, 0.38, 0.9), (3.35, 0.4, 0.82), (-0.2, 0.4, 0.82), (1.6, 0.3, 1.05), (2.75, 0.36, 1.1),
        (0.38, 0.36, 1.1))  # fmt: skip
    for turn, long, shade in fronds:
        _frond(b, (0.1, 0.72), turn + b.chance.between(-0.08, 0.08), long, shade)
    for x, y in ((0.07, 0.69), (0.13, 0.685), (0.1, 0.665)):
        b.oval(x, y, 0.028, 0.03, "#6b4a2c")
        b.oval(x + 0.008, y + 0.009, 0.011, 0.011, "#9a7145")


def _frond(b: Brush, start: tuple[float, float], turn: float, long: float, shade: float) -> None:
    """It rises and then hangs, with a comb of leaflets along its underside."""
    out, up = math.cos(turn) * long, math.sin(turn) * long
    end = start[0] + out, start[1] + up * 0.55 - 0.13 - 0.1 * abs(math.cos(turn))
    rib = bend(start, (start[0] + out * 0.62, start[1] + abs(up) * 0.75 + 0.12), end, 13)
    lower = []
    for k, (x, y) in enumerate(rib[1:-1], 1):
        hang = 0.115 * math.sin(math.pi * (0.12 + 0.8 * k / 12))
        lower += [(x + out * 0.05, y - hang), (x + out * 0.008, y - hang * 0.45)]
    upper = [(x, y + 0.014) for x, y in rib]
    b.shape([*upper, *reversed(lower)], "*#5c8450", shade=shade)
    b.stroke(rib, 0.01, "*#5c8450", end=0.004, shade=shade * 1.25)


def cherry_tree(b: Brush) -> None:
    bark = "#54393a"
    roots(b, 0.06, bark)
    limb(b, (0, 0), (-0.05, 0.2), (0.02, 0.42), 0.1, bark, 0.6)
    limb(b, (0.01, 0.3), (0.12, 0.5), (0.4, 0.6), 0.06, bark)
    limb(b, (0.01, 0.34), (-0.06, 0.5), (-0.36, 0.58), 0.06, bark)
    limb(b, (0.02, 0.38), (0.04, 0.55), (0.1, 0.78), 0.05, bark)
    colour = leaves(b, "*#e3a3b5")
    crown(b, ((0.05, 0.85, 0.22, 0.13), (-0.19, 0.76, 0.2, 0.13), (0.28, 0.75, 0.2, 0.13), (-0.42, 0.62, 0.17, 0.11),
        (0.5, 0.61, 0.16, 0.11), (0.06, 0.67, 0.2, 0.11), (0.28, 0.55, 0.13, 0.08), (-0.23, 0.55, 0.14, 0.085)),
        colour)  # fmt: skip
    for _ in range(26):
        r = b.chance.between(0.006, 0.011)
        b.oval(b.chance.between(-0.5, 0.55), 0.8 * b.chance.between(0, 1) ** 3, r, r * 0.7, colour, shade=1.06)


def birch(b: Brush) -> None:
    bark = "#e9e6dd"
    line = bend((0, -0.01), (0.03, 0.45), (0, 0.95), 14)
    b.stroke(line, 0.062, bark, end=0.016, shade=0.82)
    b.stroke(line + np.array((0.008, 0)), 0.036, bark, end=0.01)
    for k in range(1, 11):
        x, y = line[k]
        half = 0.028 - 0.0018 * k
        side = 1 if k % 2 else -1
        b.shape([(x + side * half, y), (x - side * half * b.chance.between(0, 0.6), y + 0.006),
            (x + side * half, y + 0.018)], "#3b3634")  # fmt: skip
    for y, dx, dy in ((0.42, 0.15, 0.16), (0.5, -0.16, 0.17), (0.6, 0.14, 0.16), (0.68, -0.11, 0.15)):
        b.stroke(bend((0.01, y), (dx * 0.5, y + dy * 0.8), (dx, y + dy)), 0.018, bark, end=0.006, shade=0.8)
    colour = leaves(b, "*#a9b65c")
    for x, y, rx, ry, shade in ((0.0, 0.86, 0.13, 0.12, 0.8), (-0.11, 0.72, 0.13, 0.12, 0.7),
        (0.12, 0.7, 0.13, 0.12, 0.78), (0.0, 0.6, 0.12, 0.11, 0.72), (-0.14, 0.55, 0.1, 0.1, 0.66),
        (0.15, 0.53, 0.1, 0.1, 0.74)):  # fmt: skip
        for _ in range(7):
            far = b.chance.between(0.3, 1.0), b.chance.between(0.0, 6.28)
            b.oval(x + rx * far[0] * math.cos(far[1]), y + ry * far[0] * math.sin(far[1]), rx * 0.38, ry * 0.3, colour,
                turn=-0.6, shade=shade * b.chance.between(0.94, 1.08))  # fmt: skip
    for k in range(120):
        up = b.chance.between(0, 1)
        wide = 0.25 * math.sin(math.pi * (0.16 + 0.78 * up)) ** 0.7
        x, y = b.chance.between(-1, 1) * wide, 0.42 + 0.57 * up
        shade = 0.78 + 0.26 * (k / 120) + 0.36 * x + 0.1 * up
        size = b.chance.between(0.018, 0.03)
        b.oval(x, y, size, size * 0.6, colour, turn=b.chance.between(-1.3, -0.2), shade=shade)
    for k in (2, 4, 5, 7, 8):
        x, y = line[k]
        b.stroke([(x - 0.006, y), (x + 0.012, y + 0.045)], 0.03 - 0.002 * k, bark, shade=0.95)


def willow(b: Brush) -> None:
    colour = leaves(b, "*#8ea15c")
    roots(b, 0.07)
    limb(b, (0, 0), (-0.04, 0.3), (0.02, 0.6), 0.12)
    limb(b, (0, 0.4), (0.1, 0.6), (0.3, 0.72), 0.05)
    limb(b, (0, 0.4), (-0.1, 0.62), (-0.28, 0.74), 0.05)
    for x, y, rx, ry in ((0, 0.82, 0.3, 0.14), (-0.24, 0.76, 0.22, 0.13), (0.25, 0.76, 0.22, 0.13)):
        clump(b, (x, y, rx, ry), colour, 0.95)
    for k in range(110):
        at = b.chance.between(-1, 1)
        top = 0.97 - 0.22 * at * at - b.chance.between(0, 0.22) * (k < 95)
        foot = top - b.chance.between(0.3, 0.62) * (1.1 - 0.3 * abs(at))
        foot = max(foot, 0.09 + b.chance.between(0, 0.14))
        x = at * 0.44
        line = bend((x, top), (x * 1.16, top - 0.02), (x * 1.16 + b.chance.between(-0.015, 0.015), foot), 8)
        b.stroke(line, 0.036, colour, end=0.006, shade=0.64 + 0.4 * k / 110 + 0.14 * at)


def cactus(b: Brush) -> None:
    colour = "*#64895c"
    for points, width in (((bend((-0.02, 0.32), (-0.27, 0.27), (-0.27, 0.42), 12), (-0.27, 0.66)), 0.115),
        ((bend((0.02, 0.42), (0.25, 0.38), (0.25, 0.52), 12), (0.25, 0.8)), 0.105)):  # fmt: skip
        line = [*[(float(x), float(y)) for x, y in points[0]], points[1]]
        _ribbed(b, line, width, colour)
    _ribbed(b, [(0, -0.01), (0, 0.3), (0, 0.6), (0, 0.91)], 0.18, colour)
    for x, y, size in ((0, 0.985, 0.034), (-0.27, 0.72, 0.024), (0.25, 0.855, 0.024)):
        for turn in (2.3, 0.85, 1.57):
            b.oval(x + math.cos(turn) * size, y + math.sin(turn) * size * 0.5, size, size * 0.5, "#e8618c", turn=turn)
        b.oval(x, y + size * 0.2, size * 0.4, size * 0.4, "#f7d774")


def _ribbed(b: Brush, line: list[tuple[float, float]], width: float, colour: str) -> None:
    """A fleshy column with a round end, and ribs along it."""
    x, y = line[-1]
    b.stroke(line, width, colour, shade=0.85)
    b.oval(x, y, width / 2, width / 2, colour, shade=0.85)
    for part, shade, thick in ((0.14, 1.06, 0.5), (0.26, 1.24, 0.14), (-0.02, 0.78, 0.05), (-0.26, 0.66, 0.06)):
        moved = [(a + width * part, c) for a, c in line]
        b.stroke([*moved, (x + width * part * 0.8, y + width * 0.3)], width * thick, colour, shade=shade,
            end=width * thick * 0.5)  # fmt: skip
    for k in range(1, 9):
        at = k / 9
        a, c = line[-2]
        b.oval(a + (x - a) * at + width * (0.3 if k % 2 else -0.12), c + (y - c) * at, 0.006, 0.006, "#f3efd2")


def bamboo(b: Brush) -> None:
    colour = "*#7fa650"
    canes = ((-0.2, 0.06, 0.93, 0.62), (0.19, -0.03, 0.9, 0.7), (-0.07, -0.02, 1.0, 0.85), (0.08, 0.05, 0.96, 1.0))
    for x, lean, top, shade in canes:
        joints = 7
        for k in range(joints):
            low, high = top * k / joints, top * (k + 1) / joints - 0.006
            left, right = x + lean * low, x + lean * high
            b.shape([(left - 0.026, low), (left + 0.026, low), (right + 0.022, high), (right - 0.022, high)], colour,
                shade=shade * 0.85)  # fmt: skip
            b.shape([(left + 0.004, low), (left + 0.019, low), (right + 0.016, high), (right + 0.002, high)], colour,
                shade=shade * 1.15)  # fmt: skip
            b.box(right - 0.028, high - 0.008, right + 0.028, high + 0.008, colour, shade=shade * 0.65)
        for k in range(3, joints + 1):
            y = top * k / joints
            _spray(b, x + lean * y, y, 1 if k % 2 else -1, colour, shade)


def _spray(b: Brush, x: float, y: float, side: int, colour: str, shade: float) -> None:
    """A twig with a few narrow leaves that hang."""
    end = x + side * 0.13, y + 0.05
    b.stroke(bend((x, y), (x + side * 0.08, y + 0.05), end, 5), 0.008, colour, shade=shade * 0.8)
    for k in range(5):
        turn = 0.75 - 0.45 * k + b.chance.between(-0.15, 0.15)
        long = b.chance.between(0.12, 0.17)
        tip = end[0] + side * long * math.cos(turn - 0.6), end[1] + long * math.sin(turn - 0.6)
        b.stroke([end, ((end[0] + tip[0]) / 2, (end[1] + tip[1]) / 2 + 0.012), tip], 0.03, colour, end=0.001,
            shade=shade * b.chance.between(0.85, 1.2))  # fmt: skip


def mushroom(b: Brush) -> None:
    _toadstool(b, 0.38, 0.0, 0.52)
    _toadstool(b, -0.04, 0.0, 1.0)


def _toadstool(b: Brush, x: float, y: float, size: float) -> None:
    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + across * size, y + up * size) for across, up in points]

    b.curve(at((-0.11, 0), (-0.09, 0.3), (-0.08, 0.62), (0.08, 0.62), (0.09, 0.3), (0.13, 0), (0, -0.03)), "#efe4cf")
    b.curve(at((-0.11, 0), (-0.09, 0.3), (-0.08, 0.62), (-0.02, 0.62), (-0.04, 0.3), (-0.03, -0.02)), "#efe4cf",
        shade=0.84)  # fmt: skip
    b.curve(at((-0.4, 0.58), (-0.2, 0.5), (0.02, 0.485), (0.22, 0.5), (0.4, 0.58), (0.2, 0.66), (-0.2, 0.66)),
        "#d9c5a6")  # fmt: skip
    for k in range(-6, 7):
        b.stroke(at((k * 0.025, 0.6), (k * 0.056, 0.5 + 0.0022 * k * k)), 0.006 * size, "#b79d7b")
    b.curve(at((-0.42, 0.58), (-0.42, 0.58), (-0.38, 0.78), (-0.2, 0.95), (0, 1.0), (0.2, 0.95), (0.38, 0.78),
        (0.42, 0.58), (0.42, 0.58), (0.2, 0.64), (0, 0.655), (-0.2, 0.64)), "*#c23a2c")  # fmt: skip
    b.curve(at((0.0, 0.97), (0.16, 0.93), (0.3, 0.82), (0.36, 0.68), (0.22, 0.74), (0.06, 0.84)), "*#c23a2c",
        shade=1.14)  # fmt: skip
    for across, up, r in ((-0.28, 0.72, 0.045), (-0.13, 0.87, 0.05), (0.02, 0.74, 0.062), (0.1, 0.92, 0.036),
        (0.22, 0.8, 0.05), (0.33, 0.67, 0.034), (-0.13, 0.68, 0.026)):  # fmt: skip
        b.oval(x + across * size, y + up * size, r * size, r * size * 0.82, "#fbf4e6", turn=-across)
    b.curve(at((-0.12, 0.4), (-0.085, 0.46), (0.085, 0.46), (0.13, 0.4), (0.05, 0.385), (-0.05, 0.385)), "#f7eedd",
        shade=0.95)  # fmt: skip


def leaf(b: Brush, start: tuple[float, float], end: tuple[float, float], wide: float, colour: str = "#5d8650") -> None:
    """A pointed leaf with a bright half and a rib."""
    (x0, y0), (x1, y1) = start, end
    nx, ny = -(y1 - y0) * wide, (x1 - x0) * wide
    mx, my = x0 + (x1 - x0) * 0.45, y0 + (y1 - y0) * 0.45
    one, other = bend(start, (mx + nx * 2, my + ny * 2), end), bend(end, (mx - nx * 2, my - ny * 2), start)
    b.shape([*one, *other], colour, shade=0.85)
    b.shape([*one, end, start], colour, shade=1.08)
    b.stroke([start, end], 0.012, colour, end=0.002, shade=0.68)


def flower(b: Brush) -> None:
    """A poppy."""
    b.stroke(bend((-0.02, 0.3), (-0.2, 0.5), (-0.21, 0.66)), 0.016, "#5d8450", end=0.012)
    b.curve([(-0.21, 0.65), (-0.25, 0.6), (-0.26, 0.53), (-0.22, 0.5), (-0.18, 0.54), (-0.18, 0.61)], "#5d8450")
    b.stroke(bend((-0.222, 0.52), (-0.23, 0.56), (-0.215, 0.62), 5), 0.016, "*#d8452f")
    b.stroke(bend((0.03, -0.01), (-0.06, 0.35), (0, 0.75)), 0.024, "#5d8450", end=0.018)
    for start, end in (((0.01, 0.1), (0.26, 0.3)), ((0.0, 0.06), (-0.25, 0.22)), ((0.0, 0.2), (0.16, 0.42))):
        leaf(b, start, end, 0.12, "#5d8450")
    colour, x, y = "*#d8452f", 0.0, 0.84
    for points, shade in ((((-0.1, 0.0), (-0.17, 0.08), (-0.12, 0.16), (-0.03, 0.145), (0.05, 0.165), (0.14, 0.13),
        (0.17, 0.06), (0.1, -0.02)), 0.74), (((0.0, -0.06), (-0.12, -0.1), (-0.215, -0.02), (-0.22, 0.07),
        (-0.17, 0.105), (-0.1, 0.06), (-0.02, 0.02)), 0.86), (((0.0, -0.06), (0.12, -0.1), (0.215, -0.02),
        (0.225, 0.07), (0.17, 0.105), (0.1, 0.06), (0.02, 0.02)), 1.0), (((-0.13, -0.02), (-0.15, -0.09),
        (-0.08, -0.15), (0.0, -0.145), (0.09, -0.15), (0.16, -0.08), (0.13, -0.01), (0.0, -0.05)), 1.08)):  # fmt: skip
        b.curve([(x + across, y + up) for across, up in points], colour, shade=shade)
    for k in range(9):
        turn = math.pi * (k + 0.5) / 9
        b.stroke([(x, y - 0.01), (x + 0.15 * math.cos(turn), y + 0.09 * math.sin(turn))], 0.006, colour, end=0.002,
            shade=0.62)  # fmt: skip
    b.oval(x, y, 0.05, 0.036, "#33262e")
    for k in range(14):
        turn = k * 2 * math.pi / 14
        b.oval(x + math.cos(turn) * 0.066, y + math.sin(turn) * 0.045, 0.008, 0.008, "#33262e")
    b.oval(x, y + 0.006, 0.026, 0.018, "#a8b86a")


def rosette(b: Brush, x: float, y: float, size: float, colour: str) -> None:
    """A rose's head: petals wound round each other."""
    b.oval(x, y, size, size * 0.94, colour, shade=0.66)
    rings = ((1.0, 0.62, 5, 0.8, 0.3), (0.66, 0.52, 4, 0.93, 0.9), (0.36, 0.38, 3, 1.04, 0.2))
    for far, petal, count, shade, first in rings:
        for k in range(count):
            turn = first + k * 2 * math.pi / count
            px, py = x + math.cos(turn) * size * far * 0.55, y + math.sin(turn) * size * far * 0.52
            b.oval(px, py, size * petal, size * petal * 0.78, colour, turn=turn + 1.57, shade=shade * 0.86)
            b.oval(px + math.cos(turn) * size * 0.06, py + size * 0.05, size * petal * 0.9, size * petal * 0.66, colour,
                turn=turn + 1.57, shade=shade * (1.06 + 0.08 * math.cos(turn - 0.7)))  # fmt: skip
    spiral = [(x + size * 0.03 * k * math.cos(k * 0.8), y + size * 0.025 * k * math.sin(k * 0.8)) for k in range(1, 9)]
    b.stroke(spiral, size * 0.08, colour, end=size * 0.03, shade=0.6)


def rose(b: Brush) -> None:
    b.stroke(bend((0.04, -0.01), (-0.05, 0.35), (0, 0.7)), 0.032, "#4a6b44", end=0.026)
    for x, y, side in ((0.012, 0.24, 1), (-0.01, 0.46, -1), (-0.004, 0.55, 1)):
        b.shape([(x, y), (x + side * 0.045, y + 0.035), (x, y + 0.035)], "#4a6b44")
    for start, end in (((0.0, 0.3), (0.3, 0.4)), ((0.1, 0.34), (0.22, 0.56)), ((-0.01, 0.18), (-0.3, 0.3)),
                       ((-0.1, 0.22), (-0.2, 0.45))):  # fmt: skip
        leaf(b, start, end, 0.22, "#4f7a4a")
    for out in (-1.0, 0.2, 1.0):
        leaf(b, (0, 0.66), (out * 0.19, 0.62 - 0.06 * (1 - abs(out))), 0.16, "#4f7a4a")
    rosette(b, 0, 0.8, 0.2, "*#c2263f")


def sunflower(b: Brush) -> None:
    b.stroke(bend((0.03, -0.01), (-0.05, 0.35), (0, 0.7)), 0.045, "#658446", end=0.034)
    leaf(b, (0.0, 0.26), (0.33, 0.42), 0.24)
    leaf(b, (0.0, 0.16), (-0.33, 0.34), 0.24)
    x, y = 0.0, 0.74
    for far, long, shade, first in ((0.17, 0.11, 0.8, 0.0), (0.155, 0.1, 1.0, 0.16)):
        for k in range(20):
            turn = first + k * 2 * math.pi / 20
            b.oval(x + math.cos(turn) * far, y + math.sin(turn) * far, long, 0.032, "*#f2b62b", turn=turn,
                shade=shade * b.chance.between(0.94, 1.08))  # fmt: skip
    b.oval(x, y, 0.118, 0.118, "#4a2d1c")
    for k in range(60):
        far, turn = 0.108 * math.sqrt(k / 60), k * 2.39996
        b.oval(x + far * math.cos(turn), y + far * math.sin(turn), 0.008, 0.008, "#8a5a2e" if far > 0.06 else "#6b4a22")


def tulip(b: Brush) -> None:
    b.stroke(bend((0.02, -0.01), (-0.03, 0.35), (0, 0.66)), 0.034, "#5a8f4e", end=0.028)
    _blade(b, 0.02, 0.28, 0.62, 0.9)
    _blade(b, -0.01, -0.26, 0.5, 1.05)
    cup(b, 0, 0.62, 0.38, "*#d94f6b")


def _blade(b: Brush, foot: float, side: float, top: float, shade: float) -> None:
    outer = bend((foot, 0), (side * 1.1, 0.16), (side * 1.15, top), 10)
    inner = bend((side * 1.15, top), (side * 0.55, 0.32), (foot, 0.12), 10)
    b.shape([*outer, *inner], "#66905a", shade=shade)
    b.shape([*bend((side * 1.15, top), (side * 0.8, 0.26), (foot, 0.06), 10), *inner[::-1]], "#66905a",
        shade=shade * 0.82)  # fmt: skip


def cup(b: Brush, x: float, y: float, size: float, colour: str) -> None:
    """A tulip's head, from its foot at (x, y)."""

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + across * size, y + up * size) for across, up in points]

    b.curve(at((-0.22, 0.3), (-0.16, 0.7), (0, 0.98), (0, 0.98), (0.16, 0.7), (0.2, 0.3)), colour, shade=0.68)
    for side, shade in ((-1, 0.86), (1, 1.08)):
        b.curve(at((0, 0), (side * 0.26, 0.1), (side * 0.38, 0.42), (side * 0.33, 0.92), (side * 0.33, 0.92),
            (side * 0.14, 0.66), (0, 0.34)), colour, shade=shade)  # fmt: skip
    b.curve(at((0, 0), (-0.2, 0.12), (-0.24, 0.45), (0, 0.84), (0, 0.84), (0.24, 0.45), (0.2, 0.12)), colour)
    b.curve(at((0.03, 0.06), (0.14, 0.2), (0.17, 0.44), (0.03, 0.74), (0.07, 0.4)), colour, shade=1.18)


def daisy(b: Brush, x: float, y: float, size: float, colour: str = "#fbf6ea", eye: str = "#f0b93a") -> None:
    for k in range(10):
        turn = k * math.pi / 5
        b.oval(x + math.cos(turn) * size * 0.6, y + math.sin(turn) * size * 0.56, size * 0.42, size * 0.15, colour,
            turn=turn, shade=0.86 + 0.14 * math.sin(turn))  # fmt: skip
    b.oval(x, y, size * 0.3, size * 0.28, eye, shade=0.85)
    b.oval(x + size * 0.05, y + size * 0.06, size * 0.2, size * 0.17, eye, shade=1.1)


ROSES = (
    (-0.22, 0.68, 0.12, "*#e58a9a"), (0.18, 0.66, 0.13, "*#e58a9a"), (-0.03, 0.73, 0.12, "*#c8384f"),
    (-0.1, 0.53, 0.115, "*#c8384f"), (0.12, 0.5, 0.1, "*#f0a36b"),
)  # fmt: skip
"""Of a bouquet: where each is, how large, and its colour."""


def bouquet(b: Brush) -> None:
    for turn in (0.3, 0.75, 1.2, 1.57, 1.95, 2.4, 2.85):
        leaf(b, (0, 0.42), (math.cos(turn) * 0.46, 0.46 + math.sin(turn) * 0.52), 0.13,
            "#567f4e" if turn > 1.6 else "#6c9a58")  # fmt: skip
    for start, end in (((-0.05, 0.36), (-0.34, 0.33)), ((0.05, 0.36), (0.36, 0.35))):
        leaf(b, start, end, 0.2, "#567f4e")
    for x, y, size in ((-0.3, 0.55, 0.085), (0.33, 0.56, 0.085), (0.0, 0.9, 0.09), (-0.19, 0.82, 0.07),
        (0.27, 0.79, 0.08)):  # fmt: skip
        daisy(b, x, y, size)
    for x, y, size, colour in ROSES:
        rosette(b, x, y, size, colour)
    b.curve([(-0.1, 0.44), (-0.1, 0.44), (-0.085, 0.38), (-0.17, 0.26), (-0.18, 0.14), (-0.1, 0.0), (-0.1, 0.0),
        (0.1, 0.0), (0.1, 0.0), (0.18, 0.14), (0.17, 0.26), (0.085, 0.38), (0.1, 0.44), (0.1, 0.44), (0, 0.42)],
        "#7fa3b5")  # fmt: skip
    b.curve([(0.03, 0.35), (0.06, 0.36), (0.13, 0.25), (0.14, 0.14), (0.09, 0.05), (0.1, 0.16), (0.09, 0.25)],
        "#7fa3b5", shade=1.25)  # fmt: skip
    b.curve([(-0.04, 0.36), (-0.14, 0.25), (-0.155, 0.14), (-0.09, 0.015), (-0.06, 0.01), (-0.1, 0.14), (-0.09, 0.25)],
        "#7fa3b5", shade=0.78)  # fmt: skip


def pumpkin(b: Brush) -> None:
    colour = "*#dd7a26"
    for x, rx, shade in ((-0.33, 0.25, 0.7), (0.33, 0.25, 0.9), (-0.19, 0.25, 0.84), (0.2, 0.25, 1.04),
        (0, 0.22, 0.98)):  # fmt: skip
        b.oval(x, 0.4, rx, 0.4 - abs(x) * 0.14, colour, shade=shade)
        b.oval(x + rx * 0.16, 0.46, rx * 0.55, 0.29 - abs(x) * 0.12, colour, shade=shade * 1.12)
    b.oval(0.02, 0.74, 0.15, 0.03, colour, shade=0.6)
    b.curve([(-0.07, 0.74), (-0.045, 0.84), (0.0, 0.94), (0.13, 1.0), (0.17, 0.94), (0.07, 0.88), (0.06, 0.8),
        (0.1, 0.73), (0.02, 0.72)], "#6d7a3c")  # fmt: skip
    b.curve([(0.0, 0.76), (0.0, 0.86), (0.06, 0.95), (0.14, 0.98), (0.06, 0.9), (0.045, 0.82), (0.06, 0.75)], "#6d7a3c",
        shade=1.3)  # fmt: skip
    leaf(b, (0.05, 0.76), (0.36, 0.8), 0.22)
    b.stroke(bend((-0.04, 0.77), (-0.2, 0.92), (-0.3, 0.8), 10), 0.018, "#6d8a3c", end=0.008)


GARDEN = ("meadow", "garden")
ROWS = {
    "tree": Subject(
        tree,
        "tree beech maple elm ash baum bäume linde buche ahorn arbre árbol albero 🌳 木 树 樹",
        "a single leafy tree with a round crown",
        height=0.42,
        scenes=("meadow", "mountains"),
        roundness=0.7,
    ),
    "oak": Subject(
        oak,
        "oak oaks oak-tree eiche chêne roble encina quercia",
        "a broad old oak tree with a thick trunk",
        height=0.46,
        scenes=("meadow",),
        roundness=0.7,
    ),
    "pine": Subject(
        pine,
        "pine fir firs spruce conifer evergreen christmas-tree kiefer tanne fichte tannenbaum weihnachtsbaum "
        "sapin pino abeto árbol-de-navidad 🌲 🎄 松",
        "a tall dark green pine or fir tree",
        height=0.44,
        scenes=("mountains", "snow"),
        roundness=0.7,
    ),
    "palm": Subject(
        palm,
        "palm palm-tree coconut-tree palme kokospalme palmier cocotier palmera cocotero 🌴 椰",
        "a palm tree with a curved trunk and long fronds",
        height=0.46,
        scenes=("island", "coast"),
        roundness=0.5,
    ),
    "cherry_tree": Subject(
        cherry_tree,
        "cherry-tree cherry-blossom sakura blossom kirschbaum kirschblüte cerisier cerezo almond-tree "
        "apple-blossom 🌸 桜 樱",
        "a cherry tree in full pink blossom",
        height=0.44,
        scenes=("meadow", "garden"),
        roundness=0.6,
    ),
    "birch": Subject(
        birch,
        "birch silver-birch birke bouleau abedul aspen poplar",
        "a slender birch with a white trunk",
        height=0.46,
        scenes=("meadow", "lake"),
        roundness=0.4,
    ),
    "willow": Subject(
        willow,
        "willow weeping-willow weide trauerweide saule 柳",
        "a weeping willow with long hanging branches",
        height=0.42,
        scenes=("lake", "meadow"),
        roundness=0.6,
    ),
    "cactus": Subject(
        cactus,
        "cactus cacti saguaro succulent kaktus kakteen cactées cacto nopal 🌵",
        "a tall green cactus with arms",
        height=0.32,
        scenes=("desert",),
    ),
    "bamboo": Subject(
        bamboo,
        "bamboo bambus bambou bambú 🎋 竹",
        "stems of green bamboo with narrow leaves",
        height=0.5,
        scenes=("garden", "forest"),
        roundness=0.4,
    ),
    "mushroom": Subject(
        mushroom,
        "mushroom toadstool fungus fungi fly-agaric pilz pilze fliegenpilz champignon seta hongo 🍄 蘑菇",
        "a red mushroom with white dots",
        height=0.2,
        scenes=("forest",),
    ),
    "flower": Subject(
        flower,
        "flower poppy poppies bloom anemone lotus blume blüte mohn mohnblume fleur coquelicot flor amapola 🌺 🌼 💮 "
        "🪷 花",
        "a single flower in bloom, a red poppy",
        height=0.22,
        count=(1, 3),
        scenes=GARDEN,
        roundness=0.5,
    ),
    "rose": Subject(
        rose,
        "rose 🌹 🥀 玫瑰",
        "a red rose on its stem",
        height=0.26,
        scenes=("garden", "still_life"),
        roundness=0.5,
    ),
    "sunflower": Subject(
        sunflower,
        "sunflower sonnenblume tournesol girasol 🌻 向日葵",
        "a tall yellow sunflower",
        height=0.36,
        count=(1, 3),
        scenes=("meadow", "garden"),
        roundness=0.4,
    ),
    "tulip": Subject(
        tulip,
        "tulip tulpe tulipe tulipán tulipanes 🌷 郁金香",
        "a tulip with its leaves",
        height=0.22,
        count=(3, 5),
        scenes=("garden", "meadow"),
        roundness=0.6,
    ),
    "bouquet": Subject(
        bouquet,
        "bouquet bunch-of-flowers vase-of-flowers flowers-in-a-vase flower-arrangement blumenstrauß strauß ramo "
        "bouquet-de-fleurs 💐 花束",
        "a bouquet of flowers in a vase",
        height=0.26,
        scenes=("still_life",),
        roundness=0.6,
    ),
    "pumpkin": Subject(
        pumpkin,
        "pumpkin jack-o-lantern halloween gourd squash kürbis kürbisse citrouille potiron calabaza zucca 🎃 南瓜",
        "a ripe orange pumpkin",
        height=0.12,
        scenes=("still_life", "meadow"),
    ),
}
