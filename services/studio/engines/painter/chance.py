"""All chance in a picture: the same prompt and seed give the same, on every machine and in every process."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


class Chance:
    def __init__(self, prompt: str, seed: int) -> None:
        digest = hashlib.sha256(f"{seed}\0{prompt}".encode("utf-8", "surrogatepass")).digest()
        self.rng = np.random.default_rng(int.from_bytes(digest[:16], "big"))

    def pick(self, rows: Sequence[T]) -> T:
        return rows[int(self.rng.integers(len(rows)))]

    def between(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def whole(self, low: int, high: int) -> int:
        """From `low` to `high`, both included."""
        return int(self.rng.integers(low, high + 1))

    def is_so(self, share: float) -> bool:
        return bool(self.rng.random() < share)
