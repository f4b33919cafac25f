"""Picture files: two of each picture, named by what is in them, and what layout and search ask of it."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
from datetime import UTC, datetime

import pytest
from PIL import Image, ImageDraw, ImageFilter

from services.platform.storage.base import checked_key
from services.studio.pictures import dominant_colour, encode, full_file, key_of, phash, quietly, start_file
from services.studio.provenance import Provenance

PROVENANCE = Provenance(
    prompt="heliotrope submarine",
    model="flux-schnell",
    engine="diffusers",
    seed=42,
    width=640,
    height=400,
    created_at=datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC),
    generator="trainedAlgorithmicMedia",
)


def picture(colour: str = "#2050a0") -> Image.Image:
    image = Image.new("RGB", (640, 400), colour)
    pen = ImageDraw.Draw(image)
    pen.ellipse((380, 40, 560, 220), fill="#ffd070")
    pen.rectangle((0, 300, 640, 400), fill="#183020")
    return image


def bits_apart(a: int, b: int) -> int:
    return ((a ^ b) & (2**64 - 1)).bit_count()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize(("size", "small"), [((640, 700), (512, 512)), ((400, 640), (400, 400)), ((90, 60), (60, 60))])
def test_the_picture_keeps_its_size_and_the_thumbnail_is_its_square_middle_never_enlarged(size, small):
    encoded = encode(picture().resize(size), PROVENANCE)
    assert Image.open(io.BytesIO(encoded.full)).size == (encoded.width, encoded.height) == size
    assert Image.open(io.BytesIO(encoded.thumbnail)).size == small


def test_keys_are_the_digests_of_the_contents():
    encoded = encode(picture(), PROVENANCE)
    for folder, key, data in (
        ("pictures", encoded.full_key, encoded.full),
        ("thumbnails", encoded.thumbnail_key, encoded.thumbnail),
    ):
        digest = hashlib.sha256(data).hexdigest()
        assert checked_key(key) == f"{folder}/{digest[:2]}/{digest}.webp"


def test_encoding_twice_gives_the_same_files():
    assert encode(picture(), PROVENANCE) == encode(picture(), PROVENANCE)


def test_a_transparent_or_grey_picture_is_kept_too():
    for mode in ("RGBA", "L", "P"):
        assert encode(picture().convert(mode), PROVENANCE).width == 640


def test_near_pictures_have_near_hashes_that_fit_a_bigint():
    near = phash(picture().resize((320, 200)).filter(ImageFilter.GaussianBlur(1)))
    far = phash(picture().transpose(Image.Transpose.ROTATE_180))
    assert bits_apart(phash(picture()), near) <= 6 < 20 <= bits_apart(phash(picture()), far)
    assert min(near, far, phash(picture())) < 0, "one of these has its highest bit set"
    assert all(-(2**63) <= value < 2**63 for value in (near, far))


@pytest.mark.parametrize("colour", ["#2050a0", "#c02020"])
def test_the_dominant_colour_is_the_one_there_is_most_of(colour):
    found = dominant_colour(picture(colour))
    assert re.fullmatch("#[0-9a-f]{6}", found)
    assert all(abs(int(found[i : i + 2], 16) - int(colour[i : i + 2], 16)) < 12 for i in (1, 3, 5))


@pytest.mark.parametrize("lossless", [False, True])
def test_a_file_that_an_engine_encoded_keeps_its_pixels(lossless):
    file = io.BytesIO()
    picture().save(file, "WEBP", quality=37, lossless=lossless, exif=b"Exif\0\0of the engine's")

    full = encode(picture(), PROVENANCE, file=file.getvalue()).full

    assert opened(full).tobytes() == opened(file.getvalue()).tobytes() != opened(full_file(picture())).tobytes()
    assert b"of the engine's" not in full


def test_a_file_to_start_from_is_pixels_and_nothing_else():
    brought = picture()
    brought.info |= {"exif": b"Exif\0\0a secret", "xmp": b"<a secret>", "icc_profile": b"a secret"}

    file = start_file(brought)

    assert b"secret" not in file
    assert (opened(file).size, opened(file).mode) == ((640, 400), "RGB")


def test_two_owners_of_the_same_file_have_two_keys():
    keys = {key_of("uploads", b"file", owner=owner) for owner in (b"", b"nova", b"mira")}

    assert len(keys) == 3
    assert keys == {key_of("uploads", b"file", owner=owner) for owner in (b"", b"nova", b"mira")}


def test_only_what_pillow_warns_of_is_kept_quiet():
    with quietly():
        warnings.warn_explicit("odd file", UserWarning, "file.py", 1, module="PIL.TiffImagePlugin")
        with pytest.warns(UserWarning, match="of ours"):
            warnings.warn("of ours", UserWarning, stacklevel=1)
