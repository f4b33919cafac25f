"""What painting costs: held back before, booked after, within the day's budget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.platform.jobs import Jobs
from services.studio.engines.base import Engine, Painted
from services.studio.prices import Prices, RateSource, refresh

TYPICAL_SECONDS = 1.5
"""Of a GPU for one picture, until some were measured."""
NEAR = Decimal("0.8")
"""The share of the day's budget from which on admins are warned."""
NOTHING = Decimal(0)
LOCK = 4_711_000_002


@dataclass(frozen=True)
class Today:
    """From midnight to midnight, UTC."""

    spent_usd: Decimal
    reserved_usd: Decimal
    """For pictures that are asked for and not painted yet."""
    budget_usd: Decimal | None

    @property
    def is_over(self) -> bool:
        return self.budget_usd is not None and self.spent_usd + self.reserved_usd >= self.budget_usd

    @property
    def is_near(self) -> bool:
        return self.budget_usd is not None and self.spent_usd + self.reserved_usd >= NEAR * self.budget_usd

    @property
    def sentence(self) -> str:
        """For admins."""
        used = f"Painting has cost ${self.spent_usd:.2f} today, and ${self.reserved_usd:.2f} more is under way"
        if self.budget_usd is None:
            return f"{used}; there is no daily budget."
        return f"{used}, of ${self.budget_usd:.2f} (PENTAGRAM_DAILY_BUDGET_USD)."


class Money:
    def __init__(
        self, db: Database, clock: Clock, jobs: Jobs, budget_usd: float | None, source: RateSource | None = None
    ) -> None:
        """`source` tells the prices that this installation really pays."""
        self._db = db
        self._clock = clock
        self._source = source
        jobs.register_daily("rates", self.refresh_rates, db)
        self._budget_usd = None if budget_usd is None else Decimal(str(budget_usd))

    def refresh_rates(self) -> None:
        """Ask for the prices; what is not told stays as it was."""
        if self._source is not None:
            refresh(self._db, self._clock, self._source)

    def today(self) -> Today:
        with self._db.transaction() as tx:
            return self._today(tx)

    def reserve(self, tx: Transaction, engine: Engine, pictures: int) -> Decimal | None:
        """What to hold back for each of so many pictures, or None where the day's budget has no room for them. Until
        the transaction ends nobody else is told that there is room."""
        if not engine.gpu:
            return NOTHING
        each = self.estimate(tx, engine)
        if self._budget_usd is None:
            return each
        tx.execute("select pg_advisory_xact_lock(%(lock)s)", lock=LOCK)
        today = self._today(tx)
        has_room = today.spent_usd + today.reserved_usd + each * pictures <= self._budget_usd
        return each if has_room else None

    def estimate(self, tx: Transaction, engine: Engine) -> Decimal:
        """What a picture of this engine usually costs, from those it painted last."""
        if not engine.gpu:
            return NOTHING
        seconds = tx.value(
            """select percentile_cont(0.5) within group (order by gpu_seconds) from (
              select gpu_seconds from pentagram.ledger
              where engine = %(engine)s and gpu_seconds > 0 order by id desc limit 50) latest""",
            engine=engine.name,
        )
        return Prices.current(tx, self._clock).usd(engine.gpu, TYPICAL_SECONDS if seconds is None else float(seconds))

    def book(self, tx: Transaction, account: UUID, creation: UUID, engine: Engine, painted: Painted) -> None:
        """Once for a picture, however often it is said. What gave none, or one that was deleted meanwhile, cost what it
        cost."""
        tx.execute(
            """insert into pentagram.ledger (account_id, creation_id, engine, gpu, gpu_seconds, cost_usd, booked_at)
            select (select id from pentagram.accounts where id = %(account)s), c.id, %(engine)s, %(gpu)s, %(seconds)s,
              %(usd)s, %(now)s
            from (values (1)) one left join pentagram.creations c on c.id = %(creation)s and %(gave_one)s
            where c.id is not null or %(gpu)s <> ''
            on conflict (creation_id) do nothing""",
            account=account, creation=creation, engine=engine.name, gpu=painted.gpu,
            seconds=painted.gpu_seconds if painted.gpu else 0, now=self._clock.now(),
            gave_one=painted.failure is None,
            usd=Prices.current(tx, self._clock).usd(painted.gpu, painted.gpu_seconds),
        )  # fmt: skip

    def book_estimate(self, tx: Transaction, account: UUID, creation: UUID | None, engine: Engine) -> None:
        """For work on a paid GPU that ended half-way: nobody tells what it cost. Once for a picture."""
        if engine.gpu:
            tx.execute(
                """insert into pentagram.ledger (account_id, creation_id, engine, gpu, cost_usd, booked_at)
                values ((select id from pentagram.accounts where id = %(account)s),
                  (select id from pentagram.creations where id = %(creation)s), %(engine)s, %(gpu)s, %(usd)s, %(now)s)
                on conflict (creation_id) do nothing""",
                account=account, creation=creation, engine=engine.name, gpu=engine.gpu,
                usd=self.estimate(tx, engine), now=self._clock.now(),
            )  # fmt: skip

    def _today(self, tx: Transaction) -> Today:
        found = tx.row(
            _Sums,
            """select
              (select coalesce(sum(cost_usd), 0) from pentagram.ledger where booked_at >= %(midnight)s) as spent,
              (select coalesce(sum(estimate_usd), 0) from pentagram.creations
               where state in ('queued', 'painting')) as reserved""",
            midnight=_midnight(self._clock.now()),
        )
        assert found is not None  # noqa: S101 - sums always have a row
        return Today(found.spent, found.reserved, self._budget_usd)


@dataclass(frozen=True)
class _Sums:
    spent: Decimal
    reserved: Decimal


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
