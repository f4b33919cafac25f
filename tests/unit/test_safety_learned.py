"""The classifier understands what no word list does, gives its reasons, and fails closed."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from services.discovery.embeddings import MiniLM
from services.errors import ConfigurationError, Unavailable
from services.safety import everyday
from services.safety.english import GLOSS, in_english
from services.safety.learned import (
    AT_ONCE,
    MOST_REMEMBERED,
    PIECES,
    TUNED,
    WEIGHTS,
    Learned,
    Meaning,
    Remembered,
    load,
    meaning_of,
    pack,
    parts_of,
    readings_in,
)
from services.safety.lexicon import FOLDER, lexicon
from services.safety.policy import MEANINGS
from services.safety.prompts import PromptGate
from services.safety.rules import Rules
from services.safety.verdicts import CATEGORIES
from tests.fakes.embeddings import unread

GARDEN = "a quiet garden with roses, a stone bench under an old tree, soft light in the morning, watercolour on paper"


@pytest.fixture(scope="module")
def meaning() -> Iterator[Meaning]:
    with closing(MiniLM()) as model:
        yield meaning_of(model)


@pytest.fixture(scope="module")
def layer(meaning: Meaning) -> Learned:
    return Learned(meaning)


def decided(layer: Learned, text: str) -> dict[str, str]:
    return {opinion.category: opinion.decision for opinion in layer.judge(text)}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("two adults coupling on a bed, everything visible", "sexual"),
        ("these people are vermin and do not belong among humans", "hate"),
        ("the best way to end my life tonight", "self_harm"),
        ("a step by step diagram for an explosive out of kitchen supplies", "weapons"),
        ("send one coin and get two back, limited offer", "spam"),
    ],
)
def test_a_paraphrase_is_understood(layer: Learned, text: str, category: str) -> None:
    assert decided(layer, text).get(category) == "block"


@pytest.mark.parametrize(
    "text",
    [GARDEN, "", "   ", "a red fox in the snow", "shooting star over a lake", "grilled chicken breast on a plate",
     "ein Leuchtturm bei Sonnenuntergang", "夕暮れの灯台", "ночной город под дождём"],
)  # fmt: skip
def test_what_is_harmless_is_left_alone(layer: Learned, text: str) -> None:
    assert layer.judge(text) == []


def test_a_reason_names_what_it_is_similar_to_and_how_likely(layer: Learned) -> None:
    [opinion] = layer.judge("two adults coupling on a bed, everything visible")

    assert opinion.because == (f"similar in meaning to: {MEANINGS['sexual']}",)
    assert opinion.note.endswith("% likely")


def test_a_harmful_clause_does_not_hide_in_a_long_innocent_text(layer: Learned) -> None:
    hidden = f"{GARDEN}, two adults having explicit sex on the bench, {GARDEN}"

    assert decided(layer, GARDEN) == {}
    assert decided(layer, hidden).get("sexual") == "block"


def test_every_word_of_a_long_text_stands_in_a_part_that_the_model_reads_whole() -> None:
    words = [f"word{number}" for number in range(2_000)]
    parts = parts_of(" ".join(words))[1:]

    assert {word for part in parts for word in part.split()} == set(words)
    assert max(len(part.split()) for part in parts) <= 200


def test_a_text_made_to_cost_time_is_read_in_few_parts() -> None:
    assert len(parts_of("a, " * 30_000)) < 100
    assert len(parts_of("word " * 30_000)) < 100


def test_the_model_is_asked_about_a_few_at_a_time_so_that_a_search_gets_its_turn() -> None:
    asked: list[int] = []

    def counted(texts: list[str]) -> list[list[float]]:
        asked.append(len(texts))
        return unread(texts)

    Learned(counted).judge(", ".join(f"garden number {number} by the sea" for number in range(30)))

    assert len(asked) > 1
    assert max(asked) <= AT_ONCE


def test_a_text_that_comes_again_soon_is_not_read_again() -> None:
    asked: list[str] = []

    def noted(texts: list[str]) -> list[list[float]]:
        asked.extend(texts)
        return unread(texts)

    layer = Learned(noted)
    for text in ("blurry, low quality", "a red fox", "blurry, low quality", "a red fox"):
        layer.judge(text)

    assert asked == ["blurry low quality", "a red fox"]


def test_what_is_remembered_is_said_of_the_right_text_and_forgotten_after_a_while() -> None:
    asked: list[str] = []

    def lengths(texts: list[str]) -> list[list[float]]:
        asked.extend(texts)
        return [[float(len(text))] for text in texts]

    remembered = Remembered(lengths)
    remembered(["bee", "hornet"])

    assert remembered(["wasp", "hornet", "bee", "wasp"]) == [[4.0], [6.0], [3.0], [4.0]]
    assert asked == ["bee", "hornet", "wasp"]
    for number in range(MOST_REMEMBERED):
        remembered([f"ant {number}"])
    remembered(["bee"])
    assert asked[-1] == "bee"


def test_other_languages_are_read_in_english() -> None:
    assert in_english(" ein nacktes kind ", lexicon()) == "ein nude child"
    assert in_english(" a naked child ", lexicon()) == "a naked child"


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("un gato negro en el tejado", "cat black roof"),
        ("ich will nicht mehr leben", "want not more live"),
        ("把她推下楼梯", "把 she 推 下 stairs"),
        ("고양이가 창가에서 잔다", "cat window 서 잔 다"),
        ("gato", "cat"),
    ],
)
def test_everyday_words_of_other_languages_are_read_in_english(text: str, english: str) -> None:
    assert next(readings_in(text, lexicon())).english == english


@pytest.mark.parametrize(
    "text",
    ["la la land poster", "die hard poster", "cafe in paris", "cried in the car then sang", "a red hat"],
)
def test_a_text_that_is_mostly_english_is_left_alone(text: str) -> None:
    assert next(readings_in(text, lexicon())).english == text


def test_of_a_word_in_another_language_only_one_meaning_is_told() -> None:
    tables = [path.read_text(encoding="utf-8").splitlines() for path in everyday.FOLDER.glob("*.txt")]
    assert len(tables) == 15
    for lines in tables:
        forms = [form.strip() for line in lines for form in line.split(":", 1)[1].split(",")]
        assert len(lines) > 400
        assert len(forms) == len(set(forms))


def test_every_concept_that_a_rule_of_a_category_needs_has_an_english_word() -> None:
    said = {line.split(":")[0] for line in (FOLDER / "de.txt").read_text(encoding="utf-8").splitlines() if ":" in line}

    assert (
        said - set(GLOSS) - {"glue", "common", "innocent", "young_number", "as", "link", "sexual_body", "negator"}
        == set()
    )


def test_every_category_of_the_policy_is_described() -> None:
    assert set(MEANINGS) == set(CATEGORIES)


# The weights


def test_the_weights_are_small_and_know_every_category() -> None:
    weights = load(WEIGHTS)

    assert WEIGHTS.stat().st_size < 3_000_000
    assert {category for decision, category in weights.outcomes if decision == "block"} == set(CATEGORIES)
    assert set(weights.least["block"]) == set(CATEGORIES)


def test_minors_are_never_only_marked() -> None:
    assert "minors" not in load(WEIGHTS).least["sensitive"]


def test_the_same_weights_are_the_same_bytes() -> None:
    assert pack(load(WEIGHTS)) == WEIGHTS.read_bytes()


def test_shares_are_of_everything_that_may_be_decided() -> None:
    weights = load(WEIGHTS)
    shares = weights.shares(np.zeros((2, len(weights.units) - 1 + PIECES)))

    assert shares.shape == (2, len(weights.outcomes))
    assert np.allclose(shares.sum(axis=1), 1)


@pytest.mark.parametrize("missing", ["learned.npz", "learned.sha256", "tuned.npz"])
def test_missing_weights_stop_the_gate_and_name_the_remedy(tmp_path: Path, missing: str) -> None:
    path = _copied(tmp_path)
    (tmp_path / missing).unlink()

    with pytest.raises(ConfigurationError, match=r"cannot be read .*train_safety\.py"):
        PromptGate([Learned(unread, path)]).check("a red fox")


@pytest.mark.parametrize("name", ["learned.npz", "tuned.npz"])
def test_changed_weights_stop_the_gate_and_name_the_remedy(tmp_path: Path, name: str) -> None:
    path, changed = _copied(tmp_path), tmp_path / name
    data = bytearray(changed.read_bytes())
    data[len(data) // 2] ^= 1
    changed.write_bytes(data)

    with pytest.raises(ConfigurationError, match=r"nothing was made\. .*not the released one\. Restore"):
        PromptGate([Learned(unread, path)]).check("a red fox")


def test_weights_that_were_put_back_are_read_without_a_restart(tmp_path: Path) -> None:
    layer = Learned(unread, tmp_path / "learned.npz")
    with pytest.raises(ConfigurationError):
        layer.judge("a red fox")
    _copied(tmp_path)

    assert layer.judge("a red fox") == []


def test_a_model_that_is_away_stops_the_gate() -> None:
    def away(texts: list[str]) -> list[list[float]]:
        raise Unavailable("The embedding model stopped.")

    with pytest.raises(Unavailable, match="stopped"):
        PromptGate([Learned(away)]).check("a red fox")


def test_without_the_model_it_takes_a_few_milliseconds() -> None:
    layer = Learned(unread)
    layer.judge(GARDEN)
    started = time.process_time()
    for number in range(20):
        layer.judge(f"a red fox number {number} in the snow")

    assert (time.process_time() - started) / 20 < 0.02


def _copied(folder: Path) -> Path:
    for path in (WEIGHTS, WEIGHTS.with_suffix(".sha256"), TUNED):
        shutil.copy(path, folder)
    return folder / WEIGHTS.name


@pytest.mark.parametrize("tag", ["people", "hide", "captured", "corporation", "Personen"])
def test_a_tag_by_itself_is_not_judged_by_its_meaning(minilm, tag):
    gate = PromptGate([Rules(), Learned(meaning_of(minilm))])
    assert gate.check(f"\n{tag}").decision == "allow"
    assert gate.check("slut").decision != "allow"
