"""The Search page: what is asked for, why each picture is shown, and what to do where nothing is."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable

import pytest
from PIL import Image

from components import search_asked, search_box
from components.session import PERSONAL
from services.community.posts import Post
from tests.screens.conftest import as_read, button, given

PROMPTS = {"a red boat on the sea": ["sea"], "an old lighthouse by the sea": ["sea", "dusk"], "a deer in a forest": []}


@pytest.fixture
def publish(house, paint, mira) -> Callable[..., Post]:
    """Posts a picture of mira's, and lets it be read."""

    def do(prompt: str, **told: object) -> Post:
        creation = paint(mira, prompt).creations[0]
        post = house.posts.publish([creation.id], by=mira, token=uuid.uuid4().hex, **told)
        house.worker.run_until_idle()
        return post

    return do


@pytest.fixture
def gallery(publish) -> dict[str, Post]:
    return {prompt: publish(prompt, tags=tags) for prompt, tags in PROMPTS.items()}


def look(tab, **asked):
    return tab.open("search", **asked)


def shown(app):
    """What stands below the pictures of the grid."""
    return [as_read(each.value) for each in app.markdown if each.value.startswith("a")]


def found(app):
    return [each["alt"].split("”")[0].strip("“") for each in given(app, "linked_picture")]


def labels(app):
    return [as_read(each.label) for each in app.button]


def pills(app, key):
    return app.button_group(key=f"search-{key}")


# What is asked for ---------------------------------------------------------------------------------------------------


def test_nothing_asked_for_offers_examples_that_search(visit, gallery):
    app = look(visit())

    button(app, "somewhere quiet by the water").click().run()

    assert given(app, "search_box")[0]["text"] == "somewhere quiet by the water"
    assert dict(app.query_params) == {"q": "somewhere quiet by the water"}


def test_an_address_is_a_whole_search(visit, gallery, house, tom):
    house.posts.like(gallery["a red boat on the sea"].id, by=tom)

    app = look(visit(), q="sea", sort="liked")

    assert found(app) == ["a red boat on the sea", "an old lighthouse by the sea"]
    assert given(app, "search_box")[0]["text"] == "sea"
    assert (app.selectbox(key="search-sort").value, app.button_group(key="search-view").value) == ("liked", "grid")


def test_another_address_on_the_page_is_followed_and_what_was_typed_is_not_undone_by_one_that_lags(visit, gallery):
    app = look(visit())
    type_in(app, "boat")
    assert found(app) == ["a red boat on the sea"]

    app.query_params["q"] = "boat"
    type_in(app, "deer")
    assert found(app) == ["a deer in a forest"]

    app.query_params["q"] = "lighthouse"
    app.run()
    assert found(app) == ["an old lighthouse by the sea"]
    assert given(app, "search_box")[0]["text"] == "lighthouse"


def type_in(app, text):
    """As the box would tell it, which draws nothing where there is no browser."""
    asked = app.session_state[search_asked.ASKED]
    app.session_state[search_asked.TYPED] = [*app.session_state[search_asked.TYPED], text]
    app.session_state[search_asked.ASKED] = search_asked.replace(asked, query=text, like="")
    app.run()


def test_choosing_a_facet_writes_its_operator_and_choosing_it_again_takes_it_away(visit, gallery):
    app = look(visit(), q="sea")
    assert pills(app, "tag").options == ["\\#sea :small[2]", "\\#dusk :small[1]"]

    pills(app, "tag").set_value(["dusk"]).run()
    assert found(app) == ["an old lighthouse by the sea"]
    assert app.query_params["q"] in ("sea tag:dusk", ["sea tag:dusk"])

    pills(app, "tag").set_value([]).run()
    assert len(found(app)) == 2
    assert app.query_params["q"] in ("sea", ["sea"])


def test_of_people_and_residents_the_one_chosen_last_counts(visit, gallery, house, paint, person):
    tide = house.accounts.register("tide", None, kind="resident")
    house.posts.publish([paint(tide, "a calm sea").creations[0].id], by=tide, token=uuid.uuid4().hex)
    house.worker.run_until_idle()
    app = look(visit(), q="sea kind:people")

    pills(app, "tag").set_value(["dusk"]).run()
    app = look(visit(), q="sea")
    pills(app, "kind").set_value(["residents"]).run()

    assert found(app) == ["a calm sea"]


def test_a_typed_condition_is_shown_and_taken_away_by_a_press(visit, gallery):
    app = look(visit(), q="sea by:nobody_here")
    assert found(app) == []

    pills(app, "others").set_value([]).run()

    assert len(found(app)) == 2


# Why it is among them ------------------------------------------------------------------------------------------------


def test_the_words_that_match_are_marked_and_nothing_typed_is_markup(visit, publish):
    publish("a **bold** boat_house :red[boat] <b>sea</b> [x](https://x.org)")

    app = look(visit(), q="boat")

    [said] = [each.value for each in app.markdown if "bold" in each.value]
    assert as_read(said) == (
        "a **bold** :primary[**boat**]_house :red[:primary[**boat**]] <b>sea</b> [x](https://x.org)"
    )
    assert r"\*\*bold\*\*" in said
    assert r"\:red\[" in said


def test_a_word_that_matches_far_back_in_a_long_prompt_is_shown(visit, publish):
    publish(f"a {'very ' * 40} long prompt with a walrus in it")

    app = look(visit(), q="walrus")

    assert any("…" in each.value and ":primary[**walrus**]" in each.value for each in app.markdown)


def test_what_matches_in_the_caption_or_the_tags_alone_is_told_below_the_prompt(visit, publish):
    publish("a deer", caption="Seen near Zermatt", tags=["alps"])

    for word in ("zermatt", "alps"):
        app = look(visit(), q=word)
        said = next(each.value for each in app.markdown if each.value.startswith("a deer\n\n"))
        assert f":primary[**{word}**]" in said.lower()


def test_what_has_no_word_of_it_is_said_to_be_similar_in_meaning(visit, gallery, house):
    app = look(visit(), like=str(gallery["a red boat on the sea"].id))

    assert found(app)[:2] == ["a red boat on the sea", "an old lighthouse by the sea"]
    assert "Similar in meaning" in shown(app)[0]
    assert not house.search.find("by:mira", viewer=None).posts[0].marks
    assert not any("meaning" in each for each in shown(look(visit(), q="by:mira")))


# Another way to look, and more ---------------------------------------------------------------------------------------


def test_the_map_has_every_picture_in_its_place_with_its_words(visit, gallery):
    app = look(visit(), q="sea", view="map")

    [told] = given(app, "search_map")
    assert {point["text"] for point in told["points"]} == {
        "a red boat on the sea · mira", "an old lighthouse by the sea · mira",
    }  # fmt: skip
    assert all(0 <= point["x"] <= 1 and point["href"].startswith("post?id=") for point in told["points"])
    assert all("prompted by mira" in point["alt"] for point in told["points"])


def test_more_is_shown_on_demand_and_found_again_by_who_comes_back(visit, house, mira, paint):
    creation = paint(mira, "a red fox").creations[0].id
    posts = [house.posts.publish([creation], by=mira, token=uuid.uuid4().hex) for _ in range(26)]
    house.worker.run_until_idle()
    app = look(visit(), q="fox")
    assert len(found(app)) == 24

    button(app, "Show more").click().run()
    assert len(found(app)) == 26
    assert "Show more" not in labels(app)

    app.query_params["id"] = str(posts[0].id)
    app.switch_page("screens/post.py").run()
    app.query_params["q"] = "fox"
    app.switch_page("screens/search.py").run()
    assert len(found(app)) == 26


def test_of_the_newest_there_are_as_many_as_one_asks_for(visit, house, mira, paint, monkeypatch):
    monkeypatch.setattr("components.search_results.MOST_AT_ONCE", 30)
    creation = paint(mira, "a red fox").creations[0].id
    posts = [house.posts.publish([creation], by=mira, token=uuid.uuid4().hex) for _ in range(54)]
    house.worker.run_until_idle()
    app = look(visit(), q="fox", sort="new")

    for shown_now in (48, 54):
        button(app, "Show more").click().run()
        assert len(found(app)) == shown_now
    assert "Show more" not in labels(app)

    app.query_params["id"] = str(posts[0].id)
    app.switch_page("screens/post.py").run()
    app.query_params.update(q="fox", sort="new")
    app.switch_page("screens/search.py").run()
    assert len(found(app)) == 54


# While the model wakes -----------------------------------------------------------------------------------------------

WORDS_ONLY = ":material/hourglass_top: By words only while the model wakes."


@pytest.fixture
def asleep(house, gallery):
    """The model was told to get ready, and whoever asks it now has to wait."""
    model = house.embeddings
    model.is_awake, model.is_waking = False, True
    answer, model.of = model.of, lambda _: pytest.fail("Somebody waits for the model.")

    def wake() -> None:
        model.is_awake, model.is_waking, model.of = True, False, answer

    return wake


def captions(app):
    return [each.value for each in app.caption]


def test_while_the_model_wakes_words_answer_at_once_and_then_the_meaning_does(visit, asleep):
    app = look(visit(), q="red boat upon water")
    assert found(app) == ["a red boat on the sea"]
    assert WORDS_ONLY in captions(app)

    app.run()
    assert WORDS_ONLY in captions(app)
    asleep()
    app.run()

    assert WORDS_ONLY not in captions(app)
    assert found(app)[0] == "a red boat on the sea"


def test_nothing_is_said_to_be_missing_before_its_meaning_was_looked_for(visit, asleep):
    app = look(visit(), q="quantum chromodynamics")
    assert not app.subheader

    asleep()
    app.run()

    assert "Nothing like that has been posted yet" in [each.value for each in app.subheader]


# Where nothing is found ----------------------------------------------------------------------------------------------


def test_a_slip_is_mended_and_can_be_searched_for_as_it_was_typed(visit, gallery):
    app = look(visit(), q="Lighthose")
    assert found(app)[0] == "an old lighthouse by the sea"
    assert "Showing results for **lighthouse**." in [each.value for each in app.markdown]

    button(app, "Search for lighthose instead").click().run()

    assert given(app, "search_box")[0]["text"] == '"Lighthose"'
    assert "Nothing like that has been posted yet" in [each.value for each in app.subheader]


def test_nothing_found_leads_to_the_nearest_topics_and_to_painting_it(visit, gallery, mira):
    app = look(visit(mira), q="quantum chromodynamics")
    assert found(app) == []

    button(app, "#sea").click().run()
    assert len(found(app)) == 2

    app = look(visit(mira), q="quantum chromodynamics")
    button(app, "Paint it").click().run()
    assert app.text_area(key="prompt").value == "quantum chromodynamics"


def test_nothing_within_the_conditions_offers_the_search_without_them(visit, gallery):
    app = look(visit(), q="boat by:nobody_here")

    button(app, "Search for “boat” alone").click().run()

    assert found(app) == ["a red boat on the sea"]


@pytest.mark.parametrize(
    "typed",
    [
        '"', "-", '""', "by:", "tag:", "-\"", "x" * 10_000, "a\x00b", "🦊", "лиса", "狐", "'; drop table posts; --",
        "a & | ! <-> b:*", "unknown:operator", "after:2026-02-31", "before:9999-99", "after:never", "kind:robots",
        "\u202e\u200b", "\ufffe", "(((", "$x^2$ **b** :red[x]",
    ],
)  # fmt: skip
def test_whatever_is_typed_is_answered_by_results_or_by_a_sentence(visit, gallery, typed):
    tab = visit()

    app = look(tab, q=typed)

    assert not any("went wrong" in sentence for sentence in tab.sentences)
    assert found(app) or tab.sentences or app.subheader or "far from earth" in labels(app)


@pytest.mark.parametrize("like", ["nonsense", "01a22894-0000-7000-8000-000000000000"])
def test_like_a_picture_that_is_not_there_is_told_so(visit, gallery, like):
    tab = visit()

    look(tab, like=like)

    assert tab.sentences
    assert not any("went wrong" in sentence for sentence in tab.sentences)


# Kept searches -------------------------------------------------------------------------------------------------------


def test_a_search_is_saved_listed_and_taken_away(visit, gallery, mira, house):
    app = look(visit(mira), q="sea")
    app.button(key="save-search").click().run()
    assert [saved.query for saved in house.searches.saved(by=mira)] == ["sea"]
    assert "**Saved**" in app.button(key="save-search").label

    app = look(visit(mira))
    saved = house.searches.saved(by=mira)[0]
    app.toggle(key="told-of-searches").set_value(False).run()
    assert house.notifications.preferences(by=mira)["search"] is False

    app.button(key=f"unsave-{saved.id}").click().run()
    assert house.searches.saved(by=mira) == []
    assert "Saved searches" not in [each.value for each in app.subheader]


def test_a_visitor_who_saves_a_search_is_asked_to_sign_in(visit, gallery):
    tab = visit()
    app = look(tab, q="sea")

    app.button(key="save-search").click().run()

    assert app.session_state["wanted"] == "save a search"


def test_the_latest_searches_are_offered_again_and_cleared(visit, gallery, mira, house):
    house.searches.remember("red boat", by=mira)
    app = look(visit(mira))

    button(app, "red boat").click().run()
    assert found(app)[0] == "a red boat on the sea"

    app = look(visit(mira))
    button(app, "Clear recent").click().run()
    assert house.searches.recent(by=mira) == []
    assert "red boat" not in labels(app)


def test_something_new_for_a_saved_search_is_told_with_the_way_to_it(visit, house, publish, tom):
    house.searches.save("green deer", by=tom)
    publish("a green deer in a forest")

    app = visit(tom).open("notifications")

    assert any("green deer" in as_read(each.value) for each in app.markdown)
    [link] = [each for each in app.page_link if each.label == "See what fits"]
    assert "q=green+deer" in link.proto.query_string


# By a picture --------------------------------------------------------------------------------------------------------


def test_a_picture_of_ones_own_brings_up_its_prompt_what_looks_the_same_and_what_is_like_it(visit, gallery, house):
    post = gallery["a red boat on the sea"]
    app = look(visit())

    bring(app, "boat.webp", house.storage.get(house.posts.pictures(post.id, viewer=None)[0].picture_key))

    assert "Almost the same picture" in [each.value for each in app.subheader]
    assert app.code[0].value == "a red boat on the sea"
    button(app, "Search for these words").click().run()
    assert given(app, "search_box")[0]["text"] == "a red boat on the sea"
    assert not app.code


def test_a_picture_whose_file_says_nothing_is_told_so(visit, gallery):
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(file, "PNG")
    app = look(visit())

    bring(app, "plain.png", file.getvalue())

    assert any("says nothing of how this picture was made" in each.value for each in app.markdown)
    button(app, "Clear").click().run()
    assert "far from earth" in labels(app)


def test_a_file_that_is_no_picture_is_told_so(visit, gallery):
    tab = visit()
    app = look(tab)

    bring(app, "notes.png", b"just words")

    assert any("cannot be opened as a picture" in sentence for sentence in tab.sentences)


def bring(app, name, content):
    app.button(key="by-picture").click().run()
    # A dialog is drawn only in the run in which its button was pressed.
    app.button(key="by-picture").click()
    app.file_uploader(key="search-picture").set_value((name, content, "image/png")).run()


def test_what_is_searched_for_is_gone_from_the_tab_once_its_owner_signs_out():
    ours = {value for name, value in vars(search_asked).items() if name.isupper() and str(value).startswith("search_")}

    assert ours | {search_box.AGAIN, "search_kept"} <= set(PERSONAL)
