"""What the product's own tests deploy: painters on a GPU that is paid for by the second. They claim an order's key as
modal_backend.py does, note what they paint, and finish when the test lets them."""

from __future__ import annotations

import asyncio
import io
import json
import os
from pathlib import Path
from typing import Any

import modal

HEALTHY = {"model": "flux2-klein-4b", "revision": "e7b7dc2", "missing": []}
LONGEST_SECONDS = 60
LOOK_EVERY_SECONDS = 0.02

app = modal.App(os.environ.get("PENTAGRAM_MODAL_APP", "pentagram"))
claims = modal.Dict.from_name("painting-claims", create_if_missing=True)


def place() -> Path:
    """The folder in which the test and the containers of one machine leave notes for each other."""
    return Path(os.environ["NOTES"])


def picture(order: dict[str, Any]) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    shade = (order["seed"] % 256, order["seed"] // 256 % 256, 90)
    Image.new("RGB", (order["width"], order["height"]), shade).save(file, "webp")
    return file.getvalue()


async def may_finish() -> None:
    for _ in range(int(LONGEST_SECONDS / LOOK_EVERY_SECONDS)):
        if not (place() / "hold").exists():
            return
        await asyncio.sleep(LOOK_EVERY_SECONDS)


@app.cls(gpu="L40S", max_containers=1, scaledown_window=600, timeout=LONGEST_SECONDS)
@modal.concurrent(max_inputs=32)
class Images:
    @modal.method()
    async def paint(self, order: dict[str, Any]) -> dict[str, Any]:
        mine = modal.current_function_call_id()
        if not await claims.put.aio(order["key"], mine, skip_if_exists=True):
            return {"duplicate_of": await claims.get.aio(order["key"])}
        with (place() / "painted").open("a") as painted:
            painted.write(f"{order['key']}\n")
        await may_finish()
        return {"file": picture(order), "model": "small", "gpu": "NVIDIA L40S", "gpu_seconds": 0.5}


@app.function()
def healthcheck() -> dict[str, Any]:
    told = place() / "health.json"
    return json.loads(told.read_text()) if told.exists() else HEALTHY
