"""Space and planets."""

from __future__ import annotations

from services.studio.engines.painter.scenes.scene import Scene

ROWS: dict[str, Scene] = {}
