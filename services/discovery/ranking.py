"""In which order what was found is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Mode = Literal["hybrid", "semantic", "words"]
Sort = Literal["relevance", "new", "liked"]

SOME_WORDS, ALL_WORDS = 0.18, 0.2
"""How much words count beside the meaning, of which 1 is the very same. Half of them are not half as good: the square
keeps one word that happens to be there from outweighing what was meant, and the eighth power is for those that have
(nearly) all. Some 80 ways were compared on the half `tune` of `benchmarks/data/search`: there nDCG@10 is 0.779 with
this, 0.776 with the best plain weighted sum, 0.771 with the best reciprocal rank fusion (k = 10, words at 0.3; 0.733 at
k = 60), 0.765 with the meaning alone. The best differ by less than 74 queries can tell; this one was taken because it
keeps every kind of query near its best and is meant to put a rare name first among a million posts, which nobody has
measured."""
SHOWN, EVEN = 0.15, 10
"""How much it counts to be the first of those that show what is asked for, and after how many it counts half as much.
What such a model calls near is comparable with nothing else, so its order is taken, as by reciprocal rank fusion. Both
were reasoned; no published model of pictures was tried by us."""
UNREAD = 0.3
"""How near in meaning a post counts that was not read yet."""
FULL_MARKS = 0.6079271
"""What `ts_rank` gives for one word in the prompt."""


@dataclass(frozen=True)
class Scores:
    similarity: float | None
    words: float
    """How much of the query's words it has: 1 for all of them in its prompt, rare ones counting more."""
    total: float


def scores(
    similarity: float | None, marks: Sequence[float], weights: Sequence[float], places: Sequence[int],
    rarities: Sequence[float], mode: Mode,
) -> Scores:  # fmt: skip
    """`marks` are what `ts_rank` gives for each form of each term, `places` whose form it is."""
    words = _share(marks, weights, places, rarities)
    if mode == "words":
        return Scores(similarity, words, words)
    near = similarity if similarity is not None else UNREAD * words
    return Scores(similarity, words, near if mode == "semantic" else near + _worth(words))


def worth_of_place(place: int) -> float:
    """Of a post at this place, from 0, among those that show what is asked for."""
    return SHOWN * EVEN / (EVEN + place)


def _worth(words: float) -> float:
    return SOME_WORDS * words**2 + ALL_WORDS * words**8


def _share(marks: Sequence[float], weights: Sequence[float], places: Sequence[int], rarities: Sequence[float]) -> float:
    best = [0.0] * len(rarities)
    for mark, weight, place in zip(marks, weights, places, strict=True):
        best[place] = max(best[place], weight * min(1.0, mark / FULL_MARKS))
    whole = sum(rarities)
    return sum(rarity * each for rarity, each in zip(rarities, best, strict=True)) / whole if whole else 0.0
