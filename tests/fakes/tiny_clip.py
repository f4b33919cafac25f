"""A model of CLIP's kind with tiny random weights, on disk as sentence-transformers loads any: the same picture and the
same words have the same vectors, which mean nothing."""

from __future__ import annotations

from pathlib import Path

from tests.fakes.tiny_pipeline import BEGIN, END, WIDTH, byte_tokenizer

SIDE = 32


def save_clip(folder: Path, *, seed: int = 0) -> Path:
    import torch
    from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel, CLIPProcessor

    torch.manual_seed(seed)
    inner = {"hidden_size": WIDTH, "intermediate_size": 37, "num_hidden_layers": 2, "num_attention_heads": 4}
    words = {"vocab_size": END + 1, "bos_token_id": BEGIN, "eos_token_id": END, "pad_token_id": END}
    config = CLIPConfig(
        text_config=inner | words, vision_config=inner | {"image_size": SIDE, "patch_size": 8}, projection_dim=WIDTH
    )
    CLIPModel(config).save_pretrained(folder)
    sides = {"height": SIDE, "width": SIDE}
    images = CLIPImageProcessor(size={"shortest_edge": SIDE}, crop_size=sides)
    CLIPProcessor(image_processor=images, tokenizer=byte_tokenizer(folder / "tokenizer")).save_pretrained(folder)
    return folder
