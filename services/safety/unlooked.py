"""Pictures that nothing here could look at: their maker's alone, until a moderator has looked.

They stem from an upload or an import that no picture gate saw. What is said of one of them holds for all that were made
from the same file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString, Protocol
from uuid import UUID

from services.errors import NotAllowed, NotFound, UserError
from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.safety.removed import RemovedPictures
from services.safety.verdicts import Decision

PAGE = 24
NOT_ASKED = "Nobody asks for a look at this picture any more: another moderator looked at it, or it was deleted."
REFUSED = "A moderator looked at the picture that this started from, and it has no place here."
LET_THROUGH: LiteralString = """
update pentagram.creations set unchecked = false, looked = %(decision)s, look_asked_at = null,
  sensitive = case %(decision)s when 'sensitive' then true else sensitive and looked is distinct from 'sensitive' end,
  state = case when state = 'blocked' and looked = 'block' then 'ready' else state end,
  failure = case when state = 'blocked' and looked = 'block' then null else failure end
where id = any(%(members)s)
"""
BLOCKED: LiteralString = """
update pentagram.creations set unchecked = true, looked = 'block', look_asked_at = null,
  state = case when state = 'ready' then 'blocked' when state in ('queued', 'painting', 'storing') then 'cancelled'
    else state end,
  failure = case when state = 'ready' then %(why)s else failure end,
  estimate_usd = case when state in ('queued', 'painting', 'storing') then 0 else estimate_usd end
where id = any(%(members)s)
"""


class Person(Protocol):
    @property
    def id(self) -> UUID: ...

    @property
    def role(self) -> str: ...


@dataclass(frozen=True)
class Unlooked:
    """A picture whose maker asks for a look."""

    creation_id: UUID
    account_id: UUID
    """Its maker's."""
    prompt: str
    sensitive: bool
    """By its words alone."""
    picture_key: str
    thumbnail_key: str
    width: int
    height: int
    start_key: str | None
    """Of the file that it was made from: what there is to look at first. None where that is gone, or the picture
    itself was brought along."""
    asked_at: datetime


@dataclass(frozen=True)
class _Standing:
    id: UUID
    waits: bool


class Looks:
    def __init__(self, db: Database, removed: RemovedPictures, clock: Clock) -> None:
        self._db = db
        self._removed = removed
        self._clock = clock

    def ask(self, creation_ids: Sequence[UUID], *, by: Person) -> None:
        """Ask that a moderator looks at these pictures of one's own; once for all that stem from one file, and nothing
        where somebody looked already."""
        with self._db.transaction() as tx:
            for wanted in creation_ids:
                self._ask(tx, wanted, by)

    def unlooked(self, creation_ids: Sequence[UUID]) -> dict[UUID, bool]:
        """Those of these pictures that nobody looked at, and whether a moderator will: at them, or at another one from
        the same file."""
        found = self._db.rows(
            _Standing,
            """select c.id, exists (select from pentagram.creations k
                where k.id in (select pentagram.family(c.id)) and k.look_asked_at is not null) as waits
            from pentagram.creations c where c.id = any(%(ids)s) and c.unchecked and c.state = 'ready'""",
            ids=list(creation_ids),
        )
        return {each.id: each.waits for each in found}

    def waiting(self, *, after: Unlooked | None = None, limit: int = PAGE) -> list[Unlooked]:
        """Whoever asked first comes first; the next page is after the last one's."""
        return self._db.rows(
            Unlooked,
            f"""{UNLOOKED} where c.unchecked and c.look_asked_at is not null
              and (%(asked)s::timestamptz is null or (c.look_asked_at, c.id) > (%(asked)s, %(id)s))
            order by c.look_asked_at, c.id limit %(limit)s""",
            asked=after and after.asked_at, id=after and after.creation_id, limit=limit,
        )  # fmt: skip

    def get(self, creation_id: UUID) -> Unlooked:
        """One that waits; `NotFound` where nobody asks for a look any more, as when another moderator was quicker."""
        unlooked = self._db.row(
            Unlooked,
            f"{UNLOOKED} where c.id = %(id)s and c.unchecked and c.look_asked_at is not null",
            id=creation_id,
        )
        if unlooked is None:
            raise NotFound(NOT_ASKED)
        return unlooked

    def looked_at(
        self,
        tx: Transaction,
        creation_id: UUID,
        decision: Decision,
        *,
        by: Person,
        category: str | None = None,
        decision_id: UUID | None = None,
        first: bool = False,
    ) -> int:
        """What a moderator says of a picture and of all that stem from the same file, in the transaction that keeps
        the decision; how many pictures that were. Allowed and sensitive ones may be posted; blocked ones are shown to
        nobody any more, and with a `category` the file is one that does not come back. Said again it holds anew: what
        was blocked is its maker's again. With `first` it is said only while its maker asks for it: the later of two
        moderators is told."""
        if by.role == "member":
            raise NotAllowed("Only moderators decide about pictures.")
        members = tx.values(FAMILY, id=creation_id)
        if not members:
            raise NotFound("There is no such picture that somebody had to look at.")
        if first and not _is_asked(tx, members):
            raise NotFound(NOT_ASKED)
        _apply(tx, members, decision)
        if decision == "block" and category is not None:
            self._removed.remember_files(tx, tx.values(FILES, id=creation_id), category, decision_id)
        return len(members)

    def _ask(self, tx: Transaction, creation_id: UUID, by: Person) -> None:
        found: Any = tx.value(
            "select unchecked from pentagram.creations where id = %(id)s and account_id = %(by)s and state = 'ready'",
            id=creation_id, by=by.id,
        )  # fmt: skip
        if found is None:
            raise UserError("Only your own, finished pictures can be looked at.")
        if not found:
            return
        if not _is_asked(tx, tx.values(FAMILY, id=creation_id)):
            tx.execute(
                "update pentagram.creations set look_asked_at = %(now)s where id = %(id)s",
                now=self._clock.now(), id=creation_id,
            )  # fmt: skip


FAMILY: LiteralString = """
select id from pentagram.creations where id in (select pentagram.family(%(id)s)) order by id for update
"""
UNLOOKED: LiteralString = """
select c.id as creation_id, c.account_id, r.prompt, r.sensitive, c.picture_key, c.thumbnail_key, c.width, c.height,
  pentagram.start_of(c.id) as start_key, c.look_asked_at as asked_at
from pentagram.creations c join pentagram.requests r on r.id = c.request_id
"""
FILES: LiteralString = """
select unnest(array_remove(array[picture_key, pentagram.start_of(id)], null))
from pentagram.creations where id = %(id)s
"""


def _is_asked(tx: Transaction, members: Sequence[UUID]) -> bool:
    return bool(
        tx.value(
            """select exists (select from pentagram.creations
              where id = any(%(members)s) and look_asked_at is not null)""",
            members=list(members),
        )
    )


def _apply(tx: Transaction, members: Sequence[UUID], decision: Decision) -> None:
    """Those that are not painted yet are cancelled where they may not be."""
    tx.execute(
        """update pentagram.uploads set decision = %(decision)s where id in (
          select r.upload_id from pentagram.creations c join pentagram.requests r on r.id = c.request_id
          where c.id = any(%(members)s))""",
        decision=decision, members=list(members),
    )  # fmt: skip
    tx.execute(BLOCKED if decision == "block" else LET_THROUGH, decision=decision, members=list(members), why=REFUSED)
    if decision == "block":
        tx.execute(
            "update pentagram.accounts set avatar_id = null where avatar_id = any(%(members)s)", members=list(members)
        )
    if decision == "sensitive":
        tx.execute(
            """update pentagram.posts set sensitive = true where not sensitive and id in (
              select post_id from pentagram.post_pictures where creation_id = any(%(members)s))""",
            members=list(members),
        )
