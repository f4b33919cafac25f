"""Blocked prompts, remembered so that the same one with other letters is noticed.

For 24 hours is kept of each, whatever it was blocked for: whose it was and when, its categories, and a fingerprint,
which is for every word a keyed hash of it and of the letters and pairs of letters in it. Never its text: without the
installation's key nobody reads anything out of it. What is older goes with anybody's next blocked prompt, and once a
day. For good stay counts by month and category.

A prompt is the same one again when every word that the other was blocked for is in it, as it was or with letters
changed so that it is no word any more, and most of the rest is there as well. Who takes such a word out, or writes
another one instead, is judged by the gate alone; so is who adds to it, and who asks for the very same once more, since
the gate may have learned.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from services.errors import TooMany
from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.platform.jobs import Jobs
from services.safety.canonical import views_of
from services.safety.policy import sentence
from services.safety.verdicts import Verdict, called

KEPT = timedelta(hours=24)
REMEMBERED = timedelta(hours=1)
"""How long a prompt that resembles a blocked one is taken for it."""
MOST_COMPARED = 10
MOST_LOOKED_AT = 1_000
MOST_BLOCKED = 8
"""Different ones within an hour, after which painting pauses for the account and moderators are told."""
PAUSE = timedelta(minutes=15)
DISGUISED_FROM = 0.6
"""Of a word's letters and pairs of letters how much its disguise shares with it. By hand: "prn", "pron", "pohrn" and
"p*rm" are above, "nice" for "nude" is at 0.44."""
SHORTEST_DISGUISE = 3
SAME_FROM = 0.8
"""Of the letters of a blocked prompt, how many must be in words that are there again, or disguised."""
WORD = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff]|\S+")
"""Where canonical text does not part words that stand without spaces (Thai, Lao, Khmer) each sign is one: it can be
taken out, and has no letters to change."""
ENDINGS = ("", "s", "es", "d", "ed", "ing", "er", "ly")
"""With which a known word is known, too."""
URGENT = {"minors": ("minors", 3), "self_harm": ("self_harm", 2)}
"""What a report by the house is about and how urgent it is; anything else is for a look in passing."""
AGAIN = ("nearly the same as a prompt that was blocked",)
"""What such a prompt is about; of one that was blocked by itself it says the words."""
REPORT = "Noticed by Pentagram: {} different prompts were blocked within an hour, for {}."


@dataclass(frozen=True)
class Word:
    whole: int
    letters: frozenset[int]
    length: int
    blamed: bool = False
    """Whether it is one of those that the prompt was blocked for."""
    known_as: int | None = None
    """Of a word that means something as it is: what that is a form of."""


@dataclass(frozen=True)
class BlockedCount:
    month: date
    category: str
    prompts: int


@dataclass(frozen=True)
class BlockedWith:
    prompts: int
    having: int


@dataclass(frozen=True)
class _Try:
    digest: bytes
    categories: list[str]
    words: list[Any]
    tried_at: datetime


@dataclass(frozen=True)
class _Lately:
    count: int
    latest: datetime | None


class Tries:
    def __init__(
        self, db: Database, jobs: Jobs, clock: Clock, key: bytes, known: Callable[[], Collection[str]] = frozenset
    ) -> None:
        """`known` are words that mean something as they are: none of them is another one in disguise."""
        self._db = db
        self._clock = clock
        self._key = key
        self._known = known
        jobs.register_daily("sweep_blocked_tries", self.sweep, db)

    def refuse_paused(self, account_id: UUID) -> None:
        """Whoever had many different prompts blocked lately waits for a while."""
        now = self._clock.now()
        lately = self._lately(self._db, account_id, now)
        if lately.latest is None or lately.count <= MOST_BLOCKED or lately.latest + PAUSE <= now:
            return
        minutes = math.ceil((lately.latest + PAUSE - now).total_seconds() / 60)
        raise TooMany(
            f"{lately.count} of your prompts were blocked within an hour, so painting pauses for you. Come back in "
            f"{minutes} {'minute' if minutes == 1 else 'minutes'}; the policy says what has no place here."
        )

    def weigh(self, prompt: str, verdict: Verdict, *, of: UUID, counts: bool = True) -> Verdict:
        """The gate's verdict on what somebody asks for, or a blocked one's if this is that again. A block is
        remembered; unless it `counts` it brings no pause nearer."""
        if verdict.decision != "block":
            verdict = self._as_before(prompt, of) or verdict
        if verdict.decision == "block":
            self._remember(prompt, verdict, of, counts)
        return verdict

    def with_words(self, words: str) -> BlockedWith:
        """How many were blocked within the last day, and how many of those had these words in a row."""
        wanted = [self._hash(word) for word in _words(words)]
        kept: list[list[int]] = self._db.values(
            """select array(
              select (word ->> 0)::bigint from jsonb_array_elements(words) with ordinality as each (word, n) order by n)
            from pentagram.blocked_tries
            where tried_at > %(since)s order by tried_at desc limit %(most)s""",
            since=self._clock.now() - KEPT, most=MOST_LOOKED_AT,
        )  # fmt: skip
        return BlockedWith(len(kept), sum(_has_in_a_row(each, wanted) for each in kept))

    def by_month(self) -> list[BlockedCount]:
        """Of all accounts, the latest month first."""
        return self._db.rows(
            BlockedCount,
            "select month, category, prompts from pentagram.blocked_counts order by month desc, prompts desc, category",
        )

    def sweep(self) -> None:
        self._db.execute(
            "delete from pentagram.blocked_tries where tried_at < %(before)s", before=self._clock.now() - KEPT
        )

    def _as_before(self, prompt: str, of: UUID) -> Verdict | None:
        tries = self._db.rows(
            _Try,
            """select digest, categories, words, tried_at from pentagram.blocked_tries
            where account_id = %(of)s and tried_at > %(since)s order by tried_at desc limit %(most)s""",
            of=of, since=self._clock.now() - REMEMBERED, most=MOST_COMPARED,
        )  # fmt: skip
        if not tries:
            return None
        digest, words = self._digest(prompt), self._read_now(prompt)
        for each in tries:
            if each.digest != digest and is_same([_read(word) for word in each.words], words):
                return _again(each, self._clock.now())
        return None

    def _remember(self, prompt: str, verdict: Verdict, of: UUID, counts: bool) -> None:
        now = self._clock.now()
        self.sweep()
        with self._db.transaction() as tx:
            is_new = tx.value(
                """insert into pentagram.blocked_tries as t (account_id, digest, categories, words, counts, tried_at)
                select a.id, %(digest)s, %(categories)s, %(words)s, %(counts)s, %(now)s
                from pentagram.accounts a where a.id = %(of)s for key share
                on conflict (account_id, digest) do update set tried_at = excluded.tried_at
                returning xmax = 0""",
                of=of, digest=self._digest(prompt), categories=list(verdict.categories), counts=counts, now=now,
                words=Jsonb([_told(word) for word in self._fingerprint(prompt, verdict.because)]),
            )  # fmt: skip
            if is_new:
                _count(tx, verdict.categories, now)
            if is_new and counts and (lately := self._lately(tx, of, now)).count > MOST_BLOCKED:
                _report(tx, of, lately.count, now)

    def _lately(self, source: Database | Transaction, account_id: UUID, now: datetime) -> _Lately:
        found = source.row(
            _Lately,
            """select count(*) as count, max(tried_at) as latest from pentagram.blocked_tries
            where account_id = %(of)s and tried_at > %(since)s and counts""",
            of=account_id, since=now - REMEMBERED,
        )  # fmt: skip
        assert found is not None  # noqa: S101 - a count always has a row
        return found

    def _fingerprint(self, prompt: str, because: Sequence[str]) -> list[Word]:
        """Only a phrase that stands in it whole is blamed: a meaning has words of its own."""
        words = _words(prompt)
        phrases = [phrase for phrase in map(_words, because) if set(phrase) <= set(words)]
        blamed = {word for phrase in phrases for word in phrase}
        return [replace(self._word(word), blamed=word in blamed) for word in words]

    def _read_now(self, prompt: str) -> list[Word]:
        known = self._known()
        return [replace(self._word(word), known_as=self._known_as(word, known)) for word in _words(prompt)]

    def _word(self, word: str) -> Word:
        return Word(self._hash(word), frozenset(map(self._hash, _parts(word))), len(word))

    def _known_as(self, word: str, known: Collection[str]) -> int | None:
        stems = (word.removesuffix(ending) for ending in ENDINGS if word.endswith(ending))
        return next((self._hash(stem) for stem in stems if stem in known), None)

    def _digest(self, prompt: str) -> bytes:
        return hashlib.blake2b(prompt.encode(), key=self._key[:64], digest_size=16).digest()

    def _hash(self, part: str) -> int:
        return int.from_bytes(hashlib.blake2b(part.encode(), key=self._key[:64], digest_size=4).digest(), "big")


def is_same(blocked: Sequence[Word], now: Sequence[Word]) -> bool:
    """Whether a prompt is one that was blocked, with letters changed, or with nothing changed but signs."""
    if [word.whole for word in blocked] == [word.whole for word in now]:
        return True
    survivors, disguised = _survivors(blocked, now)
    blamed = [word for word in blocked if word.blamed] or blocked
    return disguised and all(word in survivors for word in blamed) and _share(survivors, blocked) >= SAME_FROM


def _survivors(blocked: Sequence[Word], now: Sequence[Word]) -> tuple[set[Word], bool]:
    """Which words are there again, as they were or disguised; and whether any is disguised."""
    there, before = {word.whole for word in now}, {word.whole for word in blocked}
    fresh = [word for word in now if word.whole not in before]
    lost = [word for word in blocked if word.whole not in there]
    disguised = {word for word in lost if any(_resembles(word, other) for other in fresh)}
    return {word for word in blocked if word.whole in there} | disguised, bool(disguised)


def _resembles(word: Word, other: Word) -> bool:
    if min(word.length, other.length) < SHORTEST_DISGUISE or other.known_as not in (None, word.whole):
        return False
    shared = len(word.letters & other.letters)
    return 2 * shared >= DISGUISED_FROM * (len(word.letters) + len(other.letters))


def _share(some: Collection[Word], every: Sequence[Word]) -> float:
    letters = sum(word.length for word in every)
    return sum(word.length for word in every if word in some) / letters if letters else 0.0


def _words(text: str) -> list[str]:
    return WORD.findall(views_of(text)[0])


def _parts(word: str) -> Iterable[str]:
    """Its letters, each with how often it was there before, and its pairs of letters, the ends included."""
    seen: Counter[str] = Counter()
    for letter in word:
        seen[letter] += 1
        yield f"{letter}{seen[letter]}"
    marked = f"<{word}>"
    yield from (f"{first}+{second}" for first, second in pairwise(marked))


def _has_in_a_row(words: Sequence[int], wanted: Sequence[int]) -> bool:
    return any(list(words[start : start + len(wanted)]) == wanted for start in range(len(words) - len(wanted) + 1))


def _told(word: Word) -> list[Any]:
    return [word.whole, sorted(word.letters), word.length, word.blamed]


def _read(told: Sequence[Any]) -> Word:
    whole, letters, length, blamed = told
    return Word(whole, frozenset(letters), length, blamed=blamed)


def _again(blocked: _Try, now: datetime) -> Verdict:
    minutes = max(1, round((now - blocked.tried_at).total_seconds() / 60))
    ago = "a minute ago" if minutes == 1 else f"{minutes} minutes ago"
    why = sentence(blocked.categories[0], "block")
    return Verdict(
        "block", tuple(blocked.categories), f"This is what was blocked {ago}, with letters changed. {why}",
        AGAIN,
    )  # fmt: skip


def _count(tx: Transaction, categories: Sequence[str], now: datetime) -> None:
    """Each once for all that it was blocked for."""
    tx.execute(
        """insert into pentagram.blocked_counts as b (month, category, prompts)
        select %(month)s, category, 1 from unnest(%(categories)s::text[]) as category order by category
        on conflict (month, category) do update set prompts = b.prompts + 1""",
        month=now.date().replace(day=1), categories=list(dict.fromkeys(categories)),
    )  # fmt: skip


def _report(tx: Transaction, account_id: UUID, count: int, now: datetime) -> None:
    """Show moderators the account, unless a report of it by the house is open already."""
    categories = tx.values(
        """select distinct unnest(categories) from pentagram.blocked_tries
        where account_id = %(of)s and tried_at > %(since)s order by 1""",
        of=account_id, since=now - REMEMBERED,
    )  # fmt: skip
    reason, urgency = next((URGENT[each] for each in URGENT if each in categories), ("other", 0))
    tx.execute(
        """insert into pentagram.reports (account_id, reason, note, urgency)
        select %(of)s, %(reason)s, %(note)s, %(urgency)s where not exists (
          select from pentagram.reports where account_id = %(of)s and reporter_id is null and state = 'open')""",
        of=account_id, reason=reason, urgency=urgency,
        note=REPORT.format(count, ", ".join(map(called, categories))),
    )  # fmt: skip
