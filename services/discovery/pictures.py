"""What is to be seen on the pictures of posts, read by a model of CLIP's kind where one is configured."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from services.discovery.spaces import Space, Spaces
from services.errors import NotFound
from services.platform.database import Database, Transaction
from services.platform.jobs import LATER, Jobs
from services.platform.storage.base import Storage

log = logging.getLogger(__name__)

BATCH = 8
"""Pictures that the model looks at together: whoever searches meanwhile waits for so many at most."""
STRIDE = 32
"""Posts that are looked at between two notes of how far it came."""


@dataclass(frozen=True)
class _Picture:
    id: UUID
    thumbnail_key: str


class PictureReader:
    """Looks at every picture of a post, each once a space. The thumbnail will do: no known model looks at more."""

    def __init__(self, db: Database, jobs: Jobs, storage: Storage, spaces: Spaces) -> None:
        self._db = db
        self._jobs = jobs
        self._storage = storage
        self._spaces = spaces
        jobs.register("read_pictures", self.read_pictures)
        jobs.register("fill_pictures", self.fill)

    def changed(self, tx: Transaction, post_id: UUID) -> None:
        self._jobs.defer(
            tx, "read_pictures", priority=LATER, once=f"read pictures of {post_id}", post_id=str(post_id)
        )  # fmt: skip

    def resume(self) -> None:
        """Take up what was left when the last process ended, and a model that was configured since."""
        with self._db.transaction() as tx:
            self._jobs.defer(tx, "fill_pictures", priority=LATER, once="fill_pictures")

    def read_pictures(self, *, post_id: str, last_attempt: bool = True) -> None:
        self._spaces.settle()
        for space, _ in self._spaces.readers(self._spaces.live(self._db)):
            self._read(space, [UUID(post_id)])

    def fill(self, *, last_attempt: bool = True) -> None:
        """Look at everything by a model that is new, from where it came to; then it serves."""
        self._spaces.settle()
        for _ in self._strides():
            pass
        while self._db.execute(FORGOTTEN):
            pass

    def refill(self) -> Iterator[None]:
        """Look for pictures that were left out, from the first post on, and come up for air after each stretch."""
        self._spaces.settle()
        self._db.execute("update pentagram.spaces set posts_until = null where content = 'picture'")
        yield
        yield from self._strides()

    def left(self) -> int:
        """How many posts some space has still to look at."""
        spaces = self._spaces.live(self._db)
        return sum(int(self._db.value(LEFT, until=space.posts_until)) for space in spaces)

    def _strides(self) -> Iterator[None]:
        for space, _ in self._spaces.readers(self._spaces.live(self._db)):
            until = space.posts_until
            while ids := self._db.values(NEXT, until=until, most=STRIDE):
                self._read(space, ids)
                until = ids[-1]
                self._db.execute(
                    "update pentagram.spaces set posts_until = %(until)s where id = %(id)s", until=until, id=space.id
                )  # fmt: skip
                yield
            self._spaces.finish(space)

    def _read(self, space: Space, post_ids: Sequence[UUID]) -> None:
        pictures = self._db.rows(_Picture, UNSEEN, ids=list(post_ids), space=space.id)
        for start in range(0, len(pictures), BATCH):
            self._look_at(space, pictures[start : start + BATCH])

    def _look_at(self, space: Space, pictures: Sequence[_Picture]) -> None:
        files = {each.id: file for each in pictures if (file := self._file(each)) is not None}
        if not files:
            return
        vectors = self._spaces.model_of(space).of_pictures(list(files.values()))
        with self._db.transaction() as tx:
            tx.use_vectors()
            tx.execute(KEPT, space=space.id, ids=list(files), vectors=[str(vector) for vector in vectors])

    def _file(self, picture: _Picture) -> bytes | None:
        try:
            return self._storage.get(picture.thumbnail_key)
        except NotFound:
            # Deleted while this went on, or lost: of the others something is to be seen.
            log.warning("The thumbnail of the creation %s is not there.", picture.id)
            return None


NEXT: LiteralString = """
select id from pentagram.posts where (%(until)s::uuid is null or id > %(until)s) and deleted_at is null
order by id limit %(most)s
"""
LEFT: LiteralString = """
select count(*) from pentagram.posts where (%(until)s::uuid is null or id > %(until)s) and deleted_at is null
"""
UNSEEN: LiteralString = """
select distinct c.id, c.thumbnail_key from pentagram.post_pictures pp
join pentagram.creations c on c.id = pp.creation_id and c.state = 'ready'
where pp.post_id = any(%(ids)s) and not exists (
  select from pentagram.picture_vectors v where v.space_id = %(space)s and v.creation_id = c.id)
order by c.id
"""
KEPT: LiteralString = """
insert into pentagram.picture_vectors (space_id, creation_id, vector)
select %(space)s, c.id, given.vector::halfvec
from unnest(%(ids)s::uuid[], %(vectors)s::text[]) as given (id, vector)
join pentagram.creations c on c.id = given.id
on conflict (space_id, creation_id) do nothing
"""
FORGOTTEN: LiteralString = """
delete from pentagram.picture_vectors v using (
  select o.space_id, o.creation_id from pentagram.picture_vectors o join pentagram.spaces s on s.id = o.space_id
  where s.state = 'retired' limit 5000) gone
where (v.space_id, v.creation_id) = (gone.space_id, gone.creation_id)
"""
