"""People to each other: following and its counts, muting, blocking, reporting, and lists of people."""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from services.community.people import MOST_FOLLOWED
from services.errors import NotAllowed, NotFound, UserError
from services.platform.migrations import FOLDER, migrate


@pytest.fixture
def publish(house, mira, paint):
    def do(**options):
        return house.posts.publish([paint(mira).creations[0].id], by=mira, token=uuid.uuid4().hex, **options)

    return do


@pytest.fixture
def crowd(person):
    """So many people, quickly."""
    return lambda count: [person(f"person{number:03}") for number in range(count)]


def counts(house, name: str, viewer=None) -> tuple[int, int]:
    profile = house.people.profile(name, viewer=viewer)
    return profile.follower_count, profile.following_count


def at_once(*calls) -> None:
    """Run all of them in threads; the first fault is raised."""
    with ThreadPoolExecutor(12) as pool:
        for done in [pool.submit(call) for call in calls]:
            done.result()


def follows(house) -> list[tuple[int, int]]:
    """What the rows say, for whoever has counts: of everybody, in the order of their names."""
    with house.db.transaction() as tx:
        return tx.connection.execute(
            """select (select count(*) from pentagram.follows where followed_id = a.id)::integer,
              (select count(*) from pentagram.follows where follower_id = a.id)::integer
            from pentagram.accounts a order by a.name"""
        ).fetchall()


def all_counts(house) -> list[tuple[int, int]]:
    with house.db.transaction() as tx:
        return tx.connection.execute(
            """select n.followers, n.following from pentagram.account_counts n
            join pentagram.accounts a on a.id = n.account_id order by a.name"""
        ).fetchall()


# Following -----------------------------------------------------------------------------------------------------------


def test_following_twice_is_once_and_unfollowing_whom_one_does_not_follow_is_nothing(house, mira, tom):
    assert not house.people.unfollow("mira", by=tom).follows
    for _ in range(2):
        profile = house.people.follow("mira", by=tom)

    assert (profile.follows, profile.follows_back, profile.follower_count) == (True, False, 1)
    assert counts(house, "tom") == (0, 1)
    assert house.people.profile("tom", viewer=mira).follows_back
    for _ in range(2):
        profile = house.people.unfollow("mira", by=tom)
    assert (profile.follows, profile.follower_count) == (False, 0)
    assert counts(house, "tom") == (0, 0)


@pytest.mark.parametrize("action", ["follow", "unfollow", "mute", "unmute", "block"])
def test_what_one_does_to_others_one_cannot_do_to_oneself(house, mira, action):
    with pytest.raises(UserError, match="That is you"):
        getattr(house.people, action)("mira", by=mira)
    assert counts(house, "mira") == (0, 0)


def test_counts_are_right_after_fifty_people_follow_and_unfollow_somebody_at_once(house, mira, crowd):
    people = crowd(50)

    def waver(one, number):
        for _ in range(1 + number % 3):
            house.people.follow("mira", by=one)
            house.people.unfollow("mira", by=one)
        if number % 2:
            house.people.follow("mira", by=one)

    at_once(*(lambda one=one, number=number: waver(one, number) for number, one in enumerate(people)))

    assert counts(house, "mira") == (25, 0)
    assert all_counts(house) == follows(house)


def test_people_who_follow_and_unfollow_each_other_at_once_do_not_wait_for_each_other(house, mira, tom):
    def back_and_forth(one, other):
        for _ in range(40):
            house.people.follow(other, by=one)
            house.people.unfollow(other, by=one)

    at_once(*(lambda: back_and_forth(mira, "tom"), lambda: back_and_forth(tom, "mira")) * 3)

    assert all_counts(house) == follows(house)


def test_whoever_deletes_their_account_is_counted_nowhere_any_more(house, mira, tom, person):
    fan = person("fan")
    for one, other in ((tom, "mira"), (fan, "mira"), (mira, "tom"), (mira, "fan"), (tom, "fan")):
        house.people.follow(other, by=one)

    house.accounts.delete(mira)

    assert counts(house, "tom") == (0, 1)
    assert counts(house, "fan") == (1, 0)


def test_counts_stay_right_while_somebody_deletes_their_account_under_the_hands_of_their_followers(
    house, mira, paint, crowd
):
    house.accounts.show_as(mira, paint(mira).creations[0].id)
    people = crowd(24)
    for one in people:
        house.people.follow("mira", by=one)
    for one in people[:12]:
        house.people.follow(one.name, by=mira)

    def waver(one):
        for other in people[:6]:
            if other != one:
                house.people.follow(other.name, by=one)
        try:
            house.people.unfollow("mira", by=one)
        except NotFound:
            return

    at_once(*[lambda one=one: waver(one) for one in people[::2]], lambda: house.accounts.delete(mira))

    assert all_counts(house) == follows(house)


def wait_for(house, condition) -> None:
    """Until so many wait for a lock, or else it is true that `condition`."""
    deadline = time.monotonic() + 20
    while not condition(house.db.value(WAITING)):
        assert time.monotonic() < deadline
        time.sleep(0.01)


WAITING = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"


def test_whoever_deletes_their_account_and_whoever_follows_do_not_wait_for_each_other(house, database, mira, crowd):
    first, second, third = sorted(crowd(3), key=lambda one: one.id)
    house.people.follow(third.name, by=mira)
    for one in (first, second):
        house.people.follow("mira", by=one)

    with psycopg.connect(database) as elsewhere, ThreadPoolExecutor() as pool:
        elsewhere.execute("select from pentagram.account_counts where account_id = %s for update", (first.id,))
        deleting = pool.submit(house.accounts.delete, mira)
        wait_for(house, lambda waiting: waiting == 1)
        following = pool.submit(house.people.follow, third.name, by=second)
        wait_for(house, lambda waiting: waiting == 2 or following.done())
        elsewhere.rollback()
        deleting.result()

    assert following.result().follows
    assert counts(house, third.name) == (1, 0)
    assert all_counts(house) == follows(house)


def follow_many(house, by, count: int) -> None:
    """So many people whom nobody else knows, without asking anybody."""
    house.db.execute(
        """with many as (insert into pentagram.accounts (name, display_name)
          select 'many' || n, 'Many' from generate_series(1, %(count)s) n returning id)
        insert into pentagram.follows (follower_id, followed_id) select %(by)s, id from many""",
        by=by.id, count=count,
    )  # fmt: skip


def test_whoever_follows_as_many_as_one_may_follows_one_more_after_unfollowing_one(house, mira, tom):
    follow_many(house, tom, MOST_FOLLOWED)

    with pytest.raises(UserError, match="You follow 7,500 people, the most"):
        house.people.follow("mira", by=tom)
    assert counts(house, "mira") == (0, 0)
    assert house.people.follow("many1", by=tom).follows

    house.people.unfollow("many1", by=tom)
    assert house.people.follow("mira", by=tom).follows
    assert counts(house, "tom") == (0, MOST_FOLLOWED)


def test_nobody_gets_to_follow_more_by_following_several_at_once(house, tom, crowd):
    follow_many(house, tom, MOST_FOLLOWED - 1)
    refused = []

    def follow(name):
        try:
            house.people.follow(name, by=tom)
        except UserError:
            refused.append(name)

    at_once(*(lambda name=one.name: follow(name) for one in crowd(6)))

    assert len(refused) == 5
    assert counts(house, "tom") == (0, MOST_FOLLOWED)
    assert all_counts(house) == follows(house)


# Profiles ------------------------------------------------------------------------------------------------------------


def post_counts(house, viewers: dict) -> dict[str, int]:
    return {role: house.people.profile("mira", viewer=viewer).post_count for role, viewer in viewers.items()}


def test_a_profile_counts_the_posts_that_its_viewer_may_find_there(house, publish, mira, tom, person):
    fan = person("fan")
    house.people.follow("mira", by=fan)
    posts = {
        visibility: publish(visibility=visibility) for visibility in ("public", "unlisted", "followers", "private")
    }
    viewers = {"visitor": None, "stranger": tom, "follower": fan, "owner": mira}

    assert post_counts(house, viewers) == {"visitor": 1, "stranger": 1, "follower": 2, "owner": 4}

    house.db.execute("update pentagram.posts set visibility = 'private' where visibility = 'public'")
    assert post_counts(house, viewers) == {"visitor": 0, "stranger": 0, "follower": 1, "owner": 4}
    house.db.execute("update pentagram.posts set removed_at = now() where visibility = 'followers'")
    assert post_counts(house, viewers) == {"visitor": 0, "stranger": 0, "follower": 0, "owner": 4}
    house.posts.delete(posts["private"].id, by=mira)
    assert post_counts(house, viewers)["owner"] == 3
    house.posts.restore(posts["private"].id, by=mira)
    assert post_counts(house, viewers)["owner"] == 4
    house.db.execute("delete from pentagram.posts")
    assert post_counts(house, viewers)["owner"] == 0


def test_a_profile_shows_the_face_and_what_kind_of_account_it_is(house, mira, paint):
    creation = paint(mira).creations[0]
    house.accounts.show_as(mira, creation.id)
    house.accounts.register("robin", None, kind="resident", bio="I am an AI.")

    assert house.people.profile("@mira".lstrip("@"), viewer=None).avatar_key == creation.thumbnail_key
    robin = house.people.profile(" Robin ", viewer=mira)
    assert (robin.kind, robin.bio, robin.me) == ("resident", "I am an AI.", False)
    assert house.people.profile("mira", viewer=mira).me


@pytest.mark.parametrize("name", ["", "nobody", "x" * 5000, "mira\x00", "mira'; drop table pentagram.posts", "../mira"])
def test_whom_nobody_is_called_is_not_found_whatever_is_wanted_of_them(house, tom, name):
    for wish in (house.people.follow, house.people.mute, house.people.block):
        with pytest.raises(NotFound):
            wish(name, by=tom)
    for wish in (house.people.profile, house.people.followers, house.people.following):
        with pytest.raises(NotFound):
            wish(name, viewer=None)


# Blocking and muting -------------------------------------------------------------------------------------------------


def test_blocking_ends_following_both_ways_and_hides_each_from_the_other(house, publish, mira, tom, person):
    fan = person("fan")
    post = publish()
    for one, other in ((tom, "mira"), (mira, "tom"), (fan, "mira"), (fan, "tom"), (mira, "fan"), (tom, "fan")):
        house.people.follow(other, by=one)

    stub = house.people.block("tom", by=mira)

    assert (stub.blocked, stub.follows, stub.follows_back) == (True, False, False)
    assert counts(house, "mira", viewer=fan) == (1, 1)
    assert counts(house, "tom", viewer=fan) == (1, 1)
    for wish in (house.people.profile, house.people.followers, house.people.following):
        with pytest.raises(NotFound):
            wish("mira", viewer=tom)
    for wish in (house.people.follow, house.people.mute, house.people.block, house.people.unfollow):
        with pytest.raises(NotFound):
            wish("mira", by=tom)
    with pytest.raises(NotFound):
        house.people.followers("tom", viewer=mira)
    for one, other in ((tom, "mira"), (mira, "tom")):
        for people in (house.people.followers, house.people.following):
            assert other not in [who.name for who in people("fan", viewer=one).items]
        assert house.people.named_like(other, viewer=one) == []
    assert [who.name for who in house.people.followers("fan", viewer=None).items] == ["tom", "mira"]
    with pytest.raises(NotFound):
        house.posts.get(post.id, viewer=tom)


def test_to_whom_is_blocked_it_looks_as_if_nobody_were_called_that_and_nothing_tells_them(house, mira, tom):
    with pytest.raises(NotFound) as nobody:
        house.people.profile("miro", viewer=tom)
    house.people.follow("mira", by=tom)
    house.people.block("tom", by=mira)

    with pytest.raises(NotFound) as blocked:
        house.people.profile("mira", viewer=tom)

    assert str(blocked.value) == str(nobody.value).replace("miro", "mira")
    assert house.notifications.page(by=tom).items == []
    assert house.people.blocked_by(tom).items == []


def test_whoever_blocked_somebody_follows_them_only_after_unblocking_them(house, mira, tom):
    for _ in range(2):
        house.people.block("tom", by=mira)
    with pytest.raises(NotAllowed, match="Unblock"):
        house.people.follow("tom", by=mira)

    for _ in range(2):
        house.people.unblock("tom", by=mira)

    assert house.people.blocked_by(mira).items == []
    assert not house.people.profile("mira", viewer=tom).follows
    assert house.people.follow("mira", by=tom).follows


def test_somebody_who_blocked_back_before_can_still_be_unblocked(house, mira, tom):
    house.people.block("tom", by=mira)
    house.db.execute("insert into pentagram.blocks values (%(tom)s, %(mira)s)", tom=tom.id, mira=mira.id)

    house.people.unblock("tom", by=mira)

    assert house.db.values("select account_id from pentagram.blocks") == [tom.id]


def test_nobody_ends_up_following_somebody_who_blocked_them_meanwhile(house, mira, tom):
    def follow():
        try:
            house.people.follow("mira", by=tom)
        except NotFound:
            return

    for _ in range(25):
        at_once(follow, lambda: house.people.block("tom", by=mira), follow)

        assert house.db.value("select count(*) from pentagram.follows") == 0
        house.people.unblock("tom", by=mira)
    assert all_counts(house) == [(0, 0), (0, 0)]


def test_muting_hides_posts_and_notifications_from_the_one_who_mutes_and_nothing_else(house, publish, mira, tom):
    post = publish()
    house.people.follow("mira", by=tom)
    theirs = house.posts.publish([creation_of(house, tom)], by=tom, token="press-one")

    assert house.people.mute("mira", by=tom).muted

    assert house.feeds.page("fresh", viewer=tom).items == [house.posts.get(theirs.id, viewer=tom)]
    assert [shown.id for shown in house.feeds.page("fresh", viewer=mira).items] == [theirs.id, post.id]
    house.posts.like(theirs.id, by=mira)
    assert house.notifications.unread_count(by=tom) == 0
    profile = house.people.profile("mira", viewer=tom)
    assert (profile.follows, profile.muted) == (True, True)
    assert not house.people.profile("tom", viewer=mira).muted
    assert [who.name for who in house.people.muted_by(tom).items] == ["mira"]
    assert not house.people.unmute("mira", by=tom).muted
    assert len(house.feeds.page("fresh", viewer=tom).items) == 2


def creation_of(house, by):
    from services.studio.studio import Options

    request = house.studio.request("a boat", Options(256, 256), by=by, token=uuid.uuid4().hex)
    house.worker.run_until_idle()
    return request.creations[0].id


# Lists ---------------------------------------------------------------------------------------------------------------


def test_pages_of_followers_hold_everybody_once_while_new_ones_come(house, mira, crowd, tom):
    people = crowd(7)
    for one in people:
        house.people.follow("mira", by=one)

    page = house.people.followers("mira", viewer=people[3], limit=3)
    house.people.follow("mira", by=tom)
    seen = list(page.items)
    while page.next:
        page = house.people.followers("mira", viewer=people[3], after=page.next, limit=3)
        seen += page.items

    assert [who.name for who in seen] == [one.name for one in reversed(people)]
    assert [who.name for who in seen if who.me] == [people[3].name]
    assert [who.name for who in house.people.following("person000", viewer=None).items] == ["mira"]


@pytest.mark.parametrize("cursor", ["", "x", "bm8", "../../etc", "W10", 7])
def test_a_malformed_place_in_a_list_is_not_found(house, mira, cursor):
    with pytest.raises(NotFound, match="no such page"):
        house.people.followers("mira", viewer=None, after=cursor)


def test_people_are_found_by_the_beginning_of_their_names_the_followed_and_the_followed_by_many_first(
    house, tom, person
):
    for name in ("mia_a", "miaxa", "mia", "mia.b"):
        person(name)
    house.accounts.register("zoe", None, display_name="Mia Zoe")
    fan = person("fan")
    house.people.follow("mia.b", by=fan)
    house.people.follow("zoe", by=tom)

    def found(beginning, **options):
        return [who.name for who in house.people.named_like(beginning, viewer=tom, **options)]

    assert found("@Mia")[:3] == ["mia", "zoe", "mia.b"]
    assert len(found("mia")) == 5
    assert found("mia_") == ["mia_a"]
    assert len(found("mia", limit=2)) == 2
    for nobody in ("", "@", "%", "\x00", "\\", "x" * 500):
        assert found(nobody) == []


# Reports -------------------------------------------------------------------------------------------------------------


def reports(house) -> list[tuple]:
    with house.db.transaction() as tx:
        return tx.connection.execute(
            "select reason, note, urgency, state from pentagram.reports order by id"
        ).fetchall()


def test_reporting_the_same_again_is_one_open_report_with_the_more_urgent_reason(house, publish, tom):
    post = publish()

    for reason, details in (("spam", "Ads"), ("minors", "A child"), ("other", "Hm"), ("minors", "A child!")):
        house.people.report(by=tom, reason=reason, details=details, post_id=post.id)

    assert reports(house) == [("minors", "A child!", 3, "open")]


def test_reports_of_the_same_thing_at_once_are_one(house, publish, tom):
    post = publish()

    at_once(*[lambda: house.people.report(by=tom, reason="spam", post_id=post.id)] * 12)

    assert len(reports(house)) == 1


def test_others_report_the_same_for_themselves_and_what_was_decided_can_be_reported_again(house, publish, tom, person):
    post = publish()
    comment = house.comments.write(post.id, "Rude", by=person("rob"), token="press-one")
    for by in (tom, person("fan")):
        house.people.report(by=by, reason="spam", account="mira")
        house.people.report(by=by, reason="spam", post_id=str(post.id))
        house.people.report(by=by, reason="harassment", comment_id=comment.id)
    assert len(reports(house)) == 6

    house.db.execute("update pentagram.reports set state = 'decided'")
    house.people.report(by=tom, reason="spam", account="mira")

    assert [state for *_, state in reports(house)] == ["decided"] * 6 + ["open"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": "because"},
        {"details": "x" * 2001},
        {"account": None},
        {"post_id": "01a1f89d-5130-7b88-905f-10624d5a0f61"},
        {"account": "tom"},
        {"account": "nobody"},
        {"account": "mira\x00"},
        {"account": None, "post_id": "x"},
        {"account": None, "comment_id": "01a1f89d-5130-7b88-905f-10624d5a0f61"},
    ],
)
def test_a_report_of_nothing_of_several_things_of_oneself_or_without_a_reason_is_refused(house, mira, tom, wrong):
    with pytest.raises(UserError):
        house.people.report(by=tom, **{"reason": "spam", "account": "mira"} | wrong)
    assert reports(house) == []


def test_only_what_one_may_see_can_be_reported(house, publish, mira, tom):
    hidden = publish(visibility="private")
    shown = publish()
    comment = house.comments.write(shown.id, "Hello", by=mira, token="press-one")
    with pytest.raises(NotFound):
        house.people.report(by=tom, reason="spam", post_id=hidden.id)

    house.people.block("tom", by=mira)

    for thing in ({"account": "mira"}, {"post_id": shown.id}, {"comment_id": comment.id}):
        with pytest.raises(NotFound):
            house.people.report(by=tom, reason="spam", **thing)
    house.people.report(by=mira, reason="harassment", account="tom")
    assert [reason for reason, *_ in reports(house)] == ["harassment"]


# Houses that are lived in --------------------------------------------------------------------------------------------


@pytest.fixture
def fresh(postgres) -> Iterator[str]:
    """The address of a database with nothing in it."""
    name = f"fresh_{uuid.uuid4().hex}"
    with psycopg.connect(postgres.conninfo(), autocommit=True) as connection:
        connection.execute(f"create database {name}")
    yield postgres.conninfo().replace("dbname=postgres", f"dbname={name}")
    with psycopg.connect(postgres.conninfo(), autocommit=True) as connection:
        connection.execute(f"drop database {name} with (force)")


LIVED_IN = """
insert into pentagram.accounts (name, display_name) values ('mira', 'Mira'), ('tom', 'Tom'), ('new', 'New');
insert into pentagram.follows (follower_id, followed_id)
select f.id, t.id from pentagram.accounts f, pentagram.accounts t where f.name = 'tom' and t.name <> 'tom';
insert into pentagram.posts (account_id, token, visibility, deleted_at, removed_at)
select a.id, gen_random_uuid(), visibility, deleted_at, removed_at
from pentagram.accounts a, (values ('public', null::timestamptz, null::timestamptz), ('public', null, now()),
  ('public', now(), null), ('followers', null, null), ('unlisted', null, null), ('private', null, null))
  as p (visibility, deleted_at, removed_at)
where a.name = 'mira'
"""


def test_a_house_that_is_lived_in_is_counted_when_it_is_migrated(fresh, tmp_path):
    [counting] = FOLDER.glob("*_people.sql")
    for path in FOLDER.glob("*.sql"):
        if path.name < counting.name:
            shutil.copy(path, tmp_path)
    migrate(fresh, tmp_path)
    with psycopg.connect(fresh, autocommit=True) as connection:
        connection.execute(LIVED_IN)
    shutil.copy(counting, tmp_path)

    migrate(fresh, tmp_path)

    with psycopg.connect(fresh) as connection:
        found = connection.execute(
            """select a.name, n.followers, n.following, n.public_posts, n.follower_posts, n.own_posts
            from pentagram.accounts a join pentagram.account_counts n on n.account_id = a.id order by a.name"""
        ).fetchall()
    assert found == [("mira", 1, 0, 1, 1, 3), ("new", 1, 0, 0, 0, 0), ("tom", 0, 2, 0, 0, 0)]


# Who likes a post


def test_likers_come_newest_first_page_by_page_each_once(house, mira, crowd, publish):
    post = publish()
    for fan in (people := crowd(7)):
        house.posts.like(post.id, by=fan)
    house.db.execute("update pentagram.likes set created_at = date_trunc('hour', created_at)")

    seen, after = [], None
    while True:
        page = house.people.likers(post.id, viewer=None, after=after, limit=3)
        seen += [person.id for person in page.items]
        if (after := page.next) is None:
            break

    assert seen == sorted((fan.id for fan in people), reverse=True)


def test_whom_one_blocks_or_is_blocked_by_is_no_liker_to_oneself(house, mira, tom, person, publish):
    post, sol, wren = publish(), person("sol"), person("wren")
    for fan in (tom, sol, wren):
        house.posts.like(post.id, by=fan)
    house.people.block("sol", by=tom)
    house.people.block("tom", by=wren)

    def named(viewer):
        return [person.name for person in house.people.likers(post.id, viewer=viewer).items]

    assert named(tom) == ["tom"]
    assert named(sol) == ["wren", "sol"]
    assert named(None) == ["wren", "sol", "tom"]


def test_who_may_not_see_a_post_is_not_told_who_likes_it(house, mira, tom, person, publish):
    post = publish(visibility="followers")
    house.people.follow("mira", by=tom)
    house.posts.like(post.id, by=tom)

    assert [person.name for person in house.people.likers(post.id, viewer=tom).items] == ["tom"]
    for viewer in (person("sol"), None):
        with pytest.raises(NotFound):
            house.people.likers(post.id, viewer=viewer)
