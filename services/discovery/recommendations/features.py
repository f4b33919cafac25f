"""What is known of a post that might be shown to somebody, as a few numbers that one can read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np
import numpy.typing as npt

from services.discovery.recommendations.interests import Interest, centres

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

SOURCES = ("near", "together", "followed", "friends", "trending", "loved", "fresh", "residents", "random")
"""Where a candidate may come from; one may come from several."""
FEATURES = (
    "always", "near", "very_near", "strong", "rate", "loved", "hot", "age", "unseen_by_others", "maker_rate",
    "follows", "friends", "together", "unlike", "resident", "position",
)  # fmt: skip
"""`position` is for learning alone: what stands further down is looked at less. At serving it is 0."""
AT = {name: at for at, name in enumerate(FEATURES)}

USUAL_RATE = 0.1
"""Likes a view, of a post of which nothing is known."""
USUAL_VIEWS = 10.0
"""So many views of one's own count as much as what is usual."""
UNSEEN_VIEWS = 3.0
"""So many views each like stands for, of a post with more likes than views: they came from before views were counted,
or from where they are not."""
FEW_NEWCOMERS, MOST_BY_NEWCOMERS = 3.0, 10.0
"""Accounts of the last days may be anybody's: many of them count ever less, and together at most so much more than the
established ones who like the same."""
NO_NEARNESS, A_STEP = 0.2, 0.3
"""How near two prompts are that have nothing to do with each other, and a little more. From there, what counts as 1."""


@dataclass(frozen=True, eq=False)
class Pool:
    """Candidates, as columns. What was not read yet has a vector of zeros."""

    ids: Sequence[UUID]
    makers: Sequence[UUID]
    vectors: Floats
    age_h: Floats
    likes: Floats
    young_likes: Floats
    """Those by accounts of the last days."""
    views: Floats
    maker_likes: Floats
    maker_views: Floats
    together: Floats
    """How much those who like what this person likes like it."""
    follows: Bools
    friends: Floats
    """How many of those whom this person follows like it."""
    resident: Bools
    sources: Bools
    """A column for each of `SOURCES`."""

    def __len__(self) -> int:
        return len(self.ids)

    def at(self, chosen: npt.NDArray[np.intp]) -> Pool:
        return Pool(
            [self.ids[at] for at in chosen], [self.makers[at] for at in chosen],
            *(getattr(self, name)[chosen] for name in COLUMNS),
        )  # fmt: skip

    def came_from(self, source: str) -> Bools:
        found: Bools = self.sources[:, SOURCES.index(source)]
        return found

    @property
    def counted_likes(self) -> Floats:
        return counted(self.likes, self.young_likes)

    @property
    def likely_views(self) -> Floats:
        likes = self.counted_likes
        return np.where(likes > self.views, UNSEEN_VIEWS * likes, self.views)


COLUMNS = (
    "vectors", "age_h", "likes", "young_likes", "views", "maker_likes", "maker_views", "together", "follows", "friends",
    "resident", "sources",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Nearness:
    """How near each candidate is to what somebody likes, and to what they want less of."""

    best: Floats
    """0 where they like nothing yet."""
    which: npt.NDArray[np.intp]
    """The interest that it is nearest to, among those that count; -1 where there is none."""
    strength: Floats
    """Of that interest, the strongest being 1."""
    unlike: Floats
    """To what they want less of, less where that was said long ago or in passing; 0 where there is nothing."""


def counted(likes: Floats, by_newcomers: Floats) -> Floats:
    fewer = FEW_NEWCOMERS * np.log1p(by_newcomers / FEW_NEWCOMERS)
    bounded: Floats = likes + np.minimum(fewer, likes + MOST_BY_NEWCOMERS)
    return bounded


def nearness(interests: Sequence[Interest], vectors: Floats, at: datetime) -> Nearness:
    liked, weights = centres(interests, negative=False, at=at)
    unliked, against = centres(interests, negative=True, at=at)
    count = len(vectors)
    unlike = (vectors @ unliked.T * np.minimum(1, against)).max(axis=1) if len(unliked) else np.zeros(count)
    if not len(liked):
        return Nearness(np.zeros(count), np.full(count, -1), np.zeros(count), unlike)
    near = vectors @ liked.T
    which = near.argmax(axis=1)
    return Nearness(near[np.arange(count), which], which, (weights / weights.max())[which], unlike)


def features(pool: Pool, near: Nearness) -> Floats:
    """A row for each candidate, a column for each of `FEATURES`."""
    likes, steps = pool.counted_likes, _steps(near.best)
    known = np.where(near.which >= 0, np.clip(steps, -1.0, 2.5), 0.0)
    columns = {
        "always": np.ones(len(pool)),
        "near": known,
        "very_near": np.clip(known, 0, None) ** 2 / 2,
        "strong": np.clip(known, 0, None) * near.strength,
        "rate": _log_rate(likes, pool.likely_views),
        "loved": np.log1p(likes) / 3,
        "hot": np.clip((np.log2(1 + likes) - pool.age_h / 12) / 4, -2, 2),
        "age": np.log1p(pool.age_h / 24) / 2,
        "unseen_by_others": 1 / (1 + pool.views / USUAL_VIEWS),
        "maker_rate": _log_rate(pool.maker_likes, pool.maker_views),
        "follows": pool.follows.astype(float),
        "friends": np.log1p(pool.friends),
        "together": np.minimum(np.log1p(pool.together), 2),
        "unlike": np.clip(_steps(near.unlike), 0, 2.5),
        "resident": pool.resident.astype(float),
        "position": np.zeros(len(pool)),
    }
    return np.column_stack([columns[name] for name in FEATURES])


def _steps(nearness: Floats) -> Floats:
    return (nearness - NO_NEARNESS) / A_STEP


def position_term(position: npt.ArrayLike) -> Floats:
    """Of a post that stood there, the first place being 0."""
    term: Floats = np.log1p(np.asarray(position, dtype=np.float64)) / 2
    return term


def drawn_rates(pool: Pool, draws: int, chance: np.random.Generator) -> Floats:
    """The feature `rate` as it may be, as far as the views tell: of a new post it may be anything."""
    likes, views = pool.counted_likes, pool.likely_views
    good = likes + USUAL_RATE * USUAL_VIEWS
    bad = views - likes + (1 - USUAL_RATE) * USUAL_VIEWS
    rates = chance.beta(good, bad, size=(draws, len(pool)))
    drawn: Floats = np.clip(np.log(np.maximum(rates, 1e-6) / USUAL_RATE), -2, 2)
    return drawn


def _log_rate(likes: Floats, views: Floats) -> Floats:
    rate = (np.minimum(likes, views) + USUAL_RATE * USUAL_VIEWS) / (views + USUAL_VIEWS)
    clipped: Floats = np.clip(np.log(rate / USUAL_RATE), -2, 2)
    return clipped
