"""Whether signing in, or being signed in, costs more where a hundred thousand accounts live than where one does."""

from __future__ import annotations

import logging
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psycopg
from streamlit.testing.v1 import AppTest

from benchmarks.harness import PASSWORD, Line, fresh_folder, print_lines
from components.session import TOKEN
from services import bootstrap
from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.community.credentials import hash_password
from services.platform.database import Database
from services.platform.embedded import EmbeddedPostgres
from services.platform.migrations import migrate
from services.settings import ROOT, Settings

SIGN_INS = 25
RERUNS = 41
CROWD = 100_000
NAME = "benchmark"

MAKE_CROWD = """
with made as (
  insert into pentagram.accounts (name, email, display_name, password_hash)
  select 'person_' || n, 'person_' || n || '@example.org', 'Person ' || n, %(hashed)s
  from generate_series(1, %(count)s) n returning id, name
)
insert into pentagram.sessions (token_hash, account_id, last_seen_at, expires_at)
select sha256(name::bytea), id, now(), now() + interval '30 days' from made
"""


@dataclass
class Place:
    """A database with its one person whose time is taken, in front of whom the pages are."""

    house: Pentagram
    person: Account
    page: AppTest

    def sign_in(self) -> float:
        begun = time.perf_counter()
        assert self.house.accounts.check_password(NAME, PASSWORD, address="127.0.0.1")
        self.house.accounts.begin_session(self.person)
        return time.perf_counter() - begun

    def rerun(self) -> float:
        bootstrap.use(self.house)
        begun = time.perf_counter()
        self.page.run()
        seconds = time.perf_counter() - begun
        assert not self.page.exception
        assert self.page.session_state[TOKEN], "signed out"
        return seconds


@contextmanager
def place(server: EmbeddedPostgres, home: Path, *, accounts: int) -> Iterator[Place]:
    name = f"accounts_{accounts}"
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        connection.execute(f"create database {name}")
    address = server.conninfo().replace("dbname=postgres", f"dbname={name}")
    migrate(address)
    settings = Settings(PENTAGRAM_HOME=home, PENTAGRAM_SEED="off", PENTAGRAM_WORKER="off")
    house = bootstrap.build(settings, db=Database(lambda: address))
    house.db.open()
    try:
        yield _peopled(house, accounts)
    finally:
        house.close()


def _peopled(house: Pentagram, accounts: int) -> Place:
    hashed = hash_password(PASSWORD)
    house.db.execute(MAKE_CROWD, hashed=hashed, count=accounts - 1)
    person = house.accounts.register(NAME, hashed)
    house.db.execute("vacuum analyze")
    house.serves_routes = True
    page = AppTest.from_file(str(ROOT / "shell.py"), default_timeout=30)
    page.session_state[TOKEN] = house.accounts.begin_session(person)
    return Place(house, person, page)


def in_turns(what: str, runs: int, few: Callable[[], float], many: Callable[[], float]) -> list[Line]:
    """The baseline is taken twice in every round, so that its difference from itself shows the noise."""
    for measure in (few, many):
        measure()
    once, again, crowded = zip(*((few(), few(), many()) for _ in range(runs)), strict=True)
    noise = _spread([*once, *again])
    most = (1 + noise) * statistics.median([*once, *again])
    target = f"at most {1 + noise:.2f} x"
    return [
        Line(f"{what}, {CROWD:,} accounts", crowded, once, target, statistics.median(crowded) <= most),
        Line(f"{what}, 1 account once more", again, once, "the noise", True),
    ]


def _spread(seconds: Sequence[float]) -> float:
    """How far the middle half of the runs lies apart, as a share of their median."""
    low, middle, high = statistics.quantiles(seconds, n=4)
    return (high - low) / middle


def main() -> None:
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    with fresh_folder() as home, ExitStack() as stack:
        server = EmbeddedPostgres(home)
        server.start()
        stack.callback(server.stop)
        stack.callback(bootstrap.use, None)
        few = stack.enter_context(place(server, home, accounts=1))
        many = stack.enter_context(place(server, home, accounts=CROWD))
        lines = in_turns("sign-in", SIGN_INS, few.sign_in, many.sign_in)
        lines += in_turns("idle rerun", RERUNS, few.rerun, many.rerun)
    print_lines(lines, baseline="the same with 1 account")


if __name__ == "__main__":
    main()
