"""Asking for pictures in a real browser: by keyboard, with help, again, and called off."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from services.safety.policy import sentence
from services.studio.reading import read_provenance
from tests.browser.conftest import App
from tests.browser.test_journey import generate, picture, sign_up

PROMPT = "a small boat in the fog"


def prompt_field(page: Page):
    return page.get_by_label("What do you want to see?")


def seed_field(page: Page):
    return page.get_by_role("textbox", name="Seed")


def open_form(page: Page, app: App) -> None:
    sign_up(page, app, "mira")
    page.get_by_role("link", name="Generate").click()
    prompt_field(page).fill(PROMPT)


SETTLED = """
() => new Promise((resolve) => {
  const app = document.querySelector("[data-testid=stApp]");
  let since = performance.now();
  const look = () => {
    if (app.dataset.testScriptState !== "notRunning") since = performance.now();
    if (performance.now() - since > 700) resolve(true);
    else setTimeout(look, 30);
  };
  look();
})
"""


def more(page: Page, what: str) -> None:
    """As a person who looks at the picture first: the page is drawn anew once when the last one has arrived."""
    page.evaluate(SETTLED)
    page.get_by_role("button", name="More").first.click()
    page.get_by_role("menuitem", name=what).or_(page.get_by_role("option", name=what)).first.click()


def test_the_keyboard_alone_asks_for_a_picture(app: App, page: Page) -> None:
    open_form(page, app)

    prompt_field(page).press("Control+Enter")

    expect(picture(page, PROMPT)).to_be_visible()


def test_an_improved_prompt_is_shown_first_and_taken_only_on_demand(app: App, page: Page) -> None:
    open_form(page, app)
    page.get_by_role("button", name="Improve my prompt").click()
    expect(page.get_by_text("The built-in writer proposes:")).to_be_visible()
    expect(prompt_field(page)).to_have_value(PROMPT)

    page.get_by_role("button", name="Use it").click()

    expect(prompt_field(page)).not_to_have_value(PROMPT)
    assert prompt_field(page).input_value().startswith(PROMPT)


def test_the_same_seed_again_comes_back_to_the_form_with_everything_that_was_asked(app: App, page: Page) -> None:
    open_form(page, app)
    page.get_by_label("Style").click()
    page.get_by_role("option", name="Ink wash").click()
    seed_field(page).fill("41")
    page.get_by_role("button", name="Generate").click()
    expect(picture(page, PROMPT)).to_be_visible()
    prompt_field(page).fill("something else")
    seed_field(page).fill("")
    page.get_by_role("link", name="My prompts").click()

    more(page, "Again with this seed")

    expect(prompt_field(page)).to_have_value(PROMPT)
    expect(seed_field(page)).to_have_value("41")
    expect(page.get_by_role("combobox", name="Style")).to_have_value("Ink wash")


def test_variations_are_four_new_pictures_of_the_same_prompt(app: App, page: Page) -> None:
    sign_up(page, app, "mira")
    generate(page, PROMPT)

    more(page, "Variations")

    expect(picture(page, PROMPT)).to_have_count(4, timeout=60_000)


def test_a_download_holds_the_prompt_or_not_as_one_likes(app: App, page: Page, tmp_path: Path) -> None:
    sign_up(page, app, "mira")
    generate(page, PROMPT)
    more(page, "Download")
    files = []
    for name in ("with", "without"):
        with page.expect_download() as download:
            page.get_by_role("button", name="Save the picture").click()
        files.append(tmp_path / name)
        download.value.save_as(files[-1])
        page.get_by_text("With the prompt inside").click()

    with_prompt, without = (read_provenance(file.read_bytes()) for file in files)
    assert with_prompt.prompt == PROMPT
    assert not without.prompt
    assert without.source_type == with_prompt.source_type


def test_what_is_cancelled_stays_cancelled_and_can_be_tried_again(app: App, page: Page) -> None:
    open_form(page, app)
    page.get_by_label("Size").click()
    page.get_by_role("option", name="1024 × 1024").click()
    page.get_by_text("4", exact=True).click()
    page.get_by_role("button", name="Generate").click()

    page.get_by_role("button", name="Cancel this one").last.click()

    expect(page.get_by_text("Cancelled.")).to_have_count(1)
    expect(picture(page, PROMPT)).to_have_count(3, timeout=60_000)
    page.get_by_role("button", name="Try again").click()
    expect(picture(page, PROMPT)).to_have_count(1, timeout=60_000)


def test_a_blocked_prompt_says_why_and_is_painted_once_it_is_mended(app: App, page: Page) -> None:
    open_form(page, app)
    prompt_field(page).fill("a gory beheading of a king")
    page.get_by_role("button", name="Generate").click()
    expect(page.get_by_text(sentence("violence", "block"))).to_be_visible()
    expect(page.get_by_role("link", name="What the policy says")).to_be_visible()

    page.get_by_role("button", name="Ask for a look").click()
    expect(page.get_by_text("Moderators look at it.")).to_be_visible()
    expect(page.get_by_role("button", name="Ask for a look")).to_be_hidden()
    prompt_field(page).fill(PROMPT)
    page.get_by_role("button", name="Generate").click()

    expect(picture(page, PROMPT)).to_be_visible()
    expect(page.get_by_text(sentence("violence", "block"))).to_be_hidden()
