"""Modal's GPUs: each picture is a call to the deployed modal_backend.py, remembered before it is waited for."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from services.errors import ConfigurationError, Unavailable, UserError
from services.studio.engines import wire
from services.studio.engines.base import NotWanted, Order, Painted
from services.studio.engines.models import ImageModel
from services.studio.provenance import Generator

if TYPE_CHECKING:
    import modal

log = logging.getLogger(__name__)

T = TypeVar("T")

SERVED_CLASS = "Images"
HEALTH_FUNCTION = "healthcheck"
CONNECT_SECONDS = 8.0
ANSWER_SECONDS = 8.0
"""For a request that Modal answers at once. Its client alone would try for a minute to reach a server that is gone."""
UPLOAD_SECONDS = 30.0
"""More, where a picture goes with the request."""
HEALTH_SECONDS = 90.0
"""For the check of what is deployed, which may have to start a container."""
LOOK_EVERY_SECONDS = 1.0
"""That a picture is waited for before it is asked whether anybody still wants it."""
CLOSE_SECONDS = 2.0
TRANSPORTS = {"grpclib", "h2", "aiohttp"}
"""Libraries whose errors the client lets through where the connection fails."""
OURS = (UserError, Unavailable, ConfigurationError, NotWanted)
PENDING = object()
AWAY = "Modal does not answer at the moment."


class _Unheard(Unavailable):
    """Modal was not heard: what a call does meanwhile is unknown, and it may still give its picture."""


@dataclass(frozen=True)
class Busy:
    """How much there is to do on Modal."""

    backlog: int
    """Pictures that wait for a GPU."""
    runners: int
    """Containers, those that are starting included."""


class ModalEngine:
    """Paints wherever the same app was deployed; nothing is imported or connected before the first picture."""

    name = "modal"
    at_once = 16
    generator: Generator = "trainedAlgorithmicMedia"

    def __init__(
        self,
        row: ImageModel,
        *,
        app_name: str,
        token_id: str | None,
        token_secret: str | None,
        deadline_s: float,
        gpu: str = "L40S",
    ) -> None:
        self.label = f"{row.title} on Modal"
        self.model = row.id
        self.steps = row.steps
        self.restricts = row.restricts
        self.capabilities = row.capabilities
        self.gpu = gpu
        self._app_name = app_name
        self._token_id = token_id
        self._token_secret = token_secret
        self._deadline_s = deadline_s
        self._turn = threading.Lock()
        self._line: _Line | None = None
        self._refused: tuple[float, Exception] | None = None

    def paint(self, orders: Sequence[Order]) -> list[Painted]:
        """All of them at once. What was called before a restart is collected; what nobody wants any more is ended."""
        return _told(self._over_the_line(lambda line: self._paint_all(line, orders)))

    def warm(self) -> None:
        """Whether a GPU waits is decided where it is paid for: by the deployment."""

    def health(self) -> dict[str, Any]:
        """What the deployed app says of itself, for the doctor."""
        return self._over_the_line(lambda line: line.health())

    def stats(self) -> Busy | None:
        """How much there is to do, where Modal says so."""
        try:
            return self._over_the_line(lambda line: line.stats())
        except (Unavailable, ConfigurationError) as error:
            log.info("Modal does not say how busy it is: %s", error)
            return None

    def rates(self) -> Mapping[str, Decimal]:
        """What the workspace pays, as Modal names it."""
        return self._over_the_line(lambda line: line.rates())

    def cancel(self, call: str) -> bool:
        """End a call that nobody waits for any more; False if Modal could not be told. One that ended already is
        none to end."""
        try:
            self._over_the_line(lambda line: line.cancel(call))
        except (Unavailable, ConfigurationError) as error:
            log.warning("Call %s may run on: %s", call, error)
            return False
        return True

    def close(self) -> None:
        with self._turn:
            line, self._line = self._line, None
        if line is not None:
            asyncio.run(line.close())

    async def _paint_all(self, line: _Line, orders: Sequence[Order]) -> list[Painted]:
        return await asyncio.gather(*(_Waiting(line, order, self._deadline_s).painted() for order in orders))

    def _over_the_line(self, ask: Callable[[_Line], Coroutine[Any, Any, T]]) -> T:
        line = self._connected()
        try:
            return asyncio.run(ask(line))
        finally:
            if line.is_broken:
                self._drop(line)

    def _connected(self) -> _Line:
        """The line there is, or a new one. Whoever waited while another one tried in vain hears what that one heard."""
        came = time.monotonic()
        with self._turn:
            if self._line is not None:
                return self._line
            if self._refused is not None and self._refused[0] > came:
                raise self._refused[1]
            try:
                self._line = asyncio.run(self._connect())
            except (Unavailable, ConfigurationError) as error:
                self._refused = time.monotonic(), error
                raise
            return self._line

    async def _connect(self) -> _Line:
        line = _Line(self._app_name, self._token_id)
        try:
            await line.open(self._token_secret)
        except Exception:
            await line.close()
            raise
        return line

    def _drop(self, line: _Line) -> None:
        """The next request makes a new one; who still uses this one is cut off, and keeps the call."""
        with self._turn:
            if self._line is line:
                self._line = None
        asyncio.run(line.close())


class _Line:
    """The way to the deployed app of one workspace. What goes wrong on it is said in our errors."""

    def __init__(self, app_name: str, token_id: str | None) -> None:
        self.is_broken = False
        self._app_name = app_name
        self._token_id = token_id
        self._client: Any = None
        self._paint: Any = None

    async def open(self, token_secret: str | None) -> None:
        await self._ask(CONNECT_SECONDS, self._let_in(token_secret))

    async def close(self) -> None:
        if self._client is not None:
            with suppress(Exception):
                await _within(CLOSE_SECONDS, self._client.close.aio())

    async def spawn(self, order: Order) -> str:
        """Begin the picture; the id of its call."""
        from modal.exception import ConflictError, NotFoundError

        sent = wire.from_order(order)
        seconds = ANSWER_SECONDS + (UPLOAD_SECONDS if order.image else 0)
        try:
            call = await _within(seconds, self._paint.spawn.aio(sent))
        except (NotFoundError, ConflictError):
            # The app was stopped and deployed anew since it was looked up.
            await self._ask(ANSWER_SECONDS, self._look_up())
            call = await self._ask(seconds, self._paint.spawn.aio(sent))
        except Exception as error:
            raise self._translated(error) from error
        return str(call.object_id)

    async def get(self, call: str, wait_s: float) -> Any:
        """What it answered, PENDING if it did not meanwhile. Raises whatever the container raised and whatever the
        client does; `trouble` tells them apart."""
        try:
            return await _within(ANSWER_SECONDS + wait_s, self._call(call).get.aio(timeout=wait_s))
        except Exception as error:
            if type(error) is TimeoutError and not _was_raised_remotely(error):
                return PENDING
            raise

    async def cancel(self, call: str) -> None:
        from modal.exception import NotFoundError

        try:
            await _within(ANSWER_SECONDS, self._call(call).cancel.aio())
        except NotFoundError:
            return
        except Exception as error:
            raise self._translated(error) from error

    async def health(self) -> dict[str, Any]:
        import modal

        check = modal.Function.from_name(self._app_name, HEALTH_FUNCTION, client=self._client)
        return dict(await self._ask(HEALTH_SECONDS, check.remote.aio()))

    async def stats(self) -> Busy:
        told = await self._ask(ANSWER_SECONDS, self._paint.get_current_stats.aio())
        return Busy(told.backlog, told.num_total_runners)

    async def rates(self) -> Mapping[str, Decimal]:
        import modal

        workspace = modal.Workspace.from_context(client=self._client)
        return dict(await self._ask(ANSWER_SECONDS, workspace.billing.rates.aio()))

    def trouble(self, error: Exception) -> Exception | None:
        """What an error says of the line; None where it is of what was asked for."""
        from modal import exception as said

        if _was_raised_remotely(error):
            return None
        if isinstance(error, said.AuthError | said.PermissionDeniedError):
            token = f"MODAL_TOKEN_ID {self._token_id}" if self._token_id else "The Modal token of this machine"
            return ConfigurationError(
                f"{token} is not accepted: make one with `modal token new`, and set MODAL_TOKEN_ID and "
                f"MODAL_TOKEN_SECRET to it. ({_first_line(error)})"
            )
        if isinstance(error, _Unheard | said.ConnectionError | said.ClientClosed) or _is_of_a_transport(error):
            self.is_broken = True
            return self._unheard(error)
        if isinstance(error, said.ServiceError | said.InternalError | said.ResourceExhaustedError):
            return self._unheard(error)
        return None

    async def _let_in(self, token_secret: str | None) -> None:
        import modal
        from modal.config import config
        from modal_proto.api_pb2 import CLIENT_TYPE_CLIENT

        maker: Any = modal.Client
        if self._token_id and token_secret:
            self._client = maker(config["server_url"], CLIENT_TYPE_CLIENT, (self._token_id, token_secret))
            # Known before it connects: cut off by the clock, `from_credentials` would leave a client that knocks on.
            await self._client.__aenter__()
        else:
            self._client = await maker.from_env.aio()
        await self._client.hello.aio()
        await self._look_up()

    async def _look_up(self) -> None:
        import modal

        paint = modal.Cls.from_name(self._app_name, SERVED_CLASS, client=self._client)().paint
        await paint.hydrate.aio()
        self._paint = paint

    def _call(self, call: str) -> modal.FunctionCall[Any]:
        import modal

        return modal.FunctionCall.from_id(call, client=self._client)

    async def _ask(self, seconds: float, answer: Awaitable[T]) -> T:
        try:
            return await _within(seconds, answer)
        except Exception as error:
            raise self._translated(error) from error

    def _translated(self, error: Exception) -> Exception:
        from modal import exception as said

        if (trouble := self.trouble(error)) is not None:
            return trouble
        if isinstance(error, said.NotFoundError):
            return ConfigurationError(
                f"There is no app {self._app_name!r} with our pictures in this Modal workspace: run "
                "`modal deploy modal_backend.py`, or set PENTAGRAM_MODAL_APP to the name that it was deployed under. "
                f"({_first_line(error)})"
            )
        if isinstance(error, said.VersionError):
            return ConfigurationError(f"Modal asks for another client: run `pip install -U modal`. ({error})")
        log.warning("Modal refuses: %s: %s", type(error).__name__, error)
        return Unavailable(f"Modal does not take pictures at the moment. ({type(error).__name__})")

    def _unheard(self, error: Exception) -> _Unheard:
        log.warning("Modal is not heard: %s: %s", type(error).__name__, error)
        return error if isinstance(error, _Unheard) else _Unheard(f"{AWAY} ({type(error).__name__})")


class _Waiting:
    """For one picture, from its call to its end."""

    def __init__(self, line: _Line, order: Order, deadline_s: float) -> None:
        self._line = line
        self._order = order
        self._watch = order.watch
        self._deadline_s = deadline_s
        self._until = 0.0

    async def painted(self) -> Painted:
        try:
            call = self._watch.known_call() or await self._begun()
            self._until = time.monotonic() + self._deadline_s
            return await self._collected(call)
        except OURS as failure:
            return Painted(failure=failure)

    async def _begun(self) -> str:
        if not self._watch.is_wanted():
            raise NotWanted
        call = await self._line.spawn(self._order)
        try:
            self._watch.called(call)
        except Exception:
            await self._line.cancel(call)
            raise
        return call

    async def _collected(self, call: str) -> Painted:
        """Of this call, or where an earlier one under the same key paints the picture already, of that one."""
        followed = {call}
        while True:
            answer = await self._answer(call)
            earlier = answer.get("duplicate_of") if isinstance(answer, dict) else None
            if earlier is None or earlier in followed:
                return self._read(call, answer)
            self._watch.called(earlier)
            followed.add(earlier)
            call = earlier

    async def _answer(self, call: str) -> Any:
        while (left_s := self._until - time.monotonic()) > 0:
            if not self._watch.is_wanted():
                await self._end(call)
                raise NotWanted
            if (answer := await self._got(call, min(left_s, LOOK_EVERY_SECONDS))) is not PENDING:
                return answer
        await self._end(call)
        raise Unavailable(f"Modal did not answer within {self._deadline_s:g} seconds.")

    async def _got(self, call: str, wait_s: float) -> Any:
        try:
            return await self._line.get(call, wait_s)
        except Exception as error:
            raise self._line.trouble(error) or self._without_a_picture(call, error) from error

    def _without_a_picture(self, call: str, error: Exception) -> Exception:
        """Why a call ended that failed, was killed, cancelled or forgotten; another one may be made."""
        self._watch.called(None)
        if isinstance(error, OURS):
            return error
        if not self._watch.is_wanted():
            return NotWanted()
        log.warning("Call %s ended without a picture: %s: %s", call, type(error).__name__, error)
        return Unavailable(f"Modal's call ended without a picture. ({type(error).__name__})")

    async def _end(self, call: str) -> None:
        """If Modal cannot be told, the call stays known: it may still give its picture."""
        await self._line.cancel(call)
        self._watch.called(None)

    def _read(self, call: str, answer: Any) -> Painted:
        try:
            painted = wire.to_painted(answer)
        except Exception as error:
            self._watch.called(None)
            log.exception("Call %s answered what is no picture of ours.", call)
            raise Unavailable("Modal answered with something that is no picture.") from error
        if painted.failure is not None:
            self._watch.called(None)
        return painted


def _told(painted: list[Painted]) -> list[Painted]:
    """What is configured wrongly is raised if it concerns all; beside pictures that were painted it is a failure."""
    wrong = [each.failure for each in painted if isinstance(each.failure, ConfigurationError)]
    if wrong and len(wrong) == len(painted):
        raise wrong[0]
    return [
        replace(each, failure=Unavailable(str(each.failure))) if each.failure in wrong else each for each in painted
    ]


async def _within(seconds: float, answer: Awaitable[T]) -> T:
    try:
        async with asyncio.timeout(seconds) as patience:
            return await answer
    except TimeoutError:
        if patience.expired():
            raise _Unheard(AWAY) from None
        raise


def _was_raised_remotely(error: Exception) -> bool:
    """Whether it came out of a container: the client hangs the source lines of its traceback to it."""
    return hasattr(error, "__line_cache__")


def _is_of_a_transport(error: Exception) -> bool:
    return type(error).__module__.partition(".")[0] in TRANSPORTS


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)
