"""Real diffusers pipelines with tiny random weights, on disk as any model is: they paint noise, in milliseconds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

LATENTS = 32
WIDTH = 32
BEGIN, END = 512, 513
CHANNELS = (8, 8, 16, 16)


def save_sd(folder: Path) -> Path:
    """In the style of Stable Diffusion 1.5."""
    from diffusers import StableDiffusionPipeline

    pipeline = StableDiffusionPipeline(
        unet=_unet(), vae=_vae(), text_encoder=_text_encoder(), tokenizer=byte_tokenizer(folder / "tokenizer"),
        scheduler=_scheduler(), safety_checker=None, feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip
    pipeline.save_pretrained(folder)
    return folder


def save_sdxl(folder: Path) -> Path:
    """In the style of SDXL: two text encoders and the picture's size as a condition."""
    from diffusers import StableDiffusionXLPipeline

    size_embedding = 8
    unet = _unet(
        cross_attention_dim=2 * WIDTH, addition_embed_type="text_time", addition_time_embed_dim=size_embedding,
        projection_class_embeddings_input_dim=WIDTH + 6 * size_embedding,
    )  # fmt: skip
    tokenizer = byte_tokenizer(folder / "tokenizer")
    pipeline = StableDiffusionXLPipeline(
        unet=unet, vae=_vae(), text_encoder=_text_encoder(), text_encoder_2=_text_encoder(projects=True),
        tokenizer=tokenizer, tokenizer_2=tokenizer, scheduler=_scheduler(),
    )  # fmt: skip
    pipeline.save_pretrained(folder)
    return folder


def save_lora(folder: Path, name: str, *, seed: int = 1) -> None:
    """Beside a pipeline that stands in the folder: a LoRA for every query of its UNet."""
    import torch
    from diffusers import UNet2DConditionModel
    from safetensors.torch import save_file

    rank = 4
    noise = torch.Generator().manual_seed(seed)
    weights = {}
    for layer, module in UNet2DConditionModel.from_pretrained(folder / "unet").named_modules():
        if layer.endswith("attn1.to_q"):
            weights[f"unet.{layer}.lora_A.weight"] = torch.randn(rank, module.in_features, generator=noise)
            weights[f"unet.{layer}.lora_B.weight"] = torch.randn(module.out_features, rank, generator=noise)
    save_file(weights, folder / name, metadata={"format": "pt"})


def _scheduler() -> Any:
    from diffusers import EulerDiscreteScheduler

    return EulerDiscreteScheduler(timestep_spacing="trailing", steps_offset=1)


def _unet(**more: Any) -> Any:
    import torch
    from diffusers import UNet2DConditionModel

    torch.manual_seed(0)
    return UNet2DConditionModel(
        sample_size=LATENTS, in_channels=4, out_channels=4, layers_per_block=1, block_out_channels=(16, 32),
        norm_num_groups=8, attention_head_dim=4, down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"), **{"cross_attention_dim": WIDTH} | more,
    )  # fmt: skip


def _vae() -> Any:
    import torch
    from diffusers import AutoencoderKL

    torch.manual_seed(0)
    return AutoencoderKL(
        block_out_channels=CHANNELS, norm_num_groups=4, layers_per_block=1, latent_channels=4,
        sample_size=LATENTS * 8, down_block_types=("DownEncoderBlock2D",) * len(CHANNELS),
        up_block_types=("UpDecoderBlock2D",) * len(CHANNELS),
    )  # fmt: skip


def _text_encoder(*, projects: bool = False) -> Any:
    import torch
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    torch.manual_seed(0)
    config = CLIPTextConfig(
        vocab_size=END + 1, hidden_size=WIDTH, intermediate_size=37, num_hidden_layers=2, num_attention_heads=4,
        projection_dim=WIDTH, bos_token_id=BEGIN, eos_token_id=END, pad_token_id=END,
    )  # fmt: skip
    return CLIPTextModelWithProjection(config) if projects else CLIPTextModel(config)


def byte_tokenizer(folder: Path) -> Any:
    """Knows the 256 bytes, at the end of a word and elsewhere, and no longer piece."""
    from transformers import CLIPTokenizer

    folder.mkdir(parents=True)
    characters = _byte_characters()
    pieces = [*characters, *(f"{character}</w>" for character in characters), "<|startoftext|>", "<|endoftext|>"]
    (folder / "vocab.json").write_text(json.dumps({piece: number for number, piece in enumerate(pieces)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"tokenizer_class": "CLIPTokenizer", "model_max_length": 77, "pad_token": "<|endoftext|>"})
    )
    return CLIPTokenizer.from_pretrained(folder)


def _byte_characters() -> list[str]:
    """The character that byte-level vocabularies write for each byte: itself, or one beyond 255 if it is invisible."""
    visible = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    hidden = iter(range(256, 512))
    return [chr(byte if byte in visible else next(hidden)) for byte in range(256)]
