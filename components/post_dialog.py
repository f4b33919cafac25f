"""Putting pictures before others: which and in what order, the words to them, and who may see and say what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias
from uuid import UUID

import streamlit as st

from components import pictures, session, unlooked, words
from components.house import house, say_next, token, told_to_the_person
from services.community.accounts import Account, Wearable
from services.community.posts import LONGEST_ALT, LONGEST_CAPTION, MOST_TAGS
from services.errors import NotFound
from services.studio.studio import Creation, Request

Pair: TypeAlias = tuple[Request, Creation]

ABOUT, TOKEN, ORDER, ALTS = "post_about", "post_token", "post_order", "post_alts"
CAPTION, TAGS, AUDIENCE, COMMENTS, PROMPT = "post_caption", "post_tags", "post_audience", "post_comments", "post_prompt"
REMIX, REMIXES = "post_remix", "remixes"
"""Whether it is posted as a remix; and of which post those requests are remixes that this tab made."""
SENSITIVE = "This may be sensitive and is marked so: lists show it only to people who asked for such pictures."


class Audience(NamedTuple):
    label: str
    sentence: str
    posted: str
    """What is said when the post is there."""


AUDIENCES = {
    "public": Audience(
        "Public", "In the feed, in search and on your page.", "Posted. Everybody can see it in the feed."
    ),
    "unlisted": Audience(
        "Unlisted", "Whoever has the link. It stands in no list but yours.", "Posted. Whoever has its link can see it."
    ),
    "followers": Audience("Followers", "Whoever follows you.", "Posted. Your followers can see it."),
    "private": Audience("Private", "Nobody but you.", "Posted. Only you can see it."),
}


def alt(request: Request | Wearable, by: Account) -> str:
    """What a picture is called to those who do not see it, where its maker says nothing else."""
    return f"“{request.prompt}”, prompted by {by.name}"


def remember_remix(request_id: UUID, original: UUID | None) -> None:
    if original is not None:
        st.session_state.setdefault(REMIXES, {})[request_id] = original


def remix_of(requests: Sequence[Request]) -> UUID | None:
    """The post that the first of these requests which is a remix came from."""
    remixes: dict[UUID, UUID] = st.session_state.get(REMIXES, {})
    return next((remixes[request.id] for request in requests if request.id in remixes), None)


def ask(pairs: Sequence[Pair], by: Account) -> None:
    """Ask how to post these ready pictures. A dialog that was closed by mistake opens again with what was written."""
    creation_ids = [creation.id for _, creation in pairs]
    if st.session_state.get(ABOUT) != creation_ids:
        st.session_state.update({
            ABOUT: creation_ids, ORDER: list(creation_ids), TOKEN: token(), CAPTION: "", TAGS: [], ALTS: {},
            COMMENTS: True, PROMPT: True, REMIX: True, AUDIENCE: "private" if _is_kept_back(pairs, by) else "public",
        })  # fmt: skip
    _dialog(pairs, by)


def _is_kept_back(pairs: Sequence[Pair], by: Account) -> bool:
    """Whether one of them started from an upload that nobody looked at yet."""
    return by.role == "member" and any(creation.unchecked for _, creation in pairs)


@st.dialog("Post", icon=":material/send:", width="medium")
def _dialog(pairs: Sequence[Pair], by: Account) -> None:
    with told_to_the_person():
        known = {creation.id: (request, creation) for request, creation in pairs}
        chosen = [known[creation_id] for creation_id in st.session_state[ORDER]]
        beside = len(chosen) == 1
        shown, said = st.columns([2, 3], gap="medium") if beside else (st.container(), st.container())
        with shown:
            _pictures(chosen, by)
        with said:
            _words([request.prompt for request, _ in chosen])
            _audience(chosen, by)
            original = _original(chosen, by)
            if st.button("Post", key="post-now", icon=":material/send:", type="primary", width="stretch"):
                _publish(original)


def _pictures(chosen: Sequence[Pair], by: Account) -> None:
    known = pictures.addresses([str(creation.thumbnail_key) for _, creation in chosen])
    with st.grid("auto", min_column_width=130, gap="small"):
        for place, (request, creation) in enumerate(chosen):
            with st.container(gap="xsmall"):
                pictures.show(str(creation.thumbnail_key), alt(request, by), known)
                if len(chosen) > 1:
                    _order(creation.id, place, len(chosen))
                _description(request, creation, by, place)


def _description(request: Request, creation: Creation, by: Account, place: int) -> None:
    alts: dict[UUID, str] = st.session_state[ALTS]
    alts[creation.id] = st.text_input(
        f"What picture {place + 1} shows", alts.get(creation.id, ""), key=f"alt-{creation.id}", max_chars=LONGEST_ALT,
        placeholder=alt(request, by) if st.session_state[PROMPT] else f"A picture prompted by {by.name}",
        help="For those who cannot see it. Left empty, it is what stands there in grey.",
    )  # fmt: skip


def _order(creation_id: UUID, place: int, count: int) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", gap="xsmall"):
        for label, to in (("Left", place - 1), ("Right", place + 1), ("Remove", None)):
            st.button(
                label, key=f"{label}-{creation_id}", type="tertiary", disabled=to is not None and not 0 <= to < count,
                on_click=_move, args=(creation_id, to),
            )  # fmt: skip


def _move(creation_id: UUID, to: int | None) -> None:
    order: list[UUID] = st.session_state[ORDER]
    if creation_id in order:
        order.remove(creation_id)
        if to is not None:
            order.insert(to, creation_id)


def _words(prompts: Sequence[str]) -> None:
    if st.button(
        "Suggest caption and tags", icon=":material/auto_fix_high:", type="tertiary",
        help=f"By {house().writer.label}. Nothing is posted before you press Post.",
    ):  # fmt: skip
        _suggest(prompts)
    st.text_area("Caption", key=CAPTION, max_chars=LONGEST_CAPTION, height=100, persist_state="session")
    st.multiselect(
        "Tags", st.session_state[TAGS], key=TAGS, accept_new_options=True, max_selections=MOST_TAGS,
        placeholder="Type one and press Enter", wrap=True, persist_state="session",
    )  # fmt: skip


def _suggest(prompts: Sequence[str]) -> None:
    """A caption for the first picture, tags for them all."""
    writer = house().writer
    with st.spinner(f"Asking {writer.label}"):
        tags = [tag for prompt in dict.fromkeys(prompts) for tag in writer.tags(prompt)]
        st.session_state[CAPTION] = writer.caption(prompts[0])
        st.session_state[TAGS] = list(dict.fromkeys(tags))[:MOST_TAGS]


def _audience(chosen: Sequence[Pair], by: Account) -> None:
    audience = st.segmented_control(
        "Who sees it", list(AUDIENCES), format_func=lambda name: AUDIENCES[name].label, key=AUDIENCE, required=True,
        persist_state="session", wrap=True,
    )  # fmt: skip
    st.caption(AUDIENCES[audience].sentence)
    with st.container(horizontal=True, gap="medium"):
        st.toggle("Comments", key=COMMENTS, persist_state="session")
        st.toggle("Show the prompt", key=PROMPT, persist_state="session")
    if any(creation.sensitive for _, creation in chosen):
        st.caption(f":material/visibility_off: {SENSITIVE}")
    unlooked.tell([creation.id for _, creation in chosen], by)


def _original(chosen: Sequence[Pair], by: Account) -> UUID | None:
    """What it is to be posted as a remix of. Whoever made something else of it in the end says so."""
    wanted = remix_of([request for request, _ in chosen])
    if wanted is None:
        return None
    try:
        original = house().posts.get(wanted, viewer=by)
    except NotFound:
        return None
    label = f"A remix of a picture by {words.plain_name(original.author)}"
    return original.id if st.toggle(label, key=REMIX, persist_state="session") else None


def _publish(original: UUID | None) -> None:
    state = st.session_state
    house().posts.publish(
        state[ORDER], by=session.require("post a picture"), token=state[TOKEN], caption=state[CAPTION],
        tags=state[TAGS], visibility=state[AUDIENCE], takes_comments=state[COMMENTS], shows_prompt=state[PROMPT],
        alts=[state[ALTS][creation_id] for creation_id in state[ORDER]], remix_of=original,
    )  # fmt: skip
    state.pop(ABOUT, None)
    say_next(AUDIENCES[state[AUDIENCE]].posted, "check")
    st.rerun()
