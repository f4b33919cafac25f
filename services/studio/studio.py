"""Asking for pictures and finding them again. What paints them is `painting.py`, on the other side of a job."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from services.community.accounts import Account
from services.errors import NotFound, TooMany, UserError
from services.ids import check_token, parse_id
from services.platform.database import Database, Transaction
from services.platform.jobs import SOON, Jobs
from services.safety.prompts import PromptGate
from services.studio.engines.base import Engine
from services.text import clean_prompt

LARGEST_SEED = 2**32 - 1
MOST_UNFINISHED = 12
MOST_AN_HOUR = 240
PAGE = 12

UNFINISHED = ("queued", "painting", "storing")


@dataclass(frozen=True)
class Options:
    width: int = 768
    height: int = 768
    count: int = 1
    seed: int | None = None
    """Of the first picture; the others count up from it. None takes a random one."""


@dataclass(frozen=True)
class Creation:
    """One picture, from the press of the button on.

    | from      | to                                                            |
    |-----------|---------------------------------------------------------------|
    | queued    | painting                                                      |
    | painting  | ready, storing (painted, the storage did not answer), failed  |
    | storing   | ready                                                         |
    """

    id: UUID
    position: int
    seed: int
    state: str
    failure: str | None
    picture_key: str | None
    thumbnail_key: str | None
    width: int | None
    height: int | None
    paint_ms: int | None
    post_id: UUID | None

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED


@dataclass(frozen=True)
class Request:
    """One press of Generate, with the pictures it gave."""

    id: UUID
    prompt: str
    width: int
    height: int
    engine: str
    created_at: datetime
    creations: tuple[Creation, ...] = field(default=())

    @property
    def is_unfinished(self) -> bool:
        return any(creation.is_unfinished for creation in self.creations)


@dataclass(frozen=True)
class _Line:
    """A request joined with one of its creations."""

    request_id: UUID
    prompt: str
    asked_width: int
    asked_height: int
    engine: str
    created_at: datetime
    id: UUID
    position: int
    seed: int
    state: str
    failure: str | None
    picture_key: str | None
    thumbnail_key: str | None
    width: int | None
    height: int | None
    paint_ms: int | None
    post_id: UUID | None


LINES = """
select r.id as request_id, r.prompt, r.width as asked_width, r.height as asked_height, r.engine,
  r.created_at, c.id, c.position, c.seed, c.state, c.failure, c.picture_key, c.thumbnail_key, c.width, c.height,
  c.paint_ms,
  (select p.id from pentagram.post_pictures pp join pentagram.posts p on p.id = pp.post_id
   where pp.creation_id = c.id and p.deleted_at is null limit 1) as post_id
"""


class Studio:
    def __init__(
        self,
        db: Database,
        jobs: Jobs,
        gate: PromptGate,
        engine: Engine,
        *,
        random_seed: Callable[[], int] = lambda: secrets.randbelow(LARGEST_SEED + 1),
    ) -> None:
        self._db = db
        self._jobs = jobs
        self._gate = gate
        self.engine = engine
        self._random_seed = random_seed

    def request(self, prompt: str, options: Options, *, by: Account, token: str, deferred: bool = True) -> Request:
        """Ask for pictures. The same token again is the same request, not a second one. Unless `deferred`, the
        caller is a job that paints them itself."""
        prompt = clean_prompt(prompt)
        self._check_options(options)
        check_token(token, again="press Generate")
        verdict = self._gate.check(prompt)
        if verdict.decision == "block":
            raise UserError(verdict.reason)
        seed = self._random_seed() if options.seed is None else options.seed
        with self._db.transaction() as tx:
            tx.execute("select from pentagram.accounts where id = %(id)s for update", id=by.id)
            if not _is_known(tx, by, token):
                _check_limits(tx, by, options.count)
                creations = self._insert(tx, prompt, options, seed, verdict.decision == "sensitive", by, token)
                for creation_id in creations if deferred else ():
                    self._jobs.defer(tx, "paint", priority=SOON, creation_id=str(creation_id))
        return self._find("r.account_id = %(by)s and r.token = %(token)s", by=by.id, token=token)

    def _check_options(self, options: Options) -> None:
        can = self.engine.capabilities
        if not all(can.smallest <= side <= can.largest for side in (options.width, options.height)):
            raise UserError(f"A picture is {can.smallest} to {can.largest} pixels wide and high.")
        if not 1 <= options.count <= can.most_pictures:
            raise UserError(f"Between 1 and {can.most_pictures} pictures can be painted at once.")
        if options.seed is not None and not 0 <= options.seed <= LARGEST_SEED:
            raise UserError(f"A seed is a whole number from 0 to {LARGEST_SEED}.")

    def _insert(
        self,
        tx: Transaction,
        prompt: str,
        options: Options,
        seed: int,
        sensitive: bool,
        by: Account,
        token: str,
    ) -> list[UUID]:
        request_id = tx.value(
            """insert into pentagram.requests (account_id, token, prompt, width, height, engine, sensitive)
            values (%(by)s, %(token)s, %(prompt)s, %(width)s, %(height)s, %(engine)s, %(sensitive)s) returning id""",
            by=by.id, token=token, prompt=prompt, width=options.width, height=options.height,
            engine=self.engine.name, sensitive=sensitive,
        )  # fmt: skip
        return [
            tx.value(
                """insert into pentagram.creations (request_id, account_id, position, seed)
                values (%(request)s, %(by)s, %(position)s, %(seed)s) returning id""",
                request=request_id, by=by.id, position=position, seed=(seed + position) % (LARGEST_SEED + 1),
            )
            for position in range(options.count)
        ]  # fmt: skip

    def watch(self, request_id: object, *, by: Account) -> Request:
        """How a request of one's own is coming along."""
        return self._find("r.id = %(id)s and r.account_id = %(by)s", id=parse_id(request_id, "request"), by=by.id)

    def mine(self, *, by: Account, before: object = None, limit: int = PAGE) -> list[Request]:
        """What an account asked for, newest first; the next page is before the last one's id."""
        lines = self._db.rows(
            _Line,
            f"""{LINES} from (
              select * from pentagram.requests where account_id = %(by)s
                and (%(before)s::uuid is null or id < %(before)s) order by id desc limit %(limit)s
            ) r join pentagram.creations c on c.request_id = r.id order by r.id desc, c.position""",
            by=by.id, before=parse_id(before, "page") if before is not None else None, limit=limit,
        )  # fmt: skip
        return _requests(lines)

    def delete(self, creation_id: object, *, by: Account) -> None:
        """Remove a picture that is not posted; one that is posted goes with its post, never behind its back."""
        wanted = parse_id(creation_id, "picture")
        with self._db.transaction() as tx:
            found = tx.row(
                _Removable,
                """select request_id, picture_key, thumbnail_key from pentagram.creations
                where id = %(id)s and account_id = %(by)s for update""",
                id=wanted, by=by.id,
            )  # fmt: skip
            if found is None:
                raise NotFound("There is no such picture among yours.")
            # Asked after the lock is held: a post made while this waited for it counts.
            if _is_posted(tx, wanted):
                raise UserError("This picture is in one of your posts. Delete the post first.")
            tx.execute("delete from pentagram.creations where id = %(id)s", id=wanted)
            tx.execute(
                """delete from pentagram.requests r where id = %(id)s
                and not exists (select from pentagram.creations c where c.request_id = r.id)""",
                id=found.request_id,
            )
            if found.picture_key is not None:
                self._jobs.defer(tx, "delete_files", keys=[found.picture_key, found.thumbnail_key])

    def _find(self, condition: str, **parameters: object) -> Request:
        requests = _requests(
            self._db.rows(
                _Line,
                f"""{LINES} from pentagram.requests r join pentagram.creations c on c.request_id = r.id
                where {condition} order by c.position""",
                **parameters,
            )
        )
        if not requests:
            raise NotFound("There is no such request among yours.")
        return requests[0]


@dataclass(frozen=True)
class _Removable:
    request_id: UUID
    picture_key: str | None
    thumbnail_key: str | None


def _is_posted(tx: Transaction, creation_id: UUID) -> bool:
    return bool(
        tx.value(
            """select exists (select from pentagram.post_pictures pp join pentagram.posts p on p.id = pp.post_id
            where pp.creation_id = %(id)s and p.deleted_at is null)""",
            id=creation_id,
        )
    )


def _is_known(tx: Transaction, by: Account, token: str) -> bool:
    return bool(
        tx.value(
            "select true from pentagram.requests where account_id = %(by)s and token = %(token)s",
            by=by.id, token=token,
        )
    )  # fmt: skip


def _unfinished(tx: Transaction, by: Account) -> int:
    return int(
        tx.value(
            "select count(*) from pentagram.creations where account_id = %(by)s and state = any(%(states)s)",
            by=by.id, states=list(UNFINISHED),
        )
    )  # fmt: skip


def _check_limits(tx: Transaction, by: Account, count: int) -> None:
    if by.demo:
        return
    if _unfinished(tx, by) + count > MOST_UNFINISHED:
        raise TooMany(f"At most {MOST_UNFINISHED} pictures are painted for you at a time. Wait for some to be ready.")
    recent = tx.value(
        """select count(*) from pentagram.creations
        where account_id = %(by)s and created_at > now() - interval '1 hour'""",
        by=by.id,
    )
    if int(recent) + count > MOST_AN_HOUR:
        raise TooMany(f"That is more than {MOST_AN_HOUR} pictures within an hour. Come back a little later.")


def _requests(lines: list[_Line]) -> list[Request]:
    """Lines of the same request stand together; fold them."""
    requests: dict[UUID, Request] = {}
    creations: dict[UUID, list[Creation]] = {}
    for line in lines:
        requests.setdefault(
            line.request_id,
            Request(line.request_id, line.prompt, line.asked_width, line.asked_height, line.engine,
                    line.created_at),
        )  # fmt: skip
        creations.setdefault(line.request_id, []).append(
            Creation(line.id, line.position, line.seed, line.state, line.failure, line.picture_key,
                     line.thumbnail_key, line.width, line.height, line.paint_ms, line.post_id)
        )  # fmt: skip
    return [
        Request(r.id, r.prompt, r.width, r.height, r.engine, r.created_at, tuple(creations[r.id]))
        for r in requests.values()
    ]
