"""The models that this machine's GPU or CPU can paint with. Adding one is adding a row."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from services.errors import ConfigurationError

Size = tuple[int, int]

SMALL: tuple[Size, ...] = ((512, 512), (512, 640), (640, 512), (768, 768))
LARGE: tuple[Size, ...] = ((1024, 1024), (832, 1216), (1216, 832), (768, 768))
NON_COMMERCIAL = "Its licence allows non-commercial use only."
PIXELS_A_LATENT = 8


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
    """A folder that bears the name of a row holds that model; of any other only the folder itself tells something."""
    source = str(folder)
    variant = "fp16" if any(folder.glob("*/*.fp16.safetensors")) else None
    if known := BY_ID.get(folder.name.lower()):
        return replace(known, source=source, pipeline=None, variant=variant)
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
