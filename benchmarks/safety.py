"""How well the prompt gate tells harmful from harmless: the half of the labelled prompts that nothing was learned from.

`safety.py [--half train]`. Beside ours: better-profanity, alt-profanity-check and glin-profanity, each as its own page
says (`pip install better-profanity alt-profanity-check glin-profanity`; one that is not there is left out and named),
and the nearest of the policy's categories by MiniLM. They know two outcomes: what they flag counts as blocked.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from benchmarks.harness import print_table
from services.discovery.embeddings import MiniLM
from services.safety.learned import Learned, Meaning
from services.safety.policy import MEANINGS
from services.safety.prompts import PromptGate
from services.safety.rules import Rules

PROMPTS = Path(__file__).parent / "data" / "safety" / "prompts.jsonl"
OURS, ALONE, NEAREST = "ours", "our rules alone", "MiniLM, nearest category"
HARMLESS = ("an ordinary picture", "a landscape", "a person in daily life", "an animal", "art in a museum")
RECALL, RECALL_EACH, RECALL_MINORS, FALSE_BLOCKS = 0.95, 0.90, 1.0, 0.02
MOST_MS, MOST_MS_WITH_MEANING = 5.0, 25.0

Decides = Callable[[str], str]


@dataclass(frozen=True)
class Prompt:
    id: str
    text: str
    label: str
    category: str
    language: str
    trick: str
    kind: str
    half: str


def prompts(half: str) -> list[Prompt]:
    with PROMPTS.open(encoding="utf-8") as lines:
        return [prompt for line in lines if (prompt := Prompt(**json.loads(line))).half == half]


def gate(*layers: Rules | Learned) -> Decides:
    whole = PromptGate(layers)
    return lambda text: whole.check(text).decision


# The others ----------------------------------------------------------------------------------------------------------


def better_profanity() -> Decides:
    from better_profanity import profanity

    profanity.load_censor_words()
    return _flagging(profanity.contains_profanity)


def alt_profanity_check() -> Decides:
    from profanity_check import predict

    return _flagging(lambda text: bool(predict([text])[0]))


def glin_profanity() -> Decides:
    from glin_profanity import Filter

    return _flagging(Filter({"languages": ["english", "spanish", "french", "german", "russian"]}).is_profane)


LIBRARIES: Mapping[str, Callable[[], Decides]] = {
    "better-profanity": better_profanity,
    "alt-profanity-check": alt_profanity_check,
    "glin-profanity": glin_profanity,
}


def nearest(meaning: Meaning) -> Decides:
    """The first thing one would try: is a description of something harmful nearer than all of harmless things?"""
    known = np.array(meaning([*MEANINGS.values(), *HARMLESS]))

    def decides(text: str) -> str:
        near = known @ np.array(meaning([text])[0])
        return "block" if near.argmax() < len(MEANINGS) else "allow"

    return decides


def _flagging(flags: Callable[[str], bool]) -> Decides:
    return lambda text: "block" if flags(text) else "allow"


def systems(meaning: Meaning) -> dict[str, Decides]:
    found = {OURS: gate(Rules(), Learned(meaning)), ALONE: gate(Rules()), NEAREST: nearest(meaning)}
    for name, library in LIBRARIES.items():
        try:
            found[name] = library()
        except ImportError as error:
            print(f"{name} is left out: {error}")
    return found


# The tables ----------------------------------------------------------------------------------------------------------

Decided = Mapping[str, Sequence[str]]


def share(decisions: Sequence[str], known: Sequence[Prompt], wanted: str, **those: str) -> float | None:
    """Of the prompts with these fields, how many were decided so."""
    mine = [
        decision == wanted
        for decision, prompt in zip(decisions, known, strict=True)
        if all(getattr(prompt, field) == value for field, value in those.items())
    ]
    return sum(mine) / len(mine) if mine else None


def print_outcomes(decided: Decided, known: Sequence[Prompt]) -> None:
    rows = {
        "recall on block": ("block", "block"), "false blocks on allow": ("block", "allow"),
        "allow marked sensitive": ("sensitive", "allow"), "sensitive marked so": ("sensitive", "sensitive"),
        "sensitive blocked": ("block", "sensitive"),
    }  # fmt: skip
    print_table(["", *decided], [
        [name, *(_percent(share(each, known, wanted, label=label)) for each in decided.values())]
        for name, (wanted, label) in rows.items()
    ])  # fmt: skip
    print()


def print_recall(decided: Decided, known: Sequence[Prompt], field: str) -> None:
    """Of what must be blocked, per value of a field."""
    values = sorted({getattr(prompt, field) for prompt in known if prompt.label == "block"})
    rows = []
    for value in values:
        those = {"label": "block", field: value}
        count = sum(prompt.label == "block" and getattr(prompt, field) == value for prompt in known)
        shares = (_percent(share(each, known, "block", **those)) for each in decided.values())
        rows.append([value, str(count), *shares])
    print_table([f"recall by {field}", "prompts", *decided], rows)
    print()


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{value:.1%}"


def median_ms(decides: Decides, texts: Sequence[str]) -> float:
    spent = []
    for text in texts:
        started = time.perf_counter()
        decides(text)
        spent.append((time.perf_counter() - started) * 1000)
    return statistics.median(spent)


def misses(decisions: Sequence[str], known: Sequence[Prompt]) -> list[str]:
    def at_least(what: str, value: float | None, least: float) -> list[str]:
        return [f"{what}: {value:.3f}, at least {least}"] if value is not None and value < least else []

    found = at_least("recall", share(decisions, known, "block", label="block"), RECALL)
    for category in MEANINGS:
        least = RECALL_MINORS if category == "minors" else RECALL_EACH
        found += at_least(category, share(decisions, known, "block", label="block", category=category), least)
    wrong = share(decisions, known, "block", label="allow") or 0
    return found + ([f"false blocks: {wrong:.3f}, at most {FALSE_BLOCKS}"] if wrong > FALSE_BLOCKS else [])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("held", "train"), default="held")
    half = parser.parse_args().half
    known = prompts(half)
    texts = [prompt.text for prompt in known]
    with closing(MiniLM()) as model:
        compared = systems(model.of)
        decided = {name: [decides(text) for text in texts] for name, decides in compared.items()}
        times = {name: median_ms(compared[name], texts) for name in (ALONE, OURS)}
    print(f"{len(known)} prompts of the half “{half}”.\n")
    print_outcomes(decided, known)
    for field in ("category", "language", "trick", "kind"):
        print_recall(decided, known, field)
    print(f"A check takes {times[ALONE]:.1f} ms without the model of language, {times[OURS]:.1f} ms with it (medians).")
    missed = misses(decided[OURS], known)
    missed += [f"{name}: {times[name]:.1f} ms" for name, most in ((ALONE, MOST_MS), (OURS, MOST_MS_WITH_MEANING))
               if times[name] > most]  # fmt: skip
    print(*(f"MISSED {each}" for each in missed), sep="\n")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
