"""Copies of pictures whose files say no word of the prompt, for posts whose author keeps that to themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from services.platform.database import Database
from services.platform.jobs import Jobs
from services.platform.storage.base import Storage
from services.studio.pictures import key_of
from services.studio.reading import without_prompt
from services.studio.signing import Signer


@dataclass(frozen=True)
class _Full:
    id: UUID
    picture_key: str


class BareCopies:
    """Kept beside the full files, so that what others fetch comes from the storage like any other picture."""

    def __init__(self, db: Database, storage: Storage, jobs: Jobs, signer: Signer | None) -> None:
        self._db = db
        self._storage = storage
        self._jobs = jobs
        self._signer = signer

    def make(self, creation_ids: Sequence[UUID], *, of: UUID) -> None:
        """Of this account's finished pictures among these, once. `Unavailable` where the storage does not answer."""
        for full in self._db.rows(
            _Full,
            """select id, picture_key from pentagram.creations
            where id = any(%(ids)s) and account_id = %(of)s and state = 'ready' and bare_key is null""",
            ids=list(creation_ids), of=of,
        ):  # fmt: skip
            self._keep(full.id, without_prompt(self._storage.get(full.picture_key), signer=self._signer))

    def _keep(self, creation_id: UUID, file: bytes) -> None:
        key = key_of("pictures", file)
        self._storage.put(key, file)
        with self._db.transaction() as tx:
            taken = tx.execute(
                "update pentagram.creations set bare_key = %(key)s where id = %(id)s and bare_key is null",
                key=key, id=creation_id,
            )  # fmt: skip
            if not taken:
                self._jobs.defer(tx, "delete_files", keys=[key])
