"""How good what is found is: 600 prompts, 74 queries of the half that nothing was chosen by, judged beforehand.

`search_quality.py [--half tune]`. What is compared: words only, as Postgres ranks them; BM25; the model's vectors of
the bare prompts; the ranks of the first and the third fused (reciprocal rank fusion, k = 60); and the product's search.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from benchmarks.harness import fresh_folder, opened_house, print_table
from benchmarks.stock import Piece, pieces, put_in
from services.bootstrap import Pentagram
from services.errors import UserError

DATA = Path(__file__).parent / "data" / "search"
AT = 10
POOL = 100
PART = 50
GOOD = 2
RRF_K = 60
MOST_BEHIND = 0.02
BM25_K1, BM25_B = 1.2, 0.75
OURS = "ours"

Ranking = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Judged:
    query: str
    kind: str
    half: str
    judged: Mapping[str, int]


def judged(half: str) -> list[Judged]:
    with (DATA / "queries.jsonl").open(encoding="utf-8") as lines:
        return [query for line in lines if (query := Judged(**json.loads(line))).half == half]


def ndcg(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """With gains of 2^grade - 1."""

    def gain(found: Sequence[int]) -> float:
        return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(found[:AT]))

    best = gain(sorted(grades.values(), reverse=True))
    return gain([grades.get(each, 0) for each in ranked]) / best


def recall(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """Of what fits, as far as ten places can hold it."""
    good = {each for each, grade in grades.items() if grade >= GOOD}
    return len(good & set(ranked[:AT])) / min(len(good), AT)


# The others ----------------------------------------------------------------------------------------------------------


def postgres_words(house: Pentagram, ids: Mapping[UUID, str]) -> Ranking:
    """As one writes it first: `websearch_to_tsquery`, `ts_rank`, prompt, tags and caption in one."""
    house.db.execute(
        """create table public.plain as select p.id, to_tsvector('english',
          concat_ws(' ', r.prompt, array_to_string(r.tags, ' '), r.caption)) as words
        from pentagram.posts p join pentagram.readable(array[p.id]) r on r.post_id = p.id"""
    )

    def ranked(query: str) -> list[str]:
        found = house.db.values(
            """select id from public.plain, websearch_to_tsquery('english', %(query)s) q where words @@ q
            order by ts_rank(words, q) desc, id limit %(most)s""",
            query=query, most=POOL,
        )  # fmt: skip
        return [ids[each] for each in found]

    return ranked


class Bm25:
    def __init__(self, texts: Mapping[str, str]) -> None:
        self._counts = {name: Counter(self.words(text)) for name, text in texts.items()}
        self._lengths = {name: sum(counts.values()) for name, counts in self._counts.items()}
        self._mean = sum(self._lengths.values()) / len(self._lengths)
        self._having = Counter(word for counts in self._counts.values() for word in counts)

    @staticmethod
    def words(text: str) -> list[str]:
        return re.findall(r"[^\W_]+", text.lower())

    def __call__(self, query: str) -> list[str]:
        words = set(self.words(query))
        scores = {name: self._score(name, words) for name in self._counts}
        return sorted((name for name in scores if scores[name] > 0), key=lambda name: (-scores[name], name))[:POOL]

    def _score(self, name: str, words: set[str]) -> float:
        counts, weight = self._counts[name], 1 - BM25_B + BM25_B * self._lengths[name] / self._mean
        return sum(
            self._rarity(word) * counts[word] * (BM25_K1 + 1) / (counts[word] + BM25_K1 * weight)
            for word in words & counts.keys()
        )

    def _rarity(self, word: str) -> float:
        having = self._having[word]
        return math.log(1 + (len(self._counts) - having + 0.5) / (having + 0.5))


def vectors(house: Pentagram, wanted: Sequence[Piece]) -> Ranking:
    names = [piece.id for piece in wanted]
    prompts = [piece.prompt for piece in wanted]
    parts = [house.embeddings.of(prompts[start : start + PART]) for start in range(0, len(prompts), PART)]
    known = np.array([vector for part in parts for vector in part])

    def ranked(query: str) -> list[str]:
        near = known @ np.array(house.embeddings.of([query])[0])
        return [names[at] for at in np.argsort(-near, kind="stable")[:POOL]]

    return ranked


def fused(*rankings: Ranking) -> Ranking:
    def ranked(query: str) -> list[str]:
        scores: dict[str, float] = defaultdict(float)
        for ranking in rankings:
            for place, name in enumerate(ranking(query), 1):
                scores[name] += 1 / (RRF_K + place)
        return sorted(scores, key=lambda name: (-scores[name], name))

    return ranked


def ours(house: Pentagram, ids: Mapping[UUID, str]) -> Ranking:
    def ranked(query: str) -> list[str]:
        try:
            found = house.search.find(query, viewer=None, limit=AT).posts
        except UserError:
            return []
        return [ids[post.id] for post in found]

    return ranked


# The table -----------------------------------------------------------------------------------------------------------


def systems(house: Pentagram, posted: Mapping[UUID, Piece]) -> dict[str, Ranking]:
    wanted, ids = list(posted.values()), {post: piece.id for post, piece in posted.items()}
    words, near = postgres_words(house, ids), vectors(house, wanted)
    texts = {piece.id: " ".join([piece.prompt, *piece.tags, piece.caption]) for piece in wanted}
    return {
        "full text": words, "BM25": Bm25(texts), "vectors": near, "RRF": fused(words, near), OURS: ours(house, ids),
    }  # fmt: skip


def measured(
    rankings: Mapping[str, Ranking], queries: Sequence[Judged], figure: Callable[..., float]
) -> dict[str, dict[str, float]]:
    """Of each kind, and of all queries, each system's mean."""
    found = {
        name: [(query.kind, figure(ranking(query.query), query.judged)) for query in queries]
        for name, ranking in rankings.items()
    }
    kinds = [*dict.fromkeys(query.kind for query in queries), "all"]
    return {
        kind: {name: _mean(value for of, value in values if kind in (of, "all")) for name, values in found.items()}
        for kind in kinds
    }


def _mean(values: Iterable[float]) -> float:
    return float(np.mean(list(values)))


def print_figures(title: str, figures: Mapping[str, Mapping[str, float]]) -> None:
    names = list(next(iter(figures.values())))
    print_table([title, *names], [[kind, *(f"{row[name]:.3f}" for name in names)] for kind, row in figures.items()])
    print()


def misses(figures: Mapping[str, Mapping[str, float]]) -> list[str]:
    found = []
    for kind, row in figures.items():
        others = max(value for name, value in row.items() if name != OURS)
        if row[OURS] < others - (0 if kind == "all" else MOST_BEHIND):
            found.append(f"{kind}: {row[OURS]:.3f}, and the best of the others {others:.3f}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("held", "tune"), default="held")
    half = parser.parse_args().half
    queries = judged(half)
    with fresh_folder() as home, opened_house(home) as house:
        posted = put_in(house, pieces(DATA / "prompts.jsonl"))
        rankings = systems(house, posted)
        print(f"{len(posted)} prompts, {len(queries)} queries of the half “{half}”.\n")
        figures = measured(rankings, queries, ndcg)
        print_figures(f"nDCG@{AT}", figures)
        print_figures(f"recall@{AT}", measured(rankings, queries, recall))
    for missed in misses(figures):
        print(f"MISSED {missed}")
    sys.exit(1 if misses(figures) else 0)


if __name__ == "__main__":
    main()
