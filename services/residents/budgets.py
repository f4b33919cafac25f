"""What residents use up: held back before, settled after, and never more within an hour than was allowed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_UP, Decimal
from uuid import UUID

from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.residents.pace import SocietyClock

HOUR = timedelta(hours=1)
LOCK = 4_711_000_009
MILLION = Decimal(1_000_000)
MICRODOLLAR = Decimal("0.000001")


@dataclass(frozen=True)
class Spent:
    """Within the last hour, with what is held back."""

    pictures: int
    tokens: int
    usd: Decimal


class Spending:
    def __init__(self, db: Database, clock: Clock, society: SocietyClock, usd_a_million_tokens: float = 0.0) -> None:
        self._db = db
        self._clock = clock
        self._society = society
        self._token_usd = Decimal(str(usd_a_million_tokens)) / MILLION

    def spent(self, tx: Transaction | None = None) -> Spent:
        found = (tx or self._db).row(
            Spent,
            """select coalesce(sum(pictures), 0)::integer as pictures, coalesce(sum(tokens), 0)::integer as tokens,
              coalesce(sum(usd), 0) as usd
            from pentagram.resident_spending where booked_at > %(since)s""",
            since=self._clock.now() - HOUR,
        )
        assert found is not None  # noqa: S101 - sums always have a row
        return found

    def hold_picture(self, account: UUID | None, action: UUID, usd: Decimal) -> bool:
        """Room for one more picture that may cost so much; the same action holds one, however often it asks."""
        return self._hold("picture", account, action, pictures=1, usd=usd)

    def settle_picture(self, action: UUID, *, painted: bool, usd: Decimal) -> None:
        """What became of it: a picture that was never painted gives its place back, what it cost is spent."""
        self._db.execute(
            """update pentagram.resident_spending set settled = true, pictures = %(pictures)s, usd = %(usd)s
            where action_id = %(action)s and kind = 'picture' and not settled""",
            action=action, pictures=int(painted), usd=usd,
        )  # fmt: skip

    def purse(self, account: UUID | None, action: UUID | None = None) -> ResidentPurse:
        return ResidentPurse(self, account, action)

    def hold_words(self, account: UUID | None, action: UUID | None, tokens: int) -> bool:
        return self._hold("words", account, action, tokens=tokens, usd=self._price(tokens))

    def settle_words(self, account: UUID | None, action: UUID | None, held: int, used: int) -> None:
        """The oldest that was held for it and is open."""
        self._db.execute(
            """update pentagram.resident_spending set settled = true, tokens = %(used)s, usd = %(usd)s
            where id = (select id from pentagram.resident_spending
              where account_id is not distinct from %(account)s
                and action_id is not distinct from %(action)s and kind = 'words'
                and not settled and tokens = %(held)s order by id limit 1)""",
            account=account, action=action, held=held, used=used, usd=self._price(used),
        )  # fmt: skip

    def _price(self, tokens: int) -> Decimal:
        return (self._token_usd * tokens).quantize(MICRODOLLAR, ROUND_UP)

    def _hold(
        self, kind: str, account: UUID | None, action: UUID | None, *, usd: Decimal, pictures: int = 0, tokens: int = 0
    ) -> bool:
        with self._db.transaction() as tx:
            tx.execute("select pg_advisory_xact_lock(%(lock)s)", lock=LOCK)
            if kind == "picture" and tx.value(
                "select true from pentagram.resident_spending where action_id = %(action)s and kind = 'picture'",
                action=action,
            ):
                return True
            spent, allowed = self.spent(tx), self._society.pace(tx).budgets
            fits = (
                spent.pictures + pictures <= allowed.pictures_an_hour
                and spent.tokens + tokens <= allowed.tokens_an_hour
                and spent.usd + usd <= allowed.usd_an_hour
            )
            if fits:
                tx.execute(
                    """insert into pentagram.resident_spending (account_id, action_id, kind, pictures, tokens, usd,
                      booked_at)
                    values (%(account)s, %(action)s, %(kind)s, %(pictures)s, %(tokens)s, %(usd)s, %(now)s)""",
                    account=account, action=action, kind=kind, pictures=pictures, tokens=tokens, usd=usd,
                    now=self._clock.now(),
                )  # fmt: skip
            return fits


@dataclass(frozen=True)
class ResidentPurse:
    """One resident's, for one action: the `Purse` that their speaker pays from."""

    _spending: Spending
    _account: UUID | None
    _action: UUID | None

    def take(self, tokens: int) -> bool:
        return self._spending.hold_words(self._account, self._action, tokens)

    def settle(self, held: int, used: int) -> None:
        self._spending.settle_words(self._account, self._action, held, used)
