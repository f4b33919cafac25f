"""Who sits in front of the screen: streamlit-authenticator's forms over our accounts and our sessions."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any

import streamlit as st

from components.house import house
from services.community.accounts import Account
from services.community.credentials import checked_password
from services.errors import UserError

COOKIE = "pentagram_session"
"""The cookie's name, and the place in the tab's state of what it should hold once that changed."""
COOKIE_SECONDS = 30 * 24 * 3600
TOKEN = "session_token"  # noqa: S105 - the name of a place, not a secret
RETURN_TO = "return_to"


def viewer() -> Account | None:
    """The signed-in account, asked of the database each time: a session ended elsewhere ends here at once."""
    token = st.session_state.get(TOKEN)
    if token is None:
        token = st.context.cookies.get(COOKIE, "")
    account = house().accounts.of_session(token)
    if account is None and token:
        token = ""
    st.session_state[TOKEN] = token
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
    st.session_state[TOKEN] = token
    st.session_state[COOKIE] = token


def end() -> None:
    house().accounts.end_session(st.session_state.get(TOKEN) or "")
    _forget()


def end_everywhere(account: Account) -> None:
    house().accounts.end_all_sessions(account)
    _forget()


def _forget() -> None:
    st.session_state[TOKEN] = ""
    st.session_state[COOKIE] = ""
    st.session_state["authentication_status"] = None
    if is_from_provider():
        st.logout()


def write_cookie() -> None:
    """Tell the browser what to remember, in every run since the person signed in or out: a run that is overtaken
    by the next one may never reach the browser, and writing the same twice changes nothing."""
    token = st.session_state.get(COOKIE)
    if token is None:
        return
    age = COOKIE_SECONDS if token else 0
    st.html(
        f"""<script>document.cookie = "{COOKIE}={token}; path=/; max-age={age}; samesite=strict"
        + (location.protocol === "https:" ? "; secure" : "");</script>""",
        unsafe_allow_javascript=True,
    )


def has_providers() -> bool:
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def is_from_provider() -> bool:
    return has_providers() and bool(st.user.get("is_logged_in"))


def _from_provider() -> Account | None:
    """Somebody whom the configured identity provider vouched for gets a session of ours."""
    if not is_from_provider():
        return None
    claims = st.user.to_dict()
    suggested = claims.get("preferred_username") or claims.get("name") or str(claims.get("email", "")).split("@")[0]
    account = house().accounts.of_identity(
        str(claims.get("iss", "")), str(claims["sub"]), suggested_name=str(suggested or "friend"),
        email=str(claims.get("email", "")), issued_at=float(claims.get("iat", 0)),
    )  # fmt: skip
    if account is None:
        st.logout()
    else:
        begin(account)
    return account


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
    """The library's forms, with its three stores replaced: credentials, cookie and rules. One a run is enough."""
    import streamlit_authenticator

    rules = _rules(streamlit_authenticator)
    forms = streamlit_authenticator.Authenticate(
        {"usernames": {}}, COOKIE, "unused: sessions are ours", validator=rules, auto_hash=False, login_sleep_time=0,
        password_instructions="8 characters or more.",  # noqa: S106 - a hint, not a password
    )  # fmt: skip
    model = forms.authentication_controller.authentication_model
    model.credentials = {"usernames": _Usernames()}
    model.check_credentials = lambda name, password: house().accounts.check_password(name, password, address=_address())
    forms.cookie_controller.cookie_model = _SessionCookie()
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
