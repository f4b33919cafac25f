"""A process of its own for what is too heavy here: when it is started and when no more, and that what it says is the
answer to what was asked."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator

import pytest

from services.errors import Unavailable
from services.platform.child import Child


class Counted(Child):
    """Counts how often it is about to start its process, which ends at once."""

    def __init__(self) -> None:
        super().__init__("test process", "this")
        self.starts = 0

    def arguments(self) -> list[str]:
        self.starts += 1
        return []


def late(monkeypatch) -> list[Callable[[], None]]:
    """What threads would do that the machine has no time for yet."""
    put_off = []

    class Late:
        def __init__(self, *, target, **_):
            self.start = lambda: put_off.append(target)

    monkeypatch.setattr(threading, "Thread", Late)
    return put_off


def test_what_was_wished_for_before_it_was_closed_is_not_started_afterwards(monkeypatch):
    with monkeypatch.context() as patched:
        child, put_off = Counted(), late(patched)
        child.warm()
    child.close()

    put_off.pop()()

    assert child.starts == 0


def test_whoever_asks_after_it_was_closed_is_told_and_starts_nothing():
    child = Counted()
    child.close()

    with pytest.raises(Unavailable, match="test process stopped"):
        child.ask("anything")
    assert child.starts == 0


class Kid(Child):
    def __init__(self, *told: str) -> None:
        super().__init__("test process", "tests.fakes.kid")
        self.told = list(told)

    def arguments(self) -> list[str]:
        return self.told


@pytest.fixture
def kid() -> Iterator[Kid]:
    kid = Kid()
    yield kid
    kid.close()


def test_whatever_it_prints_is_no_answer(kid):
    assert [json.loads(kid.ask(line)) for line in ("print", "second", "third")] == ["print", "second", "third"]


def test_one_that_dies_is_told_of_with_its_last_words_and_answers_the_next_question(kid, caplog):
    with caplog.at_level(logging.ERROR), pytest.raises(Unavailable, match="started again with the next question"):
        kid.ask("complain")

    assert json.loads(kid.ask("again")) == "again"
    assert "Oops" in caplog.text
    assert len(caplog.text) < 1_000


def test_half_an_answer_is_none():
    kid = Kid("half")

    with pytest.raises(Unavailable, match="test process stopped"):
        kid.ask("anything")
    kid.close()
