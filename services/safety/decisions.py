"""What moderators decide: it takes effect, goes into a log that nobody changes, and is told to those it concerns.

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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, LiteralString, NamedTuple, Protocol
from uuid import UUID

from services.errors import NotAllowed, NotFound, UserError
from services.ids import parse_id
from services.platform.afterwards import afterwards
from services.platform.database import Database, Transaction
from services.safety.cases import CASES, Case
from services.safety.moderators import BREACHES, MODERATORS, Somebody, check_moderates
from services.safety.standing import FOR_GOOD_DAYS, check_standing, until
from services.text import clean

LONGEST_SENTENCE = 1000
MOST_AT_ONCE = 100
STRIKE_DAYS = 90
MOST_STRIKES = 3
STRUCK_DAYS = 7
DAYS: Mapping[int, str] = {1: "1 day", 7: "7 days", 30: "30 days", FOR_GOOD_DAYS: "For good"}
"""How long somebody may be suspended."""
STRUCK = "Three strikes are in force, so the account is suspended for 7 days."
WITHHELD = "A moderator removed this picture. Your settings say why, and how to appeal."
LIFTED = "Fewer than three strikes are in force now."


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
APPEALABLE = ("sensitive", "warn", "remove", "strike", "suspend")
"""What can be appealed against, and taken back."""

# Of a decision `d`: whether it stands still.
STANDS: LiteralString = """not exists (select from pentagram.decisions u
  where u.answers = d.id and u.verdict in ('restore', 'uphold'))"""
STRIKES: LiteralString = f"""select count(*) from pentagram.decisions d
  where d.account_id = %(account)s and d.verdict = 'strike' and d.expires_at > now() and {STANDS}"""
PICTURES_OF: LiteralString = "select creation_id from pentagram.post_pictures where post_id = %(post)s"
THINGS: Mapping[str, LiteralString] = {
    "post_id": "pentagram.posts",
    "comment_id": "pentagram.comments",
    "collection_id": "pentagram.collections",
}


class Teller(Protocol):
    """Lets people know what was decided, when that stands."""

    def decided(
        self, account_id: UUID, *, decision_id: UUID, verdict: str, reason: str, post_id: UUID | None = None,
        comment_id: UUID | None = None,
    ) -> None: ...  # fmt: skip

    def thanked(self, account_ids: Sequence[UUID], *, decision_id: UUID) -> None: ...


class Memory(Protocol):
    """Knows removed pictures again."""

    def remember(self, tx: Transaction, creation_ids: Sequence[UUID], category: str, decision_id: UUID) -> None: ...

    def forget(self, tx: Transaction, decision_id: UUID) -> None: ...


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
    moderator_id: UUID | None
    """None where three strikes decided."""
    answers: UUID | None
    expires_at: datetime | None
    created_at: datetime

    @property
    def told(self) -> str:
        """What became of it, to the person."""
        if self.verdict == "suspend":
            return f"{VERDICTS[self.verdict].told} {until(self.expires_at)}"
        return VERDICTS[self.verdict].told


@dataclass
class _Outcome:
    """What one press of a moderator led to, to be told once it stands."""

    decisions: list[Decision] = field(default_factory=list)
    reporters: list[UUID] = field(default_factory=list)


DECISION: LiteralString = """d.id, d.verdict, d.rule, d.reason, d.account_id, d.post_id, d.comment_id, d.collection_id,
  d.moderator_id, d.answers, d.expires_at, d.created_at"""


class Decisions:
    def __init__(self, db: Database, teller: Teller, memory: Memory | None = None) -> None:
        self._db = db
        self._teller = teller
        self._memory = memory

    def decide(self, case_id: object, ruling: Ruling, *, by: Somebody) -> Decision:
        """Close a case. Whoever comes second is told that it is decided."""
        check_moderates(by)
        check_standing(self._db, by)
        with self._db.transaction() as tx:
            case = _open_case(tx, parse_id(case_id, "case"))
            ruling = _checked(ruling, case)
            _refuse_own(tx, case.person_id, by)
            outcome = _Outcome()
            if case.appeal_id is None:
                decision = self._rule(tx, case, ruling, by, outcome)
            else:
                decision = self._answer(tx, case, ruling, by, outcome)
            tx.execute(
                "update pentagram.cases set decided_at = now(), decision_id = %(decision)s where id = %(id)s",
                decision=decision.id, id=case.id,
            )  # fmt: skip
        self._tell(outcome)
        return decision

    def decide_all(self, case_ids: Sequence[object], ruling: Ruling, *, by: Somebody) -> list[str]:
        """The same for several cases, each for itself; why some were left, a sentence each."""
        check_moderates(by)
        if len(case_ids) > MOST_AT_ONCE:
            raise UserError(f"Choose at most {MOST_AT_ONCE} cases at a time.")
        left: list[str] = []
        for case_id in case_ids:
            try:
                self.decide(case_id, ruling, by=by)
            except UserError as error:
                left.append(str(error))
        return left

    def take_back(self, decision_id: object, sentence: str, *, by: Somebody) -> Decision:
        """Undo a decision by a new one: what it did is as before it."""
        check_moderates(by)
        check_standing(self._db, by)
        sentence = _checked_sentence(sentence)
        with self._db.transaction() as tx:
            decision = _standing(tx, parse_id(decision_id, "decision"))
            _refuse_own(tx, decision.account_id, by)
            outcome = _Outcome()
            answer = self._undo(tx, decision, "restore", sentence, by.id, outcome)
        self._tell(outcome)
        return answer

    def strikes(self, account_id: UUID) -> int:
        """Those in force."""
        return int(self._db.value(STRIKES, account=account_id))

    # Ruling ----------------------------------------------------------------------------------------------------------

    def _rule(self, tx: Transaction, case: Case, ruling: Ruling, by: Somebody, outcome: _Outcome) -> Decision:
        person = _locked_person(tx, case.person_id)
        if person.role in MODERATORS and by.role != "admin" and ruling.verdict in ("strike", "suspend"):
            raise NotAllowed("Only admins can strike or suspend a moderator.")
        changed = _take_effect(tx, case, ruling)
        decision = _log(
            tx, verdict=ruling.verdict, rule=ruling.category, reason=ruling.sentence, account_id=case.person_id,
            moderator_id=by.id, days=_days(ruling), changed=changed, post_id=case.post_id,
            comment_id=case.comment_id, collection_id=case.collection_id,
        )  # fmt: skip
        outcome.decisions.append(decision)
        if ruling.never_again and case.post_id and self._memory and VERDICTS[ruling.verdict].removes:
            self._memory.remember(tx, _pictures(tx, case.post_id), ruling.category, decision.id)
        if ruling.verdict == "strike":
            _suspend_the_struck(tx, decision, outcome)
        _set_suspension(tx, case.person_id)
        outcome.reporters += _close_reports(tx, case, decision.id)
        return decision

    def _answer(self, tx: Transaction, case: Case, ruling: Ruling, by: Somebody, outcome: _Outcome) -> Decision:
        appealed = tx.row(
            Decision,
            f"""select {DECISION} from pentagram.appeals e join pentagram.decisions d on d.id = e.decision_id
            where e.id = %(id)s""",
            id=case.appeal_id,
        )
        if appealed is None:
            decision = _log(
                tx, verdict=ruling.verdict, rule=ruling.category, reason=ruling.sentence, account_id=case.person_id,
                moderator_id=by.id,
            )  # fmt: skip
            outcome.decisions.append(decision)
        else:
            _refuse_against_own_decision(tx, appealed, by)
            decision = self._undo(tx, appealed, ruling.verdict, ruling.sentence, by.id, outcome)
        tx.execute(
            """update pentagram.appeals set state = %(state)s, answer = %(answer)s, decided_at = now()
            where id = %(id)s""",
            state="upheld" if ruling.verdict == "uphold" else "turned_down", answer=ruling.sentence, id=case.appeal_id,
        )  # fmt: skip
        return decision

    def _undo(
        self, tx: Transaction, decision: Decision, verdict: str, sentence: str, by: UUID | None, outcome: _Outcome
    ) -> Decision:
        """The decision that answers this one; an appeal that is turned down undoes nothing."""
        _locked_person(tx, decision.account_id)
        answer = _log(
            tx, verdict=verdict, rule=decision.rule, reason=sentence, account_id=decision.account_id, moderator_id=by,
            answers=decision.id, post_id=decision.post_id, comment_id=decision.comment_id,
            collection_id=decision.collection_id,
        )  # fmt: skip
        outcome.decisions.append(answer)
        if verdict != "turn_down":
            _bring_back(tx, decision)
            if self._memory:
                self._memory.forget(tx, decision.id)
            if decision.verdict == "strike":
                _lift_what_strikes_brought(tx, decision.account_id)
            _set_suspension(tx, decision.account_id)
        return answer

    def _tell(self, outcome: _Outcome) -> None:
        for decision in outcome.decisions:
            if decision.verdict != "leave":
                afterwards(
                    self._teller.decided, decision.account_id, decision_id=decision.id, verdict=decision.told,
                    reason=decision.reason, post_id=decision.post_id, comment_id=decision.comment_id,
                )  # fmt: skip
        if outcome.reporters:
            afterwards(self._teller.thanked, outcome.reporters, decision_id=outcome.decisions[0].id)


# What may be decided --------------------------------------------------------------------------------------------------


def offered(case: Case) -> list[str]:
    """The verdicts that fit a case, the mildest first."""
    if case.appeal_id is not None:
        return list(ABOUT_APPEALS)
    return [verdict for verdict in VERDICTS if verdict in ABOUT_THINGS or (verdict == "sensitive" and case.post_id)]


def _checked(ruling: Ruling, case: Case) -> Ruling:
    if ruling.verdict not in offered(case):
        raise UserError("That cannot be decided about this.")
    if ruling.verdict in ("leave", "uphold") and not ruling.sentence.strip():
        return Ruling(ruling.verdict, ruling.category if ruling.category in BREACHES else "")
    if case.appeal_id is None and ruling.verdict != "leave" and ruling.category not in BREACHES:
        raise UserError("Choose the rule that it breaks.")
    if ruling.verdict == "suspend" and ruling.days not in DAYS:
        raise UserError("A suspension is for 1, 7 or 30 days, or for good.")
    return Ruling(
        ruling.verdict, ruling.category, _checked_sentence(ruling.sentence), ruling.days, ruling.never_again
    )  # fmt: skip


def _checked_sentence(sentence: str) -> str:
    sentence = clean(sentence, most=LONGEST_SENTENCE, what="What you tell the person")
    if not sentence:
        raise UserError("Tell the person why, in a sentence.")
    return sentence


def _open_case(tx: Transaction, case_id: UUID) -> Case:
    """With everybody else who wants to decide it waiting."""
    tx.execute("select from pentagram.cases where id = %(id)s for update", id=case_id)
    case = tx.row(Case, f"{CASES} where k.id = %(id)s", id=case_id)
    if case is None:
        raise NotFound("There is no such case: what it was about is deleted.")
    if case.decided_at is not None:
        raise UserError("Another moderator has decided this already.")
    return case


def _standing(tx: Transaction, decision_id: UUID) -> Decision:
    decision = tx.row(
        Decision, f"select {DECISION} from pentagram.decisions d where d.id = %(id)s and {STANDS}", id=decision_id
    )
    if decision is None or decision.verdict not in APPEALABLE:
        raise UserError("There is nothing to take back: it was taken back already, or changed nothing.")
    return decision


def _refuse_own(tx: Transaction, person_id: UUID, by: Somebody) -> None:
    if person_id == by.id and _has_others(tx, by.id, person_id):
        raise NotAllowed("This is about yourself: another moderator decides it.")


def _refuse_against_own_decision(tx: Transaction, appealed: Decision, by: Somebody) -> None:
    if appealed.moderator_id == by.id and _has_others(tx, by.id, appealed.account_id):
        raise NotAllowed("This appeal is against a decision of yours: another moderator looks at it.")


def _has_others(tx: Transaction, *but: UUID) -> bool:
    """Whether there is another moderator who could decide."""
    return bool(
        tx.value(
            """select exists (select from pentagram.accounts where role <> 'member' and id <> all(%(but)s)
            and (suspended_until is null or suspended_until <= now()))""",
            but=list(but),
        )
    )


# What it does ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Person:
    role: str


def _locked_person(tx: Transaction, account_id: UUID) -> _Person:
    """Two decisions about one person count each other's strikes."""
    person = tx.row(
        _Person, "select role from pentagram.accounts where id = %(id)s for no key update", id=account_id
    )  # fmt: skip
    if person is None:
        raise NotFound("Whose this was has left.")
    return person


def _take_effect(tx: Transaction, case: Case, ruling: Ruling) -> bool:
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
        where state = 'blocked' and picture_key is not null and id in ({PICTURES_OF})""",
        post=post_id,
    )


def _bring_back(tx: Transaction, decision: Decision) -> None:
    """What this decision did, unless another that stands did the same."""
    if VERDICTS[decision.verdict].removes:
        for column, table in THINGS.items():
            back = tx.execute(
                f"""update {table} set removed_at = null where id = %(id)s and not exists (
                  select from pentagram.decisions d where d.{column} = %(id)s
                    and d.verdict in ('remove', 'strike', 'suspend') and {STANDS})""",
                id=getattr(decision, column),
            )
            if back and column == "post_id":
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


def _days(ruling: Ruling) -> int | None:
    """How long it counts."""
    return {"strike": STRIKE_DAYS, "suspend": ruling.days}.get(ruling.verdict)


def _suspend_the_struck(tx: Transaction, strike: Decision, outcome: _Outcome) -> None:
    if tx.value(STRIKES, account=strike.account_id) >= MOST_STRIKES:
        outcome.decisions.append(
            _log(
                tx, verdict="suspend", rule=strike.rule, reason=STRUCK, account_id=strike.account_id, days=STRUCK_DAYS
            )
        )  # fmt: skip


def _lift_what_strikes_brought(tx: Transaction, account_id: UUID) -> None:
    if tx.value(STRIKES, account=account_id) >= MOST_STRIKES:
        return
    brought = tx.rows(
        Decision,
        f"""select {DECISION} from pentagram.decisions d where d.account_id = %(account)s and d.verdict = 'suspend'
          and d.moderator_id is null and d.expires_at > now() and {STANDS}""",
        account=account_id,
    )
    for each in brought:
        _log(tx, verdict="restore", rule=each.rule, reason=LIFTED, account_id=account_id, answers=each.id)


def _set_suspension(tx: Transaction, account_id: UUID) -> None:
    """Until the last of those ends that stand."""
    tx.execute(
        f"""update pentagram.accounts set suspended_until = (
          select max(d.expires_at) from pentagram.decisions d
          where d.account_id = %(account)s and d.verdict = 'suspend' and d.expires_at > now() and {STANDS})
        where id = %(account)s""",
        account=account_id,
    )


def _close_reports(tx: Transaction, case: Case, decision_id: UUID) -> list[UUID]:
    """Whoever sent one and is still there."""
    reporters = tx.values(
        """update pentagram.reports set state = 'decided', decision_id = %(decision)s, decided_at = now()
        where coalesce(account_id, post_id, comment_id, collection_id) = %(thing)s and state = 'open'
        returning reporter_id""",
        decision=decision_id, thing=case.account_id or case.post_id or case.comment_id or case.collection_id,
    )  # fmt: skip
    return [reporter for reporter in reporters if reporter is not None]


def _pictures(tx: Transaction, post_id: UUID) -> list[UUID]:
    return tx.values(PICTURES_OF, post=post_id)


NOTHING: Mapping[str, Any] = dict.fromkeys(
    ("moderator_id", "post_id", "comment_id", "collection_id", "answers", "days")
) | {"changed": False}


def _log(tx: Transaction, **told: Any) -> Decision:
    decision = tx.row(
        Decision,
        f"""insert into pentagram.decisions as d (verdict, rule, reason, account_id, moderator_id, post_id, comment_id,
          collection_id, answers, expires_at, changed)
        values (%(verdict)s, %(rule)s, %(reason)s, %(account_id)s, %(moderator_id)s, %(post_id)s, %(comment_id)s,
          %(collection_id)s, %(answers)s, now() + make_interval(days => %(days)s), %(changed)s) returning {DECISION}""",
        **{**NOTHING, **told},
    )
    assert decision is not None  # noqa: S101 - what is inserted is returned
    return decision
