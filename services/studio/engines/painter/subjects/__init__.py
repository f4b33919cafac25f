"""Everything that can stand, float or fly in a scene. A new subject is one function and one row, beside each other in
one of these files."""

from __future__ import annotations

from services.studio.engines.painter.subjects import (
    animals,
    birds,
    buildings,
    heavens,
    people,
    plants,
    sea_life,
    things,
    vehicles,
)
from services.studio.engines.painter.subjects.subject import Subject

SUBJECTS: dict[str, Subject] = {
    **people.ROWS,
    **animals.ROWS,
    **birds.ROWS,
    **sea_life.ROWS,
    **plants.ROWS,
    **buildings.ROWS,
    **vehicles.ROWS,
    **things.ROWS,
    **heavens.ROWS,
}
