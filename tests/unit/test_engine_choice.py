"""Which engine paints, decided from the settings and a look at the machine."""

from __future__ import annotations

import pytest

from services.errors import ConfigurationError
from services.platform.gpu import has_gpu
from services.studio.engines.choice import choose

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


@pytest.mark.parametrize("given", CHOICES, ids=str)
def test_the_sentence_says_what_paints_and_why_and_what_the_licence_forbids(given):
    wanted, model, gpu = given

    assert choose(wanted, model, gpu=lambda: gpu).sentence == CHOICES[given]


def test_the_diffusers_engine_without_a_model_names_the_setting_and_the_models():
    with pytest.raises(ConfigurationError, match=r"PENTAGRAM_MODEL is not set: set it to one of flux2-klein-4b, "):
        choose("diffusers", None)


def test_a_mistyped_model_is_told_even_where_the_painter_would_do():
    with pytest.raises(ConfigurationError, match="sd-trubo"):
        choose("auto", "sd-trubo", gpu=lambda: False)


def test_a_model_is_painted_with_at_most_twice_the_side_it_was_made_for():
    assert choose("diffusers", "sdxl-turbo").engine.capabilities.largest == 1024
    assert choose("diffusers", "flux1-schnell").engine.capabilities.largest == 2048


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
