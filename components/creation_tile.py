"""One of a person's own pictures, with what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

from components import draft, pictures, post_dialog
from components.house import house, say_next, token
from services.community.accounts import Account
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
    """Let the Generate page show how this one comes along."""
    st.session_state[WATCHED] = request.id
    st.session_state[PAINTING] = True


def addresses(*requests: Request) -> dict[str, str]:
    """Of every picture of these requests, asked for together."""
    return pictures.addresses([c.thumbnail_key for r in requests for c in r.creations if c.thumbnail_key])


def tile(request: Request, creation: Creation, by: Account, known: dict[str, str]) -> None:
    with st.container(border=True, gap="xsmall", key=f"tile-{creation.id}"):
        if creation.state == "ready" and creation.thumbnail_key:
            pictures.show(creation.thumbnail_key, f"“{request.prompt}”, prompted by {by.name}", known)
            _facts(request, creation)
            _actions(request, creation, by)
        elif creation.is_unfinished:
            _unfinished(request, creation, by)
        else:
            _ended(request, creation, by)


def _facts(request: Request, creation: Creation) -> None:
    seconds = f" in {creation.paint_ms / 1000:.1f} s" if creation.paint_ms else ""
    instead = (
        f" by {creation.engine} instead of {request.engine}" if creation.engine not in ("", request.engine) else ""
    )
    st.caption(f"{creation.width} × {creation.height}, seed {creation.seed}{seconds}{instead}")


def _unfinished(request: Request, creation: Creation, by: Account) -> None:
    st.skeleton(height=220)
    if creation.state == "painting" and creation.progress > 0:
        st.progress(creation.progress, text=WAITING[creation.state])
    else:
        st.caption(WAITING[creation.state])
    among_others = len(request.creations) > 1
    if creation.can_be_cancelled and among_others and _button("Cancel this one", "close", f"cancel-{creation.id}"):
        house().studio.cancel(request.id, by=by, creation_id=creation.id)
        st.rerun()


def _ended(request: Request, creation: Creation, by: Account) -> None:
    st.caption(creation.failure or ENDED[creation.state])
    with st.container(horizontal=True, gap="xsmall"):
        if _button("Try again", "refresh", f"again-{creation.id}"):
            _ask_again(request, by, seed=creation.seed, count=1)
        if _button("Remove", "delete", f"remove-{creation.id}"):
            house().studio.delete(creation.id, by=by)
            st.rerun()


def _button(label: str, icon: str, key: str) -> bool:
    return st.button(label, key=key, icon=f":material/{icon}:", type="tertiary")


def _actions(request: Request, creation: Creation, by: Account) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        if creation.post_id is not None:
            if st.button("Posted", key=f"see-{creation.id}", icon=":material/check:", help="Open the post"):
                st.switch_page("screens/post.py", query_params={"id": str(creation.post_id)})
        elif st.button("Post", key=f"post-{creation.id}", icon=":material/send:", type="primary"):
            post_dialog.ask(request, creation, by)
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


def _ask_again(request: Request, by: Account, *, seed: int | None, count: int) -> None:
    wanted = request.again(seed=seed, count=count)
    if request.engine not in house().engines.names:
        wanted = replace(wanted, engine=None)
    fresh = house().studio.request(request.prompt, wanted, by=by, token=token())
    watch(fresh)
    st.switch_page("screens/generate.py")


def _variations(of: _Chosen) -> None:
    _ask_again(of.request, of.by, seed=None, count=VARIATIONS)


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
    storage, signer = house().storage, house().picture_signer
    with_prompt = st.toggle(
        "With the prompt inside", value=True,
        help="Other picture tools read it there. That the picture is computer-made stays inside either way.",
    )  # fmt: skip
    st.download_button(
        "Save the picture",
        lambda: storage.get(of.key) if with_prompt else without_prompt(storage.get(of.key), signer=signer),
        file_name=f"pentagram-{of.creation.seed}.webp", mime="image/webp", icon=":material/download:", type="primary",
        on_click="ignore",
    )  # fmt: skip


def _delete(of: _Chosen) -> None:
    house().studio.delete(of.creation.id, by=of.by)
    say_next("Deleted.", "delete")
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
