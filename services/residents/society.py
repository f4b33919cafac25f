"""The society of residents: its clock, its budgets, and those who live in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NoReturn

from services.community.accounts import Accounts
from services.community.people import People
from services.errors import NotFound, Unavailable, UserError
from services.pages import Page
from services.platform.clock import Clock
from services.platform.database import Database
from services.residents.actions import Action
from services.residents.budgets import Spending, Spent
from services.residents.pace import Budgets, SocietyClock
from services.residents.persona import Persona
from services.residents.roster import Resident, Roster
from services.residents.speaking.base import Said
from services.residents.worlds import World

NOT_YET = "Residents cannot do this here yet."


@dataclass(frozen=True)
class State:
    running: bool
    speed: float
    now: datetime
    active: int
    paused: int
    retired: int
    due: int
    budgets: Budgets
    spent: Spent


@dataclass(frozen=True)
class _Counts:
    active: int
    paused: int
    retired: int


class Society:
    def __init__(self, db: Database, accounts: Accounts, people: People, clock: Clock) -> None:
        self._db = db
        self._accounts = accounts
        self._people = people
        self._roster = Roster(db)
        self._time = SocietyClock(db, clock)
        self._spending = Spending(db, clock, self._time)

    def state(self) -> State:
        pace, now = self._time.pace(), self._time.now()
        counts = self._db.row(
            _Counts,
            """select count(*) filter (where state = 'active') as active,
              count(*) filter (where state = 'paused') as paused, count(*) filter (where state = 'retired') as retired
            from pentagram.residents""",
        )
        assert counts is not None  # noqa: S101 - counts always have a row
        return State(
            pace.running, pace.speed, now, counts.active, counts.paused, counts.retired, self._roster.count_due(now),
            pace.budgets, self._spending.spent(),
        )  # fmt: skip

    def start(self) -> State:
        with self._db.transaction() as tx:
            self._time.start(tx)
        return self.state()

    def pause(self) -> State:
        with self._db.transaction() as tx:
            self._time.pause(tx)
        return self.state()

    def set_speed(self, speed: float) -> State:
        with self._db.transaction() as tx:
            self._time.set_speed(tx, speed)
        return self.state()

    def set_budgets(self, budgets: Budgets) -> State:
        with self._db.transaction() as tx:
            self._time.set_budgets(tx, budgets)
        return self.state()

    def create(self, count: int, theme: str = "", seed: int | None = None) -> Iterator[Resident]:
        _not_yet()

    def settle(self, world: World) -> list[Resident]:
        """Who is there already stays as they are."""
        residents = [self._settled(persona) for persona in world.personas]
        accounts = {each.name: self._accounts.named(each.name) for each in residents}
        for follower, followed in world.follows:
            self._people.follow(followed, by=accounts[follower])
        return residents

    def _settled(self, persona: Persona) -> Resident:
        try:
            account = self._accounts.named(persona.name)
        except NotFound:
            account = self._accounts.register(
                persona.name, None, display_name=persona.display_name, bio=persona.bio, kind="resident"
            )
        if account.kind != "resident":
            raise UserError(f"{persona.name} is a person here: give that resident another name.")
        self._db.execute(
            """insert into pentagram.residents (account_id, persona, next_turn_at)
            values (%(id)s, %(persona)s, %(now)s) on conflict do nothing""",
            id=account.id, persona=persona.model_dump_json(), now=self._time.now(),
        )  # fmt: skip
        return self.resident(persona.name)

    def residents(self, after: str | None = None, limit: int = 30, state: str | None = None) -> Page[Resident]:
        return self._roster.page(after=after, limit=limit, state=state)

    def resident(self, name: str) -> Resident:
        return self._roster.named(name)

    def change(self, name: str, persona: Persona) -> Resident:
        self._db.execute(
            "update pentagram.residents set persona = %(persona)s where account_id = %(id)s",
            id=self.resident(name).account_id, persona=persona.model_dump_json(),
        )  # fmt: skip
        return self.resident(name)

    def reword(self, name: str, words: str) -> Resident:
        _not_yet()

    def clone(self, name: str) -> Resident:
        _not_yet()

    def pause_one(self, name: str) -> Resident:
        return self._become(name, "paused")

    def resume_one(self, name: str) -> Resident:
        return self._become(name, "active")

    def retire(self, name: str) -> Resident:
        return self._become(name, "retired")

    def _become(self, name: str, state: str) -> Resident:
        self._db.execute(
            "update pentagram.residents set state = %(state)s where account_id = %(id)s",
            id=self.resident(name).account_id, state=state,
        )  # fmt: skip
        return self.resident(name)

    def step(self, name: str | None = None) -> list[Action]:
        _not_yet()

    def run(self, hours: float, speed: float | None, progress: Callable[[State], None] | None = None) -> None:
        _not_yet()

    def interview(self, name: str, question: str, before: Sequence[Said]) -> str:
        _not_yet()


def _not_yet() -> NoReturn:
    raise Unavailable(NOT_YET)
