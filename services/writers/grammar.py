"""The built-in writer: tables of words and a prompt's hash. It understands nothing and answers at once."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from services.errors import ConfigurationError
from services.text import MOST_PROMPT_CHARACTERS, clean_prompt
from services.writers.base import Improved, Message, Shape, as_caption
from services.writers.tags import known, plain_words, tags_of
from services.writers.vocabulary import (
    BACKGROUNDS,
    COLOUR,
    COMPOSITION,
    KINDS,
    LIGHT,
    MATERIAL,
    MEDIA,
    MOOD,
    NAMED,
    OPENINGS,
    OUTDOORS,
    REMARKS,
    SETTINGS,
    SOMBRE,
    TECHNIQUE,
    WEATHER,
)

MOST_ADDED = 4
ALWAYS = ("light", "composition", "material")
BY_TURNS = ("mood", "colour", "weather")
LONGEST_SUBJECT = 110

_FIRST_CLAUSE = re.compile(r"[^,;:.!?\n|“”\"。、，！？]+")
_ORDER = re.compile(
    r"^(?:please\s+)?(?:(?:create|generate|make|paint|draw|show|give|imagine)\s+(?:me\s+)?)?"
    r"(?:(?:an?|the)\s+)?(?:[\w-]+\s+)?(?:photo(?:graph)?|picture|image|painting|drawing|illustration|render|portrait)"
    r"\s+of\s+|^(?:please\s+)?(?:create|generate|make|paint|draw|show|give|imagine)\s+(?:me\s+)?(?=an?\s|the\s)",
    re.IGNORECASE,
)
_OWNER = re.compile(r"\w+['’]s\b")
"""A soldier's grave is no soldier."""
_MARKUP = re.compile(r"<[^<>]*>|:\d+(?:\.\d+)?(?=\))|[()\[\]{}]")
_NOUN_PHRASE = re.compile(r"(?:an?|the|one|two|three|four|five|some|many|my|our)\s+[^\W\d_]", re.IGNORECASE)
_ENDS = re.compile(r"[.!?…。！？]$")


@dataclass(frozen=True)
class Reading:
    """What the tables know of a prompt."""

    prompt: str

    @cached_property
    def words(self) -> list[str]:
        return plain_words(_OWNER.sub(" ", self.prompt))

    @cached_property
    def kind(self) -> str:
        """Of the first figure, else of the first thing or place."""
        found = [(row in BACKGROUNDS, start, row) for start, row in known(self.words, KINDS)]
        return min(found)[2] if found else "anything"

    @cached_property
    def setting(self) -> str:
        rows = {row for _, row in known(self.words, SETTINGS)}
        usual = "day" if self.kind in OUTDOORS else "indoors" if self.kind in ("interior", "food") else "open"
        return next(
            (row for row in ("rendered", "underwater", "space", "indoors", "night", "grey") if row in rows), usual
        )

    @cached_property
    def medium(self) -> str | None:
        return next((row for _, row in known(self.words, MEDIA)), None)

    @cached_property
    def named(self) -> set[str]:
        return {row for _, row in known(self.words, NAMED)}

    @cached_property
    def is_sombre(self) -> bool:
        return any(True for _ in known(self.words, SOMBRE))

    def choices(self, aspect: str) -> tuple[str, ...]:
        """Phrases that go with it; none where it has that already, or nothing fits."""
        if aspect in self.named:
            return ()
        return {
            "light": LIGHT[self.setting],
            "composition": COMPOSITION[self.kind],
            "material": TECHNIQUE[self.medium] if self.medium else MATERIAL[self.kind],
            "mood": MOOD["sombre" if self.is_sombre else "open"],
            "colour": COLOUR,
            "weather": WEATHER.get(self.setting, ()) if self.kind in OUTDOORS else (),
        }[aspect]


class GrammarWriter:
    name = "grammar"
    label = "the built-in writer"
    is_ai = False

    def improve(self, prompt: str, *, turn: int = 0) -> Improved:
        """The person's words first and untouched, then what they did not name."""
        prompt = clean_prompt(prompt)
        improved, changes = prompt.rstrip(" ,;"), []
        for aspect, phrase in _additions(Reading(prompt), turn):
            joined = _joined(improved, phrase)
            if len(joined) <= MOST_PROMPT_CHARACTERS:
                improved = joined
                changes.append(f"{aspect}: {phrase}")
        return Improved(improved if changes else prompt, tuple(changes))

    def caption(self, prompt: str, *, turn: int = 0) -> str:
        reading = Reading(clean_prompt(prompt))
        subject = _subject(reading.prompt)
        opening = picked(OPENINGS[_tone(reading, subject)], "opening", reading.prompt, turn)
        said = opening.format(subject=_lowered(subject), Subject=_raised(subject))
        if reading.is_sombre:
            return as_caption(said)
        return as_caption(f"{said} {picked(REMARKS[reading.kind], 'remark', reading.prompt, turn)}")

    def tags(self, prompt: str) -> tuple[str, ...]:
        return tags_of(prompt)

    def complete(self, messages: Sequence[Message], into: type[Shape]) -> Shape:
        raise ConfigurationError(
            "This needs a language model, and none is configured: set PENTAGRAM_TEXT_URL and PENTAGRAM_TEXT_MODEL."
        )


def picked(choices: Sequence[str], what: str, prompt: str, turn: int) -> str:
    """The same for the same prompt; the next of them with the next turn."""
    first = int.from_bytes(hashlib.sha256(f"{what}\0{prompt}".encode()).digest()[:8], "big")
    return choices[(first + turn) % len(choices)]


def _additions(reading: Reading, turn: int) -> list[tuple[str, str]]:
    shift = turn % len(BY_TURNS)
    aspects = [*ALWAYS, *BY_TURNS[shift:], *BY_TURNS[:shift]]
    fitting = [(aspect, choices) for aspect in aspects if (choices := reading.choices(aspect))]
    return [(aspect, picked(choices, aspect, reading.prompt, turn)) for aspect, choices in fitting[:MOST_ADDED]]


def _joined(text: str, phrase: str) -> str:
    return f"{text} {_raised(phrase)}" if _ENDS.search(text) else f"{text}, {phrase}"


def _subject(prompt: str) -> str:
    """The first clause without what orders the picture, or nothing where that is no short, readable phrase."""
    clause = _FIRST_CLAUSE.search(_ORDER.sub("", _MARKUP.sub("", prompt)))
    subject = " ".join(clause.group().split()) if clause else ""
    readable = len(subject) <= LONGEST_SUBJECT and any(char.isalpha() for char in subject)
    return subject if readable and not set("#@/\\_*`~=") & set(subject) else ""


def _tone(reading: Reading, subject: str) -> str:
    if not subject:
        return "none"
    if not _NOUN_PHRASE.match(subject):
        return "quoted"
    return "sombre" if reading.is_sombre else "phrase"


def _lowered(subject: str) -> str:
    """Inside a sentence; only an article loses its capital."""
    first, space, rest = subject.partition(" ")
    return f"{first.lower()}{space}{rest}" if _NOUN_PHRASE.match(subject) else subject


def _raised(subject: str) -> str:
    return subject[:1].upper() + subject[1:]
