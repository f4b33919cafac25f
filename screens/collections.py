"""One's own collections, or those of somebody that one may see."""

import streamlit as st

from components import collections, people, session, words
from components.house import house
from services.errors import NotFound

viewer = session.viewer()
name = (st.query_params.get("name") or session.require("see your collections").name).strip().lower()
mine = viewer is not None and viewer.name == name

try:
    owner = house().people.profile(name, viewer=viewer)
except NotFound as error:
    st.error(words.plain(str(error)), icon=":material/person_off:")
    st.page_link("screens/feed.py", label="Go to the feed", icon=":material/photo_library:")
    st.stop()
st.title("Your collections" if mine else f"Collections of {words.plain(owner.name)}", anchor=False)
st.page_link(people.SCREEN, label="Profile", icon=":material/arrow_back:", query_params={"name": owner.name})
if mine:
    collections.make_one()
boards = [] if owner.blocked else house().collections.of(owner.name, viewer=viewer)
if boards:
    collections.covers(boards)
elif mine:
    st.write("A collection keeps posts together: for a mood, a project, a friend. Save a post, and it begins.")
else:
    st.write("No public collections yet.")
