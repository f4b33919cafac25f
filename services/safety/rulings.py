"""The vocabulary of moderators: what they may decide, what becomes of it, and how a decision is kept.

| verdict   | the thing                 | whose it is                                  |
|-----------|---------------------------|----------------------------------------------|
| leave     | stays                     |                                              |
| sensitive | a post is behind a blur   | is told                                      |
| remove    | nobody else sees it       | is told                                      |
| warn      | stays                     | is told                                      |
| strike    | nobody else sees it       | is told; counts for `STRIKE_DAYS`            |
| suspend   | nobody else sees it       | is told; reads, appeals, exports and deletes |
| restore   | as before a decision      | is told                                      |

Of an account, what is removed is its bio, display name and picture. `MOST_STRIKES` in force suspend for `STRUCK_DAYS`.
An appeal is `uphold`, which takes back what the decision did, or `turn_down`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

from services.platform.database import Transaction
from services.safety.standing import FOR_GOOD_DAYS, until
from services.safety.verdicts import Decision as GateDecision

LONGEST_SENTENCE = 1000
STRIKE_DAYS = 90
MOST_STRIKES = 3
STRUCK_DAYS = 7
DAYS: Mapping[int, str] = {1: "1 day", 7: "7 days", 30: "30 days", FOR_GOOD_DAYS: "For good"}
"""How long somebody may be suspended."""


class Effect(NamedTuple):
    label: str
    """As moderators choose it."""
    told: str
    """As the person reads it."""
    removes: bool = False


VERDICTS: Mapping[str, Effect] = {
    "leave": Effect("Leave it", "nothing was changed"),
    "sensitive": Effect("Mark sensitive", "it was marked as sensitive"),
    "warn": Effect("Warn", "this is a warning"),
    "remove": Effect("Remove", "it was removed", removes=True),
    "strike": Effect("Remove and strike", "it was removed and counts as a strike", removes=True),
    "suspend": Effect("Suspend", "your account is suspended", removes=True),
    "restore": Effect("Take back", "a decision was taken back"),
    "uphold": Effect("Uphold the appeal", "your appeal was upheld"),
    "turn_down": Effect("Turn it down", "your appeal was turned down"),
}
ABOUT_THINGS = ("leave", "warn", "remove", "strike", "suspend")
ABOUT_APPEALS = ("uphold", "turn_down")
ABOUT_PICTURES: Mapping[str, GateDecision] = {"leave": "allow", "sensitive": "sensitive", "remove": "block"}
"""Of pictures that nothing could look at, with what it means to those."""
APPEALABLE = ("sensitive", "warn", "remove", "strike", "suspend")
"""What can be appealed against, and taken back."""

# Of a decision `d`: whether it stands still. By `select true`, which asks of each row: `exists` may read the whole log.
STANDS: LiteralString = """((select true from pentagram.decisions u
  where u.answers = d.id and u.verdict in ('restore', 'uphold') limit 1) is not true)"""
STRIKES: LiteralString = f"""select count(*) from pentagram.decisions d
  where d.account_id = %(account)s and d.verdict = 'strike' and d.expires_at > now() and {STANDS}"""


@dataclass(frozen=True)
class Ruling:
    """What a moderator chooses."""

    verdict: str
    category: str = ""
    sentence: str = ""
    """Why, to the person."""
    days: int = 7
    """Of a suspension: one of `DAYS`."""
    never_again: bool = False
    """Whether the pictures of a removed post may never be made, brought along or posted again."""

    @property
    def counts_for(self) -> int | None:
        """In days; None for what has no end."""
        return {"strike": STRIKE_DAYS, "suspend": self.days}.get(self.verdict)


@dataclass(frozen=True)
class Decision:
    id: UUID
    verdict: str
    rule: str
    reason: str
    account_id: UUID
    post_id: UUID | None
    comment_id: UUID | None
    collection_id: UUID | None
    creation_id: UUID | None
    """A picture that nothing else could look at."""
    moderator_id: UUID | None
    """None where three strikes decided, or a report that cannot wait."""
    answers: UUID | None
    expires_at: datetime | None
    created_at: datetime

    @property
    def told(self) -> str:
        """What became of it, to the person."""
        if self.verdict == "leave" and self.creation_id:
            return "your picture may be posted now"
        if self.verdict == "suspend":
            return f"{VERDICTS[self.verdict].told} {until(self.expires_at)}"
        return VERDICTS[self.verdict].told


DECISION: LiteralString = """d.id, d.verdict, d.rule, d.reason, d.account_id, d.post_id, d.comment_id, d.collection_id,
  d.creation_id, d.moderator_id, d.answers, d.expires_at, d.created_at"""
NOTHING: Mapping[str, Any] = dict.fromkeys(
    ("moderator_id", "post_id", "comment_id", "collection_id", "creation_id", "answers", "days")
) | {"changed": False}


def log(tx: Transaction, **told: Any) -> Decision:
    decision = tx.row(
        Decision,
        f"""insert into pentagram.decisions as d (verdict, rule, reason, account_id, moderator_id, post_id, comment_id,
          collection_id, creation_id, answers, expires_at, changed)
        values (%(verdict)s, %(rule)s, %(reason)s, %(account_id)s, %(moderator_id)s, %(post_id)s, %(comment_id)s,
          %(collection_id)s, %(creation_id)s, %(answers)s, now() + make_interval(days => %(days)s),
          %(changed)s) returning {DECISION}""",
        **{**NOTHING, **told},
    )
    assert decision is not None  # noqa: S101 - what is inserted is returned
    return decision
