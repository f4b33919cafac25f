"""Who follows somebody, and whom they follow; for oneself also who is muted and blocked."""

from collections.abc import Callable

import streamlit as st

from components import lists, people, pictures, session, words
from components.house import house
from services.community.people import PAGE, Person
from services.errors import NotFound
from services.pages import Page

FOLLOWERS, FOLLOWING, MUTED, BLOCKED = "Followers", "Following", "Muted", "Blocked"
UNWANTED = people.UNWANTED
NOBODY = {
    FOLLOWERS: "Nobody follows {name} yet.",
    FOLLOWING: "{name} follows nobody yet.",
    MUTED: "You muted nobody.",
    BLOCKED: "You blocked nobody.",
    UNWANTED: "You want everybody in For you.",
}
UNDO = {MUTED: "Unmute", BLOCKED: "Unblock", UNWANTED: "Show again"}

viewer = session.viewer()
name = (st.query_params.get("name") or session.require("see who follows you").name).strip().lower()
mine = viewer is not None and viewer.name == name
offered = [FOLLOWERS, FOLLOWING, MUTED, BLOCKED, UNWANTED] if mine else [FOLLOWERS, FOLLOWING]


def load(after: str | None, limit: int) -> Page[Person]:
    asked: dict[str, Callable[..., Page[Person]]] = {
        FOLLOWERS: house().people.followers,
        FOLLOWING: house().people.following,
        MUTED: house().people.muted_by,
        BLOCKED: house().people.blocked_by,
        UNWANTED: house().people.unwanted_by,
    }
    if chosen in UNDO:
        return asked[chosen](viewer, after=after, limit=limit)
    page = asked[chosen](name, viewer=viewer, after=after, limit=limit)
    people.as_loaded(page.items)
    return page


def undo(person: Person, known: dict[str, str]) -> None:
    """Muted and blocked people are listed to be let in again."""
    with st.container(horizontal=True, vertical_alignment="center", wrap=False, key=f"person-{person.name}"):
        people.who(person, known)
        if st.button(UNDO[chosen], key=f"undo-{person.name}", icon=":material/undo:"):
            let_in(person)
            lists.renew(place, load, PAGE)
            st.rerun()


def let_in(person: Person) -> None:
    by = session.require("change this")
    if chosen == UNWANTED:
        house().learning.the_maker_again(person.id, by=by)
    else:
        {MUTED: house().people.unmute, BLOCKED: house().people.unblock}[chosen](person.name, by=by)


def choose() -> str:
    key = f"list-{name}"
    if st.session_state["entered"]:
        asked = st.query_params.get("list")
        st.session_state[key] = asked if asked in offered else FOLLOWERS
    return st.segmented_control("List", offered, required=True, key=key, label_visibility="collapsed")


with st.container(width=640):
    st.title(words.plain(name), anchor=False)
    st.page_link(people.SCREEN, label="Profile", icon=":material/arrow_back:", query_params={"name": name})
    chosen = choose()
    place = ("people", name, chosen)
    try:
        pages = lists.so_far(place, load, PAGE)
    except NotFound as error:
        st.error(words.plain(str(error)), icon=":material/person_off:")
        st.stop()
    if not pages[0].items:
        st.write(NOBODY[chosen].format(name=words.plain(name)))
    for page in pages:
        if chosen in UNDO:
            known = pictures.addresses([person.avatar_key for person in page.items if person.avatar_key])
            for person in page.items:
                undo(person, known)
        else:
            people.lines(page.items)
    lists.show_more(pages, load, PAGE)
