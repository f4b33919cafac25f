"""Posts: putting pictures before others, the feed, and likes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.community.accounts import Account
from services.errors import NotFound, UserError
from services.ids import check_token, parse_id
from services.platform.database import Database, Transaction
from services.safety.prompts import PromptGate
from services.text import clean
from services.writers.base import is_tag_char

PAGE = 12
LONGEST_CAPTION = 2200
MOST_PICTURES = 10
MOST_TAGS = 12
LONGEST_TAG = 50
STARTED_UNCHECKED = (
    "This picture started from an upload, and nothing here can look at uploads by itself. It stays yours alone until "
    "a moderator has looked at it."
)
VISIBILITIES = ("public", "unlisted", "followers", "private")


@dataclass(frozen=True)
class Post:
    """A post as one viewer sees it, with its first picture."""

    id: UUID
    caption: str
    tags: list[str]
    visibility: str
    sensitive: bool
    takes_comments: bool
    like_count: int
    comment_count: int
    created_at: datetime
    author: str
    author_display_name: str
    author_kind: str
    demo: bool
    prompt: str | None
    """None where the author keeps it to themselves."""
    alt: str
    picture_key: str
    thumbnail_key: str
    width: int
    height: int
    colour: str
    seed: int
    creation_id: UUID
    liked: bool
    mine: bool


COLUMNS = """
p.id, p.caption, p.tags, p.visibility, p.sensitive, p.takes_comments, p.like_count, p.comment_count, p.created_at,
a.name as author, a.display_name as author_display_name, a.kind as author_kind, a.demo,
case when p.shows_prompt then r.prompt end as prompt,
case when pp.alt <> '' then pp.alt
  when p.shows_prompt then '“' || r.prompt || '”, prompted by ' || a.name
  else 'A picture prompted by ' || a.name end as alt,
c.picture_key, c.thumbnail_key, c.width, c.height, c.colour, c.seed, c.id as creation_id,
exists (select from pentagram.likes l where l.post_id = p.id and l.account_id = %(viewer)s) as liked,
p.account_id is not distinct from %(viewer)s as mine
"""
FROM = """
from pentagram.posts p
join pentagram.accounts a on a.id = p.account_id
join pentagram.post_pictures pp on pp.post_id = p.id and pp.position = 0
join pentagram.creations c on c.id = pp.creation_id and c.state = 'ready'
join pentagram.requests r on r.id = c.request_id
"""
NOT_BLOCKED = """not exists (select from pentagram.blocks b
  where (b.account_id = p.account_id and b.blocked_id = %(viewer)s)
     or (b.account_id = %(viewer)s and b.blocked_id = p.account_id))"""
# Who may see a post at all, however they came to it.
VISIBLE = f"""(p.deleted_at is null and (p.account_id is not distinct from %(viewer)s or (
  p.removed_at is null and {NOT_BLOCKED} and (
    p.visibility in ('public', 'unlisted') or (p.visibility = 'followers' and exists (
      select from pentagram.follows f where f.followed_id = p.account_id and f.follower_id = %(viewer)s))))))"""
# What a list puts before somebody who did not ask for this very post. The first line is the index `posts_fresh`.
LISTED = f"""(p.visibility = 'public' and p.deleted_at is null and p.removed_at is null
  and {NOT_BLOCKED}
  and (not p.sensitive or p.account_id is not distinct from %(viewer)s
    or exists (select from pentagram.accounts v where v.id = %(viewer)s and v.shows_sensitive))
  and not exists (select from pentagram.mutes m where m.account_id = %(viewer)s and m.muted_id = p.account_id)
  and not exists (select from pentagram.hides h where h.account_id = %(viewer)s and h.post_id = p.id))"""


class Posts:
    def __init__(self, db: Database, gate: PromptGate) -> None:
        self._db = db
        self._gate = gate

    def publish(
        self,
        creation_ids: list[UUID],
        *,
        by: Account,
        token: str,
        caption: str = "",
        tags: Sequence[str] = (),
        visibility: str = "public",
    ) -> Post:
        """Post one's own ready pictures, in this order. The same token again is the same post."""
        check_token(token, again="post")
        if visibility not in VISIBILITIES:
            raise UserError(f"A post is one of {', '.join(VISIBILITIES)}.")
        if not 1 <= len(creation_ids) <= MOST_PICTURES or len(set(creation_ids)) < len(creation_ids):
            raise UserError(f"A post has 1 to {MOST_PICTURES} different pictures.")
        caption = clean(caption, most=LONGEST_CAPTION, what="The caption")
        tags = checked_tags(tags)
        verdict = self._gate.check("\n".join([caption, *tags]))
        if verdict.decision == "block":
            raise UserError(verdict.refusal("caption"))
        with self._db.transaction() as tx:
            sensitive = _checked_pictures(tx, creation_ids, by, visibility) or verdict.decision == "sensitive"
            post_id = tx.value(
                """insert into pentagram.posts (account_id, token, caption, tags, visibility, sensitive)
                values (%(by)s, %(token)s, %(caption)s, %(tags)s, %(visibility)s, %(sensitive)s)
                on conflict (account_id, token) do nothing returning id""",
                by=by.id, token=token, caption=caption, tags=tags, visibility=visibility,
                sensitive=sensitive,
            )  # fmt: skip
            if post_id is not None:
                tx.execute(
                    """insert into pentagram.post_pictures (post_id, position, creation_id)
                    select %(post)s, place - 1, id from unnest(%(ids)s::uuid[]) with ordinality as t (id, place)""",
                    post=post_id, ids=creation_ids,
                )  # fmt: skip
        return self._of_token(by, token)

    def feed(self, *, viewer: Account | None, before: object = None, limit: int = PAGE) -> list[Post]:
        """Everybody's public posts, newest first; the next page is before the last one's id."""
        return self._db.rows(
            Post,
            f"""select {COLUMNS} {FROM} where {LISTED} and (%(before)s::uuid is null or p.id < %(before)s)
            order by p.id desc limit %(limit)s""",
            viewer=viewer.id if viewer else None,
            before=parse_id(before, "page") if before is not None else None,
            limit=min(limit, 60),
        )

    def newer_count(self, than: UUID | None, *, viewer: Account | None, most: int = 30) -> int:
        """How many posts the feed has above this one, counted up to `most`."""
        return int(
            self._db.value(
                f"""select count(*) from (select {FROM}
                where {LISTED} and (%(than)s::uuid is null or p.id > %(than)s) limit %(most)s) newer""",
                viewer=viewer.id if viewer else None, than=than, most=most,
            )
        )  # fmt: skip

    def get(self, post_id: object, *, viewer: Account | None) -> Post:
        post = self._db.row(
            Post,
            f"select {COLUMNS} {FROM} where p.id = %(id)s and {VISIBLE}",
            id=parse_id(post_id, "post"), viewer=viewer.id if viewer else None,
        )  # fmt: skip
        if post is None:
            raise NotFound("There is no such post, or it is not for you to see.")
        return post

    def like(self, post_id: object, *, by: Account) -> Post:
        """Liking twice is liking once."""
        post = self.get(post_id, viewer=by)
        self._db.execute(
            """insert into pentagram.likes (post_id, account_id)
            select %(post)s, %(by)s where exists (select from pentagram.posts where id = %(post)s)
            on conflict do nothing""",
            post=post.id, by=by.id,
        )  # fmt: skip
        return self.get(post.id, viewer=by)

    def unlike(self, post_id: object, *, by: Account) -> Post:
        post = self.get(post_id, viewer=by)
        self._db.execute(
            "delete from pentagram.likes where post_id = %(post)s and account_id = %(by)s", post=post.id, by=by.id
        )
        return self.get(post.id, viewer=by)

    def delete(self, post_id: object, *, by: Account) -> None:
        """Take a post back; its pictures stay under My Prompts."""
        gone = self._db.execute(
            """update pentagram.posts set deleted_at = now()
            where id = %(id)s and account_id = %(by)s and deleted_at is null""",
            id=parse_id(post_id, "post"), by=by.id,
        )  # fmt: skip
        if not gone:
            raise NotFound("There is no such post among yours.")

    def shows(self, creation_id: UUID, *, viewer: Account | None) -> bool:
        """Whether this picture is in a post that the viewer may see."""
        return bool(
            self._db.value(
                f"""select exists (select from pentagram.post_pictures pp join pentagram.posts p on p.id = pp.post_id
                where pp.creation_id = %(id)s and {VISIBLE})""",
                id=creation_id, viewer=viewer.id if viewer else None,
            )
        )  # fmt: skip

    def picture_is_public(self, key: str) -> bool:
        """Whether anybody at all may fetch this file: it is in a public post, or somebody's face."""
        return bool(
            self._db.value(
                """select exists (
                  select from pentagram.creations c
                  join pentagram.post_pictures pp on pp.creation_id = c.id
                  join pentagram.posts p on p.id = pp.post_id
                  where (c.picture_key = %(key)s or c.thumbnail_key = %(key)s) and p.visibility = 'public'
                    and p.deleted_at is null and p.removed_at is null and not p.sensitive
                ) or exists (
                  select from pentagram.creations c join pentagram.accounts a on a.avatar_id = c.id
                  where c.thumbnail_key = %(key)s)""",
                key=key,
            )
        )

    def _of_token(self, by: Account, token: str) -> Post:
        post_id = self._db.value(
            "select id from pentagram.posts where account_id = %(by)s and token = %(token)s", by=by.id, token=token
        )
        return self.get(post_id, viewer=by)


def checked_tags(tags: Sequence[str]) -> list[str]:
    """As they are kept: lower case, without #, words joined by _, each once."""
    tidy = [re.sub(r"\s+", "_", clean(tag, most=LONGEST_TAG, what="A tag").lstrip("#").lower()) for tag in tags]
    for tag in tidy:
        if not tag or not all(map(is_tag_char, tag)):
            raise UserError(f"“{tag}” cannot be a tag: use letters, digits, _ and -.")
    if len(set(tidy)) > MOST_TAGS:
        raise UserError(f"A post has at most {MOST_TAGS} tags.")
    return list(dict.fromkeys(tidy))


@dataclass(frozen=True)
class _Picture:
    id: UUID
    sensitive: bool
    unchecked: bool


def _checked_pictures(tx: Transaction, ids: list[UUID], by: Account, visibility: str) -> bool:
    """Whether any of them is sensitive; all must be the person's own and ready."""
    found = tx.rows(
        _Picture,
        """select c.id, c.sensitive or r.sensitive as sensitive, c.unchecked
        from pentagram.creations c join pentagram.requests r on r.id = c.request_id
        where c.id = any(%(ids)s) and c.account_id = %(by)s and c.state = 'ready' for share of c""",
        ids=ids, by=by.id,
    )  # fmt: skip
    if len(found) < len(ids):
        raise UserError("Only your own, finished pictures can be posted.")
    if visibility != "private" and by.role == "member" and any(picture.unchecked for picture in found):
        raise UserError(STARTED_UNCHECKED)
    return any(picture.sensitive for picture in found)
