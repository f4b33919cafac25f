"""Finding by what pictures show: with a stand-in for the model where a test is about search, and with a real one of
tiny random weights where it is about the model."""

from __future__ import annotations

import io
import uuid

import pytest
from PIL import Image

from services.discovery.embeddings import picture_model_named
from services.doctor import examine
from services.errors import Unavailable
from services.settings import Settings
from services.studio.engines.choice import Choice, Engines
from services.studio.studio import Options
from tests.fakes.embeddings import ColourVectors
from tests.fakes.engines import OneColour
from tests.fakes.tiny_clip import save_clip

RED, GREEN, BLUE = range(3)


@pytest.fixture
def house(build):
    """Paints pictures of one colour, whatever the prompt says, and looks at them."""
    return build(engines=Engines([Choice(OneColour(), "a test wants it.")]), seeing=ColourVectors())


@pytest.fixture
def post(house, paint):
    """Posts pictures of these colours with one prompt, and has all read."""

    def do(by, prompt, *colours):
        pictures = [paint(by, prompt, seed=colour).creations[0].id for colour in colours]
        made = house.posts.publish(pictures, by=by, token=uuid.uuid4().hex)
        house.worker.run_until_idle()
        return made

    return do


@pytest.fixture
def find(house):
    def do(query, **options):
        return [found.prompt for found in house.search.find(query, viewer=None, **options).posts]

    return do


def file_of(colour):
    file = io.BytesIO()
    Image.new("RGB", (128, 96), colour).save(file, "PNG")
    return file.getvalue()


def test_a_picture_is_found_by_what_it_shows_and_nobody_wrote(post, mira, find, house):
    post(mira, "a quiet afternoon", BLUE)
    post(mira, "an evening", RED)

    found = house.search.find("something blue", viewer=None).posts

    assert [(each.prompt, each.is_shown) for each in found] == [("a quiet afternoon", True)]
    assert find("something blue", sort="new") == ["a quiet afternoon"]
    assert find("something blue", mode="words") == []
    assert find("something blue", mode="semantic") == []


def test_any_picture_of_a_carousel_may_show_it(post, mira, find):
    post(mira, "three of a kind", RED, GREEN, BLUE)

    for colour in ("red", "green", "blue"):
        assert find(f"something {colour}") == ["three of a kind"]


def test_what_says_it_and_shows_it_comes_before_what_only_says_it(post, mira, find):
    post(mira, "a blue chair", BLUE)
    post(mira, "a blue chair now", RED)
    post(mira, "a blue chair too", GREEN)

    assert find("blue chair")[0] == "a blue chair"


@pytest.mark.parametrize("query", ["something blue", "something blue by:mira", "something blue kind:people"])
def test_what_may_not_be_listed_is_not_found_by_what_it_shows(post, mira, find, house, query):
    made = post(mira, "a quiet afternoon", BLUE)
    house.db.execute("update pentagram.posts set visibility = 'private' where id = %(id)s", id=made.id)

    assert find(query) == []


def test_conditions_hold_for_what_pictures_show(post, mira, tom, find):
    post(mira, "a quiet afternoon", BLUE)
    post(tom, "a loud one", BLUE)

    assert find("something blue by:tom") == ["a loud one"]


def test_more_like_a_post_are_those_that_show_something_like_it_too(post, mira, house):
    made = post(mira, "a quiet afternoon", BLUE)
    post(mira, "rooftops", BLUE)
    post(mira, "gardens", RED)

    assert [found.prompt for found in house.search.like(made.id, viewer=None)] == ["rooftops"]


def test_more_like_a_post_whose_prompt_is_kept_are_those_that_show_the_same(post, mira, house):
    made = post(mira, "a quiet afternoon", BLUE)
    post(mira, "rooftops", BLUE)
    house.db.execute("delete from pentagram.post_vectors where post_id = %(id)s", id=made.id)

    assert [found.prompt for found in house.search.like(made.id, viewer=None)] == ["rooftops"]
    house.db.execute("update pentagram.posts set visibility = 'private' where id = %(id)s", id=made.id)
    assert house.search.like(made.id, viewer=None) == []


def test_a_picture_file_leads_to_posts_that_show_something_like_it(post, mira, house):
    post(mira, "rooftops", BLUE)
    post(mira, "gardens", RED)

    example = house.search.by_file(file_of("navy"), viewer=None)

    assert [found.prompt for found in example.looks] == ["rooftops"]


def test_where_the_model_is_away_words_go_on_and_nothing_is_missing(post, mira, find, house, monkeypatch):
    post(mira, "a blue chair", BLUE)

    def refuse(_):
        raise Unavailable("It is away.")

    monkeypatch.setattr(house.seeing, "of", refuse)
    monkeypatch.setattr(house.seeing, "of_pictures", refuse)

    assert find("blue chair") == ["a blue chair"]
    assert house.search.by_file(file_of("navy"), viewer=None).looks == []
    post_id = house.posts.publish(
        [house.db.value("select id from pentagram.creations limit 1")], by=mira, token="press-two"
    ).id
    house.reader.read_posts()
    assert house.reader.unread() == 0
    assert post_id in [found.id for found in house.search.find("blue chair", viewer=None).posts]


def test_a_search_that_does_not_wait_leaves_pictures_out_while_their_model_wakes(post, mira, find, house):
    post(mira, "a quiet afternoon", BLUE)
    house.seeing.is_awake, house.seeing.is_waking = False, True

    assert find("something blue", waits=False) == []
    house.seeing.is_awake, house.seeing.is_waking = True, False
    assert find("something blue", waits=False) == ["a quiet afternoon"]


def test_a_model_that_is_configured_later_looks_at_everything_from_where_it_was_cut_off(
    build, post, mira, house, monkeypatch
):
    for number in range(3):
        post(mira, f"afternoon {number}", BLUE)
    house.db.execute("delete from pentagram.spaces where content = 'picture'")
    monkeypatch.setattr("services.discovery.pictures.STRIDE", 1)
    later = build(engines=house.engines, seeing=ColourVectors())
    reader = later.reader._pictures
    reader._spaces.settle()
    next(reader._strides())
    assert (later.db.value("select count(*) from pentagram.picture_vectors"), reader.left()) == (1, 2)

    reader.fill()

    assert (later.db.value("select count(*) from pentagram.picture_vectors"), reader.left()) == (3, 0)
    assert len(later.search.find("something blue", viewer=None).posts) == 3


class OtherColours(ColourVectors):
    model = "other colours"

    def of_pictures(self, files):
        return [vector[::-1] for vector in super().of_pictures(files)]

    def of(self, texts):
        return [vector[::-1] for vector in super().of(texts)]


def test_a_changed_model_takes_over_once_it_has_seen_everything(build, post, mira, house):
    post(mira, "a quiet afternoon", BLUE)
    changed = build(engines=house.engines, seeing=OtherColours())
    changed.pictures._older = lambda _: ColourVectors()

    changed.pictures.settle()
    assert [found.prompt for found in changed.search.find("something blue", viewer=None).posts] == ["a quiet afternoon"]
    changed.reader.resume()
    changed.worker.run_until_idle()

    assert [space.model for space in changed.pictures.live(changed.db)] == ["other colours"]
    assert changed.db.value("select count(*) from pentagram.picture_vectors") == 1
    assert [found.prompt for found in changed.search.find("something blue", viewer=None).posts] == ["a quiet afternoon"]
    assert changed.spaces.serving(changed.db) is not None


def test_reindex_looks_at_pictures_that_were_left_out(post, mira, house, find):
    post(mira, "a quiet afternoon", BLUE)
    house.db.execute("delete from pentagram.picture_vectors")

    told = list(house.reader.reindex())

    assert told[-1][0] == told[-1][1]
    assert find("something blue") == ["a quiet afternoon"]


def test_a_file_that_is_lost_keeps_no_other_from_being_looked_at(mira, house, paint, find):
    creations = [paint(mira, "two afternoons", seed=colour).creations[0] for colour in (RED, BLUE)]
    key = house.db.value("select thumbnail_key from pentagram.creations where id = %(id)s", id=creations[0].id)
    house.storage.delete([key])
    house.posts.publish([each.id for each in creations], by=mira, token="press-one")
    house.worker.run_until_idle()

    assert find("something blue") == ["two afternoons"]
    assert find("something red") == []


def test_without_a_model_pictures_are_not_looked_at(build, mira, house, post):
    post(mira, "a quiet afternoon", BLUE)
    without = build(engines=house.engines)

    assert without.pictures is None
    assert without.search.find("something blue", viewer=None).posts == []


# The real model


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    return save_clip(tmp_path_factory.mktemp("clip") / "tiny")


@pytest.fixture
def model(clip):
    model = picture_model_named(str(clip))
    yield model
    model.close()


def test_words_and_pictures_have_vectors_of_the_same_kind(model):
    [words] = model.of(["a red boat"])
    red, also_red, blue = model.of_pictures([file_of("red"), file_of("red"), file_of("blue")])

    assert len(words) == len(red) == model.about().dimensions
    assert red == pytest.approx(also_red, abs=1e-5)
    assert red != pytest.approx(blue, abs=1e-3)
    assert sum(number**2 for number in red) == pytest.approx(1, abs=1e-4)


def test_pictures_are_read_in_the_background_by_the_model_of_the_settings(build, settings, clip, mira):
    with_model = settings.model_copy(update={"seeing_model": str(clip)})
    house = build(settings=with_model)
    request = house.studio.request("a red boat", Options(256, 256, seed=1), by=mira, token=uuid.uuid4().hex)
    house.worker.run_until_idle()
    made = house.posts.publish([request.creations[0].id], by=mira, token="press-one")
    house.worker.run_until_idle()
    picture = house.storage.get(house.posts.pictures(made.id, viewer=None)[0].picture_key)

    assert [found.id for found in house.search.by_file(picture, viewer=None).looks] == [made.id]


def finding(settings: Settings):
    return next(each for each in examine(settings) if each.part == "picture model")


def test_doctor_has_the_model_look_at_a_picture(settings, clip):
    assert finding(settings).state == "ok"
    told = finding(settings.model_copy(update={"seeing_model": str(clip)}))
    assert (told.state, told.sentence.split(" looked")[0]) == ("ok", str(clip))


def test_doctor_tells_of_a_model_that_cannot_look(settings, tmp_path):
    told = finding(settings.model_copy(update={"seeing_model": str(tmp_path / "nothing")}))

    assert told.state == "failure"
    assert "PENTAGRAM_PICTURE_MODEL" in told.remedy
