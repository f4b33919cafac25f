"""An interest: what it is called, its pictures, how much it counts, and what it was learned from; with what the person
can change about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import streamlit as st

from components import linked_picture, pictures, post_card, taste, undo, words
from components.house import house
from services.community.posts import Post
from services.discovery.recommendations.mine import Deed, Known

FACES, FACE = 4, 56
DID = {
    "like": "You liked it", "comment": "You commented on it", "save": "You saved it", "remix": "You remixed it",
    "post": "You made it", "follow": "You followed who made it", "dwell": "You opened it", "more": "You asked for more",
    "less": "You asked for less like it", "hide": "You keep it out of your lists",
}  # fmt: skip
SEVERAL = {
    "like": "like", "comment": "comment", "save": "save", "remix": "remix", "post": "post of yours", "follow": "follow",
    "dwell": "look", "more": "wish",
}  # fmt: skip
SEVERAL_ARE = {"remix": "remixes", "post": "posts of yours", "more": "wishes"}
STATES = {"pinned": ("Strengthened", "trending_up"), "weak": ("Weakened", "trending_down")}
GONE = "A picture that is gone, or not for you to see any more"


def card(known: Known) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.subheader(words.plain(known.name), anchor=False, width="content")
        if state := STATES.get(known.state):
            st.badge(state[0], icon=f":material/{state[1]}:", color="violet")
    if known.posts:
        faces(known.posts[:FACES], f"of-{known.id}")
    else:
        st.caption("What it was learned from is gone, or not for you to see any more.")
    share = f"{known.share:.0%}" if known.share >= 0.01 else "Less than 1%"
    st.progress(known.share, text=f"{share} of what you like")
    changes(known)
    learned = st.expander(f"Learned from {counted(known.deeds)}", key=f"learned-{known.id}", on_change="rerun")
    if learned.open:
        with learned:
            deeds(known)


def faces(posts: Sequence[Post], where: str) -> None:
    known = post_card.addresses(posts)
    with st.container(horizontal=True, gap="xsmall"):
        for post in posts:
            with st.container(width=FACE + 16):
                post_card.face(post, known, where)


def counted(deeds: Sequence[Deed]) -> str:
    each = Counter(deed.kind for deed in deeds).most_common()
    said = [
        f"{count} {SEVERAL_ARE.get(kind, SEVERAL[kind] + 's') if count > 1 else SEVERAL[kind]}" for kind, count in each
    ]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def changes(known: Known) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.button(
            "Strengthen", key=f"strengthen-{known.id}", icon=":material/trending_up:", on_click=strengthen,
            args=(known,), disabled=known.state == "pinned",
        )  # fmt: skip
        st.button(
            "Weaken", key=f"weaken-{known.id}", icon=":material/trending_down:", on_click=weaken, args=(known,),
            disabled=known.state == "weak",
        )  # fmt: skip
        st.button(
            "Remove", key=f"remove-{known.id}", icon=":material/close:", type="tertiary", on_click=remove, args=(known,)
        )  # fmt: skip


def strengthen(known: Known) -> None:
    _change(known, house().interests.strengthen, "More of “{name}” from the next page on.", "It is as it was.")


def weaken(known: Known) -> None:
    _change(known, house().interests.weaken, "Less of “{name}” from the next page on.", "It is as it was.")


def remove(known: Known) -> None:
    _change(known, house().interests.remove, "“{name}” is removed: For you goes by it no more.", "It is back.")


def _change(known: Known, change: Callable[..., None], said: str, undone: str) -> None:
    interests = house().interests
    if taste.change(lambda by: change(known.id, by=by), ""):
        taste.begin_anew()
        undo.offer(
            said.format(name=words.plain(known.name)),
            lambda by: interests.bring_back(known.id, by=by, state=known.state), undone, anybody=True,
        )  # fmt: skip


# What it was learned from ---------------------------------------------------------------------------------------------


def deeds(known: Known) -> None:
    shown = addresses(known.deeds)
    for deed in known.deeds:
        line(deed, shown, "Forget", "backspace", "Forgotten: nothing is learned from that.")


def addresses(deeds: Sequence[Deed]) -> dict[str, str]:
    return pictures.addresses([deed.post.thumbnail_key for deed in deeds if deed.post])


def line(deed: Deed, known: dict[str, str], label: str, icon: str, said: str) -> None:
    """What was done with which picture, and the way to have that forgotten."""
    key = f"{deed.kind}-{deed.post_id}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False, key=f"line-{key}"):
        with st.container(width=FACE):
            face(deed.post, key, known)
        with st.container(gap=None):
            st.text(words.first_line(told(deed.post)))
            st.caption(f"{DID[deed.kind]}, {words.ago(deed.at, house().clock.now())}")
        st.button(
            label, key=f"forget-{key}", icon=f":material/{icon}:", type="tertiary", on_click=forget, args=(deed, said),
            width="content",
        )  # fmt: skip


def face(post: Post | None, key: str, known: dict[str, str]) -> None:
    if post is None:
        st.markdown(":material/hide_image:", text_alignment="center")
    else:
        linked_picture.show(
            post.thumbnail_key, post.alt, to=f"post?id={post.id}", key=f"line-of-{key}", known=known, tint=post.colour
        )


def told(post: Post | None) -> str:
    return GONE if post is None else post.prompt or post.caption or "A picture without words"


def forget(deed: Deed, said: str) -> None:
    if taste.change(lambda by: house().interests.forget(deed, by=by), said, "undo"):
        post_card.put_back(deed.post_id)
        taste.begin_anew()
