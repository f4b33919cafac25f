"""For admins: a talk with a resident, in its voice. It is kept nowhere but in this tab."""

from __future__ import annotations

import streamlit as st

from components import society, words
from components.house import house, told_to_the_person
from services.residents.roster import Resident
from services.residents.speaking.base import Said

SAID = "interview_said"
"""In the tab's state, by name: what was said so far."""
LONGEST_QUESTION = 500
MOST_SAID = 40


@st.fragment
def talk(resident: Resident) -> None:
    with told_to_the_person():
        st.caption(
            ":material/smart_toy: An AI answers, in character. What you ask is not kept: it remembers nothing of this, "
            "and the talk is gone with this tab."
        )
        said = _said(resident.name)
        with st.container(gap="small"):
            for each in said:
                _line(each, resident)
            asked_here = st.container(gap="small")
        question = st.chat_input(f"Ask {resident.display_name}", max_chars=LONGEST_QUESTION, key=f"ask-{resident.name}")
        if question:
            with asked_here:
                _ask(resident, question, said)
        if said:
            st.button(
                "Begin anew", icon=":material/restart_alt:", type="tertiary", key="interview-anew", on_click=said.clear
            )


def _ask(resident: Resident, question: str, said: list[Said]) -> None:
    society.as_admin("interview a resident")
    asked = Said(by_resident=False, text=question)
    _line(asked, resident)
    with st.spinner(f"{words.plain(resident.display_name)} thinks"):
        answer = house().society.interview(resident.name, question, tuple(said))
    answered = Said(by_resident=True, text=answer or "…")
    _line(answered, resident)
    said += [asked, answered]
    del said[:-MOST_SAID]


def _line(said: Said, resident: Resident) -> None:
    if said.by_resident:
        with st.chat_message(resident.name, avatar=":material/smart_toy:"):
            st.markdown(words.signature(resident.name, "resident", demo=False))
            st.text(said.text)
    else:
        with st.chat_message("user", avatar=":material/person:"):
            st.text(said.text)


def _said(name: str) -> list[Said]:
    return st.session_state.setdefault(SAID, {}).setdefault(name, [])
