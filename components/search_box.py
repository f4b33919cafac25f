"""Where one types what to search for: told while one pauses, without losing the place in the text."""

from __future__ import annotations

import streamlit as st

from components import search_asked, session
from components.house import house
from components.search_asked import Asked
from services.discovery.query import LONGEST_QUERY
from services.errors import Unavailable, UserError

KEY = "search-box"
AGAIN = "search_again"
"""In the tab's state once Enter was pressed: what was found is looked for anew."""
PLACEHOLDER = "somewhere quiet by the water"

HTML = """<form class="pentagram-search" role="search">
<svg viewBox="0 0 24 24" aria-hidden="true"><circle cx="11" cy="11" r="6.5"/><path d="m16 16 4.5 4.5"/></svg>
<input type="search" role="searchbox" aria-label="Search" autocomplete="off" autocapitalize="none" spellcheck="false"
 enterkeyhint="search" dir="auto">
<button type="button" aria-label="Clear" title="Clear (Esc)"><svg viewBox="0 0 24 24" aria-hidden="true"><path
d="M6 6l12 12M18 6L6 18"/></svg></button></form>
"""
CSS = """
.pentagram-search { position: relative; display: flex; align-items: center; margin: 0; font: 1.05rem/1.5 var(--st-font);
  color: var(--st-text-color) }
.pentagram-search input { all: unset; box-sizing: border-box; width: 100%; height: 3.2rem; padding: 0 3.2rem 0 3.1rem;
  border: 1px solid color-mix(in srgb, var(--st-text-color) 55%, transparent); border-radius: 1.6rem; font: inherit;
  color: inherit; cursor: text; background: var(--st-secondary-background-color) }
.pentagram-search input::placeholder { color: inherit; opacity: .7 }
.pentagram-search input::-webkit-search-cancel-button { display: none }
.pentagram-search input:focus { border-color: var(--st-primary-color); outline: 2px solid var(--st-primary-color);
  outline-offset: -1px }
.pentagram-search svg { width: 1.3rem; height: 1.3rem; fill: none; stroke: currentColor; stroke-width: 2;
  stroke-linecap: round }
.pentagram-search > svg { position: absolute; left: 1.1rem; pointer-events: none }
.pentagram-search button { position: absolute; right: .45rem; display: grid; place-items: center; width: 2.4rem;
  height: 2.4rem; border: 0; padding: 0; border-radius: 50%; color: inherit; background: none; cursor: pointer }
.pentagram-search button[hidden] { display: none }
.pentagram-search button:focus-visible { outline: 3px solid var(--st-primary-color) }
"""
# The address is written as Python writes it: where the two differ Streamlit takes it for another page to step back to.
JS = """
const PAUSE_MS = 300
const known = new WeakMap()

const address = text => {
  const before = new URLSearchParams(location.search), ours = ["q", "like", "sort", "view"]
  const after = new URLSearchParams([...before].filter(([name]) => !ours.includes(name)))
  if (text.trim()) after.set("q", text.trim())
  for (const name of ["sort", "view"]) if (before.has(name)) after.set(name, before.get(name))
  const query = after.toString().replaceAll("*", "%2A").replaceAll("%7E", "~")
  return location.pathname + (query ? `?${query}` : "")
}

export default ({ data, parentElement, setTriggerValue }) => {
  const input = parentElement.querySelector("input"), clear = parentElement.querySelector("button")
  const mine = known.get(parentElement) ?? { turn: null, timer: 0 }
  known.set(parentElement, mine)
  const show = () => { clear.hidden = !input.value }
  const tell = how => {
    clearTimeout(mine.timer)
    const text = input.value
    if (how === "typed" ? text === mine.told : how === "left" && text === mine.settled) return
    if (text !== mine.told) history.replaceState({ ...history.state }, "", address(text))
    mine.told = text
    if (how !== "typed") mine.settled = text
    setTriggerValue("asked", { text, how })
  }
  if (mine.turn !== data.turn) {
    clearTimeout(mine.timer)
    input.maxLength = data.most
    input.placeholder = data.placeholder
    input.value = mine.told = mine.settled = data.text
    mine.turn = data.turn
  }
  show()
  const later = () => {
    show()
    clearTimeout(mine.timer)
    mine.timer = setTimeout(() => tell("typed"), PAUSE_MS)
  }
  input.oninput = event => { if (!event.isComposing) later() }
  input.oncompositionend = later
  input.onchange = () => tell("left")
  const empty = () => { input.value = ""; show(); tell("typed"); input.focus() }
  clear.onclick = empty
  input.onkeydown = event => {
    if (event.key === "Escape" && input.value) { event.preventDefault(); empty() }
  }
  parentElement.querySelector("form").onsubmit = event => { event.preventDefault(); tell("entered") }
}
"""
# Not apart from the page: keys that are pressed in it would look as if nobody typed, and lead to other pages.
_BOX = st.components.v2.component("pentagram_search_box", html=HTML, css=CSS, js=JS, isolate_styles=False)


def draw(asked: Asked) -> None:
    _BOX(
        key=KEY, on_asked_change=_heard,
        data={
            "text": asked.query, "turn": search_asked.turn(), "placeholder": PLACEHOLDER, "most": LONGEST_QUERY,
        },
    )  # fmt: skip


def _heard() -> None:
    told = st.session_state[KEY].get("asked") or {}
    text, how = str(told.get("text", "")), told.get("how")
    search_asked.type_in(text)
    if how == "entered":
        st.session_state[AGAIN] = True
    if how in ("entered", "left"):
        remember(text)


def remember(query: str) -> None:
    """Among one's latest. Without it the search goes on as well."""
    try:
        if query.strip() and (viewer := session.viewer()) is not None:
            house().searches.remember(query, by=viewer)
    except (UserError, Unavailable):
        return
