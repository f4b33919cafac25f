"""WebP files as the chunks they are made of: what is written round the pixels changes, the pixels do not."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

Chunk = tuple[bytes, bytes]

ICC, ALPHA, EXIF, XMP, ANIMATION = 0x20, 0x10, 0x08, 0x04, 0x02
ABOUT_THE_PICTURE = {b"EXIF", b"XMP ", b"C2PA"}
START_OF_KEY_FRAME = b"\x9d\x01\x2a"


def with_metadata(file: bytes, *, xmp: bytes = b"", exif: bytes = b"") -> bytes:
    """The file with this metadata and no other, its signature included, which would not hold any more. `ValueError` if
    it is no WebP file."""
    kept = [chunk for chunk in _chunks(file) if chunk[0] not in ABOUT_THE_PICTURE | {b"VP8X"}]
    if not kept:
        raise ValueError("There is no picture in this file.")
    flags, size = _header(file)
    flags |= (EXIF if exif else 0) | (XMP if xmp else 0)
    written = [(name, data) for name, data in ((b"EXIF", exif), (b"XMP ", xmp)) if data]
    return _file([(b"VP8X", struct.pack("<I", flags) + size), *kept, *written] if flags else kept)


def is_webp(file: bytes) -> bool:
    return file[:4] == b"RIFF" and file[8:12] == b"WEBP"


def _chunks(file: bytes) -> Iterator[Chunk]:
    if not is_webp(file):
        raise ValueError("This is no WebP file.")
    end = min(len(file), 8 + struct.unpack("<I", file[4:8])[0])
    place = 12
    while place + 8 <= end:
        name, length = struct.unpack("<4sI", file[place : place + 8])
        if place + 8 + length > end:
            raise ValueError("This WebP file is cut off.")
        yield name, file[place + 8 : place + 8 + length]
        place += 8 + length + length % 2


def _file(chunks: Iterable[Chunk]) -> bytes:
    body = b"".join(
        struct.pack("<4sI", name, len(data)) + data + b"\0" * (len(data) % 2) for name, data in chunks
    )  # fmt: skip
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _header(file: bytes) -> tuple[int, bytes]:
    """The flags on the pixels and both sides less one, three bytes each, as the VP8X chunk holds them."""
    name, data = next(_chunks(file))
    if name == b"VP8X" and len(data) >= 10:
        return data[0] & (ICC | ALPHA | ANIMATION), data[4:10]
    if name == b"VP8L" and len(data) >= 5:
        bits = struct.unpack("<I", data[1:5])[0]
        return (ALPHA if bits >> 28 & 1 else 0), _sides(bits & 0x3FFF, bits >> 14 & 0x3FFF)
    if name == b"VP8 " and data[3:6] == START_OF_KEY_FRAME:
        width, height = struct.unpack("<HH", data[6:10])
        return 0, _sides((width & 0x3FFF) - 1, (height & 0x3FFF) - 1)
    raise ValueError("This WebP file does not begin with a picture.")


def _sides(*less_one: int) -> bytes:
    return b"".join(side.to_bytes(3, "little") for side in less_one)
