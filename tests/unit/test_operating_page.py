"""What an operator reads names every setting and every command."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import typer

import manage
from services.settings import ROOT, Settings

EXAMPLE = (ROOT / ".streamlit" / "secrets.toml.example").read_text("utf-8")
PAGE = (ROOT / "docs" / "operating.md").read_text("utf-8")
SETTINGS = [str(field.alias) for field in Settings.model_fields.values()]
UNCOMMENTED = re.sub(r"^# (?=\[|\w+ = )", "", EXAMPLE, flags=re.MULTILINE)


def leaves(command: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    for name, inner in command.commands.items():
        if hasattr(inner, "commands"):
            yield from leaves(inner, f"{path}{name} ")
        else:
            yield f"{path}{name}", inner


COMMANDS = dict(leaves(typer.main.get_command(manage.app)))


@pytest.mark.parametrize("name", SETTINGS)
def test_each_setting_stands_in_the_example_below_a_line_on_its_meaning(name):
    assert re.search(rf"\n\n(?:# .+\n)+# {name} = ", EXAMPLE)


@pytest.mark.parametrize("name", SETTINGS)
def test_each_setting_stands_in_the_table_of_the_operating_page(name):
    assert re.search(rf"^\| `{name}` \|", PAGE, re.MULTILINE)


def test_the_example_sets_nothing_until_something_is_uncommented():
    assert tomllib.loads(EXAMPLE) == {}


def test_the_example_holds_settings_that_exist_and_the_table_for_identity_providers():
    example = tomllib.loads(UNCOMMENTED)

    assert sorted(example) == sorted([*SETTINGS, "auth"])
    assert set(example["auth"]) == {
        "redirect_uri",
        "cookie_secret",
        "client_id",
        "client_secret",
        "server_metadata_url",
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_stands_in_the_table_of_the_operating_page_with_its_options(name):
    [row] = re.findall(rf"^\| (`{name}\b.*?) \|", PAGE, re.MULTILINE)
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts if option.startswith("--")}

    assert [option for option in options - EVERYWHERE if option not in row] == []


EVERYWHERE = {"--json", "--mode"}
"""Said once above the table; and one that has a single value so far."""
