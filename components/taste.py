"""What somebody wants of For you, wherever they may say so: nobody needs an account for it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from components import visiting, words
from components.house import house, say_next
from services.community.accounts import Account
from services.discovery.recommendations.memory import Visitor
from services.errors import Unavailable, UserError

SCREEN = "screens/my_interests.py"
FEEDS = "feeds"
"""In the tab's state: what of each feed is on the screen."""
SURPRISES = {
    0.0: "Familiar", 0.1: "A little surprise", 0.25: "Some surprise", 0.5: "Half surprise", 0.75: "Much surprise",
    1.0: "Surprising",
}  # fmt: skip
PAUSED = "Learning is paused: For you goes by what it knows, and what you do teaches it nothing."


def change(what: Callable[[Account | Visitor], object], said: str, icon: str = "check") -> bool:
    """From a callback, which draws nothing: what came of it is said by what is drawn next."""
    try:
        what(visiting.somebody())
    except (UserError, Unavailable) as error:
        say_next(words.plain(str(error)), "info")
        return False
    if said:
        say_next(said, icon)
    return True


def begin_anew() -> None:
    """For you is chosen anew when somebody comes to it: they have just said what they want to see there."""
    kept = st.session_state.get(FEEDS, {})
    for place in [place for place in kept if place[0] == "for_you"]:
        del kept[place]


def surprise(key: str, *, anew: bool = False) -> None:
    """From familiar to surprising. `anew` begins For you anew by it, where it is not on the screen."""
    now = house().learning.wishes(by=visiting.somebody()).surprise
    st.select_slider(
        "Familiar or surprising", list(SURPRISES), value=min(SURPRISES, key=lambda each: abs(each - now)), key=key,
        format_func=SURPRISES.__getitem__, on_change=_surprise, args=(key, anew),
        help="How many of the pictures are unlike anything you like so far.",
    )  # fmt: skip


def _surprise(key: str, anew: bool) -> None:
    wanted = st.session_state[key]
    if change(lambda by: house().learning.wish(by=by, surprise=wanted), "From the next page on.") and anew:
        begin_anew()


def why() -> None:
    """Over For you: what it goes by, and the way to change that."""
    with st.popover("Why these?", icon=":material/tune:", type="tertiary"):
        st.write("For you goes by what you like, save, make and open. Below each picture stands why it is there.")
        surprise("surprise-here")
        st.page_link(SCREEN, label="My interests", icon=":material/interests:")


def say_if_paused() -> None:
    if not house().learning.wishes(by=visiting.somebody()).learning:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f":material/pause_circle: {PAUSED}", width="content")
            st.page_link(SCREEN, label="My interests", icon=":material/interests:", width="content")
