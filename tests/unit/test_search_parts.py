"""The parts of search that need no database: words, languages, what is read, ranking, hashes and maps."""

from __future__ import annotations

import uuid

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.discovery.alike import MOST_BITS, bands_near, placed
from services.discovery.candidates import _rare
from services.discovery.glossary import in_english
from services.discovery.meaning import meaning_of, without_noise
from services.discovery.ranking import FULL_MARKS, scores
from services.discovery.terms import Form, Term
from services.discovery.words import distance, fold, is_surely, marked, nearest, shapes

WORDS = st.text("abcdefghij", min_size=4, max_size=12)


def test_words_are_compared_without_accents_capitals_and_signs():
    assert fold("Élan, Black-and-White cat/dog foo_bar") == "elan black and white cat dog foo bar"
    assert fold("猫が8k") == "猫 が 8k"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lighthose", "lighthouse"), ("elephnat", "elephant"), ("jelyfish", "jellyfish"),
        ("neuschwannstein", "neuschwanstein"),
        ("brige", "bridge"), ("axalotl", "axolotl"),
    ],
)  # fmt: skip
def test_slips_of_the_finger_are_read_as_they_were_meant(typed, meant):
    assert set(shapes(typed)) & set(shapes(meant))
    assert nearest(typed, [(meant, 1), ("umbrella", 900)]) == meant


def test_of_two_words_as_near_the_more_common_one_is_meant():
    assert nearest("bost", [("boat", 3), ("best", 90)]) == "best"


def test_a_short_word_may_not_be_wrong_and_a_longer_one_not_by_much():
    assert nearest("cat", [("bat", 900)]) is None
    assert nearest("cinder", [("finger", 900)]) is None


def test_a_letter_for_another_may_as_well_be_another_word():
    assert is_surely("violn", "violin")
    assert is_surely("elephnat", "elephant")
    assert not is_surely("racket", "rocket")


@given(WORDS, st.data())
def test_a_word_with_one_letter_out_put_in_or_mistaken_has_a_shape_in_common_with_it(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcxyz"))
    for slipped in (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]):
        assert distance(word, slipped) <= 1
        assert set(shapes(word)) & set(shapes(slipped))


@given(WORDS, WORDS)
def test_the_distance_is_the_same_both_ways(one, other):
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)


def test_words_are_marked_as_they_stand_there():
    forms = [("wolf", "wolf"), ("running", "run")]

    assert marked("A Wolf runs; the wolfhound was running. Runtime!", forms) == ["Wolf", "runs", "running", "Runtime"]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Ein Hund am Strand bei Sonnenuntergang", "dog beach sunset"),
        ("gato preto no telhado", "cat black roof"),
        ("een vuurtoren in de storm", "lighthouse storm"),
        ("Winterwald im Nebel", "winter forest fog"),
        ("una barca sola nella nebbia", "boat alone fog"),
        ("coucher de soleil sur la ville", "sunset city"),
        ("chat noir", "cat black"),
    ],
)
def test_other_languages_are_read_word_for_word(text, english):
    assert in_english(text) == english


@pytest.mark.parametrize(
    "text",
    ["a red fox in the snow", "die hard", "chat", "violin player", "cafe racer", "pure joy", "no people", "luna"],
)
def test_english_is_left_alone(text):
    assert in_english(text) == text


def test_praise_weights_and_switches_say_nothing_of_what_is_seen():
    prompt = "masterpiece, best quality, (a red fox:1.3) in snow, 8k, trending on artstation <lora:foo:0.8> --ar 16:9"

    assert without_noise(prompt) == "a red fox in snow"
    assert without_noise("concept art, a fox") == "concept art, a fox"
    assert without_noise("masterpiece, 8k") == "masterpiece, 8k", "what is nothing but praise is all there is"


def test_the_meaning_has_caption_and_tags_in_it():
    assert meaning_of("a fox, 8k", "My first one.", ["red_fox"]) == "a fox. My first one.. red fox"


def test_all_words_outweigh_a_nearer_meaning_and_one_of_many_does_not():
    def total(similarity, *marks):
        return scores(
            similarity, [mark * FULL_MARKS for mark in marks], [1, 1, 1], [0, 1, 2], [1, 1, 1], "hybrid"
        ).total

    assert total(0.4, 1, 1, 1) > total(0.7, 0, 0, 0)
    assert total(0.6, 0, 0, 0) > total(0.5, 1, 0, 0)


def test_a_rare_word_counts_more_than_a_common_one():
    def words(*marks):
        return scores(0.5, [mark * FULL_MARKS for mark in marks], [1, 1], [0, 1], [5, 1], "words").total

    assert words(1, 0) > words(0, 1)


def test_meaning_alone_is_the_similarity_and_what_was_not_read_yet_is_found_by_its_words():
    assert scores(0.42, [FULL_MARKS], [1], [0], [1], "semantic").total == 0.42
    assert scores(None, [FULL_MARKS], [1], [0], [1], "hybrid").total > 0.3


@given(st.integers(-(2**63), 2**63 - 1), st.sets(st.integers(0, 63), max_size=MOST_BITS))
def test_no_picture_that_looks_almost_the_same_is_missed(phash, bits):
    other = (phash & (2**64 - 1)) ^ sum(1 << bit for bit in bits)
    pieces = [place << 16 | other >> (48 - 16 * place) & 0xFFFF for place in range(4)]

    assert set(bands_near(phash)) & set(pieces)


def test_what_is_alike_stands_together_on_the_map():
    rng = np.random.default_rng(1)
    centres = rng.normal(size=(2, 16)) * 5
    ids = [uuid.UUID(int=n) for n in range(12)]
    vectors = np.array([centres[n % 2] + rng.normal(size=16) for n in range(12)])

    spots = {spot.id: spot for spot in placed(ids, vectors)}

    assert all(0 <= spot.x <= 1 and 0 <= spot.y <= 1 for spot in spots.values())
    left, right = [spots[ids[n]].x for n in range(0, 12, 2)], [spots[ids[n]].x for n in range(1, 12, 2)]
    assert max(left) < min(right) or max(right) < min(left)
    assert placed(ids, vectors) == placed(ids, vectors)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_posts_make_a_map_too(count):
    ids = [uuid.UUID(int=n) for n in range(count)]

    assert len(placed(ids, np.ones((count, 4)))) == count


def term(word, posts):
    return Term(word, (Form(word, f"'{word}'", "", word, posts),))


@pytest.mark.parametrize(
    ("posts", "chosen"),
    [
        ({"quokka": 3, "forest": 90_000}, {"quokka"}),
        ({"forest": 90_000, "light": 120_000}, {"forest"}),
        ({"unheard": 0, "forest": 90_000, "light": 120_000}, {"unheard", "forest"}),
        ({"quokka": 3, "axolotl": 5}, {"quokka", "axolotl"}),
    ],
)
def test_common_words_bring_no_crowd_along_and_one_word_that_somebody_has_is_always_looked_for(posts, chosen):
    found = _rare([term(word, count) for word, count in posts.items()], beside_meaning=False)

    assert {word for word in posts if f"'{word}'" in found} == chosen


def test_beside_meaning_a_word_that_half_of_all_have_is_not_looked_for_and_a_rarer_one_is():
    posts = {"quokka": 400, "forest": 90_000}

    found = _rare([term(word, count) for word, count in posts.items()], beside_meaning=True)

    assert "'quokka'" in found
    assert "'forest'" not in found
    assert _rare([term("forest", 90_000)], beside_meaning=True) == ""
