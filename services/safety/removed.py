"""Pictures that moderators removed and that do not come back: known again when they are turned, cropped or saved anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PIL import Image

from services.errors import UserError
from services.platform.database import Database, Transaction

SENTENCE = (
    "A moderator removed this picture, or one that looks just like it, so it cannot come back. If you think that is "
    "wrong, appeal on your Account page."
)


class Returned(UserError):
    """Somebody brings back what was removed. They read how to appeal."""

    status = 403


@dataclass(frozen=True)
class Match:
    id: UUID
    category: str
    decision_id: UUID | None


class RemovedPictures:
    def __init__(self, db: Database) -> None:
        self._db = db

    def remember(self, tx: Transaction, creation_ids: Sequence[UUID], category: str, decision_id: UUID | None) -> None:
        """Let these pictures not come back, in the transaction that removes them."""
        keys = tx.values(
            "select picture_key from pentagram.creations where id = any(%(ids)s) and picture_key is not null",
            ids=list(creation_ids),
        )
        self.remember_files(tx, keys, category, decision_id)

    def remember_files(self, tx: Transaction, keys: Sequence[str], category: str, decision_id: UUID | None) -> None:
        """The same of files in the storage."""
        raise NotImplementedError

    def forget(self, tx: Transaction, decision_id: UUID) -> int:
        """What this decision removed may come back; how many pictures that are."""
        raise NotImplementedError

    def match(self, image: Image.Image) -> Match | None:
        """The removed picture that this one is."""
        raise NotImplementedError

    def refuse(self, image: Image.Image) -> None:
        """`Returned` for a picture that was removed."""
        if self.match(image) is not None:
            raise Returned(SENTENCE)
