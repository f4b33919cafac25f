"""Makes `services/safety/learned.npz` anew, to the bit on one machine, from `services/safety/training/` and
the half of `benchmarks/data/safety/` that nothing is judged by.

`train_safety.py [--try]` prints what the folds that were left out say; with --try nothing is written.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from numpy.typing import NDArray

from services.discovery.embeddings import MiniLM
from services.safety.learned import CATEGORIES, SHA256, WEIGHTS, Floats, as_english, joined, leading, likeness, pieces
from services.safety.lexicon import lexicon
from services.safety.rules import RULES, Said
from services.settings import ROOT

LINES = sorted((ROOT / "services" / "safety" / "training").glob("*.jsonl"))
PROMPTS = ROOT / "benchmarks" / "data" / "safety" / "prompts.jsonl"
RIDGE = 1.0
FOLDS = 5
FALSE_BLOCKS, FALSE_MARKS = 0.045, 0.08
"""Of all allowed lines, the most that the folds may block, and block or mark."""
PART = 64
SEED = 7


@dataclass(frozen=True)
class Line:
    text: str
    label: str
    category: str


def lines() -> list[Line]:
    rows = [json.loads(row) for path in LINES for row in path.read_text(encoding="utf-8").splitlines()]
    rows += [row for row in map(json.loads, PROMPTS.read_text(encoding="utf-8").splitlines()) if row["half"] == "train"]
    return [Line(row["text"], row["label"], row["category"]) for row in rows]


def concepts() -> list[str]:
    named = (f"{need}" for rule in RULES for need in (*rule.needs, rule.milder, rule.unless) if need)
    return sorted({concept for need in named for concept in need.split("|")})


def vectors(texts: Sequence[str]) -> Floats:
    model = MiniLM()
    try:
        parts = [model.of(list(texts[at : at + PART])) for at in range(0, len(texts), PART)]
    finally:
        model.close()
    return np.array([vector for part in parts for vector in part], np.float32)


def wanted(known: Sequence[Line]) -> Floats:
    """A column for each category's block, then for each one's sensitive."""
    columns = np.zeros((len(known), 2 * len(CATEGORIES)), np.float32)
    for row, line in enumerate(known):
        if line.label != "allow":
            columns[row, CATEGORIES.index(line.category) + len(CATEGORIES) * (line.label == "sensitive")] = 1
    return columns


def fitted(features: Floats, targets: Floats) -> Floats:
    kernel = likeness(features, features).astype(np.float64)
    kernel[np.diag_indices_from(kernel)] += RIDGE
    columns: Floats = np.linalg.solve(kernel, targets.astype(np.float64)).astype(np.float32)
    return columns


def left_out(features: Floats, targets: Floats) -> Floats:
    """The scores of each line by the lines of the other folds."""
    folds = np.random.default_rng(SEED).integers(0, FOLDS, len(features))
    scores = np.zeros_like(targets)
    for fold in range(FOLDS):
        rest, those = folds != fold, folds == fold
        scores[those] = likeness(features[those], features[rest]) @ fitted(features[rest], targets[rest])
    return scores


def bounds(scores: Floats, labels: NDArray[np.str_]) -> list[tuple[float, float]]:
    """Of each category the lowest that keep within its share of what may be wrong."""
    leads = [leading(row) for row in scores]
    allowed = [lead for lead, label in zip(leads, labels, strict=True) if label == "allow"]
    most = [round(share * len(allowed) / len(CATEGORIES)) for share in (FALSE_BLOCKS, FALSE_MARKS)]
    return [
        (_bound([block for at, block, _ in allowed if at == each], most[0]),
         _bound([either for at, _, either in allowed if at == each], most[1]))
        for each in range(len(CATEGORIES))
    ]  # fmt: skip


def _bound(values: list[float], most: int) -> float:
    ordered = sorted(values, reverse=True)
    return round(max(0.2, ordered[most] + 1e-4 if len(ordered) > most else 0.2), 4)


def calibration(scores: Floats, labels: NDArray[np.str_]) -> tuple[float, float]:
    """Platt's slope and shift, by Newton's method."""
    x = np.array([leading(row)[1] for row in scores], np.float64)
    y = (labels == "block").astype(np.float64)
    slope, shift = 5.0, -2.5
    for _ in range(50):
        p = 1 / (1 + np.exp(-(slope * x + shift)))
        w = p * (1 - p) + 1e-9
        gradient = np.array([((p - y) * x).sum(), (p - y).sum()])
        curvature = np.array([[(w * x * x).sum(), (w * x).sum()], [(w * x).sum(), w.sum()]])
        slope, shift = np.array([slope, shift]) - np.linalg.solve(curvature, gradient)
    return round(float(slope), 4), round(float(shift), 4)


def report(scores: Floats, labels: NDArray[np.str_], limits: list[tuple[float, float]]) -> Iterator[str]:
    leads = [leading(row) for row in scores]
    for label in ("block", "sensitive", "allow"):
        mine = [lead for lead, each in zip(leads, labels, strict=True) if each == label]
        blocked = sum(block >= limits[at][0] for at, block, _ in mine)
        marked = sum(block < limits[at][0] and either >= limits[at][1] for at, block, either in mine)
        yield f"{label:9} {len(mine):5} lines: {blocked / len(mine):.3f} blocked, {marked / len(mine):.3f} marked"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--try", action="store_true", dest="only_try")
    only_try = parser.parse_args().only_try
    known, words, names = lines(), lexicon(), concepts()
    texts = [pieces(line.text)[0] if pieces(line.text) else line.text for line in known]
    raw = vectors([as_english(text, words) for text in texts])
    scale = float(np.abs(raw).max()) / 127
    small = np.round(raw / scale).astype(np.int8)
    flags = np.array([[name in Said(line.text, words).concepts for name in names] for line in known], np.uint8)
    features = joined(small.astype(np.float32) * np.float32(scale), flags.astype(np.float32))
    targets, labels = wanted(known), np.array([line.label for line in known])
    scores = left_out(features, targets)
    limits = bounds(scores, labels)
    print(*report(scores, labels, limits), sep="\n")
    if not only_try:
        about = {"concepts": names, "scale": scale, "bounds": limits, "calibration": calibration(scores, labels)}
        write(small, np.packbits(flags, axis=1), fitted(features, targets), about)


def write(small: NDArray[np.int8], flags: NDArray[np.uint8], columns: Floats, about: dict[str, object]) -> None:
    file = io.BytesIO()
    text = np.array(json.dumps(about, sort_keys=True))
    np.savez_compressed(file, vectors=small, flags=flags, columns=columns.astype(np.float16), about=text)
    WEIGHTS.write_bytes(file.getvalue())
    SHA256.write_text(f"{hashlib.sha256(file.getvalue()).hexdigest()}\n")
    print(f"{WEIGHTS.relative_to(ROOT)}: {len(file.getvalue()):,} bytes")


if __name__ == "__main__":
    main()
