"""Everything that a person ever asked for: found again, kept as favourite, rated, followed from version to version."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, LiteralString, NamedTuple, get_args
from uuid import UUID

from services.community.accounts import Account
from services.errors import NotFound, UserError
from services.ids import parse_id
from services.pages import Page, page_of, place_of
from services.platform.clock import Clock
from services.platform.database import Database
from services.studio.studio import PAGE, Request, Studio

Show = Literal["all", "posted", "not posted", "failed", "blocked", "favourites"]
Sort = Literal["best match", "newest", "oldest", "best rated"]
MOST_STARS = 5
MOST_VERSIONS = 60
MOST_AT_ONCE = 100
LONGEST_SEARCH = 200

SHOWN: dict[Show, LiteralString] = {
    "all": "true",
    "posted": """exists (select from pentagram.creations c join pentagram.post_pictures pp on pp.creation_id = c.id
      join pentagram.posts p on p.id = pp.post_id and p.deleted_at is null where c.request_id = r.id)""",
    "not posted": """exists (select from pentagram.creations c where c.request_id = r.id and c.state = 'ready')
      and not exists (select from pentagram.creations c join pentagram.post_pictures pp on pp.creation_id = c.id
      join pentagram.posts p on p.id = pp.post_id and p.deleted_at is null where c.request_id = r.id)""",
    "failed": "exists (select from pentagram.creations c where c.request_id = r.id and c.state = 'failed')",
    "blocked": "exists (select from pentagram.creations c where c.request_id = r.id and c.state = 'blocked')",
    "favourites": "r.favourite",
}


class _Order(NamedTuple):
    rated: LiteralString
    """Leaves requests out that have no pictures any more."""
    beyond: LiteralString
    by: LiteralString


PICTURED: LiteralString = """cross join lateral (
  select 0 as stars from pentagram.creations c where c.request_id = r.id limit 1) rated"""
# All of the person's pictures at once: request by request would be a look at the index for each.
RATED: LiteralString = """join (
  select c.request_id, coalesce(max(c.rating), 0)::int as stars from pentagram.creations c
  where c.account_id = %(by)s group by c.request_id) rated on rated.request_id = r.id"""
# Those that were found by what they mean come first, in their order; the newest of the others after them.
RANK: LiteralString = "coalesce(array_position(%(like_it)s::uuid[], {}), 2147483647)"
ORDERS: dict[Sort, _Order] = {
    "best match": _Order(
        PICTURED,
        f"({RANK.format('r.id')}, %(last)s) > ({RANK.format('%(last)s')}, r.id)",
        f"{RANK.format('r.id')}, r.id desc",
    ),
    "newest": _Order(PICTURED, "r.id < %(last)s", "r.id desc"),
    "oldest": _Order(PICTURED, "r.id > %(last)s", "r.id"),
    "best rated": _Order(RATED, "(rated.stars, r.id) < (%(stars)s, %(last)s)", "rated.stars desc, r.id desc"),
}
FOUND: LiteralString = """
where r.account_id = %(by)s
  and (%(text)s = '' or position(lower(%(text)s) in lower(r.prompt)) > 0 or r.id = any(%(like_it)s))
  and (%(model)s = '' or r.model = %(model)s or exists (
    select from pentagram.creations c where c.request_id = r.id and c.model = %(model)s))
  and (%(since)s::date is null or r.created_at >= %(since)s::date)
  and (%(until)s::date is null or r.created_at < %(until)s::date + 1)
"""


@dataclass(frozen=True)
class Filter:
    text: str = ""
    """Stands somewhere in the prompt, in capitals or not."""
    show: Show = "all"
    model: str = ""
    since: date | None = None
    until: date | None = None
    """Both days included, UTC."""
    sort: Sort = "best match"
    """Where nothing is looked for, the newest match best."""


@dataclass(frozen=True)
class Change:
    """A stretch of words that one version of a prompt has in common with the one before it, lost or gained."""

    words: str
    kind: Literal["same", "lost", "gained"]


@dataclass(frozen=True)
class Version:
    request: Request
    changes: tuple[Change, ...]
    """Against the version that it came from; empty for the first."""


@dataclass(frozen=True)
class Day:
    """What painting came to on one day, UTC."""

    day: date
    pictures: int
    gpu_seconds: float
    cost_usd: Decimal


@dataclass(frozen=True)
class Usage:
    days: tuple[Day, ...]
    """Every day of the month so far."""

    @property
    def pictures(self) -> int:
        return sum(each.pictures for each in self.days)

    @property
    def cost_usd(self) -> Decimal:
        return sum((each.cost_usd for each in self.days), Decimal(0))


@dataclass(frozen=True)
class _Place:
    id: UUID
    stars: int


class History:
    def __init__(self, db: Database, studio: Studio, clock: Clock) -> None:
        self._db = db
        self._studio = studio
        self._clock = clock

    def page(
        self, *, by: Account, wanted: Filter = Filter(), like_it: Sequence[UUID] = (), after: str | None = None,
        limit: int = PAGE,
    ) -> Page[Request]:  # fmt: skip
        """Of one's own requests those that pass the filter. Those in `like_it`, the best match first, pass for its text
        whatever they say: they mean the same."""
        order = ORDERS[_checked(wanted).sort]
        stars, last = place_of(after, int, UUID)
        places = self._db.rows(
            _Place,
            f"""select r.id, rated.stars from pentagram.requests r {order.rated} {FOUND} and {SHOWN[wanted.show]}
              and (%(last)s::uuid is null or {order.beyond})
            order by {order.by} limit %(limit)s""",
            by=by.id, text=wanted.text.strip(), model=wanted.model, since=wanted.since, until=wanted.until,
            stars=stars, last=last, limit=limit + 1, like_it=list(like_it),
        )  # fmt: skip
        page = page_of(places, limit, lambda place: (place.stars, place.id))
        return Page(self._studio.of_ids([place.id for place in page.items], by=by), page.next)

    def models(self, *, by: Account) -> list[str]:
        """Those that painted for this person, the most used first."""
        return self._db.values(
            """select model from pentagram.creations where account_id = %(by)s and model <> ''
            group by model order by count(*) desc, model""",
            by=by.id,
        )

    def keep(self, request_id: object, *, by: Account, favourite: bool) -> None:
        """Make a prompt a favourite, or one no more."""
        self._own(
            self._db.execute(
                "update pentagram.requests set favourite = %(favourite)s where id = %(id)s and account_id = %(by)s",
                favourite=favourite, id=parse_id(request_id, "request"), by=by.id,
            )
        )  # fmt: skip

    def rate(self, creation_id: object, *, by: Account, stars: int | None) -> None:
        """Give a picture of one's own 1 to 5 stars, or take them back."""
        if stars is not None and not 1 <= stars <= MOST_STARS:
            raise UserError(f"A picture is rated with 1 to {MOST_STARS} stars.")
        self._own(
            self._db.execute(
                """update pentagram.creations set rating = %(stars)s
                where id = %(id)s and account_id = %(by)s and state = 'ready'""",
                stars=stars, id=parse_id(creation_id, "picture"), by=by.id,
            )
        )  # fmt: skip

    def versions(self, request_id: object, *, by: Account) -> list[Version]:
        """The thread of prompts that this one is part of, the first one first, with what each changed."""
        ids = self._db.values(THREAD, id=parse_id(request_id, "request"), by=by.id, most=MOST_VERSIONS)
        requests = sorted(self._studio.of_ids(ids, by=by), key=lambda request: request.id)
        if not requests:
            raise NotFound("There is no such request among yours.")
        known = {request.id: request for request in requests}
        return [Version(request, _changes(_parent(request, known), request)) for request in requests]

    def usage(self, *, by: Account) -> Usage:
        """Of this month, UTC: pictures, GPU-seconds and dollars for each day."""
        today = self._clock.now().date()
        first = today.replace(day=1)
        booked = {
            day.day: day
            for day in self._db.rows(
                Day,
                """select (booked_at at time zone 'UTC')::date as day, count(creation_id)::int as pictures,
                  coalesce(sum(gpu_seconds), 0)::float as gpu_seconds, coalesce(sum(cost_usd), 0) as cost_usd
                from pentagram.ledger where account_id = %(by)s and booked_at >= %(first)s::date at time zone 'UTC'
                group by 1""",
                by=by.id, first=first,
            )
        }  # fmt: skip
        days = [first + timedelta(days=number) for number in range((today - first).days + 1)]
        return Usage(tuple(booked.get(day, Day(day, 0, 0.0, Decimal(0))) for day in days))

    def delete(self, creation_ids: Sequence[object], *, by: Account) -> int:
        """Remove several pictures; those in posts stay, and how many went is told."""
        gone = 0
        for creation_id in _few(creation_ids):
            with suppress(UserError):
                self._studio.delete(creation_id, by=by)
                gone += 1
        return gone

    def _own(self, changed: int) -> None:
        if not changed:
            raise NotFound("There is no such thing among yours.")


THREAD: LiteralString = """
with recursive up (id, parent_id, steps) as (
  select id, parent_id, 0 from pentagram.requests where id = %(id)s and account_id = %(by)s
  union all
  select r.id, r.parent_id, up.steps + 1 from up join pentagram.requests r on r.id = up.parent_id
  where r.account_id = %(by)s and up.steps < %(most)s),
down (id, steps) as (
  select id, 0 from (select id from up order by steps desc limit 1) top
  union all
  select r.id, down.steps + 1 from down join pentagram.requests r on r.parent_id = down.id
  where r.account_id = %(by)s and down.steps < %(most)s)
select id from down order by steps, id limit %(most)s
"""


def _checked(wanted: Filter) -> Filter:
    if wanted.show not in get_args(Show) or wanted.sort not in get_args(Sort):
        raise UserError("There is no such way to look at your prompts.")
    if len(wanted.text) > LONGEST_SEARCH:
        raise UserError(f"Look for at most {LONGEST_SEARCH} characters.")
    return wanted


def _few(ids: Sequence[object]) -> Sequence[object]:
    if len(ids) > MOST_AT_ONCE:
        raise UserError(f"Choose at most {MOST_AT_ONCE} pictures at a time.")
    return ids


def _parent(request: Request, known: Mapping[UUID, Request]) -> Request | None:
    return known.get(request.parent_id) if request.parent_id else None


def _changes(before: Request | None, after: Request) -> tuple[Change, ...]:
    if before is None:
        return ()
    old, new = (re.findall(r"\S+\s*", request.prompt) for request in (before, after))
    # A word that is no longer the last one is the same word.
    lost, gained = ([word.rstrip() for word in words] for words in (old, new))
    changes: list[Change] = []
    for what, i, j, k, m in difflib.SequenceMatcher(None, lost, gained, autojunk=False).get_opcodes():
        if what == "equal":
            changes.append(Change("".join(new[k:m]), "same"))
        if what in ("delete", "replace"):
            changes.append(Change("".join(old[i:j]), "lost"))
        if what in ("insert", "replace"):
            changes.append(Change("".join(new[k:m]), "gained"))
    return tuple(changes)
