"""The process that holds the embedding model: a line of JSON texts in, a line of JSON vectors out, until no more come.

It is a process of its own so that importing torch, which takes seconds, and its 660 MB never weigh on the one that
serves pages. It ends with the process that started it, however that one ends.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from typing import TextIO

NICER = 5


def answer(lines: Iterable[str], answers: TextIO, folder: str) -> None:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    model = SentenceTransformer(folder, device="cpu")
    for line in lines:
        vectors = model.encode(json.loads(line), normalize_embeddings=True, show_progress_bar=False)
        answers.write(json.dumps(vectors.tolist()) + "\n")
        answers.flush()


if __name__ == "__main__":
    os.nice(NICER)
    # Whatever a library prints must not end up among the answers.
    answers, sys.stdout = sys.stdout, sys.stderr
    answer(sys.stdin, answers, sys.argv[1])
