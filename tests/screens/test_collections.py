"""One's own collections and those of others, and the order in them."""

from __future__ import annotations

import pytest

from services.errors import NotFound
from tests.screens.conftest import button

MARKUP = "**bold** :red[red] :material/delete: -> www.a.com <b>x</b> [x](javascript:y)"


@pytest.fixture
def posts(house, mira, paint):
    made = paint(mira, count=3).creations
    return [
        house.posts.publish([each.id], by=mira, token=f"press-{number:03}", caption=f"Caption {number}")
        for number, each in enumerate(made)
    ]


@pytest.fixture
def board(house, mira, posts):
    """With all three in it, the latest on top."""
    board = house.collections.create("Evenings", by=mira, token="board-one")
    for post in posts:
        house.collections.save(post.id, by=mira, collection_id=board.id)
    return board


def rows(app):
    return [each.key.removeprefix("up-") for each in app.button if str(each.key).startswith("up-")]


def arrange(visit, by, board):
    app = visit(by).open("collection", id=str(board.id))
    app.segmented_control(key=f"do-{board.id}").select("Arrange").run()
    return app


def test_ones_own_collections_are_all_there_and_say_who_sees_them(visit, house, mira):
    house.collections.create("Seen by all", by=mira, token="board-one", is_public=True)
    house.collections.create("Seen by me", by=mira, token="board-two")
    tab = visit(mira)

    app = tab.open("collections")

    assert {"Seen by all", "Seen by me"} <= set(tab.texts)
    assert {each.value for each in app.caption} == {"0 posts · public", "0 posts · :material/lock: private"}


def test_nobody_sees_a_private_collection_of_another_person(visit, house, mira, person, board):
    house.collections.create("Seen by all", by=mira, token="board-two", is_public=True)
    tab = visit(person("tom"))

    tab.open("collections", name="mira")
    assert [text for text in tab.texts if text in ("Evenings", "Seen by all")] == ["Seen by all"]

    tab.open("collection", id=str(board.id))
    assert tab.sentences == ["There is no such collection, or it is not for you to see."]
    assert "Evenings" not in str(tab.app.main)


@pytest.mark.parametrize("wrong", ["", "1", "01a1f89d-5130-7b88-905f-10624d5a0f61", "'; drop table"])
def test_an_unknown_collection_is_a_sentence_with_a_way_on(visit, wrong):
    tab = visit()

    app = tab.open("collection", id=wrong)

    assert "There is no such collection" in tab.sentences[0]
    assert "Go to the feed" in [link.value for link in app.page_link]


def test_without_collections_one_is_invited_to_make_one(visit, mira):
    app = visit(mira).open("collections")

    assert button(app, "New collection")
    assert any("Save a post, and it begins" in each.value for each in app.markdown)


def test_others_see_what_is_in_a_public_one_and_can_change_nothing(visit, house, mira, board, posts, person):
    house.collections.change(board.id, by=mira, title=MARKUP, is_public=True, description=MARKUP)
    tab = visit(person("tom"))

    app = tab.open("collection", id=str(board.id))

    assert MARKUP in tab.texts
    assert {f"like-{post.id}" for post in posts} <= {each.key for each in app.button}
    assert not {"Edit", "Delete", "Share"} & {each.label for each in app.button}
    assert not app.segmented_control


def test_a_title_shows_as_it_was_typed(visit, house, mira, board):
    house.collections.change(board.id, by=mira, title=MARKUP, is_public=False)

    app = visit(mira).open("collection", id=str(board.id))

    shown = app.title[0].value
    assert shown.replace("\\", "").replace("\u2060", "") == MARKUP
    assert "**" not in shown
    assert ":red[" not in shown


def test_posts_are_moved_by_the_press_of_a_button_and_stay_moved(visit, house, mira, board, posts):
    first, second, third = (str(post.id) for post in posts)
    app = arrange(visit, mira, board)
    assert rows(app) == [third, second, first]

    app.button(key=f"up-{first}").click().run()
    assert rows(app) == [third, first, second]
    app.button(key=f"down-{third}").click().run()
    assert rows(app) == [first, third, second]
    app.button(key=f"top-{second}").click().run()
    assert rows(app) == [second, first, third]

    assert [str(post.id) for post in house.collections.posts(board.id, viewer=mira).items] == [second, first, third]


def test_moving_up_what_is_on_top_changes_nothing(visit, mira, board, posts):
    app = arrange(visit, mira, board)

    app.button(key=f"up-{posts[2].id}").click().run()

    assert rows(app) == [str(post.id) for post in reversed(posts)]


def test_what_was_taken_out_elsewhere_is_said_and_gone(visit, house, mira, board, posts):
    app = arrange(visit, mira, board)
    house.collections.remove(posts[0].id, by=mira, collection_id=board.id)

    app.button(key=f"up-{posts[0].id}").click().run()

    assert ["not in this collection any more" in toast.value for toast in app.toast] == [True]
    assert rows(app) == [str(posts[2].id), str(posts[1].id)]


def test_a_post_is_taken_out_of_this_collection_alone(visit, house, mira, board, posts):
    house.collections.save(posts[0].id, by=mira)
    app = arrange(visit, mira, board)

    app.button(key=f"remove-{posts[0].id}").click().run()

    assert rows(app) == [str(posts[2].id), str(posts[1].id)]
    assert house.posts.get(posts[0].id, viewer=mira).saved

    app.button(key="undo").click().run()
    assert rows(app) == [str(posts[0].id), str(posts[2].id), str(posts[1].id)]


def test_the_cover_is_one_of_the_posts_in_it(visit, house, mira, board, posts):
    app = arrange(visit, mira, board)

    app.button(key=f"cover-{posts[0].id}").click().run()

    assert app.button(key=f"cover-{posts[0].id}").disabled
    assert house.collections.get(board.id, viewer=mira).cover_key == posts[0].thumbnail_key


def test_a_deleted_collection_can_be_brought_back_and_what_the_star_saves_to_stays(visit, house, mira, board, posts):
    app = visit(mira).open("collection", id=str(board.id))
    button(app, "Delete").click().run()
    assert app.session_state["screen"] == "collections"
    with pytest.raises(NotFound):
        house.collections.get(board.id, viewer=mira)

    # AppTest stays on the page it was told, however the script moves on.
    app.switch_page("screens/collections.py")
    app.button(key="undo").click().run()
    assert house.collections.get(board.id, viewer=mira).post_count == len(posts)

    house.collections.save(posts[0].id, by=mira)
    starred = next(each for each in house.collections.mine(by=mira) if each.is_default)
    app = visit(mira).open("collection", id=str(starred.id))
    assert not any(each.label == "Delete" for each in app.button)


def test_an_empty_collection_says_how_it_is_filled(visit, house, mira):
    board = house.collections.create("Evenings", by=mira, token="board-one")

    app = visit(mira).open("collection", id=str(board.id))

    assert any("Save a post" in each.value for each in app.markdown)


def test_a_visitor_without_a_name_in_the_address_is_led_to_sign_in(visit):
    tab = visit()

    tab.open("collections")

    assert tab.sentences[0].startswith("Sign in to see your collections.")
