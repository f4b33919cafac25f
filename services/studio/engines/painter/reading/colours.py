"""Which colour belongs to what: to a thing, to the sky, to the land, or to the world as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace

from services.studio.engines.painter.reading.tables import COLOURS
from services.studio.engines.painter.reading.words import FARTHEST_WORD, GAP, HEADS, OF, WITH, Token

MOST_UNKNOWN = 1
"""How many words that no table has may stand between a colour and its thing: it is hardly a colour of it otherwise."""
SKY_PULL, LAND_PULL, ECHO = 0.72, 0.6, 0.18
"""How strongly a colour dyes what it stands with, and what it does not stand with."""
ADJECTIVES_LAST = ("fr", "es")
LANDS = ("scene", "hinted scene", "water")
UNSEEN = ("part", "garment", "subject")
VERBS_BESIDE = ("all", "very", "in")

Heads = dict[int, int | None]
"""For each colour's place the place of the token that it belongs to; None is the world as a whole."""


@dataclass(frozen=True)
class World:
    hues: tuple[str, ...]
    sky: tuple[str, float] | None
    land: tuple[str, float] | None


def colour_or_thing(tokens: list[Token], at: int) -> Token:
    """ "An orange" is a fruit and "an orange cat" is not: what is a colour and a thing is a thing where it is counted
    and nothing after it could be coloured, or is only counted up with it ("oranges and a book")."""
    token = tokens[at]
    if not token.has("colour") or not token.has("subject", "scene"):
        return token
    before = tokens[at - 1] if at else GAP
    is_counted = token.plural or before.has("one", "number", "relation") or len(tokens) == 1
    is_one_of_several = token.plural and at + 1 < len(tokens) and tokens[at + 1].has("join")
    is_thing = is_counted and (is_one_of_several or _ahead(tokens, at) is None)
    drop = ("colour",) if is_thing else ("subject", "scene")
    return replace(token, senses=tuple(sense for sense in token.senses if sense.kind not in drop))


def heads_of_colours(tokens: list[Token], language: str) -> Heads:
    return {at: _head(tokens, at, language) for at, token in enumerate(tokens) if token.has("colour")}


def world_of(tokens: list[Token], heads: Heads) -> World:
    """What colours sky and land get: "green hills" leaves the sky nearly alone."""
    above: list[str] = []
    below: list[str] = []
    free: list[str] = []
    said: list[str] = []
    for at, token in enumerate(tokens):
        name, head = token.value("colour") or token.value("own colour"), heads.get(at, at)
        if name is None or (head is not None and tokens[head].has(*UNSEEN)):
            continue
        group = free if head is None else below if tokens[head].has(*LANDS) else above
        group.append(COLOURS[name])
        said.append(COLOURS[name])
    high, low = (*above, *free[:1]), (*below, *free[-1:])
    return World(
        hues=tuple(dict.fromkeys(said)),
        sky=(high[0], SKY_PULL) if high else (low[0], ECHO) if low else None,
        land=(low[0], LAND_PULL) if low else (high[0], ECHO) if high else None,
    )


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
    k, farthest = at - 1, at - 1 - FARTHEST_WORD
    while k >= max(farthest, 0) and (tokens[k].has("is", "colour", "join") or tokens[k].text in VERBS_BESIDE):
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
