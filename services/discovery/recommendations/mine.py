"""What For you has learned of somebody, for them to see and to change. Whatever they change acts on the next page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from services.community.accounts import Account
from services.community.people import PERSON, THERE, People, Person
from services.community.posts import COLUMNS, FROM, SENSITIVE_IF_CHOSEN, VISIBLE, Post
from services.discovery import terms
from services.discovery.recommendations import interests
from services.discovery.recommendations.interests import Interest, Source, State
from services.discovery.recommendations.learning import Learning
from services.discovery.recommendations.memory import Visitor, Wishes
from services.discovery.recommendations.naming import name_of, words_of
from services.discovery.spaces import Spaces
from services.errors import NotFound
from services.pages import Page
from services.platform.clock import Clock
from services.platform.database import Database, Transaction

SHOWN: LiteralString = f"""
select {COLUMNS} {FROM} where p.id = any(%(ids)s) and {VISIBLE} and {SENSITIVE_IF_CHOSEN}
"""
COUNTED: LiteralString = "select word, posts from pentagram.vocabulary where word = any(%(words)s)"
UNWANTED_BY_VISITOR: LiteralString = f"""
select {PERSON} from pentagram.accounts a left join pentagram.creations c on c.id = a.avatar_id
where a.id = any(%(ids)s) and {THERE} order by a.name
"""


@dataclass(frozen=True)
class Deed:
    """Something that somebody did, that something was learned from."""

    post_id: UUID
    post: Post | None
    """None where it is gone, or not for them to see any more."""
    kind: str
    at: datetime


@dataclass(frozen=True)
class Known:
    """An interest, as the person sees it."""

    id: UUID
    name: str
    share: float
    """Of all that counts, from 0 to 1."""
    state: State
    deeds: Sequence[Deed]
    """The latest first."""

    @property
    def posts(self) -> list[Post]:
        """What it was learned from, as far as it can be shown, each once."""
        return list({deed.post.id: deed.post for deed in self.deeds if deed.post is not None}.values())


@dataclass(frozen=True)
class Mine:
    liked: Sequence[Known]
    """The strongest first."""
    removed: Sequence[Known]
    unwanted: Sequence[Known]
    """What they want less of, the latest first."""
    makers: Page[Person]
    """Whose posts they do not want."""
    wishes: Wishes

    @property
    def is_empty(self) -> bool:
        return not (self.liked or self.removed or self.unwanted or self.makers.items)


@dataclass(frozen=True)
class _Counted:
    word: str
    posts: int


class MyInterests:
    """For whoever has an account and, within their tab, for visitors."""

    def __init__(self, db: Database, spaces: Spaces, learning: Learning, people: People, clock: Clock) -> None:
        self._db = db
        self._spaces = spaces
        self._learning = learning
        self._people = people
        self._clock = clock

    def shown(self, *, by: Account | Visitor) -> Mine:
        with self._db.transaction() as tx:
            tx.use_vectors()
            space = self._spaces.serving(tx)
            held = () if space is None else self._learning.known(tx, by, space)
            known = self._told(tx, held, by)
        makers = self._makers(by)
        return Mine(
            sorted((each for each in known if each.share), key=lambda each: -each.share),
            [each for each, of in zip(known, held, strict=True) if of.state == "removed"],
            sorted(
                (each for each, of in zip(known, held, strict=True) if of.negative), key=lambda each: each.deeds[0].at,
                reverse=True,
            ),
            makers, self._learning.wishes(by=by),
        )  # fmt: skip

    def strengthen(self, id_: UUID, *, by: Account | Visitor) -> None:
        """A step up: more of it comes, and it does not fade."""
        self._move(id_, interests.stronger, by)

    def weaken(self, id_: UUID, *, by: Account | Visitor) -> None:
        """A step down: little of it comes."""
        self._move(id_, interests.weaker, by)

    def remove(self, id_: UUID, *, by: Account | Visitor) -> None:
        """It counts for nothing, and nothing like it is learned while it fades."""
        self._move(id_, lambda _: "removed", by)

    def bring_back(self, id_: UUID, *, by: Account | Visitor, state: State = "auto") -> None:
        """One that was changed or removed, as it was."""
        self._move(id_, lambda _: state, by)

    def forget(self, deed: Deed, *, by: Account | Visitor) -> None:
        """As if nothing had been learned from it. What they wanted less of comes again."""
        if deed.kind == "less":
            self._learning.not_less_like(deed.post_id, by=by)
        else:
            self._learning.forget(deed.post_id, deed.kind, by=by)

    def reset(self, *, by: Account | Visitor) -> None:
        """Forget all that was learned, and what they did not want. What they set stays, and so does what they did."""
        self._learning.rearrange(lambda _held, _at: (), by=by)
        self._learning.want_all_makers(by=by)

    def _move(self, id_: UUID, to: Callable[[State], State], by: Account | Visitor) -> None:
        self._learning.rearrange(lambda held, at: interests.moved(_having(held, id_), id_, to, at), by=by)

    def _makers(self, by: Account | Visitor) -> Page[Person]:
        if isinstance(by, Visitor):
            found = self._db.rows(Person, UNWANTED_BY_VISITOR, ids=list(by.unwanted), viewer=None)
            return Page(found, None)
        return self._people.unwanted_by(by)

    def _told(self, tx: Transaction, held: Sequence[Interest], by: Account | Visitor) -> list[Known]:
        ids = list({source.post for each in held for source in each.sources})
        viewer = None if isinstance(by, Visitor) else by.id
        posts = {post.id: post for post in tx.rows(Post, SHOWN, ids=ids, viewer=viewer)} if ids else {}
        counted = _counted(tx, posts)
        now, total = self._clock.now(), int(tx.value(terms.POSTS))
        strengths = [0.0 if each.negative else each.strength(now) for each in held]
        all_of_it = sum(strengths) or 1.0
        return [
            _known(each, posts, strength / all_of_it, counted, total)
            for each, strength in zip(held, strengths, strict=True)
        ]


def _having(held: Sequence[Interest], id_: UUID) -> Sequence[Interest]:
    if not any(each.id == id_ and not each.negative for each in held):
        raise NotFound("This interest is not there any more.")
    return held


def _counted(tx: Transaction, posts: Mapping[UUID, Post]) -> dict[str, int]:
    """How many posts have each of their words."""
    words = {word for post in posts.values() for word in words_of(_words(post))}
    return {row.word: row.posts for row in tx.rows(_Counted, COUNTED, words=list(words))} if words else {}


def _known(
    interest: Interest, posts: Mapping[UUID, Post], share: float, counted: Mapping[str, int], total: int
) -> Known:  # fmt: skip
    deeds = sorted((_deed(source, posts) for source in interest.sources), key=lambda deed: deed.at, reverse=True)
    readable = {deed.post_id: _words(deed.post) for deed in deeds if deed.post is not None}
    return Known(interest.id, name_of(list(readable.values()), counted, total), share, interest.state, deeds)


def _deed(source: Source, posts: Mapping[UUID, Post]) -> Deed:
    return Deed(source.post, posts.get(source.post), source.kind, source.at)


def _words(post: Post) -> str:
    """What may be read of it."""
    return post.prompt or post.caption
