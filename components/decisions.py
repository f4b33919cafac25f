"""What moderators decided about oneself: why, until when, and how to appeal."""

from __future__ import annotations

import streamlit as st

from components import lists, navigation, session, words
from components.house import house, say_next, told_to_the_person
from services.community.accounts import Account
from services.pages import Page
from services.safety.appeals import APPEAL_DAYS, LONGEST_APPEAL, PAGE, AboutMe, Standing
from services.safety.moderators import BREACHES
from services.safety.rulings import MOST_STRIKES, STRIKE_DAYS, STRUCK_DAYS

PLACE = ("decisions",)
WHAT = {
    "sensitive": "Marked as sensitive",
    "warn": "A warning",
    "remove": "Removed",
    "strike": "Removed, with a strike",
    "suspend": "Account suspended",
}
APPEALS = {
    "open": "Your appeal waits for a moderator.",
    "upheld": "Your appeal was upheld.",
    "turned_down": "Your appeal was turned down.",
}


def draw(by: Account) -> None:
    standing(house().moderation.appeals.standing(by=by))

    def load(after: str | None, limit: int) -> Page[AboutMe]:
        return house().moderation.appeals.mine(by=by, after=after, limit=limit)

    pages = lists.so_far(PLACE, load, PAGE)
    if not pages[0].items:
        st.write("Nothing was decided about you or something of yours.")
    for page in pages:
        for decision in page.items:
            _line(decision)
    lists.show_more(pages, load, PAGE)
    st.page_link("screens/policy.py", label="What may be made and posted here", icon=":material/policy:")
    st.page_link("screens/transparency.py", label="Moderation in numbers", icon=":material/monitoring:")


def suspended(told: Standing) -> None:
    st.warning(
        f"Your account is suspended {told.until}. Meanwhile you can read, appeal, export and delete it; posting, "
        "commenting, liking and painting wait.", icon=":material/person_off:",
    )  # fmt: skip


def standing(told: Standing) -> None:
    if told.suspended_until:
        suspended(told)
    until = f" The first of them ends on {told.next_expiry:%d %B %Y}." if told.next_expiry else ""
    st.markdown(f"**{words.counted(told.strikes, 'strike')} in force.**{until}")
    st.caption(
        f"A strike counts for {STRIKE_DAYS} days; {MOST_STRIKES} in force suspend an account for {STRUCK_DAYS} days. "
        f"Each decision can be appealed against once, within {APPEAL_DAYS} days; another moderator looks at it."
    )


def _line(decision: AboutMe) -> None:
    with st.container(border=True, gap="xsmall", key=f"decision-{decision.id}"):
        back = "" if decision.stands else " :green-badge[Taken back]"
        rule = f": {BREACHES[decision.rule].lower()}" if decision.rule in BREACHES else ""
        st.markdown(f"**{WHAT[decision.verdict]}**{rule}{back}")
        if decision.reason:
            st.text(decision.reason)
        if decision.text:
            st.caption(f"It was about: “{words.plain(words.first_line(decision.text))}”")
        until = f" · {decision.until}" if decision.expires_at else ""
        st.caption(f"{words.ago(decision.created_at, house().clock.now())}{until}")
        _appeal(decision)


def _appeal(decision: AboutMe) -> None:
    if decision.appeal:
        answer = f" {words.plain(decision.answer)}" if decision.answer else ""
        st.markdown(f":material/undo: {APPEALS[decision.appeal]}{answer}")
    elif decision.can_appeal and st.button("Appeal", key=f"appeal-{decision.id}", icon=":material/undo:"):
        _ask(decision)


@st.dialog("Appeal", icon=":material/undo:")
def _ask(decision: AboutMe) -> None:
    with told_to_the_person(), st.form("appeal", border=False):
        st.caption("Another moderator looks at it, once. You are told what they say.")
        body = st.text_area("Why should this be decided otherwise?", max_chars=LONGEST_APPEAL, height=110)
        if navigation.send("Send", "send"):
            house().moderation.appeals.appeal(decision.id, body, by=session.require("appeal"))
            st.session_state.pop(lists.LISTS, None)
            say_next("Sent. You are told what a moderator says.", "undo")
            st.rerun()
