"""Zips of strangers: looked through and read without trusting a word of what they say about themselves."""

from __future__ import annotations

import math
import re
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from services.errors import UserError
from services.studio.opening import LARGEST_FILE_BYTES, TOO_LARGE

MOST_ENTRIES = 50_000
MOST_UNPACKED_BYTES = 1024**3
MOST_LISTED_BYTES = 8 * 1024**2
"""A zip says how long its list of entries is, and that is read in one go."""
BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")
ARCHIVES = {".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst"}
CLUTTER = {"__MACOSX", "Thumbs.db", "desktop.ini"}
IS_ENCRYPTED = 0x1
CHUNK = 1024**2
ANY_SIZE = math.inf

DAMAGED = "This archive is damaged or cut off. Make it again, or take another copy."
TOO_MANY = f"There are more than {MOST_ENTRIES:,} entries in this file. Bring them along in several parts."
BLOATED = f"This archive unpacks to more than {MOST_UNPACKED_BYTES // 1024**3} GB, so it is not opened."
LEADS_OUT = "Its name leads to a place outside of what was brought along, so it is left alone."
LINK = "This is a link to another file, and links are not followed."
LOCKED = "This entry is encrypted. Make the archive without a password."
NESTED = "An archive within an archive is not opened. Unpack it first."
ODDLY_PACKED = "This entry is compressed in a way that is not read here. Make the archive as a plain zip."


class SafeZip:
    """Opened for reading. Nothing of it is ever written under a name that it chose, and what it declares is believed
    only where that makes it smaller."""

    def __init__(self, file: BinaryIO, *, limited: bool = True) -> None:
        """`UserError` where it cannot be read, holds too many entries, or, unless it comes from the operator, unpacks
        to too much."""
        with damage_told():
            self._zip = ZipFile(_Guarded(file))
        self.entries: list[ZipInfo] = self._zip.infolist()
        if len(self.entries) > MOST_ENTRIES:
            raise UserError(TOO_MANY)
        if limited and sum(entry.file_size for entry in self.entries) > MOST_UNPACKED_BYTES:
            raise UserError(BLOATED)
        self.numbers = {entry.filename: number for number, entry in enumerate(self.entries)}
        """By name, where each of them stands among the entries."""

    def refusal(self, number: int, *, largest: float = LARGEST_FILE_BYTES) -> str:
        """Why this entry is not read; empty if it may be."""
        entry = self.entries[number]
        suspicions = (
            (leads_out(entry.filename), LEADS_OUT),
            (stat.S_ISLNK(entry.external_attr >> 16), LINK),
            (entry.flag_bits & IS_ENCRYPTED, LOCKED),
            (suffix(entry.filename) in ARCHIVES, NESTED),
            (entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}, ODDLY_PACKED),
            (entry.file_size > largest, TOO_LARGE),
        )
        return next((sentence for is_so, sentence in suspicions if is_so), "")

    def opened(self, number: int, *, largest: float = LARGEST_FILE_BYTES) -> BinaryIO:
        """To read no more than it declares. Whoever reads does so within `damage_told`."""
        if reason := self.refusal(number, largest=largest):
            raise UserError(reason)
        with damage_told():
            return self._zip.open(self.entries[number])  # type: ignore[return-value]

    def read(self, number: int) -> bytes:
        with self.opened(number) as file, damage_told():
            return bounded(file)


class _Guarded:
    """The file as zipfile reads it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek = file.seek
        self.tell = file.tell

    def seekable(self) -> bool:
        return True

    def read(self, count: int = -1) -> bytes:
        if count > MOST_LISTED_BYTES:
            raise UserError(TOO_MANY)
        return self._file.read(count)


@contextmanager
def damage_told() -> Iterator[None]:
    """What zipfile raises at garbage, as a sentence."""
    try:
        yield
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError, zlib.error) as error:
        raise UserError(DAMAGED) from error


def bounded(file: BinaryIO, largest: int = LARGEST_FILE_BYTES) -> bytes:
    """All of a file that is no larger than a picture may be."""
    data = b""
    while len(data) <= largest and (chunk := file.read(CHUNK)):
        data += chunk
    if len(data) > largest:
        raise UserError(TOO_LARGE)
    return data


def is_zip(beginning: bytes) -> bool:
    return beginning.startswith(BEGINNINGS)


def is_clutter(entry: ZipInfo) -> bool:
    """A folder, or what systems leave lying about: nobody meant to bring it along."""
    parts = PurePosixPath(entry.filename).parts
    return not parts or entry.is_dir() or bool(CLUTTER.intersection(parts)) or parts[-1].startswith("._")


def leads_out(name: str) -> bool:
    """Whether a name means a place that is not below the folder it is read from."""
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ".." in plain.split("/") or re.match("[A-Za-z]:", name) is not None


def suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
