"""Searches that somebody keeps and is told of, and those made last."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from services.community.accounts import Account
from services.community.notifications import Notifications
from services.community.posts import LISTED
from services.discovery.candidates import scope_of
from services.discovery.query import Query, parse
from services.discovery.search import Search
from services.errors import NotFound, UserError
from services.ids import parse_id
from services.platform.database import Database, Transaction

log = logging.getLogger(__name__)

MOST_SAVED = 50
MOST_RECENT = 10
MOST_READ_ANEW = 50
SURELY = 0.55
"""How near in meaning a new post must be to tell somebody of it, where it lacks one of the words."""
# A post that was edited, or whose author goes by another name now, is no news.
FITTING: LiteralString = """
select s.id, s.account_id, s.query, p.id as post_id
from pentagram.saved_searches s
join pentagram.posts p on p.id = any(%(ids)s) and p.account_id <> s.account_id
  and p.created_at > s.created_at and p.created_at > now() - interval '1 hour'
join pentagram.post_words w on w.post_id = p.id
left join pentagram.post_vectors v on v.post_id = p.id and v.space_id = s.space_id
where (s.words is null and s.vector is null) or w.words @@ s.words
  or (s.vector is not null and 1 - (v.vector <=> s.vector) >= %(surely)s)
order by p.id
"""


@dataclass(frozen=True)
class Saved:
    id: UUID
    query: str
    created_at: datetime


@dataclass(frozen=True)
class _Fitting:
    id: UUID
    account_id: UUID
    query: str
    post_id: UUID


@dataclass(frozen=True)
class _Stale:
    id: UUID
    query: str


class Searches:
    def __init__(self, db: Database, search: Search, notifications: Notifications) -> None:
        self._db = db
        self._search = search
        self._notifications = notifications

    def save(self, query: str, *, by: Account) -> Saved:
        """Keep a search and tell of what is posted from now on that fits it. Saved twice it is there once."""
        wanted = parse(query)
        with self._db.transaction() as tx:
            tx.execute("select from pentagram.accounts where id = %(by)s for no key update", by=by.id)
            others = tx.value(
                "select count(*) from pentagram.saved_searches where account_id = %(by)s and query <> %(query)s",
                by=by.id, query=wanted.typed,
            )  # fmt: skip
            if others >= MOST_SAVED:
                raise UserError(f"You have {MOST_SAVED} saved searches: take one away to make room.")
            [saved] = tx.rows(
                Saved,
                """insert into pentagram.saved_searches (account_id, query) values (%(by)s, %(query)s)
                on conflict (account_id, query) do update set query = excluded.query
                returning id, query, created_at""",
                by=by.id, query=wanted.typed,
            )  # fmt: skip
        self._understand(saved.id, wanted)
        return saved

    def unsave(self, saved_id: object, *, by: Account) -> None:
        gone = self._db.execute(
            "delete from pentagram.saved_searches where id = %(id)s and account_id = %(by)s",
            id=parse_id(saved_id, "saved search"), by=by.id,
        )  # fmt: skip
        if not gone:
            raise NotFound("There is no such search among yours.")

    def saved(self, *, by: Account) -> list[Saved]:
        """The latest first."""
        return self._db.rows(
            Saved,
            """select id, query, created_at from pentagram.saved_searches where account_id = %(by)s
            order by id desc""",
            by=by.id,
        )

    def remember(self, query: str, *, by: Account) -> None:
        """It was searched for now."""
        with self._db.transaction() as tx:
            tx.execute(
                """insert into pentagram.recent_searches (account_id, query) values (%(by)s, %(query)s)
                on conflict (account_id, query) do update set searched_at = clock_timestamp()""",
                by=by.id, query=parse(query).typed,
            )  # fmt: skip
            tx.execute(
                """delete from pentagram.recent_searches where account_id = %(by)s and query in (
                  select query from pentagram.recent_searches where account_id = %(by)s
                  order by searched_at desc, query offset %(most)s)""",
                by=by.id, most=MOST_RECENT,
            )  # fmt: skip

    def recent(self, *, by: Account) -> list[str]:
        """The latest first."""
        return self._db.values(
            """select query from pentagram.recent_searches where account_id = %(by)s
            order by searched_at desc, query""",
            by=by.id,
        )

    def forget(self, query: str, *, by: Account) -> None:
        self._db.execute(
            "delete from pentagram.recent_searches where account_id = %(by)s and query = %(query)s",
            by=by.id, query=query,
        )  # fmt: skip

    def forget_all(self, *, by: Account) -> None:
        self._db.execute("delete from pentagram.recent_searches where account_id = %(by)s", by=by.id)

    def tell(self, ids: Sequence[UUID]) -> None:
        """Let everybody know for whose searches these new posts are."""
        with self._db.transaction() as tx:
            tx.use_vectors()
            stale = tx.rows(_Stale, STALE, most=MOST_READ_ANEW)
        for old in stale:
            self._understand(old.id, parse(old.query))
        with self._db.transaction() as tx:
            tx.use_vectors()
            fitting = [each for each in tx.rows(_Fitting, FITTING, ids=list(ids), surely=SURELY) if _passes(tx, each)]
        for each in fitting:
            self._notifications.found(each.account_id, saved_id=each.id, query=each.query, post_id=each.post_id)

    def _understand(self, saved_id: UUID, query: Query) -> None:
        """Keep with it what new posts are compared with."""
        space, vector, words = self._search.understood(query)
        with self._db.transaction() as tx:
            tx.use_vectors()
            tx.execute(
                """update pentagram.saved_searches set words = nullif(%(words)s, '')::tsquery, space_id = %(space)s,
                  vector = %(vector)s::halfvec where id = %(id)s""",
                id=saved_id, words=words, space=space.id if space else None, vector=vector,
            )  # fmt: skip


STALE: LiteralString = """
select s.id, s.query from pentagram.saved_searches s
join pentagram.spaces serving on serving.content = 'words' and serving.state = 'serving'
where s.space_id is distinct from serving.id and s.words is not null limit %(most)s
"""


def _passes(tx: Transaction, fitting: _Fitting) -> bool:
    """Whether the post may be shown to whoever saved the search, and has all that the search makes a condition."""
    scope = scope_of(tx, parse(fitting.query))
    return bool(
        tx.value(
            f"""select exists (select from pentagram.posts p {scope.joined}
            where p.id = %(post)s and {LISTED} and {scope.sql})""",
            post=fitting.post_id, viewer=fitting.account_id, **scope.parameters,
        )
    )  # fmt: skip
