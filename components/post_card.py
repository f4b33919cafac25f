"""A post in a grid, and its heart."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from components import pictures, session, words
from components.house import house
from services.community.posts import Post
from services.errors import Unavailable, UserError

HEARTS = "hearts"
REFUSED = "refused_like"
TROUBLE = "like_trouble"


def grid(posts: list[Post]) -> None:
    known = pictures.addresses([post.thumbnail_key for post in posts])
    cells = st.grid("auto", min_column_width=240, border=True)
    for post in posts:
        with cells.container(gap="xsmall"):
            card(post, known)


def card(post: Post, known: dict[str, str]) -> None:
    pictures.show(post.thumbnail_key, post.alt, known)
    maker(post)
    st.text(words.first_line(post.prompt or post.caption or "A picture without words"))
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        with st.container(width="content"):
            heart(post)
        comments = words.counted(post.comment_count, "comment")
        if st.button(comments, key=f"open-{post.id}", icon=":material/chat_bubble:", type="tertiary"):
            st.switch_page("screens/post.py", query_params={"id": str(post.id)})


def maker(post: Post) -> None:
    """One element rather than a row of them: a browser draws a dozen cards at once."""
    st.markdown(signature(post.author, post.author_kind, post.demo))


def signature(name: str, kind: str, demo: bool) -> str:
    """A name in Markdown, with the mark that residents always carry."""
    badge = f" :violet-badge[:material/smart_toy: {'AI demo' if demo else 'AI'}]"
    return f"**{words.plain_name(name)}**{badge if kind == 'resident' else ''}"


@st.fragment
def heart(post: Post) -> None:
    """Like and unlike in place; only this button is drawn again."""
    if st.session_state.pop(REFUSED, None) == post.id:
        session.require("like this picture")
    if trouble := st.session_state.pop(TROUBLE, None):
        st.toast(trouble, icon=":material/info:")
    liked, count = _hearts().get(post.id, (post.liked, post.like_count))
    st.button(
        words.counted(count, "like"), key=f"like-{post.id}", type="primary" if liked else "tertiary",
        icon=":material/favorite:" if liked else ":material/favorite_border:", on_click=_toggle, args=(post, liked),
    )  # fmt: skip


def forget_hearts() -> None:
    """What is drawn next comes from the database."""
    st.session_state[HEARTS] = {}


def _hearts() -> dict[UUID, tuple[bool, int]]:
    """What became of the posts that were liked or unliked since they were loaded."""
    return st.session_state.setdefault(HEARTS, {})


def _toggle(post: Post, liked: bool) -> None:
    # A callback can neither leave the page nor draw on it; the fragment does both when it is drawn.
    try:
        by = session.viewer()
        if by is None:
            st.session_state[REFUSED] = post.id
            return
        change = house().posts.unlike if liked else house().posts.like
        after = change(post.id, by=by)
        _hearts()[post.id] = (after.liked, after.like_count)
    except (UserError, Unavailable) as error:
        st.session_state[TROUBLE] = str(error)
