"""What a text means, by its likeness to a few thousand judged ones: finds paraphrases that have no banned word.

Likeness is of two kinds at once: of the vectors of the model of language, and of the concepts that the lexicon finds.
Kernel ridge regression over both, with a column for each category's block and sensitive; `benchmarks/train_safety.py`
makes the file of weights anew, and chooses the thresholds on lines that the folds had not seen.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.errors import ConfigurationError
from services.safety.canonical import hidden_in, views_of
from services.safety.lexicon import Lexicon, lexicon
from services.safety.policy import MEANINGS
from services.safety.rules import Said
from services.safety.verdicts import CATEGORIES as NAMED
from services.safety.verdicts import Decision, Opinion
from services.text import MOST_PROMPT_CHARACTERS

Meaning = Callable[[list[str]], Sequence[Sequence[float]]]
"""A vector of length one for each text, by the model of language that the weights were learned with."""
Floats = NDArray[np.float32]

CATEGORIES = tuple(NAMED)
SIMILAR = "similar in meaning to:"
WEIGHTS = Path(__file__).parent / "learned.npz"
SHA256 = WEIGHTS.with_suffix(".sha256")
REMEDY = "Get the file again with git checkout services/safety, or make it with python benchmarks/train_safety.py."
NEAR = 0.7
"""How much nearer than far counts, for vectors."""
CONCEPT_WEIGHT = 0.4
"""How far apart two texts are for each concept that only one of them has."""
LONG_WORDS, CLAUSE_WORDS, MOST_CLAUSES = 14, 4, 12
MOST_CHARACTERS = MOST_PROMPT_CHARACTERS
"""Of what is looked at here; no text that is taken is longer."""
_CLAUSE = re.compile(r"[.!?;:,\n\u3002\u3001\uff0c\u061b\u060c\u0964|]+")
_LATIN = re.compile(r"[a-z\u00c0-\u024f]", re.IGNORECASE)
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1fff\u3040-\ud7ff]")


@dataclass(frozen=True)
class Bounds:
    """From which score a category is blocked or marked."""

    block: float
    sensitive: float


class Learned:
    name = "meaning"

    def __init__(self, meaning: Meaning, weights: Path = WEIGHTS) -> None:
        self._meaning = meaning
        self._path = weights
        self._weights: Weights | None = None
        self._turn = threading.Lock()

    def ready(self) -> Weights:
        """`ConfigurationError` with the remedy where the weights are missing or not those that were learned."""
        with self._turn:
            self._weights = self._weights or Weights.read(self._path)
            return self._weights

    def judge(self, text: str) -> list[Opinion]:
        """`ConfigurationError` and `Unavailable` where it cannot tell."""
        weights = self.ready()
        units = pieces(text)
        if not units:
            return []
        vectors = self._meaning([as_english(unit, lexicon()) for unit in units])
        concepts = [Said(unit, lexicon()).concepts for unit in units]
        return weights.opinions(self.name, np.asarray(vectors, np.float32), concepts)


class Weights:
    def __init__(self, arrays: dict[str, Any]) -> None:
        about = json.loads(str(arrays["about"]))
        self._concepts: list[str] = about["concepts"]
        self._bounds = [Bounds(*bounds) for bounds in about["bounds"]]
        self._slope, self._shift = about["calibration"]
        vectors = arrays["vectors"].astype(np.float32) * about["scale"]
        flags = np.unpackbits(arrays["flags"], axis=1, count=len(self._concepts)).astype(np.float32)
        self._known = joined(vectors, flags)
        self._columns = arrays["columns"].astype(np.float32)

    @classmethod
    def read(cls, path: Path) -> Weights:
        try:
            content, expected = path.read_bytes(), path.with_suffix(".sha256").read_text().split()[0]
        except (OSError, IndexError) as error:
            raise ConfigurationError(f"The safety classifier's weights are missing. {REMEDY}") from error
        if hashlib.sha256(content).hexdigest() != expected:
            raise ConfigurationError(f"The safety classifier's weights are not those that were learned. {REMEDY}")
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return cls(dict(arrays))

    def opinions(self, layer: str, vectors: Floats, concepts: Sequence[set[str]]) -> list[Opinion]:
        found = [self._opinion(layer, row) for row in self.scores(vectors, concepts)]
        is_about_a_child = any("child" in each for each in concepts)
        return [_of_a_child(each) if is_about_a_child else each for each in found if each is not None]

    def scores(self, vectors: Floats, concepts: Sequence[set[str]]) -> Floats:
        flags = np.array([[name in each for name in self._concepts] for each in concepts], np.float32)
        scores: Floats = likeness(joined(vectors, flags), self._known) @ self._columns
        return scores

    def _opinion(self, layer: str, row: Floats) -> Opinion | None:
        at, block, either = leading(row)
        bounds = self._bounds[at]
        if either < bounds.sensitive and block < bounds.block:
            return None
        decision: Decision = "block" if block >= bounds.block else "sensitive"
        sure = 1 / (1 + np.exp(-(self._slope * (block if decision == "block" else either) + self._shift)))
        because = (f"{SIMILAR} {MEANINGS[CATEGORIES[at]]}",)
        return Opinion(layer, decision, CATEGORIES[at], because, f"{sure:.0%} sure")


def _of_a_child(opinion: Opinion) -> Opinion:
    """What is sexual about an adult is something else where a child is spoken of anywhere."""
    if opinion.category != "sexual":
        return opinion
    return replace(opinion, decision="block", category="minors", because=(f"{SIMILAR} {MEANINGS['minors']}",))


def leading(row: Floats) -> tuple[int, float, float]:
    """The category that a row of scores speaks of most, and the scores for block, and for block or sensitive."""
    count = len(CATEGORIES)
    block, either = float(row[:count].sum()), float(row.sum())
    return int(np.argmax(row[:count] + row[count:])), block, either


def joined(vectors: Floats, flags: Floats) -> Floats:
    return np.concatenate([vectors * np.float32((2 * NEAR) ** 0.5), flags * np.float32(CONCEPT_WEIGHT)], axis=1)


def likeness(some: Floats, others: Floats) -> Floats:
    """One for the same, near zero for what has nothing in common."""
    distance = (some**2).sum(1)[:, None] + (others**2).sum(1)[None] - 2 * some @ others.T
    alike: Floats = np.exp(np.float32(-0.5) * distance)
    return alike


def pieces(text: str) -> list[str]:
    """The whole, what is hidden in it, and of a long one its clauses: a harmful one cannot hide among innocent ones."""
    text = text[:MOST_CHARACTERS]
    whole = _plainest(text)
    clauses = [clause.strip() for clause in _CLAUSE.split(text)]
    long = [clause for clause in clauses if len(clause.split()) >= CLAUSE_WORDS]
    parts = sorted(long, key=len, reverse=True)[:MOST_CLAUSES] if len(text.split()) > LONG_WORDS else []
    units = [whole, *hidden_in(text)[:2], *parts]
    return [unit for unit in dict.fromkeys(units) if any(map(str.isalpha, unit))]


def as_english(text: str, words: Lexicon) -> str:
    """For the model, which reads English alone: of a text in another script what its known words mean."""
    if len(_OTHER_SCRIPT.findall(text)) <= len(_LATIN.findall(text)):
        return text
    meant = [words.gloss(hit.concept) for hit in words.find(views_of(text)[0])]
    return " ".join(dict.fromkeys(filter(None, meant))) or text


def _plainest(text: str) -> str:
    """As typed, or where a disguise hides words, without it."""
    words = lexicon()
    views = views_of(text)
    typed, undone = views[0], words.respaced(views[-1])
    return text if _known(typed, words) >= _known(undone, words) else undone.strip()


def _known(view: str, words: Lexicon) -> int:
    return sum(len(token) for token in view.split() if len(token) > 1 and words.knows(token))
