"""Notifications: what others did that concerns somebody, told once and never louder than they wish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from services.community.accounts import Account
from services.community.comments import Comment
from services.community.posts import VISIBLE, Post
from services.errors import UserError
from services.ids import parse_id
from services.pages import Page, page_of, place_of
from services.platform.database import Database

PAGE = 24
MOST_ON_A_PAGE = 60
MOST_UNREAD = 100
KINDS = {
    "like": "Likes of your posts",
    "comment": "Comments on your posts",
    "reply": "Answers to your comments",
    "comment_like": "Likes of your comments",
    "mention": "Mentions of you",
    "follow": "New followers",
    "remix": "Remixes of your pictures",
    "search": "New pictures for your saved searches",
}
"""What can be turned off, and how that is called. Decisions of moderators are always told."""
SENTENCES = {
    "like": "{who} liked your picture",
    "comment": "{who} commented on your picture",
    "reply": "{who} answered your comment",
    "comment_like": "{who} liked your comment",
    "mention": "{who} mentioned you",
    "follow": "{who} started following you",
    "remix": "{who} remixed your picture",
    "moderation": "A moderator decided about something of yours",
    "thanks": "Thank you: a moderator decided what you reported",
    "search": "There is something new for your search “{query}”",
}


@dataclass(frozen=True)
class Actor:
    name: str
    display_name: str
    kind: str
    avatar_key: str | None
    follows: bool
    """Whether the one who is told follows them."""


@dataclass(frozen=True)
class Notice:
    id: UUID
    kind: str
    actors: tuple[Actor, ...]
    """The latest few; none where a moderator acted."""
    count: int
    """How many they are altogether."""
    newest_at: datetime
    unread: bool
    post_id: UUID | None
    thumbnail_key: str | None
    comment_id: UUID | None
    body: str | None
    """The beginning of the comment."""
    details: dict[str, Any]
    """Of a decision its `verdict` and `reason`, or that it is `thanks` for a report; of a saved search its `query`."""

    @property
    def sentence(self) -> str:
        """As in "mira, tom and 12 others liked your picture"."""
        who = named([actor.name for actor in self.actors], self.count)
        said = "thanks" if self.details.get("thanks") else self.kind
        return SENTENCES[said].format(who=who, query=self.details.get("query", ""))


def _storable(word: str) -> str:
    return word.replace("\0", "")


def named(names: Sequence[str], count: int) -> str:
    """Two of them by name, the others by number."""
    first = list(names[:2])
    others = max(count, len(names)) - len(first)
    if others:
        return f"{', '.join(first)} and {others:,} other{'s' if others > 1 else ''}"
    return " and ".join(first)


# Who is told, `a` being one of those whom it may concern and `t` why: everybody but the one who did it, unless they
# turned it off or one of the two wants nothing of the other.
WILLING = """a.id <> %(by)s and coalesce((a.preferences #>> array['notifications', t.kind])::boolean, true)
  and not exists (select from pentagram.mutes m where m.account_id = a.id and m.muted_id = %(by)s)
  and not exists (select from pentagram.blocks b
    where (b.account_id = a.id and b.blocked_id = %(by)s) or (b.account_id = %(by)s and b.blocked_id = a.id))"""
LIKED = """select p.account_id, 'like' as kind, p.id as post_id, null::uuid as comment_id, p.id as topic
  from pentagram.posts p where p.id = %(post)s"""
COMMENT_LIKED = """select k.account_id, 'comment_like' as kind, k.post_id, k.id as comment_id, k.id as topic
  from pentagram.comments k where k.id = %(comment)s"""
COMMENTED = """select p.account_id, 'comment' as kind, p.id as post_id, k.id as comment_id, k.id as topic, 3 as weight
  from pentagram.comments k join pentagram.posts p on p.id = k.post_id where k.id = %(comment)s
  union all select parent.account_id, 'reply', k.post_id, k.id, k.id, 1
  from pentagram.comments k join pentagram.comments parent on parent.id = k.parent_id where k.id = %(comment)s"""
MENTIONED = """select named.id as account_id, 'mention' as kind, %(post)s::uuid as post_id,
    %(comment)s::uuid as comment_id, coalesce(%(comment)s::uuid, %(post)s::uuid) as topic, 2 as weight
  from pentagram.accounts named where named.name = any(%(names)s)"""
REMIXED = """select o.account_id, 'remix' as kind, %(post)s::uuid as post_id, null::uuid as comment_id,
    %(post)s::uuid as topic, 1 as weight
  from pentagram.posts o where o.id = %(original)s"""
FOLLOWED = """select %(account)s::uuid as account_id, 'follow' as kind, null::uuid as post_id,
  null::uuid as comment_id, %(by)s::uuid as topic, 1 as weight"""


def _wanted(who: LiteralString) -> LiteralString:
    """Whether the viewer wants to hear of somebody at all."""
    return f"""not exists (select from pentagram.mutes m where m.account_id = %(viewer)s and m.muted_id = {who})
    and not exists (select from pentagram.blocks b
      where (b.account_id = %(viewer)s and b.blocked_id = {who})
         or (b.account_id = {who} and b.blocked_id = %(viewer)s))"""


def _any(rows: LiteralString) -> LiteralString:
    """Whether there are any. Not by `exists`, which the planner may answer by reading a whole table beforehand."""
    return f"((select true from ({rows} limit 1) found) is true)"


LIKERS = f"""select l.account_id, l.created_at from pentagram.likes l
  where n.kind = 'like' and l.post_id = n.post_id and l.account_id <> %(viewer)s and {_wanted("l.account_id")}"""
COMMENT_LIKERS = f"""select l.account_id, l.created_at from pentagram.comment_likes l
  where n.kind = 'comment_like' and l.comment_id = n.comment_id and l.account_id <> %(viewer)s
    and {_wanted("l.account_id")}"""
READABLE = """select from pentagram.comments k
  where k.id = n.comment_id and k.deleted_at is null and k.removed_at is null"""
CHANGED = "(n.read_at is null or n.read_at < n.newest_at)"
# A like that was taken back again is no news.
UNREAD = f"""({CHANGED}
  and (n.kind <> 'like' or n.read_at is null or {_any(f"{LIKERS} and l.created_at > n.read_at")})
  and (n.kind <> 'comment_like' or n.read_at is null or {_any(f"{COMMENT_LIKERS} and l.created_at > n.read_at")}))"""
# What is still so, and still for the viewer to see: likes are taken back, comments deleted, posts made private.
SHOWN = f"""(n.kind = 'moderation' or (
  {_wanted("n.actor_id")}
  and (n.post_id is null or {_any(f"select from pentagram.posts p where p.id = n.post_id and {VISIBLE}")})
  and (n.comment_id is null or {_any(READABLE)})
  and (n.kind <> 'like' or {_any(LIKERS)})
  and (n.kind <> 'comment_like' or {_any(COMMENT_LIKERS)})))"""


@dataclass(frozen=True)
class _Row:
    id: UUID
    kind: str
    actors: list[dict[str, Any]] | None
    count: int
    newest_at: datetime
    unread: bool
    post_id: UUID | None
    thumbnail_key: str | None
    comment_id: UUID | None
    body: str | None
    details: dict[str, Any]

    def notice(self) -> Notice:
        return Notice(**vars(self) | {"actors": tuple(Actor(**actor) for actor in self.actors or ())})


class Notifications:
    """The `Teller` of posts and comments, called when what it tells of stands; and the list that it makes."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def liked(self, post: Post, by: Account) -> None:
        self._tell_of_group(LIKED, by=by, post=post.id)

    def remixed(self, original_id: UUID, remix: Post, by: Account) -> None:
        self._tell(REMIXED, by=by, original=original_id, post=remix.id)

    def mentioned(self, post: Post, names: Sequence[str], by: Account) -> None:
        self._tell(MENTIONED, by=by, names=list(names), post=post.id, comment=None)

    def commented(self, post: Post, comment: Comment, by: Account) -> None:
        """Tell whose post it is under and whom it answers."""
        self._tell(COMMENTED, by=by, comment=comment.id)

    def mentioned_in(self, comment: Comment, names: Sequence[str], by: Account) -> None:
        """Whoever was told of the comment already is not told again."""
        self._tell(MENTIONED, by=by, names=list(names), post=comment.post_id, comment=comment.id)

    def liked_comment(self, comment: Comment, by: Account) -> None:
        self._tell_of_group(COMMENT_LIKED, by=by, comment=comment.id)

    def followed(self, account_id: UUID, by: Account) -> None:
        """Somebody who follows again was told of before."""
        self._tell(FOLLOWED, by=by, account=account_id)

    def unfollowed(self, account_id: UUID, by: Account) -> None:
        """A slip of the finger is not told."""
        self._db.execute(
            """delete from pentagram.notifications
            where account_id = %(account)s and topic = %(by)s and kind = 'follow'
              and read_at is null and created_at > now() - interval '1 minute'""",
            account=account_id, by=by.id,
        )  # fmt: skip

    def found(self, account_id: UUID, *, saved_id: UUID, query: str, post_id: UUID) -> None:
        """Tell somebody of a new post that fits a search they saved: of each search there is one notice, which comes to
        the top again and shows the latest."""
        self._db.execute(
            """insert into pentagram.notifications (account_id, kind, post_id, details, topic)
            select a.id, 'search', %(post)s, %(details)s, %(saved)s from pentagram.accounts a
            where a.id = %(account)s and coalesce((a.preferences #>> '{notifications,search}')::boolean, true)
            on conflict (account_id, topic) do update set newest_at = now(), post_id = excluded.post_id""",
            account=account_id, post=post_id, saved=saved_id, details=Jsonb({"query": query}),
        )  # fmt: skip

    def decided(
        self,
        account_id: UUID,
        *,
        decision_id: UUID,
        verdict: str,
        reason: str,
        post_id: UUID | None = None,
        comment_id: UUID | None = None,
    ) -> None:
        """Tell somebody what a moderator decided about them or something of theirs, and why; not who it was."""
        self._db.execute(
            """insert into pentagram.notifications (account_id, kind, post_id, comment_id, details, topic)
            values (%(account)s, 'moderation', %(post)s, %(comment)s, %(details)s, %(decision)s)
            on conflict (account_id, topic) do nothing""",
            account=account_id, post=post_id, comment=comment_id, decision=decision_id,
            details=Jsonb({"verdict": verdict, "reason": reason}),
        )  # fmt: skip

    def thanked(self, account_ids: Sequence[UUID], *, decision_id: UUID) -> None:
        """Tell those who reported something that it was decided; not what, and not about whom."""
        self._db.execute(
            """insert into pentagram.notifications (account_id, kind, details, topic)
            select a.id, 'moderation', %(details)s, %(decision)s from pentagram.accounts a where a.id = any(%(ids)s)
            on conflict (account_id, topic) do nothing""",
            ids=list(account_ids), decision=decision_id, details=Jsonb({"thanks": True}),
        )  # fmt: skip

    def _tell(self, of: LiteralString, *, by: Account, **parameters: object) -> None:
        self._db.execute(
            f"""insert into pentagram.notifications (account_id, kind, actor_id, post_id, comment_id, topic)
            select distinct on (a.id) a.id, t.kind, %(by)s, t.post_id, t.comment_id, t.topic
            from ({of}) t join pentagram.accounts a on a.id = t.account_id where {WILLING}
            order by a.id, t.weight
            on conflict (account_id, topic) do nothing""",
            by=by.id, **parameters,
        )  # fmt: skip

    def _tell_of_group(self, of: LiteralString, *, by: Account, **parameters: object) -> None:
        """Of the same topic there is one notice, which comes to the top again."""
        self._db.execute(
            f"""insert into pentagram.notifications (account_id, kind, post_id, comment_id, topic)
            select a.id, t.kind, t.post_id, t.comment_id, t.topic
            from ({of}) t join pentagram.accounts a on a.id = t.account_id where {WILLING}
            on conflict (account_id, topic) do update set newest_at = now()""",
            by=by.id, **parameters,
        )  # fmt: skip

    def page(self, *, by: Account, after: str | None = None, limit: int = PAGE) -> Page[Notice]:
        """What one was told, the latest first."""
        newest, last = place_of(after, datetime, UUID)
        limit = min(limit, MOST_ON_A_PAGE)
        rows = self._db.rows(_Row, NOTICES, viewer=by.id, newest=newest, last=last, most=limit + 1)
        return page_of([row.notice() for row in rows], limit, lambda notice: (notice.newest_at, notice.id))

    def unread_count(self, *, by: Account, since: datetime | None = None) -> int:
        """Of all, or of what came after `since`; counted up to `MOST_UNREAD`."""
        return int(self._db.value(UNREAD_COUNT, viewer=by.id, since=since, most=MOST_UNREAD))

    def mark_read(self, *, by: Account, until: datetime | None = None) -> None:
        """All of them, or those as new as the newest that was on the screen: what came since stays unread."""
        self._read("(%(until)s::timestamptz is null or n.newest_at <= %(until)s)", by, until=until)

    def mark_one_read(self, notice_id: object, *, by: Account) -> None:
        self._read("n.id = %(notice)s", by, notice=parse_id(notice_id, "notice"))

    def saw(self, *, by: Account, post_id: str = "", name: str = "") -> None:
        """Whoever sees a post has read what they were told about it; whoever sees somebody, that these follow them.
        Both are as an address says them, which may be anything."""
        if post_id:
            self._read("n.post_id::text = lower(%(post)s)", by, post=_storable(post_id))
        if name:
            self._read(
                """n.kind = 'follow' and exists (
                  select from pentagram.accounts a where a.id = n.actor_id and a.name = lower(%(name)s))""",
                by, name=_storable(name),
            )  # fmt: skip

    def _read(self, which: LiteralString, by: Account, **parameters: object) -> None:
        self._db.execute(
            f"""update pentagram.notifications n set read_at = greatest(now(), newest_at)
            where n.account_id = %(by)s and {CHANGED} and {which}""",
            by=by.id, **parameters,
        )  # fmt: skip

    def preferences(self, *, by: Account) -> dict[str, bool]:
        """Each kind that can be turned off, and whether it is told."""
        chosen = self._db.value(
            "select coalesce(preferences -> 'notifications', '{}') from pentagram.accounts where id = %(by)s", by=by.id
        )
        return {kind: bool((chosen or {}).get(kind, True)) for kind in KINDS}

    def choose(self, *, by: Account, kind: str, wanted: bool) -> None:
        if kind not in KINDS:
            raise UserError("There is nothing of that kind to be told about.")
        self._db.execute(
            """update pentagram.accounts set preferences = preferences || jsonb_build_object('notifications',
              coalesce(preferences -> 'notifications', '{}') || jsonb_build_object(%(kind)s::text, %(wanted)s::boolean))
            where id = %(by)s""",
            by=by.id, kind=kind, wanted=wanted,
        )  # fmt: skip


UNREAD_COUNT: LiteralString = f"""
select count(*) from (
  select from pentagram.notifications n where n.account_id = %(viewer)s and {UNREAD} and {SHOWN}
    and (%(since)s::timestamptz is null or n.newest_at > %(since)s) limit %(most)s
) unread
"""
NOTICES: LiteralString = f"""
with unheard as (
  select %(viewer)s::uuid as id
  union select muted_id from pentagram.mutes where account_id = %(viewer)s
  union select blocked_id from pentagram.blocks where account_id = %(viewer)s
  union select account_id from pentagram.blocks where blocked_id = %(viewer)s
)
select n.id, n.kind, who.actors, n.newest_at, {UNREAD} as unread, n.post_id, shown.thumbnail_key, n.comment_id,
  left(k.body, 200) as body, n.details,
  case n.kind
    when 'like' then p.like_count - (select count(*) from unheard u where (
      select true from pentagram.likes l where l.account_id = u.id and l.post_id = n.post_id))
    when 'comment_like' then k.like_count - (select count(*) from unheard u where (
      select true from pentagram.comment_likes l where l.account_id = u.id and l.comment_id = n.comment_id))
    else coalesce(jsonb_array_length(who.actors), 0) end::integer as count
from (
  select * from pentagram.notifications n
  where n.account_id = %(viewer)s and {SHOWN}
    and (%(newest)s::timestamptz is null or (n.newest_at, n.id) < (%(newest)s, %(last)s))
  order by n.newest_at desc, n.id desc limit %(most)s
) n
left join pentagram.posts p on p.id = n.post_id
left join pentagram.comments k on k.id = n.comment_id
left join lateral (
  select c.thumbnail_key from pentagram.post_pictures pp join pentagram.creations c on c.id = pp.creation_id
  where pp.post_id = n.post_id and pp.position = 0 and p.removed_at is null
) shown on true
cross join lateral (
  select jsonb_agg(jsonb_build_object(
    'name', a.name, 'display_name', a.display_name, 'kind', a.kind, 'avatar_key', c.thumbnail_key,
    'follows', exists (select from pentagram.follows f where f.follower_id = %(viewer)s and f.followed_id = a.id)
  ) order by actor.created_at desc) as actors
  from (
    select n.actor_id as account_id, n.created_at
    union all ({LIKERS} order by l.created_at desc limit 3)
    union all ({COMMENT_LIKERS} order by l.created_at desc limit 3)
  ) actor
  join pentagram.accounts a on a.id = actor.account_id
  left join pentagram.creations c on c.id = a.avatar_id
) who
order by n.newest_at desc, n.id desc
"""
