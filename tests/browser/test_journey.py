"""What a newcomer does, in a real browser."""

from __future__ import annotations

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import App

PROMPT = "a lighthouse on a cliff at dusk"
PASSWORD = "correct horse battery"


def sign_up(page: Page, app: App, name: str) -> None:
    page.goto(f"{app.url}/sign_in")
    page.get_by_role("tab", name="Create account").click()
    form = page.get_by_test_id("stForm").filter(has_text="Join in")
    form.get_by_label("Name", exact=True).fill(name)
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_label("Repeat password").fill(PASSWORD)
    form.get_by_role("button", name="Create account").click()
    expect(me(page, name)).to_be_visible()


def me(page: Page, name: str) -> Locator:
    """The way to one's own profile, in the bar."""
    return page.get_by_test_id("stTopNav").get_by_role("link", name=name, exact=True)


def open_settings(page: Page, name: str) -> None:
    me(page, name).click()
    page.get_by_role("link", name="Settings").click()


def sign_in(page: Page, app: App, name: str) -> None:
    page.goto(f"{app.url}/sign_in")
    fill_in(page, name)


def fill_in(page: Page, name: str) -> None:
    form = page.get_by_test_id("stForm").filter(has_text="Welcome back")
    form.get_by_label("Name").fill(name)
    form.get_by_label("Password", exact=True).fill(PASSWORD)
    form.get_by_role("button", name="Sign in").click()
    expect(me(page, name)).to_be_visible()


def generate(page: Page, prompt: str) -> None:
    page.get_by_role("link", name="Generate").click()
    page.get_by_label("What do you want to see?").fill(prompt)
    page.get_by_role("button", name="Generate").click()
    expect(picture(page, prompt)).to_be_visible()


def publish(page: Page, *, impatient: bool = False) -> None:
    """Post the first picture that is not posted yet."""
    page.get_by_role("button", name="Post", exact=True).first.click()
    confirm = page.get_by_role("dialog").get_by_role("button", name="Post", exact=True)
    if impatient:
        confirm.dblclick()
    else:
        confirm.click()
    expect(page.get_by_role("link", name="Posted")).to_be_visible()


def picture(page: Page, prompt: str):
    return page.get_by_alt_text(f"“{prompt}”, prompted by")


def test_everything_is_still_there_after_signing_out_in_and_a_restart(app: App, page: Page, browser: Browser) -> None:
    sign_up(page, app, "mira")
    generate(page, PROMPT)
    publish(page)

    page.get_by_role("link", name="Feed").click()
    expect(picture(page, PROMPT)).to_have_count(1)
    page.locator("[class*='st-key-like-'] button").first.click()
    expect(page.get_by_role("button", name="1 like").first).to_be_visible()

    open_settings(page, "mira")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()

    app.kill()
    app.start()
    sign_in(page, app, "mira")
    page.get_by_role("link", name="Feed").click()
    expect(picture(page, PROMPT)).to_have_count(1)
    expect(page.get_by_role("button", name="1 like").first).to_be_visible()
    page.get_by_role("link", name="My prompts").click()
    expect(page.get_by_role("link", name="Posted")).to_be_visible()


def test_a_reload_keeps_one_signed_in_and_signing_out_elsewhere_ends_it(app: App, browser: Browser) -> None:
    first, second = browser.new_context(), browser.new_context()
    here, there = first.new_page(), second.new_page()
    sign_up(here, app, "mira")
    sign_in(there, app, "mira")
    here.wait_for_function("document.cookie.includes('pentagram_session=')")
    here.reload()
    expect(me(here, "mira")).to_be_visible()

    open_settings(there, "mira")
    there.get_by_role("button", name="Sign out everywhere").click()
    expect(there.get_by_role("link", name="Sign in")).to_be_visible()

    here.reload()
    expect(here.get_by_role("link", name="Sign in")).to_be_visible()
    first.close()
    second.close()


def test_a_tab_that_was_signed_out_leaves_the_sign_in_of_another_tab_alone(app: App, browser: Browser) -> None:
    context = browser.new_context()
    first, second = context.new_page(), context.new_page()
    sign_up(first, app, "mira")
    open_settings(first, "mira")
    first.get_by_role("button", name="Sign out", exact=True).click()
    expect(first.get_by_role("link", name="Sign in")).to_be_visible()
    sign_in(second, app, "mira")
    second.wait_for_function("document.cookie.includes('pentagram_session=')")

    first.get_by_role("link", name="Search").click()
    expect(first.get_by_text("Describe it in your own words", exact=False)).to_be_visible()

    second.reload()
    expect(me(second, "mira")).to_be_visible()
    context.close()


def test_who_signs_out_and_in_again_in_one_tab_stays_signed_in_over_a_reload(app: App, page: Page) -> None:
    sign_up(page, app, "mira")
    open_settings(page, "mira")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("link", name="Sign in").click()
    fill_in(page, "mira")
    expect(me(page, "mira")).to_be_visible()
    page.get_by_role("link", name="Search").click()
    expect(page.get_by_text("Describe it in your own words", exact=False)).to_be_visible()

    page.reload()

    expect(me(page, "mira")).to_be_visible()


def test_what_was_typed_and_not_sent_leads_nobody_back(app: App, page: Page) -> None:
    sign_up(page, app, "mira")
    page.get_by_role("link", name="Search").click()
    page.get_by_label("Search").fill("a beacon above the sea")

    generate(page, PROMPT)

    expect(page).to_have_title("Generate · Pentagram")
    page.go_back()
    expect(page.get_by_label("Search")).to_have_value("a beacon above the sea")


def test_back_from_a_post_finds_the_search_as_it_was(app: App, page: Page) -> None:
    sign_up(page, app, "mira")
    generate(page, PROMPT)
    publish(page)
    page.get_by_role("link", name="Search").click()
    page.get_by_label("Search").fill("a beacon above the sea")
    page.keyboard.press("Enter")
    # It is found once a job has read its prompt.
    nothing = page.get_by_text("Nothing like that has been posted yet", exact=False)
    while True:
        expect(picture(page, PROMPT).or_(nothing).first).to_be_visible(timeout=60_000)
        if not nothing.is_visible():
            break
        page.reload()
    # What the screen before showed stands there until the run of this one ends: one and the same picture twice.
    expect(picture(page, PROMPT)).to_have_count(1)
    expect(page).to_have_title("Search · Pentagram")

    page.get_by_role("link", name="0 comments").click()
    expect(page.get_by_text("Posted just now")).to_be_visible()
    expect(page).to_have_title(f"{PROMPT} · Pentagram")
    page.go_back()

    expect(page.get_by_label("Search")).to_have_value("a beacon above the sea")
    expect(picture(page, PROMPT)).to_have_count(1)
    expect(picture(page, PROMPT)).to_be_visible()
