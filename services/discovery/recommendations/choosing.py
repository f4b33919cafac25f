"""A page: place by place, one candidate is drawn, and how likely that was is known.

Each place has two ways: the familiar one goes by what a post is worth to this person, the surprising one by the same
among what is not near anything they like. How often the second is taken is the person's slider. In both, weights are
drawn from what is open (Thompson sampling) and the candidate by a softmax of its value under them, less for what is
like something above it (maximal marginal relevance). The same maker never stands twice in a row where others are left.

How likely a post was to be put there, given what stands above it, is no estimate: of the same few drawings of weights
the mean of the softmaxes is taken, and the post is drawn from that mean. A small part of it is the same for all, so
that nothing is impossible and other ways of choosing can be judged from the log.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import islice
from uuid import UUID

import numpy as np
import numpy.typing as npt

from services.discovery.recommendations.features import (
    A_STEP,
    AT,
    NO_NEARNESS,
    Floats,
    Nearness,
    Pool,
    drawn_rates,
    features,
    nearness,
)
from services.discovery.recommendations.interests import Interest, Vector, counting
from services.discovery.recommendations.scoring import Beliefs, drawn_values, values

POLICY = "ours-1"
"""Of what was learned under another name nothing is known any more: change it with the features."""
DRAWS = 12
TEMPERATURE = 0.09
"""Of the softmax over logarithms of values: with this, twice the value is drawn 2,000 times as often."""
EVEN = 0.08
"""The part of each drawing that is the same for all. With more of it more of what there is gets shown to anybody, and
the log tells more of other ways; each hundredth costs half a hundredth of likes."""
USUAL_SURPRISE = 0.1
LEAST_VALUE = 1e-4
SAME = 0.7
"""How much is taken off, as a logarithm of the value, of a post that means the very same as one above it."""
CROWDED = 0.03
"""The same for every such post above it, however many: of several things that somebody likes each gets its turn."""
SAME_FROM = 0.45
AGAIN = 0.12
"""The same for each post of its maker above it on the page."""
FAMILIAR = 0.38
"""How near to an interest a post is no surprise any more."""
UNWANTED = 0.42
"""How near to what somebody wants less of a post is left out, as long as anything else is there."""
SOFT = 1.0
"""The temperature of the ways that are judged beside ours."""


@dataclass(frozen=True, eq=False)
class Away:
    """Something that somebody wants less of, and how near to it a post is kept away."""

    centre: Vector
    from_: float


@dataclass(frozen=True)
class Pick:
    """A post that was put in a place."""

    row: int
    """In the pool."""
    id: UUID
    probability: float
    """That it was put there, given what stands above it."""
    features: tuple[float, ...]
    surprising: bool
    """Whether it is not near anything that the person likes."""
    ways: tuple[float, ...]
    """For each of `WAYS`, how likely it would have put it there."""
    expected: tuple[float, ...]
    """For each of them, what it would have won there, as far as is known; last, what this post was to win."""


@dataclass(frozen=True, eq=False)
class Place:
    """One place of a page: what was put there, out of which rows of the pool, and how likely each of `WAYS` would have
    put which of them there."""

    pick: Pick
    rows: npt.NDArray[np.intp]
    ways: Floats


@dataclass(frozen=True, eq=False)
class _Scored:
    """Candidates that may stand on the page, with all that is drawn from."""

    pool: Pool
    rows: Floats
    known: Floats
    """What each is worth, as far as is known."""
    logs: Floats
    """Logarithms of the drawn values: a row for each drawing."""
    surprising: npt.NDArray[np.bool_]
    makers: npt.NDArray[np.intp]
    """A number for each maker."""

    @cached_property
    def beside(self) -> list[Floats]:
        return [logits(self) for logits in BESIDE.values()]


BESIDE: Mapping[str, Callable[[_Scored], Floats]] = {
    "popular": lambda scored: scored.rows[:, AT["loved"]] * 3 / SOFT,
    "trending": lambda scored: scored.rows[:, AT["hot"]] * 4 / SOFT,
    "newest": lambda scored: -np.log1p(scored.pool.age_h) / SOFT,
    "random": lambda scored: np.zeros(len(scored.pool)),
}
"""Ways of choosing that are judged beside ours: the logits of their softmax over the same candidates."""
WAYS = ("familiar", "surprising", *BESIDE)
"""Of which it is logged how likely each would have put a post in its place. The first two are what ours is made of, so
that any share between them can be judged as well: see `mixed`."""


def choose(
    interests: Sequence[Interest], pool: Pool, beliefs: Beliefs, *, at: datetime, length: int,
    chance: np.random.Generator, surprise: float = USUAL_SURPRISE, last_maker: UUID | None = None,
) -> list[Pick]:  # fmt: skip
    """The next page for somebody. `surprise` goes from 0, only what is familiar, to 1; `last_maker` made what stands
    right above."""
    drawn = places(interests, pool, beliefs, at=at, chance=chance, surprise=surprise, last_maker=last_maker)
    return [place.pick for place in islice(drawn, length)]


def places(
    interests: Sequence[Interest], pool: Pool, beliefs: Beliefs, *, at: datetime, chance: np.random.Generator,
    surprise: float = USUAL_SURPRISE, last_maker: UUID | None = None,
) -> Iterator[Place]:  # fmt: skip
    """One place after the other, as long as there are candidates."""
    chosen = wanted(nearness(interests, pool.vectors, at))
    scored = _scored(interests, pool.at(chosen), beliefs, at, chance)
    right_above = _number_of(last_maker, scored)
    taken = np.zeros(len(chosen), dtype=bool)
    above = _Above(scored)
    while not taken.all():
        ways = _ways(scored, above.less, _open(scored, taken, right_above))
        ours = mixed(ways, surprise)
        row = int(chance.choice(len(ours), p=ours / ours.sum()))
        yield Place(_pick(scored, row, int(chosen[row]), ours, ways), chosen, ways)
        taken[row], right_above = True, int(scored.makers[row])
        above.add(row)


def were_surprises(near: Floats) -> npt.NDArray[np.bool_]:
    """Of posts whose feature `near` was logged."""
    surprises: npt.NDArray[np.bool_] = near < (FAMILIAR - NO_NEARNESS) / A_STEP
    return surprises


def wanted(near: Nearness) -> npt.NDArray[np.intp]:
    """The candidates that are not like what somebody wants less of; all of them where there are no others."""
    chosen = apart(near)
    return chosen if len(chosen) else np.arange(len(near.unlike))


def apart(near: Nearness) -> npt.NDArray[np.intp]:
    """The candidates that are not like what somebody wants less of."""
    return np.flatnonzero(near.unlike < UNWANTED)


def away(interests: Iterable[Interest], at: datetime) -> list[Away]:
    """The same, for whoever asks without candidates."""
    unwanted = ((each, min(1.0, each.strength(at))) for each in counting(interests, negative=True))
    return [Away(each.centre, UNWANTED / weight) for each, weight in unwanted if weight > UNWANTED]


def _scored(
    interests: Sequence[Interest], pool: Pool, beliefs: Beliefs, at: datetime, chance: np.random.Generator
) -> _Scored:
    near = nearness(interests, pool.vectors, at)
    rows = features(pool, near)
    drawn = drawn_values(beliefs, rows, drawn_rates(pool, DRAWS, chance), chance)
    numbers = {maker: number for number, maker in enumerate(dict.fromkeys(pool.makers))}
    return _Scored(
        pool, rows, np.maximum(values(beliefs, rows), LEAST_VALUE), np.log(np.maximum(drawn, LEAST_VALUE)),
        near.best < FAMILIAR, np.array([numbers[maker] for maker in pool.makers]),
    )  # fmt: skip


def _number_of(maker: UUID | None, scored: _Scored) -> int:
    if maker is None:
        return -1
    return next((int(scored.makers[at]) for at, each in enumerate(scored.pool.makers) if each == maker), -1)


def _open(scored: _Scored, taken: npt.NDArray[np.bool_], right_above: int) -> npt.NDArray[np.bool_]:
    others = ~taken & (scored.makers != right_above)
    return others if others.any() else ~taken


class _Above:
    """What stands above, as far as it tells against what comes below."""

    def __init__(self, scored: _Scored) -> None:
        self._scored = scored
        self._nearest, self._crowd, self._again = (np.zeros(len(scored.pool)) for _ in range(3))

    def add(self, row: int) -> None:
        vectors, makers = self._scored.pool.vectors, self._scored.makers
        like = np.clip((vectors @ vectors[row] - SAME_FROM) / (1 - SAME_FROM), 0, 1)
        self._nearest = np.maximum(self._nearest, like)
        self._crowd += like
        self._again += makers == makers[row]

    @property
    def less(self) -> Floats:
        """What is taken off of each candidate for it."""
        less: Floats = SAME * self._nearest + CROWDED * self._crowd + AGAIN * self._again
        return less


def _ways(scored: _Scored, less: Floats, open_: npt.NDArray[np.bool_]) -> Floats:
    """For each of `WAYS` how likely it puts each candidate in the next place."""
    logits = (scored.logs - less) / TEMPERATURE
    surprises = open_ & scored.surprising
    familiar = _softmax(logits, open_).mean(axis=0)
    surprising = _softmax(logits, surprises).mean(axis=0) if surprises.any() else familiar
    return np.array([familiar, surprising, *(_softmax(beside, open_) for beside in scored.beside)])


def mixed(ways: Floats, surprise: float) -> Floats:
    """Ours, out of how likely each of `WAYS` is."""
    shared = (1 - surprise) * ways[WAYS.index("familiar")] + surprise * ways[WAYS.index("surprising")]
    return np.asarray((1 - EVEN) * shared + EVEN * ways[WAYS.index("random")])


def _pick(scored: _Scored, row: int, in_pool: int, ours: Floats, ways: Floats) -> Pick:
    return Pick(
        in_pool, scored.pool.ids[row], float(ours[row]), tuple(map(float, scored.rows[row])),
        bool(scored.surprising[row]), tuple(map(float, ways[:, row])),
        (*map(float, ways @ scored.known), float(scored.known[row])),
    )  # fmt: skip


def _softmax(logits: Floats, open_: npt.NDArray[np.bool_]) -> Floats:
    """Along the last axis, among those that are open."""
    masked = np.where(open_, logits, -np.inf)
    powers = np.exp(masked - masked.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))
