"""Lists in dialogs, that grow in place: a rerun of the whole page would close the dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import streamlit as st

from components import words
from components.house import say_next, say_what_was_left
from services.errors import Unavailable, UserError
from services.pages import Page

T = TypeVar("T")
Load = Callable[[str | None], Page[T]]
"""Asks for the page after a cursor."""

GROWN = "grown"
"""In the tab's state: by name, the pages of a list that were asked for since its dialog was opened."""


def begin(name: str, load: Load[T]) -> None:
    """When the dialog is opened."""
    _pages()[name] = [load(None)]


def items(name: str) -> list[Any]:
    return [item for page in _pages()[name] for item in page.items]


def show_more(name: str, load: Load[T]) -> None:
    say_what_was_left()
    if after := _pages()[name][-1].next:
        st.button(
            "Show more", key=f"more-{name}", icon=":material/expand_more:", width="stretch", on_click=_go_on,
            args=(name, load, after),
        )  # fmt: skip


def _go_on(name: str, load: Load[T], after: str) -> None:
    """A press too many finds there already what comes after this."""
    pages = _pages()[name]
    if pages[-1].next == after:
        try:
            pages.append(load(after))
        except (UserError, Unavailable) as error:
            say_next(words.plain(str(error)), "info")


def _pages() -> dict[str, list[Page[Any]]]:
    return st.session_state.setdefault(GROWN, {})
