"""How often For you surprises somebody who set nothing themselves: one number of the house, that admins change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from services.discovery.recommendations.choosing import USUAL_SURPRISE
from services.errors import UserError
from services.platform.database import Database, Transaction

NOW: LiteralString = """
select s.share, s.set_at, a.name as set_by from pentagram.discovery_shares s
left join pentagram.accounts a on a.id = s.account_id order by s.id desc limit 1
"""


@dataclass(frozen=True)
class HouseShare:
    share: float = USUAL_SURPRISE
    set_at: datetime | None = None
    """None as long as nobody set it."""
    set_by: str | None = None
    """By name; None where they left."""


def check_share(share: float) -> None:
    """Of surprise, a person's or the house's."""
    if not 0 <= share <= 1:
        raise UserError("Choose something between familiar and surprising.")


def house_share(tx: Database | Transaction) -> HouseShare:
    return tx.row(HouseShare, NOW) or HouseShare()


def set_house_share(tx: Database | Transaction, share: float, by: UUID) -> None:
    tx.execute(
        "insert into pentagram.discovery_shares (share, account_id) values (%(share)s, %(by)s)", share=share, by=by
    )
