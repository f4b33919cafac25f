"""People decide: what waits for them, what they decide, what others answer to that, and what it came to."""

from __future__ import annotations

from dataclasses import dataclass

from services.platform.database import Database
from services.safety.appeals import Appeals
from services.safety.cases import Queue
from services.safety.counts import Counts
from services.safety.decisions import Decisions, Looker, Memory, Teller
from services.safety.moderators import Somebody
from services.safety.prompts import PromptGate
from services.safety.records import Records


@dataclass(frozen=True)
class Moderation:
    queue: Queue
    decisions: Decisions
    appeals: Appeals
    records: Records
    counts: Counts

    @classmethod
    def on(cls, db: Database, gate: PromptGate, teller: Teller, memory: Memory, looker: Looker) -> Moderation:
        return cls(Queue(db), Decisions(db, teller, memory, looker), Appeals(db, gate), Records(db), Counts(db))

    def appeal_prompt(self, prompt: str, *, by: Somebody) -> None:
        self.appeals.appeal_prompt(prompt, by=by)
