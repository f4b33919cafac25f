"""One post, large: how it was made, what came of it, and what people say about it."""

import streamlit as st

from components import (
    carousel,
    comments,
    draft,
    lineage,
    linked_text,
    navigation,
    people,
    pictures,
    post_card,
    post_edit,
    session,
    sharing,
    undo,
    visiting,
    words,
)
from components.house import house, told_to_the_person
from components.post_dialog import AUDIENCES
from services.community.accounts import Account
from services.community.people import Profile
from services.community.posts import Post, Recipe, afterwards
from services.errors import NotFound
from services.studio import styles

MOST_BESIDE = 12

viewer = session.viewer()


def find() -> Post:
    try:
        post = house().posts.get(st.query_params.get("id"), viewer=viewer)
    except NotFound as error:
        st.error(str(error), icon=":material/info:")
        st.page_link("screens/feed.py", label="Go to the feed", icon=":material/photo_library:")
        st.stop()
    post_card.remember(post)
    return post


def veil(post: Post) -> None:
    """Of a sensitive picture, until somebody asks to see it."""
    if post.sensitive and not post.mine and not st.session_state.get(f"unveiled-{post.id}"):
        st.write("This picture is marked as sensitive.")
        if st.button("Show it", icon=":material/visibility:"):
            st.session_state[f"unveiled-{post.id}"] = True
            st.rerun()
        st.stop()


def head(post: Post, maker: Profile) -> None:
    known = pictures.addresses([maker.avatar_key] if maker.avatar_key else [])
    with st.container(horizontal=True, vertical_alignment="center", gap="small", wrap=False):
        people.who(maker, known)
        with st.container(width=132):
            people.follow(maker)
        with st.container(width="content"):
            more(post)


@st.fragment
def more(post: Post) -> None:
    with told_to_the_person():
        offered = OWN if post.mine else OTHERS
        chosen = st.menu_button(
            "", list(offered), key=f"about-{post.id}", icon=":material/more_horiz:", type="tertiary"
        )  # fmt: skip
        if chosen:
            offered[chosen](post_card.fresh(post))


def delete(post: Post) -> None:
    house().posts.delete(post.id, by=session.require("delete a post"))
    post_card.take_out(post.id, post_card.DELETED)

    def bring_back(by: Account) -> None:
        house().posts.restore(post.id, by=by)
        post_card.put_back(post.id)
        st.switch_page("screens/post.py", query_params={"id": str(post.id)})

    undo.offer("The post is deleted. Its pictures stay under My prompts.", bring_back, "The post is back.")
    navigation.go("screens/feed.py")


def hide(post: Post) -> None:
    post_card.hide(post, session.require("keep a post out of your lists"))
    undo.offer("This post stays out of your lists.", lambda by: post_card.unhide(post, by), "It is back in your lists.")
    st.rerun()


def mute(post: Post) -> None:
    post_card.mute(post, session.require("mute somebody"))
    them = words.plain_name(post.author)
    undo.offer(f"You muted {them}. They are not told.", lambda by: post_card.unmute(post, by), f"You see {them} again.")
    st.rerun()


OWN = {
    "Edit": post_edit.ask,
    "Earlier versions": post_edit.ask_for_history,
    "Save to a collection": post_card.choose_boards,
    "Delete": delete,
}
OTHERS = {
    "Save to a collection": post_card.choose_boards,
    "Not this post": hide,
    "Mute this account": mute,
    "Report": post_card.report,
}


@st.fragment
def actions(post: Post) -> None:
    with told_to_the_person(), st.container(horizontal=True, vertical_alignment="center", gap="small"):
        post_card.say_trouble(post)
        post_card.heart(post)
        post_card.star(post)
        if st.button(":material/share: Share", key="share", type="tertiary"):
            sharing.ask(post_card.fresh(post))


def said(post: Post) -> None:
    if post.removed:
        st.badge("Removed by a moderator: only you see it", icon=":material/gavel:", color="red")
        st.page_link("screens/account.py", label="Why, and how to appeal", query_params={"section": "Decisions"})
    if post.visibility != "public":
        st.badge(AUDIENCES[post.visibility].label, icon=":material/lock:", color="gray")
    if post.caption:
        linked_text.show(post.caption, f"caption-{post.id}-{post.edited_at}")
    if post.tags:
        with st.container(horizontal=True, gap="xsmall"):
            for tag in post.tags:
                st.page_link(
                    "screens/tag.py", label=f"#{words.plain(tag)}", query_params={"name": tag}, width="content"
                )  # fmt: skip
    edited = " · edited" if post.edited_at else ""
    st.caption(f"Posted {words.ago(post.created_at, house().clock.now())}{edited}")


def made(post: Post) -> None:
    """How it was made, and the way to make something of it."""
    recipe = house().posts.recipe(post.id, viewer=viewer)
    st.subheader("Prompt", anchor=False)
    if recipe.prompt is None:
        st.caption(f"{words.plain_name(post.author)} keeps the prompt to themselves.")
    else:
        st.code(recipe.prompt, language=None, wrap_lines=True)
    if st.button(
        "Remix", icon=":material/shuffle:", type="primary", help="Paint something of your own, starting from this"
    ):
        draft.from_recipe(recipe, post)
    with st.expander("Settings", icon=":material/tune:"):
        settings(recipe)


def settings(recipe: Recipe) -> None:
    style = styles.BY_ID.get(recipe.style)
    used = {
        "Size": f"{recipe.width} × {recipe.height}",
        "Seed": str(recipe.seed),
        "Painted by": painted_by(recipe),
        "Style": style.title if style else "",
        "Closeness to the prompt": "" if recipe.guidance is None else f"{recipe.guidance:g}",
        "How much could change": "" if recipe.strength is None else f"{recipe.strength:g}",
        "Left out": recipe.negative,
    }
    with st.container(gap="xxsmall"):
        for name, value in used.items():
            if value:
                st.text(f"{name}: {value}")


def painted_by(recipe: Recipe) -> str:
    """An engine that is here no more goes by its bare name."""
    engines = house().engines
    engine = engines.named(recipe.engine).label if recipe.engine in engines.names else recipe.engine
    return f"{engine} ({recipe.model})" if recipe.model not in ("", recipe.engine) else engine


def beside(title: str, posts: list[Post], where: str) -> None:
    if posts:
        st.subheader(title, anchor=False)
        post_card.thumbnails(posts, where)


def more_like(post: Post) -> None:
    beside("More like this", alike := house().search.like(post.id, viewer=viewer, limit=MOST_BESIDE), "alike")
    if alike:
        st.page_link(
            "screens/search.py", label="See all that is like it", icon=":material/search:",
            query_params={"like": str(post.id)},
        )  # fmt: skip


def others_of(post: Post, maker: Profile) -> list[Post]:
    posts = house().feeds.of_account(maker.id, viewer=viewer, limit=MOST_BESIDE + 1).items
    return [other for other in posts if other.id != post.id][:MOST_BESIDE]


with told_to_the_person():
    post = find()
    st.set_page_config(page_title=f"{words.first_line(post.prompt or post.author, 60)} · Pentagram")
    veil(post)
    if st.session_state["entered"]:
        comments.forget()
        if not post.mine:
            afterwards(house().learning.looked_at, post.id, by=viewer or visiting.visitor())
    maker = house().people.profile(post.author, viewer=viewer)
    picture, about = st.columns([3, 2], gap="large")
    with picture:
        shown = house().posts.pictures(post.id, viewer=viewer)
        carousel.show(shown, f"pictures-{post.id}")
        actions(post)
    with about:
        head(post, maker)
        said(post)
        made(post)
    talk, others = st.columns([3, 2], gap="large")
    with talk:
        comments.conversation(post)
    with others:
        lineage.show(house().posts.lineage(post.id, viewer=viewer))
        beside(f"More from {words.plain_name(maker.name)}", others_of(post, maker), "from")
        beside("Almost the same", house().search.duplicates(post.id, viewer=viewer, limit=MOST_BESIDE), "same")
        more_like(post)
