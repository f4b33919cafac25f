"""The place on a page: links go through the browser's history, and whoever goes back finds it as they left it."""

from __future__ import annotations

import streamlit as st

TOP, GO = "place_top", "place_go"

# Streamlit scrolls a box of its own, whose place no browser keeps, and a link of its own to another page with a query
# leaves an address in the history that belongs to no page. Both are mended where the browser keeps its history.
JS = """
let installed = false, tops = 0, goes = 0, wanted = null, until = 0, timer
let left = -Infinity
const HELD_MS = 4000, SETTLED_MS = 120, SENT_MS = 50
const box = () => document.querySelector("[data-testid=stMain]")

const keep = () => {
  clearTimeout(timer)
  if (wanted === null && box()) history.replaceState({ ...history.state, place: box().scrollTop }, "")
}

const scrolled = event => {
  if (event.target !== box()) return
  clearTimeout(timer)
  timer = setTimeout(keep, SETTLED_MS)
}

// The page that is left still stands there for a moment; the one to come grows while it arrives.
const hold = () => {
  if (wanted === null) return
  if (performance.now() > until) { wanted = null; return }
  const main = box()
  if (main && main.scrollTop !== wanted && main.scrollHeight - main.clientHeight >= wanted) main.scrollTop = wanted
  requestAnimationFrame(hold)
}

const arrived = event => {
  clearTimeout(timer)
  wanted = event.state?.place ?? 0
  until = performance.now() + HELD_MS
  hold()
}

const linkOf = event => event.composedPath().find(node => node.tagName === "A")
const opensElsewhere = event =>
  event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || linkOf(event)?.target === "_blank"

// A field sends what was typed in it a moment after it is left, as the screen that it stands on. Of a link that is
// pressed in that moment, as by a finger, the server would hear first, and what was typed would lead back again.
const leaves = event => { if (event.target.matches?.("input, textarea")) left = performance.now() }

const waits = event => {
  const link = linkOf(event)
  if (!link || !event.isTrusted || opensElsewhere(event) || performance.now() - left > SENT_MS) return
  event.preventDefault()
  event.stopImmediatePropagation()
  setTimeout(() => link.click(), SENT_MS)
}

const followed = event => {
  const link = linkOf(event)
  if (!link || !link.search || link.origin !== location.origin || opensElsewhere(event)) return
  const native = link.dataset.testid === "stPageLink-NavLink" && link.pathname !== location.pathname
  if (!native && link.dataset.page === undefined) return
  event.preventDefault()
  event.stopPropagation()
  go(link.href)
}

const go = address => {
  keep()
  history.pushState({}, "", address)
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }))
}

const let_go = () => { wanted = null }

export default ({ data, parentElement }) => {
  const element = (parentElement.host ?? parentElement).closest("[data-testid=stElementContainer]")
  if (element) element.style.display = "none"
  if (data.top !== tops) { tops = data.top; wanted = null; box()?.scrollTo({ top: 0 }) }
  const [count, address] = data.go
  if (count !== goes) { goes = count; setTimeout(go, 0, address) }
  if (installed) return
  installed = true
  addEventListener("scroll", scrolled, { capture: true, passive: true })
  addEventListener("popstate", arrived)
  addEventListener("focusout", leaves, { capture: true })
  addEventListener("click", waits, { capture: true })
  addEventListener("click", followed, { capture: true })
  for (const touch of ["wheel", "touchmove", "pointerdown", "keydown"])
    addEventListener(touch, let_go, { capture: true, passive: true })
}
"""
_KEEPER = st.components.v2.component("pentagram_place", html="<i></i>", js=JS)


def keep() -> None:
    """Once on every page, after all that is on it."""
    _KEEPER(
        key="keeps-the-place",
        data={"top": st.session_state.get(TOP, 0), "go": st.session_state.get(GO, (0, ""))},
        height="content",
    )


def go_to_top() -> None:
    """Of the page, with the run that follows."""
    st.session_state[TOP] = st.session_state.get(TOP, 0) + 1


def go(address: str) -> None:
    """To a page of ours with its query, as a link would: switching pages leaves an address in the history that belongs
    to none."""
    count, _ = st.session_state.get(GO, (0, ""))
    st.session_state[GO] = (count + 1, address)
    st.rerun()
