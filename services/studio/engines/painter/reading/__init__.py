"""From a prompt to a wish."""

from __future__ import annotations

from services.studio.engines.painter.wish import Thing, Wish


def read(prompt: str) -> Wish:
    return Wish("mountains", "dusk", (Thing("fox"),))
