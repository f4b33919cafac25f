"""What somebody typed into the search box, taken apart: words, "phrases", -words, and conditions such as `by:mira`."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Literal, get_args

from services.community.posts import checked_tags
from services.errors import UserError
from services.text import clean

Kind = Literal["people", "residents"]

LONGEST_QUERY = 500
MOST_WORDS = 32
QUOTES = str.maketrans("“”„«»″＂", '"' * 7)
PIECE = re.compile(r'(?P<no>-)?(?:(?P<name>[a-z]+):(?=\S))?(?:"(?P<quoted>[^"]*)"|(?P<bare>\S+))', re.IGNORECASE)
DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True)
class Query:
    typed: str
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    """All of them; of `by` and `models` one is enough."""
    models: tuple[str, ...] = ()
    kind: Kind | None = None
    after: datetime | None = None
    before: datetime | None = None
    text: str = field(default="")
    """What is asked for in words, without the conditions."""

    @property
    def has_conditions(self) -> bool:
        wanted = (self.phrases, self.without, self.by, self.tags, self.models, self.kind, self.after, self.before)
        return any(wanted)


def parse(typed: str) -> Query:
    """`UserError` where nothing is asked for, too much, or a day that is in no calendar. An operator that is none is
    searched for as a word."""
    typed = clean(typed, most=LONGEST_QUERY, what="What you search for", newlines=False)
    query = Query(typed)
    for piece in PIECE.finditer(typed.translate(QUOTES)):
        query = _with(query, piece)
    query = replace(query, text=" ".join(query.text.split()), words=query.words[:MOST_WORDS])
    if not query.text and not query.has_conditions:
        raise UserError("Write what you are looking for.")
    return query


def _with(query: Query, piece: re.Match[str]) -> Query:
    name, quoted = (piece["name"] or "").lower(), piece["quoted"]
    value = (piece["bare"] or "").replace('"', " ") if quoted is None else quoted
    if piece["no"]:
        return _without(query, value)
    if name in CONDITIONS and value.strip() and (narrowed := CONDITIONS[name](query, value.strip())) is not None:
        return narrowed
    if quoted is not None and not name:
        return _phrase(query, quoted)
    return _words(query, f"{piece['name']} {value}" if piece["name"] else value)


def _words(query: Query, value: str) -> Query:
    found = tuple(word for word in value.split() if any(map(str.isalnum, word)))
    return replace(query, words=(*query.words, *found), text=f"{query.text} {' '.join(found)}")


def _phrase(query: Query, value: str) -> Query:
    if not any(map(str.isalnum, value)):
        return query
    return replace(query, phrases=(*query.phrases, value), text=f"{query.text} {value}")


def _without(query: Query, value: str) -> Query:
    return replace(query, without=(*query.without, value)) if any(map(str.isalnum, value)) else query


def _by(query: Query, value: str) -> Query:
    return replace(query, by=(*query.by, value.lstrip("@").lower()))


def _tag(query: Query, value: str) -> Query | None:
    try:
        return replace(query, tags=(*query.tags, *checked_tags([value])))
    except UserError:
        return None


def _model(query: Query, value: str) -> Query:
    return replace(query, models=(*query.models, value))


def _kind(query: Query, value: str) -> Query | None:
    kind = next((kind for kind in get_args(Kind) if kind == value.lower()), None)
    return None if kind is None else replace(query, kind=kind)


def _after(query: Query, value: str) -> Query | None:
    return replace(query, after=_first_moment(value)) if value[0].isdigit() else None


def _before(query: Query, value: str) -> Query | None:
    return replace(query, before=_first_moment(value)) if value[0].isdigit() else None


CONDITIONS: dict[str, Callable[[Query, str], Query | None]] = {
    "by": _by, "tag": _tag, "model": _model, "kind": _kind, "after": _after, "before": _before,
}  # fmt: skip
"""None where the value makes it no condition: `after:dark` are two words."""


def _first_moment(value: str) -> datetime:
    """Of a day, a month or a year, UTC."""
    parts = DAY.fullmatch(value)
    try:
        day = date(*(int(part or 1) for part in parts.groups()))  # type: ignore[union-attr]
    except (AttributeError, ValueError):
        raise UserError(f"“{value}” is no day: write it like 2026-05-31, 2026-05 or 2026.") from None
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def shown(query: Query) -> Iterator[tuple[str, str]]:
    """The conditions with their names, as a page shows them."""
    yield from (("by", name) for name in query.by)
    yield from (("tag", tag) for tag in query.tags)
    yield from (("model", model) for model in query.models)
    if query.kind:
        yield "kind", query.kind
    for name, moment in (("after", query.after), ("before", query.before)):
        if moment is not None:
            yield name, moment.date().isoformat()


def with_condition(typed: str, name: str, value: str) -> str:
    """The same query with one more condition."""
    if any(_is_condition(piece, name, value) for piece in PIECE.finditer(typed.translate(QUOTES))):
        return typed
    written = f'{name}:"{value}"' if " " in value else f"{name}:{value}"
    return f"{typed.strip()} {written}".strip()


def without_condition(typed: str, name: str, value: str) -> str:
    """The same query without a condition, however it was written."""
    pieces = PIECE.finditer(typed.translate(QUOTES))
    return " ".join(piece.group() for piece in pieces if not _is_condition(piece, name, value))


def _is_condition(piece: re.Match[str], name: str, value: str) -> bool:
    if piece["no"] or (piece["name"] or "").lower() != name:
        return False
    narrowed = _with(Query(""), piece)
    return (name, value) in set(shown(narrowed))


def first_id(moment: datetime) -> str:
    """No post from then on has a smaller id: ids begin with the milliseconds."""
    milliseconds = max(0, calendar.timegm(moment.utctimetuple()) * 1000)
    return f"{min(milliseconds, 2**48 - 1):012x}{'0' * 20}"
