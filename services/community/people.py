"""People to each other: profiles, following, muting, blocking, reporting, and finding somebody by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString, NamedTuple
from uuid import UUID

from services.community.accounts import FROM, Account
from services.community.collections import READABLE as READABLE_BOARD
from services.community.credentials import NAME
from services.community.notifications import Notifications
from services.community.posts import VISIBLE, Watcher
from services.errors import NotAllowed, NotFound, UserError
from services.ids import parse_id
from services.pages import Page, page_of, place_of
from services.platform.afterwards import afterwards
from services.platform.database import Database, Transaction
from services.safety import precaution
from services.safety.standing import not_while_suspended
from services.text import clean

PAGE = 30
MOST_ON_A_PAGE = 60
LONGEST_DETAILS = 2000
CANDIDATES = 200
PAIR_LOCK = 3
MOST_FOLLOWED = 7_500
"""By one person: the feed looks at each of them."""


class Reason(NamedTuple):
    sentence: str
    urgency: int


REASONS = {
    "minors": Reason("A child is shown sexually or put in danger", 3),
    "self_harm": Reason("Somebody may harm themselves", 2),
    "violence": Reason("Threats or cruel violence", 2),
    "hate": Reason("Hate against a group of people", 1),
    "harassment": Reason("Bullying or harassment", 1),
    "sexual": Reason("Nudity or sex that is not marked sensitive", 1),
    "likeness": Reason("A picture of a real person who did not agree", 1),
    "copyright": Reason("Somebody else's work", 0),
    "spam": Reason("Spam or fraud", 0),
    "other": Reason("Something else", 0),
}
"""What a report can be about."""
REPORT: LiteralString = """
insert into pentagram.reports as r (reporter_id, account_id, post_id, comment_id, collection_id, reason, note, urgency)
values (%(by)s, %(account)s, %(post)s, %(comment)s, %(collection)s, %(reason)s, %(details)s, %(urgency)s)
on conflict (reporter_id, coalesce(account_id, post_id, comment_id, collection_id)) where state = 'open'
do update set reason = excluded.reason, note = excluded.note, urgency = excluded.urgency
where excluded.urgency >= r.urgency
"""


@dataclass(frozen=True)
class Profile:
    """Somebody as one viewer sees them."""

    id: UUID
    name: str
    display_name: str
    bio: str
    role: str
    kind: str
    demo: bool
    created_at: datetime
    avatar_key: str | None
    post_count: int
    """Of those that this viewer may find on their page; one's own are all counted."""
    follower_count: int
    following_count: int
    follows: bool
    """Whether the viewer follows them."""
    follows_back: bool
    muted: bool
    blocked: bool
    """By the viewer, who may see this much to unblock them. To whom they blocked, there is no profile."""
    me: bool


@dataclass(frozen=True)
class Person:
    """Somebody in a list."""

    id: UUID
    name: str
    display_name: str
    kind: str
    demo: bool
    avatar_key: str | None
    follows: bool
    """Whether the viewer follows them."""
    me: bool


PERSON = """a.id, a.name, a.display_name, a.kind, a.demo, c.thumbnail_key as avatar_key,
  (select true from pentagram.follows f where f.follower_id = %(viewer)s and f.followed_id = a.id) is true as follows,
  a.id is not distinct from %(viewer)s as me"""
LETS_IN = """(select true from pentagram.blocks b
  where b.account_id = a.id and b.blocked_id = %(viewer)s) is not true"""
THERE = f"""({LETS_IN} and (select true from pentagram.blocks b
  where b.account_id = %(viewer)s and b.blocked_id = a.id) is not true)"""
PROFILE = f"""
select a.id, a.name, a.display_name, a.bio, a.role, a.kind, a.demo, a.created_at, c.thumbnail_key as avatar_key,
  n.public_posts + case when v.me then n.follower_posts + n.own_posts when v.follows then n.follower_posts else 0 end
    as post_count,
  n.followers as follower_count, n.following as following_count, v.*
from {FROM} join pentagram.account_counts n on n.account_id = a.id
cross join lateral (select
  exists (select from pentagram.follows f where f.follower_id = %(viewer)s and f.followed_id = a.id) as follows,
  exists (select from pentagram.follows f where f.follower_id = a.id and f.followed_id = %(viewer)s) as follows_back,
  exists (select from pentagram.mutes m where m.account_id = %(viewer)s and m.muted_id = a.id) as muted,
  exists (select from pentagram.blocks b where b.account_id = %(viewer)s and b.blocked_id = a.id) as blocked,
  a.id is not distinct from %(viewer)s as me
) v
where a.name = %(name)s and {LETS_IN}
"""
CALLED = "(a.name like %(pattern)s or lower(a.display_name) like %(pattern)s)"
# Of many who are called so, the best of some: one letter is the beginning of a tenth of all names.
NAMED_LIKE = f"""
with near as (
  select a.id from pentagram.accounts a where a.name = %(word)s
  union (select a.id from pentagram.follows f join pentagram.accounts a on a.id = f.followed_id
    where f.follower_id = %(viewer)s and {CALLED} limit %(candidates)s)
  union (select a.id from pentagram.accounts a where a.name like %(pattern)s limit %(candidates)s)
  union (select a.id from pentagram.accounts a where lower(a.display_name) like %(pattern)s limit %(candidates)s)
)
select {PERSON} from near join pentagram.accounts a on a.id = near.id
left join pentagram.creations c on c.id = a.avatar_id
where {THERE}
order by a.name = %(word)s desc, follows desc,
  (select n.followers from pentagram.account_counts n where n.account_id = a.id) desc, a.id
limit %(most)s
"""


class _List(NamedTuple):
    table: LiteralString
    whose: LiteralString
    who: LiteralString


FOLLOWERS = _List("pentagram.follows", "followed_id", "follower_id")
FOLLOWING = _List("pentagram.follows", "follower_id", "followed_id")
MUTED = _List("pentagram.mutes", "account_id", "muted_id")
BLOCKED = _List("pentagram.blocks", "account_id", "blocked_id")
UNWANTED = _List("pentagram.unwanted_makers", "account_id", "maker_id")
LIKERS = _List("pentagram.likes", "post_id", "account_id")


@dataclass(frozen=True)
class _Listed(Person):
    since: datetime


@dataclass(frozen=True)
class _Target:
    account: UUID | None
    post: UUID | None
    comment: UUID | None
    collection: UUID | None
    mine: bool


TARGETS: dict[str, LiteralString] = {
    "account": f"""select a.id as account, null::uuid as post, null::uuid as comment, null::uuid as collection,
        a.id = %(viewer)s as mine
      from pentagram.accounts a where a.name = %(name)s and {LETS_IN}""",
    "post": f"""select null::uuid as account, p.id as post, null::uuid as comment, null::uuid as collection,
        p.account_id = %(viewer)s as mine
      from pentagram.posts p where p.id = %(id)s and {VISIBLE}""",
    "comment": f"""select null::uuid as account, null::uuid as post, k.id as comment, null::uuid as collection,
        k.account_id = %(viewer)s as mine
      from pentagram.comments k join pentagram.posts p on p.id = k.post_id
      join pentagram.accounts a on a.id = k.account_id
      where k.id = %(id)s and k.deleted_at is null and k.removed_at is null and {THERE} and {VISIBLE}""",
    "collection": f"""select null::uuid as account, null::uuid as post, null::uuid as comment, k.id as collection,
        k.account_id = %(viewer)s as mine
      from pentagram.collections k where k.id = %(id)s and {READABLE_BOARD}""",
}


class People:
    def __init__(self, db: Database, notifications: Notifications, *, watcher: Watcher | None = None) -> None:
        self._db = db
        self._watcher = watcher
        self._notifications = notifications

    def profile(self, name: str, *, viewer: Account | None) -> Profile:
        """`NotFound` for somebody who blocked the viewer: as if nobody were called that."""
        wanted = _possible(name)
        found = self._db.row(Profile, PROFILE, name=wanted, viewer=viewer.id if viewer else None)
        if found is None:
            raise _nobody(wanted)
        return found

    @not_while_suspended
    def follow(self, name: str, *, by: Account) -> Profile:
        """Following twice is following once."""
        them = self._other(name, by)
        if them.blocked:
            raise NotAllowed(f"You blocked {them.name}. Unblock them to follow them.")
        with self._db.transaction() as tx:
            _lock_pair(tx, by.id, them.id)
            begun = tx.execute(
                f"""insert into pentagram.follows (follower_id, followed_id)
                select %(viewer)s, a.id from pentagram.accounts a where a.id = %(them)s and {THERE}
                on conflict do nothing""",
                viewer=by.id, them=them.id,
            )  # fmt: skip
            if begun:
                _refuse_too_many(tx, by, them.name)
        if begun:
            afterwards(self._notifications.followed, them.id, by)
        if begun and self._watcher is not None:
            afterwards(self._watcher.followed, them.id, by)
        return self.profile(them.name, viewer=by)

    def unfollow(self, name: str, *, by: Account) -> Profile:
        them = self._other(name, by)
        ended = self._db.execute(
            "delete from pentagram.follows where follower_id = %(by)s and followed_id = %(them)s",
            by=by.id, them=them.id,
        )  # fmt: skip
        if ended:
            afterwards(self._notifications.unfollowed, them.id, by)
        return self.profile(them.name, viewer=by)

    def mute(self, name: str, *, by: Account) -> Profile:
        """Lists leave out what they post, and nothing they do is told. They do not learn of it."""
        them = self._other(name, by)
        self._db.execute(
            """insert into pentagram.mutes (account_id, muted_id) values (%(by)s, %(them)s)
            on conflict do nothing""",
            by=by.id, them=them.id,
        )  # fmt: skip
        return self.profile(them.name, viewer=by)

    def unmute(self, name: str, *, by: Account) -> Profile:
        them = self._other(name, by)
        self._db.execute(
            "delete from pentagram.mutes where account_id = %(by)s and muted_id = %(them)s", by=by.id, them=them.id
        )
        return self.profile(them.name, viewer=by)

    def block(self, name: str, *, by: Account) -> Profile:
        """From here on neither is there for the other, and neither follows the other. They are not told."""
        them = self._other(name, by)
        with self._db.transaction() as tx:
            _lock_pair(tx, by.id, them.id)
            tx.execute(
                """insert into pentagram.blocks (account_id, blocked_id) values (%(by)s, %(them)s)
                on conflict do nothing""",
                by=by.id, them=them.id,
            )  # fmt: skip
            tx.execute(
                """delete from pentagram.follows where (follower_id = %(by)s and followed_id = %(them)s)
                or (follower_id = %(them)s and followed_id = %(by)s)""",
                by=by.id, them=them.id,
            )  # fmt: skip
            tx.execute(
                """delete from pentagram.notifications where kind = 'follow' and (
                  (account_id = %(by)s and topic = %(them)s) or (account_id = %(them)s and topic = %(by)s))""",
                by=by.id, them=them.id,
            )  # fmt: skip
        return self.profile(them.name, viewer=by)

    def unblock(self, name: str, *, by: Account) -> None:
        """Nobody follows again by themselves. Goes for somebody, too, who is not there for this person any more."""
        self._db.execute(
            """delete from pentagram.blocks b using pentagram.accounts a
            where a.id = b.blocked_id and a.name = %(name)s and b.account_id = %(by)s""",
            name=_possible(name), by=by.id,
        )  # fmt: skip

    def _other(self, name: str, by: Account) -> Profile:
        them = self.profile(name, viewer=by)
        if them.me:
            raise UserError("That is you.")
        return them

    def followers(
        self, name: str, *, viewer: Account | None, after: str | None = None, limit: int = PAGE
    ) -> Page[Person]:
        """The latest first, without those who are not there for the viewer."""
        return self._of_somebody(FOLLOWERS, name, viewer, after, limit)

    def following(
        self, name: str, *, viewer: Account | None, after: str | None = None, limit: int = PAGE
    ) -> Page[Person]:
        return self._of_somebody(FOLLOWING, name, viewer, after, limit)

    def muted_by(self, by: Account, *, after: str | None = None, limit: int = PAGE) -> Page[Person]:
        return self._listed(MUTED, by.id, by, after, limit)

    def blocked_by(self, by: Account, *, after: str | None = None, limit: int = PAGE) -> Page[Person]:
        return self._listed(BLOCKED, by.id, by, after, limit)

    def unwanted_by(self, by: Account, *, after: str | None = None, limit: int = PAGE) -> Page[Person]:
        """Whose posts somebody does not want in For you."""
        return self._listed(UNWANTED, by.id, by, after, limit)

    def likers(
        self, post_id: object, *, viewer: Account | None, after: str | None = None, limit: int = PAGE
    ) -> Page[Person]:
        """Of a post that the viewer may see."""
        post = parse_id(post_id, "post")
        if not self._db.value(
            f"select true from pentagram.posts p where p.id = %(id)s and {VISIBLE}",
            id=post, viewer=viewer.id if viewer else None,
        ):  # fmt: skip
            raise NotFound("There is no such post, or it is not for you to see.")
        return self._listed(LIKERS, post, viewer, after, limit)

    def _of_somebody(
        self, people: _List, name: str, viewer: Account | None, after: str | None, limit: int
    ) -> Page[Person]:
        them = self.profile(name, viewer=viewer)
        if them.blocked:
            raise NotFound(f"You blocked {them.name}.")
        return self._listed(people, them.id, viewer, after, limit)

    def _listed(
        self, people: _List, whose: UUID, viewer: Account | None, after: str | None, limit: int
    ) -> Page[Person]:
        since, last = place_of(after, datetime, UUID)
        limit = min(limit, MOST_ON_A_PAGE)
        rows = self._db.rows(
            _Listed,
            f"""select {PERSON}, l.created_at as since from {FROM} join {people.table} l on l.{people.who} = a.id
            where l.{people.whose} = %(whose)s and {LETS_IN if people is BLOCKED else THERE}
              and (%(since)s::timestamptz is null or (l.created_at, l.{people.who}) < (%(since)s, %(last)s))
            order by l.created_at desc, l.{people.who} desc limit %(most)s""",
            whose=whose, viewer=viewer.id if viewer else None, since=since, last=last, most=limit + 1,
        )  # fmt: skip
        page = page_of(rows, limit, lambda row: (row.since, row.id))
        return Page(list(page.items), page.next)

    def named_like(self, beginning: str, *, viewer: Account | None, limit: int = 8) -> list[Person]:
        """Whose name begins so: who is called exactly that, then those whom the viewer follows, then by followers."""
        word = clean(beginning[:60], most=60, what="The name", newlines=False).lstrip("@").lower()
        if not word:
            return []
        return self._db.rows(
            Person, NAMED_LIKE, word=word, pattern=re.sub(r"([\\%_])", r"\\\1", word) + "%", candidates=CANDIDATES,
            viewer=viewer.id if viewer else None, most=min(limit, MOST_ON_A_PAGE),
        )  # fmt: skip

    def report(
        self,
        *,
        by: Account,
        reason: str,
        details: str = "",
        account: str | None = None,
        post_id: object = None,
        comment_id: object = None,
        collection_id: object = None,
    ) -> None:
        """Show moderators somebody, a post, a comment or a collection. Whoever reports the same again has one open
        report, with the more urgent reason."""
        if reason not in REASONS:
            raise UserError("Choose what is wrong with it.")
        details = clean(details, most=LONGEST_DETAILS, what="What you say about it")
        target = self._target(by, account, post=post_id, comment=comment_id, collection=collection_id)
        with self._db.transaction() as tx:
            tx.execute(
                REPORT, by=by.id, reason=reason, details=details, urgency=REASONS[reason].urgency,
                account=target.account, post=target.post, comment=target.comment, collection=target.collection,
            )  # fmt: skip
            urgent = target.post if reason == precaution.URGENT else None
            veil = precaution.veil(tx, urgent, by.id) if urgent else None
        if veil:
            afterwards(
                self._notifications.decided, veil.account_id, decision_id=veil.id, verdict=veil.told,
                reason=veil.reason, post_id=veil.post_id,
            )  # fmt: skip

    def _target(self, by: Account, account: str | None, **things: object) -> _Target:
        """What is reported, if this person may see it."""
        given = [what for what, thing in {"account": account, **things}.items() if thing]
        if len(given) != 1:
            raise UserError("Report one thing at a time.")
        [what] = given
        target = self._db.row(
            _Target,
            TARGETS[what],
            viewer=by.id, name=_possible(account) if account else None,
            id=None if what == "account" else parse_id(things[what], what),
        )  # fmt: skip
        if target is None:
            raise NotFound(f"There is no such {what}, or it is not for you to see.")
        if target.mine:
            raise UserError("That is your own.")
        return target


def _possible(name: str) -> str:
    """As names are kept; `NotFound` for what nobody can be called."""
    name = name.strip().lower()
    if not NAME.fullmatch(name):
        raise _nobody(name)
    return name


def _nobody(name: str) -> NotFound:
    return NotFound(f"Nobody here is called {name[:40]}.")


def _refuse_too_many(tx: Transaction, by: Account, name: str) -> None:
    """After the new one was counted: that holds the count, so nobody gets past it by following several at once."""
    following = tx.value("select following from pentagram.account_counts where account_id = %(by)s", by=by.id)
    if following > MOST_FOLLOWED:
        raise UserError(f"You follow {MOST_FOLLOWED:,} people, the most there may be. Unfollow one to follow {name}.")


def _lock_pair(tx: Transaction, one: UUID, other: UUID) -> None:
    """Whoever follows waits for whoever blocks, so that nobody ends up following somebody who just blocked them."""
    tx.execute(
        "select pg_advisory_xact_lock(%(kind)s, hashtext(%(pair)s))",
        kind=PAIR_LOCK, pair=" ".join(sorted((str(one), str(other)))),
    )  # fmt: skip
