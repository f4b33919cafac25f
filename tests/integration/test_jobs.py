"""The queue and its workers, when all goes well and when processes and servers die."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from services.errors import Unavailable
from services.platform import jobs as module
from services.platform.clock import SystemClock
from services.platform.database import Database
from services.platform.embedded import SYSTEM_USER, EmbeddedPostgres
from services.platform.jobs import LATER, NORMAL, SOON, Jobs, Worker
from services.platform.migrations import migrate
from services.settings import ROOT

DEADLINE_SECONDS = 40
CHECK = "select status::text from pentagram.procrastinate_jobs order by id"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The waits of a real installation, shortened."""
    for name, seconds in IMPATIENCE.items():
        monkeypatch.setattr(module, name, seconds)


IMPATIENCE = {
    "HEARTBEAT_SECONDS": 0.2,
    "STALLED_AFTER_SECONDS": 1.0,
    "POLL_SECONDS": 0.1,
    "GRACE_SECONDS": 0.2,
    "RESTART_SECONDS": 0.1,
}


@pytest.fixture
def db(database: str) -> Iterator[Database]:
    db = Database(lambda: database, most_connections=8)
    db.open()
    yield db
    db.close()


@pytest.fixture
def jobs() -> Jobs:
    return Jobs(SystemClock())


@pytest.fixture
def worker(jobs: Jobs, database: str) -> Iterator[Callable[..., Worker]]:
    workers: list[Worker] = []

    def make(*, concurrency: int = 2) -> Worker:
        workers.append(Worker(jobs, lambda: database, concurrency=concurrency))
        return workers[-1]

    yield make
    for started in workers:
        if started.is_alive:
            started.stop()


class Diary:
    """What tasks noted, by many threads."""

    def __init__(self, jobs: Jobs) -> None:
        self.notes: list[str] = []
        jobs.register("note", self.note)

    def note(self, *, text: str, last_attempt: bool) -> None:
        self.notes.append(text)


@pytest.fixture
def diary(jobs: Jobs) -> Diary:
    return Diary(jobs)


def eventually(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this never came true"
        time.sleep(0.02)


def defer(db: Database, jobs: Jobs, name: str, **options: object) -> None:
    with db.transaction() as tx:
        jobs.defer(tx, name, **options)


# Asking ------------------------------------------------------------------------------------------------------------


def test_a_job_exists_exactly_if_its_transaction_does(db, jobs, diary, worker):
    db.execute("create table kept (word text)")
    for word in ("kept", "lost"):
        try:
            with db.transaction() as tx:
                tx.execute("insert into kept values (%(word)s)", word=word)
                jobs.defer(tx, "note", text=word)
                if word == "lost":
                    raise LookupError
        except LookupError:
            continue

    worker().run_until_idle()

    assert db.values("select word from kept") == diary.notes == ["kept"]


def test_a_second_request_with_the_same_word_is_dropped_and_its_transaction_stands(db, jobs, diary, worker):
    db.execute("create table kept ()")
    defer(db, jobs, "note", text="first", once="word")
    with db.transaction() as tx:
        jobs.defer(tx, "note", text="second", once="word")
        tx.execute("insert into kept default values")
    defer(db, jobs, "note", text="other", once="other word")

    worker().run_until_idle()

    assert sorted(diary.notes) == ["first", "other"]
    assert db.value("select count(*) from kept") == 1


def test_a_job_that_began_does_not_stand_in_the_way_of_the_next_nor_of_its_own_second_attempt(
    db, jobs, worker, monkeypatch
):
    monkeypatch.setattr(module, "LONGEST_PAUSE_SECONDS", 0)
    runs: list[str] = []

    def index(*, by: str, last_attempt: bool) -> None:
        runs.append(by)
        if runs == ["first"]:
            defer(db, jobs, "index", by="second", once="index")
            raise Unavailable

    jobs.register("index", index)
    defer(db, jobs, "index", by="first", once="index")

    worker(concurrency=1).run_until_idle()

    assert sorted(runs) == ["first", "first", "second"]
    assert db.values(CHECK) == []


def test_a_server_that_dies_under_a_request_for_a_job_is_unavailable(db, jobs, database):
    def ask() -> None:
        with db.transaction() as tx:
            pid = tx.value("select pg_backend_pid()")
            with psycopg.connect(database, autocommit=True) as other:
                other.execute("select pg_terminate_backend(%s, 5000)", (pid,))
            jobs.defer(tx, "note", text="lost")

    with pytest.raises(Unavailable):
        ask()
    assert db.values(CHECK) == []


# Running -----------------------------------------------------------------------------------------------------------


def test_run_until_idle_also_does_what_jobs_ask_for_and_leaves_what_is_for_later(db, jobs, diary, worker):
    def paint(*, last_attempt: bool) -> None:
        time.sleep(0.3)
        defer(db, jobs, "note", text="painted")

    jobs.register("paint", paint)
    for _ in range(3):
        defer(db, jobs, "paint")
    defer(db, jobs, "note", text="tomorrow", after_s=86_400)

    worker(concurrency=2).run_until_idle()

    assert diary.notes == ["painted"] * 3
    assert db.values(CHECK) == ["todo"]


def test_what_a_person_waits_for_goes_first(db, jobs, diary, worker):
    for text, priority in (("later", LATER), ("normal", NORMAL), ("soon", SOON), ("soon too", SOON)):
        defer(db, jobs, "note", text=text, priority=priority)

    worker(concurrency=1).run_until_idle()

    assert diary.notes == ["soon", "soon too", "normal", "later"]


def test_a_running_worker_starts_a_new_job_at_once(db, jobs, diary, worker, monkeypatch):
    monkeypatch.setattr(module, "POLL_SECONDS", 60)
    worker().start()
    eventually(lambda: db.value("select count(*) from pg_stat_activity where query like 'LISTEN%%'"))

    begun = time.monotonic()
    defer(db, jobs, "note", text="now")
    eventually(lambda: diary.notes)

    assert time.monotonic() - begun < 5


def test_several_workers_do_each_job_once(db, jobs, diary, worker):
    for number in range(60):
        defer(db, jobs, "note", text=str(number))
    for _ in range(3):
        worker().start()

    eventually(lambda: not jobs.unfinished(db))

    assert sorted(diary.notes, key=int) == [str(number) for number in range(60)]


# Failing -----------------------------------------------------------------------------------------------------------


def test_unavailable_is_tried_again_and_the_last_attempt_is_told(db, jobs, worker, monkeypatch):
    monkeypatch.setattr(module, "LONGEST_PAUSE_SECONDS", 0)
    told: list[bool] = []

    def refuse(*, last_attempt: bool) -> None:
        told.append(last_attempt)
        raise Unavailable

    jobs.register("refuse", refuse)
    defer(db, jobs, "refuse")

    worker().run_until_idle()

    assert told == [False] * (module.MOST_ATTEMPTS - 1) + [True]
    assert db.values(CHECK) == ["failed"]


def test_unavailable_is_tried_again_after_a_pause_that_grows(db, jobs, worker):
    def refuse(*, last_attempt: bool) -> None:
        raise Unavailable

    jobs.register("refuse", refuse)
    defer(db, jobs, "refuse")
    pauses = []
    for _ in range(3):
        worker().run_until_idle()
        pauses.append(
            db.value("select extract(epoch from scheduled_at - now())::float from pentagram.procrastinate_jobs")
        )
        db.execute("update pentagram.procrastinate_jobs set scheduled_at = now()")

    assert 0 < pauses[0] <= 2 < pauses[1] <= 4 < pauses[2] <= 8


def test_a_mistake_is_not_tried_again(db, jobs, worker):
    runs: list[bool] = []

    def stumble(*, last_attempt: bool) -> None:
        runs.append(last_attempt)
        raise KeyError("a mistake")

    jobs.register("stumble", stumble)
    defer(db, jobs, "stumble")

    worker().run_until_idle()

    assert runs == [False]
    assert db.values(CHECK) == ["failed"]


# Stopping ----------------------------------------------------------------------------------------------------------


def test_stop_returns_promptly(db, jobs, diary, worker):
    started = worker()
    started.start()
    defer(db, jobs, "note", text="it lives")
    eventually(lambda: diary.notes)

    begun = time.monotonic()
    started.stop()

    assert time.monotonic() - begun < 3
    assert not started.is_alive
    assert db.value("select count(*) from pentagram.procrastinate_workers") == 0


def test_a_worker_that_is_stopped_as_it_starts_stops(worker):
    for milliseconds in (0, 0, 1, 2, 5, 10, 20, 40):
        started = worker()
        started.start()
        threading.Event().wait(milliseconds / 1000)
        started.stop()
        assert not started.is_alive


def test_a_worker_that_is_stopped_while_it_looks_for_its_database_stops(jobs):
    knocked, stopping = threading.Event(), threading.Event()

    def nowhere() -> str:
        knocked.set()
        stopping.wait(1)
        raise Unavailable

    worker = Worker(jobs, nowhere)
    worker.start()
    assert knocked.wait(DEADLINE_SECONDS)
    worker.stop()

    assert not worker.is_alive


def test_a_job_longer_than_a_stop_goes_back_to_the_queue_for_the_next_worker(db, jobs, worker):
    began, release = threading.Event(), threading.Event()
    runs: list[bool] = []

    def paint(*, last_attempt: bool) -> None:
        runs.append(last_attempt)
        began.set()
        if len(runs) == 1:
            release.wait(DEADLINE_SECONDS)

    jobs.register("paint", paint)
    defer(db, jobs, "paint")
    first = worker()
    first.start()
    assert began.wait(DEADLINE_SECONDS)

    begun = time.monotonic()
    first.stop()

    assert time.monotonic() - begun < 3
    assert not first.is_alive
    assert db.values(CHECK) == ["todo"]
    worker().run_until_idle()
    release.set()
    assert (len(runs), db.values(CHECK)) == (2, [])


PROCESS = """
import atexit, os, sys, threading, time
import psycopg
from services.platform import jobs as module
from services.platform.clock import SystemClock

address, impatience, ends = sys.argv[1], eval(sys.argv[2]), sys.argv[3] == "ends"
vars(module).update(impatience)
began = threading.Event()

def paint(*, number, last_attempt):
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("insert into begun values (%s, %s)", (number, os.getpid()))
    began.set()
    time.sleep(60)

jobs = module.Jobs(SystemClock())
jobs.register("paint", paint)
worker = module.Worker(jobs, lambda: address, concurrency=1)
worker.start()
atexit.register(worker.stop)
began.wait()
print("began", flush=True)
if not ends:
    sys.stdin.readline()
"""


@contextmanager
def a_worker_process(database: str, then: str) -> Iterator[subprocess.Popen[str]]:
    """A worker in the middle of a job that takes a minute, told on its standard output."""
    with subprocess.Popen(
        [sys.executable, "-c", PROCESS, database, repr(IMPATIENCE), then],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        cwd=ROOT,
    ) as process:  # fmt: skip
        assert process.stdout.readline() == "began\n"
        yield process


@pytest.fixture
def paintings(db: Database, jobs: Jobs) -> list[int]:
    """Numbers of paintings that this process finished; three are waiting, and who began one is kept."""
    done: list[int] = []

    def paint(*, number: int, last_attempt: bool) -> None:
        done.append(number)

    jobs.register("paint", paint)
    db.execute("create table begun (number int, pid int)")
    for number in range(3):
        defer(db, jobs, "paint", number=number)
    return done


def test_a_process_that_ends_waits_for_no_long_job_and_spoils_none(database, db, paintings, worker):
    begun = time.monotonic()
    with a_worker_process(database, "ends") as process:
        process.communicate(timeout=DEADLINE_SECONDS)

    assert process.returncode == 0
    assert time.monotonic() - begun < 15
    assert db.values(CHECK) == ["todo"] * 3
    worker().run_until_idle()
    assert sorted(paintings) == [0, 1, 2]


def test_a_job_of_a_killed_worker_is_taken_up_again_and_done_once(database, db, jobs, paintings, worker):
    with a_worker_process(database, "waits") as process:
        worker().start()
        eventually(lambda: len(paintings) == 2)
        process.kill()

    eventually(lambda: not jobs.unfinished(db))

    assert db.values("select pid from begun") == [process.pid]
    assert sorted(paintings) == [0, 1, 2]


def test_a_job_of_a_living_worker_is_left_to_it(database, db, jobs, paintings, worker):
    with a_worker_process(database, "waits") as process:
        worker().start()
        eventually(lambda: len(paintings) == 2)
        seen = "select last_heartbeat from pentagram.procrastinate_workers order by id limit 1"
        first = db.value(seen)
        eventually(lambda: (db.value(seen) - first).total_seconds() > 2 * module.STALLED_AFTER_SECONDS)

        assert len(paintings) == 2
        assert db.values(CHECK) == ["doing"]
        process.kill()


def test_many_workers_that_find_the_jobs_of_a_dead_one_do_each_once(db, jobs, diary, worker):
    for number in range(30):
        defer(db, jobs, "note", text=str(number))
    db.execute("update pentagram.procrastinate_jobs set status = 'doing'")

    for _ in range(3):
        worker().start()
    eventually(lambda: not jobs.unfinished(db))

    assert sorted(diary.notes, key=int) == [str(number) for number in range(30)]


def test_a_job_that_kills_its_workers_comes_back_ever_later(db, jobs, diary, worker, monkeypatch):
    monkeypatch.setattr(module, "POLL_SECONDS", 60)
    defer(db, jobs, "note", text="poison")
    db.execute("update pentagram.procrastinate_jobs set status = 'doing', attempts = 6")

    worker().start()
    eventually(lambda: db.values(CHECK) == ["todo"])

    pause = db.value("select extract(epoch from scheduled_at - now())::float from pentagram.procrastinate_jobs")
    assert 50 < pause <= 64
    assert diary.notes == []


# The server dies ---------------------------------------------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[EmbeddedPostgres]:
    """One of the test's own, to be killed."""
    folder = Path(tempfile.mkdtemp(prefix="pentagram-jobs-"))
    folder.chmod(0o755)
    server = EmbeddedPostgres(folder / "home")
    server.start()
    migrate(server.conninfo())
    yield server
    server.stop()
    shutil.rmtree(folder)


def test_a_worker_survives_the_death_of_its_server_and_so_does_the_job_it_was_doing(server, jobs):
    db = Database(server.conninfo, most_connections=4)
    db.open()
    began, release = threading.Event(), threading.Event()
    runs: list[str] = []

    def paint(*, text: str, last_attempt: bool) -> None:
        runs.append(text)
        began.set()
        release.wait(DEADLINE_SECONDS)

    jobs.register("paint", paint)
    worker = Worker(jobs, server.conninfo)
    worker.start()
    defer(db, jobs, "paint", text="during")
    assert began.wait(DEADLINE_SECONDS)
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        data = connection.execute("show data_directory").fetchone()[0]
        pid = int((Path(data) / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)
    release.set()
    eventually(lambda: survives(lambda: defer(db, jobs, "paint", text="after")))
    eventually(lambda: survives(lambda: not jobs.unfinished(db)))
    worker.stop()
    db.close()

    assert not worker.is_alive
    assert set(runs) == {"during", "after"}


def survives(action: Callable[[], object]) -> object:
    """What an action answers, or False while the database does not."""
    try:
        answer = action()
    except Unavailable:
        return False
    return True if answer is None else answer


# Through a pooler --------------------------------------------------------------------------------------------------


@pytest.fixture
def pooled(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same database behind PgBouncer, two connections for everybody, lent for one transaction at a time."""
    program = shutil.which("pgbouncer")
    if program is None:
        pytest.skip("pgbouncer is not installed")
    parts = psycopg.conninfo.conninfo_to_dict(database)
    folder = Path(tempfile.mkdtemp(prefix="pentagram-pooler-"))
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "users").write_text('"postgres" ""\n')
    (folder / "settings").write_text(
        f"[databases]\n* = host={parts['host']}\n[pgbouncer]\npool_mode = transaction\ndefault_pool_size = 2\n"
        f"listen_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n"
        f"auth_type = trust\nauth_file = {folder}/users\n"
    )
    folder.chmod(0o755)
    user = {"user": SYSTEM_USER, "group": SYSTEM_USER, "extra_groups": []} if os.geteuid() == 0 else {}
    with subprocess.Popen([program, "-q", str(folder / "settings")], stderr=subprocess.DEVNULL, **user) as pooler:
        address = f"host=127.0.0.1 port={port} user=postgres dbname={parts['dbname']}"
        eventually(lambda: connects(address))
        yield address
        pooler.kill()
    shutil.rmtree(folder)


def connects(address: str) -> bool:
    try:
        psycopg.connect(address).close()
    except psycopg.OperationalError:
        return False
    return True


def test_a_transaction_mode_pooler_serves_statements_and_requests_for_jobs(pooled, db, jobs, diary, worker):
    through = Database(lambda: pooled, most_connections=8, check_after_s=5)
    through.open()
    before = through.value("show search_path")
    failures: list[Exception] = []

    def ask(thread: int) -> None:
        try:
            for number in range(20):
                defer(through, jobs, "note", text=f"{thread} {number}", once=f"{thread} {number}")
                assert through.value("select %(number)s::int", number=number) == number
        except (psycopg.Error, Unavailable, AssertionError) as error:
            failures.append(error)

    threads = [threading.Thread(target=ask, args=(thread,)) for thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    paths = {through.value("show search_path") for _ in range(10)}
    through.close()
    worker().run_until_idle()

    assert failures == []
    assert paths == {before}
    assert len(set(diary.notes)) == len(diary.notes) == 160
