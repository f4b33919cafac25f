"""Models on this machine: a CUDA or Apple GPU, or else its CPU. Nothing heavy is imported before the first picture."""

from __future__ import annotations

import gc
import logging
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PIL import Image

from services.errors import ConfigurationError, UserError
from services.studio.engines.base import Capabilities, Order
from services.studio.engines.models import Adapter, ImageModel
from services.studio.pictures import Generator

log = logging.getLogger(__name__)

# One lock for loading and painting, and for all engines of a process: loading patches the libraries for every thread,
# and a pipeline keeps the state of the picture it is at.
ONE_AT_A_TIME = threading.Lock()
SIDES_ARE_MULTIPLES_OF = 16
LARGEST_TO_NATIVE = 2
"""Beyond twice the side that it was trained on, a model repeats its subject."""
OUT_OF_MEMORY = ("out of memory", "can't allocate memory", "not enough memory")

Load = Callable[[ImageModel], Any]
"""Makes a diffusers pipeline, ready to be called."""


class DiffusersEngine:
    name = "diffusers"
    generator: Generator = "trainedAlgorithmicMedia"

    def __init__(self, model: ImageModel, *, load: Load | None = None) -> None:
        self._row = model
        self._load = load or load_pipeline
        self._pipeline: Any = None
        self.label = f"{model.title} with diffusers"
        self.model = model.id
        self.steps = model.steps
        self.restricts = model.restricts
        self.capabilities = Capabilities(model.sizes, largest=LARGEST_TO_NATIVE * min(model.sizes[0]))

    def paint(self, orders: Sequence[Order]) -> list[Image.Image]:
        """Those of one size together. `ConfigurationError` if the model cannot be loaded; the next call tries again."""
        painted: dict[int, Image.Image] = {}
        with ONE_AT_A_TIME:
            self._ensure_loaded()
            for alike in _of_one_size(orders):
                painted |= zip(alike, self._paint_together([orders[place] for place in alike]), strict=True)
        return [painted[place] for place in range(len(orders))]

    def _ensure_loaded(self) -> None:
        if self._pipeline is None:
            try:
                self._pipeline = self._load(self._row)
            except ConfigurationError:
                raise
            except Exception as error:
                raise ConfigurationError(_remedy(self._row, error)) from error

    def _paint_together(self, orders: list[Order]) -> list[Image.Image]:
        """In one call, or in several smaller ones where the memory is not enough for that."""
        try:
            return self._call(orders)
        except (RuntimeError, MemoryError) as error:
            if not _is_out_of_memory(error):
                raise
            log.warning("%s ran out of memory with %d pictures at once.", self.model, len(orders))
        # Not before the handler ends: the exception holds on to everything that was being calculated.
        _free_memory()
        if len(orders) == 1:
            raise UserError("A picture of this size does not fit into this machine's memory. Choose a smaller one.")
        middle = len(orders) // 2
        return self._paint_together(orders[:middle]) + self._paint_together(orders[middle:])

    def _call(self, orders: list[Order]) -> list[Image.Image]:
        import torch

        wanted = {"num_inference_steps": self._row.steps, "guidance_scale": self._row.guidance}
        with torch.inference_mode():
            answer = self._pipeline(
                prompt=[order.prompt for order in orders],
                # On the CPU whatever the device is, so that a seed is the same noise on every machine.
                generator=[torch.Generator("cpu").manual_seed(order.seed) for order in orders],
                width=_rounded_up(orders[0].width),
                height=_rounded_up(orders[0].height),
                **{name: value for name, value in wanted.items() if value is not None},
            )
        # Some pipelines look at what they made, and black out what they hold back.
        if any(getattr(answer, "nsfw_content_detected", None) or ()):
            raise UserError("The model's own check held this picture back. Try another prompt or seed.")
        return [_cut(picture, order) for picture, order in zip(answer.images, orders, strict=True)]


def load_pipeline(model: ImageModel) -> Any:
    """From the folder or the hub to the best device there is."""
    if model.is_folder:
        _check_folder(model)
    import diffusers
    import torch
    import transformers

    device = best_device()
    maker = getattr(diffusers, model.pipeline or "AutoPipelineForText2Image")
    for library in (diffusers, transformers):
        library.utils.logging.disable_progress_bar()
    pipeline = maker.from_pretrained(
        model.source,
        revision=model.revision,
        variant=model.variant,
        dtype=torch.float32 if device == "cpu" else getattr(torch, model.dtype),
        # The other format is a program that runs when it is read.
        use_safetensors=True,
        local_files_only=_is_offline(),
    )
    if model.adapter is not None:
        _adapt(pipeline, model.adapter)
    pipeline.set_progress_bar_config(disable=True)
    log.info("%s paints on %s.", model.title, device)
    return pipeline.to(device)


def _adapt(pipeline: Any, adapter: Adapter) -> None:
    """Add what it learnt to the weights themselves, so that painting takes no longer than without it."""
    import diffusers
    import peft  # noqa: F401 - what diffusers says without it reads as if the model were at fault

    pipeline.load_lora_weights(
        adapter.source, weight_name=adapter.file, revision=adapter.revision, local_files_only=_is_offline()
    )
    pipeline.fuse_lora()
    pipeline.unload_lora_weights()
    scheduler = getattr(diffusers, adapter.scheduler)
    pipeline.scheduler = scheduler.from_config(pipeline.scheduler.config, **adapter.scheduler_options)


def _is_offline() -> bool:
    return os.environ.get("HF_HUB_OFFLINE", "").upper() in {"1", "ON", "YES", "TRUE"}


def best_device() -> str:
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _check_folder(model: ImageModel) -> None:
    folder = Path(model.source)
    what = "there is no such folder" if not folder.is_dir() else "it holds no model_index.json"
    if not (folder / "model_index.json").is_file():
        raise ConfigurationError(
            f"PENTAGRAM_MODEL is {folder}, but {what}: name a folder in the layout of diffusers, as "
            "`hf download REPOSITORY --local-dir FOLDER` makes it."
        )


def _remedy(model: ImageModel, error: Exception) -> str:
    """For whoever runs this place: what is wrong with the model, and what to do."""
    if _is_out_of_memory(error):
        needs = f" (it takes about {model.memory_gb:g} GB)" if model.memory_gb else ""
        return (
            f"{model.title} does not fit into this machine's memory{needs}: set PENTAGRAM_MODEL to a smaller model, "
            "or end what else fills it."
        )
    told = next(iter(str(error).strip().splitlines()), type(error).__name__)
    if isinstance(error, ImportError):
        return f"{model.title} needs a library that is missing ({told}): run `pip install -r requirements.txt`."
    if not model.is_folder and isinstance(error, OSError):
        commands = " and ".join(f"`hf download {source}`" for source in _repositories(model))
        return (
            f"{model.title} is not on this machine and could not be downloaded: run {commands} with a network, after "
            f"accepting the licence on the model's page if it asks for that. ({told})"
        )
    return f"{model.title} cannot be loaded from {model.source}: fetch it again, it is not whole. ({told})"


def _repositories(model: ImageModel) -> list[str]:
    return [model.source, *([model.adapter.source] if model.adapter else [])]


def _is_out_of_memory(error: Exception) -> bool:
    import torch

    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    return isinstance(error, RuntimeError) and any(words in str(error).lower() for words in OUT_OF_MEMORY)


def _free_memory() -> None:
    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    elif torch.backends.mps.is_available():
        torch.mps.empty_cache()


def _of_one_size(orders: Sequence[Order]) -> list[list[int]]:
    """The places of the orders, those that can be painted in one call together."""
    places: dict[tuple[int, int], list[int]] = {}
    for place, order in enumerate(orders):
        places.setdefault((order.width, order.height), []).append(place)
    return list(places.values())


def _rounded_up(side: int) -> int:
    return -(-side // SIDES_ARE_MULTIPLES_OF) * SIDES_ARE_MULTIPLES_OF


def _cut(picture: Image.Image, order: Order) -> Image.Image:
    """To the size that was asked for, from the middle."""
    left, top = (picture.width - order.width) // 2, (picture.height - order.height) // 2
    return picture.convert("RGB").crop((left, top, left + order.width, top + order.height))
