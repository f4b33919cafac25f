"""Collections: boards on which people keep posts, in an order of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, LiteralString
from uuid import UUID

from services.community.accounts import Account
from services.community.posts import (
    COLUMNS,
    FROM,
    NOT_HIDDEN,
    NOT_MUTED,
    SHOWN,
    VISIBLE,
    Post,
    Posts,
    Watcher,
)
from services.errors import NotFound, UserError
from services.ids import check_token, parse_id
from services.pages import Page, page_of, place_of
from services.platform.afterwards import afterwards
from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.platform.jobs import Jobs
from services.safety.prompts import PromptGate
from services.safety.standing import not_while_suspended
from services.text import clean

PAGE = 24
MOST_ON_A_PAGE = 60
DEFAULT_TITLE = "Saved"
LONGEST_TITLE = 80
LONGEST_DESCRIPTION = 500
MOST_COLLECTIONS = 100
MOST_COUNTED = 999
RESTORABLE = timedelta(days=1)
SWEPT_AT_ONCE = 100
NOT_YOURS = "There is no such collection among yours."
NOT_IN_IT = "That picture is not in this collection any more."

Place = Literal["top", "up", "down", "bottom"]


@dataclass(frozen=True)
class Collection:
    """A board as one viewer sees it."""

    id: UUID
    title: str
    description: str
    is_public: bool
    is_default: bool
    created_at: datetime
    owner: str
    owner_display_name: str
    mine: bool
    removed: bool
    """By a moderator: only whose it is sees it still."""
    cover_id: UUID | None
    """The post that its owner chose for the cover, in the board or not."""
    cover_key: str | None
    """The thumbnail on the cover: of that post, else of the first one that the viewer may see."""
    cover_colour: str | None
    post_count: int
    """What the viewer may see of it, counted up to `MOST_COUNTED`."""


READABLE = """(k.deleted_at is null and (k.account_id is not distinct from %(viewer)s or (k.is_public
  and k.removed_at is null
  and (select true from pentagram.blocks b
    where b.account_id = k.account_id and b.blocked_id = %(viewer)s) is not true
  and (select true from pentagram.blocks b
    where b.account_id = %(viewer)s and b.blocked_id = k.account_id) is not true)))"""
# What a board shows of what was saved: to its owner all that they may see, to others what a list may put before them.
ON_BOARD = f"""(case when k.account_id is not distinct from %(viewer)s then {VISIBLE}
  else {SHOWN} and {NOT_HIDDEN} and {NOT_MUTED} end)"""
KEPT = "pentagram.collection_posts s join pentagram.posts p on p.id = s.post_id"
PICTURED = f"""{KEPT} join pentagram.post_pictures pp on pp.post_id = p.id and pp.position = 0
    join pentagram.creations c on c.id = pp.creation_id and c.state = 'ready'
    where s.collection_id = k.id and {ON_BOARD}"""
BOARDS = f"""
select k.id, k.title, k.description, k.is_public, k.is_default, k.created_at, k.cover_id,
  o.name as owner, o.display_name as owner_display_name, k.account_id is not distinct from %(viewer)s as mine,
  k.removed_at is not null as removed,
  coalesce(chosen.thumbnail_key, topmost.thumbnail_key) as cover_key,
  coalesce(chosen.colour, topmost.colour) as cover_colour, counted.post_count
from pentagram.collections k join pentagram.accounts o on o.id = k.account_id
left join lateral (
  select c.thumbnail_key, c.colour from {PICTURED} and s.post_id = k.cover_id
) chosen on true
left join lateral (
  select c.thumbnail_key, c.colour from {PICTURED} order by s.rank, s.post_id limit 1
) topmost on chosen.thumbnail_key is null
cross join lateral (
  select count(*) as post_count from (
    select from pentagram.collection_posts s
    where s.collection_id = k.id and (select {ON_BOARD} from pentagram.posts p where p.id = s.post_id) limit %(most)s
  ) seen
) counted
"""
ORDER = "order by k.is_default desc, k.id desc"


@dataclass(frozen=True)
class _Kept(Post):
    rank: float


@dataclass(frozen=True)
class _Gap:
    above: float | None
    below: float | None

    @property
    def middle(self) -> float | None:
        """None where no number is left between the two."""
        if self.above is None or self.below is None:
            return (self.above or 0) + 1 if self.below is None else self.below - 1
        middle = (self.above + self.below) / 2
        return middle if self.above < middle < self.below else None


class Collections:
    def __init__(
        self, db: Database, jobs: Jobs, posts: Posts, gate: PromptGate, clock: Clock, *,
        watcher: Watcher | None = None,
    ) -> None:  # fmt: skip
        self._db = db
        self._watcher = watcher
        self._posts = posts
        self._gate = gate
        self._clock = clock
        jobs.register_daily("sweep_collections", self.sweep, db)

    def mine(self, *, by: Account) -> list[Collection]:
        """One's own, where the star saves to first."""
        return self._boards(f"{BOARDS} where k.account_id = %(viewer)s and k.deleted_at is null {ORDER}", by)

    def of(self, name: str, *, viewer: Account | None) -> list[Collection]:
        """Those of somebody that the viewer may see, the newest first."""
        return self._boards(f"{BOARDS} where o.name = %(name)s and {READABLE} {ORDER}", viewer, name=name)

    def get(self, collection_id: object, *, viewer: Account | None) -> Collection:
        found = self._boards(
            f"{BOARDS} where k.id = %(id)s and {READABLE}", viewer, id=parse_id(collection_id, "collection")
        )
        if not found:
            raise NotFound("There is no such collection, or it is not for you to see.")
        return found[0]

    def _boards(self, sql: LiteralString, viewer: Account | None, **parameters: object) -> list[Collection]:
        return self._db.rows(
            Collection, sql, viewer=viewer.id if viewer else None, most=MOST_COUNTED, **parameters
        )  # fmt: skip

    @not_while_suspended
    def create(self, title: str, *, by: Account, token: str, is_public: bool = False) -> Collection:
        """Make a board. The same token again is the same board."""
        check_token(token, again="make the collection")
        title = self._checked_title(title)
        self._db.execute(
            """insert into pentagram.collections (account_id, title, is_public, token)
            select %(by)s, %(title)s, %(public)s, %(token)s
            where (select count(*) from pentagram.collections
              where account_id = %(by)s and deleted_at is null) < %(most)s
            on conflict (account_id, token) do nothing""",
            by=by.id, title=title, public=is_public, token=token, most=MOST_COLLECTIONS,
        )  # fmt: skip
        made = self._db.value(
            "select id from pentagram.collections where account_id = %(by)s and token = %(token)s",
            by=by.id, token=token,
        )  # fmt: skip
        if made is None:
            raise UserError(f"You have {MOST_COLLECTIONS} collections already; delete one first.")
        return self.get(made, viewer=by)

    @not_while_suspended
    def change(
        self,
        collection_id: object,
        *,
        by: Account,
        title: str,
        is_public: bool,
        description: str = "",
        cover_id: UUID | None = None,
    ) -> Collection:
        """Without a cover of one's choice the first picture is on it."""
        title = self._checked_title(title)
        description = clean(description, most=LONGEST_DESCRIPTION, what="The description")
        self._gate.take(description, "description")
        with self._db.transaction() as tx:
            board = _own(tx, collection_id, by)
            if cover_id is not None and not _holds(tx, board, cover_id):
                raise UserError("The cover is one of the pictures in the collection.")
            tx.execute(
                """update pentagram.collections set title = %(title)s, description = %(description)s,
                  is_public = %(public)s, cover_id = %(cover)s where id = %(board)s""",
                title=title, description=description, public=is_public, cover=cover_id, board=board,
            )  # fmt: skip
        return self.get(board, viewer=by)

    def _checked_title(self, title: str) -> str:
        title = clean(title, most=LONGEST_TITLE, what="The title", newlines=False)
        if not title:
            raise UserError("Give the collection a title.")
        self._gate.take(title, "title")
        return title

    def delete(self, collection_id: object, *, by: Account) -> None:
        """The posts in it stay where else they are saved. It can be restored until it is swept."""
        with self._db.transaction() as tx:
            if not tx.execute(
                "update pentagram.collections set deleted_at = %(now)s where id = %(board)s and not is_default",
                now=self._clock.now(), board=_own(tx, collection_id, by),
            ):  # fmt: skip
                raise UserError("The star saves to this collection: take pictures out of it instead.")

    def restore(self, collection_id: object, *, by: Account) -> Collection:
        """Undo its deletion, with all that was in it."""
        self._db.execute(
            "update pentagram.collections set deleted_at = null where id = %(id)s and account_id = %(by)s",
            id=parse_id(collection_id, "collection"), by=by.id,
        )  # fmt: skip
        board = self.get(collection_id, viewer=by)
        if not board.mine:
            raise NotFound(NOT_YOURS)
        return board

    def sweep(self) -> None:
        """Every day: what was deleted and not brought back goes for good."""
        before = self._clock.now() - RESTORABLE
        while self._db.execute(
            """delete from pentagram.collections where id in (
              select id from pentagram.collections where deleted_at < %(before)s limit %(most)s)""",
            before=before, most=SWEPT_AT_ONCE,
        ):  # fmt: skip
            continue

    def save(self, post_id: object, *, by: Account, collection_id: object = None) -> Post:
        """Keep a post on top of a board, or of the one for everything. Saving twice is saving once."""
        post = self._posts.get(post_id, viewer=by)
        with self._db.transaction() as tx:
            board = _default(tx, by) if collection_id is None else _own(tx, collection_id, by)
            kept = tx.execute(
                """insert into pentagram.collection_posts (collection_id, post_id, rank)
                select %(board)s, %(post)s, coalesce(min(rank), 0) - 1
                from pentagram.collection_posts where collection_id = %(board)s
                having exists (select from pentagram.posts where id = %(post)s)
                on conflict do nothing""",
                board=board, post=post.id,
            )  # fmt: skip
        if kept and self._watcher is not None:
            afterwards(self._watcher.did, "save", post.id, by)
        return self._posts.get(post.id, viewer=by)

    def remove(self, post_id: object, *, by: Account, collection_id: object) -> Post:
        """Take a post off one board; it stays on the others."""
        post = self._posts.get(post_id, viewer=by)
        with self._db.transaction() as tx:
            tx.execute(
                "delete from pentagram.collection_posts where collection_id = %(board)s and post_id = %(post)s",
                board=_own(tx, collection_id, by), post=post.id,
            )  # fmt: skip
        return self._posts.get(post.id, viewer=by)

    def unsave(self, post_id: object, *, by: Account) -> Post:
        """Take a post off every board of one's own."""
        post = self._posts.get(post_id, viewer=by)
        with self._db.transaction() as tx:
            boards = tx.values(
                """select k.id from pentagram.collections k
                where k.account_id = %(by)s and k.deleted_at is null and exists (
                  select from pentagram.collection_posts s where s.collection_id = k.id and s.post_id = %(post)s)
                order by k.id for no key update""",
                by=by.id, post=post.id,
            )  # fmt: skip
            tx.execute(
                "delete from pentagram.collection_posts where collection_id = any(%(boards)s) and post_id = %(post)s",
                boards=boards, post=post.id,
            )  # fmt: skip
        if boards and self._watcher is not None:
            afterwards(self._watcher.undid, "save", post.id, by)
        return self._posts.get(post.id, viewer=by)

    def holding(self, post_id: object, *, by: Account) -> set[UUID]:
        """Which of one's own boards the post is on."""
        return set(
            self._db.values(
                """select k.id from pentagram.collection_posts s join pentagram.collections k on k.id = s.collection_id
                where s.post_id = %(post)s and k.account_id = %(by)s and k.deleted_at is null""",
                post=parse_id(post_id, "post"), by=by.id,
            )
        )  # fmt: skip

    def posts(
        self, collection_id: object, *, viewer: Account | None, after: str | None = None, limit: int = PAGE
    ) -> Page[Post]:
        """In the owner's order. The place is that of the last post, wherever it was moved in the meantime."""
        rank, last = place_of(after, float, UUID)
        board = self.get(collection_id, viewer=viewer)
        limit = min(limit, MOST_ON_A_PAGE)
        rows = self._db.rows(
            _Kept,
            f"""select {COLUMNS}, s.rank {FROM} join pentagram.collection_posts s on s.post_id = p.id
            join pentagram.collections k on k.id = s.collection_id
            where s.collection_id = %(board)s and {ON_BOARD} and (%(last)s::uuid is null or (s.rank, s.post_id) > (
              coalesce((select rank from pentagram.collection_posts
                where collection_id = %(board)s and post_id = %(last)s), %(rank)s::float), %(last)s))
            order by s.rank, s.post_id limit %(most)s""",
            board=board.id, viewer=viewer.id if viewer else None, rank=rank, last=last, most=limit + 1,
        )  # fmt: skip
        page = page_of(rows, limit, lambda row: (row.rank, row.id))
        return Page(list(page.items), page.next)

    def move(self, post_id: object, *, by: Account, collection_id: object, before: UUID | None) -> None:
        """Put a post right before another of the board, or last."""
        post = parse_id(post_id, "post")
        with self._db.transaction() as tx:
            _move(tx, _own(tx, collection_id, by), post, before)

    def step(self, post_id: object, *, by: Account, collection_id: object, to: Place) -> None:
        """Put a post one place up or down, first or last, among those that its owner sees."""
        post = parse_id(post_id, "post")
        with self._db.transaction() as tx:
            board = _own(tx, collection_id, by)
            _move(tx, board, post, _goal(tx, board, post, by, to))


_OF_BOARD = f"""select s.post_id from {KEPT} join pentagram.collections k on k.id = s.collection_id
  where s.collection_id = %(board)s and s.post_id <> %(post)s and {ON_BOARD}"""
_HERE = """(select rank, post_id from pentagram.collection_posts
  where collection_id = %(board)s and post_id = %(post)s)"""
NEIGHBOURS: dict[str, LiteralString] = {
    "top": f"{_OF_BOARD} order by s.rank, s.post_id limit 1",
    "up": f"{_OF_BOARD} and (s.rank, s.post_id) < {_HERE} order by s.rank desc, s.post_id desc limit 1",
    "down": f"{_OF_BOARD} and (s.rank, s.post_id) > {_HERE} order by s.rank, s.post_id limit 2",
}


def _own(tx: Transaction, collection_id: object, by: Account) -> UUID:
    """One's own board, held against other changes until the transaction ends."""
    board: UUID | None = tx.value(
        """select id from pentagram.collections where id = %(id)s and account_id = %(by)s and deleted_at is null
        for no key update""",
        id=parse_id(collection_id, "collection"), by=by.id,
    )  # fmt: skip
    if board is None:
        raise NotFound(NOT_YOURS)
    return board


def _default(tx: Transaction, by: Account) -> UUID:
    """Where the star saves to; made at the first star."""
    tx.execute(
        """insert into pentagram.collections (account_id, title, is_default) values (%(by)s, %(title)s, true)
        on conflict (account_id) where is_default do nothing""",
        by=by.id, title=DEFAULT_TITLE,
    )  # fmt: skip
    board: UUID = tx.value(
        "select id from pentagram.collections where account_id = %(by)s and is_default for no key update", by=by.id
    )
    return board


def _goal(tx: Transaction, board: UUID, post: UUID, by: Account, to: Place) -> UUID | None:
    """Before which post it goes then: itself where it is there already, None for the end."""
    if to == "bottom":
        return None
    near = tx.values(NEIGHBOURS[to], board=board, post=post, viewer=by.id)
    if to == "down" and near:
        return near[1] if len(near) == 2 else None
    return near[0] if near else post


def _holds(tx: Transaction, board: UUID, post: UUID) -> bool:
    return bool(
        tx.value(
            """select exists (select from pentagram.collection_posts
            where collection_id = %(board)s and post_id = %(post)s)""",
            board=board, post=post,
        )
    )  # fmt: skip


def _move(tx: Transaction, board: UUID, post: UUID, before: UUID | None) -> None:
    if not _holds(tx, board, post):
        raise NotFound(NOT_IN_IT)
    if post == before:
        return
    rank = _gap(tx, board, post, before).middle
    if rank is None:
        _spread(tx, board)
        rank = _gap(tx, board, post, before).middle
    tx.execute(
        "update pentagram.collection_posts set rank = %(rank)s where collection_id = %(board)s and post_id = %(post)s",
        rank=rank, board=board, post=post,
    )  # fmt: skip


def _gap(tx: Transaction, board: UUID, post: UUID, before: UUID | None) -> _Gap:
    """The ranks on either side of the place before another post; `post` itself stands nowhere meanwhile."""
    if before is not None and not _holds(tx, board, before):
        raise NotFound(NOT_IN_IT)
    gap = tx.row(
        _Gap,
        """with below as (select rank, post_id from pentagram.collection_posts
            where collection_id = %(board)s and post_id = %(before)s)
        select (select rank from pentagram.collection_posts
            where collection_id = %(board)s and post_id <> %(post)s
              and (%(before)s::uuid is null or (rank, post_id) < (select rank, post_id from below))
            order by rank desc, post_id desc limit 1) as above,
          (select rank from below) as below""",
        board=board, post=post, before=before,
    )  # fmt: skip
    return gap or _Gap(None, None)


def _spread(tx: Transaction, board: UUID) -> None:
    """Give every post of the board a whole number again, in the same order."""
    tx.execute(
        """update pentagram.collection_posts s set rank = ordered.place
        from (select post_id, row_number() over (order by rank, post_id) as place
          from pentagram.collection_posts where collection_id = %(board)s) ordered
        where s.collection_id = %(board)s and s.post_id = ordered.post_id""",
        board=board,
    )
