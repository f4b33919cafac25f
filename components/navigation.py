"""The ways between screens: the bar, the corner with what is new, keys, and the address of a screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, NoReturn
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st
from streamlit.navigation.page import Page

from components.house import house, told_to_the_person
from components.words import plain_name
from services.community.accounts import Account
from services.community.notifications import MOST_UNREAD
from services.safety.moderators import MODERATORS
from services.safety.rulings import VERDICTS

LOOK_EVERY_SECONDS = 15
SHORT = {"my_prompts": "Mine", "me": "Me"}
HIDDEN = {
    "post": "Post",
    "person": "Profile",
    "people": "People",
    "tag": "Tag",
    "collection": "Collection",
    "collections": "Collections",
    "notifications": "Notifications",
    "my_interests": "My interests",
    "policy": "Policy",
    "transparency": "Moderation in numbers",
    "experiments": "Experiments",
    "society": "Society",
}
"""Screens that one comes to from others, and what they are called."""
OF_THINGS = {
    "post": ("id",),
    "collection": ("id",),
    "person": ("name",),
    "people": ("name", "list"),
    "collections": ("name",),
    "tag": ("name",),
    "society": ("name",),
    "moderation": ("case",),
}
"""What the address of a screen says of the thing that it shows, the thing itself first."""
WORDS_OF_ADDRESSES = {word for words in OF_THINGS.values() for word in words}


class Key(NamedTuple):
    key: str
    path: str
    does: str


KEYS = [
    Key("F", "", "Go to the feed"),
    Key("G", "generate", "Go to Generate"),
    Key("S", "search", "Go to Search"),
    Key("M", "my_prompts", "Go to My prompts"),
    Key("N", "notifications", "Go to your notifications"),
    Key("B", "collections", "Go to your collections"),
    Key("I", "my_interests", "Go to your interests"),
    Key("P", "me", "Go to your profile"),
    Key("A", "society", "Go to the society of residents"),
    Key("O", "moderation", "Go to Moderation"),
]
VERDICT_KEYS = {
    "leave": "L", "sensitive": "H", "warn": "W", "remove": "X", "strike": "K", "suspend": "U", "uphold": "Y",
    "turn_down": "T",
}  # fmt: skip
FOR_MODERATORS = [
    ("J", "The next case"),
    ("V", "Show or blur the pictures of a case"),
    *((key, f"Of a case: {VERDICTS[verdict].label}") for verdict, key in VERDICT_KEYS.items()),
]
EVERYWHERE = [
    ("Ctrl Enter", "Generate, on that page"),
    ("← →", "The pictures of a post, one after the other"),
    ("Tab", "To the next thing; with Shift back"),
    ("Enter", "Open or press it"),
    ("Esc", "Close what is open"),
    ("?", "Show these keys"),
]
KEYS_ON = "keys_on"
CORNER = """<style>
div:has(> .st-key-corner) { position: fixed; top: 0.65rem; right: 1rem; z-index: 999991; width: auto }
.st-key-keys { display: none }
[data-testid="stTopNav"] { margin-right: 14rem }
</style>"""
"""Streamlit lets nothing of ours into its header, and has no button that is a key alone."""
LISTEN = """<script>(() => {
if (window.pentagramKeys) return
window.pentagramKeys = true
const SOON_MS = 50, LONGEST_MS = 5000
const showKeys = since => {
  const button = document.querySelector(".st-key-show-keys button")
  if (button) button.click()
  else if (performance.now() - since < LONGEST_MS) setTimeout(showKeys, SOON_MS, since)
}
addEventListener("keydown", event => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable=true]")
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !/^[a-z?]$/i.test(event.key)) return
  if (document.querySelector("[role=dialog]")) event.stopPropagation()
  else if (event.key === "?" && document.querySelector(".st-key-keys"))
    showKeys(performance.now())
}, true)
})()</script>"""
"""Streamlit knows no key for signs, and would leave a page by a key that was pressed in a dialog. What it draws buttons
with is fetched after the first of them stands in the page, so that an early press finds none yet."""


def shown(account: Account | None) -> list[Page]:
    """What stands in the bar."""
    me = (
        st.Page("screens/person.py", title=plain_name(account.name), icon=icon("account_circle"), url_path="me")
        if account
        else st.Page("screens/sign_in.py", title="Sign in", icon=icon("login"), url_path="sign_in")
    )
    return [
        st.Page("screens/feed.py", title="Feed", icon=icon("photo_library"), default=True),
        st.Page("screens/generate.py", title="Generate", icon=icon("brush")),
        st.Page("screens/search.py", title="Search", icon=icon("search")),
        st.Page("screens/my_prompts.py", title="My prompts", icon=icon("history"), url_path="my_prompts"),
        *([_moderation("visible")] if moderates(account) and not on_phone() else []),
        me,
    ]


def moderates(account: Account | None) -> bool:
    return account is not None and account.role in MODERATORS


def _moderation(visibility: Literal["visible", "hidden"]) -> Page:
    return st.Page(
        "screens/moderation.py", title="Moderation", icon=icon("gavel"), url_path="moderation", visibility=visibility
    )


def hidden(account: Account | None) -> list[Page]:
    """The others. They come first in the navigation: a link to a script leads to the first page that is made of it."""
    named = [_hidden(screen, title, screen) for screen, title in HIDDEN.items()]
    instead = [_hidden("sign_in", "Sign in", "sign_in")] if account else [_hidden("person", "Profile", "me")]
    # On a phone the bar is full: moderators go there from their settings.
    moderation = [_moderation("hidden")] if moderates(account) and on_phone() else []
    return [*named, _hidden("account", "Settings", "account"), *instead, *moderation]


def _hidden(screen: str, title: str, path: str) -> Page:
    return st.Page(f"screens/{screen}.py", title=title, url_path=path, visibility="hidden")


def on_phone() -> bool:
    return "Mobi" in st.context.headers.get("user-agent", "")


def icon(name: str) -> str | None:
    """Of a page in the navigation. On a phone five icons do not fit beside their words."""
    return None if on_phone() else f":material/{name}:"


def bar(pages: Sequence[Page], account: Account | None) -> None:
    """Navigation where a thumb reaches it: on phones the top bar would fold into a drawer that stays open."""
    with st.bottom, st.container(horizontal=True, horizontal_alignment="distribute", wrap=False, gap=None):
        for page in pages[:-1]:
            _in_bar(page)
        if account:
            with st.container(width="content"):
                news(account, "News")
        _in_bar(pages[-1])


def _in_bar(page: Page) -> None:
    st.page_link(page, label=SHORT.get(page.url_path, page.title), width="content")


@st.fragment(run_every=LOOK_EVERY_SECONDS)
def news(account: Account, label: str) -> None:
    """The way to the notifications, with how many are unread."""
    with told_to_the_person():
        unread = house().notifications.unread_count(by=account)
        st.page_link(
            "screens/notifications.py", label=f"{label} :red-badge[{_figure(unread)}]" if unread else label,
            icon="" if on_phone() else ":material/notifications:",
            help=f"{_figure(unread)} unread" if unread else "Nothing unread",
        )  # fmt: skip


def _figure(unread: int) -> str:
    return f"{MOST_UNREAD - 1}+" if unread >= MOST_UNREAD else str(unread)


def arrive(page: Page, account: Account | None) -> None:
    """Keep where this tab is: the screen and what it shows, whether it was there before, and where it came from. What
    one was told about what one sees now is read, before the corner counts."""
    screen = "person" if page.url_path == "me" else page.url_path
    asked = OF_THINGS.get(screen, ())
    for word in WORDS_OF_ADDRESSES.difference(asked):
        if word in st.query_params:
            del st.query_params[word]
    place = (page.url_path, st.query_params.get(asked[0]) if asked else None)
    entered = st.session_state.get("place") != place
    if entered:
        st.session_state["came_from"] = st.session_state.get("screen")
    st.session_state.update(place=place, entered=entered, screen=screen)
    if entered and account and screen in ("post", "person"):
        house().notifications.saw(
            by=account, post_id=st.query_params.get("id", ""), name=st.query_params.get("name", "")
        )


def draw(pages: Sequence[Page], everywhere: Sequence[Page], account: Account | None) -> None:
    """What stands round every screen, beside what Streamlit puts there."""
    if on_phone():
        bar(pages, account)
        return
    with st.container(
        key="corner", horizontal=True, vertical_alignment="center", width="content", gap="xsmall", wrap=False
    ):
        st.html(CORNER)
        if st.session_state.setdefault(KEYS_ON, True):
            keys({page.url_path: page for page in everywhere})
        if account:
            with st.container(width="content"):
                news(account, "Notifications")
        if st.button(
            "Keys", key="show-keys", icon=":material/keyboard:", type="tertiary", help="Keyboard shortcuts, or press ?"
        ):
            show_keys(account)


def keys(pages: Mapping[str, Page]) -> None:
    with st.container(key="keys"):
        for key in (key for key in KEYS if key.path in pages):
            if st.button(key.does, key=f"key-{key.key}", shortcut=key.key):
                go(pages[key.path])
        st.html(LISTEN, unsafe_allow_javascript=True)


@st.dialog("Keyboard shortcuts", icon=":material/keyboard:")
def show_keys(account: Account | None) -> None:
    for key, does in [*_letters(account), *EVERYWHERE]:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.badge(key, color="gray", width=88)
            st.markdown(does, width="content")
    on = st.toggle("Use the letters", value=st.session_state[KEYS_ON], help="Off, a letter does nothing by itself.")
    if on != st.session_state[KEYS_ON]:
        st.session_state[KEYS_ON] = on
        st.rerun()


def _letters(account: Account | None) -> list[tuple[str, str]]:
    known = [(key.key, key.does) for key in KEYS if key.path != "moderation" or moderates(account)]
    return [*known, *(FOR_MODERATORS if moderates(account) else [])]


def send(label: str, icon: str) -> bool:
    """The button that ends a form, by keys together as well; a phone has none."""
    keys = None if on_phone() else "Ctrl+Enter"
    return st.form_submit_button(label, type="primary", icon=f":material/{icon}:", shortcut=keys)


def letter(key: str) -> str | None:
    """A letter that presses a button, as long as the person wants letters to do something."""
    return key if st.session_state.get(KEYS_ON) else None


def go(page: Page | str) -> NoReturn:
    """To another screen, without what the address says of this one. With an empty query rather than none: Streamlit
    drops what is bound to a widget for the one, and refuses to for the other."""
    st.switch_page(page, query_params={})


def address(screen: str, **query: str) -> str:
    """Of a screen, as the browser sees this one."""
    url = urlsplit(st.context.url or "")
    path, place = url.path.rstrip("/"), st.session_state["place"][0]
    folder = path.removesuffix(f"/{place}") if place else path
    # Streamlit's community cloud shows apps below this, inside a page of its own.
    folder = folder.removesuffix("/~/+")
    return urlunsplit((url.scheme, url.netloc, f"{folder}/{screen}", urlencode(query), ""))
