"""modal_backend.py as deployed: Modal's own client, command line and container code, on the stand-in of its cloud."""

from __future__ import annotations

import asyncio
import itertools
import re
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.error import HTTPError

import modal
import pytest
from PIL import Image
from pydantic.fields import FieldInfo

from services.errors import ConfigurationError, Unavailable
from services.safety.verdicts import Verdict
from services.settings import ROOT
from services.studio import serving
from services.studio.deployment import PREFIX, Deployment, read_deployment
from services.studio.engines import wire
from services.studio.engines.base import NOBODY, NotWanted, Order
from services.studio.engines.models import BY_ID
from services.studio.weights import Weights
from tests.fakes.modal_cloud import CommandError, ModalCloud
from tests.fakes.modal_cloud.hub import Hub
from tests.fakes.modal_cloud.volume import note, save_gate, save_weights, snapshot, write_gate

DOCS = ROOT / "docs" / "modal.md"
BACKEND = ROOT / "modal_backend.py"
MODEL = BY_ID["sd-turbo"]
GATE = "tests/tiny-gate"
DEADLINE_SECONDS = 120
FOX = Order("a red fox", seed=7, width=128, height=128)


def settings(path: Path, **more: str) -> dict[str, str]:
    """Of a deployment that paints with tiny weights, its volume mounted at the path."""
    wanted = {
        "MODEL": MODEL.id, "GATE": GATE, "WEIGHTS_PATH": str(path), "MAX_CONTAINERS": "1", "SCALEDOWN": "600",
        "RELEASE": "this-test", "STARTUP_TIMEOUT": "120", "TIMEOUT": "120", "WARM_UP": "0",
    }  # fmt: skip
    return {f"{PREFIX}{name}": value for name, value in (wanted | more).items()}


def fill(volume: Path) -> None:
    save_weights(volume, MODEL)
    save_gate(volume, GATE)


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this never came true"
        time.sleep(0.02)


# The settings of a deployment --------------------------------------------------------------------------------------

WRONG = {
    "MODEL": ("dall-e", "PENTAGRAM_MODAL_MODEL: 'dall-e' is no model of the table; take one of flux2-klein-4b, "),
    "GPUS": ("L40S,GTX1060", "PENTAGRAM_MODAL_GPUS: 'GTX1060' is no GPU of Modal's; take of A10, "),
    "MAX_CONTAINERS": ("0", "PENTAGRAM_MODAL_MAX_CONTAINERS: Input should be greater than or equal to 1."),
    "TIMEZONE": ("Berlin", "PENTAGRAM_MODAL_TIMEZONE: 'Berlin' is no time zone; take one such as Europe/Berlin."),
    "NIGHT_FLOOR": ("5", "PENTAGRAM_MODAL_NIGHT_FLOOR is 5, more than PENTAGRAM_MODAL_MAX_CONTAINERS, which is 4."),
    "TARGET_INPUTS": ("9", "PENTAGRAM_MODAL_TARGET_INPUTS is more than PENTAGRAM_MODAL_MAX_INPUTS, which is 8."),
    "DAY_HOUR": ("23", "PENTAGRAM_MODAL_DAY_HOUR and PENTAGRAM_MODAL_NIGHT_HOUR are the same hour."),
    "SNAPSHOT": ("disk", "PENTAGRAM_MODAL_SNAPSHOT: Input should be 'cpu', 'gpu' or 'off'."),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_setting_is_one_line_that_names_it(name, monkeypatch):
    value, complaint = WRONG[name]
    monkeypatch.setenv(f"{PREFIX}{name}", value)

    with pytest.raises(ConfigurationError) as refused:
        read_deployment()

    assert str(refused.value).startswith(complaint)
    assert "\n" not in str(refused.value)


def test_a_container_reads_the_settings_that_were_deployed(monkeypatch):
    deployed = read_deployment(app="mine", gpus="H100", day_floor=2, text_length=4096, gate="off")
    for name, value in deployed.as_environment().items():
        monkeypatch.setenv(name, value)

    assert read_deployment() == deployed


def test_the_docs_have_every_setting_of_a_deployment_as_it_is():
    lines = DOCS.read_text("utf-8").partition("## Settings of a deployment")[2].splitlines()
    rows = [line for line in lines if line.startswith(f"| `{PREFIX}")]

    assert rows == [row(name, field) for name, field in Deployment.model_fields.items()]


def row(name: str, field: FieldInfo) -> str:
    default = "" if field.default_factory else str(field.default)
    return f"| `{PREFIX}{name.upper()}` | {f'`{default}`' if default else '-'} | {field.description} |"


# What a container does, without Modal ------------------------------------------------------------------------------


class Pipeline:
    """Stands in for a pipeline: a picture is one colour, made from its seed; remembers how it was called."""

    num_timesteps = 1

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def __call__(self, *, prompt: list[str], generator: Any, width: int, height: int, **more: Any) -> Any:
        self.batches.append(prompt)
        assert self.may_go_on.wait(DEADLINE_SECONDS)
        if "an exploding fox" in prompt:
            raise RuntimeError("CUDA error: an illegal memory access was encountered")
        if "a strange fox" in prompt:
            raise KeyError("fox")
        more["callback_on_step_end"](self, 0, 0, {})
        shades = [each.initial_seed() % 256 for each in generator]
        return SimpleNamespace(images=[Image.new("RGB", (width, height), (shade, 0, 0)) for shade in shades])


@pytest.fixture
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.fixture
def served(tmp_path: Path, pipeline: Pipeline) -> Iterator[serving.Serving]:
    note(tmp_path, MODEL.source, str(MODEL.revision))
    deployment = read_deployment(model=MODEL.id, gate="off", weights_path=str(tmp_path), warm_up=0)
    served = serving.Serving(deployment, load=lambda _: pipeline, gpu=lambda: "L40S")
    served.load()
    yield served
    pipeline.may_go_on.set()
    served.close()


async def unclaimed(_: str) -> str | None:
    return None


def together(served: serving.Serving, orders: list[Order]) -> list[dict[str, Any]]:
    with ThreadPoolExecutor(len(orders)) as threads:
        return list(threads.map(lambda order: served.paint(wire.from_order(order), NOBODY), orders))


@pytest.mark.parametrize("trouble", [RuntimeError("CUDA error"), ConfigurationError("Its weights are broken.")])
def test_a_picture_that_the_gate_cannot_look_at_does_not_leave_the_container(served, trouble):
    class Gate:
        def check(self, image: Image.Image) -> Verdict:
            raise trouble

    served._gate = Gate()
    answer = served.paint(wire.from_order(FOX), NOBODY)

    assert "file" not in answer
    with pytest.raises((Unavailable, ConfigurationError)):
        wire.to_painted(answer).picture()


def test_pictures_that_are_asked_for_at_once_are_painted_at_once_and_share_the_gpus_time(served, pipeline):
    pipeline.may_go_on.clear()
    threading.Timer(0.3, pipeline.may_go_on.set).start()
    started = time.monotonic()

    answers = together(served, [replace(FOX, seed=seed) for seed in range(8)])

    spent_s = time.monotonic() - started
    painted = [wire.to_painted(answer) for answer in answers]
    assert len(pipeline.batches) <= 3
    assert [each.picture().getpixel((0, 0))[0] for each in painted] == pytest.approx(list(range(8)), abs=4)
    assert {(each.model, each.gpu) for each in painted} == {("sd-turbo", "L40S")}
    assert 0.2 < sum(each.gpu_seconds for each in painted) < spent_s + 0.1


def test_one_that_fails_takes_no_other_of_its_batch_with_it(served):
    answers = together(served, [FOX, replace(FOX, prompt="a strange fox"), replace(FOX, seed=8)])

    assert ["failure" in answer for answer in answers] == [False, True, False]
    assert answers[1]["failure"][0] == "unavailable"
    assert not served.is_broken


def test_a_container_whose_gpu_failed_knows_that_it_is_of_no_use_any_more(served):
    [answer] = together(served, [replace(FOX, prompt="an exploding fox")])

    assert answer["failure"][0] == "unavailable"
    assert "CUDA error" not in answer["failure"][1]
    assert served.is_broken


def test_a_cancelled_picture_stops_and_the_others_of_its_batch_arrive(served, pipeline):
    async def one_of_two_is_cancelled() -> list[Any]:
        pipeline.may_go_on.clear()
        tasks = [asyncio.create_task(served.answer(wire.from_order(FOX), unclaimed)) for _ in range(2)]
        await asyncio.to_thread(until, lambda: pipeline.batches)
        tasks[0].cancel()
        await asyncio.sleep(0)
        pipeline.may_go_on.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    cancelled, other = asyncio.run(one_of_two_is_cancelled())

    assert isinstance(cancelled, asyncio.CancelledError)
    assert wire.to_painted(other).picture().size == (128, 128)


def test_nothing_is_painted_for_somebody_who_left(served, pipeline):
    class Left(type(NOBODY)):
        def is_wanted(self) -> bool:
            return False

    answer = served.paint(wire.from_order(FOX), Left())

    assert isinstance(wire.to_painted(answer).failure, NotWanted)
    assert pipeline.batches == []


def test_a_picture_that_another_call_paints_is_not_painted_again(served, pipeline):
    async def claimed(key: str) -> str | None:
        return f"fc-of-{key}"

    answer = asyncio.run(served.answer(wire.from_order(replace(FOX, key="this")), claimed))

    assert answer == {"duplicate_of": "fc-of-this"}
    assert pipeline.batches == []


def test_a_new_container_paints_as_many_usual_sizes_as_it_was_told(tmp_path, pipeline):
    note(tmp_path, MODEL.source, str(MODEL.revision))
    deployment = read_deployment(model=MODEL.id, gate="off", weights_path=str(tmp_path), warm_up=2)

    serving.Serving(deployment, load=lambda _: pipeline).load()

    assert pipeline.batches == [["warming up"]] * 2


@pytest.mark.parametrize(
    ("hour", "floor"), [(0, 0), (7, 0), (8, 3), (22, 3), (23, 0)], ids=lambda each: str(each)
)  # fmt: skip
def test_gpus_are_kept_ready_by_day_and_let_go_by_night(hour, floor):
    by_day = read_deployment(day_floor=3)
    by_night = read_deployment(night_floor=3, day_hour=23, night_hour=8)

    now = datetime(2026, 11, 20, hour, 59)  # noqa: DTZ001 - an hour of the deployment's own zone
    assert serving.floor(by_day, now) == floor
    assert serving.floor(by_night, now) == floor


def test_text_is_served_by_vllm_at_the_revision_in_the_volume(tmp_path):
    deployment = read_deployment(weights_path=str(tmp_path), text_model="some/model", text_length=2048)
    with pytest.raises(ConfigurationError, match="weights of some/model are not in the volume: run `modal run"):
        serving.text_command(deployment, "key")
    note(tmp_path, "some/model", "abc")

    command = serving.text_command(deployment, "key")

    assert command[:5] == ["vllm", "serve", "some/model", "--revision", "abc"]
    assert command[-2:] == ["--api-key", "key"]
    assert ("--max-model-len", "2048") in itertools.pairwise(command)


# The weights -------------------------------------------------------------------------------------------------------


def test_a_model_without_a_revision_of_its_own_stays_at_the_one_that_was_fetched_first(tmp_path):
    weights = Weights(tmp_path)
    newest = iter(["one", "two"]).__next__

    def fetch(wanted: str | None = None) -> str:
        return weights.fetch("some/model", wanted, newest=lambda _: newest(), download=lambda _: None)

    assert [fetch(), fetch(), fetch("three"), fetch()] == ["one", "one", "three", "one"]
    assert (weights.revision("some/model"), weights.revision("some/model", "three")) == ("one", "three")


def test_a_download_that_was_cut_off_is_no_model_and_goes_on_at_the_same_revision(tmp_path):
    weights = Weights(tmp_path)
    asked: list[str] = []

    def cut_off(revision: str) -> None:
        asked.append(revision)
        if len(asked) == 1:
            raise ConnectionResetError

    newest = iter(["one", "two"]).__next__
    with pytest.raises(ConnectionResetError):
        weights.fetch("some/model", None, newest=lambda _: newest(), download=cut_off)
    assert not weights.are_there("some/model")

    weights.fetch("some/model", None, newest=lambda _: newest(), download=cut_off)

    assert asked == ["one", "one"]
    assert weights.revision("some/model") == "one"


def test_fetch_weights_fills_the_volume_once_with_what_the_containers_load(tmp_path):
    save_weights(tmp_path / "made", MODEL)
    pipeline = snapshot(tmp_path / "made", MODEL.source, str(MODEL.revision))
    (pipeline / "unet" / "diffusion_pytorch_model.bin").write_bytes(b"a program")
    write_gate(tmp_path / "gate")
    repositories = {MODEL.source: (str(MODEL.revision), pipeline), GATE: ("2" * 40, tmp_path / "gate")}
    with Hub(repositories) as hub, ModalCloud(tmp_path / "cloud", machine={"HF_ENDPOINT": hub.url}) as cloud:
        cloud.deploy(BACKEND, **settings(cloud.home / "weights"))
        with cloud.client() as client:
            fetch = modal.Function.from_name("pentagram", "fetch_weights", client=client)
            fetched = fetch.remote()
            first, hub.served = hub.served, []
            repositories[GATE] = ("3" * 40, tmp_path / "gate")
            fetched_again = fetch.remote()
            health = modal.Function.from_name("pentagram", "healthcheck", client=client).remote()

    assert fetched == fetched_again == {MODEL.source: MODEL.revision, GATE: "2" * 40}
    assert f"{MODEL.source}/unet/diffusion_pytorch_model.fp16.safetensors" in first
    assert not any(name.endswith(".bin") for name in first)
    assert hub.served == []
    assert health["missing"] == []
    assert serving.pinned(read_deployment(model=MODEL.id), Weights(cloud.volume("pentagram-weights"))) == MODEL


# Deployed ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModalCloud]:
    with ModalCloud(tmp_path_factory.mktemp("cloud"), machine={"OMP_NUM_THREADS": "1"}) as cloud:
        fill(cloud.volume("pentagram-weights"))
        cloud.deploy(BACKEND, **settings(cloud.home / "weights"))
        yield cloud


@pytest.fixture
def client(cloud: ModalCloud) -> Iterator[modal.Client]:
    with cloud.client() as client:
        yield client


@pytest.fixture
def paint(client: modal.Client) -> Any:
    return modal.Cls.from_name("pentagram", "Images", client=client)().paint


def test_a_deployment_without_settings_has_the_defaults_that_the_docs_tell(tmp_path):
    with ModalCloud(tmp_path) as cloud:
        cloud.deploy(BACKEND)
        images = cloud.function("Images")
        definition = images.deployed

        assert images.gpus == ("L40S", "A100-40GB")
        assert cloud.autoscaler("Images") == {
            "min_containers": 0, "max_containers": 4, "buffer_containers": 0, "scaledown_window": 120,
        }  # fmt: skip
        assert (definition.max_concurrent_inputs, definition.target_concurrent_inputs) == (8, 4)
        assert (definition.timeout_secs, definition.startup_timeout_secs) == (60, 600)
        assert (definition.retry_policy.retries, definition.checkpointing_enabled) == (1, True)
        assert [(each.mount_path, each.read_only) for each in definition.volume_mounts] == [("/weights", True)]
        assert cloud.schedules == {"night": ("0 23 * * *", "UTC"), "day": ("0 8 * * *", "UTC")}
        assert cloud.endpoints == {}
        assert cloud.containers_started == 0


def test_a_containers_packages_are_those_of_requirements_txt(cloud):
    installed = " ".join(cloud.image("Images"))

    for line in (ROOT / "requirements.txt").read_text().splitlines():
        if line.startswith(("torch==", "diffusers==", "transformers==", "pydantic==")):
            assert line in installed
    assert "streamlit" not in installed


def test_other_settings_are_deployed_as_they_are_told(tmp_path):
    told = settings(
        tmp_path / "weights", APP="other", GPUS="H100,A100-80GB", SNAPSHOT="gpu", DAY_FLOOR="1", NIGHT_FLOOR="1",
        RETRIES="2", TIMEZONE="Europe/Berlin", NIGHT_HOUR="1", REGION="eu",
    )  # fmt: skip
    with ModalCloud(tmp_path) as cloud:
        cloud.faults.cold_start_s = DEADLINE_SECONDS
        cloud.deploy(BACKEND, **told)
        definition = cloud.function("Images", app="other").deployed
        gpus = cloud.function("Images", app="other").gpus

    assert gpus == ("H100", "A100-80GB")
    assert definition.autoscaler_settings.min_containers == 1
    assert definition.experimental_options["enable_gpu_snapshot"]
    assert definition.retry_policy.retries == 2
    assert list(definition.scheduler_placement.regions) == ["eu"]
    assert definition.app_name == "other"


def test_a_wrong_setting_stops_the_deployment_with_its_line(cloud):
    with pytest.raises(CommandError) as refused:
        cloud.deploy(BACKEND, PENTAGRAM_MODAL_MODEL="dall-e")

    assert "PENTAGRAM_MODAL_MODEL: 'dall-e' is no model of the table" in str(refused.value)
    assert "Traceback" not in str(refused.value)


def test_a_container_needs_nothing_of_the_house_but_what_paints():
    foreign = ["streamlit", "psycopg", "procrastinate", "supabase", "starlette", "typer", "psutil", "c2pa"]
    script = f"""
import sys
sys.modules.update(dict.fromkeys({foreign}))
import modal_backend
assert not {{"torch", "diffusers", "transformers"}} & set(sys.modules), "too slow to import for a night and a day"
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_a_seed_gives_the_same_picture_twice_with_what_the_gate_thinks_of_it(paint):
    first, second, other = (
        wire.to_painted(paint.remote(wire.from_order(order))) for order in (FOX, FOX, replace(FOX, seed=8))
    )

    assert first.picture().size == (128, 128)
    assert first.file == second.file != other.file
    assert first.verdict == second.verdict is not None
    assert (first.model, first.gpu, first.gpu_seconds) == ("sd-turbo", "", 0.0)


def test_many_at_once_all_arrive_from_one_container(paint, cloud):
    calls = [paint.spawn(wire.from_order(replace(FOX, seed=seed))) for seed in range(12)]

    painted = [wire.to_painted(call.get(timeout=DEADLINE_SECONDS)) for call in calls]

    assert len({each.file for each in painted}) == 12
    assert len({cloud.call(call.object_id).containers[0] for call in calls}) == 1


def test_a_bad_order_is_an_answer_and_not_the_end_of_the_others(paint, cloud):
    bad = paint.spawn(wire.from_order(replace(FOX, image=b"no picture")))
    good = paint.spawn(wire.from_order(FOX))

    assert "failure" in bad.get(timeout=DEADLINE_SECONDS)
    assert wire.to_painted(good.get(timeout=DEADLINE_SECONDS)).picture()
    assert cloud.call(bad.object_id).state == "done"


def test_a_key_is_painted_once_and_the_second_call_names_the_first(paint):
    order = wire.from_order(replace(FOX, key="creation-1"))
    first = paint.spawn(order)
    assert wire.to_painted(first.get(timeout=DEADLINE_SECONDS)).picture()

    assert paint.remote(order) == {"duplicate_of": first.object_id}


def test_a_cancelled_call_lets_those_beside_it_arrive(paint, cloud):
    paint.remote(wire.from_order(FOX))
    calls = [paint.spawn(wire.from_order(replace(FOX, seed=seed, width=256, height=256))) for seed in range(3)]
    until(lambda: cloud.call(calls[0].object_id).state != "waiting")

    calls[0].cancel()

    for call in calls[1:]:
        assert wire.to_painted(call.get(timeout=DEADLINE_SECONDS)).picture()
        assert len(cloud.call(call.object_id).containers) == 1
    until(lambda: cloud.call(calls[0].object_id).state in {"cancelled", "done"})


def test_a_picture_whose_container_is_killed_is_painted_by_the_same_call(paint, cloud):
    paint.remote(wire.from_order(FOX))
    cloud.faults.hold_inputs = True
    call = paint.spawn(wire.from_order(replace(FOX, key="creation-2", width=512, height=512)))
    cloud.faults.hold_inputs = False
    until(lambda: cloud.call(call.object_id).state == "running")

    cloud.kill_container("Images")

    assert wire.to_painted(call.get(timeout=DEADLINE_SECONDS)).picture()
    assert len(cloud.call(call.object_id).containers) == 2


def test_without_weights_the_remedy_is_told_to_the_one_who_asked_for_a_picture(cloud, client):
    cloud.deploy(BACKEND, **settings(cloud.home / "none", APP="empty", WEIGHTS="no-weights"))
    images = modal.Cls.from_name("empty", "Images", client=client)

    with pytest.raises(ConfigurationError, match=r"stabilityai/sd-turbo .*: run `modal run modal_backend.py::fetch_w"):
        images().paint.remote(wire.from_order(FOX))

    health = modal.Function.from_name("empty", "healthcheck", client=client).remote()
    assert health["missing"] == [MODEL.source, GATE]


def test_the_health_check_tells_what_is_deployed(client):
    assert modal.Function.from_name("pentagram", "healthcheck", client=client).remote() == {
        "app": "pentagram", "release": "this-test", "model": "sd-turbo", "revision": MODEL.revision, "gate": GATE,
        "gpus": ["L40S", "A100-40GB"], "missing": [],
    }  # fmt: skip


def test_night_and_day_move_the_number_of_gpus_that_are_kept_ready(cloud):
    cloud.deploy(BACKEND, **settings(cloud.home / "none", APP="shifts", WEIGHTS="no-weights", DAY_FLOOR="1"))

    def floor_after(name: str) -> int:
        assert cloud.fire(name, app="shifts").state == "done"
        return cloud.autoscaler("Images", app="shifts")["min_containers"]

    assert [floor_after("night"), floor_after("day"), floor_after("night")] == [0, 1, 0]


def test_modal_run_paints_a_picture_into_a_file(cloud, tmp_path):
    out = tmp_path / "fox.webp"
    said = cloud.command(
        "run", str(BACKEND), "--prompt", "a red fox", "--size", "128x96", "--out", str(out),
        **settings(cloud.home / "weights"),
    )  # fmt: skip

    assert re.search(r"fox\.webp: sd-turbo on no GPU, \d+ ms in all", said)
    with Image.open(out) as picture:
        assert picture.size == (128, 96)


ANSWERS = """
import os, sys
from http.server import BaseHTTPRequestHandler, HTTPServer
class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        is_known = self.headers["authorization"] == "Bearer " + os.environ["PENTAGRAM_TEXT_KEY"]
        self.send_response(200 if is_known else 401)
        self.end_headers()
    def log_message(self, *_): pass
HTTPServer(("127.0.0.1", 8000), Answers).serve_forever()
"""


def test_text_is_deployed_where_a_secret_holds_its_key_and_serves_with_that_key(cloud, tmp_path):
    server = tmp_path / "server.py"
    server.write_text(ANSWERS)
    cloud.secret("pentagram-text", PENTAGRAM_TEXT_KEY="sesame")
    command = f"{sys.executable} {server}"
    wanted = settings(cloud.home / "weights", APP="writing", TEXT_SECRET="pentagram-text", TEXT_COMMAND=command)
    cloud.deploy(BACKEND, **wanted)

    address = cloud.serve("text")

    assert cloud.endpoints["text"] == "https://stand-in--writing-text.modal.invalid"
    assert cloud.function("text").gpus == ("L4",)
    asked = urllib.request.Request(address, headers={"Authorization": "Bearer sesame"})
    assert urllib.request.urlopen(asked, timeout=5).status == 200
    with pytest.raises(HTTPError, match="401"):
        urllib.request.urlopen(address, timeout=5)
