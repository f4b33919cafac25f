"""As pens, knives and presses make it."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

from services.studio.engines.painter.canvas import Canvas, Pen, blurred, resized
from services.studio.engines.painter.colour import grey, hexed, hexes, mix
from services.studio.engines.painter.maths import Floats, angle, sin, smooth
from services.studio.engines.painter.styles import technique as t
from services.studio.engines.painter.styles.style import Style

HATCHES = ((0.9, 0.78, 0.0085), (0.72, 0.95, 0.0075), (0.5, -0.75, 0.0075), (0.32, 0.1, 0.006), (0.18, 1.55, 0.0055))
"""Below which brightness it is hatched, in which direction, and how far apart the lines are in shorter sides."""
UKIYO = (
    "#f3ead3 #e6d3a8 #d9b77a #c98a4b #b4532f #8e2f2a #f0c9b0 #e2a08c "
    "#a9bfa0 #6f9178 #3f6656 #2b4238 #bcd0d6 #7fa3ba #42759c #1f4a7a #16305a #101c38 #8c7f86 #4d4650 #2a2630"
)
RAYS = 17
"""Of a poster's sky, were it to go all the way round."""
GLASS, PIECE = 256, 22.0
"""Places along the shorter side by which glass is cut, and how many of them a piece measures."""
COLOUR_COUNTS = 14
"""How much a piece of glass keeps to one colour, against keeping its shape."""
PRINT_PAPER = "#efe3c8"


def pencil(c: Canvas) -> None:
    px = t.spread(c.px, 0.06, 1.0, 0.004, 0.985)
    bright = grey(t.calm(px, c.unit * 0.003))
    if t.levels(px)[1] < 0.45:
        bright = bright + (1 - bright) * bright * 0.9
    press = (c.noise(5, 4) - 0.5) * 0.22
    inside = t.ragged(c, 0.045, 0.1, 0.05)
    paper_grain = t.grain(c, 1 / 420)
    dark = np.zeros_like(bright)
    for below, turn, apart in HATCHES:
        tone = smooth(below, below - 0.3, bright + press) * inside
        dark += _hatched(c, turn + c.between(-0.06, 0.06), apart) * tone * 0.42
    dark += smooth(0.55, 0.05, bright) * 0.3 * inside
    outline = t.lines(c, c.px, 0.0014, 9.0) + 0.5 * t.lines(c, t.wandering(c, c.px, 9, 0.004), 0.0014, 8.0)
    dark = (dark + outline * 0.9) * (0.82 + 0.5 * paper_grain)
    paper = hexed("#f6f2e8") * (1 + 0.02 * t.tooth(c))[..., None]
    c.px[:] = np.clip(paper + (hexed("#2b2b30") - paper) * np.clip(dark, 0, 0.93)[..., None], 0, 1)


def _hatched(c: Canvas, turn: float, apart: float) -> Floats:
    """Parallel strokes, neither quite straight nor equally strong."""
    apart = max(apart * c.unit, 2.6)
    across = c.x * math.cos(turn) + c.y * math.sin(turn) + (c.noise(3, 3) - 0.5) * c.unit * 0.022
    place = across / np.float32(apart)
    which = np.floor(place)
    stroke = 1 - np.abs(place - which - 0.5) * 2
    strengths = c.rng.uniform(0.55, 1.15, 4096).astype(np.float32)
    return np.asarray(smooth(0.1, 0.75, stroke) * strengths[which.astype(np.int32) % 4096], np.float32)


def woodblock(c: Canvas) -> None:
    px = t.saturated(t.spread(c.px, 0.04, 0.97), 1.1)
    calm = t.simplified(c, px, 0.0035, 0.02)
    inks = hexes(UKIYO)
    flat = t.recoloured(calm, lambda rgb: _nearest(rgb, inks, 0.75))
    flat = flat * 0.8 + calm * 0.2
    key = smooth(0.3, 0.7, t.lines(c, calm, 0.0017, 14.0))
    bokashi = smooth(0.17, 0.0, c.y / c.h + 0 * c.x) * 0.75
    flat = flat + (hexed("#16305a") - flat) * bokashi[..., None]
    flat = flat + (hexed("#14141f") - flat) * (key * 0.85)[..., None]
    wood = t.straight(t.grain(c, 1 / 420), 1, 0, c.unit * 0.2)
    flat = flat * (1 + wood * 0.16)[..., None]
    _printed(c, flat, 0.04)
    _cartouche(c)


def _nearest(rgb: Any, palette: Floats, pull: float) -> Floats:
    """Each colour drawn towards the nearest of the palette's."""
    palette = np.asarray(palette, float)
    away = t.opponent(rgb)[:, None] - t.opponent(palette)[None]
    found = palette[np.argmin((away**2).sum(-1), -1)]
    return np.asarray(rgb + (found - rgb) * pull)


def _printed(c: Canvas, flat: Floats, margin: float) -> None:
    """On soft paper, with a margin and a thin line round the picture."""
    paper = hexed(PRINT_PAPER) * (1 + 0.05 * (c.noise(70, 3) - 0.5) + 0.03 * t.tooth(c))[..., None]
    flat = flat * (1 + 0.06 * (c.noise(120, 2) - 0.5))[..., None] * np.float32(0.93) + paper * np.float32(0.07)
    line = t.frame(c, margin) - t.frame(c, margin + 0.0045)
    c.px[:] = np.clip(paper + (flat - paper) * t.frame(c, margin)[..., None], 0, 1)
    c.cover(line * 0.85, hexed("#1b1a24"))


def _cartouche(c: Canvas) -> None:
    """A narrow box with signs in an upper corner, as such prints name their maker."""
    wide, high = c.unit * 0.05, c.unit * 0.2
    left = c.w - c.unit * 0.085 - wide if c.light.side < 0 else c.unit * 0.085
    top = c.unit * 0.085
    shape = c.rng.integers(0, 5, (4, 6))

    def box(pen: Pen, s: float) -> None:
        pen.rectangle((left * s, top * s, (left + wide) * s, (top + high) * s), fill=255)

    def signs(pen: Pen, s: float) -> None:
        for k, row in enumerate(shape):
            _brushed_sign(pen, s, left + wide * 0.22, top + high * (0.06 + 0.235 * k), wide * 0.56, row)

    c.cover(c.sketch(box, scale=1) * 0.92, hexed("#c8452f"))
    c.cover(c.sketch(signs, scale=3) * 0.9, hexed("#1a1518"))


def _brushed_sign(pen: Pen, s: float, x: float, y: float, size: float, strokes: Floats) -> None:
    thick = max(1, round(size * s * 0.1))
    for k, stroke in enumerate(strokes):
        part = (k + 0.5) / len(strokes)
        ends = {
            0: (0.05, part, 0.95, part - 0.03), 1: (part, 0.05, part, 0.95), 2: (0.5, part * 0.5, 0.08, 0.95),
            3: (0.5, part * 0.6, 0.95, 0.92), 4: (0.25, part, 0.75, part),
        }[int(stroke)]  # fmt: skip
        corners = [(start + size * end) * s for start, end in zip((x, y, x, y), ends, strict=True)]
        pen.line(corners, fill=255, width=thick)


def poster(c: Canvas) -> None:
    px = t.simplified(c, t.saturated(t.spread(c.px, 0.03, 0.97), 1.25), 0.003, 0.05)
    inks = t.main_colours(px, 7, 4)
    flat = t.cut_out(c, t.areas(px, inks), _aged(inks), 0.005)
    turn = angle(c.x - c.sun[0], np.maximum(c.horizon * 1.1 - c.y, 1))
    rays = smooth(-0.06, 0.06, sin(turn * np.float32(RAYS))) * t.open_sky(c, px)
    flat = flat * (1 + (rays * 0.1 - 0.03) * smooth(0.05, 0.3, c.away(c.sun[0], c.horizon * 1.1, c.unit)))[..., None]
    paper, dark = hexed("#f4e8cf"), _aged(inks)[np.argmin(inks.sum(-1))]
    c.px[:] = paper + (flat - paper) * t.frame(c, 0.062)[..., None]
    for outer, wide in ((0.022, 0.009), (0.0365, 0.003), (0.06, 0.003)):
        c.cover(t.frame(c, outer) - t.frame(c, outer + wide), dark)
    c.px *= (1 + 0.045 * t.grain(c, 1 / 500))[..., None]


def _aged(inks: Floats) -> Floats:
    """As if printed long ago: strong colours, warm whites, no black."""
    bright = t.opponent(inks)[:, :1] / 1.2
    inks = np.clip(bright + (inks - bright) * 1.35, 0, 1)
    return np.asarray(np.clip(hexed("#16233a") * (1 - inks) + hexed("#fdf0d8") * inks, 0, 1), float)


def paper_cut(c: Canvas) -> None:
    px = t.simplified(c, t.saturated(t.spread(c.px, 0.05, 0.97), 1.2), 0.0045, 0.05)
    inks = t.main_colours(px, 6, 4)
    which = t.areas(px, inks)
    sheets = t.cut_out(c, which, np.concatenate([inks, _stacked(c, which, inks)], 1), 0.008)
    flat, height = sheets[..., :3], sheets[..., 3]
    ranked = inks[np.argsort(t.opponent(inks)[:, 0], kind="stable")]
    for k, margin in enumerate((0.07, 0.04)):
        hole = _window(c, margin)
        height = np.maximum(height * hole, (1 - hole) * (1.25 + 0.3 * k))
        frame = mix(ranked[len(ranked) // 2], hexed("#f6ecd8"), 0.35 + 0.5 * k)
        flat = frame + (flat - frame) * hole[..., None]
    rim = np.clip(height - t.shifted(height, c.light.side, -1), 0, 0.3) * 0.5
    c.px[:] = flat * (_cast(c, height) * (1 + t.tooth(c, 1 / 300) * 0.035) + rim)[..., None]


def _stacked(c: Canvas, which: Any, inks: Floats) -> Floats:
    """How high each sheet lies, up to 1: the darker and the lower in the picture, the nearer."""
    label = which[:: max(1, c.unit // 128), :: max(1, c.unit // 128)]
    rows = np.repeat(np.linspace(0, 1, label.shape[0]), label.shape[1])
    many = np.maximum(np.bincount(label.ravel(), minlength=len(inks)), 1)
    low = np.bincount(label.ravel(), rows, len(inks)) / many
    height = np.empty((len(inks), 1))
    height[np.argsort(low * 1.3 - t.opponent(inks)[:, 0], kind="stable"), 0] = np.linspace(0, 1, len(inks))
    return height


def _window(c: Canvas, margin: float) -> Floats:
    """1 inside of a frame with round corners."""
    x, y = np.minimum(c.x, c.w - 1 - c.x), np.minimum(c.y, c.h - 1 - c.y)
    bend = 0.1 * c.unit
    corner = np.sqrt(np.clip(bend - x, 0, None) ** 2 + np.clip(bend - y, 0, None) ** 2)
    inside = np.where(corner > 0, bend - corner, np.minimum(x, y))
    return np.asarray(np.clip(inside - margin * c.unit + 0.5, 0, 1), np.float32)


def _cast(c: Canvas, height: Floats) -> Floats:
    """The shadow that higher sheets cast on lower ones."""
    light = np.ones_like(height)
    for reach, strength in ((0.02, 0.75), (0.007, 0.7)):
        d = max(1, round(reach * c.unit * 0.7))
        over = t.shifted(t.hazed(height / 2, reach * c.unit * 0.5) * 2, d * c.light.side, -d)
        light *= 1 - np.clip(over - height, 0, 0.5) * strength
    return light


def stained_glass(c: Canvas) -> None:
    glass, pieces = _cut(c, t.saturated(t.spread(c.px, 0.06, 0.95), 1.45))
    seam = (np.diff(pieces, axis=1, append=pieces[:, -1:]) != 0) | (np.diff(pieces, axis=0, append=pieces[-1:]) != 0)
    near, deep = (resized(blurred(seam.astype(np.float32), radius), (c.w, c.h)) for radius in (0.8, 3.2))
    colour = t.pixels(t.sheet(glass).resize((c.w, c.h), Image.Resampling.NEAREST))
    light = 1.22 - deep * 1.1 + (c.noise(9, 4, stretch=2.5) - 0.5) * 0.35
    c.px[:] = np.clip(colour * light[..., None] + np.clip(light - 1.1, 0, 1)[..., None] * 0.35, 0, 1)
    c.shine(t.hazed(grey(c.px) * 0.8, c.unit * 0.02) * 0.22, c.light.glow)
    lead = np.maximum(smooth(0.22, 0.34, near), 1 - t.frame(c, 0.022))
    shine = np.clip(t.lit(blurred(lead, max(0.8, c.unit * 0.002)), -2.2), 0, 1)
    c.cover(lead, hexed("#15151a") + shine[..., None] * 0.28)


def _cut(c: Canvas, px: Floats) -> tuple[Floats, Any]:
    """A small picture in its pieces of glass, and which piece is where: they keep to its outlines, as a glazier cuts
    them. (Known as superpixels: places and colours gathered round centres, all of which then move to their middle.)"""
    share = GLASS / c.unit
    size = (round(c.w * share), round(c.h * share))
    small = t.pixels(t.sheet(px).resize(size, Image.Resampling.BOX))
    seen = t.pixels(t.sheet(small).filter(ImageFilter.GaussianBlur(1.2)))
    columns, rows = max(2, round(size[0] / PIECE)), max(2, round(size[1] / PIECE))
    home = _squares(size, columns, rows)
    centres = _first_centres(c, seen, columns, rows)
    for _ in range(3):
        pieces = _gathered(seen, home, centres)
        centres = _middles(pieces, seen, len(centres), centres)
    return _middles(pieces, small, len(centres), centres)[pieces, 2:], pieces


def _squares(size: tuple[int, int], columns: int, rows: int) -> Any:
    """For each place the numbers of the nine squares of a net about it."""
    column = np.minimum(np.arange(size[0]) * columns // size[0], columns - 1)
    row = np.minimum(np.arange(size[1]) * rows // size[1], rows - 1)[:, None]
    steps = [(dx, dy) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]
    return [np.clip(row + dy, 0, rows - 1) * columns + np.clip(column + dx, 0, columns - 1) for dx, dy in steps]


def _first_centres(c: Canvas, seen: Floats, columns: int, rows: int) -> Floats:
    """Places and colours, one in each square of a net like a honeycomb's."""
    high, wide = seen.shape[:2]
    j, i = np.meshgrid(np.arange(columns), np.arange(rows))
    x = (j + 0.25 + (i % 2) * 0.5 + c.rng.uniform(-0.25, 0.25, j.shape)) * wide / columns
    y = (i + 0.5 + c.rng.uniform(-0.25, 0.25, j.shape)) * high / rows
    colour = seen[np.clip(y, 0, high - 1).astype(int), np.clip(x, 0, wide - 1).astype(int)]
    return np.concatenate([np.stack([x, y], -1), colour], -1).reshape(-1, 5).astype(np.float32)


def _gathered(seen: Floats, home: Any, centres: Floats) -> Any:
    """Which centre is nearest to each place, in distance and colour."""
    high, wide = seen.shape[:2]
    x, y = np.arange(wide, dtype=np.float32), np.arange(high, dtype=np.float32)[:, None]
    least, pieces = np.full((high, wide), np.float32(1e9)), np.zeros((high, wide), int)
    for near in home:
        away = ((centres[:, 0][near] - x) ** 2 + (centres[:, 1][near] - y) ** 2) * np.float32(1 / PIECE**2)
        for k in range(3):
            away += (seen[..., k] - centres[:, 2 + k][near]) ** 2 * np.float32(COLOUR_COUNTS)
        pieces = np.where(away < least, near, pieces)
        least = np.minimum(away, least)
    return pieces


def _middles(pieces: Any, seen: Floats, count: int, before: Floats) -> Floats:
    """The mean place and colour of each piece."""
    y, x = np.indices(pieces.shape)
    many = np.bincount(pieces.ravel(), minlength=count)
    values = [x, y, *(seen[..., k] for k in range(3))]
    means = [np.bincount(pieces.ravel(), value.ravel(), count) / np.maximum(many, 1) for value in values]
    return np.where(many[:, None] > 0, np.stack(means, -1), before).astype(np.float32)


ROWS = {
    "pencil": Style(
        pencil,
        "pencil pencil-drawing pencil-sketch sketch sketched graphite hatching cross-hatching crosshatch "
        "charcoal charcoal-drawing line-drawing line-art lineart hand-drawn pen-and-ink etching engraving "
        "bleistift bleistiftzeichnung skizze zeichnung kohlezeichnung radierung kupferstich dessin-au-crayon "
        "croquis fusain gravure lápiz dibujo-a-lápiz carboncillo boceto grabado 鉛筆画 素描",
        "a pencil drawing: hatched in graphite on white paper",
    ),
    "woodblock": Style(
        woodblock,
        "woodblock woodblock-print wood-block woodcut wood-cut ukiyo-e ukiyoe japanese-print "
        "japanese-woodblock hokusai hiroshige utamaro kuniyoshi shin-hanga linocut lino-print block-print "
        "holzschnitt farbholzschnitt linolschnitt estampe estampe-japonaise gravure-sur-bois linogravure "
        "xilografía grabado-japonés grabado-en-madera 浮世絵 木版画 版画",
        "a Japanese woodblock print: flat colours, dark outlines, soft paper",
    ),
    "poster": Style(
        poster,
        "poster travel-poster vintage-poster retro-poster art-deco artdeco art-nouveau screen-print "
        "screenprint silkscreen serigraph serigraphy risograph lithograph lithography flat-design "
        "flat-colours flat-colors vector-art vector-illustration vector-graphic flat-illustration plakat "
        "reiseplakat siebdruck jugendstil affiche affiche-de-voyage affiche-vintage sérigraphie póster "
        "cartel-de-viaje cartel-vintage serigrafía ポスター",
        "an art deco travel poster: a few flat colours, rays in the sky, a border",
        closeness=1.2,
    ),
    "paper_cut": Style(
        paper_cut,
        "paper-cut paper-cutting papercut paper-cutout paper-cut-out cut-out cutout cut-paper paper-art "
        "layered-paper paper-layers paper-craft papercraft paper-collage paper-sculpture paper-diorama "
        "collage kirigami shadow-box scherenschnitt papierschnitt papierkunst papiercollage collage-en-papier "
        "papier-découpé papiers-découpés papel-recortado papel-picado collage-de-papel 切り絵",
        "layered cut paper: coloured sheets one over the other, with shadows",
        closeness=1.45,
    ),
    "stained_glass": Style(
        stained_glass,
        "stained-glass stained-glass-window stainedglass leaded-glass leadlight tiffany-glass "
        "cathedral-window church-window mosaic mosaics buntglas buntglasfenster bleiglas bleiglasfenster "
        "kirchenfenster glasmalerei mosaik vitrail vitraux mosaïque vitral vitrales vidriera vidrieras "
        "mosaico ステンドグラス",
        "a stained glass window: luminous pieces of coloured glass set in lead",
        closeness=1.7,
    ),
}
