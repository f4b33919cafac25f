"""Bringing along what one has elsewhere, and taking with one what is here: asked for, watched and fetched."""

from __future__ import annotations

import streamlit as st

from components import session, words
from components.house import house, say_next, told_to_the_person
from services.community.accounts import Account
from services.errors import NotFound
from services.transfer.exporting import Export
from services.transfer.importing import LARGEST_BYTES, Import, Item

LOOK_EVERY_SECONDS = 1.0
TYPES = ["zip", "png", "jpg", "jpeg", "webp", "jsonl", "ndjson"]
UPLOADS = "import_uploads"
SHOWN_AT_FIRST = 3
LEFT_OUT = {"skipped": "Left out", "failed": "Failed"}
MEGABYTE = 1_000_000


# Export --------------------------------------------------------------------------------------------------------------


def export(by: Account) -> None:
    st.header("Export", anchor=False)
    st.caption(
        "One zip with all that is yours here: prompts, pictures, posts, comments, likes, collections and settings. "
        "Another installation of Pentagram can import it."
    )
    latest = next(iter(house().exporting.mine(by=by)), None)
    _watched(_export, is_unfinished=latest is not None and latest.is_unfinished)


def _export(*, looks: bool) -> None:
    with told_to_the_person():
        by = session.require("see your account")
        latest = next(iter(house().exporting.mine(by=by)), None)
        if latest is not None:
            _state_of_export(latest, by)
        if latest is None or not latest.is_unfinished:
            st.button(
                "Make an archive" if latest is None else "Make a new archive", key="export",
                icon=":material/archive:", on_click=_begin_export,
            )  # fmt: skip
        if looks and latest is not None and not latest.is_unfinished:
            st.rerun()


def _begin_export() -> None:
    if by := session.viewer():
        house().exporting.begin(by=by)
    st.rerun()


def _state_of_export(latest: Export, by: Account) -> None:
    if latest.is_unfinished:
        st.progress(_share(latest.done, latest.total), text=_how_far("Packing", latest.done, latest.total))
        if latest.note:
            st.caption(latest.note)
    elif latest.state == "failed":
        st.warning(latest.note, icon=":material/info:")
    elif latest.expires_at is None or latest.expires_at <= house().clock.now():
        st.caption("The last archive is not kept any more.")
    else:
        st.download_button(
            f"Download ({latest.bytes / MEGABYTE:,.1f} MB)", lambda: house().exporting.open(latest.id, by=by),
            file_name=f"pentagram-{by.name}.zip", mime="application/zip", icon=":material/download:", type="primary",
            on_click="ignore",
        )  # fmt: skip
        left = (latest.expires_at - house().clock.now()).total_seconds()
        st.caption(f"Made {words.ago(latest.ready_at or latest.started_at, house().clock.now())}, kept for another "
                   f"{max(1, round(left / words.HOUR))} h.")  # fmt: skip


# Import --------------------------------------------------------------------------------------------------------------


def bring_along(by: Account) -> None:
    st.header("Import", anchor=False)
    st.caption(
        "A zip of pictures, whose prompts are read where they hold any (AUTOMATIC1111, ComfyUI, InvokeAI and "
        "Pentagram), an archive made here, or lines of JSON with a prompt each. What you have already is left out."
    )
    _choose(by)
    unfinished = any(each.is_unfinished for each in house().importing.mine(by=by))
    _watched(_imports, is_unfinished=unfinished)


def _choose(by: Account) -> None:
    # A field of its own after each file, or it would still hold the one that was brought along.
    number = st.session_state.setdefault(UPLOADS, 0)
    file = st.file_uploader(
        "A file from this device", TYPES, key=f"import-{number}", max_upload_size=LARGEST_BYTES // 1024**2
    )
    private = st.toggle("Only for me", help="Posts are private then. You can change that for each of them later.")
    if st.button("Import", icon=":material/upload:", type="primary", disabled=file is None) and file is not None:
        with st.spinner("Keeping the file"):
            house().importing.begin(file.name, file, by=by, private=private)
        st.session_state[UPLOADS] += 1
        say_next("It comes in while you do something else.", "upload")
        st.rerun()


def _imports(*, looks: bool) -> None:
    with told_to_the_person():
        by = session.require("see your account")
        found = house().importing.mine(by=by)
        for each in found[:SHOWN_AT_FIRST]:
            _import(each, by)
        if len(found) > SHOWN_AT_FIRST:
            with st.expander(f"{len(found) - SHOWN_AT_FIRST} earlier ones"):
                for each in found[SHOWN_AT_FIRST:]:
                    _import(each, by)
        if looks and not any(each.is_unfinished for each in found):
            st.rerun()


def _import(each: Import, by: Account) -> None:
    with st.container(border=True, gap="xsmall", key=f"imported-{each.id}"):
        st.text(each.name)
        ended = each.done + each.skipped + each.failed
        if each.is_unfinished:
            st.progress(_share(ended, each.total), text=_how_far("Bringing along", ended, each.total))
        else:
            st.caption(f"{_outcome(each)} · {words.ago(each.started_at, house().clock.now())}")
        if each.note:
            st.caption(each.note)
        with st.container(horizontal=True, gap="small"):
            if each.is_unfinished and st.button(
                "Call off", key=f"call-off-{each.id}", icon=":material/close:", type="tertiary"
            ):  # fmt: skip
                house().importing.cancel(each.id, by=by)
                st.rerun(scope="fragment")
            if each.skipped + each.failed and st.button(
                "What did not come in", key=f"left-out-{each.id}", icon=":material/list:", type="tertiary"
            ):  # fmt: skip
                _left_out(each, by)


def _outcome(each: Import) -> str:
    if each.state == "failed":
        return "Failed"
    parts = [f"{each.done:,} came in"]
    parts += [f"{each.skipped:,} left out"] if each.skipped else []
    parts += [f"{each.failed:,} failed"] if each.failed else []
    return ("Called off: " if each.state == "cancelled" else "") + ", ".join(parts)


@st.dialog("What did not come in", icon=":material/list:")
def _left_out(each: Import, by: Account) -> None:
    with told_to_the_person():
        for state, title in LEFT_OUT.items():
            try:
                page = house().importing.items(each.id, by=by, state=state)
            except NotFound:
                st.write("This import is not remembered any more.")
                return
            if page.items:
                st.markdown(f"**{title}**")
                _reasons(page.items, more=page.next is not None)


def _reasons(items: list[Item], *, more: bool) -> None:
    for item in items:
        with st.container(gap=None):
            st.text(words.first_line(item.name))
            st.caption(words.plain(item.reason))
    if more:
        st.caption("And more.")


# Both ----------------------------------------------------------------------------------------------------------------


def _watched(draw, *, is_unfinished: bool) -> None:  # type: ignore[no-untyped-def]
    """Drawn again and again while something is under way."""
    st.fragment(draw, run_every=LOOK_EVERY_SECONDS if is_unfinished else None)(looks=is_unfinished)


def _share(done: int, total: int) -> float:
    return min(1.0, done / total) if total else 0.0


def _how_far(doing: str, done: int, total: int) -> str:
    return f"{doing}: {done:,} of {total:,}" if total else f"{doing}: looking what there is"
