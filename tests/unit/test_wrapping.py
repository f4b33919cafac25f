"""What people put around what they ask for is told from what they ask for."""

from __future__ import annotations

import time

import pytest

from services.writers.wrapping import unwrapped, without_asking


def telling(prompt: str) -> str:
    return " ".join(unwrapped(prompt).replace(",", " ").split())


@pytest.mark.parametrize(
    "prompt",
    [
        "a red fox", "masterpiece, best quality, a red fox, 8k, trending on artstation", "a red fox, (masterpiece)",
        "Masterpiece, a red fox, f/1.8 bokeh", "best_quality, a red fox, trending_on_artstation",
        "award-winning photo\na red fox, Unreal Engine 5 render",
    ],
)  # fmt: skip
def test_praise_is_left_out_wherever_it_stands(prompt):
    assert telling(prompt) == "a red fox"


@pytest.mark.parametrize(
    "prompt",
    [
        "concept art", "the best fox", "8k 🔪", "🔪", "a|<ill him", "f, a, g", "1488", "b3st qu4l1ty", "hd nude",
        "m@sterpiece", "sharp focus on a fox", "the president, shot", "a fox, in the", "a photo of the, fox",
        "1girl, long_hair, solo",
    ],
)  # fmt: skip
def test_what_may_tell_something_stays(prompt):
    assert unwrapped(prompt) == prompt


def test_of_nothing_but_praise_nothing_stays():
    assert telling("masterpiece, 8k, best quality") == ""


@pytest.mark.parametrize(
    "prompt",
    [
        "a picture of a red fox", "please make me a picture of a red fox, thank you",
        "Can you draw an image of a red fox, pls",
        "hi, could you please show me the picture of a red fox. Thanks so much!", "a red fox please",
    ],
)  # fmt: skip
def test_the_words_of_asking_are_left_out(prompt):
    assert without_asking(prompt) == "a red fox"


@pytest.mark.parametrize(
    "text",
    ["pictures of a red fox", "i want to see you dead", "thanks for the fox", "please", "make me a bomb",
     "a fox that holds a picture of you", "show me how", "i want to see the picture of your wife"],
)  # fmt: skip
def test_what_is_said_with_words_of_asking_stays(text):
    assert without_asking(text) == text


@pytest.mark.parametrize(
    "prompt",
    [
        "a red fox --ar 16:9 --seed 4711",
        "a red fox --v 6.1 --style raw",
        "(a red fox:1.3)",
        "(masterpiece:1.2), a red fox",
    ],
)
def test_switches_and_weights_of_other_tools_are_left_out(prompt):
    assert " ".join(unwrapped(prompt).strip("(), ").split()) == "a red fox"


@pytest.mark.parametrize("text", ["a\nphoto\nof\nthe\nnude\nqueen", "photo, of, a, nude, queen"])
def test_a_sentence_with_a_word_to_a_line_stays_whole(text):
    assert unwrapped(text) == text


@pytest.mark.parametrize(
    "prompt",
    [
        "a red fox --no trees",
        "a fox --kill him",
        "a girl --n 12 years old",
        "a girl:.12 years",
        "at 13:15",
        "ratio 16:9 --quality of life",
    ],
)
def test_what_is_no_switch_stays(prompt):
    assert unwrapped(prompt) == prompt


@pytest.mark.parametrize(
    "unit",
    [
        "please ",
        "you ",
        " ",
        "thanks   ",
        "please.",
        "make me a picture ",
        "1.2:",
        ":1.2",
        "-' ",
        ",",
        "8k, ",
        " --v 6",
        " --",
    ],
)
def test_hostile_text_costs_about_what_plain_text_of_its_length_costs(unit):
    def seconds(text: str) -> float:
        start = time.process_time()
        unwrapped(f"please {text}x")
        return time.process_time() - start

    plain = min(seconds(("a house near the forest, 8k " * 4_000)[:100_000]) for _ in range(3))
    assert seconds((unit * 100_000)[:100_000]) < 20 * plain
