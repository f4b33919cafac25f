"""Leave a part alone for a while after it failed several times, in all processes at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from psycopg.types.json import Jsonb

from services.platform.clock import Clock
from services.platform.database import Database, Transaction


@dataclass(frozen=True)
class BreakerState:
    """closed -> open after enough failures; open -> half-open when somebody tries after the rest; half-open -> closed
    if the trial succeeds, else open again."""

    state: Literal["closed", "open", "half-open"] = "closed"
    failures: int = 0
    """In a row."""
    since: datetime | None = None
    """When it opened; a trial that fails does not change that."""
    retry_at: datetime | None = None
    """When the next trial may begin, or begin again if the one under way is never heard of."""
    reason: str = ""
    """Of the last failure."""


CLOSED = BreakerState()


class Breaker:
    def __init__(
        self,
        db: Database,
        clock: Clock,
        name: str,
        *,
        failures: int = 3,
        rest_s: float = 30.0,
        trial_s: float = 60.0,
    ) -> None:
        self._db = db
        self._clock = clock
        self._key = f"breaker:{name}"
        self._most_failures = failures
        self._rest = timedelta(seconds=rest_s)
        self._trial = timedelta(seconds=trial_s)

    def state(self) -> BreakerState:
        return _read(self._db, self._key)

    def enter(self) -> bool:
        """May I call? Whoever may says afterwards whether it `succeeded` or `failed`."""
        if (answer := self._answer(self.state())) is not None:
            return answer
        with self._db.transaction() as tx:
            state = self._claimed(tx)
            if (answer := self._answer(state)) is not None:
                return answer
            self._write(tx, replace(state, state="half-open", retry_at=self._clock.now() + self._trial))
        return True

    def succeeded(self) -> None:
        self._db.execute("delete from pentagram.installation where key = %(key)s", key=self._key)

    def failed(self, reason: str) -> None:
        with self._db.transaction() as tx:
            before = self._claimed(tx)
            after = self._after_failure(before, reason)
            if after != before:
                self._write(tx, after)

    def _answer(self, state: BreakerState) -> bool | None:
        """None where the trial may be had, by whoever takes it first."""
        if state.state == "closed":
            return True
        if state.retry_at is not None and self._clock.now() < state.retry_at:
            return False
        return None

    def _after_failure(self, state: BreakerState, reason: str) -> BreakerState:
        """Calls that began before it opened and fail afterwards say nothing new, and do not lengthen the rest."""
        if state.state == "open":
            return state
        failures = state.failures + 1
        if state.state == "closed" and failures < self._most_failures:
            return replace(state, failures=failures, reason=reason)
        now = self._clock.now()
        return BreakerState("open", failures, state.since or now, now + self._rest, reason)

    def _claimed(self, tx: Transaction) -> BreakerState:
        """The state, which nobody else changes before this transaction ends; where there is no row a row lock would
        let two callers count the same failure."""
        tx.execute("select pg_advisory_xact_lock(hashtextextended(%(key)s, 0))", key=self._key)
        return _read(tx, self._key)

    def _write(self, tx: Transaction, state: BreakerState) -> None:
        tx.execute(
            """insert into pentagram.installation (key, value, updated_at) values (%(key)s, %(value)s, %(now)s)
            on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at""",
            key=self._key, value=Jsonb(_told(state)), now=self._clock.now(),
        )  # fmt: skip


def _read(source: Database | Transaction, key: str) -> BreakerState:
    kept = source.value("select value from pentagram.installation where key = %(key)s", key=key)
    if kept is None:
        return CLOSED
    return BreakerState(**kept | {name: _moment(kept[name]) for name in ("since", "retry_at")})


def _told(state: BreakerState) -> dict[str, Any]:
    return {
        "state": state.state,
        "failures": state.failures,
        "since": state.since and state.since.isoformat(),
        "retry_at": state.retry_at and state.retry_at.isoformat(),
        "reason": state.reason,
    }


def _moment(told: str | None) -> datetime | None:
    return datetime.fromisoformat(told) if told else None
