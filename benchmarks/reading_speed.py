"""How soon the bundled model of language answers, how fast it reads and what memory it takes, beside the same weights
with sentence-transformers: `reading_speed.py [--rounds N]`, medians, both in turn."""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psutil

from benchmarks.harness import print_table
from services.discovery.embeddings import MiniLM, SentenceModel, model_folder

MODELS: dict[str, Callable[[], SentenceModel]] = {
    "bundled": MiniLM,
    "sentence-transformers": lambda: SentenceModel(str(model_folder())),
}
SHORT = "a red fox in the snow at dusk, oil painting"
READINGS = 20
MANY = [f"{SHORT}, number {number} of a series about winter in the mountains" for number in range(32)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    seen: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(rounds):
        for name, make in MODELS.items():
            for what, figure in look(make).items():
                seen[what, name].append(figure)
    rows = [
        [what, *(f"{statistics.median(seen[what, name]):,.1f}" for name in MODELS)]
        for what in dict.fromkeys(what for what, _ in seen)
    ]
    print_table([f"medians of {rounds}", *MODELS], rows)


def look(make: Callable[[], SentenceModel]) -> dict[str, float]:
    with closing(make()) as model:
        first = seconds(lambda: model.of([SHORT]))
        one = [seconds(lambda: model.of([SHORT])) for _ in range(READINGS)]
        many = [seconds(lambda: model.of(MANY)) for _ in range(READINGS // 4)]
        [process] = psutil.Process().children()
        memory = process.memory_info().rss
    return {
        "s until the first answer": first, "ms for a text": statistics.median(one) * 1000,
        "ms for 32 texts": statistics.median(many) * 1000, "MB": memory / 1e6,
    }  # fmt: skip


def seconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
