"""A page of a list, and the place in the list from which the next page goes on."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from services.errors import NotFound

T = TypeVar("T")

LONGEST_CURSOR = 500


@dataclass(frozen=True)
class Page(Generic[T]):
    items: list[T]
    next: str | None
    """The cursor of the page after this one; None at the end of the list."""


def page_of(rows: Sequence[T], limit: int, place: Callable[[T], Sequence[object]]) -> Page[T]:
    """The first `limit` of `limit + 1` rows that were asked for: the one too many tells that there is a next page.
    `place` gives what the list is ordered by, the id last."""
    items = list(rows[:limit])
    return Page(items, cursor(*place(items[-1])) if len(rows) > limit and items else None)


def cursor(*place: object) -> str:
    """The place after a row, as a word that fits into an address."""
    parts = [part.isoformat() if isinstance(part, datetime) else str(part) for part in place]
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def place_of(cursor: str | None, *kinds: type) -> list[Any]:
    """What the cursor was made of, or as many Nones at the beginning of the list: `hot, last = place_of(after, float,
    UUID)`. `NotFound` for a word that is no place in such a list."""
    if cursor is None:
        return [None] * len(kinds)
    try:
        parts = _parts(cursor)
        return [READ[kind](part) for kind, part in zip(kinds, parts, strict=True)]
    except (ValueError, TypeError, RecursionError):
        raise NotFound("There is no such page.") from None


def _parts(cursor: str) -> list[str]:
    if not isinstance(cursor, str) or len(cursor) > LONGEST_CURSOR:
        raise ValueError
    padded = cursor + "=" * (-len(cursor) % 4)
    parts = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        raise ValueError
    return parts


def _whole(part: str) -> int:
    if not -(2**63) <= (number := int(part)) < 2**63:
        raise ValueError
    return number


def _finite(part: str) -> float:
    if not math.isfinite(number := float(part)):
        raise ValueError
    return number


def _moment(part: str) -> datetime:
    if (moment := datetime.fromisoformat(part)).tzinfo is None:
        raise ValueError
    return moment


def _word(part: str) -> str:
    part.encode()
    if "\0" in part:
        raise ValueError
    return part


READ: Mapping[type, Callable[[str], Any]] = {
    UUID: UUID, int: _whole, float: _finite, datetime: _moment, str: _word,
}  # fmt: skip
