"""No click loses one's place in the feed: measured in a real browser."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from services.bootstrap import Pentagram
from services.community.accounts import Account
from tests.browser import town
from tests.browser.conftest import PATIENCE_MS, App, stopped_afterwards
from tests.conftest import PASSWORD_HASH

POSTS = 30
TOP = "document.querySelector('[data-testid=stMain]').scrollTop"
# Of all that can be seen: where it is.
PLACES = """() => [...document.querySelectorAll("[class*=st-key-card-], button")].map(each => {
  const { x, y, height } = each.getBoundingClientRect()
  return [each.className, x, y, height]
})"""


@dataclass(frozen=True)
class Street:
    app: App
    house: Pentagram
    sol: Account
    pictures: list[UUID]

    def publish(self) -> UUID:
        return self.house.posts.publish(self.pictures, by=self.sol, token=uuid.uuid4().hex).id


@pytest.fixture(scope="module")
def street() -> Iterator[Street]:
    with stopped_afterwards() as make:
        app = make()
        with town.opened(app.home) as house:
            sol = house.accounts.register("sol", PASSWORD_HASH)
            first = town.post(house, sol, "a walled garden")
            street = Street(app, house, sol, [first.creation_id])
            for _ in range(POSTS):
                street.publish()
            app.start()
            yield street


@pytest.fixture
def come(street: Street, browser: Browser) -> Iterator[Callable[[], Page]]:
    """Somebody new with a browser of their own, in front of the feed."""
    contexts = []

    def open_one() -> Page:
        account = street.house.accounts.register(f"guest_{uuid.uuid4().hex[:8]}", PASSWORD_HASH)
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        session = street.house.accounts.begin_session(account)
        context.add_cookies([{"name": "pentagram_session", "value": session, "url": street.app.url}])
        page = context.new_page()
        page.goto(street.app.url)
        expect(pictures(page).nth(11)).to_be_attached()
        return page

    yield open_one
    for context in contexts:
        context.close()


def pictures(page: Page) -> Locator:
    return page.locator("[class*=st-key-card-] a")


def likers(page: Page) -> Locator:
    """How many like what `scroll_down` leads to."""
    return page.locator("[class*=st-key-likers-] button").nth(22)


def scroll_down(page: Page, posts: int) -> None:
    """Until so many posts are on the page, and the one before the last stands on top of the window."""
    while pictures(page).count() < posts:
        page.get_by_role("button", name="Show more").click()
        expect(pictures(page).nth(min(posts, pictures(page).count() + 12) - 1)).to_be_attached()
    pictures(page).nth(posts - 2).evaluate("link => link.scrollIntoView()")
    page.wait_for_function(f"{TOP} > 1000 && history.state?.place === {TOP}")


def at(page: Page, place: float) -> None:
    page.wait_for_function(f"Math.abs({TOP} - {place}) <= 1")


def test_going_back_from_a_post_finds_the_feed_where_it_was_with_what_one_liked(come) -> None:
    page = come()
    scroll_down(page, 24)
    place, address = page.evaluate(TOP), page.url
    heart = page.locator("[class*=st-key-like-] button").nth(22)
    heart.click()
    expect(likers(page)).to_have_text("1 like")
    at(page, place)

    pictures(page).nth(22).click()
    expect(page.get_by_role("button", name="Remix")).to_be_visible()
    at(page, 0)
    page.get_by_label("Say something").fill("From far down")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_text("1 comment", exact=True)).to_be_visible()
    page.go_back()

    at(page, place)
    expect(pictures(page)).to_have_count(24)
    expect(likers(page)).to_have_text("1 like")
    expect(page.get_by_role("link", name="1 comment")).to_be_in_viewport()
    assert page.url == address
    page.go_forward()
    expect(page.get_by_text("From far down")).to_be_visible()


def test_a_like_and_a_star_move_nothing_on_the_page(come) -> None:
    page = come()
    scroll_down(page, 24)
    before = page.evaluate(PLACES)

    for press, told in (("like", "favorite"), ("save", "Saved"), ("like", "favorite_border")):
        button = page.locator(f"[class*=st-key-{press}-] button").nth(21)
        button.click()
        expect(button).to_contain_text(told)

    assert page.evaluate(PLACES) == before


def test_the_keyboard_opens_a_picture_in_the_same_tab_and_one_step_back_leads_back(come) -> None:
    page = come()
    page.goto(f"{page.url}?tab=Trending")
    expect(pictures(page).first).to_be_visible()
    address = page.url

    pictures(page).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remix")).to_be_visible()
    assert "/post?id=" in page.url
    assert len(page.context.pages) == 1
    page.go_back()

    expect(pictures(page).first).to_be_visible()
    assert page.url == address


def test_a_link_to_the_author_leaves_no_address_in_between(come) -> None:
    page = come()
    scroll_down(page, 24)
    place = page.evaluate(TOP)

    page.get_by_role("link", name="sol", exact=True).nth(22).click()
    expect(page.get_by_text("@sol")).to_be_visible()
    page.go_back()

    at(page, place)


def test_new_posts_are_told_of_in_sight_and_come_on_top_when_asked_for(come, street) -> None:
    page = come()
    scroll_down(page, 24)
    place = page.evaluate(TOP)

    fresh = street.publish()
    chip = page.get_by_role("button", name="1 new post")
    expect(chip).to_be_in_viewport()
    at(page, place)
    chip.click()

    expect(page.locator(f".st-key-card-{fresh}")).to_be_in_viewport()
    at(page, 0)
    expect(chip).to_have_count(0)
