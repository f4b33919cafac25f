"""Asking for pictures and finding them again. What paints them is `painting.py`, on the other side of a job."""

from __future__ import annotations

import math
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from services.community.accounts import Account
from services.community.posts import Posts
from services.errors import NotFound, TooMany, UserError
from services.ids import check_token, parse_id
from services.platform.database import Database, Transaction
from services.platform.jobs import Jobs
from services.safety.prompts import PromptGate
from services.safety.standing import in_removed_post, not_while_suspended
from services.safety.tries import Tries
from services.safety.verdicts import Refused, Verdict
from services.studio import styles
from services.studio.asking import ask_to_paint
from services.studio.engines.base import Capabilities, Engine
from services.studio.engines.choice import Engines
from services.studio.money import Money
from services.studio.uploads import Uploads
from services.text import MOST_PROMPT_CHARACTERS, clean, clean_prompt

LARGEST_SEED = 2**32 - 1
PAGE = 12
MEASURED = 30
"""How many of the last pictures tell how long the next one takes."""

UNFINISHED = ("queued", "painting", "storing")
TO_PAINT = ("queued", "painting")


@dataclass(frozen=True)
class Options:
    width: int = 768
    height: int = 768
    count: int = 1
    seed: int | None = None
    """Of the first picture; the others count up from it. None takes a random one."""
    negative: str = ""
    guidance: float | None = None
    style: str = ""
    """Id of a row of `styles.STYLES`."""
    engine: str | None = None
    """By name; None is the usual one."""
    fallback: bool = False
    """Whether the next engine may paint where that one does not answer, or costs more than the day's budget has."""
    upload_id: UUID | None = None
    source_id: UUID | None = None
    """A picture to start from, that one may see: a creation."""
    strength: float | None = None
    """How much of the picture to start from may change."""
    parent_id: UUID | None = None
    """The request of one's own that this one varies."""


@dataclass(frozen=True)
class Limits:
    """For one account."""

    at_once: int = 12
    an_hour: int = 240


@dataclass(frozen=True)
class Creation:
    """One picture, from the press of the button on.

    | from      | to                                                                       |
    |-----------|--------------------------------------------------------------------------|
    | queued    | painting, cancelled                                                      |
    | painting  | ready, storing (painted, the storage did not answer), failed, blocked,   |
    |           | cancelled, queued (the engine did not answer, it is tried again)         |
    | storing   | ready                                                                    |
    """

    id: UUID
    request_id: UUID
    position: int
    seed: int
    state: str
    failure: str | None
    """Why there is no picture; of a queued one, why there is none yet."""
    picture_key: str | None
    thumbnail_key: str | None
    width: int | None
    height: int | None
    paint_ms: int | None
    engine: str
    """What painted it; empty until something did."""
    progress: float
    unchecked: bool
    sensitive: bool
    rating: int | None
    post_id: UUID | None

    @property
    def is_unfinished(self) -> bool:
        return self.state in UNFINISHED

    @property
    def can_be_cancelled(self) -> bool:
        return self.state in TO_PAINT


@dataclass(frozen=True)
class Request:
    """One press of Generate, with the pictures it gave."""

    id: UUID
    prompt: str
    negative: str
    width: int
    height: int
    engine: str
    model: str
    options: Mapping[str, Any]
    """Those of `Options` that were chosen and have no column: guidance, strength, style."""
    fallback: bool
    upload_id: UUID | None
    source_id: UUID | None
    parent_id: UUID | None
    favourite: bool
    created_at: datetime
    sensitive_for: Sequence[str]
    """Categories of the policy for which its words are marked as sensitive, the strictest first."""
    because: Sequence[str]
    """The words, or the meaning, that it was about."""
    start_key: str | None
    """Of the file of the picture that it starts from, while that is there."""
    creations: tuple[Creation, ...] = field(default=())

    @property
    def is_unfinished(self) -> bool:
        return any(creation.is_unfinished for creation in self.creations)

    @property
    def style(self) -> str:
        return str(self.options.get("style", ""))

    def again(self, *, seed: int | None = None, count: int | None = None) -> Options:
        """The options that gave this, to ask anew: with other seeds, unless one is given."""
        return Options(
            self.width, self.height, count=count or len(self.creations), seed=seed, negative=self.negative,
            guidance=self.options.get("guidance"), strength=self.options.get("strength"), style=self.style,
            engine=self.engine, fallback=self.fallback, upload_id=self.upload_id, source_id=self.source_id,
            parent_id=self.id,
        )  # fmt: skip


@dataclass(frozen=True)
class Wait:
    """How long a request still takes, told by how long others took."""

    ahead: int
    """Pictures of others that are painted before the last of this one's."""
    seconds: float | None
    """None where nothing was measured yet."""


REQUESTS: LiteralString = f"""
select r.id, r.prompt, r.negative_prompt as negative, r.width, r.height, r.engine, r.model, r.options, r.fallback,
  r.upload_id, r.source_id, r.parent_id, r.favourite, r.created_at, r.sensitive_for, r.because,
  coalesce((select key from pentagram.uploads u where u.id = r.upload_id and u.decision <> 'block'),
    (select picture_key from pentagram.creations s where s.id = r.source_id and s.state = 'ready'
      and (s.account_id = r.account_id or not {in_removed_post("s.id")}))) as start_key
from pentagram.requests r
"""
CREATIONS = """select c.id, c.request_id, c.position, c.seed, c.state, c.failure,
  case when c.state <> 'blocked' then c.picture_key end as picture_key,
  case when c.state <> 'blocked' then c.thumbnail_key end as thumbnail_key,
  c.width, c.height, c.paint_ms, c.engine, c.progress, c.unchecked, c.rating,
  c.sensitive or (select r.sensitive from pentagram.requests r where r.id = c.request_id) as sensitive,
  (select p.id from pentagram.post_pictures pp join pentagram.posts p on p.id = pp.post_id
   where pp.creation_id = c.id and p.deleted_at is null limit 1) as post_id
from pentagram.creations c where c.request_id = any(%(requests)s) order by c.request_id, c.position
"""


class Studio:
    def __init__(
        self,
        db: Database,
        jobs: Jobs,
        gate: PromptGate,
        tries: Tries,
        engines: Engines,
        money: Money,
        uploads: Uploads,
        posts: Posts,
        *,
        limits: Limits = Limits(),
        random_seed: Callable[[], int] = lambda: secrets.randbelow(LARGEST_SEED + 1),
    ) -> None:
        self._db = db
        self._jobs = jobs
        self._gate = gate
        self._tries = tries
        self.engines = engines
        self._money = money
        self._uploads = uploads
        self._posts = posts
        self._limits = limits
        self._random_seed = random_seed

    @not_while_suspended
    def request(self, prompt: str, options: Options, *, by: Account, token: str, deferred: bool = True) -> Request:
        """Ask for pictures. The same token again is the same request, not a second one. Unless `deferred`, the
        caller is a job that paints them itself."""
        prompt = clean_prompt(prompt)
        options = replace(
            options, negative=clean(options.negative, most=MOST_PROMPT_CHARACTERS, what="What to leave out")
        )
        check_token(token, again="press Generate")
        engine = self.engines.named(options.engine)
        _check_options(options, engine)
        verdict = self._refuse_what_is_blocked(prompt, options, by, counts=deferred)
        start = self._start(options, by)
        with self._db.transaction() as tx:
            tx.execute("select from pentagram.accounts where id = %(id)s for update", id=by.id)
            if not _is_known(tx, by, token):
                unfinished = self._check_limits(tx, by, options.count)
                engine, estimate = self._within_the_budget(tx, engine, options)
                options = _taken_by(engine, options)
                creations = self._insert(tx, _Commission(prompt, options, engine, estimate, start, verdict, token), by)
                for place, creation_id in enumerate(creations if deferred else ()):
                    ask_to_paint(
                        self._jobs, tx, creation_id, by_resident=by.kind == "resident", before=unfinished + place
                    )
        return self._find("r.account_id = %(by)s and r.token = %(token)s", by=by.id, token=token)

    def _refuse_what_is_blocked(self, prompt: str, options: Options, by: Account, *, counts: bool) -> Verdict:
        """What the words are, if they are not blocked. Only presses count: who brings a file along wrote it before."""
        if counts:
            self._tries.refuse_paused(by.id)
        verdict = self._gate.check_wish(styles.styled(prompt, options.style), options.negative)
        verdict = self._tries.weigh(f"{prompt}\n{options.negative}", verdict, of=by.id, counts=counts)
        if verdict.decision == "block":
            raise Refused(verdict.reason, verdict)
        return verdict

    def _start(self, options: Options, by: Account) -> _Start:
        """What is known of the picture to start from; it must be one that this person may see."""
        if options.upload_id is not None:
            decision = self._uploads.get(options.upload_id, by=by).decision
            return _Start(decision == "sensitive", decision == "unchecked")
        if options.source_id is None:
            return _Start(False, False)
        source = self._db.row(
            _Start,
            """select c.sensitive or r.sensitive as sensitive, c.unchecked
            from pentagram.creations c join pentagram.requests r on r.id = c.request_id
            where c.id = %(id)s and c.state = 'ready' and (c.account_id = %(by)s or %(shown)s)""",
            id=options.source_id, by=by.id, shown=self._posts.shows(options.source_id, viewer=by),
        )  # fmt: skip
        if source is None:
            raise NotFound("The picture to start from is gone, or it is not for you to see.")
        return source

    def _within_the_budget(self, tx: Transaction, engine: Engine, options: Options) -> tuple[Engine, Decimal]:
        """The engine that there is money for, and what to hold back for each picture."""
        for able in self.engines.able(engine.name, others=options.fallback):
            estimate = self._money.reserve(tx, able, options.count)
            if estimate is not None:
                return able, estimate
        free = next((other.label for other in self.engines.after(engine) if not other.gpu), None)
        instead = f" Until then {free} paints: choose it, or allow it to step in." if free else ""
        raise TooMany(f"Today's budget for {engine.label} is used up; it starts anew at midnight (UTC).{instead}")

    def _check_limits(self, tx: Transaction, by: Account, count: int) -> int:
        """How many unfinished pictures they have already."""
        unfinished = int(
            tx.value(
                "select count(*) from pentagram.creations where account_id = %(by)s and state = any(%(states)s)",
                by=by.id, states=list(UNFINISHED),
            )
        )  # fmt: skip
        if by.demo:
            return unfinished
        limits = self._limits
        if unfinished + count > limits.at_once:
            raise TooMany(
                f"At most {limits.at_once} pictures are painted for you at a time. Wait for some to be ready."
            )
        # The ledger remembers those that were deleted.
        recent = tx.value(
            """select greatest(
              (select count(*) from pentagram.creations
               where account_id = %(by)s and created_at > now() - interval '1 hour' and engine <> 'import'),
              (select count(*) from pentagram.ledger
               where account_id = %(by)s and booked_at > now() - interval '1 hour'))""",
            by=by.id,
        )
        if int(recent) + count > limits.an_hour:
            raise TooMany(f"That is more than {limits.an_hour} pictures within an hour. Come back a little later.")
        return unfinished

    def _insert(self, tx: Transaction, asked: _Commission, by: Account) -> list[UUID]:
        options, engine = asked.options, asked.engine
        chosen = {name: getattr(options, name) for name in ("guidance", "strength", "style")}
        seed = self._random_seed() if options.seed is None else options.seed
        request_id = tx.value(
            """insert into pentagram.requests (account_id, token, prompt, negative_prompt, width, height, engine, model,
              options, sensitive, sensitive_for, because, fallback, upload_id, source_id, starts_from_picture,
              parent_id)
            values (%(by)s, %(token)s, %(prompt)s, %(negative)s, %(width)s, %(height)s, %(engine)s, %(model)s,
              %(chosen)s, %(sensitive)s, %(categories)s, %(because)s, %(fallback)s, %(upload)s, %(source)s, %(starts)s,
              (select id from pentagram.requests where id = %(parent)s and account_id = %(by)s)) returning id""",
            by=by.id, token=asked.token, prompt=asked.prompt, negative=options.negative, width=options.width,
            height=options.height, engine=engine.name, model=engine.model, fallback=options.fallback,
            chosen=Jsonb({name: value for name, value in chosen.items() if value not in (None, "")}),
            sensitive=asked.start.sensitive or asked.verdict.decision == "sensitive",
            categories=list(asked.verdict.categories), because=list(asked.verdict.because),
            upload=options.upload_id, source=options.source_id, parent=options.parent_id,
            starts=options.upload_id is not None or options.source_id is not None,
        )  # fmt: skip
        return [
            tx.value(
                """insert into pentagram.creations (request_id, account_id, position, seed, estimate_usd, unchecked)
                values (%(request)s, %(by)s, %(position)s, %(seed)s, %(estimate)s, %(unchecked)s) returning id""",
                request=request_id, by=by.id, position=position, seed=(seed + position) % (LARGEST_SEED + 1),
                estimate=asked.estimate, unchecked=asked.start.unchecked,
            )
            for position in range(options.count)
        ]  # fmt: skip

    def cancel(self, request_id: object, *, by: Account, creation_id: object = None) -> int:
        """Call off what is not painted yet, one picture or all of a request; how many that were."""
        with self._db.transaction() as tx:
            cancelled = tx.values(
                """update pentagram.creations set state = 'cancelled', failure = null, estimate_usd = 0
                where request_id = %(request)s and account_id = %(by)s and state = any(%(states)s)
                  and (%(one)s::uuid is null or id = %(one)s) returning id""",
                request=parse_id(request_id, "request"), by=by.id, states=list(TO_PAINT),
                one=None if creation_id is None else parse_id(creation_id, "picture"),
            )  # fmt: skip
            self._jobs.hasten(tx, [str(each) for each in cancelled])
        return len(cancelled)

    def let_another_paint(self, request_id: object, *, by: Account) -> None:
        """Allow the next engine to step in for the one that does not answer, at once."""
        wanted = parse_id(request_id, "request")
        with self._db.transaction() as tx:
            tx.execute(
                "update pentagram.requests set fallback = true where id = %(id)s and account_id = %(by)s",
                id=wanted,
                by=by.id,
            )
            waiting = tx.values(
                """select id from pentagram.creations
                where request_id = %(id)s and account_id = %(by)s and state = 'queued'""",
                id=wanted,
                by=by.id,
            )
            self._jobs.hasten(tx, [str(each) for each in waiting])

    def wait(self, request: Request) -> Wait:
        """How much is to be painted before this is done, and how long that takes as a rule."""
        mine = [str(creation.id) for creation in request.creations if creation.can_be_cancelled]
        if not mine:
            return Wait(0, None)
        found = self._db.row(_Queue, QUEUE, mine=mine, engine=request.engine, measured=MEASURED)
        assert found is not None  # noqa: S101 - counts always have a row
        if found.typical_s is None:
            return Wait(found.ahead, None)
        [engine, *_] = self.engines.able(request.engine, others=True)
        rounds = math.ceil((found.ahead + len(mine)) / engine.at_once)
        return Wait(found.ahead, rounds * float(found.typical_s))

    def watch(self, request_id: object, *, by: Account) -> Request:
        """How a request of one's own is coming along."""
        return self._find("r.id = %(id)s and r.account_id = %(by)s", id=parse_id(request_id, "request"), by=by.id)

    def mine(self, *, by: Account, before: object = None, limit: int = PAGE) -> list[Request]:
        """What an account asked for, newest first; the next page is before the last one's id."""
        return self._with_pictures(
            self._db.rows(
                Request,
                f"""{REQUESTS} where r.account_id = %(by)s and (%(before)s::uuid is null or r.id < %(before)s)
                  and exists (select from pentagram.creations c where c.request_id = r.id)
                order by r.id desc limit %(limit)s""",
                by=by.id, before=parse_id(before, "page") if before is not None else None, limit=limit,
            )
        )  # fmt: skip

    def of_ids(self, ids: Sequence[UUID], *, by: Account) -> list[Request]:
        """Those of one's own requests, in this order."""
        place = {each: number for number, each in enumerate(ids)}
        found = self._db.rows(
            Request, f"{REQUESTS} where r.id = any(%(ids)s) and r.account_id = %(by)s", ids=list(ids), by=by.id
        )
        return self._with_pictures(sorted(found, key=lambda request: place[request.id]))

    def delete(self, creation_id: object, *, by: Account, from_posts: bool = False) -> None:
        """Remove a picture. One that is posted goes only when that was asked, `from_posts`: the other pictures of a
        post close up, and a post that showed nothing else goes with it. `Posts.holding` knows which."""
        wanted = parse_id(creation_id, "picture")
        with self._db.transaction() as tx:
            found = tx.row(
                _Removable,
                """select c.request_id, c.call_id, r.engine,
                  array_remove(array[c.picture_key, c.thumbnail_key, c.bare_key], null) as files
                from pentagram.creations c join pentagram.requests r on r.id = c.request_id
                where c.id = %(id)s and c.account_id = %(by)s for update of c""",
                id=wanted, by=by.id,
            )  # fmt: skip
            if found is None:
                raise NotFound("There is no such picture among yours.")
            # Asked after the lock is held: a post made while this waited for it counts.
            if _is_posted(tx, wanted) and not from_posts:
                raise UserError("This picture is in one of your posts. Delete the post first.")
            tx.execute("delete from pentagram.creations where id = %(id)s", id=wanted)
            tx.execute(
                """delete from pentagram.requests r where id = %(id)s
                and not exists (select from pentagram.creations c where c.request_id = r.id)""",
                id=found.request_id,
            )
            if found.call_id is not None:
                self._jobs.defer(
                    tx, "call_off", engine=found.engine, call=found.call_id, account_id=str(by.id),
                    creation_id=str(wanted),
                )  # fmt: skip
            if found.files:
                self._jobs.defer(tx, "delete_files", keys=found.files)

    def _find(self, condition: LiteralString, **parameters: object) -> Request:
        requests = self._with_pictures(self._db.rows(Request, f"{REQUESTS} where {condition}", **parameters))
        if not requests:
            raise NotFound("There is no such request among yours.")
        return requests[0]

    def _with_pictures(self, requests: list[Request]) -> list[Request]:
        """Each with its pictures; one whose last picture was deleted meanwhile is left out."""
        pictures: dict[UUID, list[Creation]] = {}
        for creation in self._db.rows(Creation, CREATIONS, requests=[request.id for request in requests]):
            pictures.setdefault(creation.request_id, []).append(creation)
        return [replace(each, creations=tuple(pictures[each.id])) for each in requests if each.id in pictures]


QUEUE: LiteralString = """
with waiting as (
  select j.id, j.priority, j.status, j.args ->> 'creation_id' = any(%(mine)s) as mine
  from pentagram.procrastinate_jobs j where j.task_name = 'paint' and j.status in ('todo', 'doing')),
last as (select priority, id from waiting where mine order by priority, id desc limit 1)
select
  (select count(*) from waiting w, last
   where not w.mine and (w.status = 'doing' or (-w.priority, w.id) < (-last.priority, last.id))) as ahead,
  (select percentile_cont(0.5) within group (order by paint_ms) / 1000 from (
    select paint_ms from pentagram.creations
    where state = 'ready' and engine = %(engine)s and paint_ms is not null
    order by ready_at desc limit %(measured)s) latest) as typical_s
"""


@dataclass(frozen=True)
class _Queue:
    ahead: int
    typical_s: float | None


@dataclass(frozen=True)
class _Start:
    """Of the picture that a request starts from."""

    sensitive: bool
    unchecked: bool


@dataclass(frozen=True)
class _Commission:
    prompt: str
    options: Options
    engine: Engine
    estimate: Decimal
    start: _Start
    verdict: Verdict
    token: str


def _check_options(options: Options, engine: Engine) -> None:
    can = engine.capabilities
    if not all(can.smallest <= side <= can.largest for side in (options.width, options.height)):
        raise UserError(f"A picture is {can.smallest} to {can.largest} pixels wide and high.")
    if not 1 <= options.count <= can.most_pictures:
        raise UserError(f"Between 1 and {can.most_pictures} pictures can be painted at once.")
    if options.seed is not None and not 0 <= options.seed <= LARGEST_SEED:
        raise UserError(f"A seed is a whole number from 0 to {LARGEST_SEED}.")
    if options.style and options.style not in styles.BY_ID:
        raise UserError(f"There is no style called {options.style}.")
    _check_abilities(options, can, engine.label)


def _check_abilities(options: Options, can: Capabilities, label: str) -> None:
    starts = options.upload_id is not None or options.source_id is not None
    if starts and not can.takes_image:
        raise UserError(f"{_opening(label)} cannot start from a picture. Choose another engine, or leave it out.")
    if options.negative and not can.takes_negative:
        raise UserError(f"{_opening(label)} cannot leave things out. Say what you want to see instead.")
    if options.guidance is not None and (
        can.guidance is None or not can.guidance.low <= options.guidance <= can.guidance.high
    ):
        raise UserError(f"{_opening(label)} does not follow a prompt as closely as that, or lets nobody choose it.")
    if options.strength is not None and not (can.takes_strength and 0 < options.strength <= 1):
        raise UserError(f"{_opening(label)} takes no such strength.")


def _taken_by(engine: Engine, options: Options) -> Options:
    """Without what an engine that steps in cannot do."""
    can = engine.capabilities
    return replace(
        options,
        width=min(max(options.width, can.smallest), can.largest),
        height=min(max(options.height, can.smallest), can.largest),
        negative=options.negative if can.takes_negative else "",
        guidance=options.guidance if can.guidance else None,
        strength=options.strength if can.takes_strength else None,
        upload_id=options.upload_id if can.takes_image else None,
        source_id=options.source_id if can.takes_image else None,
    )


def _opening(label: str) -> str:
    return label[:1].upper() + label[1:]


@dataclass(frozen=True)
class _Removable:
    request_id: UUID
    files: list[str]
    call_id: str | None
    engine: str


def _is_posted(tx: Transaction, creation_id: UUID) -> bool:
    """Its posts are locked: whoever deletes another picture of one of them waits, and knows then what is left."""
    posts = tx.values(
        """select p.deleted_at is null from pentagram.posts p
        where p.id in (select pp.post_id from pentagram.post_pictures pp where pp.creation_id = %(id)s)
        order by p.id for no key update""",
        id=creation_id,
    )
    return any(posts)


def _is_known(tx: Transaction, by: Account, token: str) -> bool:
    return bool(
        tx.value(
            "select true from pentagram.requests where account_id = %(by)s and token = %(token)s",
            by=by.id, token=token,
        )
    )  # fmt: skip
