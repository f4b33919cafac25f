"""Asking for pictures: what is accepted, what is refused, and where it is found again."""

from __future__ import annotations

import pytest

from services.errors import NotFound, TooMany, UserError
from services.studio.engines.choice import Choice, Engines
from services.studio.engines.painter import Painter
from services.studio.studio import LARGEST_SEED, Limits, Options

SMALL = Options(256, 256, seed=1)


@pytest.mark.parametrize(
    "options",
    [
        Options(255, 768), Options(768, 2049), Options(-1, -1), Options(0, 0), Options(count=0), Options(count=5),
        Options(seed=-1), Options(seed=LARGEST_SEED + 1),
    ],
)  # fmt: skip
def test_what_cannot_be_painted_is_refused_and_nothing_is_kept(house, person, options):
    mira = person("mira")

    with pytest.raises(UserError):
        house.studio.request("a boat", options, by=mira, token="press-one")
    assert house.studio.mine(by=mira) == []


@pytest.mark.parametrize("prompt", ["", "  ", "\x00", "\u200b", "x" * 2001, "x" * 1_000_000])
def test_a_prompt_of_nothing_or_too_much_is_refused(house, person, prompt):
    with pytest.raises(UserError):
        house.studio.request(prompt, SMALL, by=person("mira"), token="press-one")


def test_a_prompt_that_the_policy_refuses_is_refused_with_its_reason(house, person):
    mira = person("mira")

    with pytest.raises(UserError, match="Pentagram"):
        house.studio.request("photo of a beheading, gore, entrails", SMALL, by=mira, token="press-one")
    assert house.studio.mine(by=mira) == []


def test_the_last_seed_is_followed_by_the_first(house, person):
    request = house.studio.request("a boat", Options(256, 256, 2, LARGEST_SEED), by=person("mira"), token="press-one")

    assert [creation.seed for creation in request.creations] == [LARGEST_SEED, 0]


def test_the_same_seed_paints_the_same_picture(house, person, paint):
    first, second = paint(person("mira"), seed=5), paint(person("tom"), seed=5)

    assert first.creations[0].paint_ms is not None
    same = "select count(distinct phash) from pentagram.creations"
    assert house.db.value(same) == 1
    assert first.creations[0].id != second.creations[0].id


def test_one_person_cannot_ask_for_more_than_is_painted_at_a_time(house, person):
    mira = person("mira")
    for number in range(Limits().at_once // 4):
        house.studio.request("a boat", Options(256, 256, 4), by=mira, token=f"press-{number:04}")

    with pytest.raises(TooMany, match="Wait for some to be ready"):
        house.studio.request("a boat", SMALL, by=mira, token="press-more")
    house.studio.request("a boat", SMALL, by=person("tom"), token="press-more")


def test_a_request_is_found_by_its_owner_and_nobody_else(house, person):
    request = house.studio.request("a boat", SMALL, by=person("mira"), token="press-one")

    for wrong in (request.id, "x", None):
        with pytest.raises(NotFound):
            house.studio.watch(wrong, by=person(f"tom{len(str(wrong))}"))


def test_my_prompts_are_paged_without_gaps(house, person):
    mira = person("mira")
    for number in range(5):
        house.studio.request(f"boat {number}", SMALL, by=mira, token=f"press-{number:04}")

    first = house.studio.mine(by=mira, limit=2)
    rest = house.studio.mine(by=mira, before=first[-1].id, limit=10)

    assert [request.prompt for request in first + rest] == [f"boat {n}" for n in (4, 3, 2, 1, 0)]


def test_an_engine_that_fails_leaves_a_sentence_with_a_number(build, caplog):
    house = build(engines=Engines([Choice(_Broken(), "a test wants it.")]))
    mira = house.accounts.register("mira", "no password")
    request = house.studio.request("a boat", SMALL, by=mira, token="press-one")

    house.worker.run_until_idle()

    [creation] = house.studio.watch(request.id, by=mira).creations

    assert creation.state == "failed"
    assert "incident" in creation.failure
    assert creation.failure.split("incident ")[1][:8] in caplog.text


class _Broken(Painter):
    def paint(self, orders):
        raise RuntimeError("the easel fell over")
