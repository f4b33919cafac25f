"""What another way of choosing would have won, told from the log of ours.

Each impression has how likely we were to put that post in that place and how likely the other way was. What happened
counts as much more as the other way would have shown it more often. SNIPS divides by the sum of these weights; doubly
robust adds them, as corrections, to what a model expects, and is right where either of the two is.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

Z_95 = 1.959964
MOST_WEIGHT = 200.0
"""One impression never counts for more: beyond that an estimate is made of a handful of posts."""


@dataclass(frozen=True, eq=False)
class Log:
    """Impressions, as columns."""

    won: Floats
    """What happened, in likes."""
    ours: Floats
    """How likely we were to show it."""
    theirs: Floats
    """How likely the other way was."""
    expected_here: Floats
    """What a model expected of the post that was shown."""
    expected_theirs: Floats
    """What it expected of the other way in the same place."""
    page: Sequence[Hashable]
    """Which were shown together: they are no independent witnesses."""


@dataclass(frozen=True)
class Estimate:
    """What is won with each post that is shown."""

    value: float
    low: float
    high: float
    """Between `low` and `high` it is in 95 of 100 cases."""
    effective: float
    """So many impressions under the other way itself would have told as much."""


def snips(log: Log) -> Estimate:
    """Self-normalised inverse propensity scoring."""
    weights = _weights(log)
    total = weights.sum()
    if total <= 0:
        return Estimate(math.nan, math.nan, math.nan, 0.0)
    value = float((weights * log.won).sum() / total)
    errors = _sums(weights * (log.won - value), log.page)
    return _estimate(value, math.sqrt(_spread(errors)) / total, weights)


def doubly_robust(log: Log) -> Estimate:
    return _mean(_told(log), log, _weights(log))


def gain(log: Log, other: Log) -> Estimate:
    """How much more the way of one log wins than that of another one of the same impressions. Nearer than the
    difference of both estimates: what chance gave the one it gave the other."""
    return _mean(_told(log) - _told(other), log, _weights(log))


def _told(log: Log) -> Floats:
    return log.expected_theirs + _weights(log) * (log.won - log.expected_here)


def _mean(told: Floats, log: Log, weights: Floats) -> Estimate:
    value = float(told.mean()) if len(told) else math.nan
    errors = _sums(told - value, log.page)
    return _estimate(value, math.sqrt(_spread(errors)) / max(1, len(told)), weights)


def _weights(log: Log) -> Floats:
    return np.minimum(log.theirs / log.ours, MOST_WEIGHT)


def _estimate(value: float, error: float, weights: Floats) -> Estimate:
    squares = float((weights**2).sum())
    effective = float(weights.sum()) ** 2 / squares if squares else 0.0
    return Estimate(value, value - Z_95 * error, value + Z_95 * error, effective)


def _sums(errors: Floats, page: Sequence[Hashable]) -> Floats:
    """Of each page."""
    numbers = {each: number for number, each in enumerate(dict.fromkeys(page))}
    return np.bincount([numbers[each] for each in page], weights=errors, minlength=len(numbers)).astype(np.float64)


def _spread(sums: Floats) -> float:
    """Of a total of independent sums."""
    count = len(sums)
    return float((sums**2).sum()) * count / max(1, count - 1)
