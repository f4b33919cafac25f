"""The gRPC side: each method answers the RPC of its name, for the client and for the containers."""

from __future__ import annotations

import asyncio
import re
import shlex
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from google.protobuf.empty_pb2 import Empty
from grpclib import GRPCError, Status
from modal_proto import api_pb2
from modal_proto.api_grpc import ModalClientBase

from tests.fakes.modal_cloud.containers import Container, Containers
from tests.fakes.modal_cloud.records import UNFINISHED, App, Call, Faults, Function, Ids, Image, Result

BUILDER_VERSION = "2025.06"
WORKSPACE = "stand-in"
POLL_SECONDS = 0.02
CONTAINER_WAIT_SECONDS = 10.0
"""How long a container's question for work, or for cancellations, is left open."""
LOG_WAIT_SECONDS = 5.0
LINE = re.compile(r"^ENV\s+(.*)$")


def not_found(what: str) -> GRPCError:
    return GRPCError(Status.NOT_FOUND, what)


class Service:
    """Everything in memory but the files of the containers and volumes."""

    def __init__(self, home: Path, machine: dict[str, str], token: tuple[str, str]) -> None:
        self.ids = Ids()
        self.faults = Faults()
        self.token = token
        self.apps: dict[str, App] = {}
        self.functions: dict[str, Function] = {}
        self.images: dict[str, Image] = {}
        self.mounts: dict[str, list[api_pb2.MountFile]] = {"": []}
        self.files: dict[str, bytes] = {}
        self.volumes: dict[str, Path] = {}
        self.secrets: dict[str, dict[str, str]] = {}
        self.dicts: dict[str, dict[bytes, bytes]] = {}
        self.blobs: dict[str, bytes] = {}
        self.calls: dict[str, list[Call]] = {}
        self.inputs: dict[str, Call] = {}
        self.requests: list[str] = []
        """The RPCs of the client so far, by name."""
        self.blob_address = ""
        self.containers = Containers(self, home, machine)
        self._home = home
        self._named: dict[tuple[str, str], str] = {}
        self._answered: dict[str, api_pb2.FunctionMapResponse] = {}
        self._read: dict[str, dict[str, int]] = {}
        """How much of each container's log its app's reader has had."""

    def layout(self, app: App) -> api_pb2.AppLayout:
        objects = [
            api_pb2.Object(object_id=each, function_handle_metadata=self.functions[each].handle)
            for each in app.function_ids.values()
        ]
        objects += [
            api_pb2.Object(object_id=each, class_handle_metadata=api_pb2.ClassHandleMetadata())
            for each in app.class_ids.values()
        ]
        used = {
            each.object_id for function_id in app.function_ids.values()
            for each in self.functions[function_id].definition.object_dependencies
        }  # fmt: skip
        objects += [self._as_object(each) for each in sorted(used)]
        return api_pb2.AppLayout(objects=objects, function_ids=app.function_ids, class_ids=app.class_ids)

    def _as_object(self, object_id: str) -> api_pb2.Object:
        """What functions are made of, with what the client wants to know of it."""
        if object_id in self.volumes:
            metadata = api_pb2.VolumeMetadata(name=self.volumes[object_id].name)
            return api_pb2.Object(object_id=object_id, volume_metadata=metadata)
        if object_id in self.mounts:
            files = api_pb2.MountHandleMetadata(content_checksum_sha256_hex=object_id)
            return api_pb2.Object(object_id=object_id, mount_handle_metadata=files)
        return api_pb2.Object(object_id=object_id)

    def deployed_app(self, name: str) -> App | None:
        found = [each for each in self.apps.values() if each.name == name and not each.is_stopped]
        return next((each for each in found if each.state == api_pb2.APP_STATE_DEPLOYED), None)

    def stop_app(self, app: App) -> None:
        app.is_stopped = True
        for function_id in app.function_ids.values():
            for call in list(self.functions[function_id].waiting):
                self.fail(call, Result(status=Result.GENERIC_STATUS_TERMINATED, exception="The app was stopped."))

    # Calls

    def new_call(self, function: Function, call_id: str, item: api_pb2.FunctionPutInputsItem, kind: int) -> Call:
        call = Call(call_id, self.ids.new("in"), item.idx, function, item.input, kind, self._arguments)
        self.calls.setdefault(call_id, []).append(call)
        self.inputs[call.input_id] = call
        if self.faults.fail_inputs > 0:
            self.faults.fail_inputs -= 1
            self.fail(call, Result(status=Result.GENERIC_STATUS_FAILURE, exception="Injected failure."))
        else:
            function.waiting.append(call)
        return call

    def fail(self, call: Call, result: Result) -> None:
        with suppress(ValueError):
            call.function.waiting.remove(call)
        states = {Result.GENERIC_STATUS_TERMINATED: "cancelled", Result.GENERIC_STATUS_TIMEOUT: "timed out"}
        call.finish(states.get(result.status, "failed"), api_pb2.FunctionGetOutputsItem(result=result))

    def retry_or_fail(self, call: Call, result: Result) -> None:
        """What an attempt that ended badly comes to; its seconds have been counted."""
        policy = (call.function.deployed or call.function.definition).retry_policy
        if call.is_cancelling:
            self.fail(call, Result(status=Result.GENERIC_STATUS_TERMINATED, exception="The call was cancelled."))
        elif call.attempt >= policy.retries:
            self.fail(call, result)
        else:
            delay_ms = policy.initial_delay_ms * max(policy.backoff_coefficient, 1.0) ** call.attempt
            call.attempt += 1
            call.state = "waiting"
            call.not_before = time.monotonic() + delay_ms / 1000
            call.function.waiting.append(call)

    def _arguments(self, call: Call) -> Any:
        from modal._serialization import deserialize_data_format

        message = call.message
        data = self.blobs[message.args_blob_id] if message.args_blob_id else message.args
        return deserialize_data_format(data, message.data_format, None)

    # The client: workspace and apps

    async def client_hello(self, request: Empty) -> api_pb2.ClientHelloResponse:
        return api_pb2.ClientHelloResponse(image_builder_version=BUILDER_VERSION)

    async def token_flow_create(self, request: Any) -> api_pb2.TokenFlowCreateResponse:
        page = "http://stand-in.invalid/token-flow"
        return api_pb2.TokenFlowCreateResponse(token_flow_id=self.ids.new("tf"), web_url=page, wait_secret="known")

    async def token_flow_wait(self, request: Any) -> api_pb2.TokenFlowWaitResponse:
        """Whoever asked has signed in on that page at once."""
        token_id, token_secret = self.token
        return api_pb2.TokenFlowWaitResponse(
            token_id=token_id, token_secret=token_secret, workspace_username=WORKSPACE
        )  # fmt: skip

    async def workspace_name_lookup(self, request: Any) -> api_pb2.WorkspaceNameLookupResponse:
        return api_pb2.WorkspaceNameLookupResponse(workspace_name=WORKSPACE, username=WORKSPACE)

    async def environment_get_or_create(self, request: Any) -> api_pb2.EnvironmentGetOrCreateResponse:
        settings = api_pb2.EnvironmentSettings(image_builder_version=BUILDER_VERSION)
        metadata = api_pb2.EnvironmentMetadata(name=request.deployment_name or "main", settings=settings)
        return api_pb2.EnvironmentGetOrCreateResponse(environment_id="en-main", metadata=metadata)

    async def app_get_by_deployment_name(self, request: Any) -> api_pb2.AppGetByDeploymentNameResponse:
        app = self.deployed_app(request.name)
        return api_pb2.AppGetByDeploymentNameResponse(app_id=app.id if app else "")

    async def app_create(self, request: Any) -> api_pb2.AppCreateResponse:
        app = App(self.ids.new("ap"), request.description, request.app_state)
        self.apps[app.id] = app
        page = f"http://stand-in.invalid/apps/{app.id}"
        return api_pb2.AppCreateResponse(app_id=app.id, app_page_url=page, app_logs_url=page)

    async def app_get_layout(self, request: Any) -> api_pb2.AppGetLayoutResponse:
        return api_pb2.AppGetLayoutResponse(app_layout=self.layout(self.apps[request.app_id]))

    async def app_heartbeat(self, request: Any) -> Empty:
        return Empty()

    async def app_publish(self, request: Any) -> api_pb2.AppPublishResponse:
        app = self.apps[request.app_id]
        app.name, app.state = request.name or app.name, request.app_state
        for gone in set(app.function_ids.values()) - set(request.function_ids.values()):
            for container in self.containers.of(self.functions[gone]):
                container.is_leaving = True
            self.functions[gone].deployed = None
        app.function_ids, app.class_ids = dict(request.function_ids), dict(request.class_ids)
        for function_id in app.function_ids.values():
            self._publish(self.functions[function_id])
        page = f"http://stand-in.invalid/apps/{app.id}"
        return api_pb2.AppPublishResponse(url=page, deployed_at=time.time())

    def _publish(self, function: Function) -> None:
        function.deployed = function.definition
        function.version += 1
        function.overrides = {}

    async def app_client_disconnect(self, request: Any) -> Empty:
        app = self.apps[request.app_id]
        if app.state != api_pb2.APP_STATE_DEPLOYED:
            self.stop_app(app)
        return Empty()

    async def app_stop(self, request: Any) -> Empty:
        self.stop_app(self.apps[request.app_id])
        return Empty()

    async def app_get_logs(self, request: Any) -> AsyncIterator[api_pb2.TaskLogsBatch]:
        """What the app's containers print, as it comes."""
        app = self.apps[request.app_id]
        deadline = time.monotonic() + LOG_WAIT_SECONDS
        while time.monotonic() < deadline:
            is_stopped = app.is_stopped
            for batch in self._new_logs(app, self._read.setdefault(app.id, {})):
                yield batch
            if is_stopped:
                yield api_pb2.TaskLogsBatch(app_done=True)
                return
            await asyncio.sleep(0.1)

    def _new_logs(self, app: App, offsets: dict[str, int]) -> list[api_pb2.TaskLogsBatch]:
        batches = []
        for container in list(self.containers.all.values()):
            path = self.containers.log(container.id)
            if container.function.app is not app or not path.exists():
                continue
            said = path.read_bytes()[offsets.get(container.id, 0) :]
            offsets[container.id] = offsets.get(container.id, 0) + len(said)
            if said:
                line = api_pb2.TaskLogs(
                    data=said.decode(errors="replace"), file_descriptor=api_pb2.FILE_DESCRIPTOR_STDERR
                )
                batches.append(api_pb2.TaskLogsBatch(task_id=container.id, items=[line]))
        return batches

    # The client: what a function is made of

    async def mount_batched_check_existence(self, request: Any) -> api_pb2.MountBatchedCheckExistenceResponse:
        missing = [each for each in request.sha256_hex_hashes if each not in self.files]
        return api_pb2.MountBatchedCheckExistenceResponse(missing_sha256_hex_hashes=missing)

    async def mount_put_file(self, request: Any) -> api_pb2.MountPutFileResponse:
        if request.data_blob_id:
            self.files[request.sha256_hex] = self.blobs[request.data_blob_id]
        elif request.WhichOneof("data_oneof") == "data":
            self.files[request.sha256_hex] = request.data
        return api_pb2.MountPutFileResponse(exists=request.sha256_hex in self.files)

    async def mount_get_or_create(self, request: Any) -> api_pb2.MountGetOrCreateResponse:
        """Those of Modal's own packages are empty: a container here has them from the same installation."""
        mount_id = self.ids.new("mo")
        self.mounts[mount_id] = list(request.files)
        metadata = api_pb2.MountHandleMetadata(content_checksum_sha256_hex=mount_id)
        return api_pb2.MountGetOrCreateResponse(mount_id=mount_id, handle_metadata=metadata)

    async def image_get_or_create(self, request: Any) -> api_pb2.ImageGetOrCreateResponse:
        """Built at once: nothing is installed, a container has the packages of this machine."""
        env: dict[str, str] = {}
        commands: list[str] = []
        for base in request.image.base_images:
            env |= self.images[base.image_id].env
            commands += self.images[base.image_id].commands
        for command in request.image.dockerfile_commands:
            if told := LINE.match(command):
                env |= dict(pair.split("=", 1) for pair in shlex.split(told[1]))
        image_id = self.ids.new("im")
        self.images[image_id] = Image(env, [*commands, *request.image.dockerfile_commands])
        return api_pb2.ImageGetOrCreateResponse(
            image_id=image_id, result=Result(status=Result.GENERIC_STATUS_SUCCESS),
            metadata=api_pb2.ImageMetadata(python_version_info="3.11", image_builder_version=BUILDER_VERSION),
        )  # fmt: skip

    async def volume_get_or_create(self, request: Any) -> api_pb2.VolumeGetOrCreateResponse:
        volume_id = self._id_of("vo", request)
        folder = self._home / "volumes" / request.deployment_name
        folder.mkdir(parents=True, exist_ok=True)
        self.volumes[volume_id] = folder
        return api_pb2.VolumeGetOrCreateResponse(
            volume_id=volume_id, version=request.version,
            metadata=api_pb2.VolumeMetadata(name=request.deployment_name, version=request.version),
        )  # fmt: skip

    async def volume_commit(self, request: Any) -> api_pb2.VolumeCommitResponse:
        return api_pb2.VolumeCommitResponse()

    async def volume_reload(self, request: Any) -> Empty:
        return Empty()

    async def secret_get_or_create(self, request: Any) -> api_pb2.SecretGetOrCreateResponse:
        anonymous = request.object_creation_type == api_pb2.OBJECT_CREATION_TYPE_ANONYMOUS_OWNED_BY_APP
        secret_id = self.ids.new("st") if anonymous else self._id_of("st", request)
        if request.env_dict or secret_id not in self.secrets:
            self.secrets[secret_id] = dict(request.env_dict)
        if missing := set(request.required_keys) - set(self.secrets[secret_id]):
            raise not_found(f"Secret is missing key(s): {', '.join(sorted(missing))}")
        metadata = api_pb2.SecretMetadata(name=request.deployment_name, keys=list(self.secrets[secret_id]))
        return api_pb2.SecretGetOrCreateResponse(secret_id=secret_id, metadata=metadata)

    def create_secret(self, name: str, env: dict[str, str]) -> None:
        secret_id = self._named.setdefault(("st", name), self.ids.new("st"))
        self.secrets[secret_id] = env

    def _id_of(self, kind: str, request: Any) -> str:
        """Of the thing of that name, which is made if the request says so."""
        name = (kind, request.deployment_name)
        may_create = request.object_creation_type != api_pb2.OBJECT_CREATION_TYPE_UNSPECIFIED
        if name not in self._named and not may_create:
            words = {"st": "Secret", "vo": "Volume", "di": "Dict"}
            raise not_found(f"{words[kind]} '{request.deployment_name}' not found in environment 'main'")
        if name not in self._named:
            self._named[name] = self.ids.new(kind)
        return self._named[name]

    async def function_precreate(self, request: Any) -> api_pb2.FunctionPrecreateResponse:
        app = self.apps[request.app_id]
        function_id = request.existing_function_id or self.ids.new("fu")
        handle = api_pb2.FunctionHandleMetadata(
            function_name=request.function_name, function_type=request.function_type, app_id=app.id,
            function_schema=request.function_schema, supported_input_formats=request.supported_input_formats,
            supported_output_formats=request.supported_output_formats,
        )  # fmt: skip
        for name, method in request.method_definitions.items():
            handle.method_handle_metadata[name].CopyFrom(self._method_handle(app, name, method))
        if function_id in self.functions:
            self.functions[function_id].handle = handle
        else:
            self.functions[function_id] = Function(function_id, app, request.function_name, handle)
        return api_pb2.FunctionPrecreateResponse(function_id=function_id, handle_metadata=handle)

    def _method_handle(self, app: App, name: str, method: Any) -> api_pb2.FunctionHandleMetadata:
        return api_pb2.FunctionHandleMetadata(
            function_name=method.function_name, function_type=method.function_type, is_method=True,
            use_method_name=name, function_schema=method.function_schema, app_id=app.id,
            supported_input_formats=method.supported_input_formats,
            supported_output_formats=method.supported_output_formats,
        )  # fmt: skip

    async def function_create(self, request: Any) -> api_pb2.FunctionCreateResponse:
        function = self.functions[request.existing_function_id]
        ranked = sorted(request.function_data.ranked_functions, key=lambda each: each.rank)
        definition = ranked[0].function if ranked else request.function
        every = [each.function for each in ranked] or [definition]
        function.data = request.function_data if ranked else self._as_data(definition)
        function.definition = definition
        function.gpus = tuple(gpu for each in every if (gpu := each.resources.gpu_config.gpu_type))
        function.handle.definition_id = self.ids.new("de")
        function.handle.class_parameter_info.CopyFrom(definition.class_parameter_info)
        if definition.webhook_config.type:
            label = definition.webhook_config.requested_suffix or f"{function.app.name}-{function.tag}"
            function.handle.web_url = f"https://stand-in--{label.replace('_', '-').lower()}.modal.invalid"
            definition.web_url = function.handle.web_url
        return api_pb2.FunctionCreateResponse(
            function_id=function.id, handle_metadata=function.handle, function=definition, function_data=function.data
        )

    def _as_data(self, definition: api_pb2.Function) -> api_pb2.FunctionData:
        data = api_pb2.FunctionData(
            module_name=definition.module_name, function_name=definition.function_name,
            function_type=definition.function_type, web_url=definition.web_url,
            ranked_functions=[api_pb2.FunctionData.RankedFunction(rank=0, function=definition)],
        )  # fmt: skip
        data.webhook_config.CopyFrom(definition.webhook_config)
        if definition.HasField("schedule"):
            data.schedule.CopyFrom(definition.schedule)
        return data

    async def class_create(self, request: Any) -> api_pb2.ClassCreateResponse:
        class_id = request.existing_class_id or self.ids.new("cs")
        return api_pb2.ClassCreateResponse(class_id=class_id, handle_metadata=api_pb2.ClassHandleMetadata())

    # The client: finding and calling

    def _lookup(self, app_name: str, tag: str, ids: Callable[[App], dict[str, str]]) -> str:
        app = self.deployed_app(app_name)
        if app is None:
            raise not_found(f"App '{app_name}' not found in environment 'main'")
        if tag not in ids(app):
            raise not_found(f"App '{app_name}' has no '{tag}'")
        return ids(app)[tag]

    async def class_get(self, request: Any) -> api_pb2.ClassGetResponse:
        class_id = self._lookup(request.app_name, request.object_tag, lambda app: app.class_ids)
        return api_pb2.ClassGetResponse(class_id=class_id, handle_metadata=api_pb2.ClassHandleMetadata())

    async def function_get(self, request: Any) -> api_pb2.FunctionGetResponse:
        function_id = self._lookup(request.app_name, request.object_tag, lambda app: app.function_ids)
        found = self.functions[function_id]
        return api_pb2.FunctionGetResponse(function_id=function_id, handle_metadata=found.handle, function=found.data)

    async def function_map(self, request: Any, key: str = "") -> api_pb2.FunctionMapResponse:
        """The same call for the same idempotency key, which the client sends along when it tries again."""
        if key and key in self._answered:
            return self._answered[key]
        function = self.functions[request.function_id]
        call_id = self.ids.new("fc")
        self.calls[call_id] = []
        put = self._put(function, call_id, request.pipelined_inputs, request.function_call_invocation_type)
        answer = api_pb2.FunctionMapResponse(
            function_call_id=call_id, pipelined_inputs=put, function_call_jwt=call_id, max_inputs_outstanding=1000,
            retry_policy=(function.deployed or function.definition).retry_policy,
        )  # fmt: skip
        if key:
            self._answered[key] = answer
        return answer

    async def function_put_inputs(self, request: Any) -> api_pb2.FunctionPutInputsResponse:
        function = self.functions[request.function_id]
        kind = api_pb2.FUNCTION_CALL_INVOCATION_TYPE_SYNC
        return api_pb2.FunctionPutInputsResponse(
            inputs=self._put(function, request.function_call_id, request.inputs, kind)
        )

    def _put(self, function: Function, call_id: str, items: Any, kind: int) -> list[Any]:
        calls = [self.new_call(function, call_id, item, kind) for item in items]
        return [
            api_pb2.FunctionPutInputsResponseItem(idx=call.index, input_id=call.input_id, input_jwt=call.input_id)
            for call in calls
        ]

    async def function_get_outputs(self, request: Any) -> api_pb2.FunctionGetOutputsResponse:
        """One result by its index, or those of a whole map in the order in which they came."""
        calls = self.calls.get(request.function_call_id)
        if calls is None or self.faults.expire_results:
            return api_pb2.FunctionGetOutputsResponse(num_unfinished_inputs=0)
        seen = int(request.last_entry_id.partition("-")[0] or 0)
        deadline = time.monotonic() + request.timeout
        while not (ready := self._ready(calls, request, seen)) and time.monotonic() < deadline:
            await asyncio.sleep(POLL_SECONDS)
            if self.faults.expire_results:
                break
        return api_pb2.FunctionGetOutputsResponse(
            outputs=[call.output for call in ready], idxs=[call.index for call in ready],
            last_entry_id=f"{seen + len(ready)}-0",
            num_unfinished_inputs=sum(call.state in UNFINISHED for call in calls),
        )  # fmt: skip

    def _ready(self, calls: list[Call], request: Any, seen: int) -> list[Call]:
        finished = [call for call in calls if call.state not in UNFINISHED]
        if request.HasField("start_idx"):
            return [call for call in finished if request.start_idx <= call.index <= request.end_idx]
        if seen:
            return finished[seen:]
        return finished

    async def function_call_from_id(self, request: Any) -> api_pb2.FunctionCallFromIdResponse:
        if request.function_call_id not in self.calls:
            raise not_found(f"No FunctionCall with ID '{request.function_call_id}' found")
        count = len(self.calls[request.function_call_id])
        return api_pb2.FunctionCallFromIdResponse(function_call_id=request.function_call_id, num_inputs=count)

    async def function_call_cancel(self, request: Any) -> Empty:
        cancelled = Result(status=Result.GENERIC_STATUS_TERMINATED, exception="The call was cancelled.")
        for call in self.calls.get(request.function_call_id, []):
            if call.state == "waiting":
                self.fail(call, cancelled)
            elif call.state == "running":
                call.is_cancelling, call.cancelled_at = True, time.monotonic()
                container = self.containers.all[call.containers[-1]]
                container.cancels.put_nowait(call.input_id)
                if request.terminate_containers:
                    container.kill()
        return Empty()

    async def function_get_current_stats(self, request: Any) -> api_pb2.FunctionStats:
        function = self.functions[request.function_id]
        mine = self.containers.of(function)
        running = sum(len(each.running) for each in mine)
        return api_pb2.FunctionStats(
            backlog=len(function.waiting), num_total_tasks=len(mine), num_running_inputs=running,
            input_headroom=len(mine) * function.most_inputs - running,
        )  # fmt: skip

    async def function_update_scheduling_params(self, request: Any) -> Any:
        function = self.functions[request.function_id]
        function.overrides |= {each.name: value for each, value in request.settings.ListFields()}
        settings = api_pb2.AutoscalerSettings(**function.autoscaler)
        return api_pb2.FunctionUpdateSchedulingParamsResponse(current_settings=settings)

    async def function_get_scheduling_params(self, request: Any) -> api_pb2.FunctionGetSchedulingParamsResponse:
        settings = api_pb2.AutoscalerSettings(**self.functions[request.function_id].autoscaler)
        configuration = api_pb2.AutoscalerConfiguration(settings=settings)
        return api_pb2.FunctionGetSchedulingParamsResponse(autoscaler_configuration=configuration)

    # Blobs and dicts

    async def blob_create(self, request: Any) -> api_pb2.BlobCreateResponse:
        blob_id = self.ids.new("bl")
        address = f"{self.blob_address}/{blob_id}"
        return api_pb2.BlobCreateResponse(
            blob_id=blob_id, upload_url=address, blob_ids=[blob_id],
            upload_urls=api_pb2.UploadUrlList(items=[address]),
        )  # fmt: skip

    async def blob_get(self, request: Any) -> api_pb2.BlobGetResponse:
        return api_pb2.BlobGetResponse(download_url=f"{self.blob_address}/{request.blob_id}")

    async def dict_get_or_create(self, request: Any) -> api_pb2.DictGetOrCreateResponse:
        dict_id = self._id_of("di", request)
        self.dicts.setdefault(dict_id, {})
        metadata = api_pb2.DictMetadata(name=request.deployment_name)
        return api_pb2.DictGetOrCreateResponse(dict_id=dict_id, metadata=metadata)

    async def dict_update(self, request: Any) -> api_pb2.DictUpdateResponse:
        entries = self.dicts[request.dict_id]
        keeps = request.if_not_exists and any(each.key in entries for each in request.updates)
        if not keeps:
            entries |= {each.key: each.value for each in request.updates}
        return api_pb2.DictUpdateResponse(created=not keeps)

    async def dict_get(self, request: Any) -> api_pb2.DictGetResponse:
        value = self.dicts[request.dict_id].get(request.key)
        return api_pb2.DictGetResponse(found=value is not None, value=value)

    async def dict_pop(self, request: Any) -> api_pb2.DictPopResponse:
        value = self.dicts[request.dict_id].pop(request.key, None)
        return api_pb2.DictPopResponse(found=value is not None, value=value)

    async def dict_contains(self, request: Any) -> api_pb2.DictContainsResponse:
        return api_pb2.DictContainsResponse(found=request.key in self.dicts[request.dict_id])

    async def dict_len(self, request: Any) -> api_pb2.DictLenResponse:
        return api_pb2.DictLenResponse(len=len(self.dicts[request.dict_id]))

    async def dict_clear(self, request: Any) -> Empty:
        self.dicts[request.dict_id].clear()
        return Empty()

    async def dict_contents(self, request: Any) -> AsyncIterator[api_pb2.DictEntry]:
        for key, value in list(self.dicts[request.dict_id].items()):
            yield api_pb2.DictEntry(key=key, value=value)

    # The containers

    async def container_hello(self, request: Empty, container: Container) -> Empty:
        return Empty()

    async def container_heartbeat(self, request: Any, container: Container) -> api_pb2.ContainerHeartbeatResponse:
        try:
            first = await asyncio.wait_for(container.cancels.get(), CONTAINER_WAIT_SECONDS)
        except TimeoutError:
            return api_pb2.ContainerHeartbeatResponse()
        ids = [first, *(container.cancels.get_nowait() for _ in range(container.cancels.qsize()))]
        return api_pb2.ContainerHeartbeatResponse(cancel_input_event=api_pb2.CancelInputEvent(input_ids=ids))

    async def container_stop(self, request: Any) -> api_pb2.ContainerStopResponse:
        """Whoever asks, of itself or of another: no more work, and the end when what it has is done."""
        if (container := self.containers.all.get(request.task_id)) is not None:
            container.is_leaving = True
        return api_pb2.ContainerStopResponse()

    async def task_result(self, request: Any, container: Container) -> Empty:
        container.failure = request.result
        return Empty()

    async def function_get_dynamic_concurrency(self, request: Any, container: Container) -> Any:
        """More than the target only where no further container may be started for what waits."""
        function = container.function
        most = function.autoscaler.get("max_containers") or 0
        is_crowded = bool(function.waiting) and most and len(self.containers.of(function)) >= most
        concurrency = request.max_concurrency if is_crowded else request.target_concurrency
        return api_pb2.FunctionGetDynamicConcurrencyResponse(concurrency=concurrency)

    async def function_get_inputs(self, request: Any, container: Container) -> api_pb2.FunctionGetInputsResponse:
        container.is_ready = True
        deadline = time.monotonic() + CONTAINER_WAIT_SECONDS
        while time.monotonic() < deadline:
            if container.is_leaving:
                item = api_pb2.FunctionGetInputsItem(kill_switch=True)
                return api_pb2.FunctionGetInputsResponse(inputs=[item])
            if (call := self._next(container)) is not None:
                return api_pb2.FunctionGetInputsResponse(inputs=[self._given(call, container)])
            await asyncio.sleep(POLL_SECONDS)
        return api_pb2.FunctionGetInputsResponse()

    def _next(self, container: Container) -> Call | None:
        waiting = container.function.waiting
        ripe = [call for call in waiting if call.not_before <= time.monotonic()]
        if not ripe or self.faults.hold_inputs:
            return None
        waiting.remove(ripe[0])
        return ripe[0]

    def _given(self, call: Call, container: Container) -> api_pb2.FunctionGetInputsItem:
        call.state, call.started_at = "running", time.monotonic()
        call.containers.append(container.id)
        container.running[call.input_id] = call
        return api_pb2.FunctionGetInputsItem(
            input_id=call.input_id, input=call.message, function_call_id=call.id, retry_count=call.attempt,
            function_call_invocation_type=call.kind,
        )  # fmt: skip

    async def function_put_outputs(self, request: Any, container: Container) -> Empty:
        for item in request.outputs:
            call = container.running.get(item.input_id)
            if call is not None and call.attempt == item.retry_count:
                del container.running[item.input_id]
                container.idle_since = time.monotonic()
                call.stopped_running()
                self._take(call, item, container)
        return Empty()

    def _take(self, call: Call, item: api_pb2.FunctionPutOutputsItem, container: Container) -> None:
        output = api_pb2.FunctionGetOutputsItem(
            result=item.result, data_format=item.data_format, task_id=container.id,
            input_started_at=item.input_started_at, output_created_at=item.output_created_at,
        )  # fmt: skip
        status = item.result.status
        if status == Result.GENERIC_STATUS_SUCCESS:
            call.finish("done", output)
        elif status == Result.GENERIC_STATUS_TERMINATED:
            output.result.exception = output.result.exception or "The call was cancelled."
            call.finish("cancelled", output)
        elif call.attempt < (call.function.deployed or call.function.definition).retry_policy.retries:
            self.retry_or_fail(call, item.result)
        else:
            call.finish("failed", output)


FOR_CONTAINERS = {
    "container_hello", "container_heartbeat", "task_result", "function_get_dynamic_concurrency",
    "function_get_inputs", "function_put_outputs",
}  # fmt: skip
STREAMS = {"app_get_logs", "dict_contents"}
FOR_ANYBODY = {"TokenFlowCreate", "TokenFlowWait"}


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


class Door:
    """Where requests come in: who asks is looked at and faults happen. Of the two, one is public and one is for
    containers, who go on working when the public one is closed."""

    def __init__(self, service: Service, *, is_public: bool) -> None:
        self._service = service
        self._is_public = is_public

    async def take(self, name: str, stream: Any) -> None:
        request = await stream.recv_message()
        if self._is_public:
            await self._check(name, stream)
        if _snake(name) in STREAMS:
            async for each in getattr(self._service, _snake(name))(request):
                await stream.send_message(each)
            return
        answer = await self._answer(name, request, dict(stream.metadata))
        if self._is_public and await self._is_cut(name, stream):
            return
        await stream.send_message(answer)

    async def _answer(self, name: str, request: Any, metadata: dict[str, Any]) -> Any:
        handler: Callable[..., Awaitable[Any]] | None = getattr(self._service, _snake(name), None)
        if handler is None:
            raise GRPCError(Status.UNIMPLEMENTED, f"The stand-in of Modal's cloud knows no {name}.")
        if _snake(name) in FOR_CONTAINERS:
            container = self._service.containers.all.get(metadata.get("x-modal-task-id", ""))
            if container is None:
                raise GRPCError(Status.FAILED_PRECONDITION, "This container was forgotten.")
            return await handler(request, container)
        if name == "FunctionMap":
            return await handler(request, metadata.get("x-idempotency-key", ""))
        return await handler(request)

    async def _check(self, name: str, stream: Any) -> None:
        faults, metadata = self._service.faults, dict(stream.metadata)
        self._service.requests.append(name)
        told = (metadata.get("x-modal-token-id"), metadata.get("x-modal-token-secret"))
        if name not in FOR_ANYBODY and (faults.refuse_tokens or told != self._service.token):
            raise GRPCError(Status.UNAUTHENTICATED, "Token ID and secret are not a pair that is known here.")
        while name in faults.hang:  # noqa: ASYNC110 - the attribute is set from other threads
            await asyncio.sleep(POLL_SECONDS)
        if statuses := faults.errors.get(name):
            raise GRPCError(statuses.pop(0), f"Injected into {name}.")

    async def _is_cut(self, name: str, stream: Any) -> bool:
        """Whether the client never hears the answer, after whatever is to happen before it."""
        faults = self._service.faults
        await asyncio.sleep(faults.latency_s + faults.latency_of.get(name, 0.0))
        if (hook := faults.before_answer.get(name)) is not None:
            await asyncio.to_thread(hook)
        for each in (name, "*"):
            if faults.cut.get(each, 0) > 0:
                faults.cut[each] -= 1
                await stream.cancel()
                return True
        return False


def servable(door: Door) -> ModalClientBase:
    """The door in the shape of the generated base class, which names every RPC there is."""

    def method(name: str) -> Callable[[Any, Any], Awaitable[None]]:
        async def take(self: Any, stream: Any) -> None:
            await door.take(name, stream)

        return take

    names = sorted(ModalClientBase.__abstractmethods__)
    kind = type("Servable", (ModalClientBase,), {name: method(name) for name in names})
    return kind()
