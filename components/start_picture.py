"""The picture that a new one starts from: brought along, or one that is here."""

from __future__ import annotations

import hashlib

import streamlit as st

from components import pictures, session
from components.draft import START, TAKEN, Start, leave_out
from components.house import house

TYPES = ["png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff"]


def choose() -> Start | None:
    """The one chosen; it can be taken out again, or another brought along."""
    start: Start | None = st.session_state.get(START)
    with st.expander("Start from a picture", expanded=start is not None, icon=":material/image:"):
        if start is not None:
            _shown(start)
        else:
            _upload()
    return st.session_state.get(START)


def _shown(start: Start) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width=120):
            pictures.show(start.key, "The picture to start from")
        if st.button("Leave it out", icon=":material/close:", type="tertiary"):
            leave_out()
            st.rerun()


def _upload() -> None:
    # A field of its own after each picture, or it would still hold the one that was left out.
    number = st.session_state.setdefault("uploads", 0)
    file = st.file_uploader(
        "A picture of yours", TYPES, max_upload_size=20, key=f"upload-{number}",
        help="It stays private. Only use pictures that are yours to use.",
    )  # fmt: skip
    if file is None:
        return
    data = file.getvalue()
    digest = hashlib.sha256(data).hexdigest()
    # A rerun brings the same file again.
    if st.session_state.get(TAKEN) != digest:
        upload = house().uploads.take(data, by=session.require("start from a picture"))
        st.session_state[TAKEN] = digest
        st.session_state["uploads"] += 1
        st.session_state[START] = Start(upload.key, upload_id=upload.id)
        st.rerun()
