"""All that I asked for, with the pictures it gave: found again, kept, rated, posted, and thrown away."""

from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from components import creation_tile, history, lists, session, words
from components.creation_tile import heard
from components.house import house, say_what_was_left, told_to_the_person
from services.errors import NotFound
from services.studio import styles
from services.studio.history import Filter
from services.studio.studio import PAGE, Request

LOOK_EVERY_SECONDS = 1.0
SHOWN, LOADED = "my_shown", "my_loaded"
LONGEST_SHOWN = 320
COME_BACK_FROM = (*lists.DEEPER, "generate")

viewer = session.require("see your prompts")


@dataclass
class Shown:
    """The requests on the page. By their ids and not by what the filter finds now: what is done to one of them, or is
    painted meanwhile, moves none of the others."""

    wanted: Filter
    like_it: list[UUID]
    ids: list[UUID]
    next: str | None

    def show_more(self, limit: int = PAGE) -> None:
        page = house().history.page(by=viewer, wanted=self.wanted, like_it=self.like_it, after=self.next, limit=limit)
        self.ids += [request.id for request in page.items if request.id not in self.ids]
        self.next = page.next


def shown_now(wanted: Filter) -> Shown:
    """Anew when the page is entered; as much as there was, when somebody comes back to it."""
    before: Shown | None = st.session_state.get(SHOWN)
    if before is not None and before.wanted != wanted:
        before = None
    if before is not None and not st.session_state["entered"]:
        return before
    came_back = before is not None and st.session_state["came_from"] in COME_BACK_FROM
    shown = Shown(wanted, history.like_it(wanted, viewer), [], None)
    shown.show_more(max(PAGE, len(before.ids)) if before is not None and came_back else PAGE)
    st.session_state[SHOWN] = shown
    return shown


def load(ids: list[UUID]) -> list[Request]:
    """Together; it is what each card draws first."""
    requests = house().studio.of_ids(ids, by=viewer)
    known = creation_tile.addresses(*requests)
    st.session_state[LOADED] = {request.id: (request, known) for request in requests}
    return requests


def fresh(request_id: UUID) -> tuple[Request, dict[str, str]]:
    if loaded := st.session_state[LOADED].pop(request_id, None):
        return loaded
    try:
        request = house().studio.watch(request_id, by=session.require("see your prompts"))
    except NotFound:
        # Its last picture was deleted in another tab.
        st.rerun()
    return request, creation_tile.addresses(request)


def card(request_id: UUID, *, looks: bool) -> None:
    """Drawn anew by itself: what is done to one prompt leaves the page as it is."""
    with told_to_the_person():
        say_what_was_left()
        request, known = fresh(request_id)
        about(request)
        with st.grid(4, min_column_width=200):
            for creation in request.creations:
                if history.is_picking():
                    history.pickable(request, creation, viewer, known)
                else:
                    creation_tile.tile(request, creation, viewer, known)
        if looks and not request.is_unfinished:
            st.rerun()


def about(request: Request) -> None:
    """The whole of a long prompt is under Versions."""
    with st.container(gap=None):
        st.text(words.first_line(request.prompt, LONGEST_SHOWN))
        what_to_do(request)


def what_to_do(request: Request) -> None:
    style = styles.BY_ID.get(request.style)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        when = words.ago(request.created_at, house().clock.now())
        st.caption(" · ".join(filter(None, [when, style and style.title])), width="content")
        if history.is_picking():
            return
        st.button(
            ":primary[:material/star: **Favourite**]" if request.favourite else ":material/star: Favourite",
            key=f"keep-{request.id}", type="tertiary", on_click=keep, args=(request,),
        )  # fmt: skip
        if st.button("Run again", key=f"rerun-{request.id}", icon=":material/refresh:", type="tertiary"):
            creation_tile.ask_again(request, viewer)
        if st.button("Versions", key=f"versions-{request.id}", icon=":material/history:", type="tertiary"):
            history.show_versions(request, viewer)


def keep(request: Request) -> None:
    heard(lambda by: house().history.keep(request.id, by=by, favourite=not request.favourite))


def invite() -> None:
    st.write("Every prompt you write is kept here, with its pictures.")
    st.page_link("screens/generate.py", label="Paint your first picture", icon=":material/brush:")


def nothing_matches() -> None:
    st.write("None of your prompts is like that.")
    st.button("Clear the filters", icon=":material/filter_alt_off:", on_click=history.clear_filters)


# No fragment round them all: one within another leaves a page blank when somebody presses twice.
def cards(requests: list[Request]) -> None:
    for request in requests:
        with st.container(key=f"request-{request.id}", gap="small"):
            looks = request.is_unfinished
            st.fragment(card, run_every=LOOK_EVERY_SECONDS if looks else None)(request.id, looks=looks)
            st.divider()


def show_more(after: str) -> None:
    """What comes after this; a press too many finds it there already."""
    shown: Shown = st.session_state[SHOWN]
    if shown.next == after:
        heard(lambda _: shown.show_more())


with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    st.title("My prompts", width="content")
    if not history.is_picking():
        st.button("Select", icon=":material/checklist:", type="tertiary", on_click=history.start_picking)
with told_to_the_person():
    house().search.prepare()
    wanted = history.filters(viewer)
    history.usage(viewer)
    with st.skeleton(height=400):
        shown = shown_now(wanted)
        requests = load(shown.ids)
    if not shown.ids and wanted == Filter():
        invite()
    elif not shown.ids:
        nothing_matches()
    cards(requests)
    if shown.next:
        st.button(
            "Show more", icon=":material/expand_more:", width="stretch", on_click=show_more, args=(shown.next,)
        )  # fmt: skip
    if history.is_picking():
        history.bar(viewer, lambda: st.session_state[SHOWN].ids)
