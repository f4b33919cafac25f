"""Collections as screens show them: covers in a grid, and the dialogs that make one and put a post into it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote
from uuid import UUID

import streamlit as st

from components import linked_picture, pictures, session, words
from components.house import house, say_next, told_to_the_person
from components.prompt_form import one_press
from services.community.accounts import Account
from services.community.collections import LONGEST_TITLE, MOST_COUNTED, Collection
from services.community.posts import Post

SCREEN = "screens/collection.py"


def covers(boards: list[Collection]) -> None:
    known = EMPTY | pictures.addresses([board.cover_key for board in boards if board.cover_key])
    cells = st.grid(5, min_column_width=160, border=True)
    for board in boards:
        with cells.container(gap="xsmall"):
            linked_picture.show(
                board.cover_key or NOTHING, f"Collection {board.title}", to=f"collection?id={board.id}",
                key=f"cover-of-{board.id}", known=known, tint=board.cover_colour or "",
            )  # fmt: skip
            st.text(board.title)
            st.caption(f"{amount(board)} · {'public' if board.is_public else ':material/lock: private'}")


NOTHING = "nothing"
EMPTY = {
    NOTHING: "data:image/svg+xml,"
    + quote(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 220 220" width="220" height="220">'
        '<rect width="220" height="220" fill="#8d8494" fill-opacity="0.16"/><path d="M86 66h48v88l-24-18-24 18z" '
        'fill="none" stroke="#8d8494" stroke-width="6" stroke-linejoin="round"/></svg>'
    )
}
"""What is on the cover of an empty board."""


def amount(board: Collection) -> str:
    more = "+" if board.post_count >= MOST_COUNTED else ""
    return f"{board.post_count}{more} {'post' if board.post_count == 1 else 'posts'}"


def make_one() -> None:
    if st.button("New collection", icon=":material/add:"):
        _new_dialog()


@st.dialog("New collection", icon=":material/collections_bookmark:")
def _new_dialog() -> None:
    with told_to_the_person():
        made = _new_form("Create")
        if made:
            say_next("There it is. Save posts into it from anywhere.", "check")
            st.switch_page(SCREEN, query_params={"id": str(made.id)})


def _new_form(press: str) -> Collection | None:
    """A press too many makes no second one."""
    with st.form("new-collection", border=False):
        title = st.text_input("Title", max_chars=LONGEST_TITLE, placeholder="Rainy evenings", key="collection_title")
        public = st.toggle("Public", key="collection_public", help="Everybody can see a public one on your profile.")
        sent = st.form_submit_button(press, icon=":material/add:", type="primary")
    if not sent:
        return None
    by = session.require("make a collection")
    with one_press(("collection", title, public)) as token:
        return house().collections.create(title, by=by, is_public=public, token=token)


def ask_to_save(post: Post, changed: Callable[[Post], None] | None = None) -> None:
    """Which of one's own collections a post is in, and is to be in. `changed` hears of each change at once."""
    _save_dialog(post.id, session.require("save this post"), changed)


@st.dialog("Save to a collection", icon=":material/bookmark:", on_dismiss="rerun")
def _save_dialog(post_id: UUID, by: Account, changed: Callable[[Post], None] | None) -> None:
    with told_to_the_person():
        holding = house().collections.holding(post_id, by=by)
        for board in house().collections.mine(by=by):
            _place(board, post_id, by, board.id in holding, changed)
        with st.expander("New collection", icon=":material/add:"):
            if made := _new_form("Create and save"):
                _tell(house().collections.save(post_id, by=by, collection_id=made.id), changed)
                st.rerun(scope="fragment")


def _place(
    board: Collection, post_id: UUID, by: Account, holds: bool, changed: Callable[[Post], None] | None
) -> None:  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        with st.container(gap=None):
            st.text(words.first_line(board.title, 60))
            st.caption(f"{amount(board)} · {'public' if board.is_public else 'private'}")
        label, icon, change = (
            ("Remove", "bookmark_added", house().collections.remove)
            if holds
            else ("Save", "bookmark_add", house().collections.save)
        )
        if st.button(label, key=f"{label.lower()}-in-{board.id}", icon=f":material/{icon}:"):
            _tell(change(post_id, by=by, collection_id=board.id), changed)
            st.rerun(scope="fragment")


def _tell(post: Post, changed: Callable[[Post], None] | None) -> None:
    if changed is not None:
        changed(post)
