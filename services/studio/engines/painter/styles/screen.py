"""As cameras and screens show it."""

from __future__ import annotations

from services.studio.engines.painter.styles.style import Style

ROWS: dict[str, Style] = {}
