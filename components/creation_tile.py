"""One of a person's own pictures, with what can be done with it."""

from __future__ import annotations

import streamlit as st

from components import pictures
from components.house import house, say_next, token
from services.community.accounts import Account
from services.studio.studio import Creation, Request

WAITING = {
    "queued": "Waiting for the brush",
    "painting": "Painting",
    "storing": "Painted. The picture store does not answer, so it is kept here and stored as soon as that is back.",
}


def addresses(*requests: Request) -> dict[str, str]:
    """Of every picture of these requests, asked for together."""
    return pictures.addresses([c.thumbnail_key for r in requests for c in r.creations if c.thumbnail_key])


def tile(request: Request, creation: Creation, by: Account, known: dict[str, str]) -> None:
    with st.container(border=True, gap="xsmall", key=f"tile-{creation.id}"):
        if creation.state == "ready" and creation.thumbnail_key:
            pictures.show(creation.thumbnail_key, f"“{request.prompt}”, prompted by {by.name}", known)
            _facts(creation)
            _actions(creation, by)
        elif creation.is_unfinished:
            st.skeleton(height=220)
            st.caption(WAITING[creation.state])
        else:
            st.caption(creation.failure or "This picture was not painted.")
            _delete_button(creation, by)


def _facts(creation: Creation) -> None:
    seconds = f" in {creation.paint_ms / 1000:.1f} s" if creation.paint_ms else ""
    st.caption(f"{creation.width} × {creation.height}, seed {creation.seed}{seconds}")


def _actions(creation: Creation, by: Account) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        if creation.post_id is not None:
            if st.button("Posted", key=f"see-{creation.id}", icon=":material/check:", help="Open the post"):
                st.switch_page("screens/post.py", query_params={"id": str(creation.post_id)})
        elif st.button("Post", key=f"post-{creation.id}", icon=":material/send:", type="primary"):
            house().posts.publish([creation.id], by=by, token=token())
            say_next("Posted. Everybody can see it in the feed.", "check")
            st.rerun()
        chosen = st.menu_button(
            "More", ["Use as profile picture", "Delete"], key=f"more-{creation.id}", type="tertiary"
        )
        if chosen == "Delete":
            house().studio.delete(creation.id, by=by)
            say_next("Deleted.", "delete")
            st.rerun()
        elif chosen:
            house().accounts.show_as(by, creation.id)
            st.toast("That is your profile picture now.", icon=":material/account_circle:")


def _delete_button(creation: Creation, by: Account) -> None:
    if st.button("Remove", key=f"remove-{creation.id}", icon=":material/delete:", type="tertiary"):
        house().studio.delete(creation.id, by=by)
        st.rerun()
