"""Collections: what is kept on them, in which order, who sees what of it, and their covers."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from services.community.collections import RESTORABLE
from services.errors import NotFound, UserError

NOTHING = "01a1f89d-5130-7b88-905f-10624d5a0f61"


@pytest.fixture
def publish(house, mira, paint):
    def do(**options):
        return house.posts.publish([paint(mira).creations[0].id], by=mira, token=uuid.uuid4().hex, **options)

    return do


@pytest.fixture
def board(house, tom):
    return house.collections.create("Foxes", by=tom, token="press-board")


@pytest.fixture
def fill(house, publish):
    """Saves so many posts to a board, quickly; their ids from the top down."""

    def do(collection_id, count):
        post = publish()
        return house.db.values(
            """with made as (
              insert into pentagram.posts (account_id, token)
              select account_id, gen_random_uuid() from pentagram.posts, generate_series(1, %(count)s)
              where id = %(like)s
              returning id
            ), pictured as (
              insert into pentagram.post_pictures (post_id, position, creation_id)
              select id, 0, %(creation)s from made returning post_id
            ), kept as (
              insert into pentagram.collection_posts (collection_id, post_id, rank)
              select %(board)s, post_id, row_number() over () from pictured returning post_id, rank
            ) select post_id from kept order by rank""",
            count=count, like=post.id, creation=post.creation_id, board=collection_id,
        )  # fmt: skip

    return do


def order(house, collection_id, viewer) -> list:
    """Page after page."""
    page = house.collections.posts(collection_id, viewer=viewer, limit=60)
    seen = [post.id for post in page.items]
    while page.next:
        page = house.collections.posts(collection_id, viewer=viewer, after=page.next, limit=60)
        seen += [post.id for post in page.items]
    return seen


def at_once(*calls) -> None:
    with ThreadPoolExecutor(12) as pool:
        for done in [pool.submit(call) for call in calls]:
            done.result()


# Saving --------------------------------------------------------------------------------------------------------------


def test_the_star_saves_once_to_a_board_that_is_made_at_the_first_one(house, publish, tom):
    first, second = publish(), publish()
    assert house.collections.mine(by=tom) == []

    for post in (first, first, second):
        saved = house.collections.save(post.id, by=tom)
        assert (saved.saved, saved.save_count) == (True, 1)

    [default] = house.collections.mine(by=tom)
    assert (default.title, default.is_default, default.is_public, default.post_count) == ("Saved", True, False, 2)
    assert order(house, default.id, tom) == [second.id, first.id]


def test_stars_at_once_make_one_board_and_lose_nothing(house, publish, tom):
    posts = [publish() for _ in range(6)]

    at_once(*(lambda post=post: house.collections.save(post.id, by=tom) for post in posts * 4))

    [default] = house.collections.mine(by=tom)
    assert sorted(order(house, default.id, tom)) == sorted(post.id for post in posts)
    assert {house.posts.get(post.id, viewer=None).save_count for post in posts} == {1}


def test_taking_a_post_off_one_board_leaves_it_on_the_others_and_the_star_takes_it_off_all(house, publish, tom, board):
    post = publish()
    house.collections.save(post.id, by=tom)
    house.collections.save(post.id, by=tom, collection_id=board.id)
    default = house.collections.mine(by=tom)[0]
    assert house.collections.holding(post.id, by=tom) == {default.id, board.id}

    left = house.collections.remove(post.id, by=tom, collection_id=board.id)
    assert (left.saved, left.save_count) == (True, 1)
    assert house.collections.holding(post.id, by=tom) == {default.id}

    house.collections.save(post.id, by=tom, collection_id=str(board.id))
    for _ in range(2):
        gone = house.collections.unsave(post.id, by=tom)
    assert (gone.saved, gone.save_count) == (False, 0)
    assert house.collections.holding(post.id, by=tom) == set()


def test_what_others_saved_stays_when_one_takes_it_off(house, publish, mira, tom):
    post = publish()
    for by in (mira, tom):
        house.collections.save(post.id, by=by)

    assert house.collections.unsave(post.id, by=tom).save_count == 1
    assert house.posts.get(post.id, viewer=mira).saved


def test_a_person_counts_once_however_many_boards_of_theirs_hold_a_post(house, publish, mira, tom, board):
    post = publish()
    other = house.collections.create("Red", by=tom, token="press-red")

    counts = [house.collections.save(post.id, by=tom, collection_id=each.id).save_count for each in (board, other)]
    counts.append(house.collections.save(post.id, by=mira).save_count)
    counts += [house.collections.remove(post.id, by=tom, collection_id=each.id).save_count for each in (board, other)]

    assert counts == [1, 1, 2, 2, 1]


def test_saves_and_unsaves_on_many_boards_at_once_leave_the_count_right(house, publish, mira, tom, person, board):
    posts = [publish() for _ in range(3)]
    boards = [(tom, board.id)] + [
        (by, house.collections.create("Red", by=by, token=f"press-red{number}").id)
        for by in (tom, mira, person("sol")) for number in range(2)
    ]  # fmt: skip

    def waver(by, board_id):
        for turn in range(4):
            for post in posts[:: -1 if turn % 2 else 1]:
                house.collections.save(post.id, by=by, collection_id=board_id)
            for post in posts[turn % 2 :]:
                house.collections.remove(post.id, by=by, collection_id=board_id)

    at_once(*(lambda by=by, board_id=board_id: waver(by, board_id) for by, board_id in boards), *(
        lambda by=by: house.collections.unsave(posts[0].id, by=by) for by in (tom, mira)
    ))  # fmt: skip

    assert saves(house) == people_who_saved(house)
    house.accounts.delete(tom)
    assert saves(house) == people_who_saved(house)


def saves(house) -> list[int]:
    return house.db.values("select save_count from pentagram.posts order by id")


def people_who_saved(house) -> list[int]:
    """As the rows say."""
    return house.db.values(
        """select (select count(distinct k.account_id) from pentagram.collection_posts s
          join pentagram.collections k on k.id = s.collection_id and k.deleted_at is null where s.post_id = p.id)
        from pentagram.posts p order by p.id"""
    )


def test_only_what_one_may_see_is_saved_and_only_to_ones_own_boards(house, publish, mira, tom, board):
    hidden, shown = publish(visibility="private"), publish()
    for post_id in (hidden.id, NOTHING, "x"):
        with pytest.raises(NotFound):
            house.collections.save(post_id, by=tom)

    for collection_id in (board.id, NOTHING, "x", ""):
        with pytest.raises(NotFound):
            house.collections.save(shown.id, by=mira, collection_id=collection_id)
    assert house.db.value("select count(*) from pentagram.collection_posts") == 0


# Who may -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def strangers(house, mira, tom, person):
    """Everybody but tom himself: nobody of them may do anything with his boards."""
    people = {name: person(name) for name in ("stranger", "follower", "blocked", "judge")}
    house.people.follow("tom", by=people["follower"])
    house.people.block("blocked", by=tom)
    return {"visitor": None, **people, "judge": house.accounts.set_role("judge", "moderator")}


def test_a_private_board_is_there_for_its_owner_alone_even_to_whoever_guesses_its_id(
    house, publish, tom, board, strangers
):
    post = publish()
    house.collections.save(post.id, by=tom, collection_id=board.id)

    assert [shown.id for shown in house.collections.of("tom", viewer=tom)] == [board.id]
    for viewer in strangers.values():
        for wish in (house.collections.get, house.collections.posts):
            with pytest.raises(NotFound):
                wish(board.id, viewer=viewer)
        assert house.collections.of("tom", viewer=viewer) == []


def test_a_public_board_is_there_for_all_but_the_blocked_and_changed_by_its_owner_alone(house, publish, tom, strangers):
    post = publish()
    board = house.collections.create("Foxes", by=tom, is_public=True, token="press-one")
    house.collections.save(post.id, by=tom, collection_id=board.id)
    wishes = (
        lambda by: house.collections.change(board.id, by=by, title="Mine", is_public=True),
        lambda by: house.collections.delete(board.id, by=by),
        lambda by: house.collections.save(post.id, by=by, collection_id=board.id),
        lambda by: house.collections.remove(post.id, by=by, collection_id=board.id),
        lambda by: house.collections.move(post.id, by=by, collection_id=board.id, before=None),
        lambda by: house.collections.step(post.id, by=by, collection_id=board.id, to="top"),
    )

    for role, viewer in strangers.items():
        if role == "blocked":
            assert house.collections.of("tom", viewer=viewer) == []
            with pytest.raises(NotFound):
                house.collections.posts(board.id, viewer=viewer)
        else:
            assert [shown.title for shown in house.collections.of("tom", viewer=viewer)] == ["Foxes"]
            assert order(house, board.id, viewer) == [post.id]
        for wish in wishes if viewer else ():
            with pytest.raises(NotFound):
                wish(viewer)
    assert house.collections.get(board.id, viewer=None).post_count == 1


@pytest.mark.parametrize("guess", ["", "x", NOTHING, "../../etc", "\x00", None])
def test_an_id_of_no_board_is_not_found(house, guess):
    for wish in (house.collections.get, house.collections.posts):
        with pytest.raises(NotFound):
            wish(guess, viewer=None)


def test_a_post_that_became_private_leaves_the_boards_of_others_and_stays_counted_for_its_owner(
    house, publish, mira, tom, board
):
    post = publish()
    house.collections.save(post.id, by=tom, collection_id=board.id)
    house.collections.save(post.id, by=mira)
    own = house.collections.mine(by=mira)[0]

    house.db.execute("update pentagram.posts set visibility = 'private'")

    assert order(house, board.id, tom) == []
    seen = house.collections.get(board.id, viewer=tom)
    assert (seen.post_count, seen.cover_key) == (0, None)
    assert house.posts.get(post.id, viewer=mira).save_count == 2
    assert order(house, own.id, mira) == [post.id]
    assert house.collections.get(own.id, viewer=mira).post_count == 1
    house.db.execute("update pentagram.posts set visibility = 'public'")
    assert order(house, board.id, tom) == [post.id]


def test_a_public_board_puts_before_others_only_what_a_list_may(house, publish, mira, tom, person):
    fan, chooser = person("fan"), person("chooser")
    house.people.follow("mira", by=fan)
    house.people.follow("mira", by=tom)
    board = house.collections.create("All", by=tom, is_public=True, token="press-one")
    posts = {visibility: publish(visibility=visibility) for visibility in ("public", "unlisted", "followers")}
    posts["sensitive"] = publish(caption="sensitive")
    house.db.execute("update pentagram.posts set sensitive = true where caption = 'sensitive'")
    house.db.execute("update pentagram.accounts set shows_sensitive = true where name = 'chooser'")
    for post in posts.values():
        house.collections.save(post.id, by=tom, collection_id=board.id)

    def shown(viewer):
        ids = order(house, board.id, viewer)
        assert house.collections.get(board.id, viewer=viewer).post_count == len(ids)
        return {name for name, post in posts.items() if post.id in ids}

    assert shown(None) == {"public"}
    assert shown(fan) == {"public", "followers"}
    assert shown(chooser) == {"public", "sensitive"}
    assert shown(tom) == shown(mira) == {"public", "unlisted", "followers", "sensitive"}
    house.people.mute("mira", by=fan)
    assert shown(fan) == set()


# Order ---------------------------------------------------------------------------------------------------------------


def test_moves_in_a_board_of_a_thousand_put_each_post_where_it_was_put(house, fill, tom, board):
    expected = fill(board.id, 1000)

    for number in range(120):
        post, before = expected[number * 7919 % 1000], [*expected, None][number * 104_729 % 1001]
        house.collections.move(post, by=tom, collection_id=board.id, before=before)
        if post != before:
            expected.remove(post)
            expected.insert(expected.index(before) if before else len(expected), post)

    assert order(house, board.id, tom) == expected


def test_ranks_that_run_out_are_spread_anew_and_the_order_stays(house, fill, tom, board):
    expected = fill(board.id, 1000)

    for _ in range(80):
        last = expected.pop()
        house.collections.move(last, by=tom, collection_id=board.id, before=expected[1])
        expected.insert(1, last)

    assert order(house, board.id, tom) == expected
    ranks = house.db.values("select rank from pentagram.collection_posts order by rank")
    assert len(set(ranks)) == 1000


def test_posts_of_the_same_rank_are_moved_between_each_other(house, fill, tom, board):
    fill(board.id, 4)
    house.db.execute("update pentagram.collection_posts set rank = 1")
    expected = order(house, board.id, tom)

    house.collections.move(expected[3], by=tom, collection_id=board.id, before=expected[1])

    assert order(house, board.id, tom) == [expected[place] for place in (0, 3, 1, 2)]


def test_a_page_goes_on_after_its_last_post_though_the_board_was_reordered_meanwhile(house, fill, tom, board):
    ids = fill(board.id, 9)
    page = house.collections.posts(board.id, viewer=tom, limit=3)
    house.db.execute("update pentagram.collection_posts set rank = rank * 1000 + 50000")

    rest = house.collections.posts(board.id, viewer=tom, after=page.next, limit=60)

    assert [post.id for post in page.items + rest.items] == ids
    house.collections.remove(ids[2], by=tom, collection_id=board.id)
    assert house.collections.posts(board.id, viewer=tom, after=page.next, limit=60).items


@pytest.mark.parametrize("cursor", ["", "x", "bm8", "../../etc", "W10", 7])
def test_a_malformed_place_in_a_board_is_not_found(house, tom, board, cursor):
    with pytest.raises(NotFound, match="no such page"):
        house.collections.posts(board.id, viewer=tom, after=cursor)


def test_steps_go_past_what_its_owner_sees_and_end_at_both_ends(house, fill, mira, tom, board):
    a, b, hidden, c, d = fill(board.id, 5)
    house.db.execute("update pentagram.posts set visibility = 'private' where id = %(id)s", id=hidden)

    def step(post, to):
        house.collections.step(post, by=tom, collection_id=board.id, to=to)
        return order(house, board.id, tom)

    assert step(c, "up") == [a, c, b, d]
    assert step(b, "up") == [a, b, c, d]
    assert step(b, "down") == [a, c, b, d]
    assert step(b, "down") == [a, c, d, b]
    for end in ("down", "bottom"):
        assert step(b, end) == [a, c, d, b]
    assert step(d, "top") == [d, a, c, b]
    for end in ("up", "top"):
        assert step(d, end) == [d, a, c, b]
    assert step(d, "bottom") == [a, c, b, d]


def test_what_is_not_on_the_board_any_more_cannot_be_moved_nor_moved_before(house, publish, fill, tom, board):
    ids = fill(board.id, 2)
    other = publish()

    for post, before in ((other.id, ids[0]), (ids[0], other.id), (NOTHING, None), ("x", None)):
        with pytest.raises(NotFound):
            house.collections.move(post, by=tom, collection_id=board.id, before=before)
    with pytest.raises(NotFound):
        house.collections.step(other.id, by=tom, collection_id=board.id, to="up")
    assert order(house, board.id, tom) == ids


def test_moves_at_once_lose_nothing(house, fill, tom, board):
    ids = fill(board.id, 12)

    at_once(
        *(lambda post=post: house.collections.move(post, by=tom, collection_id=board.id, before=ids[0]) for post in ids)
    )

    assert sorted(order(house, board.id, tom)) == sorted(ids)
    assert len(set(house.db.values("select rank from pentagram.collection_posts"))) == 12


# Boards themselves ---------------------------------------------------------------------------------------------------


def test_the_cover_is_the_chosen_post_and_falls_back_to_the_first_when_that_goes(
    house, publish, paint, mira, tom, board
):
    posts = [
        house.posts.publish([paint(mira, prompt).creations[0].id], by=mira, token=uuid.uuid4().hex)
        for prompt in ("a red fox", "a blue whale", "a green frog")
    ]
    assert house.collections.get(board.id, viewer=tom).cover_key is None
    for post in posts:
        house.collections.save(post.id, by=tom, collection_id=board.id)
    first, second, third = reversed(posts)

    def cover():
        return house.collections.get(board.id, viewer=tom).cover_key

    def choose(post):
        return house.collections.change(board.id, by=tom, title="Foxes", is_public=False, cover_id=post.id)

    assert cover() == first.thumbnail_key
    assert choose(third).cover_key == third.thumbnail_key
    house.posts.delete(third.id, by=mira)
    assert cover() == first.thumbnail_key
    assert choose(second).cover_key == second.thumbnail_key
    house.collections.remove(second.id, by=tom, collection_id=board.id)
    assert cover() == first.thumbnail_key
    with pytest.raises(UserError, match="The cover is one of"):
        choose(second)
    house.accounts.delete(mira)
    assert cover() is None


def test_a_board_says_what_its_owner_wrote(house, tom, board):
    words = {"title": ":red[Foxes] <b>", "description": "![x](javascript:alert(1))\nand *more*", "is_public": True}

    changed = house.collections.change(board.id, by=tom, **words)

    assert {word: getattr(changed, word) for word in words} == words
    assert house.collections.of("tom", viewer=None) == [house.collections.get(board.id, viewer=None)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": ""},
        {"title": " \u202e\u200b\n"},
        {"title": "x" * 81},
        {"title": "child porn"},
        {"description": "x" * 501},
        {"description": "child porn"},
        {"cover_id": uuid.UUID(NOTHING)},
    ],
)
def test_a_board_of_nothing_or_of_what_has_no_place_here_is_refused_and_nothing_changes(house, tom, board, wrong):
    with pytest.raises(UserError):
        house.collections.change(board.id, by=tom, **{"title": "Foxes and more", "is_public": True} | wrong)
    if "title" in wrong:
        with pytest.raises(UserError):
            house.collections.create(wrong["title"], by=tom, token="press-two")
    assert house.collections.mine(by=tom) == [board]


def test_the_same_press_makes_one_board_and_there_is_an_end_to_boards(house, tom, board):
    assert house.collections.create("Foxes", by=tom, token="press-board") == board
    with pytest.raises(UserError, match="grown old"):
        house.collections.create("Foxes", by=tom, token="x")
    for number in range(99):
        house.collections.create("Foxes", by=tom, token=f"press-{number:03}")

    with pytest.raises(UserError, match="100 collections"):
        house.collections.create("Foxes", by=tom, token="press-more")

    assert house.collections.create("Foxes", by=tom, token="press-board") == board
    assert len(house.collections.mine(by=tom)) == 100


def test_a_deleted_board_takes_nothing_else_with_it_and_the_one_of_the_star_stays(house, publish, tom, board):
    post = publish()
    house.collections.save(post.id, by=tom)
    house.collections.save(post.id, by=tom, collection_id=board.id)
    default = house.collections.mine(by=tom)[0]

    house.collections.delete(board.id, by=tom)

    assert house.posts.get(post.id, viewer=tom).save_count == 1
    assert house.collections.holding(post.id, by=tom) == {default.id}
    assert [each.id for each in house.collections.mine(by=tom)] == [default.id]
    assert house.collections.of("tom", viewer=tom) == [default]
    with pytest.raises(NotFound):
        house.collections.get(board.id, viewer=tom)
    with pytest.raises(UserError, match="star"):
        house.collections.delete(default.id, by=tom)
    house.accounts.delete(tom)
    assert house.posts.get(post.id, viewer=None).save_count == 0


def test_boards_with_the_same_posts_are_deleted_at_once(house, fill, tom, person, board):
    ids = fill(board.id, 200)
    boards = [(tom, board)]
    for name in ("ann", "bob", "cleo"):
        by = person(name)
        boards.append((by, house.collections.create("Foxes", by=by, token="press-one")))
        house.db.execute(
            """insert into pentagram.collection_posts (collection_id, post_id, rank)
            select %(board)s, id, random() from unnest(%(ids)s::uuid[]) as posts (id) order by random()""",
            board=boards[-1][1].id, ids=ids,
        )  # fmt: skip

    at_once(*(lambda by=by, board=board: house.collections.delete(board.id, by=by) for by, board in boards))

    assert house.db.value("select sum(save_count) from pentagram.posts") == 0


def test_a_deleted_board_comes_back_as_it_was_with_what_counted(house, publish, mira, tom, board):
    posts = [publish() for _ in range(3)]
    for post in posts:
        house.collections.save(post.id, by=tom, collection_id=board.id)
    house.collections.save(posts[0].id, by=tom)
    before = house.collections.get(board.id, viewer=tom), order(house, board.id, tom), saves(house)

    house.collections.delete(board.id, by=tom)
    assert saves(house) == people_who_saved(house) == [1, 0, 0]
    assert not house.posts.get(posts[1].id, viewer=tom).saved
    for change in (house.collections.save, house.collections.remove):
        with pytest.raises(NotFound):
            change(posts[1].id, by=tom, collection_id=board.id)
    with pytest.raises(NotFound):
        house.collections.restore(board.id, by=mira)

    for _ in range(2):
        back = house.collections.restore(board.id, by=tom)
    assert (back, order(house, board.id, tom), saves(house)) == before


def test_what_was_deleted_a_day_ago_goes_for_good_and_not_before(build, clock):
    house = build(clock=clock)
    tom = house.accounts.register("tom", None)
    early, late = (house.collections.create(title, by=tom, token=f"press-{title}") for title in ("early", "late"))
    house.collections.delete(early.id, by=tom)
    clock.advance(RESTORABLE.total_seconds())
    house.collections.delete(late.id, by=tom)
    clock.advance(1)

    house.collections.sweep()

    with pytest.raises(NotFound):
        house.collections.restore(early.id, by=tom)
    assert house.collections.restore(late.id, by=tom).title == "late"


def test_sweeping_a_deleted_board_counts_nothing_a_second_time(house, publish, mira, tom, board):
    post = publish()
    house.collections.save(post.id, by=tom, collection_id=board.id)
    house.collections.save(post.id, by=mira)
    house.collections.delete(board.id, by=tom)
    house.db.execute("update pentagram.collections set deleted_at = deleted_at - interval '10 days'")

    house.collections.sweep()

    assert house.db.value("select count(*) from pentagram.collections") == 1
    assert saves(house) == people_who_saved(house) == [1]
