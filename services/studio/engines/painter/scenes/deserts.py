"""Dunes and volcanoes."""

from __future__ import annotations

import numpy as np

from services.studio.engines.painter.canvas import Canvas, Ground, Pen, blurred, resized
from services.studio.engines.painter.colour import hexed, hexes, mix, ramp
from services.studio.engines.painter.maths import Floats, exp, power, sin, smooth
from services.studio.engines.painter.scenes.coast import TROPICS, palm_trees
from services.studio.engines.painter.scenes.land import (
    Earth,
    calmed,
    earth,
    hump,
    land,
    rocks,
    spruces,
    water,
)
from services.studio.engines.painter.scenes.scene import Scene
from services.studio.engines.painter.scenes.sky import sky

SANDS = ("#efbe7c #9a5a45", "#f3c99a #a5665a", "#e2a465 #7c4740")
CLAYS = ("#d98a58 #7a3b38", "#c9785a #6a3444", "#e0a070 #8a4a44")
ASHES = ("#8a7c7a #2f2a35", "#7d7480 #2a2836", "#96806f #352a2e")
LAVA = "#5a0f10 #d8341c #ff9a2e #fff0b0"


def desert(c: Canvas) -> Ground:
    return dunes(c) if c.wish.water else c.pick((dunes, dunes, mesas))(c)


def dunes(c: Canvas) -> Ground:
    """Waves of sand with sharp crests."""
    horizon = c.h * c.between(0.48, 0.58)
    sky(c, horizon)
    sand = earth(c, SANDS, follows_seasons=False)
    land(c, horizon - c.unit * 0.05 * c.curve(2, 5, 0.5, sharp=True), 0.95, sand, surface="rock")
    for k, far in enumerate((0.72, 0.5, 0.26)):
        top = horizon + c.unit * (0.02 + 0.07 * k) - c.unit * (0.1 + 0.06 * k) * (c.curve(0.75, 2, 0.3) - 0.4)
        dune(c, np.asarray(top, np.float32), far, sand)
    rise = smooth(0, 1, hump(c, c.w * (1 - c.spot), c.unit * 0.95))
    top = c.h - c.unit * (0.16 + 0.16 * rise + 0.04 * c.curve(0.7, 2))
    top = np.asarray(np.maximum(top, horizon + c.unit * 0.12), np.float32)
    dune(c, top, 0.0, sand)
    level = oasis(c, horizon, sand) if c.wish.water else None
    return Ground(np.asarray(top + c.unit * 0.02, np.float32), horizon, level, spot=c.spot)


def oasis(c: Canvas, horizon: float, sand: Earth) -> float:
    """A pool among the dunes, palms and grass round it."""
    green = earth(c, TROPICS)
    level = horizon + (c.h - horizon) * 0.36
    dry = c.px.copy()
    water(c, level, sand.shade, glitter=0.5)
    wet, c.px = c.px, dry
    x, y, half, high = c.w * (1 - c.spot), level + (c.h - level) * 0.26, c.unit * 0.3, (c.h - level) * 0.2
    ragged = (c.noise(9, 5, stretch=2.5, keep=0.6) - 0.5) * 0.5
    away = np.sqrt(((c.x - x) / half) ** 2 + ((c.y - y) / high) ** 2) + ragged
    c.cover(smooth(1.36, 1.2, away) * 0.9, ramp([green.lit, mix(green.shade, green.lit, 0.3)], smooth(1.4, 1.0, away)))
    c.px += (wet - c.px) * smooth(1.02, 0.96, away)[..., None]
    backs = [(x + half * at, y - high * 0.85, c.unit * c.between(0.2, 0.3)) for at in (-0.75, -0.5, 0.15, 0.55)]
    sides = [(x + half * at, y + high * 0.35, c.unit * c.between(0.26, 0.38)) for at in (-1.12, 1.08)]
    palm_trees(c, backs + sides, green)
    return float(level)


def dune(c: Canvas, top: Floats, far: float, sand: Earth) -> None:
    """A crest winds down from its height and parts a bright flank from a dark one, both combed by the wind."""
    first = max(0, int(top.min()) - 1)
    depth = c.y[first:] - top
    down = np.clip(depth, 0, None) / c.unit
    lean = c.between(0.7, 1.6) * c.pick((-1, 1))
    sway = sin(down * 9 + c.between(0, 6)) * down * c.unit * 0.3
    at = np.clip(c.x + sway + depth * lean, 0, c.w - 1).astype(np.int32)
    tilt = (np.gradient(calmed(top, max(2, c.unit // 40))) * c.light.side * 7).astype(np.float32)
    lit = smooth(-0.16, 0.16, tilt[at]) * smooth(0.75, 0.0, down) * 0.85 + 0.1
    comb = sin(down * (110 + 70 * far) + c.noise(2.2, 2)[first:] * 22 + c.x / c.unit * 9) * 0.035 * (1 - far)
    crest = exp(-down / 0.007) * 0.25
    tones = [mix(tone, c.light.mist, far * 0.8) for tone in (sand.shade, sand.lit, mix(sand.lit, c.light.glow, 0.6))]
    c.cover(np.clip(depth + 0.5, 0, 1), ramp(tones, (lit + comb + crest) * 0.72), first)


def mesas(c: Canvas) -> Ground:
    """Table mountains and needles of red rock in a plain."""
    horizon = c.h * c.between(0.52, 0.6)
    sky(c, horizon)
    clay = earth(c, CLAYS, follows_seasons=False)
    for far, tall, count in ((0.82, 0.12, 4), (0.6, 0.22, 2), (0.38, 0.3, 1)):
        line = np.full(c.w, horizon + c.unit * (0.08 * (0.9 - far) + 0.01), np.float32)
        foot = line + c.unit * 0.012
        for k in range(int(count * max(1.0, c.w / c.unit))):
            place = c.w * (c.between(0, 1) if far > 0.7 else 1 - c.spot + (k - 0.5) * 0.42 * c.between(0.6, 1.0))
            line = np.minimum(line, _butte(c, foot, place, c.unit * tall * c.between(0.7, 1.1)))
        line = np.asarray(line - c.unit * 0.006 * c.curve(9, 4, 0.6, sharp=True), np.float32)
        strata(c, land(c, line, far, clay, surface="cliff", fog=0.5), foot, far, clay)
        plain = np.asarray(foot - c.unit * 0.008 * c.curve(2, 4), np.float32)
        land(c, plain, far - 0.1, clay, fog=0.6)
    line = np.asarray(c.h - c.unit * (0.17 + 0.05 * c.curve(0.9, 3)), np.float32)
    dune(c, np.asarray(line - c.unit * 0.09 - c.unit * 0.03 * c.curve(1, 2), np.float32), 0.3, clay)
    land(c, line, 0.04, clay, fog=0.1)
    scrub(c, line, clay)
    return Ground(np.asarray(line + c.unit * 0.03, np.float32), horizon, spot=c.spot)


def _butte(c: Canvas, foot: Floats, at: float, tall: float) -> Floats:
    """A steep tower on a skirt of rubble."""
    half = tall * c.between(0.22, 0.75)
    off = np.abs(c.x - at)
    wall = smooth(half * 1.08, half * 0.94, off + c.unit * 0.008 * c.curve(12, 3, sharp=True))
    skirt = power(1 - (off - half) / (tall * 0.7), 1.6)
    return np.asarray(foot - tall * np.maximum(wall * (0.97 + 0.03 * c.curve(6, 2)), skirt * 0.42), np.float32)


def strata(c: Canvas, line: Floats, foot: Floats, far: float, clay: Earth) -> None:
    """Bands of darker and paler stone, level all through."""
    first = max(0, int(line.min()))
    last = min(c.h, int(foot.max()) + 1)
    if last <= first:
        return
    y = c.y[first:last] + c.unit * 0.006 * c.curve(3, 3)
    bands = c.rng.random(64).astype(np.float32)
    tone = bands[np.clip(((y - first) / c.unit * 90), 0, 63).astype(np.int32)]
    inside = np.clip(y - line, 0, 1) * np.clip(foot - y, 0, 1)
    c.cover(inside * 0.3 * (1 - far * 0.6), ramp([clay.shade, mix(clay.lit, c.light.mist, 0.3)], tone), first)


def scrub(c: Canvas, line: Floats, clay: Earth) -> None:
    """Low dry bushes, larger the nearer."""
    spots, sizes = [], []
    for _ in range(int(26 * c.w / c.unit)):
        x, share = c.between(0, c.w - 1), c.between(0, 1) ** 1.3
        y = float(line[int(x)]) + (c.h - float(line[int(x)])) * share
        r = c.unit * (0.006 + 0.016 * share)
        spots.append(np.array((x, y)) + c.rng.normal(0, 1, (14, 2)) * (r * 0.9, r * 0.45))
        sizes.append(np.full(14, r * 0.42))
    places, radii = np.concatenate(spots), np.concatenate(sizes)
    bush = Earth(c.light.on(hexed("#a3a468")), c.light.on(hexed("#4a4a3c")))
    for up, tone, r in ((0.0, 0.1, 1.0), (0.35, 0.65, 0.6)):
        mask = c.sketch(_bushes, places - np.stack([0 * radii, radii * up], -1), radii * r)
        c.cover(mask, mix(mix(bush.shade, bush.lit, tone), clay.lit, 0.15))


def _bushes(pen: Pen, s: float, places: Floats, radii: Floats) -> None:
    for (x, y), r in zip(places * s, radii * s, strict=True):
        pen.ellipse((x - r, y - r * 0.8, x + r, y + r * 0.8), fill=255)


def volcano(c: Canvas) -> Ground:
    """A burning mountain: a plume over its crater, lava down its side."""
    horizon = c.h * c.between(0.6, 0.68)
    sky(c, horizon)
    ash = earth(c, ASHES, follows_seasons="snow" in c.wish.weather)
    at = c.w * (0.5 + (c.spot - 0.5) * 0.5)
    peak = horizon - min(c.unit * c.between(0.32, 0.4), horizon * 0.62)
    mouth = c.unit * c.between(0.035, 0.055)
    rise = 0.5 * c.curve(1.2, 2) + 0.5 * c.curve(2.6, 5, 0.5, sharp=True)
    land(c, horizon + c.unit * (0.03 - 0.13 * rise), 0.85, ash, surface="rock")
    plume(c, at, peak)
    line = _cone(c, at, peak, mouth, horizon)
    land(c, line, 0.3, ash, surface="rock", fog=0.5)
    lava(c, line, at, peak, mouth, horizon)
    level = None
    foot = np.asarray(horizon + c.unit * (0.1 - 0.1 * c.curve(1.4, 4)), np.float32)
    spruces(c, foot, 0.4, 0.06, 90, ash)
    land(c, foot, 0.25, ash, fog=0.3)
    if c.wish.water or c.is_so(0.35):
        level = water(c, horizon + c.unit * 0.1, ash.shade)
    near = np.asarray(c.h - c.unit * (0.13 + 0.07 * c.curve(1.1, 4)), np.float32)
    spruces(c, np.where(np.abs(c.x / c.w - c.spot) * c.w / c.unit > 0.3, near, c.h * 3), 0.08, 0.2, 16, ash)
    land(c, near, 0.05, ash, fog=0.0)
    stones = [(c.between(0, 1) * c.w, c.h * c.between(0.93, 1.0), c.unit * c.between(0.02, 0.06)) for _ in range(6)]
    rocks(c, sorted(stones, key=lambda stone: stone[1]), ash)
    return Ground(np.asarray(near + c.unit * 0.02, np.float32), horizon, level, spot=c.spot)


def _cone(c: Canvas, at: float, peak: float, mouth: float, horizon: float) -> Floats:
    off = np.maximum(np.abs(c.x - at) - mouth, 0) / c.unit
    tall = horizon + c.unit * 0.08 - peak
    flank = tall * exp(-off * c.between(3.6, 4.6))
    dent = c.unit * 0.022 * np.sqrt(np.clip(1 - np.abs(c.x - at) / max(mouth, 1), 0, 1))
    rough = c.unit * 0.02 * (c.curve(6, 5, 0.55, sharp=True) - 0.5)
    return np.asarray(horizon + c.unit * 0.08 - flank + dent + rough * np.minimum(1, off * 8), np.float32)


def plume(c: Canvas, at: float, peak: float) -> None:
    """Smoke that leans with the wind, lit from below by the fire."""
    lean = -c.light.side * c.between(0.25, 0.7)
    step = max(1, c.unit // 256)
    rows, columns = np.arange(0, c.h, step, dtype=np.float32)[:, None], np.arange(0, c.w, step, dtype=np.float32)
    swell = np.zeros((len(rows), len(columns)), np.float32)
    for k in range(44):
        t = k / 44
        r = c.unit * (0.03 + 0.13 * t) * c.between(0.7, 1.1)
        x = at + lean * c.unit * 0.5 * t**1.4 + c.between(-1, 1) * r * 0.75
        y = peak - peak * 1.05 * t**0.9 + c.between(-1, 1) * r * 0.3
        ball = np.sqrt(np.clip(r * r - (rows - y) ** 2 - (columns - x) ** 2, 0, None))
        swell = np.maximum(swell, ball)
    soft = blurred(swell / c.unit * 4, 2.5) * (c.unit / 4)
    dy, dx = np.gradient(soft / step)
    light = (-dx * c.light.side * 0.7 + dy * -0.5 * -1 + 0.2) / np.sqrt(1 + dx * dx + dy * dy)
    _lay_plume(c, soft, np.asarray(light, np.float32), at, peak)


def _lay_plume(c: Canvas, soft: Floats, light: Floats, at: float, peak: float) -> None:
    grain = c.noise(8, 5, keep=0.6) - 0.5
    thick = resized(soft, (c.w, c.h)) / c.unit
    tone = resized(light, (c.w, c.h)) * 0.6 + 0.4 + grain * 0.45
    smoke = (
        c.light.on(hexed("#5c5560")),
        c.light.on(hexed("#8d838a")),
        mix(c.light.on(hexed("#cfc4bd")), c.light.glow, 0.2),
    )
    cover = smooth(0.008, 0.05, thick + grain * 0.05) * 0.95
    c.cover(cover, ramp(smoke, tone))
    fire = exp(-c.away(at, peak, c.unit * 0.11)) * cover * smooth(0.75, 0.15, tone)
    c.cover(np.clip(fire * (1.5 if c.light.is_dark else 0.9), 0, 0.9), ramp(hexes(LAVA)[1:3], fire * 1.6))


def lava(c: Canvas, line: Floats, at: float, peak: float, mouth: float, horizon: float) -> None:
    """Glowing streams that fork on the way down, and the glare over the crater."""
    streams = [c.between(-0.5, 0.5) for _ in range(c.whole(2, 3))]

    def draw(pen: Pen, s: float) -> None:
        for start in streams:
            t = np.linspace(0, 1, 40)
            reach = c.between(0.55, 0.95)
            x = at + mouth * start * 1.6 + c.unit * start * 0.75 * t**1.3
            x = x + np.cumsum(c.rng.normal(0, c.unit * 0.0035, 40))
            y = peak + c.unit * 0.02 + (horizon + c.unit * 0.05 - peak) * reach * t
            y = np.maximum(y, line[np.clip(x, 0, c.w - 1).astype(int)])
            wide = c.unit * (0.011 * (1 - t) ** 0.6 + 0.002)
            edge = [*zip(x - wide, y, strict=True), *reversed([*zip(x + wide, y, strict=True)])]
            pen.polygon([(float(a * s), float(b * s)) for a, b in edge], fill=255)

    core = c.sketch(draw)
    glow = blurred(core, c.unit * 0.018)
    _, red, orange, pale = hexes(LAVA)
    strength = 1.0 if c.light.is_dark else 0.75
    c.shine(np.clip(glow * 1.1, 0, 0.8) * strength, red)
    c.cover(np.clip(core * 0.95, 0, 1), orange)
    c.cover(smooth(0.5, 1.0, blurred(core, c.unit * 0.003)) * 0.7, pale)
    c.shine(exp(-c.away(at, peak, c.unit * 0.09)) * 0.8 * strength, orange)


ROWS = {
    "desert": Scene(
        desert,
        "desert dune sahara sand oasis gobi canyon mesa wadi badland outback wüste düne oase sanddüne "
        "désert sable désertique desierto duna 🏜 🐪 🌵 沙 漠",
        "a hot desert with sand dunes or red rock",
        company=("camel", "cactus", "pyramid", "person"),
    ),
    "volcano": Scene(
        volcano,
        "volcano lava eruption crater magma volcanic erupting vulkan ausbruch krater vulkanausbruch "
        "volcan éruption cratère volcán erupción cráter 🌋 火",
        "an erupting volcano with lava and smoke",
        company=("dragon", "bird"),
    ),
}
