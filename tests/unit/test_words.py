"""How moments and texts are put."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from components.words import ago, counted, duration, first_line, plain, plain_name

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-5, "just now"), (59, "just now"), (60, "1 min ago"), (3599, "59 min ago"), (3600, "1 h ago"),
     (86399, "23 h ago"), (86400, "yesterday"), (2 * 86400, "2 days ago"), (8 * 86400, "12 November 2026")],
)  # fmt: skip
def test_a_moment_is_told_as_one_would_say_it(seconds, words):
    assert ago(NOW - timedelta(seconds=seconds), NOW) == words


def test_a_long_text_ends_in_dots_and_never_grows():
    assert first_line("short\n\n text") == "short text"
    assert len(first_line("word " * 100)) <= 90
    assert first_line("word " * 100).endswith("…")


def test_underscores_in_a_name_are_no_markup():
    assert plain_name("_a_b_") == r"\_a\_b\_"


def test_one_is_not_many():
    assert [counted(number, "like") for number in (0, 1, 2)] == ["0 likes", "1 like", "2 likes"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.2, "1 s"), (42, "42 s"), (60, "1 min"), (119 * 60, "119 min"), (2 * 3600, "2 h"), (986 * 60, "16 h")],
)
def test_how_long_something_takes_is_told_roughly(seconds, words):
    assert duration(seconds) == words


@pytest.mark.parametrize(
    ("typed", "means"),
    [("**bold**", "**"), (":red[red]", ":red["), (":material/delete:", ":material/"), ("[x](y)", "]("),
     ("$x^2$", "$x"), ("a -> b", "->"), ("www.a.com", "www."), ("mail a@b.co", "a@")],
)  # fmt: skip
def test_what_was_typed_means_nothing_in_a_label_and_reads_as_it_was(typed, means):
    label = plain(typed)

    assert re.search(rf"(?<!\\){re.escape(means)}", label) is None
    assert label.replace("\\", "").replace("\u2060", "") == typed
