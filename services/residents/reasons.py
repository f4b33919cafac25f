"""Why a resident did something, said in a sentence: what the decision wrote down, in the words of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

Reasons = Mapping[str, Any]
"""As a decision writes them down. Numbers are what counted and how much, against it where they are below zero; `topic`
is what it was about, `why` a sentence where the decision has its own, `dropped` one on why it came to nothing."""


class Term(NamedTuple):
    called: str
    for_it: str
    """Of a number above zero, as it goes on after "because"."""
    against: str = ""


MOST_NAMED = 2
LEAST = 0.05
TERMS: Mapping[str, Term] = {
    "interest": Term("What it is about", "it is about {topic}", "it is not about what they are into"),
    "taste": Term("Taste", "it is like what they liked before", "it is unlike what they liked before"),
    "tie": Term("Who made it", "they know who made it", "they do not get on with who made it"),
    "memory": Term("Memory", "they remember something like it"),
    "novelty": Term("Something new", "it is new to them", "they have seen much like it"),
    "freshness": Term("How new it is", "it was just posted"),
    "popularity": Term("What others think", "others like it"),
    "quality": Term("How it is made", "it is made the way they like pictures", "it is not made the way they like"),
    "mood": Term("Mood", "they are in good spirits", "they are in low spirits"),
    "rhythm": Term("Time of day", "it is their time of day", "it is not their time of day"),
    "energy": Term("Energy", "they feel like doing something", "they are tired"),
    "sociability": Term("Sociability", "they like company", "they keep to themselves"),
    "habit": Term("Habit", "they have done so often"),
    "chance": Term("Chance", "they felt like it", "they did not feel like it"),
}
"""What is known to count, in the order in which equals are named."""
SUMS = {"utility": "All together", "needed": "Needed", "probability": "Probability", "threshold": "Needed"}
WITHOUT_A_TOPIC = "something that they are into"
BEGINNINGS = {
    "planned": "About to happen", "waiting": "Waiting for the picture", "dropped": "Not done",
}  # fmt: skip


def sentence(state: str, reasons: Reasons) -> str:
    """Empty where nothing is known. `state` is the action's."""
    told = _own_words(reasons) or _because(reasons)
    beginning = BEGINNINGS.get(state, "")
    if beginning and told:
        return f"{beginning}: {told[0].lower()}{told[1:]}" if told.startswith("Because ") else f"{beginning}. {told}"
    return f"{beginning}." if beginning else told


def terms(reasons: Reasons) -> list[tuple[str, float]]:
    """What counted and how much, the weightiest first, what it came to last."""
    counted = [(name, value) for name, value in _numbers(reasons) if name not in SUMS]
    counted.sort(key=lambda each: -abs(each[1]))
    return [(called(name), value) for name, value in counted] + [
        (called(name), value) for name, value in _numbers(reasons) if name in SUMS
    ]


def called(name: str) -> str:
    if name in TERMS:
        return TERMS[name].called
    return SUMS.get(name) or name.replace("_", " ").capitalize()


def _own_words(reasons: Reasons) -> str:
    told = reasons.get("dropped") or reasons.get("why") or ""
    told = " ".join(str(told).split())
    return told if not told or told[-1] in ".!?…" else f"{told}."


def _because(reasons: Reasons) -> str:
    said = [clause for name, value in _weightiest(reasons) if (clause := _clause(name, value, reasons))]
    return f"Because {_listed(said[:MOST_NAMED])}." if said else ""


def _weightiest(reasons: Reasons) -> list[tuple[str, float]]:
    known = [(name, value) for name, value in _numbers(reasons) if name in TERMS and abs(value) >= LEAST]
    order = list(TERMS)
    return sorted(known, key=lambda each: (-abs(each[1]), order.index(each[0])))


def _clause(name: str, value: float, reasons: Reasons) -> str:
    term = TERMS[name]
    topic = reasons.get("topic")
    about = topic if isinstance(topic, str) and topic else WITHOUT_A_TOPIC
    return term.for_it.replace("{topic}", about) if value > 0 else term.against


def _numbers(reasons: Reasons) -> list[tuple[str, float]]:
    return [
        (name, float(value))
        for name, value in reasons.items()
        if isinstance(value, int | float) and not isinstance(value, bool)
    ]


def _listed(said: Sequence[str]) -> str:
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
