"""From a prompt to a wish: first what the words say, then what they mean, then what suits."""

from __future__ import annotations

from typing import cast, get_args

from services.studio.engines.painter.chance import Chance
from services.studio.engines.painter.reading import places
from services.studio.engines.painter.reading.grammar import Read, parse
from services.studio.engines.painter.reading.meaning import Meaning, Nearness, nearness, prepare
from services.studio.engines.painter.reading.open import some_company, some_scene, some_time
from services.studio.engines.painter.reading.words import tokens_of
from services.studio.engines.painter.wish import Mood, Palette, Season, Time, Weather, Wish

__all__ = ["Meaning", "prepare", "read"]


def read(prompt: str, meaning: Meaning | None = None, seed: int = 0) -> Wish:
    """What to paint for it. The text alone decides the place; time and company, where unnamed, go with the seed."""
    tokens, language = tokens_of(prompt)
    near = nearness(prompt, tokens, language, meaning)
    said = parse(near.tokens, language)
    chance = Chance(prompt, seed)
    scene = places.named_scene(said) or near.scene(said) or some_scene(prompt, said)
    return Wish(
        scene=scene,
        time=_time(said, near) or some_time(chance, {sense.value for sense in said.denied if sense.kind == "time"}),
        things=tuple(said.things) or some_company(chance, scene, said),
        weather=_weather(said, near, scene),
        season=cast("Season | None", _first(said, near, "season")),
        mood=cast("Mood | None", _first(said, near, "mood")),
        palette=cast("Palette | None", _first(said, near, "palette")),
        style=_first(said, near, "style") or "",
        water=said.says("water"),
        hues=said.world.hues,
        sky_hue=said.world.sky,
        land_hue=said.world.land,
    )


def _time(said: Read, near: Nearness) -> Time | None:
    """The last one named: "night at noon" is noon."""
    named = said.values("time") or said.values("hint of time")
    return cast("Time", named[-1]) if named else cast("Time | None", near.best("time", said))


def _weather(said: Read, near: Nearness, scene: str) -> frozenset[Weather]:
    found = {*said.values("weather"), *(["stars"] if places.brings_stars(said, scene) else [])}
    denied = {sense.value for sense in said.denied if sense.kind == "weather"}
    if not found and not denied and (felt := near.best("weather", said)):
        found.add(felt)
    if denied & {"clouds", "rain"}:
        found.add("clear")
    if found & {"clouds", "rain", "storm", "snow", "mist"}:
        found.discard("clear")
    return frozenset(cast("Weather", each) for each in get_args(Weather) if each in found)


def _first(said: Read, near: Nearness, kind: str) -> str | None:
    named = said.values(kind)
    return named[0] if named else near.best(kind, said)
