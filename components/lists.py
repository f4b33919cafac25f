"""Lists that grow by a press, and are as long as they were when somebody comes back to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from components import post_card
from services.community.posts import Post
from services.pages import Page

T = TypeVar("T")
Load = Callable[[str | None, int], Page[T]]
"""Asks for the page after a cursor, with at most so many items."""

LISTS = "lists"
MOST_KEPT = 12
DEEPER = ("post", "person", "people", "collection", "moderation", "society")
"""Screens that one comes back from."""


def so_far(name: tuple[object, ...], load: Load[T], page: int) -> list[Page[T]]:
    """What of a list is on the screen. It is asked for anew each time its screen is entered."""
    kept = _kept()
    if st.session_state["entered"] or name not in kept:
        came_back = st.session_state["came_from"] in DEEPER
        kept[name] = [load(None, max(page, _length(name) if came_back else 0))]
        for oldest in list(kept)[:-MOST_KEPT]:
            del kept[oldest]
    return kept[name]


def shown(name: tuple[object, ...]) -> list[Page[Any]]:
    """What of a list is on the screen, without asking for anything."""
    return _kept().get(name, [])


def renew(name: tuple[object, ...], load: Load[T], page: int) -> list[Page[T]]:
    """Ask for it anew, as much as there was of it: it was changed."""
    _kept()[name] = [load(None, max(page, _length(name)))]
    return _kept()[name]


def show_more(pages: list[Page[T]], load: Load[T], page: int) -> None:
    if pages[-1].next and st.button("Show more", icon=":material/expand_more:", width="stretch"):
        pages.append(load(pages[-1].next, page))
        st.rerun()


def of_posts(page: Page[Post]) -> Page[Post]:
    """They are as the database has them: what became of them on other screens before is in it."""
    for post in page.items:
        if post_card.fresh(post) is not post:
            post_card.remember(post)
    return page


def _kept() -> dict[tuple[object, ...], list[Page[Any]]]:
    return st.session_state.setdefault(LISTS, {})


def _length(name: tuple[object, ...]) -> int:
    return sum(len(page.items) for page in _kept().get(name, []))
