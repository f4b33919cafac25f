"""The prompt gate: every text that somebody writes passes it before anybody else sees what comes of it.

It asks its layers one after the other and takes the strictest word. Each layer is small, knows one way of judging and
gives its reasons; none of them knows the others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from services.safety.closed import failing_closed
from services.safety.learned import Learned
from services.safety.policy import sentence
from services.safety.rules import BETTER_LEFT_OUT, MILDER, NAKED, Rules, leaves_out_clothes
from services.safety.verdicts import STRICTNESS, Decision, Explanation, Opinion, Refused, Verdict

ALLOWED = Verdict("allow", (), "")
NEVER_EXCUSED = {"minors"}
SOFT = {"sexual", "violence", "harassment", "real_persons", "spam"}
"""Where the layers disagree about one of these, it is marked as sensitive; of the others the strictest word counts."""
ONE_WORD = re.compile(r"[^\W\d_]{1,12}")
NAMES = {"name", "display name"}
NEVER_A_NAME = {"sexual", "hate", "harassment", "extremism"}
"""A name stands everywhere and has no blur, so that here it is refused for what marks a picture as sensitive. Comments,
bios and titles, which have none either, may touch on such things: they are refused for what is blocked."""


class Layer(Protocol):
    name: str

    def judge(self, text: str) -> list[Opinion]:
        """`Unavailable` where it cannot tell; then the gate cannot either."""
        ...


class PromptGate:
    def __init__(self, layers: Sequence[Layer] | None = None) -> None:
        self._layers = (Rules(),) if layers is None else tuple(layers)

    @property
    def layers(self) -> tuple[str, ...]:
        return tuple(layer.name for layer in self._layers)

    def check(self, text: str) -> Verdict:
        return self.explain(text).verdict

    def explain(self, text: str) -> Explanation:
        """`Unavailable` or `ConfigurationError` where it cannot decide, whatever went wrong: never an "allow"."""
        with failing_closed():
            opinions = tuple(opinion for layer in self._layers for opinion in layer.judge(text))
            return Explanation(_together(_weighed(opinions, text)), opinions, self.layers)

    def take(self, text: str, what: str) -> Verdict:
        """The verdict on words that are no prompt, as of a "comment"; `Refused` where they have no place here."""
        verdict = self.check(text)
        if verdict.decision == "block" or (what in NAMES and NEVER_A_NAME.intersection(verdict.categories)):
            raise Refused(verdict.refusal(what), verdict)
        return verdict

    def check_wish(self, prompt: str, left_out: str) -> Verdict:
        """Of a prompt and of what its picture shall not show. Who leaves out clothes asks for nakedness; who leaves out
        nakedness, or wounds as in many a list of what pictures go wrong by, does not."""
        if leaves_out_clothes(left_out):
            prompt = f"{prompt}, {NAKED}"
        verdict = self.check(prompt)
        beside = _weighed(self.explain(left_out).opinions, left_out)
        wrong = [each for each in beside if each.decision == "block" and each.category not in BETTER_LEFT_OUT]
        return _together(wrong) if wrong and verdict.decision != "block" else verdict


def _weighed(opinions: Sequence[Opinion], text: str) -> list[Opinion]:
    """What the classifier says, in the light of what the rules know of the same category: an innocent phrase makes it
    one step milder, and a milder word of theirs holds where the category is a soft one and it is not sure. A word by
    itself that no rule minds, such as a tag, means too little to be judged by its meaning."""
    if ONE_WORD.fullmatch(text.strip()) and not any(opinion.layer == Rules.name for opinion in opinions):
        return [opinion for opinion in opinions if opinion.layer != Learned.name]
    known = {opinion.category: opinion.decision for opinion in opinions if opinion.layer == Rules.name}
    return [
        replace(opinion, decision=_in_the_light_of(known.get(opinion.category), opinion))
        if opinion.layer == Learned.name else opinion
        for opinion in opinions
    ]  # fmt: skip


def _in_the_light_of(known: Decision | None, opinion: Opinion) -> Decision:
    if known == "allow" and opinion.category not in NEVER_EXCUSED:
        return MILDER[opinion.decision]
    gives_way = known == "sensitive" and opinion.category in SOFT and not opinion.is_sure
    return "sensitive" if gives_way else opinion.decision


def _together(opinions: Sequence[Opinion]) -> Verdict:
    against = [opinion for opinion in opinions if opinion.decision != "allow"]
    if not against:
        return ALLOWED
    worst = max(against, key=lambda opinion: STRICTNESS[opinion.decision])
    categories = tuple(dict.fromkeys(opinion.category for opinion in against))
    return Verdict(worst.decision, categories, sentence(worst.category, worst.decision), worst.because)
