"""What the form of the Generate page starts with when somebody comes to it from a picture."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import streamlit as st

from components import navigation
from services.community.posts import Post, Recipe
from services.studio.studio import Request

DRAFT = "draft"
START = "start_picture"
PARENT = "varied_request"
REMIX_OF = "remix_of"
"""The post that the next one is a remix of."""
TAKEN = "taken_upload"
"""What tells the file that was brought along last, so that a rerun does not bring it again."""
FIELDS = ("prompt", "style", "size", "negative", "guidance", "strength", "seed", "engine")
"""Keys of the form's widgets."""


@dataclass(frozen=True)
class Start:
    """A picture to start from: an upload of one's own, or a creation that one may see."""

    key: str
    """Of the file that is shown."""
    upload_id: UUID | None = None
    source_id: UUID | None = None


def from_request(request: Request, *, seed: int | None = None) -> None:
    """Go to the form with everything as it was asked for, and with a seed only where one is given."""
    st.session_state[DRAFT] = {
        "prompt": request.prompt,
        "style": request.style,
        "size": (request.width, request.height),
        "negative": request.negative,
        "guidance": request.options.get("guidance"),
        "strength": request.options.get("strength"),
        "seed": "" if seed is None else str(seed),
        "engine": request.engine,
        "count": len(request.creations),
        "fallback": request.fallback,
    }
    st.session_state[PARENT] = request.id
    st.session_state.pop(REMIX_OF, None)
    leave_out()
    if request.start_key is not None:
        st.session_state[START] = Start(request.start_key, request.upload_id, request.source_id)
    navigation.go("screens/generate.py")


def from_picture(creation_id: UUID, key: str, prompt: str | None) -> None:
    """Go to the form with this picture to start from."""
    for name in (PARENT, REMIX_OF):
        st.session_state.pop(name, None)
    st.session_state[START] = Start(key, source_id=creation_id)
    if prompt:
        st.session_state[DRAFT] = {"prompt": prompt}
    navigation.go("screens/generate.py")


def from_recipe(recipe: Recipe, post: Post) -> None:
    """Go to the form to make a remix of a post: with what its picture was made with, and from the picture itself. What
    shows there is its thumbnail, whose file tells no prompt."""
    st.session_state[DRAFT] = {
        "prompt": recipe.prompt,
        "style": recipe.style,
        "size": (recipe.width, recipe.height),
        "negative": recipe.negative,
        "guidance": recipe.guidance,
        "strength": recipe.strength,
        "seed": "",
        "engine": recipe.engine,
    }
    st.session_state.pop(PARENT, None)
    leave_out()
    st.session_state[START] = Start(post.thumbnail_key, source_id=recipe.creation_id)
    st.session_state[REMIX_OF] = post.id
    navigation.go("screens/generate.py")


def from_words(prompt: str) -> None:
    """Go to the form with this prompt, and nothing of what was made before."""
    for name in (PARENT, REMIX_OF):
        st.session_state.pop(name, None)
    leave_out()
    st.session_state[DRAFT] = {"prompt": prompt}
    st.switch_page("screens/generate.py")


def leave_out() -> None:
    """Start from no picture any more; the same one may be brought along again."""
    for name in (START, TAKEN):
        st.session_state.pop(name, None)


def take_up() -> None:
    """Fill the form's fields, before they are drawn."""
    for name, value in st.session_state.pop(DRAFT, {}).items():
        if value is None:
            st.session_state.pop(name, None)
        else:
            st.session_state[name] = value
