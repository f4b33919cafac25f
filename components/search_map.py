"""What was found as a map: pictures that are alike near each other."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from components import pictures, words
from components.house import house
from services.community.posts import Post

HTML = """<div class="map" role="group"></div>
<div class="shown" hidden aria-hidden="true"><img alt="" decoding="async"><p></p></div>
"""
CSS = """
:host, .map { display: block }
.map { position: relative; height: clamp(24rem, 62vh, 44rem); border-radius: var(--st-base-radius);
  background: radial-gradient(color-mix(in srgb, var(--st-text-color) 14%, transparent) 1px, transparent 1px) 0 0 /
    1.5rem 1.5rem, var(--st-secondary-background-color) }
a { position: absolute; width: var(--side); height: var(--side); margin: calc(var(--side) / -2); border-radius: .6rem;
  overflow: hidden; background: var(--tint, var(--st-background-color));
  box-shadow: 0 0 0 2px var(--st-background-color), 0 2px 8px #0005; transition: scale .12s }
a img { display: block; width: 100%; height: 100%; object-fit: cover }
a:is(:hover, :focus-visible, .current) { z-index: 2; scale: 1.25 }
a:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 2px }
.shown { position: absolute; z-index: 3; width: 14rem; padding: .5rem; border-radius: var(--st-base-radius);
  background: var(--st-background-color); color: var(--st-text-color); box-shadow: 0 6px 28px #0007;
  pointer-events: none }
.shown[hidden] { display: none }
.shown img { display: block; width: 100%; aspect-ratio: 1; object-fit: cover; border-radius: .5rem;
  background: var(--st-secondary-background-color) }
.shown p { margin: .4rem .2rem .1rem; font: .9rem/1.35 var(--st-font); overflow-wrap: anywhere }
@media (max-width: 600px) { .shown { width: 10rem } }
@media (prefers-reduced-motion: reduce) { a { transition: none } }
"""
JS = """
const drawn = new WeakMap()
const ROUNDS = 80

// Pictures that would lie on each other are pushed apart, as little as it takes.
const apart = (points, width, height, side) => {
  const room = side * 1.15, edge = side * 0.7
  const at = points.map(({ x, y }) => [edge + x * (width - 2 * edge), edge + y * (height - 2 * edge)])
  for (let round = 0; round < ROUNDS; round++)
    for (let i = 0; i < at.length; i++)
      for (let j = 0; j < i; j++) {
        const dx = at[i][0] - at[j][0] || 0.1 * (i - j), dy = at[i][1] - at[j][1], far = Math.hypot(dx, dy)
        if (far >= room) continue
        const push = (room - far) / 2 / far
        for (const [one, way] of [[i, 1], [j, -1]]) {
          at[one][0] = Math.min(width - edge, Math.max(edge, at[one][0] + way * dx * push))
          at[one][1] = Math.min(height - edge, Math.max(edge, at[one][1] + way * dy * push))
        }
      }
  return at
}

// The nearest in the direction of an arrow key.
const next = (at, from, [right, down]) => {
  let best = -1, least = Infinity
  at.forEach(([x, y], number) => {
    const dx = x - at[from][0], dy = y - at[from][1], along = dx * right + dy * down
    if (number === from || along <= 1) return
    const away = along + 2 * Math.abs(dx * down + dy * right)
    if (away < least) { least = away; best = number }
  })
  return best
}
const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }

export default ({ data, parentElement }) => {
  const map = parentElement.querySelector(".map"), shown = parentElement.querySelector(".shown")
  const hide = () => {
    shown.hidden = true
    map.querySelector(".current")?.classList.remove("current")
  }
  const show = (link, point) => {
    hide()
    link.classList.add("current")
    if (shown.firstChild.src !== link.firstChild.src) shown.firstChild.src = link.firstChild.src
    shown.lastChild.textContent = point.text
    shown.hidden = false
    const [x, y] = [link.offsetLeft, link.offsetTop], gap = link.offsetWidth * 0.75
    const right = x + gap + link.offsetWidth / 2, left = x - shown.offsetWidth - gap + link.offsetWidth / 2
    shown.style.left = `${Math.max(0, Math.min(map.clientWidth - shown.offsetWidth,
      right + shown.offsetWidth + gap <= map.clientWidth ? right + gap / 2 : left))}px`
    shown.style.top = `${Math.max(0, Math.min(y - shown.offsetHeight / 3, map.clientHeight - shown.offsetHeight))}px`
  }
  const place = () => {
    const side = map.clientWidth < 600 ? 44 : data.points.length > 60 ? 48 : 60
    map.style.setProperty("--side", `${side}px`)
    const at = apart(data.points, map.clientWidth, map.clientHeight, side)
    at.forEach(([x, y], number) => Object.assign(map.children[number].style, { left: `${x}px`, top: `${y}px` }))
    return at
  }
  const what = JSON.stringify(data)
  if (drawn.get(parentElement)?.what === what) return
  drawn.get(parentElement)?.seen.disconnect()
  let at = []
  map.setAttribute("aria-label", `Map of ${data.points.length} pictures, alike ones near each other. The arrow keys go`
    + ` from one to the next, Enter opens it`)
  map.replaceChildren(...data.points.map((point, number) => {
    const link = document.createElement("a"), image = new Image()
    link.href = point.href
    link.dataset.page = ""
    link.style.setProperty("--tint", point.tint)
    Object.assign(image, { alt: point.alt, src: point.src, draggable: false })
    link.append(image)
    link.onpointerenter = event => { if (event.pointerType === "mouse") show(link, point) }
    link.onpointerleave = event => { if (event.pointerType === "mouse") hide() }
    link.onfocus = () => { if (link.matches(":focus-visible")) show(link, point) }
    link.onblur = hide
    // A finger cannot hover: the first touch shows the picture, the second opens it.
    link.onpointerup = event => {
      if (event.pointerType === "touch" && !link.classList.contains("current")) delete link.dataset.page
    }
    link.onclick = event => {
      if (link.dataset.page !== undefined) return
      link.dataset.page = ""
      event.preventDefault()
      show(link, point)
    }
    link.onkeydown = event => {
      if (event.key === "Escape") hide()
      if (!(event.key in WAYS)) return
      event.preventDefault()
      map.children[next(at, number, WAYS[event.key])]?.focus()
    }
    return link
  }))
  const seen = new ResizeObserver(() => { hide(); at = place() })
  seen.observe(map)
  at = place()
  drawn.set(parentElement, { what, seen })
}
"""
_MAP = st.components.v2.component("pentagram_search_map", html=HTML, css=CSS, js=JS)


def draw(posts: Sequence[Post]) -> None:
    known = pictures.addresses([post.thumbnail_key for post in posts])
    by_id = {post.id: post for post in posts}
    places = house().search.place(posts)
    points = [_point(by_id[place.id], place.x, place.y, known) for place in places]
    if points:
        _MAP(key="search-map", data={"points": points})
    if left_out := len(posts) - len(points):
        st.caption(f"Not on the map, for there are no words yet to place it by: {words.counted(left_out, 'picture')}.")


def _point(post: Post, x: float, y: float, known: dict[str, str]) -> dict[str, object]:
    said = post.prompt or post.caption
    return {
        "x": round(x, 4), "y": round(y, 4), "href": f"post?id={post.id}", "tint": post.colour,
        "src": pictures.source(post.thumbnail_key, known) or "", "alt": post.alt,
        "text": words.first_line(f"{said} · {post.author}" if said else post.author, 140),
    }  # fmt: skip
