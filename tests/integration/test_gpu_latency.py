"""The benchmark of the GPU, tried with tiny models on the CPU, and the sizes of those that it measures."""

from __future__ import annotations

import pytest

from benchmarks import gpu_latency
from benchmarks.architectures import ARCHITECTURES, Part, build, meta_part
from services.studio.engines.models import BY_ID, MODELS

DENOISER = ("unet", "transformer")
PUBLISHED_BILLIONS = {
    "sd15-lcm": 0.86, "sd-turbo": 0.87, "sdxl-turbo": 2.57, "sdxl-lightning": 2.57, "flux1-schnell": 11.9,
    "z-image-turbo": 6.15, "flux2-klein-4b": 3.88,
}  # fmt: skip
"""Parameters of what is run at every step."""


def test_without_a_gpu_it_says_that_nothing_was_measured(monkeypatch, capsys):
    monkeypatch.setattr(gpu_latency, "best_device", lambda: "cpu")

    gpu_latency.main([])

    assert capsys.readouterr().out == "There is no Nvidia GPU here, so nothing was measured.\n"


@pytest.mark.parametrize("model", ["sd-turbo", "flux2-klein-4b"])
def test_a_trial_run_prints_every_line_of_the_table(model, capsys):
    gpu_latency.main(["--tiny", "--runs", "1", "--models", model])

    printed = capsys.readouterr().out.splitlines()
    for line in ("plain diffusers", *(f"engine, batch of {batch}" for batch in (1, 2, 4, 8))):
        assert any(f"{BY_ID[model].title}, 64x64, 4 steps" in row and line in row for row in printed), line
    assert any("8 people at once, each waits" in row for row in printed)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
def test_each_model_of_the_table_is_measured_at_its_published_size(model):
    parts = ARCHITECTURES[model.id]
    part = next(parts[name] for name in DENOISER if name in parts)

    billions = sum(each.numel() for each in meta_part(part).parameters()) / 1e9

    assert isinstance(part, Part)
    assert billions == pytest.approx(PUBLISHED_BILLIONS[model.id], rel=0.01)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
def test_each_model_of_the_table_can_be_built(model):
    pipeline = build(model, "cpu", tiny=True)

    assert type(pipeline).__name__ == model.pipeline
