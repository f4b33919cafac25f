"""What people say under a post: threads of one level, as on Instagram, and who likes what of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol
from uuid import UUID

from services.community.accounts import Account
from services.community.posts import CHANGED_ELSEWHERE, VISIBLE, Post, Posts, Watcher, mentions
from services.errors import NotAllowed, NotFound, UserError
from services.ids import check_token, parse_id
from services.pages import Page, cursor, page_of, place_of
from services.platform.afterwards import afterwards
from services.platform.database import Database
from services.safety.prompts import PromptGate
from services.safety.standing import not_while_suspended
from services.text import clean

LONGEST = 2200
PAGE = 20
MOST = 60
FIRST_REPLIES = 3
UNDO_MINUTES = 10
GONE = "There is no such comment, or it is not for you to see."
NONE_OF_YOURS = "There is no such comment among yours."

Order = Literal["newest", "oldest", "best"]


class Teller(Protocol):
    """Lets people know what was said, when that stands; whom it concerns and who may know is the teller's to see."""

    def commented(self, post: Post, comment: Comment, by: Account) -> None: ...

    def mentioned_in(self, comment: Comment, names: Sequence[str], by: Account) -> None: ...

    def liked_comment(self, comment: Comment, by: Account) -> None: ...


@dataclass(frozen=True)
class Comment:
    """A comment as one viewer sees it."""

    id: UUID
    post_id: UUID
    parent_id: UUID | None
    """The one at the top of its thread; None for that one itself."""
    body: str | None
    """None where only its place is left, for what was answered to it: it was deleted, removed by a moderator, or
    written by somebody blocked. Nothing else is told of such a one."""
    like_count: int
    reply_count: int
    """How many answers the viewer may see; 0 for an answer."""
    created_at: datetime
    edited_at: datetime | None
    author: str
    author_display_name: str
    author_kind: str
    author_avatar_key: str | None
    demo: bool
    liked: bool
    mine: bool
    deletable: bool
    """By the viewer: it is theirs, or under a post of theirs."""


@dataclass(frozen=True)
class Thread:
    comment: Comment
    replies: list[Comment]
    """The first few."""
    reply_count: int
    next: str | None
    """Where `Comments.replies` goes on after those; None where that is all."""


@dataclass(frozen=True)
class _Row(Comment):
    read_at: datetime = field(compare=False)


READABLE = """(k.deleted_at is null and k.removed_at is null
  and (select true from pentagram.blocks b
    where b.account_id = k.account_id and b.blocked_id = %(viewer)s) is not true
  and (select true from pentagram.blocks b
    where b.account_id = %(viewer)s and b.blocked_id = k.account_id) is not true)"""
COLUMNS = """
k.id, k.post_id, k.parent_id, w.body, coalesce(w.like_count, 0) as like_count, k.created_at, w.edited_at,
coalesce(w.name, '') as author, coalesce(w.display_name, '') as author_display_name,
coalesce(w.kind, '') as author_kind, coalesce(w.demo, false) as demo,
(select face.thumbnail_key from pentagram.creations face where face.id = w.avatar_id) as author_avatar_key,
(select true from pentagram.comment_likes l where l.comment_id = w.id and l.account_id = %(viewer)s) is true as liked,
w.id is not null and w.account_id is not distinct from %(viewer)s as mine,
w.id is not null and %(viewer)s in (w.account_id, p.account_id) is true as deletable,
clock_timestamp() as read_at
"""
FROM = f"""
from pentagram.comments k join pentagram.posts p on p.id = k.post_id
left join lateral (
  select k.id, k.account_id, k.body, k.like_count, k.edited_at, a.name, a.display_name, a.kind, a.demo, a.avatar_id
  from pentagram.accounts a where a.id = k.account_id and {READABLE}) w on true
"""
REPLIES = f"""select count(*) from pentagram.comments k where k.parent_id = shown.id and {READABLE}"""
# `place` by the index that serves the order. A comment that lost a like since the walk through the best began may have
# been shown further up.
ORDERS: Mapping[str, tuple[str, str]] = {
    "newest": ("k.id desc", "k.id < %(last)s"),
    "oldest": ("k.id", "k.id > %(last)s"),
    "best": (
        "k.like_count desc, k.id desc",
        """(k.like_count, k.id) < (%(likes)s::integer, %(last)s)
        and (k.cooled_at is null or k.cooled_at < %(began)s::timestamptz - interval '10 seconds')""",
    ),
}
THREADS = f"""
with tops as materialized (
  select k.id, row_number() over (order by {{order}}) as place
  from pentagram.comments k join pentagram.posts p on p.id = k.post_id
  where k.post_id = %(post)s and k.parent_id is null and {VISIBLE} and (%(last)s::uuid is null or ({{place}}))
    and ({READABLE} or (select true from pentagram.comments t where t.parent_id = k.id and (
      select true from pentagram.comments k where k.id = t.id and {READABLE}) limit 1) is true)
  order by {{order}} limit %(most)s
), shown as materialized (
  select id, place from tops
  union all
  select r.id, tops.place from tops cross join lateral (
    select k.id from pentagram.comments k where k.parent_id = tops.id and {READABLE} order by k.id limit %(first)s) r
)
select {COLUMNS}, case when k.parent_id is null then ({REPLIES}) else 0 end as reply_count
{FROM} join shown on shown.id = k.id
order by shown.place, k.parent_id nulls first, k.id
"""


class Comments:
    def __init__(
        self, db: Database, posts: Posts, gate: PromptGate, teller: Teller | None = None, *,
        watcher: Watcher | None = None,
    ) -> None:  # fmt: skip
        self._db = db
        self._watcher = watcher
        self._posts = posts
        self._gate = gate
        self._teller = teller

    @not_while_suspended
    def write(self, post_id: object, body: str, *, by: Account, token: str, parent_id: object = None) -> Comment:
        """Say something under a post one may see, or answer a comment there. The same token again is the same
        comment. An answer to an answer hangs under the same comment and begins with whom it answers."""
        post = self._posts.get(post_id, viewer=by)
        body = self._checked(body)
        check_token(token, again="write")
        if not post.takes_comments:
            raise NotAllowed("Comments are turned off for this post.")
        answered = None if parent_id is None else self._answered(parent_id, post, by)
        written = self._db.execute(
            """insert into pentagram.comments (post_id, account_id, parent_id, token, body)
            select p.id, %(by)s, %(parent)s, %(token)s, %(body)s from pentagram.posts p
            where p.id = %(post)s and p.deleted_at is null for key share of p
            on conflict (account_id, token) do nothing""",
            post=post.id, by=by.id, parent=answered.top_id if answered else None, token=token,
            body=answered.addressed(body, by) if answered else body,
        )  # fmt: skip
        comment = self._one("k.account_id = %(viewer)s and k.token = %(token)s", by, token=token)
        if written and self._teller is not None:
            afterwards(self._teller.commented, post, comment, by)
            self._tell_mentioned(comment, mentions(comment.body or ""), by)
        if written and self._watcher is not None:
            afterwards(self._watcher.did, "comment", post.id, by)
        return comment

    @not_while_suspended
    def edit(self, comment_id: object, body: str, *, by: Account, seen: datetime | None = None) -> Comment:
        """Change one's own comment. `seen` is the `edited_at` that the form was opened with: where it was saved from
        another one since then, nothing is changed and the person told."""
        wanted = parse_id(comment_id, "comment")
        body = self._checked(body)
        with self._db.transaction() as tx:
            kept = tx.row(
                _Kept,
                f"""select k.body, k.edited_at from pentagram.comments k join pentagram.posts p on p.id = k.post_id
                where k.id = %(id)s and k.account_id = %(viewer)s and {READABLE} and {VISIBLE}
                for no key update of k""",
                id=wanted, viewer=by.id,
            )  # fmt: skip
            if kept is None:
                raise NotFound(NONE_OF_YOURS)
            if body != kept.body:
                if kept.edited_at != seen:
                    raise UserError(CHANGED_ELSEWHERE)
                tx.execute(
                    "update pentagram.comments set body = %(body)s, edited_at = now() where id = %(id)s",
                    body=body, id=wanted,
                )  # fmt: skip
        comment = self._one("k.id = %(id)s", by, id=wanted)
        before = mentions(kept.body)
        self._tell_mentioned(comment, [name for name in mentions(body) if name not in before], by)
        return comment

    def delete(self, comment_id: object, *, by: Account) -> None:
        """Take back one's own comment, wherever it stands, or one under one's own post."""
        gone = self._db.execute(
            """update pentagram.comments k set deleted_at = coalesce(k.deleted_at, now()) from pentagram.posts p
            where k.id = %(id)s and p.id = k.post_id and %(by)s in (k.account_id, p.account_id)""",
            id=parse_id(comment_id, "comment"), by=by.id,
        )  # fmt: skip
        if not gone:
            raise NotFound(NONE_OF_YOURS)

    @not_while_suspended
    def restore(self, comment_id: object, *, by: Account) -> Comment:
        """Undo, for a few minutes, that one's own comment was deleted."""
        wanted = parse_id(comment_id, "comment")
        self._db.execute(
            """update pentagram.comments set deleted_at = null
            where id = %(id)s and account_id = %(by)s and deleted_at > now() - make_interval(mins => %(minutes)s)""",
            id=wanted, by=by.id, minutes=UNDO_MINUTES,
        )  # fmt: skip
        return self._one("k.id = %(id)s", by, id=wanted)

    @not_while_suspended
    def like(self, comment_id: object, *, by: Account) -> Comment:
        """Liking twice is liking once."""
        wanted = parse_id(comment_id, "comment")
        liked = self._db.execute(
            f"""insert into pentagram.comment_likes (comment_id, account_id)
            select k.id, %(viewer)s from pentagram.comments k join pentagram.posts p on p.id = k.post_id
            where k.id = %(id)s and {READABLE} and {VISIBLE} for key share of k on conflict do nothing""",
            id=wanted, viewer=by.id,
        )  # fmt: skip
        comment = self._one("k.id = %(id)s", by, id=wanted)
        if liked and self._teller is not None:
            afterwards(self._teller.liked_comment, comment, by)
        return comment

    def unlike(self, comment_id: object, *, by: Account) -> Comment:
        wanted = parse_id(comment_id, "comment")
        self._db.execute(
            f"""delete from pentagram.comment_likes l
            using pentagram.comments k join pentagram.posts p on p.id = k.post_id
            where k.id = %(id)s and l.comment_id = k.id and l.account_id = %(viewer)s and {READABLE} and {VISIBLE}""",
            id=wanted, viewer=by.id,
        )  # fmt: skip
        return self._one("k.id = %(id)s", by, id=wanted)

    def threads(
        self,
        post_id: object,
        *,
        viewer: Account | None,
        order: Order = "newest",
        after: str | None = None,
        limit: int = PAGE,
    ) -> Page[Thread]:
        """The comments on a post, each with the first answers to it. The best are those that most people like."""
        wanted = parse_id(post_id, "post")
        if order not in ORDERS:
            raise NotFound("Comments come newest, oldest or best first.")
        likes, last, began = place_of(after, int, UUID, datetime)
        limit = max(1, min(limit, MOST))
        by, place = ORDERS[order]
        rows = self._db.rows(
            _Row, THREADS.format(order=by, place=place), post=wanted, viewer=viewer.id if viewer else None,
            likes=likes, last=last, began=began, most=limit + 1, first=FIRST_REPLIES + 1,
        )  # fmt: skip
        if not rows:
            self._posts.get(wanted, viewer=viewer)
        tops = [row for row in rows if row.parent_id is None]
        page = page_of(tops, limit, lambda top: [top.like_count, top.id, began or top.read_at])
        return Page([_thread(top, [row for row in rows if row.parent_id == top.id]) for top in page.items], page.next)

    def said(self, comment_id: object, *, viewer: Account) -> tuple[str, str]:
        """Who wrote a comment, and what it says."""
        comment = self._one("k.id = %(id)s", viewer, id=parse_id(comment_id, "comment"))
        return comment.author, comment.body or ""

    def replies(
        self, comment_id: object, *, viewer: Account | None, after: str | None = None, limit: int = PAGE
    ) -> Page[Comment]:
        """The answers to a comment, the oldest first."""
        wanted = parse_id(comment_id, "comment")
        [last] = place_of(after, UUID)
        limit = max(1, min(limit, MOST))
        replies = self._rows(
            f"k.parent_id = %(parent)s and {READABLE} and (%(last)s::uuid is null or k.id > %(last)s)", viewer,
            parent=wanted, last=last, most=limit + 1,
        )  # fmt: skip
        if not replies and not self._rows("k.id = %(id)s", viewer, id=wanted, most=1):
            raise NotFound(GONE)
        page = page_of(replies, limit, lambda reply: [reply.id])
        return Page([*page.items], page.next)

    def _checked(self, body: str) -> str:
        body = clean(body, most=LONGEST, what="The comment")
        if not body:
            raise UserError("The comment is empty.")
        self._gate.take(body, "comment")
        return body

    def _answered(self, comment_id: object, post: Post, by: Account) -> _Answered:
        answered = self._one(
            "k.id = %(id)s and k.post_id = %(post)s", by, id=parse_id(comment_id, "comment"), post=post.id
        )
        return _Answered(answered.parent_id or answered.id, answered.author if answered.parent_id else None)

    def _one(self, condition: str, viewer: Account, **parameters: Any) -> Comment:
        found = self._rows(f"{condition} and {READABLE}", viewer, most=1, **parameters)
        if not found:
            raise NotFound(GONE)
        return found[0]

    def _rows(self, condition: str, viewer: Account | None, **parameters: Any) -> list[_Row]:
        return self._db.rows(
            _Row,
            f"""select {COLUMNS}, 0 as reply_count {FROM} where {condition} and {VISIBLE}
            order by k.id limit %(most)s""",
            viewer=viewer.id if viewer else None, **parameters,
        )  # fmt: skip

    def _tell_mentioned(self, comment: Comment, names: Sequence[str], by: Account) -> None:
        if names and self._teller is not None:
            afterwards(self._teller.mentioned_in, comment, names, by)


@dataclass(frozen=True)
class _Kept:
    body: str
    edited_at: datetime | None


@dataclass(frozen=True)
class _Answered:
    top_id: UUID
    author: str | None
    """Of an answer that is answered: under the same comment, nothing else would say whom that is to."""

    def addressed(self, body: str, by: Account) -> str:
        if self.author is None or self.author == by.name or self.author in mentions(body):
            return body
        addressed = f"@{self.author} {body}"
        return addressed if len(addressed) <= LONGEST else body


def _thread(top: Comment, replies: Sequence[Comment]) -> Thread:
    """One reply more than is shown was asked for."""
    first = list(replies[:FIRST_REPLIES])
    return Thread(top, first, top.reply_count, cursor(first[-1].id) if len(replies) > FIRST_REPLIES else None)
