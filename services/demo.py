"""What the first visitor of an empty house finds: a handful of residents and their pictures, all marked as demo."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from services.community.accounts import Account, Accounts
from services.community.posts import Posts
from services.errors import NotFound, Unavailable, UserError
from services.platform.database import Database, Transaction
from services.platform.jobs import LATER, Jobs
from services.studio.painting import Painting
from services.studio.studio import Options, Studio


@dataclass(frozen=True)
class Resident:
    name: str
    display_name: str
    bio: str


@dataclass(frozen=True)
class Piece:
    by: str
    prompt: str
    caption: str
    seed: int
    size: tuple[int, int] = (768, 768)


RESIDENTS = (
    Resident("saltwind", "Salt Wind", "Coasts, tides and everything that floats. I paint the same bay every day."),
    Resident("old_tam", "Old Tam", "Retired shepherd. Mountains in the morning, a fire in the evening."),
    Resident("neonmira", "Mira at Night", "The city after the last train. Rain is a colour."),
    Resident("papercrane", "Paper Crane", "Small, quiet pictures. Mist, reeds, one bird."),
    Resident("juno.orbits", "Juno in Orbit", "I look up a lot. Planets, moons and the dark between them."),
    Resident("fernweh", "Fern Weh", "Forests I have not walked in yet."),
)

PIECES = (
    Piece("saltwind", "a lighthouse on a cliff at dusk, calm sea, first stars", "The lamp goes on before the stars do.", 11),
    Piece("old_tam", "misty blue mountains at dawn with pine trees", "Up before the sheep.", 12),
    Piece("neonmira", "city skyline at night in the rain, neon reflections", "Last train gone. Nobody minds.", 13),
    Piece("papercrane", "ink wash of a crane in a misty lake at dawn", "Three minutes of silence.", 14),
    Piece("juno.orbits", "an astronaut before a ringed planet, purple nebula, many stars", "Rings, seen from the kitchen window of my ship.", 15),
    Piece("fernweh", "a deer in a deep green forest in the morning", "Somebody walked here before me. A deer, I think.", 16),
    Piece("saltwind", "two sailing boats on a turquoise sea at noon", "Racing nobody.", 17, (960, 768)),
    Piece("old_tam", "a small house in a snowy valley at night with a full moon", "Smoke from the chimney means soup.", 18),
    Piece("neonmira", "violet city street at dusk, warm windows", "Count the lit windows. I always get a different number.", 19, (768, 960)),
    Piece("papercrane", "white moon above grey hills, fog, one boat", "Ink would have done.", 20),
    Piece("juno.orbits", "abstract flow of gold and deep blue", "I spilled something expensive.", 21),
    Piece("fernweh", "a fox in an autumn forest, red and orange leaves, soft rain", "The season that smells best.", 22),
    Piece("saltwind", "stormy dark sea under heavy clouds", "We stayed in today.", 23),
    Piece("old_tam", "oil painting of a golden meadow with a dog under a summer sky", "The dog is in there somewhere.", 24, (960, 768)),
    Piece("neonmira", "pink and teal sunset behind skyscrapers", "Even the towers blush.", 25),
    Piece("papercrane", "watercolour of a cherry tree in blossom, spring, pale pink sky", "One petal landed in my tea.", 26),
    Piece("juno.orbits", "a rocket beside a huge green planet", "Scale is a joke the universe tells.", 27),
    Piece("fernweh", "pine forest at night under the northern lights", "Green, twice.", 28, (768, 960)),
    Piece("saltwind", "sunrise over the ocean with birds", "The bay, day 212.", 29),
    Piece("old_tam", "camels in red desert dunes at sunset, long shadows", "Not my kind of hill. I like it.", 30, (960, 768)),
    Piece("neonmira", "abstract geometric pattern in black, cyan and magenta", "Tried to draw a traffic light from memory.", 31),
    Piece("papercrane", "a winter lake, bare trees, falling snow", "It took the lake a week to decide.", 32),
    Piece("juno.orbits", "a whale in the night sea under a full moon, woodblock print", "Whales navigate by moons I cannot see.", 33),
    Piece("fernweh", "a waterfall in the jungle at noon, bright green", "I can hear this one.", 34),
)  # fmt: skip

SEEDED = "seeded"


class Demo:
    def __init__(
        self, db: Database, jobs: Jobs, accounts: Accounts, studio: Studio, painting: Painting, posts: Posts
    ) -> None:
        self._db = db
        self._jobs = jobs
        self._accounts = accounts
        self._studio = studio
        self._painting = painting
        self._posts = posts
        jobs.register("demo_post", self.make_post)

    def seed_once(self) -> bool:
        """Ask for the demo posts if this installation was never filled and nobody lives in it yet."""
        with self._db.transaction() as tx:
            is_first = tx.execute(
                """insert into pentagram.installation (key, value)
                select %(key)s, 'true' where not exists (select from pentagram.accounts) on conflict do nothing""",
                key=SEEDED,
            )
            if is_first:
                self._ask(tx, len(PIECES))
        return bool(is_first)

    def fill(self, posts: int = len(PIECES)) -> None:
        """Ask for so many demo posts because an operator wants them; those that are there already stay as they are."""
        with self._db.transaction() as tx:
            tx.execute(
                "insert into pentagram.installation (key, value) values (%(key)s, 'true') on conflict do nothing",
                key=SEEDED,
            )
            self._ask(tx, posts)

    def post_count(self) -> int:
        return int(
            self._db.value(
                """select count(*) from pentagram.posts p join pentagram.accounts a on a.id = p.account_id
                where a.demo and p.deleted_at is null"""
            )
        )

    def unfinished(self) -> int:
        """How many jobs on demo posts are left, the reading of their prompts and of the posts included."""
        ids = self._db.values(
            """select unnest(array[c.id, c.request_id])::text from pentagram.creations c
            join pentagram.accounts a on a.id = c.account_id where a.demo
            union all select p.id::text from pentagram.posts p
            join pentagram.accounts a on a.id = p.account_id where a.demo"""
        )
        return self._jobs.unfinished(self._db, task="demo_post") + self._jobs.unfinished(self._db, about=ids)

    def make_post(self, *, number: int, last_attempt: bool = True) -> None:
        """Paint and post one of the pieces; again and again if one likes, it is there once."""
        piece = PIECES[number % len(PIECES)]
        by = self._resident(piece.by)
        width, height = piece.size
        seed = piece.seed + number // len(PIECES) * 1000
        request = self._studio.request(
            piece.prompt,
            Options(width, height, seed=seed, engine="painter"),
            by=by,
            token=f"demo-piece-{number}",
            deferred=False,
        )
        creation = request.creations[0]
        self._painting.paint(creation_id=str(creation.id), last_attempt=last_attempt)
        if self._studio.watch(request.id, by=by).is_unfinished:
            raise Unavailable("The picture waits for its storage.")
        post = self._posts.publish([creation.id], by=by, token=f"demo-piece-{number}", caption=piece.caption)
        for fan in _fans(number):
            self._posts.like(post.id, by=self._resident(fan.name))

    def remove(self) -> int:
        """Take every demo account and all that is theirs out again; how many accounts that were."""
        self._jobs.forget(self._db, "demo_post")
        names = self._db.values("select name from pentagram.accounts where demo")
        for name in names:
            self._accounts.delete(self._accounts.named(name))
        return len(names)

    def _ask(self, tx: Transaction, posts: int) -> None:
        """The last one asked for is the newest in the feed, so the best come last."""
        for number in reversed(range(posts)):
            self._jobs.defer(tx, "demo_post", priority=LATER, number=number)

    def _resident(self, name: str) -> Account:
        with suppress(NotFound):
            return self._accounts.named(name)
        who = next(resident for resident in RESIDENTS if resident.name == name)
        # Two workers may meet the same newcomer; the slower one finds the name taken.
        with suppress(UserError):
            self._accounts.register(name, None, display_name=who.display_name, bio=who.bio, kind="resident", demo=True)
        return self._accounts.named(name)


def _fans(number: int) -> list[Resident]:
    """Who of the others likes a piece: the same ones each time, more for some than for others."""
    maker = PIECES[number % len(PIECES)].by
    return [fan for place, fan in enumerate(RESIDENTS) if (number * 7 + place * 5) % 11 < 4 and fan.name != maker]
