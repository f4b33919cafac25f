"""One of a person's own pictures, with what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import streamlit as st

from components import draft, navigation, pictures, post_dialog, session, words
from components.house import house, say_next, say_what_was_left, token, told_to_the_person
from components.post_dialog import alt
from services.community.accounts import Account
from services.community.posts import Holding, PostPicture
from services.errors import Unavailable, UserError
from services.studio.reading import without_prompt
from services.studio.studio import Creation, Request

WAITING = {
    "queued": "Waiting for the brush",
    "painting": "Painting",
    "storing": "Painted. The picture store does not answer, so it is kept here and stored as soon as that is back.",
}
ENDED = {
    "failed": "This picture was not painted.",
    "blocked": "This picture is held back.",
    "cancelled": "Cancelled.",
}
VARIATIONS = 4
WATCHED, PAINTING = "watched_request", "painting"


def watch(request: Request) -> None:
    """Let the Generate page show how this one comes along, that its form asked for."""
    post_dialog.remember_remix(request.id, st.session_state.get(draft.REMIX_OF))
    _watch(request)


def _watch(request: Request) -> None:
    st.session_state[WATCHED] = request.id
    st.session_state[PAINTING] = True


def addresses(*requests: Request) -> dict[str, str]:
    """Of every picture of these requests, asked for together."""
    return pictures.addresses([c.thumbnail_key for r in requests for c in r.creations if c.thumbnail_key])


def tile(request: Request, creation: Creation, by: Account, known: dict[str, str]) -> None:
    with st.container(border=True, gap="xsmall", key=f"tile-{creation.id}"):
        say_what_was_left()
        face(request, creation, by, known)
        if creation.is_unfinished:
            _call_off(request, creation, by)
        elif creation.state == "ready":
            _stars(creation)
            _actions(request, creation, by)
        else:
            _try_again(request, creation, by)


def face(request: Request, creation: Creation, by: Account, known: dict[str, str]) -> None:
    """The picture, or what is to be said of there being none."""
    if creation.state == "ready" and creation.thumbnail_key:
        pictures.show(creation.thumbnail_key, alt(request, by), known)
        _facts(request, creation)
    elif creation.is_unfinished:
        _unfinished(creation)
    else:
        st.caption(creation.failure or ENDED[creation.state])


def _facts(request: Request, creation: Creation) -> None:
    seconds = f" in {creation.paint_ms / 1000:.1f} s" if creation.paint_ms else ""
    instead = (
        f" by {creation.engine} instead of {request.engine}" if creation.engine not in ("", request.engine) else ""
    )
    st.caption(f"{creation.width} × {creation.height}, seed {creation.seed}{seconds}{instead}")


def _unfinished(creation: Creation) -> None:
    st.skeleton(height=220)
    if creation.state == "painting" and creation.progress > 0:
        st.progress(creation.progress, text=WAITING[creation.state])
    else:
        st.caption(WAITING[creation.state])


def _call_off(request: Request, creation: Creation, by: Account) -> None:
    among_others = len(request.creations) > 1
    if creation.can_be_cancelled and among_others and _button("Cancel this one", "close", f"cancel-{creation.id}"):
        house().studio.cancel(request.id, by=by, creation_id=creation.id)
        st.rerun()


def _try_again(request: Request, creation: Creation, by: Account) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        if _button("Try again", "refresh", f"again-{creation.id}"):
            ask_again(request, by, seed=creation.seed, count=1)
        if _button("Remove", "delete", f"remove-{creation.id}"):
            house().studio.delete(creation.id, by=by)
            st.rerun()


def _button(label: str, icon: str, key: str) -> bool:
    return st.button(label, key=key, icon=f":material/{icon}:", type="tertiary")


def _stars(creation: Creation) -> None:
    given = None if creation.rating is None else creation.rating - 1
    st.feedback("stars", key=_stars_of(creation.id), default=given, on_change=_rate, args=(creation.id,))


def _stars_of(creation_id: UUID) -> str:
    return f"stars-{creation_id}"


def _rate(creation_id: UUID) -> None:
    chosen = st.session_state[_stars_of(creation_id)]
    heard(lambda by: house().history.rate(creation_id, by=by, stars=None if chosen is None else chosen + 1))


def heard(change: Callable[[Account], object]) -> None:
    """Make a change of the viewer's from a callback. That can draw nothing: what is wrong is said with the page."""
    try:
        if by := session.viewer():
            change(by)
    except (UserError, Unavailable) as error:
        say_next(words.plain(str(error)), "info")


def _actions(request: Request, creation: Creation, by: Account) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        if creation.post_id is not None:
            st.page_link(
                "screens/post.py", label="Posted", icon=":material/check:", query_params={"id": str(creation.post_id)}
            )
        elif st.button("Post", key=f"post-{creation.id}", icon=":material/send:", type="primary"):
            post_dialog.ask([(request, creation)], by)
        offered = [name for name in MORE if name != FROM_THIS or starts_from_pictures()]
        chosen = st.menu_button("More", offered, key=f"more-{creation.id}", type="tertiary")
        if chosen:
            MORE[chosen](_Chosen(request, creation, by))


@dataclass(frozen=True)
class _Chosen:
    """A ready picture that the person wants something of."""

    request: Request
    creation: Creation
    by: Account

    @property
    def key(self) -> str:
        return str(self.creation.picture_key)


def starts_from_pictures() -> bool:
    """Whether an engine of this house can."""
    return any(engine.capabilities.takes_image for engine in house().engines)


def ask_again(request: Request, by: Account, *, seed: int | None = None, count: int | None = None) -> None:
    """The same prompt once more, with other seeds unless one is given."""
    wanted = request.again(seed=seed, count=count)
    if request.engine not in house().engines.names:
        wanted = replace(wanted, engine=None)
    fresh = house().studio.request(request.prompt, wanted, by=by, token=token())
    post_dialog.remember_remix(fresh.id, post_dialog.remix_of([request]))
    _watch(fresh)
    navigation.go("screens/generate.py")


def _variations(of: _Chosen) -> None:
    ask_again(of.request, of.by, count=VARIATIONS)


def _same_seed(of: _Chosen) -> None:
    draft.from_request(of.request, seed=of.creation.seed)


def _edit(of: _Chosen) -> None:
    draft.from_request(of.request)


def _start_from(of: _Chosen) -> None:
    draft.from_picture(of.creation.id, of.key, of.request.prompt)


def _use_as_profile_picture(of: _Chosen) -> None:
    house().accounts.show_as(of.by, of.creation.id)
    st.toast("That is your profile picture now.", icon=":material/account_circle:")


@st.dialog("Download", icon=":material/download:")
def _download(of: _Chosen) -> None:
    with_prompt = with_prompt_inside()
    st.download_button(
        "Save the picture", lambda: file_of(of.creation, with_prompt=with_prompt),
        file_name=f"pentagram-{of.creation.seed}.webp", mime="image/webp", icon=":material/download:", type="primary",
        on_click="ignore",
    )  # fmt: skip


def with_prompt_inside() -> bool:
    return st.toggle(
        "With the prompt inside", value=True,
        help="Other picture tools read it there. That the picture is computer-made stays inside either way.",
    )  # fmt: skip


def file_of(picture: Creation | PostPicture, *, with_prompt: bool) -> bytes:
    """Of a ready picture, as it is given away."""
    file = house().storage.get(str(picture.picture_key))
    return file if with_prompt else without_prompt(file, signer=house().picture_signer)


def _delete(of: _Chosen) -> None:
    ask_to_delete([of.creation.id], of.by)


def ask_to_delete(creation_ids: Sequence[UUID], by: Account) -> None:
    title = "Delete this picture?" if len(creation_ids) == 1 else f"Delete {len(creation_ids)} pictures?"
    st.dialog(title, icon=":material/delete:")(_confirm_delete)(creation_ids, by)


def _confirm_delete(creation_ids: Sequence[UUID], by: Account) -> None:
    with told_to_the_person():
        holdings = house().posts.holding(list(creation_ids), by=by)
        if not holdings:
            st.write("It cannot be brought back." if len(creation_ids) == 1 else "They cannot be brought back.")
        elif len(creation_ids) == 1:
            st.write("It is in a post of yours:" if len(holdings) == 1 else "It is in posts of yours:")
        else:
            st.write("Those in posts of yours stay. Delete them one by one, or these posts first:")
        for holding in holdings:
            _held(holding, goes_too=len(creation_ids) == 1)
        if st.button("Delete", key="delete-now", type="primary", icon=":material/delete:", width="stretch"):
            _delete_all(creation_ids)


def _held(holding: Holding, *, goes_too: bool) -> None:
    others = holding.picture_count - holding.held_count
    with st.container(border=True, gap="xsmall"):
        st.text(f"“{words.first_line(holding.caption)}”" if holding.caption else "A post without a caption")
        if goes_too:
            st.caption(
                "It shows nothing else, so it goes with its likes and comments." if holding.goes
                else f"It keeps its {words.counted(others, 'other picture')}."
            )  # fmt: skip
        st.page_link(
            "screens/post.py", label="See the post", icon=":material/visibility:",
            query_params={"id": str(holding.post_id)},
        )  # fmt: skip


def _delete_all(creation_ids: Sequence[UUID]) -> None:
    by = session.require("delete a picture")
    if len(creation_ids) == 1:
        house().studio.delete(creation_ids[0], by=by, from_posts=True)
        say_next("Deleted.", "delete")
    else:
        with st.spinner("Deleting"):
            gone = house().history.delete(creation_ids, by=by)
        left = len(creation_ids) - gone
        stay = f" {words.counted(left, 'picture')} in posts {'stays' if left == 1 else 'stay'}." if left else ""
        say_next(f"{words.counted(gone, 'picture')} deleted.{stay}", "delete")
    st.rerun()


FROM_THIS = "Start from this picture"
MORE: dict[str, Callable[[_Chosen], None]] = {
    "Variations": _variations,
    "Again with this seed": _same_seed,
    "Edit prompt": _edit,
    FROM_THIS: _start_from,
    "Download": _download,
    "Use as profile picture": _use_as_profile_picture,
    "Delete": _delete,
}
