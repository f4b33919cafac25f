"""Posts: putting pictures before others, changing and taking them back, likes, and what was made from what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from services.community.accounts import Account
from services.community.credentials import NAME
from services.errors import NotAllowed, NotFound, UserError
from services.ids import check_token, parse_id
from services.platform.afterwards import afterwards
from services.platform.database import Database, Transaction
from services.safety.prompts import PromptGate
from services.safety.removed import RemovedPictures
from services.safety.standing import in_removed_post, not_while_suspended
from services.text import clean
from services.writers.base import is_tag_char

LONGEST_CAPTION = 2200
LONGEST_ALT = 2200
MOST_PICTURES = 10
MOST_TAGS = 12
LONGEST_TAG = 50
MOST_MENTIONS = 20
MOST_RELATIVES = 24
STARTED_UNCHECKED = (
    "This picture started from an upload, and nothing here can look at uploads by itself. It stays yours alone until "
    "a moderator has looked at it."
)
REMOVED = (
    "A moderator removed a post with this picture, so it is yours alone. Why, and how to appeal, stands under "
    "Decisions in your settings."
)
CHANGED_ELSEWHERE = (
    "This was changed in another tab or on another device meanwhile, so nothing was saved now. Copy what you wrote, "
    "reload, and change what is there."
)
VISIBILITIES = ("public", "unlisted", "followers", "private")
_MENTION = re.compile(r"(?<![\w.@/])@([a-z0-9_.]{3,30})(?![\w@])", re.IGNORECASE | re.ASCII)


Deed = Literal["like", "comment", "save", "remix", "hide"]


class Teller(Protocol):
    """Lets people know what was done, when that stands; whom it concerns and who may know is the teller's to see."""

    def liked(self, post: Post, by: Account) -> None: ...

    def remixed(self, original_id: UUID, remix: Post, by: Account) -> None: ...

    def mentioned(self, post: Post, names: Sequence[str], by: Account) -> None: ...


class Copies(Protocol):
    """Keeps, beside each of these pictures, a file that tells no prompt."""

    def make(self, creation_ids: Sequence[UUID], *, of: UUID) -> None: ...


class Readers(Protocol):
    """Read what posts say, to find them by it: told in the transaction that makes or changes one."""

    def changed(self, tx: Transaction, post_id: UUID) -> None: ...


class Watcher(Protocol):
    """Learns what people like from what they do with posts, when that stands."""

    def did(self, deed: Deed, post_id: UUID, by: Account) -> None: ...

    def undid(self, deed: Deed, post_id: UUID, by: Account) -> None: ...

    def followed(self, maker_id: UUID, by: Account) -> None: ...


@dataclass(frozen=True)
class Post:
    """A post as one viewer sees it, with its first picture."""

    id: UUID
    caption: str
    tags: list[str]
    visibility: str
    sensitive: bool
    takes_comments: bool
    shows_prompt: bool
    like_count: int
    comment_count: int
    save_count: int
    remix_count: int
    picture_count: int
    created_at: datetime
    edited_at: datetime | None
    remix_of: UUID | None
    """What it was made from, where everybody may see that; `lineage` knows more."""
    author: str
    author_display_name: str
    author_kind: str
    author_avatar_key: str | None
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
    saved: bool
    mine: bool
    removed: bool
    """By a moderator: only whose it is sees it still."""


@dataclass(frozen=True)
class PostPicture:
    position: int
    creation_id: UUID
    picture_key: str
    thumbnail_key: str
    width: int
    height: int
    colour: str
    alt: str
    seed: int


@dataclass(frozen=True)
class Recipe:
    """What Generate needs to paint a posted picture once more, or to go on from it."""

    prompt: str | None
    """None where the author keeps it to themselves; `negative` is empty then."""
    negative: str
    style: str
    width: int
    height: int
    seed: int
    engine: str
    model: str
    guidance: float | None
    strength: float | None
    creation_id: UUID
    picture_key: str


@dataclass(frozen=True)
class Edit:
    """What a post said until it was edited."""

    caption: str
    tags: list[str]
    visibility: str
    edited_at: datetime


@dataclass(frozen=True)
class Relative:
    """A post in a tree of remixes."""

    id: UUID
    author: str
    author_kind: str
    demo: bool
    thumbnail_key: str
    alt: str
    remix_count: int


@dataclass(frozen=True)
class Lineage:
    """Only what the viewer may see of it: a post that is kept from them leaves no gap."""

    ancestors: list[Relative]
    """The first one of all first."""
    post: Relative
    remixes: list[Relative]
    """The newest first."""


@dataclass(frozen=True)
class Holding:
    """A post of one's own that shows pictures which are about to be deleted."""

    post_id: UUID
    caption: str
    picture_count: int
    held_count: int
    """How many of its pictures would go."""

    @property
    def goes(self) -> bool:
        """Whether nothing is left of it then."""
        return self.held_count == self.picture_count


PROMPTED = "'“' || r.prompt || '”, prompted by ' || a.name"
UNPROMPTED = "'A picture prompted by ' || a.name"
ALT = f"""case when pp.alt <> '' then pp.alt when p.shows_prompt then {PROMPTED} else {UNPROMPTED} end"""
# Handed back unchanged it is not kept: it would go on telling the prompt after the author hid that.
OWN_ALT = f"case when given.alt in ({PROMPTED}, {UNPROMPTED}) then '' else given.alt end"
# The prompt is written in the file of a picture too, so whoever may not read it gets another file.
FILE = """case when p.shows_prompt or p.account_id is not distinct from %(viewer)s then c.picture_key
  else coalesce(c.bare_key, c.thumbnail_key) end as picture_key"""
# What is asked of each row of a list is asked by `select true`. An `exists` may be answered by reading beforehand all
# that the viewer ever liked, or all who saved a post that is loved; and many of them take the planner twice as long.
COLUMNS = f"""
p.id, p.caption, p.tags, p.visibility, p.sensitive, p.takes_comments, p.shows_prompt,
p.like_count, p.comment_count, p.save_count, p.remix_count, p.created_at, p.edited_at,
(select count(*) from pentagram.post_pictures n where n.post_id = p.id) as picture_count,
(select o.id from pentagram.posts o where o.id = p.remix_of and o.deleted_at is null and o.removed_at is null
  and (o.visibility = 'public' or o.account_id = %(viewer)s)) as remix_of,
a.name as author, a.display_name as author_display_name, a.kind as author_kind, a.demo,
(select face.thumbnail_key from pentagram.creations face where face.id = a.avatar_id) as author_avatar_key,
case when p.shows_prompt then r.prompt end as prompt, {ALT} as alt,
{FILE}, c.thumbnail_key, c.width, c.height, c.colour, c.seed, c.id as creation_id,
(select true from pentagram.likes l where l.post_id = p.id and l.account_id = %(viewer)s) is true as liked,
(select true from pentagram.collections b where b.account_id = %(viewer)s and b.deleted_at is null and (
  select true from pentagram.collection_posts s where s.collection_id = b.id and s.post_id = p.id) limit 1)
  is true as saved,
p.account_id is not distinct from %(viewer)s as mine, p.removed_at is not null as removed
"""
AUTHOR = "from pentagram.posts p join pentagram.accounts a on a.id = p.account_id"
PICTURES = """join pentagram.creations c on c.id = pp.creation_id and c.state = 'ready'
join pentagram.requests r on r.id = c.request_id"""
FROM = f"""
{AUTHOR}
join pentagram.post_pictures pp on pp.post_id = p.id and pp.position = 0
{PICTURES}
"""
NOT_BLOCKED = """((select true from pentagram.blocks b
    where b.account_id = p.account_id and b.blocked_id = %(viewer)s) is not true
  and (select true from pentagram.blocks b
    where b.account_id = %(viewer)s and b.blocked_id = p.account_id) is not true)"""
# Who may see a post at all, however they came to it.
VISIBLE = f"""(p.deleted_at is null and (p.account_id is not distinct from %(viewer)s or (
  p.removed_at is null and {NOT_BLOCKED} and (
    p.visibility in ('public', 'unlisted') or (p.visibility = 'followers' and (select true from pentagram.follows f
      where f.followed_id = p.account_id and f.follower_id = %(viewer)s) is true)))))"""
SENSITIVE_IF_CHOSEN = """(not p.sensitive or p.account_id is not distinct from %(viewer)s
  or exists (select from pentagram.accounts v where v.id = %(viewer)s and v.shows_sensitive))"""
# What stands on its author's page and in trees of remixes. An unlisted post is found by its link alone.
SHOWN = f"""({VISIBLE} and {SENSITIVE_IF_CHOSEN}
  and (p.visibility <> 'unlisted' or p.account_id is not distinct from %(viewer)s))"""
NOT_HIDDEN = "(select true from pentagram.hides h where h.account_id = %(viewer)s and h.post_id = p.id) is not true"
NOT_MUTED = """(select true from pentagram.mutes m
  where m.account_id = %(viewer)s and m.muted_id = p.account_id) is not true"""
# What the indexes of lists hold.
PUBLIC = "p.visibility = 'public' and p.deleted_at is null and p.removed_at is null"
# What a list puts before somebody who did not ask for this very post.
LISTED = f"""({PUBLIC} and {NOT_BLOCKED} and {SENSITIVE_IF_CHOSEN} and {NOT_HIDDEN} and {NOT_MUTED})"""


class Posts:
    def __init__(
        self, db: Database, gate: PromptGate, copies: Copies, teller: Teller | None = None, *,
        readers: Readers | None = None, removed: RemovedPictures | None = None, watcher: Watcher | None = None,
    ) -> None:  # fmt: skip
        self._db = db
        self._readers = readers
        self._removed = removed
        self._watcher = watcher
        self._gate = gate
        self._copies = copies
        self._teller = teller

    @not_while_suspended
    def publish(
        self,
        creation_ids: Sequence[UUID],
        *,
        by: Account,
        token: str,
        caption: str = "",
        tags: Sequence[str] = (),
        visibility: str = "public",
        takes_comments: bool = True,
        shows_prompt: bool = True,
        alts: Sequence[str] = (),
        remix_of: object = None,
        made_at: datetime | None = None,
    ) -> Post:
        """Post one's own ready pictures, in this order. The same token again is the same post. `alts` describe the
        pictures, an empty one is written from the prompt. A post to be a remix of that is gone meanwhile is none. One
        that was `made_at` an earlier time elsewhere takes its place among those of then, and nobody is told of it."""
        check_token(token, again="post")
        if not 1 <= len(creation_ids) <= MOST_PICTURES or len(set(creation_ids)) < len(creation_ids):
            raise UserError(f"A post has 1 to {MOST_PICTURES} different pictures.")
        words = _checked_words(caption, tags, visibility, alts, takes_comments, shows_prompt)
        sensitive = self._refuse_what_is_blocked(words)
        original = None if remix_of is None else parse_id(remix_of, "post")
        self._refuse_what_was_removed(creation_ids, visibility)
        if not shows_prompt:
            self._copies.make(creation_ids, of=by.id)
        with self._db.transaction() as tx:
            sensitive = _checked_pictures(tx, creation_ids, by, visibility) or sensitive
            made = _insert(tx, by, token, words, sensitive, original, made_at)
            if made is not None:
                _place(tx, made.id, creation_ids, words.alts)
                self._have_it_read(tx, made.id)
        post = self._of_token(by, token)
        if made is not None and made_at is None:
            self._tell_of(post, by, made.remix_of)
        return post

    def get(self, post_id: object, *, viewer: Account | None) -> Post:
        post = self._db.row(
            Post,
            f"select {COLUMNS} {FROM} where p.id = %(id)s and {VISIBLE}",
            id=parse_id(post_id, "post"), viewer=viewer.id if viewer else None,
        )  # fmt: skip
        if post is None:
            raise NotFound("There is no such post, or it is not for you to see.")
        return post

    def pictures(self, post_id: object, *, viewer: Account | None) -> list[PostPicture]:
        """All pictures of a post, in their order."""
        pictures = self._db.rows(
            PostPicture,
            f"""select pp.position, c.id as creation_id, {FILE}, c.thumbnail_key, c.width, c.height,
              c.colour, c.seed, {ALT} as alt
            {AUTHOR} join pentagram.post_pictures pp on pp.post_id = p.id {PICTURES}
            where p.id = %(id)s and {VISIBLE} order by pp.position""",
            id=parse_id(post_id, "post"), viewer=viewer.id if viewer else None,
        )  # fmt: skip
        if not pictures:
            raise NotFound("There is no such post, or it is not for you to see.")
        return pictures

    def recipe(self, post_id: object, *, viewer: Account | None, position: int = 0) -> Recipe:
        """How one of its pictures was made."""
        recipe = self._db.row(
            Recipe,
            f"""select case when w.told then r.prompt end as prompt,
              case when w.told then r.negative_prompt else '' end as negative,
              coalesce(r.options ->> 'style', '') as style, r.width, r.height, c.seed,
              coalesce(nullif(c.engine, ''), r.engine) as engine, coalesce(nullif(c.model, ''), r.model) as model,
              (r.options ->> 'guidance')::double precision as guidance,
              (r.options ->> 'strength')::double precision as strength, c.id as creation_id, {FILE}
            {AUTHOR} join pentagram.post_pictures pp on pp.post_id = p.id and pp.position = %(position)s {PICTURES}
            cross join lateral (select p.shows_prompt or p.account_id is not distinct from %(viewer)s as told) w
            where p.id = %(id)s and {VISIBLE}""",
            id=parse_id(post_id, "post"), viewer=viewer.id if viewer else None, position=position,
        )  # fmt: skip
        if recipe is None:
            raise NotFound("There is no such picture in a post that you may see.")
        return recipe

    @not_while_suspended
    def edit(
        self,
        post_id: object,
        *,
        by: Account,
        caption: str,
        tags: Sequence[str],
        visibility: str,
        takes_comments: bool,
        shows_prompt: bool,
        alts: Sequence[str] | None = None,
        seen: datetime | None,
    ) -> Post:
        """Change one's own post; `alts` of None leaves those. `seen` is the `edited_at` that the form was opened with:
        where it was saved from another one since then, nothing is changed and the person told. What it said before
        stays in `edits`."""
        wanted = parse_id(post_id, "post")
        words = _checked_words(caption, tags, visibility, alts or (), takes_comments, shows_prompt)
        sensitive = self._refuse_what_is_blocked(words)
        pictures = _pictures_of(self._db, wanted, by)
        if self._db.value("select visibility = 'private' from pentagram.posts where id = %(id)s", id=wanted):
            self._refuse_what_was_removed(pictures, visibility)
        if not shows_prompt:
            self._copies.make(pictures, of=by.id)
        with self._db.transaction() as tx:
            # Pictures before the post, in the order in which whoever deletes one of them locks the two.
            sensitive = _checked_pictures(tx, _pictures_of(tx, wanted, by), by, visibility) or sensitive
            edited_at, kept = _locked(tx, wanted)
            words = replace(words, alts=_own_alts(tx, wanted, None if alts is None else words.alts, kept.alts))
            if words != kept:
                if edited_at != seen:
                    raise UserError(CHANGED_ELSEWHERE)
                _rewrite(tx, wanted, words, sensitive)
                self._have_it_read(tx, wanted)
        post = self.get(wanted, viewer=by)
        before = mentions(kept.caption)
        self._tell_mentioned(post, by, [name for name in mentions(post.caption) if name not in before])
        return post

    def edits(self, post_id: object, *, by: Account) -> list[Edit]:
        """What one's own post said before, the latest first."""
        post = self.get(post_id, viewer=by)
        if not post.mine:
            raise NotFound(NONE_OF_YOURS)
        return self._db.rows(
            Edit,
            """select caption, tags, visibility, edited_at from pentagram.post_edits
            where post_id = %(id)s order by id desc""",
            id=post.id,
        )

    def delete(self, post_id: object, *, by: Account) -> None:
        """Take a post back; its pictures stay under My Prompts."""
        gone = self._db.execute(
            """update pentagram.posts set deleted_at = coalesce(deleted_at, now())
            where id = %(id)s and account_id = %(by)s""",
            id=parse_id(post_id, "post"), by=by.id,
        )  # fmt: skip
        if not gone:
            raise NotFound(NONE_OF_YOURS)

    @not_while_suspended
    def restore(self, post_id: object, *, by: Account) -> Post:
        """Undo its deletion, while there are pictures left to show."""
        self._db.execute(
            """update pentagram.posts p set deleted_at = null
            where id = %(id)s and account_id = %(by)s and deleted_at is not null
              and exists (select from pentagram.post_pictures pp where pp.post_id = p.id)""",
            id=parse_id(post_id, "post"), by=by.id,
        )  # fmt: skip
        post = self.get(post_id, viewer=by)
        if not post.mine:
            raise NotFound(NONE_OF_YOURS)
        return post

    @not_while_suspended
    def like(self, post_id: object, *, by: Account) -> Post:
        """Liking twice is liking once."""
        wanted = parse_id(post_id, "post")
        liked = self._db.execute(
            f"""insert into pentagram.likes (post_id, account_id)
            select p.id, %(viewer)s from pentagram.posts p where p.id = %(id)s and {VISIBLE} for key share of p
            on conflict do nothing""",
            id=wanted, viewer=by.id,
        )  # fmt: skip
        post = self.get(wanted, viewer=by)
        if liked and self._teller is not None:
            afterwards(self._teller.liked, post, by)
        if liked and self._watcher is not None:
            afterwards(self._watcher.did, "like", wanted, by)
        return post

    def unlike(self, post_id: object, *, by: Account) -> Post:
        """Taking back a like that is not there is nothing."""
        wanted = parse_id(post_id, "post")
        unliked = self._db.execute(
            f"""delete from pentagram.likes l using pentagram.posts p
            where p.id = %(id)s and l.post_id = p.id and l.account_id = %(viewer)s and {VISIBLE}""",
            id=wanted, viewer=by.id,
        )  # fmt: skip
        if unliked and self._watcher is not None:
            afterwards(self._watcher.undid, "like", wanted, by)
        return self.get(wanted, viewer=by)

    def hide(self, post_id: object, *, by: Account) -> None:
        """Keep a post out of this person's lists; whoever opens it by its link still finds it."""
        wanted = parse_id(post_id, "post")
        hidden = self._db.execute(
            f"""insert into pentagram.hides (account_id, post_id)
            select %(viewer)s, p.id from pentagram.posts p where p.id = %(id)s and {VISIBLE} for key share of p
            on conflict do nothing""",
            id=wanted, viewer=by.id,
        )  # fmt: skip
        if hidden and self._watcher is not None:
            afterwards(self._watcher.did, "hide", wanted, by)

    def unhide(self, post_id: object, *, by: Account) -> None:
        wanted = parse_id(post_id, "post")
        shown_again = self._db.execute(
            "delete from pentagram.hides where account_id = %(by)s and post_id = %(id)s", id=wanted, by=by.id
        )
        if shown_again and self._watcher is not None:
            afterwards(self._watcher.undid, "hide", wanted, by)

    def lineage(self, post_id: object, *, viewer: Account | None) -> Lineage:
        """What it was made from, and what was made from it."""
        wanted = parse_id(post_id, "post")
        found = self._db.rows(_Placed, LINEAGE, id=wanted, viewer=viewer.id if viewer else None, most=MOST_RELATIVES)
        post = next((each for each in found if each.id == wanted), None)
        if post is None:
            raise NotFound("There is no such post, or it is not for you to see.")
        return Lineage([each for each in found if each.height > 0], post, [each for each in found if each.height < 0])

    def holding(self, creation_ids: Sequence[UUID], *, by: Account) -> list[Holding]:
        """One's own posts that show any of these pictures, to ask before those are deleted."""
        return self._db.rows(
            Holding,
            """select p.id as post_id, p.caption, held.count as held_count,
              (select count(*) from pentagram.post_pictures n where n.post_id = p.id) as picture_count
            from (select pp.post_id, count(*) as count from pentagram.post_pictures pp
              where pp.creation_id = any(%(ids)s) group by pp.post_id) held
            join pentagram.posts p on p.id = held.post_id
            where p.account_id = %(by)s and p.deleted_at is null order by p.id desc""",
            ids=list(creation_ids), by=by.id,
        )  # fmt: skip

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
                  where (c.thumbnail_key = %(key)s or (c.picture_key = %(key)s and p.shows_prompt)
                      or (c.bare_key = %(key)s and not p.shows_prompt)) and p.visibility = 'public'
                    and p.deleted_at is null and p.removed_at is null and not p.sensitive and c.state = 'ready'
                ) or exists (
                  select from pentagram.creations c join pentagram.accounts a on a.avatar_id = c.id
                  where c.thumbnail_key = %(key)s)""",
                key=key,
            )
        )

    def withdrawn_at(self, key: str) -> datetime | None:
        """When a moderator took down the last post that shows this file; None while another one shows it, or where none
        was taken down."""
        found: datetime | None = self._db.value(WITHDRAWN, key=key)
        return found

    def _refuse_what_is_blocked(self, words: _Words) -> bool:
        """Whether the words are sensitive; blocked ones are refused."""
        said = "\n".join([words.caption, *words.tags, *words.alts])
        return self._gate.take(said, "caption").decision == "sensitive"

    def _refuse_what_was_removed(self, creation_ids: Sequence[UUID], visibility: str) -> None:
        if self._removed is not None and visibility != "private":
            self._removed.refuse_kept(creation_ids)

    def _have_it_read(self, tx: Transaction, post_id: UUID) -> None:
        if self._readers is not None:
            self._readers.changed(tx, post_id)

    def _of_token(self, by: Account, token: str) -> Post:
        post_id = self._db.value(
            "select id from pentagram.posts where account_id = %(by)s and token = %(token)s", by=by.id, token=token
        )
        return self.get(post_id, viewer=by)

    def _tell_of(self, post: Post, by: Account, original_id: UUID | None) -> None:
        if original_id is not None and self._teller is not None:
            afterwards(self._teller.remixed, original_id, post, by)
        if original_id is not None and self._watcher is not None:
            afterwards(self._watcher.did, "remix", original_id, by)
        self._tell_mentioned(post, by, mentions(post.caption))

    def _tell_mentioned(self, post: Post, by: Account, names: Sequence[str]) -> None:
        if names and self._teller is not None:
            afterwards(self._teller.mentioned, post, names, by)


WITHDRAWN = """
select case when bool_and(p.removed_at is not null) then max(p.removed_at) end
from pentagram.creations c join pentagram.post_pictures pp on pp.creation_id = c.id
join pentagram.posts p on p.id = pp.post_id and (p.deleted_at is null or p.removed_at is not null)
where c.thumbnail_key = %(key)s or c.picture_key = %(key)s or c.bare_key = %(key)s
"""
NONE_OF_YOURS = "There is no such post among yours."
LINEAGE = f"""
with recursive up (id, remix_of, height) as (
  select p.id, p.remix_of, 0 from pentagram.posts p where p.id = %(id)s
  union all
  select p.id, p.remix_of, up.height + 1 from pentagram.posts p join up on p.id = up.remix_of
  where up.height < %(most)s
), down as materialized (
  select p.id, p.remix_of, -1 as height from pentagram.posts p
  where p.remix_of = %(id)s and {SHOWN} order by p.id desc limit %(most)s
)
select p.id, a.name as author, a.kind as author_kind, a.demo, c.thumbnail_key, {ALT} as alt, p.remix_count, t.height
{FROM} join (select * from up union all select * from down) t on t.id = p.id
where case when t.height = 0 then {VISIBLE} else {SHOWN} end
  and exists (select from pentagram.posts p where p.id = %(id)s and {VISIBLE})
order by t.height desc, p.id desc
"""


@dataclass(frozen=True)
class _Placed(Relative):
    height: int
    """How many posts stand between it and the one asked for, and on which side."""


def mentions(text: str) -> list[str]:
    """The names after an @, in order, each once; whether anybody is called that is not looked at."""
    names = (found.rstrip(".").lower() for found in _MENTION.findall(text))
    return list(dict.fromkeys(name for name in names if NAME.fullmatch(name)))[:MOST_MENTIONS]


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
class _Words:
    """What an author says and chooses, cleaned."""

    caption: str
    tags: list[str]
    visibility: str
    takes_comments: bool
    shows_prompt: bool
    alts: list[str]


@dataclass(frozen=True)
class _Made:
    id: UUID
    remix_of: UUID | None
    """None where the one wished for is not for this person to see."""


@dataclass(frozen=True)
class _Picture:
    id: UUID
    sensitive: bool
    unchecked: bool
    removed: bool


def _checked_words(
    caption: str, tags: Sequence[str], visibility: str, alts: Sequence[str], takes_comments: bool, shows_prompt: bool
) -> _Words:
    if visibility not in VISIBILITIES:
        raise UserError(f"A post is one of {', '.join(VISIBILITIES)}.")
    return _Words(
        clean(caption, most=LONGEST_CAPTION, what="The caption"), checked_tags(tags), visibility, takes_comments,
        shows_prompt, [clean(alt, most=LONGEST_ALT, what="The description of a picture") for alt in alts],
    )  # fmt: skip


def _checked_pictures(tx: Transaction, ids: Sequence[UUID], by: Account, visibility: str) -> bool:
    """Whether any of them is sensitive; all must be the person's own and ready."""
    found = tx.rows(
        _Picture,
        f"""select c.id, c.sensitive or r.sensitive as sensitive, c.unchecked, {in_removed_post("c.id")} as removed
        from pentagram.creations c join pentagram.requests r on r.id = c.request_id
        where c.id = any(%(ids)s) and c.account_id = %(by)s and c.state = 'ready' for share of c""",
        ids=list(ids), by=by.id,
    )  # fmt: skip
    if len(found) < len(ids):
        raise UserError("Only your own, finished pictures can be posted.")
    if any(picture.removed for picture in found):
        raise NotAllowed(REMOVED)
    if visibility != "private" and by.role == "member" and any(picture.unchecked for picture in found):
        raise UserError(STARTED_UNCHECKED)
    return any(picture.sensitive for picture in found)


def _insert(
    tx: Transaction,
    by: Account,
    token: str,
    words: _Words,
    sensitive: bool,
    original: UUID | None,
    made_at: datetime | None,
) -> _Made | None:
    """The new post; None where this token made one before."""
    return tx.row(
        _Made,
        f"""insert into pentagram.posts (id, created_at, account_id, token, caption, tags, visibility, takes_comments,
          shows_prompt, sensitive, remix_of)
        values (coalesce(pentagram.id_at(%(made_at)s), pentagram.new_id()), coalesce(least(%(made_at)s, now()), now()),
          %(viewer)s, %(token)s, %(caption)s, %(tags)s, %(visibility)s, %(takes_comments)s, %(shows_prompt)s,
          %(sensitive)s, (select p.id from pentagram.posts p where p.id = %(original)s and {VISIBLE}))
        on conflict (account_id, token) do nothing returning id, remix_of""",
        viewer=by.id, token=token, caption=words.caption, tags=words.tags, visibility=words.visibility,
        takes_comments=words.takes_comments, shows_prompt=words.shows_prompt, sensitive=sensitive, original=original,
        made_at=made_at,
    )  # fmt: skip


def _place(tx: Transaction, post_id: UUID, creation_ids: Sequence[UUID], alts: Sequence[str]) -> None:
    if len(alts) > len(creation_ids):
        raise UserError("There are more descriptions than pictures.")
    tx.execute(
        f"""insert into pentagram.post_pictures (post_id, position, creation_id, alt)
        select %(post)s, given.place - 1, c.id, {OWN_ALT}
        from unnest(%(ids)s::uuid[], %(alts)s::text[]) with ordinality as given (id, alt, place)
        join pentagram.creations c on c.id = given.id join pentagram.requests r on r.id = c.request_id
        join pentagram.accounts a on a.id = c.account_id""",
        post=post_id, ids=list(creation_ids), alts=_for_each(alts, len(creation_ids)),
    )  # fmt: skip


def _for_each(alts: Sequence[str], pictures: int) -> list[str]:
    return [*alts, *[""] * (pictures - len(alts))]


def _pictures_of(tx: Transaction | Database, post_id: UUID, by: Account) -> list[UUID]:
    """Of one's own post that is there."""
    pictures = tx.values(
        """select pp.creation_id from pentagram.posts p join pentagram.post_pictures pp on pp.post_id = p.id
        where p.id = %(id)s and p.account_id = %(by)s and p.deleted_at is null""",
        id=post_id, by=by.id,
    )  # fmt: skip
    if not pictures:
        raise NotFound(NONE_OF_YOURS)
    return pictures


def _locked(tx: Transaction, post_id: UUID) -> tuple[datetime | None, _Words]:
    """When it was edited last and what it says, with everybody else who wants to edit it waiting."""
    edited_at = tx.value("select edited_at from pentagram.posts where id = %(id)s for no key update", id=post_id)
    words = tx.row(
        _Words,
        """select caption, tags, visibility, takes_comments, shows_prompt,
          array(select pp.alt from pentagram.post_pictures pp where pp.post_id = p.id order by pp.position) as alts
        from pentagram.posts p where id = %(id)s""",
        id=post_id,
    )
    if words is None:
        raise NotFound(NONE_OF_YOURS)
    return edited_at, words


def _own_alts(tx: Transaction, post_id: UUID, alts: Sequence[str] | None, kept: list[str]) -> list[str]:
    """As they are kept. More of them than pictures were written while there was another picture."""
    if alts is None:
        return kept
    if len(alts) > len(kept):
        raise UserError(CHANGED_ELSEWHERE)
    return tx.values(
        f"""select {OWN_ALT} from unnest(%(alts)s::text[]) with ordinality as given (alt, place)
        join pentagram.post_pictures pp on pp.post_id = %(id)s and pp.position = given.place - 1
        join pentagram.creations c on c.id = pp.creation_id join pentagram.requests r on r.id = c.request_id
        join pentagram.accounts a on a.id = c.account_id order by given.place""",
        id=post_id, alts=_for_each(alts, len(kept)),
    )  # fmt: skip


def _rewrite(tx: Transaction, post_id: UUID, words: _Words, sensitive: bool) -> None:
    """What it said goes into its history. A post that was called sensitive stays that: a moderator may have said so."""
    tx.execute(
        """insert into pentagram.post_edits (post_id, caption, tags, visibility)
        select id, caption, tags, visibility from pentagram.posts where id = %(id)s""",
        id=post_id,
    )
    tx.execute(
        """update pentagram.posts set caption = %(caption)s, tags = %(tags)s, visibility = %(visibility)s,
          takes_comments = %(takes_comments)s, shows_prompt = %(shows_prompt)s,
          sensitive = sensitive or %(sensitive)s, edited_at = now()
        where id = %(id)s""",
        id=post_id, caption=words.caption, tags=words.tags, visibility=words.visibility, sensitive=sensitive,
        takes_comments=words.takes_comments, shows_prompt=words.shows_prompt,
    )  # fmt: skip
    tx.execute(
        """update pentagram.post_pictures pp set alt = given.alt
        from unnest(%(alts)s::text[]) with ordinality as given (alt, place)
        where pp.post_id = %(id)s and pp.position = given.place - 1 and pp.alt <> given.alt""",
        id=post_id, alts=words.alts,
    )  # fmt: skip
