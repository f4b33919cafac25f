"""How a picture is known again: by its pixels, since the same picture may come with other words in its file, or as a
PNG of what we keep as WebP. A hash of the file only saves opening it."""

from __future__ import annotations

import hashlib
import io
import struct

from PIL import Image

from services.errors import NotFound
from services.platform.storage.base import Storage
from services.studio.pictures import quietly
from services.studio.webp import is_webp, with_metadata

ALIKE_BITS = 6
"""Of a perceptual hash of 64. Two files of the same pixels may differ in a few, since that of a painted picture was
reckoned before it was compressed."""


def hash_of(picture: Image.Image | bytes) -> bytes:
    """SHA-256 of the size and the pixels; of a WebP file of ours, those in it."""
    image = picture if isinstance(picture, Image.Image) else decoded(picture)
    return hashlib.sha256(struct.pack("<II", *image.size) + image.tobytes()).digest()


def digest_of(file: bytes) -> bytes:
    return hashlib.sha256(file).digest()


def decoded(file: bytes) -> Image.Image:
    with quietly(), Image.open(io.BytesIO(file), formats=["WEBP"]) as image:
        return image.convert("RGB")


def kept_pixels(storage: Storage, key: str) -> Image.Image | None:
    """Of a picture in the storage; None where it is missing there."""
    try:
        return decoded(storage.get(key))
    except NotFound:
        return None


def unchanged(file: bytes, image: Image.Image) -> bytes:
    """The file without a word beside its pixels, if it is a WebP file of nothing but these: compressing them once more
    would change them. Else nothing. It was opened in a process apart before."""
    if not is_webp(file):
        return b""
    try:
        bare = with_metadata(file)
        name, length = struct.unpack("<4sI", bare[12:20])
        is_single = name in {b"VP8 ", b"VP8L"} and len(bare) == 20 + length + length % 2
        return bare if is_single and hash_of(bare) == hash_of(image) else b""
    except (ValueError, OSError, struct.error):
        return b""
