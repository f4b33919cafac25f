"""A log of For you as a town would have left it of which all is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import psycopg

from services.discovery.recommendations.choosing import POLICY, USUAL_SURPRISE, mixed
from services.discovery.recommendations.features import AT, FEATURES

CANDIDATES = 8
"""In each place; the first half of them near what people like."""
TRUTH = np.linspace(0.05, 0.75, CANDIDATES)
"""How likely each of them is liked: what is less familiar is liked more in this town."""
INSERT = """
insert into pentagram.impressions
  (account_id, post_id, surface, policy, position, probability, features, ways, expected, outcome, shown_at)
values (%s, %s, 'for_you', %s, %s, %s, %s, %s, %s, %s, now() - %s)
"""


def softmax(logits):
    return np.exp(logits) / np.exp(logits).sum()


def chances():
    """How likely each way puts each candidate in a place."""
    familiar, surprising = np.zeros(CANDIDATES), np.zeros(CANDIDATES)
    familiar[: CANDIDATES // 2], surprising[CANDIDATES // 2 :] = 2 / CANDIDATES, 2 / CANDIDATES
    rest = (np.linspace(0, 1, CANDIDATES), np.linspace(1, 0, CANDIDATES), np.linspace(0.5, 0, CANDIDATES))
    return np.array([familiar, surprising, *(softmax(each) for each in rest), np.full(CANDIDATES, 1 / CANDIDATES)])


@dataclass(frozen=True)
class Town:
    posts: list
    readers: list


def settled(db, *, visibility="public"):
    """Forty readers, and a post of each of eight makers: the first two joined lately, the last two are residents."""
    add = """insert into pentagram.accounts (name, display_name, created_at, kind)
      select %(kind)s || n, 'Somebody', now() - %(days)s * interval '1 day', %(is)s
      from generate_series(1, %(count)s) n returning id"""
    made = [
        db.values(add, kind=kind, days=days, count=count, **{"is": is_})
        for kind, days, count, is_ in (
            ("reader", 400, 40, "person"), ("newcomer", 5, 2, "person"), ("maker", 400, 4, "person"),
            ("resident", 400, 2, "resident"),
        )
    ]  # fmt: skip
    makers = [maker for group in made[1:] for maker in group]
    posts = [
        db.value(
            """insert into pentagram.posts (account_id, token, visibility, by_resident)
            values (%(by)s, 'press-a-post', %(visibility)s, %(resident)s) returning id""",
            by=maker, visibility=visibility, resident=maker in made[3],
        )
        for maker in makers
    ]  # fmt: skip
    return Town(posts, made[0])


def shown(db, town, *, places=3000, seed=3, days=20, share=USUAL_SURPRISE, guess=0.0, ways=None, who=None):
    """What ours showed and what was liked; the oldest first, as a log is written."""
    chance = np.random.default_rng(seed)
    ways = chances() if ways is None else ways
    ours = mixed(ways, share)
    guessed = np.clip(TRUTH + guess * chance.normal(size=CANDIDATES), 0.01, 0.99)
    picked = chance.choice(CANDIDATES, size=places, p=ours)
    liked = chance.random(places) < TRUTH[picked]
    readers = who or town.readers
    rows = [
        (
            readers[number // 12 % len(readers)], town.posts[pick], POLICY, number % 12, float(ours[pick]),
            features(pick), ways[:, pick].tolist(), [*(ways @ guessed).tolist(), float(guessed[pick])],
            ["like"] if liked[number] else [], timedelta(hours=1, days=days * (1 - number / places)),
        )
        for number, pick in enumerate(picked)
    ]  # fmt: skip
    with psycopg.connect(db.conninfo()) as connection, connection.cursor() as cursor:
        cursor.executemany(INSERT, rows)


def features(pick):
    row = [0.0] * len(FEATURES)
    row[AT["near"]] = 1.5 if pick < CANDIDATES // 2 else -0.5
    return row
