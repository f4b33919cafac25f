"""Tiny models in a volume as `fetch_weights` leaves the real ones there, for containers that load them."""

from __future__ import annotations

import json
from pathlib import Path

from services.studio.engines.models import ImageModel
from services.studio.weights import HUB, LOCK
from tests.fakes.tiny_pipeline import save_sd


def save_weights(volume: Path, row: ImageModel) -> None:
    """A pipeline in the style of Stable Diffusion 1.5 in the place of a row that is of that kind."""
    revision = row.revision or "0" * 40
    folder = save_sd(snapshot(volume, row.source, revision))
    if row.variant is not None:
        for file in folder.glob("*/*.safetensors"):
            file.rename(file.with_suffix(f".{row.variant}.safetensors"))
    note(volume, row.source, revision)


def save_gate(volume: Path, source: str, revision: str = "1" * 40) -> None:
    """A picture gate with random weights: its verdicts mean nothing, but they are its own and always the same."""
    write_gate(snapshot(volume, source, revision))
    note(volume, source, revision)


def write_gate(folder: Path) -> None:
    import torch
    from transformers import ViTConfig, ViTForImageClassification, ViTImageProcessor

    torch.manual_seed(0)
    config = ViTConfig(
        hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16, image_size=32, patch_size=16,
        id2label={0: "normal", 1: "nsfw"}, label2id={"normal": 0, "nsfw": 1},
    )  # fmt: skip
    ViTForImageClassification(config).save_pretrained(folder)
    ViTImageProcessor(size={"height": 32, "width": 32}).save_pretrained(folder)


def snapshot(volume: Path, source: str, revision: str) -> Path:
    """Where the Hugging Face cache keeps a repository at a revision."""
    return volume / HUB / f"models--{source.replace('/', '--')}" / "snapshots" / revision


def note(volume: Path, source: str, revision: str) -> None:
    file = volume / LOCK
    lock = json.loads(file.read_text()) if file.exists() else {"first": {}, "whole": []}
    lock["first"].setdefault(source, revision)
    lock["whole"].append(f"{source}@{revision}")
    file.write_text(json.dumps(lock))
