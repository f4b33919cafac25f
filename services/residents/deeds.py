"""Doing what was decided: each deed through the same services as a person's, by a token that makes it happen once."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import LiteralString
from uuid import UUID

from services.community.accounts import Account, Accounts
from services.community.collections import Collections
from services.community.comments import Comments
from services.community.people import People
from services.community.posts import Post, Posts
from services.discovery.spaces import Spaces
from services.errors import ConfigurationError, NotFound, Unavailable, UserError
from services.platform.database import Database
from services.residents.actions import Action, Actions
from services.residents.budgets import Spending
from services.residents.memory import EVENT, JOKE, MADE, PERSON, Memories, Memory
from services.residents.mind import FRIENDS_FROM
from services.residents.roster import Resident, Roster
from services.residents.speaking.base import Caption, Frame, Heard, Idea, Purse, Seen, Speaker
from services.residents.ties import Ties, in_words
from services.residents.views import said_already, seen
from services.safety.prompts import PromptGate
from services.studio.engines.base import Engine
from services.studio.money import Money
from services.studio.studio import Options, Request, Studio

log = logging.getLogger(__name__)

SIZE = (768, 768)
FACE_SIZE = (512, 512)
QUOTES = re.compile(r"[\"“”„«»‘]")
TRIES = 3
"""Ways of saying something, where the gate minds one."""
DEAREST: LiteralString = """
select max(cost_usd) from (select cost_usd from pentagram.ledger
  where engine = %(engine)s and gpu <> '' order by id desc limit 50) l
"""
COST: LiteralString = """
select coalesce(sum(l.cost_usd), 0) from pentagram.creations c join pentagram.ledger l on l.creation_id = c.id
where c.request_id = %(request)s
"""
LATEST_WITH: LiteralString = """
select count(*)::integer from pentagram.resident_actions
where account_id = %(account)s and other_id = %(other)s and kind in ('comment', 'answer') and state = 'done'
"""


class Deeds:
    def __init__(
        self, db: Database, accounts: Accounts, posts: Posts, comments: Comments, people: People,
        collections: Collections, studio: Studio, money: Money, spaces: Spaces, roster: Roster, actions: Actions,
        memories: Memories, ties: Ties, spending: Spending, gate: PromptGate, speaking: Callable[[Purse], Speaker],
    ) -> None:  # fmt: skip
        """`speaking` gives who finds the words and pays for them from this purse."""
        self._db = db
        self._accounts = accounts
        self._posts = posts
        self._comments = comments
        self._people = people
        self._collections = collections
        self._studio = studio
        self._money = money
        self._spaces = spaces
        self._roster = roster
        self._actions = actions
        self._memories = memories
        self._ties = ties
        self._spending = spending
        self._gate = gate
        self._speaking = speaking
        self._ways: Mapping[str, Callable[[Action, Resident, Account], None]] = {
            "like": self._like, "save": self._save, "follow": self._follow, "unfollow": self._unfollow,
            "comment": self._comment, "answer": self._answer, "post": self._paint, "remix": self._paint,
            "face": self._paint_face, "sum_up": self._sum_up,
        }  # fmt: skip

    def has_face(self, account: UUID) -> bool:
        """Whether one is on its way, or was tried so often that it is left."""
        return bool(
            self._db.value(
                """select bool_or(state in ('planned', 'waiting')) or count(request_id) >= 3
                from pentagram.resident_actions where account_id = %(account)s and kind = 'face'""",
                account=account,
            )
        )

    def do(self, action: Action) -> None:
        """What cannot be done is dropped, with the reason. `Unavailable` where it may be later."""
        self._guarded(action, lambda who, account: self._ways[action.kind](action, who, account))

    def finish(self, action: Action) -> None:
        """What waited for a picture: it is there now, or never will be."""
        if action.state == "waiting":
            self._guarded(action, lambda who, account: self._show(action, who, account))

    def _guarded(self, action: Action, deed: Callable[[Resident, Account], None]) -> None:
        who = self._roster.of_id(action.account_id)
        if who is None:
            return
        try:
            deed(who, self._accounts.named(who.name))
        except Unavailable:
            raise
        except (UserError, ConfigurationError) as error:
            self._give_up(action, str(error))
        except Exception:
            incident = secrets.token_hex(4)
            log.exception("Incident %s: %s could not %s.", incident, who.name, action.kind)
            self._give_up(action, f"Something went wrong (incident {incident}).")

    def _give_up(self, action: Action, why: str) -> None:
        self._actions.drop(action.id, why)
        if action.request_id is None:
            self._spending.settle_picture(action.id, painted=False, usd=Decimal(0))
        else:
            self._settle(action, painted=True)

    def _like(self, action: Action, who: Resident, account: Account) -> None:
        post = self._posts.like(action.post_id, by=account)
        body = f"I liked a picture by @{post.author}: {_thing(post)}."
        self._settled(action, who, post, ["like"], Memory(EVENT, body, 0.25, action.other_id, post.id))

    def _save(self, action: Action, who: Resident, account: Account) -> None:
        post = self._collections.save(action.post_id, by=account)
        body = f"I kept a picture by @{post.author} to look at again: {_thing(post)}."
        self._settled(action, who, post, ["like"], Memory(PERSON, body, 0.45, action.other_id, post.id))

    def _follow(self, action: Action, who: Resident, account: Account) -> None:
        them = self._people.follow(self._name_of(action.other_id), by=account)
        of = f" for {_thing(self._posts.get(action.post_id, viewer=account))}" if action.post_id else ""
        memory = Memory(PERSON, f"I began to follow @{them.name}{of}.", 0.6, them.id, action.post_id)
        with self._db.transaction() as tx:
            if self._actions.done(tx, action):
                self._ties.happened(tx, who.account_id, them.id, ["follow"], action.happened_at)
                self._memories.note(tx, who.account_id, memory, action.happened_at)

    def _unfollow(self, action: Action, who: Resident, account: Account) -> None:
        them = self._people.unfollow(self._name_of(action.other_id), by=account)
        body = f"I stopped following @{them.name}; we had nothing to do with each other."
        with self._db.transaction() as tx:
            if self._actions.done(tx, action):
                self._memories.note(tx, who.account_id, Memory(PERSON, body, 0.4, them.id), action.happened_at)

    def _comment(self, action: Action, who: Resident, account: Account) -> None:
        post = self._posts.get(action.post_id, viewer=account)
        speaker = self._speaker(action)
        text = self._sayable(self._frame(action, who, post), lambda frame: speaker.comment(who.now, seen(post), frame))
        if not text:
            self._actions.drop(action.id, "They had nothing to say about it.")
            return
        self._actions.detail(action.id, text=text)
        comment = self._comments.write(post.id, text, by=account, token=action.token)
        body = f"I told @{post.author} of {_thing(post)}: “{text[:120]}”"
        self._settled(action, who, post, ["comment"], Memory(EVENT, body, 0.5, action.other_id, post.id), comment.id)

    def _answer(self, action: Action, who: Resident, account: Account) -> None:
        post = self._posts.get(action.post_id, viewer=account)
        if action.comment_id is None:
            raise NotFound("The comment is gone.")
        author, body = self._comments.said(action.comment_id, viewer=account)
        speaker, heard = self._speaker(action), Heard(author, body, seen(post))
        text = self._sayable(self._frame(action, who, post), lambda frame: speaker.answer(who.now, heard, frame))
        if not text:
            self._actions.drop(action.id, "They would rather not answer.")
            return
        self._actions.detail(action.id, text=text)
        answer = self._comments.write(post.id, text, by=account, token=action.token, parent_id=action.comment_id)
        told = f"@{author} and I talked about {_thing(post)}. I said: “{text[:120]}”"
        self._settled(action, who, post, ["answer"], Memory(EVENT, told, 0.55, action.other_id, post.id), answer.id)
        self._joke(action, who, post, author)

    def _joke(self, action: Action, who: Resident, post: Post, author: str) -> None:
        """Friends who talked often have something that they always come back to."""
        if action.other_id is None:
            return
        tie = self._ties.of(who.account_id, [action.other_id]).get(action.other_id)
        talked = int(self._db.value(LATEST_WITH, account=who.account_id, other=action.other_id))
        if tie is None or tie.now(action.happened_at) < FRIENDS_FROM or talked % 4:
            return
        body = f"With @{author} it always comes back to {_thing(post)}."
        with self._db.transaction() as tx:
            memory = Memory(JOKE, body, 0.9, action.other_id, post.id)
            self._memories.note(tx, who.account_id, memory, action.happened_at)

    def _paint(self, action: Action, who: Resident, account: Account) -> None:
        if self._may_paint(action):
            idea = self._idea(action, who, account)
            self._ask(action, account, idea.prompt, Options(*SIZE, style=idea.style))

    def _paint_face(self, action: Action, who: Resident, account: Account) -> None:
        if self._may_paint(action):
            self._ask(action, account, who.persona.emblem, Options(*FACE_SIZE, style=who.persona.aesthetic.styles[0]))

    def _may_paint(self, action: Action) -> bool:
        has_room = self._spending.hold_picture(action.account_id, action.id, self._at_most(self._studio.engines.usual))
        if not has_room:
            self._actions.drop(action.id, "The hour's budget for pictures was used up.")
        return has_room

    def _ask(self, action: Action, account: Account, prompt: str, options: Options) -> None:
        request = self._studio.request(prompt, options, by=account, token=action.token)
        self._actions.wait_for(action.id, request.id)

    def _at_most(self, engine: Engine) -> Decimal:
        """What a picture may cost: the dearest of the last ones, and of the first twice the usual."""
        if not engine.gpu:
            return Decimal(0)
        dearest = self._db.value(DEAREST, engine=engine.name)
        if dearest is not None:
            return Decimal(dearest)
        with self._db.transaction() as tx:
            return 2 * self._money.estimate(tx, engine)

    def _idea(self, action: Action, who: Resident, account: Account) -> Idea:
        """The one they had before they were interrupted, or a new one: their own, made from somebody's picture, or
        what somebody wished for."""
        if "idea" in action.details:
            return Idea(**action.details["idea"])
        source, original = None, None
        if action.kind == "remix":
            original = self._posts.get(action.post_id, viewer=account)
            source = seen(original)
        elif action.comment_id is not None:
            author, body = self._comments.said(action.comment_id, viewer=account)
            source = Seen(author, body, None, (), "")
        frame, recent = self._frame(action, who, original), self._actions.last_prompts(who.account_id)
        idea = self._speaker(action).idea(who.now, frame, recent=recent, remix=source)
        self._actions.detail(action.id, idea=vars(idea))
        return idea

    def _show(self, action: Action, who: Resident, account: Account) -> None:
        request = None if action.request_id is None else self._watched(action.request_id, account)
        if request is not None and request.is_unfinished:
            return
        ready = [] if request is None else [each for each in request.creations if each.state == "ready"]
        if not ready:
            why = next((each.failure for each in (request.creations if request else ()) if each.failure), None)
            self._actions.drop(action.id, why or "The picture is gone.")
            self._settle(action, painted=False)
            return
        if action.kind == "face":
            self._accounts.show_as(account, ready[0].id)
            with self._db.transaction() as tx:
                self._actions.done(tx, action)
        else:
            self._publish(action, who, account, ready[0].id)
        self._settle(action, painted=True)

    def _watched(self, request_id: UUID, account: Account) -> Request | None:
        try:
            return self._studio.watch(request_id, by=account)
        except NotFound:
            return None

    def _settle(self, action: Action, *, painted: bool) -> None:
        usd = self._db.value(COST, request=action.request_id)
        self._spending.settle_picture(action.id, painted=painted or usd > 0, usd=usd)

    def _publish(self, action: Action, who: Resident, account: Account, creation: UUID) -> None:
        idea = Idea(**action.details["idea"])
        caption = self._caption(action, who, idea)
        post = self._posts.publish(
            [creation], by=account, token=action.token, caption=caption.text, tags=caption.tags,
            remix_of=action.post_id if action.kind == "remix" else None,
        )  # fmt: skip
        what = "one more picture of a series" if idea.series else "a picture"
        origin = " from somebody else's" if action.kind == "remix" else ""
        made = f"I made {what}{origin}: {_thing(post)}"
        with self._db.transaction() as tx:
            if self._actions.done(tx, action, post_id=post.id):
                if action.kind == "remix" and action.other_id is not None:
                    self._ties.happened(tx, who.account_id, action.other_id, ["remix"], action.happened_at)
                self._memories.note(
                    tx, who.account_id, Memory(MADE, f"{made}.", 0.6, post=post.id), action.happened_at
                )  # fmt: skip

    def _caption(self, action: Action, who: Resident, idea: Idea) -> Caption:
        if "text" in action.details:
            return Caption(action.details["text"], tuple(action.details["tags"]))
        caption = self._captioned(action, who, idea)
        if action.comment_id is not None and action.other_id is not None:
            caption = replace(caption, text=f"For @{self._name_of(action.other_id)}. {caption.text}")
        self._actions.detail(action.id, text=caption.text, tags=list(caption.tags))
        return caption

    def _captioned(self, action: Action, who: Resident, idea: Idea) -> Caption:
        speaker = self._speaker(action)
        said: dict[str, Caption] = {}

        def say(frame: Frame) -> str:
            caption = speaker.caption(who.now, idea, frame)
            said[caption.text] = caption
            return caption.text

        return said[self._sayable(self._frame(action, who, None), say)]

    def _sum_up(self, action: Action, who: Resident, account: Account) -> None:
        since, until = (datetime.fromisoformat(action.details[key]) for key in ("since", "until"))
        events = self._memories.events(who.account_id, since, until)
        frame = self._frame(action, who, None)
        sentences = self._speaker(action).sum_up(who.now, events, frame) if events else ()
        meanings = self._memories.meanings(sentences)
        with self._db.transaction() as tx:
            if self._actions.done(tx, action):
                self._memories.keep_day(
                    tx, who.account_id, sentences, meanings, until, events_before=until - timedelta(days=1)
                )

    def _settled(
        self, action: Action, who: Resident, post: Post, passed: Sequence[str], memory: Memory,
        comment_id: UUID | None = None,
    ) -> None:  # fmt: skip
        with self._db.transaction() as tx:
            if self._actions.done(tx, action, comment_id=comment_id):
                if action.other_id is not None:
                    self._ties.happened(tx, who.account_id, action.other_id, passed, action.happened_at)
                self._memories.note(tx, who.account_id, memory, action.happened_at)

    def _sayable(self, frame: Frame, say: Callable[[Frame], str]) -> str:
        """What the gate lets through; where it minds something harmless, another way of saying it. What is said in the
        end meets the gate once more where it is written."""
        text = say(frame)
        for again in range(1, TRIES):
            if not text or self._gate.check(text).decision != "block":
                break
            text = say(replace(frame, chance=frame.chance + again))
        return text

    def _speaker(self, action: Action) -> Speaker:
        return self._speaking(self._spending.purse(action.account_id, action.id))

    def _frame(self, action: Action, who: Resident, post: Post | None) -> Frame:
        tie = None
        if action.other_id is not None:
            tie = self._ties.of(who.account_id, [action.other_id]).get(action.other_id)
        return Frame(
            action.happened_at, who.seed_for(action.turn, action.kind), float(who.mood.get("level", 0.0)),
            self._recalled(who, action, post), in_words(tie, action.happened_at) if action.other_id else "",
            self._actions.said_lately(who.account_id),
            () if post is None else said_already(self._db, post.id, who.account_id),
        )  # fmt: skip

    def _recalled(self, who: Resident, action: Action, post: Post | None) -> tuple[str, ...]:
        space = self._spaces.serving(self._db)
        near = self._vector_of(post, space.id) if post is not None and space is not None else None
        return self._memories.recall(
            who.account_id, action.happened_at, near=near, space=space if near is not None else None,
            about=action.other_id,
        )  # fmt: skip

    def _vector_of(self, post: Post, space: int) -> list[float] | None:
        found = self._db.value(
            """select vector::real[] from pentagram.post_vectors
            where post_id = %(post)s and space_id = %(space)s""",
            post=post.id, space=space,
        )  # fmt: skip
        return None if found is None else [float(each) for each in found]

    def _name_of(self, account: UUID | None) -> str:
        name: str | None = self._db.value("select name from pentagram.accounts where id = %(id)s", id=account)
        if name is None:
            raise NotFound("They are gone.")
        return name


def _thing(post: Post) -> str:
    """A post in a few words, for one's own memory: without quotation marks, since what stands in some is never said."""
    first = QUOTES.sub("", (post.prompt or post.caption).replace("\n", " ")).split(",")[0].strip(" .!?")
    return first[:80] or "a picture"
