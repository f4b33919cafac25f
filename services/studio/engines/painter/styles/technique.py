"""What several styles do alike: papers, flat areas, edges, strokes along a picture's lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from services.studio.engines.painter.canvas import Canvas, resized
from services.studio.engines.painter.colour import grey
from services.studio.engines.painter.maths import Floats, cos, sin, smooth

Recolour = Callable[[Floats], Floats]
"""From rows of red, green and blue to such rows."""

CUBE = 33
"""Steps a side of a table of colours."""
CALM_SIDES = ((-1, -1), (1, -1), (-1, 1), (1, 1), (-1, 0), (1, 0), (0, -1), (0, 1))
MOST_DENSE = 1024
"""Pixels of a sheet's shorter side up to which flat colours are drawn twice as large, for smooth edges."""


def sheet(pixels: Floats) -> Image.Image:
    return Image.fromarray((np.clip(pixels, 0, 1) * 255 + 0.5).astype(np.uint8))


def pixels(picture: Image.Image) -> Floats:
    return np.asarray(picture, np.float32) / 255


def recoloured(px: Floats, change: Recolour) -> Floats:
    """Each colour replaced; what is between two colours becomes what is between the two new ones."""
    steps = np.linspace(0, 1, CUBE)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    table = np.clip(change(np.stack([red, green, blue], -1).reshape(-1, 3)), 0, 1)
    return pixels(sheet(px).filter(ImageFilter.Color3DLUT(CUBE, np.round(table, 4).ravel().tolist())))


def levels(px: Floats, low: float = 0.01, high: float = 0.99) -> tuple[float, float, float]:
    """How bright the darkest, the middle and the brightest parts are, whatever few pixels beyond may be."""
    counts = np.cumsum(sheet(grey(px)).histogram())
    at = [int(np.searchsorted(counts, share * counts[-1])) / 255 for share in (low, 0.5, high)]
    return at[0], at[1], max(at[2], at[0] + 0.1)


def spread(px: Floats, dark: float, light: float, low: float = 0.01, high: float = 0.99) -> Floats:
    """The picture's range of brightness drawn out to reach from `dark` to `light`."""
    least, _, most = levels(px, low, high)
    return np.asarray(np.clip((px - least) * ((light - dark) / (most - least)) + dark, 0, 1), np.float32)


def saturated(px: Floats, by: float) -> Floats:
    bright = grey(px)[..., None]
    return np.asarray(np.clip(bright + (px - bright) * np.float32(by), 0, 1), np.float32)


def thicker(px: Floats, by: Any) -> Floats:
    """As if more of a transparent colour lay on white paper (less of it where `by` is below 0)."""
    return np.asarray(px + np.asarray(by, np.float32)[..., None] * px * (px - 1), np.float32)


def shifted(field: Floats, dx: int, dy: int) -> Floats:
    """What is so many pixels to the right and below comes here; the rim is drawn out."""
    high, wide = field.shape[:2]
    dx, dy = int(np.clip(dx, 1 - wide, wide - 1)), int(np.clip(dy, 1 - high, high - 1))
    pad = [(max(-dy, 0), max(dy, 0)), (max(-dx, 0), max(dx, 0)), (0, 0)][: field.ndim]
    return np.pad(field, pad, "edge")[max(dy, 0) : max(dy, 0) + high, max(dx, 0) : max(dx, 0) + wide]


def calm(px: Floats, radius: float) -> Floats:
    """Small things flow together, edges stay: each pixel takes after the calmest of the areas beside it."""
    r = max(1, round(radius))
    box = ImageFilter.BoxBlur(r)
    picture = sheet(px)
    bright = picture.convert("L")
    unrest = np.abs(pixels(bright) - pixels(bright.filter(box)))
    unrest = pixels(sheet(unrest * 4).filter(box))
    weight = 1 / (unrest * unrest + np.float32(0.0004))
    weight = np.pad(weight * weight * np.float32(1e-6), r, "edge")
    means = [np.pad(pixels(band), r, "edge") for band in picture.filter(box).split()]
    high, wide = unrest.shape
    total, sums = np.zeros_like(unrest), [np.zeros_like(unrest) for _ in means]
    for x, y in CALM_SIDES:
        area = slice(r + y * r, r + y * r + high), slice(r + x * r, r + x * r + wide)
        total += weight[area]
        for band, mean in zip(sums, means, strict=True):
            band += mean[area] * weight[area]
    return np.stack([band / total for band in sums], -1)


def keen(px: Floats, calmer: Floats, low: float = 0.1, high: float = 0.3) -> Floats:
    """The calmer picture with what stood out strongly in the first one, as eyes and lit windows do."""
    share = smooth(low, high, largest(np.abs(px - calmer)))
    return np.asarray(calmer + (px - calmer) * share[..., None], np.float32)


def hazed(px: Floats, radius: float) -> Floats:
    """A picture or a mask blurred so much that it can be done on a smaller sheet."""
    by = int(min(8, max(1, radius // 3)))
    soft = sheet(px).reduce(by).filter(ImageFilter.GaussianBlur(max(radius / by, 0.1)))
    return pixels(soft.resize((px.shape[1], px.shape[0]), Image.Resampling.BILINEAR) if by > 1 else soft)


def wandering(c: Canvas, px: Floats, cells: float, reach: float) -> Floats:
    """The picture with every outline drawn by an unsteady hand; `reach` is in shorter sides."""
    far = 2 * reach * c.unit
    x = np.clip(c.x + (c.noise(cells, 3) - 0.5) * far + 0.5, 0, c.w - 1).astype(np.int32)
    y = np.clip(c.y + (c.noise(cells, 3) - 0.5) * far + 0.5, 0, c.h - 1).astype(np.int32)
    return np.asarray(px.reshape(-1, px.shape[-1])[y * c.w + x])


def slope(field: Floats) -> tuple[Floats, Floats]:
    """How much a field rises to the right and downwards, a pixel."""
    down, right = np.gradient(field, axis=(0, 1))
    return np.asarray(right, np.float32), np.asarray(down, np.float32)


def edges(c: Canvas, px: Floats, width: float, *, coarse: int = 1) -> Floats:
    """How much of an edge there is, 1 where black meets white; `width` is in shorter sides. A coarse one is quicker."""
    by = max(1, min(coarse, c.unit // 128))
    radius = max(0.6, width * c.unit / by)
    soft = pixels(sheet(px).reduce(by).filter(ImageFilter.GaussianBlur(radius)))
    right, down = (largest(np.abs(each)) for each in slope(soft))
    found = np.sqrt(right * right + down * down) * np.float32(radius * 2.5)
    return resized(found, (c.w, c.h)) if by > 1 else np.asarray(found, np.float32)


def largest(px: Floats) -> Floats:
    """Of red, green and blue."""
    return np.asarray(np.maximum(np.maximum(px[..., 0], px[..., 1]), px[..., 2]))


def lines(c: Canvas, px: Floats, width: float, strength: float) -> Floats:
    """Dark lines where a darker area meets a lighter one, as a pen would draw them."""
    picture, radius = sheet(px), max(0.5, width * c.unit)
    narrow, wide = (pixels(picture.filter(ImageFilter.BoxBlur(radius * by))) for by in (1.4, 2.6))
    return np.asarray(np.clip(largest(wide - narrow) * np.float32(strength), 0, 1), np.float32)


def grain(c: Canvas, size: float = 1 / 500) -> Floats:
    """Noise from -1 to 1 with grains of a size in shorter sides, a pixel at least."""
    cell = max(1.0, size * c.unit)
    spots = c.rng.random((max(2, round(c.h / cell)), max(2, round(c.w / cell))), np.float32) * 2 - 1
    return resized(spots, (c.w, c.h)) if cell > 1 else spots[: c.h, : c.w]


def tooth(c: Canvas, size: float = 1 / 260) -> Floats:
    """The relief of rough paper lit from above, about -1 to 1."""
    bumps = grain(c, size) + grain(c, size / 2.2)
    return np.asarray(np.clip((bumps - shifted(bumps, 1, 1)) * 0.8, -1, 1), np.float32)


def ragged(c: Canvas, margin: float, rough: float, soft: float = 0.004) -> Floats:
    """1 inside, 0 on a margin whose edge is as uneven as a brush leaves it; in shorter sides."""
    x, y = np.minimum(c.x, c.w - 1 - c.x) / c.unit, np.minimum(c.y, c.h - 1 - c.y) / c.unit
    sides = x + rough * (c.noise(14, 3, stretch=7) - 0.5) * 1.5
    ends = y + rough * (c.noise(5, 4) - 0.5)
    return smooth(margin - soft, margin + soft, np.minimum(sides, ends))


def frame(c: Canvas, margin: float) -> Floats:
    """1 inside, 0 on an even margin."""
    x, y = np.minimum(c.x, c.w - 1 - c.x), np.minimum(c.y, c.h - 1 - c.y)
    return np.asarray(np.clip(np.minimum(x, y) - margin * c.unit + 0.5, 0, 1), np.float32)


class Flow(NamedTuple):
    """For each pixel a direction of length 1: along the edge beside it, wandering where there is none."""

    x: Floats
    y: Floats


def flow(c: Canvas, px: Floats, reach: float = 1 / 40, restless: float = 1.0) -> Flow:
    """`reach` is how far an edge is felt, in shorter sides."""
    small = (max(4, min(c.w, round(c.w / c.unit / reach * 4))), max(4, min(c.h, round(c.h / c.unit / reach * 4))))
    right, down = slope(resized(grey(px), small))
    coarse = max(2, small[0] // 3), max(2, small[1] // 3)
    turn = (resized(c.noise(2.2, 2, stretch=2), coarse) - 0.5) * np.float32(5 * restless)
    along = resized(_felt(right * right - down * down, coarse) - cos(turn) * np.float32(2e-4), (c.w, c.h))
    across = resized(_felt(2 * right * down, coarse) - sin(turn) * np.float32(2e-4), (c.w, c.h))
    double = along / (np.sqrt(along * along + across * across) + np.float32(1e-9))
    x = np.sqrt(np.clip((1 - double) * np.float32(0.5), 0, 1)) * np.where(across < 0, np.float32(1), np.float32(-1))
    return Flow(x, np.sqrt(np.clip((1 + double) * np.float32(0.5), 0, 1)))


def _felt(field: Floats, coarse: tuple[int, int]) -> Floats:
    return np.asarray(Image.fromarray(field).resize(coarse, Image.Resampling.BOX), np.float32)


def smeared(c: Canvas, field: Floats, along: Flow, reach: float) -> Floats:
    """A grain drawn out along the flow, `reach` in shorter sides; what leaves the sheet comes in at the other side."""
    step = 1.0
    while step <= max(1.0, reach * c.unit / 2):
        x = (c.x + along.x * np.float32(step) + np.float32(c.w + 0.5)).astype(np.int32) % c.w
        y = (c.y + along.y * np.float32(step) + np.float32(c.h + 0.5)).astype(np.int32) % c.h
        field = (field + field.reshape(-1, *field.shape[2:])[y * c.w + x]) * np.float32(0.5)
        step *= 2
    return np.asarray(field, np.float32)


def straight(field: Floats, dx: float, dy: float, reach: float) -> Floats:
    """A grain drawn out in one direction, by so many pixels."""
    step = 1.0
    while step <= max(1.0, reach / 2):
        field = (field + np.roll(field, (round(dy * step), round(dx * step)), (0, 1))) * np.float32(0.5)
        step *= 2
    return np.asarray(field, np.float32)


class Touch(NamedTuple):
    """One layer of brush strokes, in shorter sides."""

    length: float
    width: float
    spacing: float
    dabs: float = 0.0
    """How much one stroke's colour differs from the next one's."""
    needed: float = -1.0
    """Only where the picture differs by so much from what lies there already."""


def stroked(c: Canvas, ground: Floats, px: Floats, along: Flow, layers: tuple[Touch, ...]) -> tuple[Floats, Floats]:
    """The picture painted over `ground` in strokes along the flow, and how thickly the colour lies."""
    scale = 2 if c.unit <= MOST_DENSE else 1
    # The fourth channel, whatever its name, is the height: so each stroke is drawn but once.
    painting = Image.merge("CMYK", (*sheet(ground).split(), Image.new("L", (c.w, c.h), 128)))
    painting = painting.resize((c.w * scale, c.h * scale))
    for touch in layers:
        _layer(c, painting, px, along, touch, scale)
    done = pixels(painting.reduce(scale))
    return done[..., :3], done[..., 3]


def _layer(c: Canvas, painting: Image.Image, px: Floats, along: Flow, touch: Touch, scale: int) -> None:
    x, y = _scattered(c, touch.spacing)
    at = y.astype(np.int32) * c.w + x.astype(np.int32)
    colours = px.reshape(-1, 3)[at]
    if touch.needed >= 0:
        there = np.asarray(painting.reduce(scale)).reshape(-1, 4)[at, :3]
        wanted = largest(np.abs(there * np.float32(1 / 255) - colours)) > touch.needed
        x, y, at, colours = x[wanted], y[wanted], at[wanted], colours[wanted]
    shades = colours + (c.rng.random((len(at), 3)) + c.rng.random((len(at), 1)) - 1) * touch.dabs
    inks = np.concatenate([np.clip(shades * 255 + 0.5, 0, 255), c.rng.integers(70, 190, (len(at), 1))], 1)
    outlines = _outlines(c, x, y, at, along, touch) * scale
    pen = ImageDraw.Draw(painting)
    for outline, ink in zip(outlines.tolist(), inks.astype(int).tolist(), strict=True):
        pen.polygon(outline, fill=tuple(ink))


def _scattered(c: Canvas, spacing: float) -> tuple[Floats, Floats]:
    """Places all over the sheet, a spacing from each other, in no order."""
    gap = max(2.0, spacing * c.unit)
    columns, rows = int(c.w / gap) + 1, int(c.h / gap) + 1
    order = c.rng.permutation(columns * rows)
    x = (order % columns + c.rng.random(len(order))) * gap
    y = (order // columns + c.rng.random(len(order))) * gap
    return np.minimum(x, c.w - 1), np.minimum(y, c.h - 1)


def _outlines(c: Canvas, x: Floats, y: Floats, at: Floats, along: Flow, touch: Touch) -> Floats:
    """Eight corners of each stroke, one after the other: bent as the flow bends, narrower at its ends."""
    long = touch.length * c.unit * c.rng.uniform(0.6, 1.2, len(at)) / 2
    wide = np.maximum(touch.width * c.unit * c.rng.uniform(0.7, 1.2, len(at)) / 2, 0.7)
    dx, dy = along.x.reshape(-1)[at].astype(float), along.y.reshape(-1)[at].astype(float)
    corners = []
    for side in (1, -1):
        ex, ey = np.clip(x + side * dx * long, 0, c.w - 1), np.clip(y + side * dy * long, 0, c.h - 1)
        end = ey.astype(np.int32) * c.w + ex.astype(np.int32)
        fx, fy = along.x.reshape(-1)[end].astype(float), along.y.reshape(-1)[end].astype(float)
        turned = np.where(fx * dx + fy * dy < 0, -1, 1)
        fx, fy = (dx + fx * turned) / 2, (dy + fy * turned) / 2
        for share, part in ((0.0, 1.0), (0.6, 0.95), (1.0, 0.3)):
            out = side * long * share
            px, py = x + out * (dx + (fx - dx) * share), y + out * (dy + (fy - dy) * share)
            corners.append((px - dy * wide * part, py + dx * wide * part, px + dy * wide * part, py - dx * wide * part))
    left = [corners[k][:2] for k in (2, 1, 0, 4, 5)]
    right = [corners[k][2:] for k in (5, 4, 1, 2)]
    return np.stack([number for corner in left + right for number in corner], -1)


def lit(relief: Floats, strength: float) -> Floats:
    """How much lighter or darker a relief is, lit from the upper left."""
    return np.asarray((relief - shifted(relief, 1, 1)) * np.float32(strength), np.float32)


def main_colours(px: Floats, most: int, rare: int) -> Floats:
    """The colours that fill most of a picture, and those that differ most from them."""
    small = sheet(px).resize((96, 96), Image.Resampling.BOX)
    colours = _palette(small.quantize(most, Image.Quantize.MEDIANCUT, kmeans=0))
    coarse = small.quantize(128, Image.Quantize.FASTOCTREE)
    many = np.bincount(np.asarray(coarse).ravel(), minlength=128)
    others = _palette(coarse)
    others = others[many[: len(others)] >= 4]
    for _ in range(min(rare, len(others))):
        away = ((opponent(others)[:, None] - opponent(colours)[None]) ** 2).sum(-1).min(-1)
        colours = np.concatenate([colours, others[[int(np.argmax(away))]]])
    return colours


def _palette(picture: Image.Image) -> Floats:
    return np.reshape(picture.getpalette() or [0, 0, 0], (-1, 3)).astype(float) / 255


def opponent(rgb: Any) -> Floats:
    """Brightness, red against green and yellow against blue: closer to what the eye sees than red, green and blue."""
    red, green, blue = rgb[..., 0], rgb[..., 1], rgb[..., 2]
    bright = 0.3 * red + 0.59 * green + 0.11 * blue
    return np.stack([bright * 1.2, (red - green) * 0.7, (bright - blue) * 0.6], -1)


def areas(px: Floats, inks: Floats) -> Any:
    """Which of the inks is nearest to each pixel."""
    key = Image.new("P", (1, 1))
    key.putpalette(np.round(inks * 255).astype(int).ravel().tolist())
    return np.asarray(sheet(px).quantize(palette=key, dither=Image.Dither.NONE))


def cut_out(c: Canvas, which: Any, values: Floats, roundness: float) -> Floats:
    """Each area in its value, whatever is narrower than `roundness` (in shorter sides) swallowed by its neighbours."""
    box = ImageFilter.BoxBlur(max(1.0, roundness * c.unit / 2))
    total = np.full(which.shape, np.float32(1e-9))
    sums = [np.zeros(which.shape, np.float32) for _ in range(values.shape[1])]
    for k in np.flatnonzero(np.bincount(which.ravel(), minlength=len(values))):
        mask = Image.fromarray((which == k).view(np.uint8) * np.uint8(255)).filter(box).filter(box)
        share = pixels(mask)
        for _ in range(3):
            share *= share
        total += share
        for channel, value in zip(sums, values[k].tolist(), strict=True):
            channel += share * np.float32(value)
    return np.stack([channel / total for channel in sums], -1)


def simplified(c: Canvas, px: Floats, small: float, large: float) -> Floats:
    """Calm near outlines, and where there are none so soft that nothing is left but a gradient; in shorter sides."""
    quiet = keen(px, calm(px, c.unit * small), 0.15, 0.45)
    busy = np.clip(edges(c, quiet, 0.003, coarse=2) * 5 - 0.12, 0, 1)
    near = np.clip(hazed(busy, c.unit * large * 0.9) * 10, 0, 1)
    soft = hazed(quiet, c.unit * large)
    return np.asarray(soft + (quiet - soft) * near[..., None], np.float32)


def open_sky(c: Canvas, px: Floats) -> Floats:
    """1 from the top down to what stands on the ground; what hangs in the sky is part of it."""
    size = (96, 96)
    free = resized(edges(c, px, 0.003, coarse=2), size) < 0.065
    sky = _reached(free, free & (np.arange(96)[:, None] < 3))
    ground = _reached(~sky, ~sky & (np.arange(96)[:, None] > 92))
    return smooth(0.35, 0.65, resized(1 - ground.astype(np.float32), (c.w, c.h)))


def _reached(free: Any, start: Any) -> Any:
    """All that can be come to from the start without leaving what is free."""
    reached, count = start, -1
    while int(np.count_nonzero(reached)) != count:
        count = int(np.count_nonzero(reached))
        for _ in range(4):
            wide = np.pad(reached, 1)
            reached = free & (wide[1:-1, 1:-1] | wide[2:, 1:-1] | wide[:-2, 1:-1] | wide[1:-1, 2:] | wide[1:-1, :-2])
    return reached
