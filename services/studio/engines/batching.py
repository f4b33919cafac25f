"""Puts pictures that many threads ask for at the same time into one call of a model."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field, replace

from services.errors import ConfigurationError, Unavailable
from services.studio.engines.base import NotWanted, Order, Painted, Watch

log = logging.getLogger(__name__)

WAIT_SECONDS = 0.02
"""How long the first of a batch waits for company; far less than a step of any model."""
CLOSED = "What paints here is being closed. The picture is painted when it is back."

PaintAlike = Callable[[list[Order]], Sequence[Painted]]


def look(order: Order) -> Hashable:
    """What two orders must have in common for one call of a model."""
    return order.width, order.height, order.guidance, bool(order.negative), order.image is not None, order.strength


class Batcher:
    """`paint_alike` is called from one thread, with orders that are alike, the oldest first. What it raises is the
    failure of those orders only: `Unavailable` and `ConfigurationError` of all of them, anything else of the one that
    raises it again when each is painted alone."""

    def __init__(
        self,
        paint_alike: PaintAlike,
        *,
        most: int = 4,
        wait_s: float = WAIT_SECONDS,
        alike: Callable[[Order], Hashable] = look,
    ) -> None:
        self._paint_alike = paint_alike
        self._most = most
        self._wait_s = wait_s
        self._alike = alike
        self._changed = threading.Condition()
        self._queue: list[_Asked] = []
        self._at_work: list[_Asked] = []
        self._thread: threading.Thread | None = None
        self._last: threading.Thread | None = None

    def submit(self, order: Order) -> Future[Painted]:
        """The future raises only what concerns all pictures; `Painted.gpu_seconds` is its share of the batch's time."""
        return self.submit_all([order])[0]

    def submit_all(self, orders: Sequence[Order]) -> list[Future[Painted]]:
        """Those that are alike share a batch, however slow this machine is at the moment."""
        asked = [_Asked(order, self._alike(order)) for order in orders]
        with self._changed:
            self._queue += asked
            if asked:
                self._ensure_thread()
            self._changed.notify_all()
        return [each.future for each in asked]

    def close(self) -> None:
        """Who still waits for a picture gets `Unavailable`, at once. The next order begins anew."""
        with self._changed:
            ended = self._queue + self._at_work
            self._queue, self._thread = [], None
            self._changed.notify_all()
        for asked in ended:
            asked.refuse(Unavailable(CLOSED))

    def _ensure_thread(self) -> None:
        if self._thread is None:
            before = self._last
            self._thread = threading.Thread(target=self._work, args=(before,), name="paint in batches", daemon=True)
            self._last = self._thread
            self._thread.start()

    def _work(self, before: threading.Thread | None) -> None:
        if before is not None:
            before.join()
        while batch := self._next_batch():
            self._paint([asked for asked in batch if asked.is_wanted()])

    def _next_batch(self) -> list[_Asked]:
        """Waits for one; none once it is closed."""
        with self._changed:
            self._at_work = []
            while self._thread is threading.current_thread():
                batch = self._alike_to_the_oldest()
                patience = batch[0].asked_at + self._wait_s - time.monotonic() if batch else None
                if patience is not None and (patience <= 0 or len(batch) == self._most):
                    self._queue = [asked for asked in self._queue if asked not in batch]
                    self._at_work = batch
                    return batch
                self._changed.wait(patience)
        return []

    def _alike_to_the_oldest(self) -> list[_Asked]:
        """Always with the oldest, so that an odd one is never passed over twice for others."""
        return [asked for asked in self._queue if asked.kind == self._queue[0].kind][: self._most]

    def _paint(self, batch: list[_Asked]) -> None:
        if not batch:
            return
        started = time.perf_counter()
        try:
            painted = list(self._paint_alike([asked.followed() for asked in batch]))
            share_s = (time.perf_counter() - started) / len(batch)
            for asked, each in zip(batch, painted, strict=True):
                asked.answer(replace(each, gpu_seconds=share_s))
        except (Unavailable, ConfigurationError) as error:
            for asked in batch:
                asked.refuse(error)
        except Exception as error:  # noqa: BLE001 - reported by whoever asked for the picture
            self._blame(batch, error)

    def _blame(self, batch: list[_Asked], error: Exception) -> None:
        if len(batch) == 1:
            batch[0].answer(Painted(failure=error))
            return
        log.warning("A batch of %d failed, each is painted alone: %r", len(batch), error)
        for asked in batch:
            self._paint([asked])


@dataclass(eq=False)
class _Asked:
    order: Order
    kind: Hashable
    future: Future[Painted] = field(default_factory=Future)
    asked_at: float = field(default_factory=time.monotonic)

    def is_wanted(self) -> bool:
        wanted = self.followed().watch.is_wanted()
        if not wanted:
            self.answer(Painted(failure=NotWanted()))
        return wanted

    def followed(self) -> Order:
        return replace(self.order, watch=_Follower(self.order.watch, self.future))

    def answer(self, painted: Painted) -> None:
        if painted.failure is None and not self.followed().watch.is_wanted():
            painted = replace(painted, image=None, file=b"", failure=NotWanted())
        with suppress(InvalidStateError):
            self.future.set_result(painted)

    def refuse(self, error: Exception) -> None:
        with suppress(InvalidStateError):
            self.future.set_exception(error)


class Careful(Watch):
    """Somebody's watch for whoever paints: where it fails, that is reported and the picture is painted all the same."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def is_wanted(self) -> bool:
        try:
            return self._watch.is_wanted()
        except Exception:
            log.exception("Whether a picture is still wanted could not be asked.")
            return True

    def progressed(self, share: float) -> None:
        try:
            self._watch.progressed(share)
        except Exception:
            log.exception("How much of a picture is painted could not be told.")

    def known_call(self) -> str | None:
        return self._watch.known_call()

    def called(self, call: str | None) -> None:
        self._watch.called(call)


class _Follower(Careful):
    """Inside a batch: nobody wants what was answered already, as when the batcher was closed."""

    def __init__(self, watch: Watch, future: Future[Painted]) -> None:
        super().__init__(watch)
        self._future = future

    def is_wanted(self) -> bool:
        return not self._future.done() and super().is_wanted()
