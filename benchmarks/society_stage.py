"""Where the society is measured: a house of its own with an engine that paints one colour and costs what a GPU costs,
and a worker in a process of its own. `society_stage.py HOME [--fails SHARE]` is that worker."""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image

from services import bootstrap
from services.bootstrap import Pentagram
from services.errors import Unavailable
from services.safety.learned import Meaning
from services.settings import ROOT, Settings
from services.studio.engines.base import Capabilities, Order, Painted
from services.studio.engines.choice import Choice, Engines
from services.studio.engines.painter import Painter

GPU, GPU_SECONDS = "L40S", 2.0
"""For a picture: what the product promises of the default model there. It was never measured; see docs/modal.md."""


class OneColour(Painter):
    """Stands in for an engine on a GPU: nothing of a prompt is painted, and each picture is paid like a real one."""

    name, label, model, gpu = "stage", "the stage's painter", "one-colour", GPU
    capabilities = Capabilities(((768, 768),), smallest=64)
    at_once = 2

    def __init__(self, fails: float = 0.0) -> None:
        super().__init__()
        self._fails = fails
        self._chance = random.Random(1)  # noqa: S311 - a seed makes every run the same

    def paint(self, orders: Sequence[Order]) -> list[Painted]:
        return [self._painted(order) for order in orders]

    def _painted(self, order: Order) -> Painted:
        if self._chance.random() < self._fails:
            return Painted(failure=Unavailable("The stage's painter fell over."), gpu=GPU, gpu_seconds=GPU_SECONDS / 2)
        colour = tuple((order.seed >> shift) % 256 for shift in (0, 8, 16))
        picture = Image.new("RGB", (order.width, order.height), colour)
        return Painted(picture, gpu=GPU, gpu_seconds=GPU_SECONDS)


def house_at(home: Path, fails: float = 0.0, meaning: Meaning | None = None, **settings: Any) -> Pentagram:
    """Not opened yet."""
    given = {"PENTAGRAM_HOME": home, "PENTAGRAM_SEED": "off", "PENTAGRAM_WORKER": "off"} | settings
    engines = Engines([Choice(OneColour(fails), "it is on the stage.")])
    return bootstrap.build(Settings(**given), engines=engines, meaning=meaning)


@contextmanager
def opened(home: Path, fails: float = 0.0, meaning: Meaning | None = None, **settings: Any) -> Iterator[Pentagram]:
    house = house_at(home, fails, meaning, **settings)
    house.open()
    try:
        yield house
    finally:
        house.close()


class WorkerProcess:
    """Works on the queue of a house until it is stopped or killed."""

    def __init__(self, home: Path, fails: float = 0.0, **environment: str) -> None:
        self._command = [sys.executable, str(Path(__file__).resolve()), str(home), "--fails", str(fails)]
        self._environment = os.environ | environment
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=self._environment
        )

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        """Without a word, as when the power goes."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(30)
            except subprocess.TimeoutExpired:
                self.kill()


def work(home: Path, fails: float) -> None:
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    text_url = os.environ.get("STAGE_TEXT_URL")
    settings = {"PENTAGRAM_TEXT_URL": text_url, "PENTAGRAM_TEXT_MODEL": "stage"} if text_url else {}
    with opened(home, fails, **settings) as house:
        with house.db.transaction() as tx:
            house.jobs.begin_recurring(tx)
        house.worker.start()
        stopping.wait()
        house.worker.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("--fails", type=float, default=0.0)
    asked = parser.parse_args()
    work(asked.home, asked.fails)
