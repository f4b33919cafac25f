"""My interests as a screen: what For you has learned, what one changes there, and the same within a visitor's tab."""

from __future__ import annotations

import pytest

from tests.conftest import PASSWORD
from tests.screens.conftest import as_read, button, given

FOX, BOAT = "fox snow forest fur", "boat harbour tide rope"


def names(app):
    """Of the interests on the screen."""
    return [as_read(each.value) for each in app.subheader]


def captions(app):
    return [as_read(each.value) for each in app.caption]


def pressed(app, label):
    """The buttons of this name, whichever thing each is about."""
    return [each for each in app.button if each.label == label]


def links(app):
    return [link.value for link in app.page_link]


def test_who_has_done_nothing_yet_is_invited(visit, tom):
    tab = visit(tom)

    app = tab.open("my_interests")

    assert any(each.value.startswith("Nothing is learned yet") for each in app.markdown)
    assert {"Look around", "Search"} <= set(links(app))
    assert "Forget everything" not in [each.label for each in app.button]


def test_an_interest_shows_its_pictures_its_share_and_what_it_was_learned_from(visit, painted_by, house, tom):
    fox, boat = painted_by("sol", FOX), painted_by("ann", BOAT)
    house.posts.like(fox.id, by=tom)
    house.collections.save(fox.id, by=tom)
    house.learning.looked_at(boat.id, by=tom)

    app = visit(tom).open("my_interests")
    assert names(app) == ["Fox snow forest fur", "Boat harbour tide rope"]
    assert [each["alt"] for each in given(app, "linked_picture")] == [fox.alt, boat.alt]
    assert [each.label for each in app.expander] == ["Learned from 1 save and 1 like", "Learned from 1 look"]
    assert "You liked it, just now" not in captions(app)

    [foxes, _] = house.interests.shown(by=tom).liked
    app.session_state[f"learned-{foxes.id}"] = True
    app.run()
    assert "You liked it, just now" in captions(app)
    pressed(app, "Forget")[0].click().run()
    assert [each.label for each in app.expander] == ["Learned from 1 like", "Learned from 1 look"]
    assert house.collections.mine(by=tom)


def test_stronger_weaker_and_removed_are_a_press_and_what_was_removed_comes_back(visit, painted_by, house, tom):
    house.collections.save(painted_by("sol", FOX).id, by=tom)
    house.posts.like(painted_by("sol", BOAT).id, by=tom)
    app = visit(tom).open("my_interests")

    pressed(app, "Strengthen")[0].click().run()
    assert any("Strengthened" in each.value for each in app.markdown)
    assert pressed(app, "Strengthen")[0].disabled
    pressed(app, "Weaken")[1].click().run()
    app.button(key="undo").click().run()
    assert not any("Weakened" in each.value for each in app.markdown)
    pressed(app, "Weaken")[1].click().run()
    foxes, boats = house.interests.shown(by=tom).liked
    assert (foxes.state, boats.state) == ("pinned", "weak")
    assert names(app) == ["Fox snow forest fur", "Boat harbour tide rope"]

    pressed(app, "Remove")[0].click().run()
    assert names(app) == ["Boat harbour tide rope"]
    app.button(key="undo").click().run()
    assert house.interests.shown(by=tom).liked[0].state == "pinned"

    pressed(app, "Remove")[0].click().run()
    button(app, "Bring back").click().run()
    assert house.interests.shown(by=tom).removed == []


def test_what_one_wants_less_of_and_whom_one_does_not_want_is_taken_back_there(visit, painted_by, house, tom):
    house.learning.less_like(painted_by("sol", FOX).id, by=tom)
    house.learning.not_the_maker_of(painted_by("ann", BOAT).id, by=tom)
    app = visit(tom).open("my_interests")
    assert "You asked for less like it, just now" in captions(app)

    app.button(key=pressed(app, "Undo")[0].key).click().run()
    button(app, "Show again").click().run()

    assert house.interests.shown(by=tom).is_empty


def test_all_who_are_not_wanted_are_in_a_list_of_ones_own(visit, painted_by, house, tom):
    house.learning.not_the_maker_of(painted_by("ann", BOAT).id, by=tom)

    app = visit(tom).open("people", list="Not in For you")
    button(app, "Show again").click().run()

    assert house.interests.shown(by=tom).makers.items == []


def test_learning_can_be_paused_and_for_you_says_so(visit, painted_by, house, tom):
    fox = painted_by("sol", FOX)
    app = visit(tom).open("my_interests")

    app.toggle(key="paused").set_value(True).run()
    app.switch_page("screens/feed.py").run()
    assert any("Learning is paused" in said for said in captions(app))
    app.button(key=f"like-{fox.id}").click().run()

    assert house.interests.shown(by=tom).is_empty


@pytest.mark.parametrize(("screen", "key"), [("my_interests", "surprise"), ("feed", "surprise-here")])
def test_from_familiar_to_surprising_is_set_on_both_screens(visit, painted_by, house, tom, screen, key):
    painted_by("sol", FOX)
    app = visit(tom).open(screen)

    app.select_slider(key=key).set_value(0.5).run()

    assert house.learning.wishes(by=tom).surprise == 0.5
    assert visit(tom).open(screen).select_slider(key=key).value == 0.5


def test_forgetting_everything_asks_first_and_for_you_begins_anew(visit, painted_by, house, tom):
    house.posts.like(painted_by("sol", FOX).id, by=tom)
    app = visit(tom).open("my_interests")

    button(app, "Forget everything").click().run()
    assert len(house.interests.shown(by=tom).liked) == 1
    app.button(key="reset").click().run()

    assert house.interests.shown(by=tom).is_empty


def test_what_is_changed_is_seen_in_for_you_when_one_comes_back_there(visit, painted_by, house, tom):
    posts = [painted_by(name, f"{words} {name}") for words in (FOX, BOAT) for name in ("sol", "ann", "mira")]
    house.posts.like(posts[0].id, by=tom)
    app = visit(tom).open()
    before = [drawn["href"] for drawn in given(app, "linked_picture")]
    app.switch_page("screens/my_interests.py").run()
    app.switch_page("screens/feed.py").run()
    assert [drawn["href"] for drawn in given(app, "linked_picture")] == before

    app.switch_page("screens/my_interests.py").run()
    pressed(app, "Remove")[0].click().run()
    app.switch_page("screens/feed.py").run()

    assert not any(said.startswith("Because you liked") for said in captions(app))


# Without an account ---------------------------------------------------------------------------------------------------


def test_a_visitor_sees_what_their_tab_has_learned_and_takes_it_along_into_an_account(visit, painted_by, house):
    fox = painted_by("sol", FOX)
    tab = visit()
    app = tab.open("post", id=str(fox.id))
    app.switch_page("screens/my_interests.py").run()
    assert names(app) == ["Fox snow forest fur"]
    assert "This is what this tab has learned. It is gone when you close it." in tab.sentences
    pressed(app, "Remove")[0].click().run()
    app.button(key="undo").click().run()
    pressed(app, "Strengthen")[0].click().run()

    app.switch_page("screens/sign_in.py").run()
    fields = [each for each in app.text_input if each.label in ("Name", "Password", "Repeat password")][2:]
    for field, value in zip(fields, ("newcomer", PASSWORD, PASSWORD), strict=True):
        field.set_value(value)
    button(app, "Create account").click().run()

    newcomer = house.accounts.named("newcomer")
    assert [each.state for each in house.interests.shown(by=newcomer).liked] == ["pinned"]
    assert "visitor" not in app.session_state or not app.session_state["visitor"].interests
