"""How likely somebody is to do what with a post: a logistic model for each outcome, with what is not known of it.

Each weight is a number that is known more or less: a Gaussian, whose precision grows with what was seen. Learning is a
Newton step towards the most likely weights (online Laplace); exploring is drawing weights from what is left open
(Thompson sampling).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from services.discovery.recommendations.features import AT, FEATURES

Floats = npt.NDArray[np.float64]

VALUES: Mapping[str, float] = {"like": 1.0, "comment": 2.0, "save": 3.0, "remix": 4.0, "follow": 4.0, "hide": -4.0}
"""What each outcome is worth, in likes. The first four are Trending's."""
PRIOR: Mapping[str, float] = {
    "always": -2.6, "near": 1.0, "very_near": 0.3, "strong": 0.25, "rate": 0.9, "loved": 0.25, "hot": 0.15, "age": -0.1,
    "unseen_by_others": 0.0, "maker_rate": 0.3, "follows": 0.6, "friends": 0.3, "together": 0.5, "unlike": -1.2,
    "resident": 0.0, "position": -1.0,
}  # fmt: skip
"""The weights for a like, before anything was learned."""
RARER: Mapping[str, float] = {"like": 0.0, "comment": -2.0, "save": -2.0, "remix": -3.0, "follow": -3.5}
"""How much less likely the others are than a like, as logits. They follow the same reasons until they are learned."""
PRIOR_HIDE: Mapping[str, float] = {"always": -4.5, "near": -0.3, "unlike": 1.5, "rate": -0.3, "position": -1.0}
PRIOR_PRECISION, PRIOR_PRECISION_ALWAYS = 20.0, 2.0
"""How sure we are of them: least of how often people like anything at all."""
STEPS = 4
KEPT = 0.999
"""Of what was known, with each batch that is learned: people change."""


@dataclass(frozen=True, eq=False)
class Belief:
    """What is known of the weights of one outcome."""

    mean: Floats
    precision: Floats
    """A matrix: what is known of one weight depends on the others."""

    def learn(self, rows: Floats, happened: npt.NDArray[np.bool_]) -> Belief:
        """After these impressions, each a row of features and whether it happened."""
        precision = KEPT * self.precision + (1 - KEPT) * _prior_precision()
        mean, curvature = self.mean.copy(), precision
        for _ in range(STEPS):
            chance = _chance(rows @ mean)
            curvature = precision + (rows * (chance * (1 - chance))[:, None]).T @ rows
            pull = precision @ (mean - self.mean) + rows.T @ (chance - happened)
            step = np.linalg.solve(curvature, pull)
            mean = mean - np.clip(step, -1, 1)
        return Belief(mean, curvature)

    def draw(self, count: int, chance: np.random.Generator) -> Floats:
        """So many weights that may be the right ones."""
        root = np.linalg.cholesky(self.precision)
        noise = np.linalg.solve(root.T, chance.standard_normal((len(self.mean), count)))
        drawn: Floats = self.mean + noise.T
        return drawn


Beliefs = Mapping[str, Belief]
"""One for each of `VALUES`."""


def prior() -> dict[str, Belief]:
    return {outcome: Belief(_prior_mean(outcome), _prior_precision()) for outcome in VALUES}


def _prior_precision() -> Floats:
    sure = np.full(len(FEATURES), PRIOR_PRECISION)
    sure[AT["always"]] = PRIOR_PRECISION_ALWAYS
    return np.diag(sure)


def _prior_mean(outcome: str) -> Floats:
    table = PRIOR_HIDE if outcome == "hide" else PRIOR
    mean = np.array([table.get(name, 0.0) for name in FEATURES])
    mean[AT["always"]] += RARER.get(outcome, 0.0)
    return mean


def learn(beliefs: Beliefs, rows: Floats, outcomes: Mapping[str, npt.NDArray[np.bool_]]) -> dict[str, Belief]:
    return {name: belief.learn(rows, outcomes[name]) for name, belief in beliefs.items()}


def values(beliefs: Beliefs, rows: Floats) -> Floats:
    """What showing each candidate is worth, in likes, as far as is known."""
    total = np.zeros(len(rows))
    for outcome, worth in VALUES.items():
        total += worth * _chance(rows @ beliefs[outcome].mean)
    return total


def drawn_values(beliefs: Beliefs, rows: Floats, rates: Floats, chance: np.random.Generator) -> Floats:
    """What it may be worth as well: a row for each drawing of weights, with the rates drawn for it."""
    draws = len(rates)
    total = np.zeros(rates.shape)
    surprise = rates - rows[:, AT["rate"]]
    for outcome, worth in VALUES.items():
        weights = beliefs[outcome].draw(draws, chance)
        total += worth * _chance(weights @ rows.T + weights[:, [AT["rate"]]] * surprise)
    return total


def _chance(logits: Floats) -> Floats:
    chance: Floats = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return chance
