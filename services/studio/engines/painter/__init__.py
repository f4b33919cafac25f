"""The built-in painter: reads a prompt, and draws it by rules with numpy and Pillow alone. It is no AI."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
from PIL import Image

from services.errors import UserError
from services.studio.engines.base import Capabilities, Here, NotWanted, Order, Painted
from services.studio.engines.painter import palettes, source
from services.studio.engines.painter.canvas import Canvas
from services.studio.engines.painter.composition import compose
from services.studio.engines.painter.light import light_of
from services.studio.engines.painter.maths import power
from services.studio.engines.painter.reading import Meaning, prepare, read
from services.studio.engines.painter.scenes import SCENES
from services.studio.engines.painter.styles import STYLES
from services.studio.engines.painter.weather import weather
from services.studio.provenance import Generator

SMALLEST, LARGEST = 256, 2048
GRAIN = np.float32(1.6 / 255)
STRENGTH = 0.6
"""Of a restyled picture, where none is chosen."""


def paint(order: Order, meaning: Meaning | None = None) -> Image.Image:
    """`UserError` for a size that is out of range; any prompt gives a picture."""
    _check_size(order)
    c = Canvas(order.width, order.height, order.prompt, order.seed)
    c.wish = read(order.prompt, meaning, order.seed)
    c.light = light_of(c.wish, c)
    if order.image is None:
        _invent(c)
    else:
        _restyle(c, order.image, STRENGTH if order.strength is None else order.strength)
    palettes.apply(c)
    finish = STYLES[c.wish.style].finish if c.wish.style else _varnish
    finish(c)
    return Image.fromarray((np.clip(c.px, 0, 1) * 255 + 0.5).astype(np.uint8))


def _check_size(order: Order) -> None:
    if not all(SMALLEST <= side <= LARGEST for side in (order.width, order.height)):
        raise UserError(f"The built-in painter paints from {SMALLEST} to {LARGEST} pixels a side.")


def _invent(c: Canvas) -> None:
    scene = SCENES[c.wish.scene]
    compose(c, scene.paint(c))
    if not scene.indoors:
        weather(c)


def _restyle(c: Canvas, image: bytes, strength: float) -> None:
    """What is in the picture stays where it is, and nothing is put before it."""
    source.start_from(c, image, strength)
    weather(c)


def _varnish(c: Canvas) -> None:
    """A soft vignette, and grain that breaks up banding."""
    c.px *= (1 - 0.2 * power(c.outward(), 1.4))[..., None]
    c.px += c.rng.standard_normal((c.h, c.w), np.float32)[..., None] * GRAIN


class Painter(Here):
    """The engine that needs nothing: no weights, no network, no accelerator. With a `meaning` it also understands words
    that stand in none of its tables."""

    name = "painter"
    label = "the built-in painter"
    model = name
    steps: int | None = None
    generator: Generator = "algorithmicMedia"
    restricts = ""
    capabilities = Capabilities(
        ((768, 768), (768, 960), (960, 768), (1024, 1024), (576, 1024)),
        smallest=SMALLEST, largest=LARGEST, takes_image=True, takes_strength=True,
    )  # fmt: skip

    at_once = 2

    def __init__(self, meaning: Meaning | None = None) -> None:
        self._meaning = meaning
        self._turn = threading.Lock()
        self._understands = False
        # Each holds tens of megabytes and a core, however many jobs the house runs at a time.
        self._easels = threading.BoundedSemaphore(self.at_once)

    def understand(self) -> None:
        """Load what it takes to understand more than the words in its tables; seconds the first time. Where that is not
        to be had, the words serve."""
        with self._turn:
            if self._meaning is not None and not self._understands:
                self._understands = prepare(self._meaning)

    def warm(self) -> None:
        if self._meaning is not None and not self._understands and not self._turn.locked():
            threading.Thread(target=self.understand, name="understand", daemon=True).start()

    def paint(self, orders: Sequence[Order]) -> list[Painted]:
        """With what it understands so far: nobody waits for the rest, which is loaded meanwhile."""
        self.warm()
        return [self._painted(order) for order in orders]

    def _painted(self, order: Order) -> Painted:
        if not order.watch.is_wanted():
            return Painted(failure=NotWanted())
        try:
            with self._easels:
                return Painted(paint(order, self._meaning if self._understands else None))
        except UserError as error:
            return Painted(failure=error)
