"""What I asked for, newest first, with the pictures it gave."""

import streamlit as st

from components import creation_tile, session, words
from components.house import house, told_to_the_person
from services.community.accounts import Account
from services.studio import styles
from services.studio.studio import PAGE, Request

LOOK_EVERY_SECONDS = 1.0
CURSORS = "my_cursors"

viewer = session.require("see your prompts")


def draw(requests: list[Request], by: Account) -> None:
    known = creation_tile.addresses(*requests)
    for request in requests:
        st.text(request.prompt)
        style = styles.BY_ID.get(request.style)
        st.caption(
            " · ".join(filter(None, [words.ago(request.created_at, house().clock.now()), style and style.title]))
        )
        with st.grid(4, min_column_width=220):
            for creation in request.creations:
                creation_tile.tile(request, creation, by, known)


def page(before: object) -> list[Request]:
    return house().studio.mine(by=viewer, before=before)


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def newest_while_painting() -> None:
    with told_to_the_person():
        requests = page(None)
        draw(requests, viewer)
        if not any(request.is_unfinished for request in requests):
            st.rerun()


if st.session_state["entered"] or CURSORS not in st.session_state:
    st.session_state[CURSORS] = [None]

st.title("My prompts")
newest = page(None)
if not newest:
    st.write("Every prompt you write is kept here, with its pictures.")
    st.page_link("screens/generate.py", label="Paint your first picture", icon=":material/brush:")
elif any(request.is_unfinished for request in newest):
    newest_while_painting()
else:
    draw(newest, viewer)
last = newest
for cursor in st.session_state[CURSORS][1:]:
    last = page(cursor)
    draw(last, viewer)
if len(last) == PAGE and st.button("Show more", icon=":material/expand_more:", width="stretch"):
    st.session_state[CURSORS].append(last[-1].id)
    st.rerun()
