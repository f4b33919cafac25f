"""Sign in, or make an account, and go back to what one was doing."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from components import session, sign_in
from services.errors import UserError


def attempt(form: Callable[[Any], bool]) -> None:
    from streamlit_authenticator.utilities import LoginError, RegisterError

    try:
        done = form(forms)
    except (UserError, LoginError, RegisterError) as error:
        st.error(sign_in.in_our_words(error), icon=":material/info:")
        return
    if done:
        session.come_back()


def offer_providers() -> None:
    for label, provider in session.providers().items():
        if st.button(label, icon=":material/key:"):
            try:
                session.continue_with(provider)
            except UserError as error:
                st.error(str(error), icon=":material/info:")


if session.viewer() is not None:
    session.come_back()

forms = sign_in.authenticator()
_, middle, _ = st.columns([1, 2, 1])
with middle:
    if wanted := st.session_state.get("wanted"):
        # A provider sends people back to the start, so the promise is made only where there is none.
        promise = "" if session.providers() else " You come back to where you were."
        st.info(f"Sign in to {wanted}.{promise}", icon=":material/login:")
    known, new = st.tabs(["Sign in", "Create account"])
    with known:
        attempt(sign_in.sign_in_form)
        offer_providers()
    with new:
        st.caption("A name has 3 to 30 characters: a-z, 0-9, _ and . A password has 8 or more of anything.")
        attempt(sign_in.sign_up_form)
        st.page_link("screens/policy.py", label="What may be made and posted here", icon=":material/policy:")
