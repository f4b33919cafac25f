"""The place in a list, as a word that comes back from an address."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from uuid import UUID

import pytest

from services.errors import NotFound
from services.pages import cursor, page_of, place_of

ID = UUID("01a1f89d-5130-7b88-905f-10624d5a0f61")
MOMENT = datetime(2030, 1, 1, 12, 0, 0, 123456, tzinfo=UTC)


def made_of(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


def test_a_place_comes_back_exactly_as_it_was():
    kinds = (float, int, datetime, str, UUID)
    place = [659.1000000000001, -(2**40), MOMENT, "größer / ?", ID]

    assert place_of(cursor(*place), *kinds) == place


def test_the_beginning_of_a_list_is_a_place_without_values():
    assert place_of(None, float, UUID) == [None, None]


@pytest.mark.parametrize(
    "word",
    [
        "", "1", "x" * 501, "../../etc", "'; drop table posts", "\x00", 7, "ä", "====", made_of(), made_of(str(ID)),
        made_of("1.0", "x"), made_of("nan", str(ID)), made_of("inf", str(ID)), made_of(1.0, str(ID)),
        made_of("1.0", str(ID), str(ID)), base64.urlsafe_b64encode(b"[" * 300).decode(),
        base64.urlsafe_b64encode(b'{"0": "1.0"}').decode(), base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
)  # fmt: skip
def test_any_other_word_is_no_page(word):
    with pytest.raises(NotFound, match="There is no such page"):
        place_of(word, float, UUID)


@pytest.mark.parametrize(
    ("kind", "part"),
    [(int, str(2**63)), (int, "1.5"), (datetime, "2030-01-01T00:00:00"), (str, "a\0b"), (str, "\ud800")],
)
def test_what_the_database_could_not_take_is_no_page(kind, part):
    with pytest.raises(NotFound):
        place_of(made_of(part), kind)


@pytest.mark.parametrize(("found", "shown", "more"), [(0, 0, False), (2, 2, False), (3, 3, False), (4, 3, True)])
def test_one_row_too_many_tells_that_there_is_a_next_page(found, shown, more):
    page = page_of(list(range(found)), 3, lambda row: [row])

    assert page.items == list(range(shown))
    assert page.next == (cursor(2) if more else None)
