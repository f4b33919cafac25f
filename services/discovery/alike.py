"""Pictures that look almost the same, by their perceptual hashes, and a map on which similar posts stand together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

import numpy as np
import numpy.typing as npt

from services.community.posts import COLUMNS, FROM, LISTED, Post
from services.platform.database import Transaction

Floats = npt.NDArray[np.float64]

MOST_BITS = 7
"""In how many of the 64 two pictures may differ that look almost the same."""
PIECES, PIECE_BITS = 4, 16
EVENNESS = 0.5
"""How far a map is spread out evenly: 0 shows the distances as they are, 1 only the order."""
NEAR: LiteralString = """
select distinct pp.post_id from pentagram.creations c join pentagram.post_pictures pp on pp.creation_id = c.id
where c.state = 'ready' and pentagram.bands(c.phash) && %(bands)s::integer[]
  and bit_count((c.phash # %(phash)s)::bit(64)) <= %(bits)s
"""


@dataclass(frozen=True)
class Placed:
    """Where a post stands on a map, both from 0 to 1."""

    id: UUID
    x: float
    y: float


def looking_like(
    tx: Transaction, phash: int, *, viewer: UUID | None, limit: int, but: UUID | None = None
) -> list[Post]:
    """The posts, the newest first, with a picture that looks almost like one of this hash."""
    return tx.rows(
        Post,
        f"""select {COLUMNS} {FROM} where p.id in ({NEAR}) and p.id is distinct from %(but)s and {LISTED}
        order by p.id desc limit %(limit)s""",
        bands=bands_near(phash), phash=phash, bits=MOST_BITS, viewer=viewer, limit=limit, but=but,
    )  # fmt: skip


def bands_near(phash: int) -> list[int]:
    """Every piece that a hash may have which differs in so few bits: one of its four differs in one bit at most."""
    unsigned = phash & (2**64 - 1)
    found = []
    for place in range(PIECES):
        piece = unsigned >> (PIECE_BITS * (PIECES - 1 - place)) & (2**PIECE_BITS - 1)
        found += [place << PIECE_BITS | piece ^ flipped for flipped in (0, *(1 << bit for bit in range(PIECE_BITS)))]
    return found


def placed(ids: Sequence[UUID], vectors: Floats) -> list[Placed]:
    """The plane on which they differ most (principal components). The same posts have the same map."""
    if len(ids) < 2:
        return [Placed(each, 0.5, 0.5) for each in ids]
    centred = vectors - vectors.mean(axis=0)
    left, strength, _ = np.linalg.svd(centred, full_matrices=False)
    plane = np.zeros((len(ids), 2))
    plane[:, : min(2, left.shape[1])] = (left * strength)[:, :2]
    signs = np.sign(plane[np.abs(plane).argmax(axis=0), range(2)])
    x, y = (_spread(column) for column in (plane * np.where(signs == 0, 1, signs)).T)
    return [Placed(each, float(a), float(b)) for each, a, b in zip(ids, x, y, strict=True)]


def _spread(values: Floats) -> Floats:
    width = np.ptp(values)
    if width < 1e-9:
        return np.full(len(values), 0.5)
    even = np.argsort(np.argsort(values, kind="stable"), kind="stable") / (len(values) - 1)
    spread: Floats = (1 - EVENNESS) * (values - values.min()) / width + EVENNESS * even
    return spread
