"""The form of the Generate page: what to paint, by whom and how."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import streamlit as st

from components import draft
from components.house import house, token
from components.navigation import on_phone
from services.errors import UserError
from services.studio import styles
from services.studio.engines.base import Capabilities, Engine, Guidance
from services.studio.studio import LARGEST_SEED, Options
from services.text import MOST_PROMPT_CHARACTERS

SAME_PRESS = timedelta(seconds=2)
PRESS = "press"
LAST_SEED = "last_seed"


@dataclass(frozen=True)
class Pressed:
    """What the person wants of their prompt; nothing of it is checked yet."""

    action: str
    """ "generate", "improve", or empty."""
    prompt: str
    seed: str
    options: Options


def draw(engine: Engine, start: draft.Start | None) -> Pressed:
    can = engine.capabilities
    with st.form("generate", border=False, enter_to_submit=False):
        fields, buttons = st.container(), st.container(horizontal=True)
        with buttons:
            painted = st.form_submit_button(
                "Generate", icon=":material/brush:", type="primary", width="stretch",
                shortcut=None if on_phone() else "Ctrl+Enter",
            )  # fmt: skip
            improve = st.form_submit_button(
                "Improve my prompt", icon=":material/auto_fix_high:",
                help=f"Ask {house().writer.label} for a richer version. You decide whether to take it.",
            )  # fmt: skip
        with fields:
            prompt = _prompt()
            style = st.selectbox(
                "Style", ["", *styles.BY_ID], format_func=_style_title, key="style", persist_state="session"
            )
            size, count = _size_and_count(can)
            seed = _seed()
            strength = _strength() if start is not None and can.takes_strength else None
            negative, guidance = _finer(can)
            fallback = _fallback(engine)
    options = Options(
        *size, count=count, negative=negative, guidance=guidance, style=style,
        engine=engine.name, fallback=fallback, upload_id=start.upload_id if start else None,
        source_id=start.source_id if start else None, strength=strength,
        parent_id=st.session_state.get(draft.PARENT),
    )  # fmt: skip
    return Pressed("generate" if painted else "improve" if improve else "", prompt, seed, options)


def _prompt() -> str:
    return st.text_area(
        "What do you want to see?", height=130, key="prompt", persist_state="session",
        max_chars=MOST_PROMPT_CHARACTERS, placeholder="a lighthouse on a cliff at dusk, calm sea, first stars",
    )  # fmt: skip


def _style_title(style_id: str) -> str:
    return styles.BY_ID[style_id].title if style_id else "As the prompt says"


def _size_and_count(can: Capabilities) -> tuple[tuple[int, int], int]:
    sizes = list(can.sizes)
    chosen = st.session_state.get("size")
    if chosen and chosen not in sizes and all(can.smallest <= side <= can.largest for side in chosen):
        sizes.append(chosen)
    left, right = st.columns(2)
    size = left.selectbox(
        "Size", sizes, format_func=lambda size: f"{size[0]} × {size[1]}", key="size", persist_state="session"
    )
    count = right.segmented_control(
        "Pictures", list(range(1, can.most_pictures + 1)), default=1, required=True, key="count",
        persist_state="session",
    )  # fmt: skip
    return size, count


def _seed() -> str:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        typed = st.text_input(
            "Seed", placeholder="a new one each time", key="seed", persist_state="session",
            help="The same prompt, size and seed give the same picture. Empty takes a new seed each time.",
        )  # fmt: skip
        st.form_submit_button("", key="roll", icon=":material/casino:", help="Roll a seed", on_click=_roll)
        if typed.strip():
            st.form_submit_button(
                "",
                key="unlock",
                icon=":material/lock:",
                help="Locked. Press for a new seed each time",
                on_click=_unlock,
            )
        else:
            st.form_submit_button(
                "", key="lock", icon=":material/lock_open:", help="Keep the seed of the last picture", on_click=_lock,
                disabled=LAST_SEED not in st.session_state,
            )  # fmt: skip
    return typed


def _roll() -> None:
    st.session_state["seed"] = str(random.randrange(LARGEST_SEED + 1))  # noqa: S311 - a picture's, not a secret


def _unlock() -> None:
    st.session_state["seed"] = ""


def _lock() -> None:
    st.session_state["seed"] = str(st.session_state[LAST_SEED])


def parse_seed(text: str) -> int | None:
    """The seed typed, or None for a random one."""
    text = text.strip()
    if not text:
        return None
    digits = text.lstrip("0") or "0"
    if not text.isascii() or not text.isdecimal() or len(digits) > 20 or int(digits) > LARGEST_SEED:
        raise UserError(f"A seed is a whole number from 0 to {LARGEST_SEED}, or empty for a new one each time.")
    return int(digits)


def _strength() -> float:
    st.session_state.setdefault("strength", 0.6)
    return st.slider(
        "How much may change", 0.1, 1.0, step=0.05, key="strength", persist_state="session",
        help="Of the picture you start from: low keeps it, high keeps little more than its composition.",
    )  # fmt: skip


def _finer(can: Capabilities) -> tuple[str, float | None]:
    """Negative prompt and guidance, each where the engine knows it."""
    negative, guidance = "", None
    if not can.takes_negative and can.guidance is None:
        return negative, guidance
    with st.expander("Finer settings", icon=":material/tune:"):
        if can.takes_negative:
            negative = st.text_input(
                "Leave out", key="negative", persist_state="session", max_chars=MOST_PROMPT_CHARACTERS,
                placeholder="people, text, blur", help="The negative prompt: what the picture should not show.",
            )  # fmt: skip
        if can.guidance is not None:
            guidance = _guidance(can.guidance)
    return negative, guidance


def _guidance(can: Guidance) -> float:
    """Of the range of this engine: one that another engine was given may lie outside."""
    chosen = st.session_state.get("guidance")
    if chosen is None or not can.low <= chosen <= can.high:
        st.session_state["guidance"] = can.usual
    return st.slider(
        "Closeness to the prompt", can.low, can.high, step=0.1, key="guidance", persist_state="session",
        help="Higher follows the words more closely, lower leaves more to the model.",
    )  # fmt: skip


def _fallback(engine: Engine) -> bool:
    """Asked only where an engine may be away, and another is there."""
    others = house().engines.after(engine)
    if not engine.gpu or not others:
        return False
    return st.checkbox(f"If it does not answer, let {others[0].label} paint", key="fallback", persist_state="session")


@dataclass
class _Press:
    content: object
    token: str
    ended_at: datetime | None = None
    """None while what it asks for is under way."""

    def is_young(self, now: datetime) -> bool:
        return self.ended_at is None or now - self.ended_at < SAME_PRESS


@contextmanager
def one_press(content: object) -> Iterator[str]:
    """The token of this press, around what it asks for. A second press of the same form meanwhile or right afterwards
    is the same press: the second half of a double click is heard when the first is done, however long that took."""
    clock = house().clock
    press: _Press | None = st.session_state.get(PRESS)
    if press is None or press.content != content or not press.is_young(clock.now()):
        press = st.session_state[PRESS] = _Press(content, token())
    try:
        yield press.token
    finally:
        # Not in the tab's state: at its next touch a press that waits would go first, and find this one not ended.
        press.ended_at = clock.now()
