"""Where the interests of people are kept: rows of Postgres for accounts, the tab's own memory for visitors."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import numpy as np

from services.discovery.recommendations.choosing import USUAL_SURPRISE
from services.discovery.recommendations.house_share import house_share
from services.discovery.recommendations.interests import Interest, Source, State, Vector, unit
from services.discovery.spaces import Space
from services.platform.database import Transaction

LOCK = 7
"""Of advisory locks: whoever learns of somebody waits for whoever learns of them just now."""
MOST_SEEN = 600
HELD: LiteralString = """
select id, halfvec_send(vector) as vector, weight, state, negative, sources, touched_at
from pentagram.interests where account_id = %(account)s and space_id = %(space)s order by created_at, id
"""
KEEP: LiteralString = """
insert into pentagram.interests (id, account_id, space_id, vector, weight, state, negative, sources, touched_at)
values (%(id)s, %(account)s, %(space)s, %(vector)s::halfvec, %(weight)s, %(state)s, %(negative)s, %(sources)s::jsonb,
  %(touched)s)
on conflict (id) do update set space_id = excluded.space_id, vector = excluded.vector, weight = excluded.weight,
  state = excluded.state, negative = excluded.negative, sources = excluded.sources, touched_at = excluded.touched_at
where interests.account_id = excluded.account_id
"""


@dataclass(frozen=True)
class Wishes:
    """What somebody set for themselves, and the house where they did not."""

    surprise: float = USUAL_SURPRISE
    learning: bool = True


UNSET = Wishes()
"""Of a visitor who set nothing: they go by the house's share."""


@dataclass
class Visitor:
    """Somebody without an account, as long as their tab lasts: nothing of it is kept but what they were shown."""

    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    space: int | None = None
    interests: tuple[Interest, ...] = ()
    seen: list[UUID] = field(default_factory=list)
    unwanted: set[UUID] = field(default_factory=set)
    liked: list[UUID] = field(default_factory=list)
    wishes: Wishes = UNSET

    def saw(self, posts: Sequence[UUID]) -> None:
        fresh = [post for post in self.seen if post not in set(posts)]
        self.seen = [*fresh, *posts][-MOST_SEEN:]

    def of(self, space: Space | None) -> tuple[Interest, ...]:
        """What they like, if it was learned in this space."""
        return self.interests if space is not None and self.space == space.id else ()


@dataclass(frozen=True)
class _Row:
    id: UUID
    vector: bytes
    weight: float
    state: State
    negative: bool
    sources: list[dict[str, Any]]
    touched_at: datetime


def held(tx: Transaction, account: UUID, space: Space) -> tuple[Interest, ...]:
    """Somebody's interests, as they were learned in this space."""
    return tuple(_interest(row) for row in tx.rows(_Row, HELD, account=account, space=space.id))


def has_older(tx: Transaction, account: UUID, space: Space) -> bool:
    """Whether something was learned of them in another space."""
    return bool(
        tx.value(
            """select exists (select from pentagram.interests
            where account_id = %(account)s and space_id <> %(space)s)""",
            account=account, space=space.id,
        )
    )  # fmt: skip


def keep(
    tx: Transaction, account: UUID, space: Space, before: Sequence[Interest], after: Sequence[Interest]
) -> None:  # fmt: skip
    """Write what is another than before; what is the same object is left alone."""
    kept = {each.id for each in after}
    gone = [each.id for each in before if each.id not in kept]
    if gone:
        tx.execute(
            "delete from pentagram.interests where account_id = %(account)s and id = any(%(gone)s)",
            account=account, gone=gone,
        )  # fmt: skip
    known = {id(each) for each in before}
    for each in after:
        if id(each) not in known:
            tx.execute(KEEP, account=account, space=space.id, **_columns(each))


def lock(tx: Transaction, account: UUID) -> None:
    tx.execute("select pg_advisory_xact_lock(%(kind)s, hashtext(%(who)s))", kind=LOCK, who=str(account))


def wishes(tx: Transaction, account: UUID | None) -> Wishes:
    """What somebody set, and the house's share where they set none. Of nobody, the house's alone."""
    given = tx.value("select preferences -> 'for_you' from pentagram.accounts where id = %(id)s", id=account) or {}
    return Wishes(**given) if "surprise" in given else Wishes(surprise=house_share(tx).share, **given)


def wish(tx: Transaction, account: UUID, **wanted: float | bool) -> None:
    """Set these, and nothing else: whoever pauses learning goes on by the house's share."""
    tx.execute(
        """update pentagram.accounts set preferences = preferences || jsonb_build_object('for_you',
          coalesce(preferences -> 'for_you', '{}') || %(wanted)s::jsonb) where id = %(id)s""",
        id=account, wanted=json.dumps(wanted),
    )  # fmt: skip


def as_vector(sent: bytes) -> Vector:
    """What `halfvec_send` gave: two numbers of 16 bits, then the vector's."""
    return np.frombuffer(sent, dtype=">f2", offset=4).astype(np.float32)


def _interest(row: _Row) -> Interest:
    sources = tuple(
        Source(UUID(each["post"]), each["kind"], each["weight"], datetime.fromisoformat(each["at"]))
        for each in row.sources
    )
    return Interest(unit(as_vector(row.vector)), row.weight, row.touched_at, sources, row.state, row.negative, row.id)


def _columns(interest: Interest) -> dict[str, Any]:
    return {
        "id": interest.id, "vector": str(interest.centre.tolist()), "weight": interest.weight, "state": interest.state,
        "negative": interest.negative, "touched": interest.touched, "sources": json.dumps([
            {"post": str(each.post), "kind": each.kind, "weight": each.weight, "at": each.at.isoformat()}
            for each in interest.sources]),
    }  # fmt: skip
