"""From a report to a decision, told and appealed against, in real browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from services.bootstrap import Pentagram
from services.community.posts import Post
from tests.browser import town
from tests.browser.conftest import PATIENCE_MS, App, stopped_afterwards
from tests.browser.test_accessibility import go_to
from tests.browser.test_journey import picture
from tests.conftest import PASSWORD_HASH

PROMPT = "a walled garden"
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
PHONE_AGENT = "Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile Safari/537.36"


@dataclass(frozen=True)
class Street:
    app: App
    house: Pentagram
    post: Post
    """By mira. There are ada, a moderator, zoe, an admin, and tom."""


@pytest.fixture
def street() -> Iterator[Street]:
    with stopped_afterwards() as make:
        app = make()
        with town.opened(app.home) as house:
            people = {name: house.accounts.register(name, PASSWORD_HASH) for name in ("mira", "tom", "ada", "zoe")}
            house.accounts.set_role("ada", "moderator")
            house.accounts.set_role("zoe", "admin")
            post = town.post(house, people["mira"], PROMPT, caption="Behind the wall.")
            app.start()
            yield Street(app, house, post)


@pytest.fixture
def come(street: Street, browser: Browser) -> Callable[..., Page]:
    """Somebody of the street with a browser of their own; without a name a visitor."""

    def open_one(name: str = "", path: str = "", **options: object) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, **options})
        context.set_default_timeout(PATIENCE_MS)
        if name:
            session = street.house.accounts.begin_session(street.house.accounts.named(name))
            context.add_cookies([{"name": "pentagram_session", "value": session, "url": street.app.url}])
        page = context.new_page()
        page.goto(f"{street.app.url}/{path}")
        return page

    return open_one


@pytest.mark.timeout(300)
def test_what_is_reported_is_removed_by_keyboard_appealed_against_and_back(come, street) -> None:
    at_the_post = f"post?id={street.post.id}"
    tom = come("tom", at_the_post)
    expect(tom.get_by_text("Behind the wall.")).to_be_visible()
    report(tom)

    ada = come("ada")
    expect(picture(ada, PROMPT)).to_be_visible()
    ada.keyboard.press("o")
    expect(ada.get_by_text("1 report: bullying or harassment")).to_be_visible()
    go_to(ada, ada.get_by_role("link", name="Open"))
    ada.keyboard.press("Enter")
    expect(ada.get_by_alt_text("A picture, blurred")).to_be_visible()
    ada.keyboard.press("v")
    expect(ada.get_by_alt_text(PROMPT)).to_be_visible()
    ada.keyboard.press("x")
    dialog = ada.get_by_role("dialog")
    go_to(ada, dialog.get_by_label("Why, to the person"))
    ada.keyboard.press("ControlOrMeta+a")
    ada.keyboard.type("It mocks somebody.")
    ada.keyboard.press("Control+Enter")
    expect(ada.get_by_text("Nothing waits for you.")).to_be_visible()

    visitor = come("", at_the_post)
    expect(visitor.get_by_text("There is no such post, or it is not for you to see.")).to_be_visible()
    tom.goto(f"{street.app.url}/notifications")
    expect(tom.get_by_text("Thank you: a moderator decided what you reported")).to_be_visible()

    mira = come("mira", "notifications")
    expect(mira.get_by_text("A moderator decided about something of yours: it was removed")).to_be_visible()
    mira.get_by_role("link", name="Why, and how to appeal").click()
    expect(mira.get_by_text("It mocks somebody.")).to_be_visible()
    mira.get_by_role("button", name="Appeal", exact=True).click()
    mira.get_by_role("dialog").get_by_role("textbox").fill("It shows a garden.")
    mira.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(mira.get_by_text("Your appeal waits for a moderator.")).to_be_visible()

    zoe = come("zoe", "moderation")
    zoe.get_by_role("link", name="Open").click()
    expect(zoe.get_by_text("It shows a garden.")).to_be_visible()
    zoe.keyboard.press("y")
    zoe.get_by_role("dialog").get_by_role("button", name="Decide").click()
    expect(zoe.get_by_text("Nothing waits for you.")).to_be_visible()

    visitor.reload()
    expect(visitor.get_by_text("Behind the wall.")).to_be_visible()
    mira.reload()
    expect(mira.get_by_text("Your appeal was upheld.")).to_be_visible()


def report(page: Page) -> None:
    page.get_by_role("button", name="more_horiz").first.click()
    page.get_by_role("menuitem", name="Report", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Bullying or harassment").click()
    dialog.get_by_role("button", name="Send report").click()
    expect(dialog).to_have_count(0)


def test_a_case_is_decided_on_a_phone_too(come, street) -> None:
    street.house.people.report(by=street.house.accounts.named("tom"), reason="spam", post_id=street.post.id)
    page = come("ada", "account?section=Decisions", viewport=PHONE, user_agent=PHONE_AGENT)

    page.get_by_role("link", name="Moderation", exact=True).click()
    page.get_by_role("link", name="Open").click()
    page.get_by_role("button", name="Leave it").click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("dialog").get_by_role("button", name="Decide").click()

    expect(page.get_by_text("Nothing waits for you.")).to_be_visible()
    assert street.house.moderation.queue.count(by=street.house.accounts.named("ada")) == 0
