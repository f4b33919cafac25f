"""The pictures of a post, large: one as it is, several side by side to swipe, press or key through."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import pictures
from services.community.posts import PostPicture

HTML = """<div class="frame" role="group" aria-roledescription="carousel">
<div class="strip" tabindex="0"></div>
<button class="back" type="button" aria-label="Picture before"><svg viewBox="0 0 24 24"><path d="m15 5-7 7 7 7"/></svg>
</button>
<button class="on" type="button" aria-label="Next picture"><svg viewBox="0 0 24 24"><path d="m9 5 7 7-7 7"/></svg>
</button>
<p class="place" aria-live="polite"></p>
</div><div class="dots"></div>
"""
CSS = """
.frame { position: relative }
.strip { display: flex; align-items: center; overflow-x: auto; scroll-snap-type: x mandatory; scroll-behavior: smooth;
  scrollbar-width: none; overscroll-behavior-x: contain; border-radius: var(--st-base-radius);
  background: var(--st-secondary-background-color) }
.strip::-webkit-scrollbar { display: none }
.strip img { flex: 0 0 100%; width: 100%; min-width: 0; height: auto; max-height: 82vh; object-fit: contain;
  scroll-snap-align: center; scroll-snap-stop: always }
.strip:focus-visible, button:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 3px }
button { border: 0; padding: 0; cursor: pointer; color: inherit; background: none }
.back, .on { position: absolute; top: 50%; translate: 0 -50%; display: grid; place-items: center; width: 2.5rem;
  height: 2.5rem; border-radius: 50%; color: var(--st-text-color);
  background: color-mix(in srgb, var(--st-background-color) 88%, transparent); box-shadow: 0 1px 4px #0004 }
.back { left: .75rem }
.on { right: .75rem }
button[disabled] { visibility: hidden }
svg { width: 1.4rem; height: 1.4rem; fill: none; stroke: currentColor; stroke-width: 2.5; stroke-linecap: round;
  stroke-linejoin: round }
.place { position: absolute; top: .75rem; right: .75rem; margin: 0; padding: .1rem .6rem; border-radius: 1rem;
  background: #14111ab8; color: #fff; font: 600 .8rem/1.5 var(--st-font) }
.dots { display: flex; justify-content: center; gap: .1rem; padding-top: .25rem }
.dots button { width: 1.5rem; height: 1.5rem; display: grid; place-items: center; border-radius: 50% }
.dots button::before { content: ""; width: .5rem; height: .5rem; border-radius: 50%; background: var(--st-text-color);
  opacity: .3 }
.dots button[aria-current]::before { background: var(--st-primary-color); opacity: 1 }
@media (prefers-reduced-motion: reduce) { .strip { scroll-behavior: auto } }
"""
JS = """
const drawn = new WeakMap()

export default ({ data, parentElement }) => {
  const find = name => parentElement.querySelector(name)
  const strip = find(".strip"), dots = find(".dots"), back = find(".back"), on = find(".on")
  const count = data.pictures.length, what = JSON.stringify(data.pictures)
  const right = document.dir === "rtl" ? -1 : 1
  const current = () => Math.round(Math.abs(strip.scrollLeft) / (strip.clientWidth || 1))
  const go = place => strip.scrollTo({ left: right * Math.max(0, Math.min(count - 1, place)) * strip.clientWidth })
  const say = () => {
    const place = current()
    back.disabled = place === 0
    on.disabled = place === count - 1
    if (find(".place").textContent !== `${place + 1} of ${count}`)
      find(".place").textContent = `${place + 1} of ${count}`
    ;[...dots.children].forEach((dot, number) => {
      number === place ? dot.setAttribute("aria-current", "true") : dot.removeAttribute("aria-current")
    })
  }
  if (drawn.get(parentElement) !== what) {
    drawn.set(parentElement, what)
    find(".frame").setAttribute("aria-label", `${count} pictures`)
    strip.setAttribute("aria-label", `${count} pictures. Use the arrow keys`)
    strip.setAttribute("role", "group")
    strip.replaceChildren(...data.pictures.map(({ src, alt, width, height }) =>
      Object.assign(new Image(width, height), { src, alt, draggable: false })))
    dots.replaceChildren(...data.pictures.map((_, number) => {
      const dot = document.createElement("button")
      dot.type = "button"
      dot.setAttribute("aria-label", `Picture ${number + 1}`)
      dot.onclick = () => go(number)
      return dot
    }))
  }
  back.onclick = () => go(current() - 1)
  on.onclick = () => go(current() + 1)
  strip.onscroll = say
  strip.onkeydown = event => {
    const places = { ArrowLeft: current() - 1, ArrowRight: current() + 1, Home: 0, End: count - 1 }
    if (!(event.key in places)) return
    event.preventDefault()
    go(places[event.key])
  }
  say()
}
"""
_CAROUSEL = st.components.v2.component("pentagram_carousel", html=HTML, css=CSS, js=JS)


def show(shown: Sequence[PostPicture], key: str) -> None:
    known = pictures.addresses([picture.picture_key for picture in shown])
    if len(shown) > 1:
        _CAROUSEL(key=key, data={"pictures": [_told(picture, known) for picture in shown]})
    else:
        pictures.show(shown[0].picture_key, shown[0].alt, known)


def _told(picture: PostPicture, known: dict[str, str]) -> dict[str, object]:
    source = pictures.source(picture.picture_key, known)
    return {
        "src": source or "", "alt": picture.alt if source else pictures.NOT_NOW, "width": picture.width,
        "height": picture.height,
    }  # fmt: skip
