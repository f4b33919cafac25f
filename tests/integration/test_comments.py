"""Comments: threads, answers, likes, and what is left of a thread whose beginning is gone."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.community.comments import FIRST_REPLIES, LONGEST, Comments
from services.errors import NotAllowed, NotFound, UserError
from services.safety.prompts import PromptGate
from tests.fakes.teller import Listener


@pytest.fixture
def ann(person):
    return person("ann")


@pytest.fixture
def post(house, mira, paint):
    """Mira's."""
    return house.posts.publish([paint(mira).creations[0].id], by=mira, token="press-post")


@pytest.fixture
def say(house, post):
    """`say(tom, "Lovely")`, or `say(tom, "Thanks", to=comment)`."""

    def do(by, body="Lovely", *, to=None, under=post):
        answered = to.id if to else None
        return house.comments.write(under.id, body, by=by, token=uuid.uuid4().hex, parent_id=answered)

    return do


@pytest.fixture
def threads(house, post):
    def do(viewer=None, **options):
        return house.comments.threads(post.id, viewer=viewer, **options)

    return do


def all_at_once(actions):
    """Run each in a thread; what they raised."""
    with ThreadPoolExecutor(len(actions)) as workers:
        done = [workers.submit(action) for action in actions]
    return [error for each in done if (error := each.exception())]


def walk(page, **options):
    """All items of a list, page by page."""
    items, after = [], None
    while True:
        found = page(after=after, **options)
        items += found.items
        after = found.next
        if after is None:
            return items


def bodies(threads):
    return [thread.comment.body for thread in threads]


# Writing -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "", "   ", "\n\t \n", "\u202e", "\u200b\u200b", "\u0301" * 5000, "x" * (LONGEST + 1), "x" * 10_000,
        "x" * 1_000_000, "kill yourself",
    ],
)  # fmt: skip
def test_a_comment_of_nothing_or_too_much_is_refused(house, post, mira, body):
    with pytest.raises(UserError):
        house.comments.write(post.id, body, by=mira, token="press-one")
    assert house.posts.get(post.id, viewer=mira).comment_count == 0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a" + "\u0301" * 5000 + "b", "\u00e1" + "\u0301" * 3 + "b"), ("\u202eegami\u202c tfel", "egami tfel"),
        ("  two \r\n\r\n\r\n\r\n lines ", "two\n\nlines"), ("x" * LONGEST, "x" * LONGEST),
        ("<script>alert(1)</script> ![](x) :red[y] :material/home: [z](javascript:z)",) * 2,
    ],
)  # fmt: skip
def test_a_comment_is_kept_as_it_was_typed_but_for_what_would_spoil_the_page(say, tom, typed, kept):
    assert say(tom, typed).body == kept


def test_a_comment_counts_once_however_often_its_button_arrives(house, post, tom, threads):
    def press():
        return house.comments.write(post.id, "Lovely", by=tom, token="same-press")

    assert all_at_once([press] * 8) == []
    assert bodies(threads().items) == ["Lovely"]
    assert house.posts.get(post.id, viewer=None).comment_count == 1
    assert press() == threads(tom).items[0].comment


def test_fifty_who_write_and_delete_at_once_are_counted_right(house, post, person, say):
    people = [person(f"fan{number}") for number in range(50)]

    def waver(number, by):
        comment = say(by)
        if number % 5:
            house.comments.delete(comment.id, by=by)

    errors = all_at_once([lambda number=number, by=by: waver(number, by) for number, by in enumerate(people)])

    assert errors == []
    assert house.posts.get(post.id, viewer=None).comment_count == 10


def test_where_comments_are_turned_off_the_old_ones_stay_and_no_new_ones_come(house, post, tom, say, threads):
    say(tom, "Early")
    house.db.execute("update pentagram.posts set takes_comments = false")

    with pytest.raises(NotAllowed, match="turned off"):
        say(tom, "Late")
    assert bodies(threads().items) == ["Early"]


# Threads -------------------------------------------------------------------------------------------------------------


def test_an_answer_to_an_answer_hangs_under_the_same_comment_and_says_whom_it_answers(mira, tom, ann, say, threads):
    top = say(tom, "How?")
    answer = say(mira, "With patience", to=top)
    say(ann, "And @tom with luck", to=answer)
    say(tom, "@mira thanks", to=answer)
    say(mira, "More of it", to=answer)

    [thread] = threads().items

    assert [reply.body for reply in thread.replies] == ["With patience", "@mira And @tom with luck", "@mira thanks"]
    assert {reply.parent_id for reply in thread.replies} == {top.id}
    assert (thread.reply_count, thread.comment.reply_count) == (4, 4)


def test_a_long_answer_is_not_refused_for_the_name_in_front_of_it(mira, tom, say):
    answer = say(mira, "Yes", to=say(tom))

    assert say(tom, "x" * LONGEST, to=answer).body == "x" * LONGEST


def test_what_is_not_there_cannot_be_answered(house, mira, tom, paint, say):
    deleted = say(tom)
    house.comments.delete(deleted.id, by=tom)
    elsewhere = house.posts.publish([paint(tom).creations[0].id], by=tom, token="press-tom")
    foreign = say(tom, under=elsewhere)

    for gone in (deleted, foreign):
        with pytest.raises(NotFound):
            say(mira, "Yes", to=gone)
    with pytest.raises(NotFound):
        house.comments.write(elsewhere.id, "Yes", by=mira, token="press-one", parent_id="x")


def test_a_deleted_comment_leaves_its_place_only_to_what_was_answered_to_it(house, mira, tom, say, threads):
    answered, alone = say(tom, "Answered"), say(tom, "Alone")
    reply = say(mira, "Yes", to=answered)
    for comment in (answered, alone):
        house.comments.delete(comment.id, by=tom)

    [thread] = threads(tom).items
    assert (thread.comment.id, thread.comment.body, thread.comment.author) == (answered.id, None, "")
    assert not thread.comment.mine
    assert not thread.comment.deletable
    assert [each.body for each in thread.replies] == ["Yes"]

    house.comments.delete(reply.id, by=mira)
    assert threads(tom).items == []


def test_a_removed_comment_is_gone_for_its_author_too(house, tom, say, threads):
    say(tom)
    house.db.execute("update pentagram.comments set removed_at = now()")

    assert threads(tom).items == []


@pytest.mark.parametrize("direction", ["blocks", "is blocked"])
def test_who_is_blocked_is_read_by_everybody_else(house, mira, tom, ann, say, threads, direction):
    top = say(tom, "By Tom")
    say(mira, "By Mira", to=top)
    say(tom, "By Tom again", to=top)
    both = {"a": tom.id, "b": ann.id} if direction == "is blocked" else {"a": ann.id, "b": tom.id}
    house.db.execute("insert into pentagram.blocks values (%(a)s, %(b)s)", **both)

    [thread] = threads(ann).items
    assert (thread.comment.body, [each.body for each in thread.replies], thread.reply_count) == (None, ["By Mira"], 1)
    [thread] = threads(mira).items
    assert (thread.comment.body, thread.reply_count) == ("By Tom", 2)
    for act in (house.comments.like, house.comments.unlike):
        with pytest.raises(NotFound):
            act(top.id, by=ann)
    with pytest.raises(NotFound):
        say(ann, "Hello", to=top)


# Order and paging ----------------------------------------------------------------------------------------------------


def test_comments_come_newest_oldest_or_best_first(house, mira, tom, ann, say, threads):
    for body in ("One", "Two", "Three", "Four"):
        comment = say(tom, body)
        for fan in {"Two": (mira, ann), "Three": (mira,)}.get(body, ()):
            house.comments.like(comment.id, by=fan)
    orders = {
        "newest": ["Four", "Three", "Two", "One"], "oldest": ["One", "Two", "Three", "Four"],
        "best": ["Two", "Three", "Four", "One"],
    }  # fmt: skip

    for order, expected in orders.items():
        assert bodies(threads(order=order).items) == expected
        assert bodies(walk(threads, order=order, limit=1)) == expected
        assert bodies(walk(threads, order=order, limit=2)) == expected
    with pytest.raises(NotFound):
        threads(order="worst")


@pytest.mark.parametrize("order", ["newest", "oldest", "best"])
def test_a_walk_shows_no_comment_twice_whatever_is_liked_or_said_meanwhile(house, mira, tom, say, threads, order):
    said = [say(tom, str(number)) for number in range(5)]
    house.comments.like(said[2].id, by=mira)
    first = threads(order=order, limit=2)
    for thread in first.items:
        house.comments.like(thread.comment.id, by=mira)
        house.comments.unlike(thread.comment.id, by=mira)
    new = say(tom, "New")

    rest = walk(lambda after, **options: threads(after=after or first.next, **options), order=order, limit=2)

    shown = [thread.comment.id for thread in [*first.items, *rest]]
    assert len(set(shown)) == len(shown)
    assert set(shown) - {new.id} == {each.id for each in said}


def test_a_thread_shows_its_first_answers_and_the_rest_where_they_end(house, mira, tom, say, threads):
    top = say(tom)
    for number in range(FIRST_REPLIES + 3):
        say(mira, str(number), to=top)
    short = say(tom, "Short")
    for number in range(FIRST_REPLIES):
        say(mira, f"{number} of all", to=short)

    second, first = threads().items

    assert [each.body for each in first.replies] == ["0", "1", "2"]
    rest = walk(lambda after, **o: house.comments.replies(top.id, viewer=None, after=after or first.next, **o), limit=2)
    assert [each.body for each in rest] == ["3", "4", "5"]
    assert (len(second.replies), second.reply_count, second.next) == (FIRST_REPLIES, FIRST_REPLIES, None)
    assert house.comments.replies(short.id, viewer=None, limit=10).next is None


def test_answers_to_no_comment_are_not_found_and_a_comment_without_answers_has_none(house, tom, say):
    assert house.comments.replies(say(tom).id, viewer=None).items == []
    for wrong in ("x", "01a1f89d-5130-7b88-905f-10624d5a0f61"):
        with pytest.raises(NotFound):
            house.comments.replies(wrong, viewer=None)


def test_a_malformed_cursor_is_not_found(house, tom, say, threads):
    comment = say(tom)
    for cursor in ("", "1", "../../etc", "\x00", 7):
        with pytest.raises(NotFound):
            threads(after=cursor)
        with pytest.raises(NotFound):
            house.comments.replies(comment.id, viewer=None, after=cursor)


# Changing and taking back --------------------------------------------------------------------------------------------


def test_an_edited_comment_says_so_and_the_later_of_two_tabs_is_told(house, tom, say, threads):
    comment = say(tom, "One")

    edited = house.comments.edit(comment.id, "Two", by=tom, seen=comment.edited_at)
    assert house.comments.edit(comment.id, "Two", by=tom, seen=comment.edited_at) == edited
    with pytest.raises(UserError, match="changed in another tab"):
        house.comments.edit(comment.id, "Three", by=tom, seen=comment.edited_at)

    [thread] = threads().items
    assert (thread.comment.body, thread.comment.edited_at) == ("Two", edited.edited_at)
    assert house.comments.edit(comment.id, "Three", by=tom, seen=edited.edited_at).body == "Three"


def test_two_edits_at_the_same_moment_are_one_edit_and_one_told(house, tom, say):
    comment = say(tom, "One")

    errors = all_at_once(
        [lambda number=number: house.comments.edit(comment.id, f"Tab {number}", by=tom) for number in range(6)]
    )

    assert [type(error) for error in errors] == [UserError] * 5


@pytest.mark.parametrize("body", ["", " ", "x" * (LONGEST + 1), "kill yourself"])
def test_an_edit_to_nothing_or_too_much_is_refused(house, tom, say, threads, body):
    comment = say(tom, "One")

    with pytest.raises(UserError):
        house.comments.edit(comment.id, body, by=tom)
    assert bodies(threads().items) == ["One"]


def test_only_its_author_edits_a_comment_and_the_posts_author_may_delete_it_too(house, mira, tom, ann, say, threads):
    first, second = say(tom, "First"), say(tom, "Second")

    for other in (mira, ann):
        with pytest.raises(NotFound):
            house.comments.edit(first.id, "Mine", by=other)
    with pytest.raises(NotFound):
        house.comments.delete(first.id, by=ann)
    shown = {who.name: threads(who).items[0].comment.deletable for who in (mira, tom, ann)}
    assert shown == {"mira": True, "tom": True, "ann": False}
    assert not threads(None).items[0].comment.deletable

    for _ in range(2):
        house.comments.delete(first.id, by=tom)
        house.comments.delete(second.id, by=mira)
    assert threads().items == []
    with pytest.raises(NotFound):
        house.comments.edit(first.id, "Back", by=tom)


def test_whoever_is_blocked_may_still_take_back_what_they_said(house, mira, tom, say):
    comment = say(tom)
    house.db.execute("insert into pentagram.blocks values (%(a)s, %(b)s)", a=mira.id, b=tom.id)

    with pytest.raises(NotFound):
        house.comments.edit(comment.id, "Ha", by=tom)
    house.comments.delete(comment.id, by=tom)


# Likes and telling ---------------------------------------------------------------------------------------------------


def test_fifty_who_like_and_unlike_a_comment_at_once_are_counted_right(house, person, tom, say, threads):
    comment = say(tom)
    fans = [person(f"fan{number}") for number in range(50)]

    def waver(number, fan):
        house.comments.like(comment.id, by=fan)
        house.comments.like(comment.id, by=fan)
        if number % 5:
            house.comments.unlike(comment.id, by=fan)

    errors = all_at_once([lambda number=number, fan=fan: waver(number, fan) for number, fan in enumerate(fans)])

    assert errors == []
    assert threads().items[0].comment.like_count == 10
    assert threads(fans[0]).items[0].comment.liked
    assert not threads(fans[1]).items[0].comment.liked


def test_what_is_said_and_liked_is_told_once(house, mira, tom, post):
    listener = Listener()
    comments = Comments(house.db, house.posts, PromptGate(), listener)

    for _ in range(2):
        comment = comments.write(post.id, "See @ann", by=tom, token="press-one")
        comments.like(comment.id, by=mira)
    comments.edit(comment.id, "See @ann and @eve", by=tom)

    assert listener.heard == [
        ("commented", post.id, "See @ann"), ("mentioned in", comment.id, "ann"),
        ("liked comment", comment.id, "mira"), ("mentioned in", comment.id, "eve"),
    ]  # fmt: skip


def test_a_comment_stands_when_nobody_can_be_told(house, tom, post, threads, caplog):
    comments = Comments(house.db, house.posts, PromptGate(), Listener(broken=True))

    comments.like(comments.write(post.id, "See @ann", by=tom, token="press-one").id, by=tom)

    assert threads(tom).items[0].comment.liked
    assert [record.message for record in caplog.records] == ["What happened stands, but nobody was told of it."] * 3
