"""What is said of pictures that nobody looked at yet, and how to ask a moderator to look."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import streamlit as st

from components.house import house
from services.community.accounts import Account
from services.community.posts import STARTED_UNCHECKED

WILL_LOOK = "A moderator will look at it. Until then it can be posted for you alone; who sees it can be changed later."


def tell(creation_ids: Sequence[UUID], by: Account) -> None:
    """Nothing of pictures that may be shown to others."""
    looks = house().looks
    unlooked = looks.unlooked(creation_ids) if by.role == "member" else {}
    if not unlooked:
        return
    st.caption(f":material/lock: {STARTED_UNCHECKED}")
    place = st.empty()
    waits = all(unlooked.values())
    if not waits and place.button("Ask for a look", key="ask-for-a-look", icon=":material/visibility:"):
        looks.ask(list(unlooked), by=by)
        waits = True
    if waits:
        place.caption(f":material/schedule: {WILL_LOOK}")
