"""A language model that fails is left alone for a while, and asked again after it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from pydantic import BaseModel

from services.errors import Unavailable
from services.writers.base import Message
from services.writers.grammar import GrammarWriter
from services.writers.rested import RestedWriter


class Word(BaseModel):
    word: str


class Moody(GrammarWriter):
    """Answers, or does not."""

    label, is_ai = "the moody model", True

    def __init__(self) -> None:
        self.is_away, self.asked = False, 0

    def complete(self, messages: Sequence[Message], into: type[Word]) -> Word:
        self.asked += 1
        if self.is_away:
            raise Unavailable("It does not answer.")
        return into(word="yes")


class Fuse:
    """A breaker without a database: open from the third failure on until it is told to try again."""

    def __init__(self) -> None:
        self.failures, self.tries = 0, False

    def enter(self) -> bool:
        return self.failures < 3 or self.tries

    def failed(self, reason: str) -> None:
        self.failures += 1

    def succeeded(self) -> None:
        self.failures, self.tries = 0, False


def test_one_that_failed_three_times_is_not_asked_until_it_may_try_again():
    model, fuse = Moody(), Fuse()
    writer = RestedWriter(model, fuse)
    assert writer.complete([], Word).word == "yes"

    model.is_away = True
    for _ in range(10):
        with pytest.raises(Unavailable):
            writer.complete([], Word)
    assert model.asked == 1 + 3

    model.is_away, fuse.tries = False, True
    assert writer.complete([], Word).word == "yes"
    assert fuse.failures == 0


def test_what_people_ask_of_it_at_a_page_goes_through():
    assert RestedWriter(GrammarWriter(), Fuse()).caption("a red fox") == GrammarWriter().caption("a red fox")
