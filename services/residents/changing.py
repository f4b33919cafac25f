"""Residents who are there already: changed by words, and made relatives of."""

from __future__ import annotations

import logging
from collections.abc import Iterable

import numpy as np

from services.errors import ConfigurationError, Unavailable, UserError
from services.residents import rewording
from services.residents.inventing import Crowd, Invented, Inventor, Known
from services.residents.persona import Persona
from services.text import clean

log = logging.getLogger(__name__)

LONGEST_WISH = 500


class Changing:
    def __init__(self, inventor: Inventor) -> None:
        self._inventor = inventor

    def reworded(self, who: Persona, words: str) -> Persona:
        """Changed as the words say, under the same name. `UserError` where that was not understood, or would make
        somebody of them who has no place here."""
        words = clean(words, most=LONGEST_WISH, what="What you write")
        if not words:
            raise UserError("Write what shall change about them first.")
        changed = self._told(who, words) if self._inventor.teller.is_ai else None
        if changed is None:
            changed = rewording.reworded(who, words, self._inventor.drafts)
            self._inventor.vetting.check(changed)
        return changed

    def cloned(self, who: Persona, known: Iterable[Known], *, chance: np.random.Generator) -> Invented:
        """A near relation: into the same things, though not as much into each, with a name, a home and a voice of
        their own. Of a few the one that is farthest from everybody is taken."""
        crowd = Crowd.of(known)
        crowd.names |= {who.name, who.display_name.lower()}
        names = self._inventor.names(crowd, chance)
        return max(self._inventor.relatives(who, *names, chance), key=lambda one: crowd.distance(one.vector))

    def _told(self, who: Persona, words: str) -> Persona | None:
        """By the language model; None where it has nothing that can be used."""
        try:
            return self._inventor.checked(self._inventor.teller.reword(who, words), who)
        except (UserError, Unavailable, ConfigurationError) as error:
            log.warning("%s is changed by the built-in rules: %s", who.name, error)
            return None
