"""As cameras and screens show it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from PIL import ImageDraw, ImageFilter

from services.studio.engines.painter.canvas import Canvas, blurred, resized
from services.studio.engines.painter.colour import grey, hexed, hexes, ramp
from services.studio.engines.painter.maths import Floats, exp, power, smooth
from services.studio.engines.painter.styles import technique as t
from services.studio.engines.painter.styles.style import Style

PIXELS = 128
"""How many of them pixel art has on the shorter side, as far as the picture allows."""
PIXEL_COLOURS = 28
BAYER = ((0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5))
NET = 256
"""Places along the shorter side where a corner of a triangle may be."""
SYNTHWAVE = hexes("#0a0524 #2a0b52 #7a1580 #e0338c #ff8a5c #ffe9a8")
SUNLESS = ("underwater", "space", "planet", "interior", "still_life", "portrait", "flow", "pattern")
RETRO_SUN = hexes("#ffe35a #ff9a4a #ff3f8f #c81f9a")


def photo(c: Canvas) -> None:
    px = c.px
    focus = smooth(0.2, 0.62, np.abs((c.y - c.h * 0.66) / c.h) + 0 * c.x)
    px = px + (t.hazed(px, c.unit * 0.0065) - px) * focus[..., None]
    px = t.recoloured(t.spread(px, 0.01, 0.97, 0.001, 0.995), _developed)
    px = px * (1 + (c.noise(60, 4, keep=0.7) - 0.5) * (1 - focus) * 0.12)[..., None]
    bright, most = grey(px), t.levels(px, 0.01, 0.985)[2]
    light = px * (smooth(most * 0.8, most * 1.02, bright))[..., None]
    halo = t.hazed(light, c.unit * 0.012) * 0.6 + t.hazed(light, c.unit * 0.06) * 0.7
    px = px + halo * (1 - np.clip(px, 0, 1)) * 0.6
    px = px * (1.02 - 0.5 * _corner(c))[..., None]
    noise = _film(c, 1 / 620) * (0.05 - 0.04 * np.abs(bright - 0.4))
    c.px[:] = np.clip(px + noise[..., None], 0, 1)


def _developed(rgb: Floats) -> Floats:
    """Gentle contrast; shadows a little teal, lights a little warm, nothing quite black."""
    bright = (rgb * (0.3, 0.59, 0.11)).sum(-1, keepdims=True)
    curve = rgb * rgb * (3 - 2 * rgb)
    out = rgb * 0.55 + curve * 0.45
    out = bright + (out - bright) * 0.9
    warm = (bright - 0.45) * np.array((0.1, 0.015, -0.1))
    return np.asarray(out * 0.96 + 0.022 + warm)


def _film(c: Canvas, size: float) -> Floats:
    """Grain, fainter where its grains are large for the picture."""
    return t.grain(c, size) * np.float32(min(1.0, size * c.unit + 0.1))


def _corner(c: Canvas) -> Floats:
    return np.asarray(((c.x / c.w - 0.5) ** 2 + (c.y / c.h - 0.5) ** 2) * 2)


def pixel(c: Canvas) -> None:
    block = max(3, round(c.unit / PIXELS))
    size = (-(-c.w // block), -(-c.h // block))
    px = t.saturated(t.spread(c.px, 0.02, 0.98, 0.002, 0.998), 1.25)
    whole = np.pad(px, ((0, size[1] * block - c.h), (0, size[0] * block - c.w), (0, 0)), "edge")
    small = t.sheet(whole).reduce(block).filter(ImageFilter.UnsharpMask(1.2, 90, 2))
    palette = t.main_colours(t.pixels(small), PIXEL_COLOURS - 10, 10)
    steps = (np.array(BAYER, np.float32) + 0.5) / 16 - 0.5
    dither = np.tile(steps, (size[1] // 4 + 1, size[0] // 4 + 1))[: size[1], : size[0], None]
    drawn = palette[t.areas(t.pixels(small) + dither * np.float32(0.055), palette)]
    c.px[:] = drawn.repeat(block, 0).repeat(block, 1)[: c.h, : c.w]


def low_poly(c: Canvas) -> None:
    px = t.saturated(t.spread(c.px, 0.04, 0.97), 1.15)
    share = NET / c.unit
    size = (max(8, round(c.w * share)), max(8, round(c.h * share)))
    points = _knots(c, resized(t.edges(c, px, 0.0025, coarse=2), size))
    nearest = _nearest(points, size)
    faces = _triangles(points, nearest) * (c.w / size[0], c.h / size[1])
    seen = t.calm(px, c.unit * 0.004)
    scale = 2 if c.unit <= t.MOST_DENSE else 1
    drawing = t.sheet(seen).resize((c.w * scale, c.h * scale))
    pen = ImageDraw.Draw(drawing)
    for outline, colour in zip((faces.reshape(-1, 6) * scale).tolist(), _facets(c, seen, faces), strict=True):
        pen.polygon(outline, fill=tuple(colour), outline=tuple(colour))
    c.px[:] = t.pixels(drawing.reduce(scale))


def _knots(c: Canvas, edge: Floats) -> Floats:
    """Corners of triangles: many along the edges of things, few between them, and all round the rim."""
    high, wide = edge.shape
    places = []
    for cell, least in ((4, 0.1), (20, -1.0)):
        rows, columns = high // cell, wide // cell
        grid = edge[: rows * cell, : columns * cell].reshape(rows, cell, columns, cell).transpose(0, 2, 1, 3)
        best = grid.reshape(rows, columns, -1).argmax(-1)
        i, j = np.nonzero(grid.max((2, 3)) > least)
        at = best[i, j] if least >= 0 else c.rng.integers(0, cell * cell, len(i))
        places.append(np.stack([j * cell + at % cell, i * cell + at // cell], -1))
    fine, coarse = places
    taken = blurred(_marked(fine, edge.shape), 3.0) > 0.004
    coarse = coarse[~taken[coarse[:, 1], coarse[:, 0]]]
    across, down = np.arange(0, wide + 15, 16).clip(0, wide - 1), np.arange(0, high + 15, 16).clip(0, high - 1)
    rim = [np.stack(np.broadcast_arrays(across, y), -1) for y in (0, high - 1)]
    rim += [np.stack(np.broadcast_arrays(x, down), -1) for x in (0, wide - 1)]
    return np.unique(np.concatenate([fine, coarse, *rim]), axis=0)


def _marked(points: Floats, shape: tuple[int, ...]) -> Floats:
    marks = np.zeros(shape, np.float32)
    marks[points[:, 1], points[:, 0]] = 1
    return marks


def _nearest(points: Floats, size: tuple[int, int]) -> Any:
    """For each place the number of the point that is nearest, passed on from neighbour to neighbour."""
    wide, high = size
    owner = np.full((high, wide), -1, np.int32)
    owner[points[:, 1], points[:, 0]] = np.arange(len(points))
    px, py = points[:, 0].astype(np.int32), points[:, 1].astype(np.int32)
    x, y = np.arange(wide, dtype=np.int32), np.arange(high, dtype=np.int32)[:, None]
    away = np.where(owner >= 0, 0, 1 << 30).astype(np.int32)
    for step in (16, 8, 4, 2, 1, 1):
        for dx, dy in t.CALM_SIDES:
            other = t.shifted(owner, dx * step, dy * step)
            there = (px[other] - x) ** 2 + (py[other] - y) ** 2
            nearer = (other >= 0) & (there < away)
            away, owner = np.where(nearer, there, away), np.where(nearer, other, owner)
    return owner


def _triangles(points: Floats, nearest: Any) -> Floats:
    """Wherever the areas of three points meet, these make a triangle."""
    four = np.stack([nearest[:-1, :-1], nearest[:-1, 1:], nearest[1:, 1:], nearest[1:, :-1]], -1).reshape(-1, 4)
    three = np.concatenate([four[:, [0, 1, 2]], four[:, [0, 2, 3]]])
    three = np.sort(three[(three >= 0).all(-1)], -1)
    three = three[(three[:, 0] != three[:, 1]) & (three[:, 1] != three[:, 2])]
    key = (three[:, 0].astype(np.int64) * len(points) + three[:, 1]) * len(points) + three[:, 2]
    three = three[np.unique(key, return_index=True)[1]]
    return np.asarray(points[three] + 0.5, float)


def _at(px: Floats, places: Floats) -> Floats:
    x, y = places[..., 0].astype(int), places[..., 1].astype(int)
    return np.asarray(px[np.clip(y, 0, px.shape[0] - 1), np.clip(x, 0, px.shape[1] - 1)], float)


def _facets(c: Canvas, px: Floats, faces: Floats) -> list[list[int]]:
    """The colour in the middle of each, a little lighter or darker as it turns to the light."""
    middle = faces.mean(-2)
    colour = sum(_at(px, middle * 0.6 + faces[:, k] * 0.4) for k in range(3)) * 0.15 + _at(px, middle) * 0.55
    light = 1 + c.rng.uniform(-0.06, 0.06, len(faces))
    shades: list[list[int]] = np.clip(np.asarray(colour) * light[:, None] * 255 + 0.5, 0, 255).astype(int).tolist()
    return shades


def neon(c: Canvas) -> None:
    px = t.spread(c.px, 0.0, 0.92)
    bright = grey(px)
    sky = t.open_sky(c, px)
    graded = ramp(SYNTHWAVE, bright * 0.82 + 0.05 * (1 - bright))
    own = t.saturated(px, 1.6) * hexed("#e8a8ff")
    night = graded * 0.62 + own * 0.24
    edge = np.clip((t.edges(c, px, 0.0018) - 0.03) * 4, 0, 1) * (1 - _retro_sun(c, night, sky))
    across = smooth(0.1, 0.9, c.noise(1.6, 2) * 0.6 + 0.4 * c.y / c.h)
    tube = hexed("#19f0ff") + (hexed("#ff3fd0") - hexed("#19f0ff")) * across[..., None]
    wide = t.hazed(edge, c.unit * 0.014) * 1.5 + blurred(edge, c.unit * 0.004) * 0.9
    night = night + tube * np.clip(wide, 0, 1)[..., None] * 0.75
    night = night + (tube * 0.6 + 0.4 - night) * (edge * 0.9)[..., None]
    lines = 1 - 0.13 * ((c.y // max(1, round(c.unit / 380))) % 2)
    c.px[:] = np.clip(night * lines[..., None] * (1.05 - 0.5 * _corner(c))[..., None], 0, 1)


def _retro_sun(c: Canvas, px: Floats, sky: Floats) -> Floats:
    """Painted where the sky is seen, except at night and where there is no sky; where it stands."""
    radius = c.unit * 0.21
    x, y = c.sun[0], max(radius * 1.25, c.horizon - radius * 0.7)
    away = c.away(x, y)
    face = np.clip(radius - away + 0.5, 0, 1) * np.clip(c.horizon - c.y, 0, 1)
    seen, whole = np.count_nonzero((face > 0.5) & (sky > 0.5)), np.count_nonzero(face > 0.5)
    if c.light.time == "night" or c.wish.scene in SUNLESS or seen <= whole * 0.35:
        return np.zeros_like(face, np.float32)
    down = (c.y - y) / radius
    gaps = smooth(0.0, 0.07, np.abs((down * 5) % 1 - 0.5) - 0.08 - 0.22 * np.clip(down, 0, 1))
    colour = ramp(RETRO_SUN, np.clip((down + 1) / 2, 0, 1))
    glow = exp(-np.clip(away / radius - 1, 0, None) * 2.2) * 0.5 * sky
    px += (hexed("#ff4fa8") - px) * glow[..., None]
    px += (colour - px) * (face * np.where(down > -0.2, gaps, 1) * sky)[..., None]
    return np.asarray(face * sky, np.float32)


def noir(c: Canvas) -> None:
    px = t.spread(c.px, 0.0, 1.0, 0.01, 0.99)
    middle = min(max(t.levels(px)[1], 0.05), 0.95)
    bright = power(grey(px), round(min(max(math.log(0.4) / math.log(middle), 0.75), 2.6), 2))
    bright = smooth(0.05, 0.88, bright) * 0.75 + bright * 0.25
    bright = bright + t.hazed(bright * smooth(0.6, 0.95, bright), c.unit * 0.03) * 0.4 * (1 - bright)
    bright = bright * (1.06 - smooth(0.08, 0.9, _corner(c) * 1.25))
    bright = bright + _film(c, 1 / 560) * 0.07 * (0.35 + np.clip(bright, 0, 1))
    c.px[:] = np.clip(bright, 0, 1)[..., None] * hexed("#fffaf0") * np.float32(0.97) + np.float32(0.012)


ROWS = {
    "photo": Style(
        photo,
        "photo photos photograph photography photographic photorealistic photorealism photoreal "
        "photo-realistic realistic hyperrealistic hyper-realistic ultra-realistic lifelike cinematic "
        "film-still movie-still film-grain analog-film analogue-film kodak polaroid dslr bokeh depth-of-field "
        "long-exposure telephoto foto fotografie fotografisch fotorealistisch realistisch photographie "
        "photoréaliste réaliste fotografía fotorrealista realista 写真 📷 📸",
        "a photograph: a glow round the lights, a little blur, the grain of film",
    ),
    "pixel": Style(
        pixel,
        "pixel pixel-art pixelart pixels pixelated pixelised pixelized 8bit 16bit bit-art retro-game "
        "retro-gaming video-game videogame arcade-game game-boy gameboy pixel-sprite pixelkunst pixelgrafik "
        "pixelbild videospiel pixelisé art-pixel jeu-vidéo pixelado arte-pixel videojuego ドット絵 👾 🎮",
        "pixel art from an old video game: big squares in few colours",
        closeness=1.2,
    ),
    "low_poly": Style(
        low_poly,
        "low-poly lowpoly low-polygon polygon polygonal polygon-art poly-art triangulated triangles faceted "
        "facets geometric-facets delaunay crystalline polygonkunst dreiecke facettiert polygonale polygones "
        "facettes poligonal polígonos facetado ローポリ",
        "low poly art: everything made of flat triangles",
        closeness=1.45,
    ),
    "neon": Style(
        neon,
        "synthwave synth-wave vaporwave vapor-wave vapourwave retrowave retro-wave outrun chillwave "
        "neon-style neon-art neon-glow neon-outlines neon-lines neon-aesthetic neon-drawing tron tron-style "
        "eighties-style retro-futuristic retrofuturistic retrofuturism neonstil neonkunst style-néon art-néon "
        "estilo-neón arte-neón",
        "synthwave: glowing neon outlines in magenta and cyan, a striped sun",
    ),
    "noir": Style(
        noir,
        "film-noir noir-film neo-noir noir-style noir-photo noir-photography noir-city noir-detective "
        "noir-mood noir-movie hard-boiled hardboiled cine-negro",
        "film noir: hard light and deep shadow in black and white",
    ),
}
