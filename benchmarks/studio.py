"""What the studio adds to the time that an engine takes: from the click on Generate until the picture is on the page,
with one person and with eight; what painting in batches gains; and what a like costs while pictures are painted."""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.harness import (
    PASSWORD,
    SESSION_COOKIE,
    VIEWPORT,
    bare_server,
    chromium,
    fill,
    fresh_folder,
    ms,
    opened_house,
    pentagram_server,
    print_table,
)
from benchmarks.like import BARE_BUTTON, Button
from benchmarks.modal_app import APP, BATCH_SECONDS, MOST
from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.community.credentials import hash_password
from services.settings import ROOT
from services.studio.engines.base import Order
from services.studio.engines.painter import Painter
from services.studio.studio import Options
from tests.fakes.modal_cloud import ModalCloud

CROWD = 8
ROUNDS = {1: 20, CROWD: 5}
MOST_SECONDS = {1: 0.25, CROWD: 0.6}
MINUTE_SECONDS = 60.0
MOST_PICTURE_SECONDS = 2.0
LIKES, TURNS = 10, 4
MOST_LIKE_RATIO = 2.0
POSTS = 12
TOGETHER_SECONDS = 0.3
"""What all browsers are told in advance to press at the same moment."""
LOOK_EVERY_SECONDS = 0.05
PATIENCE_SECONDS = 60.0
LARGE = Options(1024, 1024, count=4)
SMALL = Options(512, 512)
WORKER_JOBS = 16
BATCHED, ALONE, EACH_ITS_OWN = ("batched", 4), ("alone", 1), ("each-its-own", 0)
UNLIMITED = {"PENTAGRAM_PICTURES_AN_HOUR": "1000000", "PENTAGRAM_SEED": "off"}

BARE_PAGE = """
import time
from pathlib import Path

import streamlit as st

st.session_state.setdefault("pressed", 0)
FILE = Path("picture.jpg").read_bytes()


@st.fragment
def picture() -> None:
    time.sleep({seconds})
    st.image(FILE + st.session_state.pressed.to_bytes(4))


st.text_area("What do you want to see?")
if st.button("Generate"):
    st.session_state.pressed += 1
    picture()
"""
PROMPT_FIELD = "What do you want to see?"
PICTURE = "[data-testid=stImage] img"
# The moment of the click and that of the picture are both taken in the page. A picture that stood there before, and is
# only fetched again, does not count.
PRESS = """
([at, picture]) => {
  window.shownAfter = null;
  const file = (img) => new URL(img.src).pathname;
  const known = new Set(Array.from(document.querySelectorAll(picture), file));
  const button = [...document.querySelectorAll("button")].find((each) => each.innerText.includes("Generate"));
  setTimeout(() => {
    const pressed = performance.now();
    document.addEventListener("load", function seen({ target }) {
      if (!target.matches?.(picture) || known.has(file(target))) return;
      document.removeEventListener("load", seen, true);
      window.shownAfter = performance.now() - pressed;
    }, true);
    button.click();
  }, at - Date.now());
}
"""


@dataclass(frozen=True)
class Timed:
    """One line of a table: seconds of many runs beside those of what they are measured against."""

    what: str
    ours: Sequence[float]
    baseline: Sequence[float]
    target: str
    met: bool


def percentile(seconds: Sequence[float], share: float) -> float:
    """By nearest rank, so that it is a run that was measured."""
    return sorted(seconds)[math.ceil(share * len(seconds)) - 1]


def p95(seconds: Sequence[float]) -> float:
    return percentile(seconds, 0.95)


def print_timed(lines: Sequence[Timed], *, baseline: str) -> None:
    print_table(
        ["", "p50", "p95", "baseline p50", "p95", "runs", "target", ""],
        [
            [line.what, ms(line.ours), ms([p95(line.ours)]), ms(line.baseline), ms([p95(line.baseline)]),
             str(len(line.ours)), line.target, "met" if line.met else "MISSED"]
            for line in lines
        ],
    )  # fmt: skip
    print(f"Baseline: {baseline}.\n", flush=True)


# Houses and people


def people(house: Pentagram, count: int) -> list[Account]:
    hashed = hash_password(PASSWORD)
    return [house.accounts.register(f"person_{number}", hashed) for number in range(count)]


@contextmanager
def apps(cloud: ModalCloud, *deployed: tuple[str, int]) -> Iterator[None]:
    """Deployed by Modal's own command, one container each; clients started meanwhile find them."""
    for name, most in deployed:
        cloud.deploy(ROOT / "benchmarks" / "modal_app.py", **{APP: name, MOST: str(most)})
    before = dict(os.environ)
    os.environ.update(cloud.environment() | UNLIMITED)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


# From the click to the picture


class Person:
    """Somebody with the Generate page open in a browser of their own."""

    def __init__(self, browser: Any, url: str, cookie: str = "") -> None:
        self._context = browser.new_context(viewport=VIEWPORT)
        if cookie:
            self._context.add_cookies([{"name": SESSION_COOKIE, "value": cookie, "url": url}])
        self._page = self._context.new_page()
        self._page.goto(url)
        self._field = self._page.get_by_label(PROMPT_FIELD)
        self._field.wait_for()

    def write(self, prompt: str) -> None:
        self._field.fill(prompt)
        self._field.blur()

    def press(self, at: float) -> None:
        self._page.evaluate(PRESS, [at * 1000, PICTURE])

    def seen_after(self) -> float:
        shown = self._page.wait_for_function("window.shownAfter", timeout=PATIENCE_SECONDS * 1000)
        return float(shown.json_value()) / 1000

    def leave(self) -> None:
        self._context.close()


Engine = Callable[[int], Sequence[float]]
"""How long the engine was at work until the picture of each of the last so many people was painted."""


@dataclass(frozen=True)
class Stage:
    """A server, the people who may sit in front of it, and what its engine takes."""

    url: str
    cookies: Sequence[str]
    engine: Engine
    settle: Callable[[], None] = lambda: None
    """Waits for what is done after a picture, as to read its prompt: it is no part of the next server's turn."""

    def seated(self, browser: Any, count: int) -> list[Person]:
        return [Person(browser, self.url, cookie) for cookie in self.cookies[:count]]

    def round(self, persons: Sequence[Person], number: int) -> list[float]:
        """All press at the same moment; what each waited beyond the engine's own time."""
        for person in persons:
            person.write(f"a lighthouse on a cliff at dusk, number {number}")
        at = time.time() + TOGETHER_SECONDS
        for person in persons:
            person.press(at)
        seen = [person.seen_after() for person in persons]
        self.settle()
        return [waited - worked for waited, worked in zip(seen, self.engine(len(persons)), strict=True)]


def fixed(count: int) -> list[float]:
    return [BATCH_SECONDS] * count


@dataclass(frozen=True)
class Stretch:
    """While the engine was at a picture."""

    name: str
    begun: datetime
    ended: datetime


def at_work(house: Pentagram) -> Engine:
    """By what the house measured. Those who wait for the pictures of others before theirs wait for the engine too:
    what counts is when it was at any picture of the round."""

    def engine(count: int) -> list[float]:
        last = house.db.rows(
            Stretch,
            """select a.name, c.started_at as begun, c.started_at + make_interval(secs => c.paint_ms / 1000.0) as ended
            from pentagram.creations c join pentagram.accounts a on a.id = c.account_id
            order by c.created_at desc limit %(count)s""",
            count=count,
        )
        return [union_s(last, until=each.ended) for each in sorted(last, key=lambda each: each.name)]

    return engine


def union_s(stretches: Sequence[Stretch], *, until: datetime) -> float:
    covered, reached = timedelta(), min(each.begun for each in stretches)
    for each in sorted(stretches, key=lambda each: each.begun):
        ended = min(each.ended, until)
        covered += max(ended - max(each.begun, reached), timedelta())
        reached = max(reached, ended)
    return covered.total_seconds()


@contextmanager
def stage(home: Path, **environment: str) -> Iterator[Stage]:
    with opened_house(home) as house:
        cookies = [house.accounts.begin_session(person) for person in people(house, CROWD)]
        server = pentagram_server(home, **UNLIMITED, **environment)
        engine = at_work(house) if environment["PENTAGRAM_ENGINE"] == "painter" else fixed
        with server.running():
            settle = partial(wait_for, lambda: not house.jobs.unfinished(house.db, task="embed"))
            yield Stage(f"{server.url}/generate", cookies, engine, settle)


@contextmanager
def bare_stage(folder: Path) -> Iterator[Stage]:
    [painted] = Painter().paint([Order("a lighthouse on a cliff at dusk", 7, 512, 512)])
    painted.picture().save(folder / "picture.jpg")
    with bare_server(folder, BARE_PAGE.format(seconds=BATCH_SECONDS)).running() as server:
        yield Stage(server.url, [""] * CROWD, fixed)


def clicks(scale: float) -> None:
    with ExitStack() as stack:
        home, away, empty, cloud_home = (stack.enter_context(fresh_folder()) for _ in range(4))
        cloud = stack.enter_context(ModalCloud(cloud_home))
        stack.enter_context(apps(cloud, EACH_ITS_OWN))
        here = stack.enter_context(stage(home, PENTAGRAM_ENGINE="painter"))
        modal = stack.enter_context(stage(away, PENTAGRAM_ENGINE="modal", PENTAGRAM_MODAL_APP=EACH_ITS_OWN[0]))
        bare = stack.enter_context(bare_stage(empty))
        browser = stack.enter_context(chromium())
        lines = [line for count in ROUNDS for line in clicked(browser, [here, modal, bare], count, scale)]
    print_timed(
        lines,
        baseline=f"an empty Streamlit page whose fragment sleeps {BATCH_SECONDS:g} s, then shows a picture. "
        "The engine's own time is taken off all of them. All browsers, both servers and the painter share this "
        f"machine's {os.cpu_count()} cores",
    )


def clicked(browser: Any, stages: Sequence[Stage], count: int, scale: float) -> list[Timed]:
    rounds = max(1, round(ROUNDS[count] * scale))
    seated = [(stage, stage.seated(browser, count)) for stage in stages]
    for stage, persons in seated:
        stage.round(persons, 0)
    measured = [[stage.round(persons, number + 1) for stage, persons in seated] for number in range(rounds)]
    for _, persons in seated:
        for person in persons:
            person.leave()
    here, modal, bare = ([each for turn in turns for each in turn] for turns in zip(*measured, strict=True))
    who, most_s = "1 person" if count == 1 else f"{count} people", MOST_SECONDS[count]
    target = f"p95 at most {most_s * 1000:g} ms"
    return [
        Timed(f"click to picture, {who}, {engine}", ours, bare, target, p95(ours) <= most_s)
        for engine, ours in (("painter", here), ("Modal's stand-in", modal))
    ]


# In batches


def batches(scale: float) -> None:
    with fresh_folder() as cloud_home, ModalCloud(cloud_home) as cloud, apps(cloud, BATCHED, ALONE):
        together, alone = (crowd_for(MINUTE_SECONDS * scale, name) for name, _ in (BATCHED, ALONE))
    line = Timed(
        f"a picture in batches up to {BATCHED[1]}, {CROWD} people", together, alone,
        f"p95 under {MOST_PICTURE_SECONDS:g} s", p95(together) < MOST_PICTURE_SECONDS,
    )  # fmt: skip
    print_timed(
        [line],
        baseline=f"the same with batching off. {CROWD} people for {MINUTE_SECONDS * scale:g} s each, who ask for the "
        f"next picture when they have one: from the request until it is ready, on one container of Modal's stand-in "
        f"whose batch takes {BATCH_SECONDS:g} s, as long as one picture alone. {len(together)} pictures against "
        f"{len(alone)}",
    )


def crowd_for(seconds: float, app: str) -> list[float]:
    """Each asks for the next picture when they have one; how long each picture took."""
    with fresh_folder() as home, opened_house(home) as house:
        crowd = people(house, CROWD)
        with worker(home, PENTAGRAM_ENGINE="modal", PENTAGRAM_MODAL_APP=app), ThreadPoolExecutor(CROWD) as threads:
            list(threads.map(lambda by: picture_s(house, by), crowd))
            until = time.monotonic() + seconds
            return [took for each in threads.map(lambda by: pictures_s(house, by, until), crowd) for took in each]


def pictures_s(house: Pentagram, by: Account, until: float) -> list[float]:
    took = []
    while time.monotonic() < until:
        took.append(picture_s(house, by))
    return took


def picture_s(house: Pentagram, by: Account) -> float:
    begun = time.time()
    request = house.studio.request("a lighthouse at dusk", SMALL, by=by, token=uuid.uuid4().hex)
    while request.is_unfinished and time.time() - begun < PATIENCE_SECONDS:
        time.sleep(LOOK_EVERY_SECONDS)
        request = house.studio.watch(request.id, by=by)
    if request.creations[0].state != "ready":
        sys.exit(f"A picture is {request.creations[0].state}: {request.creations[0].failure}")
    ready_at = house.db.value(
        "select ready_at from pentagram.creations where id = %(id)s", id=request.creations[0].id
    )  # fmt: skip
    return float(ready_at.timestamp() - begun)


@contextmanager
def worker(home: Path, **environment: str) -> Iterator[None]:
    """`manage.py worker` in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--concurrency", str(WORKER_JOBS)], cwd=ROOT,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        env={**os.environ, **environment, "PENTAGRAM_HOME": str(home)},
    )  # fmt: skip
    try:
        yield
    finally:
        process.terminate()
        process.wait(20)


# Likes meanwhile


def likes(scale: float) -> None:
    presses, turns = max(1, round(LIKES * scale)), TURNS
    with ExitStack() as stack:
        home, empty = (stack.enter_context(fresh_folder()) for _ in range(2))
        posts, session = fill(home, POSTS)
        house = stack.enter_context(opened_house(home))
        server = stack.enter_context(pentagram_server(home, **UNLIMITED, PENTAGRAM_ENGINE="painter").running())
        bare = stack.enter_context(bare_server(empty, BARE_BUTTON).running())
        browser = stack.enter_context(chromium())
        heart = Button(browser, server.url, f"like-{posts[0].id}", session)
        button = Button(browser, bare.url, "like")
        idle, during = in_turns(house, [heart, button], presses, turns)
    print_timed(
        [
            Timed("a like during four paintings", during[0], idle[0], f"p95 at most {MOST_LIKE_RATIO:g} x",
                  p95(during[0]) <= MOST_LIKE_RATIO * p95(idle[0])),
            Timed("a bare button meanwhile", during[1], idle[1], "none", True),
        ],
        baseline="the same while nothing is painted. The painter has four pictures of 1024 x 1024 to paint at any "
        "time; the bare button is on a page of another server on the same machine",
    )  # fmt: skip


def in_turns(house: Pentagram, buttons: Sequence[Button], presses: int, turns: int) -> list[list[list[float]]]:
    """Idle and during paintings, for each button."""
    [painter] = people(house, 1)
    measured: list[list[list[float]]] = [[[] for _ in buttons] for _ in range(2)]
    for _ in range(turns):
        pressed(buttons, presses, measured[0])
        with painted_meanwhile(house, painter):
            pressed(buttons, presses, measured[1])
    return measured


def pressed(buttons: Sequence[Button], presses: int, into: Sequence[list[float]]) -> None:
    for button in buttons:
        button.press()
    for _ in range(presses):
        for button, seconds in zip(buttons, into, strict=True):
            seconds.append(button.press())


@contextmanager
def painted_meanwhile(house: Pentagram, by: Account) -> Iterator[None]:
    """Four pictures wait or are painted at any time in between; none before and after."""
    enough = threading.Event()
    feeder = threading.Thread(target=feed, args=(house, by, enough))
    feeder.start()
    wait_for(lambda: painted(house, "painting"))
    try:
        yield
    finally:
        enough.set()
        feeder.join()
        wait_for(lambda: not painted(house, "queued", "painting") and not house.jobs.unfinished(house.db, task="embed"))


def feed(house: Pentagram, by: Account, enough: threading.Event) -> None:
    while not enough.wait(LOOK_EVERY_SECONDS):
        if painted(house, "queued", "painting") < LARGE.count:
            house.studio.request("a harbour at dawn", LARGE, by=by, token=uuid.uuid4().hex)


def painted(house: Pentagram, *states: str) -> int:
    return int(
        house.db.value("select count(*) from pentagram.creations where state = any(%(states)s)", states=list(states))
    )


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            sys.exit("What was to be painted is not.")
        time.sleep(LOOK_EVERY_SECONDS)


PARTS = {"clicks": clicks, "batches": batches, "likes": likes}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(PARTS), help=f"of {', '.join(PARTS)}; all if none is named")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the usual number of runs")
    options = parser.parse_args()
    for part in options.parts:
        PARTS[part](options.scale)


if __name__ == "__main__":
    main()
