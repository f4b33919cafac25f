import hashlib
import io
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter

from services.platform.storage.base import checked_key
from services.studio.pictures import Provenance, dominant_colour, encode, parameters, phash, read_prompt

SECRET = "heliotrope submarine"
PROVENANCE = Provenance(
    prompt=SECRET,
    model="flux-schnell",
    engine="diffusers",
    seed=42,
    width=640,
    height=400,
    created_at=datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC),
    generator="trainedAlgorithmicMedia",
    steps=4,
)
USER_COMMENT, EXIF_IFD = 0x9286, 0x8769
TRICKY = [
    "say \"cheese\" & 'smile'",
    "two\nlines\r\nand a\ttab",
    "<rdf:li>&amp;</rdf:li> ]]> <!-- {prompt} {0} %s",
    "🦊 in 雪, naïve",
    "first\nNegative prompt: second\nSteps: 3, Seed: 9",
    "</rdf:li></rdf:Alt></dc:description>",
    "",
]


def picture(colour: str = "#2050a0") -> Image.Image:
    image = Image.new("RGB", (640, 400), colour)
    pen = ImageDraw.Draw(image)
    pen.ellipse((380, 40, 560, 220), fill="#ffd070")
    pen.rectangle((0, 300, 640, 400), fill="#183020")
    return image


def comment(data: bytes) -> str:
    raw = Image.open(io.BytesIO(data)).getexif().get_ifd(EXIF_IFD)[USER_COMMENT]
    assert raw.startswith(b"UNICODE\0")
    return raw.removeprefix(b"UNICODE\0").decode("utf-16-be")


def bits_apart(a: int, b: int) -> int:
    return ((a ^ b) & (2**64 - 1)).bit_count()


@pytest.mark.parametrize("prompt", TRICKY)
def test_the_prompt_comes_back_from_the_file_as_it_was(prompt):
    full = encode(picture(), replace(PROVENANCE, prompt=prompt)).full
    assert read_prompt(full) == prompt
    assert comment(full).startswith(prompt)
    described = ET.fromstring(Image.open(io.BytesIO(full)).info["xmp"].decode())  # noqa: S314
    assert (described.findtext(".//{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li") or "") == prompt


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80))
def test_any_prompt_can_be_written_and_the_metadata_stays_well_formed(prompt):
    full = encode(Image.new("RGB", (8, 8)), replace(PROVENANCE, prompt=prompt)).full
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", prompt)
    assert read_prompt(full) == kept
    ET.fromstring(Image.open(io.BytesIO(full)).info["xmp"].decode())  # noqa: S314


def test_characters_that_no_file_can_hold_are_dropped():
    full = encode(picture(), replace(PROVENANCE, prompt="a\0b\x1bc\ud800d")).full
    assert read_prompt(full) == "abcd"


def test_the_comment_is_the_form_that_other_tools_read():
    provenance = replace(PROVENANCE, negative="blur", model='Big, "bold"')
    assert comment(encode(picture(), provenance).full) == (
        f"{SECRET}\nNegative prompt: blur\n"
        'Steps: 4, Seed: 42, Size: 640x400, Model: "Big, \\"bold\\"", Version: Pentagram'
    )


def test_an_engine_without_steps_claims_none():
    assert parameters(replace(PROVENANCE, steps=None)) == (
        f"{SECRET}\nSeed: 42, Size: 640x400, Model: flux-schnell, Version: Pentagram"
    )


@pytest.mark.parametrize("generator", ["trainedAlgorithmicMedia", "algorithmicMedia"])
def test_both_files_say_that_a_machine_made_them(generator):
    encoded = encode(picture(), replace(PROVENANCE, generator=generator))
    for data in (encoded.full, encoded.thumbnail):
        root = ET.fromstring(Image.open(io.BytesIO(data)).info["xmp"].decode())  # noqa: S314
        said = root.findtext(".//{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType")
        assert said == f"http://cv.iptc.org/newscodes/digitalsourcetype/{generator}"


def test_a_thumbnail_carries_no_prompt():
    thumbnail = encode(picture(), PROVENANCE).thumbnail
    assert read_prompt(thumbnail) is None
    assert not Image.open(io.BytesIO(thumbnail)).getexif()
    assert SECRET.encode() not in thumbnail
    assert SECRET.encode("utf-16-be") not in thumbnail


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


@pytest.mark.parametrize("data", [b"", b"RIFF\0\0\0\0WEBP", b"no picture at all", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_bytes_that_are_no_picture_hold_no_prompt(data):
    assert read_prompt(data) is None


def test_a_picture_of_somebody_else_holds_no_prompt_of_ours():
    file = io.BytesIO()
    picture().save(file, "PNG")
    assert read_prompt(file.getvalue()) is None
