"""Why a resident did something, in a sentence."""

from __future__ import annotations

import pytest

from services.residents.reasons import sentence, terms


@pytest.mark.parametrize(
    ("state", "reasons", "said"),
    [
        ("done", {}, ""),
        ("done", {"tie": 0.4, "interest": 0.9, "mood": 0.1, "topic": "foxes"},
         "Because it is about foxes and they know who made it."),
        ("done", {"mood": -0.6}, "Because they are in low spirits."),
        ("done", {"interest": 0.3}, "Because it is about something that they are into."),
        ("done", {"utility": 2.0, "chance": 0.01, "tag": True}, ""),
        ("done", {"why": "Third of a series on tide pools", "interest": 0.9}, "Third of a series on tide pools."),
        ("planned", {"interest": 0.3, "topic": "foxes"}, "About to happen: because it is about foxes."),
        ("waiting", {"why": "Third of a series."}, "Waiting for the picture. Third of a series."),
        ("dropped", {"dropped": "No room in this hour's budget"}, "Not done. No room in this hour's budget."),
        ("dropped", {}, "Not done."),
    ],
)  # fmt: skip
def test_it_names_what_counted_most_or_takes_the_decisions_own_words(state, reasons, said):
    assert sentence(state, reasons) == said


def test_what_counted_is_listed_by_weight_and_what_it_came_to_stands_last():
    told = terms({"utility": 1.1, "mood": -0.2, "interest": 0.9, "how_far_away": 0.3, "topic": "foxes"})

    assert told == [("What it is about", 0.9), ("How far away", 0.3), ("Mood", -0.2), ("All together", 1.1)]
