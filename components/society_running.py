"""For admins: whether time goes on for the residents, how fast, and what they may use up."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from components import society, words
from components.house import house, say_next, say_what_was_left
from services.residents.pace import Budgets
from services.residents.society import State

SPEEDS = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)
NOTHING = "There was nothing to do."
MOST_PICTURES, MOST_TOKENS, MOST_USD = 10_000, 100_000_000, 1_000.0


def controls(state: State) -> None:
    """Within the fragment that shows how it goes."""
    say_what_was_left()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if state.running:
            st.button("Pause", icon=":material/pause:", key="society-pause", on_click=_pause)
        else:
            st.button("Start", icon=":material/play_arrow:", key="society-start", type="primary", on_click=_start)
        st.button(
            "One step", icon=":material/skip_next:", key="society-step", on_click=step,
            help="The next turn now, whoever's it is; in pause as well.",
        )  # fmt: skip
        # A key for each speed, so that it shows what another admin or the command line set meanwhile.
        key = f"society-speed-{state.speed:g}"
        st.selectbox(
            "Speed", sorted({*SPEEDS, state.speed}), sorted({*SPEEDS, state.speed}).index(state.speed), key=key,
            on_change=_set_speed, args=(key,), format_func=society.pace, width=240,
            help="How fast time goes for them. Budgets are by real hours, whatever the speed.",
        )  # fmt: skip
        if state.due:
            st.caption(f"{words.counted(state.due, 'turn')} overdue", width="content")


def _start() -> None:
    society.order(house().society.start, "Time goes on for them.", "play_arrow")


def _pause() -> None:
    society.order(house().society.pause, "Paused: nobody does anything till somebody starts it again.", "pause")


def _set_speed(key: str) -> None:
    speed = st.session_state[key]
    society.order(lambda: house().society.set_speed(speed), f"Time goes on {society.pace(speed).lower()}.", "speed")


def step(name: str | None = None) -> None:
    """From a callback: a turn of theirs, or the next one of anybody's."""
    done: list[object] = []
    if society.order(lambda: done.extend(house().society.step(name))):
        say_next(f"A turn with {words.counted(len(done), 'action')}." if done else NOTHING, "skip_next")


def budgets() -> None:
    """What they may use up, and what they did this hour."""
    state = house().society.state()
    st.header("Budgets", anchor=False)
    st.caption(
        "For all residents together, in any hour of real time. What is asked for counts before it is there; at the end "
        "of a budget they wait, and whatever people ask for is not in it."
    )
    now, spent = state.budgets, state.spent
    with st.grid("auto", min_column_width=200):
        _used("Pictures", f"{spent.pictures:,} of {now.pictures_an_hour:,}", spent.pictures, now.pictures_an_hour)
        _used("Tokens", f"{spent.tokens:,} of {now.tokens_an_hour:,}", spent.tokens, now.tokens_an_hour)
        _used("Dollars", f"${spent.usd:.2f} of ${now.usd_an_hour:.2f}", spent.usd, now.usd_an_hour)
    with st.form("budgets", border=False):
        with st.grid("auto", min_column_width=200):
            pictures = st.number_input("Pictures an hour", 0, MOST_PICTURES, now.pictures_an_hour)
            tokens = st.number_input("Tokens an hour", 0, MOST_TOKENS, now.tokens_an_hour, 1_000)
            usd = st.number_input("Dollars an hour", 0.0, MOST_USD, float(now.usd_an_hour), 0.1, format="%.2f")
        saved = st.form_submit_button("Save budgets", icon=":material/save:", type="primary")
    if saved:
        society.as_admin("set budgets")
        house().society.set_budgets(Budgets(int(pictures), int(tokens), Decimal(f"{usd:.4f}")))
        say_next("Saved. It holds from now on.", "save")
        st.rerun()


def _used(what: str, told: str, spent: float | Decimal, budget: float | Decimal) -> None:
    share = min(1.0, float(spent) / float(budget)) if budget else float(spent > 0)
    st.progress(share, text=f"{what} this hour: {told}".replace("$", r"\$"))
