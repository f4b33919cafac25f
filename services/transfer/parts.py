"""Archives in the storage: in parts, since no storage takes a large file, and nobody holds one whole in memory."""

from __future__ import annotations

import bisect
import io
import itertools
import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import BinaryIO
from uuid import UUID

from services.errors import NotFound, UserError
from services.platform.storage.base import Storage, part_key

PART_BYTES = 8 * 1024**2
HELD = 2
"""Parts in memory at a time: a zip is read at its end and somewhere before it."""
GONE = "The file is not there any more."


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """From where it stands to its end."""
    while piece := file.read(PART_BYTES):
        yield piece


def sizes(total: int) -> list[int]:
    """Of the pieces of a file of so many bytes."""
    return [min(PART_BYTES, total - start) for start in range(0, total, PART_BYTES)]


class Kept(io.RawIOBase):
    """What the storage holds in parts, as one file to read: a part is fetched when something of it is asked for."""

    def __init__(self, storage: Storage, archive_id: UUID, sizes: Sequence[int]) -> None:
        self._storage = storage
        self._id = archive_id
        self._starts = [0, *itertools.accumulate(sizes)]
        self._place = 0
        self._held: OrderedDict[int, bytes] = OrderedDict()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        place = {os.SEEK_SET: 0, os.SEEK_CUR: self._place, os.SEEK_END: self._starts[-1]}[whence] + offset
        if place < 0:
            raise OSError("There is nothing before the beginning of a file.")
        self._place = place
        return place

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        number = bisect.bisect_right(self._starts, self._place) - 1
        if number >= len(self._starts) - 1:
            return 0
        start = self._place - self._starts[number]
        found = self._part(number)[start : start + len(buffer)]
        buffer[: len(found)] = found
        self._place += len(found)
        return len(found)

    def _part(self, number: int) -> bytes:
        if number not in self._held:
            while len(self._held) >= HELD:
                self._held.popitem(last=False)
            self._held[number] = self._fetched(number)
        self._held.move_to_end(number)
        return self._held[number]

    def _fetched(self, number: int) -> bytes:
        try:
            return self._storage.get(part_key(self._id, number))
        except NotFound:
            raise UserError(GONE) from None


def kept(storage: Storage, archive_id: UUID, sizes: Sequence[int]) -> BinaryIO:
    return io.BufferedReader(Kept(storage, archive_id, sizes))
