"""What people said, as they typed it: nothing in it means anything but whom it mentions and what it is tagged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol
from urllib.parse import quote, urlencode

import streamlit as st

from components import people, pictures, words
from services.community.posts import mentions

MENTION = re.compile(r"(?<![\w.@/])@([a-z0-9_.]{3,30})(?![\w@])", re.IGNORECASE | re.ASCII)
TAG = re.compile(r"(?<![\w/#&])#([^\W_][\w-]{0,49})(?![\w#])")
LINK = re.compile(f"{MENTION.pattern}|{TAG.pattern}", re.IGNORECASE)

HTML = """<div class="said"><img class="face" alt="" decoding="async"><div>
<p class="head"><a class="name" data-page></a>
<span class="badge"><span class="icon" translate="no" aria-hidden="true">smart_toy</span><b class="mark"></b></span>
<span class="when"></span></p>
<p class="text" dir="auto"></p></div></div>
"""
CSS = """
p { margin: 0; color: var(--st-text-color); font: var(--st-base-font-size)/1.55 var(--st-font);
  overflow-wrap: anywhere }
.said { display: flex; gap: .6rem }
.said > div { flex: 1; min-width: 0 }
.alone { align-items: center }
.face { flex: none; width: var(--face); height: var(--face); border-radius: 50%; object-fit: cover;
  background: var(--st-secondary-background-color) }
.text { white-space: pre-wrap; unicode-bidi: plaintext }
.head { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 .5rem }
.name { color: inherit; font-weight: 600 }
.mark { font-weight: inherit }
.badge { padding: 0 .35rem; border-radius: .4rem; font-size: .875em; color: var(--st-violet-text-color);
  background: var(--st-violet-background-color) }
.icon { display: inline-block; width: 1.15em; overflow: hidden; white-space: nowrap; margin-right: .25rem;
  font: 1.1em/1 "Material Symbols Rounded"; vertical-align: -.15em }
.when { font-size: .875em; opacity: .75 }
a { color: var(--st-link-color); text-decoration: none; border-radius: .2rem }
a:hover { text-decoration: underline }
.deed .text a { font-weight: 600 }
a:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px }
[hidden] { display: none }
"""
# Text nodes only: whatever somebody typed never becomes markup.
JS = """
export default ({ data, parentElement }) => {
  const find = name => parentElement.querySelector(name)
  const { by, pieces } = data
  for (const part of [".head", ".face"]) find(part).hidden = !by
  find(".said").classList.toggle("alone", !pieces.length)
  find(".said").classList.toggle("deed", !!data.deed)
  if (by) {
    find(".said").style.setProperty("--face", `${by.size}px`)
    if (find(".face").src !== by.face) find(".face").src = by.face
    find(".name").textContent = by.name
    find(".name").href = by.to
    find(".badge").hidden = !by.badge
    find(".mark").textContent = by.badge
    find(".when").textContent = by.when
  }
  find(".text").hidden = !pieces.length
  find(".text").replaceChildren(...pieces.map(([text, to]) => {
    if (!to) return document.createTextNode(text)
    const link = document.createElement("a")
    link.textContent = text
    link.href = to
    link.dataset.page = ""
    return link
  }))
}
"""
_TEXT = st.components.v2.component("pentagram_linked_text", html=HTML, css=CSS, js=JS)


class Authored(Protocol):
    """A post or a comment."""

    @property
    def author(self) -> str: ...

    @property
    def author_kind(self) -> str: ...

    @property
    def author_avatar_key(self) -> str | None: ...

    @property
    def demo(self) -> bool: ...


def show(text: str, key: str) -> None:
    found = list(pieces(text))
    if any(to for _, to in found):
        _TEXT(key=key, data={"pieces": found})
    else:
        st.text(text)


def said(text: str, key: str, by: Authored, known: dict[str, str], *, when: str) -> None:
    """With who said it, marked where that is a resident, and when."""
    _TEXT(key=key, data={"pieces": list(pieces(text)), "by": _told(by, known, when, size=32)})


def signature(key: str, by: Authored, known: dict[str, str]) -> None:
    """Whose it is, in one line that leads to them."""
    _TEXT(key=key, data={"pieces": [], "by": _told(by, known, "", size=28)})


def did(said: list[tuple[str, str]], key: str, by: Authored, known: dict[str, str], *, when: str) -> None:
    """What somebody did, in pieces, each with the page that it leads to or nothing."""
    _TEXT(key=key, data={"pieces": said, "by": _told(by, known, when, size=32), "deed": True})


def _told(by: Authored, known: dict[str, str], when: str, *, size: int) -> dict[str, object]:
    return {
        "name": by.author, "to": _page(by.author, None), "badge": words.badge(by.author_kind, by.demo), "when": when,
        "face": _face(by, known), "size": size,
    }  # fmt: skip


def _face(by: Authored, known: dict[str, str]) -> str:
    source = pictures.source(by.author_avatar_key, known) if by.author_avatar_key else None
    return source or f"data:image/svg+xml,{quote(people.initial(by.author))}"


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text in order, each piece with the page that it leads to, or nothing."""
    known, begun = mentions(text), 0
    for found in LINK.finditer(text):
        name, tag = found.groups()
        word = found.group()
        if name is not None:
            word = word.rstrip(".")
            if word[1:].lower() not in known:
                continue
        yield text[begun : found.start()], ""
        begun = found.start() + len(word)
        yield word, _page(name and word[1:], tag)
    yield text[begun:], ""


def _page(name: str | None, tag: str | None) -> str:
    screen, what = ("person", name) if name is not None else ("tag", tag)
    return f"{screen}?{urlencode({'name': str(what).lower()})}"
