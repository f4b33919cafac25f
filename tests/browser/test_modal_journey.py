"""Pictures from Modal in a real browser: the real app, the real client, and the stand-in of Modal's cloud."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from playwright.sync_api import Page, expect
from psycopg.conninfo import conninfo_to_dict

from tests.browser.conftest import App
from tests.browser.test_journey import picture, sign_up
from tests.fakes.modal_cloud.painting import USD_A_PICTURE, PaintingCloud, until

PROMPT = "a small boat in the fog"
LONG_MS = 60_000
COOKIE_KEY = "Zk3vN8-qLwX0tYr5UaEc7_PbHdJm2Gs9"
PAINTER = "Let the built-in painter paint it"
NOT_SET_UP = "What paints here is not set up rightly"

Make = Callable[..., App]


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaintingCloud]:
    with PaintingCloud(tmp_path_factory.mktemp("modal")) as cloud:
        cloud.deploy_painters()
        yield cloud


@pytest.fixture
def cloud(deployed: PaintingCloud) -> PaintingCloud:
    deployed.begin_anew()
    return deployed


@pytest.fixture
def sql(database: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def app_with(cloud: PaintingCloud, database: str, make_app: Make) -> Make:
    """The app on the test's database, painting on the stand-in."""
    parts = conninfo_to_dict(database)
    address = f"postgresql://postgres@/{parts['dbname']}?host={quote(str(parts['host']), safe='')}"

    def make(**changed: str) -> App:
        app = make_app(DATABASE_URL=address, PENTAGRAM_COOKIE_KEY=COOKIE_KEY, **cloud.settings(**changed))
        app.start()
        return app

    return make


@pytest.fixture
def app(app_with: Make) -> App:
    return app_with()


def fill_in(page: Page, app: App, count: int = 1) -> None:
    page.goto(f"{app.url}/generate")
    page.get_by_label("What do you want to see?").fill(PROMPT)
    if count > 1:
        page.get_by_text(str(count), exact=True).click()


def calls(sql: psycopg.Connection) -> list[str]:
    """Those that the house knows of."""
    known = sql.execute("select call_id from pentagram.creations where call_id is not null order by 1").fetchall()
    return [call for (call,) in known]


def press(page: Page) -> None:
    page.get_by_role("button", name="Generate").click()


def arrive(page: Page, app: App, count: int = 1) -> None:
    sign_up(page, app, "mira")
    page.wait_for_function("document.cookie.includes('pentagram_session=')")
    fill_in(page, app, count)


def ledger(sql: psycopg.Connection[Any]) -> list[Any]:
    """Whether it was for a picture of its own, on which GPU, and what it cost, in the order of the bookings."""
    return sql.execute("select creation_id is not null, gpu, cost_usd from pentagram.ledger order by id").fetchall()


PAID = (True, "NVIDIA L40S", Decimal(USD_A_PICTURE))
USUALLY = Decimal("0.000813")
"""What a picture is taken to cost while none was measured: a second and a half of an L40S."""
CALLED_OFF = (True, "L40S", USUALLY)
LOST = (False, "L40S", USUALLY)
"""A call that gave no picture: nobody tells what it cost, and the picture is booked when another call gives it."""


def expect_pictures(page: Page, count: int) -> None:
    expect(picture(page, PROMPT)).to_have_count(count, timeout=LONG_MS)


# Nothing is lost and nothing is paid twice -------------------------------------------------------------------------


def test_four_pictures_outlive_a_closed_tab_and_a_killed_app_and_are_paid_once_each(app, page, cloud, sql):
    cloud.hold()
    arrive(page, app, 4)
    press(page)
    until(lambda: len(cloud.running) == len(calls(sql)) == 4)
    called = calls(sql)

    elsewhere = page.context.new_page()
    page.close()
    app.kill()
    app.start()
    cloud.let_go()
    elsewhere.goto(f"{app.url}/my_prompts")

    expect_pictures(elsewhere, 4)
    assert sorted(call.id for call in cloud.asked) == sorted(called)
    assert sorted(cloud.painted.values()) == [1, 1, 1, 1]
    assert ledger(sql) == [PAID] * 4
    assert len(set(sql.execute("select picture_key from pentagram.creations").fetchall())) == 4


def test_a_call_whose_answer_a_killed_app_never_heard_is_found_again_by_its_key_and_paid_once(app, page, cloud, sql):
    killed = threading.Event()

    def kill() -> None:
        app.kill()
        killed.set()

    cloud.hold()
    cloud.faults.before_answer["FunctionMap"] = kill
    arrive(page, app)
    press(page)
    until(lambda: killed.is_set() and cloud.running)
    cloud.faults.before_answer.clear()
    assert sql.execute("select state, call_id from pentagram.creations").fetchall() == [("painting", None)]

    app.start()
    cloud.let_go()
    page.goto(f"{app.url}/my_prompts")

    expect_pictures(page, 1)
    assert [call.state for call in cloud.asked] == ["done", "done"]
    assert list(cloud.painted.values()) == [1]
    assert ledger(sql) == [PAID]


def test_a_double_click_here_and_a_press_in_another_tab_at_once_are_two_pictures_and_two_calls(app, page, cloud, sql):
    cloud.hold()
    arrive(page, app)
    other = page.context.new_page()
    fill_in(other, app)

    page.get_by_role("button", name="Generate").dblclick()
    press(other)
    until(lambda: len(cloud.running) == 2)
    cloud.let_go()

    for tab in (page, other):
        expect_pictures(tab, 1)
    assert sorted(cloud.painted.values()) == [1, 1]
    assert ledger(sql) == [PAID] * 2


def test_one_of_four_that_is_cancelled_ends_its_call_and_the_others_arrive(app, page, cloud, sql):
    cloud.hold()
    arrive(page, app, 4)
    press(page)
    until(lambda: len(cloud.running) == 4)

    page.get_by_role("button", name="Cancel this one").nth(1).click()
    expect(page.get_by_text("Cancelled.")).to_have_count(1)
    until(lambda: len(cloud.running) == 3 and ledger(sql))
    cloud.let_go()

    expect_pictures(page, 3)
    assert sorted(call.state for call in cloud.asked) == ["cancelled", "done", "done", "done"]
    assert ledger(sql) == [CALLED_OFF, *[PAID] * 3]


# What goes wrong is a sentence, and mends itself -------------------------------------------------------------------


def test_while_modal_is_away_the_page_says_so_and_who_does_not_want_to_wait_lets_the_painter_paint(
    app, page, cloud, sql
):
    cloud.stop()
    arrive(page, app)
    press(page)
    expect(page.get_by_text("Modal does not answer at the moment.").first).to_be_visible()
    cloud.start()
    expect_pictures(page, 1)
    assert ledger(sql) == [PAID]

    cloud.stop()
    fill_in(page, app)
    press(page)
    page.get_by_role("button", name=PAINTER).click()

    expect(page.get_by_text("by painter instead of modal")).to_be_visible()
    assert ledger(sql) == [PAID, (True, "", Decimal(0))]


def test_a_wrong_token_is_a_sentence_that_names_nothing_of_it(app_with, page, cloud):
    arrive(page, app_with(MODAL_TOKEN_SECRET="as-wrong-one"))
    press(page)

    expect(page.get_by_text(NOT_SET_UP)).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    shown = page.locator("body").inner_text()
    assert not [word for word in ("ak-stand-in", "as-wrong-one", "TOKEN", "modal token new") if word in shown]
    assert cloud.asked == []


def test_a_call_that_takes_too_long_is_ended_told_of_and_made_once_more(app_with, page, cloud, sql):
    cloud.hold()
    arrive(page, app_with(PENTAGRAM_MODAL_DEADLINE="1.5"))
    press(page)
    expect(page.get_by_text("Modal did not answer within 1.5 seconds.").first).to_be_visible()
    until(lambda: cloud.asked[0].state == "cancelled")

    cloud.let_go()

    expect_pictures(page, 1)
    assert [call.state for call in cloud.asked] == ["cancelled", "done"]
    assert ledger(sql) == [LOST, PAID]
