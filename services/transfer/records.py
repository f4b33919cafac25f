"""A large JSON document read a record at a time, whoever wrote it."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from services.errors import UserError

LONGEST_RECORD = 1024**2
"""Characters."""
CHUNK = 64 * 1024
SPACE = " \t\r\n"
ENDS = {*SPACE, *",:]}"}
"""What follows a value. Until one of these is seen it may go on: 1 may be the beginning of 1.5."""


class Records:
    """The members of one JSON object as (name, value), of a list each element by itself under the list's name. Never
    more than one record is in memory. `UserError` with the sentence where the document is no such object, or where a
    record is too long."""

    def __init__(self, file: BinaryIO, sentence: str) -> None:
        self._read = codecs.getreader("utf-8")(file).read
        self._sentence = sentence
        self._decode = json.JSONDecoder().raw_decode
        self._text = ""
        self._place = 0

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        try:
            yield from self._members()
        except (ValueError, RecursionError) as error:
            raise UserError(self._sentence) from error

    def _members(self) -> Iterator[tuple[str, Any]]:
        self._take("{")
        while not self._passed("}"):
            name = self._value()
            self._take(":")
            for value in self._elements() if self._passed("[") else (self._value(),):
                yield str(name), value
            self._passed(",")

    def _elements(self) -> Iterator[Any]:
        while not self._passed("]"):
            yield self._value()
            self._passed(",")

    def _value(self) -> Any:
        self._next()
        while True:
            try:
                value, end = self._decode(self._text, self._place)
            except ValueError:
                end = None
            if end is not None and self._text[end : end + 1] in ENDS:
                self._place = end
                return value
            if len(self._text) - self._place > LONGEST_RECORD or not self._more():
                raise ValueError("A record that is too long, cut off, or no JSON.")

    def _take(self, wanted: str) -> None:
        if not self._passed(wanted):
            raise ValueError(f"There is no {wanted} where one has to be.")

    def _passed(self, wanted: str) -> bool:
        """Whether that comes next; then it is behind us."""
        is_next = self._next() == wanted
        self._place += is_next
        return is_next

    def _next(self) -> str:
        """The next character that is no space; nothing at the end of the document."""
        while True:
            while self._place < len(self._text) and self._text[self._place] in SPACE:
                self._place += 1
            if self._place < len(self._text) or not self._more():
                return self._text[self._place : self._place + 1]

    def _more(self) -> bool:
        fresh = self._read(CHUNK)
        self._text = self._text[self._place :] + fresh
        self._place = 0
        return bool(fresh)
