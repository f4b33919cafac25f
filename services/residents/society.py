"""The society as a whole: who belongs to it, whether and how fast it lives, and whose turn it is.

While it is running a job looks every two seconds whose turn has come, and makes a job of each turn. Turns wait in as
many lanes as there are workers, after everything that people ask for; where the house cannot keep up, turns that are an
hour late are left out. Whatever was begun goes on where it ended, whoever takes it up.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import LiteralString
from uuid import UUID

import numpy as np
from psycopg.types.json import Jsonb

from services.community.accounts import Accounts
from services.community.people import People
from services.errors import UserError
from services.pages import Page
from services.platform.afterwards import afterwards
from services.platform.database import Database, Transaction
from services.platform.jobs import LATER, Jobs
from services.residents.actions import Action, Actions, Plan
from services.residents.budgets import Spending, Spent
from services.residents.changing import Changing
from services.residents.deeds import Deeds
from services.residents.inventing import Invented, Inventor
from services.residents.memory import Memories
from services.residents.mind import next_visit
from services.residents.pace import Budgets, SocietyClock
from services.residents.persona import Persona
from services.residents.roster import PAGE, Resident, Roster, seed_for
from services.residents.speaking.base import Frame, Purse, Said, Speaker
from services.residents.turns import Turns
from services.residents.worlds import HARBOUR, World, read_world
from services.residents.worlds import Pace as WorldPace
from services.safety.prompts import PromptGate

log = logging.getLogger(__name__)

TICK_SECONDS = 2.0
MOST_WAITING = 8
"""Turns, in each lane: more are not asked for, so that the queue stays short where the house cannot keep up."""
MISSED_AFTER = timedelta(hours=1)
MOST_AT_ONCE = 500
"""Residents made in one go from the page."""
WINDOW = timedelta(minutes=5)
"""Of the society's time: what is due within it is done together where it goes as fast as it can."""
LONGEST_QUESTION = 500
FIRST_DAY = 0
DEMO_SPEED = 10.0
"""Where twelve residents are looked at for an hour, so that something has happened at the end of it."""
BEGIN: LiteralString = """
insert into pentagram.installation (key, value)
select 'first_residents', 'true' where exists (select from pentagram.accounts where demo)
  or exists (select from pentagram.procrastinate_jobs where task_name = 'demo_post')
on conflict do nothing
"""
LEFT: LiteralString = """
select n.account_id, n.turn, min(n.happened_at) as happened_at from pentagram.resident_actions n
where n.state = 'planned' and n.turn is not null and not exists (
  select from pentagram.procrastinate_jobs j where j.task_name = 'resident_turn' and j.status in ('todo', 'doing')
    and j.args ->> 'account_id' = n.account_id::text and (j.args ->> 'turn')::integer = n.turn)
group by n.account_id, n.turn
"""
LANES: LiteralString = """
select greatest(1, count(*)) from pentagram.procrastinate_workers
where last_heartbeat > now() - interval '15 seconds'
"""


@dataclass(frozen=True)
class State:
    running: bool
    speed: float
    now: datetime
    """The society's own time."""
    active: int
    paused: int
    retired: int
    due: int
    """Whose turn has come and was not taken yet."""
    budgets: Budgets
    spent: Spent
    seed: int


@dataclass(frozen=True)
class _Left:
    account_id: UUID
    turn: int
    happened_at: datetime


@dataclass(frozen=True)
class _Counts:
    active: int
    paused: int
    retired: int


class Society:
    def __init__(
        self, db: Database, jobs: Jobs, accounts: Accounts, people: People, gate: PromptGate, clock: SocietyClock,
        roster: Roster, actions: Actions, turns: Turns, deeds: Deeds, memories: Memories, spending: Spending,
        inventor: Callable[[Purse], Inventor], speaking: Callable[[Purse], Speaker], model: str,
    ) -> None:  # fmt: skip
        """`speaking` answers somebody who waits at a page; `model` is what personas are compared with."""
        self._db = db
        self._jobs = jobs
        self._accounts = accounts
        self._people = people
        self._gate = gate
        self._clock = clock
        self._roster = roster
        self._actions = actions
        self._turns = turns
        self._deeds = deeds
        self._memories = memories
        self._spending = spending
        self._inventor = inventor
        self._speaking = speaking
        self._model = model
        jobs.register("society", self.tick)
        jobs.register("resident_turn", self.take_turn)
        jobs.register("resident_picture", self.finish)
        jobs.register("first_residents", self.bring_first)

    def state(self) -> State:
        pace = self._clock.pace()
        now = pace.now(self._clock.real_now())
        counts = self._db.row(
            _Counts,
            """select count(*) filter (where state = 'active') as active,
              count(*) filter (where state = 'paused') as paused, count(*) filter (where state = 'retired') as retired
            from pentagram.residents""",
        )
        assert counts is not None  # noqa: S101 - counts always have a row
        return State(
            pace.running, pace.speed, now, counts.active, counts.paused, counts.retired, self._roster.count_due(now),
            pace.budgets, self._spending.spent(), pace.seed,
        )  # fmt: skip

    def start(self) -> State:
        with self._db.transaction() as tx:
            self._clock.start(tx)
            self._look_again(tx)
        return self.state()

    def pause(self) -> State:
        """Nothing new is begun; what somebody is about to do they finish."""
        with self._db.transaction() as tx:
            self._clock.pause(tx)
        return self.state()

    def resume(self) -> None:
        """After a process began: a society that is running goes on, whatever became of the job that kept it going, and
        so does what somebody was about to do, if its job was given up."""
        with self._db.transaction() as tx:
            for left in tx.rows(_Left, LEFT):
                self._ask_turn(tx, left.account_id, left.turn, left.happened_at)
            if self._clock.pace(tx).running or self.is_waiting(tx):
                self._look_again(tx)

    def set_speed(self, speed: float) -> State:
        with self._db.transaction() as tx:
            self._clock.set_speed(tx, speed)
        return self.state()

    def set_budgets(self, budgets: Budgets) -> State:
        with self._db.transaction() as tx:
            self._clock.set_budgets(tx, budgets)
        return self.state()

    def create(self, count: int, theme: str = "", seed: int | None = None) -> Iterator[Resident]:
        """New ones, one after the other, each with an account of their own and unlike all that are there."""
        if not 1 <= count <= 10_000:
            raise UserError("Between 1 and 10,000 residents can be made at a time.")
        inventor = self._inventor(self._spending.purse(None))
        chance = np.random.default_rng(seed)
        for invented in inventor.invent(count, theme, self._roster.known(self._model), chance=chance):
            yield self._settle(invented)

    def settle(self, world: World, *, demo: bool = False) -> list[Resident]:
        """Those of a world file who are not here yet, and who follows whom. An account of that name that is a
        resident's already gets its persona; one that is a person's is left alone. `UserError` where somebody of it has
        no place here; then nobody of it is."""
        inventor = self._inventor(self._spending.purse(None))
        for persona in world.personas:
            inventor.vetting.check(persona)
        self._clock.set_seed(world.seed)
        settled = [self._settle(inventor.read(each), demo=demo) for each in world.personas if not self._is_person(each)]
        here = {resident.name for resident in settled}
        for follower, followed in world.follows:
            if follower in here and followed in here:
                afterwards(self._follow, follower, followed)
        self._keep_pace(world.society)
        return settled

    def _is_person(self, persona: Persona) -> bool:
        kind = self._db.value("select kind from pentagram.accounts where name = %(name)s", name=persona.name)
        if kind == "person":
            log.warning("%s of the world file is a person's name here; left out.", persona.name)
        return bool(kind == "person")

    def _keep_pace(self, wanted: WorldPace) -> None:
        now = self._clock.pace().budgets
        usd = now.usd_an_hour if wanted.usd_an_hour is None else Decimal(str(wanted.usd_an_hour))
        pictures = now.pictures_an_hour if wanted.pictures_an_hour is None else wanted.pictures_an_hour
        tokens = now.tokens_an_hour if wanted.tokens_an_hour is None else wanted.tokens_an_hour
        if wanted.speed is not None:
            self.set_speed(wanted.speed)
        self.set_budgets(Budgets(pictures, tokens, usd))

    def begin_once(self) -> None:
        """Ask for the first residents of a house that filled itself with demo posts; they live from then on."""
        with self._db.transaction() as tx:
            if tx.execute(BEGIN):
                self._jobs.defer(tx, "first_residents", priority=LATER)

    def bring_first(self, *, last_attempt: bool = True) -> None:
        self.settle(read_world(HARBOUR), demo=True)
        self.set_speed(DEMO_SPEED)
        self.start()

    def residents(self, *, after: str | None = None, limit: int = PAGE, state: str | None = None) -> Page[Resident]:
        return self._roster.page(after=after, limit=limit, state=state)

    def everybody(self) -> list[Resident]:
        return self._roster.all()

    def resident(self, name: str) -> Resident:
        return self._roster.named(name)

    def change(self, name: str, persona: Persona) -> Resident:
        """Be somebody else from now on, under the same name; what they remember stays."""
        who = self._roster.named(name)
        inventor = self._inventor(self._spending.purse(who.account_id))
        kept = persona.model_copy(update={"name": who.name})
        inventor.vetting.check(kept)
        account = self._accounts.named(who.name)
        self._accounts.change_profile(
            account, name=account.name, display_name=kept.display_name, email=account.email or "", bio=kept.bio
        )
        self._keep(who.account_id, inventor.read(kept))
        return self._roster.named(name)

    def reword(self, name: str, words: str) -> Resident:
        """Change them as the operator says in words."""
        who = self._roster.named(name)
        inventor = self._inventor(self._spending.purse(who.account_id))
        return self.change(name, Changing(inventor).reworded(who.persona, words))

    def clone(self, name: str) -> Resident:
        """Somebody much like them, with a name and a life of their own."""
        who = self._roster.named(name)
        changing = Changing(self._inventor(self._spending.purse(who.account_id)))
        known = self._roster.known(self._model)
        return self._settle(changing.cloned(who.persona, known, chance=np.random.default_rng()))

    def pause_one(self, name: str) -> Resident:
        return self._set_state(name, "paused", ("active",))

    def resume_one(self, name: str) -> Resident:
        return self._set_state(name, "active", ("paused", "retired"))

    def retire(self, name: str) -> Resident:
        """They do nothing any more; what they made stays."""
        return self._set_state(name, "retired", ("active", "paused"))

    def step(self, name: str | None = None) -> list[Action]:
        """The next turn, or the next of somebody, now and here, even while the society rests."""
        with self._db.transaction() as tx:
            now = self._clock.now(tx)
            who = self._roster.next_due(tx, name=name)
            if who is None:
                raise UserError("Nobody is there to take a turn: create residents, or let those who are paused go on.")
            at = max(now, who.next_turn_at or now) if name is None else now
            if name is None and not self._clock.pace(tx).running:
                self._clock.advance(tx, at)
            turn = self._begin(tx, who, at)
        return self._turns.take(who.account_id, turn, at)

    def run(self, hours: float, speed: float | None = None, *, progress: Callable[[float], None] | None = None) -> None:
        """Live so many hours of the society's here: at that speed, or as fast as it goes. Pictures are painted by
        whoever works on the queue meanwhile."""
        if not 0 < hours <= 24 * 366:
            raise UserError("It can live up to a year at a time, in hours.")
        if self._clock.pace().running:
            raise UserError("The society is running already: pause it first.")
        if speed is None:
            self._run_through(hours, progress)
        else:
            self._run_at(hours, speed, progress)

    def interview(self, name: str, question: str, before: Sequence[Said] = ()) -> str:
        """What they answer, in their own voice. Nothing of it is kept, and nobody else reads the question: the answer
        alone meets the gate."""
        who = self._roster.named(name)
        question = " ".join(question.split())
        if not question or len(question) > LONGEST_QUESTION:
            raise UserError(f"Ask something, in at most {LONGEST_QUESTION} characters.")
        now = self._clock.now()
        understood = self._memories.meanings([question])
        recalled = self._memories.recall(
            who.account_id, now, near=understood[1][0] if understood else None,
            space=understood[0] if understood else None,
        )  # fmt: skip
        frame = Frame(now, int(time.monotonic_ns() % 2**60), float(who.mood.get("level", 0.0)), recalled)
        speaker = self._speaking(self._spending.purse(who.account_id))
        answer = speaker.interview(who.now, question, before, frame)
        self._gate.take(answer, "answer")
        return answer

    def tick(self, *, last_attempt: bool = True) -> None:
        """See whose turn has come, and who waited for a picture that is there now."""
        with self._db.transaction() as tx:
            pace = self._clock.look(tx)
            self._finish_painted(tx)
            if pace.running:
                self._ask_turns(tx, pace.sim_at)
            if pace.running or self.is_waiting(tx):
                self._look_again(tx, TICK_SECONDS)

    def take_turn(self, *, account_id: str, turn: int, at: str, last_attempt: bool = True) -> None:
        self._turns.take(UUID(account_id), turn, datetime.fromisoformat(at), last_attempt=last_attempt)

    def finish(self, *, action_id: str, last_attempt: bool = True) -> None:
        action = self._actions.get(UUID(action_id))
        if action is not None:
            self._deeds.finish(action)

    def _ask_turns(self, tx: Transaction, now: datetime) -> None:
        waiting = self._jobs.unfinished(tx, task="resident_turn")
        for who in self._roster.due(tx, now, max(0, _lanes(tx) * MOST_WAITING - waiting)):
            due = who.next_turn_at or now
            if now - due > MISSED_AFTER:
                self._plan_next(tx, who, now)
            else:
                self._ask_turn(tx, who.account_id, self._begin(tx, who, due), due)

    def _ask_turn(self, tx: Transaction, account: UUID, turn: int, at: datetime) -> None:
        self._jobs.defer(
            tx, "resident_turn", priority=LATER, lane=_lane(tx, account), account_id=str(account), turn=turn,
            at=at.isoformat(),
        )  # fmt: skip

    def _finish_painted(self, tx: Transaction) -> None:
        for action_id in self._actions.painted(MOST_WAITING):
            self._jobs.defer(
                tx, "resident_picture", priority=LATER, once=f"resident picture {action_id}",
                lane=_lane(tx, action_id), action_id=str(action_id),
            )  # fmt: skip

    def is_waiting(self, tx: Transaction | None = None) -> bool:
        """Whether somebody is about to do something, or their picture is being painted."""
        source = tx or self._db
        return bool(
            source.value("select true from pentagram.resident_actions where state in ('planned', 'waiting') limit 1")
        )

    def _look_again(self, tx: Transaction, after_s: float = 0.0) -> None:
        self._jobs.defer(tx, "society", once="society", after_s=after_s)

    def _begin(self, tx: Transaction, who: Resident, at: datetime) -> int:
        """Count one more turn of theirs, and say when the next one is; held by whoever holds them."""
        turn = who.turn + 1
        tx.execute(
            """update pentagram.residents set turn = %(turn)s, next_turn_at = %(next)s where account_id = %(id)s""",
            turn=turn, next=next_visit(who.persona.rhythm, at, who.chance("visit", turn)), id=who.account_id,
        )  # fmt: skip
        return turn

    def _plan_next(self, tx: Transaction, who: Resident, now: datetime) -> None:
        """Without having done what was missed."""
        chance = np.random.default_rng()
        tx.execute(
            "update pentagram.residents set next_turn_at = %(next)s where account_id = %(id)s",
            next=next_visit(who.persona.rhythm, now, chance), id=who.account_id,
        )  # fmt: skip

    def _run_at(self, hours: float, speed: float, progress: Callable[[float], None] | None) -> None:
        self.set_speed(speed)
        begun = self.start().now
        end = begun + timedelta(hours=hours)
        try:
            while (now := self._clock.now()) < end:
                _tell(progress, (now - begun) / (end - begun))
                time.sleep(min(0.5, (end - now).total_seconds() / speed))
        finally:
            self.pause()

    def _run_through(self, hours: float, progress: Callable[[float], None] | None) -> None:
        begun = self._clock.now()
        end = begun + timedelta(hours=hours)
        while turns := self._take_due(end):
            for account, turn, at in turns:
                self._turns.take(account, turn, at)
            self._finish_here()
            _tell(progress, (self._clock.now() - begun) / (end - begun))
        with self._db.transaction() as tx:
            self._clock.advance(tx, end)
        self._finish_here()
        _tell(progress, 1.0)

    def _take_due(self, end: datetime) -> list[tuple[UUID, int, datetime]]:
        """What comes next, within a few minutes of the society's time."""
        with self._db.transaction() as tx:
            first = tx.value("select min(next_turn_at) from pentagram.residents where state = 'active'")
            if first is None or first > end:
                return []
            until = min(end, max(first, self._clock.now(tx)) + WINDOW)
            taken = []
            for who in self._roster.due(tx, until, 64):
                at = who.next_turn_at or until
                taken.append((who.account_id, self._begin(tx, who, at), at))
            if taken:
                self._clock.advance(tx, taken[-1][2])
        return taken

    def _finish_here(self) -> None:
        for action_id in self._actions.painted(64):
            action = self._actions.get(action_id)
            if action is not None:
                self._deeds.finish(action)

    def _settle(self, invented: Invented, *, demo: bool = False) -> Resident:
        """Give them an account, unless there is one, and their first turn."""
        persona = invented.persona
        if not self._db.value(
            "select true from pentagram.accounts where name = %(name)s and kind = 'resident'", name=persona.name
        ):
            self._accounts.register(
                persona.name, None, display_name=persona.display_name, bio=persona.bio, kind="resident", demo=demo
            )
        account = self._accounts.named(persona.name)
        with self._db.transaction() as tx:
            now = self._clock.now(tx)
            chance = np.random.default_rng(seed_for(self._clock.pace(tx).seed, persona.name, "visit", FIRST_DAY))
            first = next_visit(persona.rhythm, now, chance)
            fresh = tx.execute(
                """insert into pentagram.residents (account_id, persona, next_turn_at)
                values (%(id)s, %(persona)s, %(first)s) on conflict (account_id) do nothing""",
                id=account.id, persona=Jsonb(persona.model_dump(mode="json")), first=first,
            )  # fmt: skip
            if fresh and account.avatar_key is None:
                self._ask_face(tx, account.id, now)
        self._keep(account.id, invented)
        return self._roster.named(persona.name)

    def _ask_face(self, tx: Transaction, account: UUID, now: datetime) -> None:
        """As a turn of its own, the one before their first."""
        self._actions.plan(tx, account, FIRST_DAY, [Plan("face", {"because": "they are new here"})], now)
        self._ask_turn(tx, account, FIRST_DAY, now)
        self._look_again(tx, TICK_SECONDS)

    def _keep(self, account: UUID, invented: Invented) -> None:
        self._db.execute(
            """update pentagram.residents set persona = %(persona)s, model = %(model)s, vector = %(vector)s,
              tastes = case when persona = %(persona)s then tastes else '{}' end
            where account_id = %(id)s""",
            persona=Jsonb(invented.persona.model_dump(mode="json")), model=self._model, id=account,
            vector=str([round(float(each), 5) for each in invented.vector]),
        )  # fmt: skip

    def _follow(self, follower: str, followed: str) -> None:
        self._people.follow(followed, by=self._accounts.named(follower))

    def _set_state(self, name: str, state: str, before: tuple[str, ...]) -> Resident:
        who = self._roster.named(name)
        with self._db.transaction() as tx:
            changed = tx.execute(
                """update pentagram.residents set state = %(state)s
                where account_id = %(id)s and state = any(%(before)s)""",
                state=state, id=who.account_id, before=list(before),
            )  # fmt: skip
            if changed and state == "active":
                self._plan_next(tx, who, self._clock.now(tx))
        return self._roster.named(name)


def _lanes(tx: Transaction) -> int:
    """How many residents' jobs may be done at a time: one for each worker; its other places are people's."""
    return int(tx.value(LANES))


def _lane(tx: Transaction, id_: UUID) -> str:
    return f"residents {id_.int % _lanes(tx)}"


def _tell(progress: Callable[[float], None] | None, share: float) -> None:
    if progress is not None:
        progress(min(1.0, max(0.0, share)))
