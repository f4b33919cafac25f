"""Made-up residents for tests: the same for the same number, different from one to the next."""

from __future__ import annotations

from typing import Any, get_args

from services.residents.persona import Aesthetic, Interest, Length, Manner, Persona, Rhythm, Temperament, Voice
from services.residents.speaking.sentences import chance_of
from services.residents.topics import TOPICS
from services.studio.styles import STYLES

HOMES = ("Bergen", "Porto", "a village near Graz", "Oulu", "Trieste", "the Outer Hebrides", "Kanazawa", "Valparaíso",
         "Leith", "Ghent", "a houseboat in Utrecht", "Tartu")  # fmt: skip
OCCUPATIONS = ("bookbinder", "tram driver", "night nurse", "beekeeper", "retired shepherd", "organ tuner", "ferry cook",
               "surveyor", "piano teacher", "clockmaker", "botanist", "archivist")  # fmt: skip
PALETTES = ("teal and amber", "ochre and slate blue", "pink and grey", "moss green and cream", "indigo and gold",
            "black and white", "rust and sky blue", "violet and silver")  # fmt: skip
LIGHTS = ("low winter sun", "lamplight", "early mist", "moonlight", "overcast noon", "the blue hour", "soft rain")
OPINIONS = ("A picture needs one thing that is wrong.", "If it has a title, it is late.", "Leave the corners alone.",
            "The light is the subject, the rest is furniture.", "Half of it should be empty.",
            "Nobody remembers the details, so choose two.", "A good picture is quieter than its frame.",
            "Colour is a decision, not a decoration.")  # fmt: skip
SAYINGS = (
    "fair enough",
    "there we are",
    "so it goes",
    "well then",
    "mark my words",
    "as the heron said",
    "small steps",
)
EMOJI = ("🌿", "🌙", "🦊", "☕", "🌊", "✨")


def persona(number: int = 0, **given: Any) -> Persona:
    chance = chance_of("persona", number)
    topics = chance.sample(TOPICS, 4)
    voice = Voice(
        manner=get_args(Manner)[number % 8], length=chance.choice(get_args(Length)), lower_case=chance.random() < 0.2,
        emoji=tuple(chance.sample(EMOJI, chance.randint(0, 2))), sayings=tuple(chance.sample(SAYINGS, 2)),
    )  # fmt: skip
    made: dict[str, Any] = {
        "name": f"resident_{number}", "display_name": f"Resident {number}", "bio": "", "age_band": "35-44",
        "home": chance.choice(HOMES), "occupation": chance.choice(OCCUPATIONS), "temperament": Temperament(),
        "interests": tuple(Interest(topic=topic.id, weight=1 - 0.2 * at) for at, topic in enumerate(topics)),
        "aesthetic": Aesthetic(
            styles=tuple(style.id for style in chance.sample(STYLES, 2)), palettes=tuple(chance.sample(PALETTES, 2)),
            subjects=tuple(chance.choice(topic.subjects) for topic in topics[:3]),
            light=tuple(chance.sample(LIGHTS, 2)),
        ),
        "voice": voice, "rhythm": Rhythm(wakes=7, sleeps=23, peaks=(20,)), "sociability": 0.5,
        "opinions": tuple(chance.sample(OPINIONS, 2)), "emblem": "a lighthouse on a cliff",
    }  # fmt: skip
    return Persona(**(made | given))
