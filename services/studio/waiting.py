"""The person who waits for a picture, as an engine sees them: through the row of their creation."""

from __future__ import annotations

import logging
import time
from uuid import UUID

from services.errors import Unavailable
from services.platform.database import Database
from services.studio.engines.base import Watch

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 0.3
TELL_EVERY_SECONDS = 0.3


class Waiting(Watch):
    """Used by one thread at a time. A database that does not answer changes nothing: the picture is still wanted."""

    def __init__(self, db: Database, creation_id: UUID, call: str | None) -> None:
        self._db = db
        self._id = creation_id
        self._call = call
        self._has_called = call is not None
        self._wanted = True
        self._looked_at = 0.0
        self._told_at = 0.0

    def is_wanted(self) -> bool:
        if self._wanted and time.monotonic() - self._looked_at >= LOOK_EVERY_SECONDS:
            self._looked_at = time.monotonic()
            try:
                self._wanted = bool(
                    self._db.value(
                        "select true from pentagram.creations where id = %(id)s and state = 'painting'", id=self._id
                    )
                )
            except Unavailable:
                log.debug("Nobody can say whether %s is still wanted.", self._id)
        return self._wanted

    def progressed(self, share: float) -> None:
        if share < 1 and time.monotonic() - self._told_at < TELL_EVERY_SECONDS:
            return
        self._told_at = time.monotonic()
        try:
            self._db.execute(
                "update pentagram.creations set progress = %(share)s where id = %(id)s and state = 'painting'",
                share=min(max(share, 0.0), 1.0), id=self._id,
            )  # fmt: skip
        except Unavailable:
            log.debug("Nobody hears how far %s is.", self._id)

    def known_call(self) -> str | None:
        return self._call

    def has_called(self) -> bool:
        return self._has_called

    def called(self, call: str | None) -> None:
        """The call of a picture that was cancelled stays, for whoever calls it off to end and to book."""
        self._db.execute(
            """update pentagram.creations set call_id = %(call)s::text, calls = calls + (%(call)s::text is null)::int
            where id = %(id)s and (state <> 'cancelled' or %(call)s::text is not null)""",
            call=call, id=self._id,
        )  # fmt: skip
        self._call = call
        self._has_called = True
