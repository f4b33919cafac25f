"""Fills an embedded house with a town of made-up people and all they did: `populate.py HOME`, the same rows every time.

Much of it goes to few, as among real people: some are followed by tens of thousands and one follows 5,000, a few posts
have most of the likes, most tags are rare. Nothing is drawn from anybody's real data.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import psycopg
from psycopg import Connection

from benchmarks import shown
from benchmarks.harness import opened_house, print_table
from benchmarks.loading import timed, without_indexes
from services.bootstrap import Pentagram
from services.studio.engines.base import Order
from services.studio.engines.painter import Painter
from services.studio.pictures import EncodedPicture, encode
from services.studio.provenance import Provenance

SEED = 5
POSTS = 1_000_000
BYTES_A_POST = 13_500
SPARE_BYTES = 2 * 1024**3
CHUNK = 50_000
SAMPLE = 300
MOST_UNDONE = 1_000
NULL = "\\N"

SECOND = np.timedelta64(1_000_000, "us")
DAY = 86_400 * SECOND
BEGAN, ENDED = np.datetime64("2024-11-24T00:00:00", "us"), np.datetime64("2026-11-24T00:00:00", "us")

MOMENT = datetime(2026, 11, 24, tzinfo=UTC)

KEEN = "benchmark"
"""The account that follows most."""
KEEN_FOLLOWS = 5_000
RESIDENTS = 0.015
MOST_BY_ONE = 0.015
"""The share of all pictures, in a small house as in a large one."""
VISIBILITIES = {"public": 0.88, "followers": 0.06, "unlisted": 0.03, "private": 0.03}
FAILURES = {"ready": 0.85, "failed": 0.1, "blocked": 0.05}
"""What becomes of pictures that were never posted."""
ENGINES = (("painter", "painter"), ("modal", "flux2-klein-4b"), ("modal", "z-image-turbo"))
SIZES = ((768, 768), (768, 960), (960, 768))
PICTURES_A_SIZE = 4


def _listed(words: str) -> list[str]:
    return words.split()


ADJECTIVES = _listed("""
misty golden quiet stormy crimson frozen hidden ancient glowing tiny endless silver wild gentle broken floating distant
painted hollow velvet amber lonely radiant mossy neon dusty crystal sleepy drifting burning northern forgotten paper
woven marble electric salty velvety pale humming
""")
THINGS = _listed("""
lighthouse harbour forest mountain valley meadow river city street market garden bridge tower castle cottage library
station train boat whale fox owl heron koi dragon robot astronaut dancer sailor gardener teapot lantern clock piano
violin mushroom orchid cactus glacier desert dune waterfall island lagoon reef nebula comet moon planet cathedral
windmill orchard vineyard carousel balloon kite mask mirror staircase greenhouse observatory tram canal rooftop alley
courtyard fountain statue arcade aquarium workshop bakery tavern caravan
""")
PLACES = ("by the sea", "above the clouds", "in the snow", "under a red sky", "between two hills", "in the old town",
          "at the edge of the world", "on a small planet", "deep in the woods", "after the rain")  # fmt: skip
LIGHTS = ("soft morning light", "golden hour", "under the stars", "neon reflections", "heavy fog", "long shadows",
          "candle light", "a pale winter sun", "storm light", "northern lights")  # fmt: skip
STYLES = (
    "watercolour",
    "oil painting",
    "ink drawing",
    "photograph, 35 mm",
    "linocut",
    "pixel art",
    "gouache",
    "3d render",
)
SAYINGS = ("This one took me a whole evening.", "Found it on the third try.", "I want to live here.",
           "For everybody who cannot sleep.", "The colours did all the work.", "Not what I asked for, and better.",
           "Part of a longer series.", "Remix it, please.")  # fmt: skip
REMARKS = ("What a light!", "How did you get the water so calm?", "This belongs on a wall.", "Which seed was that?",
           "The colours are unreal.", "I keep coming back to this.", "I tried the prompt and got a goat.", "Stunning",
           "More of these, please.", "The shadow on the left is a little off, the rest is perfect.")  # fmt: skip
TITLES = ("Blue hours", "Places to be", "For the kitchen wall", "Foxes", "Winter", "To try one day", "Small and quiet")

Indexes = np.ndarray
Moments = np.ndarray


@dataclass(frozen=True)
class Size:
    """How much there is of everything, for so many posts. Never fewer people than the keenest one follows, and always
    as much for each who does anything: a larger house has more people, not busier ones."""

    posts: int

    @property
    def accounts(self) -> int:
        return max(2 * KEEN_FOLLOWS, self.posts // 10)

    @property
    def active(self) -> float:
        """The share of people who do more than follow."""
        return self.posts / 10 / self.accounts

    @property
    def likes(self) -> int:
        return 10 * self.posts

    @property
    def comments(self) -> int:
        return self.posts + self.posts // 2

    @property
    def follows(self) -> int:
        return 15 * self.accounts


class Maybe(NamedTuple):
    """A column with nulls."""

    values: Any
    there: np.ndarray


# Columns -------------------------------------------------------------------------------------------------------------


def _hex(ids: np.ndarray) -> list[str]:
    text = ids.tobytes().hex()
    return [text[place : place + 32] for place in range(0, len(text), 32)]


WRITTEN: Mapping[str, Callable[[np.ndarray], list[str]]] = {
    "V": _hex,
    "M": lambda moments: np.datetime_as_string(moments).tolist(),
    "b": lambda truths: np.where(truths, "t", "f").tolist(),
    "O": lambda texts: texts.tolist(),
    "i": lambda numbers: list(map(str, numbers.tolist())),
    "f": lambda numbers: list(map(str, numbers.tolist())),
}
"""How COPY wants a column, by the kind of its array."""


def texts(column: Any, part: slice) -> Iterable[str]:
    if isinstance(column, Maybe):
        return [
            text if there else NULL
            for text, there in zip(texts(column.values, part), column.there[part].tolist(), strict=False)
        ]
    if not isinstance(column, np.ndarray):
        return repeat(str(column))
    return WRITTEN[column.dtype.kind](column[part])


def copy(connection: Connection, table: str, **columns: Any) -> int:
    """Rows from columns: an array each, or one value for all."""
    count = max(len(column.there if isinstance(column, Maybe) else column) for column in columns.values()
                if isinstance(column, Maybe | np.ndarray))  # fmt: skip
    with connection.cursor().copy(f"copy pentagram.{table} ({', '.join(columns)}) from stdin") as rows:
        for start in range(0, count, CHUNK):
            part = slice(start, min(start + CHUNK, count))
            lines = map("\t".join, zip(*(texts(column, part) for column in columns.values()), strict=False))
            rows.write("\n".join(lines) + "\n")
    return count


# Drawing -------------------------------------------------------------------------------------------------------------


class Dice:
    """Everything that is left to chance, the same every time."""

    def __init__(self, seed: int) -> None:
        self._rng = np.random.default_rng(seed)

    def which(self, weights: np.ndarray, count: int) -> Indexes:
        """Places, those of more weight more often."""
        upto = np.cumsum(weights)
        return np.searchsorted(upto, self._rng.random(count) * upto[-1], side="right").clip(max=len(weights) - 1)

    def pairs(self, left: np.ndarray, right: np.ndarray, count: int) -> tuple[Indexes, Indexes]:
        """So many different pairs of one of each."""
        keys = np.empty(0, np.int64)
        while len(keys) < count:
            fresh = self.which(left, count) * len(right) + self.which(right, count)
            keys = np.unique(np.concatenate([keys, fresh]))
        one, other = np.divmod(self._rng.permutation(keys)[:count], len(right))
        return one, other

    def couples(self, left: np.ndarray, right: np.ndarray, count: int) -> tuple[Indexes, Indexes]:
        """Pairs of people; nobody with themselves."""
        one, other = self.pairs(left, right, count)
        return one[one != other], other[one != other]

    def chance(self, share: float, count: int) -> np.ndarray:
        return self._rng.random(count) < share

    def word(self, words: Iterable[str], count: int) -> np.ndarray:
        listed = np.array(list(words), object)
        return listed[self._rng.integers(0, len(listed), count)]

    def number(self, low: int, high: int, count: int) -> np.ndarray:
        return self._rng.integers(low, high, count)

    def kind(self, shares: Mapping[str, float], count: int) -> np.ndarray:
        return np.array(list(shares), object)[self.which(np.array(list(shares.values())), count)]

    def skewed(self, spread: float, count: int) -> np.ndarray:
        return self._rng.lognormal(0, spread, count)

    def between(self, earliest: Moments) -> Moments:
        """Some time from then until now."""
        return earliest + (self._rng.random(len(earliest)) * (ENDED - earliest).astype(float)).astype("timedelta64[us]")

    def soon(self, earliest: Moments, mean: np.timedelta64) -> Moments:
        """Rather soon after, and never in the future."""
        pause = self._rng.exponential(mean.astype(float), len(earliest)).astype("timedelta64[us]")
        late = earliest + pause > ENDED
        return np.where(late, self.between(earliest), earliest + pause)

    def shuffled(self, count: int) -> Indexes:
        return self._rng.permutation(count)

    def ids(self, moments: Moments) -> np.ndarray:
        """As `pentagram.new_id()` makes them: the milliseconds first."""
        raw = np.frombuffer(self._rng.bytes(16 * len(moments)), np.uint8).reshape(-1, 16).copy()
        raw[:, :6] = moments.astype("datetime64[ms]").astype(">i8").view(np.uint8).reshape(-1, 8)[:, 2:]
        raw[:, 6] = raw[:, 6] & 15 | 112
        raw[:, 8] = raw[:, 8] & 63 | 128
        return raw.view("V16").ravel()


def in_order(values: np.ndarray) -> Indexes:
    """Ties keep their order, so that every machine sorts alike."""
    return np.argsort(values, kind="stable")


def starts(counts: np.ndarray) -> Indexes:
    """Where each of these groups begins when they are laid out one after the other."""
    return np.concatenate([[0], np.cumsum(counts)[:-1]])


def within(counts: np.ndarray) -> Indexes:
    """0, 1, 2 and so on in each group."""
    return np.arange(counts.sum()) - np.repeat(starts(counts), counts)


def zipf(count: int, power: float) -> np.ndarray:
    return 1 / np.arange(1, count + 1) ** power


def array_text(words: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Groups of words as Postgres writes arrays."""
    listed, ends = words.tolist(), np.cumsum(counts).tolist()
    begins = starts(counts).tolist()
    return np.array(["{" + ",".join(listed[a:b]) + "}" for a, b in zip(begins, ends, strict=True)], object)


# The town ------------------------------------------------------------------------------------------------------------


class Town:
    """Each step draws and copies something; later ones build upon it."""

    def __init__(self, connection: Connection, size: Size, pictures: list[EncodedPicture]) -> None:
        self._connection = connection
        self._dice = Dice(SEED)
        self._size = size
        self._pictures = pictures

    def _copy(self, table: str, **columns: Any) -> int:
        return copy(self._connection, table, **columns)

    def people(self) -> None:
        """Who they are and how busy; they are copied when their pictures are known."""
        dice, count = self._dice, self._size.accounts
        self.joined = np.sort(dice.between(np.full(count, BEGAN)))
        self.account_ids = dice.ids(self.joined)
        self.resident = dice.chance(RESIDENTS, count)
        self.following, active = dice.skewed(1.5, count), dice.chance(self._size.active, count)
        self.making = dice.skewed(1.8, count) * np.where(self.resident, 10, 1) * active * ~dice.chance(0.4, count)
        self.making = np.minimum(self.making, MOST_BY_ONE * self.making.sum())
        self.liking = self.following * active
        self.fame = np.empty(count)
        self.fame[in_order(-(self.making + 0.01) * dice.skewed(1, count))] = zipf(count, 0.8)
        self.resident[0], self.making[0], self.liking[0] = False, np.sort(self.making)[-count // 100], 10

    def posts(self) -> None:
        """What is posted by whom; they are copied when the likes are counted."""
        dice, count = self._dice, self._size.posts
        author = dice.which(self.making, count)
        at = dice.between(self.joined[author])
        order = in_order(at)
        self.author, self.posted = author[order], at[order]
        self.post_ids = dice.ids(self.posted)
        self.visibility = dice.kind(VISIBILITIES, count)
        self.deleted, self.removed = dice.chance(0.02, count), dice.chance(0.003, count)
        self.open = (self.visibility == "public") & ~self.deleted & ~self.removed
        self.popularity = dice.skewed(2, count) * self.fame[self.author] ** 0.3 * (self.visibility != "private")
        self.picture_count = np.where(dice.chance(0.85, count), 1, dice.number(2, 11, count))
        original = dice.which(self.popularity, count)
        self.is_remix = dice.chance(0.1, count) & (original < np.arange(count)) & self.open[original]
        self.original = np.where(self.is_remix, original, 0)

    def requests(self) -> int:
        """One for each post, and others that came to nothing."""
        dice, size = self._dice, self._size
        account = np.concatenate([self.author, dice.which(self.making, size.posts * 3 // 10)])
        at = np.concatenate([self.posted - 600 * SECOND, dice.between(self.joined[account[size.posts :]])])
        pictures = np.concatenate([self.picture_count, dice.number(1, 5, len(at) - size.posts)])
        order = in_order(at)
        self.request_of_post = in_order(order)[: size.posts]
        self.request_account, self.requested, self.pictures = account[order], at[order], pictures[order]
        self.request_posted = order < size.posts
        self.request_ids = dice.ids(self.requested)
        self.engine, self.shape = dice.number(0, len(ENGINES), len(at)), dice.number(0, len(SIZES), len(at))
        engines, sizes = np.array(ENGINES, object), np.array(SIZES)
        return self._copy(
            "requests",
            id=self.request_ids, account_id=self.account_ids[self.request_account], token=_tokens(len(at)),
            prompt=self._prompts(len(at)), width=sizes[self.shape, 0], height=sizes[self.shape, 1],
            engine=engines[self.engine, 0], model=engines[self.engine, 1], sensitive=dice.chance(0.02, len(at)),
            parent_id=self._parents(), favourite=dice.chance(0.05, len(at)), created_at=self.requested,
        )  # fmt: skip

    def _prompts(self, count: int) -> np.ndarray:
        word = self._dice.word
        scene = word(ADJECTIVES, count) + " " + word(THINGS, count) + " " + word(PLACES, count)
        return "a " + scene + ", " + word(LIGHTS, count) + ", " + word(STYLES, count)

    def _parents(self) -> Maybe:
        """Some prompts are a version of what the same person asked before."""
        order = in_order(self.request_account)
        before = np.zeros(len(order), np.int64)
        before[order[1:]] = order[:-1]
        same = (self.request_account[before] == self.request_account) & (before < np.arange(len(order)))
        return Maybe(self.request_ids[before], same & self._dice.chance(0.2, len(order)))

    def creations(self) -> int:
        dice, counts = self._dice, self.pictures
        request = np.repeat(np.arange(len(counts)), counts)
        count, self.creation_account = len(request), self.request_account[request]
        self.first_creation = starts(counts)
        state = np.where(self.request_posted[request], "ready", dice.kind(FAILURES, count))
        at, self.ready = self.requested[request], state == "ready"
        self.creation_ids = dice.ids(at)
        look = self.shape[request] * PICTURES_A_SIZE + dice.number(0, PICTURES_A_SIZE, count)
        engines = np.array(ENGINES, object)[self.engine[request]]
        made = self._copy(
            "creations",
            id=self.creation_ids, request_id=self.request_ids[request],
            account_id=self.account_ids[self.creation_account], position=within(counts),
            seed=dice.number(0, 2**32, count), state=state, created_at=at,
            failure=Maybe("The engine did not answer.", state == "failed"),
            picture_key=Maybe(self._of_pictures("full_key")[look], self.ready),
            thumbnail_key=Maybe(self._of_pictures("thumbnail_key")[look], self.ready),
            width=Maybe(self._of_pictures("width")[look], self.ready),
            height=Maybe(self._of_pictures("height")[look], self.ready),
            colour=Maybe(self._of_pictures("dominant_colour")[look], self.ready),
            phash=Maybe(dice.number(-(2**63), 2**63 - 1, count), self.ready),
            paint_ms=Maybe(dice.number(300, 9000, count), self.ready), engine=engines[:, 0], model=engines[:, 1],
            rating=Maybe(dice.number(1, 6, count), self.ready & dice.chance(0.1, count)),
            ready_at=Maybe(at + 5 * SECOND, self.ready),
        )  # fmt: skip
        return made + self._ledger(at, engines)

    def _of_pictures(self, what: str) -> np.ndarray:
        return np.array([str(getattr(picture, what)) for picture in self._pictures], object)

    def _ledger(self, at: Moments, engines: np.ndarray) -> int:
        paid = np.flatnonzero(self.ready)
        seconds = self._dice.number(3, 90, len(paid)) / 10
        return self._copy(
            "ledger",
            account_id=self.account_ids[self.creation_account[paid]], creation_id=self.creation_ids[paid],
            engine=engines[paid, 0], gpu_seconds=seconds, cost_usd=np.round(seconds * 0.0005, 6),
            booked_at=at[paid] + 5 * SECOND,
        )  # fmt: skip

    def accounts(self) -> int:
        dice, count = self._dice, self._size.accounts
        ready = np.flatnonzero(self.ready)
        maker, first = np.unique(self.creation_account[ready], return_index=True)
        face = np.zeros(count, np.int64)
        face[maker] = ready[first]
        name = dice.word(ADJECTIVES, count) + "_" + dice.word(THINGS, count) + "." + np.arange(count).astype(str)
        name[0] = KEEN
        return self._copy(
            "accounts",
            id=self.account_ids, name=name, display_name=dice.word(ADJECTIVES, count) + " " + dice.word(THINGS, count),
            bio=np.where(dice.chance(0.5, count), self._prompts(count), ""),
            avatar_id=Maybe(self.creation_ids[face], (face > 0) & dice.chance(0.7, count)),
            kind=np.where(self.resident, "resident", "person").astype(object),
            shows_sensitive=dice.chance(0.15, count), created_at=self.joined,
        )  # fmt: skip

    def follows(self) -> int:
        dice, count = self._dice, self._size.accounts
        known = in_order(-self.fame * dice.skewed(2, count))
        followed = known[known != 0][:KEEN_FOLLOWS]
        others, theirs = dice.couples(self.following * (np.arange(count) > 0), self.fame, self._size.follows)
        self.follower = np.concatenate([np.zeros(len(followed), np.int64), others])
        self.followed = np.concatenate([followed, theirs])
        at = dice.between(np.maximum(self.joined[self.follower], self.joined[self.followed]))
        order = in_order(at)
        self.follower, self.followed, self.follow_at = self.follower[order], self.followed[order], at[order]
        return self._copy(
            "follows",
            follower_id=self.account_ids[self.follower], followed_id=self.account_ids[self.followed],
            created_at=self.follow_at,
        )  # fmt: skip

    def distances(self) -> int:
        """Who wants nothing of whom, and what they do not want to see."""
        dice, count = self._dice, self._size.accounts
        muter, muted = dice.couples(self.liking, self.fame, count // 5)
        blocker, blocked = dice.couples(self.liking, self.fame, count // 5)
        friends = np.concatenate([self.follower * count + self.followed, self.followed * count + self.follower])
        apart = ~np.isin(blocker * count + blocked, friends)
        hider, hidden = dice.pairs(self.liking, self.popularity, self._size.posts // 50)
        ids, at = self.account_ids, ENDED
        return (
            self._copy("mutes", account_id=ids[muter], muted_id=ids[muted], created_at=at)
            + self._copy("blocks", account_id=ids[blocker[apart]], blocked_id=ids[blocked[apart]], created_at=at)
            + self._copy("hides", account_id=ids[hider], post_id=self.post_ids[hidden], created_at=at)
        )

    def likes(self) -> int:
        dice = self._dice
        liker, post = dice.pairs(self.liking, self.popularity, self._size.likes)
        at = dice.soon(np.maximum(self.posted[post], self.joined[liker]), 20 * DAY)
        order = in_order(at)
        liked, at = post[order], at[order]
        self.like_count = np.bincount(liked, minlength=self._size.posts)
        self.last_like = np.zeros(self._size.posts, "datetime64[us]")
        self.last_like[liked] = at
        return self._copy(
            "likes", post_id=self.post_ids[liked], account_id=self.account_ids[liker[order]], created_at=at
        )

    def comments(self) -> int:
        dice, count = self._dice, self._size.comments
        post = np.sort(dice.which(self.popularity**0.7, count))
        at = dice.soon(self.posted[post], 10 * DAY)
        order = np.lexsort((at, post))
        at, answer = at[order], self._answers(post)
        order = in_order(at)
        self.comment_post, self.commented = post[order], at[order]
        self.comment_top = in_order(order)[answer[order]]
        self.is_answer = self.comment_top != np.arange(count)
        self.commenter = dice.which(self.liking, count)
        self.comment_ids = dice.ids(self.commented)
        self.comment_gone = dice.chance(0.02, count), dice.chance(0.005, count)
        readable = ~self.comment_gone[0] & ~self.comment_gone[1]
        self.comment_count = np.bincount(self.comment_post[readable], minlength=self._size.posts)
        likes = self._comment_likes()
        return likes + self._copy(
            "comments",
            id=self.comment_ids, post_id=self.post_ids[self.comment_post], account_id=self.account_ids[self.commenter],
            parent_id=Maybe(self.comment_ids[self.comment_top], self.is_answer), token=_tokens(count),
            body=dice.word(REMARKS, count), like_count=self.comment_likes, created_at=self.commented,
            deleted_at=Maybe(self.commented, self.comment_gone[0]),
            removed_at=Maybe(self.commented, self.comment_gone[1]),
        )  # fmt: skip

    def _answers(self, post: Indexes) -> Indexes:
        """The comment that each one answers, itself for one that answers none; they lie in groups of a post."""
        dice, here = self._dice, np.arange(len(post))
        first = np.searchsorted(post, post)
        is_top = (first == here) | ~dice.chance(0.3, len(post))
        latest = np.maximum.accumulate(np.where(is_top, here, 0))
        return np.where(is_top, here, np.where(dice.chance(0.3, len(post)), first, latest))

    def _comment_likes(self) -> int:
        dice, count = self._dice, self._size.comments
        comment, liker = dice.pairs(dice.skewed(1.8, count), self.liking, count)
        at = dice.soon(self.commented[comment], 5 * DAY)
        order = in_order(at)
        self.comment_likes = np.bincount(comment, minlength=count)
        self.last_comment_like = np.zeros(count, "datetime64[us]")
        self.last_comment_like[comment[order]] = at[order]
        return self._copy(
            "comment_likes",
            comment_id=self.comment_ids[comment[order]], account_id=self.account_ids[liker[order]],
            created_at=at[order],
        )  # fmt: skip

    def collections(self) -> int:
        dice, count = self._dice, self._size.accounts
        owner = np.flatnonzero(dice.chance(0.5, count) & (self.liking > 0))
        others = dice.which(self.liking, self._size.posts // 20)
        account = np.concatenate([owner, others])
        is_default = np.arange(len(account)) < len(owner)
        at = np.sort(dice.between(np.full(len(account), BEGAN)))
        ids = dice.ids(at)
        boards = self._copy(
            "collections",
            id=ids, account_id=self.account_ids[account], is_default=is_default,
            title=np.where(is_default, "Saved", dice.word(TITLES, len(account))),
            is_public=~is_default & dice.chance(0.5, len(account)), created_at=at,
        )  # fmt: skip
        board, post = dice.pairs(dice.skewed(1.5, len(account)), self.popularity, self._size.posts)
        saved = np.unique(account[board] * self._size.posts + post)
        self.save_count = np.bincount(saved % self._size.posts, minlength=self._size.posts)
        return boards + self._copy(
            "collection_posts",
            collection_id=ids[board], post_id=self.post_ids[post], rank=-np.arange(len(board)).astype(float),
            created_at=dice.between(self.posted[post]),
        )  # fmt: skip

    def written_posts(self) -> int:
        dice, count = self._dice, self._size.posts
        tags, tag_counts, tagged = self._tags()
        remixes = np.bincount(self.original[self.is_remix & self.open], minlength=count)
        posts = self._copy(
            "posts",
            id=self.post_ids, account_id=self.account_ids[self.author], token=_tokens(count),
            caption=np.where(dice.chance(0.6, count), dice.word(SAYINGS, count), ""),
            tags=array_text(tags, tag_counts), visibility=self.visibility, shows_prompt=dice.chance(0.85, count),
            takes_comments=dice.chance(0.96, count), sensitive=dice.chance(0.03, count),
            remix_of=Maybe(self.post_ids[self.original], self.is_remix), by_resident=self.resident[self.author],
            like_count=self.like_count, comment_count=self.comment_count, save_count=self.save_count,
            remix_count=remixes, created_at=self.posted, deleted_at=Maybe(self.posted + 60 * SECOND, self.deleted),
            removed_at=Maybe(self.posted + 60 * SECOND, self.removed),
        )  # fmt: skip
        return posts + self._copy("post_tags", tag=tags, post_id=self.post_ids[tagged]) + self._post_pictures()

    def _tags(self) -> tuple[np.ndarray, np.ndarray, Indexes]:
        """The tags post by post, how many each has, and whose each is."""
        dice, count = self._dice, self._size.posts
        known = [f"{adjective}_{thing}" if adjective else thing for adjective in ("", *ADJECTIVES) for thing in THINGS]
        post = np.repeat(np.arange(count), dice.number(0, 6, count))
        pairs = np.unique(post * len(known) + dice.which(zipf(len(known), 1), len(post)))
        tagged, tag = np.divmod(pairs, len(known))
        return np.array(known, object)[tag], np.bincount(tagged, minlength=count), tagged

    def _post_pictures(self) -> int:
        post = np.repeat(np.arange(self._size.posts), self.picture_count)
        position = within(self.picture_count)
        creation = self.first_creation[self.request_of_post[post]] + position
        return self._copy(
            "post_pictures", post_id=self.post_ids[post], position=position, creation_id=self.creation_ids[creation]
        )

    def notifications(self) -> int:
        """What each one was told. A tenth of them never looked, the others lately."""
        dice, count = self._dice, self._size.accounts
        looked = ENDED - (dice.skewed(1.5, count) * DAY.astype(float)).astype("timedelta64[us]")
        looked = np.where(dice.chance(0.1, count), BEGAN, looked)
        return sum(self._told(looked, *group) for group in self._news())

    def _news(self) -> Iterator[tuple[str, Indexes, Moments, np.ndarray, dict[str, Any]]]:
        """Kind, who is told, when, the topic, and what it is about."""
        ids, post, comment = self.account_ids, self.post_ids, self.comment_ids
        liked = np.flatnonzero(self.like_count)
        yield "like", self.author[liked], self.last_like[liked], post[liked], {"post_id": post[liked]}
        k = np.flatnonzero(self.commenter != self.author[self.comment_post])
        about = {"post_id": post[self.comment_post[k]], "comment_id": comment[k], "actor_id": ids[self.commenter[k]]}
        yield "comment", self.author[self.comment_post[k]], self.commented[k], comment[k], about
        answered = self.commenter[self.comment_top]
        told = self.is_answer & (answered != self.commenter) & (answered != self.author[self.comment_post])
        k = np.flatnonzero(told)
        about = {"post_id": post[self.comment_post[k]], "comment_id": comment[k], "actor_id": ids[self.commenter[k]]}
        yield "reply", answered[k], self.commented[k], comment[k], about
        k = np.flatnonzero(self.comment_likes)
        about = {"post_id": post[self.comment_post[k]], "comment_id": comment[k]}
        yield "comment_like", self.commenter[k], self.last_comment_like[k], comment[k], about
        yield "follow", self.followed, self.follow_at, ids[self.follower], {"actor_id": ids[self.follower]}
        k = np.flatnonzero(self.is_remix & (self.author != self.author[self.original]))
        about = {"post_id": post[k], "actor_id": ids[self.author[k]]}
        yield "remix", self.author[self.original[k]], self.posted[k], post[k], about

    def _told(self, looked: Moments, kind: str, who: Indexes, at: Moments, topic: np.ndarray, about: dict) -> int:
        return self._copy(
            "notifications",
            id=self._dice.ids(at), account_id=self.account_ids[who], kind=kind, created_at=at, newest_at=at,
            read_at=Maybe(looked[who], looked[who] > at), topic=topic, **about,
        )  # fmt: skip


def _tokens(count: int) -> np.ndarray:
    return np.char.add("populated-", np.arange(count).astype(str)).astype(object)


# Loading -------------------------------------------------------------------------------------------------------------


COUNT_PEOPLE = """
insert into pentagram.account_counts (account_id, followers, following, public_posts, follower_posts, own_posts)
select a.id, coalesce(f.followers, 0), coalesce(g.following, 0), coalesce(p.public, 0), coalesce(p.followers, 0),
  coalesce(p.own, 0)
from pentagram.accounts a
left join (select followed_id, count(*) as followers from pentagram.follows group by 1) f on f.followed_id = a.id
left join (select follower_id, count(*) as following from pentagram.follows group by 1) g on g.follower_id = a.id
left join (
  select account_id, count(*) filter (where audience = 'public') as public,
    count(*) filter (where audience = 'followers') as followers, count(*) filter (where audience = 'own') as own
  from (select account_id, pentagram.counted_for(visibility, deleted_at, removed_at) as audience
    from pentagram.posts) p group by 1) p on p.account_id = a.id
"""


WRITE_WORDS = """
insert into pentagram.post_words (post_id, words, model)
select r.post_id,
  setweight(pentagram.lexemes(r.prompt), 'A') || setweight(pentagram.lexemes(array_to_string(r.tags, ' ')), 'B')
  || setweight(pentagram.lexemes(r.caption), 'C') || setweight(pentagram.lexemes(r.author), 'D'), r.model
from pentagram.readable(array(select id from pentagram.posts)) r
"""


def fill(connection: Connection, size: Size, pictures: list[EncodedPicture]) -> None:
    """All of it or nothing. Triggers and foreign keys do not look on."""
    town = Town(connection, size, pictures)
    steps = (
        town.people, town.posts, town.requests, town.creations, town.accounts, town.follows, town.distances,
        town.likes, town.comments, town.collections, town.written_posts, town.notifications,
    )  # fmt: skip
    with connection.transaction():
        connection.execute("set local session_replication_role = replica")
        connection.execute("set local timezone = 'UTC'")
        connection.execute("set local maintenance_work_mem = '512MB'")
        with without_indexes(connection):
            for step in steps:
                with timed(step.__name__.replace("_", " ")) as counted:
                    counted(step())
        with timed("words of posts") as counted:
            counted(connection.execute(WRITE_WORDS).rowcount)
        with timed("counts of people") as counted:
            counted(connection.execute(COUNT_PEOPLE).rowcount)
    with timed("analyze"):
        connection.execute("analyze")


# Undoing all that is counted, with the triggers at work, has to bring each count to exactly 0.
SAMPLES = (
    f"""create temporary table few on commit drop as
    select id from pentagram.posts where like_count < {MOST_UNDONE} order by md5(id::text) limit {SAMPLE}""",
    # A row that one transaction changes n times takes n² steps: the few who have very much are left out.
    f"""create temporary table persons on commit drop as
    with modest as (select account_id as id, followers from pentagram.account_counts
      where public_posts + follower_posts + own_posts < {MOST_UNDONE} and followers < {5 * MOST_UNDONE})
    (select id from modest order by followers desc limit 3)
    union (select id from modest order by md5(id::text) limit {SAMPLE})""",
)
UNDONE = (
    """delete from pentagram.comment_likes where comment_id in (
      select k.id from pentagram.comments k where k.post_id in (select id from few))""",
    "delete from pentagram.likes where post_id in (select id from few)",
    "delete from pentagram.collection_posts where post_id in (select id from few)",
    "update pentagram.posts set remix_of = null where remix_of in (select id from few)",
)
UNSAID = "delete from pentagram.comments where post_id in (select id from few)"
UNKNOWN = """delete from pentagram.follows
where follower_id in (select id from persons) or followed_id in (select id from persons)"""
UNPOSTED = "delete from pentagram.posts where account_id in (select id from persons)"
WRONG_COMMENTS = """select count(*) from pentagram.comments
where post_id in (select id from few) and like_count <> 0"""
WRONG_POSTS = """select count(*) from pentagram.posts where id in (select id from few)
and (like_count, comment_count, save_count, remix_count) <> (0, 0, 0, 0)"""
WRONG_PEOPLE = """select count(*) from pentagram.account_counts where account_id in (select id from persons)
and (followers, following, public_posts, follower_posts, own_posts) <> (0, 0, 0, 0, 0)"""


def wrong_counts(connection: Connection) -> int:
    """How many counts of a sample are not what the triggers would have made of the same rows."""
    wrong = 0
    with connection.transaction(force_rollback=True):
        for statements, question in (
            ((*SAMPLES, *UNDONE), WRONG_COMMENTS),
            ((UNSAID,), WRONG_POSTS),
            ((UNKNOWN, UNPOSTED), WRONG_PEOPLE),
        ):
            for statement in statements:
                connection.execute(statement)
            wrong += connection.execute(question).fetchone()[0]
    return wrong


def painted(house: Pentagram) -> list[EncodedPicture]:
    """The few pictures that all share, in the house's own storage."""
    pictures = []
    for number in range(len(SIZES) * PICTURES_A_SIZE):
        width, height = SIZES[number // PICTURES_A_SIZE]
        prompt = f"a {ADJECTIVES[number]} {THINGS[number * 5]} {PLACES[number % len(PLACES)]}"
        image = Painter().paint([Order(prompt, number, width, height)])[0].picture()
        told = Provenance(prompt, "painter", "painter", number, width, height, MOMENT, Painter.generator)
        picture = encode(image, told)
        house.storage.put(picture.full_key, picture.full)
        house.storage.put(picture.thumbnail_key, picture.thumbnail)
        pictures.append(picture)
    return pictures


def refuse_small_disk(home: Path, size: Size) -> None:
    needed, free = size.posts * BYTES_A_POST + SPARE_BYTES, shutil.disk_usage(home).free
    print(
        f"{home} has {free / 1e9:.0f} GB free; {size.posts:,} posts and all around them take about {needed / 1e9:.0f}."
    )
    if free < needed:
        sys.exit("That is not enough: name a folder on a larger disk, or ask for fewer with --posts.")


def refuse_inhabited(house: Pentagram) -> None:
    if house.db.value("select exists (select from pentagram.accounts)"):
        sys.exit(f"Somebody lives in {house.settings.home} already: name an empty folder.")


LARGEST = """
select c.relname, pg_table_size(c.oid), pg_indexes_size(c.oid), c.reltuples::bigint from pg_class c
where c.relnamespace = 'pentagram'::regnamespace and c.relkind = 'r'
order by pg_total_relation_size(c.oid) desc limit 12
"""


def print_sizes(connection: Connection) -> None:
    rows = connection.execute(LARGEST).fetchall()
    mb = [
        [name, f"{rows:,}", f"{heap / 1e6:,.0f} MB", f"{indexes / 1e6:,.0f} MB"] for name, heap, indexes, rows in rows
    ]
    print_table(["table", "rows", "rows take", "indexes take"], mb)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, help="an empty folder, to be a PENTAGRAM_HOME")
    parser.add_argument("--posts", type=int, default=POSTS)
    asked = parser.parse_args()
    asked.home.mkdir(parents=True, exist_ok=True)
    asked.home.chmod(0o711)
    size = Size(asked.posts)
    refuse_small_disk(asked.home, size)
    begun = time.perf_counter()
    with opened_house(asked.home) as house:
        refuse_inhabited(house)
        with psycopg.connect(house.db.conninfo(), autocommit=True) as connection:
            fill(connection, size, painted(house))
            shown.fill(connection)
            with timed("check of counts"):
                wrong = wrong_counts(connection)
            # Last: what the check undid and took back left pages that no index-only scan would trust.
            with timed("vacuum"):
                connection.execute("vacuum")
            print_sizes(connection)
    print(f"{wrong} wrong counts in a sample of {SAMPLE}; {time.perf_counter() - begun:,.0f} s altogether.")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
