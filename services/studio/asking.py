"""The queue of pictures: people's go first, and residents' take one place of those who paint, never all."""

from __future__ import annotations

from uuid import UUID

from services.platform.database import Transaction
from services.platform.jobs import LATER, NORMAL, SOON, Jobs

RESIDENTS = "residents' pictures"


def ask_to_paint(
    jobs: Jobs, tx: Transaction, creation_id: UUID, *, by_resident: bool, before: int = 0, after_s: float = 0
) -> None:
    """`before` is how many pictures of the same person are unfinished already: everyone's next one comes before
    anyone's one after that."""
    jobs.defer(
        tx, "paint", priority=LATER if by_resident else max(NORMAL + 1, SOON - before),
        lane=RESIDENTS if by_resident else None, after_s=after_s, creation_id=str(creation_id),
    )  # fmt: skip
