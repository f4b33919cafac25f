"""The worker's side of the studio: paint what was asked for, keep it, and never do either twice."""

from __future__ import annotations

import logging
import secrets
import time
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.errors import ConfigurationError, NotFound, Unavailable, UserError
from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.platform.jobs import LATER, Jobs
from services.platform.storage.base import Storage
from services.studio.engines.base import Engine, Order
from services.studio.pictures import EncodedPicture, Provenance, encode

log = logging.getLogger(__name__)

STORE_AGAIN_SECONDS = 20.0
DELETE_AGAIN_SECONDS = 600.0
AWAY = (Unavailable, ConfigurationError, NotFound)
"""What a storage says that does not answer or takes our key no more: nothing painted is thrown away for it."""
MISCONFIGURED = "What paints here is not set up rightly. Whoever runs this place finds out with `manage.py doctor`."


@dataclass(frozen=True)
class _Commission:
    id: UUID
    request_id: UUID
    account_id: UUID
    prompt: str
    seed: int
    width: int
    height: int
    created_at: datetime


@dataclass(frozen=True)
class _Forgotten:
    id: UUID
    state: str


@dataclass(frozen=True)
class _Kept:
    id: UUID
    request_id: UUID
    picture_key: str
    thumbnail_key: str
    picture: bytes
    thumbnail: bytes


class Painting:
    def __init__(self, db: Database, storage: Storage, jobs: Jobs, engine: Engine, clock: Clock) -> None:
        self._db = db
        self._storage = storage
        self._jobs = jobs
        self._engine = engine
        self._clock = clock
        jobs.register("paint", self.paint)
        jobs.register("store", self.store)
        jobs.register("delete_files", self.delete_files)

    def resume(self) -> int:
        """Ask again for what was accepted and has no job any more, as when the database was away at a job's last
        attempt; how many that were."""
        with self._db.transaction() as tx:
            forgotten = tx.rows(
                _Forgotten,
                """select c.id, c.state from pentagram.creations c
                where c.state in ('queued', 'painting', 'storing') and not exists (
                  select from pentagram.procrastinate_jobs j
                  where j.status in ('todo', 'doing') and j.args ->> 'creation_id' = c.id::text)
                for update of c skip locked""",
            )
            for creation in forgotten:
                task = "store" if creation.state == "storing" else "paint"
                self._jobs.defer(tx, task, creation_id=str(creation.id))
            unread = tx.values(
                """select distinct (j.args ->> 'request_id')::uuid from pentagram.procrastinate_jobs j
                where j.task_name = 'embed' and j.status = 'failed' and not exists (
                  select from pentagram.prompt_vectors v where v.request_id = (j.args ->> 'request_id')::uuid)"""
            )
            for request_id in unread:
                self._embed(tx, request_id)
        return len(forgotten)

    def paint(self, *, creation_id: str, last_attempt: bool = True) -> None:
        """Paint one picture and keep it. Painted, failed or deleted ones are left as they are."""
        commission = self._claim(UUID(creation_id))
        if commission is None:
            return
        try:
            self._keep(commission, *self._paint(commission))
        except UserError as error:
            self._fail(commission, str(error))
        except Unavailable as error:
            if not last_attempt:
                raise
            self._fail(commission, f"This could not be finished after several tries. {error}")
        except ConfigurationError as error:
            log.error("Picture %s cannot be painted: %s", commission.id, error)
            self._fail(commission, MISCONFIGURED)
        except Exception:
            incident = secrets.token_hex(4)
            log.exception("Incident %s: painting %s failed.", incident, commission.id)
            self._fail(commission, f"Something went wrong while painting (incident {incident}). Try it again.")

    def store(self, *, creation_id: str, last_attempt: bool = True) -> None:
        """Move a picture that waited in the database to the storage, when that answers again."""
        kept = self._db.row(
            _Kept,
            """select c.id, c.request_id, c.picture_key, c.thumbnail_key, u.picture, u.thumbnail
            from pentagram.creations c join pentagram.unstored_pictures u on u.creation_id = c.id
            where c.id = %(id)s""",
            id=UUID(creation_id),
        )
        if kept is None:
            return
        try:
            self._storage.put(kept.picture_key, kept.picture)
            self._storage.put(kept.thumbnail_key, kept.thumbnail)
        except AWAY as error:
            log.warning("Picture %s still waits in the database: %s", kept.id, error)
            self._store_later(kept.id)
        else:
            self._finish(kept)

    def delete_files(self, *, keys: list[str], last_attempt: bool = True) -> None:
        """Remove the files that no picture refers to any more."""
        used = self._db.values(
            """select key from unnest(%(keys)s::text[]) key where exists (select from pentagram.creations
            where picture_key = key or thumbnail_key = key)""",
            keys=keys,
        )
        try:
            self._storage.delete([key for key in keys if key not in used])
        except AWAY as error:
            log.warning("%s files wait to be deleted: %s", len(keys), error)
            with self._db.transaction() as tx:
                self._jobs.defer(tx, "delete_files", after_s=DELETE_AGAIN_SECONDS, keys=keys)

    def _claim(self, creation_id: UUID) -> _Commission | None:
        return self._db.row(
            _Commission,
            """update pentagram.creations c set state = 'painting' from pentagram.requests r
            where c.id = %(id)s and r.id = c.request_id and c.state in ('queued', 'painting')
            returning c.id, c.request_id, c.account_id, r.prompt, c.seed, r.width, r.height, c.created_at""",
            id=creation_id,
        )

    def _paint(self, commission: _Commission) -> tuple[EncodedPicture, int]:
        order = Order(commission.prompt, commission.seed, commission.width, commission.height)
        started = time.perf_counter()
        image = self._engine.paint([order])[0]
        paint_ms = round((time.perf_counter() - started) * 1000)
        provenance = Provenance(
            prompt=commission.prompt,
            model=self._engine.model,
            engine=self._engine.name,
            seed=commission.seed,
            width=image.width,
            height=image.height,
            identifier=str(commission.id),
            created_at=commission.created_at,
            generator=self._engine.generator,
            steps=self._engine.steps,
        )
        return encode(image, provenance), paint_ms

    def _keep(self, commission: _Commission, picture: EncodedPicture, paint_ms: int) -> None:
        """The bytes go to the storage before the row says so; while it does not answer they wait in the database."""
        try:
            self._storage.put(picture.full_key, picture.full)
            self._storage.put(picture.thumbnail_key, picture.thumbnail)
        except AWAY as error:
            log.warning("Picture %s waits in the database: %s", commission.id, error)
            self._describe(commission, picture, paint_ms, unstored=True)
        else:
            self._describe(commission, picture, paint_ms, unstored=False)

    def _describe(self, commission: _Commission, picture: EncodedPicture, paint_ms: int, *, unstored: bool) -> None:
        with self._db.transaction() as tx:
            changed = tx.execute(
                """update pentagram.creations set state = %(state)s, picture_key = %(full)s,
                  thumbnail_key = %(thumbnail)s, width = %(width)s, height = %(height)s, colour = %(colour)s,
                  phash = %(phash)s, paint_ms = %(ms)s, failure = null, ready_at = %(ready_at)s
                where id = %(id)s and state = 'painting'""",
                state="storing" if unstored else "ready", full=picture.full_key, thumbnail=picture.thumbnail_key,
                width=picture.width, height=picture.height, colour=picture.dominant_colour, phash=picture.phash,
                ms=paint_ms, ready_at=None if unstored else self._clock.now(), id=commission.id,
            )  # fmt: skip
            if not changed:
                self._jobs.defer(tx, "delete_files", keys=[picture.full_key, picture.thumbnail_key])
                return
            tx.execute(
                """insert into pentagram.ledger (account_id, creation_id, engine)
                values (%(account)s, %(id)s, %(engine)s) on conflict (creation_id) do nothing""",
                account=commission.account_id, id=commission.id, engine=self._engine.name,
            )  # fmt: skip
            if unstored:
                tx.execute(
                    "insert into pentagram.unstored_pictures values (%(id)s, %(full)s, %(thumbnail)s)",
                    id=commission.id, full=picture.full, thumbnail=picture.thumbnail,
                )  # fmt: skip
                self._jobs.defer(tx, "store", after_s=STORE_AGAIN_SECONDS, creation_id=str(commission.id))
            else:
                self._embed(tx, commission.request_id)

    def _finish(self, kept: _Kept) -> None:
        with self._db.transaction() as tx:
            changed = tx.execute(
                """update pentagram.creations set state = 'ready', ready_at = %(now)s
                where id = %(id)s and state = 'storing'""",
                now=self._clock.now(), id=kept.id,
            )  # fmt: skip
            if not changed:
                self._jobs.defer(tx, "delete_files", keys=[kept.picture_key, kept.thumbnail_key])
                return
            tx.execute("delete from pentagram.unstored_pictures where creation_id = %(id)s", id=kept.id)
            self._embed(tx, kept.request_id)

    def _embed(self, tx: Transaction, request_id: UUID) -> None:
        self._jobs.defer(tx, "embed", priority=LATER, once=f"embed {request_id}", request_id=str(request_id))

    def _store_later(self, creation_id: UUID) -> None:
        with self._db.transaction() as tx:
            self._jobs.defer(tx, "store", after_s=STORE_AGAIN_SECONDS, creation_id=str(creation_id))

    def _fail(self, commission: _Commission, sentence: str) -> None:
        self._db.execute(
            """update pentagram.creations set state = 'failed', failure = %(why)s
            where id = %(id)s and state = 'painting'""",
            why=sentence, id=commission.id,
        )  # fmt: skip
