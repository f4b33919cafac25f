"""What moderators decide: it takes effect, goes into a log that nobody changes, and is told to those it concerns."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from services.errors import NotAllowed, NotFound, UserError
from services.ids import parse_id
from services.platform.afterwards import afterwards
from services.platform.database import Database, Transaction
from services.safety import effects, precaution
from services.safety.cases import CASES, Case
from services.safety.moderators import BREACHES, MODERATORS, Somebody, check_moderates
from services.safety.rulings import (
    ABOUT_APPEALS,
    ABOUT_PICTURES,
    ABOUT_THINGS,
    APPEALABLE,
    DAYS,
    DECISION,
    LONGEST_SENTENCE,
    STANDS,
    STRIKES,
    VERDICTS,
    Decision,
    Ruling,
    log,
)
from services.safety.standing import check_standing
from services.safety.verdicts import Decision as GateDecision
from services.text import clean

MOST_AT_ONCE = 100


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


class Looker(Protocol):
    """Keeps pictures that nothing could look at to their maker, until somebody looked."""

    def looked_at(
        self, tx: Transaction, creation_id: UUID, decision: GateDecision, *, by: Somebody, category: str | None = None,
        decision_id: UUID | None = None,
    ) -> int: ...  # fmt: skip


@dataclass
class _Outcome:
    """What one press of a moderator led to, to be told once it stands."""

    decisions: list[Decision] = field(default_factory=list)
    reporters: list[UUID] = field(default_factory=list)


class Decisions:
    def __init__(self, db: Database, teller: Teller, memory: Memory, looker: Looker) -> None:
        self._db = db
        self._teller = teller
        self._memory = memory
        self._looker = looker

    def decide(self, case_id: object, ruling: Ruling, *, by: Somebody) -> Decision:
        """Close a case. Whoever comes second is told that it is decided."""
        check_moderates(by)
        check_standing(self._db, by)
        with self._db.transaction() as tx:
            case = _open_case(tx, parse_id(case_id, "case"))
            ruling = _checked(ruling, offered(case))
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

    def look(self, creation_id: object, ruling: Ruling, *, by: Somebody) -> Decision:
        """Of a picture whose maker asked for it: let it be posted, as it is or marked, or remove it and whatever was
        made from the same file."""
        check_moderates(by)
        check_standing(self._db, by)
        ruling = _checked(ruling, ABOUT_PICTURES)
        with self._db.transaction() as tx:
            picture = _asked_about(tx, parse_id(creation_id, "picture"))
            _refuse_own(tx, picture.account_id, by)
            decision = log(
                tx, verdict=ruling.verdict, rule=ruling.category, reason=ruling.sentence, moderator_id=by.id,
                account_id=picture.account_id, creation_id=picture.id,
            )  # fmt: skip
            self._looker.looked_at(
                tx, picture.id, ABOUT_PICTURES[ruling.verdict], by=by, decision_id=decision.id,
                category=ruling.category if ruling.never_again else None,
            )  # fmt: skip
        self._tell(_Outcome([decision]))
        return decision

    def take_back(self, decision_id: object, sentence: str, *, by: Somebody) -> Decision:
        """Undo a decision by a new one: what it did is as before it."""
        check_moderates(by)
        check_standing(self._db, by)
        sentence = _checked_sentence(sentence)
        with self._db.transaction() as tx:
            decision = _standing(tx, parse_id(decision_id, "decision"))
            _refuse_own(tx, decision.account_id, by)
            outcome = _Outcome()
            answer = self._undo(tx, decision, "restore", sentence, by, outcome)
        self._tell(outcome)
        return answer

    def strikes(self, account_id: UUID) -> int:
        """Those in force."""
        return int(self._db.value(STRIKES, account=account_id))

    # Ruling ----------------------------------------------------------------------------------------------------------

    def _rule(self, tx: Transaction, case: Case, ruling: Ruling, by: Somebody, outcome: _Outcome) -> Decision:
        person = effects.locked_person(tx, case.person_id)
        if person.role in MODERATORS and by.role != "admin" and ruling.verdict in ("strike", "suspend"):
            raise NotAllowed("Only admins can strike or suspend a moderator.")
        lifted = precaution.lift(tx, case.post_id, by.id) if case.post_id else []
        changed = effects.take_effect(tx, case, ruling)
        decision = log(
            tx, verdict=ruling.verdict, rule=ruling.category, reason=ruling.sentence, account_id=case.person_id,
            moderator_id=by.id, days=ruling.counts_for, changed=changed, post_id=case.post_id,
            comment_id=case.comment_id, collection_id=case.collection_id,
        )  # fmt: skip
        outcome.decisions += [decision, *(lifted if ruling.verdict == "leave" else [])]
        if ruling.never_again and case.post_id and VERDICTS[ruling.verdict].removes:
            self._memory.remember(tx, effects.pictures_of(tx, case.post_id), ruling.category, decision.id)
        if ruling.verdict == "strike" and (suspension := effects.suspend_the_struck(tx, decision)):
            outcome.decisions.append(suspension)
        effects.set_suspension(tx, case.person_id)
        outcome.reporters += effects.close_reports(tx, case, decision.id)
        return decision

    def _answer(self, tx: Transaction, case: Case, ruling: Ruling, by: Somebody, outcome: _Outcome) -> Decision:
        appealed = tx.row(
            Decision,
            f"""select {DECISION} from pentagram.appeals e join pentagram.decisions d on d.id = e.decision_id
            where e.id = %(id)s""",
            id=case.appeal_id,
        )
        if appealed is None:
            decision = log(
                tx, verdict=ruling.verdict, rule=ruling.category, reason=ruling.sentence, account_id=case.person_id,
                moderator_id=by.id,
            )  # fmt: skip
            outcome.decisions.append(decision)
        else:
            _refuse_against_own_decision(tx, appealed, by)
            decision = self._undo(tx, appealed, ruling.verdict, ruling.sentence, by, outcome)
        tx.execute(
            """update pentagram.appeals set state = %(state)s, answer = %(answer)s, decided_at = now()
            where id = %(id)s""",
            state="upheld" if ruling.verdict == "uphold" else "turned_down", answer=ruling.sentence, id=case.appeal_id,
        )  # fmt: skip
        return decision

    def _undo(
        self, tx: Transaction, decision: Decision, verdict: str, sentence: str, by: Somebody, outcome: _Outcome
    ) -> Decision:
        """The decision that answers this one; an appeal that is turned down undoes nothing."""
        effects.locked_person(tx, decision.account_id)
        answer = log(
            tx, verdict=verdict, rule=decision.rule, reason=sentence, account_id=decision.account_id,
            moderator_id=by.id, answers=decision.id, post_id=decision.post_id, comment_id=decision.comment_id,
            collection_id=decision.collection_id, creation_id=decision.creation_id,
        )  # fmt: skip
        outcome.decisions.append(answer)
        if verdict != "turn_down":
            effects.bring_back(tx, decision)
            self._memory.forget(tx, decision.id)
            if decision.creation_id:
                self._looker.looked_at(tx, decision.creation_id, "allow", by=by)
            if decision.verdict == "strike":
                effects.lift_what_strikes_brought(tx, decision.account_id)
            effects.set_suspension(tx, decision.account_id)
        return answer

    def _tell(self, outcome: _Outcome) -> None:
        for decision in outcome.decisions:
            if decision.verdict != "leave" or decision.creation_id:
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


def _checked(ruling: Ruling, fitting: Collection[str]) -> Ruling:
    if ruling.verdict not in fitting:
        raise UserError("That cannot be decided about this.")
    if ruling.verdict in ("leave", "uphold") and not ruling.sentence.strip():
        return Ruling(ruling.verdict, ruling.category if ruling.category in BREACHES else "")
    if ruling.verdict not in ("leave", *ABOUT_APPEALS) and ruling.category not in BREACHES:
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


def _asked_about(tx: Transaction, creation_id: UUID) -> _Picture:
    picture = tx.row(
        _Picture,
        """select id, account_id from pentagram.creations
        where id = %(id)s and unchecked and look_asked_at is not null for update""",
        id=creation_id,
    )
    if picture is None:
        raise UserError("Another moderator has looked at this already, or nobody asks for it any more.")
    return picture


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


@dataclass(frozen=True)
class _Picture:
    id: UUID
    account_id: UUID
