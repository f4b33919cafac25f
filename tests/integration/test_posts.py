"""Posts: who sees what, and what may be done with it."""

from __future__ import annotations

import uuid

import pytest

from services.errors import NotFound, UserError


@pytest.fixture
def mira(person):
    return person("mira")


@pytest.fixture
def tom(person):
    return person("tom")


@pytest.fixture
def publish(house, mira, paint):
    def do(**options):
        return house.posts.publish([paint(mira).creations[0].id], by=mira, token=uuid.uuid4().hex, **options)

    return do


SEEN_BY = {
    "public": {"visitor", "stranger", "follower", "owner"},
    "unlisted": {"visitor", "stranger", "follower", "owner"},
    "followers": {"follower", "owner"},
    "private": {"owner"},
}


@pytest.mark.parametrize("visibility", SEEN_BY)
def test_a_post_is_seen_by_those_it_is_for_and_does_not_exist_for_others(house, publish, mira, tom, person, visibility):
    fan = person("fan")
    house.db.execute("insert into pentagram.follows values (%(a)s, %(b)s)", a=fan.id, b=mira.id)
    post = publish(visibility=visibility)
    viewers = {"visitor": None, "stranger": tom, "follower": fan, "owner": mira}

    for role, viewer in viewers.items():
        if role in SEEN_BY[visibility]:
            assert house.posts.get(post.id, viewer=viewer).id == post.id
        else:
            with pytest.raises(NotFound):
                house.posts.get(post.id, viewer=viewer)
            if viewer is not None:
                with pytest.raises(NotFound):
                    house.posts.like(post.id, by=viewer)
                with pytest.raises(NotFound):
                    house.comments.write(post.id, "Hello", by=viewer, token="press-one")


def test_only_public_posts_are_listed(house, publish):
    posts = {visibility: publish(visibility=visibility) for visibility in SEEN_BY}

    assert [post.id for post in house.posts.feed(viewer=None)] == [posts["public"].id]


def test_a_blocked_person_sees_and_does_nothing_and_neither_does_the_one_who_blocked(house, publish, paint, mira, tom):
    post = publish()
    house.db.execute("insert into pentagram.blocks values (%(a)s, %(b)s)", a=mira.id, b=tom.id)

    theirs = house.posts.publish([paint(tom).creations[0].id], by=tom, token="press-tom")

    assert house.posts.feed(viewer=tom) == [house.posts.get(theirs.id, viewer=tom)]
    with pytest.raises(NotFound):
        house.posts.like(post.id, by=tom)
    with pytest.raises(NotFound):
        house.posts.get(theirs.id, viewer=mira)


@pytest.mark.parametrize(
    "wish",
    [
        "insert into pentagram.mutes values (%(me)s, %(them)s)",
        "insert into pentagram.hides (account_id, post_id) values (%(me)s, %(post)s)",
    ],
)
def test_what_somebody_muted_or_hid_is_not_listed_for_them(house, publish, mira, tom, wish):
    post = publish()
    parameters = {"me": tom.id, "them": mira.id, "post": post.id}
    house.db.execute(wish, **{name: value for name, value in parameters.items() if f"%({name})s" in wish})

    assert house.posts.feed(viewer=tom) == []
    assert len(house.posts.feed(viewer=None)) == 1


def test_sensitive_posts_are_listed_only_for_those_who_chose_them(house, publish, tom):
    post = publish()
    house.db.execute("update pentagram.posts set sensitive = true")

    assert house.posts.feed(viewer=None) == []
    assert house.posts.feed(viewer=tom) == []
    house.db.execute("update pentagram.accounts set shows_sensitive = true where name = 'tom'")
    assert [shown.id for shown in house.posts.feed(viewer=tom)] == [post.id]


def test_pages_hold_every_post_once_while_new_ones_arrive(house, publish):
    posts = [publish() for _ in range(5)]

    first = house.posts.feed(viewer=None, limit=2)
    publish()
    rest = house.posts.feed(viewer=None, before=first[-1].id, limit=10)

    assert [post.id for post in first + rest] == [post.id for post in reversed(posts)]


@pytest.mark.parametrize("cursor", ["", "1", "x" * 36, "../../etc", "'; drop table posts", "\x00", 7])
def test_a_malformed_cursor_is_not_found(house, cursor):
    with pytest.raises(NotFound):
        house.posts.feed(viewer=None, before=cursor)


def test_only_ones_own_finished_pictures_are_posted(house, mira, tom, paint):
    theirs = paint(tom).creations[0]
    unfinished = house.studio.request("a boat", _small(), by=mira, token="press-one").creations[0]

    for creation in (theirs, unfinished):
        with pytest.raises(UserError, match="Only your own, finished pictures"):
            house.posts.publish([creation.id], by=mira, token=uuid.uuid4().hex)
    assert house.posts.feed(viewer=None) == []


@pytest.mark.parametrize(
    "wrong", [{"visibility": "everybody"}, {"caption": "x" * 2201}, {"token": "x"}, {"pictures": 0}]
)
def test_a_post_of_anything_else_is_refused_and_nothing_changes(house, mira, paint, wrong):
    pictures = [paint(mira).creations[0].id][: wrong.pop("pictures", 1)]

    with pytest.raises(UserError):
        house.posts.publish(pictures, by=mira, **{"token": uuid.uuid4().hex} | wrong)
    assert house.db.value("select count(*) from pentagram.posts") == 0


def test_a_post_shows_several_pictures_in_the_order_given_and_none_twice(house, mira, paint):
    creations = [creation.id for creation in paint(mira, count=3).creations]

    house.posts.publish(creations[::-1], by=mira, token="press-one")

    order = house.db.values("select creation_id from pentagram.post_pictures order by position")
    assert order == creations[::-1]
    with pytest.raises(UserError):
        house.posts.publish([creations[0], creations[0]], by=mira, token="press-two")


def test_a_deleted_post_is_gone_for_everybody_and_its_picture_stays_with_its_maker(house, publish, mira, tom):
    post = publish()

    with pytest.raises(NotFound):
        house.posts.delete(post.id, by=tom)
    house.posts.delete(post.id, by=mira)

    for viewer in (None, tom, mira):
        with pytest.raises(NotFound):
            house.posts.get(post.id, viewer=viewer)
    assert house.studio.mine(by=mira)[0].creations[0].state == "ready"


def test_a_posted_picture_cannot_be_deleted_behind_its_post(house, publish, mira):
    post = publish()
    creation = house.studio.mine(by=mira)[0].creations[0]

    with pytest.raises(UserError, match="Delete the post first"):
        house.studio.delete(creation.id, by=mira)

    house.posts.delete(post.id, by=mira)
    house.studio.delete(creation.id, by=mira)
    house.worker.run_until_idle()
    assert not house.storage.exists(creation.picture_key)
    assert house.studio.mine(by=mira) == []


@pytest.mark.parametrize("wrong", ["", "x", "01a1f89d-5130-7b88-905f-10624d5a0f61"])
def test_somebody_elses_or_no_picture_cannot_be_deleted_or_worn(house, mira, tom, paint, wrong):
    theirs = paint(tom).creations[0].id

    for creation_id in (wrong, theirs):
        with pytest.raises(NotFound):
            house.studio.delete(creation_id, by=mira)
        with pytest.raises((NotFound, UserError)):
            house.accounts.show_as(mira, creation_id)


@pytest.mark.parametrize("body", ["", "   ", "\u202e", "\u200b\u200b", "x" * 2201])
def test_a_comment_of_nothing_or_too_much_is_refused(house, publish, mira, body):
    post = publish()

    with pytest.raises(UserError):
        house.comments.write(post.id, body, by=mira, token="press-one")
    assert house.posts.get(post.id, viewer=mira).comment_count == 0


def test_a_comment_counts_once_and_only_its_author_takes_it_back(house, publish, mira, tom):
    post = publish()
    for _ in range(2):
        house.comments.write(post.id, "Lovely", by=tom, token="same-press")
    comment = house.comments.under(post.id, viewer=None)[0]
    assert house.posts.get(post.id, viewer=None).comment_count == 1

    with pytest.raises(NotFound):
        house.comments.delete(comment.id, by=mira)
    house.comments.delete(comment.id, by=tom)

    assert house.comments.under(post.id, viewer=None) == []
    assert house.posts.get(post.id, viewer=None).comment_count == 0


def _small():
    from services.studio.studio import Options

    return Options(256, 256)
