"""What topics mean: their vectors in the space that posts are compared in, asked of the model once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence

import numpy as np

from services.discovery.spaces import Space, Spaces
from services.errors import ConfigurationError, Unavailable
from services.residents.mind import Floats
from services.residents.topics import BY_ID

log = logging.getLogger(__name__)

MOST_KEPT = 20_000


class Tastes:
    def __init__(self, spaces: Spaces) -> None:
        self._spaces = spaces
        self._kept: dict[tuple[int, str], Floats] = {}
        self._turn = threading.Lock()

    def vectors(self, topics: Sequence[str], space: Space | None) -> tuple[list[str], Floats]:
        """Of those that are known, a row for each; none while the model does not answer."""
        if space is None or not topics:
            return [], np.zeros((0, 0))
        with self._turn:
            self._learn([topic for topic in topics if (space.id, topic) not in self._kept], space)
            known = [topic for topic in topics if (space.id, topic) in self._kept]
            rows = [self._kept[space.id, topic] for topic in known]
        return known, np.stack(rows) if rows else np.zeros((0, space.dimensions))

    def _learn(self, topics: Sequence[str], space: Space) -> None:
        if not topics:
            return
        if len(self._kept) > MOST_KEPT:
            self._kept.clear()
        try:
            found = self._spaces.model_of(space).of([in_words(topic) for topic in topics])
        except (Unavailable, ConfigurationError) as error:
            log.warning("Residents choose without meaning: %s", error)
            return
        for topic, vector in zip(topics, found, strict=True):
            row = np.asarray(vector, dtype=np.float64)
            length = float(np.linalg.norm(row))
            self._kept[space.id, topic] = row / length if length else row


def in_words(topic: str) -> str:
    """As a post about it would say it."""
    known = BY_ID.get(topic)
    return f"{topic}: {', '.join(known.subjects[:4])}" if known else topic
