"""Who may decide, and about what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from services.errors import NotAllowed

BREACHES: Mapping[str, str] = {
    "sexual": "Sexual content",
    "minors": "Sexualised minors",
    "violence": "Graphic violence",
    "hate": "Hate",
    "self_harm": "Self-harm",
    "harassment": "Harassment",
    "real_persons": "Real persons",
    "extremism": "Violent extremism",
    "weapons": "Weapons and illegal instructions",
    "spam": "Spam",
    "copyright": "Somebody else's work",
    "other": "Something else",
}
"""What a decision gives as its reason: those of the policy, and two that only people report."""
MODERATORS = ("moderator", "admin")
ADMIN = "admin"


class Somebody(Protocol):
    """An account, as far as it matters here."""

    @property
    def id(self) -> UUID: ...

    @property
    def name(self) -> str: ...

    @property
    def role(self) -> str: ...


def check_moderates(by: Somebody) -> None:
    if by.role not in MODERATORS:
        raise NotAllowed("Only moderators can do this.")


def check_administers(by: Somebody) -> None:
    if by.role != ADMIN:
        raise NotAllowed("Only admins can do this.")
