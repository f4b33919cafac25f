"""Importing: what somebody has elsewhere becomes prompts, pictures and posts of theirs, in the background."""

from __future__ import annotations

import hashlib
import io
import itertools
import logging
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO, Literal
from uuid import UUID

from psycopg.types.json import Jsonb

from services.community.accounts import Account
from services.errors import ConfigurationError, NotFound, TooMany, Unavailable, UserError
from services.ids import parse_id
from services.pages import Page, page_of, place_of
from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.platform.jobs import LATER, Jobs
from services.platform.storage.base import Storage, part_key
from services.safety.standing import not_while_suspended
from services.studio.painting import MISCONFIGURED
from services.studio.provenance import storable
from services.transfer.bringing import Bringing
from services.transfer.bundles import EMPTY, opened
from services.transfer.entries import Bundle, Entry, Kind, State, shown
from services.transfer.parts import kept, pieces, sizes
from services.transfer.taking import Order, Stopped, Task
from services.transfer.zips import MOST_ENTRIES, TOO_MANY

log = logging.getLogger(__name__)

PAGE = 30
MOST_ON_A_PAGE = 100
LARGEST_BYTES = 200 * 1024**2
"""Of a file that comes through the page; what the operator brings along may be larger."""
MOST_UNFINISHED = 3
MOST_A_DAY = 20
TASKS_A_JOB = 16
"""A job that took longer would keep others from theirs."""
WRITTEN_AT_ONCE = 500
AGAIN_SECONDS = 20.0
AGAIN_LATER_SECONDS = 300.0
"""For what waits until an hour or a day is over."""
ABANDONED_AFTER = timedelta(days=1)
REMEMBERED_FOR = timedelta(days=30)

TOO_LARGE = f"This file is larger than {LARGEST_BYTES // 1024**2} MB. Bring its contents along in several parts."
NOT_YOURS = "There is no such import among yours."
CALLED_OFF = "Called off before its turn."

Progress = Literal["arriving", "waiting", "working", "done", "failed", "cancelled"]


@dataclass(frozen=True)
class Import:
    """Something that was brought along, and how far it is.

    | from     | to                                                                    |
    |----------|-----------------------------------------------------------------------|
    | arriving | waiting (the storage has the file)                                    |
    | waiting  | working (it was looked through), failed (it cannot be read), cancelled |
    | working  | done, cancelled                                                       |
    """

    id: UUID
    name: str
    state: Progress
    private: bool
    note: str
    """Why it failed as a whole, or what it waits for."""
    total: int
    """0 until it was looked through."""
    done: int
    skipped: int
    failed: int
    started_at: datetime
    finished_at: datetime | None

    @property
    def is_unfinished(self) -> bool:
        return self.finished_at is None

    @property
    def left(self) -> int:
        return self.total - self.done - self.skipped - self.failed


@dataclass(frozen=True)
class Item:
    """One picture, prompt or post of an import.

    A waiting one becomes done, skipped (the account has it already, or it was called off), or failed.
    """

    position: int
    kind: Kind
    name: str
    told_id: Any
    """What it is called where it comes from."""
    state: State
    reason: str
    creation_id: UUID | None
    post_id: UUID | None


IMPORTS = """
select i.id, i.name, i.state, i.private, i.note, i.started_at, i.finished_at, n.total, n.done, n.skipped, n.failed
from pentagram.imports i cross join lateral (
  select count(*) as total, count(*) filter (where state = 'done') as done,
    count(*) filter (where state = 'skipped') as skipped, count(*) filter (where state = 'failed') as failed
  from pentagram.import_items where import_id = i.id) n
"""


class Importing:
    def __init__(self, db: Database, storage: Storage, jobs: Jobs, clock: Clock, bringing: Bringing) -> None:
        self._db = db
        self._storage = storage
        self._jobs = jobs
        self._clock = clock
        self._bringing = bringing
        jobs.register("import", self.work)
        jobs.register_daily("sweep_imports", self.sweep, db)

    @not_while_suspended
    def begin(
        self, name: str, data: BinaryIO | bytes, *, by: Account, private: bool = False, by_operator: bool = False
    ) -> Import:
        """Keep a file and bring along what is in it, in a job. The same file again while that is at it is the same
        import. `UserError` for a file that cannot be read. The operator answers for the pictures that they bring along:
        no gate needs to look at them, and neither the size nor the hour is limited."""
        file = io.BytesIO(data) if isinstance(data, bytes) else data
        total = file.seek(0, io.SEEK_END)
        if total > LARGEST_BYTES and not by_operator:
            raise UserError(TOO_LARGE)
        opened(file, name, limited=not by_operator)
        import_id = self._insert(_Arrival(shown(name), _digest(file), total, private, by_operator), by)
        if import_id is not None:
            self._keep(import_id, file)
        return self._unfinished(by, _digest(file))

    def mine(self, *, by: Account) -> list[Import]:
        """Those of the last weeks, the latest first."""
        return self._db.rows(
            Import, f"{IMPORTS} where i.account_id = %(by)s order by i.id desc limit %(most)s", by=by.id, most=PAGE
        )

    def get(self, import_id: object, *, by: Account) -> Import:
        found = self._db.row(
            Import,
            f"{IMPORTS} where i.id = %(id)s and i.account_id = %(by)s",
            id=parse_id(import_id, "import"),
            by=by.id,
        )
        if found is None:
            raise NotFound(NOT_YOURS)
        return found

    def items(
        self,
        import_id: object,
        *,
        by: Account,
        state: State | None = None,
        after: str | None = None,
        limit: int = PAGE,
    ) -> Page[Item]:
        """What is in it, in order, with what became of each."""
        wanted = self.get(import_id, by=by)
        [last] = place_of(after, int)
        limit = max(1, min(limit, MOST_ON_A_PAGE))
        rows = self._db.rows(
            Item,
            """select position, kind, name, told_id, state, reason, creation_id, post_id from pentagram.import_items
            where import_id = %(id)s and (%(state)s::text is null or state = %(state)s)
              and (%(last)s::bigint is null or position > %(last)s)
            order by position limit %(most)s""",
            id=wanted.id, state=state, last=last, most=limit + 1,
        )  # fmt: skip
        return page_of(rows, limit, lambda item: [item.position])

    def cancel(self, import_id: object, *, by: Account) -> Import:
        """Bring along no more of it. What came in stays, and what is being painted just now is posted still."""
        wanted = self.get(import_id, by=by)
        self._end(wanted.id, "cancelled")
        return self.get(wanted.id, by=by)

    # Arriving ---------------------------------------------------------------------------------------------------------

    def _insert(self, arrival: _Arrival, by: Account) -> UUID | None:
        """The row of what arrives now; None where the same file is being brought along already."""
        with self._db.transaction() as tx:
            tx.execute("select from pentagram.accounts where id = %(id)s for update", id=by.id)
            known = tx.row(
                _Known,
                """select id, state from pentagram.imports
                where account_id = %(by)s and digest = %(digest)s and finished_at is null""",
                by=by.id, digest=arrival.digest,
            )  # fmt: skip
            if known is not None:
                return known.id if known.state == "arriving" else None
            if not arrival.by_operator:
                self._check_limits(tx, by)
            fresh: UUID = tx.value(
                """insert into pentagram.imports (account_id, name, digest, bytes, parts, private, by_operator,
                  started_at)
                values (%(by)s, %(name)s, %(digest)s, %(bytes)s, %(parts)s, %(private)s, %(by_operator)s, %(now)s)
                returning id""",
                by=by.id, parts=len(sizes(arrival.bytes)), now=self._clock.now(), **asdict(arrival),
            )  # fmt: skip
            return fresh

    def _check_limits(self, tx: Transaction, by: Account) -> None:
        counts = tx.row(
            _Counts,
            """select count(*) filter (where finished_at is null) as unfinished,
              count(*) filter (where started_at > %(since)s) as today
            from pentagram.imports where account_id = %(by)s""",
            by=by.id, since=self._clock.now() - timedelta(days=1),
        )  # fmt: skip
        if counts is not None and counts.unfinished >= MOST_UNFINISHED:
            raise TooMany(f"You have {MOST_UNFINISHED} imports under way. Wait for one to be done, or call it off.")
        if counts is not None and counts.today >= MOST_A_DAY:
            raise TooMany(f"You brought along {MOST_A_DAY} files within a day. Come back tomorrow.")

    def _keep(self, import_id: UUID, file: BinaryIO) -> None:
        """The row came first: a file without one would never be found again."""
        file.seek(0)
        try:
            for number, piece in enumerate(pieces(file)):
                self._storage.put(part_key(import_id, number), piece)
        except BaseException:
            self._remove([import_id])
            raise
        with self._db.transaction() as tx:
            if tx.execute(
                "update pentagram.imports set state = 'waiting' where id = %(id)s and state = 'arriving'", id=import_id
            ):  # fmt: skip
                self._ask(tx, import_id)

    def _unfinished(self, by: Account, digest: bytes) -> Import:
        """The one of this file that is under way, or was a moment ago."""
        found = self._db.row(
            Import,
            f"""{IMPORTS} where i.account_id = %(by)s and i.digest = %(digest)s order by i.id desc limit 1""",
            by=by.id, digest=digest,
        )  # fmt: skip
        if found is None:
            raise NotFound(NOT_YOURS)
        return found

    # Working ----------------------------------------------------------------------------------------------------------

    def work(self, *, import_id: str, last_attempt: bool = True) -> None:
        """Look through what arrived, or bring along a few things of it; then ask for the next job. Whatever was done
        before is not done again."""
        order = self._order(UUID(import_id))
        if order is None:
            return
        try:
            self._go_on(order)
        except Stopped:
            return
        except TooMany as error:
            self._wait(order, str(error), AGAIN_LATER_SECONDS)
        except ConfigurationError as error:
            log.error("Import %s cannot go on: %s", order.id, error)
            self._wait(order, MISCONFIGURED, AGAIN_LATER_SECONDS)
        except Unavailable as error:
            self._wait(order, str(error), AGAIN_SECONDS)
        except UserError as error:
            self._end(order.id, "failed", str(error))
        except Exception:
            incident = secrets.token_hex(4)
            log.exception("Incident %s: import %s failed.", incident, order.id)
            self._end(order.id, "failed", f"Something went wrong (incident {incident}). Bring it along once more.")

    def _order(self, import_id: UUID) -> Order | None:
        return self._db.row(
            Order,
            """select id, name, account_id, state, bytes, private, by_operator from pentagram.imports
            where id = %(id)s and state in ('waiting', 'working')""",
            id=import_id,
        )

    def _go_on(self, order: Order) -> None:
        if order.state == "waiting":
            self._look_through(order)
            return
        tasks = self._tasks(order)
        if not tasks:
            self._end(order.id, "done")
            return
        bundle = self._opened(order)
        for start in range(0, len(tasks), self._bringing.at_once):
            self._bringing.bring(order, tasks[start : start + self._bringing.at_once], bundle)
        self._ask_for_more(order)

    def _opened(self, order: Order) -> Bundle:
        return opened(kept(self._storage, order.id, sizes(order.bytes)), order.name, limited=not order.by_operator)

    def _look_through(self, order: Order) -> None:
        """All of it or nothing: a job that is cut off here finds the import as it was."""
        entries = _counted(self._opened(order).entries())
        with self._db.transaction() as tx:
            tx.execute("delete from pentagram.import_items where import_id = %(id)s", id=order.id)
            written = 0
            while some := list(itertools.islice(entries, WRITTEN_AT_ONCE)):
                _write(tx, order, some, written)
                written += len(some)
            if not written:
                raise UserError(EMPTY)
            looked = tx.execute(
                "update pentagram.imports set state = 'working', note = '' where id = %(id)s and state = 'waiting'",
                id=order.id,
            )
            if not looked:
                raise Stopped
            self._ask(tx, order.id)

    def _tasks(self, order: Order) -> list[Task]:
        return self._db.rows(
            Task,
            """select position, kind, name, payload from pentagram.import_items
            where import_id = %(id)s and state = 'waiting' order by position limit %(most)s""",
            id=order.id, most=TASKS_A_JOB,
        )  # fmt: skip

    def _ask_for_more(self, order: Order) -> None:
        with self._db.transaction() as tx:
            tx.execute("update pentagram.imports set note = '' where id = %(id)s and note <> ''", id=order.id)
            self._ask(tx, order.id)

    def _ask(self, tx: Transaction, import_id: UUID, after_s: float = 0) -> None:
        self._jobs.defer(
            tx, "import", priority=LATER, once=f"import {import_id}", after_s=after_s, import_id=str(import_id)
        )

    def _wait(self, order: Order, why: str, seconds: float) -> None:
        with self._db.transaction() as tx:
            tx.execute("update pentagram.imports set note = %(why)s where id = %(id)s", why=why, id=order.id)
            self._ask(tx, order.id, after_s=seconds)

    def _end(self, import_id: UUID, state: Progress, note: str = "") -> None:
        """What did not have its turn has none any more, and the file goes."""
        with self._db.transaction() as tx:
            parts = tx.value(
                """update pentagram.imports i set state = %(state)s, note = %(note)s, finished_at = %(now)s, parts = 0
                from (select id, parts from pentagram.imports where id = %(id)s for update) before
                where i.id = before.id and i.finished_at is null returning before.parts""",
                state=state, note=note, now=self._clock.now(), id=import_id,
            )  # fmt: skip
            if parts is None:
                return
            tx.execute(
                """update pentagram.import_items set state = 'skipped', reason = %(why)s, payload = null
                where import_id = %(id)s and state = 'waiting'""",
                why=CALLED_OFF, id=import_id,
            )  # fmt: skip
            self._delete_parts(tx, {import_id: parts})

    def _delete_parts(self, tx: Transaction, parts: dict[UUID, int]) -> None:
        keys = [part_key(import_id, number) for import_id, count in parts.items() for number in range(count)]
        if keys:
            self._jobs.defer(tx, "delete_files", priority=LATER, keys=keys)

    # Tidying up -------------------------------------------------------------------------------------------------------

    def sweep(self) -> int:
        """Forget what arrived half and what was done long ago, and ask again for what has no job any more; how many of
        these there were."""
        now = self._clock.now()
        self._remove(
            self._db.values(
                """select id from pentagram.imports
                where (state = 'arriving' and started_at < %(abandoned)s) or finished_at < %(forgotten)s""",
                abandoned=now - ABANDONED_AFTER, forgotten=now - REMEMBERED_FOR,
            )
        )  # fmt: skip
        with self._db.transaction() as tx:
            lost = tx.values(
                """select i.id from pentagram.imports i where i.state in ('waiting', 'working') and not exists (
                  select from pentagram.procrastinate_jobs j
                  where j.status in ('todo', 'doing') and j.args ->> 'import_id' = i.id::text)"""
            )
            for import_id in lost:
                self._ask(tx, import_id)
        return len(lost)

    def _remove(self, ids: Sequence[UUID]) -> None:
        with self._db.transaction() as tx:
            gone = tx.rows(
                _Gone, "delete from pentagram.imports where id = any(%(ids)s) returning id, parts", ids=list(ids)
            )
            self._delete_parts(tx, {each.id: each.parts for each in gone})


@dataclass(frozen=True)
class _Arrival:
    name: str
    digest: bytes
    bytes: int
    private: bool
    by_operator: bool


@dataclass(frozen=True)
class _Known:
    id: UUID
    state: str


@dataclass(frozen=True)
class _Counts:
    unfinished: int
    today: int


@dataclass(frozen=True)
class _Gone:
    id: UUID
    parts: int


def _digest(file: BinaryIO) -> bytes:
    file.seek(0)
    digest = hashlib.sha256()
    for piece in pieces(file):
        digest.update(piece)
    return digest.digest()


def _counted(entries: Iterator[Entry]) -> Iterator[Entry]:
    for number, entry in enumerate(entries):
        if number == MOST_ENTRIES:
            raise UserError(TOO_MANY)
        yield entry


def _write(tx: Transaction, order: Order, entries: Sequence[Entry], first: int) -> None:
    told = [_storable(asdict(entry)) | {"position": first + number} for number, entry in enumerate(entries)]
    tx.execute(
        """insert into pentagram.import_items (import_id, position, kind, name, told_id, state, reason, payload)
        select %(id)s, position, kind, name, nullif(told_id, 'null'), state, reason,
          case when state = 'waiting' then payload end
        from jsonb_to_recordset(%(told)s) as entry (position integer, kind text, name text, told_id jsonb, state text,
          reason text, payload jsonb)""",
        id=order.id, told=Jsonb(told),
    )  # fmt: skip


def _storable(value: Any) -> Any:
    """Without the characters that no database keeps, however deep they are."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(str(name)): _storable(inner) for name, inner in value.items()}
    return [_storable(inner) for inner in value] if isinstance(value, list | tuple) else value
