"""The machines of the stand-in: a container is a process of Modal's own container entrypoint."""

from __future__ import annotations

import asyncio
import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from modal_proto import api_pb2

from tests.fakes.modal_cloud.records import Call, Function, Result

if TYPE_CHECKING:
    from tests.fakes.modal_cloud.service import Service

TICK_SECONDS = 0.05
USUAL_IDLE_SECONDS = 60
"""That a container waits for work where the deployment does not say; Modal's default."""
GRACE_SECONDS = 5.0
CANCEL_SECONDS = 3.0
ENDS_WITH_ITS_PARENT = """
import ctypes, os, signal, sys
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)
if os.getppid() != int(sys.argv[1]):
    sys.exit("Whoever started this is gone.")
os.execv(sys.argv[2], sys.argv[2:])
"""
"""Before the program of a container, so that none is left behind by a test that is killed; elsewhere than on Linux one
ends when it has given up reaching the server."""
SERVE = """
import importlib, signal, sys
module, name = sys.argv[1:]
getattr(importlib.import_module(module), name).local()
signal.pause()
"""
"""Starts a web server as a container would, without Modal's proxy before it."""


class MachineError(Exception):
    """A container cannot be made as deployed; the calls that wait for it fail with the sentence."""


@dataclass
class Container:
    id: str
    function: Function
    version: int
    begins_at: float
    """Before it, the cold start that was asked for."""
    began_at: float = 0.0
    process: subprocess.Popen[bytes] | None = None
    running: dict[str, Call] = field(default_factory=dict)
    cancels: asyncio.Queue[str] = field(default_factory=asyncio.Queue)
    failure: Result | None = None
    is_ready: bool = False
    is_leaving: bool = False
    idle_since: float = field(default_factory=time.monotonic)

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


class Containers:
    def __init__(self, service: Service, home: Path, machine: dict[str, str]) -> None:
        self.all: dict[str, Container] = {}
        self.started = 0
        self.billed_gpu_seconds = 0.0
        self.address = ""
        """Where they reach the server; it stays when the public one is stopped."""
        self._service = service
        self._home = home
        self._machine = machine

    def of(self, function: Function) -> list[Container]:
        return [each for each in self.all.values() if each.function is function]

    async def look_after(self) -> None:
        while True:
            for function in list(self._service.functions.values()):
                self._look_after(function)
            await asyncio.sleep(TICK_SECONDS)

    def close(self) -> None:
        for container in self.all.values():
            container.kill()

    def _look_after(self, function: Function) -> None:
        mine = self.of(function)
        for container in mine:
            self._begin(container)
            self._bury(container)
            self._stop_what_takes_too_long(container)
        if function.deployed is not None:
            self._scale(function)

    # Life and death

    def start(self, function: Function) -> Container:
        begins_at = time.monotonic() + self._service.faults.cold_start_s
        container = Container(self._service.ids.new("ta"), function, function.version, begins_at)
        self.all[container.id] = container
        self.started += 1
        return container

    def _begin(self, container: Container) -> None:
        if container.process is not None or time.monotonic() < container.begins_at:
            return
        container.began_at = container.idle_since = time.monotonic()
        try:
            container.process = self._run(container, [sys.executable, "-m", "modal._container_entrypoint"])
        except MachineError as error:
            self._give_up(container, Result(status=Result.GENERIC_STATUS_FAILURE, exception=str(error)))

    def _run(self, container: Container, command: list[str]) -> subprocess.Popen[bytes]:
        function = container.function
        code = self._unpacked(function)
        self._mount_volumes(function)
        arguments = self._home / f"{container.id}.arguments"
        arguments.write_bytes(self._arguments(container).SerializeToString())
        with self.log(container.id).open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-S", "-c", ENDS_WITH_ITS_PARENT, str(os.getpid()), *command], cwd=code,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                env=self._environment(container, code, arguments),
            )  # fmt: skip

    def serve(self, function: Function) -> subprocess.Popen[bytes]:
        """A process of a web server, which says nothing to the cloud."""
        now = time.monotonic()
        container = Container(self._service.ids.new("ta"), function, function.version, now, now, is_ready=True)
        definition = function.deployed or function.definition
        name = definition.implementation_name or definition.function_name
        container.process = process = self._run(
            container, [sys.executable, "-c", SERVE, definition.module_name, name]
        )  # fmt: skip
        container.is_leaving = True
        self.all[container.id] = container
        return process

    def log(self, container_id: str) -> Path:
        return self._home / f"{container_id}.log"

    def _environment(self, container: Container, code: Path, arguments: Path) -> dict[str, str]:
        """What a container finds: the image's, the secrets', Modal's own, and nothing of whoever deployed it."""
        definition = container.function.deployed or container.function.definition
        image = self._service.images[definition.image_id]
        secrets = [self._service.secrets[each] for each in definition.secret_ids]
        env = {"PATH": f"{Path(sys.executable).parent}:{os.defpath}", "HOME": str(code), "LANG": "C.UTF-8"}
        for each in (self._machine, image.env, *secrets):
            env |= each
        return env | {
            "MODAL_IS_REMOTE": "1", "MODAL_SERVER_URL": self.address, "MODAL_TASK_ID": container.id,
            "MODAL_OVERRIDE_HEADERS": f"x-modal-task-id:{container.id}", "MODAL_ENVIRONMENT": "main",
            "MODAL_IMAGE_ID": definition.image_id, "MODAL_CONTAINER_ARGUMENTS_PATH": str(arguments),
            "PYTHONPATH": str(code), "PYTHONUNBUFFERED": "1",
        }  # fmt: skip

    def _arguments(self, container: Container) -> api_pb2.ContainerArguments:
        function = container.function
        return api_pb2.ContainerArguments(
            task_id=container.id, function_id=function.id, app_id=function.app.id, function_def=function.deployed,
            environment_name="main", app_layout=self._service.layout(function.app),
        )  # fmt: skip

    def _unpacked(self, function: Function) -> Path:
        """The files that were uploaded with this version; what is /root on Modal."""
        folder = self._home / "code" / f"{function.id}-{function.version}"
        if not folder.exists():
            (folder / "root").mkdir(parents=True)
            for mount in (function.deployed or function.definition).mount_ids:
                for file in self._service.mounts[mount]:
                    place = folder / file.filename.lstrip("/")
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_bytes(self._service.files[file.sha256_hex])
        return folder / "root"

    def _mount_volumes(self, function: Function) -> None:
        for mount in (function.deployed or function.definition).volume_mounts:
            place, folder = Path(mount.mount_path), self._service.volumes[mount.volume_id]
            if place.is_symlink() and place.readlink() == folder:
                continue
            if place.exists() or not place.parent.is_dir() or not os.access(place.parent, os.W_OK):
                raise MachineError(f"The stand-in mounts a volume by a symbolic link, and cannot make one at {place}.")
            if place.parent == Path("/"):
                raise MachineError(f"The stand-in makes no link in the root folder: deploy with another than {place}.")
            place.symlink_to(folder)

    def _bury(self, container: Container) -> None:
        process = container.process
        if process is None or process.poll() is None:
            return
        self._forget(container)
        for call in container.running.values():
            call.stopped_running()
            died = Result(
                status=Result.GENERIC_STATUS_FAILURE, exception=f"The container ended with code {process.poll()}."
            )
            self._service.retry_or_fail(call, died)
        if container.failure is None and not container.is_ready and not container.is_leaving:
            said = self.log(container.id).read_text(errors="replace")[-2000:]
            container.failure = Result(status=Result.GENERIC_STATUS_FAILURE, exception=f"The start failed: {said}")
        if container.failure is not None:
            self._give_up(container, container.failure)

    def _forget(self, container: Container) -> None:
        del self.all[container.id]
        if container.function.gpus and container.began_at:
            self.billed_gpu_seconds += time.monotonic() - container.began_at

    def _give_up(self, container: Container, failure: Result) -> None:
        """What waits for a container that cannot start fails with it. Modal tries some more before."""
        self.all.pop(container.id, None)
        for call in list(container.function.waiting):
            self._service.fail(call, failure)

    def _stop_what_takes_too_long(self, container: Container) -> None:
        definition = container.function.deployed or container.function.definition
        now = time.monotonic()
        for call in list(container.running.values()):
            is_late = now - call.started_at > definition.timeout_secs
            # A container that is told to cancel what it is only just beginning may never say that it did.
            if is_late or (call.is_cancelling and now - call.cancelled_at > CANCEL_SECONDS):
                container.cancels.put_nowait(call.input_id)
                del container.running[call.input_id]
                call.stopped_running()
                late = f"Task's current input hit its timeout of {definition.timeout_secs}s"
                self._service.retry_or_fail(call, Result(status=Result.GENERIC_STATUS_TIMEOUT, exception=late))
        slow = definition.startup_timeout_secs or definition.timeout_secs
        if container.process is not None and not container.is_ready and now - container.began_at > slow:
            container.failure = Result(status=Result.GENERIC_STATUS_TIMEOUT, exception=f"Not started in {slow}s.")
            container.kill()

    # How many

    def _scale(self, function: Function) -> None:
        settings = function.autoscaler
        alive = [each for each in self.of(function) if not each.is_leaving]
        for container in alive:
            if container.version != function.version or function.app.is_stopped:
                container.is_leaving = True
        alive = [each for each in alive if not each.is_leaving]
        if function.app.is_stopped:
            for container in self.of(function):
                container.kill()
            return
        for _ in range(self._wanted(function, alive, settings) - len(alive)):
            self.start(function)
        self._let_go(alive, settings)

    def _wanted(self, function: Function, alive: list[Container], settings: dict[str, int]) -> int:
        busy = len(function.waiting) + sum(len(each.running) for each in alive)
        wanted = math.ceil(busy / function.usual_inputs)
        if busy:
            wanted += settings.get("buffer_containers", 0)
        return min(max(wanted, settings.get("min_containers", 0)), settings.get("max_containers") or 1000)

    def _let_go(self, alive: list[Container], settings: dict[str, int]) -> None:
        after = settings.get("scaledown_window") or USUAL_IDLE_SECONDS
        idle = [each for each in alive if each.is_ready and not each.running]
        idle = [each for each in idle if time.monotonic() - each.idle_since > after]
        spare = max(0, len(alive) - settings.get("min_containers", 0))
        for container in idle[:spare]:
            container.is_leaving = True


async def ended(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    """Waits for processes that were killed."""
    for process in processes:
        await asyncio.to_thread(process.wait, GRACE_SECONDS)
