"""A request while it is painted: how far it is, how long it takes, and what can be done meanwhile."""

from __future__ import annotations

import streamlit as st

from components import creation_tile, why, words
from components.house import house, say_next
from services.community.accounts import Account
from services.studio.studio import Request


def draw(request: Request, by: Account) -> None:
    known = creation_tile.addresses(request)
    # There even when nothing is in it: what stands below it would otherwise move up, and be on the page twice until the
    # run ends.
    with st.container():
        if request.is_unfinished:
            _progress(request, by)
        why.marked(request)
    with st.grid(len(request.creations), min_column_width=240):
        for creation in request.creations:
            creation_tile.tile(request, creation, by, known)


def _progress(request: Request, by: Account) -> None:
    waiting = [creation for creation in request.creations if creation.can_be_cancelled]
    if not waiting:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(_expected(request), width="stretch")
        if st.button("Cancel", key=f"cancel-{request.id}", icon=":material/close:", type="tertiary"):
            house().studio.cancel(request.id, by=by)
            st.rerun()
    if reason := next((creation.failure for creation in waiting if creation.failure), None):
        _away(request, by, reason)


def _expected(request: Request) -> str:
    wait = house().studio.wait(request)
    ahead = f"{words.counted(wait.ahead, 'picture')} of others in front of yours. " if wait.ahead else ""
    if wait.seconds is None:
        return f"{ahead}You may leave meanwhile; it waits under My prompts."
    return f"{ahead}About {words.duration(wait.seconds)}. You may leave meanwhile; it waits under My prompts."


def _away(request: Request, by: Account, reason: str) -> None:
    """The engine does not answer: say so, and offer another."""
    st.warning(f"{reason} It is tried again by itself.", icon=":material/cloud_off:")
    engines = house().engines
    others = engines.able(request.engine, others=True)[1:]
    if not others or request.fallback:
        return
    if st.button(f"Let {others[0].label} paint it", key=f"instead-{request.id}", icon=":material/swap_horiz:"):
        house().studio.let_another_paint(request.id, by=by)
        say_next(f"{others[0].label} paints it, unless a picture is on its way already.".capitalize(), "swap_horiz")
        st.rerun()
