"""An engine of this machine in a process of its own, so that painting never slows down the one that serves pages."""

from __future__ import annotations

import base64
import itertools
import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import IO, Any

from services.errors import Unavailable
from services.settings import ROOT
from services.studio.engines.base import Engine, Here, Order, Painted
from services.studio.engines.batching import Careful
from services.studio.engines.diffusers import DiffusersEngine
from services.studio.engines.models import model_named
from services.studio.engines.painter import Painter
from services.studio.engines.wire import KINDS, from_order, to_painted

log = logging.getLogger(__name__)

Message = dict[str, Any]
Inbox = SimpleQueue[Message]

LOOK_EVERY_SECONDS = 0.25
"""Between two questions whether a picture is still wanted."""
LAST_WORDS = 5
"""Lines of what the process complained of that are worth a place in the log."""
PATIENT = {"OMP_WAIT_POLICY": "PASSIVE"}
"""On a busy machine torch's threads otherwise spend most of their turns waiting for each other, ten times the work."""


class Fault(Exception):
    """An error in the other process that nobody foresaw; its text is the traceback there."""


def painter_apart() -> Apart:
    return Apart(Painter(), "painter")


def model_apart(name: str, revision: str | None = None) -> Apart:
    """`ConfigurationError` if there is no such model."""
    return Apart(DiffusersEngine(model_named(name, revision)), "diffusers", name, *([revision] if revision else []))


class Apart(Here):
    """Looks like `engine`, which itself never paints: what `easel` makes of `words` does, in a process that is started
    with the first picture, and again with the next one after it died. `ConfigurationError` comes from there as it is.
    """

    def __init__(self, engine: Engine, *words: str) -> None:
        self.name, self.label, self.model, self.steps = engine.name, engine.label, engine.model, engine.steps
        self.generator, self.restricts, self.capabilities = engine.generator, engine.restricts, engine.capabilities
        self.at_once = engine.at_once
        self._words = words
        self._turn = threading.Lock()
        self._child: _Child | None = None

    def paint(self, orders: Sequence[Order]) -> list[Painted]:
        if not orders:
            return []
        child = self._running()
        inbox: Inbox = SimpleQueue()
        numbers = {child.ask(order, inbox): order for order in orders}
        told = _Conversation(child, inbox, numbers).to_its_end()
        return [told[number] for number in numbers]

    def warm(self) -> None:
        """Somebody will paint soon: start the process and load what it paints with, without making anybody wait."""
        self._running().tell({"warm": True})

    def close(self) -> None:
        """At once, whatever it is at: who waits for a picture gets `Unavailable`."""
        with self._turn:
            child, self._child = self._child, None
        if child is not None:
            child.end()

    def _running(self) -> _Child:
        with self._turn:
            if self._child is None or self._child.has_ended:
                self._child = _Child(self.label, self._words)
            return self._child


class _Conversation:
    """About the orders of one call; the watches are asked and told in the thread of whoever called."""

    def __init__(self, child: _Child, inbox: Inbox, orders: dict[int, Order]) -> None:
        self._child = child
        self._inbox = inbox
        self._open = {number: Careful(order.watch) for number, order in orders.items()}
        self._dropped: set[int] = set()
        self._look_at = time.monotonic()

    def to_its_end(self) -> dict[int, Painted]:
        told: dict[int, Painted] = {}
        try:
            while self._open:
                self._drop_unwanted()
                with suppress(Empty):
                    self._hear(self._inbox.get(timeout=LOOK_EVERY_SECONDS), told)
        finally:
            for number in self._open:
                self._child.tell({"drop": number})
        return told

    def _hear(self, message: Message, told: dict[int, Painted]) -> None:
        number = message["number"]
        if "share" in message:
            self._open[number].progressed(message["share"])
        else:
            told[number] = _outcome(message)
            del self._open[number]

    def _drop_unwanted(self) -> None:
        if time.monotonic() < self._look_at:
            return
        self._look_at = time.monotonic() + LOOK_EVERY_SECONDS
        for number, watch in self._open.items():
            if number not in self._dropped and not watch.is_wanted():
                self._dropped.add(number)
                self._child.tell({"drop": number})


def _outcome(message: Message) -> Painted:
    if "painted" in message:
        return to_painted(message["painted"])
    if "fault" in message:
        return Painted(failure=Fault(message["fault"]))
    kind, sentence = message["raised"]
    raise KINDS.get(kind, Unavailable)(sentence)


class _Child:
    """The process, with as many orders under way as anybody likes. It ends with this one, however this one ends: its
    standard input does."""

    def __init__(self, label: str, words: Sequence[str]) -> None:
        self._label = label
        self._numbers = itertools.count(1)
        self._turn, self._writing = threading.Lock(), threading.Lock()
        self._inboxes: dict[int, Inbox] = {}
        self._is_ending = False
        self.has_ended = False
        self._complaints: IO[str] = tempfile.TemporaryFile("w+", errors="replace")  # noqa: SIM115 - as long as it
        self._process = subprocess.Popen(
            [sys.executable, "-m", "services.studio.engines.easel", *words],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._complaints, text=True, cwd=ROOT,
            env={**PATIENT, **os.environ},
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, name=f"hear from {label}", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        return self._process.pid

    def ask(self, order: Order, inbox: Inbox) -> int:
        """The number under which the inbox gets messages about it, the last of them what became of it."""
        with self._turn:
            number = next(self._numbers)
            self._inboxes[number] = inbox
            if self.has_ended:
                self._give_up()
        self.tell({"number": number, "order": from_order(order)})
        return number

    def tell(self, message: Message) -> None:
        with self._writing, suppress(OSError, ValueError):
            self._process.stdin.write(to_line(message))  # type: ignore[union-attr]
            self._process.stdin.flush()  # type: ignore[union-attr]

    def end(self) -> None:
        self._is_ending = True
        self._process.kill()
        self._reader.join()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            # The last one of a process that was killed may be cut off.
            if line.endswith("\n"):
                self._deliver(from_line(line))
        code = self._process.wait()
        if not self._is_ending:
            log.error("%s stopped with code %d: %s", self._label, code, self._last_words())
        with self._turn:
            self.has_ended = True
            self._give_up()
        for pipe in (self._process.stdin, self._process.stdout, self._complaints):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]

    def _deliver(self, message: Message) -> None:
        if "log" in message:
            name, level, text = message["log"]
            logging.getLogger(name).log(level, "%s", text)
            return
        with self._turn:
            number = message["number"]
            inbox = self._inboxes[number] if "share" in message else self._inboxes.pop(number)
        inbox.put(message)

    def _give_up(self) -> None:
        gone = ["unavailable", f"{self._label} stopped. It is started again with the next picture."]
        for number, inbox in self._inboxes.items():
            inbox.put({"number": number, "raised": gone})
        self._inboxes.clear()

    def _last_words(self) -> str:
        self._complaints.seek(0)
        return " / ".join(self._complaints.read().splitlines()[-LAST_WORDS:])


def to_line(message: Message) -> str:
    """A message between the two processes; files in it are no text and travel as base64."""
    return json.dumps(message, default=lambda file: {"base64": base64.b64encode(file).decode()}) + "\n"


def from_line(line: str) -> Message:
    message: Message = json.loads(line, object_hook=_unwrapped)
    return message


def _unwrapped(found: Message) -> Message | bytes:
    return base64.b64decode(found["base64"]) if found.keys() == {"base64"} else found
