"""From a row of tokens to what they ask for together: which colour, number and place belong to which thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import cast

from services.studio.engines.painter.reading.tables import COLOURS
from services.studio.engines.painter.reading.words import Sense, Token
from services.studio.engines.painter.subjects import SUBJECTS, animals, birds, people
from services.studio.engines.painter.wish import Relation, Thing

FARTHEST_WORD = 5
"""How many words may stand between a colour or a number and what it belongs to."""
MOST_UNKNOWN = 1
"""How many of them may be words that no table has: it is hardly a colour of theirs otherwise."""
MOST_DIGITS = 2
UNNUMBERED_PLURAL = 3
SKY_PULL, LAND_PULL, ECHO = 0.72, 0.6, 0.18
"""How strongly a colour dyes what it stands with, and what it does not stand with."""
HEADS = ("subject", "scene", "hinted scene", "sky", "time", "hint of time", "garment", "part", "water")
PASSED_OVER = (
    "colour", "number", "join", "one", "mood", "palette", "style", "season", "weather", "filler", "emptiness",
)  # fmt: skip
DENIABLE = (*HEADS, "weather", "season", "style", "palette", "mood", "kind")
ADJECTIVES_LAST = ("fr", "es")
LANDS = ("scene", "hinted scene", "water")
UNSEEN = ("part", "garment", "subject")
GAP = Token("", is_break=True)
GENERAL = ("tree", "flower", "bird", "fish", "person", "cloud", "star")
OF = ("of", "von", "de", "d")
WITH = ("with", "mit", "avec", "con")
WORN = ("hat", "crown")
SAT_ON = ("chair",)
HOLDS = {"bouquet": None, "fruit": None, "vase": "in", "cup": "in"}
"""Things that are "of" others ("a vase of roses"), and where those then are; nowhere if they are what it is made of."""
KINDS = {"people": people.ROWS, "animals": {**animals.ROWS, **birds.ROWS}}


@dataclass
class Read:
    """What a prompt says in so many words."""

    tokens: list[Token]
    things: list[Thing] = field(default_factory=list)
    denied: set[Sense] = field(default_factory=set)
    hues: tuple[str, ...] = ()
    sky_hue: tuple[str, float] | None = None
    land_hue: tuple[str, float] | None = None

    def values(self, kind: str) -> list[str]:
        """In the order they were said."""
        return list(dict.fromkeys(s.value for token in self.tokens for s in token.senses if s.kind == kind))

    def says(self, *kinds: str) -> bool:
        return any(token.has(*kinds) for token in self.tokens)

    def is_denied(self, subject: str) -> bool:
        kinds = [rows for kind, rows in KINDS.items() if Sense("kind", kind) in self.denied]
        return Sense("subject", subject) in self.denied or any(subject in rows for rows in kinds)


def parse(tokens: list[Token], language: str) -> Read:
    tokens, denied = _without_denied(tokens)
    tokens = [_one_or_the_other(tokens, at) for at in range(len(tokens))]
    read = Read(tokens, denied=denied)
    at_things = [at for at, token in enumerate(tokens) if token.has("subject") and not _is_of_another(tokens, at)]
    colours = {at: _head(tokens, at, language) for at, token in enumerate(tokens) if token.has("colour")}
    mentions = {at: _mention(tokens, at, colours) for at in at_things}
    _dye_world(read, colours, at_things)
    read.things = _related(tokens, mentions)
    return read


# What is not wanted


def _without_denied(tokens: list[Token]) -> tuple[list[Token], set[Sense]]:
    """A no holds until the first thing it can mean, and for what is joined to that by "or" and "and"."""
    kept: list[Token] = []
    denied: set[Sense] = set()
    is_no, has_met = False, False
    for token in tokens:
        is_no = token.has("not") or (not token.is_break and (is_no or (has_met and token.has("join"))))
        has_met = is_no and token.has(*DENIABLE)
        if not is_no:
            kept.append(token)
            continue
        denied |= set(token.senses)
        kept.append(GAP)
        is_no = not has_met
    return kept, denied


# Words that mean two things


def _one_or_the_other(tokens: list[Token], at: int) -> Token:
    """ "An orange" is a fruit and "an orange cat" is not: what is a colour and a thing is a thing where it is counted and
    nothing after it could be coloured."""
    token = tokens[at]
    if not token.has("colour") or not token.has("subject", "scene"):
        return token
    before = tokens[at - 1] if at else GAP
    is_counted = token.plural or before.has("one", "number", "relation") or len(tokens) == 1
    ahead = _ahead(tokens, at)
    is_thing = is_counted and ahead is None
    drop = ("colour",) if is_thing else ("subject", "scene")
    return replace(token, senses=tuple(sense for sense in token.senses if sense.kind not in drop))


# Colours


def _head(tokens: list[Token], at: int, language: str) -> int | None:
    """Which token a colour belongs to; None is the world as a whole."""
    ahead = _ahead(tokens, at)
    is_after = at > 0 and tokens[at - 1].has("subject", "scene", "sky")
    if is_after and (language in ADJECTIVES_LAST or ahead is None or ahead > at + 2):
        return at - 1
    if (owner := _said_of(tokens, at)) is not None:
        return owner
    if ahead is not None and tokens[ahead].has("garment"):
        return _before(tokens, at)
    return ahead


def _ahead(tokens: list[Token], at: int) -> int | None:
    unknown = 0
    for k in range(at + 1, min(len(tokens), at + 1 + FARTHEST_WORD)):
        token = tokens[k]
        if token.is_break or token.has("relation", "placed", "is", "not") or token.text in (*OF, *WITH):
            return None
        if token.has(*HEADS):
            return k
        unknown += token.is_unknown
        if unknown > MOST_UNKNOWN:
            return None
    return None


def _said_of(tokens: list[Token], at: int) -> int | None:
    """ "A boat that is red"."""
    k = at - 1
    while k >= 0 and (tokens[k].has("is", "colour", "join") or tokens[k].text in ("all", "very", "in")):
        k -= 1
    verbs = tokens[k + 1 : at]
    if k < 0 or not any(token.has("is") for token in verbs) or not tokens[k].has("subject", "scene", "sky"):
        return None
    return k


def _before(tokens: list[Token], at: int) -> int | None:
    for k in range(at - 1, -1, -1):
        if tokens[k].is_break:
            return None
        if tokens[k].has("subject"):
            return k
    return None


def _dye_world(read: Read, colours: dict[int, int | None], things: list[int]) -> None:
    """What colours sky and land get: "green hills" leaves the sky nearly alone."""
    above: list[str] = []
    below: list[str] = []
    free: list[str] = []
    world: list[str] = []
    for at, token in enumerate(read.tokens):
        name = token.value("colour") or token.value("own colour")
        head = colours.get(at, at)
        if name is None or (head is not None and (head in things or read.tokens[head].has(*UNSEEN))):
            continue
        world.append(COLOURS[name])
        group = free if head is None else below if read.tokens[head].has(*LANDS) else above
        group.append(COLOURS[name])
    read.hues = tuple(dict.fromkeys(world))
    high, low = (*above, *free[:1]), (*below, *free[-1:])
    read.sky_hue = (high[0], SKY_PULL) if high else (low[0], ECHO) if low else None
    read.land_hue = (low[0], LAND_PULL) if low else (high[0], ECHO) if high else None


# Things


def _is_of_another(tokens: list[Token], at: int) -> bool:
    return _is_contents(tokens, at) or _is_its_kind(tokens, at) or _says_which(tokens, at)


def _is_contents(tokens: list[Token], at: int) -> bool:
    """The roses of "a bouquet of roses" are the bouquet."""
    holder = tokens[at - 2].value("subject") if at >= 2 and tokens[at - 1].text in OF else None
    return holder is not None and HOLDS.get(holder, "") is None


def _is_its_kind(tokens: list[Token], at: int) -> bool:
    """The tree of "a pine tree" is the pine."""
    before = at - 2 if at >= 2 and tokens[at - 1].text == "の" else at - 1
    return before >= 0 and tokens[at].value("subject") in GENERAL and tokens[before].has("subject")


def _says_which(tokens: list[Token], at: int) -> bool:
    """The wizard of "a wizard tower" is not there; in a list without commas ("cat moon") both are."""
    follows = at + 1 < len(tokens) and tokens[at + 1].has("subject") and not _is_its_kind(tokens, at + 1)
    if not follows or tokens[at].plural:
        return False
    for k in range(at - 1, max(-1, at - 1 - FARTHEST_WORD), -1):
        if tokens[k].has("one", "number") or tokens[k].text == "the":
            return True
        if tokens[k].is_break or tokens[k].has("subject", "scene", "relation"):
            return False
    return False


def _mention(tokens: list[Token], at: int, colours: dict[int, int | None]) -> Thing:
    said = (tokens[k].value("colour") for k, head in colours.items() if head == at)
    colour = next(said, None) or tokens[at].value("own colour")
    subject, count = _subject(tokens[at]), _count(tokens, at)
    is_one = subject == "couple" and count == 2
    return Thing(subject, 1 if is_one else count, COLOURS[colour] if colour else None)


def _subject(token: Token) -> str:
    return cast("str", token.value("subject"))


def _count(tokens: list[Token], at: int) -> int | None:
    plural = tokens[at].plural or (at + 1 < len(tokens) and tokens[at + 1].plural and _is_its_kind(tokens, at + 1))
    for k in range(at - 1, max(-1, at - 1 - FARTHEST_WORD), -1):
        token = tokens[k]
        number = token.value("number") or ""
        if 0 < len(number) <= MOST_DIGITS and int(number) > 0:
            return int(number)
        if token.has("one") and not plural:
            return 1
        if token.is_break or (token.has(*HEADS, "relation") and not token.has(*PASSED_OVER)):
            break
    several = SUBJECTS[_subject(tokens[at])].count[1] > 1
    return UNNUMBERED_PLURAL if plural and not several else None


# How things stand to each other


def _related(tokens: list[Token], mentions: dict[int, Thing]) -> list[Thing]:
    """One thing for each that was mentioned, however often, with what it relates to."""
    things: list[Thing] = []
    place: dict[int, int] = {}
    for at, thing in mentions.items():
        same = next((k for k, other in enumerate(things) if _is_same(thing, other)), None)
        if same is None:
            things.append(thing)
        else:
            things[same] = _both(things[same], thing)
        place[at] = len(things) - 1 if same is None else same
    for at in range(len(tokens)):
        for first, second, relation in _pairs(tokens, at, place):
            _relate(things, first, second, cast("Relation", relation))
    return things


def _relate(things: list[Thing], first: int, second: int, relation: Relation) -> None:
    """The crown of a frog that sits on a mushroom stays on the frog: the frog is on the mushroom."""
    of = things[first].to
    who = first if of is None or of == second else of
    if things[who].relation is None and not _leads_to(things, second, who):
        things[who] = replace(things[who], relation=relation, to=second)


def _is_same(a: Thing, b: Thing) -> bool:
    return a.subject == b.subject and (a.colour is None or b.colour is None or a.colour == b.colour)


def _both(a: Thing, b: Thing) -> Thing:
    return replace(a, count=a.count if a.count is not None else b.count, colour=a.colour or b.colour)


def _leads_to(things: list[Thing], start: int, goal: int) -> bool:
    at: int | None = start
    while at is not None:
        if at == goal:
            return True
        at = things[at].to
    return False


def _pairs(tokens: list[Token], at: int, place: dict[int, int]) -> Iterator[tuple[int, int, str]]:
    """Who stands how to whom because of this token."""
    relation = tokens[at].value("relation") or _implied(tokens, at)
    after = _thing_after(tokens, at, place) if relation else None
    if not relation or after is None:
        return
    subject = tokens[after].value("subject")
    for before in _things_before(tokens, at, place):
        if relation.startswith("~"):
            yield place[after], place[before], relation[1:]
            return
        if relation == "in" and subject in WORN:
            yield place[after], place[before], "on"
        else:
            yield place[before], place[after], "on" if relation == "in" and subject in SAT_ON else relation


def _implied(tokens: list[Token], at: int) -> str | None:
    """ "With a hat", "a vase of roses"."""
    token, after = tokens[at], tokens[at + 1 : at + 4]
    if token.text in WITH:
        worn = any(each.value("subject") in WORN for each in after)
        return "~on" if worn else None
    if token.text == "of" and at:
        holds = HOLDS.get(tokens[at - 1].value("subject") or "")
        return f"~{holds}" if holds else None
    return None


def _thing_after(tokens: list[Token], at: int, place: dict[int, int]) -> int | None:
    for k in range(at + 1, min(len(tokens), at + 2 + FARTHEST_WORD)):
        if k in place:
            return k
        ends = tokens[k].is_break or tokens[k].has("scene", "hinted scene", "relation", "is", "time")
        if ends or tokens[k].text in WITH:
            return None
    return None


def _things_before(tokens: list[Token], at: int, place: dict[int, int]) -> list[int]:
    """The nearest one, and those that are joined to it by an "and"."""
    found: list[int] = []
    joined = True
    for k in range(at - 1, -1, -1):
        if tokens[k].is_break or (tokens[k].has("relation") and found):
            break
        if k in place and joined:
            found.append(k)
            joined = False
        joined = joined or tokens[k].has("join")
    return found
