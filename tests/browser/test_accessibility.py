"""What axe-core finds on every screen, in light and in dark, and the journeys by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from components.session import COOKIE
from tests.browser.conftest import PATIENCE_MS, App, stopped_afterwards
from tests.browser.town import Town, fill

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text()
MOST_TABS = 150
MOST_ITEMS = 10
DEER = "a deer in a deep green forest"

Step = tuple[str, str]
"""What is pressed, by its name or as a key, and a text that shows then."""


class Screen(NamedTuple):
    path: str
    shows: str
    """A text that is there once all is drawn."""
    steps: tuple[Step, ...] = ()


class Known(NamedTuple):
    """Something that is not ours and that we cannot mend, as narrow as it can be said; none of them is serious."""

    rule: str
    selector: str
    why: str


KNOWN = (
    Known("heading-order", "h3#change-password", "The sign-in library's forms begin with a heading of the third rank."),
    Known("region", "[role=menu]", "An open menu hangs below the body, beside all landmarks."),
    Known("region", "#stFloatingOverlayPortal", "So does what a tooltip says."),
    Known(
        "presentation-role-conflict", "[data-testid=stFileUploaderDropzone]",
        "The uploader's frame is called presentation and has a name; the button in it is what one gets to.",
    ),
)  # fmt: skip

RULES: dict[str, list[str]] = {"light": [], "dark": ["color-contrast", "link-in-text-block"]}
"""All of them once; in the dark nothing but the colours is another."""
PRESSABLE = "button, summary, [role=tab], [role=radio], [role=menuitem], [role=option]"
CLOSED = ("Escape", "")
MORE = "more_horiz"
FOR_VISITORS = (
    Screen("", "a red boat in the fog", ((r"Why these\?", "Below each picture stands why"),)),
    Screen("my_interests", "This is what this tab has learned."),
    Screen("?tab=Following", "Sign in to follow somebody"),
    Screen("generate", "Your picture appears here."),
    Screen(
        "search",
        "Describe it in your own words",
        (("By a picture", "The file is read and not kept."), CLOSED, ("Narrow it down", "nothing with this word")),
    ),
    Screen("search?q=lighthouse", "on a cliff at dusk"),
    Screen("search?q=lighthouse&view=map", "Save search"),
    Screen("search?q=sea kind:people before:2100", "before: 2100-01-01"),
    Screen("search?q=lighthose", "Showing results for"),
    Screen("search?q=quantum chromodynamics", "Nothing like that has been posted yet"),
    Screen("search?q=after:2026-13", "is no day"),
    Screen("search?like={single}", "Like this picture"),
    Screen("post?id={single}", "It is dusk."),
    Screen("post?id={carousel}", "Three mornings."),
    Screen("post?id={hidden_prompt}", "keeps the prompt"),
    Screen("person?name=mira", "Ships and weather."),
    Screen("person?name=tide", "no human writes here"),
    Screen("person?name=moth", "The tastes of an AI"),
    Screen("people?name=mira&list=Followers", "wren"),
    Screen("collections?name=mira", "By the sea"),
    Screen("collection?id={board}", "a red boat in the fog"),
    Screen("tag?name=sea", "a red boat in the fog"),
    Screen("notifications", "Sign in to see your notifications"),
    Screen("sign_in", "Welcome back", (("Create account", "Join in"),)),
    Screen("p/{single}", "a lighthouse on a cliff"),
    Screen("embed/{carousel}", "a red boat in the fog"),
    Screen("policy", "What may be made and posted here"),
    Screen("transparency", "Moderation in numbers"),
    Screen("person?name=nobody_at_all", "Nobody here is called"),
)
FOR_MIRA = (
    Screen("", "a red boat in the fog", (("Keys", "Keyboard shortcuts"),)),
    Screen("generate", "Your picture appears here.", (("Start from a picture", "Upload"),)),
    Screen("search?q=lighthouse", "on a cliff at dusk", (("Save search", "Saved"),)),
    Screen("search", "Saved searches"),
    Screen(
        "my_prompts?text=kettle", "a kettle on a camp fire",
        (("Usage this month", "a kettle on a camp fire"), ("Versions", "Versions of this prompt"), CLOSED,
         ("Post", "What picture 1 shows"), ("Suggest caption and tags", "In my mind"), CLOSED, ("Select", "Done")),
    ),
    Screen(
        "post?id={single}", "It is dusk.",
        (("Answer", "Send"), ("Share", "QR code"), CLOSED, (MORE, "Earlier versions"),
         ("Edit", "What the picture shows")),
    ),
    Screen("post?id={carousel}", "Three mornings.", ((MORE, "Report"), ("Report", "What is wrong?"))),
    Screen("me", "Ships and weather.", (("Collections", "By the sea"),)),
    Screen("person?name=sol", "Follows you", (("More", "Block"), ("Block", "Block this account?"))),
    Screen("people?list=Following", "tide"),
    Screen("people?list=Blocked", "Unblock"),
    Screen("collections", "By the sea", (("New collection", "Title"),)),
    Screen("collection?id={board}", "a red boat in the fog", (("Arrange", "To the top"), ("Edit", "Description"))),
    Screen("notifications", "remixed your picture", (("Preferences", "What you want to be told"),)),
    Screen(
        "account", "Display name",
        (("Sign-in", "Current password"), ("What you see", "Unblock"), ("Notifications", "Decisions of moderators"),
         ("Decisions", "No advertising in bios."), ("Appeal", "Why should this be decided otherwise?"), CLOSED,
         ("Your data", "Delete account")),
    ),
    Screen("tag?name=sea", "a red boat in the fog"),
    Screen(
        "my_interests", "You asked for less like it",
        (("look", "You opened it"), ("Strengthen", "Strengthened"), ("Weaken", "from the next page on"),
         ("Forget everything", "as on your first day"), CLOSED),
    ),
)  # fmt: skip

FOR_VERA = (
    Screen("moderation", "1 report: something else", (("Pictures", "Nobody asks for a look."),)),
    Screen(
        "moderation?case={case}", "The account",
        (("Show the pictures", "Blur the pictures"), ("Remove", "Why, to the person"), CLOSED),
    ),
    Screen("moderation?moderating=Log", "No advertising in bios.", (("Take back", "What it did is as before"), CLOSED)),
    Screen("moderation?moderating=Own rules", "What does the gate say to this?"),
    Screen("experiments", "The half that is shown least"),
    Screen(
        "society", "No human writes for them",
        (("Who follows whom", "2 follows among them"), ("As a table", "Follows here"), ("Activity", "By day"),
         ("Residents", "Open"), ("Budgets and cost", "Dollars an hour"), ("Files", "Download the world")),
    ),
    Screen(
        "society?name=moth", "liked a picture",
        (("Who it is", "Palettes"), ("Interview", "An AI answers"), ("Memory", "I liked that lamp."),
         ("Retire", "It does nothing any more"), CLOSED),
    ),
)  # fmt: skip

QUIET = """scheme => {
  const app = document.querySelector("[data-testid=stApp]")
  const moves = one => one.playState === "running" && one.effect.getTiming().iterations !== Infinity
  const drawn = !app || app.dataset.testScriptState === "notRunning" && getComputedStyle(app).colorScheme === scheme
  return drawn && !document.querySelector("[data-testid=stSkeleton]") && !document.getAnimations().some(moves)
}"""
LOOK = """async ([rules, known]) => {
  const { violations } = await axe.run(document, {
    elementRef: true, preload: false, resultTypes: ["violations"], ...(rules.length && { runOnly: rules })
  })
  return violations.flatMap(({ id, nodes }) => nodes
    .filter(node => !known.some(({ rule, selector }) => rule === id && node.element.matches(selector)))
    .map(({ impact, target, html, failureSummary }) =>
      `${id} (${impact}): ${target.flat().join(" >>> ")} ${html.slice(0, 160)} ${failureSummary}`))
}"""


@dataclass(frozen=True)
class Open:
    app: App
    town: Town


@pytest.fixture(scope="module")
def opened() -> Iterator[Open]:
    """One app on a small town for all that is looked at here."""
    with stopped_afterwards() as make:
        app = make()
        town = fill(app.home)
        app.start()
        yield Open(app, town)


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@pytest.fixture
def mira(visitor: Page, opened: Open) -> Page:
    visitor.context.add_cookies([{"name": COOKIE, "value": opened.town.session, "url": opened.app.url}])
    return visitor


# Screens -------------------------------------------------------------------------------------------------------------


@pytest.mark.timeout(600)
def test_no_screen_of_a_visitor_has_a_finding(opened: Open, visitor: Page) -> None:
    found = findings(opened, visitor, FOR_VISITORS)

    assert not found, "\n".join(found)


@pytest.mark.timeout(600)
def test_no_screen_of_somebody_signed_in_has_a_finding(opened: Open, mira: Page) -> None:
    found = findings(opened, mira, FOR_MIRA)

    assert not found, "\n".join(found)


@pytest.mark.timeout(600)
def test_no_screen_of_a_moderator_has_a_finding(opened: Open, visitor: Page) -> None:
    visitor.context.add_cookies([{"name": COOKIE, "value": opened.town.moderator, "url": opened.app.url}])

    found = findings(opened, visitor, FOR_VERA)

    assert not found, "\n".join(found)


def findings(opened: Open, page: Page, screens: tuple[Screen, ...]) -> list[str]:
    return [found for screen in screens for found in on_screen(opened, page, screen)]


def on_screen(opened: Open, page: Page, screen: Screen) -> list[str]:
    page.goto(f"{opened.app.url}/{screen.path.format(**asdict(opened.town))}", wait_until="commit")
    expect(page.get_by_text(screen.shows).first).to_be_visible()
    page.evaluate(AXE)
    found = [f"{screen.path}, {each}" for each in in_both_schemes(page)]
    for pressed, shows in screen.steps:
        take(page, pressed, shows)
        if shows:
            found += [f"{screen.path} after {pressed}, {each}" for each in in_both_schemes(page)]
    return found


def take(page: Page, pressed: str, shows: str) -> None:
    if pressed == "Escape":
        page.keyboard.press(pressed)
        expect(page.get_by_role("dialog")).to_have_count(0)
        return
    page.locator(PRESSABLE).filter(has=page.get_by_text(re.compile(f"{pressed}$"))).first.click()
    if shows:
        expect(page.get_by_text(shows).last).to_be_visible()


def in_both_schemes(page: Page) -> list[str]:
    return [f"{scheme}: {each}" for scheme, rules in RULES.items() for each in in_scheme(page, scheme, rules)]


def in_scheme(page: Page, scheme: str, rules: list[str]) -> list[str]:
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(QUIET, arg=scheme)
    return page.evaluate(LOOK, [rules, [known._asdict() for known in KNOWN]])


# By keyboard ---------------------------------------------------------------------------------------------------------


def test_the_keyboard_alone_opens_a_post_likes_it_and_says_something(opened: Open, mira: Page) -> None:
    mira.goto(opened.app.url)
    expect(mira.get_by_text("a red boat in the fog")).to_be_visible()

    go_to(mira, mira.get_by_role("link", name="“a red boat in the fog”"))
    mira.keyboard.press("Enter")
    expect(mira.get_by_text("Three mornings.")).to_be_visible()
    go_to(mira, mira.locator("[class*='st-key-like-'] button").first)
    mira.keyboard.press("Enter")
    expect(mira.get_by_role("button", name="1 like").first).to_be_visible()
    expect(mira.locator("[class*='st-key-like-'] button").first).to_be_focused()
    go_to(mira, mira.get_by_role("textbox", name="Say something"))
    mira.keyboard.type("The second morning is the best.")
    go_to(mira, mira.get_by_role("button", name="Comment", exact=True))
    mira.keyboard.press("Enter")

    expect(mira.get_by_text("1 comment")).to_be_visible()
    expect(mira.locator("p", has_text="The second morning is the best.")).to_be_visible()


def test_the_keyboard_alone_paints_a_picture_and_posts_it(opened: Open, mira: Page) -> None:
    mira.goto(opened.app.url)
    go_to(mira, mira.get_by_role("link", name="Generate"))
    mira.keyboard.press("Enter")
    expect(mira.get_by_text("Your picture appears here.")).to_be_visible()

    go_to(mira, mira.get_by_label("What do you want to see?"))
    mira.keyboard.type("a snail on a wall")
    go_to(mira, mira.get_by_role("radio", name="1", exact=True))
    mira.keyboard.press("ArrowRight")
    mira.keyboard.press("Space")
    go_to(mira, mira.get_by_role("button", name="Generate"))
    mira.keyboard.press("Enter")
    expect(mira.get_by_alt_text("“a snail on a wall”")).to_have_count(2)
    go_to(mira, mira.get_by_role("button", name="Post", exact=True).first)
    mira.keyboard.press("Enter")
    expect(mira.get_by_role("dialog")).to_be_visible()
    go_to(mira, mira.get_by_role("dialog").get_by_label("Caption"))
    mira.keyboard.type("Slowly.")
    go_to(mira, mira.get_by_role("dialog").get_by_role("button", name="Post", exact=True))
    mira.keyboard.press("Enter")

    expect(mira.get_by_role("link", name="Posted")).to_be_visible()


def test_the_keyboard_alone_remixes_a_picture(opened: Open, mira: Page) -> None:
    open_post(opened, mira, DEER)

    press(mira, mira.get_by_role("button", name="Remix"))
    expect(mira.get_by_label("What do you want to see?")).to_have_value(DEER)
    press(mira, mira.get_by_role("button", name="Generate"))
    press(mira, mira.get_by_role("button", name="Post", exact=True).first)
    dialog = mira.get_by_role("dialog")
    expect(dialog.get_by_text("remix").first).to_be_visible()
    press(mira, dialog.get_by_role("button", name="Post", exact=True))
    press(mira, mira.get_by_role("link", name="Posted").first)

    expect(mira.get_by_text("Made from")).to_be_visible()


def test_the_keyboard_alone_makes_a_board_and_saves_to_it(opened: Open, mira: Page) -> None:
    open_post(opened, mira, DEER)
    menu, dialog = mira.locator("[class*='st-key-about-'] button").first, mira.get_by_role("dialog")

    choose(mira, menu, "Save to a collection")
    press(mira, dialog.locator("summary"))
    go_to(mira, dialog.get_by_label("Title"))
    mira.keyboard.type("Woods")
    press(mira, dialog.get_by_role("button", name="Create and save"))
    expect(dialog.get_by_text("Woods")).to_be_visible()
    press(mira, dialog.get_by_role("button", name="Save", exact=True).first)
    expect(dialog.get_by_role("button", name="Remove")).to_have_count(2)
    expect(dialog.get_by_role("button", name="Remove").and_(mira.locator(":focus"))).to_be_visible()
    mira.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(menu).to_be_focused()
    mira.keyboard.press("b")

    press(mira, mira.get_by_role("link", name="Collection Woods"))
    expect(mira.get_by_role("link", name=f"“{DEER}”")).to_be_visible()


def test_the_keyboard_alone_follows_somebody_and_no_more(opened: Open, mira: Page) -> None:
    mira.goto(opened.app.url)
    follow, following = (
        mira.get_by_role("button", name=re.compile(f"{name}\\b")) for name in ("Follow back", "Following")
    )

    press(mira, mira.get_by_role("link", name="wren", exact=True).first)
    press(mira, follow)
    expect(following).to_be_focused()
    choose(mira, following, "Unfollow")

    expect(follow).to_be_focused()


def test_the_keyboard_alone_removes_an_interest_and_brings_it_back(opened: Open, mira: Page) -> None:
    mira.goto(opened.app.url)
    interest = mira.locator("[class*='st-key-interest-']").filter(has_text="deer")

    press(mira, mira.get_by_role("button", name="Why these?"))
    press(mira, mira.get_by_role("link", name="My interests"))
    press(mira, interest.get_by_role("button", name="Strengthen"))
    expect(interest.get_by_text("Strengthened")).to_be_visible()
    press(mira, interest.get_by_role("button", name="Remove"))
    expect(interest).to_have_count(0)
    press(mira, mira.get_by_role("button", name="Bring back"))

    expect(interest).to_be_visible()


def test_the_keyboard_alone_blocks_somebody_and_no_more(opened: Open, mira: Page) -> None:
    mira.goto(f"{opened.app.url}/person?name=noise")
    menu, dialog = mira.get_by_role("button", name="More"), mira.get_by_role("dialog")

    choose(mira, menu, "Block")
    expect(dialog).to_be_visible()
    mira.keyboard.press("Escape")
    expect(menu).to_be_focused()
    choose(mira, menu, "Block")
    press(mira, dialog.get_by_role("button", name="Block", exact=True))
    expect(mira.get_by_text("You blocked this account")).to_be_visible()
    expect(mira.get_by_role("button", name="Unblock")).to_be_focused()
    press(mira, mira.get_by_role("button", name="Unblock"))

    expect(menu.or_(mira.get_by_role("button", name="Follow")).and_(mira.locator(":focus"))).to_be_visible()


def test_the_keyboard_alone_copies_the_link_of_a_post(opened: Open, mira: Page) -> None:
    mira.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_post(opened, mira, DEER)
    share, dialog = mira.get_by_role("button", name="Share"), mira.get_by_role("dialog")

    press(mira, share)
    go_to(mira, dialog.get_by_test_id("stCode").first)
    press(mira, dialog.get_by_role("button", name="Copy to clipboard"))
    mira.wait_for_function("async () => /\\/p\\/[0-9a-f-]{36}$/.test(await navigator.clipboard.readText())")
    mira.keyboard.press("Escape")

    expect(dialog).to_have_count(0)
    expect(share).to_be_focused()


def test_a_key_that_is_held_down_presses_nothing_that_came_meanwhile(opened: Open, mira: Page) -> None:
    mira.goto(f"{opened.app.url}/person?name=ada")
    go_to(mira, mira.get_by_role("button", name="Follow", exact=False))

    mira.keyboard.down("Enter")
    expect(mira.get_by_role("button", name="Following")).to_be_focused()
    mira.keyboard.down("Enter")
    mira.keyboard.up("Enter")

    expect(mira.get_by_role("menu")).to_have_count(0)


def open_post(opened: Open, page: Page, prompt: str) -> None:
    page.goto(opened.app.url)
    press(page, page.get_by_role("link", name=f"“{prompt}”").last)
    expect(page.get_by_role("button", name="Remix")).to_be_visible()


def press(page: Page, wanted: Locator) -> None:
    go_to(page, wanted)
    page.keyboard.press("Enter")


def choose(page: Page, menu: Locator, name: str) -> None:
    """By the arrows."""
    press(page, menu)
    item = page.get_by_role("menuitem", name=name, exact=True)
    expect(page.get_by_role("menuitem").and_(page.locator(":focus"))).to_be_visible()
    for _ in range(MOST_ITEMS):
        if is_focused(item):
            break
        page.keyboard.press("ArrowDown")
    expect(item).to_be_focused()
    page.keyboard.press("Enter")


def go_to(page: Page, wanted: Locator) -> None:
    """By Tab alone, as often as it takes."""
    expect(wanted).to_be_visible()
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if is_focused(wanted):
            return
    pytest.fail(f"{MOST_TABS} times Tab did not lead to {wanted}.")


def is_focused(wanted: Locator) -> bool:
    return bool(wanted.evaluate("element => element.getRootNode().activeElement === element"))
