"""The built-in writer, the reading of a model's answers, and which writer helps."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from services.errors import ConfigurationError, UserError
from services.text import MOST_PROMPT_CHARACTERS, clean_prompt
from services.writers.answers import NotUnderstood, read_answer, schema_of
from services.writers.base import LONGEST_CAPTION, LONGEST_TAG, Message, as_caption, as_tag, shortened
from services.writers.chat import ChatWriter, with_every_wish
from services.writers.choice import writer_for
from services.writers.grammar import GrammarWriter
from services.writers.tags import singular
from services.writers.vocabulary import (
    COMPOSITION,
    KIND_TAGS,
    KINDS,
    LIGHT,
    MATERIAL,
    MEDIA,
    REMARKS,
    SETTINGS,
    TECHNIQUE,
)

WRITER = GrammarWriter()
PROMPTS = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="🦊🌲❤️👩‍🚀 狐の的雪लोमड़ीثعلب<lora:1>(:)#@_-'’s", max_size=200),
    st.lists(st.sampled_from(["fox", "a", "red", "night,", "in", "no", "two", "golden", "hour", "paint", "of"])).map(
        " ".join
    ),
    st.just("fox " * 500),
    st.just("狐" * MOST_PROMPT_CHARACTERS),
).filter(lambda text: _is_prompt(text))


def _is_prompt(text: str) -> bool:
    try:
        return bool(clean_prompt(text))
    except UserError:
        return False


def aspects(prompt: str, turn: int = 0) -> list[str]:
    return [change.split(":")[0] for change in WRITER.improve(prompt, turn=turn).changes]


# Better prompts -----------------------------------------------------------------------------------------------------


@examples(deadline=None)
@given(PROMPTS, st.integers(0, 50))
def test_any_prompt_keeps_its_words_first_and_grows_within_the_limit(prompt, turn):
    improved = WRITER.improve(prompt, turn=turn)

    assert improved.prompt.startswith(clean_prompt(prompt).rstrip(" ,;"))
    assert len(improved.prompt) <= MOST_PROMPT_CHARACTERS
    assert clean_prompt(improved.prompt) == improved.prompt
    assert (improved.prompt != clean_prompt(prompt)) == bool(improved.changes)


@pytest.mark.parametrize("ask", [WRITER.improve, WRITER.caption, WRITER.tags], ids=["improve", "caption", "tags"])
def test_without_a_prompt_one_is_asked_for(ask):
    with pytest.raises(UserError, match="Write what you want to see first"):
        ask(" \u200b\n")


def test_a_bare_subject_gets_light_composition_material_and_mood():
    assert aspects("a red fox") == ["light", "composition", "material", "mood"]


@pytest.mark.parametrize(
    ("prompt", "missing"),
    [
        ("a fox at golden hour", "light"),
        ("a fox, neon-lit", "light"),
        ("ein Fuchs bei Sonnenuntergang", "light"),
        ("close-up of a fox", "composition"),
        ("a fox made of porcelain", "material"),
        ("a dreamy fox", "mood"),
    ],
)
def test_what_a_prompt_names_is_not_added(prompt, missing):
    assert missing not in aspects(prompt)


def test_a_prompt_that_names_everything_is_left_alone():
    rich = "a calm red fox, textured fur, close-up, golden hour, autumn mist"

    assert WRITER.improve(rich) == type(WRITER.improve(rich))(rich, ())


@pytest.mark.parametrize(
    ("prompt", "settings"),
    [
        ("a fox in a forest at night", {"night"}),
        ("a fox in the snow", {"grey"}),
        ("a whale underwater", {"underwater"}),
        ("a quiet kitchen", {"indoors"}),
        ("a fox", {"day"}),
    ],
)
def test_the_light_goes_with_time_and_place(prompt, settings):
    possible = {phrase for setting in settings for phrase in LIGHT[setting]}
    lights = {
        change for turn in range(9) for change in WRITER.improve(prompt, turn=turn).changes if "light: " in change
    }

    assert {light.removeprefix("light: ") for light in lights} <= possible


def test_a_figure_decides_over_the_place_and_what_is_absent_over_nothing():
    def compositions(prompt: str) -> set[str]:
        changes = (WRITER.improve(prompt, turn=turn).changes for turn in range(9))
        return {each.removeprefix("composition: ") for change in changes for each in change if "composition: " in each}

    assert compositions("mountains with a fox") == set(COMPOSITION["furry"])
    assert compositions("empty street, no people") == set(COMPOSITION["city"])
    assert compositions("a soldier's grave") == set(COMPOSITION["landscape"])


def test_a_named_technique_gets_its_own_material():
    assert any(
        change.removeprefix("material: ") in TECHNIQUE["oil"]
        for change in WRITER.improve("a fox, oil painting").changes
    )


def test_the_same_prompt_is_improved_the_same_way_and_each_turn_another_way():
    turns = [WRITER.improve("two cats playing chess", turn=turn).prompt for turn in range(6)]

    assert turns == [GrammarWriter().improve("two cats playing chess", turn=turn).prompt for turn in range(6)]
    assert all(one != other for one, other in pairwise(turns))


def test_different_prompts_are_not_all_improved_alike():
    added = {WRITER.improve(f"a fox number {number}x").changes for number in range(20)}

    assert len(added) > 10


def test_every_row_of_the_tables_has_its_phrases():
    kinds = {*KINDS.values(), "anything"}

    assert set(COMPOSITION) == set(MATERIAL) == set(REMARKS) == kinds
    assert set(KIND_TAGS) == set(KINDS.values())
    assert set(TECHNIQUE) == set(MEDIA.values())
    assert set(SETTINGS.values()) | {"day", "open"} == set(LIGHT)


# Captions -----------------------------------------------------------------------------------------------------------


@examples(deadline=None)
@given(PROMPTS, st.integers(0, 50))
def test_any_prompt_gets_a_short_caption_without_hashtags(prompt, turn):
    caption = WRITER.caption(prompt, turn=turn)

    assert 0 < len(caption) <= LONGEST_CAPTION
    assert "#" not in caption
    assert "\n" not in caption


@pytest.mark.parametrize(
    ("prompt", "subject"),
    [
        ("a red fox in the snow, oil painting, 8k", "red fox in the snow"),
        ("paint me a dragon over a castle", "a dragon over a castle"),
        ("A highly-detailed photo of an old fisherman", "an old fisherman"),
        ("make it blue", "“make it blue”"),
        ("(red:1.2) apple <lora:foo:0.8>", "“red apple”"),
    ],
)
def test_a_caption_speaks_of_the_picture_and_not_of_how_it_was_ordered(prompt, subject):
    captions = [WRITER.caption(prompt, turn=turn) for turn in range(6)]

    assert all(subject.lower() in caption.lower() for caption in captions)
    assert not any(re.search(r"8k|lora|paint me|photo of", caption) for caption in captions)
    assert len(set(captions)) > 4


@pytest.mark.parametrize("prompt", ["a soldier's grave in the rain", "the funeral of a clown"])
def test_a_sad_picture_gets_no_cheerful_remark(prompt):
    captions = " ".join(WRITER.caption(prompt, turn=turn) for turn in range(9))

    assert not any(remark in captions for remarks in REMARKS.values() for remark in remarks)
    assert "because why not" not in captions


# Tags ---------------------------------------------------------------------------------------------------------------


@examples(deadline=None)
@given(PROMPTS)
def test_any_prompt_gets_three_to_eight_tags_that_a_post_takes(prompt):
    tags = WRITER.tags(prompt)

    assert 3 <= len(tags) <= 8
    assert len(set(tags)) == len(tags)
    assert all(as_tag(tag) == tag and len(tag) <= LONGEST_TAG for tag in tags)


@pytest.mark.parametrize(
    ("prompt", "tags"),
    [
        ("a shot of red foxes in the snow at golden hour", ("fox", "golden_hour", "red", "snow")),
        ("black-and-white street photography, wolves and cities, masterpiece, 8k",
         ("wolf", "city", "black_and_white", "street_photography")),
        ("empty street, no people, after the rain", ("street", "empty", "rain")),
        ("ein roter Fuchs im Wald mit Pilzen", ("fuchs", "wald", "roter", "pilzen")),
        ("l’arbre de la forêt enchantée", ("arbre", "forêt", "enchantée")),
        ("сова в лесу ночью", ("сова", "лесу", "ночью")),
        ("लाल लोमड़ी बर्फ में", ("लाल", "लोमड़ी", "बर्फ")),
        ("雪の中の赤い狐", ("狐", "赤", "雪")),
        ("一只红色的狐狸在雪中", ("狐狸", "红色", "雪中")),
        ("dragon, castle", ("dragon", "castle", "fantasy")),
        ("🦊🌲", ("animal", "plant", "imagined")),
        ("masterpiece, 8k", ("masterpiece", "imagined", "digital_art")),
    ],
)  # fmt: skip
def test_tags_are_the_prompts_own_words_and_the_most_telling_come_first(prompt, tags):
    assert WRITER.tags(prompt) == tags


@pytest.mark.parametrize(
    ("word", "one"),
    [("foxes", "fox"), ("cities", "city"), ("leaves", "leaf"), ("women", "woman"), ("trees", "tree"),
     ("houses", "house"), ("glass", "glass"), ("cactus", "cactus"), ("iris", "iris"), ("series", "series")],
)  # fmt: skip
def test_a_plural_becomes_its_singular_and_nothing_else_loses_its_s(word, one):
    assert singular(word) == one


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("#Golden Hour", "golden_hour"),
        ("  sci-fi!", "sci-fi"),
        ("日本", "日本"),
        ("2024", ""),
        ("🦊", ""),
        ("x" * 41, ""),
    ],
)
def test_a_tag_is_written_in_one_way(text, tag):
    assert as_tag(text) == tag


# Answers of a model -------------------------------------------------------------------------------------------------


class Dish(BaseModel):
    name: str = Field(min_length=2, max_length=9)
    title: int
    sides: list[str] = Field(default=[], max_length=3)


@pytest.mark.parametrize(
    "said",
    [
        '{"name": "soup", "title": 3}',
        'Sure! Here it is:\n```json\n{"name": "soup", "title": 3}\n```\nEnjoy.',
        '<think>{"name": "salt", "title": 1} or so?</think>{"name": "soup", "title": 3}',
        'let me see {"name": "salt", "title": 1}\n</think>\n\n{"name": "soup", "title": 3}',
        'The set {a, b}: {"note": "no"} {"name": "soup", "title": 3} {"name": "late", "title": 4}',
        '{"name": "soup", "title": "3", "more": {}}',
    ],
)
def test_the_object_is_found_whatever_stands_round_it(said):
    assert read_answer(said, Dish) == Dish(name="soup", title=3)


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ("", "no JSON object"),
        ('<think>{"name": "soup", "title": 3}', "no JSON object"),
        ('{"name": "soup", "tit', "no JSON object"),
        ('["soup"]', "no JSON object"),
        ('{"name": "s"}', "name: String should have at least 2 characters; title: Field required"),
        ('{"a":' * 20_000, "no JSON object"),
        ("{" * 60_000, "no JSON object"),
    ],
    ids=["empty", "only thoughts", "cut off", "no object", "misfit", "deep", "braces"],
)
def test_what_does_not_fit_is_said_so_that_a_model_can_mend_it(said, complaint):
    with pytest.raises(NotUnderstood, match=re.escape(complaint)):
        read_answer(said, Dish)


@examples(deadline=None)
@given(st.text(alphabet='{}[]<>think/"a:,1 \\', max_size=200))
def test_garbage_is_never_more_than_not_understood(said):
    with pytest.raises(NotUnderstood):
        read_answer(said, Dish)


def test_a_server_gets_the_schema_without_what_servers_refuse():
    schema = schema_of(Dish)

    assert schema["required"] == ["name", "title", "sides"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["name"] == {"type": "string"}
    assert schema["properties"]["sides"]["maxItems"] == 3


WISH = "an old lighthouse keeper with three ravens"


@pytest.mark.parametrize(
    ("answer", "prompt"),
    [
        (
            "An old lighthouse keeper, three ravens on his arm, dusk",
            "An old lighthouse keeper, three ravens on his arm, dusk",
        ),
        ("A sunny beach", f"{WISH}, A sunny beach"),
    ],
)
def test_an_answer_that_forgets_the_wish_follows_it_instead_of_replacing_it(answer, prompt):
    assert with_every_wish(WISH, answer) == prompt


@examples(deadline=None)
@given(st.text(min_size=1, max_size=MOST_PROMPT_CHARACTERS).filter(_is_prompt), st.text(max_size=5000))
def test_no_answer_makes_a_prompt_too_long(prompt, answer):
    assert len(with_every_wish(clean_prompt(prompt), answer)) <= MOST_PROMPT_CHARACTERS


@examples(deadline=None)
@given(st.text(max_size=2000), st.integers(10, 400))
def test_what_is_shortened_is_one_line_and_fits(text, most):
    short = shortened(text, most)

    assert len(short) <= most
    assert "\n" not in short


def test_a_caption_loses_hashtags_links_and_the_quotes_round_it_but_not_those_in_it():
    assert as_caption('"The storm can wait. #storm https://spam.example/x"') == "The storm can wait."
    assert as_caption("He said “wait”") == "He said “wait”"
    assert as_caption("We are # 1 ＃1 here") == "We are 1 here"


def test_a_long_caption_ends_with_a_sentence():
    assert shortened("One sentence here. " * 30, 60) == "One sentence here. One sentence here. One sentence here."


# Which writer -------------------------------------------------------------------------------------------------------


def chosen(settings: Any, **given: str) -> Any:
    return writer_for(settings.model_validate({**settings.model_dump(by_alias=True), **given}))


def test_without_settings_the_built_in_writer_helps_and_says_what_it_is(settings):
    writer = writer_for(settings)

    assert (writer.label, writer.is_ai) == ("the built-in writer", False)


def test_a_configured_model_is_named_with_its_server_and_without_its_secrets(settings):
    writer = chosen(
        settings,
        PENTAGRAM_TEXT_URL="http://me:pass@127.0.0.1:11434",
        PENTAGRAM_TEXT_MODEL="llama3.1:8b",
        PENTAGRAM_TEXT_KEY="k",
    )

    assert isinstance(writer, ChatWriter)
    assert (writer.label, writer.is_ai) == ("llama3.1:8b at 127.0.0.1:11434", True)


@pytest.mark.parametrize(
    ("given", "remedy"),
    [
        ({"PENTAGRAM_TEXT_URL": "http://127.0.0.1:11434"}, "PENTAGRAM_TEXT_MODEL is not: add"),
        ({"PENTAGRAM_TEXT_MODEL": "phi4"}, "PENTAGRAM_TEXT_URL is not: add"),
        ({"PENTAGRAM_TEXT_URL": "127.0.0.1:11434", "PENTAGRAM_TEXT_MODEL": "phi4"}, "must be an http"),
        ({"PENTAGRAM_TEXT_URL": "http://h:99999", "PENTAGRAM_TEXT_MODEL": "phi4"}, "must be an http"),
        (
            {"PENTAGRAM_TEXT_URL": "http://h", "PENTAGRAM_TEXT_MODEL": "phi4", "PENTAGRAM_TEXT_KEY": "“k”"},
            "copy it again",
        ),
    ],
)
def test_settings_that_do_not_go_together_name_the_remedy(settings, given, remedy):
    with pytest.raises(ConfigurationError, match=remedy):
        chosen(settings, **given)


def test_what_only_a_model_can_do_names_the_settings_for_one():
    with pytest.raises(ConfigurationError, match="PENTAGRAM_TEXT_URL and PENTAGRAM_TEXT_MODEL"):
        WRITER.complete([Message("user", json.dumps("a fox"))], Dish)
