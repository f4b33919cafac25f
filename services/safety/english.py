"""A text in English as far as the lexicon knows its words, for a model of language that reads little else."""

from __future__ import annotations

from collections.abc import Sequence, Set

from services.safety.everyday import everyday
from services.safety.lexicon import Hit, Lexicon

ENGLISH = "en"
GLOSS = {
    "person": "person", "adult": "adult", "child": "child", "youth": "girl", "acquaintance": "my ex",
    "public": "president", "group": "immigrants", "loli": "child pornography", "porn": "porn", "sexact": "having sex",
    "rape": "rape", "genitals": "genitals", "lewd": "obscene", "nudity": "nude", "undress": "undressing",
    "erotic": "sexy", "mood": "sultry", "inviting": "aroused", "bedroom": "in bed", "gore": "dismembered",
    "torture": "torture", "kill": "kill", "wound": "wounded", "blood": "blood", "corpse": "corpse",
    "slur": "racial slur", "dehumanise": "vermin", "beast": "animals", "exterminate": "exterminate",
    "despise": "hate", "hatred": "racist", "race_pride": "white supremacy", "suicide_do": "killing myself",
    "suicide": "suicide", "despair": "despair", "starve": "pro ana", "praise_death": "beautiful",
    "threat": "I will kill you", "death_wish": "kill yourself", "humiliate": "humiliate", "hurt": "beaten",
    "doxx": "doxxing", "revengeporn": "revenge porn", "insult": "stupid bitch", "crime": "taking a bribe",
    "terror": "ISIS terrorists", "nazi": "Nazi", "slogan": "heil Hitler", "praise": "glory", "attack": "attack",
    "instruct": "how to make", "bomb": "bomb", "poison": "poison", "drug": "drugs", "drughard": "meth",
    "trade": "for sale", "heavygun": "assault rifle", "gun": "gun", "illegalgun": "ghost gun", "menace": "threatening",
    "illegal": "fake passport", "followers": "buy followers", "spamoffer": "casino bonus", "bait": "click here",
    "phish": "verify your account", "medical": "medical", "teaching": "education", "art_named": "classical art",
    "life_art": "life drawing", "fiction": "movie", "food": "food", "sport": "sport", "nature": "wild animal",
    "law": "police", "caring": "grief", "age_unit": "years old", "aged": "aged", "clothes": "clothes",
    "shame": "humiliate", "shown": "in full view",
}  # fmt: skip
"""One word for each concept that says something; a concept that is not here leaves its words as they are."""
MOST_GLOSSES = 2


def in_english(view: str, words: Lexicon) -> str:
    """A view of the canonical text with the words of other languages that the lexicon knows in English. Of two that
    overlap the longer one counts."""
    tokens, hits = view.split(), words.find(view)
    english = {at for hit in hits if hit.language in ("", ENGLISH) for at in range(hit.start, hit.end)}
    strangers = {at for at, token in enumerate(tokens) if not words.is_english_word(token)}
    foreign = [
        hit for hit in hits
        if hit.concept in GLOSS and english.isdisjoint(range(hit.start, hit.end))
        and not _is_plain(hit, tokens, strangers, words)
    ]  # fmt: skip
    free = [at not in english for at in range(len(tokens))]
    for (start, end), meant in _spans(foreign).items():
        tokens[start:end] = [" ".join(meant), *[""] * (end - start - 1)]
        free[start:end] = [False] * (end - start)
    tokens = everyday().glossed(tokens, free, words)
    return " ".join(token for token in tokens if token)


def _is_plain(hit: Hit, tokens: Sequence[str], strangers: Set[int], words: Lexicon) -> bool:
    """A word that the model of language knows, where all others are English: "then sang" is no blood."""
    place = range(hit.start, hit.end)
    if len(place) == len(tokens) or not all(at in place for at in strangers):
        return False
    return all(words.is_spoken(tokens[at]) for at in place)


def _spans(hits: Sequence[Hit]) -> dict[tuple[int, int], list[str]]:
    """Places that do not overlap, each with what its words mean."""
    spans: dict[tuple[int, int], list[str]] = {}
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        span, places = (hit.start, hit.end), range(hit.start, hit.end)
        if span not in spans and taken.isdisjoint(places):
            spans[span] = []
            taken.update(places)
        if span in spans and len(spans[span]) < MOST_GLOSSES and GLOSS[hit.concept] not in spans[span]:
            spans[span].append(GLOSS[hit.concept])
    return spans
