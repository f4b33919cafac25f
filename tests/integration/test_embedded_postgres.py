"""The embedded server under everything that happens to a program on somebody's machine."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil
import psycopg
import pytest

from services.errors import ConfigurationError, Unavailable
from services.platform import embedded
from services.platform.database import Database
from services.platform.embedded import SYSTEM_USER, EmbeddedPostgres
from services.settings import ROOT

DEADLINE_SECONDS = 40
AS_ROOT = os.geteuid() == 0
NOBODY = pwd.getpwnam("nobody")
USE = """
import sys
from pathlib import Path
from services.platform.embedded import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]))
server.start()
print("started", flush=True)
sys.stdin.readline()
server.stop()
"""

needs_root = pytest.mark.skipif(not AS_ROOT, reason="only root gives the server to another user")


@pytest.fixture
def base() -> Iterator[Path]:
    """A folder that every user may pass through, cleared of all servers afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="pentagram-embedded-"))
    folder.chmod(0o755)
    yield folder
    outside = [Path(record.read_text().strip()) for record in folder.rglob("postgres.path")]
    for place in (folder, *outside):
        for pid_file in place.rglob("postmaster.pid"):
            kill(pid_in(pid_file))
        eventually(lambda place=place: shutil.rmtree(place, ignore_errors=True) or not place.exists())


@pytest.fixture(scope="session")
def cluster() -> Iterator[Path]:
    """A home whose making took a second, to be copied; without fsync, for here nothing but programs dies."""
    folder = Path(tempfile.mkdtemp(prefix="pentagram-embedded-"))
    folder.chmod(0o755)
    with running(folder / "home") as server:
        ask(server, "alter system set fsync = off")
    yield folder / "home"
    shutil.rmtree(folder)


@pytest.fixture
def furnish(cluster: Path) -> Callable[[Path], Path]:
    def copy(home: Path) -> Path:
        home.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-a", str(cluster), str(home)], check=True)
        return home

    return copy


@pytest.fixture
def home(base: Path, furnish: Callable[[Path], Path]) -> Path:
    return furnish(base / "home")


@pytest.fixture
def empty(base: Path) -> Path:
    """A home that was never used."""
    return base / "home"


@contextmanager
def running(home: Path, **options: int) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(home, **options)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def another_process(home: Path, *, wait: bool = True) -> Iterator[subprocess.Popen[str]]:
    """A program that uses the folder until its standard input ends."""
    with subprocess.Popen(
        [sys.executable, "-c", USE, str(home)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    ) as process:  # fmt: skip
        if wait:
            assert process.stdout.readline() == "started\n"
        yield process


def eventually(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this never came true"
        time.sleep(0.02)


def place_of(home: Path) -> Path:
    record = home / "postgres.path"
    return Path(record.read_text().strip()) if record.exists() else home / "postgres"


def pid_in(pid_file: Path) -> int:
    with suppress(OSError, ValueError, IndexError):
        return int(pid_file.read_text().splitlines()[0])
    return 0


def server_pid(home: Path) -> int:
    return pid_in(place_of(home) / "data" / "postmaster.pid")


def kill(pid: int) -> None:
    """The way the kernel does it when memory runs out."""
    with suppress(psutil.Error):
        process = psutil.Process(pid)
        if "postgres" in process.name():
            process.kill()
            eventually(lambda: not is_alive(pid))


def is_alive(pid: int) -> bool:
    """A zombie is dead; it waits for a parent to look at it, which in a container may be nobody."""
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


def ask(server: EmbeddedPostgres, question: str = "select 1") -> object:
    with psycopg.connect(server.conninfo(), autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchone()[0] if cursor.description else None


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# Who starts and stops it ----------------------------------------------------------------------------------------------


def test_the_server_of_a_killed_process_serves_the_next_one_and_ends_with_it(home):
    with another_process(home) as process:
        pid = server_pid(home)
        process.kill()

    with running(home) as server:
        assert server_pid(home) == pid
        assert ask(server) == 1

    assert not is_alive(pid)


def test_two_processes_share_a_server_and_the_last_to_leave_stops_it(home):
    with another_process(home) as first, another_process(home) as second:
        pid = server_pid(home)

        first.communicate("\n")
        assert is_alive(pid)
        assert server_pid(home) == pid

        second.communicate("\n")
        assert not is_alive(pid)


def test_one_that_starts_while_the_last_one_leaves_has_a_server(home):
    with another_process(home) as leaving, another_process(home, wait=False) as arriving:
        leaving.communicate("\n")
        assert arriving.stdout.readline() == "started\n"

        with running(home) as server:
            assert ask(server) == 1
        assert is_alive(server_pid(home))
        arriving.communicate("\n")


def test_two_processes_that_find_an_empty_folder_make_one_cluster(empty):
    with another_process(empty, wait=False) as first, another_process(empty, wait=False) as second:
        for process in (first, second):
            assert process.stdout.readline() == "started\n"

        assert not list(place_of(empty).glob("data.*.new"))
        for process in (first, second):
            process.communicate("\n")
            assert process.returncode == 0


def test_a_server_that_was_left_is_not_started_again_by_a_straggler(home):
    with running(home) as server:
        pid = server_pid(home)

    with pytest.raises(Unavailable):
        server.conninfo()
    assert not is_alive(pid)
    assert not (place_of(home) / "data" / "postmaster.pid").exists()


def test_stopping_after_the_home_was_removed_is_no_fault(home):
    server = EmbeddedPostgres(home)
    server.start()
    pid = server_pid(home)
    shutil.rmtree(home)

    server.stop()

    kill(pid)


# A server that dies ---------------------------------------------------------------------------------------------------


@pytest.fixture
def rows(home: Path) -> Iterator[Database]:
    """A database with a table `kept`, through the pool that the product uses."""
    with running(home) as server:
        db = Database(server.conninfo, most_connections=10)
        db.open()
        db.execute("create table kept (number int)")
        yield db
        db.close()


def test_a_killed_server_is_healed_within_the_next_statement(home, rows):
    rows.execute("insert into kept values (1)")
    kill(server_pid(home))

    begun = time.monotonic()

    assert rows.value("select count(*) from kept") == 1
    assert time.monotonic() - begun < 8


def test_a_killed_server_is_healed_under_eight_threads_and_keeps_what_it_acknowledged(home, rows):
    stop = threading.Event()
    acknowledged: list[int] = []
    surprises: list[BaseException] = []

    def write(thread: int) -> None:
        number = thread * 1_000_000
        while not stop.is_set():
            number += 1
            try:
                with rows.transaction() as tx:
                    tx.execute("insert into kept values (%(number)s)", number=number)
                acknowledged.append(number)
            except Unavailable:
                continue
            except BaseException as error:  # noqa: BLE001 - told by the assertion below
                surprises.append(error)
                return

    threads = [threading.Thread(target=write, args=(thread,)) for thread in range(8)]
    for thread in threads:
        thread.start()
    eventually(lambda: len(acknowledged) > 100)
    kill(server_pid(home))
    before = len(acknowledged)
    eventually(lambda: len({number // 1_000_000 for number in acknowledged[before + 8 :]}) == 8 or surprises)
    stop.set()
    for thread in threads:
        thread.join()

    assert surprises == []
    assert set(acknowledged) <= set(rows.values("select number from kept"))


def test_a_server_that_recovers_is_waited_for(home):
    with another_process(home) as user:
        backend = psycopg.connect(f"host={place_of(home)} user=postgres dbname=postgres", autocommit=True)
        with suppress(psycopg.OperationalError):
            os.kill(backend.info.backend_pid, signal.SIGKILL)
            backend.execute("select 1")
        backend.close()

        with running(home) as server:
            assert ask(server) == 1
        user.communicate("\n")


# What a crash leaves behind -------------------------------------------------------------------------------------------


@contextmanager
def a_stranger() -> Iterator[psutil.Process]:
    """Another program of the same system user."""
    user = {"user": SYSTEM_USER, "group": SYSTEM_USER} if AS_ROOT else {}
    with subprocess.Popen(["sleep", "60"], **user) as stranger:
        yield psutil.Process(stranger.pid)
        stranger.kill()


def give_number_to(stranger: psutil.Process, home: Path) -> None:
    """What a restart of the machine does: the dead server's number belongs to another program now."""
    kill(server_pid(home))
    for lock in (place_of(home) / "data" / "postmaster.pid", place_of(home) / ".s.PGSQL.5432.lock"):
        if lock.exists():
            lock.write_text("\n".join([str(stranger.pid), *lock.read_text().splitlines()[1:]]) + "\n")


def test_a_stale_number_of_a_living_program_is_no_obstacle(home):
    with another_process(home) as process:
        process.kill()

    with a_stranger() as stranger:
        give_number_to(stranger, home)
        with running(home) as server:
            assert ask(server) == 1


def test_stopping_never_signals_the_program_that_has_the_number_now(home):
    server = EmbeddedPostgres(home)
    server.start()
    with a_stranger() as stranger:
        give_number_to(stranger, home)

        server.stop()

        assert stranger.status() == psutil.STATUS_SLEEPING


def test_an_empty_lock_file_is_no_obstacle(home):
    with running(home):
        kill(server_pid(home))
        (place_of(home) / "data" / "postmaster.pid").write_text("")

    with running(home) as server:
        assert ask(server) == 1


def test_a_cluster_whose_making_was_killed_is_made_again(empty):
    with another_process(empty, wait=False) as process:
        eventually(lambda: list(empty.glob("postgres/data.*.new/base")))
        process.kill()

    with running(empty) as server:
        assert ask(server) == 1
        left = empty.glob("postgres/data.*.new")
        assert [folder for folder in left if folder.name == f"data.{process.pid}.new" and any(folder.iterdir())] == []


def test_a_folder_that_is_no_cluster_is_left_alone_and_named(home):
    with running(home):
        data = place_of(home) / "data"
    (data / "PG_VERSION").unlink()

    with pytest.raises(ConfigurationError, match=r"/data is no Postgres folder \(no PG_VERSION in it\)"):
        EmbeddedPostgres(home).start()

    assert (data / "base").is_dir()


# Where the folder is --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "with space",
        "it's",
        'say "hi"',
        "$(touch stolen)`touch stolen`$HOME",
        "Bücher 図書",
        "a,b",
        "deep/" * 30 + "home",
    ],
    ids=["space", "quote", "double quotes", "shell", "letters", "comma", "long"],
)
def test_a_home_may_have_any_name(base, furnish, monkeypatch, name):
    monkeypatch.chdir(base)
    with running(furnish(base / name)) as server:
        assert ask(server, "select count(*) from pg_extension where extname = 'plpgsql'") == 1
        sockets = Path(psycopg.conninfo.conninfo_to_dict(server.conninfo())["host"])
        assert mode(sockets) == 0o700

    assert not list(base.rglob("stolen"))
    assert sockets == place_of(base / name) or not sockets.exists()


def test_a_home_may_be_named_from_where_one_stands(home, monkeypatch):
    monkeypatch.chdir(home.parent)
    with running(Path("home")) as server:
        monkeypatch.chdir("/")
        assert ask(server) == 1


def test_a_planted_link_in_the_place_of_the_socket_folder_is_refused(base, furnish, monkeypatch):
    precious = base / "precious"
    precious.mkdir(mode=0o755)
    monkeypatch.setattr(embedded, "SHORT_FOLDERS", base)
    home = furnish(base / ("long" * 30))
    server = EmbeddedPostgres(home)
    digest = embedded._digest(home / "postgres")
    (base / f"pentagram-{os.geteuid()}-{digest}").symlink_to(precious)

    with pytest.raises(ConfigurationError, match="belongs to somebody else or is no folder"):
        server.start()

    assert (precious.stat().st_uid, mode(precious)) == (os.geteuid(), 0o755)


def file_there(base: Path) -> Path:
    (base / "home").write_text("a file")
    return base / "home"


def file_above(base: Path) -> Path:
    (base / "file").write_text("a file")
    return base / "file" / "home"


def nothing_can_be_made(base: Path) -> Path:
    return Path("/proc/home")


def closed(base: Path) -> Path:
    (base / "home").mkdir(mode=0o555)
    return base / "home"


@pytest.mark.parametrize("make", [file_there, file_above, nothing_can_be_made, closed])
def test_a_home_that_cannot_be_written_is_one_line_with_its_remedy(base, make):
    if make is closed and AS_ROOT:
        pytest.skip("root may write everywhere")
    home = make(base)

    with pytest.raises(ConfigurationError) as told:
        EmbeddedPostgres(home).start()

    assert str(told.value).startswith(f"PENTAGRAM_HOME {home} cannot be written (")
    assert "\n" not in str(told.value)


FULL = """
import subprocess, sys
from pathlib import Path
from services.errors import Unavailable
from services.platform.embedded import EmbeddedPostgres
disk = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m,mode=755", "tmpfs", str(disk)], check=True)
try:
    EmbeddedPostgres(disk / "home").start()
except Unavailable as error:
    print(len(str(error).splitlines()), "No space left" in str(error), [*disk.rglob("data.*.new")])
"""


@needs_root
def test_a_full_disk_is_told_in_one_line_and_leaves_nothing_half_made(base):
    unshared = ["unshare", "--mount"]
    if shutil.which("unshare") is None or subprocess.run([*unshared, "true"], capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here")

    run = subprocess.run(
        [*unshared, sys.executable, "-c", FULL, str(base)],
        capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip

    assert (run.stdout, run.stderr) == ("1 True []\n", "")


# Who may reach it -----------------------------------------------------------------------------------------------------


@needs_root
def test_root_loosens_no_folder_that_is_not_its_own(base):
    private = base / "private"
    existing = private / "existing"
    existing.mkdir(parents=True)
    for folder in (private, existing):
        folder.chmod(0o700)

    for home in (private / "new", existing):
        with running(home) as server:
            assert ask(server) == 1
            assert place_of(home).parent == embedded.SYSTEM_FOLDER

    assert [mode(folder) for folder in (base, private, existing)] == [0o755, 0o700, 0o700]


@needs_root
def test_the_data_stay_where_they_are_when_folders_above_are_opened_or_closed(base, home):
    above = base / "above"
    above.mkdir(mode=0o700)
    with running(above / "home") as server:
        ask(server, "create table here ()")
    above.chmod(0o755)
    with running(above / "home") as server:
        assert ask(server, "select count(*) from here") == 0

    home.chmod(0o700)
    with pytest.raises(ConfigurationError, match="closed to the system user"):
        EmbeddedPostgres(home).start()


@needs_root
def test_the_socket_is_out_of_reach_for_other_users(home):
    with running(home):
        socket = place_of(home) / ".s.PGSQL.5432"
        reach = ["test", "-S", str(socket)]

        assert subprocess.run(reach).returncode == 0
        assert subprocess.run(reach, user=NOBODY.pw_uid, group=NOBODY.pw_gid, extra_groups=[]).returncode == 1


def test_what_the_home_holds_is_for_its_owner_only(home):
    with running(home):
        inside = [path for path in home.iterdir() if path.name != "postgres.path"]

    assert {path.name: oct(mode(path) & 0o077) for path in inside} == {path.name: oct(0) for path in inside}


@needs_root
def test_a_lock_file_that_another_user_left_is_no_obstacle(home):
    lock = Path("/tmp/.lockfile")
    try:
        descriptor = os.open(lock, os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pytest.skip("somebody uses that file")
    os.fchown(descriptor, NOBODY.pw_uid, NOBODY.pw_gid)
    os.close(descriptor)
    try:
        with running(home) as server:
            assert ask(server) == 1
    finally:
        lock.unlink()


@needs_root
def test_a_user_without_rights_runs_it_in_a_folder_of_their_own(base):
    theirs = base / "theirs"
    theirs.mkdir(mode=0o700)
    os.chown(theirs, NOBODY.pw_uid, NOBODY.pw_gid)
    as_nobody = {"user": NOBODY.pw_uid, "group": NOBODY.pw_gid, "extra_groups": [], "cwd": ROOT}
    environment = os.environ | {"HOME": str(theirs), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        subprocess.run([sys.executable, "-c", "import services.platform.embedded"], check=True, env=environment,
                       capture_output=True, **as_nobody)  # fmt: skip
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this Python is out of reach for other users")

    run = subprocess.run([sys.executable, "-c", USE, str(theirs / "home")], stdin=subprocess.DEVNULL,
                         capture_output=True, text=True, env=environment, **as_nobody)  # fmt: skip

    assert (run.stdout, run.stderr) == ("started\n", "")
    assert (theirs / "home" / "postgres").stat().st_uid == NOBODY.pw_uid
    assert mode(theirs / "home") == 0o700


# Versions -------------------------------------------------------------------------------------------------------------


def test_data_of_an_older_postgres_are_served_by_it_ever_after(empty):
    with running(empty, postgres_version=16) as server:
        ask(server, "create table old ()")

    with running(empty) as server:
        assert str(ask(server, "show server_version")).startswith("16.")
        assert ask(server, "select count(*) from old") == 0


def test_data_of_a_postgres_that_is_not_installed_are_named(home):
    with running(home):
        data = place_of(home) / "data"
    (data / "PG_VERSION").write_text("17\n")

    with pytest.raises(ConfigurationError, match="was made by Postgres 17, but 16 and 18 are installed"):
        EmbeddedPostgres(home).start()


def test_a_version_that_is_not_installed_cannot_be_asked_for(home, monkeypatch):
    monkeypatch.setenv("PGSERVER_POSTGRES_VERSION", "17")

    with pytest.raises(ConfigurationError, match="PGSERVER_POSTGRES_VERSION is '17': use 16 or 18"):
        EmbeddedPostgres(home)
