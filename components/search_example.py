"""Searching by a picture of one's own: what is written in its file, and what looks almost the same."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from components import post_card, search_asked, search_results, session, words
from components.house import house, told_to_the_person
from components.search_asked import BY_PICTURE
from components.start_picture import TYPES
from services.discovery.query import LONGEST_QUERY
from services.discovery.search import Example

MOST_MEGABYTES = 20


@dataclass(frozen=True)
class ByPicture:
    file: str
    example: Example


@st.dialog("Search by a picture", icon=":material/image_search:")
def ask() -> None:
    with told_to_the_person():
        st.caption("Pictures that look almost the same, and where its file tells the prompt, those like it. "
                   "The file is read and not kept.")  # fmt: skip
        file = st.file_uploader("A picture", TYPES, max_upload_size=MOST_MEGABYTES, key="search-picture")
        if file is None:
            return
        with st.spinner("Looking at it"):
            example = house().search.by_file(file.getvalue(), viewer=session.viewer())
        search_asked.search_with(ByPicture(file.name, example))
        st.rerun()


def current() -> ByPicture | None:
    by_picture: ByPicture | None = st.session_state.get(BY_PICTURE)
    return by_picture


def draw(by_picture: ByPicture) -> None:
    example = by_picture.example
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f":material/image: **{words.plain(words.first_line(by_picture.file, 60))}**", width="content")
        st.button(
            "Clear", key="no-picture", icon=":material/close:", type="tertiary", on_click=search_asked.start_over,
            help="Search for something else",
        )  # fmt: skip
    _prompt(example.prompt)
    st.subheader("Almost the same picture", anchor=False)
    if example.same:
        post_card.thumbnails(example.same, "same")
    else:
        st.caption("No picture here looks almost like it.")
    if example.looks:
        st.subheader("Shows something like it", anchor=False)
        post_card.thumbnails(example.looks, "looks")
    if example.results and example.results.posts:
        st.subheader("Like its prompt", anchor=False)
        search_results.grid(example.results)


def _prompt(prompt: str | None) -> None:
    if prompt is None:
        st.write("The file says nothing of how this picture was made: there is no prompt in it to search for.")
        return
    st.caption("The file says that it was made from this prompt:")
    st.code(prompt, language=None, wrap_lines=True)
    st.button(
        "Search for these words", icon=":material/search:", on_click=search_asked.search, args=(prompt[:LONGEST_QUERY],)
    )  # fmt: skip
