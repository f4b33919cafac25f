"""The bundled model, written out in numpy, says what it says with sentence-transformers."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from services.discovery.embeddings import DIMENSIONS, model_folder
from services.discovery.minilm import Model
from services.platform.child import ROOT

ODD = ["", " ", "!", "fog", "夕暮れの灯台", "ночной город", "🦊 im Schnee", "naïve café", "a\x00b", "x" * 5_000]
LONG = "a garden with roses, then another one, and so on without end, " * 200


@pytest.fixture(scope="module")
def model() -> Model:
    return Model(model_folder())


def test_every_vector_is_the_one_of_sentence_transformers(model):
    from sentence_transformers import SentenceTransformer

    texts = [*ODD, LONG, *(f"{'a quiet garden ' * (number % 9)}number {number}" for number in range(70))]

    expected = SentenceTransformer(str(model_folder()), device="cpu").encode(texts, normalize_embeddings=True)

    np.testing.assert_allclose(model.of(texts), expected, atol=2e-6)


def test_no_text_makes_no_vector(model):
    assert model.of([]).shape == (0, DIMENSIONS)


def test_its_process_needs_neither_torch_nor_sentence_transformers():
    code = (
        "import sys, services.discovery.minilm\n"
        "print(sorted({'torch', 'sentence_transformers', 'transformers', 'scipy'} & sys.modules.keys()))"
    )

    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert said.stdout == "[]\n"
