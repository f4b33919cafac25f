"""The built-in painter: what it promises of every picture, whatever the prompt, the size and the machine."""

from __future__ import annotations

import ast
import hashlib
import io
import itertools
import os
import subprocess
import sys
import threading

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from services.errors import Unavailable, UserError
from services.settings import ROOT
from services.studio.engines.base import Order
from services.studio.engines.painter import Painter, palettes
from services.studio.engines.painter.brush import Brush
from services.studio.engines.painter.canvas import Canvas
from services.studio.engines.painter.composition import compose
from services.studio.engines.painter.light import light_of
from services.studio.engines.painter.scenes import SCENES
from services.studio.engines.painter.styles import STYLES
from services.studio.engines.painter.subjects import SUBJECTS
from services.studio.engines.painter.weather import weather
from services.studio.engines.painter.wish import Thing, Time, Wish
from services.studio.pictures import phash
from tests.fakes.embeddings import WordVectors

SMALL = 256
PACKAGE = ROOT / "services" / "studio" / "engines" / "painter"
PROMPTS = (
    "misty mountains with a lake", "city in the rain at night", "愛と平和", "oil painting of a forest at dawn",
    "three red balloons over the sea", "watercolour of a cat in a garden",
)  # fmt: skip
PRINT_DIGESTS = """
import hashlib, sys
from services.studio.engines.base import Order
from services.studio.engines.painter import Painter
orders = [Order(prompt, 7, 256, 320) for prompt in sys.argv[1:]]
print(*[hashlib.sha256(each.picture().tobytes()).hexdigest() for each in Painter().paint(orders)])
"""
OTHER_MACHINES = {
    "another hash seed": {"PYTHONHASHSEED": "1"},
    "a processor without AVX-512": {"NPY_DISABLE_CPU_FEATURES": "X86_V4 AVX512_ICL AVX512_SPR"},
    "a processor without AVX2": {"NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR"},
}


def painted(prompt: str, seed: int = 1, width: int = SMALL, height: int = SMALL, **more: object) -> Image.Image:
    return Painter().paint([Order(prompt, seed, width, height, **more)])[0].picture()


def canvas_of(wish: Wish, seed: int = 1, width: int = SMALL, height: int = SMALL) -> Canvas:
    c = Canvas(width, height, "a wish", seed)
    c.wish = wish
    c.light = light_of(wish, c)
    return c


def scene(name: str, time: Time = "day", seed: int = 1, width: int = SMALL, height: int = SMALL) -> np.ndarray:
    c = canvas_of(Wish(name, time), seed, width, height)
    SCENES[name].paint(c)
    return c.px


def mean_colour(prompt: str) -> np.ndarray:
    return np.mean([np.asarray(painted(prompt, seed), float).mean((0, 1)) for seed in range(3)], axis=0)


def bits_apart(a: Image.Image, b: Image.Image) -> int:
    return ((phash(a) ^ phash(b)) & (2**64 - 1)).bit_count()


def in_another_process(environment: dict[str, str]) -> list[str]:
    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PRINT_DIGESTS, *PROMPTS], capture_output=True, text=True, check=True,
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip
    return answer.stdout.split()


# The same everywhere ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("machine", OTHER_MACHINES)
def test_the_same_order_gives_the_same_pixels_on_another_machine(machine):
    digests = [hashlib.sha256(painted(p, 7, 256, 320).tobytes()).hexdigest() for p in PROMPTS]

    assert in_another_process(OTHER_MACHINES[machine]) == digests


def test_an_order_is_painted_alike_alone_and_among_others():
    orders = [Order(prompt, 3, SMALL, SMALL) for prompt in PROMPTS]
    together = [each.picture() for each in Painter().paint(orders)]
    alone = [Painter().paint([order])[0].picture() for order in reversed(orders)]
    assert [image.tobytes() for image in together] == [image.tobytes() for image in reversed(alone)]


def test_no_chance_comes_from_anywhere_but_prompt_and_seed():
    """Neither `random` nor the clock is imported, and numpy's generator is made in one place."""
    for file in PACKAGE.rglob("*.py"):
        imported = {
            name.name.partition(".")[0] if isinstance(node, ast.Import) else str(node.module)
            for node in ast.walk(ast.parse(file.read_text()))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in node.names
        }
        assert not imported & {"random", "time", "datetime", "secrets"}, file.name
        assert "default_rng" not in file.read_text() or file.name == "chance.py"


# Sizes --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height"), [(256, 256), (257, 401), (640, 256), (256, 2048), (2048, 256)])
@pytest.mark.parametrize("prompt", ["lighthouse", "spruce forest"])
def test_a_picture_has_exactly_the_size_asked_for(prompt, width, height):
    image = painted(prompt, width=width, height=height)
    assert (image.size, image.mode) == ((width, height), "RGB")


@pytest.mark.parametrize(("width", "height"), [(1, 1), (255, 512), (512, 2049), (10_000, 10_000)])
def test_a_size_out_of_range_is_a_sentence(width, height):
    [answer] = Painter().paint([Order("a fox", 1, width, height)])

    assert isinstance(answer.failure, UserError)
    assert str(answer.failure) == "The built-in painter paints from 256 to 2048 pixels a side."


# Scenes, subjects, styles -------------------------------------------------------------------------------------------


def test_there_are_as_many_recipes_as_promised():
    assert len(SCENES) >= 20
    assert len(SUBJECTS) >= 40
    assert len(STYLES) >= 12


@pytest.mark.parametrize("name", SCENES)
def test_every_scene_is_painted_in_full_and_never_flat(name):
    pixels = scene(name)

    assert np.isfinite(pixels).all()
    assert pixels.std() > 0.04
    assert pixels.std(axis=(1, 2)).min() > 0.001, "a row was left unpainted"


@pytest.mark.parametrize("name", SCENES)
@pytest.mark.parametrize(("width", "height"), [(256, 700), (700, 256)])
def test_every_scene_fits_into_tall_and_wide_sheets(name, width, height):
    c = canvas_of(Wish(name, "dusk"), width=width, height=height)

    ground = SCENES[name].paint(c)

    assert ground.line.shape == (width,)
    assert np.isfinite(c.px).all()
    assert 0 < ground.horizon <= height


@pytest.mark.parametrize("name", [name for name in SCENES if name not in ("flow", "pattern", "space", "planet")])
def test_night_is_darker_than_day(name):
    day, night = (np.mean([scene(name, time, seed).mean() for seed in (1, 2)]) for time in ("day", "night"))

    assert night + 0.08 < day


@pytest.mark.parametrize("name", SUBJECTS)
@pytest.mark.parametrize("where", ["meadow", "sea"])
def test_every_subject_is_seen_where_it_is_put(name, where):
    c = canvas_of(Wish(where, "day", (Thing(name),)))
    ground = SCENES[where].paint(c)
    without = c.px.copy()

    compose(c, ground)

    changed = np.abs(c.px - without).max(-1) > 0.05
    assert np.isfinite(c.px).all()
    assert changed.sum() > 60


@pytest.mark.parametrize("name", SUBJECTS)
def test_every_subject_keeps_within_its_measure(name):
    """Others are placed and sized by it."""
    for seed in range(4):
        brush = Brush(Canvas(SMALL, SMALL, name, seed), None, lit=False)
        SUBJECTS[name].draw(brush)
        points = np.concatenate([outline for outline, *_ in brush.parts])
        assert np.abs(points[:, 0]).max() <= 1.5
        assert points[:, 1].min() >= -0.25
        assert 0.2 <= points[:, 1].max() <= 1.25


@pytest.mark.parametrize("name", STYLES)
def test_every_style_changes_the_picture_and_leaves_what_is_in_it(name):
    c = canvas_of(Wish("mountains", "day"))
    SCENES["mountains"].paint(c)
    before = c.px.copy()

    STYLES[name].finish(c)

    assert c.px.shape == before.shape
    assert np.isfinite(c.px).all()
    assert np.abs(c.px - before).mean() > 0.02
    assert np.corrcoef(before.mean(-1).ravel(), c.px.mean(-1).ravel())[0, 1] > 0.3


@pytest.mark.parametrize("fall", ["mist", "rain", "storm", "snow", "sparks", "petals"])
def test_all_weather_is_seen(fall):
    c = canvas_of(Wish("meadow", "dusk", weather=frozenset([fall])))
    SCENES["meadow"].paint(c)
    before = c.px.copy()

    weather(c)

    assert np.abs(c.px - before).max() > 0.1


@pytest.mark.parametrize("name", ["warm", "cool", "pastel", "vivid", "earthy", "monochrome", "neon", "golden"])
def test_every_palette_grades_the_picture(name):
    c = canvas_of(Wish("mountains", "day", palette=name))
    SCENES["mountains"].paint(c)
    before = c.px.copy()

    palettes.apply(c)

    assert np.abs(c.px - before).mean() > 0.01


def test_rows_that_name_each_other_name_what_there_is():
    assert {name for row in SCENES.values() for name in row.company} <= SUBJECTS.keys()
    assert {name for row in SUBJECTS.values() for name in row.scenes} <= SCENES.keys()


# Prompts and seeds --------------------------------------------------------------------------------------------------


def test_other_prompts_give_other_pictures():
    assert bits_apart(painted("mountains"), painted("city")) > 8
    assert bits_apart(painted("a quiet thought"), painted("a loud thought")) > 8


LEAST_BITS = 6
"""Of the 64 of a perceptual hash: two pictures that differ in fewer look like one."""


@pytest.mark.parametrize("prompt", ["a house in the mountains", "the sea at dusk", "a city", "abstract colours"])
def test_eight_seeds_of_a_prompt_give_eight_pictures(prompt):
    pictures = [painted(prompt, seed) for seed in range(8)]

    assert min(bits_apart(a, b) for a, b in itertools.combinations(pictures, 2)) >= LEAST_BITS


@pytest.mark.parametrize("place", ["mountains", "abstract silk", "desert", "nebula in space"])
def test_colour_words_are_taken_literally(place):
    red, blue = mean_colour(f"red {place}"), mean_colour(f"blue {place}")
    assert red[0] - red[2] > blue[0] - blue[2] + 12


def test_a_colour_before_a_thing_dyes_the_thing_alone():
    def red_dots(prompt: str) -> int:
        pixels = np.asarray(painted(prompt), int)
        return int((pixels[..., 0] > 70 + pixels[..., 1:].max(2)).sum())

    assert 20 < red_dots("a red boat on the sea by day") < 0.03 * SMALL**2
    assert red_dots("a green boat on the sea by day") < 20


ODD = [
    "", " ", "\n\t", "\0\x07\x1b[31m", "😀🙃" * 50, "x" * 10_000, "مرحبا بالعالم", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "\ud800", "a\u202eb",
    "(((", "%s {0} \\", "night at noon", "a hundred thousand foxes on one cup", "no, not, without, never",
]  # fmt: skip


@pytest.mark.parametrize("prompt", ODD, ids=range(len(ODD)))
def test_every_odd_prompt_is_painted(prompt):
    assert painted(prompt).size == (SMALL, SMALL)


def test_any_seed_is_taken():
    assert len({painted("sea", seed).tobytes() for seed in (0, -1, 2**63, 10**40)}) == 4


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(st.text(max_size=60), st.integers(), st.sampled_from([256, 300, 411]))
def test_any_text_is_painted(prompt, seed, width):
    assert painted(prompt, seed, width, 256).size == (width, 256)


# From a picture -----------------------------------------------------------------------------------------------------


def file_of(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "WEBP", quality=95)
    return file.getvalue()


def likeness(a: Image.Image, b: Image.Image) -> float:
    """Of the distribution of light and dark, from -1 to 1."""
    grey = [np.asarray(each.convert("L").resize((16, 16)), float).ravel() for each in (a, b)]
    return float(np.corrcoef(*grey)[0, 1])


def test_a_picture_to_start_from_keeps_its_composition_the_more_the_less_may_change():
    start = painted("a lighthouse on a cliff by day", 3)
    other = painted("an oil painting of the sea", 5)

    near = painted("an oil painting", 5, image=file_of(start), strength=0.2)
    far = painted("an oil painting", 5, image=file_of(start), strength=1.0)

    assert likeness(start, near) > 0.9
    assert likeness(start, near) >= likeness(start, far) > likeness(start, other)


def test_a_picture_to_start_from_is_restyled_to_the_prompt():
    start = painted("mountains by day", 3)

    night = painted("at night", 5, image=file_of(start))

    assert np.asarray(night, float).mean() + 25 < np.asarray(start, float).mean()


@pytest.mark.parametrize(("width", "height"), [(256, 512), (512, 256), (300, 300)])
def test_a_picture_to_start_from_may_have_any_shape(width, height):
    start = painted("mountains by day", 3, 400, 256)

    assert painted("watercolour", 5, width, height, image=file_of(start)).size == (width, height)


# What words mean ----------------------------------------------------------------------------------------------------


class Language:
    """A model that answers when the test lets it, in a stand-in's vectors."""

    def __init__(self, failure: Exception | None = None) -> None:
        self.may_answer = threading.Event()
        self.asked = threading.Event()
        self._failure = failure
        self._words = WordVectors()

    def of(self, texts: list[str]) -> list[list[float]]:
        self.asked.set()
        assert self.may_answer.wait(20)
        if self._failure:
            raise self._failure
        return self._words.of(texts)


def test_nobody_waits_for_the_model_of_language_and_words_serve_until_it_is_there():
    language = Language()
    order = Order("a red fox in the snow", 3, SMALL, SMALL)

    [early] = Painter(language).paint([order])

    assert early.picture().tobytes() == painted(order.prompt, 3).tobytes()
    assert language.asked.wait(20)
    language.may_answer.set()


def test_a_model_of_language_that_does_not_answer_leaves_the_words():
    language = Language(Unavailable("The embedding model stopped."))
    language.may_answer.set()
    painter = Painter(language)

    painter.understand()
    [answer] = painter.paint([Order("a red fox in the snow", 3, SMALL, SMALL)])

    assert answer.picture().tobytes() == painted("a red fox in the snow", 3).tobytes()


def test_what_the_painter_understood_it_uses_from_then_on():
    language = Language()
    language.may_answer.set()
    painter = Painter(language)
    painter.understand()
    language.asked.clear()

    painter.paint([Order("a terrier", 3, SMALL, SMALL)])

    assert language.asked.is_set()
