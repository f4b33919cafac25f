"""What else pictures and prompts are brought along in: a zip or a folder of pictures, a single one, lines of JSON."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from services.community.posts import checked_tags
from services.errors import UserError
from services.studio.opening import LARGEST_FILE_BYTES
from services.transfer.archive import AccountArchive
from services.transfer.entries import LONGEST_NAME, Bundle, Entry, shown
from services.transfer.records import LONGEST_RECORD
from services.transfer.zips import (
    ANY_SIZE,
    LEADS_OUT,
    SafeZip,
    bounded,
    damage_told,
    is_clutter,
    is_zip,
    leads_out,
    suffix,
)

PICTURES = {".png", ".jpg", ".jpeg", ".webp"}
LINES = {".jsonl", ".ndjson"}
LONGEST_LINE = LARGEST_FILE_BYTES * 4 // 3 + LONGEST_RECORD
MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")
LONGEST_MAGIC = 16
DATA_ADDRESS = re.compile(r"\s+|^data:image/[a-z]+;base64,")
LONGEST_PATH = 1_000

NEITHER = (
    "This is nothing that can be brought along. Take an archive of an account, a zip of pictures, a picture (PNG, JPEG "
    'or WebP), or lines of JSON such as {"prompt": "a red fox"}.'
)
EMPTY = "There is nothing in this file that could be brought along."
NO_PICTURE = "Only PNG, JPEG and WebP pictures are brought along."
NO_PROMPT = 'This line is no JSON object with a text "prompt".'
NO_TAGS = '"tags" is no list of words.'
NO_IMAGE = '"image" is neither the path of a picture beside this file nor a picture in base64.'
TOO_LONG = "This line is longer than a picture in it could be."


def opened(file: BinaryIO, name: str, *, limited: bool = True) -> Bundle:
    """What was brought along, by what it is and not by what it is called. `UserError` for what cannot be read."""
    file.seek(0)
    beginning = file.read(LONGEST_MAGIC)
    if is_zip(beginning):
        return _of_zip(SafeZip(file, limited=limited))
    return Single(file, name) if is_picture(beginning) else Lines(file)


def is_picture(beginning: bytes) -> bool:
    return beginning.startswith(MAGIC)


def _of_zip(archive: SafeZip) -> Bundle:
    if AccountArchive.is_one(archive):
        return AccountArchive(archive)
    lines = [number for number, entry in enumerate(archive.entries) if suffix(entry.filename) in LINES]
    return LinesInZip(archive, lines[0]) if len(lines) == 1 else Pictures(archive)


class Single:
    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name

    def entries(self) -> Iterator[Entry]:
        yield Entry("picture", shown(self._name), told_id=shown(self._name))

    def picture(self, payload: Mapping[str, Any]) -> bytes:
        del payload
        self._file.seek(0)
        return bounded(self._file)


class Pictures:
    def __init__(self, archive: SafeZip) -> None:
        self._zip = archive

    def entries(self) -> Iterator[Entry]:
        for number, entry in enumerate(self._zip.entries):
            if is_clutter(entry):
                continue
            name = shown(entry.filename)
            if reason := self._zip.refusal(number):
                yield Entry("picture", name, told_id=name, state="failed", reason=reason)
            elif suffix(entry.filename) not in PICTURES:
                yield Entry("picture", name, told_id=name, state="skipped", reason=NO_PICTURE)
            else:
                yield Entry("picture", name, {"entry": number}, told_id=name)

    def picture(self, payload: Mapping[str, Any]) -> bytes:
        return self._zip.read(payload["entry"])


class Lines:
    """A prompt a line, with its picture in base64 or to be painted."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        first = next(iter(_each_line(file)), None)
        if first is None:
            raise UserError(EMPTY)
        if not first[2].lstrip(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
            raise UserError(NEITHER)

    def entries(self) -> Iterator[Entry]:
        for number, start, line in _each_line(self._file):
            try:
                yield self._entry(f"Line {number}", start, line)
            except UserError as error:
                yield Entry("prompt", f"Line {number}", state="failed", reason=str(error))

    def picture(self, payload: Mapping[str, Any]) -> bytes:
        start, length = payload["line"]
        self._file.seek(start)
        picture = _from_base64(_object(self._file.read(length)).get("image"))
        if picture is None:
            raise UserError(NO_IMAGE)
        return picture

    def _entry(self, name: str, start: int, line: bytes) -> Entry:
        told = _object(line)
        told_id, image = _id(told.get("id")), told.get("image")
        try:
            payload = {"prompt": told["prompt"], "tags": _tags(told.get("tags"))}
            if image in (None, ""):
                return Entry("prompt", name, payload, told_id)
            return Entry("picture", name, payload | self._place(image, start, len(line)), told_id)
        except UserError as error:
            return Entry("prompt", name, told_id=told_id, state="failed", reason=str(error))

    def _place(self, image: object, start: int, length: int) -> dict[str, Any]:
        """Where the picture of a line is found again."""
        if _from_base64(image) is not None:
            return {"line": [start, length]}
        if not isinstance(image, str) or len(image) > LONGEST_PATH:
            raise UserError(NO_IMAGE)
        if leads_out(image):
            raise UserError(LEADS_OUT)
        return self._beside(image)

    def _beside(self, image: str) -> dict[str, Any]:
        raise UserError(f"There is no picture called {shown(image)} beside this file.")


class LinesInZip(Lines):
    """With the pictures beside them that they name."""

    def __init__(self, archive: SafeZip, number: int) -> None:
        self._zip = archive
        self._folder = PurePosixPath(archive.entries[number].filename).parent
        with damage_told():
            # Buffered, because what zipfile opens reads a line byte by byte.
            super().__init__(io.BufferedReader(cast("io.RawIOBase", archive.opened(number, largest=ANY_SIZE))))

    def entries(self) -> Iterator[Entry]:
        with damage_told():
            yield from super().entries()

    def picture(self, payload: Mapping[str, Any]) -> bytes:
        if "entry" in payload:
            return self._zip.read(payload["entry"])
        with damage_told():
            return super().picture(payload)

    def _beside(self, image: str) -> dict[str, Any]:
        number = self._zip.numbers.get(str(self._folder / image))
        if number is None:
            return super()._beside(image)
        if reason := self._zip.refusal(number):
            raise UserError(reason)
        return {"entry": number}


def _each_line(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """Each that is not empty, with its number and where it begins; of one that is too long the beginning only."""
    file.seek(0)
    start = number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        length = len(line)
        while not line.endswith(b"\n") and length > LONGEST_LINE and (more := file.readline(LONGEST_LINE)):
            length += len(more)
            if more.endswith(b"\n"):
                break
        if line.strip():
            yield number, start, line
        start += length


def _object(line: bytes) -> dict[str, Any]:
    if len(line) > LONGEST_LINE:
        raise UserError(TOO_LONG)
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or not isinstance(told.get("prompt"), str):
        raise UserError(NO_PROMPT)
    return told


def _id(given: object) -> object:
    is_short = isinstance(given, int | float | str) and len(str(given)) <= LONGEST_NAME
    return given if is_short else None


def _tags(given: object) -> list[str]:
    if isinstance(given, str):
        given = [tag for tag in given.split(",") if tag.strip()]
    if not isinstance(given, list | None) or not all(isinstance(tag, str) for tag in given or ()):
        raise UserError(NO_TAGS)
    return checked_tags(given or ())


def _from_base64(image: object) -> bytes | None:
    """The picture file that this text is; None for any other text."""
    if not isinstance(image, str):
        return None
    try:
        data = base64.b64decode(DATA_ADDRESS.sub("", image), validate=True)
    except ValueError:
        return None
    return data if is_picture(data) else None
