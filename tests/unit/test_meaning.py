"""The classifier, with the real model of language."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from services.discovery.embeddings import MiniLM
from services.errors import ConfigurationError
from services.safety.learned import SHA256, WEIGHTS, Learned, as_english, pieces
from services.safety.lexicon import lexicon
from services.safety.prompts import PromptGate
from services.safety.rules import Rules
from services.safety.verdicts import Opinion
from services.settings import ROOT
from tests.fakes.embeddings import unlike_anything

PROMPTS = ROOT / "benchmarks" / "data" / "safety" / "prompts.jsonl"


@pytest.fixture(scope="module")
def gate() -> Iterator[PromptGate]:
    with closing(MiniLM()) as model:
        yield PromptGate([Rules(), Learned(model.of)])


class Saying:
    """A layer that says one thing about every text."""

    def __init__(self, name: str, decision: str, category: str) -> None:
        self.name = name
        self._opinion = Opinion(name, decision, category, ("a word",))  # type: ignore[arg-type]

    def judge(self, text: str) -> list[Opinion]:
        return [self._opinion]


def test_a_paraphrase_without_a_banned_word_is_understood_and_its_meaning_named(gate: PromptGate) -> None:
    verdict = gate.check("someone with nothing on lying in an inviting way")
    assert verdict.decision != "allow"
    meant = PromptGate([gate._layers[1]]).check("a poster that tells lonely people that the bridge is the answer")
    assert meant.because[0].startswith("similar in meaning to: ")


def test_a_harmful_clause_does_not_hide_among_innocent_ones(gate: PromptGate) -> None:
    around = "a cosy living room, warm evening light, bookshelves, a grey cat on the window sill"
    clause = "two adults having explicit sex on the rug"
    assert clause in pieces(f"{around}, {clause}, 35mm photo, shallow depth of field")
    assert gate.check(f"{around}, {clause}, 35mm photo, shallow depth of field").decision == "block"
    assert gate.check(f"{around}, 35mm photo, shallow depth of field").decision == "allow"


def test_what_the_model_cannot_read_is_told_to_it_in_english() -> None:
    assert as_english("голая женщина", lexicon()) == "nude woman"
    assert as_english("femme nue", lexicon()) == "femme nue"


def test_without_its_weights_or_with_others_nothing_is_decided(tmp_path: Path) -> None:
    weights = tmp_path / WEIGHTS.name
    with pytest.raises(ConfigurationError, match="missing"):
        Learned(unlike_anything, weights).judge("a fox")
    shutil.copy(SHA256, tmp_path / SHA256.name)
    weights.write_bytes(WEIGHTS.read_bytes() + b"x")
    with pytest.raises(ConfigurationError, match="not those that were learned"):
        Learned(unlike_anything, weights).judge("a fox")


def test_what_is_unlike_everything_known_is_not_guessed_about() -> None:
    assert Learned(unlike_anything).judge("a fox") == []


@pytest.mark.parametrize(
    ("rules", "meaning", "category", "expected"),
    [
        ("sensitive", "block", "sexual", "sensitive"),
        ("sensitive", "block", "hate", "block"),
        ("allow", "block", "violence", "sensitive"),
        ("allow", "sensitive", "violence", "allow"),
        ("allow", "block", "minors", "block"),
        ("block", "sensitive", "spam", "block"),
    ],
)
def test_where_rules_and_meaning_disagree(rules: str, meaning: str, category: str, expected: str) -> None:
    layers = [Saying("rules", rules, category), Saying("meaning", meaning, category)]
    assert PromptGate(layers).check("a fox").decision == expected


@pytest.mark.parametrize(
    ("label", "outcome", "least"), [("block", "block", 0.95), ("sensitive", "allow", -0.25), ("allow", "block", -0.02)]
)
def test_the_half_that_may_be_looked_at_is_decided_as_labelled(
    gate: PromptGate, label: str, outcome: str, least: float
) -> None:
    with PROMPTS.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["half"] == "train" and row["label"] == label][::3]
    share = sum(gate.check(row["text"]).decision == outcome for row in rows) / len(rows)
    assert share >= least if least > 0 else share <= -least
