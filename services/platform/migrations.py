"""Plain SQL migrations in the Supabase CLI's layout, recorded in the CLI's own table.

`supabase db push` and `manage.py migrate` apply the same files and see each other's work.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString

import psycopg
from procrastinate.schema import SchemaManager
from psycopg import Connection, sql
from psycopg.rows import class_row

from services.errors import ConfigurationError
from services.settings import ROOT

FOLDER = ROOT / "supabase" / "migrations"
FILE_NAME = re.compile(r"(?P<version>\d{14})_(?P<name>[a-z0-9_]+)\.sql")
LOCK = 4_711_000_001
SEARCH_PATH = "pentagram, extensions, public"
TRIMMED = "; \t\r\n\f\v"

LEDGER = """
create schema if not exists supabase_migrations;
create table if not exists supabase_migrations.schema_migrations (version text primary key);
alter table supabase_migrations.schema_migrations add column if not exists statements text[];
alter table supabase_migrations.schema_migrations add column if not exists name text;
"""
# A job that began no longer stands in the way of the next with the same word, nor could it be tried again if it did.
QUEUE_RULES: LiteralString = """
create function pentagram.forget_queueing_lock() returns trigger language plpgsql as $$
begin
  new.queueing_lock := null;
  return new;
end $$;
create trigger queueing_lock_forgotten before update of status on pentagram.procrastinate_jobs
  for each row when (new.status = 'doing' and new.queueing_lock is not null)
  execute function pentagram.forget_queueing_lock();
do $$
declare
  target regprocedure;
begin
  for target in
    select oid from pg_proc where pronamespace = 'pentagram'::regnamespace and proname like 'procrastinate%'
  loop
    execute format('alter function %s set search_path = pentagram', target);
  end loop;
end $$;
select pentagram.close_tables();
"""


@dataclass(frozen=True)
class Migration:
    version: str
    name: str
    sql: str


@dataclass(frozen=True)
class Applied:
    version: str
    name: str | None
    statements: list[str] | None


def read_migrations(folder: Path = FOLDER) -> list[Migration]:
    migrations = []
    for path in sorted(folder.glob("*.sql")):
        match = FILE_NAME.fullmatch(path.name)
        if match is None:
            raise ConfigurationError(f"{path.name} is no migration name: use <YYYYMMDDhhmmss>_<name>.sql.")
        migrations.append(Migration(match["version"], match["name"], path.read_text(encoding="utf-8")))
    return migrations


def migrate(conninfo: str, folder: Path = FOLDER) -> list[str]:
    """Apply what is missing, each file in its transaction; the versions applied now."""
    migrations = read_migrations(folder)
    with psycopg.connect(conninfo, autocommit=True, prepare_threshold=None) as connection:
        if not pending(connection, migrations) and _has_jobs(connection):
            return []
        with connection.transaction():
            _lock(connection)
            connection.execute(LEDGER)
        done = [m.version for m in migrations if _apply(connection, m, migrations)]
        _apply_jobs_schema(connection)
    return done


def pending(connection: Connection, migrations: list[Migration]) -> list[str]:
    """Versions not applied yet. A file that changed after it was applied, or vanished, is an error naming it."""
    applied = _applied(connection)
    files = {m.version: m for m in migrations}
    for row in applied:
        label = f"{row.version}_{row.name or '?'}"
        if row.version not in files:
            raise ConfigurationError(
                f"Migration {label} was applied to this database but its file is missing: "
                "restore the file, or use a version of Pentagram that has it."
            )
        if row.statements and not _consists_of(files[row.version].sql, row.statements):
            raise ConfigurationError(
                f"Migration {label} was changed after it was applied: restore the file and write a new migration."
            )
    known = {row.version for row in applied}
    return [version for version in files if version not in known]


def _applied(connection: Connection) -> list[Applied]:
    if not connection.execute("select to_regclass('supabase_migrations.schema_migrations')").fetchone()[0]:  # type: ignore[index]
        return []
    with connection.cursor(row_factory=class_row(Applied)) as cursor:
        return cursor.execute(
            # Old ledgers of the CLI have the first column only.
            """select version, to_jsonb(m) ->> 'name' as name, to_jsonb(m) -> 'statements' as statements
            from supabase_migrations.schema_migrations m order by version"""
        ).fetchall()


def _consists_of(text: str, statements: list[str]) -> bool:
    """Whether a file is these statements and, between them, only what the CLI trims when it splits a file."""
    text = _unix_lines(text)
    position = 0
    for statement in statements:
        wanted = _unix_lines(statement).strip(TRIMMED)
        position += len(text[position:]) - len(text[position:].lstrip(TRIMMED))
        if not text.startswith(wanted, position):
            return False
        position += len(wanted)
    return not text[position:].strip(TRIMMED)


def _unix_lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _apply(connection: Connection, migration: Migration, all_of_them: list[Migration]) -> bool:
    with connection.transaction():
        _lock(connection)
        if migration.version not in pending(connection, all_of_them):
            return False
        connection.execute(migration.sql)
        connection.execute(
            "insert into supabase_migrations.schema_migrations (version, name, statements) values (%s, %s, %s)",
            (migration.version, migration.name, [migration.sql]),
        )
    return True


def _has_jobs(connection: Connection) -> bool:
    return bool(connection.execute("select to_regclass('pentagram.procrastinate_jobs')").fetchone()[0])  # type: ignore[index]


def _apply_jobs_schema(connection: Connection) -> None:
    """The queue's tables come with its package; they live in our schema, closed like every table there."""
    with connection.transaction():
        _lock(connection)
        if _has_jobs(connection):
            return
        connection.execute(sql.SQL("set local search_path = {}").format(sql.SQL(SEARCH_PATH)))
        connection.execute(SchemaManager.get_schema())
        connection.execute(QUEUE_RULES)


def _lock(connection: Connection) -> None:
    connection.execute("select pg_advisory_xact_lock(%s)", (LOCK,))
