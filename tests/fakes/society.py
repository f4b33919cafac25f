"""A society whose residents find no words of their own: short and honest ones stand in for what speakers, inventors and
turns would do. All that is kept is kept by the real one behind it."""

from __future__ import annotations

from services.residents.worlds import World
from tests.fakes.town_of_residents import Diary, persona


class Talkative:
    def __init__(self, house) -> None:
        self._house = house
        self._real = house.society
        self.asked: list[tuple[str, str, tuple]] = []
        self.wanted: list[tuple[int, str]] = []

    def __getattr__(self, name):
        return getattr(self._real, name)

    def create(self, count, theme="", seed=None):
        self.wanted.append((count, theme))
        for number in range(count):
            yield self._real.settle(World(title="Fresh", personas=(persona(f"fresh{number}"),)))[0]

    def interview(self, name, question, before):
        self.asked.append((name, question, tuple(before)))
        return f"Answer {len(before) // 2 + 1} to <b>{question}</b>"

    def reword(self, name, words):
        before = self._real.resident(name).persona
        return self._real.change(name, before.model_copy(update={"home": words}))

    def clone(self, name):
        before = self._real.resident(name).persona
        cousin = before.model_copy(update={"name": f"{name}.too", "display_name": "Cousin"})
        return self._real.settle(World(title="Fresh", personas=(cousin,)))[0]

    def step(self, name=None):
        name = name or self._real.residents().items[0].name
        return [Diary(self._house).act(name, "look", at=self._real.state().now)]
