"""Pictures that people bring along to start from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from PIL import Image

from services.community.accounts import Account
from services.errors import NotFound, TooMany, UserError
from services.ids import parse_id
from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.platform.jobs import LATER, Jobs
from services.platform.storage.base import Storage
from services.safety.hashes import phash
from services.safety.pictures import PictureGate
from services.safety.removed import RemovedPictures
from services.safety.standing import check_standing
from services.studio.opening import opened_apart
from services.studio.pictures import key_of, start_file

MOST_AN_HOUR = 30
KEPT_FOR = timedelta(days=1)
SWEPT_AT_ONCE = 500


@dataclass(frozen=True)
class Upload:
    id: UUID
    key: str
    width: int
    height: int
    decision: str
    """Of the picture gate: allow or sensitive; unchecked where there is none."""


class Uploads:
    def __init__(
        self, db: Database, storage: Storage, jobs: Jobs, gate: PictureGate, removed: RemovedPictures, clock: Clock
    ) -> None:
        self._db = db
        self._storage = storage
        self._jobs = jobs
        self._gate = gate
        self._removed = removed
        self._clock = clock
        jobs.register_daily("sweep_uploads", self.sweep, db)

    def take(self, data: bytes, by: Account) -> Upload:
        """Keep a picture to start from. Of one that is refused nothing is kept. `Unavailable` where the picture gate or
        the storage does not answer."""
        check_standing(self._db, by)
        with self._db.transaction() as tx:
            self._check_rate(tx, by)
        image = opened_apart(data)
        self._removed.refuse(image)
        decision = self._decision(image)
        file = start_file(image)
        # The row first: a file without one would never be found again, a row without a file is swept.
        upload = self._insert(image, file, decision, by)
        try:
            self._storage.put(upload.key, file)
        except BaseException:
            self._db.execute("delete from pentagram.uploads where id = %(id)s", id=upload.id)
            raise
        return upload

    def get(self, upload_id: object, by: Account) -> Upload:
        """One's own; `NotFound` for those of others."""
        upload = self._db.row(
            Upload,
            """select id, key, width, height, decision from pentagram.uploads
            where id = %(id)s and account_id = %(by)s and decision <> 'block'""",
            id=parse_id(upload_id, "picture"), by=by.id,
        )  # fmt: skip
        if upload is None:
            raise NotFound("There is no such picture among those you brought along. Choose it again.")
        return upload

    def bytes_of(self, upload: Upload) -> bytes:
        """The WebP file: RGB, without a word beside its pixels."""
        return self._storage.get(upload.key)

    def sweep(self) -> int:
        """Forget what was brought along over a day ago and no request refers to; how many that were, at most
        `SWEPT_AT_ONCE`. Their files go in a job, which finds the storage when it is back."""
        with self._db.transaction() as tx:
            keys = _taken_out(tx, before=self._clock.now() - KEPT_FOR)
            if keys:
                self._jobs.defer(tx, "delete_files", priority=LATER, keys=keys)
        return len(keys)

    def _decision(self, image: Image.Image) -> str:
        verdict = self._gate.check(image)
        if verdict is None:
            return "unchecked"
        if verdict.decision == "block":
            raise UserError(verdict.reason)
        return verdict.decision

    def _insert(self, image: Image.Image, file: bytes, decision: str, by: Account) -> Upload:
        with self._db.transaction() as tx:
            tx.execute("select from pentagram.accounts where id = %(id)s for update", id=by.id)
            self._check_rate(tx, by)
            id_: UUID = tx.value("select pentagram.new_id()")
            # A key of its own for each, so that deleting one never takes the file of another.
            upload = Upload(id_, key_of("uploads", file, owner=id_.bytes), image.width, image.height, decision)
            tx.execute(
                """insert into pentagram.uploads (id, account_id, key, width, height, decision, phash, created_at)
                values (%(id)s, %(by)s, %(key)s, %(width)s, %(height)s, %(decision)s, %(phash)s, %(now)s)""",
                by=by.id, phash=phash(image), now=self._clock.now(), **vars(upload),
            )  # fmt: skip
        return upload

    def _check_rate(self, tx: Transaction, by: Account) -> None:
        recent: Any = tx.value(
            "select count(*) from pentagram.uploads where account_id = %(by)s and created_at > %(since)s",
            by=by.id, since=self._clock.now() - timedelta(hours=1),
        )  # fmt: skip
        if recent >= MOST_AN_HOUR:
            raise TooMany(f"You brought along {MOST_AN_HOUR} pictures within an hour. Come back a little later.")


def _taken_out(tx: Transaction, before: datetime) -> list[str]:
    """The keys of the uploads whose rows are gone once the transaction ends."""
    old = tx.values(
        """select id from pentagram.uploads where created_at < %(before)s
        and not exists (select from pentagram.requests r where r.upload_id = uploads.id)
        order by created_at limit %(most)s for update skip locked""",
        before=before, most=SWEPT_AT_ONCE,
    )  # fmt: skip
    # Asked again now that they are locked: a request made meanwhile keeps its picture.
    return tx.values(
        """delete from pentagram.uploads where id = any(%(old)s)
        and not exists (select from pentagram.requests r where r.upload_id = uploads.id) returning key""",
        old=old,
    )
