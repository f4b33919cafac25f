"""The bundled model says beside what it says what it would say with its upper layers changed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from services.discovery.embeddings import DIMENSIONS, MiniLM
from services.errors import Unavailable

TEXTS = ["a red fox", "a quiet garden with roses, a stone bench under an old tree, soft light in the morning", "fog"]


@pytest.fixture
def written(tmp_path: Path):
    def write(**changes: np.ndarray) -> Path:
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.npz"
        np.savez(path, **changes)
        return path

    return write


def both(model: MiniLM, texts: list[str], changes: Path) -> tuple[np.ndarray, np.ndarray]:
    found = np.array(model.tuned(texts, changes))
    return found[:, :DIMENSIONS], found[:, DIMENSIONS:]


def test_without_a_change_both_say_what_the_model_says(minilm, written):
    as_it_is, changed = both(minilm, TEXTS, written())

    np.testing.assert_allclose(as_it_is, minilm.of(TEXTS), atol=1e-6)
    np.testing.assert_allclose(changed, as_it_is, atol=1e-6)


def test_a_change_is_heard_in_the_second_alone(minilm, written):
    chance = np.random.default_rng(0)
    weight = "encoder.layer.5.output.dense.weight"
    narrow = {f"{weight} in": chance.normal(size=(1536, 2)), f"{weight} out": chance.normal(size=(2, DIMENSIONS))}

    for changes in (narrow, {"encoder.layer.3.attention.output.LayerNorm.bias": chance.normal(size=DIMENSIONS)}):
        as_it_is, changed = both(minilm, TEXTS, written(**changes))

        np.testing.assert_allclose(as_it_is, minilm.of(TEXTS), atol=1e-6)
        np.testing.assert_allclose(np.linalg.norm(changed, axis=1), 1, atol=1e-6)
        assert (np.sum(as_it_is * changed, axis=1) < 0.9).all()


def test_a_text_says_the_same_alone_and_beside_longer_ones(minilm, written):
    changes = written(**{"encoder.layer.4.output.dense.bias": np.full(DIMENSIONS, 0.1)})

    together = minilm.tuned(TEXTS, changes)

    np.testing.assert_allclose(together, [minilm.tuned([text], changes)[0] for text in TEXTS], atol=1e-5)


def test_a_text_without_end_is_read_as_far_as_the_model_reads(minilm, written):
    [vector] = minilm.tuned(["garden " * 20_000], written())

    np.testing.assert_allclose(vector[:DIMENSIONS], minilm.of(["garden " * 20_000])[0], atol=1e-6)


@pytest.mark.parametrize("kind", ["torn", "of another model"])
def test_changes_that_cannot_be_made_are_said_and_the_model_answers_again(minilm, written, kind):
    path = written(**{"encoder.layer.11.output.dense.bias": np.zeros(DIMENSIONS)})
    if kind == "torn":
        path.write_bytes(b"PK\x03\x04 torn")

    with pytest.raises(Unavailable, match="stopped"):
        minilm.tuned(["a red fox"], path)

    assert len(minilm.of(["a red fox"])[0]) == DIMENSIONS
