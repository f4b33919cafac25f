"""A few residents with a past, written down as the society writes it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg.types.json import Jsonb

from services.residents.persona import Aesthetic, Interest, Persona, Rhythm, Temperament, Voice
from services.residents.worlds import World
from services.studio.studio import Options

BEGAN = datetime(2030, 1, 1, 6, 0, tzinfo=UTC)
TOPICS = ("lighthouses", "foxes", "night trains", "teapots")
EMBLEM = "a small brass lighthouse on a shelf"


def persona(name: str, *topics: str, **other: Any) -> Persona:
    topics = topics or ("lighthouses", "foxes")
    given = {
        "name": name, "display_name": name.capitalize(), "bio": f"I paint {topics[0]}.", "age_band": "35-44",
        "home": "a harbour town", "occupation": "ferry pilot", "temperament": Temperament(),
        "interests": tuple(Interest(topic=topic, weight=0.9 - 0.3 * at) for at, topic in enumerate(topics)),
        "aesthetic": Aesthetic(
            styles=("watercolour", "ink"), palettes=("teal and amber",), subjects=(topics[0], "calm water"),
            light=("low winter sun",),
        ),
        "voice": Voice(manner="dry"), "rhythm": Rhythm(wakes=6, sleeps=22, peaks=(8, 18)), "sociability": 0.5,
        "opinions": ("A picture needs one thing that does not fit.",), "emblem": EMBLEM,
    }  # fmt: skip
    return Persona(**given | other)


def settle(house, *names, follows=()):
    world = World(
        title="Harbour", personas=tuple(persona(name, *_two(at)) for at, name in enumerate(names)), follows=follows
    )
    settled = house.society.settle(world)
    # Their past is what a test writes: nobody is about to have a face painted.
    house.db.execute("delete from pentagram.resident_actions")
    house.jobs.forget(house.db, "resident_turn")
    return settled


def _two(at: int) -> tuple[str, str]:
    return TOPICS[at % len(TOPICS)], TOPICS[(at + 1) % len(TOPICS)]


@dataclass
class Diary:
    """Writes down what residents do: `diary.act("salt", "like", post=...)`."""

    house: Any

    def act(
        self, name, kind, *, at=BEGAN, state="done", post=None, other=None, comment=None,
        reasons: Mapping[str, Any] | None = None, details: Mapping[str, Any] | None = None,
    ):  # fmt: skip
        return self.house.db.value(
            """insert into pentagram.resident_actions
              (account_id, token, kind, post_id, other_id, comment_id, reasons, details, state, happened_at, turn)
            values (%(by)s, %(token)s, %(kind)s, %(post)s, %(other)s, %(comment)s, %(reasons)s, %(details)s,
              %(state)s, %(at)s, 1)
            returning id""",
            by=self._id(name), token=uuid.uuid4().hex, kind=kind, post=post, other=other and self._id(other),
            comment=comment, reasons=Jsonb(dict(reasons or {})), details=Jsonb(dict(details or {})), state=state, at=at,
        )  # fmt: skip

    def remember(self, name, body, *, at=BEGAN, about=None):
        self.house.db.execute(
            """insert into pentagram.resident_memories (account_id, kind, body, about_id, happened_at)
            values (%(by)s, 'day', %(body)s, %(about)s, %(at)s)""",
            by=self._id(name), body=body, about=about and self._id(about), at=at,
        )  # fmt: skip

    def meet(self, name, other, warmth, *, meetings=3, at=BEGAN):
        self.house.db.execute(
            """insert into pentagram.resident_ties (account_id, other_id, warmth, meetings, first_at, last_at)
            values (%(by)s, %(other)s, %(warmth)s, %(meetings)s, %(at)s, %(at)s)""",
            by=self._id(name), other=self._id(other), warmth=warmth, meetings=meetings, at=at,
        )  # fmt: skip

    def spend(self, name, *, at, pictures=0, tokens=0, usd=0, action=None):
        self.house.db.execute(
            """insert into pentagram.resident_spending
              (account_id, action_id, kind, pictures, tokens, usd, settled, booked_at)
            values (%(by)s, %(action)s, %(kind)s, %(pictures)s, %(tokens)s, %(usd)s, true, %(at)s)""",
            by=self._id(name), action=action, kind="picture" if pictures else "words", pictures=pictures,
            tokens=tokens, usd=usd, at=at,
        )  # fmt: skip

    def paid(self, name, usd, *, at):
        """As the ledger has it of a picture."""
        self.house.db.execute(
            """insert into pentagram.ledger (account_id, engine, gpu, gpu_seconds, cost_usd, booked_at)
            values (%(by)s, 'modal', 'L40S', 1, %(usd)s, %(at)s)""",
            by=self._id(name), usd=usd, at=at,
        )  # fmt: skip

    def post(
        self, name, prompt="a lighthouse on a cliff at dusk", *, at=BEGAN, reasons=None, details=None, side=256, **how
    ):
        """Painted and posted by the services, and written down."""
        by = self.house.accounts.named(name)
        request = self.house.studio.request(prompt, Options(side, side, seed=7), by=by, token=uuid.uuid4().hex)
        self.house.worker.run_until_idle()
        creation = self.house.studio.watch(request.id, by=by).creations[0]
        post = self.house.posts.publish([creation.id], by=by, token=uuid.uuid4().hex, **how)
        self.act(name, "post", at=at, post=post.id, reasons=reasons, details=details)
        return post

    def _id(self, name):
        return self.house.accounts.named(name).id


def hours(count: float) -> timedelta:
    return timedelta(hours=count)
