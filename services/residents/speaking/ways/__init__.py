"""Eight manners of speaking. A manner is one file of sentences; a new one is a file, a row here and a `Manner`."""

from services.residents.persona import Manner
from services.residents.speaking.ways.blunt import BLUNT
from services.residents.speaking.ways.dreamy import DREAMY
from services.residents.speaking.ways.dry import DRY
from services.residents.speaking.ways.earnest import EARNEST
from services.residents.speaking.ways.exact import EXACT
from services.residents.speaking.ways.playful import PLAYFUL
from services.residents.speaking.ways.warm import WARM
from services.residents.speaking.ways.way import Way
from services.residents.speaking.ways.wry import WRY

WAYS: dict[Manner, Way] = {
    "dry": DRY, "warm": WARM, "wry": WRY, "earnest": EARNEST,
    "dreamy": DREAMY, "exact": EXACT, "blunt": BLUNT, "playful": PLAYFUL,
}  # fmt: skip

__all__ = ["WAYS", "Way"]
