"""The moderators' screen, what people read of decisions about themselves, the policy and the counts."""

from __future__ import annotations

import uuid

import pytest

from services.safety.rulings import Ruling
from tests.screens.conftest import as_read, button

REMOVE = Ruling("remove", "harassment", "It insults *somebody*.")


@pytest.fixture
def publish(house, mira, paint):
    return lambda **told: house.posts.publish([paint(mira).creations[0].id], by=mira, token=uuid.uuid4().hex, **told)


@pytest.fixture
def reported(house, tom, publish):
    """A reported post of mira's, and its case."""

    def do(reason="spam", **told):
        post = publish(**told)
        house.people.report(by=tom, reason=reason, details="Look *here*", post_id=post.id)
        case = house.db.value("select id from pentagram.cases where post_id = %(post)s", post=post.id)
        return post, str(case)

    return do


def labels(app):
    return [each.label for each in app.button]


def links(app):
    return [as_read(each.value) for each in app.page_link]


def read(app):
    return [as_read(each.value) for kind in ("markdown", "text", "caption") for each in getattr(app, kind)]


def texts(app):
    return [each.value for each in app.text]


def in_dialog(app, opener, press):
    """Presses something in a dialog: AppTest runs the whole page for it, so that what opened it is pressed anew."""
    button(app, opener).click()
    button(app, press).click().run()


def images(app):
    return [each.proto.imgs[0].alt for each in app.image]


# The queue ------------------------------------------------------------------------------------------------------------


def test_only_moderators_find_it_in_the_navigation(visit, ada, mira):
    assert button(visit(ada).open(), "Go to Moderation")
    assert "Go to Moderation" not in labels(visit(mira).open())


def test_the_queue_shows_what_waits_with_the_most_urgent_first(visit, ada, reported):
    reported("spam", caption="Buy")
    reported("violence", caption="Cruel")

    app = visit(ada).open("moderation")

    rows = [text for text in texts(app) if text in ("Buy", "Cruel")]
    assert rows == ["Cruel", "Buy"]
    assert any("1 report: spam or fraud" in each for each in read(app))


def test_an_empty_queue_says_so(visit, ada):
    app = visit(ada).open("moderation")

    assert "Nothing waits for you." in read(app)


def test_a_case_shows_its_words_and_history_with_pictures_blurred_until_asked(visit, ada, reported):
    _, case = reported(caption="A *fox*")

    app = visit(ada).open("moderation", case=case)

    assert images(app) == ["A picture, blurred"]
    assert {"a red fox in the snow", "A *fox*", "Look *here*", "0 strikes in force"} <= set(texts(app))
    button(app, "Show the pictures").click().run()
    assert images(app) == ["a red fox in the snow"]
    button(app, "Blur the pictures").click().run()
    assert images(app) == ["A picture, blurred"]


def test_of_a_child_reported_as_shown_sexually_there_are_words_alone(visit, ada, reported):
    _, case = reported("minors")
    tab = visit(ada)

    app = tab.open("moderation", case=case)

    assert images(app) == []
    assert "Show the pictures" not in labels(app)
    assert "The post" not in links(app)
    assert tab.sentences[0].startswith("Reported as showing a child sexually.")


def test_a_decision_is_made_with_a_rule_and_a_sentence_and_the_next_case_follows(visit, house, ada, reported):
    post, case = reported("harassment")
    app = visit(ada).open("moderation", case=case)

    button(app, "Remove").click().run()
    assert app.selectbox[0].value == "harassment"
    app.text_area[0].set_value("It insults somebody.")
    in_dialog(app, "Remove", "Decide")

    [entry] = house.moderation.records.log(by=ada).items
    assert (entry.verdict, entry.rule, entry.reason) == ("remove", "harassment", "It insults somebody.")
    assert house.moderation.queue.count(by=ada) == 0
    assert post.id == entry.post_id


def test_without_a_sentence_of_the_moderators_own_the_person_reads_which_rule_was_chosen(visit, house, ada, reported):
    _, case = reported("harassment")
    app = visit(ada).open("moderation", case=case)

    button(app, "Remove").click().run()
    app.selectbox[0].set_value("hate")
    in_dialog(app, "Remove", "Decide")

    [entry] = house.moderation.records.log(by=ada).items
    assert (entry.rule, entry.reason) == ("hate", "It breaks our rule on hate.")


def test_a_comment_shows_the_prompt_that_it_stands_under_where_there_is_no_caption(
    visit, house, ada, mira, tom, publish
):
    post = publish()
    said = house.comments.write(post.id, "How dull.", by=mira, token="press-say")
    house.people.report(by=tom, reason="harassment", comment_id=said.id)
    [case] = house.moderation.queue.page(by=ada).items

    app = visit(ada).open("moderation", case=str(case.id))

    assert {"How dull.", "a red fox in the snow"} <= set(texts(app))


def test_a_case_that_somebody_else_decided_meanwhile_says_so_and_offers_nothing(visit, house, ada, reported):
    _, case = reported("harassment")
    tab = visit(ada)
    app = tab.open("moderation", case=case)
    house.moderation.decisions.decide(case, Ruling("leave"), by=ada)

    button(app, "Remove").click().run()

    assert "This was decided already." in tab.sentences
    assert "Remove" not in labels(app)


def test_several_cases_are_picked_and_decided_at_once(visit, house, ada, reported):
    posts = [reported()[0] for _ in range(2)]
    app = visit(ada).open("moderation")
    for box in app.checkbox:
        box.check()
    app.run()

    button(app, "Mark sensitive").click().run()
    in_dialog(app, "Mark sensitive", "Decide")

    assert all(house.posts.get(post.id, viewer=None).sensitive for post in posts)
    assert house.moderation.queue.count(by=ada) == 0


# The log --------------------------------------------------------------------------------------------------------------


def test_the_log_tells_what_was_decided_and_takes_it_back(visit, house, ada, reported):
    post, case = reported()
    house.moderation.decisions.decide(case, REMOVE, by=ada)
    app = visit(ada).open("moderation", moderating="Log")
    assert any("Remove: post of mira" in each for each in (text.replace("**", "") for text in read(app)))

    back = next(each for each in app.button if each.key and each.key.startswith("back-"))
    back.click().run()
    app.text_area[0].set_value("A mistake.")
    next(each for each in app.button if each.key == back.key).click()
    app.button[-1].click().run()

    assert house.posts.get(post.id, viewer=None).id == post.id


def test_the_log_of_one_account_comes_with_its_history(visit, ada, house, reported):
    _, case = reported()
    house.moderation.decisions.decide(case, REMOVE, by=ada)

    app = visit(ada).open("moderation", moderating="Log", of="mira")

    assert "Reports about them: 1 upheld, 0 dismissed" in texts(app)


# Own rules ------------------------------------------------------------------------------------------------------------


def test_moderators_try_a_text_and_rule_on_words(visit, house, ada):
    app = visit(ada).open("moderation", moderating="Own rules")
    app.text_area[0].set_value("an eviscerated man").run()
    assert any(each.startswith("The gate: **block**") for each in read(app))
    assert any(each.startswith("- rules: **block**, violence (eviscerated)") for each in read(app))

    app.text_input[0].set_value("teddy bear")
    app.selectbox[0].set_value("sensitive")
    app.selectbox[1].set_value("violence")
    button(app, "Add").click().run()

    [rule] = house.own_rules.current()
    assert (rule.words, rule.decision, rule.category) == ("teddy bear", "sensitive", "violence")
    button(app, "End").click().run()
    assert house.own_rules.current() == []


# What people read ----------------------------------------------------------------------------------------------------


def test_a_person_reads_why_and_appeals(visit, house, ada, mira, reported):
    _, case = reported(caption="A *fox*")
    house.moderation.decisions.decide(case, Ruling("strike", "hate", "It attacks *people*."), by=ada)
    app = visit(mira).open("account", section="Decisions")
    assert "It attacks *people*." in texts(app)
    assert any(each.startswith("**1 strike in force.**") for each in read(app))

    button(app, "Appeal").click().run()
    app.text_area[-1].set_value("It shows a fox.")
    in_dialog(app, "Appeal", "Send")

    [appeal] = house.moderation.queue.page(by=ada).items
    assert (appeal.kind, appeal.text) == ("appeal", "It shows a fox.")
    assert any("Your appeal waits for a moderator." in each for each in read(app))


def test_whoever_is_suspended_reads_until_when(visit, house, ada, tom, mira):
    house.people.report(by=mira, reason="spam", account="tom")
    case = house.db.value("select id from pentagram.cases")
    house.moderation.decisions.decide(case, Ruling("suspend", "spam", "Advertising.", days=7), by=ada)
    tab = visit(tom)

    tab.open("account", section="Decisions")

    assert tab.sentences[0].startswith("Your account is suspended until ")


def test_whoever_is_suspended_reads_it_before_a_prompt_is_written(visit, house, ada, tom, mira):
    tab = visit(tom)
    tab.open("generate")
    assert not tab.sentences
    house.people.report(by=mira, reason="spam", account="tom")
    case = house.db.value("select id from pentagram.cases")
    house.moderation.decisions.decide(case, Ruling("suspend", "spam", "Advertising.", days=7), by=ada)

    app = tab.open("generate")

    assert tab.sentences[0].startswith("Your account is suspended until ")
    assert "Why, and how to appeal" in links(app)


def test_who_removed_something_of_ones_own_is_not_told_but_that_it_is_removed(visit, house, ada, mira, reported):
    post, case = reported()
    house.moderation.decisions.decide(case, REMOVE, by=ada)

    app = visit(mira).open("post", id=str(post.id))

    assert any("Removed by a moderator" in each for each in read(app))
    assert "Why, and how to appeal" in links(app)


def test_a_collection_of_somebody_else_can_be_reported(visit, house, mira, tom):
    board = house.collections.create("Foxes", by=mira, token="press-board", is_public=True)
    app = visit(tom).open("collection", id=str(board.id))

    button(app, "Report").click().run()
    app.radio[0].set_value("spam")
    in_dialog(app, "Report", "Send report")

    assert house.db.value("select count(*) from pentagram.cases where collection_id is not null") == 1


def test_everybody_reads_the_policy_and_what_moderation_came_to(visit, house, ada, reported):
    _, case = reported("hate")
    house.moderation.decisions.decide(case, REMOVE, by=ada)

    policy = visit().open("policy")
    counts = visit().open("transparency")

    assert "Moderation in numbers" in [each.value for each in counts.title]
    assert "1  Hate against a group of people" in texts(counts)
    assert "What moderators decided, in numbers" in links(policy)
