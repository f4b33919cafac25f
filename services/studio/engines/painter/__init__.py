"""The built-in painter: reads a prompt, and draws it by rules with numpy and Pillow alone. It is no AI."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
from PIL import Image

from services.studio.engines.base import Capabilities, Here, NotWanted, Order, Painted
from services.studio.engines.painter.canvas import Canvas
from services.studio.engines.painter.composition import compose
from services.studio.engines.painter.light import light_of
from services.studio.engines.painter.maths import power
from services.studio.engines.painter.reading import read
from services.studio.engines.painter.scenes import SCENES
from services.studio.engines.painter.styles import STYLES
from services.studio.engines.painter.weather import weather
from services.studio.engines.painter.wish import Wish
from services.studio.provenance import Generator


def paint(order: Order, wish: Wish | None = None) -> Image.Image:
    c = Canvas(order.width, order.height, order.prompt, order.seed)
    c.wish = wish or read(order.prompt)
    c.light = light_of(c.wish, c)
    scene = SCENES[c.wish.scene]
    compose(c, scene.paint(c))
    if not scene.indoors:
        weather(c)
    if c.wish.style:
        STYLES[c.wish.style].finish(c)
    return _finished(c)


def _finished(c: Canvas) -> Image.Image:
    """A soft vignette, and grain that breaks up banding."""
    corner = ((c.x / c.w - 0.5) ** 2 + (c.y / c.h - 0.5) ** 2) * 2
    grain = c.rng.standard_normal((c.h, c.w), np.float32) * np.float32(1.6)
    pixels = np.clip(c.px, 0, 1) * (255 * (1 - 0.2 * power(corner, 1.4)))[..., None] + grain[..., None]
    return Image.fromarray(np.clip(pixels + 0.5, 0, 255).astype(np.uint8))


class Painter(Here):
    """The engine that needs nothing: no weights, no network, no accelerator."""

    name = "painter"
    label = "the built-in painter"
    model = name
    steps: int | None = None
    generator: Generator = "algorithmicMedia"
    restricts = ""
    capabilities = Capabilities(((768, 768), (768, 960), (960, 768), (1024, 1024), (576, 1024)))

    at_once = 2

    def __init__(self) -> None:
        # Each holds tens of megabytes and a core, however many jobs the house runs at a time.
        self._easels = threading.BoundedSemaphore(self.at_once)

    def paint(self, orders: Sequence[Order]) -> list[Painted]:
        return [self._painted(order) for order in orders]

    def _painted(self, order: Order) -> Painted:
        if not order.watch.is_wanted():
            return Painted(failure=NotWanted())
        with self._easels:
            return Painted(paint(order))
