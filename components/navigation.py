"""Navigation where a thumb reaches it: on phones the top bar would fold into a drawer that stays open."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import Page

SHORT = {"my_prompts": "Mine", "account": "Me"}


def on_phone() -> bool:
    return "Mobi" in st.context.headers.get("user-agent", "")


def icon(name: str) -> str | None:
    """Of a page in the navigation. On a phone five icons do not fit beside their words."""
    return None if on_phone() else f":material/{name}:"


def bar(pages: Sequence[Page]) -> None:
    with st.bottom, st.container(horizontal=True, horizontal_alignment="distribute", wrap=False, gap=None):
        for page in pages:
            st.page_link(page, label=SHORT.get(page.url_path, page.title), width="content")
