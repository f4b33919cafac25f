"""The Search page where a model looks at pictures."""

from __future__ import annotations

import io
import uuid

import pytest
from PIL import Image

from services.studio.engines.choice import Choice, Engines
from tests.fakes.embeddings import ColourVectors
from tests.fakes.engines import OneColour
from tests.screens.conftest import as_read

RED, BLUE = 0, 2


@pytest.fixture
def house(build):
    return build(engines=Engines([Choice(OneColour(), "a test wants it.")]), seeing=ColourVectors())


@pytest.fixture(autouse=True)
def gallery(house, paint, mira):
    for prompt, colour in (("an afternoon", BLUE), ("rooftops", RED)):
        house.posts.publish(
            [paint(mira, prompt, seed=colour).creations[0].id], by=mira, token=uuid.uuid4().hex
        )  # fmt: skip
    house.worker.run_until_idle()


def test_what_nobody_wrote_is_said_to_be_on_the_picture(visit):
    app = visit().open("search", q="something blue")

    [said] = [as_read(each.value) for each in app.markdown if each.value.startswith("an afternoon")]
    assert "The picture shows it" in said


def test_a_picture_of_ones_own_brings_up_what_shows_something_like_it(visit):
    file = io.BytesIO()
    Image.new("RGB", (128, 96), "navy").save(file, "PNG")
    app = visit().open("search")

    app.button(key="by-picture").click().run()
    app.button(key="by-picture").click()
    app.file_uploader(key="search-picture").set_value(("sea.png", file.getvalue(), "image/png")).run()

    assert "Shows something like it" in [each.value for each in app.subheader]
