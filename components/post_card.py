"""A post in a grid, and its heart."""

from __future__ import annotations

import streamlit as st

from components import pictures, sign_in
from components.house import house, told_to_the_person
from services.community.posts import Post

LONGEST_LINE = 90


def grid(posts: list[Post]) -> None:
    known = pictures.addresses([post.thumbnail_key for post in posts])
    cells = st.grid("auto", min_column_width=240, border=True)
    for post in posts:
        with cells.cell():
            card(post, known)


def card(post: Post, known: dict[str, str]) -> None:
    with st.container(gap="xsmall"):
        pictures.show(post.thumbnail_key, post.alt, known)
        maker(post)
        st.text(short(post.prompt or post.caption or "A picture without words"))
        with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
            with st.container(width="content"):
                heart(post)
            if st.button(
                str(post.comment_count), key=f"open-{post.id}", icon=":material/chat_bubble:", type="tertiary",
                help="Open the post",
            ):  # fmt: skip
                st.switch_page("screens/post.py", query_params={"id": str(post.id)})


def maker(post: Post) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{plain_name(post.author)}**", width="content")
        if post.author_kind == "resident":
            st.badge("AI demo" if post.demo else "AI", icon=":material/smart_toy:", color="violet")


def plain_name(name: str) -> str:
    """A name in Markdown as it is written: of what a name may hold, only _ would mean something there."""
    return name.replace("_", r"\_")


@st.fragment
def heart(post: Post) -> None:
    """Like and unlike in place; only this button is drawn again."""
    state = st.session_state.setdefault("hearts", {})
    liked, count = state.get(post.id, (post.liked, post.like_count))
    if st.button(
        str(count), key=f"like-{post.id}", icon=":material/favorite:" if liked else ":material/favorite_border:",
        type="primary" if liked else "tertiary", help="Take the like back" if liked else "Like",
    ):  # fmt: skip
        with told_to_the_person():
            by = sign_in.require("like this picture")
            change = house().posts.unlike if liked else house().posts.like
            after = change(post.id, by=by)
            state[post.id] = (after.liked, after.like_count)
            st.rerun(scope="fragment")


def short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 1].rstrip()}…"
