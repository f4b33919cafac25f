"""Identities as they arrive from addresses, forms and programs."""

from __future__ import annotations

import re
from uuid import UUID

from services.errors import NotFound, UserError

TOKEN = re.compile(r"[A-Za-z0-9_-]{8,64}")


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


def check_token(token: str, *, again: str) -> None:
    """A form's word for one press of its button, by which the same press arriving twice is known."""
    if not TOKEN.fullmatch(token):
        raise UserError(f"This form has grown old. Reload the page and {again} once more.")
