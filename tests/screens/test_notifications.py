"""What others did that concerns somebody, and how much of it is unread."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.screens.conftest import button

MARKUP = "**bold** :red[red] :material/delete: <b>x</b> [x](javascript:alert(1))"


@pytest.fixture
def post(house, mira, paint):
    return house.posts.publish([paint(mira).creations[0].id], by=mira, token="press-one")


def told(app):
    """The sentences on the screen, with the word that marks new ones."""
    return [each.value for each in app.markdown if " you" in each.value and each.value.startswith(":material/")]


def news(app) -> str:
    """What the corner says."""
    return next(link.value for link in app.page_link if link.value.startswith("Notifications"))


def test_who_is_told_nothing_yet_is_invited(visit, mira):
    app = visit(mira).open("notifications")

    assert any("Nothing yet" in each.value for each in app.markdown)
    assert "Paint something" in [link.value for link in app.page_link]


def test_a_visitor_is_led_to_sign_in(visit):
    tab = visit()

    tab.open("notifications")

    assert tab.sentences[0].startswith("Sign in to see your notifications.")


def test_the_corner_counts_what_is_unread_and_says_it_in_words(visit, house, mira, post, person):
    house.posts.like(post.id, by=person("tom"))
    house.people.follow("mira", by=person("ada"))

    app = visit(mira).open()

    assert news(app) == "Notifications :red-badge[2]"
    assert any(link.proto.help == "2 unread" for link in app.page_link)


def test_a_visitor_has_no_corner_of_news(visit, post):
    app = visit().open()

    assert not any(link.value.startswith("Notifications") for link in app.page_link)


def test_one_is_marked_as_read_and_the_others_stay_new(visit, house, mira, post, person):
    house.posts.like(post.id, by=person("tom"))
    house.people.follow("mira", by=person("ada"))
    app = visit(mira).open("notifications")
    assert news(app) == "Notifications :red-badge[2]"
    liked = next(each for each in house.notifications.page(by=mira).items if each.kind == "like")

    app.button(key=f"read-{liked.id}").click().run()

    assert sorted(told(app)) == [
        ":material/favorite: tom liked your picture",
        ":material/person_add: **ada started following you** :red-badge[New]",
    ]
    assert news(app) == "Notifications :red-badge[1]"
    assert [each.label for each in app.button].count("Mark read") == 1


@pytest.mark.parametrize(("screen", "left"), [("post", "follow"), ("person", "like")])
def test_whoever_opens_what_they_were_told_of_has_read_it(visit, house, mira, post, person, screen, left):
    house.posts.like(post.id, by=person("tom"))
    house.people.follow("mira", by=person("ada"))

    app = visit(mira).open(screen, **({"id": str(post.id)} if screen == "post" else {"name": "ada"}))

    assert news(app) == "Notifications :red-badge[1]"
    assert [each.kind for each in house.notifications.page(by=mira).items if each.unread] == [left]


@pytest.mark.parametrize("about", [{"id": "\0x"}, {"id": "x" * 5000}, {"id": ""}])
def test_an_address_of_nothing_reads_nothing(visit, house, mira, post, person, about):
    house.posts.like(post.id, by=person("tom"))
    tab = visit(mira)

    tab.open("post", **about)

    assert tab.sentences == ["There is no such post."]
    assert house.notifications.unread_count(by=mira) == 1


def test_likes_of_one_picture_are_one_line(visit, house, mira, post, person):
    for name in ("tom", "ada", "sol"):
        house.posts.like(post.id, by=person(name))

    app = visit(mira).open("notifications")

    assert ["and 1 other liked your picture" in each for each in told(app)] == [True]


def test_every_line_leads_to_its_place(visit, house, mira, post, person):
    tom = person("tom")
    house.comments.write(post.id, "Well done", by=tom, token="press-two")
    house.people.follow("mira", by=tom)

    app = visit(mira).open("notifications")

    ways = {link.value: link.proto.query_string for link in app.page_link}
    assert ways["See the post"] == f"id={post.id}"
    assert ways["See the profile"] == "name=tom"
    assert app.button(key="follow-tom").label == "Follow back"


def test_what_others_wrote_shows_as_it_was_typed(visit, house, mira, post, person):
    house.comments.write(post.id, MARKUP, by=person("tom"), token="press-two")
    house.notifications.decided(mira.id, decision_id=uuid4(), verdict="removed", reason=MARKUP, post_id=post.id)
    tab = visit(mira)

    tab.open("notifications")

    assert tab.texts.count(MARKUP) == 2


def test_a_decision_of_moderators_says_what_and_why_and_not_who(visit, house, mira):
    house.notifications.decided(mira.id, decision_id=uuid4(), verdict="warned", reason="Mind the tone.")
    tab = visit(mira)

    app = tab.open("notifications")

    [sentence] = told(app)
    assert r"**A moderator decided about something of yours\: warned**" in sentence
    assert "Mind the tone." in tab.texts


def test_mark_all_read_takes_the_marks_away(visit, house, mira, post, person):
    house.posts.like(post.id, by=person("tom"))
    app = visit(mira).open("notifications")

    button(app, "Mark all read").click().run()

    assert told(app) == [":material/favorite: tom liked your picture"]
    assert house.notifications.unread_count(by=mira) == 0
    assert not any(each.label == "Mark all read" for each in app.button)


def test_what_comes_while_one_reads_is_offered_and_does_not_move_the_page(visit, house, mira, post, person):
    house.posts.like(post.id, by=person("tom"))
    app = visit(mira).open("notifications")
    before = told(app)
    house.people.follow("mira", by=person("ada"))

    app.run()
    assert told(app) == before
    app.button(key="show-new").click().run()

    assert "**ada started following you** :red-badge[New]" in told(app)[0]
    assert "show-new" not in [each.key for each in app.button]
    assert house.notifications.unread_count(by=mira) == 2


def test_what_one_wants_to_be_told_can_be_chosen(visit, house, mira):
    app = visit(mira).open("notifications")

    button(app, "Preferences").click().run()

    assert app.toggle(key="told-of-like").value
    assert {each.label for each in app.toggle} >= {"Likes of your posts", "New followers", "Mentions of you"}


def test_the_count_is_one_query(visit, house, mira, post, person, monkeypatch):
    house.posts.like(post.id, by=person("tom"))
    asked = []
    count = house.notifications.unread_count
    monkeypatch.setattr(house.notifications, "unread_count", lambda *, by: asked.append(by.name) or count(by=by))

    visit(mira).open()

    assert asked == ["mira"]
