"""Looking at a post and talking about it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.community.posts import Post
from tests.browser import town
from tests.browser.conftest import PATIENCE_MS, App, stopped_afterwards
from tests.conftest import PASSWORD_HASH

PROMPT = "a red boat in the fog"
SCROLLED = "strip => Math.round(strip.scrollLeft / strip.clientWidth)"


@dataclass(frozen=True)
class Street:
    app: App
    house: Pentagram
    sol: Account
    wren: Account
    carousel: Post
    """Of sol's."""


@pytest.fixture(scope="module")
def street() -> Iterator[Street]:
    with stopped_afterwards() as make:
        app = make()
        with town.opened(app.home) as house:
            sol, wren = (house.accounts.register(name, PASSWORD_HASH) for name in ("sol", "wren"))
            post = town.post(house, sol, PROMPT, pictures=3, caption="Three mornings, @wren.")
            app.start()
            yield Street(app, house, sol, wren, post)


@pytest.fixture
def enter(street: Street, browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """A browser that somebody is signed in with."""
    contexts = []

    def open_one(account: Account, **options: object) -> BrowserContext:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | options))
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        session = street.house.accounts.begin_session(account)
        context.add_cookies([{"name": "pentagram_session", "value": session, "url": street.app.url}])
        return context

    yield open_one
    for context in contexts:
        context.close()


def see(street: Street, context: BrowserContext, post: Post) -> Page:
    page = context.new_page()
    page.goto(f"{street.app.url}/post?id={post.id}")
    expect(page.get_by_role("button", name="Remix")).to_be_visible()
    expect(page.get_by_label("Say something")).to_be_visible()
    return page


def strip(page: Page) -> Locator:
    return page.get_by_role("group", name="3 pictures. Use the arrow keys")


def choose(page: Page, menu: Locator, what: str) -> None:
    menu.click()
    page.get_by_role("menuitem", name=what, exact=True).click()


def about(page: Page, post: Post) -> Locator:
    return page.locator(f".st-key-about-{post.id} button")


def test_a_carousel_is_gone_through_by_keys_presses_and_dots(street, enter) -> None:
    page = see(street, enter(street.wren, reduced_motion="reduce"), street.carousel)
    pictures = strip(page)
    expect(page.get_by_text("1 of 3")).to_be_visible()
    expect(page.get_by_role("button", name="Picture before")).to_be_hidden()

    pictures.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("2 of 3")).to_be_visible()
    page.get_by_role("button", name="Next picture").click()
    expect(page.get_by_text("3 of 3")).to_be_visible()
    assert pictures.evaluate(SCROLLED) == 2
    page.get_by_role("button", name="Picture 1", exact=True).click()
    expect(page.get_by_text("1 of 3")).to_be_visible()

    alts = [image.get_attribute("alt") for image in pictures.get_by_role("img").all()]
    assert alts == [f"“{PROMPT}”, prompted by sol"] * 3


def test_a_carousel_is_swiped_on_a_phone_and_fits_there(street, enter) -> None:
    context = enter(
        street.wren, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce",
        user_agent="Mozilla/5.0 (Phone) Mobile",
    )  # fmt: skip
    page = see(street, context, street.carousel)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    pictures = strip(page)
    pictures.scroll_into_view_if_needed()
    box = pictures.bounding_box()
    assert box is not None
    finger, y = context.new_cdp_session(page), box["y"] + 60
    touch = "Input.dispatchTouchEvent"
    finger.send(touch, {"type": "touchStart", "touchPoints": [{"x": 330, "y": y}]})
    for x in range(320, 60, -20):
        finger.send(touch, {"type": "touchMove", "touchPoints": [{"x": x, "y": y}]})
    finger.send(touch, {"type": "touchEnd", "touchPoints": []})

    expect(page.get_by_text("2 of 3")).to_be_visible()


def test_a_conversation_is_had_without_losing_the_place(street, enter) -> None:
    post = street.house.posts.publish([street.carousel.creation_id], by=street.sol, token="for-the-talk")
    page = see(street, enter(street.wren), post)

    page.get_by_label("Say something").fill("Which seed, @sol? <b>x</b> :red[x]")
    page.get_by_role("button", name="Comment", exact=True).dblclick()
    expect(page.get_by_text("Which seed, @sol? <b>x</b> :red[x]")).to_have_count(1)
    expect(page.get_by_text("1 comment", exact=True)).to_be_visible()

    page.get_by_role("button", name="Answer", exact=True).click()
    page.get_by_label("Your answer").fill("7, I found it.")
    page.get_by_test_id("stFormSubmitButton").get_by_role("button", name="Answer").click()
    expect(page.get_by_text("7, I found it.")).to_be_visible()

    menus = page.locator("[class*=st-key-about-comment-] button")
    choose(page, menus.nth(1), "Edit")
    page.get_by_label("Your comment").fill("Seven.")
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("Seven.")).to_be_visible()
    expect(page.get_by_text("edited")).to_be_visible()

    choose(page, menus.nth(1), "Delete")
    expect(page.get_by_text("Comment deleted.")).to_be_visible()
    expect(page.get_by_text("Seven.")).to_be_hidden()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Seven.")).to_be_visible()
    expect(page.get_by_text("2 comments", exact=True)).to_be_visible()

    page.get_by_role("link", name="@sol").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/person\?name=sol$"))
    expect(page.get_by_text("@sol", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_text("Seven.")).to_be_visible()


def test_the_later_of_two_saves_of_a_caption_is_told_and_loses_nothing(street, enter) -> None:
    post = street.house.posts.publish([street.carousel.creation_id], by=street.sol, token="for-two-tabs")
    context = enter(street.sol)
    first, second = (see(street, context, post) for _ in range(2))
    for page in (first, second):
        choose(page, about(page, post), "Edit")
        expect(page.get_by_role("dialog").get_by_label("Caption")).to_be_visible()

    for page, caption in ((first, "The first"), (second, "The second")):
        page.get_by_role("dialog").get_by_label("Caption").fill(caption)
        page.get_by_role("dialog").get_by_role("button", name="Save").click()
        if page is first:
            expect(page.get_by_role("dialog")).to_be_hidden()

    expect(second.get_by_text("changed in another tab")).to_be_visible()
    expect(second.get_by_role("dialog").get_by_label("Caption")).to_have_value("The second")
    expect(first.get_by_text("The first")).to_be_visible()
    assert street.house.posts.get(post.id, viewer=None).caption == "The first"


def test_a_deleted_post_is_brought_back_from_the_feed(street, enter) -> None:
    post = street.house.posts.publish([street.carousel.creation_id], by=street.sol, token="to-be-deleted")
    page = see(street, enter(street.sol), post)

    choose(page, about(page, post), "Delete")
    expect(page.get_by_text("The post is deleted.")).to_be_in_viewport()
    expect(page.locator(f".st-key-card-{post.id}")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()

    expect(page).to_have_url(re.compile(str(post.id)))
    expect(page.get_by_role("button", name="Remix")).to_be_visible()
    assert street.house.posts.get(post.id, viewer=None).id == post.id


def test_a_remix_begins_with_the_prompt_and_is_hung_under_its_origin(street, enter) -> None:
    post = street.house.posts.publish([street.carousel.creation_id], by=street.sol, token="to-be-remixed")
    page = see(street, enter(street.wren), post)

    page.get_by_role("button", name="Remix").click()
    expect(page.get_by_label("What do you want to see?")).to_have_value(PROMPT)
    page.get_by_role("button", name="Generate").click()
    expect(page.get_by_alt_text(f"“{PROMPT}”, prompted by wren")).to_be_visible()
    page.get_by_role("button", name="Post", exact=True).first.click()
    page.get_by_role("dialog").get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_hidden()

    page = see(street, enter(street.sol), post)
    expect(page.get_by_text("Made from this one")).to_be_visible()


def test_sharing_tells_how_to_and_the_links_work_without_javascript(street, enter) -> None:
    context = enter(street.wren)
    page = see(street, context, street.carousel)

    page.get_by_role("button", name="Share").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_alt_text("QR code of the link")).to_be_visible()
    link = dialog.get_by_test_id("stCode").first.inner_text().strip()
    assert PROMPT in context.request.get(link).text()
    dialog.get_by_role("tab", name="Embed").click()
    expect(dialog.get_by_text("<iframe")).to_be_visible()
    dialog.get_by_role("tab", name="Download").click()
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Save the picture").click()
    assert PROMPT.encode() in download.value.path().read_bytes()
