"""The way from a script run to the services."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from services import bootstrap
from services.bootstrap import Pentagram
from services.errors import ConfigurationError, Unavailable, UserError

log = logging.getLogger(__name__)
_starting = threading.Lock()

LEFT_TO_SAY = "left_to_say"


def house() -> Pentagram:
    """The one `Pentagram` of this process. Where no lifespan opened it, the first visitor does."""
    instance = bootstrap.pentagram()
    if not instance.serves_routes:
        with _starting:
            instance.start_worker()
    return instance


@contextmanager
def told_to_the_person() -> Iterator[None]:
    """The error boundary: what goes wrong inside is a sentence, and what nobody foresaw has a number besides."""
    try:
        yield
    except UserError as error:
        st.error(str(error), icon=":material/info:")
    except Unavailable as error:
        log.warning("%s", error)
        st.warning(str(error), icon=":material/cloud_off:")
    except ConfigurationError as error:
        log.error("%s", error)
        st.warning(f"Pentagram is not set up right: {error}", icon=":material/build:")
    except Exception:
        incident = secrets.token_hex(4)
        log.exception("Incident %s", incident)
        st.error(
            f"Something went wrong here (incident {incident}). Reload the page; if it stays, tell us that number.",
            icon=":material/error:",
        )


def say_next(sentence: str, icon: str) -> None:
    """Tell the person in the next run: a toast in this one would go with the rerun or page switch that follows."""
    st.session_state[LEFT_TO_SAY] = (sentence, f":material/{icon}:")


def say_what_was_left() -> None:
    if said := st.session_state.pop(LEFT_TO_SAY, None):
        st.toast(said[0], icon=said[1])


def token() -> str:
    """A fresh word for a form, by which a second press is known as the same."""
    return secrets.token_urlsafe(12)
