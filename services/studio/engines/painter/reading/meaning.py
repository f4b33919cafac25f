"""What words mean that no table has.

Measured with all-MiniLM-L6-v2. Words, a list that nothing was chosen by: of 114 that a row could stand for, 53 find
it from 0.55 up and 12 another one, mostly the next of kin; of 67 for what cannot be drawn, 2 find anything. From 0.45
up it would be 66, 24 and 8. Places, prompts that nothing was chosen by and that name none: 33 of 47 get one that
suits, 31 without the lean to where the things are found. Whole prompts: the other floors were set by 64 sentences
that speak of time, weather, season, mood, palette or style in other words than the tables, of which 24 find the right
one and 1 another, and by 199 to 243 prompts that speak of none, of which none finds a time or a style, 5 a weather,
season or palette, and 12 a mood. What is only meant is rarely found, then, but seldom wrongly.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol
from weakref import WeakKeyDictionary

import numpy as np

from services.errors import ConfigurationError, Unavailable
from services.studio.engines.painter.maths import Floats
from services.studio.engines.painter.reading.fillers import NO_NOUN_ENDINGS
from services.studio.engines.painter.reading.grammar import Read
from services.studio.engines.painter.reading.open import fits, suits
from services.studio.engines.painter.reading.tables import DESCRIBED, ELSEWHERE
from services.studio.engines.painter.reading.words import MOST_CHARACTERS, Sense, Token
from services.studio.engines.painter.scenes import SCENES
from services.studio.engines.painter.styles import STYLES
from services.studio.engines.painter.subjects import SUBJECTS

WORD_FLOOR = 0.55
PAIR_GAIN = 0.05
"""How much nearer two words together must be than the second alone."""
FLOORS = {
    "scene": 0.3, "time": 0.45, "weather": 0.5, "season": 0.52, "mood": 0.38, "palette": 0.48, "style": 0.45,
}  # fmt: skip
LEAD = 0.05
"""How far the best must be before the next."""
SUITS = 0.2
"""What it adds to a scene that the things are usually found there."""
MOST_WORDS = 24
LANGUAGES_KNOWN = ("", "en")
NOTHING, WORD = "", "word"


class Meaning(Protocol):
    """A model of language: all-MiniLM-L6-v2."""

    def of(self, texts: list[str]) -> list[list[float]]:
        """A vector of length one for each text, in order."""
        ...


@dataclass(frozen=True)
class Rows:
    """What there is to choose from, each described once or several times."""

    names: tuple[str, ...]
    vectors: Floats

    def likeness(self, vector: Floats) -> dict[str, float]:
        """Of each name: that of its nearest description, rounded so that every machine has the same."""
        found: dict[str, float] = {}
        for name, one in zip(self.names, np.round(self.vectors @ vector, 2).tolist(), strict=True):
            found[name] = max(found.get(name, -1.0), one)
        return found


@dataclass(frozen=True)
class Nearness:
    """A prompt's tokens with what the model knows of them, and how near the whole is to each row of each kind."""

    tokens: list[Token]
    kinds: dict[str, dict[str, float]] = field(default_factory=dict)

    def best(self, kind: str, read: Read) -> str | None:
        """None where nothing is near enough, or two are equally near."""
        found = {name: near for name, near in self.kinds.get(kind, {}).items() if Sense(kind, name) not in read.denied}
        ranked = sorted(found, key=lambda name: -found[name])
        if len(ranked) < 2 or found[ranked[0]] < FLOORS[kind] or round(found[ranked[0]] - found[ranked[1]], 2) < LEAD:
            return None
        return ranked[0]

    def scene(self, read: Read) -> str | None:
        """Where the words name no place: the nearest one, with a lean to where the things are usually found."""
        suited = suits(read)
        near = {place: value for place, value in self.kinds.get("scene", {}).items() if fits(place, read)}
        if not near or (max(near.values()) < FLOORS["scene"] and not suited):
            return None
        return max(near, key=lambda name: round(near[name] + SUITS * suited.get(name, 0), 2))


def nearness(prompt: str, tokens: list[Token], language: str, meaning: Meaning | None) -> Nearness:
    has_words = any(token.text.isascii() and token.text[:1].isalpha() for token in tokens)
    if meaning is None or language not in LANGUAGES_KNOWN or not has_words:
        return Nearness(tokens)
    places = _nouns(tokens)[:MOST_WORDS]
    singles = [tokens[at].text for at in places]
    pairs = [" ".join(each.text for each in tokens[max(at - 1, 0) : at + 1]) for at in places]
    whole = prompt[:MOST_CHARACTERS].encode("utf-8", "ignore").decode()
    try:
        known = _known(meaning)
        first, *others = meaning.of([whole, *_twice([*singles, *pairs])])
    except (Unavailable, ConfigurationError):
        return Nearness(tokens)
    kinds = {kind: rows.likeness(np.array(first)) for kind, rows in known.items() if kind != WORD}
    likeness = [known[WORD].likeness(vector) for vector in _joined(others)]
    found = {at: _sense(*each) for at, *each in zip(places, likeness, likeness[len(places) :], strict=False)}
    return Nearness([_with(token, found.get(at)) for at, token in enumerate(tokens)], kinds)


def prepare(meaning: Meaning) -> bool:
    """Embed the rows, which takes seconds, before a prompt wants them; False where the model does not answer."""
    try:
        _known(meaning)
    except (Unavailable, ConfigurationError):
        return False
    return True


# Single words


def _nouns(tokens: list[Token]) -> list[int]:
    """Where an unknown word stands that is not there to say something of the next one."""
    return [
        at for at, token in enumerate(tokens)
        if token.is_unknown and token.text.isascii() and len(token.text) > 2
        and not token.text.endswith(NO_NOUN_ENDINGS)
        and not (at + 1 < len(tokens) and (tokens[at + 1].is_unknown or tokens[at + 1].has("subject", "scene")))
    ]  # fmt: skip


def _sense(single: dict[str, float], pair: dict[str, float]) -> Sense | None:
    """What one word means, or the two that end in it where they are nearer to something together."""
    best_single, best_pair = (max(near, key=lambda name: near[name]) for near in (single, pair))
    best, near = (best_pair, pair) if pair[best_pair] >= single[best_single] + PAIR_GAIN else (best_single, single)
    if near[best] < WORD_FLOOR or best == NOTHING:
        return None
    kind, _, name = best.partition(":")
    return Sense(kind, name)


def _with(token: Token, sense: Sense | None) -> Token:
    return replace(token, senses=(sense,), plural=token.text.endswith("s")) if sense else token


def _twice(words: list[str]) -> list[str]:
    """A bare word leans to its most abstract meaning, one with an article to a thing: both together tell best."""
    return [text for word in words for text in (word, f"a {word}")]


def _joined(vectors: Sequence[Sequence[float]]) -> Floats:
    """Of two vectors each one, such that likeness is the mean of both."""
    return np.array(vectors).reshape(len(vectors) // 2, -1) / math.sqrt(2) if len(vectors) else np.zeros((0, 0))


# The rows, embedded once for each model

_models: WeakKeyDictionary[Meaning, dict[str, Rows]] = WeakKeyDictionary()
_turn = threading.Lock()


def _known(meaning: Meaning) -> dict[str, Rows]:
    with _turn:
        if meaning not in _models:
            kinds = {kind: _embedded(meaning, *rows) for kind, rows in _described().items()}
            _models[meaning] = kinds | {WORD: _embedded(meaning, *_things_and_places(), twice=True)}
        return _models[meaning]


def _embedded(meaning: Meaning, names: list[str], texts: list[str], *, twice: bool = False) -> Rows:
    vectors = meaning.of(_twice(texts) if twice else texts)
    return Rows(tuple(names), _joined(vectors) if twice else np.array(vectors))


def _described() -> dict[str, tuple[list[str], list[str]]]:
    """Names and texts of every kind."""
    kinds = {
        **DESCRIBED,
        "scene": {name: f"{scene.described}; {DESCRIBED['scene'].get(name, name)}" for name, scene in SCENES.items()},
        "style": {name: f"{_spelt(name)}; {style.described}" for name, style in STYLES.items()},
    }
    split = {
        kind: [(name, text) for name, row in rows.items() for text in row.split("; ")] for kind, rows in kinds.items()
    }
    return {kind: ([name for name, _ in rows], [text for _, text in rows]) for kind, rows in split.items()}


def _things_and_places() -> tuple[list[str], list[str]]:
    elsewhere = ELSEWHERE.split()
    names = [
        *(f"subject:{name}" for name in SUBJECTS),
        *(f"scene:{name}" for name in SCENES),
        *(NOTHING for _ in elsewhere),
    ]
    return names, [*map(_spelt, SUBJECTS), *map(_spelt, SCENES), *elsewhere]


def _spelt(name: str) -> str:
    return name.replace("_", " ")
