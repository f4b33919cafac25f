"""Whoever deletes an account that is suspended or has strikes, and comes back under another one."""

from __future__ import annotations

import time

import pytest

from services.errors import NotAllowed
from services.safety.returning import CARRIED
from services.safety.rulings import Ruling
from services.safety.standing import SuspendedError

INSULTS = "It insults somebody by name."
SUSPEND = Ruling("suspend", "harassment", INSULTS, days=7)
STRIKE = Ruling("strike", "hate", "It attacks a group of people.")
ISSUER = "https://id.example.com"
ADDRESS = "tom@example.com"


@pytest.fixture
def decide(house, ada, mira):
    """Has somebody's account reported and decides about it."""

    def do(ruling, about):
        house.people.report(by=mira, reason="harassment", account=about.name)
        [case] = house.moderation.queue.page(by=ada).items
        return house.moderation.decisions.decide(case.id, ruling, by=ada)

    return do


@pytest.fixture
def comes(house):
    """Somebody comes by an identity provider."""

    def do(subject="tom", email=""):
        return house.accounts.of_identity(ISSUER, subject, suggested_name="tom", email=email, issued_at=time.time())

    return do


def signs_up(house, name="tomtom", email=ADDRESS):
    return house.accounts.register(name, "a hash", email=email)


def standing(house, who):
    return house.moderation.appeals.standing(by=who)


def test_a_suspension_goes_on_for_whoever_comes_back_by_the_same_provider(house, decide, comes):
    first = comes()
    decide(SUSPEND, first)
    until = standing(house, first).suspended_until
    house.accounts.leave(first)

    again = comes()

    assert again.id != first.id
    assert standing(house, again).suspended_until == until
    with pytest.raises(SuspendedError, match="Decisions in your settings"):
        house.people.follow(again.name, by=again)


def test_a_suspension_goes_on_for_the_same_address_however_it_is_spelled(house, decide):
    first = signs_up(house)
    decide(SUSPEND, first)
    house.accounts.leave(first)

    again = signs_up(house, "somebody", "Tom+new@example.com")

    assert standing(house, again).suspended_until is not None


def test_an_address_that_is_given_later_counts_as_well(house, decide):
    first = signs_up(house)
    decide(SUSPEND, first)
    house.accounts.leave(first)
    again = signs_up(house, "somebody", "")

    house.accounts.change_profile(again, name="somebody", display_name="Some", email=ADDRESS, bio="")

    assert standing(house, again).suspended_until is not None


def test_strikes_go_on_counting(house, decide, comes):
    first = comes(email=ADDRESS)
    decide(STRIKE, first)
    decide(STRIKE, first)
    house.accounts.leave(first)

    again = comes(email=ADDRESS)
    before = standing(house, again)
    decide(STRIKE, again)

    assert (before.strikes, before.suspended_until) == (2, None)
    assert standing(house, again).suspended_until is not None


def test_nobody_else_is_touched(house, decide, comes):
    first = comes(email=ADDRESS)
    decide(SUSPEND, first)
    house.accounts.leave(first)

    others = [signs_up(house, first.name, "bo@example.com"), comes("somebody else", "ann@example.com")]

    assert [standing(house, other).suspended_until for other in others] == [None, None]


def test_what_ended_meanwhile_is_over_and_forgotten(house, decide, comes):
    first = comes()
    decision = decide(SUSPEND, first)
    house.accounts.leave(first)
    with house.db.transaction() as tx:
        for table in ("decisions", "left_in_force"):
            tx.execute(f"alter table pentagram.{table} disable trigger user")
            tx.execute(f"update pentagram.{table} set expires_at = now() - interval '1 minute'")
            tx.execute(f"alter table pentagram.{table} enable trigger user")

    assert standing(house, comes()).suspended_until is None
    assert house.db.values("select decision_id from pentagram.left_in_force") == [], decision


def test_who_it_was_not_reads_nothing_of_the_deleted_account_and_an_appeal_ends_it_for_good(
    house, ada, decide, comes, person
):
    first = comes(email=ADDRESS)
    decide(SUSPEND, first)
    house.accounts.leave(first)
    stranger = signs_up(house)
    [told] = house.moderation.appeals.mine(by=stranger).items
    house.moderation.appeals.appeal(told.id, "I never had another account here.", by=stranger)
    [case] = house.moderation.queue.page(by=ada).items
    person("eve")
    eve = house.accounts.set_role("eve", "moderator")

    with pytest.raises(NotAllowed, match="a decision of yours"):
        house.moderation.decisions.decide(case.id, Ruling("uphold"), by=ada)
    context = house.moderation.queue.context(case.id, by=eve)
    house.moderation.decisions.decide(case.id, Ruling("uphold"), by=eve)
    house.accounts.leave(stranger)

    assert (told.reason, told.can_appeal, context.appealed.before) == (CARRIED, True, INSULTS)
    assert standing(house, signs_up(house, "anew")).suspended_until is None


def test_moderators_see_what_was_carried_over_and_the_numbers_count_it_once(house, ada, decide, comes):
    first = comes()
    decide(SUSPEND, first)
    house.accounts.leave(first)
    again = comes()

    history = house.moderation.records.history(again.name, by=ada)
    [entry] = house.moderation.records.log(by=ada, account=again.name).items
    [month] = house.moderation.counts.months()

    assert (history.carried, history.suspended_until is not None) == (1, True)
    assert (entry.reason, entry.before, entry.moderator) == (CARRIED, INSULTS, "ada")
    assert month.decisions == {"suspend": 1}


def test_it_goes_on_through_a_second_deletion_and_the_address_is_written_nowhere(house, decide, comes):
    first = comes(email=ADDRESS)
    decide(SUSPEND, first)
    house.accounts.leave(first)
    house.accounts.leave(comes(email=ADDRESS))

    kept = house.db.values("select encode(fingerprint, 'escape') from pentagram.left_in_force")
    again = comes()

    assert kept
    assert not any("tom" in each or "example" in each for each in kept)
    assert standing(house, again).suspended_until is not None
