"""Pictures of nothing but colour and form."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image, ImageDraw

from services.studio.engines.painter.canvas import Canvas, Ground, Pen, blurred, ink, resized
from services.studio.engines.painter.colour import dim, hexed, hexes, mix, ramp
from services.studio.engines.painter.maths import Floats, cos, power, sin, smooth
from services.studio.engines.painter.scenes.cosmos import turned, warped
from services.studio.engines.painter.scenes.scene import Scene
from services.studio.engines.painter.wish import Palette

WHITE = (1.0, 1.0, 1.0)
CREAM = "#f7efe0"
PAINTS = (
    "#1b2a4a #2f6f8f #8fb8b0 #f0c987 #e4572e",
    "#2d1e2f #8f2f62 #e0663c #f4b860 #f7ede2",
    "#0b3c49 #13727c #7fb3a0 #e8c07d #fff8e8",
    "#33214f #7d5ba6 #e07f9f #f8bfae #fdeee0",
    "#1f3d36 #4d7f5a #a8b866 #efdf9a #f6f0d8",
    "#0f1b3c #3454d1 #6fb1f0 #f5b76a #ffe9c9",
    "#3a1f1c #a4402f #df8a4c #f1cf98 #e9e4d4",
    "#20303a #5b7f8a #c9b79a #e08f6f #f4e7d6",
)
PAINTS_OF: dict[Palette, tuple[str, ...]] = {
    "warm": ("#3a1624 #a8324a #ea6a47 #f6b25e #fdebcb", "#421d16 #b5482f #e98a4f #f4c27a #fbeed8"),
    "cool": ("#0d2038 #1f5f8b #5fa8c4 #a8d8d8 #eef7f4", "#14213f #3b4f9a #7a93d6 #b7d5ec #f2f6fb"),
    "pastel": ("#7a86b8 #b7a5d6 #f2b8c6 #f9dcc0 #fdf6ec", "#7fa8a0 #a9d0c0 #f5d6b8 #f4b9b2 #fffaf2"),
    "vivid": ("#1a1a5e #e6203f #ff8a1f #ffd23f #16b5a5", "#2b0f66 #c51bb0 #ff4f5e #ffb52e #1fc8e0"),
    "earthy": ("#33261e #7a5238 #a9825a #cfb78c #efe5d0", "#2e3226 #5f6a48 #a08f5c #c98f5f #efe4cc"),
    "monochrome": ("#16181c #4a4e56 #868b94 #c4c8cd #f6f6f4",),
    "neon": ("#10062e #6a12c8 #f0229a #ff8a3c #28e8f0", "#08102e #1040e0 #00d8ff #b8ff3c #ff2fb0"),
    "golden": ("#2a1a10 #8a5a1e #cf9a3a #efcf7a #fdf4d6", "#14202e #3f4a4a #b88a32 #e8c468 #fbf1d2"),
}


def paints(c: Canvas) -> Floats:
    """Five, from deep to pale: of the prompt's colours, of its palette, or a chosen row."""
    if c.wish.hues:
        return _of_hues(c.wish.hues)
    rows = PAINTS_OF[c.wish.palette] if c.wish.palette else PAINTS
    return hexes(c.pick(rows))


def _of_hues(hues: Sequence[str]) -> Floats:
    first, last = hexed(hues[0]), hexed(hues[-1])
    if len(hues) >= 3:
        middle = hexed(hues[1])
        return np.stack([dim(first, 0.6), first, middle, last, mix(last, hexed(CREAM), 0.72)])
    between = mix(first, last, 0.5) if len(hues) == 2 else mix(first, WHITE, 0.3)
    return np.stack([dim(first, 0.5), first, between, mix(last, WHITE, 0.12 if len(hues) == 2 else 0.55),
                     mix(last, hexed(CREAM), 0.78)])  # fmt: skip


def _nothing(c: Canvas) -> Ground:
    return Ground(np.full(c.w, c.h * 0.86, np.float32), c.h * 0.8, None, scale=2.0)


# Flow


def flow(c: Canvas) -> Ground:
    c.pick(FLOWS)(c, paints(c))
    return _nothing(c)


def _silk(c: Canvas, stops: Floats) -> None:
    """Folds of cloth that fan out from a side, lit from above."""
    along, across = turned(c, c.w * c.between(0.2, 0.8), c.h * c.between(0.2, 0.8), c.between(0, 2 * math.pi))
    sway = 0.32 * (c.noise(0.6, 2, keep=0.3) - 0.5) + 0.1 * (c.noise(1.5, 2, keep=0.3) - 0.5)
    fan = 1 + np.float32(c.between(0.2, 0.6)) * along
    wave = (across + sway * 1.6 + np.float32(c.between(0.06, 0.16)) * sin(along * 2.4 + c.between(0, 6))) * fan
    main, fine = c.between(8, 12), c.between(19, 27)
    fold, pleat = sin(wave * main + 1.2 * sin(along * 1.3)), sin(wave * fine + along * 3)
    height = 0.55 * fold - 0.25 * np.abs(fold) + (0.22 * pleat - 0.1 * np.abs(pleat)) * (0.6 + 0.4 * fold)
    dy, dx = np.gradient(height * np.float32(0.24 * c.unit))
    length = np.sqrt(1 + dx * dx + dy * dy)
    gloss = np.clip((0.62 * c.light.side * -dx - 0.55 * dy + 0.56) / length, 0, 1)
    tone = 0.5 + 0.5 * sin(wave * c.between(1.8, 3) + c.between(0, 6))
    base = ramp(stops[:4], 0.06 + 0.78 * tone + 0.16 * gloss)
    px = base * (0.42 + 0.66 * gloss)[..., None]
    px += (stops[4] - px) * (power(gloss, 8) * 0.7)[..., None]
    c.px[:] = px


def _ribbons(c: Canvas, stops: Floats) -> None:
    """Waves of paper one before the other, each with a shade under its edge."""
    turn = c.pick((0.0, 0.25, -0.3, 0.6, math.pi / 2))
    along, across = turned(c, c.w / 2, c.h / 2, turn)
    span = (c.h * abs(math.cos(turn)) + c.w * abs(math.sin(turn))) / c.unit
    level = across / np.float32(span) + 0.5
    count = c.whole(7, 11)
    slow, fast = along * c.between(2.2, 4.2), along * c.between(4.5, 8)
    waves = [sin(slow), cos(slow), sin(fast), cos(fast)]
    swell, drift = c.between(0.05, 0.1), c.between(0.35, 0.75)
    tones = ramp(stops, _leaps(c, count + 2))
    c.px[:] = tones[0]
    for k in range(count + 1):
        turns = k * drift, c.between(0, 2 * math.pi)
        shares = (
            0.55 * math.cos(turns[0]),
            0.55 * math.sin(turns[0]),
            0.3 * math.cos(turns[1]),
            0.3 * math.sin(turns[1]),
        )
        own = sum(wave * np.float32(share * swell) for wave, share in zip(waves, shares, strict=True))
        depth = (level + own - np.float32((k + 0.35) / (count + 1))) * np.float32(span * c.unit)
        shadow = np.clip(1 + depth / np.float32(c.unit * 0.045), 0, 1)
        cover = np.clip(depth + np.float32(0.5), 0, 1)
        shade = 1.06 - np.float32(0.16) * np.clip(depth / np.float32(c.unit * 0.09), 0, 1)
        c.px *= ((1 - np.float32(0.3) * shadow * shadow) * (1 - cover))[..., None]
        c.px += (cover * shade)[..., None] * tones[k + 1]
    np.clip(c.px, 0, 1, out=c.px)


def _leaps(c: Canvas, count: int) -> Floats:
    """Shares of the way through the colours: mostly a steady run, with a few that stand out."""
    run = np.linspace(1, 0, count) if c.is_so(0.5) else np.linspace(0, 1, count)
    bold = c.rng.random(count) < 0.22
    return np.asarray(np.where(bold, (run + 0.5) % 1.0, run), np.float32)


def _marble(c: Canvas, stops: Floats) -> None:
    """Inks floating on water, drawn out by a comb: bands of every width with fine lines between."""
    field = warped(c, c.noise(0.8, 2, keep=0.35), 0.8, 0.9)
    along, across = turned(c, c.w / 2, c.h / 2, c.between(0, math.pi))
    curl = 0.1 * sin(along * c.between(3, 6) + field * 5) + c.pick((0.0, 0.035, 0.05)) * sin(along * c.between(14, 22))
    place = field * c.between(0.9, 1.6) + across * c.between(0.7, 1.2) + curl
    _banded(c, stops, _calm(c, np.asarray(place, np.float32)), c.whole(16, 24))


def _calm(c: Canvas, field: Floats) -> Floats:
    """Without the steps that pulling a field about leaves in it."""
    return resized(resized(field, (max(2, c.w // 4), max(2, c.h // 4))), (c.w, c.h))


def _agate(c: Canvas, stops: Floats) -> None:
    """A cut stone: rings round one or two hearts."""
    place = np.full((c.h, c.w), 9, np.float32)
    for _ in range(c.whole(1, 3)):
        away = c.away(c.w * c.between(0.1, 0.9), c.h * c.between(0.1, 0.9), c.unit * c.between(0.7, 1.1))
        place = np.minimum(place, away)
    rough = 0.42 * (c.noise(1.3, 3) - 0.5) + 0.1 * (c.noise(5, 4) - 0.5)
    _banded(c, stops, np.asarray(place + rough, np.float32) * 1.5, c.whole(12, 18))


def _banded(c: Canvas, stops: Floats, place: Floats, count: int) -> None:
    """Each band one ink, with clean edges, and a fine golden vein along some of them."""
    low, high = float(place.min()), float(place.max())
    place = (place - low) / np.float32(high - low + 1e-6)
    inner = 0.5 * np.sort(c.rng.random(count - 1)) + 0.5 * np.linspace(0, 1, count + 1)[1:-1]
    edges = np.array([-9, *inner, 9], np.float32)
    inks = ramp(stops, c.rng.permutation(np.linspace(0, 1, count)))
    band = np.searchsorted(edges[1:-1], place)
    dy, dx = np.gradient(place)
    steep = np.maximum(np.sqrt(dx * dx + dy * dy), 1e-5)
    after, before = (place - edges[band]) / steep, (edges[band + 1] - place) / steep
    into = np.clip(0.5 - after, 0, 0.5), np.clip(0.5 - before, 0, 0.5)
    px = inks[band] * (1 - into[0] - into[1])[..., None]
    px += inks[np.maximum(band - 1, 0)] * into[0][..., None]
    px += inks[np.minimum(band + 1, count - 1)] * into[1][..., None]
    c.px[:] = px * (0.93 + 0.14 * c.noise(2.5, 4))[..., None]
    near = np.minimum(np.where(band % 3 == 1, after, 99), np.where(band % 3 == 0, before, 99))
    c.cover(np.clip(c.unit * 0.0022 + 0.5 - near, 0, 1) * 0.9, mix(stops[4], hexed("#e8c468"), 0.45))


def _strokes(c: Canvas, stops: Floats) -> None:
    """A stream of fine lines that follow one current, as in brushed metal or hair in the wind."""
    field = c.noise(0.9, 2, keep=0.35) + 0.35 * c.noise(2, 2)
    along, across = turned(c, c.w * c.between(0.3, 0.7), c.h * c.between(0.3, 0.7), c.between(0, math.pi))
    stream = (across + 0.75 * (field - 0.6) + 0.22 * sin(along * c.between(1.5, 3))) * np.float32(1.0)
    single = c.rng.random(4096)
    hairs = np.stack([np.roll(single, k) for k in range(9)]).mean(0)
    fine = hairs[np.clip((stream + 2) * 1000, 0, 4094).astype(np.int32)] - 0.5
    glow = 0.5 + 0.5 * sin(stream * c.between(5, 8) + c.between(0, 6))
    c.px[:] = ramp(stops, np.clip(0.06 + 0.84 * glow + 0.55 * fine, 0, 1))
    light = power(0.5 + 0.5 * sin(stream * 11 + field * 5), 6)
    c.shine(light * 0.22, stops[4])


FLOWS: tuple[Callable[[Canvas, Floats], None], ...] = (_silk, _silk, _ribbons, _marble, _agate, _strokes)


# Pattern


def pattern(c: Canvas) -> Ground:
    stops = paints(c)
    c.pick(PATTERNS)(c, stops)
    fibre = c.noise(70, 3, stretch=1.3, keep=0.8) - 0.5
    wash = c.noise(2.2, 4) - 0.5
    c.px *= 1 + (0.07 * wash + 0.045 * fibre)[..., None]
    if c.is_so(0.4):
        _margin(c, mix(stops[4], hexed(CREAM), 0.6))
    return _nothing(c)


def _margin(c: Canvas, colour: Floats) -> None:
    """As on a print: a pale border, and a fine line within."""
    edge = np.minimum(np.minimum(c.x, c.w - 1 - c.x), np.minimum(c.y, c.h - 1 - c.y)) / c.unit
    c.cover(np.clip((0.055 - edge) * c.unit + 0.5, 0, 1), colour)


def _grid(c: Canvas, across: int) -> tuple[float, int, int, float, float]:
    """The side of a square, how many in a row and in a column, and where the first begins."""
    side = c.unit / across
    columns, rows = math.ceil(c.w / side), math.ceil(c.h / side)
    return side, columns, rows, (c.w - columns * side) / 2, (c.h - rows * side) / 2


def _fans(c: Canvas, stops: Floats) -> None:
    """Art-deco fans, one row over the other like scales."""
    across = c.pick((4, 5, 7))
    radius = c.unit / across / 2
    rings = c.pick(((1.0, 0.8, 0.6, 0.4, 0.2), (1.0, 0.93, 0.62, 0.55, 0.24), (1.0, 0.9, 0.8, 0.7, 0.34)))
    has_rays, line = c.is_so(0.5), mix(stops[4], hexed("#e8c468"), 0.3)
    order = c.rng.permutation(4).tolist()

    def draw(pen: Pen, s: float) -> None:
        for row in range(-1, math.ceil(c.h / radius) + 3):
            for column in range(-1, math.ceil(c.w / radius / 2) + 2):
                x, y = (column * 2 + row % 2) * radius * s, row * radius * s
                for k, ring in enumerate(rings):
                    r = radius * ring * s
                    colour = line if k % 2 == 0 and len(rings) == 5 and ring != 0.8 and ring != 0.6 else None
                    tone = stops[order[(k + (row % 3 == 0)) % 4]] if colour is None or k > 2 else colour
                    pen.ellipse((x - r, y - r, x + r, y + r), fill=ink(tone))
                    if has_rays and k == 2:
                        _rays(pen, x, y, r, ink(stops[order[3]]))

    c.lay(draw)


def _rays(pen: Pen, x: float, y: float, r: float, colour: tuple[int, int, int, int]) -> None:
    for k in range(0, 18, 2):
        pen.pieslice((x - r, y - r, x + r, y + r), 180 + k * 10 + 5, 190 + k * 10 + 5, fill=colour)


Motif = Callable[[Pen, float, float, float, int, Sequence[tuple[int, int, int, int]]], None]


def _quarter(pen: Pen, x: float, y: float, d: float, turn: int, inks: Sequence[tuple[int, int, int, int]]) -> None:
    cx, cy = x + d * (turn in (1, 2)), y + d * (turn in (2, 3))
    for k, share in enumerate((1.0, 0.62, 0.28)):
        pen.pieslice((cx - d * share, cy - d * share, cx + d * share, cy + d * share), turn * 90, turn * 90 + 90,
                     fill=inks[(k + 1) % 3])  # fmt: skip


def _quarter_plain(
    pen: Pen, x: float, y: float, d: float, turn: int, inks: Sequence[tuple[int, int, int, int]]
) -> None:
    cx, cy = x + d * (turn in (1, 2)), y + d * (turn in (2, 3))
    pen.pieslice((cx - d, cy - d, cx + d, cy + d), turn * 90, turn * 90 + 90, fill=inks[1])


def _disc(pen: Pen, x: float, y: float, d: float, turn: int, inks: Sequence[tuple[int, int, int, int]]) -> None:
    pen.ellipse((x + d * 0.06, y + d * 0.06, x + d * 0.94, y + d * 0.94), fill=inks[1])
    if turn % 2:
        pen.ellipse((x + d * 0.32, y + d * 0.32, x + d * 0.68, y + d * 0.68), fill=inks[2])


def _halves(pen: Pen, x: float, y: float, d: float, turn: int, inks: Sequence[tuple[int, int, int, int]]) -> None:
    """Two half discs, one above or beside the other."""
    for k in (0, 1):
        if turn % 2:
            box = (x, y + d * (0.5 * k - 0.0), x + d, y + d * (0.5 * k + 1.0))
            pen.pieslice(box, 180, 360, fill=inks[1 + k])
        else:
            box = (x + d * (0.5 * k), y, x + d * (0.5 * k + 1.0), y + d)
            pen.pieslice(box, 90, 270, fill=inks[1 + k])


def _wedge(pen: Pen, x: float, y: float, d: float, turn: int, inks: Sequence[tuple[int, int, int, int]]) -> None:
    corners = [(x, y), (x + d, y), (x + d, y + d), (x, y + d)]
    pen.polygon([corners[(turn + k) % 4] for k in range(3)], fill=inks[1])


def _stripes(pen: Pen, x: float, y: float, d: float, turn: int, inks: Sequence[tuple[int, int, int, int]]) -> None:
    for k in range(0, 6, 2):
        low, high = d * k / 6, d * (k + 1) / 6 - 1
        pen.rectangle((x, y + low, x + d, y + high) if turn % 2 else (x + low, y, x + high, y + d), fill=inks[1])


def _leaf(pen: Pen, x: float, y: float, d: float, turn: int, inks: Sequence[tuple[int, int, int, int]]) -> None:
    """The lens that two quarter discs have in common, along one of the diagonals."""
    t = np.linspace(0, math.pi / 2, 14)
    lens = np.concatenate([np.stack([np.sin(t), 1 - np.cos(t)], -1), np.stack([1 - np.sin(t), np.cos(t)], -1)])
    lens = np.stack([1 - lens[:, 0], lens[:, 1]], -1) if turn % 2 else lens
    pen.polygon([(x + px * d, y + py * d) for px, py in lens.tolist()], fill=inks[1])


MOTIFS: tuple[Motif, ...] = (_quarter, _quarter_plain, _quarter_plain, _disc, _halves, _wedge, _stripes, _leaf)


def _blocks(c: Canvas, stops: Floats) -> None:
    """Bauhaus: squares, each with one plain form; a few of the squares are twice as large."""
    side, columns, rows, left, top = _grid(c, c.pick((4, 5, 6)))
    motifs = [MOTIFS[int(k)] for k in c.rng.permutation(len(MOTIFS))[:5]]
    taken: set[tuple[int, int]] = set()

    def draw(pen: Pen, s: float) -> None:
        for row in range(rows):
            for column in range(columns):
                if (row, column) in taken:
                    continue
                large = 2 if c.is_so(0.14) and row + 1 < rows and column + 1 < columns else 1
                taken.update((row + i, column + j) for i in range(large) for j in range(large))
                inks = [ink(stops[int(k)]) for k in c.rng.permutation(5)[:3]]
                x, y, d = (left + column * side) * s, (top + row * side) * s, side * large * s
                tile = Image.new("RGBA", (math.ceil(d), math.ceil(d)), inks[0])
                c.pick(motifs)(_pen_of(tile), 0, 0, d, c.whole(0, 3), inks)
                _image_of(pen).paste(tile, (round(x), round(y)))

    c.lay(draw)


def _pen_of(tile: Image.Image) -> Pen:
    return ImageDraw.Draw(tile)


def _image_of(pen: Pen) -> Image.Image:
    return pen._image


def _cubes(c: Canvas, stops: Floats) -> None:
    """Hexagons split in three, so that they stand out as cubes; their colour runs over the sheet."""
    size = c.unit / c.pick((5, 6.5, 9))
    wide, tall = size * math.sqrt(3) / 2, size * 0.75
    run = c.noise(1.2, 2)
    along, _ = turned(c, c.w / 2, c.h / 2, c.between(0, math.pi))
    tone = smooth(-0.6, 0.6, along + 0.7 * (run - 0.5))

    def draw(pen: Pen, s: float) -> None:
        for row in range(-1, math.ceil(c.h / tall) + 2):
            for column in range(-1, math.ceil(c.w / wide) + 2):
                x, y = (column + row % 2 / 2) * wide, row * tall
                at = int(np.clip(y, 0, c.h - 1)), int(np.clip(x, 0, c.w - 1))
                share = float(np.clip(tone[at] + c.between(-0.16, 0.16), 0, 1))
                base = ramp(stops, np.float32(share))
                _cube(pen, x * s, y * s, size * s / 2, base, c.light.side)

    c.lay(draw)


def _cube(pen: Pen, x: float, y: float, r: float, base: Floats, side: int) -> None:
    turns = [math.pi / 6 + k * math.pi / 3 for k in range(6)]
    corners = [(x + math.cos(turn) * r * 1.01, y + math.sin(turn) * r * 1.01) for turn in turns]
    faces = (((3, 4, 5), 1.12), ((5, 0, 1), 0.94 if side > 0 else 0.7), ((1, 2, 3), 0.7 if side > 0 else 0.94))
    for corner, light in faces:
        pen.polygon([(x, y), *(corners[k] for k in corner)], fill=ink(dim(base, light)))


def _arcs(c: Canvas, stops: Floats) -> None:
    """Rainbows of concentric quarters from two corners of each square, turned at random; because their colours are the
    same from either end they always join into long bends."""
    side, columns, rows, left, top = _grid(c, c.pick((2, 3, 4)))
    first, second, third, fourth = (ink(stops[int(k)]) for k in c.rng.permutation(5)[:4])
    half = c.pick(([first, second, third, fourth], [first, second, first, third, fourth], [first, second, third]))
    inks = [*half, *half[-2::-1]]

    def draw(pen: Pen, s: float) -> None:
        d = side * s
        for row in range(rows):
            for column in range(columns):
                tile = Image.new("RGBA", (math.ceil(d), math.ceil(d)))
                turn = c.whole(0, 3)
                for corner in (turn + 2, turn):
                    cx, cy = d * (corner % 4 in (1, 2)), d * (corner % 4 in (2, 3))
                    for k, colour in enumerate(inks):
                        r = d * (1 - k / len(inks))
                        _pen_of(tile).ellipse((cx - r, cy - r, cx + r, cy + r), fill=colour)
                _image_of(pen).paste(tile, (round((left + column * side) * s), round((top + row * side) * s)))

    c.lay(draw)


def _truchet(c: Canvas, stops: Floats) -> None:
    """Two quarter bends in each square, so that a ribbon winds over the sheet without an end."""
    side, columns, rows, left, top = _grid(c, c.pick((5, 7, 9)))
    flipped = c.rng.random((rows + 1, columns + 1)) < 0.5
    u, v = (c.x - left) / side, (c.y - top) / side
    column, row = np.floor(u).astype(int), np.floor(v).astype(int)
    u, v = u - column + 0 * v, v - row + 0 * u
    u = np.where(flipped[np.clip(row, 0, rows), np.clip(column, 0, columns)], 1 - u, u).astype(np.float32)
    one, other = np.sqrt(u * u + v * v), np.sqrt((1 - u) ** 2 + (1 - v) ** 2)
    away = np.abs(np.minimum(np.abs(one - 0.5), np.abs(other - 0.5))) * np.float32(side)
    order = c.pick(((0, 4, 2, 3), (4, 0, 1, 3), (1, 4, 0, 3), (3, 0, 4, 1), (4, 1, 3, 0)))
    tint_run = smooth(-0.5, 0.5, turned(c, c.w / 2, c.h / 2, c.between(0, 3))[0])
    c.px[:] = stops[order[0]]
    shadow = blurred(np.clip(side * 0.3 - away, 0, 1), side * 0.06)
    c.px *= 1 - 0.3 * shadow[..., None]
    for share, colour in ((0.26, stops[order[1]]), (0.19, None), (0.05, stops[order[3]])):
        paint = (
            ramp([stops[order[2]], mix(stops[order[2]], stops[order[3]], 0.7)], tint_run) if colour is None else colour
        )
        c.cover(np.clip(side * share - away + 0.5, 0, 1), paint)


def _kilim(c: Canvas, stops: Floats) -> None:
    """A woven rug: bands of stepped diamonds, the same from left to right and from top to bottom."""
    cell = max(2, round(c.unit / c.pick((72, 88))))
    half_w, half_h = math.ceil(c.w / cell / 2) + 1, math.ceil(c.h / cell / 2) + 1
    tones = np.zeros((half_h, half_w), np.int32)
    x = np.arange(half_w)[None]
    order = c.rng.permutation(5).tolist()
    row, band = 0, 0
    while row < half_h:
        tall = c.pick((16, 11, 6, 3)) if band else 16
        y = np.arange(min(tall, half_h - row))[:, None]
        shade = [order[(band + k) % 5] for k in range(4)]
        tones[row : row + tall] = _weave(x, y, tall, shade, is_first=band == 0)
        row, band = row + tall, band + 1
    whole = np.concatenate([tones[:0:-1], tones])
    whole = np.concatenate([whole[:, :0:-1], whole], 1)
    rows = np.clip((np.arange(c.h) - c.h / 2) / cell + half_h - 0.5, 0, len(whole) - 1).astype(int)
    cols = np.clip((np.arange(c.w) - c.w / 2) / cell + half_w - 0.5, 0, whole.shape[1] - 1).astype(int)
    c.px[:] = stops[whole[rows][:, cols]]
    thread = 0.5 + 0.5 * np.cos(np.arange(c.h) * 2 * math.pi / max(3, cell / 2))
    ribs = 0.5 + 0.5 * np.cos(np.arange(c.w) * 2 * math.pi / max(3, cell / 2))
    c.px *= (0.93 + 0.05 * thread[:, None] + 0.05 * ribs + 0.05 * c.noise(50, 2, stretch=4))[..., None].astype(
        np.float32
    )


def _weave(x: Floats, y: Floats, tall: int, shade: list[int], *, is_first: bool) -> Floats:
    """One band's colours: diamonds, teeth, or a plain stripe with a broken line."""
    if tall <= 3:
        return np.asarray(np.where((x // 2 + y) % 3 == 0, shade[0], shade[1]))
    if tall <= 6:
        step = np.abs((x % 12) - 6)
        return np.asarray(np.where(step <= y, shade[1], shade[2]))
    wide = tall * 2 if is_first else tall + 1
    up = y if is_first else np.abs(y - tall // 2) * 2
    away = np.abs((x + wide / 2 * (not is_first)) % wide - wide / 2)
    away = np.where(is_first, wide / 2 - away, away)
    away = (away // 2) * 2 + (up // 2) * (2 if is_first else 1)
    ring = np.asarray(away * 4 // max(tall, 1), int)
    return np.asarray(np.array(shade)[np.clip(ring, 0, 3)])


def _suns(c: Canvas, stops: Floats) -> None:
    """A modern print: discs and hills of flat colour, cut by one horizon."""
    order = c.rng.permutation(4).tolist()
    x, y = c.w * c.pick((0.36, 0.5, 0.64)), c.h * c.between(0.34, 0.46)
    c.px[:] = stops[4]
    for k, share in enumerate((0.36, 0.29, 0.22, 0.14)):
        c.cover(np.clip(c.unit * share - c.away(x, y) + 0.5, 0, 1), stops[order[k]])
    for k in range(4):
        cx = c.w * c.between(0.0, 1.0)
        r = c.unit * c.between(0.4, 0.8)
        cy = c.h * (0.62 + 0.1 * k) + r
        stripes = c.is_so(0.5)
        away = c.away(cx, cy)
        c.cover(np.clip(r - away + 0.5, 0, 1), stops[order[(k + 1) % 4]])
        for ring in range(1, 5 if stripes else 1):
            c.cover(np.clip(c.unit * 0.004 + 0.5 - np.abs(away - r + ring * c.unit * 0.035), 0, 1), stops[4])
        c.cover(np.clip(c.unit * 0.003 + 0.5 - np.abs(away - r), 0, 1), stops[4])


PATTERNS: tuple[Callable[[Canvas, Floats], None], ...] = (_fans, _blocks, _cubes, _arcs, _truchet, _kilim, _suns)


ROWS = {
    "flow": Scene(
        flow, "abstract abstraction flow fluid liquid swirl silk-folds marbled marbling agate music melody "
        "rhythm emotion feeling energy psychedelic fluid-art abstrakt abstraktion fließend fliessend gefühl "
        "musik abstrait flux fluide musique abstracto abstracta fluido música astratto 🎵 🎶 💭 🌀 流 音 抽象",
        "an abstract picture of flowing silk, liquid ink or marble in soft waves of colour", indoors=True,
    ),
    "pattern": Scene(
        pattern, "pattern geometric geometry ornament tile tiles tessellation tiling art-deco bauhaus hexagon "
        "triangle mandala kaleidoscope kilim quilt wallpaper textile seamless truchet symmetry shape muster "
        "geometrisch kachel fliese teppich motif géométrique carreau tapis patrón geométrico azulejo alfombra "
        "motivo 🔷 🔶 🔺 🔲 💠 模様 紋 図",
        "a geometric pattern of repeated shapes, tiles and ornaments in flat colours", indoors=True,
    ),
}  # fmt: skip
