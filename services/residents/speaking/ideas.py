"""What a resident wants to paint: whose interest, which subject and where, in what light and season, as a prompt that
a picture model and the painter read alike."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.residents.persona import Interest, Persona
from services.residents.speaking.base import Frame, Idea, Seen
from services.residents.speaking.sentences import chance_of
from services.residents.speaking.sight import OF_TOPICS, PREPOSITIONS, Sight, read, sight_of, with_article
from services.residents.topics import BY_ID, Topic

SERIES_LENGTH = 3
ONE_SERIES_IN = 7
"""Motifs that become a series. A motif's own words decide, so that it is still one when it is met again."""
GOES_ON, OWN_SUBJECT, OWN_LIGHT, FROM_MEMORY, SEASONAL, ON_THE_DAY, WITH_MOOD = 0.75, 0.35, 0.7, 0.2, 0.25, 0.4, 0.4
LONGEST_SUBJECT = 60
MOST_TRIES = 12
LOW, HIGH = -0.35, 0.35
NTH = ("First", "Second", "Third")

HOURS = (
    "at dawn", "in the early morning mist", "at noon under a clear sky", "in late afternoon light", "at dusk",
    "at night under the stars", "by moonlight", "in soft rain", "in thick fog", "under heavy clouds",
)  # fmt: skip
MOODS = {
    "low": ("quiet and a little lonely", "gloomy", "still", "melancholy"),
    "even": ("calm", "peaceful", "mysterious", "dreamy", "dramatic"),
    "high": ("cheerful", "playful", "bright and festive", "joyful"),
}  # fmt: skip
SEASONS = {
    "winter": ("in deep winter", "after the first snow", "on a frosty day"),
    "spring": ("in early spring", "in april", "with the first blossom"),
    "summer": ("in high summer", "on a july day", "in summer heat"),
    "autumn": ("in autumn", "in october", "with falling autumn leaves"),
}  # fmt: skip
DAYS = (
    ((10, 24), (10, 31), ("with a carved pumpkin nearby", "late october, fallen leaves", "on halloween night")),
    ((12, 18), (12, 26), ("with a fir tree with lights behind it", "on the longest night", "at christmas, snow")),
    ((12, 30), (12, 31), ("with fireworks far away", "on the last night of the year")),
    ((1, 1), (1, 2), ("on the first morning of the year, snow", "on new year's day")),
    ((3, 19), (3, 22), ("on the first day of spring", "with the first flowers")),
    ((6, 19), (6, 24), ("on a midsummer evening", "on the shortest night")),
    ((9, 20), (9, 25), ("under a harvest moon, autumn", "at harvest time")),
    ((11, 9), (11, 12), ("with paper lanterns, november", "on a november evening")),
)
"""From when to when, by month and day, and what it does to a picture."""
WITHOUT_SEASONS = frozenset(
    ("rockets", "ringed planets", "submarines", "jellyfish", "octopuses", "whales", "sea turtles", "goldfish",
     "patterns", "poured paint", "deserts", "volcanoes", "islands", "parrots", "elephants", "libraries", "clocks")
)  # fmt: skip
WITHOUT_HOURS = frozenset(("patterns", "poured paint", "rockets", "ringed planets", "jellyfish", "submarines"))


@dataclass(frozen=True)
class Motif:
    """What a picture is of, without its hour."""

    topic: str
    words: str
    why: str


def idea(who: Persona, frame: Frame, recent: Sequence[str], remix: Seen | None) -> Idea:
    chance = chance_of("idea", who.name, frame.chance, frame.at.date(), *recent[:3])
    if remix is not None and (motif := _of_another(who, remix)):
        return _painted(who, frame, motif, chance)
    if (motif := _unfinished(who, recent)) and chance.random() < GOES_ON:
        return _next_of_series(who, motif, recent, chance)
    return _painted(who, frame, _fresh(who, frame, recent, chance), chance)


# Motifs


def _fresh(who: Persona, frame: Frame, recent: Sequence[str], chance: random.Random) -> Motif:
    """Not one that they painted lately, as long as there is another."""
    lately = {motif_of(prompt) for prompt in recent}
    motif = _any(who, frame, chance)
    for _ in range(MOST_TRIES):
        if motif.words not in lately:
            break
        motif = _any(who, frame, chance)
    return motif


def _any(who: Persona, frame: Frame, chance: random.Random) -> Motif:
    if frame.memories and chance.random() < FROM_MEMORY and (motif := _remembered(who, frame.memories)):
        return motif
    interest = chance.choices(who.interests, [each.weight + 0.01 for each in who.interests])[0]
    topic = topic_of(interest.topic)
    if topic is None or chance.random() < OWN_SUBJECT:
        return _of_their_own(who, interest, chance)
    return Motif(interest.topic, _set(chance.choice(topic.subjects), topic, chance), f"An interest in {interest.topic}")


def _of_their_own(who: Persona, interest: Interest, chance: random.Random) -> Motif:
    """From what they paint again and again, of this interest where there is one."""
    own = [each for each in who.aesthetic.subjects if topic_of(each) and topic_of(each) == topic_of(interest.topic)]
    subject = chance.choice(own or who.aesthetic.subjects)
    topic = topic_of(subject)
    words = _set(subject, topic, chance) if topic else subject
    return Motif(_interest_in(who, topic, interest.topic), clipped(words), "What they paint again and again")


def _remembered(who: Persona, memories: Sequence[str]) -> Motif | None:
    """Only what is an interest of theirs comes back from a memory."""
    mine = {topic.id: interest.topic for interest in who.interests if (topic := topic_of(interest.topic))}
    for thing in (thing for memory in memories for thing in read(memory).things):
        if thing.topic in mine:
            return Motif(mine[thing.topic], thing.phrase, "Something they remembered")
    return None


def _of_another(who: Persona, remix: Seen) -> Motif | None:
    """The subject of another's picture, in words of our tables alone."""
    sight = sight_of(remix)
    if sight.thing is None:
        return None
    place = next((f" {_at(place)}" for place in sight.places if place not in (*sight.thing.noun.split(), "window")), "")
    topic = BY_ID.get(sight.thing.topic)
    return Motif(
        _interest_in(who, topic, who.interests[0].topic), f"{sight.thing.phrase}{place}",
        f"A remix of the {sight.thing.name} by {remix.author}",
    )  # fmt: skip


def _at(place: str) -> str:
    on = ("beach", "shore", "coast", "sea", "ocean", "hill", "cliff", "street", "road", "path", "island", "windowsill",
          "balcony", "rooftop", "doorstep", "table", "lake", "river", "pond", "canal", "pier", "jetty", "dock", "moor",
          "dike", "stream", "ice", "bridge")  # fmt: skip
    beside = ("lake", "river", "pond", "canal", "stream", "sea", "ocean", "bridge", "lagoon")
    articled = f"the {place}" if place in ("sea", "ocean", "ice", "space") else with_article(place)
    return f"by {articled}" if place in beside else f"on {articled}" if place in on else f"in {articled}"


def _set(subject: str, topic: Topic, chance: random.Random) -> str:
    """With a place, unless it has one."""
    has_place = any(word in PREPOSITIONS for word in subject.split())
    return subject if has_place else f"{subject} {chance.choice(topic.settings)}"


def topic_of(words: str) -> Topic | None:
    """The built-in topic that an interest or a subject is about."""
    known = BY_ID.get(words.strip().lower()) or BY_ID.get(OF_TOPICS.get(words.strip().lower(), ""))
    return known or next((BY_ID[topic] for topic in read(words).topics), None)


def _interest_in(who: Persona, topic: Topic | None, otherwise: str) -> str:
    return next((each.topic for each in who.interests if topic and topic_of(each.topic) == topic), otherwise)


# Series


def motif_of(prompt: str) -> str:
    return prompt.split(",", maxsplit=1)[0].strip()


def is_series(who: Persona, motif: str) -> bool:
    return chance_of("series", who.name, motif).randrange(ONE_SERIES_IN) == 0


def _unfinished(who: Persona, recent: Sequence[str]) -> Motif | None:
    told = [motif_of(prompt) for prompt in recent]
    counts = Counter(told)
    words = next((motif for motif in told[:2] if counts[motif] < SERIES_LENGTH and is_series(who, motif)), None)
    if words is None:
        return None
    return Motif(_interest_in(who, topic_of(words), who.interests[0].topic), words, "")


def _next_of_series(who: Persona, motif: Motif, recent: Sequence[str], chance: random.Random) -> Idea:
    painted = [prompt for prompt in recent if motif_of(prompt) == motif.words]
    hour = chance.choice([hour for hour in HOURS if not any(hour in prompt for prompt in painted)])
    nth = NTH[min(len(painted), SERIES_LENGTH - 1)]
    parts = (motif.words, hour, f"in {who.aesthetic.palettes[0]}")
    return Idea(
        motif.topic, ", ".join(parts), who.aesthetic.styles[0], f"{nth} of a series on {motif.words}", motif.words
    )


# The prompt


def _painted(who: Persona, frame: Frame, motif: Motif, chance: random.Random) -> Idea:
    known = read(motif.words)
    season = _season(frame.at, motif, known, chance)
    parts = [motif.words, _light(who, motif, known, bool(season), chance), season, _mood(frame, chance)]
    prompt = ", ".join([*filter(None, parts), f"in {_often_first(who.aesthetic.palettes, chance)}"])
    series = motif.words if not motif.why.startswith("A remix") and is_series(who, motif.words) else ""
    why = f"{NTH[0]} of a series on {motif.words}" if series else motif.why
    why = f"{why}; the season" if season and not series else why
    return Idea(motif.topic, prompt, _often_first(who.aesthetic.styles, chance), why, series)


def _light(who: Persona, motif: Motif, known: Sight, has_season: bool, chance: random.Random) -> str:
    topic = topic_of(motif.words) or topic_of(motif.topic)
    if known.lights or (topic and topic.id in WITHOUT_HOURS):
        return ""
    own = [light for light in who.aesthetic.light if not (has_season and _SEASON.search(light))]
    return chance.choice(own) if own and chance.random() < OWN_LIGHT else chance.choice(HOURS)


_SEASON = re.compile(r"\b(?:winter|spring|summer|autumn|snow|frost)")


def _season(at: datetime, motif: Motif, known: Sight, chance: random.Random) -> str:
    topic = topic_of(motif.words) or topic_of(motif.topic)
    if known.seasons or (topic and topic.id in WITHOUT_SEASONS):
        return ""
    day = next((words for first, last, words in DAYS if first <= (at.month, at.day) <= last), ())
    if day and chance.random() < ON_THE_DAY:
        return chance.choice(day)
    return chance.choice(SEASONS[season_of(at)]) if chance.random() < SEASONAL else ""


def season_of(at: datetime) -> str:
    """North of the equator."""
    return ("winter", "spring", "summer", "autumn")[at.month % 12 // 3]


def _mood(frame: Frame, chance: random.Random) -> str:
    felt = "low" if frame.mood < LOW else "high" if frame.mood > HIGH else "even"
    return chance.choice(MOODS[felt]) if chance.random() < WITH_MOOD + abs(frame.mood) / 3 else ""


def _often_first(choices: Sequence[str], chance: random.Random) -> str:
    return chance.choices(choices, [4, 2, 1][: len(choices)])[0]


def clipped(words: str) -> str:
    """No comma in a motif: it ends there."""
    return words.split(",", maxsplit=1)[0][: LONGEST_SUBJECT * 2].strip()
