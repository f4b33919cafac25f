"""The frame round every page. `streamlit run shell.py` serves all of it on hosts that pass no routes of our own."""

import streamlit as st

from components import session
from components.house import say_what_was_left, told_to_the_person
from components.navigation import bar, icon, on_phone

st.set_page_config(page_icon="assets/icon.svg", layout="wide")

st.logo("assets/logo.svg")

with told_to_the_person():
    account = session.viewer()
    person = (
        st.Page("screens/account.py", title=account.name, icon=icon("account_circle"), url_path="account")
        if account
        else st.Page("screens/sign_in.py", title="Sign in", icon=icon("login"), url_path="sign_in")
    )
    hidden = [
        st.Page("screens/post.py", title="Post", url_path="post", visibility="hidden"),
        st.Page("screens/sign_in.py", title="Sign in", url_path="sign_in", visibility="hidden")
        if account
        else st.Page("screens/account.py", title="Account", url_path="account", visibility="hidden"),
    ]
    shown = [
        st.Page("screens/feed.py", title="Feed", icon=icon("photo_library"), default=True),
        st.Page("screens/generate.py", title="Generate", icon=icon("brush")),
        st.Page("screens/search.py", title="Search", icon=icon("search")),
        st.Page("screens/my_prompts.py", title="My prompts", icon=icon("history"), url_path="my_prompts"),
        person,
    ]
    page = st.navigation([*shown, *hidden], position="hidden" if on_phone() else "top")
    if on_phone():
        bar(shown)
    st.set_page_config(page_title=f"{page.title} · Pentagram")
    st.session_state["entered"] = st.session_state.get("screen") != page.url_path
    if st.session_state["entered"]:
        st.session_state["came_from"] = st.session_state.get("screen")
    st.session_state["screen"] = page.url_path
    if page.url_path != "post" and "id" in st.query_params:
        del st.query_params["id"]
    say_what_was_left()
    page.run()

session.write_cookie()
