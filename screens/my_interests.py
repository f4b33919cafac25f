"""What For you has learned of me: to see it and where it comes from, to change it, and to have it forgotten."""

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from components import interest, people, pictures, taste, visiting, words
from components.house import house, told_to_the_person
from services.community.people import Person
from services.discovery.recommendations.memory import Visitor
from services.discovery.recommendations.mine import Known, Mine

NARROWEST = 340
ORDER = "interests_order"
"""In the tab's state: how they stand on the screen, so that none moves under one's finger when its share changes."""

by = visiting.somebody()
is_visitor = isinstance(by, Visitor)


# What is set ----------------------------------------------------------------------------------------------------------


def settings(mine: Mine) -> None:
    with st.container(border=True, width=640):
        taste.surprise("surprise", anew=True)
        st.toggle(
            "Pause learning", value=not mine.wishes.learning, key="paused", on_change=pause,
            help="For you goes on by what it knows. Whatever you ask for yourself, as “Less like this”, still counts.",
        )  # fmt: skip
        if not mine.wishes.learning:
            st.caption(f":material/pause_circle: {taste.PAUSED}")


def pause() -> None:
    paused = st.session_state["paused"]
    said = "Paused: nothing is learned of you." if paused else "For you learns again."
    taste.change(lambda by: house().learning.wish(by=by, learning=not paused), said, "pause" if paused else "school")


# What one likes -------------------------------------------------------------------------------------------------------


def liked(known: Sequence[Known]) -> None:
    if st.session_state["entered"]:
        st.session_state[ORDER] = []
    order: list[UUID] = st.session_state.setdefault(ORDER, [])
    order.extend(each.id for each in known if each.id not in order)
    with st.grid("auto", min_column_width=NARROWEST):
        for each in sorted(known, key=lambda each: order.index(each.id)):
            with st.container(border=True, gap="small", key=f"interest-{each.id}"):
                interest.card(each)


def bring_back(known: Known) -> None:
    if taste.change(lambda by: house().interests.bring_back(known.id, by=by), "It is back.", "undo"):
        taste.begin_anew()


# What one does not want -----------------------------------------------------------------------------------------------


def removed(known: Sequence[Known]) -> None:
    st.header("Removed", anchor=False)
    st.caption("For you does not go by these, and learns nothing around them.")
    for each in known:
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"removed-{each.id}"):
            st.text(each.name, width="content")
            st.button(
                "Bring back", key=f"back-{each.id}", icon=":material/undo:", type="tertiary", on_click=bring_back,
                args=(each,),
            )  # fmt: skip


def unwanted(known: Sequence[Known]) -> None:
    st.header("What you want less of", anchor=False)
    st.caption("For you leaves out what is like these, or shows less of it.")
    deeds = [deed for each in known for deed in each.deeds]
    shown = interest.addresses(deeds)
    for deed in deeds:
        interest.line(deed, shown, "Undo", "undo", "For you may show what is like it again.")


def makers(mine: Mine) -> None:
    st.header("People you do not want in For you", anchor=False)
    st.caption("Elsewhere you find what they post as before. They are not told.")
    known = pictures.addresses([maker.avatar_key for maker in mine.makers.items if maker.avatar_key])
    for maker in mine.makers.items:
        with st.container(horizontal=True, vertical_alignment="center", wrap=False, key=f"unwanted-{maker.name}"):
            people.who(maker, known)
            st.button(
                "Show again", key=f"wanted-{maker.id}", icon=":material/undo:", on_click=want_again, args=(maker,)
            )
    if mine.makers.next:
        st.page_link(
            "screens/people.py", label="All of them", icon=":material/group:", query_params={"list": people.UNWANTED}
        )


def want_again(maker: Person) -> None:
    said = f"For you may show what {words.plain_name(maker.name)} posts."
    if taste.change(lambda by: house().learning.the_maker_again(maker.id, by=by), said, "undo"):
        taste.begin_anew()


# Nothing, and back to nothing -----------------------------------------------------------------------------------------


def nothing_yet() -> None:
    deeds = "Open what you like" if is_visitor else "Like what you like, save it, look at it"
    st.write(f"Nothing is learned yet. {deeds}: the next page of For you knows of it.")
    with st.container(horizontal=True):
        st.page_link("screens/feed.py", label="Look around", icon=":material/photo_library:")
        st.page_link("screens/search.py", label="Search", icon=":material/search:")


def within_this_tab() -> None:
    with st.container(width=640):
        st.info("This is what this tab has learned. It is gone when you close it.", icon=":material/tab:")
        st.page_link("screens/sign_in.py", label="Create an account to keep it", icon=":material/login:")


def way_back() -> None:
    st.divider()
    if st.button("Forget everything", icon=":material/delete_sweep:"):
        confirm()


@st.dialog("Forget everything?", icon=":material/delete_sweep:")
def confirm() -> None:
    with told_to_the_person():
        st.write(
            "All interests go, what you want less of, and whom you do not want in For you. It begins as on your first "
            "day. What you liked and saved stays yours."
        )
        if st.button(
            "Forget everything", key="reset", type="primary", icon=":material/delete_sweep:", width="stretch",
            on_click=reset,
        ):  # fmt: skip
            st.rerun()


def reset() -> None:
    if taste.change(lambda by: house().interests.reset(by=by), "Forgotten. For you begins anew.", "delete_sweep"):
        taste.begin_anew()


st.title("My interests", anchor=False)
st.write("For you goes by these. Whatever you change acts on its very next page.")
if is_visitor:
    within_this_tab()
mine = house().interests.shown(by=by)
settings(mine)
if mine.is_empty:
    nothing_yet()
else:
    if mine.liked:
        st.header("What you like", anchor=False)
        liked(mine.liked)
    with st.container(width=640):
        if mine.removed:
            removed(mine.removed)
        if mine.unwanted:
            unwanted(mine.unwanted)
        if mine.makers.items:
            makers(mine)
        way_back()
