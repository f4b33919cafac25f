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
def test_a_revision_is_a_whole_commit_or_left_to_the_operator(model):
    pinned = {model.revision, model.adapter and model.adapter.revision} - {None}

    assert all(re.fullmatch("[0-9a-f]{40}", revision) for revision in pinned)


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


def test_of_any_other_folder_nothing_is_made_up(tmp_path):
    model = model_named(str(tmp_path))

    assert (model.id, model.steps, model.guidance, model.licence, model.memory_gb) == (
        tmp_path.name, None, None, None, None,
    )  # fmt: skip


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
