"""My prompts: found again, kept, rated, followed from version to version, posted together and thrown away."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from components import history
from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.studio.history import Change
from services.studio.reading import read_provenance
from services.studio.studio import PAGE, Creation, Request
from tests.screens.conftest import as_read, button

MARKUP = "**bold** :red[red] :material/delete: :smile: <b>x</b> [x](javascript:alert(1)) $x^2$"
FOUND_LATER = ":streamlit: :material_delete: -> >= www.x.org"
"""What is looked for in the text that markup leaves."""
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


@pytest.fixture
def mira(person: Callable[[str], Account]) -> Account:
    return person("mira")


def prompts(app: AppTest) -> list[str]:
    """Those of the cards, from top to bottom."""
    return [text.value for text in app.text]


def key(name: str, thing: Request | Creation) -> str:
    return f"{name}-{thing.id}"


def choose(app: AppTest, menu: str, what: str) -> None:
    next(each for each in app.get("menu_button") if each.key == menu).set_value(what)


def pick(app: AppTest, *creations: Creation) -> None:
    button(app, "Select").click().run()
    for creation in creations:
        app.checkbox(key=key("pick", creation)).check().run()
        # A tick draws nothing but the bar, and AppTest forgets the rest of the page.
        app.run()


def again(house: Pentagram, request: Request, by: Account, prompt: str, token: str) -> Request:
    """A version that comes from another."""
    fresh = house.studio.request(prompt, request.again(seed=1, count=1), by=by, token=token)
    house.worker.run_until_idle()
    return house.studio.watch(fresh.id, by=by)


# Finding -------------------------------------------------------------------------------------------------------------


def test_who_never_asked_for_anything_is_invited(visit, mira):
    app = visit(mira).open("my_prompts")

    assert "Paint your first picture" in [link.value for link in app.page_link]
    assert "Clear the filters" not in [each.label for each in app.button]


def test_a_search_that_finds_nothing_says_so_and_is_cleared_with_one_press(visit, mira, paint):
    paint(mira, "a red fox")
    app = visit(mira).open("my_prompts")

    app.text_input(key="text").set_value("whale").run()
    assert prompts(app) == []
    assert "None of your prompts is like that." in [each.value for each in app.markdown]

    button(app, "Clear the filters").click().run()
    assert prompts(app) == ["a red fox"]
    assert dict(app.query_params) == {}


def test_other_words_for_the_same_find_it_and_the_best_match_stands_first_until_another_order_is_chosen(
    visit, mira, paint
):
    paint(mira, "a red fox in deep snow")
    paint(mira, "a fox asleep under a tree")
    paint(mira, "a blue whale")
    app = visit(mira).open("my_prompts")

    app.text_input(key="text").set_value("snow fox").run()
    assert prompts(app)[0] == "a red fox in deep snow"
    assert "a blue whale" not in prompts(app)
    assert app.selectbox(key="sort").options[0] == "Best match"

    app.selectbox(key="sort").set_value("newest").run()
    assert prompts(app)[-1] == "a red fox in deep snow"
    app.text_input(key="text").set_value("").run()
    assert (prompts(app)[0], app.selectbox(key="sort").value) == ("a blue whale", "best match")


def test_what_is_looked_for_stands_in_the_address(visit, mira, paint):
    paint(mira, "a red fox")
    paint(mira, "a blue whale")
    app = visit(mira).open("my_prompts")

    app.text_input(key="text").set_value("fox").run()
    app.selectbox(key="show").set_value("not posted").run()
    app.selectbox(key="sort").set_value("oldest").run()

    assert prompts(app) == ["a red fox"]
    assert dict(app.query_params) == {"text": "fox", "show": "not posted", "sort": "oldest"}


def test_an_address_is_taken_up_by_whoever_opens_it(visit, mira, paint, house):
    kept = paint(mira, "a red fox")
    paint(mira, "a blue whale")
    house.history.keep(kept.id, by=mira, favourite=True)

    app = visit(mira).open("my_prompts", show="favourites", since="2020-01-01")

    assert prompts(app) == ["a red fox"]
    assert app.selectbox(key="show").value == "favourites"
    assert app.date_input(key="since").value == date(2020, 1, 1)


def test_back_and_forward_are_followed_and_a_press_is_not_undone_by_an_address_that_lags(visit, mira, paint):
    paint(mira, "a red fox")
    paint(mira, "a blue whale")
    app = visit(mira).open("my_prompts")
    app.text_input(key="text").set_value("fox").run()

    app.query_params.clear()
    app.run()
    assert prompts(app) == ["a blue whale", "a red fox"]
    assert app.text_input(key="text").value == ""

    app.text_input(key="text").set_value("whale").run()
    app.query_params.clear()
    app.selectbox(key="sort").set_value("oldest").run()
    assert prompts(app) == ["a blue whale"]


@pytest.mark.parametrize(
    "query",
    [
        {"show": "nonsense", "sort": "'; drop table", "model": "x"},
        {"since": "yesterday", "until": "9999-99-99"},
        {"since": "0001-01-01", "until": "9998-01-01"},
        {"text": "", "show": ""},
    ],
)
def test_nonsense_in_the_address_is_left_alone(visit, mira, paint, query):
    paint(mira, "a red fox")
    tab = visit(mira)

    app = tab.open("my_prompts", **query)

    assert (prompts(app), tab.sentences) == (["a red fox"], [])


def test_a_search_of_any_length_is_no_fault(visit, mira, paint):
    paint(mira, "a red fox")
    tab = visit(mira)

    app = tab.open("my_prompts", text="x" * 5000)

    assert (prompts(app), tab.sentences) == ([], [])


def test_more_is_shown_on_demand_and_stays_whatever_is_done_to_one(visit, mira, paint, house):
    requests = [paint(mira, f"fox number {number}") for number in range(PAGE + 2)]
    app = visit(mira).open("my_prompts")
    assert len(prompts(app)) == PAGE

    button(app, "Show more").click().run()
    assert prompts(app) == [request.prompt for request in reversed(requests)]

    house.studio.delete(requests[5].creations[0].id, by=mira)
    app.button(key=key("keep", requests[0])).click().run()
    assert prompts(app) == [request.prompt for request in reversed(requests) if request.id != requests[5].id]
    assert house.studio.watch(requests[0].id, by=mira).favourite


def test_what_was_taken_out_of_the_filter_stays_on_the_page_until_one_looks_anew(visit, mira, paint, house):
    request = paint(mira, "a red fox")
    house.history.keep(request.id, by=mira, favourite=True)
    app = visit(mira).open("my_prompts", show="favourites")

    app.button(key=key("keep", request)).click().run()
    assert prompts(app) == ["a red fox"]

    app.switch_page("screens/generate.py").run()
    app.query_params["show"] = "favourites"
    app.switch_page("screens/my_prompts.py").run()
    assert prompts(app) == []


# Keeping and rating --------------------------------------------------------------------------------------------------


def test_stars_are_given_and_taken_back(visit, mira, paint, house):
    [creation] = (request := paint(mira)).creations
    app = visit(mira).open("my_prompts")

    app.feedback(key=key("stars", creation)).set_value(3).run()
    assert house.studio.watch(request.id, by=mira).creations[0].rating == 4

    app.feedback(key=key("stars", creation)).set_value(None).run()
    assert house.studio.watch(request.id, by=mira).creations[0].rating is None


def test_stars_for_a_picture_that_is_gone_are_a_sentence_and_no_fault(visit, mira, paint, house):
    first, other = paint(mira, count=2).creations
    tab = visit(mira)
    app = tab.open("my_prompts")
    house.studio.delete(first.id, by=mira)

    app.feedback(key=key("stars", first)).set_value(3).run()

    assert [as_read(toast.value) for toast in app.toast] == ["There is no such thing among yours."]
    assert key("tile", other) in [block.key for block in app.container]


def test_whose_session_ended_changes_nothing_any_more(visit, mira, paint, house):
    request = paint(mira)
    tab = visit(mira)
    app = tab.open("my_prompts")
    house.accounts.end_all_sessions(mira)

    app.button(key=key("keep", request)).click().run()

    assert not house.studio.watch(request.id, by=mira).favourite
    assert "Sign in to see your prompts." in tab.sentences[0]


def test_running_again_asks_for_the_same_with_other_seeds(visit, mira, paint, house):
    request = paint(mira, "a red fox", count=2)
    app = visit(mira).open("my_prompts")

    app.button(key=key("rerun", request)).click().run()

    fresh = house.studio.mine(by=mira)[0]
    assert (fresh.prompt, len(fresh.creations), fresh.parent_id) == ("a red fox", 2, request.id)
    assert {each.seed for each in fresh.creations}.isdisjoint(each.seed for each in request.creations)


# Versions ------------------------------------------------------------------------------------------------------------


def test_versions_stand_in_order_with_what_was_lost_and_gained(visit, mira, paint, house):
    first = paint(mira, "a red fox in snow")
    second = again(house, first, mira, "a red wolf in deep snow", "press-two")
    app = visit(mira).open("my_prompts")

    app.button(key=key("versions", second)).click().run()

    shown = [as_read(each.value) for each in app.markdown]
    assert "a red :red[~~fox~~] :green[**wolf**] in :green[**deep**] snow" in shown
    captions = [each.value for each in app.caption]
    assert [each[:9] for each in captions if each.startswith("Version ")] == ["Version 1", "Version 2"]
    assert captions[-1].endswith("**this one**") or any(each.endswith("**this one**") for each in captions)


def test_a_version_that_comes_from_an_earlier_one_says_from_which(visit, mira, paint, house):
    first = paint(mira, "a red fox")
    again(house, first, mira, "a red wolf", "press-two")
    third = again(house, first, mira, "a blue fox", "press-three")
    app = visit(mira).open("my_prompts")

    app.button(key=key("versions", third)).click().run()

    [told] = [each.value for each in app.caption if each.value.startswith("Version 3")]
    assert "from version 1" in told


def test_no_word_of_a_prompt_becomes_markup_in_the_difference():
    typed = f"{MARKUP} {FOUND_LATER}"

    told = history.changed([Change(typed, "lost"), Change(typed, "gained")])

    assert as_read(told) == f":red[~~{typed}~~] :green[**{typed}**]"
    inside = told.removeprefix(":red[~~").removesuffix("**]").replace("~~] :green[**", "")
    assert not PUNCTUATION.search(re.sub(r"\\.", "", inside))
    assert [found for found in FOUND_LATER.split() if found in inside.replace("\\", "")] == []


# Several at once -----------------------------------------------------------------------------------------------------


def test_picked_pictures_are_posted_as_one_in_the_order_in_which_they_were_picked(visit, mira, paint, house):
    one, two, three = paint(mira, count=3).creations
    app = visit(mira).open("my_prompts")
    pick(app, three, one, two)

    # A dialog is drawn only in the run in which its button was pressed.
    app.button(key="picked-post").click().run()
    app.button(key="picked-post").click()
    app.button(key=key("Left", two)).click().run()
    app.button(key="picked-post").click()
    app.text_area(key="post_caption").set_value("Three of them")
    app.button(key="post-now").click().run()

    [post] = house.feeds.page("fresh", viewer=mira).items
    assert (post.caption, post.picture_count) == ("Three of them", 3)
    shown = [picture.creation_id for picture in house.posts.pictures(post.id, viewer=mira)]
    assert shown == [three.id, two.id, one.id]


def test_who_posts_chooses_who_sees_it_who_comments_and_what_it_is_called(visit, mira, paint, house):
    [creation] = paint(mira, "a red fox").creations
    app = visit(mira).open("my_prompts")
    app.button(key=key("post", creation)).click().run()
    assert app.text_input(key=key("alt", creation)).placeholder == "“a red fox”, prompted by mira"

    app.button(key=key("post", creation)).click()
    app.session_state["post_audience"] = "followers"
    app.toggle(key="post_comments").set_value(False)
    app.toggle(key="post_prompt").set_value(False)
    app.text_input(key=key("alt", creation)).set_value("A fox that looks at you")
    app.button(key="post-now").click().run()

    post_id = house.studio.mine(by=mira)[0].creations[0].post_id
    post = house.posts.get(post_id, viewer=mira)
    assert (post.visibility, post.takes_comments, post.shows_prompt) == ("followers", False, False)
    assert post.alt == "A fox that looks at you"
    assert [toast.value for toast in app.toast] == ["Posted. Your followers can see it."]


def test_pressing_post_again_while_it_is_posted_posts_once(visit, mira, paint, house):
    [creation] = paint(mira).creations
    app = visit(mira).open("my_prompts")
    app.button(key=key("post", creation)).click().run()
    word = app.session_state["post_token"]
    app.button(key=key("post", creation)).click()
    app.button(key="post-now").click().run()

    house.posts.publish([creation.id], by=mira, token=word)

    assert len(house.feeds.page("fresh", viewer=mira).items) == 1


def test_what_may_be_sensitive_is_said_before_it_is_posted(visit, mira, paint, house):
    [creation] = paint(mira).creations
    house.db.execute("update pentagram.creations set sensitive = true")
    app = visit(mira).open("my_prompts")

    app.button(key=key("post", creation)).click().run()

    assert any("lists show it only to people who asked for such pictures" in each.value for each in app.caption)


def test_what_nobody_looked_at_yet_is_posted_for_oneself_unless_one_chooses_otherwise(visit, mira, paint, house):
    [creation] = paint(mira).creations
    house.db.execute("update pentagram.creations set unchecked = true")
    app = visit(mira).open("my_prompts")

    app.button(key=key("post", creation)).click().run()

    assert app.session_state["post_audience"] == "private"
    assert any("nothing here can look at uploads by itself" in each.value for each in app.caption)


def test_a_moderator_is_asked_for_a_look_where_a_post_would_be_refused(visit, mira, paint, house):
    [creation] = paint(mira).creations
    house.db.execute("update pentagram.creations set unchecked = true")
    app = visit(mira).open("my_prompts")
    app.button(key=key("post", creation)).click().run()

    app.button(key=key("post", creation)).click()
    app.button(key="ask-for-a-look").click().run()

    assert [each.creation_id for each in house.looks.waiting()] == [creation.id]
    assert any("A moderator will look at it" in each.value for each in app.caption)
    assert "ask-for-a-look" not in {each.key for each in app.button}
    app.button(key=key("post", creation)).click().run()
    assert any("A moderator will look at it" in each.value for each in app.caption)


def test_nobody_is_asked_for_a_look_at_what_may_be_posted_anyway(visit, mira, paint, house):
    [creation] = paint(mira).creations
    app = visit(mira).open("my_prompts")
    app.button(key=key("post", creation)).click().run()
    assert "ask-for-a-look" not in {each.key for each in app.button}

    house.db.execute("update pentagram.creations set unchecked = true")
    moderated = visit(house.accounts.set_role("mira", "moderator")).open("my_prompts")
    moderated.button(key=key("post", creation)).click().run()
    assert "ask-for-a-look" not in {each.key for each in moderated.button}


def test_a_writer_suggests_words_that_are_then_the_persons_own(visit, mira, paint):
    [creation] = paint(mira, "a red fox in the snow").creations
    app = visit(mira).open("my_prompts")
    app.button(key=key("post", creation)).click().run()

    app.button(key=key("post", creation)).click()
    button(app, "Suggest caption and tags").click().run()

    assert app.text_area(key="post_caption").value
    assert "fox" in app.multiselect(key="post_tags").value


def test_several_are_deleted_at_once_and_those_in_posts_stay(visit, mira, paint, house):
    one, two, three = paint(mira, count=3).creations
    house.posts.publish([two.id], by=mira, token="press-one", caption="Mine *own*")
    app = visit(mira).open("my_prompts")
    pick(app, one, two)

    choose(app, "picked-more", "Delete")
    app.run()
    assert "“Mine *own*”" in prompts(app)
    choose(app, "picked-more", "Delete")
    app.button(key="delete-now").click().run()

    assert [each.id for each in house.studio.mine(by=mira)[0].creations] == [two.id, three.id]
    assert [toast.value for toast in app.toast] == ["1 picture deleted. 1 picture in posts stays."]
    assert "**1** picked" in [each.value for each in app.markdown]


@pytest.mark.parametrize(("pictures", "told"), [(1, "It shows nothing else"), (3, "It keeps its 2 other pictures.")])
def test_deleting_one_that_is_posted_says_what_becomes_of_the_post_and_does_it(
    visit, mira, paint, house, pictures, told
):
    creations = paint(mira, count=pictures).creations
    house.posts.publish([each.id for each in creations], by=mira, token="press-one", caption="Look")
    app = visit(mira).open("my_prompts")
    menu = key("more", creations[0])

    choose(app, menu, "Delete")
    app.run()
    assert any(each.value.startswith(told) for each in app.caption)
    choose(app, menu, "Delete")
    app.button(key="delete-now").click().run()

    left = [post.picture_count for post in house.feeds.page("fresh", viewer=mira).items]
    assert left == ([] if pictures == 1 else [pictures - 1])


def test_posts_of_what_is_picked_go_into_a_collection_and_the_others_are_named(visit, mira, paint, house):
    one, two = paint(mira, count=2).creations
    post = house.posts.publish([one.id], by=mira, token="press-one")
    app = visit(mira).open("my_prompts")
    pick(app, one, two)

    choose(app, "picked-more", "Add to collection")
    app.run()
    assert any("1 picture that you have not posted is left out." in each.value for each in app.caption)
    choose(app, "picked-more", "Add to collection")
    button(app, "Add").click().run()

    [board] = house.collections.mine(by=mira)
    assert house.collections.holding(post.id, by=mira) == {board.id}


@pytest.mark.parametrize("with_prompt", [True, False])
def test_a_zip_holds_the_pictures_in_order_with_the_prompt_inside_or_not(visit, mira, paint, with_prompt):
    visit(mira)
    request = paint(mira, "a red fox", count=2)

    file = history.zipped([(request, each) for each in reversed(request.creations)], with_prompt=with_prompt)

    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        names = archive.namelist()
        first = read_provenance(archive.read(names[0]))
    assert [name.split("-")[-1] for name in names] == [f"{each.seed}.webp" for each in reversed(request.creations)]
    assert (first.prompt == "a red fox", "fox" in names[0]) == (with_prompt, with_prompt)


def test_a_post_of_more_than_ten_is_refused_before_it_is_asked_about(visit, mira, paint, house):
    creations = [each for _ in range(3) for each in paint(mira, count=4).creations]
    app = visit(mira).open("my_prompts")
    pick(app, creations[0])
    button(app, "All").click().run()
    assert "**12** picked" in [each.value for each in app.markdown]

    app.button(key="picked-post").click().run()

    assert [toast.value for toast in app.toast] == ["A post has 1 to 10 finished pictures."]


def test_done_leaves_nothing_picked(visit, mira, paint):
    creation, _ = paint(mira, count=2).creations
    app = visit(mira).open("my_prompts")
    pick(app, creation)

    button(app, "Done").click().run()
    button(app, "Select").click().run()

    assert not app.checkbox(key=key("pick", creation)).value


# Usage and remixes ---------------------------------------------------------------------------------------------------


def test_what_painting_came_to_this_month_is_told_to_who_looks(visit, mira, paint, house):
    paint(mira, count=2)
    house.db.execute("update pentagram.ledger set gpu_seconds = 90, cost_usd = 0.5")
    app = visit(mira).open("my_prompts")
    assert list(app.metric) == []

    app.session_state["usage"] = True
    app.run()

    assert {metric.label: metric.value for metric in app.metric} == {"Pictures": "2", "Cost": "$1.00"}


def test_what_was_made_of_somebody_elses_post_is_posted_as_a_remix_of_it(visit, mira, person, paint, house):
    tom = person("tom")
    original = house.posts.publish([paint(tom, "a wolf").creations[0].id], by=tom, token="press-one")
    request = paint(mira, "a red wolf")
    app = visit(mira).open("my_prompts")
    app.session_state["remixes"] = {request.id: original.id}
    post = key("post", request.creations[0])
    app.button(key=post).click().run()
    assert app.toggle(key="post_remix").label == "A remix of a picture by tom"

    app.button(key=post).click()
    app.button(key="post-now").click().run()

    assert house.posts.get(original.id, viewer=mira).remix_count == 1


def test_nothing_of_ones_history_is_left_in_the_tab_for_the_next_person(visit, mira, paint):
    request = paint(mira, "a secret garden")
    app = visit(mira).open("my_prompts")
    app.text_input(key="text").set_value("secret").run()
    pick(app, request.creations[0])
    app.button(key="picked-post").click().run()

    app.switch_page("screens/account.py").run()
    button(app, "Sign out").click().run()

    kept = str(app.session_state._state.filtered_state)
    assert [word for word in ("secret", str(request.id), str(request.creations[0].id)) if word in kept] == []
