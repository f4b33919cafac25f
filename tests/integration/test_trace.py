"""The whole trace of the society, as lines of JSON and as a file of SQLite."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

import pytest

from tests.fakes.town_of_residents import BEGAN, Diary, hours, settle


@pytest.fixture
def diary(house, clock):
    settle(house, "salt", "wren")
    diary = Diary(house)
    liked = diary.act("salt", "like", other="wren", reasons={"interest": 0.4, "topic": "foxes"})
    diary.act("wren", "rest", at=BEGAN + hours(5))
    diary.remember("salt", "Wren liked “it”.", about="wren")
    diary.meet("salt", "wren", 0.5)
    diary.spend("salt", at=clock.now(), tokens=120, usd=0.002, action=liked)
    return diary


COUNTS = {"residents": 2, "actions": 2, "memories": 1, "ties": 1, "spending": 1}


def of(table, lines):
    return [line for line in map(json.loads, lines) if line["table"] == table]


def test_each_line_is_a_row_with_its_table_and_nothing_is_left_out(house, diary):
    lines = list(house.trace.lines())

    assert {table: len(of(table, lines)) for table in COUNTS} == COUNTS
    liked, _ = of("actions", lines)
    assert (liked["name"], liked["other"], liked["reasons"]) == ("salt", "wren", {"interest": 0.4, "topic": "foxes"})
    assert liked["happened_at"] == "2030-01-01T06:00:00+00:00"
    assert of("residents", lines)[0]["persona"]["voice"]["manner"] == "dry"
    assert of("spending", lines)[0]["usd"] == 0.002
    assert of("memories", lines)[0]["body"] == "Wren liked “it”."
    assert all(line.endswith("\n") for line in lines)


def test_the_same_rows_stand_in_sqlite_where_reasons_can_be_asked_for(house, diary, tmp_path):
    file = tmp_path / "trace.sqlite"

    assert house.trace.sqlite(file) == COUNTS

    with closing(sqlite3.connect(file)) as sqlite:
        found = sqlite.execute(
            """select r.display_name, x.kind, json_extract(x.reasons, '$.topic'), s.tokens
            from actions x join residents r using (account_id) join spending s on s.action_id = x.id"""
        ).fetchall()
        settled = sqlite.execute("select settled, usd from spending").fetchone()
    assert found == [("Salt", "like", "foxes", 120)]
    assert settled == (1, 0.002)


def test_since_a_time_of_the_society_there_is_only_what_came_later_and_what_it_cost(house, diary):
    lines = list(house.trace.lines(since=BEGAN + hours(1)))

    assert [row["kind"] for row in of("actions", lines)] == ["rest"]
    assert of("memories", lines) == of("ties", lines) == of("spending", lines) == []
    assert len(of("residents", lines)) == 2


def test_a_trace_is_of_one_moment_however_long_it_is_read(house, diary):
    lines = house.trace.lines()
    first = next(lines)

    diary.act("wren", "save")

    assert len(of("actions", [first, *lines])) == 2


def test_of_an_empty_society_there_is_an_empty_trace(house, tmp_path):
    assert list(house.trace.lines()) == []
    assert set(house.trace.sqlite(tmp_path / "trace.sqlite").values()) == {0}
