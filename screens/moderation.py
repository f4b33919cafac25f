"""For moderators: what waits for a decision, what was decided, and the words they rule on themselves."""

import streamlit as st

from components import lists, looking, moderating, moderation_log, navigation, own_rules, session, words
from components.house import house, told_to_the_person
from services.community.accounts import Account
from services.pages import Page
from services.safety.cases import MOST_COUNTED, PAGE, Case
from services.safety.moderators import ADMIN, check_moderates
from services.safety.rulings import VERDICTS

QUEUE, PICTURES, LOG, RULES = SECTIONS = ("Queue", "Pictures", "Log", "Own rules")
TOGETHER = ("leave", "sensitive", "remove", "strike")
"""What several cases are decided as at once."""


def queue(by: Account) -> None:
    def load(after: str | None, limit: int) -> Page[Case]:
        return house().moderation.queue.page(by=by, after=after, limit=limit)

    pages = lists.so_far(("moderation",), load, PAGE)
    cases = [case for page in pages for case in page.items]
    if not cases:
        st.write("Nothing waits for you.")
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(f"{waiting(by)} waiting, the most urgent first.", width="content")
        if st.button("Begin", icon=":material/skip_next:", type="tertiary", shortcut=navigation.letter("J")):
            moderating.go_on(None, by)
    if chosen := [case for case in cases if case.id in moderating.picked()]:
        together(chosen)
    for case in cases:
        moderating.line(case)
    lists.show_more(pages, load, PAGE)


def waiting(by: Account) -> str:
    count = house().moderation.queue.count(by=by)
    return f"{MOST_COUNTED - 1}+ cases" if count >= MOST_COUNTED else words.counted(count, "case")


def together(chosen: list[Case]) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{len(chosen)} picked**", width="content")
        for verdict in TOGETHER:
            if st.button(VERDICTS[verdict].label, key=f"all-{verdict}", icon=f":material/{moderating.ICONS[verdict]}:"):
                moderating.ask(chosen, verdict)


DRAWN = {QUEUE: queue, PICTURES: looking.draw, LOG: moderation_log.draw, RULES: own_rules.draw}


def sections(by: Account) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.title("Moderation", anchor=False, width="content")
        if by.role == ADMIN:
            with st.container(horizontal=True, width="content", gap="small"):
                st.page_link("screens/society.py", label="Society", icon=":material/groups:")
                st.page_link("screens/experiments.py", label="Experiments", icon=":material/science:")
    for section, tab in zip(SECTIONS, st.tabs(SECTIONS, key="moderating", bind="query-params"), strict=True):
        if tab.open:
            with tab, st.container(width=860), told_to_the_person():
                DRAWN[section](by)


with told_to_the_person():
    viewer = session.require("moderate")
    check_moderates(viewer)
    if case_id := st.query_params.get("case"):
        moderating.show(case_id, viewer)
    else:
        sections(viewer)
