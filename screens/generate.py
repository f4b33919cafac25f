"""Write a prompt, watch it being painted, post it."""

import time

import streamlit as st

from components import creation_tile, session
from components.house import house, token, told_to_the_person
from components.navigation import on_phone
from services.errors import NotFound, UserError
from services.studio.studio import LARGEST_SEED, Options

LOOK_EVERY_SECONDS = 0.4
SAME_PRESS_SECONDS = 2.0
WATCHED = "watched_request"
PRESS = "press"


def parse_seed(text: str) -> int | None:
    """The seed typed, or None for a random one."""
    text = text.strip()
    if not text:
        return None
    digits = text.lstrip("0") or "0"
    if not text.isascii() or not text.isdecimal() or len(digits) > 20 or int(digits) > LARGEST_SEED:
        raise UserError(f"A seed is a whole number from 0 to {LARGEST_SEED}, or empty for a new one each time.")
    return int(digits)


def press_token(content: object) -> str:
    """The token of this press; a second press of the same form, while the first is young, is the same press."""
    last = st.session_state.get(PRESS)
    if last and last["content"] == content and time.monotonic() - last["at"] < SAME_PRESS_SECONDS:
        return str(last["token"])
    st.session_state[PRESS] = {"content": content, "token": token(), "at": time.monotonic()}
    return str(st.session_state[PRESS]["token"])


def ask(prompt: str, size: tuple[int, int], count: int, seed_text: str) -> None:
    by = session.require("paint a picture")
    options = Options(*size, count=count, seed=parse_seed(seed_text))
    request = house().studio.request(prompt, options, by=by, token=press_token((prompt, options)))
    st.session_state[WATCHED] = request.id


def watch() -> None:
    viewer = session.viewer()
    if viewer is None:
        return
    try:
        request = house().studio.watch(st.session_state[WATCHED], by=viewer)
    except NotFound:
        # Its last picture was deleted, here or in another tab.
        del st.session_state[WATCHED]
        st.rerun()
    known = creation_tile.addresses(request)
    with st.grid(len(request.creations), min_column_width=240):
        for creation in request.creations:
            creation_tile.tile(request, creation, viewer, known)
    if not request.is_unfinished and st.session_state.get("painting"):
        st.session_state["painting"] = False
        st.rerun()
    st.session_state["painting"] = request.is_unfinished


@st.fragment
def watch_still() -> None:
    with told_to_the_person():
        watch()


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def watch_closely() -> None:
    with told_to_the_person():
        watch()


engine = house().studio.engine
st.title("Paint something")
form, result = st.columns([2, 3], gap="large")
with form, st.form("generate", border=False):
    prompt = st.text_area(
        "What do you want to see?", height=130, key="prompt", persist_state="session",
        placeholder="a lighthouse on a cliff at dusk, calm sea, first stars",
    )  # fmt: skip
    size = st.selectbox(
        "Size", engine.capabilities.sizes, format_func=lambda size: f"{size[0]} × {size[1]}", key="size",
        persist_state="session",
    )  # fmt: skip
    count = st.segmented_control(
        "Pictures", list(range(1, engine.capabilities.most_pictures + 1)), default=1, required=True, key="count",
        persist_state="session",
    )  # fmt: skip
    seed_text = st.text_input(
        "Seed", placeholder="a new one each time", key="seed", persist_state="session",
        help="The same prompt, size and seed give the same picture. Empty takes a new seed.",
    )  # fmt: skip
    pressed = st.form_submit_button(
        "Generate", icon=":material/brush:", type="primary", width="stretch",
        shortcut=None if on_phone() else "Ctrl+Enter",
    )  # fmt: skip
    st.caption(house().painted_by)
with result, told_to_the_person():
    if pressed:
        ask(prompt, size, count, seed_text)
    if WATCHED not in st.session_state:
        st.caption("Your picture appears here. You may leave meanwhile; it waits under My prompts.")
    elif pressed or st.session_state.get("painting"):
        watch_closely()
    else:
        watch_still()
