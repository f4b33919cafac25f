"""What runs on Modal: `modal deploy modal_backend.py`. See docs/modal.md for the settings and the first steps.

Everything here is a thin shell round `services/studio/serving.py`; a container imports nothing of the rest."""

from __future__ import annotations

import os
import re
import subprocess
import time
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

import modal

from services.errors import ConfigurationError
from services.studio import serving
from services.studio.deployment import read_deployment
from services.studio.engines import wire
from services.studio.engines.base import Order
from services.studio.weights import HUB

try:
    deployment = read_deployment()
except ConfigurationError as error:
    raise SystemExit(str(error)) from None

Mounts = dict[str | PurePosixPath, modal.Volume | modal.CloudBucketMount]

HOURS = 60 * 60
MINUTES = 60
HERE = Path(__file__).resolve().parent
REQUIREMENTS = HERE / "requirements.txt"
KEEPS_MEMORY = deployment.snapshot != "off"
PAINTS_WITH = (
    "torch", "diffusers", "transformers", "accelerate", "peft", "huggingface_hub", "numpy", "pillow",
    "pydantic", "pydantic-settings",
)  # fmt: skip
VLLM = "vllm==0.33.0"
NOT_SENT = [
    ".git", ".pentagram", "**/__pycache__", "**/.*_cache", "tests", "benchmarks", "docs", ".streamlit/secrets.toml",
    Path(__file__).name,
]  # fmt: skip


def pins(*packages: str) -> list[str]:
    """As requirements.txt has them, so that a container paints with what the tests ran with."""
    lines = [line.split("#")[0].strip() for line in REQUIREMENTS.read_text("utf-8").splitlines()]
    pinned = {re.split(r"[\[=<>~]", line)[0]: line for line in lines if line}
    return [pinned[package] for package in packages]


def with_our_code(image: modal.Image) -> modal.Image:
    return image.add_local_python_source("services").add_local_file(REQUIREMENTS, "/root/requirements.txt")


env = deployment.as_environment() | {
    "HF_HUB_CACHE": f"{deployment.weights_path}/{HUB}",
    "HF_HUB_OFFLINE": "1",
}
slim = modal.Image.debian_slim(python_version="3.11")
image = with_our_code(slim.uv_pip_install(*pins(*PAINTS_WITH)).env(env))
volume = modal.Volume.from_name(deployment.weights, create_if_missing=True)
weights: Mounts = {deployment.weights_path: volume.read_only()}
claims = modal.Dict.from_name(f"{deployment.app}-claims", create_if_missing=True)
app = modal.App(deployment.app, image=image)


async def other_painter(key: str) -> str | None:
    """The call that paints under this key already, if it is not the one that asks: a retry by Modal has the same id."""
    mine = modal.current_function_call_id()
    if await claims.put.aio(key, mine, skip_if_exists=True):
        return None
    first: str | None = await claims.get.aio(key, mine)
    return None if first == mine else first


@app.cls(
    gpu=deployment.gpu_list,
    volumes=weights,
    min_containers=serving.floor(deployment, datetime.now(ZoneInfo(deployment.timezone))),
    max_containers=deployment.max_containers,
    buffer_containers=deployment.buffer_containers,
    scaledown_window=deployment.scaledown,
    timeout=deployment.timeout,
    startup_timeout=deployment.startup_timeout,
    retries=modal.Retries(max_retries=deployment.retries, initial_delay=0.0),
    region=deployment.region or None,
    enable_memory_snapshot=KEEPS_MEMORY,
    experimental_options={"enable_gpu_snapshot": True} if deployment.snapshot == "gpu" else None,
)
@modal.concurrent(max_inputs=deployment.max_inputs, target_inputs=deployment.target_inputs)
class Images:
    """The GPUs. Sync methods are not for here: cancelling one of several would end the container."""

    @modal.enter(snap=KEEPS_MEMORY)
    def prepare(self) -> None:
        self.serving = serving.Serving(deployment)
        self.serving.prepare()
        if deployment.snapshot == "gpu":
            self.serving.load()

    @modal.enter()
    def start(self) -> None:
        self.serving.load()

    @modal.exit()
    def end(self) -> None:
        self.serving.close()

    @modal.method()
    async def paint(self, order: dict[str, Any]) -> dict[str, Any]:
        answer = await self.serving.answer(order, other_painter)
        if self.serving.is_broken:
            await modal.experimental.stop_fetching_inputs.aio()
        return answer


def keep_ready(containers: int) -> None:
    Images().paint.autoscaler.update(min_containers=containers)


@app.function(schedule=modal.Cron(f"0 {deployment.night_hour} * * *", timezone=deployment.timezone))
def night() -> None:
    keep_ready(deployment.night_floor)


@app.function(schedule=modal.Cron(f"0 {deployment.day_hour} * * *", timezone=deployment.timezone))
def day() -> None:
    keep_ready(deployment.day_floor)


@app.function(
    volumes={deployment.weights_path: volume},
    env={"HF_HUB_OFFLINE": "0"},
    secrets=[modal.Secret.from_name(deployment.hub_secret)] if deployment.hub_secret else [],
    timeout=2 * HOURS,
)
def fetch_weights() -> dict[str, str]:
    """Fills the volume; run it once before the first picture, and again after a change of model or revision."""
    fetched = serving.fetch(deployment)
    volume.commit()
    for source, revision in fetched.items():
        print(f"{source} is there at {revision}.")  # noqa: T201
    return fetched


@app.function(volumes=weights, scaledown_window=2)
def healthcheck() -> dict[str, Any]:
    """From a container that has only just started: an older one would not see what was fetched meanwhile."""
    return serving.health(deployment)


if deployment.text_secret:

    @app.function(
        image=with_our_code(slim.uv_pip_install(VLLM, *pins("pydantic-settings")).env(env)),
        gpu=deployment.text_gpu,
        volumes=weights,
        secrets=[modal.Secret.from_name(deployment.text_secret, required_keys=["PENTAGRAM_TEXT_KEY"])],
        max_containers=1,
        scaledown_window=5 * MINUTES,
        timeout=10 * MINUTES,
        startup_timeout=deployment.startup_timeout,
    )
    @modal.concurrent(max_inputs=64)
    @modal.web_server(serving.TEXT_PORT, startup_timeout=deployment.startup_timeout)
    def text() -> None:
        """The text model behind an OpenAI-compatible API; nobody asks it anything without the key."""
        subprocess.Popen(serving.text_command(deployment, os.environ["PENTAGRAM_TEXT_KEY"]))


if deployment.web_secret:

    @app.function(
        image=slim.uv_pip_install(requirements=[str(REQUIREMENTS)])
        .env(deployment.as_environment())
        .add_local_dir(HERE, "/root", ignore=NOT_SENT),
        secrets=[modal.Secret.from_name(deployment.web_secret, required_keys=["DATABASE_URL"])],
        min_containers=1,
        max_containers=1,
        timeout=24 * HOURS,
    )
    @modal.concurrent(max_inputs=1000)
    @modal.web_server(serving.WEB_PORT, startup_timeout=5 * MINUTES)
    def web() -> None:
        """The app itself, in one container that stays."""
        subprocess.Popen(serving.web_command(), cwd=HERE)


@app.local_entrypoint()
def main(prompt: str, seed: int = 7, size: str = "1024x1024", out: str = "picture.webp") -> None:
    """`modal run modal_backend.py --prompt "..."`: one picture, from here to a GPU and back into a file."""
    width, height = map(int, size.lower().split("x"))
    started = time.perf_counter()
    answer = Images().paint.remote(wire.from_order(Order(prompt, seed, width, height)))
    painted = wire.to_painted(answer)
    painted.picture()
    Path(out).write_bytes(painted.file)
    spent_ms = (time.perf_counter() - started) * 1000
    print(f"{out}: {painted.model} on {painted.gpu or 'no GPU'}, {spent_ms:.0f} ms in all, the start included.")  # noqa: T201
