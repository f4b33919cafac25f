"""The commonest words of other languages, each with what it is in English: a model of language that reads little else
makes more of `swallow whole box` than of the words as they stand.

Tables lie in `everyday/`, a file for each language; a line is the English, then its words, with `*` where any ending
may follow. Which language a text is in, its own words say; where most are English it is left alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from services.safety.lexicon import Lexicon, without_prefix, words_of

FOLDER = Path(__file__).parent / "everyday"
SYLLABLES, PREFIXING = {"ko"}, {"ar"}
"""Where a sign alone says too little, and where small words are written with the next one."""
SHORTEST_STEM, LONGEST_STEM, LONGEST_ENDING = 2, 16, 6
MOST_LIKELY = 3
TOKENS_REMEMBERED = 20_000
FEWEST = 2
"""Words of a language by which it is known; one is enough where no other stands beside it."""


class Everyday:
    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Language, English, and the words for that."""
        self._tables: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
        for language, english, words in rows:
            for phrase in words.split(","):
                tokens = words_of(phrase)
                if len(tokens) > (language in SYLLABLES):
                    self._tables[language].setdefault(tokens, english)
        self._longest = {language: max(map(len, table), default=1) for language, table in self._tables.items()}
        self._begun_by: dict[str, set[str]] = defaultdict(set)
        for language, table in self._tables.items():
            for first, *_ in table:
                self._begun_by[first].add(language)
        self._languages_of = lru_cache(TOKENS_REMEMBERED)(self._languages)

    def glossed(self, tokens: Sequence[str], free: Sequence[bool], words: Lexicon) -> list[str]:
        """The tokens with those that are free in English, where more of them are another language; without its small
        words."""
        likely = self._likely(tokens, free, words.small_words)
        found = [(language, dict(self._found(tokens, free, language))) for language in likely]
        language, spans = max(found, key=lambda each: _covered(each[1]), default=("", {}))
        holding = {token for token in tokens if language in words.small_words.get(token, ())}
        known = {at for start, end in spans for at in range(start, end)}
        others = [token for at, token in enumerate(tokens) if at not in known and token not in holding]
        told = len(known) + sum(token in holding for token in tokens)
        if not spans or told < min(FEWEST, len(tokens)) or told <= sum(map(words.is_english_word, others)):
            return list(tokens)
        return list(_replaced(tokens, free, spans, holding))

    def _likely(self, tokens: Sequence[str], free: Sequence[bool], small: Mapping[str, set[str]]) -> list[str]:
        """Languages that the text may be in, the likeliest first."""
        votes = Counter(
            language for token, is_free in zip(tokens, free, strict=True) if is_free
            for language in {*self._languages_of(token), *small.get(token, ())} & self._tables.keys()
        )  # fmt: skip
        return sorted(votes, key=lambda language: (-votes[language], language))[:MOST_LIKELY]

    def _languages(self, token: str) -> frozenset[str]:
        """In which it may begin something known."""
        forms = dict.fromkeys((token, without_prefix(token)))
        return frozenset(language for form in forms for key in _keys(form) for language in self._begun_by.get(key, ()))

    def _found(
        self, tokens: Sequence[str], free: Sequence[bool], language: str
    ) -> Iterator[tuple[tuple[int, int], str]]:
        """Longer before shorter, exact before a stem."""
        at = 0
        while at < len(tokens):
            longest = min(self._longest[language], len(tokens) - at) if free[at] else 0
            meant = ((end, self._english(tokens[at:end], language)) for end in range(at + longest, at, -1))
            end, english = next((each for each in meant if each[1]), (at + 1, ""))
            if english and all(free[at:end]):
                yield (at, end), english
            at = end

    def _english(self, words: Sequence[str], language: str) -> str:
        """Of a phrase the last word may have an ending, and a word of Arabic small ones before it."""
        table, (*before, last) = self._tables[language], words
        forms = (last, without_prefix(last)) if language in PREFIXING and not before else (last,)
        return next((table[key] for form in forms for end in _keys(form) if (key := (*before, end)) in table), "")


def _keys(form: str) -> Iterator[str]:
    """As it stands, and the stems that it may have, the longest first."""
    yield form
    for length in range(min(len(form), LONGEST_STEM), max(SHORTEST_STEM, len(form) - LONGEST_ENDING) - 1, -1):
        yield f"{form[:length]}*"


def _covered(spans: Mapping[tuple[int, int], str]) -> int:
    return sum(end - start for start, end in spans)


def _replaced(
    tokens: Sequence[str], free: Sequence[bool], spans: Mapping[tuple[int, int], str], small: set[str]
) -> Iterator[str]:
    starts = {start: (end, english) for (start, end), english in spans.items()}
    at = 0
    while at < len(tokens):
        if at in starts:
            at, english = starts[at]
            yield english
            continue
        if not free[at] or tokens[at] not in small:
            yield tokens[at]
        at += 1


@cache
def everyday() -> Everyday:
    """The one in `everyday/`, read once."""
    return Everyday(
        (path.stem, english.strip(), words)
        for path in sorted(FOLDER.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines() if ":" in line and not line.startswith("#")
        for english, words in [line.split(":", 1)]
    )  # fmt: skip
