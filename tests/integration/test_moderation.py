"""People decide: the queue, what decisions do, who is told, strikes, suspensions and appeals."""

from __future__ import annotations

import threading
import uuid
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from uuid import UUID

import psycopg
import pytest

from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.errors import NotAllowed, NotFound, TooMany, UserError
from services.safety import precaution
from services.safety.rulings import MOST_STRIKES, Ruling
from services.safety.standing import FOR_GOOD_DAYS, SuspendedError
from services.studio.studio import Options

REMOVE = Ruling("remove", "harassment", "It insults somebody.")
STRIKE = Ruling("strike", "hate", "It attacks a group of people.")
LEAVE = Ruling("leave")
NO_SUCH = "01a1f89d-5130-7b88-905f-10624d5a0f61"


@pytest.fixture
def publish(house, mira, paint):
    def do(by=mira, **told):
        return house.posts.publish([paint(by).creations[0].id], by=by, token=uuid.uuid4().hex, **told)

    return do


@pytest.fixture
def post(publish):
    return publish(caption="A fox.")


@pytest.fixture
def report(house, person):
    """Has somebody new report a thing."""
    numbers = iter(range(1000))

    def do(reason="spam", by=None, **thing):
        by = by or person(f"reporter{next(numbers)}")
        house.people.report(by=by, reason=reason, details=f"About {reason}", **thing)
        return by

    return do


@pytest.fixture
def decide(house, ada, report):
    """Reports a thing and decides about it."""

    def do(ruling, by=ada, **thing):
        report(**thing)
        [case] = [each for each in house.moderation.queue.page(by=by).items if each.appeal_id is None]
        return house.moderation.decisions.decide(case.id, ruling, by=by)

    return do


def told(house, account):
    return [
        (notice.sentence, notice.details.get("verdict"), notice.details.get("reason"))
        for notice in house.notifications.page(by=account).items
        if notice.kind == "moderation"
    ]


def age(house, table, days):
    """As if what is in the log had happened earlier: the log itself refuses that."""
    with house.db.transaction() as tx:
        tx.execute(f"alter table pentagram.{table} disable trigger user")
        tx.execute(
            f"""update pentagram.{table} set created_at = created_at - make_interval(days => %(days)s),
              expires_at = expires_at - make_interval(days => %(days)s)""",
            days=days,
        )
        tx.execute(f"alter table pentagram.{table} enable trigger user")


# The queue ------------------------------------------------------------------------------------------------------------


def test_what_several_report_is_one_case_with_the_most_urgent_first_and_then_what_waits_longest(
    house, ada, publish, report, person
):
    ads, threat, other_ads = publish(), publish(), publish()
    report("spam", post_id=ads.id)
    report("spam", post_id=other_ads.id)
    report("spam", post_id=threat.id)
    report("violence", post_id=threat.id)
    report("spam", post_id=ads.id)
    report("other", post_id=ads.id)

    cases = house.moderation.queue.page(by=ada).items

    assert [(case.post_id, case.reports, case.reasons) for case in cases] == [
        (threat.id, 2, ["spam", "violence"]),
        (ads.id, 3, ["spam", "other"]),
        (other_ads.id, 1, ["spam"]),
    ]
    assert [(case.kind, case.person, case.urgency) for case in cases][:1] == [("post", "mira", 2)]


def test_the_queue_is_read_page_by_page_without_a_case_twice_or_missing(house, ada, publish, report):
    posts = [publish() for _ in range(5)]
    for number, post in enumerate(posts):
        report(("spam", "hate")[number % 2], post_id=post.id)
    first = house.moderation.queue.page(by=ada, limit=2)
    second = house.moderation.queue.page(by=ada, after=first.next, limit=2)
    third = house.moderation.queue.page(by=ada, after=second.next, limit=2)

    seen = [case.post_id for page in (first, second, third) for case in page.items]

    assert seen == [posts[place].id for place in (1, 3, 0, 2, 4)]
    assert third.next is None
    assert house.moderation.queue.count(by=ada) == 5


def test_a_case_comes_with_what_it_takes_to_decide(house, ada, mira, tom, publish, report):
    post = publish(caption="A fox.")
    question = house.comments.write(post.id, "Where was that?", by=mira, token="press-one")
    answer = house.comments.write(post.id, "Ugly", by=tom, token="press-two", parent_id=question.id)
    board = house.collections.create("Foxes", by=tom, token="press-board", is_public=True)
    report("harassment", comment_id=answer.id)
    report("spam", post_id=post.id)
    report("spam", collection_id=board.id)
    report("other", account="tom")

    queue = house.moderation.queue
    found = {case.kind: queue.context(case.id, by=ada) for case in queue.page(by=ada).items}

    assert (found["comment"].words.body, found["comment"].words.answers) == ("Ugly", "Where was that?")
    assert (found["post"].words.prompt, found["post"].words.caption) == ("a red fox in the snow", "A fox.")
    assert [picture.thumbnail_key for picture in found["post"].pictures] == [post.thumbnail_key]
    assert [(each.reason, each.note) for each in found["post"].reports] == [("spam", "About spam")]
    assert (found["collection"].words.title, found["collection"].case.person) == ("Foxes", "tom")
    assert (found["account"].words.title, found["account"].case.text) == ("tom", "")


def test_pictures_reported_as_showing_a_child_are_shown_to_no_moderator(house, ada, post, report):
    report("spam", post_id=post.id)
    report("minors", post_id=post.id)

    [case] = house.moderation.queue.page(by=ada).items
    context = house.moderation.queue.context(case.id, by=ada)

    assert case.shows_child
    assert context.pictures == []


@pytest.mark.parametrize(
    "ask",
    [
        lambda it, by: it.queue.page(by=by),
        lambda it, by: it.queue.count(by=by),
        lambda it, by: it.queue.next(by=by),
        lambda it, by: it.queue.context(NO_SUCH, by=by),
        lambda it, by: it.decisions.decide(NO_SUCH, LEAVE, by=by),
        lambda it, by: it.decisions.decide_all([NO_SUCH], LEAVE, by=by),
        lambda it, by: it.decisions.take_back(NO_SUCH, "Sorry.", by=by),
        lambda it, by: it.records.log(by=by),
        lambda it, by: it.records.history("mira", by=by),
    ],
)
def test_members_neither_see_nor_decide_anything(house, ask, tom):
    with pytest.raises(NotAllowed):
        ask(house.moderation, tom)


# A report that cannot wait --------------------------------------------------------------------------------------------


@pytest.fixture
def established(house, person):
    def do(name):
        them = person(name)
        house.db.execute(
            "update pentagram.accounts set created_at = now() - interval '8 days' where id = %(id)s", id=them.id
        )
        return them

    return do


def is_veiled(house, post):
    return house.db.value("select sensitive from pentagram.posts where id = %(id)s", id=post.id)


def test_what_is_reported_as_showing_a_child_stands_behind_a_blur_until_a_moderator_leaves_it(
    house, ada, mira, post, report, established
):
    report("spam", by=established("old"), post_id=post.id)
    assert not is_veiled(house, post)

    report("minors", by=established("older"), post_id=post.id)

    assert is_veiled(house, post)
    [(_, verdict, reason)] = told(house, mira)
    assert (verdict, "Until a moderator has looked" in reason) == ("it was marked as sensitive", True)

    [case] = house.moderation.queue.page(by=ada).items
    house.moderation.decisions.decide(case.id, LEAVE, by=ada)

    assert not is_veiled(house, post)
    assert told(house, mira)[0][1] == "a decision was taken back"


def test_a_blur_that_waited_for_a_moderator_is_gone_with_the_decision_that_followed_it(
    house, ada, post, report, established
):
    report("minors", by=established("old"), post_id=post.id)
    [case] = house.moderation.queue.page(by=ada).items
    decision = house.moderation.decisions.decide(case.id, Ruling("sensitive", "sexual", "It is nude."), by=ada)
    assert is_veiled(house, post)

    house.moderation.decisions.take_back(decision.id, "It is a statue.", by=ada)

    assert not is_veiled(house, post)


def test_what_its_maker_marked_stays_marked_when_a_moderator_leaves_it(house, ada, post, report, established):
    house.db.execute("update pentagram.posts set sensitive = true where id = %(id)s", id=post.id)
    report("minors", by=established("old"), post_id=post.id)
    [case] = house.moderation.queue.page(by=ada).items

    house.moderation.decisions.decide(case.id, LEAVE, by=ada)

    assert is_veiled(house, post)


def test_nothing_is_blurred_for_a_new_account_nor_what_a_moderator_has_looked_at(
    house, ada, publish, report, established
):
    fresh, left = publish(), publish()
    report("minors", post_id=fresh.id)
    report("minors", by=established("old"), post_id=left.id)
    for case in house.moderation.queue.page(by=ada).items:
        house.moderation.decisions.decide(case.id, LEAVE, by=ada)

    report("minors", by=established("older"), post_id=left.id)

    assert not is_veiled(house, fresh)
    assert not is_veiled(house, left)


def test_whoever_reports_everything_or_in_vain_blurs_nothing_more(house, ada, publish, report, established):
    posts, zealot = [publish() for _ in range(precaution.MOST_OPEN + 1)], established("zealot")
    for each in posts:
        report("minors", by=zealot, post_id=each.id)

    assert [is_veiled(house, each) for each in posts] == [True] * precaution.MOST_OPEN + [False]

    for case in house.moderation.queue.page(by=ada).items:
        house.moderation.decisions.decide(case.id, LEAVE, by=ada)
    again = publish()
    report("minors", by=zealot, post_id=again.id)

    assert not is_veiled(house, again)


# Deciding -------------------------------------------------------------------------------------------------------------


def test_a_decision_closes_all_reports_is_logged_and_is_told_to_both_sides(house, ada, mira, post, report):
    first, second = report("spam", post_id=post.id), report("harassment", post_id=post.id)
    [case] = house.moderation.queue.page(by=ada).items

    house.moderation.decisions.decide(case.id, REMOVE, by=ada)

    assert house.moderation.queue.page(by=ada).items == []
    assert house.db.values("select state from pentagram.reports") == ["decided"] * 2
    [entry] = house.moderation.records.log(by=ada).items
    assert (entry.verdict, entry.rule, entry.moderator, entry.person, entry.thing) == (
        "remove", "harassment", "ada", "mira", "post",
    )  # fmt: skip
    decided = "A moderator decided about something of yours"
    assert told(house, mira) == [(decided, "it was removed", "It insults somebody.")]
    for reporter in (first, second):
        assert told(house, reporter) == [("Thank you: a moderator decided what you reported", None, None)]


def test_the_log_is_never_changed(house, decide, post):
    decide(REMOVE, post_id=post.id)

    for change in ("update pentagram.decisions set reason = ''", "delete from pentagram.decisions"):
        with pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            house.db.execute(change)


def test_left_as_it_is_nothing_is_removed_and_only_the_reporter_is_told(house, mira, decide, post):
    decide(LEAVE, post_id=post.id)

    assert house.posts.get(post.id, viewer=None).id == post.id
    assert told(house, mira) == []


def test_marked_sensitive_a_post_is_behind_the_blur_and_taken_back_it_is_not(house, ada, decide, post):
    decision = decide(Ruling("sensitive", "violence", "It shows blood."), post_id=post.id)
    assert house.posts.get(post.id, viewer=None).sensitive

    house.moderation.decisions.take_back(decision.id, "It is ketchup.", by=ada)
    assert not house.posts.get(post.id, viewer=None).sensitive


def test_what_was_sensitive_before_stays_so_when_the_mark_is_taken_back(house, ada, decide, post):
    house.db.execute("update pentagram.posts set sensitive = true")
    decision = decide(Ruling("sensitive", "violence", "It shows blood."), post_id=post.id)

    house.moderation.decisions.take_back(decision.id, "It is ketchup.", by=ada)

    assert house.posts.get(post.id, viewer=None).sensitive


def test_taken_back_something_is_there_again_unless_another_decision_removed_it_too(house, ada, decide, mira, post):
    first = decide(REMOVE, post_id=post.id)
    again = house.db.value(
        "insert into pentagram.cases (post_id) values (%(post)s) returning id", post=post.id
    )  # fmt: skip
    second = house.moderation.decisions.decide(again, REMOVE, by=ada)

    house.moderation.decisions.take_back(first.id, "A mistake.", by=ada)
    with pytest.raises(NotFound):
        house.posts.get(post.id, viewer=None)
    house.moderation.decisions.take_back(second.id, "That one, too.", by=ada)

    assert house.posts.get(post.id, viewer=None).id == post.id
    assert told(house, mira)[0] == (
        "A moderator decided about something of yours", "a decision was taken back", "That one, too.",
    )  # fmt: skip
    with pytest.raises(UserError, match="nothing to take back"):
        house.moderation.decisions.take_back(first.id, "Once more.", by=ada)


def test_a_board_and_what_a_profile_says_are_removed_as_well(house, tom, decide, ada):
    house.accounts.change_profile(tom, name="tom", display_name="Ugly word", email="", bio="Another")
    board = house.collections.create("Ugly title", by=tom, token="press-board", is_public=True)
    decision = decide(REMOVE, collection_id=board.id)
    decide(REMOVE, account="tom")

    with pytest.raises(NotFound):
        house.collections.get(board.id, viewer=None)
    assert house.collections.get(board.id, viewer=tom).removed
    profile = house.people.profile("tom", viewer=None)
    assert (profile.display_name, profile.bio) == ("tom", "")
    house.moderation.decisions.take_back(decision.id, "It is fine.", by=ada)
    assert house.collections.get(board.id, viewer=None).title == "Ugly title"


def test_pictures_that_show_a_child_are_withheld_from_their_maker_too(house, ada, mira, decide, post):
    decision = decide(Ruling("remove", "minors", "This is never allowed."), post_id=post.id)

    with pytest.raises(NotFound):
        house.posts.get(post.id, viewer=mira)
    [request] = house.studio.mine(by=mira)
    assert [creation.state for creation in request.creations] == ["blocked"]
    house.moderation.decisions.take_back(decision.id, "It is a doll in a dress.", by=ada)
    assert house.posts.get(post.id, viewer=None).id == post.id


@pytest.mark.parametrize(
    "ruling",
    [
        Ruling("restore", "spam", "No."), Ruling("uphold", "spam", "No."), Ruling("explode", "spam", "No."),
        Ruling("remove", "nonsense", "No."), Ruling("remove", "spam", " "), Ruling("remove", "spam", "x" * 1001),
        Ruling("suspend", "spam", "No.", days=2), Ruling("sensitive", "spam", "No."),
    ],
)  # fmt: skip
def test_a_decision_without_a_reason_or_that_does_not_fit_is_refused(house, tom, ada, report, ruling, post):
    comment = house.comments.write(post.id, "Ugly", by=tom, token="press-one")
    report(comment_id=comment.id)
    [case] = house.moderation.queue.page(by=ada).items

    with pytest.raises(UserError):
        house.moderation.decisions.decide(case.id, ruling, by=ada)

    assert house.moderation.queue.count(by=ada) == 1
    assert house.moderation.records.log(by=ada).items == []


def test_of_two_moderators_at_once_one_decides_and_the_other_is_told(house, moderator, post, report, ada):
    report(post_id=post.id)
    [case] = house.moderation.queue.page(by=ada).items
    together = threading.Barrier(2)

    def decide(by):
        together.wait()
        try:
            return house.moderation.decisions.decide(case.id, REMOVE, by=by).verdict
        except UserError as error:
            return str(error)

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(decide, (ada, moderator("ben"))))

    assert said == ["Another moderator has decided this already.", "remove"]
    assert len(house.moderation.records.log(by=ada).items) == 1


def test_several_cases_are_decided_at_once_and_those_that_cannot_be_are_said(house, ada, publish, report, tom):
    posts = [publish() for _ in range(3)]
    comment = house.comments.write(posts[0].id, "Buy this", by=tom, token="press-one")
    for post in posts:
        report(post_id=post.id)
    report(comment_id=comment.id)
    cases = house.moderation.queue.page(by=ada).items

    left = house.moderation.decisions.decide_all(
        [case.id for case in cases], Ruling("sensitive", "violence", "It shows blood."), by=ada
    )

    assert left == ["That cannot be decided about this."]
    assert [case.comment_id for case in house.moderation.queue.page(by=ada).items] == [comment.id]


def test_nobody_decides_about_their_own_while_there_is_another_moderator(house, ada, moderator, publish, report):
    report(post_id=publish(ada).id)
    [case] = house.moderation.queue.page(by=ada).items
    ben = moderator("ben")
    with pytest.raises(NotAllowed, match="about yourself"):
        house.moderation.decisions.decide(case.id, LEAVE, by=ada)

    house.accounts.set_role("ben", "member")
    house.moderation.decisions.decide(case.id, LEAVE, by=ada)

    assert house.moderation.queue.count(by=ada) == 0
    assert ben.name == "ben"


def test_only_admins_strike_or_suspend_a_moderator(house, ada, moderator, publish, report):
    ben, zoe = moderator("ben"), moderator("zoe", "admin")
    report(post_id=publish(ben).id)
    [case] = house.moderation.queue.page(by=ada).items
    for verdict in ("strike", "suspend"):
        with pytest.raises(NotAllowed, match="Only admins"):
            house.moderation.decisions.decide(case.id, Ruling(verdict, "spam", "No."), by=ada)

    house.moderation.decisions.decide(case.id, Ruling("suspend", "spam", "No."), by=zoe)

    assert house.moderation.records.history("ben", by=ada).suspended_until
    report(post_id=publish(ada).id)
    [other] = house.moderation.queue.page(by=ada).items
    with pytest.raises(SuspendedError):
        house.moderation.decisions.decide(other.id, LEAVE, by=ben)


def test_a_case_whose_thing_is_gone_is_no_case_any_more(house, ada, tom, publish, report):
    report(post_id=publish(tom).id)
    [case] = house.moderation.queue.page(by=ada).items
    house.accounts.delete(tom)

    with pytest.raises(NotFound):
        house.moderation.decisions.decide(case.id, REMOVE, by=ada)
    assert house.moderation.queue.page(by=ada).items == []


def test_what_was_decided_and_is_reported_again_is_a_new_case(house, ada, decide, post, report):
    decide(LEAVE, post_id=post.id)
    report("hate", post_id=post.id)

    assert [case.reasons for case in house.moderation.queue.page(by=ada).items] == [["hate"]]


# Strikes and suspensions ----------------------------------------------------------------------------------------------


def strike(house, decide, publish, times):
    return [decide(STRIKE, post_id=publish().id) for _ in range(times)]


def test_three_strikes_in_force_suspend_for_seven_days(house, mira, ada, decide, publish):
    strike(house, decide, publish, MOST_STRIKES - 1)
    assert house.moderation.appeals.standing(by=mira).suspended_until is None

    strike(house, decide, publish, 1)

    standing = house.moderation.appeals.standing(by=mira)
    assert standing.strikes == MOST_STRIKES
    days = house.db.value(
        "select round(extract(epoch from suspended_until - now()) / 86400) from pentagram.accounts where name = 'mira'"
    )
    assert days == 7
    assert told(house, mira)[0][1].startswith("your account is suspended until ")


def test_a_strike_counts_for_ninety_days(house, mira, decide, publish):
    strike(house, decide, publish, MOST_STRIKES - 1)
    age(house, "decisions", 91)

    strike(house, decide, publish, 1)

    standing = house.moderation.appeals.standing(by=mira)
    assert (standing.strikes, standing.suspended_until) == (1, None)


def test_a_strike_that_is_taken_back_ends_the_suspension_that_it_brought(house, mira, ada, decide, publish):
    *_, last = strike(house, decide, publish, MOST_STRIKES)
    assert house.moderation.appeals.standing(by=mira).suspended_until

    house.moderation.decisions.take_back(last.id, "A mistake.", by=ada)

    standing = house.moderation.appeals.standing(by=mira)
    assert (standing.strikes, standing.suspended_until) == (MOST_STRIKES - 1, None)


def test_a_suspension_that_a_moderator_chose_outlasts_a_strike_that_is_taken_back(house, mira, ada, decide, publish):
    *_, last = strike(house, decide, publish, MOST_STRIKES)
    decide(Ruling("suspend", "hate", "Again and again.", days=FOR_GOOD_DAYS), account="mira")

    house.moderation.decisions.take_back(last.id, "A mistake.", by=ada)

    assert house.moderation.appeals.standing(by=mira).until == "for good"


@dataclass(frozen=True)
class Suspended:
    """Somebody with what they would do."""

    house: Pentagram
    by: Account
    post: UUID
    picture: UUID


WRITES = {
    "post": lambda it: it.house.posts.publish([it.picture], by=it.by, token="press-post"),
    "like": lambda it: it.house.posts.like(it.post, by=it.by),
    "comment": lambda it: it.house.comments.write(it.post, "Hello", by=it.by, token="press-word"),
    "generate": lambda it: it.house.studio.request("a fox", Options(256, 256), by=it.by, token="press-make"),
    "upload": lambda it: it.house.uploads.take(b"", it.by),
    "follow": lambda it: it.house.people.follow("mira", by=it.by),
    "board": lambda it: it.house.collections.create("Foxes", by=it.by, token="press-board"),
    "bring along": lambda it: it.house.importing.begin("x.zip", b"", by=it.by),
    "profile": lambda it: it.house.accounts.change_profile(it.by, name="tom", display_name="T", email="", bio="Me"),
    "face": lambda it: it.house.accounts.show_as(it.by, it.picture),
}


@pytest.mark.parametrize("what", WRITES)
def test_whoever_is_suspended_shows_others_nothing_new_and_reads_until_when(house, what, tom, paint, post, decide):
    picture = paint(tom).creations[0].id
    decide(Ruling("suspend", "spam", "Advertising.", days=7), account="tom")

    with pytest.raises(SuspendedError, match=r"suspended until \d+ \w+ 20\d\d, \d\d:\d\d UTC"):
        WRITES[what](Suspended(house, tom, post.id, picture))


def test_whoever_is_suspended_reads_exports_appeals_and_deletes(house, tom, post, decide):
    decision = decide(Ruling("suspend", "spam", "Advertising."), account="tom")

    assert house.posts.get(post.id, viewer=tom).id == post.id
    assert house.exporting.begin(by=tom).is_unfinished
    house.moderation.appeals.appeal(decision.id, "That was no advertising.", by=tom)
    house.accounts.leave(tom)


def test_a_suspension_ends_by_itself(house, tom, post, decide):
    decide(Ruling("suspend", "spam", "Advertising.", days=1), account="tom")
    house.db.execute("update pentagram.accounts set suspended_until = now() - interval '1 second'")

    assert house.posts.like(post.id, by=tom).liked
    assert house.moderation.appeals.standing(by=tom).suspended_until is None


# Appeals --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def appealed(house, mira, moderator, decide, post):
    """An appeal against a strike by ada, for ben to look at: its case and the decision."""
    decision = decide(STRIKE, post_id=post.id)
    house.moderation.appeals.appeal(decision.id, "It shows a fox.", by=mira)
    ben = moderator("ben")
    [case] = house.moderation.queue.page(by=ben).items
    return case, decision, ben


def test_an_appeal_that_is_upheld_brings_the_thing_back_and_lifts_the_strike(house, mira, appealed, post):
    case, _, ben = appealed
    assert house.moderation.queue.context(case.id, by=ben).appealed.reason == STRIKE.sentence

    house.moderation.decisions.decide(case.id, Ruling("uphold", sentence="It is a fox indeed."), by=ben)

    assert house.posts.get(post.id, viewer=None).id == post.id
    assert house.moderation.appeals.standing(by=mira).strikes == 0
    [mine] = house.moderation.appeals.mine(by=mira).items
    assert (mine.stands, mine.appeal, mine.answer) == (False, "upheld", "It is a fox indeed.")
    assert told(house, mira)[0][1:] == ("your appeal was upheld", "It is a fox indeed.")


def test_an_appeal_that_is_turned_down_changes_nothing_and_tells_why(house, mira, appealed, post):
    case, _, ben = appealed
    with pytest.raises(UserError, match="in a sentence"):
        house.moderation.decisions.decide(case.id, Ruling("turn_down"), by=ben)

    house.moderation.decisions.decide(case.id, Ruling("turn_down", sentence="The caption insults."), by=ben)

    with pytest.raises(NotFound):
        house.posts.get(post.id, viewer=None)
    [mine] = house.moderation.appeals.mine(by=mira).items
    assert (mine.stands, mine.appeal, mine.answer, mine.can_appeal) == (
        True, "turned_down", "The caption insults.", False,
    )  # fmt: skip


def test_a_suspension_ends_when_the_appeal_is_upheld(house, tom, moderator, decide, ada, post):
    decision = decide(Ruling("suspend", "spam", "Advertising."), account="tom")
    house.moderation.appeals.appeal(decision.id, "It was no advertising.", by=tom)
    [case] = house.moderation.queue.page(by=ada).items

    house.moderation.decisions.decide(case.id, Ruling("uphold"), by=moderator("ben"))

    assert house.posts.like(post.id, by=tom).liked


def test_nobody_looks_at_an_appeal_against_their_own_decision_while_there_is_another(house, ada, appealed):
    case, _, _ = appealed
    with pytest.raises(NotAllowed, match="decision of yours"):
        house.moderation.decisions.decide(case.id, Ruling("uphold"), by=ada)

    house.accounts.set_role("ben", "member")
    house.moderation.decisions.decide(case.id, Ruling("uphold"), by=ada)


def test_one_appeals_once_in_time_in_words_that_pass_and_about_oneself(house, mira, tom, decide, post, publish):
    decision, late = decide(REMOVE, post_id=post.id), decide(REMOVE, post_id=publish().id)
    appeal = house.moderation.appeals.appeal
    for wrong, by, words in (
        (decision.id, tom, "Not mine."),
        (uuid.uuid4(), mira, "No such thing."),
        (decision.id, mira, " "),
        (decision.id, mira, "kill yourself"),
        (decision.id, mira, "x" * 1001),
    ):
        with pytest.raises(UserError):
            appeal(wrong, words, by=by)

    appeal(decision.id, "It shows a fox.", by=mira)
    with pytest.raises(UserError, match="already"):
        appeal(decision.id, "Once more.", by=mira)
    age(house, "decisions", 31)
    with pytest.raises(UserError, match="30 days"):
        appeal(late.id, "Too late.", by=mira)


def test_what_was_taken_back_needs_no_appeal(house, ada, mira, decide, post):
    decision = decide(REMOVE, post_id=post.id)
    house.moderation.decisions.take_back(decision.id, "A mistake.", by=ada)

    with pytest.raises(UserError, match="taken back already"):
        house.moderation.appeals.appeal(decision.id, "It shows a fox.", by=mira)


BLOCKED = "an eviscerated man"


def test_a_blocked_prompt_is_looked_at_once_and_the_answer_told(house, mira, ada):
    house.moderation.appeal_prompt(BLOCKED, by=mira)
    house.moderation.appeal_prompt(BLOCKED, by=mira)
    [case] = house.moderation.queue.page(by=ada).items
    assert (case.kind, case.text, case.person) == ("prompt", BLOCKED, "mira")

    house.moderation.decisions.decide(case.id, Ruling("uphold", sentence="A toy."), by=ada)

    assert told(house, mira) == [
        ("A moderator decided about something of yours", "your appeal was upheld", "A toy."),
    ]  # fmt: skip


def test_no_look_is_asked_at_what_is_allowed_at_minors_or_at_many_at_once(house, mira):
    for prompt, why in (("a red fox", "not blocked"), ("nude child", "cannot be looked at"), ("", "Write")):
        with pytest.raises(UserError, match=why):
            house.moderation.appeal_prompt(prompt, by=mira)

    for number in range(5):
        house.moderation.appeal_prompt(f"{BLOCKED} {number}", by=mira)
    with pytest.raises(TooMany):
        house.moderation.appeal_prompt(f"{BLOCKED} once more", by=mira)
    assert house.db.value("select count(*) from pentagram.cases") == 5


# Pictures that nothing could look at ----------------------------------------------------------------------------------


@pytest.fixture
def unlooked(house, mira, paint):
    """A picture from a file that nothing looked at, whose maker asks for it."""
    picture = paint(mira).creations[0].id
    house.db.execute("update pentagram.creations set unchecked = true")
    house.looks.ask([picture], by=mira)
    return picture


@pytest.mark.parametrize(
    ("ruling", "said", "may_be_posted"),
    [
        (Ruling("leave"), "your picture may be posted now", True),
        (Ruling("sensitive", "sexual", "It shows nudity."), "it was marked as sensitive", True),
        (Ruling("remove", "sexual", "It shows sex."), "it was removed", False),
    ],
)
def test_a_look_decides_what_may_be_posted_and_is_told(house, ada, mira, unlooked, ruling, said, may_be_posted):
    decision = house.moderation.decisions.look(unlooked, ruling, by=ada)

    assert house.looks.waiting() == []
    assert told(house, mira)[0][1] == said
    if may_be_posted:
        post = house.posts.publish([unlooked], by=mira, token="press-post")
        assert post.sensitive == (ruling.verdict == "sensitive")
    else:
        with pytest.raises(UserError):
            house.posts.publish([unlooked], by=mira, token="press-post")
        house.moderation.decisions.take_back(decision.id, "It is art.", by=ada)
        assert house.posts.publish([unlooked], by=mira, token="press-post")
    with pytest.raises(UserError, match="looked at this already"):
        house.moderation.decisions.look(unlooked, ruling, by=ada)


def test_pictures_of_a_removed_post_never_come_back_where_the_moderator_says_so(house, ada, mira, tom, decide, post):
    decision = decide(Ruling("remove", "sexual", "It shows sex.", never_again=True), post_id=post.id)
    house.worker.run_until_idle()
    kept = house.db.value("select count(*) from pentagram.removed_pictures where ended_at is null")

    house.moderation.decisions.take_back(decision.id, "It is art.", by=ada)

    left = house.db.value("select count(*) from pentagram.removed_pictures where ended_at is null")
    assert (kept, left) == (1, 0)


# Records --------------------------------------------------------------------------------------------------------------


def test_an_accounts_history_tells_how_it_fared(house, ada, mira, tom, decide, publish, report):
    decide(STRIKE, post_id=publish().id)
    decide(LEAVE, post_id=publish().id)
    decide(Ruling("leave"), by=ada, post_id=publish(tom).id)

    history = house.moderation.records.history("@Mira", by=ada)

    assert (history.strikes, history.upheld, history.dismissed, history.suspended_until) == (1, 1, 1, None)
    with pytest.raises(NotFound):
        house.moderation.records.history("nobody\0", by=ada)


def test_the_log_is_filtered_and_read_page_by_page(house, ada, tom, decide, publish):
    decide(REMOVE, post_id=publish().id)
    decide(STRIKE, post_id=publish().id)
    decide(LEAVE, post_id=publish(tom).id)
    log = house.moderation.records.log

    first = log(by=ada, limit=2)
    rest = log(by=ada, limit=2, after=first.next)

    assert [entry.verdict for page in (first, rest) for entry in page.items] == ["leave", "strike", "remove"]
    assert [entry.verdict for entry in log(by=ada, account="mira").items] == ["strike", "remove"]
    assert [entry.verdict for entry in log(by=ada, category="hate").items] == ["strike"]
    assert [entry.verdict for entry in log(by=ada, verdict="leave", account="mira").items] == []


def test_everybody_may_read_what_moderation_came_to(house, ada, mira, decide, publish, report, appealed):
    case, _, ben = appealed
    house.moderation.decisions.decide(case.id, Ruling("uphold"), by=ben)
    report("hate", post_id=publish().id)

    [month] = house.moderation.counts.months()

    assert month.reports == {"spam": 1, "hate": 1}
    assert month.decisions == {"strike": 1, "uphold": 1}
    assert (month.appeals, month.appeals_upheld) == (1, 1)
    assert month.median_hours is not None
    assert month.median_hours < 1


def test_what_was_decided_about_somebody_is_in_their_archive_and_told_to_them(house, mira, appealed):
    export = house.exporting.begin(by=mira)
    house.worker.run_until_idle()

    with house.exporting.open(export.id, by=mira) as file:
        document = zipfile.ZipFile(file).read("account.json").decode()

    assert STRIKE.sentence in document
    assert "It shows a fox." in document
