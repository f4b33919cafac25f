"""The house in front of Modal: its command line, its doctor, its worker and its end, with the real client and the
stand-in of Modal's cloud."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import tomllib
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from grpclib import Status
from PIL import Image
from psycopg.conninfo import conninfo_to_dict
from typer.testing import CliRunner

import manage
from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.discovery.embeddings import MiniLM
from services.doctor import Finding, examine
from services.errors import Unavailable
from services.platform.breaker import Breaker
from services.platform.clock import SystemClock
from services.platform.database import Database
from services.settings import ROOT, Settings
from services.studio.engines.models import BY_ID
from services.studio.studio import Options, Request
from tests.browser.conftest import App
from tests.fakes.embeddings import WordVectors, unread
from tests.fakes.modal_cloud import ModalCloud
from tests.fakes.modal_cloud.hub import Hub
from tests.fakes.modal_cloud.painting import MODEL, USD_A_PICTURE, PaintingCloud, until
from tests.fakes.modal_cloud.volume import save_weights, snapshot

COOKIE_KEY = "Zk3vN8-qLwX0tYr5UaEc7_PbHdJm2Gs9"
SMALL = Options(512, 512, count=4)
LONG_SECONDS = 60
ENDS_WITHIN_SECONDS = 10
TRIES_OF_THE_CLIENT = 4
"""Of one request; any more of them are another try of ours."""
CONNECTIONS_OF_A_PROCESS = 15
"""That sixteen pictures on Modal may take of the database: what Supabase's pooler lends as a rule."""


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaintingCloud]:
    with PaintingCloud(tmp_path_factory.mktemp("modal")) as cloud:
        cloud.deploy_painters()
        yield cloud


@pytest.fixture
def cloud(deployed: PaintingCloud) -> PaintingCloud:
    deployed.begin_anew()
    return deployed


@pytest.fixture
def given(cloud: PaintingCloud, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The settings of an installation that paints on Modal, for this process and those that it starts."""
    parts = conninfo_to_dict(database)
    given = cloud.settings(
        DATABASE_URL=f"postgresql://postgres@/{parts['dbname']}?host={quote(str(parts['host']), safe='')}",
        PENTAGRAM_COOKIE_KEY=COOKIE_KEY, PENTAGRAM_HOME=str(tmp_path / "home"),
        PENTAGRAM_SECRETS=str(tmp_path / "secrets.toml"), PENTAGRAM_PICTURES_AT_ONCE="16",
    )  # fmt: skip
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return given


@pytest.fixture
def house(given: dict[str, str], build: Callable[..., Pentagram]) -> Pentagram:
    return build(settings=Settings(PENTAGRAM_SEED="off"))


@pytest.fixture
def mira(house: Pentagram) -> Account:
    return house.accounts.register("mira", "no password")


@pytest.fixture
def sql(database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection


def ask(house: Pentagram, by: Account, options: Options = SMALL) -> Request:
    return house.studio.request("a red fox", options, by=by, token=uuid.uuid4().hex)


def states(house: Pentagram) -> set[str]:
    return set(house.db.values("select state from pentagram.creations"))


def costs(house: Pentagram) -> list[Decimal]:
    return house.db.values("select cost_usd from pentagram.ledger")


# The command line and the doctor -----------------------------------------------------------------------------------


def test_generate_paints_on_modal_like_the_page_does(given, cloud, sql, loaded_once):
    result = CliRunner().invoke(
        manage.app, ["generate", "a red fox", "--engine", "modal", "--size", "512x512", "--seed", "7", "--json"]
    )

    assert result.exit_code == 0, result.output
    painted = json.loads(result.stdout)
    assert (painted["seed"], painted["engine"]) == (7, "modal")
    assert len(cloud.asked) == 1
    assert sql.execute("select cost_usd from pentagram.ledger").fetchall() == [(Decimal(USD_A_PICTURE),)]


@pytest.fixture
def finding(given: dict[str, str]) -> Callable[..., Finding]:
    def look(**changed: str) -> Finding:
        findings = examine(Settings(**given | changed), embeddings=WordVectors(), meaning=unread)
        return next(each for each in findings if each.part == "engine modal")

    return look


def test_the_doctor_asks_the_deployed_app_how_it_is_and_paints_nothing(finding, cloud):
    found = finding()

    assert (found.state, found.remedy) == ("ok", "")
    assert "It answers and has the weights of flux2-klein-4b at e7b7dc2." in found.sentence
    assert cloud.asked == []


def test_the_doctor_tells_of_weights_that_are_missing(finding, cloud):
    cloud.tell_of_health(model=MODEL, revision=None, missing=["black-forest-labs/FLUX.2-klein-4B"])

    found = finding()

    assert (found.state, found.remedy) == ("failure", "Run `modal run modal_backend.py::fetch_weights`.")
    assert "black-forest-labs/FLUX.2-klein-4B" in found.sentence


def test_the_doctor_tells_of_another_model_than_the_one_that_is_expected(finding, cloud):
    cloud.tell_of_health(model="sd-turbo", revision="abc", missing=[])

    found = finding()

    assert found.state == "failure"
    assert "deployed with sd-turbo, and PENTAGRAM_MODAL_MODEL is flux2-klein-4b" in found.sentence
    assert "Deploy modal_backend.py again" in found.remedy


@pytest.mark.parametrize(
    ("wrong", "remedy"),
    [
        ({"MODAL_TOKEN_SECRET": "as-wrong-one"}, "make one with `modal token new`"),
        ({"PENTAGRAM_MODAL_APP": "pentagon"}, "run `modal deploy modal_backend.py`, or set PENTAGRAM_MODAL_APP"),
    ],
    ids=["token", "app"],
)
def test_the_doctor_names_the_remedy_of_a_wrong_setting_and_no_secret(finding, wrong, remedy):
    found = finding(**wrong)

    assert found.state == "failure"
    assert remedy in found.sentence
    assert "as-wrong-one" not in f"{found.sentence} {found.remedy}"


def test_the_doctor_warns_of_an_engine_that_is_left_alone_and_says_why(finding, database):
    db = Database(lambda: database, most_connections=1)
    db.open()
    for _ in range(3):
        Breaker(db, SystemClock(), "modal").failed("Modal does not answer.")
    db.close()

    found = finding()

    assert found.state == "warning"
    assert "left alone for a moment: Modal does not answer." in found.sentence


def test_the_doctor_does_not_wait_long_for_a_cloud_that_is_away(finding, cloud):
    cloud.stop()
    started = time.monotonic()

    found = finding()

    assert found.state == "failure"
    assert "Modal does not answer at the moment." in found.sentence
    assert time.monotonic() - started < 20


# Many at once, and nothing paid unseen -----------------------------------------------------------------------------


def test_sixteen_pictures_at_a_time_leave_the_database_to_the_pages(house, mira, cloud, sql):
    cloud.hold()
    for _ in range(4):
        ask(house, mira)
    house.worker.start()
    until(lambda: len(cloud.running) == 16, LONG_SECONDS)

    with ThreadPoolExecutor(24) as visitors:
        found = list(visitors.map(lambda _: len(house.studio.mine(by=mira)), range(96)))
    taken = sql.execute("select count(*) from pg_stat_activity where datname = current_database()").fetchone()
    cloud.let_go()
    until(lambda: states(house) == {"ready"}, LONG_SECONDS)

    assert set(found) == {4}
    assert taken[0] - 1 <= CONNECTIONS_OF_A_PROCESS
    assert sorted(cloud.painted.values()) == [1] * 16
    assert costs(house) == [Decimal(USD_A_PICTURE)] * 16


def test_a_picture_that_is_cancelled_while_it_is_painted_ends_its_call_and_is_booked_by_estimate(house, mira, cloud):
    cloud.hold()
    request = ask(house, mira, Options(512, 512))
    house.worker.start()
    until(lambda: cloud.running)

    house.studio.cancel(request.id, by=mira)

    until(lambda: [call.state for call in cloud.asked] == ["cancelled"])
    until(lambda: costs(house))
    assert costs(house)[0] > 0
    assert house.money.today().reserved_usd == 0


def test_a_picture_that_is_cancelled_while_modal_cannot_be_told_is_ended_and_booked_when_it_can(house, mira, cloud):
    cloud.hold()
    request = ask(house, mira, Options(512, 512))
    house.worker.start()
    until(lambda: cloud.running)
    cloud.faults.errors["FunctionCallCancel"] = [Status.UNAVAILABLE] * 100
    before = cloud.requests.count("FunctionCallCancel")

    house.studio.cancel(request.id, by=mira)
    until(lambda: cloud.requests.count("FunctionCallCancel") > before + TRIES_OF_THE_CLIENT)
    assert len(cloud.running) == 1
    cloud.faults.errors.clear()

    until(lambda: [call.state for call in cloud.asked] == ["cancelled"])
    until(lambda: costs(house) and not house.jobs.unfinished(house.db, about=[str(request.creations[0].id)]))
    assert len(costs(house)) == 1


# The end of the app ------------------------------------------------------------------------------------------------


@pytest.fixture
def app(given: dict[str, str]) -> Iterator[App]:
    # Not in pytest's own folder: that one is closed to the user that root lends Postgres to.
    home = Path(tempfile.mkdtemp(prefix="pentagram-modal-"))
    app = App(home, **{name: value for name, value in given.items() if name != "PENTAGRAM_HOME"})
    yield app
    app.stop()
    shutil.rmtree(home, ignore_errors=True)


def seconds_to_end(app: App) -> float:
    started = time.monotonic()
    app.stop()
    return time.monotonic() - started


def test_an_app_that_is_told_to_end_does_so_and_the_next_one_collects_the_same_calls(app, house, mira, cloud):
    cloud.hold()
    app.start()
    for _ in range(2):
        ask(house, mira)
    until(lambda: len(cloud.running) == 8, LONG_SECONDS)
    calls = house.db.values("select call_id from pentagram.creations order by 1")

    assert seconds_to_end(app) < ENDS_WITHIN_SECONDS
    assert len(cloud.running) == 8
    app.start()
    cloud.let_go()
    until(lambda: states(house) == {"ready"}, LONG_SECONDS)

    assert sorted(call.id for call in cloud.asked) == calls
    assert costs(house) == [Decimal(USD_A_PICTURE)] * 8
    # The prompts are being read just now, by a model that takes long to load.
    assert seconds_to_end(app) < ENDS_WITHIN_SECONDS


def test_an_app_that_paints_four_large_pictures_itself_ends_as_soon(app, house, mira):
    app.start()
    ask(house, mira, Options(2048, 2048, count=4, engine="painter"))
    until(lambda: "painting" in states(house))

    assert seconds_to_end(app) < ENDS_WITHIN_SECONDS


def test_a_model_that_is_closed_while_it_is_started_is_not_waited_for():
    begun, may_go_on = threading.Event(), threading.Event()

    class Slow(MiniLM):
        def arguments(self) -> list[str]:
            begun.set()
            assert may_go_on.wait(LONG_SECONDS)
            return super().arguments()

    model = Slow()
    with ThreadPoolExecutor(2) as threads:
        asked = threads.submit(model.of, ["a red fox"])
        assert begun.wait(LONG_SECONDS)
        closed = threads.submit(model.close)
        until(closed.running)
        time.sleep(0.05)
        may_go_on.set()

        with pytest.raises(Unavailable, match="stopped"):
            asked.result(LONG_SECONDS)
        closed.result(LONG_SECONDS)


# The README ---------------------------------------------------------------------------------------------------------


def first_steps(page: Path) -> list[str]:
    """The commands of the section about Modal, without what is said of them."""
    section = page.read_text("utf-8").split("Painting on Modal\n", 1)[1]
    block = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert block is not None
    return [line.split("#")[0].strip() for line in block[1].splitlines()]


def test_the_first_steps_are_the_same_in_the_readme_and_the_docs():
    assert first_steps(ROOT / "README.md") == first_steps(ROOT / "docs" / "modal.md")


@pytest.fixture
def newcomer(tmp_path: Path) -> Iterator[tuple[ModalCloud, Path, dict[str, str]]]:
    """Somebody in a checkout, with a cloud that they have no token of, and a hub with a model that is small."""
    row = BY_ID["sd-turbo"]
    save_weights(tmp_path / "made", row)
    repositories = {row.source: (str(row.revision), snapshot(tmp_path / "made", row.source, str(row.revision)))}
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    for name in ("modal_backend.py", "services", "requirements.txt"):
        (checkout / name).symlink_to(ROOT / name)
    with (
        Hub(repositories) as hub,
        ModalCloud(tmp_path / "cloud", machine={"HF_ENDPOINT": hub.url, "OMP_NUM_THREADS": "1"}) as cloud,
    ):
        yield cloud, checkout, {
            "PENTAGRAM_MODAL_MODEL": row.id, "PENTAGRAM_MODAL_GATE": "off", "PENTAGRAM_MODAL_WARM_UP": "0",
            "PENTAGRAM_MODAL_WEIGHTS_PATH": str(cloud.home / "weights"), "MODAL_SERVER_URL": cloud.url,
            "MODAL_CONFIG_PATH": str(checkout / "modal.toml"), "BROWSER": "true", "COLUMNS": "200",
        }  # fmt: skip


def test_the_commands_of_the_readme_lead_from_nothing_to_a_picture_in_the_house(newcomer, build, settings, monkeypatch):
    cloud, checkout, told = newcomer
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    [install, *commands] = first_steps(ROOT / "README.md")
    assert install == "pip install -r requirements.txt"
    for command in commands:
        done = subprocess.run(
            shlex.split(command), cwd=checkout, env=os.environ | told | {"PATH": path}, text=True, timeout=120,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}: {done.stdout}\n{cloud.logs()}"
    with Image.open(checkout / "picture.webp") as picture:
        assert picture.size == (1024, 1024)

    [profile] = [each for each in tomllib.loads((checkout / "modal.toml").read_text()).values() if "token_id" in each]
    monkeypatch.setenv("MODAL_SERVER_URL", cloud.url)
    house = build(
        settings=Settings(
            PENTAGRAM_HOME=settings.home, MODAL_TOKEN_ID=profile["token_id"], PENTAGRAM_SEED="off",
            MODAL_TOKEN_SECRET=profile["token_secret"], PENTAGRAM_MODAL_MODEL="sd-turbo",
        )
    )  # fmt: skip
    ask(house, house.accounts.register("mira", "no password"), Options(512, 512))
    house.worker.run_until_idle()

    assert house.engines.usual.name == "modal"
    assert house.db.values("select row(state, engine, model)::text from pentagram.creations") == [
        "(ready,modal,sd-turbo)"
    ]
