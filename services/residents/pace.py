"""The society's own time: it stands while the society rests, and goes on by its speed while it lives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import LiteralString

from services.errors import UserError
from services.platform.clock import Clock
from services.platform.database import Database, Transaction

SLOWEST, FASTEST = 1.0, 100.0
LONGEST_GAP = timedelta(minutes=15)
"""Between two looks at the clock: whatever is longer was no life of theirs, but a machine asleep or a clock put right.
Society's time follows, and what they missed is missed."""
REAL_TIME = 1.0

READ: LiteralString = """select running, speed, sim_at, real_at, pictures_an_hour, tokens_an_hour, usd_an_hour, seed
from pentagram.society"""


@dataclass(frozen=True)
class Budgets:
    """What all residents together may use up within an hour, by the real clock."""

    pictures_an_hour: int
    tokens_an_hour: int
    usd_an_hour: Decimal


@dataclass(frozen=True)
class Pace:
    running: bool
    speed: float
    sim_at: datetime
    real_at: datetime
    pictures_an_hour: int
    tokens_an_hour: int
    usd_an_hour: Decimal
    seed: int

    @property
    def budgets(self) -> Budgets:
        return Budgets(self.pictures_an_hour, self.tokens_an_hour, self.usd_an_hour)

    def now(self, real: datetime) -> datetime:
        """Never earlier than it was, whichever way the real clock jumps."""
        since = max(real - self.real_at, timedelta(0)) if self.running else timedelta(0)
        lived = min(since, LONGEST_GAP)
        return self.sim_at + lived * self.speed + (since - lived)


class SocietyClock:
    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def pace(self, tx: Transaction | None = None) -> Pace:
        found = (tx or self._db).row(Pace, READ)
        assert found is not None  # noqa: S101 - the migration puts the one row there
        return found

    def now(self, tx: Transaction | None = None) -> datetime:
        return self.pace(tx).now(self._clock.now())

    def real_now(self) -> datetime:
        return self._clock.now()

    def look(self, tx: Transaction) -> Pace:
        """Read it, and go on from now: a later jump of the real clock changes nothing that was."""
        return self._set(tx)

    def start(self, tx: Transaction) -> Pace:
        """At the speed of life it is never behind the clock on the wall."""
        pace = self.pace(tx)
        real = self._clock.now()
        sim = max(pace.now(real), real) if pace.speed == REAL_TIME else pace.now(real)
        return self._set(tx, running=True, sim=sim)

    def pause(self, tx: Transaction) -> Pace:
        return self._set(tx, running=False)

    def set_speed(self, tx: Transaction, speed: float) -> Pace:
        if not SLOWEST <= speed <= FASTEST:
            raise UserError(f"The society lives at {SLOWEST:g} to {FASTEST:g} times the speed of life.")
        return self._set(tx, speed=speed)

    def advance(self, tx: Transaction, to: datetime) -> Pace:
        """Let time pass; never back."""
        return self._set(tx, sim=max(self.pace(tx).now(self._clock.now()), to))

    def set_seed(self, seed: int) -> None:
        self._db.execute("update pentagram.society set seed = %(seed)s", seed=seed)

    def set_budgets(self, tx: Transaction, budgets: Budgets) -> Pace:
        if budgets.pictures_an_hour < 0 or budgets.tokens_an_hour < 0 or not 0 <= budgets.usd_an_hour <= 100_000:
            raise UserError("A budget is a number from 0 on.")
        tx.execute(
            """update pentagram.society set pictures_an_hour = %(pictures)s, tokens_an_hour = %(tokens)s,
              usd_an_hour = %(usd)s""",
            pictures=min(budgets.pictures_an_hour, 10**6), tokens=min(budgets.tokens_an_hour, 10**9),
            usd=budgets.usd_an_hour,
        )  # fmt: skip
        return self.pace(tx)

    def _set(
        self, tx: Transaction, *, running: bool | None = None, speed: float | None = None, sim: datetime | None = None
    ) -> Pace:
        tx.execute("select from pentagram.society for update")
        pace, real = self.pace(tx), self._clock.now()
        tx.execute(
            """update pentagram.society set running = %(running)s, speed = %(speed)s, sim_at = %(sim)s,
              real_at = %(real)s""",
            running=pace.running if running is None else running, speed=pace.speed if speed is None else speed,
            sim=sim or pace.now(real), real=real,
        )  # fmt: skip
        return self.pace(tx)
