"""Models on this machine: a CUDA or Apple GPU, or else its CPU. Nothing heavy is imported before the first picture."""

from __future__ import annotations

import gc
import inspect
import io
import logging
import math
import os
import threading
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from services.errors import ConfigurationError, UserError
from services.studio.engines.base import Here, NotWanted, Order, Painted
from services.studio.engines.batching import Batcher
from services.studio.engines.models import Adapter, ImageModel
from services.studio.provenance import Generator

log = logging.getLogger(__name__)

# One lock for loading and painting, and for all engines of a process: loading patches the libraries for every thread,
# and a pipeline keeps the state of the picture it is at.
ONE_AT_A_TIME = threading.Lock()
SIDES_ARE_MULTIPLES_OF = 16
MOST_TOGETHER = 4
OUT_OF_MEMORY = ("out of memory", "can't allocate memory", "not enough memory")
TOO_LARGE = "A picture of this size does not fit into this machine's memory. Choose a smaller one."
HELD_BACK = "The model's own check held this picture back. Try another prompt or seed."
USUAL_STRENGTH = 0.6
LEAST_STRENGTH = 0.05
"""Less would take more than twenty steps for a change that nobody sees."""

Load = Callable[[ImageModel], Any]
"""Makes a diffusers pipeline, ready to be called."""


class DiffusersEngine(Here):
    name = "diffusers"
    at_once = MOST_TOGETHER
    generator: Generator = "trainedAlgorithmicMedia"

    def __init__(self, model: ImageModel, *, load: Load | None = None, most: int = MOST_TOGETHER) -> None:
        """`most` pictures are painted in one call of the model."""
        self._row = model
        self._load = load or load_pipeline
        self._pipeline: Any = None
        self._from_image: Any = None
        self._batcher = Batcher(self._paint_alike, most=most, alike=self._look)
        self.label = f"{model.title} with diffusers"
        self.model = model.id
        self.steps = model.steps
        self.restricts = model.restricts
        self.capabilities = model.capabilities

    def paint(self, orders: Sequence[Order]) -> list[Painted]:
        """Those that are alike in one call of the model, whichever thread they come from. `ConfigurationError` if it
        cannot be loaded; the next call tries again."""
        return [future.result() for future in self._batcher.submit_all(orders)]

    def warm(self) -> None:
        """Load the model now rather than with the first picture; raises what that would raise."""
        with ONE_AT_A_TIME:
            self._ensure_loaded()

    def close(self) -> None:
        """Whoever waits gets `Unavailable`; a picture that is being painted stops at its next step."""
        self._batcher.close()
        with ONE_AT_A_TIME:
            if self._pipeline is not None:
                self._pipeline = self._from_image = None
                _free_memory()

    def _look(self, order: Order) -> Hashable:
        """A model that looks at a picture instead of painting over it has the same one before it for a whole batch."""
        image = order.image if not self._row.takes_strength else order.image is not None
        guidance = self._guidance(order)
        return order.width, order.height, guidance, bool(order.negative), image, _strength(order)

    def _guidance(self, order: Order) -> float | None:
        allowed = self._row.guidance_range
        if allowed is None:
            return self._row.guidance
        if order.guidance is None:
            return self._row.negative_guidance if order.negative else self._row.guidance
        return min(max(order.guidance, allowed.low), allowed.high)

    def _ensure_loaded(self) -> None:
        if self._pipeline is None:
            try:
                self._pipeline = self._load(self._row)
            except ConfigurationError:
                raise
            except Exception as error:
                raise ConfigurationError(_remedy(self._row, error)) from error

    def _paint_alike(self, orders: list[Order]) -> list[Painted]:
        with ONE_AT_A_TIME:
            self._ensure_loaded()
            return self._paint_together(orders)

    def _paint_together(self, orders: list[Order]) -> list[Painted]:
        """In one call, or in several smaller ones where the memory is not enough for that."""
        try:
            return self._call(orders)
        except NotWanted:
            return [Painted(failure=NotWanted())] * len(orders)
        except (RuntimeError, MemoryError) as error:
            if not _is_out_of_memory(error):
                raise
            log.warning("%s ran out of memory with %d pictures at once.", self.model, len(orders))
        # Not before the handler ends: the exception holds on to everything that was being calculated.
        _free_memory()
        if len(orders) == 1:
            return [Painted(failure=UserError(TOO_LARGE))]
        middle = len(orders) // 2
        return self._paint_together(orders[:middle]) + self._paint_together(orders[middle:])

    def _call(self, orders: list[Order]) -> list[Painted]:
        import torch

        pipeline = self._pipeline if orders[0].image is None else self._pipeline_from_image()
        with torch.inference_mode():
            answer = pipeline(**_understood(pipeline, self._wishes(orders)))
        # Some pipelines look at what they made, and black out what they hold back.
        held_back = getattr(answer, "nsfw_content_detected", None) or [False] * len(orders)
        return [
            Painted(failure=UserError(HELD_BACK)) if held else Painted(_cut(picture, order))
            for picture, order, held in zip(answer.images, orders, held_back, strict=True)
        ]

    def _wishes(self, orders: list[Order]) -> dict[str, Any]:
        """What is asked of a pipeline; where nothing is known, its own default is taken."""
        import torch

        first = orders[0]
        wishes = {
            "prompt": [order.prompt for order in orders],
            # On the CPU whatever the device is, so that a seed is the same noise on every machine.
            "generator": [torch.Generator("cpu").manual_seed(order.seed) for order in orders],
            "width": _rounded_up(first.width),
            "height": _rounded_up(first.height),
            "num_inference_steps": self._row.steps,
            "guidance_scale": self._guidance(first),
            "negative_prompt": self._negatives(orders),
            "callback_on_step_end": _after_each_step(orders),
        }
        if first.image is not None:
            wishes |= self._start(orders)
        return {name: value for name, value in wishes.items() if value is not None}

    def _negatives(self, orders: list[Order]) -> list[str] | None:
        if self._row.guidance_range is None or not orders[0].negative:
            return None
        return [order.negative for order in orders]

    def _start(self, orders: list[Order]) -> dict[str, Any]:
        """From a picture: over it as far as the strength says, or with a look at it."""
        if not self._row.takes_strength:
            return {"image": _opened(orders[0])}
        strength = _strength(orders[0])
        images = [_opened(order) for order in orders]
        return {"image": images, "strength": strength, "num_inference_steps": _steps(self._row.steps, strength)}

    def _pipeline_from_image(self) -> Any:
        """The same weights in the pipeline that starts from a picture."""
        import diffusers

        if self._from_image is None:
            self._from_image = diffusers.AutoPipelineForImage2Image.from_pipe(self._pipeline)
            self._from_image.set_progress_bar_config(disable=True)
        return self._from_image


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
    log.info("%s paints on %s.", model.title, device)
    return settle(pipeline, device)


def settle(pipeline: Any, device: str) -> Any:
    """On its device, as this engine wants it."""
    pipeline.set_progress_bar_config(disable=True)
    pipeline.to(device)
    if device == "cuda":
        lay_out(pipeline)
    return pipeline


def lay_out(pipeline: Any) -> None:
    """In the order of memory that convolutions on Nvidia's cards calculate in, which saves turning it round there and
    back for each of them."""
    import torch

    for part in ("unet", "vae"):
        if getattr(pipeline, part, None) is not None:
            getattr(pipeline, part).to(memory_format=torch.channels_last)


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


def _understood(pipeline: Any, wishes: dict[str, Any]) -> dict[str, Any]:
    """Those that this pipeline knows: one that starts from a picture takes its size from that, say."""
    known = inspect.signature(pipeline).parameters
    if any(each.kind is each.VAR_KEYWORD for each in known.values()):
        return wishes
    return {name: value for name, value in wishes.items() if name in known}


def _after_each_step(orders: list[Order]) -> Callable[..., dict[str, Any]]:
    def tell(pipeline: Any, step: int, _timestep: Any, tensors: dict[str, Any]) -> dict[str, Any]:
        if not any(order.watch.is_wanted() for order in orders):
            raise NotWanted
        # The decoding of the pixels counts as one more step.
        share = (step + 1) / (pipeline.num_timesteps + 1)
        for order in orders:
            order.watch.progressed(share)
        return tensors

    return tell


def _strength(order: Order) -> float | None:
    if order.image is None:
        return None
    return min(max(USUAL_STRENGTH if order.strength is None else order.strength, LEAST_STRENGTH), 1.0)


def _steps(usual: int | None, strength: float | None) -> int | None:
    """Of which as many are done as the strength says: enough that one is."""
    return None if usual is None or strength is None else max(usual, math.ceil(1 / strength))


def _opened(order: Order) -> Image.Image:
    """The picture to start from, cut to the shape that was asked for."""
    image = Image.open(io.BytesIO(order.image or b"")).convert("RGB")
    size = (_rounded_up(order.width), _rounded_up(order.height))
    return ImageOps.fit(image, size, Image.Resampling.LANCZOS)


def _rounded_up(side: int) -> int:
    return -(-side // SIDES_ARE_MULTIPLES_OF) * SIDES_ARE_MULTIPLES_OF


def _cut(picture: Image.Image, order: Order) -> Image.Image:
    """To the size that was asked for, from the middle."""
    left, top = (picture.width - order.width) // 2, (picture.height - order.height) // 2
    return picture.convert("RGB").crop((left, top, left + order.width, top + order.height))
