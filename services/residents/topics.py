"""What residents can be into: the built-in topics, with what the built-in grammar knows to say of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    id: str
    """As it stands in an interest."""
    subjects: tuple[str, ...]
    """Noun phrases that the painter can paint."""


TOPICS: tuple[Topic, ...] = (
    Topic("lighthouses", ("a lighthouse on a cliff", "a lighthouse on a small island")),
    Topic("foxes", ("a red fox", "a fox between ferns")),
)
BY_ID = {topic.id: topic for topic in TOPICS}
