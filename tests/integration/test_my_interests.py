"""My interests on a real database: what For you has learned is shown, and what one changes acts on the next page."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pytest

from benchmarks.stock import Piece, put_in
from services.discovery.recommendations.memory import Visitor
from services.errors import NotFound, UserError
from services.transfer.sections import SECTIONS
from tests.fakes.embeddings import WordVectors
from tests.integration.conftest import BOATS, FOXES, TOWERS
from tests.integration.test_for_you import OtherVectors, ids, kinds, like

FEW = 12


@pytest.fixture
def small(stock):
    """Twenty posts of each of three kinds, by kind."""
    return {words: stock(words, 20) for words in (FOXES, TOWERS, BOATS)}


def mine(house, who):
    return house.interests.shown(by=who)


def called(house, who):
    return {each.name: each for each in mine(house, who).liked}


def next_page(house, small, who, *, limit=FEW, **options):
    return kinds(small, house.for_you.page(viewer=who, limit=limit, **options))


FOX, BOAT = "Fox, snow, forest", "Boat, harbour, tide"


def test_each_interest_is_named_by_what_its_posts_share_with_its_share_and_what_it_was_learned_from(house, small, tom):
    like(house, tom, small[FOXES][:3])
    house.collections.save(small[BOATS][0], by=tom)
    house.learning.looked_at(small[BOATS][1], by=tom)

    foxes, boats = mine(house, tom).liked

    assert [foxes.name, boats.name] == [FOX, BOAT]
    assert foxes.share == pytest.approx(3 / 4.8, abs=0.01)
    assert foxes.share + boats.share == pytest.approx(1)
    assert [(deed.kind, deed.post_id) for deed in boats.deeds] == [
        ("dwell", small[BOATS][1]), ("save", small[BOATS][0]),
    ]  # fmt: skip
    assert [post.id for post in foxes.posts] == small[FOXES][2::-1]


def test_weaker_stronger_and_removed_act_on_the_very_next_page_and_can_be_taken_back(house, small, tom):
    like(house, tom, [*small[FOXES][:4], *small[BOATS][:4]])
    foxes = called(house, tom)[FOX].id
    house.learning.wish(by=tom, surprise=0)

    house.interests.weaken(foxes, by=tom)
    weak = next_page(house, small, tom, limit=FEW // 2)
    assert weak[FOXES] < weak[BOATS]
    assert called(house, tom)[FOX].share < 0.4

    for _ in range(3):
        house.interests.strengthen(foxes, by=tom)
    assert (called(house, tom)[FOX].state, called(house, tom)[FOX].share > 0.6) == ("pinned", True)

    house.interests.remove(foxes, by=tom)
    removed = next_page(house, small, tom, limit=FEW // 2)
    assert removed[FOXES] <= 2
    assert [each.name for each in mine(house, tom).removed] == [FOX]
    like(house, tom, small[FOXES][5:6])
    assert list(called(house, tom)) == [BOAT]

    house.interests.bring_back(foxes, by=tom)
    back = next_page(house, small, tom)
    assert back[FOXES] >= 3


def test_one_deed_can_be_forgotten_and_what_was_done_stands(house, small, tom):
    like(house, tom, small[FOXES][:2])
    [foxes] = mine(house, tom).liked

    house.interests.forget(foxes.deeds[0], by=tom)
    [left] = mine(house, tom).liked
    assert [deed.post_id for deed in left.deeds] == small[FOXES][:1]
    assert house.posts.get(small[FOXES][1], viewer=tom).liked

    house.interests.forget(left.deeds[0], by=tom)
    assert mine(house, tom).is_empty


def test_of_a_picture_that_says_nothing_nobody_is_promised_less(house, stock, tom):
    [post] = stock(FOXES, 1)
    house.db.execute("delete from pentagram.post_vectors")

    for by in (tom, Visitor()):
        with pytest.raises(UserError, match="Not this post"):
            house.learning.less_like(post, by=by)
        house.learning.looked_at(post, by=by)
        house.learning.not_less_like(post, by=by)
        assert mine(house, by).is_empty


def test_what_one_wants_less_of_is_listed_and_taken_back_there(house, small, tom):
    house.learning.less_like(small[FOXES][0], by=tom)
    house.posts.hide(small[BOATS][0], by=tom)
    assert next_page(house, small, tom)[FOXES] == 0

    hidden, unwanted = mine(house, tom).unwanted
    assert [(each.deeds[0].kind, each.deeds[0].post_id) for each in (hidden, unwanted)] == [
        ("hide", small[BOATS][0]), ("less", small[FOXES][0]),
    ]  # fmt: skip
    house.interests.forget(unwanted.deeds[0], by=tom)

    assert [each.id for each in mine(house, tom).unwanted] == [hidden.id]
    assert next_page(house, small, tom)[FOXES] >= 2


def test_reset_forgets_all_of_it_and_old_likes_steer_nothing_any_more(house, small, tom, person):
    for number in range(5):
        like(house, person(f"fan{number}"), [small[FOXES][0], small[TOWERS][0]])
    house.training.weigh_likes()
    like(house, tom, small[FOXES][:1])
    house.learning.less_like(small[BOATS][0], by=tom)
    house.learning.not_the_maker_of(small[BOATS][1], by=tom)
    assert [each.name for each in mine(house, tom).makers.items] == ["boat.maker1"]

    house.interests.reset(by=tom)

    assert mine(house, tom).is_empty
    page = house.for_you.page(viewer=tom, limit=60)
    assert not [said for said in page.reasons.values() if said.startswith(("Because", "People with your taste"))]


def test_while_learning_is_paused_only_what_is_asked_for_counts_and_the_log_teaches_nothing(house, small, tom):
    like(house, tom, small[FOXES][:2])
    house.learning.wish(by=tom, learning=False)
    page = house.for_you.page(viewer=tom, limit=FEW)
    like(house, tom, [page.items[0].id, small[BOATS][0]])

    assert list(called(house, tom)) == [FOX]
    assert kinds(small, page)[FOXES] >= 6
    assert house.db.values("select distinct (features, outcome) from pentagram.impressions") == [(None, "{}")]

    house.posts.unlike(small[FOXES][0], by=tom)
    house.learning.less_like(small[TOWERS][0], by=tom)
    [foxes], [towers] = mine(house, tom).liked, mine(house, tom).unwanted
    assert [deed.post_id for deed in foxes.deeds] == [small[FOXES][1]]
    assert towers.deeds[0].kind == "less"


def test_posts_that_are_gone_or_not_to_be_shown_stay_as_deeds_that_can_be_forgotten(house, small, tom):
    like(house, tom, small[FOXES][:3])
    house.learning.less_like(small[BOATS][0], by=tom)
    deleted, sensitive, _ = small[FOXES][:3]
    house.db.execute("delete from pentagram.posts where id = any(%(ids)s)", ids=[deleted, small[BOATS][0]])
    house.db.execute("update pentagram.posts set sensitive = true where id = %(id)s", id=sensitive)

    [foxes] = mine(house, tom).liked
    assert [deed.post is None for deed in foxes.deeds] == [False, True, True]
    for deed in [*foxes.deeds, mine(house, tom).unwanted[0].deeds[0]]:
        house.interests.forget(deed, by=tom)

    assert mine(house, tom).is_empty


def test_a_prompt_that_its_author_keeps_names_nothing(house, stock, tom):
    [post] = stock(FOXES, 1)
    like(house, tom, [post])
    house.db.execute("update pentagram.posts set shows_prompt = false")

    assert list(called(house, tom)) == ["Pictures without words"]


def test_nobody_changes_what_is_anothers_or_is_gone(house, small, tom, mira):
    like(house, tom, small[FOXES][:2])
    house.learning.less_like(small[BOATS][0], by=mira)
    [foxes], [unwanted] = mine(house, tom).liked, mine(house, mira).unwanted

    for wrong in (foxes.id, unwanted.id):
        with pytest.raises(NotFound, match="not there any more"):
            house.interests.strengthen(wrong, by=mira)
    house.interests.forget(foxes.deeds[0], by=mira)

    assert len(mine(house, tom).liked[0].deeds) == 2


def test_after_a_new_model_all_is_as_the_person_wanted_it_whatever_they_do_first(house, build, small, tom):
    for words in small:
        like(house, tom, small[words][:2])
    known = {name: each.id for name, each in called(house, tom).items()}
    house.interests.weaken(known[FOX], by=tom)
    house.interests.remove(known[BOAT], by=tom)
    house.interests.strengthen(known["Castle, tower, moon"], by=tom)
    house.learning.wish(by=tom, surprise=0.25, learning=False)
    house.learning.wish(by=tom, learning=True)
    house.db.execute("delete from pentagram.posts where id = %(id)s", id=small[TOWERS][0])
    newer = build(embeddings=OtherVectors())
    newer.spaces._older = lambda _: WordVectors()
    newer.reader.fill_space()

    like(newer, tom, small[FOXES][2:3])

    now = mine(newer, tom)
    assert {each.state: len(each.deeds) for each in (*now.liked, *now.removed)} == {
        "pinned": 2,
        "weak": 3,
        "removed": 2,
    }
    assert now.wishes.surprise == 0.25


# Without an account ---------------------------------------------------------------------------------------------------


def test_a_visitor_has_the_same_within_their_tab(house, small):
    visitor = Visitor()
    for post in [*small[FOXES][:2], *small[BOATS][:2]]:
        house.learning.looked_at(post, by=visitor)
    house.learning.not_the_maker_of(small[TOWERS][0], by=visitor)
    now = mine(house, visitor)
    assert {each.name for each in now.liked} == {FOX, BOAT}
    assert [each.name for each in now.makers.items] == ["castle.maker0"]

    house.interests.remove(called(house, visitor)[BOAT].id, by=visitor)
    assert next_page(house, small, None, visitor=visitor)[BOATS] <= 2
    house.learning.wish(by=visitor, surprise=1.0, learning=False)
    house.learning.looked_at(small[TOWERS][3], by=visitor)
    assert [each.name for each in mine(house, visitor).liked] == [FOX]
    assert next_page(house, small, None, visitor=visitor)[FOXES] <= 2

    house.interests.reset(by=visitor)
    assert mine(house, visitor).is_empty


def test_who_makes_an_account_in_the_same_tab_takes_along_what_it_learned_and_sees_nothing_twice(house, small, person):
    visitor = Visitor()
    for post in small[FOXES][:3]:
        house.learning.looked_at(post, by=visitor)
    house.learning.less_like(small[TOWERS][0], by=visitor)
    house.learning.not_the_maker_of(small[BOATS][0], by=visitor)
    house.learning.wish(by=visitor, surprise=0.0)
    seen = {post.id for post in house.for_you.page(viewer=None, visitor=visitor, limit=FEW).items}

    new = person("new")
    house.learning.adopt(visitor, by=new)

    now = mine(house, new)
    assert [each.name for each in now.liked] == [FOX]
    assert (len(now.unwanted), [each.name for each in now.makers.items]) == (1, ["boat.maker0"])
    page = house.for_you.page(viewer=new, limit=FEW)
    assert not seen & {post.id for post in page.items}
    assert (kinds(small, page)[TOWERS], now.wishes.surprise) == (0, 0.0)


# In other words ------------------------------------------------------------------------------------------------------

SAID = {
    "fox": ["a fox in the snow", "a red fox in a forest", "a sleeping fox", "an arctic fox", "a fox cub in the grass"],
    "sea": ["a lighthouse on a cliff", "a sailing boat", "stormy waves", "a harbour at dawn", "a beach with palms"],
    "city": ["a neon street at night", "a skyline at dusk", "a rainy alley", "a tram", "rooftops at sunset"],
    "space": ["an astronaut", "a purple nebula", "a rocket launch", "a ringed planet", "a moon base"],
    "food": ["a bowl of ramen", "a strawberry cake", "a loaf of bread", "a cup of coffee", "a fruit market"],
}
DONE_AS = ("an oil painting of {}", "{}, watercolour", "{}, cinematic light", "{}, highly detailed, golden hour")


def test_five_likes_turn_the_feed_of_a_new_account_one_wish_turns_it_back_and_it_still_surprises(build, minilm):
    """Read by the real model: what is alike has hardly a word in common."""
    house = build(embeddings=minilm)
    house.for_you._chance = np.random.default_rng(5)
    pieces = [
        Piece(f"{kind}{number}.{way}", done.format(said), [], "", f"{kind}.maker{way}")
        for way, done in enumerate(DONE_AS) for number in range(5) for kind, said in in_turn(number)
    ]  # fmt: skip
    made = {post: piece.id for post, piece in put_in(house, pieces).items()}
    kind_of = {post: "".join(filter(str.isalpha, id_)) for post, id_ in made.items()}
    new = house.accounts.register("new", None)
    before = house.for_you.page(viewer=new, limit=FEW)
    unseen = [post for post in kind_of if kind_of[post] == "fox" and post not in ids([before])]
    like(house, new, unseen[::3][:5])

    turned = house.for_you.page(viewer=new, after=before.next, limit=FEW)
    foxes = [post for post in ids([turned]) if kind_of[post] == "fox"]
    assert len(foxes) >= FEW / 2 > sum(kind_of[post] == "fox" for post in ids([before]))
    assert any(said.startswith("Because you liked") for said in turned.reasons.values())
    assert len({kind_of[post] for post in ids([before])}) > 2
    assert {kind_of[post] for post in ids([turned])} > {"fox"}

    house.learning.less_like(foxes[0], by=new)
    back = house.for_you.page(viewer=new, limit=FEW)
    assert near(house, foxes[0], back) <= 0.2 * near(house, foxes[0], turned)
    assert sum(kind_of[post] == "fox" for post in ids([back])) <= len(foxes) / 2


def in_turn(number):
    return [(kind, all_said[number]) for kind, all_said in SAID.items()]


def near(house, post, page):
    """How much of a page is near a post."""
    with house.db.transaction() as tx:
        tx.use_vectors()
        close = tx.value(
            """select count(*) from pentagram.post_vectors v join pentagram.post_vectors w using (space_id)
            where w.post_id = %(post)s and v.post_id = any(%(shown)s) and v.vector <=> w.vector < 0.55""",
            post=post, shown=ids([page]),
        )  # fmt: skip
    return close / len(page.items)


# A small house --------------------------------------------------------------------------------------------------------


def test_where_little_is_left_or_all_was_seen_less_like_this_still_keeps_it_out(house, stock, tom):
    few = {FOXES: stock(FOXES, 6), BOATS: stock(BOATS, 3)}
    house.for_you.page(viewer=tom, limit=4)
    house.learning.less_like(few[FOXES][0], by=tom)

    pages = []
    for _ in range(2):
        page = house.for_you.page(viewer=tom, limit=4)
        pages.append(page)
        while page.next:
            page = house.for_you.page(viewer=tom, after=page.next, limit=4)
            pages.append(page)

    shown = Counter(post.id for page in pages for post in page.items)
    assert set(shown) == set(few[BOATS])


def test_where_there_is_nothing_else_even_what_is_unwanted_is_shown(house, stock, tom):
    posts = stock(FOXES, 3)
    house.learning.less_like(posts[0], by=tom)

    page = house.for_you.page(viewer=tom)

    assert {post.id for post in page.items} == set(posts)
    assert page.next is None


# Leaving --------------------------------------------------------------------------------------------------------------


def test_an_archive_has_the_interests_and_a_deleted_account_leaves_none(house, small, tom):
    like(house, tom, small[FOXES][:2])
    house.interests.strengthen(mine(house, tom).liked[0].id, by=tom)
    house.learning.not_the_maker_of(small[BOATS][0], by=tom)

    told = [json.loads(row) for row in house.db.values(SECTIONS["interests"], account=tom.id)]
    assert [(each["state"], [one["post"] for one in each["learned_from"]]) for each in told] == [
        ("pinned", [str(post) for post in small[FOXES][:2]])
    ]
    house.accounts.leave(tom)
    house.worker.run_until_idle()

    for table in ("interests", "unwanted_makers"):
        assert house.db.value(f"select count(*) from pentagram.{table} where account_id = %(id)s", id=tom.id) == 0
