"""The Generate page in front of several engines: what it asks, what it warns of, and what it says when that fails."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from decimal import Decimal

import pytest

from services import bootstrap
from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.safety.verdicts import Verdict
from services.settings import Settings
from services.studio.engines.choice import Choice, Engines
from services.studio.engines.painter import Painter
from services.studio.studio import Options, Request
from tests.conftest import PASSWORD_HASH
from tests.fakes.clock import FakeClock
from tests.fakes.engines import Distant
from tests.screens.conftest import Visit, button

SMALL = Options(256, 256, seed=7)
FINER = {"Leave out", "Closeness to the prompt", "How much may change"}
FALLBACK = "If it does not answer, let the built-in painter paint"
FROM_A_PICTURE = "Start from a picture"
LONG_SECONDS = 20


@pytest.fixture
def distant() -> Distant:
    return Distant()


@pytest.fixture
def house(build: Callable[..., Pentagram], settings: Settings, distant: Distant, clock: FakeClock) -> Pentagram:
    """One that has a dollar a day for its distant engine, and the painter behind it."""
    engines = Engines([Choice(distant, "a test wants it."), Choice(Painter(), "it is always there.")])
    return build(engines=engines, settings=settings.model_copy(update={"daily_budget_usd": 1.0}), clock=clock)


@pytest.fixture
def mira(house: Pentagram) -> Account:
    return house.accounts.register("mira", PASSWORD_HASH)


def ask(house: Pentagram, by: Account, options: Options = SMALL) -> Request:
    return house.studio.request("a red fox", options, by=by, token=uuid.uuid4().hex)


def paint(house: Pentagram, by: Account, options: Options = SMALL) -> Request:
    request = ask(house, by, options)
    house.worker.run_until_idle()
    return house.studio.watch(request.id, by=by)


def try_once(house: Pentagram, request: Request) -> None:
    assert request.is_unfinished
    house.worker.run_until_idle()


def spend(house: Pentagram, usd: str) -> None:
    house.db.execute(
        "insert into pentagram.ledger (engine, gpu, cost_usd, booked_at) values ('distant', 'L40S', %(usd)s, %(now)s)",
        usd=Decimal(usd), now=house.clock.now(),
    )  # fmt: skip


def fields(app) -> set[str]:
    """The finer ones of those that the form asks for."""
    return FINER & {each.label for kind in (app.text_input, app.slider) for each in kind}


def press_generate(app, prompt: str = "a red fox") -> None:
    app.text_area(key="prompt").set_value(prompt)
    button(app, "Generate").click().run()
    assert not app.exception


def choose_more(app, creation_id: object, what: str) -> None:
    """What the menu of a picture sends when one of its rows is pressed."""
    menu = next(each for each in app.get("menu_button") if each.key == f"more-{creation_id}")
    menu.set_value(what).run()


# Choosing ----------------------------------------------------------------------------------------------------------


def test_the_usual_engine_comes_first_and_another_can_be_chosen(visit, mira, house):
    app = visit(mira).open("generate")
    assert app.selectbox(key="engine").options == ["the distant painter", "the built-in painter"]
    assert "Painted by the distant painter: a test wants it." in [caption.value for caption in app.caption]

    app.selectbox(key="engine").set_value("painter").run()
    press_generate(app)

    assert "Painted by the built-in painter: it is always there." in [caption.value for caption in app.caption]
    assert [request.engine for request in house.studio.mine(by=mira)] == ["painter"]


@pytest.mark.usefixtures("visit")
def test_one_engine_alone_is_not_chosen(build):
    alone = build(engines=Engines([Choice(Painter(), "it is always there.")]))
    bootstrap.use(alone)

    app = Visit(alone, None).open("generate")

    assert [each.label for each in app.selectbox] == ["Style", "Size"]


def test_the_form_asks_only_for_what_the_chosen_engine_can_do(visit, mira):
    app = visit(mira).open("generate")
    assert fields(app) == {"Leave out", "Closeness to the prompt"}
    assert FROM_A_PICTURE in [each.label for each in app.expander]

    app.selectbox(key="engine").set_value("painter").run()

    assert fields(app) == set()
    assert FROM_A_PICTURE in [each.label for each in app.expander]


def test_what_was_written_for_one_engine_is_not_sent_to_another_that_cannot_do_it(visit, mira, house):
    app = visit(mira).open("generate")
    app.text_input(key="negative").set_value("people")
    app.slider(key="guidance").set_value(7.0)
    app.selectbox(key="engine").set_value("painter").run()
    press_generate(app)

    [request] = house.studio.mine(by=mira)
    assert (request.engine, request.negative, dict(request.options)) == ("painter", "", {})


def test_what_is_left_out_and_how_closely_the_prompt_is_followed_reach_the_engine(visit, mira, house, distant):
    app = visit(mira).open("generate")
    app.text_input(key="negative").set_value("people")
    app.slider(key="guidance").set_value(6.0)
    press_generate(app)
    house.worker.run_until_idle()

    assert [(order.negative, order.guidance) for order in distant.orders] == [("people", 6.0)]


# Starting from a picture -------------------------------------------------------------------------------------------


def test_how_much_may_change_is_asked_only_of_a_picture_to_start_from(visit, mira, house, distant):
    [creation] = paint(house, mira).creations
    app = visit(mira).open("my_prompts")
    choose_more(app, creation.id, "Start from this picture")
    # AppTest stays on the page it was told, however the script moves on.
    app.switch_page("screens/generate.py").run()
    assert "How much may change" in fields(app)

    app.slider(key="strength").set_value(0.3)
    press_generate(app, "a red fox at night")
    house.worker.run_until_idle()
    order = distant.orders[-1]
    assert (order.image is not None, order.strength) == (True, 0.3)

    button(app, "Leave it out").click().run()
    assert "How much may change" not in fields(app)


def test_somebody_elses_post_can_be_started_from_with_its_prompt(visit, mira, house):
    [creation] = paint(house, mira).creations
    post = house.posts.publish([creation.id], by=mira, token="press-post")
    tom = house.accounts.register("tom", PASSWORD_HASH)
    app = visit(tom).open("post", id=str(post.id))

    button(app, "Remix").click().run()
    app.switch_page("screens/generate.py").run()
    assert app.text_area(key="prompt").value == "a red fox"
    press_generate(app, "a red fox at night")

    [request] = house.studio.mine(by=tom)
    assert (request.source_id, request.prompt) == (creation.id, "a red fox at night")


# When it does not answer -------------------------------------------------------------------------------------------


def test_only_a_paid_engine_with_another_behind_it_may_be_stood_in_for(visit, mira, house):
    app = visit(mira).open("generate")
    assert [each.label for each in app.checkbox] == [FALLBACK]
    app.checkbox(key="fallback").check()
    press_generate(app)
    assert [request.fallback for request in house.studio.mine(by=mira)] == [True]

    app.selectbox(key="engine").set_value("painter").run()

    assert list(app.checkbox) == []


def test_the_page_warns_of_an_engine_that_is_left_alone_for_a_moment(visit, mira, house):
    tab = visit(mira)
    tab.open("generate")
    assert tab.sentences == []
    for _ in range(3):
        house.breakers["distant"].failed("The line is dead.")

    app = tab.app.run()

    assert tab.sentences == ["the distant painter does not answer at the moment: The line is dead."]
    app.selectbox(key="engine").set_value("painter").run()
    assert tab.sentences == []


def test_who_waits_for_an_engine_that_is_away_reads_why_and_may_let_the_painter_paint(visit, mira, house, distant):
    distant.is_away = True
    tab = visit(mira)
    app = tab.open("generate")
    press_generate(app)
    try_once(house, house.studio.mine(by=mira)[0])
    app.run()
    assert tab.sentences == ["The distant painter does not answer. It is tried again by itself."]

    button(app, "Let the built-in painter paint it").click().run()
    house.worker.run_until_idle()
    app.run()

    assert any("by painter instead of distant" in caption.value for caption in app.caption)
    assert tab.sentences == []


# Money -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "is_told"), [("admin", True), ("moderator", False), ("member", False)])
def test_only_admins_read_that_the_budget_runs_out(visit, mira, house, role, is_told):
    spend(house, "0.85")
    tab = visit(house.accounts.set_role("mira", role))

    tab.open("generate")

    warned = [sentence for sentence in tab.sentences if "Painting has cost $0.85 today" in sentence]
    assert bool(warned) == is_told
    assert "$" not in "".join(tab.sentences) or is_told


def test_an_admin_reads_nothing_of_a_budget_that_lasts(visit, mira, house):
    spend(house, "0.10")
    tab = visit(house.accounts.set_role("mira", "admin"))

    tab.open("generate")

    assert tab.sentences == []


def test_a_budget_that_is_used_up_is_a_sentence_with_a_way_out_that_works(visit, mira, house):
    spend(house, "1.00")
    tab = visit(mira)
    app = tab.open("generate")
    press_generate(app)
    [sentence] = tab.sentences
    assert sentence.startswith("Today's budget for the distant painter is used up; it starts anew at midnight (UTC).")
    assert sentence.endswith("Until then the built-in painter paints: choose it, or allow it to step in.")
    assert house.studio.mine(by=mira) == []

    app.checkbox(key="fallback").check()
    press_generate(app)

    assert tab.sentences == []
    assert [request.engine for request in house.studio.mine(by=mira)] == ["painter"]


# What was not painted ----------------------------------------------------------------------------------------------


def block(house: Pentagram, distant: Distant, by: Account) -> Request:
    distant.verdict = Verdict("block", ("sexual",), "This picture may show nudity.")
    return paint(house, by)


def cancel(house: Pentagram, distant: Distant, by: Account) -> Request:
    request = ask(house, by)
    house.studio.cancel(request.id, by=by)
    return request


def fail(house: Pentagram, distant: Distant, by: Account) -> Request:
    distant.failure = ValueError("a fault that nobody foresaw")
    return paint(house, by)


@pytest.mark.parametrize(
    ("end", "sentence"),
    [
        (block, "This picture may show nudity."),
        (cancel, "Cancelled."),
        (fail, "Something went wrong while painting (incident "),
    ],
    ids=["blocked", "cancelled", "failed"],
)
def test_what_was_not_painted_says_why_and_is_tried_again_with_its_seed(visit, mira, house, distant, end, sentence):
    end(house, distant, mira)
    distant.verdict, distant.failure = Verdict("allow", (), ""), None
    app = visit(mira).open("my_prompts")
    assert any(sentence in caption.value for caption in app.caption)

    button(app, "Try again").click().run()
    app.switch_page("screens/generate.py").run()
    house.worker.run_until_idle()
    app.run()

    assert any("seed 7" in caption.value for caption in app.caption)
    assert house.studio.mine(by=mira)[0].creations[0].state == "ready"


def test_one_of_several_is_cancelled_while_it_is_painted_and_the_page_goes_on(visit, mira, house, distant):
    distant.may_finish.clear()
    tab = visit(mira)
    app = tab.open("generate")
    app.session_state["count"] = 2
    press_generate(app)
    [request] = house.studio.mine(by=mira)
    first = request.creations[0]
    worker = threading.Thread(target=house.painting.paint, kwargs={"creation_id": str(first.id)})
    worker.start()
    assert distant.begun.wait(LONG_SECONDS)
    app.run()

    app.button(key=f"cancel-{first.id}").click().run()
    worker.join(LONG_SECONDS)
    distant.may_finish.set()
    house.worker.run_until_idle()
    app.run()

    assert distant.cancelled
    assert [each.state for each in house.studio.watch(request.id, by=mira).creations] == ["cancelled", "ready"]
    assert "Cancelled." in [caption.value for caption in app.caption]
