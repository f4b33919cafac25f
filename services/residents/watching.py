"""What can be seen of the society: what happens and why, who follows whom, when they are about, and what it costs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import LiteralString
from uuid import UUID

from services.community.accounts import Account
from services.community.people import THERE
from services.community.posts import LISTED
from services.errors import NotFound
from services.pages import Page, page_of, place_of
from services.platform.database import Database
from services.residents.reasons import Reasons, sentence
from services.residents.roster import Roster
from services.residents.ties import Warmth
from services.studio import styles

PAGE = 20
MOST_ON_A_PAGE = 60
MOST_NEWER = 30
MOST_NODES = 80
MOST_NEIGHBOURS = 40
"""Of one resident, among whom people are looked for who belong on the graph."""
MOST_ROUNDS = 20
MOST_NAMED = 20

# In the order of the page, with what stands for it in a filter.
KINDS: Mapping[str, str] = {
    "post": "Posts", "remix": "Remixes", "comment": "Comments", "answer": "Answers", "like": "Likes", "save": "Saves",
    "follow": "Follows", "unfollow": "Unfollows", "look": "Visits", "face": "Profile pictures",
    "sum_up": "Days recalled",
}  # fmt: skip
SEEN_DEEDS = "deeds"
"""A kind for all that others can see: neither visits nor days recalled."""

# A post or an account that this viewer may not see is not there for them: the action stays, without a name.
TIMELINE: LiteralString = f"""
select x.id, a.name, a.display_name, a.demo, face.thumbnail_key as avatar_key, x.kind, x.state, x.happened_at,
  case when (x.post_id is null or post.id is not null) and (x.other_id is null or other.name is not null)
    then x.reasons || jsonb_strip_nulls(jsonb_build_object('why', x.details #> '{{{{idea,why}}}}'))
    else (select coalesce(jsonb_object_agg(k, v), jsonb_build_object()) from jsonb_each(x.reasons) r (k, v)
      where jsonb_typeof(v) = 'number') end as reasons,
  post.id as post_id, post.thumbnail_key, coalesce(post.alt, '') as alt, post.author,
  other.name as other,
  case when post.id is not null then (select m.body from pentagram.comments m
    where m.id = x.comment_id and m.account_id = x.account_id and m.deleted_at is null and m.removed_at is null)
    end as comment
from pentagram.resident_actions x join pentagram.accounts a on a.id = x.account_id
left join pentagram.creations face on face.id = a.avatar_id
left join lateral (
  select p.id, author.name as author, pp.alt, c.thumbnail_key
  from pentagram.posts p join pentagram.accounts author on author.id = p.account_id
  join pentagram.post_pictures pp on pp.post_id = p.id and pp.position = 0
  join pentagram.creations c on c.id = pp.creation_id
  where p.id = x.post_id and {LISTED}) post on true
left join lateral (select a.name from pentagram.accounts a where a.id = x.other_id and {THERE}) other on true
where {THERE} and (%(last)s::uuid is null or x.id < %(last)s) and {{wanted}}
order by x.id desc limit %(most)s
"""
NEWER: LiteralString = f"""select count(*) from (
  select from pentagram.resident_actions x join pentagram.accounts a on a.id = x.account_id
  where {THERE} and (%(than)s::uuid is null or x.id > %(than)s) and {{wanted}} limit %(most)s) newer"""

HAPPENED: LiteralString = """
select date_trunc('hour', x.happened_at at time zone 'UTC') as hour, x.kind, count(*) as actions
from pentagram.resident_actions x where x.happened_at >= %(since)s and x.state in ('waiting', 'done')
group by 1, 2 order by 1, 2
"""

# What painting really cost stands in the ledger; what was held back for it and not booked yet is not in here.
BOOKED: LiteralString = """
with booked as (
  select s.account_id, s.booked_at, s.pictures, s.tokens, case when s.kind = 'words' then s.usd else 0 end as usd
  from pentagram.resident_spending s where s.booked_at >= %(since)s
  union all
  select l.account_id, l.booked_at, 0, 0, l.cost_usd from pentagram.ledger l
  join pentagram.residents r on r.account_id = l.account_id where l.booked_at >= %(since)s
)
"""
BY_HOUR: LiteralString = f"""{BOOKED}
select date_trunc('hour', booked_at at time zone 'UTC') at time zone 'UTC' as begins, sum(pictures)::int as pictures,
  sum(tokens)::int as tokens, sum(usd) as usd
from booked group by 1 order by 1
"""
BY_RESIDENT: LiteralString = f"""{BOOKED}
select a.name, sum(b.pictures)::int as pictures, sum(b.tokens)::int as tokens, sum(b.usd) as usd
from booked b join pentagram.accounts a on a.id = b.account_id
group by a.id, a.name order by usd desc, tokens desc, a.name limit %(most)s
"""
POSTED: LiteralString = """select count(*) from pentagram.resident_actions x
where x.happened_at >= %(began)s and x.kind in ('post', 'remix') and x.state = 'done'"""

LIVING = "r.state <> 'retired'"
# The best connected residents, and beside them the people that several of those know.
NODES: LiteralString = f"""
with known as (
  select a.id, n.followers + n.following as size from pentagram.residents r
  join pentagram.accounts a on a.id = r.account_id join pentagram.account_counts n on n.account_id = a.id
  where {LIVING} and {THERE} order by size desc, a.id limit %(most)s
), beside as (
  select near.id from known cross join lateral (
    (select f.followed_id as id from pentagram.follows f where f.follower_id = known.id limit %(near)s)
    union (select f.follower_id from pentagram.follows f where f.followed_id = known.id limit %(near)s)) near
  where not exists (select from pentagram.residents r where r.account_id = near.id)
  group by near.id order by count(*) desc, near.id limit %(most)s
)
select a.id, a.name, a.display_name, a.kind, n.followers
from pentagram.accounts a join pentagram.account_counts n on n.account_id = a.id
where (a.id in (select id from known) or a.id in (select id from beside)) and {THERE}
"""
FOLLOWS: LiteralString = """select f.follower_id as source, f.followed_id as target from pentagram.follows f
where f.follower_id = any(%(ids)s) and f.followed_id = any(%(ids)s)"""
AMONG_THEM: LiteralString = """
select follower.name as follower, followed.name as followed from pentagram.follows f
join pentagram.residents r on r.account_id = f.follower_id join pentagram.residents o on o.account_id = f.followed_id
join pentagram.accounts follower on follower.id = f.follower_id
join pentagram.accounts followed on followed.id = f.followed_id
where r.state <> 'retired' and o.state <> 'retired' order by 1, 2"""

TIES: LiteralString = f"""
select a.name, a.display_name, a.kind, a.demo, t.warmth, t.meetings, t.last_at
from pentagram.resident_ties t join pentagram.accounts a on a.id = t.other_id
where t.account_id = (select id from pentagram.accounts where name = %(name)s) and {THERE}
order by t.warmth desc limit %(most)s
"""
MEMORIES: LiteralString = """
select m.id, m.kind, m.body, m.weight, m.happened_at from pentagram.resident_memories m
where m.account_id = (select id from pentagram.accounts where name = %(name)s)
  and (%(last)s::uuid is null or m.id < %(last)s)
order by m.id desc limit %(most)s
"""


@dataclass(frozen=True)
class Entry:
    """Something that a resident did or is about to do, as one viewer may know of it."""

    id: UUID
    name: str
    display_name: str
    demo: bool
    avatar_key: str | None
    kind: str
    state: str
    happened_at: datetime
    """By the society's clock."""
    reasons: Reasons
    post_id: UUID | None
    """None where there is none, and where this viewer may not find it in their lists."""
    thumbnail_key: str | None
    alt: str
    author: str | None
    """Who made the post."""
    other: str | None
    """Whom it was about, beside the post's author."""
    comment: str | None


@dataclass(frozen=True)
class Hour:
    hour: datetime
    """As it was in UTC, without a zone."""
    kind: str
    actions: int


@dataclass(frozen=True)
class Activity:
    hours: Sequence[Hour]

    @property
    def by_hour(self) -> list[int]:
        """How many actions fell into each of the 24 hours of the day."""
        counts = Counter[int]()
        for each in self.hours:
            counts[each.hour.hour] += each.actions
        return [counts[hour] for hour in range(24)]

    @property
    def by_day(self) -> dict[date, Counter[str]]:
        days: dict[date, Counter[str]] = defaultdict(Counter)
        for each in self.hours:
            days[each.hour.date()][each.kind] += each.actions
        return dict(days)

    @property
    def by_kind(self) -> Counter[str]:
        kinds = Counter[str]()
        for each in self.hours:
            kinds[each.kind] += each.actions
        return kinds


@dataclass(frozen=True)
class HourOfCost:
    begins: datetime
    pictures: int
    tokens: int
    usd: Decimal


@dataclass(frozen=True)
class CostOfOne:
    name: str
    pictures: int
    tokens: int
    usd: Decimal


@dataclass(frozen=True)
class Costs:
    hours: Sequence[HourOfCost]
    residents: Sequence[CostOfOne]
    """Those who cost most."""
    posts: int
    """That were made in that time."""

    @property
    def usd(self) -> Decimal:
        return sum((each.usd for each in self.hours), Decimal(0))

    @property
    def pictures(self) -> int:
        return sum(each.pictures for each in self.hours)

    @property
    def tokens(self) -> int:
        return sum(each.tokens for each in self.hours)

    @property
    def usd_a_post(self) -> Decimal | None:
        return self.usd / self.posts if self.posts else None


@dataclass(frozen=True)
class Node:
    id: UUID
    name: str
    display_name: str
    kind: str
    followers: int
    """Of all, drawn here or not."""


@dataclass(frozen=True)
class Edge:
    source: UUID
    target: UUID


@dataclass(frozen=True)
class Graph:
    nodes: Sequence[Node]
    edges: Sequence[Edge]
    communities: Mapping[UUID, int]
    """Of each node, the largest first; who belongs to none has one of their own."""
    is_partial: bool
    """Whether there are residents who are not on it."""


@dataclass(frozen=True)
class Tie(Warmth):
    name: str
    display_name: str
    kind: str
    demo: bool


@dataclass(frozen=True)
class Memory:
    id: UUID
    kind: str
    body: str
    weight: float
    happened_at: datetime


@dataclass(frozen=True)
class Into:
    """What a resident is into by now, for everybody to know."""

    interests: Sequence[tuple[str, float]]
    """Topics and how much each counts, from 0 to 1, the strongest first."""
    looks: Sequence[str]
    palettes: Sequence[str]
    subjects: Sequence[str]
    opinion: str
    state: str


class Watching:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._roster = Roster(db)

    def timeline(
        self, *, viewer: Account | None, resident: str | None = None, kind: str | None = None, after: str | None = None,
        limit: int = PAGE,
    ) -> Page[Entry]:  # fmt: skip
        """What happened, the latest first."""
        limit = min(limit, MOST_ON_A_PAGE)
        [last] = place_of(after, UUID)
        found = self._db.rows(
            Entry, TIMELINE.format(wanted=_wanted(resident, kind)), viewer=viewer and viewer.id,
            resident=self._id_of(resident), kind=kind, last=last, most=limit + 1,
        )  # fmt: skip
        return page_of(found, limit, lambda entry: (entry.id,))

    def newer_count(
        self, than: UUID | None, *, viewer: Account | None, resident: str | None = None, kind: str | None = None
    ) -> int:
        """How much happened since then, counted up to `MOST_NEWER`."""
        return int(
            self._db.value(
                NEWER.format(wanted=_wanted(resident, kind)), than=than, viewer=viewer and viewer.id,
                resident=self._id_of(resident), kind=kind, most=MOST_NEWER,
            )
        )  # fmt: skip

    def activity(self, since: datetime) -> Activity:
        """By the society's clock."""
        return Activity(self._db.rows(Hour, HAPPENED, since=since))

    def costs(self, since: datetime, began: datetime) -> Costs:
        """Money is spent in real time; `began` is when that was by the society's clock, in which posts are counted."""
        return Costs(
            self._db.rows(HourOfCost, BY_HOUR, since=since),
            self._db.rows(CostOfOne, BY_RESIDENT, since=since, most=MOST_NAMED),
            int(self._db.value(POSTED, began=began)),
        )

    def graph(self, *, viewer: Account | None, most: int = MOST_NODES) -> Graph:
        """Who follows whom among the best connected residents and those whom they know."""
        found = self._db.rows(Node, NODES, viewer=viewer and viewer.id, most=most, near=MOST_NEIGHBOURS)
        followers = {node.id: node.followers for node in found}
        edges = self._db.rows(Edge, FOLLOWS, ids=list(followers))
        nodes = _best_connected(found, edges, most)
        there = {node.id for node in nodes}
        edges = [edge for edge in edges if edge.source in there and edge.target in there]
        living = int(self._db.value(f"select count(*) from pentagram.residents r where {LIVING}"))
        shown = sum(node.kind == "resident" for node in nodes)
        return Graph(nodes, edges, communities([node.id for node in nodes], edges), is_partial=shown < living)

    def follows(self) -> list[tuple[str, str]]:
        """Which residents follow which, by name: what a world file says of it."""
        return [(each.follower, each.followed) for each in self._db.rows(_Follow, AMONG_THEM)]

    def ties(self, name: str, *, viewer: Account | None, most: int = MOST_NAMED) -> list[Tie]:
        """Whom a resident knows, the closest first."""
        return self._db.rows(Tie, TIES, name=name, viewer=viewer and viewer.id, most=most)

    def memories(self, name: str, *, after: str | None = None, limit: int = PAGE) -> Page[Memory]:
        """For the operator: people are in it who did not choose to be."""
        [last] = place_of(after, UUID)
        found = self._db.rows(Memory, MEMORIES, name=name, last=last, most=limit + 1)
        return page_of(found, limit, lambda memory: (memory.id,))

    def into(self, account_id: UUID) -> Into | None:
        """None for whoever is no resident of the society."""
        found = self._roster.of_id(account_id)
        if found is None:
            return None
        look, interests = found.persona.aesthetic, found.now.interests
        return Into(
            sorted(((each.topic, each.weight) for each in interests), key=lambda each: -each[1]),
            [styles.BY_ID[style].title if style in styles.BY_ID else style for style in look.styles],
            look.palettes, look.subjects, found.persona.opinions[0], found.state,
        )  # fmt: skip

    def _id_of(self, name: str | None) -> UUID | None:
        if name is None:
            return None
        found: UUID | None = self._db.value(
            """select a.id from pentagram.accounts a join pentagram.residents r on r.account_id = a.id
            where a.name = %(name)s""",
            name=name,
        )
        if found is None:
            raise NotFound(f"There is no resident called {name}.")
        return found


@dataclass(frozen=True)
class _Follow:
    follower: str
    followed: str


def why(entry: Entry) -> str:
    """In a sentence; empty where nothing is known of it."""
    return sentence(entry.kind, entry.state, entry.reasons)


def _wanted(resident: str | None, kind: str | None) -> LiteralString:
    return (
        ("x.account_id = %(resident)s and " if resident else "")
        + ("x.kind not in ('look', 'sum_up') and " if kind == SEEN_DEEDS else "x.kind = %(kind)s and " if kind else "")
        + "true"
    )  # fmt: skip


def _best_connected(nodes: Sequence[Node], edges: Iterable[Edge], most: int) -> list[Node]:
    degrees = Counter(end for edge in edges for end in (edge.source, edge.target))
    return sorted(nodes, key=lambda node: (-degrees[node.id], -node.followers, node.name))[:most]


def communities(nodes: Sequence[UUID], edges: Iterable[Edge]) -> dict[UUID, int]:
    """By label propagation: each takes the label that most of those around them have, until nobody changes theirs. Who
    follows whom does not matter here, that both do counts twice."""
    around: dict[UUID, list[UUID]] = defaultdict(list)
    for edge in edges:
        around[edge.source].append(edge.target)
        around[edge.target].append(edge.source)
    labels = {node: place for place, node in enumerate(nodes)}
    for _ in range(MOST_ROUNDS):
        changed = False
        for node in nodes:
            label = _commonest(labels[near] for near in around[node]) if around[node] else labels[node]
            changed |= label != labels[node]
            labels[node] = label
        if not changed:
            break
    by_size = Counter(labels.values()).most_common()
    places = {label: place for place, (label, _) in enumerate(by_size)}
    return {node: places[label] for node, label in labels.items()}


def _commonest(labels: Iterable[int]) -> int:
    counts = Counter(labels)
    return min(counts, key=lambda label: (-counts[label], label))
