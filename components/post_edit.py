"""Changing a post of one's own: its words, who sees it and what they may say, and what it said before."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from components import pictures, post_card, session, unlooked, words
from components.house import house, say_next, told_to_the_person
from components.post_dialog import AUDIENCES
from services.community.posts import LONGEST_ALT, LONGEST_CAPTION, MOST_TAGS, Edit, Post, PostPicture

CAPTION, TAGS, AUDIENCE, COMMENTS, PROMPT = "edit_caption", "edit_tags", "edit_audience", "edit_comments", "edit_prompt"
ALT = "edit_alt_{}"


def ask(post: Post) -> None:
    """With what the post says now; what it is saved over is what the person saw then."""
    now = house().posts.get(post.id, viewer=session.require("edit a post"))
    st.session_state.update({
        CAPTION: now.caption, TAGS: list(now.tags), AUDIENCE: now.visibility, COMMENTS: now.takes_comments,
        PROMPT: now.shows_prompt,
    })  # fmt: skip
    shown = house().posts.pictures(now.id, viewer=session.viewer())
    for picture in shown:
        st.session_state[ALT.format(picture.position)] = picture.alt
    _dialog(now, shown, now.edited_at)


@st.dialog("Edit post", icon=":material/edit:", width="medium")
def _dialog(post: Post, shown: list[PostPicture], seen: datetime | None) -> None:
    with told_to_the_person():
        with st.form("edit-post", border=False):
            st.text_area("Caption", key=CAPTION, max_chars=LONGEST_CAPTION, height=100)
            st.multiselect(
                "Tags", st.session_state[TAGS], key=TAGS, accept_new_options=True, max_selections=MOST_TAGS,
                placeholder="Type one and press Enter", wrap=True,
            )  # fmt: skip
            st.segmented_control(
                "Who sees it", list(AUDIENCES), format_func=lambda name: AUDIENCES[name].label, key=AUDIENCE,
                required=True, wrap=True,
            )  # fmt: skip
            with st.container(horizontal=True, gap="medium"):
                st.toggle("Comments", key=COMMENTS)
                st.toggle("Show the prompt", key=PROMPT)
            _descriptions(shown)
            saved = st.form_submit_button("Save", type="primary", icon=":material/check:", width="stretch")
        if saved:
            _save(post, shown, seen)
        unlooked.tell([picture.creation_id for picture in shown], session.require("edit a post"))


def _descriptions(shown: list[PostPicture]) -> None:
    known = pictures.addresses([picture.thumbnail_key for picture in shown])
    with st.expander("What the pictures show" if len(shown) > 1 else "What the picture shows"):
        st.caption("For those who cannot see it. Left empty, it is written from the prompt.")
        for picture in shown:
            with st.container(horizontal=True, vertical_alignment="center", wrap=False):
                with st.container(width=64):
                    pictures.show(picture.thumbnail_key, "", known)
                st.text_input(
                    f"Picture {picture.position + 1}", key=ALT.format(picture.position), max_chars=LONGEST_ALT
                )  # fmt: skip


def _save(post: Post, shown: list[PostPicture], seen: datetime | None) -> None:
    state = st.session_state
    saved = house().posts.edit(
        post.id, by=session.require("edit a post"), caption=state[CAPTION], tags=state[TAGS],
        visibility=state[AUDIENCE], takes_comments=state[COMMENTS], shows_prompt=state[PROMPT],
        alts=[state[ALT.format(picture.position)] for picture in shown], seen=seen,
    )  # fmt: skip
    post_card.remember(saved)
    say_next("Saved.", "check")
    st.rerun()


def ask_for_history(post: Post) -> None:
    _history(house().posts.edits(post.id, by=session.require("see earlier versions")))


@st.dialog("Earlier versions", icon=":material/history:")
def _history(edits: list[Edit]) -> None:
    with told_to_the_person():
        if not edits:
            st.write("This post was never edited.")
        for edit in edits:
            with st.container(border=True, gap="xsmall"):
                st.caption(
                    f"Until {words.ago(edit.edited_at, house().clock.now())} · {AUDIENCES[edit.visibility].label}"
                )
                st.text(edit.caption or "Without a caption")
                if edit.tags:
                    st.text(" ".join(f"#{tag}" for tag in edit.tags))
