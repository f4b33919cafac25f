"""One's own things in a real browser: the place that is kept, several pictures at once, and words that stay words."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from services.studio.studio import PAGE
from tests.browser import town
from tests.browser.conftest import App
from tests.browser.test_journey import PASSWORD, generate, picture, publish, sign_up
from tests.conftest import PASSWORD_HASH

PROMPT = "a small boat in the fog"
TYPED = (
    "a **boat** :red[red] :smile: :streamlit: :material/delete: <b>x</b> [x](https://example.com) -> www.example.com"
)


def open_mine(page: Page) -> None:
    page.get_by_role("link", name="My prompts").click()
    expect(page.get_by_role("heading", name="My prompts")).to_be_visible()


def search(page: Page):
    return page.get_by_label("Search in your prompts")


def more(page: Page, where: str, what: str) -> None:
    page.locator(f"[class*='st-key-{where}'] button").first.click()
    page.get_by_role("menuitem", name=what).or_(page.get_by_role("option", name=what)).first.click()


def generate_four(page: Page, prompt: str) -> None:
    page.get_by_role("link", name="Generate").click()
    page.get_by_label("What do you want to see?").fill(prompt)
    page.get_by_text("4", exact=True).click()
    page.get_by_role("button", name="Generate").click()
    expect(picture(page, prompt)).to_have_count(4, timeout=60_000)


def pick(page: Page, *places: int) -> None:
    page.get_by_role("button", name="Select").click()
    for count, place in enumerate(places, 1):
        page.get_by_text("Pick", exact=True).nth(place).click()
        expect(page.get_by_text(f"{count} picked")).to_be_visible()


def test_the_filter_is_found_again_after_a_reload_and_on_the_way_back(app: App, page: Page) -> None:
    sign_up(page, app, "mira")
    generate(page, PROMPT)
    publish(page)
    generate(page, "a castle")
    open_mine(page)
    search(page).fill("boat")
    page.keyboard.press("Enter")
    expect(picture(page, "a castle")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?text=boat$"))

    page.reload()
    expect(search(page)).to_have_value("boat")
    expect(picture(page, PROMPT)).to_be_visible()

    page.get_by_role("link", name="Posted").click()
    expect(page).to_have_title(f"{PROMPT} · Pentagram")
    page.go_back()
    expect(search(page)).to_have_value("boat")
    expect(picture(page, PROMPT)).to_be_visible()
    expect(picture(page, "a castle")).to_have_count(0)

    page.go_back()
    expect(search(page)).to_have_value("")
    expect(picture(page, "a castle")).to_be_visible()


def test_several_are_picked_posted_once_and_saved_as_a_zip(app: App, page: Page, tmp_path: Path) -> None:
    sign_up(page, app, "mira")
    generate_four(page, PROMPT)
    open_mine(page)
    pick(page, 2, 0, 3)

    more(page, "picked-more", "Download")
    page.get_by_text("With the prompt inside").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save 3 pictures as a zip").click()
    download.value.save_as(tmp_path / "some.zip")
    with zipfile.ZipFile(tmp_path / "some.zip") as archive:
        assert not any(PROMPT.encode() in archive.read(name) for name in archive.namelist())
        first, second, third = (int(name.removesuffix(".webp").split("-")[-1]) for name in archive.namelist())
    assert (second - first, third - first) == (-2, 1)
    page.get_by_role("dialog").get_by_role("button", name="Close").click()

    page.get_by_role("button", name="Post", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("img")).to_have_count(3)
    dialog.get_by_role("button", name="Right").first.click()
    dialog.get_by_label("Caption").fill("Three mornings")
    dialog.get_by_role("button", name="Post", exact=True).dblclick()
    expect(page.get_by_text("Posted. Everybody can see it in the feed.")).to_be_visible()

    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("link", name="Posted")).to_have_count(3)
    assert len(set(page.get_by_role("link", name="Posted").evaluate_all("links => links.map(link => link.href)"))) == 1


def test_what_was_typed_is_shown_as_it_was_typed_beside_what_it_became(app: App, page: Page) -> None:
    sign_up(page, app, "mira")
    generate(page, TYPED)
    open_mine(page)
    more(page, "more-", "Edit prompt")
    field = page.get_by_label("What do you want to see?")
    expect(field).to_have_value(TYPED)
    field.fill(f"{TYPED} at dusk")
    page.get_by_role("button", name="Generate").click()
    expect(picture(page, f"{TYPED} at dusk")).to_be_visible()
    open_mine(page)

    page.get_by_role("button", name="Versions").first.click()

    changed = page.get_by_role("dialog").get_by_test_id("stMarkdownContainer").filter(has_text="at dusk")
    expect(changed.get_by_text("at dusk")).to_have_css("font-weight", re.compile("[67]00"))
    assert changed.inner_text().replace("\u2060", "") == f"{TYPED} at dusk"
    assert changed.locator("a, img, b, [role=img]").count() == 0


def test_whatever_is_pressed_twice_the_page_stays_whole(make_app: Callable[..., App], page: Page) -> None:
    app = make_app()
    with town.opened(app.home) as house:
        mira = house.accounts.register("mira", PASSWORD_HASH)
        for number in range(PAGE + 3):
            town.paint(house, mira, f"boat {number}")
        session = house.accounts.begin_session(mira)
    app.start()
    page.context.add_cookies([{"name": "pentagram_session", "value": session, "url": app.url}])
    page.goto(f"{app.url}/my_prompts")
    tiles = page.locator("[class*='st-key-tile-'] img")
    expect(tiles).to_have_count(PAGE)

    page.get_by_role("button", name="Show more").dblclick()
    expect(tiles).to_have_count(PAGE + 3)
    for place in (0, PAGE + 1):
        keep = page.locator("[class*='st-key-keep-'] button").nth(place)
        keep.dblclick()
        page.locator("[class*='st-key-stars-']").nth(place).get_by_role("radio").nth(3).dblclick(force=True)
        page.locator("[class*='st-key-post-']").nth(place).get_by_role("button").dblclick()
        expect(page.get_by_role("dialog").get_by_text("Who sees it")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(tiles).to_have_count(PAGE + 3)

    keep.click()
    expect(page.get_by_role("heading", name="My prompts")).to_be_visible()
    expect(tiles).to_have_count(PAGE + 3)
    expect(page.get_by_role("alert")).to_have_count(0)


def test_one_s_own_screens_fit_on_a_phone(app: App, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, user_agent="Mozilla/5.0 (Phone) Mobile")
    page = context.new_page()
    sign_up_on_phone(page, app)
    generate(page, " ".join(["a cat"] * 60))
    page.goto(f"{app.url}/my_prompts")
    expect(page.get_by_role("button", name="Versions")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("dialog").get_by_text("Who sees it")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("Escape")

    page.goto(f"{app.url}/account")
    for section in ("Profile", "Sign-in", "What you see", "Notifications", "Your data"):
        page.get_by_role("tab", name=section).click()
        expect(page.get_by_role("tab", name=section)).to_have_attribute("aria-selected", "true")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, section
    expect(page.get_by_role("button", name="Delete account")).to_be_visible()
    context.close()


def sign_up_on_phone(page: Page, app: App) -> None:
    page.goto(f"{app.url}/sign_in")
    page.get_by_role("tab", name="Create account").click()
    form = page.get_by_test_id("stForm").filter(has_text="Join in")
    form.get_by_label("Name", exact=True).fill("mira")
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_label("Repeat password").fill(PASSWORD)
    form.get_by_role("button", name="Create account").click()
    page.wait_for_function("document.cookie.includes('pentagram_session=')")
