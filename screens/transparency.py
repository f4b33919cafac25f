"""What was reported and decided here, month by month: numbers by which nobody is found."""

from collections.abc import Mapping

import streamlit as st

from components.house import house, told_to_the_person
from services.community.people import REASONS
from services.safety.counts import Month
from services.safety.moderators import BREACHES
from services.safety.rulings import VERDICTS


def show(month: Month) -> None:
    st.header(f"{month.begins:%B %Y}", anchor=False)
    with st.container(horizontal=True, gap="large"):
        st.metric("Reports", sum(month.reports.values()))
        st.metric("Decisions", sum(month.decisions.values()))
        st.metric("Appeals", month.appeals)
        st.metric("of those upheld", month.appeals_upheld)
        st.metric("Median time to a decision", time(month.median_hours))
    with st.grid(3, min_column_width=220):
        for title, counts, names in (
            ("Reports by reason", month.reports, {name: reason.sentence for name, reason in REASONS.items()}),
            ("Decisions", month.decisions, {name: effect.label for name, effect in VERDICTS.items()}),
            ("Prompts blocked", month.blocked, BREACHES),
        ):
            with st.container(gap="xsmall"):
                table(title, counts, names)


def table(title: str, counts: Mapping[str, int], names: Mapping[str, str]) -> None:
    st.subheader(title, anchor=False)
    if not counts:
        st.caption("None.")
        return
    for name, number in sorted(counts.items(), key=lambda each: -each[1]):
        st.text(f"{number:,}  {names.get(name, name)}")


def time(hours: float | None) -> str:
    if hours is None:
        return "–"
    return f"{hours * 60:.0f} min" if hours < 1 else f"{hours:.1f} h" if hours < 48 else f"{hours / 24:.1f} days"


with told_to_the_person(), st.container(width=860):
    st.title("Moderation in numbers", anchor=False)
    st.write(
        "What people reported and what moderators decided, counted by month (UTC). What the gate blocked before "
        "anything was painted is counted by category; the prompts themselves are not kept."
    )
    st.page_link("screens/policy.py", label="What may be posted here", icon=":material/policy:")
    for month in house().moderation.counts.months():
        show(month)
