"""Suspended people read, appeal, export and delete their account; everything that others would see waits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, LiteralString, ParamSpec, Protocol, TypeVar, cast

from services.errors import NotAllowed
from services.platform.database import Database
from services.safety.moderators import Somebody

FOR_GOOD_DAYS = 365_000
FOR_GOOD_FROM_YEAR = 2900

P = ParamSpec("P")
R = TypeVar("R")


class SuspendedError(NotAllowed):
    """Read by whoever is suspended: until when, and what they may do meanwhile."""


def until(moment: datetime | None) -> str:
    """When a suspension ends, as a sentence goes on."""
    if moment is None or moment.year >= FOR_GOOD_FROM_YEAR:
        return "for good"
    return f"until {moment.astimezone(UTC):%d %B %Y, %H:%M} UTC".replace("until 0", "until ")


def in_removed_post(creation: LiteralString) -> LiteralString:
    """Whether this picture is in a post that a moderator removed."""
    return f"""exists (select from pentagram.post_pictures held join pentagram.posts gone on gone.id = held.post_id
  where held.creation_id = {creation} and gone.removed_at is not null)"""


class _Service(Protocol):
    _db: Database


S = TypeVar("S", bound=_Service)


def check_standing(db: Database, by: Somebody) -> None:
    """Asked of the database: an account in hand may have been loaded before it was suspended."""
    ends = db.value(
        "select suspended_until from pentagram.accounts where id = %(id)s and suspended_until > now()", id=by.id
    )
    if ends is not None:
        raise SuspendedError(
            f"Your account is suspended {until(ends)}. Meanwhile you can read, and export or delete what is yours. "
            "Why it is, and how to appeal, stands under Decisions in your settings."
        )


def not_while_suspended(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """For methods that take who acts as `by`."""

    @wraps(method)
    def checked(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        check_standing(self._db, cast("Somebody", kwargs["by"]))
        return method(self, *args, **kwargs)

    return checked
