"""From a row of tokens to what they ask for together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from services.studio.engines.painter.reading.colours import Heads, World, colour_or_thing, heads_of_colours, world_of
from services.studio.engines.painter.reading.relations import related
from services.studio.engines.painter.reading.tables import COLOURS
from services.studio.engines.painter.reading.words import FARTHEST_WORD, GAP, HEADS, OF, Sense, Token
from services.studio.engines.painter.subjects import SUBJECTS, animals, birds, people
from services.studio.engines.painter.wish import Thing

MOST_DIGITS = 2
UNNUMBERED_PLURAL = 3
NO_REACHES = 4
"""How many words after a no it may still be about."""
PASSED_OVER = (
    "colour", "number", "join", "one", "mood", "palette", "style", "season", "weather", "filler", "emptiness",
)  # fmt: skip
DENIABLE = (*HEADS, "weather", "season", "style", "palette", "mood", "kind")
GENERAL = ("tree", "flower", "bird", "fish", "person", "cloud", "star")
MADE_OF = ("bouquet", "fruit")
"""Things that are nothing but what they are "of"."""
BALLOONS = ("balloon", "ballon", "globo")
KINDS = {"people": people.ROWS, "animals": {**animals.ROWS, **birds.ROWS}}


@dataclass(frozen=True)
class Read:
    """What a prompt says in so many words."""

    tokens: list[Token]
    things: list[Thing]
    denied: set[Sense]
    world: World

    def values(self, kind: str) -> list[str]:
        """In the order they were said."""
        return list(dict.fromkeys(s.value for token in self.tokens for s in token.senses if s.kind == kind))

    def says(self, *kinds: str) -> bool:
        return any(token.has(*kinds) for token in self.tokens)

    def is_denied(self, subject: str) -> bool:
        kinds = [rows for kind, rows in KINDS.items() if Sense("kind", kind) in self.denied]
        return Sense("subject", subject) in self.denied or any(subject in rows for rows in kinds)


def parse(tokens: list[Token], language: str) -> Read:
    kept, denied = _without_denied(tokens)
    kept = [colour_or_thing(kept, at) for at in range(len(kept))]
    heads = heads_of_colours(kept, language)
    places = [at for at, token in enumerate(kept) if token.has("subject") and not _is_of_another(kept, at)]
    if any(kept[at].value("subject") in people.ROWS for at in places):
        kept = [_in_company(token) for token in kept]
    things = related(kept, {at: _mention(kept, at, heads) for at in places})
    return Read(kept, things, denied, world_of(kept, heads))


# What is not wanted


def _without_denied(tokens: list[Token]) -> tuple[list[Token], set[Sense]]:
    """A no holds until the first thing it can mean, and for what is joined to that by "or" and "and"."""
    kept: list[Token] = []
    denied: set[Sense] = set()
    reach, has_met = 0, False
    for token in tokens:
        starts = token.has("not") or (has_met and token.has("join"))
        reach = 0 if token.is_break else NO_REACHES + 1 if starts else reach
        has_met = reach > 0 and token.has(*DENIABLE)
        kept.append(GAP if reach else token)
        denied |= set(token.senses) if reach else set()
        reach = 0 if has_met else max(reach - 1, 0)
    return kept, denied


# Things


def _is_of_another(tokens: list[Token], at: int) -> bool:
    return _is_contents(tokens, at) or _is_its_kind(tokens, at) or _says_which(tokens, at)


def _is_contents(tokens: list[Token], at: int) -> bool:
    """The roses of "a bouquet of roses" are the bouquet."""
    return at >= 2 and tokens[at - 1].text in OF and tokens[at - 2].value("subject") in MADE_OF


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


def _in_company(token: Token) -> Token:
    """Who has a balloon in his hand does not fly with it."""
    is_toy = token.value("subject") == "balloon" and token.text.startswith(BALLOONS)
    return replace(token, senses=(Sense("subject", "toy_balloon"),)) if is_toy else token


def _mention(tokens: list[Token], at: int, heads: Heads) -> Thing:
    near = range(at - FARTHEST_WORD * 2, at + FARTHEST_WORD * 2)
    said = (tokens[k].value("colour") for k in near if heads.get(k) == at)
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
    several = SUBJECTS[_subject(tokens[at])].count[0] > 1
    return UNNUMBERED_PLURAL if plural and not several else None
