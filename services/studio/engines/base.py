"""What every engine is to the rest of the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PIL import Image

from services.safety.verdicts import Verdict
from services.studio.provenance import Generator


class Watch:
    """Who waits for one picture. This one wants it whatever happens, and remembers nothing."""

    def is_wanted(self) -> bool:
        """False once the person cancelled it: whoever paints it may stop, and no other picture of a batch with it."""
        return True

    def progressed(self, share: float) -> None:
        """How much of it is painted, from 0 to 1."""

    def known_call(self) -> str | None:
        """The call to a distant engine that is under way for it, made before a restart."""
        return None

    def has_called(self) -> bool:
        """Whether a call was made for it at any time since it is waited for, ended ones included."""
        return False

    def called(self, call: str | None) -> None:
        """Remember the call under way, or with None that it ended without a picture and another may be made."""


NOBODY = Watch()


@dataclass(frozen=True)
class Order:
    """One picture to paint. The same order gives the same picture on the same engine."""

    prompt: str
    seed: int
    width: int
    height: int
    negative: str = ""
    guidance: float | None = None
    """How closely the prompt is followed, where the engine lets one choose; None is its own default."""
    image: bytes | None = None
    """A picture file to start from: RGB, already checked and re-encoded by us."""
    strength: float | None = None
    """How much of that may change, from 0 to 1; None is the engine's own default."""
    key: str = ""
    """Names this very picture and attempt: an engine that is asked twice under one key paints once."""
    watch: Watch = field(default=NOBODY, compare=False, repr=False)


class NotWanted(Exception):
    """Nobody waits for this picture any more. Only engines and their callers see it."""


@dataclass(frozen=True)
class Painted:
    """What became of one order: a picture, or the reason why there is none."""

    image: Image.Image | None = None
    failure: Exception | None = None
    """`UserError`, `Unavailable` or `NotWanted`; of this picture alone, the others of its batch have their own."""
    file: bytes = b""
    """The picture as a WebP file, where the engine encoded it already; the house then keeps these very pixels."""
    verdict: Verdict | None = None
    """Of the picture gate, where the engine looked itself."""
    model: str = ""
    """What painted it, where that is known better than by the engine's own row."""
    gpu: str = ""
    gpu_seconds: float = 0.0
    """Its share of the time that a paid GPU worked."""

    def picture(self) -> Image.Image:
        """The picture, or its failure raised."""
        if self.failure is not None:
            raise self.failure
        assert self.image is not None  # noqa: S101 - one of the two is always there
        return self.image


@dataclass(frozen=True)
class Guidance:
    """The range that a person may choose from, and what is taken if they do not."""

    low: float
    high: float
    usual: float


@dataclass(frozen=True)
class Capabilities:
    """What an engine can do; the prompt form and the studio read it, they never ask which engine it is."""

    sizes: tuple[tuple[int, int], ...]
    """Those worth offering, the usual one first. Others are painted too, between the smallest and the largest side."""
    smallest: int = 256
    largest: int = 2048
    most_pictures: int = 4
    takes_negative: bool = False
    guidance: Guidance | None = None
    takes_image: bool = False
    takes_strength: bool = False


class Engine(Protocol):
    name: str
    label: str
    """How a sentence calls it, as in "the built-in painter"."""
    model: str
    """What the files name as the model that painted them."""
    steps: int | None
    """How many it takes for a picture; None where there are none, or the model's own default."""
    generator: Generator
    restricts: str
    """A sentence for everyone who paints with it, where a licence keeps them from something; else empty."""
    capabilities: Capabilities
    at_once: int
    """How many orders are worth giving it at a time."""
    gpu: str
    """The paid GPU that it usually works on; empty where painting costs nothing."""

    def paint(self, orders: Sequence[Order]) -> list[Painted]:
        """What became of each order, in order; RGB pictures of exactly the size asked for. Called from several threads
        at once. Raised is only what concerns all of them: `Unavailable` (try again), `ConfigurationError`."""
        ...

    def warm(self) -> None:
        """Somebody will paint soon: get ready meanwhile, without making anybody wait."""
        ...

    def cancel(self, call: str) -> bool:
        """End a call that nobody will collect, if it goes on still; False if the engine could not be told. Only engines
        elsewhere make calls."""
        ...

    def close(self) -> None:
        """Let go of what it holds; the next picture takes it up again."""
        ...


class Here:
    """What engines on this machine have in common: nobody is paid, and nothing goes on elsewhere."""

    gpu = ""

    def warm(self) -> None:
        """It is ready."""

    def cancel(self, call: str) -> bool:
        """There are no calls."""
        return True

    def close(self) -> None:
        """There is nothing to let go of."""
