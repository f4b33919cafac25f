"""What somebody likes: a few directions in the space of meanings, learned from what they did, forgotten with time.

One average of everything liked lies between all of it and is near nothing. So there are several, each with where it
points, how strong it is and what it was learned from. One that points away from something is `negative`.

| state   | means                                                                          | goes on to            |
|---------|--------------------------------------------------------------------------------|-----------------------|
| auto    | learned; it fades, and the weakest makes room for a new one                    | pinned, weak, removed |
| pinned  | the person wants more of it: it neither fades nor makes room                   | auto, removed         |
| weak    | the person wants little of it: it fades, and makes no room                     | auto, removed         |
| removed | the person does not want it: it counts for nothing, and what is near it        | auto                  |
|         | teaches nothing while it fades                                                 |                       |

One that nothing is left of that it was learned from is gone.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float32]
State = Literal["auto", "pinned", "weak", "removed"]

WEIGHTS: Mapping[str, float] = {
    "like": 1.0, "comment": 1.2, "save": 1.5, "remix": 2.0, "post": 1.5, "follow": 0.6, "dwell": 0.3, "more": 2.0,
    "hide": -0.4, "less": -1.0,
}  # fmt: skip
"""How much each kind of event teaches; below zero it teaches to keep away."""
PULL: Mapping[State, float] = {"pinned": 1.15, "auto": 1.0, "weak": 0.75, "removed": 0.0}
"""How near what is near to it counts as being."""
SHARE: Mapping[State, float] = {"pinned": 2.0, "auto": 1.0, "weak": 0.4, "removed": 0.0}
"""How much of its weight counts beside the others'."""
LEVELS: Sequence[State] = ("weak", "auto", "pinned")
"""What a person moves an interest between, a step at a time."""
HALF_LIFE = timedelta(days=21)
HALF_LIFE_NEGATIVE = timedelta(days=90)
MOST = 12
MOST_NEGATIVE = 12
MOST_AT_ONCE = 8
"""For a page. Each costs a search among all posts, and a page has twelve places."""
MOST_SOURCES = 20
JOINS = 0.5
"""How near an event must be to a centre to be part of that interest rather than open another one."""
MERGES = 0.4
"""How near two of them must be to become one when there are too many."""
LONGEST_MEMORY = 8.0
"""The centre goes on moving however strong the interest is: so much of what was before counts at most."""
FADED = 0.04


@dataclass(frozen=True)
class Source:
    """An event that something was learned from."""

    post: UUID
    kind: str
    weight: float
    at: datetime


@dataclass(frozen=True, eq=False)
class Event:
    post: UUID
    vector: Vector
    """What the post means, of length one."""
    kind: str
    at: datetime


@dataclass(frozen=True, eq=False)
class Interest:
    centre: Vector
    """Of length one."""
    weight: float
    """As it was at `touched`."""
    touched: datetime
    sources: tuple[Source, ...]
    """The strongest and latest, at most `MOST_SOURCES`."""
    state: State = "auto"
    negative: bool = False
    id: UUID = field(default_factory=uuid.uuid4)

    @property
    def counts(self) -> bool:
        return self.state != "removed"

    def faded(self, at: datetime) -> Interest:
        """As it is at that moment."""
        if self.state == "pinned" or at <= self.touched:
            return self
        return replace(self, weight=self.weight * self._left_after(at - self.touched), touched=at)

    def strength(self, at: datetime) -> float:
        """How much it counts at that moment."""
        return self.faded(at).weight * SHARE[self.state]

    def owes(self, source: Source, at: datetime) -> float:
        """How much of its weight at that moment is due to one of its sources."""
        return source.weight * (1.0 if self.state == "pinned" else self._left_after(at - source.at))

    def now(self, state: State, at: datetime) -> Interest:
        """As the person wants it from that moment on."""
        return replace(self.faded(at), state=state, touched=at)

    def _left_after(self, time: timedelta) -> float:
        life = HALF_LIFE_NEGATIVE if self.negative else HALF_LIFE
        return float(0.5 ** (max(timedelta(), time) / life))

    def learned_from(self, post: UUID, kind: str) -> Source | None:
        return next((each for each in self.sources if (each.post, each.kind) == (post, kind)), None)


def learn(held: Sequence[Interest], event: Event) -> tuple[Interest, ...]:
    """What somebody's interests are after one event. The same event twice is one. What it does not touch stays the
    very same object."""
    if any(each.learned_from(event.post, event.kind) for each in held):
        return tuple(held)
    if WEIGHTS[event.kind] < 0:
        return _bounded(_keep_away(held, event), event.at)
    return _bounded(_turn_to(_forgiven(held, event), event), event.at)


def unlearn(held: Sequence[Interest], event: Event) -> tuple[Interest, ...]:
    """As if the event had not been: somebody took it back."""
    known = any(each.learned_from(event.post, event.kind) for each in held)
    if known and WEIGHTS[event.kind] < 0:
        held = _scaled(held, event, 2.0 ** -WEIGHTS[event.kind])
    return tuple(kept for each in held if (kept := _without(each, event)) is not None)


def moved(
    held: Sequence[Interest], id_: UUID, to: Callable[[State], State], at: datetime
) -> tuple[Interest, ...]:  # fmt: skip
    """With one of them as the person wants it from now on."""
    return tuple(each.now(to(each.state), at) if each.id == id_ and not each.negative else each for each in held)


def stronger(state: State) -> State:
    return _stepped(state, 1)


def weaker(state: State) -> State:
    return _stepped(state, -1)


def _stepped(state: State, by: int) -> State:
    if state not in LEVELS:
        return "auto"
    return LEVELS[max(0, min(LEVELS.index(state) + by, len(LEVELS) - 1))]


def centres(
    held: Iterable[Interest], *, negative: bool, at: datetime
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Those that count, as the rows of a matrix as long as they pull, with their weights at that moment."""
    chosen = counting(held, negative=negative)
    if not chosen:
        return np.zeros((0, 0)), np.zeros(0)
    weights = np.array([each.strength(at) for each in chosen])
    return np.array([each.centre * PULL[each.state] for each in chosen], dtype=np.float64), weights


def counting(held: Iterable[Interest], *, negative: bool) -> list[Interest]:
    return [each for each in held if each.counts and each.negative == negative]


def in_turn(held: Iterable[Interest], at: datetime, chance: np.random.Generator) -> list[Interest]:
    """What a page looks for: of many that count the one that was touched last, so that a like is seen at once, and
    some by chance, the stronger the likelier, so that with the pages each gets its turn."""
    liked = sorted(counting(held, negative=False), key=lambda each: each.touched, reverse=True)
    if len(liked) <= MOST_AT_ONCE:
        return liked
    waits = [chance.exponential() / max(each.strength(at), FADED) for each in liked[1:]]
    return [liked[0], *(liked[1 + at] for at in np.argsort(waits)[: MOST_AT_ONCE - 1])]


def unit(vector: npt.NDArray[np.floating]) -> Vector:
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length if length > 1e-9 else vector, dtype=np.float32)


def _turn_to(held: Sequence[Interest], event: Event) -> list[Interest]:
    nearest = _nearest([each for each in held if not each.negative], event.vector)
    if nearest is None:
        return [*held, _fresh(event, WEIGHTS[event.kind])]
    return [_joined(each, event) if each is nearest else each for each in held]


def _keep_away(held: Sequence[Interest], event: Event) -> list[Interest]:
    """Beside the new negative one, a positive one around here loses as much as was said against it."""
    weight = -WEIGHTS[event.kind]
    return [*_scaled(held, event, 0.5**weight), replace(_fresh(event, weight), negative=True)]


def _scaled(held: Sequence[Interest], event: Event, by: float) -> list[Interest]:
    """Those around the event that are learned and positive, stronger or weaker."""
    return [
        replace(each, weight=each.weight * by) if _is_around(each, event) and not each.negative else each
        for each in held
    ]


def _forgiven(held: Sequence[Interest], event: Event) -> list[Interest]:
    """Whoever likes what they wanted less of wants it after all."""
    weight = WEIGHTS[event.kind]
    lighter = [
        replace(now := each.faded(event.at), weight=now.weight - weight)
        if each.negative and _is_around(each, event) else each
        for each in held
    ]  # fmt: skip
    return [each for each in lighter if each.weight > 0]


def _is_around(interest: Interest, event: Event) -> bool:
    return interest.state in ("auto", "weak") and float(interest.centre @ event.vector) >= JOINS


def _nearest(held: Sequence[Interest], vector: Vector) -> Interest | None:
    nearest = max(held, key=lambda each: float(each.centre @ vector), default=None)
    return nearest if nearest is not None and float(nearest.centre @ vector) >= JOINS else None


def _fresh(event: Event, weight: float) -> Interest:
    return Interest(event.vector, weight, event.at, (Source(event.post, event.kind, weight, event.at),))


def _joined(interest: Interest, event: Event) -> Interest:
    if not interest.counts:
        return interest
    weight, now = WEIGHTS[event.kind], interest.faded(event.at)
    memory = min(now.weight, LONGEST_MEMORY)
    return replace(
        now, centre=unit(memory * now.centre + weight * event.vector), weight=now.weight + weight,
        sources=_latest([*now.sources, Source(event.post, event.kind, weight, event.at)]),
    )  # fmt: skip


def _without(interest: Interest, event: Event) -> Interest | None:
    source = interest.learned_from(event.post, event.kind)
    if source is None:
        return interest
    rest = tuple(each for each in interest.sources if each is not source)
    if not rest:
        return None
    now, lost = interest.faded(event.at), interest.owes(source, event.at)
    memory = min(now.weight, LONGEST_MEMORY)
    centre = unit(memory * now.centre - lost * event.vector) if memory > lost else now.centre
    return replace(now, centre=centre, weight=max(FADED, now.weight - lost), sources=rest)


def _bounded(held: Sequence[Interest], at: datetime) -> tuple[Interest, ...]:
    kept = [each for each in held if each.faded(at).weight >= FADED or each.state == "pinned"]
    negative = sorted((each for each in kept if each.negative), key=lambda each: each.touched)[-MOST_NEGATIVE:]
    positive = [each for each in kept if not each.negative]
    while len(positive) > MOST:
        positive = _fewer(positive, at)
    return (*positive, *negative)


def _fewer(held: list[Interest], at: datetime) -> list[Interest]:
    """The weakest becomes part of its nearest, or goes; the newest has to be given a chance first."""
    movable = [each for each in held[:-1] if each.state == "auto"] or held[:-1]
    weakest = min(movable, key=lambda each: each.faded(at).weight)
    others = [each for each in held if each is not weakest]
    nearest = max(others, key=lambda each: float(each.centre @ weakest.centre))
    if nearest.state == "removed" or float(nearest.centre @ weakest.centre) < MERGES:
        return others
    return [_merged(each.faded(at), weakest.faded(at)) if each is nearest else each for each in others]


def _merged(one: Interest, other: Interest) -> Interest:
    return replace(
        one, centre=unit(one.weight * one.centre + other.weight * other.centre), weight=one.weight + other.weight,
        sources=_latest([*one.sources, *other.sources]),
    )  # fmt: skip


def _latest(sources: Sequence[Source]) -> tuple[Source, ...]:
    return tuple(sorted(sources, key=lambda each: each.at)[-MOST_SOURCES:])
