"""Puts the things of a wish into the scene: who stands where, how large, and what before what."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from services.studio.engines.painter.brush import Brush, Place, mirror, stamp
from services.studio.engines.painter.canvas import Canvas, Ground
from services.studio.engines.painter.maths import Floats
from services.studio.engines.painter.styles import STYLES
from services.studio.engines.painter.subjects import SUBJECTS
from services.studio.engines.painter.subjects.subject import Subject, Where
from services.studio.engines.painter.wish import Thing

MOST_OF_ONE = 12
MOST_THINGS = 6
SMALLEST_PIXELS = 4.0
SMALLER_COMPANY = (0.55, 0.9)
"""How large the others of several are beside the first."""
FAR_VIEW = 1.2
"""The largest scale of a scene that is looked at from afar."""
BREAKS_THE_SURFACE = 0.42
"""How much of a swimmer stays under water where one looks at the water from above."""


@dataclass(frozen=True)
class _Placed:
    thing: Thing
    brush: Brush
    place: Place
    where: Where
    """Where it is in this scene: a fish swims only where there is water to swim in."""


def compose(c: Canvas, ground: Ground) -> None:
    """The farther things first."""
    placed: list[_Placed] = []
    for thing in _in_order(c.wish.things[:MOST_THINGS]):
        placed += _several(c, ground, thing, placed)
    for each in sorted(placed, key=lambda each: (each.where != "heavens", each.place.foot)):
        if each.where == "water" and each.place.sunk == 0:
            mirror(c, each.brush, each.place, ground.line)
        stamp(c, each.brush, each.place)


def _in_order(things: tuple[Thing, ...]) -> list[Thing]:
    """What others relate to goes first: a cat on a chair wants the chair to be there."""

    def depth(thing: Thing, steps: int = 0) -> int:
        if thing.relation is None or thing.to is None or thing.to >= len(things) or steps == len(things):
            return steps
        return depth(things[thing.to], steps + 1)

    return sorted(things, key=depth)


def _several(c: Canvas, ground: Ground, thing: Thing, before: list[_Placed]) -> list[_Placed]:
    subject = SUBJECTS[thing.subject]
    where = _where(ground, subject.where)
    count = thing.count if thing.count is not None else c.whole(*subject.count)
    drawn = [_drawn(c, thing, subject) for _ in range(min(max(count, 1), MOST_OF_ONE))]
    first = _first_place(c, ground, thing, subject, where, drawn[0], before)
    places = [first]
    for number, brush in enumerate(drawn[1:]):
        places.append(_beside(c, ground, where, first, brush, number))
    return [_Placed(thing, brush, place, where) for brush, place in zip(drawn, places, strict=True)]


def _drawn(c: Canvas, thing: Thing, subject: Subject) -> Brush:
    brush = Brush(c, thing.colour, c.light.is_dark, c.wish.season)
    subject.draw(brush)
    return brush


def _where(ground: Ground, usual: Where) -> Where:
    """Who swims breaks the surface where there is one, and floats in the air elsewhere, as in a dream."""
    if usual == "deep" and not ground.drifts:
        return "sky" if ground.water is None else "water"
    if usual == "space" and not ground.drifts:
        return "ground"
    if usual == "water" and ground.water is None:
        return "deep" if ground.drifts else "ground"
    return usual


def _first_place(
    c: Canvas, ground: Ground, thing: Thing, subject: Subject, where: Where, brush: Brush, before: list[_Placed]
) -> Place:
    height = max(c.unit * subject.height * _scale(c, ground), SMALLEST_PIXELS)
    place = Place(
        _free_spot(c, ground, where, [each.place.x for each in before]), 0, height, roundness=subject.roundness,
        shadow=where == "ground", sunk=BREAKS_THE_SURFACE if where == "water" and subject.where == "deep" else 0.0,
    )  # fmt: skip
    if (other := _other(c, thing, where, before)) is not None:
        return _related(c, thing, place, other)
    return _standing(c, ground, where, brush, replace(place, flipped=place.x > c.w / 2))


def _other(c: Canvas, thing: Thing, where: Where, before: list[_Placed]) -> _Placed | None:
    """What its place depends on. Under the moon is anywhere, and who flies beside somebody does so in the sky."""
    if thing.relation is None or thing.to is None or (where == "sky" and thing.relation == "beside"):
        return None
    found = (each for each in before if each.thing is c.wish.things[thing.to])
    return next((each for each in found if each.where != "heavens"), None)


def _scale(c: Canvas, ground: Ground) -> float:
    """A view that is close already comes no closer for the sake of a style."""
    closeness = STYLES[c.wish.style].closeness if c.wish.style else 1.0
    return ground.scale * closeness if ground.scale <= FAR_VIEW else ground.scale


def _free_spot(c: Canvas, ground: Ground, where: Where, taken: list[float]) -> float:
    """The scene's best place for the first thing, for the others what is farthest from those that stand already. What
    swims wants as much water before it as there is."""
    candidates = np.linspace(0.14, 0.86, 13) * c.w
    if where == "water" and ground.water is not None and (ground.line < c.h).all():
        wet = ground.line[candidates.astype(int)] - ground.water
        candidates = candidates[wet >= np.median(wet)]
    if not taken:
        best = candidates[np.argmin(np.abs(candidates - ground.spot * c.w))] if where == "water" else ground.spot * c.w
        return float(best + c.between(-0.05, 0.05) * c.w)
    room = [min(abs(candidate - each) for each in taken) for candidate in candidates]
    return float(candidates[int(np.argmax(room))] + c.between(-0.03, 0.03) * c.w)


def _standing(c: Canvas, ground: Ground, where: Where, brush: Brush, place: Place) -> Place:
    """With its foot where it belongs, and nothing of it cut off by the edge if there is room for that."""
    points = np.concatenate([outline[:, 0] for outline, *_ in brush.parts]) * place.height
    left, right = (float(-points.min()), float(points.max()))
    if place.flipped:
        left, right = right, left
    x = c.w / 2 if left + right >= c.w else float(np.clip(place.x, left, c.w - right))
    foot = _foot(c, ground, where, x, place.height) + place.height * place.sunk
    return replace(place, x=x, foot=foot)


def _foot(c: Canvas, ground: Ground, where: Where, x: float, height: float) -> float:
    match where:
        case "sky":
            return max(height * 1.05, ground.horizon * c.between(0.45, 0.85))
        case "heavens":
            return max(height * 1.1, ground.horizon * c.between(0.3, 0.5) + height / 2)
        case "space":
            return c.h * c.between(0.4, 0.6) + height / 2
        case "deep":
            return max(height * 1.2, c.h * c.between(0.35, 0.7))
        case "water":
            return _afloat(c, ground, x, height)
        case _:
            return float(_line(c, ground, x, height).max()) + height * 0.02


def _afloat(c: Canvas, ground: Ground, x: float, height: float) -> float:
    """Between the far edge of the water and the near shore; never so near that it stands on the land."""
    far = ground.water if ground.water is not None else ground.horizon
    near = min(float(_line(c, ground, x, height * 3).min()), c.h)
    return far + max(near - far, height * 0.1) * c.between(0.3, 0.55)


def _line(c: Canvas, ground: Ground, x: float, height: float) -> Floats:
    middle, half = int(np.clip(x, 0, c.w - 1)), int(height * 0.12)
    return ground.line[max(0, middle - half) : middle + half + 1]


def _related(c: Canvas, thing: Thing, place: Place, other: _Placed) -> Place:
    there = other.place
    side = 1 if there.x < c.w / 2 else -1
    beside = there.x + side * (there.height * 0.45 + place.height * 0.55)
    place = replace(place, flipped=side > 0)
    match thing.relation:
        case "on" | "in":
            seat = SUBJECTS[other.thing.subject].seat * (1 if thing.relation == "on" else 0.6)
            foot = there.foot - there.height * seat
            height = min(place.height, there.height * 0.8)
            return replace(place, x=there.x, foot=foot, height=height, shadow=False)
        case "over":
            foot = max(there.foot - there.height * 1.15, place.height * 1.05)
            return replace(place, x=there.x, foot=foot, shadow=False)
        case "under":
            return replace(place, x=there.x + side * there.height * 0.12, foot=there.foot + place.height * 0.08)
        case "behind":
            x = beside - side * place.height * 0.3
            return replace(place, x=x, foot=there.foot - there.height * 0.08, far=0.15)
        case "before":
            return replace(place, x=beside - side * place.height * 0.3, foot=there.foot + there.height * 0.08)
        case _:
            return replace(place, x=beside, foot=there.foot)


def _beside(c: Canvas, ground: Ground, where: Where, first: Place, brush: Brush, number: int) -> Place:
    """For another of the same kind: a little away from the first, smaller, never quite in line."""
    side = 1 if number % 2 else -1
    spread = max(first.height * 0.9, c.w * 0.16)
    height = max(first.height * c.between(*SMALLER_COMPANY), SMALLEST_PIXELS)
    x = first.x + side * spread * (1 + number // 2) * c.between(0.55, 0.95)
    far = 0.35 * (1 - height / first.height)
    place = replace(first, x=x, height=height, far=far, flipped=c.is_so(0.5))
    return _standing(c, ground, where, brush, place)
