"""The process that holds the embedding model: a line of JSON texts in, a line of JSON vectors out, until no more come.
Pictures come as `{"pictures": [...]}`, each a file in base64. The line `null` asks what model it is.

It is a process of its own so that importing torch, which takes seconds, and its 660 MB never weigh on the one that
serves pages. It ends with the process that started it, however that one ends.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PIL import Image

from services.platform.child import serve

WEIGHTS = ("*.safetensors", "*.bin")


def answering(name: str) -> Callable[[str], Any]:
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(1)
    model = SentenceTransformer(name, device="cpu")
    quicken(model)
    return partial(_said, model, name)


def _said(model: Any, name: str, line: str) -> Any:
    asked = json.loads(line)
    return about(model, name) if asked is None else vectors(model, asked)


def quicken(model: Any) -> None:
    """Lays the weights out as oneDNN wants them once and not for each text, which takes a third of a short one's time.
    Vectors stay the same to the seventh digit."""
    import torch

    if not torch.backends.mkldnn.is_available():  # type: ignore[no-untyped-call]
        return
    layers: list[Any] = [layer for layer in model.modules() if type(layer) is torch.nn.Linear]
    for layer in layers:
        if layer.weight.dtype == torch.float32:
            layer.forward = _laid_out(layer, torch.ops.mkldnn)


def _laid_out(layer: Any, mkldnn: Any) -> Callable[[Any], Any]:
    weight, bias = mkldnn._reorder_linear_weight(layer.weight.detach()), layer.bias
    return lambda given: mkldnn._linear_pointwise(given, weight, bias, "none", [], "")


def about(model: Any, name: str) -> dict[str, Any]:
    return {"revision": revision(model, name), "dimensions": model.get_embedding_dimension()}


def vectors(model: Any, asked: list[str] | dict[str, list[str]]) -> list[list[float]]:
    inputs = [opened(file) for file in asked["pictures"]] if isinstance(asked, dict) else asked
    found: list[list[float]] = model.encode(inputs, normalize_embeddings=True, show_progress_bar=False).tolist()
    return found


def opened(file: str) -> Image.Image:
    with Image.open(io.BytesIO(base64.b64decode(file)), formats=["WEBP", "PNG"]) as image:
        return image.convert("RGB")


def revision(model: Any, name: str) -> str:
    """Of a folder what its weights are, of a repository on the hub its commit."""
    if not Path(name).is_dir():
        return str(getattr(model[0].auto_model.config, "_commit_hash", None) or "")
    digest = hashlib.sha256()
    for path in sorted(path for pattern in WEIGHTS for path in Path(name).rglob(pattern)):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


if __name__ == "__main__":
    serve(answering)
