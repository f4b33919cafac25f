"""Keeping a post out of one's lists, and taking a deleted comment back."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from services.errors import NotFound


@pytest.fixture
def publish(house, mira, paint):
    creation = paint(mira).creations[0]
    return lambda **told: house.posts.publish([creation.id], by=mira, token=uuid.uuid4().hex, **told)


def listed(house, viewer):
    return [post.id for post in house.feeds.page("fresh", viewer=viewer).items]


def hides(house):
    return house.db.value("select count(*) from pentagram.hides")


def test_a_hidden_post_stays_out_of_ones_own_lists_alone_and_opens_by_its_link(house, publish, mira, tom):
    post = publish()

    for _ in range(2):
        house.posts.hide(post.id, by=tom)

    assert listed(house, tom) == []
    assert listed(house, None) == listed(house, mira) == [post.id]
    assert house.posts.get(post.id, viewer=tom).id == post.id
    assert hides(house) == 1


def test_what_is_hidden_no_more_is_listed_again_and_unhiding_what_is_not_is_nothing(house, publish, tom):
    post = publish()
    house.posts.hide(post.id, by=tom)

    for _ in range(2):
        house.posts.unhide(post.id, by=tom)

    assert listed(house, tom) == [post.id]


def test_what_one_may_not_see_leaves_no_trace_when_one_hides_it(house, publish, mira, tom):
    private, blocked = publish(visibility="private"), publish()
    house.people.block("tom", by=mira)

    for post_id in (private.id, blocked.id, uuid.uuid4()):
        house.posts.hide(post_id, by=tom)

    assert hides(house) == 0


def test_a_comment_comes_back_with_its_likes_answers_and_count(house, publish, mira, tom):
    post = publish()
    comment = house.comments.write(post.id, "Lovely", by=tom, token="press-one")
    house.comments.write(post.id, "It is", by=mira, token="press-two", parent_id=comment.id)
    house.comments.like(comment.id, by=mira)
    house.comments.delete(comment.id, by=tom)
    assert house.posts.get(post.id, viewer=None).comment_count == 1

    for _ in range(2):
        back = house.comments.restore(comment.id, by=tom)

    assert (back.body, back.like_count) == ("Lovely", 1)
    assert house.posts.get(post.id, viewer=None).comment_count == 2
    [thread] = house.comments.threads(post.id, viewer=None).items
    assert [reply.body for reply in thread.replies] == ["It is"]


def test_nobody_brings_back_what_another_wrote_and_nobody_what_was_deleted_long_ago(house, publish, mira, tom):
    comment = house.comments.write(publish().id, "Lovely", by=tom, token="press-one")
    house.comments.delete(comment.id, by=tom)
    with pytest.raises(NotFound):
        house.comments.restore(comment.id, by=mira)

    house.db.execute(
        "update pentagram.comments set deleted_at = deleted_at - %(long)s::interval", long=timedelta(hours=1)
    )
    with pytest.raises(NotFound):
        house.comments.restore(comment.id, by=tom)


def test_a_comment_that_a_moderator_removed_is_not_brought_back_by_deleting_it(house, publish, tom):
    comment = house.comments.write(publish().id, "Lovely", by=tom, token="press-one")
    house.db.execute("update pentagram.comments set removed_at = now()")
    house.comments.delete(comment.id, by=tom)

    with pytest.raises(NotFound):
        house.comments.restore(comment.id, by=tom)
