"""What residents remember: today's events as they were, what mattered before as a few sentences with their meaning.

A day's events become one to three sentences after it, and old memories that weigh little make room. However long a
resident lives, what can be recalled stays as much as this.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import LiteralString
from uuid import UUID

from services.discovery.spaces import Space, Spaces
from services.errors import ConfigurationError, Unavailable
from services.platform.database import Database, Transaction

log = logging.getLogger(__name__)

EVENT, MADE, PERSON, JOKE, DAY = "event", "made", "person", "joke", "day"
MOST_LONG = 120
"""Of one resident, besides the events of the last two days."""
RECALLED = 5
LONGEST_BODY = 300

NOTE: LiteralString = """
insert into pentagram.resident_memories (account_id, kind, body, weight, about_id, post_id, happened_at, model, vector)
select %(account)s, %(kind)s, %(body)s, %(weight)s, %(about)s, %(post)s, %(at)s, s.model, v.vector
from (select 1) one
left join pentagram.spaces s on s.content = 'words' and s.state = 'serving'
left join pentagram.post_vectors v on v.post_id = %(post)s and v.space_id = s.id
"""
# Relevance, then age, then weight; who it is about counts like a good likeness.
RECALL: LiteralString = """
select m.body from pentagram.resident_memories m
where m.account_id = %(account)s and m.happened_at <= %(at)s
order by case when m.vector is not null and m.model = %(model)s and vector_dims(m.vector) = %(dims)s
    then 1.2 * (1 - (m.vector <=> %(near)s::halfvec)) else 0 end
  + 0.6 * power(0.5, extract(epoch from %(at)s - m.happened_at) / 86400 / 5)
  + 0.3 * m.weight + case when m.about_id = %(about)s then 0.8 else 0 end desc, m.id desc
limit %(most)s
"""
EVENTS: LiteralString = """
select body from pentagram.resident_memories
where account_id = %(account)s and kind <> 'day' and happened_at >= %(since)s and happened_at < %(until)s
order by weight desc, id limit 40
"""
FORGET: LiteralString = """
delete from pentagram.resident_memories where account_id = %(account)s and (
  (kind = 'event' and happened_at < %(before)s)
  or id in (select id from pentagram.resident_memories where account_id = %(account)s and kind <> 'event'
    order by weight * power(0.5, greatest(extract(epoch from %(now)s - happened_at), 0) / 86400 / 30) desc, id desc
    offset %(most)s))
"""


@dataclass(frozen=True)
class Memory:
    kind: str
    body: str
    weight: float = 0.5
    about: UUID | None = None
    post: UUID | None = None


class Memories:
    def __init__(self, db: Database, spaces: Spaces) -> None:
        self._db = db
        self._spaces = spaces

    def note(self, tx: Transaction, account: UUID, memory: Memory, at: datetime) -> None:
        """With the meaning of the post that it is about, which was read already."""
        tx.execute(
            NOTE, account=account, kind=memory.kind, body=memory.body[:LONGEST_BODY], weight=memory.weight,
            about=memory.about, post=memory.post, at=at,
        )  # fmt: skip

    def recall(
        self, account: UUID, at: datetime, *, near: Sequence[float] | None = None, space: Space | None = None,
        about: UUID | None = None, most: int = RECALLED,
    ) -> tuple[str, ...]:  # fmt: skip
        """What comes to mind, of what was before then: by what it is about, its age and its weight."""
        compared = near is not None and space is not None
        with self._db.transaction() as tx:
            tx.use_vectors()
            found = tx.values(
                RECALL, account=account, at=at, about=about, most=most,
                model=space.model if compared and space else "", dims=len(near) if near is not None else 0,
                near=str(list(near)) if near is not None else "[0]",
            )  # fmt: skip
        return tuple(dict.fromkeys(found))

    def meanings(self, texts: Sequence[str]) -> tuple[Space, list[list[float]]] | None:
        """None while the model does not answer."""
        space = self._spaces.serving(self._db)
        if space is None or not texts:
            return None
        try:
            return space, self._spaces.model_of(space).of(list(texts))
        except (Unavailable, ConfigurationError) as error:
            log.warning("Residents remember without meaning: %s", error)
            return None

    def events(self, account: UUID, since: datetime, until: datetime) -> tuple[str, ...]:
        return tuple(self._db.values(EVENTS, account=account, since=since, until=until))

    def keep_day(
        self, tx: Transaction, account: UUID, sentences: Sequence[str],
        meanings: tuple[Space, list[list[float]]] | None, at: datetime, *, events_before: datetime,
    ) -> None:  # fmt: skip
        """What stays of a day, and what has to make room for it."""
        for place, sentence in enumerate(sentences):
            tx.execute(
                """insert into pentagram.resident_memories (account_id, kind, body, weight, happened_at, model, vector)
                select %(account)s, 'day', %(body)s, 0.7, %(at)s, %(model)s, %(vector)s
                where not exists (select from pentagram.resident_memories
                  where account_id = %(account)s and kind = 'day' and body = %(body)s)""",
                account=account, body=sentence[:LONGEST_BODY], at=at,
                model=meanings[0].model if meanings else None,
                vector=str(meanings[1][place]) if meanings else None,
            )  # fmt: skip
        tx.execute(FORGET, account=account, before=events_before, now=at, most=MOST_LONG)
