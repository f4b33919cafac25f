"""For you on a real database: it turns with what one likes, repeats nothing, keeps one's place, and always serves."""

from __future__ import annotations

import logging
import uuid
from collections import Counter
from itertools import pairwise

import numpy as np
import psycopg
import pytest

from services.community.feeds import PAGE
from services.discovery.embeddings import About
from services.discovery.recommendations import candidates, memory, shown
from services.discovery.recommendations.choosing import WAYS, Pick
from services.discovery.recommendations.features import FEATURES
from services.discovery.recommendations.memory import Visitor
from services.discovery.recommendations.training import read_weights
from services.errors import NotFound, UserError
from tests.fakes.embeddings import WordVectors
from tests.integration.conftest import BOATS, FOXES, TOWERS
from tests.integration.test_list_indexes import explained


def kinds(town, page):
    """How many of a page are of each kind."""
    return Counter(words for post in page.items for words, ids in town.items() if post.id in ids)


def walk(house, viewer, *, limit=PAGE, most=100, **options):
    pages, after = [], None
    while len(pages) < most:
        pages.append(house.for_you.page(viewer=viewer, after=after, limit=limit, **options))
        after = pages[-1].next
        if after is None:
            break
    return pages


def ids(pages):
    return [post.id for page in pages for post in page.items]


def like(house, viewer, posts):
    for post in posts:
        house.posts.like(post, by=viewer)


def learned(house, who):
    """How strong each of their interests is."""
    return house.db.values("select weight from pentagram.interests where account_id = %(who)s", who=who.id)


def taught(house, who):
    """By which deeds."""
    return house.db.values(
        """select source ->> 'kind' from pentagram.interests cross join jsonb_array_elements(sources) source
        where account_id = %(who)s""",
        who=who.id,
    )


# It turns, and back ---------------------------------------------------------------------------------------------------


def test_five_likes_of_one_kind_turn_the_very_next_page_and_it_still_surprises(house, town, tom):
    first = house.for_you.page(viewer=tom)
    like(house, tom, town[FOXES][:5])

    then = house.for_you.page(viewer=tom, after=first.next)

    assert kinds(town, then)[FOXES] >= PAGE // 2
    rest = walk(house, tom, most=3)
    assert {*kinds(town, rest[0]), *kinds(town, rest[1])} > {FOXES}


def test_less_like_this_turns_the_next_page_back_and_undoing_that_brings_it_again(house, town, tom):
    like(house, tom, town[FOXES][:5])
    first = house.for_you.page(viewer=tom, limit=6)
    assert kinds(town, first)[FOXES] >= 3

    house.learning.less_like(town[FOXES][0], by=tom)
    without = house.for_you.page(viewer=tom, after=first.next, limit=6)
    assert kinds(town, without)[FOXES] == 0

    house.learning.not_less_like(town[FOXES][0], by=tom)
    again = house.for_you.page(viewer=tom, after=without.next, limit=6)
    assert kinds(town, again)[FOXES] >= 3


def test_a_like_that_is_taken_back_teaches_nothing(house, town, tom):
    like(house, tom, town[FOXES][:3])
    for post in town[FOXES][:3]:
        house.posts.unlike(post, by=tom)

    assert learned(house, tom) == []


def test_liking_and_unliking_again_and_again_counts_once(house, town, tom):
    post = town[FOXES][0]
    for _ in range(5):
        house.posts.like(post, by=tom)
        house.posts.unlike(post, by=tom)
    house.posts.like(post, by=tom)

    assert learned(house, tom) == [pytest.approx(1.0, abs=0.01)]


def test_not_this_person_keeps_their_posts_out_from_the_next_page_on_and_can_be_undone(house, town, tom, mira):
    maker = house.posts.get(town[FOXES][0], viewer=None).author
    house.learning.not_the_maker_of(town[FOXES][0], by=tom)

    assert maker not in {post.author for page in walk(house, tom) for post in page.items}
    assert maker in {post.author for page in walk(house, mira) for post in page.items}

    house.learning.the_maker_again_of(town[FOXES][0], by=tom)
    assert maker in {post.author for page in walk(house, tom) for post in page.items}


@pytest.mark.parametrize("deed", ["save", "comment", "remix", "follow", "post"])
def test_everything_one_does_with_a_post_teaches(house, town, tom, paint, deed):
    post = town[FOXES][0]
    house.for_you.page(viewer=tom, limit=60)
    house.for_you.page(viewer=tom, limit=60)
    if deed == "save":
        house.collections.save(post, by=tom)
    elif deed == "comment":
        house.comments.write(post, "Lovely", by=tom, token="press-one")
    elif deed == "follow":
        house.people.follow(house.posts.get(post, viewer=tom).author, by=tom)
    else:
        original = post if deed == "remix" else None
        picture = paint(tom, "fox snow forest fur again").creations[0]
        house.posts.publish([picture.id], by=tom, token="press-one", remix_of=original)
        house.reader.read_posts()

    assert deed in taught(house, tom)


def test_what_one_did_with_a_post_before_it_was_read_teaches_as_soon_as_it_is(house, tom, mira, paint):
    picture = paint(mira, "fox snow forest fur").creations[0]
    post = house.posts.publish([picture.id], by=mira, token="press-one")
    house.posts.like(post.id, by=tom)
    house.comments.write(post.id, "Lovely", by=tom, token="press-two")
    house.collections.save(post.id, by=tom)
    assert learned(house, tom) == []

    house.reader.read_posts()

    assert sorted(taught(house, tom)) == ["comment", "like", "save"]


def test_whoever_pauses_learning_is_learned_nothing_of(house, town, tom):
    house.learning.wish(by=tom, learning=False)
    like(house, tom, town[FOXES][:3])

    assert learned(house, tom) == []
    with pytest.raises(UserError):
        house.learning.wish(by=tom, surprise=1.5)


def test_the_slider_says_how_much_is_familiar(house, town, person):
    surprising, familiar = Counter(), Counter()
    for number in range(5):
        fan = person(f"fan{number}")
        like(house, fan, town[FOXES][:5])
        house.learning.wish(by=fan, surprise=1.0)
        surprising += kinds(town, house.for_you.page(viewer=fan))
        house.learning.wish(by=fan, surprise=0.0)
        familiar += kinds(town, house.for_you.page(viewer=fan))

    assert surprising[FOXES] < 5 * PAGE / 6
    assert familiar[FOXES] > 5 * PAGE * 2 / 3


# Visitors -------------------------------------------------------------------------------------------------------------


def test_a_visitor_is_learned_from_within_their_tab_and_nothing_of_it_is_kept(house, town):
    visitor = Visitor()
    first = house.for_you.page(viewer=None, visitor=visitor)
    for post in town[BOATS][:4]:
        house.learning.looked_at(post, by=visitor)

    then = house.for_you.page(viewer=None, visitor=visitor, after=first.next)

    assert kinds(town, then)[BOATS] >= PAGE // 2
    assert not set(ids([first])) & set(ids([then]))


def test_without_a_history_there_is_a_mix_that_knows_what_people_like(house, stock, person):
    town = {words: stock(words, 10) for words in (FOXES, TOWERS, BOATS)}
    loved = town[TOWERS][0]
    fans = [person(f"fan{number}") for number in range(8)]
    house.db.execute("update pentagram.accounts set created_at = now() - interval '60 days'")
    for fan in fans:
        house.posts.like(loved, by=fan)
    house.training.weigh_likes()

    first = house.for_you.page(viewer=None)

    assert loved in ids([first])
    assert len(kinds(town, first)) == 3


# Pages ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_walk_shows_everything_once_while_new_posts_arrive(house, town, stock, tom, signed_in):
    viewer, visitor = (tom, None) if signed_in else (None, Visitor())
    first = house.for_you.page(viewer=viewer, visitor=visitor)
    stock("late arrival words here", 3)
    rest, after = [], first.next
    while after is not None:
        rest.append(house.for_you.page(viewer=viewer, visitor=visitor, after=after))
        after = rest[-1].next

    shown = ids([first, *rest])
    assert len(shown) == len(set(shown))
    assert set(shown) >= {post for posts in town.values() for post in posts}


def test_a_page_that_was_made_stays_as_it_is_whatever_one_does_since(house, town, tom):
    first = house.for_you.page(viewer=tom)
    second = house.for_you.page(viewer=tom, after=first.next)
    like(house, tom, ids([second])[:3])

    assert ids([house.for_you.page(viewer=tom, after=first.next)]) == ids([second])
    assert house.db.value("select count(*) from pentagram.impressions") == 2 * PAGE


def test_what_was_deleted_or_hidden_meanwhile_leaves_no_gap_and_loses_nobody_their_place(house, town, tom):
    first = house.for_you.page(viewer=tom)
    gone, hidden = ids([first])[:2]
    house.db.execute("update pentagram.posts set deleted_at = now() where id = %(id)s", id=gone)
    house.posts.hide(hidden, by=tom)

    rest = house.for_you.page(viewer=tom, after=first.next)

    assert len(rest.items) == PAGE
    assert not {gone, hidden} & set(ids(walk(house, tom)))


def test_nothing_is_shown_again_until_all_was_seen_and_then_what_was_seen_longest_ago(house, stock, tom):
    posts = stock(FOXES, 8)
    first = house.for_you.page(viewer=tom, limit=4)
    second = house.for_you.page(viewer=tom, limit=4)
    assert {*ids([first]), *ids([second])} == set(posts)
    assert first.repeats_from is second.repeats_from is None

    third = house.for_you.page(viewer=tom, limit=4)

    assert set(ids([third])) == set(ids([first]))
    assert third.repeats_from == third.items[0].id
    fourth = house.for_you.page(viewer=tom, after=third.next, limit=4)
    assert (set(ids([fourth])), fourth.next) == (set(ids([second])), None)


def test_what_was_seen_long_ago_is_new_again(house, stock, tom):
    stock(FOXES, 4)
    house.for_you.page(viewer=tom)
    house.db.execute("update pentagram.impressions set shown_at = now() - interval '15 days'")

    page = house.for_you.page(viewer=tom)

    assert len(page.items) == 4
    assert page.repeats_from is None


def test_a_maker_never_stands_twice_in_a_row_as_long_as_there_are_others(house, town, tom):
    like(house, tom, town[FOXES][:5])
    authors = [post.author for page in walk(house, tom, most=4) for post in page.items]

    assert not [one for one, two in pairwise(authors) if one == two]


def test_what_one_just_posted_stands_on_top_and_other_posts_of_ones_own_only_where_nothing_else_is(
    house, town, tom, paint
):
    picture = paint(tom, "a teapot").creations[0]
    old = house.posts.publish([picture.id], by=tom, token="press-one")
    house.db.execute("update pentagram.posts set created_at = now() - interval '2 days' where id = %(id)s", id=old.id)
    new = house.posts.publish([picture.id], by=tom, token="press-two")

    shown = ids(walk(house, tom))

    assert shown[0] == new.id
    assert shown.index(old.id) >= 90


def test_new_posts_that_somebody_was_told_of_and_asks_for_stand_on_top(house, town, stock, tom):
    first = house.for_you.page(viewer=tom)
    late = stock("late arrival words here", 3)
    assert house.feeds.newer_count("for_you", first.newest, viewer=tom) == 3

    page = house.for_you.page(viewer=tom, newer_than=first.newest)

    assert ids([page])[:3] == late[::-1]
    assert house.feeds.newer_count("for_you", page.newest, viewer=tom) == 0


def test_people_and_residents_can_be_seen_apart(house, town, stock, tom):
    house.db.execute("update pentagram.accounts set kind = 'resident' where name like 'fox%%'")

    assert set(ids(walk(house, tom, kind="residents"))) == set(town[FOXES])
    assert not set(ids(walk(house, tom, kind="people"))) & set(town[FOXES])
    with pytest.raises(NotFound):
        house.for_you.page(viewer=tom, kind="robots")


@pytest.mark.parametrize("cursor", ["", "1", "x" * 36, "'; drop table posts", "\x00"])
def test_a_malformed_cursor_is_not_found(house, tom, cursor):
    with pytest.raises(NotFound):
        house.for_you.page(viewer=tom, after=cursor)


def test_anothers_walk_is_none_of_ones_own(house, town, tom, mira):
    first = house.for_you.page(viewer=mira)

    begun_anew = house.for_you.page(viewer=tom, after=first.next)

    assert begun_anew.next != house.for_you.page(viewer=mira, after=first.next).next
    assert len(begun_anew.items) == PAGE


# Reasons --------------------------------------------------------------------------------------------------------------


def test_each_post_says_why_it_is_there(house, town, tom):
    like(house, tom, town[FOXES][:5])

    page = house.for_you.page(viewer=tom)

    foxes = [page.reasons[post.id] for post in page.items if post.id in town[FOXES]]
    assert all(said.startswith("Because you liked “fox snow forest fur") for said in foxes)
    others = {page.reasons[post.id] for post in page.items if post.id not in town[FOXES]}
    assert others <= {"New here", "Popular now", "Many people love it", "A surprise"}


def test_a_reason_never_tells_what_its_author_keeps_or_took_away(house, town, tom):
    like(house, tom, town[FOXES][:1])
    first = house.for_you.page(viewer=tom)
    assert any("“fox" in said for said in first.reasons.values())

    house.db.execute("update pentagram.posts set deleted_at = now() where id = %(id)s", id=town[FOXES][0])

    second = house.for_you.page(viewer=tom, after=first.next)
    assert not any("“fox" in said for said in second.reasons.values())
    assert "Like what you like" in second.reasons.values()


def test_what_those_one_follows_like_and_what_people_of_ones_taste_like_is_said(house, town, tom, mira, person):
    house.people.follow("mira", by=tom)
    like(house, mira, town[BOATS][:6])
    for number in range(6):
        fan = person(f"fan{number}")
        like(house, fan, [town[FOXES][0], town[TOWERS][1]])
    house.training.weigh_likes()
    like(house, tom, town[FOXES][:1])

    said = {text for page in walk(house, tom) for text in page.reasons.values()}

    assert said >= {"Popular with people you follow", "People with your taste liked it"}


# The log, and learning from it ----------------------------------------------------------------------------------------


def test_what_is_shown_is_logged_with_its_place_features_and_how_likely_it_was(house, town, tom):
    page = house.for_you.page(viewer=tom)
    house.posts.like(page.items[2].id, by=tom)
    house.posts.like(page.items[3].id, by=tom)
    house.posts.unlike(page.items[3].id, by=tom)

    rows = house.db.rows(
        _Logged,
        """select post_id, position, probability, cardinality(features) as features, cardinality(ways) as ways,
          cardinality(expected) as expected, outcome from pentagram.impressions order by position""",
    )
    assert [row.post_id for row in rows] == ids([page])
    assert [row.position for row in rows] == list(range(PAGE))
    assert all(0 < row.probability <= 1 and (row.features, row.ways, row.expected) == (16, 6, 7) for row in rows)
    assert [row.outcome for row in rows] == [["like"] if row.position == 2 else [] for row in rows]


class _Logged:
    def __init__(self, **columns):
        self.__dict__.update(columns)


def test_what_hardly_any_way_would_have_put_there_is_logged_like_the_rest(house, town, tom):
    house.for_you.page(viewer=tom)
    unlikely = Pick(0, town[FOXES][0], 1e-60, (0.0,) * len(FEATURES), False, (1e-54,) * len(WAYS), (1e-320, 0.5))

    with house.db.transaction() as tx:
        walk = tx.value("select id from pentagram.served where account_id = %(tom)s", tom=tom.id)
        shown.log_page(tx, walk, 500, [unlikely], account=tom.id, visitor=None)

    logged = "select ways from pentagram.impressions where served_id = %(walk)s and position = 500"
    assert house.db.value(logged, walk=walk) == [0.0] * len(WAYS)


def test_the_weights_learn_from_what_was_shown_and_pages_go_by_them(house, town, tom):
    for _ in range(4):
        page = house.for_you.page(viewer=tom, limit=20)
        for post in page.items[:3]:
            house.posts.like(post.id, by=tom)
    before = read_weights(house.db)["like"]
    house.db.execute("update pentagram.impressions set shown_at = shown_at - interval '1 hour'")

    for _ in range(2):
        house.training.learn_from_shown()

    after = read_weights(house.db)["like"]
    assert not np.allclose(before.mean, after.mean)
    assert np.trace(after.precision) > np.trace(before.precision)
    assert house.db.value("select sum(views) from pentagram.exposures") == 80
    assert house.db.value("select sum(views) from pentagram.maker_exposures") == 80


def test_one_person_and_many_new_accounts_teach_the_shared_weights_no_more_than_their_part(house, town, person):
    """However much they look at and like; what they were shown counts as seen all the same."""
    logged = """insert into pentagram.impressions
        (account_id, post_id, surface, policy, position, probability, features, outcome, shown_at)
      select a.id, %(post)s, 'for_you', 'ours-1', 0, 1, array_fill(0.5::real, array[16]), '{like}',
        now() - interval '1 hour'
      from pentagram.accounts a cross join generate_series(1, %(times)s) where a.name ~ %(who)s"""

    def learned_from(times, who):
        house.db.execute("delete from pentagram.weights")
        house.db.execute(logged, post=town[FOXES][0], times=times, who=who)
        house.training.learn_from_shown()
        return read_weights(house.db)["like"].precision

    person("old")
    house.db.execute("update pentagram.accounts set created_at = now() - interval '30 days' where name = 'old'")
    assert np.allclose(learned_from(60, "^old$"), learned_from(900, "^old$"))

    for number in range(12):
        person(f"new{number}")
    assert np.allclose(learned_from(20, "^new"), learned_from(60, "^new"))
    assert house.db.value("select sum(views) from pentagram.exposures") == 60 + 900 + 240 + 720


def test_what_was_shown_a_moment_ago_is_not_learned_from_yet(house, town, tom):
    house.for_you.page(viewer=tom)
    house.training.learn_from_shown()

    assert house.db.value("select count(*) from pentagram.weights") == 0


def test_likes_go_together_once_a_person_however_often_they_are_taken_back(house, town, tom):
    one, two = town[FOXES][0], town[TOWERS][0]
    for _ in range(4):
        for post in (one, two):
            house.posts.like(post, by=tom)
        house.training.weigh_likes()
        for post in (one, two):
            house.posts.unlike(post, by=tom)
        house.training.weigh_likes()

    weights = house.db.values("select weight + young_weight from pentagram.together")
    assert len(weights) == 2
    assert max(weights) <= 1


def test_a_thousand_new_accounts_that_like_one_post_change_little(house, town, tom, person):
    pushed, loved = town[BOATS][0], town[BOATS][1]
    house.db.execute(
        """insert into pentagram.accounts (name, display_name, created_at)
        select 'old' || n, 'Old', now() - interval '90 days' from generate_series(1, 12) n"""
    )
    house.db.execute(
        "insert into pentagram.accounts (name, display_name) select 'new' || n, 'New' from generate_series(1, 1000) n"
    )
    liked = """insert into pentagram.likes (post_id, account_id)
      select unnest(%(posts)s::uuid[]), id from pentagram.accounts where name ~ %(who)s"""
    house.db.execute(liked, posts=[pushed, town[FOXES][0]], who="^new[0-9]+$")
    house.db.execute(liked, posts=[loved, town[FOXES][1]], who="^old[0-9]+$")
    house.training.weigh_likes()
    like(house, tom, town[FOXES][:2])

    with house.db.transaction() as tx:
        tx.use_vectors()
        asked, space = candidates.Asked(tom.id, "everyone", []), house.spaces.serving(tx)
        interests = memory.held(tx, tom.id, space)
        pool = candidates.find(tx, asked, space, interests, interests)
    counted = dict(zip(pool.ids, pool.counted_likes, strict=True))
    together = dict(zip(pool.ids, pool.together, strict=True))

    assert counted[pushed] <= 10
    assert counted[loved] == 12
    assert together[pushed] <= 0.5 < together[loved]


# Bad input and faults -------------------------------------------------------------------------------------------------


def test_one_like_turns_the_next_page_and_does_not_fill_it(house, town, tom):
    first = house.for_you.page(viewer=tom)
    like(house, tom, town[FOXES][:1])

    shown = kinds(town, house.for_you.page(viewer=tom, after=first.next, limit=2 * PAGE))

    assert PAGE <= shown[FOXES] < 2 * PAGE


def test_who_likes_all_there_is_gets_that_again(house, stock, tom):
    posts = stock(FOXES, 5)
    like(house, tom, posts)

    page = house.for_you.page(viewer=tom)

    assert (set(ids([page])), page.repeats_from) == (set(posts), page.items[0].id)


def test_who_likes_everything_or_anything_still_gets_a_mixed_page(house, town, tom):
    like(house, tom, [post for posts in town.values() for post in posts[:15]])

    page = house.for_you.page(viewer=tom)

    assert len(kinds(town, page)) == 3
    assert len(learned(house, tom)) <= 12


def test_who_has_hidden_everything_gets_an_empty_page_and_no_fault(house, stock, tom, caplog):
    for post in stock(FOXES, 5):
        house.posts.hide(post, by=tom)

    page = house.for_you.page(viewer=tom)

    assert (page.items, page.next) == ([], None)
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_deleted_posts_in_ones_history_are_no_fault(house, town, tom):
    like(house, tom, town[FOXES][:5])
    house.db.execute("delete from pentagram.posts where id = any(%(ids)s)", ids=town[FOXES][:5])

    page = house.for_you.page(viewer=tom)

    assert kinds(town, page)[FOXES] >= PAGE // 2
    house.training.weigh_likes()


def test_a_job_that_is_behind_changes_nothing_but_what_is_known(house, town, tom, caplog):
    for post in town[BOATS][:3]:
        house.posts.like(post, by=tom)
    house.db.execute("update pentagram.impressions set shown_at = now() - interval '1 hour'")

    pages = walk(house, tom)

    assert set(ids(pages)) == {post for posts in town.values() for post in posts}
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


class OtherVectors(WordVectors):
    """Another model: the same words point elsewhere, and it has fewer dimensions."""

    model = "other words in common"

    def about(self):
        return About(self.model, "1", 96)

    def of(self, texts):
        folded = np.array(super().of([text[::-1] for text in texts])).reshape(len(texts), 96, 4).sum(axis=2)
        return (folded / np.linalg.norm(folded, axis=1, keepdims=True)).tolist()


def test_after_a_new_model_interests_are_learned_anew_and_the_feed_serves_meanwhile(house, build, town, tom):
    like(house, tom, town[FOXES][:5])
    newer = build(embeddings=OtherVectors())
    newer.spaces._older = lambda _: WordVectors()
    newer.reader.fill_space()

    page = newer.for_you.page(viewer=tom)
    assert len(page.items) == PAGE
    assert not any(said.startswith("Because") for said in page.reasons.values())
    newer.worker.run_until_idle()

    then = newer.for_you.page(viewer=tom, after=page.next)
    assert kinds(town, then)[FOXES] >= PAGE // 2
    assert any(said.startswith("Because you liked") for said in then.reasons.values())


def test_where_choosing_goes_wrong_what_is_newest_is_served_and_one_can_go_on(house, town, tom, caplog):
    first = house.for_you.page(viewer=tom)
    house.db.execute("drop table pentagram.exposures")

    page = house.for_you.page(viewer=tom, after=first.next)
    more = house.for_you.page(viewer=tom, after=page.next)

    assert ids([page, more]) == ids([house.feeds.page("fresh", viewer=tom, limit=2 * PAGE)])
    assert "For you shows what is newest instead." in caplog.text


def test_posts_that_were_not_read_yet_are_shown_as_well(house, tom, mira, paint):
    posts = [
        house.posts.publish([paint(mira, f"unread {n}").creations[0].id], by=mira, token=f"press-{n}-post").id
        for n in range(3)
    ]
    house.db.execute("delete from pentagram.post_vectors")

    assert set(ids([house.for_you.page(viewer=tom)])) == set(posts)


def test_what_nobody_needs_any_more_is_swept(house, town, tom):
    house.for_you.page(viewer=tom)
    house.db.execute("update pentagram.impressions set shown_at = now() - interval '91 days'")
    house.db.execute("update pentagram.served set made_at = now() - interval '3 days'")

    house.training.sweep()

    assert house.db.value("select count(*) from pentagram.impressions") == 0
    assert house.db.value("select count(*) from pentagram.served") == 0


# Speed ----------------------------------------------------------------------------------------------------------------

SERVED_BY = {
    "together": "together_best",
    "followed": "posts_following",
    "friends": "likes_account_id_created_at_idx",
    "trending": "posts_trending",
    "loved": "posts_liked",
    "fresh": "posts_fresh",
    "residents": "posts_trending_kind",
    "random": "posts_fresh",
}


@pytest.mark.parametrize("source", candidates.QUERIES)
def test_every_source_is_read_from_its_index_and_no_whole_table_is(database, source):
    """Asked of a planner that would rather not read a whole table: where it still does, nothing else would do."""
    asked = candidates.Asked(uuid.uuid4(), "everyone", [uuid.uuid4()])
    given = asked.parameters | {"liked": [uuid.uuid4()]}
    with psycopg.connect(database) as connection:
        for way in ("seqscan", "bitmapscan"):
            connection.execute(f"set local enable_{way} = off")
        if source == "residents":
            # In an empty table it is as good as the one for a kind.
            connection.execute("drop index pentagram.posts_trending")
        plan = explained(connection, asked.of_kind(candidates.QUERIES[source]), given)

    assert f"using {SERVED_BY[source]} on" in plan
    assert "Seq Scan" not in plan


def test_the_nearest_come_from_the_index_of_their_space(house, database, town):
    space = house.spaces.serving(house.db)
    asked = candidates.Asked(uuid.uuid4(), "everyone", [])
    with psycopg.connect(database) as connection:
        connection.execute("set local search_path = pentagram, extensions, public")
        for way in ("seqscan", "bitmapscan", "sort"):
            connection.execute(f"set local enable_{way} = off")
        given = asked.parameters | {"centres": [str([0.1] * space.dimensions)] * 3}
        plan = explained(connection, candidates.near(space, asked), given)
        connection.execute("set local enable_sort = on")
        of_a_small_house = explained(connection, candidates.near(space, asked), given)

    assert f"using post_vectors_of_{space.id} on" in plan
    assert f"using post_vectors_of_{space.id} on" in of_a_small_house
