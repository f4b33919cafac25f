"""The log of decisions, and how an account fared so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from services.errors import NotFound
from services.pages import Page, page_of, place_of
from services.platform.database import Database
from services.safety.moderators import BREACHES, Somebody, check_moderates
from services.safety.rulings import APPEALABLE, STANDS, STRIKES, VERDICTS
from services.safety.standing import until

PAGE = 30
MOST_ON_A_PAGE = 100


@dataclass(frozen=True)
class Entry:
    id: UUID
    verdict: str
    rule: str
    reason: str
    created_at: datetime
    expires_at: datetime | None
    moderator: str | None
    """None for one who left, and where three strikes decided by themselves."""
    person: str | None
    """None for one who left."""
    post_id: UUID | None
    comment_id: UUID | None
    collection_id: UUID | None
    creation_id: UUID | None
    stands: bool
    before: str
    """Why it was decided about the deleted account from which it was carried over; empty for any other decision."""

    @property
    def can_be_taken_back(self) -> bool:
        return self.stands and self.verdict in APPEALABLE and self.person is not None

    @property
    def thing(self) -> str:
        things = {
            "post": self.post_id,
            "comment": self.comment_id,
            "collection": self.collection_id,
            "picture": self.creation_id,
        }
        return next((name for name, thing in things.items() if thing), "account")

    @property
    def until(self) -> str:
        return until(self.expires_at)


@dataclass(frozen=True)
class History:
    """Of one account."""

    id: UUID
    name: str
    display_name: str
    kind: str
    role: str
    created_at: datetime
    suspended_until: datetime | None
    strikes: int
    """Those in force."""
    carried: int
    """Strikes and suspensions that go on from an account that was deleted."""
    upheld: int
    """Decisions against something of theirs that stand."""
    dismissed: int
    """Times that something of theirs was left as it was."""
    appeals_upheld: int
    reports_sent: int
    reports_sent_upheld: int
    """Of those that they sent, how many led to something."""

    @property
    def until(self) -> str:
        return until(self.suspended_until)


ENTRIES: LiteralString = f"""
select d.id, d.verdict, d.rule, d.reason, d.created_at, d.expires_at, m.name as moderator, a.name as person,
  d.post_id, d.comment_id, d.collection_id, d.creation_id, {STANDS} as stands, coalesce(o.reason, '') as before
from pentagram.decisions d
left join pentagram.accounts m on m.id = d.moderator_id
left join pentagram.accounts a on a.id = d.account_id
left join pentagram.decisions o on o.id = d.follows
where (%(last)s::uuid is null or d.id < %(last)s)
"""
HISTORY: LiteralString = f"""
select a.id, a.name, a.display_name, a.kind, a.role, a.created_at,
  case when a.suspended_until > now() then a.suspended_until end as suspended_until,
  ({STRIKES.replace("%(account)s", "a.id")}) as strikes, told.carried, told.upheld, told.dismissed, told.appeals_upheld,
  sent.all as reports_sent, sent.upheld as reports_sent_upheld
from pentagram.accounts a
cross join lateral (
  select count(*) filter (where d.verdict = any(%(against)s) and {STANDS}) as upheld,
    count(*) filter (where d.follows is not null and {STANDS}) as carried,
    count(*) filter (where d.verdict = 'leave') as dismissed,
    count(*) filter (where d.verdict = 'uphold') as appeals_upheld
  from pentagram.decisions d where d.account_id = a.id) told
cross join lateral (
  select count(*) as all, count(*) filter (where r.decision_id is not null and exists (
      select from pentagram.decisions d where d.id = r.decision_id and d.verdict <> 'leave')) as upheld
  from pentagram.reports r where r.reporter_id = a.id) sent
where a.name = %(name)s
"""


class Records:
    def __init__(self, db: Database) -> None:
        self._db = db

    def log(
        self, *, by: Somebody, verdict: str = "", category: str = "", account: str = "", after: str | None = None,
        limit: int = PAGE,
    ) -> Page[Entry]:  # fmt: skip
        """The latest first; of one verdict, category or account where asked."""
        check_moderates(by)
        [last] = place_of(after, UUID)
        limit = max(1, min(limit, MOST_ON_A_PAGE))
        conditions: list[LiteralString] = []
        if verdict in VERDICTS:
            conditions.append("and d.verdict = %(verdict)s")
        if category in BREACHES:
            conditions.append("and d.rule = %(category)s")
        if account:
            conditions.append("and d.account_id = (select id from pentagram.accounts where name = %(account)s)")
        entries = self._db.rows(
            Entry, f"{ENTRIES} {' '.join(conditions)} order by d.id desc limit %(most)s", verdict=verdict,
            category=category, account=_name(account), last=last, most=limit + 1,
        )  # fmt: skip
        return page_of(entries, limit, lambda entry: (entry.id,))

    def history(self, name: str, *, by: Somebody) -> History:
        check_moderates(by)
        found = self._db.row(History, HISTORY, name=_name(name), against=list(APPEALABLE))
        if found is None:
            raise NotFound(f"Nobody here is called {_name(name)[:40]}.")
        return found


def _name(typed: str) -> str:
    return typed.strip().lstrip("@").lower().replace("\0", "")
