"""Every setting of Pentagram: environment first, then `.streamlit/secrets.toml`, then the default here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from services.errors import ConfigurationError

ROOT = Path(__file__).resolve().parent.parent
SECRETS_FILE = ROOT / ".streamlit" / "secrets.toml"
SHORTEST_KEY = 32


class Settings(BaseSettings):
    # No populate_by_name: it would read a field from the variable of its own name, so HOME would be PENTAGRAM_HOME.
    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True)

    home: Path = Field(ROOT / ".pentagram", alias="PENTAGRAM_HOME", description="Folder of the embedded mode's data.")
    database_url: SecretStr | None = Field(
        None,
        alias="DATABASE_URL",
        description="Postgres to use instead of the embedded one: Supabase's session pooler.",
    )
    supabase_url: str | None = Field(
        None, alias="SUPABASE_URL", description="Supabase project whose Storage keeps the pictures."
    )
    supabase_key: SecretStr | None = Field(
        None, alias="SUPABASE_KEY", description="Secret (service) key of that project; never the publishable one."
    )
    supabase_bucket: str = Field(
        "pentagram", alias="SUPABASE_BUCKET", description="Private bucket for the pictures; made at first use."
    )
    cookie_key: SecretStr | None = Field(
        None, alias="PENTAGRAM_COOKIE_KEY", description="Secret of 32 or more characters that signs links and sessions."
    )
    admin: str | None = Field(
        None, alias="PENTAGRAM_ADMIN", description="Name of the account that becomes an admin when it signs up or in."
    )
    engine: Literal["auto", "modal", "diffusers", "painter"] = Field(
        "auto", alias="PENTAGRAM_ENGINE", description="What paints: auto takes the best engine that is configured."
    )
    picture_model: str | None = Field(
        None,
        alias="PENTAGRAM_MODEL",
        description="Model that paints on this machine: the id of one in the table, or a folder in diffusers' layout.",
    )
    picture_model_revision: str | None = Field(
        None,
        alias="PENTAGRAM_MODEL_REVISION",
        description="Commit of the model's repository to load, so that nobody changes the model but you.",
    )
    modal_token_id: str | None = Field(
        None, alias="MODAL_TOKEN_ID", description="Token of the Modal workspace whose GPUs paint."
    )
    modal_token_secret: SecretStr | None = Field(
        None, alias="MODAL_TOKEN_SECRET", description="The secret half of that token."
    )
    modal_app: str = Field(
        "pentagram", alias="PENTAGRAM_MODAL_APP", description="Name under which modal_backend.py was deployed."
    )
    modal_model: str = Field(
        "flux2-klein-4b", alias="PENTAGRAM_MODAL_MODEL", description="Id of the model that paints on Modal."
    )
    modal_deadline_s: float = Field(
        180,
        gt=0,
        alias="PENTAGRAM_MODAL_DEADLINE",
        description="Seconds that a picture on Modal may take, cold start included.",
    )
    picture_gate: str | None = Field(
        None,
        alias="PENTAGRAM_PICTURE_GATE",
        description="Model that looks at pictures before anybody sees them: a repository on the hub, or a folder.",
    )
    picture_gate_revision: str | None = Field(
        None, alias="PENTAGRAM_PICTURE_GATE_REVISION", description="Commit of that model's repository."
    )
    guard_url: str | None = Field(
        None,
        alias="PENTAGRAM_GUARD_URL",
        description="OpenAI-compatible server of a guard model, which is asked about every text besides our own gate.",
    )
    guard_model: str | None = Field(
        None, alias="PENTAGRAM_GUARD_MODEL", description="Name of the guard model on that server."
    )
    guard_key: SecretStr | None = Field(None, alias="PENTAGRAM_GUARD_KEY", description="Key of that server.")
    guard_kind: Literal["auto", "qwen3guard", "llama-guard", "safeguard", "moderation"] = Field(
        "auto",
        alias="PENTAGRAM_GUARD_KIND",
        description="How the guard model is asked and answers; auto tells it by the model's name.",
    )
    text_url: str | None = Field(
        None,
        alias="PENTAGRAM_TEXT_URL",
        description="OpenAI-compatible server that writes: Modal's Text, Ollama, llama.cpp or vLLM.",
    )
    text_model: str | None = Field(None, alias="PENTAGRAM_TEXT_MODEL", description="Name of the model on that server.")
    text_key: SecretStr | None = Field(None, alias="PENTAGRAM_TEXT_KEY", description="Key of that server.")
    text_usd_per_million: float = Field(
        0,
        ge=0,
        alias="PENTAGRAM_TEXT_USD_PER_MILLION",
        description="What a million tokens of that server cost, for the budgets of residents; 0 for one of your own.",
    )
    embedding_model: str | None = Field(
        None,
        alias="PENTAGRAM_EMBEDDING_MODEL",
        description="Model of sentence-transformers that search understands with, by its name on the hub or its "
        "folder; the bundled all-MiniLM-L6-v2 if not set.",
    )
    seeing_model: str | None = Field(
        None,
        alias="PENTAGRAM_PICTURE_MODEL",
        description="Model of CLIP's kind, of sentence-transformers, by which search finds what is to be seen on "
        "pictures: its name on the hub or its folder; not looked at if not set.",
    )
    pictures_an_hour: int = Field(
        240,
        ge=1,
        alias="PENTAGRAM_PICTURES_AN_HOUR",
        description="How many pictures one account may ask for in an hour.",
    )
    pictures_at_once: int = Field(
        12, ge=1, alias="PENTAGRAM_PICTURES_AT_ONCE", description="How many unfinished pictures one account may have."
    )
    daily_budget_usd: float | None = Field(
        None,
        ge=0,
        alias="PENTAGRAM_DAILY_BUDGET_USD",
        description="What paid painting may cost from midnight to midnight (UTC); unlimited if not set.",
    )
    c2pa_certificate: Path | None = Field(
        None, alias="PENTAGRAM_C2PA_CERTIFICATE", description="PEM file of the certificate chain that signs pictures."
    )
    c2pa_key: Path | None = Field(None, alias="PENTAGRAM_C2PA_KEY", description="PEM file of its private key.")
    worker: Literal["on", "off"] = Field(
        "on",
        alias="PENTAGRAM_WORKER",
        description="Whether the app runs jobs itself; off where `manage.py worker` does.",
    )
    seed: Literal["auto", "off"] = Field(
        "auto",
        alias="PENTAGRAM_SEED",
        description="Whether an empty embedded installation fills itself with demo posts.",
    )
    public_url: str | None = Field(
        None, alias="PENTAGRAM_URL", description="Address of this installation for links in share pages."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, secrets_file())

    @model_validator(mode="before")
    @classmethod
    def _empty_is_not_set(cls, given: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in given.items() if value != ""}

    @field_validator("home")
    @classmethod
    def _from_here(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @property
    def is_production(self) -> bool:
        """A server of its own, for data that matters: no demo content, no generated keys."""
        return self.database_url is not None or self.supabase_url is not None


def secrets_file() -> Path:
    return Path(os.environ.get("PENTAGRAM_SECRETS", SECRETS_FILE))


def load_settings(**overrides: Any) -> Settings:
    """Read and check the settings; what is wrong is one line that names the setting and its remedy."""
    settings = read_settings(**overrides)
    check_pairs(settings)
    check_modal(settings)
    check_cookie_key(settings)
    return settings


def read_settings(**overrides: Any) -> Settings:
    """Each for itself as it was set; whether they go together is not looked at."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigurationError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}.") from None
    except ValueError as error:
        raise ConfigurationError(f"{secrets_file()} cannot be read: {error}.") from None


def check_pairs(settings: Settings) -> None:
    if settings.supabase_url and not settings.supabase_key:
        raise ConfigurationError(
            "SUPABASE_URL is set but SUPABASE_KEY is not: add the secret key from Project -> Settings -> API keys, "
            "or remove SUPABASE_URL to keep pictures on disk."
        )
    if settings.supabase_key and not settings.supabase_url:
        raise ConfigurationError(
            "SUPABASE_KEY is set but SUPABASE_URL is not: add the address from Project -> Settings -> Data API, "
            "or remove SUPABASE_KEY to keep pictures on disk."
        )
    if settings.supabase_url and not settings.supabase_url.startswith(("https://", "http://")):
        raise ConfigurationError("SUPABASE_URL must start with https://, as in https://abcdefgh.supabase.co.")
    if settings.supabase_url and not settings.database_url:
        raise ConfigurationError(
            "SUPABASE_URL is set but DATABASE_URL is not: pictures would outlive the rows that describe them. "
            "Add the session pooler's address from Project -> Connect."
        )
    if settings.database_url and not settings.database_url.get_secret_value().startswith(
        ("postgres://", "postgresql://")
    ):
        raise ConfigurationError(
            "DATABASE_URL must start with postgresql://, as in Project -> Connect -> Session pooler."
        )


def check_modal(settings: Settings) -> None:
    if settings.modal_token_id and not settings.modal_token_secret:
        raise ConfigurationError(
            "MODAL_TOKEN_ID is set but MODAL_TOKEN_SECRET is not: make a pair with `modal token new`, "
            "or remove MODAL_TOKEN_ID to paint without Modal."
        )
    if settings.modal_token_secret and not settings.modal_token_id:
        raise ConfigurationError(
            "MODAL_TOKEN_SECRET is set but MODAL_TOKEN_ID is not: make a pair with `modal token new`, "
            "or remove MODAL_TOKEN_SECRET to paint without Modal."
        )


def check_cookie_key(settings: Settings) -> None:
    key = settings.cookie_key.get_secret_value() if settings.cookie_key else None
    remedy = "make one with: python -c 'import secrets; print(secrets.token_urlsafe(48))'"
    if key is None and settings.is_production:
        raise ConfigurationError(
            f"PENTAGRAM_COOKIE_KEY is not set, so every restart would sign everyone out: {remedy}."
        )
    if key is not None and (len(key) < SHORTEST_KEY or len(set(key)) < 10 or "change" in key.lower()):
        raise ConfigurationError(
            f"PENTAGRAM_COOKIE_KEY is a placeholder or shorter than {SHORTEST_KEY} characters: {remedy}."
        )
