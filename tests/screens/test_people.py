"""Profiles, lists of people, and what one can do about somebody."""

from __future__ import annotations

import pytest

from tests.screens.conftest import button

MARKUP = "**bold** :red[red] :material/delete: <script>alert(1)</script> [x](javascript:alert(1)) $x^2$"


@pytest.fixture
def post(house, mira, paint):
    return house.posts.publish([paint(mira).creations[0].id], by=mira, token="press-one")


def links(app):
    return [link.value for link in app.page_link]


def link_to(app, label: str) -> str:
    [link] = [link for link in app.page_link if link.value == label]
    return link.proto.query_string


def of_profile(app):
    """What the menu beside the button offers."""
    return next(menu for menu in app.menu_button if menu.label == "More")


def test_a_profile_shows_who_it_is_and_leads_to_its_lists(visit, house, mira, post, person):
    house.accounts.change_profile(mira, name="mira", display_name="Mira L.", email="", bio=MARKUP)
    house.people.follow("mira", by=person("tom"))
    tab = visit()

    app = tab.open("person", name="mira")

    assert app.title[0].value == r"Mira L\."
    assert MARKUP in tab.texts
    assert ":small[**1** post]" in [each.value for each in app.markdown]
    assert link_to(app, "**1** follower") == "name=mira&list=Followers"
    assert link_to(app, "**0** following") == "name=mira&list=Following"
    assert app.button(key=f"like-{post.id}")


def test_an_ai_account_says_in_words_that_nobody_writes_there(visit, house):
    house.accounts.register("tide", None, kind="resident")

    app = visit().open("person", name="tide")

    assert any("AI account" in each.value for each in app.markdown)
    assert any("no human writes here" in each.value for each in app.caption)


def test_a_person_bears_no_mark_of_an_ai(visit, mira):
    app = visit().open("person", name="mira")

    assert not any("AI" in each.value for each in [*app.markdown, *app.caption])


def test_following_counts_at_once_and_a_second_press_changes_nothing(visit, house, mira, person):
    app = visit(person("tom")).open("person", name="mira")

    app.button(key="follow-mira").click().run()

    assert "**1** follower" in links(app)
    assert [menu.label for menu in app.menu_button] == ["Following", "More"]
    assert house.people.profile("mira", viewer=None).follower_count == 1


def test_unfollowing_is_a_choice_in_a_menu(visit, house, mira, person):
    tom = person("tom")
    house.people.follow("mira", by=tom)
    app = visit(tom).open("person", name="mira")

    app.menu_button(key="following-mira").click("Unfollow").run()

    assert "**0** followers" in links(app)
    assert not house.people.profile("mira", viewer=tom).follows


def test_a_visitor_who_follows_is_led_to_sign_in(visit, mira):
    tab = visit()
    app = tab.open("person", name="mira")

    app.button(key="follow-mira").click().run()

    assert tab.sentences[0].startswith("Sign in to follow mira.")


def test_following_somebody_who_blocked_one_meanwhile_is_told_and_changes_nothing(visit, house, mira, person):
    tom = person("tom")
    app = visit(tom).open("person", name="mira")
    house.people.block("tom", by=mira)

    app.button(key="follow-mira").click().run()

    assert [toast.value for toast in app.toast] == [r"Nobody here is called mira\."]
    assert house.people.following("tom", viewer=tom).items == []


@pytest.mark.parametrize("name", ["nobody", "no such", "x" * 200, "'; drop table accounts; --"])
def test_a_profile_of_nobody_is_a_sentence_with_a_way_on(visit, name):
    tab = visit()

    app = tab.open("person", name=name)

    assert tab.sentences[0].startswith("Nobody here is called ")
    assert "Go to the feed" in links(app)


def test_to_whoever_is_blocked_there_is_nobody_of_that_name(visit, house, mira, person):
    tom = person("tom")
    house.people.block("tom", by=mira)
    tab = visit(tom)

    tab.open("person", name="mira")

    assert [each.replace("\\", "") for each in tab.sentences] == ["Nobody here is called mira."]


def test_who_blocked_somebody_is_told_so_sees_nothing_of_them_and_can_unblock(visit, house, mira, post, person):
    tom = person("tom")
    house.people.block("mira", by=tom)
    tab = visit(tom)
    app = tab.open("person", name="mira")
    assert tab.sentences == ["You blocked this account. Neither of you sees the other here."]
    assert not any(each.key == f"like-{post.id}" for each in app.button)

    button(app, "Unblock").click().run()

    assert any(each.key == f"like-{post.id}" for each in app.button)
    assert not house.people.profile("mira", viewer=tom).blocked


def test_muting_is_said_and_can_be_taken_back(visit, house, mira, person):
    tom = person("tom")
    app = visit(tom).open("person", name="mira")

    of_profile(app).click("Mute").run()
    assert any("Muted" in each.value for each in app.markdown)
    assert house.people.profile("mira", viewer=tom).muted

    of_profile(app).click("Unmute").run()
    assert not house.people.profile("mira", viewer=tom).muted


def test_blocking_asks_first_and_says_what_it_does(visit, house, mira, person):
    tom = person("tom")
    app = visit(tom).open("person", name="mira")

    of_profile(app).click("Block").run()

    assert any("Neither of you finds the other here any more" in each.value for each in app.markdown)
    assert app.button(key="block-now").label == "Block"
    assert not house.people.profile("mira", viewer=tom).blocked


def test_reporting_offers_a_short_list_of_reasons(visit, mira, person):
    app = visit(person("tom")).open("person", name="mira")

    of_profile(app).click("Report").run()

    assert "Spam or fraud" in app.radio[0].options
    assert app.text_area[0].label == "Details (optional)"


def test_an_empty_profile_of_ones_own_invites_and_leads_to_the_settings(visit, mira):
    tab = visit(mira)

    app = tab.open("person")

    assert {"Paint one", "Settings"} <= set(links(app))
    assert not any(each.label.startswith("Follow") for each in app.button)


def test_on_ones_own_profile_a_picture_is_put_on_and_taken_off(visit, house, mira, paint):
    made = paint(mira).creations[0]
    app = visit(mira).open("person")
    assert "Remove picture" not in [each.label for each in app.button]

    button(app, "Change picture").click().run()
    button(app, "Change picture").click()
    button(app, "Take this").click().run()
    assert house.accounts.named("mira").avatar_key == made.thumbnail_key

    button(app, "Remove picture").click().run()
    assert house.accounts.named("mira").avatar_key is None
    assert house.studio.of_ids([made.request_id], by=mira)[0].creations == (made,)


def test_what_is_for_followers_alone_shows_once_one_follows(visit, house, mira, paint, person):
    made = paint(mira).creations[0]
    post = house.posts.publish([made.id], by=mira, token="press-one", visibility="followers")
    tom = person("tom")
    app = visit(tom).open("person", name="mira")
    assert any("for their followers shows once you follow them" in each.value for each in app.markdown)

    house.people.follow("mira", by=tom)
    app = visit(tom).open("person", name="mira")

    assert any(each.key == f"like-{post.id}" for each in app.button)


def test_a_profile_shows_public_collections_to_others_and_all_to_oneself(visit, house, mira, person):
    house.collections.create("Seen by all", by=mira, token="board-one", is_public=True)
    house.collections.create("Seen by me", by=mira, token="board-two")
    seen = []
    for viewer in (person("tom"), mira):
        tab = visit(viewer)
        app = tab.open("person", name="mira")
        app.segmented_control(key=f"tab-{mira.id}").select("Collections").run()
        seen.append(set(tab.texts) & {"Seen by all", "Seen by me"})

    assert seen == [{"Seen by all"}, {"Seen by all", "Seen by me"}]


def test_a_long_list_of_posts_goes_on_where_it_ended(visit, house, mira, paint):
    made = [creation.id for _ in range(4) for creation in paint(mira, count=4).creations]
    for number, creation in enumerate(made):
        house.posts.publish([creation], by=mira, token=f"press-{number:03}")
    app = visit().open("person", name="mira")
    first = [each.key for each in app.button if str(each.key).startswith("like-")]

    button(app, "Show more").click().run()

    shown = [each.key for each in app.button if str(each.key).startswith("like-")]
    assert len(shown) == 16
    assert shown[: len(first)] == first
    assert not any(each.label == "Show more" for each in app.button)


def test_the_followers_of_somebody_can_be_followed_from_their_list(visit, house, mira, person):
    tom, ada = person("tom"), person("ada")
    house.people.follow("mira", by=ada)
    app = visit(tom).open("people", name="mira")
    assert "**ada**" in links(app)

    app.button(key="follow-ada").click().run()

    assert house.people.profile("ada", viewer=tom).follows
    assert [menu.label for menu in app.menu_button] == ["Following"]


def test_a_list_opens_as_the_link_says_and_with_any_other_word_at_its_first(visit, house, mira, person):
    tom = person("tom")
    house.people.follow("tom", by=mira)

    assert "**tom**" in links(visit(tom).open("people", name="mira", list="Following"))
    assert "**tom**" not in links(visit(tom).open("people", name="mira", list="Blocked"))


def test_whom_one_muted_and_blocked_is_for_oneself_to_see_and_to_take_back(visit, house, mira, person):
    tom = person("tom")
    house.people.block("mira", by=tom)
    app = visit(tom).open("people", list="Blocked")

    app.button(key="undo-mira").click().run()

    assert not house.people.profile("mira", viewer=tom).blocked
    assert any("You blocked nobody" in each.value for each in app.markdown)
    assert visit(mira).open("people", name="tom").segmented_control[0].options == ["Followers", "Following"]


def test_the_keys_that_the_help_lists_are_the_keys_that_work(visit, mira):
    app = visit(mira).open()
    keys = {each.proto.shortcut.upper() for each in app.button if str(each.key).startswith("key-")}

    app.button(key="show-keys").click().run()

    listed = {each.value.split("[")[1].rstrip("]") for each in app.markdown if each.value.startswith(":gray-badge[")}
    assert keys
    assert keys == {key for key in listed if len(key) == 1 and key.isalpha()}


def test_a_key_leads_to_its_screen(visit, mira):
    app = visit(mira).open()

    app.button(key="key-N").click().run()

    assert app.title[0].value == "Notifications"
