"""The last touch of colour: a picture graded for the palette and the mood that the prompt asks for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from services.studio.engines.painter.canvas import Canvas, blurred
from services.studio.engines.painter.colour import grey, hexed, hexes, ramp, tint
from services.studio.engines.painter.maths import Floats, power, smooth
from services.studio.engines.painter.wish import Mood, Palette


@dataclass(frozen=True)
class Grade:
    """What is done to all colours. 0 leaves them alone, except for `colour`."""

    tones: str = ""
    """Colours of the shadows, the middle and the lights."""
    pull: float = 0.0
    """How far everything goes towards its tone."""
    colour: float = 1.0
    """How colourful it stays."""
    contrast: float = 0.0
    lift: float = 0.0
    """Lighter above 0, darker below."""
    bloom: float = 0.0
    """How much the lights spread."""
    edges: float = 0.0
    """How much darker it gets towards the corners."""


PALETTES: dict[Palette, Grade] = {
    "warm": Grade("#4f2028 #d98a52 #ffe4b4", 0.26, 1.2, lift=0.01),
    "cool": Grade("#10285a #4f93cc #e0f3ff", 0.36, 1.08, contrast=0.06),
    "pastel": Grade("#b09ad0 #f6c6cc #fff8ee", 0.08, 1.5, contrast=-0.1, lift=0.34),
    "vivid": Grade(colour=1.42, contrast=0.22),
    "earthy": Grade("#33261e #9a7a54 #f0e2c6", 0.36, 0.72, contrast=0.05),
    "monochrome": Grade("#14161c #7d8087 #f7f5f0", 0.96, 0.0, contrast=0.16),
    "neon": Grade("#14064a #c42eb0 #7df6ff", 0.32, 1.45, contrast=0.32, bloom=0.4),
    "golden": Grade("#4a260c #e0a040 #ffedb4", 0.36, 1.2, contrast=0.1, bloom=0.2),
}
MOODS: dict[Mood, Grade] = {
    "calm": Grade("#3c4a60 #9db0b4 #fbf6ea", 0.1, 0.9, contrast=-0.1, lift=0.015),
    "joyful": Grade("#5a3a50 #f0a878 #fff6d8", 0.07, 1.18, contrast=0.06, lift=0.035),
    "gloomy": Grade("#161c26 #5f6a76 #c4cad0", 0.3, 0.6, contrast=0.05, lift=-0.06, edges=0.25),
    "dreamy": Grade("#4f4290 #d8a0d0 #fff0f4", 0.22, 1.12, contrast=-0.16, lift=0.04, bloom=0.6),
    "mysterious": Grade("#06182e #2f7288 #cfeee0", 0.32, 0.96, contrast=0.12, lift=-0.06, bloom=0.2, edges=0.4),
    "dramatic": Grade("#120e1c #9a6a5a #ffe6c0", 0.1, 1.08, contrast=0.42, lift=-0.02, edges=0.35),
}


def apply(c: Canvas) -> None:
    if c.wish.palette:
        grade(c, PALETTES[c.wish.palette], hue=c.wish.hues[0] if c.wish.hues else "")
    if c.wish.mood:
        grade(c, MOODS[c.wish.mood])


def grade(c: Canvas, look: Grade, hue: str = "") -> None:
    """In place. A `hue` tones a picture that keeps no colours of its own."""
    px = np.clip(c.px, 0, 1)
    bright = grey(px)
    if look.colour != 1:
        px = bright[..., None] + (px - bright[..., None]) * np.float32(look.colour)
    if look.pull:
        px += (ramp(_tones(look, hue), bright) - px) * np.float32(look.pull)
    px = np.clip(px, 0, 1)
    if look.contrast:
        px += (smooth(0, 1, px) - px) * np.float32(look.contrast)
    if look.lift:
        px += np.float32(look.lift) * (1 - px if look.lift > 0 else px)
    if look.bloom:
        px = _bloomed(c, px, look.bloom)
    if look.edges:
        px *= 1 - power(c.outward(), 1.2)[..., None] * np.float32(look.edges)
    c.px = np.asarray(px, np.float32)


def _tones(look: Grade, hue: str) -> Floats:
    tones = hexes(look.tones)
    if hue and not look.colour:
        tones[1] = tint(tones[1], hue, 0.8)
        tones[0] = tint(tones[0], hue, 0.45)
        tones[2] = hexed("#fbf7f0")
    return tones


def _bloomed(c: Canvas, px: Floats, strength: float) -> Floats:
    lights = blurred(np.clip(px * 1.5 - 0.5, 0, 1), c.unit * 0.025)
    return np.asarray(px + lights * np.float32(strength) * (1 - px))
