"""Somebody: who they are, what they posted, what they collected, and what one can do about them."""

import streamlit as st

from components import collections, lists, people, portrait, post_card, session, society_into, words
from components.house import house, told_to_the_person
from services.community.feeds import PAGE
from services.community.people import Profile
from services.community.posts import Post
from services.errors import NotFound
from services.pages import Page

POSTS, COLLECTIONS = "Posts", "Collections"

viewer = session.viewer()
name = st.query_params.get("name") or session.require("see your profile").name


def load(after: str | None, limit: int) -> Page[Post]:
    return lists.of_posts(house().feeds.of_account(profile.id, viewer=viewer, after=after, limit=limit))


@st.fragment
def head() -> None:
    """Who it is, and how one stands with them: that changes in place."""
    with told_to_the_person():
        now = people.latest(profile.name, profile)
        with st.container(horizontal=True, vertical_alignment="center", gap="medium", wrap=False):
            with st.container(width=112):
                people.face(profile.name, profile.avatar_key)
            with st.container(gap="xsmall"):
                names(now)
                if not profile.blocked:
                    counts(now)
        with st.container(width=640, gap="small"):
            people.badge(profile.kind, profile.demo)
            if profile.bio:
                st.text(profile.bio)
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                actions(now)


def names(now: Profile) -> None:
    st.title(words.plain(now.display_name), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"@{words.plain_name(now.name)}", width="content")
        if now.follows_back:
            st.badge("Follows you", color="gray")
        if profile.muted:
            st.badge("Muted", icon=":material/volume_off:", color="gray")


def counts(now: Profile) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.markdown(f":small[**{now.post_count:,}** {'post' if now.post_count == 1 else 'posts'}]", width="content")
        count(now.follower_count, "Follower", "Followers")
        count(now.following_count, "Following", "Following")


def actions(now: Profile) -> None:
    if now.me:
        mine()
    elif profile.blocked:
        st.info("You blocked this account. Neither of you sees the other here.", icon=":material/block:")
        if st.button("Unblock", icon=":material/lock_open:"):
            people.unblock(profile.name)
    else:
        with st.container(width=148):
            people.follow_button(now.name, follows=now.follows, back=now.follows_back, primary=True)
        people.menu(profile)


def count(number: int, one: str, several: str) -> None:
    st.page_link(
        "screens/people.py", label=f"**{number:,}** {(one if number == 1 else several).lower()}",
        query_params={"name": profile.name, "list": several},
    )  # fmt: skip


def mine() -> None:
    st.page_link("screens/account.py", label="Settings", icon=":material/settings:")
    st.page_link("screens/my_interests.py", label="My interests", icon=":material/interests:")
    portrait.change(session.require("see your profile"))
    if st.button("Share", icon=":material/share:", type="tertiary"):
        people.share(profile)


def posts() -> None:
    place = ("posts", profile.id)
    shown = lists.so_far(place, load, PAGE)
    if not shown[0].items:
        nothing_yet()
    for page in shown:
        post_card.grid(page.items)
    lists.show_more(shown, load, PAGE)


def nothing_yet() -> None:
    if profile.me:
        st.write("Nothing here yet. The first picture is a sentence away.")
        st.page_link("screens/generate.py", label="Paint one", icon=":material/brush:")
    elif profile.follows:
        st.write("Nothing here yet.")
    else:
        st.write("Nothing here that everybody may see. What they post for their followers shows once you follow them.")


def boards() -> None:
    found = house().collections.of(profile.name, viewer=viewer)
    if profile.me:
        collections.make_one()
    if found:
        collections.covers(found)
    elif profile.me:
        st.write("A collection keeps posts together: for a mood, a project, a friend. Nobody sees private ones.")
    else:
        st.write("No public collections yet.")


try:
    profile: Profile = house().people.profile(name, viewer=viewer)
except NotFound as error:
    st.error(words.plain(str(error)), icon=":material/person_off:")
    st.page_link("screens/feed.py", label="Go to the feed", icon=":material/photo_library:")
    st.page_link("screens/search.py", label="Search", icon=":material/search:")
    st.stop()
st.set_page_config(page_title=f"{profile.display_name} (@{profile.name}) · Pentagram")
people.as_loaded([profile])
head()
if not profile.blocked:
    society_into.of(profile)
    tab = st.segmented_control(
        "What to see", [POSTS, COLLECTIONS], default=POSTS, required=True, key=f"tab-{profile.id}",
        persist_state="session", label_visibility="collapsed",
    )  # fmt: skip
    if tab == COLLECTIONS:
        boards()
    else:
        posts()
