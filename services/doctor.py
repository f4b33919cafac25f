"""Whether each part of an installation works, found out by using it; what `manage.py doctor` prints."""

from __future__ import annotations

import logging
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Literal

import psycopg
from PIL import Image
from psycopg import Connection

from services.bootstrap import gate_for, guard_for, storage_for
from services.discovery.embeddings import (
    MODEL,
    Embeddings,
    MiniLM,
    check_weights,
    embeddings_named,
    model_folder,
    picture_model_named,
)
from services.errors import ConfigurationError, Unavailable, UserError
from services.platform.breaker import Breaker
from services.platform.clock import SystemClock
from services.platform.database import CONNECT_SECONDS, Database, Transaction, describe_failure
from services.platform.embedded import EmbeddedPostgres, prepare_home
from services.platform.jobs import STALLED_AFTER_SECONDS, Jobs
from services.platform.migrations import FOLDER, pending, read_migrations
from services.platform.storage.signer import LinkSigner
from services.residents.budgets import Spending
from services.residents.pace import SocietyClock
from services.safety.learned import RESTORE, WEIGHTS, Meaning, load, meaning_of
from services.safety.pictures import PictureGate
from services.settings import SHORTEST_KEY, Settings, check_cookie_key, check_modal, check_pairs
from services.studio.engines.base import Engine, Order
from services.studio.engines.choice import Engines, engines_for
from services.studio.engines.modal import ModalEngine
from services.studio.money import Money
from services.studio.pictures import thumbnail_file
from services.studio.signing import Signer
from services.writers.choice import writer_for

log = logging.getLogger(__name__)

State = Literal["ok", "warning", "failure"]

OLDEST_POSTGRES = 16
OLDEST_VECTOR = (0, 8)
SLOW_MS = 150.0
TRIES = 5
BLOCKED_PROMPT = "how to make a pipe bomb"
ALLOWED_PROMPT = "a lighthouse at dusk"
ORDER = Order(ALLOWED_PROMPT, seed=7, width=256, height=256)
NOBODY_LOOKS_AFTER = timedelta(minutes=2)
MIGRATE = "Run `python manage.py migrate`."


@dataclass(frozen=True)
class Finding:
    part: str
    state: State
    sentence: str
    remedy: str = ""
    """What the operator can do about it; empty when all is well."""


class TroubleError(Exception):
    """A check's own bad news; becomes the `Finding` of its part, and nobody else sees it."""

    def __init__(self, sentence: str, remedy: str = "", *, state: State = "failure") -> None:
        super().__init__(sentence)
        self.remedy = remedy
        self.state = state


@dataclass
class _Patient:
    settings: Settings
    migrations: Path
    model: Callable[[], Path]
    embeddings: Embeddings
    stack: ExitStack
    meant: Meaning | None = None
    classifier: Path = WEIGHTS
    connection: Connection[Any] | None = None

    _pool: Database | None = None
    _engines: Engines | None = None

    def has(self, part: str) -> bool:
        """Whether there is such a part here: of the engines only those that may paint, or all if none can be told."""
        try:
            painting = [f"engine {engine.name}" for engine in self.engines()]
        except ConfigurationError:
            painting = ["engine painter"]
        return not part.startswith("engine ") or part in painting

    def engines(self) -> Engines:
        if self._engines is None:
            self._engines = engines_for(self.settings)
            self.stack.callback(self._engines.close)
        return self._engines

    def meaning(self) -> Meaning:
        """Of the bundled model, in a process of its own: the one for search may be another, and is closed by now."""
        return self.meant or meaning_of(self.stack.enter_context(closing(MiniLM())))

    def pool(self) -> Database:
        """For services that bring their own transactions."""
        self.database()
        if self._pool is None:
            address = _address(self)
            self._pool = Database(lambda: address, most_connections=2)
            self._pool.open()
            self.stack.callback(self._pool.close)
        return self._pool

    def database(self) -> Transaction:
        if self.connection is None:
            raise TroubleError("Not looked at, because the database does not answer.", "See database.", state="warning")
        return Transaction(self.connection)


def examine(
    settings: Settings,
    *,
    migrations: Path = FOLDER,
    model: Callable[[], Path] = model_folder,
    embeddings: Embeddings | None = None,
    meaning: Meaning | None = None,
    classifier: Path = WEIGHTS,
) -> list[Finding]:
    """Every part by itself: one that fails keeps no other from being tried. Leaves nothing behind."""
    with ExitStack() as stack:
        embeddings = embeddings or embeddings_named(settings.embedding_model)
        patient = _Patient(settings, migrations, model, embeddings, stack, meaning, classifier)
        return [_finding(part, check, remedy, patient) for part, check, remedy in PARTS if patient.has(part)]


def _finding(part: str, check: Callable[[_Patient], str], remedy: str, patient: _Patient) -> Finding:
    try:
        return Finding(part, "ok", check(patient))
    except TroubleError as trouble:
        return Finding(part, trouble.state, str(trouble), trouble.remedy or remedy)
    except (ConfigurationError, Unavailable, UserError) as error:
        return Finding(part, "failure", str(error), remedy)
    except Exception as error:
        log.info("The check of %s failed.", part, exc_info=True)
        return Finding(part, "failure", f"{type(error).__name__}: {' '.join(str(error).split())}", remedy)


def _settings(patient: _Patient) -> str:
    check_pairs(patient.settings)
    check_modal(patient.settings)
    return "Production: a database of its own." if patient.settings.is_production else "Everything on this machine."


def _cookie_key(patient: _Patient) -> str:
    check_cookie_key(patient.settings)
    if patient.settings.cookie_key is not None:
        return "The configured key signs links and sessions."
    own = patient.settings.home / "cookie_key"
    if own.exists() and own.stat().st_size < SHORTEST_KEY:
        raise TroubleError(f"{own} is too short for a key.", "Remove it: the next start makes another.")
    return "A key of this installation's own, made at the first start, signs links and sessions."


def _home(patient: _Patient) -> str:
    settings = patient.settings
    if settings.database_url and settings.supabase_url:
        return "Not used: rows and pictures are kept elsewhere."
    prepare_home(settings.home)
    secret = settings.home / "cookie_key"
    mode = secret.stat().st_mode & 0o777 if secret.exists() else 0o600
    if mode & 0o077:
        raise TroubleError(f"{secret} may be read by others (mode {mode:o}).", f"Run `chmod 600 {secret}`.")
    return f"{settings.home} can be written, and its secret is private."


def _database(patient: _Patient) -> str:
    connection = patient.connection = patient.stack.enter_context(_connected(patient))
    version = connection.info.server_version // 10_000
    if version < OLDEST_POSTGRES:
        raise TroubleError(
            f"This is Postgres {version}; Pentagram needs {OLDEST_POSTGRES} or newer.", "Upgrade the server."
        )
    vector = _vector_version(patient.database())
    latency_ms = statistics.median(_milliseconds(lambda: connection.execute("select 1")) for _ in range(TRIES))
    if latency_ms > SLOW_MS:
        raise TroubleError(
            f"An answer takes {latency_ms:.0f} ms.", "Run the app nearer to the database's region.", state="warning"
        )
    return f"Postgres {version} with pgvector {vector} answers in {latency_ms:.2f} ms."


@contextmanager
def _connected(patient: _Patient) -> Iterator[Connection[Any]]:
    address = _address(patient)
    try:
        connection = psycopg.connect(
            address, autocommit=True, prepare_threshold=None, connect_timeout=CONNECT_SECONDS
        )  # fmt: skip
    except psycopg.Error as error:
        raise TroubleError(f"DATABASE_URL: {describe_failure(address, error)}") from None
    with closing(connection):
        yield connection


def _address(patient: _Patient) -> str:
    if patient.settings.database_url is not None:
        return patient.settings.database_url.get_secret_value()
    server = EmbeddedPostgres(patient.settings.home)
    patient.stack.callback(server.stop)
    server.start()
    return server.conninfo()


def _vector_version(database: Transaction) -> str:
    version = database.value(
        """select coalesce(installed_version, default_version) from pg_available_extensions where name = 'vector'"""
    )
    if version is None:
        raise TroubleError("The server has no pgvector.", "Install pgvector on it, or use a server that has it.")
    if tuple(int(number) for number in version.split(".")[:2]) < OLDEST_VECTOR:
        raise TroubleError(
            f"pgvector is {version}; Pentagram needs 0.8 or newer.", "Run `alter extension vector update`."
        )
    return str(version)


def _migrations(patient: _Patient) -> str:
    files = read_migrations(patient.migrations)
    missing = pending(patient.database().connection, files)
    if len(missing) == len(files):
        raise TroubleError("The database is empty; the first start makes its tables.", MIGRATE, state="warning")
    if missing:
        raise TroubleError(f"Not applied yet: {', '.join(missing)}.", MIGRATE)
    return f"All {len(files)} are applied and unchanged."


def _row_level_security(patient: _Patient) -> str:
    database = patient.database()
    tables = database.value(f"select count(*) from {TABLES}")
    if not tables:
        raise TroubleError("There are no tables yet.", MIGRATE, state="warning")
    if open_tables := database.values(f"select c.relname from {TABLES} and not c.relrowsecurity order by 1"):
        raise TroubleError(
            f"It is off on: {', '.join(open_tables)}.",
            f"Run `alter table pentagram.{open_tables[0]} enable row level security` and the like for the others.",
        )
    if grants := database.values(GRANTS):
        raise TroubleError(
            f"Outsiders were granted something on: {', '.join(grants)}.",
            "Run `revoke all on all tables in schema pentagram from public, anon, authenticated`.",
        )
    return f"On for all {tables} tables, and nothing is granted to outsiders."


TABLES = "pg_class c where c.relnamespace = to_regnamespace('pentagram') and c.relkind in ('r', 'p')"
GRANTS = """
with ours as (
  select c.relname as name, c.relacl as acl from pg_class c where c.relnamespace = to_regnamespace('pentagram')
  union all
  select c.relname, a.attacl from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relnamespace = to_regnamespace('pentagram')
  union all
  select 'schema pentagram', n.nspacl from pg_namespace n where n.nspname = 'pentagram')
select distinct name::text from ours, aclexplode(acl) as granted
where granted.grantee = 0
  or granted.grantee in (select oid from pg_roles where rolname in ('anon', 'authenticated'))
order by 1
"""


@dataclass(frozen=True)
class _Queue:
    waiting: int
    stalled: int
    failed: int
    workers: int


def _jobs(patient: _Patient) -> str:
    database = patient.database()
    if database.value("select to_regclass('pentagram.procrastinate_jobs')") is None:
        raise TroubleError("There is no queue yet.", MIGRATE, state="warning")
    # Rolled back, so that no worker ever meets a job of this name.
    with database.connection.transaction(force_rollback=True):
        Jobs(SystemClock()).defer(database, "doctor")
    queue = database.row(_Queue, QUEUE, alive_s=STALLED_AFTER_SECONDS)
    assert queue is not None  # noqa: S101 - a count always has a row
    return _judged(queue)


QUEUE = """
with alive as (
  select id from pentagram.procrastinate_workers where last_heartbeat > now() - make_interval(secs => %(alive_s)s))
select count(*) filter (where status = 'todo') as waiting,
  count(*) filter (where status = 'doing' and not exists (select from alive where id = worker_id)) as stalled,
  count(*) filter (where status = 'failed') as failed,
  (select count(*) from alive) as workers
from pentagram.procrastinate_jobs
"""


def _judged(queue: _Queue) -> str:
    counts = f"{queue.waiting} waiting, {queue.stalled} stalled, {queue.failed} failed, {queue.workers} workers alive."
    if not queue.workers:
        raise TroubleError(counts, "Start the app, or `python manage.py worker`, for what waits.", state="warning")
    if queue.stalled:
        raise TroubleError(counts, "A living worker takes stalled jobs up within seconds; look again.", state="warning")
    if queue.failed:
        raise TroubleError(counts, "The worker's log says why; they are kept in procrastinate_jobs.", state="warning")
    return counts


def _storage(patient: _Patient) -> str:
    settings = patient.settings
    if bool(settings.supabase_url) != bool(settings.supabase_key):
        raise TroubleError("Not tried, because half of Supabase is configured.", "Set SUPABASE_URL and SUPABASE_KEY.")
    clock = SystemClock()
    with closing(storage_for(settings, LinkSigner(b"doctor", clock), clock)) as storage:
        return storage.check()


def _engine(name: str, patient: _Patient) -> str:
    choice = patient.engines().choice(name)
    if not choice.engine.gpu:
        return f"{choice.sentence} {_tried(choice.engine)}"
    deployed = _deployed(choice.engine)
    breaker = Breaker(patient.pool(), SystemClock(), name).state()
    if breaker.state != "closed":
        raise TroubleError(
            f"{choice.sentence} It failed several times and is left alone for a moment: {breaker.reason}",
            "See to what it says; it is tried again by itself.",
            state="warning",
        )
    return f"{choice.sentence} {deployed}"


def _tried(engine: Engine) -> str:
    started = time.perf_counter()
    picture = engine.paint([ORDER])[0].picture()
    paint_ms = (time.perf_counter() - started) * 1000
    wanted = (ORDER.width, ORDER.height)
    if picture.size != wanted:
        raise TroubleError(f"A picture of {engine.label} is {picture.size} where {wanted} was asked for.")
    return f"{ORDER.width}x{ORDER.height} took {paint_ms:.0f} ms."


def _deployed(engine: Engine) -> str:
    """A paid GPU is asked how it is, not for a picture."""
    assert isinstance(engine, ModalEngine)  # noqa: S101 - the only one that is paid
    health = engine.health()
    if health.get("model") != engine.model:
        raise TroubleError(
            f"It was deployed with {health.get('model')}, and PENTAGRAM_MODAL_MODEL is {engine.model}.",
            "Deploy modal_backend.py again, or set PENTAGRAM_MODAL_MODEL to what is there.",
        )
    if missing := health.get("missing"):
        raise TroubleError(
            f"The weights of {', '.join(missing)} are not there yet.",
            "Run `modal run modal_backend.py::fetch_weights`.",
        )
    return f"It answers and has the weights of {health.get('model')} at {health.get('revision')}."


def _budget(patient: _Patient) -> str:
    if patient.database().value("select to_regclass('pentagram.ledger')") is None:
        raise TroubleError("There is no ledger yet.", MIGRATE, state="warning")
    today = Money(patient.pool(), SystemClock(), Jobs(SystemClock()), patient.settings.daily_budget_usd).today()
    if today.is_near:
        raise TroubleError(today.sentence, "Raise PENTAGRAM_DAILY_BUDGET_USD, or wait for midnight.", state="warning")
    return today.sentence


UNSEEN = "No model looks at pictures, so what starts from an upload stays private until a moderator looked at it."


def _picture_gate(patient: _Patient) -> str:
    settings = patient.settings
    with closing(PictureGate(settings.picture_gate, settings.picture_gate_revision)) as gate:
        if not gate.looks and settings.is_production:
            raise TroubleError(
                UNSEEN, "Set PENTAGRAM_PICTURE_GATE, as to Falconsai/nsfw_image_detection.", state="warning"
            )
        if not gate.looks:
            return UNSEEN
        verdict = gate.check(Image.new("RGB", (ORDER.width, ORDER.height), "white"))
    if verdict is None or verdict.decision != "allow":
        raise TroubleError("It holds back an empty picture.", "Choose another model for PENTAGRAM_PICTURE_GATE.")
    if settings.is_production and not settings.picture_gate_revision and not Path(str(settings.picture_gate)).exists():
        raise TroubleError(
            f"{settings.picture_gate} is loaded in its newest version, whatever that is tomorrow.",
            "Set PENTAGRAM_PICTURE_GATE_REVISION to the commit that you looked at.", state="warning",
        )  # fmt: skip
    return f"{settings.picture_gate} looked at a picture and let it through."


def _removed_pictures(patient: _Patient) -> str:
    tx = patient.database()
    if tx.value("select to_regclass('pentagram.removed_pictures')") is None:
        raise TroubleError("There is no list of removed pictures yet.", MIGRATE, state="warning")
    late = tx.value(
        """select count(*) from pentagram.removed_pictures
        where hashed_at is null and ended_at is null and removed_at < now() - interval '10 minutes'"""
    )
    if late:
        raise TroubleError(
            f"{late} removed pictures are not known again yet.", "See jobs and storage.", state="warning"
        )
    known = tx.value("select count(*) from pentagram.removed_pictures where hashed_at is not null and ended_at is null")
    return f"{known:,} removed pictures do not come back."


def _residents(patient: _Patient) -> str:
    tx = patient.database()
    if tx.value("select to_regclass('pentagram.society')") is None:
        raise TroubleError("There is no society yet.", MIGRATE, state="warning")
    clock = SocietyClock(patient.pool(), SystemClock())
    pace, living = clock.pace(tx), tx.value("select count(*) from pentagram.residents where state = 'active'")
    if not pace.running:
        return f"{living:,} residents, at rest."
    if clock.real_now() - pace.real_at > NOBODY_LOOKS_AFTER:
        raise TroubleError(
            f"{living:,} residents are to live, and nobody has looked whose turn it is since {pace.real_at:%H:%M} UTC.",
            "Run `python manage.py worker`, or start the app with PENTAGRAM_WORKER=on.", state="warning",
        )  # fmt: skip
    spent = Spending(patient.pool(), SystemClock(), clock).spent()
    return (
        f"{living:,} residents live at {pace.speed:g} times the speed of life; within the last hour they used "
        f"{spent.pictures} of {pace.pictures_an_hour:,} pictures, {spent.tokens:,} of {pace.tokens_an_hour:,} tokens "
        f"and ${spent.usd:.2f} of ${pace.usd_an_hour:.2f}."
    )


def _writer(patient: _Patient) -> str:
    writer = writer_for(patient.settings)
    started = time.perf_counter()
    writer.caption(ALLOWED_PROMPT)
    return f"{writer.label} wrote a caption in {time.perf_counter() - started:.1f} s."


def _signing(patient: _Patient) -> str:
    signer = Signer.from_settings(patient.settings)
    return signer.check() if signer else "Pictures say where they come from, and are not signed."


def _model(patient: _Patient) -> str:
    check_weights(patient.model())
    with closing(patient.embeddings) as embeddings:
        spent_ms = _milliseconds(lambda: embeddings.of(["a red fox"]))
    return f"{MODEL}, with the published weights, was loaded and read a prompt in {spent_ms / 1000:.1f} s."


def _picture_model(patient: _Patient) -> str:
    name = patient.settings.seeing_model
    if not name:
        return "Search finds pictures by their words; no model looks at what they show."
    with closing(picture_model_named(name)) as model:
        [words] = model.of([ALLOWED_PROMPT])
        [picture] = model.of_pictures([thumbnail_file(Image.new("RGB", (ORDER.width, ORDER.height), "white"))])
    if len(words) != len(picture):
        raise TroubleError(f"{name} reads words and pictures, and cannot compare them.")
    return f"{name} looked at a picture and read words to compare it with."


def _classifier(patient: _Patient) -> str:
    try:
        weights = load(patient.classifier)
    except ConfigurationError as error:
        raise TroubleError(
            f"{str(error).removesuffix(RESTORE)}Nothing is painted or written meanwhile.", RESTORE
        ) from None
    return f"The safety classifier has the released weights and tells {len(weights.outcomes)} outcomes apart."


def _prompt_gate(patient: _Patient) -> str:
    """Without the guard, which has a line of its own."""
    own_layers = patient.settings.model_copy(update={"guard_url": None, "guard_model": None})
    gate = gate_for(own_layers, patient.meaning())
    if gate.check(BLOCKED_PROMPT).decision != "block":
        raise TroubleError("It lets through what it must block.")
    if gate.check(ALLOWED_PROMPT).decision != "allow":
        raise TroubleError("It stops what is harmless.")
    return "Blocks what it must and lets the harmless through."


def _guard(patient: _Patient) -> str:
    guard = guard_for(patient.settings)
    if guard is None:
        return "None is configured: the built-in layers decide alone."
    started = time.perf_counter()
    if guard.judge(ALLOWED_PROMPT):
        raise TroubleError(f"{guard.label} stops what is harmless.")
    if not guard.judge(BLOCKED_PROMPT):
        raise TroubleError(f"{guard.label} lets through what must be blocked.")
    return f"{guard.label} tells one from the other, in {(time.perf_counter() - started) / 2:.1f} s each."


def _milliseconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


REINSTALL = "Run `pip install -r requirements.txt`."
PARTS: tuple[tuple[str, Callable[[_Patient], str], str], ...] = (
    ("settings", _settings, "Correct it in the environment or in .streamlit/secrets.toml."),
    ("cookie key", _cookie_key, "Set PENTAGRAM_COOKIE_KEY to a long random text."),
    ("home", _home, "Set PENTAGRAM_HOME to a folder that this account may write."),
    ("database", _database, "Correct DATABASE_URL, or remove it to use the embedded Postgres."),
    ("migrations", _migrations, "Restore supabase/migrations as released."),
    ("row level security", _row_level_security, "Run `select pentagram.close_tables()`."),
    ("jobs", _jobs, MIGRATE),
    ("storage", _storage, "Make the place writable and reachable, or configure another."),
    *(
        (f"engine {name}", partial(_engine, name), "Set PENTAGRAM_ENGINE to painter until it works again.")
        for name in ("modal", "diffusers", "painter")
    ),
    ("budget", _budget, MIGRATE),
    ("picture gate", _picture_gate, "Correct PENTAGRAM_PICTURE_GATE, or remove it."),
    ("removed pictures", _removed_pictures, MIGRATE),
    ("residents", _residents, MIGRATE),
    ("writer", _writer, "Correct PENTAGRAM_TEXT_URL, or remove it for the built-in writer."),
    ("signing", _signing, "Correct PENTAGRAM_C2PA_CERTIFICATE and PENTAGRAM_C2PA_KEY, or remove both."),
    ("embedding model", _model, REINSTALL),
    ("picture model", _picture_model, "Set PENTAGRAM_PICTURE_MODEL to a model of CLIP's kind, or remove it."),
    ("classifier", _classifier, RESTORE),
    ("prompt gate", _prompt_gate, "See classifier and embedding model, which it stands on."),
    ("guard", _guard, "Start its server, correct PENTAGRAM_GUARD_URL and PENTAGRAM_GUARD_KIND, or remove both."),
)
"""Each part with its check, and the remedy where the check itself names none. `database` stands before what asks it."""
