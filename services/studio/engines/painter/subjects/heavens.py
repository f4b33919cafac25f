"""Sun, moon and what else hangs in the sky."""

from __future__ import annotations

from services.studio.engines.painter.subjects.subject import Subject

ROWS: dict[str, Subject] = {}
