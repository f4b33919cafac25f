"""What comes into question for somebody's next page: each source one query on an index, none longer than its limit, and
only what this person may be shown and has not been shown of late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, LiteralString
from uuid import UUID

import numpy as np

from services.community.feeds import FOLLOWED, KINDS, Kind
from services.community.posts import LISTED, PUBLIC
from services.discovery.recommendations.choosing import Away
from services.discovery.recommendations.features import SOURCES, Floats, Pool
from services.discovery.recommendations.interests import Interest, counting
from services.discovery.recommendations.memory import as_vector
from services.discovery.spaces import Space
from services.platform.database import Transaction

SEEN_FOR = "14 days"
"""So long nothing that was shown is shown again, as long as there is anything else."""
NEAREST, MOST = 30, 40
LAST_LIKES, TOGETHER_EACH = 20, 20
LIKED = frozenset({"like", "comment", "save", "remix"})
"""Deeds with a post by which what goes together with it comes into question."""
MOST_FOLLOWED, LIKES_OF_EACH = 300, 5
NEWEST, FEW_VIEWS, RESIDENTS, RANDOM = 300, 30, 12, 40
MOST_ASKED_FOR = 6
EF_SEARCH = 40

NOT_UNWANTED: LiteralString = """(select true from pentagram.unwanted_makers u
    where u.account_id = %(viewer)s and u.maker_id = p.account_id) is not true
  and p.account_id <> all(%(unwanted)s::uuid[])"""
OPEN: LiteralString = f"""{LISTED} and {{kind}} and p.account_id is distinct from %(viewer)s
  and {NOT_UNWANTED} and p.id <> all(%(above)s::uuid[])
  and (select true from pentagram.likes k where k.account_id = %(viewer)s and k.post_id = p.id) is not true
  and (select true from pentagram.impressions s where s.account_id = %(viewer)s and s.post_id = p.id
    and s.shown_at > now() - interval '{SEEN_FOR}' limit 1) is not true"""

# With its offset each post is looked at when its turn comes. Without, the planner believes that hardly any is open, and
# in a small house looks at all of them, for each interest.
NEAR: LiteralString = f"""select v.post_id as id, 1.0::double precision as score
from unnest(%(centres)s::text[]) c (centre) cross join lateral (
  select v.post_id from pentagram.post_vectors v cross join lateral (
    select from pentagram.posts p where p.id = v.post_id and {OPEN} offset 0) p
  where v.space_id = {{space}}
  order by {{comparable}} <=> c.centre::{{halfvec}} limit {NEAREST}) v"""
# Of somebody who follows thousands some are looked at, each time others.
SOME_FOLLOWED: LiteralString = f"(select f.followed_id {FOLLOWED} order by random() limit {MOST_FOLLOWED})"
# Up to the newest, not up to now: of a house where nobody posts any more the random ones would otherwise run out.
OF_ALL: LiteralString = f"from pentagram.posts p where {PUBLIC}"
QUERIES: Mapping[str, LiteralString] = {
    "together": f"""select p.id, sum(t.score) as score
      from unnest(%(liked)s::uuid[]) l (id) cross join lateral (
        select t.other_id, (t.weight + least(t.young_weight, t.weight + 0.5))::double precision as score
        from pentagram.together t where t.post_id = l.id order by t.weight desc, t.other_id limit {TOGETHER_EACH}) t
      join pentagram.posts p on p.id = t.other_id where {OPEN}
      group by p.id order by score desc, p.id limit {MOST}""",
    "followed": f"""select p.id, 1.0::double precision as score from {SOME_FOLLOWED} f cross join lateral (
        select p.id from pentagram.posts p where p.account_id = f.followed_id and {OPEN} order by p.id desc limit 2) p
      order by p.id desc limit {MOST}""",
    "friends": f"""select p.id, count(*)::double precision as score from {SOME_FOLLOWED} f cross join lateral (
        select l.post_id from pentagram.likes l where l.account_id = f.followed_id
        order by l.created_at desc limit {LIKES_OF_EACH}) l
      join pentagram.posts p on p.id = l.post_id where {OPEN}
      group by p.id order by score desc, p.id desc limit {MOST}""",
    "trending": f"""select p.id, 1.0::double precision as score from pentagram.posts p where {OPEN}
      order by p.hot desc, p.id desc limit {MOST}""",
    "loved": f"""select p.id, 1.0::double precision as score from pentagram.posts p where {OPEN}
      order by p.like_count desc, p.id desc limit {MOST}""",
    "fresh": f"""select n.id, 1.0::double precision as score from (
        select p.id from pentagram.posts p where {OPEN} order by p.id desc limit {NEWEST}) n
      left join pentagram.exposures e on e.post_id = n.id
      where coalesce(e.views, 0) < {FEW_VIEWS} order by n.id desc limit {MOST}""",
    "residents": f"""select p.id, 1.0::double precision as score from pentagram.posts p
      where p.by_resident and {OPEN} order by p.hot desc, p.id desc limit {RESIDENTS}""",
    "random": f"""select distinct r.id, 1.0::double precision as score from (
        select pentagram.id_at(o.begun + random() * (o.ended - o.begun)) as from_id
        from (select (select p.created_at {OF_ALL} order by p.id limit 1) as begun,
          (select p.created_at {OF_ALL} order by p.id desc limit 1) as ended) o
        cross join generate_series(1, {RANDOM})) g
      cross join lateral (
        select p.id from pentagram.posts p where p.id >= g.from_id and {OPEN} order by p.id limit 1) r""",
}
APART: LiteralString = """(select true from pentagram.post_vectors v
    join unnest(%(away)s::text[], %(from_)s::double precision[]) u (centre, from_)
      on 1 - ({comparable} <=> u.centre::{halfvec}) >= u.from_
    where v.post_id = p.id and v.space_id = %(space)s limit 1) is not true"""
# Where nothing is left that was not seen: first what one made oneself, then what was shown or liked longest ago.
AGAIN: LiteralString = f"""
with mine as (
  select p.id, null::timestamptz as shown_at from pentagram.posts p
  where p.account_id = %(viewer)s and {LISTED} and {{kind}} and {{apart}} and p.id <> all(%(above)s::uuid[])
  order by p.id desc limit %(most)s
), liked as (
  select k.post_id as id, k.created_at as shown_at from pentagram.likes k join pentagram.posts p on p.id = k.post_id
  where k.account_id = %(viewer)s and {LISTED} and {{kind}} and {NOT_UNWANTED} and {{apart}}
    and p.id <> all(%(above)s::uuid[])
  order by k.created_at limit %(most)s
), shown as (
  select s.post_id as id, s.shown_at from pentagram.impressions s join pentagram.posts p on p.id = s.post_id
  where s.account_id = %(viewer)s and s.shown_at > now() - interval '{SEEN_FOR}' and {LISTED} and {{kind}}
    and {NOT_UNWANTED} and {{apart}} and p.account_id is distinct from %(viewer)s
    and p.id <> all(%(above)s::uuid[])
    and (select true from pentagram.impressions l where l.account_id = %(viewer)s and l.post_id = s.post_id
      and l.shown_at > s.shown_at limit 1) is not true
  order by s.shown_at limit %(most)s
)
select id from (
  select id, shown_at from mine union all select id, shown_at from liked union all select id, shown_at from shown) a
group by id order by min(shown_at) nulls first, id desc limit %(most)s
"""
AGAIN_FOR_VISITOR: LiteralString = f"""
select p.id from unnest(%(seen)s::uuid[]) with ordinality s (id, place) join pentagram.posts p on p.id = s.id
where {LISTED} and {{kind}} and {NOT_UNWANTED} and {{apart}} and p.id <> all(%(above)s::uuid[])
order by s.place limit %(most)s
"""
OWN: LiteralString = f"""select p.id from pentagram.posts p
where p.account_id = %(viewer)s and {LISTED} and {{kind}} and p.created_at > now() - interval '1 hour'
  and p.id >= pentagram.id_at(now() - interval '1 hour') and p.id <> all(%(above)s::uuid[])
  and (select true from pentagram.impressions s
    where s.account_id = %(viewer)s and s.post_id = p.id limit 1) is not true
order by p.id desc limit 3"""
NEWER: LiteralString = f"""select p.id from pentagram.posts p where {OPEN} and p.id > %(than)s
order by p.id desc limit {MOST_ASKED_FOR}"""
DETAILS: LiteralString = """
select p.id, p.account_id as maker, halfvec_send(v.vector) as vector, p.by_resident as resident,
  greatest(0, extract(epoch from now() - p.created_at) / 3600)::double precision as age_h,
  coalesce(e.likes, 0) as likes, coalesce(e.young_likes, 0) as young_likes, coalesce(e.views, 0) as views,
  coalesce(m.likes, 0) as maker_likes, coalesce(m.views, 0) as maker_views,
  (select true from pentagram.follows f
    where f.follower_id = %(viewer)s and f.followed_id = p.account_id) is true as follows
from pentagram.posts p
left join pentagram.post_vectors v on v.post_id = p.id and v.space_id = %(space)s
left join pentagram.exposures e on e.post_id = p.id
left join pentagram.maker_exposures m on m.account_id = p.account_id
where p.id = any(%(ids)s) order by p.id
"""
NUMBERS = ("age_h", "likes", "young_likes", "views", "maker_likes", "maker_views")


@dataclass(frozen=True)
class Asked:
    """For whom, of which kind, and what is not to come: what stands above, and makers whom a visitor does not want."""

    viewer: UUID | None
    kind: Kind
    above: Sequence[UUID]
    unwanted: Sequence[UUID] = ()

    @property
    def parameters(self) -> dict[str, Any]:
        return {"viewer": self.viewer, "above": list(self.above), "unwanted": list(self.unwanted)}

    def of_kind(self, sql: LiteralString) -> LiteralString:
        return sql.replace("{kind}", KINDS[self.kind])


@dataclass(frozen=True)
class _Found:
    id: UUID
    score: float


@dataclass(frozen=True)
class _Details:
    id: UUID
    maker: UUID
    vector: bytes | None
    resident: bool
    age_h: float
    likes: int
    young_likes: int
    views: int
    maker_likes: int
    maker_views: int
    follows: bool


@dataclass
class _Scores:
    """By source, and in it by post."""

    found: dict[str, dict[UUID, float]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, source: str, rows: Sequence[_Found]) -> None:
        self.found[source] = {row.id: row.score for row in rows}

    @property
    def ids(self) -> list[UUID]:
        return list({id_ for scores in self.found.values() for id_ in scores})

    def of(self, ids: Sequence[UUID]) -> Floats:
        """A row for each of these, a column for each of `SOURCES`; 0 where it did not come from there."""
        places, table = {id_: place for place, id_ in enumerate(ids)}, np.zeros((len(ids), len(SOURCES)))
        for source, scores in self.found.items():
            for id_, score in scores.items():
                if (place := places.get(id_)) is not None:
                    table[place, SOURCES.index(source)] = score
        return table


def find(
    tx: Transaction, asked: Asked, space: Space | None, interests: Sequence[Interest], near_to: Sequence[Interest]
) -> Pool:
    """For somebody with these interests; the nearest to some of them."""
    scores = _Scores()
    centres = [str(each.centre.tolist()) for each in near_to]
    if space is not None and centres:
        tx.execute("select set_config('hnsw.ef_search', %(ef)s, true)", ef=str(EF_SEARCH))
        scores.add("near", tx.rows(_Found, near(space, asked), centres=centres, **asked.parameters))
    liked = liked_last(interests)
    for source, sql in QUERIES.items():
        if source == "together" and not liked:
            continue
        given = asked.parameters | ({"liked": liked} if source == "together" else {})
        scores.add(source, tx.rows(_Found, asked.of_kind(sql), **given))
    return _pool(_details(tx, asked, scores.ids, space), scores, space)


def liked_last(interests: Sequence[Interest]) -> list[UUID]:
    """Of what is still held of somebody, so that nothing comes of what they had forgotten or removed."""
    held = [source for each in counting(interests, negative=False) for source in each.sources if source.kind in LIKED]
    latest = sorted(held, key=lambda source: source.at, reverse=True)
    return list(dict.fromkeys(source.post for source in latest))[:LAST_LIKES]


def again(
    tx: Transaction, asked: Asked, space: Space | None, kept_away: Sequence[Away], seen: Sequence[UUID], most: int
) -> list[UUID]:  # fmt: skip
    """What was shown before, the longest ago first, but for what is to be kept away. `seen` is what a visitor was
    shown."""
    sql = AGAIN if asked.viewer else AGAIN_FOR_VISITOR
    apart = apart_from(space) if space is not None and kept_away else "true"
    return tx.values(
        asked.of_kind(sql).replace("{apart}", apart), seen=list(seen), most=most, **asked.parameters,
        away=[str(each.centre.tolist()) for each in kept_away], from_=[each.from_ for each in kept_away],
        space=space.id if space else None,
    )  # fmt: skip


def just_made(tx: Transaction, asked: Asked) -> list[UUID]:
    """What somebody posted a moment ago and wants to see standing there."""
    if asked.viewer is None:
        return []
    return tx.values(asked.of_kind(OWN), viewer=asked.viewer, above=list(asked.above))


def newer(tx: Transaction, asked: Asked, than: UUID) -> list[UUID]:
    """The newest of what was posted since."""
    return tx.values(asked.of_kind(NEWER), than=than, **asked.parameters)


def apart_from(space: Space) -> LiteralString:
    """Of a post `p`: that it is not as near to anything as it has to be kept away from."""
    sql = APART.replace("{comparable}", space.comparable)
    return sql.replace("{halfvec}", space.halfvec)


def near(space: Space, asked: Asked) -> LiteralString:
    sql = NEAR.replace("{space}", str(int(space.id))).replace("{comparable}", space.comparable)
    return asked.of_kind(sql.replace("{halfvec}", space.halfvec))


def _details(tx: Transaction, asked: Asked, ids: list[UUID], space: Space | None) -> list[_Details]:
    return tx.rows(_Details, DETAILS, ids=ids, viewer=asked.viewer, space=space.id if space else None)


def _pool(rows: Sequence[_Details], scores: _Scores, space: Space | None) -> Pool:
    ids = [row.id for row in rows]
    dimensions, came = space.dimensions if space else 1, scores.of(ids)
    vectors = np.zeros((len(rows), dimensions))
    for at, row in enumerate(rows):
        if row.vector is not None:
            vectors[at] = as_vector(row.vector)
    return Pool(
        ids, [row.maker for row in rows], vectors,
        **{name: np.array([getattr(row, name) for row in rows], dtype=np.float64) for name in NUMBERS},
        together=came[:, SOURCES.index("together")], follows=np.array([row.follows for row in rows], dtype=bool),
        friends=came[:, SOURCES.index("friends")], resident=np.array([row.resident for row in rows], dtype=bool),
        sources=came > 0,
    )  # fmt: skip
