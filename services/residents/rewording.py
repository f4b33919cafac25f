"""What the built-in way understands when somebody says how a resident shall change, as in "she moved to Lisbon, likes
trams now and hates fog, writes shorter".

A sentence is cut into clauses; each is tried with every row of `RULES`, and what none of them takes may be about a
topic. A clause that says only a topic goes with the verb before it ("likes trams, tea and fog").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from services.errors import UserError
from services.residents.drafting import Drafts
from services.residents.people_tables import HOMES, RHYTHMS
from services.residents.people_tables import Rhythm as Kind
from services.residents.persona import MOST_INTERESTS, AgeBand, Interest, Length, Manner, Persona
from services.residents.telling import is_emoji
from services.residents.topics import BY_ID
from services.studio.engines.painter.reading.tables import TABLES
from services.studio.styles import BY_ID as BY_STYLE
from services.studio.styles import STYLES

Part = TypeVar("Part", bound=BaseModel)
UNDERSTANDS = (
    "I understand changes such as: moved to Lisbon; works as a baker; likes trams; more foxes; hates fog; writes "
    "shorter; uses lower case; no emoji; is drier; is more patient; gets up earlier; is a night owl; posts less often; "
    "paints in watercolour; in teal and amber."
)
NEAR_ENOUGH = 0.5
"""How near in meaning a built-in topic must be to what was said, which else is an interest by itself."""
LOVED, LIKED, ADDED, LEAST = 1.0, 0.8, 0.2, 0.15
STEP = 0.2
LONGEST_WISH_WORDS = 5
MOST_SUBJECTS, FEWEST_SUBJECTS, FEWEST_INTERESTS, MOST_OPINIONS = 8, 2, 2, 4
HOURS = {"an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "": 2}
FACTORS = {"more": 1.6, "twice": 2.0, "less": 0.6, "half": 0.5, "rarely": 0.3, "seldom": 0.3}

_VERB = (
    r"(?:likes?|loves?|adores?|hates?|dislikes?|writes?|talks?|posts?|moved|moves|lives?|works?|paints?|draws?|gets?"
    r"|wakes?|is|uses?|prefers?|comes?|visits?|no|more|less|in)"
)
_CLAUSES = re.compile(rf"[.;,\n]+|\bbut\b|\band (?=(?:she|he|they|it|now|also)\b|{_VERB}\b)", re.IGNORECASE)
_AROUND = re.compile(
    r"^(?:painting|drawing|to paint|the|an?|some|any|all|more|of|about|with|into|fond of)\s+"
    r"|\s+(?:now|too|more often|often|a lot|very much|these days|instead|again|as well|at all|any ?more|more|less)$",
    re.IGNORECASE,
)
_AND_WHY = re.compile(r"\s+(?:to|where|because|with|for|since|after)\b.*", re.IGNORECASE)
_NOT = re.compile(r"\b(?:no|not|never|less|fewer|hates?|without|stop(?:s|ped)?|dislikes?|tired of)\b", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?P<verb>hates?|dislikes?|loathes?|no more|no|not|never|less|fewer|tired of|bored of|bored with|stopped|avoids?"
    r"|(?:does not|doesn't|do not|don't) like|(?:cannot|can't) stand|afraid of|gave up|has given up)\b(?P<what>.*)",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\b(?P<verb>likes?|loves?|adores?|enjoys?|into|fond of|keen on|fan of|obsessed with|interested in|discovered"
    r"|prefers?|paints?|draws?|more)\b(?P<what>.*)",
    re.IGNORECASE,
)
_COLOURS = frozenset(
    word.replace("-", " ") for row in TABLES["colour"].values() for word in row.split() if word.isascii()
)
_SPEAKS_OF_COLOURS = re.compile(r"\b(?:in|colou?rs?|palette|tones?|paints?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Rule:
    said: re.Pattern[str]
    change: Callable[[Persona, re.Match[str]], Persona]
    takes_all: bool = False
    """Whether what follows belongs to it, so that no other rule looks at the clause."""


def reworded(who: Persona, words: str, drafts: Drafts) -> Persona:
    """`UserError` says what is understood, where nothing was."""
    try:
        changed = _changed(who, words, drafts)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        raise UserError(f"Nobody can be like that: {first['loc'][-1]}: {first['msg']}.") from None
    if changed == who:
        raise UserError(f"That changes nothing, or it was not understood. {UNDERSTANDS}")
    return changed


def _changed(who: Persona, words: str, drafts: Drafts) -> Persona:
    verb = None
    for clause in filter(None, map(str.strip, _CLAUSES.split(words))):
        after = _by_rules(who, clause)
        if after is who:
            verb = _about_topics(clause) or verb
            after = _with_topics(who, clause, verb, drafts)
        who = after
    return who


def _by_rules(who: Persona, clause: str) -> Persona:
    """The same object where no rule is about it."""
    for rule in RULES:
        if match := rule.said.search(clause):
            who = rule.change(who, match)
            if rule.takes_all:
                break
    return who


# Where they live, and what they do


def _moved(who: Persona, said: re.Match[str]) -> Persona:
    home = _named(said["where"])
    there, here = _ahead(home), _ahead(who.home)
    shifted = who if there is None or here is None else _shifted(who, here - there)
    return _with(shifted, home=home, bio=_replaced(who.bio, who.home, home))


def _works(who: Persona, said: re.Match[str]) -> Persona:
    occupation = _bare(said["work"])
    return _with(who, occupation=occupation, bio=_replaced(who.bio, who.occupation, occupation))


def _named(place: str) -> str:
    place = _bare(_AND_WHY.sub("", place))
    return place if place != place.lower() else place.title()


def _ahead(home: str) -> int | None:
    return next((each.ahead_of_utc for each in HOMES if each.name.lower() == home.lower()), None)


def _aged(who: Persona, said: re.Match[str]) -> Persona:
    return _with(who, age_band=_stepped(get_args(AgeBand), who.age_band, 1 if said[0].lower() == "older" else -1))


# When they are about


def _shift(who: Persona, said: re.Match[str]) -> Persona:
    count = (said["hours"] or "").lower()
    hours = int(count) if count.isdigit() else HOURS[count]
    return _shifted(who, hours if said["when"].lower() == "later" else -hours)


def _shifted(who: Persona, hours: int) -> Persona:
    day = who.rhythm
    return _with(who, rhythm=_with(
        day, wakes=(day.wakes + hours) % 24, sleeps=(day.sleeps + hours) % 24,
        peaks=tuple((peak + hours) % 24 for peak in day.peaks),
    ))  # fmt: skip


def _kind_of_day(who: Persona, said: re.Match[str]) -> Persona:
    kind: Kind = RHYTHMS[said[0].lower()]
    ahead = _ahead(who.home) or 0
    return _with(who, rhythm=_with(
        who.rhythm, wakes=(kind.wakes - ahead) % 24, sleeps=(kind.sleeps - ahead) % 24,
        peaks=tuple((peak - ahead) % 24 for peak in kind.peaks),
    ))  # fmt: skip


def _often(field: str) -> Callable[[Persona, re.Match[str]], Persona]:
    least, most = {"posts_a_day": (0.0, 8.0), "visits_a_day": (0.5, 24.0)}[field]

    def change(who: Persona, said: re.Match[str]) -> Persona:
        before: float = getattr(who.rhythm, field)
        after = FACTORS[said["how"].lower()] * before if said["how"] else 1.0
        return _with(who, rhythm=_with(who.rhythm, **{field: round(min(max(after, least), most), 2)}))

    return change


# How they talk


def _length(step: int) -> Callable[[Persona, re.Match[str]], Persona]:
    return lambda who, _: _voiced(who, length=_stepped(get_args(Length), who.voice.length, step))


def _case(who: Persona, said: re.Match[str]) -> Persona:
    """Lower case or no capitals, capitals or no lower case."""
    return _voiced(who, lower_case=said[0].lower().startswith("low") != bool(_NOT.search(said.string)))


def _emoji(who: Persona, said: re.Match[str]) -> Persona:
    if _NOT.search(said.string):
        return _voiced(who, emoji=())
    signs = tuple(each for each in re.split(r"\s+", said.string) if is_emoji(each))
    return _voiced(who, emoji=tuple(dict.fromkeys((*signs, *who.voice.emoji)))[:3]) if signs else who


def _manner(manner: Manner, opposite: Manner, **traits: float) -> Callable[[Persona, re.Match[str]], Persona]:
    def change(who: Persona, said: re.Match[str]) -> Persona:
        if _NOT.search(said.string):
            away = {trait: -step for trait, step in traits.items()}
            return _voiced(_tempered(who, **away), manner=opposite) if who.voice.manner == manner else who
        return _voiced(_tempered(who, **traits), manner=manner)

    return change


def _trait(who: Persona, said: re.Match[str]) -> Persona:
    names = {"curious": "curiosity", "energetic": "energy", "patient": "patience"}
    return _tempered(who, **{names[said["trait"].lower()]: STEP if said["how"].lower() == "more" else -STEP})


def _sociable(step: float) -> Callable[[Persona, re.Match[str]], Persona]:
    return lambda who, _: _with(who, sociability=_share(who.sociability + step))


def _tempered(who: Persona, **steps: float) -> Persona:
    changed = {trait: _share(getattr(who.temperament, trait) + step) for trait, step in steps.items()}
    return _with(who, temperament=_with(who.temperament, **changed))


def _voiced(who: Persona, **changed: Any) -> Persona:
    return _with(who, voice=_with(who.voice, **changed))


# How it looks


def _style(style: str) -> Callable[[Persona, re.Match[str]], Persona]:
    def change(who: Persona, _: re.Match[str]) -> Persona:
        others = tuple(each for each in who.aesthetic.styles if each != style)
        return _looking(who, styles=(style, *others)[:3])

    return change


def _colours(who: Persona, said: re.Match[str]) -> Persona:
    if not _SPEAKS_OF_COLOURS.search(said.string) or _NOT.search(said.string):
        return who
    others = tuple(each for each in who.aesthetic.palettes if each != said[0])
    return _looking(who, palettes=(said[0].lower(), *others)[:3])


def _looking(who: Persona, **changed: Any) -> Persona:
    return _with(who, aesthetic=_with(who.aesthetic, **changed))


# What they are into


def _about_topics(clause: str) -> re.Match[str] | None:
    return _AGAINST.search(clause) or _FOR.search(clause)


def _with_topics(who: Persona, clause: str, verb: re.Match[str] | None, drafts: Drafts) -> Persona:
    """`verb` may be the one of a clause before."""
    if verb is None:
        return who
    what = verb["what"] if verb.string == clause else clause
    change = _less if verb.re is _AGAINST else _more
    for each in _wishes(what):
        who = change(who, each, verb["verb"].lower(), drafts)
    return who


def _wishes(what: str) -> Iterator[str]:
    for each in re.split(r"\s+(?:and|or|&)\s+", what):
        wish = _bare(each)
        if len(wish) > 1 and len(wish.split()) <= LONGEST_WISH_WORDS and any(map(str.isalpha, wish)):
            yield wish


def _more(who: Persona, wish: str, verb: str, drafts: Drafts) -> Persona:
    topic = _known_to(who, wish) or _topic(wish, drafts)
    before = {interest.topic: interest.weight for interest in who.interests}
    fixed = LOVED if verb[:4] in ("love", "ador", "obse") else LIKED
    weight = before[topic] + ADDED if topic in before else fixed
    weights = {topic: LOVED if fixed == LOVED else _share(weight)} | {k: w for k, w in before.items() if k != topic}
    painted = BY_ID[topic].subjects[:2] if topic in BY_ID else (wish,)
    subjects = tuple(dict.fromkeys((*painted, *who.aesthetic.subjects)))[:MOST_SUBJECTS]
    return _looking(_liking(who, weights), subjects=subjects)


def _less(who: Persona, wish: str, verb: str, drafts: Drafts) -> Persona:
    topic = _known_to(who, wish) or _known_to(who, _topic(wish, drafts))
    if topic is None:
        return _without(who, wish)
    weights = {interest.topic: interest.weight for interest in who.interests}
    halved = weights[topic] / 2
    if verb in ("less", "fewer") and halved >= LEAST:
        return _liking(who, weights | {topic: _share(halved)})
    del weights[topic]
    if len(weights) < FEWEST_INTERESTS:
        raise UserError(f"Nobody is into less than {FEWEST_INTERESTS} things: say first what else they like.")
    left = _liking(who, weights)
    gone = BY_ID[topic].subjects if topic in BY_ID else (topic,)
    subjects = tuple(each for each in who.aesthetic.subjects if each not in gone)
    left = _looking(left, subjects=subjects) if len(subjects) >= FEWEST_SUBJECTS else left
    instead = next((each.topic for each in left.interests if each.topic not in left.bio.lower()), "pictures")
    return _with(left, bio=_replaced(left.bio, topic, instead))


def _without(who: Persona, wish: str) -> Persona:
    """Of no interest of theirs: then it is about what their pictures are like."""
    look = who.aesthetic
    said = re.compile(rf"\b{re.escape(_stem(wish))}", re.IGNORECASE)
    styles = tuple(style for style in look.styles if wish.lower() not in (style, BY_STYLE[style].title.lower()))
    if styles != look.styles:
        return _looking(who, styles=styles) if styles else who
    kept = {"light": _left(look.light, said, 1), "palettes": _left(look.palettes, said, 1),
            "subjects": _left(look.subjects, said, FEWEST_SUBJECTS)}  # fmt: skip
    opinion = f"No {wish} in my pictures, please."
    return _with(_looking(who, **kept), opinions=tuple(dict.fromkeys((opinion, *who.opinions)))[:MOST_OPINIONS])


def _left(phrases: Sequence[str], said: re.Pattern[str], fewest: int) -> tuple[str, ...]:
    """Those that do not speak of it; all of them where that would leave too few."""
    kept = tuple(phrase for phrase in phrases if not said.search(phrase))
    return kept if len(kept) >= fewest else tuple(phrases)


def _liking(who: Persona, weights: dict[str, float]) -> Persona:
    ordered = sorted(weights.items(), key=lambda each: -each[1])[:MOST_INTERESTS]
    return _with(who, interests=tuple(Interest(topic=topic, weight=weight) for topic, weight in ordered))


def _known_to(who: Persona, wish: str) -> str | None:
    """The interest of theirs that is named."""
    return next((each.topic for each in who.interests if _names(wish, each.topic)), None)


def _topic(wish: str, drafts: Drafts) -> str:
    named = next((topic for topic in BY_ID if _names(wish, topic)), None)
    return named or next(iter(drafts.nearest_topics(wish, NEAR_ENOUGH)), wish.lower())


def _names(wish: str, topic: str) -> bool:
    return [*map(_stem, wish.lower().split())] == [*map(_stem, topic.lower().split())]


def _stem(word: str) -> str:
    return re.sub(r"(?<=[a-z]{3})(?:es|s)$", "", word.lower())


# Words and numbers


def _bare(text: str) -> str:
    while (shorter := _AROUND.sub("", text.strip(" '\"!?"))) != text:
        text = shorter
    return text


def _replaced(text: str, old: str, new: str) -> str:
    def as_before(found: re.Match[str]) -> str:
        return new[0].upper() + new[1:] if found[0][0].isupper() else new

    return re.sub(rf"\b{re.escape(old)}\b", as_before, text, flags=re.IGNORECASE)


def _stepped(scale: Sequence[Any], now: Any, step: int) -> Any:
    return scale[min(max(scale.index(now) + step, 0), len(scale) - 1)]


def _share(value: float) -> float:
    return round(min(max(value, 0.0), 1.0), 2)


def _with(part: Part, **changed: Any) -> Part:
    """Checked again, which a copy of pydantic's is not."""
    return type(part).model_validate(part.model_dump() | {key: _dumped(value) for key, value in changed.items()})


def _dumped(value: Any) -> Any:
    return value.model_dump() if hasattr(value, "model_dump") else value


def _rule(said: str, change: Callable[[Persona, re.Match[str]], Persona], *, takes_all: bool = False) -> Rule:
    return Rule(re.compile(said, re.IGNORECASE), change, takes_all)


_OFTEN = (
    r"(?:(?:much|far|a lot|a bit|a little) )?"
    r"(?:(?P<how>more|less|twice|half|rarely|seldom)(?: as)?(?: often| frequently| much)?$|daily|every day)"
)
_MOVED = r"(?:moved|moves|moving) (?:back |over )?to|lives? (?:now )?in|(?:is|comes) from"
_IN = r"\b(?:in|with|paints?|uses?)"
_LIKES = r"\b(?:likes?|loves?|prefers?)"
_COLOUR = "|".join(sorted(map(re.escape, _COLOURS), key=len, reverse=True))
RULES: tuple[Rule, ...] = (
    _rule(rf"\b(?:{_MOVED}) (?P<where>.+)", _moved, takes_all=True),
    _rule(r"\b(?:works? (?:now )?as|became|becomes) (?:an? )?(?P<work>.+)", _works, takes_all=True),
    _rule(r"\b(?:older|younger)\b", _aged),
    _rule(r"\b(?:(?P<hours>\d{1,2}|an|one|two|three|four) hours? )?(?P<when>earlier|later)\b", _shift),
    _rule(r"\b(?:night owl|early bird|night shift)\b", _kind_of_day),
    _rule(rf"\b(?:posts?|shares?|paints?) {_OFTEN}", _often("posts_a_day")),
    _rule(rf"\b(?:visits?|comes? by|looks? in|drops? (?:by|in)) {_OFTEN}", _often("visits_a_day")),
    _rule(r"\b(?:shorter|briefer|terser|less talkative|fewer words)\b", _length(-1)),
    _rule(r"\b(?:longer|wordier|more talkative|more words)\b", _length(1)),
    _rule(r"\b(?:(?:lower|upper)[ -]?case|capitals?|capital letters)\b", _case),
    _rule(r"\bemojis?\b", _emoji),
    _rule(r"\b(?:drier|dry)\b", _manner("dry", "warm", warmth=-STEP)),
    _rule(r"\b(?:warmer|kinder|friendlier|nicer)\b(?! (?:col|light|tone))", _manner("warm", "dry", warmth=STEP)),
    _rule(r"\b(?:wry|wrier|ironic|wittier)\b", _manner("wry", "earnest", playfulness=STEP / 2)),
    _rule(r"\b(?:earnest|serious|graver)\b", _manner("earnest", "playful", playfulness=-STEP)),
    _rule(r"\b(?:dreamy|dreamier)\b", _manner("dreamy", "exact", energy=-STEP / 2)),
    _rule(r"\b(?:exact|precise)\b", _manner("exact", "dreamy", patience=STEP / 2)),
    _rule(r"\b(?:blunt|blunter|ruder|curt)\b", _manner("blunt", "warm", warmth=-STEP)),
    _rule(r"\b(?:playful|sillier|silly|funnier)\b", _manner("playful", "earnest", playfulness=STEP)),
    _rule(r"\b(?P<how>more|less) (?P<trait>curious|energetic|patient)\b", _trait),
    _rule(r"\b(?:more (?:sociable|outgoing|social)|chattier)\b", _sociable(STEP)),
    _rule(r"\b(?:shy|shyer|less (?:sociable|outgoing|social))\b", _sociable(-STEP)),
    *(_rule(rf"(?:(?:{_IN}|{_LIKES}) {style.title}|{_IN} {style.id})s?$", _style(style.id)) for style in STYLES),
    _rule(rf"\b(?:{_COLOUR})\b(?:(?: and| or|,)? (?:{_COLOUR})\b)*", _colours),
)  # fmt: skip
