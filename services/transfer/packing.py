"""Files of this machine, packed as one that can be brought along: what the command line takes."""

from __future__ import annotations

import json
import stat
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from services.errors import UserError
from services.transfer.archive import DOCUMENT
from services.transfer.bundles import LINES, LONGEST_MAGIC, LONGEST_PATH, PICTURES, is_picture
from services.transfer.zips import is_zip, leads_out

LINK = (stat.S_IFLNK | 0o777) << 16


def packed(path: Path) -> BinaryIO:
    """A folder with all that is in it, lines with the pictures that they name, or the file as it is. What is packed is
    in a file without a name, which is gone once it is closed."""
    try:
        if path.is_dir():
            return _zipped([(file, file.relative_to(path)) for file in sorted(_wanted(path))])
        if _holds_lines(path):
            named = [(path.parent / name, name) for name in _named(path)]
            return _zipped([(path.resolve(), Path(path.name).with_suffix(".jsonl")), *named])
        return path.open("rb")
    except OSError as error:
        raise UserError(f"{error.filename or path} cannot be read: {error.strerror}.") from None


def _wanted(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        if file.is_file() and (file.suffix.lower() in PICTURES | LINES or file == folder / DOCUMENT):
            yield file


def _holds_lines(path: Path) -> bool:
    with path.open("rb") as file:
        beginning = file.read(LONGEST_MAGIC)
    return not is_zip(beginning) and not is_picture(beginning)


def _named(lines: Path) -> list[Path]:
    """The pictures beside it that its lines name, each once; what is no such picture is told of line by line."""
    found: dict[Path, None] = {}
    with lines.open("rb") as file:
        for line in file:
            image = _image(line)
            # A name that no file could have is no file.
            with suppress(OSError):
                if image and not leads_out(image) and (lines.parent / image).is_file():
                    found[Path(image)] = None
    return list(found)


def _image(line: bytes) -> str:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return ""
    image = told.get("image") if isinstance(told, dict) else None
    return image if isinstance(image, str) and len(image) <= LONGEST_PATH and "\0" not in image else ""


def _zipped(files: Sequence[tuple[Path, Path]]) -> BinaryIO:
    """Each file under the name that comes with it."""
    packed = tempfile.TemporaryFile()  # noqa: SIM115 - the caller's to close
    with ZipFile(packed, "w", ZIP_STORED, strict_timestamps=False) as archive:
        for file, name in files:
            if _is_link(file, name):
                entry = ZipInfo(name.as_posix())
                entry.external_attr = LINK
                archive.writestr(entry, b"")
            else:
                archive.write(file, name)
    packed.seek(0)
    return packed


def _is_link(file: Path, name: Path) -> bool:
    """Itself, or a folder that its name leads through."""
    return any(place.is_symlink() for place in [file, *file.parents][: len(name.parts)])
