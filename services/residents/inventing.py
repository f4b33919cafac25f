"""New residents: nobody who exists, nobody below 18, and none too much like another.

How far apart two are is the cosine distance of what their gists mean. Measured with the bundled MiniLM on 1,000 people
of the built-in grammar, drawn without a look at each other: half of all pairs are more than 0.59 apart, and every tenth
person has a neighbour nearer than 0.15, such as another weaver of the same coast who likes the same things.

With `APART` at 0.18 all 1,000 find a place: it takes 1,184 drafts, and half of them are more than 0.22 away from their
nearest. That is 36 seconds of one core, and 92 where names and bios meet the gate's classifier one by one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from services.community.credentials import NAME, is_reserved
from services.errors import ConfigurationError, Unavailable, UserError
from services.residents.drafting import Drafts, Meaning, Pull, shows_people
from services.residents.people_names import drawn_names
from services.residents.persona import Persona
from services.residents.speaking.base import Free, Purse
from services.residents.speaking.checks import names_a_real_person
from services.residents.telling import Teller, Told
from services.residents.vetting import Vetting
from services.safety.prompts import PromptGate
from services.text import clean
from services.writers.base import Writer

log = logging.getLogger(__name__)

APART = 0.18
TRIES = 6
"""Drafts for one resident; the farthest is taken where none is far enough."""
ANSWERS = 2
"""The same of a language model, each of which is paid for."""
MOST_FAILURES = 3
"""Answers of the model that could not be used, one after the other; it is not asked for the rest of the call then, for
each may take its whole deadline."""
AT_ONCE = 32
LONGEST_THEME = 200


@dataclass(frozen=True)
class Invented:
    persona: Persona
    vector: list[float]
    """Of `persona.gist`."""


@dataclass(frozen=True)
class Known:
    """Somebody who is there already."""

    name: str
    vector: Sequence[float] | None = None
    """None where a new one may be as near as they like, as to a member."""
    display_name: str = ""


@dataclass
class Crowd:
    """Whom a new one must not be taken for."""

    names: set[str] = field(default_factory=set)
    _vectors: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 1), np.float32))
    _many: int = 0

    @classmethod
    def of(cls, known: Iterable[Known]) -> Crowd:
        crowd = cls()
        for each in known:
            crowd.names |= {each.name.lower(), each.display_name.lower()}
            if each.vector is not None:
                crowd.add(each.vector)
        return crowd

    def add(self, vector: Sequence[float]) -> None:
        if self._many == len(self._vectors):
            grown = np.zeros((max(64, 2 * self._many), len(vector)), np.float32)
            grown[: self._many] = self._vectors
            self._vectors = grown
        self._vectors[self._many] = vector
        self._many += 1

    def take_back(self) -> None:
        """The last one that was added."""
        self._many -= 1

    def distance(self, vector: Sequence[float]) -> float:
        """To the nearest; 1 where there is nobody."""
        if not self._many:
            return 1.0
        return 1.0 - float((self._vectors[: self._many] @ np.asarray(vector, np.float32)).max())


class Inventor:
    """`meaning` is the embedding model in use, `is_taken` whether an account has a name already."""

    def __init__(
        self, writer: Writer, meaning: Meaning, gate: PromptGate, purse: Purse | None = None,
        is_taken: Callable[[str], bool] | None = None,
    ) -> None:  # fmt: skip
        self.drafts = Drafts(meaning)
        self.vetting = Vetting(gate)
        self.teller = Teller(writer, purse or Free())
        self._meaning = meaning
        self._gate = gate
        self._is_taken = is_taken or (lambda _: False)

    def invent(
        self, count: int, theme: str = "", known: Iterable[Known] = (), *, chance: np.random.Generator
    ) -> Iterator[Invented]:
        """One after the other, so that each can be kept before the next is made. `UserError` where the theme has no
        place here."""
        theme = self._checked(theme)
        return self._invented(count, theme, Crowd.of(known), chance)

    def read(self, persona: Persona) -> Invented:
        return self._read([persona])[0]

    def checked(self, told: Told, named: Persona) -> Persona:
        """What a model told, as a persona of that name; `UserError` where there is no place for it here."""
        persona = told.as_persona(named, self.drafts.nearest_style)
        if shows_people(persona.emblem):
            persona = persona.model_copy(update={"emblem": named.emblem})
        self.vetting.check(persona)
        return persona

    def relatives(self, who: Persona, name: str, display_name: str, chance: np.random.Generator) -> list[Invented]:
        """Of that name, from whom one may be chosen."""
        drawn = islice(self.drafts.relatives(who, chance, name, display_name), TRIES)
        return self._read([self._with_clean_bio(one) for one in drawn])

    def names(self, crowd: Crowd, chance: np.random.Generator) -> tuple[str, str]:
        """Of an account and as it is shown: free, clean, and known of nobody."""
        name, display_name = drawn_names(chance, lambda name, shown: self._is_free(name, shown, crowd))
        crowd.names |= {name, display_name.lower()}
        return name, display_name

    def _invented(self, count: int, theme: str, crowd: Crowd, chance: np.random.Generator) -> Iterator[Invented]:
        pull = self.drafts.pull_of(theme)
        if self.teller.is_ai:
            yield from self._told_ones(count, theme, pull, crowd, chance)
            return
        for made in range(0, count, AT_ONCE):
            yield from self._drafted_ones(min(AT_ONCE, count - made), pull, crowd, chance)

    def _drafted_ones(self, many: int, pull: Pull, crowd: Crowd, chance: np.random.Generator) -> list[Invented]:
        """What all of them are like is read at once; each joins the crowd as soon as it is far enough."""
        names = [self.names(crowd, chance) for _ in range(many)]
        found: dict[int, tuple[float, Invented]] = {}
        waiting = list(range(many))
        for _ in range(TRIES):
            drafts = [self._draft(chance, *names[place], pull) for place in waiting]
            for place, one in zip(waiting, self._read(drafts), strict=True):
                found[place] = _farther(found.get(place), (crowd.distance(one.vector), one))
                if found[place][0] >= APART:
                    crowd.add(one.vector)
            waiting = [place for place in waiting if found[place][0] < APART]
            if not waiting:
                break
        for place in waiting:
            crowd.add(found[place][1].vector)
        return [found[place][1] for place in range(many)]

    def _draft(self, chance: np.random.Generator, name: str, display_name: str, pull: Pull) -> Persona:
        """Now and then the gate takes a harmless bio for something else: then another is drawn."""
        for _ in range(TRIES):
            draft = self.drafts.draw(chance, name, display_name, pull)
            if self.vetting.takes(draft.bio, "bio"):
                return draft
        return draft.model_copy(update={"bio": ""})

    def _with_clean_bio(self, one: Persona) -> Persona:
        return one if self.vetting.takes(one.bio, "bio") else one.model_copy(update={"bio": ""})

    def _told_ones(
        self, count: int, theme: str, pull: Pull, crowd: Crowd, chance: np.random.Generator
    ) -> Iterator[Invented]:  # fmt: skip
        failures = 0
        for _ in range(count):
            [draft] = self._drafted_ones(1, pull, crowd, chance)
            # The model starts from the draft: it is not the one to keep away from.
            crowd.take_back()
            told = self._told(draft, theme, crowd) if failures < MOST_FAILURES else None
            failures = 0 if told else failures + 1
            made = told or draft
            crowd.add(made.vector)
            yield made

    def _told(self, draft: Invented, theme: str, crowd: Crowd) -> Invented | None:
        """In the model's words; None where it has none that can be used. Where all of its people are too much like
        others, the draft is in the running, too."""
        farthest = (crowd.distance(draft.vector), draft)
        for turn in range(ANSWERS):
            if (one := self._answer(draft.persona, theme)) is None:
                return farthest[1] if turn else None
            distance = crowd.distance(one.vector)
            if distance >= APART:
                return one
            farthest = _farther(farthest, (distance, one))
        log.info("What the model made of %s was too much like somebody else.", draft.persona.name)
        return farthest[1]

    def _answer(self, draft: Persona, theme: str) -> Invented | None:
        try:
            return self.read(self.checked(self.teller.invent(draft, theme), draft))
        except (UserError, Unavailable, ConfigurationError) as error:
            log.warning("%s is made by the built-in grammar: %s", draft.name, error)
            return None

    def _read(self, personas: Sequence[Persona]) -> list[Invented]:
        vectors = self._meaning([persona.gist for persona in personas])
        return [Invented(persona, vector) for persona, vector in zip(personas, vectors, strict=True)]

    def _is_free(self, name: str, display_name: str, crowd: Crowd) -> bool:
        if {name, display_name.lower()} & crowd.names or not NAME.fullmatch(name) or is_reserved(name):
            return False
        if names_a_real_person(display_name) or self._is_taken(name):
            return False
        return self.vetting.takes(display_name, "display name") and self.vetting.takes(name, "name")

    def _checked(self, theme: str) -> str:
        theme = clean(theme, most=LONGEST_THEME, what="The theme", newlines=False)
        if name := names_a_real_person(theme):
            raise UserError(f"Residents are nobody who is real: leave {name} out of the theme.")
        if theme:
            self._gate.take(theme, "theme")
        return theme


def _farther(one: tuple[float, Invented] | None, other: tuple[float, Invented]) -> tuple[float, Invented]:
    return one if one is not None and one[0] >= other[0] else other
