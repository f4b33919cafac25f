"""Exporting: everything of one account as one file, made in the background, a part at a time."""

from __future__ import annotations

import logging
import os
import secrets
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any, BinaryIO, Literal, LiteralString
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from psycopg.rows import scalar_row
from psycopg.types.json import Jsonb

from services.community.accounts import Account
from services.errors import ConfigurationError, NotFound, Unavailable, UserError
from services.ids import parse_id
from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.platform.jobs import LATER, Jobs
from services.platform.storage.base import Storage, part_key
from services.studio.painting import MISCONFIGURED
from services.transfer.archive import DOCUMENT, write_document
from services.transfer.parts import PART_BYTES, kept, pieces, sizes
from services.transfer.sections import HEAD, SECTIONS

log = logging.getLogger(__name__)

KEPT_FOR = timedelta(days=1)
REMEMBERED_FOR = timedelta(days=30)
PICTURES_A_JOB = 100
ROWS_AT_ONCE = 500
SHOWN = 10
AGAIN_SECONDS = 20.0
AGAIN_LATER_SECONDS = 300.0
OLDEST_OF_A_ZIP = (1980, 1, 1, 0, 0, 0)
NAMED_IN_A_ZIP = ("filename", "date_time", "compress_type", "CRC", "compress_size", "file_size", "header_offset")
"""What the list at a zip's end tells of an entry."""

NOT_YOURS = "There is no such export among yours."
NOT_READY = "This export is not ready yet."
GONE = "This export is not kept any more. Make a new one."

Progress = Literal["waiting", "working", "ready", "failed"]


@dataclass(frozen=True)
class Export:
    """An archive of everything that somebody has here.

    | from    | to                                    |
    |---------|---------------------------------------|
    | waiting | working (its document is written)     |
    | working | ready                                 |
    | either  | failed (an incident; begin a new one) |
    """

    id: UUID
    state: Progress
    note: str
    """Why it failed, or what it waits for."""
    total: int
    """How many pictures there are to come in; 0 until that is known."""
    done: int
    bytes: int
    started_at: datetime
    ready_at: datetime | None
    expires_at: datetime | None
    """When the file goes; None as well once it went."""

    @property
    def is_unfinished(self) -> bool:
        return self.state in ("waiting", "working")


EXPORTS = """
select id, state, note, total, done, bytes, started_at, ready_at, expires_at from pentagram.exports
"""
_OF_ACCOUNT = """account_id = %(account)s and (%(last)s::uuid is null or id > %(last)s)
  and (%(until)s::uuid is null or id <= %(until)s)"""
FILES = f"""
select id, picture_key as key, 'pictures/' || id || '.webp' as name, created_at from pentagram.creations
where state = 'ready' and {_OF_ACCOUNT}
union all
select id, key, 'starts/' || id || '.webp', created_at from pentagram.uploads where {_OF_ACCOUNT}
"""


@dataclass(frozen=True)
class _Order:
    """An export, as the one knows it who adds the next part."""

    id: UUID
    account_id: UUID
    state: str
    bytes: int
    parts: int
    started_at: datetime
    last_id: UUID | None
    until_id: UUID | None


@dataclass(frozen=True)
class _File:
    id: UUID
    key: str
    name: str
    created_at: datetime


@dataclass(frozen=True)
class _Scope:
    total: int
    until_id: UUID | None


@dataclass(frozen=True)
class _Step:
    """What one job adds, and where the next one goes on."""

    state: Progress
    entries: Sequence[ZipInfo] = ()
    total: int | None = None
    done: int = 0
    last_id: UUID | None = None
    until_id: UUID | None = None


class Exporting:
    def __init__(self, db: Database, storage: Storage, jobs: Jobs, clock: Clock) -> None:
        self._db = db
        self._storage = storage
        self._jobs = jobs
        self._clock = clock
        jobs.register("export", self.work)
        jobs.register("end_export", self.end)
        jobs.register_daily("sweep_exports", self.sweep, db)

    def begin(self, *, by: Account) -> Export:
        """Ask for an archive; where one is being made already, that is it. The one before it goes."""
        with self._db.transaction() as tx:
            tx.execute("select from pentagram.accounts where id = %(id)s for update", id=by.id)
            found = tx.value(
                "select id from pentagram.exports where account_id = %(by)s and state in ('waiting', 'working')",
                by=by.id,
            )
            if found is None:
                self._forget(tx, tx.values("select id from pentagram.exports where account_id = %(by)s", by=by.id))
                found = tx.value(
                    "insert into pentagram.exports (account_id, started_at) values (%(by)s, %(now)s) returning id",
                    by=by.id, now=self._clock.now(),
                )  # fmt: skip
                self._ask(tx, found)
        return self.get(found, by=by)

    def mine(self, *, by: Account) -> list[Export]:
        """The latest first."""
        return self._db.rows(
            Export, f"{EXPORTS} where account_id = %(by)s order by id desc limit %(most)s", by=by.id, most=SHOWN
        )

    def get(self, export_id: object, *, by: Account) -> Export:
        found = self._db.row(
            Export,
            f"{EXPORTS} where id = %(id)s and account_id = %(by)s",
            id=parse_id(export_id, "export"),
            by=by.id,
        )
        if found is None:
            raise NotFound(NOT_YOURS)
        return found

    def open(self, export_id: object, *, by: Account) -> BinaryIO:
        """The finished archive, to read from: never in memory as a whole, and only for a day. `NotFound` for anybody
        else's."""
        export = self.get(export_id, by=by)
        if export.is_unfinished:
            raise UserError(NOT_READY)
        if export.expires_at is None or export.expires_at <= self._clock.now():
            raise NotFound(GONE)
        return kept(self._storage, export.id, self._sizes(export.id))

    def _sizes(self, export_id: UUID) -> list[int]:
        return self._db.values(
            "select bytes from pentagram.export_parts where export_id = %(id)s order by position", id=export_id
        )

    # Working ----------------------------------------------------------------------------------------------------------

    def work(self, *, export_id: str, last_attempt: bool = True) -> None:
        """Add the next part; a part that was cut off is made again."""
        order = self._order(UUID(export_id))
        if order is None:
            return
        try:
            self._go_on(order)
        except ConfigurationError as error:
            log.error("Export %s cannot go on: %s", order.id, error)
            self._wait(order, MISCONFIGURED, AGAIN_LATER_SECONDS)
        except Unavailable as error:
            self._wait(order, str(error), AGAIN_SECONDS)
        except Exception:
            incident = secrets.token_hex(4)
            log.exception("Incident %s: export %s failed.", incident, order.id)
            self._fail(order, f"Something went wrong (incident {incident}). Begin a new one.")

    def _order(self, export_id: UUID) -> _Order | None:
        return self._db.row(
            _Order,
            """select e.id, e.account_id, e.state, e.bytes, e.started_at, e.last_id, e.until_id,
              (select count(*) from pentagram.export_parts where export_id = e.id) as parts
            from pentagram.exports e where e.id = %(id)s and e.state in ('waiting', 'working')""",
            id=export_id,
        )

    def _go_on(self, order: _Order) -> None:
        with tempfile.TemporaryFile() as segment:
            if order.state == "waiting":
                step = self._document(order, segment)
            elif files := self._files(order):
                step = self._pictures(order, files, segment)
            else:
                step = self._directory(order, segment)
            self._keep(order, step, segment)

    def _document(self, order: _Order, segment: IO[bytes]) -> _Step:
        """As everything was at one moment."""
        with self._db.transaction() as tx, _continued(segment, order.bytes) as archive:
            tx.execute("set transaction isolation level repeatable read")
            profile = tx.value(HEAD, account=order.account_id)
            scope = tx.row(
                _Scope,
                f"select count(*) as total, max(id::text)::uuid as until_id from ({FILES}) files",
                account=order.account_id, last=None, until=None,
            )  # fmt: skip
            with archive.open(_entry(DOCUMENT, order.started_at, ZIP_DEFLATED), "w", force_zip64=True) as file:
                write_document(
                    file,
                    {"exported_at": order.started_at.isoformat(), "profile": profile},
                    ((name, _records(tx, sql, order.account_id)) for name, sql in SECTIONS.items()),
                )
        assert scope is not None  # noqa: S101 - counts always have a row
        return _Step("working", archive.infolist(), total=scope.total, until_id=scope.until_id)

    def _files(self, order: _Order) -> list[_File]:
        if order.until_id is None:
            return []
        return self._db.rows(
            _File,
            f"{FILES} order by id limit %(most)s",
            account=order.account_id, last=order.last_id, until=order.until_id, most=PICTURES_A_JOB,
        )  # fmt: skip

    def _pictures(self, order: _Order, files: Sequence[_File], segment: IO[bytes]) -> _Step:
        """As many as make a part. One that was deleted since the document was written is left out."""
        added: list[_File] = []
        with _continued(segment, order.bytes) as archive:
            for file in files:
                with suppress(NotFound):
                    archive.writestr(_entry(file.name, file.created_at, ZIP_STORED), self._storage.get(file.key))
                added.append(file)
                if segment.tell() >= PART_BYTES:
                    break
        return _Step("working", archive.infolist(), done=len(added), last_id=added[-1].id)

    def _directory(self, order: _Order, segment: IO[bytes]) -> _Step:
        """The list of all entries, with which a zip ends."""
        told = self._db.values(
            """select entry from pentagram.export_parts p cross join jsonb_array_elements(p.entries)
              with ordinality as each (entry, place)
            where p.export_id = %(id)s order by p.position, place""",
            id=order.id,
        )
        with ZipFile(_Continued(segment, order.bytes), "w") as archive:  # type: ignore[call-overload]
            archive.filelist.extend(_told(entry) for entry in told)
        return _Step("ready")

    def _keep(self, order: _Order, step: _Step, segment: IO[bytes]) -> None:
        """How many parts there may be is noted before they are put: whoever removes the export removes them all."""
        added = sizes(segment.seek(0, os.SEEK_END))
        segment.seek(0)
        self._db.execute(
            "update pentagram.exports set parts = greatest(parts, %(parts)s) where id = %(id)s",
            parts=order.parts + len(added), id=order.id,
        )  # fmt: skip
        keys = [part_key(order.id, order.parts + number) for number in range(len(added))]
        for key, piece in zip(keys, pieces(segment), strict=True):  # type: ignore[arg-type]
            self._storage.put(key, piece)
        with self._db.transaction() as tx:
            if self._note(tx, order, step, sum(added)):
                _write_parts(tx, order, added, step.entries)
                self._ask_for_what_follows(tx, order, step)
            elif tx.value("select true from pentagram.exports where id = %(id)s", id=order.id) is None and keys:
                self._jobs.defer(tx, "delete_files", keys=keys)

    def _note(self, tx: Transaction, order: _Order, step: _Step, added: int) -> bool:
        """Whether this part is the next one still, and nobody else added it meanwhile."""
        now = self._clock.now()
        return bool(
            tx.execute(
                """update pentagram.exports set state = %(to)s, note = '', bytes = bytes + %(added)s,
                  done = done + %(done)s, total = coalesce(%(total)s, total), last_id = coalesce(%(last)s, last_id),
                  until_id = coalesce(%(until)s, until_id), ready_at = %(ready)s, expires_at = %(expires)s
                where id = %(id)s and state = %(from)s and bytes = %(bytes)s
                  and last_id is not distinct from %(before)s""",
                **{"to": step.state, "from": order.state}, added=added, done=step.done, total=step.total,
                last=step.last_id, until=step.until_id, ready=now if step.state == "ready" else None,
                expires=now + KEPT_FOR if step.state == "ready" else None, id=order.id, bytes=order.bytes,
                before=order.last_id,
            )
        )  # fmt: skip

    def _ask_for_what_follows(self, tx: Transaction, order: _Order, step: _Step) -> None:
        if step.state == "ready":
            after_s = KEPT_FOR.total_seconds()
            self._jobs.defer(tx, "end_export", priority=LATER, after_s=after_s, export_id=str(order.id))
        else:
            self._ask(tx, order.id)

    def _ask(self, tx: Transaction, export_id: UUID, after_s: float = 0) -> None:
        self._jobs.defer(
            tx, "export", priority=LATER, once=f"export {export_id}", after_s=after_s, export_id=str(export_id)
        )

    def _wait(self, order: _Order, why: str, seconds: float) -> None:
        with self._db.transaction() as tx:
            tx.execute("update pentagram.exports set note = %(why)s where id = %(id)s", why=why, id=order.id)
            self._ask(tx, order.id, after_s=seconds)

    def _fail(self, order: _Order, why: str) -> None:
        with self._db.transaction() as tx:
            tx.execute(
                """update pentagram.exports set state = 'failed', note = %(why)s
                where id = %(id)s and state in ('waiting', 'working')""",
                why=why, id=order.id,
            )  # fmt: skip
            self._delete_parts(tx, [order.id])

    # Letting go of it -------------------------------------------------------------------------------------------------

    def forget(self, export_id: object, *, by: Account) -> None:
        """Take it back, whatever becomes of it just now, and its file."""
        wanted = self.get(export_id, by=by)
        with self._db.transaction() as tx:
            self._forget(tx, [wanted.id])

    def end(self, *, export_id: str, last_attempt: bool = True) -> None:
        """The file goes when its day is over; that there was one is still told."""
        self._end([UUID(export_id)])

    def sweep(self) -> int:
        """End what nobody ended, forget what is long ended, and ask again for what has no job any more; how many of
        these there were."""
        now = self._clock.now()
        self._end(self._db.values("select id from pentagram.exports where expires_at <= %(now)s", now=now))
        with self._db.transaction() as tx:
            before = now - REMEMBERED_FOR
            self._forget(tx, tx.values("select id from pentagram.exports where started_at < %(at)s", at=before))
            lost = tx.values(
                """select e.id from pentagram.exports e where e.state in ('waiting', 'working') and not exists (
                  select from pentagram.procrastinate_jobs j
                  where j.status in ('todo', 'doing') and j.args ->> 'export_id' = e.id::text)"""
            )
            for export_id in lost:
                self._ask(tx, export_id)
        return len(lost)

    def _end(self, ids: Sequence[UUID]) -> None:
        with self._db.transaction() as tx:
            over = tx.values(
                """update pentagram.exports set expires_at = null
                where id = any(%(ids)s) and expires_at <= %(now)s returning id""",
                ids=list(ids), now=self._clock.now(),
            )  # fmt: skip
            self._delete_parts(tx, over)

    def _forget(self, tx: Transaction, ids: Sequence[UUID]) -> None:
        self._delete_parts(tx, ids)
        tx.execute("delete from pentagram.exports where id = any(%(ids)s)", ids=list(ids))

    def _delete_parts(self, tx: Transaction, ids: Sequence[UUID]) -> None:
        gone = tx.rows(
            _Gone,
            """update pentagram.exports e set parts = 0
            from (select id, parts from pentagram.exports where id = any(%(ids)s) order by id for update) before
            where e.id = before.id returning e.id, before.parts""",
            ids=list(ids),
        )
        tx.execute("delete from pentagram.export_parts where export_id = any(%(ids)s)", ids=list(ids))
        keys = [part_key(each.id, number) for each in gone for number in range(each.parts)]
        if keys:
            self._jobs.defer(tx, "delete_files", priority=LATER, keys=keys)


@dataclass(frozen=True)
class _Gone:
    id: UUID
    parts: int


class _Continued:
    """A file to write to that seems to begin where an earlier one ended."""

    def __init__(self, file: IO[bytes], offset: int) -> None:
        self._file = file
        self._offset = offset
        self.write = file.write
        self.flush = file.flush

    def tell(self) -> int:
        return self._file.tell() + self._offset

    def seek(self, place: int) -> int:
        return self._file.seek(place - self._offset) + self._offset


@contextmanager
def _continued(segment: IO[bytes], offset: int) -> Iterator[ZipFile]:
    """A zip to add entries to whose earlier ones are elsewhere, and whose list of entries comes later."""
    with ZipFile(_Continued(segment, offset), "w") as archive:  # type: ignore[call-overload]
        yield archive
        end = segment.tell()
    segment.truncate(end)


def _entry(name: str, made_at: datetime, compression: int) -> ZipInfo:
    entry = ZipInfo(name, max(made_at.timetuple()[:6], OLDEST_OF_A_ZIP))
    entry.compress_type = compression
    entry.external_attr = 0o600 << 16
    return entry


def _told(entry: dict[str, Any]) -> ZipInfo:
    told = _entry(entry["filename"], datetime(*entry["date_time"]), entry["compress_type"])  # noqa: DTZ001 - a zip's
    for name in NAMED_IN_A_ZIP[3:]:
        setattr(told, name, entry[name])
    return told


def _records(tx: Transaction, sql: LiteralString, account_id: UUID) -> Iterator[str]:
    with tx.connection.cursor(name="records", row_factory=scalar_row) as cursor:
        cursor.itersize = ROWS_AT_ONCE
        yield from cursor.execute(sql, {"account": account_id})


def _write_parts(tx: Transaction, order: _Order, added: Sequence[int], entries: Sequence[ZipInfo]) -> None:
    """The entries with the first part of those that they came in."""
    told = [{name: getattr(entry, name) for name in NAMED_IN_A_ZIP} for entry in entries]
    for number, size in enumerate(added):
        tx.execute(
            """insert into pentagram.export_parts (export_id, position, bytes, entries)
            values (%(id)s, %(position)s, %(bytes)s, %(entries)s)""",
            id=order.id, position=order.parts + number, bytes=size, entries=Jsonb(told if number == 0 else []),
        )  # fmt: skip
