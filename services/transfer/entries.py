"""One thing to bring along, as whatever it comes in tells of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from services.text import INVISIBLE

LONGEST_NAME = 200

Kind = Literal["picture", "prompt", "post"]
State = Literal["waiting", "done", "skipped", "failed"]


@dataclass(frozen=True)
class Entry:
    kind: Kind
    name: str
    """For people to know it by."""
    payload: Mapping[str, Any] = field(default_factory=dict)
    """What there is to do, as JSON."""
    told_id: Any = None
    """What it is called where it comes from."""
    state: State = "waiting"
    reason: str = ""
    """Why it is not brought along."""


class Bundle(Protocol):
    """A file that holds entries."""

    def entries(self) -> Iterator[Entry]:
        """All of them in order, each looked at as far as that goes without opening a picture. `UserError` where the
        file as a whole cannot be read."""
        ...

    def picture(self, payload: Mapping[str, Any]) -> bytes:
        """The picture file of an entry; `UserError` where there is none."""
        ...


def shown(text: str) -> str:
    """A name of a stranger's as it is kept and shown: one line, not too long."""
    plain = " ".join(INVISIBLE.sub("", text[: LONGEST_NAME * 4]).split())
    return plain if len(plain) <= LONGEST_NAME else f"{plain[: LONGEST_NAME - 1]}…"
