"""Who sits in front of the screen, from one run to the next: our sessions, by cookie or by identity provider."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import streamlit as st
from streamlit.errors import StreamlitAuthError, StreamlitMissingAuthlibError

from components import draft, navigation
from components.house import house
from services.community.accounts import Account
from services.errors import UserError
from services.text import clean

log = logging.getLogger(__name__)

COOKIE = "pentagram_session"
"""The cookie's name, and the place in the tab's state of what it held before this tab changed it, and holds since."""
COOKIE_SECONDS = 30 * 24 * 3600
TOKEN = "session_token"  # noqa: S105 - the name of a place, not a secret
RETURN_TO = "return_to"
LEFT = "left_provider"
"""In the tab's state once its session ended: what the identity provider said before that no longer counts."""
PERSONAL = (
    *draft.FIELDS,
    draft.DRAFT,
    draft.START,
    draft.PARENT,
    "count",
    "fallback",
    "upload",
    draft.TAKEN,
    "last_seed",
    "improved_prompt",
    "refused_prompt",
    "post_about",
    "post_token",
    "post_caption",
    "post_tags",
    "post_order",
    "post_alts",
    "post_audience",
    "post_comments",
    "post_prompt",
    "post_remix",
    "remixes",
    draft.REMIX_OF,
    "search_asked",
    "search_address",
    "search_typed",
    "search_pressed",
    "search_turn",
    "search_by_picture",
    "search_again",
    "search_kept",
    "watched_request",
    "painting",
    "press",
    "my_shown",
    "my_loaded",
    "my_address",
    "text",
    "show",
    "model",
    "since",
    "until",
    "sort",
    "picking",
    "picked",
    "feeds",
    "feeds_of",
    "feed_wanted",
    "changed_posts",
    "gone_posts",
    "post_trouble",
    "talk",
    "edit_caption",
    "edit_tags",
    "edit_audience",
    "edit_comments",
    "edit_prompt",
    "undo_offered",
    "lists",
    "follows_changed",
    "collection_title",
    "collection_public",
    "grown",
    "moderation_seen",
    "moderation_picked",
    "of",
    "tried",
    "visitor",
    "interests_order",
)
LEEWAY_SECONDS = 120
"""What clocks may differ by; Authlib grants a provider as much."""


def viewer() -> Account | None:
    """The signed-in account, asked of the database each time: a session ended elsewhere ends here at once."""
    held = st.session_state.get(TOKEN)
    known = st.context.cookies.get(COOKIE, "") if held is None else held
    account = house().accounts.of_session(known)
    if account is None and held:
        _leave_provider()
    st.session_state[TOKEN] = known if account else ""
    return account or _from_provider()


def token() -> str:
    """What this tab is signed in with; empty for a visitor."""
    return str(st.session_state.get(TOKEN) or "")


def require(doing: str) -> Account:
    """The viewer, or a visit to the sign-in page that comes back here."""
    account = viewer()
    if account is None:
        st.session_state[RETURN_TO] = (st.session_state["screen"] or "feed", st.query_params.to_dict())
        st.session_state["wanted"] = doing
        navigation.go("screens/sign_in.py")
    return account


def come_back() -> None:
    """Leave the sign-in page for where the person wanted something."""
    screen, query = st.session_state.pop(RETURN_TO, ("feed", {}))
    st.session_state.pop("wanted", None)
    st.switch_page(f"screens/{screen}.py", query_params=query)


def begin(account: Account) -> None:
    _remember(house().accounts.begin_session(account, device=st.context.headers.get("user-agent", "")))


def end() -> None:
    house().accounts.end_session(token())
    _forget()


def end_everywhere(account: Account) -> None:
    house().accounts.end_all_sessions(account)
    _forget()


def _remember(fresh: str) -> None:
    before = token() or st.context.cookies.get(COOKIE, "")
    st.session_state[COOKIE] = (before, fresh)
    st.session_state[TOKEN] = fresh


def _forget() -> None:
    """Nothing of the person stays in the tab for the next one."""
    for key in PERSONAL:
        st.session_state.pop(key, None)
    _remember("")
    st.session_state["authentication_status"] = None
    _leave_provider()


def _leave_provider() -> None:
    """Believe the provider no more in this tab, and have the browser forget it when the run ends: a page switch in
    the same run would swallow the redirect of `st.logout`."""
    if is_from_provider():
        st.session_state[LEFT] = True


def write_cookie() -> None:
    """Tell the browser what to remember, in every run since the person signed in or out: a run that is overtaken
    by the next one may never reach the browser. What another tab has written since is left alone."""
    if st.session_state.get(LEFT):
        st.logout()
    if COOKIE not in st.session_state:
        return
    before, fresh = (quote(text, safe="") for text in st.session_state[COOKIE])
    age = COOKIE_SECONDS if fresh else 0
    st.html(
        f"""<script>(() => {{
        const held = (document.cookie.match(/(?:^|; ){COOKIE}=([^;]*)/) || [])[1] || "";
        if (held === "" || held === "{before}")
          document.cookie = "{COOKIE}={fresh}; path=/; max-age={age}; samesite=strict"
            + (location.protocol === "https:" ? "; secure" : "");
        }})()</script>""",
        unsafe_allow_javascript=True,
    )


def providers() -> dict[str, str | None]:
    """The label of each button, with the name that Streamlit knows the provider by."""
    table = _auth_table()
    unnamed: dict[str, str | None] = {"Continue with your organisation": None} if "client_id" in table else {}
    named = [name for name, value in table.items() if isinstance(value, Mapping) and "client_id" in value]
    return unnamed | {f"Continue with {name.replace('-', ' ').title()}": name for name in named}


def _auth_table() -> Mapping[str, Any]:
    try:
        table: Mapping[str, Any] = st.secrets.get("auth", {})
    except FileNotFoundError:
        return {}
    return table


def continue_with(provider: str | None) -> None:
    """Send the browser to the provider; it comes back as a new tab would."""
    try:
        st.login(provider)
    except StreamlitMissingAuthlibError:
        raise UserError("Signing in this way needs Authlib here: pip install 'streamlit[auth]'.") from None
    except StreamlitAuthError as error:
        log.warning("Sign-in by %s: %s", provider or "the provider", " ".join(str(error).split()))
        raise UserError("This way of signing in is not set up right; the log says why. Use a name instead.") from None


def is_from_provider() -> bool:
    return bool(_auth_table()) and bool(st.user.get("is_logged_in"))


def _from_provider() -> Account | None:
    """Somebody whom the configured identity provider vouched for gets a session of ours."""
    if st.session_state.get(LEFT) or not is_from_provider():
        return None
    claims = st.user.to_dict()
    # Streamlit's cookie outlives what the provider said in it by a month; a session of ours is what lasts.
    if float(claims.get("exp", 0)) + LEEWAY_SECONDS < house().clock.now().timestamp():
        return None
    account = house().accounts.of_identity(
        str(claims.get("iss", "")), str(claims["sub"]), suggested_name=_suggested_name(claims),
        email=str(claims.get("email") or ""), issued_at=float(claims.get("iat", 0)),
    )  # fmt: skip
    if account is None:
        _leave_provider()
    else:
        begin(account)
    return account


def _suggested_name(claims: Mapping[str, Any]) -> str:
    """What the provider calls somebody, up to the @: names are public, addresses are not."""
    for claim in ("preferred_username", "name", "email"):
        called = str(claims.get(claim) or "").split("@")[0][:200]
        if called := clean(called, most=200, what="The name", newlines=False):
            return called
    return "friend"
