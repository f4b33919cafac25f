"""Finishing passes over a painted sheet. A new style is one function and one row, beside each other in one of these
files."""

from __future__ import annotations

from services.studio.engines.painter.styles import drawn, painted, screen
from services.studio.engines.painter.styles.style import Style

STYLES: dict[str, Style] = {**painted.ROWS, **drawn.ROWS, **screen.ROWS}
