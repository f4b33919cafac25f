import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from services.studio.engines.base import Order
from services.studio.engines.painter import (
    FIGURE_WORDS,
    SCENE_PAINTERS,
    SCENE_WORDS,
    Canvas,
    Painter,
    figures,
    read,
)
from services.studio.pictures import phash

SMALL = 256
ROOT = Path(__file__).resolve().parents[2]
PROMPTS = ("misty mountains with a lake", "city in the rain at night", "愛と平和")
PRINT_DIGESTS = """
import hashlib, sys
from services.studio.engines.base import Order
from services.studio.engines.painter import Painter
orders = [Order(prompt, 7, 256, 320) for prompt in sys.argv[1:]]
print(*[hashlib.sha256(each.picture().tobytes()).hexdigest() for each in Painter().paint(orders)])
"""


def painted(prompt: str, seed: int = 1, width: int = SMALL, height: int = SMALL) -> Image.Image:
    return Painter().paint([Order(prompt, seed, width, height)])[0].picture()


def mean_colour(prompt: str) -> np.ndarray:
    return np.mean([np.asarray(painted(prompt, seed), float).mean((0, 1)) for seed in range(3)], axis=0)


def bits_apart(a: Image.Image, b: Image.Image) -> int:
    return ((phash(a) ^ phash(b)) & (2**64 - 1)).bit_count()


def test_the_same_order_gives_the_same_pixels_in_another_process():
    digests = [hashlib.sha256(painted(p, 7, 256, 320).tobytes()).hexdigest() for p in PROMPTS]
    for hash_seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", PRINT_DIGESTS, *PROMPTS]
        answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=ROOT)
        assert answer.stdout.split() == digests


def test_an_order_is_painted_alike_alone_and_among_others():
    orders = [Order(prompt, 3, SMALL, SMALL) for prompt in PROMPTS]
    together = [each.picture() for each in Painter().paint(orders)]
    alone = [Painter().paint([order])[0].picture() for order in reversed(orders)]
    assert [image.tobytes() for image in together] == [image.tobytes() for image in reversed(alone)]


@pytest.mark.parametrize(("width", "height"), [(256, 256), (257, 401), (640, 256), (256, 2048), (2048, 256)])
@pytest.mark.parametrize("prompt", ["lighthouse", "spruce forest"])
def test_a_picture_has_exactly_the_size_asked_for(prompt, width, height):
    image = painted(prompt, width=width, height=height)
    assert (image.size, image.mode) == ((width, height), "RGB")


@pytest.mark.parametrize("scene", SCENE_PAINTERS)
def test_every_scene_is_painted_in_full_and_never_flat(scene):
    for word in SCENE_WORDS[scene].split()[:1]:
        pixels = np.asarray(painted(word), float)
        assert pixels.std() > 12
        assert pixels.std(axis=(1, 2)).min() > 0.5, "a row was left unpainted"


def test_other_prompts_and_other_seeds_give_other_pictures():
    assert bits_apart(painted("mountains"), painted("city")) > 8
    assert bits_apart(painted("a quiet thought"), painted("a loud thought")) > 8
    assert bits_apart(painted("mountains", seed=1), painted("mountains", seed=2)) > 8


@pytest.mark.parametrize("scene", ["mountains", "sea", "meadow", "city", "forest", "desert"])
def test_night_is_darker_than_day(scene):
    assert mean_colour(f"{scene} at night").mean() + 40 < mean_colour(f"{scene} by day").mean()


@pytest.mark.parametrize("scene", ["", "mountains", "silk", "desert", "nebula"])
def test_colour_words_are_taken_literally(scene):
    red, blue = mean_colour(f"red {scene}"), mean_colour(f"blue {scene}")
    assert red[0] - red[2] > blue[0] - blue[2] + 15


def test_a_colour_before_a_figure_dyes_the_figure_alone():
    def red_dots(prompt: str) -> int:
        pixels = np.asarray(painted(prompt), int)
        return int((pixels[..., 0] > 90 + pixels[..., 1:].max(2)).sum())

    assert 20 < red_dots("a red boat on the sea by day") < 0.02 * SMALL**2
    assert red_dots("a green boat on the sea by day") == 0


@pytest.mark.parametrize("figure", FIGURE_WORDS)
@pytest.mark.parametrize("scene", ["desert", "sea"])
def test_a_figure_of_the_prompt_is_in_the_picture(figure, scene):
    canvas = Canvas(Order(f"{figure} {scene} by day", 1, SMALL, SMALL))
    ground = SCENE_PAINTERS[scene](canvas)
    without = canvas.px.copy()
    figures(canvas, ground)
    assert np.abs(canvas.px - without).max() > 0.1


def test_plurals_capitals_emoji_and_other_scripts_are_read():
    chance = np.random.default_rng(0)
    for prompt in ("MOUNTAINS", "🏔️", "山の夜", "zwei Berge? ein Berg!"):
        assert read(prompt, chance).scene == "mountains"
    assert read("⛵🌙", chance).time == "night"


ODD = [
    "",
    " ",
    "\n\t",
    "\0\x07\x1b[31m",
    "😀🙃" * 50,
    "x" * 10_000,
    "مرحبا بالعالم",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢",
    "\ud800",
    "a\u202eb",
    "(((",
    "%s {0} \\",
]


@pytest.mark.parametrize("prompt", ODD, ids=range(len(ODD)))
def test_every_odd_prompt_is_painted(prompt):
    assert painted(prompt).size == (SMALL, SMALL)


def test_any_seed_is_taken():
    assert len({painted("sea", seed).tobytes() for seed in (0, -1, 2**63, 10**40)}) == 4


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(st.text(max_size=60), st.integers(), st.sampled_from([256, 300, 411]))
def test_any_text_is_painted(prompt, seed, width):
    assert painted(prompt, seed, width, 256).size == (width, 256)
