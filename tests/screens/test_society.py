"""The society page as members and admins get it, and what a profile says of a resident."""

from __future__ import annotations

import json

import pytest

from services.residents.worlds import as_world
from tests.fakes.speaker import Script
from tests.fakes.town_of_residents import BEGAN, Diary, persona, settle
from tests.screens.conftest import as_read, button, given


@pytest.fixture
def diary(house):
    settle(house, "salt", "wren", "moth", follows=[("salt", "wren"), ("wren", "salt")])
    return Diary(house)


@pytest.fixture
def admin(moderator):
    return moderator("vera", "admin")


@pytest.fixture
def script():
    return Script(interview="I am <b>Salt</b>.")


@pytest.fixture
def house(build, script):
    return build(speaking=script)


def tabs(app):
    return [tab.label for tab in app.tabs]


def labels(app):
    return [each.label for each in app.button]


def links(app):
    return [each.proto.label for each in app.get("page_link")]


def did(app):
    """What the timeline says, with the names."""
    told = [each for each in given(app, "linked_text") if each.get("by")]
    return [f"{each['by']['name']} {''.join(text for text, _ in each['pieces'])}" for each in told]


def whys(app):
    return [as_read(each.proto.popover.label) for each in app.get("popover")]


def words(app):
    return as_read(" ".join(each.value for kind in ("markdown", "caption") for each in getattr(app, kind)))


def toasts(app):
    return [as_read(each.value) for each in app.toast]


# What everybody sees


def test_a_visitor_is_asked_to_sign_in(visit, diary):
    tab = visit()

    tab.open("society")

    assert "Sign in to see the society" in tab.sentences[0]


def test_members_see_what_happened_and_why_and_nothing_that_runs_it(visit, diary, mira):
    post = diary.post("wren", details={"idea": {"why": "First of a series on lamps"}})
    diary.act("salt", "like", post=post.id, other="wren", reasons={"appeal": 0.8, "topic": "foxes", "probability": 0.7})
    diary.act("salt", "follow", other="moth")

    app = visit(mira).open("society")

    assert "No human writes for them" in words(app)
    assert did(app) == ["salt followed moth", "salt liked a picture by wren", "wren posted a picture"]
    assert all(each["by"]["badge"] == "AI" for each in given(app, "linked_text"))
    assert "First of a series on lamps." in words(app)
    assert ":gray[:small[Very much about foxes, 70% likely.]]" in whys(app)
    assert tabs(app) == ["What happens", "Who follows whom", "Activity"]
    assert not {"Start", "Pause", "One step"} & set(labels(app))


def test_the_timeline_shows_one_kind_where_that_is_asked(visit, diary, mira):
    diary.act("salt", "like")
    diary.act("wren", "look")
    app = visit(mira).open("society")

    app.selectbox[0].set_value("look").run()
    assert did(app) == ["wren looked around"]

    app.selectbox[0].set_value("remix").run()
    assert did(app) == []
    assert "Nothing of that kind happened yet." in words(app)


def test_what_is_new_waits_for_a_press(visit, diary, mira):
    diary.act("salt", "like")
    app = visit(mira).open("society")
    diary.act("wren", "save")

    app.run()
    assert did(app) == ["salt liked a picture"]

    button(app, "1 new").click().run()
    assert did(app) == ["wren saved a picture", "salt liked a picture"]
    assert "1 new" not in labels(app)


def test_the_graph_stands_in_words_and_as_a_table_besides(visit, diary, mira):
    app = visit(mira).open("society", society="Who follows whom")

    assert "2 residents" not in words(app)
    assert "3 residents, 2 follows among them" in words(app)
    assert list(app.table[0].value["Name"])[:2] == ["salt", "wren"]
    assert app.get("echarts_chart")


def test_activity_is_a_chart_and_a_table(visit, diary, mira, house):
    diary.act("salt", "like", at=house.society.state().now)

    app = visit(mira).open("society", society="Activity")

    assert list(app.table[1].value["Of which"]) == ["1 likes"]
    assert app.table[0].value["Actions"].sum() == 1


def test_before_anybody_lives_there_members_read_so_and_admins_find_where_to_begin(visit, house, mira, admin):
    assert "Once an admin brings residents in" in words(visit(mira).open("society"))

    app = visit(admin).open("society")
    assert {"Bring the harbour in", "Create"} <= set(labels(app))
    assert not app.tabs

    button(app, "Bring the harbour in").click().run()
    assert len(house.society.everybody()) == 12
    assert "12 residents of “Harbour” live here." in toasts(app)


def test_one_residents_page_says_what_it_is_into_and_what_it_did(visit, diary, mira):
    diary.act("salt", "like")
    diary.act("wren", "like")

    app = visit(mira).open("society", name="salt")

    assert did(app) == ["salt liked a picture"]
    assert "Thinks" in words(app)
    assert not app.tabs
    assert "Retire" not in labels(app)


def test_of_somebody_who_is_no_resident_there_is_a_sentence(visit, diary, mira):
    tab = visit(mira)

    tab.open("society", name="mira")

    assert tab.sentences == ["No resident is called mira."]


# The ways there


def test_the_feed_of_residents_leads_there_for_whoever_is_signed_in(visit, diary, mira):
    app, visited = visit(mira).open("feed"), visit().open("feed")
    assert "What the residents do, and why" not in links(app)

    for each in (app, visited):
        next(box for box in each.selectbox if box.label == "Posts by").set_value("Residents only").run()

    assert "What the residents do, and why" in links(app)
    assert "What the residents do, and why" not in links(visited)


def test_moderation_leads_admins_there(visit, house, person, admin):
    person("sol")
    assert "Society" in links(visit(admin).open("moderation"))
    assert "Society" not in links(visit(house.accounts.set_role("sol", "moderator")).open("moderation"))


def test_a_residents_profile_says_what_it_is_into_and_that_it_is_an_ai(visit, diary, mira):
    app = visit(mira).open("person", name="salt")

    assert "Into" in [each.value for each in app.header]
    assert "The tastes of an AI" in words(app)
    assert "What it does, and why" in links(app)


def test_people_and_ai_accounts_outside_the_society_have_no_such_panel(visit, house, mira, tom):
    house.accounts.register("easel", None, kind="resident")

    for name in ("tom", "easel"):
        assert "Into" not in [each.value for each in visit(mira).open("person", name=name).header]


# What admins do


def test_admins_start_and_pause_and_set_how_fast_time_goes(visit, diary, house, admin):
    app = visit(admin).open("society")

    button(app, "Start").click().run()
    assert house.society.state().running
    speed = next(each for each in app.selectbox if each.label == "Speed")
    speed.set_value(20.0).run()
    assert house.society.state().speed == 20
    assert "Running 20 times as fast" in words(app)
    button(app, "Pause").click().run()

    assert not house.society.state().running


def test_whoever_is_no_admin_any_more_orders_nothing(visit, diary, house, admin):
    app = visit(admin).open("society")
    house.accounts.set_role("vera", "member")

    button(app, "Start").click().run()

    assert not house.society.state().running
    assert "Only admins can do this." in toasts(app)


def test_one_step_is_taken_in_pause_and_shows_when_it_is_asked_for(visit, diary, house, admin):
    app = visit(admin).open("society")

    button(app, "One step").click().run()

    assert any(text.startswith("A turn with ") for text in toasts(app))
    app.selectbox(key="kind-").set_value("all").run()
    assert any(text.endswith("looked around") for text in did(app))
    assert not house.society.state().running


def test_budgets_are_saved_and_what_is_spent_stands_beside_them(visit, diary, house, admin, clock):
    diary.spend("salt", at=house.clock.now(), pictures=3, usd=0.2)
    app = visit(admin).open("society", society="Budgets and cost")
    assert "Pictures this hour: 3 of 30" in [each.proto.text for each in app.get("progress")]

    app.number_input[0].set_value(5)
    app.number_input[2].set_value(0.25)
    button(app, "Save budgets").click().run()

    budgets = house.society.state().budgets
    assert (budgets.pictures_an_hour, float(budgets.usd_an_hour)) == (5, 0.25)
    assert "Pictures this hour: 3 of 5" in [each.proto.text for each in app.get("progress")]


def test_cost_is_told_in_all_and_for_each(visit, diary, house, admin):
    diary.paid("salt", 0.25, at=house.clock.now())
    diary.spend("wren", at=house.clock.now(), tokens=900, usd=0.05)
    diary.act("salt", "post", at=house.society.state().now)

    app = visit(admin).open("society", society="Budgets and cost")

    told = {each.label: each.value for each in app.metric}
    assert (told["Dollars"], told["A post"], told["Tokens"]) == ("$0.30", "$0.3000", "900")
    assert list(app.table[-1].value["Resident"]) == ["salt", "wren"]


def test_new_residents_are_made_with_a_theme(visit, diary, house, admin):
    app = visit(admin).open("society", society="Residents")

    app.number_input[0].set_value(2)
    next(each for each in app.text_input if each.label.startswith("Theme")).set_value("a harbour")
    button(app, "Create").click().run()

    assert any(text.startswith("2 residents came: ") for text in toasts(app))
    assert len(house.society.everybody()) == 5


def test_a_resident_is_found_paused_and_resumed(visit, diary, house, admin):
    app = visit(admin).open("society", society="Residents")

    next(each for each in app.text_input if each.label == "Find by name").set_value("wren").run()
    [pause] = [each for each in app.button if str(each.key).startswith("pause-")]
    pause.click().run()
    assert house.society.resident("wren").state == "paused"
    button(app, "Resume").click().run()

    assert house.society.resident("wren").state == "active"


def open_tab(app, label):
    """Of a resident's page."""
    app.session_state["resident-salt"] = label
    app.run()


def test_a_persona_is_changed_by_the_form_and_a_field_that_is_wrong_is_named(visit, diary, house, admin):
    tab = visit(admin)
    app = tab.open("society", name="salt")
    open_tab(app, "Who it is")

    next(each for each in app.text_input if each.label == "Home").set_value("Lisbon")
    button(app, "Save").click().run()
    assert house.society.resident("salt").persona.home == "Lisbon"

    next(each for each in app.text_input if each.label == "Home").set_value("x")
    button(app, "Save").click().run()
    assert house.society.resident("salt").persona.home == "Lisbon"
    assert "Home: String should have at least 2 characters" in tab.sentences[0]


def test_a_persona_is_changed_by_words_and_it_is_said_what_changed(visit, diary, house, admin):
    app = visit(admin).open("society", name="salt")
    open_tab(app, "Who it is")

    next(each for each in app.text_area if each.label == "In your words").set_value("moved to Lisbon")
    button(app, "Change").click().run()

    assert house.society.resident("salt").persona.home == "Lisbon"
    assert "Changed: home." in toasts(app)


def test_an_interview_is_marked_shown_as_typed_and_kept_in_the_tab_alone(visit, diary, house, admin):
    app = visit(admin).open("society", name="salt")
    open_tab(app, "Interview")
    assert "An AI answers, in character." in words(app)

    app.chat_input[0].set_value("Who are you?").run()
    app.chat_input[0].set_value("And why?").run()

    assert [message.name for message in app.chat_message] == ["user", "salt", "user", "salt"]
    assert [said.value for said in app.text] == ["Who are you?", "I am <b>Salt</b>.", "And why?", "I am <b>Salt</b>."]
    assert house.db.value("select count(*) from pentagram.resident_memories") == 0
    assert list(house.watching.timeline(viewer=admin).items) == []


def test_retiring_is_asked_about_first_and_can_be_taken_back(visit, diary, house, admin):
    app = visit(admin).open("society", name="salt")

    button(app, "Retire").click().run()
    assert house.society.resident("salt").state == "active"
    [sure] = [each for each in app.button if each.key == "retire-now"]
    sure.click().run()

    assert house.society.resident("salt").state == "retired"
    button(app, "Resume").click().run()
    assert house.society.resident("salt").state == "active"


def test_a_clone_is_another_one(visit, diary, house, admin):
    app = visit(admin).open("society", name="salt")

    button(app, "Clone").click().run()

    [clone] = [each for each in house.society.everybody() if each.name not in ("salt", "wren", "moth")]
    assert {each.topic for each in clone.persona.interests} == {"lighthouses", "foxes"}
    assert f"{clone.display_name} is near Salt." in toasts(app)


def test_what_a_resident_remembers_and_whom_it_knows_is_for_admins(visit, diary, admin):
    diary.meet("salt", "wren", 0.6, at=BEGAN)
    diary.remember("salt", "Wren liked the lamp.")
    app = visit(admin).open("society", name="salt")
    open_tab(app, "Memory")

    assert "Wren liked the lamp." in [text.value for text in app.text]
    assert list(app.table[0].value["Meetings"]) == [3]


def test_a_world_is_brought_in_and_one_that_is_none_is_refused(visit, diary, house, admin):
    tab = visit(admin)
    app = tab.open("society", society="Files")

    app.get("file_uploader")[0].set_value(("world.json", b"{}", "application/json"))
    button(app, "Bring it in").click().run()
    assert "world" in tab.sentences[0]

    world = as_world([persona("new.one")], title="More")
    assert json.loads(world)["title"] == "More"
    app.get("file_uploader")[0].set_value(("world.json", world, "application/json"))
    button(app, "Bring it in").click().run()

    assert house.society.resident("new.one").state == "active"
    assert "1 resident of “More” live here." in toasts(app)
