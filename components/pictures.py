"""Pictures on a page: an address that the browser fetches where there is one, else the bytes through the page."""

from __future__ import annotations

import base64
import logging
from urllib.parse import urlsplit

import streamlit as st

from components.house import house
from services.errors import ConfigurationError, NotFound, Unavailable

log = logging.getLogger(__name__)

NOWHERE = ""
NOT_NOW = "This picture cannot be shown just now."


def addresses(keys: list[str]) -> dict[str, str]:
    """Where the browser finds these pictures; one question for all of a screen's."""
    try:
        links = house().storage.links(keys)
    except (Unavailable, ConfigurationError) as error:
        log.warning("%s", error)
        return dict.fromkeys(keys, NOWHERE)
    here = base()
    return {
        key: link if not link.startswith("/") else f"{here}{link}"
        for key, link in links.items()
        if here or not link.startswith("/")
    }


def show(key: str, alt: str, known: dict[str, str] | None = None) -> None:
    address = (addresses([key]) if known is None else known).get(key)
    if address == NOWHERE:
        st.caption(NOT_NOW)
        return
    try:
        st.image(address or house().storage.get(key), alt=alt, width="stretch")
    except (NotFound, Unavailable):
        st.caption(NOT_NOW)


def source(key: str, known: dict[str, str] | None = None) -> str | None:
    """What a component of our own shows: the picture's address, or the picture itself; None where it is away."""
    address = (addresses([key]) if known is None else known).get(key)
    if address is not None:
        return address or None
    try:
        return as_address(house().storage.get(key))
    except (NotFound, Unavailable):
        return None


def as_address(file: bytes) -> str:
    return f"data:image/webp;base64,{base64.b64encode(file).decode()}"


def base() -> str | None:
    """The address of our own routes as the browser sees it; None where this process serves none."""
    url = st.context.url
    if not url or not house().serves_routes:
        return None
    parts = urlsplit(url)
    prefix = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{parts.scheme}://{parts.netloc}{f'/{prefix}' if prefix else ''}"
