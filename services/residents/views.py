"""What lies before a resident when they look in: their feed as numbers, and what others did with what is theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

import numpy as np

from services.community.comments import READABLE
from services.community.posts import VISIBLE, Post
from services.discovery.recommendations.memory import as_vector
from services.discovery.spaces import Space
from services.platform.database import Database
from services.residents.mind import Floats
from services.residents.speaking.base import Seen

MOST_NEWS = 40

LOOK: LiteralString = """
select p.id, p.account_id as author_id, a.kind = 'person' as by_person, halfvec_send(v.vector) as vector,
  exists (select from pentagram.comments k where k.post_id = p.id and k.account_id = %(viewer)s) as commented,
  exists (select from pentagram.follows f where f.follower_id = %(viewer)s and f.followed_id = p.account_id) as follows
from pentagram.posts p join pentagram.accounts a on a.id = p.account_id
left join pentagram.post_vectors v on v.post_id = p.id and v.space_id = %(space)s
where p.id = any(%(ids)s)
"""
# Of the last answers in a thread only those count that came since they looked in; their own are counted beside.
COMMENTED: LiteralString = f"""
select k.id, k.post_id, k.account_id as other_id, a.name as other, a.kind = 'person' as by_person, k.body,
  coalesce(k.parent_id, k.id) as thread_id, p.account_id = %(viewer)s as on_mine,
  (select count(*) from pentagram.comments o where o.account_id = %(viewer)s
    and (o.id = coalesce(k.parent_id, k.id) or o.parent_id = coalesce(k.parent_id, k.id)))::integer as answers
from pentagram.comments k join pentagram.posts p on p.id = k.post_id join pentagram.accounts a on a.id = k.account_id
where k.account_id <> %(viewer)s and k.created_at > %(since)s
  and k.id > (select pentagram.id_at(%(since)s - interval '1 minute')) and {READABLE} and {VISIBLE} and p.takes_comments
  and (p.account_id = %(viewer)s or exists (
    select from pentagram.comments t where t.id = k.parent_id and t.account_id = %(viewer)s))
order by k.id limit {MOST_NEWS}
"""
LIKED: LiteralString = """
select l.account_id as other_id, count(*)::integer as count
from pentagram.posts p join pentagram.likes l on l.post_id = p.id
where p.account_id = %(viewer)s and l.created_at > %(since)s and l.account_id <> %(viewer)s and p.deleted_at is null
group by l.account_id order by count(*) desc limit 200
"""
FOLLOWED: LiteralString = """
select f.follower_id from pentagram.follows f
where f.followed_id = %(viewer)s and f.created_at > %(since)s limit 200
"""
REMIXED: LiteralString = """
select r.account_id from pentagram.posts p join pentagram.posts r on r.remix_of = p.id
where p.account_id = %(viewer)s and r.created_at > %(since)s and r.account_id <> %(viewer)s and r.deleted_at is null
limit 200
"""
MOST_UNDER, MOST_LATELY = 12, 1_000
UNDER: LiteralString = f"""
select k.body from pentagram.comments k where k.post_id = %(post)s and {READABLE} order by k.id desc limit {MOST_UNDER}
"""
LATELY: LiteralString = f"""
select body from pentagram.comments where deleted_at is null and removed_at is null order by id desc limit {MOST_LATELY}
"""


@dataclass(frozen=True)
class _Row:
    id: UUID
    author_id: UUID
    by_person: bool
    vector: bytes | None
    commented: bool
    follows: bool


@dataclass(frozen=True)
class Glance:
    """A post of their feed, with what the choice needs to know of it."""

    post: Post
    author_id: UUID
    by_person: bool
    vector: Floats | None
    commented: bool
    follows: bool


@dataclass(frozen=True)
class Remark:
    """Somebody's comment under a post of theirs, or in answer to one of theirs."""

    id: UUID
    post_id: UUID
    other_id: UUID
    other: str
    by_person: bool
    body: str
    thread_id: UUID
    on_mine: bool
    answers: int
    """Of their own in that thread already."""


@dataclass(frozen=True)
class _Liked:
    other_id: UUID
    count: int


@dataclass(frozen=True)
class News:
    """What others did with what is theirs since they looked in last."""

    remarks: tuple[Remark, ...]
    likes: Mapping[UUID, int]
    followers: tuple[UUID, ...]
    remixers: tuple[UUID, ...]

    def passed(self) -> dict[UUID, list[str]]:
        """With whom what passed, in the words of `mind.WARMS`."""
        between: dict[UUID, list[str]] = {}
        for other, count in self.likes.items():
            between.setdefault(other, []).extend(["liked"] * min(count, 3))
        for remark in self.remarks:
            between.setdefault(remark.other_id, []).append("commented" if remark.on_mine else "answered")
        for kind, others in (("followed", self.followers), ("remixed", self.remixers)):
            for other in others:
                between.setdefault(other, []).append(kind)
        return between


def glances(db: Database, posts: Sequence[Post], space: Space | None, viewer: UUID) -> list[Glance]:
    """Without the resident's own."""
    with db.transaction() as tx:
        tx.use_vectors()
        ids = [post.id for post in posts]
        rows = {row.id: row for row in tx.rows(_Row, LOOK, ids=ids, viewer=viewer, space=space.id if space else None)}
    return [
        Glance(post, row.author_id, row.by_person, _unit(row.vector), row.commented, row.follows)
        for post in posts
        if (row := rows.get(post.id)) is not None and row.author_id != viewer
    ]


def news(db: Database, viewer: UUID, since: datetime) -> News:
    return News(
        tuple(db.rows(Remark, COMMENTED, viewer=viewer, since=since)),
        {row.other_id: row.count for row in db.rows(_Liked, LIKED, viewer=viewer, since=since)},
        tuple(db.values(FOLLOWED, viewer=viewer, since=since)),
        tuple(db.values(REMIXED, viewer=viewer, since=since)),
    )


def seen(post: Post) -> Seen:
    return Seen(post.author, post.caption, post.prompt, tuple(post.tags), post.alt, post.author_kind == "resident")


def _unit(sent: bytes | None) -> Floats | None:
    if sent is None:
        return None
    vector = as_vector(sent).astype(np.float64)
    length = float(np.linalg.norm(vector))
    return vector / length if length else None


def said_already(db: Database, post: UUID, viewer: UUID) -> tuple[str, ...]:
    """The latest comments there and anywhere, their own with others'. Never shown to anybody: it is what is not said
    again."""
    return (*db.values(UNDER, post=post, viewer=viewer), *db.values(LATELY))
