"""Sign-in by an identity provider: the real app and a real Chromium, with a stand-in of a provider."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import App, stopped_afterwards
from tests.browser.test_journey import me, open_settings, sign_in, sign_up
from tests.fakes.identity_provider import CLIENT_ID, CLIENT_SECRET, IdentityProvider

SECRETS = """
[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "a long random text of its own"
{client}

[auth.partner]
{client}
"""
CLIENT = f"""
client_id = "{CLIENT_ID}"
client_secret = "{CLIENT_SECRET}"
server_metadata_url = "{{metadata}}"
"""
ORGANISATION = "Continue with your organisation"
OURS, PROVIDERS = "pentagram_session", "_streamlit_user"


@pytest.fixture(scope="module")
def introduced(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[App, IdentityProvider]]:
    """An app and the provider that it knows. Streamlit reads its [auth] table, and the settings theirs, in one file."""
    file = tmp_path_factory.mktemp("identity") / "secrets.toml"
    with stopped_afterwards() as make:
        app = make(PENTAGRAM_SECRETS=str(file), STREAMLIT_SECRETS_FILES=str(file), NO_PROXY="127.0.0.1")
        with IdentityProvider(f"{app.url}/oauth2callback") as provider:
            client = CLIENT.format(metadata=provider.metadata_url)
            file.write_text(SECRETS.format(app=app.url, client=client))
            app.start()
            yield app, provider


@pytest.fixture
def app(introduced: tuple[App, IdentityProvider]) -> App:
    app, _ = introduced
    app.empty()
    return app


@pytest.fixture
def provider(introduced: tuple[App, IdentityProvider]) -> IdentityProvider:
    _, provider = introduced
    provider.forget()
    return provider


def arrive(page: Page, app: App, label: str = ORGANISATION) -> None:
    page.goto(f"{app.url}/sign_in")
    page.get_by_role("button", name=label).click()


def expect_signed_in(page: Page, name: str) -> None:
    expect(me(page, name)).to_be_visible()


def expect_visitor(page: Page) -> None:
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def wait_for_our_cookie(page: Page) -> None:
    page.wait_for_function(f"/{OURS}=./.test(document.cookie)")


def sign_out(page: Page, name: str, label: str = "Sign out") -> None:
    open_settings(page, name)
    page.get_by_role("button", name=label, exact=True).click()
    expect_visitor(page)


def sign_out_by_redirect(page: Page, name: str, label: str = "Sign out") -> None:
    """The way out leads over the provider, so the page is loaded anew."""
    with page.expect_event("load"):
        sign_out(page, name, label)
    expect_visitor(page)


def cookies(context: BrowserContext) -> set[str]:
    return {str(cookie["name"]) for cookie in context.cookies()}


def test_a_visitor_comes_back_signed_in_and_a_session_of_ours_keeps_them_in(app: App, provider, page: Page) -> None:
    provider.vouch_for("mira", preferred_username="Mira.Lind@example.org", email="mira@example.org")
    arrive(page, app)
    expect_signed_in(page, "mira.lind")

    wait_for_our_cookie(page)
    page.context.clear_cookies(name=PROVIDERS)
    page.reload()
    expect_signed_in(page, "mira.lind")


def test_signing_out_lasts_and_signing_in_again_reaches_the_same_account(app: App, provider, page: Page) -> None:
    provider.vouch_for("tom", preferred_username="tom")
    arrive(page, app)
    expect_signed_in(page, "tom")

    sign_out_by_redirect(page, "tom")
    assert PROVIDERS not in cookies(page.context)
    assert len(provider.sign_outs) == 1
    page.reload()
    expect_visitor(page)

    arrive(page, app)
    expect_signed_in(page, "tom")


def test_signing_out_in_one_tab_is_not_undone_by_another(app: App, provider, page: Page) -> None:
    provider.vouch_for("noa", preferred_username="noa")
    arrive(page, app)
    expect_signed_in(page, "noa")
    wait_for_our_cookie(page)
    other = page.context.new_page()
    other.goto(app.url)
    expect_signed_in(other, "noa")

    sign_out_by_redirect(page, "noa")
    with other.expect_event("load"):
        other.get_by_role("link", name="Search").click()

    expect_visitor(other)
    page.reload()
    expect_visitor(page)


def test_signing_out_everywhere_reaches_a_browser_that_still_has_what_the_provider_said(
    app: App, provider, page: Page, browser: Browser
) -> None:
    provider.vouch_for("ada", preferred_username="ada")
    elsewhere = browser.new_context()
    closed = elsewhere.new_page()
    for tab in (page, closed):
        arrive(tab, app)
        expect_signed_in(tab, "ada")
        wait_for_our_cookie(tab)
    closed.close()

    sign_out_by_redirect(page, "ada", "Sign out everywhere")

    assert {OURS, PROVIDERS} <= cookies(elsewhere)
    reopened = elsewhere.new_page()
    with reopened.expect_response("**/auth/logout"):
        reopened.goto(app.url)
    expect_visitor(reopened)
    elsewhere.close()


def test_names_and_passwords_work_beside_it_and_never_meet_the_provider(app: App, provider, page: Page) -> None:
    sign_up(page, app, "eve")
    sign_out(page, "eve")
    sign_in(page, app, "eve")

    assert provider.sign_outs == []


def test_a_provider_with_a_name_has_a_button_of_its_own(app: App, provider, page: Page) -> None:
    provider.vouch_for("kim", preferred_username="kim")

    arrive(page, app, "Continue with Partner")

    expect_signed_in(page, "kim")


def test_whoever_turns_back_at_the_provider_stays_a_visitor(app: App, provider, page: Page) -> None:
    provider.turn_back()

    arrive(page, app)

    page.wait_for_url(f"{app.url}/")
    expect_visitor(page)


def test_without_an_auth_table_there_is_no_such_button(usual_app: App, page: Page) -> None:
    page.goto(f"{usual_app.url}/sign_in")

    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_role("button", name="Continue with")).to_have_count(0)
