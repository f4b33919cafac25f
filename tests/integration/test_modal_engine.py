"""The engine on Modal: the real client and the stand-in of its cloud, with a small app that does what it is told."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from grpclib import Status
from modal_proto import api_pb2

from services.errors import ConfigurationError, Unavailable, UserError
from services.settings import ROOT
from services.studio.engines import modal as engine_module
from services.studio.engines.base import NotWanted, Order, Watch
from services.studio.engines.modal import ModalEngine
from services.studio.engines.models import BY_ID, ImageModel
from services.studio.prices import live_rates
from services.studio.weights import HUB, LOCK
from tests.fakes.modal_cloud import ModalCloud
from tests.fakes.modal_cloud.records import Faults
from tests.fakes.tiny_pipeline import save_sd

APP = ROOT / "tests/fakes/small_modal_app.py"
TOKEN = {"token_id": "ak-stand-in", "token_secret": "as-stand-in"}
DEADLINE_SECONDS = 20


class Remembering(Watch):
    """What the row of a picture remembers, with something happening at the n-th question whether it is wanted."""

    def __init__(self, call: str | None = None, *, at: dict[int, Callable[[], object]] | None = None) -> None:
        self.call = call
        self.heard: list[str | None] = []
        self.wanted = True
        self.asked = 0
        self.at = at or {}

    def is_wanted(self) -> bool:
        self.asked += 1
        answer = self.wanted
        if (happening := self.at.get(self.asked)) is not None:
            happening()
        return answer

    def known_call(self) -> str | None:
        return self.call

    def called(self, call: str | None) -> None:
        self.call = call
        self.heard.append(call)

    def stop_wanting(self) -> None:
        self.wanted = False


def order(prompt: str = "a fox", watch: Watch | None = None, **options: Any) -> Order:
    return Order(prompt, 7, 64, 48, watch=watch or Remembering(), **options)


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModalCloud]:
    with ModalCloud(tmp_path_factory.mktemp("cloud")) as cloud:
        cloud.deploy(APP)
        yield cloud


@pytest.fixture
def cloud(deployed: ModalCloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModalCloud]:
    for name, value in deployed.environment().items():
        monkeypatch.setenv(name, value)
    yield deployed
    vars(deployed.faults).update(vars(Faults()))


@pytest.fixture
def engine_with(cloud: ModalCloud) -> Iterator[Callable[..., ModalEngine]]:
    engines: list[ModalEngine] = []

    def make(**options: Any) -> ModalEngine:
        usual = {"app_name": "pentagram", "deadline_s": DEADLINE_SECONDS, **TOKEN}
        engines.append(ModalEngine(BY_ID["flux2-klein-4b"], **usual | options))
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()


@pytest.fixture
def engine(engine_with: Callable[..., ModalEngine]) -> ModalEngine:
    return engine_with()


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this never came true"
        time.sleep(0.02)


def kill_all(cloud: ModalCloud) -> None:
    """And wait until no picture is given to one that is dead already."""
    cloud.kill_container()
    until(lambda: not cloud.alive())


def asked_for(cloud: ModalCloud, prompt: str) -> int:
    return sum(call.arguments[0][0]["prompt"] == prompt for call in cloud.calls if call.name == "Images.paint")


# Pictures ----------------------------------------------------------------------------------------------------------


def test_nothing_of_modal_is_imported_before_the_first_picture():
    script = """
import sys
from services.studio.engines.modal import ModalEngine
from services.studio.engines.models import MODELS
ModalEngine(MODELS[0], app_name="pentagram", token_id=None, token_secret=None, deadline_s=1).close()
assert not {"modal", "grpclib", "aiohttp"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True)


def test_a_picture_comes_back_with_what_it_cost(engine):
    watch = Remembering()
    painted = engine.paint([order("a fox", watch)])[0]

    assert painted.picture().size == (64, 48)
    assert painted.file[8:12] == b"WEBP"
    assert (painted.model, painted.gpu, painted.gpu_seconds) == ("small", "NVIDIA L4", 0.25)
    assert watch.heard == [watch.call]


def test_a_picture_to_start_from_arrives_whole(engine):
    painted = engine.paint([order(image=b"x" * 100_003)])[0]

    assert painted.picture().getpixel((0, 0)) == (7, 100_003 % 256, 0)


def test_a_call_is_remembered_before_anybody_waits_for_it(engine, cloud):
    waited_before = cloud.requests.count("FunctionGetOutputs")
    waited_when_called: list[int] = []

    class Noting(Remembering):
        def called(self, call: str | None) -> None:
            waited_when_called.append(cloud.requests.count("FunctionGetOutputs"))

    engine.paint([order(watch=Noting())])

    assert waited_when_called == [waited_before]


def test_several_pictures_are_all_begun_before_the_first_is_there(engine, cloud):
    cloud.faults.hold_inputs = True
    begun: list[str | None] = []

    class Noting(Remembering):
        def called(self, call: str | None) -> None:
            begun.append(call)
            cloud.faults.hold_inputs = len(begun) < 4

    assert all(each.image for each in engine.paint([order(watch=Noting()) for _ in range(4)]))


def test_without_tokens_of_its_own_it_takes_those_of_the_environment(engine_with):
    assert engine_with(token_id=None, token_secret=None).paint([order()])[0].image


# One call a picture ------------------------------------------------------------------------------------------------


def test_after_a_restart_the_call_under_way_is_collected(engine_with, cloud):
    prompt, watch = "sleep 1.5", Remembering()
    first = engine_with()
    with ThreadPoolExecutor(1) as threads:
        before = threads.submit(first.paint, [order(prompt, watch)])
        until(lambda: watch.call)
        first.close()
        assert isinstance(before.result()[0].failure, Unavailable)
    begun = watch.call

    assert engine_with().paint([order(prompt, watch)])[0].image
    assert asked_for(cloud, prompt) == 1
    assert watch.heard == [begun]


def test_a_duplicate_gives_the_picture_of_the_earlier_call(engine, cloud):
    earlier, later = Remembering(), Remembering()
    engine.paint([order("a green fox", earlier)])

    assert engine.paint([order(f"duplicate {earlier.call}", later)])[0].image
    assert later.call == earlier.call
    assert len(later.heard) == 2


def test_a_call_that_calls_itself_a_duplicate_ends(engine, cloud):
    engine.paint([order()])
    number = 1 + max(int(call.id.removeprefix("fc-")) for call in cloud.calls)
    watch = Remembering()

    assert isinstance(engine.paint([order(f"duplicate fc-{number:06d}", watch)])[0].failure, Unavailable)
    assert watch.call is None


def test_an_answer_lost_on_the_way_does_not_make_a_second_call(engine, cloud):
    engine.paint([order()])
    cloud.faults.cut["FunctionMap"] = 1

    assert engine.paint([order("a fox told once")])[0].image
    assert asked_for(cloud, "a fox told once") == 1


@pytest.mark.parametrize("rpc", ["FunctionGetOutputs", "*"])
def test_while_every_answer_is_cut_the_call_stays_known_and_is_collected_later(engine, cloud, rpc):
    prompt, watch = "sleep 0.5", Remembering()
    asked_before = asked_for(cloud, prompt)
    watch.at[2] = lambda: cloud.faults.cut.update({rpc: 50})
    failure = engine.paint([order(prompt, watch)])[0].failure

    assert isinstance(failure, Unavailable)
    assert len(watch.heard) == 1
    cloud.faults.cut.clear()
    assert engine.paint([order(prompt, watch)])[0].image
    assert asked_for(cloud, prompt) == asked_before + 1


@pytest.mark.parametrize("status", [Status.RESOURCE_EXHAUSTED, Status.INTERNAL, Status.UNAVAILABLE])
def test_an_error_that_says_nothing_of_the_call_leaves_it_known(engine, cloud, status):
    watch = Remembering()
    watch.at[2] = lambda: cloud.faults.errors.update({"FunctionGetOutputs": [status] * 4})
    assert isinstance(engine.paint([order(watch=watch)])[0].failure, Unavailable)
    cloud.faults.errors.clear()

    assert engine.paint([order(watch=watch)])[0].image
    assert len(watch.heard) == 1


def test_a_server_that_goes_away_while_a_picture_is_painted_gives_it_when_it_is_back(engine, cloud):
    prompt, watch = "sleep 1.25", Remembering(at={2: cloud.stop})
    engine.paint([order()])
    try:
        assert isinstance(engine.paint([order(prompt, watch)])[0].failure, Unavailable)
        assert watch.call
    finally:
        cloud.start()

    assert engine.paint([order(prompt, watch)])[0].image
    assert asked_for(cloud, prompt) == 1
    assert len(watch.heard) == 1


def test_a_call_that_nobody_could_remember_is_ended(engine, cloud):
    class Forgetful(Remembering):
        def called(self, call: str | None) -> None:
            raise Unavailable("The database is away.")

    failure = engine.paint([order("sleep 31", Forgetful())])[0].failure

    assert str(failure) == "The database is away."
    until(lambda: cloud.calls[-1].state == "cancelled")


def test_an_app_that_was_deployed_anew_is_looked_up_again(engine, cloud):
    engine.paint([order()])
    cloud.faults.errors["FunctionMap"] = [Status.NOT_FOUND]

    assert engine.paint([order()])[0].image


# Cancelling --------------------------------------------------------------------------------------------------------


def test_what_nobody_wants_is_not_begun(engine, cloud):
    watch = Remembering()
    watch.wanted = False

    assert isinstance(engine.paint([order("a fox too late", watch)])[0].failure, NotWanted)
    assert asked_for(cloud, "a fox too late") == 0


def test_a_picture_cancelled_while_it_is_painted_ends_and_no_other_with_it(engine, cloud):
    watch, other = Remembering(), Remembering()
    watch.at[3] = watch.stop_wanting
    cancelled, kept = engine.paint([order("sleep 32", watch), order("sleep 3", other)])

    assert isinstance(cancelled.failure, NotWanted)
    assert kept.image
    assert watch.call is None
    until(lambda: cloud.call(watch.heard[0]).state == "cancelled")


def test_a_call_found_after_a_restart_that_nobody_wants_any_more_is_ended(engine_with, cloud):
    watch = Remembering(at={2: lambda: cloud.faults.errors.update({"FunctionGetOutputs": [Status.UNAVAILABLE] * 4})})
    assert isinstance(engine_with().paint([order("sleep 33", watch)])[0].failure, Unavailable)
    watch.wanted = False

    assert isinstance(engine_with().paint([order("sleep 33", watch)])[0].failure, NotWanted)
    until(lambda: cloud.call(watch.heard[0]).state == "cancelled")


def test_a_call_that_somebody_else_cancelled_is_no_fault_of_modals(engine, cloud):
    watch = Remembering()

    def cancel() -> None:
        watch.stop_wanting()
        threading.Thread(target=engine.cancel, args=(watch.call,)).start()

    watch.at[2] = cancel

    assert isinstance(engine.paint([order("sleep 34", watch)])[0].failure, NotWanted)


def test_cancelling_what_has_ended_or_never_was_does_no_harm(engine):
    watch = Remembering()
    engine.paint([order(watch=watch)])

    assert engine.cancel(watch.call)
    assert engine.cancel("fc-999999")
    assert engine.paint([order(watch=watch)])[0].image


def test_a_cancellation_that_modal_never_hears_is_reported(engine, cloud):
    engine.paint([order()])
    cloud.faults.refuse_tokens = True

    assert not engine.cancel("fc-000001")


# Failures ----------------------------------------------------------------------------------------------------------


def test_a_call_that_does_not_answer_in_time_is_ended(engine_with, cloud):
    cloud.faults.hold_inputs = True
    watch = Remembering()
    failure = engine_with(deadline_s=1.5).paint([order("held", watch)])[0].failure

    assert isinstance(failure, Unavailable)
    assert str(failure) == "Modal did not answer within 1.5 seconds."
    assert watch.call is None
    until(lambda: cloud.call(watch.heard[0]).state == "cancelled")


def test_a_call_that_cannot_be_ended_stays_known(engine_with, cloud):
    cloud.faults.hold_inputs = True
    cloud.faults.errors["FunctionCallCancel"] = [Status.UNAVAILABLE] * 4
    watch = Remembering()
    failure = engine_with(deadline_s=0.5).paint([order("held", watch)])[0].failure

    assert isinstance(failure, Unavailable)
    assert len(watch.heard) == 1
    cloud.faults.hold_inputs = False
    assert engine_with().paint([order("held", watch)])[0].image


def test_a_picture_whose_container_is_killed_may_be_tried_again(engine, cloud):
    watch = Remembering()
    with ThreadPoolExecutor(1) as threads:
        painting = threads.submit(engine.paint, [order("sleep 35", watch)])
        until(lambda: watch.call and cloud.call(watch.call).state == "running")
        kill_all(cloud)

    assert isinstance(painting.result()[0].failure, Unavailable)
    assert watch.call is None


@pytest.mark.parametrize(
    ("prompt", "kind", "sentence"),
    [
        ("sentence Not this one.", UserError, "Not this one."),
        ("unavailable The GPU is out of breath.", Unavailable, "The GPU is out of breath."),
        ("garbage", Unavailable, "Modal answered with something that is no picture."),
        ("raise ValueError", Unavailable, "Modal's call ended without a picture. (ValueError)"),
        ("raise TimeoutError", Unavailable, "Modal's call ended without a picture. (TimeoutError)"),
        ("raise OSError", Unavailable, "Modal's call ended without a picture. (OSError)"),
        ("raise OnlyHere", Unavailable, "Modal's call ended without a picture. (ExecutionError)"),
        ("die", Unavailable, "Modal's call ended without a picture. (RemoteError)"),
    ],
)
def test_one_picture_that_fails_does_not_take_the_others_along(engine, prompt, kind, sentence):
    watch = Remembering()
    failed, painted = engine.paint([order(prompt, watch), order()])

    assert type(failed.failure) is kind
    assert str(failed.failure) == sentence
    assert watch.call is None
    assert painted.image or prompt == "die"


@pytest.mark.parametrize("known", ["fc-999999", "nonsense", None])
def test_a_result_that_is_gone_may_be_painted_anew(engine, cloud, known):
    watch = Remembering()
    engine.paint([order(watch=watch)])
    watch.call = known or watch.call
    cloud.faults.expire_results = known is None

    assert isinstance(engine.paint([order(watch=watch)])[0].failure, Unavailable)
    assert watch.call is None


def test_what_is_configured_wrongly_over_there_is_raised_if_it_concerns_every_picture(engine):
    with pytest.raises(ConfigurationError, match="no weights"):
        engine.paint([order("configuration There are no weights."), order("configuration There are no weights.")])

    failed, painted = engine.paint([order("configuration There are no weights."), order()])
    assert (type(failed.failure), str(failed.failure)) == (Unavailable, "There are no weights.")
    assert painted.image


def test_a_workspace_that_takes_no_more_calls_is_asked_again_later(engine, cloud):
    engine.paint([order()])
    cloud.faults.errors["FunctionMap"] = [Status.RESOURCE_EXHAUSTED]
    watch = Remembering()

    assert isinstance(engine.paint([order(watch=watch)])[0].failure, Unavailable)
    assert watch.heard == []
    assert engine.paint([order(watch=watch)])[0].image


# The way to Modal --------------------------------------------------------------------------------------------------


def test_a_wrong_token_is_named_with_its_remedy(engine_with):
    with pytest.raises(ConfigurationError, match=r"MODAL_TOKEN_ID ak-other is not accepted.*`modal token new`"):
        engine_with(token_id="ak-other", token_secret="as-other").paint([order()])


def test_a_token_that_is_refused_while_a_picture_is_painted_does_not_lose_its_call(engine, cloud):
    watch = Remembering(at={2: lambda: setattr(cloud.faults, "refuse_tokens", True)})
    with pytest.raises(ConfigurationError, match="is not accepted"):
        engine.paint([order("sleep 1.75", watch)])
    cloud.faults.refuse_tokens = False

    assert len(watch.heard) == 1
    assert engine.paint([order("sleep 1.75", watch)])[0].image


def test_an_app_that_was_never_deployed_is_named_with_its_remedy(engine_with):
    with pytest.raises(ConfigurationError, match=r"no app 'instagram'.*`modal deploy modal_backend.py`"):
        engine_with(app_name="instagram").paint([order()])


@contextlib.contextmanager
def silent_server() -> Iterator[str]:
    """It takes connections, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_a_server_that_says_nothing_is_not_waited_for(engine_with, monkeypatch):
    monkeypatch.setattr(engine_module, "CONNECT_SECONDS", 0.5)
    with silent_server() as address:
        monkeypatch.setenv("MODAL_SERVER_URL", address)
        started = time.monotonic()
        with pytest.raises(Unavailable, match="does not answer"):
            engine_with().paint([order()])
        assert time.monotonic() - started < 5


def test_however_many_ask_for_an_unreachable_server_all_hear_so_after_one_try(engine_with, monkeypatch):
    with silent_server() as address:
        pass
    monkeypatch.setenv("MODAL_SERVER_URL", address)
    engine = engine_with()

    def refusal(_: int) -> Exception:
        with pytest.raises(Unavailable) as caught:
            engine.paint([order()])
        return caught.value

    started = time.monotonic()
    with ThreadPoolExecutor(4) as threads:
        assert len(list(threads.map(refusal, range(4)))) == 4
    assert time.monotonic() - started < 2 * engine_module.CONNECT_SECONDS


def test_after_a_question_that_was_never_answered_the_next_takes_a_new_connection(engine, cloud, monkeypatch):
    engine.paint([order()])
    connections = cloud.requests.count("ClientHello")
    with monkeypatch.context() as hurried:
        hurried.setattr(engine_module, "ANSWER_SECONDS", 0.5)
        cloud.faults.hang.add("FunctionMap")
        assert isinstance(engine.paint([order()])[0].failure, Unavailable)
    cloud.faults.hang.clear()

    assert engine.paint([order()])[0].image
    assert cloud.requests.count("ClientHello") == connections + 1


def test_it_tells_how_busy_and_how_well_it_is(engine, cloud):
    assert engine.health() == {"ok": True}
    cloud.faults.hold_inputs = True
    with ThreadPoolExecutor(1) as threads:
        watch = Remembering()
        painting = threads.submit(engine.paint, [order("held", watch)])
        until(lambda: watch.call)
        busy = engine.stats()
        cloud.faults.hold_inputs = False
        assert painting.result()[0].image

    assert busy.backlog == 1


def test_how_busy_it_is_stays_unknown_while_modal_does_not_answer(engine, cloud):
    cloud.faults.refuse_tokens = True

    assert engine.stats() is None


def test_the_workspaces_prices_are_read_by_the_hour(engine, cloud, monkeypatch):
    async def name(_: Any) -> Any:
        return api_pb2.WorkspaceNameLookupResponse(username="someone")

    async def rates(_: Any) -> Any:
        return api_pb2.WorkspaceBillingRatesResponse(rates={"gpu_hour_cost_l40s": "1.80", "cpu_hour_cost": "0.0473"})

    assert live_rates(engine) is None
    monkeypatch.setattr(cloud._service, "workspace_name_lookup", name, raising=False)
    monkeypatch.setattr(cloud._service, "workspace_billing_rates", rates, raising=False)

    assert engine.rates() == {"gpu_hour_cost_l40s": Decimal("1.80"), "cpu_hour_cost": Decimal("0.0473")}
    assert live_rates(engine) == {"L40S": pytest.approx(0.0005)}


# The real backend --------------------------------------------------------------------------------------------------


def fill(weights: Path, model: ImageModel) -> None:
    """The volume as `fetch_weights` leaves it, with tiny weights under the model's name."""
    from diffusers import StableDiffusionPipeline

    snapshot = weights / HUB / f"models--{model.source.replace('/', '--')}" / "snapshots" / str(model.revision)
    StableDiffusionPipeline.from_pretrained(save_sd(weights / "tiny")).save_pretrained(snapshot, variant=model.variant)
    (weights / LOCK).write_text(json.dumps({"first": {}, "whole": [f"{model.source}@{model.revision}"]}))


@pytest.fixture
def backend(cloud: ModalCloud, tmp_path: Path) -> Iterator[ModalEngine]:
    model = BY_ID["sd-turbo"]
    fill(cloud.volume("tiny-weights"), model)
    wanted = {
        "APP": "backend", "MODEL": model.id, "GATE": "off", "WEIGHTS": "tiny-weights",
        "WEIGHTS_PATH": str(tmp_path / "weights"), "WARM_UP": "0", "RELEASE": "this-test", "TIMEZONE": "UTC",
    }  # fmt: skip
    cloud.deploy(ROOT / "modal_backend.py", **{f"PENTAGRAM_MODAL_{name}": value for name, value in wanted.items()})
    engine = ModalEngine(model, app_name="backend", deadline_s=150, **TOKEN)
    yield engine
    engine.close()
    kill_all(cloud)


def test_the_real_backend_paints_each_picture_once_however_often_it_is_asked_under_one_key(backend, cloud):
    first, again, other = (Remembering() for _ in range(3))
    painted = backend.paint([Order("a fox", seed, 64, 64, key=str(seed), watch=first) for seed in (1, 2)])
    asked_again, another = backend.paint(
        [Order("a fox", 2, 64, 64, key="2", watch=again), Order("a fox", 2, 64, 64, key="3", watch=other)]
    )

    assert [each.picture().size for each in painted] == [(64, 64)] * 2
    assert painted[0].file != painted[1].file
    assert (painted[0].model, painted[0].gpu) == ("sd-turbo", "")
    assert asked_again.file == painted[1].file
    assert again.call == first.heard[1] != again.heard[0]
    assert other.heard == [other.call]
    assert another.image
    health = backend.health()
    assert (health["app"], health["model"], health["missing"]) == ("backend", "sd-turbo", [])
