"""The built-in grammar of people: rows of the tables that suit each other, made into a persona.

What suits what is told by meaning: a trade and a place have topics near them, and a theme pulls all three towards
itself. What they are like decides how they talk, what they find good and how often they come by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from services.residents import people_tables as tables
from services.residents.people_tables import Home, Rhythm, Tone, Trade
from services.residents.persona import Aesthetic, AgeBand, Interest, Manner, Persona, Temperament, Voice
from services.residents.persona import Rhythm as Day
from services.residents.topics import BY_ID, TOPICS
from services.studio.engines.painter.reading.words import tokens_of
from services.studio.engines.painter.subjects.people import ROWS as PEOPLE
from services.studio.styles import STYLES

Meaning = Callable[[list[str]], list[list[float]]]
"""A vector of length one for each text, in order."""
Floats = NDArray[np.float64]
Row = TypeVar("Row")

OF_THE_TRADE, OF_THE_PLACE, OF_THE_THEME = 0.9, 0.6, 1.5
"""How far each pulls the choice of topics, beside chance."""
TRADE_TO_PLACE = 0.9
STYLE_TO_TOPIC = 0.5
FEWEST_INTERESTS, MOST_DRAWN = 3, 6
LEAST_WEIGHT = 0.15
MANNER_SHARPNESS = 9.0
SOMEBODY = PEOPLE.keys() - {"robot", "ghost"}
FACES = ("face", "faces", "portrait", "selfie", "headshot")
RETIRES_AT = "65+"
GROWN_UP_TRADES = "25 35 45 55 65"


@dataclass(frozen=True)
class Pull:
    """How near a theme is to each row, in standard deviations; zeros without one."""

    topics: Floats
    trades: Floats
    lands: Floats


@dataclass(frozen=True)
class Near:
    """Of each row of the first how near it is to each of the second."""

    trades_topics: Floats
    trades_lands: Floats
    lands_topics: Floats
    topics_styles: Floats
    topics_emoji: Floats


class Drafts:
    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning

    def pull_of(self, theme: str) -> Pull:
        if not theme:
            return Pull(np.zeros(len(TOPICS)), np.zeros(len(tables.TRADES)), np.zeros(len(tables.LANDS)))
        [vector] = self._vectors([theme])
        return Pull(*(_spread(self._rows[kind] @ vector) for kind in ("topics", "trades", "lands")))

    def draw(self, chance: np.random.Generator, name: str, display_name: str, pull: Pull) -> Persona:
        """The same chance gives the same person."""
        age = _weighted(tables.AGES, chance)
        trade = self._trade(age, pull, chance)
        land, home = self._home(trade, pull, chance)
        topics = self._topics(trade, land, pull, chance)
        interests = _interests([TOPICS[row].id for row in topics], chance)
        temper = _temperament(chance)
        manner = _manner(temper, chance)
        looks = Aesthetic(
            styles=self._styles(topics[0], manner, chance),
            palettes=_palettes((*tables.TONES[manner], *tables.LANDS[land].tones), chance),
            subjects=_subjects(topics, chance), light=tuple(_some(tables.LANDS[land].light, 2, chance)),
        )  # fmt: skip
        voice = self._voice(manner, temper, age, trade, topics, chance)
        occupation = f"retired {trade.title}" if age == RETIRES_AT and not trade.ages else trade.title
        told = bio_and_opinions(occupation, home.name, interests, looks, voice, chance)
        return Persona(
            name=name, display_name=display_name, bio=told[0], age_band=age, home=home.name, occupation=occupation,
            temperament=temper, interests=interests, aesthetic=looks, voice=voice, rhythm=_day(home, temper, chance),
            sociability=_share(chance.beta(1.5, 3.0) + 0.3 * (temper.warmth - 0.5)),
            opinions=told[1], emblem=emblem(looks, chance),
        )  # fmt: skip

    def relatives(
        self, who: Persona, chance: np.random.Generator, name: str, display_name: str
    ) -> Iterator[Persona]:  # fmt: skip
        """Into the same things as they are, elsewhere and in another voice; one after the other without end."""
        topics = [interest.topic for interest in who.interests]
        pull = self.pull_of(", ".join(topics))
        signs = self.signs_of(topics)
        while True:
            other = self.draw(chance, name, display_name, pull)
            if other.voice.manner != who.voice.manner and other.home != who.home:
                yield _related(who, other, signs, chance)

    def nearest_topics(self, words: str, at_least: float) -> list[str]:
        """Ids of built-in topics that mean about the same, the nearest first."""
        [vector] = self._vectors([words])
        nearness = self._rows["topics"] @ vector
        return [TOPICS[row].id for row in np.argsort(-nearness) if nearness[row] >= at_least]

    def nearest_style(self, words: str) -> str:
        """The id of the look that means about the same."""
        [vector] = self._vectors([words])
        return STYLES[int(np.argmax(self._rows["styles"] @ vector))].id

    def signs_of(self, topics: Sequence[str]) -> list[str]:
        """The emoji that go with them."""
        nearness = self._vectors(topics) @ self._rows["emoji"].T
        return list(dict.fromkeys(list(tables.EMOJI)[row] for row in nearness.argmax(axis=1)))

    def _trade(self, age: AgeBand, pull: Pull, chance: np.random.Generator) -> Trade:
        fits = np.array([age[:2] in (trade.ages or GROWN_UP_TRADES).split() for trade in tables.TRADES])
        return tables.TRADES[_drawn(np.where(fits, pull.trades * OF_THE_THEME, -np.inf), chance)]

    def _home(self, trade: Trade, pull: Pull, chance: np.random.Generator) -> tuple[str, Home]:
        leaning = self._near.trades_lands[tables.TRADES.index(trade)] * TRADE_TO_PLACE + pull.lands * OF_THE_THEME
        land = list(tables.LANDS)[_drawn(leaning, chance)]
        return land, _one([home for home in tables.HOMES if home.land == land], chance)

    def _topics(self, trade: Trade, land: str, pull: Pull, chance: np.random.Generator) -> list[int]:
        """Rows of topics, the dearest first."""
        leaning = (
            self._near.trades_topics[tables.TRADES.index(trade)] * OF_THE_TRADE
            + self._near.lands_topics[list(tables.LANDS).index(land)] * OF_THE_PLACE
            + pull.topics * OF_THE_THEME
        )
        many = int(chance.integers(FEWEST_INTERESTS, MOST_DRAWN + 1))
        return [int(row) for row in np.argsort(-(leaning + chance.gumbel(size=len(TOPICS))))[:many]]

    def _styles(self, topic: int, manner: Manner, chance: np.random.Generator) -> tuple[str, ...]:
        own = np.array([2.0 if style.id in tables.STYLES[manner] else 0.0 for style in STYLES])
        leaning = own + self._near.topics_styles[topic] * STYLE_TO_TOPIC + chance.gumbel(size=len(STYLES))
        many = int(chance.choice([1, 2, 3], p=[0.35, 0.45, 0.2]))
        return tuple(STYLES[row].id for row in np.argsort(-leaning)[:many])

    def _voice(
        self, manner: Manner, temper: Temperament, age: AgeBand, trade: Trade, topics: Sequence[int],
        chance: np.random.Generator,
    ) -> Voice:  # fmt: skip
        lower = 0.0 if manner == "exact" else 0.35 if age in ("18-24", "25-34") else 0.12
        sayings = [trade.saying, *_some(tables.SAYINGS[manner], 2, chance)]
        return Voice(
            manner=manner, length=_one(tables.LENGTHS[manner], chance), lower_case=bool(chance.random() < lower),
            emoji=self._emoji(topics, temper, chance),
            sayings=tuple(_some(sayings, int(chance.integers(1, 4)), chance)),
        )  # fmt: skip

    def _emoji(self, topics: Sequence[int], temper: Temperament, chance: np.random.Generator) -> tuple[str, ...]:
        many = int(chance.binomial(3, 0.7 * temper.playfulness * temper.warmth))
        near = (list(tables.EMOJI)[int(np.argmax(self._near.topics_emoji[topic]))] for topic in topics)
        return tuple(dict.fromkeys(near))[:many]

    @cached_property
    def _rows(self) -> Mapping[str, Floats]:
        """The vectors of every row of the tables, read at once."""
        told = {
            "topics": [f"{topic.id}: {', '.join(topic.subjects[:3])}" for topic in TOPICS],
            "trades": [f"{trade.title}: {trade.near}" for trade in tables.TRADES],
            "lands": [land.near for land in tables.LANDS.values()],
            "styles": [f"{style.title}: {style.words}" for style in STYLES],
            "emoji": list(tables.EMOJI.values()),
        }
        vectors = iter(self._vectors([text for texts in told.values() for text in texts]))
        return {kind: np.array([next(vectors) for _ in texts]) for kind, texts in told.items()}

    @cached_property
    def _near(self) -> Near:
        def between(some: str, others: str) -> Floats:
            return _spread(self._rows[some] @ self._rows[others].T)

        return Near(
            between("trades", "topics"), between("trades", "lands"), between("lands", "topics"),
            between("topics", "styles"), self._rows["topics"] @ self._rows["emoji"].T,
        )  # fmt: skip

    def _vectors(self, texts: Sequence[str]) -> Floats:
        return np.array(self._meaning(list(texts)), dtype=np.float64)


def emblem(looks: Aesthetic, chance: np.random.Generator) -> str:
    """The prompt of a profile picture: one of their subjects in their colours and light, and nobody in it."""
    subject = _one([each for each in looks.subjects if not shows_people(each)] or ["a lamp in a window"], chance)
    return f"{subject}, {looks.palettes[0]}, {looks.light[0]}"


def shows_people(prompt: str) -> bool:
    """As far as the painter's tables know what the words name."""
    tokens, _ = tokens_of(prompt)
    return any(token.text in FACES or token.value("subject") in SOMEBODY for token in tokens)


def _spread(values: Floats) -> Floats:
    """In standard deviations, once what is near to everything is taken back."""
    if values.ndim == 2:
        values = values - values.mean(axis=0)
    values = values - values.mean(axis=-1, keepdims=True)
    deviation = values.std(axis=-1, keepdims=True)
    return np.asarray(np.divide(values, deviation, out=np.zeros_like(values), where=deviation > 0))


def _temperament(chance: np.random.Generator) -> Temperament:
    warmth, curiosity, energy, patience, playfulness = (round(float(each), 2) for each in chance.beta(2, 2, 5))
    return Temperament(
        warmth=warmth, curiosity=curiosity, energy=energy, patience=patience, playfulness=playfulness
    )  # fmt: skip


def _manner(temper: Temperament, chance: np.random.Generator) -> Manner:
    own = np.array([temper.warmth, temper.curiosity, temper.energy, temper.patience, temper.playfulness])
    apart = np.array([((own - np.array(typical)) ** 2).sum() for typical in tables.MANNERS.values()])
    return list(tables.MANNERS)[_drawn(-apart * MANNER_SHARPNESS, chance)]


def _interests(topics: Sequence[str], chance: np.random.Generator) -> tuple[Interest, ...]:
    """The first counts nearly fully, each of the next clearly less."""
    weights = np.cumprod([chance.uniform(0.85, 1.0), *chance.uniform(0.6, 0.92, len(topics) - 1)])
    return tuple(
        Interest(topic=topic, weight=max(LEAST_WEIGHT, round(float(weight), 2)))
        for topic, weight in zip(topics, weights, strict=True)
    )


def _related(who: Persona, other: Persona, signs: Sequence[str], chance: np.random.Generator) -> Persona:
    """The other one, into what the first is into."""
    reweighted = (_reweighted(interest, chance) for interest in who.interests)
    interests = tuple(sorted(reweighted, key=lambda interest: -interest.weight))
    looks = _mixed(who.aesthetic, other.aesthetic, interests, chance)
    voice = other.voice.model_copy(update={"emoji": tuple(signs[: len(other.voice.emoji)])})
    bio, opinions = bio_and_opinions(other.occupation, other.home, interests, looks, voice, chance)
    return other.model_copy(update={
        "interests": interests, "aesthetic": looks, "voice": voice, "bio": bio, "opinions": opinions,
        "emblem": emblem(looks, chance),
    })  # fmt: skip


def _mixed(
    one: Aesthetic, other: Aesthetic, interests: Sequence[Interest], chance: np.random.Generator
) -> Aesthetic:  # fmt: skip
    known = [subject for interest in interests if interest.topic in BY_ID for subject in BY_ID[interest.topic].subjects]
    return other.model_copy(update={
        "subjects": tuple(dict.fromkeys((*_some(one.subjects, 2, chance), *_some(known, 3, chance)))),
        "styles": tuple(dict.fromkeys((other.styles[0], one.styles[0]))),
        "palettes": tuple(dict.fromkeys((other.palettes[0], one.palettes[0]))),
    })  # fmt: skip


def _reweighted(interest: Interest, chance: np.random.Generator) -> Interest:
    weight = interest.weight * float(chance.uniform(0.4, 1.3))
    return Interest(topic=interest.topic, weight=min(1.0, max(LEAST_WEIGHT, round(weight, 2))))


def _subjects(topics: Sequence[int], chance: np.random.Generator) -> tuple[str, ...]:
    """Two of what is dearest to them, one of everything else."""
    drawn = (_some(TOPICS[topic].subjects, 1 if place else 2, chance) for place, topic in enumerate(topics))
    return tuple(subject for some in drawn for subject in some)


def _palettes(tones: Sequence[Tone], chance: np.random.Generator) -> tuple[str, ...]:
    leaning = np.array([1.2 * tones.count(tone) for tone in tables.PALETTES.values()])
    order = np.argsort(-(leaning + chance.gumbel(size=len(leaning))))
    return tuple(list(tables.PALETTES)[row] for row in order[: int(chance.integers(1, 4))])


def _day(home: Home, temper: Temperament, chance: np.random.Generator) -> Day:
    """Few come by often, and fewer still post every day."""
    rhythm = _weighted([(each, each.share) for each in tables.RHYTHMS.values()], chance)
    visits = float(np.clip(chance.lognormal(np.log(1 + 5 * temper.energy), 0.6) * rhythm.visits, 0.5, 24))
    posts = float(np.clip(chance.lognormal(np.log(0.3), 1.1) * (0.4 + 1.2 * temper.energy), 0.02, min(8, visits)))
    return at_home(rhythm, home.ahead_of_utc, visits, posts)


def at_home(rhythm: Rhythm, ahead_of_utc: int, visits: float, posts: float) -> Day:
    """By the clock of the society, which is UTC."""
    return Day(
        wakes=(rhythm.wakes - ahead_of_utc) % 24, sleeps=(rhythm.sleeps - ahead_of_utc) % 24,
        peaks=tuple((peak - ahead_of_utc) % 24 for peak in rhythm.peaks),
        visits_a_day=round(visits, 1), posts_a_day=round(posts, 2),
    )  # fmt: skip


def bio_and_opinions(
    occupation: str, home: str, interests: Sequence[Interest], looks: Aesthetic, voice: Voice,
    chance: np.random.Generator,
) -> tuple[str, tuple[str, ...]]:  # fmt: skip
    words = _words(occupation, home, [interest.topic for interest in interests], looks)
    bio = _one(tables.BIOS[voice.manner], chance).format_map(words)
    general = _some(tables.OPINIONS[voice.manner], int(chance.integers(1, 3)), chance)
    own = _one(tables.OPINIONS_OF_THEIRS, chance).format_map(words)
    return bio.lower() if voice.lower_case else bio, (*general, own)


def _words(occupation: str, home: str, topics: Sequence[str], looks: Aesthetic) -> dict[str, str]:
    """What the blanks of a sentence are filled with; a capital asks for a capital."""
    plain = {
        "trade": occupation, "a_trade": f"{'an' if occupation[0] in 'aeiou' else 'a'} {occupation}", "home": home,
        "topic": topics[0], "second": topics[1], "topics": f"{topics[0]} and {topics[1]}",
        "palette": looks.palettes[0], "light": looks.light[0],
    }  # fmt: skip
    return plain | {key.capitalize(): text[0].upper() + text[1:] for key, text in plain.items()}


def _share(value: float) -> float:
    return round(float(np.clip(value, 0, 1)), 2)


def _drawn(leaning: Floats, chance: np.random.Generator) -> int:
    return int(np.argmax(leaning + chance.gumbel(size=len(leaning))))


def _weighted(table: Sequence[tuple[Row, float]], chance: np.random.Generator) -> Row:
    shares = np.array([share for _, share in table])
    return table[int(chance.choice(len(table), p=shares / shares.sum()))][0]


def _one(table: Sequence[Row], chance: np.random.Generator) -> Row:
    return table[int(chance.integers(len(table)))]


def _some(table: Sequence[Row], many: int, chance: np.random.Generator) -> list[Row]:
    """So many different ones, in an order of chance."""
    return [table[int(row)] for row in chance.permutation(len(table))[:many]]
