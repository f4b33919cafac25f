"""The log of what was shown to whom, in which place and how likely that was, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import LiteralString
from uuid import UUID

from services.discovery.recommendations.choosing import POLICY, Pick
from services.discovery.recommendations.scoring import VALUES
from services.platform.database import Transaction

SURFACE = "for_you"
AGAIN = "again"
"""The policy of what is shown because nothing else is left: nothing is learned from it."""
KEPT_FOR = "90 days"
OUTCOMES: Mapping[str, str] = {"hide": "hide", "less": "hide"} | {name: name for name in VALUES}
"""The outcome that a deed is."""

LOG: LiteralString = """
insert into pentagram.impressions
  (account_id, visitor, post_id, surface, policy, position, probability, features, ways, expected, served_id)
select %(account)s, %(visitor)s, given.post, %(surface)s, %(policy)s, given.position, given.probability,
  given.features::real[], given.ways::real[], given.expected::real[], %(served)s
from unnest(%(posts)s::uuid[], %(positions)s::smallint[], %(probabilities)s::real[], %(features)s::text[],
  %(ways)s::text[], %(expected)s::text[]) as given (post, position, probability, features, ways, expected)
"""
LAST: LiteralString = """select s.id from pentagram.impressions s
where s.account_id = %(account)s and s.post_id = %(post)s and s.shown_at > now() - interval '7 days'
order by s.shown_at desc limit 1"""
NOTED: LiteralString = f"""
update pentagram.impressions set outcome = array_append(outcome, %(outcome)s)
where id = ({LAST}) and not outcome @> array[%(outcome)s::text]
"""
TAKEN_BACK: LiteralString = f"""
update pentagram.impressions set outcome = array_remove(outcome, %(outcome)s) where id = ({LAST})
"""
LEAST_PROBABILITY, LEAST_REAL = 1e-6, 1e-37


def log_page(
    tx: Transaction, served: UUID, first: int, picks: Sequence[Pick], *, account: UUID | None, visitor: str | None,
    teaches: bool = True,
) -> None:  # fmt: skip
    """What was drawn for a page that begins in that place of a walk. Of whoever paused learning only where it stood
    is kept: what comes of it is not noted, and nothing can be learned from it."""
    known = [(pick.features, pick.ways, pick.expected) if teaches else (None, None, None) for pick in picks]
    features, ways, expected = ([_array(each[at]) for each in known] for at in range(3))
    _log(
        tx, served, first, [pick.id for pick in picks], account, visitor, POLICY,
        [max(pick.probability, LEAST_PROBABILITY) for pick in picks], features, ways, expected,
    )  # fmt: skip


def log_sure(
    tx: Transaction, served: UUID, first: int, posts: Sequence[UUID], *, account: UUID | None, visitor: str | None
) -> None:  # fmt: skip
    """What stands there without a choice."""
    nothing: list[str | None] = [None] * len(posts)
    _log(tx, served, first, posts, account, visitor, AGAIN, [1.0] * len(posts), nothing, nothing, nothing)


def note_outcome(tx: Transaction, account: UUID, post: UUID, deed: str) -> None:
    """Of what somebody does with a post, at the place where they were shown it last."""
    if deed in OUTCOMES:
        tx.execute(NOTED, account=account, post=post, outcome=OUTCOMES[deed])


def take_outcome_back(tx: Transaction, account: UUID, post: UUID, deed: str) -> None:
    if deed in OUTCOMES:
        tx.execute(TAKEN_BACK, account=account, post=post, outcome=OUTCOMES[deed])


def _log(
    tx: Transaction, served: UUID, first: int, posts: Sequence[UUID], account: UUID | None, visitor: str | None,
    policy: str, probabilities: list[float], features: Sequence[str | None], ways: Sequence[str | None],
    expected: Sequence[str | None],
) -> None:  # fmt: skip
    tx.execute(
        LOG, account=account, visitor=visitor, surface=SURFACE, policy=policy, served=served, posts=list(posts),
        positions=[min(first + at, 2**15 - 1) for at in range(len(posts))], probabilities=probabilities,
        features=list(features), ways=list(ways), expected=list(expected),
    )  # fmt: skip


def adopt(tx: Transaction, visitor: str, account: UUID) -> None:
    """A visitor made an account: what they were shown was shown to it."""
    tx.execute(
        "update pentagram.impressions set account_id = %(account)s, visitor = null where visitor = %(visitor)s",
        account=account, visitor=visitor,
    )  # fmt: skip


def _array(numbers: Sequence[float] | None) -> str | None:
    return None if numbers is None else "{" + ",".join(_real(number) for number in numbers) + "}"


def _real(number: float) -> str:
    """Postgres refuses what is too small for its `real`."""
    return "0" if abs(number) < LEAST_REAL else f"{number:.6g}"
