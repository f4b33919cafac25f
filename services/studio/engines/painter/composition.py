"""Puts the things of a wish into the scene: who stands where, how large, and what before what."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from services.studio.engines.painter.brush import Brush, Place, mirror, stamp
from services.studio.engines.painter.canvas import Canvas, Ground
from services.studio.engines.painter.subjects import SUBJECTS
from services.studio.engines.painter.subjects.subject import Subject
from services.studio.engines.painter.wish import Thing

MOST_OF_ONE = 12
MOST_THINGS = 6
SMALLEST_PIXELS = 4.0
EDGE = 0.08
"""The share of the width at either side where nothing important stands."""
SMALLER_COMPANY = (0.55, 0.9)
"""How large the others of several are beside the first."""


@dataclass(frozen=True)
class _Placed:
    thing: Thing
    subject: Subject
    place: Place


def compose(c: Canvas, ground: Ground) -> None:
    """The farther things first."""
    placed: list[_Placed] = []
    for thing in c.wish.things[:MOST_THINGS]:
        placed += _several(c, ground, thing, placed)
    for each in sorted(placed, key=lambda each: (each.subject.where != "heavens", each.place.foot)):
        _put(c, ground, each)


def _several(c: Canvas, ground: Ground, thing: Thing, before: list[_Placed]) -> list[_Placed]:
    subject = SUBJECTS[thing.subject]
    count = thing.count if thing.count is not None else c.whole(*subject.count)
    first = _first_place(c, ground, thing, subject, before)
    places = [first, *_company(c, ground, subject, first, min(max(count, 1), MOST_OF_ONE) - 1)]
    return [_Placed(thing, subject, place) for place in places]


def _first_place(c: Canvas, ground: Ground, thing: Thing, subject: Subject, before: list[_Placed]) -> Place:
    height = max(c.unit * subject.height * ground.scale, SMALLEST_PIXELS)
    taken = [each.place.x / c.w for each in before]
    x = c.w * _free_spot(c, ground.spot, taken)
    place = Place(x, _foot(c, ground, subject, x, height), height, roundness=subject.roundness,
                  flipped=x > c.w / 2, shadow=subject.where == "ground")  # fmt: skip
    other = next((each for each in before if thing.to is not None and each.thing is c.wish.things[thing.to]), None)
    return _related(c, thing, place, other) if other else place


def _free_spot(c: Canvas, spot: float, taken: list[float]) -> float:
    """The scene's best place for the first thing, for the others what is farthest from those that stand already."""
    if not taken:
        return float(np.clip(spot + c.between(-0.05, 0.05), EDGE, 1 - EDGE))
    candidates = np.linspace(EDGE * 2, 1 - EDGE * 2, 9)
    room = [min(abs(candidate - each) for each in taken) for candidate in candidates]
    return float(candidates[int(np.argmax(room))] + c.between(-0.03, 0.03))


def _foot(c: Canvas, ground: Ground, subject: Subject, x: float, height: float) -> float:
    middle = int(np.clip(x, 0, c.w - 1))
    stands = float(ground.line[max(0, middle - int(height * 0.12)) : middle + int(height * 0.12) + 1].max())
    match subject.where:
        case "sky":
            return max(height * 1.05, ground.horizon * c.between(0.45, 0.85))
        case "heavens":
            return max(height * 1.1, ground.horizon * c.between(0.3, 0.5) + height / 2)
        case "space":
            return c.h * c.between(0.4, 0.6) + height / 2
        case "deep":
            return max(height * 1.2, c.h * c.between(0.3, 0.65))
        case "water" if ground.water is not None:
            return min(ground.water + (c.h - ground.water) * c.between(0.22, 0.4) + height * 0.02, c.h * 0.97)
        case _:
            return stands + height * 0.02


def _related(c: Canvas, thing: Thing, place: Place, other: _Placed) -> Place:
    there = other.place
    side = 1 if there.x < c.w / 2 else -1
    beside = there.x + side * (there.height * 0.45 + place.height * 0.55)
    match thing.relation:
        case "on" | "in":
            sunk = 0.1 if thing.relation == "on" else 0.55
            small = min(place.height, there.height * 0.8)
            return replace(
                place, x=there.x, foot=there.foot - there.height * (1 - sunk) * 0.95, height=small, shadow=False
            )
        case "over":
            return replace(
                place, x=there.x, foot=max(there.foot - there.height * 1.15, place.height * 1.05), shadow=False
            )
        case "under":
            return replace(place, x=there.x + side * there.height * 0.12, foot=there.foot + place.height * 0.08)
        case "behind":
            return replace(place, x=beside - side * place.height * 0.3, foot=there.foot - there.height * 0.08, far=0.15)
        case "before":
            return replace(place, x=beside - side * place.height * 0.3, foot=there.foot + there.height * 0.08)
        case _:
            return replace(place, x=beside, foot=there.foot if thing.relation else place.foot)


def _company(c: Canvas, ground: Ground, subject: Subject, first: Place, others: int) -> list[Place]:
    """The others of the same kind: spread out round the first, smaller, never quite in line."""
    places = []
    spread = max(first.height * 0.9, c.w * 0.16)
    for k in range(others):
        side = 1 if k % 2 else -1
        height = max(first.height * c.between(*SMALLER_COMPANY), SMALLEST_PIXELS)
        x = first.x + side * spread * (1 + k // 2) * c.between(0.55, 0.95)
        x = float(np.clip(x, c.w * EDGE, c.w * (1 - EDGE)))
        foot = _foot(c, ground, subject, x, height)
        far = 0.35 * (1 - height / first.height)
        places.append(replace(first, x=x, foot=foot, height=height, far=far, flipped=c.is_so(0.5)))
    return places


def _put(c: Canvas, ground: Ground, each: _Placed) -> None:
    brush = Brush(c, each.thing.colour, c.light.is_dark)
    each.subject.draw(brush)
    if each.subject.where == "water" and ground.water is not None:
        mirror(c, brush, each.place)
    stamp(c, brush, each.place)
