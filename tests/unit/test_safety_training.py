"""The lines that the safety classifier learns from are broad enough, and none of them says two things."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

TRAINING = Path(__file__).parents[2] / "services" / "safety" / "training"
SOFT = ("sexual", "violence", "hate", "self_harm", "harassment", "real_persons", "extremism", "weapons", "spam")
CATEGORIES = ("minors", *SOFT)
NONE = "none"
"""The category of an allowed line that is near no rule."""
FEW = ("nl", "pl")
"""Languages of which the lexicon knows nothing."""
SPOKEN = "spoken"
"""The file of what our own residents say, all of it allowed."""
LANGUAGES = ("es", "fr", "de", "pt", "it", "ru", "zh", "ja", "ar", "hi", "id", "bn", "ur", "ko", "tr")


@dataclass(frozen=True)
class Line:
    text: str
    label: str
    category: str
    language: str
    file: str

    @property
    def key(self) -> str:
        return " ".join(self.text.casefold().split())


def _read(path: Path) -> Iterator[Line]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield Line(**json.loads(line), file=path.stem)


LINES = tuple(line for path in sorted(TRAINING.glob("*.jsonl")) for line in _read(path))


def labelled(label: str, category: str | None = None) -> list[Line]:
    return [line for line in LINES if line.label == label and category in (None, line.category)]


def test_a_line_says_what_it_is_in_known_words() -> None:
    odd = [
        line for line in LINES
        if line.label not in {"block", "sensitive", "allow"}
        or line.category not in (*CATEGORIES, NONE)
        or line.language not in ("en", *LANGUAGES, *FEW)
        or line.text != line.text.strip() or not line.text
    ]  # fmt: skip
    assert odd == []


def test_a_line_stands_in_the_file_of_its_category_or_label() -> None:
    files = [line.category if line.label == "block" else line.label for line in LINES]
    assert [line for line, file in zip(LINES, files, strict=True) if line.file.replace(SPOKEN, "allow") != file] == []


def test_what_is_refused_or_sensitive_has_a_category() -> None:
    assert [line for line in LINES if line.category == NONE and line.label != "allow"] == []


def test_no_text_is_there_twice() -> None:
    assert [key for key, times in Counter(line.key for line in LINES).items() if times > 1] == []


def test_minors_are_refused_or_harmless_and_nothing_between() -> None:
    assert labelled("sensitive", "minors") == []


@pytest.mark.parametrize("category", SOFT)
def test_every_category_is_refused_in_many_ways(category: str) -> None:
    assert len(labelled("block", category)) >= 160


def test_minors_need_few_words() -> None:
    assert 80 <= len(labelled("block", "minors")) <= 100


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_is_refused_in_every_language(category: str) -> None:
    languages = Counter(line.language for line in labelled("block", category))
    assert [language for language in LANGUAGES if languages[language] < 2] == []
    assert sum(languages[language] for language in LANGUAGES) >= len(labelled("block", category)) / 4


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_innocent_neighbours(category: str) -> None:
    assert len(labelled("allow", category)) >= 100
    assert {line.language for line in labelled("allow", category)} >= set(LANGUAGES)


def test_children_are_seen_in_harmless_scenes() -> None:
    assert len(labelled("allow", "minors")) >= 120


def test_there_is_enough_of_each_outcome() -> None:
    assert len(LINES) >= 3500
    assert len(labelled("sensitive")) >= 450
    assert len(labelled("allow")) >= 1300
    assert len(labelled("allow")) - len(labelled("allow", NONE)) >= 700


def test_ordinary_prompts_come_in_every_language() -> None:
    ordinary = Counter(line.language for line in labelled("allow", NONE))
    assert [language for language in LANGUAGES if ordinary[language] < 6] == []
