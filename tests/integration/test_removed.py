"""Nothing shows what a moderator removed: each way out that there is, before and after."""

from __future__ import annotations

import json
import uuid
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from routes import MIDDLEWARE, ROUTES
from services import bootstrap
from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.community.comments import Comment
from services.community.posts import Post
from services.errors import NotAllowed, NotFound, UserError
from services.safety.rulings import Ruling
from services.studio.studio import Options
from tests.fakes.clock import FakeClock

PROMPT, CAPTION, TAG, REMARK = "a quokka in a teacup", "Zanzibar at dawn.", "marsupial", "Xylophones"
MINUTES = 60


@pytest.fixture
def clock():
    """By the database's time: that is when something is removed."""
    return FakeClock(datetime.now(UTC))


@pytest.fixture
def house(build, clock):
    return build(clock=clock)


@dataclass(frozen=True)
class Scene:
    """A post of mira's and a remark of tom's below it, with everything that leads to them."""

    house: Pentagram
    web: TestClient
    mira: Account
    tom: Account
    ada: Account
    post: Post
    remix: Post
    board: uuid.UUID
    remark: Comment
    answered: Comment

    def remove(self, **thing) -> None:
        self.house.people.report(by=self.ada, reason="other", **thing)
        [case] = self.house.moderation.queue.page(by=self.ada).items
        self.house.moderation.decisions.decide(case.id, Ruling("remove", "other", "It breaks a rule."), by=self.ada)

    def bring_back(self) -> None:
        [decision, *_] = self.house.moderation.records.log(by=self.ada).items
        self.house.moderation.decisions.take_back(decision.id, "A mistake.", by=self.ada)


@pytest.fixture
def scene(house, person, paint):
    mira, tom = person("mira"), person("tom")
    person("ada")
    ada = house.accounts.set_role("ada", "admin")
    house.people.follow("mira", by=tom)
    house.searches.save("quokka", by=tom)
    picture = paint(mira, PROMPT).creations[0]
    post = house.posts.publish(
        [picture.id], by=mira, token="press-post", caption=f"{CAPTION} @tom", tags=[TAG],
    )  # fmt: skip
    house.accounts.show_as(mira, picture.id)
    house.worker.run_until_idle()
    board = house.collections.create("Best", by=tom, token="press-board", is_public=True)
    house.collections.save(post.id, by=tom, collection_id=board.id)
    house.posts.like(post.id, by=tom)
    remix = house.posts.publish(
        [paint(tom, "a wombat in a pot", seed=9).creations[0].id], by=tom, token="press-remix", remix_of=post.id
    )
    answered = house.comments.write(remix.id, "Where is that?", by=mira, token="press-ask")
    remark = house.comments.write(remix.id, f"{REMARK} @ada", by=tom, token="press-say", parent_id=answered.id)
    house.worker.run_until_idle()
    bootstrap.use(house)
    web = TestClient(Starlette(routes=ROUTES, middleware=MIDDLEWARE), raise_server_exceptions=False)
    yield Scene(house, web, mira, tom, ada, post, remix, board.id, remark, answered)
    bootstrap.use(None)


def page(path):
    return lambda scene: scene.web.get(path.format(post=scene.post, key=scene.post.thumbnail_key)).text


def file(scene):
    """The very file, by the address that needs no signature."""
    answer = scene.web.get(f"/i/{scene.post.thumbnail_key}")
    return PROMPT if answer.status_code == 200 else ""


def feed(tab):
    return lambda scene: scene.house.feeds.page(tab, viewer=scene.tom)


def picture_of(scene):
    return scene.house.storage.get(scene.post.picture_key)


def exported(scene, by):
    export = scene.house.exporting.begin(by=by)
    scene.house.worker.run_until_idle()
    with scene.house.exporting.open(export.id, by=by) as archive:
        return json.loads(zipfile.ZipFile(archive).read("account.json"))


# What a stranger or a friend is shown of the post, by each way.
WAYS = {
    "/p/": page("/p/{post.id}"),
    "/embed/": page("/embed/{post.id}"),
    "/oembed": page("/oembed?url=http://testserver/p/{post.id}"),
    "/u/.atom": page("/u/mira.atom"),
    "/tag/.atom": page(f"/tag/{TAG}.atom"),
    "/i/": file,
    "post": lambda it: it.house.posts.get(it.post.id, viewer=it.tom),
    "pictures": lambda it: it.house.posts.pictures(it.post.id, viewer=it.tom),
    "recipe": lambda it: it.house.posts.recipe(it.post.id, viewer=it.tom),
    "tree of remixes": lambda it: it.house.posts.lineage(it.remix.id, viewer=it.tom),
    "feed, for you": feed("for_you"),
    "feed, fresh": feed("fresh"),
    "feed, following": feed("following"),
    "feed, trending": feed("trending"),
    "profile's posts": lambda it: it.house.feeds.of_account(it.mira.id, viewer=it.tom),
    "profile's face": lambda it: it.house.people.profile("mira", viewer=it.tom),
    "tag": lambda it: it.house.feeds.tagged(TAG, viewer=it.tom),
    "search by words": lambda it: it.house.search.find(f'"{PROMPT}"', viewer=it.tom, mode="words").posts,
    "search by meaning": lambda it: it.house.search.find(PROMPT, viewer=None).posts,
    "more like another": lambda it: it.house.search.like(it.remix.id, viewer=it.tom),
    "search by a picture": lambda it: it.house.search.by_file(picture_of(it), viewer=it.tom).same,
    "board": lambda it: it.house.collections.posts(it.board, viewer=it.tom),
    "board's cover": lambda it: it.house.collections.get(it.board, viewer=None),
    "boards of a profile": lambda it: it.house.collections.of("tom", viewer=None),
    "one's own boards": lambda it: it.house.collections.mine(by=it.tom),
    "people by name": lambda it: it.house.people.named_like("mir", viewer=it.tom),
    "notifications": lambda it: it.house.notifications.page(by=it.tom),
}  # fmt: skip


FACES = {"profile's face", "people by name"}


def shown(scene, way):
    try:
        told = repr(way(scene))
    except NotFound:
        return False
    marks = (PROMPT, CAPTION, scene.post.picture_key, scene.post.thumbnail_key)
    return any(mark in told for mark in marks)


@pytest.mark.parametrize("name", WAYS)
def test_no_way_shows_a_removed_post_and_each_does_again_when_it_is_back(scene, name):
    before = shown(scene, WAYS[name])
    scene.remove(post_id=scene.post.id)
    removed = shown(scene, WAYS[name])
    scene.bring_back()
    back = shown(scene, WAYS[name])

    # Who looks at it decided nothing about a face: that is put on again by whose it is.
    assert (before, removed, back) == (True, False, name not in FACES)


SAID = {
    "thread": lambda it: it.house.comments.threads(it.remix.id, viewer=it.mira),
    "answers": lambda it: it.house.comments.replies(it.answered.id, viewer=it.mira),
    "notifications of whom it answers": lambda it: it.house.notifications.page(by=it.mira),
    "notifications of whom it mentions": lambda it: it.house.notifications.page(by=it.ada),
    "its author's own thread": lambda it: it.house.comments.threads(it.remix.id, viewer=it.tom),
}


@pytest.mark.parametrize("name", SAID)
def test_no_way_shows_a_removed_comment_and_each_does_again_when_it_is_back(scene, name):
    def is_said():
        return REMARK in repr(SAID[name](scene))

    before = is_said()
    scene.remove(comment_id=scene.remark.id)
    removed = is_said()
    scene.bring_back()

    assert (before, removed, is_said()) == (True, False, True)


def test_links_that_were_handed_out_before_open_no_removed_picture_and_its_maker_gets_new_ones(scene, clock):
    [link] = scene.house.storage.links([scene.post.picture_key]).values()
    assert scene.web.get(link).status_code == 200

    scene.remove(post_id=scene.post.id)
    assert scene.web.get(link).status_code == 404
    assert scene.web.get(link, headers={"if-none-match": "*"}).status_code == 404

    clock.advance(80 * MINUTES)
    [fresh] = scene.house.storage.links([scene.post.picture_key]).values()
    assert scene.web.get(fresh).status_code == 200


def test_a_picture_that_stands_in_another_post_still_opens(scene):
    scene.house.posts.publish([scene.post.creation_id], by=scene.mira, token="press-again")
    [link] = scene.house.storage.links([scene.post.picture_key]).values()

    scene.remove(post_id=scene.post.id)

    assert scene.web.get(link).status_code == 200


def test_nothing_is_looked_for_by_a_removed_post(scene):
    scene.remove(post_id=scene.post.id)

    assert scene.house.search.like(scene.post.id, viewer=scene.tom) == []
    assert scene.house.search.duplicates(scene.post.id, viewer=scene.tom) == []


def test_nobody_goes_on_from_a_removed_picture(scene):
    def remix():
        options = Options(256, 256, source_id=scene.post.creation_id)
        return scene.house.studio.request("a koala", options, by=scene.tom, token=uuid.uuid4().hex)

    scene.house.db.execute(
        "update pentagram.requests set source_id = %(source)s where account_id = %(tom)s",
        source=scene.post.creation_id, tom=scene.tom.id,
    )  # fmt: skip
    assert scene.house.studio.mine(by=scene.tom)[0].start_key == scene.post.picture_key

    scene.remove(post_id=scene.post.id)

    assert scene.house.studio.mine(by=scene.tom)[0].start_key is None
    with pytest.raises(UserError):
        remix()


def test_its_maker_sees_it_marked_and_neither_posts_nor_wears_nor_changes_it(scene):
    scene.remove(post_id=scene.post.id)

    own = scene.house.posts.get(scene.post.id, viewer=scene.mira)
    assert own.removed
    with pytest.raises(NotAllowed):
        scene.house.posts.publish([own.creation_id], by=scene.mira, token="press-again")
    with pytest.raises(NotAllowed):
        scene.house.posts.edit(
            own.id, by=scene.mira, caption="Other words", tags=[], visibility="public", takes_comments=True,
            shows_prompt=True, seen=None,
        )  # fmt: skip
    with pytest.raises(UserError):
        scene.house.accounts.show_as(scene.mira, own.creation_id)
    assert scene.house.accounts.wearable(scene.mira).items == []


def test_ones_own_archive_holds_what_was_removed_and_says_so_and_that_of_others_does_not(scene):
    scene.remove(post_id=scene.post.id)
    scene.remove(comment_id=scene.remark.id)

    mine, theirs = exported(scene, scene.mira), exported(scene, scene.tom)

    assert [(post["caption"], post["removed"]) for post in mine["posts"]] == [(f"{CAPTION} @tom", True)]
    assert CAPTION not in json.dumps(theirs)
    assert PROMPT not in json.dumps(theirs)
    assert [(comment["body"], comment["removed"]) for comment in theirs["comments"]] == [(f"{REMARK} @ada", True)]
    assert REMARK not in json.dumps(mine)


def test_a_removed_collection_is_for_its_owner_alone(scene):
    scene.remove(collection_id=scene.board)

    assert "Best" not in repr(scene.house.collections.of("tom", viewer=scene.mira))
    with pytest.raises(NotFound):
        scene.house.collections.posts(scene.board, viewer=scene.mira)
    assert scene.house.collections.get(scene.board, viewer=scene.tom).removed


def test_a_saved_search_tells_nobody_of_what_was_removed_before_it_was_read(scene, paint):
    post = scene.house.posts.publish(
        [paint(scene.mira, "a quokka on a boat", seed=11).creations[0].id], by=scene.mira, token="press-two"
    )
    scene.remove(post_id=post.id)
    scene.house.worker.run_until_idle()

    assert post.thumbnail_key not in repr(scene.house.notifications.page(by=scene.tom))
