"""The archive of an account: a zip with `account.json` and the picture files.

The document is one JSON object: `format` and `version`, `exported_at`, `profile`, then lists of records, the oldest
first, a record a line. Whoever reads it needs no more than one of them at a time. docs/operating.md tells each field.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from pydantic import AwareDatetime, BaseModel, Field, ValidationError

from services.errors import UserError
from services.transfer.entries import Entry, shown
from services.transfer.records import Records
from services.transfer.zips import ANY_SIZE, SafeZip, damage_told

FORMAT = "pentagram-account"
VERSION = 1
DOCUMENT = "account.json"
MOST_PICTURES = 10

UNREADABLE = f"{DOCUMENT} in this archive cannot be read. Take the archive as it was exported."
NEWER = f"This archive is of a newer version than {VERSION}, which cannot be read here yet."
LACKING = "Its picture is not in the archive."
TAKEN_DOWN = "A moderator took this post down."


class ToldCreation(BaseModel):
    id: str = Field(max_length=100)
    position: int = Field(0, ge=0, lt=MOST_PICTURES)
    seed: int = Field(0, ge=0, lt=2**32)
    state: str
    file: str | None = None
    model: str = ""
    sensitive: bool = False
    rating: int | None = Field(None, ge=1, le=5)


class ToldOptions(BaseModel):
    guidance: float | None = Field(default=None, ge=0, le=1_000)
    strength: float | None = Field(default=None, ge=0, le=1)
    style: str = ""
    steps: int | None = Field(default=None, ge=1, le=10_000)


class ToldPrompt(BaseModel):
    id: str = Field(max_length=100)
    prompt: str
    negative: str = ""
    width: int = Field(768, ge=1, le=100_000)
    height: int = Field(768, ge=1, le=100_000)
    model: str = ""
    options: ToldOptions = Field(default_factory=ToldOptions)
    sensitive: bool = False
    favourite: bool = False
    parent: str | None = None
    created_at: AwareDatetime
    creations: list[ToldCreation] = []


class ToldPicture(BaseModel):
    creation: str
    alt: str = ""


class ToldPost(BaseModel):
    id: str = Field(max_length=100)
    caption: str = ""
    tags: list[str] = []
    visibility: str
    shows_prompt: bool = True
    takes_comments: bool = True
    remix_of: str | None = None
    removed: bool = False
    pictures: list[ToldPicture] = Field(max_length=MOST_PICTURES)
    created_at: AwareDatetime


@dataclass
class _Places:
    """Where what the document calls by an id stands among the entries."""

    next: int = 0
    prompts: dict[str, int] = field(default_factory=dict)
    pictures: dict[str, int] = field(default_factory=dict)
    posts: dict[str, int] = field(default_factory=dict)


class AccountArchive:
    """An archive to bring along, with a place in it for everything that refers to something else."""

    def __init__(self, archive: SafeZip) -> None:
        self._zip = archive

    @staticmethod
    def is_one(archive: SafeZip) -> bool:
        return DOCUMENT in archive.numbers

    def picture(self, payload: Mapping[str, Any]) -> bytes:
        return self._zip.read(payload["entry"])

    def entries(self) -> Iterator[Entry]:
        places = _Places()
        for section, told in self._records():
            for entry in self._of_record(section, told, places):
                places.next += 1
                yield entry

    def _records(self) -> Iterator[tuple[str, Any]]:
        known: dict[str, Any] = {}
        with self._zip.opened(self._zip.numbers[DOCUMENT], largest=ANY_SIZE) as file, damage_told():
            for section, told in Records(file, UNREADABLE):
                if section in {"format", "version"}:
                    known[section] = told
                else:
                    _check_version(known)
                    yield section, told

    def _of_record(self, section: str, told: Any, places: _Places) -> Iterable[Entry]:
        if section == "prompts":
            return self._of_prompt(told, places)
        return [_of_post(told, places)] if section == "posts" else []

    def _of_prompt(self, told: Any, places: _Places) -> Iterator[Entry]:
        try:
            prompt = ToldPrompt.model_validate(told)
        except ValidationError as error:
            yield Entry("picture", "A prompt", state="failed", reason=_explained(error))
            return
        parent = places.prompts.get(prompt.parent or "")
        first = places.prompts.setdefault(prompt.id, places.next)
        for creation in prompt.creations:
            if creation.state == "ready":
                places.pictures.setdefault(creation.id, places.next)
                yield self._of_creation(prompt, creation, {"request": first, "parent": parent})

    def _of_creation(self, prompt: ToldPrompt, creation: ToldCreation, refers: Mapping[str, int | None]) -> Entry:
        name, number = shown(prompt.prompt), self._zip.numbers.get(creation.file or "")
        reason = LACKING if number is None else self._zip.refusal(number)
        if reason:
            return Entry("picture", name, told_id=creation.id, state="failed", reason=reason)
        payload = {
            "entry": number,
            "prompt": prompt.model_dump(mode="json", exclude={"id", "parent", "creations"}),
            "creation": creation.model_dump(mode="json", exclude={"id", "file", "state"}),
        }
        return Entry("picture", name, payload | dict(refers), creation.id)


def _of_post(told: Any, places: _Places) -> Entry:
    try:
        post = ToldPost.model_validate(told)
    except ValidationError as error:
        return Entry("post", "A post", state="failed", reason=_explained(error))
    name, original = shown(post.caption or "A post"), places.posts.get(post.remix_of or "")
    places.posts.setdefault(post.id, places.next)
    if post.removed:
        return Entry("post", name, told_id=post.id, state="failed", reason=TAKEN_DOWN)
    payload = {
        "post": post.model_dump(mode="json", exclude={"id", "removed", "remix_of", "pictures"}),
        "pictures": [[places.pictures.get(picture.creation), picture.alt] for picture in post.pictures],
        "remix_of": original,
    }
    return Entry("post", name, payload, post.id)


def _check_version(known: Mapping[str, Any]) -> None:
    version = known.get("version")
    if known.get("format") != FORMAT or not isinstance(version, int) or version < 1:
        raise UserError(UNREADABLE)
    if version > VERSION:
        raise UserError(NEWER)


def _explained(error: ValidationError) -> str:
    first = error.errors()[0]
    where = ".".join(map(str, first["loc"]))
    return f"{DOCUMENT} tells it in a way that cannot be read ({shown(where)}: {first['msg']})."


def write_document(file: IO[bytes], head: Mapping[str, Any], lists: Iterable[tuple[str, Iterable[str]]]) -> None:
    """The document into a file: its head, then each list of records, which are JSON already."""
    opening = json.dumps({"format": FORMAT, "version": VERSION, **head}, ensure_ascii=False, indent=1)
    file.write(opening.removesuffix("\n}").encode())
    for name, records in lists:
        file.write(f",\n{json.dumps(name)}: [".encode())
        for number, record in enumerate(records):
            file.write(f"{',' if number else ''}\n{record}".encode())
        file.write(b"\n]")
    file.write(b"\n}\n")
