"""The society of residents: its clock, its budgets, and those who live in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NoReturn
from uuid import UUID

from services.community.accounts import Accounts
from services.community.people import People
from services.errors import NotFound, Unavailable, UserError
from services.pages import Page, page_of, place_of
from services.platform.clock import Clock
from services.platform.database import Database
from services.residents.persona import Persona
from services.residents.speaking.base import Said
from services.residents.worlds import World

FASTEST = 100.0
NOT_YET = "Residents cannot do this here yet."
RESIDENT = """r.account_id, a.name, a.display_name, r.persona, r.state, r.tastes, r.next_turn_at, r.last_turn_at,
  c.thumbnail_key as avatar_key
  from pentagram.residents r join pentagram.accounts a on a.id = r.account_id
  left join pentagram.creations c on c.id = a.avatar_id"""


@dataclass(frozen=True)
class Budgets:
    pictures_an_hour: int
    tokens_an_hour: int
    usd_an_hour: Decimal


@dataclass(frozen=True)
class Spent:
    pictures: int
    tokens: int
    usd: Decimal


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
class Resident:
    account_id: UUID
    name: str
    display_name: str
    persona: Persona
    state: str
    tastes: Mapping[str, float]
    next_turn_at: datetime | None
    last_turn_at: datetime | None
    avatar_key: str | None


@dataclass(frozen=True)
class _Kept(Budgets):
    running: bool
    speed: float
    sim_at: datetime
    real_at: datetime


@dataclass(frozen=True)
class _Counts:
    active: int
    paused: int
    retired: int
    due: int


class Society:
    def __init__(self, db: Database, accounts: Accounts, people: People, clock: Clock) -> None:
        self._db = db
        self._accounts = accounts
        self._people = people
        self._clock = clock

    def state(self) -> State:
        kept = self._db.row(
            _Kept,
            """select running, speed, sim_at, real_at, pictures_an_hour, tokens_an_hour, usd_an_hour
            from pentagram.society""",
        )
        assert kept is not None  # noqa: S101 - the migration made it
        now = self._now(kept)
        counts = self._db.row(
            _Counts,
            """select count(*) filter (where state = 'active') as active,
              count(*) filter (where state = 'paused') as paused, count(*) filter (where state = 'retired') as retired,
              count(*) filter (where state = 'active' and next_turn_at <= %(now)s) as due
            from pentagram.residents""",
            now=now,
        )
        spent = self._db.row(
            Spent,
            """select coalesce(sum(pictures), 0)::int as pictures, coalesce(sum(tokens), 0)::int as tokens,
              coalesce(sum(usd), 0) as usd
            from pentagram.resident_spending where booked_at > %(since)s""",
            since=self._clock.now() - timedelta(hours=1),
        )
        assert counts is not None  # noqa: S101 - sums always have a row
        assert spent is not None  # noqa: S101 - sums always have a row
        budgets = Budgets(kept.pictures_an_hour, kept.tokens_an_hour, kept.usd_an_hour)
        return State(
            kept.running, kept.speed, now, counts.active, counts.paused, counts.retired, counts.due, budgets, spent
        )

    def _now(self, kept: _Kept) -> datetime:
        if not kept.running:
            return kept.sim_at
        return kept.sim_at + (self._clock.now() - kept.real_at) * kept.speed

    def start(self) -> State:
        return self._set(running=True)

    def pause(self) -> State:
        return self._set(running=False)

    def set_speed(self, speed: float) -> State:
        if not 0 < speed <= FASTEST:
            raise UserError(f"A speed is between 1 and {FASTEST:.0f} times real time.")
        return self._set(speed=speed)

    def _set(self, *, running: bool | None = None, speed: float | None = None) -> State:
        """Time goes on from here as it was going until now."""
        self._db.execute(
            """update pentagram.society set sim_at = %(now)s, real_at = %(real)s,
              running = coalesce(%(running)s, running), speed = coalesce(%(speed)s, speed)""",
            now=self.state().now, real=self._clock.now(), running=running, speed=speed,
        )  # fmt: skip
        return self.state()

    def set_budgets(self, budgets: Budgets) -> State:
        self._db.execute(
            """update pentagram.society set pictures_an_hour = %(pictures)s, tokens_an_hour = %(tokens)s,
              usd_an_hour = %(usd)s""",
            pictures=budgets.pictures_an_hour, tokens=budgets.tokens_an_hour, usd=budgets.usd_an_hour,
        )  # fmt: skip
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
            id=account.id, persona=persona.model_dump_json(), now=self.state().now,
        )  # fmt: skip
        return self.resident(persona.name)

    def residents(self, after: str | None = None, limit: int = 30, state: str | None = None) -> Page[Resident]:
        [last] = place_of(after, str)
        found = self._db.rows(
            _Row,
            f"""select {RESIDENT} where (%(last)s::text is null or a.name > %(last)s)
              and (%(state)s::text is null or r.state = %(state)s) order by a.name limit %(most)s""",
            last=last, state=state, most=limit + 1,
        )  # fmt: skip
        return page_of([row.resident for row in found], limit, lambda each: (each.name,))

    def resident(self, name: str) -> Resident:
        found = self._db.row(_Row, f"select {RESIDENT} where a.name = %(name)s", name=name)
        if found is None:
            raise NotFound(f"There is no resident called {name}.")
        return found.resident

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

    def step(self, name: str | None = None) -> list[Any]:
        _not_yet()

    def run(self, hours: float, speed: float | None, progress: Callable[[State], None] | None = None) -> None:
        _not_yet()

    def interview(self, name: str, question: str, before: Sequence[Said]) -> str:
        _not_yet()


@dataclass(frozen=True)
class _Row:
    account_id: UUID
    name: str
    display_name: str
    persona: Mapping[str, Any]
    state: str
    tastes: Mapping[str, float]
    next_turn_at: datetime | None
    last_turn_at: datetime | None
    avatar_key: str | None

    @property
    def resident(self) -> Resident:
        return Resident(
            self.account_id, self.name, self.display_name, Persona.model_validate(self.persona), self.state,
            self.tastes, self.next_turn_at, self.last_turn_at, self.avatar_key,
        )  # fmt: skip


def _not_yet() -> NoReturn:
    raise Unavailable(NOT_YET)
