"""Builds the one `Pentagram` of a process from its settings. Everything else receives what it needs."""

from __future__ import annotations

import atexit
import hashlib
import hmac
import logging
import os
import secrets
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from services.community.accounts import Accounts
from services.community.collections import Collections
from services.community.comments import Comments
from services.community.feeds import Feeds
from services.community.notifications import Notifications
from services.community.people import People
from services.community.posts import Posts
from services.demo import Demo
from services.discovery.embeddings import MODEL, Embeddings, common_words, embeddings_named, picture_model_named
from services.discovery.pictures import PictureReader
from services.discovery.reader import Reader
from services.discovery.recommendations.experiments import Experiments
from services.discovery.recommendations.for_you import ForYou
from services.discovery.recommendations.learning import Learning
from services.discovery.recommendations.mine import MyInterests
from services.discovery.recommendations.training import Training, Weights
from services.discovery.saved import Searches
from services.discovery.search import Search
from services.discovery.spaces import Spaces
from services.errors import ConfigurationError, Unavailable
from services.platform.breaker import Breaker
from services.platform.clock import Clock, SystemClock
from services.platform.database import Database, check_address
from services.platform.embedded import EmbeddedPostgres, prepare_home
from services.platform.jobs import Jobs, Worker
from services.platform.migrations import migrate, pending, read_migrations
from services.platform.storage.base import Storage
from services.platform.storage.disk import DiskStorage
from services.platform.storage.signer import LinkSigner
from services.platform.storage.supabase import SupabaseStorage
from services.residents.actions import Actions
from services.residents.budgets import Spending
from services.residents.deeds import Deeds
from services.residents.inventing import Inventor
from services.residents.memory import Memories
from services.residents.pace import SocietyClock
from services.residents.roster import Roster
from services.residents.society import Society
from services.residents.speaking.base import Purse, Speaker
from services.residents.speaking.grammar import GrammarSpeaker
from services.residents.speaking.model import ModelSpeaker
from services.residents.tastes import Tastes
from services.residents.ties import Ties
from services.residents.trace import Trace
from services.residents.turns import Turns
from services.residents.watching import Watching
from services.safety.guard import Guard
from services.safety.learned import Learned, Meaning, meaning_of
from services.safety.moderation import Moderation
from services.safety.own_rules import Excused, OwnRules
from services.safety.pictures import PictureGate
from services.safety.prompts import Layer, PromptGate
from services.safety.removed import RemovedPictures
from services.safety.rules import Rules
from services.safety.tries import Tries
from services.safety.unlooked import Looks
from services.settings import Settings, load_settings
from services.studio.bare import BareCopies
from services.studio.engines.choice import Engines, engines_for
from services.studio.engines.modal import ModalEngine
from services.studio.history import History
from services.studio.money import Money
from services.studio.painting import Painting
from services.studio.signing import Signer
from services.studio.studio import Limits, Studio
from services.studio.uploads import Uploads
from services.transfer.bringing import Bringing
from services.transfer.exporting import Exporting
from services.transfer.importing import Importing
from services.transfer.taking import Taking
from services.writers.base import Writer
from services.writers.choice import writer_for
from services.writers.rested import RestedWriter

log = logging.getLogger(__name__)

BESIDE_PAINTING = 2
NOBODY_WAITS_SECONDS = 90.0
"""For a language model, where no page waits for its words."""
TEXT_RESTS_SECONDS = 300.0
NO_LIMITS = Limits(at_once=sys.maxsize, an_hour=sys.maxsize)
GUARD, TEXT = "guard", "text"
NO_SUCH_PICTURE = f"pictures/00/{'0' * 64}.webp"


@dataclass
class Pentagram:
    settings: Settings
    clock: Clock
    db: Database
    storage: Storage
    signer: LinkSigner
    jobs: Jobs
    worker: Worker
    accounts: Accounts
    studio: Studio
    history: History
    painting: Painting
    posts: Posts
    feeds: Feeds
    for_you: ForYou
    learning: Learning
    interests: MyInterests
    society: Society
    turns: Turns
    deeds: Deeds
    actions: Actions
    ties: Ties
    tastes: Tastes
    spending: Spending
    training: Training
    experiments: Experiments
    comments: Comments
    people: People
    collections: Collections
    notifications: Notifications
    moderation: Moderation
    embeddings: Embeddings
    spaces: Spaces
    seeing: Embeddings | None
    """The model that looks at pictures for search, where one is configured, and what it has seen."""
    pictures: Spaces | None
    reader: Reader
    search: Search
    searches: Searches
    importing: Importing
    exporting: Exporting
    demo: Demo
    watching: Watching
    trace: Trace
    engines: Engines
    breakers: Mapping[str, Breaker]
    """By the name of the engine that each of them guards."""
    gate: PromptGate
    own_rules: OwnRules
    tries: Tries
    picture_gate: PictureGate
    removed_pictures: RemovedPictures
    looks: Looks
    picture_signer: Signer | None
    uploads: Uploads
    money: Money
    writer: Writer
    wake: Callable[[], None]
    """Load the model that the gate reads with, before somebody waits for it."""
    server: EmbeddedPostgres | None = None
    serves_routes: bool = False
    """Whether this process answers under /i/ and /p/; where it does not, pages show pictures another way."""
    _started: bool = False

    def open(self) -> list[str]:
        """Start and connect what the services stand on; the migrations that were missing and are applied now.
        `ConfigurationError` says what is set wrongly."""
        if self.server is not None:
            self.server.start()
        else:
            check_address(self.db.conninfo())
        applied = migrate(self.db.conninfo())
        self.db.open()
        return applied

    def start_worker(self) -> None:
        """Run jobs in this process if the settings want that, and fill an empty house. Once is enough."""
        if self._started:
            return
        self.wake()
        if self.settings.seed == "auto" and not self.settings.is_production:
            self.demo.seed_once()
            self.society.begin_once()
        self.painting.resume()
        self.reader.resume()
        self.society.resume()
        with self.db.transaction() as tx:
            self.jobs.begin_recurring(tx)
        if self.settings.worker == "on":
            self.worker.start()
        self._started = True

    def close(self) -> None:
        if self.worker.is_alive:
            self.worker.stop()
        self.db.close()
        self.storage.close()
        for model in (self.embeddings, self.spaces, self.seeing, self.pictures):
            if model is not None:
                model.close()
        self.picture_gate.close()
        self.engines.close()
        if self.server is not None:
            self.server.stop()

    def readiness(self) -> dict[str, str]:
        """Each part we stand on with "ok" or what is wrong with it; one part's fault hides no other's."""
        database = _answer(self.db.ping)
        return {
            "database": database,
            "storage": _answer(lambda: self.storage.exists(NO_SUCH_PICTURE)),
            "migrations": _answer(self._refuse_pending) if database == "ok" else "Unknown while the database is away.",
        }

    def _refuse_pending(self) -> None:
        if missing := self.pending_migrations():
            raise ConfigurationError(f"{', '.join(missing)} not applied: run manage.py migrate.")

    def pending_migrations(self) -> list[str]:
        with self.db.transaction() as tx:
            return pending(tx.connection, read_migrations())


def build(
    settings: Settings,
    *,
    clock: Clock | None = None,
    db: Database | None = None,
    embeddings: Embeddings | None = None,
    seeing: Embeddings | None = None,
    engines: Engines | None = None,
    meaning: Meaning | None = None,
    speaking: Callable[[Purse], Speaker] | None = None,
) -> Pentagram:
    """Wire the parts; nothing is started yet. `meaning` is what the gate reads texts with, `speaking` who finds the
    words of residents."""
    clock = clock or SystemClock()
    server = None
    if db is None and settings.database_url is None:
        server = EmbeddedPostgres(settings.home)
        db = Database(server.conninfo)
    elif db is None:
        address = settings.database_url.get_secret_value()  # type: ignore[union-attr]
        db = Database(lambda: address, check_after_s=5)
    key = secret_key(settings)
    signer = LinkSigner(_derived(key, "links"), clock)
    storage = storage_for(settings, signer, clock)
    jobs = Jobs(clock)
    embeddings = embeddings or embeddings_named(settings.embedding_model)
    spaces = Spaces(db, embeddings)
    # What the painter measured and the weights of the gate hold for this model alone, whichever search is set to.
    bundled = spaces.named(MODEL)
    tries = Tries(db, jobs, clock, _derived(key, "tries"), common_words)
    own_rules = OwnRules(db, clock, tries)
    gate = gate_for(settings, meaning or meaning_of(bundled), own_rules, Breaker(db, clock, GUARD))
    if seeing is None and settings.seeing_model:
        seeing = picture_model_named(settings.seeing_model)
    pictures = Spaces(db, seeing, picture_model_named, "picture") if seeing else None
    engines = engines or engines_for(settings, meaning=bundled)
    breakers = {engine.name: Breaker(db, clock, engine.name) for engine in engines if engine.gpu}
    picture_gate = PictureGate(settings.picture_gate, settings.picture_gate_revision)
    paid = next((engine for engine in engines if isinstance(engine, ModalEngine)), None)
    money = Money(db, clock, jobs, settings.daily_budget_usd, paid)
    removed = RemovedPictures(db, storage, jobs, clock)
    accounts = Accounts(db, jobs, gate, clock, _derived(key, "sessions"), admin=settings.admin, removed=removed)
    notifications = Notifications(db)
    picture_signer = Signer.from_settings(settings)
    reader = Reader(db, jobs, spaces, PictureReader(db, jobs, storage, pictures) if pictures else None)
    learning = Learning(db, jobs, spaces, clock)
    feeds = Feeds(db)
    copies = BareCopies(db, storage, jobs, picture_signer)
    posts = Posts(db, gate, copies, notifications, readers=reader, removed=removed, watcher=learning)
    comments = Comments(db, posts, gate, notifications, watcher=learning)
    uploads = Uploads(db, storage, jobs, picture_gate, removed, clock)
    limits = Limits(settings.pictures_at_once, settings.pictures_an_hour)
    studio = Studio(db, jobs, gate, tries, engines, money, uploads, posts, limits=limits)
    painting = Painting(db, storage, jobs, engines, breakers, picture_gate, removed, money, clock, picture_signer)
    search = Search(db, spaces, pictures)
    searches = Searches(db, search, notifications)
    reader.told = [searches.tell, learning.read]
    unlimited = Studio(db, jobs, gate, tries, engines, money, uploads, posts, limits=NO_LIMITS)
    taking = Taking(db, storage, jobs, clock)
    bringing = Bringing(db, taking, gate, picture_gate, removed, studio, unlimited, painting, posts)
    looks = Looks(db, removed, clock)
    people = People(db, notifications, watcher=learning)
    demo = Demo(db, jobs, accounts, studio, painting, posts)
    collections = Collections(db, jobs, posts, gate, clock, watcher=learning)
    for_you = ForYou(db, spaces, feeds, learning, Weights(db, clock), clock)
    pace, roster, actions = SocietyClock(db, clock), Roster(db), Actions(db)
    memories, ties = Memories(db, spaces), Ties(db)
    spending = Spending(db, clock, pace, settings.text_usd_per_million)
    text = Breaker(db, clock, TEXT, rest_s=TEXT_RESTS_SECONDS)
    patient = RestedWriter(writer_for(settings, deadline_s=NOBODY_WAITS_SECONDS), text)
    talking = speaking or speaking_with(RestedWriter(writer_for(settings), text))
    speaking = speaking or speaking_with(patient)
    deeds = Deeds(
        db, accounts, posts, comments, people, collections, studio, money, spaces, roster, actions, memories, ties,
        spending, gate, speaking,
    )  # fmt: skip
    tastes = Tastes(spaces)
    turns = Turns(db, accounts, for_you, spaces, roster, actions, deeds, memories, ties, tastes)
    society = Society(
        db, jobs, accounts, people, gate, pace, roster, actions, turns, deeds, memories, spending,
        inventing_with(patient, embeddings, gate, db), talking, embeddings.model,
    )  # fmt: skip
    return Pentagram(
        settings=settings, clock=clock, db=db, storage=storage, signer=signer, jobs=jobs,
        worker=Worker(jobs, db.conninfo, concurrency=jobs_at_once(engines)), accounts=accounts, studio=studio,
        history=History(db, studio, clock),
        painting=painting, posts=posts, feeds=feeds, comments=comments,
        for_you=for_you, learning=learning, society=society, turns=turns, deeds=deeds, actions=actions, ties=ties,
        tastes=tastes,
        spending=spending,
        interests=MyInterests(db, spaces, learning, people, clock), training=Training(db, jobs),
        experiments=Experiments(db, clock), people=people,
        collections=collections,
        notifications=notifications, moderation=Moderation.on(db, gate, notifications, removed, looks),
        embeddings=embeddings, spaces=spaces, seeing=seeing, pictures=pictures, reader=reader,
        search=search, searches=searches, importing=Importing(db, storage, jobs, clock, bringing),
        exporting=Exporting(db, storage, jobs, clock),
        demo=demo, watching=Watching(db), trace=Trace(db),
        engines=engines, breakers=breakers, gate=gate, own_rules=own_rules, tries=tries,
        picture_gate=picture_gate, removed_pictures=removed, looks=looks,
        picture_signer=picture_signer, uploads=uploads, money=money,
        writer=writer_for(settings), wake=bundled.warm if meaning is None else _nothing, server=server,
    )  # fmt: skip


def gate_for(
    settings: Settings, meaning: Meaning, own: OwnRules | None = None, breaker: Breaker | None = None
) -> PromptGate:
    """The layers that decide about words, in the order in which they are asked. Without a database there are no rules
    of moderators' own, and a guard that is down is asked each time."""
    layers: list[Layer] = [Rules(), Learned(meaning)]
    if own is not None:
        layers = [*(Excused(layer, own) for layer in layers), own]
    if (guard := guard_for(settings, breaker)) is not None:
        layers.append(guard)
    return PromptGate(layers)


def speaking_with(writer: Writer) -> Callable[[Purse], Speaker]:
    """Who finds the words of residents: the language model where one is configured, and the built-in grammar wherever
    that says nothing that can be used."""
    grammar = GrammarSpeaker()
    return lambda purse: ModelSpeaker(writer, purse, grammar) if writer.is_ai else grammar


def inventing_with(
    writer: Writer, embeddings: Embeddings, gate: PromptGate, db: Database
) -> Callable[[Purse], Inventor]:
    def is_taken(name: str) -> bool:
        return bool(db.value("select true from pentagram.accounts where name = %(name)s", name=name))

    return lambda purse: Inventor(writer, embeddings.of, gate, purse, is_taken)


def _nothing() -> None:
    """Where nothing has to be loaded."""


def guard_for(settings: Settings, breaker: Breaker | None = None) -> Guard | None:
    """The guard model that is configured; nothing is asked of it yet."""
    key = settings.guard_key.get_secret_value() if settings.guard_key else None
    return Guard.configured(settings.guard_url, settings.guard_model, key, settings.guard_kind, breaker)


def jobs_at_once(engines: Engines) -> int:
    """As many as the engines paint, and room beside them: a picture never waits for the reading of a prompt."""
    return engines.at_once + BESIDE_PAINTING


def _answer(question: Callable[[], object]) -> str:
    try:
        question()
    except (ConfigurationError, Unavailable) as error:
        return str(error)
    return "ok"


def secret_key(settings: Settings) -> bytes:
    """The configured key, or the one this installation made for itself."""
    if settings.cookie_key is not None:
        return settings.cookie_key.get_secret_value().encode()
    prepare_home(settings.home)
    path = settings.home / "cookie_key"
    if not path.exists():
        _write_private(path, secrets.token_urlsafe(48))
    return path.read_bytes()


def _write_private(path: Path, text: str) -> None:
    """Whole or not at all, and never another process's key overwritten."""
    fresh = path.with_name(f"{path.name}.{os.getpid()}.{threading.get_ident()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
    try:
        os.link(fresh, path)
    except FileExistsError:
        log.debug("Another process made %s first.", path)
    finally:
        fresh.unlink()


def _derived(key: bytes, purpose: str) -> bytes:
    return hmac.digest(key, purpose.encode(), hashlib.sha256)


def storage_for(settings: Settings, signer: LinkSigner, clock: Clock) -> Storage:
    if settings.supabase_url and settings.supabase_key:
        return SupabaseStorage(
            settings.supabase_url, settings.supabase_key.get_secret_value(), settings.supabase_bucket, clock
        )
    return DiskStorage(settings.home / "storage", signer, clock)


_lock = threading.Lock()
_instance: Pentagram | None = None


def pentagram() -> Pentagram:
    """The one of this process, opened at the first call."""
    global _instance
    with _lock:
        if _instance is None:
            fresh = build(load_settings())
            try:
                fresh.open()
            except BaseException:
                fresh.close()
                raise
            atexit.register(fresh.close)
            _instance = fresh
    return _instance


def use(instance: Pentagram | None) -> None:
    """Let this process use another one, as tests do."""
    global _instance
    _instance = instance
