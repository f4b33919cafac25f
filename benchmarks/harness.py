"""What the benchmarks share: servers that start and stop, a Chromium, a filled house, medians in a plain table."""

from __future__ import annotations

import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services import bootstrap
from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.community.credentials import hash_password
from services.community.posts import Post
from services.settings import ROOT, Settings
from services.studio.studio import Options

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
VIEWPORT = {"width": 1280, "height": 900}
QUIET = {"STREAMLIT_LOGGER_LEVEL": "error", "TQDM_DISABLE": "1"}
START_SECONDS = 60
LOOK_EVERY_SECONDS = 0.01
PASSWORD = "correct horse battery"

SESSION_COOKIE = "pentagram_session"

BARE_APP = 'import streamlit as st\n\napp = st.App("page.py")\n'
EMPTY_PAGE = 'import streamlit as st\n\nst.text("Here", width="content")\n'

os.environ.update(QUIET)


@dataclass(frozen=True)
class Line:
    """One row of the table: what was measured, beside what it is measured against."""

    what: str
    ours: Sequence[float]
    baseline: Sequence[float]
    target: str
    met: bool

    @property
    def ratio(self) -> float:
        return statistics.median(self.ours) / statistics.median(self.baseline)


def ratio_line(what: str, ours: Sequence[float], baseline: Sequence[float], *, most: float) -> Line:
    met = statistics.median(ours) <= most * statistics.median(baseline)
    return Line(what, ours, baseline, f"at most {most:g} x", met)


def seconds_line(what: str, ours: Sequence[float], baseline: Sequence[float], *, most_s: float) -> Line:
    return Line(what, ours, baseline, f"at most {most_s:g} s", statistics.median(ours) <= most_s)


def print_lines(lines: Sequence[Line], *, baseline: str) -> None:
    print_table(
        ["", "median", "baseline", "ratio", "runs", "target", ""],
        [
            [line.what, ms(line.ours), ms(line.baseline), f"{line.ratio:.2f}", str(len(line.ours)), line.target,
             "met" if line.met else "MISSED"]
            for line in lines
        ],
    )  # fmt: skip
    print(f"Baseline: {baseline}. Medians, runs of both taken in turns.")


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    for row in [head, *rows]:
        first, *rest = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join([first, *(cell.strip().rjust(len(cell)) for cell in rest)]).rstrip())


def ms(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds) * 1000:,.0f} ms"


@contextmanager
def fresh_folder() -> Iterator[Path]:
    """A home that is gone afterwards; the user that root lends Postgres to may pass through it."""
    folder = Path(tempfile.mkdtemp(prefix="pentagram-bench-", dir="/tmp"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Server:
    """`streamlit run` of one app in a process of its own, on this machine's loopback only."""

    def __init__(self, folder: Path, ready: str, log: Path, **environment: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = log
        self._folder = folder
        self._ready = ready
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *python_flags: str) -> float:
        """How many seconds it took from the launch of the process to its first good answer."""
        begun = time.perf_counter()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *python_flags, "-m", "streamlit", "run", "app.py", "--server.port", str(self.port),
                 "--server.address", "127.0.0.1", "--server.headless", "true"],
                cwd=self._folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={**os.environ, **self._environment},
            )  # fmt: skip
        while not self._answers():
            if time.perf_counter() - begun > START_SECONDS or self._process.poll() is not None:
                sys.exit(f"The app did not start: {self.log.read_text()[-2000:]}")
            time.sleep(LOOK_EVERY_SECONDS)
        return time.perf_counter() - begun

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url + self._ready, timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def stop(self) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @contextmanager
    def stopped_afterwards(self) -> Iterator[Server]:
        try:
            yield self
        finally:
            self.stop()

    @contextmanager
    def running(self) -> Iterator[Server]:
        with self.stopped_afterwards():
            self.start()
            yield self


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def pentagram_server(home: Path, **environment: str) -> Server:
    return Server(ROOT, "/readyz", home / "app.log", PENTAGRAM_HOME=str(home), **environment)


def bare_server(folder: Path, page: str = EMPTY_PAGE) -> Server:
    """The same kind of server with the same settings and nothing of Pentagram in it."""
    (folder / "app.py").write_text(BARE_APP)
    (folder / "page.py").write_text(page)
    (folder / ".streamlit").mkdir(exist_ok=True)
    shutil.copy(ROOT / ".streamlit" / "config.toml", folder / ".streamlit")
    return Server(folder, "/_stcore/health", folder / "app.log")


@contextmanager
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        sys.exit("No Chromium here: apt-get install chromium (Debian), or brew install --cask chromium (macOS).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened_house(home: Path) -> Iterator[Pentagram]:
    """The services on this home, without pages, routes and worker."""
    house = bootstrap.build(Settings(PENTAGRAM_HOME=home, PENTAGRAM_SEED="off", PENTAGRAM_WORKER="off"))
    house.open()
    try:
        yield house
    finally:
        house.close()


def fill(home: Path, posts: int) -> tuple[list[Post], str]:
    """Paint and post so many pictures and leave no job behind; the posts, newest first, and the session of somebody
    who is signed in."""
    with opened_house(home) as house:
        somebody = house.accounts.register("benchmark", hash_password(PASSWORD))
        for number in range(posts):
            _post(house, somebody, number)
        house.worker.run_until_idle()
        return house.feeds.page("fresh", viewer=somebody, limit=posts).items, house.accounts.begin_session(somebody)


def _post(house: Pentagram, by: Account, number: int) -> None:
    options = Options(*house.engines.usual.capabilities.sizes[0], seed=number)
    token = uuid.uuid4().hex
    request = house.studio.request(f"a lighthouse on a cliff at dusk, number {number}", options, by=by, token=token)
    house.painting.paint(creation_id=str(request.creations[0].id))
    house.posts.publish([request.creations[0].id], by=by, token=token)
