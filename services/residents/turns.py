"""A turn: somebody looks in, sees what is new, and decides what to do. Decided once; `Deeds` does it, once."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import LiteralString
from uuid import UUID

import numpy as np
from psycopg.types.json import Jsonb

from services.community.accounts import Account, Accounts
from services.discovery.recommendations.for_you import ForYou
from services.discovery.spaces import Space, Spaces
from services.errors import Unavailable
from services.platform.database import Database, Transaction
from services.residents.actions import Action, Actions, Plan
from services.residents.deeds import Deeds
from services.residents.memory import EVENT, Memories, Memory
from services.residents.mind import (
    Choice,
    Deed,
    Sight,
    appeal_of,
    attention,
    cheered,
    choose,
    drifted,
    mood_now,
    posts_now,
)
from services.residents.roster import Resident, Roster
from services.residents.tastes import Tastes
from services.residents.ties import Tie, Ties
from services.residents.views import Glance, News, glances, news

log = logging.getLogger(__name__)

MOST_COMMENTS = 2
MOST_ANSWERS = 3
WISH = re.compile(
    r"\b(?:paint|draw|could you|can you|would love|i'd love|i wish|next time|how about|what about)\b", re.IGNORECASE
)
"""In a comment: somebody would like to see something. What of it is painted their speaker decides."""
WISH_GRANTED = 0.6
STRANGER_AFTER = timedelta(days=10)
UNFOLLOW_BELOW, UNFOLLOW_CHANCE = 0.03, 0.05
LIKED_OF_DAY: LiteralString = """
select reasons ->> 'topic' as topic, count(*)::integer as count from pentagram.resident_actions
where account_id = %(account)s and kind in ('like', 'save', 'comment') and state = 'done'
  and happened_at >= %(since)s and happened_at < %(until)s and reasons ? 'topic'
group by 1
"""
LAST_POST: LiteralString = """
select max(happened_at) from (select happened_at from pentagram.resident_actions
  where account_id = %(account)s and kind in ('post', 'remix') and state <> 'dropped' order by id desc limit 1) l
"""
KEEP: LiteralString = """
update pentagram.residents set mood = %(mood)s, last_turn_at = greatest(last_turn_at, %(at)s), seen_at = %(seen)s,
  tastes = %(tastes)s, summed_up = %(summed_up)s
where account_id = %(account)s
"""


@dataclass(frozen=True)
class _TopicCount:
    topic: str
    count: int


@dataclass(frozen=True)
class _Scene:
    """Everything that a turn is decided by."""

    who: Resident
    at: datetime
    mood: float
    looked_at: list[Glance]
    news: News
    ties: Mapping[UUID, Tie]
    sights: Mapping[UUID, Sight]
    """By post."""
    since_last_post: timedelta | None
    faces: bool
    """Whether they have a face already, or one is on its way."""


class Turns:
    def __init__(
        self, db: Database, accounts: Accounts, for_you: ForYou, spaces: Spaces, roster: Roster, actions: Actions,
        deeds: Deeds, memories: Memories, ties: Ties, tastes: Tastes,
    ) -> None:  # fmt: skip
        self._db = db
        self._accounts = accounts
        self._for_you = for_you
        self._spaces = spaces
        self._roster = roster
        self._actions = actions
        self._deeds = deeds
        self._memories = memories
        self._ties = ties
        self._tastes = tastes

    def take(self, account_id: UUID, turn: int, at: datetime, *, last_attempt: bool = True) -> list[Action]:
        """Decide, unless that was done, and do what is not done yet. `Unavailable` where a part that it stands on is
        away: asked again it goes on from there."""
        who = self._roster.of_id(account_id)
        if who is None:
            return []
        planned = self._actions.of_turn(account_id, turn)
        if not planned:
            if who.state != "active" or who.turn != turn:
                return []
            self._decide(who, turn, at)
            planned = self._actions.of_turn(account_id, turn)
        for action in planned:
            self._do(action, last_attempt)
        return self._actions.of_turn(account_id, turn)

    def _do(self, action: Action, last_attempt: bool) -> None:
        if action.state != "planned":
            return
        try:
            self._deeds.do(action)
        except Unavailable as error:
            if not last_attempt:
                raise
            self._actions.drop(action.id, str(error))

    def _decide(self, who: Resident, turn: int, at: datetime) -> None:
        chance = who.chance(turn)
        account = self._accounts.named(who.name)
        seen_until = self._db.value("select clock_timestamp()")
        scene = self._scene(who, account, at, chance)
        plans = [*self._looks_back(scene), *self._chosen(scene, chance)]
        with self._db.transaction() as tx:
            if self._actions.plan(tx, who.account_id, turn, plans, at):
                self._live_on(tx, scene, seen_until)

    def _scene(self, who: Resident, account: Account, at: datetime, chance: np.random.Generator) -> _Scene:
        heard = news(self._db, who.account_id, who.seen_at)
        level = float(who.mood.get("level", 0.0))
        rested = at - who.last_turn_at if who.last_turn_at else timedelta(0)
        mood = mood_now(level, rested, who.persona.temperament)
        mood = cheered(mood, likes=sum(heard.likes.values()), comments=len(heard.remarks), chance=chance)
        page = self._for_you.page(viewer=account, limit=attention(who.persona.temperament, mood, chance))
        space = self._spaces.serving(self._db)
        looked_at = glances(self._db, page.items, space, who.account_id)
        others = {each.author_id for each in looked_at} | {each.other_id for each in heard.remarks}
        ties = self._ties.of(who.account_id, others)
        last_post = self._db.value(LAST_POST, account=who.account_id)
        return _Scene(
            who, at, mood, looked_at, heard, ties, self._sights(who, at, looked_at, ties, space),
            at - last_post if last_post else None, who.avatar_key is not None or self._deeds.has_face(who.account_id),
        )  # fmt: skip

    def _sights(
        self, who: Resident, at: datetime, looked_at: list[Glance], ties: Mapping[UUID, Tie], space: Space | None
    ) -> dict[UUID, Sight]:
        weights = who.weights
        topics, vectors = self._tastes.vectors(list(weights), space)
        strengths = [weights[topic] for topic in topics]
        sights = {}
        for each in looked_at:
            appeal, best = (0.0, -1) if each.vector is None else appeal_of(each.vector, vectors, strengths)
            tie = ties.get(each.author_id)
            sights[each.post.id] = Sight(
                appeal, topics[best] if best >= 0 else "", tie.now(at) if tie else 0.0, each.by_person,
                tells_prompt=each.post.prompt is not None,
            )  # fmt: skip
        return sights

    def _looks_back(self, scene: _Scene) -> list[Plan]:
        """On the first visit of a day they think of the days before."""
        today = scene.at.date()
        if scene.who.last_turn_at is None or scene.who.last_turn_at.date() >= today:
            return []
        since = datetime.combine(scene.who.last_turn_at.date(), datetime.min.time(), tzinfo=scene.at.tzinfo)
        until = datetime.combine(today, datetime.min.time(), tzinfo=scene.at.tzinfo)
        return [Plan("sum_up", {}, details={"since": since.isoformat(), "until": until.isoformat()})]

    def _chosen(self, scene: _Scene, chance: np.random.Generator) -> list[Plan]:
        of_posts = self._of_posts(scene, chance)
        others = [
            *self._answers(scene, chance), *of_posts, *self._leaves(scene, chance), *self._makes(scene, chance)
        ]  # fmt: skip
        best = max(scene.sights.values(), key=lambda sight: sight.appeal, default=Sight(0.0, ""))
        look = {
            "looked_at": len(scene.looked_at), "did": len(others), "mood": round(scene.mood, 3),
            "best_appeal": round(best.appeal, 3), "best_topic": best.topic, "heard": len(scene.news.remarks),
        }  # fmt: skip
        face = [] if scene.faces else [Plan("face", {"because": "they have no picture of themselves yet"})]
        return [Plan("look", look, is_done=True), *face, *others]

    def _of_posts(self, scene: _Scene, chance: np.random.Generator) -> list[Plan]:
        plans: list[Plan] = []
        followed: set[UUID] = set()
        for each in scene.looked_at:
            sight = scene.sights[each.post.id]

            def decided(deed: Deed, sight: Sight = sight) -> Choice:
                return choose(deed, sight, scene.who.persona, scene.mood, chance)

            if not each.post.liked and (choice := decided("like")).happens:
                plans.append(Plan("like", choice.reasons, each.post.id, each.author_id))
            if self._may_comment(each, plans) and (choice := decided("comment")).happens:
                plans.append(Plan("comment", choice.reasons, each.post.id, each.author_id))
            if not each.post.saved and (choice := decided("save")).happens:
                plans.append(Plan("save", choice.reasons, each.post.id, each.author_id))
            if each.author_id not in followed and not each.follows and (choice := decided("follow")).happens:
                followed.add(each.author_id)
                plans.append(Plan("follow", choice.reasons, each.post.id, each.author_id))
        return plans

    @staticmethod
    def _may_comment(each: Glance, plans: list[Plan]) -> bool:
        written = sum(plan.kind == "comment" for plan in plans)
        return written < MOST_COMMENTS and each.post.takes_comments and not each.commented

    def _answers(self, scene: _Scene, chance: np.random.Generator) -> list[Plan]:
        plans: list[Plan] = []
        threads: set[UUID] = set()
        for remark in scene.news.remarks:
            tie = scene.ties.get(remark.other_id)
            sight = Sight(
                0.0, "", tie.now(scene.at) if tie else 0.0, remark.by_person, asked="?" in remark.body,
                answers=remark.answers,
            )  # fmt: skip
            choice = choose("answer", sight, scene.who.persona, scene.mood, chance)
            if choice.happens and remark.thread_id not in threads and len(plans) < MOST_ANSWERS:
                threads.add(remark.thread_id)
                plans.append(Plan("answer", choice.reasons, remark.post_id, remark.other_id, remark.id))
        return plans

    def _leaves(self, scene: _Scene, chance: np.random.Generator) -> list[Plan]:
        """Whom they follow and have nothing to do with any more."""
        if chance.random() >= UNFOLLOW_CHANCE:
            return []
        faded = self._ties.faded(scene.who.account_id, scene.at - STRANGER_AFTER)
        if faded is None or faded.now(scene.at) >= UNFOLLOW_BELOW:
            return []
        return [Plan("unfollow", {"tie": round(faded.now(scene.at), 4)}, other_id=faded.other_id)]

    def _makes(self, scene: _Scene, chance: np.random.Generator) -> list[Plan]:
        if not posts_now(scene.who.persona.rhythm, scene.mood, scene.since_last_post, chance):
            return []
        reasons = {"mood": round(scene.mood, 3), "posts_a_day": scene.who.persona.rhythm.posts_a_day}
        for each in sorted(scene.looked_at, key=lambda each: -scene.sights[each.post.id].appeal)[:3]:
            choice = choose("remix", scene.sights[each.post.id], scene.who.persona, scene.mood, chance)
            if choice.happens:
                return [Plan("remix", choice.reasons | reasons, each.post.id, each.author_id)]
        for remark in scene.news.remarks:
            if remark.on_mine and WISH.search(remark.body) and chance.random() < WISH_GRANTED:
                wished = reasons | {"wished_by": remark.other}
                return [Plan("post", wished, other_id=remark.other_id, comment_id=remark.id)]
        return [Plan("post", reasons)]

    def _live_on(self, tx: Transaction, scene: _Scene, seen_until: datetime) -> None:
        """What follows from having looked in, in the same transaction as the decision."""
        who, today = scene.who, scene.at.date()
        for other, happened in scene.news.passed().items():
            self._ties.happened(tx, who.account_id, other, happened, scene.at)
        for remark in scene.news.remarks[:5]:
            said = " ".join(remark.body.split())[:90]
            where = "my picture" if remark.on_mine else "what I had said"
            memory = Memory(EVENT, f"@{remark.other} said of {where}: “{said}”", 0.6, remark.other_id, remark.post_id)
            self._memories.note(tx, who.account_id, memory, scene.at)
        tastes = dict(who.tastes)
        summed_up = who.summed_up
        if summed_up is None or summed_up < today:
            tastes, summed_up = self._grown(tx, scene), today
        tx.execute(
            KEEP, account=who.account_id, mood=Jsonb({"level": round(scene.mood, 4)}), at=scene.at, seen=seen_until,
            tastes=Jsonb(tastes), summed_up=summed_up,
        )  # fmt: skip

    def _grown(self, tx: Transaction, scene: _Scene) -> dict[str, float]:
        """Tastes after what they liked since they were looked at last."""
        who = scene.who
        if who.summed_up is None:
            return dict(who.tastes)
        since = datetime.combine(who.summed_up, datetime.min.time(), tzinfo=scene.at.tzinfo)
        liked = tx.rows(_TopicCount, LIKED_OF_DAY, account=who.account_id, since=since, until=scene.at)
        usual = {each.topic: each.weight for each in who.persona.interests}
        return drifted(usual, who.tastes, {row.topic: row.count for row in liked})
