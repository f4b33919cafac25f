"""What a container on Modal does: hold a model and the picture gate, paint what it is asked for, fetch weights, and
serve text. It knows the deployment's settings and nothing of Modal."""

from __future__ import annotations

import asyncio
import importlib
import logging
import shlex
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from PIL import Image

from services.errors import ConfigurationError, Unavailable, UserError
from services.safety.pictures import Classifier
from services.safety.verdicts import Verdict
from services.studio.deployment import Deployment
from services.studio.engines import wire
from services.studio.engines.base import NotWanted, Order, Painted, Watch
from services.studio.engines.diffusers import DiffusersEngine, Load
from services.studio.engines.models import BY_ID, Adapter, ImageModel
from services.studio.weights import HUB, Weights

log = logging.getLogger(__name__)

TEXT_PORT = 8000
WEB_PORT = 8501
LIBRARIES = ("torch", "diffusers", "transformers", "accelerate", "safetensors.torch")
EXPECTED = (UserError, Unavailable, ConfigurationError, NotWanted)
"""Failures that are no news for whoever runs this."""
FILES = ["*.json", "*.txt", "*.jinja", "*.model", "*.safetensors"]
"""What transformers loads a model from: no pickles, no programs."""

Claim = Callable[[str], Awaitable[str | None]]
"""Takes an order's key; the call that paints under it already, or None where that is up to whoever asks."""


class Gate(Protocol):
    def check(self, image: Image.Image) -> Verdict: ...


class _Waiting(Watch):
    """Somebody waits for the answer of one call until that is cancelled."""

    def __init__(self) -> None:
        self._left = threading.Event()

    def is_wanted(self) -> bool:
        return not self._left.is_set()

    def leave(self) -> None:
        self._left.set()


class Serving:
    """`load` before the first picture; `answer` from any number of coroutines."""

    def __init__(
        self, deployment: Deployment, *, load: Load | None = None, gpu: Callable[[], str] | None = None
    ) -> None:
        self._deployment = deployment
        self._load = load
        self._name_gpu = gpu or gpu_name
        self._threads = ThreadPoolExecutor(deployment.max_inputs, thread_name_prefix="paint")
        self._looking = threading.Lock()
        self._engine: DiffusersEngine | None = None
        self._gate: Gate | None = None
        self._gpu = ""
        self.is_broken = False
        """The GPU failed, and every picture after this one would: whoever runs this had better start anew."""

    def prepare(self) -> None:
        """The slow imports, and no look at the GPU: where memory is kept without one, the process would remember that
        there was none. `ConfigurationError` with the remedy if the weights are not there."""
        pinned(self._deployment, Weights(Path(self._deployment.weights_path)))
        for library in LIBRARIES:
            importlib.import_module(library)

    def load(self) -> None:
        """Model and gate onto the GPU, and a picture of each of the usual sizes to have it warm. Does nothing a second
        time. `ConfigurationError` with the remedy if they cannot be loaded."""
        if self._engine is not None:
            return
        weights = Weights(Path(self._deployment.weights_path))
        engine = DiffusersEngine(pinned(self._deployment, weights), load=self._load, most=self._deployment.batch)
        self._gate = load_gate(self._deployment, weights)
        self._gpu = self._name_gpu()
        engine.warm()
        self._engine = engine
        self._warm_up(engine)

    def _warm_up(self, engine: DiffusersEngine) -> None:
        for width, height in engine.capabilities.sizes[: self._deployment.warm_up]:
            started = time.perf_counter()
            picture = engine.paint([Order("warming up", seed=0, width=width, height=height)])[0].picture()
            if self._gate is not None:
                self._gate.check(picture)
            log.info("Warmed up at %dx%d in %.1f s.", width, height, time.perf_counter() - started)

    async def answer(self, sent: dict[str, Any], claim: Claim) -> dict[str, Any]:
        """The order and its answer as `wire` has them, or `{"duplicate_of": call}` where another call paints it.
        Cancelled, it stops painting and leaves the others of its batch alone."""
        if (key := sent.get("key")) and (other := await claim(key)) is not None:
            return {"duplicate_of": other}
        waiting = _Waiting()
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, self.paint, sent, waiting)
        except asyncio.CancelledError:
            waiting.leave()
            raise

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        if self._engine is not None:
            self._engine.close()

    def paint(self, sent: dict[str, Any], watch: Watch) -> dict[str, Any]:
        """From any number of threads; raises nothing, every failure is in the answer."""
        try:
            painted = self._painted(wire.to_order(sent, watch))
        except Exception as error:  # noqa: BLE001 - reported below
            painted = Painted(failure=error)
        self._report(painted.failure)
        return wire.from_painted(painted)

    def _report(self, failure: Exception | None) -> None:
        if failure is None or isinstance(failure, EXPECTED):
            return
        log.error("A picture failed.", exc_info=failure)
        self.is_broken = self.is_broken or _is_of_the_gpu(failure)

    def _painted(self, order: Order) -> Painted:
        if self._engine is None:
            raise ConfigurationError("This container was asked for a picture before it had loaded its model.")
        [painted] = self._engine.paint([order])
        verdict, looking_s = self._look(painted)
        spent_s = painted.gpu_seconds + looking_s if self._gpu else 0.0
        return replace(painted, model=self._engine.model, gpu=self._gpu, gpu_seconds=spent_s, verdict=verdict)

    def _look(self, painted: Painted) -> tuple[Verdict | None, float]:
        """What the gate makes of it, and the seconds that it took."""
        if self._gate is None or painted.image is None:
            return None, 0.0
        with self._looking:
            started = time.perf_counter()
            return self._gate.check(painted.image), time.perf_counter() - started


def _is_of_the_gpu(error: Exception) -> bool:
    return type(error).__name__ == "AcceleratorError" or "CUDA error" in str(error)


def pinned(deployment: Deployment, weights: Weights) -> ImageModel:
    """The row of the model, with the revisions that are in the volume."""
    row = BY_ID[deployment.model]
    revision = weights.revision(row.source, deployment.revision or row.revision)
    adapter = row.adapter and _pinned_adapter(row.adapter, weights)
    return replace(row, revision=revision, adapter=adapter)


def _pinned_adapter(adapter: Adapter, weights: Weights) -> Adapter:
    return replace(adapter, revision=weights.revision(adapter.source, adapter.revision))


def load_gate(deployment: Deployment, weights: Weights) -> Gate | None:
    if (source := deployment.gate_source) is None:
        return None
    return Classifier.load(source, weights.revision(source, deployment.gate_revision or None))


def gpu_name() -> str:
    """As its driver calls it; empty where there is none, and painting costs nothing."""
    import torch

    return torch.cuda.get_device_name().removeprefix("NVIDIA ") if torch.cuda.is_available() else ""


def fetch(deployment: Deployment) -> dict[str, str]:
    """All the models of a deployment into the volume, which must be writable; the repositories and their revisions.
    What is there already is not fetched again."""
    from huggingface_hub import HfApi, hf_hub_download, snapshot_download

    row, folder = BY_ID[deployment.model], Path(deployment.weights_path)
    weights, cache = Weights(folder), folder / HUB

    def newest(source: str) -> str:
        return str(HfApi().model_info(source).sha)

    def have(source: str, wanted: str | None, download: Callable[[str], object]) -> None:
        fetched[source] = weights.fetch(source, wanted, newest=newest, download=download)

    def whole(source: str) -> Callable[[str], object]:
        return lambda revision: snapshot_download(source, revision=revision, cache_dir=cache, allow_patterns=FILES)

    fetched: dict[str, str] = {}
    have(row.source, deployment.revision or row.revision, lambda revision: _download_pipeline(row, revision, cache))
    if (adapter := row.adapter) is not None:
        have(
            adapter.source, adapter.revision,
            lambda revision: hf_hub_download(adapter.source, adapter.file, revision=revision, cache_dir=cache),
        )  # fmt: skip
    if (gate := deployment.gate_source) is not None:
        have(gate, deployment.gate_revision or None, whole(gate))
    if deployment.text_secret and not deployment.text_command:
        have(deployment.text_model, deployment.text_revision or None, whole(deployment.text_model))
    return fetched


def _download_pipeline(row: ImageModel, revision: str, cache: Path) -> None:
    """The files that this pipeline loads, and none of the others that such repositories hold."""
    from diffusers import DiffusionPipeline

    DiffusionPipeline.download(
        row.source, revision=revision, variant=row.variant, use_safetensors=True, cache_dir=cache
    )  # fmt: skip


def health(deployment: Deployment) -> dict[str, Any]:
    """What is deployed and whether it can paint, for the operator."""
    row, weights = BY_ID[deployment.model], Weights(Path(deployment.weights_path))
    wanted = [(row.source, deployment.revision or row.revision)]
    if row.adapter is not None:
        wanted.append((row.adapter.source, row.adapter.revision))
    if deployment.gate_source is not None:
        wanted.append((deployment.gate_source, deployment.gate_revision or None))
    missing = [source for source, revision in wanted if not weights.are_there(source, revision)]
    return {
        "app": deployment.app,
        "release": deployment.release,
        "model": deployment.model,
        "revision": None if row.source in missing else weights.revision(*wanted[0]),
        "gate": deployment.gate_source,
        "gpus": deployment.gpu_list,
        "missing": missing,
    }


def floor(deployment: Deployment, now: datetime) -> int:
    """How many GPUs are kept ready at a time of the deployment's own zone."""
    day, night = deployment.day_hour, deployment.night_hour
    is_day = day <= now.hour < night if day < night else not night <= now.hour < day
    return deployment.day_floor if is_day else deployment.night_floor


def text_command(deployment: Deployment, key: str) -> list[str]:
    """What serves text: vLLM in the shape of OpenAI's API, which holds answers to a schema by itself."""
    if deployment.text_command:
        return shlex.split(deployment.text_command)
    weights = Weights(Path(deployment.weights_path))
    revision = weights.revision(deployment.text_model, deployment.text_revision or None)
    return [
        "vllm", "serve", deployment.text_model, "--revision", revision, "--served-model-name", deployment.text_model,
        "--max-model-len", str(deployment.text_length), "--host", "0.0.0.0", "--port", str(TEXT_PORT),  # noqa: S104
        "--api-key", key,
    ]  # fmt: skip


def web_command() -> list[str]:
    """What serves the app itself."""
    return [
        "streamlit", "run", "app.py", "--server.address", "0.0.0.0", "--server.port", str(WEB_PORT),  # noqa: S104
        "--server.headless", "true",
    ]  # fmt: skip
