"""What comes into question for a query, as Postgres finds it: by words, by meaning, and only what this viewer may be
shown. Conditions are inside: with them nothing is found too few times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, LiteralString
from uuid import UUID

from services.community.posts import LISTED
from services.discovery.query import Query, first_id
from services.discovery.ranking import Mode, Sort
from services.discovery.spaces import Space
from services.discovery.terms import Term
from services.platform.database import Transaction

NEAREST = 150
"""How many are taken by their meaning."""
MOST_WITH_ALL, MOST_WITH_SOME = 200, 300
"""How many are taken by their words."""
COMMON = 10_000
"""In more posts than these a word is too common to be looked for by itself."""
FEW = 12_000
"""So many posts that pass the conditions are compared one by one; of more the index finds the nearest."""
NEWEST, NEAREST_OF_NEWEST = 1_000, 50
"""Of the newest posts the nearest are found one by one: a lone one among many alike, the index may not lead to."""
EF_SEARCH = 150
MOST_SCANNED = 40_000
ORDER: dict[Sort, LiteralString] = {"new": "p.id desc", "liked": "p.like_count desc, p.id desc"}
BEYOND: dict[Sort, LiteralString] = {
    "new": "(%(last)s::uuid is null or p.id < %(last)s)",
    "liked": "(%(last)s::uuid is null or (p.like_count, p.id) < (%(likes)s::integer, %(last)s))",
}

PHRASES: LiteralString = """
select coalesce(string_agg('(' || q::text || ')', %(joint)s order by n), '') from (
  select n, case when strpos(btrim(pentagram.fold(each)), ' ') = 0 and not %(exact)s
    then plainto_tsquery('pg_catalog.english', pentagram.fold(each))
    else phraseto_tsquery('pentagram.exact', pentagram.fold(each)) end as q
  from unnest(%(phrases)s::text[]) with ordinality as t (each, n)) q
where numnode(q) > 0
"""


@dataclass(frozen=True)
class Candidate:
    id: UUID
    similarity: float | None
    shown: float | None
    """How near what its pictures show is; of several the nearest."""
    marks: list[float]
    by_resident: bool
    model: str
    tags: list[str]
    like_count: int


@dataclass(frozen=True)
class Own:
    """A request of one's own."""

    id: UUID
    similarity: float | None
    marks: list[float]


@dataclass(frozen=True)
class Scope:
    """The conditions of a query, as SQL on `p` and, where `needs_words`, on `w`."""

    sql: LiteralString
    parameters: dict[str, Any]
    needs_words: bool
    needs_posts: bool

    def ids(self, also: LiteralString | None = None) -> LiteralString:
        """The posts that pass."""
        if also is not None:
            return f"select p.id from pentagram.posts p {self.joined} where {also} and {self.sql}"
        if self.needs_posts:
            return f"select p.id from pentagram.posts p {self.joined} where {self.sql}"
        return f"select w.post_id as id from pentagram.post_words w where {self.sql}"

    @property
    def joined(self) -> LiteralString:
        return "join pentagram.post_words w on w.post_id = p.id" if self.needs_words else ""

    @property
    def one_by_one(self) -> LiteralString:
        """The same on `p` alone, looked up for one post after the other: never found by its words first and sorted."""
        if not self.needs_words:
            return self.sql
        # Without the offset Postgres takes the subquery for a join.
        return f"exists (select from pentagram.post_words w where w.post_id = p.id and {self.sql} offset 0)"

    def having(self, terms: Sequence[Term]) -> Scope:
        """And all of these words."""
        if not terms:
            return self
        return Scope(
            f"{self.sql} and w.words @@ %(all)s::tsquery",
            self.parameters | {"all": all_of(terms)},
            True,
            self.needs_posts,
        )


@dataclass(frozen=True)
class Seen:
    """What pictures are compared with."""

    space: Space
    vector: str

    @property
    def far(self) -> LiteralString:
        """On the picture vectors `v`."""
        return f"{self.space.comparable} <=> %(seen)s::{self.space.halfvec}"


@dataclass(frozen=True)
class Place:
    """Where a list in order goes on: after this post."""

    likes: int | None = None
    last: UUID | None = None


def scope_of(tx: Transaction, query: Query) -> Scope:
    """Everything that the query makes a condition."""
    parts: list[LiteralString] = []
    given: dict[str, Any] = {}
    if query.by:
        parts.append("p.account_id in (select a.id from pentagram.accounts a where a.name = any(%(by)s))")
        given["by"] = list(query.by)
    for number, tag in enumerate(query.tags):
        name = f"tag{number}"
        parts.append(f"exists (select from pentagram.post_tags t where t.post_id = p.id and t.tag = %({name})s)")
        given[name] = tag
    if query.kind:
        parts.append("p.by_resident" if query.kind == "residents" else "not p.by_resident")
    for moment, sql in ((query.after, "p.id >= %(after)s::uuid"), (query.before, "p.id < %(before)s::uuid")):
        if moment is not None:
            parts.append(sql)
            given["after" if ">=" in sql else "before"] = first_id(moment)
    worded = _worded(tx, query, given)
    needs_posts = bool(parts) or not worded
    return Scope(" and ".join(["true", *parts, *worded]), given, bool(worded), needs_posts)


def _worded(tx: Transaction, query: Query, given: dict[str, Any]) -> list[LiteralString]:
    parts: list[LiteralString] = []
    if query.models:
        parts.append("w.model = any(%(models)s)")
        given["models"] = [form for model in query.models for form in (model, model.lower())]
    if wanted := _phrases(tx, query.phrases, "&&"):
        parts.append("w.words @@ %(phrases)s::tsquery")
        given["phrases"] = wanted
    if unwanted := _phrases(tx, query.without, "||"):
        parts.append("not w.words @@ %(without)s::tsquery")
        given["without"] = unwanted
    return parts


def _phrases(tx: Transaction, phrases: Sequence[str], joint: str) -> str:
    """As one tsquery; a word by its stem, several in their order."""
    return str(tx.value(PHRASES, joint=" & " if joint == "&&" else " | ", exact=joint == "&&", phrases=list(phrases)))


def find(
    tx: Transaction, *, scope: Scope, terms: Sequence[Term], space: Space | None, vector: str | None, mode: Mode,
    viewer: UUID | None, most: int, seen: Seen | None = None,
) -> list[Candidate]:  # fmt: skip
    """Those nearest in meaning, those whose pictures show the nearest, those with all the words, and those with some
    rare ones of them."""
    forms = [form for term in terms for form in term.forms]
    given = scope.parameters | {
        "viewer": viewer, "marked": [form.tsquery for form in forms], "vector": vector, "near": max(NEAREST, most),
        "space": space.id if space else None, "seen": seen.vector if seen else None, "all": all_of(terms),
        "some": _rare(terms, beside_meaning=vector is not None), "most_with_all": max(MOST_WITH_ALL, most),
        "most_with_some": max(MOST_WITH_SOME, most),
    }  # fmt: skip
    sources: list[LiteralString] = []
    few = _few(tx, scope, given)
    listed: LiteralString = f"{LISTED} and {scope.sql}"
    if few:
        sources.append(_first_listed("select id from few order by id desc", "near"))
    if space is not None and vector is not None and mode != "words":
        _look_far(tx)
        sources.append(_near_of_few(space) if few else _near(space, scope, listed))
    if seen is not None:
        _look_far(tx)
        sources.append(_showing_of_few(seen) if few else _showing(seen, scope, listed))
    if terms and mode != "semantic":
        sources += [_having_of_few(column, limit) if few else _having(column, limit, scope, listed)
                    for column, limit in (("all", "most_with_all"), ("some", "most_with_some"))
                    if given[column]]  # fmt: skip
    if not sources:
        sources.append(
            f"(select p.id from pentagram.posts p {scope.joined} where {listed} order by p.id desc limit %(near)s)"
        )
    begun: LiteralString = f"with few as materialized ({few})," if few else "with"
    return tx.rows(
        Candidate,
        f"""{begun} chosen as materialized ({" union ".join(sources)}) {_weighed(space, vector, seen)}""",
        **given,
    )  # fmt: skip


def in_order(
    tx: Transaction, sort: Sort, after: Place, *, scope: Scope, near: Sequence[UUID], terms: Sequence[Term],
    space: Space | None, vector: str | None, viewer: UUID | None, most: int, seen: Seen | None = None,
) -> tuple[list[Candidate], int]:  # fmt: skip
    """Those that pass the conditions and those `near`, the newest or most liked first, from a place on; and how many
    there are of them altogether, as far as it is worth to count."""
    given = scope.parameters | {
        "viewer": viewer, "space": space.id if space else None, "vector": vector, "near": list(near), "most": most,
        "marked": [form.tsquery for term in terms for form in term.forms], "likes": after.likes, "last": after.last,
        "seen": seen.vector if seen else None,
    }  # fmt: skip
    listed = scope.ids(LISTED)
    count = _count(tx, listed, given)
    few = count <= FEW
    passing: LiteralString = "p.id in (select id from few)" if few else f"{LISTED} and {scope.one_by_one}"
    begun: LiteralString = f"with few as materialized ({listed})," if few else "with"
    found = tx.rows(
        Candidate,
        f"""{begun} chosen as materialized (
          {_first(passing, sort)} union {_first("p.id = any(%(near)s)", sort)})
        {_weighed(space, vector, seen)} order by {ORDER[sort]} limit %(most)s""",
        **given,
    )  # fmt: skip
    others = tx.value(
        f"select count(*) from pentagram.posts p where p.id = any(%(near)s) and not {scope.one_by_one}", **given
    )
    return found, count + int(others)


def all_of(terms: Sequence[Term]) -> str:
    """As a `tsquery`."""
    return " & ".join(term.tsquery for term in terms)


def _first(passing: LiteralString, sort: Sort) -> LiteralString:
    return f"""(select p.id from pentagram.posts p where {passing} and {BEYOND[sort]}
      order by {ORDER[sort]} limit %(most)s)"""


def _weighed(space: Space | None, vector: str | None, seen: Seen | None) -> LiteralString:
    """What the ranking asks of those `chosen`."""
    similarity: LiteralString = (
        f"(1 - ({space.comparable} <=> %(vector)s::{space.halfvec}))" if space and vector else "null"
    )
    shown: LiteralString = (
        "null"
        if seen is None
        else f"""(select 1 - min({seen.far}) from pentagram.post_pictures pp
      join pentagram.picture_vectors v on v.creation_id = pp.creation_id and v.space_id = {seen.space.id}
      where pp.post_id = p.id)"""
    )
    return f"""select p.id, {similarity}::double precision as similarity, {shown}::double precision as shown,
      array(select ts_rank('{{0.5, 0.6, 0.8, 1.0}}', m.words, q::tsquery)::double precision
        from unnest(%(marked)s::text[]) q) as marks,
      p.by_resident, m.model, p.tags, p.like_count
    from chosen join pentagram.posts p on p.id = chosen.id
    join pentagram.post_words m on m.post_id = p.id
    left join pentagram.post_vectors v on v.post_id = p.id and v.space_id = %(space)s"""


def find_own(
    tx: Transaction,
    account: UUID,
    query: Query,
    terms: Sequence[Term],
    space: Space | None,
    vector: str | None,
    most: int,
) -> list[Own]:
    """Somebody's own requests, near in meaning or with any of the words in them."""
    similarity: LiteralString = (
        f"(1 - ({space.comparable} <=> %(vector)s::{space.halfvec}))::double precision" if space and vector
        else "null::double precision"
    )  # fmt: skip
    return tx.rows(
        Own,
        f"""with mine as (
          select r.id, r.prompt, {similarity} as similarity, {OWN_WORD} as has_word from pentagram.requests r
          left join pentagram.prompt_vectors v on v.request_id = r.id and v.space_id = %(space)s
          where r.account_id = %(account)s
        ), chosen as (
          (select * from mine where has_word order by id desc limit %(some)s)
          union (select * from mine where similarity is not null order by similarity desc limit %(near)s)
        )
        select id, similarity, array(
          select ts_rank(setweight(pentagram.lexemes(prompt), 'A'), q::tsquery)::double precision
          from unnest(%(marked)s::text[]) q) as marks
        from chosen
        where (%(phrases)s = '' or pentagram.lexemes(prompt) @@ %(phrases)s::tsquery)
          and (%(without)s = '' or not pentagram.lexemes(prompt) @@ %(without)s::tsquery)""",
        account=account, space=space.id if space else None, vector=vector, some=MOST_WITH_SOME, near=max(NEAREST, most),
        marked=[form.tsquery for term in terms for form in term.forms],
        has=[f"%{form.stem or form.word}%" for term in terms for form in term.forms],
        phrases=_phrases(tx, query.phrases, "&&"), without=_phrases(tx, query.without, "||"),
    )  # fmt: skip


OWN_WORD: LiteralString = "lower(r.prompt) like any(%(has)s::text[])"


def _few(tx: Transaction, scope: Scope, given: dict[str, Any]) -> LiteralString | None:
    """The posts that pass the conditions, where they are few; rather with those that are not listed among them, since
    what is listed of a few is cheaper to tell in the end."""
    if scope.sql == "true":
        return None
    return next((ids for ids in (scope.ids(), scope.ids(LISTED)) if _count(tx, ids, given) <= FEW), None)


def _count(tx: Transaction, ids: LiteralString, given: dict[str, Any]) -> int:
    """No further than it matters."""
    return int(tx.value(f"select count(*) from ({ids} limit %(few)s) counted", few=FEW + 1, **given))


def _first_listed(ordered: LiteralString, most: LiteralString) -> LiteralString:
    """Of posts in their order the first that are listed: the offset keeps Postgres from asking that of all of them."""
    return f"""(select o.id from ({ordered} offset 0) o
      where exists (select from pentagram.posts p where p.id = o.id and {LISTED} offset 0) limit %({most})s)"""


def _near_of_few(space: Space) -> LiteralString:
    return _first_listed(
        f"""select few.id from few join pentagram.post_vectors v on v.post_id = few.id and v.space_id = %(space)s
      order by {space.comparable} <=> %(vector)s::{space.halfvec}""",
        "near",
    )


def _near(space: Space, scope: Scope, listed: LiteralString) -> LiteralString:
    return f"""(select v.post_id as id
      from pentagram.post_vectors v join pentagram.posts p on p.id = v.post_id {scope.joined}
      where v.space_id = {space.id} and {listed}
      order by {space.comparable} <=> %(vector)s::{space.halfvec} limit %(near)s)
    union (select v.id from (
        select v.post_id as id from (
          select post_id, vector from pentagram.post_vectors where space_id = {space.id}
          order by post_id desc limit {NEWEST}) v
        order by {space.comparable} <=> %(vector)s::{space.halfvec} limit {NEAREST_OF_NEWEST}) v
      join pentagram.posts p on p.id = v.id {scope.joined} where {listed})"""


def _showing_of_few(seen: Seen) -> LiteralString:
    return _first_listed(
        f"""select few.id from few join pentagram.post_pictures pp on pp.post_id = few.id
      join pentagram.picture_vectors v on v.creation_id = pp.creation_id and v.space_id = {seen.space.id}
      order by {seen.far}""",
        "near",
    )


def _showing(seen: Seen, scope: Scope, listed: LiteralString) -> LiteralString:
    return f"""(select pp.post_id as id from pentagram.picture_vectors v
      join pentagram.post_pictures pp on pp.creation_id = v.creation_id
      join pentagram.posts p on p.id = pp.post_id {scope.joined}
      where v.space_id = {seen.space.id} and {listed} order by {seen.far} limit %(near)s)"""


def _having_of_few(words: LiteralString, limit: LiteralString) -> LiteralString:
    return _first_listed(
        f"""select few.id from few join pentagram.post_words w on w.post_id = few.id
      where w.words @@ %({words})s::tsquery""",
        limit,
    )


def _having(words: LiteralString, limit: LiteralString, scope: Scope, listed: LiteralString) -> LiteralString:
    joined: LiteralString = "" if scope.needs_words else "join pentagram.post_words w on w.post_id = p.id"
    return f"""(select p.id from pentagram.posts p {scope.joined} {joined}
      where w.words @@ %({words})s::tsquery and {listed} limit %({limit})s)"""


def _rare(terms: Sequence[Term], *, beside_meaning: bool) -> str:
    """The rarest of the words, as many as no more posts have than may be looked at, and always one that some have,
    unless so many have it that any few of those say nothing beside the nearest. A word that nobody had when words were
    counted last costs nothing, and may be a new post's."""
    ranked = sorted(terms, key=lambda term: term.posts)
    if beside_meaning:
        ranked = [term for term in ranked if term.posts <= COMMON]
    chosen = [term for term in ranked if not term.posts]
    for term in ranked[len(chosen) :]:
        posts = sum(each.posts for each in chosen)
        if posts and posts + term.posts > MOST_WITH_SOME:
            break
        chosen.append(term)
    return " | ".join(term.tsquery for term in chosen)


def _look_far(tx: Transaction) -> None:
    tx.execute(
        """select set_config('hnsw.ef_search', %(ef)s, true), set_config('hnsw.max_scan_tuples', %(most)s, true)""",
        ef=str(EF_SEARCH), most=str(MOST_SCANNED),
    )  # fmt: skip
