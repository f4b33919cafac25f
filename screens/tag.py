"""What people posted under a tag, newest first."""

from urllib.parse import quote

import streamlit as st

from components import lists, pictures, post_card, session, words
from components.house import house, told_to_the_person
from services.community.feeds import PAGE
from services.community.posts import Post
from services.errors import NotFound
from services.pages import Page

viewer = session.viewer()
tag = st.query_params.get("name", "").lstrip("#").lower()


def load(after: str | None, limit: int) -> Page[Post]:
    return lists.of_posts(house().feeds.tagged(tag, viewer=viewer, after=after, limit=limit))


with told_to_the_person():
    try:
        shown = lists.so_far(("tag", tag), load, PAGE)
    except NotFound as error:
        st.error(words.plain(str(error)), icon=":material/info:")
        st.page_link("screens/feed.py", label="Go to the feed", icon=":material/photo_library:")
        st.stop()
    st.set_page_config(page_title=f"#{tag} · Pentagram")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title(f"#{words.plain(tag)}", anchor=False)
        if base := pictures.base():
            st.link_button("Atom feed", f"{base}/tag/{quote(tag)}.atom", icon=":material/rss_feed:", type="tertiary")
    if not shown[0].items:
        st.write("Nothing here yet. The first picture with this tag could be yours.")
        st.page_link("screens/generate.py", label="Paint one", icon=":material/brush:")
    for page in shown:
        post_card.grid(page.items)
    lists.show_more(shown, load, PAGE)
