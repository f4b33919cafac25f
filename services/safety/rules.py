"""What may not be said, as combinations of concepts: the same few lines for every language.

A rule names concepts of the lexicon that have to come together, how near, and which surroundings make it milder. A
phrase of the lexicon's `innocent` lines hides the words it is made of. This layer knows no paraphrase and no innuendo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from services.safety.canonical import hidden_in, turned, views_of
from services.safety.lexicon import INNOCENT, Hit, Lexicon, lexicon
from services.safety.verdicts import STRICTNESS, Decision, Opinion

MILDER: dict[Decision, Decision] = {"block": "sensitive", "sensitive": "allow", "allow": "allow"}


@dataclass(frozen=True)
class Rule:
    category: str
    decision: Decision
    needs: tuple[str, ...]
    """Concepts that have to be there, each from a hit of its own; `|` stands between those that do equally."""
    within: int | None = None
    """Words from the first to the last; None is anywhere."""
    milder: str = ""
    """Surroundings in which it counts one step less."""
    unless: str = ""
    """Surroundings in which it does not count."""


EXPLICIT = "porn|sexact|rape|lewd|genitals|innuendo"
BARE = "nudity|undress"
EXTREME = "terror|nazi"
KNOWN_PERSON = "public|acquaintance"
LEARNED = "teaching|law|medical|art_named"
MADE_UP = "fiction|sport|nature|food"
RULES = (
    Rule("minors", "block", ("loli",)),
    Rule("minors", "block", ("child", "porn|sexact|lewd|genitals|innuendo|nudity|undress|erotic")),
    Rule("minors", "block", ("child", "rape"), milder="teaching|law|caring"),
    Rule("minors", "block", ("youth", f"porn|sexact|lewd|genitals|innuendo|{BARE}"), unless="adult"),
    Rule("minors", "block", ("youth", "rape"), milder="teaching|law|caring"),

    Rule("sexual", "block", ("porn",)),
    Rule("sexual", "block", ("sexact",), milder="medical|teaching"),
    Rule("sexual", "block", ("rape",), milder="teaching|law|caring|medical|art_named"),
    Rule("sexual", "block", ("lewd|genitals", "nudity|inviting|innuendo"), within=8, milder="medical|teaching"),
    Rule("sexual", "block", ("genitals", "erotic"), within=8, milder="medical|teaching"),
    Rule("sexual", "block", (BARE, "inviting|innuendo"), within=14, milder="art_named|life_art|medical"),
    Rule("sexual", "block", ("innuendo", "innuendo|inviting", "innuendo|inviting|person|erotic"), within=10),
    Rule("sexual", "block", ("genitals|lewd|nudity", "shown"), within=6, milder="art_named|life_art|medical|teaching"),
    Rule("sexual", "sensitive", (f"{BARE}|lewd",), unless="art_named|medical"),
    Rule("sexual", "sensitive", ("erotic",), unless="art_named|medical|teaching"),
    Rule("sexual", "sensitive", ("genitals",), unless="medical|teaching"),

    Rule("violence", "block", ("gore",), milder="medical|art_named|teaching|nature", unless="food"),
    Rule("violence", "block", ("kill|corpse|wound", "graphic"), within=9, milder=f"{MADE_UP}|{LEARNED}"),
    Rule("violence", "block", ("torture",), milder="teaching|law|art_named|fiction"),
    Rule("violence", "sensitive", ("kill",), unless=f"{MADE_UP}|{LEARNED}"),
    Rule("violence", "sensitive", ("blood",), unless="food|medical|teaching"),
    Rule("violence", "sensitive", ("corpse|wound",), unless=f"fiction|sport|food|{LEARNED}"),

    Rule("hate", "block", ("slur",), milder="teaching"),
    Rule("hate", "block", ("race_pride",), milder="teaching|law"),
    Rule("hate", "block", ("group", "dehumanise"), within=9, milder="teaching|law"),
    Rule("hate", "block", ("group", "as", "beast"), within=7, milder="teaching|law"),
    Rule("hate", "block", ("groupsign", "lowbeast"), within=6, milder="teaching|law"),
    Rule("hate", "block", ("group", "exterminate"), within=8, milder="teaching|law"),
    Rule("hate", "block", ("group", "despise"), within=6, milder="teaching|law"),
    Rule("hate", "sensitive", ("hatred",), unless=LEARNED),

    Rule("self_harm", "block", ("suicide_do",), milder="teaching|caring"),
    Rule("self_harm", "block", ("starve",), milder="teaching|caring|medical"),
    Rule("self_harm", "block", ("suicide", "praise_death"), within=7, milder="teaching|caring|medical"),
    Rule("self_harm", "sensitive", ("suicide",)),

    Rule("harassment", "block", ("threat",), milder="fiction|teaching"),
    Rule("harassment", "block", ("death_wish|doxx|revengeporn",), milder="teaching|law"),
    Rule("harassment", "block", ("acquaintance", "humiliate|insult"), within=10, milder="teaching|caring"),
    Rule("harassment", "block", ("acquaintance", "hurt"), within=10, milder="teaching|caring|sport"),
    Rule("harassment", "block", ("named", "humiliate", "humiliate|hurt|insult"), within=16, milder="teaching|caring"),
    Rule("harassment", "block", ("named|acquaintance", "shame"), within=16, milder="teaching|caring"),
    Rule("harassment", "block", ("named", "insult|death_wish"), within=6, milder="teaching|caring"),
    Rule("harassment", "sensitive", ("insult",)),

    Rule("real_persons", "block", (KNOWN_PERSON, f"{EXPLICIT}|{BARE}|erotic|bedroom"), within=20),
    Rule("real_persons", "block", (KNOWN_PERSON, "crime"), within=12),

    Rule("extremism", "block", ("slogan",), milder=LEARNED),
    Rule("extremism", "block", (EXTREME, "praise"), within=9, milder=LEARNED),
    Rule("extremism", "sensitive", (EXTREME,)),

    Rule("weapons", "block", ("illegalgun|illegal",), milder="teaching|law|fiction"),
    Rule("weapons", "block", ("instruct", "bomb"), within=8, milder="law|teaching"),
    Rule("weapons", "block", ("instruct", "poison|drug"), within=8, milder="law|teaching|medical|nature|food"),
    Rule("weapons", "block", ("trade", "bomb|poison|drug|pill|gun"), within=8, milder="law|teaching|fiction|medical"),
    Rule("weapons", "sensitive", ("drughard",), unless="teaching|law|medical"),
    Rule("weapons", "sensitive", ("heavygun|bomb",), unless=f"{MADE_UP}|{LEARNED}"),
    Rule("weapons", "sensitive", ("gun", "menace"), within=10, unless=f"sport|nature|food|{LEARNED}"),
    Rule("weapons", "sensitive", ("gun", "holding"), within=10, unless=f"{MADE_UP}|{LEARNED}"),

    Rule("spam", "block", ("followers|phish",), milder="teaching"),
    Rule("spam", "block", ("spamoffer|link", "bait", "bait"), within=14, milder="teaching"),
    Rule("spam", "block", ("link", "link", "link"), within=30),
)  # fmt: skip

NEGATOR = "negator"
NEGATED = {"nudity", "porn", "erotic", "gore", "blood", "kill", "gun", "heavygun"}
"""What is not asked for when "no" or "without" stands before it."""
NAKED = "naked"
BETTER_LEFT_OUT = {"sexual", "minors", "violence", "self_harm"}
"""What nobody asks for who wants it not to be seen; words against others hurt wherever they stand."""
MOST_LOOKED_AT = 60
"""Hits after one that are tried for a rule with a window: far more than fit in it but in a text made to cost time."""


@dataclass(frozen=True)
class _Found:
    rule: Rule
    decision: Decision
    because: tuple[str, ...]


class Rules:
    name = "rules"

    def __init__(self, rules: tuple[Rule, ...] = RULES, words: Callable[[], Lexicon] = lexicon) -> None:
        """`words` are read when they are first needed: that takes a second, in which nobody should wait for a page."""
        self._rules = rules
        self._words = words

    def judge(self, text: str) -> list[Opinion]:
        said = Said(text, self._words())
        found = [hit for rule in self._rules if (hit := said.breaks(rule))]
        worst: dict[str, _Found] = {}
        for each in found:
            known = worst.get(each.rule.category)
            if known is None or STRICTNESS[each.decision] > STRICTNESS[known.decision]:
                worst[each.rule.category] = each
        opinions = [Opinion(self.name, each.decision, category, each.because) for category, each in worst.items()]
        excused = [
            Opinion(self.name, "allow", category, said.excuses)
            for category in _categories_of(said.excused, self._rules) if category not in worst
        ]  # fmt: skip
        return opinions + excused


class Said:
    """The concepts of a text: in each view of it, and of what is hidden in it."""

    def __init__(self, text: str, words: Lexicon) -> None:
        self.readings = _readings(text, words)
        self._views = [_uncovered(words.find(view)) for view in self.readings]
        self.concepts = {hit.concept for view in self._views for hit in view.hits}
        self.excused = {concept for view in self._views for concept in view.excused} - self.concepts
        self.excuses = tuple(dict.fromkeys(words for view in self._views for words in view.excuses))[:3]

    def breaks(self, rule: Rule) -> _Found | None:
        if self._has(rule.unless) or not all(self._has(need) for need in rule.needs):
            return None
        because = self._anywhere(rule) if rule.within is None else self._near(rule)
        if not because:
            return None
        decision = MILDER[rule.decision] if self._has(rule.milder) else rule.decision
        return _Found(rule, decision, because)

    def _has(self, concepts: str) -> bool:
        return any(concept in self.concepts for concept in concepts.split("|"))

    def _anywhere(self, rule: Rule) -> tuple[str, ...]:
        hits = [hit for view in self._views for hit in view.hits]
        return tuple(next(hit.words for hit in hits if hit.concept in need.split("|")) for need in rule.needs)

    def _near(self, rule: Rule) -> tuple[str, ...]:
        needs = [frozenset(need.split("|")) for need in rule.needs]
        return next((found for view in self._views if (found := _near(view.hits, needs, rule.within or 0))), ())


@dataclass(frozen=True)
class _View:
    hits: list[Hit]
    excused: set[str]
    excuses: list[str]


def leaves_out_clothes(left_out: str) -> bool:
    return "clothes" in Said(left_out, lexicon()).concepts


def _readings(text: str, words: Lexicon) -> list[str]:
    texts = [text, *hidden_in(text)]
    texts += chain.from_iterable(turned(each, words.knows) for each in texts[:])
    views = [view for each in texts for view in views_of(each, words.knows)]
    return list(dict.fromkeys([*views, *map(words.respaced, views)]))


def _uncovered(hits: Iterable[Hit]) -> _View:
    """Without what lies within an innocent phrase."""
    ordered = sorted(hits, key=lambda hit: hit.start)
    covers: dict[int, Hit] = {}
    for hit in ordered:
        if hit.concept == INNOCENT:
            covers |= {at: hit for at in range(hit.start, hit.end) if at not in covers or covers[at].end < hit.end}
    negated = {hit.end: hit for hit in ordered if hit.concept == NEGATOR}
    covers |= {hit.start: negated[hit.start] for hit in ordered if hit.concept in NEGATED and hit.start in negated}
    said = [hit for hit in ordered if hit.concept not in (INNOCENT, NEGATOR)]
    kept = [hit for hit in said if not _covered(hit, covers)]
    hidden = [hit for hit in said if _covered(hit, covers)]
    return _View(kept, {hit.concept for hit in hidden}, [covers[hit.start].words for hit in hidden])


def _covered(hit: Hit, covers: dict[int, Hit]) -> bool:
    cover = covers.get(hit.start)
    is_denied = cover is not None and cover.concept == NEGATOR and hit.concept in NEGATED
    return is_denied or (cover is not None and cover.start <= hit.start and hit.end <= cover.end)


def _near(hits: Sequence[Hit], needs: Sequence[frozenset[str]], within: int) -> tuple[str, ...]:
    wanted = frozenset().union(*needs)
    told = [hit for hit in hits if hit.concept in wanted]
    for at, first in enumerate(told):
        near = [hit for hit in told[at : at + MOST_LOOKED_AT] if hit.end - first.start <= within]
        if found := _each_by_another(near, needs):
            return found
    return ()


def _each_by_another(hits: Sequence[Hit], needs: Sequence[frozenset[str]]) -> tuple[str, ...]:
    """Words for each need, none twice."""
    if not needs:
        return ("",)
    for hit in hits:
        if hit.concept in needs[0] and (rest := _each_by_another([h for h in hits if _is_apart(hit, h)], needs[1:])):
            return tuple(words for words in (hit.words, *rest) if words)
    return ()


def _is_apart(hit: Hit, other: Hit) -> bool:
    """A phrase may hold the word for another concept, but not count twice for its own."""
    if hit.concept != other.concept:
        return (hit.start, hit.end) != (other.start, other.end)
    return other.end <= hit.start or hit.end <= other.start


def _categories_of(concepts: set[str], rules: Iterable[Rule]) -> list[str]:
    """Those in which any of the concepts counts."""
    told = ((rule.category, set("|".join(rule.needs).split("|"))) for rule in rules)
    return list(dict.fromkeys(category for category, needs in told if needs & concepts))
