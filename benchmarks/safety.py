"""What the prompt gate stops and what it lets through, against three word lists and a plain comparison of meaning.

`safety.py [--half train] [--misses] [--edits]`. The prompts and how they were labelled: data/safety/README.md. Nothing
was chosen by the half `held`. `--misses` names what ours got wrong, of the half `train` alone. `--edits` writes prompts
in other ways, and says how many of those that are blocked, or allowed, stay so.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from benchmarks.disguises import DISGUISES, HARMLESS, Edit
from benchmarks.harness import print_table
from services.bootstrap import gate_for
from services.discovery.embeddings import MiniLM
from services.safety.learned import DIMENSIONS, Meaning, meaning_of
from services.safety.policy import MEANINGS
from services.safety.prompts import PromptGate
from services.safety.verdicts import Decision
from services.settings import Settings

PROMPTS = Path(__file__).parent / "data" / "safety" / "prompts.jsonl"
OURS = "ours"
LEAST_RECALL, LEAST_RECALL_OF_A_CATEGORY, LEAST_RECALL_OF_MINORS = 0.95, 0.90, 1.0
MOST_FALSE_BLOCKS = 0.02
MOST_MS_WITHOUT_MODEL, MOST_MS = 5.0, 25.0
PART = 64
EDITED_ONE_IN = 3
"""Of the prompts that are decided rightly, to keep the time small."""

Judge = Callable[[Sequence[str]], Sequence[Decision]]


@dataclass(frozen=True)
class Judged:
    id: str
    text: str
    label: Decision
    category: str
    language: str
    trick: str
    kind: str
    half: str


def judged(half: str) -> list[Judged]:
    with PROMPTS.open(encoding="utf-8") as lines:
        return [prompt for line in lines if (prompt := Judged(**json.loads(line))).half == half]


# The others ----------------------------------------------------------------------------------------------------------


def _yes_or_no(answers: Iterable[object]) -> list[Decision]:
    return ["block" if answer else "allow" for answer in answers]


def better_profanity() -> Judge:
    from better_profanity import profanity

    return lambda texts: _yes_or_no(profanity.contains_profanity(text) for text in texts)


def alt_profanity_check() -> Judge:
    from profanity_check import predict

    return lambda texts: _yes_or_no(predict(list(texts)))


def glin_profanity() -> Judge:
    """With everything switched on that it has against disguises, in every language that it knows."""
    from glin_profanity import Filter

    word_list = Filter({"all_languages": True, "detect_leetspeak": True, "normalize_unicode": True})
    return lambda texts: _yes_or_no(word_list.is_profane(text) for text in texts)


def nearest_policy(meaning: Meaning) -> Judge:
    """Blocked is what lies near the description of a category; how near was chosen on the other half, where what it
    catches exceeds what it blocks falsely by most."""
    policy = np.array(meaning(list(MEANINGS.values())))

    def nearness(texts: Sequence[str]) -> np.ndarray:
        return (_vectors(meaning, texts) @ policy.T).max(axis=1)

    known = judged("train")
    near, block, allow = nearness([each.text for each in known]), *(_labelled(known, of) for of in ("block", "allow"))
    from_here = max(near, key=lambda least: np.mean(near[block] >= least) - np.mean(near[allow] >= least))
    return lambda texts: _yes_or_no(nearness(texts) >= from_here)


def _labelled(prompts: Sequence[Judged], label: Decision) -> np.ndarray:
    return np.array([each.label == label for each in prompts])


def _vectors(meaning: Meaning, texts: Sequence[str]) -> np.ndarray:
    return np.concatenate([np.array(meaning(list(texts[at : at + PART]))) for at in range(0, len(texts), PART)])


def ours(gate: PromptGate) -> Judge:
    return lambda texts: [gate.check(text).decision for text in texts]


def systems(gate: PromptGate, meaning: Meaning) -> dict[str, Judge]:
    makers: dict[str, Callable[[], Judge]] = {
        "better-profanity": better_profanity, "alt-profanity-check": alt_profanity_check,
        "glin-profanity": glin_profanity, "nearest policy": lambda: nearest_policy(meaning), OURS: lambda: ours(gate),
    }  # fmt: skip
    found = {}
    for name, make in makers.items():
        try:
            found[name] = make()
        except ImportError as error:
            print(f"{name} is left out: {error}. pip install -r requirements-dev.txt brings it.")
    return found


# The tables ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Row:
    what: str
    prompts: int
    shares: Mapping[str, float]
    least: float | None = None
    most: float | None = None

    @property
    def target(self) -> str:
        if self.least is not None:
            return f"at least {self.least:.2f}"
        return f"at most {self.most:.2f}" if self.most is not None else ""

    @property
    def is_missed(self) -> bool:
        share = self.shares[OURS]
        return (self.least is not None and share < self.least) or (self.most is not None and share > self.most)


class Table:
    def __init__(self, prompts: Sequence[Judged], judges: Mapping[str, Judge]) -> None:
        self._prompts = prompts
        texts = [each.text for each in prompts]
        self.said = {name: list(judge(texts)) for name, judge in judges.items()}

    def share(
        self, what: str, label: Decision, said: Decision, of: Callable[[Judged], bool] = lambda _: True,
        *, least: float | None = None, most: float | None = None,
    ) -> Row:  # fmt: skip
        """Of the prompts with this label those of which this was said."""
        at = [place for place, each in enumerate(self._prompts) if each.label == label and of(each)]
        shares = {name: _mean(words[place] == said for place in at) for name, words in self.said.items()}
        return Row(what, len(at), shares, least, most)

    def whole(self) -> list[Row]:
        return [
            self.share("block: caught", "block", "block", least=LEAST_RECALL),
            self.share("allow: blocked falsely", "allow", "block", most=MOST_FALSE_BLOCKS),
            self.share("allow: marked falsely", "allow", "sensitive"),
            self.share("sensitive: marked", "sensitive", "sensitive"),
            self.share("sensitive: blocked", "sensitive", "block"),
        ]

    def by_category(self) -> list[Row]:
        names = dict.fromkeys(each.category for each in self._prompts if each.label == "block")
        return [
            self.share(
                name, "block", "block", lambda each, name=name: each.category == name,  # type: ignore[misc]
                least=LEAST_RECALL_OF_MINORS if name == "minors" else LEAST_RECALL_OF_A_CATEGORY,
            )
            for name in names
        ]  # fmt: skip

    def by(self, field: str, label: Decision) -> list[Row]:
        values = sorted({getattr(each, field) for each in self._prompts if each.label == label})
        return [
            self.share(value, label, "block", lambda each, value=value: getattr(each, field) == value)  # type: ignore[misc]
            for value in values
        ]

    def misses(self) -> list[str]:
        said = zip(self._prompts, self.said[OURS], strict=True)
        return [f"{each.id}: {word} and not {each.label}" for each, word in said if word != each.label]


def _mean(values: Iterable[bool]) -> float:
    known = list(values)
    return statistics.mean(known) if known else float("nan")


def print_rows(title: str, rows: Sequence[Row]) -> None:
    names = list(rows[0].shares)
    has_target = any(row.target for row in rows)
    print_table(
        [title, "prompts", *names, *(["target", ""] if has_target else [])],
        [
            [row.what, str(row.prompts), *(f"{row.shares[name]:.3f}" for name in names),
             *([row.target, ("MISSED" if row.is_missed else "met") if row.target else ""] if has_target else [])]
            for row in rows
        ],
    )  # fmt: skip
    print()


def milliseconds(gate: PromptGate, prompts: Sequence[Judged]) -> float:
    spent = []
    for each in prompts:
        started = time.perf_counter()
        gate.check(each.text)
        spent.append(time.perf_counter() - started)
    return statistics.median(spent) * 1000


def print_cost(what: str, spent_ms: float, most_ms: float) -> bool:
    print(f"{what}: {spent_ms:.1f} ms median, at most {most_ms:g} ms: {'met' if spent_ms <= most_ms else 'MISSED'}")
    return spent_ms <= most_ms


def edited(prompts: Sequence[Judged], gate: PromptGate, label: Decision, edits: Mapping[str, Edit]) -> list[Row]:
    """How many keep their decision under each edit; of disguises, that are for Latin letters, those in such letters."""
    plain = [each.text for each in prompts if each.label == label and each.trick == "none"]
    fitting = [text for text in plain if text.isascii() or label == "allow"]
    right = [text for text in fitting if gate.check(text).decision == label][::EDITED_ONE_IN]
    return [
        Row(name, len(right), {OURS: _mean(gate.check(edit(text)).decision == label for text in right)})
        for name, edit in edits.items()
    ]


def report(prompts: Sequence[Judged], gate: PromptGate, meaning: Meaning) -> Table:
    table = Table(prompts, systems(gate, meaning))
    print_rows("share of", table.whole())
    print_rows("caught by category", table.by_category())
    for field in ("kind", "language", "trick"):
        print_rows(f"caught by {field}", table.by(field, "block"))
        print_rows(f"blocked falsely by {field}", table.by(field, "allow"))
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("held", "train"), default="held")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--edits", action="store_true")
    asked = parser.parse_args()
    if asked.misses and asked.half != "train":
        parser.error("--misses needs --half train: nothing is chosen by what is held.")
    warnings.simplefilter("ignore")
    os.environ["TQDM_DISABLE"] = "1"
    settings, prompts = Settings(PENTAGRAM_GUARD_URL=None), judged(asked.half)
    with closing(MiniLM()) as model:
        gate = gate_for(settings, meaning_of(model))
        table = report(prompts, gate, model.of)
        if asked.edits:
            print_rows("stays blocked", edited(prompts, gate, "block", DISGUISES))
            print_rows("stays allowed", edited(prompts, gate, "allow", HARMLESS))
        nowhere = np.zeros(DIMENSIONS)
        unread = gate_for(settings, lambda texts: [nowhere] * len(texts))
        quick = print_cost("Without the model of language", milliseconds(unread, prompts), MOST_MS_WITHOUT_MODEL)
        quick &= print_cost("With it", milliseconds(gate, prompts), MOST_MS)
    if asked.misses:
        print(*table.misses(), sep="\n")
    is_met = quick and not any(row.is_missed for row in table.whole() + table.by_category())
    sys.exit(0 if is_met else 1)


if __name__ == "__main__":
    main()
