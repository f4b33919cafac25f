"""My settings: how others see me, how I sign in, what I see and am told, what is mine here, and the way out."""

from collections.abc import Sequence

import streamlit as st

from components import decisions, navigation, people, pictures, portrait, session, sign_in, transfer, words
from components.creation_tile import heard
from components.house import house, say_next, say_what_was_left, told_to_the_person
from services.community.accounts import Account
from services.community.notifications import KINDS
from services.community.people import Person
from services.errors import UserError
from services.pages import Page

PROFILE, SIGN_IN, SEEN, TOLD, DECIDED, DATA = SECTIONS = (
    "Profile", "Sign-in", "What you see", "Notifications", "Decisions", "Your data",
)  # fmt: skip
WHAT_GOES = (
    "your profile, your prompts and all your pictures",
    "your posts, with their likes and comments",
    "your comments elsewhere, with the answers below them, and your likes",
    "your collections, your interests, whom you follow, mute and block, and your notifications",
    "your uploads, imports and archives, and every sign-in",
)
WHAT_STAYS = (
    "what painting cost, as numbers that nobody can be found by",
    "reports that you sent to moderators, and what those decided about you, without your name",
    "pictures that others made from yours: those are theirs",
)

FAREWELL = "You are signed out. Everything of yours goes within minutes; nothing stays but counts without your name."

account = session.require("see your account")


# How others see me ---------------------------------------------------------------------------------------------------


def profile() -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        with st.container(width=96):
            people.face(account.name, account.avatar_key)
        portrait.change(account)
    with st.form("profile", border=False):
        shown = st.text_input("Display name", value=account.display_name, max_chars=60)
        name = st.text_input("Name", value=account.name, max_chars=30, help="Others find and mention you by it.")
        email = st.text_input("E-mail (optional)", value=account.email or "", max_chars=254, help="Only you see it.")
        bio = st.text_area("Bio", value=account.bio, max_chars=500, height=90)
        if st.form_submit_button("Save profile", icon=":material/save:", type="primary"):
            save(name, shown, email, bio)


def save(name: str, shown: str, email: str, bio: str) -> None:
    try:
        house().accounts.change_profile(account, name=name, display_name=shown, email=email, bio=bio)
    except UserError as error:
        st.error(words.plain(str(error)), icon=":material/info:")
        return
    say_next("Saved.", "check")
    st.rerun()


# How I sign in -------------------------------------------------------------------------------------------------------


def password() -> None:
    from streamlit_authenticator.utilities import CredentialsError, ResetError

    try:
        if sign_in.change_password_form(account):
            st.success("Changed. You are signed out everywhere else.", icon=":material/check:")
    except CredentialsError:
        st.error("The current password is not right.", icon=":material/info:")
    except (UserError, ResetError) as error:
        st.error(words.plain(sign_in.in_our_words(error)), icon=":material/info:")


def way_out() -> None:
    with st.container(horizontal=True, width="content", gap="small"):
        if st.button("Sign out", icon=":material/logout:"):
            session.end()
            navigation.go("screens/feed.py")
        if st.button("Sign out everywhere", icon=":material/devices_off:", type="tertiary"):
            session.end_everywhere(account)
            navigation.go("screens/feed.py")


# What I see and am told ----------------------------------------------------------------------------------------------


@st.fragment
def seen() -> None:
    with told_to_the_person():
        say_what_was_left()
        st.toggle(
            "Show pictures that may be sensitive", house().accounts.shows_sensitive(account), key="sensitive",
            on_change=choose_sensitive,
        )  # fmt: skip
        st.caption(
            "Nudity, violence and the like, in the feed, in search and on profiles. Off, they are left out there; who "
            "opens one by its link is asked first."
        )
        st.page_link("screens/my_interests.py", label="What For you goes by: my interests", icon=":material/interests:")
        st.page_link("screens/society.py", label="The residents: what they do and why", icon=":material/groups:")
        st.header("Muted", anchor=False)
        st.caption("Their posts stay out of your lists, and nothing they do is told you. They do not know.")
        listed(house().people.muted_by(account), "Unmute", "You muted nobody.")
        st.header("Blocked", anchor=False)
        st.caption("Neither of you finds the other here.")
        listed(house().people.blocked_by(account), "Unblock", "You blocked nobody.")


def choose_sensitive() -> None:
    heard(lambda by: house().accounts.show_sensitive(by, st.session_state["sensitive"]))


def listed(found: Page[Person], undo: str, nobody: str) -> None:
    if not found.items:
        st.write(nobody)
    known = pictures.addresses([person.avatar_key for person in found.items if person.avatar_key])
    for person in found.items:
        with st.container(horizontal=True, vertical_alignment="center", wrap=False, key=f"{undo}-{person.name}"):
            people.who(person, known)
            st.button(undo, key=f"{undo}-now-{person.id}", on_click=let_in, args=(person.name, undo))
    if found.next:
        st.page_link(
            "screens/people.py", label="All of them", icon=":material/group:",
            query_params={"name": account.name, "list": {"Unmute": "Muted", "Unblock": "Blocked"}[undo]},
        )  # fmt: skip


def let_in(name: str, undo: str) -> None:
    change = house().people.unmute if undo == "Unmute" else house().people.unblock
    heard(lambda by: change(name, by=by))


@st.fragment
def told() -> None:
    with told_to_the_person():
        say_what_was_left()
        wanted = house().notifications.preferences(by=account)
        for kind, what in KINDS.items():
            st.toggle(what, wanted[kind], key=f"told-of-{kind}", on_change=choose_told, args=(kind,))
        st.caption("Decisions of moderators about you or something of yours are always told.")


def choose_told(kind: str) -> None:
    wanted = st.session_state[f"told-of-{kind}"]
    heard(lambda by: house().notifications.choose(by=by, kind=kind, wanted=wanted))


# What was decided about me --------------------------------------------------------------------------------------------


def decided() -> None:
    if navigation.moderates(account) and navigation.on_phone():
        st.page_link("screens/moderation.py", label="Moderation", icon=":material/gavel:")
    decisions.draw(account)


# What is mine --------------------------------------------------------------------------------------------------------


def data() -> None:
    transfer.export(account)
    st.divider()
    transfer.bring_along(account)
    st.divider()
    st.header("Delete your account", anchor=False)
    st.caption("Make an archive first if you want to keep anything.")
    if st.button("Delete account", icon=":material/delete_forever:"):
        confirm_delete(account)


@st.dialog("Delete your account?", icon=":material/delete_forever:")
def confirm_delete(account: Account) -> None:
    with told_to_the_person():
        st.write("You are signed out at once, everywhere, and your name is free for others.")
        st.markdown("**Goes within minutes, and cannot be brought back:**\n" + as_list(WHAT_GOES))
        st.markdown("**Stays:**\n" + as_list(WHAT_STAYS))
        with st.form("delete", border=False):
            typed = st.text_input(f"Type {words.plain_name(account.name)} to confirm")
            sure = st.form_submit_button("Delete everything", type="primary", icon=":material/delete_forever:")
        if sure and typed.strip().lower() == account.name:
            house().accounts.leave(session.require("delete your account"))
            session.end()
            say_next(FAREWELL, "check")
            navigation.go("screens/feed.py")
        elif sure:
            st.error("That is not the name of this account.", icon=":material/info:")


def as_list(sentences: Sequence[str]) -> str:
    return "\n".join(f"- {each}" for each in sentences)


with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    st.title("Settings", anchor=False, width="content")
    way_out()
tabs = dict(zip(SECTIONS, st.tabs(SECTIONS, key="section", bind="query-params"), strict=True))
with tabs[PROFILE], st.container(width=640):
    profile()
with tabs[SIGN_IN], st.container(width=640):
    if account.has_password:
        password()
    else:
        st.write("You sign in with an identity provider: there is no password to change here.")
for section, draw in ((SEEN, seen), (TOLD, told), (DECIDED, decided), (DATA, data)):
    if tabs[section].open:
        with tabs[section], st.container(width=640), told_to_the_person():
            draw()
