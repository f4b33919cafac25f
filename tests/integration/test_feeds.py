"""Feeds: what is in which list, in which order, and that a walk through a list loses and repeats nothing."""

from __future__ import annotations

import random
import uuid
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from services.community import feeds
from services.errors import NotFound

TABS = ("for_you", "following", "fresh", "trending")
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def tom(person, house, mira):
    """Follows Mira."""
    tom = person("tom")
    follow(house, tom, mira)
    return tom


@pytest.fixture
def publish(house, mira, paint):
    """Posts the one picture of an account, as often as one likes: `publish(tom, tags=["fox"])`."""
    pictures = {}

    def do(by=mira, **options):
        if by.id not in pictures:
            pictures[by.id] = paint(by).creations[0].id
        return house.posts.publish([pictures[by.id]], by=by, token=uuid.uuid4().hex, **options)

    return do


def follow(house, follower, followed):
    house.db.execute("insert into pentagram.follows values (%(a)s, %(b)s)", a=follower.id, b=followed.id)


def walk(page, *, limit=2):
    """The ids of a list from its beginning to its end, page by page: `walk(lambda **where: feeds.page(.., **where))`"""
    ids, after = [], None
    while True:
        found = page(after=after, limit=limit)
        ids += [post.id for post in found.items]
        after = found.next
        if after is None:
            return ids


def tab(house, name, viewer, **options):
    return [post.id for post in house.feeds.page(name, viewer=viewer, **options).items]


def ids(posts):
    return [post.id for post in posts]


# What is in them -----------------------------------------------------------------------------------------------------

LISTED = {"for_you": {"public"}, "fresh": {"public"}, "trending": {"public"}, "following": {"public", "followers"}}


def test_a_tab_has_what_is_meant_to_be_found_there(house, publish, tom):
    posts = {publish(visibility=each).id: each for each in ("public", "unlisted", "followers", "private")}

    assert {name: {posts[each] for each in tab(house, name, tom)} for name in TABS} == LISTED


@pytest.mark.parametrize("gone", ["deleted_at", "removed_at"])
def test_what_is_gone_is_in_no_tab(house, publish, tom, gone):
    publish()
    house.db.execute(f"update pentagram.posts set {gone} = now()")

    assert [tab(house, name, tom) for name in TABS] == [[]] * len(TABS)


@pytest.mark.parametrize(
    "wish",
    [
        "insert into pentagram.mutes values (%(me)s, %(them)s)",
        "insert into pentagram.blocks values (%(me)s, %(them)s)",
        "insert into pentagram.blocks values (%(them)s, %(me)s)",
        "insert into pentagram.hides (account_id, post_id) values (%(me)s, %(post)s)",
        "update pentagram.posts set sensitive = true",
    ],
)
def test_what_somebody_does_not_want_to_see_is_in_no_tab_of_theirs(house, publish, mira, tom, person, wish):
    other = person("ann")
    follow(house, other, mira)
    post = publish()
    house.db.execute("update pentagram.accounts set shows_sensitive = true where name = 'ann'")
    parameters = {"me": tom.id, "them": mira.id, "post": post.id}
    house.db.execute(wish, **{name: value for name, value in parameters.items() if f"%({name})s" in wish})

    assert [tab(house, name, tom) for name in TABS] == [[]] * len(TABS)
    assert [tab(house, name, other) for name in TABS] == [[post.id]] * len(TABS)


def test_what_somebody_hid_is_in_no_tab_of_theirs_and_still_behind_its_link(house, publish, tom):
    post = publish()
    for _ in range(2):
        house.posts.hide(post.id, by=tom)

    assert [tab(house, name, tom) for name in TABS] == [[]] * len(TABS)
    assert tab(house, "fresh", None) == [post.id]
    assert house.posts.get(post.id, viewer=tom).id == post.id

    for _ in range(2):
        house.posts.unhide(post.id, by=tom)
    assert [tab(house, name, tom) for name in TABS] == [[post.id]] * len(TABS)


def test_following_has_only_those_one_follows_and_nothing_for_a_visitor(house, publish, mira, tom, person):
    theirs = publish()
    publish(person("ann"))
    publish(tom)

    assert tab(house, "following", tom) == [theirs.id]
    assert tab(house, "following", None) == []
    house.db.execute("delete from pentagram.follows")
    assert tab(house, "following", tom) == []


def test_residents_and_people_can_be_seen_apart(house, publish, mira, tom):
    robot = house.accounts.register("robot", None, kind="resident")
    follow(house, tom, robot)
    by_person, by_robot = publish(), publish(robot)
    shown = {"people": {by_person.id}, "residents": {by_robot.id}, "everyone": {by_person.id, by_robot.id}}

    for name in TABS:
        assert {kind: set(tab(house, name, tom, kind=kind)) for kind in shown} == shown
    for name in ("for_you", "fresh", "following"):
        newer = {kind: house.feeds.newer_count(name, None, viewer=tom, kind=kind) for kind in shown}
        assert newer == {"people": 1, "residents": 1, "everyone": 2}


def test_what_a_resident_posted_before_it_was_called_one_is_a_residents(house, publish, mira):
    post = publish()
    house.db.execute("update pentagram.accounts set kind = 'resident' where name = 'mira'")

    assert tab(house, "fresh", None, kind="residents") == [post.id]
    assert tab(house, "trending", None, kind="people") == []


@pytest.mark.parametrize("wrong", [{"tab": "best"}, {"tab": "fresh", "kind": "robots"}])
def test_there_is_no_other_feed(house, wrong):
    with pytest.raises(NotFound):
        house.feeds.page(**wrong, viewer=None)
    with pytest.raises(NotFound):
        house.feeds.newer_count(**wrong, than=None, viewer=None)


# A person's page, and a tag ------------------------------------------------------------------------------------------

SEEN_BY = {
    "mira": {"public", "unlisted", "followers", "private"}, "tom": {"public", "followers"}, "ann": {"public"},
    None: {"public"},
}  # fmt: skip


def test_a_persons_page_has_what_the_viewer_may_find_there(house, publish, mira, tom, person):
    viewers = {"mira": mira, "tom": tom, "ann": person("ann"), None: None}
    posts = {each: publish(visibility=each).id for each in ("public", "unlisted", "followers", "private")}
    publish(tom)

    for name, viewer in viewers.items():
        shown = walk(lambda viewer=viewer, **where: house.feeds.of_account(mira.id, viewer=viewer, **where))
        assert shown == [post for each, post in reversed(posts.items()) if each in SEEN_BY[name]]


def test_a_persons_page_is_empty_for_whoever_is_blocked(house, publish, mira, tom):
    publish()
    house.db.execute("insert into pentagram.blocks values (%(a)s, %(b)s)", a=mira.id, b=tom.id)

    assert house.feeds.of_account(mira.id, viewer=tom).items == []


def test_whom_one_muted_one_finds_on_their_own_page(house, publish, mira, tom):
    post = publish()
    house.db.execute("insert into pentagram.mutes values (%(a)s, %(b)s)", a=tom.id, b=mira.id)

    assert ids(house.feeds.of_account(mira.id, viewer=tom).items) == [post.id]


def test_a_tag_has_the_public_posts_under_it_however_it_is_typed(house, publish, tom):
    tagged = [publish(tags=["Red Fox", "snow"]) for _ in range(3)]
    publish(tags=["snow"])
    publish(tags=["red_fox"], visibility="unlisted")

    for typed in ("red_fox", "#red_fox", "Red Fox"):
        found = walk(lambda typed=typed, **where: house.feeds.tagged(typed, viewer=tom, **where))
        assert found == ids(reversed(tagged))


def test_a_tag_follows_the_edits_of_a_post(house, publish, mira):
    post = publish(tags=["fox", "snow"])

    house.posts.edit(
        post.id, by=mira, caption="", tags=["snow", "hare"], visibility="public", takes_comments=True,
        shows_prompt=True, seen=None,
    )  # fmt: skip

    found = {tag: ids(house.feeds.tagged(tag, viewer=None).items) for tag in ("fox", "snow", "hare")}
    assert found == {"fox": [], "snow": [post.id], "hare": [post.id]}


def test_what_cannot_be_a_tag_is_none(house):
    for wrong in ("", "#", "two/three", "x" * 51, "\x00", "'; drop table posts"):
        with pytest.raises(NotFound):
            house.feeds.tagged(wrong, viewer=None)


# Order and paging ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABS)
def test_pages_hold_every_post_once_while_new_ones_arrive(house, publish, tom, name):
    posts = [publish() for _ in range(5)]
    first = house.feeds.page(name, viewer=tom, limit=2)
    publish()

    rest = walk(lambda after, limit: house.feeds.page(name, viewer=tom, after=after or first.next, limit=limit))

    assert ids(first.items) + rest == ids(reversed(posts))


@pytest.mark.parametrize("name", TABS)
def test_liking_or_deleting_what_a_cursor_stands_at_loses_nobody_their_place(house, publish, mira, tom, name):
    posts = [publish() for _ in range(4)]
    first = house.feeds.page(name, viewer=tom, limit=2)
    house.posts.like(first.items[1].id, by=tom)
    house.posts.delete(first.items[1].id, by=mira)

    rest = house.feeds.page(name, viewer=tom, after=first.next, limit=2)

    assert ids(rest.items) == ids(posts[1::-1])
    assert rest.next is None


LISTS = {
    "fresh": lambda house, mira, after: house.feeds.page("fresh", viewer=mira, after=after),
    "following": lambda house, mira, after: house.feeds.page("following", viewer=mira, after=after),
    "trending": lambda house, mira, after: house.feeds.page("trending", viewer=mira, after=after),
    "account": lambda house, mira, after: house.feeds.of_account(mira.id, viewer=mira, after=after),
    "tag": lambda house, mira, after: house.feeds.tagged("fox", viewer=mira, after=after),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_malformed_cursor_is_not_found(house, mira, name):
    for cursor in ("", "1", "x" * 36, "../../etc", "'; drop table posts", "\x00", 7):
        with pytest.raises(NotFound):
            LISTS[name](house, mira, cursor)


def test_nobody_gets_more_than_a_page(house, publish):
    for _ in range(3):
        publish()

    assert len(house.feeds.page("fresh", viewer=None, limit=-1).items) == 1
    assert len(house.feeds.page("fresh", viewer=None, limit=10**9).items) == 3


def test_following_many_gives_the_same_walk_as_going_through_everything(house, publish, person, tom):
    """Few posts of many, many of few, and some who never posted, drawn by a seed."""
    chance = random.Random(7)  # noqa: S311
    authors = [person(f"author{number}") for number in range(12)]
    for author in authors[:9]:
        follow(house, tom, author)
    for _ in range(60):
        publish(chance.choices(authors, [20, 9, 5, 3, 2, 1, 1, 0, 0, 9, 1, 1])[0], visibility=chance.choice(
            ["public", "public", "followers", "private"]
        ))  # fmt: skip
    expected = house.db.values(
        """select p.id from pentagram.posts p join pentagram.follows f on f.followed_id = p.account_id
        where f.follower_id = %(tom)s and p.visibility in ('public', 'followers') order by p.id desc""",
        tom=tom.id,
    )

    for limit in (1, 4, 60):
        assert walk(lambda **where: house.feeds.page("following", viewer=tom, **where), limit=limit) == expected


# Trending ------------------------------------------------------------------------------------------------------------


def give(house, post, **row):
    """Set the counts and the age of a post, as if so much had happened."""
    for column, value in row.items():
        house.db.execute(f"update pentagram.posts set {column} = %(value)s where id = %(id)s", id=post.id, value=value)


HOT = [
    ({}, 0.0), ({"like_count": 1}, 1.0), ({"like_count": 7}, 3.0), ({"like_count": 1, "comment_count": 1}, 2.0),
    ({"save_count": 1}, 2.0), ({"like_count": 3, "remix_count": 1}, 3.0),
    ({"like_count": 3, "created_at": BEGINNING + timedelta(hours=36)}, 2.0 + 3.0),
]  # fmt: skip


def test_each_doubling_of_what_people_did_is_worth_half_a_day(house, publish):
    for row, hot in HOT:
        post = publish()
        give(house, post, **{"created_at": BEGINNING} | row)
        assert house.db.value("select hot from pentagram.posts where id = %(id)s", id=post.id) == pytest.approx(hot)


def test_trending_puts_what_is_liked_above_what_is_new(house, publish, tom):
    liked, newer = publish(), publish()
    assert tab(house, "trending", None) == [newer.id, liked.id]

    house.posts.like(liked.id, by=tom)
    assert tab(house, "trending", None) == [liked.id, newer.id]

    house.posts.unlike(liked.id, by=tom)
    assert tab(house, "trending", None) == [newer.id, liked.id]


def test_half_a_day_later_it_takes_twice_as_much_to_stand_as_high(house, publish):
    now = datetime.now(UTC)
    old, new, old_but_liked = publish(), publish(), publish()
    give(house, old, created_at=now - timedelta(hours=12, minutes=1), like_count=15)
    give(house, new, created_at=now, like_count=7)
    give(house, old_but_liked, created_at=now - timedelta(hours=11, minutes=59), like_count=15)

    assert tab(house, "trending", None) == ids([old_but_liked, new, old])


def test_what_sinks_during_a_walk_through_trending_is_not_shown_again(house, publish, tom):
    posts = [publish() for _ in range(4)]
    for post in posts[2:]:
        house.posts.like(post.id, by=tom)
    first = house.feeds.page("trending", viewer=tom, limit=2)

    house.posts.unlike(first.items[1].id, by=tom)
    rest = walk(lambda after, limit: house.feeds.page("trending", viewer=tom, after=after or first.next, limit=limit))

    assert ids(first.items) + rest == ids(reversed(posts))
    assert len(tab(house, "trending", tom)) == 4


def test_what_sank_before_a_walk_through_trending_is_in_it(house, publish, tom):
    posts = [publish() for _ in range(4)]
    house.posts.like(posts[0].id, by=tom)
    house.posts.unlike(posts[0].id, by=tom)
    house.db.execute("update pentagram.posts set cooled_at = cooled_at - interval '1 minute'")

    assert walk(lambda **where: house.feeds.page("trending", viewer=tom, **where)) == ids(reversed(posts))


# What is newer -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "newer"), [("for_you", 3), ("fresh", 3), ("following", 2), ("trending", 0)])
def test_how_many_are_newer_is_known_without_moving_anything(house, publish, person, tom, name, newer):
    shown = publish()
    publish()
    publish(person("ann"))
    publish(visibility="private")
    publish()

    assert house.feeds.newer_count(name, shown.id, viewer=tom) == newer
    assert house.feeds.newer_count(name, shown.id, viewer=tom, most=1) == min(newer, 1)


def test_in_an_empty_feed_everything_is_newer(house, publish, tom):
    assert house.feeds.newer_count("following", None, viewer=tom) == 0
    publish()
    assert house.feeds.newer_count("following", None, viewer=tom) == 1
    assert house.feeds.newer_count("fresh", None, viewer=None) == 1


# Speed ---------------------------------------------------------------------------------------------------------------

SERVED_BY = {
    "posts_fresh": feeds.FRESH.format(kind=feeds.KINDS["everyone"]),
    "posts_fresh_kind": feeds.FRESH.format(kind=feeds.KINDS["residents"]),
    "posts_trending": feeds.TRENDING.format(kind=feeds.KINDS["everyone"]),
    "posts_trending_kind": feeds.TRENDING.format(kind=feeds.KINDS["residents"]),
    "posts_following": feeds.FOLLOWING.format(kind=feeds.KINDS["people"]),
    "post_tags_pkey": feeds.TAGGED,
    "posts_account_id_id_idx": feeds.OF_ACCOUNT,
}


@pytest.mark.parametrize("index", SERVED_BY)
def test_every_list_comes_in_order_from_its_index(database, index):
    """Asked of a planner that would rather not read a whole table nor sort: where it still does, nothing else would
    give the list. In an empty table the index of Trending for everyone is as good as the one for a kind. Of those whom
    one follows the posts themselves are not looked at."""
    values = dict.fromkeys(("viewer", "last", "account"), uuid.uuid4())
    values |= {"most": 13, "tag": "fox", "hot": 1.5, "began": datetime.now(UTC)}
    with psycopg.connect(database) as connection:
        connection.execute("set local enable_seqscan = off")
        connection.execute("set local enable_sort = off")
        connection.execute("set local enable_bitmapscan = off")
        if index == "posts_trending_kind":
            connection.execute("drop index pentagram.posts_trending")
        plan = "\n".join(line for (line,) in connection.execute(f"explain {SERVED_BY[index]}", values))

    assert f"using {index} on" in plan
    if index == "posts_following":
        assert plan.count("Index Only Scan using posts_following") == plan.count("on posts ")
    else:
        assert "Sort" not in plan
