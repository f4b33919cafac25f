"""How long the Feed takes in a browser, from navigation until the last of its 12 pictures can be seen."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.harness import (
    VIEWPORT,
    Line,
    bare_server,
    chromium,
    fill,
    fresh_folder,
    pentagram_server,
    print_lines,
    ratio_line,
)

RUNS = 11
POSTS = 12
MOST_RATIO = 2.0

# Looked at with every frame, in the page itself: the time of the navigation's start is the page's own zero.
WATCH = """
(async () => {
  const frame = () => new Promise(requestAnimationFrame);
  let shown = null;
  while (!(shown = (() => { %s })())) await frame();
  await Promise.all(shown.map((element) => element.decode?.()));
  window.shownAfter = performance.now();
})();
"""
PICTURES = f"""
const pictures = [...document.querySelectorAll("[data-testid=stImage] img")];
const seen = pictures.filter((img) => img.complete && img.naturalWidth > 0 && img.getBoundingClientRect().height > 0);
return seen.length >= {POSTS} ? seen : null;
"""
FIRST_ELEMENT = """
const element = document.querySelector("[data-testid=stText]");
return element && element.getBoundingClientRect().height > 0 ? [element] : null;
"""


def navigation(page: Any, url: str) -> float:
    page.goto(url, wait_until="commit")
    page.wait_for_function("window.shownAfter")
    return float(page.evaluate("window.shownAfter")) / 1000


def cold_and_warm(browser: Any, url: str, sought: str) -> tuple[float, float]:
    """The first visit of a browser that was never here, and its second."""
    context = browser.new_context(viewport=VIEWPORT)
    try:
        context.add_init_script(WATCH % sought)
        return navigation(context.new_page(), url), navigation(context.new_page(), url)
    finally:
        context.close()


def measured(ours: str, bare: str) -> list[Line]:
    with chromium() as browser:

        def both() -> tuple[tuple[float, float], tuple[float, float]]:
            return cold_and_warm(browser, ours, PICTURES), cold_and_warm(browser, bare, FIRST_ELEMENT)

        both()
        feed, empty = zip(*(both() for _ in range(RUNS)), strict=True)
    (feed_cold, feed_warm), (empty_cold, empty_warm) = zip(*feed, strict=True), zip(*empty, strict=True)
    return [
        ratio_line("first visit", feed_cold, empty_cold, most=MOST_RATIO),
        ratio_line("with a warm cache", feed_warm, empty_warm, most=MOST_RATIO),
    ]


def main() -> None:
    with fresh_folder() as home, fresh_folder() as empty:
        fill(home, POSTS)
        ours, bare = pentagram_server(home, PENTAGRAM_SEED="off"), bare_server(empty)
        with ours.running(), bare.running():
            lines = measured(ours.url, bare.url)
    print_lines(lines, baseline="an empty Streamlit page, until its one element can be seen")


if __name__ == "__main__":
    main()
