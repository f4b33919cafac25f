"""Lists of posts, page by page: what is new, what people like, what those one follows posted, and what is tagged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from services.community.accounts import Account
from services.community.posts import (
    COLUMNS,
    FROM,
    LISTED,
    NOT_HIDDEN,
    SENSITIVE_IF_CHOSEN,
    SHOWN,
    Post,
    checked_tags,
)
from services.errors import NotFound, UserError
from services.pages import Page, page_of, place_of
from services.platform.database import Database

Tab = Literal["for_you", "following", "fresh", "trending"]
Kind = Literal["everyone", "people", "residents"]

PAGE = 12
MOST = 60
MOST_NEWER = 30

KINDS: Mapping[str, str] = {"everyone": "true", "people": "not p.by_resident", "residents": "p.by_resident"}
FOLLOWED = """from pentagram.follows f where f.follower_id = %(viewer)s
  and not exists (select from pentagram.mutes m where m.account_id = %(viewer)s and m.muted_id = f.followed_id)
  and not exists (select from pentagram.blocks b where b.account_id = %(viewer)s and b.blocked_id = f.followed_id)
  and not exists (select from pentagram.blocks b where b.account_id = f.followed_id and b.blocked_id = %(viewer)s)"""
# The first line is what the index `posts_following` holds.
FROM_THEM = f"""p.visibility in ('public', 'followers') and p.deleted_at is null and p.removed_at is null
  and {SENSITIVE_IF_CHOSEN} and {NOT_HIDDEN}"""
SINCE_LAST = "(%(last)s::uuid is null or p.id < %(last)s)"

FRESH = f"""select p.id from pentagram.posts p where {LISTED} and {{kind}} and {SINCE_LAST}
order by p.id desc limit %(most)s"""
# The newest posts are by those who posted last: so many of them are found first, by one look at each, and only their
# posts are gone through. It costs the same whether the followed posted yesterday or years ago. Of which kind somebody
# is, that one post tells: the kind inside its subquery would have it read all that those of the other kind posted.
FOLLOWING = f"""select p.id from (
  select f.followed_id from (select f.followed_id {FOLLOWED}) f cross join lateral (
    select p.id, p.by_resident from pentagram.posts p
    where p.account_id = f.followed_id and {FROM_THEM} and {SINCE_LAST} order by p.id desc limit 1) p
  where {{kind}} order by p.id desc limit %(most)s) latest
cross join lateral (
  select p.id from pentagram.posts p where p.account_id = latest.followed_id and {FROM_THEM} and {SINCE_LAST}
  order by p.id desc limit %(most)s) p
order by p.id desc limit %(most)s"""
# `hot` is reckoned in the migration that made it. What cooled since the walk began may have been shown further up; what
# was being taken back at that moment is known a little later.
TRENDING = f"""select p.id from pentagram.posts p where {LISTED} and {{kind}}
  and (%(last)s::uuid is null or ((p.hot, p.id) < (%(hot)s::double precision, %(last)s)
    and (p.cooled_at is null or p.cooled_at < %(began)s::timestamptz - interval '10 seconds')))
order by p.hot desc, p.id desc limit %(most)s"""
OF_ACCOUNT = f"""select p.id from pentagram.posts p where p.account_id = %(account)s and {SHOWN} and {SINCE_LAST}
order by p.id desc limit %(most)s"""
TAGGED = f"""select p.id from pentagram.post_tags t join pentagram.posts p on p.id = t.post_id
where t.tag = %(tag)s and {LISTED} and (%(last)s::uuid is null or t.post_id < %(last)s)
order by t.post_id desc limit %(most)s"""

NEWER = f"""select count(*) from (select from pentagram.posts p where {LISTED} and {{kind}}
  and (%(than)s::uuid is null or p.id > %(than)s) limit %(most)s) newer"""
# Which of the two is gone through, what is newer or whom one follows, the planner knows better: it depends on the time.
NEWER_FOLLOWING = f"""select count(*) from (select from pentagram.posts p where {FROM_THEM} and {{kind}}
  and (%(than)s::uuid is null or p.id > %(than)s) and p.account_id in (select f.followed_id {FOLLOWED})
  limit %(most)s) newer"""


@dataclass(frozen=True)
class _Ranked(Post):
    hot: float = field(compare=False)
    read_at: datetime = field(compare=False)


class Feeds:
    def __init__(self, db: Database) -> None:
        self._db = db

    def page(
        self, tab: Tab, *, viewer: Account | None, kind: Kind = "everyone", after: str | None = None, limit: int = PAGE
    ) -> Page[Post]:
        """A page of the feed. For you is Fresh here: what knows a person's taste stands above this room, and falls back
        on it. Nobody follows whoever is a visitor."""
        _check(tab, kind)
        if tab == "trending":
            return self._trending(viewer, kind, after, limit)
        chosen = FOLLOWING if tab == "following" else FRESH
        return self._newest(chosen.format(kind=KINDS[kind]), viewer, after, limit)

    def newer_count(
        self, tab: Tab, than: UUID | None, *, viewer: Account | None, kind: Kind = "everyone", most: int = MOST_NEWER
    ) -> int:
        """How many posts stand above this one by now, counted up to `most`. Trending has no newer ones."""
        _check(tab, kind)
        if tab == "trending":
            return 0
        sql = (NEWER_FOLLOWING if tab == "following" else NEWER).format(kind=KINDS[kind])
        return int(self._db.value(sql, viewer=viewer.id if viewer else None, than=than, most=most))

    def of_account(
        self, account_id: UUID, *, viewer: Account | None, after: str | None = None, limit: int = PAGE
    ) -> Page[Post]:
        """What somebody posted, as far as the viewer may see it, newest first."""
        return self._newest(OF_ACCOUNT, viewer, after, limit, account=account_id)

    def tagged(self, tag: str, *, viewer: Account | None, after: str | None = None, limit: int = PAGE) -> Page[Post]:
        """The newest public posts with a tag, written with or without its #."""
        try:
            [known] = checked_tags([tag])
        except UserError as error:
            raise NotFound("There is no such tag.") from error
        return self._newest(TAGGED, viewer, after, limit, tag=known)

    def _newest(
        self, chosen: str, viewer: Account | None, after: str | None, limit: int, **parameters: Any
    ) -> Page[Post]:
        limit = max(1, min(limit, MOST))
        [last] = place_of(after, UUID)
        posts = self._db.rows(
            Post,
            f"""with chosen as materialized ({chosen})
            select {COLUMNS} {FROM} where p.id in (select id from chosen) order by p.id desc""",
            viewer=viewer.id if viewer else None, last=last, most=limit + 1, **parameters,
        )  # fmt: skip
        return page_of(posts, limit, lambda post: [post.id])

    def _trending(self, viewer: Account | None, kind: Kind, after: str | None, limit: int) -> Page[Post]:
        """The cursor tells when the walk began, besides the place in it."""
        limit = max(1, min(limit, MOST))
        hot, last, began = place_of(after, float, UUID, datetime)
        posts = self._db.rows(
            _Ranked,
            f"""with chosen as materialized ({TRENDING.format(kind=KINDS[kind])})
            select {COLUMNS}, p.hot, clock_timestamp() as read_at {FROM}
            where p.id in (select id from chosen) order by p.hot desc, p.id desc""",
            viewer=viewer.id if viewer else None, hot=hot, last=last, began=began, most=limit + 1,
        )  # fmt: skip
        page = page_of(posts, limit, lambda post: [post.hot, post.id, began or post.read_at])
        return Page([*page.items], page.next)


def _check(tab: str, kind: str) -> None:
    if tab not in ("for_you", "following", "fresh", "trending") or kind not in KINDS:
        raise NotFound("There is no such feed.")
