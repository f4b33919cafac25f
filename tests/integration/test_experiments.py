"""The experiments page's figures on a real log, of a town whose truth is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import psycopg
import pytest

from benchmarks.stock import Piece, put_in
from services.discovery.recommendations import experiments
from services.discovery.recommendations.choosing import USUAL_SURPRISE, WAYS, mixed
from services.discovery.recommendations.memory import Visitor
from services.errors import NotAllowed, UserError
from tests.fakes.clock import FakeClock
from tests.fakes.shown_log import CANDIDATES, TRUTH, chances, settled, shown, softmax


@pytest.fixture
def admin(house, person):
    person("vera")
    return house.accounts.set_role("vera", "admin")


@pytest.fixture
def town(house):
    return settled(house.db)


def truth(theirs):
    return float(theirs @ TRUTH)


def covered(estimate, value):
    return estimate is not None and estimate.low <= value <= estimate.high


# Ways of choosing -----------------------------------------------------------------------------------------------------


def test_what_each_way_would_have_won_is_within_both_intervals(house, town, admin):
    shown(house.db, town, guess=0.2)

    report = house.experiments.report(28, by=admin)

    told = {each.way: each for each in report.ways}
    truths = {way: truth(each) for way, each in zip(WAYS, chances(), strict=True)}
    truths["ours"] = truth(mixed(chances(), USUAL_SURPRISE))
    assert set(told) == set(truths)
    missed = [
        (way, judge) for way, value in truths.items() for judge in ("snips", "doubly_robust")
        if not covered(getattr(told[way], judge), value)
    ]  # fmt: skip
    # Fourteen intervals of 95%: one may miss, by chance.
    assert len(missed) <= 1, missed
    assert (report.read, report.people, report.is_sample) == (3000, 40, False)


def test_a_way_that_would_have_shown_what_hardly_was_shown_is_not_judged(house, town, admin):
    ways = chances()
    ways[WAYS.index("newest")] = softmax(np.array([0.0] * 7 + [40.0]))
    shown(house.db, town, ways=ways, share=0.0, places=1200)

    told = {each.way: each for each in house.experiments.report(28, by=admin).ways}

    assert told["newest"].snips is told["newest"].doubly_robust is None
    assert told["ours"].snips is not None


def test_of_an_empty_log_and_of_a_handful_of_people_nothing_is_said(house, town, admin, build):
    clock = FakeClock(datetime.now(UTC))
    house = build(clock=clock)
    empty = house.experiments.report(28, by=admin)
    assert (empty.read, empty.says_enough, empty.spread) == (0, False, None)

    shown(house.db, town, who=town.readers[:5])
    clock.advance(11 * 60)
    few = house.experiments.report(28, by=admin)

    assert few.read == 3000
    assert not few.says_enough
    assert all(each.snips is each.doubly_robust is None for each in few.ways)
    assert house.experiments.predicted(28, [0.5], by=admin) == []


def test_what_was_shown_before_the_span_or_a_moment_ago_or_to_visitors_is_left_out(house, town, admin):
    shown(house.db, town, places=1200, days=20)
    house.db.execute("update pentagram.impressions set account_id = null, visitor = 'v' where id %% 10 = 0")
    house.db.execute(
        """update pentagram.impressions set shown_at = now()
        where id > (select max(id) - 60 from pentagram.impressions)"""
    )

    week, month = (house.experiments.report(days, by=admin) for days in (7, 28))

    assert 250 < week.read < 340
    assert month.read == pytest.approx(1140 * 0.9, abs=1)


def test_a_long_log_is_sampled_evenly_and_the_estimates_still_hold(house, town, admin, monkeypatch):
    monkeypatch.setattr(experiments, "MOST_READ", 1500)
    shown(house.db, town, places=6000, seed=9)

    report = house.experiments.report(28, by=admin)

    assert report.is_sample
    assert 1400 <= report.read <= 1500
    assert report.shown == pytest.approx(6000, abs=10)
    assert covered(report.ways[0].snips, truth(mixed(chances(), USUAL_SURPRISE)))
    assert all(each.new is not None for each in report.periods[-19:-1])


def test_the_first_of_a_span_is_found_without_reading_all_before_it(house, town, database):
    shown(house.db, town, places=2400, days=20)
    with psycopg.connect(database) as connection:
        since = connection.execute("select now() - interval '5 days'").fetchone()[0]
        [first, last] = connection.execute(experiments.ENDS, {"since": since}).fetchone()
        right = connection.execute(
            "select min(id), max(id) from pentagram.impressions where shown_at >= %s", [since]
        ).fetchone()
        connection.execute("set local enable_seqscan = off")
        plan = "\n".join(row for (row,) in connection.execute(f"explain {experiments.ENDS}", {"since": since}))

    assert (first, last) == right
    assert "Seq Scan on impressions" not in plan


# The share of surprise ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_another_share_of_surprise_is_foretold_with_its_gain_and_its_surprises(house, town, admin, share):
    shown(house.db, town, guess=0.2)

    [told] = house.experiments.predicted(28, [share], by=admin)

    there, here = mixed(chances(), share), mixed(chances(), USUAL_SURPRISE)
    assert told.value.low - 0.03 <= truth(there) <= told.value.high + 0.03
    assert told.gain.low - 0.03 <= truth(there) - truth(here) <= told.gain.high + 0.03
    assert told.surprise.value == pytest.approx(there[CANDIDATES // 2 :].sum(), abs=0.06)


def test_who_moved_their_own_slider_says_nothing_of_the_house_s_share(house, town, admin):
    shown(house.db, town)
    house.db.execute(
        """update pentagram.accounts set preferences = '{"for_you": {"surprise": 0.5}}' where id = any(%(ids)s)""",
        ids=town.readers[:30],
    )

    assert house.experiments.predicted(28, [0.5], by=admin) == []
    assert house.experiments.report(28, by=admin).says_enough


def test_the_saved_share_holds_for_the_next_page_of_all_but_who_set_their_own(house, admin, mira, tom):
    house.learning.wish(by=mira, surprise=0.3)
    house.learning.wish(by=tom, learning=False)
    assert house.experiments.share(by=admin).share == USUAL_SURPRISE

    house.experiments.set_share(0.25, by=admin)
    house.experiments.set_share(0.6, by=admin)

    holds = house.experiments.share(by=admin)
    assert (holds.share, holds.set_by) == (0.6, "vera")
    assert house.learning.wishes(by=tom).surprise == 0.6
    assert not house.learning.wishes(by=tom).learning
    assert house.learning.wishes(by=mira).surprise == 0.3


@dataclass(frozen=True)
class Logged:
    probability: float
    ways: list


def test_visitors_too_go_by_the_house_s_share_from_their_next_page_on(house, admin):
    words = ("fox snow forest fur", "boat harbour tide rope")
    posts = list(put_in(house, [Piece(f"p{n}", f"{words[n % 2]} p{n}", [], "", f"maker{n % 5}") for n in range(24)]))
    visitor = Visitor()
    house.learning.looked_at(posts[0], by=visitor)
    house.for_you.page(viewer=None, visitor=visitor, limit=4)
    house.experiments.set_share(1.0, by=admin)
    house.for_you.page(viewer=None, visitor=visitor, limit=4)

    logged = house.db.rows(Logged, "select probability, ways from pentagram.impressions order by id")

    for share, page in ((USUAL_SURPRISE, logged[:4]), (1.0, logged[4:])):
        assert [each.probability for each in page] == pytest.approx(
            [float(mixed(np.array(each.ways), share)) for each in page], abs=1e-4
        )


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_is_between_familiar_and_surprising(house, admin, share):
    with pytest.raises(UserError):
        house.experiments.set_share(share, by=admin)


@pytest.mark.parametrize("role", ["member", "moderator"])
def test_none_but_admins_may_look_or_change_anything(house, mira, role):
    mira = house.accounts.set_role("mira", role)

    for asked in (
        lambda: house.experiments.report(28, by=mira), lambda: house.experiments.predicted(28, [0.5], by=mira),
        lambda: house.experiments.share(by=mira), lambda: house.experiments.set_share(0.5, by=mira),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match="Only admins"):
            asked()
    assert house.db.value("select count(*) from pentagram.discovery_shares") == 0


def test_a_span_that_there_is_not_is_a_sentence(house, admin):
    with pytest.raises(UserError, match="7, 28 or 90"):
        house.experiments.report(3, by=admin)


# Whose posts are shown ------------------------------------------------------------------------------------------------


def test_views_are_counted_by_maker_and_day_and_tell_how_evenly_they_are_spread(house, town, admin):
    shown(house.db, town, places=2400)
    house.training.learn_from_shown()
    house.training.learn_from_shown()

    report = house.experiments.report(28, by=admin)

    views = house.db.values("select count(*) from pentagram.impressions group by post_id")
    differences = np.abs(np.subtract.outer(views, views)).mean()
    assert report.spread.gini == pytest.approx(differences / 2 / np.mean(views), abs=1e-6)
    assert (report.spread.makers, report.is_of_some_makers) == (8, False)
    assert house.db.value("select count(distinct day) from pentagram.maker_days") >= 20
    assert house.db.value("select sum(views) from pentagram.maker_days") == 2400


def test_new_makers_and_residents_have_the_share_that_they_were_shown(house, town, admin):
    shown(house.db, town, places=3600)

    periods = [each for each in house.experiments.report(28, by=admin).periods if each.new is not None]

    ours = mixed(chances(), USUAL_SURPRISE)
    assert np.mean([each.new for each in periods]) == pytest.approx(ours[:2].sum(), abs=0.03)
    assert np.mean([each.residents for each in periods]) == pytest.approx(ours[6:].sum(), abs=0.03)


def test_of_very_many_makers_some_parts_are_a_sample(house, admin, monkeypatch):
    monkeypatch.setattr(experiments, "MOST_MAKER_DAYS", 200)
    house.db.execute(
        """with makers as (insert into pentagram.accounts (name, display_name)
          select 'maker' || n, 'Somebody' from generate_series(1, 1200) n returning id)
        insert into pentagram.maker_days (account_id, day, views)
        select id, current_date, case when get_byte(uuid_send(id), 14) < 128 then 1 else 3 end from makers"""
    )

    report = house.experiments.report(28, by=admin)

    assert report.is_of_some_makers
    assert 60 < report.spread.makers < 800
    # Of two halves, one shown thrice as often as the other.
    assert report.spread.gini == pytest.approx(0.25, abs=0.05)


def test_what_was_counted_long_ago_is_swept(house, town):
    house.db.execute(
        """insert into pentagram.maker_days (account_id, day, views)
        select account_id, current_date - 91, 1 from pentagram.posts"""
    )

    house.training.sweep()

    assert house.db.value("select count(*) from pentagram.maker_days") == 0
