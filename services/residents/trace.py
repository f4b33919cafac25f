"""The whole trace of the society: who they are, what they did and why, what they remember, whom they know, and what it
cost. As lines of JSON or as one file of SQLite, each from a single moment of the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, LiteralString
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import dict_row

from services.platform.database import Database

ROWS_AT_ONCE = 1_000
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    name: str
    columns: Mapping[str, str]
    """With their types in SQLite; what is JSON in Postgres is a text there."""
    sql: LiteralString
    """Its rows from `%(since)s` on, by the society's clock, the columns in that order."""
    index: str = ""


TABLES: Sequence[Table] = (
    Table(
        "residents",
        {
            "account_id": "text primary key", "name": "text", "display_name": "text", "state": "text",
            "persona": "text", "tastes": "text", "mood": "text", "turn": "integer", "next_turn_at": "text",
            "last_turn_at": "text", "created_at": "text",
        },
        """select r.account_id, a.name, a.display_name, r.state, r.persona, r.tastes, r.mood, r.turn, r.next_turn_at,
          r.last_turn_at, r.created_at
        from pentagram.residents r join pentagram.accounts a on a.id = r.account_id order by r.account_id""",
    ),
    Table(
        "actions",
        {
            "id": "text primary key", "account_id": "text", "name": "text", "turn": "integer", "happened_at": "text",
            "kind": "text", "state": "text", "post_id": "text", "comment_id": "text", "other_id": "text",
            "other": "text", "reasons": "text", "details": "text",
        },
        """select x.id, x.account_id, a.name, x.turn, x.happened_at, x.kind, x.state, x.post_id, x.comment_id,
          x.other_id, o.name as other, x.reasons, x.details
        from pentagram.resident_actions x join pentagram.accounts a on a.id = x.account_id
        left join pentagram.accounts o on o.id = x.other_id
        where %(since)s::timestamptz is null or x.happened_at >= %(since)s order by x.id""",
        "create index actions_of on actions (account_id, happened_at)",
    ),
    Table(
        "memories",
        {
            "id": "text primary key", "account_id": "text", "name": "text", "happened_at": "text", "kind": "text",
            "body": "text", "weight": "real", "about_id": "text", "post_id": "text",
        },
        """select m.id, m.account_id, a.name, m.happened_at, m.kind, m.body, m.weight, m.about_id, m.post_id
        from pentagram.resident_memories m join pentagram.accounts a on a.id = m.account_id
        where %(since)s::timestamptz is null or m.happened_at >= %(since)s order by m.id""",
        "create index memories_of on memories (account_id, happened_at)",
    ),
    Table(
        "ties",
        {
            "account_id": "text", "name": "text", "other_id": "text", "other": "text", "warmth": "real",
            "meetings": "integer", "first_at": "text", "last_at": "text", "": "primary key (account_id, other_id)",
        },
        """select t.account_id, a.name, t.other_id, o.name as other, t.warmth, t.meetings, t.first_at, t.last_at
        from pentagram.resident_ties t join pentagram.accounts a on a.id = t.account_id
        join pentagram.accounts o on o.id = t.other_id
        where %(since)s::timestamptz is null or t.last_at >= %(since)s order by t.account_id, t.other_id""",
    ),
    Table(
        "spending",
        {
            "id": "text primary key", "account_id": "text", "action_id": "text", "booked_at": "text", "kind": "text",
            "pictures": "integer", "tokens": "integer", "usd": "real", "settled": "integer",
        },
        """select s.id, s.account_id, s.action_id, s.booked_at, s.kind, s.pictures, s.tokens, s.usd, s.settled
        from pentagram.resident_spending s left join pentagram.resident_actions x on x.id = s.action_id
        where %(since)s::timestamptz is null or coalesce(x.happened_at, s.booked_at) >= %(since)s order by s.id""",
    ),
)  # fmt: skip


class Trace:
    def __init__(self, db: Database) -> None:
        self._db = db

    def lines(self, since: datetime | None = None) -> Iterator[str]:
        """An object of JSON a line, each with the `table` that it is of; never much of it is in memory. `since` goes by
        the society's clock. All residents are in it, however long ago they came."""
        for _, line in self._lines(since):
            yield line

    def jsonl(self, file: Path, since: datetime | None = None) -> dict[str, int]:
        """Write them into this file; how many rows each table has."""
        counts = {table.name: 0 for table in TABLES}
        with file.open("w", encoding="utf-8") as written:
            for table, line in self._lines(since):
                written.write(line)
                counts[table.name] += 1
        return counts

    def _lines(self, since: datetime | None) -> Iterator[tuple[Table, str]]:
        with self._read(since) as read:
            for table in TABLES:
                for rows in read(table):
                    for row in rows:
                        told = {"table": table.name, **row}
                        yield table, json.dumps(told, default=_as_json, ensure_ascii=False) + "\n"

    def sqlite(self, file: Path, since: datetime | None = None) -> dict[str, int]:
        """The same in a file of SQLite, which must be empty or not there yet."""
        counts = {}
        with self._read(since) as read, closing(sqlite3.connect(file)) as sqlite, sqlite:
            for table in TABLES:
                counts[table.name] = 0
                sqlite.execute(f"create table {table.name} ({', '.join(map(' '.join, table.columns.items()))})")
                places = ", ".join(f":{name}" for name in table.columns if name)
                for rows in read(table):
                    sqlite.executemany(f"insert into {table.name} values ({places})", map(_for_sqlite, rows))
                    counts[table.name] += len(rows)
                if table.index:
                    sqlite.execute(table.index)
        return counts

    @contextmanager
    def _read(self, since: datetime | None) -> Iterator[_Read]:
        with self._db.transaction() as tx:
            tx.execute("set transaction isolation level repeatable read, read only")
            yield _Read(tx.connection, since)


class _Read:
    """Tables as the database had them when the first was read."""

    def __init__(self, connection: Any, since: datetime | None) -> None:
        self._connection = connection
        self._since = since

    def __call__(self, table: Table) -> Iterator[list[Row]]:
        cursor: Cursor[Row]
        with self._connection.cursor(name=f"trace_{table.name}", row_factory=dict_row) as cursor:
            cursor.execute(table.sql, {"since": self._since})
            while rows := cursor.fetchmany(ROWS_AT_ONCE):
                yield rows


def _as_json(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(type(value).__name__)


def _for_sqlite(row: Row) -> dict[str, object]:
    return {name: _cell(value) for name, value in row.items()}


def _cell(value: object) -> object:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return _as_json(value) if isinstance(value, datetime | Decimal | UUID) else value
