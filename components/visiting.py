"""Somebody who looks round without an account: what this tab remembers of them, for For you alone."""

from __future__ import annotations

import streamlit as st

from components import session
from services.community.accounts import Account
from services.discovery.recommendations.memory import Visitor

VISITOR = "visitor"


def visitor() -> Visitor:
    return st.session_state.setdefault(VISITOR, Visitor())


def somebody() -> Account | Visitor:
    """Who sits in front of the screen, signed in or not."""
    return session.viewer() or visitor()
