"""Whoever deletes an account while a strike or a suspension is in force finds it again on their next account.

They are known by what they signed in with and by their e-mail address, of which only keyed hashes are kept, and only
until the decision ends by itself. An address that somebody typed proves nothing: what is carried over says nothing of
the deleted account, and can be appealed against like any other decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

from services.platform.database import Transaction
from services.safety.effects import set_suspension
from services.safety.rulings import STANDS

CARRIED = (
    "An account with the same sign-in or e-mail address was deleted while this was in force, so it goes on here. "
    "If that account was not yours, appeal."
)
IN_FORCE: LiteralString = f"d.verdict in ('strike', 'suspend') and d.expires_at > now() and {STANDS}"


def remember(tx: Transaction, account_id: UUID, fingerprints: Sequence[bytes]) -> None:
    """What is in force against an account that goes."""
    tx.execute("delete from pentagram.left_in_force where expires_at <= now()")
    tx.execute(
        f"""insert into pentagram.left_in_force (fingerprint, decision_id, expires_at)
        select known.fingerprint, d.id, d.expires_at
        from pentagram.decisions d cross join unnest(%(fingerprints)s::bytea[]) as known(fingerprint)
        where d.account_id = %(account)s and {IN_FORCE} on conflict do nothing""",
        account=account_id, fingerprints=list(fingerprints),
    )  # fmt: skip


def carry_over(tx: Transaction, account_id: UUID, fingerprints: Sequence[bytes]) -> None:
    """Have it go on for a new account, as decisions of its own; each goes on once."""
    left = tx.values(
        """delete from pentagram.left_in_force where decision_id in (
          select decision_id from pentagram.left_in_force where fingerprint = any(%(fingerprints)s::bytea[]))
        returning decision_id""",
        fingerprints=list(fingerprints),
    )
    if not left:
        return
    # Whose decision it was stays: an appeal against it is another moderator's to look at.
    tx.execute(
        f"""insert into pentagram.decisions (verdict, rule, reason, account_id, moderator_id, expires_at, follows)
        select d.verdict, d.rule, %(reason)s, %(account)s, d.moderator_id, d.expires_at, coalesce(d.follows, d.id)
        from pentagram.decisions d where d.id = any(%(left)s) and {IN_FORCE} order by d.id""",
        account=account_id, left=left, reason=CARRIED,
    )  # fmt: skip
    set_suspension(tx, account_id)
