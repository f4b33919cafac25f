"""For you: a walk through what somebody may like, a page at a time.

What a walk has shown stays where it is: it is kept, and a cursor is a place in it. What comes after is chosen when it
is asked for, by what is known of the person then: a like changes the next page.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import LiteralString
from uuid import UUID

import numpy as np

from services.community.accounts import Account
from services.community.feeds import KINDS, MOST, PAGE, Feeds, Kind
from services.community.posts import COLUMNS, FROM, LISTED, VISIBLE, Post
from services.discovery.recommendations import candidates, memory, shown
from services.discovery.recommendations.candidates import Asked
from services.discovery.recommendations.choosing import Pick, apart, away, choose
from services.discovery.recommendations.features import Pool, nearness
from services.discovery.recommendations.interests import Interest, in_turn
from services.discovery.recommendations.learning import Learning
from services.discovery.recommendations.memory import Visitor, Wishes
from services.discovery.recommendations.reasons import Reason, reason_of, sentence
from services.discovery.recommendations.training import Weights
from services.discovery.spaces import Space, Spaces
from services.errors import NotFound, UserError
from services.pages import Page, cursor, place_of
from services.platform.clock import Clock
from services.platform.database import Database, Transaction

log = logging.getLogger(__name__)

BEGIN: LiteralString = f"""
insert into pentagram.served (account_id, kind, newest) select %(viewer)s, %(kind)s, (
  select p.id from pentagram.posts p where {LISTED} and {{kind}} order by p.id desc limit 1)
returning id, posts, reasons, causes, repeats_from, is_whole, newest
"""
FIND: LiteralString = """
select id, posts, reasons, causes, repeats_from, is_whole, newest from pentagram.served
where id = %(id)s and account_id is not distinct from %(viewer)s and kind = %(kind)s for no key update
"""
LENGTHEN: LiteralString = """
update pentagram.served set posts = %(posts)s, reasons = %(reasons)s, causes = %(causes)s,
  repeats_from = %(repeats_from)s, is_whole = %(is_whole)s
where id = %(id)s
"""
WORDS: LiteralString = f"""
select p.id, coalesce(case when p.shows_prompt then r.prompt end, p.caption) as words
{FROM} where p.id = any(%(ids)s) and {VISIBLE}
"""


@dataclass(frozen=True)
class ForYouPage(Page[Post]):
    reasons: Mapping[UUID, str] = field(default_factory=dict)
    """Why each of them is there, as a sentence with words that people typed."""
    repeats_from: UUID | None = None
    """The first of them that was shown before: all that is new has been seen."""
    newest: UUID | None = None
    """What was the newest of all posts when the walk began."""


@dataclass(frozen=True)
class _Walk:
    id: UUID
    posts: list[UUID]
    reasons: list[str]
    causes: list[UUID | None]
    repeats_from: int | None
    is_whole: bool
    newest: UUID | None


@dataclass(frozen=True)
class _Words:
    id: UUID
    words: str


@dataclass(frozen=True)
class _Person:
    """Whom a page is for."""

    account: Account | None
    visitor: Visitor
    kind: Kind
    newer_than: UUID | None = None

    @property
    def id(self) -> UUID | None:
        return self.account.id if self.account else None

    def asked(self, above: Sequence[UUID], *, seen: bool = True) -> Asked:
        """For candidates below these; of a visitor all that they have `seen` stands above."""
        theirs = [] if self.account else self.visitor.seen if seen else []
        return Asked(self.id, self.kind, [*above, *theirs], list(self.visitor.unwanted))


@dataclass(frozen=True)
class _Known:
    """What is known of them."""

    space: Space | None
    interests: tuple[Interest, ...]
    wishes: Wishes


class ForYou:
    def __init__(
        self, db: Database, spaces: Spaces, feeds: Feeds, learning: Learning, weights: Weights, clock: Clock, *,
        chance: np.random.Generator | None = None,
    ) -> None:  # fmt: skip
        """`chance` is what pages are drawn with."""
        self._db = db
        self._spaces = spaces
        self._feeds = feeds
        self._learning = learning
        self._weights = weights
        self._clock = clock
        self._chance = chance or np.random.default_rng()

    def page(
        self, *, viewer: Account | None, visitor: Visitor | None = None, kind: Kind = "everyone",
        after: str | None = None, newer_than: UUID | None = None, limit: int = PAGE,
    ) -> ForYouPage:  # fmt: skip
        """A page for somebody; for a `visitor` by what they did in this tab. A walk that somebody begins because they
        were told of posts that are `newer_than` one begins with some of those. Where choosing goes wrong, what is
        newest: nobody sees an empty page for that."""
        if kind not in KINDS:
            raise NotFound("There is no such feed.")
        limit = max(1, min(limit, MOST))
        person = _Person(viewer, visitor or Visitor(), kind, newer_than)
        if after is not None and not _is_of_a_walk(after):
            return self._newest(person, after, limit)
        try:
            return self._walked(person, after, limit)
        except UserError:
            raise
        except Exception:
            log.exception("For you shows what is newest instead.")
            return self._newest(person, None, limit)

    def _newest(self, person: _Person, after: str | None, limit: int) -> ForYouPage:
        page = self._feeds.page("fresh", viewer=person.account, kind=person.kind, after=after, limit=limit)
        return ForYouPage(page.items, page.next, newest=page.items[0].id if page.items else None)

    def _walked(self, person: _Person, after: str | None, limit: int) -> ForYouPage:
        wanted, start = place_of(after, UUID, int)
        with self._db.transaction() as tx:
            tx.use_vectors()
            walk = _found(tx, person, wanted)
            if walk is None:
                walk, start = _begun(tx, person), 0
            start = max(0, min(start or 0, len(walk.posts)))
            if start == len(walk.posts) and not walk.is_whole:
                walk = self._longer(tx, walk, person, limit)
            return _shown(tx, walk, person, start, limit)

    def _longer(self, tx: Transaction, walk: _Walk, person: _Person, length: int) -> _Walk:
        """The walk with its next page, which is logged."""
        first = len(walk.posts)
        made = [] if first else _asked_for(tx, person)[:length]
        known, above = self._known(tx, person), [*walk.posts, *made]
        near_to = in_turn(known.interests, self._clock.now(), self._chance)
        found = candidates.find(tx, person.asked(above), known.space, known.interests, near_to)
        pool = found.at(apart(nearness(known.interests, found.vectors, self._clock.now())))
        picks = self._picked(tx, known, pool, above, length - len(made))
        chosen, repeated, is_whole = [*made, *(pick.id for pick in picks)], list[UUID](), False
        if len(picks) == len(pool):
            repeated, is_whole = self._again(tx, person, known, [*walk.posts, *chosen], length - len(chosen))
        if not (first or chosen or repeated):
            # Nothing is left but what the person wants less of: better than nothing at all.
            picks, pool = self._picked(tx, known, found, above, length), found
            chosen = [pick.id for pick in picks]
        _log(tx, walk, person, known, made, picks, repeated)
        reasons = [
            *[Reason("own")] * len(made),
            *(reason_of(pick, pool, known.interests, self._clock.now()) for pick in picks),
            *[Reason("again")] * len(repeated),
        ]
        return _lengthened(tx, walk, [*chosen, *repeated], reasons, len(repeated), is_whole)

    def _picked(
        self, tx: Transaction, known: _Known, pool: Pool, above: Sequence[UUID], length: int
    ) -> list[Pick]:  # fmt: skip
        last = tx.value("select account_id from pentagram.posts where id = %(id)s", id=above[-1]) if above else None
        return choose(
            known.interests, pool, self._weights.now(), at=self._clock.now(), length=length, chance=self._chance,
            surprise=known.wishes.surprise, last_maker=last,
        )  # fmt: skip

    def _again(
        self, tx: Transaction, person: _Person, known: _Known, above: Sequence[UUID], room: int
    ) -> tuple[list[UUID], bool]:
        """What was shown before, and whether nothing comes after it."""
        unwanted = away(known.interests, self._clock.now())
        asked, seen = person.asked(above, seen=False), person.visitor.seen
        found = candidates.again(tx, asked, known.space, unwanted, seen, room + 1)
        return found[:room], len(found) <= room

    def _known(self, tx: Transaction, person: _Person) -> _Known:
        space = self._spaces.serving(tx)
        wishes = memory.wishes(tx, person.account.id if person.account else person.visitor)
        if person.account is None:
            return _Known(space, person.visitor.of(space), wishes)
        if space is None:
            return _Known(None, (), wishes)
        if memory.has_older(tx, person.account.id, space):
            self._learning.rebuild_later(tx, person.account.id)
        return _Known(space, memory.held(tx, person.account.id, space), wishes)


def _is_of_a_walk(after: str) -> bool:
    try:
        place_of(after, UUID, int)
    except NotFound:
        return False
    return True


def _asked_for(tx: Transaction, person: _Person) -> list[UUID]:
    """What a walk begins with, whatever else is known of the person."""
    made = candidates.just_made(tx, person.asked(()))
    if person.newer_than is None:
        return made
    return [*made, *candidates.newer(tx, person.asked(made), person.newer_than)]


def _log(
    tx: Transaction, walk: _Walk, person: _Person, known: _Known, made: Sequence[UUID], picks: Sequence[Pick],
    repeated: Sequence[UUID],
) -> None:  # fmt: skip
    first = len(walk.posts)
    account, visitor = person.id, None if person.account else person.visitor.id
    shown.log_sure(tx, walk.id, first, made, account=account, visitor=visitor)
    shown.log_page(
        tx, walk.id, first + len(made), picks, account=account, visitor=visitor, teaches=known.wishes.learning
    )
    shown.log_sure(tx, walk.id, first + len(made) + len(picks), repeated, account=account, visitor=visitor)
    person.visitor.saw([*made, *(pick.id for pick in picks), *repeated])


def _begun(tx: Transaction, person: _Person) -> _Walk:
    walk = tx.row(_Walk, BEGIN.replace("{kind}", KINDS[person.kind]), viewer=person.id, kind=person.kind)
    assert walk is not None  # noqa: S101 - the statement returns what it inserted
    return walk


def _found(tx: Transaction, person: _Person, wanted: UUID | None) -> _Walk | None:
    """None for one that ran out meanwhile, or is another's."""
    return None if wanted is None else tx.row(_Walk, FIND, id=wanted, viewer=person.id, kind=person.kind)


def _lengthened(
    tx: Transaction, walk: _Walk, posts: Sequence[UUID], reasons: Sequence[Reason], repeated: int, is_whole: bool
) -> _Walk:
    repeats_from = walk.repeats_from
    if repeats_from is None and repeated:
        repeats_from = len(walk.posts) + len(posts) - repeated
    longer = _Walk(
        walk.id, [*walk.posts, *posts], [*walk.reasons, *(each.kind for each in reasons)],
        [*walk.causes, *(each.cause for each in reasons)], repeats_from, is_whole, walk.newest,
    )  # fmt: skip
    tx.execute(LENGTHEN, **{name: value for name, value in vars(longer).items() if name != "newest"})
    return longer


def _shown(tx: Transaction, walk: _Walk, person: _Person, start: int, limit: int) -> ForYouPage:
    """As they are now; what is not for this person to see any more leaves no gap."""
    ids = walk.posts[start : start + limit]
    found = tx.rows(Post, f"select {COLUMNS} {FROM} where p.id = any(%(ids)s) and {LISTED}", ids=ids, viewer=person.id)
    posts = {post.id: post for post in found}
    end = start + len(ids)
    repeated = ids[walk.repeats_from - start :] if walk.repeats_from is not None and walk.repeats_from >= start else []
    return ForYouPage(
        [posts[id_] for id_ in ids if id_ in posts],
        cursor(walk.id, end) if end < len(walk.posts) or not walk.is_whole else None,
        reasons=_sentences(tx, walk, person, start, end),
        repeats_from=next((id_ for id_ in repeated if id_ in posts), None), newest=walk.newest,
    )  # fmt: skip


def _sentences(tx: Transaction, walk: _Walk, person: _Person, start: int, end: int) -> dict[UUID, str]:
    causes = [cause for cause in walk.causes[start:end] if cause is not None]
    words: dict[UUID, str] = {}
    if causes:
        words = {row.id: row.words for row in tx.rows(_Words, WORDS, ids=causes, viewer=person.id)}
    told = {
        post: sentence(Reason(kind, cause), words.get(cause) if cause else None)
        for post, kind, cause in zip(
            walk.posts[start:end], walk.reasons[start:end], walk.causes[start:end], strict=True
        )
    }
    return {post: said for post, said in told.items() if said}
