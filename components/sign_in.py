"""streamlit-authenticator's forms over our accounts and our sessions."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any

import streamlit as st

from components import session, visiting
from components.house import house
from services.community.accounts import Account
from services.community.credentials import checked_password
from services.errors import UserError

IN_OUR_WORDS = {
    "Passwords do not match": "The two passwords are not the same.",
    "Password/repeat password fields cannot be empty": "Choose a password and repeat it.",
    "No new password provided": "Choose a new password.",
    "New and current passwords are the same": "The new password is the old one.",
}


def in_our_words(error: Exception) -> str:
    return IN_OUR_WORDS.get(str(error), str(error))


def sign_in_form(forms: Any) -> bool:
    """Draw the form; whether the person is signed in now."""
    st.session_state["authentication_status"] = None
    forms.login(
        fields={"Form name": "Welcome back", "Username": "Name", "Password": "Password", "Login": "Sign in"},
        key="sign_in",
    )
    if st.session_state.get("FormSubmitter:sign_in-Sign in") and not st.session_state.get("authentication_status"):
        raise UserError("That name and password do not belong together.")
    return bool(session.token())


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
    account = house().accounts.named(name)
    session.begin(account)
    visiting.carry_over(account)
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
        session.begin(house().accounts.named(st.session_state["username"]))

    def delete_cookie(self) -> None:
        session.end()


class _Record(dict[str, Any]):
    """One person's credentials; a new password goes to the database and ends the person's other sessions."""

    def __init__(self, account: Account) -> None:
        super().__init__(email=account.email, name=account.display_name, password="", roles=[account.role])
        self._account = account

    def __setitem__(self, key: str, value: Any) -> None:
        if key == "password":
            house().accounts.change_password(self._account, value, session=session.token())
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
