"""Templates of sentences: `{slot}` is filled in, `[one|another]` is one of several, by chance."""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

Slots = Mapping[str, str]
KEPT_OF_TEN = 7
"""Of ten templates, how many one and the same person ever uses: the habits by which one knows them."""
ALIKE, MOST_HABITS, MOST_REMEMBERED = 0.6, 16_384, 16_384

_CHOICE = re.compile(r"\[([^\]]*)\]")
_SLOT = re.compile(r"\{(\w+)\}")
_STARTS = re.compile(r"(\A[\"'(]*|[.!?][\"')]*\s+[\"'(]*)([a-z])")
_DOUBLED = re.compile(r"([.!?…])\.(?!\.)")
_LOWERED = re.compile(r"(?:I\b|[A-Z]{2})")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Option:
    text: str
    needs: frozenset[str]


@dataclass(frozen=True)
class Template:
    parts: tuple[tuple[Option, ...], ...]
    """Of each part one option is said; plain text is a part with a single one."""

    def fits(self, slots: Slots) -> bool:
        return all(any(option.needs <= slots.keys() for option in part) for part in self.parts)

    def said(self, slots: Slots, chance: random.Random) -> str:
        fitting = ([option for option in part if option.needs <= slots.keys()] for part in self.parts)
        return "".join(chance.choice(options).text.format_map(slots) for options in fitting)


@cache
def template(text: str) -> Template:
    pieces = _CHOICE.split(text)
    parts = [piece.split("|") if at % 2 else [piece] for at, piece in enumerate(pieces)]
    return Template(tuple(tuple(_option(option) for option in part) for part in parts if part != [""]))


def _option(text: str) -> Option:
    return Option(text, frozenset(_SLOT.findall(text)))


@lru_cache(maxsize=MOST_HABITS)
def habits(templates: tuple[str, ...], name: str) -> tuple[Template, ...]:
    """Those of the templates that this person uses."""
    ranked = sorted(templates, key=lambda text: hashlib.blake2b(f"{name}\0{text}".encode(), digest_size=8).digest())
    kept = max(2, round(len(templates) * KEPT_OF_TEN / 10))
    return tuple(template(text) for text in ranked[:kept])


def chance_of(*parts: object) -> random.Random:
    """The same for the same parts, on every machine."""
    told = "\0".join(map(str, parts)).encode("utf-8", "replace")
    return random.Random(hashlib.blake2b(told, digest_size=8).digest())  # noqa: S311


def tidied(text: str) -> str:
    """One space between words, a capital where a sentence begins, one full stop where it ends."""
    text = _DOUBLED.sub(r"\1", " ".join(text.split()))
    return _STARTS.sub(lambda start: start[1] + start[2].upper(), text)


def lowered(sentence: str) -> str:
    """As it goes on after a colon."""
    return sentence if _LOWERED.match(sentence) else sentence[:1].lower() + sentence[1:]


def likeness(one: str, other: str) -> float:
    """Share of the words that both have, from 0 to 1."""
    words, others = _words(one), _words(other)
    return len(words & others) / len(words | others) if words or others else 1.0


def nearest(text: str, others: Iterable[str]) -> float:
    """How like the one of them that is most like it."""
    return max((likeness(text, each) for each in others), default=0.0)


def is_new(text: str, others: Iterable[str]) -> bool:
    return nearest(text, others) < ALIKE


@lru_cache(MOST_REMEMBERED)
def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.lower()))
