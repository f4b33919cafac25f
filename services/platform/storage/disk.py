"""Pictures in a folder of this machine: the storage when no other is configured."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from services.errors import NotFound, Unavailable
from services.platform.clock import Clock
from services.platform.storage.base import checked_key
from services.platform.storage.checks import checked_size, round_trip
from services.platform.storage.signer import LinkSigner

HOURS = 60 * 60
LINK_SECONDS = 1 * HOURS
ABANDONED_AFTER_SECONDS = 24 * HOURS
FILE_MODE = 0o600
FOLDER_MODE = 0o700
FOLDER = os.O_RDONLY | os.O_DIRECTORY
NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
# O_NONBLOCK: opening a pipe that someone planted would otherwise wait for ever.
OLD_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
NOT_THERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ELOOP})
UNFINISHED = ".unfinished"


class DiskStorage:
    """A file a picture, readable by this system account only.

    Every step below `folder` opens the next name inside an open folder and refuses links, so nothing planted
    there leads out of it. A file appears under its key whole or not at all.
    """

    name = "Disk"

    def __init__(self, folder: Path, signer: LinkSigner, clock: Clock) -> None:
        self._folder = folder
        self._signer = signer
        self._clock = clock

    def put(self, key: str, data: bytes) -> None:
        *folders, name = checked_key(key).split("/")
        checked_size(data)
        with _faults_told("written"):
            self._folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            with _opened(self._folder, folders, make=True) as folder:
                _write(folder, name, data)

    def get(self, key: str) -> bytes:
        *folders, name = checked_key(key).split("/")
        with _faults_told("read", missing=NOT_THERE), _opened(self._folder, folders) as folder:
            return _read(folder, name)

    def delete(self, keys: Sequence[str]) -> None:
        for key in [checked_key(key) for key in keys]:
            *folders, name = key.split("/")
            with (
                suppress(NotFound),
                _faults_told("removed", missing=NOT_THERE),
                _opened(self._folder, folders) as folder,
            ):
                os.unlink(name, dir_fd=folder)

    def exists(self, key: str) -> bool:
        *folders, name = checked_key(key).split("/")
        with (
            suppress(NotFound),
            _faults_told("read", missing=NOT_THERE),
            _opened(self._folder, folders) as folder,
        ):
            return stat.S_ISREG(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
        return False

    def links(self, keys: Sequence[str]) -> dict[str, str]:
        """Addresses on our own server, below /i/; the route there asks the signer."""
        return {key: f"/i/{key}?{self._signer.sign(key, LINK_SECONDS)}" for key in keys if self.exists(key)}

    def close(self) -> None:
        """Nothing is held open between calls."""

    def check(self) -> str:
        """Also removes what processes that were killed while writing left behind a day or longer ago."""
        round_trip(self)
        with _faults_told("removed"):
            _remove_abandoned(self._folder, self._clock.now().timestamp() - ABANDONED_AFTER_SECONDS)
            free_gb = shutil.disk_usage(self._folder).free / 1000**3
        return f"Pictures are kept in {self._folder}, where {free_gb:.1f} GB are free."


@contextmanager
def _faults_told(verb: str, *, missing: frozenset[int] = frozenset()) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in missing:
            raise NotFound("There is no such picture.") from None
        raise Unavailable(f"A picture could not be {verb} on disk: {error.strerror or error}.") from error


@contextmanager
def _opened(root: Path, folders: Sequence[str], *, make: bool = False) -> Iterator[int]:
    """The innermost of the folders, open; below the root no link is followed."""
    try:
        current = os.open(root, FOLDER)
    except NotADirectoryError as error:
        raise Unavailable(f"{root}, where the pictures are kept, is no folder: move that file away.") from error
    try:
        for name in folders:
            if make:
                _make_folder(current, name)
            inner = os.open(name, FOLDER | os.O_NOFOLLOW, dir_fd=current)
            os.close(current)
            current = inner
        yield current
    finally:
        os.close(current)


def _make_folder(parent: int, name: str) -> None:
    with suppress(FileExistsError):
        os.mkdir(name, FOLDER_MODE, dir_fd=parent)
        os.fsync(parent)


def _write(folder: int, name: str, data: bytes) -> None:
    """Under another name first: a process killed halfway leaves that one, which no key can mean."""
    unfinished = f".{secrets.token_hex(8)}{UNFINISHED}"
    try:
        with os.fdopen(os.open(unfinished, NEW_FILE, FILE_MODE, dir_fd=folder), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, name, src_dir_fd=folder, dst_dir_fd=folder)
        os.fsync(folder)
    except BaseException:
        with suppress(OSError):
            os.unlink(unfinished, dir_fd=folder)
        raise


def _read(folder: int, name: str) -> bytes:
    with os.fdopen(os.open(name, OLD_FILE, dir_fd=folder), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise NotFound("There is no such picture.")
        return file.read()


def _remove_abandoned(root: Path, before: float) -> None:
    for _, _, names, folder in os.fwalk(root):
        for name in names:
            if name.endswith(UNFINISHED) and os.lstat(name, dir_fd=folder).st_mtime < before:
                with suppress(FileNotFoundError):
                    os.unlink(name, dir_fd=folder)
