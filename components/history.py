"""One's history on a page: what to look for in it, what is picked of it, the versions of a prompt, what it came to."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import Any
from uuid import UUID

import streamlit as st

from components import creation_tile, draft, pictures, post_dialog, words
from components.house import house, say_next, token, told_to_the_person
from components.post_dialog import Pair, alt
from services.community.accounts import Account
from services.community.collections import DEFAULT_TITLE, LONGEST_TITLE, Collection
from services.community.posts import MOST_PICTURES
from services.errors import UserError
from services.studio.history import LONGEST_SEARCH, MOST_AT_ONCE, Change, Filter, Show, Sort, Usage, Version
from services.studio.studio import Creation, Request

TEXT, SHOW, MODEL, SINCE, UNTIL, SORT = FILTERS = tuple(each.name for each in fields(Filter))
"""What the filters are called in the address; their widgets have the same keys."""
ADDRESS = "my_address"
"""In the tab's state: what the address said of the filters when it was last read or written."""
FIRST_DAY = date(2020, 1, 1)
PICKING, PICKED = "picking", "picked"
BAR = "picked-bar"
SHOWN: dict[Show, str] = {
    "all": "All prompts",
    "posted": "Posted",
    "not posted": "Not posted",
    "favourites": "Favourites",
    "failed": "Failed",
    "blocked": "Held back",
}
SORTED: dict[Sort, str] = {
    "best match": "Newest first",
    "oldest": "Oldest first",
    "best rated": "Best rated",
}
SORTED_FOUND: dict[Sort, str] = {**SORTED, "best match": "Best match", "newest": "Newest first"}
NEW_COLLECTION = "New collection"


# What to look for ----------------------------------------------------------------------------------------------------


def filters(by: Account) -> Filter:
    """As chosen, and as the address says: back, forward and reload find them again."""
    models = house().history.models(by=by)
    _take_from_address(models)
    st.text_input(
        "Search in your prompts", key=TEXT, type="search", placeholder="Search in your prompts",
        label_visibility="collapsed", max_chars=LONGEST_SEARCH,
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _choice("Show", SHOWN, SHOW, 150)
        _choice("Sort", _sorts(), SORT, 150)
        if len(models) > 1 and st.session_state.get(MODEL, "") in ("", *models):
            _choice("Painted by", {"": "All models"} | {model: model for model in models}, MODEL, 170)
        _days()
    wanted = _wanted()
    _put_into_address(wanted)
    return wanted


def _choice(label: str, options: Mapping[Any, str], key: str, width: int) -> None:
    st.selectbox(
        label, list(options), format_func=lambda option: options[option], key=key, label_visibility="collapsed",
        width=width,
    )  # fmt: skip


def _sorts() -> dict[Sort, str]:
    """Only what is looked for can match better or worse."""
    if st.session_state[TEXT].strip():
        return SORTED_FOUND
    if st.session_state.get(SORT) == "newest":
        st.session_state[SORT] = "best match"
    return SORTED


def like_it(wanted: Filter, by: Account) -> list[UUID]:
    """What means the same as the text that is looked for, or has its words; nothing where it asks for nothing."""
    try:
        return house().search.own(wanted.text, by=by) if wanted.text else []
    except UserError:
        return []


def _days() -> None:
    since, until = st.session_state[SINCE], st.session_state[UNTIL]
    today = house().clock.now().date()
    with st.popover(_span(since, until), icon=":material/calendar_today:", key="days"):
        st.date_input("From", None, min_value=FIRST_DAY, max_value=today, key=SINCE, format="YYYY-MM-DD")
        st.date_input("To", None, min_value=FIRST_DAY, max_value=today, key=UNTIL, format="YYYY-MM-DD")


def _span(since: date | None, until: date | None) -> str:
    if since and until:
        return f"{_short(since)} to {_short(until)}" if since != until else _short(since)
    return f"From {_short(since)}" if since else f"To {_short(until)}" if until else "Any day"


def _short(day: date) -> str:
    return f"{day:%d %b %Y}".lstrip("0")


def _wanted() -> Filter:
    chosen = {name: st.session_state[name] for name in FILTERS if name in st.session_state}
    return Filter(**chosen | {TEXT: chosen[TEXT].strip()})


def _take_from_address(models: Sequence[str]) -> None:
    """When the page is entered, and when the address changed though nobody touched a filter: by back and forward."""
    says = {name: st.query_params[name] for name in FILTERS if name in st.query_params}
    before = st.session_state.get(ADDRESS)
    # Without the first of the widgets the last run broke off before it drew them, and what they held is lost.
    begins = before is None or st.session_state["entered"] or TEXT not in st.session_state
    if begins or (says != before and _say(_wanted()) == before):
        _show_filter(_read(says, models))
        st.session_state[ADDRESS] = says


def _put_into_address(wanted: Filter) -> None:
    says = _say(wanted)
    if says != st.session_state[ADDRESS]:
        others = {name: st.query_params.get_all(name) for name in st.query_params if name not in FILTERS}
        st.query_params.from_dict(others | says)
        st.session_state[ADDRESS] = says


def _show_filter(wanted: Filter) -> None:
    st.session_state.update(asdict(wanted))


def clear_filters() -> None:
    """As a callback: before the widgets are drawn."""
    _show_filter(Filter())


def _read(says: Mapping[str, str], models: Sequence[str]) -> Filter:
    """What of it can be meant: anybody may write anything into an address."""
    show, sort, model = says.get(SHOW), says.get(SORT), says.get(MODEL)
    return Filter(
        text=says.get(TEXT, "")[:LONGEST_SEARCH],
        show=next((known for known in SHOWN if known == show), "all"),
        model=model if model in models else "",
        since=_day(says.get(SINCE, "")),
        until=_day(says.get(UNTIL, "")),
        sort=next((known for known in SORTED_FOUND if known == sort), "best match"),
    )


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= house().clock.now().date() else None


def _say(wanted: Filter) -> dict[str, str]:
    """Only what is chosen."""
    usual = asdict(Filter())
    return {name: str(value) for name, value in asdict(wanted).items() if value != usual[name]}


# What is picked ------------------------------------------------------------------------------------------------------


def picked() -> dict[UUID, UUID]:
    """The pictures picked, in the order in which they were, each with its request."""
    return st.session_state.setdefault(PICKED, {})


def is_picking() -> bool:
    return bool(st.session_state.get(PICKING))


def start_picking() -> None:
    st.session_state[PICKING] = True


def stop_picking() -> None:
    st.session_state[PICKING] = False
    for creation_id in picked():
        st.session_state.pop(_box(creation_id), None)
    picked().clear()


def pickable(request: Request, creation: Creation, by: Account, known: dict[str, str]) -> None:
    """A picture with a box to tick, instead of all that else can be done with it."""
    with st.container(border=True, gap="xsmall", key=f"tile-{creation.id}"):
        creation_tile.face(request, creation, by, known)
        if not creation.is_unfinished:
            st.session_state.setdefault(_box(creation.id), creation.id in picked())
            st.checkbox(
                "Pick, is posted" if creation.post_id else "Pick", key=_box(creation.id), on_change=_tick,
                args=(creation.id, request.id),
            )  # fmt: skip


def _box(creation_id: UUID) -> str:
    return f"pick-{creation_id}"


def _tick(creation_id: UUID, request_id: UUID) -> None:
    if st.session_state.get(_box(creation_id)):
        picked()[creation_id] = request_id
    else:
        picked().pop(creation_id, None)
    st.rerun(BAR)


def _pick_all(shown: Callable[[], Sequence[UUID]]) -> None:
    creation_tile.heard(lambda by: _pick(house().studio.of_ids(shown(), by=by)))
    st.rerun()


def _pick(requests: Sequence[Request]) -> None:
    for request in requests:
        for creation in request.creations:
            if len(picked()) < MOST_AT_ONCE and not creation.is_unfinished:
                picked()[creation.id] = request.id
                st.session_state[_box(creation.id)] = True


def _done() -> None:
    stop_picking()
    st.rerun()


def bar(by: Account, shown: Callable[[], Sequence[UUID]]) -> None:
    """What can be done with all that is picked: at the bottom of the window, wherever the page is scrolled to."""
    there = {creation.id for _, creation in _pairs(by)}
    for gone in picked().keys() - there:
        del picked()[gone]
    with st.bottom, st.container(border=True):
        _bar(by, shown)


@st.fragment(key=BAR)
def _bar(by: Account, shown: Callable[[], Sequence[UUID]]) -> None:
    with told_to_the_person(), st.container(horizontal=True, vertical_alignment="center", gap="small"):
        none = not picked()
        st.markdown(f"**{len(picked())}** picked", width="content")
        if st.button("Post", key="picked-post", icon=":material/send:", type="primary", disabled=none):
            _post(_pairs(by), by)
        chosen = st.menu_button("More", list(MORE), key="picked-more", type="tertiary", disabled=none)
        if chosen:
            MORE[chosen](_pairs(by), by)
        st.space("stretch")
        st.button("All", key="pick-all", type="tertiary", on_click=_pick_all, args=(shown,), help="All on this page")
        st.button("Done", key="pick-done", type="tertiary", on_click=_done)


def _pairs(by: Account) -> list[Pair]:
    """What is picked and still there, in its order."""
    requests = house().studio.of_ids(list(dict.fromkeys(picked().values())), by=by)
    there = {creation.id: (request, creation) for request in requests for creation in request.creations}
    return [there[creation_id] for creation_id in picked() if creation_id in there]


def _ready(pairs: Sequence[Pair]) -> list[Pair]:
    return [pair for pair in pairs if pair[1].state == "ready"]


def _post(pairs: Sequence[Pair], by: Account) -> None:
    ready = _ready(pairs)
    if 1 <= len(ready) <= MOST_PICTURES:
        post_dialog.ask(ready, by)
    else:
        st.toast(f"A post has 1 to {MOST_PICTURES} finished pictures.", icon=":material/info:")


@st.dialog("Add to a collection", icon=":material/bookmark_add:")
def _collect(pairs: Sequence[Pair], by: Account) -> None:
    with told_to_the_person():
        posts = list(dict.fromkeys(creation.post_id for _, creation in pairs if creation.post_id))
        left_out = sum(creation.post_id is None for _, creation in pairs)
        if not posts:
            st.write("Collections keep posts. Post these pictures first, and they can be added here.")
            return
        if left_out:
            st.caption(f"Collections keep posts: {words.counted(left_out, 'picture')} that you have not posted "
                       f"{'is' if left_out == 1 else 'are'} left out.")  # fmt: skip
        board, title = _board(by)
        if st.button("Add", key="collect-now", type="primary", icon=":material/bookmark_add:", width="stretch"):
            _add(posts, by, board, title)


def _board(by: Account) -> tuple[UUID | None, str]:
    """The collection chosen, None for the one that stars save to, and the title of a new one if that is wanted."""
    boards = house().collections.mine(by=by)
    kept = next((board for board in boards if board.is_default), None)
    offered: list[Collection | str] = [kept or DEFAULT_TITLE, *(b for b in boards if b is not kept), NEW_COLLECTION]
    chosen = st.selectbox(
        "Collection", offered, format_func=lambda board: board if isinstance(board, str) else board.title
    )
    title = st.text_input("Title", max_chars=LONGEST_TITLE) if chosen == NEW_COLLECTION else ""
    return (None if isinstance(chosen, str) else chosen.id), ("" if chosen != NEW_COLLECTION else title or " ")


def _add(posts: Sequence[UUID], by: Account, board: UUID | None, title: str) -> None:
    if title:
        board = house().collections.create(title, by=by, token=token()).id
    for post_id in reversed(posts):
        house().collections.save(post_id, by=by, collection_id=board)
    say_next(f"{words.counted(len(posts), 'post')} added.", "bookmark_added")
    st.rerun()


@st.dialog("Download", icon=":material/download:")
def _download(pairs: Sequence[Pair], by: Account) -> None:
    del by
    ready = _ready(pairs)
    if not ready:
        st.write("None of these is a finished picture.")
        return
    with_prompt = creation_tile.with_prompt_inside()
    st.download_button(
        f"Save {words.counted(len(ready), 'picture')} as a zip", lambda: zipped(ready, with_prompt=with_prompt),
        file_name="pentagram.zip", mime="application/zip", icon=":material/folder_zip:", type="primary",
        width="stretch", on_click="ignore",
    )  # fmt: skip


def zipped(pairs: Sequence[Pair], *, with_prompt: bool) -> bytes:
    """Their files under names that tell them apart, in order. Runs while the page does not."""
    file = io.BytesIO()
    # Pictures do not get smaller by being packed.
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for number, (request, creation) in enumerate(pairs, 1):
            name = _slug(request.prompt) if with_prompt else "pentagram"
            archive.writestr(
                f"{number:03}-{name}-{creation.seed}.webp", creation_tile.file_of(creation, with_prompt=with_prompt)
            )
    return file.getvalue()


def _slug(prompt: str) -> str:
    return "-".join(re.findall(r"\w+", prompt.lower()))[:60].strip("-") or "pentagram"


def _delete(pairs: Sequence[Pair], by: Account) -> None:
    creation_tile.ask_to_delete([creation.id for _, creation in pairs], by)


MORE: dict[str, Callable[[Sequence[Pair], Account], None]] = {
    "Add to collection": _collect,
    "Download": _download,
    "Delete": _delete,
}


# Versions of a prompt ------------------------------------------------------------------------------------------------


@st.dialog("Versions of this prompt", icon=":material/history:", width="medium")
def show_versions(request: Request, by: Account) -> None:
    """The thread of prompts that this one is part of, and what each changed."""
    with told_to_the_person():
        versions = house().history.versions(request.id, by=by)
        known = creation_tile.addresses(*(version.request for version in versions))
        numbers = {version.request.id: number for number, version in enumerate(versions, 1)}
        for version in versions:
            _version(version, numbers, by, known, is_this=version.request.id == request.id)
        if len(versions) == 1:
            st.caption("The only version so far. Edit the prompt, and the new one appears here beside it.")


def _version(version: Version, numbers: dict[UUID, int], by: Account, known: dict[str, str], *, is_this: bool) -> None:
    request = version.request
    with st.container(border=True, gap="small"):
        when = words.ago(request.created_at, house().clock.now())
        origin = numbers.get(request.parent_id) if request.parent_id else None
        came = f" · from version {origin}" if origin and origin != numbers[request.id] - 1 else ""
        st.caption(f"Version {numbers[request.id]} · {when}{came}{' · **this one**' if is_this else ''}")
        _prompt(version)
        ready = [creation for creation in request.creations if creation.thumbnail_key]
        with st.grid("auto", min_column_width=90, gap="xsmall"):
            for creation in ready:
                pictures.show(str(creation.thumbnail_key), alt(request, by), known)
        if st.button("Go on from here", key=f"version-{request.id}", icon=":material/edit:", type="tertiary"):
            draft.from_request(request)


def _prompt(version: Version) -> None:
    if all(change.kind == "same" for change in version.changes):
        st.text(version.request.prompt)
        if version.changes:
            st.caption("The same words, painted again.")
    else:
        st.markdown(changed(version.changes))


def changed(changes: Sequence[Change]) -> str:
    """In Markdown: what was lost struck through, what was gained in bold, and every word as it was typed."""
    return " ".join(MARKED[change.kind].format(words.plain(change.words)) for change in changes)


MARKED = {"same": "{}", "lost": ":red[~~{}~~]", "gained": ":green[**{}**]"}


# What it came to -----------------------------------------------------------------------------------------------------


@st.fragment
def usage(by: Account) -> None:
    """This month's pictures, GPU time and cost; asked for only where somebody looks."""
    box = st.expander("Usage this month", key="usage", icon=":material/bar_chart:", type="compact", on_change="rerun")
    if box.open:
        with told_to_the_person(), box:
            _charts(house().history.usage(by=by))


def _charts(usage: Usage) -> None:
    gpu_seconds = sum(day.gpu_seconds for day in usage.days)
    with st.grid(2, min_column_width=260):
        _chart("Pictures", f"{usage.pictures:,}", {day.day: day.pictures for day in usage.days})
        if gpu_seconds or usage.cost_usd:
            _chart("Cost", f"${usage.cost_usd:,.2f}", {day.day: float(day.cost_usd) for day in usage.days})
    painted = (
        f"{words.duration(gpu_seconds)} of GPU time." if gpu_seconds else "Painting on this machine costs nothing."
    )
    st.caption(f"{painted} Days are from midnight to midnight UTC.")


def _chart(label: str, total: str, by_day: Mapping[date, float]) -> None:
    with st.container(gap="xsmall"):
        st.metric(label, total)
        st.bar_chart(
            {"Day": list(by_day), label: list(by_day.values())}, x="Day", y=label, x_label="", y_label="",
            color="primary", height=160, alt=f"{label} by day, {total} this month",
        )  # fmt: skip
