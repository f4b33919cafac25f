"""A simulated town: people with hidden tastes, posts that keep arriving, and clicks as people click.

Everybody has two to four tastes of different strength, each near one of forty topics, so that some people share some.
Tastes drift; at `SHOCK` those of every second person are replaced. What somebody likes depends on the taste a post is
nearest to and on how good it is, which nobody can see. Further down a page is looked at less, and now and then somebody
likes anything.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt

from services.discovery.embeddings import MiniLM
from services.discovery.meaning import meaning_of

Floats = npt.NDArray[np.float64]

PROMPTS = Path(__file__).parent / "data" / "search" / "prompts.jsonl"
VECTORS = Path(__file__).resolve().parent.parent / ".pentagram" / "benchmarks" / "prompt_vectors.npz"
MANNERS = ("at night in the rain", "as a watercolour with soft light", "seen from above in autumn")
PART = 64

PEOPLE, MAKERS, TOPICS = 80, 60, 40
AT_ONCE, ARRIVED_BY = 50, 5
"""So many people are there from the first day, the others come on the days after it."""
FIRST_POSTS, POSTS_A_DAY, MAKERS_A_DAY = 1200, 120, 2
PAGE, PAGES = 12, 2
DAYS, SHOCK = 32, 25
JUDGED_DAYS = range(20, 25)
"""Of these it is reckoned what other ways would have won in the same places."""
NOISE, OTHERWISE = 0.02, 0.012
DRIFT = 0.03
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def prompt_vectors() -> Floats:
    """Of the judged prompts and three variations of each, read by the product's model once."""
    if not VECTORS.exists():
        VECTORS.parent.mkdir(parents=True, exist_ok=True)
        np.savez_compressed(VECTORS, vectors=_read())
    return np.asarray(np.load(VECTORS)["vectors"], dtype=np.float64)


def _read() -> Floats:
    with PROMPTS.open(encoding="utf-8") as lines:
        prompts = [json.loads(line)["prompt"] for line in lines]
    texts = [meaning_of(text, "", ()) for prompt in prompts for text in (prompt, *(f"{prompt}, {m}" for m in MANNERS))]
    model = MiniLM()
    try:
        parts = [model.of(texts[start : start + PART]) for start in range(0, len(texts), PART)]
    finally:
        model.close()
    return np.array([vector for part in parts for vector in part], dtype=np.float32)


@dataclass
class Town:
    """What is true, and what everybody can see of it."""

    seed: int
    chance: np.random.Generator = field(init=False)
    day: int = 0
    vectors: Floats = field(init=False)
    makers: npt.NDArray[np.intp] = field(init=False)
    born: Floats = field(init=False)
    """The day of each post, a fraction telling the hour."""
    quality: Floats = field(init=False)
    likes: Floats = field(init=False)
    views: Floats = field(init=False)
    liked: npt.NDArray[np.bool_] = field(init=False)
    """A row a person, a column a post."""
    seen: npt.NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.chance = np.random.default_rng(self.seed)
        self._texts = prompt_vectors()
        self._topics = self._centres()
        self._near = self._texts @ self._topics.T
        self.tastes = [self._taste() for _ in range(PEOPLE)]
        self.first_day = np.sort(
            np.concatenate(
                [np.zeros(AT_ONCE, dtype=np.intp), self.chance.integers(1, ARRIVED_BY + 1, PEOPLE - AT_ONCE)]
            )
        )
        self._maker_topic = self.chance.integers(0, TOPICS, MAKERS)
        self._maker_quality = self.chance.normal(0, 0.5, MAKERS)
        self._maker_day = np.zeros(MAKERS)
        capacity = FIRST_POSTS + POSTS_A_DAY * (DAYS + 1)
        self.count = 0
        self.vectors, self.makers = np.zeros((capacity, self._texts.shape[1])), np.zeros(capacity, dtype=np.intp)
        self.born, self.quality, self.likes, self.views = (np.zeros(capacity) for _ in range(4))
        self.liked, self.seen = (np.zeros((PEOPLE, capacity), dtype=bool) for _ in range(2))
        for number in range(FIRST_POSTS):
            self._post(-14 * (1 - number / FIRST_POSTS))

    @property
    def now(self) -> datetime:
        return BEGINNING + timedelta(days=self.day)

    @property
    def new_makers(self) -> npt.NDArray[np.bool_]:
        """Of each post: whether its maker began in the last week."""
        return (self._maker_day[self.makers] > 0) & (self._maker_day[self.makers] > self.day - 7)

    def dawn(self) -> None:
        """The next day: new makers, new posts, tastes that moved."""
        self.day += 1
        for _ in range(MAKERS_A_DAY):
            self._maker_topic = np.append(self._maker_topic, self.chance.integers(0, TOPICS))
            self._maker_quality = np.append(self._maker_quality, self.chance.normal(0, 0.5))
            self._maker_day = np.append(self._maker_day, self.day)
        for number in range(POSTS_A_DAY):
            self._post(self.day - 1 + number / POSTS_A_DAY)
        for person in range(PEOPLE):
            if self.day == SHOCK and person % 2:
                self.tastes[person] = self._taste()
            elif self.chance.random() < DRIFT:
                self.tastes[person] = self._moved(person)

    def people(self) -> npt.NDArray[np.intp]:
        """Who is there today, in the order in which they come."""
        return self.chance.permutation(np.flatnonzero(self.first_day <= self.day))

    def unseen(self, person: int) -> npt.NDArray[np.intp]:
        return np.flatnonzero(~self.seen[person, : self.count])

    def appeal(self, person: int, posts: npt.NDArray[np.intp]) -> Floats:
        """How likely the person likes each of them where it is looked at."""
        anchors, strengths = self.tastes[person]
        near = ((self.vectors[posts] @ anchors.T) * strengths).max(axis=1)
        logits = -5.0 + 8.5 * np.clip(near, 0, 0.75) + 0.8 * self.quality[posts]
        return np.asarray(1 / (1 + np.exp(-logits)))

    def show(self, person: int, posts: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
        """Which of a page they like."""
        liked = self.chance.random(len(posts)) < self.click_chance(person, posts)
        self.seen[person, posts] = True
        self.views[posts] += 1
        self.likes[posts] += liked
        self.liked[person, posts] |= liked
        return liked

    def click_chance(self, person: int, posts: npt.NDArray[np.intp]) -> Floats:
        """Of each post of a page."""
        return self.chances(person, posts, np.arange(len(posts)))

    def chances(self, person: int, posts: npt.NDArray[np.intp], place: npt.ArrayLike) -> Floats:
        """Of each post in that place of a page."""
        looked = 1 / (1 + 0.08 * np.asarray(place))
        return np.asarray(looked * ((1 - NOISE) * self.appeal(person, posts) + NOISE * 0.3))

    def best(self, person: int) -> Floats:
        """The chances of the best page there is."""
        unseen = self.unseen(person)
        appeal = self.appeal(person, unseen)
        return self.click_chance(person, unseen[np.argsort(-appeal)[:PAGE]])

    def _centres(self) -> Floats:
        centres = self._texts[self.chance.choice(len(self._texts), TOPICS, replace=False)]
        for _ in range(8):
            nearest = (self._texts @ centres.T).argmax(axis=1)
            means = [self._texts[nearest == at].mean(axis=0) if (nearest == at).any() else centres[at]
                     for at in range(TOPICS)]  # fmt: skip
            centres = np.array([mean / np.linalg.norm(mean) for mean in means])
        return centres

    def _taste(self) -> tuple[Floats, Floats]:
        count = int(self.chance.integers(2, 5))
        topics = self.chance.choice(TOPICS, count, replace=False)
        return np.array([self._anchor(topic) for topic in topics]), self.chance.uniform(0.75, 1.0, count)

    def _anchor(self, topic: int) -> Floats:
        """Between a topic and one prompt of it."""
        texts = np.flatnonzero(self._near.argmax(axis=1) == topic)
        near = self._texts[self.chance.choice(texts)] if len(texts) else self._topics[topic]
        anchor = self._topics[topic] + near
        return np.asarray(anchor / np.linalg.norm(anchor))

    def _moved(self, person: int) -> tuple[Floats, Floats]:
        anchors, strengths = self.tastes[person]
        anchors = anchors.copy()
        anchors[self.chance.integers(len(anchors))] = self._anchor(int(self.chance.integers(TOPICS)))
        return anchors, strengths

    def _post(self, born: float) -> None:
        at, maker = self.count, int(self.chance.integers(len(self._maker_topic)))
        likes_topic = self.chance.random() < 0.6
        texts = np.flatnonzero(self._near.argmax(axis=1) == self._maker_topic[maker]) if likes_topic else []
        text = self._texts[self.chance.choice(texts) if len(texts) else self.chance.integers(len(self._texts))]
        vector = text + self.chance.normal(0, OTHERWISE, len(text))
        self.vectors[at] = vector / np.linalg.norm(vector)
        self.makers[at], self.born[at] = maker, born
        self.quality[at] = self._maker_quality[maker] + self.chance.normal(0, 0.7)
        self.count += 1
