"""The real app in a process of its own, and a real Chromium in front of it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from services.settings import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
START_SECONDS = 60
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            # Two cores run eight processes here: what times out once is asked once more, and the summary names it.
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture
def browser() -> Iterator[Browser]:
    """One for each test: while Playwright runs, nothing else in the process can run an event loop of its own."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    if path is None:
        message = "No Chromium here: apt-get install chromium (Debian), or brew install --cask chromium (macOS)."
        if os.environ.get("PENTAGRAM_BROWSER_TESTS") == "required":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


class App:
    """`streamlit run app.py` on a folder of its own; it can be killed and started again."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        self._environment = environment
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, script: str = "app.py") -> None:
        with (self.home / "app.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(self.port),
                 "--server.address", "127.0.0.1", "--server.headless", "true"],
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                env={**os.environ, "PENTAGRAM_HOME": str(self.home), "PENTAGRAM_SEED": "off", **self._environment},
            )  # fmt: skip
        deadline = time.monotonic() + START_SECONDS
        path = "/readyz" if script == "app.py" else "/_stcore/health"
        while not self._answers(path):
            if time.monotonic() > deadline or self._process.poll() is not None:
                pytest.fail(f"The app did not start: {(self.home / 'app.log').read_text()[-2000:]}")
            time.sleep(0.1)

    def _answers(self, path: str) -> bool:
        try:
            with urllib.request.urlopen(self.url + path, timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def empty(self) -> None:
        """Let nobody be in it, nor anything of theirs. It goes on running."""
        with psycopg.connect(f"host={self.home / 'postgres'} user=postgres dbname=postgres", autocommit=True) as house:
            house.execute("truncate pentagram.accounts, pentagram.sign_in_failures, pentagram.vocabulary cascade")

    def kill(self) -> None:
        """As a power cut would: nothing of it gets to say goodbye."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        if self._process is not None and self.is_running:
            self._process.terminate()
            self._process.wait(20)


@contextmanager
def stopped_afterwards() -> Iterator[Callable[..., App]]:
    """Makes apps, each on a home that is gone afterwards."""
    apps: list[App] = []

    def make(**environment: str) -> App:
        # Not in pytest's own folder: that one is closed to the user that root lends Postgres to.
        home = Path(tempfile.mkdtemp(prefix="pentagram-browser-"))
        home.chmod(0o711)
        apps.append(App(home, **environment))
        return apps[-1]

    yield make
    for app in apps:
        app.stop()
        shutil.rmtree(app.home, ignore_errors=True)


@pytest.fixture
def make_app() -> Iterator[Callable[..., App]]:
    with stopped_afterwards() as make:
        yield make


@pytest.fixture(scope="session")
def standing() -> Iterator[App]:
    with stopped_afterwards() as make:
        yield make()


@pytest.fixture
def usual_app(standing: App) -> App:
    """Running, and nobody in it yet. One for all tests that need nothing else: to start one takes longest."""
    if not standing.is_running:
        standing.start()
    standing.empty()
    return standing


@pytest.fixture
def app(usual_app: App) -> App:
    return usual_app


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()
