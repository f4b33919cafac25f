"""What people type, made safe to keep and to show: one cleaning for names, captions and prompts."""

from __future__ import annotations

import re
import unicodedata

from services.errors import UserError

MOST_PROMPT_CHARACTERS = 2_000
MOST_MARKS_IN_A_ROW = 4
MOST_RAW_PER_KEPT_CHARACTER = 16

JOINERS = "\u200c\u200d"
INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u070f\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    r"\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
)
"""Draws nothing (format controls, fillers) or cannot be stored (NUL, lone surrogates, non-characters).

Joiners and tags are not in it: emoji, Persian and the Indic scripts need some of them.
"""

_LINE_BREAK = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_EMOJI = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff]")
_JOINING_SCRIPT = re.compile(r"[\u0600-\u06ff\u0750-\u077f\u0900-\u0dff]")
_FLAGS = "|".join("".join(chr(0xE0000 + ord(c)) for c in name) for name in ("gbeng", "gbsct", "gbwls"))
_TAG = re.compile(f"(\U0001f3f4(?:{_FLAGS})\U000e007f)|[\U000e0000-\U000e007f]")


def clean(text: str, *, most: int, what: str, newlines: bool = True) -> str:
    """`text` as it is stored and shown; cleaning it again changes nothing.

    `what` opens the sentence of the UserError when more than `most` characters remain ("Your comment").
    """
    if len(text) <= most * MOST_RAW_PER_KEPT_CHARACTER:
        text = _tidy_whitespace(_legible(_LINE_BREAK.sub("\n", text)), newlines)
    if len(text) > most:
        raise UserError(f"{what[:1].upper()}{what[1:]} is longer than {most:,} characters.")
    return text


def clean_prompt(text: str) -> str:
    prompt = clean(text, most=MOST_PROMPT_CHARACTERS, what="Your prompt")
    if not prompt:
        raise UserError("Write what you want to see first.")
    return prompt


def is_mark(char: str) -> bool:
    return char >= "\u0300" and (unicodedata.combining(char) > 0 or unicodedata.category(char) in ("Mn", "Me"))


def _legible(text: str) -> str:
    text = INVISIBLE.sub("", text)
    if text.isascii():
        return text
    text = _TAG.sub(r"\1", text)
    # Twice: NFC splits a few marks in two, so the second limit finds rows that the first could not see.
    # Never NFC first: Python sorts an unlimited row of marks in quadratic time.
    for _ in range(2):
        text = unicodedata.normalize("NFC", _limit_marks_and_joiners(text))
    return text


def _limit_marks_and_joiners(text: str) -> str:
    kept: list[str] = []
    base, marks = "", 0
    for char, following in zip(text, text[1:] + " ", strict=False):
        if char in JOINERS:
            keep = _joins(base, following) and not (is_mark(following) and marks >= MOST_MARKS_IN_A_ROW)
        elif is_mark(char):
            marks += 1
            keep = bool(base.strip()) and marks <= MOST_MARKS_IN_A_ROW
        else:
            base, marks, keep = char, 0, True
        if keep:
            kept.append(char)
    return "".join(kept)


def _joins(base: str, following: str) -> bool:
    return any(script.match(base) and script.match(following) for script in (_EMOJI, _JOINING_SCRIPT))


def _tidy_whitespace(text: str, newlines: bool) -> str:
    if not newlines:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
