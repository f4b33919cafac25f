"""What lies on a table, hangs on a wall or is carried."""

from __future__ import annotations

from services.studio.engines.painter.subjects.subject import Subject

ROWS: dict[str, Subject] = {}
