"""Curves for whole sheets of numbers, looked up in tables.

A processor's own float32 `exp`, `sin`, `power` and `arctan2` differ in the last bit from the next one's, and so would
the pictures. Looking a value up takes additions and products alone, which are the same everywhere. On a few numbers at
a time, in float64, numpy's own do no harm.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]
STEPS = 4096
FAINTEST = -16.0
"""e to this is nothing that eight bits can show."""


def exp(x: Any) -> Floats:
    """Of what is not above 0."""
    return _looked_up(_exp(), (np.maximum(np.asarray(x, np.float32), FAINTEST) / FAINTEST))


def sin(x: Any) -> Floats:
    turns = np.asarray(x, np.float32) * np.float32(1 / (2 * math.pi))
    return _looked_up(_sin(), turns - np.floor(turns))


def cos(x: Any) -> Floats:
    return sin(np.asarray(x, np.float32) + np.float32(math.pi / 2))


def power(x: Any, exponent: float) -> Floats:
    """Of numbers from 0 to 1; others are taken for the nearer of the two."""
    return _looked_up(_power(float(exponent)), np.clip(np.asarray(x, np.float32), 0, 1))


def angle(y: Any, x: Any) -> Floats:
    """The direction of a point from the origin, from -pi to pi, as `arctan2` has it."""
    y, x = np.broadcast_arrays(np.asarray(y, np.float32), np.asarray(x, np.float32))
    across, up = np.abs(x), np.abs(y)
    longer = np.maximum(np.maximum(across, up), np.float32(1e-12))
    turn = _looked_up(_arctan(), np.minimum(across, up) / longer)
    turn = np.where(up > across, np.float32(math.pi / 2) - turn, turn)
    turn = np.where(x < 0, np.float32(math.pi) - turn, turn)
    return np.asarray(np.where(y < 0, -turn, turn), np.float32)


def smooth(low: float, high: float, t: Any) -> Floats:
    """From 0 at `low` to 1 at `high`, without corners."""
    x = np.clip((np.asarray(t, np.float32) - np.float32(low)) / np.float32(high - low), 0, 1)
    return np.asarray(x * x * (3 - 2 * x), np.float32)


def bell(t: Any, width: float) -> Floats:
    """1 at 0, and nothing a few widths from there."""
    away = np.asarray(t, np.float32) / np.float32(width)
    return exp(-away * away)


def _looked_up(table: Floats, share: Floats) -> Floats:
    """The table's value at each share of the way through it."""
    place = share * np.float32(STEPS)
    left = place.astype(np.int32)
    here = table[left]
    return np.asarray(here + (table[left + 1] - here) * (place - left), np.float32)


def _table(curve: Callable[[float], float]) -> Floats:
    values = [curve(step / STEPS) for step in range(STEPS + 1)]
    return np.array([*values, values[-1]], np.float32)


@lru_cache
def _exp() -> Floats:
    return _table(lambda share: math.exp(share * FAINTEST))


@lru_cache
def _sin() -> Floats:
    return _table(lambda share: math.sin(share * 2 * math.pi))


@lru_cache
def _arctan() -> Floats:
    return _table(math.atan)


@lru_cache(maxsize=64)
def _power(exponent: float) -> Floats:
    return _table(lambda share: share**exponent if share or exponent else 1.0)
