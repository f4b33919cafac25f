"""A town of posts of a few kinds, for what is recommended of them."""

from __future__ import annotations

import uuid
from collections import Counter

import pytest

from benchmarks.stock import Piece, put_in

FOXES, TOWERS, BOATS = "fox snow forest fur", "castle tower moon stone", "boat harbour tide rope"


@pytest.fixture
def stock(house):
    """Posts with these words by so many makers, read: `stock(FOXES, 20)`."""
    made = Counter()

    def do(words, count, *, makers=5):
        prefix = words.split()[0]
        pieces = [
            Piece(
                f"{prefix}{made[prefix] + n}",
                f"{words} {prefix}{made[prefix] + n}",
                [],
                "",
                f"{prefix}.maker{n % makers}",
            )
            for n in range(count)
        ]
        made[prefix] += count
        known = {name: house.accounts.named(name) for name in house.db.values("select name from pentagram.accounts")}
        return (
            list(put_in(house, pieces)) if not known.keys() & {piece.by for piece in pieces} else _more(house, pieces)
        )

    return do


def _more(house, pieces):
    renamed = [
        Piece(each.id, each.prompt, each.tags, each.caption, f"{each.by}.{uuid.uuid4().hex[:4]}") for each in pieces
    ]
    return list(put_in(house, renamed))


@pytest.fixture
def town(stock):
    """Thirty posts of each of three kinds, by kind."""
    return {words: stock(words, 30) for words in (FOXES, TOWERS, BOATS)}
