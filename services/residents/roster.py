"""Residents as they are kept: who they are, what they like by now, and when they look in next."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, LiteralString
from uuid import UUID

import numpy as np

from services.discovery.recommendations.memory import as_vector
from services.errors import NotFound
from services.pages import Page, page_of, place_of
from services.platform.database import Database, Transaction
from services.residents.inventing import Known
from services.residents.persona import Persona

PAGE = 30
COLUMNS: LiteralString = """
r.account_id, a.name, a.display_name, r.persona, r.state, r.tastes, r.mood, r.turn, r.next_turn_at, r.last_turn_at,
r.summed_up, r.seen_at, r.created_at, (select seed from pentagram.society) as seed,
(select c.thumbnail_key from pentagram.creations c where c.id = a.avatar_id) as avatar_key
"""
FROM: LiteralString = "from pentagram.residents r join pentagram.accounts a on a.id = r.account_id"


@dataclass(frozen=True)
class _Known:
    name: str
    display_name: str
    vector: bytes | None


@dataclass(frozen=True)
class Resident:
    account_id: UUID
    name: str
    display_name: str
    persona: Persona
    state: str
    tastes: Mapping[str, float]
    """What they like by now, where that is not what their persona says."""
    mood: Mapping[str, Any]
    turn: int
    """How many times they were about to look in."""
    next_turn_at: datetime | None
    last_turn_at: datetime | None
    summed_up: date | None
    seen_at: datetime
    created_at: datetime
    seed: int
    """Of the society."""
    avatar_key: str | None

    def __post_init__(self) -> None:
        if not isinstance(self.persona, Persona):
            object.__setattr__(self, "persona", Persona.model_validate(self.persona))

    def seed_for(self, *of: object) -> int:
        return seed_for(self.seed, self.name, *of)

    def chance(self, *of: object) -> np.random.Generator:
        """The same for the same turn, so that whoever decides it decides the same."""
        return np.random.default_rng(self.seed_for(*of))

    @property
    def weights(self) -> dict[str, float]:
        """By topic, as they are now."""
        return {each.topic: self.tastes.get(each.topic, each.weight) for each in self.persona.interests}

    @property
    def now(self) -> Persona:
        """Who they are with the tastes that they have by now."""
        weights = self.weights
        interests = tuple(each.model_copy(update={"weight": weights[each.topic]}) for each in self.persona.interests)
        return self.persona.model_copy(update={"interests": interests})


def seed_for(*of: object) -> int:
    """What chance is drawn from: by the seed of the society and names, never by ids, so that a world that is settled
    again meets the same chances."""
    return int.from_bytes(hashlib.sha256("/".join(map(str, of)).encode()).digest()[:7], "big")


class Roster:
    def __init__(self, db: Database) -> None:
        self._db = db

    def of_id(self, account: UUID, tx: Transaction | None = None) -> Resident | None:
        return (tx or self._db).row(Resident, f"select {COLUMNS} {FROM} where r.account_id = %(id)s", id=account)

    def named(self, name: str) -> Resident:
        found = self._db.row(
            Resident, f"select {COLUMNS} {FROM} where a.name = %(name)s", name=name.strip().lower().lstrip("@")
        )
        if found is None:
            raise NotFound(f"No resident is called {name[:40]}.")
        return found

    def page(self, *, after: str | None = None, limit: int = PAGE, state: str | None = None) -> Page[Resident]:
        """In the order in which they came."""
        since, last = place_of(after, datetime, UUID)
        limit = max(1, min(limit, 200))
        rows = self._db.rows(
            Resident,
            f"""select {COLUMNS} {FROM} where (%(state)s::text is null or r.state = %(state)s)
              and (%(since)s::timestamptz is null or (r.created_at, r.account_id) > (%(since)s, %(last)s))
            order by r.created_at, r.account_id limit %(most)s""",
            state=state, since=since, last=last, most=limit + 1,
        )  # fmt: skip
        return page_of(rows, limit, lambda row: (row.created_at, row.account_id))

    def all(self) -> list[Resident]:
        return self._db.rows(Resident, f"select {COLUMNS} {FROM} order by r.created_at, r.account_id")

    def known(self, model: str) -> list[Known]:
        """Whom a new one must not be taken for, with what this model makes of them."""
        with self._db.transaction() as tx:
            tx.use_vectors()
            rows = tx.rows(
                _Known,
                f"""select a.name, a.display_name,
                  case when r.model = %(model)s then halfvec_send(r.vector) end as vector {FROM}""",
                model=model,
            )
        return [Known(row.name, None if row.vector is None else as_vector(row.vector).tolist(), row.display_name)
                for row in rows]  # fmt: skip

    def next_due(self, tx: Transaction, *, name: str | None = None) -> Resident | None:
        """Whose turn is next, whenever that is; held for this transaction."""
        return tx.row(
            Resident,
            f"""select {COLUMNS} {FROM} where r.state = 'active' and (%(name)s::text is null or a.name = %(name)s)
            order by r.next_turn_at limit 1 for no key update of r skip locked""",
            name=name,
        )

    def due(self, tx: Transaction, until: datetime, most: int) -> list[Resident]:
        """Whose turn has come, the longest ago first; nobody else gets the same ones."""
        return tx.rows(
            Resident,
            f"""select {COLUMNS} {FROM} where r.state = 'active' and r.next_turn_at <= %(until)s
            order by r.next_turn_at limit %(most)s for no key update of r skip locked""",
            until=until, most=most,
        )  # fmt: skip

    def count_due(self, until: datetime) -> int:
        return int(
            self._db.value(
                "select count(*) from pentagram.residents where state = 'active' and next_turn_at <= %(until)s",
                until=until,
            )
        )
