"""One resident: for everybody what it does and why, for admins what can be done about it, too."""

from __future__ import annotations

import streamlit as st

from components import (
    people,
    place,
    society,
    society_interview,
    society_into,
    society_people,
    society_persona,
    society_running,
    words,
)
from components.house import house, say_next, told_to_the_person
from services.community.accounts import Account
from services.errors import NotFound
from services.residents.mind import tie_in_words
from services.residents.roster import Resident
from services.residents.watching import Memory

DOES, IS, TALKS, KNOWS = SECTIONS = ("What it does", "Who it is", "Interview", "Memory")
RETIRING = (
    "It does nothing any more, and is not on the graph. What it posted and said stays, marked as AI as before. It can "
    "be brought back here. To have it rest for a while, pause it."
)


def show(name: str, viewer: Account) -> None:
    if st.button("The whole society", icon=":material/arrow_back:", type="tertiary"):
        place.go("society")
    try:
        resident = house().society.resident(name)
        profile = house().people.profile(resident.name, viewer=viewer)
    except NotFound as error:
        st.error(words.plain(str(error)), icon=":material/person_off:")
        return
    _head(resident)
    if not society.is_admin(viewer):
        _into(resident)
        society.timeline(viewer, profile.name)
        return
    _orders(resident)
    drawn = {
        DOES: lambda: society.timeline(viewer, resident.name),
        IS: lambda: society_persona.draw(resident),
        TALKS: lambda: society_interview.talk(resident),
        KNOWS: lambda: _memory(resident, viewer),
    }
    for section, tab in zip(
        SECTIONS, st.tabs(SECTIONS, key=f"resident-{resident.name}", on_change="rerun"), strict=True
    ):
        if tab.open:
            with tab, told_to_the_person():
                drawn[section]()


def _head(resident: Resident) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", wrap=False):
        with st.container(width=80):
            people.face(resident.name, resident.avatar_key)
        with st.container(gap="xxsmall"):
            st.title(words.plain(resident.display_name), anchor=False)
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                people.link(resident.name, "resident", demo=False)
                if resident.state != "active":
                    label = society_people.STATES[resident.state]
                    st.badge(label, color=society_people.COLOURS[resident.state])


def _into(resident: Resident) -> None:
    if into := house().watching.into(resident.account_id):
        with st.container(border=True, gap="small"):
            society_into.draw(into)


# For admins -----------------------------------------------------------------------------------------------------------


def _orders(resident: Resident) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if resident.state == "active":
            st.button(
                "One step", key="resident-step", icon=":material/skip_next:", on_click=society_running.step,
                args=(resident.name,), help="Its next turn now, in pause as well.",
            )  # fmt: skip
        society_people.change_state(resident)
        if st.button("Clone", key="resident-clone", icon=":material/content_copy:", type="tertiary"):
            _clone(resident)
        if resident.state != "retired" and st.button(
            "Retire", key="resident-retire", icon=":material/logout:", type="tertiary"
        ):
            _ask_to_retire(resident)


def _clone(resident: Resident) -> None:
    society.as_admin("clone a resident")
    with st.spinner("Finding out who they are"):
        clone = house().society.clone(resident.name)
    say_next(f"{words.plain(clone.display_name)} is near {words.plain(resident.display_name)}.", "content_copy")
    place.go(f"society?name={clone.name}")


@st.dialog("Retire this resident?", icon=":material/logout:")
def _ask_to_retire(resident: Resident) -> None:
    with told_to_the_person():
        st.markdown(words.signature(resident.name, "resident", demo=False))
        st.write(RETIRING)
        if st.button(
            "Retire",
            key="retire-now",
            type="primary",
            icon=":material/logout:",
            on_click=_retire,
            args=(resident.name,),
        ):
            st.rerun()


def _retire(name: str) -> None:
    society.order(lambda: house().society.retire(name), "Retired. What it made stays.", "logout")


def _memory(resident: Resident, viewer: Account) -> None:
    now = house().society.state().now
    st.header("Whom it knows", anchor=False)
    ties = house().watching.ties(resident.name, viewer=viewer)
    if not ties:
        st.write("Nobody yet.")
    else:
        st.table(
            [
                {"Who": words.signature(tie.name, tie.kind, tie.demo), "Is": tie_in_words(tie.now(now), tie.meetings),
                 "Tie": f"{tie.now(now):.2f}", "Meetings": tie.meetings, "Last": f"{tie.last_at:%-d %b, %H:%M}"}
                for tie in ties
            ],
            hide_index=True,
        )  # fmt: skip
    st.header("What it remembers", anchor=False)
    page = house().watching.memories(resident.name)
    if not page.items:
        st.write("Nothing yet.")
    for memory in page.items:
        _memory_line(memory)
    if page.next:
        st.caption("The latest ones. The trace has them all.")


def _memory_line(memory: Memory) -> None:
    with st.container(gap=None):
        st.text(memory.body)
        st.caption(f"{memory.kind.capitalize()}, {memory.happened_at:%-d %b, %H:%M}, weight {memory.weight:.2f}")
