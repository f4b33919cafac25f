"""A writer that is left alone for a while after it failed several times, in all processes at once. For work that nobody
waits for: a page asks its writer each time anew."""

from __future__ import annotations

from collections.abc import Sequence

from services.errors import Unavailable
from services.platform.breaker import Breaker
from services.writers.base import Improved, Message, Shape, Writer


class RestedWriter:
    def __init__(self, writer: Writer, breaker: Breaker) -> None:
        self._writer = writer
        self._breaker = breaker
        self.name, self.label, self.is_ai = writer.name, writer.label, writer.is_ai

    def improve(self, prompt: str, *, turn: int = 0) -> Improved:
        return self._writer.improve(prompt, turn=turn)

    def caption(self, prompt: str, *, turn: int = 0) -> str:
        return self._writer.caption(prompt, turn=turn)

    def tags(self, prompt: str) -> tuple[str, ...]:
        return self._writer.tags(prompt)

    def complete(self, messages: Sequence[Message], into: type[Shape]) -> Shape:
        if not self._breaker.enter():
            raise Unavailable(f"{self.label} has not answered several times and is left alone for a moment.")
        try:
            answer = self._writer.complete(messages, into)
        except Unavailable as error:
            self._breaker.failed(str(error))
            raise
        self._breaker.succeeded()
        return answer
