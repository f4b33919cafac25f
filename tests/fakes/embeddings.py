"""Stands in for the embedding model where a test is about something else: words in common make texts near."""

from __future__ import annotations

import hashlib
import math

from services.discovery.embeddings import DIMENSIONS, About


def unread(texts: list[str]) -> list[list[float]]:
    """Says nothing of what texts mean, so that the gate goes by their words."""
    return [[0.0] * DIMENSIONS for _ in texts]


class WordVectors:
    model = "words in common"

    def about(self) -> About:
        return About(self.model, "1", DIMENSIONS)

    def of(self, texts: list[str]) -> list[list[float]]:
        return [_vector(text) for text in texts]

    def warm(self) -> None:
        """Always ready."""

    def close(self) -> None:
        """Nothing is held."""


def _vector(text: str) -> list[float]:
    vector = [0.0] * DIMENSIONS
    vector[0] = 1.0
    for word in text.lower().split():
        vector[int(hashlib.sha256(word.encode()).hexdigest(), 16) % DIMENSIONS] += 2.0
    length = math.sqrt(sum(number * number for number in vector))
    return [number / length for number in vector]
