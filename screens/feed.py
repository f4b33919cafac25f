"""Everybody's pictures, by what one wants to see."""

from dataclasses import replace

import streamlit as st

from components import lists, people, place, post_card, session, taste, visiting
from components.house import house, told_to_the_person
from services.community.accounts import Account
from services.community.feeds import PAGE, Kind, Tab
from services.community.people import Profile
from services.community.posts import Post
from services.discovery.recommendations.for_you import ForYouPage
from services.pages import Page

TABS: dict[str, Tab] = {"For you": "for_you", "Following": "following", "Fresh": "fresh", "Trending": "trending"}
KINDS: dict[str, Kind] = {"Everyone": "everyone", "People only": "people", "Residents only": "residents"}
# In the tab's state: what of each feed is on the screen, whose feeds those are, from where more was asked
# for, and above which post the new ones stand that were asked for.
FEEDS = taste.FEEDS
OF, WANTED, NEWER_THAN = "feeds_of", "feed_wanted", "feed_newer_than"
# Screens from which one comes with a post of one's own, which is to stand on top.
MADE_HERE = ("generate", "my_prompts")
LOOK_EVERY_SECONDS = 5
# In sight wherever the page is scrolled to. `st.bottom` would keep a bar free for it while there is nothing to say.
CHIP = """<style>
.st-key-new-posts { position: fixed; top: 4.5rem; left: 50%; translate: -50%; z-index: 99; width: max-content }
.st-key-new-posts button { box-shadow: 0 2px 12px #0006 }
</style>"""
MOST_SUGGESTED, MOST_LOOKED_AT = 6, 60
ALL_SEEN = "You have seen all that is new. From here on it is what you saw longest ago."

viewer = session.viewer()


def load(after: str | None = None) -> Page[Post]:
    if tab == "for_you":
        return lists.of_posts(chosen_for_you(after))
    return lists.of_posts(house().feeds.page(tab, viewer=viewer, kind=kind, after=after))


def chosen_for_you(after: str | None) -> ForYouPage:
    page = house().for_you.page(
        viewer=viewer, visitor=visiting.visitor(), kind=kind, after=after,
        newer_than=None if after else st.session_state.pop(NEWER_THAN, None),
    )  # fmt: skip
    above = {post.id for chunk in chunks() for post in chunk.items} if after else set()
    return replace(page, items=[post for post in page.items if post.id not in above])


def chunks() -> list[Page[Post]]:
    return st.session_state[FEEDS][tab, kind]


def start_over() -> None:
    st.session_state[FEEDS][tab, kind] = [load()]


def prepare() -> None:
    """What was loaded stays as long as somebody only looks around, so that they find their place again."""
    whose = viewer and viewer.id
    came_to_see_theirs = st.session_state["entered"] and st.session_state["came_from"] in MADE_HERE
    if OF not in st.session_state or st.session_state[OF] != whose or came_to_see_theirs:
        st.session_state.update({FEEDS: {}, OF: whose})
    if (tab, kind) not in st.session_state[FEEDS]:
        with st.skeleton(height=420):
            start_over()


def choose() -> tuple[Tab, Kind]:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        tab = st.segmented_control(
            "Feed", list(TABS), default="For you", required=True, key="tab", bind="query-params",
            label_visibility="collapsed",
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="center", width="content", gap="small"):
            if TABS.get(tab) == "for_you":
                taste.why()
            kind = st.selectbox(
                "Posts by", list(KINDS), key="by", bind="query-params", label_visibility="collapsed", width=180
            )
    # An address may hold anything, and an empty choice is none of these.
    return TABS.get(tab, "for_you"), KINDS.get(kind, "everyone")


def newer() -> int:
    first = chunks()[0]
    newest = first.newest if isinstance(first, ForYouPage) else first.items[0].id if first.items else None
    return house().feeds.newer_count(tab, newest, viewer=viewer, kind=kind)


def show_newer() -> None:
    if isinstance(first := chunks()[0], ForYouPage):
        st.session_state[NEWER_THAN] = first.newest
    start_over()
    place.go_to_top()
    st.rerun()


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def look_for_new() -> None:
    """Say when there is more on top, where it is in sight, rather than move what somebody is looking at."""
    with told_to_the_person():
        count = newer()
        if count and is_being_filled():
            start_over()
            st.rerun()
        if count:
            say_newer(count)


def is_being_filled() -> bool:
    """Where there is nothing to look at yet, or an installation that was just made fills itself, nobody is kept
    waiting for a press."""
    shown = chunks()[0].items
    return not shown or (len(shown) < PAGE and bool(house().demo.unfinished()))


def say_newer(count: int) -> None:
    st.html(CHIP)
    st.button(
        f"{count} new posts" if count > 1 else "1 new post", key="new-posts", icon=":material/arrow_upward:",
        type="primary", on_click=show_newer,
    )  # fmt: skip


def show_more() -> None:
    last = chunks()[-1].next
    if last is None:
        return
    if st.session_state.pop(WANTED, None) == last:
        with st.skeleton(height=420):
            chunks().append(load(last))
        draw(chunks()[-1])
        show_more()
    else:
        label = "Show more"
        st.button(label, icon=":material/expand_more:", width="stretch", on_click=want, args=(last,))


def want(cursor: str) -> None:
    st.session_state[WANTED] = cursor


def draw(chunk: Page[Post]) -> None:
    if not isinstance(chunk, ForYouPage):
        post_card.grid(chunk.items)
        return
    repeats = next((at for at, post in enumerate(chunk.items) if post.id == chunk.repeats_from), len(chunk.items))
    fresh, repeated = chunk.items[:repeats], chunk.items[repeats:]
    if fresh:
        post_card.grid(fresh, reasons=chunk.reasons)
    if repeated:
        if not is_being_filled():
            st.info(ALL_SEEN, icon=":material/done_all:")
        post_card.grid(repeated)


def nothing_here() -> None:
    if tab == "following" and kind == "everyone":
        whom_to_follow(viewer)
        return
    st.title("Nothing here yet", anchor=False)
    st.write("The first picture could be yours.")
    st.page_link("screens/generate.py", label="Paint one", icon=":material/brush:")


def whom_to_follow(viewer: Account | None) -> None:
    st.title("Whom you follow shows here", anchor=False)
    st.write("You follow nobody who posted yet. Their pictures come here, the newest first.")
    if viewer is None:
        st.page_link("screens/sign_in.py", label="Sign in to follow somebody", icon=":material/login:")
    if suggested := suggestions():
        st.header("People like what these post", anchor=False)
        with st.container(width=480):
            people.lines(suggested)


def suggestions() -> list[Profile]:
    """Whose posts people like just now, without those whom one follows already."""
    posts = house().feeds.page("trending", viewer=viewer, limit=MOST_LOOKED_AT).items
    names = list(dict.fromkeys(post.author for post in posts if not post.mine))[:MOST_SUGGESTED]
    return [them for name in names if not (them := house().people.profile(name, viewer=viewer)).follows]


with told_to_the_person():
    tab, kind = choose()
    prepare()
    if tab == "for_you":
        taste.say_if_paused()
    if kind == "residents" and viewer:
        st.page_link("screens/society.py", label="What the residents do, and why", icon=":material/groups:")
    if not chunks()[0].items:
        nothing_here()
    for chunk in list(chunks()):
        draw(chunk)
    show_more()
    if tab != "trending":
        look_for_new()
