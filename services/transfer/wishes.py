"""What a picture that is brought along was made from, as far as anything tells it: its archive, its line, its file, or
at least its name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from PIL import Image

from services.studio import styles
from services.studio.provenance import Generator
from services.studio.reading import ReadProvenance
from services.studio.studio import LARGEST_SEED
from services.text import MOST_PROMPT_CHARACTERS, clean, clean_prompt
from services.transfer.entries import shown

ENGINE = "import"
SHORTEST_SIDE, LONGEST_SIDE = 256, 2048
"""Of what can be asked for; a picture that is brought along may be smaller."""
NUMBERS = re.compile(r"^[\d\s]+(?=[^\W\d_])")
UNTITLED = "Untitled"


@dataclass(frozen=True)
class Wish:
    prompt: str
    negative: str = ""
    size_told: tuple[int, int] | None = None
    seed: int | None = None
    model: str = ""
    steps: int | None = None
    guidance: float | None = None
    strength: float | None = None
    style: str = ""
    sensitive: bool = False
    favourite: bool = False
    rating: int | None = None
    generator: Generator = "trainedAlgorithmicMedia"
    created_at: datetime | None = None
    """Where something tells it that is believed."""

    @property
    def options(self) -> dict[str, Any]:
        chosen = {name: getattr(self, name) for name in ("guidance", "strength", "style", "steps")}
        return {name: value for name, value in chosen.items() if value not in (None, "")}

    @property
    def kept_seed(self) -> int:
        """Other tools know longer ones than we do, and some tell none."""
        return (self.seed or 0) & LARGEST_SEED

    def size(self, image: Image.Image) -> dict[str, int]:
        """What to ask for to get such a picture again."""
        width, height = (min(max(side, SHORTEST_SIDE), LONGEST_SIDE) for side in self.size_told or image.size)
        return {"width": width, "height": height}


def wish_for(name: str, payload: Mapping[str, Any], told: ReadProvenance | None) -> Wish:
    """`UserError` where a prompt is longer than one may be."""
    told = told or ReadProvenance()
    return _of_archive(payload, told) if "creation" in payload else _of_file(name, payload, told)


def _of_archive(payload: Mapping[str, Any], told: ReadProvenance) -> Wish:
    prompt, creation = payload["prompt"], payload["creation"]
    options = prompt["options"]
    return Wish(
        prompt=clean_prompt(prompt["prompt"]),
        negative=_negative(prompt["negative"]),
        size_told=(prompt["width"], prompt["height"]),
        seed=creation["seed"],
        model=shown(creation["model"] or prompt["model"]),
        steps=options["steps"] or told.steps,
        guidance=options["guidance"],
        strength=options["strength"],
        style=_style(options["style"]),
        sensitive=prompt["sensitive"] or creation["sensitive"],
        favourite=prompt["favourite"],
        rating=creation["rating"],
        generator=_generator(told),
        created_at=datetime.fromisoformat(prompt["created_at"]),
    )


def _of_file(name: str, payload: Mapping[str, Any], told: ReadProvenance) -> Wish:
    return Wish(
        prompt=clean_prompt(payload.get("prompt") or told.prompt or prompt_of(name)),
        negative=_negative(told.negative),
        seed=told.seed,
        model=shown(told.model),
        steps=told.steps,
        guidance=told.guidance,
        strength=told.strength,
        style=_style(told.style),
        generator=_generator(told),
    )


def prompt_of(name: str) -> str:
    """Words of a file's name, for a picture that says nothing of itself."""
    words = " ".join(re.split(r"[\s_\-.,+()\[\]]+", PurePosixPath(name).stem)).strip()
    return NUMBERS.sub("", words) or UNTITLED


def _negative(text: str) -> str:
    return clean(text, most=MOST_PROMPT_CHARACTERS, what="What to leave out")


def _style(name: str) -> str:
    return name if name in styles.BY_ID else ""


def _generator(told: ReadProvenance) -> Generator:
    """What does not say how it came about is taken for what nearly everything here is."""
    return "algorithmicMedia" if told.source_type.endswith("/algorithmicMedia") else "trainedAlgorithmicMedia"
