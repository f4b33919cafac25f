"""The prompt gate: every text that somebody writes passes it before anybody else sees what comes of it.

It asks its layers one after the other and takes the strictest word. Each layer is small, knows one way of judging and
gives its reasons; none of them knows the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from services.safety.policy import sentence
from services.safety.rules import BODILY, NAKED, Rules, leaves_out_clothes
from services.safety.verdicts import STRICTNESS, Explanation, Opinion, Verdict

ALLOWED = Verdict("allow", (), "")


class Layer(Protocol):
    name: str

    def judge(self, text: str) -> list[Opinion]:
        """`Unavailable` where it cannot tell; then the gate cannot either."""
        ...


class PromptGate:
    def __init__(self, layers: Sequence[Layer] | None = None) -> None:
        self._layers = (Rules(),) if layers is None else tuple(layers)

    def check(self, text: str) -> Verdict:
        return self.explain(text).verdict

    def explain(self, text: str) -> Explanation:
        opinions = tuple(opinion for layer in self._layers for opinion in layer.judge(text))
        return Explanation(_together(opinions), opinions)

    def check_wish(self, prompt: str, left_out: str) -> Verdict:
        """Of a prompt and of what its picture shall not show. Who leaves out clothes asks for nakedness; who leaves out
        nakedness does not."""
        if leaves_out_clothes(left_out):
            prompt = f"{prompt}, {NAKED}"
        verdict = self.check(prompt)
        beside = self.check(left_out)
        if verdict.decision != "block" and beside.decision == "block" and not BODILY.intersection(beside.categories):
            return beside
        return verdict


def _together(opinions: Sequence[Opinion]) -> Verdict:
    against = [opinion for opinion in opinions if opinion.decision != "allow"]
    if not against:
        return ALLOWED
    worst = max(against, key=lambda opinion: STRICTNESS[opinion.decision])
    categories = tuple(dict.fromkeys(opinion.category for opinion in against))
    return Verdict(worst.decision, categories, sentence(worst.category, worst.decision), worst.because)
