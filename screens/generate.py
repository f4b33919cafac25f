"""Write a prompt, watch it being painted, post it."""

import time
from dataclasses import replace

import streamlit as st

from components import creation_tile, decisions, draft, prompt_form, session, start_picture, watching, why
from components.creation_tile import PAINTING, WATCHED
from components.house import house, told_to_the_person
from services.community.accounts import Account
from services.errors import NotFound
from services.safety.verdicts import Refused
from services.studio.engines.base import Engine
from services.studio.studio import Options, Request

LOOK_EVERY_SECONDS = 0.1
"""Less than a look at an unfinished picture takes: one follows the other, and nothing happens in between unseen."""
WAIT_SECONDS = 1.0
SHORTEST_PAUSE_SECONDS = 0.04
ASK_SHARE = 0.05
"""Of the time that a picture took so far: it is asked after it this often, and seen at most so much later."""
REST_SECONDS = 0.2
"""Before the page is drawn anew without its watch: what is not sent to the browser yet would be taken back, and whoever
waits for a picture at the same time goes first. A press meanwhile is heard by the new page."""
IMPROVED = "improved_prompt"
WHOLE_PAGE = "draws_the_whole_page"
"""In the tab's state while all of the page is drawn, which nothing may hold up."""


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
    engine = engines.named(name)
    if st.session_state["entered"]:
        engine.warm()
    return engine


def warn(engine: Engine) -> None:
    """Of an engine that does not answer, whoever is suspended of that, and admins of a budget that runs out."""
    breaker = house().breakers.get(engine.name)
    if breaker and (trouble := breaker.state()).state != "closed":
        st.warning(f"{engine.label} does not answer at the moment: {trouble.reason}", icon=":material/cloud_off:")
    viewer = session.viewer()
    if viewer and (told := house().moderation.appeals.standing(by=viewer)).suspended_until:
        decisions.suspended(told)
        st.page_link("screens/account.py", label="Why, and how to appeal", query_params={"section": "Decisions"})
    if viewer and viewer.role == "admin" and (today := house().money.today()).is_near:
        st.warning(today.sentence, icon=":material/payments:")


def paint(prompt: str, seed: str, options: Options) -> None:
    by = session.require("paint a picture")
    options = replace(options, seed=prompt_form.parse_seed(seed))
    why.forget()
    try:
        # What it goes on from is taken up by the first press, and gone for the second half of a double click.
        with prompt_form.one_press((prompt, replace(options, parent_id=None))) as token:
            request = house().studio.request(prompt, options, by=by, token=token)
    except Refused as refused:
        why.keep(prompt, refused)
        return
    creation_tile.watch(request)
    st.session_state[prompt_form.LAST_SEED] = request.creations[0].seed
    for name in (IMPROVED, draft.PARENT):
        st.session_state.pop(name, None)


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


def watched(viewer: Account) -> Request:
    try:
        return house().studio.watch(st.session_state[WATCHED], by=viewer)
    except NotFound:
        # Its last picture was deleted, here or in another tab.
        del st.session_state[WATCHED]
        st.rerun()


def watch(viewer: Account) -> Request:
    request = watched(viewer)
    watching.draw(request, viewer)
    st.session_state[PAINTING] = request.is_unfinished
    return request


def ended(request: Request) -> int:
    return sum(not creation.is_unfinished for creation in request.creations)


def wait_for_a_picture(request: Request, viewer: Account) -> None:
    """And draw it at once. Not for long: a press in this fragment is heard afterwards."""
    until = time.monotonic() + WAIT_SECONDS
    pause = ASK_SHARE * (house().clock.now() - request.created_at).total_seconds()
    while time.monotonic() < until:
        time.sleep(min(max(pause, SHORTEST_PAUSE_SECONDS), WAIT_SECONDS))
        # The tab's state is read each time: that is where Streamlit lets a press elsewhere on the page go first.
        if WATCHED in st.session_state and ended(watched(viewer)) != ended(request):
            st.rerun(scope="fragment")


def look_on(*, closely: bool) -> None:
    with told_to_the_person():
        if (viewer := session.viewer()) is None:
            return
        request = watch(viewer)
        if not closely or st.session_state.pop(WHOLE_PAGE, False):
            return
        if request.is_unfinished:
            wait_for_a_picture(request, viewer)
        else:
            time.sleep(REST_SECONDS)
            st.rerun()


def look(*, closely: bool) -> None:
    """By itself again and again, if closely. It stays the same fragment when it ceases: a press on what the last look
    showed would else be meant for one that is there no more, and lost."""
    st.fragment(look_on, run_every=LOOK_EVERY_SECONDS if closely else None)(closely=closely)


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
    why.refused()
    if WATCHED not in st.session_state:
        st.caption("Your picture appears here. You may leave meanwhile; it waits under My prompts.")
    elif st.session_state.get(PAINTING):
        st.session_state[WHOLE_PAGE] = True
        look(closely=True)
    else:
        look(closely=False)
