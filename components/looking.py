"""Pictures that nothing here could look at and whose makers ask for it, the longest waiting first."""

from __future__ import annotations

import streamlit as st

from components import moderating, navigation, session, veiled, words
from components.house import house, say_next, told_to_the_person
from services.community.accounts import Account
from services.safety.rulings import ABOUT_PICTURES, VERDICTS
from services.safety.unlooked import Unlooked

LABELS = {"leave": "Let it be posted"}


def draw(_: Account) -> None:
    st.caption(
        "They stem from uploads or imports, and no picture gate is configured. What you say holds for all that were "
        "made from the same file."
    )
    waiting = house().looks.waiting()
    if not waiting:
        st.write("Nobody asks for a look.")
    for unlooked in waiting:
        _picture(unlooked)


def _picture(unlooked: Unlooked) -> None:
    seen = st.session_state.setdefault(moderating.SEEN, set())
    sharp = unlooked.creation_id in seen
    with st.container(border=True, key=f"look-{unlooked.creation_id}"):
        with st.grid(2, min_column_width=180):
            veiled.show(unlooked.thumbnail_key, unlooked.prompt, sharp=sharp)
            if unlooked.start_key:
                veiled.show(unlooked.start_key, "What it was made from", sharp=sharp)
        st.text(words.first_line(unlooked.prompt, 200))
        st.caption(f"Asked {words.ago(unlooked.asked_at, house().clock.now())}")
        with st.container(horizontal=True, gap="small"):
            st.button(
                "Blur" if sharp else "Show", key=f"show-{unlooked.creation_id}", icon=":material/visibility:",
                on_click=(seen.discard if sharp else seen.add), args=(unlooked.creation_id,),
            )  # fmt: skip
            for verdict in ABOUT_PICTURES:
                label = LABELS.get(verdict, VERDICTS[verdict].label)
                icon = f":material/{moderating.ICONS[verdict]}:"
                if st.button(label, key=f"{verdict}-{unlooked.creation_id}", icon=icon, type="tertiary"):
                    st.dialog(label, icon=icon)(_ask)(unlooked, verdict)


def _ask(unlooked: Unlooked, verdict: str) -> None:
    with told_to_the_person(), st.form("look", border=False):
        ruling = moderating.form(verdict, "sexual", thanks=False, remembers=True)
        if navigation.send("Decide", "gavel"):
            by = session.require("decide this")
            house().moderation.decisions.look(unlooked.creation_id, ruling, by=by)
            say_next(f"Decided: {LABELS.get(verdict, VERDICTS[verdict].label).lower()}.", "gavel")
            st.rerun()
