"""What is searched for, in the tab's state and in the address: a search can be shared, and Back finds it as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

import streamlit as st

from services.discovery.query import LONGEST_QUERY, with_condition, without_condition
from services.discovery.ranking import Sort

View = Literal["grid", "map"]

QUERY, LIKE, SORT, VIEW = WORDS = ("q", "like", "sort", "view")
"""What of it is called so in the address."""
ASKED, ADDRESS = "search_asked", "search_address"
"""And what the address said when it was last read or written here."""
TYPED = "search_typed"
"""What was typed since then. The box writes it into the address itself, in place of what stands there: each pause would
otherwise be a step back."""
PRESSED, TURN = "search_pressed", "search_turn"
"""Whether it was changed by something pressed, and how often by anything but the box, which then shows it."""
BY_PICTURE = "search_by_picture"
"""The file that is searched with, in place of words."""


@dataclass(frozen=True)
class Asked:
    query: str = ""
    like: str = ""
    """The id of a post that others are to be like."""
    sort: Sort = "relevance"
    view: View = "grid"

    @property
    def is_nothing(self) -> bool:
        return not self.query.strip() and not self.like


def asked() -> Asked:
    """Once in each run, before anything of the page is drawn."""
    says = {word: st.query_params[word] for word in WORDS if word in st.query_params}
    if ASKED not in st.session_state or st.session_state["entered"]:
        st.session_state.pop(PRESSED, None)
        _take_from_address(says)
    elif st.session_state.pop(PRESSED, False):
        _put_into_address(st.session_state[ASKED])
    elif says != st.session_state[ADDRESS] and not _is_typed(says):
        _take_from_address(says)
    return _now()


def turn() -> int:
    return int(st.session_state.get(TURN, 0))


def type_in(text: str) -> None:
    """What the box tells. As a callback, as all that follow."""
    if st.session_state.get(PRESSED):
        # It is told together with the press that one left the box for, which counts.
        return
    text = _legible(text)
    st.session_state[TYPED] = [*st.session_state.get(TYPED, []), text]
    st.session_state.pop(BY_PICTURE, None)
    st.session_state[ASKED] = replace(_now(), query=text, like="")


def search(query: str) -> None:
    _press(replace(_now(), query=query, like=""))


def search_with(picture: object) -> None:
    _press(Asked(view=_now().view))
    st.session_state[BY_PICTURE] = picture


def start_over() -> None:
    _press(Asked(view=_now().view))


def narrow(name: str, value: str) -> None:
    _press(replace(_now(), query=with_condition(_now().query, name, value)))


def widen(name: str, value: str) -> None:
    _press(replace(_now(), query=without_condition(_now().query, name, value)))


def sort_by(sort: Sort) -> None:
    _press(replace(_now(), sort=sort), keep_picture=True)


def look_as(view: View) -> None:
    _press(replace(_now(), view=view), keep_picture=True)


def _press(wanted: Asked, *, keep_picture: bool = False) -> None:
    if not keep_picture:
        st.session_state.pop(BY_PICTURE, None)
    st.session_state.update({ASKED: wanted, PRESSED: True, TURN: turn() + 1})


def _now() -> Asked:
    now: Asked = st.session_state.get(ASKED, Asked())
    return now


def _take_from_address(says: dict[str, str]) -> None:
    st.session_state.pop(BY_PICTURE, None)
    st.session_state.update({ASKED: _read(says), ADDRESS: says, TYPED: [], TURN: turn() + 1})


def _is_typed(says: dict[str, str]) -> bool:
    """Whether the box wrote that. Streamlit looks there only where its own last word was an address with nothing in it;
    by whatever else it says, somebody went back or followed a link."""
    return not st.session_state[ADDRESS] and any(says == _say(Asked(text)) for text in st.session_state[TYPED])


def _put_into_address(wanted: Asked) -> None:
    says = _say(wanted)
    others = {name: st.query_params.get_all(name) for name in st.query_params if name not in WORDS}
    st.query_params.from_dict(others | says)
    st.session_state.update({ADDRESS: says, TYPED: []})


def _read(says: Mapping[str, str]) -> Asked:
    """What of it can be meant: anybody may write anything into an address."""
    return Asked(
        query=_legible(says.get(QUERY, "")),
        like=says.get(LIKE, "")[:40],
        sort=next((known for known in get_args(Sort) if known == says.get(SORT)), "relevance"),
        view=next((known for known in get_args(View) if known == says.get(VIEW)), "grid"),
    )


def _say(wanted: Asked) -> dict[str, str]:
    """Only what is not as usual."""
    usual = Asked()
    told = {QUERY: wanted.query.strip(), LIKE: wanted.like, SORT: wanted.sort, VIEW: wanted.view}
    unsaid = {QUERY: usual.query, LIKE: usual.like, SORT: usual.sort, VIEW: usual.view}
    return {word: value for word, value in told.items() if value != unsaid[word]}


def _legible(text: str) -> str:
    """As an address can hold it: half a sign is none. Of too long a text enough stays to say that it is too long."""
    return text[: LONGEST_QUERY + 1].encode("utf-8", "replace").decode()
