"""Tags from a prompt's own words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from services.text import clean_prompt
from services.writers.base import FEWEST_TAGS, as_tags, is_tag_char
from services.writers.vocabulary import (
    EMPTY_WORDS,
    FILLERS,
    IRREGULAR,
    KIND_TAGS,
    KINDS,
    MEDIA,
    NAMED,
    NAMES,
    SINGULAR_IN_S,
    STOPS,
)

LONGEST_WORD = 24
COMMONEST = {"a", "the", "and", "of"}
"""English small words stand in prompts of every language."""
MOST_NAME_WORDS = 4
SUBJECT, NAME, OTHER, MANNER, EMPTY = range(5)
"""Which words tell most; of one rank, the earlier."""

_MARKUP = re.compile(r"<[^<>]*>|https?://\S+|(?<=\w)['’]s\b")
_ABSENT = re.compile(r"\b(?:no|without|ohne|kein|keine|sans|sin|senza|sem)\s+[\w-]+")
_BETWEEN_HAN = re.compile(r"[ぁ-ゖ]+|[一两三几][只个個条條朵座位张張匹棵]|[的在和与與了是之着一]")
"""Hiragana, and the commonest particles of Chinese: they stand between the words of a text without spaces."""
_HAN = re.compile(r"[\u3400-\u9fff]")


def tags_of(prompt: str) -> tuple[str, ...]:
    """3 to 8, the most telling first; general ones only where the prompt has too few words."""
    found = list(_ranked(plain_words(clean_prompt(prompt))))
    telling = [word for rank, word in sorted(found, key=lambda each: each[0]) if rank < EMPTY]
    own = as_tags(telling or [word for _, word in found])
    return own if len(own) >= FEWEST_TAGS else as_tags([*own, *_kind_tags(prompt), *FILLERS])[:FEWEST_TAGS]


def plain_words(prompt: str) -> list[str]:
    """In lower case and order, without what shall not be in the picture; an emoji is a word of its own."""
    text = _ABSENT.sub(" ", _MARKUP.sub(" ", unicodedata.normalize("NFC", prompt.lower())))
    if _HAN.search(text):
        text = _BETWEEN_HAN.sub(" ", text)
    spaced = "".join(char if is_tag_char(char) else f" {char} " if _is_picture(char) else " " for char in text)
    return [word for word in (each.strip("_-") for each in spaced.split()) if word]


def singular(word: str) -> str:
    """Of an English noun. What it does not know well stays as it is."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word in SINGULAR_IN_S or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "xes", "sses", "zzes")):
        return word[:-2]
    return word[:-1]


def known(words: list[str], table: dict[str, str]) -> Iterator[tuple[int, str]]:
    """Where a word or a name of the table begins, and its row."""
    words = " ".join(words).replace("-", " ").split()
    for start in range(len(words)):
        for length in range(MOST_NAME_WORDS, 0, -1):
            name = " ".join([*words[start : start + length - 1], *map(singular, words[start : start + length][-1:])])
            row = table.get(name) or table.get(" ".join(words[start : start + length]))
            if row is not None:
                yield start, row
                break


def language(words: list[str]) -> str:
    """The one whose small words are most frequent; English where there are none."""
    return max(STOPS, key=lambda name: sum(word in STOPS[name] for word in words))


def _kind_tags(prompt: str) -> list[str]:
    return [KIND_TAGS[row] for _, row in known(plain_words(prompt), KINDS)]


def _ranked(words: list[str]) -> Iterator[tuple[int, str]]:
    spoken = language(words)
    skipped = STOPS[spoken] | COMMONEST
    start = 0
    while start < len(words):
        name, length = _name_at(words, start)
        if name:
            yield (SUBJECT if name in KINDS else NAME), name
        elif _may_be_tag(words[start], skipped):
            word = singular(words[start]) if spoken == "en" else words[start]
            yield _rank(word), word
        start += length


def _name_at(words: list[str], start: int) -> tuple[str, int]:
    """The name that begins here, or nothing, and how many words it takes."""
    for length in range(MOST_NAME_WORDS, 0, -1):
        given = " ".join(words[start : start + length]).replace("-", " ")
        first, space, last = given.rpartition(" ")
        name = next((each for each in (given, f"{first}{space}{singular(last)}") if each in NAMES), None)
        if name is not None:
            return name, min(length, len(words) - start)
    return "", 1


def _may_be_tag(word: str, skipped: frozenset[str]) -> bool:
    if word in skipped or len(word) > LONGEST_WORD or not any(char.isalpha() for char in word):
        return False
    return len(word) > 2 or bool(_HAN.search(word)) or (len(word) == 2 and not word.isascii())


def _rank(word: str) -> int:
    if word in EMPTY_WORDS:
        return EMPTY
    if word in KINDS:
        return SUBJECT
    return MANNER if word in NAMED or word in MEDIA else OTHER


def _is_picture(char: str) -> bool:
    return unicodedata.category(char) == "So"
