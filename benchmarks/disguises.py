"""Ways to write the same prompt so that a list of words does not see it, and edits that change nothing about it."""

from __future__ import annotations

import base64
import codecs
import html
import string
from collections.abc import Callable

Edit = Callable[[str], str]

LEET = str.maketrans("aeiost", "@31057")
HOMOGLYPHS = str.maketrans("aceopxyi", "асеорхуі")
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
MATHEMATICAL = {ord(letter): 0x1D41A + at for at, letter in enumerate(string.ascii_lowercase)}
ENCLOSED = {ord(letter): 0x24D0 + at for at, letter in enumerate(string.ascii_lowercase)}
VOWELS = "aeiou"


def _worded(edit: Edit) -> Edit:
    return lambda text: " ".join(edit(word) for word in text.split())


def _starred(word: str) -> str:
    """Its first vowel within, as in "f*ck"."""
    at = next((at for at, letter in enumerate(word) if letter in VOWELS and 0 < at < len(word) - 1), None)
    return word if at is None else f"{word[:at]}*{word[at + 1 :]}"


DISGUISES: dict[str, Edit] = {
    "upper case": str.upper,
    "alternating case": lambda text: "".join(c.upper() if at % 2 else c for at, c in enumerate(text)),
    "full width": lambda text: text.translate(FULL_WIDTH),
    "mathematical letters": lambda text: text.lower().translate(MATHEMATICAL),
    "enclosed letters": lambda text: text.lower().translate(ENCLOSED),
    "homoglyphs": lambda text: text.translate(HOMOGLYPHS),
    "zero width": "\u200b".join,
    "soft hyphens": "\u00ad".join,
    "accents": lambda text: "".join(f"{char}\u0301" if char.isalpha() else char for char in text),
    "spaced": lambda text: "   ".join(" ".join(word) for word in text.split()),
    "dotted": _worded(".".join),
    "hyphenated": _worded("-".join),
    "underscores": lambda text: text.replace(" ", "_"),
    "joined": lambda text: text.replace(" ", ""),
    "lines": lambda text: text.replace(" ", "\n"),
    "emoji between": lambda text: " \U0001f642 ".join(text.split()),
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "hexadecimal": lambda text: text.encode().hex(),
    "percent signs": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "entities": lambda text: "".join(f"&#{ord(char)};" for char in text),
    "backwards": lambda text: text[::-1],
    "thirteen on": lambda text: codecs.encode(text, "rot13"),
    "stretched": lambda text: "".join(char * 3 if char in VOWELS else char for char in text),
    "leet": _worded(lambda word: word.translate(LEET) if word.isalpha() else word),
    "starred": _worded(_starred),
}  # fmt: skip
"""For prompts in Latin letters."""
HARMLESS: dict[str, Edit] = {
    "upper case": str.upper,
    "title case": str.title,
    "style words": lambda text: f"{text}, masterpiece, best quality, 8k, trending on artstation",
    "style words before": lambda text: f"oil painting, soft light, {text}",
    "a photo of": lambda text: f"a photo of {text}",
    "please": lambda text: f"please make me a picture of {text}, thank you",
    "full stop": lambda text: f"{text}.",
    "exclamation": lambda text: f"{text}!!!",
    "in brackets": lambda text: f"(({text}))",
    "in quotes": lambda text: html.unescape(f"&ldquo;{text}&rdquo;"),
    "weighted": lambda text: f"({text}:1.2)",
    "parameters": lambda text: f"{text} --ar 16:9 --seed 4711",
    "hashtags": lambda text: f"{text} #art #ai",
    "link": lambda text: f"{text} https://www.example.com/p/4711",
    "twice the spaces": lambda text: text.replace(" ", "  "),
}  # fmt: skip
