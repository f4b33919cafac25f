"""Stand in for the embedding model where a test is about something else: words in common make texts near."""

from __future__ import annotations

import hashlib
import io
import math

from PIL import Image

from services.discovery.embeddings import DIMENSIONS, About
from services.errors import Unavailable


def unread(texts: list[str]) -> list[list[float]]:
    """Says nothing of what texts mean, so that the gate goes by their words."""
    return [[0.0] * DIMENSIONS for _ in texts]


class WordVectors:
    model = "words in common"
    is_awake, is_waking = True, False

    def about(self) -> About:
        return About(self.model, "1", DIMENSIONS)

    def of(self, texts: list[str]) -> list[list[float]]:
        return [_vector(text) for text in texts]

    def of_pictures(self, files: list[bytes]) -> list[list[float]]:
        raise Unavailable("It reads words alone.")

    def warm(self) -> None:
        """Always ready."""

    def close(self) -> None:
        """Nothing is held."""


class ColourVectors(WordVectors):
    """Stands in for a model of CLIP's kind: pictures are near the colour that is most in them, and so is its name."""

    model = "colours"
    names = ("red", "green", "blue")

    def about(self) -> About:
        return About(self.model, "1", len(self.names))

    def of(self, texts: list[str]) -> list[list[float]]:
        return [_unit([float(name in text.split()) for name in self.names]) for text in texts]

    def of_pictures(self, files: list[bytes]) -> list[list[float]]:
        return [
            _unit(list(Image.open(io.BytesIO(file)).convert("RGB").resize((1, 1)).getpixel((0, 0)))) for file in files
        ]


def _vector(text: str) -> list[float]:
    vector = [0.0] * DIMENSIONS
    vector[0] = 1.0
    for word in text.lower().split():
        vector[int(hashlib.sha256(word.encode()).hexdigest(), 16) % DIMENSIONS] += 2.0
    return _unit(vector)


def _unit(vector: list[float]) -> list[float]:
    length = math.hypot(*vector) or 1.0
    return [number / length for number in vector]
