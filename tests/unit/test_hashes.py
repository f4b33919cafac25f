"""Pictures known again by what they show."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from services.safety import hashes
from services.safety.removed import MOST_BITS

TURNS = [None, *Image.Transpose]


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    """Shapes without any symmetry."""
    image = Image.linear_gradient("L").resize((320, 240)).convert("RGB")
    draw = ImageDraw.Draw(image)
    draw.ellipse((30, 20, 140, 110), fill="orange")
    draw.rectangle((200, 60, 260, 210), fill="navy")
    draw.polygon([(60, 220), (150, 130), (180, 230)], fill="darkgreen")
    draw.line((10, 180, 310, 40), fill="white", width=9)
    return image


def bits_apart(image: Image.Image, of: Image.Image) -> int:
    """Between the nearest ways to turn the one and to crop the other."""
    return min(
        sum(a != b for a, b in zip(asked.fine, kept.fine, strict=True))
        for asked in hashes.asked(image)
        for kept in hashes.kept(of)
    )


@pytest.mark.parametrize("turn", TURNS)
def test_a_picture_that_was_turned_or_mirrored_has_a_hash_of_the_kept_one(picture, turn):
    turned = picture if turn is None else picture.transpose(turn)

    assert bits_apart(turned, picture) <= 4


@pytest.mark.parametrize("sides", [(8, 0, 0, 0), (0, 0, 8, 8), (5, 2, 0, 6), (8, 8, 8, 8), (3, 4, 4, 3)])
def test_a_picture_that_was_cropped_on_any_sides_is_near_one_of_the_kept_crops(picture, sides):
    left, top, right, bottom = (share / 100 for share in sides)
    width, height = picture.size
    cropped = picture.crop((width * left, height * top, width * (1 - right), height * (1 - bottom)))

    assert bits_apart(cropped, picture) <= MOST_BITS


@pytest.mark.parametrize("colour", ["white", "black", "teal"])
def test_a_frame_is_looked_past_whoever_added_it(picture, colour):
    framed = Image.new("RGB", (350, 270), colour)
    framed.paste(picture, (15, 15))

    assert bits_apart(framed, picture) <= MOST_BITS
    assert bits_apart(picture, framed) <= MOST_BITS


def test_the_nearest_way_to_turn_it_is_among_the_pieces_that_are_asked_for(picture):
    turned = picture.transpose(Image.Transpose.TRANSVERSE).resize((200, 200))
    kept = {piece for each in hashes.kept(picture) for piece in sql_pieces(each.coarse)}

    assert any(kept & set(asked.pieces) for asked in hashes.asked(turned))


def sql_pieces(coarse: int) -> list[int]:
    """As `pentagram.pieces` reckons them."""
    return [coarse >> 43 & 2097151, coarse >> 22 & 2097151 | 4194304, coarse & 4194303 | 8388608]


@pytest.mark.parametrize("level", [0, 128, 255])
def test_a_picture_that_shows_nothing_is_nobodys(level):
    """Else one black picture that is removed would take all black ones with it."""
    noise = np.random.default_rng(3).integers(-1, 2, (90, 120))
    plain = Image.fromarray(np.clip(level + noise, 0, 255).astype(np.uint8))

    assert (hashes.kept(plain), hashes.asked(plain)) == ([], [])
