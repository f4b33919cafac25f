"""Finding posts: by what is meant and by the words that are said, in one list."""

from __future__ import annotations

import json
import logging
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Literal, get_args
from uuid import UUID

import numpy as np

from services.community.accounts import Account
from services.community.posts import COLUMNS, FROM, LISTED, VISIBLE, Post
from services.discovery import candidates, ranking, terms
from services.discovery.alike import Placed, looking_like, placed
from services.discovery.candidates import Candidate, scope_of
from services.discovery.query import LONGEST_QUERY, MOST_WORDS, Query, parse
from services.discovery.ranking import Mode, Scores
from services.discovery.spaces import Space, Spaces
from services.discovery.terms import Reading
from services.discovery.words import marked
from services.errors import ConfigurationError, Unavailable, UserError
from services.ids import parse_id
from services.platform.database import Database, Transaction
from services.safety.hashes import phash
from services.studio.opening import opened_apart
from services.studio.reading import read_provenance

log = logging.getLogger(__name__)

Sort = Literal["relevance", "new", "liked"]

MOST = 24
MOST_AT_ONCE = 200
MOST_OWN = 60
LONGEST_PROMPT = 2000
MOST_FACETS = 12
MOST_TOPICS = 8
MOST_REMEMBERED = 512
NEAR = 0.32
"""How near in meaning a post without any of the words must be to be shown at all."""
NEAR_WITH_WORDS = 0.1
"""How much of the words it must have otherwise."""
NEAR_BESIDE_WORDS = 0.45
"""How near in meaning one's own prompt must be where others have the words: who looks for "boat" means the boats."""
ALIKE = 0.25
"""How near in meaning a post is that is like another."""


@dataclass(frozen=True)
class Found(Post):
    score: float
    """For ordering; comparable within one search."""
    similarity: float | None
    """In meaning: 1 is the same, None while the post was not read yet."""
    marks: tuple[str, ...]
    """The words of its prompt, caption and tags that match, as they stand there; none if only the meaning is alike."""


@dataclass(frozen=True)
class Count:
    value: str
    posts: int


@dataclass(frozen=True)
class Facets:
    """Of everything that fits, not only of what is shown: how many of each, the most first."""

    kinds: tuple[Count, ...] = ()
    models: tuple[Count, ...] = ()
    tags: tuple[Count, ...] = ()


@dataclass(frozen=True)
class Results:
    query: Query
    posts: list[Found]
    count: int
    """How many fit altogether, as far as was looked."""
    facets: Facets
    corrections: dict[str, str]
    """What was taken for slips, and what was searched for instead."""
    translations: dict[str, str]
    topics: tuple[str, ...]
    """Where nothing was found: tags of what is nearest."""


@dataclass(frozen=True)
class Example:
    """What a picture file leads to."""

    prompt: str | None
    """As the file tells it; None where it tells none."""
    same: list[Post]
    results: Results | None
    """Of the prompt."""


@dataclass(frozen=True)
class _Ranked:
    candidate: Candidate
    scores: Scores

    @property
    def is_near(self) -> bool:
        return _is_near(self.scores)


@dataclass(frozen=True)
class _Vector:
    post_id: UUID
    vector: str


class Search:
    def __init__(self, db: Database, spaces: Spaces) -> None:
        self._db = db
        self._spaces = spaces
        self._vectors = _Remembered(MOST_REMEMBERED)

    def prepare(self) -> None:
        """Somebody is about to search."""
        self._spaces.warm()

    def find(
        self, query: str, *, viewer: Account | None, limit: int = MOST, mode: Mode = "hybrid",
        sort: Sort = "relevance", floor: bool = True,
    ) -> Results:  # fmt: skip
        """What fits the query, as its author meant it, among what the viewer may be shown. Without a `floor` there are
        as many as wanted, however far from it. `UserError` for a query that asks for nothing."""
        if mode not in get_args(Mode) or sort not in get_args(Sort):
            raise UserError("There is no such way to search.")
        return self._find(parse(query), viewer, limit, mode, sort, floor)

    def _find(
        self, wanted: Query, viewer: Account | None, limit: int, mode: Mode = "hybrid", sort: Sort = "relevance",
        floor: bool = True,
    ) -> Results:  # fmt: skip
        limit = max(1, min(limit, MOST_AT_ONCE))
        reading, space = self._read(wanted)
        vector = None if mode == "words" else self._vector_of(space, reading.text)
        with self._db.transaction() as tx:
            tx.use_vectors()
            ranked = self._ranked(tx, wanted, reading, space, vector, mode, viewer, limit)
            near = [each for each in ranked if each.is_near or wanted.has_conditions] if floor else ranked
            chosen = _sorted(near, sort)[:limit]
            posts = _posts(tx, [each.candidate.id for each in chosen], viewer)
        found = [
            _found(posts[each.candidate.id], each.scores, reading) for each in chosen if each.candidate.id in posts
        ]
        return Results(
            wanted, found, len(near), _facets(each.candidate for each in near), reading.corrections,
            reading.translations, () if near else _topics(each.candidate for each in ranked),
        )  # fmt: skip

    def like(self, post_id: object, *, viewer: Account | None, limit: int = MOST) -> list[Found]:
        """The posts nearest in meaning to this one; none while it was not read yet."""
        wanted = parse_id(post_id, "post")
        with self._db.transaction() as tx:
            tx.use_vectors()
            space = self._spaces.serving(tx)
            vector = None if space is None else tx.value(
                f"""select v.vector::text from pentagram.post_vectors v join pentagram.posts p on p.id = v.post_id
                where v.post_id = %(id)s and v.space_id = %(space)s and {VISIBLE}""",
                id=wanted, space=space.id, viewer=viewer.id if viewer else None,
            )  # fmt: skip
            if vector is None:
                return []
            ranked = self._ranked(tx, Query(""), NOTHING_SAID, space, vector, "semantic", viewer, limit + 1)
            chosen = [each for each in ranked if each.candidate.id != wanted and each.scores.total >= ALIKE][:limit]
            posts = _posts(tx, [each.candidate.id for each in chosen], viewer)
        return [_found(posts[each.candidate.id], each.scores, NOTHING_SAID) for each in chosen]

    def understood(self, query: Query) -> tuple[Space | None, str | None, str]:
        """The space and the vector of what a query says, and its words as a `tsquery` of which all have to be there."""
        reading, space = self._read(query)
        return space, self._vector_of(space, reading.text), " & ".join(term.tsquery for term in reading.terms)

    def by_file(self, content: bytes, *, viewer: Account | None, limit: int = MOST) -> Example:
        """What a picture file leads to: posts that show almost the same, and those near the prompt that is written in
        it. `UserError` where it is no picture."""
        image = opened_apart(content)
        with self._db.transaction() as tx:
            same = looking_like(tx, phash(image), viewer=viewer.id if viewer else None, limit=limit)
        told = read_provenance(content)
        prompt = " ".join((told.prompt or "").split()) if told else ""
        if not any(map(str.isalnum, prompt)):
            return Example(None, same, None)
        return Example(prompt, same, self._near_prompt(prompt, viewer, limit))

    def duplicates(self, post_id: object, *, viewer: Account | None, limit: int = MOST) -> list[Post]:
        """Other posts that show almost the same as the first picture of this one."""
        wanted, who = parse_id(post_id, "post"), viewer.id if viewer else None
        with self._db.transaction() as tx:
            found = tx.value(f"select c.phash {FROM} where p.id = %(id)s and {VISIBLE}", id=wanted, viewer=who)
            return [] if found is None else looking_like(tx, found, viewer=who, limit=limit, but=wanted)

    def place(self, posts: Sequence[Post]) -> list[Placed]:
        """A map of these posts; those not read yet are not on it."""
        with self._db.transaction() as tx:
            tx.use_vectors()
            space = self._spaces.serving(tx)
            rows = [] if space is None else tx.rows(
                _Vector,
                """select post_id, vector::text as vector from pentagram.post_vectors
                where space_id = %(space)s and post_id = any(%(ids)s) order by post_id""",
                space=space.id, ids=[post.id for post in posts],
            )  # fmt: skip
        return placed([row.post_id for row in rows], np.array([json.loads(row.vector) for row in rows]))

    def own(self, query: str, *, by: Account, limit: int = MOST_OWN) -> list[UUID]:
        """One's own requests, posted or not, whose prompts fit, the best first."""
        wanted = parse(query)
        reading, space = self._read(wanted)
        vector = self._vector_of(space, reading.text)
        with self._db.transaction() as tx:
            tx.use_vectors()
            found = candidates.find_own(tx, by.id, wanted, reading.terms, space, vector, limit)
        ranked = [(_scored(each.similarity, each.marks, reading, "hybrid"), each.id) for each in found]
        near = [(scores, id_) for scores, id_ in ranked if _is_near(scores)]
        if any(scores.words >= NEAR_WITH_WORDS for scores, _ in near):
            near = [each for each in near if _is_near(each[0], NEAR_BESIDE_WORDS)]
        return [id_ for _, id_ in sorted(near, key=lambda each: (-each[0].total, -each[1].int))][:limit]

    def _near_prompt(self, prompt: str, viewer: Account | None, limit: int) -> Results | None:
        """A prompt is no query: nothing in it is a condition."""
        words = tuple(word for word in prompt[:LONGEST_QUERY].split() if any(map(str.isalnum, word)))
        return self._find(Query(prompt, words[:MOST_WORDS], text=prompt[:LONGEST_PROMPT]), viewer, limit)

    def _ranked(
        self, tx: Transaction, query: Query, reading: Reading, space: Space | None, vector: str | None, mode: Mode,
        viewer: Account | None, limit: int,
    ) -> list[_Ranked]:  # fmt: skip
        found = candidates.find(
            tx, scope=scope_of(tx, query), terms=reading.terms, space=space, vector=vector, mode=mode,
            viewer=viewer.id if viewer else None, most=limit,
        )  # fmt: skip
        ranked = [_Ranked(each, _scored(each.similarity, each.marks, reading, mode)) for each in found]
        return sorted(ranked, key=lambda each: (-each.scores.total, -each.candidate.id.int))

    def _read(self, query: Query) -> tuple[Reading, Space | None]:
        """What a query says, and the space in which its meaning is looked for."""
        with self._db.transaction() as tx:
            tx.use_vectors()
            return terms.read(tx, query), self._spaces.serving(tx)

    def _vector_of(self, space: Space | None, text: str) -> str | None:
        """None where nothing is said or was ever read, or the model does not answer: then words have to do."""
        if space is None or not text:
            return None
        try:
            return self._vectors.get((space.id, text), lambda: str(self._spaces.model_of(space).of([text])[0]))
        except (Unavailable, ConfigurationError):
            log.exception("Searching by words alone.")
            return None


class _Remembered:
    """The vectors of the latest queries."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[int, str], str] = OrderedDict()
        self._turn = Lock()

    def get(self, key: tuple[int, str], make: Callable[[], str]) -> str:
        with self._turn:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._turn:
            self._kept[key] = made
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made


NOTHING_SAID = Reading((), "")
ORDERS: dict[Sort, Callable[[_Ranked], tuple[float, int]]] = {
    "relevance": lambda each: (-each.scores.total, -each.candidate.id.int),
    "new": lambda each: (0, -each.candidate.id.int),
    "liked": lambda each: (-each.candidate.like_count, -each.candidate.id.int),
}


def _scored(similarity: float | None, marks: Sequence[float], reading: Reading, mode: Mode) -> Scores:
    places = [place for place, term in enumerate(reading.terms) for _ in term.forms]
    weights = [form.weight for term in reading.terms for form in term.forms]
    return ranking.scores(similarity, marks, weights, places, [term.rarity for term in reading.terms], mode)


def _is_near(scores: Scores, near: float = NEAR) -> bool:
    return scores.words >= NEAR_WITH_WORDS or (scores.similarity is not None and scores.similarity >= near)


def _sorted(ranked: Sequence[_Ranked], sort: Sort) -> list[_Ranked]:
    return sorted(ranked, key=ORDERS[sort])


def _posts(tx: Transaction, ids: Sequence[UUID], viewer: Account | None) -> dict[UUID, Post]:
    posts = tx.rows(
        Post, f"select {COLUMNS} {FROM} where p.id = any(%(ids)s) and {LISTED}",
        ids=list(ids), viewer=viewer.id if viewer else None,
    )  # fmt: skip
    return {post.id: post for post in posts}


def _found(post: Post, scores: Scores, reading: Reading) -> Found:
    forms = [(form.word, form.stem) for term in reading.terms for form in term.forms]
    said = "\n".join([post.prompt or "", post.caption, *post.tags])
    marks = tuple(marked(said, forms)) if scores.words else ()
    return Found(**vars(post), score=round(scores.total, 6), similarity=scores.similarity, marks=marks)


def _facets(found: Iterable[Candidate]) -> Facets:
    kinds: Counter[str] = Counter()
    models: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    for each in found:
        kinds["residents" if each.by_resident else "people"] += 1
        models[each.model] += 1
        tags.update(each.tags)
    return Facets(*(_counts(counter) for counter in (kinds, models, tags)))


def _counts(counter: Counter[str]) -> tuple[Count, ...]:
    ranked = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Count(value, posts) for value, posts in ranked[:MOST_FACETS])


def _topics(found: Iterable[Candidate]) -> tuple[str, ...]:
    """The tags of what is nearest, those of the nearest first."""
    tags = dict.fromkeys(tag for each in found for tag in each.tags)
    return tuple(tags)[:MOST_TOPICS]
