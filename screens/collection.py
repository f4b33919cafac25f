"""One collection: its posts in its owner's order, and for the owner the way to arrange them."""

import streamlit as st

from components import collections, lists, navigation, people, pictures, post_card, session, undo, words
from components.creation_tile import heard
from components.house import house, say_next, told_to_the_person
from services.community.accounts import Account
from services.community.collections import LONGEST_DESCRIPTION, LONGEST_TITLE, PAGE, Collection, Place
from services.community.posts import Post
from services.errors import NotFound
from services.pages import Page

MOVED = "moved_post"
LOOK, ARRANGE = "Look", "Arrange"
MOVES: dict[Place, tuple[str, str]] = {
    "up": ("Up", "arrow_upward"),
    "down": ("Down", "arrow_downward"),
    "top": ("To the top", "vertical_align_top"),
}

viewer = session.viewer()


def load(after: str | None, limit: int) -> Page[Post]:
    return lists.of_posts(house().collections.posts(board.id, viewer=viewer, after=after, limit=limit))


def head() -> None:
    st.title(words.plain(board.title), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.page_link(
            people.SCREEN, label=words.plain(board.owner), icon=":material/account_circle:",
            query_params={"name": board.owner},
        )  # fmt: skip
        st.caption(collections.amount(board), width="content")
        if board.is_public:
            st.badge("Public", icon=":material/public:", color="green")
        else:
            st.badge("Private: only you see it", icon=":material/lock:", color="gray")
    if board.removed:
        st.badge("Removed by a moderator: only you see it", icon=":material/gavel:", color="red")
        st.page_link("screens/account.py", label="Why, and how to appeal", query_params={"section": "Decisions"})
    if board.description:
        st.text(board.description)
    if not board.mine and st.button("Report", icon=":material/flag:", type="tertiary"):
        people.ask_to_report(collection_id=board.id)


def actions() -> None:
    with st.container(horizontal=True, gap="small"):
        if st.button("Edit", icon=":material/edit:"):
            edit()
        if board.is_public and st.button("Share", icon=":material/share:"):
            share()
        if not board.is_default and st.button("Delete", icon=":material/delete:", type="tertiary"):
            delete()


@st.dialog("Edit collection", icon=":material/edit:")
def edit() -> None:
    with told_to_the_person(), st.form("edit-collection", border=False):
        title = st.text_input("Title", value=board.title, max_chars=LONGEST_TITLE)
        description = st.text_area("Description", value=board.description, max_chars=LONGEST_DESCRIPTION, height=100)
        public = st.toggle("Public", value=board.is_public, help="Everybody can see a public one on your profile.")
        own_cover = board.cover_id is not None and st.toggle(
            "Keep the cover I chose", value=True, help="Off: the first picture is on the cover."
        )
        if st.form_submit_button("Save", type="primary", icon=":material/check:"):
            house().collections.change(
                board.id, by=session.require("edit a collection"), title=title, description=description,
                is_public=public, cover_id=board.cover_id if own_cover else None,
            )  # fmt: skip
            say_next("Saved.", "check")
            st.rerun()


@st.dialog("Share this collection", icon=":material/share:")
def share() -> None:
    st.code(navigation.address("collection", id=str(board.id)), language=None, wrap_lines=True)


def delete() -> None:
    deleted = board.id
    house().collections.delete(deleted, by=session.require("delete a collection"))

    def bring_back(by: Account) -> None:
        house().collections.restore(deleted, by=by)
        st.switch_page(collections.SCREEN, query_params={"id": str(deleted)})

    undo.offer("The collection is deleted. The posts in it stay where they are.", bring_back, "The collection is back.")
    navigation.go("screens/collections.py")


def choose() -> str:
    return st.segmented_control(
        "What to do", [LOOK, ARRANGE], default=LOOK, required=True, key=f"do-{board.id}", persist_state="session",
        label_visibility="collapsed",
    )  # fmt: skip


def look(pages: list[Page[Post]]) -> None:
    for page in pages:
        post_card.grid(page.items)


def arrange(pages: list[Page[Post]]) -> None:
    shown = [post for page in pages for post in page.items]
    known = pictures.addresses([post.thumbnail_key for post in shown])
    for post in shown:
        row(post, known)
    keep_the_focus()


def row(post: Post, known: dict[str, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"row-{post.id}"):
        with st.container(width=72):
            pictures.show(post.thumbnail_key, post.alt, known)
        with st.container(width=224, gap=None):
            st.text(words.first_line(post.prompt or post.caption or "A picture without words", 60))
            st.caption(f"by {words.plain(post.author)}")
        for place, (label, icon) in MOVES.items():
            st.button(
                label, key=f"{place}-{post.id}", icon=f":material/{icon}:", type="tertiary", on_click=move,
                args=(post, place),
            )  # fmt: skip
        st.button(
            "On the cover" if post.id == board.cover_id else "Make it the cover", key=f"cover-{post.id}",
            icon=":material/wallpaper:", type="tertiary", disabled=post.id == board.cover_id, on_click=put_on_cover,
            args=(post,),
        )  # fmt: skip
        st.button(
            "Remove", key=f"remove-{post.id}", icon=":material/bookmark_remove:", type="tertiary", on_click=remove,
            args=(post,),
        )  # fmt: skip


def keep_the_focus() -> None:
    """A browser takes it from what is put to another place on the page: whoever goes by keyboard would start over."""
    if moved := st.session_state.pop(MOVED, None):
        st.html(
            f"<script>requestAnimationFrame(() => document.querySelector('.st-key-{moved} button')?.focus())</script>",
            unsafe_allow_javascript=True,
        )


def move(post: Post, place: Place) -> None:
    st.session_state[MOVED] = f"{place}-{post.id}"
    heard(lambda by: house().collections.step(post.id, by=by, collection_id=board.id, to=place))
    lists.renew(place_of_list, load, PAGE)


def put_on_cover(post: Post) -> None:
    heard(
        lambda by: house().collections.change(
            board.id, by=by, title=board.title, description=board.description, is_public=board.is_public,
            cover_id=post.id,
        )
    )  # fmt: skip


def remove(post: Post) -> None:
    def take_out(by: Account) -> None:
        house().collections.remove(post.id, by=by, collection_id=board.id)
        undo.offer("Taken out of this collection.", put_back, "It is back, on top.")

    def put_back(by: Account) -> None:
        house().collections.save(post.id, by=by, collection_id=board.id)
        lists.renew(place_of_list, load, PAGE)

    heard(take_out)
    lists.renew(place_of_list, load, PAGE)


def nothing_yet() -> None:
    if board.mine:
        st.write("Nothing in it yet. Save a post with the bookmark under it.")
        st.page_link("screens/feed.py", label="Look around in the feed", icon=":material/photo_library:")
    else:
        st.write("Nothing in it that you may see.")


try:
    board: Collection = house().collections.get(st.query_params.get("id"), viewer=viewer)
except NotFound as error:
    st.error(str(error), icon=":material/info:")
    st.page_link("screens/feed.py", label="Go to the feed", icon=":material/photo_library:")
    st.stop()
st.set_page_config(page_title=f"{words.first_line(board.title, 60)} · Pentagram")
place_of_list = ("collection", board.id)
pages = lists.so_far(place_of_list, load, PAGE)
head()
if board.mine:
    actions()
if not pages[0].items:
    nothing_yet()
elif board.mine and choose() == ARRANGE:
    arrange(pages)
else:
    look(pages)
lists.show_more(pages, load, PAGE)
