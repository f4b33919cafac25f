"""What the words of a query may have meant: as they stand, in English, or without their slips."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import LiteralString

from services.discovery import glossary
from services.discovery.embeddings import common_words
from services.discovery.query import Query
from services.discovery.words import allowed_errors, fold, nearest, shapes
from services.platform.database import Transaction

MOST_LIKE_IT = 400
TRANSLATED, CORRECTED = 0.9, 0.8
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


def read(tx: Transaction, query: Query) -> Reading:
    words = [word for text in (*query.words, *query.phrases) for word in fold(text).split()]
    known = _looked_up(tx, words)
    language = _language(words)
    corrections: dict[str, str] = {}
    translations: dict[str, str] = {}
    said: list[str] = []
    meant: list[tuple[str, list[tuple[str, float]]]] = []
    for word in words:
        if language is not None and word in glossary.FUNCTION_WORDS[language]:
            continue
        english = _translation(word, language, known[word])
        if english is not None:
            translations[word] = english
            said.append(english)
            meant += [(word, [(word, 1.0), (each, TRANSLATED)]) for each in english.split()]
        elif known[word].exact and not known[word].posts and (better := _correction(tx, word)) is not None:
            corrections[word] = better
            said.append(better)
            meant.append((word, [(better, CORRECTED)]))
        else:
            said.append(word)
            meant.append((word, [(word, 1.0)]))
    changed = bool(corrections or translations)
    known |= _looked_up(tx, [word for _, forms in meant for word, _ in forms if word not in known])
    terms = _terms(tx, meant, known)
    return Reading(terms, " ".join(said) if changed else query.text, corrections, translations)


def _language(words: Sequence[str]) -> str | None:
    """A single word that is English as well is English."""
    language = glossary.language_of(words)
    if language is None or (len(words) == 1 and words[0] in common_words()):
        return None
    return language


def _translation(word: str, language: str | None, known: Form) -> str | None:
    if language is not None:
        english = glossary.translation(word, language)
        return None if english == word else english
    if known.posts or not known.exact or word in common_words() or word in glossary.english_words():
        return None
    found = (glossary.translation(word, each) for each in glossary.LANGUAGES)
    return next((english for english in found if english is not None), None)


def _correction(tx: Transaction, word: str) -> str | None:
    if not allowed_errors(word) or word in common_words() or not word.isalpha():
        return None
    rows = tx.rows(
        _Known,
        """select word, posts from pentagram.vocabulary where shapes && %(shapes)s::bigint[] and posts > 0
        order by posts desc limit %(most)s""",
        shapes=shapes(word), most=MOST_LIKE_IT,
    )  # fmt: skip
    return nearest(word, [(row.word, row.posts) for row in rows])


def _terms(
    tx: Transaction, meant: Sequence[tuple[str, list[tuple[str, float]]]], known: dict[str, Form]
) -> tuple[Term, ...]:
    total = max(1, int(tx.value(POSTS)))
    terms: dict[tuple[str, ...], Term] = {}
    for typed, choices in meant:
        forms = [_weighted(known[word], weight) for word, weight in choices]
        forms = [form for form in forms if form.tsquery]
        if forms:
            term = Term(typed, tuple(forms))
            terms.setdefault(tuple(form.word for form in forms), Term(typed, term.forms, _rarity(total, term.posts)))
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
