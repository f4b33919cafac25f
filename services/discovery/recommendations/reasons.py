"""Why a post is shown, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.discovery.recommendations.choosing import Pick
from services.discovery.recommendations.features import Pool, nearness
from services.discovery.recommendations.interests import Interest, Source, counting

BECAUSE = 0.42
"""How near to an interest a post must be for that to be the reason."""
NEW_FOR_H, FEW_VIEWS = 72, 30
LONGEST_WORDS = 48
DEEDS: Mapping[str, str] = {
    "like": "liked", "comment": "talked about", "save": "saved", "remix": "remixed", "post": "made",
    "follow": "liked", "dwell": "looked at", "more": "asked for",
}  # fmt: skip
SENTENCES: Mapping[str, str] = {
    "friends": "Popular with people you follow",
    "followed": "From somebody you follow",
    "together": "People with your taste liked it",
    "new": "New here",
    "popular": "Popular now",
    "loved": "Many people love it",
    "surprise": "A surprise",
}
LIKE_YOURS = "Like what you like"
"""Where the post that it is like is gone."""


@dataclass(frozen=True)
class Reason:
    kind: str
    """One of `SENTENCES`, or what somebody did with the post that is the cause."""
    cause: UUID | None = None


def reason_of(pick: Pick, pool: Pool, interests: Sequence[Interest], at: datetime) -> Reason:
    row = pick.row
    near = nearness(interests, pool.vectors[[row]], at)
    if near.best[0] >= BECAUSE:
        source = _strongest(counting(interests, negative=False)[int(near.which[0])], but=pick.id)
        if source is not None:
            return Reason(source.kind, source.post)
    return Reason(next((kind for kind, holds in HOLDS.items() if holds(pool, row)), "surprise"))


def sentence(reason: Reason, words: str | None) -> str:
    """With the words of the cause, as far as one may read them. Empty where there is nothing to say."""
    if reason.kind in DEEDS:
        return f"Because you {DEEDS[reason.kind]} “{_shortened(words)}”" if words else LIKE_YOURS
    return SENTENCES.get(reason.kind, "")


HOLDS: Mapping[str, Callable[[Pool, int], bool]] = {
    "friends": lambda pool, row: bool(pool.friends[row] > 0),
    "followed": lambda pool, row: bool(pool.follows[row]),
    "together": lambda pool, row: bool(pool.together[row] > 0),
    "new": lambda pool, row: bool(pool.age_h[row] < NEW_FOR_H and pool.views[row] < FEW_VIEWS),
    "popular": lambda pool, row: bool(pool.came_from("trending")[row] and pool.counted_likes[row] > 1),
    "loved": lambda pool, row: bool(pool.came_from("loved")[row] and pool.counted_likes[row] > 1),
}
"""The first that holds is the reason."""


def _strongest(interest: Interest, but: UUID) -> Source | None:
    """A post is no reason for itself."""
    others = [source for source in interest.sources if source.post != but]
    return max(others, key=lambda source: (source.weight, source.at), default=None)


def _shortened(words: str) -> str:
    line = " ".join(words.split())
    if len(line) <= LONGEST_WORDS:
        return line
    return line[:LONGEST_WORDS].rsplit(" ", 1)[0].rstrip(",.;: ") + "…"
