"""The frame round every page. `streamlit run shell.py` serves all of it on hosts that pass no routes of our own."""

import streamlit as st

from components import focus, navigation, place, session, undo
from components.house import say_what_was_left, told_to_the_person

st.set_page_config(page_icon="assets/icon.svg", layout="wide")

st.logo("assets/logo.svg")

# Streamlit writes white on the primary colour. In the dark that colour is a light one, for words stand in it as well.
st.html(
    """<style>[data-testid^="stBaseButton-primary"] { color: light-dark(#fff, #14111a) !important }
    [data-testid^="stBaseButton-primary"] kbd { color: inherit; opacity: 1 }</style>"""
)

with told_to_the_person():
    account = session.viewer()
    bar = navigation.shown(account)
    everywhere = [*navigation.hidden(account), *bar]
    page = st.navigation(everywhere, position="hidden" if navigation.on_phone() else "top")
    st.set_page_config(page_title=f"{page.title} · Pentagram".replace("\\", ""))
    navigation.arrive(page, account)
    undo.draw()
    navigation.draw(bar, everywhere, account)
    say_what_was_left()
    try:
        page.run()
    finally:
        place.keep()
        focus.keep()

session.write_cookie()
