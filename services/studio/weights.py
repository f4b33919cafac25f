"""The models' files that all containers share: fetched once, and kept at that revision until somebody says another."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from services.errors import ConfigurationError

log = logging.getLogger(__name__)

LOCK = "revisions.json"
HUB = "hub"
"""The folder below, in the layout of the Hugging Face cache."""
REMEDY = "run `modal run modal_backend.py::fetch_weights` with the same settings"


@dataclass
class _Lock:
    first: dict[str, str] = field(default_factory=dict)
    """Of each repository, the revision that was fetched when none was asked for."""
    whole: list[str] = field(default_factory=list)
    """What was fetched to its end."""


class Weights:
    def __init__(self, folder: Path) -> None:
        self._file = folder / LOCK

    def revision(self, source: str, wanted: str | None = None) -> str:
        """The revision to load; `ConfigurationError` with the remedy if its files are not all there."""
        lock = self._read()
        revision = wanted or lock.first.get(source)
        if revision is None or f"{source}@{revision}" not in lock.whole:
            at = f" at revision {wanted}" if wanted else ""
            raise ConfigurationError(f"The weights of {source}{at} are not in the volume: {REMEDY}.")
        return revision

    def are_there(self, source: str, wanted: str | None = None) -> bool:
        try:
            self.revision(source, wanted)
        except ConfigurationError:
            return False
        return True

    def fetch(
        self, source: str, wanted: str | None, *, newest: Callable[[str], str], download: Callable[[str], object]
    ) -> str:
        """Have the files there: `download` takes a revision, and goes on where it was cut off. Without a `wanted` one
        it is the one that was fetched first, or else the `newest`, which is kept from then on."""
        lock = self._read()
        revision = wanted or lock.first.get(source) or newest(source)
        if not wanted:
            lock.first[source] = revision
            self._write(lock)
        download(revision)
        if (name := f"{source}@{revision}") not in lock.whole:
            lock.whole.append(name)
            self._write(lock)
        log.info("%s is in the volume at revision %s.", source, revision)
        return revision

    def _read(self) -> _Lock:
        if not self._file.exists():
            return _Lock()
        return _Lock(**json.loads(self._file.read_text("utf-8")))

    def _write(self, lock: _Lock) -> None:
        fresh = self._file.with_suffix(".part")
        fresh.write_text(json.dumps(asdict(lock), indent=1), "utf-8")
        fresh.replace(self._file)
