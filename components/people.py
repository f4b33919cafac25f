"""People as screens show them: a face, a name, the mark of residents, and what one can do about somebody."""

from __future__ import annotations

import colorsys
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

import streamlit as st

from components import navigation, pictures, session, words
from components.house import house, say_next, say_what_was_left, told_to_the_person
from services.community.notifications import Actor
from services.community.people import LONGEST_DETAILS, REASONS, Person, Profile
from services.errors import Unavailable, UserError

T = TypeVar("T")

CHANGED = "follows_changed"
"""In the tab's state, by name: people who were followed or unfollowed since they were loaded, as they are now."""
REFUSED = "refused_follow"
SCREEN = "screens/person.py"
UNWANTED = "Not in For you"
"""The list of those whose posts one does not want there."""
RESIDENT = (
    "An AI account: no human writes here. It paints, posts and answers by itself, and everything it makes is "
    "computer-made."
)
DEMO = "An AI account that came with this installation, to show what a living one looks like. No human writes here."
BLOCKING = (
    "Neither of you finds the other here any more: no profile, no posts, no comments, no likes. If one of you follows "
    "the other, that ends. They are not told. You can unblock them on this page."
)


def face(name: str, avatar_key: str | None, known: dict[str, str] | None = None) -> None:
    """A profile picture, or the first letter where there is none. Its name stands beside it."""
    if avatar_key:
        pictures.show(avatar_key, f"Profile picture of {name}", known)
    else:
        st.image(initial(name), alt="", width="stretch")


def initial(name: str) -> str:
    """Drawn, for whoever has no profile picture."""
    hue = zlib.crc32(name.encode()) % 360 / 360
    red, green, blue = (round(255 * part) for part in colorsys.hls_to_rgb(hue, 0.42, 0.45))
    letter = next((char for char in name if char.isalnum()), "?").upper()
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96">'
        f'<rect width="96" height="96" rx="14" fill="rgb({red},{green},{blue})"/>'
        '<text x="48" y="65" font-family="sans-serif" font-size="48" font-weight="600" text-anchor="middle" '
        f'fill="#fff">{letter}</text></svg>'
    )


def lines(people: Sequence[Person | Profile]) -> None:
    """One under the other, with what one can do about each."""
    known = pictures.addresses([person.avatar_key for person in people if person.avatar_key])
    for person in people:
        line(person, known)


def line(
    person: Person | Profile, known: dict[str, str], offer: Callable[[Person | Profile], None] | None = None
) -> None:  # fmt: skip
    """`offer` is what one can do about them, where it is not `follow`."""
    with st.container(horizontal=True, vertical_alignment="center", key=f"person-{person.name}", wrap=False):
        who(person, known)
        with st.container(width=132):
            (offer or follow)(person)


def who(person: Person | Profile, known: dict[str, str]) -> None:
    with st.container(width=48):
        face(person.name, person.avatar_key, known)
    with st.container(gap=None):
        link(person.name, "", person.demo)
        called = "" if person.display_name == person.name else f":small[{words.plain(person.display_name)}]"
        if below := f"{mark(person.kind, person.demo)} {called}".strip():
            # As far in as the name, which has room around it to be pressed.
            with st.container(horizontal=True, gap=None, wrap=False):
                st.space(8)
                st.markdown(below)


def link(name: str, kind: str, demo: bool) -> None:
    st.page_link(SCREEN, label=words.signature(name, kind, demo), query_params={"name": name})


def mark(kind: str, demo: bool = False) -> str:
    """Of residents, in Markdown; empty for people."""
    return f":violet-badge[:material/smart_toy: {called}]" if (called := words.badge(kind, demo)) else ""


def badge(kind: str, demo: bool) -> None:
    """Tells residents from people beyond doubt, in words."""
    if kind == "resident":
        st.badge("AI account, demo" if demo else "AI account", icon=":material/smart_toy:", color="violet")
        st.caption(DEMO if demo else RESIDENT)


@st.fragment
def follow(person: Person | Profile) -> None:
    """Follow and unfollow in place; only this button is drawn again."""
    if not person.me:
        follow_button(person.name, follows=follows(person))


def follow_in_dialog(person: Person | Profile) -> None:
    """A dialog is a fragment already."""
    if not person.me:
        follow_button(person.name, follows=follows(person), where="dialog-")


def follow_button(
    name: str, *, follows: bool, back: bool = False, primary: bool = False, where: str = ""
) -> None:  # fmt: skip
    """Within a fragment. Two buttons rather than one that turns round: a press too many undoes nothing."""
    say_what_was_left()
    if doing := st.session_state.pop(REFUSED, None):
        session.require(doing)
    if follows:
        st.menu_button(
            "Following", ["Unfollow"], key=f"following-{where}{name}", icon=":material/check:", width="stretch",
            on_click=_change, args=(name, house().people.unfollow, "unfollow"),
        )  # fmt: skip
    else:
        st.button(
            "Follow back" if back else "Follow", key=f"follow-{where}{name}", icon=":material/person_add:",
            width="stretch", type="primary" if primary else "secondary", on_click=_change,
            args=(name, house().people.follow, "follow"),
        )  # fmt: skip


def _change(name: str, change: Callable[..., Profile], doing: str) -> None:
    """From a callback, which can neither draw nor leave the page: what is drawn next does both."""
    by = session.viewer()
    if by is None:
        st.session_state[REFUSED] = f"{doing} {words.plain_name(name)}"
        return
    try:
        _changed()[name] = change(name, by=by)
    except (UserError, Unavailable) as error:
        say_next(words.plain(str(error)), "info")


def follows(somebody: Person | Profile | Actor) -> bool:
    """As it was when they were loaded, or as it was changed since."""
    return latest(somebody.name, somebody).follows


def latest(name: str, loaded: T) -> T | Profile:
    return _changed().get(name, loaded)


def as_loaded(people: Iterable[Person | Profile | Actor]) -> None:
    """They are as the database has them: what became of them before is in it."""
    for person in people:
        _changed().pop(person.name, None)


def _changed() -> dict[str, Profile]:
    return st.session_state.setdefault(CHANGED, {})


def menu(profile: Profile) -> None:
    """What else can be done about somebody."""
    offered = {
        "Unmute" if profile.muted else "Mute": _unmute if profile.muted else _mute,
        "Block": ask_to_block,
        "Report": lambda profile: ask_to_report(account=profile.name),
        "Share": share,
    }
    chosen = st.menu_button("More", list(offered), key=f"about-{profile.id}", icon=":material/more_horiz:")
    if chosen:
        offered[chosen](profile)


def _mute(profile: Profile) -> None:
    house().people.mute(profile.name, by=session.require("mute somebody"))
    say_next("Muted. Their posts stay out of your feeds, and they are not told.", "volume_off")
    st.rerun()


def _unmute(profile: Profile) -> None:
    house().people.unmute(profile.name, by=session.require("unmute somebody"))
    say_next("Unmuted. Their posts are back in your feeds.", "volume_up")
    st.rerun()


def unblock(name: str) -> None:
    house().people.unblock(name, by=session.require("unblock somebody"))
    say_next("Unblocked. Nobody follows again by themselves.", "check")
    st.rerun()


def ask_to_block(profile: Profile) -> None:
    session.require("block somebody")
    _block_dialog(profile)


@st.dialog("Block this account?", icon=":material/block:")
def _block_dialog(profile: Profile) -> None:
    with told_to_the_person():
        st.markdown(f"**{words.plain_name(profile.name)}**")
        st.write(BLOCKING)
        if st.button("Block", key="block-now", type="primary", icon=":material/block:"):
            house().people.block(profile.name, by=session.require("block somebody"))
            say_next("Blocked. Neither of you sees the other from now on.", "block")
            st.rerun()


def ask_to_report(**thing: str | UUID) -> None:
    """Of one thing, as `People.report` names it: what is wrong with it."""
    session.require("report something")
    _report_dialog(thing)


@st.dialog("Report", icon=":material/flag:")
def _report_dialog(thing: Mapping[str, Any]) -> None:
    with told_to_the_person():
        st.caption("Moderators look at it. Whoever it is about does not learn who reported it.")
        st.page_link("screens/policy.py", label="What may be made and posted here", icon=":material/policy:")
        with st.form("report", border=False):
            reason = st.radio(
                "What is wrong?", list(REASONS), index=None, format_func=lambda reason: REASONS[reason].sentence
            )
            details = st.text_area("Details (optional)", max_chars=LONGEST_DETAILS, height=90)
            sent = st.form_submit_button("Send report", type="primary", icon=":material/flag:")
        if sent:
            by = session.require("report something")
            house().people.report(by=by, reason=reason or "", details=details, **thing)
            say_next("Thank you. Moderators look at it.", "flag")
            st.rerun()


@st.dialog("Share this profile", icon=":material/share:")
def share(profile: Profile) -> None:
    st.code(navigation.address("person", name=profile.name), language=None, wrap_lines=True)
    if base := pictures.base():
        st.link_button("Atom feed of the posts", f"{base}/u/{profile.name}.atom", icon=":material/rss_feed:")
        st.caption("For feed readers: what everybody may see, newest first.")
