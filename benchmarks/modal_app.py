"""What the stand-in of Modal's cloud runs for benchmarks/studio.py: a batch takes half a second, however many pictures
there are in it, and every picture is the same one."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import modal

from services.studio.engines import wire
from services.studio.engines.base import Order, Painted
from services.studio.engines.batching import Batcher
from services.studio.engines.painter import Painter
from services.studio.pictures import full_file

BATCH_SECONDS = 0.5
APP, MOST = "PENTAGRAM_BENCHMARK_APP", "PENTAGRAM_BENCHMARK_MOST"
CONTAINERS, PICTURES = 1, 64

asked = {APP: os.environ.get(APP, "pentagram"), MOST: os.environ.get(MOST, "4")}
image = modal.Image.debian_slim().env(asked).add_local_python_source("services")
app = modal.App(asked[APP], image=image)


@cache
def picture(width: int, height: int) -> Painted:
    painted = Painter().paint([Order("a lighthouse on a cliff at dusk", 7, width, height)])[0]
    return Painted(painted.image, file=full_file(painted.picture()))


def paint_alike(orders: Sequence[Order]) -> list[Painted]:
    time.sleep(BATCH_SECONDS)
    return [picture(order.width, order.height) for order in orders]


@app.cls(max_containers=CONTAINERS, timeout=60, scaledown_window=600)
@modal.concurrent(max_inputs=PICTURES)
class Images:
    @modal.enter()
    def start(self) -> None:
        """At most none is no batches at all: every picture is at work at once, as if each had a GPU of its own."""
        self.most = int(asked[MOST])
        self.batcher = Batcher(paint_alike, most=self.most) if self.most else None

    @modal.method()
    async def paint(self, order: dict[str, Any]) -> dict[str, Any]:
        return wire.from_painted(await self.painted(wire.to_order(order)))

    async def painted(self, order: Order) -> Painted:
        if self.batcher is None:
            await asyncio.sleep(BATCH_SECONDS)
            return picture(order.width, order.height)
        return await asyncio.wrap_future(self.batcher.submit(order))
