"""The places that can be painted. A new scene is one function and one row, beside each other in one of these files."""

from __future__ import annotations

from services.studio.engines.painter.scenes import (
    abstract,
    city,
    coast,
    cosmos,
    deep,
    deserts,
    fields,
    lakes,
    mountains,
    rooms,
    woods,
)
from services.studio.engines.painter.scenes.scene import Scene

SCENES: dict[str, Scene] = {
    **mountains.ROWS,
    **coast.ROWS,
    **woods.ROWS,
    **fields.ROWS,
    **lakes.ROWS,
    **deserts.ROWS,
    **deep.ROWS,
    **city.ROWS,
    **rooms.ROWS,
    **cosmos.ROWS,
    **abstract.ROWS,
}
