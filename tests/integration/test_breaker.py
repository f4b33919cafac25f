"""Leaving a part alone that failed, and the prices that all processes share: both live in one small table."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from services.platform.breaker import CLOSED, Breaker
from services.platform.database import Database
from services.studio.prices import Prices, refresh

REST, TRIAL = 30.0, 60.0
DAYS = 24 * 3600


@pytest.fixture
def db(database: str) -> Iterator[Database]:
    opened = Database(lambda: database, most_connections=9)
    opened.open()
    yield opened
    opened.close()


@pytest.fixture
def breaker(db: Database, clock) -> Breaker:
    return Breaker(db, clock, "modal", failures=3, rest_s=REST, trial_s=TRIAL)


def opened(breaker: Breaker) -> None:
    for _ in range(3):
        breaker.failed("no answer")


def rows(db: Database) -> int:
    return db.value("select count(*) from pentagram.installation where key like 'breaker:%%'")


def test_one_that_works_is_called_and_leaves_no_trace(db, breaker):
    assert breaker.enter()
    breaker.succeeded()

    assert breaker.state() == CLOSED
    assert rows(db) == 0


def test_failures_in_a_row_open_it_and_the_last_reason_is_told(breaker, clock):
    breaker.failed("first")
    breaker.failed("second")
    assert breaker.enter()
    breaker.failed("third")

    state = breaker.state()
    assert (state.state, state.failures, state.reason) == ("open", 3, "third")
    assert state.since == clock.now()
    assert (state.retry_at - clock.now()).total_seconds() == REST
    assert not breaker.enter()


def test_a_success_in_between_starts_the_count_anew(breaker):
    breaker.failed("first")
    breaker.failed("second")
    breaker.succeeded()
    breaker.failed("again")
    breaker.failed("and again")

    assert breaker.enter()


def test_calls_that_fail_after_it_opened_change_nothing(db, breaker, clock):
    opened(breaker)
    before = db.value("select updated_at from pentagram.installation")
    clock.advance(REST - 1)
    breaker.failed("a late one")
    clock.advance(1)

    assert db.value("select updated_at from pentagram.installation") == before
    assert breaker.state().reason == "no answer"
    assert breaker.enter()


def test_after_the_rest_one_call_is_tried_and_its_success_closes_it(db, breaker, clock):
    opened(breaker)
    clock.advance(REST)

    assert breaker.enter()
    assert not breaker.enter()
    assert breaker.state().state == "half-open"
    breaker.succeeded()

    assert breaker.enter()
    assert rows(db) == 0


def test_a_trial_that_fails_opens_it_for_another_rest(breaker, clock):
    opened(breaker)
    opened_at = clock.now()
    clock.advance(REST)
    breaker.enter()
    breaker.failed("still away")

    state = breaker.state()
    assert (state.state, state.failures, state.reason, state.since) == ("open", 4, "still away", opened_at)
    clock.advance(REST - 1)
    assert not breaker.enter()
    clock.advance(1)
    assert breaker.enter()


def test_a_trial_that_nobody_finishes_is_given_to_another(breaker, clock):
    opened(breaker)
    clock.advance(REST)
    assert breaker.enter()
    clock.advance(TRIAL - 1)
    assert not breaker.enter()
    clock.advance(1)

    assert breaker.enter()
    assert not breaker.enter()


def all_at_once(breakers: list[Breaker], action) -> list[object]:
    together = threading.Barrier(len(breakers))

    def run(breaker: Breaker) -> object:
        together.wait()
        return action(breaker)

    with ThreadPoolExecutor(len(breakers)) as threads:
        return list(threads.map(run, breakers))


def test_of_eight_that_come_at_once_one_gets_the_trial(db, clock):
    breakers = [Breaker(db, clock, "modal") for _ in range(8)]
    opened(breakers[0])

    for _ in range(5):
        clock.advance(TRIAL)
        assert all_at_once(breakers, Breaker.enter).count(True) == 1


def test_failures_that_come_at_once_are_all_counted(db, clock):
    breakers = [Breaker(db, clock, "modal", failures=9) for _ in range(8)]
    all_at_once(breakers, lambda breaker: breaker.failed("no answer"))

    assert breakers[0].state().failures == 8


def test_parts_do_not_close_each_others_way(db, clock, breaker):
    opened(breaker)

    assert Breaker(db, clock, "text").enter()


# Prices ------------------------------------------------------------------------------------------------------------


class Bill:
    def __init__(self, **rates: str) -> None:
        self._rates = rates

    def rates(self) -> dict[str, Decimal]:
        return {name: Decimal(rate) for name, rate in self._rates.items()}


def test_live_prices_are_shared_and_beside_them_the_published_ones_hold(db, clock):
    assert refresh(db, clock, Bill(gpu_hour_cost_l40s="3.60"))

    assert Prices.current(db, clock).usd("L40S", 1) == Decimal("0.001")
    assert Prices.current(db, clock).usd("L4", 1) == Prices().usd("L4", 1)
    with db.transaction() as tx:
        assert Prices.current(tx, clock).usd("L40S", 1) == Decimal("0.001")


def test_prices_that_were_not_heard_of_for_long_give_way_to_the_published_ones(db, clock):
    refresh(db, clock, Bill(gpu_hour_cost_l40s="3.60"))
    clock.advance(31 * DAYS)

    assert Prices.current(db, clock).usd("L40S", 1) == Prices().usd("L40S", 1)


def test_a_bill_that_tells_nothing_keeps_what_was_heard_before(db, clock):
    refresh(db, clock, Bill(gpu_hour_cost_l40s="3.60"))

    assert not refresh(db, clock, Bill())
    assert Prices.current(db, clock).usd("L40S", 1) == Decimal("0.001")
