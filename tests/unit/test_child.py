"""A process of its own for what is too heavy here: when it is started, and when no more."""

from __future__ import annotations

import threading
from collections.abc import Callable

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
