"""World files: a society to start from or to carry elsewhere, as JSON: title, seed, personas, who follows whom.

Those that come with Pentagram lie in `worlds/`. Whoever takes in another one still vets its personas: what is read here
is well formed, no more.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

from pydantic import Field, StringConstraints, ValidationError

from services.errors import UserError
from services.residents.persona import Part, Persona
from services.studio.styles import BY_ID as STYLES

VERSION = 1
HARBOUR = Path(__file__).parent / "worlds" / "harbour.json"
MOST_BYTES = 32 * 2**20
MOST_PERSONAS = 10_000
MOST_COMPLAINTS = 3

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=30)]


class Pace(Part):
    """How fast its society lives and what it may spend an hour; what is not given stays as it is set."""

    speed: Annotated[float, Field(ge=1, le=100)] | None = None
    pictures_an_hour: Annotated[int, Field(ge=0, le=100_000)] | None = None
    tokens_an_hour: Annotated[int, Field(ge=0, le=10**9)] | None = None
    usd_an_hour: Annotated[float, Field(ge=0, le=10_000)] | None = None


class World(Part):
    version: Literal[1] = 1
    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 0
    personas: tuple[Persona, ...] = Field(min_length=1, max_length=MOST_PERSONAS)
    follows: tuple[tuple[Name, Name], ...] = ()
    """Who follows whom, by their names."""
    society: Pace = Pace()


def read_world(source: bytes | Path) -> World:
    """`UserError` says what is wrong with the file, and where."""
    raw = _parsed(_read(source) if isinstance(source, Path) else source)
    version = raw.get("version", VERSION)
    if version != VERSION:
        raise UserError(f"This world file is of version {version!r:.20}; this Pentagram reads version {VERSION}.")
    try:
        world = World.model_validate(raw)
    except ValidationError as error:
        _complain(error, raw)
    _check_names(world)
    _check_styles(world.personas)
    return world


def as_world(
    personas: Iterable[Persona], follows: Iterable[tuple[str, str]] = (), *, title: str, seed: int = 0,
    society: Pace | None = None,
) -> bytes:  # fmt: skip
    """As a file that `read_world` takes."""
    world = World(
        title=title, seed=seed, personas=tuple(personas), follows=tuple(follows), society=society or Pace()
    )  # fmt: skip
    return (world.model_dump_json(indent=1) + "\n").encode()


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UserError(f"The world file {path.name} cannot be read: {error.strerror}.") from None


def _parsed(data: bytes) -> dict[str, Any]:
    if len(data) > MOST_BYTES:
        raise UserError(f"The world file is larger than {MOST_BYTES // 2**20} MB.")
    try:
        raw = json.loads(data, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise UserError(f"The world file is no JSON: {error.msg} in line {error.lineno}.") from None
    except (ValueError, RecursionError):
        raise UserError("The world file is no JSON that can be read: save it as UTF-8, without NaN.") from None
    if not isinstance(raw, dict):
        raise UserError("The world file has to be one JSON object with title, seed and personas.")
    return raw


def _no_number(constant: str) -> NoReturn:
    raise ValueError(constant)


def _complain(error: ValidationError, raw: dict[str, Any]) -> NoReturn:
    found = error.errors(include_url=False, include_input=False, include_context=False)
    told = [f"{_place(each['loc'], raw)}: {each['msg']}" for each in found[:MOST_COMPLAINTS]]
    more = f" And {len(found) - MOST_COMPLAINTS} more." if len(found) > MOST_COMPLAINTS else ""
    raise UserError(f"The world file is wrong in {'; in '.join(told)}.{more}") from None


def _place(loc: Sequence[int | str], raw: dict[str, Any]) -> str:
    """As in "persona 3 (old_tam), rhythm.wakes"."""
    if len(loc) < 2 or loc[0] != "personas" or not isinstance(loc[1], int):
        return ".".join(map(str, loc))
    persona = raw["personas"][loc[1]]
    name = persona.get("name") if isinstance(persona, dict) else None
    whose = f"persona {loc[1] + 1}" + (f" ({name:.30})" if isinstance(name, str) else "")
    return ", ".join(filter(None, (whose, ".".join(map(str, loc[2:])))))


def _check_names(world: World) -> None:
    counts = Counter(persona.name for persona in world.personas)
    if twice := [name for name, count in counts.items() if count > 1]:
        raise UserError(f"Two personas of the world file are called {twice[0]}.")
    for follower, followed in world.follows:
        unknown = next((name for name in (follower, followed) if name not in counts), None)
        if unknown is not None:
            raise UserError(f"{follower} follows {followed} in the world file, but nobody there is called {unknown}.")
        if follower == followed:
            raise UserError(f"{follower} follows themselves in the world file.")


def _check_styles(personas: Iterable[Persona]) -> None:
    for persona in personas:
        if unknown := next((style for style in persona.aesthetic.styles if style not in STYLES), None):
            raise UserError(
                f"The world file is wrong in {persona.name}, aesthetic.styles: {unknown!r:.40} is none of "
                f"{', '.join(STYLES)}."
            )
