"""What is decided about words and pictures, and what each layer of a gate says to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from services.errors import UserError

Decision = Literal["allow", "sensitive", "block"]
CATEGORIES = {
    "sexual": "sexual content",
    "minors": "sexualised minors",
    "violence": "graphic violence",
    "hate": "hate",
    "self_harm": "self-harm",
    "harassment": "harassment",
    "real_persons": "real persons in scenes that harm them",
    "extremism": "violent extremism",
    "weapons": "weapons and illegal instructions",
    "spam": "spam",
}
"""Of the policy, with what they are called in a sentence."""
STRICTNESS: dict[Decision, int] = {"allow": 0, "sensitive": 1, "block": 2}
SIMILAR = "similar in meaning to: "
"""So begins what a verdict is about where that is no words of the text."""


def called(category: str) -> str:
    return CATEGORIES.get(category, category)


def grounds(because: Iterable[str]) -> str:
    """What a verdict is about, in a sentence or two."""
    known = list(because)
    said = ", ".join(f"“{each}”" for each in known if not each.startswith(SIMILAR))
    near = ", ".join(f"“{each.removeprefix(SIMILAR)}”" for each in known if each.startswith(SIMILAR))
    sentences = (f"It says {said}." if said else "", f"Its meaning is close to {near}." if near else "")
    return " ".join(filter(None, sentences))


@dataclass(frozen=True)
class Verdict:
    decision: Decision
    categories: tuple[str, ...]
    reason: str
    """A sentence for the person; empty when allowed."""
    because: tuple[str, ...] = ()
    """The words that it was about, or what they are similar to in meaning."""

    def refusal(self, what: str) -> str:
        """The same of words that are not a prompt, as in "comment"."""
        why = " and ".join(map(called, self.categories))
        return f"This {what} was not taken: there is no place here for {why}. {grounds(self.because)}".strip()


class Refused(UserError):
    """Words that the gate does not let through. The person reads the sentence; the screen may show what `verdict` says
    besides."""

    def __init__(self, sentence: str, verdict: Verdict) -> None:
        super().__init__(sentence)
        self.verdict = verdict


@dataclass(frozen=True)
class Opinion:
    """One layer's word about one category."""

    layer: str
    decision: Decision
    category: str
    because: tuple[str, ...] = ()
    note: str = ""
    """How sure it is, for whoever looks closer."""
    is_sure: bool = False
    """Whether no milder word of another layer holds against it."""


@dataclass(frozen=True)
class Explanation:
    verdict: Verdict
    opinions: tuple[Opinion, ...]
    layers: tuple[str, ...] = ()
    """Those that were asked, in that order."""

    @property
    def by_layer(self) -> list[Opinion]:
        """What each says, those with nothing against it as well: they allow it, of no category."""
        silent = set(self.layers) - {opinion.layer for opinion in self.opinions}
        said = [*self.opinions, *(Opinion(layer, "allow", "") for layer in silent)]
        return sorted(said, key=lambda opinion: self.layers.index(opinion.layer))
