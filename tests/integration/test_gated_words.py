"""Whatever somebody writes that others see passes the one gate, and a gate that cannot decide lets nothing through."""

from __future__ import annotations

import logging
from uuid import uuid4

import pytest

from services.errors import ConfigurationError, Unavailable
from services.safety.prompts import PromptGate
from services.safety.verdicts import Refused
from services.studio.studio import Options

BLOCKED = "a gory beheading"
PROFILE = {"name": "mira", "display_name": "Mira", "email": "", "bio": ""}


def change(house, by, **changed: str):
    return house.accounts.change_profile(by, **PROFILE | changed)


def test_a_blocked_name_display_name_or_bio_makes_no_account(house):
    for words in ({"name": "hardcore_porn"}, {"display_name": "Hardcore Porn"}, {"bio": BLOCKED}):
        with pytest.raises(Refused, match="was not taken"):
            house.accounts.register(words.pop("name", "nova"), None, **words)

    assert house.db.value("select count(*) from pentagram.accounts") == 0


def test_a_name_is_refused_for_what_would_mark_a_picture(house, mira):
    with pytest.raises(Refused, match="display name was not taken: there is no place here for sexual content"):
        change(house, mira, display_name="Naked Truthless")
    with pytest.raises(Refused, match="name was not taken"):
        change(house, mira, name="nazi_fan")


def test_a_name_may_sound_of_horror_and_a_bio_of_more(house, mira):
    changed = change(house, mira, name="bloody_mira", display_name="Corpse Painter", bio="I paint nude statues.")

    assert (changed.name, changed.bio) == ("bloody_mira", "I paint nude statues.")


def test_changed_names_and_bios_pass_the_gate(house, mira):
    for changed in ({"name": "hardcore_porn"}, {"display_name": "H4rdc0re P0rn"}, {"bio": BLOCKED}):
        with pytest.raises(Refused):
            change(house, mira, **changed)


def test_what_stood_there_before_a_new_rule_keeps_nobody_from_changing_the_rest(house, mira, person):
    mira = change(house, mira, bio="I love zorbliks.")
    person("judge")
    house.own_rules.add("zorbliks", "block", "spam", by=house.accounts.set_role("judge", "moderator"))

    assert change(house, mira, bio="I love zorbliks.", display_name="Mira Two").display_name == "Mira Two"


@pytest.mark.parametrize("called", ["Hardcore Porn", "hardcore.porn", "Naked Girl"])
def test_a_provider_that_calls_somebody_something_blocked_gets_them_a_neutral_name(house, called):
    account = house.accounts.of_identity("https://id.example", "subject", suggested_name=called, issued_at=0)

    assert (account.name, account.display_name) == ("friend", "friend")


def test_a_collections_title_and_description_pass_it(house, mira):
    with pytest.raises(Refused, match="This title was not taken"):
        house.collections.create(BLOCKED, by=mira, token=uuid4().hex)
    board = house.collections.create("Foxes", by=mira, token=uuid4().hex)
    with pytest.raises(Refused, match="This description was not taken"):
        house.collections.change(board.id, by=mira, title="Foxes", is_public=True, description=BLOCKED)


@pytest.mark.parametrize("words", [{"caption": BLOCKED}, {"tags": ["beheading"]}, {"alts": [BLOCKED]}])
def test_captions_tags_and_descriptions_pass_it_when_posted_and_when_edited(house, mira, paint, words):
    [picture] = paint(mira).creations
    with pytest.raises(Refused, match="violence"):
        house.posts.publish([picture.id], by=mira, token=uuid4().hex, **words)

    post = house.posts.publish([picture.id], by=mira, token=uuid4().hex, caption="A fox.")
    unchanged = {"caption": "", "tags": [], "visibility": "public", "takes_comments": True, "shows_prompt": True}
    with pytest.raises(Refused, match="violence"):
        house.posts.edit(post.id, by=mira, seen=None, **unchanged | words)


def test_comments_pass_it_and_say_which_words(house, mira, paint):
    [picture] = paint(mira).creations
    post = house.posts.publish([picture.id], by=mira, token=uuid4().hex)

    with pytest.raises(Refused, match=r"It says “.*yourself”\."):
        house.comments.write(post.id, "k1ll yourself", by=mira, token=uuid4().hex)
    comment = house.comments.write(post.id, "a murdered king, you say", by=mira, token=uuid4().hex)
    with pytest.raises(Refused):
        house.comments.edit(comment.id, "kill yourself", by=mira)


# Failing closed


class Broken:
    name = "broken"

    def __init__(self, error: Exception) -> None:
        self._error = error

    def judge(self, text: str):
        raise self._error


def test_a_layer_that_breaks_lets_nothing_through_and_the_log_has_the_number(caplog):
    with caplog.at_level(logging.ERROR), pytest.raises(Unavailable) as refused:
        PromptGate([Broken(ZeroDivisionError("a fault"))]).check("a red fox")

    [record] = caplog.records
    assert "nothing was made" in str(refused.value)
    assert record.args[0] in str(refused.value)
    assert "a fault" in caplog.text


@pytest.mark.parametrize("error", [Unavailable("Not now."), ConfigurationError("Install it.")])
def test_a_layer_that_knows_why_it_cannot_tell_says_so_itself(error):
    with pytest.raises(type(error), match=str(error)):
        PromptGate([Broken(error)]).check("a red fox")


def test_with_a_broken_gate_nothing_is_painted_said_or_named(house, mira, paint, monkeypatch):
    [picture] = paint(mira).creations
    post = house.posts.publish([picture.id], by=mira, token=uuid4().hex)
    monkeypatch.setattr(house.gate, "_layers", (Broken(RuntimeError("a fault")),))

    for attempt in (
        lambda: house.studio.request("a fox", Options(256, 256), by=mira, token=uuid4().hex),
        lambda: house.comments.write(post.id, "Nice.", by=mira, token=uuid4().hex),
        lambda: house.collections.create("Foxes", by=mira, token=uuid4().hex),
        lambda: house.posts.publish([picture.id], by=mira, token=uuid4().hex, caption="A fox."),
        lambda: change(house, mira, bio="Hello."),
    ):
        with pytest.raises(Unavailable, match="incident"):
            attempt()
    assert len(house.studio.mine(by=mira)) == 1


def test_without_the_database_own_rules_let_nothing_through(house):
    house.db.close()

    with pytest.raises(Unavailable):
        house.gate.check("a red fox")
