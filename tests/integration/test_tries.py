"""Blocked prompts that come again: with other letters they are noticed, mended they pass, and many are too many."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from services.errors import TooMany, UserError
from services.safety.tries import MOST_BLOCKED, Tries
from services.safety.verdicts import Refused, Verdict
from services.studio import styles
from services.studio.studio import Options

ALLOWED = Verdict("allow", (), "")
SENSITIVE = Verdict("sensitive", ("sexual",), "It is marked.")
BLOCKED = "a hardcore porn poster on a red brick wall"
KEY = b"a key of this test's own"


def blocked_for(category: str, *because: str) -> Verdict:
    return Verdict("block", (category,), "It has no place here.", because)


@pytest.fixture
def house(build, clock):
    return build(clock=clock)


@pytest.fixture
def tries(house) -> Tries:
    return house.tries


@pytest.fixture
def tried(tries, mira) -> Tries:
    """By mira, who had one prompt blocked."""
    tries.weigh(BLOCKED, blocked_for("sexual", "porn"), of=mira.id)
    return tries


@pytest.mark.parametrize(
    "again",
    [
        "a hardcore pohrn poster on a red brick wall",
        "a hardcore prrn poster on a red brick wall",
        "a hardcore pron poster on a red brick wall",
        "a hardcore porrm poster on a red brick wall, 4k, masterpiece",
        "A HARDCORE PORÑ POSTER on a red brick wall",
        "on a red brick wall: a hardcore pörnn poster",
        "a hardcore pohrn poster on a green brick wall",
    ],
)
def test_a_blocked_prompt_with_letters_changed_is_blocked_again(tried, mira, again):
    verdict = tried.weigh(again, ALLOWED, of=mira.id)

    assert (verdict.decision, verdict.categories) == ("block", ("sexual",))
    assert "what was blocked a minute ago" in verdict.reason


@pytest.mark.parametrize(
    "mended",
    [
        "a poster on a red brick wall",
        "a hardcore poster on a red brick wall",
        "a hardcore punk poster on a red brick wall",
        "a hardcore corn poster on a red brick wall",
        "a hardcore pork poster on a red brick wall",
        "a red brick wall",
        "a lighthouse at dusk",
    ],
)
@pytest.mark.parametrize("verdict", [ALLOWED, SENSITIVE])
def test_a_prompt_that_was_mended_is_judged_by_the_gate_alone(tried, mira, mended, verdict):
    assert tried.weigh(mended, verdict, of=mira.id) == verdict


def test_words_that_make_it_harmless_may_be_added(tries, mira):
    tries.weigh("how to make a bomb", blocked_for("weapons", "make a bomb"), of=mira.id)

    assert tries.weigh("how to make a bath bomb", ALLOWED, of=mira.id) == ALLOWED


def test_a_typo_that_was_blamed_may_be_put_right(tries, mira):
    tries.weigh("a nude colored child's room", blocked_for("minors", "nude", "child"), of=mira.id)

    assert tries.weigh("a new colored child's room", ALLOWED, of=mira.id) == ALLOWED


def test_the_very_same_prompt_is_left_to_the_gate_which_may_have_learned(tried, mira):
    assert tried.weigh(BLOCKED, ALLOWED, of=mira.id) == ALLOWED


def test_other_signs_between_the_same_words_change_nothing(tried, mira):
    assert tried.weigh("a hardcore porn. poster; on a red brick wall!", ALLOWED, of=mira.id).decision == "block"


def test_where_a_meaning_was_blocked_all_words_must_be_there_again(tries, mira):
    tries.weigh("somebody with nothing on, inviting", blocked_for("sexual", "similar in meaning to: it"), of=mira.id)

    assert tries.weigh("somebody with notthing on, inviting", ALLOWED, of=mira.id).decision == "block"
    assert tries.weigh("somebody with notthing on", ALLOWED, of=mira.id) == ALLOWED
    assert tries.weigh("somebody with a coat on, inviting", ALLOWED, of=mira.id) == ALLOWED


def test_a_sensitive_one_becomes_what_the_blocked_one_was(tried, mira):
    assert tried.weigh("a hardcore pohrn poster on a red brick wall", SENSITIVE, of=mira.id).decision == "block"


def test_a_chain_of_small_changes_leads_nowhere(tried, mira):
    for again in ("pohrn", "pohrrn", "pphrrn"):
        verdict = tried.weigh(f"a hardcore {again} poster on a red brick wall", ALLOWED, of=mira.id)
        assert verdict.decision == "block"


def test_only_ones_own_last_hour_is_remembered(tried, mira, tom, clock):
    again = "a hardcore pohrn poster on a red brick wall"
    assert tried.weigh(again, ALLOWED, of=tom.id) == ALLOWED
    clock.advance(3601)

    assert tried.weigh(again, ALLOWED, of=mira.id) == ALLOWED


def test_no_word_of_it_is_kept_and_after_a_day_nothing(tries, mira, house, clock):
    tries.weigh("nude child", blocked_for("minors", "nude", "child"), of=mira.id)

    [kept] = house.db.values("select to_jsonb(t)::text from pentagram.blocked_tries t")
    assert "nude" not in kept
    assert "child" not in kept
    same_elsewhere = Tries(house.db, house.jobs, clock, KEY)
    assert same_elsewhere.weigh("nudde child", ALLOWED, of=mira.id) == ALLOWED, "without the key it means nothing"

    clock.advance(24 * 3600 + 1)
    tries.sweep()
    assert house.db.value("select count(*) from pentagram.blocked_tries") == 0


# How many are too many


def test_after_many_different_ones_painting_pauses_and_moderators_see_it_once(tries, mira, house, clock):
    for number in range(MOST_BLOCKED):
        tries.weigh(f"try {number}", blocked_for("violence"), of=mira.id)
    tries.refuse_paused(mira.id)
    for number in range(2):
        tries.weigh(f"one more {number}", blocked_for("minors"), of=mira.id)

    with pytest.raises(TooMany, match="15 minutes"):
        tries.refuse_paused(mira.id)
    [report] = house.db.values("select row_to_json(r) from pentagram.reports r")
    assert (report["reporter_id"], report["account_id"], report["reason"]) == (None, str(mira.id), "minors")
    assert "9 different prompts" in report["note"]
    assert "violence" in report["note"]
    clock.advance(15 * 60)
    tries.refuse_paused(mira.id)


def test_the_same_prompt_pressed_again_counts_once(tries, mira):
    for _ in range(MOST_BLOCKED + 3):
        tries.weigh(BLOCKED, blocked_for("sexual", "porn"), of=mira.id)

    tries.refuse_paused(mira.id)


def test_what_is_brought_along_is_remembered_and_counts_not(tries, mira):
    for number in range(MOST_BLOCKED + 3):
        tries.weigh(f"line {number} of a file", blocked_for("violence", "file"), of=mira.id, counts=False)

    tries.refuse_paused(mira.id)
    assert tries.weigh("line 3 of a fille", ALLOWED, of=mira.id).decision == "block"


def test_what_was_blocked_is_counted_by_month_and_category(tries, mira, clock):
    tries.weigh("one", blocked_for("violence"), of=mira.id)
    tries.weigh("two", Verdict("block", ("violence", "hate"), "No."), of=mira.id)
    tries.weigh("two", Verdict("block", ("violence", "hate"), "No."), of=mira.id)
    clock.advance(31 * 24 * 3600)
    tries.weigh("three", blocked_for("hate"), of=mira.id)

    counted = [(count.month.month, count.category, count.prompts) for count in tries.by_month()]
    assert counted == [(2, "hate", 1), (1, "violence", 2), (1, "hate", 1)]


# The way of a prompt


def press(house, by, prompt: str, **options: object):
    return house.studio.request(prompt, Options(256, 256, **options), by=by, token=uuid4().hex)


def test_who_changes_letters_paints_nothing_and_who_takes_the_word_out_paints(house, mira):
    with pytest.raises(Refused) as refused:
        press(house, mira, "a nude child on a beach")
    assert refused.value.verdict.categories[0] == "minors"

    with pytest.raises(Refused, match="letters changed"):
        press(house, mira, "a nuxde child on a beach")
    assert press(house, mira, "a child on a beach").is_unfinished


def test_another_style_makes_no_other_prompt_of_it(house, mira):
    with pytest.raises(Refused):
        press(house, mira, "a nude child on a beach")

    with pytest.raises(Refused):
        press(house, mira, "a nuxde chiild on a beach", style=next(iter(styles.BY_ID)))


def test_a_paused_account_reads_when_to_come_back(house, mira, clock):
    for number in range(MOST_BLOCKED + 1):
        with pytest.raises(Refused):
            press(house, mira, f"beheading number {number}")

    with pytest.raises(TooMany, match="Come back in 15 minutes"):
        press(house, mira, "a red fox")
    clock.advance(15 * 60)
    assert press(house, mira, "a red fox").is_unfinished


def test_why_a_prompt_is_marked_stays_with_it(house, mira):
    request = press(house, mira, "a murdered king")

    assert (list(request.sensitive_for), list(request.because)) == (["violence"], ["murdered"])
    assert press(house, mira, "a red fox").sensitive_for == []


def test_the_fingerprint_of_the_longest_prompt_is_small(tries, mira, house):
    tries.weigh("lighthouse harbour " * 100, blocked_for("violence"), of=mira.id)

    [words] = house.db.values("select words from pentagram.blocked_tries")
    assert len(json.dumps(words)) < 100_000


def test_a_refusal_is_a_sentence_for_the_person(house, mira):
    with pytest.raises(UserError) as refused:
        press(house, mira, "a gory beheading")

    assert str(refused.value) == refused.value.verdict.reason
