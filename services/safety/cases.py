"""The queue: everything that waits for a moderator, the most urgent first, with what there is to know about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, LiteralString
from uuid import UUID

from services.errors import NotFound
from services.ids import parse_id
from services.pages import Page, page_of, place_of
from services.platform.database import Database
from services.safety.moderators import Somebody, check_moderates

PAGE = 20
MOST_ON_A_PAGE = 100
MOST_COUNTED = 100
MOST_REPORTS = 50

Kind = Literal["post", "comment", "account", "collection", "appeal", "prompt"]


@dataclass(frozen=True)
class Case:
    """One thing that waits for a decision, or waited for it."""

    id: UUID
    kind: Kind
    urgency: int
    opened_at: datetime
    decided_at: datetime | None
    post_id: UUID | None
    comment_id: UUID | None
    account_id: UUID | None
    collection_id: UUID | None
    appeal_id: UUID | None
    person_id: UUID
    """Whose it is."""
    person: str
    person_role: str
    text: str
    """What it says: a caption or prompt, a comment, a bio, a title, what somebody appeals with."""
    reports: int
    """Open ones; 0 for an appeal."""
    reasons: list[str]
    """Of those, each once, the most frequent first."""
    shows_child: bool
    """Reported or removed as showing a sexualised minor: its pictures are kept from everybody's eyes."""


@dataclass(frozen=True)
class Report:
    reason: str
    note: str
    by_system: bool
    created_at: datetime


@dataclass(frozen=True)
class Picture:
    thumbnail_key: str
    alt: str


@dataclass(frozen=True)
class Appealed:
    """What an appeal is against, and what it says."""

    decision_id: UUID | None
    """None for a prompt that the gate blocked."""
    verdict: str
    category: str
    reason: str
    before: str
    """Why it was decided about a deleted account, where it was carried over from one."""
    moderator_id: UUID | None
    prompt: str | None
    decided_at: datetime | None
    post_id: UUID | None
    comment_id: UUID | None


@dataclass(frozen=True)
class Words:
    """What stands round the pictures or the comment."""

    prompt: str
    caption: str
    body: str
    answers: str
    """The comment that it answers, or where there is none what the post says that it stands under."""
    title: str
    """Of a collection; else the display name, as `description` is the bio."""
    description: str
    is_board: bool
    visibility: str
    sensitive: bool
    removed: bool
    deleted: bool
    created_at: datetime
    under_post: UUID | None
    avatar_key: str | None


@dataclass(frozen=True)
class Context:
    case: Case
    reports: list[Report]
    words: Words | None
    """None for a blocked prompt."""
    pictures: list[Picture]
    """Never any of what shows a child."""
    appealed: Appealed | None


# Of a report `r`: that the house noticed it itself. Of whoever left, the note is gone.
BY_SYSTEM: LiteralString = "(r.reporter_id is null and r.note <> '')"
# What a case is about, for an appeal what the decision was about. `k` is the case, `d` the decision appealed against.
ABOUT: LiteralString = """
from pentagram.cases k
left join pentagram.appeals e on e.id = k.appeal_id
left join pentagram.decisions d on d.id = e.decision_id
cross join lateral (select coalesce(k.post_id, d.post_id) as post_id,
  coalesce(k.comment_id, d.comment_id) as comment_id, coalesce(k.collection_id, d.collection_id) as collection_id) t
left join pentagram.posts p on p.id = t.post_id
left join pentagram.comments c on c.id = t.comment_id
left join pentagram.collections b on b.id = t.collection_id
join pentagram.accounts a on a.id = coalesce(e.account_id, k.account_id, p.account_id, c.account_id, b.account_id)
left join lateral (
  select r.prompt from pentagram.post_pictures pp join pentagram.creations n on n.id = pp.creation_id
  join pentagram.requests r on r.id = n.request_id where pp.post_id = t.post_id and pp.position = 0
) first on true
"""
CASES: LiteralString = f"""
select k.id, k.urgency, k.opened_at, k.decided_at, k.post_id, k.comment_id, k.account_id, k.collection_id, k.appeal_id,
  case when e.prompt is not null then 'prompt' when k.appeal_id is not null then 'appeal'
    when k.post_id is not null then 'post' when k.comment_id is not null then 'comment'
    when k.collection_id is not null then 'collection' else 'account' end as kind,
  a.id as person_id, a.name as person, a.role as person_role,
  coalesce(e.prompt, nullif(e.body, ''), c.body, b.title, nullif(p.caption, ''), first.prompt, a.bio) as text,
  told.reports, told.reasons, coalesce(d.rule, '') = 'minors' or e.category = 'minors'
    or 'minors' = any(told.reasons) as shows_child
{ABOUT}
cross join lateral (
  select coalesce(sum(each.number), 0)::integer as reports,
    coalesce(array_agg(each.reason order by each.number desc, each.reason), '{{}}') as reasons
  from (select r.reason, count(*) as number from pentagram.reports r
    where coalesce(r.account_id, r.post_id, r.comment_id, r.collection_id)
      = coalesce(k.account_id, k.post_id, k.comment_id, k.collection_id) and r.state = 'open'
    group by r.reason) each
) told
"""
OPEN: LiteralString = "k.decided_at is null"
QUEUE: LiteralString = f"""{CASES} where {OPEN}
  and (%(last)s::uuid is null or (-k.urgency, k.id) > (%(urgency)s::integer, %(last)s))
order by -k.urgency, k.id limit %(most)s"""
WORDS: LiteralString = f"""
select coalesce(first.prompt, '') as prompt, coalesce(p.caption, '') as caption, coalesce(c.body, '') as body,
  coalesce(b.title, a.display_name) as title, coalesce(b.description, a.bio) as description,
  coalesce(p.visibility, case when b.is_public then 'public' when b.id is not null then 'private' end, '')
    as visibility,
  coalesce(p.sensitive, false) as sensitive,
  coalesce(p.removed_at, c.removed_at, b.removed_at) is not null as removed,
  coalesce(p.deleted_at, c.deleted_at, b.deleted_at) is not null as deleted,
  coalesce(p.created_at, c.created_at, b.created_at, a.created_at) as created_at, c.post_id as under_post,
  coalesce((select o.body from pentagram.comments o where o.id = c.parent_id),
    (select nullif(o.caption, '') from pentagram.posts o where o.id = c.post_id), (
    select r.prompt from pentagram.post_pictures pp join pentagram.creations n on n.id = pp.creation_id
    join pentagram.requests r on r.id = n.request_id where pp.post_id = c.post_id and pp.position = 0), '') as answers,
  b.id is not null as is_board,
  case when coalesce(p.id, c.id, b.id) is null then
    (select face.thumbnail_key from pentagram.creations face where face.id = a.avatar_id) end as avatar_key
{ABOUT} where k.id = %(id)s and e.prompt is null
"""
PICTURES: LiteralString = f"""
select n.thumbnail_key, coalesce(nullif(pp.alt, ''), r.prompt) as alt
{ABOUT} join pentagram.post_pictures pp on pp.post_id = t.post_id
join pentagram.creations n on n.id = pp.creation_id and n.state = 'ready'
join pentagram.requests r on r.id = n.request_id
where k.id = %(id)s order by pp.position
"""
REPORTS: LiteralString = f"""
select r.reason, r.note, {BY_SYSTEM} as by_system, r.created_at
from pentagram.cases k join pentagram.reports r on coalesce(r.account_id, r.post_id, r.comment_id, r.collection_id)
  = coalesce(k.account_id, k.post_id, k.comment_id, k.collection_id)
where k.id = %(id)s and r.state = 'open' order by r.urgency desc, r.id limit %(most)s
"""
APPEALED: LiteralString = """
select e.decision_id, coalesce(d.verdict, 'block') as verdict, coalesce(d.rule, e.category) as category,
  coalesce(d.reason, '') as reason, coalesce(o.reason, '') as before, d.moderator_id, e.prompt,
  d.created_at as decided_at, d.post_id, d.comment_id
from pentagram.appeals e left join pentagram.decisions d on d.id = e.decision_id
left join pentagram.decisions o on o.id = d.follows where e.id = %(id)s
"""


class Queue:
    def __init__(self, db: Database) -> None:
        self._db = db

    def page(self, *, by: Somebody, after: str | None = None, limit: int = PAGE) -> Page[Case]:
        """The most urgent first, among equals whatever waits longest."""
        check_moderates(by)
        urgency, last = place_of(after, int, UUID)
        limit = max(1, min(limit, MOST_ON_A_PAGE))
        cases = self._db.rows(Case, QUEUE, urgency=urgency, last=last, most=limit + 1)
        return page_of(cases, limit, lambda case: (-case.urgency, case.id))

    def count(self, *, by: Somebody) -> int:
        """How much waits, counted up to `MOST_COUNTED`."""
        check_moderates(by)
        return int(
            self._db.value(
                f"select count(*) from (select from pentagram.cases k where {OPEN} limit %(most)s) open",
                most=MOST_COUNTED,
            )
        )

    def context(self, case_id: object, *, by: Somebody) -> Context:
        """All that helps to decide. Pictures that were reported as showing a child are nobody's to look at."""
        check_moderates(by)
        case = self._db.row(Case, f"{CASES} where k.id = %(id)s", id=parse_id(case_id, "case"))
        if case is None:
            raise NotFound("There is no such case: it was deleted, or never was.")
        return Context(
            case,
            self._db.rows(Report, REPORTS, id=case.id, most=MOST_REPORTS),
            self._db.row(Words, WORDS, id=case.id),
            [] if case.shows_child else self._db.rows(Picture, PICTURES, id=case.id),
            self._db.row(Appealed, APPEALED, id=case.appeal_id) if case.appeal_id else None,
        )

    def next(self, *, by: Somebody, after: Case | None = None) -> Case | None:
        """What comes after this one in the queue, from its beginning where nothing does."""
        place = (-after.urgency, after.id) if after else (None, None)
        check_moderates(by)
        found = self._db.row(Case, QUEUE, urgency=place[0], last=place[1], most=1)
        return found if found or after is None else self.next(by=by)
