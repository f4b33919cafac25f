"""A stand-in of Modal's cloud on loopback, for the real Modal client and its real command line to talk to.

It speaks the gRPC API of the client of the installed version: `modal deploy` and `modal run` upload files and
definitions to it, and what is then called runs in processes of Modal's own container entrypoint, with the uploaded
files and the image's environment, concurrently, retried, timed out, cancelled and scaled as deployed. It is not Modal:
everything is in memory and gone with the process; images are not built (a container has the packages of this machine);
there are no GPUs and no snapshots (what is to run before one runs at every start); a volume is a folder that appears at
its mount path by a symbolic link, so that path must lie in a folder that exists, and read-only is not enforced; a
container that cannot start is not tried again; there is no proxy before web servers (`serve` starts one on its own
port); schedules run only when they are told to; nothing is isolated, so code is as free as whoever started this.
`with_options`, generators, sandboxes, queues and everything about billing are unknown to it.
"""

from __future__ import annotations

import asyncio
import atexit
import concurrent.futures
import hashlib
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import grpclib.server
import modal
from aiohttp import web
from modal_proto import api_pb2

from tests.fakes.modal_cloud.containers import Container, Containers, ended
from tests.fakes.modal_cloud.records import UNFINISHED, Call, Faults, Function
from tests.fakes.modal_cloud.service import Door, Service, servable

__all__ = ["TOKEN", "Call", "CommandError", "Faults", "ModalCloud"]

HOST = "127.0.0.1"
TOKEN = ("ak-stand-in", "as-stand-in")
COMMAND_SECONDS = 120
ANSWER_SECONDS = 30
LARGEST_BLOB = 1 << 30
T = TypeVar("T")


class CommandError(Exception):
    """A command of Modal's ended with a failure; this is what it printed."""


class _Listener(grpclib.server.Server):
    """A gRPC server that lets go of its connections when it is closed, as one that lost its network does."""

    def __init__(self, door: Door) -> None:
        super().__init__([servable(door)])
        self._transports: list[Any] = []

    def _protocol_factory(self) -> Any:
        protocol = super()._protocol_factory()
        made = protocol.connection_made

        def connection_made(transport: Any) -> None:
            self._transports.append(transport)
            made(transport)

        protocol.connection_made = connection_made  # type: ignore[method-assign]
        return protocol

    def cut(self) -> None:
        for transport in self._transports:
            transport.abort()
        self._transports.clear()


class ModalCloud:
    """`with ModalCloud(tmp_path) as cloud:` listens on `cloud.url`; `cloud.environment()` points a client there.

    `machine` is what a container finds in its environment besides what was deployed, as OMP_NUM_THREADS."""

    def __init__(self, home: Path, port: int = 0, machine: dict[str, str] | None = None) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self.home = home.absolute()
        self.port = port
        self._service = Service(self.home, machine or {}, TOKEN)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="modal cloud", daemon=True)
        self._public: _Listener | None = None
        self._inner: _Listener | None = None
        self._blobs: web.AppRunner | None = None
        self._looking_after: asyncio.Task[None] | None = None

    def __enter__(self) -> ModalCloud:
        self._thread.start()
        atexit.register(self.containers.close)
        self._on_loop(self._open())
        return self

    def __exit__(self, *_: object) -> None:
        self._on_loop(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(ANSWER_SECONDS)
        self._loop.close()
        atexit.unregister(self.containers.close)

    # Address

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def environment(self) -> dict[str, str]:
        """What makes a client talk to this stand-in, whatever the account it is run from is signed in to."""
        return {
            "MODAL_SERVER_URL": self.url, "MODAL_TOKEN_ID": TOKEN[0], "MODAL_TOKEN_SECRET": TOKEN[1],
            "MODAL_CONFIG_PATH": str(self.home / "no-such.toml"),
        }  # fmt: skip

    @contextmanager
    def client(self, token: tuple[str, str] = TOKEN) -> Iterator[modal.Client]:
        """A client of this process, beside the one that the environment stands for."""
        with modal.Client(self.url, api_pb2.CLIENT_TYPE_CLIENT, token) as client:
            yield client

    def start(self) -> None:
        """Listen again, where it listened before."""
        self._on_loop(self._listen())

    def stop(self) -> None:
        """Be gone from the network: connections break and new ones are refused. Containers go on working."""
        self._on_loop(self._unlisten())

    # Apps

    def deploy(self, file: Path, **env: str) -> str:
        """The real `modal deploy`, with these variables set; returns what it printed."""
        return self.command("deploy", str(file), **env)

    def command(self, *arguments: str, **env: str) -> str:
        """The real command line of Modal, against this stand-in; returns what it printed, or `CommandError`."""
        done = subprocess.run(
            [sys.executable, "-m", "modal", *arguments], cwd=self.home, text=True, timeout=COMMAND_SECONDS,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=self._shell() | env,
        )  # fmt: skip
        if done.returncode:
            raise CommandError(done.stdout)
        return done.stdout

    def _shell(self) -> dict[str, str]:
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("PENTAGRAM_", "MODAL_"))}
        return ours | self.environment() | {"COLUMNS": "200", "PYTHONPATH": ""}

    def function(self, tag: str, app: str | None = None) -> Function:
        """As deployed, by the name of the function or the class."""
        found = [
            each for each in self._service.functions.values()
            if each.deployed and each.tag.removesuffix(".*") == tag and (app is None or each.app.name == app)
            and not each.app.is_stopped
        ]  # fmt: skip
        if not found:
            raise KeyError(tag)
        return found[-1]

    @property
    def schedules(self) -> dict[str, tuple[str, str]]:
        """The cron lines that were deployed, with their time zones."""
        return {
            each.tag: (each.deployed.schedule.cron.cron_string, each.deployed.schedule.cron.timezone)
            for each in self._service.functions.values()
            if each.deployed is not None and each.deployed.schedule.HasField("cron")
        }

    def fire(self, tag: str, app: str | None = None) -> Call:
        """Run a function without arguments now, as its schedule would; waits for its end."""
        return self._on_loop(self._fire(self.function(tag, app)))

    @property
    def endpoints(self) -> dict[str, str]:
        """The addresses that web functions were given; nobody listens there, see `serve`."""
        return {each.tag: each.handle.web_url for each in self._service.functions.values() if each.handle.web_url}

    def serve(self, tag: str) -> str:
        """Start a web server as its container would, and wait for it; where it listens."""
        function = self.function(tag)
        process = self._on_loop(self._serve(function))
        assert function.deployed is not None
        address = f"http://{HOST}:{function.deployed.webhook_config.web_server_port}"
        deadline = time.monotonic() + ANSWER_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            if _answers(address):
                return address
            time.sleep(0.05)
        raise TimeoutError(f"{tag} does not listen on {address}.")

    def image(self, tag: str) -> list[str]:
        """The lines of the Dockerfile that the image of a function comes to."""
        deployed = self.function(tag).deployed
        assert deployed is not None
        return self._service.images[deployed.image_id].commands

    def autoscaler(self, tag: str, app: str | None = None) -> dict[str, int]:
        """What holds now: as deployed, with what was changed since."""
        return dict(self.function(tag, app).autoscaler)

    def secret(self, name: str, **env: str) -> None:
        """Make a secret of this name; it is there at the next deployment."""
        self._on_loop(self._do(lambda: self._service.create_secret(name, env)))

    def volume(self, name: str) -> Path:
        """The folder of a volume, which is made if it is missing."""
        folder = self.home / "volumes" / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    # What goes on

    @property
    def faults(self) -> Faults:
        return self._service.faults

    @property
    def requests(self) -> list[str]:
        """The RPCs of clients so far, by name."""
        return list(self._service.requests)

    @property
    def calls(self) -> list[Call]:
        """Every input so far, the oldest first."""
        return list(self._service.inputs.values())

    def call(self, call_id: str) -> Call:
        return self._service.calls[call_id][0]

    @property
    def containers(self) -> Containers:
        return self._service.containers

    @property
    def containers_started(self) -> int:
        return self.containers.started

    @property
    def billed_gpu_seconds(self) -> float:
        """Of all GPU containers so far, from the start of their process to its end or to now."""
        alive = [each for each in self.alive() if each.function.gpus]
        return self.containers.billed_gpu_seconds + sum(time.monotonic() - each.began_at for each in alive)

    def alive(self, tag: str | None = None) -> list[Container]:
        """The containers whose process has begun."""
        return [
            each for each in list(self.containers.all.values())
            if each.process is not None and (tag is None or each.function.tag.removesuffix(".*") == tag)
        ]  # fmt: skip

    def kill_container(self, tag: str | None = None) -> int:
        """SIGKILL to all of them, or to those of one function or class; how many there were."""
        alive = self.alive(tag)
        for container in alive:
            container.kill()
        return len(alive)

    def logs(self) -> str:
        """What all containers printed so far."""
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.home.glob("ta-*.log")))

    def wait_until_idle(self, seconds: float = ANSWER_SECONDS) -> None:
        """Until no call waits or runs; `TimeoutError` otherwise."""
        deadline = time.monotonic() + seconds
        while any(call.state in UNFINISHED for call in self.calls):
            if time.monotonic() > deadline:
                raise TimeoutError("There are still calls under way.")
            time.sleep(0.02)

    # On the loop

    def _on_loop(self, work: Coroutine[Any, Any, T]) -> T:
        future: concurrent.futures.Future[T] = asyncio.run_coroutine_threadsafe(work, self._loop)
        return future.result(ANSWER_SECONDS)

    async def _open(self) -> None:
        self._inner = _Listener(Door(self._service, is_public=False))
        await self._inner.start(HOST, 0)
        self.containers.address = f"http://{HOST}:{_port(self._inner)}"
        await self._open_blobs()
        await self._listen()
        self._looking_after = self._loop.create_task(self.containers.look_after())

    async def _open_blobs(self) -> None:
        app = web.Application(client_max_size=LARGEST_BLOB)
        app.router.add_put("/{id}", self._put_blob)
        app.router.add_get("/{id}", self._get_blob)
        self._blobs = web.AppRunner(app)
        await self._blobs.setup()
        site = web.TCPSite(self._blobs, HOST, 0)
        await site.start()
        self._service.blob_address = f"http://{HOST}:{self._blobs.addresses[0][1]}"

    async def _put_blob(self, request: web.Request) -> web.Response:
        self._service.blobs[request.match_info["id"]] = data = await request.read()
        return web.Response(headers={"ETag": hashlib.md5(data, usedforsecurity=False).hexdigest()})

    async def _get_blob(self, request: web.Request) -> web.Response:
        return web.Response(body=self._service.blobs[request.match_info["id"]])

    async def _listen(self) -> None:
        self._public = _Listener(Door(self._service, is_public=True))
        await self._public.start(HOST, self.port)
        self.port = _port(self._public)

    async def _unlisten(self) -> None:
        if self._public is not None:
            self._public.close()
            self._public.cut()
            await self._public.wait_closed()
            self._public = None

    async def _close(self) -> None:
        if self._looking_after is not None:
            self._looking_after.cancel()
        self.containers.close()
        await ended([each.process for each in self.alive() if each.process is not None])
        await self._unlisten()
        if self._inner is not None:
            self._inner.close()
            self._inner.cut()
            await self._inner.wait_closed()
        if self._blobs is not None:
            await self._blobs.cleanup()

    async def _fire(self, function: Function) -> Call:
        from modal._serialization import serialize_data_format

        data = serialize_data_format(((), {}), api_pb2.DATA_FORMAT_PICKLE)
        given = api_pb2.FunctionInput(args=data, data_format=api_pb2.DATA_FORMAT_PICKLE)
        kind = api_pb2.FUNCTION_CALL_INVOCATION_TYPE_ASYNC
        item = api_pb2.FunctionPutInputsItem(input=given)
        call = self._service.new_call(function, self._service.ids.new("fc"), item, kind)
        await asyncio.wait_for(call.finished.wait(), ANSWER_SECONDS)
        return call

    async def _serve(self, function: Function) -> subprocess.Popen[bytes]:
        return self.containers.serve(function)

    async def _do(self, work: Any) -> None:
        work()


def _port(listener: _Listener) -> int:
    assert listener._server is not None
    port: int = listener._server.sockets[0].getsockname()[1]
    return port


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=1):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
