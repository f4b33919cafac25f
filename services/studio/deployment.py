"""How modal_backend.py is deployed: read from the environment of whoever deploys, and passed on to the containers."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from services.errors import ConfigurationError
from services.studio.engines.models import BY_ID

PREFIX = "PENTAGRAM_MODAL_"
HOME = Path(__file__).resolve().parent
GPUS = {
    "T4", "L4", "A10", "A10G", "L40S", "A100", "A100-40GB", "A100-80GB", "RTX-PRO-6000", "H100", "H100!", "H200",
    "B200",
}  # fmt: skip
"""As Modal calls them."""


def release() -> str:
    """The commit that is deployed, where that can be told."""
    command = ["git", "rev-parse", "--short", "HEAD"]
    try:
        told = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        told = ""
    return told or "unknown"


class Deployment(BaseSettings):
    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, env_prefix=PREFIX)

    app: str = Field(
        "pentagram", pattern=r"^[A-Za-z0-9._-]{1,64}$", description="Name that it is deployed under and called by."
    )
    model: str = Field("flux2-klein-4b", description="Id of the model that paints, from the table of models.")
    revision: str = Field("", description="Commit of its repository; else the table's, else the one first fetched.")
    gate: str = Field(
        "Falconsai/nsfw_image_detection", description="Model that looks at each picture first; `off` for none."
    )
    gate_revision: str = Field("", description="Commit of its repository; else the one first fetched.")
    gpus: str = Field("L40S,A100-40GB", description="GPUs that may paint, the preferred one first.")
    max_containers: int = Field(4, ge=1, le=1000, description="How many GPUs may paint at a time.")
    buffer_containers: int = Field(0, ge=0, description="GPUs kept ready beyond those at work; each is paid for.")
    scaledown: int = Field(120, ge=2, le=3600, description="Seconds that an idle GPU waits for more, and is paid for.")
    timeout: int = Field(60, ge=1, le=86400, description="Seconds that a picture may take once a container has it.")
    startup_timeout: int = Field(600, ge=1, le=86400, description="Seconds that a container may take to start.")
    retries: int = Field(1, ge=0, le=10, description="How often a picture is tried again when its container fails.")
    max_inputs: int = Field(8, ge=1, le=1000, description="Pictures that a container takes at most.")
    target_inputs: int = Field(4, ge=1, description="Pictures from which on another container is started.")
    batch: int = Field(4, ge=1, le=64, description="Pictures that are painted in one call of the model.")
    warm_up: int = Field(1, ge=0, description="Of how many of its usual sizes a new container paints one to warm up.")
    snapshot: Literal["cpu", "gpu", "off"] = Field(
        "cpu", description="What of a started container is kept for the next start; gpu is experimental at Modal."
    )
    region: str = Field("", description="Where GPUs may be, as in eu or us-east; they cost 1.5 to 1.75 times as much.")
    day_floor: int = Field(0, ge=0, description="GPUs kept ready by day.")
    night_floor: int = Field(0, ge=0, description="GPUs kept ready by night.")
    day_hour: int = Field(8, ge=0, le=23, description="Hour at which the day begins.")
    night_hour: int = Field(23, ge=0, le=23, description="Hour at which the night begins.")
    timezone: str = Field("UTC", description="Time zone of these hours, as in Europe/Berlin.")
    weights: str = Field("pentagram-weights", description="Name of the Volume that holds the models' files.")
    weights_path: str = Field("/weights", pattern="^/.+", description="Where the containers find it.")
    hub_secret: str = Field("", description="Name of a Secret with HF_TOKEN, for models that ask for an account.")
    text_secret: str = Field("", description="Name of a Secret with PENTAGRAM_TEXT_KEY; set, text is deployed.")
    text_model: str = Field("Qwen/Qwen3-4B-Instruct-2507", description="Text model, a repository on the hub.")
    text_revision: str = Field("", description="Commit of its repository; else the one first fetched.")
    text_gpu: str = Field("L4", description="GPU of the text model.")
    text_length: int = Field(8192, ge=512, description="Longest conversation in tokens.")
    text_command: str = Field("", description="Command that serves text on port 8000 instead of vLLM.")
    web_secret: str = Field("", description="Name of a Secret with the app's settings; set, it deploys the app itself.")
    release: str = Field(
        default_factory=release, description="Version that the health check tells; the commit if not set."
    )

    @field_validator("model")
    @classmethod
    def _is_in_the_table(cls, model: str) -> str:
        if model not in BY_ID:
            raise ValueError(f"{model!r} is no model of the table; take one of {', '.join(BY_ID)}")
        return model

    @field_validator("gpus", "text_gpu")
    @classmethod
    def _are_known(cls, gpus: str) -> str:
        unknown = [gpu for gpu in gpus.split(",") if gpu.partition(":")[0].strip().upper() not in GPUS]
        if unknown:
            raise ValueError(f"{', '.join(unknown)!r} is no GPU of Modal's; take of {', '.join(sorted(GPUS))}")
        return gpus

    @field_validator("timezone")
    @classmethod
    def _is_a_time_zone(cls, timezone: str) -> str:
        try:
            ZoneInfo(timezone)
        except (KeyError, ValueError, OSError):
            raise ValueError(f"{timezone!r} is no time zone; take one such as Europe/Berlin") from None
        return timezone

    @model_validator(mode="after")
    def _go_together(self) -> Self:
        for name, value, limit in (
            ("DAY_FLOOR", self.day_floor, self.max_containers), ("NIGHT_FLOOR", self.night_floor, self.max_containers),
        ):  # fmt: skip
            if value > limit:
                raise ValueError(f"{PREFIX}{name} is {value}, more than {PREFIX}MAX_CONTAINERS, which is {limit}")
        if self.target_inputs > self.max_inputs:
            raise ValueError(f"{PREFIX}TARGET_INPUTS is more than {PREFIX}MAX_INPUTS, which is {self.max_inputs}")
        if self.day_hour == self.night_hour:
            raise ValueError(f"{PREFIX}DAY_HOUR and {PREFIX}NIGHT_HOUR are the same hour")
        return self

    @property
    def gpu_list(self) -> list[str]:
        return [gpu.strip() for gpu in self.gpus.split(",")]

    @property
    def gate_source(self) -> str | None:
        return None if self.gate.lower() == "off" else self.gate

    def as_environment(self) -> dict[str, str]:
        """The same settings for whoever imports this in a container."""
        return {f"{PREFIX}{name.upper()}": str(value) for name, value in self.model_dump().items()}


def read_deployment(**overrides: Any) -> Deployment:
    """What is wrong is one line that names the setting."""
    try:
        return Deployment(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        where = "".join(f"{PREFIX}{str(name).upper()}: " for name in first["loc"])
        raise ConfigurationError(f"{where}{first['msg'].removeprefix('Value error, ')}.") from None
