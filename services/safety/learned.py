"""What a text means, whatever its words are: a classifier over the vectors of the model of language, as it is and as it
was changed for this, the concepts that the lexicon finds, and the pieces that its words are made of.

It is asked about every reading of a text (as typed, and with disguises undone), and where the text is long about its
clauses as well, so that a harmful one does not drown among innocent ones; the worst counts. What the model reads is
English, so other languages' words are given in English where the lexicon knows them.

`python benchmarks/train_safety.py` makes the weights anew and says what was tried.
"""

from __future__ import annotations

import hashlib
import io
import itertools
import re
import threading
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from services.errors import ConfigurationError
from services.safety.canonical import TOKEN
from services.safety.english import in_english
from services.safety.lexicon import Lexicon, lexicon
from services.safety.policy import MEANINGS
from services.safety.rules import Said
from services.safety.verdicts import SIMILAR, STRICTNESS, Decision, Opinion
from services.writers.wrapping import unwrapped

DECISIONS: tuple[Decision, ...] = ("block", "sensitive")
Meaning = Callable[[list[str]], Sequence[Sequence[float]]]
"""Of each text the vector of the model as it is and, behind it, of the model as `TUNED` changes it."""
Floats = npt.NDArray[np.floating[Any]]

WEIGHTS = Path(__file__).with_name("learned.npz")
TUNED = Path(__file__).with_name("tuned.npz")
"""What the process of the model reads."""
RESTORE = (
    "Restore services/safety/learned.npz, learned.sha256 and tuned.npz as released, or run "
    "`python benchmarks/train_safety.py`."
)
CHANGED = f"The safety classifier is not the released one. {RESTORE}"
DIMENSIONS = 2 * 384
PIECES = 2048
"""Places that pieces of words share: two of them rarely mean much in the same one."""
SIZES = (3, 4)
CONCEPTS_COUNT = 0.5
"""Of a concept, where the whole vector of the text counts one."""
SURE = 0.9
A_PART_HAS_TO_BE_LIKELIER, NO_ENGLISH_HAS_TO_BE_LIKELIER, LIKELIEST_ASKED = 0.2, 0.3, 0.97
"""A part is read without what surrounds it, and a long text has many; of other languages the model reads few words."""
WRAPPED_HAS_TO_BE_LIKELIER = 0.25
"""With what people put around what they ask for, which mostly says nothing, but may change what is meant."""
ASKED_NO_MORE = {"minors"}
CHILD, SEXUAL, BESIDE_A_CHILD = "child", {"sexual", "minors"}, 0.15
"""How likely it has to be that anything is sexual, if only mildly, where a child is spoken of: of 350 innocent texts
with a child in them, 258 of which were learnt, none came to 0.14."""
NEVER_MARKED = {"spam"}
"""What nobody wants to be spared the sight of: it is refused, or it is none."""
AT_ONCE = 8
"""Texts that are read at once: whoever searches meanwhile waits for so many at most."""
MOST_READINGS = 6
MOST_REMEMBERED = 512
LONG = 10
"""Words from which on a text is judged in parts as well."""
SHORTEST_PART, LONGEST_PART, MOST_PARTS = 4, 16, 24
"""Words of a part; in a very long text parts are longer, so that there are about as many as these."""
CLAUSE = re.compile(r"[,.;:!?|()\n、。，；：！？।؟،؛]+|\s[-–—]\s")


@dataclass(frozen=True)
class Weights:
    concepts: tuple[str, ...]
    outcomes: tuple[tuple[Decision, str], ...]
    """With the category, of which "allow" has none."""
    units: Floats
    """A row for each feature but the pieces and one for what holds of every text; a column for each unit, which says
    how far that is met."""
    matrix: Floats
    """A row for each unit, each place of pieces and what holds of every text; a column for each outcome."""
    least: dict[Decision, dict[str, float]]
    """How likely it has to be that a text is to be refused, or at least to be marked, for either to be said of it: by
    the category that is the likeliest. What may not be marked has no share for it."""
    tuned: str
    """The SHA-256 of `TUNED`, to which all this belongs."""

    def shares(self, features: Floats) -> Floats:
        """How likely each outcome is: a row for each text, which sums to one."""
        features = features.astype(self.units.dtype)
        met = np.maximum(features[:, :-PIECES] @ self.units[:-1] + self.units[-1], 0)
        scores = np.hstack([met, features[:, -PIECES:]]) @ self.matrix[:-1] + self.matrix[-1]
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class Reading:
    english: str
    view: str
    concepts: frozenset[str]
    excused: frozenset[str]
    """Concepts whose words belong to an innocent phrase."""
    doubt: float = 0.0
    """How much likelier than else it has to be that it is harmful."""


class Tunable(Protocol):
    def tuned(self, texts: list[str], changes: Path) -> list[list[float]]: ...


def meaning_of(model: Tunable) -> Meaning:
    return partial(model.tuned, changes=TUNED)


class Learned:
    name = "meaning"

    def __init__(self, meaning: Meaning, weights: Path = WEIGHTS, words: Lexicon | None = None) -> None:
        """Nothing is read before the first text comes."""
        self._meaning = Remembered(meaning)
        self._path = weights
        self._words = words
        self._turn = threading.Lock()
        self._weights: Weights | None = None

    def judge(self, text: str) -> list[Opinion]:
        """`ConfigurationError` where the weights are not the released ones, `Unavailable` where the model is away."""
        weights = self._known()
        readings = readings_of(text, self._words or lexicon())
        if not readings:
            return []
        shares = weights.shares(features(readings, vectors(self._meaning, readings), weights.concepts))
        return _opinions(shares, readings, weights)

    def _known(self) -> Weights:
        with self._turn:
            if self._weights is None:
                self._weights = load(self._path)
            return self._weights


class Remembered:
    """The vectors of the texts that were asked for last: what shall not be in a picture is mostly the same, and a
    prompt comes again when its picture is shown to others."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning
        self._known: dict[str, Sequence[float]] = {}
        """Put in the place of another, never changed: of two threads one may forget what the other has read."""

    def __call__(self, texts: list[str]) -> list[Sequence[float]]:
        known = self._known
        new = [text for text in dict.fromkeys(texts) if text not in known]
        read = dict(zip(new, self._meaning(new), strict=True)) if new else {}
        asked = {text: read[text] if text in read else known[text] for text in texts}
        others = {text: vector for text, vector in known.items() if text not in asked}
        self._known = dict([*others.items(), *asked.items()][-MOST_REMEMBERED:])
        return [asked[text] for text in texts]


def load(path: Path) -> Weights:
    """From files that are those which were released."""
    try:
        data, released = path.read_bytes(), path.with_suffix(".sha256").read_text().strip()
        tuned = path.with_name(TUNED.name).read_bytes()
    except OSError as error:
        raise ConfigurationError(f"The safety classifier cannot be read ({error.strerror}). {RESTORE}") from error
    if sha256(data) != released:
        raise ConfigurationError(CHANGED)
    with np.load(io.BytesIO(data), allow_pickle=False) as file:
        weights = _unpacked({name: file[name] for name in file.files})
    if sha256(tuned) != weights.tuned:
        raise ConfigurationError(CHANGED)
    return weights


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def pack(weights: Weights) -> bytes:
    """As `load` takes them: the same bytes for the same weights."""
    arrays: dict[str, Any] = {
        "concepts": np.array(weights.concepts),
        "outcomes": np.array([f"{decision} {category}" for decision, category in weights.outcomes]),
        "units": weights.units.astype(np.float16),
        "matrix": weights.matrix.astype(np.float16),
        "tuned": np.array(weights.tuned),
    }
    for decision in DECISIONS:
        arrays[decision] = np.array([weights.least[decision].get(category, np.nan) for category in MEANINGS])
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def _unpacked(arrays: dict[str, npt.NDArray[Any]]) -> Weights:
    least = {decision: arrays[decision].tolist() for decision in DECISIONS}
    return Weights(
        tuple(map(str, arrays["concepts"])),
        tuple(tuple(str(outcome).split(" ")) for outcome in arrays["outcomes"]),  # type: ignore[misc]
        arrays["units"].astype(np.float32),
        arrays["matrix"].astype(np.float32),
        {
            decision: {category: share for category, share in zip(MEANINGS, shares, strict=True) if share == share}
            for decision, shares in least.items()
        },
        str(arrays["tuned"]),
    )  # fmt: skip


# What is read


def readings_of(text: str, words: Lexicon) -> list[Reading]:
    asked_for = unwrapped(text)
    whole, *parts = ([*readings_in(part, words)] for part in parts_of(asked_for))
    wrapped = readings_in(text, words) if asked_for != text else ()
    is_english = any(words.is_english(reading.view) for reading in whole)
    doubt = 0.0 if is_english else NO_ENGLISH_HAS_TO_BE_LIKELIER
    found = [replace(reading, doubt=doubt) for reading in whole]
    found += [replace(reading, doubt=doubt + A_PART_HAS_TO_BE_LIKELIER) for part in parts for reading in part]
    found += [replace(reading, doubt=doubt + WRAPPED_HAS_TO_BE_LIKELIER) for reading in wrapped]
    return list({reading.english: reading for reading in reversed(found)}.values())[::-1]


def readings_in(part: str, words: Lexicon) -> Iterator[Reading]:
    """As typed, then with ever more disguises undone."""
    said = Said(part, words)
    concepts, excused = frozenset(said.concepts), frozenset(said.excused)
    for view in said.readings[:MOST_READINGS]:
        if english := in_english(view, words):
            yield Reading(english, view, concepts, excused)


def parts_of(text: str) -> list[str]:
    """The text, and if it is long its clauses: those of a few words with their neighbours, and long ones in stretches
    that overlap."""
    words = _words_in(text)
    if words < LONG:
        return [text]
    clauses = _clauses(text, max(SHORTEST_PART, words // MOST_PARTS))
    longest = max(LONGEST_PART, 2 * words // MOST_PARTS)
    return list(dict.fromkeys([text, *(part for clause in clauses for part in _stretches(clause.split(), longest))]))


def _clauses(text: str, shortest: int) -> Iterator[str]:
    pending: list[str] = []
    for piece in CLAUSE.split(text):
        pending.append(piece.strip())
        if sum(map(_words_in, pending)) >= shortest:
            yield ", ".join(filter(None, pending))
            pending = []
    if rest := ", ".join(filter(None, pending)):
        yield rest


def _stretches(words: list[str], longest: int) -> Iterator[str]:
    last = max(len(words) - longest, 0)
    for start in [*range(0, last, longest // 2), last]:
        yield " ".join(words[start : start + longest])


def _words_in(text: str) -> int:
    return len(TOKEN.findall(text))


# What is told to the classifier


def vectors(meaning: Meaning, readings: Sequence[Reading]) -> Floats:
    texts = [reading.english for reading in readings]
    parts = [meaning(texts[start : start + AT_ONCE]) for start in range(0, len(texts), AT_ONCE)]
    return np.array([vector for part in parts for vector in part], dtype=np.float64)


def features(readings: Sequence[Reading], meant: Floats, concepts: Sequence[str]) -> Floats:
    told = [
        [CONCEPTS_COUNT * (concept in there) for there in (reading.concepts, reading.excused) for concept in concepts]
        for reading in readings
    ]
    return np.hstack(
        [meant, np.array(told, dtype=np.float64), np.array([pieces(reading.view) for reading in readings])]
    )


def pieces(view: str) -> Floats:
    """Which words there are, which follow each other, and what they are made of: a row of length one."""
    row, words = np.zeros(PIECES), view.split()
    for word in words:
        row[_place(f"={word}")] += 2
        for size in SIZES:
            for start in range(max(1, len(word) + 3 - size)):
                row[_place(f" {word} "[start : start + size])] += 1
    for first, second in itertools.pairwise(words):
        row[_place(f"={first} {second}")] += 1
    row = np.sqrt(row)
    return np.asarray(row / max(float(np.linalg.norm(row)), 1e-9))


def _place(piece: str) -> int:
    return zlib.crc32(piece.encode()) % PIECES


# What is concluded


def _opinions(shares: Floats, readings: Sequence[Reading], weights: Weights) -> list[Opinion]:
    """The worst word about each category, of all readings."""
    told = zip(shares, readings, strict=True)
    said = [opinion for row, reading in told if (opinion := _opinion(row, reading, weights)) is not None]
    said.sort(key=lambda opinion: (STRICTNESS[opinion.decision], opinion.note), reverse=True)
    return list({opinion.category: opinion for opinion in reversed(said)}.values())[::-1]


def _opinion(row: Floats, reading: Reading, weights: Weights) -> Opinion | None:
    if CHILD in reading.concepts:
        likely = likelihoods(row, weights.outcomes, "sensitive")
        if (share := sum(likely.get(each, 0.0) for each in SEXUAL)) >= BESIDE_A_CHILD + reading.doubt:
            return _opinion_on("minors", "block", share)
    for decision in DECISIONS:
        likely = likelihoods(row, weights.outcomes, decision)
        least = weights.least[decision]
        category = max(least, key=lambda each: likely.get(each, 0.0))
        asked = least[category] + (0.0 if category in ASKED_NO_MORE else reading.doubt)
        if (share := sum(likely.values())) >= min(asked, max(LIKELIEST_ASKED, least[category])):
            return _opinion_on(category, decision, share)
    return None


def _opinion_on(category: str, decision: Decision, share: float) -> Opinion:
    why = f"{SIMILAR}{MEANINGS[category]}"
    return Opinion(Learned.name, decision, category, (why,), f"{share:.0%} likely", share >= SURE)


def likelihoods(row: Floats, outcomes: Sequence[tuple[Decision, str]], decision: Decision) -> dict[str, float]:
    """Of each category, that it is to be decided so or more strictly."""
    likely: dict[str, float] = {}
    for share, (outcome, category) in zip(row, outcomes, strict=True):
        is_out_of_place = decision == "sensitive" and category in NEVER_MARKED
        if STRICTNESS[outcome] >= STRICTNESS[decision] and not is_out_of_place:
            likely[category] = likely.get(category, 0.0) + float(share)
    return likely
