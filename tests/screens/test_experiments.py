"""The experiments page as admins get it, and what others get instead."""

from __future__ import annotations

import pytest

from tests.fakes.shown_log import settled, shown
from tests.screens.conftest import button


@pytest.fixture
def admin(house, person):
    person("vera")
    return house.accounts.set_role("vera", "admin")


def captions(app):
    return " ".join(each.value for each in app.caption)


def links(app):
    return [each.proto.label for each in app.get("page_link")]


def words(app):
    return " ".join(each.value for each in app.markdown)


def test_others_get_a_sentence_and_no_link(visit, person, house):
    person("mira")
    mira = house.accounts.set_role("mira", "moderator")
    tab = visit(mira)

    app = tab.open("experiments")

    assert tab.sentences == ["Only admins can do this."]
    assert not app.title
    assert "Experiments" not in links(visit(mira).open("moderation"))


def test_admins_find_it_beside_moderation(visit, admin):
    assert "Experiments" in links(visit(admin).open("moderation"))


def test_a_visitor_is_asked_to_sign_in(visit):
    tab = visit()

    tab.open("experiments")

    assert "Sign in to experiment." in tab.sentences[0]


def test_of_an_empty_log_it_says_how_much_is_needed(visit, admin):
    tab = visit(admin)

    app = tab.open("experiments")

    assert "Too little was shown to judge ways of choosing: 0 places to 0 people." in tab.sentences[0]
    assert "Nothing was shown yet." in words(app)
    assert not app.table
    assert app.slider[0].value == 10


def test_ways_stand_side_by_side_as_a_chart_and_as_a_table(visit, house, admin):
    shown(house.db, settled(house.db))
    house.training.learn_from_shown()
    house.training.learn_from_shown()

    app = visit(admin).open("experiments")

    table = app.table[0].value
    assert list(table["Way"]) == [
        "Ours, as it was", "Only familiar", "Only surprising", "Popular", "Trending", "Newest", "Random",
    ]  # fmt: skip
    assert all("to" in each for each in table["Doubly robust"])
    assert "Seen to win more than ours: only surprising" in words(app)
    assert "Told from 3,000 places on pages of 40 people." in captions(app)
    assert "Of 8 makers, 8 were shown." in words(app)


def test_another_share_is_foretold_before_it_is_saved_and_then_holds(visit, house, admin):
    shown(house.db, settled(house.db))
    app = visit(admin).open("experiments")
    assert button(app, "Save for the whole house").disabled

    app.slider[0].set_value(60).run()
    gain = next(each.value for each in app.metric if each.label == "Against now")
    assert float(gain) > 1
    assert house.experiments.share(by=admin).share == 0.1

    button(app, "Save for the whole house").click().run()

    assert house.experiments.share(by=admin).share == 0.6
    assert "60% since" in words(app)
    assert "set by vera" in words(app)
    assert button(app, "Save for the whole house").disabled
