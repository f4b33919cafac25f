"""Pictures from an engine elsewhere: called once, waited for, called off, stood in for, and paid for in a budget."""

from __future__ import annotations

import io
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from PIL import Image

from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.errors import ConfigurationError, NotFound, TooMany, Unavailable, UserError
from services.safety.pictures import ALLOWED, BLOCKED, SENSITIVE, PictureGate
from services.safety.verdicts import Verdict
from services.settings import Settings
from services.studio.engines.choice import Choice, Engines
from services.studio.engines.painter import Painter
from services.studio.reading import read_provenance
from services.studio.studio import Options, Request
from tests.fakes.clock import FakeClock
from tests.fakes.engines import GPU_SECONDS, Distant

SMALL = Options(256, 256, seed=7)
FOUR = Options(256, 256, count=4, seed=7)
L40S_USD_A_SECOND = Decimal("0.000542")
LONG_SECONDS = 20


@pytest.fixture
def distant() -> Distant:
    return Distant()


@pytest.fixture
def furnished(build: Callable[..., Pentagram], distant: Distant, settings: Settings) -> Callable[..., Pentagram]:
    """A house whose usual engine is the distant one, with the painter behind it."""

    def make(clock: FakeClock | None = None, **changed: object) -> Pentagram:
        engines = Engines([Choice(distant, "a test wants it."), Choice(Painter(), "it is always there.")])
        return build(engines=engines, clock=clock, settings=settings.model_copy(update=changed))

    return make


@pytest.fixture
def house(furnished: Callable[..., Pentagram], clock: FakeClock) -> Pentagram:
    return furnished(clock)


@pytest.fixture
def mira(house: Pentagram) -> Account:
    return house.accounts.register("mira", "no password")


class Gate(PictureGate):
    """Says of every picture what a test wants to hear."""

    def __init__(self) -> None:
        super().__init__(None)
        self.answer: Verdict | Exception = ALLOWED
        self.asked = 0

    def check(self, image: Image.Image) -> Verdict:
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.fixture
def gate(house: Pentagram, distant: Distant) -> Gate:
    """The app's own, beside an engine that has none."""
    distant.verdict = None
    gate = Gate()
    house.painting._gate = gate
    return gate


def ask(house: Pentagram, by: Account, options: Options = SMALL, prompt: str = "a red fox") -> Request:
    return house.studio.request(prompt, options, by=by, token=uuid.uuid4().hex)


def paint_once(house: Pentagram, request: Request, place: int = 0) -> None:
    """What a worker does with one of its pictures, a single time."""
    house.painting.paint(creation_id=str(request.creations[place].id), last_attempt=False)


def states(house: Pentagram, request: Request, by: Account) -> list[str]:
    return [creation.state for creation in house.studio.watch(request.id, by=by).creations]


def cost(house: Pentagram) -> Decimal:
    return house.db.value("select coalesce(sum(cost_usd), 0) from pentagram.ledger")


def unseen(house: Pentagram) -> int:
    return int(house.db.value("select count(*) from pentagram.unseen_pictures"))


class Worker:
    """Paints one picture on a thread, as a worker of the house does."""

    def __init__(self, house: Pentagram, request: Request, place: int = 0) -> None:
        self._thread = threading.Thread(target=paint_once, args=(house, request, place))
        self._thread.start()

    def join(self) -> None:
        self._thread.join(LONG_SECONDS)
        assert not self._thread.is_alive()


# One call for one picture


def test_a_picture_is_called_for_once_and_booked_once_with_what_its_gpu_cost(house, mira, distant):
    request = ask(house, mira)
    house.worker.run_until_idle()

    [creation] = house.studio.watch(request.id, by=mira).creations
    assert (creation.state, creation.engine, creation.progress) == ("ready", "distant", 1)
    assert distant.calls == ["call-1"]
    [row] = house.db.values("select row(engine, gpu, gpu_seconds, cost_usd)::text from pentagram.ledger")
    assert row == f"(distant,L40S,{GPU_SECONDS:.4f},{L40S_USD_A_SECOND * Decimal('0.5'):.6f})"
    assert house.money.today().reserved_usd == 0


def test_a_call_whose_line_broke_is_collected_by_the_next_worker_and_not_made_again(house, furnished, mira, distant):
    distant.loses_its_line = True
    request = ask(house, mira)
    paint_once(house, request)

    distant.loses_its_line = False
    paint_once(furnished(), request)

    assert states(house, request, mira) == ["ready"]
    assert distant.calls == ["call-1"]
    assert house.db.value("select count(*) from pentagram.ledger") == 1


def test_a_picture_is_asked_for_under_one_key_until_a_call_ended_without_any(house, mira, distant):
    distant.failure = Unavailable("The GPU fell over.")
    request = ask(house, mira)
    for _ in range(2):
        paint_once(house, request)
    distant.failure = None
    paint_once(house, request)

    creation = request.creations[0].id
    assert [order.key for order in distant.orders] == [f"{creation}:{number}" for number in range(3)]


def test_calls_that_keep_ending_without_a_picture_are_not_paid_for_for_ever(house, mira, distant):
    distant.failure = Unavailable("The GPU fell over.")
    request = ask(house, mira)
    for _ in range(2):
        paint_once(house, request)
    paint_once(house, request)

    [creation] = house.studio.watch(request.id, by=mira).creations
    assert creation.state == "failed"
    assert "after several tries" in creation.failure
    assert len(distant.calls) == 3
    assert house.db.value("select count(*) from pentagram.ledger where cost_usd > 0") == 3


def test_a_picture_that_waits_for_another_try_says_why(house, mira, distant):
    distant.is_away = True
    request = ask(house, mira)
    paint_once(house, request)

    [creation] = house.studio.watch(request.id, by=mira).creations
    assert (creation.state, creation.failure) == ("queued", "The distant painter does not answer.")


# Calling it off


def test_what_is_cancelled_before_it_begins_is_never_called_for(house, mira, distant):
    request = ask(house, mira, FOUR)

    assert house.studio.cancel(request.id, by=mira) == 4
    house.worker.run_until_idle()

    assert states(house, request, mira) == ["cancelled"] * 4
    assert distant.calls == []
    assert house.money.today().reserved_usd == 0


def test_what_is_cancelled_while_it_is_painted_ends_its_call_and_is_booked_as_usual(house, mira, distant):
    distant.may_finish.clear()
    request = ask(house, mira)
    worker = Worker(house, request)
    assert distant.begun.wait(LONG_SECONDS)

    assert house.studio.cancel(request.id, by=mira) == 1
    worker.join()
    house.worker.run_until_idle()

    assert states(house, request, mira) == ["cancelled"]
    assert distant.cancelled[0] == "call-1"
    assert house.db.value("select count(*) from pentagram.ledger where cost_usd > 0") == 1


def test_what_is_painted_cannot_be_cancelled_any_more(house, mira):
    request = ask(house, mira)
    house.worker.run_until_idle()

    assert house.studio.cancel(request.id, by=mira) == 0
    assert states(house, request, mira) == ["ready"]


def test_one_of_four_is_cancelled_and_the_others_arrive(house, mira, distant):
    request = ask(house, mira, FOUR)

    assert house.studio.cancel(request.id, by=mira, creation_id=request.creations[2].id) == 1
    house.worker.run_until_idle()

    assert states(house, request, mira) == ["ready", "ready", "cancelled", "ready"]
    assert len(distant.calls) == 3


def test_a_call_of_a_killed_worker_is_ended_when_its_picture_was_cancelled_meanwhile(house, mira, distant):
    distant.loses_its_line = True
    request = ask(house, mira)
    paint_once(house, request)
    house.studio.cancel(request.id, by=mira)

    house.worker.run_until_idle()

    assert distant.cancelled == ["call-1"]
    assert states(house, request, mira) == ["cancelled"]


def test_nobody_cancels_for_another(house, mira):
    request = ask(house, mira)
    tom = house.accounts.register("tom", "no password")

    assert house.studio.cancel(request.id, by=tom) == 0
    assert states(house, request, mira) == ["queued"]


def test_a_call_of_a_picture_that_is_deleted_between_two_tries_is_ended_and_booked(house, mira, distant):
    distant.loses_its_line = True
    kept, gone = ask(house, mira), ask(house, mira, prompt="a hare")
    for request in (kept, gone):
        paint_once(house, request)

    house.studio.delete(gone.creations[0].id, by=mira)
    house.accounts.delete(mira)
    house.worker.run_until_idle()

    assert sorted(distant.cancelled) == ["call-1", "call-2"]
    assert house.db.value("select count(*) from pentagram.ledger where cost_usd > 0") == 2


def test_a_picture_that_was_given_up_leaves_no_call_behind(house, mira, distant, clock):
    distant.loses_its_line = True
    request = ask(house, mira)
    paint_once(house, request)
    clock.advance(timedelta(hours=7).total_seconds())
    paint_once(house, request)

    house.worker.run_until_idle()

    assert states(house, request, mira) == ["failed"]
    assert distant.cancelled == ["call-1"]
    assert cost(house) > 0
    assert house.money.today().reserved_usd == 0


# Another engine steps in


def test_an_outage_of_an_hour_fails_nothing(house, mira, distant, clock):
    distant.is_away = True
    request = ask(house, mira)
    for _ in range(60):
        paint_once(house, request)
        clock.advance(60)
    distant.is_away = False

    paint_once(house, request)

    assert states(house, request, mira) == ["ready"]


def test_a_picture_that_its_engine_stumbles_over_again_and_again_closes_the_engine_to_nobody(house, mira, distant):
    distant.failure = Unavailable("The GPU fell over.")
    request = ask(house, mira)
    for _ in range(3):
        paint_once(house, request)

    assert house.breakers["distant"].state().state == "closed"


def test_an_engine_that_fails_again_and_again_is_left_alone_for_a_while(house, mira, distant, clock):
    distant.is_away = True
    request = ask(house, mira)
    for _ in range(3):
        paint_once(house, request)
    assert "does not answer" in house.studio.watch(request.id, by=mira).creations[0].failure
    distant.is_away = False

    paint_once(house, request)
    assert "left alone" in house.studio.watch(request.id, by=mira).creations[0].failure
    assert house.breakers["distant"].state().state == "open"
    clock.advance(31)
    paint_once(house, request)

    assert states(house, request, mira) == ["ready"]
    assert house.breakers["distant"].state().state == "closed"


def test_the_painter_steps_in_only_where_the_person_allows_it(house, mira, distant):
    distant.is_away = True
    allowed = ask(house, mira, Options(256, 256, seed=7, fallback=True), "a fox")
    refused = ask(house, mira, prompt="a hare")
    paint_once(house, allowed)
    paint_once(house, refused)

    assert states(house, allowed, mira) == ["ready"]
    assert house.studio.watch(allowed.id, by=mira).creations[0].engine == "painter"
    assert cost(house) == 0
    assert states(house, refused, mira) == ["queued"]


def test_a_person_who_waits_may_let_the_painter_step_in_later(house, mira, distant):
    distant.is_away = True
    request = ask(house, mira)
    paint_once(house, request)

    house.studio.let_another_paint(request.id, by=mira)
    house.worker.run_until_idle()

    assert states(house, request, mira) == ["ready"]
    assert house.studio.watch(request.id, by=mira).creations[0].engine == "painter"


def test_the_painter_does_not_step_in_for_a_call_that_may_still_give_a_picture(house, mira, distant):
    distant.loses_its_line = True
    request = ask(house, mira, Options(256, 256, seed=7, fallback=True))
    paint_once(house, request)

    distant.loses_its_line = False
    paint_once(house, request)

    assert house.studio.watch(request.id, by=mira).creations[0].engine == "distant"
    assert house.db.value("select count(*) from pentagram.ledger") == 1


# Looking at pictures


def test_a_picture_that_the_gate_holds_back_is_kept_nowhere_and_says_why(house, mira, distant, settings):
    distant.verdict = Verdict("block", ("sexual",), "This picture may show nudity.")
    request = ask(house, mira)
    house.worker.run_until_idle()

    [creation] = house.studio.watch(request.id, by=mira).creations
    assert (creation.state, creation.failure) == ("blocked", "This picture may show nudity.")
    assert [path for path in (settings.home / "storage").rglob("*") if path.is_file()] == []
    assert cost(house) > 0


def test_a_picture_that_the_gate_finds_sensitive_makes_its_post_sensitive(house, mira, distant):
    distant.verdict = Verdict("sensitive", ("sexual",), "This picture may show nudity.")
    request = ask(house, mira)
    house.worker.run_until_idle()

    post = house.posts.publish([request.creations[0].id], by=mira, token="press-post")

    assert post.sensitive


@pytest.mark.parametrize(("verdict", "ends"), [(BLOCKED, "blocked"), (SENSITIVE, "ready"), (ALLOWED, "ready")])
def test_what_comes_without_a_verdict_is_looked_at_here(house, mira, gate, verdict, ends):
    gate.answer = verdict
    request = ask(house, mira)
    paint_once(house, request)

    [creation] = house.studio.watch(request.id, by=mira).creations
    assert (creation.state, creation.sensitive, gate.asked) == (ends, verdict is SENSITIVE, 1)
    assert (creation.picture_key is None) == (ends == "blocked")


def test_what_the_engine_looked_at_is_not_looked_at_again(house, mira, distant, gate):
    distant.verdict = ALLOWED
    paint_once(house, ask(house, mira))

    assert gate.asked == 0


@pytest.mark.parametrize("trouble", [Unavailable("It stopped."), ConfigurationError("There is no such model.")])
def test_a_picture_that_the_gate_does_not_answer_for_is_kept_unseen_and_not_painted_again(
    house, mira, distant, gate, trouble
):
    gate.answer = trouble
    request = ask(house, mira)
    for _ in range(3):
        paint_once(house, request)

    [creation] = house.studio.watch(request.id, by=mira).creations
    assert (creation.state, creation.picture_key) == ("queued", None)
    assert "waits for what looks at pictures" in creation.failure
    assert (len(distant.calls), unseen(house)) == (1, 1)

    gate.answer = ALLOWED
    paint_once(house, request)

    [creation] = house.studio.watch(request.id, by=mira).creations
    assert (creation.state, creation.engine) == ("ready", "distant")
    assert (len(distant.calls), unseen(house)) == (1, 0)
    assert cost(house) == round(L40S_USD_A_SECOND * Decimal(GPU_SECONDS), 6)
    assert read_provenance(house.storage.get(creation.picture_key)).seed == 7


def test_what_was_kept_unseen_and_is_blocked_then_is_kept_nowhere(house, mira, gate):
    gate.answer = Unavailable("It stopped.")
    request = ask(house, mira)
    paint_once(house, request)
    gate.answer = BLOCKED
    paint_once(house, request)

    assert (states(house, request, mira), unseen(house)) == (["blocked"], 0)


def test_what_was_kept_unseen_and_is_cancelled_is_kept_nowhere(house, mira, gate):
    gate.answer = Unavailable("It stopped.")
    request = ask(house, mira)
    paint_once(house, request)
    house.studio.cancel(request.id, by=mira)
    paint_once(house, request)

    assert (states(house, request, mira), unseen(house)) == (["cancelled"], 0)


# Money and fairness


def test_what_is_under_way_is_held_back_from_the_budget(furnished, clock):
    house = furnished(clock, daily_budget_usd=0.002)
    mira = house.accounts.register("mira", "no password")
    ask(house, mira, Options(256, 256, count=2))

    with pytest.raises(TooMany, match=r"budget .* used up"):
        ask(house, mira, prompt="a hare")
    assert house.money.today().is_near


def test_at_the_end_of_the_budget_the_free_engine_paints_if_that_is_allowed(furnished, clock):
    house = furnished(clock, daily_budget_usd=0)
    mira = house.accounts.register("mira", "no password")

    request = ask(house, mira, Options(256, 256, seed=7, fallback=True))
    house.worker.run_until_idle()

    assert house.studio.watch(request.id, by=mira).engine == "painter"
    assert states(house, request, mira) == ["ready"]
    assert cost(house) == 0


def test_the_free_engine_is_not_asked_for_what_it_cannot_do_nor_says_that_it_did(furnished, clock):
    house = furnished(clock, daily_budget_usd=0)
    mira = house.accounts.register("mira", "no password")
    request = ask(house, mira, Options(256, 256, seed=7, fallback=True, negative="colour", guidance=4.0))
    house.worker.run_until_idle()

    [creation] = house.studio.watch(request.id, by=mira).creations
    said = read_provenance(house.storage.get(creation.picture_key))
    assert (said.engine, said.negative, said.guidance) == ("painter", "", None)
    again = house.studio.request("a red fox", request.again(), by=mira, token=uuid.uuid4().hex)
    assert again.engine == "painter"


def test_what_gives_no_picture_costs_what_it_cost(house, mira, distant):
    distant.failure = UserError("The model's own check held this picture back.")
    request = ask(house, mira)
    house.worker.run_until_idle()

    assert states(house, request, mira) == ["failed"]
    assert cost(house) == L40S_USD_A_SECOND * Decimal("0.5")


def test_pictures_that_were_deleted_count_within_the_hour(furnished):
    house = furnished(pictures_an_hour=2)
    mira = house.accounts.register("mira", "no password")
    for number in range(2):
        request = ask(house, mira, prompt=f"hare {number}")
        house.worker.run_until_idle()
        house.studio.delete(request.creations[0].id, by=mira)

    with pytest.raises(TooMany, match="2 pictures within an hour"):
        ask(house, mira)


def test_the_budget_starts_anew_at_midnight(furnished, clock):
    house = furnished(clock, daily_budget_usd=0.001)
    mira = house.accounts.register("mira", "no password")
    for number in range(3):
        ask(house, mira, prompt=f"hare {number}")
        house.worker.run_until_idle()
    with pytest.raises(TooMany):
        ask(house, mira)

    clock.advance(timedelta(days=1).total_seconds())

    ask(house, mira, prompt="a wolf")


def test_eight_who_press_at_once_do_not_spend_more_than_the_budget(furnished, clock):
    house = furnished(clock, daily_budget_usd=0.0025)
    people = [house.accounts.register(f"person{number}", "no password") for number in range(8)]
    refused: list[str] = []

    def press(by: Account) -> None:
        try:
            ask(house, by)
        except TooMany as error:
            refused.append(str(error))

    threads = [threading.Thread(target=press, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONG_SECONDS)

    today = house.money.today()
    assert today.reserved_usd <= today.budget_usd
    assert len(refused) == 5


def test_a_person_with_forty_pictures_makes_nobody_wait_for_all_of_them(furnished, distant):
    house = furnished(pictures_at_once=40)
    mira, tom = (house.accounts.register(name, "no password") for name in ("mira", "tom"))
    for number in range(10):
        ask(house, mira, FOUR, f"fox {number}")
    tom_asked = ask(house, tom, prompt="a hare")

    assert house.studio.wait(tom_asked).ahead == 1
    house.worker.run_until_idle()

    [place] = [place for place, order in enumerate(distant.orders) if order.prompt == "a hare"]
    assert place <= distant.at_once


def test_the_wait_is_told_by_how_long_others_took(furnished, distant):
    house = furnished()
    mira = house.accounts.register("mira", "no password")
    first = ask(house, mira, prompt="a fox")
    assert house.studio.wait(first).seconds is None
    house.worker.run_until_idle()
    house.db.execute("update pentagram.creations set paint_ms = 3000")

    second = ask(house, mira, FOUR, "a hare")

    assert house.studio.wait(second).seconds == pytest.approx(3)


# Starting from a picture


def picture_file(colour: str = "red") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (200, 100), colour).save(file, "PNG")
    return file.getvalue()


def test_an_upload_reaches_the_engine_as_a_clean_file_with_its_strength(house, mira, distant):
    upload = house.uploads.take(picture_file(), by=mira)
    ask(house, mira, Options(256, 256, seed=7, upload_id=upload.id, strength=0.4))
    house.worker.run_until_idle()

    [order] = distant.orders
    assert order.strength == 0.4
    assert Image.open(io.BytesIO(order.image)).size == (200, 100)


def test_what_started_from_an_upload_that_nothing_looked_at_stays_private_until_a_moderator_posts_it(house, mira):
    upload = house.uploads.take(picture_file(), by=mira)
    request = ask(house, mira, Options(256, 256, seed=7, upload_id=upload.id))
    house.worker.run_until_idle()
    [creation] = request.creations
    again = ask(house, mira, Options(256, 256, seed=8, source_id=creation.id), "another fox")
    house.worker.run_until_idle()

    for picture in (creation, *again.creations):
        with pytest.raises(UserError, match="moderator"):
            house.posts.publish([picture.id], by=mira, token=f"press-{picture.id}")
        with pytest.raises(UserError):
            house.accounts.show_as(mira, picture.id)
    house.posts.publish([creation.id], by=mira, token="press-private", visibility="private")
    moderator = house.accounts.set_role("mira", "moderator")
    house.posts.publish([creation.id], by=moderator, token="press-public")


def test_a_posted_picture_of_somebody_else_may_be_started_from_and_a_private_one_not(house, mira, distant):
    tom = house.accounts.register("tom", "no password")
    [picture] = ask(house, mira).creations
    house.worker.run_until_idle()
    wish = Options(256, 256, seed=7, source_id=picture.id)
    with pytest.raises(NotFound):
        ask(house, tom, wish)

    house.posts.publish([picture.id], by=mira, token="press-post")
    request = ask(house, tom, wish)
    house.worker.run_until_idle()

    assert states(house, request, tom) == ["ready"]
    assert distant.orders[-1].image is not None


def test_a_picture_to_start_from_that_is_deleted_before_it_is_needed_is_a_sentence(house, mira):
    [picture] = ask(house, mira).creations
    house.worker.run_until_idle()
    request = ask(house, mira, Options(256, 256, source_id=picture.id), "a hare")

    house.studio.delete(picture.id, by=mira)
    house.worker.run_until_idle()

    [creation] = house.studio.watch(request.id, by=mira).creations
    assert (creation.state, creation.failure) == ("failed", "The picture to start from is gone.")


@pytest.mark.parametrize(
    "wish",
    [
        Options(negative="text"), Options(guidance=3.0), Options(strength=1.5), Options(engine="modal"),
        Options(style="x"),
    ],
)  # fmt: skip
def test_what_the_chosen_engine_cannot_do_is_refused_before_anything_is_kept(house, mira, wish):
    wish = wish if wish.engine else Options(**{**vars(wish), "engine": "painter"})

    with pytest.raises(UserError):
        ask(house, mira, wish)
    assert house.studio.mine(by=mira) == []


def test_what_to_leave_out_meets_the_prompt_gate_too(house, mira):
    with pytest.raises(UserError, match="Pentagram"):
        ask(house, mira, Options(negative="how to make a pipe bomb"))


def test_who_leaves_out_clothes_asks_for_nakedness_and_who_leaves_out_nakedness_does_not(house, mira):
    with pytest.raises(UserError, match="minor"):
        ask(house, mira, Options(negative="clothes, swimsuit"), "a ten year old girl at the beach")

    ask(house, mira, Options(negative="nude, children, watermark"), "an oak at dawn")


def test_what_was_asked_of_an_engine_that_is_no_more_can_be_watched_and_goes_to_another_if_allowed(build, house, mira):
    allowed = ask(house, mira, Options(256, 256, seed=7, fallback=True))
    refused = ask(house, mira, prompt="a hare")
    later = build(engines=Engines([Choice(Painter(), "it is always there.")]))

    later.worker.run_until_idle()

    assert states(later, allowed, mira) == ["ready"]
    assert states(later, refused, mira) == ["failed"]
    assert later.studio.wait(refused).ahead == 0


def test_a_style_reaches_the_engine_and_the_file_but_the_prompt_stays_as_it_was_written(house, mira, distant):
    request = ask(house, mira, Options(256, 256, seed=7, style="ink", negative="colour"))
    house.worker.run_until_idle()

    assert house.studio.watch(request.id, by=mira).prompt == "a red fox"
    assert distant.orders[0].prompt.startswith("a red fox, ink wash")
    [creation] = house.studio.watch(request.id, by=mira).creations
    file = house.storage.get(creation.picture_key)
    assert b"ink wash" in file
    assert "Negative prompt: colour".encode("utf-16-be") in file
