"""Whoever has feathers."""

from __future__ import annotations

from services.studio.engines.painter.brush import Brush
from services.studio.engines.painter.subjects.subject import Subject

INK, WHITE = "#2b2228", "#d9d3c8"


def bird(b: Brush) -> None:
    (_bird_rising if b.chance.is_so(0.5) else _bird_gliding)(b)


def _bird_rising(b: Brush) -> None:
    coat = "*#3a3c48"
    b.curve(
        [(0.02, 0.34), (0.12, 0.56), (0.34, 0.82), (0.62, 0.98), (0.5, 0.74), (0.3, 0.46), (0.16, 0.3)], coat,
        shade=0.8,
    )  # fmt: skip
    b.curve([(-0.2, 0.26), (-0.62, 0.28), (-0.72, 0.18), (-0.6, 0.16), (-0.2, 0.14)], coat)
    b.limb([(-0.4, 0.22, 0.06), (-0.1, 0.22, 0.19), (0.18, 0.27, 0.19), (0.34, 0.33, 0.15)], coat)
    b.shape([(0.38, 0.38), (0.52, 0.34), (0.39, 0.3)], "#c9963c")
    b.curve(
        [(0.14, 0.28), (0.04, 0.54), (-0.14, 0.8), (-0.42, 1.0), (-0.4, 0.78), (-0.3, 0.5), (-0.14, 0.26)], coat,
        shade=1.15,
    )  # fmt: skip


def _bird_gliding(b: Brush) -> None:
    coat = "*#3a3c48"
    b.curve(
        [(0.1, 0.5), (0.36, 0.86), (0.7, 0.98), (1.1, 0.82), (0.72, 0.76), (0.42, 0.56), (0.24, 0.36)], coat,
        shade=0.85,
    )  # fmt: skip
    b.curve(
        [(-0.1, 0.5), (-0.3, 0.84), (-0.64, 1.0), (-1.06, 0.9), (-0.7, 0.78), (-0.4, 0.58), (-0.26, 0.36)], coat,
        shade=1.12,
    )  # fmt: skip
    b.curve([(-0.1, 0.5), (-0.5, 0.44), (-0.7, 0.36), (-0.66, 0.28), (-0.4, 0.3), (-0.1, 0.32)], coat)
    b.limb([(-0.4, 0.37, 0.08), (-0.1, 0.41, 0.22), (0.16, 0.44, 0.22), (0.36, 0.47, 0.16)], coat)
    b.shape([(0.41, 0.51), (0.55, 0.44), (0.41, 0.42)], "#c9963c")


OWLS = ("*#7a5a40 #d9bf98 #c9a67a", "*#6a5a52 #cfc0aa #a89684", "*#d3cdc2 #e0dbd2 #c6bfb3", "*#5a4638 #c9a67a #a5835e")


def owl(b: Brush) -> None:
    coat, face, breast = b.chance.pick(OWLS).split()
    for side in (-1, 1):
        b.curve([(side * 0.1, 0.12), (side * 0.26, 0.1), (side * 0.2, -0.04), (side * 0.08, -0.02)], coat, shade=0.7)
    b.curve(
        [(-0.34, 0.5), (-0.36, 0.28), (-0.24, 0.08), (0.0, 0.02), (0.24, 0.08), (0.36, 0.28), (0.34, 0.5),
         (0.34, 0.74), (0.24, 0.9), (0.0, 0.93), (-0.24, 0.9), (-0.34, 0.74)], coat,
    )  # fmt: skip
    b.curve([(-0.2, 0.56), (-0.23, 0.3), (0.0, 0.08), (0.23, 0.3), (0.2, 0.56), (0.0, 0.6)], breast)
    for row, (y, xs) in enumerate(
        ((0.47, (-0.12, 0.0, 0.12)), (0.38, (-0.15, -0.05, 0.05, 0.15)), (0.29, (-0.11, 0.0, 0.11)), (0.2,
          (-0.05, 0.05))),
    ):  # fmt: skip
        for x in xs:
            b.curve([(x - 0.035, y + 0.02), (x + 0.035, y + 0.02), (x, y - 0.035)], coat, shade=0.85 - row * 0.02)
    for side in (-1, 1):
        b.curve(
            [(side * 0.27, 0.6), (side * 0.4, 0.44), (side * 0.4, 0.22), (side * 0.28, 0.04), (side * 0.2, 0.22),
             (side * 0.22, 0.44)], coat, shade=0.84,
        )  # fmt: skip
        for y in (0.34, 0.24):
            b.limb([(side * 0.23, y, 0.012), (side * 0.31, y - 0.035, 0.016), (side * 0.39, y, 0.01)], coat, shade=0.66)
        b.curve([(side * 0.16, 0.88), (side * 0.3, 1.0), (side * 0.33, 0.78)], coat, shade=0.9)
    b.curve(
        [(0.0, 0.86), (-0.17, 0.88), (-0.3, 0.74), (-0.24, 0.58), (-0.08, 0.54), (0.0, 0.6), (0.08, 0.54),
         (0.24, 0.58), (0.3, 0.74), (0.17, 0.88)], face,
    )  # fmt: skip
    for side in (-1, 1):
        b.oval(side * 0.135, 0.72, 0.098, 0.1, coat, shade=0.8)
        b.oval(side * 0.135, 0.72, 0.08, 0.082, "#e3aa34")
        b.oval(side * 0.13, 0.72, 0.046, 0.05, INK)
        b.oval(side * 0.13 + 0.018, 0.74, 0.014, 0.015, "#ffffff")
        for k in (-1, 0, 1):
            b.limb([(side * 0.13 + k * 0.045, 0.02, 0.04), (side * 0.13 + k * 0.05, -0.03, 0.02)], "#c9963c")
    b.curve([(-0.035, 0.67), (0.035, 0.67), (0.0, 0.57)], "#c9963c")
    b.curve([(-0.02, 0.88), (0.0, 0.7), (0.02, 0.88), (0.0, 0.93)], coat, shade=0.85)


def swan(b: Brush) -> None:
    plumage = "*#dad6ce"
    b.curve([(-0.74, 0.3), (-0.92, 0.5), (-0.98, 0.62), (-0.8, 0.56), (-0.6, 0.42)], plumage, shade=0.88)
    b.curve(
        [(-0.8, 0.34), (-0.6, 0.46), (-0.2, 0.5), (0.12, 0.44), (0.36, 0.32), (0.44, 0.14), (0.34, 0.01),
         (-0.1, -0.03), (-0.5, 0.02), (-0.7, 0.14)], plumage,
    )  # fmt: skip
    b.limb(
        [(0.24, 0.2, 0.26), (0.37, 0.36, 0.17), (0.34, 0.54, 0.115), (0.25, 0.7, 0.095), (0.25, 0.87, 0.095),
         (0.36, 0.95, 0.1)], plumage,
    )  # fmt: skip
    for reach, high, shade in ((0.0, 0.0, 0.84), (0.06, -0.07, 0.92), (0.14, -0.14, 1.0)):
        b.curve(
            [(0.14 - reach * 0.4, 0.34 + high * 0.6), (-0.06, 0.58 + high), (-0.4, 0.68 + high),
             (-0.86 + reach, 0.74 + high * 1.6), (-0.62, 0.5 + high), (-0.5, 0.28 + high * 0.5), (-0.2, 0.14),
             (0.08, 0.16)], plumage, shade=shade,
        )  # fmt: skip
    b.curve([(0.28, 0.92), (0.32, 0.985), (0.42, 1.0), (0.5, 0.95), (0.49, 0.88), (0.4, 0.86)], plumage)
    b.curve([(0.46, 0.965), (0.56, 0.91), (0.65, 0.85), (0.62, 0.83), (0.5, 0.87)], "#d9833a")
    b.curve([(0.44, 0.96), (0.5, 0.97), (0.535, 0.925), (0.48, 0.9), (0.455, 0.93)], INK)
    b.oval(0.425, 0.945, 0.013, 0.014, INK)


DUCKS = ("*#8a7a6a #3f7a5a #6a4a38", "*#d9b27a #b5854a #c99a62", "*#dad4c9 #dad4c9 #c9c2b6")
"""Body, head and wing."""


def duck(b: Brush) -> None:
    body, hood, wing = b.chance.pick(DUCKS).split()
    b.curve([(-0.6, 0.3), (-0.86, 0.5), (-0.92, 0.62), (-0.74, 0.58), (-0.5, 0.46)], body, shade=0.8)
    b.curve(
        [(-0.74, 0.42), (-0.5, 0.48), (-0.1, 0.46), (0.2, 0.54), (0.44, 0.46), (0.52, 0.24), (0.4, 0.03),
         (0.0, -0.03), (-0.4, 0.02), (-0.66, 0.2)], body,
    )  # fmt: skip
    b.curve([(0.16, 0.5), (0.34, 0.54), (0.48, 0.42), (0.52, 0.22), (0.42, 0.05), (0.24, 0.16), (0.16, 0.34)], wing)
    b.limb([(0.3, 0.46, 0.22), (0.33, 0.64, 0.18), (0.38, 0.78, 0.2)], hood)
    b.limb([(0.23, 0.55, 0.035), (0.32, 0.53, 0.04), (0.41, 0.56, 0.035)], WHITE)
    b.curve([(0.22, 0.76), (0.26, 0.94), (0.42, 1.0), (0.56, 0.92), (0.58, 0.78), (0.48, 0.68), (0.32, 0.66)], hood)
    b.curve([(0.54, 0.86), (0.66, 0.82), (0.82, 0.78), (0.82, 0.73), (0.66, 0.71), (0.54, 0.73)], "#d99a3a")
    b.limb([(0.58, 0.775, 0.01), (0.78, 0.755, 0.012)], "#a5682a")
    b.oval(0.46, 0.86, 0.025, 0.028, INK)
    b.oval(0.468, 0.87, 0.008, 0.009, "#ffffff")
    b.curve(
        [(0.1, 0.36), (-0.2, 0.44), (-0.56, 0.44), (-0.76, 0.5), (-0.66, 0.32), (-0.4, 0.14), (-0.06, 0.12),
         (0.1, 0.22)], wing,
    )  # fmt: skip
    if hood == "#3f7a5a":
        b.curve([(-0.2, 0.4), (-0.46, 0.4), (-0.42, 0.33), (-0.2, 0.33)], "#4a6fa5")
    b.limb([(0.0, 0.2, 0.012), (-0.24, 0.2, 0.016), (-0.48, 0.28, 0.008)], wing, shade=0.78)


def crane(b: Brush) -> None:
    plumage, black = "*#dad6ce", "#2e2b33"
    b.limb(
        [(-0.06, 0.44, 0.05), (-0.05, 0.3, 0.022), (-0.03, 0.24, 0.028), (-0.12, 0.2, 0.016), (-0.16, 0.17, 0.012)],
        "#4a4448", shade=0.85,
    )  # fmt: skip
    b.limb([(0.0, 0.44, 0.06), (0.01, 0.28, 0.022), (0.0, 0.24, 0.028), (0.005, 0.02, 0.018)], "#4a4448")
    for x in (0.1, 0.06, -0.05):
        b.limb([(0.005, 0.02, 0.016), (x, 0.0, 0.01)], "#4a4448")
    b.curve(
        [(-0.16, 0.58), (-0.36, 0.5), (-0.46, 0.36), (-0.4, 0.28), (-0.3, 0.34), (-0.24, 0.3), (-0.16, 0.4),
         (-0.06, 0.46)], black,
    )  # fmt: skip
    b.curve(
        [(-0.26, 0.56), (-0.1, 0.64), (0.08, 0.62), (0.2, 0.54), (0.18, 0.44), (0.02, 0.39), (-0.16, 0.42),
         (-0.3, 0.44)], plumage,
    )  # fmt: skip
    b.limb(
        [(0.08, 0.54, 0.16), (0.18, 0.63, 0.08), (0.17, 0.75, 0.05), (0.13, 0.85, 0.045), (0.18, 0.93, 0.05)], plumage,
    )  # fmt: skip
    b.limb([(0.185, 0.68, 0.05), (0.165, 0.77, 0.045), (0.135, 0.85, 0.042), (0.16, 0.9, 0.04)], black)
    b.curve([(0.02, 0.58), (-0.18, 0.6), (-0.36, 0.5), (-0.3, 0.42), (-0.12, 0.42), (0.04, 0.48)], plumage, shade=0.9)
    b.curve([(0.13, 0.92), (0.16, 0.97), (0.22, 0.97), (0.25, 0.93), (0.21, 0.9)], plumage)
    b.curve([(0.15, 0.955), (0.18, 0.985), (0.23, 0.965), (0.2, 0.95)], "#c23b32")
    b.shape([(0.235, 0.95), (0.4, 0.9), (0.235, 0.915)], "#8a8068")
    b.oval(0.212, 0.938, 0.008, 0.009, INK)


def eagle(b: Brush) -> None:
    feather, head = "*#4a362c", WHITE
    for side, shade in ((1, 0.8), (-1, 1.0)):
        fingers = [(0.66, 0.98), (0.84, 1.03), (0.98, 0.99), (1.09, 0.9), (1.15, 0.79), (1.1, 0.7)]
        edge: list[tuple[float, float]] = [(0.08, 0.4), (0.22, 0.62), (0.46, 0.86)]
        for k, (x, y) in enumerate(fingers):
            edge += [(x, y), (x - 0.14 - 0.01 * k, y - 0.14 + 0.004 * k)]
        edge += [(0.78, 0.54), (0.52, 0.42), (0.28, 0.28), (0.1, 0.22)]
        b.shape([(side * x, y) for x, y in edge], feather, shade=shade)
        b.curve(
            [(side * x, y) for x, y in ((0.08, 0.4), (0.24, 0.62), (0.48, 0.84), (0.74, 0.92), (0.6, 0.72),
              (0.36, 0.5), (0.12, 0.3))], feather, shade=shade * 1.22,
        )  # fmt: skip
        for k in range(4):
            x = 0.3 + 0.13 * k
            b.limb(
                [(side * x, 0.34 + 0.075 * k, 0.008), (side * (x - 0.04), 0.44 + 0.08 * k, 0.012)], feather,
                shade=shade * 0.78,
            )  # fmt: skip
    b.shape([(-0.12, 0.22), (-0.34, 0.06), (-0.22, 0.03), (-0.12, 0.0), (0.0, 0.01), (0.06, 0.2)], head, shade=0.92)
    b.curve([(-0.17, 0.2), (-0.14, 0.4), (0.04, 0.5), (0.2, 0.44), (0.2, 0.28), (0.04, 0.16)], feather, shade=1.05)
    for x in (-0.02, 0.1):
        b.limb([(x, 0.2, 0.07), (x + 0.02, 0.12, 0.03), (x + 0.06, 0.1, 0.02)], "#d9a43a")
    b.curve([(0.1, 0.46), (0.18, 0.54), (0.3, 0.54), (0.37, 0.46), (0.33, 0.38), (0.2, 0.36), (0.12, 0.38)], head)
    b.curve([(0.34, 0.5), (0.43, 0.475), (0.455, 0.4), (0.43, 0.37), (0.41, 0.41), (0.34, 0.4)], "#e0a83a")
    b.oval(0.29, 0.475, 0.016, 0.017, INK)
    b.limb([(0.24, 0.505, 0.008), (0.32, 0.495, 0.014)], "#b5ab9c")


PARROTS = ("*#c9362f #e3b83a #2f5fb0", "*#2f8f5a #e3c23a #2f5fa0", "*#2f6fb5 #e3b83a #1f4a8a")


def parrot(b: Brush) -> None:
    body, wing, tip = b.chance.pick(PARROTS).split()
    for x, y, colour in ((-0.34, 0.14, tip), (-0.28, 0.09, body), (-0.23, 0.14, tip)):
        b.limb([(-0.096, 0.479, 0.08), (-0.176, 0.321, 0.072), (x, y, 0.015)], colour, shade=0.9)
    b.limb([(0.04, 0.0, 0.13), (0.06, 0.16, 0.1), (0.04, 0.32, 0.085)], "#5a4032")
    b.limb([(-0.36, 0.33, 0.055), (0.0, 0.345, 0.065), (0.4, 0.37, 0.045)], "#6a4a36")
    b.curve(
        [(-0.16, 0.447), (-0.176, 0.605), (-0.096, 0.779), (0.032, 0.858), (0.16, 0.795), (0.192, 0.637),
         (0.128, 0.463), (0.016, 0.368), (-0.096, 0.368)], body,
    )  # fmt: skip
    b.curve(
        [(0.032, 0.747), (-0.064, 0.731), (-0.16, 0.605), (-0.224, 0.415), (-0.256, 0.257), (-0.112, 0.352),
         (0, 0.494), (0.056, 0.637)], wing,
    )  # fmt: skip
    b.curve([(-0.048, 0.605), (-0.16, 0.558), (-0.224, 0.4), (-0.264, 0.249), (-0.128, 0.352), (-0.016, 0.479)], tip)
    b.curve([(0.04, 0.731), (-0.056, 0.731), (-0.144, 0.637), (-0.08, 0.621), (0.016, 0.652)], body, shade=0.9)
    for y in (0.49, 0.42):
        b.limb([(-0.19 + (y - 0.44) * 0.5, y, 0.007), (-0.09 + (y - 0.44), y - 0.03, 0.01)], tip, shade=0.75)
    for x in (0.0, 0.08):
        b.limb([(x, 0.39, 0.055), (x + 0.016, 0.335, 0.05)], "#7a7068")
    b.curve(
        [(-0.064, 0.81), (-0.032, 0.953), (0.08, 1), (0.192, 0.96), (0.24, 0.858), (0.176, 0.763), (0.064, 0.731)],
        body,
    )  # fmt: skip
    b.curve([(0.08, 0.874), (0.144, 0.921), (0.216, 0.897), (0.216, 0.818), (0.144, 0.787), (0.08, 0.81)], WHITE)
    b.curve([(0.2, 0.953), (0.288, 0.921), (0.32, 0.826), (0.288, 0.763), (0.264, 0.818), (0.208, 0.826)], "#3a3438")
    b.curve([(0.192, 0.834), (0.264, 0.818), (0.248, 0.771), (0.192, 0.779)], "#3a3438", shade=1.3)
    b.oval(0.144, 0.885, 0.018, 0.019, INK)


def penguin(b: Brush) -> None:
    black, white = "*#2e303a", WHITE
    for x in (-0.1, 0.12):
        b.curve([(x - 0.09, 0.06), (x + 0.06, 0.06), (x + 0.14, 0.0), (x + 0.02, -0.02), (x - 0.1, -0.01)], "#d99a3a")
    b.curve([(-0.2, 0.14), (-0.36, 0.04), (-0.2, 0.03)], black)
    b.curve([(0.2, 0.66), (0.34, 0.5), (0.4, 0.28), (0.34, 0.26), (0.24, 0.42)], black, shade=0.8)
    b.curve(
        [(-0.24, 0.12), (-0.28, 0.36), (-0.22, 0.6), (-0.14, 0.74), (0.0, 0.8), (0.16, 0.72), (0.25, 0.56),
         (0.29, 0.32), (0.22, 0.1), (0.0, 0.02)], black,
    )  # fmt: skip
    b.curve(
        [(-0.08, 0.62), (-0.14, 0.4), (-0.12, 0.16), (0.04, 0.05), (0.2, 0.12), (0.25, 0.34), (0.2, 0.58),
         (0.08, 0.7)], white,
    )  # fmt: skip
    b.curve(
        [(-0.14, 0.7), (-0.14, 0.88), (0.0, 0.99), (0.14, 0.97), (0.23, 0.86), (0.2, 0.72), (0.08, 0.64),
         (-0.06, 0.64)], black,
    )  # fmt: skip
    b.curve(
        [(0.02, 0.8), (-0.06, 0.74), (-0.04, 0.64), (0.08, 0.66), (0.16, 0.7), (0.14, 0.75), (0.06, 0.72)], "#e3b04a",
    )  # fmt: skip
    b.curve([(0.2, 0.91), (0.3, 0.89), (0.4, 0.85), (0.3, 0.83), (0.21, 0.83)], "#3a3238")
    b.limb([(0.22, 0.848, 0.014), (0.36, 0.845, 0.008)], "#d98a3a")
    b.oval(0.13, 0.89, 0.018, 0.02, WHITE)
    b.oval(0.134, 0.89, 0.011, 0.013, INK)
    b.curve([(-0.2, 0.68), (-0.3, 0.54), (-0.4, 0.3), (-0.34, 0.25), (-0.22, 0.38), (-0.12, 0.56)], black, shade=1.2)


ROOSTERS = ("*#a5482a #d99a3f #2f4a44", "*#d6cfc2 #c9bca6 #4a4a58", "*#3a3438 #b5632f #2a4a50")


def rooster(b: Brush) -> None:
    body, neck, tail = b.chance.pick(ROOSTERS).split()
    for bend, high, shade in ((0.0, 0.92, 0.8), (0.1, 0.84, 1.0), (0.2, 0.72, 1.2), (0.28, 0.58, 0.9)):
        b.limb(
            [(-0.22, 0.46, 0.12), (-0.4 + bend * 0.2, high, 0.11), (-0.6, high - 0.02, 0.09),
             (-0.76 + bend * 0.3, high - 0.3, 0.02)], tail, shade=shade,
        )  # fmt: skip
    for x, shade in ((0.06, 0.8), (-0.04, 1.0)):
        b.limb([(x, 0.3, 0.12), (x, 0.2, 0.04), (x, 0.03, 0.032)], "#d9a43a", shade=shade)
        for toe in (0.1, 0.04, -0.08):
            b.limb([(x, 0.03, 0.03), (x + toe, 0.0, 0.016)], "#d9a43a", shade=shade)
    b.curve(
        [(-0.36, 0.46), (-0.26, 0.54), (0.0, 0.5), (0.1, 0.62), (0.18, 0.78), (0.3, 0.76), (0.36, 0.54), (0.3, 0.36),
         (0.14, 0.23), (-0.1, 0.22), (-0.28, 0.32)], body,
    )  # fmt: skip
    b.curve(
        [(0.14, 0.84), (0.08, 0.66), (0.0, 0.5), (0.1, 0.5), (0.16, 0.44), (0.22, 0.5), (0.3, 0.46), (0.34, 0.6),
         (0.34, 0.8), (0.24, 0.88)], neck,
    )  # fmt: skip
    b.curve([(0.1, 0.44), (-0.1, 0.46), (-0.34, 0.44), (-0.26, 0.3), (-0.06, 0.28), (0.08, 0.34)], body, shade=0.76)
    b.limb([(0.02, 0.37, 0.01), (-0.14, 0.36, 0.016), (-0.28, 0.4, 0.008)], neck)
    b.curve(
        [(0.12, 0.9), (0.1, 0.99), (0.17, 0.96), (0.2, 1.03), (0.25, 0.97), (0.31, 1.01), (0.33, 0.94), (0.38, 0.92),
         (0.34, 0.87), (0.2, 0.86)], "#c4352d",
    )  # fmt: skip
    b.curve([(0.12, 0.82), (0.16, 0.92), (0.28, 0.93), (0.36, 0.87), (0.34, 0.79), (0.24, 0.75)], neck)
    b.curve([(0.28, 0.86), (0.34, 0.84), (0.36, 0.74), (0.33, 0.68), (0.28, 0.72), (0.26, 0.8)], "#c4352d")
    b.shape([(0.34, 0.9), (0.46, 0.84), (0.34, 0.82)], "#e0b04a")
    b.oval(0.285, 0.87, 0.017, 0.018, INK)


ROWS = {
    "bird": Subject(
        bird,
        "bird sparrow robin swallow seagull gull crow raven blackbird pigeon dove finch nightingale flock vogel "
        "vögel möwe rabe taube schwalbe oiseau mouette corbeau colombe pájaro ave gaviota cuervo paloma uccello 🐦 "
        "🐦‍⬛ 🕊 鳥 鸟",
        "birds flying in the sky",
        where="sky", height=0.06, count=(4, 7), scenes=("sea", "coast", "meadow"), roundness=0.5,
    ),
    "owl": Subject(
        owl,
        "owl barn-owl snowy-owl owlet eule uhu kauz hibou chouette búho lechuza gufo coruja 🦉 梟 猫头鹰",
        "an owl with big eyes",
        height=0.2, scenes=("forest",),
    ),
    "swan": Subject(
        swan,
        "swan cygnet schwan cygne cisne cigno 🦢 白鳥 天鹅",
        "a white swan on the water",
        where="water", height=0.16, count=(1, 2), scenes=("lake",),
    ),
    "duck": Subject(
        duck,
        "duck duckling mallard goose geese drake ente erpel entlein gans canard caneton oie pato patito ganso "
        "anatra 🦆 🪿 鴨 鸭",
        "a duck on a pond",
        where="water", height=0.12, count=(1, 3), scenes=("lake",),
    ),
    "crane": Subject(
        crane,
        "crane heron stork egret flamingo ibis kranich reiher storch grue héron cigogne grulla garza cigüeña gru 🦩 "
        "鶴 鹤",
        "a crane, a tall white bird on one leg",
        height=0.25, count=(1, 2), scenes=("lake", "mountains", "meadow"),
    ),
    "eagle": Subject(
        eagle,
        "eagle hawk falcon vulture condor buzzard bald-eagle kite-bird bird-of-prey adler falke geier aigle faucon "
        "vautour águila halcón buitre aquila 🦅 鷹 鹰",
        "an eagle soaring with spread wings",
        where="sky", height=0.2, scenes=("mountains", "desert"),
    ),
    "parrot": Subject(
        parrot,
        "parrot macaw cockatoo parakeet budgie toucan papagei sittich perroquet perruche loro papagayo guacamayo "
        "pappagallo 🦜 鸚鵡 鹦鹉",
        "a colourful parrot on a perch",
        height=0.28, scenes=("island", "forest", "garden"),
    ),
    "penguin": Subject(
        penguin,
        "penguin emperor-penguin puffin pinguin pingouin manchot pingüino pinguino 🐧 企鵝 企鹅 ペンギン",
        "a penguin on the ice",
        height=0.2, count=(1, 3), scenes=("snow",),
    ),
    "rooster": Subject(
        rooster,
        "rooster hen chicken cockerel chick poultry fowl hahn huhn henne küken coq poule poulet gallo gallina pollo "
        "🐓 🐔 🐣 🐥 鶏 鸡",
        "a rooster with a red comb",
        height=0.18, scenes=("village", "meadow"),
    ),
}  # fmt: skip
