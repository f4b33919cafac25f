"""An engine that stands for one on somebody else's GPU: paid, called over a line, and away when a test wants it. The
built-in painter holds its brush."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from dataclasses import replace

from PIL import Image

from services.errors import Unavailable
from services.safety.verdicts import Verdict
from services.studio.engines.base import Capabilities, Guidance, NotWanted, Order, Painted
from services.studio.engines.painter import Painter, paint
from services.studio.provenance import Generator

GPU_SECONDS = 0.5
LONGEST_SECONDS = 20.0


class Distant:
    name = "distant"
    label = "the distant painter"
    model = "distant-one"
    steps: int | None = 4
    generator: Generator = "trainedAlgorithmicMedia"
    restricts = ""
    at_once = 4
    gpu = "L40S"
    capabilities = Capabilities(
        ((512, 512), (512, 768)), takes_negative=True, guidance=Guidance(1.0, 8.0, 3.5), takes_image=True,
        takes_strength=True,
    )  # fmt: skip

    def __init__(self) -> None:
        self.is_away = False
        self.loses_its_line = False
        """Whether the line breaks after a call was made, which goes on."""
        self.failure: Exception | None = None
        self.verdict: Verdict | None = Verdict("allow", (), "")
        self.may_finish = threading.Event()
        self.may_finish.set()
        self.begun = threading.Event()
        self.calls: list[str] = []
        self.cancelled: list[str] = []
        self.orders: list[Order] = []
        self._numbers = itertools.count(1)

    def paint(self, orders: Sequence[Order]) -> list[Painted]:
        return [self._painted(order) for order in orders]

    def warm(self) -> None:
        """It is ready."""

    def cancel(self, call: str) -> bool:
        if not self.is_away:
            self.cancelled.append(call)
        return not self.is_away

    def close(self) -> None:
        """There is nothing to let go of."""

    def _painted(self, order: Order) -> Painted:
        if self.is_away:
            raise Unavailable("The distant painter does not answer.")
        call = order.watch.known_call() or self._call(order)
        self.begun.set()
        if self.loses_its_line:
            raise Unavailable("The line to the distant painter broke.")
        for _ in range(int(LONGEST_SECONDS * 20)):
            if not order.watch.is_wanted():
                self.cancel(call)
                order.watch.called(None)
                return Painted(failure=NotWanted())
            if self.may_finish.wait(0.05):
                break
        if self.failure is not None:
            order.watch.called(None)
            return Painted(failure=self.failure, gpu=self.gpu, gpu_seconds=GPU_SECONDS)
        image = paint(replace(order, width=max(order.width, 16), height=max(order.height, 16)))
        return Painted(image, gpu=self.gpu, gpu_seconds=GPU_SECONDS, model=self.model, verdict=self.verdict)

    def _call(self, order: Order) -> str:
        call = f"call-{next(self._numbers)}"
        self.calls.append(call)
        self.orders.append(order)
        order.watch.called(call)
        return call


class OneColour(Painter):
    """Paints what no prompt asks for: red, green or blue all over, by the seed."""

    def paint(self, orders: Sequence[Order]) -> list[Painted]:
        colours = ("red", "lime", "blue")
        return [Painted(Image.new("RGB", (each.width, each.height), colours[each.seed % 3])) for each in orders]
