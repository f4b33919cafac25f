"""The migrations' ledger, shared with the Supabase CLI, and what the schema promises about privacy and speed."""

from __future__ import annotations

import re
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from services.errors import ConfigurationError
from services.platform.migrations import FOLDER, migrate, pending, read_migrations

FIRST = "20300101000000_first.sql"
SECOND = "20300101000001_second.sql"


@pytest.fixture
def fresh(postgres) -> Iterator[str]:
    """The address of a database with nothing in it."""
    name = f"fresh_{uuid.uuid4().hex}"
    with psycopg.connect(postgres.conninfo(), autocommit=True) as connection:
        connection.execute(f"create database {name}")
    yield postgres.conninfo().replace("dbname=postgres", f"dbname={name}")
    with psycopg.connect(postgres.conninfo(), autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The house's migrations, to be added to."""
    for path in FOLDER.glob("*.sql"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def ask(conninfo: str, question: str, *values: object) -> list[tuple]:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        return connection.execute(question, values or None).fetchall()


def tell(conninfo: str, *commands: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        for command in commands:
            connection.execute(command)


def what_is_missing(conninfo: str, folder: Path) -> list[str]:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        return pending(connection, read_migrations(folder))


# Applying ----------------------------------------------------------------------------------------------------------


def test_missing_files_are_applied_in_order_and_once(database, folder):
    (folder / SECOND).write_text("alter table pentagram.made add column later int;")
    (folder / FIRST).write_text("create table pentagram.made ();")

    assert migrate(database, folder) == ["20300101000000", "20300101000001"]
    assert migrate(database, folder) == []


def test_a_broken_file_leaves_those_before_it_and_nothing_of_itself(database, folder):
    (folder / FIRST).write_text("create table pentagram.kept ();")
    (folder / SECOND).write_text("create table pentagram.half (); select 1 / 0;")

    with pytest.raises(psycopg.errors.DivisionByZero):
        migrate(database, folder)

    assert ask(database, "select to_regclass('pentagram.kept')::text, to_regclass('pentagram.half')") == [
        ("pentagram.kept", None)
    ]
    assert what_is_missing(database, folder) == ["20300101000001"]


def test_several_at_once_apply_each_file_once(database, folder):
    (folder / FIRST).write_text("create table pentagram.made (); select pg_sleep(0.2);")
    applied: list[list[str]] = []
    threads = [threading.Thread(target=lambda: applied.append(migrate(database, folder))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(applied) == [[], [], [], ["20300101000000"]]


def test_several_at_once_make_an_empty_database_whole(fresh):
    applied: list[list[str]] = []
    threads = [threading.Thread(target=lambda: applied.append(migrate(fresh))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    everything = [migration.version for migration in read_migrations()]
    assert sorted(version for one in applied for version in one) == everything
    assert ask(fresh, "select count(*) from pentagram.procrastinate_jobs") == [(0,)]


def test_the_ledger_is_the_supabase_cli_s(database):
    rows = ask(database, "select version, name, statements from supabase_migrations.schema_migrations order by version")

    assert rows == [(m.version, m.name, [m.sql]) for m in read_migrations()]


# The CLI's work ----------------------------------------------------------------------------------------------------

TOKEN = re.compile(r"--[^\n]*|\$(\w*)\$.*?\$\1\$|'(?:[^']|'')*'|;|.", re.DOTALL)


def split_like_the_cli(text: str) -> list[str]:
    """Statement by statement, trailing semicolons and surrounding whitespace cut off."""
    statements = [""]
    for token in TOKEN.finditer(text):
        statements[-1] += token.group()
        if token.group() == ";":
            statements.append("")
    return [trimmed for statement in statements if (trimmed := statement.rstrip(";").strip())]


def push_like_the_cli(conninfo: str, folder: Path) -> None:
    """Statements of a file go down one pipeline, and with them the row of the ledger."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        connection.execute("create schema if not exists supabase_migrations")
        connection.execute(
            """create table if not exists supabase_migrations.schema_migrations
            (version text primary key, statements text[], name text)"""
        )
        for migration in read_migrations(folder):
            statements = split_like_the_cli(migration.sql)
            with connection.pipeline():
                for statement in statements:
                    connection.execute(statement)
                connection.execute(
                    "insert into supabase_migrations.schema_migrations values (%s, %s, %s)",
                    (migration.version, statements, migration.name),
                )


def test_a_database_that_the_cli_pushed_to_lacks_the_queue_only(fresh, folder):
    push_like_the_cli(fresh, folder)

    assert migrate(fresh, folder) == []

    assert ask(fresh, "select count(*) from pentagram.procrastinate_jobs") == [(0,)]
    assert ask(fresh, "select tablename from pg_tables where schemaname = 'public'") == []


def test_an_old_ledger_with_versions_only_is_understood(fresh):
    tell(
        fresh,
        "create schema supabase_migrations",
        "create table supabase_migrations.schema_migrations (version text primary key)",
    )

    assert migrate(fresh) == [migration.version for migration in read_migrations()]


FILE = """-- What it is for; with a semicolon.
create table pentagram.letters (body text default 'a  b;');

insert into pentagram.letters values ('c');;
"""


@pytest.fixture
def pushed(database: str, folder: Path) -> Callable[[str], None]:
    """Applied by the CLI as FILE, then found on disk as something else."""

    def find(text: str) -> None:
        (folder / FIRST).write_bytes(text.encode())
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(
                "insert into supabase_migrations.schema_migrations (version, name, statements) values (%s, %s, %s)",
                (FIRST[:14], "first", split_like_the_cli(FILE)),
            )

    return find


@pytest.mark.parametrize(
    "text",
    [FILE, FILE.replace("\n", "\r\n"), FILE.replace("\n\n", "\n\n\n"), FILE.replace(";;", " ;"), f"\n{FILE}\n\n"],
    ids=["same", "windows lines", "blank lines", "semicolons", "edges"],
)
def test_what_the_cli_trims_is_no_change(database, folder, pushed, text):
    pushed(text)

    assert what_is_missing(database, folder) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("'c'", "'d'"), ("a  b", "a b"), ("b;'", "b'"), ("values ('c');;", ""), ("('c');;", "('c'); select 1;")],
    ids=["literal", "whitespace in a literal", "semicolon in a literal", "statement gone", "statement more"],
)
def test_a_file_that_changed_after_it_was_applied_is_named(database, folder, pushed, old, new):
    assert old in FILE
    pushed(FILE.replace(old, new))

    with pytest.raises(ConfigurationError, match=f"{FIRST[:-4]} was changed after it was applied"):
        migrate(database, folder)


def test_an_applied_file_that_vanished_is_named(database, folder):
    (folder / FIRST).write_text("select 1;")
    migrate(database, folder)
    (folder / FIRST).unlink()

    with pytest.raises(ConfigurationError, match=f"{FIRST[:-4]} was applied to this database but its file is missing"):
        migrate(database, folder)


@pytest.mark.parametrize(
    "name", ["2030_short.sql", "20300101000000-first.sql", "20300101000000_First.sql", "first.sql"]
)
def test_a_badly_named_file_is_named(database, folder, name):
    (folder / name).write_text("select 1;")

    with pytest.raises(ConfigurationError, match=f"{name} is no migration name"):
        migrate(database, folder)


# The schema --------------------------------------------------------------------------------------------------------

TABLES = """select c.relname from pg_class c where c.relnamespace = 'pentagram'::regnamespace
  and c.relkind in ('r', 'p')"""


def test_every_table_has_row_level_security_and_grants_to_nobody_but_its_owner(database):
    assert ask(database, f"{TABLES} and not c.relrowsecurity") == []
    assert ask(database, f"{TABLES} and c.relname in ('accounts', 'procrastinate_jobs')")
    granted = """select c.relname from pg_class c, aclexplode(c.relacl) as acl
      where c.relnamespace = 'pentagram'::regnamespace and acl.grantee <> c.relowner"""
    assert ask(database, granted) == []
    callable_by_all = """select p.proname from pg_proc p where p.pronamespace = 'pentagram'::regnamespace
      and has_function_privilege(0::oid, p.oid, 'execute')"""
    assert ask(database, callable_by_all) == []


@pytest.fixture
def supabase(fresh: str) -> Iterator[str]:
    """A database whose defaults are generous to the REST role, as Supabase's are, and then migrated."""
    tell(
        fresh,
        "do $$ begin create role anon nologin; exception when duplicate_object or unique_violation then null; end $$",
        "grant usage on schema public to anon",
        "alter default privileges grant all on tables to anon",
        "alter default privileges grant all on sequences to anon",
        "alter default privileges grant all on routines to anon",
    )
    migrate(fresh)
    tell(fresh, "insert into pentagram.accounts (name, display_name) values ('mira', 'Mira')")
    return fresh


def test_a_visitor_of_supabase_s_api_is_let_into_nothing(supabase):
    granted = """select c.relname from pg_class c, aclexplode(c.relacl) as acl
      where c.relnamespace = 'pentagram'::regnamespace and acl.grantee = 'anon'::regrole"""

    assert ask(supabase, granted) == []
    with psycopg.connect(supabase, autocommit=True) as connection:
        connection.execute("set role anon")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select * from pentagram.accounts")


def test_a_careless_grant_shows_a_visitor_no_row(supabase):
    tell(
        supabase,
        "insert into pentagram.procrastinate_workers default values",
        "grant usage on schema pentagram to anon",
        "grant select, insert, update, delete on all tables in schema pentagram to anon",
    )

    tables = [name for (name,) in ask(supabase, TABLES)]
    with psycopg.connect(supabase, autocommit=True) as connection:
        connection.execute("set role anon")
        seen = {name: connection.execute(f"select count(*) from pentagram.{name}").fetchone()[0] for name in tables}
        changed = connection.execute("delete from pentagram.accounts").rowcount
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("insert into pentagram.accounts (name, display_name) values ('eve', 'Eve')")

    assert seen == dict.fromkeys(tables, 0)
    assert changed == 0


# Foreign keys whose other side is never deleted, so that nothing ever looks from there to here.
UNINDEXED = """
select k.conrelid::regclass::text, a.attname
from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
where k.contype = 'f' and k.connamespace = 'pentagram'::regnamespace and not exists (
  select from pg_index i where i.indrelid = k.conrelid and i.indkey[0] = k.conkey[1]
    and (i.indpred is null
      or pg_get_expr(i.indpred, i.indrelid) = format('(%s IS NOT NULL)', a.attname)))
"""


def test_every_foreign_key_has_an_index(database):
    unindexed = {(table.removeprefix("pentagram."), column) for table, column in ask(database, UNINDEXED)}
    ours = {(table, column) for table, column in unindexed if not table.startswith("procrastinate_")}

    assert ours == set()


# Identities --------------------------------------------------------------------------------------------------------


def test_ids_are_of_version_seven_and_know_their_time(database):
    before = time.time()
    ids = [found for (found,) in ask(database, "select pentagram.new_id() from generate_series(1, 2000)")]
    after = time.time()

    assert {(found.version, found.variant) for found in ids} == {(7, "specified in RFC 4122")}
    made_at = [(found.int >> 80) / 1000 for found in ids]
    assert made_at == sorted(made_at)
    assert before - 0.002 <= made_at[0] <= made_at[-1] <= after + 0.002


def test_ids_of_one_moment_have_nothing_else_in_common(database):
    ids = [found for (found,) in ask(database, "select pentagram.new_id() from generate_series(1, 2000)")]
    random_bits = [format(found.int & (1 << 62) - 1, "062b") for found in ids]

    assert len(set(random_bits)) == len(ids)
    for position in range(62):
        ones = sum(bits[position] == "1" for bits in random_bits)
        assert 800 < ones < 1200, f"bit {position} is {ones} times 1"


def test_a_later_id_sorts_after_an_earlier_one_even_within_a_millisecond(database):
    with psycopg.connect(database, autocommit=True) as connection:
        made = [connection.execute("select pentagram.new_id()").fetchone()[0] for _ in range(500)]
        in_order = connection.execute("select array_agg(id order by id) from unnest(%s::uuid[]) id", (made,))
        assert in_order.fetchone()[0] == made


def test_what_is_brought_along_stands_where_it_was_made_to_the_microsecond(database):
    moments = [f"2026-11-29 12:00:00.{micros:06}+00" for micros in (0, 1, 500_000, 500_001, 999_999)]
    with psycopg.connect(database, autocommit=True) as connection:
        made = [connection.execute("select pentagram.id_at(%s)", (moment,)).fetchone()[0] for moment in moments]

    assert made == sorted(made)
    assert {(found.version, found.variant) for found in made} == {(7, "specified in RFC 4122")}
