"""What an interest is called: a few words that the posts have in common that it was learned from, or how the only one
begins."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from services.discovery.glossary import ENGLISH, FUNCTION_WORDS, language_of
from services.discovery.words import fold

WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
PLURAL = re.compile(r"(?<=[xzhs])es$|(?<=[a-rt-z])s$")
CLAUSE = re.compile(r"[,.;:\n]")
SHORTEST, MOST, LONGEST = 3, 3, 36
NAMELESS = "Pictures without words"


def words_of(text: str) -> dict[str, str]:
    """Those that can be part of a name, as they are compared and as they were written first."""
    folded = [(fold(word), word.lower()) for word in WORD.findall(text)]
    holding = ENGLISH | FUNCTION_WORDS.get(language_of([word for word, _ in folded]) or "", frozenset())
    written: dict[str, str] = {}
    for word, as_is in folded:
        if len(word) >= SHORTEST and word not in holding:
            written.setdefault(word, as_is)
    return written


def name_of(texts: Sequence[str], posts: Mapping[str, int], total: int) -> str:
    """`posts` has how many of all `total` posts have a word: what many say anyway says little of these."""
    if not (told := [text for text in texts if text.strip()]):
        return NAMELESS
    if len(told) == 1:
        return _short(CLAUSE.split(told[0].strip(), maxsplit=1)[0] or told[0])
    found = [{_singular(word): (word, as_is) for word, as_is in words_of(text).items()} for text in told]
    counts = Counter(key for each in found for key in each)
    first = {key: word for each in reversed(found) for key, word in each.items()}
    shared = [key for key in counts if counts[key] > 1] or list(counts)
    rarity = {key: math.log(2 + total / (1 + posts.get(first[key][0], 0))) for key in shared}
    best = sorted(shared, key=lambda key: -counts[key] * rarity[key])[:MOST]
    return _short(", ".join(first[key][1] for key in best) if best else told[0])


def _singular(word: str) -> str:
    return PLURAL.sub("", word) if len(word) > SHORTEST else word


def _short(name: str) -> str:
    line = " ".join(name.split())
    if len(line) > LONGEST:
        line = f"{line[:LONGEST].rsplit(' ', 1)[0].rstrip(' ,')}…"
    return line[:1].upper() + line[1:]
