"""Whatever picture a stranger brings comes out plain, small and ours, or as a sentence that says what to do."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import time
import zlib
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from services.errors import UserError
from services.settings import ROOT
from services.studio import opening
from services.studio.opening import LARGEST_FILE_BYTES, LARGEST_SIDE, opened, opened_apart
from services.studio.pictures import start_file

SIZE = (200, 100)
RED, WHITE, GREY = (255, 0, 0), (255, 255, 255), (128, 128, 128)
ORIENTATION = 0x0112
TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}  # fmt: skip
"""How a camera held that way keeps a picture, by EXIF's number for it."""
KINDS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")


def short(value: object) -> str:
    """A name for a case that does not hold the whole file."""
    return str(value)[:24]


def saved(image: Image.Image, form: str = "PNG", **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def plain(mode: str, colour: Any, size: tuple[int, int] = SIZE) -> Image.Image:
    return Image.new(mode, size, colour)


def sixteen_bits(value: int) -> Image.Image:
    return Image.fromarray(np.full((SIZE[1], SIZE[0]), value, np.uint16))


def near(image: Image.Image, colour: tuple[int, int, int], at: tuple[int, int] = (20, 20), within: int = 3) -> bool:
    found = image.getpixel(at)
    assert isinstance(found, tuple)
    return all(abs(a - b) <= within for a, b in zip(found, colour, strict=True))


def refusal(data: bytes) -> str:
    with pytest.raises(UserError) as refused:
        opened(data)
    return str(refused.value)


# What comes out right


@pytest.mark.parametrize(
    ("data", "colour"),
    [
        (saved(plain("CMYK", (0, 255, 255, 0)), "JPEG"), RED),
        (saved(plain("CMYK", (0, 255, 255, 0)), "TIFF"), RED),
        (saved(sixteen_bits(32768)), GREY),
        (saved(sixteen_bits(32768), "TIFF"), GREY),
        (saved(sixteen_bits(65535)), WHITE),
        (saved(plain("L", 128), "JPEG"), GREY),
        (saved(plain("1", 1)), WHITE),
        (saved(plain("RGB", "red").quantize(8)), RED),
        (saved(plain("RGB", "red").quantize(8), "GIF"), RED),
        (saved(plain("RGB", "red"), "TIFF", compression="jpeg"), RED),
        (saved(plain("RGB", "red"), "AVIF"), RED),
        (saved(plain("RGB", "red"), "BMP"), RED),
        (saved(plain("LAB", (128, 128, 128)), "TIFF"), (119, 119, 119)),
    ],
    ids=short,
)
def test_every_way_to_keep_colours_comes_out_looking_right(data, colour):
    assert near(opened(data), colour)


@pytest.mark.parametrize(
    ("data", "colour"),
    [
        (saved(plain("RGBA", (255, 0, 0, 128))), (255, 127, 127)),
        (saved(plain("RGBA", (255, 0, 0, 0)), "WEBP"), WHITE),
        (saved(plain("LA", (0, 127))), GREY),
        (saved(plain("P", 0), transparency=0), WHITE),
        (saved(plain("P", 0), "GIF", transparency=0), WHITE),
        (saved(plain("L", 7), transparency=7), WHITE),
        (saved(plain("RGB", (7, 8, 9)), transparency=(7, 8, 9)), WHITE),
    ],
    ids=short,
)
def test_what_is_transparent_lies_on_white(data, colour):
    assert near(opened(data), colour)


def test_colours_are_those_that_the_profile_means():
    linear = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    same = opened(saved(plain("RGB", (200, 100, 50)), icc_profile=linear))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    unfit = opened(saved(plain("RGB", (200, 100, 50)), icc_profile=lab))
    grey = opened(saved(plain("L", 128), icc_profile=linear))

    assert near(same, (200, 100, 50))
    assert near(unfit, (200, 100, 50)), "a profile of other colours than the picture's is left aside"
    assert near(grey, GREY)
    assert near(opened(saved(plain("RGB", (200, 100, 50)), icc_profile=swapped(linear))), (50, 100, 200))


def swapped(profile: bytes) -> bytes:
    """The same profile whose red is blue."""
    return profile.replace(b"rXYZ", b"qXYZ").replace(b"bXYZ", b"rXYZ").replace(b"qXYZ", b"bXYZ")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_picture_is_upright(form, orientation):
    upright = plain("RGB", "black", (120, 90))
    upright.paste(RED, (0, 0, 60, 45))
    stored = upright.transpose(TURNED[orientation]) if orientation in TURNED else upright
    exif = Image.Exif()
    exif[ORIENTATION] = orientation

    image = opened(saved(stored, form, exif=exif))

    assert image.size == (120, 90)
    assert near(image, RED, (20, 20), 12)
    assert all(near(image, (0, 0, 0), at, 12) for at in ((100, 20), (20, 70), (100, 70)))


def test_notes_that_are_damaged_do_not_spoil_the_picture():
    assert near(opened(saved(plain("RGB", "red"), exif=b"Exif\0\0MM\0*\xff\xff\xff\xff\xff")), RED)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_frame_is_taken(form):
    frames = [plain("RGB", colour) for colour in ("red", "blue")]

    assert near(opened(saved(frames[0], form, save_all=True, append_images=frames[1:], duration=90)), RED)


@pytest.mark.parametrize(
    ("size", "kept"),
    [((3000, 1000), (2048, 683)), ((5000, 4300), (2048, 1761)), ((64, 64), (64, 64)), ((2048, 64), (2048, 64))],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_large_picture_is_made_smaller_in_its_proportions(size, kept, form):
    image = plain("L", 0, size)
    image.paste(255, (0, 0, size[0] // 2, size[1]))

    small = opened(saved(image, form))

    assert (small.mode, small.size) == ("RGB", kept)
    assert near(small, WHITE, (5, 5))
    assert near(small, (0, 0, 0), (kept[0] - 5, kept[1] - 5))
    assert near(small, WHITE, (kept[0] // 2 - 8, kept[1] // 2), 12)
    assert near(small, (0, 0, 0), (kept[0] // 2 + 8, kept[1] // 2), 12)


@settings(max_examples=30, deadline=None)
@given(st.integers(4097, 6000), st.integers(200, 700))
def test_no_strip_of_a_large_picture_is_lost_or_doubled(width, height):
    gradient = Image.linear_gradient("L").resize((width, height))

    small = np.asarray(opened(saved(gradient)).convert("L"), np.int16)

    rows = small.mean(axis=1)
    assert np.all(np.diff(rows) >= -0.5)
    assert abs(rows[0] - np.asarray(gradient)[0].mean()) < 8
    assert abs(rows[-1] - np.asarray(gradient)[-1].mean()) < 8


def test_nothing_but_the_pixels_is_kept():
    script = b"<script>alert(1)</script>"
    exif = Image.Exif()
    exif[0x010E] = script.decode()
    files = [
        saved(plain("RGB", "red"), "JPEG", exif=exif, comment=script) + script,
        saved(plain("RGB", "red"), "WEBP", xmp=script, exif=exif) + script,
        saved(plain("RGB", "red"), "PNG", exif=exif) + b"PK\3\4" + script,
    ]

    for data in files:
        assert script in data
        image = opened(data)
        assert image.info == {}
        assert script not in start_file(image)


# What is refused


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "cannot be opened as a picture"),
        (b"hello", "Take a PNG, JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be opened as a picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\n", "cannot be opened as a picture"),
        (saved(plain("RGB", "red"), "PPM"), "cannot be opened as a picture"),
        (b"x" * (LARGEST_FILE_BYTES + 1), "larger than 20 MB"),
        (saved(plain("RGB", "red", (1, 1))), "too small"),
        (saved(plain("RGB", "red", (63, 900))), "too small"),
        (saved(plain("1", 0, (16_385, 700))), "at most 16384 pixels"),
        (saved(plain("1", 0, (6400, 100))), "long and narrow"),
        (saved(plain("F", 0.5), "TIFF"), "PNG or JPEG first"),
        (saved(plain("I", 70_000), "TIFF"), "PNG or JPEG first"),
    ],
    ids=short,
)
def test_what_cannot_be_taken_is_a_sentence_that_says_what_to_do(data, sentence):
    assert sentence in refusal(data)


@pytest.mark.parametrize("form", KINDS)
def test_a_file_that_was_cut_off_is_a_sentence(form):
    noise = Image.effect_noise((300, 300), 60).convert("RGB")
    data = saved(noise, form)

    assert "damaged" in refusal(data[: len(data) // 2]) or "cannot be opened" in refusal(data[: len(data) // 2])


@pytest.mark.parametrize("sides", [(10_000, 10_000), (16_000, 16_000), (60_000, 60_000)])
def test_a_bomb_is_refused_by_its_header(sides):
    started = time.monotonic()

    sentence = refusal(header_of(*sides))

    assert "pixels" in sentence
    assert time.monotonic() - started < 1


def test_formats_whose_decoders_need_more_memory_may_have_fewer_pixels():
    assert "at most 25 megapixels" in refusal(saved(plain("RGB", "red", (5200, 5200)), "WEBP", method=0))


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def header_of(width: int, height: int) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


# In a process of its own


def test_the_process_apart_gives_the_same_picture_and_the_same_sentences():
    data = saved(Image.linear_gradient("L").resize((300, 200)), "JPEG")

    assert opened_apart(data).tobytes() == opened(data).tobytes()
    for bad in (b"hello", data[:700], saved(plain("RGB", "red", (1, 1)))):
        with pytest.raises(UserError) as refused:
            opened_apart(bad)
        assert str(refused.value) == refusal(bad)


def test_a_file_that_takes_too_long_is_a_sentence(monkeypatch):
    monkeypatch.setattr(opening, "LONGEST_SECONDS", 0.05)

    with pytest.raises(UserError, match="damaged"):
        opened_apart(saved(plain("RGB", "red")))


def test_a_file_that_wants_too_much_memory_ends_the_process_with_a_sentence(monkeypatch, tmp_path):
    glutton = (
        "import services.studio.opening as o;"
        "o.opened = lambda _: bytearray(3 * 1024**3) and o.Image.new('RGB', (64, 64));"
        "raise SystemExit(o._answer())"
    )
    monkeypatch.setattr(opening.sys, "executable", str(program(tmp_path, f'exec "{sys.executable}" -c "{glutton}"')))

    with pytest.raises(UserError, match="damaged"):
        opened_apart(saved(plain("RGB", "red")))


def program(folder: Any, script: str) -> Any:
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("form", "mode", "size", "options"),
    [
        ("PNG", "RGBA", (8000, 6500), {"compress_level": 1}),
        ("JPEG", "RGB", (8000, 6500), {"progressive": True}),
        ("WEBP", "RGB", (5000, 5200), {"method": 0}),
    ],
)
def test_the_largest_pictures_that_are_taken_need_little_memory(form, mode, size, options, tmp_path):
    path = tmp_path / "large"
    path.write_bytes(saved(Image.new(mode, size, (9, 99, 199) if mode == "RGB" else (9, 99, 199, 99)), form, **options))
    measure = (
        "import resource, sys; from services.studio.opening import opened;"
        "data = open(sys.argv[1], 'rb').read();"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024;"
        "before = peak(); opened(data); print(peak() - before)"
    )

    done = subprocess.run(
        [sys.executable, "-c", measure, path], cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True
    )

    assert int(done.stdout) < 512, "megabytes"


# Fuzz

noise = Image.effect_noise((96, 80), 60)
CORPUS = [
    *(saved(noise.convert("RGB"), form) for form in KINDS),
    saved(noise.convert("RGBA"), "PNG"),
    saved(noise.convert("P"), "PNG", transparency=3),
    saved(noise.convert("CMYK"), "JPEG"),
    saved(noise.convert("RGB"), "JPEG", progressive=True),
    saved(noise.convert("RGB"), "TIFF", compression="tiff_lzw"),
    saved(noise.convert("RGB"), "TIFF", compression="jpeg"),
    saved(noise.convert("1"), "TIFF", compression="group4"),
    saved(noise.convert("RGB"), "WEBP", lossless=True, exif=b"Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0"),
    saved(noise.convert("RGB"), "GIF", save_all=True, append_images=[noise.convert("RGB").rotate(90)]),
    saved(noise.convert("RGB"), "PNG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()),
]


@settings(max_examples=400, deadline=None)
@given(st.data(), st.sampled_from(CORPUS))
def test_a_damaged_file_is_a_picture_or_a_sentence_and_nothing_else(data, file):
    changed = bytearray(file)
    for _ in range(data.draw(st.integers(1, 12))):
        # Most of what matters stands near the beginning.
        end = data.draw(st.sampled_from([40, 300, len(changed)]))
        changed[data.draw(st.integers(0, min(end, len(changed)) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.sampled_from([len(changed), len(changed), len(changed) // 2]))
    with suppress(UserError):
        image = opened(bytes(changed[:cut]))
        assert image.mode == "RGB"
        assert max(image.size) <= LARGEST_SIDE


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=300), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"BM", b"GIF89a"])
)
def test_garbage_is_a_sentence(data, beginning):
    assert refusal(beginning + data)
