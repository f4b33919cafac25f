"""Skies, and what hangs in them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from services.studio.engines.painter.canvas import Canvas, Pen, blurred, resized
from services.studio.engines.painter.colour import dim, hexed, mix, ramp
from services.studio.engines.painter.maths import Floats, angle, exp, power, smooth
from services.studio.engines.painter.wish import Time

AURORA = (("#54f0a8", 0.5), ("#3fd0d8", 0.42), ("#a66bf0", 0.34))
WHITE = (1.0, 1.0, 1.0)
STARS = 520
SMALLEST_SKY = 24
"""Pixels of sky below which clouds are left out."""
DISCS: dict[Time, tuple[float, float]] = {
    "dawn": (0.05, 0.075), "day": (0.035, 0.05), "dusk": (0.055, 0.085), "night": (0.045, 0.06),
}  # fmt: skip
"""The radius of sun and moon."""


def sky(c: Canvas, horizon: float) -> None:
    """All of the sheet, as if nothing stood before the sky; the ground is painted over it."""
    c.horizon = horizon
    c.px[:] = ramp(c.light.sky, power(np.broadcast_to(c.y / max(horizon, 1), (c.h, 1)), 0.85))
    if (c.light.time == "night" and not is_overcast(c)) or "stars" in c.wish.weather:
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
    asked = any(thing.subject in ("sun", "moon", "crescent") for thing in c.wish.things)
    return not asked and not is_overcast(c) and (c.light.time != "day" or c.is_so(0.6))


def is_overcast(c: Canvas) -> bool:
    """Whether clouds hide sun, moon and stars."""
    return bool(c.wish.weather & {"storm", "rain", "clouds"})


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
    low, high = DISCS[c.light.time]
    radius = c.unit * c.between(low, high)
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
    """Of the kind that suits weather, mood and hour, and leave the sky empty now and then."""
    if horizon < SMALLEST_SKY:
        return
    if c.wish.weather & {"rain", "snow", "storm", "clouds"}:
        overcast(c, horizon)
    elif c.wish.mood in ("dramatic", "gloomy"):
        heaps(c, horizon, c.whole(4, 6), 1.3)
    else:
        CLOUDS[c.pick(USUAL_CLOUDS[c.light.time])](c, horizon)


def overcast(c: Canvas, horizon: float) -> None:
    """A closed cover, its lumps larger overhead than far away, with a lighter strip above the horizon."""
    body = c.noise(2.2, 6, stretch=2.2)
    rows = np.clip(power(c.y[: int(horizon) + 1] / max(horizon, 1), 0.6) * (c.h - 1), 0, c.h - 1).astype(np.int32)[:, 0]
    body = body[rows]
    step = max(1, c.unit // 50)
    rim = np.clip((body - np.pad(body, ((0, step), (0, 0)), "edge")[step:]) * 4 + 0.5, 0, 1)
    open_share = 0.24 if "storm" in c.wish.weather else 0.36
    cover = smooth(open_share, open_share + 0.3, body) * smooth(1.08, 0.6, c.y[: len(body)] / max(horizon, 1)) * 0.9
    dark, _, bright = cloud_colours(c)
    deep = 0.62 if "storm" in c.wish.weather else 0.86
    c.cover(cover, ramp([dim(dark, deep), mix(dark, bright, 0.55)], rim))


def cloud_colours(c: Canvas) -> tuple[Floats, Floats, Floats]:
    """In their own shadow, between, and where sun or moon fall on them."""
    zenith, middle, low = c.light.sky
    if c.light.time == "day":
        return mix(mix(middle, low, 0.35), (0.5, 0.54, 0.66), 0.3), mix(low, WHITE, 0.45), mix(c.light.glow, WHITE, 0.7)
    if c.light.time == "night":
        return mix(zenith, middle, 0.6), mix(middle, low, 0.45), mix(low, c.light.glow, 0.4)
    return mix(middle, zenith, 0.5), mix(middle, low, 0.55), mix(low, c.light.glow, 0.6)


def no_clouds(_c: Canvas, _horizon: float) -> None:
    """An empty sky."""


def cumulus(c: Canvas, horizon: float) -> None:
    heaps(c, horizon, c.whole(2, 4), c.between(0.75, 1.1))


def heaps(c: Canvas, horizon: float, count: int, size: float) -> None:
    """Heaped clouds: each is a pile of balls on a flat base, and the light falls on their swelling."""
    step = max(1, c.unit // 256)
    field = np.zeros((int(horizon) // step + 2, c.w // step + 2), np.float32)
    start = c.between(0, 1)
    for k in range(count):
        near = 1 - (k + c.between(0.1, 0.6)) / count
        middle = (start + k * 0.618) % 1 * 1.1 - 0.05
        base = horizon * (0.86 - 0.52 * near)
        _heap(c, field, step, (middle * c.w, base), c.unit * size * (0.12 + 0.26 * near))
    _light_heaps(c, field, step, horizon)


def _heap(c: Canvas, field: Floats, step: int, place: tuple[float, float], half: float) -> None:
    """Adds one cloud to the field of how far each point swells towards the eye."""
    count = 46
    along = c.rng.uniform(-1, 1, count) * c.rng.uniform(0.55, 1, count)
    tall = c.between(0.32, 0.6)
    lean = c.between(-0.35, 0.35)
    peak = np.clip(1 - np.abs(along - lean) ** 1.5, 0, 1)
    radius = half * (0.06 + 0.2 * peak * c.rng.uniform(0.35, 1, count))
    up = half * tall * peak * c.rng.uniform(0, 1, count) ** 0.8 * (1.2 - 0.6 * radius / radius.max())
    for x, y, r in zip(place[0] + along * half, place[1] - up - radius * 0.15, radius, strict=True):
        _ball(field, step, (float(x), float(y), float(r)), place[1])


def _ball(field: Floats, step: int, ball: tuple[float, float, float], base: float) -> None:
    x, y, r = (each / step for each in ball)
    top, left = max(0, int(y - r)), max(0, int(x - r))
    part = field[top : max(0, int(y + r) + 2), left : max(0, int(x + r) + 2)]
    if not part.size:
        return
    rows = np.arange(part.shape[0], dtype=np.float32)[:, None] + top
    columns = np.arange(part.shape[1], dtype=np.float32) + left
    swell = np.sqrt(np.clip(r * r - (rows - y) ** 2 - (columns - x) ** 2, 0, None)) * step
    np.maximum(part, swell * smooth(base / step + r * 0.2, base / step - r * 0.3, rows), out=part)


def _light_heaps(c: Canvas, field: Floats, step: int, horizon: float) -> None:
    rows = min(c.h, int(horizon) + 1)
    size = (field.shape[1] * step, field.shape[0] * step)
    soft = field + (blurred(field / c.unit * 4, 5) * c.unit / 4 - field) * 0.8
    dy, dx = np.gradient(soft / step)
    toward_x = (c.sun[0] - np.arange(field.shape[1]) * step) / c.unit
    toward_y = (c.sun[1] - np.arange(field.shape[0]) * step)[:, None] / c.unit - 0.45
    far = np.sqrt(toward_x**2 + toward_y**2 + 0.05)
    light = (-(dx * toward_x + dy * toward_y) / far + 0.25) / np.sqrt(1 + dx * dx + dy * dy)
    grain = c.noise(9, 4, keep=0.5)[:rows] - 0.5
    thick = resized(field, size)[:rows, : c.w] / c.unit
    tone = resized(np.asarray(light, np.float32), size)[:rows, : c.w] * 0.62 + 0.45 + grain * 0.26
    cover = smooth(0.006, 0.036, thick + grain * 0.045) * smooth(1.0, 0.72, c.y[:rows] / max(horizon, 1)) * 0.95
    c.cover(cover, ramp(cloud_colours(c), tone))


def streaks(c: Canvas, horizon: float) -> None:
    """Long flat banks above the horizon, their edges glowing where the sun is near."""
    rough = c.noise(5, 5, stretch=5, keep=0.6) - 0.5
    for _ in range(c.whole(3, 5)):
        high = c.between(0.2, 0.88)
        middle = c.between(-0.05, 1.05) * c.w
        for _ in range(c.whole(2, 4)):
            x = middle + c.between(-0.3, 0.3) * c.unit
            y = horizon * high + c.between(-0.03, 0.03) * c.unit * (1.4 - high)
            _bank(c, rough, (x, y), c.unit * c.between(0.12, 0.5), c.unit * c.between(0.012, 0.034) * (1.4 - high))


def _bank(c: Canvas, rough: Floats, place: tuple[float, float], half: float, thick: float) -> None:
    x, y = place
    top, bottom = max(0, int(y - thick * 3)), min(c.h, int(y + thick * 3) + 1)
    across = (c.x - x) / half
    body = np.clip(1 - across * across, 0, 1) * thick
    off = c.y[top:bottom] - y + rough[top:bottom] * thick * 2.2
    edge = np.where(off > 0, off * 2.4, -off) / np.maximum(body, 0.3)
    cover = smooth(1.1, 0.35, edge) * smooth(0.0, 0.5, body / thick) * 0.85
    near_sun = exp(-np.abs(c.x - c.sun[0]) / (c.unit * 0.5))
    below = off if c.sun[1] > y else -off
    tone = np.clip(0.45 + below / thick * 0.55, 0, 1) * (0.4 + 0.6 * near_sun)
    c.cover(cover, ramp(cloud_colours(c), tone), top)


def wisps(c: Canvas, horizon: float) -> None:
    """Feathers of ice high up, all drawn one way."""
    rows = min(c.h, int(horizon) + 1)
    hair, patch = c.noise(2.6, 6, stretch=5, keep=0.62), c.noise(1.1, 2)
    lean = c.between(0.3, 0.9) * c.pick((-1, 1))
    at = np.clip(c.x + (c.y[:rows] - horizon / 2) * lean, -c.w, 2 * c.w - 1).astype(np.int32)
    at = np.where(at < 0, -at - 1, np.where(at >= c.w, 2 * c.w - 1 - at, at))
    hair = np.take_along_axis(hair[:rows], np.clip(at, 0, c.w - 1), 1)
    cover = smooth(0.5, 0.95, hair) * smooth(0.35, 0.75, patch[:rows]) * smooth(0.95, 0.5, c.y[:rows] / max(horizon, 1))
    cover = cover * smooth(0.04, 0.2, c.away(*c.sun, c.unit)[:rows])
    c.cover(cover * 0.75, mix(*cloud_colours(c)[1:], 0.6))


def streaks_and_wisps(c: Canvas, horizon: float) -> None:
    wisps(c, horizon)
    streaks(c, horizon)


CLOUDS: dict[str, Callable[[Canvas, float], None]] = {
    "none": no_clouds,
    "heaps": cumulus,
    "streaks": streaks,
    "wisps": wisps,
    "both": streaks_and_wisps,
}
USUAL_CLOUDS: dict[Time, tuple[str, ...]] = {
    "dawn": ("streaks", "both", "heaps", "wisps"),
    "day": ("heaps", "heaps", "heaps", "wisps"),
    "dusk": ("streaks", "streaks", "both", "heaps"),
    "night": ("none", "streaks", "wisps", "heaps"),
}


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
