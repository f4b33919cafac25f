"""Which place is meant where several are named, or one is only hinted at."""

from __future__ import annotations

from functools import reduce

from services.studio.engines.painter.reading.grammar import Read
from services.studio.engines.painter.reading.open import fits
from services.studio.engines.painter.reading.phrases import ABOVE_ALL, ABSTRACT, BELOW_ALL, PAIRS
from services.studio.engines.painter.scenes import SCENES
from services.studio.engines.painter.subjects import SUBJECTS, people

LANDLESS = ("space", "planet", "underwater", *ABSTRACT)


def named_scene(read: Read) -> str | None:
    """None where the words name no place. A word that is a thing too ("island") names a place least of all."""
    said = [token.value("scene") for token in read.tokens if token.has("scene") and not token.has("subject")]
    hinted = read.values("hinted scene")
    beside = [token.value("scene") for token in read.tokens if token.has("scene") and token.has("subject")]
    certain = [place for place in said if place != "flow" and (place != "portrait" or read.things)]
    for several in (certain, [*said, *hinted], beside):
        places = [place for place in dict.fromkeys(several) if place and (several is certain or fits(place, read))]
        if places:
            return _as_things_need(reduce(_of_two, places), read)
    return None


def brings_stars(read: Read, scene: str) -> bool:
    """A galaxy over a landscape is its night sky."""
    return scene not in LANDLESS and "space" in (*read.values("scene"), *read.values("hinted scene"))


def _as_things_need(place: str, read: Read) -> str:
    """Nobody sits among the cups of a still life, and who never comes up is seen where the sea is deep."""
    if place == "still_life" and any(thing.subject in people.ROWS for thing in read.things):
        return "interior"
    first = SUBJECTS[read.things[0].subject] if read.things else None
    is_deep = first is not None and first.where == "deep" and place == "sea" and "sea" not in first.scenes
    return "underwater" if is_deep else place


def _of_two(one: str, other: str) -> str:
    row = PAIRS.get(f"{one} {other}") or PAIRS.get(f"{other} {one}")
    return row if row in SCENES else min((one, other), key=_weakness)


def _weakness(place: str) -> int:
    return ABOVE_ALL.index(place) if place in ABOVE_ALL else len(ABOVE_ALL) + (place in BELOW_ALL)
