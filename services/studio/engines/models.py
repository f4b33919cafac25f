"""The models that this machine's GPU or CPU can paint with. Adding one is adding a row."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from services.errors import ConfigurationError
from services.studio.engines.base import Capabilities, Guidance

Size = tuple[int, int]

SMALL: tuple[Size, ...] = ((512, 512), (512, 640), (640, 512), (768, 768))
LARGE: tuple[Size, ...] = ((1024, 1024), (832, 1216), (1216, 832), (768, 768))
NON_COMMERCIAL = "Its licence allows non-commercial use only."
NOTHING_HARMFUL = "Its licence forbids the harmful uses that it lists."
PIXELS_A_LATENT = 8
LARGEST_TO_NATIVE = 2
"""Beyond twice the side that it was trained on, a model repeats its subject."""
GUIDED = {
    "StableDiffusionPipeline": Guidance(1.0, 15.0, usual=7.5),
    "StableDiffusionXLPipeline": Guidance(1.0, 15.0, usual=5.0),
}
"""Pipelines of diffusers that guide with the prompt and away from a negative one unless they are told otherwise."""


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
    takes_strength: bool = True
    """False where a picture to start from is looked at, not painted over."""
    guidance_range: Guidance | None = None
    """Where guidance is really applied, and with it a negative prompt."""
    negative_guidance: float | None = None
    """Taken with a negative prompt if nobody chose one, where the usual guidance would ignore such a prompt."""
    adapter: Adapter | None = None

    @property
    def is_folder(self) -> bool:
        return Path(self.source).is_absolute()

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(
            self.sizes,
            largest=LARGEST_TO_NATIVE * min(self.sizes[0]),
            takes_negative=self.guidance_range is not None,
            guidance=self.guidance_range,
            takes_image=self.takes_images,
            takes_strength=self.takes_images and self.takes_strength,
        )


MODELS: tuple[ImageModel, ...] = (
    ImageModel(
        id="flux2-klein-4b", title="FLUX.2 klein 4B", source="black-forest-labs/FLUX.2-klein-4B",
        pipeline="Flux2KleinPipeline", steps=4, guidance=1.0, dtype="bfloat16", sizes=LARGE,
        licence="Apache-2.0", revision="e7b7dc27f91deacad38e78976d1f2b499d76a294", memory_gb=13,
        takes_strength=False,
    ),
    ImageModel(
        id="z-image-turbo", title="Z-Image-Turbo", source="Tongyi-MAI/Z-Image-Turbo",
        pipeline="ZImagePipeline", steps=8, guidance=0.0, dtype="bfloat16", sizes=LARGE,
        licence="Apache-2.0", revision="f332072aa78be7aecdf3ee76d5c247082da564a6",
    ),
    ImageModel(
        id="flux1-schnell", title="FLUX.1 schnell", source="black-forest-labs/FLUX.1-schnell",
        pipeline="FluxPipeline", steps=4, guidance=0.0, dtype="bfloat16", sizes=LARGE,
        licence="Apache-2.0", revision="741f7c3ce8b383c54771c7003378a50191e9efe9",
    ),
    ImageModel(
        id="sdxl-turbo", title="SDXL-Turbo", source="stabilityai/sdxl-turbo",
        pipeline="StableDiffusionXLPipeline", steps=4, guidance=0.0, dtype="float16", sizes=SMALL,
        licence="non-commercial community", restricts=NON_COMMERCIAL, variant="fp16",
        revision="71153311d3dbb46851df1931d3ca6e939de83304",
    ),
    ImageModel(
        id="sd-turbo", title="SD-Turbo", source="stabilityai/sd-turbo",
        pipeline="StableDiffusionPipeline", steps=4, guidance=0.0, dtype="float16", sizes=SMALL,
        licence="non-commercial community", restricts=NON_COMMERCIAL, variant="fp16",
        revision="b261bac6fd2cf515557d5d0707481eafa0485ec2", memory_gb=6,
    ),
    ImageModel(
        id="sdxl-lightning", title="SDXL-Lightning", source="stabilityai/stable-diffusion-xl-base-1.0",
        pipeline="StableDiffusionXLPipeline", steps=4, guidance=0.0, dtype="float16", sizes=LARGE,
        licence="openrail++", restricts=NOTHING_HARMFUL, variant="fp16",
        revision="462165984030d82259a11f4367a4eed129e94a7b",
        adapter=Adapter(
            source="ByteDance/SDXL-Lightning", file="sdxl_lightning_4step_lora.safetensors",
            scheduler="EulerDiscreteScheduler", scheduler_options={"timestep_spacing": "trailing"},
            revision="c9a24f48e1c025556787b0c58dd67a091ece2e44",
        ),
    ),
    ImageModel(
        id="sd15-lcm", title="Stable Diffusion 1.5 with LCM", source="stable-diffusion-v1-5/stable-diffusion-v1-5",
        pipeline="StableDiffusionPipeline", steps=4, guidance=1.0, dtype="float16", sizes=SMALL,
        licence="creativeml-openrail-m", restricts=NOTHING_HARMFUL, variant="fp16",
        revision="451f4fe16113bff5a5d2269ed5ad43b0592e9a14", memory_gb=6,
        guidance_range=Guidance(1.0, 2.0, usual=1.0), negative_guidance=1.5,
        adapter=Adapter(
            source="latent-consistency/lcm-lora-sdv1-5", file="pytorch_lora_weights.safetensors",
            scheduler="LCMScheduler", revision="cf2fced511dbe7e26c8d1d397e728fbab875db4b",
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
        adapter = replace(known.adapter, source=source, revision=None) if known.adapter else None
        return replace(known, source=source, pipeline=None, revision=None, variant=variant, adapter=adapter)
    guided = GUIDED.get(_told(folder / "model_index.json").get("_class_name", ""))
    return ImageModel(
        id=folder.name, title=folder.name, source=source, pipeline=None, steps=None, guidance=None,
        dtype="float16", sizes=_sizes(folder), licence=None, variant=variant, takes_images=guided is not None,
        guidance_range=guided,
    )  # fmt: skip


def _sizes(folder: Path) -> tuple[Size, ...]:
    latents = _told(folder / "unet" / "config.json").get("sample_size")
    return SMALL if isinstance(latents, int) and latents * PIXELS_A_LATENT < LARGE[0][0] else LARGE


def _told(file: Path) -> dict[str, Any]:
    """What a JSON file says, nothing if it cannot be read: loading the model will name that fault."""
    try:
        told = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}
