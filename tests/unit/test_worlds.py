"""World files: the one that comes with Pentagram, and what is said of wrong ones."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from services import demo
from services.errors import UserError
from services.residents import worlds
from services.residents.drafting import shows_people
from services.residents.topics import BY_ID
from services.residents.vetting import Vetting
from services.residents.worlds import HARBOUR, Pace, as_world, read_world
from services.safety.prompts import PromptGate
from services.studio.engines.painter.reading import read

WORLD = read_world(HARBOUR)


def raw(**changed: Any) -> dict[str, Any]:
    return json.loads(HARBOUR.read_bytes()) | changed


def read_changed(**changed: Any) -> worlds.World:
    return read_world(json.dumps(raw(**changed)).encode())


def with_persona(place: int, **changed: Any) -> list[dict[str, Any]]:
    personas = raw()["personas"]
    personas[place] |= changed
    return personas


# The harbour --------------------------------------------------------------------------------------------------------


def test_the_harbour_has_everybody_of_the_demo_as_they_are_there():
    told = {one.name: (one.display_name, one.bio) for one in WORLD.personas}

    assert {one.name: (one.display_name, one.bio) for one in demo.RESIDENTS}.items() <= told.items()
    assert len(WORLD.personas) == 12


def test_they_can_be_told_apart_by_their_pictures_and_their_words():
    personas = WORLD.personas
    subjects = [subject for one in personas for subject in one.aesthetic.subjects]

    assert len({one.aesthetic.styles[0] for one in personas}) == 12
    assert len({one.aesthetic.palettes[0] for one in personas}) == 12
    assert len({one.interests[0].topic for one in personas}) == 12
    assert len(subjects) == len(set(subjects))
    assert len({(one.voice.manner, one.voice.length, one.voice.lower_case) for one in personas}) == 12


def test_the_painter_takes_nothing_of_theirs_for_another_look():
    prompts = [
        f"{subject}, {palette}, {light}"
        for look in (one.aesthetic for one in WORLD.personas)
        for subject, palette, light in product(look.subjects, look.palettes, look.light)
    ]  # fmt: skip

    assert not [prompt for prompt in prompts if read(prompt).style]
    assert not [one.emblem for one in WORLD.personas if read(one.emblem).style or shows_people(one.emblem)]


def test_the_built_in_ways_know_what_they_are_into():
    assert {interest.topic for one in WORLD.personas for interest in one.interests} <= set(BY_ID)


def test_they_pass_what_everybody_has_to_pass():
    for one in WORLD.personas:
        Vetting(PromptGate()).check(one)


def test_everybody_in_the_harbour_is_followed_and_follows_but_not_all_alike():
    followed = [sum(other == one.name for _, other in WORLD.follows) for one in WORLD.personas]
    follow = [sum(who == one.name for who, _ in WORLD.follows) for one in WORLD.personas]

    assert min(followed) >= 1
    assert min(follow) >= 2
    assert max(followed) >= 3 * min(followed)


# There and back -----------------------------------------------------------------------------------------------------


def test_what_was_written_reads_back_the_same():
    pace = Pace(speed=10, usd_an_hour=0.25)
    data = as_world(WORLD.personas, WORLD.follows, title="Hafen ⚓", seed=4, society=pace)

    world = read_world(data)

    assert world == WORLD.model_copy(update={"title": "Hafen ⚓", "seed": 4, "society": pace})


def test_a_file_needs_no_more_than_a_title_and_personas(tmp_path: Path):
    path = tmp_path / "small.json"
    path.write_text(json.dumps({"title": "Small", "personas": raw()["personas"][:1]}), encoding="utf-8-sig")

    world = read_world(path)

    assert (world.seed, world.follows, world.society) == (0, (), Pace())


# Wrong ones ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "no JSON"),
        (b"Dear Pentagram,", "no JSON: Expecting value in line 1"),
        (b'{"title": "x",\n "personas": [}', "in line 2"),
        (b"[]", "has to be one JSON object"),
        (b"\xff\xfe\x00", "no JSON that can be read"),
        (b'{"title": NaN}', "without NaN"),
        (b"[" * 100_000, "no JSON"),
        (b'{"title": "Empty", "personas": []}', "personas"),
        (b'{"personas": 3}', "title: Field required; in personas"),
    ],
)
def test_a_file_that_is_no_world_is_refused_with_the_reason(data, sentence):
    with pytest.raises(UserError, match=sentence):
        read_world(data)


def test_a_file_that_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(worlds, "MOST_BYTES", 2**20)

    with pytest.raises(UserError, match="larger than 1 MB"):
        read_world(b" " * (2**20 + 1))


def test_a_file_that_is_not_there_is_told_by_its_name(tmp_path: Path):
    with pytest.raises(UserError, match=r"nowhere\.json cannot be read"):
        read_world(tmp_path / "nowhere.json")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"version": 2}, "is of version 2; this Pentagram reads version 1"),
        ({"version": "one"}, "is of version 'one'"),
        ({"seed": -1}, "wrong in seed: "),
        ({"seed": 2**70}, "wrong in seed: "),
        ({"colour": "blue"}, "wrong in colour: Extra inputs"),
        ({"society": {"speed": 500}}, r"wrong in society\.speed: "),
        ({"society": {"usd_an_hour": "1e999"}}, r"wrong in society\.usd_an_hour: "),
        ({"follows": [["saltwind", "nobody_here"]]}, "but nobody there is called nobody_here"),
        ({"follows": [["saltwind", "saltwind"]]}, "saltwind follows themselves"),
        ({"follows": [["saltwind"]]}, r"wrong in follows\.0"),
        ({"personas": with_persona(1, name="saltwind")}, "Two personas of the world file are called saltwind"),
        ({"personas": with_persona(1, age_band="13-17")}, r"wrong in persona 2 \(old_tam\), age_band: "),
        ({"personas": with_persona(2, rhythm={"wakes": 99})}, r"wrong in persona 3 \(neonmira\), rhythm\.wakes: "),
        ({"personas": with_persona(0, name="Salt Wind!")}, r"wrong in persona 1 \(Salt Wind!\), name: "),
        ({"personas": with_persona(0, emblem=None)}, r"persona 1 \(saltwind\), emblem: "),
        ({"personas": ["saltwind"]}, "wrong in persona 1: "),
    ],
)
def test_what_is_wrong_in_a_world_is_told_with_its_place(changed, sentence):
    with pytest.raises(UserError, match=sentence):
        read_changed(**changed)


def test_a_look_that_nobody_has_is_told_with_those_there_are():
    personas = raw()["personas"]
    personas[3]["aesthetic"]["styles"] = ["crayon"]

    with pytest.raises(UserError, match=r"papercrane, aesthetic\.styles: 'crayon' is none of photo, film"):
        read_changed(personas=personas)


def test_of_many_faults_the_first_few_are_told():
    personas = [persona | {"sociability": 5 * (place < 5)} for place, persona in enumerate(raw()["personas"])]

    with pytest.raises(UserError, match=r"persona 3 \(neonmira\), sociability: .*\. And 2 more\."):
        read_changed(personas=personas)
