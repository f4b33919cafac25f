"""The heart of For you, without a database: what is learned, how a page is drawn, what the log tells."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

import numpy as np
import pytest

from services.discovery.recommendations import interests, judging, scoring
from services.discovery.recommendations.choosing import EVEN, WAYS, choose, mixed
from services.discovery.recommendations.features import AT, SOURCES, Pool, features, nearness, position_term
from services.discovery.recommendations.interests import (
    HALF_LIFE,
    MOST,
    MOST_AT_ONCE,
    Event,
    in_turn,
    learn,
    unit,
    unlearn,
)
from services.discovery.recommendations.judging import Log, doubly_robust, snips
from services.discovery.recommendations.naming import name_of
from services.discovery.recommendations.reasons import Reason, sentence

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
DIMENSIONS = 24


def near(axis, seed=0, spread=0.25):
    """A vector of length one that points along an axis, more or less."""
    noise = np.random.default_rng(seed).normal(0, spread / np.sqrt(DIMENSIONS), DIMENSIONS)
    return unit(np.eye(DIMENSIONS)[axis] + noise)


def event(axis, kind="like", *, seed=0, at=NOW, post=None):
    return Event(post or uuid4(), near(axis, seed), kind, at)


def after(*events):
    held = ()
    for each in events:
        held = learn(held, each)
    return held


def pool(axes, *, makers=None, likes=0, views=0, young=0, age_h=5.0, seed=1):
    count = len(axes)
    numbers = {"likes": likes, "views": views, "young_likes": young, "age_h": age_h}
    columns = {name: np.broadcast_to(np.asarray(value, float), (count,)).copy() for name, value in numbers.items()}
    zero = np.zeros(count)
    return Pool(
        [UUID(int=number) for number in range(count)], makers or [UUID(int=number % 7) for number in range(count)],
        np.array([near(axis, seed + number) for number, axis in enumerate(axes)], float), maker_likes=zero,
        maker_views=zero, together=zero, follows=zero.astype(bool), friends=zero, resident=zero.astype(bool),
        sources=np.zeros((count, len(SOURCES)), bool), **columns,
    )  # fmt: skip


def page(held, candidates, *, length=12, seed=5, beliefs=None, **options):
    chance = np.random.default_rng(seed)
    return choose(held, candidates, beliefs or scoring.prior(), at=NOW, length=length, chance=chance, **options)


def axes_of(picks, axes):
    return [axes[pick.row] for pick in picks]


# Interests -----------------------------------------------------------------------------------------------------------


def test_tastes_that_have_nothing_in_common_stay_several_and_what_is_alike_becomes_one():
    held = after(*(event(axis, seed=number) for number in range(4) for axis in (0, 5)))

    assert len(held) == 2
    assert sorted(int(each.centre.argmax()) for each in held) == [0, 5]
    assert all(each.weight == pytest.approx(4) for each in held)


def test_what_was_liked_fades_and_what_was_pinned_does_not():
    [liked] = after(event(0))
    pinned = replace(liked, state="pinned")

    assert liked.faded(NOW + HALF_LIFE).weight == pytest.approx(0.5)
    assert pinned.faded(NOW + HALF_LIFE).weight == 1


def test_there_are_at_most_so_many_and_the_weakest_makes_room_but_never_a_pinned_one_nor_the_newest():
    first, *others = after(*(event(axis, at=NOW + timedelta(hours=axis)) for axis in range(MOST)))
    held = (replace(first, state="pinned", weight=0.01), *others)

    now = learn(held, event(20, at=NOW + timedelta(hours=20)))

    axes = {int(each.centre.argmax()) for each in now}
    assert len(now) == MOST
    assert {0, 20} < axes
    assert 1 not in axes


def test_a_page_looks_for_the_latest_of_many_and_for_others_by_turns_the_stronger_the_oftener():
    many = after(*(event(axis, at=NOW - timedelta(days=axis)) for axis in range(2, MOST + 1)))
    strong = tuple(replace(each, weight=5.0) if at == 3 else each for at, each in enumerate(many))
    held = learn(strong, event(1))
    chance = np.random.default_rng(3)

    looked = [in_turn(held, NOW, chance) for _ in range(200)]

    counts = Counter(each.id for some in looked for each in some)
    assert {len({each.id for each in some}) for some in looked} == {MOST_AT_ONCE}
    assert counts[held[-1].id] == 200
    assert set(counts) == {each.id for each in held}
    assert counts[held[3].id] > max(count for id_, count in counts.items() if id_ not in (held[3].id, held[-1].id))


def test_of_a_few_a_page_looks_for_each_but_for_nothing_that_is_removed_or_unwanted():
    learned = after(event(1), event(2), event(3, "less"), event(4))
    held = tuple(each.now("removed", NOW) if each.centre.argmax() == 1 else each for each in learned)

    looked = in_turn(held, NOW, np.random.default_rng(3))

    assert {int(each.centre.argmax()) for each in looked} == {2, 4}


def test_a_removed_one_counts_for_nothing_and_learns_nothing():
    [liked] = after(event(0))
    held = learn([replace(liked, state="removed")], event(0, seed=3))

    assert [each.weight for each in held] == [1]
    assert nearness(held, np.array([near(0)], float), NOW).best[0] == 0


def test_a_weakened_one_gives_way_to_others_fades_and_makes_no_room():
    held = after(*(event(axis, seed=number) for number in range(3) for axis in (0, 5)))
    weak = (held[0].now("weak", NOW), held[1])
    shown = Counter(axis for seed in range(10) for axis in axes_of(page(weak, pool(MIXED), seed=seed), MIXED))

    assert shown[0] < shown[5] / 2
    assert weak[0].faded(NOW + HALF_LIFE).weight == pytest.approx(1.5)
    crowded = after(*(event(axis) for axis in range(1, MOST)))
    assert "weak" in {each.state for each in learn([replace(weak[0], weight=0.1), *crowded], event(20))}


def test_a_strengthened_one_counts_double_and_fades_only_from_the_day_on_which_it_is_none_any_more():
    [liked] = after(event(0))
    pinned = liked.now("pinned", NOW)
    later = NOW + 3 * HALF_LIFE

    assert pinned.strength(later) == 2
    assert pinned.now("auto", later).strength(later + HALF_LIFE) == pytest.approx(0.5)


def test_a_step_leads_from_weak_over_what_was_learned_to_strong_and_no_further():
    ups, downs = {"weak": "auto", "auto": "pinned", "pinned": "pinned"}, {"pinned": "auto", "auto": "weak"}

    assert {state: interests.stronger(state) for state in ups} == ups
    assert {state: interests.weaker(state) for state in downs} == downs
    assert interests.stronger("removed") == interests.weaker("removed") == "auto"


def test_unlearning_an_old_event_takes_what_is_left_of_it_and_without_any_there_is_no_interest():
    old, new = event(0, seed=1), event(0, seed=2, at=NOW + HALF_LIFE)
    held = after(old, new)

    [left] = unlearn(held, replace(old, at=NOW + HALF_LIFE))
    assert (held[0].weight, left.weight) == (pytest.approx(1.5), pytest.approx(1.0))
    assert unlearn([left.now("pinned", NOW)], new) == ()


def test_the_same_event_twice_is_one_and_taken_back_it_is_none():
    once = event(0)
    held = learn(after(once), once)
    assert [each.weight for each in held] == [1]

    assert unlearn(held, once) == ()
    assert unlearn((), once) == ()


def test_taking_one_of_several_likes_back_leaves_the_others():
    kept, taken = event(0, seed=1), event(0, seed=2)

    [left] = unlearn(after(kept, taken), taken)

    assert left.weight == pytest.approx(1)
    assert float(left.centre @ kept.vector) > 0.99


def test_less_of_something_weakens_what_was_liked_there_and_undoing_it_restores_that():
    liked, unwanted = [event(0, seed=number) for number in range(4)], event(0, "less", seed=9)
    held = learn(after(*liked), unwanted)
    assert [(each.negative, each.weight) for each in held] == [(False, pytest.approx(2)), (True, 1)]

    [restored] = unlearn(held, unwanted)
    assert restored.weight == pytest.approx(4)


def test_who_likes_after_all_what_they_wanted_less_of_is_believed():
    held = learn(after(event(0, "less")), event(0, "save", seed=4))

    assert [each.negative for each in held] == [False]


def test_what_an_event_does_not_touch_stays_the_very_same_object():
    held = after(event(0), event(5))
    now = learn(held, event(5, seed=3, at=NOW + timedelta(days=3)))

    assert now[0] is held[0]
    assert now[1] is not held[1]


def test_one_event_is_learned_in_a_moment():
    held = after(*(event(axis % 24, seed=axis) for axis in range(40)))
    begun = datetime.now(UTC)
    for number in range(100):
        learn(held, event(number % 24, seed=number))

    assert (datetime.now(UTC) - begun) / 100 < timedelta(milliseconds=20)


# What they are called ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (["a red fox in the snow", "foxes in snow", "fox, snow, forest"], "Fox, snow"),
        (["a lighthouse on a cliff at dusk, calm sea, first stars"], "A lighthouse on a cliff at dusk"),
        (["ein Fuchs im Schnee", "der Fuchs und der Schnee"], "Fuchs, schnee"),
        (["猫が寝る"], "猫が寝る"),
        (["a whale in the night sea under a full moon"], "A whale in the night sea under a…"),
        (["", " "], "Pictures without words"),
        (["8 9", "7 5"], "8 9"),
    ],
)
def test_an_interest_is_named_by_what_its_posts_share_or_as_the_only_one_begins(texts, name):
    assert name_of(texts, {"fox": 3, "snow": 8, "red": 1}, 100) == name


def test_words_that_many_posts_have_come_last_in_a_name():
    assert name_of(["a boat at sea, detailed"] * 2, {"detailed": 900, "boat": 9, "sea": 20}, 1000) == (
        "Boat, sea, detailed"
    )


# A page --------------------------------------------------------------------------------------------------------------

MIXED = [number % 8 for number in range(80)]


def test_a_page_goes_by_all_that_somebody_likes_and_still_has_something_else():
    held = after(*(event(axis, seed=number) for number in range(3) for axis in (0, 5)))

    shown = Counter(axis for seed in range(20) for axis in axes_of(page(held, pool(MIXED), seed=seed), MIXED))

    assert shown[0] + shown[5] > 0.6 * 240
    assert min(shown[0], shown[5]) > 40
    assert sum(shown[axis] for axis in (1, 2, 3, 4, 6, 7)) > 12


def test_less_like_this_drops_at_least_four_fifths_of_what_is_near_from_the_next_page():
    held = after(*(event(axis, seed=number) for number in range(3) for axis in (0, 5)))
    before = [axis for seed in range(20) for axis in axes_of(page(held, pool(MIXED), seed=seed), MIXED)]

    held = learn(held, event(0, "less", seed=77))
    then = [axis for seed in range(20) for axis in axes_of(page(held, pool(MIXED), seed=seed), MIXED)]

    assert then.count(0) <= 0.2 * before.count(0)


def test_where_nothing_else_is_left_even_what_is_unwanted_is_shown():
    held = after(event(0, "less"))

    assert len(page(held, pool([0] * 5))) == 5


@pytest.mark.parametrize(("surprise", "least", "most"), [(0.0, 0, 0.1), (0.5, 0.35, 0.65), (1.0, 0.9, 1.0)])
def test_the_slider_is_the_share_of_what_is_not_near_anything_one_likes(surprise, least, most):
    held = after(*(event(0, seed=number) for number in range(3)))
    axes = [0] * 60 + [number % 7 + 1 for number in range(60)]

    picks = [pick for seed in range(30) for pick in page(held, pool(axes), seed=seed, surprise=surprise)]

    assert least <= sum(pick.surprising for pick in picks) / len(picks) <= most


def test_no_maker_stands_twice_in_a_row_not_even_over_the_edge_of_a_page():
    makers = [UUID(int=1)] * 20 + [UUID(int=2)] * 20
    candidates = pool([0] * 40, makers=makers)

    order = [makers[pick.row] for pick in page(after(event(0)), candidates, last_maker=UUID(int=1))]

    assert order[0] == UUID(int=2)
    assert not [one for one, two in pairwise(order) if one == two]
    alone = page((), pool([0] * 5, makers=[UUID(int=1)] * 5), last_maker=UUID(int=1))
    assert len(alone) == 5


def test_what_means_the_same_as_something_above_gives_way_to_something_else():
    held = after(*(event(axis, seed=number) for number in range(3) for axis in (0, 1)))
    same = pool([0] * 30 + [1] * 6, makers=[UUID(int=number) for number in range(36)])

    counts = Counter(pick.row < 30 for seed in range(10) for pick in page(held, same, seed=seed, length=8))

    # Six in 36 would be 13 of 80.
    assert counts[False] > 17


def test_how_likely_a_post_was_is_as_often_as_it_comes():
    """The first place of many pages, each drawn with other draws: a post is there as often as was said on average."""
    held, candidates = after(event(0), event(3)), pool([number % 8 for number in range(16)])
    first = [page(held, candidates, length=1, seed=seed)[0] for seed in range(3000)]
    came = Counter(pick.row for pick in first)

    # The sum of 1 / probability over the pages that show a post is the number of pages, if the probabilities are true.
    for row in (row for row, times in came.items() if times > 150):
        weights = [1 / pick.probability for pick in first if pick.row == row]
        error = np.std([weights[at] if at < len(weights) else 0 for at in range(3000)]) / np.sqrt(3000)
        assert abs(sum(weights) / 3000 - 1) < 4 * error


def test_what_is_logged_tells_what_any_other_share_of_surprise_would_have_done():
    held, candidates = after(event(0), event(3)), pool(MIXED)

    for pick in page(held, candidates, surprise=0.3):
        assert float(mixed(np.array(pick.ways)[:, None], 0.3)[0]) == pytest.approx(pick.probability)
        assert pick.probability >= EVEN / len(candidates)
        assert len(pick.ways) == len(WAYS)


def test_of_nothing_there_is_an_empty_page_and_unread_posts_are_shown_as_well():
    assert page(after(event(0)), _none()) == []
    unread = pool([0] * 4)
    unread.vectors[:] = 0
    assert len(page(after(event(0)), unread)) == 4


def _none():
    return pool([0]).at(np.array([], dtype=np.intp))


def test_who_is_not_known_gets_what_people_like_and_what_is_new():
    count = 60
    likes, views = np.zeros(count), np.full(count, 60.0)
    likes[:10], views[50:] = 25, 0
    candidates = pool([number % 12 for number in range(count)], likes=likes, views=views)

    rows = [pick.row for seed in range(20) for pick in page((), candidates, seed=seed)]

    assert sum(row < 10 for row in rows) > 0.5 * len(rows)
    assert sum(row >= 50 for row in rows) > 0.03 * len(rows)


# Features and weights ------------------------------------------------------------------------------------------------


def test_a_thousand_newcomers_count_as_a_few():
    pushed = pool([0, 0, 0, 0], likes=[0, 12, 0, 0], young=[1000, 0, 2, 1])

    assert pushed.counted_likes.tolist()[:2] == [10, 12]
    assert pushed.counted_likes[2] > pushed.counted_likes[3] > 0.8


def test_the_place_on_a_page_is_learned_and_left_out_when_a_page_is_drawn():
    assert features(pool(MIXED), nearness((), pool(MIXED).vectors, NOW))[:, AT["position"]].tolist() == [0] * 80
    assert position_term([0, 11]).tolist() == [0, pytest.approx(1.24, abs=0.01)]


def test_weights_are_learned_from_what_happened_in_spite_of_the_place_it_had():
    """What is nearer stands higher, as pages put it: without the place, nearness would be credited with it."""
    chance = np.random.default_rng(3)
    truth = {"always": -1.0, "near": 0.8, "position": -1.5}
    belief, place = scoring.prior()["like"], np.arange(6000) % 12
    rows = np.zeros((6000, len(AT)))
    rows[:, AT["always"]] = 1
    rows[:, AT["near"]] = chance.normal(1.2 - place / 8, 0.6)
    rows[:, AT["position"]] = position_term(place)
    logits = sum(weight * rows[:, AT[name]] for name, weight in truth.items())
    happened = chance.random(6000) < 1 / (1 + np.exp(-logits))

    for start in range(0, 6000, 300):
        belief = belief.learn(rows[start : start + 300], happened[start : start + 300])

    for name, weight in truth.items():
        assert belief.mean[AT[name]] == pytest.approx(weight, abs=0.35)
    spread = belief.draw(400, chance)[:, AT["near"]].std()
    assert spread < scoring.prior()["like"].draw(400, chance)[:, AT["near"]].std() / 3


def test_every_outcome_has_a_value_and_a_belief():
    assert set(scoring.prior()) == set(scoring.VALUES)
    assert set(interests.WEIGHTS) > {"like", "comment", "save", "remix", "follow", "dwell", "post", "less"}


# Judging from the log ------------------------------------------------------------------------------------------------


def logged(seed, pages=400, places=5, posts=8):
    """A log of a way that prefers some posts, of a world where others win more, and what another way truly wins."""
    chance = np.random.default_rng(seed)
    truth = np.linspace(0.05, 0.6, posts)
    ours, theirs = np.linspace(3, 1, posts), np.linspace(1, 3, posts)
    ours, theirs = ours / ours.sum(), theirs / theirs.sum()
    guess = truth + chance.normal(0, 0.1, posts)
    shown = chance.choice(posts, size=pages * places, p=ours)
    won = (chance.random(len(shown)) < truth[shown]).astype(float)
    log = Log(
        won, ours[shown], theirs[shown], guess[shown], np.full(len(shown), theirs @ guess),
        [number // places for number in range(len(shown))],
    )  # fmt: skip
    return log, float(theirs @ truth)


@pytest.mark.parametrize("judge", [snips, doubly_robust])
def test_what_another_way_would_have_won_is_within_the_interval_as_often_as_it_says(judge):
    within = 0
    for seed in range(200):
        log, truth = logged(seed)
        told = judge(log)
        within += told.low <= truth <= told.high

    assert 0.90 <= within / 200 <= 0.99


def test_a_good_guess_makes_the_doubly_robust_interval_the_narrower_one():
    log, _ = logged(1)

    assert doubly_robust(log).high - doubly_robust(log).low < snips(log).high - snips(log).low


def test_what_is_shown_together_is_no_independent_witness():
    log, _ = logged(1, pages=400, places=1)
    repeated = Log(*(np.repeat(getattr(log, name), 5) for name in (
        "won", "ours", "theirs", "expected_here", "expected_theirs")), np.repeat(log.page, 5).tolist())  # fmt: skip

    for judge in (snips, doubly_robust):
        alone, together = judge(log), judge(repeated)
        assert together.high - together.low == pytest.approx(alone.high - alone.low, rel=0.02)


def test_a_way_that_shows_nothing_of_what_was_shown_cannot_be_judged_and_says_so():
    log, _ = logged(1)
    told = snips(Log(log.won, log.ours, np.zeros_like(log.ours), log.expected_here, log.expected_theirs, log.page))

    assert np.isnan(told.value)
    assert told.effective == 0
    assert judging.snips(_empty()).effective == judging.doubly_robust(_empty()).effective == 0


def _empty():
    nothing = np.zeros(0)
    return Log(nothing, nothing, nothing, nothing, nothing, [])


# Reasons -------------------------------------------------------------------------------------------------------------


def test_a_reason_shortens_long_words_at_a_space_and_says_less_where_they_are_gone():
    words = "a very long prompt about a fox that walks through a snowy forest at night"

    told = sentence(Reason("like", uuid4()), words)
    assert told == "Because you liked “a very long prompt about a fox that walks…”"
    assert sentence(Reason("save", uuid4()), None) == "Like what you like"
    assert sentence(Reason("again"), None) == ""
