"""The jobs behind For you: weighing likes, learning from what was shown, and forgetting what nobody needs any more.

None of them is waited for. While they are behind, pages are served by what was known before.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import LiteralString
from uuid import UUID

import numpy as np

from services.discovery.recommendations import scoring
from services.discovery.recommendations.choosing import POLICY
from services.discovery.recommendations.features import AT, FEATURES, position_term
from services.discovery.recommendations.scoring import VALUES, Belief
from services.discovery.recommendations.shown import KEPT_FOR
from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.platform.jobs import Jobs

WEIGH_EVERY_S, LEARN_EVERY_S = 60.0, 300.0
FRESH_FOR = timedelta(minutes=1)
"""So long a process goes by the weights that it read."""
MOST_OF_ONE, MOST_OF_NEWCOMERS = 60, 240
"""Of what is learned from at once, so much may be one person's, and so much that of accounts of the last week where
the others saw less."""
LIKES_AT_ONCE, SHOWN_AT_ONCE, SWEPT_AT_ONCE = 200, 2000, 5000
PAIRED_WITH, PAIRS_KEPT = 20, 100
"""A like is paired with so many that the person liked before it; a post keeps its strongest pairs."""
MOST_COUNTED = 500
SETTLED_AFTER = "10 minutes"
"""What somebody does with a post they mostly do by then."""
WALKS_KEPT_FOR, KEPT_OF_VISITORS_FOR = "2 days", "14 days"
LEARNED_UNTIL = "for_you_learned_until"

TAKE_LIKES: LiteralString = f"""
delete from pentagram.unweighed_likes where id in (
  select id from pentagram.unweighed_likes order by id limit {LIKES_AT_ONCE})
returning id, post_id, account_id, young, step, liked_at
"""
GIVEN_LIKES: LiteralString = """unnest(%(posts)s::uuid[], %(accounts)s::uuid[], %(youngs)s::boolean[],
  %(steps)s::integer[], %(moments)s::timestamptz[]) as n (post_id, account_id, young, step, liked_at)"""
COUNT_LIKES: LiteralString = f"""
insert into pentagram.exposures as e (post_id)
select distinct p.id from {GIVEN_LIKES} join pentagram.posts p on p.id = n.post_id order by p.id
on conflict (post_id) do nothing
"""
ADD_LIKES: LiteralString = f"""
update pentagram.exposures e
set likes = greatest(0, e.likes + c.likes), young_likes = greatest(0, e.young_likes + c.young_likes)
from (select n.post_id, coalesce(sum(n.step) filter (where not n.young), 0) as likes,
    coalesce(sum(n.step) filter (where n.young), 0) as young_likes
  from {GIVEN_LIKES} group by n.post_id) c
where e.post_id = c.post_id
"""
COUNT_MAKERS: LiteralString = f"""
insert into pentagram.maker_exposures (account_id)
select distinct p.account_id from {GIVEN_LIKES} join pentagram.posts p on p.id = n.post_id order by p.account_id
on conflict (account_id) do nothing
"""
ADD_TO_MAKERS: LiteralString = f"""
update pentagram.maker_exposures m set likes = greatest(0, m.likes + c.likes)
from (select p.account_id, sum(n.step) as likes from {GIVEN_LIKES} join pentagram.posts p on p.id = n.post_id
  where not n.young group by p.account_id) c
where m.account_id = c.account_id
"""
# The more somebody likes, the less each two of their likes say of each other.
PAIR: LiteralString = f"""
with votes as (
  select n.post_id, l.post_id as other_id, n.young or l.young as young, 1 / (1 + ln(1 + a.likes)) as vote
  from {GIVEN_LIKES}
  cross join lateral (select count(*) as likes from (
    select from pentagram.likes l where l.account_id = n.account_id limit {MOST_COUNTED}) c) a
  cross join lateral (
    select l.post_id, l.young from pentagram.likes l
    where l.account_id = n.account_id and l.post_id <> n.post_id and l.created_at <= n.liked_at
    order by l.created_at desc limit {PAIRED_WITH}) l
  where n.step = 1 and not exists (select from pentagram.likes_taken_back b
    where b.account_id = n.account_id and b.post_id in (n.post_id, l.post_id))
), ways_round as (
  select post_id, other_id, young, vote from votes union all select other_id, post_id, young, vote from votes
)
insert into pentagram.together as t (post_id, other_id, weight, young_weight)
select b.post_id, b.other_id, coalesce(sum(b.vote) filter (where not b.young), 0),
  coalesce(sum(b.vote) filter (where b.young), 0)
from ways_round b join pentagram.posts p on p.id = b.post_id join pentagram.posts o on o.id = b.other_id
group by b.post_id, b.other_id order by b.post_id, b.other_id
on conflict (post_id, other_id) do update
  set weight = t.weight + excluded.weight, young_weight = t.young_weight + excluded.young_weight
returning t.post_id
"""
TRIM: LiteralString = f"""
delete from pentagram.together t using (
  select post_id, other_id, row_number() over (partition by post_id
    order by weight + least(young_weight, weight + 0.5) desc, other_id) as place
  from pentagram.together where post_id = any(%(posts)s)) r
where t.post_id = r.post_id and t.other_id = r.other_id and r.place > {PAIRS_KEPT}
"""
SHOWN: LiteralString = f"""
select s.id, s.account_id, s.policy, s.post_id, p.account_id as maker, s.position, s.features, s.outcome,
  (s.shown_at at time zone 'UTC')::date as day,
  coalesce(a.created_at > now() - interval '7 days', false) as young,
  coalesce(a.kind = 'resident', false) as by_resident
from pentagram.impressions s join pentagram.posts p on p.id = s.post_id
left join pentagram.accounts a on a.id = s.account_id
where s.id > %(until)s and s.shown_at < now() - interval '{SETTLED_AFTER}'
order by s.id limit {SHOWN_AT_ONCE}
"""
COUNT_VIEWS: LiteralString = """
insert into pentagram.exposures as e (post_id, views)
select n.id, count(*) from unnest(%(posts)s::uuid[]) n (id) join pentagram.posts p on p.id = n.id
group by n.id order by n.id
on conflict (post_id) do update set views = e.views + excluded.views
"""
COUNT_VIEWS_OF_MAKERS: LiteralString = """
insert into pentagram.maker_exposures as m (account_id, views)
select n.id, count(*) from unnest(%(makers)s::uuid[]) n (id) join pentagram.accounts a on a.id = n.id
group by n.id order by n.id
on conflict (account_id) do update set views = m.views + excluded.views
"""
COUNT_DAYS_OF_MAKERS: LiteralString = """
insert into pentagram.maker_days as m (account_id, day, views)
select n.id, n.day, count(*) from unnest(%(makers)s::uuid[], %(days)s::date[]) n (id, day)
join pentagram.accounts a on a.id = n.id
group by n.id, n.day order by n.id, n.day
on conflict (account_id, day) do update set views = m.views + excluded.views
"""
KEEP_WEIGHT: LiteralString = """
insert into pentagram.weights (policy, outcome, feature, place, mean, precision)
values (%(policy)s, %(outcome)s, %(feature)s, %(place)s, %(mean)s, %(precision)s)
on conflict (policy, outcome, feature) do update
  set place = excluded.place, mean = excluded.mean, precision = excluded.precision
"""
SWEEPS: Sequence[LiteralString] = (
    f"""delete from pentagram.impressions where id in (select id from pentagram.impressions
      where shown_at < now() - interval '{KEPT_FOR}' limit {SWEPT_AT_ONCE})""",
    f"""delete from pentagram.impressions where id in (select id from pentagram.impressions
      where account_id is null and shown_at < now() - interval '{KEPT_OF_VISITORS_FOR}' limit {SWEPT_AT_ONCE})""",
    f"""delete from pentagram.maker_days where (account_id, day) in (select account_id, day from pentagram.maker_days
      where day < current_date - interval '{KEPT_FOR}' limit {SWEPT_AT_ONCE})""",
    f"""delete from pentagram.served where id in (select id from pentagram.served
      where made_at < now() - interval '{WALKS_KEPT_FOR}' limit {SWEPT_AT_ONCE})""",
)


@dataclass(frozen=True)
class _Like:
    id: int
    post_id: UUID
    account_id: UUID | None
    """None of somebody who left."""
    young: bool
    step: int
    liked_at: datetime


@dataclass(frozen=True)
class _Shown:
    id: int
    account_id: UUID | None
    policy: str
    post_id: UUID
    maker: UUID
    position: int
    features: list[float] | None
    outcome: list[str]
    day: date
    young: bool
    """Whether whoever saw it is new here."""
    by_resident: bool
    """Whether that was a resident: what people like is learned from people alone."""

    @property
    def teaches(self) -> bool:
        return (
            not self.by_resident
            and self.policy == POLICY
            and self.features is not None
            and len(self.features) == len(FEATURES)
        )


@dataclass(frozen=True)
class _Weight:
    outcome: str
    mean: float
    precision: list[float]


class Weights:
    """What was learned of the features, as it was read a moment ago."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._turn = threading.Lock()
        self._known: tuple[datetime, dict[str, Belief]] | None = None

    def now(self) -> dict[str, Belief]:
        with self._turn:
            if self._known is None or self._clock.now() - self._known[0] > FRESH_FOR:
                self._known = (self._clock.now(), read_weights(self._db))
            return self._known[1]


class Training:
    def __init__(self, db: Database, jobs: Jobs) -> None:
        self._db = db
        jobs.register_every(WEIGH_EVERY_S, "weigh_likes", self.weigh_likes, db)
        jobs.register_every(LEARN_EVERY_S, "learn_from_shown", self.learn_from_shown, db)
        jobs.register_daily("sweep_shown", self.sweep, db)

    def weigh_likes(self) -> None:
        """Count the likes that came and went, and which of them go together."""
        while self._weigh_some():
            continue

    def learn_from_shown(self) -> None:
        """Count what was shown, and learn what makes people like it."""
        while self._learn_from_some():
            continue

    def sweep(self) -> None:
        for some in SWEEPS:
            while self._db.execute(some):
                continue

    def _weigh_some(self) -> bool:
        with self._db.transaction() as tx:
            _alone(tx, "weigh_likes")
            likes = sorted(tx.rows(_Like, TAKE_LIKES), key=lambda like: like.id)
            if likes:
                _weigh(tx, likes)
        return len(likes) == LIKES_AT_ONCE

    def _learn_from_some(self) -> bool:
        with self._db.transaction() as tx:
            _alone(tx, LEARNED_UNTIL)
            until = tx.value("select value from pentagram.installation where key = %(key)s", key=LEARNED_UNTIL)
            shown = tx.rows(_Shown, SHOWN, until=until or 0)
            if shown:
                _count(tx, [each for each in shown if each.account_id is not None and each.policy == POLICY])
                _learn(tx, _bounded([each for each in shown if each.account_id is not None and each.teaches]))
                tx.execute(
                    """insert into pentagram.installation (key, value) values (%(key)s, to_jsonb(%(until)s::bigint))
                    on conflict (key) do update set value = excluded.value, updated_at = now()""",
                    key=LEARNED_UNTIL, until=shown[-1].id,
                )  # fmt: skip
        return len(shown) == SHOWN_AT_ONCE


def read_weights(db: Database | Transaction) -> dict[str, Belief]:
    """What is known; of what nothing was learned, what is known beforehand."""
    rows = db.rows(
        _Weight,
        "select outcome, mean, precision from pentagram.weights where policy = %(policy)s order by outcome, place",
        policy=POLICY,
    )
    known = scoring.prior()
    for outcome in VALUES:
        found = [row for row in rows if row.outcome == outcome]
        if len(found) == len(FEATURES):
            known[outcome] = Belief(np.array([row.mean for row in found]), np.array([row.precision for row in found]))
    return known


def _alone(tx: Transaction, task: str) -> None:
    tx.execute("select pg_advisory_xact_lock(hashtext(%(task)s))", task=f"pentagram {task}")


def _weigh(tx: Transaction, likes: Sequence[_Like]) -> None:
    given = {
        "posts": [like.post_id for like in likes], "accounts": [like.account_id for like in likes],
        "youngs": [like.young for like in likes], "steps": [like.step for like in likes],
        "moments": [like.liked_at for like in likes],
    }  # fmt: skip
    for statement in (COUNT_LIKES, ADD_LIKES, COUNT_MAKERS, ADD_TO_MAKERS):
        tx.execute(statement, **given)
    if paired := tx.values(PAIR, **given):
        tx.execute(TRIM, posts=sorted(set(paired)))


def _count(tx: Transaction, shown: Sequence[_Shown]) -> None:
    tx.execute(COUNT_VIEWS, posts=[each.post_id for each in shown])
    makers = [each.maker for each in shown]
    tx.execute(COUNT_VIEWS_OF_MAKERS, makers=makers)
    tx.execute(COUNT_DAYS_OF_MAKERS, makers=makers, days=[each.day for each in shown])


def _bounded(shown: Sequence[_Shown]) -> list[_Shown]:
    """So that nobody turns what all are shown by themselves, nor with many new accounts."""
    taken: Counter[UUID | None] = Counter()
    kept = []
    for each in shown:
        taken[each.account_id] += 1
        if taken[each.account_id] <= MOST_OF_ONE:
            kept.append(each)
    newcomers = [each.id for each in kept if each.young]
    left_out = set(newcomers[max(MOST_OF_NEWCOMERS, len(kept) - len(newcomers)) :])
    return [each for each in kept if each.id not in left_out]


def _learn(tx: Transaction, shown: Sequence[_Shown]) -> None:
    if not shown:
        return
    rows = np.array([each.features for each in shown], dtype=np.float64)
    rows[:, AT["position"]] = position_term([each.position for each in shown])
    happened = {name: np.array([name in each.outcome for each in shown]) for name in VALUES}
    for outcome, belief in scoring.learn(read_weights(tx), rows, happened).items():
        for place, feature in enumerate(FEATURES):
            tx.execute(
                KEEP_WEIGHT, policy=POLICY, outcome=outcome, feature=feature, place=place,
                mean=float(belief.mean[place]), precision=belief.precision[place].tolist(),
            )  # fmt: skip
