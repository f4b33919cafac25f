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
    engine: Literal["auto", "diffusers", "painter"] = Field(
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
