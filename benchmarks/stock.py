"""Posts of given prompts for the benchmarks of search, without painting any of them: rows as publishing makes them,
with every trigger at work, and read by the house's own reader."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from services.bootstrap import Pentagram
from services.platform.database import Transaction

PICTURE = "pictures/00/stock.webp"
REQUEST = """insert into pentagram.requests (account_id, token, prompt, width, height, engine, model)
values (%(by)s, %(token)s, %(prompt)s, 768, 768, 'painter', 'painter') returning id"""
CREATION = """insert into pentagram.creations
  (request_id, account_id, position, seed, state, picture_key, thumbnail_key, width, height, colour, engine, model)
values (%(request)s, %(by)s, 0, 1, 'ready', %(key)s, %(key)s, 768, 768, '#808080', 'painter', 'painter') returning id"""
POST = """insert into pentagram.posts (account_id, token, caption, tags)
values (%(by)s, %(token)s, %(caption)s, %(tags)s) returning id"""
PLACED = """insert into pentagram.post_pictures (post_id, position, creation_id)
values (%(post)s, 0, %(creation)s)"""


@dataclass(frozen=True)
class Piece:
    id: str
    prompt: str
    tags: Sequence[str]
    caption: str
    by: str


def pieces(file: Path) -> list[Piece]:
    with file.open(encoding="utf-8") as lines:
        return [Piece(**json.loads(line)) for line in lines]


def put_in(house: Pentagram, wanted: Iterable[Piece]) -> dict[UUID, Piece]:
    """Post all of them and have them read; which post is which."""
    known: dict[str, UUID] = {}
    posted: dict[UUID, Piece] = {}
    for piece in wanted:
        if piece.by not in known:
            known[piece.by] = house.accounts.register(piece.by, None).id
        with house.db.transaction() as tx:
            posted[_post(tx, piece, known[piece.by])] = piece
    house.reader.read_posts()
    return posted


def _post(tx: Transaction, piece: Piece, by: UUID) -> UUID:
    given = {"by": by, "token": f"stock-{piece.id}"}
    request = tx.value(REQUEST, prompt=piece.prompt, **given)
    creation = tx.value(CREATION, request=request, key=PICTURE, **given)
    post: UUID = tx.value(POST, caption=piece.caption, tags=list(piece.tags), **given)
    tx.execute(PLACED, post=post, creation=creation)
    return post
