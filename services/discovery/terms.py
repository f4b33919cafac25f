"""What the words of a query may have meant: as they stand, in English, or without their slips."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import LiteralString

from services.discovery import glossary
from services.discovery.query import Query
from services.discovery.words import allowed_errors, fold, is_surely, nearest, shapes
from services.platform.database import Transaction

MOST_LIKE_IT = 400
TRANSLATED, CORRECTED, GUESSED = 0.9, 0.8, 0.5
"""What a match by another word counts, beside one by the word itself."""


@dataclass(frozen=True)
class Form:
    """One way to say a term."""

    word: str
    exact: str
    stemmed: str
    """Both as `tsquery`; empty for a word that is never searched for, as "the"."""
    stem: str
    posts: int
    weight: float = 1.0

    @property
    def tsquery(self) -> str:
        parts = list(dict.fromkeys(part for part in (self.exact, self.stemmed) if part))
        return f"({' | '.join(f'({part})' for part in parts)})" if parts else ""


@dataclass(frozen=True)
class Term:
    typed: str
    forms: tuple[Form, ...]
    rarity: float = 1.0

    @property
    def posts(self) -> int:
        return max((form.posts for form in self.forms), default=0)

    @property
    def tsquery(self) -> str:
        return f"({' | '.join(form.tsquery for form in self.forms)})"


@dataclass(frozen=True)
class Reading:
    terms: tuple[Term, ...]
    text: str
    """What is asked for, for the model of language."""
    corrections: dict[str, str] = field(default_factory=dict)
    """What was taken for slips, and what was searched for instead."""
    translations: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Said:
    """A word of the query, what stands for it in the text that the model reads, and what posts may have instead."""

    typed: str
    text: str
    forms: tuple[tuple[str, float], ...]


def read(tx: Transaction, query: Query) -> Reading:
    words = [word for text in (*query.words, *query.phrases) for word in fold(text).split()]
    known = _looked_up(tx, words)
    language = glossary.language_of(words)
    if language is None:
        said = [_english(tx, word, known[word]) for word in words]
    else:
        said = [_foreign(word, english) for word, english in glossary.translated(words, language)]
    known |= _looked_up(tx, [word for each in said for word, _ in each.forms if word not in known])
    changed = [each for each in said if each.text != each.typed]
    foreign = {each.typed: each.text for each in changed if any(weight == TRANSLATED for _, weight in each.forms)}
    return Reading(
        _terms(tx, said, known), " ".join(each.text for each in said) if changed or language else query.text,
        {each.typed: each.text for each in changed if each.typed not in foreign}, foreign,
    )  # fmt: skip


def _foreign(word: str, english: str) -> _Said:
    forms = dict.fromkeys([*word.split(), *english.split()])
    return _Said(word, english, tuple((each, 1.0 if each in word.split() else TRANSLATED) for each in forms))


def _english(tx: Transaction, word: str, known: Form) -> _Said:
    as_it_is = _Said(word, word, ((word, 1.0),))
    if known.posts or not known.exact or glossary.is_english(word):
        return as_it_is
    tables = (glossary.tables()[language] for language in glossary.LANGUAGES)
    english = next((table[word] for table in tables if word in table), None)
    if english is not None:
        return _foreign(word, english)
    better = _correction(tx, word)
    if better is None:
        return as_it_is
    sure = is_surely(word, better)
    return _Said(word, better if sure else word, ((better, CORRECTED if sure else GUESSED),))


def _correction(tx: Transaction, word: str) -> str | None:
    if not allowed_errors(word) or not word.isalpha():
        return None
    rows = tx.rows(
        _Known,
        """select word, posts from pentagram.vocabulary where shapes && %(shapes)s::bigint[] and posts > 0
        order by posts desc limit %(most)s""",
        shapes=shapes(word), most=MOST_LIKE_IT,
    )  # fmt: skip
    return nearest(word, [(row.word, row.posts) for row in rows])


def _terms(tx: Transaction, said: Sequence[_Said], known: dict[str, Form]) -> tuple[Term, ...]:
    """A word that stands for several, as in German, is as many terms."""
    total = max(1, int(tx.value(POSTS)))
    terms: dict[tuple[str, ...], Term] = {}
    for each in said:
        forms = tuple(form for word, weight in each.forms if (form := _weighted(known[word], weight)).tsquery)
        if forms:
            posts = max(form.posts for form in forms)
            terms.setdefault(tuple(form.word for form in forms), Term(each.typed, forms, _rarity(total, posts)))
    return tuple(terms.values())


def _weighted(form: Form, weight: float) -> Form:
    return Form(form.word, form.exact, form.stemmed, form.stem, form.posts, weight)


def _rarity(total: int, posts: int) -> float:
    return math.log(1 + total / (posts + 1))


def _looked_up(tx: Transaction, words: Sequence[str]) -> dict[str, Form]:
    if not words:
        return {}
    return {form.word: form for form in tx.rows(Form, LOOKED_UP, words=list(dict.fromkeys(words)))}


POSTS: LiteralString = """
select greatest(reltuples::bigint, (select count(*) from (select from pentagram.post_words limit 2000) few))
from pg_class where oid = 'pentagram.post_words'::regclass
"""
# How many posts have a word, whatever its ending: of several words in one the rarest counts.
LOOKED_UP: LiteralString = """
select t.word, plainto_tsquery('pentagram.exact', t.word)::text as exact,
  plainto_tsquery('pg_catalog.english', t.word)::text as stemmed, coalesce(s.stems[1], '') as stem,
  coalesce((select min(coalesce((select sum(v.posts) from pentagram.vocabulary v where v.stem = each), 0))
    from unnest(s.stems) each), 0)::integer as posts
from unnest(%(words)s::text[]) as t (word)
cross join lateral (select tsvector_to_array(to_tsvector('pg_catalog.english', t.word)) as stems) s
"""


@dataclass(frozen=True)
class _Known:
    word: str
    posts: int
