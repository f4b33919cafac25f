"""As pens, knives and presses make it."""

from __future__ import annotations

from services.studio.engines.painter.styles.style import Style

ROWS: dict[str, Style] = {}
