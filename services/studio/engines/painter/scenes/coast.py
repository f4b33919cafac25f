"""Open sea, shores and islands."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from services.studio.engines.painter.canvas import Canvas, Ground, Pen
from services.studio.engines.painter.colour import dim, hexed, mix, ramp
from services.studio.engines.painter.maths import Floats, power, smooth
from services.studio.engines.painter.scenes.land import (
    Earth,
    dots,
    earth,
    foam,
    hump,
    land,
    lay,
    rocks,
    spruces,
    things_stand,
    turf,
    water,
)
from services.studio.engines.painter.scenes.scene import Scene
from services.studio.engines.painter.scenes.sky import sky

ROCKS = ("#a39a88 #43495a", "#b39a80 #51465a", "#c9bda6 #5a6478")
SANDS = ("#f2dcb0 #b8936a", "#efd3a8 #a5826e", "#f6e6c8 #b59f86")
GREENS = ("#9db765 #35604a", "#b2b866 #4a6a48")
LOOKOUTS = ("lighthouse", "castle", "tower", "church", "temple")
TROPICS = ("#86b84e #1f6a4e", "#6fae5a #175a50")


def sea(c: Canvas) -> Ground:
    horizon = c.h * c.between(0.44, 0.6)
    sky(c, horizon)
    rock = earth(c, ROCKS)
    if c.is_so(0.55):
        far_land(c, horizon, rock, c.between(0.06, 0.15))
    level = water(c, horizon, rock.shade)
    swell(c, level)
    if things_stand(c):
        return Ground(headland(c, horizon, rock, 0.95), horizon, level, spot=inland(c))
    return Ground(np.full(c.w, c.h * 0.84, np.float32), horizon, level, spot=c.spot)


def far_land(c: Canvas, horizon: float, rock: Earth, tall: float) -> None:
    """Low land on the horizon, away from the sun's path."""
    isle = c.curve(1.6, 5, 0.5, sharp=True) - 0.4 - 0.6 * hump(c, c.sun[0], c.unit * 0.5, 0.6)
    land(c, horizon - c.unit * tall * np.clip(isle, -0.02, None), 0.75, rock, surface="rock", foot=horizon + 3)


def swell(c: Canvas, level: float) -> None:
    """Waves that come nearer, higher when it storms, with foam on some crests."""
    rough = 1.0 if c.wish.weather & {"storm"} or c.wish.mood == "dramatic" else 0.3 if "rain" in c.wish.weather else 0.0
    if not rough:
        return
    deep = mix(c.light.sky[0], c.light.sky[1], 0.25)
    for k in range(5):
        near = (k + 0.6) / 5
        base = level + (c.h - level) * near**1.3
        tall = c.unit * (0.02 + 0.08 * near) * rough
        crest = base - tall * (c.curve(2.6 - 1.2 * near, 3, 0.4) - 0.3)
        first = max(0, int(crest.min()) - 1)
        down = c.y[first:] - crest
        tone = smooth(tall * 1.6, 0.0, down) * (0.55 + 0.3 * near)
        body = ramp([dim(deep, 0.8), mix(deep, c.light.sky[2], 0.5)], tone)
        c.cover(smooth(-0.5, 0.5, down) * smooth(tall * 3.2, tall * 0.8, down) * 0.75, body, first)
        foam(c, np.asarray(crest + tall * 0.06, np.float32), 0.004 + 0.01 * near * rough, 0.65)


def inland(c: Canvas) -> float:
    """Where to stand on a headland that comes in from the side away from the sun."""
    return float(np.clip(c.spot - 0.1 * c.light.side, 0.14, 0.86))


def headland(c: Canvas, horizon: float, rock: Earth, high: float) -> Floats:
    """A cliff from the side away from the sun to a little beyond `inland`, as high as the horizon where `high` is 1."""
    inward = (c.spot - c.x / c.w) * c.light.side
    bulk = smooth(-0.2, -0.05, inward + 0.05 * (c.curve(3, 4) - 0.5))
    rough = 0.035 * c.curve(4, 5, 0.55, sharp=True) - 0.03 * np.clip(inward, 0, 1)
    top = c.h + 4 - (c.h - horizon + c.unit * 0.02) * high * bulk - c.unit * rough * bulk
    line = land(c, top, 0.05, rock, surface="cliff", fog=0.2)
    grassy(c, line)
    return line


def grassy(c: Canvas, line: Floats) -> None:
    """Turf on the flat part of a cliff's top."""
    green, flat = earth(c, GREENS), np.abs(np.gradient(line)) < 0.55
    first = max(0, int(line.min()) - 1)
    depth = (c.y[first:] - line) / c.unit
    ragged = c.noise(16, 4)[first:] - 0.5
    cap = smooth(0.034, 0.026, depth + ragged * 0.045) * smooth(-0.5, 0.5, depth * c.unit) * flat
    lay(c, np.asarray(cap, np.float32), ramp([green.shade, green.lit], smooth(0.04, 0.0, depth + ragged * 0.03)), first)


def coast(c: Canvas) -> Ground:
    """Cliffs for whatever looks out over the sea, otherwise whichever chance has it."""
    looks_out = any(thing.subject in LOOKOUTS for thing in c.wish.things)
    return c.pick((cliffs, cliffs, beach) if looks_out else (cliffs, beach, bay))(c)


def cliffs(c: Canvas) -> Ground:
    """Headland behind headland, the nearest to stand on, surf at their feet."""
    horizon = c.h * c.between(0.44, 0.54)
    sky(c, horizon)
    rock = earth(c, ROCKS)
    far_land(c, horizon, rock, 0.07)
    level = water(c, horizon, rock.shade)
    swell(c, level)
    for far, reach, foot, tall in ((0.62, 0.34, 0.035, 0.2), (0.4, 0.14, 0.11, 0.25)):
        _cape(c, horizon, rock, far, reach, foot, tall)
    stacks(c, horizon, rock)
    line = headland(c, horizon, rock, c.between(0.72, 0.95))
    return Ground(_kept_in(line, c.h * 0.9), horizon, level, spot=inland(c))


def _cape(c: Canvas, horizon: float, rock: Earth, far: float, reach: float, foot: float, tall: float) -> None:
    inward = (c.spot - c.x / c.w) * c.light.side + reach
    bulk = smooth(-0.05, 0.1, inward + 0.06 * (c.curve(3, 4) - 0.5))
    end = horizon + c.unit * foot
    top = c.h - (c.h - end + c.unit * tall * (0.75 + 0.25 * c.curve(3, 4, 0.5, sharp=True))) * bulk
    land(c, top, far, rock, surface="cliff", fog=0.4, foot=end)
    seam = np.where(bulk > 0.3, end, -c.h).astype(np.float32)
    foam(c, seam, 0.006, 0.7)


def stacks(c: Canvas, horizon: float, rock: Earth) -> None:
    """One or two needles of rock in the sea."""
    for _ in range(c.whole(0, 2)):
        x = c.w * (0.5 + c.light.side * c.between(0.02, 0.34))
        end, tall, half = horizon + c.unit * c.between(0.03, 0.1), c.unit * c.between(0.07, 0.16), c.unit * 0.05
        body = np.minimum(1, hump(c, x, half, 0.6) * 1.4) * (0.8 + 0.2 * c.curve(8, 3, 0.5, sharp=True))
        top = np.where(body > 0.02, end - tall * body, end + 2).astype(np.float32)
        land(c, top, 0.4, rock, surface="cliff", fog=0.3, foot=end)
        foam(c, np.where(body > 0.02, end, -c.h).astype(np.float32), 0.005, 0.8)


def beach(c: Canvas) -> Ground:
    """Sand across the foreground, the surf running up to it."""
    horizon = c.h * c.between(0.42, 0.52)
    sky(c, horizon)
    rock, sand = earth(c, ROCKS), earth(c, SANDS, follows_seasons=False)
    far_land(c, horizon, rock, 0.08)
    level = water(c, horizon, rock.shade)
    shallows(c, level)
    away = 0.5 - (c.x / c.w - 0.5) * c.light.side
    shore = c.h - (c.h - horizon) * (0.16 + 0.3 * power(away, 1.5)) - c.unit * 0.05 * (c.curve(1.1, 2) - 0.5)
    return _sand(c, np.asarray(shore, np.float32), horizon, level, sand)


def bay(c: Canvas) -> Ground:
    """A shore that sweeps from the foreground round to the horizon, with dunes behind it."""
    horizon = c.h * c.between(0.42, 0.5)
    sky(c, horizon)
    rock, sand, green = earth(c, ROCKS), earth(c, SANDS, follows_seasons=False), earth(c, GREENS)
    inward = np.clip(0.5 - (c.x / c.w - 0.5) * c.light.side, 0, 1)
    for far, reach, tall in ((0.8, 0.1, 0.12), (0.6, 0.4, 0.2)):
        hills = horizon + c.unit * 0.02 - c.unit * tall * smooth(reach, 1.0, inward) * (0.55 + 0.45 * c.curve(2, 4))
        land(c, hills, far, green, foot=horizon + 1)
    level = water(c, horizon, rock.shade)
    shallows(c, level)
    sweep = smooth(0.0, 1.05, inward + 0.04 * (c.curve(1.5, 2) - 0.5))
    shore = c.h * 1.03 - (c.h * 1.03 - horizon) * c.between(0.55, 0.72) * power(sweep, 1.25)
    ground = _sand(c, np.asarray(shore, np.float32), horizon, level, sand)
    dunes(c, horizon, inward, green)
    return ground


def dunes(c: Canvas, horizon: float, inward: Floats, green: Earth) -> None:
    """Green dunes in the corner behind the beach."""
    for far, start, high in ((0.35, 0.5, 0.62), (0.1, 0.62, 0.34)):
        rise = smooth(start, 1.12, inward) ** 2 * (0.8 + 0.2 * c.curve(2.5, 4)) * 1.5
        line = np.asarray(c.h + c.unit * 0.02 - (c.h - horizon) * high * rise, np.float32)
        land(c, line, far, green, fog=0.1)
        turf(c, line, green, many=int(420 * (1 - far)), tall=0.9)


def shallows(c: Canvas, level: float) -> None:
    """Clearer water towards the shore."""
    near = (c.y[int(level) :] - level) / max(c.h - level, 1)
    c.cover(smooth(0.1, 0.8, near) * 0.4 + 0 * c.x, mix(c.light.on(hexed("#58c4bd")), c.light.sky[2], 0.3), int(level))


def _sand(c: Canvas, shore: Floats, horizon: float, level: float, sand: Earth) -> Ground:
    wide = smooth(0, c.unit * 0.35, shore - horizon)
    for k in range(3):
        out = c.unit * (0.026 + 0.04 * k) * wide
        wave = shore - out + c.unit * 0.024 * (c.curve(4, 3) - 0.5) * wide
        foam(c, wave, 0.012 / (1 + k * 0.6), 0.85 - 0.2 * k)
    first = max(0, int(shore.min()) - 1)
    depth = (c.y[first:] - shore) / c.unit
    grain = c.noise(6, 5, stretch=6)[first:] - 0.5
    wet = mix(mix(sand.lit, sand.shade, 0.4), c.light.sky[2], 0.45)
    tone = smooth(0.0, 0.035, depth + grain * 0.02) * (0.82 - 0.5 * smooth(0.1, 0.6, depth)) + grain * 0.28
    c.cover(smooth(-0.5, 0.5, depth * c.unit), ramp([wet, mix(sand.shade, sand.lit, 0.5), sand.lit], tone), first)
    foam(c, shore, 0.008, 0.9)
    pebbles(c, shore, sand)
    line = np.clip(shore + c.unit * 0.07, c.h * 0.8, c.h * 0.95)
    return Ground(
        np.asarray(line, np.float32), horizon, level, spot=float(np.clip(c.spot - 0.08 * c.light.side, 0.2, 0.8))
    )


def pebbles(c: Canvas, shore: Floats, sand: Earth) -> None:
    """A few stones and shells near the water's edge, and dry grass in the corner away from it."""
    stones = []
    for _ in range(c.whole(3, 9)):
        x = c.between(0, c.w - 1)
        y = float(shore[int(x)]) + c.unit * c.between(0.05, 0.3)
        if y < c.h and abs(x / c.w - c.spot) > 0.12:
            stones.append((x, y, c.unit * c.between(0.008, 0.022)))
    if stones:
        rocks(c, sorted(stones, key=lambda stone: stone[1]), Earth(mix(sand.lit, c.light.mist, 0.3), sand.shade))
    corner = c.h * 1.02 - c.unit * 0.16 * hump(c, c.w * (0.5 - 0.5 * c.light.side), c.unit * 0.55, 1.3)
    dry = Earth(mix(sand.lit, c.light.on(hexed("#a9b06a")), 0.5), mix(sand.shade, c.light.on(hexed("#5a6a48")), 0.6))
    turf(c, np.asarray(corner, np.float32), dry, many=200, tall=1.3)


def _kept_in(line: Floats, lowest: float) -> Floats:
    return np.asarray(np.minimum(line, lowest), np.float32)


def island(c: Canvas) -> Ground:
    """One island in calm water, green and palmy or rocky."""
    horizon = c.h * c.between(0.5, 0.6)
    sky(c, horizon)
    middle = c.w * (0.5 + (c.spot - 0.5) * 0.6)
    line, kind = c.pick(ISLANDS)(c, horizon, middle)
    level = water(c, horizon, kind.shade)
    shallows(c, level)
    foam(c, np.where(line < horizon - 1, level + 1, -c.h).astype(np.float32), 0.006, 0.7)
    near_rocks(c, kind)
    return Ground(np.minimum(line, np.float32(horizon - 1)), horizon, level, 0.6, middle / c.w)


def near_rocks(c: Canvas, kind: Earth) -> None:
    side = c.w * (0.5 + 0.42 * c.light.side)
    count = c.whole(0, 4)
    places = [
        (side + c.between(-0.12, 0.12) * c.w, c.h * c.between(0.93, 1.0), c.unit * c.between(0.03, 0.08))
        for _ in range(count)
    ]
    if places:
        rocks(c, sorted(places, key=lambda place: place[1]), kind)


def palmy(c: Canvas, horizon: float, middle: float) -> tuple[Floats, Earth]:
    green, sand = earth(c, TROPICS), earth(c, SANDS, follows_seasons=False)
    half = min(c.unit * c.between(0.3, 0.42), c.w * 0.42)
    beach = horizon + 2 - c.unit * 0.028 * np.minimum(1, hump(c, middle, half, 1.0) * 3)
    land(c, _only(beach, horizon), 0.12, sand, fog=0.0, foot=horizon + 3)
    bulk = smooth(0.0, 1.0, hump(c, middle - half * 0.1, half * 0.85)) * c.between(0.08, 0.15)
    bulk = bulk + smooth(0.0, 1.0, hump(c, middle + half * c.between(0.1, 0.4), half * 0.45)) * c.between(0.02, 0.08)
    hill = np.asarray(horizon + c.unit * (0.004 - bulk), np.float32)
    jungle(c, hill, horizon, (middle, half), green)
    palms(c, hill, horizon, middle, half, green)
    return np.asarray(np.minimum(hill, beach), np.float32), green


def jungle(c: Canvas, hill: Floats, horizon: float, where: tuple[float, float], green: Earth) -> None:
    """A hill all of leaves."""
    middle, half = where
    land(c, _only(hill, horizon), 0.12, green, fog=0.1, foot=horizon + 3)
    count = 260
    xs = np.clip(middle + half * 0.8 * c.rng.uniform(-1, 1, count), 0, c.w - 1)
    crest = hill[xs.astype(int)]
    share = c.rng.random(count)
    ys = crest + np.clip(horizon - c.unit * 0.016 - crest, 0, None) * share
    radius = c.unit * 0.017
    light = c.rng.random(count) * 0.6 + (1 - share) * 0.4 + 0.25 * c.light.side * (xs - middle) / half
    for least, tone, r, up in ((-9.0, 0.18, 1.0, 0.0), (0.35, 0.5, 0.8, 0.25), (0.62, 0.9, 0.55, 0.5)):
        some = light > least
        lay(
            c, c.sketch(dots, np.stack([xs, ys - radius * up], -1)[some], radius * r), mix(green.shade, green.lit, tone)
        )


def _only(line: Floats, horizon: float) -> Floats:
    """A line as far as it is above the horizon; the water covers what lies below."""
    return np.asarray(np.minimum(line, horizon + 2), np.float32)


def palms(c: Canvas, hill: Floats, horizon: float, middle: float, half: float, green: Earth) -> None:
    places = [middle + half * at + c.between(-0.05, 0.05) * half for at in (-0.72, -0.5, -0.3, 0.38, 0.56, 0.74)]
    trees = [
        (x, min(float(hill[int(np.clip(x, 0, c.w - 1))]), horizon) + 1, c.unit * c.between(0.1, 0.17)) for x in places
    ]
    palm_trees(c, trees, green)


def palm_trees(c: Canvas, trees: list[tuple[float, float, float]], green: Earth) -> None:
    """Each x, foot and height, in pixels."""
    turns = [c.between(-0.35, 0.35) for _ in trees]
    lay(c, c.sketch(_palms, trees, turns, "stem"), mix(c.light.on(hexed("#6f5a48")), green.shade, 0.3))
    for part, tone in (("fronds", 0.0), ("bright fronds", 0.5)):
        lay(c, c.sketch(_palms, trees, turns, part), mix(dim(green.shade, 0.8), green.lit, tone))


def _palms(pen: Pen, s: float, trees: list[tuple[float, float, float]], turns: list[float], part: str) -> None:
    for (x, foot, size), turn in zip(trees, turns, strict=True):
        t = np.linspace(0, 1, 9)
        px, py = x + turn * size * t**2, foot - size * t
        if part == "stem":
            wide = size * (0.02 - 0.009 * t)
            edge = [*zip(px - wide, py, strict=True), *reversed([*zip(px + wide, py, strict=True)])]
            pen.polygon([(float(a * s), float(b * s)) for a, b in edge], fill=255)
            continue
        for k in range(0, 8, 1 if part == "fronds" else 2):
            _frond(pen, s, float(px[-1]), float(py[-1]), size * 0.46, -2.9 + k * 0.76)


def _frond(pen: Pen, s: float, x: float, y: float, long: float, turn: float) -> None:
    t = np.linspace(0, 1, 8)
    fx, fy = x + np.cos(turn) * long * t, y + np.sin(turn) * long * 0.62 * t + long * 0.55 * t**2
    wide = long * 0.11 * np.sin(np.pi * np.clip(t * 0.9 + 0.1, 0, 1))
    edge = [*zip(fx, fy - wide, strict=True), *reversed([*zip(fx, fy + wide * 0.5, strict=True)])]
    pen.polygon([(float(a * s), float(b * s)) for a, b in edge], fill=255)


def rocky(c: Canvas, horizon: float, middle: float) -> tuple[Floats, Earth]:
    rock, green = earth(c, ROCKS), earth(c, GREENS)
    half = min(c.unit * c.between(0.28, 0.4), c.w * 0.42)
    body = np.minimum(1, hump(c, middle, half, 0.8) * 1.7) * (0.55 + 0.45 * hump(c, middle + half * 0.2, half, 1.0))
    line = horizon + 2 - c.unit * (0.15 * body + 0.035 * c.curve(4, 5, 0.5, sharp=True) * np.minimum(1, body * 3))
    land(c, _only(line, horizon), 0.15, rock, surface="cliff", fog=0.1, foot=horizon + 3)
    grove = np.where((body > 0.55) & (np.abs(c.x - middle) > half * 0.25), line + c.unit * 0.01, c.h * 2)
    spruces(c, grove, 0.12, 0.12, 90, green)
    return np.asarray(line, np.float32), rock


ISLANDS: tuple[Callable[[Canvas, float, float], tuple[Floats, Earth]], ...] = (palmy, rocky)
ROWS = {
    "sea": Scene(
        sea,
        "sea ocean wave seascape sailing marine high-sea tide surf meer ozean welle mer océan vague mar "
        "océano ola 🌊 海 洋 波",
        "the open sea with waves to the horizon",
        company=("boat", "bird", "whale", "ship"),
    ),
    "coast": Scene(
        coast,
        "coast beach shore cliff bay harbor harbour seaside coastline shoreline cove headland cape küste "
        "strand ufer klippe bucht hafen côte plage rivage falaise baie port costa playa orilla "
        "acantilado bahía puerto 🏖 岸 浜",
        "a coast with cliffs or a sandy beach by the sea",
        company=("lighthouse", "boat", "bird", "person"),
    ),
    "island": Scene(
        island,
        "island isle islet atoll lagoon archipelago tropic tropical insel eiland lagune île îlot isla islote 🏝 島 岛",
        "a small island in the middle of calm water",
        company=("boat", "bird", "turtle"),
    ),
}
