"""One real Postgres for the whole run; for each test a database of its own, cloned from a migrated template."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from services import bootstrap, doctor
from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.community.credentials import hash_password
from services.discovery.embeddings import Embeddings, MiniLM
from services.platform.clock import Clock
from services.platform.database import Database
from services.platform.embedded import EmbeddedPostgres
from services.platform.migrations import migrate
from services.residents.speaking.base import Purse, Speaker
from services.settings import Settings
from services.studio.engines.choice import Engines, engines_for
from services.studio.studio import Options, Request
from tests.fakes.clock import FakeClock
from tests.fakes.embeddings import WordVectors, unread

IN_MEMORY = Path("/dev/shm")
ROOM_BYTES = 6 * 2**30
os.environ["HF_HUB_OFFLINE"] = "1"
# A database for each test writes hundreds of files: on a busy disk that takes seconds, in memory no time.
if "TMPDIR" not in os.environ and IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM_BYTES:
    os.environ["TMPDIR"] = tempfile.tempdir = str(IN_MEMORY)
# Threads of torch that wait for work would keep the other tests from theirs.
os.environ["OMP_WAIT_POLICY"] = "PASSIVE"
TEMPLATE = "house_template"
TEMPLATE_LOCK = 815
PASSWORD = "correct horse battery"
PASSWORD_HASH = hash_password(PASSWORD)


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """Shared by the parallel test processes, as several processes of the product share theirs."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    home = Path(tempfile.gettempdir()) / f"pentagram-tests-{run[:12]}"
    server = EmbeddedPostgres(home)
    server.start()
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", (TEMPLATE_LOCK,))
        if connection.execute("select from pg_database where datname = %s", (TEMPLATE,)).fetchone() is None:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"alter system set {setting} = off")
            connection.execute("select pg_reload_conf()")
            connection.execute(f"create database {TEMPLATE}_fresh")
            migrate(_conninfo(server, f"{TEMPLATE}_fresh"))
            connection.execute(f"alter database {TEMPLATE}_fresh rename to {TEMPLATE}")
    yield server
    if server.stop():
        shutil.rmtree(home)


@pytest.fixture
def database(postgres: EmbeddedPostgres) -> Iterator[str]:
    """The address of an empty, migrated database."""
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(postgres.conninfo(), autocommit=True) as connection:
        connection.execute(f"create database {name} template {TEMPLATE} strategy file_copy")
    yield _conninfo(postgres, name)
    with psycopg.connect(postgres.conninfo(), autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")


class Lasting(MiniLM):
    """Goes on when a house closes, for the next test."""

    def close(self) -> None:
        """Not yet."""

    def end(self) -> None:
        super().close()


@pytest.fixture(scope="session")
def minilm() -> Iterator[MiniLM]:
    """The real model: it loads for seconds, once, with the first question."""
    model = Lasting()
    yield model
    model.end()


@pytest.fixture
def loaded_once(minilm: MiniLM, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command that is run in this process asks the same one."""
    for maker in (bootstrap, doctor):
        monkeypatch.setattr(maker, "embeddings_named", lambda _: minilm)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of this test alone: what is given here wins over whatever the person at the keyboard has configured."""
    defaults = {field.alias: field.default for field in Settings.model_fields.values()}
    return Settings(
        **defaults | {"PENTAGRAM_HOME": tmp_path / "home", "PENTAGRAM_SEED": "off", "PENTAGRAM_WORKER": "off"}
    )


@pytest.fixture
def build(settings: Settings, database: str) -> Iterator[Callable[..., Pentagram]]:
    """Makes houses on the test's database: `build(clock=..., engines=...)`, opened, without a worker."""
    houses: list[Pentagram] = []

    def make(
        *, clock: Clock | None = None, settings: Settings = settings, engines: Engines | None = None,
        embeddings: Embeddings | None = None, seeing: Embeddings | None = None,
        speaking: Callable[[Purse], Speaker] | None = None,
    ) -> Pentagram:  # fmt: skip
        # The painter reads words alone here: a stand-in's vectors mean nothing, and it would read the same prompt
        # otherwise once it had them.
        house = bootstrap.build(
            settings, clock=clock, db=Database(lambda: database, most_connections=8),
            embeddings=embeddings or WordVectors(), seeing=seeing,
            engines=engines or engines_for(settings), meaning=unread,
            speaking=speaking,
        )  # fmt: skip
        house.db.open()
        houses.append(house)
        return house

    yield make
    for house in houses:
        house.close()


@pytest.fixture
def house(build: Callable[..., Pentagram]) -> Pentagram:
    return build()


@pytest.fixture
def person(house: Pentagram) -> Callable[[str], Account]:
    """Makes a member by name; the password is PASSWORD."""
    return lambda name: house.accounts.register(name, PASSWORD_HASH)


@pytest.fixture
def moderator(house: Pentagram, person: Callable[[str], Account]) -> Callable[..., Account]:
    """Makes moderators by name, or admins."""

    def make(name: str, role: str = "moderator") -> Account:
        person(name)
        return house.accounts.set_role(name, role)

    return make


@pytest.fixture
def ada(moderator: Callable[..., Account]) -> Account:
    return moderator("ada")


@pytest.fixture
def mira(person: Callable[[str], Account]) -> Account:
    return person("mira")


@pytest.fixture
def tom(person: Callable[[str], Account]) -> Account:
    return person("tom")


@pytest.fixture
def paint(house: Pentagram) -> Callable[..., Request]:
    """Asks for pictures and lets the worker paint them: `paint(by, "a red fox", count=2)`."""

    def do(by: Account, prompt: str = "a red fox in the snow", *, count: int = 1, seed: int = 7) -> Request:
        options = Options(256, 256, count=count, seed=seed)
        request = house.studio.request(prompt, options, by=by, token=uuid.uuid4().hex)
        house.worker.run_until_idle()
        return house.studio.watch(request.id, by=by)

    return do


def _conninfo(server: EmbeddedPostgres, name: str) -> str:
    return server.conninfo().replace("dbname=postgres", f"dbname={name}")
