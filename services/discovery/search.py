"""Finding posts: by what is meant and by the words that are said, in one list."""

from __future__ import annotations

import json
import logging
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import get_args
from uuid import UUID

import numpy as np
from PIL import Image

from services.community.accounts import Account
from services.community.posts import COLUMNS, FROM, LISTED, VISIBLE, Post
from services.discovery import candidates, ranking, terms
from services.discovery.alike import Placed, looking_like, placed
from services.discovery.candidates import FEW, Candidate, Place, Scope, Seen, scope_of
from services.discovery.embeddings import Embeddings
from services.discovery.query import LONGEST_QUERY, MOST_WORDS, Query, parse
from services.discovery.ranking import Mode, Scores, Sort
from services.discovery.spaces import Space, Spaces
from services.discovery.terms import Reading, Term
from services.discovery.words import marked
from services.errors import ConfigurationError, Unavailable, UserError
from services.ids import parse_id
from services.pages import page_of, place_of
from services.platform.database import Database, Transaction
from services.safety.hashes import phash
from services.studio.opening import opened_apart
from services.studio.pictures import thumbnail_file
from services.studio.reading import read_provenance

log = logging.getLogger(__name__)

MOST = 24
MOST_AT_ONCE = 200
MOST_OWN = 60
MOST_COUNTED = FEW
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
SHOWS = 0.25
"""How near to the words a picture must be to show what they say: reasoned from what is told of OpenAI's CLIP."""
LOOKS_LIKE = 0.75
"""And how near to another picture."""


@dataclass(frozen=True)
class Found(Post):
    score: float
    """For ordering; comparable within one search."""
    similarity: float | None
    """In meaning: 1 is the same, None while the post was not read yet."""
    is_shown: bool
    """Whether it is to be seen on its pictures, as far as a model looks at them."""
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
    next: str | None = None
    """The cursor of what comes after, of the newest or most liked. The best are asked for anew, with more of them."""
    words_only: bool = False
    """Whether the meaning was left out because the model still wakes: ask again when it `is_waking` no more."""


@dataclass(frozen=True)
class Example:
    """What a picture file leads to."""

    prompt: str | None
    """As the file tells it; None where it tells none."""
    same: list[Post]
    results: Results | None
    """Of the prompt."""
    looks: Sequence[Found] = ()
    """Posts that show something like it, as far as a model looks at pictures."""


@dataclass(frozen=True)
class _Ranked:
    candidate: Candidate
    scores: Scores
    is_shown: bool = False

    @property
    def is_near(self) -> bool:
        return self.is_shown or _is_near(self.scores)


@dataclass(frozen=True)
class _Asked:
    """What is looked for, by whom, and all that was read out of it."""

    query: Query
    reading: Reading
    space: Space | None
    vector: str | None
    mode: Mode
    viewer: Account | None
    seen: Seen | None = None
    shows: float = SHOWS
    waking: bool = False

    @property
    def viewer_id(self) -> UUID | None:
        return self.viewer.id if self.viewer else None

    @property
    def terms(self) -> tuple[Term, ...]:
        """The words that a post may be found by."""
        return () if self.mode == "semantic" else self.reading.terms


@dataclass(frozen=True)
class _Vector:
    post_id: UUID
    vector: str


class Search:
    def __init__(self, db: Database, spaces: Spaces, pictures: Spaces | None = None) -> None:
        """`pictures` are the spaces of a model that looks at them, where one is configured."""
        self._db = db
        self._spaces = spaces
        self._pictures = pictures
        self._vectors = _Remembered(MOST_REMEMBERED)

    def prepare(self) -> None:
        """Somebody is about to search."""
        self._spaces.warm()
        if self._pictures is not None:
            self._pictures.warm()

    def is_waking(self) -> bool:
        """Whether the model that queries are read with still loads."""
        space = self._spaces.serving(self._db)
        return space is not None and self._spaces.named(space.model).is_waking

    def find(
        self, query: str, *, viewer: Account | None, limit: int = MOST, mode: Mode = "hybrid",
        sort: Sort = "relevance", floor: bool = True, after: str | None = None, waits: bool = True,
    ) -> Results:  # fmt: skip
        """What fits the query, as its author meant it, among what the viewer may be shown. Without a `floor` there are
        as many as wanted, however far from it. In the order of time or likes there is all that has the words, and goes
        on `after` a cursor. Whoever does not wait for the model gets what has the words while it loads. `UserError` for
        a query that asks for nothing."""
        if mode not in get_args(Mode) or sort not in get_args(Sort):
            raise UserError("There is no such way to search.")
        asked = self._understood(parse(query), viewer, mode, waits=waits)
        limit = max(1, min(limit, MOST_AT_ONCE))
        return self._best(asked, limit, floor) if sort == "relevance" else self._in_order(asked, limit, sort, after)

    def _understood(self, wanted: Query, viewer: Account | None, mode: Mode, *, waits: bool = True) -> _Asked:
        reading, space = self._read(wanted)
        if mode == "words":
            return _Asked(wanted, reading, space, None, mode, viewer)
        vector, waking = self._vector_of(self._spaces, space, reading.text, waits=waits)
        seen = self._seen(reading.text, waits=waits) if mode == "hybrid" else None
        return _Asked(wanted, reading, space, vector, mode, viewer, seen, waking=waking)

    def _seen(self, text: str, *, waits: bool) -> Seen | None:
        """What pictures are compared with, if any are looked at."""
        if self._pictures is None or (space := self._pictures.serving(self._db)) is None:
            return None
        vector, _ = self._vector_of(self._pictures, space, text, waits=waits)
        return None if vector is None else Seen(space, vector)

    def _best(self, asked: _Asked, limit: int, floor: bool = True) -> Results:
        with self._db.transaction() as tx:
            tx.use_vectors()
            ranked = self._ranked(tx, asked, limit)
            near = [each for each in ranked if each.is_near or asked.query.has_conditions] if floor else ranked
            found = _loaded(tx, near[:limit], asked)
        return _results(asked, found, len(near), near, ranked)

    def _in_order(self, asked: _Asked, limit: int, sort: Sort, after: str | None) -> Results:
        """All that has the words, and those of the best that are near in meaning. Where nothing has or is, what passes
        the conditions, as among the best."""
        place = Place(*place_of(after, int, UUID))
        with self._db.transaction() as tx:
            tx.use_vectors()
            ranked = self._ranked(tx, asked, MOST_AT_ONCE)
            near = [each for each in ranked if each.is_near]
            scope = _scope_in_order(tx, asked, something_is_near=bool(near))
            rows, count = candidates.in_order(
                tx, sort, place, scope=scope, near=[each.candidate.id for each in near], terms=asked.terms,
                space=asked.space, vector=asked.vector, seen=asked.seen, viewer=asked.viewer_id, most=limit + 1,
            )  # fmt: skip
            page = page_of(rows, limit, lambda each: [each.like_count, each.id])
            found = _loaded(tx, _weighed(page.items, asked), asked)
        fitting = near or (ranked if asked.query.has_conditions else [])
        return replace(_results(asked, found, count, fitting, ranked), next=page.next)

    def like(self, post_id: object, *, viewer: Account | None, limit: int = MOST) -> list[Found]:
        """The posts nearest in meaning to this one, and those that show something like its first picture; none while it
        was not read yet."""
        wanted = parse_id(post_id, "post")
        with self._db.transaction() as tx:
            tx.use_vectors()
            asked = self._asked_by_post(tx, wanted, viewer)
            if asked.vector is None and asked.seen is None:
                return []
            ranked = self._ranked(tx, asked, limit + 1)
            alike = [each for each in ranked if each.is_shown or (each.scores.similarity or 0) >= ALIKE]
            return _loaded(tx, [each for each in alike if each.candidate.id != wanted][:limit], asked)

    def _asked_by_post(self, tx: Transaction, post_id: UUID, viewer: Account | None) -> _Asked:
        """A post in place of words, as far as the viewer may see it."""
        who = viewer.id if viewer else None
        space = self._spaces.serving(tx)
        vector = None if space is None else tx.value(
            f"""select v.vector::text from pentagram.post_vectors v join pentagram.posts p on p.id = v.post_id
            where v.post_id = %(id)s and v.space_id = %(space)s and {VISIBLE}""",
            id=post_id, space=space.id, viewer=who,
        )  # fmt: skip
        seeing = None if self._pictures is None else self._pictures.serving(tx)
        picture = None if seeing is None else tx.value(
            f"""select v.vector::text from pentagram.picture_vectors v
            join pentagram.post_pictures pp on pp.creation_id = v.creation_id and pp.position = 0
            join pentagram.posts p on p.id = pp.post_id
            where p.id = %(id)s and v.space_id = %(space)s and {VISIBLE}""",
            id=post_id, space=seeing.id, viewer=who,
        )  # fmt: skip
        seen = Seen(seeing, picture) if seeing and picture else None
        return _Asked(Query(""), NOTHING_SAID, space, vector, "semantic", viewer, seen, LOOKS_LIKE)

    def understood(self, query: Query) -> tuple[Space | None, str | None, str]:
        """The space and the vector of what a query says, and its words as a `tsquery` of which all have to be there."""
        reading, space = self._read(query)
        return space, self._vector_of(self._spaces, space, reading.text)[0], candidates.all_of(reading.terms)

    def by_file(self, content: bytes, *, viewer: Account | None, limit: int = MOST) -> Example:
        """What a picture file leads to: posts that show almost the same, and those near the prompt that is written in
        it. `UserError` where it is no picture."""
        image = opened_apart(content)
        with self._db.transaction() as tx:
            same = looking_like(tx, phash(image), viewer=viewer.id if viewer else None, limit=limit)
        told = read_provenance(content)
        prompt = " ".join((told.prompt or "").split()) if told else ""
        looks = self._looking_like(image, viewer, limit)
        if not any(map(str.isalnum, prompt)):
            return Example(None, same, None, looks)
        return Example(prompt, same, self._near_prompt(prompt, viewer, limit), looks)

    def _looking_like(self, image: Image.Image, viewer: Account | None, limit: int) -> list[Found]:
        """Nothing where no model looks at pictures, or it does not answer: then the words in the file have to do."""
        if self._pictures is None or (space := self._pictures.serving(self._db)) is None:
            return []
        try:
            [vector] = self._pictures.model_of(space).of_pictures([thumbnail_file(image)])
        except (Unavailable, ConfigurationError):
            log.exception("Searching without looking at the picture.")
            return []
        asked = _Asked(
            Query(""), NOTHING_SAID, None, None, "semantic", viewer, Seen(space, str(vector)), LOOKS_LIKE
        )  # fmt: skip
        with self._db.transaction() as tx:
            tx.use_vectors()
            return _loaded(tx, [each for each in self._ranked(tx, asked, limit) if each.is_shown][:limit], asked)

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
        vector, _ = self._vector_of(self._spaces, space, reading.text)
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
        wanted = Query(prompt, words[:MOST_WORDS], text=prompt[:LONGEST_PROMPT])
        return self._best(self._understood(wanted, viewer, "hybrid"), max(1, min(limit, MOST_AT_ONCE)))

    def _ranked(self, tx: Transaction, asked: _Asked, limit: int) -> list[_Ranked]:
        found = candidates.find(
            tx, scope=scope_of(tx, asked.query), terms=asked.reading.terms, space=asked.space, vector=asked.vector,
            mode=asked.mode, viewer=asked.viewer_id, most=limit, seen=asked.seen,
        )  # fmt: skip
        return sorted(_weighed(found, asked), key=lambda each: (-each.scores.total, -each.candidate.id.int))

    def _read(self, query: Query) -> tuple[Reading, Space | None]:
        """What a query says, and the space in which its meaning is looked for."""
        with self._db.transaction() as tx:
            tx.use_vectors()
            return terms.read(tx, query), self._spaces.serving(tx)

    def _vector_of(
        self, spaces: Spaces, space: Space | None, text: str, *, waits: bool = True
    ) -> tuple[str | None, bool]:
        """None where nothing is said or was ever read, or the model does not answer: then words have to do. And whether
        that is only because it still loads."""
        if space is None or not text:
            return None, False
        try:
            if not waits and (space.id, text) not in self._vectors and not (model := _ready(spaces, space)).is_awake:
                return None, model.is_waking
            return self._vectors.get((space.id, text), lambda: str(spaces.model_of(space).of([text])[0])), False
        except (Unavailable, ConfigurationError):
            log.exception("Searching by words alone.")
            return None, False


class _Remembered:
    """The vectors of the latest queries."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[int, str], str] = OrderedDict()
        self._turn = Lock()

    def __contains__(self, key: tuple[int, str]) -> bool:
        with self._turn:
            return key in self._kept

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
NOTHING = Scope("false", {}, needs_words=False, needs_posts=True)


def _ready(spaces: Spaces, space: Space) -> Embeddings:
    """The model of a space, told to get ready."""
    model = spaces.named(space.model)
    model.warm()
    return model


def _weighed(found: Sequence[Candidate], asked: _Asked) -> list[_Ranked]:
    """With what they are worth, the place among those that show it included."""
    showing = sorted((each for each in found if (each.shown or 0) >= asked.shows), key=lambda each: -(each.shown or 0))
    worth = {each.id: ranking.worth_of_place(place) for place, each in enumerate(showing)}
    return [_weigh(each, asked, worth.get(each.id)) for each in found]


def _weigh(candidate: Candidate, asked: _Asked, shown: float | None) -> _Ranked:
    scores = _scored(candidate.similarity, candidate.marks, asked.reading, asked.mode)
    return _Ranked(candidate, replace(scores, total=scores.total + (shown or 0)), shown is not None)


def _scored(similarity: float | None, marks: Sequence[float], reading: Reading, mode: Mode) -> Scores:
    places = [place for place, term in enumerate(reading.terms) for _ in term.forms]
    weights = [form.weight for term in reading.terms for form in term.forms]
    return ranking.scores(similarity, marks, weights, places, [term.rarity for term in reading.terms], mode)


def _is_near(scores: Scores, near: float = NEAR) -> bool:
    return scores.words >= NEAR_WITH_WORDS or (scores.similarity is not None and scores.similarity >= near)


def _scope_in_order(tx: Transaction, asked: _Asked, *, something_is_near: bool) -> Scope:
    """What of a list in order is found by itself: it has all the words, or only passes the conditions."""
    scope = scope_of(tx, asked.query)
    if not asked.query.text or (asked.query.has_conditions and not something_is_near):
        return scope
    return scope.having(asked.terms) if asked.terms else NOTHING


def _results(
    asked: _Asked, found: list[Found], count: int, fitting: Sequence[_Ranked], ranked: Sequence[_Ranked]
) -> Results:
    return Results(
        asked.query, found, count, _facets(each.candidate for each in fitting), asked.reading.corrections,
        asked.reading.translations, () if found else _topics(each.candidate for each in ranked),
        words_only=asked.waking,
    )  # fmt: skip


def _loaded(tx: Transaction, chosen: Sequence[_Ranked], asked: _Asked) -> list[Found]:
    posts = _posts(tx, [each.candidate.id for each in chosen], asked.viewer)
    return [_found(posts[each.candidate.id], each, asked.reading) for each in chosen if each.candidate.id in posts]


def _posts(tx: Transaction, ids: Sequence[UUID], viewer: Account | None) -> dict[UUID, Post]:
    posts = tx.rows(
        Post, f"select {COLUMNS} {FROM} where p.id = any(%(ids)s) and {LISTED}",
        ids=list(ids), viewer=viewer.id if viewer else None,
    )  # fmt: skip
    return {post.id: post for post in posts}


def _found(post: Post, ranked: _Ranked, reading: Reading) -> Found:
    scores = ranked.scores
    forms = [(form.word, form.stem) for term in reading.terms for form in term.forms]
    said = "\n".join([post.prompt or "", post.caption, *post.tags])
    marks = tuple(marked(said, forms)) if scores.words else ()
    return Found(
        **vars(post), score=round(scores.total, 6), similarity=scores.similarity, is_shown=ranked.is_shown, marks=marks
    )


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
