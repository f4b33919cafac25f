"""The process that holds the picture gate's model: a line with a picture in, a line of JSON with the verdict out.

It is a process of its own so that torch never weighs on the one that serves pages, and ends with its parent.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import Any

from services.errors import ConfigurationError
from services.platform.child import serve
from services.safety.pictures import Classifier, from_line

THREADS = 2


def answering(source: str, revision: str | None = None) -> Callable[[str], Any]:
    import torch

    torch.set_num_threads(THREADS)
    classifier: Classifier | None = None
    with suppress(ConfigurationError):
        classifier = Classifier.load(source, revision, "cpu")

    def answer(line: str) -> dict[str, Any]:
        nonlocal classifier
        # One that could not be loaded may have been repaired meanwhile.
        classifier, verdict = _verdict(classifier, line, source, revision)
        return verdict

    return answer


def _verdict(
    classifier: Classifier | None, line: str, source: str, revision: str | None
) -> tuple[Classifier | None, dict[str, Any]]:
    try:
        classifier = classifier or Classifier.load(source, revision, "cpu")
        return classifier, asdict(classifier.check(from_line(line)))
    except ConfigurationError as error:
        return None, {"misconfigured": str(error)}
    except Exception as error:  # noqa: BLE001 - told to the one who asked
        return classifier, {"failed": repr(error)}


if __name__ == "__main__":
    serve(answering)
