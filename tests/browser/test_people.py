"""Following, blocking, collecting and being told of it, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.community.people import PAGE
from tests.browser import town
from tests.browser.conftest import PATIENCE_MS, App, stopped_afterwards
from tests.browser.test_journey import picture
from tests.conftest import PASSWORD_HASH

OF_SOL = "a walled garden"
TITLE = "Rainy **evenings** :red[x]"


@dataclass(frozen=True)
class Street:
    app: App
    house: Pentagram
    sol: Account
    """Who posted a picture."""


@pytest.fixture(scope="module")
def street() -> Iterator[Street]:
    with stopped_afterwards() as make:
        app = make()
        with town.opened(app.home) as house:
            sol = house.accounts.register("sol", PASSWORD_HASH)
            town.post(house, sol, OF_SOL)
            app.start()
            yield Street(app, house, sol)


@pytest.fixture
def come(street: Street, browser: Browser) -> Callable[..., Page]:
    """Somebody new with a browser of their own: `come("mira", "person?name=sol")`."""

    def open_one(name: str, path: str = "") -> Page:
        account = town.somebody(street.house, name)
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.set_default_timeout(PATIENCE_MS)
        session = street.house.accounts.begin_session(account)
        context.add_cookies([{"name": "pentagram_session", "value": session, "url": street.app.url}])
        page = context.new_page()
        page.goto(f"{street.app.url}/{path}")
        return page

    return open_one


def test_the_list_of_who_likes_a_picture_grows_and_is_followed_from_in_place(come, street) -> None:
    post = town.post(street.house, street.sol, "a tall ship", visibility="unlisted")
    for number in range(PAGE + 2):
        street.house.posts.like(post.id, by=street.house.accounts.register(f"fan{number:02}", PASSWORD_HASH))
    page = come("reader", f"post?id={post.id}")
    dialog = page.get_by_role("dialog")

    page.get_by_role("button", name=f"{PAGE + 2} likes").click()
    follow = dialog.get_by_role("button", name="Follow", exact=True)
    expect(follow).to_have_count(PAGE)
    dialog.get_by_role("button", name="Show more").dblclick()
    expect(follow).to_have_count(PAGE + 2)
    follow.last.dblclick()
    expect(dialog.get_by_role("button", name="Following")).to_have_count(1)
    expect(follow).to_have_count(PAGE + 1)
    page.keyboard.press("Escape")

    expect(dialog).to_have_count(0)
    expect(picture(page, "a tall ship")).to_be_visible()
    reader = street.house.accounts.named("reader")
    assert street.house.people.profile("fan00", viewer=reader).follows


def more(page: Page) -> Locator:
    return page.get_by_role("button", name="More", exact=True)


def choose(page: Page, menu: Locator, label: str) -> None:
    menu.click()
    page.get_by_role("menuitem", name=label, exact=True).click()


def test_a_double_click_follows_once_and_their_pictures_are_in_the_feed(come) -> None:
    page = come("mira", "person?name=sol")

    page.get_by_role("button", name="Follow", exact=True).dblclick()

    expect(page.get_by_role("button", name="Following")).to_be_visible()
    page.get_by_role("link", name="Feed").click()
    page.get_by_role("radio", name="Following").click()
    expect(picture(page, OF_SOL)).to_be_visible()


def test_who_is_blocked_is_gone_both_ways(street: Street, come) -> None:
    page = come("wren", "person?name=sol")
    expect(picture(page, OF_SOL)).to_be_visible()
    choose(page, more(page), "Block")
    page.get_by_role("dialog").get_by_role("button", name="Block").click()
    expect(page.get_by_text("You blocked this account")).to_be_visible()
    expect(picture(page, OF_SOL)).to_have_count(0)

    page.get_by_role("link", name="Feed").click()
    expect(page.get_by_text("Nothing here yet")).to_be_visible()
    expect(picture(page, OF_SOL)).to_have_count(0)
    assert "wren" not in [each.name for each in street.house.people.named_like("wren", viewer=street.sol)]

    page.go_back()
    page.get_by_role("button", name="Unblock").click()
    expect(picture(page, OF_SOL)).to_be_visible()


def test_a_post_is_saved_to_a_new_collection_without_leaving_the_feed(come) -> None:
    page = come("ada")
    choose(page, page.locator("[class*='st-key-more-'] button").first, "Save to a collection")
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("New collection").click()
    dialog.get_by_label("Title").fill(TITLE)
    dialog.get_by_role("button", name="Create and save").dblclick()
    expect(dialog.get_by_role("button", name="Remove")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Saved").first).to_be_visible()

    page.keyboard.press("b")
    page.get_by_role("link", name=f"Collection {TITLE}").click()

    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(picture(page, OF_SOL)).to_be_visible()


def test_news_arrives_without_a_reload_and_is_read_by_opening_it(street: Street, come) -> None:
    page = come("iris")
    expect(page.get_by_role("link", name="Notifications", exact=True)).to_be_visible()
    page.evaluate("window.stays = true")

    street.house.people.follow("iris", by=street.sol)

    news = page.get_by_role("link", name="Notifications 1")
    expect(news).to_be_visible()
    assert page.evaluate("window.stays")
    news.click()
    expect(page.get_by_text("sol started following you")).to_be_visible()
    expect(page.get_by_text("New", exact=True)).to_be_visible()
    page.get_by_role("link", name="See the profile").click()
    expect(page.get_by_text("Follows you")).to_be_visible()
    expect(page.get_by_role("link", name="Notifications", exact=True)).to_be_visible()


def test_keys_lead_everywhere_but_never_out_of_a_field_or_a_dialog(come) -> None:
    page = come("noor", "notifications")
    expect(page.get_by_role("heading", name="Notifications")).to_be_visible()
    page.wait_for_function("window.pentagramKeys")

    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Go to your collections")).to_be_visible()
    page.keyboard.press("f")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("s")
    field = page.get_by_label("Search")
    field.click()
    page.keyboard.type("fog?")

    expect(field).to_have_value("fog?")
    expect(dialog).to_have_count(0)
    expect(page).to_have_title("Search · Pentagram")


def test_a_question_mark_that_is_pressed_before_a_slow_page_has_its_buttons_shows_the_keys(come) -> None:
    page = come("hasty")
    page.route("**/static/js/Button.*.js", lambda route: (page.wait_for_timeout(1500), route.continue_()))
    page.reload()
    page.wait_for_function("window.pentagramKeys")
    expect(page.locator(".st-key-show-keys button")).to_have_count(0)

    page.keyboard.press("?")

    expect(page.get_by_role("dialog").get_by_text("Go to your collections")).to_be_visible()


def test_posts_are_put_in_order_by_keyboard_alone(street: Street, come) -> None:
    page = come("kit")
    kit = street.house.accounts.named("kit")
    board = street.house.collections.create("Mine", by=kit, token="board-one")
    made = [town.post(street.house, kit, prompt, visibility="private") for prompt in ("first", "second")]
    for post in made:
        street.house.collections.save(post.id, by=kit, collection_id=board.id)
    page.goto(f"{street.app.url}/collection?id={board.id}")
    page.get_by_role("radio", name="Arrange").click()
    down = page.locator(f".st-key-down-{made[1].id} button")
    down.focus()

    page.keyboard.press("Enter")

    rows = page.locator("[class*='st-key-row-']")
    expect(rows.first).to_contain_text("first")
    expect(down).to_be_focused()
