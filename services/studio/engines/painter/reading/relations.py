"""How things stand to each other: on, in, under, over, beside, behind, before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import cast

from services.studio.engines.painter.reading.words import FARTHEST_WORD, WITH, Token
from services.studio.engines.painter.wish import Relation, Thing

WORN = ("hat", "crown")
CARRIED = ("umbrella", "lantern", "candle", "book", "guitar", "violin", "gift", "toy_balloon", "kite", "bouquet")
SAT_ON = ("chair",)
HOLDS = {"vase": "in", "cup": "in"}
"""Things that are "of" others ("a vase of roses"), and where those then are."""


def related(tokens: list[Token], mentions: dict[int, Thing]) -> list[Thing]:
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
    """ "With a hat", "with an umbrella", "a vase of roses"."""
    token = tokens[at]
    if token.text in WITH:
        carried = {each.value("subject") for each in tokens[at + 1 : at + 4]}
        return "~on" if carried & set(WORN) else "~beside" if carried & set(CARRIED) else None
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
