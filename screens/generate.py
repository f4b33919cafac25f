"""Write a prompt, watch it being painted, post it."""

from dataclasses import replace

import streamlit as st

from components import creation_tile, draft, prompt_form, session, start_picture, watching
from components.creation_tile import PAINTING, WATCHED
from components.house import house, told_to_the_person
from services.errors import NotFound
from services.studio.engines.base import Engine
from services.studio.studio import Options

LOOK_EVERY_SECONDS = 0.4
IMPROVED = "improved_prompt"


def choose_engine() -> Engine:
    engines = house().engines
    names = [engine.name for engine in engines]
    if st.session_state.get("engine") not in names:
        st.session_state["engine"] = engines.usual.name
    name = names[0]
    if len(names) > 1:
        name = st.selectbox(
            "Painted by", names, format_func=lambda name: engines.named(name).label, key="engine",
            persist_state="session",
        )  # fmt: skip
    st.caption(engines.choice(name).sentence)
    return engines.named(name)


def warn(engine: Engine) -> None:
    """Of an engine that does not answer, and admins of a budget that runs out."""
    breaker = house().breakers.get(engine.name)
    if breaker and (trouble := breaker.state()).state != "closed":
        st.warning(f"{engine.label} does not answer at the moment: {trouble.reason}", icon=":material/cloud_off:")
    viewer = session.viewer()
    if viewer and viewer.role == "admin" and (today := house().money.today()).is_near:
        st.warning(today.sentence, icon=":material/payments:")


def paint(prompt: str, seed: str, options: Options) -> None:
    by = session.require("paint a picture")
    options = replace(options, seed=prompt_form.parse_seed(seed))
    token = prompt_form.press_token((prompt, options))
    request = house().studio.request(prompt, options, by=by, token=token)
    creation_tile.watch(request)
    st.session_state[prompt_form.LAST_SEED] = request.creations[0].seed
    st.session_state.pop(IMPROVED, None)


def improve(prompt: str, turn: int = 0) -> None:
    session.require("improve a prompt")
    with st.spinner(f"Asking {house().writer.label}"):
        st.session_state[IMPROVED] = (prompt, turn, house().writer.improve(prompt, turn=turn))


def take_improved() -> None:
    *_, improved = st.session_state.pop(IMPROVED)
    st.session_state["prompt"] = improved.prompt


def show_improved() -> None:
    """The proposal beside what was written, and nothing of it taken before the person says so."""
    if IMPROVED not in st.session_state:
        return
    original, turn, improved = st.session_state[IMPROVED]
    with st.container(border=True):
        st.caption(f"{house().writer.label[:1].upper()}{house().writer.label[1:]} proposes:")
        st.text(improved.prompt)
        if improved.changes:
            st.caption(f"Added: {', '.join(improved.changes)}.")
        with st.container(horizontal=True):
            st.button("Use it", icon=":material/check:", type="primary", on_click=take_improved)
            if st.button("Another", icon=":material/refresh:"):
                improve(original, turn + 1)
                st.rerun()
            if st.button("Keep mine", icon=":material/close:"):
                del st.session_state[IMPROVED]
                st.rerun()


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
    watching.draw(request, viewer)
    if not request.is_unfinished and st.session_state.get(PAINTING):
        st.session_state[PAINTING] = False
        st.rerun()
    st.session_state[PAINTING] = request.is_unfinished


@st.fragment
def watch_still() -> None:
    with told_to_the_person():
        watch()


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def watch_closely() -> None:
    with told_to_the_person():
        watch()


draft.take_up()
st.title("Paint something")
form, result = st.columns([2, 3], gap="large")
pressed = None
with form, told_to_the_person():
    engine = choose_engine()
    warn(engine)
    start = start_picture.choose() if engine.capabilities.takes_image else None
    pressed = prompt_form.draw(engine, start)
    if pressed.action == "improve":
        improve(pressed.prompt)
    show_improved()
with result, told_to_the_person():
    if pressed and pressed.action == "generate":
        paint(pressed.prompt, pressed.seed, pressed.options)
    if WATCHED not in st.session_state:
        st.caption("Your picture appears here. You may leave meanwhile; it waits under My prompts.")
    elif st.session_state.get(PAINTING):
        watch_closely()
    else:
        watch_still()
