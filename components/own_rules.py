"""Words that moderators rule on themselves, and a box that shows what each layer of the gate says to a text."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from components import moderating, session, words
from components.house import house, say_next, told_to_the_person
from services.community.accounts import Account
from services.safety.own_rules import LONGEST_NOTE, LONGEST_WORDS, OwnRule
from services.safety.verdicts import CATEGORIES, Decision

LABELS: dict[Decision, str] = {"block": "Block", "sensitive": "Mark sensitive", "allow": "Allow"}
LONGEST_TRIED = 2000


def draw(by: Account) -> None:
    st.caption(
        "Whole words and phrases, found through the usual disguises. An allow rule lets its words through where the "
        "other layers stumble over them; nothing lets through what may sexualise a minor."
    )
    _try()
    st.header("New rule", anchor=False)
    _new(by)
    st.header("In force", anchor=False)
    rules = house().own_rules.current()
    if not rules:
        st.write("None yet.")
    for rule in rules:
        _line(rule)


@st.fragment
def _try() -> None:
    with told_to_the_person():
        tried = st.text_area(
            "What does the gate say to this?", max_chars=LONGEST_TRIED, height=80, key="tried",
            placeholder="A prompt, a caption, a comment",
        )  # fmt: skip
        if tried.strip():
            moderating.explain(tried)


def _new(by: Account) -> None:
    with st.form("own-rule", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            said = st.text_input("Words", max_chars=LONGEST_WORDS, width=260)
            decision = st.selectbox(
                "Does", list(get_args(Decision)), format_func=LABELS.__getitem__, width=180, index=2
            )
            category = st.selectbox(
                "Category", CATEGORIES, format_func=lambda one: one.replace("_", " ").capitalize(), width=180
            )
        note = st.text_input("Note, for other moderators", max_chars=LONGEST_NOTE)
        with st.container(horizontal=True):
            tried = st.form_submit_button("Try it", icon=":material/science:")
            added = st.form_submit_button("Add", icon=":material/add:", type="primary")
    if tried:
        preview = house().own_rules.preview(said, decision, category, by=by)
        st.info(preview.sentence, icon=":material/science:")
    if added:
        _add(said, decision, category, note, by)


def _add(said: str, decision: Decision, category: str, note: str, by: Account) -> None:
    preview = house().own_rules.preview(said, decision, category, by=by)
    if preview.is_sweeping:
        _confirm(said, decision, category, note, preview.sentence)
        return
    house().own_rules.add(said, decision, category, note, by=by)
    say_next("It counts within seconds.", "check")
    st.rerun()


@st.dialog("More than half of all prompts", icon=":material/warning:")
def _confirm(said: str, decision: Decision, category: str, note: str, sentence: str) -> None:
    with told_to_the_person():
        st.write(sentence)
        if st.button("Add it all the same", type="primary", icon=":material/add:"):
            house().own_rules.add(
                said, decision, category, note, by=session.require("rule on words"), confirmed=True
            )  # fmt: skip
            say_next("It counts within seconds.", "check")
            st.rerun()


def _line(rule: OwnRule) -> None:
    with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"rule-{rule.id}"):
        with st.container(gap="xxsmall"):
            st.markdown(f"**{LABELS[rule.decision]}** “{words.plain(rule.words)}”: {rule.category.replace('_', ' ')}")
            told = f"by {rule.made_by or 'somebody who left'}, {words.ago(rule.made_at, house().clock.now())}"
            st.caption(words.plain(" · ".join(part for part in (rule.note, told) if part)))
        if st.button("End", key=f"end-{rule.id}", icon=":material/stop:", type="tertiary"):
            house().own_rules.end(rule.id, by=session.require("end a rule"))
            say_next("It counts no more.", "check")
            st.rerun()
