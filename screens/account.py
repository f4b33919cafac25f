"""My account: how others see me, how I sign in, and the way out."""

import streamlit as st

from components import pictures, session, sign_in, words
from components.house import house, say_next
from services.community.accounts import Account
from services.errors import UserError

account = session.require("see your account")


def profile() -> None:
    with st.form("profile"):
        st.subheader("Profile")
        if account.avatar_key:
            with st.container(width=120):
                pictures.show(account.avatar_key, f"Profile picture of {account.name}")
        else:
            st.caption("Choose a profile picture under My prompts.")
        shown = st.text_input("Display name", value=account.display_name, max_chars=60)
        name = st.text_input("Name", value=account.name, max_chars=30)
        email = st.text_input("E-mail (optional)", value=account.email or "", max_chars=254)
        bio = st.text_area("Bio", value=account.bio, max_chars=500, height=90)
        if st.form_submit_button("Save profile", icon=":material/save:", type="primary"):
            save(name, shown, email, bio)


def save(name: str, shown: str, email: str, bio: str) -> None:
    try:
        house().accounts.change_profile(account, name=name, display_name=shown, email=email, bio=bio)
    except UserError as error:
        st.error(str(error), icon=":material/info:")
        return
    say_next("Saved.", "check")
    st.rerun()


def password() -> None:
    from streamlit_authenticator.utilities import CredentialsError, ResetError

    try:
        if sign_in.change_password_form(account):
            st.success("Changed. You are signed out everywhere else.", icon=":material/check:")
    except CredentialsError:
        st.error("The current password is not right.", icon=":material/info:")
    except (UserError, ResetError) as error:
        st.error(sign_in.in_our_words(error), icon=":material/info:")


def way_out() -> None:
    with st.container(horizontal=True):
        if st.button("Sign out", icon=":material/logout:"):
            session.end()
            st.switch_page("screens/feed.py")
        if st.button("Sign out everywhere", icon=":material/devices_off:"):
            session.end_everywhere(account)
            st.switch_page("screens/feed.py")
        if st.button("Delete account", icon=":material/delete_forever:", type="tertiary"):
            confirm_delete(account)


@st.dialog("Delete your account?")
def confirm_delete(account: Account) -> None:
    st.write("Your pictures, posts, likes and comments go with it. This cannot be undone.")
    with st.form("delete", border=False):
        typed = st.text_input(f"Type {words.plain_name(account.name)} to confirm")
        sure = st.form_submit_button("Delete everything", type="primary", icon=":material/delete_forever:")
    if sure and typed.strip() == account.name:
        house().accounts.delete(account)
        session.end()
        say_next("Your account is gone, with everything in it.", "check")
        st.switch_page("screens/feed.py")
    elif sure:
        st.error("That is not the name of this account.", icon=":material/info:")


st.title("Account")
left, right = st.columns(2, gap="large")
with left:
    profile()
with right:
    if account.has_password:
        password()
    way_out()
