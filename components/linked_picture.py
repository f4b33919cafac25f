"""A picture that leads somewhere: a link to a page of ours, in the same tab, by mouse, finger and keyboard."""

from __future__ import annotations

import streamlit as st

from components import pictures

HTML = """<a data-page>
<img loading="lazy" decoding="async"><span class="missing"></span>
<span class="count" aria-hidden="true"><svg viewBox="0 0 24 24"><path
d="M8 4h10a2 2 0 0 1 2 2v10M4 8h10a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z"/></svg><b></b></span>
</a>"""
CSS = """
a { position: relative; display: block; aspect-ratio: 1; border-radius: var(--st-base-radius); overflow: hidden;
  background: var(--tint, var(--st-secondary-background-color)); color: var(--st-text-color); text-decoration: none }
a:not([href]) { visibility: hidden }
a:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 3px }
img { display: block; width: 100%; height: 100%; object-fit: cover }
@media (hover: hover) { a:hover img { filter: brightness(1.06) } }
.missing { position: absolute; inset: 0; display: grid; place-items: center; padding: 1rem; text-align: center;
  font: var(--st-base-font-size)/1.4 var(--st-font); background: var(--st-secondary-background-color) }
.count { position: absolute; top: .5rem; right: .5rem; display: flex; align-items: center; gap: .3rem;
  padding: .15rem .5rem .15rem .35rem; border-radius: 1rem; background: #14111ab8; color: #fff;
  font: 600 .8rem/1.4 var(--st-font) }
svg { width: 1rem; height: 1rem; fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round }
[hidden] { display: none }
"""
JS = """
export default ({ data, parentElement }) => {
  const find = name => parentElement.querySelector(name)
  const link = find("a"), img = find("img")
  link.href = data.href
  link.style.setProperty("--tint", data.tint)
  img.alt = data.alt
  img.hidden = !data.src
  if (data.src && img.src !== data.src) img.src = data.src
  find(".missing").hidden = !!data.src
  find(".missing").textContent = data.missing
  find(".count").hidden = data.count < 2
  find(".count b").textContent = data.count
}
"""
_PICTURE = st.components.v2.component("pentagram_linked_picture", html=HTML, css=CSS, js=JS)


def show(
    thumbnail_key: str,
    alt: str,
    *,
    to: str,
    key: str,
    known: dict[str, str] | None = None,
    tint: str = "",
    count: int = 1,
) -> None:
    """`to` is a page with its query: "post?id=...". Where there are more pictures behind it, `count` tells how many."""
    told = alt if count < 2 else f"{alt}. {count} pictures"
    _PICTURE(
        key=key,
        data={
            "href": to, "src": pictures.source(thumbnail_key, known), "alt": told, "tint": tint, "count": count,
            "missing": pictures.NOT_NOW,
        },
    )  # fmt: skip
