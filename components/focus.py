"""Where the keyboard is: what was pressed may give way to something else, and one goes on from there."""

from __future__ import annotations

import streamlit as st

# Of what is taken off a page that had the focus, a browser gives it to nothing, and React's dialogs to their first
# button. What only a finger or the mouse pressed is left alone: focus would open a phone's keyboard.
JS = """
const TABBABLE = "a[href], button, input, select, textarea, summary, [tabindex]"
const APART = "[role=dialog], [data-testid=stPopoverBody]"
const PRESSABLE = "button, summary, a, [role=menuitem]"
const FLEETING = "[role=menu], [role=listbox]"
const SETTLED_MS = 60, HELD_MS = 400
const THING = ["id", "name", "list"]
let installed = false, typing = false, moving = false, held = 0, timer
let page = null, inside = null

const where = () => {
  const asked = new URLSearchParams(location.search)
  return [location.pathname, ...THING.map(name => asked.get(name))].join(" ")
}

const spotOf = element => {
  const above = []
  for (let node = element; node && node !== document.body; node = node.parentNode ?? node.host) {
    const parent = node.parentNode ?? node.host
    if (parent) above.push([parent, [...parent.childNodes].indexOf(node)])
  }
  return { element, above, where: where(), apart: element.closest(APART) }
}

const isOpen = spot => spot?.apart.isConnected
const canTake = element => element.tabIndex >= 0 && !element.disabled &&
  element.checkVisibility({ visibilityProperty: true })

// What stands in its place now, else what follows there, else what went before.
const nearest = ({ above }) => {
  for (const [parent, place] of above) {
    if (!parent.isConnected || !parent.querySelectorAll) continue
    const found = [...parent.querySelectorAll(TABBABLE)].filter(canTake)
    if (!found.length) continue
    const there = parent.childNodes[place]
    const follows = element => there === element || there?.compareDocumentPosition(element) &
      Node.DOCUMENT_POSITION_FOLLOWING
    return found.find(element => there && follows(element)) ?? found.at(-1)
  }
}

const take = element => {
  if (!element) return
  held = performance.now() + HELD_MS
  moving = true
  element.focus({ preventScroll: true })
}

const forget = () => { page = inside = null }

const look = () => {
  const spot = isOpen(inside) ? inside : page
  if (!typing || !spot) return
  if (spot.where !== where()) { forget(); return }
  const nowhere = document.activeElement === document.body || document.activeElement === null
  const closed = inside !== null && spot === page
  if (closed) inside = null
  if (nowhere && (closed || !spot.element.isConnected))
    take(spot.element.isConnected ? spot.element : nearest(spot))
}

const later = () => {
  if (!typing) return
  clearTimeout(timer)
  timer = setTimeout(look, SETTLED_MS)
}

// A menu says that its first item has the focus, and keeps it to itself: Enter does nothing there.
const enter = menu => {
  if (document.activeElement === menu) menu.querySelector("[role=menuitem][data-focused]")?.focus()
}

const focused = event => {
  const element = event.composedPath()[0]
  if (!element.closest) return
  if (element.matches("[role=menu]")) setTimeout(enter, 0, element)
  if (element.closest(FLEETING)) return
  const jumped = !moving && isOpen(inside) && !inside.element.isConnected
  moving = false
  if (jumped && typing) { take(nearest(inside)); return }
  const spot = spotOf(element)
  if (spot.apart) inside = spot
  else { page = spot; inside = null }
}

// A second press was meant for what was there before, and so is a key that is still held down.
const pressed = event => {
  typing = true
  const presses = event.key === "Enter" || event.key === " "
  if (presses && (event.repeat || performance.now() < held) && event.target.closest?.(PRESSABLE)) {
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  if (!presses) { held = 0; moving = true }
}

export default ({ parentElement }) => {
  const element = (parentElement.host ?? parentElement).closest("[data-testid=stElementContainer]")
  if (element) element.style.display = "none"
  if (installed) return
  installed = true
  addEventListener("keydown", pressed, { capture: true })
  addEventListener("pointerdown", () => { typing = false; moving = true }, { capture: true, passive: true })
  addEventListener("focusin", focused, { capture: true })
  new MutationObserver(later).observe(document.body, { childList: true, subtree: true })
}
"""
_KEEPER = st.components.v2.component("pentagram_focus", html="<i></i>", js=JS)


def keep() -> None:
    """Once on every page."""
    _KEEPER(key="keeps-the-focus", height="content")
