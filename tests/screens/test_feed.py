"""The feed: what each tab and filter shows, what stays while one looks around, and what can be done in place."""

from __future__ import annotations

import uuid

import pytest

from services.community.feeds import PAGE
from tests.screens.conftest import as_read, button, given

MARKUP = "**bold** :red[red] :material/delete: :smile: <b>x</b> [x](javascript:alert(1)) ![i](https://x.org/i) $x^2$"


@pytest.fixture
def publish(house, person, paint):
    """Posts a picture by somebody: `publish("mira", caption="...")`; each has painted one, and posts it as often as it
    takes."""
    painted = {}

    def do(name, *, kind="person", pictures=1, **told):
        if name not in painted:
            by = person(name)
            house.db.execute("update pentagram.accounts set kind = %(kind)s where id = %(id)s", kind=kind, id=by.id)
            painted[name] = [each.id for each in paint(by, f"a fox by {name}", count=4).creations]
        by = house.accounts.named(name)
        return house.posts.publish(painted[name][:pictures], by=by, token=uuid.uuid4().hex, **told)

    return do


def feed(visited, **address):
    """The feed at an address, as somebody gets it who opens that."""
    for name, value in address.items():
        visited.app.query_params[name] = value
    return visited.open()


def pictures_in(app):
    return [drawn["href"].removeprefix("post?id=") for drawn in given(app, "linked_picture")]


def ids(*posts):
    return [str(post.id) for post in posts]


def test_every_picture_leads_to_its_post_and_says_what_it_shows_and_how_many_there_are(visit, publish):
    post = publish("mira", pictures=3)

    [drawn] = given(visit().open(), "linked_picture")

    assert drawn["href"] == f"post?id={post.id}"
    assert drawn["alt"] == "“a fox by mira”, prompted by mira. 3 pictures"
    assert drawn["count"] == 3


def test_residents_are_marked_beside_their_name_and_people_are_not(visit, publish):
    publish("mira")
    publish("tide", kind="resident")

    makers = [drawn["by"] for drawn in given(feed(visit(), tab="Fresh"), "linked_text")]

    assert [(by["name"], by["badge"], by["to"]) for by in makers] == [
        ("tide", "AI", "person?name=tide"), ("mira", "", "person?name=mira"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("by", "names"), [("Everyone", ["tide", "mira"]), ("People only", ["mira"]), ("Residents only", ["tide"])]
)
def test_the_filter_shows_everyone_people_or_residents(visit, publish, by, names):
    posts = {"mira": publish("mira"), "tide": publish("tide", kind="resident")}

    app = feed(visit(), by=by, tab="Fresh")

    assert pictures_in(app) == ids(*(posts[name] for name in names))


def test_following_shows_those_whom_one_follows(visit, publish, house, person):
    publish("mira")
    sol = publish("sol")
    tom = person("tom")
    house.people.follow("sol", by=tom)

    app = feed(visit(tom), tab="Following")

    assert pictures_in(app) == ids(sol)


def test_trending_shows_first_what_people_like_most(visit, publish, house, person):
    liked, newer = publish("mira"), publish("mira")
    house.posts.like(liked.id, by=person("tom"))

    assert pictures_in(feed(visit(), tab="Trending")) == ids(liked, newer)
    assert pictures_in(feed(visit(), tab="Fresh")) == ids(newer, liked)


@pytest.mark.parametrize("address", [{"tab": "Nowhere"}, {"by": "Robots"}, {"tab": "", "by": "<script>"}])
def test_an_address_that_names_no_feed_shows_the_usual_one(visit, publish, address):
    post = publish("mira")

    assert pictures_in(feed(visit(), **address)) == ids(post)


def test_who_follows_nobody_is_told_whom_people_like(visit, publish, person, house):
    publish("mira")
    app = feed(visit(person("tom")), tab="Following")
    assert app.title[0].value == "Whom you follow shows here"

    button(app, "Follow").click().run()

    assert house.people.profile("mira", viewer=house.accounts.named("tom")).follows


def test_a_visitor_is_asked_to_sign_in_to_follow_somebody(visit, publish):
    publish("mira")

    app = feed(visit(), tab="Following")

    assert "Sign in to follow somebody" in [link.value for link in app.page_link]


def test_from_every_tab_a_visitor_who_likes_something_comes_to_sign_in_and_back(visit, publish):
    post = publish("mira")
    tab = visit()
    app = feed(tab, tab="Fresh")

    app.button(key=f"like-{post.id}").click().run()

    assert (tab.sentences, app.session_state["screen"]) == (
        ["Sign in to like this picture. You come back to where you were."],
        "sign_in",
    )
    assert app.session_state["return_to"] == ("feed", {"tab": "Fresh"})


def test_from_every_tab_the_keys_lead_elsewhere(visit, publish):
    publish("mira")
    tab = visit()
    app = feed(tab, tab="Fresh")

    app.button(key="key-G").click().run()

    assert (tab.sentences, app.session_state["screen"]) == ([], "generate")


def test_show_more_adds_and_keeps_what_was_there_when_one_likes(visit, publish, person):
    posts = [publish("mira") for _ in range(PAGE + 2)][::-1]
    app = feed(visit(person("tom")), tab="Fresh")
    assert pictures_in(app) == ids(*posts[:PAGE])

    button(app, "Show more").click().run()
    app.button(key=f"like-{posts[-1].id}").click().run()

    assert pictures_in(app) == ids(*posts)
    assert app.button(key=f"likers-{posts[-1].id}").label == "1 like"
    assert "Show more" not in [each.label for each in app.button]


def test_what_was_loaded_stays_while_one_looks_at_a_post_and_comes_back(visit, publish, person):
    posts = [publish("mira") for _ in range(PAGE + 2)][::-1]
    app = feed(visit(person("tom")), tab="Fresh")
    button(app, "Show more").click().run()
    publish("mira")

    app.query_params["id"] = str(posts[-1].id)
    app.switch_page("screens/post.py").run()
    app.button(key=f"like-{posts[-1].id}").click().run()
    app.query_params["tab"] = "Fresh"
    app.switch_page("screens/feed.py").run()

    assert pictures_in(app) == ids(*posts)
    assert app.button(key=f"likers-{posts[-1].id}").label == "1 like"
    assert button(app, "1 new post")


def test_new_posts_are_told_of_and_come_when_one_asks_for_them(visit, publish):
    first = publish("mira")
    app = feed(visit(), tab="Fresh")
    second, third = publish("mira"), publish("mira")
    app.run()
    assert pictures_in(app) == ids(first)

    button(app, "2 new posts").click().run()

    assert pictures_in(app) == ids(third, second, first)
    assert [told["top"] for told in given(app, "place")] == [1]


def test_ones_own_new_post_stands_on_top_when_one_comes_from_making_it(visit, publish, house):
    first = publish("mira")
    mira = house.accounts.named("mira")
    app = visit(mira).open()
    app.switch_page("screens/my_prompts.py").run()
    second = publish("mira")

    app.switch_page("screens/feed.py").run()

    assert pictures_in(app) == ids(second, first)


def test_a_tab_that_somebody_else_signs_in_to_shows_their_feed(visit, publish, house, person):
    post = publish("mira")
    tom = person("tom")
    house.posts.like(post.id, by=tom)
    tab = visit()
    app = tab.open()
    assert "primary" not in app.button(key=f"like-{post.id}").label

    app.session_state["session_token"] = house.accounts.begin_session(tom)
    app.run()

    assert "primary" in app.button(key=f"like-{post.id}").label


def test_the_star_saves_at_once_and_takes_it_back(visit, publish, house, person):
    post, tom = publish("mira"), person("tom")
    app = visit(tom).open()

    app.button(key=f"save-{post.id}").click().run()
    assert "Saved" in app.button(key=f"save-{post.id}").label
    [board] = house.collections.mine(by=tom)
    assert [kept.id for kept in house.collections.posts(board.id, viewer=tom).items] == [post.id]

    app.button(key=f"save-{post.id}").click().run()
    assert "Saved" not in app.button(key=f"save-{post.id}").label
    assert house.collections.posts(board.id, viewer=tom).items == []


def test_not_this_post_stays_out_until_it_is_undone(visit, publish, person):
    post = publish("mira")
    tom = person("tom")
    app = visit(tom).open()

    app.menu_button(key=f"more-{post.id}").click("Not this post").run()
    assert pictures_in(app) == []
    assert pictures_in(visit(tom).open()) == []

    app.button(key=f"undo-{post.id}").click().run()
    assert pictures_in(app) == ids(post)
    assert pictures_in(visit(tom).open()) == ids(post)


def test_muting_from_a_card_can_be_undone_there(visit, publish, person, house):
    post = publish("mira")
    tom = person("tom")
    app = visit(tom).open()

    app.menu_button(key=f"more-{post.id}").click("Mute this account").run()
    assert house.people.profile("mira", viewer=tom).muted

    app.button(key=f"undo-{post.id}").click().run()
    assert not house.people.profile("mira", viewer=tom).muted
    assert pictures_in(app) == ids(post)


def test_nobody_is_offered_to_mute_or_report_themselves(visit, publish, house):
    post = publish("mira")

    app = visit(house.accounts.named("mira")).open()

    assert app.menu_button(key=f"more-{post.id}").options == ["Share", "Save to a collection", "More like this"]


def test_markup_in_what_people_typed_shows_as_it_was_typed(visit, house, person, paint):
    mira = person("mira")
    creation = paint(mira, MARKUP).creations[0]
    house.posts.publish([creation.id], by=mira, token="press-one", shows_prompt=False, caption=MARKUP)
    tab = visit()

    app = tab.open()

    assert any(text.startswith("**bold** :red[red]") for text in tab.texts)
    assert not any("bold" in each.value for kind in (app.markdown, app.caption) for each in kind)


def test_a_tag_shows_what_is_posted_under_it(visit, publish):
    publish("mira", tags=["snow"])
    sea = publish("mira", tags=["sea"])

    app = visit().open("tag", name="#Sea")

    assert as_read(app.title[0].value) == "#sea"
    assert pictures_in(app) == ids(sea)


@pytest.mark.parametrize("wrong", ["", "<b>", "a/b", "x" * 60])
def test_what_cannot_be_a_tag_is_a_sentence(visit, wrong):
    tab = visit()

    tab.open("tag", name=wrong)

    assert tab.sentences == ["There is no such tag."]


# For you --------------------------------------------------------------------------------------------------------------


def captions(app):
    return [as_read(each.value) for each in app.caption]


def test_for_you_says_why_each_picture_is_there(visit, painted_by, person, house):
    liked, near = painted_by("sol", "fox snow forest fur"), painted_by("ann", "fox snow forest den")
    painted_by("mira", "castle tower moon stone")
    tom = person("tom")
    house.posts.like(liked.id, by=tom)

    app = visit(tom).open()

    assert str(near.id) in pictures_in(app)
    assert captions(app).count("Because you liked “fox snow forest fur”") >= 1
    assert "New here" in captions(app)


def test_less_like_this_takes_the_post_out_in_its_place_teaches_and_can_be_undone(visit, painted_by, person, house):
    post = painted_by("sol", "fox snow forest fur")
    tom = person("tom")
    app = visit(tom).open()

    app.menu_button(key=f"more-{post.id}").click("Less like this").run()
    assert pictures_in(app) == []
    assert "For you shows less like this from its next page on." in captions(app)
    assert learned(house, tom) == [True]

    app.button(key=f"undo-{post.id}").click().run()
    assert pictures_in(app) == ids(post)
    assert learned(house, tom) == []


def test_not_this_person_keeps_their_posts_out_of_for_you_alone(visit, painted_by, person, house):
    post = painted_by("sol", "fox snow forest fur")
    tom = person("tom")
    app = visit(tom).open()

    app.menu_button(key=f"more-{post.id}").click("Not this person").run()
    assert "For you leaves out what sol posts. They are not told." in captions(app)
    assert pictures_in(visit(tom).open()) == []
    assert pictures_in(feed(visit(tom), tab="Fresh")) == ids(post)

    app.button(key=f"undo-{post.id}").click().run()
    assert pictures_in(visit(tom).open()) == ids(post)


def test_a_visitor_teaches_for_you_without_signing_in(visit, painted_by):
    fox, tower = painted_by("sol", "fox snow forest fur"), painted_by("ann", "castle tower moon stone")
    app = visit().open()

    app.menu_button(key=f"more-{fox.id}").click("Less like this").run()

    assert pictures_in(app) == ids(tower)
    assert [each.negative for each in app.session_state["visitor"].interests] == [True]


def test_a_post_that_somebody_opens_tells_what_they_like(visit, painted_by, house, person):
    post = painted_by("sol", "fox snow forest fur")
    tom = person("tom")

    visit(tom).open("post", id=str(post.id))

    assert learned(house, tom) == [False]


def test_who_has_seen_all_is_told_so_and_gets_what_they_saw_longest_ago(visit, painted_by, person):
    post = painted_by("sol", "fox snow forest fur")
    tom = person("tom")
    first = visit(tom)
    assert (pictures_in(first.open()), first.sentences) == (ids(post), [])

    again = visit(tom)

    assert pictures_in(again.open()) == ids(post)
    assert again.sentences == ["You have seen all that is new. From here on it is what you saw longest ago."]


def test_for_you_keeps_what_was_loaded_and_tells_of_new_posts(visit, publish, person):
    posts = [publish(f"maker{number % 3}") for number in range(PAGE + 2)]
    app = visit(person("tom")).open()
    button(app, "Show more").click().run()
    assert sorted(pictures_in(app)) == sorted(ids(*posts))
    shown, fresh = pictures_in(app), publish("mira")

    app.button(key=f"like-{shown[-1]}").click().run()
    app.run()
    assert pictures_in(app) == shown

    button(app, "1 new post").click().run()
    assert pictures_in(app)[0] == str(fresh.id)


def learned(house, who):
    """Of each interest whether it keeps away."""
    return house.db.values("select negative from pentagram.interests where account_id = %(who)s", who=who.id)
