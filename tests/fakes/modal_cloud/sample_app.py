"""What the stand-in's own tests deploy: a little of everything that an app of Modal's may have."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import modal

VOLUME_PATH = os.environ.get("SAMPLE_VOLUME_PATH", "/volume")
WEB_PORT = int(os.environ.get("SAMPLE_WEB_PORT", "8000"))
OURS = {"SAMPLE_VOLUME_PATH": VOLUME_PATH, "SAMPLE_WEB_PORT": str(WEB_PORT), "GREETING": "what's up"}
ANSWERS = """
import http.server, os
class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.headers["authorization"] == "Bearer " + os.environ["SAMPLE_KEY"] else 401)
        self.end_headers()
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(os.environ["SAMPLE_WEB_PORT"])), Answers).serve_forever()
"""

image = modal.Image.debian_slim(python_version="3.11").uv_pip_install("pillow==13.0.0").env(OURS)
app = modal.App(os.environ.get("SAMPLE_APP", "sample"), image=image)
volume = modal.Volume.from_name("sample-files", create_if_missing=True)
notes = modal.Dict.from_name("sample-notes", create_if_missing=True)


@app.cls(
    enable_memory_snapshot=True, gpu=["L40S", "A100-40GB"], max_containers=2, scaledown_window=2, timeout=20,
    retries=modal.Retries(max_retries=1, initial_delay=0.0),
)  # fmt: skip
@modal.concurrent(max_inputs=8, target_inputs=4)
class Worker:
    @modal.enter(snap=True)
    def begin(self) -> None:
        self.steps = ["begin"]

    @modal.enter()
    def enter(self) -> None:
        self.steps.append("enter")

    @modal.method()
    async def work(self, order: dict[str, Any]) -> dict[str, Any]:
        if order.get("dies") and await notes.put.aio(order["dies"], 1, skip_if_exists=not order.get("always")):
            os.kill(os.getpid(), signal.SIGKILL)
        if sentence := order.get("raises"):
            raise ValueError(sentence)
        await asyncio.sleep(order.get("sleeps", 0))
        if order.get("leaves"):
            await modal.experimental.stop_fetching_inputs.aio()
        return {
            "call": modal.current_function_call_id(), "steps": self.steps, "process": os.getpid(),
            "bytes": b"x" * order.get("size", 0),
        }  # fmt: skip


@app.function(volumes={VOLUME_PATH: volume})
def look() -> dict[str, Any]:
    """What a container finds around it."""
    return {
        "env": dict(os.environ), "files": sorted(path.name for path in Path(VOLUME_PATH).iterdir()),
        "file": __file__,
    }  # fmt: skip


@app.function(timeout=1)
async def dawdle() -> None:
    await asyncio.sleep(60)


@app.function(schedule=modal.Cron("0 23 * * *", timezone="Europe/Berlin"))
def night() -> None:
    Worker().work.autoscaler.update(min_containers=0)


@app.function(schedule=modal.Cron("0 8 * * *", timezone="Europe/Berlin"))
def day() -> None:
    Worker().work.autoscaler.update(min_containers=1)


@app.cls()
class Broken:
    @modal.enter()
    def enter(self) -> None:
        raise ValueError("This never starts.")

    @modal.method()
    def work(self) -> None:
        """Never comes to it."""


if os.environ.get("SAMPLE_SECRET"):
    OURS["SAMPLE_SECRET"] = os.environ["SAMPLE_SECRET"]

    @app.function(image=image.env(OURS), secrets=[modal.Secret.from_name(OURS["SAMPLE_SECRET"])])
    @modal.web_server(WEB_PORT)
    def web() -> None:
        subprocess.Popen([sys.executable, "-c", ANSWERS])


@app.local_entrypoint()
def main(times: int = 1) -> None:
    for _ in range(times):
        print("worked in", Worker().work.remote({})["call"])  # noqa: T201
