"""Whoever swims under water."""

from __future__ import annotations

import math

import numpy as np

from services.studio.engines.painter.brush import Brush
from services.studio.engines.painter.subjects.subject import Subject

INK = "#22242e"


def whale(b: Brush) -> None:
    back, belly = b.chance.pick(("*#3f5f7f #d9e0e3", "*#4a5a70 #d3d6d9", "*#35506a #cfd9dc")).split()
    b.limb([(0.2, 0.34, 0.15), (0.1, 0.16, 0.14), (-0.06, 0.02, 0.06), (-0.14, -0.02, 0.02)], back, shade=0.66)
    b.curve(
        [(-1.02, 0.6), (-1.05, 0.76), (-0.98, 0.92), (-0.82, 1.04), (-0.84, 0.86), (-0.9, 0.72), (-0.96, 0.62)], back,
        shade=0.78,
    )  # fmt: skip
    b.curve([(-0.98, 0.66), (-1.1, 0.76), (-1.26, 0.8), (-1.4, 0.76), (-1.28, 0.64), (-1.14, 0.58), (-1.0, 0.57)], back)
    b.curve(
        [(-1.04, 0.62), (-0.8, 0.58), (-0.5, 0.66), (-0.2, 0.78), (0.2, 0.84), (0.6, 0.78), (0.9, 0.64), (1.06, 0.48),
         (1.04, 0.38), (0.8, 0.26), (0.5, 0.16), (0.1, 0.16), (-0.3, 0.28), (-0.66, 0.44), (-0.94, 0.54)], back,
    )  # fmt: skip
    b.curve(
        [(1.05, 0.42), (0.84, 0.44), (0.6, 0.42), (0.4, 0.36), (0.16, 0.32), (-0.16, 0.34), (-0.46, 0.38),
         (-0.1, 0.22), (0.2, 0.16), (0.5, 0.16), (0.8, 0.26), (1.0, 0.35)], belly,
    )  # fmt: skip
    for k in range(4):
        y = 0.37 - 0.048 * k
        b.limb(
            [(0.96 - 0.07 * k, y, 0.006), (0.6 - 0.03 * k, y - 0.035 - 0.005 * k, 0.012),
             (0.14 + 0.03 * k, y - 0.05, 0.005)], belly, shade=0.74,
        )  # fmt: skip
    b.limb([(1.05, 0.43, 0.008), (0.82, 0.45, 0.016), (0.62, 0.425, 0.016), (0.52, 0.44, 0.008)], back, shade=0.6)
    b.curve([(-0.3, 0.74), (-0.42, 0.84), (-0.46, 0.9), (-0.24, 0.82), (-0.12, 0.79)], back)
    b.limb([(0.3, 0.32, 0.15), (0.24, 0.14, 0.16), (0.08, -0.02, 0.08), (-0.02, -0.08, 0.02)], back, shade=0.88)
    b.oval(0.55, 0.485, 0.022, 0.02, INK)
    b.oval(0.556, 0.492, 0.007, 0.007, "#ffffff")
    for x, y in ((0.84, 0.6), (0.92, 0.55), (0.76, 0.65)):
        b.oval(x, y, 0.016, 0.012, back, shade=1.2)


def dolphin(b: Brush) -> None:
    back, belly = b.chance.pick(("*#5f7f9a #dfe6e8", "*#6a8290 #e3e3df", "*#4f7090 #dbe4ea")).split()
    b.curve([(-0.82, 0.2), (-1.0, 0.1), (-1.12, -0.02), (-0.94, -0.02), (-0.8, 0.1)], back, shade=0.8)
    b.curve([(-0.8, 0.2), (-1.04, 0.24), (-1.2, 0.2), (-1.02, 0.12), (-0.82, 0.08)], back)
    b.curve([(0.3, 0.5), (0.22, 0.3), (0.1, 0.2), (0.14, 0.36), (0.18, 0.52)], back, shade=0.68)
    b.curve([(-0.16, 0.74), (-0.22, 0.88), (-0.34, 0.99), (-0.06, 0.93), (0.08, 0.8)], back)
    b.curve(
        [(-0.88, 0.18), (-0.66, 0.42), (-0.36, 0.66), (0.0, 0.82), (0.34, 0.8), (0.56, 0.7), (0.68, 0.58),
         (0.84, 0.49), (0.94, 0.42), (0.9, 0.38), (0.74, 0.41), (0.56, 0.43), (0.3, 0.46), (-0.1, 0.42), (-0.46, 0.3),
         (-0.74, 0.12)], back,
    )  # fmt: skip
    b.curve(
        [(0.93, 0.395), (0.78, 0.44), (0.64, 0.5), (0.44, 0.56), (0.1, 0.52), (-0.26, 0.41), (-0.5, 0.28),
         (-0.1, 0.42), (0.3, 0.45), (0.6, 0.42), (0.86, 0.385)], belly,
    )  # fmt: skip
    b.limb([(0.92, 0.415, 0.006), (0.76, 0.455, 0.012), (0.63, 0.515, 0.008)], back, shade=0.62)
    b.curve([(0.36, 0.54), (0.3, 0.32), (0.16, 0.16), (0.06, 0.12), (0.1, 0.3), (0.18, 0.5)], back, shade=0.86)
    b.oval(0.575, 0.58, 0.02, 0.019, INK)


FISH = (
    "*#e8873a #fbe9cf #c9602a", "*#e3b83a #3a4a6a #c99a2a", "*#4f8fb5 #e3eef0 #2f6a94", "*#c9564a #f3dcc4 #9a3a38",
    "*#6a9a7a #eaf0d8 #3f6f58",
)  # fmt: skip


def fish(b: Brush) -> None:
    scale, band, fin = b.chance.pick(FISH).split()
    b.curve([(-0.62, 0.5), (-0.86, 0.72), (-1.14, 0.92), (-1.04, 0.5), (-1.14, 0.1), (-0.86, 0.28)], fin)
    b.curve([(0.36, 0.82), (0.1, 1.0), (-0.3, 0.98), (-0.56, 0.74), (-0.3, 0.62), (0.2, 0.66)], fin)
    b.curve([(0.1, 0.2), (-0.1, 0.0), (-0.34, 0.02), (-0.3, 0.24)], fin)
    b.curve(
        [(0.94, 0.46), (0.74, 0.7), (0.36, 0.86), (-0.1, 0.84), (-0.5, 0.64), (-0.74, 0.5), (-0.5, 0.36),
         (-0.1, 0.16), (0.36, 0.14), (0.74, 0.28)], scale,
    )  # fmt: skip
    b.curve([(0.3, 0.865), (0.42, 0.84), (0.5, 0.5), (0.42, 0.16), (0.3, 0.138), (0.36, 0.5)], band)
    b.curve([(-0.22, 0.795), (-0.08, 0.845), (0.0, 0.5), (-0.08, 0.165), (-0.22, 0.205), (-0.14, 0.5)], band)
    b.curve([(0.22, 0.46), (0.0, 0.56), (-0.12, 0.44), (-0.06, 0.3), (0.1, 0.34)], fin)
    b.oval(0.66, 0.56, 0.075, 0.08, "#f7f2e6")
    b.oval(0.675, 0.56, 0.042, 0.046, INK)
    b.limb([(0.92, 0.43, 0.008), (0.84, 0.39, 0.02), (0.78, 0.4, 0.008)], fin, shade=0.7)


JELLIES = ("*#e8a5c4 #f7d9e6", "*#9fb5ee #dfe6fb", "*#f0b48a #fbe3cc", "*#a5e0d4 #e3f8f2", "*#c4a5ea #ece0fb")


def jellyfish(b: Brush) -> None:
    bell, pale = b.chance.pick(JELLIES).split()
    b.halo(0.0, 0.75, 0.6, bell, 0.4)
    for k in range(7):
        x, sway = -0.24 + 0.08 * k, b.chance.between(-0.08, 0.08)
        low = b.chance.between(0.0, 0.22)
        b.limb(
            [(x, 0.66, 0.02), (x * 1.15 + sway, 0.48, 0.018), (x - sway, 0.28, 0.014), (x * 1.2 + sway, low, 0.005)],
            bell, shade=0.85,
        )  # fmt: skip
    for x in (-0.1, 0.0, 0.1):
        b.limb(
            [(x, 0.68, 0.08), (x + 0.05, 0.54, 0.075), (x - 0.05, 0.42, 0.06), (x + 0.04, 0.3, 0.045),
             (x, 0.2, 0.01)], pale, shade=0.94,
        )  # fmt: skip
    b.curve(
        [(-0.36, 0.66), (-0.34, 0.84), (-0.18, 0.97), (0.0, 1.0), (0.18, 0.97), (0.34, 0.84), (0.36, 0.66),
         (0.27, 0.63), (0.18, 0.67), (0.09, 0.63), (0.0, 0.67), (-0.09, 0.63), (-0.18, 0.67), (-0.27, 0.63)], bell,
    )  # fmt: skip
    b.curve([(-0.24, 0.74), (-0.22, 0.86), (0.0, 0.94), (0.22, 0.86), (0.24, 0.74), (0.0, 0.79)], pale)
    for x in (-0.12, 0.0, 0.12):
        b.oval(x, 0.83, 0.035, 0.045, bell)


def octopus(b: Brush) -> None:
    skin, pale = b.chance.pick(("*#c9563f #f0b098", "*#a5486a #e8b0c0", "*#d98a3f #f6d3a0", "*#6a5aa5 #c9bfea")).split()
    arms = (
        ([(-0.12, 0.44, 0.16), (-0.36, 0.3, 0.12), (-0.56, 0.36, 0.085), (-0.7, 0.5, 0.06), (-0.62, 0.6, 0.04),
          (-0.54, 0.54, 0.02)], 0.74), ([(0.12, 0.44, 0.16), (0.36, 0.3, 0.12), (0.56, 0.36, 0.085),
          (0.7, 0.52, 0.06), (0.62, 0.62, 0.04), (0.54, 0.56, 0.02)], 0.74), ([(-0.14, 0.42, 0.17),
          (-0.34, 0.18, 0.13), (-0.6, 0.14, 0.09), (-0.8, 0.24, 0.06), (-0.76, 0.35, 0.04), (-0.68, 0.32, 0.02)],
         0.9), ([(0.14, 0.42, 0.17), (0.34, 0.18, 0.13), (0.6, 0.14, 0.09), (0.8, 0.22, 0.06), (0.78, 0.33, 0.04),
          (0.7, 0.32, 0.02)], 0.9), ([(-0.1, 0.42, 0.18), (-0.22, 0.16, 0.13), (-0.42, 0.02, 0.09),
          (-0.62, 0.0, 0.055), (-0.68, 0.08, 0.03)], 1.0), ([(0.1, 0.42, 0.18), (0.22, 0.16, 0.13),
          (0.42, 0.02, 0.09), (0.62, 0.0, 0.055), (0.68, 0.08, 0.03)], 1.0), ([(-0.05, 0.4, 0.17),
          (-0.08, 0.16, 0.12), (-0.16, 0.0, 0.08), (-0.28, -0.05, 0.04)], 1.08), ([(0.06, 0.4, 0.17),
          (0.08, 0.16, 0.12), (0.14, 0.0, 0.08), (0.26, -0.05, 0.04)], 1.08),
    )  # fmt: skip
    for joints, shade in arms:
        b.limb(joints, skin, shade=shade)
    for side in (-1, 1):
        for x, y, r in (
            (0.35, 0.06, 0.022), (0.44, 0.015, 0.018), (0.27, 0.12, 0.026), (0.5, 0.135, 0.018), (0.62, 0.14, 0.015),
        ):  # fmt: skip
            b.oval(side * x, y, r, r * 0.8, pale)
    b.curve(
        [(-0.22, 0.44), (-0.3, 0.62), (-0.3, 0.84), (-0.12, 1.0), (0.12, 1.0), (0.3, 0.84), (0.3, 0.62), (0.22, 0.44),
         (0.0, 0.36)], skin,
    )  # fmt: skip
    for x, y, r in ((-0.14, 0.88, 0.04), (0.0, 0.92, 0.028), (-0.2, 0.78, 0.026), (0.14, 0.9, 0.022)):
        b.oval(x, y, r, r, skin, shade=1.16)
    for x in (-0.12, 0.12):
        b.oval(x, 0.6, 0.068, 0.07, "#f5ecd9")
        b.oval(x + 0.012, 0.595, 0.046, 0.03, INK)
    b.limb([(-0.06, 0.49, 0.008), (0.0, 0.475, 0.016), (0.06, 0.49, 0.008)], skin, shade=0.6)


TURTLES = ("#7fa060 *#5a6a3a #8a9a55", "#8fa57a *#7a5a38 #a5824f", "#6f9a8a *#3f6a5a #6f9a7a")


def turtle(b: Brush) -> None:
    skin, shell, plate = b.chance.pick(TURTLES).split()
    b.limb([(0.3, 0.42, 0.16), (0.26, 0.2, 0.16), (0.08, 0.04, 0.1), (-0.04, 0.0, 0.03)], skin, shade=0.7)
    b.limb([(-0.56, 0.4, 0.12), (-0.76, 0.28, 0.12), (-0.96, 0.26, 0.04)], skin, shade=0.78)
    b.limb([(0.46, 0.5, 0.18), (0.66, 0.58, 0.14), (0.78, 0.64, 0.15)], skin)
    b.curve([(0.68, 0.66), (0.74, 0.78), (0.88, 0.78), (1.0, 0.68), (1.02, 0.6), (0.88, 0.54), (0.74, 0.54)], skin)
    b.curve([(-0.7, 0.36), (-0.4, 0.26), (0.1, 0.26), (0.5, 0.4), (0.4, 0.5), (-0.5, 0.46)], "#d9cf9a", shade=0.9)
    b.curve(
        [(-0.76, 0.38), (-0.56, 0.68), (-0.2, 0.9), (0.14, 0.92), (0.42, 0.76), (0.58, 0.5), (0.4, 0.42),
         (-0.1, 0.36), (-0.5, 0.34)], shell,
    )  # fmt: skip
    for points in (
        [(-0.1, 0.86), (0.16, 0.87), (0.24, 0.66), (0.04, 0.54), (-0.16, 0.66)], [(0.22, 0.83), (0.38, 0.74),
         (0.44, 0.6), (0.3, 0.64)], [(-0.18, 0.84), (-0.4, 0.74), (-0.42, 0.58), (-0.22, 0.64)], [(0.08, 0.5),
         (0.28, 0.6), (0.46, 0.53), (0.34, 0.45), (0.1, 0.42)], [(0.0, 0.5), (-0.19, 0.6), (-0.4, 0.52),
         (-0.36, 0.42), (0.0, 0.41)], [(-0.47, 0.66), (-0.65, 0.48), (-0.46, 0.42), (-0.46, 0.52)],
    ):  # fmt: skip
        b.shape(points, plate)
    b.limb([(0.3, 0.46, 0.2), (0.42, 0.24, 0.2), (0.3, 0.06, 0.14), (0.14, -0.06, 0.04)], skin)
    for x, y in ((0.39, 0.3), (0.4, 0.2), (0.34, 0.12), (0.33, 0.22)):
        b.oval(x, y, 0.03, 0.025, skin, shade=0.78)
    b.limb([(-0.46, 0.38, 0.14), (-0.66, 0.2, 0.15), (-0.86, 0.12, 0.05)], skin, shade=0.95)
    b.oval(0.87, 0.69, 0.028, 0.03, INK)
    b.limb([(1.01, 0.6, 0.006), (0.92, 0.595, 0.014), (0.84, 0.61, 0.006)], skin, shade=0.6)


def shark(b: Brush) -> None:
    back, belly = "*#66788a", "#dfe4e4"
    b.curve([(0.22, 0.3), (0.06, 0.1), (-0.08, 0.04), (0.0, 0.22), (0.06, 0.34)], back, shade=0.66)
    b.curve(
        [(-0.9, 0.48), (-1.04, 0.7), (-1.2, 0.98), (-1.08, 0.66), (-1.05, 0.5), (-1.08, 0.36), (-1.18, 0.16),
         (-0.98, 0.34), (-0.84, 0.42)], back,
    )  # fmt: skip
    b.curve([(-0.02, 0.62), (-0.1, 0.82), (-0.22, 1.0), (0.06, 0.92), (0.22, 0.64)], back, shade=0.92)
    b.curve([(-0.56, 0.54), (-0.64, 0.62), (-0.72, 0.66), (-0.6, 0.54), (-0.5, 0.52)], back, shade=0.92)
    b.curve(
        [(-0.98, 0.48), (-0.6, 0.55), (-0.2, 0.64), (0.2, 0.7), (0.6, 0.67), (0.92, 0.56), (1.1, 0.47), (1.02, 0.41),
         (0.8, 0.35), (0.5, 0.28), (0.1, 0.26), (-0.3, 0.32), (-0.7, 0.4)], back,
    )  # fmt: skip
    b.curve(
        [(1.06, 0.44), (0.84, 0.44), (0.6, 0.42), (0.2, 0.4), (-0.3, 0.42), (-0.74, 0.42), (-0.3, 0.32), (0.1, 0.26),
         (0.5, 0.28), (0.8, 0.35)], belly,
    )  # fmt: skip
    b.limb([(0.92, 0.4, 0.006), (0.8, 0.39, 0.018), (0.7, 0.34, 0.01)], "#5a4a50")
    for k in range(4):
        b.limb(
            [(0.4 + 0.055 * k, 0.54, 0.008), (0.375 + 0.055 * k, 0.46, 0.012), (0.39 + 0.055 * k, 0.4, 0.006)], back,
            shade=0.68,
        )  # fmt: skip
    b.curve([(0.34, 0.36), (0.24, 0.14), (0.06, 0.0), (0.0, 0.02), (0.06, 0.2), (0.12, 0.36)], back, shade=0.86)
    b.curve([(-0.4, 0.36), (-0.5, 0.24), (-0.58, 0.22), (-0.54, 0.36)], back, shade=0.86)
    b.oval(0.8, 0.52, 0.02, 0.02, INK)


def seahorse(b: Brush) -> None:
    skin, fin = b.chance.pick(("*#e0a03f #f6dc9a", "*#d9705a #f6c9a8", "*#8a7ac0 #d0c4ee", "*#4f9aa0 #bfe3dc")).split()
    b.curve([(-0.08, 0.58), (-0.22, 0.6), (-0.26, 0.5), (-0.21, 0.42), (-0.08, 0.46)], fin, shade=0.85)
    tail = [
        (0.02, 0.42, 0.16), (-0.06, 0.26, 0.11), (-0.04, 0.12, 0.085), (0.06, 0.04, 0.07), (0.17, 0.06, 0.055),
        (0.19, 0.15, 0.045), (0.11, 0.17, 0.03),
    ]  # fmt: skip
    spine = [(0.14, 0.88), (0.0, 0.84), (-0.07, 0.74), (-0.12, 0.62), (-0.13, 0.5), (-0.1, 0.38), (-0.12, 0.28)]
    for x, y in spine:
        b.shape([(x + 0.02, y + 0.04), (x - 0.07, y + 0.03), (x + 0.02, y - 0.04)], skin, shade=0.84)
    b.limb(tail, skin)
    b.limb([(0.1, 0.84, 0.14), (0.02, 0.76, 0.14), (0.02, 0.62, 0.23), (0.04, 0.48, 0.23), (0.0, 0.36, 0.14)], skin)
    b.limb([(0.08, 0.72, 0.03), (0.11, 0.6, 0.08), (0.11, 0.48, 0.08), (0.05, 0.38, 0.03)], fin)
    for y in (0.68, 0.61, 0.54, 0.47, 0.4):
        b.limb([(-0.06, y, 0.006), (0.04, y - 0.018, 0.01), (0.14, y, 0.006)], skin, shade=0.76)
    for x in (0.06, 0.12, 0.18):
        b.shape([(x - 0.03, 0.9), (x - 0.02, 1.0), (x + 0.03, 0.92)], skin, shade=0.9)
    b.curve([(0.02, 0.86), (0.06, 0.94), (0.16, 0.94), (0.23, 0.88), (0.23, 0.8), (0.14, 0.77), (0.05, 0.79)], skin)
    b.limb([(0.2, 0.84, 0.085), (0.3, 0.81, 0.05), (0.37, 0.79, 0.055)], skin)
    b.oval(0.16, 0.865, 0.028, 0.029, "#f7f2e6")
    b.oval(0.165, 0.865, 0.017, 0.018, INK)


def starfish(b: Brush) -> None:
    skin, dots = b.chance.pick(("*#d96a4a #f3b890", "*#e0a04a #f8dca0", "*#b5567a #eeb5c8", "*#5f8fb0 #c0dcea")).split()
    turn = math.pi / 2 + b.chance.between(-0.2, 0.2)
    middle = np.array([0.0, 0.47])

    def at(angle: float, reach: float) -> tuple[float, float]:
        return float(middle[0] + math.cos(angle) * reach * 1.7), float(middle[1] + math.sin(angle) * reach)

    outline: list[tuple[float, float]] = []
    for k in range(5):
        arm = turn + k * 2 * math.pi / 5
        outline += [
            at(arm - 0.16, 0.44), at(arm - 0.05, 0.53), at(arm + 0.05, 0.53), at(arm + 0.16, 0.44),
            at(arm + math.pi / 5, 0.2),
        ]  # fmt: skip
    b.curve(outline, skin)
    for k in range(5):
        arm = turn + k * 2 * math.pi / 5
        for reach, radius in ((0.12, 0.026), (0.22, 0.024), (0.31, 0.02), (0.39, 0.016), (0.46, 0.012)):
            b.oval(*at(arm, reach), radius * 1.5, radius, dots)
    b.oval(0.0, 0.47, 0.06, 0.04, dots)


ROWS = {
    "whale": Subject(
        whale,
        "whale humpback blue-whale sperm-whale orca killer-whale narwhal beluga leviathan wal blauwal schwertwal "
        "baleine orque cachalot ballena cachalote balena baleia 🐳 🐋 鯨 鲸",
        "a great whale",
        where="deep", height=0.28, scenes=("underwater", "sea"),
    ),
    "dolphin": Subject(
        dolphin,
        "dolphin porpoise delfin delphin tümmler dauphin delfín delfino golfinho 🐬 海豚",
        "a dolphin leaping",
        where="deep", height=0.2, count=(1, 2), scenes=("underwater", "sea"),
    ),
    "fish": Subject(
        fish,
        "fish goldfish koi trout salmon carp tuna clownfish angelfish shoal school-of-fish fisch goldfisch forelle "
        "lachs poisson truite saumon pez peces pescado trucha pesce peixe 🐟 🐠 🐡 🎣 魚 鱼",
        "colourful fish",
        where="deep", height=0.09, count=(4, 7), scenes=("underwater",),
    ),
    "jellyfish": Subject(
        jellyfish,
        "jellyfish medusa sea-jelly qualle méduse água-viva 🪼 水母",
        "a glowing jellyfish",
        where="deep", height=0.26, count=(2, 4), scenes=("underwater",), roundness=0.6,
    ),
    "octopus": Subject(
        octopus,
        "octopus squid kraken cuttlefish krake tintenfisch oktopus pieuvre poulpe calmar pulpo calamar polpo 🐙 🦑 蛸 "
        "章鱼",
        "an octopus with eight arms",
        where="deep", height=0.3, scenes=("underwater",),
    ),
    "turtle": Subject(
        turtle,
        "turtle tortoise sea-turtle terrapin schildkröte tortue tortuga tartaruga 🐢 亀 龟",
        "a sea turtle swimming",
        where="deep", height=0.22, scenes=("underwater",),
    ),
    "shark": Subject(
        shark,
        "shark great-white hammerhead hai haifisch requin tiburón squalo tubarão 🦈 鮫 鲨",
        "a shark",
        where="deep", height=0.24, scenes=("underwater",),
    ),
    "seahorse": Subject(
        seahorse,
        "seahorse sea-horse seepferdchen hippocampe caballito-de-mar ippocampo 海馬 海马",
        "a seahorse with a curled tail",
        where="deep", height=0.26, count=(1, 2), scenes=("underwater",),
    ),
    "starfish": Subject(
        starfish,
        "starfish sea-star seestern étoile-de-mer estrella-de-mar stella-marina 海星",
        "a starfish on the sand",
        height=0.085, count=(1, 2), scenes=("underwater", "coast"), roundness=0.8,
    ),
}  # fmt: skip
