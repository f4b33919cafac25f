"""How residents choose, with numbers alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from services.residents import mind
from services.residents.mind import Sight
from services.residents.persona import Persona, Rhythm, Temperament
from tests.fakes.speaker import persona as somebody

NOON = datetime(2030, 6, 1, 12, tzinfo=UTC)


def persona(**changed: object) -> Persona:
    return somebody("saltwind", **changed)


def chance(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def unit(*numbers: float) -> np.ndarray:
    return np.array(numbers) / np.linalg.norm(numbers)


def happened(deed: str, sight: Sight, who: Persona, mood: float = 0.0, times: int = 2000) -> float:
    dice = chance()
    return sum(mind.choose(deed, sight, who, mood, dice).happens for _ in range(times)) / times


def test_a_post_about_what_somebody_likes_appeals_by_how_much_they_like_it():
    topics = np.stack([unit(1, 0, 0), unit(0, 1, 0)])
    loved, best = mind.appeal_of(unit(1, 0, 0), topics, [0.9, 0.3])
    liked, _ = mind.appeal_of(unit(0, 1, 0), topics, [0.9, 0.3])
    both, _ = mind.appeal_of(unit(1, 1, 0), topics, [0.9, 0.3])
    nothing, none = mind.appeal_of(unit(0, 0, 1), topics, [0.9, 0.3])
    assert (best, none) == (0, -1)
    assert nothing == 0 < liked < loved < both <= 1


@pytest.mark.parametrize("deed", ["like", "comment", "save", "remix", "follow"])
def test_the_more_a_post_appeals_the_likelier_every_deed(deed: str):
    often = [happened(deed, Sight(appeal, "boats", tells_prompt=True), persona()) for appeal in (0.1, 0.5, 0.95)]
    assert often[0] < often[1] < often[2]


@pytest.mark.parametrize("deed", ["like", "comment", "follow", "answer"])
def test_what_a_friend_made_is_answered_more_often_than_what_a_stranger_made(deed: str):
    assert happened(deed, Sight(0.4, "fog", tie=0.8), persona()) > 1.5 * happened(deed, Sight(0.4, "fog"), persona())


def test_who_is_sociable_comments_more_and_a_low_mood_likes_less():
    sight = Sight(0.7, "fog")
    shy, open_ = persona(sociability=0.1), persona(sociability=0.9)
    assert happened("comment", sight, open_) > 2 * happened("comment", sight, shy)
    assert happened("like", sight, persona(), mood=-1) < happened("like", sight, persona(), mood=1)


def test_a_thread_between_two_residents_ends_and_a_person_is_answered_first():
    answers = [happened("answer", Sight(0, "", tie=0.9, answers=given), persona()) for given in range(6)]
    assert answers == sorted(answers, reverse=True)
    assert answers[5] < 0.05
    assert happened("answer", Sight(0, "", by_person=True), persona()) > happened("answer", Sight(0, ""), persona())


def test_a_picture_whose_prompt_is_kept_back_is_never_remixed():
    assert happened("remix", Sight(1.0, "boats", tie=1.0), persona()) == 0


def test_a_choice_tells_everything_that_it_was_made_by():
    choice = mind.choose("like", Sight(0.8, "boats", tie=0.2), persona(), 0.1, chance())
    assert choice.happens == (choice.draw < choice.probability)
    assert choice.reasons.keys() == {"appeal", "tie", "mood", "utility", "probability", "draw", "topic"}


def test_visits_follow_the_hours_of_their_day():
    rhythm = Rhythm(wakes=7, sleeps=23, peaks=(8, 20), visits_a_day=6)
    dice, at, hours = chance(), NOON, np.zeros(24)
    for _ in range(3000):
        at = mind.next_visit(rhythm, at, dice)
        hours[at.hour] += 1
    days = (at - NOON) / timedelta(days=1)
    assert hours[[23, 0, 1, 2, 3, 4, 5, 6]].sum() == 0
    assert hours[[8, 20]].min() > 2 * hours[[13, 14]].max()
    assert 3000 / days == pytest.approx(6, rel=0.1)


def test_a_night_owl_is_awake_past_midnight():
    rhythm = Rhythm(wakes=12, sleeps=4, peaks=(1,), visits_a_day=6)
    hours = mind.activity(rhythm)
    assert hours[4:12].sum() == 0
    assert hours.argmax() == 1
    assert hours.sum() == pytest.approx(1)


def test_a_tie_grows_with_what_passes_wears_off_without_and_never_passes_one():
    warmth = mind.warmed(0.0, ["like", "commented", "answered"])
    assert 0 < mind.warmed(0.0, ["like"]) < warmth < 1
    assert mind.warmed(warmth, ["commented"] * 200) <= 1
    assert mind.warmth_now(warmth, timedelta(days=14)) == pytest.approx(warmth / 2)
    assert mind.warmth_now(warmth, timedelta(days=-5)) == warmth
    told = [mind.tie_in_words(each, 3) for each in (0.0, 0.2, 0.6)]
    assert len(set(told)) == 3


def test_tastes_drift_to_what_was_liked_stay_near_who_they_are_and_come_back():
    usual = {"boats": 0.9, "fog": 0.3}
    tastes: dict[str, float] = dict(usual)
    for _ in range(60):
        tastes = mind.drifted(usual, tastes, {"fog": 5})
    assert usual["fog"] + 0.1 < tastes["fog"] <= usual["fog"] + mind.MOST_DRIFT + 1e-9
    assert tastes["boats"] < usual["boats"]
    for _ in range(300):
        tastes = mind.drifted(usual, tastes, {})
    assert tastes == pytest.approx(usual, abs=0.01)


def test_a_mood_is_lifted_by_what_others_did_and_wears_off():
    lifted = np.mean([mind.cheered(0.0, likes=4, comments=3, chance=chance(seed)) for seed in range(50)])
    alone = np.mean([mind.cheered(0.0, likes=0, comments=0, chance=chance(seed)) for seed in range(50)])
    assert lifted > alone + 0.3
    assert abs(mind.mood_now(0.9, timedelta(days=3), Temperament())) < 0.1


def test_nobody_posts_again_right_away_and_all_post_as_often_as_they_do():
    rhythm = Rhythm(wakes=7, sleeps=23, peaks=(8,), visits_a_day=4, posts_a_day=1)
    dice = chance()
    long_ago = sum(mind.posts_now(rhythm, 0, timedelta(days=2), dice) for _ in range(4000)) / 4000
    just_now = sum(mind.posts_now(rhythm, 0, timedelta(minutes=10), dice) for _ in range(4000)) / 4000
    assert long_ago == pytest.approx(0.25, abs=0.03)
    assert just_now < 0.02
