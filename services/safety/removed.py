"""Pictures that moderators removed and that do not come back: known again turned, mirrored, cropped or saved anew."""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from PIL import Image

from services.errors import ConfigurationError, NotFound, Unavailable, UserError
from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.platform.jobs import SOON, Jobs
from services.platform.storage.base import Storage
from services.safety import hashes
from services.safety.hashes import Asked

log = logging.getLogger(__name__)

MOST_BITS = 52
"""In how many of 256 a picture may differ from a removed one that it is. `benchmarks/removed_pictures.py` says why."""
HASH_AGAIN_SECONDS = 60.0
SENTENCE = (
    "A moderator removed this picture, or one that looks just like it, and it cannot come back. If you think that is "
    "wrong, appeal on your Account page."
)
FOUND: LiteralString = """
select r.id, r.category, r.decision_id
from (
  select a.fine, array_agg(p.piece) as pieces
  from unnest(%(fine)s::bit(256)[]) with ordinality a (fine, place)
  join unnest(%(pieces)s::integer[], %(places)s::integer[]) p (piece, place) on p.place = a.place
  group by a.place, a.fine
) asked
cross join lateral (
  select h.removed_id from pentagram.removed_hashes h
  where pentagram.pieces(h.coarse) && asked.pieces and bit_count(h.fine # asked.fine) <= %(most)s limit 1
) h
join pentagram.removed_pictures r on r.id = h.removed_id
limit 1
"""
# What was removed while a picture was painted may be hashed only after it was asked for: an hour is more than enough.
MAYBE_REMOVED: LiteralString = """
select c.picture_key from pentagram.creations c
where c.id = any(%(ids)s) and c.picture_key is not null and exists (
  select from pentagram.removed_pictures r
  where r.ended_at is null and r.hashed_at > coalesce(c.ready_at, c.created_at) - interval '1 hour')
"""


class Returned(UserError):
    """Somebody brings back what was removed. They read how to appeal."""

    status = 403


@dataclass(frozen=True)
class Removed:
    id: UUID
    category: str
    decision_id: UUID | None


@dataclass(frozen=True)
class _File:
    id: UUID
    picture_key: str


class RemovedPictures:
    def __init__(self, db: Database, storage: Storage, jobs: Jobs, clock: Clock) -> None:
        self._db = db
        self._storage = storage
        self._jobs = jobs
        self._clock = clock
        jobs.register("hash_removed", self.hash_waiting)

    def remember(self, tx: Transaction, creation_ids: Sequence[UUID], category: str, decision_id: UUID | None) -> None:
        """Let these pictures not come back, in the transaction that removes them; nobody shows them as their face any
        more either."""
        ids = list(creation_ids)
        tx.execute("update pentagram.accounts set avatar_id = null where avatar_id = any(%(ids)s)", ids=ids)
        keys = tx.values(
            "select picture_key from pentagram.creations where id = any(%(ids)s) and picture_key is not null", ids=ids
        )
        self.remember_files(tx, keys, category, decision_id)

    def remember_files(self, tx: Transaction, keys: Sequence[str], category: str, decision_id: UUID | None) -> None:
        """The same of picture files in the storage. A job hashes them: no decision waits for a storage that is away."""
        tx.execute(
            """insert into pentagram.removed_pictures (picture_key, category, decision_id, removed_at)
            select key, %(category)s, %(decision)s, %(now)s from unnest(%(keys)s::text[]) key""",
            keys=list(keys), category=category, decision=decision_id, now=self._clock.now(),
        )  # fmt: skip
        self._jobs.defer(tx, "hash_removed", priority=SOON)

    def forget(self, tx: Transaction, decision_id: UUID) -> int:
        """What this decision removed may come back; how many pictures that are."""
        ended = tx.rows(
            _File,
            """update pentagram.removed_pictures set ended_at = %(now)s
            where decision_id = %(decision)s and ended_at is null returning id, picture_key""",
            decision=decision_id, now=self._clock.now(),
        )  # fmt: skip
        tx.execute(
            "delete from pentagram.removed_hashes where removed_id = any(%(ended)s)", ended=[each.id for each in ended]
        )
        self._release(tx, [each.picture_key for each in ended])
        return len(ended)

    def match(self, image: Image.Image) -> Removed | None:
        """The removed picture that this one is."""
        ways = hashes.asked(image)
        return self._db.row(Removed, FOUND, most=MOST_BITS, **_columns(ways)) if ways else None

    def refuse(self, image: Image.Image) -> None:
        """`Returned` for a picture that was removed."""
        if self.match(image) is not None:
            raise Returned(SENTENCE)

    def refuse_kept(self, creation_ids: Sequence[UUID]) -> None:
        """The same of pictures that are here already, before they are shown to others. `Unavailable` where one has to
        be looked at and the storage does not answer."""
        if self._db.value(
            """select exists (select from pentagram.creations c
              join pentagram.removed_pictures r on r.picture_key = c.picture_key and r.ended_at is null
              where c.id = any(%(ids)s))""",
            ids=list(creation_ids),
        ):
            raise Returned(SENTENCE)
        for key in self._db.values(MAYBE_REMOVED, ids=list(creation_ids)):
            self.refuse(_opened(self._storage.get(key)))

    def hash_waiting(self, *, last_attempt: bool = True) -> None:
        """Reckon the hashes of what was removed since; what the storage does not give now is tried again later."""
        for waiting in self._db.rows(
            _File,
            """select id, picture_key from pentagram.removed_pictures
            where hashed_at is null and ended_at is null order by removed_at""",
        ):
            try:
                self._hash(waiting)
            except (Unavailable, ConfigurationError) as error:
                log.warning("Removed picture %s waits to be hashed: %s", waiting.id, error)
                with self._db.transaction() as tx:
                    self._jobs.defer(tx, "hash_removed", once="hash_removed", after_s=HASH_AGAIN_SECONDS)
                return

    def _hash(self, waiting: _File) -> None:
        try:
            found = hashes.kept(_opened(self._storage.get(waiting.picture_key)))
        except (NotFound, OSError) as error:
            log.warning("Removed picture %s cannot be known again, for its file cannot be read: %s", waiting.id, error)
            found = []
        with self._db.transaction() as tx:
            mine = tx.execute(
                """update pentagram.removed_pictures set hashed_at = %(now)s
                where id = %(id)s and hashed_at is null and ended_at is null""",
                id=waiting.id, now=self._clock.now(),
            )  # fmt: skip
            if not mine:
                return
            tx.execute(
                """insert into pentagram.removed_hashes (removed_id, coarse, fine)
                select %(id)s, coarse, fine from unnest(%(coarse)s::bigint[], %(fine)s::bit(256)[]) h (coarse, fine)""",
                id=waiting.id, coarse=[each.coarse for each in found], fine=[each.fine for each in found],
            )  # fmt: skip
            self._release(tx, [waiting.picture_key])

    def _release(self, tx: Transaction, keys: Sequence[str]) -> None:
        """Files that had to stay until they were hashed go if whose they were deleted them meanwhile."""
        if keys:
            self._jobs.defer(tx, "delete_files", keys=list(keys))


def _columns(ways: Sequence[Asked]) -> dict[str, list[int] | list[str]]:
    return {
        "fine": [way.fine for way in ways],
        "pieces": [piece for way in ways for piece in way.pieces],
        "places": [place for place, way in enumerate(ways, 1) for _ in way.pieces],
    }


def _opened(file: bytes) -> Image.Image:
    """A picture file of ours."""
    with Image.open(io.BytesIO(file), formats=["WEBP"]) as image:
        return image.convert("RGB")
