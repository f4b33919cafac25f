"""Work that outlives a page: Procrastinate on the same Postgres, written in the caller's own transaction."""

from __future__ import annotations

import asyncio
import concurrent.futures
import logging
import threading
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any, LiteralString

import procrastinate
import psycopg
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import DeleteJobCondition, Job
from procrastinate.worker import Worker as Runner

from services.errors import Unavailable
from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.platform.migrations import SEARCH_PATH

log = logging.getLogger(__name__)

Task = Callable[..., None]

SOON, NORMAL, LATER = 1000, 0, -10
"""Priorities: what a person waits for, what the house does by itself, what may wait for both. Between the first two is
room for the turns of those who wait for much."""
MOST_ATTEMPTS = 8
HEARTBEAT_SECONDS = 3.0
STALLED_AFTER_SECONDS = 15.0
RESTART_SECONDS = 1.0
GRACE_SECONDS = 3.0
POLL_SECONDS = 1.0
"""Between two looks at the queue: new jobs are announced, those tried again are not."""
LONGEST_PAUSE_SECONDS = 600.0
DAY_SECONDS = 86_400.0
MOST_CONNECTIONS = 4
"""Of a worker, for its jobs' beginnings and ends: while a job runs it holds none."""
SUPERVISION = 2
"""Connections besides those: the heartbeat and the rescue of others' jobs."""

RESCUE: LiteralString = """
update procrastinate_jobs j set status = 'todo', attempts = j.attempts + 1,
  scheduled_at = now() + make_interval(
    secs => case when j.attempts < 2 then 0 else least(2 ^ j.attempts, %(longest)s) end)
from procrastinate_jobs seen
where seen.id = j.id and seen.attempts = j.attempts and j.status = 'doing'
  and not exists (select from procrastinate_workers w where w.id = j.worker_id
    and w.last_heartbeat > now() - make_interval(secs => %(stalled_after)s))
returning j.id, j.task_name
"""
# Joined with itself as it was seen: where another process took the job up meanwhile, this one waits for the row and
# reads it anew, but not the workers, and would not know who has it.
WAITING: LiteralString = """
select count(*) as jobs from procrastinate_jobs
where status = 'todo' and (scheduled_at is null or scheduled_at <= now())
"""


class Interrupted(Unavailable):
    """The worker ends before the job does: the job goes back to the queue. Nobody sees it."""


class Retry(BaseRetryStrategy):
    """Work that was cut off runs again at once, what met `Unavailable` after a growing pause; nothing else does."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if isinstance(exception, Interrupted):
            return RetryDecision(retry_at=datetime.now(UTC))
        if isinstance(exception, Unavailable) and job.attempts + 1 < MOST_ATTEMPTS:
            pause = min(2.0 ** (job.attempts + 1), LONGEST_PAUSE_SECONDS)
            return RetryDecision(retry_at=datetime.now(UTC) + timedelta(seconds=pause))
        return None


class Jobs:
    """The tasks by name and the way to ask for one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tasks: dict[str, Task] = {}
        self._recurring: list[str] = []
        self._app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())

    def register(self, name: str, task: Task) -> None:
        """Make `task(*, last_attempt, **arguments)` known as `name`. It must be idempotent: a killed worker's
        job runs again. `Unavailable` is tried again later, `last_attempt` says when that has an end."""
        self._tasks[name] = task

    def app(self, connector: procrastinate.PsycopgConnector, stopping: threading.Event) -> procrastinate.App:
        """The tasks on a connector of a worker's own, which cuts them off once it is `stopping`."""
        app = procrastinate.App(connector=connector)
        for name, task in self._tasks.items():
            app.task(name=name, pass_context=True, retry=Retry())(_interruptible(task, stopping))
        return app

    def defer(
        self,
        tx: Transaction,
        name: str,
        *,
        priority: int = NORMAL,
        once: str | None = None,
        after_s: float = 0,
        lane: str | None = None,
        **arguments: Any,
    ) -> None:
        """Ask for a task in the caller's transaction: it happens exactly if the transaction does. With `once`,
        a second request is dropped while the first with that word still waits. Jobs of one `lane` are done one after
        the other, whoever does them."""
        tx.execute("select set_config('search_path', %(path)s, true)", path=SEARCH_PATH)
        options: dict[str, Any] = {"priority": priority, "queueing_lock": once, "lock": lane}
        options["connection"] = tx.connection
        if after_s:
            options["schedule_at"] = self._clock.now() + timedelta(seconds=after_s)
        try:
            with tx.connection.transaction():
                self._app.configure_task(name, **options).defer(**arguments)
        except AlreadyEnqueued:
            log.debug("%s is waiting already (%s).", name, once)
        except ConnectorException as error:
            if isinstance(error.__cause__, psycopg.OperationalError):
                raise error.__cause__ from None
            raise

    def forget(self, db: Database, task: str) -> None:
        """Take back the jobs of one task that nobody has begun."""
        with db.transaction() as tx:
            self.forget_waiting(tx, task)

    def forget_waiting(self, tx: Transaction, task: str) -> None:
        tx.execute("select set_config('search_path', %(path)s, true)", path=SEARCH_PATH)
        tx.execute("delete from procrastinate_jobs where task_name = %(task)s and status = 'todo'", task=task)

    def hasten(self, tx: Transaction, about: Sequence[str]) -> None:
        """What waits for a later hour to be tried again, and was given one of these ids, is tried now."""
        tx.execute(
            """update pentagram.procrastinate_jobs set scheduled_at = null where status = 'todo'
              and exists (select from jsonb_each_text(args) where value = any(%(about)s))""",
            about=list(about),
        )

    def register_daily(self, name: str, task: Callable[[], object], db: Database) -> None:
        """Make `task` known; from its first `begin_recurring` on it runs every day."""
        self.register_every(DAY_SECONDS, name, task, db)

    def register_every(self, seconds: float, name: str, task: Callable[[], object], db: Database) -> None:
        """The same with another pause between two runs."""

        def run(*, last_attempt: bool) -> None:
            del last_attempt
            task()
            with db.transaction() as tx:
                self.defer(tx, name, priority=LATER, once=name, after_s=seconds)

        self._recurring.append(name)
        self.register(name, run)

    def begin_recurring(self, tx: Transaction) -> None:
        """Do what is done again and again, now and from now on; once for all processes."""
        for name in self._recurring:
            self.forget_waiting(tx, name)
            self.defer(tx, name, priority=LATER, once=name)

    def unfinished(
        self, db: Database | Transaction, *, task: str | None = None, about: Sequence[str] | None = None
    ) -> int:
        """How many jobs wait or run: all, those of one task, or those that one of these ids was given to."""
        return int(
            db.value(
                """select count(*) from pentagram.procrastinate_jobs where status in ('todo', 'doing')
                  and (%(task)s::text is null or task_name = %(task)s)
                  and (%(about)s::text[] is null
                    or exists (select from jsonb_each_text(args) where value = any(%(about)s)))""",
                task=task, about=None if about is None else list(about),
            )
        )  # fmt: skip


class Worker:
    """Runs jobs on a thread of this process, and again after every fault, until it is stopped."""

    def __init__(self, jobs: Jobs, conninfo: Callable[[], str], *, concurrency: int = 2) -> None:
        self._conninfo = conninfo
        self._concurrency = concurrency
        self._jobs = jobs
        self._stopping = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._running: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._live, name="worker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def stop(self, wait_s: float = 5) -> None:
        """Ask it to finish what it does; a job that takes longer is taken up again by the next worker."""
        self._stopping.set()
        if self._loop is not None and self._running is not None:
            self._loop.call_soon_threadsafe(self._running.cancel)
        self._thread.join(wait_s)

    def run_until_idle(self) -> None:
        """Do every job that waits and those that these ask for, then return; for commands that finish what they
        cause. What waits for a later hour is left."""
        asyncio.run(self._work_until_idle())

    def _live(self) -> None:
        with asyncio.Runner() as runner:
            self._loop = runner.get_loop()
            while not self._stopping.is_set():
                try:
                    runner.run(self._supervised())
                except asyncio.CancelledError:
                    continue
                except Exception:
                    log.exception("The worker stumbled; it starts again in %s s.", RESTART_SECONDS)
                self._stopping.wait(RESTART_SECONDS)

    async def _supervised(self) -> None:
        self._running = asyncio.create_task(self._work_for_ever())
        if self._stopping.is_set():
            self._running.cancel()
        await self._running

    async def _work_for_ever(self) -> None:
        app = self._jobs.app(self._connector(), self._stopping)
        async with _opened(app):
            await self._work(app, wait=True)

    async def _work_until_idle(self) -> None:
        app = self._jobs.app(self._connector(), self._stopping)
        async with _opened(app):
            while (await app.connector.execute_query_one_async(WAITING))["jobs"]:
                await self._work(app, wait=False)

    async def _work(self, app: procrastinate.App, *, wait: bool) -> None:
        runner = Runner(
            app=app,
            concurrency=self._concurrency,
            wait=wait,
            install_signal_handlers=False,
            delete_jobs=DeleteJobCondition.SUCCESSFUL.value,
            fetch_job_polling_interval=POLL_SECONDS,
            update_heartbeat_interval=HEARTBEAT_SECONDS,
            stalled_worker_timeout=STALLED_AFTER_SECONDS,
            shutdown_graceful_timeout=GRACE_SECONDS,
        )
        companion = asyncio.create_task(_keep_company(app, runner))
        try:
            await runner.run()  # type: ignore[no-untyped-call]
        finally:
            companion.cancel()

    def _connector(self) -> procrastinate.PsycopgConnector:
        async def conninfo() -> str:
            return await asyncio.to_thread(self._conninfo)

        async def configure(connection: Any) -> None:
            await connection.set_autocommit(True)
            await connection.execute(f"set search_path = {SEARCH_PATH}")

        return _PatientConnector(
            conninfo=conninfo, configure=configure, min_size=1,
            max_size=min(self._concurrency, MOST_CONNECTIONS) + SUPERVISION,
            kwargs={"prepare_threshold": None},
        )  # fmt: skip


@asynccontextmanager
async def _opened(app: procrastinate.App) -> AsyncIterator[None]:
    """Closed even if the opening failed or was cut off: its own context would leave a pool that knocks for ever."""
    try:
        await app.open_async()
        yield
    finally:
        await app.close_async()


class _PatientConnector(procrastinate.PsycopgConnector):
    """Says a second time how a job ended when the server died at the first: a job of which nobody knows the end
    would neither count as done nor be taken up again."""

    async def execute_query_async(self, query: LiteralString, **arguments: Any) -> None:
        try:
            await super().execute_query_async(query, **arguments)
        except ConnectorException:
            await super().execute_query_async(query, **arguments)


def _interruptible(task: Task, stopping: threading.Event) -> Callable[..., Any]:
    """The task on a thread that keeps no process from ending. A worker that ends leaves it behind and puts the job
    back; one that only lost its database waits for it, lest the same job run twice side by side."""

    async def run(context: JobContext, **arguments: Any) -> None:
        last_attempt = context.job.attempts + 1 >= MOST_ATTEMPTS
        ended = asyncio.wrap_future(_on_a_thread(lambda: task(**arguments, last_attempt=last_attempt)))
        try:
            await asyncio.shield(ended)
        except asyncio.CancelledError:
            if stopping.is_set():
                raise Interrupted from None
            await ended

    return run


def _on_a_thread(work: Callable[[], None]) -> concurrent.futures.Future[None]:
    ended: concurrent.futures.Future[None] = concurrent.futures.Future()

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - handed to the one who waits
            ended.set_exception(error)
        else:
            ended.set_result(None)

    thread = threading.Thread(target=run, name="job", daemon=True)
    try:
        thread.start()
    except RuntimeError as error:
        raise Interrupted("The process is ending.") from error
    return ended


async def _keep_company(app: procrastinate.App, runner: Runner) -> None:
    """Tell the others that this worker lives, as long as it has jobs, and take up again what killed ones had begun."""
    while True:
        with suppress(ConnectorException):
            if runner.worker_id is not None:
                await app.job_manager.update_heartbeat(runner.worker_id)
            for job in await app.connector.execute_query_all_async(
                RESCUE, stalled_after=STALLED_AFTER_SECONDS, longest=LONGEST_PAUSE_SECONDS
            ):
                log.warning("Taking up job %s (%s) again; its worker is gone.", job["id"], job["task_name"])
        await asyncio.sleep(HEARTBEAT_SECONDS)
