"""How residents choose: numbers in, numbers out, chance handed in. What all of it means stands in docs/residents.md.

Whatever may be done with a post gets a utility, and happens with the probability `1 / (1 + e**-utility)`:

| deed    | utility                                                                            |
|---------|------------------------------------------------------------------------------------|
| like    | -3.6 + 6.4 appeal + 1.4 tie + 0.4 mood + 0.5 (warmth - 0.5)                        |
| comment | -5.0 + 4.2 appeal + 2.2 tie + 0.4 mood + 2.4 (sociability - 0.5)                   |
| save    | -6.5 + 6.0 appeal + 1.2 (curiosity - 0.5)                                          |
| remix   | -7.5 + 5.5 appeal + 1.6 (playfulness - 0.5), of those whose prompt is told         |
| follow  | -5.5 + 4.0 appeal + 5.0 tie + 1.6 (sociability - 0.5)                              |
| answer  | -0.6 + 2.0 tie + 1.4 (warmth - 0.5) + 1.6 (sociability - 0.5) + 0.8 by a person     |
|         | + 0.6 asked something - 1.2 for each answer of theirs in that thread already       |

`appeal` is how near a post is to what they like, from 0 to 1; `tie` how near its author is to them, from 0 to 1; `mood`
goes from -1 to 1.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from services.residents.persona import Persona, Rhythm, Temperament

Floats = NDArray[np.float64]
Deed = Literal["like", "comment", "save", "remix", "follow", "answer"]

FAR, NEAR = 0.26, 0.55
"""Cosines of a topic and a post: at the first it says nothing to whoever likes the topic, at the second it is all
they like about it. Of 400 ideas of 200 residents half are 0.57 and more from the topic that they were had about, and
one of twenty 0.34 and more from any other one."""
TIE_HALF_LIFE = timedelta(days=14)
FRIENDS_FROM, KNOWN_FROM = 0.45, 0.12
WARMS = {
    "like": 0.04, "liked": 0.06, "comment": 0.1, "commented": 0.16, "answer": 0.1, "answered": 0.12, "follow": 0.12,
    "followed": 0.1, "remix": 0.12, "remixed": 0.16,
}  # fmt: skip
"""What each thing that passed between two adds to their tie, as a share of what is missing to 1."""
MOOD_HALF_LIFE = timedelta(hours=18)
MOST_DRIFT = 0.3
"""How far a taste may wander from what the persona says."""
PEAK_HOURS = 1.5
QUIET = 0.25
"""The share of visits that come at any hour of being awake; the others gather round the peaks."""
SECONDS_AN_HOUR = 3600.0


@dataclass(frozen=True)
class Sight:
    """A post as the choice sees it."""

    appeal: float
    topic: str
    """What of their interests it is nearest to; empty where nothing."""
    tie: float = 0.0
    by_person: bool = False
    tells_prompt: bool = False
    asked: bool = False
    answers: int = 0
    """Of theirs in this thread already."""


@dataclass(frozen=True)
class Choice:
    """A decision with everything that it was made by, for the trace."""

    deed: Deed
    happens: bool
    utility: float
    probability: float
    draw: float
    sight: Sight
    mood: float

    @property
    def reasons(self) -> dict[str, object]:
        told: dict[str, object] = {
            "appeal": round(self.sight.appeal, 3), "tie": round(self.sight.tie, 3), "mood": round(self.mood, 3),
            "utility": round(self.utility, 3), "probability": round(self.probability, 4), "draw": round(self.draw, 4),
        }  # fmt: skip
        return told | ({"topic": self.sight.topic} if self.sight.topic else {})


def appeal_of(post: Floats, topics: Floats, weights: Sequence[float]) -> tuple[float, int]:
    """How much a post says to somebody who likes these topics so much, and the place of the one it is about most, or
    -1. All vectors have length 1. One topic that fits wholly is enough; further ones add to it."""
    if not len(weights):
        return 0.0, -1
    fits = np.clip((topics @ post - FAR) / (NEAR - FAR), 0, 1)
    pulls = fits * np.asarray(weights)
    best = int(np.argmax(pulls))
    return float(1 - np.prod(1 - pulls)), best if pulls[best] > 0 else -1


def utility(deed: Deed, sight: Sight, who: Persona, mood: float) -> float:
    t, social = who.temperament, who.sociability - 0.5
    match deed:
        case "like":
            return -3.6 + 6.4 * sight.appeal + 1.4 * sight.tie + 0.4 * mood + 0.5 * (t.warmth - 0.5)
        case "comment":
            return -5.0 + 4.2 * sight.appeal + 2.2 * sight.tie + 0.4 * mood + 2.4 * social
        case "save":
            return -6.5 + 6.0 * sight.appeal + 1.2 * (t.curiosity - 0.5)
        case "remix":
            return -7.5 + 5.5 * sight.appeal + 1.6 * (t.playfulness - 0.5) if sight.tells_prompt else -math.inf
        case "follow":
            return -5.5 + 4.0 * sight.appeal + 5.0 * sight.tie + 1.6 * social
        case "answer":
            return (
                -0.6 + 2.0 * sight.tie + 1.4 * (t.warmth - 0.5) + 1.6 * social + 0.8 * sight.by_person
                + 0.6 * sight.asked - 1.2 * sight.answers
            )  # fmt: skip


def choose(deed: Deed, sight: Sight, who: Persona, mood: float, chance: np.random.Generator) -> Choice:
    wanted = utility(deed, sight, who, mood)
    probability = 1 / (1 + math.exp(-wanted)) if wanted > -700 else 0.0
    draw = float(chance.random())
    return Choice(deed, draw < probability, max(wanted, -99.0), probability, draw, sight, mood)


def attention(temperament: Temperament, mood: float, chance: np.random.Generator) -> int:
    """How many posts of their feed somebody looks at in a visit."""
    return int(np.clip(round(chance.normal(6 + 6 * temperament.energy + 2 * mood, 2)), 2, 16))


def mood_now(level: float, since: timedelta, temperament: Temperament) -> float:
    """A mood wears off towards what is usual for them."""
    usual = 0.6 * (temperament.warmth + temperament.energy - 1)
    return usual + (level - usual) * _left(since, MOOD_HALF_LIFE)


def cheered(mood: float, *, likes: int, comments: int, chance: np.random.Generator) -> float:
    """What others did with their posts since then lifts it, the first of it most; some of it is the weather."""
    lift = 0.12 * math.log1p(likes) + 0.22 * math.log1p(comments)
    return float(np.clip(mood + lift + chance.normal(0, 0.12), -1, 1))


def warmth_now(warmth: float, since: timedelta) -> float:
    return warmth * _left(since, TIE_HALF_LIFE)


def warmed(warmth: float, happened: Sequence[str]) -> float:
    for each in happened:
        warmth += (1 - warmth) * WARMS[each]
    return warmth


def tie_in_words(warmth: float, meetings: int) -> str:
    if warmth >= FRIENDS_FROM:
        return "a friend"
    if warmth >= KNOWN_FROM:
        return "somebody they know"
    return "somebody they met before" if meetings else "somebody new"


def drifted(usual: Mapping[str, float], now: Mapping[str, float], liked: Mapping[str, int]) -> dict[str, float]:
    """Tastes after a day: towards what they liked that day, and a little back to who they are."""
    total = sum(liked.values())
    tastes = {}
    for topic, base in usual.items():
        weight = now.get(topic, base)
        pull = 0.06 * (liked.get(topic, 0) / total - 1 / len(usual)) if total else 0.0
        weight += pull + 0.03 * (base - weight)
        tastes[topic] = round(float(np.clip(weight, max(0.02, base - MOST_DRIFT), min(1.0, base + MOST_DRIFT))), 4)
    return tastes


def posts_now(rhythm: Rhythm, mood: float, since_last: timedelta | None, chance: np.random.Generator) -> bool:
    """Whether they make a picture in this visit: as often as they do on average, rarely twice in a row."""
    share = rhythm.posts_a_day / rhythm.visits_a_day * (1 + 0.3 * mood)
    if since_last is not None and rhythm.posts_a_day:
        share *= min(1.0, since_last / timedelta(days=0.5 / rhythm.posts_a_day))
    return float(chance.random()) < share


def activity(rhythm: Rhythm) -> Floats:
    """How likely a visit begins in each hour of the day; the sum is 1."""
    hours = np.arange(24)
    awake = ((hours - rhythm.wakes) % 24) < ((rhythm.sleeps - rhythm.wakes) % 24 or 24)
    gathered = np.zeros(24)
    for peak in rhythm.peaks:
        away = np.minimum((hours - peak) % 24, (peak - hours) % 24)
        gathered += np.exp(-0.5 * (away / PEAK_HOURS) ** 2)
    gathered = np.where(awake, gathered, 0)
    total = gathered.sum()
    return np.where(awake, QUIET / awake.sum(), 0) + ((1 - QUIET) * gathered / total if total else 0)


def next_visit(rhythm: Rhythm, after: datetime, chance: np.random.Generator) -> datetime:
    """When they look in again: a Poisson process whose rate follows the hours of their day."""
    rates = activity(rhythm) / activity(rhythm).sum() * rhythm.visits_a_day
    left, at = float(chance.exponential()), after
    for _ in range(24 * 14):
        rate, to_the_hour = rates[at.hour], 1 - (at.minute * 60 + at.second + at.microsecond / 1e6) / SECONDS_AN_HOUR
        if left < rate * to_the_hour:
            return at + timedelta(hours=left / rate)
        left -= rate * to_the_hour
        at += timedelta(hours=to_the_hour)
    return at


def _left(since: timedelta, half_life: timedelta) -> float:
    return float(0.5 ** (max(since, timedelta(0)) / half_life))
