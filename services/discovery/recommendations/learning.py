"""Learns what somebody likes from what they do, one event at a time, and unlearns it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import LiteralString
from uuid import UUID

import numpy as np

from services.community.accounts import Account
from services.discovery.recommendations import interests, memory, shown
from services.discovery.recommendations.interests import Event, Interest, Vector, unit
from services.discovery.recommendations.memory import Visitor, Wishes, as_vector
from services.discovery.spaces import Space, Spaces
from services.errors import NotFound, UserError
from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.platform.jobs import LATER, Jobs

Change = Callable[[Sequence[Interest], Event], tuple[Interest, ...]]

JUST_POSTED: LiteralString = """
select id, account_id from pentagram.posts where id = any(%(ids)s) and deleted_at is null
  and created_at > now() - interval '1 hour'
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
        with self._db.transaction() as tx:
            tx.use_vectors()
            shown.note_outcome(tx, by.id, post_id, deed)
            self._change(tx, by.id, post_id, deed, interests.learn)

    def undid(self, deed: str, post_id: UUID, by: Account) -> None:
        with self._db.transaction() as tx:
            tx.use_vectors()
            shown.take_outcome_back(tx, by.id, post_id, deed)
            self._change(tx, by.id, post_id, deed, interests.unlearn)

    def followed(self, maker_id: UUID, by: Account) -> None:
        """What somebody was shown last of whom they follow now is why they do, as far as we know."""
        post = self._db.value(LAST_SHOWN_OF_MAKER, account=by.id, maker=maker_id)
        if post is not None:
            self.did("follow", post, by)

    def posted(self, ids: Sequence[UUID]) -> None:
        """These posts were read; those that are new tell what their authors like."""
        for post in self._db.rows(_Posted, JUST_POSTED, ids=list(ids)):
            with self._db.transaction() as tx:
                tx.use_vectors()
                self._change(tx, post.account_id, post.id, "post", interests.learn)

    def less_like(self, post_id: UUID, *, by: Account | Visitor) -> None:
        """Keep what is near this post out of For you, from the next page on."""
        self._say(post_id, "less", by, interests.learn)

    def not_less_like(self, post_id: UUID, *, by: Account | Visitor) -> None:
        """Take `less_like` back."""
        self._say(post_id, "less", by, interests.unlearn)

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
        maker = self._maker_of(post_id)
        if isinstance(by, Visitor):
            by.unwanted.discard(maker)
            return
        self._db.execute(
            "delete from pentagram.unwanted_makers where account_id = %(by)s and maker_id = %(maker)s",
            by=by.id, maker=maker,
        )  # fmt: skip

    def _maker_of(self, post_id: UUID) -> UUID:
        maker: UUID | None = self._db.value("select account_id from pentagram.posts where id = %(id)s", id=post_id)
        if maker is None:
            raise NotFound("There is no such post.")
        return maker

    def wishes(self, *, by: Account) -> Wishes:
        with self._db.transaction() as tx:
            return memory.wishes(tx, by.id)

    def wish(self, *, by: Account, surprise: float | None = None, learning: bool | None = None) -> Wishes:
        """Change how much somebody wants to be surprised, from 0 to 1, and whether we learn from what they do."""
        if surprise is not None and not 0 <= surprise <= 1:
            raise UserError("Choose something between familiar and surprising.")
        given = {"surprise": surprise, "learning": learning}
        with self._db.transaction() as tx:
            memory.wish(tx, by.id, **{name: wanted for name, wanted in given.items() if wanted is not None})
            return memory.wishes(tx, by.id)

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
            if space is None:
                return
            for old in tx.values(OLDER_SPACES, account=account, space=space.id):
                before = memory.held(tx, account, replace(space, id=old))
                after = [moved for each in before if (moved := _moved(tx, each, space)) is not None]
                memory.keep(tx, account, space, before, after)

    def _say(self, post_id: UUID, kind: str, by: Account | Visitor, change: Change) -> None:
        with self._db.transaction() as tx:
            tx.use_vectors()
            if isinstance(by, Visitor):
                self._change_visitor(tx, by, post_id, kind, change)
                return
            note = shown.note_outcome if change is interests.learn else shown.take_outcome_back
            note(tx, by.id, post_id, kind)
            self._change(tx, by.id, post_id, kind, change)

    def _change(self, tx: Transaction, account: UUID, post_id: UUID, kind: str, change: Change) -> None:
        space = self._spaces.serving(tx)
        if space is None or not memory.wishes(tx, account).learning:
            return
        memory.lock(tx, account)
        vector = _vectors(tx, space, [post_id]).get(post_id)
        if vector is not None:
            before = memory.held(tx, account, space)
            memory.keep(tx, account, space, before, change(before, Event(post_id, vector, kind, self._clock.now())))

    def _change_visitor(self, tx: Transaction, by: Visitor, post_id: UUID, kind: str, change: Change) -> None:
        space = self._spaces.serving(tx)
        vector = None if space is None else _vectors(tx, space, [post_id]).get(post_id)
        if space is not None and vector is not None:
            by.interests = change(by.of(space), Event(post_id, vector, kind, self._clock.now()))
            by.space = space.id


OLDER_SPACES: LiteralString = """
select distinct space_id from pentagram.interests where account_id = %(account)s and space_id <> %(space)s
"""


@dataclass(frozen=True)
class _Posted:
    id: UUID
    account_id: UUID


@dataclass(frozen=True)
class _Vector:
    post_id: UUID
    vector: bytes


def _vectors(tx: Transaction, space: Space, ids: Sequence[UUID]) -> dict[UUID, Vector]:
    rows = tx.rows(_Vector, VECTORS, space=space.id, ids=list(ids))
    return {row.post_id: unit(as_vector(row.vector)) for row in rows}


def _moved(tx: Transaction, interest: Interest, space: Space) -> Interest | None:
    known = _vectors(tx, space, [each.post for each in interest.sources])
    parts = [abs(each.weight) * known[each.post] for each in interest.sources if each.post in known]
    return replace(interest, centre=unit(np.sum(parts, axis=0))) if parts else None
