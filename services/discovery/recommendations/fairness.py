"""How evenly views are spread over those who make posts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

POINTS = 51
"""Of a curve that is drawn."""


@dataclass(frozen=True)
class Spread:
    makers: int
    shown: int
    """Of them, those of whom anything was shown."""
    gini: float
    """0 where all are shown alike, nearly 1 where one has it all."""
    top_tenth: float
    """The share of views that goes to the tenth of makers who are shown most."""
    curve: Sequence[tuple[float, float]]
    """Lorenz's: of the makers, those shown least first, which share has which share of the views."""


def spread(makers: Mapping[int, int]) -> Spread | None:
    """Of how many makers have how many views each. None where nothing was shown."""
    views = np.array(sorted(makers), dtype=np.float64)
    counts = np.array([makers[int(each)] for each in views], dtype=np.float64)
    total = float((views * counts).sum())
    if total <= 0:
        return None
    people = np.concatenate([[0.0], np.cumsum(counts) / counts.sum()])
    seen = np.concatenate([[0.0], np.cumsum(views * counts) / total])
    gini = 1 - float((np.diff(people) * (seen[1:] + seen[:-1])).sum())
    at = np.linspace(0, 1, POINTS)
    heights = np.interp(at, people, seen)
    return Spread(
        int(counts.sum()), int(counts[views > 0].sum()), gini, 1 - float(np.interp(0.9, people, seen)),
        list(zip(at.tolist(), heights.tolist(), strict=True)),
    )  # fmt: skip
