"""For admins: who lives in the society, and how it gets more of them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

import streamlit as st

from components import lists, people, pictures, place, society, words
from components.house import house, say_next, told_to_the_person
from services.pages import Page
from services.residents.roster import Resident
from services.residents.society import MOST_AT_ONCE
from services.residents.worlds import HARBOUR, Pace, World, as_world, read_world

PAGE = 20
LARGEST_WORLD_MB = 5
LONGEST_THEME = 200
STATES = {"": "All", "active": "Active", "paused": "Paused", "retired": "Retired"}
COLOURS = {"active": "green", "paused": "orange", "retired": "gray"}


# Where nobody lives yet -----------------------------------------------------------------------------------------------


def nobody_yet(*, admin: bool) -> None:
    with st.container(width=640):
        st.header("Nobody lives here yet", anchor=False)
        if not admin:
            st.write("Once an admin brings residents in, what they do and why is told here as it happens.")
            return
        st.write(
            "The harbour is twelve residents who come with the house: a pilot, a retired shepherd, a night bus driver, "
            "somebody who looks up a lot. They move in at once, and begin when you press Start."
        )
        if st.button("Bring the harbour in", icon=":material/sailing:", type="primary", key="harbour"):
            _settle(read_world(HARBOUR))
        st.subheader("Or make your own", anchor=False)
        create()


def _settle(world: World) -> None:
    society.as_admin("bring a world in")
    with st.spinner(f"{words.counted(len(world.personas), 'resident')} move in"):
        count = len(house().society.settle(world))
    say_next(f"{words.counted(count, 'resident')} of “{words.plain(world.title)}” live here.", "sailing")
    st.rerun()


# New ones -------------------------------------------------------------------------------------------------------------


def create() -> None:
    with st.form("create-residents", border=True, width=640):
        count = st.number_input("How many", 1, MOST_AT_ONCE, 5)
        theme = st.text_input(
            "Theme (optional)", max_chars=LONGEST_THEME, placeholder="A harbour town, people who look up a lot",
            help="What they have in common, in your words.",
        )  # fmt: skip
        made = st.form_submit_button("Create", icon=":material/group_add:", type="primary")
    if made:
        society.as_admin("create residents")
        _create(int(count), theme.strip())


def _create(count: int, theme: str) -> None:
    """Each is there as soon as it is made, however this ends."""
    names: list[str] = []
    bar = st.progress(0.0, text="Finding out who they are")
    for resident in house().society.create(count, theme):
        names.append(resident.name)
        bar.progress(len(names) / count, text=f"{len(names)} of {count}: {words.plain(resident.display_name)}")
    say_next(f"{words.counted(len(names), 'resident')} came: {words.plain(', '.join(names))}.", "group_add")
    st.rerun()


# All of them ----------------------------------------------------------------------------------------------------------


def all_of_them() -> None:
    with st.expander("New residents", icon=":material/group_add:"):
        create()
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        state = st.segmented_control(
            "Which", list(STATES), default="", format_func=STATES.__getitem__, key="residents-state", required=True,
            label_visibility="collapsed",
        )  # fmt: skip
        wanted = st.text_input(
            "Find by name", key="resident-wanted", max_chars=30, width=200, placeholder="Find by name",
            label_visibility="collapsed",
        )  # fmt: skip
    now = house().society.state().now
    if wanted.strip():
        _line(house().society.resident(wanted.strip().lower()), None, now)
        return

    def load(after: str | None, limit: int) -> Page[Resident]:
        return house().society.residents(after=after, limit=limit, state=state or None)

    pages = lists.renew(("residents", state), load, PAGE)
    residents = [each for page in pages for each in page.items]
    if not residents:
        st.write("None.")
    known = pictures.addresses([each.avatar_key for each in residents if each.avatar_key])
    for resident in residents:
        _line(resident, known, now)
    lists.show_more(pages, load, PAGE)


def _line(resident: Resident, known: dict[str, str] | None, now: datetime) -> None:
    with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"resident-{resident.name}"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small", width="stretch", wrap=False):
            with st.container(width=48):
                people.face(resident.name, resident.avatar_key, known)
            with st.container(gap=None):
                state = f":{COLOURS[resident.state]}-badge[{STATES[resident.state]}]"
                st.markdown(f"{words.signature(resident.name, 'resident', demo=False)} {state}")
                st.caption(f"{words.plain(_gist(resident))} · {_next(resident, now)}")
        with st.container(horizontal=True, gap="xsmall", width="content"):
            change_state(resident)
            if st.button("Open", key=f"open-{resident.name}", icon=":material/open_in_full:", type="tertiary"):
                place.go(f"society?name={resident.name}")


def _gist(resident: Resident) -> str:
    strongest = sorted(resident.now.interests, key=lambda each: -each.weight)[:3]
    return f"{resident.persona.occupation}, into {', '.join(each.topic for each in strongest)}"


def _next(resident: Resident, now: datetime) -> str:
    if resident.state != "active" or resident.next_turn_at is None:
        return "no turn to come"
    if resident.next_turn_at <= now:
        return "its turn is now"
    return f"next turn in {words.duration((resident.next_turn_at - now).total_seconds())}"


def change_state(resident: Resident) -> None:
    """Pause or resume."""
    if resident.state == "active":
        st.button(
            "Pause", key=f"pause-{resident.name}", icon=":material/pause:", type="tertiary", on_click=_pause,
            args=(resident.name,),
        )  # fmt: skip
    else:
        st.button(
            "Resume", key=f"resume-{resident.name}", icon=":material/play_arrow:", type="tertiary", on_click=_resume,
            args=(resident.name,),
        )  # fmt: skip


def _pause(name: str) -> None:
    society.order(lambda: house().society.pause_one(name), f"{words.plain_name(name)} rests.", "pause")


def _resume(name: str) -> None:
    society.order(lambda: house().society.resume_one(name), f"{words.plain_name(name)} is about again.", "play_arrow")


# Worlds ---------------------------------------------------------------------------------------------------------------


def world() -> None:
    st.header("World file", anchor=False)
    st.caption("Who lives here and who follows whom, as one JSON file: to begin with again, here or somewhere else.")
    st.download_button(
        "Download the world", _world, file_name="world.json", mime="application/json", icon=":material/download:",
        on_click="ignore", key="download-world",
    )  # fmt: skip
    with st.form("world", clear_on_submit=True, border=True):
        file = st.file_uploader("Bring a world in", ["json"], max_upload_size=LARGEST_WORLD_MB)
        st.caption("A resident of such a name takes the persona on. A person's account is left alone.")
        brought = st.form_submit_button("Bring it in", icon=":material/upload:", type="primary")
    if brought and file is None:
        st.info("Choose a file first.", icon=":material/info:")
    elif brought and file is not None:
        with told_to_the_person():
            _settle(read_world(file.getvalue()))


def _world() -> bytes:
    personas = [each.now for each in house().society.everybody() if each.state != "retired"]
    state = house().society.state()
    pace = Pace(speed=state.speed, **asdict(state.budgets))
    return as_world(personas, house().watching.follows(), title="Pentagram", seed=state.seed, society=pace)
