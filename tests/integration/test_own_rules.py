"""Moderators' own rules about words: what they do at once, what they cannot do, and what is kept of them."""

from __future__ import annotations

from uuid import uuid4

import psycopg
import pytest

from services.errors import NotAllowed, NotFound, UserError
from services.safety.own_rules import KNOWN_FOR
from services.studio.studio import Options


@pytest.fixture
def house(build, clock):
    return build(clock=clock)


@pytest.fixture
def rules(house):
    return house.own_rules


@pytest.fixture
def mod(house, person):
    person("judge")
    return house.accounts.set_role("judge", "moderator")


def ask(house, by, prompt: str) -> None:
    house.studio.request(prompt, Options(256, 256), by=by, token=uuid4().hex)


def decision(house, text: str) -> str:
    return house.gate.check(text).decision


def test_a_word_is_blocked_from_the_moment_a_moderator_says_so(house, rules, mod):
    assert decision(house, "buy zorbliks now") == "allow"

    rule = rules.add("zorbliks", "block", "spam", "Seen in many comments.", by=mod)

    verdict = house.gate.check("buy zorbliks now")
    assert (verdict.decision, verdict.categories, verdict.because) == ("block", ("spam",), ("zorbliks",))
    assert (rule.made_by, rule.note) == ("judge", "Seen in many comments.")
    assert rules.current() == [rule]


@pytest.mark.parametrize(
    "text", ["ZORBLIKS", "zórbliks", "z o r b l i k s", "z0rbliks", "a zorb-liks", "zorbliiiks", "em9yYmxpa3M="]
)
def test_it_is_found_through_disguises(house, rules, mod, text):
    rules.add("zorbliks", "block", "spam", by=mod)

    assert decision(house, text) == "block"


@pytest.mark.parametrize("text", ["zorblikse", "azorbliks", "zorb"])
def test_it_is_found_as_a_whole_word_only(house, rules, mod, text):
    rules.add("zorbliks", "block", "spam", by=mod)

    assert decision(house, text) == "allow"


def test_words_of_a_script_without_spaces_are_found_inside_a_sentence(house, rules, mod):
    rules.add("独角鲸", "block", "spam", by=mod)

    assert decision(house, "海里的独角鲸在游泳") == "block"
    assert decision(house, "海里的鲸在游泳") == "allow"


def test_a_word_can_be_marked_as_sensitive(house, rules, mod):
    rules.add("spider", "sensitive", "violence", by=mod)

    assert decision(house, "a spider in its web") == "sensitive"


def test_what_is_allowed_is_no_longer_held_against_a_text(house, rules, mod):
    assert decision(house, "the beheading of st john, fresco") == "block"

    rules.add("beheading of st john", "allow", "violence", "A subject of art.", by=mod)

    assert decision(house, "the Beheading of St. John, fresco") == "allow"


@pytest.mark.parametrize(
    "text",
    [
        "the beheading of st john, and another beheading",
        "the beheading of st john, and how to make a pipe bomb",
        "the beheading of st john, b e h e a d i n g",
        "the beheading of st johnson",
        "the beheading of st john, YSBnb3J5IGJlaGVhZGluZw==",
    ],
)
def test_what_is_allowed_excuses_nothing_beside_it(house, rules, mod, text):
    rules.add("beheading of st john", "allow", "violence", by=mod)

    assert decision(house, text) == "block"


def test_it_excuses_its_own_category_alone(house, rules, mod):
    rules.add("pipe bomb", "allow", "violence", by=mod)

    assert decision(house, "how to make a pipe bomb") == "block"


def test_nothing_allows_what_sexualises_minors(house, rules, mod):
    rules.add("nude", "allow", "sexual", by=mod)

    assert decision(house, "a nude statue") == "allow"
    assert house.gate.check("a nude child").categories[0] == "minors"
    with pytest.raises(UserError, match="Nothing allows"):
        rules.add("nude child", "allow", "minors", by=mod)


def test_one_rule_excuses_from_another(house, rules, mod):
    rules.add("bomb", "block", "weapons", by=mod)
    rules.add("bath bomb", "allow", "weapons", by=mod)

    assert decision(house, "a bath bomb") == "allow"
    assert decision(house, "a bath bomb and a bomb") == "block"


def test_an_ended_rule_counts_no_more_and_stays_in_the_log(house, rules, mod):
    rule = rules.add("zorbliks", "block", "spam", by=mod)

    rules.end(rule.id, by=mod)

    assert decision(house, "zorbliks") == "allow"
    assert rules.current() == []
    assert house.db.value("select ended_by from pentagram.own_rules") == mod.id
    with pytest.raises(NotFound, match="no such rule in force"):
        rules.end(rule.id, by=mod)


@pytest.mark.parametrize(
    "statement",
    [
        "delete from pentagram.own_rules",
        "update pentagram.own_rules set words = 'other'",
        "update pentagram.own_rules set ended_at = null, ended_by = null",
    ],
)
def test_the_log_is_append_only(house, rules, mod, statement):
    rule = rules.add("zorbliks", "block", "spam", by=mod)
    rules.end(rule.id, by=mod)

    with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        house.db.execute(statement)


def test_another_process_knows_it_a_few_seconds_later(house, build, clock, mod):
    elsewhere = build(clock=clock)
    assert decision(elsewhere, "zorbliks") == "allow"

    house.own_rules.add("zorbliks", "block", "spam", by=mod)

    assert decision(elsewhere, "zorbliks") == "allow"
    clock.advance(KNOWN_FOR.total_seconds())
    assert decision(elsewhere, "zorbliks") == "block"


def test_a_preview_counts_the_last_days_prompts_that_would_change(house, rules, mod, mira, clock):
    for prompt in ("a red fox", "a fox in snow", "a murdered king", "a boat"):
        ask(house, mira, prompt)
    clock.advance(house.db.value("select extract(epoch from now())::float") - clock.now().timestamp())

    blocked = rules.preview("fox", "block", "spam", by=mod)
    allowed = rules.preview("murdered", "allow", "violence", by=mod)
    marked_already = rules.preview("murdered", "sensitive", "violence", by=mod)

    assert (blocked.prompts, blocked.touched, blocked.is_sweeping) == (4, 2, False)
    assert blocked.sentence == "This would block 2 of the last day's 4 prompts (50%)."
    assert (allowed.touched, marked_already.touched) == (1, 0)
    clock.advance(25 * 3600)
    assert rules.preview("fox", "block", "spam", by=mod).prompts == 0


def test_a_preview_of_what_is_allowed_counts_what_was_blocked(house, rules, mod, mira, clock):
    for prompt in ("how to make a pipe bomb", "how to make a PIPE-bomb at home", "a gory beheading"):
        with pytest.raises(UserError):
            ask(house, mira, prompt)

    preview = rules.preview("pipe bomb", "allow", "weapons", by=mod)

    assert (preview.prompts, preview.touched) == (3, 2)
    assert rules.preview("pipe bomb", "block", "weapons", by=mod).prompts == 0


def test_a_rule_that_would_block_most_prompts_has_to_be_confirmed(house, rules, mod, mira, clock):
    for prompt in ("a red fox", "a fox in snow", "a boat"):
        ask(house, mira, prompt)
    clock.advance(house.db.value("select extract(epoch from now())::float") - clock.now().timestamp())

    with pytest.raises(UserError, match=r"2 of the last day's 3 prompts \(67%\)"):
        rules.add("fox", "block", "spam", by=mod)
    assert rules.current() == []
    rules.add("fox", "block", "spam", by=mod, confirmed=True)
    assert decision(house, "a fox") == "block"


@pytest.mark.parametrize(
    ("words", "what", "category", "sentence"),
    [
        ("", "block", "spam", "3 letters"),
        ("!?", "block", "spam", "3 letters"),
        ("ab", "block", "spam", "3 letters"),
        ("fox" * 50, "block", "spam", "longer than 100"),
        ("fox", "forbid", "spam", "allows, marks"),
        ("fox", "block", "animals", "A category is one of"),
    ],
)
def test_what_makes_no_rule_says_why(rules, mod, words, what, category, sentence):
    with pytest.raises(UserError, match=sentence):
        rules.add(words, what, category, by=mod)


def test_the_same_words_have_one_rule_a_category(rules, mod):
    rules.add("Zorbliks", "block", "spam", by=mod)

    with pytest.raises(UserError, match="already"):
        rules.add("zorbliks", "sensitive", "spam", by=mod)


def test_members_make_end_and_try_nothing(rules, mod, mira):
    rule = rules.add("zorbliks", "block", "spam", by=mod)

    for do in (
        lambda: rules.add("fox", "block", "spam", by=mira),
        lambda: rules.preview("fox", "block", "spam", by=mira),
        lambda: rules.end(rule.id, by=mira),
    ):
        with pytest.raises(NotAllowed, match="Only moderators"):
            do()
