"""What a post was made from and what was made from it: a small tree of thumbnails."""

from __future__ import annotations

import streamlit as st

from components import linked_picture, pictures, words
from services.community.posts import Lineage, Relative

WIDTH = 88


def show(tree: Lineage) -> None:
    if not tree.ancestors and not tree.remixes:
        return
    st.subheader("Remixes", anchor=False)
    everybody = [*tree.ancestors, tree.post, *tree.remixes]
    known = pictures.addresses([each.thumbnail_key for each in everybody])
    if tree.ancestors:
        st.caption("Made from")
        _row(tree.ancestors, known, between=":material/arrow_forward:")
    if tree.remixes:
        st.caption("Made from this one")
        _row(tree.remixes, known, between="")


def _row(relatives: list[Relative], known: dict[str, str], *, between: str) -> None:
    with st.container(horizontal=True, gap="small"):
        for number, relative in enumerate(relatives):
            if number and between:
                with st.container(width="content", height=WIDTH, border=False, vertical_alignment="center"):
                    st.markdown(between)
            _node(relative, known)


def _node(relative: Relative, known: dict[str, str]) -> None:
    with st.container(width=WIDTH, gap="xxsmall"):
        linked_picture.show(
            relative.thumbnail_key,
            relative.alt,
            to=f"post?id={relative.id}",
            key=f"relative-{relative.id}",
            known=known,
        )
        badge = " :violet[:material/smart_toy:]" if relative.author_kind == "resident" else ""
        st.caption(f"{words.plain_name(relative.author)}{badge}")
