"""Everybody's pictures, newest first."""

import streamlit as st

from components import post_card, session
from components.house import house, told_to_the_person
from services.community.posts import PAGE, Post

CHUNKS = "feed_chunks"
LOOK_EVERY_SECONDS = 3

viewer = session.viewer()


def load(before: Post | None) -> list[Post]:
    return house().posts.feed(viewer=viewer, before=before.id if before else None)


def start_over() -> None:
    st.session_state[CHUNKS] = [load(None)]
    post_card.forget_hearts()


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def look_for_new() -> None:
    """Say when there is more on top, rather than move what somebody is looking at."""
    with told_to_the_person():
        shown = st.session_state[CHUNKS][0]
        newer = house().posts.newer_count(shown[0].id if shown else None, viewer=viewer)
        if not newer:
            return
        if len(shown) < PAGE:
            start_over()
            if st.session_state[CHUNKS][0] != shown:
                st.rerun()
            return
        if st.button(
            f"{newer} new posts" if newer > 1 else "1 new post", icon=":material/arrow_upward:", type="primary"
        ):
            start_over()
            st.rerun()


came_back = st.session_state["came_from"] == "post"
if CHUNKS not in st.session_state or (st.session_state["entered"] and not came_back):
    start_over()

look_for_new()
chunks: list[list[Post]] = st.session_state[CHUNKS]
if not chunks[0]:
    st.title("Nothing here yet")
    st.write("The first picture could be yours.")
    st.page_link("screens/generate.py", label="Paint one", icon=":material/brush:")
for chunk in chunks:
    post_card.grid(chunk)
if len(chunks[-1]) == PAGE and st.button("Show more", icon=":material/expand_more:", width="stretch"):
    chunks.append(load(chunks[-1][-1]))
    st.rerun()
