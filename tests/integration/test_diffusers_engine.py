"""Real diffusers pipelines with tiny random weights, through the code that loads and paints with the large ones."""

from __future__ import annotations

import inspect
import io
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from diffusers.pipelines.auto_pipeline import AUTO_IMAGE2IMAGE_PIPELINES_MAPPING, AUTO_TEXT2IMAGE_PIPELINES_MAPPING
from PIL import Image

from services.bootstrap import Pentagram
from services.errors import ConfigurationError, Unavailable, UserError
from services.settings import ROOT, Settings
from services.studio.engines.base import NotWanted, Order, Watch
from services.studio.engines.diffusers import DiffusersEngine, lay_out, load_pipeline
from services.studio.engines.models import GUIDED, MODELS, model_named
from services.studio.studio import Options
from tests.fakes.tiny_pipeline import save_lora, save_sd, save_sdxl

EXIF_IFD, USER_COMMENT = 0x8769, 0x9286
FOX = Order("a red fox in the snow", seed=7, width=128, height=128)
BOAT = Order("a boat", seed=8, width=128, height=128)
FEW_STEPS = 2
DEADLINE_SECONDS = 30


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    home = tmp_path_factory.mktemp("models")
    return {"sd": save_sd(home / "sd-turbo"), "sdxl": save_sdxl(home / "sdxl-turbo")}


@pytest.fixture(scope="session", params=["sd", "sdxl"])
def engine(request: pytest.FixtureRequest, models: dict[str, Path]) -> DiffusersEngine:
    return DiffusersEngine(model_named(str(models[request.param])))


@pytest.fixture
def furnished(build: Callable[..., Pentagram], settings: Settings) -> Callable[[Path], Pentagram]:
    """A house that paints with the model in a folder."""
    return lambda folder: build(
        settings=settings.model_copy(update={"engine": "diffusers", "picture_model": str(folder)})
    )


def pictures_of(engine: DiffusersEngine, *orders: Order) -> list[Image.Image]:
    return [painted.picture() for painted in engine.paint(orders)]


def picture_of(engine: DiffusersEngine, order: Order) -> Image.Image:
    return pictures_of(engine, order)[0]


def farthest(one: Image.Image, other: Image.Image) -> int:
    """The largest difference of any pixel, of 255."""
    return int(np.abs(np.asarray(one, np.int16) - np.asarray(other, np.int16)).max())


def test_a_picture_goes_the_whole_way_and_says_that_a_model_made_it(furnished, models):
    house = furnished(models["sd"])
    mira = house.accounts.register("mira", "no password")

    request = house.studio.request("a red fox", Options(256, 256, seed=7), by=mira, token="press-one")
    house.worker.run_until_idle()

    [creation] = house.studio.watch(request.id, by=mira).creations
    assert (creation.state, creation.width, creation.height) == ("ready", 256, 256)
    file = house.storage.get(creation.picture_key)
    assert b"digitalsourcetype/trainedAlgorithmicMedia<" in file
    comment = Image.open(io.BytesIO(file)).getexif().get_ifd(EXIF_IFD)[USER_COMMENT][8:].decode("utf-16-be")
    _, written, *_ = comment.splitlines()
    assert written == "Steps: 4, Seed: 7, Size: 256x256, Model: sd-turbo, Engine: diffusers, Version: Pentagram"
    assert house.db.value("select engine from pentagram.ledger") == "diffusers"


def test_a_seed_alone_and_in_a_batch_is_the_same_picture(engine):
    alone = picture_of(engine, FOX)

    boat, fox, _ = pictures_of(engine, BOAT, FOX, replace(FOX, seed=9))

    assert farthest(alone, fox) <= 1
    assert farthest(boat, fox) > 50


def test_different_sizes_come_back_in_order_each_exactly_as_asked(engine):
    odd = Order("a lighthouse", seed=1, width=130, height=75)

    pictures = pictures_of(engine, FOX, odd, BOAT)

    assert [(picture.mode, picture.size) for picture in pictures] == [
        ("RGB", (128, 128)), ("RGB", (130, 75)), ("RGB", (128, 128)),
    ]  # fmt: skip
    assert farthest(pictures[2], picture_of(engine, BOAT)) <= 1


def test_no_orders_are_no_pictures(engine):
    assert engine.paint([]) == []


def all_at_once(engines: list[DiffusersEngine]) -> list[Any]:
    """Each paints the fox on a thread of its own; the pictures, or what was raised."""
    together = threading.Barrier(len(engines))
    answers: list[Any] = []

    def paint(engine: DiffusersEngine) -> None:
        together.wait()
        try:
            answers.append(picture_of(engine, FOX))
        except Exception as error:  # noqa: BLE001 - compared by the test
            answers.append(error)

    threads = [threading.Thread(target=paint, args=(engine,)) for engine in engines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.parametrize("engines", [1, 8])
def test_eight_threads_at_once_load_and_paint(models, engines):
    row = replace(model_named(str(models["sd"])), steps=FEW_STEPS)
    each = [DiffusersEngine(row) for _ in range(engines)] * (8 // engines)

    answers = all_at_once(each)

    assert [answer for answer in answers if not isinstance(answer, Image.Image)] == []
    assert max(farthest(answers[0], answer) for answer in answers) <= 1


@pytest.mark.parametrize(("style", "name"), [("sd", "sd15-lcm"), ("sdxl", "sdxl-lightning")])
def test_a_model_that_needs_an_adapter_paints_with_it(models, tmp_path, style, name):
    folder = Path(shutil.copytree(models[style], tmp_path / name))
    row = model_named(str(folder))
    pictures, pipelines = [], []
    for seed in (1, 2):
        save_lora(folder, row.adapter.file, seed=seed)
        engine = DiffusersEngine(row, load=lambda model: pipelines.append(load_pipeline(model)) or pipelines[-1])
        pictures.append(picture_of(engine, FOX))

    assert farthest(*pictures) > 10, "what the adapter learnt makes no difference"
    assert {type(pipeline.scheduler).__name__ for pipeline in pipelines} == {row.adapter.scheduler}


def test_a_model_whose_adapter_is_missing_is_named_with_the_file(models, tmp_path):
    folder = Path(shutil.copytree(models["sd"], tmp_path / "sd15-lcm"))

    with pytest.raises(ConfigurationError, match=r"cannot be loaded from .*sd15-lcm.*pytorch_lora_weights"):
        DiffusersEngine(model_named(str(folder))).paint([FOX])


def test_a_library_that_is_missing_is_not_taken_for_a_broken_model(models, tmp_path, monkeypatch):
    folder = Path(shutil.copytree(models["sd"], tmp_path / "sd15-lcm"))
    monkeypatch.setitem(sys.modules, "peft", None)

    with pytest.raises(ConfigurationError, match=r"needs a library that is missing .*run `pip install -r requirements"):
        DiffusersEngine(model_named(str(folder))).paint([FOX])


def test_a_picture_that_the_models_own_check_blacked_out_is_refused_with_a_sentence():
    def blacked_out(*, prompt: list[str], **_: Any) -> Any:
        held_back = ["fox" in each for each in prompt]
        return SimpleNamespace(images=[Image.new("RGB", (128, 128)) for _ in prompt], nsfw_content_detected=held_back)

    engine = DiffusersEngine(model_named("sd-turbo"), load=lambda _: blacked_out)

    with pytest.raises(UserError, match="own check held this picture back"):
        picture_of(engine, FOX)
    assert picture_of(engine, replace(FOX, prompt="a boat")).size == (128, 128)


# What is asked of a model ------------------------------------------------------------------------------------------


def png(colour: str, size: tuple[int, int] = (128, 128)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


class Somebody(Watch):
    """Notes what it is told, and wants its picture until so many steps are done."""

    def __init__(self, until: float = 2.0) -> None:
        self.shares: list[float] = []
        self.until = until

    def is_wanted(self) -> bool:
        return max(self.shares, default=0.0) < self.until

    def progressed(self, share: float) -> None:
        self.shares.append(share)


def test_a_picture_grows_out_of_another_as_far_as_the_strength_says(engine):
    start = replace(FOX, image=png("teal"))

    little, much = pictures_of(engine, replace(start, strength=0.05), replace(start, strength=1.0))

    assert (little.size, much.size) == ((128, 128), (128, 128))
    assert farthest(little, much) > 10


STEPS_OF_FOUR = {0.0: 1, 0.01: 1, 0.1: 1, 0.3: 1, 1 / 3: 1, 0.7: 2, 0.99: 3, 1.0: 4, 7.0: 4, None: 2}


@pytest.mark.parametrize("strength", STEPS_OF_FOUR)
def test_as_many_steps_are_done_as_the_strength_says_and_always_one(engine, strength):
    watch = Somebody()

    picture_of(engine, replace(FOX, image=png("teal"), strength=strength, watch=watch))

    assert len(watch.shares) == STEPS_OF_FOUR[strength]


def test_a_picture_to_start_from_is_cut_to_the_shape_that_was_asked_for(engine):
    wide = Image.new("RGB", (300, 100), "red")
    wide.paste(Image.new("RGB", (140, 100), "teal"), (80, 0))
    file = io.BytesIO()
    wide.save(file, "PNG")
    order = replace(FOX, strength=0.05)

    cut, plain = pictures_of(
        engine, replace(order, image=file.getvalue()), replace(order, image=png("teal", (100, 100)))
    )

    assert farthest(cut, plain) <= 1


def test_pictures_that_start_from_different_ones_are_the_same_alone_and_in_a_batch(engine):
    red, teal = (replace(FOX, image=png(colour), strength=0.5) for colour in ("red", "teal"))
    alone = picture_of(engine, teal)

    first, second = pictures_of(engine, red, teal)

    assert farthest(second, alone) <= 1
    assert farthest(first, second) > 1


def guided(models: dict[str, Path], style: str, tmp_path: Path) -> DiffusersEngine:
    """A model that bears no name of ours, in a folder: it guides as its pipeline does."""
    folder = Path(shutil.copytree(models[style], tmp_path / f"my-{style}"))
    return DiffusersEngine(replace(model_named(str(folder)), steps=FEW_STEPS))


@pytest.mark.parametrize("style", ["sd", "sdxl"])
def test_a_negative_prompt_and_guidance_change_the_picture_where_they_are_promised(models, tmp_path, style):
    engine = guided(models, style, tmp_path)

    plain, without, firm, usual = pictures_of(
        engine, FOX, replace(FOX, negative="snow"), replace(FOX, guidance=14.0),
        replace(FOX, guidance=engine.capabilities.guidance.usual),
    )  # fmt: skip

    assert engine.capabilities.takes_negative
    assert farthest(plain, usual) <= 1
    assert farthest(plain, without) > 1
    assert farthest(plain, firm) > 1


def test_guidance_beyond_what_is_offered_is_taken_as_the_nearest_that_is(models, tmp_path):
    engine = guided(models, "sd", tmp_path)

    far, most = pictures_of(engine, replace(FOX, guidance=1000.0), replace(FOX, guidance=15.0))

    assert farthest(far, most) == 0


def test_where_nothing_is_promised_a_negative_prompt_and_guidance_change_nothing(engine):
    plain, ignored = pictures_of(engine, FOX, replace(FOX, negative="snow", guidance=9.0))

    assert not engine.capabilities.takes_negative
    assert farthest(plain, ignored) <= 1


@pytest.mark.parametrize("pipeline", GUIDED)
def test_the_usual_guidance_of_a_folder_is_the_default_of_its_pipeline(pipeline):
    import diffusers

    known = inspect.signature(getattr(diffusers, pipeline).__call__).parameters

    assert known["guidance_scale"].default == GUIDED[pipeline].usual


@pytest.mark.parametrize("row", MODELS, ids=lambda row: row.id)
def test_a_pipeline_knows_whatever_its_row_promises(row):
    import diffusers

    text = getattr(diffusers, row.pipeline)
    image = AUTO_IMAGE2IMAGE_PIPELINES_MAPPING[
        next(name for name, made in AUTO_TEXT2IMAGE_PIPELINES_MAPPING.items() if made is text)
    ]

    known, from_image = (set(inspect.signature(pipeline.__call__).parameters) for pipeline in (text, image))

    assert {"prompt", "generator", "width", "height", "num_inference_steps", "guidance_scale"} <= known
    assert "callback_on_step_end" in known & from_image
    assert "image" in from_image
    assert ("strength" in from_image) == row.takes_strength
    assert not row.capabilities.takes_negative or "negative_prompt" in known & from_image


def test_every_step_is_told_to_everyone_in_a_batch(models):
    engine = DiffusersEngine(model_named(str(models["sd"])))
    watches = [Somebody(), Somebody()]

    pictures_of(engine, *(replace(FOX, seed=seed, watch=watch) for seed, watch in enumerate(watches)))

    assert [watch.shares for watch in watches] == [[0.2, 0.4, 0.6, 0.8]] * 2


def test_painting_stops_as_soon_as_nobody_wants_any_picture_of_a_batch(models):
    engine = DiffusersEngine(model_named(str(models["sd"])))
    early, late = Somebody(until=0.2), Somebody(until=0.4)

    painted = engine.paint([replace(FOX, watch=early), replace(BOAT, watch=late)])

    assert [type(each.failure) for each in painted] == [NotWanted, NotWanted]
    assert late.shares == [0.2, 0.4]
    assert picture_of(engine, FOX).size == (128, 128)


def test_one_who_changes_their_mind_takes_no_other_picture_of_the_batch_along(models):
    engine = DiffusersEngine(model_named(str(models["sd"])))
    fickle = Somebody(until=0.4)

    gone, there = engine.paint([replace(FOX, watch=fickle), BOAT])

    assert isinstance(gone.failure, NotWanted)
    assert farthest(there.picture(), picture_of(engine, BOAT)) <= 1


def test_closing_stops_what_is_painted_and_the_next_picture_loads_the_model_again(models):
    loads: list[Any] = []
    engine = DiffusersEngine(
        model_named(str(models["sd"])), load=lambda row: loads.append(load_pipeline(row)) or loads[-1]
    )
    closing: list[threading.Thread] = []

    class Closing(Somebody):
        def progressed(self, share: float) -> None:
            super().progressed(share)
            if not closing:
                closing.append(threading.Thread(target=engine.close))
                closing[0].start()
            closed.wait(DEADLINE_SECONDS)

    closed = threading.Event()
    watch = Closing()
    future = engine._batcher.submit(replace(FOX, watch=watch))
    with pytest.raises(Unavailable):
        future.result(DEADLINE_SECONDS)
    closed.set()
    closing[0].join(DEADLINE_SECONDS)

    assert watch.shares == [0.2]
    assert picture_of(engine, FOX).size == (128, 128)
    assert len(loads) == 2


def test_the_order_of_memory_that_cards_like_paints_the_same_picture(models):
    def turned(row: Any) -> Any:
        pipeline = load_pipeline(row)
        lay_out(pipeline)
        return pipeline

    row = model_named(str(models["sd"]))

    assert farthest(picture_of(DiffusersEngine(row), FOX), picture_of(DiffusersEngine(row, load=turned), FOX)) <= 1


# Models that cannot be loaded --------------------------------------------------------------------------------------


def is_missing(folder: Path) -> None:
    shutil.rmtree(folder)


def is_empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def has_an_unreadable_index(folder: Path) -> None:
    (folder / "model_index.json").write_text("{")


def lacks_its_network(folder: Path) -> None:
    shutil.rmtree(folder / "unet")


def was_cut_off(folder: Path) -> None:
    [weights] = (folder / "unet").glob("*.safetensors")
    weights.write_bytes(weights.read_bytes()[:1000])


def holds_pickles(folder: Path) -> None:
    [weights] = (folder / "unet").glob("*.safetensors")
    weights.rename(weights.with_suffix(".bin"))


BROKEN = {
    is_missing: "there is no such folder: name a folder in the layout of diffusers",
    is_empty: "it holds no model_index.json: name a folder in the layout of diffusers",
    has_an_unreadable_index: "fetch it again, it is not whole",
    lacks_its_network: "fetch it again, it is not whole",
    was_cut_off: "fetch it again, it is not whole",
    holds_pickles: "fetch it again, it is not whole",
}


@pytest.mark.parametrize("breaks", BROKEN, ids=lambda breaks: breaks.__name__)
def test_a_folder_that_is_no_model_is_named_with_the_remedy(models, tmp_path, breaks):
    folder = Path(shutil.copytree(models["sd"], tmp_path / "model"))
    breaks(folder)

    with pytest.raises(ConfigurationError) as refused:
        DiffusersEngine(model_named(str(folder))).paint([FOX])

    assert str(folder) in str(refused.value)
    assert BROKEN[breaks] in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_model_that_was_not_downloaded_names_the_command_that_does():
    row = replace(model_named("sd-turbo"), source="nobody/has-this-model")

    with pytest.raises(ConfigurationError, match="run `hf download nobody/has-this-model`"):
        DiffusersEngine(row).paint([FOX])


def test_a_model_that_the_memory_cannot_hold_says_what_it_takes():
    def load(_: object) -> None:
        raise MemoryError

    with pytest.raises(
        ConfigurationError, match=r"SD-Turbo does not fit .* \(it takes about 6 GB\): set PENTAGRAM_MODEL"
    ):
        DiffusersEngine(model_named("sd-turbo"), load=load).paint([FOX])


def test_a_model_that_was_repaired_paints_without_a_restart(models, tmp_path):
    engine = DiffusersEngine(model_named(str(tmp_path / "sd-turbo")))
    with pytest.raises(ConfigurationError):
        engine.paint([FOX])

    shutil.copytree(models["sd"], tmp_path / "sd-turbo")

    assert picture_of(engine, FOX).size == (128, 128)


def test_where_a_model_cannot_be_loaded_the_person_is_told_the_log_knows_and_the_painter_still_paints(
    furnished, house, person, paint, tmp_path, caplog
):
    mira = person("mira")
    broken = furnished(tmp_path)

    request = broken.studio.request("a red fox", Options(256, 256), by=mira, token="press-one")
    broken.worker.run_until_idle()

    [creation] = broken.studio.watch(request.id, by=mira).creations
    assert (creation.state, "manage.py doctor" in creation.failure) == ("failed", True)
    assert str(tmp_path) not in creation.failure
    assert f"PENTAGRAM_MODEL is {tmp_path}, but it holds no model_index.json" in caplog.text
    assert paint(mira).creations[0].state == "ready"


# Memory that runs out ----------------------------------------------------------------------------------------------


class CrampedPipeline:
    """Stands in for a pipeline on a card with room for so many pictures at once."""

    def __init__(self, room: int, complaint: Callable[[], Exception]) -> None:
        self.room = room
        self.complaint = complaint
        self.batches: list[int] = []

    def __call__(self, *, prompt: list[str], generator: list[Any], width: int, height: int, **_: Any) -> Any:
        self.batches.append(len(prompt))
        if len(prompt) > self.room:
            raise self.complaint()
        shades = [generator.initial_seed() % 256 for generator in generator]
        return SimpleNamespace(images=[Image.new("RGB", (width, height), (shade,) * 3) for shade in shades])


def cuda_is_full() -> Exception:
    import torch

    return torch.OutOfMemoryError("Tried to allocate 8 GiB.")


COMPLAINTS = [
    cuda_is_full,
    lambda: RuntimeError("MPS backend out of memory (MPS allocated: 17 GB)"),
    lambda: RuntimeError("[enforce fail at alloc_cpu.cpp:127] DefaultCPUAllocator: can't allocate memory"),
    MemoryError,
]


def cramped(room: int, complaint: Callable[[], Exception]) -> tuple[DiffusersEngine, CrampedPipeline]:
    pipeline = CrampedPipeline(room, complaint)
    return DiffusersEngine(model_named("sd-turbo"), load=lambda _: pipeline), pipeline


@pytest.mark.parametrize("complaint", COMPLAINTS)
def test_what_does_not_fit_together_is_painted_in_smaller_batches(complaint):
    engine, pipeline = cramped(1, complaint)

    pictures = pictures_of(engine, *(replace(FOX, seed=seed) for seed in range(4)))

    assert [picture.getpixel((0, 0))[0] for picture in pictures] == [0, 1, 2, 3]
    assert pipeline.batches == [4, 2, 1, 1, 2, 1, 1]


@pytest.mark.parametrize("complaint", COMPLAINTS)
def test_a_picture_that_does_not_fit_alone_is_refused_with_a_sentence(complaint):
    engine, _ = cramped(0, complaint)

    for painted in engine.paint([FOX, BOAT]):
        with pytest.raises(UserError, match="Choose a smaller one"):
            painted.picture()


def test_any_other_error_is_not_taken_for_a_lack_of_memory():
    engine, pipeline = cramped(1, lambda: RuntimeError("CUDA error: an illegal memory access was encountered"))

    pictures = engine.paint([FOX, BOAT])

    assert pipeline.batches == [2, 1, 1]
    assert [picture.failure for picture in pictures] == [None, None]
    with pytest.raises(RuntimeError, match="illegal memory access"):
        cramped(0, pipeline.complaint)[0].paint([FOX])[0].picture()


# Start -------------------------------------------------------------------------------------------------------------

IMPORTS = """
import json, sys
from pathlib import Path
from services.bootstrap import build
from services.settings import Settings

house = build(Settings(PENTAGRAM_HOME=Path(sys.argv[1]), PENTAGRAM_ENGINE="diffusers", PENTAGRAM_MODEL="sd-turbo"))
heavy = {"torch", "diffusers", "transformers", "accelerate"} & set(sys.modules)
print(json.dumps([house.engines.choice("diffusers").sentence, sorted(heavy)]))
"""


def test_a_house_with_a_model_is_built_before_anything_heavy_is_imported(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=True
    )

    sentence, heavy = json.loads(done.stdout)

    assert sentence.startswith("Painted by SD-Turbo with diffusers: ")
    assert heavy == []
