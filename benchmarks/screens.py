"""What the database takes to answer the screens where a million posts are: `screens.py LARGE SMALL`, two homes that
`populate.py` filled, by default with 1,000,000 and `--posts 10000`.

Each screen asks the services what it asks them when a page is opened, for some hundred visits of different people.
Beside it stands the obvious way to get the same from the same tables: OFFSET, a query a card, count(*). Nobody's visit
is made twice, so what it reads may be out of Postgres' own memory. "More like this" is left out: it is a search.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import psycopg
from psycopg import Connection

from benchmarks.harness import print_table
from benchmarks.populate import KEEN, KEEN_FOLLOWS
from services import bootstrap
from services.bootstrap import Pentagram
from services.community import collections, comments, notifications, people
from services.community.accounts import Account
from services.community.comments import Order
from services.community.feeds import FOLLOWED, FROM_THEM, PAGE, Kind, Tab
from services.community.posts import FROM, LISTED, MOST_RELATIVES, SHOWN, VISIBLE
from services.errors import NotFound
from services.pages import cursor
from services.platform.database import Database
from services.platform.embedded import EmbeddedPostgres
from services.settings import Settings
from services.studio import studio
from services.studio.history import Filter

VISITS = 150
OBVIOUS_VISITS = 25
EXTREME_VISITS = 40
UNTIMED = 3
MOST_P95_S = 0.05
MOST_GROWTH = 2.0
NOW = datetime(2026, 11, 24, tzinfo=UTC)
"""When the populated town ends: what was painted this month was painted this month."""
MORE_OF_AUTHOR = 13
RARE_WORD = "observatory"


class Then:
    def now(self) -> datetime:
        return NOW


class Counted(psycopg.Cursor[Any]):
    """Every statement, however the services came to send it."""

    statements = 0

    def execute(self, *args: Any, **options: Any) -> Counted:
        Counted.statements += 1
        return super().execute(*args, **options)


class CountedDatabase(Database):
    def fetched(self, sql: str, **asked: Any) -> list[tuple[Any, ...]]:
        with self._connection() as connection:
            return connection.execute(sql, asked).fetchall()

    @contextmanager
    def _connection(self, wait_s: float | None = None) -> Iterator[Connection[Any]]:
        with super()._connection(wait_s) as connection:
            connection.cursor_factory = Counted
            try:
                yield connection
            finally:
                # The pool asks each connection whether it lives before it lends it again; no screen asked that.
                connection.cursor_factory = psycopg.Cursor


@dataclass(frozen=True)
class Visit:
    """Who looks at what."""

    viewer: Account
    session: str
    post_id: UUID
    author: str
    author_id: UUID
    board_id: UUID | None
    tag: str


# Who comes -----------------------------------------------------------------------------------------------------------

# A third each of those who like, of those who post, and of those who comment.
VIEWERS = """
select account_id from (
(select account_id from pentagram.likes tablesample system (5) repeatable (1)
  order by md5(account_id::text || post_id) limit %(third)s)
union all (select account_id from pentagram.posts tablesample system (20) repeatable (1)
  order by md5(id::text) limit %(third)s)
union all (select account_id from pentagram.comments tablesample system (20) repeatable (1)
  order by md5(id::text) limit %(third)s)
) viewers order by md5('mixed' || account_id)
"""
# Half of them as people come to a post, where it is liked much, half any.
SUBJECTS = """
select p.id as post_id, a.name, a.id, (
    select k.id from pentagram.collections k where k.account_id = p.account_id and k.is_public limit 1) as board_id,
  coalesce(p.tags[1], 'lighthouse') as tag
from pentagram.posts p join pentagram.accounts a on a.id = p.account_id
where p.visibility = 'public' and p.deleted_at is null and p.removed_at is null and p.id in (
  (select post_id from pentagram.likes tablesample system (5) repeatable (2)
    order by md5(post_id::text || account_id) limit %(half)s)
  union all (select id from pentagram.posts tablesample system (20) repeatable (2)
    order by md5(id::text) limit %(half)s))
order by md5(p.id::text)
"""


@dataclass
class Place:
    """A populated house and the visits that are made to it."""

    house: Pentagram
    visits: list[Visit]
    middles: dict[tuple[str, str], Start] = field(default_factory=dict)


@contextmanager
def place(home: Path) -> Iterator[Place]:
    server = EmbeddedPostgres(home)
    server.start()
    settings = Settings(PENTAGRAM_HOME=home, PENTAGRAM_SEED="off", PENTAGRAM_WORKER="off")
    house = bootstrap.build(settings, clock=Then(), db=CountedDatabase(server.conninfo))
    house.open()
    try:
        yield Place(house, visits(house))
    finally:
        house.close()
        server.stop()


def visits(house: Pentagram) -> list[Visit]:
    with psycopg.connect(house.db.conninfo()) as connection:
        viewers = connection.execute(VIEWERS, {"third": VISITS // 3}).fetchall()
        subjects = connection.execute(SUBJECTS, {"half": VISITS}).fetchall()
        names = dict(connection.execute("select id, name from pentagram.accounts where id = any(%s)",
                                        [[account for (account,) in viewers]]).fetchall())  # fmt: skip
    made = []
    for (account_id,), (post_id, author, author_id, board_id, tag) in zip(viewers, subjects, strict=False):
        viewer = house.accounts.named(names[account_id])
        session = house.accounts.begin_session(viewer)
        made.append(Visit(viewer, session, post_id, author, author_id, board_id, tag))
    return [visit for visit in made if is_welcome(house, visit)]


def is_welcome(house: Pentagram, visit: Visit) -> bool:
    """Whether neither of the two blocked the other, so that there is something to see."""
    try:
        house.posts.get(visit.post_id, viewer=visit.viewer)
        return not house.people.profile(visit.author, viewer=visit.viewer).blocked
    except NotFound:
        return False


# The obvious way -----------------------------------------------------------------------------------------------------

CARD = f"""
select p.*, a.name, a.display_name, c.thumbnail_key, r.prompt,
  (select count(*) from pentagram.likes l where l.post_id = p.id) as like_count,
  (select count(*) from pentagram.comments k where k.post_id = p.id and k.deleted_at is null and k.removed_at is null)
    as comment_count,
  (select count(distinct b.account_id) from pentagram.collection_posts s
    join pentagram.collections b on b.id = s.collection_id where s.post_id = p.id) as save_count,
  (select count(*) from pentagram.posts m where m.remix_of = p.id) as remix_count,
  exists (select from pentagram.likes l where l.post_id = p.id and l.account_id = %(viewer)s) as liked
{FROM} where p.id = %(id)s
"""
KIND = {
    "everyone": "true",
    "people": "(select kind from pentagram.accounts a where a.id = p.account_id) = 'person'",
    "residents": "(select kind from pentagram.accounts a where a.id = p.account_id) = 'resident'",
}
FORMULA = """ln(1 + p.like_count + 2 * p.comment_count + 3 * p.save_count + 4 * p.remix_count) / ln(2)
  + extract(epoch from p.created_at - timestamptz '2026-01-01 00:00:00+00') / 43200"""
# Whoever reads a million rows asks the same as sets: row by row, as a page of 12 is asked, it takes ten times as long.
AS_SETS = re.sub(r"\(select true from ((?:(?!select true).)+?)\) is not true", r"not exists (select from \1)", LISTED,
                 flags=re.DOTALL)  # fmt: skip
FRESH = f"select p.id from pentagram.posts p where {AS_SETS} and {{kind}} order by p.id desc"
TRENDING = f"select p.id from pentagram.posts p where {AS_SETS} and {{kind}} order by {FORMULA} desc, p.id desc"
FOLLOWING = f"""select p.id from pentagram.posts p where p.account_id in (select f.followed_id {FOLLOWED})
  and {FROM_THEM} and {{kind}} order by p.id desc"""
LISTS = {"for_you": FRESH, "fresh": FRESH, "trending": TRENDING, "following": FOLLOWING}
OF_ACCOUNT = f"select p.id from pentagram.posts p where p.account_id = %(account)s and {SHOWN} order by p.id desc"
TAGGED = f"""select p.id from pentagram.post_tags t join pentagram.posts p on p.id = t.post_id
  where t.tag = %(tag)s and {LISTED} order by p.id desc"""
ON_BOARD = f"""select p.id from pentagram.collection_posts s join pentagram.posts p on p.id = s.post_id
  join pentagram.collections k on k.id = s.collection_id where s.collection_id = %(board)s
  and {collections.ON_BOARD} order by s.rank, s.post_id"""
NOTICES = f"""select n.id from pentagram.notifications n where n.account_id = %(viewer)s and {notifications.SHOWN}
  order by n.newest_at desc, n.id desc"""
REQUESTS = (
    """select r.id from pentagram.requests r where r.account_id = %(viewer)s and {condition} order by r.id desc"""
)
NOT_POSTED = """not exists (select from pentagram.creations c join pentagram.post_pictures pp on pp.creation_id = c.id
  where c.request_id = r.id)"""
MODELS = "select distinct model from pentagram.creations where account_id = %(viewer)s"
USAGE = """select booked_at::date, count(*), sum(gpu_seconds), sum(cost_usd) from pentagram.ledger
where account_id = %(viewer)s and booked_at >= '2026-11-01' group by 1"""
TOPS = f"""select k.id from pentagram.comments k join pentagram.posts p on p.id = k.post_id
  where k.post_id = %(post)s and k.parent_id is null and {VISIBLE} order by k.id desc"""
COMMENT = """
select k.*, a.name, (select count(*) from pentagram.comment_likes l where l.comment_id = k.id) as likes,
  (select count(*) from pentagram.comments r where r.parent_id = k.id) as replies
from pentagram.comments k join pentagram.accounts a on a.id = k.account_id where k.id = %(id)s
"""
REPLIES = """select k.*, a.name from pentagram.comments k join pentagram.accounts a on a.id = k.account_id
  where k.parent_id = %(id)s order by k.id limit 3"""
NOTICE = """
select n.*, p.caption, (select count(*) from pentagram.likes l where l.post_id = n.post_id) as likes,
  (select c.thumbnail_key from pentagram.post_pictures pp join pentagram.creations c on c.id = pp.creation_id
    where pp.post_id = n.post_id and pp.position = 0) as thumbnail_key,
  (select name from pentagram.accounts a where a.id = n.actor_id) as actor
from pentagram.notifications n left join pentagram.posts p on p.id = n.post_id where n.id = %(id)s
"""
LIKERS = """select a.name from pentagram.notifications n join pentagram.likes l on l.post_id = n.post_id
  join pentagram.accounts a on a.id = l.account_id where n.id = %(id)s order by l.created_at desc limit 3"""
REQUEST = "select * from pentagram.requests where id = %(id)s"
CREATIONS = """select c.*, (select p.id from pentagram.post_pictures pp join pentagram.posts p on p.id = pp.post_id
  where pp.creation_id = c.id and p.deleted_at is null limit 1) as post_id
  from pentagram.creations c where c.request_id = %(id)s order by c.position"""
BOARD = f"""
select k.*, (select count(*) from pentagram.collection_posts s join pentagram.posts p on p.id = s.post_id
    where s.collection_id = k.id and {collections.ON_BOARD}) as post_count
from pentagram.collections k where k.id = %(id)s
"""
BOARDS = "select id from pentagram.collections k where k.account_id = %(viewer)s order by k.id desc"
PUBLIC_BOARDS = """select id from pentagram.collections k where k.account_id = %(account)s and k.is_public
  order by k.id desc"""
FOLLOWERS = """select f.follower_id from pentagram.follows f where f.followed_id = %(account)s
  order by f.created_at desc, f.follower_id desc"""
PERSON = """select a.*, (select thumbnail_key from pentagram.creations c where c.id = a.avatar_id),
  exists (select from pentagram.follows f where f.follower_id = %(viewer)s and f.followed_id = a.id)
from pentagram.accounts a where a.id = %(id)s"""
PROFILE = f"""
select a.*, (select count(*) from pentagram.posts p where p.account_id = a.id and {SHOWN}) as posts,
  (select count(*) from pentagram.follows f where f.followed_id = a.id) as followers,
  (select count(*) from pentagram.follows f where f.follower_id = a.id) as following
from pentagram.accounts a where a.name = %(name)s
"""
UNREAD = f"""select count(*) from pentagram.notifications n where n.account_id = %(viewer)s
  and {notifications.UNREAD} and {notifications.SHOWN}"""


@dataclass(frozen=True)
class Start:
    """Where a page of a list begins, for a cursor and for OFFSET."""

    cursor: str | None = None
    skip: int = 0


@dataclass(frozen=True)
class Obvious:
    db: CountedDatabase
    viewer: UUID

    def ask(self, sql: str, **asked: Any) -> list[tuple[Any, ...]]:
        return self.db.fetched(sql, viewer=self.viewer, **asked)

    def listed(
        self, sql: str, start: Start, each: Sequence[str] = (CARD,), *, most: int = PAGE, **asked: Any
    ) -> list[UUID]:
        """A page by OFFSET, and then each card by itself; the ids."""
        ids = [one for (one,) in self.ask(f"{sql} offset {start.skip} limit {most}", **asked)]
        for one in ids:
            for statement in each:
                self.ask(statement, id=one)
        return ids


# The screens ---------------------------------------------------------------------------------------------------------

Ours = Callable[[Pentagram, Visit, Start], object]
Theirs = Callable[[Obvious, Visit, Start], object]
FIRST = Start()
ANY = Filter()


def from_the_top(_: Place, __: Visit) -> Start:
    return FIRST


def everybody(place: Place) -> list[Visit]:
    return place.visits


@dataclass(frozen=True)
class Screen:
    name: str
    ours: Ours
    obvious: Theirs
    start: Callable[[Place, Visit], Start] = from_the_top
    visits: Callable[[Place], list[Visit]] = everybody


def middle(place: Place, sql: str, placed: str = "select %(id)s::uuid", **asked: Any) -> Start:
    """Halfway down a list; `placed` tells what a cursor is made of there."""
    key = (sql, str(asked))
    if key not in place.middles:
        found = place.house.db.fetched(f"select count(*) from ({sql}) listed", **asked)
        skip = found[0][0] // 2
        last = place.house.db.fetched(f"{sql} offset {max(skip - 1, 0)} limit 1", **asked)
        at = place.house.db.fetched(placed, id=last[0][0], **asked)[0] if skip else None
        place.middles[key] = Start(cursor(*at) if at else None, skip)
    return place.middles[key]


def feed(tab: Tab, kind: Kind, *, deep: bool = False, keen: bool = False) -> Screen:
    sql = LISTS[tab].format(kind=KIND[kind])
    placed = (
        "select hot, id, now() from pentagram.posts where id = %(id)s" if tab == "trending" else "select %(id)s::uuid"
    )

    def start(place: Place, visit: Visit) -> Start:
        # Of everybody's lists the middle is looked for once, as a visitor sees them.
        return middle(place, sql, placed, viewer=visit.viewer.id if tab == "following" else None)

    def ours(house: Pentagram, visit: Visit, start: Start) -> None:
        page = house.feeds.page(tab, viewer=visit.viewer, kind=kind, after=start.cursor)
        if not deep:
            newest = page.items[0].id if page.items else None
            house.feeds.newer_count(tab, newest, viewer=visit.viewer, kind=kind)

    def obvious(db: Obvious, _: Visit, start: Start) -> None:
        shown = db.listed(sql, start)
        if shown and not deep and tab != "trending":
            db.ask(f"select count(*) from ({sql}) listed where id > %(newest)s", newest=shown[0])

    name = f"Feed: {tab.replace('_', ' ')}, {kind}{', halfway down' * deep}{f', following {KEEN_FOLLOWS:,}' * keen}"
    return Screen(name, ours, obvious, start if deep else from_the_top, the_keen if keen else everybody)


def the_keen(place: Place) -> list[Visit]:
    keen = place.house.accounts.named(KEEN)
    visits = [replace(visit, viewer=keen) for visit in place.visits[:EXTREME_VISITS]]
    return [visit for visit in visits if is_welcome(place.house, visit)]


def the_famous(place: Place) -> list[Visit]:
    """Of the account that most follow and the post that most comment on."""
    [(name, account_id)] = place.house.db.fetched(FAMOUS)
    [(post_id,)] = place.house.db.fetched(TALKED_ABOUT)
    known = {"author": name, "author_id": account_id, "post_id": post_id}
    visits = [replace(visit, **known) for visit in place.visits[:EXTREME_VISITS]]
    return [visit for visit in visits if is_welcome(place.house, visit)]


FAMOUS = """select a.name, a.id from pentagram.account_counts n join pentagram.accounts a on a.id = n.account_id
order by n.followers desc limit 1"""
TALKED_ABOUT = """select id from pentagram.posts
where visibility = 'public' and deleted_at is null and removed_at is null order by comment_count desc limit 1"""


def post_page(house: Pentagram, visit: Visit, _: Start) -> None:
    post = house.posts.get(visit.post_id, viewer=visit.viewer)
    house.people.profile(visit.author, viewer=visit.viewer)
    house.posts.pictures(post.id, viewer=visit.viewer)
    house.comments.threads(post.id, viewer=visit.viewer)
    house.posts.lineage(post.id, viewer=visit.viewer)
    house.feeds.of_account(visit.author_id, viewer=visit.viewer, limit=MORE_OF_AUTHOR)


def obvious_post_page(db: Obvious, visit: Visit, _: Start) -> None:
    db.ask(CARD, id=visit.post_id)
    db.ask(PROFILE, name=visit.author)
    pictures = db.ask("select creation_id from pentagram.post_pictures where post_id = %(id)s", id=visit.post_id)
    for (creation_id,) in pictures:
        db.ask("select * from pentagram.creations where id = %(id)s", id=creation_id)
    db.listed(TOPS, FIRST, (COMMENT, REPLIES), most=comments.PAGE, post=visit.post_id)
    original = visit.post_id
    while original:
        original = db.ask("select remix_of from pentagram.posts where id = %(id)s", id=original)[0][0]
        db.ask(CARD, id=original)
    db.listed("select id from pentagram.posts where remix_of = %(post)s order by id desc", FIRST, most=MOST_RELATIVES,
              post=visit.post_id)  # fmt: skip
    db.listed(OF_ACCOUNT, FIRST, most=MORE_OF_AUTHOR, account=visit.author_id)


def threads(order: Order) -> Screen:
    return Screen(
        f"Comments, {order} first",
        lambda house, visit, _: house.comments.threads(visit.post_id, viewer=visit.viewer, order=order),
        lambda db, visit, _: db.listed(TOPS, FIRST, (COMMENT, REPLIES), most=comments.PAGE, post=visit.post_id),
        visits=the_famous,
    )


def profile(house: Pentagram, visit: Visit, _: Start) -> None:
    shown = house.people.profile(visit.author, viewer=visit.viewer)
    house.feeds.of_account(shown.id, viewer=visit.viewer)


def obvious_profile(db: Obvious, visit: Visit, _: Start) -> None:
    db.ask(PROFILE, name=visit.author)
    db.listed(OF_ACCOUNT, FIRST, account=visit.author_id)


def grid_middle(place: Place, visit: Visit) -> Start:
    return middle(place, OF_ACCOUNT, viewer=visit.viewer.id, account=visit.author_id)


def followers_middle(place: Place, visit: Visit) -> Start:
    placed = """select created_at, follower_id from pentagram.follows
    where followed_id = %(account)s and follower_id = %(id)s"""
    return middle(place, FOLLOWERS, placed, account=visit.author_id)


def my_prompts(wanted: Filter) -> Ours:
    def ours(house: Pentagram, visit: Visit, start: Start) -> None:
        house.history.models(by=visit.viewer)
        page = house.history.page(by=visit.viewer, wanted=wanted, after=start.cursor)
        house.studio.of_ids([request.id for request in page.items], by=visit.viewer)

    return ours


def obvious_prompts(condition: str = "true") -> Theirs:
    def obvious(db: Obvious, _: Visit, start: Start) -> None:
        db.ask(MODELS)
        db.listed(REQUESTS.format(condition=condition), start, (REQUEST, CREATIONS), most=studio.PAGE)

    return obvious


def prompts_middle(place: Place, visit: Visit) -> Start:
    return middle(place, REQUESTS.format(condition="true"), "select 0, %(id)s::uuid", viewer=visit.viewer.id)


def notices_middle(place: Place, visit: Visit) -> Start:
    placed = "select newest_at, id from pentagram.notifications where id = %(id)s"
    return middle(place, NOTICES, placed, viewer=visit.viewer.id)


def with_a_board(place: Place) -> list[Visit]:
    return [visit for visit in place.visits if visit.board_id]


def board_middle(place: Place, visit: Visit) -> Start:
    placed = "select rank, post_id from pentagram.collection_posts where collection_id = %(board)s and post_id = %(id)s"
    return middle(place, ON_BOARD, placed, viewer=visit.viewer.id, board=visit.board_id)


def board_page(house: Pentagram, visit: Visit, start: Start) -> None:
    house.collections.get(visit.board_id, viewer=visit.viewer)
    house.collections.posts(visit.board_id, viewer=visit.viewer, after=start.cursor)


def obvious_board(db: Obvious, visit: Visit, start: Start) -> None:
    db.ask(BOARD, id=visit.board_id)
    db.listed(ON_BOARD, start, most=collections.PAGE, board=visit.board_id)


def header(house: Pentagram, visit: Visit, _: Start) -> None:
    house.accounts.of_session(visit.session)
    house.notifications.unread_count(by=visit.viewer)


TABS: tuple[Tab, ...] = ("for_you", "following", "fresh", "trending")
KINDS: tuple[Kind, ...] = ("everyone", "people", "residents")
SCREENS = (
    Screen("Every page: session and unread count", header, lambda db, _, __: db.ask(UNREAD)),
    *(feed(tab, kind) for tab in TABS for kind in KINDS),
    *(feed(tab, kind, deep=True) for tab in TABS for kind in KINDS),
    *(feed("following", kind, keen=True) for kind in KINDS),
    feed("following", "everyone", deep=True, keen=True),
    Screen(
        "Tag, first page",
        lambda house, visit, _: house.feeds.tagged(visit.tag, viewer=visit.viewer),
        lambda db, visit, _: db.listed(TAGGED, FIRST, tag=visit.tag),
    ),
    Screen("Post", post_page, obvious_post_page),
    Screen("Post that most comment on", post_page, obvious_post_page, visits=the_famous),
    *(threads(order) for order in ("newest", "oldest", "best")),
    Screen("Profile", profile, obvious_profile),
    Screen("Profile that most follow", profile, obvious_profile, visits=the_famous),
    Screen(
        "Profile, halfway down",
        lambda house, visit, start: house.feeds.of_account(visit.author_id, viewer=visit.viewer, after=start.cursor),
        lambda db, visit, start: db.listed(OF_ACCOUNT, start, account=visit.author_id),
        grid_middle,
    ),
    Screen(
        "Profile, collections",
        lambda house, visit, _: house.collections.of(visit.author, viewer=visit.viewer),
        lambda db, visit, _: db.listed(
            PUBLIC_BOARDS, FIRST, (BOARD,), most=collections.MOST_COLLECTIONS, account=visit.author_id
        ),
        visits=with_a_board,
    ),
    Screen(
        "Followers, halfway down",
        lambda house, visit, start: house.people.followers(visit.author, viewer=visit.viewer, after=start.cursor),
        lambda db, visit, start: db.listed(FOLLOWERS, start, (PERSON,), most=people.PAGE, account=visit.author_id),
        followers_middle,
        the_famous,
    ),
    Screen("My prompts", my_prompts(ANY), obvious_prompts()),
    Screen("My prompts, halfway down", my_prompts(ANY), obvious_prompts(), prompts_middle),
    Screen(
        "My prompts, searched", my_prompts(Filter(text=RARE_WORD)), obvious_prompts(f"prompt like '%%{RARE_WORD}%%'")
    ),
    Screen("My prompts, not posted", my_prompts(Filter(show="not posted")), obvious_prompts(NOT_POSTED)),
    Screen("My prompts, best rated", my_prompts(Filter(sort="best rated")), obvious_prompts()),
    Screen(
        "My prompts, usage",
        lambda house, visit, _: house.history.usage(by=visit.viewer),
        lambda db, _, __: db.ask(USAGE),
    ),
    Screen(
        "Notifications",
        lambda house, visit, _: house.notifications.page(by=visit.viewer),
        lambda db, _, __: db.listed(NOTICES, FIRST, (NOTICE, LIKERS), most=notifications.PAGE),
    ),
    Screen(
        "Notifications, halfway down",
        lambda house, visit, start: house.notifications.page(by=visit.viewer, after=start.cursor),
        lambda db, _, start: db.listed(NOTICES, start, (NOTICE, LIKERS), most=notifications.PAGE),
        notices_middle,
    ),
    Screen(
        "Collections, one's own",
        lambda house, visit, _: house.collections.mine(by=visit.viewer),
        lambda db, _, __: db.listed(BOARDS, FIRST, (BOARD,), most=collections.MOST_COLLECTIONS),
    ),
    Screen("Collection", board_page, obvious_board, visits=with_a_board),
    Screen("Collection, halfway down", board_page, obvious_board, board_middle, with_a_board),
)


# Measuring -----------------------------------------------------------------------------------------------------------


@dataclass
class Times:
    seconds: list[float] = field(default_factory=list)
    statements: int = 0

    def add(self, work: Callable[[], object]) -> None:
        Counted.statements = 0
        begun = time.perf_counter()
        work()
        self.seconds.append(time.perf_counter() - begun)
        self.statements = max(self.statements, Counted.statements)

    def part(self, share: float) -> float:
        return statistics.quantiles(self.seconds, n=100, method="inclusive")[round(share * 100) - 1]

    @property
    def cells(self) -> list[str]:
        return [str(self.statements), *(f"{self.part(share) * 1000:,.1f}" for share in (0.5, 0.95))]


def measure(screen: Screen, large: Place, small: Place) -> tuple[Times, Times, Times]:
    """Ours in the large house and in the small one and the obvious way in the large one, in turns."""
    ours, few, obvious = Times(), Times(), Times()
    here = [(visit, screen.start(large, visit)) for visit in screen.visits(large)]
    there = [(visit, screen.start(small, visit)) for visit in screen.visits(small)]
    for visit, start in here[:UNTIMED]:
        screen.ours(large.house, visit, start)
        screen.obvious(Obvious(large.house.db, visit.viewer.id), visit, start)
    for number, ((visit, start), (other, begin)) in enumerate(zip(here, there, strict=False)):
        ours.add(partial(screen.ours, large.house, visit, start))
        few.add(partial(screen.ours, small.house, other, begin))
        if number < OBVIOUS_VISITS:
            obvious.add(partial(screen.obvious, Obvious(large.house.db, visit.viewer.id), visit, start))
    return ours, few, obvious


HEAD = ["", "queries", "p50", "p95", "small p50", "p95", "growth p50", "p95", "obvious: queries", "p50", "p95", ""]


def row(name: str, ours: Times, few: Times, obvious: Times) -> list[str]:
    growth = [ours.part(share) / few.part(share) for share in (0.5, 0.95)]
    met = ours.part(0.95) <= MOST_P95_S and max(growth) <= MOST_GROWTH
    return [
        name, *ours.cells, *few.cells[1:], *(f"{ratio:.2f}" for ratio in growth), *obvious.cells,
        "met" if met else "MISSED",
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("large", type=Path)
    parser.add_argument("small", type=Path)
    parser.add_argument("--only", default="", help="screens whose name begins so")
    asked = parser.parse_args()
    print(f"Load of this machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
    rows = []
    with place(asked.large) as large, place(asked.small) as small:
        posts = [each.house.db.value("select count(*) from pentagram.posts") for each in (large, small)]
        for screen in SCREENS:
            if screen.name.startswith(asked.only):
                rows.append(row(screen.name, *measure(screen, large, small)))
                print(".", end="", flush=True)
    print("\n")
    print_table(HEAD, rows)
    print(
        f"Milliseconds; {posts[0]:,} posts, and {posts[1]:,} where it says small. Targets: p95 of at most "
        f"{MOST_P95_S * 1000:g} ms, growth of at most {MOST_GROWTH:g} x. Load after: {os.getloadavg()[0]:.1f}."
    )


if __name__ == "__main__":
    main()
