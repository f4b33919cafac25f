"""Pictures that many threads ask for at once, painted together."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from dataclasses import replace

import pytest
from PIL import Image

from services.errors import ConfigurationError, Unavailable, UserError
from services.studio.engines.base import NotWanted, Order, Painted, Watch
from services.studio.engines.batching import Batcher, look

DEADLINE_SECONDS = 10
PATIENT_SECONDS = 5.0
"""Longer than any test waits for a batch that is full or that nobody joins."""
FOX = Order("a red fox", seed=1, width=64, height=64)
WIDE = replace(FOX, width=128)


class Hands:
    """Paint plain squares, note who came together, and hold still while the door is shut."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.door = threading.Event()
        self.door.set()
        self.started = threading.Semaphore(0)
        self.trouble: Callable[[list[Order]], None] = lambda _: None

    def __call__(self, orders: list[Order]) -> list[Painted]:
        self.batches.append([order.seed for order in orders])
        self.started.release()
        assert self.door.wait(DEADLINE_SECONDS)
        self.trouble(orders)
        return [Painted(Image.new("RGB", (order.width, order.height), (order.seed,) * 3)) for order in orders]


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def batcher(hands: Hands) -> Iterator[Batcher]:
    batcher = Batcher(hands, most=4, wait_s=0.0)
    yield batcher
    hands.door.set()
    batcher.close()


def busy(batcher: Batcher, hands: Hands) -> Future[Painted]:
    """Somebody's picture is being painted, and until the door opens nobody else's."""
    hands.door.clear()
    future = batcher.submit(replace(FOX, seed=0))
    assert hands.started.acquire(timeout=DEADLINE_SECONDS)
    return future


def submit(batcher: Batcher, *orders: Order) -> list[Future[Painted]]:
    return [batcher.submit(replace(order, seed=seed)) for seed, order in enumerate(orders, 1)]


def finish(hands: Hands, futures: list[Future[Painted]]) -> list[Painted]:
    hands.door.set()
    assert not wait(futures, DEADLINE_SECONDS).not_done
    return [future.result() for future in futures]


def test_those_who_come_while_another_is_painted_are_painted_together(batcher, hands):
    first = busy(batcher, hands)

    painted = finish(hands, [first, *submit(batcher, FOX, FOX, FOX)])

    assert hands.batches == [[0], [1, 2, 3]]
    assert [each.picture().getpixel((0, 0))[0] for each in painted] == [0, 1, 2, 3]


def test_what_one_person_asks_for_at_once_is_painted_together_however_slow_the_machine_is(hands):
    batcher = Batcher(hands, wait_s=0.0, alike=lambda order: time.sleep(0.01) or look(order))

    finish(hands, batcher.submit_all([replace(FOX, seed=seed) for seed in (1, 2, 3)]))

    assert hands.batches == [[1, 2, 3]]
    batcher.close()


def test_no_more_are_painted_together_than_fit(batcher, hands):
    busy(batcher, hands)

    finish(hands, submit(batcher, *[FOX] * 6))

    assert hands.batches == [[0], [1, 2, 3, 4], [5, 6]]


@pytest.mark.parametrize(
    "odd",
    [
        WIDE, replace(FOX, height=128), replace(FOX, guidance=2.0), replace(FOX, negative="snow"),
        replace(FOX, image=b"a file"), replace(FOX, strength=0.5),
    ],
    ids=["width", "height", "guidance", "negative", "image", "strength"],
)  # fmt: skip
def test_what_one_call_cannot_paint_together_is_kept_apart_and_the_oldest_comes_first(batcher, hands, odd):
    busy(batcher, hands)

    finish(hands, submit(batcher, odd, FOX, FOX, odd))

    assert hands.batches == [[0], [1, 4], [2, 3]]


def test_an_odd_one_is_not_passed_over_however_many_others_keep_coming(batcher, hands):
    busy(batcher, hands)
    waiting = submit(batcher, FOX, WIDE)
    more: list[Future[Painted]] = []
    hands.trouble = lambda _: more.append(batcher.submit(replace(FOX, seed=9))) if len(hands.batches) < 8 else None

    finish(hands, waiting)

    assert next(place for place, batch in enumerate(hands.batches) if 2 in batch) <= 2
    wait(more, DEADLINE_SECONDS)


def test_the_first_of_a_batch_waits_for_company_only_until_the_batch_is_full(hands):
    batcher = Batcher(hands, most=2, wait_s=PATIENT_SECONDS)

    finish(hands, submit(batcher, FOX, FOX))

    assert hands.batches == [[1, 2]]
    batcher.close()


def test_the_first_of_a_batch_waits_no_longer_than_it_was_told(hands):
    batcher = Batcher(hands, most=2, wait_s=0.01)

    finish(hands, submit(batcher, FOX))

    assert hands.batches == [[1]]
    batcher.close()


class Person(Watch):
    def __init__(self) -> None:
        self.wants = True

    def is_wanted(self) -> bool:
        return self.wants


def test_what_nobody_wants_any_more_is_left_out_and_what_is_painted_already_is_dropped(batcher, hands):
    early, late = Person(), Person()
    first = busy(batcher, hands)
    futures = submit(batcher, replace(FOX, watch=early), replace(FOX, watch=late), FOX)
    early.wants = False
    hands.trouble = lambda orders: setattr(late, "wants", len(orders) == 1)

    _, gone, dropped, there = finish(hands, [first, *futures])

    assert hands.batches == [[0], [2, 3]]
    assert [type(each.failure) for each in (gone, dropped, there)] == [NotWanted, NotWanted, type(None)]
    assert dropped.image is None


def test_one_bad_order_takes_no_other_along(batcher, hands):
    def stumble(orders: list[Order]) -> None:
        if any(order.seed == 2 for order in orders):
            raise ValueError("I cannot paint this.")

    first = busy(batcher, hands)
    hands.trouble = stumble

    _, one, two, three = finish(hands, [first, *submit(batcher, FOX, FOX, FOX)])

    assert hands.batches == [[0], [1, 2, 3], [1], [2], [3]]
    assert [one.failure, three.failure] == [None, None]
    with pytest.raises(ValueError, match="cannot paint this"):
        two.picture()


def test_fewer_pictures_than_orders_are_a_fault_and_leave_nobody_waiting():
    batcher = Batcher(lambda _: [], wait_s=0.0)

    painted = batcher.submit(FOX).result(DEADLINE_SECONDS)

    assert isinstance(painted.failure, ValueError)
    batcher.close()


@pytest.mark.parametrize("error", [Unavailable("Later."), ConfigurationError("Set it.")], ids=repr)
def test_what_concerns_all_is_raised_to_all_and_not_tried_for_each(batcher, hands, error):
    first = busy(batcher, hands)

    def fail(_: list[Order]) -> None:
        raise error

    hands.trouble = fail
    futures = submit(batcher, FOX, FOX)
    hands.door.set()

    for future in [first, *futures]:
        with pytest.raises(type(error), match=str(error)):
            future.result(DEADLINE_SECONDS)
    assert hands.batches == [[0], [1, 2]]


def test_a_sentence_for_one_person_is_no_fault_of_the_others(batcher, hands):
    first = busy(batcher, hands)

    def refuse(orders: list[Order]) -> None:
        if orders[0].seed == 1:
            raise UserError("Not this one.")

    hands.trouble = refuse

    _, one, two = finish(hands, [first, *submit(batcher, FOX, FOX)])

    assert [type(one.failure), two.failure] == [UserError, None]


def test_the_time_of_a_batch_is_shared_out_to_its_pictures(hands):
    passed = threading.Event()
    hands.trouble = lambda _: passed.wait(0.2)
    batcher = Batcher(hands, most=4, wait_s=PATIENT_SECONDS)
    begun = time.perf_counter()

    painted = finish(hands, submit(batcher, *[FOX] * 4))

    assert {each.gpu for each in painted} == {""}
    assert len({each.gpu_seconds for each in painted}) == 1
    assert 0.2 <= sum(each.gpu_seconds for each in painted) <= time.perf_counter() - begun
    batcher.close()


def test_closing_ends_everything_that_waits_and_what_is_painted_stops_wanting(batcher, hands):
    seen: list[bool] = []
    first = busy(batcher, hands)
    queued = batcher.submit(FOX)
    hands.trouble = lambda orders: seen.append(orders[0].watch.is_wanted())

    batcher.close()

    for future in (first, queued):
        with pytest.raises(Unavailable, match="being closed"):
            future.result(0)
    hands.door.set()
    assert finish(hands, [batcher.submit(replace(FOX, seed=5))])[0].picture().size == (64, 64)
    assert hands.batches == [[0], [5]], "what was queued was painted all the same, or two batches at once"
    assert seen == [False, True]


class Broken(Watch):
    def is_wanted(self) -> bool:
        raise Unavailable("The database is away.")

    def progressed(self, share: float) -> None:
        raise Unavailable("The database is away.")


def test_a_watch_that_fails_is_reported_and_its_picture_painted(batcher, hands, caplog):
    hands.trouble = lambda orders: orders[0].watch.progressed(0.5)

    [painted] = finish(hands, [batcher.submit(replace(FOX, seed=3, watch=Broken()))])

    assert painted.picture().getpixel((0, 0)) == (3, 3, 3)
    assert "could not be asked" in caplog.text
    assert "could not be told" in caplog.text


def test_sixty_four_threads_get_each_their_own_picture(hands):
    batcher = Batcher(hands, most=8)
    got: dict[int, tuple[int, ...]] = {}

    def ask(seed: int) -> None:
        order = replace(FOX, seed=seed, width=64 + 64 * (seed % 3))
        got[seed] = batcher.submit(order).result(DEADLINE_SECONDS).picture().getpixel((0, 0))

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(DEADLINE_SECONDS)

    assert got == {seed: (seed,) * 3 for seed in range(64)}
    assert max(len(batch) for batch in hands.batches) <= 8
    batcher.close()
