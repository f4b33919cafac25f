"""One thing after the other that somebody brings along: looked at, taken in or painted, posted; each of them once,
however often it is begun."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from services.community.accounts import COLUMNS, FROM, Account
from services.community.posts import VISIBILITIES, Posts
from services.errors import ConfigurationError, TooMany, Unavailable, UserError
from services.platform.database import Database
from services.safety.pictures import PictureGate
from services.safety.prompts import PromptGate
from services.safety.removed import RemovedPictures
from services.safety.verdicts import Refused
from services.studio import styles
from services.studio.opening import opened_apart
from services.studio.painting import MISCONFIGURED, Painting
from services.studio.reading import read_provenance
from services.studio.studio import Options, Studio
from services.transfer.entries import Bundle, State
from services.transfer.pixels import digest_of, unchanged
from services.transfer.taking import Known, Look, Order, Stopped, Taken, Taking, Task
from services.transfer.wishes import wish_for

log = logging.getLogger(__name__)

Given = TypeVar("Given")
Answer = TypeVar("Answer")

FEWEST_AT_ONCE, MOST_AT_ONCE = 2, 8
KNOWN = "You have this picture already."
KNOWN_POST = "You have this post already."
NO_PICTURES = "None of its pictures could be brought along."
SOME_PICTURES = "{} of its {} pictures could not be brought along."
KEPT_PRIVATE = (
    "Posted for you alone: nothing here can look at pictures by itself, so it stays yours until a moderator has looked "
    "at it."
)
WAITS = "The picture waits for what paints it."
NOT_PAINTED = "It could not be painted."
INCIDENT = "Something went wrong (incident {}). Bring it along once more."


@dataclass(frozen=True)
class Outcome:
    """What became of a task."""

    state: State = "done"
    reason: str = ""
    creation_id: UUID | None = None
    post_id: UUID | None = None


@dataclass(frozen=True)
class _Shown:
    """A picture of a post, which an earlier task brought along or knew again."""

    position: int
    state: str
    creation_id: UUID
    unchecked: bool


class Bringing:
    def __init__(
        self,
        db: Database,
        taking: Taking,
        prompts: PromptGate,
        pictures: PictureGate,
        removed: RemovedPictures,
        studio: Studio,
        unlimited: Studio,
        painting: Painting,
        posts: Posts,
    ) -> None:
        """`unlimited` paints what the operator brings along, who waits for no hour to pass."""
        self._db = db
        self._taking = taking
        self._prompts = prompts
        self._pictures = pictures
        self._removed = removed
        self._studio = studio
        self._unlimited = unlimited
        self._painting = painting
        self._posts = posts

    @property
    def at_once(self) -> int:
        """How many tasks are worth looking at side by side."""
        return max(FEWEST_AT_ONCE, min(self._studio.engines.at_once, MOST_AT_ONCE))

    def bring(self, order: Order, tasks: Sequence[Task], bundle: Bundle) -> None:
        """Each of them in order, and what became of it noted. What may work later is raised and leaves the rest as it
        was: `Unavailable`, `ConfigurationError`, and where no operator waits for it `TooMany`."""
        by = self._account(order)
        reading = threading.Lock()
        looks = side_by_side(lambda task: self._look(order, by, task, bundle, reading), tasks)
        for task, look in zip(tasks, looks, strict=True):
            self._note(order, task, self._outcome(order, by, task, look))

    def _account(self, order: Order) -> Account:
        account = self._db.row(Account, f"select {COLUMNS} from {FROM} where a.id = %(id)s", id=order.account_id)
        if account is None:
            raise Stopped
        return account

    def _outcome(self, order: Order, by: Account, task: Task, look: Future[Look | Taken | None]) -> Outcome:
        try:
            return self._brought(order, by, task, look.result())
        except Known as known:
            return Outcome("skipped", KNOWN, known.creation_id, self._post_with(known.creation_id))
        except (TooMany, ConfigurationError) as error:
            if not order.by_operator:
                raise
            return Outcome("failed", str(error) if isinstance(error, TooMany) else MISCONFIGURED)
        except UserError as error:
            return Outcome("failed", str(error))
        except (Unavailable, Stopped):
            raise
        except Exception:
            incident = secrets.token_hex(4)
            log.exception("Incident %s: task %s of import %s failed.", incident, task.position, order.id)
            self._taking.forget(order, task)
            return Outcome("failed", INCIDENT.format(incident))

    def _brought(self, order: Order, by: Account, task: Task, look: Look | Taken | None) -> Outcome:
        if look is None:
            return self._post_again(order, by, task)
        taken = look if isinstance(look, Taken) else self._taking.take(order, task, look)
        return Outcome(creation_id=taken.id) if task.is_of_an_account else self._post(order, by, task, taken)

    # Looking, several at a time ---------------------------------------------------------------------------------------

    def _look(
        self, order: Order, by: Account, task: Task, bundle: Bundle, reading: threading.Lock
    ) -> Look | Taken | None:
        """A picture to take in, one that is in already, or nothing where earlier tasks brought all there is to see."""
        if task.kind == "post":
            return None
        if task.kind == "prompt":
            return self._painted(order, by, task)
        taken = self._taking.found(order, task)
        if taken is not None and taken.state == "ready":
            return taken
        with reading:
            data = bundle.picture(task.payload)
        return self._looked_at(order, task, data)

    def _looked_at(self, order: Order, task: Task, data: bytes) -> Look:
        self._taking.refuse_known_file(order, task, data)
        wish = wish_for(task.name, task.payload, read_provenance(data))
        words = self._prompts.check_wish(styles.styled(wish.prompt, wish.style), wish.negative)
        if words.decision == "block":
            raise Refused(words.reason, words)
        image = opened_apart(data)
        self._removed.refuse(image)
        seen = self._pictures.check(image)
        if seen is not None and seen.decision == "block":
            raise UserError(seen.reason)
        sensitive = wish.sensitive or "sensitive" in {words.decision, seen.decision if seen else ""}
        unchecked = seen is None and not order.by_operator
        return Look(replace(wish, sensitive=sensitive), image, unchanged(data, image), digest_of(data), unchecked)

    def _painted(self, order: Order, by: Account, task: Task) -> Taken:
        """A prompt without a picture: the studio paints it, as it would for anybody."""
        studio = self._unlimited if order.by_operator else self._studio
        token = order.token(task.position)
        request = studio.request(task.payload["prompt"], Options(), by=by, token=token, deferred=False)
        if request.is_unfinished:
            self._painting.paint(creation_id=str(request.creations[0].id))
            request = studio.watch(request.id, by=by)
        creation = request.creations[0]
        if creation.is_unfinished:
            raise Unavailable(creation.failure or WAITS)
        if creation.state != "ready":
            raise UserError(creation.failure or NOT_PAINTED)
        return Taken(creation.id, request.id, creation.state, creation.unchecked, request.created_at)

    # Posting ----------------------------------------------------------------------------------------------------------

    def _post(self, order: Order, by: Account, task: Task, taken: Taken) -> Outcome:
        alone = taken.unchecked and by.role == "member"
        post = self._posts.publish(
            [taken.id], by=by, token=order.token(task.position), tags=task.payload.get("tags", ()),
            visibility="private" if order.private or alone else "public",
        )  # fmt: skip
        return Outcome("done", KEPT_PRIVATE if alone and not order.private else "", taken.id, post.id)

    def _post_again(self, order: Order, by: Account, task: Task) -> Outcome:
        """A post out of an account's archive, with those of its pictures that are here."""
        wanted = task.payload["pictures"]
        shown = self._shown(order, [position for position, _ in wanted])
        alts = {shown[position].creation_id: alt for position, alt in wanted if position in shown}
        if not alts:
            raise UserError(NO_PICTURES)
        if known := self._known_post(order, task, list(alts), list(shown.values())):
            return Outcome("skipped", KNOWN_POST, next(iter(alts)), known)
        alone = by.role == "member" and any(each.unchecked for each in shown.values())
        visibility = _visibility(order, task, alone)
        post = self._publish_again(order, by, task, alts, visibility)
        lost = sum(position not in shown for position, _ in wanted)
        reasons = [
            SOME_PICTURES.format(lost, len(wanted)) if lost else "",
            KEPT_PRIVATE if visibility != _visibility(order, task, alone=False) else "",
        ]
        return Outcome("done", " ".join(filter(None, reasons)), next(iter(alts)), post)

    def _publish_again(self, order: Order, by: Account, task: Task, alts: dict[UUID, str], visibility: str) -> UUID:
        told = task.payload["post"]
        original = self._db.value(
            "select post_id from pentagram.import_items where import_id = %(id)s and position = %(position)s",
            id=order.id, position=task.payload["remix_of"],
        )  # fmt: skip
        return self._posts.publish(
            list(alts), by=by, token=order.token(task.position), caption=told["caption"], tags=told["tags"],
            visibility=visibility, takes_comments=told["takes_comments"], shows_prompt=told["shows_prompt"],
            alts=list(alts.values()), remix_of=original, made_at=datetime.fromisoformat(told["created_at"]),
        ).id  # fmt: skip

    def _shown(self, order: Order, positions: Sequence[int | None]) -> dict[int | None, _Shown]:
        found = self._db.rows(
            _Shown,
            """select i.position, i.state, c.id as creation_id, c.unchecked from pentagram.import_items i
            join pentagram.creations c on c.id = i.creation_id and c.state = 'ready'
            where i.import_id = %(order)s and i.position = any(%(positions)s::integer[]) and i.kind = 'picture'""",
            order=order.id, positions=list(positions),
        )  # fmt: skip
        return {each.position: each for each in found}

    def _known_post(self, order: Order, task: Task, pictures: Sequence[UUID], shown: Sequence[_Shown]) -> UUID | None:
        """One of theirs that shows these very pictures: there can be one only where all of them were known again."""
        if any(each.state != "skipped" for each in shown):
            return None
        known: UUID | None = self._db.value(
            """select p.id from pentagram.post_pictures f join pentagram.posts p on p.id = f.post_id
            where f.creation_id = %(first)s and f.position = 0 and p.account_id = %(account)s
              and p.deleted_at is null and p.token <> %(token)s
              and array(select pp.creation_id from pentagram.post_pictures pp where pp.post_id = p.id
                order by pp.position) = %(pictures)s
            order by p.id limit 1""",
            first=pictures[0], account=order.account_id, token=order.token(task.position), pictures=list(pictures),
        )  # fmt: skip
        return known

    def _post_with(self, creation_id: UUID) -> UUID | None:
        found: UUID | None = self._db.value(
            """select p.id from pentagram.post_pictures pp join pentagram.posts p on p.id = pp.post_id
            where pp.creation_id = %(id)s and p.deleted_at is null order by p.id limit 1""",
            id=creation_id,
        )
        return found

    def _note(self, order: Order, task: Task, outcome: Outcome) -> None:
        self._db.execute(
            """update pentagram.import_items set state = %(state)s, reason = %(reason)s, payload = null,
              creation_id = (select id from pentagram.creations where id = %(creation)s),
              post_id = (select id from pentagram.posts where id = %(post)s)
            where import_id = %(order)s and position = %(position)s""",
            state=outcome.state, reason=outcome.reason, creation=outcome.creation_id, post=outcome.post_id,
            order=order.id, position=task.position,
        )  # fmt: skip


def _visibility(order: Order, task: Task, alone: bool) -> str:
    told = str(task.payload["post"]["visibility"])
    return told if told in VISIBILITIES and not order.private and not alone else "private"


def side_by_side(work: Callable[[Given], Answer], given: Sequence[Given]) -> list[Future[Answer]]:
    """What becomes of each, on threads that keep no process from ending; when this returns all of it is over."""
    answers: list[Future[Answer]] = [Future() for _ in given]
    threads = [
        threading.Thread(target=_answer, args=(answer, work, each), name="bring", daemon=True)
        for answer, each in zip(answers, given, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _answer(answer: Future[Answer], work: Callable[[Given], Answer], given: Given) -> None:
    try:
        answer.set_result(work(given))
    except BaseException as error:  # noqa: BLE001 - handed to the one who waits
        answer.set_exception(error)
