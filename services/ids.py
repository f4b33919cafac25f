"""Identities as they arrive from addresses, forms and programs."""

from __future__ import annotations

from uuid import UUID

from services.errors import NotFound


def parse_id(text: object, what: str) -> UUID:
    """The id, or `NotFound`: a malformed id is an id of nothing."""
    if isinstance(text, UUID):
        return text
    try:
        if not isinstance(text, str) or len(text) != 36:
            raise ValueError
        return UUID(text)
    except ValueError:
        raise NotFound(f"There is no such {what}.") from None
