"""Who a resident is: everything that their choices and their words come from, as one frozen piece of data."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

AgeBand = Literal["18-24", "25-34", "35-44", "45-54", "55-64", "65+"]
"""There is none below: a resident is never a minor."""
Manner = Literal["dry", "warm", "wry", "earnest", "dreamy", "exact", "blunt", "playful"]
Length = Literal["terse", "short", "talkative"]

MOST_INTERESTS = 8
Share = Annotated[float, Field(ge=0, le=1)]
Hour = Annotated[int, Field(ge=0, le=23)]
Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=80)]
Sentence = Annotated[str, StringConstraints(strip_whitespace=True, min_length=8, max_length=200)]


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Interest(Part):
    topic: Phrase = Field(description="what it is about, in one to four words")
    weight: Share = Field(description="how much it counts, from 0 to 1")


class Temperament(Part):
    warmth: Share = 0.5
    curiosity: Share = 0.5
    energy: Share = 0.5
    patience: Share = 0.5
    playfulness: Share = 0.5


class Aesthetic(Part):
    """What their pictures have in common."""

    styles: tuple[str, ...] = Field(min_length=1, max_length=3, description="ids of looks, the usual one first")
    palettes: tuple[Phrase, ...] = Field(min_length=1, max_length=3, description="colours, as in 'teal and amber'")
    subjects: tuple[Phrase, ...] = Field(min_length=2, max_length=8, description="what they paint again and again")
    light: tuple[Phrase, ...] = Field(min_length=1, max_length=3, description="as in 'low winter sun'")


class Voice(Part):
    manner: Manner
    length: Length = "short"
    lower_case: bool = False
    emoji: tuple[str, ...] = Field((), max_length=3)
    sayings: tuple[Phrase, ...] = Field((), max_length=4, description="turns of phrase of their own")


class Rhythm(Part):
    """Of an ordinary day, by the clock of the society (UTC)."""

    wakes: Hour
    sleeps: Hour
    """The first hour in which they are asleep; before `wakes` by the clock where they go to bed after midnight."""
    peaks: tuple[Hour, ...] = Field(min_length=1, max_length=3)
    visits_a_day: Annotated[float, Field(ge=0.5, le=24)] = 5
    posts_a_day: Annotated[float, Field(ge=0, le=8)] = 1


class Persona(Part):
    name: str = Field(pattern=r"^[a-z0-9_.]{3,30}$")
    display_name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]
    bio: Annotated[str, StringConstraints(strip_whitespace=True, max_length=300)]
    age_band: AgeBand
    home: Phrase
    occupation: Phrase
    temperament: Temperament
    interests: tuple[Interest, ...] = Field(min_length=2, max_length=MOST_INTERESTS)
    aesthetic: Aesthetic
    voice: Voice
    rhythm: Rhythm
    sociability: Share
    opinions: tuple[Sentence, ...] = Field(min_length=1, max_length=4, description="what makes a good picture")
    emblem: Annotated[str, StringConstraints(strip_whitespace=True, min_length=8, max_length=300)] = Field(
        description="the prompt of their profile picture: a thing or an animal, never a face"
    )

    @property
    def gist(self) -> str:
        """What tells them from others, in words: personas are compared by its vector."""
        told = ", ".join(interest.topic for interest in sorted(self.interests, key=lambda each: -each.weight))
        return (
            f"{self.occupation} from {self.home}, {self.voice.manner}. Likes {told}. "
            f"Paints {', '.join(self.aesthetic.subjects)} in {' and '.join(self.aesthetic.palettes)}."
        )
