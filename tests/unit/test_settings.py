"""Where a setting comes from, and what is refused before anything starts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from services.errors import ConfigurationError
from services.settings import ROOT, Settings, load_settings

KEY = "Zk3vN8-qLwX0tYr5UaEc7_PbHdJm2Gs9"
DATABASE = "postgresql://nova:hunter2@db.example.com/postgres"
NAMES = [str(field.alias) for field in Settings.model_fields.values()]

SecretsFile = Callable[[str], None]


@pytest.fixture(autouse=True)
def secrets_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SecretsFile:
    """Nothing is set but what the test sets; writes the secrets file."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    file = tmp_path / "secrets.toml"
    monkeypatch.setenv("PENTAGRAM_SECRETS", str(file))
    return lambda text: file.write_text(text, "utf-8") and None


def refused(**settings: str) -> str:
    with pytest.raises(ConfigurationError) as refusal:
        load_settings(**settings)
    sentence = str(refusal.value)
    assert "\n" not in sentence
    return sentence


# Where they come from


def test_without_any_setting_everything_is_on_this_machine():
    settings = load_settings()

    assert settings.home == ROOT / ".pentagram"
    assert not settings.is_production


def test_the_environment_wins_over_the_secrets_file_and_that_over_the_default(secrets_file, monkeypatch):
    secrets_file('PENTAGRAM_ADMIN = "from_file"\nPENTAGRAM_WORKER = "off"\n')
    monkeypatch.setenv("PENTAGRAM_ADMIN", "from_environment")

    settings = load_settings()

    assert (settings.admin, settings.worker, settings.seed) == ("from_environment", "off", "auto")


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_a_variable_of_the_system_is_no_setting_of_ours(monkeypatch, name):
    default = getattr(load_settings(), name)

    monkeypatch.setenv(name.upper() if name.upper() not in NAMES else f"{name}_", "/tmp")

    assert getattr(load_settings(), name) == default


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_setting_is_one_that_is_not_set(secrets_file, monkeypatch, name):
    default = load_settings()

    secrets_file(f'{name} = ""')
    assert load_settings() == default
    monkeypatch.setenv(name, "")
    assert load_settings() == default


def test_an_empty_variable_leaves_the_secrets_file_its_say(secrets_file, monkeypatch):
    secrets_file('PENTAGRAM_ADMIN = "from_file"')
    monkeypatch.setenv("PENTAGRAM_ADMIN", "")

    assert load_settings().admin == "from_file"


def test_a_relative_home_means_the_same_place_in_every_program(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    assert load_settings(PENTAGRAM_HOME="data").home == tmp_path / "data"
    assert load_settings(PENTAGRAM_HOME="~/data").home == Path.home() / "data"


def test_a_table_for_streamlit_in_the_secrets_file_is_left_alone(secrets_file):
    secrets_file('PENTAGRAM_ADMIN = "nova"\n[auth]\nclient_id = "x"\n')

    assert load_settings().admin == "nova"


# What is refused


@pytest.mark.parametrize(
    ("settings", "remedy"),
    [
        ({"SUPABASE_URL": "https://abcdefgh.supabase.co"}, "add the secret key from Project -> Settings -> API keys"),
        ({"SUPABASE_KEY": "sb_secret_x"}, "add the address from Project -> Settings -> Data API"),
        ({"SUPABASE_URL": "https://a.supabase.co", "SUPABASE_KEY": "sb_secret_x"}, "Add the session pooler's address"),
        ({"SUPABASE_URL": "a.supabase.co", "SUPABASE_KEY": "x", "DATABASE_URL": DATABASE}, "must start with https://"),
        ({"DATABASE_URL": "db.example.com"}, "must start with postgresql://"),
    ],
)
def test_half_a_configuration_names_its_remedy(settings, remedy):
    assert remedy in refused(**settings, PENTAGRAM_COOKIE_KEY=KEY)


def test_the_whole_of_it_is_accepted():
    settings = load_settings(
        SUPABASE_URL="https://a.supabase.co", SUPABASE_KEY="sb_secret_x", DATABASE_URL=DATABASE,
        PENTAGRAM_COOKIE_KEY=KEY,
    )  # fmt: skip

    assert settings.is_production


@pytest.mark.parametrize("key", ["short", "a" * 40, "change-me-please-to-something-else-1234", "CHANGEME" * 8])
def test_a_placeholder_or_short_key_is_refused_with_the_command_that_makes_one(key):
    assert "token_urlsafe" in refused(PENTAGRAM_COOKIE_KEY=key)


def test_production_without_a_key_is_refused():
    assert "PENTAGRAM_COOKIE_KEY is not set" in refused(DATABASE_URL=DATABASE)


def test_an_unknown_choice_names_the_setting():
    assert refused(PENTAGRAM_WORKER="perhaps").startswith("PENTAGRAM_WORKER: ")


@pytest.mark.parametrize("content", [b'PENTAGRAM_ADMIN = = "x"', b"\xff\xfe", b"just words"])
def test_a_garbled_secrets_file_is_one_line_that_names_it(content, tmp_path):
    (tmp_path / "secrets.toml").write_bytes(content)

    assert str(tmp_path / "secrets.toml") in refused()


# Secrets


def test_no_secret_is_printed_with_the_settings():
    settings = load_settings(DATABASE_URL=DATABASE, PENTAGRAM_COOKIE_KEY=KEY)

    for text in (repr(settings), str(settings), settings.model_dump_json()):
        assert "hunter2" not in text
        assert KEY not in text


@pytest.mark.parametrize(
    "settings",
    [
        {"DATABASE_URL": "mysql://nova:hunter2@db"},
        {"PENTAGRAM_COOKIE_KEY": "hunter2"},
        {"SUPABASE_KEY": "hunter2"},
        {"PENTAGRAM_ENGINE": "hunter2"},
    ],
)
def test_no_secret_is_printed_in_a_refusal(settings):
    assert "hunter2" not in refused(**({"PENTAGRAM_COOKIE_KEY": KEY} | settings))


def test_a_broken_line_of_the_secrets_file_is_not_printed(secrets_file):
    secrets_file('DATABASE_URL = "postgresql://nova:hunter2@db\n')

    assert "hunter2" not in refused()


@pytest.mark.parametrize(
    ("given", "missing"),
    [("MODAL_TOKEN_ID", "MODAL_TOKEN_SECRET is not"), ("MODAL_TOKEN_SECRET", "MODAL_TOKEN_ID is not")],
)
def test_half_of_a_modal_token_is_refused(given, missing):
    assert missing in refused(**{given: "half-of-it"})
