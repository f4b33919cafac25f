"""What residents do, as rows: decided once, done once, and kept with the reasons.

| from    | to                                                                     |
|---------|------------------------------------------------------------------------|
| planned | done, waiting (a picture is being painted), dropped (it could not be)  |
| waiting | done, dropped                                                          |
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from services.platform.database import Database, Transaction

Kind = Literal[
    "look", "like", "comment", "answer", "save", "follow", "unfollow", "post", "remix", "face", "sum_up"
]  # fmt: skip
COLUMNS: LiteralString = """id, account_id, token, kind, post_id, reasons, happened_at, state, turn, other_id,
comment_id, request_id, details"""


@dataclass(frozen=True)
class Plan:
    """What somebody is about to do."""

    kind: Kind
    reasons: Mapping[str, Any]
    post_id: UUID | None = None
    other_id: UUID | None = None
    comment_id: UUID | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    is_done: bool = False
    """It was no more than a thought."""


@dataclass(frozen=True)
class Action:
    id: UUID
    account_id: UUID
    token: str
    kind: Kind
    post_id: UUID | None
    reasons: Mapping[str, Any]
    happened_at: datetime
    """By the society's clock."""
    state: str
    turn: int | None
    other_id: UUID | None
    comment_id: UUID | None
    request_id: UUID | None
    details: Mapping[str, Any]


class Actions:
    def __init__(self, db: Database) -> None:
        self._db = db

    def of_turn(self, account: UUID, turn: int, tx: Transaction | None = None) -> list[Action]:
        return (tx or self._db).rows(
            Action,
            f"""select {COLUMNS} from pentagram.resident_actions
            where token = any(%(tokens)s) order by array_position(%(tokens)s, token)""",
            tokens=[token_of(account, turn, place) for place in range(MOST_A_TURN)],
        )

    def get(self, action_id: UUID) -> Action | None:
        return self._db.row(Action, f"select {COLUMNS} from pentagram.resident_actions where id = %(id)s", id=action_id)

    def plan(self, tx: Transaction, account: UUID, turn: int, plans: Sequence[Plan], at: datetime) -> bool:
        """Write down what a turn is to be; False where somebody did that already."""
        for place, plan in enumerate(plans[:MOST_A_TURN]):
            fresh = tx.execute(
                """insert into pentagram.resident_actions (account_id, token, kind, post_id, other_id, comment_id,
                  reasons, details, happened_at, turn, state)
                values (%(account)s, %(token)s, %(kind)s, (select id from pentagram.posts where id = %(post)s),
                  (select id from pentagram.accounts where id = %(other)s),
                  (select id from pentagram.comments where id = %(comment)s), %(reasons)s, %(details)s, %(at)s,
                  %(turn)s, %(state)s)
                on conflict (token) do nothing""",
                account=account, token=token_of(account, turn, place), kind=plan.kind, post=plan.post_id,
                other=plan.other_id, comment=plan.comment_id, reasons=Jsonb(dict(plan.reasons)),
                details=Jsonb(dict(plan.details)), at=at, turn=turn, state="done" if plan.is_done else "planned",
            )  # fmt: skip
            if not fresh:
                return False
        return True

    def detail(self, action_id: UUID, **details: Any) -> None:
        self._db.execute(
            "update pentagram.resident_actions set details = details || %(details)s where id = %(id)s",
            details=Jsonb(details), id=action_id,
        )  # fmt: skip

    def wait_for(self, action_id: UUID, request_id: UUID) -> None:
        self._db.execute(
            """update pentagram.resident_actions set state = 'waiting', request_id = %(request)s
            where id = %(id)s and state = 'planned'""",
            request=request_id, id=action_id,
        )  # fmt: skip

    def done(
        self, tx: Transaction, action: Action, *, post_id: UUID | None = None, comment_id: UUID | None = None
    ) -> bool:
        """False where it was done before, so that what follows from it follows once."""
        return bool(
            tx.execute(
                """update pentagram.resident_actions set state = 'done', post_id = coalesce(%(post)s, post_id),
                  comment_id = coalesce(%(comment)s, comment_id)
                where id = %(id)s and state in ('planned', 'waiting')""",
                id=action.id, post=post_id, comment=comment_id,
            )
        )  # fmt: skip

    def drop(self, action_id: UUID, why: str) -> None:
        self._db.execute(
            """update pentagram.resident_actions set state = 'dropped',
              reasons = reasons || jsonb_build_object('dropped', %(why)s::text)
            where id = %(id)s and state in ('planned', 'waiting')""",
            id=action_id, why=why[:300],
        )  # fmt: skip

    def painted(self, most: int) -> list[UUID]:
        """Those whose picture is there, or never will be."""
        return self._db.values(
            """select n.id from pentagram.resident_actions n
            where n.state = 'waiting' and not exists (select from pentagram.creations c
              where c.request_id = n.request_id and c.state in ('queued', 'painting', 'storing'))
            order by n.id limit %(most)s""",
            most=most,
        )

    def said_lately(self, account: UUID, most: int = 6) -> tuple[str, ...]:
        """What they wrote last."""
        return tuple(
            self._db.values(
                """select details ->> 'text' from (
                  select details, kind from pentagram.resident_actions
                  where account_id = %(account)s order by id desc limit 60) l
                where details ? 'text' limit %(most)s""",
                account=account, most=most,
            )
        )  # fmt: skip

    def last_prompts(self, account: UUID, most: int = 6) -> list[str]:
        """Of their latest pictures, the latest first."""
        return self._db.values(
            """select details #>> '{idea,prompt}' from pentagram.resident_actions
            where account_id = %(account)s and kind in ('post', 'remix') and details ? 'idea' and state <> 'dropped'
            order by id desc limit %(most)s""",
            account=account, most=most,
        )  # fmt: skip


MOST_A_TURN = 40


def token_of(account: UUID, turn: int, place: int) -> str:
    """Also what the deed is known by where it is done, so that it cannot be done twice."""
    return hashlib.sha256(f"{account}/{turn}/{place}".encode()).hexdigest()[:40]
