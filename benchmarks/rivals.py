"""Ways to choose a page for somebody in a simulated town: the product's own, and those it is measured against.

All see the same: what was posted, who liked what, what this person has seen. Nothing is shown twice by any of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Protocol
from uuid import UUID

import numpy as np
import numpy.typing as npt

from benchmarks.townspeople import JUDGED_DAYS, PAGE, PEOPLE, Town
from services.discovery.recommendations import candidates, scoring
from services.discovery.recommendations.choosing import USUAL_SURPRISE, Pick, Place, choose, places
from services.discovery.recommendations.features import AT, SOURCES, Pool, position_term
from services.discovery.recommendations.interests import Event, Interest, in_turn, learn
from services.discovery.recommendations.scoring import VALUES

Floats = npt.NDArray[np.float64]
Posts = npt.NDArray[np.intp]

IDS = [UUID(int=number) for number in range(10_000)]


class Way(Protocol):
    def page(self, person: int) -> Posts: ...

    def told(self, person: int, posts: Posts, liked: npt.NDArray[np.bool_]) -> None: ...

    def night(self) -> None:
        """Between two days: time to learn from all that happened."""
        ...


class Ranked:
    """A page of the best by some score; `night` and `told` are for those who learn."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.chance = np.random.default_rng(town.seed + 7)

    def score(self, person: int, posts: Posts) -> Floats:
        raise NotImplementedError

    def page(self, person: int) -> Posts:
        posts = self.town.unseen(person)
        scores = self.score(person, posts) + self.chance.random(len(posts)) * 1e-9
        return posts[np.argsort(-scores)[:PAGE]]

    def told(self, person: int, posts: Posts, liked: npt.NDArray[np.bool_]) -> None:
        pass

    def night(self) -> None:
        pass


class Random(Ranked):
    def score(self, person: int, posts: Posts) -> Floats:
        return self.chance.random(len(posts))


class Newest(Ranked):
    def score(self, person: int, posts: Posts) -> Floats:
        return self.town.born[posts]


class Popular(Ranked):
    def score(self, person: int, posts: Posts) -> Floats:
        return self.town.likes[posts]


class Trending(Ranked):
    """The product's own formula: each doubling of likes is worth half a day."""

    def score(self, person: int, posts: Posts) -> Floats:
        return np.asarray(np.log2(1 + self.town.likes[posts]) + self.town.born[posts] * 2)


class ItemKnn(Ranked):
    """Cosines of the columns of who liked what."""

    def __init__(self, town: Town) -> None:
        super().__init__(town)
        self._alike = np.zeros((0, 0))

    def night(self) -> None:
        liked = self.town.liked[:, : self.town.count].astype(np.float32)
        length = np.sqrt(liked.sum(axis=0)) + 1e-9
        self._alike = (liked.T @ liked) / length[:, None] / length[None, :]

    def score(self, person: int, posts: Posts) -> Floats:
        known = len(self._alike)
        mine = np.flatnonzero(self.town.liked[person, :known])
        scores = self.town.likes[posts] * 1e-6
        inside = posts < known
        if len(mine):
            scores[inside] += self._alike[posts[inside]][:, mine].sum(axis=1)
        return scores


class Factors(Ranked):
    """Matrix factorisation by `implicit`, fitted anew every night; who liked nothing yet gets what is popular."""

    def __init__(self, town: Town, make: Callable[[], object]) -> None:
        super().__init__(town)
        self._make = make
        self._people, self._posts = np.zeros((0, 0)), np.zeros((0, 0))
        self._has_liked = np.zeros(PEOPLE, dtype=bool)

    def night(self) -> None:
        from scipy.sparse import csr_matrix

        liked = self.town.liked[:, : self.town.count]
        self._has_liked = liked.any(axis=1)
        model = self._make()
        model.fit(csr_matrix(liked.astype(np.float32)), show_progress=False)  # type: ignore[attr-defined]
        self._people, self._posts = model.user_factors, model.item_factors  # type: ignore[attr-defined]

    def score(self, person: int, posts: Posts) -> Floats:
        scores = self.town.likes[posts] * 1e-6
        inside = posts < len(self._posts)
        if self._has_liked[person] and len(self._posts):
            scores[inside] += self._posts[posts[inside]] @ self._people[person]
        return scores


def als(town: Town) -> Factors:
    from implicit.als import AlternatingLeastSquares

    return Factors(
        town, lambda: AlternatingLeastSquares(factors=32, regularization=0.05, iterations=12, num_threads=1,
                                              random_state=town.seed),
    )  # fmt: skip


def bpr(town: Town) -> Factors:
    from implicit.bpr import BayesianPersonalizedRanking

    return Factors(
        town, lambda: BayesianPersonalizedRanking(factors=32, learning_rate=0.05, regularization=0.01, iterations=80,
                                                  num_threads=1, random_state=town.seed),
    )  # fmt: skip


class LinUcb(Ranked):
    """Li et al. 2010: one linear model over the products of the person's and the post's reduced vectors, its bound of
    confidence added."""

    REDUCED, ALPHA = 8, 0.3

    def __init__(self, town: Town) -> None:
        super().__init__(town)
        texts = town.vectors[: town.count]
        self._mean = texts.mean(axis=0)
        _, _, axes = np.linalg.svd(texts - self._mean, full_matrices=False)
        self._axes = axes[: self.REDUCED].T
        size = self.REDUCED**2 + self.REDUCED + 3
        self._inverse, self._won = np.eye(size), np.zeros(size)

    def _rows(self, person: int, posts: Posts) -> Floats:
        mine = np.flatnonzero(self.town.liked[person, : self.town.count])
        who = (self.town.vectors[mine].mean(axis=0) - self._mean) @ self._axes if len(mine) else np.zeros(self.REDUCED)
        what = (self.town.vectors[posts] - self._mean) @ self._axes
        both = (what[:, :, None] * who[None, None, :]).reshape(len(posts), -1) * 4
        age = np.log1p(self.town.day - self.town.born[posts])
        return np.column_stack([np.ones(len(posts)), np.log1p(self.town.likes[posts]), age, what, both])

    def score(self, person: int, posts: Posts) -> Floats:
        rows = self._rows(person, posts)
        unsure = np.sqrt(((rows @ self._inverse) * rows).sum(axis=1))
        return np.asarray(rows @ (self._inverse @ self._won) + self.ALPHA * unsure)

    def told(self, person: int, posts: Posts, liked: npt.NDArray[np.bool_]) -> None:
        for row, won in zip(self._rows(person, posts), liked, strict=True):
            pulled = self._inverse @ row
            self._inverse -= np.outer(pulled, pulled) / (1 + row @ pulled)
            self._won += won * row


@dataclass(frozen=True, eq=False)
class Shown:
    """A page of ours, as the product logs it."""

    person: int
    day: int
    picks: list[Pick]
    posts: Posts
    liked: npt.NDArray[np.bool_]
    truly: Floats
    """What each of the ways that are judged beside ours truly wins in each of its places, in the town."""


class Ours(Ranked):
    """The product's own code; its candidates come from memory instead of from SQL."""

    def __init__(self, town: Town) -> None:
        super().__init__(town)
        self.interests: list[tuple[Interest, ...]] = [() for _ in range(PEOPLE)]
        self.beliefs = scoring.prior()
        self.log: list[Shown] = []
        self._picks: list[Pick] = []
        self._truly = np.zeros((0, 0))
        self._unlearned: list[Shown] = []
        self._pairs = np.zeros((town.vectors.shape[0],) * 2, dtype=np.float32)
        self._last: list[list[int]] = [[] for _ in range(PEOPLE)]

    def page(self, person: int) -> Posts:
        posts = self.candidates(person)
        drawn = list(islice(places(
            self.interests[person], self.pool(person, posts), self.beliefs, chance=self.chance, at=self.town.now,
            surprise=USUAL_SURPRISE,
        ), PAGE))  # fmt: skip
        self._picks = [place.pick for place in drawn]
        if self.town.day in JUDGED_DAYS:
            self._truly = np.array([self._truth(person, posts, at, place) for at, place in enumerate(drawn)])
        return posts[[pick.row for pick in self._picks]]

    def page_after_less(self, person: int, post: int) -> Posts:
        """What would be shown if the person said now: less like this post."""
        event = Event(UUID(int=post), self.town.vectors[post].astype(np.float32), "less", self.town.now)
        posts = self.candidates(person)
        picks = choose(
            learn(self.interests[person], event), self.pool(person, posts), self.beliefs, length=PAGE,
            chance=self.chance, at=self.town.now,
        )  # fmt: skip
        return posts[[pick.row for pick in picks]]

    def _truth(self, person: int, posts: Posts, at: int, place: Place) -> Floats:
        """Of each way in this place: what it wins there on average."""
        return place.ways @ self.town.chances(person, posts[place.rows], at)

    def told(self, person: int, posts: Posts, liked: npt.NDArray[np.bool_]) -> None:
        shown = Shown(person, self.town.day, self._picks, posts, liked, self._truly)
        self.log.append(shown)
        self._unlearned.append(shown)
        for post in posts[liked]:
            self._like(person, int(post))

    def night(self) -> None:
        """The job that learns from the log; it has the day's pages."""
        if not self._unlearned:
            return
        rows = np.array([pick.features for shown in self._unlearned for pick in shown.picks])
        rows[:, AT["position"]] = position_term(np.concatenate([np.arange(len(s.picks)) for s in self._unlearned]))
        liked = np.concatenate([shown.liked for shown in self._unlearned])
        nothing = np.zeros(len(liked), dtype=bool)
        self.beliefs = scoring.learn(self.beliefs, rows, dict.fromkeys(VALUES, nothing) | {"like": liked})
        self._unlearned = []

    def candidates(self, person: int) -> Posts:
        town, unseen = self.town, self.town.unseen(person)
        likes, born = town.likes[unseen], town.born[unseen]
        best = lambda scores, most: unseen[np.argsort(-scores)[:most]]  # noqa: E731
        chosen = [
            best(np.log2(1 + likes) + born * 2, candidates.MOST),
            best(likes, candidates.MOST),
            best(np.where(town.views[unseen] < 30, born, -99), candidates.MOST),
            self.chance.choice(unseen, min(candidates.RANDOM, len(unseen)), replace=False),
            *(best(near, candidates.NEAREST) for near in self._near_in_turn(person)[:, unseen]),
        ]  # fmt: skip
        together = self._together(person)
        chosen.append(unseen[together[unseen] > 0])
        return np.unique(np.concatenate(chosen))

    def pool(self, person: int, posts: Posts) -> Pool:
        town, zero = self.town, np.zeros(len(posts))
        makers, count = town.makers[: town.count], town.makers.max() + 1
        maker_likes = np.bincount(makers, weights=town.likes[: town.count], minlength=count)
        maker_views = np.bincount(makers, weights=town.views[: town.count], minlength=count)
        return Pool(
            [IDS[post] for post in posts], [IDS[maker] for maker in town.makers[posts]],
            town.vectors[posts], (town.day - town.born[posts]) * 24, town.likes[posts], zero, town.views[posts],
            maker_likes[town.makers[posts]], maker_views[town.makers[posts]],
            self._together(person)[posts],
            zero.astype(bool), zero, zero.astype(bool), np.zeros((len(posts), len(SOURCES)), dtype=bool),
        )  # fmt: skip

    def _near_in_turn(self, person: int) -> Floats:
        """How near each post is to each of the interests that this page looks for."""
        liked = [each.centre for each in in_turn(self.interests[person], self.town.now, self.chance)]
        centres = np.array(liked).reshape(len(liked), self.town.vectors.shape[1])
        return centres @ self.town.vectors[: self.town.count].T

    def _together(self, person: int) -> Floats:
        return np.asarray(self._pairs[self._last[person]].sum(axis=0), dtype=np.float64)

    def _like(self, person: int, post: int) -> None:
        vector = self.town.vectors[post].astype(np.float32)
        event = Event(UUID(int=post), vector, "like", self.town.now + timedelta(hours=12))
        self.interests[person] = learn(self.interests[person], event)
        vote = 1 / (1 + np.log1p(self.town.liked[person].sum()))
        others = self._last[person]
        self._pairs[post, others] += vote
        self._pairs[others, post] += vote
        self._last[person] = [*self._last[person], post][-candidates.LAST_LIKES :]


WAYS: dict[str, Callable[[Town], Ranked]] = {
    "ours": Ours, "random": Random, "newest": Newest, "popular": Popular, "trending": Trending, "item-KNN": ItemKnn,
    "ALS": als, "BPR": bpr, "LinUCB": LinUcb,
}  # fmt: skip
