"""Searches that a person keeps and is told of, and those they made last."""

from __future__ import annotations

import streamlit as st

from components import search_asked, session, words
from components.house import house, told_to_the_person
from services.community.accounts import Account
from services.discovery.saved import Saved

LONGEST_SHOWN = 60
ASKS_TO_SAVE = "search_to_save"


def star(query: str, viewer: Account | None) -> None:
    """Keep this search, or keep it no more."""
    mine = house().searches.saved(by=viewer) if viewer else []
    saved = next((each for each in mine if each.query == query), None)
    pressed = st.button(
        ":primary[:material/star: **Saved**]" if saved else ":material/star: Save search", key="save-search",
        type="tertiary", help="You are told when something new fits it",
    )  # fmt: skip
    if pressed:
        _turn(query, saved)


def _turn(query: str, saved: Saved | None) -> None:
    with told_to_the_person():
        by = session.require("save a search")
        if saved:
            house().searches.unsave(saved.id, by=by)
        else:
            house().searches.save(query, by=by)
        st.rerun()


def draw(viewer: Account) -> None:
    """Where nothing is searched for."""
    recent, saved = house().searches.recent(by=viewer), house().searches.saved(by=viewer)
    if recent:
        _recent(recent, viewer)
    if saved:
        st.subheader("Saved searches", anchor=False)
        _told(viewer)
        with st.container(gap=None, width=560):
            for each in saved:
                _line(each, viewer)


def _recent(recent: list[str], viewer: Account) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader("Recent searches", anchor=False, width="content")
        if st.button("Clear recent", key="forget-all", icon=":material/delete_sweep:", type="tertiary"):
            house().searches.forget_all(by=viewer)
            st.rerun()
    with st.container(horizontal=True, gap="small"):
        for query in recent:
            _again(query, f"recent-{query}", "history")


def _line(saved: Saved, viewer: Account) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", wrap=False):
        _again(saved.query, f"saved-{saved.id}", "star")
        delete = f":material/delete: Delete :small[{_short(saved.query)}]"
        if st.button(":material/delete: Delete", key=f"unsave-{saved.id}", type="tertiary", help=delete):
            with told_to_the_person():
                house().searches.unsave(saved.id, by=viewer)
                st.rerun()


def _again(query: str, key: str, icon: str) -> None:
    st.button(
        _short(query), key=key, icon=f":material/{icon}:", on_click=search_asked.search, args=(query,),
        type="tertiary" if icon == "star" else "secondary",
    )  # fmt: skip


def _short(query: str) -> str:
    return words.plain(words.first_line(query, LONGEST_SHOWN))


def _told(viewer: Account) -> None:
    wanted = house().notifications.preferences(by=viewer)["search"]
    chosen = st.toggle("Tell me when something new fits one of these", value=wanted, key="told-of-searches")
    if chosen != wanted:
        house().notifications.choose(by=viewer, kind="search", wanted=chosen)
