"""The picture gate with a real model: a tiny vision transformer whose weights are set so that it looks for red."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from services.errors import ConfigurationError, Unavailable
from services.safety.pictures import KNOWN, Classifier, PictureGate
from services.settings import ROOT

LABELS = ("normal", "nsfw")
SIDE = 32
RED, BLUE = Image.new("RGB", (300, 200), (255, 0, 0)), Image.new("RGB", (300, 200), (0, 0, 255))
FAINTLY_RED = Image.new("RGB", (300, 200), (140, 120, 120))
Model = Callable[..., Path]


@pytest.fixture(scope="session")
def eye(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that was saved: the redder the picture, the surer its second class."""
    folder = tmp_path_factory.mktemp("eye")
    save_model(folder, LABELS)
    return folder


@pytest.fixture
def model(eye: Path, tmp_path: Path) -> Model:
    """Another one: `model(labels=...)`, or a copy that a test may break."""

    def make(labels: tuple[str, ...] | None = None) -> Path:
        folder = tmp_path / "model"
        if labels is None:
            return Path(shutil.copytree(eye, folder))
        save_model(folder, labels)
        return folder

    return make


@pytest.fixture
def gate(eye: Path) -> Iterator[PictureGate]:
    gate = PictureGate(str(eye))
    yield gate
    gate.close()


def save_model(folder: Path, labels: tuple[str, ...]) -> None:
    """One layer that changes nothing: every patch becomes how much redder than blue it is, the head reads that."""
    import torch
    from transformers import ViTConfig, ViTForImageClassification, ViTImageProcessorPil

    torch.manual_seed(3)
    names = dict(enumerate(labels))
    config = ViTConfig(
        hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8, image_size=SIDE,
        patch_size=SIDE, id2label=names, label2id={name: number for number, name in names.items()},
    )  # fmt: skip
    model = ViTForImageClassification(config)
    with torch.no_grad():
        for name, weights in model.named_parameters():
            if "layernorm" not in name:
                weights.zero_()
        see_red(model, torch)
    model.save_pretrained(folder)
    ViTImageProcessorPil(size={"height": SIDE, "width": SIDE}).save_pretrained(folder)


def see_red(model: object, torch: object) -> None:
    parts = dict(model.named_parameters())  # type: ignore[attr-defined]
    pixels = parts["vit.embeddings.patch_embeddings.projection.weight"]
    pixels[0, 0], pixels[0, 2] = 1 / SIDE**2, -1 / SIDE**2
    parts["vit.embeddings.patch_embeddings.projection.bias"][1] = 1.0
    # The first token listens to all; what it hears is how red they are.
    for name in ("v_proj", "o_proj"):
        parts[f"vit.layers.0.attention.{name}.weight"].copy_(torch.eye(8))  # type: ignore[attr-defined]
    parts["classifier.weight"][1, 0] = 3.0


def image(red: int) -> Image.Image:
    return Image.new("RGB", (40, 40), (red, 0, 255 - red))


# The model


def test_what_the_model_is_sure_of_is_blocked_what_it_suspects_is_marked_and_the_rest_passes(eye):
    classifier = Classifier.load(str(eye))

    decisions = [classifier.check(picture).decision for picture in (RED, FAINTLY_RED, BLUE)]

    assert decisions == ["block", "sensitive", "allow"]
    assert classifier.check(RED).categories == ("sexual",)
    assert classifier.check(RED).reason
    assert classifier.check(BLUE).reason == ""


def test_a_picture_of_any_kind_is_looked_at(eye):
    classifier = Classifier.load(str(eye))

    for mode in ("RGBA", "P", "CMYK"):
        assert classifier.check(RED.convert(mode)).decision == "block"
    assert classifier.check(RED.convert("L")).decision != "block"


@pytest.mark.parametrize(
    ("labels", "decision"),
    [
        (("SFW", "NSFW"), "block"),
        (("safe", "unsafe"), "block"),
        (("drawings", "hentai"), "block"),
        (("neutral", "porn_explicit"), "block"),
        (("normal", "sexy"), "sensitive"),
        (("nsfw", "not nsfw"), "allow"),
    ],
)
def test_what_the_classes_mean_is_told_by_their_names(model, labels, decision):
    assert Classifier.load(str(model(labels))).check(RED).decision == decision


@pytest.mark.parametrize("labels", [("LABEL_0", "LABEL_1"), ("cat", "dog"), ("safe", "cat"), ("LABEL_0", "nsfw")])
def test_a_model_that_does_not_say_what_it_sees_is_refused(model, labels):
    with pytest.raises(ConfigurationError, match=f"{labels[0]}, {labels[1]}.*PENTAGRAM_PICTURE_GATE"):
        Classifier.load(str(model(labels)))


def without_head(folder: Path) -> None:
    from safetensors.torch import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    save_file(
        {name: value for name, value in weights.items() if "classifier" not in name},
        folder / "model.safetensors", metadata={"format": "pt"},
    )  # fmt: skip


def pickled(folder: Path) -> None:
    import torch
    from safetensors.torch import load_file

    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()


def garbled(folder: Path) -> None:
    (folder / "model.safetensors").write_bytes(b"x" * 100)


def unnamed(folder: Path) -> None:
    (folder / "config.json").write_text("{}")


def without_processor(folder: Path) -> None:
    (folder / "preprocessor_config.json").unlink()


def with_code_of_its_own(folder: Path) -> None:
    (folder / "config.json").write_text('{"auto_map": {"AutoConfig": "theirs.Config"}, "model_type": "theirs"}')
    (folder / "theirs.py").write_text("raise SystemExit('their code ran')")


@pytest.mark.parametrize(
    "damage", [without_head, pickled, garbled, unnamed, without_processor, with_code_of_its_own, shutil.rmtree]
)
def test_a_model_that_cannot_be_loaded_whole_and_safely_is_refused_with_the_remedy(model, damage):
    folder = model()
    damage(folder)

    with pytest.raises(ConfigurationError, match=r"cannot be loaded.*PENTAGRAM_PICTURE_GATE"):
        Classifier.load(str(folder))


def test_a_known_model_that_needs_more_packages_says_which():
    needy = next(known for known in KNOWN if known.needs)

    with pytest.raises(ConfigurationError, match=f"pip install {needy.needs}"):
        Classifier.load(needy.repository)


def test_an_answer_that_is_no_number_lets_nothing_pass(eye):
    classifier = Classifier.load(str(eye))
    classifier._model.classifier.bias.data.fill_(float("nan"))

    with pytest.raises(ConfigurationError, match="no number"):
        classifier.check(BLUE)


# In a process of its own


def test_without_a_model_nothing_is_looked_at():
    gate = PictureGate(None)

    assert (gate.looks, gate.check(RED)) == (False, None)
    gate.warm()
    gate.close()


def test_the_gate_decides_as_its_model_does(gate, eye):
    classifier = Classifier.load(str(eye))

    assert gate.looks
    for picture in (RED, FAINTLY_RED, BLUE, RED.convert("RGBA"), Image.new("RGB", (3000, 9), "red")):
        assert gate.check(picture) == classifier.check(picture)


def test_a_gate_that_was_killed_looks_again(gate):
    gate.check(BLUE)
    process = gate._looker._process
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    assert gate.check(RED).decision == "block"


def test_a_gate_that_dies_over_a_picture_lets_nothing_pass(eye):
    gate = PictureGate(str(eye))
    gate.check(BLUE)
    gate._looker._process.kill()
    # Dead but not yet buried, as when it dies while it looks.
    gate._looker._process.poll = lambda: None

    with pytest.raises(Unavailable, match="picture gate stopped"):
        gate.check(BLUE)
    gate.close()


def test_a_gate_that_takes_too_long_is_ended_and_lets_nothing_pass(eye):
    gate = PictureGate(str(eye))
    gate._looker._longest_s = 0.05

    with pytest.raises(Unavailable, match="picture gate stopped"):
        gate.check(BLUE)
    gate.close()


def test_a_model_that_cannot_be_loaded_is_a_remedy_and_is_tried_again_once_repaired(model):
    folder = model()
    config = folder / "config.json"
    whole = config.read_text()
    unnamed(folder)
    gate = PictureGate(str(folder))

    with pytest.raises(ConfigurationError, match=r"cannot be loaded.*PENTAGRAM_PICTURE_GATE"):
        gate.check(BLUE)
    config.write_text(whole)

    assert gate.check(RED).decision == "block"
    gate.close()


def test_the_process_that_asks_never_imports_torch(eye):
    program = (
        "import sys; from PIL import Image; from services.safety.pictures import PictureGate;"
        "gate = PictureGate(sys.argv[1]); print(gate.check(Image.new('RGB', (9, 9), 'red')).decision); gate.close();"
        "print([name for name in ('torch', 'transformers') if name in sys.modules])"
    )

    done = subprocess.run(
        [sys.executable, "-c", program, eye], cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True
    )

    assert done.stdout == "block\n[]\n"


def test_the_looking_process_ends_with_the_one_that_started_it(eye):
    program = (
        "import sys, os; from PIL import Image; from services.safety.pictures import PictureGate;"
        "gate = PictureGate(sys.argv[1]); gate.check(Image.new('RGB', (9, 9)));"
        "print(gate._looker._process.pid, flush=True); os._exit(1)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, eye], cwd=ROOT, env=os.environ, capture_output=True, text=True, check=False
    )

    import psutil

    for process in psutil.process_iter():
        if process.pid == int(done.stdout):
            process.wait(20)
