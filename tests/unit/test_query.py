"""What somebody typed is taken apart as they meant it, whatever they typed."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.discovery.query import (
    LONGEST_QUERY,
    MOST_WORDS,
    Query,
    first_id,
    parse,
    shown,
    with_condition,
    without_condition,
)
from services.errors import UserError


def test_words_phrases_and_conditions_stand_side_by_side():
    query = parse(
        'red fox "in the snow" -cat by:@Mira tag:#Winter model:flux kind:residents after:2026-05 before:2026-06-02'
    )

    assert query.words == ("red", "fox")
    assert query.phrases == ("in the snow",)
    assert query.without == ("cat",)
    assert (query.by, query.tags, query.models, query.kind) == (("mira",), ("winter",), ("flux",), "residents")
    assert query.after == datetime(2026, 5, 1, tzinfo=UTC)
    assert query.before == datetime(2026, 6, 2, tzinfo=UTC)
    assert query.text == "red fox in the snow", "the model is not asked about conditions"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("colour:red fox", ("colour", "red", "fox")),
        ("kind:cats", ("kind", "cats")),
        ("after:dark", ("after", "dark")),
        ("tag:", ("tag:",)),
        ('"unbalanced fox', ("unbalanced", "fox")),
        ("fox & (dog | !cat) <-> :*", ("fox", "(dog", "!cat)")),
        ("http://example.com", ("http", "//example.com")),
    ],
)
def test_what_is_no_operator_is_a_word(typed, words):
    assert parse(typed).words == words


def test_typographic_quotes_are_quotes():
    assert parse("“blue hour”").phrases == parse("„blue hour“").phrases == ("blue hour",)


@pytest.mark.parametrize("typed", ["", "   ", "\0", '""', "&|!()", "-", '-""', ":::", "🦊"])
def test_a_query_of_nothing_is_a_sentence(typed):
    with pytest.raises(UserError, match="Write what you are looking for"):
        parse(typed)


def test_a_query_that_only_leaves_out_is_one():
    assert parse("-fox").without == ("fox",)


@pytest.mark.parametrize("day", ["2026-13-45", "2026-02-30", "0000", "20260501", "99999"])
def test_a_day_in_no_calendar_is_a_sentence_that_says_how_to_write_one(day):
    with pytest.raises(UserError, match="write it like 2026-05-31"):
        parse(f"fox after:{day}")


def test_too_long_a_query_is_a_sentence():
    with pytest.raises(UserError, match=f"longer than {LONGEST_QUERY}"):
        parse("x" * 10_000)
    assert len(parse("x " * 240).words) == MOST_WORDS


@given(st.text(max_size=600))
def test_anything_is_a_query_or_a_sentence(typed):
    query = None
    with suppress(UserError):
        query = parse(typed)
    if query is not None:
        assert query.text or query.has_conditions
        assert all(any(map(str.isalnum, word)) for word in query.words)


@pytest.mark.parametrize(
    ("name", "value"), [("tag", "cat"), ("model", "Flux 2 Klein"), ("kind", "people"), ("by", "mira")]
)
def test_a_condition_put_in_is_there_and_taken_out_is_gone(name, value):
    narrowed = with_condition("red fox", name, value)

    assert list(shown(parse(narrowed))) == [(name, value)]
    assert with_condition(narrowed, name, value) == narrowed
    assert without_condition(narrowed, name, value) == "red fox"


def test_only_the_condition_that_is_meant_is_taken_out():
    assert without_condition('tag:cat "a tag" -tag:cat tag:#Dog', "tag", "dog") == 'tag:cat "a tag" -tag:cat'


def test_no_post_of_a_day_has_a_smaller_id_than_its_first():
    assert first_id(datetime(2026, 5, 1, tzinfo=UTC)) < first_id(datetime(2026, 5, 2, tzinfo=UTC))
    assert first_id(datetime(1, 1, 1, tzinfo=UTC)) == "0" * 32


def test_a_query_without_conditions_has_none():
    assert list(shown(Query("fox"))) == []
