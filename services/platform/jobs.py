"""Work that outlives a page: Procrastinate on the same Postgres, written in the caller's own transaction."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import procrastinate
from procrastinate import JobContext, RetryStrategy
from procrastinate.exceptions import AlreadyEnqueued

from services.errors import Unavailable
from services.platform.clock import Clock
from services.platform.database import Database, Transaction
from services.platform.migrations import SEARCH_PATH

log = logging.getLogger(__name__)

Task = Callable[..., None]

SOON, NORMAL, LATER = 10, 0, -10
"""Priorities: what a person waits for, what the house does by itself, what may wait for both."""
MOST_ATTEMPTS = 8
RETRY = RetryStrategy(max_attempts=MOST_ATTEMPTS, exponential_wait=2, retry_exceptions={Unavailable})
HEARTBEAT_SECONDS = 3.0
STALLED_AFTER_SECONDS = 15.0
RESTART_SECONDS = 1.0


class Jobs:
    """The tasks by name and the way to ask for one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tasks: dict[str, Callable[..., None]] = {}
        self._app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())

    def register(self, name: str, task: Task) -> None:
        """Make `task(*, last_attempt, **arguments)` known as `name`. It must be idempotent: a killed worker's
        job runs again. `Unavailable` is tried again later, `last_attempt` says when that has an end."""

        def run(context: JobContext, **arguments: Any) -> None:
            task(**arguments, last_attempt=context.job.attempts + 1 >= MOST_ATTEMPTS)

        self._tasks[name] = run

    def app(self, connector: procrastinate.PsycopgConnector) -> procrastinate.App:
        """The tasks on a connector of a worker's own."""
        app = procrastinate.App(connector=connector)
        for name, run in self._tasks.items():
            app.task(name=name, pass_context=True, retry=RETRY)(run)
        return app

    def defer(
        self,
        tx: Transaction,
        name: str,
        *,
        priority: int = NORMAL,
        once: str | None = None,
        after_s: float = 0,
        **arguments: Any,
    ) -> None:
        """Ask for a task in the caller's transaction: it happens exactly if the transaction does. With `once`,
        a second request is dropped while the first with that word still waits."""
        tx.execute("select set_config('search_path', %(path)s, true)", path=SEARCH_PATH)
        options: dict[str, Any] = {"priority": priority, "queueing_lock": once, "connection": tx.connection}
        if after_s:
            options["schedule_at"] = self._clock.now() + timedelta(seconds=after_s)
        try:
            with tx.connection.transaction():
                self._app.configure_task(name, **options).defer(**arguments)
        except AlreadyEnqueued:
            log.debug("%s is waiting already (%s).", name, once)

    def unfinished(self, db: Database) -> int:
        return int(db.value("select count(*) from pentagram.procrastinate_jobs where status in ('todo', 'doing')") or 0)


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
        """Do every job that waits, then return; for commands that finish what they cause."""
        asyncio.run(self._work(wait=False))

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
        self._running = asyncio.create_task(self._work(wait=True))
        await self._running

    async def _work(self, *, wait: bool) -> None:
        app = self._jobs.app(self._connector())
        async with app.open_async():
            rescue = asyncio.create_task(_rescue_forever(app)) if wait else None
            try:
                await app.run_worker_async(
                    concurrency=self._concurrency,
                    wait=wait,
                    install_signal_handlers=False,
                    delete_jobs="successful",
                    update_heartbeat_interval=HEARTBEAT_SECONDS,
                    stalled_worker_timeout=STALLED_AFTER_SECONDS,
                    shutdown_graceful_timeout=3,
                )
            finally:
                if rescue is not None:
                    rescue.cancel()

    def _connector(self) -> procrastinate.PsycopgConnector:
        async def conninfo() -> str:
            return await asyncio.to_thread(self._conninfo)

        async def configure(connection: Any) -> None:
            await connection.set_autocommit(True)
            await connection.execute(f"set search_path = {SEARCH_PATH}")

        return procrastinate.PsycopgConnector(
            conninfo=conninfo, configure=configure, min_size=1, max_size=4, kwargs={"prepare_threshold": None}
        )


async def _rescue_forever(app: procrastinate.App) -> None:
    while True:
        await _rescue(app)
        await asyncio.sleep(HEARTBEAT_SECONDS)


async def _rescue(app: procrastinate.App) -> None:
    """Take up again what a worker that was killed had begun."""
    try:
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
            log.info("Taking up %s again; its worker is gone.", job.call_string)
            await app.job_manager.retry_job(job)
    except procrastinate.exceptions.ConnectorException:
        log.warning("Could not look for jobs of killed workers; trying again.")
