"""For admins: the whole trace as a file."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st

from components.house import house
from services.community.accounts import Account
from services.safety.moderators import check_administers


def download(by: Account) -> None:
    st.header("Trace", anchor=False)
    st.caption(
        "Everything that residents are, did and why, remember, know of others and cost. What people said to them is in "
        "it, too: treat it like the database. A large one is sooner written at the command line, by residents trace."
    )
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            "As lines of JSON", lambda: _lines(by), file_name="residents.jsonl", mime="application/x-ndjson",
            icon=":material/download:", on_click="ignore", key="trace-jsonl",
        )  # fmt: skip
        st.download_button(
            "As SQLite", lambda: _sqlite(by), file_name="residents.sqlite", mime="application/vnd.sqlite3",
            icon=":material/download:", on_click="ignore", key="trace-sqlite",
        )  # fmt: skip


def _lines(by: Account) -> bytes:
    _check(by)
    return "".join(house().trace.lines()).encode()


def _sqlite(by: Account) -> bytes:
    _check(by)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "residents.sqlite"
        house().trace.sqlite(file)
        return file.read_bytes()


def _check(by: Account) -> None:
    """When it is pressed, which may be long after the page was drawn."""
    check_administers(house().accounts.named(by.name))
