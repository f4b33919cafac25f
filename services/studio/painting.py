"""The worker's side of the studio: paint what was asked for, keep it, and never do either twice."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from services.errors import ConfigurationError, NotFound, Unavailable, UserError
from services.platform.breaker import Breaker
from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.platform.jobs import LATER, Jobs
from services.platform.storage.base import Storage
from services.safety.pictures import PictureGate
from services.safety.prompts import Verdict
from services.studio import styles
from services.studio.engines.base import Engine, NotWanted, Order, Painted
from services.studio.engines.choice import Engines
from services.studio.money import Money
from services.studio.pictures import EncodedPicture, encode
from services.studio.provenance import Provenance
from services.studio.signing import Signer
from services.studio.waiting import Waiting

log = logging.getLogger(__name__)

STORE_AGAIN_SECONDS = 20.0
DELETE_AGAIN_SECONDS = 600.0
AWAY = (Unavailable, ConfigurationError, NotFound)
"""What a storage says that does not answer or takes our key no more: nothing painted is thrown away for it."""
MOST_CALLS = 3
"""To a paid engine for one picture, each after the one before it ended without any."""
MISCONFIGURED = "What paints here is not set up rightly. Whoever runs this place finds out with `manage.py doctor`."


@dataclass(frozen=True)
class _Commission:
    id: UUID
    request_id: UUID
    account_id: UUID
    prompt: str
    negative: str
    options: Mapping[str, Any]
    seed: int
    width: int
    height: int
    engine: str
    fallback: bool
    call_id: str | None
    calls: int
    starts_from_picture: bool
    start_key: str | None
    created_at: datetime


@dataclass(frozen=True)
class _CalledOff:
    account_id: UUID
    engine: str
    call_id: str


@dataclass(frozen=True)
class _Work:
    """A picture as it came from an engine, looked at and encoded."""

    engine: Engine
    painted: Painted
    picture: EncodedPicture
    sensitive: bool
    paint_ms: int


class _BlockedError(Exception):
    """The picture gate does not let a picture through; the person reads its reason."""


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
    def __init__(
        self,
        db: Database,
        storage: Storage,
        jobs: Jobs,
        engines: Engines,
        breakers: Mapping[str, Breaker],
        gate: PictureGate,
        money: Money,
        clock: Clock,
        signer: Signer | None = None,
    ) -> None:
        self._db = db
        self._storage = storage
        self._jobs = jobs
        self._engines = engines
        self._breakers = breakers
        self._gate = gate
        self._money = money
        self._clock = clock
        self._signer = signer
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
            self._call_off(UUID(creation_id), last_attempt=last_attempt)
            return
        try:
            self._keep(commission, self._work(commission))
        except NotWanted:
            self._call_off(commission.id)
        except (_BlockedError, UserError, ConfigurationError) as error:
            self._fail(commission, *_explained(commission, error))
        except Unavailable as error:
            if not last_attempt and self._put_back(commission, str(error)):
                raise
            self._fail(commission, f"This could not be finished after several tries. {error}")
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
            """select wanted from unnest(%(keys)s::text[]) wanted
            where exists (select from pentagram.creations where picture_key = wanted or thumbnail_key = wanted)
              or exists (select from pentagram.uploads where key = wanted)""",
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
            """update pentagram.creations c
            set state = 'painting', failure = null, started_at = coalesce(c.started_at, %(now)s)
            from pentagram.requests r
            where c.id = %(id)s and r.id = c.request_id and c.state in ('queued', 'painting')
            returning c.id, c.request_id, c.account_id, r.prompt, r.negative_prompt as negative, r.options, c.seed,
              r.width, r.height, r.engine, r.fallback, c.call_id, c.calls, r.starts_from_picture,
              coalesce((select key from pentagram.uploads where id = r.upload_id),
                (select picture_key from pentagram.creations where id = r.source_id)) as start_key, c.created_at""",
            id=creation_id, now=self._clock.now(),
        )  # fmt: skip

    def _work(self, commission: _Commission) -> _Work:
        order = self._order(commission)
        started = time.perf_counter()
        engine, painted = self._painted(commission, order)
        paint_ms = round((time.perf_counter() - started) * 1000)
        image = painted.picture()
        verdict = painted.verdict or self._looked_at(engine, painted)
        if verdict is not None and verdict.decision == "block":
            self._book(commission, engine, painted)
            raise _BlockedError(verdict.reason)
        provenance = _provenance(commission, order, engine, painted)
        picture = encode(image, provenance, file=painted.file, signer=self._signer)
        return _Work(engine, painted, picture, verdict is not None and verdict.decision == "sensitive", paint_ms)

    def _order(self, commission: _Commission) -> Order:
        return Order(
            styles.styled(commission.prompt, str(commission.options.get("style", ""))),
            commission.seed,
            commission.width,
            commission.height,
            negative=commission.negative,
            guidance=commission.options.get("guidance"),
            image=self._start(commission),
            strength=commission.options.get("strength"),
            key=f"{commission.id}:{commission.calls}",
            watch=Waiting(self._db, commission.id, commission.call_id),
        )

    def _start(self, commission: _Commission) -> bytes | None:
        if not commission.starts_from_picture:
            return None
        gone = UserError("The picture to start from is gone.")
        if commission.start_key is None:
            raise gone
        try:
            return self._storage.get(commission.start_key)
        except NotFound:
            raise gone from None

    def _painted(self, commission: _Commission, order: Order) -> tuple[Engine, Painted]:
        """By the engine that was asked for, or where the person allows it by the next one that can."""
        chosen = self._engines.named(commission.engine)
        able = [chosen, *(self._engines.after(chosen) if commission.fallback else [])]
        for engine, next_one in zip(able, [*able[1:], None], strict=True):
            try:
                return engine, self._ask(engine, order if engine is chosen else _within(order, engine))
            except (Unavailable, ConfigurationError) as error:
                # A call that may still give a picture is waited for: another engine would make it a second one.
                if next_one is None or order.watch.known_call() is not None:
                    raise
                log.warning("%s steps in for %s: %s", next_one.label, engine.label, error)
        raise AssertionError("The last engine's failure is raised.")

    def _ask(self, engine: Engine, order: Order) -> Painted:
        breaker = self._breakers.get(engine.name)
        if breaker is not None and order.watch.known_call() is None and not breaker.enter():
            raise Unavailable(f"{engine.label} has not answered several times and is left alone for a moment.")
        try:
            painted = engine.paint([order])[0]
            if isinstance(painted.failure, Unavailable):
                raise painted.failure
        except Unavailable as error:
            if breaker is not None:
                breaker.failed(str(error))
            raise
        if breaker is not None and not isinstance(painted.failure, NotWanted):
            breaker.succeeded()
        return painted

    def _looked_at(self, engine: Engine, painted: Painted) -> Verdict | None:
        """By the gate, unless the picture was drawn by rules that know nothing indecent."""
        return self._gate.check(painted.picture()) if engine.generator == "trainedAlgorithmicMedia" else None

    def _call_off(self, creation_id: UUID, *, last_attempt: bool = True) -> None:
        """Nobody waits for it any more: what a distant engine still does for it is ended, and what that cost booked."""
        called_off = self._db.row(
            _CalledOff,
            """select c.account_id, r.engine, c.call_id
            from pentagram.creations c join pentagram.requests r on r.id = c.request_id
            where c.id = %(id)s and c.state = 'cancelled' and c.call_id is not null""",
            id=creation_id,
        )
        if called_off is None:
            return
        engine = self._engines.named(called_off.engine)
        if not engine.cancel(called_off.call_id) and not last_attempt:
            raise Unavailable(f"{engine.label} could not be told that {called_off.call_id} is not wanted any more.")
        with self._db.transaction() as tx:
            ended = tx.execute(
                "update pentagram.creations set call_id = null where id = %(id)s and call_id is not null",
                id=creation_id,
            )
            if ended:
                self._money.book_estimate(tx, called_off.account_id, engine)

    def _book(self, commission: _Commission, engine: Engine, painted: Painted) -> None:
        with self._db.transaction() as tx:
            self._money.book(tx, commission.account_id, commission.id, engine, painted)

    def _keep(self, commission: _Commission, work: _Work) -> None:
        """The bytes go to the storage before the row says so; while it does not answer they wait in the database."""
        try:
            self._storage.put(work.picture.full_key, work.picture.full)
            self._storage.put(work.picture.thumbnail_key, work.picture.thumbnail)
        except AWAY as error:
            log.warning("Picture %s waits in the database: %s", commission.id, error)
            self._describe(commission, work, unstored=True)
        else:
            self._describe(commission, work, unstored=False)

    def _describe(self, commission: _Commission, work: _Work, *, unstored: bool) -> None:
        picture = work.picture
        with self._db.transaction() as tx:
            changed = tx.execute(
                """update pentagram.creations set state = %(state)s, picture_key = %(full)s,
                  thumbnail_key = %(thumbnail)s, width = %(width)s, height = %(height)s, colour = %(colour)s,
                  phash = %(phash)s, paint_ms = %(ms)s, failure = null, ready_at = %(ready_at)s, engine = %(engine)s,
                  model = %(model)s, sensitive = %(sensitive)s, progress = 1, call_id = null, estimate_usd = 0
                where id = %(id)s and state = 'painting'""",
                state="storing" if unstored else "ready", full=picture.full_key, thumbnail=picture.thumbnail_key,
                width=picture.width, height=picture.height, colour=picture.dominant_colour, phash=picture.phash,
                ms=work.paint_ms, ready_at=None if unstored else self._clock.now(), id=commission.id,
                engine=work.engine.name, model=work.painted.model or work.engine.model, sensitive=work.sensitive,
            )  # fmt: skip
            self._money.book(tx, commission.account_id, commission.id, work.engine, work.painted)
            if not changed:
                self._jobs.defer(tx, "delete_files", keys=[picture.full_key, picture.thumbnail_key])
                return
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

    def _put_back(self, commission: _Commission, why: str) -> bool:
        """Let it wait for another try, with the reason, unless it was paid for often enough."""
        return bool(
            self._db.execute(
                """update pentagram.creations set state = 'queued', failure = %(why)s, progress = 0
                where id = %(id)s and state = 'painting' and calls < %(most)s""",
                why=why, id=commission.id, most=MOST_CALLS,
            )
        )  # fmt: skip

    def _fail(self, commission: _Commission, sentence: str, state: str = "failed") -> None:
        self._db.execute(
            """update pentagram.creations set state = %(state)s, failure = %(why)s, call_id = null, estimate_usd = 0
            where id = %(id)s and state = 'painting'""",
            state=state, why=sentence, id=commission.id,
        )  # fmt: skip


def _explained(commission: _Commission, error: Exception) -> tuple[str, str]:
    """What the person reads, and the state of their picture."""
    if isinstance(error, _BlockedError):
        return str(error), "blocked"
    if isinstance(error, ConfigurationError):
        log.error("Picture %s cannot be painted: %s", commission.id, error)
        return MISCONFIGURED, "failed"
    return str(error), "failed"


def _within(order: Order, engine: Engine) -> Order:
    """The order without what this engine cannot do."""
    can = engine.capabilities
    return replace(
        order,
        negative=order.negative if can.takes_negative else "",
        guidance=order.guidance if can.guidance else None,
        image=order.image if can.takes_image else None,
        strength=order.strength if can.takes_strength else None,
        width=min(max(order.width, can.smallest), can.largest),
        height=min(max(order.height, can.smallest), can.largest),
    )


def _provenance(commission: _Commission, order: Order, engine: Engine, painted: Painted) -> Provenance:
    image = painted.picture()
    return Provenance(
        prompt=order.prompt,
        negative=order.negative,
        model=painted.model or engine.model,
        engine=engine.name,
        seed=commission.seed,
        width=image.width,
        height=image.height,
        identifier=str(commission.id),
        created_at=commission.created_at,
        generator=engine.generator,
        steps=engine.steps,
        guidance=order.guidance,
        strength=order.strength,
        style=str(commission.options.get("style", "")),
    )
