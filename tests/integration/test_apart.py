"""Engines in a process of their own: the real painter and a real diffusers pipeline with tiny random weights."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from PIL import Image, ImageChops

from services.errors import ConfigurationError, Unavailable, UserError
from services.settings import ROOT
from services.studio.engines import apart as apart_module
from services.studio.engines.apart import Apart, Fault, from_line, model_apart, painter_apart
from services.studio.engines.base import NotWanted, Order, Painted, Watch
from services.studio.engines.easel import Easel
from services.studio.engines.painter import Painter, paint
from services.studio.pictures import full_file
from tests.fakes.tiny_pipeline import save_sd

DEADLINE_SECONDS = 60
FOX = Order("a red fox in the snow", seed=7, width=256, height=256)
LARGE = replace(FOX, width=2048, height=2048)
"""Takes the painter long enough for something to happen meanwhile."""


@pytest.fixture
def engine() -> Iterator[Apart]:
    engine = painter_apart()
    yield engine
    engine.close()


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_sd(tmp_path_factory.mktemp("models") / "sd-turbo")


@pytest.fixture(scope="session")
def tiny(model: Path) -> Iterator[Apart]:
    engine = model_apart(str(model))
    yield engine
    engine.close()


def process(engine: Apart) -> psutil.Process:
    return psutil.Process(engine._running().pid)


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + DEADLINE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "this never came true"
        time.sleep(0.01)


def painting(engine: Apart, order: Order) -> Painting:
    """Returns when the process works on it."""
    engine.paint([FOX])
    used = process(engine).cpu_times().user
    thread = Painting(engine, order)
    thread.start()
    until(lambda: process(engine).cpu_times().user > used + 0.3)
    return thread


class Painting(threading.Thread, Watch):
    """`outcome` is what came of it."""

    def __init__(self, engine: Apart, order: Order) -> None:
        super().__init__(daemon=True)
        self.engine = engine
        self.order = replace(order, watch=self)
        self.is_asked = False
        self.outcome: object = None

    def is_wanted(self) -> bool:
        """Asked for the first time when the order is on its way."""
        self.is_asked = True
        return True

    def run(self) -> None:
        try:
            self.outcome = self.engine.paint([self.order])[0]
        except Exception as error:  # noqa: BLE001 - looked at by the test
            self.outcome = error


def test_it_says_of_itself_what_the_engine_says_and_starts_nothing_for_that(engine):
    real = Painter()

    for told in ("name", "label", "model", "steps", "generator", "restricts", "capabilities", "at_once", "gpu"):
        assert getattr(engine, told) == getattr(real, told), told
    assert engine._child is None


def test_the_picture_is_the_very_one_that_the_engine_paints_here(engine):
    [painted] = engine.paint([FOX])

    assert painted.file == full_file(paint(FOX))
    assert painted.picture().size == (256, 256)
    assert painted.picture().mode == "RGB"
    assert ImageChops.difference(painted.picture(), Image.open(io.BytesIO(painted.file))).getbbox() is None


def test_many_threads_paint_at_once_and_each_gets_its_own_in_order(engine):
    def ask(first: int) -> list[bytes]:
        return [painted.file for painted in engine.paint([replace(FOX, seed=first), replace(FOX, seed=first + 1)])]

    with ThreadPoolExecutor(4) as threads:
        files = list(threads.map(ask, range(0, 8, 2)))

    assert files == [[full_file(paint(replace(FOX, seed=seed + each))) for each in (0, 1)] for seed in range(0, 8, 2)]


def test_no_orders_are_no_pictures_and_no_process(engine):
    assert engine.paint([]) == []
    assert engine._child is None


def test_the_process_steps_back_behind_the_one_that_serves_pages(engine):
    engine.paint([FOX])

    assert process(engine).nice() == psutil.Process().nice() + 5


def test_what_is_cancelled_while_it_waits_is_never_painted(engine):
    class Fickle(Watch):
        def is_wanted(self) -> bool:
            return False

    engine.paint([FOX])
    busy = [Painting(engine, replace(FOX, width=512, height=512)) for _ in range(3 * engine.at_once)]
    for thread in busy:
        thread.start()
    until(lambda: all(thread.is_asked for thread in busy))

    [painted] = engine.paint([replace(LARGE, watch=Fickle())])

    assert isinstance(painted.failure, NotWanted)
    for thread in busy:
        thread.join(DEADLINE_SECONDS)


class Steps(Watch):
    def __init__(self, most: float = 2.0) -> None:
        self.shares: list[float] = []
        self.threads: set[threading.Thread] = set()
        self.most = most

    def is_wanted(self) -> bool:
        return max(self.shares, default=0.0) < self.most

    def progressed(self, share: float) -> None:
        self.threads.add(threading.current_thread())
        self.shares.append(share)


def test_a_model_paints_apart_from_a_picture_too_and_tells_each_step_in_the_thread_that_asked(tiny):
    watch = Steps()
    start = full_file(Image.new("RGB", (256, 256), "teal"))

    plain, from_start = tiny.paint([replace(FOX, watch=watch), replace(FOX, image=start, strength=0.5)])

    assert (plain.picture().size, from_start.picture().size) == ((256, 256), (256, 256))
    assert plain.file != from_start.file
    assert watch.shares == [0.2, 0.4, 0.6, 0.8]
    assert watch.threads == {threading.current_thread()}
    assert plain.gpu_seconds > 0


def test_what_is_cancelled_while_a_model_paints_it_stops(tiny, monkeypatch):
    monkeypatch.setattr(apart_module, "LOOK_EVERY_SECONDS", 0.01)
    tiny.paint([FOX])
    watch = Steps(most=0.2)

    [painted] = tiny.paint([replace(FOX, width=512, height=512, watch=watch)])

    assert isinstance(painted.failure, NotWanted)
    assert watch.shares[-1] < 0.8


def test_a_model_that_cannot_be_loaded_says_so_to_the_operator(tmp_path):
    engine = model_apart(str(tmp_path / "sd-turbo"))

    with pytest.raises(ConfigurationError, match="there is no such folder: name a folder in the layout of diffusers"):
        engine.paint([FOX])
    engine.close()


def test_a_model_that_nobody_knows_is_refused_before_any_process_is_started():
    with pytest.raises(ConfigurationError, match="sd-trubo"):
        model_apart("sd-trubo")


def test_a_model_can_be_loaded_before_anybody_asks_for_a_picture(tmp_path, caplog):
    engine = model_apart(str(tmp_path))

    engine.warm()

    until(lambda: f"PENTAGRAM_MODEL is {tmp_path}, but it holds no model_index.json" in caplog.text)
    engine.close()


def test_a_killed_process_fails_what_it_was_at_for_now_and_the_next_picture_starts_another(engine, caplog):
    thread = painting(engine, LARGE)
    victim = process(engine)

    victim.send_signal(signal.SIGKILL)
    thread.join(DEADLINE_SECONDS)

    assert isinstance(thread.outcome, Unavailable)
    assert "It is started again with the next picture" in str(thread.outcome)
    assert "stopped with code -9" in caplog.text
    assert engine.paint([FOX])[0].file == full_file(paint(FOX))
    assert process(engine).pid != victim.pid


def test_the_last_words_of_a_process_that_could_not_work_are_logged(caplog):
    engine = Apart(Painter(), "watercolours")

    with pytest.raises(Unavailable):
        engine.paint([FOX])

    assert "KeyError: 'watercolours'" in caplog.text
    engine.close()


def test_closing_ends_the_process_at_once_and_whoever_waits_is_told(engine, caplog):
    thread = painting(engine, LARGE)
    child = process(engine)

    engine.close()
    thread.join(DEADLINE_SECONDS)

    assert isinstance(thread.outcome, Unavailable)
    assert not child.is_running()
    assert caplog.text == ""
    engine.close()
    assert engine.paint([FOX])[0].picture().size == (256, 256)


PARENT = """
import json, sys, threading
from dataclasses import replace
from services.studio.engines.apart import painter_apart
from services.studio.engines.base import Order

engine = painter_apart()
order = Order("a red fox", seed=7, width=256, height=256)
engine.paint([order])
print(json.dumps(engine._running().pid), flush=True)
engine.paint([replace(order, width=2048, height=2048)] * 50)
"""


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_the_process_ends_with_the_one_that_started_it_however_that_ends(ending):
    parent = subprocess.Popen([sys.executable, "-c", PARENT], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    child = psutil.Process(json.loads(parent.stdout.readline()))

    parent.send_signal(ending)
    parent.communicate(timeout=DEADLINE_SECONDS)

    until(lambda: not child.is_running() or child.status() == psutil.STATUS_ZOMBIE)


def test_an_interrupt_from_the_keyboard_is_left_to_the_process_that_serves_pages(engine):
    engine.paint([FOX])
    child = process(engine)

    child.send_signal(signal.SIGINT)

    assert engine.paint([FOX])[0].picture().size == (256, 256)
    assert process(engine).pid == child.pid


# The process itself, in this one -----------------------------------------------------------------------------------


class Moody(Painter):
    """The built-in painter in a mood."""

    def __init__(self, mood: Exception) -> None:
        self.mood = mood

    def paint(self, orders: object) -> list[Painted]:
        raise self.mood


def answers_of(mood: Exception) -> tuple[list[dict[str, object]], list[int]]:
    """What the process says to one order, and the codes that it wanted to leave with."""
    said, left = io.StringIO(), []
    easel = Easel(Moody(mood), said, leave=left.append)
    easel.serve([json.dumps({"number": 1, "order": {"prompt": "a fox", "seed": 1, "width": 64, "height": 64}}) + "\n"])
    easel._hands.shutdown(wait=True)
    return [from_line(line) for line in said.getvalue().splitlines()], left


@pytest.mark.parametrize(
    ("mood", "kind"),
    [
        (UserError("Not this."), "sentence"), (Unavailable("Later."), "unavailable"),
        (ConfigurationError("Set it."), "configuration"),
    ],
)  # fmt: skip
def test_errors_of_the_house_travel_as_what_they_are(mood, kind):
    assert answers_of(mood) == ([{"number": 1, "raised": [kind, str(mood)]}], [])


def test_an_error_that_nobody_foresaw_travels_with_its_traceback():
    [answer], left = answers_of(ZeroDivisionError("by nothing"))

    assert answer["fault"].startswith("Traceback")
    assert answer["fault"].endswith("ZeroDivisionError: by nothing\n")
    assert left == []


def test_a_process_whose_card_is_lost_makes_room_for_another():
    _, left = answers_of(RuntimeError("CUDA error: an illegal memory access was encountered"))

    assert left == [1]


def test_such_an_error_is_the_failure_of_its_picture_alone(engine, monkeypatch):
    monkeypatch.setattr(apart_module, "from_order", lambda order: {**vars(order), "watch": None, "width": "wide"})
    engine.paint([])

    [painted] = engine.paint([FOX])

    with pytest.raises(Fault, match="Traceback"):
        painted.picture()
