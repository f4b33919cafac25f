"""The operator's command line: `python manage.py --help`.

What a command found or made goes to stdout, everything else to stderr. A command that causes work returns when
that work is done, whoever did it.
"""

from __future__ import annotations

import json
import logging
import re
import secrets
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

import typer
import typer.core

from commands import residents
from commands.shared import Commands, Json, opened, print_json, progress_bar, say
from services import bootstrap, doctor
from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.community.credentials import checked_name, checked_password, hash_password
from services.demo import PIECES
from services.discovery.embeddings import MiniLM
from services.errors import ConfigurationError, NotFound, Unavailable, UserError
from services.platform.jobs import Worker
from services.safety.learned import meaning_of
from services.settings import load_settings, read_settings
from services.studio import styles
from services.studio.engines.painter import Painter
from services.studio.reading import read_provenance
from services.studio.studio import Creation, Options, Request
from services.transfer.exporting import Export
from services.transfer.importing import Import, Item
from services.transfer.packing import packed

POLL_SECONDS = 0.1
STOP_SECONDS = 10.0
MOST_POSTS = 2_000
SIZE = re.compile(r"(\d{1,5})[x×](\d{1,5})")
MARKS = {"ok": "✓", "warning": "!", "failure": "✗"}
EASEL = "house_easel"
EASEL_BIO = "Holds the pictures that were painted from this installation's command line."

Role = Literal["member", "moderator", "admin"]


app = typer.Typer(
    cls=Commands,
    help="Runs and looks after a Pentagram.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
account_commands = typer.Typer(help="Accounts from the shell.", no_args_is_help=True)
app.add_typer(account_commands, name="account")
app.add_typer(residents.app, name="residents")


@app.callback()
def _logs() -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")


@app.command("doctor")
def examine(as_json: Json = False) -> None:
    """Check every configured part by using it. Exit code 1 if one fails."""
    findings = _findings()
    for finding in findings:
        say(asdict(finding), _as_text(finding), as_json)
    if any(finding.state == "failure" for finding in findings):
        raise typer.Exit(1)


@app.command()
def migrate(as_json: Json = False) -> None:
    """Apply the migrations that the database lacks."""
    house = bootstrap.build(load_settings())
    try:
        applied = house.open()
    finally:
        house.close()
    say({"applied": applied}, f"Applied {', '.join(applied)}." if applied else "Nothing to apply.", as_json)


@app.command()
def seed(
    posts: Annotated[int, typer.Option(min=1, max=MOST_POSTS, help="How many demo posts there shall be.")] = len(
        PIECES
    ),
    remove: Annotated[bool, typer.Option("--remove", help="Take every demo account and its posts out again.")] = False,
    as_json: Json = False,
) -> None:
    """Fill the installation with demo residents and their posts, all marked as demo."""
    with opened() as house:
        if remove:
            _remove_demo(house, as_json)
        else:
            _fill(house, posts, as_json)


@app.command()
def worker(
    concurrency: Annotated[
        int | None, typer.Option(min=1, max=64, help="How many jobs at a time; by itself what suits the engines.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Run jobs in this process until it is told to stop (Ctrl-C or SIGTERM)."""
    logging.getLogger("services").setLevel(logging.INFO)
    stopping = threading.Event()
    with opened() as house:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopping.set())
        concurrency = concurrency or bootstrap.jobs_at_once(house.engines)
        runner = Worker(house.jobs, house.db.conninfo, concurrency=concurrency)
        runner.start()
        say({"state": "working", "concurrency": concurrency}, f"Working on {concurrency} jobs at a time.", as_json)
        stopping.wait()
        runner.stop(STOP_SECONDS)
    say({"state": "stopped"}, "Stopped.", as_json)


@account_commands.command("create")
def create_account(
    name: str,
    role: Annotated[Role, typer.Option(help="What the account may do.")] = "member",
    as_json: Json = False,
) -> None:
    """Make an account. The password is asked for, or read as one line from stdin where that is no terminal."""
    name = checked_name(name)
    password = checked_password(_password())
    with opened() as house:
        _say_account(house.accounts.register(name, hash_password(password), role=role), as_json)


@account_commands.command("role")
def change_role(name: str, role: Role, as_json: Json = False) -> None:
    """Make an account a member, a moderator or an admin."""
    with opened() as house:
        _say_account(house.accounts.set_role(checked_name(name), role), as_json)


@app.command()
def generate(
    prompt: str,
    seed: Annotated[
        int | None, typer.Option(help="Of the first picture; the others count up. Random if not set.")
    ] = None,
    size: Annotated[str, typer.Option(help="Width x height in pixels.")] = "768x768",
    count: Annotated[int, typer.Option(help="How many pictures.")] = 1,
    image: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A picture to start from, where the engine can.")
    ] = None,
    strength: Annotated[
        float | None, typer.Option(min=0.01, max=1, help="How much of that picture may change.")
    ] = None,
    negative: Annotated[str, typer.Option(help="What the picture should not show, where the engine knows that.")] = "",
    style: Annotated[str, typer.Option(help=f"One of {', '.join(styles.BY_ID)}.")] = "",
    engine: Annotated[str | None, typer.Option(help="modal, diffusers or painter: one that is configured.")] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--as",
            metavar="NAME",
            help=f"Whose pictures they are: PENTAGRAM_ADMIN's if that account exists, else those of {EASEL}, an "
            "account of the house's own that nobody can sign in to.",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Also write the picture files there.")] = None,
    as_json: Json = False,
) -> None:
    """Paint pictures, the same way as the Generate page. Prints id, seed, engine and milliseconds of each."""
    width, height = _size(size)
    folder = _made(out) if out else None
    with opened() as house:
        account = house.accounts.named(checked_name(by)) if by else _operator(house)
        _understand(house, engine)
        options = Options(
            width, height, count=count, seed=seed, negative=negative, style=style, engine=engine, strength=strength,
            upload_id=_uploaded(house, image, account) if image else None,
        )  # fmt: skip
        request = _painted(house, prompt, options, account)
        for creation in request.creations:
            _say_picture(request, creation, _written(house, creation, folder), as_json)
    if failures := [creation.failure for creation in request.creations if creation.state != "ready"]:
        raise Unavailable(f"{len(failures)} of {count} pictures failed. {failures[0] or ''}")


@app.command()
def check(
    text: Annotated[str | None, typer.Argument(help="A prompt.")] = None,
    file: Annotated[
        typer.FileText | None, typer.Option(encoding="utf-8", help='Lines of {"id", "text"}; - for stdin.')
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Also what each layer of the gate says.")] = False,
    as_json: Json = False,
) -> None:
    """What the prompt gate decides: a line of JSON a prompt, in order. Needs no database, and so knows no rules of
    moderators' own; a guard model is asked if one is configured."""
    del as_json
    with closing(MiniLM()) as model:
        gate = bootstrap.gate_for(read_settings(), meaning_of(model))
        for id_, prompt in _one_or_many(text, file, "text"):
            explanation = gate.explain(prompt)
            layers = {"layers": [asdict(each) for each in explanation.by_layer]} if explain else {}
            print_json({"id": id_, **asdict(explanation.verdict), **layers})


@app.command()
def search(
    query: Annotated[str | None, typer.Argument(help="What to look for.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many posts at most.")] = 24,
    mode: Annotated[
        Literal["hybrid", "semantic", "words"],
        typer.Option(help="How posts are compared: by meaning and words, by meaning alone, or by words alone."),
    ] = "hybrid",
    file: Annotated[
        typer.FileText | None, typer.Option(encoding="utf-8", help='Lines of {"query"}; - for stdin.')
    ] = None,
    as_json: Json = False,
) -> None:
    """What the Search page finds, and after it what comes next: a line of JSON a query, in order. With semantic the
    score is the cosine similarity."""
    del as_json
    queries = [wanted for _, wanted in _one_or_many(query, file, "query")]
    with opened() as house:
        house.reader.read_posts()
        for wanted in queries:
            found = house.search.find(wanted, viewer=None, limit=limit, mode=mode, floor=False).posts
            ranked = [{"post_id": str(p.id), "prompt": p.prompt, "score": round(p.score, 6)} for p in found]
            print_json({"query": wanted, "ranked": ranked})


@app.command()
def reindex(as_json: Json = False) -> None:
    """Read every post and prompt anew: words, meaning, and what words there are. Search goes on meanwhile."""
    with opened() as house, progress_bar() as progress:
        bar = progress.add_task("Reading", total=None)
        done = 0
        for done, total in house.reader.reindex():
            progress.update(bar, completed=done, total=total)
    say({"read": done}, f"Read {done} posts and prompts.", as_json)


@app.command("import")
def bring(
    path: Annotated[
        Path,
        typer.Argument(
            help="A folder or a zip of pictures, a picture, an archive that export wrote, or a file of lines of "
            '{"id", "prompt", "tags", "image"}, of which only the prompt has to be there.'
        ),
    ],
    by: Annotated[str, typer.Option("--as", metavar="NAME", help="Whose pictures and posts they become.")],
    private: Annotated[bool, typer.Option("--private", help="Posts are for their author alone.")] = False,
    as_json: Json = False,
) -> None:
    """Bring pictures and prompts along and post them; prints the ids of each, in order. What has no picture is painted.
    The operator answers for the pictures: even without a picture gate they may be posted for everybody."""
    with opened() as house:
        account = house.accounts.named(checked_name(by))
        brought = _brought(house, path, account, private)
        for item in _items(house, brought, account):
            _say_item(item, as_json)
    if brought.state == "failed":
        raise UserError(brought.note)
    if brought.failed:
        raise UserError(f"{brought.failed} of {brought.total} could not be brought along.")


@app.command("export")
def take(
    out: Annotated[Path, typer.Argument(metavar="OUT.zip", help="The file to write.")],
    by: Annotated[str, typer.Option("--as", metavar="NAME", help="Whose things they are.")],
    as_json: Json = False,
) -> None:
    """Write everything of one account into an archive: account.json and the pictures."""
    with opened() as house:
        account = house.accounts.named(checked_name(by))
        export = _exported(house, account)
        _copy(house, export, account, out)
    value = {"file": str(out), "pictures": export.done, "bytes": export.bytes}
    say(value, f"{out} holds everything of {account.name}, with {export.done} pictures.", as_json)


@app.command()
def provenance(
    file: Annotated[Path, typer.Argument(help="A WebP, PNG or JPEG file, of this house or of another tool.")],
    as_json: Json = False,
) -> None:
    """What a picture file says of where it came from. Exit code 1 if it says nothing."""
    told = read_provenance(_bytes_of(file))
    if told is None:
        raise UserError(f"{file} does not say where it came from.")
    value = asdict(told)
    say(value, "\n".join(f"{name}: {said}" for name, said in _said(value).items()), as_json)


def _say_account(account: Account, as_json: bool) -> None:
    value = {"id": str(account.id), "name": account.name, "role": account.role}
    say(value, f"{account.name} is {account.role}.", as_json)


def _finish(house: Pentagram, what: str, unfinished: Callable[[], int]) -> None:
    """Work here too until nothing of it is left; another worker may do a part, or all."""
    total = unfinished()
    if not total:
        return
    house.worker.start()
    with progress_bar() as progress:
        bar = progress.add_task(what, total=total)
        while left := unfinished():
            progress.update(bar, completed=max(0, total - left))
            time.sleep(POLL_SECONDS)


def _work_on(house: Pentagram, what: str, look: Callable[[], tuple[int, int] | None]) -> None:
    """Work here too until there is nothing to see any more; till then `look` tells how much of how much is done."""
    house.worker.start()
    with progress_bar() as progress:
        bar = progress.add_task(what, total=None)
        while (seen := look()) is not None:
            progress.update(bar, completed=seen[0], total=seen[1] or None)
            time.sleep(POLL_SECONDS)


def _findings() -> list[doctor.Finding]:
    try:
        settings = read_settings()
    except ConfigurationError as error:
        return [doctor.Finding("settings", "failure", str(error), "Correct it; then the other parts can be checked.")]
    return doctor.examine(settings)


def _as_text(finding: doctor.Finding) -> str:
    remedy = f" {finding.remedy}" if finding.remedy else ""
    return f"{MARKS[finding.state]} {finding.part}: {finding.sentence}{remedy}"


def _fill(house: Pentagram, posts: int, as_json: bool) -> None:
    house.demo.fill(posts)
    _finish(house, "Painting demo posts", house.demo.unfinished)
    there = house.demo.post_count()
    if there < posts:
        raise Unavailable(f"Only {there} of {posts} demo posts could be made: python manage.py doctor says more.")
    say({"posts": there}, f"There are {there} demo posts.", as_json)


def _remove_demo(house: Pentagram, as_json: bool) -> None:
    accounts = house.demo.remove()
    _finish(house, "Removing pictures", lambda: house.jobs.unfinished(house.db, task="delete_files"))
    say({"removed_accounts": accounts}, f"{accounts} demo accounts and all that was theirs are gone.", as_json)


def _password() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise UserError("There was no password on standard input: give it as one line, or run this on a terminal.")
    return line


def _size(text: str) -> tuple[int, int]:
    match = SIZE.fullmatch(text.strip().lower())
    if match is None:
        raise typer.BadParameter("A size is width x height in pixels, as in 768x768.", param_hint="'--size'")
    return int(match[1]), int(match[2])


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{folder} cannot be made a folder for the pictures: {error.strerror}.") from None
    return folder


def _operator(house: Pentagram) -> Account:
    with suppress(UserError):
        return house.accounts.named(checked_name(house.settings.admin or ""))
    return _easel(house)


def _easel(house: Pentagram) -> Account:
    try:
        easel = house.accounts.named(EASEL)
    except NotFound:
        return house.accounts.register(EASEL, None, display_name="House Easel", bio=EASEL_BIO, kind="resident")
    if easel.kind != "resident":
        raise UserError(f"Here {EASEL} is a person: say with --as whose pictures these are.")
    return easel


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UserError(f"{file} cannot be read: {error.strerror}.") from None


def _said(value: dict[str, Any]) -> dict[str, object]:
    """By names for people, without what the file does not say."""
    seal = {f"seal {name}": said for name, said in (value["claim"] or {}).items()}
    told = {name: said for name, said in value.items() if name != "claim"} | seal
    return {name.replace("_", " "): said for name, said in told.items() if said not in {None, ""}}


def _understand(house: Pentagram, engine: str | None) -> None:
    """Have the painter understand all it can before it begins: here is time for that."""
    if isinstance(painter := house.engines.named(engine), Painter):
        painter.understand()


def _uploaded(house: Pentagram, file: Path, by: Account) -> UUID:
    return house.uploads.take(_bytes_of(file), by=by).id


def _painted(house: Pentagram, prompt: str, options: Options, by: Account) -> Request:
    request = house.studio.request(prompt, options, by=by, token=secrets.token_urlsafe(12))
    ids = [str(request.id), *(str(creation.id) for creation in request.creations)]
    _finish(house, "Painting", lambda: house.jobs.unfinished(house.db, about=ids))
    return house.studio.watch(request.id, by=by)


def _say_picture(request: Request, creation: Creation, file: Path | None, as_json: bool) -> None:
    value = {
        "id": str(creation.id), "seed": creation.seed, "engine": creation.engine, "ms": creation.paint_ms,
        "state": creation.state, "file": file and str(file),
    }  # fmt: skip
    outcome = f"{creation.paint_ms} ms" if creation.state == "ready" else creation.state
    text = f"{creation.id}  seed {creation.seed}  {creation.engine or request.engine}  {outcome}"
    say(value, f"{text}  {file}" if file else text, as_json)


def _written(house: Pentagram, creation: Creation, folder: Path | None) -> Path | None:
    if folder is None or creation.state != "ready" or creation.picture_key is None:
        return None
    file = folder / f"{creation.id}{Path(creation.picture_key).suffix}"
    try:
        file.write_bytes(house.storage.get(creation.picture_key))
    except OSError as error:
        raise UserError(f"{file} cannot be written: {error.strerror}.") from None
    return file


def _brought(house: Pentagram, path: Path, by: Account, private: bool) -> Import:
    with packed(path) as file:
        begun = house.importing.begin(path.absolute().name, file, by=by, private=private, by_operator=True)

    def look() -> tuple[int, int] | None:
        seen = house.importing.get(begun.id, by=by)
        unread = any(house.jobs.unfinished(house.db, task=task) for task in ("embed", "read_posts"))
        is_over = not seen.is_unfinished and not unread
        return None if is_over else (seen.total - seen.left, seen.total)

    _understand(house, None)
    _work_on(house, "Bringing along", look)
    return house.importing.get(begun.id, by=by)


def _items(house: Pentagram, brought: Import, by: Account) -> Iterator[Item]:
    page = house.importing.items(brought.id, by=by)
    yield from page.items
    while page.next:
        page = house.importing.items(brought.id, by=by, after=page.next)
        yield from page.items


def _say_item(item: Item, as_json: bool) -> None:
    if item.reason:
        typer.echo(f"{item.name}: {item.reason}", err=True)
    if item.creation_id is not None:
        post_id, creation_id = item.post_id and str(item.post_id), str(item.creation_id)
        value = {"id": item.told_id, "post_id": post_id, "creation_id": creation_id}
        say(value, f"{item.name}  {f'post {post_id}' if post_id else f'picture {creation_id}'}", as_json)


def _exported(house: Pentagram, by: Account) -> Export:
    begun = house.exporting.begin(by=by)

    def look() -> tuple[int, int] | None:
        seen = house.exporting.get(begun.id, by=by)
        return (seen.done, seen.total) if seen.is_unfinished else None

    _work_on(house, "Taking along", look)
    export = house.exporting.get(begun.id, by=by)
    if export.state == "failed":
        raise Unavailable(export.note)
    return export


def _copy(house: Pentagram, export: Export, by: Account, out: Path) -> None:
    """Whole or not at all."""
    unfinished = out.with_name(f"{out.name}.unfinished")
    try:
        with house.exporting.open(export.id, by=by) as archive, unfinished.open("wb") as file:
            shutil.copyfileobj(archive, file)
        unfinished.replace(out)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise UserError(f"{out} cannot be written: {error.strerror}.") from None


def _one_or_many(one: str | None, file: typer.FileText | None, field: str) -> list[tuple[object, str]]:
    """What was given on the command line, or each line of the file, with its id."""
    if (one is None) == (file is None):
        raise typer.BadParameter(f"Give either {field.upper()} or --file.")
    return [(None, one)] if one is not None else list(_lines(file, field))


def _lines(file: Any, field: str) -> Iterator[tuple[object, str]]:
    try:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield _entry(line, field, f"Line {number} of {file.name}")
    except UnicodeDecodeError:
        raise UserError(f"{file.name} is not written in UTF-8.") from None


def _entry(line: str, field: str, where: str) -> tuple[object, str]:
    try:
        entry = json.loads(line)
    except ValueError:
        entry = None
    if not isinstance(entry, dict) or not isinstance(entry.get(field), str):
        raise UserError(f'{where} is no JSON object with a text "{field}".')
    return entry.get("id"), entry[field]


if __name__ == "__main__":
    app()
