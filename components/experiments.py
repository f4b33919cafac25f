"""What the experiments page draws. Beside each chart stands in words or as a table all that is to be seen in it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from components import words
from components.house import house, say_next, say_what_was_left, told_to_the_person
from services.community.accounts import Account
from services.community.feeds import PAGE
from services.discovery.recommendations.experiments import LEAST_PEOPLE, LEAST_SHOWN, Judged, Report
from services.discovery.recommendations.judging import Estimate

WAYS = {
    "ours": "Ours, as it was",
    "familiar": "Only familiar",
    "surprising": "Only surprising",
    "popular": "Popular",
    "trending": "Trending",
    "newest": "Newest",
    "random": "Random",
}
SNIPS, DOUBLY_ROBUST = "SNIPS", "Doubly robust"
TOO_LITTLE = "too little to say"
STEPS = range(0, 101, 10)
"""Shares of surprise, in percent, for which the curve is reckoned."""


def say_what_was_read(report: Report) -> None:
    if not report.says_enough:
        st.info(
            f"Too little was shown to judge ways of choosing: {words.counted(report.read, 'place')} to "
            f"{people(report)}. There is something to say from {LEAST_SHOWN} places and {LEAST_PEOPLE} people on.",
            icon=":material/hourglass_empty:",
        )
        return
    read = f"{report.read:,} places on pages of {people(report)}"
    if report.is_sample:
        st.caption(f"Told from a sample: {read}, out of about {report.shown:,} that were shown. Visitors are left out.")
    else:
        st.caption(f"Told from {read}. Visitors are left out.")


def people(report: Report) -> str:
    return "1 person" if report.people == 1 else f"{report.people:,} people"


# Ways of choosing ----------------------------------------------------------------------------------------------------


def ways(report: Report) -> None:
    st.header("Ways of choosing", anchor=False)
    st.write(
        f"What each would have won in the same places, in likes a page of {PAGE}, with the interval that holds the "
        "truth in 95 of 100 cases. A save counts as three likes, a hide takes four away."
    )
    if not report.says_enough:
        return
    st.write(best_of(report))
    rows = [row for each in report.ways for row in bars(each)]
    st.vega_lite_chart(
        rows, intervals([WAYS[each.way] for each in report.ways]), height=320,
        alt="Likes a page of each way of choosing, by both judges; the same numbers stand in the table below.",
    )  # fmt: skip
    st.table([
        {"Way": WAYS[each.way], SNIPS: a_page(each.snips), DOUBLY_ROBUST: a_page(each.doubly_robust),
         "Counts as": f"{each.snips.effective:,.0f} places" if each.snips else ""}
        for each in report.ways
    ], hide_index=True)  # fmt: skip
    st.caption(
        "“Counts as”: so many places of that way itself would have told as much. SNIPS goes by what happened alone; "
        "doubly robust begins with what was expected and corrects that."
    )


def best_of(report: Report) -> str:
    """Which way is seen to win more than ours does, if any."""
    ours = next(each.doubly_robust for each in report.ways if each.way == "ours")
    others = [each for each in report.ways if each.way != "ours" and each.doubly_robust]
    better = [each for each in others if ours and each.doubly_robust and each.doubly_robust.low > ours.high]
    if not better:
        return "No other way is seen to win more than ours."
    return f"Seen to win more than ours: {', '.join(WAYS[each.way].lower() for each in better)}."


def bars(judged: Judged) -> list[dict[str, Any]]:
    told = ((SNIPS, judged.snips), (DOUBLY_ROBUST, judged.doubly_robust))
    return [
        {"way": WAYS[judged.way], "judge": judge, "value": each.value * PAGE, "low": each.low * PAGE,
         "high": each.high * PAGE}
        for judge, each in told if each
    ]  # fmt: skip


def intervals(order: list[str]) -> dict[str, Any]:
    """Without names for each mark: the table below has them all, and a group of marks has none to give."""
    sides = {
        "y": {"field": "way", "type": "nominal", "sort": order, "title": None},
        "yOffset": {"field": "judge"},
        "color": {"field": "judge", "title": None, "legend": {"orient": "bottom"}},
    }
    return {
        "encoding": sides,
        "layer": [
            {"mark": {"type": "rule", "aria": False, "strokeWidth": 3, "opacity": 0.55},
             "encoding": {"x": {"field": "low", "type": "quantitative", "title": "Likes a page",
                                "scale": {"zero": False}}, "x2": {"field": "high"}}},
            {"mark": {"type": "point", "aria": False, "filled": True, "size": 90, "tooltip": True},
             "encoding": {"x": {"field": "value", "type": "quantitative"}}},
        ],
    }  # fmt: skip


def a_page(estimate: Estimate | None, digits: int = 2) -> str:
    if estimate is None:
        return TOO_LITTLE
    return between(estimate, lambda value: f"{value * PAGE:.{digits}f}")


def between(estimate: Estimate, written: Callable[[float], str]) -> str:
    return f"{written(estimate.value)} ({written(estimate.low)} to {written(estimate.high)})"


# The share of surprise -----------------------------------------------------------------------------------------------


@st.fragment
def knob(report: Report, by: Account) -> None:
    with told_to_the_person():
        say_what_was_left()
        st.header("Share of surprise", anchor=False)
        holds = house().experiments.share(by=by)
        since = f" since {holds.set_at:%-d %B %Y}" if holds.set_at else ""
        who = f", set by {words.plain_name(holds.set_by)}" if holds.set_by else ""
        st.write(
            f"How often a place goes to something near nothing that a person likes: {holds.share:.0%}{since}{who}. "
            "Whoever moved their own slider is not concerned."
        )
        chosen = st.slider("Share of surprise", 0, 100, round(holds.share * 100), 5, format="%d%%", key="house_share")
        tell(report, chosen / 100, by)
        is_new = chosen != round(holds.share * 100)
        st.button(
            "Save for the whole house", key="save_house_share", icon=":material/save:", disabled=not is_new,
            type="primary" if is_new else "secondary", on_click=save, args=(chosen / 100, by),
        )  # fmt: skip
        curve(report, by)


def tell(report: Report, share: float, by: Account) -> None:
    told = house().experiments.predicted(report.days, [share], by=by)
    if not told:
        st.caption("What it would do cannot be told yet: too little was shown to people without a slider of their own.")
        return
    [predicted] = told
    with st.container(horizontal=True, gap="large"):
        st.metric("Likes a page", f"{predicted.value.value * PAGE:.2f}", width="content")
        st.metric("Against now", f"{predicted.gain.value * PAGE:+.2f}", width="content")
        st.metric("Surprises among what is shown", f"{predicted.surprise.value:.0%}", width="content")
    st.caption(
        f"With 95%: {a_page(predicted.value)} likes a page; "
        f"{between(predicted.gain, lambda value: f'{value * PAGE:+.2f}')} against now; "
        f"{between(predicted.surprise, lambda value: f'{value:.0%}')} surprises."
    )


def curve(report: Report, by: Account) -> None:
    told = house().experiments.predicted(report.days, [step / 100 for step in STEPS], by=by)
    values = [
        {"share": step, "likes": each.value.value * PAGE, "low": each.value.low * PAGE, "high": each.value.high * PAGE}
        for step, each in zip(STEPS, told, strict=False)
    ]  # fmt: skip
    if not values:
        return
    first, last = values[0], values[-1]
    st.vega_lite_chart(values, BAND, height=240, alt="Likes a page for each share of surprise.")
    st.caption(
        f"From {first['likes']:.2f} likes a page without any surprise to {last['likes']:.2f} with nothing else; the "
        "band holds the truth in 95 of 100 cases."
    )


BAND: dict[str, Any] = {
    "encoding": {"x": {"field": "share", "type": "quantitative", "title": "Share of surprise, %"}},
    "layer": [
        {"mark": {"type": "area", "aria": False, "opacity": 0.2},
         "encoding": {"y": {"field": "low", "type": "quantitative", "title": "Likes a page", "scale": {"zero": False}},
                      "y2": {"field": "high"}}},
        {"mark": {"type": "line", "aria": False, "tooltip": True},
         "encoding": {"y": {"field": "likes", "type": "quantitative"}}},
    ],
}  # fmt: skip


def save(share: float, by: Account) -> None:
    with told_to_the_person():
        house().experiments.set_share(share, by=by)
        say_next("Saved. It holds from everybody's next page on.", "check")


# Whose posts are shown -----------------------------------------------------------------------------------------------


def makers(report: Report) -> None:
    st.header("Whose posts are shown", anchor=False)
    spread = report.spread
    if spread is None:
        st.write("Nothing was shown yet.")
        return
    sample = ", a sample of all" if report.is_of_some_makers else ""
    st.write(
        f"Of {words.counted(spread.makers, 'maker')}{sample}, {spread.shown:,} were shown. The tenth that is shown "
        f"most has {spread.top_tenth:.0%} of the views. Gini {spread.gini:.2f}: 0 is all alike, 1 is one alone."
    )
    with st.grid(2, min_column_width=320):
        with st.container(gap="xsmall"):
            st.subheader("Views over makers", anchor=False)
            lorenz(spread.curve)
        with st.container(gap="xsmall"):
            st.subheader("Over time", anchor=False)
            over_time(report)


def lorenz(points: Any) -> None:
    drawn = [("As it is", 100 * x, 100 * y) for x, y in points] + [("All alike", 100 * x, 100 * x) for x, _ in points]
    lines(
        drawn, "Makers, least shown first, %", "quantitative",
        alt="Lorenz curve of views over makers; the sentence above says what it shows.",
    )  # fmt: skip
    half = next((y for x, y in points if x >= 0.5), 0.0)
    st.caption(f"The half that is shown least has {half:.1%} of the views.")


def lines(points: Sequence[tuple[str, Any, float]], title: str | None, kind: str, *, alt: str) -> None:
    """Of each: the line, where, and how high. Streamlit's own line chart makes pictures without a name."""
    st.vega_lite_chart(
        [{"line": line, "at": at, "share": share} for line, at, share in points],
        {
            "mark": {"type": "line", "aria": False, "tooltip": True},
            "encoding": {
                "x": {"field": "at", "type": kind, "title": title},
                "y": {"field": "share", "type": "quantitative", "title": "of the views, %"},
                "color": {"field": "line", "title": None, "legend": {"orient": "bottom"}},
            },
        },
        height=260, alt=alt,
    )  # fmt: skip


def over_time(report: Report) -> None:
    told = [each for each in report.periods if each.new is not None]
    if not told:
        st.write("Nothing was shown yet.")
        return
    drawn = [
        (name, each.begins.isoformat(), 100 * share)
        for each in told
        for name, share in (("New makers", each.new), ("Residents", each.residents), ("Gini x 100", each.gini))
        if share is not None
    ]
    lines(
        drawn, None, "temporal",
        alt="Shares of new makers and of residents, and the Gini, over time; first and last stand below.",
    )  # fmt: skip
    first, last = told[0], told[-1]
    st.caption(
        f"New makers, of the last four weeks: {first.new or 0:.0%} of what was shown on {first.begins:%-d %B}, "
        f"{last.new or 0:.0%} on {last.begins:%-d %B}. Residents: {first.residents or 0:.0%}, then "
        f"{last.residents or 0:.0%}."
    )
