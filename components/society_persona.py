"""For admins: who a resident is, to change by a form or by words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

import streamlit as st
from pydantic import ValidationError

from components import society
from components.house import house, say_next
from services.errors import UserError
from services.residents.persona import MOST_INTERESTS, AgeBand, Interest, Length, Manner, Persona
from services.residents.roster import Resident
from services.studio import styles

LONGEST_WORDS = 500
TRAITS = ("warmth", "curiosity", "energy", "patience", "playfulness")
ONE_A_LINE = "One a line."


def draw(resident: Resident) -> None:
    _by_words(resident)
    st.divider()
    _by_form(resident)


def _by_words(resident: Resident) -> None:
    with st.form(f"reword-{resident.name}", border=False, clear_on_submit=True):
        said = st.text_area(
            "In your words", max_chars=LONGEST_WORDS, height=90,
            placeholder="Moved to Lisbon, likes trams now and hates fog, writes shorter",
        )  # fmt: skip
        sent = st.form_submit_button("Change", icon=":material/edit_note:", type="primary")
    if sent and said.strip():
        _reword(resident, said.strip())


def _reword(resident: Resident, said: str) -> None:
    society.as_admin("change a resident")
    with st.spinner("Reading what you wrote"):
        after = house().society.reword(resident.name, said)
    changed = changes(resident.persona, after.persona)
    say_next(f"Changed: {', '.join(changed)}." if changed else "That changed nothing.", "edit_note")
    st.rerun()


def changes(before: Persona, after: Persona) -> list[str]:
    """Which parts are others now, by their names."""
    return [
        name.replace("_", " ") for name in Persona.model_fields if getattr(before, name) != getattr(after, name)
    ]  # fmt: skip


def _by_form(resident: Resident) -> None:
    persona = resident.persona
    with st.form(f"persona-{resident.name}", border=False):
        given = {**_who(persona), **_taste(persona), **_manner(persona), **_day(persona)}
        saved = st.form_submit_button("Save", icon=":material/save:", type="primary")
    if saved:
        society.as_admin("change a resident")
        house().society.change(persona.name, checked(persona, given))
        say_next("Saved.", "save")
        st.rerun()


def checked(persona: Persona, given: Mapping[str, Any]) -> Persona:
    """With what was filled in; `UserError` names the field that is wrong."""
    try:
        return Persona.model_validate({**persona.model_dump(), **given})
    except ValidationError as error:
        first = error.errors()[0]
        where = " ".join(str(part).replace("_", " ") for part in first["loc"] if isinstance(part, str))
        raise UserError(f"{where.capitalize()}: {first['msg']}.") from None


def _who(persona: Persona) -> dict[str, Any]:
    with st.grid("auto", min_column_width=190):
        shown = st.text_input("Display name", persona.display_name, max_chars=60)
        age = st.selectbox("Age", get_args(AgeBand), get_args(AgeBand).index(persona.age_band))
        home = st.text_input("Home", persona.home, max_chars=80)
        occupation = st.text_input("Occupation", persona.occupation, max_chars=80)
    bio = st.text_area("Bio", persona.bio, max_chars=300, height=80)
    emblem = st.text_input(
        "Profile picture", persona.emblem, max_chars=300, help="The prompt of it: a thing or an animal, never a face."
    )
    return {
        "display_name": shown, "age_band": age, "home": home, "occupation": occupation, "bio": bio, "emblem": emblem,
    }  # fmt: skip


def _taste(persona: Persona) -> dict[str, Any]:
    st.markdown("**Interests**")
    rows = st.data_editor(
        [{"Topic": each.topic, "Weight": each.weight} for each in persona.interests], num_rows="dynamic",
        hide_index=True, key=f"interests-{persona.name}",
        column_config={"Weight": st.column_config.NumberColumn(min_value=0.0, max_value=1.0, step=0.05, default=0.5)},
    )  # fmt: skip
    look = persona.aesthetic
    with st.grid("auto", min_column_width=190):
        chosen = st.multiselect(
            "Looks, the usual one first", [*dict.fromkeys([*look.styles, *styles.BY_ID])], list(look.styles),
            max_selections=3, format_func=lambda style: styles.BY_ID[style].title if style in styles.BY_ID else style,
        )  # fmt: skip
        palettes = _lines("Palettes", look.palettes)
        subjects = _lines("Subjects", look.subjects)
        light = _lines("Light", look.light)
    interests = [
        Interest(topic=str(row["Topic"]), weight=float(row["Weight"] or 0)) for row in rows if row.get("Topic")
    ][:MOST_INTERESTS]
    return {
        "interests": interests,
        "aesthetic": {"styles": chosen, "palettes": palettes, "subjects": subjects, "light": light},
        "opinions": _lines("Opinions on what makes a good picture", persona.opinions),
    }


def _manner(persona: Persona) -> dict[str, Any]:
    voice = persona.voice
    with st.grid("auto", min_column_width=190):
        manner = st.selectbox("Manner", get_args(Manner), get_args(Manner).index(voice.manner))
        length = st.selectbox("Length", get_args(Length), get_args(Length).index(voice.length))
        sayings = _lines("Turns of phrase", voice.sayings)
        emoji = st.text_input("Emoji", " ".join(voice.emoji), help="At most three, with spaces between.")
    lower = st.toggle("All in lower case", voice.lower_case)
    with st.grid("auto", min_column_width=130):
        traits = {
            trait: st.slider(trait.capitalize(), 0.0, 1.0, getattr(persona.temperament, trait), 0.05)
            for trait in TRAITS
        }
        sociability = st.slider("Sociability", 0.0, 1.0, persona.sociability, 0.05)
    return {
        "voice": {
            "manner": manner, "length": length, "lower_case": lower, "emoji": emoji.split(), "sayings": sayings,
        },
        "temperament": traits, "sociability": sociability,
    }  # fmt: skip


def _day(persona: Persona) -> dict[str, Any]:
    rhythm = persona.rhythm
    with st.grid("auto", min_column_width=150):
        wakes = st.number_input("Wakes at", 0, 23, rhythm.wakes)
        sleeps = st.number_input("Sleeps from", 0, 23, rhythm.sleeps)
        peaks = st.multiselect("Most about at", range(24), list(rhythm.peaks), max_selections=3)
        visits = st.number_input("Visits a day", 0.5, 24.0, rhythm.visits_a_day, 0.5)
        posts = st.number_input("Posts a day", 0.0, 8.0, rhythm.posts_a_day, 0.1)
    return {
        "rhythm": {
            "wakes": wakes, "sleeps": sleeps, "peaks": peaks, "visits_a_day": visits, "posts_a_day": posts,
        }
    }  # fmt: skip


def _lines(label: str, several: Sequence[str]) -> list[str]:
    text = st.text_area(label, "\n".join(several), height=100, help=ONE_A_LINE)
    return [line.strip() for line in text.splitlines() if line.strip()]
