"""Picture files of strangers, opened: whatever comes in, what goes out is a plain picture or a sentence."""

from __future__ import annotations

import io
import logging
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, UnidentifiedImageError

from services.errors import UserError
from services.studio.pictures import quietly

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
LARGEST_FILE_BYTES = 20 * 1024**2
MOST_PIXELS = 50 * 1024**2
MOST_PIXELS_OF = {"WEBP": 25 * 1024**2, "AVIF": 25 * 1024**2}
"""Their decoders hold a picture several times over."""
LONGEST_SIDE = 16_384
SHORTEST_SIDE = 64
LARGEST_SIDE = 2_048
"""Of what is kept; no engine paints larger."""
ROWS_AT_A_TIME = 64
ORIENTATION_TAG = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip
SIXTEEN_BITS = {"I;16", "I;16L", "I;16B", "I;16N"}
MODES = {"1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "LAB", *SIXTEEN_BITS}
SRGB = ImageCms.createProfile("sRGB")
AT_ONCE = threading.BoundedSemaphore(2)
LONGEST_SECONDS = 20
MOST_MEMORY_BYTES = 2 * 1024**3
SIZE = struct.Struct("<II")
REFUSED = 3
"""Exit code of the process that opens a file, with the sentence on its standard output."""

KINDS = "PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF"
TOO_LARGE = f"This file is larger than {LARGEST_FILE_BYTES // 1024**2} MB. Make the picture smaller first."
UNKNOWN = f"This file cannot be opened as a picture. Take a {KINDS} file."
DAMAGED = "This picture file is damaged or cut off. Save it again, or take another one."
ODD_COLOURS = "The colours of this picture are kept in a way that cannot be read here. Save it as PNG or JPEG first."


def opened(data: bytes) -> Image.Image:
    """A picture file of a stranger as plain RGB, upright, in sRGB, on white where it was transparent, and at most
    `LARGEST_SIDE` on a side; of an animation the first frame. `UserError` says why not and what to do."""
    if len(data) > LARGEST_FILE_BYTES:
        raise UserError(TOO_LARGE)
    try:
        with quietly(), Image.open(io.BytesIO(data), formats=FORMATS) as image:
            return _as_ours(image)
    except UserError:
        raise
    except UnidentifiedImageError as error:
        raise UserError(UNKNOWN) from error
    except Image.DecompressionBombError as error:
        raise UserError(_too_many_pixels(MOST_PIXELS)) from error
    except Exception as error:
        # Handed garbage, a decoder may raise anything at all.
        log.info("An upload could not be opened: %r", error)
        raise UserError(DAMAGED) from error


def opened_apart(data: bytes) -> Image.Image:
    """The same in a process that is ended when it takes too long or too much: a file of a few bytes may ask for hours,
    and the decoders of pictures are where strangers break in."""
    if len(data) > LARGEST_FILE_BYTES:
        raise UserError(TOO_LARGE)
    try:
        with AT_ONCE:
            done = subprocess.run(
                [sys.executable, "-m", "services.studio.opening"],
                input=data, capture_output=True, timeout=LONGEST_SECONDS, cwd=ROOT, check=False,
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise UserError(DAMAGED) from error
    if done.returncode == REFUSED:
        raise UserError(done.stdout.decode())
    if done.returncode:
        log.info("An upload ended the process that opened it (%s): %s", done.returncode, done.stderr[-500:])
        raise UserError(DAMAGED)
    return Image.frombytes("RGB", SIZE.unpack(done.stdout[: SIZE.size]), done.stdout[SIZE.size :])


def _answer() -> int:
    _limit_memory()
    try:
        image = opened(sys.stdin.buffer.read())
    except UserError as error:
        sys.stdout.buffer.write(str(error).encode())
        return REFUSED
    sys.stdout.buffer.write(SIZE.pack(*image.size) + image.tobytes())
    return 0


def _limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY_BYTES, MOST_MEMORY_BYTES))
    except (ImportError, ValueError, OSError) as error:
        log.debug("This system sets a process no limit: %r", error)


def _as_ours(image: Image.Image) -> Image.Image:
    _check_sides(image)
    # JPEG is decoded at a half, a quarter or an eighth then, which no other format can.
    image.draft(None, (LARGEST_SIDE, LARGEST_SIDE))
    image.load()
    if image.mode not in MODES:
        raise UserError(ODD_COLOURS)
    small = _reduced(image)
    small.thumbnail((LARGEST_SIDE, LARGEST_SIDE), Image.Resampling.LANCZOS)
    # Asked after loading: TIFF files turn themselves.
    turn = UPRIGHT.get(_orientation(image))
    upright = small if turn is None else small.transpose(turn)
    upright.info.clear()
    return upright


def _check_sides(image: Image.Image) -> None:
    shorter, longer = sorted(image.size)
    if shorter < SHORTEST_SIDE:
        raise UserError(f"This picture is too small: take one of at least {SHORTEST_SIDE} pixels on each side.")
    if longer > LONGEST_SIDE:
        raise UserError(f"This picture is too large: take one of at most {LONGEST_SIDE} pixels on each side.")
    if shorter * LARGEST_SIDE < longer * SHORTEST_SIDE:
        raise UserError("This picture is too long and narrow: cut out a part of it first.")
    most = MOST_PIXELS_OF.get(image.format or "", MOST_PIXELS)
    if shorter * longer > most:
        raise UserError(_too_many_pixels(most))


def _too_many_pixels(most: int) -> str:
    return f"This picture has too many pixels: make it smaller first, at most {most // 1024**2} megapixels."


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(ORIENTATION_TAG, 1))
    except Exception as error:  # noqa: BLE001 - damaged notes do not spoil the picture
        log.debug("An upload's orientation could not be read: %r", error)
        return 1


def _reduced(image: Image.Image) -> Image.Image:
    """In RGB, at most twice as large as it will be kept, and never whole in a second copy where it is large."""
    in_rgb = _converter(image)
    factor = max(1, max(image.size) // LARGEST_SIDE)
    if factor == 1:
        return in_rgb(image)
    width, height = image.size
    small = Image.new("RGB", (-(-width // factor), -(-height // factor)))
    for top in range(0, height, factor * ROWS_AT_A_TIME):
        strip = image.crop((0, top, width, min(height, top + factor * ROWS_AT_A_TIME)))
        small.paste(in_rgb(strip).reduce(factor), (0, top // factor))
    return small


def _converter(image: Image.Image) -> Callable[[Image.Image], Image.Image]:
    """Turns strips of this picture into sRGB, by its profile where it has one that fits."""
    transform = _to_srgb(_flat(image.crop((0, 0, 1, 1))).mode, image.info.get("icc_profile"))
    if transform is None:
        return lambda strip: _flat(strip).convert("RGB")
    return lambda strip: _transformed(_flat(strip), transform)


def _transformed(flat: Image.Image, transform: ImageCms.ImageCmsTransform) -> Image.Image:
    converted = ImageCms.applyTransform(flat, transform)
    return converted if converted is not None else flat


def _to_srgb(mode: str, profile: bytes | None) -> ImageCms.ImageCmsTransform | None:
    try:
        if mode == "LAB":
            return ImageCms.buildTransform(ImageCms.createProfile("LAB"), SRGB, mode, "RGB")
        return ImageCms.buildTransform(io.BytesIO(profile), SRGB, mode, "RGB") if profile else None
    except (ImageCms.PyCMSError, ValueError, TypeError, OSError) as error:
        log.debug("An upload's colour profile is left aside: %r", error)
        return None


def _flat(image: Image.Image) -> Image.Image:
    """Eight bits a channel and opaque; grey, RGB, CMYK or Lab."""
    if image.mode in SIXTEEN_BITS:
        deep = np.asarray(image).astype(np.uint32)
        return Image.fromarray(((deep * 255 + 32_767) // 65_535).astype(np.uint8))
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        white.alpha_composite(seen)
        return white.convert("RGB")
    if image.mode == "1":
        return image.convert("L")
    return image.convert("RGB") if image.mode in {"P", "RGBX", "YCbCr"} else image


if __name__ == "__main__":
    sys.exit(_answer())
