"""Notifications: who is told what, once, and what is no news any more."""

from __future__ import annotations

import logging
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.community.notifications import KINDS, UNREAD_COUNT, named
from services.errors import NotFound, UserError


@pytest.fixture
def ann(person):
    return person("ann")


@pytest.fixture
def publish(house, mira, paint):
    def do(by=mira, **options):
        return house.posts.publish([paint(by).creations[0].id], by=by, token=uuid.uuid4().hex, **options)

    return do


@pytest.fixture
def post(publish):
    return publish()


@pytest.fixture
def say(house, post):
    """Writes a comment under the post."""
    return lambda by, body="Lovely", **options: house.comments.write(
        post.id, body, by=by, token=uuid.uuid4().hex, **options
    )


@pytest.fixture
def told(house):
    """What somebody is told, as sentences, the latest first; a star marks what is unread."""

    def do(by):
        page = house.notifications.page(by=by)
        assert sum(notice.unread for notice in page.items) == house.notifications.unread_count(by=by)
        return [f"{'*' if notice.unread else ''}{notice.sentence}" for notice in page.items]

    return do


def age(house, what: str = "1 hour") -> None:
    """As if all of this had happened a while ago."""
    for change in (
        """notifications set created_at = created_at - %(age)s::interval, newest_at = newest_at - %(age)s::interval,
          read_at = read_at - %(age)s::interval""",
        "likes set created_at = created_at - %(age)s::interval",
    ):
        house.db.execute(f"update pentagram.{change}", age=what)


# Likes ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "count", "words"),
    [
        (["mira"], 1, "mira"),
        (["mira", "tom"], 2, "mira and tom"),
        (["mira", "tom", "ann"], 3, "mira, tom and 1 other"),
        (["mira", "tom", "ann"], 14, "mira, tom and 12 others"),
        (["mira"], 2345, "mira and 2,344 others"),
    ],
)
def test_many_are_named_by_the_latest_two_and_a_number(names, count, words):
    assert named(names, count) == words


def test_likes_of_a_post_are_one_notice_that_comes_to_the_top_with_the_latest_first(
    house, post, publish, mira, tom, ann, told
):
    other = publish()
    house.posts.like(post.id, by=ann)
    house.posts.like(other.id, by=ann)
    age(house)
    house.posts.like(post.id, by=tom)

    assert told(mira) == ["*tom and ann liked your picture", "*ann liked your picture"]
    notice = house.notifications.page(by=mira).items[0]
    assert (notice.post_id, notice.thumbnail_key, notice.count) == (post.id, post.thumbnail_key, 2)


def test_fifty_likes_at_once_are_one_notice_of_fifty(house, post, mira, person, told):
    people = [person(f"fan{number:02}") for number in range(50)]

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda one: house.posts.like(post.id, by=one), people))

    [notice] = house.notifications.page(by=mira).items
    assert (notice.count, len(notice.actors), house.notifications.unread_count(by=mira)) == (50, 3, 1)
    assert told(mira)[0].endswith("and 48 others liked your picture")


def test_a_like_that_is_taken_back_is_no_news(house, post, mira, tom, ann, told):
    house.posts.like(post.id, by=tom)
    house.posts.unlike(post.id, by=tom)
    assert told(mira) == []

    house.posts.like(post.id, by=tom)
    house.posts.like(post.id, by=ann)
    house.posts.unlike(post.id, by=ann)
    assert told(mira) == ["*tom liked your picture"]


def test_what_was_read_is_unread_again_only_while_a_newer_like_stands(house, post, mira, tom, ann, told):
    house.posts.like(post.id, by=tom)
    house.notifications.mark_read(by=mira)
    assert told(mira) == ["tom liked your picture"]

    house.posts.like(post.id, by=ann)
    assert told(mira) == ["*ann and tom liked your picture"]
    house.posts.unlike(post.id, by=ann)
    assert told(mira) == ["tom liked your picture"]


def test_liking_twice_is_told_once(house, post, mira, tom, told):
    house.posts.like(post.id, by=tom)
    house.notifications.mark_read(by=mira)
    house.posts.like(post.id, by=tom)

    assert told(mira) == ["tom liked your picture"]


def test_likes_of_a_comment_are_grouped_for_whoever_wrote_it(house, post, mira, tom, ann, say, told):
    comment = say(tom)
    for by in (mira, ann, tom):
        house.comments.like(comment.id, by=by)

    assert told(tom) == ["*ann and mira liked your comment"]
    house.notifications.mark_read(by=tom)
    house.comments.unlike(comment.id, by=ann)
    assert told(tom) == ["mira liked your comment"]
    house.comments.unlike(comment.id, by=mira)
    assert told(tom) == []


# Everything else -----------------------------------------------------------------------------------------------------


def test_a_comment_is_told_to_whoever_it_concerns_each_once_with_the_nearest_reason(
    house, post, mira, tom, ann, person, say, told
):
    top = say(tom, "What a fox")
    house.notifications.mark_read(by=mira)

    reply = say(ann, "@tom @mira @nobody see also @bob.", parent_id=top.id)
    person("bob")
    say(mira, "Thanks, @ann", parent_id=reply.id)

    assert told(mira) == ["*ann commented on your picture", "tom commented on your picture"]
    assert told(tom) == ["*mira answered your comment", "*ann answered your comment"]
    assert told(ann) == ["*mira mentioned you"]
    notice = house.notifications.page(by=mira).items[0]
    assert (notice.comment_id, notice.body, notice.actors[0].name) == (reply.id, reply.body, "ann")


def test_a_mention_that_comes_with_an_edit_is_told_once(house, post, mira, tom, ann, say, told):
    comment = say(tom, "Look")
    first = house.comments.edit(comment.id, "Look @ann", by=tom)
    house.comments.edit(comment.id, "Look again @ann", by=tom, seen=first.edited_at)

    assert told(ann) == ["*tom mentioned you"]
    assert told(mira) == ["*tom commented on your picture"]


def test_mentions_in_a_caption_and_remixes_are_told_and_a_remix_that_mentions_is_told_once(
    house, post, publish, mira, tom, ann, told
):
    remix = publish(by=tom, remix_of=post.id, caption="After @mira, for @ann")

    assert told(mira) == ["*tom remixed your picture"]
    assert told(ann) == ["*tom mentioned you"]
    assert house.notifications.page(by=mira).items[0].post_id == remix.id


def test_a_follow_is_told_once_and_taken_back_within_the_minute(house, mira, tom, told):
    house.people.follow("mira", by=tom)
    assert told(mira) == ["*tom started following you"]
    assert not house.notifications.page(by=mira).items[0].actors[0].follows

    house.people.unfollow("mira", by=tom)
    assert told(mira) == []

    house.people.follow("mira", by=tom)
    age(house, "61 seconds")
    house.people.unfollow("mira", by=tom)
    assert told(mira) == ["*tom started following you"]
    house.notifications.mark_read(by=mira)
    house.people.follow("mira", by=tom)
    assert told(mira) == ["tom started following you"]


def test_a_decision_of_a_moderator_is_told_whatever_became_of_the_post_and_does_not_say_whose_it_was(
    house, post, mira, told
):
    house.db.execute("update pentagram.posts set removed_at = now(), deleted_at = now()")
    decision = uuid.uuid4()
    for _ in range(2):
        house.notifications.decided(
            mira.id, decision_id=decision, verdict="removed", reason="It shows somebody's likeness.", post_id=post.id
        )

    [notice] = house.notifications.page(by=mira).items
    assert told(mira) == ["*A moderator decided about something of yours"]
    assert (notice.details["reason"], notice.actors) == ("It shows somebody's likeness.", ())


def test_nobody_is_told_of_what_they_did_themselves(house, post, publish, mira, say, told):
    house.posts.like(post.id, by=mira)
    comment = say(mira, "Mine, says @mira")
    say(mira, "And again", parent_id=comment.id)
    house.comments.like(comment.id, by=mira)
    publish(remix_of=post.id, caption="@mira")

    assert told(mira) == []


# What is not told ----------------------------------------------------------------------------------------------------


@pytest.fixture
def everything(house, post, publish, mira, tom, say):
    """Tom does all that mira can be told of."""

    def do():
        mine = house.comments.write(post.id, "Mine", by=mira, token="press-mine")
        house.people.follow("mira", by=tom)
        house.posts.like(post.id, by=tom)
        house.comments.like(mine.id, by=tom)
        say(tom)
        say(tom, parent_id=mine.id)
        publish(by=tom, remix_of=post.id)
        publish(by=tom, caption="@mira")

    return do


ALL = {
    "*tom mentioned you", "*tom remixed your picture", "*tom answered your comment", "*tom commented on your picture",
    "*tom liked your comment", "*tom liked your picture", "*tom started following you",
}  # fmt: skip


def test_all_of_it_is_told_unless_something_speaks_against_it(everything, mira, told):
    everything()

    assert set(told(mira)) == ALL


def test_whoever_is_muted_is_not_heard_of_and_what_they_did_before_is_hidden_meanwhile(
    house, everything, post, mira, tom, ann, say, told
):
    everything()
    house.people.mute("tom", by=mira)
    assert told(mira) == []
    house.posts.like(post.id, by=ann)
    assert told(mira) == ["*ann liked your picture"]

    say(tom, "You do not hear this, @mira")
    house.people.unmute("tom", by=mira)

    assert set(told(mira)) == ALL - {"*tom liked your picture"} | {"*ann and tom liked your picture"}
    bodies = [notice.body for notice in house.notifications.page(by=mira).items]
    assert "You do not hear this, @mira" not in bodies


def test_whoever_was_blocked_is_not_heard_of_any_more_by_either_side(house, everything, publish, mira, tom, say, told):
    everything()
    theirs = publish(by=tom)
    house.posts.like(theirs.id, by=mira)

    house.people.block("tom", by=mira)

    assert told(mira) == []
    assert told(tom) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_that_was_turned_off_is_not_told_and_the_others_are(house, everything, mira, kind):
    house.notifications.choose(by=mira, kind=kind, wanted=False)
    everything()

    assert {notice.kind for notice in house.notifications.page(by=mira).items} == set(KINDS) - {kind, "search"}
    assert house.notifications.preferences(by=mira) == {other: other != kind for other in KINDS}
    house.notifications.choose(by=mira, kind=kind, wanted=True)
    assert all(house.notifications.preferences(by=mira).values())


def test_a_reply_is_told_as_a_comment_to_whoever_turned_replies_off(house, post, mira, tom, say, told):
    house.notifications.choose(by=mira, kind="reply", wanted=False)
    top = say(mira)
    say(tom, parent_id=top.id)

    assert told(mira) == ["*tom commented on your picture"]


@pytest.mark.parametrize("kind", ["moderation", "", "like'; drop table"])
def test_only_what_can_be_turned_off_is(house, mira, kind):
    with pytest.raises(UserError):
        house.notifications.choose(by=mira, kind=kind, wanted=False)


def test_choices_leave_other_preferences_alone(house, mira):
    house.db.execute("""update pentagram.accounts set preferences = '{"theme": "dark"}'""")
    house.notifications.choose(by=mira, kind="like", wanted=False)
    house.notifications.choose(by=mira, kind="follow", wanted=False)

    assert house.db.value("select preferences from pentagram.accounts") == {
        "theme": "dark", "notifications": {"like": False, "follow": False},
    }  # fmt: skip


def test_nobody_is_told_of_what_is_not_for_them_to_see(house, publish, mira, tom, ann, told):
    publish(visibility="private", caption="@tom")
    publish(visibility="followers", caption="@tom @ann")
    house.db.execute("insert into pentagram.follows values (%(ann)s, %(mira)s)", ann=ann.id, mira=mira.id)

    assert told(tom) == []
    assert told(ann) == ["*mira mentioned you"]


def test_what_is_gone_is_neither_told_nor_counted_and_comes_back_with_an_undo(
    house, post, publish, mira, tom, ann, say, told
):
    shown = publish(by=tom, caption="@mira")
    comment = say(ann, "Hello @tom")
    assert (len(told(mira)), len(told(tom))) == (2, 1)

    house.posts.delete(shown.id, by=tom)
    house.comments.delete(comment.id, by=ann)
    assert (told(mira), told(tom)) == ([], [])

    house.posts.restore(shown.id, by=tom)
    assert told(mira) == ["*tom mentioned you"]
    house.posts.edit(
        shown.id, by=tom, caption="@mira", tags=[], visibility="private", takes_comments=True, shows_prompt=True,
        seen=None,
    )  # fmt: skip
    assert told(mira) == []


def test_whoever_deletes_their_account_is_in_no_notice_any_more(house, everything, post, mira, tom, ann, told):
    everything()
    house.posts.like(post.id, by=ann)

    house.accounts.delete(tom)

    assert told(mira) == ["*ann liked your picture"]
    assert house.notifications.page(by=mira).items[0].count == 1


def test_what_was_done_stands_though_nobody_could_be_told(house, post, tom, mira, say, caplog):
    house.db.execute("alter table pentagram.notifications rename to gone")

    with caplog.at_level(logging.ERROR):
        assert house.posts.like(post.id, by=tom).like_count == 1
        assert house.people.follow("mira", by=tom).follows
        assert not house.people.unfollow("mira", by=tom).follows
        assert say(tom, "Hello @mira").body == "Hello @mira"

    assert len(caplog.records) == 5


def test_nobody_marks_what_somebody_else_was_told(house, mira, tom, post, told):
    house.posts.like(post.id, by=tom)
    [notice] = house.notifications.page(by=mira).items

    house.notifications.mark_one_read(notice.id, by=tom)
    assert told(mira) == ["*tom liked your picture"]
    house.notifications.mark_one_read(notice.id, by=mira)
    assert told(mira) == ["tom liked your picture"]


# Reading -------------------------------------------------------------------------------------------------------------


def test_what_came_after_the_screen_was_drawn_stays_unread(house, post, mira, tom, ann, say, told):
    say(tom)
    age(house)
    drawn = house.notifications.page(by=mira).items
    say(ann)

    house.notifications.mark_read(by=mira, until=drawn[0].newest_at)

    assert told(mira) == ["*ann commented on your picture", "tom commented on your picture"]
    house.notifications.mark_read(by=tom)
    assert house.notifications.unread_count(by=mira) == 1
    for _ in range(2):
        house.notifications.mark_read(by=mira)
    assert house.notifications.unread_count(by=mira) == 0


def test_pages_hold_every_notice_once_while_new_ones_come(house, post, mira, tom, say):
    comments = [say(tom, f"Number {number}") for number in range(7)]

    page = house.notifications.page(by=mira, limit=3)
    say(tom, "Newer")
    seen = list(page.items)
    while page.next:
        page = house.notifications.page(by=mira, after=page.next, limit=3)
        seen += page.items

    assert [notice.comment_id for notice in seen] == [comment.id for comment in reversed(comments)]


@pytest.mark.parametrize("cursor", ["", "x", "bm8", "../../etc", "W10", 7])
def test_a_malformed_place_among_notices_is_not_found(house, mira, cursor):
    with pytest.raises(NotFound, match="no such page"):
        house.notifications.page(by=mira, after=cursor)


def test_the_unread_are_counted_to_a_hundred(house, post, mira, tom):
    house.db.execute(
        """insert into pentagram.notifications (account_id, kind, actor_id)
        select %(mira)s, 'follow', %(tom)s from generate_series(1, 150)""",
        mira=mira.id, tom=tom.id,
    )  # fmt: skip

    assert house.notifications.unread_count(by=mira) == 100


def test_the_unread_are_found_without_reading_what_else_somebody_was_told(house, mira, tom):
    house.db.execute(
        """insert into pentagram.notifications (account_id, kind, actor_id, read_at)
        select case when mod(n, 2) = 0 then %(mira)s::uuid else %(tom)s::uuid end, 'follow', %(tom)s,
          case when n > 10 then now() end from generate_series(1, 20000) n""",
        mira=mira.id, tom=tom.id,
    )  # fmt: skip
    house.db.execute("analyze pentagram.notifications")

    plan = "\n".join(house.db.values(f"explain {UNREAD_COUNT}", viewer=mira.id, since=None, most=100))

    assert "notifications_unread" in plan
    assert "Seq Scan on notifications" not in plan
    assert house.notifications.unread_count(by=mira) == 5
