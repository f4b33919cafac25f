"""Putting a picture before others: its caption and tags, with a writer's suggestions for whoever wants them."""

from __future__ import annotations

import streamlit as st

from components import pictures
from components.house import house, say_next, token, told_to_the_person
from services.community.accounts import Account
from services.community.posts import LONGEST_CAPTION, MOST_TAGS
from services.studio.studio import Creation, Request

TOKEN, CAPTION, TAGS = "post_token", "post_caption", "post_tags"
ABOUT = "post_about"


def ask(request: Request, creation: Creation, by: Account) -> None:
    if st.session_state.get(ABOUT) != creation.id:
        st.session_state.update({ABOUT: creation.id, TOKEN: token(), CAPTION: "", TAGS: []})
    _dialog(request, creation, by)


@st.dialog("Post this picture", icon=":material/send:")
def _dialog(request: Request, creation: Creation, by: Account) -> None:
    with told_to_the_person():
        left, right = st.columns([1, 2])
        with left, st.container(width=180):
            pictures.show(str(creation.thumbnail_key), f"“{request.prompt}”, prompted by {by.name}")
        with right:
            suggested = st.button(
                "Suggest caption and tags", icon=":material/auto_fix_high:", type="tertiary",
                help=f"By {house().writer.label}. Nothing is posted before you press Post.",
            )  # fmt: skip
            if suggested:
                _suggest(request)
            caption = st.text_area("Caption", key=CAPTION, max_chars=LONGEST_CAPTION, height=100)
            tags = st.multiselect(
                "Tags", st.session_state[TAGS], key=TAGS, accept_new_options=True, max_selections=MOST_TAGS,
                placeholder="Type one and press Enter", wrap=True,
            )  # fmt: skip
            if st.button("Post", key="post-now", icon=":material/send:", type="primary", width="stretch"):
                _publish(creation, by, caption, tags)


def _suggest(request: Request) -> None:
    with st.spinner(f"Asking {house().writer.label}"):
        st.session_state[CAPTION] = house().writer.caption(request.prompt)
        st.session_state[TAGS] = list(house().writer.tags(request.prompt))


def _publish(creation: Creation, by: Account, caption: str, tags: list[str]) -> None:
    house().posts.publish([creation.id], by=by, token=st.session_state[TOKEN], caption=caption, tags=tags)
    del st.session_state[ABOUT]
    say_next("Posted. Everybody can see it in the feed.", "check")
    st.rerun()
