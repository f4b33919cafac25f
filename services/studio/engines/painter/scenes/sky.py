"""Skies, and what hangs in them."""

from __future__ import annotations

import numpy as np

from services.studio.engines.painter.canvas import Canvas, Pen
from services.studio.engines.painter.colour import hexed, mix, ramp
from services.studio.engines.painter.maths import Floats, angle, exp, power, smooth

AURORA = (("#54f0a8", 0.5), ("#3fd0d8", 0.42), ("#a66bf0", 0.34))
WHITE = (1.0, 1.0, 1.0)
STARS = 520


def sky(c: Canvas, horizon: float) -> None:
    """All of the sheet, as if nothing stood before the sky; the ground is painted over it."""
    c.horizon = horizon
    c.px[:] = ramp(c.light.sky, power(np.broadcast_to(c.y / max(horizon, 1), (c.h, 1)), 0.85))
    if c.light.time == "night" or "stars" in c.wish.weather:
        stars(c, STARS, horizon)
    if "aurora" in c.wish.weather:
        aurora(c, horizon)
    away = c.away(*c.sun, c.unit)
    c.cover(exp(-away * 2.6) * (0.3 if c.light.time == "night" else 0.62), c.light.glow)
    if shows_sun(c):
        disc(c, away * c.unit)
    if "clear" not in c.wish.weather:
        clouds(c, horizon)
    if "rainbow" in c.wish.weather:
        rainbow(c, horizon)


def shows_sun(c: Canvas) -> bool:
    """Not where the prompt asks for sun or moon itself: those are subjects, and stand where they are wanted."""
    asked = any(thing.subject in ("sun", "moon") for thing in c.wish.things)
    overcast = c.wish.weather & {"storm", "rain", "clouds"}
    return not asked and not overcast and (c.light.time != "day" or c.is_so(0.6))


def stars(c: Canvas, count: int, bottom: float) -> None:
    count = int(count * c.w * bottom / c.unit**2)
    place, size = c.rng.random((count, 2)) * (c.w, bottom), c.rng.random(count) ** 6

    def draw(pen: Pen, scale: float) -> None:
        for (x, y), s in zip(place * scale, size, strict=True):
            r = c.unit * scale * (0.0009 + 0.0019 * s)
            pen.ellipse((x - r, y - r, x + r, y + r), fill=int(120 + 135 * s**0.3))

    fade = np.clip(1.15 - c.y / max(bottom, 1), 0, 1)
    c.cover(c.sketch(draw, scale=3) * fade, mix(c.light.glow, WHITE, 0.5))


def aurora(c: Canvas, horizon: float) -> None:
    for colour, reach in AURORA:
        foot = horizon * (c.between(0.42, 0.62) - 0.3 * (c.curve(1.2, 3) - 0.5))
        up = (foot - c.y) / (reach * horizon)
        rays = 0.35 + 0.65 * c.curve(14, 3, 0.7) * c.curve(2, 2)
        veil = smooth(-0.06, 0.05, up) * exp(-np.clip(up, 0, None) * 2.4) * rays
        c.cover(0.75 * veil, hexed(colour))


def disc(c: Canvas, away: Floats) -> None:
    night = c.light.time == "night"
    radius = c.unit * (0.055 if night else c.between(0.05, 0.085))
    face = np.clip(radius - away + 0.5, 0, 1)
    if night:
        face = face * (0.86 + 0.14 * smooth(0.35, 0.6, c.noise(14, 3)))
        face = face * (crescent(c, radius) if c.is_so(0.33) else 1)
    c.cover(exp(-np.clip(away / radius - 1, 0, None) * 1.1) * 0.4, c.light.glow)
    c.cover(face, mix(c.light.glow, (1, 1, 0.97), 0.55))


def crescent(c: Canvas, radius: float) -> Floats:
    bite = c.away(c.sun[0] + radius * 0.55, c.sun[1] - radius * 0.25)
    return np.asarray(np.clip(bite - radius * 0.95 + 0.5, 0, 1))


def clouds(c: Canvas, horizon: float) -> None:
    heavy = 0.14 if c.wish.weather & {"rain", "snow", "storm", "clouds"} else c.between(-0.12, 0.04)
    body = c.noise(2.4, 6, stretch=2.4)
    step = max(1, c.unit // 60)
    rim = np.clip((body - np.pad(body, ((0, step), (0, 0)), "edge")[step:]) * 5 + 0.45, 0, 1)
    cover = smooth(0.52 - heavy, 0.86 - heavy, body) * smooth(1.05, 0.55, c.y / max(horizon, 1)) * 0.8
    zenith, middle, low = c.light.sky
    bright = mix(low, c.light.glow, 0.6) if c.light.time != "night" else mix(low, middle, 0.3)
    c.cover(cover, ramp([mix(middle, zenith, 0.35), bright], rim))


def rainbow(c: Canvas, horizon: float) -> None:
    """Opposite to the sun."""
    middle = c.w * (1 - c.light.sun[0])
    away = c.away(middle, horizon * 1.25, c.unit * 0.62)
    share = (away - 0.9) / 0.13
    band = smooth(0.0, 0.25, share) * smooth(1.0, 0.75, share)
    colours = [hexed(each) for each in ("#7a4fd0", "#3f7fe0", "#45c06a", "#f2d84b", "#f08a3c", "#e0484a")]
    c.cover(band * smooth(horizon * 1.02, horizon * 0.8, c.y) * 0.5, ramp(colours, np.clip(share, 0, 1)))


def beams(c: Canvas) -> None:
    """Rays of light that fan out from the sun."""
    below = c.y - c.sun[1] + c.unit * 0.3
    turn = angle(c.x - c.sun[0], np.maximum(below, 1))
    fan = smooth(0.45, 0.9, c.curve(5, 3, 0.6)) * smooth(0, c.w * 0.1, np.minimum(c.x, c.w - c.x))
    at = np.clip((turn + 1.4) / 2.8 * (c.w - 1), 0, c.w - 1).astype(np.int32)
    strength = fan[at] * smooth(0.0, 0.3, below / c.unit)
    fade = exp(-c.away(*c.sun, c.unit) * 1.7)
    c.cover(strength * fade * (0.12 if c.light.time == "night" else 0.42), c.light.glow)
