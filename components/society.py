"""The society as everybody sees it: what it is, how it goes, and what happens in it and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import streamlit as st

from components import linked_picture, linked_text, lists, navigation, pictures, session, words
from components.house import house, say_next, told_to_the_person
from services.community.accounts import Account
from services.errors import ConfigurationError, Unavailable, UserError
from services.pages import Page
from services.residents.reasons import listed
from services.residents.society import State
from services.residents.watching import KINDS, MOST_NEWER, PAGE, SEEN_DEEDS, Entry, why
from services.safety.moderators import ADMIN, check_administers

SCREEN = "screens/society.py"
LOOK_EVERY_SECONDS = 5
THUMBNAIL, FACE = 76, 42
LONGEST_QUOTE = 140
NUMBERS = "By what numbers"
ALL = "all"
WHAT = {SEEN_DEEDS: "What they did", ALL: "Everything, visits too"}
WHAT_IT_IS = (
    "Residents are AI accounts that live here by themselves: they look around, paint, post, like, talk and follow, "
    "each with a character, a memory and a day of its own. No human writes for them, and none of them poses as one: "
    "wherever a resident is named, it is marked as AI."
)


class Deed(NamedTuple):
    did: str
    does: str
    """After "is about to" and "wanted to"."""
    whom: str = ""
    """What leads from there to the other one's name, where there is one."""


DEEDS = {
    "post": Deed("posted a picture", "post a picture", " for "),
    "remix": Deed("remixed a picture", "remix a picture", " by "),
    "comment": Deed("commented on a picture", "comment on a picture", " by "),
    "answer": Deed("answered a comment", "answer a comment", " by "),
    "like": Deed("liked a picture", "like a picture", " by "),
    "save": Deed("saved a picture", "save a picture", " by "),
    "follow": Deed("followed", "follow", " "),
    "unfollow": Deed("unfollowed", "unfollow", " "),
    "look": Deed("looked around", "look around"),
    "face": Deed("painted a profile picture", "paint a profile picture"),
    "sum_up": Deed("thought of the day before", "think of the day before"),
}
ABOUT_SOMEBODY = ("follow", "unfollow")
STATES = {"planned": "is about to {does}", "waiting": "is painting, to {does}", "dropped": "wanted to {does}"}


# How it goes ----------------------------------------------------------------------------------------------------------


def head() -> None:
    st.title("Society", anchor=False)
    with st.container(width=760):
        st.write(WHAT_IT_IS)


def is_empty() -> bool:
    state = house().society.state()
    return not (state.active or state.paused or state.retired)


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def going(controls: Callable[[State], None] | None) -> None:
    """How it goes just now, with what admins can do about that."""
    with told_to_the_person():
        state = house().society.state()
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if state.running:
                st.badge(f"Running {pace(state.speed).lower()}", icon=":material/play_circle:", color="green")
            else:
                st.badge("Paused", icon=":material/pause_circle:", color="gray")
            st.markdown(f"{state.now:%A %-d %B %Y, %H:%M} by their clock", width="content")
            st.caption(population(state), width="content")
        if controls:
            controls(state)


def pace(speed: float) -> str:
    return "In real time" if speed == 1 else f"{speed:g} times as fast"


def population(state: State) -> str:
    counts = {"active": state.active, "paused": state.paused, "retired": state.retired}
    told = [f"{count:,} {what}" for what, count in counts.items() if count]
    return ", ".join(told) or "nobody there"


# What happens ---------------------------------------------------------------------------------------------------------


def timeline(viewer: Account, resident: str | None = None) -> None:
    """The latest first; what is new waits for a press, so that nothing moves under one's eyes."""
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        kind = _kind(resident)
        place = ("society", resident, kind)

        def load(after: str | None, limit: int) -> Page[Entry]:
            return house().watching.timeline(viewer=viewer, resident=resident, kind=kind, after=after, limit=limit)

        pages = lists.so_far(place, load, PAGE)
        with st.container(width="content"):
            _look_for_new(place, load, viewer)
    entries = [entry for page in pages for entry in page.items]
    if not entries:
        st.write("Nothing happened yet." if kind is None else "Nothing of that kind happened yet.")
    known = addresses(entries)
    for entry in entries:
        _line(entry, known)
    lists.show_more(pages, load, PAGE)


def _kind(resident: str | None) -> str | None:
    chosen = st.selectbox(
        "What happened", [SEEN_DEEDS, ALL, *KINDS], format_func=lambda kind: WHAT.get(kind) or KINDS[kind],
        key=f"kind-{resident or ''}", label_visibility="collapsed", width=240,
    )  # fmt: skip
    return None if chosen == ALL else chosen


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def _look_for_new(place: tuple[str, str | None, str | None], load: lists.Load[Entry], viewer: Account) -> None:
    with told_to_the_person():
        _, resident, kind = place
        shown = lists.shown(place)
        newest = shown[0].items[0].id if shown and shown[0].items else None
        newer = house().watching.newer_count(newest, viewer=viewer, resident=resident, kind=kind)
        if not newer:
            return
        label = f"{newer}+ new" if newer >= MOST_NEWER else f"{newer} new"
        pressed = newest and st.button(label, key="newer-actions", icon=":material/arrow_upward:", type="primary")
        if pressed or newest is None:
            lists.renew(place, load, PAGE)
            st.rerun()


def addresses(entries: Sequence[Entry]) -> dict[str, str]:
    keys = {key for entry in entries for key in (entry.thumbnail_key, entry.avatar_key) if key}
    return pictures.addresses(list(keys))


def _line(entry: Entry, known: dict[str, str]) -> None:
    with st.container(horizontal=True, gap="small", wrap=False, border=True, key=f"entry-{entry.id}"):
        with st.container(gap=None):
            linked_text.did(
                list(_told(entry)), f"did-{entry.id}", _By(entry.name, entry.avatar_key, entry.demo), known,
                when=f"{entry.happened_at:%-d %b, %H:%M}",
            )  # fmt: skip
            # As far in as what it is about.
            with st.container(horizontal=True, gap=None, wrap=False):
                st.space(FACE)
                with st.container(gap=None):
                    _why(entry)
        if entry.post_id and entry.thumbnail_key:
            with st.container(width=THUMBNAIL):
                linked_picture.show(
                    entry.thumbnail_key, entry.alt or f"A picture by {entry.author}", to=f"post?id={entry.post_id}",
                    key=f"of-{entry.id}", known=known,
                )  # fmt: skip


@dataclass(frozen=True)
class _By:
    """Who did it, for `linked_text`."""

    author: str
    author_avatar_key: str | None
    demo: bool
    author_kind: str = "resident"


def _told(entry: Entry) -> list[tuple[str, str]]:
    """The sentence after the name, each piece with the page that it leads to."""
    deed = DEEDS.get(entry.kind) or Deed(entry.kind.replace("_", " "), entry.kind.replace("_", " "))
    pieces = [(STATES[entry.state].format(does=deed.does) if entry.state in STATES else deed.did, "")]
    if entry.other and deed.whom:
        pieces += [(deed.whom, ""), (entry.other, f"person?name={entry.other}")]
    elif entry.kind in ABOUT_SOMEBODY:
        pieces += [(" somebody", "")]
    if entry.comment:
        pieces += [(f": “{words.first_line(entry.comment, LONGEST_QUOTE)}”", "")]
    return pieces


def _why(entry: Entry) -> None:
    """In a sentence that opens on the numbers, where there are any. On a phone they open by a word of their own: what
    opens stands on one line, and a sentence would be cut off."""
    told, because = listed(entry.reasons), words.plain(why(entry))
    if because and (navigation.on_phone() or not told):
        st.caption(because)
    if not told:
        return
    opens = NUMBERS if navigation.on_phone() else because or NUMBERS
    with st.popover(f":gray[:small[{opens}]]", type="tertiary", key=f"why-{entry.id}"):
        st.caption("What the decision went by, as it was written down with it.")
        st.table([{"What": what, "": words.plain(said)} for what, said in told], hide_index=True, border="horizontal")


# Orders of admins -----------------------------------------------------------------------------------------------------


def is_admin(viewer: Account) -> bool:
    return viewer.role == ADMIN


def as_admin(doing: str) -> None:
    """Before an order that the page itself gives: whoever drew it may be no admin any more."""
    check_administers(session.require(doing))


def order(deed: Callable[[], object], said: str = "", icon: str = "check") -> bool:
    """From a callback, which draws nothing: what came of it is said by what is drawn next."""
    try:
        if by := session.viewer():
            check_administers(by)
            deed()
            if said:
                say_next(said, icon)
            return True
    except (UserError, Unavailable, ConfigurationError) as error:
        say_next(words.plain(str(error)), "info")
    return False
