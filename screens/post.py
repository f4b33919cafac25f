"""One post, large, with what people say about it."""

import streamlit as st

from components import creation_tile, draft, pictures, post_card, session, words
from components.house import house, say_next, token, told_to_the_person
from services.community.comments import LONGEST, Comment
from services.community.posts import Post
from services.errors import NotFound

viewer = session.viewer()


def details(post: Post) -> None:
    maker = house().accounts.named(post.author)
    with st.container(horizontal=True, vertical_alignment="center"):
        if maker.avatar_key:
            with st.container(width=56):
                pictures.show(maker.avatar_key, f"Profile picture of {maker.name}")
        with st.container(gap=None):
            post_card.maker(post)
            if maker.display_name != maker.name:
                st.text(maker.display_name)
    if post.caption:
        st.text(post.caption)
    if post.tags:
        st.text(" ".join(f"#{tag}" for tag in post.tags))
    if post.prompt:
        st.caption("Prompt")
        st.text(post.prompt)
    posted = words.ago(post.created_at, house().clock.now())
    st.caption(f"{post.width} × {post.height}, seed {post.seed}, posted {posted}")
    actions(post)


def actions(post: Post) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        post_card.heart(post)
        if house().serves_routes and (base := pictures.base()):
            st.link_button("Share page", f"{base}/p/{post.id}", icon=":material/share:", type="tertiary")
        if creation_tile.starts_from_pictures() and st.button(
            "Start from this", icon=":material/image:", type="tertiary", help="Paint something new from this picture"
        ):
            draft.from_picture(post.creation_id, post.picture_key, post.prompt)
        if post.mine and st.button("Delete post", icon=":material/delete:", type="tertiary"):
            confirm_delete(post)


@st.dialog("Delete this post?")
def confirm_delete(post: Post) -> None:
    st.write("It disappears from the feed with its likes and comments. The picture stays under My prompts.")
    if st.button("Delete post", type="primary", icon=":material/delete:"):
        house().posts.delete(post.id, by=session.require("delete a post"))
        say_next("The post is gone. Its picture is still under My prompts.", "delete")
        st.switch_page("screens/feed.py")


@st.fragment
def conversation(post: Post) -> None:
    with told_to_the_person():
        for comment in house().comments.under(post.id, viewer=viewer):
            one(comment)
        if not post.takes_comments:
            st.caption("Comments are turned off.")
        elif viewer is None:
            if st.button("Sign in to comment", icon=":material/login:"):
                session.require("comment")
        else:
            write_one(post)


def one(comment: Comment) -> None:
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(post_card.signature(comment.author, comment.author_kind, comment.demo), width="content")
            st.caption(words.ago(comment.created_at, house().clock.now()), width="content")
            if comment.mine and st.button(
                "Delete", key=f"delete-{comment.id}", icon=":material/delete:", type="tertiary"
            ):
                house().comments.delete(comment.id, by=session.require("delete a comment"))
                st.rerun(scope="fragment")
        st.text(comment.body)


def write_one(post: Post) -> None:
    word = st.session_state.setdefault("comment_token", token())
    with st.form("comment", border=False):
        body = st.text_area("Say something", max_chars=LONGEST, height=80, key=f"say-{word}")
        sent = st.form_submit_button("Comment", icon=":material/send:")
    if sent and body.strip():
        house().comments.write(post.id, body, by=session.require("comment"), token=word)
        st.session_state["comment_token"] = token()
        st.rerun(scope="fragment")


try:
    post = house().posts.get(st.query_params.get("id"), viewer=viewer)
except NotFound as error:
    st.error(str(error), icon=":material/info:")
    st.page_link("screens/feed.py", label="Go to the feed", icon=":material/photo_library:")
    st.stop()
st.set_page_config(page_title=f"{words.first_line(post.prompt or post.author, 60)} · Pentagram")
if post.sensitive and not post.mine and not st.session_state.get(f"unveiled-{post.id}"):
    st.write("This picture is marked as sensitive.")
    if st.button("Show it", icon=":material/visibility:"):
        st.session_state[f"unveiled-{post.id}"] = True
        st.rerun()
    st.stop()
picture, beside = st.columns([3, 2], gap="large")
with picture:
    pictures.show(post.picture_key, post.alt)
with beside:
    details(post)
    conversation(post)
