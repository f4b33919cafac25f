"""The worker's side of the studio: paint what was asked for, keep it, and never do either twice."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, LiteralString
from uuid import UUID

from services.errors import ConfigurationError, NotFound, Unavailable, UserError
from services.platform.breaker import Breaker
from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.platform.jobs import LATER, SOON, Jobs
from services.platform.storage.base import Storage
from services.safety.pictures import PictureGate
from services.safety.removed import RemovedPictures, Returned
from services.safety.standing import in_removed_post
from services.safety.verdicts import Verdict
from services.studio import styles
from services.studio.asking import ask_to_paint
from services.studio.engines.base import Engine, NotWanted, Order, Painted
from services.studio.engines.choice import Engines
from services.studio.money import Money
from services.studio.pictures import EncodedPicture, encode
from services.studio.provenance import Provenance
from services.studio.signing import Signer
from services.studio.unseen import UnseenPictures
from services.studio.waiting import Waiting

log = logging.getLogger(__name__)

STORE_AGAIN_SECONDS = 20.0
DELETE_AGAIN_SECONDS = 600.0
AWAY = (Unavailable, ConfigurationError, NotFound)
"""What a storage says that does not answer or takes our key no more: nothing painted is thrown away for it."""
AGAIN_SECONDS = (2.0, 60.0)
"""The shortest and the longest pause before an engine that did not answer is asked again; it grows with the wait."""
PATIENCE = timedelta(hours=6)
"""How long a picture waits for an engine."""
MOST_CALLS = 3
"""To a paid engine for one picture, each after the one before it ended without any."""
BY_RESIDENT: LiteralString = """(select a.kind = 'resident' from pentagram.accounts a where a.id = c.account_id)
  as by_resident"""
NOT_LOOKED_AT = "It is painted, and waits for what looks at pictures before anybody sees them."
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
    by_resident: bool
    starts_from_picture: bool
    start_key: str | None
    started_at: datetime
    created_at: datetime


@dataclass(frozen=True)
class _Call:
    """Under way to a distant engine, for a picture that nobody waits for any more."""

    account_id: UUID
    engine: str
    call_id: str


@dataclass(frozen=True)
class _Answer:
    """What an engine made of the order that it was given."""

    engine: Engine
    order: Order
    painted: Painted
    paint_ms: int = 0


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
    by_resident: bool


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
        removed: RemovedPictures,
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
        self._unseen = UnseenPictures(db)
        self._removed = removed
        self._money = money
        self._clock = clock
        self._signer = signer
        jobs.register("paint", self.paint)
        jobs.register("store", self.store)
        jobs.register("call_off", self.call_off)
        jobs.register("delete_files", self.delete_files)

    def resume(self) -> int:
        """Ask again for what was accepted and has no job any more, as when the database was away at a job's last
        attempt; how many that were."""
        with self._db.transaction() as tx:
            forgotten = tx.rows(
                _Forgotten,
                f"""select c.id, c.state, {BY_RESIDENT} from pentagram.creations c
                where c.state in ('queued', 'painting', 'storing') and not exists (
                  select from pentagram.procrastinate_jobs j
                  where j.status in ('todo', 'doing') and j.args ->> 'creation_id' = c.id::text)
                for update of c skip locked""",
            )
            for creation in forgotten:
                if creation.state == "storing":
                    self._jobs.defer(tx, "store", priority=SOON, creation_id=str(creation.id))
                else:
                    ask_to_paint(self._jobs, tx, creation.id, by_resident=creation.by_resident)
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
            self._forget_call(UUID(creation_id))
            return
        try:
            self._keep(commission, self._work(commission))
        except NotWanted:
            self._forget_call(commission.id)
        except (_BlockedError, UserError, ConfigurationError) as error:
            self._fail(commission, *_explained(commission, error))
        except Unavailable as error:
            self._try_later(commission, str(error))
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
            where exists (select from pentagram.creations
                where picture_key = wanted or thumbnail_key = wanted or bare_key = wanted)
              or exists (select from pentagram.uploads where key = wanted)
              or exists (select from pentagram.removed_pictures
                where picture_key = wanted and hashed_at is null and ended_at is null)""",
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
            f"""update pentagram.creations c
            set state = 'painting', failure = null, started_at = coalesce(c.started_at, %(now)s)
            from pentagram.requests r
            where c.id = %(id)s and r.id = c.request_id and c.state in ('queued', 'painting')
            returning c.id, c.request_id, c.account_id, r.prompt, r.negative_prompt as negative, r.options, c.seed,
              r.width, r.height, r.engine, r.fallback, c.call_id, c.calls, c.started_at, r.starts_from_picture,
              {BY_RESIDENT},
              coalesce((select key from pentagram.uploads where id = r.upload_id and decision <> 'block'),
                (select picture_key from pentagram.creations s where s.id = r.source_id and s.state = 'ready'
                  and (s.account_id = r.account_id or not {in_removed_post("s.id")}))) as start_key,
              c.created_at""",
            id=creation_id, now=self._clock.now(),
        )  # fmt: skip

    def _work(self, commission: _Commission) -> _Work:
        answer = self._painted_before(commission) or self._painted_now(commission)
        image = answer.painted.picture()
        self._removed.refuse(image)
        verdict = answer.painted.verdict or self._looked_at(commission, answer)
        if verdict is not None and verdict.decision == "block":
            raise _BlockedError(verdict.reason)
        provenance = _provenance(commission, answer)
        picture = encode(image, provenance, file=answer.painted.file, signer=self._signer)
        is_sensitive = verdict is not None and verdict.decision == "sensitive"
        return _Work(answer.engine, answer.painted, picture, is_sensitive, answer.paint_ms)

    def _painted_before(self, commission: _Commission) -> _Answer | None:
        """What waits for the picture gate since an earlier try."""
        unseen = self._unseen.find(commission.id)
        if unseen is None or unseen.engine not in self._engines.names:
            return None
        engine = self._engines.named(unseen.engine)
        return _Answer(engine, _within(self._order(commission), engine), unseen.painted(), unseen.paint_ms)

    def _painted_now(self, commission: _Commission) -> _Answer:
        started = time.perf_counter()
        answer = self._painted(commission, self._order(commission))
        answer = replace(answer, paint_ms=round((time.perf_counter() - started) * 1000))
        self._book(commission, answer)
        return answer

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

    def _painted(self, commission: _Commission, order: Order) -> _Answer:
        """By the engine that was asked for, or where the person allows it by the next one that can."""
        able = self._engines.able(commission.engine, others=commission.fallback)
        for engine, next_one in zip(able, [*able[1:], None], strict=True):
            try:
                return self._ask(engine, _within(order, engine), commission)
            except (Unavailable, ConfigurationError) as error:
                # A call that may still give a picture is waited for: another engine would make it a second one.
                if next_one is None or order.watch.known_call() is not None:
                    raise
                log.warning("%s steps in for %s: %s", next_one.label, engine.label, error)
        raise UserError("What this was asked of paints here no more. Ask again.")

    def _ask(self, engine: Engine, order: Order, commission: _Commission) -> _Answer:
        breaker = self._breakers.get(engine.name)
        if breaker is not None and order.watch.known_call() is None and not breaker.enter():
            raise Unavailable(f"{engine.label} has not answered several times and is left alone for a moment.")
        try:
            painted = engine.paint([order])[0]
            if isinstance(painted.failure, Unavailable):
                self._book_lost(commission, _Answer(engine, order, painted))
                raise painted.failure
        except Unavailable as error:
            if breaker is not None and _tells_of_the_engine(order):
                breaker.failed(str(error))
            raise
        if breaker is not None and not isinstance(painted.failure, NotWanted):
            breaker.succeeded()
        return _Answer(engine, order, painted)

    def _looked_at(self, commission: _Commission, answer: _Answer) -> Verdict | None:
        """By the gate, unless the picture was drawn by rules that know nothing indecent. What it does not answer for is
        kept until it does."""
        if answer.engine.generator != "trainedAlgorithmicMedia":
            return None
        try:
            return self._gate.check(answer.painted.picture())
        except (Unavailable, ConfigurationError) as error:
            log.error("Picture %s waits for the picture gate: %s", commission.id, error)
            self._unseen.keep(commission.id, answer.engine, answer.painted, answer.paint_ms)
            raise Unavailable(NOT_LOOKED_AT) from error

    def call_off(self, *, engine: str, call: str, account_id: str, creation_id: str, last_attempt: bool = True) -> None:
        """End what a distant engine still does for a picture that nobody waits for, and book what that cost."""
        if engine not in self._engines.names:
            log.warning("Call %s may go on: nothing called %s paints here any more.", call, engine)
            return
        called = self._engines.named(engine)
        if not called.cancel(call) and not last_attempt:
            raise Unavailable(f"{called.label} could not be told that {call} is not wanted any more.")
        with self._db.transaction() as tx:
            self._money.book_estimate(tx, UUID(account_id), UUID(creation_id), called)

    def _forget_call(self, creation_id: UUID) -> None:
        """Of a picture that was cancelled: its call ends in a job, which finds the engine when it is back."""
        with self._db.transaction() as tx:
            self._unseen.forget(tx, creation_id)
            call = tx.row(
                _Call,
                """update pentagram.creations c set call_id = null from pentagram.requests r,
                  (select id, call_id from pentagram.creations where id = %(id)s for update) before
                where c.id = before.id and r.id = c.request_id and c.state = 'cancelled' and before.call_id is not null
                returning c.account_id, r.engine, before.call_id""",
                id=creation_id,
            )
            if call is not None:
                self._end_later(tx, call, creation_id)

    def _end_later(self, tx: Transaction, call: _Call, creation_id: UUID) -> None:
        self._jobs.defer(
            tx, "call_off", engine=call.engine, call=call.call_id, account_id=str(call.account_id),
            creation_id=str(creation_id),
        )  # fmt: skip

    def _book(self, commission: _Commission, answer: _Answer) -> None:
        """At once, whatever becomes of the picture then. What is free is booked with the picture."""
        if answer.painted.gpu:
            with self._db.transaction() as tx:
                self._money.book(tx, commission.account_id, commission.id, answer.engine, answer.painted)

    def _book_lost(self, commission: _Commission, answer: _Answer) -> None:
        """What a call cost that ended without a picture: what was told, else what a picture usually costs."""
        watch = answer.order.watch
        if answer.painted.gpu:
            self._book(commission, answer)
        elif watch.has_called() and watch.known_call() is None:
            with self._db.transaction() as tx:
                self._money.book_estimate(tx, commission.account_id, None, answer.engine)

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
            self._unseen.forget(tx, commission.id)
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

    def _try_later(self, commission: _Commission, why: str) -> None:
        """Let it wait for another try, with the reason, unless it waited or was paid for long enough."""
        now = self._clock.now()
        shortest, longest = AGAIN_SECONDS
        pause = min(max(shortest, (now - commission.started_at).total_seconds() / 4), longest)
        with self._db.transaction() as tx:
            waits = tx.execute(
                """update pentagram.creations set state = 'queued', failure = %(why)s, progress = 0
                where id = %(id)s and state = 'painting' and calls < %(most)s and started_at > %(since)s""",
                why=why, id=commission.id, most=MOST_CALLS, since=now - PATIENCE,
            )  # fmt: skip
            if waits:
                ask_to_paint(self._jobs, tx, commission.id, by_resident=commission.by_resident, after_s=pause)
                return
        self._fail(commission, f"This could not be finished after several tries. {why}")
        self._forget_call(commission.id)

    def _fail(self, commission: _Commission, sentence: str, state: str = "failed") -> None:
        with self._db.transaction() as tx:
            self._unseen.forget(tx, commission.id)
            call = tx.row(
                _Call,
                """update pentagram.creations c
                set state = %(state)s, failure = %(why)s, call_id = null, estimate_usd = 0
                from (select id, call_id from pentagram.creations where id = %(id)s for update) before
                where c.id = before.id and c.state = 'painting'
                returning c.account_id, %(engine)s as engine, coalesce(before.call_id, '') as call_id""",
                state=state, why=sentence, id=commission.id, engine=commission.engine,
            )  # fmt: skip
            if call is not None and call.call_id:
                self._end_later(tx, call, commission.id)


def _explained(commission: _Commission, error: Exception) -> tuple[str, str]:
    """What the person reads, and the state of their picture."""
    if isinstance(error, _BlockedError | Returned):
        return str(error), "blocked"
    if isinstance(error, ConfigurationError):
        log.error("Picture %s cannot be painted: %s", commission.id, error)
        return MISCONFIGURED, "failed"
    return str(error), "failed"


def _tells_of_the_engine(order: Order) -> bool:
    """Whether a failure says something of the engine: of calls that ended without a picture only the first does, since
    the others may all be for one picture that it stumbles over."""
    return order.watch.known_call() is not None or order.key.endswith(":0")


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


def _provenance(commission: _Commission, answer: _Answer) -> Provenance:
    order, engine, image = answer.order, answer.engine, answer.painted.picture()
    return Provenance(
        prompt=order.prompt,
        negative=order.negative,
        model=answer.painted.model or engine.model,
        engine=engine.name,
        seed=commission.seed,
        width=image.width,
        height=image.height,
        identifier=str(commission.id),
        created_at=commission.created_at,
        generator=engine.generator,
        steps=engine.steps,
        guidance=order.guidance,
        strength=order.strength if order.image else None,
        style=str(commission.options.get("style", "")),
    )
