"""What the log of For you tells admins: what other ways of choosing would have won, whose posts are shown, and what
another share of surprise would do. However long the log is, so much of it is read and no more."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import LiteralString

import numpy as np

from services.community.accounts import Account
from services.discovery.recommendations import house_share
from services.discovery.recommendations.choosing import POLICY, WAYS, mixed, were_surprises
from services.discovery.recommendations.fairness import Spread, spread
from services.discovery.recommendations.features import AT, Floats
from services.discovery.recommendations.house_share import HouseShare
from services.discovery.recommendations.judging import Estimate, Log, doubly_robust, gain, snips
from services.discovery.recommendations.scoring import VALUES
from services.discovery.recommendations.training import SETTLED_AFTER
from services.errors import UserError
from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.safety.moderators import check_administers

SPANS = (7, 28, 90)
"""Days, today among them, that one may look back: the log goes back no further."""
KNOWN_FOR = timedelta(minutes=10)
MOST_READ, BLOCK = 12_000, 50
"""A longer log is read in blocks of places that were logged one after the other, at even distances."""
MOST_MAKER_DAYS, PARTS, COUNTED_PARTS = 100_000, 256, 4
LEAST_SHOWN, LEAST_PEOPLE, LEAST_EFFECTIVE = 300, 20, 100
"""Below this nothing is said: an interval of a handful of people holds the truth less often than it says."""
NEW_FOR = "28 days"
"""So long after they joined somebody is a new maker."""
OURS = "ours"

# Ids are given in the order of time, so that the first of a span is found by halving and no index on time is needed.
ENDS: LiteralString = """
with recursive halves (low, high, last) as (
  select e.low, e.high, e.high from (select min(id) as low, max(id) as high from pentagram.impressions) e
  where e.low is not null
  union all
  select case when m.shown_at < %(since)s then m.id + 1 else h.low end,
    case when m.shown_at < %(since)s then h.high else (h.low + h.high) / 2 end, h.last
  from halves h cross join lateral (
    select s.id, s.shown_at from pentagram.impressions s where s.id >= (h.low + h.high) / 2 order by s.id limit 1) m
  where h.low < h.high
)
select low as first, last from halves order by high - low limit 1
"""
# With its limit a block is read from the index of ids, one after the other; without, the whole log is, for each block.
READ: LiteralString = f"""
select hashtextextended(s.account_id::text, 0) as who, s.shown_at, s.probability, s.features[%(near)s] as near,
  s.ways, s.expected, s.outcome,
  m.created_at > s.shown_at - interval '{NEW_FOR}' as is_new, p.by_resident as is_resident,
  a.preferences #> '{{for_you,surprise}}' is null as goes_by_the_house
from generate_series(0, %(blocks)s - 1) b (number)
cross join lateral (
  select * from pentagram.impressions s
  where s.id >= %(first)s + b.number * %(step)s and s.id < %(first)s + b.number * %(step)s + %(block)s
    and s.shown_at >= %(since)s and s.shown_at < now() - interval '{SETTLED_AFTER}'
    and s.policy = '{POLICY}' and s.account_id is not null and cardinality(s.ways) = {len(WAYS)}
  order by s.id limit %(block)s) s
join pentagram.posts p on p.id = s.post_id
join pentagram.accounts m on m.id = p.account_id
join pentagram.accounts a on a.id = s.account_id and a.kind = 'person'
"""
MAKER_DAYS: LiteralString = """
select count(*) from pentagram.maker_days where part < %(parts)s and day >= %(first)s
"""
VIEWS: LiteralString = """
select coalesce(s.views, 0) as views, count(*) as makers from (
  select account_id, sum(views) as views from pentagram.maker_days
  where part < %(parts)s and day >= %(first)s group by account_id) s
full join (
  select account_id from pentagram.account_counts
  where public_posts > 0 and get_byte(uuid_send(account_id), 15) < %(parts)s) m using (account_id)
group by 1
"""
VIEWS_OF_PERIODS: LiteralString = """
select d.period, d.views, count(*) as makers from (
  select (day - %(first)s::date) / %(length)s as period, account_id, sum(views) as views from pentagram.maker_days
  where part < %(parts)s and day >= %(first)s group by 1, 2) d
group by 1, 2
"""


@dataclass(frozen=True)
class Judged:
    """What one way of choosing would have won with each place, in likes; None where there is too little to say."""

    way: str
    snips: Estimate | None
    doubly_robust: Estimate | None


@dataclass(frozen=True)
class Period:
    """Of the time: a day, or a week of the longest span."""

    begins: date
    new: float | None
    """The share of places that went to new makers; None where nothing was shown."""
    residents: float | None
    gini: float | None


@dataclass(frozen=True)
class Predicted:
    """What would happen with those who set nothing themselves."""

    value: Estimate
    """Of each place, in likes."""
    gain: Estimate
    """Against what holds now."""
    surprise: Estimate
    """The share of places that hold something near nothing that the person likes."""


@dataclass(frozen=True)
class Report:
    days: int
    shown: int
    """Places that were shown in that time, as far as is known without counting them."""
    read: int
    people: int
    """Who read what was read."""
    ways: Sequence[Judged]
    spread: Spread | None
    is_of_some_makers: bool
    periods: Sequence[Period]

    @property
    def is_sample(self) -> bool:
        return self.shown > MOST_READ

    @property
    def says_enough(self) -> bool:
        return self.read >= LEAST_SHOWN and self.people >= LEAST_PEOPLE


@dataclass(frozen=True)
class _Shown:
    who: int
    """A number for each person."""
    shown_at: datetime
    probability: float
    near: float
    ways: list[float]
    expected: list[float]
    outcome: list[str]
    is_new: bool
    is_resident: bool
    goes_by_the_house: bool


@dataclass(frozen=True)
class _Ends:
    first: int
    last: int


@dataclass(frozen=True)
class _Views:
    views: int
    makers: int
    period: int = 0


@dataclass(frozen=True, eq=False)
class _Places:
    """What was read of the log, as columns."""

    who: Sequence[int]
    won: Floats
    ours: Floats
    ways: Floats
    """A row for each of `WAYS`."""
    expected: Floats
    """The same, of what each of them would have won."""
    expected_here: Floats
    surprising: Floats

    @property
    def say_enough(self) -> bool:
        return len(self.who) >= LEAST_SHOWN and len(set(self.who)) >= LEAST_PEOPLE

    def at(self, chosen: Sequence[int]) -> _Places:
        return _Places(
            [self.who[at] for at in chosen], self.won[chosen], self.ours[chosen], self.ways[:, chosen],
            self.expected[:, chosen], self.expected_here[chosen], self.surprising[chosen],
        )  # fmt: skip

    def by(self, theirs: Floats, expected: Floats, won: Floats | None = None) -> Log:
        """As another way would have it. What one person does is one witness, however much they were shown."""
        return Log(self.won if won is None else won, self.ours, theirs, self.expected_here, expected, self.who)

    def by_share(self, share: float) -> Log:
        return self.by(mixed(self.ways, share), mixed(self.expected, share))


@dataclass(frozen=True, eq=False)
class _Known:
    report: Report
    by_the_house: _Places
    """What was shown to those who set nothing themselves."""


class Experiments:
    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._turn = threading.Lock()
        self._read: dict[int, tuple[datetime, _Known]] = {}

    def report(self, days: int, *, by: Account) -> Report:
        """As it was at most ten minutes ago."""
        check_administers(by)
        return self._known(days).report

    def predicted(self, days: int, shares: Sequence[float], *, by: Account) -> list[Predicted]:
        """Of each of these shares, by what was shown to those who set nothing themselves. Nothing where that is too
        little to say."""
        check_administers(by)
        for share in shares:
            house_share.check_share(share)
        places = self._known(days).by_the_house
        if not places.say_enough:
            return []
        now = places.by_share(self.share(by=by).share)
        return [_predicted(places, share, now) for share in shares]

    def share(self, *, by: Account) -> HouseShare:
        check_administers(by)
        return house_share.house_share(self._db)

    def set_share(self, share: float, *, by: Account) -> None:
        """How much whoever set nothing themselves is surprised, from the next page on."""
        check_administers(by)
        house_share.check_share(share)
        house_share.set_house_share(self._db, share, by.id)

    def _known(self, days: int) -> _Known:
        if days not in SPANS:
            raise UserError("Choose the last 7, 28 or 90 days.")
        with self._turn:
            at, now = self._read.get(days), self._clock.now()
            if at is None or now - at[0] > KNOWN_FOR:
                with self._db.transaction() as tx:
                    at = self._read[days] = (now, _told(tx, days, now.astimezone(UTC).date()))
            return at[1]


def _predicted(places: _Places, share: float, now: Log) -> Predicted:
    then = places.by_share(share)
    surprises = places.by(then.theirs, places.surprising, places.surprising)
    return Predicted(doubly_robust(then), gain(then, now), snips(surprises))


def _told(tx: Transaction, days: int, today: date) -> _Known:
    first = today - timedelta(days=days - 1)
    count, rows = _read(tx, datetime(first.year, first.month, first.day, tzinfo=UTC))
    parts = _parts(tx, first)
    makers = tx.rows(_Views, VIEWS, parts=parts, first=first)
    places = _columns(rows)
    report = Report(
        days, count, len(rows), len(set(places.who)), [_judged(places, way) for way in (OURS, *WAYS)],
        spread({each.views: each.makers for each in makers}), parts < PARTS,
        _periods(tx, rows, parts, first, days, sum(each.makers for each in makers)),
    )  # fmt: skip
    return _Known(report, places.at([at for at, row in enumerate(rows) if row.goes_by_the_house]))


def _read(tx: Transaction, since: datetime) -> tuple[int, list[_Shown]]:
    """How much was shown since then, and all of it or an even sample."""
    ends = tx.row(_Ends, ENDS, since=since)
    count = max(0, ends.last - ends.first + 1) if ends else 0
    if ends is None or not count:
        return 0, []
    blocks = MOST_READ // BLOCK if count > MOST_READ else -(-count // BLOCK)
    step = max(BLOCK, count // blocks)
    near = AT["near"] + 1
    return count, tx.rows(
        _Shown, READ, since=since, first=ends.first, blocks=blocks, step=step, block=BLOCK, near=near
    )  # fmt: skip


def _columns(rows: Sequence[_Shown]) -> _Places:
    ways = np.array([row.ways for row in rows], dtype=np.float64).reshape(-1, len(WAYS))
    expected = np.array([row.expected for row in rows], dtype=np.float64).reshape(-1, len(WAYS) + 1)
    won = [sum(VALUES.get(each, 0.0) for each in row.outcome) if row.outcome else 0.0 for row in rows]
    return _Places(
        [row.who for row in rows], np.array(won), np.array([row.probability for row in rows]), ways.T,
        expected[:, :-1].T, expected[:, -1],
        were_surprises(np.array([row.near for row in rows])).astype(np.float64),
    )  # fmt: skip


def _judged(places: _Places, way: str) -> Judged:
    if not places.say_enough:
        return Judged(way, None, None)
    if way == OURS:
        log = places.by(places.ours, places.expected_here)
    else:
        log = places.by(places.ways[WAYS.index(way)], places.expected[WAYS.index(way)])
    told = snips(log), doubly_robust(log)
    return Judged(way, *(each if each.effective >= LEAST_EFFECTIVE else None for each in told))


def _parts(tx: Transaction, first: date) -> int:
    """Of how many of the parts of all makers the views are read."""
    counted: int = tx.value(MAKER_DAYS, parts=COUNTED_PARTS, first=first)
    if counted * PARTS <= MOST_MAKER_DAYS * COUNTED_PARTS:
        return PARTS
    return max(1, MOST_MAKER_DAYS * COUNTED_PARTS // counted)


def _periods(
    tx: Transaction, rows: Sequence[_Shown], parts: int, first: date, days: int, makers: int
) -> list[Period]:  # fmt: skip
    length = 7 if days > 28 else 1
    views: dict[int, dict[int, int]] = defaultdict(dict)
    for each in tx.rows(_Views, VIEWS_OF_PERIODS, parts=parts, first=first, length=length):
        views[each.period][each.views] = each.makers
    shown: dict[int, list[_Shown]] = defaultdict(list)
    for row in rows:
        shown[(row.shown_at.astimezone(UTC).date() - first).days // length].append(row)
    return [
        Period(
            first + timedelta(days=number * length), _share([row.is_new for row in shown[number]]),
            _share([row.is_resident for row in shown[number]]), _gini(views[number], makers),
        )
        for number in range(-(-days // length))
    ]  # fmt: skip


def _share(of: Sequence[bool]) -> float | None:
    return sum(of) / len(of) if of else None


def _gini(views: Mapping[int, int], makers: int) -> float | None:
    told = spread({**views, 0: max(0, makers - sum(views.values()))})
    return told.gini if told else None
