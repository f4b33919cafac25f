"""Pictures known again by what they show: bits of their low frequencies, which change little when a picture does.

A picture that was removed may come back saved anew, resized, turned, mirrored, cropped or framed. Of the kept one there
are hashes of a few crops, such that whatever is cut off on each side is near one of them; of the one asked for, hashes
of the eight ways to turn it, which cost nothing, since turning changes only signs and places of the frequencies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
import numpy.typing as npt
from PIL import Image

Floats = npt.NDArray[np.float64]
Bits = npt.NDArray[np.bool_]
Box = tuple[float, float, float, float]

PHASH_SIDE, PHASH_FREQUENCIES = 32, 8
SIDE, COARSE, FINE = 64, 8, 16
"""Of the grey picture that is looked at; frequencies each way of the two hashes."""
CUTS = ((0.02, 0.02), (0.065, 0.01), (0.01, 0.065), (0.06, 0.06))
"""Shares cut off on opposite sides. Any two up to 0.08 are near one of these; a shift shows more than another size."""
PIECES = ((0, 21), (21, 42), (42, 64))
UNSURE = 5
"""How many bits of a piece are asked for both ways: those that a small change flips first."""
PLAIN = 2.0
"""Levels of grey (standard deviation) up to which there is nothing to know a picture by."""
FRAME_SIDE, WIDEST_FRAME, FRAME_LEVELS = 256, 0.12, 6.0
"""A frame is of one colour, but for so many levels, and at most so much of a side."""


@dataclass(frozen=True)
class Kept:
    """Of a picture to be known again, cropped in one way."""

    coarse: int
    """64 bits, signed so that they fit a Postgres bigint."""
    fine: str
    """256 bits, as Postgres writes them."""


@dataclass(frozen=True)
class Asked:
    """Of a picture that may be one of those, turned in one way."""

    pieces: tuple[int, ...]
    """Of coarse hashes, as `pentagram.pieces` has them: the kept ones with any of these are worth a closer look."""
    fine: str


def phash(image: Image.Image) -> int:
    """64 bits of the picture's low frequencies; near pictures differ in few bits."""
    grey = image.convert("L").resize((PHASH_SIDE, PHASH_SIDE), Image.Resampling.LANCZOS)
    return _packed(_above(_low(grey, PHASH_FREQUENCIES)) > 0)


def kept(image: Image.Image) -> list[Kept]:
    """Nothing of a picture that shows nothing."""
    grey = image.convert("L")
    whole, *framed = _views(grey)
    seen = [low for box in [whole, *_crops(grey), *framed] if (low := _frequencies(grey, box)) is not None]
    return [Kept(_packed(_above(low[:COARSE, :COARSE]) > 0), _written(low)) for low in seen]


def asked(image: Image.Image) -> list[Asked]:
    grey = image.convert("L")
    seen = [low for box in _views(grey) if (low := _frequencies(grey, box)) is not None]
    return [Asked(_pieces_near(turned), _written(turned)) for low in seen for turned in _turned(low)]


def _views(grey: Image.Image) -> list[Box]:
    """The whole picture, and what is within its frame."""
    whole = (0.0, 0.0, 1.0, 1.0)
    inner = _within_frame(grey)
    return [_scaled(grey, box) for box in ([whole] if inner == whole else [whole, inner])]


def _crops(grey: Image.Image) -> Iterator[Box]:
    for (left, right), (top, bottom) in product(CUTS, CUTS):
        yield _scaled(grey, (left, top, 1 - right, 1 - bottom))


def _scaled(grey: Image.Image, box: Box) -> Box:
    left, top, right, bottom = box
    return left * grey.width, top * grey.height, right * grey.width, bottom * grey.height


def _frequencies(grey: Image.Image, box: Box) -> Floats | None:
    """None where there is nothing to see."""
    small = grey.resize((SIDE, SIDE), Image.Resampling.LANCZOS, box=box, reducing_gap=3)
    return None if np.asarray(small).std() < PLAIN else _low(small, FINE)


def _low(grey: Image.Image, frequencies: int) -> Floats:
    cosines = _cosines(grey.width, frequencies)
    low: Floats = cosines @ np.asarray(grey, np.float64) @ cosines.T
    return low


@cache
def _cosines(side: int, frequencies: int) -> Floats:
    cosines: Floats = np.cos(np.pi / side * (np.arange(side)[None] + 0.5) * np.arange(frequencies)[:, None])
    return cosines


def _turned(low: Floats) -> Iterator[Floats]:
    """Mirrored, the odd frequencies change their signs; turned over the diagonal, the two directions change places."""
    same, mirrored = np.ones(FINE), np.where(np.arange(FINE) % 2, -1.0, 1.0)
    for upright, across, down in product((low, low.T), (same, mirrored), (same, mirrored)):
        yield upright * np.outer(down, across)


def _above(low: Floats) -> Floats:
    """How much each frequency is above the middle one, the brightness left aside."""
    flat = low.ravel()
    above: Floats = flat - np.median(flat[1:])
    return above


def _packed(bits: Bits) -> int:
    return int.from_bytes(np.packbits(bits).tobytes(), "big", signed=True)


def _written(low: Floats) -> str:
    return "".join("1" if bit else "0" for bit in _above(low) > 0)


def _pieces_near(low: Floats) -> tuple[int, ...]:
    above = _above(low[:COARSE, :COARSE])
    near: list[int] = []
    for place, (first, last) in enumerate(PIECES):
        weights = 1 << np.arange(last - first - 1, -1, -1)
        piece = int(weights[above[first:last] > 0].sum()) | place << PIECES[-1][1] - PIECES[-1][0]
        unsure = weights[np.argsort(np.abs(above[first:last]))[:UNSURE]]
        near += [piece ^ int(unsure[list(flip)].sum()) for flip in product((False, True), repeat=UNSURE)]
    return tuple(near)


def _within_frame(grey: Image.Image) -> Box:
    """Shares of the sides between which there is no frame."""
    rows = np.asarray(grey.resize((FRAME_SIDE, FRAME_SIDE), Image.Resampling.BOX), np.float64)
    left, top, right, bottom = (_frame(lines) for lines in (rows.T, rows, rows.T[::-1], rows[::-1]))
    return left, top, 1 - right, 1 - bottom


def _frame(lines: Floats) -> float:
    """Share of the lines, from the first on, that are of one colour; with the one where it blends into the picture."""
    outer = lines[: int(FRAME_SIDE * WIDEST_FRAME)]
    plain = (outer.std(axis=1) < FRAME_LEVELS) & (np.abs(outer.mean(axis=1) - outer[0].mean()) < FRAME_LEVELS)
    wide = len(plain) if plain.all() else int(plain.argmin())
    return (wide + 1) / FRAME_SIDE if wide else 0.0
