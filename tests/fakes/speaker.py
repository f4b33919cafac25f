"""Stands in for whoever finds the words of residents: says what a test wants it to, and remembers what it was asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.residents.persona import Aesthetic, Interest, Persona, Rhythm, Temperament, Voice
from services.residents.speaking.base import Caption, Frame, Heard, Idea, Purse, Said, Seen


class Script:
    def __init__(self, **lines: Any) -> None:
        """By the name of a method what it gives: a text, or an error to be raised once."""
        self.lines = lines
        self.turns: dict[str, list[str]] = {}
        """Of a method what it gives one time after the other, before that."""
        self.asked: list[tuple[str, Frame, Any]] = []

    def __call__(self, purse: Purse) -> Script:
        self.purse = purse
        return self

    def idea(self, who: Persona, frame: Frame, *, recent: Sequence[str] = (), remix: Seen | None = None) -> Idea:
        topic = who.interests[0].topic
        return Idea(topic, self._said("idea", frame, remix, f"{topic} at dusk"), "", "It came to them.")

    def caption(self, who: Persona, idea: Idea, frame: Frame) -> Caption:
        return Caption(self._said("caption", frame, idea, f"Another one: {idea.prompt}."), ("dusk",))

    def comment(self, who: Persona, seen: Seen, frame: Frame) -> str:
        return self._said("comment", frame, seen, "The light on the left holds it together.")

    def answer(self, who: Persona, heard: Heard, frame: Frame) -> str:
        return self._said("answer", frame, heard, "It was colder than it looks.")

    def interview(self, who: Persona, question: str, before: Sequence[Said], frame: Frame) -> str:
        return self._said("interview", frame, question, f"I am {who.display_name}.")

    def sum_up(self, who: Persona, events: Sequence[str], frame: Frame) -> tuple[str, ...]:
        return (self._said("sum_up", frame, events, f"A day with {len(events)} things in it."),)

    def _said(self, method: str, frame: Frame, material: Any, usual: str) -> str:
        self.asked.append((method, frame, material))
        if self.turns.get(method):
            return self.turns[method].pop(0)
        line = self.lines.get(method, usual)
        if isinstance(line, Exception):
            del self.lines[method]
            raise line
        return str(line)


def persona(name: str, *topics: str, **changed: Any) -> Persona:
    """Somebody who likes these things, the first most."""
    topics = topics or ("boats", "fog")
    interests = tuple(Interest(topic=topic, weight=round(1 - 0.3 * place, 2)) for place, topic in enumerate(topics))
    return Persona(
        name=name, display_name=name.title(), bio="Paints by the water.", age_band="35-44", home="a harbour town",
        occupation="ferry pilot", temperament=Temperament(), interests=interests,
        aesthetic=Aesthetic(
            styles=("ink",), palettes=("grey and teal",), subjects=("a boat", "a quay"), light=("fog",)
        ),
        voice=Voice(manner="dry"), sociability=0.5, opinions=("Leave half of it empty.",), emblem="a small boat in fog",
        rhythm=Rhythm(wakes=6, sleeps=23, peaks=(8, 20), visits_a_day=6, posts_a_day=1),
    ).model_copy(update=changed)  # fmt: skip
