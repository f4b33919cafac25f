"""How evenly views are spread, where that is known beforehand."""

from __future__ import annotations

import numpy as np
import pytest

from services.discovery.recommendations.fairness import spread


def test_where_all_are_shown_alike_gini_is_nothing_and_the_curve_is_straight():
    told = spread({7: 40})

    assert told.gini == pytest.approx(0)
    assert told.top_tenth == pytest.approx(0.1)
    assert all(seen == pytest.approx(makers) for makers, seen in told.curve)


def test_where_one_of_a_hundred_has_it_all_gini_is_nearly_one():
    told = spread({0: 99, 500: 1})

    assert told.gini == pytest.approx(0.99)
    assert (told.makers, told.shown) == (100, 1)
    assert told.top_tenth == pytest.approx(1)


def test_of_one_two_three_and_so_on_gini_is_what_the_formula_says():
    views = np.arange(1, 101)

    # Half the mean difference of any two, over the mean.
    differences = np.abs(views[:, None] - views[None, :]).mean()
    assert spread(dict.fromkeys(views.tolist(), 1)).gini == pytest.approx(differences / 2 / views.mean())


def test_half_of_the_makers_with_a_tenth_of_the_views_is_a_point_of_the_curve():
    told = spread({1: 50, 9: 50})

    assert np.interp(0.5, *zip(*told.curve, strict=True)) == pytest.approx(0.1, abs=0.005)
    assert told.curve[0] == (0, 0)
    assert told.curve[-1] == (1, pytest.approx(1))


def test_where_nothing_was_shown_there_is_nothing_to_say():
    assert spread({}) is None
    assert spread({0: 12}) is None
