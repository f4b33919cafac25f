"""Pictures that are only for whoever decides about them: blurred until asked, and never by an address that others could
open."""

from __future__ import annotations

import io

import streamlit as st
from PIL import Image, ImageFilter

from components import pictures
from components.house import house
from services.errors import NotFound, Unavailable

SIDE, DOTS = 240, 10
"""How wide a blurred one is, and of how many dots it is made: nothing can be told in it but light and dark."""


def show(thumbnail_key: str, alt: str, *, sharp: bool) -> None:
    try:
        file = house().storage.get(thumbnail_key)
    except (NotFound, Unavailable):
        st.caption(pictures.NOT_NOW)
        return
    if sharp:
        st.image(file, alt=alt, width="stretch")
    else:
        st.image(blurred(file), alt="A picture, blurred", width="stretch")


def blurred(file: bytes) -> Image.Image:
    with Image.open(io.BytesIO(file)) as image:
        dots = image.convert("RGB").resize((DOTS, max(1, DOTS * image.height // image.width)), Image.Resampling.BOX)
    wide = dots.resize((SIDE, max(1, SIDE * dots.height // dots.width)), Image.Resampling.BICUBIC)
    return wide.filter(ImageFilter.GaussianBlur(SIDE // DOTS))
