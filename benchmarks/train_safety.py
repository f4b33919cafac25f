"""Makes the weights of the safety classifier anew, from services/safety/training and the half `train` of
data/safety/prompts.jsonl, in half an hour on two cores: with the same packages and cores the same up to rounding.

It is what small networks say in the mean (safety_networks.py): half of it the three that see a text's vector as the
bundled model makes it, half of it one that is learnt together with changes to the model's upper layers, which
`tuned.npz` holds. Its shares are probabilities as they are. Thresholds are chosen by what it says of lines that it has
not learnt from, in three parts; lines that mean nearly the same lie in one part. `--dry` prints that and writes none.

What was tried: of the lines that have to be blocked those that are caught, where 2% of the allowed ones are blocked as
well; in brackets of the judged prompts alone, which block 0.5% falsely there.

    vector                                             0.65 (0.61)
    vector, concepts                                   0.70 (0.75)
    the same, 64 hidden units                          0.69 (0.75)
    the same, the mean of both                         0.71 (0.77)
    vector, concepts, half the weight for 1024 pieces  0.73 (0.77)
    vector, concepts, 1024 pieces                      0.75 (0.81)
    2048 pieces, every reading and part of a text      0.76 (0.86)
    the same, half as much again for pieces            0.76 (0.86)
    the same, half the smoothing                       0.77 (0.87)
    the same, parts of harmful texts not learnt        0.79 (0.90)

Thresholds: one for all catches 0.73 at 1.5% of the allowed lines blocked, equal shares of them for each category 0.70
at 1.3%, and what a false block costs 0.75 at 1.6%.

Later, with 2,000 lines more, most of them paraphrases and their innocent twins (which make the same measure harder):

    what is used                                       0.77 (0.93)
    and how near a text is to 1000 others, by kernel   0.77 (0.93)
    the mean of both                                   0.77 (0.93)

Together with the rules, by how many lines have to be caught for one that is stopped falsely: 2 catches 0.875 at 4.1% of
the allowed lines blocked, 3 0.859 at 3.2%, 4 0.839 at 2.6%, 8 0.772 at 1.3%; one threshold for all 0.835 at 3.2%. Not
to let the classifier count against a milder word of the rules where it is nearly certain costs 0.005. With the last 400
lines 3 catches 0.807 at 2.3%, and 0.776 at 1.8% where parts and other languages have to be likelier, as is used.

With 450 innocent remarks more, at 2%, 1% and 0.5% of the allowed lines blocked:

    what was used until then, a regression             0.70, 0.61, 0.51
    the same, less or twice the smoothing              0.71, 0.62, 0.51 and 0.70, 0.59, 0.50
    the same, half as much again for vector or pieces  0.70, 0.60, 0.52 and 0.69, 0.60, 0.51
    256 units that see the pieces, too                 0.70, 0.60, 0.53
    the mean of that and the regression                0.72, 0.61, 0.52
    128 units, pieces beside them                      0.74, 0.64, 0.56
    and a seventh or a third of the nearest 20 lines   0.75, 0.63, 0.57 and 0.74, 0.64, 0.58, with 5 MB more
    the nearest 20 lines alone                         0.46, 0.36, 0.26

What is used is the mean of three networks of 128 units: at its thresholds it catches 0.79 and blocks 2.5% falsely,
where the regression caught 0.80 and blocked 3.3%. With another 150 remarks 0.79 and 2.6%.

With 3,000 lines more, half of them paraphrases, which are harder than all before: 0.72 at 3.4%; with the commonest
words of other languages in English 0.75 at 3.8%, of which most is won there (Japanese 0.69 and then 0.75, Italian 0.72
and 0.85). With 900 innocent remarks more, 400 of them what our own residents say, 0.71 at 2.8%: they had been blocked
too often. By what a false block costs, then: 2 catches 0.78 at 5.0%, 2.2, which is used, 0.75 at 4.1%, 4 0.66 at 1.9%.
Five networks instead of three change nothing that counts. With the last 1,200 lines and the sentences of the tables of
residents, 0.75 at 4.6%; of the tries 0.86 instead of 0.82 are blocked then, and fewer innocent ones.

To change the model's upper three layers beside the networks; of a fifth of the lines, at 5%, 3%, 2%, 1% and 0.5% of the
allowed ones blocked:

    networks over the model as it is                   0.74, 0.69, 0.60, 0.48, 0.39
    the layers learnt as a whole (11 MB)               0.78, 0.73, 0.66, 0.56, 0.43
    and the mean with the networks                     0.80, 0.74, 0.68, 0.59, 0.50
    all six layers, after two turns of five            0.78, 0.71, 0.66, 0.50, 0.36
    three, by products of matrices 16 wide (0.7 MB)    0.78, 0.70, 0.61, 0.51, 0.39
    and the mean with the networks, which is used      0.80, 0.74, 0.69, 0.55, 0.48
    the same, a quarter of each layer left out         0.81, 0.73, 0.68, 0.59, 0.46

With 3,790 lines more, and thresholds for what a false block costs, 1.5 catches 0.82 at 6.0%, 2 0.81 at 5.4%, 3 0.75 at
3.6%. But "masterpiece, best quality, 8k, trending on artstation" behind an innocent prompt turned one of four into a
blocked one: since half of the innocent lines, and three tenths of the others, are learnt in a style besides
(safety_styles.py), it is one of forty. That makes the measure harder, too (a line is blocked where it is in a style): 2
catches 0.80 at 6.2%, 2.5, which is used, 0.76 at 4.9%, 3 0.70 at 3.3%.

After these weights were made, praise, words of asking and switches came to be taken off a text before it is read
(services/writers/wrapping.py): of 470 innocent tries that praise turned 14 before, and none since; one of 241 where the
text as it is counts as well, a little less.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["HF_HUB_OFFLINE"] = "1"

import numpy as np
from sentence_transformers import SentenceTransformer

from benchmarks.harness import print_table
from benchmarks.safety import judged
from benchmarks.safety_networks import VECTOR, Hidden, Learnt, fit
from benchmarks.safety_styles import BEFORE, BEHIND
from services.discovery.embeddings import model_folder
from services.discovery.minilm import Model
from services.safety.learned import (
    DECISIONS,
    TUNED,
    WEIGHTS,
    Reading,
    Weights,
    features,
    likelihoods,
    pack,
    readings_in,
    readings_of,
    sha256,
)
from services.safety.lexicon import Lexicon, lexicon
from services.safety.policy import MEANINGS
from services.safety.verdicts import STRICTNESS, Decision

TRAINING = WEIGHTS.parent / "training"
PARTS = 3
ALIKE = 0.75
"""Cosine from which two lines go to the same part."""
IN_A_STYLE: Mapping[Decision, float] = {"allow": 0.5, "sensitive": 0.3, "block": 0.3}
BEFORE_IT = 0.4
COSTS: Mapping[Decision, float] = {"block": 2.5, "sensitive": 2.0}
"""As many lines have to be caught as it should for one more that is stopped falsely."""
COSTS_OF: Mapping[Decision, Mapping[str, float]] = {"block": {"minors": 1.0}, "sensitive": {}}
LOWEST: Mapping[Decision, float] = {"block": 0.35, "sensitive": 0.3}
HIGHEST = 0.95


@dataclass(frozen=True)
class Line:
    text: str
    label: Decision
    category: str
    language: str

    @property
    def outcome(self) -> tuple[Decision, str]:
        return (self.label, "" if self.label == "allow" else self.category)


@dataclass(frozen=True)
class Examples:
    """A row for each reading of each line, and of the parts of long ones."""

    lines: Sequence[Line]
    texts: Sequence[str]
    line_of: np.ndarray
    learnt: np.ndarray
    """Rows that say what their line does: all of an allowed one. Of another the whole with its disguises undone, as it
    is and in a style, since what is only typed, or is a part, may be harmless."""
    features: np.ndarray
    """Without the vectors of the model as it is tuned: those depend on what was learnt."""
    outcomes: tuple[tuple[Decision, str], ...]
    concepts: tuple[str, ...]
    hidden: Hidden

    @property
    def wanted(self) -> np.ndarray:
        of_line = np.array([self.outcomes.index(line.outcome) for line in self.lines])
        return of_line[self.line_of]


def lines() -> list[Line]:
    files = (path.read_text(encoding="utf-8").splitlines() for path in sorted(TRAINING.glob("*.jsonl")))
    read = [Line(**json.loads(line)) for file in files for line in file]
    return read + [Line(each.text, each.label, each.category, each.language) for each in judged("train")]


def examples(known: Sequence[Line]) -> Examples:
    words = lexicon()
    plainest = [[_plainest(text, words) for text in told] for told in in_styles(known)]
    readings = [
        list({reading.english: reading for reading in [*readings_of(line.text, words), *plain]}.values())
        for line, plain in zip(known, plainest, strict=True)
    ]
    rows = [reading for each in readings for reading in each]
    concepts = tuple(sorted({concept for reading in rows for concept in reading.concepts | reading.excused}))
    line_of = np.repeat(np.arange(len(known)), [len(each) for each in readings])
    learnt = [
        known[at].label == "allow" or row.english in {plain.english for plain in plainest[at]}
        for at, row in zip(line_of, rows, strict=True)
    ]
    texts = [row.english for row in rows]
    told = features(rows, Model(model_folder()).of(texts), concepts).astype(np.float32)
    outcomes = tuple(sorted({line.outcome for line in known}))
    hidden = Hidden(texts, SentenceTransformer(str(model_folder()), device="cpu"))
    return Examples(known, texts, line_of, np.array(learnt), told, outcomes, concepts, hidden)


def _plainest(text: str, words: Lexicon) -> Reading:
    """With all disguises undone."""
    return list(readings_in(text, words))[-1]


def in_styles(known: Sequence[Line]) -> Iterator[list[str]]:
    """Each line, and of many what it is with something around it that changes nothing."""
    chance = random.Random(0)  # noqa: S311
    for line in known:
        yield [line.text, *([_in_a_style(line.text, chance)] if chance.random() < IN_A_STYLE[line.label] else [])]


def _in_a_style(text: str, chance: random.Random) -> str:
    before = chance.choice(BEFORE) if chance.random() < BEFORE_IT else ""
    return before + text + "".join(chance.sample(BEHIND, chance.randrange(0 if before else 1, 4)))


def parts(told: Examples) -> np.ndarray:
    """The part of each line. Lines that mean nearly the same as an earlier one go with it."""
    firsts = np.searchsorted(told.line_of, np.arange(len(told.lines)))
    meant = told.features[firsts, :VECTOR]
    group = np.full(len(meant), -1)
    for at in range(len(meant)):
        if group[at] < 0:
            near = (group < 0) & (meant @ meant[at] >= ALIKE)
            near[at] = True
            group[near] = at
    shuffled = np.random.default_rng(0).permutation(len(meant)) % PARTS
    return np.asarray(shuffled[group])


def learnt_in_parts(told: Examples) -> tuple[np.ndarray, Learnt]:
    """What is said of each reading by a classifier that learnt from the other parts, and one that learnt from all."""
    part = parts(told)[told.line_of]
    shares = np.zeros((len(told.features), len(told.outcomes)))
    for each in range(PARTS):
        asked = np.flatnonzero(part == each)
        shares[asked] = _said(told, _learnt(told, (part != each) & told.learnt), asked)
    return shares, _learnt(told, told.learnt)


def _learnt(told: Examples, rows: np.ndarray) -> Learnt:
    return fit(told.hidden, told.features, told.wanted, len(told.outcomes), np.flatnonzero(rows))


def _said(told: Examples, learnt: Learnt, asked: np.ndarray) -> np.ndarray:
    with tempfile.TemporaryDirectory() as folder:
        changes = Path(folder) / TUNED.name
        changes.write_bytes(_file(learnt.changes))
        both = Model(model_folder()).of([told.texts[at] for at in asked], changes)
    return _weights(told, learnt, {}).shares(np.hstack([both, told.features[asked, VECTOR:]]))


def _weights(told: Examples, learnt: Learnt, least: Mapping[Decision, dict[str, float]], tuned: str = "") -> Weights:
    return Weights(told.concepts, told.outcomes, learnt.units, learnt.matrix, dict(least), tuned)


def packed(told: Examples, learnt: Learnt, least: Mapping[Decision, dict[str, float]]) -> tuple[bytes, bytes]:
    """The files of weights and of changes."""
    changes = _file(learnt.changes)
    return pack(_weights(told, learnt, least, sha256(changes))), changes


def _file(changes: Mapping[str, np.ndarray]) -> bytes:
    file = io.BytesIO()
    np.savez(file, **changes)  # type: ignore[arg-type]
    return file.getvalue()


@dataclass(frozen=True)
class Said:
    """Of a line, by the reading that speaks against it most: how likely it is that it has to be refused (or marked),
    and the likeliest category."""

    share: float
    category: str


def said(told: Examples, shares: np.ndarray, decision: Decision) -> list[Said]:
    possible = categories(told, decision)
    worst = [Said(0.0, "")] * len(told.lines)
    for line, row in zip(told.line_of, shares, strict=True):
        likely = likelihoods(row, told.outcomes, decision)
        share = sum(likely.values())
        if share > worst[line].share:
            worst[line] = Said(share, max(possible, key=lambda each: likely.get(each, 0.0)))
    return worst


def categories(told: Examples, decision: Decision) -> list[str]:
    return [category for category in MEANINGS if (decision, category) in told.outcomes]


def thresholds(told: Examples, shares: np.ndarray) -> dict[Decision, dict[str, float]]:
    return {decision: _thresholds(told, said(told, shares, decision), decision) for decision in DECISIONS}


def _thresholds(told: Examples, words: Sequence[Said], decision: Decision) -> dict[str, float]:
    """To block what should be marked counts neither way: it is a fault, and a lesser one."""
    right: dict[str, list[float]] = defaultdict(list)
    wrong: dict[str, list[float]] = defaultdict(list)
    for line, word in zip(told.lines, words, strict=True):
        if line.label == "allow":
            wrong[word.category].append(word.share)
        elif STRICTNESS[line.label] >= STRICTNESS[decision]:
            right[word.category].append(word.share)
    costs = dict.fromkeys(categories(told, decision), COSTS[decision]) | dict(COSTS_OF[decision])
    return {
        category: _threshold(np.array(right[category]), np.array(wrong[category]), LOWEST[decision], cost)
        for category, cost in costs.items()
    }


def _threshold(right: np.ndarray, wrong: np.ndarray, lowest: float, cost: float) -> float:
    """The lowest of those that are worth most."""
    possible = np.arange(lowest, HIGHEST, 0.01)
    worth = [(right >= share).sum() - cost * (wrong >= share).sum() for share in possible]
    return round(float(possible[int(np.argmax(worth))]), 2)


# What it comes to


def report(told: Examples, shares: np.ndarray, least: Mapping[Decision, Mapping[str, float]]) -> None:
    blocked = [word.share >= least["block"][word.category] for word in said(told, shares, "block")]
    marked = [word.share >= least["sensitive"][word.category] for word in said(told, shares, "sensitive")]
    rows = [_row(name, told, blocked, marked, of) for name, of in _groups(told)]
    print_table(["", "block: caught", "or marked", "sensitive: marked", "allow: blocked", "or marked"], rows)
    print_table(["", *MEANINGS], [[word, *(f"{least[word].get(c, 1):.2f}" for c in MEANINGS)] for word in DECISIONS])


def _groups(told: Examples) -> Iterator[tuple[str, list[bool]]]:
    yield "all", [True] * len(told.lines)
    judged_from = len(told.lines) - len(judged("train"))
    yield "judged prompts", [at >= judged_from for at in range(len(told.lines))]
    for field, values in (("category", MEANINGS), ("language", sorted({line.language for line in told.lines}))):
        for value in values:
            yield value, [getattr(line, field) == value for line in told.lines]


def _row(name: str, told: Examples, blocked: list[bool], marked: list[bool], of: list[bool]) -> list[str]:
    def share(label: Decision, words: list[bool]) -> str:
        found = [word for line, word, here in zip(told.lines, words, of, strict=True) if here and line.label == label]
        return f"{np.mean(found):.3f}" if found else ""

    either = [one or other for one, other in zip(blocked, marked, strict=True)]
    return [name, share("block", blocked), share("block", either), share("sensitive", either), share("allow", blocked),
            share("allow", either)]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dry", action="store_true", help="write nothing")
    dry = parser.parse_args().dry
    told = examples(lines())
    shares, learnt = learnt_in_parts(told)
    least = thresholds(told, shares)
    report(told, shares, least)
    if not dry:
        data, changes = packed(told, learnt, least)
        WEIGHTS.write_bytes(data)
        WEIGHTS.with_suffix(".sha256").write_text(sha256(data) + "\n")
        TUNED.write_bytes(changes)
        print(f"{WEIGHTS.name}: {len(data) / 1000:,.0f} kB, {TUNED.name}: {len(changes) / 1000:,.0f} kB.")


if __name__ == "__main__":
    main()
