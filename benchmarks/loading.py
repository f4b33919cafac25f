"""What fills a house quickly: indexes that are made at the end, and steps that tell how long they took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from psycopg import Connection
from psycopg.rows import class_row


@dataclass(frozen=True)
class Index:
    name: str
    table: str
    constraint: str | None
    definition: str

    @property
    def drop(self) -> str:
        if self.constraint:
            return f'alter table pentagram.{self.table} drop constraint "{self.constraint}"'
        return f"drop index {self.name}"

    @property
    def make(self) -> str:
        if self.constraint:
            return f'alter table pentagram.{self.table} add constraint "{self.constraint}" {self.definition}'
        return self.definition


# All but those that foreign keys stand on.
INDEXES = """
select i.indexrelid::regclass::text as name, t.relname as table, c.conname as constraint,
  coalesce(pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid)) as definition
from pg_index i join pg_class t on t.oid = i.indrelid
left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u')
where t.relnamespace = 'pentagram'::regnamespace and t.relname not like 'procrastinate%%'
  and (%(table)s::text is null or t.relname = %(table)s)
  and not exists (select from pg_constraint f where f.conindid = i.indexrelid and f.contype = 'f')
order by t.relname, i.indexrelid
"""


@contextmanager
def without_indexes(connection: Connection, table: str | None = None) -> Iterator[None]:
    """Of all tables, or of one; they are made again afterwards."""
    with connection.cursor(row_factory=class_row(Index)) as cursor:
        indexes = cursor.execute(INDEXES, {"table": table}).fetchall()
    for index in indexes:
        connection.execute(index.drop)
    yield
    with timed("indexes") as counted:
        for index in indexes:
            connection.execute(index.make)
        counted(len(indexes))


@contextmanager
def timed(what: str) -> Iterator[Callable[[int | None], None]]:
    """Print what a step took, with how many it made."""
    begun, made = time.perf_counter(), [""]

    def counted(count: int | None) -> None:
        made[0] = f"{count:,}" if count else ""

    yield counted
    print(f"{what:16}{made[0]:>14}{time.perf_counter() - begun:>10.1f} s", flush=True)
