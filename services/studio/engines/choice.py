"""Which engine paints here, and why: decided from the settings alone, before anything heavy is imported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from services.errors import ConfigurationError
from services.platform.gpu import has_gpu
from services.studio.engines.base import Engine
from services.studio.engines.diffusers import DiffusersEngine
from services.studio.engines.models import BY_ID, model_named
from services.studio.engines.painter import Painter

EngineName = Literal["auto", "diffusers", "painter"]
BY_SETTING = "the settings choose it."


@dataclass(frozen=True)
class Choice:
    engine: Engine
    why: str

    @property
    def sentence(self) -> str:
        """For everyone who paints: what does it, why, and what the licence keeps them from."""
        return " ".join(filter(None, [f"Painted by {self.engine.label}: {self.why}", self.engine.restricts]))


def choose(
    wanted: EngineName, model: str | None, revision: str | None = None, *, gpu: Callable[[], bool] = has_gpu
) -> Choice:
    """`auto` takes the configured model where there is a GPU, else the painter."""
    if wanted == "painter":
        return Choice(Painter(), BY_SETTING)
    if model is None:
        if wanted == "diffusers":
            raise ConfigurationError(
                "PENTAGRAM_ENGINE is diffusers but PENTAGRAM_MODEL is not set: "
                f"set it to one of {', '.join(BY_ID)}, or to a folder in the layout of diffusers."
            )
        return Choice(Painter(), "no model is configured.")
    row = model_named(model, revision)
    if wanted == "diffusers":
        return Choice(DiffusersEngine(row), BY_SETTING)
    if gpu():
        return Choice(DiffusersEngine(row), "it is configured, and this machine has a GPU.")
    return Choice(Painter(), f"this machine has no GPU for {row.title}.")
