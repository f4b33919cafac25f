"""A process of its own for what is too heavy here: when it is started, and when no more."""

from __future__ import annotations

import threading
from collections.abc import Callable

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
        def __init__(self, *, target, args, **_):
            self.start = lambda: put_off.append(lambda: target(*args))

    monkeypatch.setattr(threading, "Thread", Late)
    return put_off


def test_what_was_wished_for_before_it_was_closed_is_not_started_afterwards(monkeypatch):
    with monkeypatch.context() as patched:
        child, put_off = Counted(), late(patched)
        child.warm()
    child.close()

    put_off.pop()()

    assert child.starts == 0


def test_it_can_be_wished_for_again_after_it_was_closed(monkeypatch):
    child = Counted()
    child.close()
    with monkeypatch.context() as patched:
        put_off = late(patched)
        child.warm()

    put_off.pop()()

    assert child.starts == 1
    child.close()
