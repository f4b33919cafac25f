"""Finding the object in what a language model said."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from services.writers.base import Shape

LONGEST_ANSWER = 64_000
MOST_BRACES_TRIED = 200
MOST_COMPLAINTS = 5

_THINKING = re.compile(r"<(think|thinking|reasoning)>.*?(?:</\1>|\Z)", re.DOTALL | re.IGNORECASE)
_THOUGHT = re.compile(r"\A.*</(?:think|thinking|reasoning)>", re.DOTALL | re.IGNORECASE)
_DROPPED = {"title", "default", "minLength", "maxLength", "pattern", "format"}
"""Said by some servers to be no schema of theirs, or so slow in a grammar that nothing comes. We check them."""


class NotUnderstood(Exception):
    """The answer is not of the shape that was asked for; the sentence is for the model. Only this room sees it."""


def read_answer(said: str, into: type[Shape]) -> Shape:
    """The first object that fits, whatever stands round it: thoughts, a code fence, a greeting."""
    complaint = "there was no JSON object in it"
    for found in _objects(without_thoughts(said[:LONGEST_ANSWER])):
        try:
            return into.model_validate(found)
        except ValidationError as error:
            complaint = _complaints(error)
    raise NotUnderstood(complaint)


def without_thoughts(said: str) -> str:
    # The second: some chat templates open the thoughts themselves, so that the answer only closes them.
    return _THOUGHT.sub("", _THINKING.sub("", said))


def schema_of(shape: type[BaseModel]) -> dict[str, Any]:
    """As servers take it: every field asked for, no other allowed, no limits on the length of texts."""
    schema: dict[str, Any] = _plain(shape.model_json_schema())
    return schema


def _objects(said: str) -> Iterator[Any]:
    decoder, start = json.JSONDecoder(), -1
    for _ in range(MOST_BRACES_TRIED):
        start = said.find("{", start + 1)
        if start < 0:
            return
        try:
            found, end = decoder.raw_decode(said, start)
        except (ValueError, RecursionError):
            continue
        start = end - 1
        yield found


def _complaints(error: ValidationError) -> str:
    each = error.errors(include_url=False, include_input=False, include_context=False)[:MOST_COMPLAINTS]
    return "; ".join(f"{'.'.join(map(str, one['loc'])) or 'the object'}: {one['msg']}" for one in each)


def _plain(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_plain(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: _fields(value) if key in ("properties", "$defs") else _plain(value)
            for key, value in schema.items() if key not in _DROPPED}  # fmt: skip
    if "properties" in kept:
        kept |= {"required": list(kept["properties"]), "additionalProperties": False}
    return kept


def _fields(named: dict[str, Any]) -> dict[str, Any]:
    """Names are kept, even those that are words of the schema's own."""
    return {name: _plain(value) for name, value in named.items()}
