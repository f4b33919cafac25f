"""Words as they are compared: folded, as `pentagram.fold` does it in SQL, and what a mistyped one may have been."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import combinations

SHAPE_LETTERS = 7
"""A word is known again by its first letters: more of them make many more shapes and find hardly more."""
LONGEST_CORRECTED = 24
MARKS = re.compile("[\u0300-\u036f]+")
GAPS = re.compile(r"[\W_]+")
EAST = re.compile("([\u3040-\u30ff\u3400-\u9fff])")
LONGEST_ENDING = 4
SHORTEST_STEM = 3


def fold(text: str) -> str:
    plain = unicodedata.normalize("NFC", MARKS.sub("", unicodedata.normalize("NFKD", text)))
    return " ".join(EAST.sub(r" \1 ", GAPS.sub(" ", plain.lower())).split())


def allowed_errors(word: str) -> int:
    """How many letters of a word may be wrong: of a short one few, or another word would do as well."""
    return 0 if len(word) < 4 or len(word) > LONGEST_CORRECTED else 1 if len(word) < 7 else 2


def shapes(word: str) -> list[int]:
    """What is left of a word's beginning when up to so many letters are left out as may be wrong. Two words that differ
    in no more than that have a shape in common (Garbe's symmetric deletes)."""
    beginning = word[:SHAPE_LETTERS]
    most = max(allowed_errors(word), 1 if len(word) >= 3 else 0)
    left = {
        "".join(letter for at, letter in enumerate(beginning) if at not in out)
        for count in range(most + 1)
        for out in combinations(range(len(beginning)), count)
    }
    return sorted(map(_number, left))


def _number(shape: str) -> int:
    return int.from_bytes(hashlib.blake2b(shape.encode(), digest_size=8).digest(), signed=True)


def distance(one: str, other: str) -> int:
    """Letters put in, left out, mistaken, or swapped with the next."""
    before: Sequence[int] = []
    row: Sequence[int] = range(len(other) + 1)
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, theirs in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]


def nearest(word: str, known: Iterable[tuple[str, int]]) -> str | None:
    """The word most likely meant, of those with the number of posts that have each; None where all are too far. People
    seldom mistake the first letter, and never with another slip beside it."""
    most = allowed_errors(word)
    ranked = [
        (far, other_first, -posts, each)
        for each, posts in known
        if abs(len(each) - len(word)) <= most
        and (far := distance(word, each)) + (other_first := int(each[:1] != word[:1])) <= most
    ]
    return min(ranked)[-1] if ranked else None


def is_surely(word: str, meant: str) -> bool:
    """Whether it is written with letters put in, left out or swapped. Where one stands for another it may as well be a
    word that nobody has used yet: a racket is no rocket."""
    return len(word) != len(meant) or sorted(word) == sorted(meant)


def marked(text: str, forms: Iterable[tuple[str, str]]) -> list[str]:
    """The words of a text, as they stand there, that are one of these or share its stem; each once."""
    wanted = list(forms)
    found = (word for word in re.findall(r"[^\W_]+", text) if any(_is(fold(word), *form) for form in wanted))
    return list(dict.fromkeys(found))


def _is(word: str, exact: str, stem: str) -> bool:
    if word == exact:
        return True
    return len(stem) >= SHORTEST_STEM and word.startswith(stem) and len(word) - len(stem) <= LONGEST_ENDING
