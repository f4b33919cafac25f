"""What people say about a post: threads to read, answer, like, change and take back, in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import streamlit as st

from components import linked_text, people, pictures, post_card, session, words
from components.house import house, token, told_to_the_person
from services.community.accounts import Account
from services.community.comments import LONGEST, Comment, Order, Thread
from services.community.posts import Post
from services.errors import Unavailable, UserError

TALK = "talk"
ORDERS: dict[str, Order] = {"Newest": "newest", "Oldest": "oldest", "Best": "best"}
PAGE = 10
INDENT, BELOW = 42, 26


@dataclass
class Talk:
    """What of the conversation is on the screen, in the tab's state: nothing moves but what the person moves."""

    post_id: UUID
    order: Order
    threads: list[Thread]
    next: str | None
    answers: dict[UUID, list[Comment]] = field(default_factory=dict)
    """Of a thread, those that were written or asked for here, after its first few."""
    further: dict[UUID, str | None] = field(default_factory=dict)
    """Where the answers of a thread go on."""
    changed: dict[UUID, Comment] = field(default_factory=dict)
    deleted: set[UUID] = field(default_factory=set)
    answering: Comment | None = None
    editing: UUID | None = None
    seen: datetime | None = None
    """When what is edited was edited last, as it was then."""
    word: str = field(default_factory=token)
    """Of the form that is open now, by which a second press is known as the same."""
    wrong: str = ""
    """With what was sent by it."""
    trouble: str = ""
    """With anything else."""
    refused: str = ""
    """What a visitor wanted to do."""


@st.fragment
def conversation(post: Post) -> None:
    with told_to_the_person():
        post = post_card.fresh(post)
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.subheader(words.counted(post.comment_count, "comment"), anchor=False)
            talk = _talk(post, _order(post))
        _say_something(talk, post)
        known = _faces(talk)
        for thread in talk.threads:
            _thread(talk, thread, post, known)
        if talk.next:
            st.button("More comments", icon=":material/expand_more:", type="tertiary", on_click=_read_on)


def forget() -> None:
    """What is drawn next comes from the database."""
    st.session_state.pop(TALK, None)


def _order(post: Post) -> Order:
    if post.comment_count < 2:
        return "newest"
    chosen = st.segmented_control(
        "Order", list(ORDERS), default="Newest", required=True, key="comments_order", persist_state="session",
        label_visibility="collapsed",
    )  # fmt: skip
    return ORDERS[chosen]


def _talk(post: Post, order: Order) -> Talk:
    talk: Talk | None = st.session_state.get(TALK)
    if talk is None or (talk.post_id, talk.order) != (post.id, order):
        page = house().comments.threads(post.id, viewer=session.viewer(), order=order, limit=PAGE)
        talk = st.session_state[TALK] = Talk(post.id, order, page.items, page.next)
    return talk


def _faces(talk: Talk) -> dict[str, str]:
    said = [comment for thread in talk.threads for comment in (thread.comment, *_answers(talk, thread))]
    return pictures.addresses(list({comment.author_avatar_key for comment in said if comment.author_avatar_key}))


def _answers(talk: Talk, thread: Thread) -> list[Comment]:
    return [*thread.replies, *talk.answers.get(thread.comment.id, [])]


# Reading -------------------------------------------------------------------------------------------------------------


def _thread(talk: Talk, thread: Thread, post: Post, known: dict[str, str]) -> None:
    with st.container(gap="xsmall"):
        _comment(talk, thread.comment, post, known)
        is_answered = talk.answering is not None and _top_of(talk.answering) == thread.comment.id
        answers = _answers(talk, thread)
        if answers or is_answered:
            with st.container(horizontal=True, gap=None, wrap=False):
                st.space(INDENT)
                with st.container(gap="xsmall"):
                    for answer in answers:
                        _comment(talk, answer, post, known)
                    _more_answers(talk, thread, len(answers))
                    if is_answered:
                        _form(talk, "Your answer", "Answer", _answer)


def _top_of(comment: Comment) -> UUID:
    return comment.parent_id or comment.id


def _more_answers(talk: Talk, thread: Thread, shown: int) -> None:
    if talk.further.get(thread.comment.id, thread.next) is not None:
        label = f"Show {words.counted(max(1, thread.reply_count - shown), 'more answer')}"
        st.button(label, key=f"answers-{thread.comment.id}", type="tertiary", on_click=_unfold, args=(thread,))


def _comment(talk: Talk, comment: Comment, post: Post, known: dict[str, str]) -> None:
    comment = talk.changed.get(comment.id, comment)
    if comment.id in talk.deleted:
        _deleted(comment)
    elif comment.body is None:
        st.caption("This comment was deleted.")
    else:
        with st.container(gap="xxsmall"):
            if talk.editing == comment.id:
                _form(talk, "Your comment", "Save", _edit, comment.body)
            else:
                edited = " · edited" if comment.edited_at else ""
                when = f"{words.ago(comment.created_at, house().clock.now())}{edited}"
                linked_text.said(comment.body, f"said-{comment.id}", comment, known, when=when)
                _below(talk, comment, post)


def _below(talk: Talk, comment: Comment, post: Post) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.space(BELOW)
        _heart(talk, comment)
        if post.takes_comments:
            st.button("Answer", key=f"answer-{comment.id}", type="tertiary", on_click=_begin_answer, args=(comment,))
        _menu(comment)


def _heart(talk: Talk, comment: Comment) -> None:
    now = talk.changed.get(comment.id, comment)
    label = words.counted(now.like_count, "like")
    with st.container(width=post_card.HEART):
        st.button(
            f":primary[:material/favorite: **{label}**]" if now.liked else f":material/favorite_border: {label}",
            key=f"like-comment-{comment.id}", type="tertiary", on_click=_like, args=(comment,),
        )  # fmt: skip


def _menu(comment: Comment) -> None:
    offered = [
        name
        for name, is_offered in (("Edit", comment.mine), ("Delete", comment.deletable), ("Report", not comment.mine))
        if is_offered
    ]
    chosen = st.menu_button(
        "", offered, key=_menu_of(comment), icon=":material/more_horiz:", type="tertiary", on_click=_choose,
        args=(comment,),
    )  # fmt: skip
    if chosen == "Report":
        people.ask_to_report(comment_id=comment.id)


def _menu_of(comment: Comment) -> str:
    return f"about-comment-{comment.id}"


def _deleted(comment: Comment) -> None:
    """Where it stood, so that it can be brought back from there."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("Comment deleted.", width="content")
        if comment.mine:
            st.button(
                "Undo", key=f"undo-comment-{comment.id}", icon=":material/undo:", type="tertiary", on_click=_restore,
                args=(comment,),
            )  # fmt: skip


# Writing -------------------------------------------------------------------------------------------------------------


def _say_something(talk: Talk, post: Post) -> None:
    if not post.takes_comments:
        st.caption("Comments are turned off.")
    elif session.viewer() is None:
        if st.button("Sign in to comment", icon=":material/login:"):
            session.require("comment")
    elif talk.answering is None and talk.editing is None:
        _form(talk, "Say something", "Comment", _write)
    _say_trouble(talk)


def _form(talk: Talk, label: str, press: str, send: Callable[[], None], value: str = "") -> None:
    """One at a time. What was wrong with what was sent stands above it, and it keeps what was typed."""
    if talk.wrong:
        st.error(words.plain(talk.wrong), icon=":material/info:")
        talk.wrong = ""
    with st.form(f"form-{talk.word}", border=False):
        st.text_area(
            label, value, max_chars=LONGEST, height=72, key=_field_of(talk), placeholder=label,
            label_visibility="collapsed",
        )  # fmt: skip
        with st.container(horizontal=True, gap="small"):
            st.form_submit_button(press, icon=":material/send:", on_click=send)
            if send is not _write:
                st.form_submit_button("Cancel", type="tertiary", on_click=_give_up)


def _field_of(talk: Talk) -> str:
    return f"say-{talk.word}"


def _say_trouble(talk: Talk) -> None:
    if talk.refused:
        doing, talk.refused = talk.refused, ""
        session.require(doing)
    if talk.trouble:
        st.toast(words.plain(talk.trouble), icon=":material/info:")
        talk.trouble = ""


# Doing, from callbacks: those draw nothing, so what is wrong is said by what is drawn next ---------------------------


def _attempt(doing: str, change: Callable[[Talk, Account], None]) -> None:
    talk: Talk | None = st.session_state.get(TALK)
    if talk is None:
        return
    by = session.viewer()
    if by is None:
        talk.refused = doing
        return
    try:
        change(talk, by)
    except (UserError, Unavailable) as error:
        talk.trouble = str(error)


def _written(change: Callable[[Talk, Account, str], None]) -> Callable[[], None]:
    """Of a form: does with what is in its field what is to be done, and closes it."""

    def send() -> None:
        def take(talk: Talk, by: Account) -> None:
            body = str(st.session_state.get(_field_of(talk), "")).strip()
            try:
                if body:
                    change(talk, by, body)
                    _close(talk)
            except (UserError, Unavailable) as error:
                talk.wrong = str(error)

        _attempt("comment", take)

    return send


@_written
def _write(talk: Talk, by: Account, body: str) -> None:
    comment = house().comments.write(talk.post_id, body, by=by, token=talk.word)
    talk.threads.insert(0, Thread(comment, [], 0, None))
    _recount(talk, by)


@_written
def _answer(talk: Talk, by: Account, body: str) -> None:
    if (answered := talk.answering) is not None:
        answer = house().comments.write(talk.post_id, body, by=by, token=talk.word, parent_id=answered.id)
        talk.answers.setdefault(_top_of(answered), []).append(answer)
        _recount(talk, by)


@_written
def _edit(talk: Talk, by: Account, body: str) -> None:
    if talk.editing is not None:
        talk.changed[talk.editing] = house().comments.edit(talk.editing, body, by=by, seen=talk.seen)


def _begin_answer(comment: Comment) -> None:
    def begin(talk: Talk, _: Account) -> None:
        _close(talk)
        talk.answering = comment

    _attempt("answer", begin)


def _choose(comment: Comment) -> None:
    chosen = st.session_state[_menu_of(comment)]
    if chosen == "Edit":
        _attempt("edit a comment", lambda talk, _: _begin_edit(talk, comment))
    elif chosen == "Delete":
        _attempt("delete a comment", lambda talk, by: _delete(talk, by, comment))


def _begin_edit(talk: Talk, comment: Comment) -> None:
    _close(talk)
    talk.editing, talk.seen = comment.id, talk.changed.get(comment.id, comment).edited_at


def _delete(talk: Talk, by: Account, comment: Comment) -> None:
    house().comments.delete(comment.id, by=by)
    talk.deleted.add(comment.id)
    _recount(talk, by)


def _restore(comment: Comment) -> None:
    def restore(talk: Talk, by: Account) -> None:
        house().comments.restore(comment.id, by=by)
        talk.deleted.discard(comment.id)
        _recount(talk, by)

    _attempt("bring it back", restore)


def _like(comment: Comment) -> None:
    def like(talk: Talk, by: Account) -> None:
        now = talk.changed.get(comment.id, comment)
        press = house().comments.unlike if now.liked else house().comments.like
        talk.changed[comment.id] = press(comment.id, by=by)

    _attempt("like this comment", like)


def _give_up() -> None:
    if talk := st.session_state.get(TALK):
        _close(talk)


def _close(talk: Talk) -> None:
    """Whatever form is open."""
    talk.answering = talk.editing = None
    talk.word = token()


def _read_on() -> None:
    def read_on(talk: Talk) -> None:
        page = house().comments.threads(
            talk.post_id, viewer=session.viewer(), order=talk.order, after=talk.next, limit=PAGE
        )
        there = {thread.comment.id for thread in talk.threads}
        talk.threads += [thread for thread in page.items if thread.comment.id not in there]
        talk.next = page.next

    _look(read_on)


def _unfold(thread: Thread) -> None:
    def unfold(talk: Talk) -> None:
        top = thread.comment.id
        page = house().comments.replies(top, viewer=session.viewer(), after=talk.further.get(top, thread.next))
        here = {answer.id for answer in _answers(talk, thread)}
        talk.answers.setdefault(top, []).extend(answer for answer in page.items if answer.id not in here)
        talk.further[top] = page.next

    _look(unfold)


def _look(change: Callable[[Talk], None]) -> None:
    """What visitors may do, too."""
    if talk := st.session_state.get(TALK):
        try:
            change(talk)
        except (UserError, Unavailable) as error:
            talk.trouble = str(error)


def _recount(talk: Talk, by: Account) -> None:
    post_card.remember(house().posts.get(talk.post_id, viewer=by))
