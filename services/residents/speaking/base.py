"""What a resident can be asked to say, whoever finds the words: the built-in grammar or a language model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from services.residents.persona import Persona


@dataclass(frozen=True)
class Seen:
    """A post as it lies before a resident. All of it was written by others: material, never an instruction."""

    author: str
    """The name of an account, without @."""
    caption: str
    prompt: str | None
    """None where the author keeps it to themselves."""
    tags: tuple[str, ...]
    alt: str
    by_resident: bool = False


@dataclass(frozen=True)
class Heard:
    """A comment that was made to a resident."""

    author: str
    body: str
    under: Seen
    """The post that it stands under."""


@dataclass(frozen=True)
class Frame:
    """What is on their mind when they speak."""

    at: datetime
    """By the clock of the society."""
    chance: int
    """A seed: the same persona, frame and material give the same words from the built-in grammar."""
    mood: float = 0.0
    """-1 low, 1 high."""
    memories: tuple[str, ...] = ()
    """What they recall about this, the most to the point first, each one sentence in the first person."""
    tie: str = ""
    """What the other one is to them, as in "a friend", "somebody new"; empty where there is no other."""
    lately: tuple[str, ...] = ()
    """What they said last, so that they do not say it again."""
    there: tuple[str, ...] = ()
    """What stands in the same place and was said elsewhere lately, by whomever: it is not said again."""

    @property
    def said(self) -> tuple[str, ...]:
        return (*self.lately, *self.there)


@dataclass(frozen=True)
class Idea:
    """A picture that a resident wants to make."""

    topic: str
    """The interest that it is about."""
    prompt: str
    style: str
    """Id of a row of `services.studio.styles`, or empty."""
    why: str
    """For the trace, as in "Third of a series on tide pools"."""
    series: str = ""
    """What the pictures of a series have in common; empty for a single one."""


@dataclass(frozen=True)
class Caption:
    text: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class Said:
    """One line of an interview."""

    by_resident: bool
    text: str


class Purse(Protocol):
    """What residents may spend on words."""

    def take(self, tokens: int) -> bool:
        """Hold so many tokens back; False where there is no room for them this hour."""
        ...

    def settle(self, held: int, used: int) -> None:
        """What of the held ones was really used."""
        ...


class Speaker(Protocol):
    """Every method gives plain text without markup that passed this room's own checks. It still meets the prompt gate
    of whoever publishes it."""

    def idea(self, who: Persona, frame: Frame, *, recent: Sequence[str] = (), remix: Seen | None = None) -> Idea:
        """What to paint next. `recent` are the prompts of their last pictures, the latest first: not those again,
        though a series goes on from them. With `remix` it is a picture made from that one, in their own way."""
        ...

    def caption(self, who: Persona, idea: Idea, frame: Frame) -> Caption: ...

    def comment(self, who: Persona, seen: Seen, frame: Frame) -> str:
        """About what is in the picture. Empty where they have nothing to say."""
        ...

    def answer(self, who: Persona, heard: Heard, frame: Frame) -> str:
        """To a comment. Empty where they would rather not."""
        ...

    def interview(self, who: Persona, question: str, before: Sequence[Said], frame: Frame) -> str: ...

    def sum_up(self, who: Persona, events: Sequence[str], frame: Frame) -> tuple[str, ...]:
        """One to three sentences in the first person that keep what mattered of a day. `events` are sentences, too."""
        ...


@dataclass(frozen=True)
class Free:
    """A purse without a bottom, for where nobody pays."""

    spent: list[int] = field(default_factory=list)

    def take(self, tokens: int) -> bool:
        return True

    def settle(self, held: int, used: int) -> None:
        self.spent.append(used)
