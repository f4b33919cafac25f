"""Orders and what became of them as plain dicts, for engines in another process or on another machine: the two ends may
run different releases, so a field that one end does not know is left out and one that is missing has its default."""

from __future__ import annotations

import io
import logging
from dataclasses import asdict, fields
from typing import Any

from PIL import Image

from services.errors import ConfigurationError, Unavailable, UserError
from services.safety.verdicts import Decision, Verdict
from services.studio.engines.base import NOBODY, NotWanted, Order, Painted, Watch
from services.studio.pictures import full_file

log = logging.getLogger(__name__)

NOT_SENT = {"watch"}
KINDS: dict[str, type[Exception]] = {
    "sentence": UserError, "unavailable": Unavailable, "configuration": ConfigurationError, "not wanted": NotWanted,
}  # fmt: skip


def from_order(order: Order) -> dict[str, Any]:
    return {each.name: getattr(order, each.name) for each in fields(Order) if each.name not in NOT_SENT}


def to_order(sent: dict[str, Any], watch: Watch = NOBODY) -> Order:
    known = {each.name for each in fields(Order)} - NOT_SENT
    return Order(**{name: value for name, value in sent.items() if name in known}, watch=watch)


def from_painted(painted: Painted) -> dict[str, Any]:
    """The picture travels as the file that is kept in the end: small, and encoded where there are cores to spare."""
    sent: dict[str, Any] = {"model": painted.model, "gpu": painted.gpu, "gpu_seconds": painted.gpu_seconds}
    if painted.failure is not None:
        return sent | {"failure": _told(painted.failure)}
    if painted.verdict is not None:
        sent["verdict"] = asdict(painted.verdict)
    return sent | {"file": painted.file or full_file(painted.picture())}


def to_painted(sent: dict[str, Any]) -> Painted:
    told = {name: sent[name] for name in ("model", "gpu", "gpu_seconds") if name in sent}
    if failure := sent.get("failure"):
        kind, sentence = failure
        return Painted(failure=KINDS.get(kind, Unavailable)(sentence), **told)
    image = Image.open(io.BytesIO(sent["file"]))
    image.load()
    verdict = _verdict(**sent["verdict"]) if sent.get("verdict") else None
    return Painted(image=image, file=sent["file"], verdict=verdict, **told)


def _verdict(decision: Decision, categories: list[str], reason: str, **_: object) -> Verdict:
    return Verdict(decision, tuple(categories), reason)


def _told(failure: Exception) -> list[str]:
    """Its kind and its sentence; what nobody foresaw is told to the log, and to nobody else."""
    for name, kind in KINDS.items():
        if isinstance(failure, kind):
            return [name, str(failure)]
    log.error("A picture failed.", exc_info=failure)
    return ["unavailable", "The engine stumbled over this picture."]
