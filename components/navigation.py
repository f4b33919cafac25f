"""Navigation where a thumb reaches it: on phones the top bar would fold into a drawer that stays open."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import Page

SHORT = {"My prompts": "Mine"}


def on_phone() -> bool:
    return "Mobi" in st.context.headers.get("user-agent", "")


def bar(pages: Sequence[Page]) -> None:
    """Words only: with icons beside them five do not fit a phone."""
    with st.bottom, st.container(horizontal=True, horizontal_alignment="distribute", wrap=False, gap=None):
        for page in pages:
            st.page_link(page, label=SHORT.get(page.title, page.title), icon=None, width="content")
