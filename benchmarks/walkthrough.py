"""Walks through Pentagram in Chromium as a newcomer would, and takes the pictures of docs/walkthrough.md and of the
README on the way. The house is a fresh one with the demo feed and a few people, and gone afterwards.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PIL import Image

from benchmarks.harness import SESSION_COOKIE, chromium, fresh_folder, opened_house, pentagram_server
from benchmarks.small_town import ME, MODERATOR, REPROVED, Town, settle
from services.residents.pace import Budgets
from services.residents.worlds import HARBOUR, read_world
from services.settings import ROOT

DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 780},
    "device_scale_factor": 2,
    "has_touch": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 (KHTML) Chrome/140 Mobile Safari/537.36",
}
PATIENCE_MS, PAUSE_MS = 90_000, 300
MOST_BYTES = 120_000
PLENTY = Budgets(1000, 0, Decimal(0))
QUALITIES = range(90, 40, -5)
PROMPT, SEED = "a tropical island with palm trees and a sailing boat", "21"
TRIED = "a pipe bomb in a letter box"
SOUGHT = "somewhere quiet by the water"

# Components of ours draw in trees of their own; pictures further down are fetched when they come into sight. What is
# still has to be so twice: a component comes to the page a moment after what stands around it.
STILL = """async pause => {
  const within = root => [...root.querySelectorAll("*")].flatMap(one => one.shadowRoot ? within(one.shadowRoot) : one)
  const seen = one => { const { top, bottom } = one.getBoundingClientRect(); return bottom > 0 && top < innerHeight }
  const moves = one => one.playState === "running" && one.effect.getTiming().iterations !== Infinity
  const pictures = () => within(document).filter(one => one.tagName === "IMG" && seen(one))
  const still = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
    && !document.querySelector("[data-testid=stSkeleton]") && !document.getAnimations().some(moves)
    && pictures().every(one => one.complete && one.naturalWidth > 0)
  const before = still()
  await new Promise(later => setTimeout(later, pause))
  if (!before || !still()) return false
  await Promise.all(pictures().map(one => one.decode()))
  return true
}"""


@dataclass(frozen=True)
class Visit:
    """Somebody in front of a browser, with a camera."""

    page: Any
    town: Town
    url: str
    folder: Path
    suffix: str

    def go(self, path: str, shows: str) -> None:
        self.page.goto(f"{self.url}/{path}")
        self.sees(shows)

    def sees(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for()

    def press(self, name: str, role: str = "button") -> None:
        self.page.get_by_role(role, name=name, exact=True).first.click()

    def wait_until_still(self) -> None:
        for _ in range(PATIENCE_MS // PAUSE_MS):
            if self.page.evaluate(STILL, PAUSE_MS):
                return
        sys.exit(f"Something moves on, or a picture never came: {self.page.url}")

    def take(self, name: str) -> None:
        self.page.mouse.move(0, 0)
        self.wait_until_still()
        kept = self.folder / f"{name}{self.suffix}.jpg"
        kept.write_bytes(small(self.page.screenshot()))
        print(f"{kept}: {kept.stat().st_size / 1000:.0f} kB")


def small(screenshot: bytes) -> bytes:
    """As good as it can be in so many bytes."""
    picture = Image.open(io.BytesIO(screenshot)).convert("RGB")
    for quality in QUALITIES:
        picture.save(file := io.BytesIO(), "JPEG", quality=quality, optimize=True, progressive=True)
        if file.tell() <= MOST_BYTES:
            break
    return file.getvalue()


# The walk -------------------------------------------------------------------------------------------------------------


def look_around(visit: Visit) -> None:
    visit.page.goto(visit.url)
    visit.page.locator("[class*=st-key-card-] img").nth(11).wait_for()
    visit.take("feed")


def join(visit: Visit) -> None:
    visit.go("sign_in", "Welcome back")
    visit.press("Create account", "tab")
    visit.sees("Join in")
    visit.take("join")


def read_the_news(visit: Visit) -> None:
    visit.go("notifications", "remixed your picture")
    visit.take("notifications")


def paint(visit: Visit) -> None:
    visit.go("generate", "What do you want to see?")
    visit.page.get_by_label("What do you want to see?").fill(PROMPT)
    visit.press("4", "radio")
    visit.page.get_by_role("textbox", name="Seed").fill(SEED)
    visit.page.get_by_role("button", name="Generate").click()
    visit.page.get_by_alt_text(f"“{PROMPT}”").nth(3).wait_for()
    visit.take("generate")


def post(visit: Visit) -> None:
    visit.press("Post")
    visit.press("Suggest caption and tags")
    visit.page.get_by_role("button", name="Remove island").wait_for()
    visit.take("posting")
    visit.page.get_by_role("dialog").get_by_role("button", name="Post", exact=True).click()
    visit.page.get_by_role("link", name="Posted").wait_for()


def open_a_post(visit: Visit) -> None:
    visit.go(f"post?id={visit.town.post.id}", "Give it a minute.")
    visit.take("post")


def read_what_is_said(visit: Visit) -> None:
    visit.page.get_by_text("It hangs over my desk now.").scroll_into_view_if_needed()
    visit.take("comments")


def see_somebody(visit: Visit) -> None:
    visit.go("person?name=lea_k", "Water, mostly.")
    visit.take("profile")


def collect(visit: Visit) -> None:
    visit.go("collections", "By the water")
    visit.take("collections")


def search(visit: Visit) -> None:
    visit.go("search", "Describe it in your own words")
    visit.page.get_by_label("Search").fill(SOUGHT)
    visit.page.keyboard.press("Enter")
    visit.page.get_by_role("button", name="Save").first.wait_for()
    visit.take("search")


def go_through_prompts(visit: Visit) -> None:
    visit.go("my_prompts", PROMPT)
    visit.take("my-prompts")


def see_what_is_known(visit: Visit) -> None:
    visit.go("my_interests", "What you like")
    visit.take("my-interests")


def settle_in(visit: Visit) -> None:
    visit.go("account", "Display name")
    visit.take("settings")


def read_a_decision(visit: Visit) -> None:
    visit.go("account?section=Decisions", "Your appeal waits for a moderator.")
    visit.take("decisions")


def see_what_waits(visit: Visit) -> None:
    visit.go("moderation", "the most urgent first")
    visit.take("moderation")


def look_at_a_case(visit: Visit) -> None:
    visit.go(f"moderation?case={visit.town.case}", "Reports")
    visit.take("case")


def rule_on_words(visit: Visit) -> None:
    visit.go("moderation?moderating=Own+rules", "What does the gate say to this?")
    visit.page.get_by_label("What does the gate say to this?").fill(TRIED)
    visit.page.keyboard.press("Tab")
    visit.sees("The gate:")
    visit.take("own-rules")


def look_in_on_residents(visit: Visit) -> None:
    visit.go("society", "by their clock")
    visit.page.get_by_text("posted a picture").first.wait_for()
    visit.take("society")


def see_a_resident(visit: Visit) -> None:
    visit.go("person?name=odile_at_noon", "Into")
    visit.take("resident")


class Walk(NamedTuple):
    device: dict[str, Any]
    steps: tuple[Callable[[Visit], None], ...]
    who: str = ME.name
    """Empty for a visitor."""
    scheme: str = "light"
    suffix: str = ""
    """Of the names of its pictures."""


WALKS = (
    Walk(DESK, (look_around, join), who=""),
    Walk(
        DESK,
        (read_the_news, paint, post, open_a_post, read_what_is_said, see_somebody, collect, search, go_through_prompts,
         see_what_is_known, settle_in),
    ),
    Walk(DESK, (read_a_decision,), who=REPROVED),
    Walk(DESK, (see_what_waits, look_at_a_case, rule_on_words), who=MODERATOR),
    Walk(DESK, (open_a_post,), scheme="dark", suffix="-dark"),
    Walk(PHONE, (open_a_post, see_somebody), suffix="-phone"),
    Walk(PHONE, (look_around,), scheme="dark", suffix="-phone-dark"),
)  # fmt: skip

AMONG_RESIDENTS = (
    Walk(DESK, (look_in_on_residents, see_a_resident)), Walk(PHONE, (see_a_resident,), scheme="dark", suffix="-phone")
)  # fmt: skip


def bring_residents(home: Path) -> None:
    """The twelve of the harbour, who lived for a day; the app that runs meanwhile paints for them."""
    with opened_house(home) as house:
        house.society.settle(read_world(HARBOUR))
        house.society.set_budgets(PLENTY)
        for hours in (8, 8, 8):
            house.society.run(hours)
            while house.society.is_waiting():
                house.society.tick()
                time.sleep(PAUSE_MS / 1000)


@contextmanager
def begun(walk: Walk, browser: Any, url: str, town: Town, folder: Path) -> Iterator[Visit]:
    context = browser.new_context(**walk.device, color_scheme=walk.scheme, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    if walk.who:
        context.add_cookies([{"name": SESSION_COOKIE, "value": town.sessions[walk.who], "url": url}])
    yield Visit(context.new_page(), town, url, folder, walk.suffix)
    context.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "walkthrough", help="the folder for the pictures")
    folder: Path = parser.parse_args().out
    folder.mkdir(parents=True, exist_ok=True)
    with fresh_folder() as home:
        town = settle(home)
        server = pentagram_server(home, PENTAGRAM_SEED="off")
        with server.running(), chromium() as browser:
            take_all(WALKS, browser, server.url, town, folder)
            bring_residents(home)
            take_all(AMONG_RESIDENTS, browser, server.url, town, folder)


def take_all(walks: Sequence[Walk], browser: Any, url: str, town: Town, folder: Path) -> None:
    for walk in walks:
        with begun(walk, browser, url, town, folder) as visit:
            for step in walk.steps:
                step(visit)


if __name__ == "__main__":
    main()
