"""Something that was just done and can be undone: said at the bottom of the window, on whatever screen comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from components import session, visiting
from components.house import say_next
from services.errors import Unavailable, UserError

OFFERED = "undo_offered"


@dataclass
class Offer:
    sentence: str
    undo: Callable[[Any], object]
    undone: str
    """What is said then."""
    anybody: bool = False
    """Whether it takes no account."""
    was_shown: bool = False


def offer(sentence: str, undo: Callable[[Any], object], undone: str, *, anybody: bool = False) -> None:
    """Until the person moves on from the screen on which it shows. `undo` is given their account; where `anybody` may
    do it, a visitor as well."""
    st.session_state[OFFERED] = Offer(sentence, undo, undone, anybody)


def draw() -> None:
    """Once on every screen, before what is on it."""
    offered: Offer | None = st.session_state.get(OFFERED)
    if offered is None:
        return
    if offered.was_shown and st.session_state["entered"]:
        _forget()
        return
    offered.was_shown = True
    with st.bottom, st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center"):
        st.markdown(offered.sentence, width="content")
        pressed = st.button("Undo", key="undo", icon=":material/undo:")
        st.button("Close", key="undo-close", icon=":material/close:", type="tertiary", on_click=_forget)
    if pressed:
        _undo(offered)


def _undo(offered: Offer) -> None:
    _forget()
    try:
        # Said before: what is undone may lead to another screen.
        say_next(offered.undone, "undo")
        offered.undo(visiting.somebody() if offered.anybody else session.require("undo that"))
    except (UserError, Unavailable) as error:
        say_next(str(error), "info")
    st.rerun()


def _forget() -> None:
    st.session_state.pop(OFFERED, None)
