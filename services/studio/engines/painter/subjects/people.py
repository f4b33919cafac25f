"""People, and who is nearly one. They stand turned a little to the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from services.studio.engines.painter.brush import Brush, Points
from services.studio.engines.painter.maths import Floats
from services.studio.engines.painter.subjects.subject import Subject

Joints = Sequence[tuple[float, float, float]]
INK = "#2b2228"
LOOKS = (
    ("#d6aa8a #c4866c #a3564e", "#2b2226 #4a3024 #7a4a2a #a5622f #bf9650"),
    ("#d8a780 #c08160 #9c4c44", "#2b2226 #3a2822 #5a3826 #7a4a2a"),
    ("#be875c #a66a48 #883f36", "#241d20 #2b2226 #3f2a22"),
    ("#946040 #7f4a32 #6a2e2a", "#1f1a1d #2b2226 #3a2620"),
    ("#6f4730 #5c3628 #4a2424", "#1a1719 #241d20"),
)
"""Skin, what is in shade or blushes, and lips; and the hair that goes with it."""


@dataclass(frozen=True)
class Head:
    """A face's own measure: its chin at (0, 0), its crown at (0, 1)."""

    b: Brush
    y: float
    size: float
    x: float = 0.0

    def curve(self, points: Points, colour: str, shade: float = 1.0) -> None:
        self.b.curve(np.asarray(points, float) * self.size + (self.x, self.y), colour, shade=shade)

    def limb(self, joints: Joints, colour: str, shade: float = 1.0) -> None:
        s = self.size
        self.b.limb([(self.x + x * s, self.y + y * s, w * s) for x, y, w in joints], colour, shade=shade)

    def oval(
        self, x: float, y: float, rx: float, ry: float, colour: str, turn: float = 0.0, shade: float = 1.0
    ) -> None:
        s = self.size
        self.b.oval(self.x + x * s, self.y + y * s, rx * s, ry * s, colour, turn=turn, shade=shade)


def _looks(b: Brush) -> tuple[str, str]:
    skin, hairs = b.chance.pick(LOOKS)
    return skin, b.chance.pick(hairs.split())


def _face(head: Head, skin: str, eyes: float = 1.0) -> None:
    light, blush, lips = skin.split()
    head.oval(-0.36, 0.43, 0.07, 0.11, light, shade=0.9)
    head.curve(
        [(0.04, 0.0), (0.2, 0.06), (0.33, 0.24), (0.37, 0.5), (0.34, 0.8), (0.02, 1.0), (-0.3, 0.84), (-0.36, 0.5),
         (-0.3, 0.24), (-0.14, 0.06)], light,
    )  # fmt: skip
    head.curve(
        [(-0.36, 0.55), (-0.3, 0.24), (-0.14, 0.06), (0.04, 0.0), (-0.1, 0.16), (-0.2, 0.34), (-0.24, 0.6)], light,
        0.92,
    )  # fmt: skip
    head.oval(-0.16, 0.31, 0.09, 0.055, blush)
    head.oval(0.25, 0.31, 0.07, 0.055, blush)
    head.curve(
        [(0.07, 0.56), (0.1, 0.44), (0.145, 0.33), (0.09, 0.275), (0.02, 0.29), (0.055, 0.36), (0.05, 0.46)], blush,
    )  # fmt: skip
    for x, near in ((-0.11, 1.0), (0.22, 0.85)):
        head.oval(x, 0.475, 0.034 * near * eyes, 0.042 * eyes, INK)
        head.limb(
            [(x - 0.075 * near, 0.485, 0.008), (x, 0.483 + 0.042 * eyes, 0.024), (x + 0.075 * near, 0.49, 0.008)], INK,
        )  # fmt: skip
        head.limb([(x - 0.1 * near, 0.6, 0.015), (x - 0.02, 0.64, 0.032), (x + 0.09 * near, 0.615, 0.012)], INK)
    head.limb([(-0.02, 0.165, 0.01), (0.07, 0.155, 0.04), (0.17, 0.17, 0.01)], lips)
    head.limb([(0.035, 0.1, 0.01), (0.075, 0.095, 0.018), (0.12, 0.1, 0.01)], blush)


def _neck(head: Head, skin: str) -> None:
    light, blush, _ = skin.split()
    head.limb([(-0.02, 0.3, 0.32), (-0.02, -0.1, 0.3), (-0.02, -0.4, 0.42)], light)
    head.curve([(-0.18, 0.1), (0.14, 0.1), (0.14, -0.1), (0.02, -0.16), (-0.18, -0.04)], blush)


def _hair_behind(head: Head, style: str, hair: str) -> None:
    if style == "long":
        head.curve(
            [(-0.46, 0.75), (-0.3, 1.06), (0.05, 1.13), (0.38, 1.0), (0.47, 0.7), (0.46, 0.3), (0.52, -0.1),
             (0.44, -0.5), (0.2, -0.3), (-0.2, -0.3), (-0.44, -0.55), (-0.58, -0.2), (-0.48, 0.3)], hair, 0.85,
        )  # fmt: skip
    elif style == "wavy":
        head.curve(
            [(-0.48, 0.75), (-0.3, 1.06), (0.05, 1.12), (0.38, 1.0), (0.5, 0.7), (0.45, 0.4), (0.52, 0.1),
             (0.3, -0.04), (-0.3, -0.06), (-0.56, 0.1), (-0.46, 0.36)], hair, 0.85,
        )  # fmt: skip
    elif style == "bun":
        head.oval(-0.3, 1.02, 0.2, 0.19, hair, shade=0.85)
    elif style == "curly":
        for x, y in (
            (-0.42, 0.4), (-0.5, 0.65), (-0.4, 0.92), (-0.15, 1.08), (0.15, 1.08), (0.4, 0.92), (0.48, 0.66),
            (0.42, 0.42),
        ):  # fmt: skip
            head.oval(x, y, 0.2, 0.2, hair, shade=0.88)


def _hair_before(head: Head, style: str, hair: str) -> None:
    if style == "curly":
        for x, y in ((-0.33, 0.78), (-0.17, 0.9), (0.03, 0.94), (0.22, 0.88), (0.34, 0.76)):
            head.oval(x, y, 0.15, 0.14, hair)
        return
    if style == "short":
        head.curve(
            [(-0.37, 0.4), (-0.43, 0.62), (-0.4, 0.9), (-0.2, 1.07), (0.1, 1.12), (0.34, 1.02), (0.42, 0.8),
             (0.385, 0.56), (0.33, 0.74), (0.2, 0.83), (-0.02, 0.8), (-0.18, 0.85), (-0.28, 0.72), (-0.33, 0.52)],
            hair,
        )  # fmt: skip
    else:
        head.curve(
            [(-0.39, 0.3), (-0.47, 0.6), (-0.41, 0.92), (-0.18, 1.09), (0.1, 1.12), (0.35, 1.02), (0.45, 0.75),
             (0.4, 0.36), (0.35, 0.6), (0.25, 0.76), (0.1, 0.88), (0.02, 0.9), (-0.14, 0.84), (-0.27, 0.7),
             (-0.33, 0.52)], hair,
        )  # fmt: skip
    head.limb([(-0.2, 0.98, 0.01), (-0.02, 1.0, 0.03), (0.18, 0.98, 0.03), (0.32, 0.86, 0.01)], hair, 1.25)


def _shoe(b: Brush, x: float, colour: str, size: float = 1.0, shade: float = 1.0) -> None:
    points = [
        (-0.026, 0.045), (0.026, 0.045), (0.04, 0.024), (0.075, 0.014), (0.076, -0.004), (0.0, -0.006),
        (-0.03, -0.002),
    ]  # fmt: skip
    b.curve([(x + px * size, py * size) for px, py in points], colour, shade=shade)


def _hand(b: Brush, x: float, y: float, turn: float, skin: str, size: float = 1.0, shade: float = 1.0) -> None:
    """It points into the direction of `turn`."""
    light, *_ = skin.split()
    cos, sin = float(np.cos(turn)) * size, float(np.sin(turn)) * size

    def at(ahead: float, aside: float, width: float) -> tuple[float, float, float]:
        return x + ahead * cos - aside * sin, y + ahead * sin + aside * cos, width * size

    b.limb([at(0.004, 0.0, 0.034), at(0.028, 0.0, 0.036), at(0.054, 0.0, 0.02)], light, shade=shade)
    b.limb([at(0.0, 0.012, 0.014), at(0.022, 0.026, 0.011)], light, shade=shade)


def _beside(b: Brush, draw: Callable[[Brush], None], x: float, scale: float = 1.0, side: int = 1) -> None:
    """Somebody of the same kind of brush, moved, scaled and perhaps turned round."""
    other = Brush(b.chance, b.coat, b.lit)
    draw(other)
    for outline, colour, shade, surface in other.parts:
        b.parts.append((outline * (scale * side, scale) + (x, 0.0), colour, shade, surface))


def person(b: Brush) -> None:
    _person(b, waves=b.chance.is_so(0.4))


COATS = ("*#7d2f33 #2f3440", "*#2f5f6f #3a3236", "*#b5853a #2f3a4a", "*#4a5a3c #38302c")


def _person(b: Brush, waves: bool = False) -> None:
    (skin, hair), style = _looks(b), b.chance.pick(("short", "short", "curly", "wavy", "bun"))
    coat, trousers = b.chance.pick(COATS).split()
    head = Head(b, 0.85, 0.13)
    _hair_behind(head, style, hair)
    b.limb([(-0.04, 0.5, 0.1), (-0.055, 0.27, 0.072), (-0.065, 0.05, 0.05)], trousers, shade=0.85)
    b.limb([(0.045, 0.5, 0.1), (0.06, 0.27, 0.072), (0.07, 0.05, 0.05)], trousers)
    _shoe(b, -0.065, INK)
    _shoe(b, 0.07, INK)
    b.limb([(-0.1, 0.775, 0.075), (-0.152, 0.64, 0.062), (-0.125, 0.5, 0.054)], coat, shade=0.78)
    _neck(head, skin)
    _coat(b, coat)
    if waves:
        _hand(b, 0.225, 0.835, 1.45, skin)
        b.limb([(0.185, 0.665, 0.06), (0.21, 0.74, 0.055), (0.222, 0.81, 0.05)], coat, shade=0.86)
        b.limb([(0.1, 0.775, 0.075), (0.15, 0.71, 0.068), (0.187, 0.662, 0.06)], coat, shade=0.92)
    else:
        b.limb([(0.1, 0.775, 0.075), (0.145, 0.64, 0.062), (0.095, 0.5, 0.052)], coat, shade=0.92)
    _face(head, skin)
    _hair_before(head, style, hair)
    _scarf(b, b.chance.pick(("#d9a850", "#d6cab2", "#c9573c", "#5f8f98")))


def _coat(b: Brush, coat: str) -> None:
    b.curve(
        [(-0.13, 0.77), (-0.1, 0.808), (-0.04, 0.832), (0.04, 0.832), (0.1, 0.808), (0.13, 0.77), (0.11, 0.68),
         (0.098, 0.6), (0.115, 0.48), (0.135, 0.34), (0.05, 0.325), (-0.05, 0.325), (-0.13, 0.34), (-0.112, 0.48),
         (-0.095, 0.6), (-0.11, 0.68)], coat,
    )  # fmt: skip
    b.shape([(-0.012, 0.325), (0.0, 0.74), (0.012, 0.74), (0.008, 0.325)], coat, shade=0.72)
    b.curve([(-0.05, 0.83), (-0.075, 0.76), (0.0, 0.69), (0.07, 0.76), (0.05, 0.83)], coat, shade=0.8)
    for y in (0.64, 0.57, 0.5):
        b.oval(0.03, y, 0.009, 0.009, INK)


def _scarf(b: Brush, colour: str) -> None:
    b.curve([(-0.05, 0.79), (-0.02, 0.8), (-0.03, 0.62), (-0.075, 0.62)], colour, shade=0.85)
    b.limb([(-0.058, 0.84, 0.035), (-0.02, 0.812, 0.045), (0.03, 0.812, 0.045), (0.058, 0.842, 0.032)], colour)


def woman(b: Brush) -> None:
    (skin, hair), style = _looks(b), b.chance.pick(("long", "long", "bun", "wavy", "curly"))
    light = skin.split()[0]
    dress = b.chance.pick(("*#b5433f", "*#2f6f7a", "*#d9a03f", "*#6a4a7a", "*#d6c9b4"))
    head = Head(b, 0.85, 0.129)
    _hair_behind(head, style, hair)
    for x, shade in ((-0.04, 0.88), (0.03, 1.0)):
        b.limb([(x, 0.36, 0.07), (x + 0.005, 0.2, 0.05), (x + 0.01, 0.04, 0.032)], light, shade=shade)
        _shoe(b, x + 0.01, INK, 0.8)
    b.limb([(-0.082, 0.785, 0.05), (-0.14, 0.66, 0.042), (-0.16, 0.52, 0.032)], light, shade=0.88)
    _hand(b, -0.163, 0.515, -1.6, skin, 0.85, 0.88)
    _neck(head, skin)
    b.curve([(-0.085, 0.8), (-0.02, 0.825), (0.05, 0.82), (0.088, 0.795), (0.07, 0.72), (-0.07, 0.72)], light)
    b.curve(
        [(-0.1, 0.79), (-0.072, 0.803), (-0.045, 0.765), (0.0, 0.745), (0.045, 0.765), (0.072, 0.803), (0.1, 0.79),
         (0.085, 0.69), (0.062, 0.61), (0.1, 0.5), (0.16, 0.34), (0.215, 0.24), (0.1, 0.215), (-0.06, 0.21),
         (-0.19, 0.235), (-0.15, 0.36), (-0.09, 0.52), (-0.062, 0.61), (-0.085, 0.69)], dress,
    )  # fmt: skip
    b.curve([(0.03, 0.58), (0.06, 0.42), (0.11, 0.22), (0.05, 0.21), (0.02, 0.4)], dress, shade=0.84)
    b.curve([(-0.03, 0.58), (-0.06, 0.42), (-0.1, 0.22), (-0.05, 0.212), (-0.02, 0.4)], dress, shade=0.84)
    b.limb([(-0.06, 0.615, 0.03), (0.0, 0.605, 0.032), (0.06, 0.615, 0.03)], dress, shade=0.7)
    b.limb([(0.085, 0.785, 0.05), (0.14, 0.68, 0.042), (0.19, 0.6, 0.028)], light)
    _hand(b, 0.192, 0.597, -0.7, skin, 0.85)
    _face(head, skin)
    _hair_before(head, style, hair)
    if b.chance.is_so(0.35):
        _straw_hat(head)


def _straw_hat(head: Head) -> None:
    band = head.b.chance.pick(("#7a3b34", "#2f4a5a", "#3a3236"))
    head.curve(
        [(-0.86, 0.64), (-0.42, 0.79), (0.05, 0.82), (0.5, 0.79), (0.92, 0.66), (0.52, 0.64), (0.05, 0.69),
         (-0.44, 0.64)], "#d9b878", 0.86,
    )  # fmt: skip
    head.curve(
        [(-0.46, 0.74), (-0.42, 1.04), (-0.14, 1.16), (0.2, 1.16), (0.46, 1.04), (0.5, 0.75), (0.03, 0.81)], "#e3c68c",
    )  # fmt: skip
    head.curve([(-0.465, 0.74), (-0.45, 0.87), (0.03, 0.92), (0.485, 0.88), (0.5, 0.75), (0.03, 0.81)], band)


OVERALLS = ("*#c9573c #f0dfc0", "*#3f6f8f #f2cf7a", "*#5a7a4a #f0e4d0", "*#d9a03f #5a86a0")


def child(b: Brush) -> None:
    (skin, hair), style = _looks(b), b.chance.pick(("short", "short", "wavy", "curly"))
    cloth, shirt = b.chance.pick(OVERALLS).split()
    head = Head(b, 0.735, 0.225)
    _hair_behind(head, style, hair)
    for x, shade in ((-0.06, 0.85), (0.06, 1.0)):
        b.limb([(x, 0.3, 0.11), (x * 1.1, 0.16, 0.085), (x * 1.15, 0.05, 0.07)], cloth, shade=shade)
        _shoe(b, x * 1.15, INK, 1.2)
    b.limb([(-0.1, 0.65, 0.075), (-0.19, 0.56, 0.066), (-0.225, 0.47, 0.055)], shirt, shade=0.85)
    _hand(b, -0.23, 0.46, -1.7, skin, 1.3, 0.9)
    _neck(head, skin)
    b.curve(
        [(-0.13, 0.65), (-0.06, 0.705), (0.06, 0.705), (0.13, 0.65), (0.125, 0.48), (0.13, 0.36), (-0.13, 0.36),
         (-0.125, 0.48)], shirt,
    )  # fmt: skip
    b.curve([(-0.13, 0.46), (-0.07, 0.56), (0.07, 0.56), (0.13, 0.46), (0.14, 0.3), (0.0, 0.25), (-0.14, 0.3)], cloth)
    for x in (-0.07, 0.07):
        b.limb([(x, 0.54, 0.026), (x * 1.1, 0.62, 0.026), (x * 1.0, 0.69, 0.022)], cloth)
        b.oval(x, 0.535, 0.012, 0.012, "#e8d9a0")
    b.limb([(0.1, 0.65, 0.075), (0.19, 0.68, 0.066), (0.26, 0.78, 0.05)], shirt, shade=0.95)
    _hand(b, 0.265, 0.79, 1.2, skin, 1.3)
    _face(head, skin, 1.3)
    _hair_before(head, style, hair)


def couple(b: Brush) -> None:
    _beside(b, _person, -0.17)
    _beside(b, woman, 0.18, 0.93, -1)


def dancer(b: Brush) -> None:
    skin, hair = _looks(b)
    light = skin.split()[0]
    dress = b.chance.pick(("*#d98a9a", "*#b5433f", "*#d9cdbb", "*#7a6aa5", "*#2f3a4a"))
    b.limb(
        [(0.0, 0.47, 0.085), (-0.2, 0.52, 0.07), (-0.4, 0.6, 0.048), (-0.54, 0.68, 0.03), (-0.61, 0.73, 0.012)],
        light, shade=0.9,
    )  # fmt: skip
    b.limb([(-0.5, 0.655, 0.036), (-0.56, 0.69, 0.03), (-0.62, 0.735, 0.01)], dress, shade=0.75)
    b.limb([(0.02, 0.47, 0.09), (0.03, 0.28, 0.06), (0.03, 0.12, 0.042), (0.035, 0.0, 0.014)], light)
    b.limb([(0.03, 0.1, 0.042), (0.033, 0.05, 0.034), (0.036, -0.005, 0.012)], dress, shade=0.75)
    b.limb([(0.02, 0.755, 0.045), (-0.14, 0.8, 0.036), (-0.3, 0.86, 0.026), (-0.38, 0.87, 0.014)], light, shade=0.88)
    head = Head(b, 0.85, 0.118, 0.1)
    _hair_behind(head, "bun", hair)
    _neck(head, skin)
    b.curve(
        [(-0.42, 0.44), (-0.2, 0.56), (0.0, 0.55), (0.16, 0.54), (0.34, 0.4), (0.2, 0.39), (0.04, 0.34),
         (-0.16, 0.37), (-0.3, 0.4)], dress, shade=0.82,
    )  # fmt: skip
    b.curve(
        [(-0.34, 0.52), (-0.14, 0.59), (0.02, 0.57), (0.18, 0.52), (0.3, 0.47), (0.14, 0.46), (0.0, 0.42),
         (-0.14, 0.46), (-0.26, 0.47)], dress,
    )  # fmt: skip
    b.curve(
        [(-0.06, 0.54), (-0.045, 0.66), (-0.02, 0.77), (0.04, 0.77), (0.08, 0.8), (0.13, 0.8), (0.125, 0.7),
         (0.09, 0.6), (0.09, 0.53)], dress,
    )  # fmt: skip
    b.curve([(0.02, 0.8), (0.07, 0.835), (0.13, 0.82), (0.13, 0.79), (0.08, 0.765), (0.03, 0.775)], light)
    b.limb([(0.12, 0.79, 0.045), (0.26, 0.82, 0.036), (0.4, 0.9, 0.026), (0.48, 0.96, 0.014)], light)
    _face(head, skin)
    _hair_before(head, "bun", hair)


ROBES = ("*#3a4a86 #e3b85a #d6d1c8", "*#5a3a72 #d9c27a #d0cdcb", "*#2f5f5a #e3b85a #d6d0c4")


def wizard(b: Brush) -> None:
    robe, trim, beard = b.chance.pick(ROBES).split()
    skin, _ = b.chance.pick(LOOKS[:3])
    b.limb([(0.29, 0.0, 0.028), (0.3, 0.4, 0.026), (0.29, 0.78, 0.024)], "#6a4630")
    b.limb([(0.29, 0.76, 0.03), (0.25, 0.82, 0.026), (0.27, 0.89, 0.018)], "#6a4630")
    b.limb([(0.29, 0.76, 0.03), (0.335, 0.82, 0.026), (0.32, 0.9, 0.016)], "#6a4630")
    gem = np.array([(0.295, 0.79), (0.325, 0.845), (0.295, 0.91), (0.265, 0.845)])
    if b.lit:
        b.halo(0.295, 0.85, 0.3, "#bfe8ff", 0.5)
    b.bright(gem, "#9fd3f2")
    b.bright(gem[[0, 1, 2]] * (0.55, 1.0) + (0.13275, 0.0), "#d8f1ff")
    b.curve(
        [(-0.13, 0.62), (-0.07, 0.7), (0.07, 0.7), (0.13, 0.62), (0.14, 0.4), (0.19, 0.16), (0.24, 0.0), (0.0, -0.02),
         (-0.24, 0.0), (-0.19, 0.16), (-0.14, 0.4)], robe,
    )  # fmt: skip
    b.curve([(-0.235, 0.01), (-0.222, 0.05), (0.0, 0.025), (0.222, 0.05), (0.235, 0.01), (0.0, -0.018)], trim)
    for x in (-0.09, 0.06):
        b.curve([(x, 0.42), (x + 0.02, 0.42), (x * 1.5 + 0.04, 0.05), (x * 1.5, 0.04)], robe, shade=0.82)
    b.curve([(-0.1, 0.66), (-0.17, 0.54), (-0.22, 0.38), (-0.12, 0.34), (-0.05, 0.42), (-0.05, 0.56)], robe, shade=0.86)
    b.curve([(-0.22, 0.39), (-0.12, 0.35), (-0.055, 0.41), (-0.05, 0.38), (-0.12, 0.315), (-0.225, 0.36)], trim)
    b.curve([(0.1, 0.66), (0.2, 0.6), (0.31, 0.56), (0.3, 0.4), (0.2, 0.36), (0.09, 0.46)], robe, shade=1.08)
    b.limb([(0.31, 0.555, 0.03), (0.315, 0.47, 0.03), (0.29, 0.4, 0.03)], trim)
    b.oval(0.31, 0.51, 0.03, 0.036, skin.split()[0])
    head = Head(b, 0.69, 0.14)
    _hair_behind(head, "long", beard)
    _face(head, skin)
    b.curve(
        [(-0.05, 0.76), (-0.062, 0.68), (-0.06, 0.56), (-0.02, 0.42), (0.02, 0.36), (0.045, 0.46), (0.07, 0.58),
         (0.065, 0.7), (0.05, 0.755), (0.04, 0.72), (0.01, 0.718), (-0.025, 0.722)], beard,
    )  # fmt: skip
    b.limb(
        [(-0.03, 0.718, 0.008), (-0.015, 0.728, 0.02), (0.01, 0.733, 0.016), (0.032, 0.728, 0.02),
         (0.047, 0.716, 0.008)], beard, shade=0.93,
    )  # fmt: skip
    for x in (-0.02, 0.012):
        b.limb([(x, 0.66, 0.004), (x * 0.9 + 0.004, 0.55, 0.006), (x * 0.4 + 0.01, 0.45, 0.003)], beard, shade=0.84)
    b.curve(
        [(-0.17, 0.8), (-0.08, 0.83), (0.0, 0.825), (0.09, 0.83), (0.18, 0.795), (0.09, 0.785), (0.0, 0.775),
         (-0.09, 0.79)], robe, shade=0.8,
    )  # fmt: skip
    b.curve(
        [(-0.075, 0.805), (-0.05, 0.88), (-0.04, 0.96), (-0.09, 0.99), (-0.13, 0.965), (-0.08, 1.0), (-0.02, 1.0),
         (0.03, 0.92), (0.078, 0.805), (0.0, 0.795)], robe,
    )  # fmt: skip
    b.curve([(-0.078, 0.8), (-0.07, 0.832), (0.0, 0.822), (0.072, 0.832), (0.08, 0.8), (0.0, 0.79)], trim)


def knight(b: Brush) -> None:
    cape, steel, dark = "*#9c3038", "#949ca6", "#626b76"
    b.curve(
        [(-0.12, 0.8), (-0.2, 0.5), (-0.26, 0.1), (-0.1, 0.06), (0.14, 0.08), (0.22, 0.12), (0.16, 0.5), (0.12, 0.8)],
        cape, shade=0.8,
    )  # fmt: skip
    for x, shade in ((-0.07, 0.85), (0.07, 1.0)):
        b.limb([(x * 0.8, 0.48, 0.115), (x, 0.3, 0.085), (x * 1.05, 0.07, 0.062)], steel, shade=shade)
        b.oval(x, 0.28, 0.05, 0.045, dark, shade=shade)
        b.oval(x, 0.29, 0.034, 0.03, steel, shade=shade)
        _shoe(b, x * 1.05, dark, 1.25)
    b.limb([(-0.13, 0.76, 0.08), (-0.18, 0.62, 0.07), (-0.165, 0.5, 0.06)], steel, shade=0.85)
    b.curve(
        [(-0.12, 0.8), (-0.04, 0.835), (0.04, 0.835), (0.12, 0.8), (0.125, 0.68), (0.09, 0.56), (-0.09, 0.56),
         (-0.125, 0.68)], steel,
    )  # fmt: skip
    b.curve([(0.0, 0.83), (0.05, 0.8), (0.04, 0.6), (0.0, 0.57), (-0.015, 0.7)], steel, shade=1.15)
    b.curve(
        [(-0.095, 0.57), (0.095, 0.57), (0.13, 0.42), (0.06, 0.39), (0.0, 0.42), (-0.06, 0.39), (-0.13, 0.42)], cape,
    )  # fmt: skip
    b.limb([(-0.092, 0.565, 0.034), (0.0, 0.555, 0.034), (0.092, 0.565, 0.034)], "#5a4030")
    b.box(-0.022, 0.54, 0.022, 0.572, "#d9b25a")
    b.limb([(0.21, 0.56, 0.022), (0.21, 0.36, 0.022)], "#5a4030")
    b.shape([(0.192, 0.42), (0.228, 0.42), (0.224, 0.06), (0.21, 0.0), (0.196, 0.06)], "#d3d9de")
    b.shape([(0.21, 0.42), (0.228, 0.42), (0.224, 0.06), (0.21, 0.0)], "#a3acb8")
    b.limb([(0.14, 0.425, 0.03), (0.28, 0.425, 0.03)], "#d9b25a")
    b.limb([(0.13, 0.76, 0.08), (0.19, 0.64, 0.07), (0.21, 0.53, 0.06)], steel, shade=0.95)
    b.oval(0.21, 0.5, 0.038, 0.036, dark)
    for x in (-0.135, 0.135):
        b.oval(x, 0.775, 0.065, 0.055, dark)
        b.oval(x, 0.785, 0.058, 0.046, steel)
    _shield(b, cape)
    _helmet(b, cape, steel, dark)


def _shield(b: Brush, cape: str) -> None:
    for grow, colour in ((1.0, "#d9b25a"), (0.88, cape)):
        points = [
            (-0.11, 0.17), (0.0, 0.19), (0.11, 0.17), (0.105, 0.0), (0.06, -0.12), (0.0, -0.19), (-0.06, -0.12),
            (-0.105, 0.0),
        ]  # fmt: skip
        b.curve([(-0.17 + x * grow, 0.5 + y * grow) for x, y in points], colour)
    b.box(-0.185, 0.36, -0.155, 0.65, "#f0e4cf")
    b.box(-0.255, 0.52, -0.085, 0.55, "#f0e4cf")


def _helmet(b: Brush, cape: str, steel: str, dark: str) -> None:
    b.curve(
        [(0.0, 0.98), (-0.06, 1.04), (-0.16, 1.03), (-0.22, 0.93), (-0.2, 0.83), (-0.15, 0.9), (-0.08, 0.95)], cape,
        shade=1.1,
    )  # fmt: skip
    b.curve([(-0.06, 0.85), (0.06, 0.85), (0.09, 0.815), (0.0, 0.79), (-0.09, 0.815)], dark)
    b.curve(
        [(-0.07, 0.85), (-0.078, 0.93), (-0.05, 0.985), (0.01, 1.0), (0.06, 0.975), (0.08, 0.91), (0.08, 0.87),
         (0.04, 0.845), (0.0, 0.835)], steel,
    )  # fmt: skip
    b.shape([(-0.03, 0.925), (0.084, 0.925), (0.084, 0.91), (-0.03, 0.91)], INK)
    b.curve(
        [(-0.03, 0.905), (0.083, 0.905), (0.09, 0.87), (0.045, 0.84), (0.01, 0.85), (-0.03, 0.87)], steel, shade=0.86,
    )  # fmt: skip
    for k in range(4):
        b.oval(0.012 + k * 0.018, 0.882, 0.0045, 0.009, INK)
    b.limb([(0.01, 0.998, 0.012), (0.045, 0.96, 0.014), (0.055, 0.925, 0.012)], steel, shade=1.15)


ARMOUR = ("*#8f2f33 #2f2c34 #d9b25a", "*#2f4a6f #35302f #d9b25a", "*#3f5a4a #2b2a30 #c9a85a")


def samurai(b: Brush) -> None:
    cloth, lacquer, gold = b.chance.pick(ARMOUR).split()
    skin, _ = b.chance.pick(LOOKS[:2])
    b.limb([(-0.2, 0.66, 0.016), (-0.1, 0.5, 0.026), (0.16, 0.38, 0.03), (0.42, 0.28, 0.02)], "#3a2a30")
    for x, shade in ((-0.1, 0.8), (0.1, 1.0)):
        b.curve(
            [(x * 0.5 - 0.08, 0.48), (x * 0.5 + 0.08, 0.48), (x + 0.09, 0.2), (x + 0.07, 0.12), (x - 0.07, 0.12),
             (x - 0.09, 0.2)], cloth, shade=shade,
        )  # fmt: skip
        b.limb([(x, 0.2, 0.08), (x, 0.05, 0.06)], lacquer, shade=1.2)
        _shoe(b, x, INK, 1.15)
    b.limb([(-0.13, 0.75, 0.09), (-0.21, 0.6, 0.09), (-0.17, 0.5, 0.06)], cloth, shade=0.82)
    b.oval(-0.155, 0.48, 0.032, 0.032, skin.split()[0], shade=0.9)
    b.limb([(0.13, 0.75, 0.09), (0.22, 0.6, 0.09), (0.15, 0.51, 0.06)], cloth)
    b.curve([(-0.13, 0.79), (0.0, 0.83), (0.13, 0.79), (0.12, 0.66), (0.1, 0.54), (-0.1, 0.54), (-0.12, 0.66)], lacquer)
    for k, y in enumerate((0.74, 0.68, 0.62, 0.57)):
        b.limb(
            [(-0.105 + k * 0.004, y, 0.014), (0.0, y - 0.012, 0.014), (0.105 - k * 0.004, y, 0.014)], cloth,
            shade=1.15,
        )  # fmt: skip
    for x in (-0.12, -0.04, 0.04, 0.12):
        b.curve(
            [(x * 0.85 - 0.04, 0.54), (x * 0.85 + 0.04, 0.54), (x * 1.15 + 0.048, 0.36), (x * 1.15 - 0.048, 0.36)],
            lacquer, shade=1.15,
        )  # fmt: skip
        for y in (0.48, 0.43, 0.38):
            b.limb([(x - 0.034, y, 0.011), (x + 0.034, y, 0.011)], cloth, shade=1.1)
    b.limb([(-0.105, 0.548, 0.036), (0.0, 0.54, 0.036), (0.105, 0.548, 0.036)], gold)
    b.limb([(0.12, 0.53, 0.024), (0.22, 0.585, 0.022), (0.3, 0.63, 0.02)], "#e3d9c4")
    b.oval(0.14, 0.525, 0.035, 0.035, skin.split()[0])
    for side in (-1, 1):
        b.curve([(side * 0.09, 0.81), (side * 0.2, 0.79), (side * 0.25, 0.62), (side * 0.13, 0.6)], lacquer)
        for y in (0.76, 0.71, 0.66):
            b.limb([(side * 0.12, y - 0.012, 0.013), (side * 0.22, y - 0.022, 0.013)], cloth, shade=1.15)
    head = Head(b, 0.82, 0.125)
    _neck(head, skin)
    b.curve([(-0.09, 0.8), (-0.045, 0.83), (0.0, 0.775), (0.05, 0.83), (0.09, 0.8), (0.05, 0.73), (-0.05, 0.73)], cloth)
    b.limb([(-0.05, 0.82, 0.016), (0.0, 0.765, 0.018), (0.03, 0.73, 0.014)], "#dcd2c0")
    b.limb([(0.055, 0.82, 0.016), (0.015, 0.77, 0.018), (-0.02, 0.73, 0.014)], "#dcd2c0")
    b.curve(
        [(-0.06, 0.92), (-0.13, 0.83), (-0.11, 0.8), (0.0, 0.83), (0.11, 0.8), (0.13, 0.83), (0.07, 0.92)], lacquer,
        shade=0.85,
    )  # fmt: skip
    head.curve([(-0.4, 0.9), (-0.4, 0.3), (-0.2, 0.2), (0.2, 0.2), (0.4, 0.4), (0.4, 0.9)], INK)
    _face(head, skin)
    head.curve([(-0.36, 0.8), (-0.37, 0.4), (-0.3, 0.36), (-0.27, 0.6), (-0.2, 0.8)], INK)
    head.limb(
        [(-0.05, 0.225, 0.01), (0.02, 0.235, 0.03), (0.075, 0.225, 0.02), (0.13, 0.235, 0.03), (0.2, 0.215, 0.01)],
        INK,
    )  # fmt: skip
    b.curve(
        [(-0.075, 0.905), (-0.06, 0.97), (0.0, 1.0), (0.065, 0.97), (0.08, 0.905), (0.1, 0.89), (0.0, 0.915),
         (-0.095, 0.89)], lacquer, shade=1.1,
    )  # fmt: skip
    b.limb([(-0.09, 0.895, 0.014), (0.0, 0.918, 0.016), (0.095, 0.895, 0.014)], gold)
    for side in (-1, 1):
        b.curve(
            [(0.004, 0.93), (side * 0.06, 0.96), (side * 0.1, 1.04), (side * 0.095, 1.09), (side * 0.07, 1.0),
             (0.004, 0.965)], gold,
        )  # fmt: skip
    b.oval(0.004, 0.942, 0.02, 0.02, gold, shade=1.15)


def astronaut(b: Brush) -> None:
    suit, grey, accent = "*#dcd9d2", "#9aa0a8", b.chance.pick(("#d9663c", "#3f7fb0", "#c9963c"))
    b.curve([(-0.19, 0.52), (-0.2, 0.82), (-0.1, 0.87), (0.1, 0.87), (0.2, 0.82), (0.19, 0.52)], grey, shade=0.8)
    for joints, shade in (
        ([(-0.07, 0.46, 0.17), (-0.1, 0.28, 0.15), (-0.13, 0.1, 0.13)], 0.88), ([(0.07, 0.46, 0.17),
          (0.11, 0.29, 0.15), (0.1, 0.1, 0.13)], 1.0),
    ):  # fmt: skip
        b.limb(joints, suit, shade=shade)
        x = joints[-1][0]
        b.limb([(x - 0.055, 0.11, 0.022), (x + 0.055, 0.11, 0.022)], grey)
        b.curve(
            [(x - 0.065, 0.09), (x + 0.06, 0.09), (x + 0.12, 0.04), (x + 0.11, 0.0), (x - 0.06, 0.0)], suit, shade=0.8,
        )  # fmt: skip
    b.limb([(-0.16, 0.72, 0.13), (-0.27, 0.6, 0.12), (-0.3, 0.46, 0.1)], suit, shade=0.86)
    b.oval(-0.305, 0.41, 0.055, 0.06, grey)
    b.curve(
        [(-0.17, 0.78), (-0.1, 0.82), (0.1, 0.82), (0.17, 0.78), (0.18, 0.6), (0.15, 0.44), (-0.15, 0.44),
         (-0.18, 0.6)], suit,
    )  # fmt: skip
    b.box(-0.075, 0.58, 0.075, 0.68, grey)
    for x, colour in ((-0.045, accent), (0.0, "#6fae7a"), (0.045, "#e3c05a")):
        b.oval(x, 0.65, 0.013, 0.013, colour)
    b.box(-0.05, 0.6, 0.05, 0.62, "#4a525c")
    b.limb([(-0.15, 0.5, 0.022), (0.0, 0.49, 0.022), (0.15, 0.5, 0.022)], accent)
    b.limb([(0.16, 0.72, 0.13), (0.29, 0.68, 0.12), (0.34, 0.83, 0.1)], suit, shade=0.96)
    b.oval(0.35, 0.89, 0.055, 0.06, grey)
    b.limb([(0.29, 0.77, 0.02), (0.39, 0.795, 0.02)], accent)
    b.limb([(-0.09, 0.795, 0.05), (0.0, 0.785, 0.05), (0.09, 0.795, 0.05)], grey)
    b.oval(0.0, 0.885, 0.135, 0.125, suit)
    b.curve(
        [(-0.085, 0.88), (-0.07, 0.96), (0.02, 0.985), (0.105, 0.95), (0.125, 0.88), (0.1, 0.815), (0.02, 0.795),
         (-0.06, 0.82)], grey, shade=0.7,
    )  # fmt: skip
    b.curve(
        [(-0.075, 0.88), (-0.06, 0.95), (0.02, 0.975), (0.1, 0.94), (0.115, 0.88), (0.092, 0.825), (0.02, 0.805),
         (-0.052, 0.83)], "#25324a",
    )  # fmt: skip
    b.curve(
        [(-0.075, 0.88), (-0.052, 0.83), (0.02, 0.805), (0.092, 0.825), (0.115, 0.88), (0.06, 0.85), (-0.01, 0.85)],
        "#d9934a",
    )  # fmt: skip
    b.curve([(-0.052, 0.83), (0.02, 0.805), (0.092, 0.825), (0.05, 0.83), (0.0, 0.83)], "#f0c06a")
    b.limb([(-0.045, 0.9, 0.008), (-0.03, 0.94, 0.018), (0.01, 0.957, 0.008)], "#dfeaf5")


METALS = ("*#8fb0b8 #3f4a56 #e3874a", "*#c9c2b4 #4a4650 #c9573c", "*#d9a45a #4a4038 #4f8a94")


def robot(b: Brush) -> None:
    metal, dark, accent = b.chance.pick(METALS).split()
    for x, shade in ((-0.1, 0.85), (0.1, 1.0)):
        b.limb([(x, 0.38, 0.06), (x, 0.1, 0.06)], dark)
        for y in (0.32, 0.26, 0.2, 0.14):
            b.limb([(x - 0.025, y, 0.022), (x + 0.025, y, 0.022)], metal, shade=shade * 0.8)
        b.curve([(x - 0.075, 0.0), (x - 0.07, 0.08), (x, 0.12), (x + 0.085, 0.08), (x + 0.1, 0.0)], metal, shade=shade)
    b.limb([(-0.2, 0.6, 0.055), (-0.3, 0.5, 0.05), (-0.29, 0.36, 0.05)], dark)
    b.limb([(0.2, 0.6, 0.055), (0.32, 0.6, 0.05), (0.36, 0.74, 0.05)], dark)
    for x, y, turn in ((-0.29, 0.32, -1.57), (0.37, 0.79, 1.3)):
        b.oval(x, y, 0.05, 0.05, metal)
        for k in (-1, 1):
            cos, sin = float(np.cos(turn + k * 0.55)), float(np.sin(turn + k * 0.55))
            b.limb(
                [(x + cos * 0.03, y + sin * 0.03, 0.035), (x + cos * 0.085, y + sin * 0.085, 0.03)], metal, shade=0.9,
            )  # fmt: skip
    b.curve(
        [(-0.2, 0.36), (-0.22, 0.4), (-0.23, 0.62), (-0.19, 0.66), (0.19, 0.66), (0.23, 0.62), (0.22, 0.4),
         (0.2, 0.36), (0.0, 0.34)], metal,
    )  # fmt: skip
    for x in (-0.215, 0.215):
        b.oval(x, 0.6, 0.055, 0.055, accent)
    b.curve([(-0.12, 0.42), (-0.13, 0.58), (0.0, 0.6), (0.13, 0.58), (0.12, 0.42), (0.0, 0.41)], metal, shade=0.82)
    b.oval(-0.05, 0.52, 0.04, 0.04, "#f3ead6")
    b.limb([(-0.05, 0.52, 0.008), (-0.03, 0.545, 0.006)], accent)
    for k, colour in enumerate((accent, "#e3c05a", "#6fae7a")):
        b.oval(0.045 + k * 0.03 - 0.015, 0.535, 0.011, 0.011, colour)
    b.limb([(0.02, 0.475, 0.014), (0.1, 0.475, 0.014)], dark)
    b.box(-0.05, 0.65, 0.05, 0.71, dark)
    _robot_head(b, metal, dark, accent)


def _robot_head(b: Brush, metal: str, dark: str, accent: str) -> None:
    b.limb([(0.0, 0.9, 0.016), (0.0, 0.97, 0.012)], dark)
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ring = np.stack([np.cos(turn), np.sin(turn)], -1)
    b.lamp([(0.024 * float(x), 0.985 + 0.024 * float(y)) for x, y in ring])
    for x in (-0.185, 0.185):
        b.limb([(x, 0.77, 0.05), (x, 0.84, 0.05)], accent)
    b.curve(
        [(-0.16, 0.71), (-0.18, 0.74), (-0.18, 0.87), (-0.14, 0.91), (0.0, 0.92), (0.14, 0.91), (0.18, 0.87),
         (0.18, 0.74), (0.16, 0.71), (0.0, 0.7)], metal,
    )  # fmt: skip
    b.curve([(-0.13, 0.76), (-0.13, 0.87), (0.0, 0.885), (0.14, 0.87), (0.14, 0.76), (0.0, 0.75)], dark)
    for x in (-0.06, 0.075):
        b.oval(x, 0.835, 0.042, 0.042, "#1d222c")
        b.bright(ring * 0.03 + (x, 0.835), "#9fe8e0")
        b.bright(ring * 0.01 + (x + 0.008, 0.845), "#f4fffd")
    b.limb([(-0.05, 0.778, 0.008), (0.01, 0.77, 0.014), (0.065, 0.778, 0.008)], "#9fe8e0")


def ghost(b: Brush) -> None:
    sheet = "*#d6d9e0"
    if b.lit:
        b.halo(0.0, 0.55, 0.75, "#cfdcff", 0.32)
    b.limb([(-0.22, 0.56, 0.17), (-0.36, 0.58, 0.12), (-0.44, 0.68, 0.06)], sheet, shade=0.9)
    b.curve(
        [(-0.26, 0.6), (-0.22, 0.86), (0.0, 1.0), (0.22, 0.86), (0.27, 0.6), (0.32, 0.34), (0.38, 0.1), (0.27, 0.14),
         (0.2, 0.04), (0.1, 0.12), (0.0, 0.02), (-0.1, 0.12), (-0.22, 0.0), (-0.3, 0.1), (-0.46, 0.02),
         (-0.36, 0.28)], sheet,
    )  # fmt: skip
    b.limb([(0.22, 0.56, 0.17), (0.36, 0.52, 0.12), (0.46, 0.56, 0.06)], sheet)
    for x, y in ((-0.12, 0.34), (0.06, 0.3), (0.2, 0.34)):
        b.limb([(x, y, 0.02), (x - 0.02, y - 0.1, 0.035), (x, y - 0.2, 0.02)], sheet, shade=0.9)
    for x in (-0.06, 0.12):
        b.oval(x, 0.76, 0.042, 0.062, "#353344")
    b.oval(0.035, 0.63, 0.038, 0.05, "#353344")


def mermaid(b: Brush) -> None:
    (skin, _), hair = _looks(b), b.chance.pick(("#2b2226", "#7a4a2a", "#a5483a", "#3f7a80", "#8a4f7a"))
    light = skin.split()[0]
    tail = b.chance.pick(("*#2f8f86", "*#4a6fb0", "*#7a5aa0", "*#3f9a6a"))
    head = Head(b, 0.84, 0.13, 0.16)
    b.curve(
        [(0.12, 1.0), (0.0, 0.96), (-0.14, 0.9), (-0.3, 0.88), (-0.44, 0.78), (-0.28, 0.74), (-0.38, 0.62),
         (-0.18, 0.68), (-0.16, 0.56), (0.0, 0.68), (0.1, 0.74), (0.22, 0.8), (0.24, 0.96)], hair, shade=0.9,
    )  # fmt: skip
    b.limb([(0.06, 0.74, 0.05), (-0.04, 0.64, 0.045), (-0.1, 0.52, 0.03)], light, shade=0.86)
    _neck(head, skin)
    b.curve(
        [(0.04, 0.74), (0.1, 0.8), (0.2, 0.8), (0.26, 0.74), (0.23, 0.64), (0.21, 0.52), (0.06, 0.5), (0.08, 0.62)],
        light,
    )  # fmt: skip
    for joints in (
        [(-0.64, 0.12, 0.03), (-0.76, 0.24, 0.16), (-0.86, 0.36, 0.02)], [(-0.64, 0.12, 0.03), (-0.82, 0.1, 0.14),
         (-0.98, 0.16, 0.02)],
    ):  # fmt: skip
        b.limb(joints, tail, shade=1.2)
    b.limb(
        [(0.13, 0.53, 0.18), (0.12, 0.4, 0.22), (0.02, 0.24, 0.2), (-0.18, 0.11, 0.15), (-0.42, 0.06, 0.1),
         (-0.66, 0.13, 0.04)], tail,
    )  # fmt: skip
    for x, y in (
        (0.1, 0.42), (0.16, 0.36), (0.06, 0.33), (0.08, 0.25), (-0.02, 0.23), (-0.06, 0.15), (-0.14, 0.16),
        (-0.22, 0.1),
    ):  # fmt: skip
        b.limb([(x - 0.02, y + 0.012, 0.006), (x, y - 0.008, 0.01), (x + 0.02, y + 0.012, 0.006)], tail, shade=0.76)
    b.limb([(0.055, 0.535, 0.02), (0.13, 0.515, 0.035), (0.205, 0.535, 0.02)], tail, shade=1.2)
    for x in (0.11, 0.2):
        b.oval(x, 0.69, 0.045, 0.04, tail, shade=0.85)
    b.limb([(0.25, 0.745, 0.05), (0.38, 0.7, 0.042), (0.48, 0.76, 0.03), (0.53, 0.79, 0.016)], light)
    _face(head, skin)
    _hair_before(head, "long", hair)


def _angel_wing(b: Brush, side: int) -> None:
    arch = ((0.6, 0.95), (0.55, 1.0), (0.48, 1.03), (0.4, 1.02), (0.32, 0.96), (0.24, 0.88), (0.16, 0.78))
    tips = ((0.68, 0.66), (0.64, 0.54), (0.58, 0.44), (0.5, 0.36), (0.41, 0.3), (0.32, 0.27), (0.22, 0.27))
    for share, shade in ((1.0, 0.84), (0.62, 0.93)):
        for (x, y), (tip_x, tip_y) in zip(arch, tips, strict=True):
            end_x, end_y = x + (tip_x - x) * share, y + (tip_y - y) * share
            b.limb(
                [(side * x, y, 0.08), (side * (x + end_x) / 2, (y + end_y) / 2, 0.105), (side * end_x, end_y, 0.03)],
                "#e0dcd4", shade=shade,
            )  # fmt: skip
            shade -= 0.012
    b.limb(
        [(side * 0.06, 0.68, 0.1), (side * 0.2, 0.86, 0.12), (side * 0.4, 1.02, 0.1), (side * 0.6, 0.96, 0.04)],
        "#e0dcd4",
    )  # fmt: skip


def angel(b: Brush) -> None:
    skin, hair = _looks(b)
    robe = "*#ddd6c8"
    b.halo(0.0, 0.8, 0.6, "#fff1c4", 0.45)
    for side in (-1, 1):
        _angel_wing(b, side)
    head = Head(b, 0.848, 0.128)
    _hair_behind(head, "wavy", hair)
    _neck(head, skin)
    b.curve(
        [(-0.11, 0.77), (-0.05, 0.82), (0.05, 0.82), (0.11, 0.77), (0.08, 0.6), (0.13, 0.32), (0.2, 0.03),
         (0.06, 0.0), (-0.06, 0.0), (-0.2, 0.03), (-0.13, 0.32), (-0.08, 0.6)], robe,
    )  # fmt: skip
    for x in (-0.06, 0.03):
        b.curve([(x, 0.52), (x + 0.02, 0.52), (x * 1.7 + 0.03, 0.03), (x * 1.7 - 0.01, 0.03)], robe, shade=0.87)
    b.limb([(-0.08, 0.61, 0.024), (0.0, 0.6, 0.024), (0.08, 0.61, 0.024)], "#d9b25a")
    for side in (-1, 1):
        b.limb(
            [(side * 0.095, 0.765, 0.075), (side * 0.13, 0.64, 0.085), (side * 0.035, 0.665, 0.05)], robe,
            shade=0.9 if side < 0 else 1.0,
        )  # fmt: skip
    b.limb([(0.0, 0.65, 0.034), (0.006, 0.7, 0.03), (0.01, 0.735, 0.012)], skin.split()[0])
    _face(head, skin)
    _hair_before(head, "wavy", hair)
    turn = np.linspace(0, 2 * np.pi, 40)
    ring: Floats = np.stack([np.cos(turn) * 0.085, np.sin(turn) * 0.02], -1)
    rim: Floats = np.concatenate([ring, ring[::-1] * 0.78])
    b.bright(rim + np.array([0.0, 1.045]), "#ffe08a")


JACKETS = ("*#2f3a4a #3a3236", "*#8f3a38 #2b2c36", "*#c9963c #35405a", "*#4a5a4a #2f2a2c")


def musician(b: Brush) -> None:
    (skin, hair), style = _looks(b), b.chance.pick(("short", "curly", "wavy"))
    coat, trousers = b.chance.pick(JACKETS).split()
    light = skin.split()[0]
    head = Head(b, 0.85, 0.13)
    _hair_behind(head, style, hair)
    b.limb([(-0.045, 0.5, 0.1), (-0.08, 0.28, 0.074), (-0.1, 0.05, 0.052)], trousers, shade=0.85)
    b.limb([(0.045, 0.5, 0.1), (0.07, 0.27, 0.074), (0.08, 0.05, 0.052)], trousers)
    _shoe(b, -0.1, INK)
    _shoe(b, 0.08, INK)
    _neck(head, skin)
    b.curve(
        [(-0.13, 0.77), (-0.1, 0.81), (-0.04, 0.832), (0.04, 0.832), (0.1, 0.81), (0.13, 0.77), (0.1, 0.62),
         (0.11, 0.46), (-0.11, 0.46), (-0.1, 0.62)], coat,
    )  # fmt: skip
    b.curve([(-0.04, 0.83), (-0.03, 0.7), (0.0, 0.64), (0.035, 0.7), (0.045, 0.83)], "#dcd2c0")
    b.limb([(0.105, 0.775, 0.075), (0.2, 0.66, 0.06), (0.27, 0.7, 0.048)], coat, shade=0.86)
    b.limb([(-0.1, 0.79, 0.014), (0.0, 0.66, 0.014), (0.09, 0.58, 0.014)], "#4a3226")
    _guitar(b)
    b.oval(0.285, 0.708, 0.03, 0.028, light)
    b.limb([(-0.105, 0.775, 0.078), (-0.19, 0.63, 0.064), (-0.07, 0.57, 0.05)], coat, shade=0.93)
    b.oval(-0.04, 0.56, 0.036, 0.026, light, turn=-0.3)
    _face(head, skin)
    _hair_before(head, style, hair)


def _guitar(b: Brush) -> None:
    wood = b.chance.pick(("#b5743a", "#8a4a2a", "#d9a45a"))

    def along(points: Points, at: tuple[float, float] = (-0.03, 0.53), turn: float = 0.5) -> Floats:
        cos, sin = float(np.cos(turn)), float(np.sin(turn))
        return np.array([(at[0] + x * cos - y * sin, at[1] + x * sin + y * cos) for x, y in points])

    b.shape(along([(0.1, -0.014), (0.1, 0.014), (0.44, 0.012), (0.44, -0.012)]), "#4a3226")
    b.shape(along([(0.43, -0.02), (0.43, 0.02), (0.52, 0.024), (0.52, -0.024)]), "#3a2620")
    b.curve(
        along([(-0.16, 0.0), (-0.12, 0.1), (-0.02, 0.1), (0.04, 0.065), (0.1, 0.08), (0.15, 0.05), (0.155, 0.0),
          (0.15, -0.05), (0.1, -0.08), (0.04, -0.065), (-0.02, -0.1), (-0.12, -0.1)]), wood,
    )  # fmt: skip
    b.curve(along([(0.085, 0.0), (0.05, 0.032), (0.015, 0.0), (0.05, -0.032)]), "#3a2620")
    b.shape(along([(-0.1, -0.04), (-0.1, 0.04), (-0.085, 0.04), (-0.085, -0.04)]), "#3a2620")
    b.shape(along([(-0.09, -0.004), (-0.09, 0.004), (0.44, 0.004), (0.44, -0.004)]), "#efe0c0")


ROWS = {
    "person": Subject(
        person,
        "person man human figure people somebody guy fellow wanderer hiker traveller traveler pilgrim walker "
        "stranger gentleman father grandfather old-man farmer fisherman sailor shepherd detective explorer hero "
        "king prince mensch mann leute personne homme gens voyageur persona hombre gente viajero 🧍 🚶 👤 👨 🧑 人 男",
        "a person or a man, standing",
        height=0.24, scenes=("mountains", "street", "meadow"), roundness=0.8,
    ),
    "woman": Subject(
        woman,
        "woman girl lady female mother grandmother sister queen princess bride young-woman old-woman muse frau "
        "mädchen dame königin prinzessin femme fille reine princesse mujer chica niña reina princesa donna ragazza "
        "👩 👧 👸 💁 👵 女",
        "a woman in a dress",
        height=0.24, scenes=("meadow", "coast", "garden"), roundness=0.8,
    ),
    "child": Subject(
        child,
        "child kid boy toddler baby little-girl little-boy schoolboy daughter junge enfant garçon bébé niño chico "
        "bebé bambino 🧒 👦 👶 子 孩子",
        "a small child waving",
        height=0.17, scenes=("meadow", "garden", "village"), roundness=0.8,
    ),
    "couple": Subject(
        couple,
        "couple lovers sweethearts newlyweds bride-and-groom husband-and-wife boyfriend girlfriend two-people "
        "liebespaar amoureux amants pareja novios amantes coppia 👫 💑 👩‍❤️‍👨 恋人",
        "two lovers side by side",
        height=0.24, scenes=("coast", "street", "meadow"), roundness=0.8,
    ),
    "dancer": Subject(
        dancer,
        "dancer ballerina ballet dance tänzerin tänzer ballett danseuse danseur bailarina bailarín ballerino 💃 🕺 🩰 "
        "舞",
        "a ballet dancer on one leg",
        height=0.26, scenes=("interior", "lake", "meadow"), roundness=0.8,
    ),
    "wizard": Subject(
        wizard,
        "wizard mage sorcerer magician warlock witch druid enchanter merlin alchemist zauberer magier hexe hexer "
        "sorcier magicien sorcière mago brujo bruja hechicero 🧙 魔法使い 巫师",
        "a wizard with a pointed hat and a staff",
        height=0.27, scenes=("forest", "mountains"), roundness=0.8,
    ),
    "knight": Subject(
        knight,
        "knight warrior soldier crusader paladin gladiator viking armor armour ritter krieger soldat chevalier "
        "guerrier caballero guerrero soldado cavaliere ⚔ 🛡 💂 騎士 骑士",
        "a knight in armour with a shield",
        height=0.26, scenes=("mountains", "meadow", "forest"),
    ),
    "samurai": Subject(
        samurai,
        "samurai ninja ronin shogun bushido katana samouraï samurái 侍 武士 忍者 🥷",
        "a japanese samurai warrior in armour",
        height=0.26, scenes=("mountains", "garden", "forest"), roundness=0.8,
    ),
    "astronaut": Subject(
        astronaut,
        "astronaut cosmonaut spaceman spacewoman space-suit spacesuit astronautin raumfahrer astronaute cosmonaute "
        "astronauta cosmonauta 🧑‍🚀 👨‍🚀 👩‍🚀 宇航员 宇宙飛行士",
        "an astronaut in a space suit",
        where="space", height=0.34, scenes=("space", "planet"),
    ),
    "robot": Subject(
        robot,
        "robot android cyborg droid automaton machine-man bot mech roboter androide robota autómata 🤖 ロボット 机器人",
        "a friendly robot",
        height=0.25, scenes=("street", "skyline", "meadow"), roundness=0.8,
    ),
    "ghost": Subject(
        ghost,
        "ghost spirit phantom spectre specter spook haunt apparition gespenst geist fantôme esprit fantasma "
        "espíritu 👻 幽霊 鬼",
        "a white ghost that floats",
        height=0.24, scenes=("village", "forest"),
    ),
    "mermaid": Subject(
        mermaid,
        "mermaid siren merman nixe meerjungfrau sirène sirena sirenita 🧜 🧜‍♀️ 人魚 美人鱼",
        "a mermaid with a fish tail",
        where="deep", height=0.36, scenes=("underwater", "sea"), roundness=0.8,
    ),
    "angel": Subject(
        angel,
        "angel archangel cherub seraph fairy engel ange fée ángel hada angelo 👼 😇 🧚 天使",
        "an angel with white wings and a halo",
        height=0.28, scenes=("mountains", "meadow"), roundness=0.8,
    ),
    "musician": Subject(
        musician,
        "musician guitarist singer bard busker violinist rockstar minstrel musiker sänger gitarrist musicien "
        "chanteur guitariste músico cantante guitarrista musicista 🧑‍🎤 👨‍🎤 👩‍🎤 🎤 音楽家",
        "a musician who plays the guitar",
        height=0.25, scenes=("street", "village", "interior"), roundness=0.8,
    ),
}  # fmt: skip
