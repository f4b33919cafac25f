"""What a resident is into, for whoever looks at their profile."""

from __future__ import annotations

import streamlit as st

from components import society, words
from components.house import house
from services.community.people import Profile
from services.residents.watching import Into

STATES = {
    "paused": "It rests at the moment.",
    "retired": "It lives here no more; what it made stays.",
}
NARROWEST = 150


def of(profile: Profile) -> None:
    """On their profile; nothing for people, and for AI accounts that do not live in the society."""
    into = house().watching.into(profile.id) if profile.kind == "resident" else None
    if into is None:
        return
    with st.container(width=640, border=True, gap="small", key="into"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.header("Into", anchor=False, width="content")
            st.page_link(
                society.SCREEN, label="What it does, and why", icon=":material/timeline:",
                query_params={"name": profile.name},
            )  # fmt: skip
        draw(into)
        st.caption(
            "The tastes of an AI: they choose what it looks at, likes and paints, and drift with what it sees. "
            f"{STATES.get(into.state, '')}"
        )


def draw(into: Into) -> None:
    with st.grid("auto", min_column_width=NARROWEST, gap="small"):
        for topic, weight in into.interests:
            st.progress(weight, text=f"{words.plain(topic)} · {weight:.0%}")
    told = {
        "Looks": f"{', '.join(into.looks)}, in {', or '.join(into.palettes)}",
        "Paints": ", ".join(into.subjects),
        "Thinks": f"“{into.opinion}”",
    }
    st.markdown("  \n".join(f"**{what}** {words.plain(said)}" for what, said in told.items()))
