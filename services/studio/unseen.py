"""Painted pictures that the picture gate could not look at yet: kept for it, shown to nobody, never painted twice."""

from __future__ import annotations

import io
from dataclasses import dataclass
from uuid import UUID

from PIL import Image

from services.platform.database import Database, Transaction
from services.studio.engines.base import Engine, Painted
from services.studio.pictures import full_file


@dataclass(frozen=True)
class Unseen:
    engine: str
    model: str
    paint_ms: int
    picture: bytes

    def painted(self) -> Painted:
        """As the engine gave it; what it cost was booked then."""
        with Image.open(io.BytesIO(self.picture), formats=["WEBP"]) as image:
            return Painted(image.convert("RGB"), file=self.picture, model=self.model)


class UnseenPictures:
    def __init__(self, db: Database) -> None:
        self._db = db

    def find(self, creation_id: UUID) -> Unseen | None:
        return self._db.row(
            Unseen,
            "select engine, model, paint_ms, picture from pentagram.unseen_pictures where creation_id = %(id)s",
            id=creation_id,
        )

    def keep(self, creation_id: UUID, engine: Engine, painted: Painted, paint_ms: int) -> None:
        """Nothing of a picture that nobody wants any more."""
        self._db.execute(
            """insert into pentagram.unseen_pictures (creation_id, engine, model, paint_ms, picture)
            select id, %(engine)s, %(model)s, %(ms)s, %(picture)s
            from pentagram.creations where id = %(id)s and state = 'painting' on conflict do nothing""",
            id=creation_id, engine=engine.name, model=painted.model or engine.model, ms=paint_ms,
            picture=painted.file or full_file(painted.picture()),
        )  # fmt: skip

    def forget(self, tx: Transaction, creation_id: UUID) -> None:
        tx.execute("delete from pentagram.unseen_pictures where creation_id = %(id)s", id=creation_id)
