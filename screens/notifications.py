"""What others did that concerns me, the latest first. It is read when one sees what it is about, or says so."""

import streamlit as st

from components import lists, navigation, people, pictures, session, words
from components.creation_tile import heard
from components.house import house, told_to_the_person
from services.community.notifications import KINDS, PAGE, Notice
from services.pages import Page

PLACE = ("notifications",)
ICONS = {
    "like": "favorite",
    "comment": "chat_bubble",
    "reply": "reply",
    "comment_like": "favorite",
    "mention": "alternate_email",
    "follow": "person_add",
    "remix": "shuffle",
    "moderation": "gavel",
    "search": "search",
}

viewer = session.require("see your notifications")


def load(after: str | None, limit: int) -> Page[Notice]:
    page = house().notifications.page(by=viewer, after=after, limit=limit)
    people.as_loaded(actor for notice in page.items for actor in notice.actors)
    return page


def line(notice: Notice, known: dict[str, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", border=True, wrap=False, key=f"notice-{notice.id}"):
        with st.container(width=48):
            whose_face(notice, known)
        with st.container(gap="xxsmall"):
            said(notice)
            with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
                when_and_who(notice)
                way(notice)
                if notice.unread:
                    st.button(
                        "Mark read", key=f"read-{notice.id}", icon=":material/done:", type="tertiary", on_click=read,
                        args=(notice,),
                    )  # fmt: skip
        if notice.thumbnail_key:
            with st.container(width=56):
                pictures.show(notice.thumbnail_key, "", known)


def said(notice: Notice) -> None:
    """A new one says that it is, besides being bold."""
    verdict = notice.details.get("verdict")
    told = words.plain(f"{notice.sentence}: {verdict}" if verdict else notice.sentence)
    st.markdown(
        f":material/{ICONS[notice.kind]}: " + (f"**{told}** :red-badge[New]" if notice.unread else told),
    )
    if words_of_theirs := notice.details.get("reason") if notice.kind == "moderation" else notice.body:
        st.text(words.first_line(words_of_theirs, 160))


def when_and_who(notice: Notice) -> None:
    st.caption(words.ago(notice.newest_at, house().clock.now()), width="content")
    if any(actor.kind == "resident" for actor in notice.actors):
        st.markdown(people.mark("resident"), width="content")


def way(notice: Notice) -> None:
    if notice.kind == "search":
        st.page_link("screens/search.py", label="See what fits", query_params={"q": str(notice.details["query"])})
    elif notice.post_id is not None:
        st.page_link("screens/post.py", label="See the post", query_params={"id": str(notice.post_id)})
    elif notice.kind == "follow" and notice.actors:
        st.page_link(people.SCREEN, label="See the profile", query_params={"name": notice.actors[0].name})
        with st.container(width=148):
            follow_back(notice)
    elif notice.kind != "moderation":
        st.page_link("screens/account.py", label="See your account")
    if notice.kind == "moderation" and not notice.details.get("thanks"):
        st.page_link("screens/account.py", label="Why, and how to appeal", query_params={"section": "Decisions"})


def whose_face(notice: Notice, known: dict[str, str]) -> None:
    if notice.actors:
        people.face(notice.actors[0].name, notice.actors[0].avatar_key, known)
    else:
        st.markdown(f":material/{ICONS[notice.kind]}:", text_alignment="center")


@st.fragment
def follow_back(notice: Notice) -> None:
    with told_to_the_person():
        actor = notice.actors[0]
        people.follow_button(actor.name, follows=people.follows(actor), back=True)


@st.fragment(run_every=navigation.LOOK_EVERY_SECONDS)
def look_for_new() -> None:
    """Say that there is more on top, rather than move what somebody is reading."""
    with told_to_the_person():
        newer = house().notifications.unread_count(by=viewer, since=shown[0].newest_at if shown else None)
        if newer and st.button(f"{newer} new", icon=":material/arrow_upward:", type="primary", key="show-new"):
            lists.renew(PLACE, load, PAGE)
            st.rerun()


def read(notice: Notice) -> None:
    """From a callback: before anything is drawn, so that the corner counts it no more."""
    heard(lambda by: house().notifications.mark_one_read(notice.id, by=by))
    heard(lambda _: lists.renew(PLACE, load, PAGE))


def read_all(newest: Notice) -> None:
    """Of what is on the screen: what came since stays unread."""
    heard(lambda by: house().notifications.mark_read(by=by, until=newest.newest_at))
    heard(lambda _: lists.renew(PLACE, load, PAGE))


def head(shown: list[Notice]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title("Notifications", anchor=False)
        if any(notice.unread for notice in shown):
            st.button("Mark all read", icon=":material/done_all:", on_click=read_all, args=(shown[0],))
        if st.button("Preferences", icon=":material/tune:", type="tertiary"):
            preferences()


@st.dialog("What you want to be told", icon=":material/notifications:")
def preferences() -> None:
    with told_to_the_person():
        wanted = house().notifications.preferences(by=viewer)
        for kind, what in KINDS.items():
            chosen = st.toggle(what, value=wanted[kind], key=f"told-of-{kind}")
            if chosen != wanted[kind]:
                house().notifications.choose(by=session.require("choose this"), kind=kind, wanted=chosen)
        st.caption("Decisions of moderators about you or something of yours are always told.")


def nothing_yet() -> None:
    st.write("Nothing yet. Post a picture, comment, follow somebody: what comes back is told here.")
    with st.container(horizontal=True):
        st.page_link("screens/generate.py", label="Paint something", icon=":material/brush:")
        st.page_link("screens/feed.py", label="Look around", icon=":material/photo_library:")


with st.container(width=720):
    pages = lists.so_far(PLACE, load, PAGE)
    shown = [notice for page in pages for notice in page.items]
    head(shown)
    look_for_new()
    if not shown:
        nothing_yet()
    known = pictures.addresses(
        [notice.thumbnail_key for notice in shown if notice.thumbnail_key]
        + [notice.actors[0].avatar_key for notice in shown if notice.actors and notice.actors[0].avatar_key]
    )
    for notice in shown:
        line(notice, known)
    lists.show_more(pages, load, PAGE)
