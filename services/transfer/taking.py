"""Taking in a picture that somebody brings along: known again if it is there, else kept like a painted one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from PIL import Image
from psycopg.types.json import Jsonb

from services.errors import UserError
from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.platform.jobs import LATER, Jobs
from services.platform.storage.base import Storage
from services.safety.hashes import phash
from services.studio.pictures import EncodedPicture, encode, key_of
from services.studio.provenance import Provenance
from services.transfer.entries import Kind
from services.transfer.pixels import ALIKE_BITS, digest_of, hash_of, kept_pixels
from services.transfer.wishes import ENGINE, Wish

DELETED = "It was deleted while it was brought along."


@dataclass(frozen=True)
class Order:
    """An import, as those know it who carry it out."""

    id: UUID
    name: str
    account_id: UUID
    state: str
    bytes: int
    private: bool
    by_operator: bool

    def token(self, position: int) -> str:
        """The word by which what a task makes is made once."""
        return f"import-{self.id.hex}-{position}"


@dataclass(frozen=True)
class Task:
    position: int
    kind: Kind
    name: str
    payload: Mapping[str, Any]

    @property
    def is_of_an_account(self) -> bool:
        """A picture from an account's archive, whose posts come after it."""
        return "creation" in self.payload

    @property
    def request(self) -> int:
        """The first task of the same prompt."""
        return int(self.payload.get("request", self.position))

    @property
    def place(self) -> int:
        """Among the pictures of the same prompt."""
        return int(self.payload["creation"]["position"]) if self.is_of_an_account else 0


@dataclass(frozen=True)
class Look:
    """A picture that may come in."""

    wish: Wish
    image: Image.Image
    file: bytes
    """The same as a WebP file that can be kept as it is; empty where it cannot."""
    digest: bytes
    """SHA-256 of the file that it came in."""
    unchecked: bool


@dataclass(frozen=True)
class Taken:
    """A picture that is in, or about to be."""

    id: UUID
    request_id: UUID
    state: str
    unchecked: bool
    created_at: datetime


class Known(Exception):
    """The account has this picture already. Whoever brings it along reads that it was left out."""

    def __init__(self, creation_id: UUID) -> None:
        super().__init__(creation_id)
        self.creation_id = creation_id


class Stopped(Exception):
    """Nobody wants the rest of an import any more. Its worker sees it."""


@dataclass(frozen=True)
class _Alike:
    id: UUID
    picture_key: str


class Taking:
    def __init__(self, db: Database, storage: Storage, jobs: Jobs, clock: Clock) -> None:
        self._db = db
        self._storage = storage
        self._jobs = jobs
        self._clock = clock

    def found(self, order: Order, task: Task) -> Taken | None:
        """What an earlier try made of this task."""
        with self._db.transaction() as tx:
            return _found(tx, order, task)

    def take(self, order: Order, task: Task, look: Look) -> Taken:
        """`Known`, `Stopped`, or `Unavailable` where the storage does not answer. Its row comes before its files:
        whoever deletes the account meanwhile knows what to remove."""
        self._refuse_known_pixels(order, task, look.image)
        taken = self._begin(order, task, look)
        picture = encode(look.image, _provenance(taken, look), file=look.file)
        self._describe(taken, picture)
        self._storage.put(picture.full_key, picture.full)
        self._storage.put(picture.thumbnail_key, picture.thumbnail)
        self._finish(taken, look, picture)
        return taken

    def refuse_known_file(self, order: Order, task: Task, data: bytes) -> None:
        """`Known` for a file that came before, and for one as we gave it out, whose key is its hash. It needs not be
        opened."""
        given_out = self._db.value(
            f"""select c.id from pentagram.creations c
            where c.picture_key = %(key)s and c.account_id = %(account)s and c.state = 'ready' and {OTHER}""",
            key=key_of("pictures", data), **_others(order, task),
        )  # fmt: skip
        _refuse(given_out or self._with_hash(order, task, digest_of(data)))

    def _refuse_known_pixels(self, order: Order, task: Task, image: Image.Image) -> None:
        wanted = hash_of(image)
        _refuse(self._with_hash(order, task, wanted))
        for alike in self._alike(order, task, image):
            if self._reckoned(alike) == wanted:
                raise Known(alike.id)

    def _with_hash(self, order: Order, task: Task, wanted: bytes) -> UUID | None:
        found: UUID | None = self._db.value(
            f"""select c.id from pentagram.picture_hashes h join pentagram.creations c on c.id = h.creation_id
            where h.account_id = %(account)s and h.hash = %(hash)s and c.state = 'ready' and {OTHER} limit 1""",
            hash=wanted, **_others(order, task),
        )  # fmt: skip
        return found

    def _alike(self, order: Order, task: Task, image: Image.Image) -> list[_Alike]:
        """Pictures that may be the same and whose hashes nobody has reckoned yet."""
        return self._db.rows(
            _Alike,
            f"""select c.id, c.picture_key from pentagram.creations c
            where c.account_id = %(account)s and c.state = 'ready'
              and bit_count((c.phash # %(phash)s)::bit(64)) <= %(bits)s
              and not exists (select from pentagram.picture_hashes h where h.creation_id = c.id) and {OTHER}""",
            phash=phash(image), bits=ALIKE_BITS, **_others(order, task),
        )  # fmt: skip

    def _reckoned(self, alike: _Alike) -> bytes | None:
        pixels = kept_pixels(self._storage, alike.picture_key)
        if pixels is None:
            return None
        with self._db.transaction() as tx:
            _remember(tx, alike.id, hash_of(pixels))
        return hash_of(pixels)

    def _begin(self, order: Order, task: Task, look: Look) -> Taken:
        with self._db.transaction() as tx:
            wanted = tx.value(
                "select true from pentagram.imports where id = %(id)s and state = 'working' for key share", id=order.id
            )
            if wanted is None:
                raise Stopped
            _insert(tx, order, task, look)
            taken = _found(tx, order, task)
        assert taken is not None  # noqa: S101 - inserted, now or before
        return taken

    def _describe(self, taken: Taken, picture: EncodedPicture) -> None:
        described = self._db.execute(
            """update pentagram.creations set picture_key = %(full)s, thumbnail_key = %(thumbnail)s,
              width = %(width)s, height = %(height)s, colour = %(colour)s, phash = %(phash)s
            where id = %(id)s and state = 'storing'""",
            full=picture.full_key, thumbnail=picture.thumbnail_key, width=picture.width, height=picture.height,
            colour=picture.dominant_colour, phash=picture.phash, id=taken.id,
        )  # fmt: skip
        if not described:
            raise UserError(DELETED)

    def _finish(self, taken: Taken, look: Look, picture: EncodedPicture) -> None:
        with self._db.transaction() as tx:
            finished = tx.execute(
                """update pentagram.creations set state = 'ready', ready_at = %(now)s
                where id = %(id)s and state = 'storing'""",
                now=self._clock.now(), id=taken.id,
            )  # fmt: skip
            if finished:
                _remember(tx, taken.id, look.digest, hash_of(look.image), hash_of(picture.full))
                embed = f"embed {taken.request_id}"
                self._jobs.defer(tx, "embed", priority=LATER, once=embed, request_id=str(taken.request_id))
            else:
                self._jobs.defer(tx, "delete_files", keys=[picture.full_key, picture.thumbnail_key])
        if not finished:
            raise UserError(DELETED)

    def forget(self, order: Order, task: Task) -> None:
        """Nobody will finish what this task began."""
        with self._db.transaction() as tx:
            taken = _found(tx, order, task)
            if taken is None or taken.state == "ready":
                return
            keys = tx.values(
                """with gone as (delete from pentagram.creations where id = %(id)s and state = 'storing'
                  returning picture_key, thumbnail_key)
                select unnest(array[picture_key, thumbnail_key]) from gone where picture_key is not null""",
                id=taken.id,
            )
            tx.execute(
                """delete from pentagram.requests r where id = %(id)s
                and not exists (select from pentagram.creations c where c.request_id = r.id)""",
                id=taken.request_id,
            )
            if keys:
                self._jobs.defer(tx, "delete_files", keys=keys)


# What an account's archive holds twice is two pictures: it is compared with what was there before it came.
OTHER = """(not %(whole)s or not exists (select from pentagram.import_items i
  where i.creation_id = c.id and i.import_id = %(order)s and i.state = 'done'))"""


def _refuse(creation_id: UUID | None) -> None:
    if creation_id is not None:
        raise Known(creation_id)


def _others(order: Order, task: Task) -> dict[str, Any]:
    return {"account": order.account_id, "order": order.id, "whole": task.is_of_an_account}


def _found(tx: Transaction, order: Order, task: Task) -> Taken | None:
    return tx.row(
        Taken,
        """select c.id, c.request_id, c.state, c.unchecked, c.created_at
        from pentagram.requests r join pentagram.creations c on c.request_id = r.id
        where r.account_id = %(account)s and r.token = %(token)s and c.position = %(place)s""",
        account=order.account_id, token=order.token(task.request), place=task.place,
    )  # fmt: skip


def _insert(tx: Transaction, order: Order, task: Task, look: Look) -> None:
    wish = look.wish
    tx.execute(
        """insert into pentagram.requests (id, account_id, token, prompt, negative_prompt, width, height, engine,
          model, options, sensitive, favourite, parent_id, created_at)
        values (coalesce(pentagram.id_at(%(at)s), pentagram.new_id()), %(account)s, %(token)s, %(prompt)s,
          %(negative)s, %(width)s, %(height)s, %(engine)s, %(model)s, %(options)s, %(sensitive)s, %(favourite)s,
          (select c.request_id from pentagram.import_items i join pentagram.creations c on c.id = i.creation_id
           where i.import_id = %(order)s and i.position = %(parent)s), coalesce(least(%(at)s, now()), now()))
        on conflict (account_id, token) do nothing""",
        at=wish.created_at, account=order.account_id, token=order.token(task.request), prompt=wish.prompt,
        negative=wish.negative, **wish.size(look.image), engine=ENGINE, model=wish.model,
        options=Jsonb(wish.options), sensitive=wish.sensitive, favourite=wish.favourite, order=order.id,
        parent=task.payload.get("parent"),
    )  # fmt: skip
    tx.execute(
        """insert into pentagram.creations (id, request_id, account_id, position, seed, state, engine, model,
          sensitive, unchecked, rating, created_at)
        select coalesce(pentagram.id_at(%(at)s), pentagram.new_id()), r.id, r.account_id, %(place)s, %(seed)s,
          'storing', %(engine)s, %(model)s, %(sensitive)s, %(unchecked)s, %(rating)s, r.created_at
        from pentagram.requests r where r.account_id = %(account)s and r.token = %(token)s
        on conflict (request_id, position) do nothing""",
        at=wish.created_at, account=order.account_id, token=order.token(task.request), place=task.place,
        seed=wish.kept_seed, engine=ENGINE, model=wish.model, sensitive=wish.sensitive, unchecked=look.unchecked,
        rating=wish.rating,
    )  # fmt: skip


def _remember(tx: Transaction, creation_id: UUID, *hashes: bytes) -> None:
    """Of a picture: of its file as it came, of its pixels as they came and as they are kept."""
    tx.execute(
        """insert into pentagram.picture_hashes (account_id, hash, creation_id)
        select c.account_id, hash, c.id from pentagram.creations c cross join unnest(%(hashes)s::bytea[]) as hash
        where c.id = %(id)s on conflict do nothing""",
        hashes=list(hashes), id=creation_id,
    )  # fmt: skip


def _provenance(taken: Taken, look: Look) -> Provenance:
    wish = look.wish
    return Provenance(
        prompt=wish.prompt, negative=wish.negative, model=wish.model, engine=ENGINE, seed=wish.seed or 0,
        width=look.image.width, height=look.image.height, identifier=str(taken.id), created_at=taken.created_at,
        generator=wish.generator, steps=wish.steps, guidance=wish.guidance, strength=wish.strength, style=wish.style,
    )  # fmt: skip
