"""Who may do what: every action of the community on every visibility, tried by everybody there is."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

import pytest

from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.community.comments import Comment
from services.community.posts import Post
from services.errors import NotFound, UserError

ROLES = ("visitor", "stranger", "follower", "blocked", "blocker", "moderator", "owner")
"""`blocked` by the owner while following them; `blocker` blocked the owner."""
SEEN_BY = {
    "public": {"visitor", "stranger", "follower", "moderator", "owner"},
    "unlisted": {"visitor", "stranger", "follower", "moderator", "owner"},
    "followers": {"follower", "owner"},
    "private": {"owner"},
}
FOUND_BY = SEEN_BY | {"unlisted": {"owner"}}
"""Where one comes upon it without its link."""


@dataclass(frozen=True)
class Scene:
    """A post by the owner with a comment and an answer of theirs, and somebody who comes along."""

    house: Pentagram
    post: Post
    comment: Comment
    picture: uuid.UUID
    owner: Account
    viewer: Account | None

    @property
    def by(self) -> Account:
        assert self.viewer is not None
        return self.viewer


Action = Callable[[Scene], object]


def edited(scene: Scene) -> object:
    return scene.house.posts.edit(
        scene.post.id, by=scene.by, caption="Mine", tags=[], visibility="public", takes_comments=True,
        shows_prompt=True, seen=None,
    )  # fmt: skip


def brought_back(scene: Scene) -> object:
    with suppress(NotFound):
        scene.house.posts.delete(scene.post.id, by=scene.owner)
    return scene.house.posts.restore(scene.post.id, by=scene.by)


SEEING: dict[str, Action] = {
    "see": lambda s: s.house.posts.get(s.post.id, viewer=s.viewer),
    "see all its pictures": lambda s: s.house.posts.pictures(s.post.id, viewer=s.viewer),
    "see its recipe": lambda s: s.house.posts.recipe(s.post.id, viewer=s.viewer),
    "see its lineage": lambda s: s.house.posts.lineage(s.post.id, viewer=s.viewer),
    "read what is said": lambda s: s.house.comments.threads(s.post.id, viewer=s.viewer).items,
    "read the answers": lambda s: s.house.comments.replies(s.comment.id, viewer=s.viewer).items,
    "start from its picture": lambda s: s.house.posts.shows(s.picture, viewer=s.viewer),
}
DOING: dict[str, Action] = {
    "like": lambda s: s.house.posts.like(s.post.id, by=s.by),
    "unlike": lambda s: s.house.posts.unlike(s.post.id, by=s.by),
    "comment": lambda s: s.house.comments.write(s.post.id, "Hello", by=s.by, token=uuid.uuid4().hex),
    "answer": lambda s: s.house.comments.write(
        s.post.id, "Hello", by=s.by, token=uuid.uuid4().hex, parent_id=s.comment.id
    ),
    "like a comment": lambda s: s.house.comments.like(s.comment.id, by=s.by),
    "unlike a comment": lambda s: s.house.comments.unlike(s.comment.id, by=s.by),
}  # fmt: skip
OWNING: dict[str, Action] = {
    "edit": edited,
    "see what it said": lambda s: s.house.posts.edits(s.post.id, by=s.by) == [],
    "delete": lambda s: s.house.posts.delete(s.post.id, by=s.by) is None,
    "bring back": brought_back,
    "ask what holds its picture": lambda s: s.house.posts.holding([s.picture], by=s.by),
    "edit the comment": lambda s: s.house.comments.edit(s.comment.id, "Mine", by=s.by),
    "delete the comment": lambda s: s.house.comments.delete(s.comment.id, by=s.by) is None,
}
FINDING: dict[str, Action] = {
    "find on the owner's page": lambda s: s.house.feeds.of_account(s.owner.id, viewer=s.viewer).items,
}
LISTING: dict[str, Action] = {
    "find in For you": lambda s: s.house.feeds.page("for_you", viewer=s.viewer).items,
    "find in Fresh": lambda s: s.house.feeds.page("fresh", viewer=s.viewer).items,
    "find in Trending": lambda s: s.house.feeds.page("trending", viewer=s.viewer).items,
    "find under its tag": lambda s: s.house.feeds.tagged("fox", viewer=s.viewer).items,
    "hear that it is new": lambda s: s.house.feeds.newer_count("fresh", None, viewer=s.viewer),
}
FOLLOWING: dict[str, Action] = {
    "find in Following": lambda s: s.house.feeds.page("following", viewer=s.viewer).items,
    "hear of it in Following": lambda s: s.house.feeds.newer_count("following", None, viewer=s.viewer),
}


def expected(visibility: str) -> dict[str, set[str]]:
    """The table: each action with those who may do it. A visitor is sent to sign in before any that needs a name."""
    listed = SEEN_BY["public"] if visibility == "public" else set()
    following = {"follower"} if visibility in ("public", "followers") else set()
    table = [
        (SEEING, SEEN_BY[visibility]), (DOING, SEEN_BY[visibility] - {"visitor"}), (OWNING, {"owner"}),
        (FINDING, FOUND_BY[visibility]), (LISTING, listed), (FOLLOWING, following),
    ]  # fmt: skip
    return {action: may for actions, may in table for action in actions}


NAMELESS = SEEING | FINDING | LISTING | FOLLOWING
ACTIONS = NAMELESS | DOING | OWNING


@pytest.fixture
def people(house, person) -> dict[str, Account | None]:
    people = {role: person(f"one_{role}") for role in ROLES if role != "visitor"}
    people["moderator"] = house.accounts.set_role("one_moderator", "moderator")
    for role in ("follower", "blocked"):
        connect(house, "follows", people[role], people["owner"])
    connect(house, "blocks", people["owner"], people["blocked"])
    connect(house, "blocks", people["blocker"], people["owner"])
    return {"visitor": None, **people}


def connect(house: Pentagram, how: str, one: Account, other: Account) -> None:
    house.db.execute(f"insert into pentagram.{how} values (%(one)s, %(other)s)", one=one.id, other=other.id)


@pytest.fixture
def scene(house, people, paint) -> Callable[..., Scene]:
    """A fresh one: whatever was tried before is not in it."""
    owner = people["owner"]
    picture = paint(owner).creations[0].id

    def set_up(visibility: str) -> Scene:
        house.db.execute("delete from pentagram.posts")
        post = house.posts.publish([picture], by=owner, token=uuid.uuid4().hex, tags=["fox"], visibility=visibility)
        comment = house.comments.write(post.id, "Look", by=owner, token=uuid.uuid4().hex)
        house.comments.write(post.id, "Closely", by=owner, token=uuid.uuid4().hex, parent_id=comment.id)
        return Scene(house, post, comment, picture, owner, None)

    return set_up


def succeeds(action: Action, scene: Scene) -> bool:
    """An empty list is a no as well: what is not there for somebody is not told from what does not exist."""
    try:
        return bool(action(scene))
    except NotFound:
        return False


@pytest.mark.parametrize("visibility", SEEN_BY)
def test_everybody_may_do_what_the_table_says_and_nothing_else(scene, people, visibility):
    done: dict[str, set[str]] = {action: set() for action in ACTIONS}

    for action, role in itertools.product(ACTIONS, ROLES):
        if role == "visitor" and action not in NAMELESS:
            continue
        if succeeds(ACTIONS[action], replace(scene(visibility), viewer=people[role])):
            done[action].add(role)

    assert done == expected(visibility)


@pytest.mark.parametrize("gone", ["deleted_at", "removed_at"])
def test_what_is_gone_is_for_nobody_and_what_a_moderator_removed_for_its_owner_alone(scene, people, house, gone):
    left = {"owner"} if gone == "removed_at" else set()
    for role in ROLES:
        came = replace(scene("public"), viewer=people[role])
        house.db.execute(f"update pentagram.posts set {gone} = now()")
        may = {action for action in SEEING | LISTING | FOLLOWING if succeeds(ACTIONS[action], came)}
        assert may == (set(SEEING) if role in left else set())


@pytest.mark.parametrize("visibility", ["private", "followers"])
def test_a_guessed_id_of_a_private_post_is_answered_like_one_that_nobody_has(scene, people, visibility):
    private = replace(scene(visibility), viewer=people["stranger"])
    nobody = uuid.UUID("01a1f89d-5130-7b88-905f-10624d5a0f61")
    invented = replace(
        private, post=replace(private.post, id=nobody), comment=replace(private.comment, id=nobody), picture=nobody
    )

    for action in SEEING | DOING | OWNING:
        assert answer(ACTIONS[action], private) == answer(ACTIONS[action], invented)


def answer(action: Action, scene: Scene) -> object:
    try:
        return action(scene)
    except NotFound as error:
        return str(error)


def test_nobody_puts_a_picture_of_somebody_else_before_others(scene, people, house):
    picture = scene("public").picture
    for role in set(ROLES) - {"visitor", "owner"}:
        with pytest.raises(UserError, match="Only your own, finished pictures"):
            house.posts.publish([picture], by=people[role], token=uuid.uuid4().hex)
