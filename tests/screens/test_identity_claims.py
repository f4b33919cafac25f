"""Sign-in by an identity provider, as far as a screen shows it without one."""

from __future__ import annotations

import time

import pytest
import streamlit as st
from streamlit.runtime.secrets import secrets_singleton

from services.community.credentials import NAME
from tests.screens.conftest import button

SHARED = {"redirect_uri": "http://127.0.0.1/oauth2callback", "cookie_secret": "a long random text of its own"}
CLIENT = {"client_id": "pentagram", "client_secret": "hush", "server_metadata_url": "http://127.0.0.1/metadata"}


def vouched(**claims: object) -> dict[str, object]:
    """What Streamlit keeps of an ID token that was issued now."""
    now = time.time()
    return {
        "is_logged_in": True,
        "iss": "https://id.example",
        "sub": "subject-1",
        "iat": now,
        "exp": now + 60,
        **claims,
    }


@pytest.fixture
def organisation(visit, monkeypatch):
    """A tab of an app whose secrets hold this [auth] table, and whose visitor a provider called by these claims."""

    def make(auth=None, user=None):
        # AppTest's own `secrets` would reach st.secrets, but neither st.login nor st.user.
        monkeypatch.setattr(secrets_singleton, "_secrets", {"auth": SHARED | CLIENT if auth is None else auth})
        tab = visit()
        tab.app.user = user or {}
        return tab

    return make


def ways_in(app) -> list[str]:
    return [each.label for each in app.button if each.label.startswith("Continue with")]


def test_without_a_provider_there_is_only_the_form(visit, monkeypatch):
    monkeypatch.setattr(secrets_singleton, "_secrets", {})
    app = visit().open("sign_in")

    assert ways_in(app) == []
    assert button(app, "Sign in")


@pytest.mark.parametrize(
    ("auth", "labels"),
    [
        (SHARED, []),
        (SHARED | CLIENT | {"client_kwargs": {"prompt": "login"}}, ["Continue with your organisation"]),
        (SHARED | {"google": CLIENT, "azure-ad": CLIENT}, ["Continue with Google", "Continue with Azure Ad"]),
    ],
    ids=["no client", "one without a name", "two with names"],
)
def test_each_provider_has_a_button_beside_the_form(organisation, auth, labels):
    app = organisation(auth).open("sign_in")

    assert ways_in(app) == labels
    assert button(app, "Sign in")


def test_each_button_leads_to_its_own_provider(organisation, monkeypatch):
    chosen: list[str | None] = []
    monkeypatch.setattr(st, "login", chosen.append)
    app = organisation(SHARED | CLIENT | {"google": CLIENT}).open("sign_in")

    button(app, "Continue with Google").click().run()
    button(app, "Continue with your organisation").click().run()

    assert chosen == ["google", None]


def test_without_authlib_the_way_to_get_it_is_told(organisation, monkeypatch):
    monkeypatch.setattr("streamlit.user_info.is_authlib_installed", lambda: False)
    tab = organisation()
    app = tab.open("sign_in")

    button(app, "Continue with your organisation").click().run()

    assert tab.sentences == ["Signing in this way needs Authlib here: pip install 'streamlit[auth]'."]


def test_half_a_table_is_a_sentence_and_its_reason_stands_in_the_log(organisation, caplog):
    tab = organisation({"redirect_uri": SHARED["redirect_uri"], "google": CLIENT})
    app = tab.open("sign_in")

    button(app, "Continue with Google").click().run()

    assert tab.sentences == ["This way of signing in is not set up right; the log says why. Use a name instead."]
    assert "cookie_secret" in caplog.text


@pytest.mark.parametrize(
    ("claims", "name", "shown"),
    [
        ({"preferred_username": "mira.lind", "name": "Mira Lind"}, "mira.lind", "mira.lind"),
        ({"preferred_username": "mira@example.org", "name": "Mira Lind"}, "mira", "mira"),
        ({"name": "Mira Lind", "email": "m@example.org"}, "miralind", "Mira Lind"),
        ({"email": "mira@example.org"}, "mira", "mira"),
        ({"preferred_username": "\u200b\u202e", "name": None, "email": None}, "friend", "friend"),
        ({"preferred_username": 4711}, "4711", "4711"),
        ({"preferred_username": "o" * 5000}, "o" * 24, "o" * 60),
    ],
    ids=["preferred", "an address", "only a name", "only an e-mail", "nothing to see", "a number", "endless"],
)
def test_somebody_new_gets_a_name_from_what_the_provider_says(organisation, house, claims, name, shown):
    app = organisation(user=vouched(**claims)).open("account")

    account = house.accounts.of_session(app.session_state["session_token"])
    assert NAME.fullmatch(account.name)
    assert (account.name, account.display_name) == (name, shown)
    assert account.email == claims.get("email")
    assert not any(each.label == "Change password" for each in app.button), "there is none to change"


def test_what_a_provider_said_long_ago_lets_nobody_in(organisation, house):
    hour_ago = time.time() - 3600
    app = organisation(user=vouched(preferred_username="mira", iat=hour_ago, exp=hour_ago + 300)).open("sign_in")

    assert app.session_state["session_token"] == ""
    assert ways_in(app) == ["Continue with your organisation"]


def test_a_session_ended_elsewhere_is_not_begun_again_by_what_the_provider_said_before(organisation, house):
    tab = organisation(user=vouched(preferred_username="mira"))
    token = tab.open().session_state["session_token"]
    house.accounts.end_session(token)

    tab.app.run()

    assert tab.app.session_state["session_token"] == ""
    assert tab.app.user["is_logged_in"] is False, "the tab was sent to sign out at the provider"


def test_the_way_out_over_the_provider_is_not_lost_in_the_page_switch(organisation, monkeypatch):
    # What a run draws before it switches pages reaches no browser, and the redirect of st.logout goes the same way.
    monkeypatch.setattr(st, "logout", lambda: st.text("off to the provider"))
    tab = organisation(user=vouched(preferred_username="mira"))
    app = tab.open("account")

    button(app, "Sign out").click().run()

    assert "off to the provider" in tab.texts
