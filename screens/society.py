"""The society of residents: what they do and why, who follows whom, and for admins how it is run."""

from collections.abc import Callable

import streamlit as st

from components import (
    session,
    society,
    society_charts,
    society_graph,
    society_people,
    society_resident,
    society_running,
    society_trace,
)
from components.house import told_to_the_person

HAPPENS, GRAPH, ACTIVITY = FOR_ALL = ("What happens", "Who follows whom", "Activity")
RESIDENTS, COST, FILES = FOR_ADMINS = ("Residents", "Budgets and cost", "Files")


def files() -> None:
    with st.container(width=640):
        society_trace.download(viewer)
        society_people.world()


DRAWN: dict[str, Callable[[], None]] = {
    HAPPENS: lambda: society.timeline(viewer),
    GRAPH: lambda: society_graph.draw(viewer),
    ACTIVITY: society_charts.activity,
    RESIDENTS: society_people.all_of_them,
    COST: society_charts.costs,
    FILES: files,
}


def sections() -> None:
    shown = [*FOR_ALL, *(FOR_ADMINS if society.is_admin(viewer) else ())]
    for section, tab in zip(shown, st.tabs(shown, key="society", bind="query-params"), strict=True):
        if tab.open:
            with tab, told_to_the_person():
                DRAWN[section]()


with told_to_the_person(), st.container(width=900):
    viewer = session.require("see the society")
    if name := st.query_params.get("name"):
        society_resident.show(name, viewer)
    else:
        society.head()
        if society.is_empty():
            society_people.nobody_yet(admin=society.is_admin(viewer))
        else:
            society.going(society_running.controls if society.is_admin(viewer) else None)
            sections()
