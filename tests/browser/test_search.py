"""Searching as people do: typing and looking, choosing, going to a picture and coming back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import town
from tests.browser.conftest import PATIENCE_MS, App, stopped_afterwards
from tests.conftest import PASSWORD_HASH

MODEL_LOADS_MS = 90_000
PROMPTS = {
    "a lighthouse on a cliff": ["sea"],
    "a lighthouse in a storm": ["sea", "night"],
    "a lighthouse keeper reading": ["people"],
}


@pytest.fixture(scope="module")
def coast() -> Iterator[App]:
    with stopped_afterwards() as make:
        app = make()
        with town.opened(app.home) as house:
            sol = house.accounts.register("sol", PASSWORD_HASH)
            for prompt, tags in PROMPTS.items():
                town.post(house, sol, prompt, tags=tags)
        app.start()
        yield app


@pytest.fixture
def page(coast: App, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, has_touch=True)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{coast.url}/search")
    expect(box(page)).to_be_visible()
    yield page
    context.close()


def box(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="Search")


def cards(page: Page) -> Locator:
    return page.locator("[class*=st-key-card-] a")


def points(page: Page) -> Locator:
    return page.get_by_role("group", name="Map of").get_by_role("link")


def search(page: Page, words: str, found: int) -> None:
    box(page).press_sequentially(words, delay=20)
    expect(cards(page)).to_have_count(found, timeout=MODEL_LOADS_MS)


def steps(page: Page) -> int:
    return int(page.evaluate("history.length"))


def test_what_one_types_is_found_while_one_pauses_and_one_types_on_in_the_same_place(page: Page) -> None:
    before = steps(page)
    box(page).click()
    search(page, "lighthouse", 3)
    expect(box(page)).to_be_focused()
    for _ in "lighthouse":
        page.keyboard.press("ArrowLeft")
    page.keyboard.type("storm ")

    expect(cards(page).first).to_have_attribute("href", re.compile("post"))
    expect(page.get_by_text("a lighthouse in a storm").first).to_be_visible()
    page.wait_for_url("**/search?q=storm+lighthouse")
    expect(box(page)).to_have_value("storm lighthouse")
    assert box(page).evaluate("input => input.selectionStart") == len("storm ")
    assert steps(page) == before

    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="far from earth")).to_be_visible()
    expect(box(page)).to_be_focused()
    assert page.url.endswith("/search")


def test_letters_and_signs_typed_in_the_box_are_no_shortcuts(page: Page) -> None:
    box(page).click()
    page.keyboard.type("fgsm?")

    page.wait_for_url("**/search?q=fgsm%3F")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_facet_stands_in_the_address_and_back_takes_it_away(page: Page) -> None:
    search(page, "lighthouse", 3)

    page.get_by_role("button", name="#night").click()
    expect(cards(page)).to_have_count(1)
    expect(box(page)).to_have_value("lighthouse tag:night")
    page.wait_for_url("**/search?q=lighthouse+tag%3Anight")
    page.go_back()

    expect(cards(page)).to_have_count(3)
    expect(box(page)).to_have_value("lighthouse")


def test_the_keyboard_opens_a_picture_of_the_map_and_back_finds_the_search_and_the_map(page: Page) -> None:
    search(page, "lighthouse", 3)
    page.get_by_role("radio", name="Map").click()
    expect(points(page)).to_have_count(3)
    address = page.url

    points(page).first.focus()
    page.keyboard.press("Tab")
    moved = points(page).nth(1).evaluate("link => link.getRootNode().activeElement === link")
    assert moved
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remix")).to_be_visible()
    page.go_back()

    expect(points(page)).to_have_count(3)
    expect(box(page)).to_have_value("lighthouse")
    assert page.url == address
    assert "view=map" in address


def test_an_arrow_key_goes_to_a_neighbour_on_the_map_and_shows_it(page: Page) -> None:
    search(page, "lighthouse", 3)
    page.get_by_role("radio", name="Map").click()
    expect(points(page)).to_have_count(3)
    places = points(page).evaluate_all("links => links.map(link => [link.offsetLeft, link.offsetTop])")
    leftmost = min(range(3), key=lambda number: places[number][0])

    points(page).nth(leftmost).focus()
    page.keyboard.press("ArrowRight")

    assert points(page).nth(leftmost).evaluate("link => link.getRootNode().activeElement !== link")
    expect(page.get_by_text(re.compile("lighthouse.* · sol"))).to_be_visible()


def test_on_a_phone_the_first_touch_shows_a_picture_of_the_map_and_the_second_opens_it(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    search(page, "lighthouse", 3)
    page.get_by_role("radio", name="Map").click()
    expect(points(page)).to_have_count(3)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    points(page).first.tap()
    expect(page.get_by_text(re.compile("lighthouse.* · sol"))).to_be_visible()
    assert "/search" in page.url
    points(page).first.tap()

    expect(page.get_by_role("button", name="Remix")).to_be_visible()


def test_more_like_a_card_is_one_step_away_and_one_step_back(page: Page) -> None:
    search(page, "lighthouse", 3)
    before = steps(page)

    page.locator("[class*=st-key-more-] button").first.click()
    alike = "More like this"
    page.get_by_role("menuitem", name=alike).or_(page.get_by_role("option", name=alike)).first.click()
    expect(page.get_by_text("Like this picture")).to_be_visible()
    UUID(page.url.split("like=")[1])
    assert steps(page) == before + 1
    page.go_back()

    expect(box(page)).to_have_value("lighthouse")
    expect(cards(page)).to_have_count(3)
