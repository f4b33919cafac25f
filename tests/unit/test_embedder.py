"""The process of the embedding model is quick, and says what the model says."""

from __future__ import annotations

import numpy as np
import torch

from services.discovery.embedder import quicken


def test_a_quick_model_says_what_a_slow_one_does() -> None:
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(24, 96), torch.nn.GELU(), torch.nn.Linear(96, 24, bias=False))
    texts = [torch.randn(1, tokens, 24) for tokens in (1, 2, 11, 256)]
    with torch.inference_mode():
        slowly = [model(text).numpy() for text in texts]
        quicken(model)
        quickly = [model(text).numpy() for text in texts]

    for one, other in zip(slowly, quickly, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


def test_weights_of_another_kind_are_left_as_they_are() -> None:
    model = torch.nn.Sequential(torch.nn.Linear(8, 8, dtype=torch.bfloat16), torch.nn.Linear(8, 8, dtype=torch.float64))
    quicken(model)

    with torch.inference_mode():
        assert model[0](torch.ones(1, 8, dtype=torch.bfloat16)).dtype == torch.bfloat16
        assert model[1](torch.ones(1, 8, dtype=torch.float64)).dtype == torch.float64
