"""Stand in for the embedding model where a test is about something else: words in common make texts near."""

from __future__ import annotations

import hashlib
import math

from services.discovery.embeddings import DIMENSIONS, About


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


def unlike_anything(texts: list[str]) -> list[list[float]]:
    """Vectors so far from all others that the prompt gate's classifier has nothing to say about the texts."""
    return [[1_000.0] * DIMENSIONS for _ in texts]


def _vector(text: str) -> list[float]:
    vector = [0.0] * DIMENSIONS
    vector[0] = 1.0
    for word in text.lower().split():
        vector[int(hashlib.sha256(word.encode()).hexdigest(), 16) % DIMENSIONS] += 2.0
    length = math.sqrt(sum(number * number for number in vector))
    return [number / length for number in vector]
