"""What cannot wait for a moderator: a post reported as showing a child sexually stands behind a blur until one looked.

A report is the word of one person, so it needs an account that is some days old, helps for a few posts at a time, and
for none that a moderator has looked at; nobody is believed any more of whom several such reports came to nothing.
"""

from __future__ import annotations

from typing import LiteralString
from uuid import UUID

from services.platform.database import Transaction
from services.safety.effects import bring_back
from services.safety.rulings import DECISION, STANDS, Decision, log

URGENT = "minors"
ESTABLISHED_DAYS, MOST_OPEN, MOST_IN_VAIN, IN_VAIN_DAYS = 7, 5, 3, 90
VEILED = "It was reported as showing a child sexually or in danger. Until a moderator has looked, it is behind a blur."
LIFTED = "A moderator has looked at what was reported."

VEIL: LiteralString = f"""
update pentagram.posts p set sensitive = true where p.id = %(post)s and not p.sensitive
  and exists (select from pentagram.accounts a where a.id = %(reporter)s
    and a.created_at < now() - interval '{ESTABLISHED_DAYS} days' and coalesce(a.suspended_until, now()) <= now())
  and not exists (select from pentagram.decisions d where d.post_id = p.id and d.moderator_id is not null)
  and (select count(*) from pentagram.reports r
    where r.reporter_id = %(reporter)s and r.reason = '{URGENT}' and r.state = 'open') <= {MOST_OPEN}
  and (select count(*) from pentagram.reports r join pentagram.decisions d on d.id = r.decision_id
    where r.reporter_id = %(reporter)s and r.reason = '{URGENT}' and d.verdict = 'leave'
      and r.decided_at > now() - interval '{IN_VAIN_DAYS} days') < {MOST_IN_VAIN}
returning p.account_id
"""


def veil(tx: Transaction, post_id: UUID, reporter_id: UUID) -> Decision | None:
    """After the report is in. The decision, which whose post it is has to be told."""
    whose = tx.value(VEIL, post=post_id, reporter=reporter_id)
    if whose is None:
        return None
    return log(tx, verdict="sensitive", rule=URGENT, reason=VEILED, account_id=whose, post_id=post_id, changed=True)


def lift(tx: Transaction, post_id: UUID, moderator_id: UUID) -> list[Decision]:
    """Before this moderator's own decision about the post takes effect."""
    veils = tx.rows(
        Decision,
        f"""select {DECISION} from pentagram.decisions d
        where d.post_id = %(post)s and d.verdict = 'sensitive' and d.moderator_id is null and {STANDS}""",
        post=post_id,
    )
    lifted = []
    for each in veils:
        lifted.append(
            log(
                tx, verdict="restore", rule=each.rule, reason=LIFTED, account_id=each.account_id, post_id=post_id,
                moderator_id=moderator_id, answers=each.id,
            )
        )  # fmt: skip
        bring_back(tx, each)
    return lifted
