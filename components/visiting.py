"""Somebody who looks round without an account: what this tab remembers of them, for For you alone."""

from __future__ import annotations

import streamlit as st

from components import session
from components.house import house, say_next
from services.community.accounts import Account
from services.discovery.recommendations.memory import Visitor
from services.platform.afterwards import afterwards

VISITOR = "visitor"


def visitor() -> Visitor:
    return st.session_state.setdefault(VISITOR, Visitor())


def carry_over(account: Account) -> None:
    """Whoever makes an account takes along what their tab has learned."""
    learned: Visitor | None = st.session_state.pop(VISITOR, None)
    if learned is None:
        return
    afterwards(house().learning.adopt, learned, by=account)
    if learned.interests or learned.unwanted:
        say_next("What this tab has learned stays: you find it under My interests.", "interests")


def somebody() -> Account | Visitor:
    """Who sits in front of the screen, signed in or not."""
    return session.viewer() or visitor()
