"""The table of models, and a folder in place of a row."""

from __future__ import annotations

import json
import re

import pytest

from services.errors import ConfigurationError
from services.settings import ROOT
from services.studio.engines.models import LARGE, MODELS, SMALL, model_named

PAGE = (ROOT / "docs" / "operating.md").read_text("utf-8")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
def test_each_row_stands_in_the_table_of_the_operating_page(model):
    width, height = model.sizes[0]
    memory = f"about {model.memory_gb} GB" if model.memory_gb else ""

    cells = [f"`{model.id}`", model.title, model.licence, str(model.steps), f"{width} × {height}", memory]

    assert "".join(f"| {cell} " if cell else "| " for cell in cells) + "|\n" in PAGE


def test_no_two_rows_share_an_id():
    assert len({model.id for model in MODELS}) == len(MODELS)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
def test_what_a_licence_restricts_is_said(model):
    assert bool(model.restricts) == (model.licence != "Apache-2.0")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
def test_nobody_changes_a_model_of_ours_but_by_changing_its_row(model):
    pinned = [model.revision, *([model.adapter.revision] if model.adapter else [])]

    assert all(re.fullmatch("[0-9a-f]{40}", str(revision)) for revision in pinned)


CAN = {
    # image, strength, negative prompt and guidance
    "flux2-klein-4b": (True, False, False),
    "z-image-turbo": (True, True, False),
    "flux1-schnell": (True, True, False),
    "sdxl-turbo": (True, True, False),
    "sd-turbo": (True, True, False),
    "sdxl-lightning": (True, True, False),
    "sd15-lcm": (True, True, True),
}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
def test_a_model_is_said_to_take_only_what_it_really_takes(model):
    can = model.capabilities

    assert (can.takes_image, can.takes_strength, can.takes_negative) == CAN[model.id]
    assert (can.guidance is not None) == can.takes_negative
    assert can.sizes == model.sizes


def test_a_negative_prompt_is_never_given_to_guidance_that_ignores_it():
    for model in MODELS:
        if model.guidance_range:
            guidance = model.negative_guidance
            assert guidance is not None
            assert 1 < guidance <= model.guidance_range.high, "classifier-free guidance starts beyond 1"
            assert model.guidance == model.guidance_range.usual


def test_a_row_is_found_by_its_id_and_takes_the_revision_that_was_set():
    model = model_named("sd-turbo", "abc123")

    assert (model.title, model.revision, model.is_folder) == ("SD-Turbo", "abc123", False)


def test_a_folder_named_like_a_row_is_that_model(tmp_path):
    folder = tmp_path / "sdxl-turbo"
    folder.mkdir()

    model = model_named(str(folder))

    assert (model.source, model.is_folder) == (str(folder), True)
    assert (model.title, model.steps, model.restricts) == (
        "SDXL-Turbo", 4, "Its licence allows non-commercial use only.",
    )  # fmt: skip


def test_such_a_folder_holds_the_adapter_too(tmp_path):
    folder = tmp_path / "sd15-lcm"
    folder.mkdir()

    assert model_named(str(folder)).adapter.source == str(folder)


def test_a_folder_is_loaded_as_it_is_whatever_commit_its_row_names(tmp_path):
    folder = tmp_path / "sdxl-lightning"
    folder.mkdir()

    model = model_named(str(folder))

    assert (model.revision, model.adapter.revision) == (None, None)


@pytest.mark.parametrize(
    ("pipeline", "usual"),
    [("StableDiffusionPipeline", 7.5), ("StableDiffusionXLPipeline", 5.0), ("FluxPipeline", None), (None, None)],
)
def test_a_folder_can_do_what_its_pipeline_does_by_itself(tmp_path, pipeline, usual):
    (tmp_path / "model_index.json").write_text(json.dumps({"_class_name": pipeline}))

    can = model_named(str(tmp_path)).capabilities

    assert (can.guidance.usual if can.guidance else None) == usual
    assert (can.takes_image, can.takes_strength, can.takes_negative) == (usual is not None,) * 3


def test_of_any_other_folder_nothing_is_made_up(tmp_path):
    model = model_named(str(tmp_path))

    assert (model.id, model.steps, model.guidance, model.licence, model.memory_gb) == (
        tmp_path.name, None, None, None, None,
    )  # fmt: skip
    assert not model.capabilities.takes_image


@pytest.mark.parametrize(("latents", "sizes"), [(64, SMALL), (128, LARGE), (None, LARGE), ([64, 96], LARGE)])
def test_a_folder_is_offered_in_the_sizes_that_its_network_was_made_for(tmp_path, latents, sizes):
    (tmp_path / "unet").mkdir()
    (tmp_path / "unet" / "config.json").write_text(json.dumps({"sample_size": latents}))

    assert model_named(str(tmp_path)).sizes == sizes


def test_a_folder_that_holds_half_precision_files_is_loaded_from_these(tmp_path):
    (tmp_path / "unet").mkdir()
    (tmp_path / "unet" / "diffusion_pytorch_model.fp16.safetensors").touch()

    assert model_named(str(tmp_path)).variant == "fp16"


def test_a_mistyped_model_is_refused_with_those_there_are():
    with pytest.raises(ConfigurationError, match=r"PENTAGRAM_MODEL is 'sd-trubo'.* sd-turbo"):
        model_named("sd-trubo")
