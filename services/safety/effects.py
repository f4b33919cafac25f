"""What a decision does to things and accounts, in the transaction that keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from services.errors import NotFound
from services.platform.database import Transaction
from services.safety.cases import Case
from services.safety.rulings import (
    DECISION,
    MOST_STRIKES,
    STANDS,
    STRIKES,
    STRUCK_DAYS,
    VERDICTS,
    Decision,
    Ruling,
    log,
)

PICTURES_OF: LiteralString = "select creation_id from pentagram.post_pictures where post_id = %(post)s"
THINGS: Mapping[str, LiteralString] = {
    "post_id": "pentagram.posts",
    "comment_id": "pentagram.comments",
    "collection_id": "pentagram.collections",
}
LIFTED = "Fewer than three strikes are in force now."
WITHHELD = "A moderator removed this picture. Your settings say why, and how to appeal."
STRUCK = "Three strikes are in force, so the account is suspended for 7 days."


@dataclass(frozen=True)
class _Person:
    role: str


def locked_person(tx: Transaction, account_id: UUID) -> _Person:
    """Two decisions about one person count each other's strikes."""
    person = tx.row(
        _Person, "select role from pentagram.accounts where id = %(id)s for no key update", id=account_id
    )  # fmt: skip
    if person is None:
        raise NotFound("Whose this was has left.")
    return person


def take_effect(tx: Transaction, case: Case, ruling: Ruling) -> bool:
    """Whether it made a post sensitive that was not."""
    if ruling.verdict == "sensitive":
        return bool(
            tx.execute(
                "update pentagram.posts set sensitive = true where id = %(id)s and not sensitive", id=case.post_id
            )
        )
    if VERDICTS[ruling.verdict].removes:
        if case.account_id is not None:
            _clear_profile(tx, case.account_id)
        for column, table in THINGS.items():
            tx.execute(
                f"update {table} set removed_at = coalesce(removed_at, now()) where id = %(id)s",
                id=getattr(case, column),
            )
        _take_off_faces(tx, case.post_id)
        if ruling.category == "minors":
            _withhold(tx, case.post_id)
    return False


def _clear_profile(tx: Transaction, account_id: UUID) -> None:
    tx.execute(
        "update pentagram.accounts set bio = '', display_name = name, avatar_id = null where id = %(id)s",
        id=account_id,
    )  # fmt: skip


def _take_off_faces(tx: Transaction, post_id: UUID | None) -> None:
    """A profile picture is for everybody to see, whatever became of the post."""
    tx.execute(
        f"""update pentagram.accounts set avatar_id = null
        where avatar_id in ({PICTURES_OF})""",
        post=post_id,
    )


def _withhold(tx: Transaction, post_id: UUID | None) -> None:
    """Pictures that nobody may see any more, not even whose they are."""
    tx.execute(
        f"""update pentagram.creations set state = 'blocked', failure = %(why)s
        where state = 'ready' and id in ({PICTURES_OF})""",
        post=post_id, why=WITHHELD,
    )  # fmt: skip


def _show_again(tx: Transaction, post_id: UUID) -> None:
    tx.execute(
        f"""update pentagram.creations set state = 'ready', failure = null
        where state = 'blocked' and picture_key is not null and looked is distinct from 'block'
          and id in ({PICTURES_OF})""",
        post=post_id,
    )


def bring_back(tx: Transaction, decision: Decision) -> None:
    """What this decision did, unless another that stands did the same."""
    if VERDICTS[decision.verdict].removes:
        for column, table in THINGS.items():
            back = tx.execute(
                f"""update {table} set removed_at = null where id = %(id)s and not exists (
                  select from pentagram.decisions d where d.{column} = %(id)s
                    and d.verdict in ('remove', 'strike', 'suspend') and {STANDS})""",
                id=getattr(decision, column),
            )
            if back and column == "post_id" and decision.rule == "minors":
                _show_again(tx, getattr(decision, column))
    elif decision.verdict == "sensitive":
        tx.execute(
            f"""update pentagram.posts set sensitive = false where id = %(id)s
              and exists (select from pentagram.decisions d
                where d.post_id = %(id)s and d.verdict = 'sensitive' and d.changed)
              and not exists (select from pentagram.decisions d
                where d.post_id = %(id)s and d.verdict = 'sensitive' and {STANDS})""",
            id=decision.post_id,
        )


def suspend_the_struck(tx: Transaction, strike: Decision) -> Decision | None:
    """The suspension, where this strike is one too many."""
    if tx.value(STRIKES, account=strike.account_id) < MOST_STRIKES:
        return None
    return log(
        tx, verdict="suspend", rule=strike.rule, reason=STRUCK, account_id=strike.account_id, days=STRUCK_DAYS
    )  # fmt: skip


def lift_what_strikes_brought(tx: Transaction, account_id: UUID) -> None:
    if tx.value(STRIKES, account=account_id) >= MOST_STRIKES:
        return
    brought = tx.rows(
        Decision,
        f"""select {DECISION} from pentagram.decisions d where d.account_id = %(account)s and d.verdict = 'suspend'
          and d.moderator_id is null and d.expires_at > now() and {STANDS}""",
        account=account_id,
    )
    for each in brought:
        log(tx, verdict="restore", rule=each.rule, reason=LIFTED, account_id=account_id, answers=each.id)


def set_suspension(tx: Transaction, account_id: UUID) -> None:
    """Until the last of those ends that stand."""
    tx.execute(
        f"""update pentagram.accounts set suspended_until = (
          select max(d.expires_at) from pentagram.decisions d
          where d.account_id = %(account)s and d.verdict = 'suspend' and d.expires_at > now() and {STANDS})
        where id = %(account)s""",
        account=account_id,
    )


def close_reports(tx: Transaction, case: Case, decision_id: UUID) -> list[UUID]:
    """Whoever sent one and is still there."""
    reporters = tx.values(
        """update pentagram.reports set state = 'decided', decision_id = %(decision)s, decided_at = now()
        where coalesce(account_id, post_id, comment_id, collection_id) = %(thing)s and state = 'open'
        returning reporter_id""",
        decision=decision_id, thing=case.account_id or case.post_id or case.comment_id or case.collection_id,
    )  # fmt: skip
    return [reporter for reporter in reporters if reporter is not None]


def pictures_of(tx: Transaction, post_id: UUID) -> list[UUID]:
    return tx.values(PICTURES_OF, post=post_id)
