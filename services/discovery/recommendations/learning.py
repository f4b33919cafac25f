"""Learns what somebody likes from what they do, one event at a time, and unlearns it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import LiteralString
from uuid import UUID

import numpy as np

from services.community.accounts import Account
from services.discovery.recommendations import interests, memory, shown
from services.discovery.recommendations.house_share import check_share
from services.discovery.recommendations.interests import Event, Interest, Vector, unit
from services.discovery.recommendations.memory import Visitor, Wishes, as_vector
from services.discovery.spaces import Space, Spaces
from services.errors import NotFound, Unavailable, UserError
from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.platform.jobs import LATER, Jobs

Change = Callable[[Sequence[Interest], Event], tuple[Interest, ...]]
Rearrange = Callable[[Sequence[Interest], datetime], tuple[Interest, ...]]
"""What interests become at a moment."""

# What was done with a post before it was read taught nothing then.
JUST_READ: LiteralString = """
select d.post_id, d.account_id, d.kind from (
  select p.id as post_id, p.account_id, 'post' as kind, p.created_at from pentagram.posts p where p.id = any(%(ids)s)
  union all
  select l.post_id, l.account_id, 'like', l.created_at from pentagram.likes l where l.post_id = any(%(ids)s)
  union all
  select c.post_id, c.account_id, 'comment', c.created_at from pentagram.comments c
  where c.post_id = any(%(ids)s) and c.deleted_at is null
  union all
  select s.post_id, b.account_id, 'save', s.created_at from pentagram.collection_posts s
  join pentagram.collections b on b.id = s.collection_id where s.post_id = any(%(ids)s)
) d join pentagram.posts p on p.id = d.post_id
where d.created_at > now() - interval '1 hour' and p.deleted_at is null
  and (d.kind = 'post' or d.account_id <> p.account_id)
order by d.created_at limit 1000
"""
VECTORS: LiteralString = """
select post_id, halfvec_send(vector) as vector from pentagram.post_vectors
where space_id = %(space)s and post_id = any(%(ids)s)
"""
LAST_SHOWN_OF_MAKER: LiteralString = """
select s.post_id from pentagram.impressions s join pentagram.posts p on p.id = s.post_id
where s.account_id = %(account)s and p.account_id = %(maker)s and s.shown_at > now() - interval '1 day'
order by s.shown_at desc limit 1
"""


class Learning:
    """The `Watcher` of what people do with posts."""

    def __init__(self, db: Database, jobs: Jobs, spaces: Spaces, clock: Clock) -> None:
        self._db = db
        self._jobs = jobs
        self._spaces = spaces
        self._clock = clock
        jobs.register("rebuild_interests", self.rebuild)

    def did(self, deed: str, post_id: UUID, by: Account) -> None:
        """Somebody liked, commented on, saved, remixed or hid a post."""
        self._say(post_id, deed, by, interests.learn)

    def undid(self, deed: str, post_id: UUID, by: Account) -> None:
        self._say(post_id, deed, by, interests.unlearn)

    def followed(self, maker_id: UUID, by: Account) -> None:
        """What somebody was shown last of whom they follow now is why they do, as far as we know."""
        post = self._db.value(LAST_SHOWN_OF_MAKER, account=by.id, maker=maker_id)
        if post is not None:
            self.did("follow", post, by)

    def read(self, ids: Sequence[UUID]) -> None:
        """These posts were read; those that are new tell what their authors like, and who did something with them
        before that."""
        for deed in self._db.rows(_Deed, JUST_READ, ids=list(ids)):
            with self._db.transaction() as tx:
                tx.use_vectors()
                if memory.wishes(tx, deed.account_id).learning:
                    self._change(tx, deed.account_id, deed.post_id, deed.kind, interests.learn)

    def less_like(self, post_id: UUID, *, by: Account | Visitor) -> None:
        """Keep what is near this post out of For you, from the next page on."""
        self._say(post_id, "less", by, interests.learn)

    def not_less_like(self, post_id: UUID, *, by: Account | Visitor) -> None:
        """Take `less_like` back."""
        self._say(post_id, "less", by, interests.unlearn)

    def forget(self, post_id: UUID, kind: str, *, by: Account | Visitor) -> None:
        """As if nothing had been learned from that deed. The deed itself stands."""
        self.rearrange(lambda held, at: _unlearned(held, post_id, kind, at), by=by)

    def looked_at(self, post_id: UUID, *, by: Account | Visitor) -> None:
        """Somebody opened a post."""
        self._say(post_id, "dwell", by, interests.learn)

    def not_the_maker_of(self, post_id: UUID, *, by: Account | Visitor) -> None:
        """For you leaves out what they post, from the next page on. They do not learn of it."""
        maker = self._maker_of(post_id)
        if isinstance(by, Visitor):
            by.unwanted.add(maker)
            return
        if maker == by.id:
            raise UserError("That is you.")
        self._db.execute(
            """insert into pentagram.unwanted_makers (account_id, maker_id) values (%(by)s, %(maker)s)
            on conflict do nothing""",
            by=by.id, maker=maker,
        )  # fmt: skip

    def the_maker_again_of(self, post_id: UUID, *, by: Account | Visitor) -> None:
        self.the_maker_again(self._maker_of(post_id), by=by)

    def the_maker_again(self, maker: UUID, *, by: Account | Visitor) -> None:
        if isinstance(by, Visitor):
            by.unwanted.discard(maker)
            return
        self._db.execute(
            "delete from pentagram.unwanted_makers where account_id = %(by)s and maker_id = %(maker)s",
            by=by.id, maker=maker,
        )  # fmt: skip

    def want_all_makers(self, *, by: Account | Visitor) -> None:
        if isinstance(by, Visitor):
            by.unwanted.clear()
            return
        self._db.execute("delete from pentagram.unwanted_makers where account_id = %(by)s", by=by.id)

    def _maker_of(self, post_id: UUID) -> UUID:
        maker: UUID | None = self._db.value("select account_id from pentagram.posts where id = %(id)s", id=post_id)
        if maker is None:
            raise NotFound("There is no such post.")
        return maker

    def wishes(self, *, by: Account | Visitor) -> Wishes:
        with self._db.transaction() as tx:
            return memory.wishes(tx, _who(by))

    def wish(self, *, by: Account | Visitor, surprise: float | None = None, learning: bool | None = None) -> Wishes:
        """Change how much somebody wants to be surprised, from 0 to 1, and whether we learn from what they do."""
        if surprise is not None:
            check_share(surprise)
        given = {"surprise": surprise, "learning": learning}
        with self._db.transaction() as tx:
            memory.wish(tx, _who(by), **{name: wanted for name, wanted in given.items() if wanted is not None})
            return memory.wishes(tx, _who(by))

    def adopt(self, visitor: Visitor, *, by: Account) -> None:
        """Somebody who looked round without an account has one now: what their tab learned becomes theirs, and what
        it showed them was shown to them."""
        with self._db.transaction() as tx:
            tx.use_vectors()
            memory.lock(tx, by.id)
            shown.adopt(tx, visitor.id, by.id)
            tx.execute(ADOPT_UNWANTED, by=by.id, makers=list(visitor.unwanted))
            memory.wish(tx, by.id, **visitor.wished)
            space = self._spaces.serving(tx)
            if space is not None:
                memory.keep(tx, by.id, space, (), visitor.of(space))

    def known(self, tx: Transaction, by: Account | Visitor, space: Space) -> tuple[Interest, ...]:
        """Somebody's interests in the space that serves. Those learned in an older one are brought into it first."""
        if isinstance(by, Visitor):
            return by.of(space)
        return _held(tx, by.id, space)

    def rearrange(self, change: Rearrange, *, by: Account | Visitor) -> None:
        """Change somebody's interests as they say."""
        with self._db.transaction() as tx:
            tx.use_vectors()
            space = self._spaces.serving(tx)
            if space is None:
                raise Unavailable("For you knows nothing yet: the first posts are still being read.")
            before = self.known(tx, by, space)
            after = change(before, self._clock.now())
            if isinstance(by, Visitor):
                by.interests = after
            else:
                memory.keep(tx, by.id, space, before, after)

    def rebuild_later(self, tx: Transaction, account: UUID) -> None:
        """Their interests were learned by a model that is not the one serving."""
        self._jobs.defer(tx, "rebuild_interests", priority=LATER, once=f"rebuild {account}", account_id=str(account))

    def rebuild(self, *, account_id: str, last_attempt: bool = True) -> None:
        """Find anew, in the space that serves now, where somebody's interests point: at what they were learned from.
        One of which nothing is left to be learned from is forgotten."""
        account = UUID(account_id)
        with self._db.transaction() as tx:
            tx.use_vectors()
            memory.lock(tx, account)
            space = self._spaces.serving(tx)
            if space is not None:
                _bring_along(tx, account, space)

    def _say(self, post_id: UUID, kind: str, by: Account | Visitor, change: Change) -> None:
        """Whoever paused learning is learned nothing of, but what they ask for counts, and what they take back."""
        with self._db.transaction() as tx:
            tx.use_vectors()
            teaches = kind in ASKED_FOR or memory.wishes(tx, _who(by)).learning
            if change is interests.learn and not teaches:
                return
            if isinstance(by, Visitor):
                self._change_visitor(tx, by, post_id, kind, change)
                return
            note = shown.note_outcome if change is interests.learn else shown.take_outcome_back
            note(tx, by.id, post_id, kind)
            self._change(tx, by.id, post_id, kind, change)

    def _change(self, tx: Transaction, account: UUID, post_id: UUID, kind: str, change: Change) -> None:
        space = self._spaces.serving(tx)
        if space is None:
            return
        before = _held(tx, account, space)
        memory.keep(tx, account, space, before, self._changed(tx, space, before, post_id, kind, change))

    def _change_visitor(self, tx: Transaction, by: Visitor, post_id: UUID, kind: str, change: Change) -> None:
        space = self._spaces.serving(tx)
        if space is not None:
            by.interests = self._changed(tx, space, by.of(space), post_id, kind, change)
            by.space = space.id

    def _changed(
        self, tx: Transaction, space: Space, held: tuple[Interest, ...], post_id: UUID, kind: str, change: Change
    ) -> tuple[Interest, ...]:
        vector = _vectors(tx, space, [post_id]).get(post_id)
        if vector is not None:
            return change(held, Event(post_id, vector, kind, self._clock.now()))
        if kind in ASKED_FOR and change is interests.learn:
            raise UserError(UNREAD)
        # A post that is gone teaches nothing, nor one that was not read yet before it is. What was learned from it can
        # be unlearned.
        return _unlearned(held, post_id, kind, self._clock.now()) if change is interests.unlearn else held


ASKED_FOR = frozenset({"less", "more"})
"""Deeds that say nothing else than what somebody wants to see."""
UNREAD = (
    "For you knows nothing of what this picture shows, and so not what is like it. “Not this post” keeps it out of "
    "your lists."
)
ADOPT_UNWANTED: LiteralString = """
insert into pentagram.unwanted_makers (account_id, maker_id)
select %(by)s, a.id from pentagram.accounts a where a.id = any(%(makers)s) and a.id <> %(by)s on conflict do nothing
"""
OLDER_SPACES: LiteralString = """
select distinct space_id from pentagram.interests where account_id = %(account)s and space_id <> %(space)s
"""


@dataclass(frozen=True)
class _Deed:
    post_id: UUID
    account_id: UUID
    kind: str


@dataclass(frozen=True)
class _Vector:
    post_id: UUID
    vector: bytes


def _who(by: Account | Visitor) -> UUID | Visitor:
    return by if isinstance(by, Visitor) else by.id


def _vectors(tx: Transaction, space: Space, ids: Sequence[UUID]) -> dict[UUID, Vector]:
    rows = tx.rows(_Vector, VECTORS, space=space.id, ids=list(ids))
    return {row.post_id: unit(as_vector(row.vector)) for row in rows}


def _unlearned(held: Sequence[Interest], post_id: UUID, kind: str, at: datetime) -> tuple[Interest, ...]:
    """Without what was learned from a deed, whatever became of the post."""
    of = next((each for each in held if each.learned_from(post_id, kind)), None)
    return tuple(held) if of is None else interests.unlearn(held, Event(post_id, of.centre, kind, at))


def _held(tx: Transaction, account: UUID, space: Space) -> tuple[Interest, ...]:
    """To be changed by nobody else meanwhile, those of older spaces among them."""
    memory.lock(tx, account)
    _bring_along(tx, account, space)
    return memory.held(tx, account, space)


def _bring_along(tx: Transaction, account: UUID, space: Space) -> None:
    """Into this space what was learned of somebody in others."""
    for old in tx.values(OLDER_SPACES, account=account, space=space.id):
        before = memory.held(tx, account, replace(space, id=old))
        after = [moved for each in before if (moved := _moved(tx, each, space)) is not None]
        memory.keep(tx, account, space, before, after)


def _moved(tx: Transaction, interest: Interest, space: Space) -> Interest | None:
    known = _vectors(tx, space, [each.post for each in interest.sources])
    parts = [abs(each.weight) * known[each.post] for each in interest.sources if each.post in known]
    return replace(interest, centre=unit(np.sum(parts, axis=0))) if parts else None
