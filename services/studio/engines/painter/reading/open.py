"""What the words leave open: places and times that suit, chosen by the text, or by the seed where either will do."""

from __future__ import annotations

import hashlib

from services.studio.engines.painter.chance import Chance
from services.studio.engines.painter.reading.grammar import Read
from services.studio.engines.painter.reading.phrases import ABSTRACT
from services.studio.engines.painter.reading.words import Sense
from services.studio.engines.painter.scenes import SCENES
from services.studio.engines.painter.subjects import SUBJECTS
from services.studio.engines.painter.wish import Thing, Time

PLEASANT_SCENES = ("mountains", "sea", "lake", "coast", "meadow", "forest", "island", "desert", "flow")
PLEASANT_TIMES: tuple[Time, ...] = ("dawn", "dawn", "day", "day", "dusk", "dusk", "night")
IN_SPACE = ("space", "planet")
COMPANY_SHARE = 0.6
"""How often a scene in which nothing was named has somebody in it."""


def suits(read: Read) -> dict[str, float]:
    """How well each scene suits the things, from 0 to 1: what others stand on or in, and what was named first, most."""
    votes: dict[str, float] = {}
    bases = {thing.to for thing in read.things}
    for k, thing in enumerate(read.things):
        weight = (1.5 if k in bases else 1.0) / (1 + k)
        for rank, scene in enumerate(SUBJECTS[thing.subject].scenes):
            if scene in SCENES and fits(scene, read):
                votes[scene] = votes.get(scene, 0) + weight / (1 + 0.5 * rank)
    most = max(votes.values(), default=1.0)
    return {scene: votes[scene] / most for scene in SCENES if scene in votes}


def fits(place: str, read: Read) -> bool:
    """Whether a place that nobody named may be meant: no portrait of nobody, nothing abstract with things in it, no
    space with weather, no deep sea under a sky."""
    if Sense("scene", place) in read.denied or (place in IN_SPACE and read.says("time", "season", "weather")):
        return False
    if place == "underwater" and (read.says("time", "weather") or _looks_up(read)):
        return False
    return place != "portrait" if not read.things else place not in ABSTRACT


def _looks_up(read: Read) -> bool:
    return any(SUBJECTS[thing.subject].where in ("heavens", "sky") for thing in read.things)


def some_scene(prompt: str, read: Read) -> str:
    """The same for the same text, whatever the seed."""
    votes = suits(read)
    if votes:
        return max([scene for scene in votes if fits(scene, read)] or votes, key=lambda scene: votes[scene])
    pleasant = [scene for scene in PLEASANT_SCENES if scene in SCENES and fits(scene, read)] or list(SCENES)
    return pleasant[hashlib.sha256(prompt.encode("utf-8", "surrogatepass")).digest()[0] % len(pleasant)]


def some_time(chance: Chance, denied: set[str]) -> Time:
    return chance.pick([time for time in PLEASANT_TIMES if time not in denied] or ["day"])


def some_company(chance: Chance, scene: str, read: Read) -> tuple[Thing, ...]:
    company = [each for each in SCENES[scene].company if each in SUBJECTS and not read.is_denied(each)]
    is_wanted = company and not read.says("emptiness") and chance.is_so(COMPANY_SHARE)
    return (Thing(chance.pick(company)),) if is_wanted else ()
