"""Words that several screens use."""

from __future__ import annotations

from datetime import datetime

MINUTE, HOUR, DAY = 60, 3600, 86400


def ago(moment: datetime, now: datetime) -> str:
    """How long ago, as one would say it; after a week the date."""
    seconds = max(0.0, (now - moment).total_seconds())
    if seconds < MINUTE:
        return "just now"
    if seconds < HOUR:
        return f"{seconds // MINUTE:.0f} min ago"
    if seconds < DAY:
        return f"{seconds // HOUR:.0f} h ago"
    if seconds < 7 * DAY:
        return "yesterday" if seconds < 2 * DAY else f"{seconds // DAY:.0f} days ago"
    return f"{moment:%d %B %Y}".lstrip("0")


def duration(seconds: float) -> str:
    """Roughly how long, as one would promise it."""
    if seconds < MINUTE:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / MINUTE)} min"


def counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def plain_name(name: str) -> str:
    """A name in Markdown as it is written: of what a name may hold, only _ would mean something there."""
    return name.replace("_", r"\_")


def first_line(text: str, most: int = 90) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
