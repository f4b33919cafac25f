"""Which engine paints, decided from the settings and a look at the machine."""

from __future__ import annotations

import pytest

from services.errors import ConfigurationError, UserError
from services.platform.gpu import has_gpu
from services.settings import Settings
from services.studio.engines.choice import Engines, engines_for

CHOICES = {
    ("auto", None, True): "Painted by the built-in painter: no model is configured.",
    ("auto", "z-image-turbo", False): "Painted by the built-in painter: this machine has no GPU for Z-Image-Turbo.",
    ("auto", "z-image-turbo", True): "Painted by Z-Image-Turbo with diffusers: it is configured, and this machine has "
    "a GPU.",
    ("painter", "z-image-turbo", True): "Painted by the built-in painter: the settings choose it.",
    ("diffusers", "z-image-turbo", False): "Painted by Z-Image-Turbo with diffusers: the settings choose it.",
    ("diffusers", "sd-turbo", False): "Painted by SD-Turbo with diffusers: the settings choose it. "
    "Its licence allows non-commercial use only.",
}


def chosen(engine: str, model: str | None = None, *, gpu: bool = False, **more: str) -> Engines:
    defaults = {field.alias: field.default for field in Settings.model_fields.values()}
    given = {"PENTAGRAM_ENGINE": engine, "PENTAGRAM_MODEL": model, **more}
    return engines_for(Settings(**defaults | given), gpu=lambda: gpu)


def sentence(engines: Engines) -> str:
    return engines.choice(engines.usual.name).sentence


@pytest.mark.parametrize("given", CHOICES, ids=str)
def test_the_sentence_says_what_paints_and_why_and_what_the_licence_forbids(given):
    wanted, model, gpu = given

    assert sentence(chosen(wanted, model, gpu=gpu)) == CHOICES[given]


def test_modal_paints_where_its_tokens_are_set_and_the_others_stand_behind_it():
    engines = chosen("auto", "sd-turbo", gpu=True, MODAL_TOKEN_ID="ak-1", MODAL_TOKEN_SECRET="as-1")

    assert [engine.name for engine in engines] == ["modal", "diffusers", "painter"]
    assert sentence(engines) == "Painted by FLUX.2 klein 4B on Modal: its tokens are configured."
    assert [engine.name for engine in engines.after(engines.named("diffusers"))] == ["painter"]


def test_what_the_settings_choose_has_only_the_painter_behind_it():
    tokens = {"MODAL_TOKEN_ID": "ak-1", "MODAL_TOKEN_SECRET": "as-1"}

    assert [engine.name for engine in chosen("diffusers", "sd-turbo", **tokens)] == ["diffusers", "painter"]
    assert [engine.name for engine in chosen("painter", "sd-turbo", gpu=True, **tokens)] == ["painter"]


def test_an_engine_that_does_not_paint_here_is_a_sentence_with_those_that_do():
    with pytest.raises(UserError, match="Choose one of: painter"):
        chosen("auto").named("modal")


def test_the_diffusers_engine_without_a_model_names_the_setting_and_the_models():
    with pytest.raises(ConfigurationError, match=r"PENTAGRAM_MODEL is not set: set it to one of flux2-klein-4b, "):
        chosen("diffusers")


def test_a_mistyped_model_is_told_even_where_the_painter_would_do():
    with pytest.raises(ConfigurationError, match="sd-trubo"):
        chosen("auto", "sd-trubo")
    with pytest.raises(ConfigurationError, match="PENTAGRAM_MODAL_MODEL is 'flux3'"):
        chosen("modal", PENTAGRAM_MODAL_MODEL="flux3")


def test_a_model_is_painted_with_at_most_twice_the_side_it_was_made_for():
    assert chosen("diffusers", "sdxl-turbo").usual.capabilities.largest == 1024
    assert chosen("diffusers", "flux1-schnell").usual.capabilities.largest == 2048


@pytest.fixture
def root(tmp_path):
    """Of a file system with one Nvidia card."""
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "nvidia0").touch()
    return tmp_path


def test_an_nvidia_card_is_seen_by_its_device_file(root):
    assert has_gpu("linux", "x86_64", root, {})


def test_without_a_card_the_driver_alone_is_no_gpu(root):
    (root / "dev" / "nvidia0").rename(root / "dev" / "nvidiactl")

    assert not has_gpu("linux", "x86_64", root, {})


@pytest.mark.parametrize("hidden", ["", "-1"])
def test_cards_that_are_hidden_from_the_process_are_not_seen(root, hidden):
    assert not has_gpu("linux", "x86_64", root, {"CUDA_VISIBLE_DEVICES": hidden})


def test_a_card_behind_windows_is_seen_by_its_library(tmp_path):
    (tmp_path / "usr/lib/wsl/lib").mkdir(parents=True)
    (tmp_path / "usr/lib/wsl/lib/libcuda.so.1").touch()

    assert has_gpu("linux", "x86_64", tmp_path, {})


@pytest.mark.parametrize(("machine", "seen"), [("arm64", True), ("x86_64", False)])
def test_of_apples_machines_those_with_its_own_chip_have_one(tmp_path, machine, seen):
    assert has_gpu("darwin", machine, tmp_path, {}) is seen
