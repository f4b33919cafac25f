"""The models that this machine's GPU or CPU can paint with. Adding one is adding a row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from services.errors import ConfigurationError

Size = tuple[int, int]

SMALL: tuple[Size, ...] = ((512, 512), (512, 640), (640, 512), (768, 768))
LARGE: tuple[Size, ...] = ((1024, 1024), (832, 1216), (1216, 832), (768, 768))
NON_COMMERCIAL = "Its licence allows non-commercial use only."
NOTHING_HARMFUL = "Its licence forbids the harmful uses that it lists."
PIXELS_A_LATENT = 8


@dataclass(frozen=True)
class Adapter:
    """A LoRA that teaches a model to paint in few steps, and the scheduler that it was made for."""

    source: str
    """Its repository, or the local folder of the model."""
    file: str
    scheduler: str
    """Class in diffusers."""
    scheduler_options: Mapping[str, Any] = field(default_factory=dict)
    revision: str | None = None


@dataclass(frozen=True)
class ImageModel:
    """What has to be known of a model to load it and to paint with it. None stands where nothing is known for certain:
    the pipeline's own default is used then."""

    id: str
    title: str
    source: str
    """Its repository on the Hugging Face hub, or a local folder in the layout of diffusers."""
    pipeline: str | None
    """Class in diffusers; None lets the folder say it."""
    steps: int | None
    guidance: float | None
    dtype: Literal["bfloat16", "float16"]
    """On a GPU; a CPU calculates in float32."""
    sizes: tuple[Size, ...]
    """Those it was made for, the usual one first."""
    licence: str | None
    restricts: str = ""
    """A sentence for everyone who paints with it, where the licence keeps them from something."""
    variant: str | None = None
    """The set of weight files to load, where there are several."""
    revision: str | None = None
    memory_gb: float | None = None
    """Of the GPU, at the native size."""
    takes_images: bool = True
    adapter: Adapter | None = None

    @property
    def is_folder(self) -> bool:
        return Path(self.source).is_absolute()


MODELS: tuple[ImageModel, ...] = (
    ImageModel(
        id="flux2-klein-4b", title="FLUX.2 klein 4B", source="black-forest-labs/FLUX.2-klein-4B",
        pipeline="Flux2KleinPipeline", steps=4, guidance=1.0, dtype="bfloat16", sizes=LARGE,
        licence="Apache-2.0", memory_gb=13,
    ),
    ImageModel(
        id="z-image-turbo", title="Z-Image-Turbo", source="Tongyi-MAI/Z-Image-Turbo",
        pipeline="ZImagePipeline", steps=8, guidance=0.0, dtype="bfloat16", sizes=LARGE,
        licence="Apache-2.0",
    ),
    ImageModel(
        id="flux1-schnell", title="FLUX.1 schnell", source="black-forest-labs/FLUX.1-schnell",
        pipeline="FluxPipeline", steps=4, guidance=0.0, dtype="bfloat16", sizes=LARGE,
        licence="Apache-2.0",
    ),
    ImageModel(
        id="sdxl-turbo", title="SDXL-Turbo", source="stabilityai/sdxl-turbo",
        pipeline="StableDiffusionXLPipeline", steps=4, guidance=0.0, dtype="float16", sizes=SMALL,
        licence="non-commercial community", restricts=NON_COMMERCIAL, variant="fp16",
    ),
    ImageModel(
        id="sd-turbo", title="SD-Turbo", source="stabilityai/sd-turbo",
        pipeline="StableDiffusionPipeline", steps=4, guidance=0.0, dtype="float16", sizes=SMALL,
        licence="non-commercial community", restricts=NON_COMMERCIAL, variant="fp16", memory_gb=6,
    ),
    ImageModel(
        id="sdxl-lightning", title="SDXL-Lightning", source="stabilityai/stable-diffusion-xl-base-1.0",
        pipeline="StableDiffusionXLPipeline", steps=4, guidance=0.0, dtype="float16", sizes=LARGE,
        licence="openrail++", restricts=NOTHING_HARMFUL, variant="fp16",
        adapter=Adapter(
            source="ByteDance/SDXL-Lightning", file="sdxl_lightning_4step_lora.safetensors",
            scheduler="EulerDiscreteScheduler", scheduler_options={"timestep_spacing": "trailing"},
            revision="c9a24f48e1c025556787b0c58dd67a091ece2e44",
        ),
    ),
    ImageModel(
        id="sd15-lcm", title="Stable Diffusion 1.5 with LCM", source="stable-diffusion-v1-5/stable-diffusion-v1-5",
        pipeline="StableDiffusionPipeline", steps=4, guidance=1.0, dtype="float16", sizes=SMALL,
        licence="creativeml-openrail-m", restricts=NOTHING_HARMFUL, variant="fp16", memory_gb=6,
        adapter=Adapter(
            source="latent-consistency/lcm-lora-sdv1-5", file="pytorch_lora_weights.safetensors",
            scheduler="LCMScheduler",
        ),
    ),
)  # fmt: skip
BY_ID = {model.id: model for model in MODELS}


def model_named(name: str, revision: str | None = None) -> ImageModel:
    """A row of the table, or a local folder; whether the folder can be loaded shows when it is."""
    if name in BY_ID:
        row = BY_ID[name]
        return replace(row, revision=revision or row.revision)
    path = Path(name).expanduser()
    if path.is_absolute() or path.is_dir() or name.startswith("."):
        return _in_folder(path.absolute())
    raise ConfigurationError(
        f"PENTAGRAM_MODEL is {name!r}, which is neither a model of ours nor a folder: "
        f"take one of {', '.join(BY_ID)}, or the path of a folder in the layout of diffusers."
    )


def _in_folder(folder: Path) -> ImageModel:
    """A folder that bears the name of a row holds that model, with its adapter's file if it has one; of any other only
    the folder itself tells something."""
    source = str(folder)
    variant = "fp16" if any(folder.glob("*/*.fp16.safetensors")) else None
    if known := BY_ID.get(folder.name.lower()):
        adapter = replace(known.adapter, source=source) if known.adapter else None
        return replace(known, source=source, pipeline=None, variant=variant, adapter=adapter)
    return ImageModel(
        id=folder.name, title=folder.name, source=source, pipeline=None, steps=None, guidance=None,
        dtype="float16", sizes=_sizes(folder), licence=None, variant=variant, takes_images=False,
    )  # fmt: skip


def _sizes(folder: Path) -> tuple[Size, ...]:
    try:
        latents = json.loads((folder / "unet" / "config.json").read_text("utf-8")).get("sample_size")
    except (OSError, ValueError):
        return LARGE
    return SMALL if isinstance(latents, int) and latents * PIXELS_A_LATENT < LARGE[0][0] else LARGE
