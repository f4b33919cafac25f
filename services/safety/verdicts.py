"""What is decided about words and pictures, and what each layer of a gate says to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Decision = Literal["allow", "sensitive", "block"]
STRICTNESS: dict[Decision, int] = {"allow": 0, "sensitive": 1, "block": 2}


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
        why = " and ".join(category.replace("_", " ") for category in self.categories)
        return f"This {what} was not taken: {why} has no place here."


@dataclass(frozen=True)
class Opinion:
    """One layer's word about one category."""

    layer: str
    decision: Decision
    category: str
    because: tuple[str, ...] = ()
    note: str = ""
    """How sure it is, for whoever looks closer."""


@dataclass(frozen=True)
class Explanation:
    verdict: Verdict
    opinions: tuple[Opinion, ...]
