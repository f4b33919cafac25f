"""Why a resident did something, in a sentence."""

from __future__ import annotations

import numpy as np
import pytest

from services.residents.mind import Sight, choose
from services.residents.reasons import listed, sentence
from tests.fakes.town_of_residents import persona


@pytest.mark.parametrize(
    ("kind", "state", "reasons", "said"),
    [
        ("like", "done", {}, ""),
        ("like", "done", {"appeal": 0.8, "topic": "foxes", "tie": 0.6, "mood": 0.4, "probability": 0.72},
         "Very much about foxes, by a friend, in good spirits, 72% likely."),
        ("save", "done", {"appeal": 0.2, "topic": "foxes", "tie": 0.2, "mood": -0.4, "probability": 0.004},
         "Somewhat about foxes, by somebody they know, in low spirits, less than 1% likely."),
        ("like", "done", {"appeal": 0.0, "tie": 0.0, "mood": 0.1, "probability": 0.04},
         "On a whim, 4% likely."),
        ("answer", "done", {"appeal": 0.0, "tie": 0.5, "probability": 0.6}, "To a friend."),
        ("answer", "done", {"appeal": 0.0, "tie": 0.0, "probability": 0.6}, "Somebody spoke to them."),
        ("post", "done", {"why": "Third of a series on tide pools", "mood": 0.3}, "Third of a series on tide pools."),
        ("post", "done", {"why": "A wish", "wished_by": "tom"}, "A wish. tom wished for it."),
        ("post", "done", {"mood": 0.1}, ""),
        ("post", "waiting", {"why": "Third of a series."}, "Third of a series."),
        ("post", "dropped", {"dropped": "The hour's budget for pictures was used up."},
         "Not done. The hour's budget for pictures was used up."),
        ("like", "dropped", {}, "Not done."),
        ("look", "done", {"looked_at": 9, "did": 2, "best_topic": "foxes"},
         "Saw 9 pictures, best of all something about foxes, and did something 2 times."),
        ("look", "done", {"looked_at": 0}, "There was nothing new to see."),
        ("face", "done", {"because": "they have no picture of themselves yet"},
         "They have no picture of themselves yet."),
    ],
)  # fmt: skip
def test_it_says_what_counted_or_takes_the_words_that_were_found_for_it(kind, state, reasons, said):
    assert sentence(kind, state, reasons) == said


def test_all_that_a_decision_goes_by_is_listed_by_names_for_people():
    choice = choose("like", Sight(0.8, "foxes", 0.5), persona("salt"), 0.2, np.random.default_rng(1))

    told = dict(listed(choice.reasons))

    assert len(told) == len(choice.reasons)
    assert told["Which it has for"] == "foxes"
    assert told["Probability"] == f"{choice.probability:.0%}"
