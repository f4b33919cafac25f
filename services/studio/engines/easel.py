"""The process that an engine works in when it works apart: orders come in as lines, what becomes of them goes out."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from services.errors import ConfigurationError
from services.studio.engines.apart import Message, from_line, to_line
from services.studio.engines.base import Engine, Order, Watch
from services.studio.engines.diffusers import DiffusersEngine
from services.studio.engines.models import model_named
from services.studio.engines.painter import Painter
from services.studio.engines.wire import KINDS, from_painted, to_order

log = logging.getLogger(__name__)

NICER = 5
KILLED_FIRST = "500"
"""When memory runs out the system ends this process rather than the one that serves pages."""
THREADS_AN_ORDER = 2
"""While one order of a batch becomes a file, another may already wait for the next batch."""
LOST_CARD = "CUDA error"
"""After such an error nothing in this process can use the card any more."""
ENGINES: dict[str, Callable[..., Engine]] = {
    "painter": Painter,
    "diffusers": lambda model, revision=None: DiffusersEngine(model_named(model, revision)),
}


class Easel:
    def __init__(self, engine: Engine, answers: TextIO, leave: Callable[[int], object] = os._exit) -> None:
        self._engine = engine
        self._answers = answers
        self._leave = leave
        self._turn = threading.Lock()
        self._watches: dict[int, _Messenger] = {}
        self._hands = ThreadPoolExecutor(THREADS_AN_ORDER * engine.at_once, thread_name_prefix="paint")

    def serve(self, lines: Iterable[str]) -> None:
        """Until no more come; then nobody is left to paint for."""
        for line in lines:
            self._take(from_line(line))

    def say(self, message: Message) -> None:
        with self._turn, suppress(BrokenPipeError):
            self._answers.write(to_line(message))
            self._answers.flush()

    def _take(self, message: Message) -> None:
        if "warm" in message:
            self._hands.submit(self._warm)
        elif "drop" in message:
            if watch := self._watches.get(message["drop"]):
                watch.drop()
        else:
            number = message["number"]
            watch = self._watches[number] = _Messenger(number, self.say)
            self._hands.submit(self._paint, number, to_order(message["order"], watch))

    def _warm(self) -> None:
        """What is wrong with a model is told again, to whoever asks for the first picture."""
        if isinstance(self._engine, DiffusersEngine):
            try:
                self._engine.warm()
            except ConfigurationError as error:
                log.warning("%s", error)

    def _paint(self, number: int, order: Order) -> None:
        try:
            [painted] = self._engine.paint([order])
            if painted.failure is not None and not isinstance(painted.failure, tuple(KINDS.values())):
                raise painted.failure
            answer: Message = {"painted": from_painted(painted)}
        except tuple(KINDS.values()) as error:
            answer = {"raised": [next(name for name, kind in KINDS.items() if isinstance(error, kind)), str(error)]}
        except Exception:  # noqa: BLE001 - reported by the other process
            answer = {"fault": traceback.format_exc()}
        del self._watches[number]
        self.say({"number": number, **answer})
        if LOST_CARD in answer.get("fault", ""):
            self._leave(1)


class _Messenger(Watch):
    """Of somebody in the other process."""

    def __init__(self, number: int, say: Callable[[Message], None]) -> None:
        self._number = number
        self._say = say
        self._is_wanted = True

    def drop(self) -> None:
        self._is_wanted = False

    def is_wanted(self) -> bool:
        return self._is_wanted

    def progressed(self, share: float) -> None:
        self._say({"number": self._number, "share": share})


class _Relay(logging.Handler):
    """What is logged here is logged by the other process."""

    def __init__(self, say: Callable[[Message], None]) -> None:
        super().__init__()
        self._say = say

    def emit(self, record: logging.LogRecord) -> None:
        self._say({"log": [record.name, record.levelno, self.format(record)]})


def _step_back() -> None:
    """Behind whatever else this machine has to do. Who presses Ctrl-C means the process that started this one."""
    os.nice(NICER)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(KILLED_FIRST, "ascii")


def _answers() -> TextIO:
    """The standard output as it is now; whatever a library prints from here on must not end up among the answers."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def main(engine: str, *words: str) -> None:
    _step_back()
    easel = Easel(ENGINES[engine](*words), _answers())
    logging.getLogger().addHandler(_Relay(easel.say))
    logging.getLogger("services").setLevel(logging.INFO)
    easel.serve(sys.stdin)
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
