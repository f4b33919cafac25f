"""What every engine is to the rest of the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PIL import Image

from services.studio.pictures import Generator


@dataclass(frozen=True)
class Order:
    """One picture to paint. The same order gives the same picture on the same engine."""

    prompt: str
    seed: int
    width: int
    height: int


@dataclass(frozen=True)
class Capabilities:
    """What an engine can do; the prompt form and the studio read it, they never ask which engine it is."""

    sizes: tuple[tuple[int, int], ...]
    """Those worth offering, the usual one first. Others are painted too, between the smallest and the largest side."""
    smallest: int = 256
    largest: int = 2048
    most_pictures: int = 4


class Engine(Protocol):
    name: str
    label: str
    """How a sentence calls it, as in "the built-in painter"."""
    model: str
    """What the files name as the model that painted them."""
    steps: int | None
    """How many it takes for a picture; None where there are none, or the model's own default."""
    generator: Generator
    restricts: str
    """A sentence for everyone who paints with it, where a licence keeps them from something; else empty."""
    capabilities: Capabilities

    def paint(self, orders: Sequence[Order]) -> list[Image.Image]:
        """Paint each order, in order; RGB pictures of exactly the size asked for."""
        ...
