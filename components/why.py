"""Why a prompt was refused or marked as sensitive, and what its author can do about that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from components import creation_tile, words
from components.house import house, say_next
from services.community.accounts import Account
from services.safety.policy import sentence
from services.safety.tries import AGAIN
from services.safety.verdicts import Refused, Verdict, called, grounds
from services.studio.studio import Request

REFUSED = "refused_prompt"
"""In the tab's state: the prompt that was refused last, until another one is asked for."""


@dataclass(frozen=True)
class _Kept:
    prompt: str
    verdict: Verdict
    asked: bool = False
    """Whether moderators were asked for a look at it."""


def keep(prompt: str, refused: Refused) -> None:
    st.session_state[REFUSED] = _Kept(prompt, refused.verdict)


def forget() -> None:
    st.session_state.pop(REFUSED, None)


def refused() -> None:
    """The last prompt that was not painted."""
    kept: _Kept | None = st.session_state.get(REFUSED)
    if kept is None:
        return
    with st.container(border=True, key="refused"):
        st.error(words.plain(kept.verdict.reason), icon=":material/block:")
        _about(kept.verdict.categories, kept.verdict.because)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.page_link("screens/policy.py", label="What the policy says", icon=":material/policy:", width="content")
            if _may_be_looked_at(kept):
                st.button("Ask for a look", icon=":material/gavel:", on_click=_ask_for_a_look, help=LOOK)


LOOK = "If you think that it is harmless: a moderator reads the prompt and tells you."


def marked(request: Request) -> None:
    """Of a request whose words are sensitive."""
    if request.sensitive_for:
        st.info(words.plain(sentence(request.sensitive_for[0], "sensitive")), icon=":material/visibility_off:")
        _about(request.sensitive_for, request.because)


def _about(categories: Sequence[str], because: Sequence[str]) -> None:
    about = "" if because == AGAIN else words.plain(grounds(because))
    st.caption(f"{about} In the policy: {', '.join(map(called, categories))}.")


def _may_be_looked_at(kept: _Kept) -> bool:
    """Nobody lets through what may sexualise a minor; and of one that only came again, the first one counts."""
    return not kept.asked and "minors" not in kept.verdict.categories and kept.verdict.because != AGAIN


def _ask_for_a_look() -> None:
    creation_tile.heard(_appeal)


def _appeal(by: Account) -> None:
    kept: _Kept = st.session_state[REFUSED]
    house().moderation.appeal_prompt(kept.prompt, by=by)
    st.session_state[REFUSED] = replace(kept, asked=True)
    say_next("Moderators look at it. You are told what they decide.", "gavel")
