"""The log of decisions, and taking one back."""

from __future__ import annotations

import streamlit as st

from components import lists, moderating, navigation, session, words
from components.house import house, say_next, told_to_the_person
from services.community.accounts import Account
from services.errors import NotFound
from services.pages import Page
from services.safety.moderators import BREACHES
from services.safety.records import PAGE, Entry
from services.safety.rulings import LONGEST_SENTENCE, VERDICTS

ALL = ""


def draw(by: Account) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.text_input("Account", key="of", bind="query-params", max_chars=40, width=220)
        verdict = st.selectbox(
            "Decision", [ALL, *VERDICTS], format_func=lambda one: VERDICTS[one].label if one else "All", width=220
        )
        category = st.selectbox(
            "Rule", [ALL, *BREACHES], format_func=lambda one: BREACHES[one] if one else "All", width=220
        )
    if name:
        _history(name, by)

    def load(after: str | None, limit: int) -> Page[Entry]:
        return house().moderation.records.log(
            by=by, account=name, verdict=verdict, category=category, after=after, limit=limit
        )

    pages = lists.so_far(("log", name, verdict, category), load, PAGE)
    if not pages[0].items:
        st.write("Nothing was decided that is like that.")
    for page in pages:
        for entry in page.items:
            _line(entry)
    lists.show_more(pages, load, PAGE)


def _history(name: str, by: Account) -> None:
    try:
        moderating.history(house().moderation.records.history(name, by=by))
    except NotFound as error:
        st.info(words.plain(str(error)), icon=":material/person_off:")


def _what_decided(entry: Entry) -> str:
    """Where nobody did."""
    return "a report, until somebody has looked" if entry.verdict == "sensitive" else "the rule of three strikes"


def _line(entry: Entry) -> None:
    with st.container(border=True, gap="xxsmall", key=f"entry-{entry.id}"):
        said = (
            f"**{VERDICTS[entry.verdict].label}**: {entry.thing} of {words.plain_name(entry.person or 'somebody gone')}"
        )
        st.markdown(said if entry.stands else f"{said} :gray-badge[Taken back]")
        if entry.reason:
            st.text(entry.reason)
        if entry.before:
            st.caption(f"Decided about the deleted account: {words.plain(entry.before)}")
        facts = [
            BREACHES.get(entry.rule, ""), f"by {entry.moderator or _what_decided(entry)}",
            f"{entry.created_at:%d %B %Y, %H:%M}", entry.until if entry.expires_at else "",
        ]  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(words.plain(" · ".join(fact for fact in facts if fact)), width="content")
            if entry.can_be_taken_back and st.button(
                "Take back", key=f"back-{entry.id}", icon=":material/undo:", type="tertiary"
            ):
                _ask_to_take_back(entry)


@st.dialog("Take this decision back?", icon=":material/undo:")
def _ask_to_take_back(entry: Entry) -> None:
    with told_to_the_person(), st.form("take-back", border=False):
        st.caption("What it did is as before, and the person is told. Both decisions stay in the log.")
        sentence = st.text_area("Why, to the person", max_chars=LONGEST_SENTENCE, height=90)
        if navigation.send("Take back", "undo"):
            by = session.require("take a decision back")
            house().moderation.decisions.take_back(entry.id, sentence, by=by)
            st.session_state.pop(lists.LISTS, None)
            say_next("Taken back.", "undo")
            st.rerun()
