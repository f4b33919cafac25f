"""A small house with something on every screen, for browsers to look at."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from services import bootstrap
from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.community.posts import Post
from services.errors import NotFound
from services.safety.rulings import Ruling
from services.settings import Settings
from services.studio.studio import Options
from tests.conftest import PASSWORD_HASH
from tests.fakes.shown_log import settled, shown
from tests.fakes.town_of_residents import Diary, settle

SIDE = 256
FRIENDS = ("sol", "wren", "ada")


@dataclass(frozen=True)
class Town:
    """Where to look: ids as addresses have them."""

    session: str
    """What mira's browser is signed in with."""
    single: UUID
    carousel: UUID
    hidden_prompt: UUID
    board: UUID
    moderator: str
    """What vera's browser is signed in with, who moderates and is an admin."""
    case: UUID
    """What waits for her."""


def fill(home: Path) -> Town:
    """mira's town: friends, one resident, posts, talk, collections, interests, and news for her."""
    with opened(home) as house:
        mira = house.accounts.register("mira", PASSWORD_HASH, display_name="Mira", bio="Ships and weather.")
        friends = [house.accounts.register(name, PASSWORD_HASH) for name in FRIENDS]
        tide = house.accounts.register("tide", None, display_name="Tide", kind="resident", bio="I paint one bay.")
        single = post(house, mira, "a lighthouse on a cliff at dusk", caption="For @sol. #sea", tags=["sea", "dusk"])
        carousel = post(house, tide, "a red boat in the fog", pictures=3, caption="Three mornings.", tags=["sea"])
        hidden = post(house, friends[0], "a walled garden", shows_prompt=False, caption="Behind the old wall.")
        deer = post(house, friends[1], "a deer in a deep green forest", remix_of=single.id)
        paint(house, mira, "a kettle on a camp fire")
        house.accounts.show_as(mira, house.posts.pictures(single.id, viewer=mira)[0].creation_id)
        meet(house, mira, friends, tide)
        talk(house, single, mira, friends)
        board = house.collections.create("By the sea", by=mira, token=uuid.uuid4().hex, is_public=True)
        for saved in (carousel, hidden, single):
            house.collections.save(saved.id, by=mira, collection_id=board.id)
        house.collections.save(carousel.id, by=mira)
        house.reader.read_posts()
        house.learning.looked_at(deer.id, by=mira)
        house.learning.less_like(hidden.id, by=mira)
        vera, case = moderate(house, mira, friends[0], hidden)
        shown(house.db, settled(house.db, visibility="private"))
        house.training.learn_from_shown()
        live_together(house, single)
        return Town(
            house.accounts.begin_session(mira), single.id, carousel.id, hidden.id, board.id,
            house.accounts.begin_session(vera), case,
        )  # fmt: skip


@contextmanager
def opened(home: Path) -> Iterator[Pentagram]:
    defaults = {field.alias: field.default for field in Settings.model_fields.values()}
    alone = {"PENTAGRAM_HOME": home, "PENTAGRAM_SEED": "off", "PENTAGRAM_WORKER": "off"}
    house = bootstrap.build(Settings(**defaults | alone))
    house.open()
    try:
        yield house
    finally:
        house.close()


def somebody(house: Pentagram, name: str) -> Account:
    """Called so; who they were when the same was tried before."""
    try:
        return house.accounts.named(name)
    except NotFound:
        return house.accounts.register(name, PASSWORD_HASH)


def paint(house: Pentagram, by: Account, prompt: str, *, pictures: int = 1) -> list[UUID]:
    options = Options(SIDE, SIDE, count=pictures, seed=7)
    request = house.studio.request(prompt, options, by=by, token=uuid.uuid4().hex, deferred=False)
    for creation in request.creations:
        house.painting.paint(creation_id=str(creation.id))
    return [creation.id for creation in request.creations]


def post(house: Pentagram, by: Account, prompt: str, *, pictures: int = 1, **told: object) -> Post:
    painted = paint(house, by, prompt, pictures=pictures)
    return house.posts.publish(painted, by=by, token=uuid.uuid4().hex, **told)


def meet(house: Pentagram, mira: Account, friends: list[Account], tide: Account) -> None:
    for friend in friends[:2]:
        house.people.follow(mira.name, by=friend)
    house.people.follow(friends[0].name, by=mira)
    house.people.follow(tide.name, by=mira)
    for name, avoid in (("noise", house.people.mute), ("nobody", house.people.block)):
        house.accounts.register(name, PASSWORD_HASH)
        avoid(name, by=mira)


def live_together(house: Pentagram, about: Post) -> None:
    """Two residents who follow each other, and what one of them did."""
    settle(house, "moth", "kelp", follows=[("moth", "kelp"), ("kelp", "moth")])
    diary, now = Diary(house), house.society.state().now
    diary.act("moth", "like", at=now, post=about.id, other="mira", reasons={"appeal": 0.7, "topic": "lighthouses"})
    diary.meet("moth", "mira", 0.5, at=now)
    diary.remember("moth", "I liked that lamp.", at=now)


def moderate(house: Pentagram, mira: Account, friend: Account, about: Post) -> tuple[Account, UUID]:
    """Somebody moderates: mira was warned, and a post that she reported waits."""
    house.accounts.register("vera", PASSWORD_HASH)
    vera = house.accounts.set_role("vera", "admin")
    house.people.report(by=friend, reason="spam", account=mira.name)
    [case] = house.moderation.queue.page(by=vera).items
    house.moderation.decisions.decide(case.id, Ruling("warn", "spam", "No advertising in bios."), by=vera)
    house.people.report(by=mira, reason="other", details="Hm.", post_id=about.id)
    [case] = house.moderation.queue.page(by=vera).items
    return vera, case.id


def talk(house: Pentagram, about: Post, mira: Account, friends: list[Account]) -> None:
    """Answers, a mention, a like, and what was deleted and leaves its place."""
    sol, wren, ada = friends
    first = house.comments.write(about.id, "The lamp!", by=sol, token=uuid.uuid4().hex)
    house.comments.write(about.id, "@sol it turns. #lamps", by=mira, token=uuid.uuid4().hex, parent_id=first.id)
    house.comments.like(first.id, by=mira)
    gone = house.comments.write(about.id, "Too dark.", by=wren, token=uuid.uuid4().hex)
    house.comments.write(about.id, "It is dusk.", by=ada, token=uuid.uuid4().hex, parent_id=gone.id)
    house.comments.delete(gone.id, by=wren)
    for friend in friends:
        house.posts.like(about.id, by=friend)
