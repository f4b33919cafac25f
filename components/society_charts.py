"""When residents are about and what they cost. Beside each chart stands in words or as a table all that is to be seen
in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from components import society_running, words
from components.house import house
from services.residents.watching import KINDS, Activity, CostOfOne, Costs

ACTIVITY_DAYS = {1: "One day", 7: "7 days", 28: "28 days"}
COST_HOURS = {24: "24 hours", 168: "7 days"}
HEIGHT = 260
LEFT, ROOM = 8, 56


def activity() -> None:
    days = st.segmented_control(
        "Look back", ACTIVITY_DAYS, default=7, format_func=ACTIVITY_DAYS.__getitem__, key="activity-days", required=True
    )
    seen = house().watching.activity(house().society.state().now - timedelta(days=days))
    if not seen.hours:
        st.write("Nothing happened in that time.")
        return
    with st.grid("auto", min_column_width=340):
        with st.container(gap="xsmall"):
            st.header("By the hour of their day", anchor=False)
            _by_hour(seen)
        with st.container(gap="xsmall"):
            st.header("By day", anchor=False)
            _by_day(seen)
    with st.expander("As tables", icon=":material/table:"):
        st.table([{"Hour": f"{hour}:00", "Actions": count} for hour, count in enumerate(seen.by_hour)], hide_index=True)
        st.table([_day(day, kinds) for day, kinds in seen.by_day.items()], hide_index=True)


def _by_hour(seen: Activity) -> None:
    busiest = max(range(24), key=seen.by_hour.__getitem__)
    st.echarts_chart(
        bars([f"{hour}" for hour in range(24)], {"Actions": seen.by_hour}), height=HEIGHT,
        alt="Actions by the hour of the residents' day; the same numbers stand in the table below.",
    )  # fmt: skip
    st.caption(f"Most happens from {busiest}:00 on: {seen.by_hour[busiest]:,} of {sum(seen.by_hour):,} actions.")


def _by_day(seen: Activity) -> None:
    kinds = sorted(seen.by_kind, key=_place)
    days = list(seen.by_day)
    st.echarts_chart(
        bars(
            [f"{day:%-d %b}" for day in days],
            {KINDS.get(kind, kind): [seen.by_day[day][kind] for day in days] for kind in kinds},
        ),
        height=HEIGHT,
        alt="Actions by day and kind; the same numbers stand in the table below.",
    )  # fmt: skip
    most = seen.by_kind.most_common(3)
    st.caption(", ".join(f"{KINDS.get(kind, kind).lower()}: {count:,}" for kind, count in most).capitalize() + ".")


def _place(kind: str) -> int:
    order = list(KINDS)
    return order.index(kind) if kind in order else len(order)


def _day(day: date, kinds: Mapping[str, int]) -> dict[str, Any]:
    told = ", ".join(f"{count} {KINDS.get(kind, kind).lower()}" for kind, count in sorted(kinds.items(), key=_by_count))
    return {"Day": f"{day:%-d %B %Y}", "Actions": sum(kinds.values()), "Of which": told}


def _by_count(each: tuple[str, int]) -> int:
    return -each[1]


def bars(labels: Sequence[str], series: Mapping[str, Sequence[float]], written: str = "localized") -> dict[str, Any]:
    """Stacked where there are several, with their names below."""
    several = len(series) > 1
    return {
        "grid": {"left": LEFT, "right": LEFT, "top": 12, "bottom": ROOM if several else LEFT, "containLabel": True},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}, "valueFormatter": written},
        **({"legend": {"bottom": 0, "type": "scroll"}} if several else {}),
        "xAxis": {"type": "category", "data": list(labels), "axisTick": {"show": False}},
        "yAxis": {"type": "value", "minInterval": 1 if written == "localized" else 0},
        "series": [
            {"type": "bar", "name": name, "data": list(values), "stack": "all", "barCategoryGap": "25%"}
            for name, values in series.items()
        ],
        "animation": False,
    }


# For admins: what they cost -------------------------------------------------------------------------------------------


def costs() -> None:
    society_running.budgets()
    st.header("Cost", anchor=False)
    hours = st.segmented_control(
        "Look back", COST_HOURS, default=24, format_func=COST_HOURS.__getitem__, key="cost-hours", required=True
    )
    state = house().society.state()
    told = house().watching.costs(
        house().clock.now() - timedelta(hours=hours), state.now - timedelta(hours=hours * state.speed)
    )
    if not told.hours:
        st.write("Nothing was spent in that time.")
        return
    _sums(told)
    _over_time(told)
    _each(told.residents)


def _sums(told: Costs) -> None:
    a_post = f"${told.usd_a_post:.4f}" if told.usd_a_post is not None else "no post yet"
    with st.container(horizontal=True, gap="large"):
        st.metric("Dollars", f"${told.usd:.2f}", width="content")
        st.metric("A post", a_post, width="content", help=f"All of it over {words.counted(told.posts, 'post')}.")
        st.metric("Pictures", f"{told.pictures:,}", width="content")
        st.metric("Tokens", f"{told.tokens:,}", width="content")


def _over_time(told: Costs) -> None:
    labels = [f"{each.begins:%-d %b, %H:00}" for each in told.hours]
    with st.grid("auto", min_column_width=260):
        for title, values, written in (
            ("Dollars an hour", [float(each.usd) for each in told.hours], "$%.4f"),
            ("Pictures an hour", [each.pictures for each in told.hours], "localized"),
            ("Tokens an hour", [each.tokens for each in told.hours], "localized"),
        ):
            with st.container(gap="xsmall"):
                st.markdown(f"**{title}**")
                st.echarts_chart(bars(labels, {title: values}, written), height=200, alt=f"{title}, over real time.")
    with st.expander("As a table", icon=":material/table:"):
        st.table(
            [
                {"Hour (UTC)": label, "Dollars": f"{each.usd:.4f}", "Pictures": each.pictures, "Tokens": each.tokens}
                for label, each in zip(labels, told.hours, strict=True)
            ],
            hide_index=True,
        )


def _each(residents: Sequence[CostOfOne]) -> None:
    st.markdown("**Who cost most**")
    st.table(
        [
            {"Resident": words.plain(each.name), "Dollars": f"{each.usd:.4f}", "Pictures": each.pictures,
             "Tokens": f"{each.tokens:,}"}
            for each in residents
        ],
        hide_index=True,
    )  # fmt: skip
    st.caption(
        "Pictures cost what the ledger says, words what they were booked at; what nobody is paid for costs nothing."
    )
