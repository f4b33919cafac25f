"""Who likes a post."""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from components import growing, people, pictures, session
from components.house import house, told_to_the_person
from services.community.people import Person

LIKERS = "likers"


def ask(post_id: UUID) -> None:
    with told_to_the_person():
        growing.begin(LIKERS, _of(post_id))
        _dialog(post_id)


def _of(post_id: UUID) -> growing.Load[Person]:
    return lambda after: house().people.likers(post_id, viewer=session.viewer(), after=after)


@st.dialog("Likes", icon=":material/favorite:", on_dismiss="rerun")
def _dialog(post_id: UUID) -> None:
    with told_to_the_person():
        found: list[Person] = growing.items(LIKERS)
        if not found:
            st.write("Nobody whom you can see here likes it now.")
        known = pictures.addresses([person.avatar_key for person in found if person.avatar_key])
        for person in found:
            people.line(person, known, people.follow_in_dialog)
        growing.show_more(LIKERS, _of(post_id))
