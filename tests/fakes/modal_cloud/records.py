"""What the stand-in knows: apps, functions, images, calls. Plain data, changed on the server's loop only."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from modal_proto import api_pb2

State = Literal["waiting", "running", "done", "failed", "cancelled", "timed out"]
UNFINISHED: tuple[State, ...] = ("waiting", "running")
Result = api_pb2.GenericResult


class Ids:
    """Numbers in Modal's form: `fc-` and the like before them say what they are of."""

    def __init__(self) -> None:
        self._next: defaultdict[str, Iterator[int]] = defaultdict(lambda: itertools.count(1))

    def new(self, prefix: str) -> str:
        return f"{prefix}-{next(self._next[prefix]):06d}"


@dataclass
class App:
    id: str
    name: str
    state: int
    function_ids: dict[str, str] = field(default_factory=dict)
    class_ids: dict[str, str] = field(default_factory=dict)
    is_stopped: bool = False


@dataclass
class Image:
    env: dict[str, str]
    commands: list[str]
    """Of all its layers, the first layer's first."""


@dataclass
class Function:
    """A function, or all the methods of a class: what containers are started for."""

    id: str
    app: App
    tag: str
    handle: api_pb2.FunctionHandleMetadata = field(repr=False)
    definition: api_pb2.Function = field(default_factory=api_pb2.Function, repr=False)
    data: api_pb2.FunctionData = field(default_factory=api_pb2.FunctionData, repr=False)
    """The same as clients ask for it."""
    deployed: api_pb2.Function | None = field(default=None, repr=False)
    """The definition that runs; another takes its place when the app is published."""
    gpus: tuple[str, ...] = ()
    version: int = 0
    overrides: dict[str, int] = field(default_factory=dict)
    waiting: deque[Call] = field(default_factory=deque)

    @property
    def autoscaler(self) -> dict[str, int]:
        """What was deployed, with what was changed since."""
        told = (self.deployed or self.definition).autoscaler_settings
        return {each.name: value for each, value in told.ListFields()} | self.overrides

    @property
    def most_inputs(self) -> int:
        return (self.deployed or self.definition).max_concurrent_inputs or 1

    @property
    def usual_inputs(self) -> int:
        return (self.deployed or self.definition).target_concurrent_inputs or self.most_inputs


@dataclass
class Call:
    """One input of one call, as the cloud sees it."""

    id: str
    """Of the function call, as `FunctionCall.object_id` says it."""
    input_id: str
    index: int
    function: Function
    message: api_pb2.FunctionInput = field(repr=False)
    kind: int
    load: Callable[[Call], Any] = field(repr=False)
    state: State = "waiting"
    attempt: int = 0
    containers: list[str] = field(default_factory=list)
    """Those that it was given to, one an attempt."""
    started_at: float = 0.0
    not_before: float = 0.0
    seconds: float = 0.0
    """That containers worked on it, all attempts together."""
    is_cancelling: bool = False
    cancelled_at: float = 0.0
    output: api_pb2.FunctionGetOutputsItem | None = field(default=None, repr=False)
    finished: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def name(self) -> str:
        """As in `Images.paint`."""
        tag = self.function.tag.removesuffix(".*")
        return f"{tag}.{self.message.method_name}" if self.message.method_name else tag

    @property
    def arguments(self) -> tuple[tuple[Any, ...], dict[str, Any]]:
        """As the caller gave them."""
        loaded: tuple[tuple[Any, ...], dict[str, Any]] = self.load(self)
        return loaded

    @property
    def gpu_seconds(self) -> float:
        return self.seconds if self.function.gpus else 0.0

    def stopped_running(self) -> None:
        self.seconds += time.monotonic() - self.started_at

    def finish(self, state: State, output: api_pb2.FunctionGetOutputsItem) -> None:
        self.state, self.output = state, output
        output.input_id, output.idx, output.retry_count = self.input_id, self.index, self.attempt
        self.finished.set()


@dataclass
class Faults:
    """What goes wrong from now on; set the attributes from any thread. RPCs are named as in `FunctionMap`."""

    latency_s: float = 0.0
    """Before every answer to the client; containers have a network of their own."""
    latency_of: dict[str, float] = field(default_factory=dict)
    cold_start_s: float = 0.0
    """Before a container's process starts."""
    refuse_tokens: bool = False
    hang: set[str] = field(default_factory=set)
    """RPCs that are not answered while they stand here."""
    hold_inputs: bool = False
    """No container is given anything: calls wait for ever."""
    cut: dict[str, int] = field(default_factory=dict)
    """RPC and how many more of its answers are cut off; "*" is every RPC."""
    errors: dict[str, list[Any]] = field(default_factory=dict)
    """RPC and the gRPC statuses that its next requests are answered with."""
    before_answer: dict[str, Callable[[], None]] = field(default_factory=dict)
    """RPC and what happens, on a thread, when its work is done and before the client hears of it."""
    fail_inputs: int = 0
    """How many more inputs fail by an exception without having run."""
    expire_results: bool = False
    """Results are gone, as they are a week after the call."""
