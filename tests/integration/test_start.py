"""The real commands, `streamlit run app.py` and `streamlit run shell.py`, from the start to the end of a process."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg
import pytest

from routes.headers import HEADERS
from services.settings import ROOT

START_SECONDS = 60
REFUSE_SECONDS = 30
STOP_SECONDS = 10
HEAVY = {"torch", "transformers", "diffusers", "sentence_transformers", "supabase", "streamlit_authenticator", "modal"}
OURS = ("PENTAGRAM_", "SUPABASE_", "DATABASE_", "STREAMLIT_", "FORWARDED_")
# Read by a process of these tests only: on SIGUSR1 it writes down what it has imported and which threads it runs.
INFORMER = """
import json, os, signal, sys, threading

def tell(*_):
    known = {"modules": sorted(sys.modules), "threads": [thread.name for thread in threading.enumerate()]}
    with open(os.environ["INFORMER_FILE"] + ".new", "w") as file:
        json.dump(known, file)
    os.replace(file.name, os.environ["INFORMER_FILE"])

signal.signal(signal.SIGUSR1, tell)
"""


class Command:
    """`streamlit run`, in a process of its own on a port of its own."""

    def __init__(self, script: str, home: Path, folder: Path, port: int, environment: dict[str, str]) -> None:
        self.home = home
        self.url = f"http://127.0.0.1:{port}"
        self._told = folder / "told.json"
        self._stderr = folder / "stderr.txt"
        (folder / "sitecustomize.py").write_text(INFORMER)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        own = {
            "PENTAGRAM_HOME": str(home), "PENTAGRAM_SEED": "off", "PENTAGRAM_SECRETS": str(folder / "no-secrets.toml"),
            "PYTHONPATH": str(folder), "INFORMER_FILE": str(self._told),
        }  # fmt: skip
        with self._stderr.open("wb") as stderr:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port), "--server.address",
                 "127.0.0.1", "--server.headless", "true", "--server.enableAgentApi", "true"],
                cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=stderr,
                env=kept | own | environment,
            )  # fmt: skip

    @property
    def errors(self) -> str:
        return self._stderr.read_text()

    def until(self, condition: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not condition():
            if time.monotonic() > deadline:
                pytest.fail(f"Waited in vain for {what}: {self.errors[-2000:]}")
            time.sleep(0.05)

    def serve(self, path: str) -> Command:
        def answers() -> bool:
            if self.process.poll() is not None:
                pytest.fail(f"It ended with {self.process.returncode}: {self.errors[-2000:]}")
            with suppress(httpx.TransportError):
                return httpx.get(self.url + path, timeout=5).status_code == 200
            return False

        self.until(answers, path)
        return self

    def interact(self) -> dict[str, Any]:
        """Run the page in a new session, as a browser that comes in does."""
        return httpx.post(f"{self.url}/_stcore/agent/interact", json={}, timeout=START_SECONDS).json()

    def told(self) -> dict[str, list[str]]:
        self._told.unlink(missing_ok=True)
        self.process.send_signal(signal.SIGUSR1)
        self.until(self._told.exists, "what the process tells of itself")
        return json.loads(self._told.read_text())

    def open_websocket(self) -> socket.socket:
        """A browser that is looking at a page, and that will not answer when it is told good-bye."""
        host, port = self.url.removeprefix("http://").split(":")
        browser = socket.create_connection((host, int(port)), timeout=START_SECONDS)
        key = base64.b64encode(os.urandom(16)).decode()
        browser.sendall(
            f"GET /_stcore/stream HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {self.url}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Protocol: streamlit\r\n\r\n".encode()
        )
        assert browser.recv(4096).startswith(b"HTTP/1.1 101")
        return browser

    def end(self) -> None:
        """However the test went, nothing of it goes on."""
        if self.process.poll() is None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_SECONDS)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for left in processes_in(self.home):
            with suppress(psutil.Error):
                left.kill()


def processes_in(folder: Path) -> list[psutil.Process]:
    """Those that work below this folder, as the embedded Postgres does in its data."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            if Path(process.cwd()).is_relative_to(folder):
                found.append(process)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def new_home() -> Path:
    # Not in pytest's own folder: that one is closed to the user that root lends Postgres to.
    home = Path(tempfile.mkdtemp(prefix="pentagram-start-", dir="/tmp"))
    home.chmod(0o711)
    return home


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """One for all tests that do not ask for a new one: making the database takes longest."""
    home = new_home()
    yield home
    shutil.rmtree(home)


@pytest.fixture
def fresh_home() -> Iterator[Path]:
    home = new_home()
    yield home
    shutil.rmtree(home)


@pytest.fixture
def launch(home: Path, fresh_home: Path, tmp_path: Path) -> Iterator[Callable[..., Command]]:
    commands: list[Command] = []

    def start(script: str, *, home: Path = home, port: int | None = None, **environment: str) -> Command:
        folder = tmp_path / str(len(commands))
        folder.mkdir()
        commands.append(Command(script, home, folder, port or free_port(), environment))
        return commands[-1]

    yield start
    for command in commands:
        command.end()


def words(node: Any) -> str:
    """All that a page shows, as the agent API tells it."""
    if isinstance(node, dict):
        return " ".join(map(words, node.values()))
    if isinstance(node, list):
        return " ".join(map(words, node))
    return str(node)


def put_public_post(home: Path) -> uuid.UUID:
    with psycopg.connect(f"host={home / 'postgres'} user=postgres dbname=postgres", autocommit=True) as connection:
        row = connection.execute(
            """with a as (insert into pentagram.accounts (name, display_name) values (%(name)s, 'Mira') returning id),
            r as (insert into pentagram.requests (account_id, token, prompt, width, height, engine)
              select id, 'press-one', 'a fox', 256, 256, 'painter' from a returning id, account_id),
            c as (insert into pentagram.creations
                (request_id, account_id, position, seed, state, picture_key, thumbnail_key, width, height, colour)
              select id, account_id, 0, 1, 'ready', %(key)s, %(key)s, 256, 256, '#aabbcc' from r
              returning id, account_id),
            p as (insert into pentagram.posts (account_id, token) select account_id, 'press-two' from c returning id),
            pp as (insert into pentagram.post_pictures (post_id, position, creation_id)
              select p.id, 0, c.id from p, c)
            select id from p""",
            {"name": f"mira_{uuid.uuid4().hex[:8]}", "key": f"pictures/00/{'0' * 64}.webp"},
        ).fetchone()
    assert row is not None
    return uuid.UUID(str(row[0]))


def test_the_app_serves_its_pages_and_its_routes_before_anything_heavy_is_imported(launch):
    app = launch("app.py").serve("/readyz")

    front = httpx.get(app.url)
    page = app.interact()
    told = app.told()

    assert "<title>Streamlit</title>" in front.text
    assert "content-security-policy" not in front.headers
    assert {name: front.headers.get(name) for name in HEADERS} == HEADERS
    assert (page["status"], page["page"]["title"]) == ("ready", "Feed")
    assert "Something went wrong" not in words(page["tree"])
    assert {module.partition(".")[0] for module in told["modules"]} & HEAVY == set()
    assert told["threads"].count("worker") == 1
    assert httpx.post(f"{app.url}/healthz").status_code == 405
    assert httpx.get(f"{app.url}/i/..%2f..%2fetc%2fpasswd").status_code in {400, 404}
    assert "Traceback" not in app.errors


@pytest.mark.parametrize(("trusted", "scheme"), [("127.0.0.1", "https"), ("192.0.2.1", "http")])
def test_only_a_trusted_proxy_says_that_the_page_came_over_https(launch, home, trusted, scheme):
    app = launch("app.py", FORWARDED_ALLOW_IPS=trusted, PENTAGRAM_WORKER="off").serve("/readyz")
    post = put_public_post(home)

    answer = httpx.get(f"{app.url}/p/{post}", headers={"x-forwarded-proto": "https"})

    shared = app.url.replace("http", scheme, 1)
    assert f'<meta property="og:url" content="{shared}/p/{post}">' in answer.text


REFUSALS = {
    "nobody at DATABASE_URL": (
        {"DATABASE_URL": "postgresql://me:swordfish@127.0.0.1:9/x", "PENTAGRAM_COOKIE_KEY": "0123456789abcdef" * 3},
        "DATABASE_URL: cannot connect to 127.0.0.1 as me",
    ),
    "no address": (
        {"DATABASE_URL": "postgresql://[broken", "PENTAGRAM_COOKIE_KEY": "0123456789abcdef" * 3},
        "DATABASE_URL: this is no Postgres address",
    ),
    "no key for Supabase": ({"SUPABASE_URL": "https://abcdefgh.supabase.co"}, "SUPABASE_KEY is not: add"),
    "no address of Supabase": ({"SUPABASE_KEY": "sb_secret_x"}, "SUPABASE_URL is not: add"),
    "placeholder key": ({"PENTAGRAM_COOKIE_KEY": "change-me-" * 5}, "PENTAGRAM_COOKIE_KEY is a placeholder"),
    "no such engine": ({"PENTAGRAM_ENGINE": "crayons"}, "PENTAGRAM_ENGINE"),
    "no such model": ({"PENTAGRAM_MODEL": "sd-trubo"}, "PENTAGRAM_MODEL is 'sd-trubo', which is neither"),
}


def refusal(command: Command) -> str:
    """What it said when it ended: one line, with nothing beside it."""
    try:
        code = command.process.wait(REFUSE_SECONDS)
    except subprocess.TimeoutExpired:
        pytest.fail(f"It should have refused to start: {command.errors}")
    assert code == 1
    assert command.errors.count("\n") == 1, command.errors
    assert "swordfish" not in command.errors
    return command.errors


@pytest.mark.parametrize("wrong", REFUSALS)
def test_a_wrong_setting_is_one_line_that_names_it(launch, fresh_home, wrong):
    environment, remedy = REFUSALS[wrong]

    line = refusal(launch("app.py", home=fresh_home, **environment))

    assert line.startswith("Pentagram cannot start: ")
    assert remedy in line
    assert processes_in(fresh_home) == []


def test_a_home_that_is_a_file_is_one_line_that_names_it(launch, fresh_home):
    (fresh_home / "home").write_text("in the way")

    line = refusal(launch("app.py", home=fresh_home / "home"))

    assert line.startswith(f"Pentagram cannot start: PENTAGRAM_HOME {fresh_home / 'home'} cannot be written")


def test_secrets_that_are_no_toml_are_one_line_that_names_the_file(launch, fresh_home):
    secrets = fresh_home / "secrets.toml"
    secrets.write_text("SUPABASE_KEY = swordfish'\x00{{{")

    line = refusal(launch("app.py", home=fresh_home, PENTAGRAM_SECRETS=str(secrets)))

    assert line.startswith("Pentagram cannot start: ")
    assert "secrets.toml cannot be read" in line


@pytest.mark.parametrize("script", ["app.py", "shell.py"])
def test_a_port_that_is_taken_is_one_line_and_no_database_is_started_for_it(launch, fresh_home, script):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        line = refusal(launch(script, home=fresh_home, port=port))

    assert f"Port {port} is not available" in line
    assert list(fresh_home.iterdir()) == []


def test_the_shell_alone_serves_the_pages_with_one_worker_for_all_visitors(launch):
    shell = launch("shell.py").serve("/_stcore/health")

    with ThreadPoolExecutor(3) as visitors:
        pages = list(visitors.map(lambda _: shell.interact(), range(3)))

    assert {(page["status"], page["page"]["title"]) for page in pages} == {("ready", "Feed")}
    assert not any("Something went wrong" in words(page["tree"]) for page in pages)
    assert shell.told()["threads"].count("worker") == 1
    assert "Traceback" not in shell.errors


def test_the_shell_shows_a_wrong_setting_on_the_page(launch, fresh_home):
    shell = launch("shell.py", home=fresh_home, SUPABASE_URL="https://abcdefgh.supabase.co").serve("/_stcore/health")

    page = shell.interact()

    assert page["status"] == "ready"
    assert "SUPABASE_URL is set but SUPABASE_KEY is not: add the secret key" in words(page["tree"])
    assert "Traceback" not in shell.errors


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT], ids=["terminated", "ctrl-c"])
@pytest.mark.parametrize("script", ["app.py", "shell.py"])
def test_it_stops_within_seconds_and_leaves_no_process_behind(launch, home, script, ending):
    command = launch(script).serve("/_stcore/health")
    command.interact()
    assert processes_in(home)

    with command.open_websocket():
        command.process.send_signal(ending)
        command.process.wait(STOP_SECONDS)

    assert processes_in(home) == []
    assert "Traceback" not in command.errors


def test_it_can_be_stopped_while_it_still_opens(launch, fresh_home):
    app = launch("app.py", home=fresh_home)
    app.until(lambda: bool(processes_in(fresh_home)), "the database to be made")

    app.process.terminate()
    app.process.wait(START_SECONDS)

    assert processes_in(fresh_home) == []
    assert "Traceback" not in app.errors


def test_a_house_that_cannot_be_opened_leaves_no_process_behind(launch, fresh_home):
    before = launch("app.py", home=fresh_home, PENTAGRAM_WORKER="off").serve("/readyz")
    with psycopg.connect(
        f"host={fresh_home / 'postgres'} user=postgres dbname=postgres", autocommit=True
    ) as connection:
        connection.execute("update supabase_migrations.schema_migrations set statements = array['select 1']")
    before.process.terminate()
    before.process.wait(STOP_SECONDS)

    line = refusal(launch("app.py", home=fresh_home))

    assert "was changed after it was applied" in line
    assert processes_in(fresh_home) == []
