"""Residents of the built-in grammar with the real embedding model, and their tables before the whole gate."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

import numpy as np
import pytest

from services.discovery.embeddings import MiniLM
from services.residents import people_tables as tables
from services.residents.changing import Changing
from services.residents.inventing import APART, Inventor, Known
from services.residents.persona import Persona
from services.residents.topics import BY_ID
from services.residents.vetting import Vetting
from services.residents.worlds import HARBOUR, read_world
from services.safety.learned import Learned, meaning_of
from services.safety.prompts import PromptGate
from services.safety.rules import Rules
from services.safety.verdicts import Refused
from services.writers.grammar import GrammarWriter
from tests.fakes.embeddings import unread

FEW, MANY = 8, 100
SPACE = {"ringed planets", "night skies", "rockets", "moons", "flying saucers", "northern lights", "robots"}
SEA = {"lighthouses", "sailing boats", "tall ships", "storms at sea", "sea birds", "tide pools", "islands", "whales",
       "sea turtles", "submarines", "jellyfish", "octopuses"}  # fmt: skip


@pytest.fixture(scope="module")
def inventor(minilm: MiniLM) -> Inventor:
    return Inventor(GrammarWriter(), minilm.of, PromptGate())


@pytest.fixture(scope="module")
def people(inventor: Inventor) -> list[Persona]:
    return drawn(inventor, "", 600)


def drawn(inventor: Inventor, theme: str, many: int) -> list[Persona]:
    pull = inventor.drafts.pull_of(theme)
    return [inventor.drafts.draw(np.random.default_rng(seed), "name", "Name", pull) for seed in range(many)]


def share_into(people: Sequence[Persona], topics: set[str]) -> float:
    all_of_them = [interest.topic for one in people for interest in one.interests]
    return sum(topic in topics for topic in all_of_them) / len(all_of_them)


def test_a_theme_pulls_what_people_are_into_and_where_they_live_towards_it(inventor, people):
    nerds, harbour = (drawn(inventor, theme, MANY) for theme in ("space nerds", "harbour town"))
    land_of = {home.name: home.land for home in tables.HOMES}
    by_the_sea = [np.mean(["coast" in land_of[one.home] for one in group]) for group in (people, harbour)]

    assert share_into(nerds, SPACE) > 2 * share_into(people, SPACE)
    assert share_into(harbour, SEA) > 1.5 * share_into(people, SEA)
    assert by_the_sea[1] > 1.5 * by_the_sea[0]
    assert len({one.interests for one in nerds}) == MANY


def test_a_trade_suits_what_they_are_into(people):
    for trades, topics in (("train signalman sleeping-car", {"night trains", "clocks"}),
                           ("baker chef", {"bread", "fruit", "tea"})):  # fmt: skip
        of_the_trade = [one for one in people if set(one.occupation.split()) & set(trades.split())]
        assert share_into(of_the_trade, topics) > 2 * share_into(people, topics)


def test_every_topic_is_somebodys(people):
    assert {interest.topic for one in people for interest in one.interests} == set(BY_ID)


def test_people_of_the_real_model_keep_apart_from_each_other_and_from_the_harbour(inventor):
    known = [inventor.read(one) for one in read_world(HARBOUR).personas]
    new = list(inventor.invent(
        FEW, known=[Known(one.persona.name, one.vector) for one in known], chance=np.random.default_rng(2)
    ))  # fmt: skip
    vectors = np.array([one.vector for one in (*known, *new)])
    apart = 1 - vectors @ vectors.T + 2 * np.eye(len(vectors))

    assert apart.min() >= APART - 1e-6


def test_a_relative_is_near_but_no_twin(inventor):
    who = inventor.read(read_world(HARBOUR).personas[0])
    stranger = inventor.read(read_world(HARBOUR).personas[8])
    known = [Known(who.persona.name, who.vector)]

    one = Changing(inventor).cloned(who.persona, known, chance=np.random.default_rng(3))

    distance = 1 - np.dot(one.vector, who.vector)
    assert 0.1 < distance < 1 - np.dot(one.vector, stranger.vector)


def test_topics_are_found_by_what_they_mean(inventor):
    who = read_world(HARBOUR).personas[1]

    after = Changing(inventor).reworded(who, "loves gulls, likes volcanic eruptions")

    assert after.interests[0].topic == "sea birds"
    assert "volcanoes" in {interest.topic for interest in after.interests}


Minds = Callable[[PromptGate], dict[str, str]]


def minded(minilm: MiniLM, minds: Minds) -> dict[str, str]:
    """What the whole gate has against texts. It reads one after the other: here what it will read is found out first,
    so that the model can read all at once."""
    readings: dict[str, list[float]] = {}

    def find_out(texts: list[str]) -> list[list[float]]:
        readings.update(zip(texts, unread(texts), strict=True))
        return [readings[text] for text in texts]

    minds(PromptGate([Learned(find_out)]))
    readings = dict(zip(readings, meaning_of(minilm)(list(readings)), strict=True))
    return minds(PromptGate([Rules(), Learned(lambda texts: [readings[text] for text in texts])]))


def test_whatever_the_tables_say_passes_the_whole_gate(minilm):
    words = {
        "trade": "baker", "a_trade": "a baker", "home": "Bergen", "topic": "foxes", "second": "tea",
        "topics": "foxes and tea", "palette": "teal and amber", "light": "low winter sun",
    }  # fmt: skip
    words |= {key.capitalize(): text.capitalize() for key, text in words.items()}
    said = [
        *(bio for bios in tables.BIOS.values() for bio in bios), *tables.OPINIONS_OF_THEIRS,
        *(opinion for opinions in tables.OPINIONS.values() for opinion in opinions),
        *(saying for sayings in tables.SAYINGS.values() for saying in sayings),
        *(trade.saying for trade in tables.TRADES), *(trade.title for trade in tables.TRADES),
    ]  # fmt: skip

    def minds(gate: PromptGate) -> dict[str, str]:
        verdicts = ((text, gate.check(text.format_map(words))) for text in said)
        return {text: verdict.reason for text, verdict in verdicts if verdict.decision != "allow"}

    assert minded(minilm, minds) == {}


def test_the_harbour_passes_the_whole_gate(minilm):
    def minds(gate: PromptGate) -> dict[str, str]:
        found = {}
        for one in read_world(HARBOUR).personas:
            with suppress(Refused):
                Vetting(gate).check(one)
                continue
            found[one.name] = "refused"
        return found

    assert minded(minilm, minds) == {}
