"""The picture gate: a small model that looks at pictures for nudity and sex before anybody sees them.

Such models are wrong about one generated picture in seven. They see nothing but sex, know no age, and read no text.
"""

from __future__ import annotations

import base64
import io
import json
import math
import re
from dataclasses import dataclass
from typing import Any

from PIL import Image

from services.errors import ConfigurationError, Unavailable
from services.platform.child import Child
from services.safety.verdicts import Verdict

BLOCKS_AT = 0.85
"""Share of explicit from which a picture is not kept: high, because a wrong one takes somebody's work away."""
SENSITIVE_AT = 0.35
"""Share of explicit and suggestive together from which it is marked: low, because a wrong mark costs a click."""
EXPLICIT = {"nsfw", "porn", "pornography", "hentai", "explicit", "unsafe", "nude", "nudity", "sexual", "sex"}
SUGGESTIVE = {"sexy", "suggestive", "racy", "sensual", "questionable", "enticing"}
HARMLESS = {"normal", "neutral", "safe", "sfw", "drawing", "drawings", "general", "clean"}
NOT = {"not", "non", "no"}
LARGEST_SIDE = 512
"""Pixels; no known model looks at more."""
LONGEST_SECONDS = 180.0
"""From a picture to its verdict, a first download of the model included."""

ALLOWED = Verdict("allow", (), "")
SENSITIVE = Verdict("sensitive", ("sexual",), "This may show nudity or sex, so the picture is marked as sensitive.")
BLOCKED = Verdict("block", ("sexual",), "This picture shows explicit sexual content, which has no place here.")


@dataclass(frozen=True)
class GateModel:
    repository: str
    licence: str
    size: str
    needs: str = ""
    """Packages beyond requirements.txt, as pip takes them."""


KNOWN = (
    GateModel("Falconsai/nsfw_image_detection", "Apache-2.0", "86M parameters"),
    GateModel("Marqo/nsfw-image-detection-384", "Apache-2.0", "22 MB", needs="timm torchvision"),
)
INSTEAD = f"Set PENTAGRAM_PICTURE_GATE to another model, such as {KNOWN[0].repository}, or unset it."


class Classifier:
    """The model in this process. `check` is for one thread at a time."""

    def __init__(self, model: Any, processor: Any) -> None:
        self._model = model
        self._processor = processor
        self._explicit, self._suggestive = _meanings(model.config.id2label)

    @classmethod
    def load(cls, source: str, revision: str | None = None, device: str | None = None) -> Classifier:
        """From a repository on the hub or a folder in transformers' layout, with weights in safetensors and no code of
        its own. `ConfigurationError` with the remedy if that fails."""
        import torch

        try:
            model, processor = _loaded(source, revision)
        except _unloadable() as error:
            reason = " ".join(str(error).split())[:300]
            raise ConfigurationError(
                f"The picture gate {source} cannot be loaded. {_remedy(source)} ({reason})"
            ) from error
        return cls(model.eval().to(device or ("cuda" if torch.cuda.is_available() else "cpu")), processor)

    def check(self, image: Image.Image) -> Verdict:
        shares = self._shares(image.convert("RGB"))
        explicit = math.fsum(shares[label] for label in self._explicit)
        either = explicit + math.fsum(shares[label] for label in self._suggestive)
        if not math.isfinite(either):
            raise ConfigurationError(f"The picture gate's answer is no number: its weights are broken. {INSTEAD}")
        if explicit >= BLOCKS_AT:
            return BLOCKED
        return SENSITIVE if either >= SENSITIVE_AT else ALLOWED

    def _shares(self, image: Image.Image) -> list[float]:
        import torch

        with torch.inference_mode():
            pixels = self._processor(images=image, return_tensors="pt").to(self._model.device)
            shares: list[float] = self._model(**pixels).logits[0].float().softmax(-1).tolist()
        return shares


class PictureGate:
    """The app's side: asks the model in a process of its own. Without a model it looks at nothing."""

    def __init__(self, source: str | None, revision: str | None = None) -> None:
        self._looker = _Looker(source, revision) if source else None

    @property
    def looks(self) -> bool:
        return self._looker is not None

    def check(self, image: Image.Image) -> Verdict | None:
        """None where no model is configured. No verdict is ever guessed: `Unavailable` when it does not answer,
        `ConfigurationError` when it cannot be loaded."""
        if self._looker is None:
            return None
        answer = json.loads(self._looker.ask(_as_line(image)))
        if "misconfigured" in answer:
            raise ConfigurationError(answer["misconfigured"])
        if "failed" in answer:
            raise Unavailable(f"The picture gate could not look at this picture ({answer['failed']}).")
        return Verdict(answer["decision"], tuple(answer["categories"]), answer["reason"])

    def warm(self) -> None:
        """Somebody will ask soon: load the model meanwhile."""
        if self._looker is not None:
            self._looker.warm()

    def close(self) -> None:
        if self._looker is not None:
            self._looker.close()


class _Looker(Child):
    def __init__(self, source: str, revision: str | None) -> None:
        super().__init__("picture gate", "services.safety.looker", longest_s=LONGEST_SECONDS)
        self._arguments = [source, revision] if revision else [source]

    def arguments(self) -> list[str]:
        return self._arguments


def from_line(line: str) -> Image.Image:
    with Image.open(io.BytesIO(base64.b64decode(line)), formats=["PNG"]) as image:
        return image.convert("RGB")


def _as_line(image: Image.Image) -> str:
    small, file = image.convert("RGB"), io.BytesIO()
    small.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    small.save(file, "PNG", compress_level=1)
    return base64.b64encode(file.getvalue()).decode()


def _loaded(source: str, revision: str | None) -> tuple[Any, Any]:
    from transformers import AutoImageProcessor, AutoModelForImageClassification

    # Said outright: where nothing is said, transformers asks on standard input whether to run a model's own code.
    options: dict[str, Any] = {"revision": revision, "trust_remote_code": False}
    processor = AutoImageProcessor.from_pretrained(source, **options)  # type: ignore[no-untyped-call]
    model, report = AutoModelForImageClassification.from_pretrained(
        source, use_safetensors=True, output_loading_info=True, **options
    )
    if missing := sorted(report["missing_keys"]):
        raise ValueError(f"its weights lack {missing[0]}, which would be random")
    return model, processor


def _unloadable() -> tuple[type[Exception], ...]:
    from safetensors import SafetensorError

    return ImportError, OSError, ValueError, TypeError, RuntimeError, KeyError, SafetensorError


def _meanings(labels: dict[int, str]) -> tuple[list[int], list[int]]:
    """Which of the model's classes are explicit and which suggestive, by their names."""
    kinds = {int(place): _kind(name) for place, name in labels.items()}
    unsafe = [place for place, kind in kinds.items() if kind in {"explicit", "suggestive"}]
    if not unsafe or "harmless" not in kinds.values():
        names = ", ".join(list(labels.values())[:8])
        raise ConfigurationError(
            f"The picture gate's model does not say what it sees: of its classes ({names}) one has to be called like "
            f"nsfw and one like normal. {INSTEAD}"
        )
    explicit = [place for place in unsafe if kinds[place] == "explicit"]
    return explicit, [place for place in unsafe if kinds[place] == "suggestive"]


def _kind(label: str) -> str:
    words = set(re.split(r"[\W_]+", label.lower()))
    if words & (EXPLICIT | SUGGESTIVE):
        if words & NOT:
            return "harmless"
        return "explicit" if words & EXPLICIT else "suggestive"
    return "harmless" if words & HARMLESS and not words & NOT else "unknown"


def _remedy(source: str) -> str:
    needs = next((known.needs for known in KNOWN if known.repository == source), "")
    return f"It needs more packages: pip install {needs}." if needs else INSTEAD
