"""Words that moderators decide about themselves, at run time: a layer of the gate that is read from the database.

They are found as the gate's own rules find theirs: whole words, through the usual disguises. What is to be blocked or
marked is a word like any other layer's. What is to be allowed takes its words out of what the other layers read, so
that only the rest is judged, by moderators' own rules as well: "bath bomb" excuses no pipe bomb beside it. Nothing
allows what sexualises minors, and a guard model's word stands. Another process knows a new rule a few seconds later.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import get_args
from uuid import UUID

from psycopg.errors import UniqueViolation

from services.errors import NotFound, UserError
from services.ids import parse_id
from services.platform.clock import Clock
from services.platform.database import Database
from services.safety.canonical import hidden_in, views_of
from services.safety.moderators import Somebody, check_moderates
from services.safety.prompts import Layer
from services.safety.tries import Tries
from services.safety.verdicts import CATEGORIES, STRICTNESS, Decision, Opinion
from services.text import clean

KNOWN_FOR = timedelta(seconds=3)
"""How long a process goes by the rules it read last."""
LONGEST_WORDS, LONGEST_NOTE = 100, 500
FEWEST_LETTERS = 3
MOST_RULES = 1_000
LOOKED_AT = timedelta(days=1)
MOST_LOOKED_AT = 5_000
SWEEPING = 0.5
"""Share of the last day's prompts, above which a rule is wrong more likely than not."""
DOES = {"block": "block", "sensitive": "mark as sensitive", "allow": "allow"}
APART = " ; "
"""Where words were taken out, so that what stood round them makes no new phrase."""


@dataclass(frozen=True)
class OwnRule:
    id: UUID
    words: str
    decision: Decision
    category: str
    note: str
    made_by: str | None
    """By name; None where they left."""
    made_at: datetime


@dataclass(frozen=True)
class Preview:
    """What a rule would have done to the last day's prompts: to those that were painted, and where it allows something
    to those as well that were blocked."""

    prompts: int
    touched: int
    decision: Decision

    @property
    def share(self) -> float:
        return self.touched / self.prompts if self.prompts else 0.0

    @property
    def is_sweeping(self) -> bool:
        return self.share > SWEEPING

    @property
    def sentence(self) -> str:
        if not self.prompts:
            return "Nobody asked for a picture within the last day, so there is nothing to try this on."
        does = f"would {DOES[self.decision]} {self.touched:,} of the last day's {self.prompts:,} prompts"
        return f"This {does} ({self.share:.0%})."


@dataclass(frozen=True)
class _Asked:
    prompt: str
    sensitive: bool


Known = tuple[OwnRule, tuple[str, ...]]
"""A rule with the forms that its words have in canonical text."""


@dataclass(frozen=True)
class _Loaded:
    at: datetime
    rules: tuple[Known, ...]


RULES = """select r.id, r.words, r.decision, r.category, r.note, a.name as made_by, r.made_at
from pentagram.own_rules r left join pentagram.accounts a on a.id = r.made_by
where r.ended_at is null order by r.id desc limit %(most)s"""


class OwnRules:
    name = "own rules"

    def __init__(self, db: Database, clock: Clock, tries: Tries) -> None:
        self._db = db
        self._clock = clock
        self._tries = tries
        self._turn = threading.Lock()
        self._loaded: _Loaded | None = None

    def judge(self, text: str) -> list[Opinion]:
        views, found = self._found(text)
        rests = _rests(views, found)
        return [
            Opinion(self.name, rule.decision, rule.category, (rule.words,), rule.note)
            for rule, forms in found
            if rule.decision == "allow" or _has(rests.get(rule.category, views), forms)
        ]

    def rests(self, text: str) -> dict[str, list[str]]:
        """For each category of which something is allowed, what is left to judge: each view of the text without it."""
        return _rests(*self._found(text))

    def _found(self, text: str) -> tuple[Sequence[str], list[Known]]:
        """The views of the text, and the rules whose words are in it."""
        rules = self._rules()
        views = _readings(text) if rules else ()
        return views, [(rule, forms) for rule, forms in rules if _has(views, forms)]

    def _rules(self) -> tuple[Known, ...]:
        now = self._clock.now()
        with self._turn:
            if self._loaded is None or now - self._loaded.at >= KNOWN_FOR:
                self._loaded = _Loaded(now, tuple((rule, _forms(rule.words)) for rule in self.current()))
            return self._loaded.rules

    def current(self) -> list[OwnRule]:
        """Those in force, the latest first."""
        return self._db.rows(OwnRule, RULES, most=MOST_RULES)

    def preview(self, words: str, decision: Decision, category: str, *, by: Somebody) -> Preview:
        """What such a rule would have changed; `UserError` where there can be none. What it allows may have been
        blocked for something else as well."""
        words = _checked(words, decision, category, by)
        asked, forms = self._asked_lately(), _forms(words)
        touched = sum(_would_change(each, decision) and _has(_readings(each.prompt), forms) for each in asked)
        if decision != "allow":
            return Preview(len(asked), touched, decision)
        blocked = self._tries.with_words(words)
        return Preview(len(asked) + blocked.prompts, touched + blocked.having, decision)

    def _asked_lately(self) -> list[_Asked]:
        return self._db.rows(
            _Asked,
            """select prompt || e'\\n' || negative_prompt as prompt, sensitive from (
              select prompt, negative_prompt, sensitive, created_at from pentagram.requests
              order by id desc limit %(most)s) latest
            where created_at > %(since)s""",
            most=MOST_LOOKED_AT, since=self._clock.now() - LOOKED_AT,
        )  # fmt: skip

    def add(
        self, words: str, decision: Decision, category: str, note: str = "", *, by: Somebody, confirmed: bool = False
    ) -> OwnRule:
        """Make a rule. One that touches more than half of the last day's prompts has to be `confirmed`."""
        words = _checked(words, decision, category, by)
        note = clean(note, most=LONGEST_NOTE, what="The note")
        preview = self.preview(words, decision, category, by=by)
        if preview.is_sweeping and not confirmed:
            raise UserError(f"{preview.sentence} If that is what you want, confirm it.")
        made = self._insert(words, decision, category, note, by)
        self._forget()
        return next(rule for rule in self.current() if rule.id == made)

    def _insert(self, words: str, decision: Decision, category: str, note: str, by: Somebody) -> UUID:
        if len(self.current()) >= MOST_RULES:
            raise UserError(f"There are {MOST_RULES:,} rules already; end some first.")
        try:
            made: UUID = self._db.value(
                """insert into pentagram.own_rules (words, decision, category, note, made_by, made_at)
                values (%(words)s, %(decision)s, %(category)s, %(note)s, %(by)s, %(now)s) returning id""",
                words=words, decision=decision, category=category, note=note, by=by.id, now=self._clock.now(),
            )  # fmt: skip
        except UniqueViolation:
            raise UserError("There is a rule on these words for this category already; end it first.") from None
        return made

    def end(self, rule_id: object, *, by: Somebody) -> None:
        """It counts no more; that it did stays in the log."""
        check_moderates(by)
        ended = self._db.execute(
            """update pentagram.own_rules set ended_by = %(by)s, ended_at = %(now)s
            where id = %(id)s and ended_at is null""",
            id=parse_id(rule_id, "rule"), by=by.id, now=self._clock.now(),
        )  # fmt: skip
        if not ended:
            raise NotFound("There is no such rule in force; somebody may have ended it.")
        self._forget()

    def _forget(self) -> None:
        with self._turn:
            self._loaded = None


class Excused:
    """A layer, without what moderators allow: of that its word stands only if it says it of the rest, too."""

    def __init__(self, layer: Layer, own: OwnRules) -> None:
        self.name = layer.name
        self._layer = layer
        self._own = own

    def judge(self, text: str) -> list[Opinion]:
        opinions = self._layer.judge(text)
        if all(opinion.decision == "allow" for opinion in opinions):
            return opinions
        for category, rests in self._own.rests(text).items():
            others = [opinion for opinion in opinions if opinion.category != category]
            opinions = others + self._of_the_rest(category, rests)
        return opinions

    def _of_the_rest(self, category: str, rests: Sequence[str]) -> list[Opinion]:
        said = [opinion for rest in rests for opinion in self._layer.judge(rest) if opinion.category == category]
        return [max(said, key=lambda opinion: STRICTNESS[opinion.decision])] if said else []


def _checked(words: str, decision: str, category: str, by: Somebody) -> str:
    check_moderates(by)
    words = clean(words, most=LONGEST_WORDS, what="The words", newlines=False).lower()
    if decision not in get_args(Decision):
        raise UserError("A rule allows, marks as sensitive, or blocks.")
    if category not in CATEGORIES:
        raise UserError(f"A category is one of {', '.join(CATEGORIES)}.")
    if decision == "allow" and category == "minors":
        raise UserError("Nothing allows what may sexualise minors.")
    if not any(_is_long_enough(form) for form in _forms(words)):
        raise UserError(f"Give words of {FEWEST_LETTERS} letters or more.")
    return words


def _would_change(asked: _Asked, decision: Decision) -> bool:
    """Of a prompt with the words in it."""
    return decision == "block" or asked.sensitive == (decision == "allow")


def _forms(words: str) -> tuple[str, ...]:
    """How they stand in a view of a text: between spaces."""
    return tuple(form for form in views_of(words) if form.strip())


def _is_long_enough(form: str) -> bool:
    """One sign of a script in which a sign is a word says as much as a word."""
    return not form.isascii() or len(form.replace(" ", "")) >= FEWEST_LETTERS


def _readings(text: str) -> tuple[str, ...]:
    """The views of a text, and of what is encoded in it."""
    return tuple(view for piece in (text, *hidden_in(text)) for view in views_of(piece))


def _has(views: Sequence[str], forms: Sequence[str]) -> bool:
    return any(form in view for view in views for form in forms)


def _rests(views: Sequence[str], found: Sequence[Known]) -> dict[str, list[str]]:
    allowed: dict[str, list[str]] = {}
    for rule, forms in found:
        if rule.decision == "allow":
            allowed.setdefault(rule.category, []).extend(forms)
    return {category: [_without(view, forms) for view in views] for category, forms in allowed.items()}


def _without(view: str, forms: Sequence[str]) -> str:
    for form in forms:
        # Again while it is there: two in a row share the space between them.
        while form in view:
            view = view.replace(form, APART)
    return view
