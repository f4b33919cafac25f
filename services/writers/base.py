"""What every writer is to the rest of the house, and what is done to its words before anybody sees them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from pydantic import BaseModel

from services.text import clean

LONGEST_CAPTION = 300
LONGEST_TAG = 40
LONGEST_CHANGE = 80
FEWEST_TAGS = 3
MOST_TAGS = 8
MOST_CHANGES = 6

Shape = TypeVar("Shape", bound=BaseModel)
_LINK = re.compile(r"\b(?:https?://|www\.)[^\s\"“”]+", re.IGNORECASE)
_HASHTAG = re.compile(r"[#＃][^\s\"“”]*")
_QUOTED = re.compile(r'["“”]([^"“”]*)["“”]')
_SENTENCE_END = re.compile(r"[.!?…。！？](?=\s|$)|[。！？]")


@dataclass(frozen=True)
class Message:
    role: Literal["system", "user", "assistant"]
    text: str


@dataclass(frozen=True)
class Improved:
    """A prompt with more in it. No changes: it had everything already."""

    prompt: str
    changes: tuple[str, ...]
    """What was added, in a few words each, as in "light: low golden sun"."""


class Writer(Protocol):
    """Any method may raise `UserError` (no prompt), `Unavailable` (a sentence for the page; try again) and
    `ConfigurationError`. What comes back is no safer than the prompt: it meets the prompt gate like typed text."""

    name: str
    label: str
    """How a sentence calls it, as in "the built-in writer"."""
    is_ai: bool
    """Whether a language model writes; only then does `complete` answer."""

    def improve(self, prompt: str, *, turn: int = 0) -> Improved:
        """The same wish with light, composition, material and mood, at most 2,000 characters. Another turn is
        another answer."""
        ...

    def caption(self, prompt: str, *, turn: int = 0) -> str:
        """One or two friendly sentences about the picture, without hashtags, at most 300 characters."""
        ...

    def tags(self, prompt: str) -> tuple[str, ...]:
        """3 to 8 tags in lower case, the most telling first."""
        ...

    def complete(self, messages: Sequence[Message], into: type[Shape]) -> Shape:
        """The model's answer in the given shape. Say what each field is for in its `description`."""
        ...


def as_tag(text: str) -> str:
    """`Golden Hour` as `golden_hour`: letters and digits of any script, underscores and hyphens; or nothing."""
    kept = "".join(char if is_tag_char(char) else " " for char in unicodedata.normalize("NFC", text.lower()))
    tag = "_".join(part for part in (word.strip("_-") for word in kept.split()) if part)
    return tag if len(tag) <= LONGEST_TAG and any(char.isalpha() for char in tag) else ""


def is_tag_char(char: str) -> bool:
    return char in "_-" or unicodedata.category(char)[0] in "LNM"


def as_tags(texts: Iterable[str]) -> tuple[str, ...]:
    """Each once, in order, as many as a post gets."""
    return tuple(dict.fromkeys(filter(None, map(as_tag, texts))))[:MOST_TAGS]


def as_caption(text: str) -> str:
    text = _HASHTAG.sub("", _LINK.sub("", text)).strip()
    quoted = _QUOTED.fullmatch(text)
    return shortened(quoted.group(1) if quoted else text, LONGEST_CAPTION)


def as_change(text: str) -> str:
    return shortened(text, LONGEST_CHANGE)


def shortened(text: str, most: int) -> str:
    """One line of at most so many characters: whole sentences where one fits, else whole words and dots."""
    text = clean(text[: most * 8], most=most * 8, what="This text", newlines=False)
    if len(text) <= most:
        return text
    ends = [end.end() for end in _SENTENCE_END.finditer(text) if end.end() <= most]
    if ends and ends[-1] > most // 3:
        return text[: ends[-1]]
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
