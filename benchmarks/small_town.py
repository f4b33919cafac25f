"""The small town that the walkthrough leads through: a few people beside the demo feed, with what they painted, said
and kept.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from benchmarks.harness import PASSWORD, opened_house
from services.bootstrap import Pentagram
from services.community.accounts import Account
from services.community.credentials import hash_password
from services.community.posts import Post
from services.safety.rulings import Ruling
from services.studio.studio import Options

SIZE = (768, 768)


class Person(NamedTuple):
    name: str
    display_name: str
    bio: str
    wears: str
    """What is on the profile picture."""


class Piece(NamedTuple):
    by: str
    prompt: str
    seed: int
    caption: str = ""
    tags: tuple[str, ...] = ()
    pictures: int = 1


class Saying(NamedTuple):
    by: str
    body: str
    answers: bool = False
    """The one before that answers nobody."""


class Board(NamedTuple):
    title: str
    is_public: bool
    tags: frozenset[str]
    """What belongs there has one of them."""


class Report(NamedTuple):
    by: str
    reason: str
    details: str
    about: int
    """Which of the pieces."""


ME = Person(
    "mira",
    "Mira Lind",
    "Slow light and long walks. Most of it before breakfast.",
    "portrait of a woman with a red scarf",
)
FRIENDS = (
    Person("jonas", "Jonas Weber", "Trains, mountains, and both.", "a travel poster of a train in the mountains"),
    Person("lea_k", "Lea Krone", "Water, mostly.", "underwater coral reef with orange fish"),
    Person("theo", "Theo", "I ask for dragons.", "a dragon over a burning sea at dusk"),
    Person("amara", "Amara Obi", "Gardens, glass and paper.", "stained glass window of a bird and flowers"),
)
MINE = (
    Piece("mira", "winter forest with a deer at sunrise", 3, "It looked up once.", ("winter", "deer")),
    Piece("mira", "a lighthouse on a cliff at dusk, calm sea, first stars", 1,
          "The lamp is lit. For @lea_k, who likes lamps.", ("sea", "dusk", "lighthouse")),
)  # fmt: skip
REMIX = Piece(
    "theo", "a lighthouse on a cliff in a thunderstorm at night", 7, "Same lamp, worse weather.", ("sea", "storm")
)  # fmt: skip
PIECES = (
    Piece("theo", "northern lights over a frozen lake with a tent", 11, "Minus twenty.", ("night", "winter")),
    Piece("jonas", "a travel poster of a train in the mountains", 23, "Platform 2, please.", ("trains", "posters")),
    Piece("amara", "stained glass window of a bird and flowers", 11, "For the stairs.", ("glass", "birds")),
    Piece("theo", "a dragon over a burning sea at dusk", 7, "It sleeps in the daytime.", ("dragons", "sea")),
    Piece("amara", "a hot air balloon above lavender fields at golden hour", 3, "", ("summer", "balloons")),
    Piece("jonas", "a street at night with lanterns, japanese town", 7, "Last one home.", ("night", "streets")),
    Piece("lea_k", "the great wave with a small boat, ukiyo-e", 2, "The calm before it.", ("sea", "prints")),
    Piece("theo", "an old castle on a hill in autumn", 2, "Closed on Mondays.", ("autumn", "castles")),
    Piece("lea_k", "underwater coral reef with orange fish", 11, "Four dives, no tank.", ("sea", "reef"), pictures=4),
    Piece("amara", "watercolour of a lake with swans in the morning", 7, "Nobody up but these.", ("lake", "morning")),
)
SAYINGS = (
    Saying("jonas", "I can hear the gulls."),
    Saying("mira", "No gulls that I know of, @jonas. That is what I like about it.", answers=True),
    Saying("jonas", "Give it a minute.", answers=True),
    Saying("amara", "What did you ask for to get the sky like that?"),
    Saying("mira", "Just dusk and first stars. The prompt is on the right.", answers=True),
    Saying("lea_k", "For me! It hangs over my desk now. #lighthouse"),
)
MODERATOR, REPROVED = "vera", "theo"
REPORTS = (
    Report("mira", "spam", "The same poster three times today.", 1),
    Report("lea_k", "spam", "", 1),
    Report("amara", "copyright", "That is a print by Hokusai, isn't it?", 6),
    Report("jonas", "harassment", "It mocks the people next door.", 7),
    Report("mira", "violence", "A warning would be good.", 3),
)
STRUCK = Ruling("strike", "harassment", "It mocks people of your street by name. Please leave them out.")
APPEAL = "It is a castle. Nobody lives there."
FOLLOWED = ("jonas", "lea_k", "saltwind", "fernweh")
REMARKS = ("Oh, this one.", "How is the light so warm?", "I would live there.", "Again, please, and at night.")
BOARDS = (
    Board("By the water", True, frozenset({"sea", "lake"})),
    Board("Out at night", True, frozenset({"night", "storm"})),
    Board("Ideas for the hall", False, frozenset({"glass", "posters", "balloons"})),
)


@dataclass(frozen=True)
class Town:
    sessions: Mapping[str, str]
    """What browsers are signed in with, by name."""
    post: Post
    """The one that people talk about."""
    case: uuid.UUID
    """What a moderator looks at."""


def settle(home: Path) -> Town:
    """Fill a fresh house: the demo feed, people with pictures, and what came back to one of them."""
    with opened_house(home) as house:
        house.demo.fill()
        house.worker.run_until_idle()
        people = {who.name: move_in(house, who) for who in (ME, *FRIENDS)}
        mine = [publish(house, people[piece.by], piece) for piece in MINE]
        remix = publish(house, people[REMIX.by], REMIX, remix_of=mine[-1].id)
        posts = [publish(house, people[piece.by], piece) for piece in PIECES]
        befriend(house, people)
        talk(house, mine[-1], people)
        remark(house, posts, people)
        collect(house, people[ME.name], [remix, *posts])
        case = moderate(house, posts, people)
        house.worker.run_until_idle()
        sessions = {name: house.accounts.begin_session(house.accounts.named(name)) for name in (*people, MODERATOR)}
        return Town(sessions, mine[-1], case)


def move_in(house: Pentagram, who: Person) -> Account:
    account = house.accounts.register(who.name, hash_password(PASSWORD), display_name=who.display_name, bio=who.bio)
    house.accounts.show_as(account, paint(house, account, who.wears, Options(*SIZE, seed=11))[0])
    return account


def paint(house: Pentagram, by: Account, prompt: str, options: Options) -> list[uuid.UUID]:
    request = house.studio.request(prompt, options, by=by, token=word(), deferred=False)
    for creation in request.creations:
        house.painting.paint(creation_id=str(creation.id))
    return [creation.id for creation in request.creations]


def publish(house: Pentagram, by: Account, piece: Piece, remix_of: uuid.UUID | None = None) -> Post:
    painted = paint(house, by, piece.prompt, Options(*SIZE, seed=piece.seed, count=piece.pictures))
    return house.posts.publish(
        painted, by=by, token=word(), caption=piece.caption, tags=piece.tags, remix_of=remix_of
    )  # fmt: skip


def befriend(house: Pentagram, people: dict[str, Account]) -> None:
    for friend in FRIENDS:
        house.people.follow(ME.name, by=people[friend.name])
    for name in FOLLOWED:
        house.people.follow(name, by=people[ME.name])


def talk(house: Pentagram, post: Post, people: dict[str, Account]) -> None:
    for friend in FRIENDS:
        house.posts.like(post.id, by=people[friend.name])
    top = None
    for saying in SAYINGS:
        said = house.comments.write(
            post.id, saying.body, by=people[saying.by], token=word(), parent_id=top if saying.answers else None
        )
        if not saying.answers:
            top = said.id
            house.comments.like(said.id, by=people[ME.name])


def remark(house: Pentagram, posts: Sequence[Post], people: dict[str, Account]) -> None:
    """Some like a post and some say something to it: the same ones each time, more to some than to others."""
    for number, post in enumerate(posts):
        for place, (name, account) in enumerate(people.items()):
            if name != post.author and (number * 7 + place * 5) % 11 < 6:
                house.posts.like(post.id, by=account)
            if name != post.author and (number * 3 + place * 5) % 11 < 3:
                body = REMARKS[(number + place) % len(REMARKS)]
                house.comments.write(post.id, body, by=account, token=word())


def moderate(house: Pentagram, posts: Sequence[Post], people: dict[str, Account]) -> uuid.UUID:
    """People report, somebody decided once and waits for nobody: the rest, and the answer to it, wait for her."""
    house.accounts.register(MODERATOR, hash_password(PASSWORD), display_name="Vera")
    vera = house.accounts.set_role(MODERATOR, "moderator")
    for report in REPORTS:
        about = posts[report.about].id
        house.people.report(by=people[report.by], reason=report.reason, details=report.details, post_id=about)
    [struck] = [case for case in house.moderation.queue.page(by=vera).items if "harassment" in case.reasons]
    decision = house.moderation.decisions.decide(struck.id, STRUCK, by=vera)
    house.moderation.appeals.appeal(decision.id, APPEAL, by=people[REPROVED])
    return next(case.id for case in house.moderation.queue.page(by=vera).items if case.reports > 1)


def collect(house: Pentagram, by: Account, posts: Sequence[Post]) -> None:
    """Each board with what has one of its tags."""
    for wanted in BOARDS:
        board = house.collections.create(wanted.title, by=by, token=word(), is_public=wanted.is_public)
        for post in posts:
            if wanted.tags.intersection(post.tags):
                house.collections.save(post.id, by=by, collection_id=board.id)


def word() -> str:
    return uuid.uuid4().hex
