"""How long a like takes in a browser, from the click until the new count stands on the page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.harness import (
    SESSION_COOKIE,
    VIEWPORT,
    bare_server,
    chromium,
    fill,
    fresh_folder,
    pentagram_server,
    print_lines,
    ratio_line,
)

RUNS = 25
POSTS = 12
MOST_RATIO = 2.0

BARE_BUTTON = """
import streamlit as st

st.session_state.setdefault("count", 0)


def press() -> None:
    st.session_state.count += 1


@st.fragment
def heart() -> None:
    st.button(str(st.session_state.count), key="like", on_click=press)


heart()
"""
# Both moments are taken in the page: that of the click itself, and that of the first change of the label.
WATCH = """
(selector) => {
  const label = () => document.querySelector(selector)?.textContent;
  const before = label();
  window.answeredAfter = null;
  document.addEventListener("click", (click) => {
    new MutationObserver((_, observer) => {
      if (!label() || label() === before) return;
      observer.disconnect();
      window.answeredAfter = performance.now() - click.timeStamp;
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  }, { capture: true, once: true });
}
"""


class Button:
    """A button with a count, on a page that stays open."""

    def __init__(self, browser: Any, url: str, key: str, cookie: str = "") -> None:
        context = browser.new_context(viewport=VIEWPORT)
        if cookie:
            context.add_cookies([{"name": SESSION_COOKIE, "value": cookie, "url": url}])
        self._page = context.new_page()
        self._page.goto(url)
        self._selector = f".st-key-{key} button p"
        self._label = self._page.locator(self._selector).first
        self._label.wait_for()

    def press(self) -> float:
        self._page.evaluate(WATCH, self._selector)
        self._label.click()
        return float(self._page.wait_for_function("window.answeredAfter").json_value()) / 1000


def main() -> None:
    with fresh_folder() as home, fresh_folder() as empty:
        posts, session = fill(home, POSTS)
        ours, bare = pentagram_server(home, PENTAGRAM_SEED="off"), bare_server(empty, BARE_BUTTON)
        with ours.running(), bare.running(), chromium() as browser:
            heart = Button(browser, ours.url, f"like-{posts[0].id}", session)
            button = Button(browser, bare.url, "like")
            heart.press(), button.press()
            likes, clicks = zip(*((heart.press(), button.press()) for _ in range(RUNS)), strict=True)
    print_lines(
        [ratio_line("like and unlike", likes, clicks, most=MOST_RATIO)],
        baseline="a button that counts, alone in a fragment on a bare Streamlit page",
    )


if __name__ == "__main__":
    main()
