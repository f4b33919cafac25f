"""The text that stands for a post when its meaning is read.

It is the prompt, then the caption and the tags. Two pictures that share only what everything is praised with would be
near each other, so that is left out, and so are weights and switches of other tools. Words of other languages are given
in English where the glossary knows them, since the model reads little else. A prompt that its author keeps is not in
it: whoever knows how near a text is to a vector can guess the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.discovery.glossary import in_english
from services.writers.wrapping import PIECE, is_praise

LONGEST_TEXT = 1200
SWITCHES = re.compile(r"\s--?[a-z]{1,12}(?:[ =][\w.:]+)?(?=\s|$)|<[a-z]+:[^>]*>|\bBREAK\b")
WEIGHTS = re.compile(r"[()\[\]{}]|:\s?[01]?\.\d+\b")


def meaning_of(prompt: str, caption: str, tags: Sequence[str]) -> str:
    parts = [without_noise(prompt), caption.strip(), " ".join(tag.replace("_", " ") for tag in tags)]
    return in_english(". ".join(part for part in parts if part))[:LONGEST_TEXT]


def without_noise(prompt: str) -> str:
    text = WEIGHTS.sub("", SWITCHES.sub(" ", f" {prompt}"))
    pieces = [" ".join(piece.split()) for piece in PIECE.findall(text)]
    return ", ".join(piece for piece in pieces if not is_praise(piece)) or " ".join(prompt.split())
