"""What can be seen of the society: the timeline, the graph, activity, cost, and what a resident is into."""

from __future__ import annotations

from datetime import UTC, date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from services.errors import NotFound
from services.residents.watching import SEEN_DEEDS, Edge, communities, why
from tests.fakes.town_of_residents import BEGAN, Diary, hours, settle


@pytest.fixture
def diary(house):
    settle(house, "salt", "wren", "moth")
    return Diary(house)


def kinds(page):
    return [action.kind for action in page.items]


# The timeline


def test_what_happened_last_comes_first_and_pages_join_without_a_gap(house, diary, mira):
    for kind in ("look", "like", "comment", "rest", "save"):
        diary.act("salt", kind)

    first = house.watching.timeline(viewer=mira, limit=2)
    second = house.watching.timeline(viewer=mira, limit=2, after=first.next)
    last = house.watching.timeline(viewer=mira, limit=2, after=second.next)

    assert [kinds(page) for page in (first, second, last)] == [["save", "rest"], ["comment", "like"], ["look"]]
    assert last.next is None


def test_a_timeline_is_of_one_resident_and_of_one_kind_where_that_is_asked(house, diary, mira):
    diary.act("salt", "like")
    diary.act("salt", "rest")
    diary.act("wren", "like")

    assert kinds(house.watching.timeline(viewer=mira, resident="salt")) == ["rest", "like"]
    assert [each.name for each in house.watching.timeline(viewer=mira, kind="like").items] == ["wren", "salt"]
    assert kinds(house.watching.timeline(viewer=mira, resident="wren", kind="rest")) == []
    diary.act("wren", "look")
    assert "look" in kinds(house.watching.timeline(viewer=mira))
    assert "look" not in kinds(house.watching.timeline(viewer=mira, kind=SEEN_DEEDS))


def test_of_somebody_who_is_no_resident_there_is_no_timeline(house, diary, mira):
    with pytest.raises(NotFound, match="There is no resident called mira"):
        house.watching.timeline(viewer=mira, resident="mira")


def test_what_is_newer_is_counted_for_the_same_filter(house, diary, mira):
    diary.act("salt", "like")
    last = house.watching.timeline(viewer=mira).items[0].id
    diary.act("salt", "rest")
    diary.act("wren", "like")

    assert house.watching.newer_count(last, viewer=mira) == 2
    assert house.watching.newer_count(last, viewer=mira, kind="like") == 1
    assert house.watching.newer_count(last, viewer=mira, resident="moth") == 0
    assert house.watching.newer_count(None, viewer=mira) == 3


def test_an_action_shows_the_post_its_maker_and_what_was_said(house, diary, mira):
    post = diary.post("wren", details={"idea": {"why": "First of a series on lamps"}})
    said = house.comments.write(post.id, "That lamp is on early.", by=house.accounts.named("salt"), token=uuid4().hex)
    diary.act("salt", "comment", post=post.id, other="wren", comment=said.id)

    commented, posted = house.watching.timeline(viewer=mira).items

    assert (commented.post_id, commented.author, commented.other) == (post.id, "wren", "wren")
    assert commented.comment == "That lamp is on early."
    assert posted.thumbnail_key
    assert why(posted) == "First of a series on lamps."


@pytest.mark.parametrize("visibility", ["followers", "private"])
def test_of_a_post_that_is_not_for_this_viewer_nothing_is_told(house, diary, mira, visibility):
    post = diary.post("wren", visibility=visibility)
    diary.act("salt", "like", post=post.id, reasons={"appeal": 0.5, "topic": "lighthouses"})

    liked = house.watching.timeline(viewer=mira).items[0]

    assert (liked.post_id, liked.thumbnail_key, liked.author, liked.alt) == (None, None, None, "")
    assert liked.reasons == {"appeal": 0.5}, "texts may say what is on it"


def test_what_somebody_else_said_is_not_put_into_the_mouth_of_a_resident(house, diary, mira):
    post = diary.post("wren")
    said = house.comments.write(post.id, "Paint the lamp next time.", by=mira, token=uuid4().hex)
    diary.act("wren", "answer", post=post.id, comment=said.id, state="planned")

    assert house.watching.timeline(viewer=mira).items[0].comment is None


def test_a_comment_is_gone_from_the_timeline_when_it_is_deleted(house, diary, mira):
    post = diary.post("wren")
    salt = house.accounts.named("salt")
    said = house.comments.write(post.id, "That lamp is on early.", by=salt, token=uuid4().hex)
    diary.act("salt", "comment", post=post.id, comment=said.id)

    house.comments.delete(said.id, by=salt)

    assert house.watching.timeline(viewer=mira).items[0].comment is None


def test_who_blocks_the_viewer_is_not_named_to_them(house, diary, mira, tom):
    diary.act("salt", "follow", other="tom")
    house.people.block("mira", by=tom)

    assert house.watching.timeline(viewer=mira).items[0].other is None
    assert house.watching.timeline(viewer=tom).items[0].other == "tom"


def test_a_resident_whom_the_viewer_blocked_is_not_before_them(house, diary, mira):
    diary.act("salt", "rest")
    house.people.block("salt", by=mira)

    assert house.watching.timeline(viewer=mira).items == []
    assert house.watching.newer_count(None, viewer=mira) == 0


# Activity and cost


def test_activity_is_counted_by_hour_of_day_by_day_and_by_kind(house, diary):
    diary.act("salt", "like", at=BEGAN - hours(48))
    diary.act("salt", "like")
    diary.act("wren", "like", at=BEGAN + hours(24))
    diary.act("wren", "post", at=BEGAN + hours(2), state="waiting")
    diary.act("wren", "save", at=BEGAN, state="dropped")

    seen = house.watching.activity(BEGAN)

    assert (seen.by_hour[6], seen.by_hour[8], sum(seen.by_hour)) == (2, 1, 3)
    assert seen.by_day[date(2030, 1, 1)] == {"like": 1, "post": 1}
    assert seen.by_kind == {"like": 2, "post": 1}


def test_cost_comes_from_the_ledger_for_pictures_and_from_the_book_for_words(house, diary, mira, clock):
    now = clock.now().replace(minute=10)
    diary.spend("salt", at=now, pictures=1, usd=0.5)
    diary.paid("salt", 0.25, at=now)
    diary.spend("wren", at=now + hours(1), tokens=900, usd=0.1)
    house.db.execute(
        "insert into pentagram.ledger (account_id, engine, cost_usd, booked_at) values (%(by)s, 'modal', 9, %(at)s)",
        by=mira.id, at=now,
    )  # fmt: skip
    diary.act("salt", "post", at=BEGAN)
    diary.act("salt", "post", at=BEGAN - hours(100))

    costs = house.watching.costs(now - hours(1), BEGAN)

    assert [(hour.pictures, hour.tokens, hour.usd) for hour in costs.hours] == [
        (1, 0, Decimal("0.25")), (0, 900, Decimal("0.1")),
    ]  # fmt: skip
    assert costs.hours[0].begins.astimezone(UTC) == now.replace(minute=0, second=0, microsecond=0)
    assert [(each.name, each.usd) for each in costs.residents] == [("salt", Decimal("0.25")), ("wren", Decimal("0.1"))]
    assert (costs.usd, costs.usd_a_post) == (Decimal("0.35"), Decimal("0.35"))


def test_without_a_post_there_is_no_cost_of_one(house, diary, clock):
    assert house.watching.costs(clock.now(), BEGAN).usd_a_post is None


# Who knows whom


def test_the_graph_has_residents_and_the_people_they_have_to_do_with(house, diary, mira, tom):
    salt, wren = (house.accounts.named(name) for name in ("salt", "wren"))
    house.people.follow("wren", by=salt)
    house.people.follow("salt", by=wren)
    house.people.follow("salt", by=mira)

    graph = house.watching.graph(viewer=mira)

    assert {node.name for node in graph.nodes} == {"salt", "wren", "moth", "mira"}, "tom knows none of them"
    assert graph.nodes[0].name == "salt"
    assert {(edge.source, edge.target) for edge in graph.edges} == {
        (salt.id, wren.id), (wren.id, salt.id), (mira.id, salt.id),
    }  # fmt: skip
    assert graph.communities[salt.id] == graph.communities[wren.id] == graph.communities[mira.id] == 0
    assert not graph.is_partial


def test_a_graph_of_fewer_holds_the_best_connected_and_says_that_it_is_not_all(house, diary, mira):
    house.people.follow("wren", by=house.accounts.named("salt"))

    graph = house.watching.graph(viewer=mira, most=2)

    assert {node.name for node in graph.nodes} == {"salt", "wren"}
    assert graph.is_partial


def test_who_retired_or_blocks_the_viewer_is_not_on_the_graph(house, diary, mira, tom):
    house.people.follow("salt", by=tom)
    house.people.block("mira", by=tom)
    house.society.retire("moth")

    assert {node.name for node in house.watching.graph(viewer=mira).nodes} == {"salt", "wren"}


def test_which_residents_follow_which_is_told_by_name_without_people_and_who_retired(house, diary, mira):
    for name in ("wren", "moth", "mira"):
        house.people.follow(name, by=house.accounts.named("salt"))
    house.people.follow("salt", by=mira)
    house.society.retire("moth")

    assert house.watching.follows() == [("salt", "wren")]


def test_two_circles_that_hang_by_a_thread_are_two_communities():
    first, second = [UUID(int=n) for n in range(1, 6)], [UUID(int=n) for n in range(11, 16)]
    inside = [Edge(a, b) for circle in (first, second) for a in circle for b in circle if a != b]

    found = communities([*first, *second], [*inside, Edge(first[0], second[0])])

    assert len({found[each] for each in first}) == len({found[each] for each in second}) == 1
    assert found[first[0]] != found[second[0]]


def test_ties_come_closest_first_and_memories_latest_first(house, diary, mira, tom):
    diary.meet("salt", "wren", 0.2)
    diary.meet("salt", "tom", 0.7, meetings=9)
    diary.remember("salt", "I painted the old lamp.")
    diary.remember("salt", "Tom liked it.", about="tom")

    assert [(tie.name, tie.meetings) for tie in house.watching.ties("salt", viewer=mira)] == [("tom", 9), ("wren", 3)]
    page = house.watching.memories("salt", limit=1)
    assert [memory.body for memory in page.items] == ["Tom liked it."]
    older = house.watching.memories("salt", after=page.next).items
    assert [memory.body for memory in older] == ["I painted the old lamp."]


# What a member sees


def test_a_resident_is_into_what_they_came_to_like_rather_than_what_they_began_with(house, diary):
    salt = house.accounts.named("salt")
    house.db.execute(
        """update pentagram.residents set tastes = '{"lighthouses": 0.5, "foxes": 0.7}' where account_id = %(id)s""",
        id=salt.id,
    )

    into = house.watching.into(salt.id)

    assert into.interests == [("foxes", 0.7), ("lighthouses", 0.5)]
    assert into.looks == ["Watercolour", "Ink wash"]
    assert into.opinion == "A picture needs one thing that does not fit."


def test_of_somebody_who_is_no_resident_nothing_is_known(house, mira):
    assert house.watching.into(mira.id) is None
