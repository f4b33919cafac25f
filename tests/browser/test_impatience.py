"""Double clicks, closed tabs, power cuts and visitors, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import App
from tests.browser.test_journey import PASSWORD, generate, picture, publish, sign_up

PROMPT = "a small boat in the fog"


def heart(page: Page) -> Locator:
    return page.locator("[class*='st-key-like-'] button:visible").first


def test_a_double_click_on_generate_paints_one_picture(app: App, page: Page) -> None:
    sign_up(page, app, "mira")
    page.get_by_role("link", name="Generate").click()
    page.get_by_label("What do you want to see?").fill(PROMPT)

    page.get_by_role("button", name="Generate").dblclick()

    expect(picture(page, PROMPT)).to_be_visible()
    page.get_by_role("link", name="My prompts").click()
    expect(page.get_by_role("heading", name="My prompts")).to_be_visible()
    expect(picture(page, PROMPT)).to_have_count(1)


def test_a_double_click_on_post_posts_once_and_a_like_outlives_a_reload(app: App, page: Page) -> None:
    sign_up(page, app, "mira")
    generate(page, PROMPT)
    publish(page, impatient=True)

    page.get_by_role("link", name="Feed").click()
    expect(picture(page, PROMPT)).to_have_count(1)
    heart(page).click()
    expect(page.get_by_role("button", name="1 like")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="1 like")).to_be_visible()


@pytest.mark.parametrize("fault", ["close the tab", "kill the app"])
def test_a_picture_survives_while_it_is_painted(app: App, browser: Browser, fault: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    sign_up(page, app, "mira")
    page.wait_for_function("document.cookie.includes('pentagram_session=')")
    page.get_by_role("link", name="Generate").click()
    page.get_by_label("What do you want to see?").fill(PROMPT)
    page.get_by_text("4", exact=True).click()
    page.get_by_role("button", name="Generate").click()
    expect(page.locator("[class*='st-key-tile-']").first).to_be_visible()

    page.close()
    if fault == "kill the app":
        app.kill()
        app.start()
    page = context.new_page()
    page.goto(f"{app.url}/my_prompts")

    expect(picture(page, PROMPT)).to_have_count(4, timeout=60_000)
    expect(page.get_by_role("button", name="Post", exact=True)).to_have_count(4)
    context.close()


def test_a_visitor_who_likes_signs_in_and_is_back_at_the_picture(app: App, page: Page, browser: Browser) -> None:
    sign_up(page, app, "mira")
    generate(page, PROMPT)
    publish(page)
    page.get_by_role("link", name="Posted").click()
    expect(page.get_by_text("Posted just now")).to_be_visible()
    address = page.url
    visitor = browser.new_context().new_page()
    visitor.goto(address)

    heart(visitor).click()
    form = visitor.get_by_test_id("stForm").filter(has_text="Welcome back")
    form.get_by_label("Name").fill("mira")
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_role("button", name="Sign in").click()

    expect(visitor.get_by_text("Posted just now")).to_be_visible()
    assert visitor.url == address
    visitor.context.close()


def test_back_and_forward_keep_the_place(app: App, page: Page) -> None:
    sign_up(page, app, "mira")
    generate(page, PROMPT)
    page.get_by_role("link", name="Search").click()
    expect(page.get_by_label("Search")).to_be_visible()

    page.go_back()
    expect(picture(page, PROMPT)).to_be_visible()
    page.go_forward()
    expect(page.get_by_label("Search")).to_be_visible()


def test_every_screen_works_where_the_host_passes_no_routes(make_app, page: Page) -> None:
    app = make_app()
    app.start("shell.py")
    sign_up(page, app, "mira")
    generate(page, PROMPT)

    image = picture(page, PROMPT)
    assert "/media/" in str(image.get_attribute("src"))
    assert image.evaluate("image => image.complete && image.naturalWidth") == 512


def test_a_phone_shows_every_screen_without_sideways_scrolling(app: App, browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, user_agent="Mozilla/5.0 (Phone) Mobile")
    page = context.new_page()
    for path, landmark in (
        ("", "Nothing here yet"),
        ("generate", "Paint something"),
        ("search", "Search"),
        ("sign_in", "Welcome back"),
    ):
        page.goto(f"{app.url}/{path}")
        expect(page.get_by_text(landmark, exact=True).first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        expect(page.get_by_role("link", name="Sign in")).to_be_in_viewport()
    context.close()
