"""The models of the table at their full size with random weights: as fast as the real ones, without a download.

The configurations are those that the models' repositories publish. What they were trained to do plays no part in how
long a step takes, so the adapters, which are added to the weights, are left out, and the tokenizers know single bytes.
`tiny` is laid over a configuration to run the same code within seconds on any machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from services.studio.engines.models import ImageModel

CLIP_BEGIN, CLIP_END = 49406, 49407
QWEN_END = 256
CHAT = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "<|im_start|>assistant\n"
)


@dataclass(frozen=True)
class Part:
    """A component of a pipeline: a class of diffusers or transformers and its configuration."""

    made_by: str
    config: dict[str, Any] = field(default_factory=dict)
    tiny: dict[str, Any] = field(default_factory=dict)


def kl(latents: int, **more: Any) -> dict[str, Any]:
    return {
        "latent_channels": latents, "block_out_channels": (128, 256, 512, 512), "layers_per_block": 2,
        "down_block_types": ("DownEncoderBlock2D",) * 4, "up_block_types": ("UpDecoderBlock2D",) * 4,
    } | more  # fmt: skip


UNET_2 = {
    "sample_size": 64, "block_out_channels": (320, 640, 1280, 1280), "layers_per_block": 2,
    "down_block_types": ("CrossAttnDownBlock2D",) * 3 + ("DownBlock2D",),
    "up_block_types": ("UpBlock2D",) + ("CrossAttnUpBlock2D",) * 3,
}  # fmt: skip
TINY_UNET = {
    "block_out_channels": (16, 32, 32, 32), "norm_num_groups": 8, "layers_per_block": 1, "cross_attention_dim": 32,
    "attention_head_dim": 4,
}  # fmt: skip
TINY_VAE = {"block_out_channels": (8, 8, 16, 16), "norm_num_groups": 4, "layers_per_block": 1}
TINY_CLIP = {
    "hidden_size": 32, "intermediate_size": 37, "num_hidden_layers": 2, "num_attention_heads": 4, "projection_dim": 32,
}  # fmt: skip
CLIP_IDS = {"bos_token_id": CLIP_BEGIN, "eos_token_id": CLIP_END, "pad_token_id": CLIP_END, "vocab_size": 49408}

CLIP_L = Part("CLIPTextModel", CLIP_IDS | {
    "hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12, "num_attention_heads": 12,
    "projection_dim": 768, "hidden_act": "quick_gelu",
}, TINY_CLIP)  # fmt: skip
CLIP_H = Part("CLIPTextModel", CLIP_IDS | {
    "hidden_size": 1024, "intermediate_size": 4096, "num_hidden_layers": 23, "num_attention_heads": 16,
    "projection_dim": 512, "hidden_act": "gelu",
}, TINY_CLIP)  # fmt: skip
CLIP_G = Part("CLIPTextModelWithProjection", CLIP_IDS | {
    "hidden_size": 1280, "intermediate_size": 5120, "num_hidden_layers": 32, "num_attention_heads": 20,
    "projection_dim": 1280, "hidden_act": "gelu",
}, TINY_CLIP)  # fmt: skip
T5_XXL = Part("T5EncoderModel", {
    "d_model": 4096, "d_ff": 10240, "d_kv": 64, "num_layers": 24, "num_heads": 64, "vocab_size": 32128,
    "feed_forward_proj": "gated-gelu",
}, {"d_model": 32, "d_ff": 64, "d_kv": 8, "num_layers": 2, "num_heads": 4})  # fmt: skip
# FLUX.2 looks at the hidden states after 9, 18 and 27 layers, so a tiny one has as many.
QWEN3_4B = Part("Qwen3ForCausalLM", {
    "hidden_size": 2560, "intermediate_size": 9728, "num_hidden_layers": 36, "num_attention_heads": 32,
    "num_key_value_heads": 8, "head_dim": 128, "vocab_size": 151936, "max_position_embeddings": 40960,
    "tie_word_embeddings": True, "rope_parameters": {"rope_type": "default", "rope_theta": 1_000_000},
}, {
    "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 28, "num_attention_heads": 2,
    "num_key_value_heads": 1, "head_dim": 16, "vocab_size": 512,
})  # fmt: skip
SD_VAE = Part("AutoencoderKL", kl(4, scaling_factor=0.18215), TINY_VAE)
SDXL_VAE = Part("AutoencoderKL", kl(4, scaling_factor=0.13025, force_upcast=True), TINY_VAE)
FLUX_VAE = Part("AutoencoderKL", kl(
    16, scaling_factor=0.3611, shift_factor=0.1159, use_quant_conv=False, use_post_quant_conv=False,
), TINY_VAE)  # fmt: skip
TRAILING = Part("EulerDiscreteScheduler", {"timestep_spacing": "trailing", "steps_offset": 1})
UNCHECKED: dict[str, Any] = {"safety_checker": None, "feature_extractor": None}

STABLE_DIFFUSION_1 = {
    "unet": Part("UNet2DConditionModel", UNET_2 | {"cross_attention_dim": 768, "attention_head_dim": 8}, TINY_UNET),
    "vae": SD_VAE, "text_encoder": CLIP_L, "tokenizer": Part("clip"),
    "scheduler": Part("LCMScheduler", {"steps_offset": 1}), **UNCHECKED,
}  # fmt: skip
STABLE_DIFFUSION_2 = {
    "unet": Part("UNet2DConditionModel", UNET_2 | {
        "cross_attention_dim": 1024, "attention_head_dim": (5, 10, 20, 20), "use_linear_projection": True,
    }, TINY_UNET),
    "vae": SD_VAE, "text_encoder": CLIP_H, "tokenizer": Part("clip"), "scheduler": TRAILING, **UNCHECKED,
}  # fmt: skip
STABLE_DIFFUSION_XL = {
    "unet": Part("UNet2DConditionModel", {
        "sample_size": 128, "block_out_channels": (320, 640, 1280), "layers_per_block": 2,
        "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"), "cross_attention_dim": 2048,
        "transformer_layers_per_block": (1, 2, 10), "attention_head_dim": (5, 10, 20), "use_linear_projection": True,
        "addition_embed_type": "text_time", "addition_time_embed_dim": 256,
        "projection_class_embeddings_input_dim": 2816,
    }, TINY_UNET | {
        "block_out_channels": (16, 32, 32), "transformer_layers_per_block": (1, 1, 1), "cross_attention_dim": 64,
        "addition_time_embed_dim": 8, "projection_class_embeddings_input_dim": 80,
    }),
    "vae": SDXL_VAE, "text_encoder": CLIP_L, "text_encoder_2": CLIP_G, "tokenizer": Part("clip"),
    "tokenizer_2": Part("clip"), "scheduler": TRAILING,
}  # fmt: skip

ARCHITECTURES: dict[str, dict[str, Any]] = {
    "sd15-lcm": STABLE_DIFFUSION_1,
    "sd-turbo": STABLE_DIFFUSION_2,
    "sdxl-turbo": STABLE_DIFFUSION_XL,
    "sdxl-lightning": STABLE_DIFFUSION_XL,
    "flux1-schnell": {
        "transformer": Part("FluxTransformer2DModel", {
            "in_channels": 64, "num_layers": 19, "num_single_layers": 38, "attention_head_dim": 128,
            "num_attention_heads": 24, "joint_attention_dim": 4096, "pooled_projection_dim": 768,
            "guidance_embeds": False, "axes_dims_rope": (16, 56, 56),
        }, {
            "num_layers": 1, "num_single_layers": 1, "attention_head_dim": 16, "num_attention_heads": 2,
            "joint_attention_dim": 32, "pooled_projection_dim": 32, "axes_dims_rope": (4, 6, 6),
        }),
        "vae": FLUX_VAE, "text_encoder": CLIP_L, "text_encoder_2": T5_XXL, "tokenizer": Part("clip"),
        "tokenizer_2": Part("t5"), "scheduler": Part("FlowMatchEulerDiscreteScheduler"),
    },
    "z-image-turbo": {
        "transformer": Part("ZImageTransformer2DModel", {
            "in_channels": 16, "dim": 3840, "n_layers": 30, "n_refiner_layers": 2, "n_heads": 30, "n_kv_heads": 30,
            "cap_feat_dim": 2560, "axes_dims": [32, 48, 48], "axes_lens": [1536, 512, 512],
        }, {
            "dim": 64, "n_layers": 1, "n_refiner_layers": 1, "n_heads": 2, "n_kv_heads": 2, "cap_feat_dim": 32,
            "axes_dims": [8, 12, 12],
        }),
        "vae": FLUX_VAE, "text_encoder": QWEN3_4B, "tokenizer": Part("qwen"),
        "scheduler": Part("FlowMatchEulerDiscreteScheduler", {"shift": 3.0}),
    },
    "flux2-klein-4b": {
        "transformer": Part("Flux2Transformer2DModel", {
            "in_channels": 128, "num_layers": 5, "num_single_layers": 20, "attention_head_dim": 128,
            "num_attention_heads": 24, "joint_attention_dim": 7680, "guidance_embeds": False,
        }, {
            "num_layers": 1, "num_single_layers": 1, "attention_head_dim": 32, "num_attention_heads": 2,
            "joint_attention_dim": 96, "axes_dims_rope": (8, 8, 8, 8),
        }),
        "vae": Part("AutoencoderKLFlux2", kl(32), TINY_VAE), "text_encoder": QWEN3_4B, "tokenizer": Part("qwen"),
        "scheduler": Part("FlowMatchEulerDiscreteScheduler", {
            "shift": 3.0, "use_dynamic_shifting": True, "base_shift": 0.5, "max_shift": 1.15,
            "base_image_seq_len": 256, "max_image_seq_len": 4096,
        }),
        "is_distilled": True,
    },
}  # fmt: skip


def build(model: ImageModel, device: str, *, tiny: bool = False) -> Any:
    """Its pipeline with random weights, made where it is used and in the precision that it is used in."""
    import diffusers
    import torch

    torch.manual_seed(0)
    dtype = torch.float32 if device == "cpu" else getattr(torch, model.dtype)
    with _made_on(device, dtype):
        parts = {name: _made(part, tiny) for name, part in ARCHITECTURES[model.id].items()}
    if "safety_checker" in parts:
        parts["requires_safety_checker"] = False
    pipeline = getattr(diffusers, str(model.pipeline))(**parts)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline.to(device)


def meta_part(part: Part) -> Any:
    """A component at its full size that takes no memory, to be counted."""
    import torch

    with torch.device("meta"):
        return _made(part, tiny=False)


@contextmanager
def _made_on(device: str, dtype: Any) -> Iterator[None]:
    import torch

    usual = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        with torch.device(device):
            yield
    finally:
        torch.set_default_dtype(usual)


def _made(part: Any, tiny: bool) -> Any:
    if not isinstance(part, Part):
        return part
    if part.made_by in TOKENIZERS:
        return TOKENIZERS[part.made_by]()
    import diffusers
    import transformers

    config = part.config | (part.tiny if tiny else {})
    if hasattr(diffusers, part.made_by):
        return getattr(diffusers, part.made_by)(**config)
    made = getattr(transformers, part.made_by)
    return made(made.config_class(**config)).eval()


def _bytes() -> list[str]:
    from tokenizers.pre_tokenizers import ByteLevel

    return sorted(ByteLevel.alphabet())


def _clip_tokenizer() -> Any:
    from transformers import CLIPTokenizer

    pieces = [*_bytes(), *(f"{character}</w>" for character in _bytes())]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    return CLIPTokenizer(
        vocab=vocabulary | {"<|startoftext|>": CLIP_BEGIN, "<|endoftext|>": CLIP_END}, merges=[], model_max_length=77
    )


def _qwen_tokenizer() -> Any:
    from transformers import Qwen2Tokenizer

    vocabulary = {piece: number for number, piece in enumerate(_bytes())}
    tokenizer = Qwen2Tokenizer(vocab=vocabulary | {"<|endoftext|>": QWEN_END}, merges=[])
    tokenizer.chat_template = CHAT
    return tokenizer


def _t5_tokenizer() -> Any:
    from transformers import T5Tokenizer

    pieces = ["<pad>", "</s>", "<unk>", "▁", *(chr(code) for code in range(ord("!"), ord("~") + 1))]
    return T5Tokenizer(vocab=[(piece, -1.0) for piece in pieces], extra_ids=0, model_max_length=512)


TOKENIZERS = {"clip": _clip_tokenizer, "qwen": _qwen_tokenizer, "t5": _t5_tokenizer}
