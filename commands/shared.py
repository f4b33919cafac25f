"""What every command has in common: the house that it opens, how it speaks, and how it ends."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, NoReturn

import psycopg
import typer
import typer.core
from rich.console import Console
from rich.progress import Progress

from services import bootstrap
from services.bootstrap import Pentagram
from services.errors import ConfigurationError, Unavailable, UserError
from services.settings import load_settings

Json = Annotated[bool, typer.Option("--json", help="Print JSON, a line each.")]


class Commands(typer.core.TyperGroup):
    """Commands whose foreseen errors are one line and exit code 1."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except (UserError, ConfigurationError, Unavailable) as error:
            _stop(str(error))
        except psycopg.Error as error:
            _stop(f"The database refused: {' '.join(str(error).split())}")


def _stop(sentence: str) -> NoReturn:
    typer.echo(f"Error: {sentence}", err=True)
    raise typer.Exit(1)


def print_json(value: object) -> None:
    typer.echo(json.dumps(value))
    sys.stdout.flush()


def say(value: object, text: str, as_json: bool) -> None:
    if as_json:
        print_json(value)
    else:
        typer.echo(text)


@contextmanager
def opened() -> Iterator[Pentagram]:
    """The house, closed in the end so that an embedded server stops with its last user."""
    house = bootstrap.build(load_settings())
    try:
        house.open()
        yield house
    finally:
        house.close()


def progress_bar() -> Progress:
    return Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True)
