"""A process of its own that answers a line with a line: for what is too heavy for the one that serves pages."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from services.errors import ConfigurationError, Unavailable

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
LONGEST_SECONDS = 120.0
NICER = 5
LAST_WORDS = 3
"""Lines of what a process complained of that are worth a place in the log."""
LONGEST_LAST_WORDS = 4000


def serve(made: Callable[..., Callable[[str], Any]]) -> None:
    """What such a process does: a line of JSON for each line that comes, by what is made of its arguments."""
    os.nice(NICER)
    # Whatever a library prints, be it from C, must not end up among the answers: each would be taken for another's.
    with os.fdopen(os.dup(sys.stdout.fileno()), "w") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        answer = made(*sys.argv[1:])
        for line in sys.stdin:
            answers.write(json.dumps(answer(line)) + "\n")
            answers.flush()


class Child:
    """`python -m module arguments`, started when first needed and again after it died. It reads lines from its standard
    input, answers each with one, and ends when no more come: then it outlives its parent in no case."""

    def __init__(
        self,
        what: str,
        module: str,
        *,
        environment: Mapping[str, str] | None = None,
        longest_s: float = LONGEST_SECONDS,
    ) -> None:
        """`what` it is called in sentences, as in "embedding model". `longest_s` is from a question to its answer, the
        start included, on a machine that is busy with other things."""
        self._what = what
        self._module = module
        self._environment = environment or {}
        self._longest_s = longest_s
        self._turn = threading.Lock()
        self._closing = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._answered: subprocess.Popen[str] | None = None
        self._complaints: IO[str] | None = None

    @property
    def is_awake(self) -> bool:
        """Whether it runs and has answered: the next answer takes as long as itself."""
        process = self._process
        return process is not None and process is self._answered and process.poll() is None

    @property
    def is_closed(self) -> bool:
        return self._closing.is_set()

    def arguments(self) -> list[str]:
        """What it is started with, asked before each start; `ConfigurationError` if it cannot be started."""
        return []

    def ask(self, line: str) -> str:
        """Its answer. `Unavailable` where it died or took too long and was ended for that."""
        with self._turn:
            answer = self._answer(process := self._running(), line)
            self._answered = process if answer else None
            if not answer:
                # Until it is dead the next question would be put to it.
                process.kill()
                process.wait()
                if not self._closing.is_set():
                    log.error("The %s stopped: %s", self._what, self._last_words())
        if not answer:
            raise self._stopped()
        return answer

    def warm(self) -> None:
        """Start it meanwhile, without making anybody wait."""
        threading.Thread(target=self._start, name=f"warm the {self._what}", daemon=True).start()

    def close(self) -> None:
        """At once, whatever it is at, a start included: who waits for an answer is told that it stopped. For good: a
        thread that asks later, as of a job that is still at it, would start a process that nobody ends."""
        self._closing.set()
        if (process := self._process) is not None:
            process.kill()
        with self._turn:
            if self._process is not None:
                self._process.communicate()
                self._discard()

    def _stopped(self) -> Unavailable:
        return Unavailable(f"The {self._what} stopped. It is started again with the next question.")

    def _start(self) -> None:
        with self._turn, suppress(ConfigurationError, Unavailable):
            self._running()

    def _running(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._discard()
            if self._closing.is_set():
                raise self._stopped()
            arguments = self.arguments()
            self._complaints = tempfile.TemporaryFile("w+", errors="replace")  # noqa: SIM115 - as long as the process
            self._process = subprocess.Popen(
                [sys.executable, "-m", self._module, *arguments],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._complaints, text=True, cwd=ROOT,
                env={**os.environ, **self._environment},
            )  # fmt: skip
            # Whoever closes it meanwhile saw no process to end.
            if self._closing.is_set():
                self._process.kill()
        return self._process

    def _answer(self, process: subprocess.Popen[str], line: str) -> str:
        """Nothing where it died or was ended."""
        watchdog = threading.Timer(self._longest_s, process.kill)
        watchdog.start()
        try:
            process.stdin.write(line + "\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
            said = process.stdout.readline()  # type: ignore[union-attr]
            # Of a process that was killed the last line may be cut off.
            return said if said.endswith("\n") else ""
        except OSError:
            return ""
        finally:
            watchdog.cancel()

    def _last_words(self) -> str:
        if self._complaints is None:
            return ""
        self._complaints.seek(max(0, self._complaints.seek(0, os.SEEK_END) - LONGEST_LAST_WORDS))
        return " / ".join(self._complaints.read().splitlines()[-LAST_WORDS:])

    def _discard(self) -> None:
        if self._complaints is not None:
            self._complaints.close()
            self._complaints = None
        if self._process is not None:
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(OSError):
                    pipe.close()  # type: ignore[union-attr]
            self._process = None
