"""One's own profile picture: chosen among one's pictures, and taken off."""

from __future__ import annotations

import streamlit as st

from components import growing, pictures, session
from components.house import house, say_next, told_to_the_person
from components.post_dialog import alt
from services.community.accounts import Account, Wearable

OFFERED = "faces"


def _pictures_of(by: Account) -> growing.Load[Wearable]:
    return lambda after: house().accounts.wearable(by, after=after)


def change(by: Account) -> None:
    """The buttons for it, side by side where the caller has them so."""
    if st.button("Change picture", icon=":material/account_circle:"):
        growing.begin(OFFERED, _pictures_of(by))
        _choose(by)
    if by.avatar_key and st.button("Remove picture", icon=":material/hide_image:", type="tertiary"):
        house().accounts.show_none(session.require("change your picture"))
        say_next("Your profile picture is off. It stays under My prompts.", "hide_image")
        st.rerun()


@st.dialog("Choose a profile picture", icon=":material/account_circle:", width="medium")
def _choose(by: Account) -> None:
    with told_to_the_person():
        offered: list[Wearable] = growing.items(OFFERED)
        if not offered:
            st.write("It is one of your own pictures, and you have none yet.")
            st.page_link("screens/generate.py", label="Paint one", icon=":material/brush:")
        known = pictures.addresses([picture.thumbnail_key for picture in offered])
        with st.grid("auto", min_column_width=120):
            for picture in offered:
                _offer(picture, by, known)
        growing.show_more(OFFERED, _pictures_of(by))


def _offer(picture: Wearable, by: Account, known: dict[str, str]) -> None:
    with st.container(gap="xsmall"):
        pictures.show(picture.thumbnail_key, alt(picture, by), known)
        if st.button("Take this", key=f"face-{picture.id}", type="tertiary"):
            house().accounts.show_as(session.require("change your picture"), picture.id)
            say_next("That is your profile picture now.", "account_circle")
            st.rerun()
