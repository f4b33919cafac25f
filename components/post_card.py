"""A post in a grid: its picture, who made it, and what can be done with it without leaving the grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

import streamlit as st

from components import (
    collections,
    likers,
    linked_picture,
    linked_text,
    people,
    pictures,
    place,
    session,
    sharing,
    visiting,
    words,
)
from components.house import house, told_to_the_person
from services.community.accounts import Account
from services.community.posts import Post
from services.discovery.recommendations.memory import Visitor
from services.errors import Unavailable, UserError

CHANGED = "changed_posts"
"""In the tab's state: posts that were liked, saved or edited since they were loaded, as they are now."""
GONE = "gone_posts"
"""Those that this person took out of their lists since then, with why."""
TROUBLE, REFUSED = "post_trouble", "post_refused"
SCREEN = "screens/post.py"
NARROWEST = 320
HEART, STAR = 140, 80
HIDDEN, MUTED, LESS, UNWANTED, DELETED = "hidden", "muted", "less", "unwanted", "deleted"


def grid(
    posts: Sequence[Post], said: Mapping[UUID, str] | None = None, reasons: Mapping[UUID, str] | None = None
) -> None:  # fmt: skip
    """`said` is what stands below the pictures in place of their prompts, in Markdown; `reasons` are why they are
    shown."""
    known = addresses(posts)
    with st.grid("auto", min_column_width=NARROWEST, border=True):
        for post in posts:
            if gone().get(post.id) != DELETED:
                card(post, known, (said or {}).get(post.id), (reasons or {}).get(post.id))


def thumbnails(posts: Sequence[Post], where: str) -> None:
    """Pictures alone, close together. `where` tells grids of the same page apart."""
    known = addresses(posts)
    with st.grid("auto", min_column_width=110, gap="xsmall"):
        for post in posts:
            face(post, known, where)


def addresses(posts: Sequence[Post]) -> dict[str, str]:
    """Of their pictures and of who made them, asked for together."""
    keys = {key for post in posts for key in (post.thumbnail_key, post.author_avatar_key) if key}
    return pictures.addresses(list(keys))


# No fragment within it: what one that was interrupted leaves behind has no place any more, and blanks the page.
@st.fragment
def card(post: Post, known: dict[str, str], said: str | None = None, reason: str | None = None) -> None:
    with told_to_the_person(), st.container(gap="xsmall"):
        say_trouble(post)
        if post.id in gone():
            _taken_out(post)
            return
        face(post, known, "card")
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False):
            linked_text.signature(f"by-{post.id}", post, known)
            more(post)
        if said is None:
            st.text(words.first_line(post.prompt or post.caption or "A picture without words"))
        else:
            st.markdown(said)
        if reason:
            st.caption(words.plain(reason))
        with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
            heart(post)
            comments(post)
            star(post)


def face(post: Post, known: dict[str, str], where: str) -> None:
    linked_picture.show(
        post.thumbnail_key, post.alt, to=f"post?id={post.id}", key=f"{where}-{post.id}", known=known, tint=post.colour,
        count=post.picture_count,
    )  # fmt: skip


def comments(post: Post) -> None:
    st.page_link(
        SCREEN, label=f":material/chat_bubble: {words.counted(fresh(post).comment_count, 'comment')}", icon="",
        query_params={"id": str(post.id)},
    )  # fmt: skip


def heart(post: Post) -> None:
    """Within a fragment. Like and unlike, and who else does, in a room of its own so that nothing beside it moves."""
    now = fresh(post)
    with st.container(width=HEART, horizontal=True, vertical_alignment="center", gap="xsmall", wrap=False):
        st.button(
            ":primary[:material/favorite: Like]" if now.liked else ":material/favorite_border: Like",
            key=f"like-{post.id}", type="tertiary", width="content",
            on_click=_attempt, args=(post, "like this picture", _like),
        )  # fmt: skip
        if st.button(
            words.counted(now.like_count, "like"), key=f"likers-{post.id}", type="tertiary",
            disabled=not now.like_count, width="content",
        ):  # fmt: skip
            likers.ask(post.id)


def star(post: Post) -> None:
    """Within a fragment. Keep a post on the board for everything, at once. Other boards are in the menu."""
    saved = fresh(post).saved
    with st.container(width=STAR):
        st.button(
            ":primary[:material/star: **Saved**]" if saved else ":material/star: Save",
            key=f"save-{post.id}", type="tertiary", on_click=_attempt, args=(post, "save this picture", _save),
        )  # fmt: skip


def _like(post: Post, by: Account) -> None:
    remember((house().posts.unlike if post.liked else house().posts.like)(post.id, by=by))


def _save(post: Post, by: Account) -> None:
    remember((house().collections.unsave if post.saved else house().collections.save)(post.id, by=by))


def _attempt(post: Post, doing: str, change: Callable[[Post, Account], None]) -> None:
    """From a callback, which draws nothing: what is wrong is said by what is drawn next."""
    by = session.viewer()
    if by is None:
        st.session_state[REFUSED] = (post.id, doing)
        return
    try:
        change(fresh(post), by)
    except (UserError, Unavailable) as error:
        st.session_state[TROUBLE] = (post.id, str(error))


def say_trouble(post: Post) -> None:
    wanted, doing = st.session_state.get(REFUSED, (None, ""))
    if wanted == post.id:
        del st.session_state[REFUSED]
        session.require(doing)
    about, sentence = st.session_state.get(TROUBLE, (None, ""))
    if about == post.id:
        del st.session_state[TROUBLE]
        st.toast(words.plain(sentence), icon=":material/info:")


# What became of posts since they were loaded -------------------------------------------------------------------------


def fresh(post: Post) -> Post:
    """As it was loaded, or as it was changed since."""
    return _changed().get(post.id, post)


def remember(post: Post) -> None:
    """Show it like this wherever it is on the screen."""
    _changed()[post.id] = post


def take_out(post_id: UUID, why: str) -> None:
    gone()[post_id] = why


def put_back(post_id: UUID) -> None:
    gone().pop(post_id, None)


def gone() -> dict[UUID, str]:
    return st.session_state.setdefault(GONE, {})


def _changed() -> dict[UUID, Post]:
    return st.session_state.setdefault(CHANGED, {})


# What else can be done ----------------------------------------------------------------------------------------------


def more(post: Post) -> None:
    offered = [*DIALOGS, ALIKE, *([] if post.mine else [*FOR_YOU, *IN_PLACE, REPORT])]
    chosen = st.menu_button(
        "", offered, key=_menu_of(post), icon=":material/more_horiz:", type="tertiary", on_click=_choose, args=(post,)
    )
    if chosen in DIALOGS:
        DIALOGS[chosen](fresh(post))
    elif chosen == ALIKE:
        place.go(f"search?like={post.id}")
    elif chosen == REPORT:
        report(post)


def choose_boards(post: Post) -> None:
    collections.ask_to_save(post, remember)


def report(post: Post) -> None:
    people.ask_to_report(post_id=post.id)


def hide(post: Post, by: Account) -> None:
    house().posts.hide(post.id, by=by)
    take_out(post.id, HIDDEN)


def unhide(post: Post, by: Account) -> None:
    house().posts.unhide(post.id, by=by)
    put_back(post.id)


def mute(post: Post, by: Account) -> None:
    house().people.mute(post.author, by=by)
    take_out(post.id, MUTED)


def unmute(post: Post, by: Account) -> None:
    house().people.unmute(post.author, by=by)
    put_back(post.id)


def less(post: Post, by: Account | Visitor) -> None:
    house().learning.less_like(post.id, by=by)
    take_out(post.id, LESS)


def not_less(post: Post, by: Account | Visitor) -> None:
    house().learning.not_less_like(post.id, by=by)
    put_back(post.id)


def not_them(post: Post, by: Account | Visitor) -> None:
    house().learning.not_the_maker_of(post.id, by=by)
    take_out(post.id, UNWANTED)


def them_again(post: Post, by: Account | Visitor) -> None:
    house().learning.the_maker_again_of(post.id, by=by)
    put_back(post.id)


DIALOGS: dict[str, Callable[[Post], None]] = {"Share": sharing.ask, "Save to a collection": choose_boards}
IN_PLACE: dict[str, Callable[[Post, Account], None]] = {"Not this post": hide, "Mute this account": mute}
FOR_YOU: dict[str, Callable[[Post, Account | Visitor], None]] = {"Less like this": less, "Not this person": not_them}
ALIKE, REPORT = "More like this", "Report"


def _menu_of(post: Post) -> str:
    return f"more-{post.id}"


def _choose(post: Post) -> None:
    chosen = st.session_state[_menu_of(post)]
    if change := IN_PLACE.get(chosen):
        _attempt(post, "keep something out of your lists", change)
    elif teach := FOR_YOU.get(chosen):
        _teach(post, teach)


def _teach(post: Post, change: Callable[[Post, Account | Visitor], None]) -> None:
    """From a callback, as `_attempt`; nobody has to sign in for it."""
    try:
        change(fresh(post), visiting.somebody())
    except (UserError, Unavailable) as error:
        st.session_state[TROUBLE] = (post.id, str(error))


def _taken_out(post: Post) -> None:
    """In its place, so that nothing moves and it can be undone."""
    why, key = gone()[post.id], f"undo-{post.id}"
    st.caption(TAKEN_OUT[why].format(them=words.plain_name(post.author)))
    if teach := UNLEARNED.get(why):
        st.button("Undo", key=key, icon=":material/undo:", on_click=_teach, args=(post, teach))
    else:
        put_it_back = unmute if why == MUTED else unhide
        st.button(
            "Undo", key=key, icon=":material/undo:", on_click=_attempt, args=(post, "undo that", put_it_back)
        )  # fmt: skip


TAKEN_OUT = {
    HIDDEN: "This post stays out of your lists.",
    MUTED: "You muted {them}: their posts stay out of your lists, and they are not told.",
    LESS: "For you shows less like this from its next page on.",
    UNWANTED: "For you leaves out what {them} posts. They are not told.",
}
UNLEARNED: dict[str, Callable[[Post, Account | Visitor], None]] = {LESS: not_less, UNWANTED: them_again}
