"""From a prompt to a row of tokens, each with what the tables say it means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from services.studio.engines.painter.reading.fillers import FILLERS
from services.studio.engines.painter.reading.phrases import ONLY_HINTS, PHRASES
from services.studio.engines.painter.reading.tables import ENDINGS, IRREGULAR, LANGUAGES, MEANS_IN, ONLY_IN, TABLES
from services.studio.engines.painter.scenes import SCENES
from services.studio.engines.painter.styles import STYLES
from services.studio.engines.painter.subjects import SUBJECTS

MOST_CHARACTERS = 4000
LONGEST_PHRASE, SHORTEST_PHRASE = 5, 2
SHORTEST_JOINED = 7
"""Letters of a word that is also found written as two ("star fish")."""
SHORTEST_STEM = 3
SHORTEST_PLAIN, SHORTEST_PLAIN_UMLAUT = 4, 5
"""Letters of a word that is also found without its accents; in shorter ones other words hide ("Bär", "bar")."""
SHORTEST_COMPOUND = 8

EAST = "\u3005-\u30ff\u3400-\u9fff\uac00-\ud7af"
PIECE = re.compile(
    rf"(?P<number>\d+(?![\w{EAST}]))|(?P<code>\d[\w.,:/]*)|(?P<word>[^\W\d_{EAST}]+)|(?P<signs>[^\s\w]+|[{EAST}]+)|\S"
)
TAG = re.compile(r"([1-9])(girl|boy|man|woman|cat|dog|other)s?")
"""As lists of tags have it: "1girl"."""
GENITIVE = re.compile(r"['’]s\b")
APART = re.compile(r"['’`´_\-‐‑/]+")
INVISIBLE = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
BREAKS = frozenset(',;.:!?()[]{}|"“”„«»、。・—–')
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}


class Sense(NamedTuple):
    kind: str
    """`scene`, `subject`, `style`, or a table's name."""
    value: str


@dataclass(frozen=True)
class Token:
    text: str
    senses: tuple[Sense, ...] = ()
    plural: bool = False
    is_break: bool = False
    """A comma, a full stop: what stands before it does not belong to what comes after."""

    def value(self, kind: str) -> str | None:
        return next((sense.value for sense in self.senses if sense.kind == kind), None)

    def has(self, *kinds: str) -> bool:
        return any(sense.kind in kinds for sense in self.senses)

    @property
    def is_unknown(self) -> bool:
        """A word that might name something, if only one knew what."""
        return not self.senses and not self.is_break and self.text.isalpha() and self.text not in FILLERS


HEADS = ("subject", "scene", "hinted scene", "sky", "time", "hint of time", "garment", "part", "water")
"""What a colour, a number or a no may belong to."""
OF, WITH = ("of", "von", "de", "d"), ("with", "mit", "avec", "con")
FARTHEST_WORD = 5
"""How many words may stand between two that belong together."""
GAP = Token("", is_break=True)

Index = dict[tuple[str, ...], tuple[Sense, ...]]


def tokens_of(prompt: str) -> tuple[list[Token], str]:
    """And the prompt's language, empty where it cannot be told."""
    pieces = list(_pieces(plain(prompt)))
    language = _language([text for kind, text in pieces if kind == "word"])
    return list(_recognised(pieces, language)), language


def plain(prompt: str) -> str:
    text = unicodedata.normalize("NFKC", prompt[:MOST_CHARACTERS]).casefold()
    text = unicodedata.normalize("NFC", text)
    return APART.sub(" ", GENITIVE.sub("", INVISIBLE.sub("", text)))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    for match in PIECE.finditer(text):
        kind = match.lastgroup or "signs"
        if kind == "signs":
            yield from _signs(match.group())
        elif kind == "code" and (tag := TAG.fullmatch(match.group())):
            yield from (("number", tag[1]), ("word", tag[2]))
        else:
            yield kind, match.group()


def _signs(run: str) -> Iterator[tuple[str, str]]:
    """Emoji, and the scripts that write without spaces: the longest known piece at each place."""
    at = 0
    while at < len(run):
        known = (run[at:end] for end in range(min(len(run), at + 10), at, -1) if (run[at:end],) in index())
        piece = next(known, run[at])
        yield "signs", piece
        at += len(piece)


def _language(words: list[str]) -> str:
    counts = {language: sum(word in row.split() for word in words) for language, row in LANGUAGES.items()}
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] else ""


def _recognised(pieces: list[tuple[str, str]], language: str) -> Iterator[Token]:
    at = 0
    while at < len(pieces):
        kind, text = pieces[at]
        if kind == "word":
            length, found = _phrase(pieces, at, language)
            yield from found
            at += length
            continue
        senses = (Sense("number", text),) if kind == "number" else index().get((text,), ())
        yield Token(text, senses, is_break=text in BREAKS)
        at += 1


def _phrase(pieces: list[tuple[str, str]], at: int, language: str) -> tuple[int, list[Token]]:
    """How many words from here are one, and what they mean: the most words that a table knows together."""
    words = []
    for kind, text in pieces[at : at + LONGEST_PHRASE]:
        if kind not in ("word", "signs") or text in BREAKS:
            break
        words.append(text)
    for length in range(len(words), 0, -1):
        joined = ("".join(words[:2]),) if length == SHORTEST_PHRASE else ("",)
        token = _known(tuple(words[:length]), language)
        token = token or (_known(joined, language) if len(joined[0]) >= SHORTEST_JOINED else None)
        if token:
            return length, [token]
    return 1, _compound(words[0], language) or [Token(words[0])]


def _known(words: tuple[str, ...], language: str) -> Token | None:
    *first, last = words
    for form, plural in _forms(last, language):
        means = "" if first else MEANS_IN.get(language, {}).get(form, "")
        senses = tuple(_senses(means)) or index().get((*first, form), ())
        if senses and (first or means or _is_said_in(form, language)):
            return Token(" ".join(words), senses, plural or _is_plural(words, senses))
    return None


def _is_said_in(word: str, language: str) -> bool:
    homes = [home for home, row in ONLY_IN.items() if word in row.split()]
    return not homes or language in homes


def _is_plural(words: tuple[str, ...], senses: tuple[Sense, ...]) -> bool:
    """Whether a row that has the plural has the singular too."""
    last = words[-1]
    return last.endswith("s") and not last.endswith("ss") and index().get((*words[:-1], last[:-1])) == senses


def _forms(word: str, language: str) -> Iterator[tuple[str, bool]]:
    """The word, and what it may be an inflected form of; and whether that makes it a plural."""
    yield word, False
    if word in IRREGULAR:
        yield IRREGULAR[word], True
    languages = [language] if language else list(ENDINGS)
    for each in dict.fromkeys(["en", *languages]):
        for ending, instead in ENDINGS.get(each, ()):
            stem = word.removesuffix(ending) + instead
            if word.endswith(ending) and len(stem) >= SHORTEST_STEM + (not language and each != "en"):
                yield stem, "s" in ending or each == "de"
                if each == "de":
                    yield _without_umlaut(stem), True
    if language in ("de", ""):
        yield _without_umlaut(word), True


def _without_umlaut(word: str) -> str:
    return word.replace("ä", "a").replace("ö", "o").replace("ü", "u")


def _compound(word: str, language: str) -> list[Token]:
    """German writes as one word what others write as two: "Winterwald"."""
    if language not in ("de", "") or len(word) < SHORTEST_COMPOUND:
        return []
    for cut in range(len(word) - 3, 3, -1):
        last = _known((word[cut:],), "de")
        first = last and next((t for form in _stems(word[:cut]) if (t := _known((form,), "de"))), None)
        if first and last:
            return [first, last]
    return []


def _stems(word: str) -> tuple[str, ...]:
    return (word, *(word.removesuffix(end) for end in ("s", "n", "en", "es") if word.endswith(end)), f"{word}e")


# The tables, turned round


@cache
def index() -> Index:
    """Of every word and phrase in all the tables, what it means."""
    found: dict[tuple[str, ...], dict[Sense, None]] = {}
    only_hints = {_key(phrase) for phrase in ONLY_HINTS.split()}
    for kind, table in _all_tables().items():
        for value, row in table.items():
            for key in map(_key, row.split()):
                hints = kind == "scene" and key in only_hints
                found.setdefault(key, {})[Sense("hinted scene" if hints else kind, value)] = None
    known = {key: tuple(senses) for key, senses in found.items() if not _is_coloured(key, found)}
    for row, means in PHRASES.items():
        known |= {_key(phrase): tuple(_senses(means)) for phrase in row.split()}
    return _with_variants(known)


def _is_coloured(key: tuple[str, ...], found: dict[tuple[str, ...], dict[Sense, None]]) -> bool:
    """A row's "yellow-submarine", which its "submarine" says too: as one word it would hide the colour."""
    senses = list(found[key])
    is_colour = any(sense.kind == "colour" for sense in found.get(key[:1], ()))
    return len(key) > 1 and is_colour and set(senses) <= set(found.get(key[1:], ()))


def _all_tables() -> dict[str, dict[str, str]]:
    return {
        "scene": {name: scene.words for name, scene in SCENES.items()},
        "subject": {name: f"{name.replace('_', '-')} {subject.words}" for name, subject in SUBJECTS.items()},
        "style": {name: style.words for name, style in STYLES.items()},
        **TABLES,
    }


def _senses(means: str) -> Iterator[Sense]:
    """`kind:value`, where a kind may be of several words: all since the value before."""
    kind: list[str] = []
    for word in means.split():
        head, colon, value = word.partition(":")
        kind.append(head)
        if colon:
            yield from _of_a_row(" ".join(kind), value)
            kind = []


def _of_a_row(kind: str, value: str) -> Iterator[Sense]:
    """Nothing where the row it speaks of does not exist."""
    rows = {"scene": set(SCENES), "hinted scene": set(SCENES), "subject": set(SUBJECTS), "style": set(STYLES)}
    if kind not in rows or value in rows[kind]:
        yield Sense(kind, value)


def _key(phrase: str) -> tuple[str, ...]:
    """As `plain` and the pieces of a prompt have it."""
    text = plain(phrase)
    return tuple(part for word in text.split() for part in _parts(word))


def _parts(word: str) -> list[str]:
    return re.findall(rf"[^\W\d_{EAST}]+|[^\s\w]+|[\d{EAST}]+", word)


def _with_variants(exact: Index) -> Index:
    """Written without accents, and without the spaces of a phrase; what is in a table as it stands goes before."""
    full = dict(exact)
    for key, senses in exact.items():
        for variant in (*_unaccented(" ".join(key)), "".join(key)):
            full.setdefault(tuple(variant.split()), senses)
    return full


def _unaccented(phrase: str) -> Iterator[str]:
    spelt_out = phrase
    for umlaut, two in UMLAUTS.items():
        spelt_out = spelt_out.replace(umlaut, two)
    yield spelt_out
    decomposed = unicodedata.normalize("NFD", phrase)
    stripped = "".join(each for each in decomposed if not unicodedata.combining(each))
    shortest = SHORTEST_PLAIN if spelt_out == phrase else SHORTEST_PLAIN_UMLAUT
    if stripped.isascii() and len(stripped) >= shortest:
        yield stripped
