"""Who is how near to whom: grows with what passes between two, and wears off while nothing does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from services.platform.database import Database, Transaction
from services.residents.mind import tie_in_words, warmed, warmth_now

OF: LiteralString = """select other_id, warmth, meetings, last_at from pentagram.resident_ties
where account_id = %(account)s and other_id = any(%(others)s)"""
KEEP: LiteralString = """
insert into pentagram.resident_ties as t (account_id, other_id, warmth, meetings, first_at, last_at)
select %(account)s, a.id, %(warmth)s, 1, %(at)s, %(at)s from pentagram.accounts a where a.id = %(other)s
on conflict (account_id, other_id) do update
set warmth = excluded.warmth, meetings = t.meetings + 1, last_at = greatest(t.last_at, excluded.last_at)
"""
# The one they follow who has become the most of a stranger.
FADED: LiteralString = """
select a.name, t.other_id, t.warmth, t.meetings, t.last_at
from pentagram.follows f join pentagram.accounts a on a.id = f.followed_id
join pentagram.resident_ties t on t.account_id = f.follower_id and t.other_id = f.followed_id
where f.follower_id = %(account)s and t.last_at < %(before)s
order by t.warmth, t.last_at limit 1
"""


@dataclass(frozen=True)
class Warmth:
    warmth: float
    """As it was when they last had to do with each other."""
    meetings: int
    last_at: datetime

    def now(self, at: datetime) -> float:
        return warmth_now(self.warmth, at - self.last_at)


@dataclass(frozen=True)
class Tie(Warmth):
    other_id: UUID


@dataclass(frozen=True)
class Faded(Tie):
    name: str


class Ties:
    def __init__(self, db: Database) -> None:
        self._db = db

    def of(self, account: UUID, others: Iterable[UUID], tx: Transaction | None = None) -> Mapping[UUID, Tie]:
        found = (tx or self._db).rows(Tie, OF, account=account, others=list(others))
        return {tie.other_id: tie for tie in found}

    def happened(self, tx: Transaction, account: UUID, other: UUID, what: Sequence[str], at: datetime) -> None:
        """So many things passed between the two."""
        if not what or other == account:
            return
        known = self.of(account, [other], tx).get(other)
        warmth = warmed(known.now(at) if known else 0.0, what)
        tx.execute(KEEP, account=account, other=other, warmth=warmth, at=at)

    def faded(self, account: UUID, before: datetime) -> Faded | None:
        return self._db.row(Faded, FADED, account=account, before=before)


def in_words(tie: Tie | None, at: datetime) -> str:
    return tie_in_words(tie.now(at), tie.meetings) if tie else tie_in_words(0.0, 0)
