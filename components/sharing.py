"""Handing a post on: its link, a code to scan, other places to tell of it, a frame for a page, and the file itself."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

import segno
import streamlit as st

from components import creation_tile, navigation, pictures, session, words
from components.house import house, told_to_the_person
from services.community.posts import Post

ELSEWHERE = {
    "WhatsApp": "https://wa.me/?text={text}%20{link}",
    "Telegram": "https://t.me/share/url?url={link}&text={text}",
    "X": "https://x.com/intent/post?url={link}&text={text}",
    "Mastodon": "https://share.joinmastodon.org/#text={text}%20{link}",
    "E-mail": "mailto:?subject={text}&body={link}",
}
ONLY_SOME = ("followers", "private")
FRAME_WIDTH, FRAME_HEIGHT = 480, 670
CODE_PIXELS = 200


@st.dialog("Share", icon=":material/share:")
def ask(post: Post) -> None:
    """How to hand it on."""
    with told_to_the_person():
        link = address(post)
        st.code(link, language=None, wrap_lines=True)
        if is_for_all(post):
            _elsewhere(post, link)
        else:
            whose = "you" if post.visibility == "private" else f"those who follow {words.plain_name(post.author)}"
            st.caption(f":material/lock: Only {whose} can open it.")
        code, frame, file = st.tabs(["QR code", "Embed", "Download"])
        with code:
            _code(link)
        with frame:
            _frame(post)
        with file:
            download(post)


def is_for_all(post: Post) -> bool:
    """Whether whoever has the link can open it."""
    return post.visibility not in ONLY_SOME


def address(post: Post) -> str:
    """The page that unfurls in chats, where this process serves one and everybody may see it; else the post itself."""
    base = pictures.base()
    return f"{base}/p/{post.id}" if base and is_for_all(post) else navigation.address("post", id=str(post.id))


def _elsewhere(post: Post, link: str) -> None:
    text = f"{_told(post)} on Pentagram"
    with st.container(horizontal=True, gap="xsmall"):
        for place, template in ELSEWHERE.items():
            st.link_button(place, template.format(link=quote(link, safe=""), text=quote(text, safe="")))


def _told(post: Post) -> str:
    return f"{words.first_line(post.prompt or post.caption or 'A picture', 120)}, by {post.author}"


def _code(link: str) -> None:
    svg = segno.make(link, error="m").svg_inline(scale=4, border=3, dark="#231a22", light="#fff")
    st.image(svg, alt="QR code of the link", width=CODE_PIXELS)
    st.caption("Scan it to open the post on a phone.")


def _frame(post: Post) -> None:
    base = pictures.base()
    if not base:
        st.caption("This installation serves no pages to embed. Share the link instead.")
    elif not is_for_all(post) or post.sensitive:
        st.caption("Only posts that everybody may see can stand on other pages.")
    else:
        title = escape(
            f"{words.first_line(post.prompt or post.caption or 'A picture', 120)}, by {post.author}", quote=True
        )
        st.code(
            f'<iframe src="{base}/embed/{post.id}" width="{FRAME_WIDTH}" height="{FRAME_HEIGHT}" title="{title}" '
            'loading="lazy" style="border:0"></iframe>',
            language="html", wrap_lines=True,
        )  # fmt: skip
        st.link_button(
            "Atom feed of the author", f"{base}/u/{post.author}.atom", icon=":material/rss_feed:", type="tertiary"
        )


def download(post: Post) -> None:
    """Each picture as it was painted; with the prompt inside only where everybody may read that anyway."""
    shown = house().posts.pictures(post.id, viewer=session.viewer())
    picture = shown[0] if len(shown) == 1 else shown[_which(len(shown))]
    may_tell = post.shows_prompt or post.mine
    with_prompt = creation_tile.with_prompt_inside() if may_tell else False
    if not may_tell:
        st.caption("Its author keeps the prompt to themselves, so it is not inside.")
    st.download_button(
        "Save the picture", lambda: creation_tile.file_of(picture, with_prompt=with_prompt),
        file_name=f"pentagram-{picture.seed}.webp", mime="image/webp", icon=":material/download:", type="primary",
        on_click="ignore",
    )  # fmt: skip


def _which(count: int) -> int:
    return st.segmented_control(
        "Picture", range(count), format_func=lambda place: str(place + 1), default=0, required=True
    )
