"""Posts: who sees what, what may be done with it, and what is kept of it."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from services.community.posts import LONGEST_CAPTION, Posts, mentions
from services.errors import NotFound, UserError
from services.safety.prompts import PromptGate
from services.studio.bare import BareCopies
from services.studio.studio import Options
from tests.fakes.teller import Listener


@pytest.fixture
def publish(house, mira, paint):
    def do(*, by=mira, count=1, **options):
        pictures = [creation.id for creation in paint(by, count=count).creations]
        return house.posts.publish(pictures, by=by, token=uuid.uuid4().hex, **options)

    return do


@pytest.fixture
def edit(house, mira):
    """Saves the form of a post as it was opened, with what is given changed."""

    def do(post, *, by=mira, **changes):
        said = {name: getattr(post, name) for name in ("caption", "tags", "visibility", "takes_comments")}
        said |= {"shows_prompt": post.shows_prompt, "seen": post.edited_at}
        return house.posts.edit(post.id, by=by, **said | changes)

    return do


def posts_telling(house, listener):
    return Posts(house.db, PromptGate(), BareCopies(house.db, house.storage, house.jobs, None), listener)


def all_at_once(actions):
    """Run each in a thread; what they raised."""
    with ThreadPoolExecutor(len(actions)) as threads:
        done = [threads.submit(action) for action in actions]
    return [error for each in done if (error := each.exception())]


# Publishing ----------------------------------------------------------------------------------------------------------


def test_only_ones_own_finished_pictures_are_posted(house, mira, tom, paint):
    theirs = paint(tom).creations[0]
    unfinished = house.studio.request("a boat", Options(256, 256), by=mira, token="press-one").creations[0]

    for creation in (theirs, unfinished):
        with pytest.raises(UserError, match="Only your own, finished pictures"):
            house.posts.publish([creation.id], by=mira, token=uuid.uuid4().hex)
    assert house.db.value("select count(*) from pentagram.posts") == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"visibility": "everybody"}, {"caption": "x" * (LONGEST_CAPTION + 1)}, {"token": "x"}, {"pictures": 0},
        {"tags": ["two words!"]}, {"alts": ["x" * 2201]}, {"alts": ["one", "two"]}, {"caption": "kill yourself"},
        {"alts": ["kill yourself"]}, {"remix_of": "x"},
    ],
)  # fmt: skip
def test_a_post_of_anything_else_is_refused_and_nothing_changes(house, mira, paint, wrong):
    pictures = [paint(mira).creations[0].id][: wrong.pop("pictures", 1)]

    with pytest.raises(UserError):
        house.posts.publish(pictures, by=mira, **{"token": uuid.uuid4().hex} | wrong)
    assert house.db.value("select count(*) from pentagram.posts") == 0


def test_a_post_shows_several_pictures_in_the_order_given_and_none_twice(house, mira, paint):
    creations = [creation.id for creation in paint(mira, count=3).creations]

    post = house.posts.publish(creations[::-1], by=mira, token="press-one")

    shown = house.posts.pictures(post.id, viewer=None)
    assert [(picture.position, picture.creation_id) for picture in shown] == list(enumerate(creations[::-1]))
    assert (post.picture_count, post.creation_id) == (3, creations[2])
    with pytest.raises(UserError):
        house.posts.publish([creations[0], creations[0]], by=mira, token="press-two")


def test_eleven_pictures_are_too_many(house, mira, paint):
    creations = [creation.id for seed in (1, 2, 3) for creation in paint(mira, count=4, seed=seed).creations]

    assert house.posts.publish(creations[:10], by=mira, token="press-one").picture_count == 10
    with pytest.raises(UserError, match="1 to 10"):
        house.posts.publish(creations[:11], by=mira, token="press-two")


def test_the_same_press_is_one_post_and_is_told_once(house, mira, tom, paint):
    listener = Listener()
    posts = posts_telling(house, listener)
    original = posts.publish([paint(tom).creations[0].id], by=tom, token="press-tom")
    pictures = [paint(mira).creations[0].id]

    def press():
        return posts.publish(pictures, by=mira, token="press-one", caption="With @tom", remix_of=original.id)

    assert all_at_once([press] * 6) == []
    assert listener.heard == [("remixed", original.id, "mira"), ("mentioned", press().id, "tom")]
    assert house.posts.get(original.id, viewer=None).remix_count == 1


def test_typed_markup_is_kept_as_it_was_typed(house, publish):
    typed = "<script>x</script> **bold** ![](https://x) :red[y] :material/home: [z](javascript:z) $a$"
    post = publish(caption=typed, alts=[typed])

    assert (post.caption, post.alt) == (typed, typed)


# Seeing --------------------------------------------------------------------------------------------------------------

SEEN_BY = {
    "public": {"visitor", "stranger", "follower", "owner"},
    "unlisted": {"visitor", "stranger", "follower", "owner"},
    "followers": {"follower", "owner"},
    "private": {"owner"},
}


@pytest.mark.parametrize("visibility", SEEN_BY)
def test_a_post_is_seen_by_those_it_is_for_and_does_not_exist_for_others(house, publish, mira, tom, person, visibility):
    fan = person("fan")
    house.db.execute("insert into pentagram.follows values (%(a)s, %(b)s)", a=fan.id, b=mira.id)
    post = publish(visibility=visibility)
    viewers = {"visitor": None, "stranger": tom, "follower": fan, "owner": mira}

    for role, viewer in viewers.items():
        if role in SEEN_BY[visibility]:
            assert house.posts.get(post.id, viewer=viewer).id == post.id
        else:
            with pytest.raises(NotFound):
                house.posts.get(post.id, viewer=viewer)


def test_a_hidden_prompt_is_told_nowhere(house, publish, mira, tom):
    post = publish(shows_prompt=False)
    [picture] = house.posts.pictures(post.id, viewer=tom)
    recipe = house.posts.recipe(post.id, viewer=tom)
    tree = house.posts.lineage(post.id, viewer=tom)

    assert (post.prompt, recipe.prompt, recipe.negative) == (None, None, "")
    assert {post.alt, picture.alt, tree.post.alt} == {"A picture prompted by mira"}
    assert house.posts.recipe(post.id, viewer=mira).prompt == "a red fox in the snow"


def test_a_recipe_has_what_paints_the_picture_again(house, mira, paint):
    request = house.studio.request(
        "a boat", Options(256, 320, seed=7, count=2, style="ink"), by=mira, token="press-one"
    )  # fmt: skip
    house.worker.run_until_idle()
    pictures = [creation.id for creation in request.creations]
    post = house.posts.publish(pictures, by=mira, token="press-two")

    recipe = house.posts.recipe(post.id, viewer=None, position=1)

    assert (recipe.prompt, recipe.style, recipe.width, recipe.height, recipe.seed) == ("a boat", "ink", 256, 320, 8)
    assert (recipe.creation_id, recipe.engine, recipe.guidance) == (pictures[1], "painter", None)
    with pytest.raises(NotFound):
        house.posts.recipe(post.id, viewer=None, position=2)


def test_a_picture_is_described_by_its_prompt_until_somebody_does_better(house, publish, edit, mira):
    post = publish(count=2, alts=["", "A fox looks at you"])

    alts = [picture.alt for picture in house.posts.pictures(post.id, viewer=None)]
    assert alts == ["“a red fox in the snow”, prompted by mira", "A fox looks at you"]
    edit(post, alts=["Snow"])
    alts = [picture.alt for picture in house.posts.pictures(post.id, viewer=None)]
    assert alts == ["Snow", "“a red fox in the snow”, prompted by mira"]


def test_a_description_that_was_only_handed_back_does_not_outlive_the_prompt(publish, edit):
    post = publish()
    post = edit(post, caption="Look", alts=[post.alt])

    assert edit(post, shows_prompt=False).alt == "A picture prompted by mira"


# Editing -------------------------------------------------------------------------------------------------------------


def test_an_edited_post_says_the_new_and_keeps_the_old_for_its_author(house, publish, edit, mira, tom):
    post = publish(caption="One", tags=["Fox"])
    edited = edit(post, caption="Two", tags=["snow", "fox"])
    edited = edit(edited, visibility="followers", takes_comments=False)

    assert (edited.caption, edited.tags, edited.visibility) == ("Two", ["snow", "fox"], "followers")
    assert not edited.takes_comments
    kept = [(each.caption, each.tags, each.visibility) for each in house.posts.edits(post.id, by=mira)]
    assert kept == [("Two", ["snow", "fox"], "public"), ("One", ["fox"], "public")]
    assert house.posts.edits(post.id, by=mira)[0].edited_at == edited.edited_at
    with pytest.raises(NotFound):
        house.posts.edits(post.id, by=tom)


def test_of_two_tabs_the_later_save_is_told_and_changes_nothing(house, publish, edit, mira):
    post = publish(caption="One", alts=["First"])
    edit(post, caption="From the first tab")

    with pytest.raises(UserError, match="changed in another tab"):
        edit(post, caption="From the second tab", alts=["Second"])

    now = house.posts.get(post.id, viewer=mira)
    assert (now.caption, now.alt) == ("From the first tab", "First")
    assert len(house.posts.edits(post.id, by=mira)) == 1


def test_two_saves_at_the_same_moment_are_one_save_and_one_told(house, publish, edit, mira):
    post = publish(caption="One")

    errors = all_at_once([lambda number=number: edit(post, caption=f"Tab {number}") for number in range(6)])

    assert [type(error) for error in errors] == [UserError] * 5
    assert [each.caption for each in house.posts.edits(post.id, by=mira)] == ["One"]


def test_the_same_save_twice_is_one_edit(house, publish, edit, mira):
    post = publish(caption="One")

    first = edit(post, caption="Two")

    assert edit(post, caption="Two") == first
    assert len(house.posts.edits(post.id, by=mira)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"caption": "x" * (LONGEST_CAPTION + 1)}, {"caption": "kill yourself"}, {"tags": ["kill_yourself"]},
        {"visibility": "everybody"}, {"alts": ["kill yourself"]}, {"tags": [f"tag{n}" for n in range(13)]},
    ],
)  # fmt: skip
def test_an_edit_to_anything_else_is_refused_and_nothing_changes(house, publish, edit, mira, wrong):
    post = publish(caption="One")

    with pytest.raises(UserError):
        edit(post, **wrong)
    assert house.posts.get(post.id, viewer=mira) == post


def test_descriptions_of_a_picture_that_is_gone_meanwhile_are_not_given_to_another(house, publish, edit, mira):
    post = publish(count=2)
    house.studio.delete(post.creation_id, by=mira, from_posts=True)

    with pytest.raises(UserError, match="changed in another tab"):
        edit(post, alts=["Of the first", "Of the second"])


def test_an_edit_does_not_open_a_picture_that_nobody_looked_at(house, publish, edit, mira):
    post = publish(visibility="private")
    house.db.execute("update pentagram.creations set unchecked = true")

    with pytest.raises(UserError, match="moderator"):
        edit(post, visibility="public")
    assert edit(post, caption="Mine alone").visibility == "private"


def test_an_edit_makes_a_post_sensitive_and_never_the_other_way_round(publish, edit):
    post = edit(publish(), caption="A bloody mess")

    assert post.sensitive
    assert edit(post, caption="Strawberry jam").sensitive


def test_those_who_are_named_only_now_are_told(house, mira, publish, paint):
    listener = Listener()
    posts = posts_telling(house, listener)
    post = publish(caption="With @tom")

    posts.edit(
        post.id, by=mira, caption="With @tom and @ann", tags=[], visibility="public", takes_comments=True,
        shows_prompt=True, seen=None,
    )  # fmt: skip

    assert listener.heard == [("mentioned", post.id, "ann")]


# Taking back ---------------------------------------------------------------------------------------------------------


def test_a_deleted_post_is_gone_for_everybody_until_its_author_wants_it_back(house, publish, mira, tom):
    post = publish(caption="Look")
    house.posts.like(post.id, by=tom)

    with pytest.raises(NotFound):
        house.posts.delete(post.id, by=tom)
    for _ in range(2):
        house.posts.delete(post.id, by=mira)

    for viewer in (None, tom, mira):
        with pytest.raises(NotFound):
            house.posts.get(post.id, viewer=viewer)
    with pytest.raises(NotFound):
        house.posts.restore(post.id, by=tom)
    for _ in range(2):
        assert house.posts.restore(post.id, by=mira).like_count == 1
    assert house.posts.get(post.id, viewer=tom).caption == "Look"


def test_the_picture_of_a_deleted_post_stays_with_its_maker(house, publish, mira):
    house.posts.delete(publish().id, by=mira)

    assert house.studio.mine(by=mira)[0].creations[0].state == "ready"


def test_what_a_moderator_removed_its_author_cannot_bring_back(house, publish, mira, tom):
    post = publish()
    house.db.execute("update pentagram.posts set removed_at = now()")

    house.posts.delete(post.id, by=mira)
    house.posts.restore(post.id, by=mira)

    with pytest.raises(NotFound):
        house.posts.get(post.id, viewer=tom)


def test_a_posted_picture_is_deleted_only_if_that_was_asked(house, publish, mira):
    post = publish()
    creation = house.studio.mine(by=mira)[0].creations[0]

    with pytest.raises(UserError, match="Delete the post first"):
        house.studio.delete(creation.id, by=mira)

    house.posts.delete(post.id, by=mira)
    house.studio.delete(creation.id, by=mira)
    house.worker.run_until_idle()
    assert not house.storage.exists(creation.picture_key)
    assert house.studio.mine(by=mira) == []
    with pytest.raises(NotFound):
        house.posts.restore(post.id, by=mira)


def test_one_can_ask_what_deleting_pictures_would_take_along(house, mira, tom, paint):
    first, second, third = [creation.id for creation in paint(mira, count=3).creations]
    alone = house.posts.publish([first], by=mira, token="press-one")
    three = house.posts.publish([first, second, third], by=mira, token="press-two", caption="Three")
    gone = house.posts.publish([first], by=mira, token="press-three")
    house.posts.delete(gone.id, by=mira)

    held = house.posts.holding([first, third], by=mira)

    assert [(each.post_id, each.held_count, each.picture_count, each.goes) for each in held] == [
        (three.id, 2, 3, False), (alone.id, 1, 1, True),
    ]  # fmt: skip
    assert house.posts.holding([first], by=tom) == []


def test_when_a_picture_is_deleted_the_others_close_up_and_the_last_takes_the_post_along(house, mira, paint):
    creations = [creation.id for creation in paint(mira, count=3).creations]
    post = house.posts.publish(creations, by=mira, token="press-one", alts=["One", "Two", "Three"])

    house.studio.delete(creations[0], by=mira, from_posts=True)
    left = [(each.position, each.alt) for each in house.posts.pictures(post.id, viewer=None)]
    assert left == [(0, "Two"), (1, "Three")]
    assert house.posts.get(post.id, viewer=None).creation_id == creations[1]

    for creation in creations[1:]:
        house.studio.delete(creation, by=mira, from_posts=True)
    with pytest.raises(NotFound):
        house.posts.get(post.id, viewer=mira)


def test_all_pictures_of_a_post_deleted_at_the_same_moment_leave_no_empty_post(house, mira, paint):
    creations = [creation.id for creation in paint(mira, count=4).creations]
    post = house.posts.publish(creations, by=mira, token="press-one")

    errors = all_at_once(
        [lambda each=each: house.studio.delete(each, by=mira, from_posts=True) for each in creations]
    )  # fmt: skip

    assert errors == []
    assert house.db.value("select deleted_at is not null from pentagram.posts where id = %(id)s", id=post.id)


@pytest.mark.parametrize("wrong", ["", "x", "01a1f89d-5130-7b88-905f-10624d5a0f61"])
def test_somebody_elses_or_no_picture_cannot_be_deleted_or_worn(house, mira, tom, paint, wrong):
    theirs = paint(tom).creations[0].id

    for creation_id in (wrong, theirs):
        with pytest.raises(NotFound):
            house.studio.delete(creation_id, by=mira, from_posts=True)
        with pytest.raises((NotFound, UserError)):
            house.accounts.show_as(mira, creation_id)


# Likes ---------------------------------------------------------------------------------------------------------------


def test_fifty_who_like_and_unlike_at_once_are_counted_right(house, publish, person):
    post = publish()
    fans = [person(f"fan{number}") for number in range(50)]

    def waver(number, fan):
        house.posts.like(post.id, by=fan)
        house.posts.unlike(post.id, by=fan)
        if number % 5 == 0:
            house.posts.like(post.id, by=fan)

    errors = all_at_once([lambda number=number, fan=fan: waver(number, fan) for number, fan in enumerate(fans)])

    assert errors == []
    assert house.posts.get(post.id, viewer=None).like_count == 10


def test_one_who_presses_fifty_times_at_once_likes_once(house, publish, tom):
    post = publish()

    assert all_at_once([lambda: house.posts.like(post.id, by=tom)] * 50) == []
    assert house.posts.get(post.id, viewer=tom).like_count == 1
    assert all_at_once([lambda: house.posts.unlike(post.id, by=tom)] * 50) == []
    assert house.posts.get(post.id, viewer=tom).like_count == 0


def test_a_like_is_told_once_and_unliking_what_is_not_liked_is_nothing(house, publish, tom):
    listener = Listener()
    posts = posts_telling(house, listener)
    post = publish()

    assert posts.unlike(post.id, by=tom).like_count == 0
    assert [posts.like(post.id, by=tom).like_count for _ in range(2)] == [1, 1]
    assert listener.heard == [("liked", post.id, "tom")]


def test_what_was_done_stands_when_nobody_can_be_told(house, publish, mira, tom, paint, caplog):
    posts = posts_telling(house, Listener(broken=True))
    original = publish()

    posts.like(original.id, by=tom)
    remix = posts.publish(
        [paint(tom).creations[0].id], by=tom, token="press-tom", caption="After @mira", remix_of=original.id
    )  # fmt: skip

    assert house.posts.get(original.id, viewer=tom).liked
    assert house.posts.get(remix.id, viewer=mira).remix_of == original.id
    assert [record.message for record in caplog.records] == ["What happened stands, but nobody was told of it."] * 3


def test_a_post_that_somebody_saved_anywhere_is_saved_for_them_alone(house, publish, mira, tom):
    post = publish()
    board = house.db.value(
        "insert into pentagram.collections (account_id, title) values (%(by)s, 'Foxes') returning id", by=tom.id
    )
    house.db.execute(
        "insert into pentagram.collection_posts values (%(board)s, %(post)s, 1)", board=board, post=post.id
    )

    assert house.posts.get(post.id, viewer=tom).saved
    assert not house.posts.get(post.id, viewer=mira).saved
    assert not house.posts.get(post.id, viewer=None).saved


# Remixes -------------------------------------------------------------------------------------------------------------


def test_a_tree_of_remixes_has_the_first_ancestor_first_and_the_newest_remix_first(publish, house, tom):
    first = publish()
    second = publish(remix_of=first.id)
    third = publish(remix_of=second.id)
    last = [publish(by=tom, remix_of=third.id) for _ in range(2)]

    tree = house.posts.lineage(third.id, viewer=None)

    assert [each.id for each in tree.ancestors] == [first.id, second.id]
    assert (tree.post.id, tree.post.author, tree.post.remix_count) == (third.id, "mira", 2)
    assert [(each.id, each.author) for each in tree.remixes] == [(last[1].id, "tom"), (last[0].id, "tom")]


@pytest.mark.parametrize("visibility", ["unlisted", "followers", "private"])
def test_a_tree_shows_and_counts_only_what_one_would_find(publish, house, mira, tom, visibility):
    first = publish()
    hidden = publish(remix_of=first.id, visibility=visibility)
    last = publish(remix_of=hidden.id)

    assert [each.id for each in house.posts.lineage(last.id, viewer=tom).ancestors] == [first.id]
    assert house.posts.lineage(first.id, viewer=tom).remixes == []
    assert house.posts.get(first.id, viewer=tom).remix_count == 0
    assert house.posts.get(last.id, viewer=tom).remix_of is None
    assert [each.id for each in house.posts.lineage(first.id, viewer=mira).remixes] == [hidden.id]


def test_a_remix_counts_while_everybody_may_see_it(publish, edit, house, mira):
    first = publish()
    remix = publish(remix_of=first.id)

    def count():
        return house.posts.get(first.id, viewer=None).remix_count

    assert count() == 1
    remix = edit(remix, visibility="private")
    assert count() == 0
    remix = edit(remix, visibility="public")
    house.posts.delete(remix.id, by=mira)
    assert count() == 0
    house.posts.restore(remix.id, by=mira)
    assert count() == 1


def test_remixing_a_post_and_editing_it_at_the_same_moment_stand_in_nobodys_way(house, mira, paint, publish, edit):
    first = publish()
    picture = paint(mira).creations[0].id

    def remix():
        post = house.posts.publish([picture], by=mira, token=uuid.uuid4().hex, remix_of=first.id)
        house.posts.delete(post.id, by=mira)
        house.posts.restore(post.id, by=mira)

    def hide_and_show():
        house.posts.delete(first.id, by=mira)
        with suppress(NotFound):
            house.posts.restore(first.id, by=mira)

    assert all_at_once([remix, hide_and_show] * 8) == []
    counted = house.db.value("select count(*) from pentagram.posts where remix_of = %(id)s", id=first.id)
    assert house.posts.restore(first.id, by=mira).remix_count == counted


def test_what_is_made_from_a_post_that_one_may_not_see_is_posted_without_a_word_of_it(house, publish, tom):
    private = publish(visibility="private")

    post = publish(by=tom, remix_of=private.id)

    assert post.remix_of is None
    assert house.db.value("select remix_of from pentagram.posts where id = %(id)s", id=post.id) is None


# Mentions ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@mira and @Tom.", ["mira", "tom"]), ("(@old_tam), @juno.orbits!", ["old_tam", "juno.orbits"]),
        ("@mira @mira @MIRA", ["mira"]), ("mail me at tom@mira.example", []), ("@ab @", []), ("@@mira", []),
        ("@" + "x" * 31, []), ("https://site.example/@mira", []), ("nothing", []), ("@mira…", ["mira"]),
        (" ".join(f"@fan{n}" for n in range(100, 200)), [f"fan{n}" for n in range(100, 120)]),
    ],
)  # fmt: skip
def test_names_after_an_at_sign_are_mentions(text, names):
    assert mentions(text) == names
