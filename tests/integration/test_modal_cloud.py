"""The stand-in of Modal's cloud, asked by Modal's own client and command line: what tests of ours rely on."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import modal
import pytest
from grpclib import Status
from modal.exception import (
    AuthError,
    FunctionTimeoutError,
    NotFoundError,
    OutputExpiredError,
    RemoteError,
    ServiceError,
)
from modal_proto import api_pb2

from services.settings import ROOT
from tests.fakes.modal_cloud import TOKEN, CommandError, Faults, ModalCloud

APP = ROOT / "tests" / "fakes" / "modal_cloud" / "sample_app.py"
DEADLINE_SECONDS = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModalCloud]:
    home = tmp_path_factory.mktemp("cloud")
    with ModalCloud(home, machine={"MACHINE": "small"}) as cloud:
        cloud.deploy(APP, SAMPLE_VOLUME_PATH=str(home / "mounted"), PRIVATE="of the one who deploys")
        yield cloud


@pytest.fixture
def cloud(standing: ModalCloud) -> Iterator[ModalCloud]:
    yield standing
    for each in fields(Faults):
        setattr(standing.faults, each.name, getattr(Faults(), each.name))


@pytest.fixture
def client(cloud: ModalCloud) -> Iterator[modal.Client]:
    with cloud.client() as client:
        yield client


@pytest.fixture
def work(client: modal.Client) -> Any:
    return modal.Cls.from_name("sample", "Worker", client=client)().work


def function(client: modal.Client, name: str) -> Any:
    return modal.Function.from_name("sample", name, client=client)


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this never came true"
        time.sleep(0.02)


# Deploying ---------------------------------------------------------------------------------------------------------


def test_what_was_deployed_is_what_the_file_says(cloud):
    assert cloud.schedules["night"] == ("0 23 * * *", "Europe/Berlin")
    assert cloud.function("Worker").gpus == ("L40S", "A100-40GB")
    assert cloud.function("Worker").deployed.retry_policy.retries == 1
    assert cloud.autoscaler("Worker")["max_containers"] == 2
    assert any("pillow==13.0.0" in line for line in cloud.image("Worker"))


def test_a_container_finds_the_uploaded_files_the_volumes_and_its_own_environment_only(cloud, client):
    (cloud.volume("sample-files") / "note.txt").write_text("kept")

    found = function(client, "look").remote()

    assert found["files"] == ["note.txt"]
    assert found["env"]["GREETING"] == "what's up"
    assert found["env"]["MACHINE"] == "small"
    assert "PRIVATE" not in found["env"]
    assert Path(found["file"]).parent != APP.parent


def test_a_file_that_cannot_be_deployed_says_what_modal_said(cloud, tmp_path):
    (tmp_path / "empty.py").write_text("")

    with pytest.raises(CommandError, match="module 'empty' has no attribute 'app'"):
        cloud.deploy(tmp_path / "empty.py")


def test_a_secret_has_to_exist_before_what_needs_it_is_deployed(cloud):
    with pytest.raises(CommandError, match="'nowhere' not found"):
        cloud.deploy(APP, SAMPLE_APP="served", SAMPLE_SECRET="nowhere")


def test_modal_run_works_and_ends_its_app(cloud):
    said = cloud.command("run", str(APP), "--times", "2")

    assert said.count("worked in fc-") == 2
    with pytest.raises(KeyError):
        cloud.function("Worker", app="sample_app")


def test_a_web_server_is_started_as_its_container_would(cloud):
    cloud.secret("sample-secret", SAMPLE_KEY="sesame")
    port = str(free_port())
    cloud.deploy(APP, SAMPLE_APP="served", SAMPLE_SECRET="sample-secret", SAMPLE_WEB_PORT=port)

    address = cloud.serve("web")

    assert cloud.endpoints["web"] == "https://stand-in--served-web.modal.invalid"
    asked = urllib.request.Request(address, headers={"Authorization": "Bearer sesame"})
    assert urllib.request.urlopen(asked, timeout=5).status == 200
    with pytest.raises(HTTPError, match="401"):
        urllib.request.urlopen(address, timeout=5)
    cloud.command("app", "stop", "served", "--yes")
    with pytest.raises(KeyError):
        cloud.function("web")


def test_it_is_there_by_hand_too(tmp_path):
    command = [sys.executable, "-m", "tests.fakes.modal_cloud", "--home", str(tmp_path), "--deploy", str(APP)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        lines = [process.stdout.readline() for _ in range(4)]
        told = dict(line.removeprefix("export ").strip().split("=", 1) for line in lines)
        is_deployed = any("App deployed" in line for line in process.stdout)
        process.terminate()
        process.communicate(timeout=DEADLINE_SECONDS)

    assert is_deployed
    assert told["MODAL_SERVER_URL"].startswith("http://127.0.0.1:")
    assert process.returncode == 0


# Calling -----------------------------------------------------------------------------------------------------------


def test_a_call_is_collected_by_its_id_however_large_its_answer(work, client, cloud):
    call_id = work.spawn({"size": 3_000_000}).object_id

    answer = modal.FunctionCall.from_id(call_id, client=client).get(timeout=DEADLINE_SECONDS)

    assert answer["call"] == call_id
    assert answer["steps"] == ["begin", "enter"]
    assert len(answer["bytes"]) == 3_000_000
    assert (cloud.call(call_id).name, cloud.call(call_id).state) == ("Worker.work", "done")
    assert cloud.call(call_id).arguments == (({"size": 3_000_000},), {})


def test_a_container_works_on_several_inputs_at_once(work, cloud):
    cloud.wait_until_idle()
    until(lambda: len(cloud.alive("Worker")) <= 1)
    work.remote({})
    started = time.monotonic()

    answers = [call.get(timeout=DEADLINE_SECONDS) for call in [work.spawn({"sleeps": 0.5}) for _ in range(4)]]

    assert time.monotonic() - started < 1.8
    assert len({answer["process"] for answer in answers}) == 1
    assert cloud.calls[-1].gpu_seconds == pytest.approx(0.5, abs=0.3)


def test_a_map_gives_an_answer_for_each(work):
    assert len({answer["call"] for answer in work.map([{}, {}, {}])}) == 1


def test_an_exception_reaches_the_one_who_called_and_nobody_else(work, cloud):
    good, bad = work.spawn({"sleeps": 0.2}), work.spawn({"raises": "no such thing"})

    with pytest.raises(ValueError, match="no such thing"):
        bad.get(timeout=DEADLINE_SECONDS)

    assert good.get(timeout=DEADLINE_SECONDS)["call"] == good.object_id
    assert (cloud.call(bad.object_id).state, cloud.call(bad.object_id).attempt) == ("failed", 1)


def test_a_cancelled_call_ends_and_those_beside_it_go_on(work, cloud):
    work.remote({})
    slow, other = work.spawn({"sleeps": 30}), work.spawn({"sleeps": 0.4})
    until(lambda: cloud.call(slow.object_id).state == "running")

    slow.cancel()

    with pytest.raises(RemoteError, match="cancelled"):
        slow.get(timeout=DEADLINE_SECONDS)
    assert cloud.call(slow.object_id).state == "cancelled"
    assert other.get(timeout=DEADLINE_SECONDS)["call"] == other.object_id
    assert len(cloud.call(other.object_id).containers) == 1


def test_a_call_whose_container_dies_is_given_to_another_as_often_as_was_deployed(work, cloud):
    once = work.spawn({"dies": "once"})
    assert once.get(timeout=DEADLINE_SECONDS)["call"] == once.object_id

    always = work.spawn({"dies": "always", "always": True})
    with pytest.raises(RemoteError, match="ended with code -9"):
        always.get(timeout=DEADLINE_SECONDS)
    assert len(set(cloud.call(always.object_id).containers)) == 2


def test_a_container_can_be_killed_from_outside(work, cloud):
    call = work.spawn({"sleeps": 0.5})
    until(lambda: cloud.call(call.object_id).state == "running")
    before = cloud.containers_started

    assert cloud.kill_container("Worker") >= 1

    assert call.get(timeout=DEADLINE_SECONDS)["call"] == call.object_id
    assert cloud.containers_started > before


def test_a_container_that_wants_no_more_work_finishes_what_it_has_and_ends(work):
    first, other = work.spawn({"leaves": True, "sleeps": 0.1}), work.spawn({"sleeps": 0.5})

    process = first.get(timeout=DEADLINE_SECONDS)["process"]

    assert other.get(timeout=DEADLINE_SECONDS)["call"] == other.object_id
    assert work.remote({})["process"] != process


def test_a_call_that_takes_longer_than_was_deployed_is_ended(client, cloud):
    with pytest.raises(FunctionTimeoutError):
        function(client, "dawdle").remote()

    assert cloud.calls[-1].state == "timed out"


def test_a_container_that_cannot_start_fails_the_calls_that_wait_for_it(client):
    with pytest.raises(ValueError, match="This never starts"):
        modal.Cls.from_name("sample", "Broken", client=client)().work.remote()


def test_a_pending_call_says_so_at_once(work):
    call = work.spawn({"sleeps": 20})

    with pytest.raises(TimeoutError):
        call.get(timeout=0)
    call.cancel()


# Scaling -----------------------------------------------------------------------------------------------------------


def test_more_containers_come_with_the_work_and_go_without_it(work, cloud):
    calls = [work.spawn({"sleeps": 1.5}) for _ in range(8)]
    until(lambda: len(cloud.alive("Worker")) == 2)
    assert work.get_current_stats().num_total_runners == 2
    for call in calls:
        call.get(timeout=DEADLINE_SECONDS)

    until(lambda: len(cloud.alive("Worker")) <= 1)
    assert cloud.billed_gpu_seconds > 2


def test_a_schedule_can_be_made_to_run_and_a_deployment_undoes_what_it_did(cloud):
    assert cloud.fire("day").state == "done"
    until(lambda: cloud.alive("Worker"))
    assert cloud.autoscaler("Worker")["min_containers"] == 1

    cloud.deploy(APP, SAMPLE_VOLUME_PATH=str(cloud.home / "mounted"))

    until(lambda: cloud.autoscaler("Worker").get("min_containers", 0) == 0)


# Dicts -------------------------------------------------------------------------------------------------------------


def test_of_two_who_put_a_key_that_must_be_new_one_does(client, cloud):
    notes = modal.Dict.from_name("other-notes", create_if_missing=True, client=client)

    assert notes.put("key", "first", skip_if_exists=True) is True
    assert notes.put("key", "second", skip_if_exists=True) is False
    assert (notes["key"], "key" in notes, notes.len(), list(notes.keys())) == ("first", True, 1, ["key"])
    assert (notes.pop("key"), notes.get("key")) == ("first", None)


# Faults ------------------------------------------------------------------------------------------------------------


def test_another_token_is_refused(cloud):
    with cloud.client(token=("ak-other", "as-other")) as stranger, pytest.raises(AuthError):
        function(stranger, "look").remote()


def test_an_app_that_was_not_deployed_is_not_found(client):
    with pytest.raises(NotFoundError, match="'nowhere'"):
        modal.Cls.from_name("nowhere", "Worker", client=client)().work.spawn({})


def test_a_result_that_expired_is_gone(work, cloud):
    call = work.spawn({})
    cloud.faults.expire_results = True

    with pytest.raises(OutputExpiredError):
        call.get(timeout=0.2)


def test_a_server_that_went_away_and_came_back_still_knows_the_call(work, cloud):
    call = work.spawn({"sleeps": 0.3})
    cloud.stop()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", cloud.port), timeout=1)
    until(lambda: cloud.call(call.object_id).state == "done")

    cloud.start()

    assert call.get(timeout=DEADLINE_SECONDS)["call"] == call.object_id
    assert len(cloud.call(call.object_id).containers) == 1


def test_an_answer_that_is_cut_off_does_not_make_a_call_twice(work, cloud):
    work.hydrate()
    before = len(cloud.calls)
    cloud.faults.cut["FunctionMap"] = 1

    assert work.remote({})["process"]

    assert len(cloud.calls) == before + 1


def test_something_can_happen_between_a_call_and_the_answer_to_it(work, cloud):
    seen: list[str] = []
    cloud.faults.before_answer["FunctionMap"] = lambda: seen.append(cloud.calls[-1].id)

    call = work.spawn({})

    assert seen == [call.object_id]


def test_requests_can_be_slow_hang_or_fail(work, cloud):
    work.hydrate()
    cloud.faults.latency_of["FunctionMap"] = 0.3
    started = time.monotonic()
    call = work.spawn({})
    assert time.monotonic() - started > 0.3

    cloud.faults.errors["FunctionGetOutputs"] = [Status.INVALID_ARGUMENT]
    with pytest.raises(modal.exception.InvalidError, match="Injected"):
        call.get(timeout=DEADLINE_SECONDS)

    cloud.faults.errors["FunctionGetOutputs"] = [Status.UNAVAILABLE] * 20
    with pytest.raises((ServiceError, ConnectionError)):
        call.get(timeout=DEADLINE_SECONDS)


def test_calls_can_be_kept_waiting_and_fail_without_having_run(work, cloud):
    cloud.faults.hold_inputs = True
    cloud.faults.fail_inputs = 1

    with pytest.raises(RemoteError, match="Injected"):
        work.remote({})
    call = work.spawn({})
    with pytest.raises(TimeoutError):
        call.get(timeout=0.3)
    cloud.faults.hold_inputs = False

    assert call.get(timeout=DEADLINE_SECONDS)["call"] == call.object_id


def test_nothing_is_left_behind(tmp_path):
    with ModalCloud(tmp_path) as cloud:
        cloud.deploy(APP)
        with cloud.client() as client:
            process = modal.Cls.from_name("sample", "Worker", client=client)().work.remote({})["process"]

    assert not is_alive(process)


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel of Linux to end a process with its parent")
def test_nothing_is_left_behind_by_one_that_was_killed(tmp_path):
    command = [sys.executable, "-m", "tests.fakes.modal_cloud", "--home", str(tmp_path), "--deploy", str(APP)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as by_hand:
        port = int(next(line for line in by_hand.stdout if "MODAL_SERVER_URL" in line).rpartition(":")[2])
        assert any("App deployed" in line for line in by_hand.stdout)
        with modal.Client(f"http://127.0.0.1:{port}", api_pb2.CLIENT_TYPE_CLIENT, TOKEN) as client:
            process = modal.Cls.from_name("sample", "Worker", client=client)().work.remote({})["process"]
        by_hand.kill()

    until(lambda: not is_alive(process))


def is_alive(process: int) -> bool:
    """One that ended and was not yet collected by whoever is its parent now is not."""
    try:
        return "zombie" not in Path(f"/proc/{process}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
