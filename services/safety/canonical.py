"""Text as the gate reads it: as typed, and with the usual disguises undone.

It sees through fancy letters, accents, zero-width characters, leetspeak, stretched words ("nuuude"), letters
set apart ("n u d e") and look-alike Cyrillic.
"""

from __future__ import annotations

import re
import unicodedata

from services.text import INVISIBLE, is_mark

_LOOKALIKES = str.maketrans(
    dict(zip("аеорсухіјѕԁһøłđı", "aeopcyxijsdholdi", strict=True))
    | {first + i: chr(97 + i) for first in (0x1F150, 0x1F170, 0x1F1E6) for i in range(26)}
)
"""Cyrillic twins, letters without a decomposition, and the letters of emoji."""
_LEET = str.maketrans("013457@$!", "oieastasi")
_APART = re.compile(r"(?<![a-z0-9])[a-z0-9](?:(?: ?[.*_/-] ?| )[a-z0-9](?![a-z0-9])){2,}")
_SEPARATOR_INSIDE = re.compile(r"(?<=[a-z])[.*_~'’-]+(?=[a-z])")
_TOKEN = re.compile(r"[a-z0-9@$!]+")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_BETWEEN_WORDS = re.compile(r"[^a-z0-9]+")


def views_of(text: str) -> tuple[str, ...]:
    """As typed, and with disguises undone: undoing alone would make "i2yo" of "12yo"."""
    typed = _folded(text)
    undone = _SEPARATOR_INSIDE.sub("", _TOKEN.sub(_without_leet, _APART.sub(_together, typed)))
    views = dict.fromkeys((typed, _STRETCHED.sub(r"\1", undone), _STRETCHED.sub(r"\1\1", undone)))
    return tuple(dict.fromkeys(_BETWEEN_WORDS.sub(" ", f" {view} ") for view in views))


def _folded(text: str) -> str:
    text = INVISIBLE.sub("", text)
    if text.isascii():
        return text.lower()
    # Marks go before NFKC as well: Python sorts a long row of them in quadratic time.
    text = unicodedata.normalize("NFKC", _without_marks(text)).casefold()
    return _without_marks(unicodedata.normalize("NFD", text)).translate(_LOOKALIKES)


def _without_marks(text: str) -> str:
    return "".join(char for char in text if not is_mark(char) and unicodedata.category(char) != "Cf")


def _together(apart: re.Match[str]) -> str:
    letters = _BETWEEN_WORDS.sub("", apart[0])
    is_article_first = letters[0] == "a"
    return f"{letters} {letters[1:]}" if is_article_first else letters


def _without_leet(match: re.Match[str]) -> str:
    token = match[0].strip("!")
    return token.translate(_LEET) if any(char.isalpha() for char in token) else token
