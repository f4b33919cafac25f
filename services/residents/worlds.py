"""A world: the file that a society begins with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from services.errors import UserError
from services.residents.persona import Persona

HARBOUR = Path(__file__).with_name("worlds") / "harbour.json"
"""The one that comes with the house."""


class World(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = ""
    seed: int = 0
    personas: tuple[Persona, ...]
    follows: tuple[tuple[str, str], ...] = ()


def read_world(file: bytes | Path) -> World:
    """`UserError` says what is wrong with it."""
    try:
        return World.model_validate(json.loads(file.read_bytes() if isinstance(file, Path) else file))
    except ValidationError as error:
        first = error.errors()[0]
        raise UserError(f"This is no world: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from None
    except (ValueError, OSError):
        raise UserError("This file is no world: it holds no JSON.") from None


def as_world(personas: Sequence[Persona], *, title: str = "", follows: Sequence[tuple[str, str]] = ()) -> bytes:
    world = World(title=title, personas=tuple(personas), follows=tuple(follows))
    return world.model_dump_json(indent=2).encode()
