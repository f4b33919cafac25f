"""Find pictures by what they mean."""

import streamlit as st

from components import lists, post_card, session
from components.house import house, told_to_the_person
from services.community.pages import Page

EXAMPLES = ["somewhere quiet by the water", "the city when everybody sleeps", "far from earth"]

viewer = session.viewer()
house().search.prepare()
if st.session_state["entered"] and "q" in st.query_params:
    st.session_state["q"] = st.query_params["q"]
query = st.text_input("Search", placeholder="somewhere quiet by the water", key="q", persist_state="session")
if query.strip():
    st.query_params["q"] = query
if not query.strip():
    st.caption("Describe it in your own words: what counts is what you mean, not the words you take.")
    with st.container(horizontal=True):
        for example in EXAMPLES:
            st.page_link("screens/search.py", label=example, icon=":material/search:", query_params={"q": example})
else:
    with told_to_the_person():
        with st.spinner("Looking for what you mean", show_time=False):
            found = house().search.posts(query, viewer=viewer)
        if found:
            post_card.grid(lists.of_posts(Page([*found], None)).items)
        else:
            st.write("Nothing like that has been posted yet. It could be yours.")
            st.page_link("screens/generate.py", label="Paint it", icon=":material/brush:")
