"""The society of residents: decided once, done once, within its budgets, at its own pace."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.errors import NotFound, Unavailable, UserError
from services.platform.jobs import LATER
from services.residents.actions import Action, Plan
from services.residents.pace import LONGEST_GAP, Budgets
from services.residents.persona import Persona, Rhythm
from services.residents.worlds import World
from services.safety.verdicts import Refused
from services.studio.studio import Options, Request
from tests.fakes.clock import FakeClock
from tests.fakes.speaker import Script, persona

MORNING = datetime(2030, 6, 3, 7, 0, tzinfo=UTC)
PLENTY = Budgets(1000, 1_000_000, Decimal(100))
BUSY = Rhythm(wakes=0, sleeps=0, peaks=(8, 20), visits_a_day=24, posts_a_day=8)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(MORNING)


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def house(build: Callable[..., Pentagram], clock: FakeClock, script: Script) -> Pentagram:
    house = build(clock=clock, speaking=script)
    with house.db.transaction() as tx:
        tx.execute("update pentagram.society set sim_at = %(at)s, real_at = %(at)s", at=MORNING)
    house.society.set_budgets(PLENTY)
    return house


@pytest.fixture
def settle(house: Pentagram) -> Callable[..., list[Account]]:
    """Brings residents in, with their faces painted."""

    def do(*personas: Persona) -> list[Account]:
        house.society.settle(World(title="A test", personas=personas))
        house.worker.run_until_idle()
        finish(house)
        return [house.accounts.named(each.name) for each in personas]

    return do


@pytest.fixture
def posted(house: Pentagram, paint: Callable[..., Request]) -> Callable[..., UUID]:
    """A picture of somebody's in the feed."""

    def do(by: Account, prompt: str = "boats in fog") -> UUID:
        request = paint(by, prompt)
        post = house.posts.publish([request.creations[0].id], by=by, token=f"post-{request.id}", caption=prompt)
        house.worker.run_until_idle()
        return post.id

    return do


def finish(house: Pentagram) -> None:
    """What waits for a picture gets it, and is shown."""
    house.worker.run_until_idle()
    while house.actions.painted(1):
        house.society.tick()
        house.worker.run_until_idle()


def do(house: Pentagram, who: Account, *plans: Plan, turn: int = 100) -> list[Action]:
    """A turn that was decided already."""
    with house.db.transaction() as tx:
        house.actions.plan(tx, who.id, turn, plans, MORNING)
    return house.turns.take(who.id, turn, MORNING, last_attempt=False)


def actions(house: Pentagram, kind: str | None = None) -> list[Action]:
    ids = house.db.values("select id from pentagram.resident_actions order by id")
    return [each for each in map(house.actions.get, ids) if each is not None and kind in (None, each.kind)]


def waiting_turns(house: Pentagram) -> list[tuple[str, int]]:
    return [
        (each["account_id"], each["turn"])
        for each in house.db.values(
            "select args from pentagram.procrastinate_jobs where task_name = 'resident_turn' and status = 'todo'"
        )
    ]


def test_a_resident_is_an_account_marked_as_ai_with_a_painted_face(house, settle):
    [kai] = settle(persona("kai"))
    assert house.people.profile("kai", viewer=None).kind == "resident"
    assert kai.avatar_key is not None
    assert not kai.has_password


def test_a_demo_house_gets_its_first_residents_once_and_they_live_fast_enough_to_be_watched(house):
    house.society.begin_once()
    house.worker.run_until_idle()
    assert house.society.state().active == 0
    house.accounts.register("demo.maker", None, kind="resident", demo=True)
    house.society.begin_once()
    house.worker.run_until_idle()
    state = house.society.state()
    assert (state.active, state.running, state.speed) == (12, True, 10)
    assert house.db.value(
        "select bool_and(a.demo) from pentagram.residents r join pentagram.accounts a on a.id = r.account_id"
    )
    house.society.pause()
    house.society.retire("saltwind")
    house.society.begin_once()
    house.worker.run_until_idle()
    assert (house.society.state().active, house.society.state().running) == (11, False)


def test_a_name_that_is_a_persons_is_left_to_them(house, settle, mira):
    house.society.settle(World(title="A test", personas=(persona("mira"), persona("kai"))))
    assert house.people.profile("mira", viewer=None).kind == "person"
    with pytest.raises(NotFound):
        house.society.resident("mira")


def test_a_day_of_a_society_is_looked_at_liked_said_and_painted(house, settle):
    settle(*(persona(name, "boats", "fog", rhythm=BUSY, sociability=0.9) for name in ("kai", "lou", "noa", "ida")))
    for _ in range(3):
        house.society.run(24)
        finish(house)
    done = Counter(each.kind for each in actions(house) if each.state == "done")
    assert {"look", "like", "comment", "answer", "follow", "post", "sum_up"} <= done.keys()
    assert not [each for each in actions(house) if each.state in ("planned", "waiting")]
    published = house.db.value("select count(*) from pentagram.posts")
    assert published == done["post"] + done["remix"]


def test_what_was_cut_off_goes_on_where_it_ended_and_nothing_happens_twice(house, settle, script, posted, tom):
    [kai] = settle(persona("kai"))
    post = posted(tom)
    script.lines["comment"] = Unavailable("The database went away.")
    plans = Plan("like", {}, post, tom.id), Plan("comment", {}, post, tom.id), Plan("save", {}, post, tom.id)
    with pytest.raises(Unavailable):
        do(house, kai, *plans)
    assert [each.state for each in house.actions.of_turn(kai.id, 100)] == ["done", "planned", "planned"]
    for _ in range(3):
        house.turns.take(kai.id, 100, MORNING)
    assert [each.state for each in house.actions.of_turn(kai.id, 100)] == ["done"] * 3
    assert house.db.value("select like_count = 1 and comment_count = 1 and save_count = 1 from pentagram.posts")
    assert house.ties.of(kai.id, [tom.id])[tom.id].meetings == 3


def test_what_a_job_gave_up_half_way_is_taken_up_when_a_process_starts(house, settle, posted, tom):
    [kai] = settle(persona("kai"))
    post = posted(tom)
    with house.db.transaction() as tx:
        house.actions.plan(tx, kai.id, 100, [Plan("like", {}, post, tom.id)], MORNING)
    for _ in range(2):
        house.society.resume()
    assert waiting_turns(house) == [(str(kai.id), 100)]
    house.worker.run_until_idle()
    assert [each.state for each in house.actions.of_turn(kai.id, 100)] == ["done"]


def test_a_picture_is_posted_once_however_often_somebody_finds_it_painted(house, settle):
    [kai] = settle(persona("kai"))
    do(house, kai, Plan("post", {}))
    house.worker.run_until_idle()
    [action] = actions(house, "post")
    together = [threading.Thread(target=house.deeds.finish, args=(action,)) for _ in range(4)]
    for each in together:
        each.start()
    for each in together:
        each.join()
    assert house.db.value("select count(*) from pentagram.posts") == 1
    assert house.actions.get(action.id).state == "done"
    assert house.db.value("select count(*) from pentagram.resident_memories where kind = 'made'") == 1


def test_two_schedulers_at_once_ask_for_each_turn_once(build, house, settle, clock, script):
    settle(*(persona(f"res_{number}", rhythm=BUSY) for number in range(6)))
    other = build(clock=clock, speaking=script)
    house.society.start()
    for minutes in range(0, 40, 5):
        clock.advance(minutes * 60)
        together = [threading.Thread(target=each.society.tick) for each in (house, other) for _ in range(2)]
        for each in together:
            each.start()
        for each in together:
            each.join()
    turns = waiting_turns(house)
    assert len(turns) == len(set(turns)) > 0


def test_nothing_is_begun_while_the_society_rests_and_a_step_is_taken_when_asked(house, settle, clock):
    settle(persona("kai", rhythm=BUSY), persona("lou", rhythm=BUSY))
    before = house.society.state().now
    clock.advance(7200)
    house.society.tick()
    assert not waiting_turns(house)
    assert house.society.state().now == before
    taken = house.society.step("lou")
    assert taken[0].kind == "look"
    assert taken[0].account_id == house.accounts.named("lou").id


def test_time_goes_on_by_the_speed_and_stands_while_paused(house, clock):
    house.society.set_speed(100)
    began = house.society.start().now
    clock.advance(36)
    assert house.society.state().now - began == timedelta(hours=1)
    house.society.pause()
    clock.advance(36)
    assert house.society.state().now - began == timedelta(hours=1)
    with pytest.raises(UserError):
        house.society.set_speed(1000)


def test_the_clock_never_runs_back_and_what_a_sleeping_machine_missed_is_missed(house, settle, clock):
    settle(persona("kai", rhythm=BUSY))
    house.society.start()
    house.society.tick()
    before = house.society.state().now
    clock.advance(-86_400)
    house.society.tick()
    assert house.society.state().now >= before
    clock.advance(3 * 86_400)
    house.society.tick()
    assert not waiting_turns(house)
    assert house.society.resident("kai").next_turn_at > house.society.state().now
    assert house.society.state().now - before <= timedelta(days=3) + LONGEST_GAP


def test_pictures_stay_within_the_hours_budget_however_many_want_one(house, settle, clock):
    accounts = settle(*(persona(f"res_{number}") for number in range(5)))
    clock.advance(3601)
    house.society.set_budgets(Budgets(2, 1000, Decimal(1)))
    together = [
        threading.Thread(target=do, args=(house, who, Plan("post", {}), Plan("post", {}))) for who in accounts
    ]  # fmt: skip
    for each in together:
        each.start()
    for each in together:
        each.join()
    states = Counter(each.state for each in actions(house, "post"))
    assert states == {"waiting": 2, "dropped": 8}
    assert house.society.state().spent.pictures == 2
    clock.advance(3601)
    assert house.society.state().spent.pictures == 0
    assert do(house, accounts[0], Plan("post", {}), turn=101)[0].state == "waiting"


def test_words_and_dollars_are_held_back_before_they_are_spent(house, settle):
    [kai] = settle(persona("kai"))
    house.society.set_budgets(Budgets(10, 1000, Decimal("0.01")))
    purse = house.spending.purse(kai.id)
    assert purse.take(600)
    assert not purse.take(600)
    purse.settle(600, 100)
    assert purse.take(600)
    with house.db.transaction() as tx:
        house.actions.plan(tx, kai.id, 100, [Plan("post", {}), Plan("post", {})], MORNING)
    first, second = house.actions.of_turn(kai.id, 100)
    assert house.spending.hold_picture(kai.id, first.id, Decimal("0.008"))
    assert not house.spending.hold_picture(kai.id, second.id, Decimal("0.008"))
    assert house.spending.hold_picture(kai.id, first.id, Decimal("0.008"))
    assert house.society.state().spent.usd == Decimal("0.008")


def test_a_picture_that_was_never_painted_gives_its_place_back(house, settle):
    [kai] = settle(persona("kai"))
    before = house.society.state().spent.pictures
    [action] = do(house, kai, Plan("post", {}))
    house.studio.cancel(house.actions.get(action.id).request_id, by=kai)
    finish(house)
    assert house.actions.get(action.id).state == "dropped"
    assert house.society.state().spent.pictures == before


def test_a_picture_that_was_painted_and_may_not_be_shown_stays_counted(house, settle, script):
    [kai] = settle(persona("kai"))
    before = house.society.state().spent.pictures
    script.lines["caption"] = "kill all immigrants"
    [action] = do(house, kai, Plan("post", {}))
    finish(house)
    assert house.actions.get(action.id).state == "dropped"
    assert house.society.state().spent.pictures == before + 1


def test_peoples_pictures_are_painted_before_those_of_residents(house, settle, mira):
    [kai] = settle(persona("kai"))
    do(house, kai, Plan("post", {}), Plan("post", {}))
    house.studio.request("a red fox", Options(256, 256), by=mira, token="token-of-mira")
    jobs = house.db.values(
        """select array[priority::text, lock] from pentagram.procrastinate_jobs
        where task_name = 'paint' order by priority desc"""
    )
    assert jobs[0][1] is None
    assert int(jobs[0][0]) > LATER
    assert {lane for _, lane in jobs[1:]} == {"residents' pictures"}
    assert {int(priority) for priority, _ in jobs[1:]} == {LATER}


def test_what_the_gate_minds_is_said_in_another_way(house, settle, script, posted, tom):
    [kai] = settle(persona("kai"))
    post = posted(tom)
    script.turns["comment"] = ["kill all immigrants", "I would have left the boat out."]
    [action] = do(house, kai, Plan("comment", {}, post, tom.id))
    assert action.state == "done"
    assert house.db.value("select body from pentagram.comments") == "I would have left the boat out."


@pytest.mark.parametrize("kind", ["comment", "post"])
def test_words_that_the_gate_refuses_are_not_said(house, settle, script, posted, tom, kind):
    [kai] = settle(persona("kai"))
    post = posted(tom)
    script.lines |= {"comment": "kill all immigrants", "idea": "a nude child"}
    [action] = do(house, kai, Plan(kind, {}, post if kind == "comment" else None, tom.id))
    assert action.state == "dropped"
    assert "dropped" in action.reasons
    assert house.db.value("select count(*) from pentagram.comments") == 0
    assert house.db.value("select count(*) from pentagram.requests where account_id = %(by)s", by=kai.id) == 1


def test_a_suspended_resident_does_nothing_and_a_retired_one_takes_no_turn(house, settle, posted, tom):
    kai, lou = settle(persona("kai"), persona("lou"))
    post = posted(tom)
    house.db.execute(
        "update pentagram.accounts set suspended_until = now() + interval '1 day' where id = %(id)s", id=kai.id
    )
    [action] = do(house, kai, Plan("like", {}, post, tom.id))
    assert action.state == "dropped"
    assert "suspended" in action.reasons["dropped"]
    assert house.society.retire("lou").state == "retired"
    with pytest.raises(UserError):
        house.society.step("lou")
    assert house.turns.take(lou.id, 999, MORNING) == []


def test_somebody_blocked_by_everybody_lives_on_with_an_empty_feed(house, settle, posted, tom):
    [kai] = settle(persona("kai", rhythm=BUSY))
    post = posted(tom)
    house.people.block("kai", by=tom)
    [action] = do(house, kai, Plan("comment", {}, post, tom.id))
    assert action.state == "dropped"
    house.society.run(6)
    looks = [each for each in actions(house, "look") if each.account_id == kai.id]
    assert looks
    assert all(each.reasons["looked_at"] == 0 for each in looks)


def test_a_resident_remembers_what_passed_and_recalls_it_when_it_matters(house, settle, script, posted, tom, mira):
    [kai] = settle(persona("kai"))
    first, other, again = posted(tom, "boats in fog"), posted(mira, "a desert road"), posted(tom, "boats at night")
    do(house, kai, Plan("comment", {}, first, tom.id), turn=100)
    do(house, kai, Plan("comment", {}, other, mira.id), turn=101)
    script.asked.clear()
    do(house, kai, Plan("comment", {}, again, tom.id), turn=102)
    [(_, frame, _)] = script.asked
    assert "boats in fog" in frame.memories[0]
    assert frame.tie
    assert "The light on the left holds it together." in frame.lately


def test_whoever_comes_later_knows_what_stands_under_a_picture_already(house, settle, script, posted, tom, mira):
    kai, lou = settle(persona("kai"), persona("lou"))
    post = posted(tom)
    house.comments.write(post, "The fog eats the mast.", by=mira, token="comment-one")
    do(house, kai, Plan("comment", {}, post, tom.id))
    script.asked.clear()
    do(house, lou, Plan("comment", {}, post, tom.id))
    [(_, frame, _)] = script.asked
    assert set(frame.there) == {"The fog eats the mast.", "The light on the left holds it together."}
    assert not frame.lately


def test_however_long_somebody_lives_what_they_can_recall_stays_bounded(house, settle, script):
    [kai] = settle(persona("kai", rhythm=BUSY))
    long_ago = MORNING - timedelta(days=400)
    with house.db.transaction() as tx:
        for number in range(400):
            tx.execute(
                """insert into pentagram.resident_memories (account_id, kind, body, weight, happened_at)
                values (%(id)s, %(kind)s, %(body)s, 0.5, %(at)s)""",
                id=kai.id, kind="event" if number % 2 else "made", body=f"Thing {number}",
                at=long_ago + timedelta(days=number),
            )  # fmt: skip
    house.society.run(14)
    finish(house)
    house.society.run(24)
    kept = house.db.value("select count(*) from pentagram.resident_memories where account_id = %(id)s", id=kai.id)
    assert kept <= 200
    assert house.db.value("select count(*) from pentagram.resident_memories where kind = 'day'") >= 1
    assert all(len(frame.memories) <= 6 for _, frame, _ in script.asked)


def test_a_wish_under_a_picture_becomes_a_picture_for_whoever_wished(house, settle, script, posted, mira):
    [kai] = settle(persona("kai"))
    mine = posted(kai)
    comment = house.comments.write(mine, "Could you paint it in winter?", by=mira, token="wish-token-1")
    do(house, kai, Plan("post", {"wished_by": "mira"}, other_id=mira.id, comment_id=comment.id))
    finish(house)
    material = next(material for method, _, material in script.asked if method == "idea")
    assert material.caption == "Could you paint it in winter?"
    caption = house.db.value(
        "select caption from pentagram.posts where account_id = %(id)s order by id desc", id=kai.id
    )
    assert caption.startswith("For @mira.")


def test_a_remix_credits_where_it_came_from(house, settle, posted, tom):
    [kai] = settle(persona("kai"))
    post = posted(tom)
    do(house, kai, Plan("remix", {}, post, tom.id))
    finish(house)
    assert house.db.value("select remix_of from pentagram.posts where account_id = %(id)s", id=kai.id) == post


def test_residents_answer_who_writes_to_them_and_grow_closer(house, settle, posted, mira):
    [kai] = settle(persona("kai", sociability=1.0, rhythm=BUSY))
    mine = posted(kai)
    for number in range(6):
        house.comments.write(mine, f"Is this number {number}?", by=mira, token=f"comment-{number}")
        house.society.step("kai")
    assert [each for each in actions(house, "answer") if each.state == "done"]
    tie = house.ties.of(kai.id, [mira.id])[mira.id]
    assert tie.warmth > 0.4
    assert tie.meetings >= 6


def test_an_interview_is_answered_in_their_voice_kept_nowhere_and_gated(house, settle, script):
    settle(persona("kai"))
    before = len(actions(house))
    assert house.society.interview("kai", "Who are you?") == "I am Kai."
    assert len(actions(house)) == before
    script.lines["interview"] = "kill all immigrants"
    with pytest.raises(Refused):
        house.society.interview("kai", "And you?")
    with pytest.raises(UserError):
        house.society.interview("kai", " ")


def test_the_same_world_meets_the_same_chances_in_another_house(house, settle):
    def first_visits(seed: int) -> list[datetime | None]:
        house.db.execute("delete from pentagram.accounts where kind = 'resident'")
        people = tuple(persona(name) for name in ("kai", "lou", "noa"))
        house.society.settle(World(title="A test", seed=seed, personas=people))
        return [each.next_turn_at for each in house.society.everybody()]

    once, again, otherwise = first_visits(7), first_visits(7), first_visits(8)
    assert once == again
    assert not set(once) & set(otherwise)
    assert house.society.state().seed == 8


def test_what_people_like_is_not_learned_from_residents(house, settle):
    settle(persona("kai", rhythm=BUSY), persona("lou", rhythm=BUSY))
    house.society.run(24)
    finish(house)
    house.society.run(12)
    house.db.execute("update pentagram.impressions set shown_at = now() - interval '2 days'")
    assert house.db.value("select count(*) from pentagram.impressions") > 0
    house.training.learn_from_shown()
    assert house.db.value("select count(*) from pentagram.weights") == 0
