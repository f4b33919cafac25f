"""Sun, moon and what else hangs in the sky. They shine in their own colours whatever the hour."""

from __future__ import annotations

import math

import numpy as np

from services.studio.engines.painter.brush import Brush
from services.studio.engines.painter.maths import Floats
from services.studio.engines.painter.subjects.subject import Subject

SEAS = ((-0.16, 0.68, 0.19, 0.16, 0.4), (0.07, 0.7, 0.1, 0.08, 0.2), (0.16, 0.63, 0.13, 0.11, 0.0),
    (0.24, 0.53, 0.13, 0.1, 0.3), (0.31, 0.44, 0.06, 0.1, 0.1), (0.17, 0.43, 0.07, 0.07, 0.0),
    (-0.29, 0.54, 0.15, 0.2, 0.25), (-0.15, 0.5, 0.14, 0.11, 0.0), (-0.17, 0.36, 0.13, 0.1, 0.3),
    (-0.32, 0.34, 0.06, 0.06, 0.0), (0.37, 0.66, 0.04, 0.055, 0.2))  # fmt: skip
"""Of the moon's face: where each dark plain is, how large, and how turned."""


def circle(x: float, y: float, r: float, steps: int = 64) -> Floats:
    t = np.linspace(0, 2 * math.pi, steps, endpoint=False)
    return np.stack([x + np.cos(t) * r, y + np.sin(t) * r], -1)


def sun(b: Brush) -> None:
    b.halo(0, 0.5, 1.6, "*#fff0c4", 0.55)
    b.halo(0, 0.5, 0.95, "*#fff3d0", 0.7)
    for k in range(14):
        turn = k * math.pi / 7 + 0.12
        far = 1.9 if k % 2 else 1.45
        b.beam(0, 0.5, (far * math.cos(turn), 0.5 + far * math.sin(turn)), "*#fff0c4", 0.55)
    for k in range(6):
        b.bright(circle(0, 0.5, 0.5 - 0.028 * k), ("*#ffe6a4", "*#ffeab2", "*#ffeec0", "#fff2cf", "#fff6dc",
            "#fffae8")[k])  # fmt: skip


def moon(b: Brush) -> None:
    b.halo(0, 0.5, 1.45, "*#dfe6f7", 0.42)
    b.halo(0, 0.5, 0.9, "*#eef1fa", 0.5)
    b.bright(circle(0, 0.5, 0.5), "*#f4efdf")
    b.bright(circle(0.015, 0.51, 0.475), "#f8f4e8")
    for x, y, rx, ry, turn in SEAS:
        b.bright(_sea(x, y, rx, ry, turn), "#e7e2d5")
    for x, y, rx, ry, turn in SEAS[::2]:
        b.bright(_sea(x + 0.01, y - 0.01, rx * 0.62, ry * 0.6, turn), "#e0dacd")
    for x, y, r in ((-0.05, 0.14, 0.03), (0.26, 0.25, 0.024), (-0.3, 0.24, 0.02), (0.33, 0.72, 0.018),
        (-0.05, 0.9, 0.02)):  # fmt: skip
        b.bright(circle(x, y, r, 16), "#fffdf6")


def _sea(x: float, y: float, rx: float, ry: float, turn: float) -> Floats:
    t = np.linspace(0, 2 * math.pi, 32, endpoint=False)
    wave = 1 + 0.09 * np.sin(3 * t + x * 20) + 0.06 * np.sin(5 * t + y * 30)
    across, up = np.cos(t) * rx * wave, np.sin(t) * ry * wave
    cos, sin = math.cos(turn), math.sin(turn)
    return np.stack([x + across * cos - up * sin, y + across * sin + up * cos], -1)


def crescent(b: Brush) -> None:
    b.halo(0, 0.5, 1.45, "*#dfe6f7", 0.42)
    b.halo(0, 0.5, 0.9, "*#eef1fa", 0.5)
    outer = np.linspace(math.pi * 0.38, math.pi * 1.62, 60)
    far = np.stack([np.cos(outer) * 0.5, 0.5 + np.sin(outer) * 0.5], -1)
    tips = far[-1], far[0]
    middle, r = 0.165, math.dist(tips[0], (0.165, 0.5))
    low, high = (math.atan2(y - 0.5, x - middle) for x, y in tips)
    inner = np.linspace(low, high - 2 * math.pi, 60)
    near = np.stack([middle + np.cos(inner) * r, 0.5 + np.sin(inner) * r], -1)
    b.bright(np.concatenate([far, near]) * (-1, 1), "*#fbf3d6")


def star(b: Brush) -> None:
    b.halo(0, 0.5, 1.4, "*#fff0c0", 0.5)
    b.halo(0, 0.5, 0.7, "*#fff6dc", 0.6)
    turns = [math.pi / 2 + k * math.pi / 5 for k in range(10)]
    points = [((0.54, 0.235)[k % 2] * math.cos(t), 0.46 + (0.54, 0.235)[k % 2] * math.sin(t)) for k,
        t in enumerate(turns)]  # fmt: skip
    b.bright(np.array(points), "*#ffe7a0")
    for k in range(5):
        tip, right = points[2 * k], points[2 * k - 1]
        b.bright(np.array([tip, right, (0.0, 0.46)]), "#fff4cf")


LOBES = ((-0.46, 0.5, 0.28), (0.42, 0.55, 0.28), (-0.02, 0.66, 0.34), (-0.8, 0.28, 0.23), (0.78, 0.34, 0.24),
    (0.24, 0.42, 0.3), (-0.3, 0.36, 0.3), (-1.04, 0.13, 0.15), (1.04, 0.15, 0.16), (0.58, 0.22, 0.26),
    (-0.62, 0.18, 0.24), (0.1, 0.2, 0.28))  # fmt: skip
"""Of a cloud, the farther first: the middle and the radius of each."""


def cloud(b: Brush) -> None:
    """Heaped up on a flat foot."""
    white = "*#f6f4f1"
    b.airy([(-1.1, 0.02), (-0.8, 0.3), (-0.3, 0.6), (0.3, 0.6), (0.8, 0.3), (1.1, 0.02), (1.0, 0.0), (-1.0, 0.0)],
        white, shade=0.82)  # fmt: skip
    for x, y, r in LOBES:
        x, r = x + b.chance.between(-0.05, 0.05), r * b.chance.between(0.92, 1.08)
        foot = 0.82 + 0.2 * min(y, 0.7)
        for k in range(6):
            turn, size = -0.1 + k * 0.68 + b.chance.between(-0.2, 0.2), r * b.chance.between(0.32, 0.5)
            b.airy(_puff(x + r * 0.78 * math.cos(turn), y + r * 0.72 * math.sin(turn), size), white,
                shade=foot + 0.04 + 0.05 * math.sin(turn))  # fmt: skip
        for k in range(7):
            part, lift = 1 - 0.1 * k, 0.055 * k
            b.airy(_puff(x + r * lift * 0.8, y + r * lift, r * part), white, shade=foot + 0.02 + 0.016 * k)


def _puff(x: float, y: float, r: float) -> Floats:
    """Round above, flat where it would hang below the cloud's foot."""
    puff = circle(x, y, r, 28)
    return np.stack([puff[:, 0], np.maximum(puff[:, 1], 0.0)], -1)


def comet(b: Brush) -> None:
    head = (-0.62, 0.14)
    b.halo(*head, 0.55, "#e4f0ff", 0.75)
    for aside, wide, strength in ((0.02, 0.2, 0.22), (0.0, 0.16, 0.22), (0.01, 0.12, 0.25), (0.0, 0.09, 0.3),
        (0.0, 0.06, 0.5), (0.0, 0.035, 0.8)):  # fmt: skip
        b.beam(head[0] - 0.05, head[1] - 0.04, (1.15 - aside * 3, 1.16 + aside * 4), "*#dcebff", strength, wide)
    b.bright(circle(*head, 0.075), "*#eef6ff")
    b.bright(circle(*head, 0.055), "#ffffff")


ROWS = {
    "sun": Subject(
        sun,
        "sun suns sunshine sonne sonnenschein soleil sol sole ☀ 🌞 🌅 太阳 日",
        "the shining sun",
        where="heavens",
        height=0.17,
        scenes=("sea", "meadow"),
        roundness=0.0,
    ),
    "moon": Subject(
        moon,
        "moon full-moon moonlight mond vollmond mondschein lune pleine-lune clair-de-lune luna luna-llena 🌕 🌝 月",
        "the full moon in the sky",
        where="heavens",
        height=0.19,
        scenes=("mountains", "sea"),
        roundness=0.0,
    ),
    "crescent": Subject(
        crescent,
        "crescent crescent-moon half-moon new-moon halbmond mondsichel sichelmond croissant-de-lune medialuna 🌙 🌛 🌜",
        "the thin crescent of the moon",
        where="heavens",
        height=0.19,
        scenes=("mountains", "sea"),
        roundness=0.0,
    ),
    "star": Subject(
        star,
        "star shining-star christmas-star north-star stern weihnachtsstern étoile estrella stella ⭐ 🌟 星",
        "one bright star",
        where="heavens",
        height=0.12,
        scenes=("mountains", "snow"),
        roundness=0.0,
    ),
    "cloud": Subject(
        cloud,
        "cloud cumulus fluffy-cloud wolke nuage nube nuvola ☁ ⛅ 云 雲",
        "a white heaped cloud",
        where="heavens",
        height=0.17,
        count=(1, 3),
        scenes=("meadow", "sea"),
        roundness=0.35,
    ),
    "comet": Subject(
        comet,
        "comet meteor shooting-star falling-star komet sternschnuppe comète étoile-filante cometa estrella-fugaz "
        "meteora ☄ 🌠 彗星",
        "a comet with a long bright tail",
        where="heavens",
        height=0.3,
        scenes=("mountains", "space"),
        roundness=0.0,
    ),
}
