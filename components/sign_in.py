"""Who sits in front of the screen: streamlit-authenticator's forms over our accounts and our sessions."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any
from urllib.parse import quote

import streamlit as st
from streamlit.errors import StreamlitAuthError, StreamlitMissingAuthlibError

from components.house import house
from services.community.accounts import Account
from services.community.credentials import checked_password
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
LEEWAY_SECONDS = 120
"""What clocks may differ by; Authlib grants a provider as much."""


def viewer() -> Account | None:
    """The signed-in account, asked of the database each time: a session ended elsewhere ends here at once."""
    held = st.session_state.get(TOKEN)
    token = st.context.cookies.get(COOKIE, "") if held is None else held
    account = house().accounts.of_session(token)
    if account is None and held:
        _leave_provider()
    st.session_state[TOKEN] = token if account else ""
    return account or _from_provider()


def require(doing: str) -> Account:
    """The viewer, or a visit to the sign-in page that comes back here."""
    account = viewer()
    if account is None:
        st.session_state[RETURN_TO] = (st.session_state["screen"] or "feed", st.query_params.to_dict())
        st.session_state["wanted"] = doing
        st.switch_page("screens/sign_in.py")
    return account


def come_back() -> None:
    """Leave the sign-in page for where the person wanted something."""
    screen, query = st.session_state.pop(RETURN_TO, ("feed", {}))
    st.session_state.pop("wanted", None)
    st.switch_page(f"screens/{screen}.py", query_params=query)


def begin(account: Account) -> None:
    token = house().accounts.begin_session(account, device=st.context.headers.get("user-agent", ""))
    _remember(token)


def end() -> None:
    house().accounts.end_session(st.session_state.get(TOKEN) or "")
    _forget()


def end_everywhere(account: Account) -> None:
    house().accounts.end_all_sessions(account)
    _forget()


def _remember(token: str) -> None:
    before = st.session_state.get(TOKEN) or st.context.cookies.get(COOKIE, "")
    st.session_state[COOKIE] = (before, token)
    st.session_state[TOKEN] = token


def _forget() -> None:
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
    before, token = (quote(text, safe="") for text in st.session_state[COOKIE])
    age = COOKIE_SECONDS if token else 0
    st.html(
        f"""<script>
        const held = (document.cookie.match(/(?:^|; ){COOKIE}=([^;]*)/) || [])[1] || "";
        if (held === "" || held === "{before}")
          document.cookie = "{COOKIE}={token}; path=/; max-age={age}; samesite=strict"
            + (location.protocol === "https:" ? "; secure" : "");
        </script>""",
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


def sign_in_form(forms: Any) -> bool:
    """Draw the form; whether the person is signed in now."""
    st.session_state["authentication_status"] = None
    forms.login(
        fields={"Form name": "Welcome back", "Username": "Name", "Password": "Password", "Login": "Sign in"},
        key="sign_in",
    )
    if st.session_state.get("authentication_status") is False:
        raise UserError("That name and password do not belong together.")
    return bool(st.session_state.get(TOKEN))


def sign_up_form(forms: Any) -> bool:
    """Draw the form; whether an account was made and signed in."""
    _, name, _ = forms.register_user(
        fields={
            "Form name": "Join in", "First name": "First name (optional)", "Last name": "Last name (optional)",
            "Email": "E-mail (optional)", "Username": "Name", "Password": "Password",
            "Repeat password": "Repeat password", "Register": "Create account",
        },
        captcha=False, password_hint=False, key="sign_up",
    )  # fmt: skip
    if name is None:
        return False
    begin(house().accounts.named(name))
    return True


def change_password_form(account: Account) -> bool:
    # The library draws this form only for somebody whom its own flag calls signed in.
    st.session_state["authentication_status"] = True
    return bool(
        authenticator().reset_password(
            account.name,
            fields={
                "Form name": "Change password", "Current password": "Current password",
                "New password": "New password", "Repeat password": "Repeat password", "Reset": "Change password",
            },
            key="change_password",
        )
    )  # fmt: skip


def authenticator() -> Any:
    """The library's forms over our own stores: credentials, sessions and rules."""
    import streamlit_authenticator as library
    from streamlit_authenticator.controllers import AuthenticationController

    controller = AuthenticationController({"usernames": {}}, _rules(library), auto_hash=False)
    model = controller.authentication_model
    model.credentials = {"usernames": _Usernames()}
    model.check_credentials = lambda name, password: house().accounts.check_password(name, password, address=_address())
    # Its constructor would draw the library's cookie component, a frame that leaves a gap on the page.
    forms = object.__new__(library.Authenticate)
    forms.path = None
    forms.attrs = {"login_sleep_time": 0, "password_instructions": "8 characters or more."}
    forms.authentication_controller = controller
    forms.cookie_controller = _SessionCookie()
    return forms


def _rules(library: Any) -> Any:
    """Names and addresses are judged once, by the accounts; passwords here, where they are still readable."""

    class Rules(library.Validator):  # type: ignore[misc]
        def validate_name(self, name: str) -> bool:
            return True

        def validate_email(self, email: str) -> bool:
            return True

        def validate_username(self, username: str) -> bool:
            return True

        def validate_password(self, password: str) -> bool:
            return bool(checked_password(password))

    return Rules()


class _SessionCookie:
    """Stands where the library keeps its signed name: the browser gets a random word that we can revoke."""

    def get_cookie(self) -> None:
        return None

    def set_cookie(self) -> None:
        begin(house().accounts.named(st.session_state["username"]))

    def delete_cookie(self) -> None:
        end()


class _Record(dict[str, Any]):
    """One person's credentials; a new password goes to the database and ends the person's other sessions."""

    def __init__(self, account: Account) -> None:
        super().__init__(email=account.email, name=account.display_name, password="", roles=[account.role])
        self._account = account

    def __setitem__(self, key: str, value: Any) -> None:
        if key == "password":
            house().accounts.change_password(self._account, value, session=st.session_state[TOKEN])
        super().__setitem__(key, value)


class _Usernames(MutableMapping[str, Any]):
    """The accounts as the dictionary that the library wants, without ever holding them."""

    def __getitem__(self, name: str) -> _Record:
        return _Record(house().accounts.named(name))

    def __setitem__(self, name: str, data: dict[str, Any]) -> None:
        shown = f"{data.get('first_name') or ''} {data.get('last_name') or ''}".strip()
        house().accounts.register(name, data["password"], email=data.get("email") or "", display_name=shown)

    def __contains__(self, name: object) -> bool:
        return False

    def __delitem__(self, name: str) -> None:
        raise NotImplementedError

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _address() -> str:
    return st.context.ip_address or "local"
