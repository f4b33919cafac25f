"""What a place for pictures is to the rest of the house."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from services.errors import NotFound

PICTURE_TYPES = {"webp": "image/webp", "png": "image/png", "jpg": "image/jpeg"}
CONTENT_TYPES = PICTURE_TYPES | {"part": "application/octet-stream"}
LARGEST_FILE_BYTES = 25 * 1024 * 1024
KEY = re.compile(r"(?:pictures|thumbnails|uploads|archives)/[0-9a-f]{2}/[0-9a-f]{64}\.(?:webp|png|jpg|part)")


class Storage(Protocol):
    """Files by key. Keys are content-addressed, so putting twice is harmless and nothing is ever overwritten; only a
    part of an archive has its place for a key, where what was cut off may be put again.

    Every method raises `Unavailable` when the place does not answer, `NotFound` for a key it does not hold
    or that is no key at all.
    """

    name: str
    """How doctor and the logs call it."""

    def put(self, key: str, data: bytes) -> None: ...

    def get(self, key: str) -> bytes: ...

    def delete(self, keys: Sequence[str]) -> None:
        """Remove what is there of them; a missing one is no error."""
        ...

    def exists(self, key: str) -> bool: ...

    def links(self, keys: Sequence[str]) -> dict[str, str]:
        """An address for each key that a browser can fetch for at least the next few minutes, without missing keys."""
        ...

    def check(self) -> str:
        """One sentence on how it is, for doctor; raises `Unavailable` or `ConfigurationError`."""
        ...

    def close(self) -> None: ...


def checked_key(key: str) -> str:
    """The key itself, if it is one of ours; keeps paths, schemes and odd characters out of every storage."""
    if not KEY.fullmatch(key):
        raise NotFound("There is no such picture.")
    return key


def content_type(key: str) -> str:
    return CONTENT_TYPES[key.rsplit(".", 1)[1]]


def part_key(archive_id: UUID, number: int) -> str:
    """Where a part of an archive is kept: whoever knows the archive finds it, and removes it, without a list."""
    return f"archives/{archive_id.hex[-2:]}/{archive_id.hex}{number:032x}.part"
