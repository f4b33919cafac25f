"""`python manage.py residents ...`: the society from the shell."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from commands.shared import Json, opened, progress_bar, say
from services import bootstrap
from services.bootstrap import Pentagram
from services.community.credentials import checked_name
from services.errors import UserError
from services.platform.jobs import Worker
from services.residents.roster import Resident
from services.residents.society import State
from services.residents.speaking.base import Said
from services.residents.worlds import HARBOUR, World, read_world

MOST_AT_ONCE = 10_000
ROWS_AT_ONCE = 200
OWN_WORLD = "harbour"
NAMED_INTERESTS = 3
POLL_SECONDS, PATIENCE_SECONDS, STOP_SECONDS = 0.2, 300.0, 10.0

app = typer.Typer(help="AI residents: who they are, and the running of their society.", no_args_is_help=True)


@app.command()
def create(
    count: Annotated[int | None, typer.Argument(min=1, max=MOST_AT_ONCE, help="How many.")] = None,
    theme: Annotated[str, typer.Option(help="What they have in common, in your words.")] = "",
    seed: Annotated[int | None, typer.Option(help="The same ones for the same seed, by the built-in writer.")] = None,
    world: Annotated[
        str | None,
        typer.Option(metavar="FILE", help=f'Those of a world file instead; "{OWN_WORLD}" is the one of the house.'),
    ] = None,
    as_json: Json = False,
) -> None:
    """Make residents. Each is there as soon as it is told of."""
    if (count is None) == (world is None):
        raise typer.BadParameter("Give either how many, or --world.")
    with opened() as house, _working(house):
        made = house.society.settle(_world(world)) if world else _created(house, count or 0, theme, seed)
        for resident in made:
            say(_facts(resident), f"{resident.name}  {_gist(resident)}", as_json)
        _finish_pictures(house)


@app.command("list")
def show(
    state: Annotated[
        Literal["active", "paused", "retired"] | None, typer.Option(help="Only those who are that.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Who lives here, in the order in which they came."""
    with opened() as house:
        for resident in _all(house, state):
            text = f"{resident.name}  {resident.state}  {_gist(resident)}"
            say(_facts(resident), text, as_json)


@app.command()
def run(
    hours: Annotated[float, typer.Option(min=0.01, max=24 * 366, help="How many hours of their time.")] = 1.0,
    speed: Annotated[
        float | None, typer.Option(min=1, max=100, help="Times real time; as fast as it goes if not set.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Let time pass for them in this process, and return when it has. Budgets hold as ever."""
    with opened() as house:
        began = house.society.state().now
        with _working(house), progress_bar() as progress:
            bar = progress.add_task("Living", total=hours)
            house.society.run(hours, speed, progress=lambda share: progress.update(bar, completed=share * hours))
            _finish_pictures(house)
        did = house.watching.activity(began).by_kind
        value = {"began": began.isoformat(), "now": house.society.state().now.isoformat(), "actions": dict(did)}
        told = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in did.most_common())
        say(value, f"It is {house.society.state().now:%d %B %Y, %H:%M} by their clock: {told or 'nothing'}.", as_json)


@app.command()
def pause(as_json: Json = False) -> None:
    """Stop their time, in every process."""
    with opened() as house:
        _say_state(house.society.pause(), as_json)


@app.command()
def resume(
    speed: Annotated[float | None, typer.Option(min=1, max=100, help="Times real time from now on.")] = None,
    as_json: Json = False,
) -> None:
    """Let their time go on, wherever jobs are run."""
    with opened() as house:
        if speed is not None:
            house.society.set_speed(speed)
        _say_state(house.society.start(), as_json)


@app.command()
def interview(name: str, as_json: Json = False) -> None:
    """Talk with a resident, a line a question; an AI answers in character. Nothing of it is kept."""
    with opened() as house:
        resident = house.society.resident(checked_name(name))
        said: list[Said] = []
        for question in _questions():
            answer = house.society.interview(resident.name, question, tuple(said))
            said += [Said(by_resident=False, text=question), Said(by_resident=True, text=answer)]
            say({"question": question, "answer": answer}, f"{resident.name} (AI): {answer}", as_json)


@app.command()
def trace(
    form: Annotated[Literal["jsonl", "sqlite"], typer.Option("--format", help="Lines of JSON, or one file.")] = "jsonl",
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="The file to write; jsonl goes to stdout.")] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"], help="By their clock, UTC."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Everything that residents are, did and why, remember, know of others and cost."""
    if form == "sqlite" and out is None:
        raise typer.BadParameter("A file of SQLite needs --out.")
    since = since and (since if since.tzinfo else since.replace(tzinfo=UTC))
    with opened() as house:
        if out is None:
            for line in house.trace.lines(since):
                sys.stdout.write(line)
            return
        counts = _written(house, form, out, since)
    rows = ", ".join(f"{count} {table}" for table, count in counts.items())
    say({"file": str(out), "rows": counts}, f"{out} holds {rows}.", as_json)


def _world(named: str) -> World:
    return read_world(HARBOUR if named == OWN_WORLD else Path(named))


def _created(house: Pentagram, count: int, theme: str, seed: int | None) -> Iterator[Resident]:
    with progress_bar() as progress:
        bar = progress.add_task("Finding out who they are", total=count)
        for resident in house.society.create(count, theme, seed):
            progress.advance(bar)
            yield resident


def _all(house: Pentagram, state: str | None) -> Iterator[Resident]:
    after = None
    while True:
        page = house.society.residents(after=after, limit=ROWS_AT_ONCE, state=state)
        yield from page.items
        if (after := page.next) is None:
            return


def _facts(resident: Resident) -> dict[str, Any]:
    return {
        "name": resident.name, "display_name": resident.display_name, "state": resident.state,
        "interests": {each.topic: each.weight for each in resident.now.interests},
        "next_turn_at": resident.next_turn_at and resident.next_turn_at.isoformat(),
        "last_turn_at": resident.last_turn_at and resident.last_turn_at.isoformat(),
    }  # fmt: skip


def _gist(resident: Resident) -> str:
    strongest = sorted(resident.now.interests, key=lambda each: -each.weight)[:NAMED_INTERESTS]
    return f"{resident.persona.occupation}, into {', '.join(each.topic for each in strongest)}"


@contextmanager
def _working(house: Pentagram) -> Iterator[None]:
    """Pictures are painted and posts are read in this process meanwhile."""
    worker = Worker(house.jobs, house.db.conninfo, concurrency=bootstrap.jobs_at_once(house.engines))
    worker.start()
    try:
        yield
    finally:
        worker.stop(STOP_SECONDS)


def _finish_pictures(house: Pentagram) -> None:
    """What was begun is shown, as far as it is painted in time; what is not, the next worker shows."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while house.society.is_waiting() and time.monotonic() < ends:
        house.society.tick()
        time.sleep(POLL_SECONDS)


def _say_state(state: State, as_json: bool) -> None:
    value = {
        "running": state.running, "speed": state.speed, "now": state.now.isoformat(), "active": state.active,
        "paused": state.paused, "retired": state.retired, "due": state.due,
    }  # fmt: skip
    how = f"Running at {state.speed:g}x" if state.running else "Paused"
    say(value, f"{how}; it is {state.now:%d %B %Y, %H:%M} by their clock.", as_json)


def _questions() -> Iterator[str]:
    """Until there are no more; asked for where somebody sits at a terminal."""
    if not sys.stdin.isatty():
        yield from (line.strip() for line in sys.stdin if line.strip())
        return
    with suppress(typer.Abort):
        while question := str(typer.prompt("You", default="", show_default=False, err=True)).strip():
            yield question


def _written(house: Pentagram, form: str, out: Path, since: datetime | None) -> dict[str, int]:
    """Whole or not at all."""
    unfinished = out.with_name(f"{out.name}.unfinished")
    try:
        unfinished.write_bytes(b"")
        counts = (house.trace.sqlite if form == "sqlite" else house.trace.jsonl)(unfinished, since)
        unfinished.replace(out)
    except OSError as error:
        raise UserError(f"{out} cannot be written: {error.strerror}.") from None
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return counts
