"""What people answer to a decision about them: an appeal, once for each, that another moderator looks at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from services.errors import NotFound, TooMany, UserError
from services.ids import parse_id
from services.pages import Page, page_of, place_of
from services.platform.database import Database, Transaction
from services.safety.moderators import Somebody
from services.safety.prompts import PromptGate
from services.safety.rulings import APPEALABLE, STANDS, STRIKES
from services.safety.standing import until
from services.text import clean, clean_prompt

PAGE = 20
MOST_ON_A_PAGE = 60
LONGEST_APPEAL = 1000
APPEAL_DAYS = 30
MOST_PROMPTS = 5
"""That one person may have waiting."""
URGENCY: LiteralString = "case when d.verdict = 'suspend' then 2 else 1 end"
"""Whoever is suspended waits the hardest."""


@dataclass(frozen=True)
class AboutMe:
    """A decision as the person reads it whom it is about."""

    id: UUID
    verdict: str
    rule: str
    reason: str
    created_at: datetime
    expires_at: datetime | None
    post_id: UUID | None
    comment_id: UUID | None
    text: str
    """The beginning of what it was about."""
    stands: bool
    """Whether nobody took it back."""
    appeal: str | None
    """The state of the appeal; None where there is none."""
    answer: str
    """What a moderator said to that."""
    can_appeal: bool

    @property
    def until(self) -> str:
        return until(self.expires_at)


@dataclass(frozen=True)
class Standing:
    """How somebody stands."""

    strikes: int
    """Those in force."""
    next_expiry: datetime | None
    """When the first of them ends."""
    suspended_until: datetime | None
    """None for whoever is not suspended."""

    @property
    def until(self) -> str:
        return until(self.suspended_until)


MINE: LiteralString = f"""
select d.id, d.verdict, d.rule, d.reason, d.created_at, d.expires_at, d.post_id, d.comment_id,
  left(coalesce(c.body, nullif(p.caption, ''), b.title, (
    select r.prompt from pentagram.post_pictures pp join pentagram.creations n on n.id = pp.creation_id
    join pentagram.requests r on r.id = n.request_id where pp.post_id = d.post_id and pp.position = 0), (
    select r.prompt from pentagram.creations n join pentagram.requests r on r.id = n.request_id
    where n.id = d.creation_id), ''), 200)
    as text,
  s.stands, e.state as appeal, coalesce(e.answer, '') as answer,
  s.stands and e.id is null and d.created_at > now() - make_interval(days => %(days)s) as can_appeal
from pentagram.decisions d
left join pentagram.posts p on p.id = d.post_id
left join pentagram.comments c on c.id = d.comment_id
left join pentagram.collections b on b.id = d.collection_id
left join pentagram.appeals e on e.decision_id = d.id
cross join lateral (select {STANDS} as stands) s
where d.account_id = %(by)s and d.verdict = any(%(shown)s) and (%(last)s::uuid is null or d.id < %(last)s)
order by d.id desc limit %(most)s
"""


class Appeals:
    def __init__(self, db: Database, gate: PromptGate) -> None:
        self._db = db
        self._gate = gate

    def mine(self, *, by: Somebody, after: str | None = None, limit: int = PAGE) -> Page[AboutMe]:
        """What was decided about one, the latest first."""
        [last] = place_of(after, UUID)
        limit = max(1, min(limit, MOST_ON_A_PAGE))
        found = self._db.rows(
            AboutMe, MINE, by=by.id, shown=list(APPEALABLE), days=APPEAL_DAYS, last=last, most=limit + 1
        )
        return page_of(found, limit, lambda decision: (decision.id,))

    def standing(self, *, by: Somebody) -> Standing:
        found = self._db.row(
            Standing,
            f"""select ({STRIKES}) as strikes, (
                select min(d.expires_at) from pentagram.decisions d
                where d.account_id = %(account)s and d.verdict = 'strike' and d.expires_at > now() and {STANDS})
                as next_expiry,
              case when a.suspended_until > now() then a.suspended_until end as suspended_until
            from pentagram.accounts a where a.id = %(account)s""",
            account=by.id,
        )
        if found is None:
            raise NotFound("There is no such account any more.")
        return found

    def appeal(self, decision_id: object, body: str, *, by: Somebody) -> None:
        """Against a decision about oneself, once, within `APPEAL_DAYS`."""
        wanted = parse_id(decision_id, "decision")
        body = self._checked(body)
        with self._db.transaction() as tx:
            found = tx.row(_Appealable, APPEALABLE_BY, id=wanted, by=by.id, verdicts=list(APPEALABLE), days=APPEAL_DAYS)
            _refuse_what_cannot_be(found)
            made = tx.value(
                """insert into pentagram.appeals (account_id, decision_id, body) values (%(by)s, %(id)s, %(body)s)
                on conflict (decision_id) do nothing returning id""",
                by=by.id, id=wanted, body=body,
            )  # fmt: skip
            if made is None:
                raise UserError("You have appealed against this already. A moderator looks at it once.")
            tx.execute(
                f"""insert into pentagram.cases (appeal_id, urgency)
                select %(appeal)s, {URGENCY} from pentagram.decisions d where d.id = %(id)s""",
                appeal=made, id=wanted,
            )  # fmt: skip

    def appeal_prompt(self, prompt: str, *, by: Somebody) -> None:
        """Ask for a look at a prompt that the gate blocked and that one thinks harmless. The same one waits once."""
        prompt = clean_prompt(prompt)
        verdict = self._gate.check(prompt)
        if verdict.decision != "block":
            raise UserError("This prompt is not blocked. Generate it.")
        if "minors" in verdict.categories:
            raise UserError("This cannot be looked at: what may sexualise a minor is never let through.")
        with self._db.transaction() as tx:
            tx.execute("select from pentagram.accounts where id = %(id)s for no key update", id=by.id)
            waiting = tx.values(
                "select prompt from pentagram.appeals where account_id = %(by)s and state = 'open'", by=by.id
            )
            if prompt not in waiting:
                _ask_for_a_look(tx, prompt, verdict.categories[0], by, sum(each is not None for each in waiting))

    def _checked(self, body: str) -> str:
        body = clean(body, most=LONGEST_APPEAL, what="The appeal")
        if not body:
            raise UserError("Say in a sentence why this should be decided otherwise.")
        self._gate.take(body, "appeal")
        return body


APPEALABLE_BY: LiteralString = f"""
select d.created_at < now() - make_interval(days => %(days)s) as too_late, {STANDS} as stands
from pentagram.decisions d where d.id = %(id)s and d.account_id = %(by)s and d.verdict = any(%(verdicts)s)
"""


@dataclass(frozen=True)
class _Appealable:
    too_late: bool
    stands: bool


def _refuse_what_cannot_be(found: _Appealable | None) -> None:
    if found is None:
        raise NotFound("There is no such decision about you.")
    if not found.stands:
        raise UserError("This decision was taken back already.")
    if found.too_late:
        raise UserError(f"An appeal is possible for {APPEAL_DAYS} days. This decision is older.")


def _ask_for_a_look(tx: Transaction, prompt: str, category: str, by: Somebody, waiting: int) -> None:
    if waiting >= MOST_PROMPTS:
        raise TooMany(f"{MOST_PROMPTS} of your prompts wait for a look already. You are told when that is done.")
    tx.execute(
        """with made as (insert into pentagram.appeals (account_id, prompt, category)
          values (%(by)s, %(prompt)s, %(category)s) returning id)
        insert into pentagram.cases (appeal_id) select id from made""",
        by=by.id, prompt=prompt, category=category,
    )  # fmt: skip
