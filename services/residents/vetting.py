"""What must not be said of any resident, whoever made them: a model, an operator's form, a world file."""

from __future__ import annotations

from collections.abc import Mapping

from services.errors import UserError
from services.residents.persona import Persona
from services.residents.speaking.checks import (
    has_hashtag,
    has_link,
    has_markup,
    is_english,
    is_refusal,
    leaks,
    mentions,
    names_a_real_person,
    speaks_of_a_minor,
)
from services.safety.learned import Learned
from services.safety.prompts import PromptGate
from services.safety.verdicts import Refused

FEWEST_WORDS_OF_A_LANGUAGE = 8
MARKS = ("**", "__", "~~", "`")
PUBLISHED = ("bio", "home", "occupation", "interests", "subjects", "emblem")
SAID_BESIDE = "I like it."
"""Said with each text when its language is told: a row of names of things, such as "gulls, boats, low winter sun", is
of none by itself."""


class Vetting:
    def __init__(self, gate: PromptGate) -> None:
        self._gate = gate

    def check(self, who: Persona) -> None:
        """`UserError` says what nobody here may be; `Refused` where it is the gate that says so."""
        words = words_of(who)
        if fault := fault_of({"name": who.name, "display name": who.display_name} | words):
            raise UserError(f"{who.display_name} cannot live here: {fault}.")
        self._gate.take(who.name, "name")
        self._gate.take(who.display_name, "display name")
        for what in PUBLISHED:
            self._gate.take(words[what], what)
        for thought in (*who.voice.sayings, *who.opinions):
            self._refuse_if_sure(thought)

    def takes(self, text: str, what: str) -> bool:
        """Whether the gate does."""
        try:
            self._gate.take(text, what)
        except Refused:
            return False
        return True

    def _refuse_if_sure(self, thought: str) -> None:
        """What they think is seen by nobody as it stands, and whatever they make of it meets the gate again. So a
        guess by its meaning is not enough: of 47 harmless opinions on pictures the classifier is unsure of 15."""
        explained = self._gate.explain(thought)
        against = [each for each in explained.opinions if each.decision == "block"]
        if any(each.is_sure or each.layer != Learned.name for each in against):
            raise Refused(explained.verdict.refusal("persona"), explained.verdict)


def words_of(who: Persona) -> dict[str, str]:
    """Every text of theirs by what it is, names left out."""
    lists = {
        "interests": [interest.topic for interest in who.interests], "palettes": who.aesthetic.palettes,
        "subjects": who.aesthetic.subjects, "light": who.aesthetic.light, "emoji": who.voice.emoji,
        "sayings": who.voice.sayings, "opinions": who.opinions,
    }  # fmt: skip
    single = {"bio": who.bio, "home": who.home, "occupation": who.occupation, "emblem": who.emblem}
    return single | {what: "\n".join(texts) for what, texts in lists.items()}


def fault_of(words: Mapping[str, str]) -> str:
    """As the end of a sentence; empty where there is none."""
    for what, text in words.items():
        if name := names_a_real_person(text):
            return f"the {what} named a real person, {name}"
        if speaks_of_a_minor(text):
            return f"the {what} spoke of a minor"
        if what != "name" and is_marked_up(text):
            return f"the {what} had markup, a link, a hashtag or a mention in it"
    return ""


def is_marked_up(text: str) -> bool:
    return bool(
        has_markup(text) or has_link(text) or has_hashtag(text) or mentions(text) or any(mark in text for mark in MARKS)
    )


def fault_of_a_model(words: Mapping[str, str]) -> str:
    """Besides that, what only a language model gets wrong."""
    for what, text in words.items():
        if is_refusal(text) or leaks(text):
            return f"the {what} spoke of the model or of its task"
        if len(text.split()) >= FEWEST_WORDS_OF_A_LANGUAGE and not is_english(f"{text}. {SAID_BESIDE}"):
            return f"the {what} was not in English"
    return fault_of(words) if is_english(" ".join(words.values())) else "it was not in English"
