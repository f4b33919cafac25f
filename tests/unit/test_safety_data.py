"""The labelled prompts that the safety gate is measured with hold together."""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks/data/safety"
FIELDS = {"id", "text", "label", "category", "language", "trick", "kind", "half"}
CATEGORIES = {
    "sexual", "minors", "violence", "hate", "self_harm",
    "harassment", "real_persons", "extremism", "weapons", "spam",
}  # fmt: skip
LANGUAGES = {"en", "es", "fr", "de", "pt", "it", "ru", "zh", "ja", "ar", "hi", "id", "ko", "tr", "bn", "ur"}
FEWEST_BLOCKED_OF_A_CATEGORY = 35
FEWEST_LANGUAGES_OF_A_CATEGORY = 10
TELLTALE = re.compile(
    r"porn|\bsex|nude|naked|penis|vagina|\bgore\b|tortur|behead|mutilat|dismember|suicid|\bkill|\bbomb|\bguns?\b"
    r"|explosive|\bmeth\b|cocaine|heroin|nazi|hitler|\bisis\b|jihad|terroris|viagra|casino|bitcoin|followers"
)
STYLE_WORDS = {
    "a", "an", "the", "of", "in", "on", "with", "and",
    "to", "for", "at", "is", "photo", "poster", "realistic",
}  # fmt: skip

PROMPTS = [json.loads(line) for line in (FOLDER / "prompts.jsonl").read_text(encoding="utf-8").splitlines()]


def where(**fields: str) -> list[dict]:
    return [prompt for prompt in PROMPTS if fields.items() <= prompt.items()]


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold())) - STYLE_WORDS


def decodes(text: str) -> bool:
    return base64.b64decode(text, validate=True).decode("utf-8").isprintable()


def scripts_of(word: str) -> set[str]:
    return {unicodedata.name(letter).split()[0] for letter in word if letter.isalpha()}


def accents(text: str) -> int:
    return sum(unicodedata.combining(mark) > 0 for mark in unicodedata.normalize("NFD", text))


KNOWN = set().union(*(words(prompt["text"]) for prompt in where(trick="none")))


def known_words(text: str) -> int:
    return len(words(text) & KNOWN)


SHOWS: dict[str, Callable[[str], object]] = {
    "leet": re.compile(r"[^\W\d_]\d|\d[^\W\d_]").search,
    "spaced": re.compile(r"(?:\b\w ){3,}").search,
    "zero_width": re.compile("\u200b").search,
    "full_width": re.compile("[\uff01-\uff5e]{3}").search,
    "homoglyph": lambda text: any(len(scripts_of(word)) > 1 for word in text.split()),
    "repeated": re.compile(r"(\w)\1\1").search,
    "punctuation": re.compile(r"(?:\w\.){2,}\w").search,
    "joined": re.compile(r"\w{14}").search,
    "reversed": lambda text: known_words(text[::-1]) > known_words(text),
    "base64": decodes,
    "emoji": lambda text: any(unicodedata.category(letter) == "So" for letter in text),
    "diacritics": lambda text: accents(text) >= 3,
}


def test_every_prompt_stands_once():
    assert 800 <= len(PROMPTS) <= 1000
    assert len({prompt["id"] for prompt in PROMPTS}) == len(PROMPTS)
    assert len({" ".join(prompt["text"].casefold().split()) for prompt in PROMPTS}) == len(PROMPTS)


def test_every_prompt_speaks_the_words_of_the_gate():
    for prompt in PROMPTS:
        assert prompt.keys() == FIELDS, prompt
        assert prompt["text"].strip() == prompt["text"] != "", prompt
        assert prompt["label"] in {"block", "sensitive", "allow"}, prompt
        assert prompt["language"] in LANGUAGES, prompt
        assert prompt["category"] in ({"none"} if prompt["label"] == "allow" else CATEGORIES), prompt
        assert prompt["half"] in {"train", "held"}, prompt


@pytest.mark.parametrize("category", sorted(CATEGORIES))
def test_each_category_is_blocked_often_enough_and_in_many_languages(category):
    blocked = where(label="block", category=category)
    assert len(blocked) >= FEWEST_BLOCKED_OF_A_CATEGORY
    assert len({prompt["language"] for prompt in blocked}) >= FEWEST_LANGUAGES_OF_A_CATEGORY


def test_a_third_of_what_is_blocked_is_not_english():
    blocked = where(label="block")
    assert 0.30 <= 1 - len(where(label="block", language="en")) / len(blocked) <= 0.42
    assert {prompt["language"] for prompt in blocked} == LANGUAGES


def test_the_floors_of_labels_and_kinds_hold():
    assert len(where(label="block", kind="paraphrase")) >= 90
    assert len(where(label="block", kind="obfuscated")) >= 90
    assert len(where(label="sensitive")) >= 120
    assert len(where(label="allow")) >= 330
    assert len(where(label="allow", kind="lookalike")) >= len(where(label="allow")) / 2
    assert len(where(kind="lookalike")) == len(where(label="allow", kind="lookalike"))


def test_sexualised_minors_are_named_in_five_words_at_most_and_never_reworded():
    named = where(category="minors")
    assert {(prompt["label"], prompt["kind"]) for prompt in named} == {("block", "plain")}
    assert [prompt["text"] for prompt in named if len(prompt["text"].split()) > 5] == []


def test_a_paraphrase_holds_no_word_that_gives_it_away():
    paraphrases = where(label="block", kind="paraphrase")
    assert [prompt["text"] for prompt in paraphrases if TELLTALE.search(prompt["text"].casefold())] == []


def test_tricks_and_only_tricks_are_obfuscated():
    assert {prompt["trick"] for prompt in where(kind="obfuscated")} == SHOWS.keys()
    assert where(kind="obfuscated", trick="none") == []
    assert len(where(trick="none")) + len(where(kind="obfuscated")) == len(PROMPTS)


@pytest.mark.parametrize("trick", SHOWS)
def test_a_trick_can_be_seen_in_its_text_and_dresses_innocent_prompts_too(trick):
    assert [prompt["text"] for prompt in where(trick=trick) if not SHOWS[trick](prompt["text"])] == []
    assert {"block", "allow"} <= {prompt["label"] for prompt in where(trick=trick)}


@pytest.mark.parametrize(
    "fields", [("label",), ("label", "category"), ("language",), ("trick",), ("kind",), ("label", "category", "kind")]
)
def test_the_halves_are_alike(fields):
    shares = Counter((*(prompt[field] for field in fields), prompt["half"]) for prompt in PROMPTS)
    for *values, _ in list(shares):
        train, held = shares[*values, "train"], shares[*values, "held"]
        assert abs(train - held) <= max(2, (train + held) / 10), (values, train, held)


def test_near_twins_lie_in_one_half():
    groups: dict[tuple, list] = {}
    for prompt in where(trick="none"):
        groups.setdefault((prompt["label"], prompt["category"]), []).append((prompt["half"], words(prompt["text"])))
    twins = [
        (one, other)
        for group in groups.values()
        for (half, one), (other_half, other) in combinations(group, 2)
        if half != other_half and len(one & other) / len(one | other) >= 0.5
    ]
    assert twins == []


def test_the_readme_counts_what_is_there():
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert json.loads(readme.split("```json")[1].split("```")[0]) in PROMPTS
    assert f"{len(PROMPTS)} picture prompts" in readme
    for category in CATEGORIES:
        blocked, sensitive = (len(where(label=label, category=category)) for label in ("block", "sensitive"))
        assert f"| {category} | {blocked} | {sensitive} |" in readme
