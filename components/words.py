"""Words that several screens use."""

from __future__ import annotations

import re
from datetime import datetime

MINUTE, HOUR, DAY = 60, 3600, 86400
FROM_HOURS_ON = 2 * HOUR


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
    if seconds < FROM_HOURS_ON:
        return f"{round(seconds / MINUTE)} min"
    return f"{round(seconds / HOUR)} h"


def counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def plain_name(name: str) -> str:
    """A name in Markdown as it is written: of what a name may hold, only _ would mean something there."""
    return name.replace("_", r"\_")


MEANS_SOMETHING = re.compile(r"[!-/:-@\[-`{-~]")
BECOMES_SOMETHING = re.compile(
    r"(?<=[<>~=-])(?=[<>=-])|(?<=:)(?=//|streamlit:|material_)|(?<=www)(?=\.)|(?<=\w)(?=@)", re.IGNORECASE
)
"""Where signs, icons and addresses would begin: no escape holds them off, but a joiner does that draws nothing."""


def plain(text: str) -> str:
    """One line of what somebody typed, in Markdown as it was typed: for labels and headings, which are Markdown always.
    Wherever there is room for `st.text`, take that."""
    return plain_piece(" ".join(text.split()))


def plain_piece(text: str) -> str:
    """The same of a part of a line, with the spaces at its ends."""
    return MEANS_SOMETHING.sub(r"\\\g<0>", BECOMES_SOMETHING.sub("\u2060", text))


def signature(name: str, kind: str, demo: bool) -> str:
    """Somebody's name in Markdown, with the mark that residents always carry."""
    mark = badge(kind, demo)
    return f"**{plain_name(name)}**" + (f" :violet-badge[:material/smart_toy: {mark}]" if mark else "")


def badge(kind: str, demo: bool) -> str:
    """What tells residents from people; empty for people."""
    if kind != "resident":
        return ""
    return "AI demo" if demo else "AI"


def first_line(text: str, most: int = 90) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
