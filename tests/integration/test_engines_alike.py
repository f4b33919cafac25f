"""What every engine keeps to, whichever paints: the house and its page ask them all in the same words."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from services.bootstrap import Pentagram
from services.settings import Settings
from services.studio.engines.apart import model_apart, painter_apart
from services.studio.engines.base import Engine, NotWanted, Order, Painted, Watch
from services.studio.engines.choice import Choice, Engines
from services.studio.engines.diffusers import DiffusersEngine
from services.studio.engines.modal import ModalEngine
from services.studio.engines.models import BY_ID, model_named
from services.studio.engines.painter import Painter
from services.studio.reading import read_provenance
from services.studio.studio import Options
from tests.fakes.modal_cloud import TOKEN
from tests.fakes.modal_cloud.painting import MODEL, PaintingCloud
from tests.fakes.tiny_pipeline import save_sd

FOX = Order("a red fox in the snow", seed=7, width=256, height=256)
BOAT = Order("a small boat", seed=8, width=320, height=256)
NEARLY = 12
"""Of 255: a file that was encoded on the way has lost as much at places, and a batch rounds otherwise."""


class Unwanted(Watch):
    def is_wanted(self) -> bool:
        return False


def on_modal(cloud: PaintingCloud, patch: pytest.MonkeyPatch) -> ModalEngine:
    for name, value in cloud.settings().items():
        patch.setenv(name, value)
    return ModalEngine(BY_ID[MODEL], app_name="pentagram", token_id=TOKEN[0], token_secret=TOKEN[1], deadline_s=60)


@pytest.fixture(scope="module", params=["painter", "painter apart", "diffusers", "diffusers apart", "modal"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    home = tmp_path_factory.mktemp("engine")
    with pytest.MonkeyPatch.context() as patch:
        yield from _made(request.param, home, patch)


def _made(name: str, home: Path, patch: pytest.MonkeyPatch) -> Iterator[Engine]:
    if name == "modal":
        with PaintingCloud(home) as cloud:
            cloud.deploy_painters()
            yield from _lent(on_modal(cloud, patch))
    elif name.startswith("painter"):
        yield from _lent(painter_apart() if "apart" in name else Painter())
    else:
        folder = str(save_sd(home / "sd-turbo"))
        yield from _lent(model_apart(folder) if "apart" in name else DiffusersEngine(model_named(folder)))


def _lent(engine: Engine) -> Iterator[Engine]:
    yield engine
    engine.close()


def ask(engine: Engine, *orders: Order) -> list[Painted]:
    """Each as a picture of its own, as the house does."""
    return engine.paint([replace(order, key=uuid.uuid4().hex) for order in orders])


def apart(one: Image.Image, other: Image.Image) -> float:
    """How far apart the pictures are on the whole, of 255."""
    return float(np.abs(np.asarray(one, np.int16) - np.asarray(other, np.int16)).mean())


def test_each_order_gets_its_own_picture_in_order_and_of_exactly_its_size(engine):
    pictures = [painted.picture() for painted in ask(engine, FOX, BOAT, replace(FOX, seed=9))]

    assert [(picture.mode, picture.size) for picture in pictures] == [
        ("RGB", (256, 256)), ("RGB", (320, 256)), ("RGB", (256, 256)),
    ]  # fmt: skip
    assert apart(pictures[0], pictures[2]) > 0


def test_the_same_order_gives_the_same_picture_alone_and_among_others(engine):
    [alone] = ask(engine, FOX)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda order: ask(engine, order)[0], [FOX, BOAT, replace(FOX, seed=9), FOX]))

    assert apart(alone.picture(), answers[0].picture()) < NEARLY
    assert apart(alone.picture(), answers[3].picture()) < NEARLY


def test_what_nobody_wants_takes_no_other_with_it(engine):
    dropped, painted = ask(engine, replace(FOX, watch=Unwanted()), BOAT)

    # One that is quick, or far away, may have begun before it heard.
    assert dropped.failure is None or isinstance(dropped.failure, NotWanted)
    assert painted.picture().size == (320, 256)


def test_no_orders_are_no_pictures(engine):
    assert engine.paint([]) == []


def test_a_request_goes_the_whole_way_and_the_file_says_who_painted_it(
    engine: Engine, build: Callable[..., Pentagram], settings: Settings
):
    house = build(engines=Engines([Choice(engine, "a test wants it.")]))
    mira = house.accounts.register("mira", "no password")
    request = house.studio.request("a red fox", Options(256, 256, count=2, seed=7), by=mira, token="press-one")

    house.worker.run_until_idle()

    creations = house.studio.watch(request.id, by=mira).creations
    assert [creation.state for creation in creations] == ["ready", "ready"]
    said = read_provenance(house.storage.get(creations[1].picture_key))
    assert (said.prompt, said.seed, said.engine) == ("a red fox", 8, engine.name)
    assert said.source_type.endswith(engine.generator)
    assert house.db.value("select count(*) from pentagram.ledger") == 2
