"""A stand-in of Supabase Storage on loopback, for the real supabase-py to talk to.

It answers like Storage v1.11 as far as supabase-py's bucket and object calls go: the same routes below
/storage/v1, bodies, error codes (HTTP 400 with the real status in the body), bucket limits, signed links with
expiry, ranges and 304. It is not Storage: everything is in memory and gone with the process, row level
security is reduced to "service keys may, anonymous keys may not", no image is transformed, there are no
resumable or signed uploads, no S3, no CDN, `sortBy` knows names only and size limits are plain numbers.
"""

from __future__ import annotations

import hashlib
import json
import re
import socket
import threading
import uuid
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import httpx
import jwt

from services.platform.clock import Clock, SystemClock

PREFIX = "/storage/v1"
SECRET = "a-secret-that-only-this-stand-in-knows-and-signs-with"
SERVICE_KEY = jwt.encode({"role": "service_role", "iss": "stand-in"}, SECRET, "HS256")
ANON_KEY = jwt.encode({"role": "anon", "iss": "stand-in"}, SECRET, "HS256")
SECRET_KEY = "sb_secret_stand-in_0123456789"
PUBLISHABLE_KEY = "sb_publishable_stand-in_0123456789"
ROLES = {SECRET_KEY: "service_role", PUBLISHABLE_KEY: "anon"}
OBJECT_KEY = re.compile(r"[\w/!\-.*'() &$@=;:+,?]+", re.ASCII)
BUCKET_NAME = re.compile(r"[\w!\-.*'() &$@=;:+,?]{1,100}", re.ASCII)
MISSING_PATH = "Either the object does not exist or you do not have access to it"


class StorageError(Exception):
    """What Storage says no with; `error` is the code where the table of errors has no older name for it."""

    def __init__(self, status: int, code: str, message: str, error: str | None = None) -> None:
        super().__init__(message)
        self.body = {"statusCode": str(status), "error": error or code, "message": message, "code": code}


TAKEN = "The resource already exists"
NO_BUCKET = (404, "NoSuchBucket", "Bucket not found", "Bucket not found")
NO_KEY = (404, "NoSuchKey", "Object not found", "not_found")
NO_ROUTE = (404, "NotFound", "Route not found", "Not Found")
DENIED = (403, "AccessDenied", "new row violates row-level security policy", "Unauthorized")
BAD_TOKEN = (403, "AccessDenied", "Invalid Compact JWS", "Unauthorized")
BAD_LINK = (400, "InvalidJWT", "invalid signature")
LATE_LINK = (400, "InvalidJWT", '"exp" claim timestamp check failed')
OTHER_LINK = (400, "InvalidSignature", "Invalid signature")
BUCKET_TAKEN = (409, "BucketAlreadyExists", TAKEN, "Duplicate")
KEY_TAKEN = (409, "KeyAlreadyExists", TAKEN, "Duplicate")
NOT_EMPTY = (409, "ResourceNotEmpty", "The bucket you tried to delete is not empty")
TOO_LARGE = (413, "EntityTooLarge", "The object exceeded the maximum allowed size", "Payload too large")


@dataclass(frozen=True)
class Bucket:
    id: str
    created_at: str
    updated_at: str
    public: bool = False
    file_size_limit: int | None = None
    allowed_mime_types: list[str] | None = None

    def as_json(self) -> dict[str, Any]:
        return {**self.__dict__, "name": self.id, "owner": "", "type": "STANDARD"}


@dataclass(frozen=True)
class StoredObject:
    key: str
    data: bytes
    content_type: str
    cache_control: str
    created_at: datetime
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    version: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def etag(self) -> str:
        return f'"{hashlib.md5(self.data, usedforsecurity=False).hexdigest()}"'

    @property
    def last_modified(self) -> str:
        return format_datetime(self.created_at.replace(microsecond=0), usegmt=True)


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    role: str | None = None

    def json(self) -> Any:
        return json.loads(self.body or b"{}")


@dataclass(frozen=True)
class Response:
    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"content-type": "application/json"})


@dataclass(frozen=True)
class Fault:
    """What happens to one request instead of an answer; with only a delay it is answered after that."""

    response: Response | None = None
    cut: bool = False
    delay_seconds: float = 0.0


def as_json(value: Any, status: int = 200) -> Response:
    return Response(json.dumps(value).encode(), status)


class StorageServer:
    """`with StorageServer() as server:` listens on `server.url`, which is what SUPABASE_URL would be."""

    service_key = SERVICE_KEY
    anon_key = ANON_KEY
    secret_key = SECRET_KEY

    def __init__(self, clock: Clock | None = None) -> None:
        self.buckets: dict[str, Bucket] = {}
        self.objects: dict[str, dict[str, StoredObject]] = {}
        self.requests: list[Request] = []
        self._clock = clock or SystemClock()
        self._faults: deque[Fault] = deque()
        self._lock = threading.RLock()
        self._stopping = threading.Event()
        self._listener = _Listener(self.respond)
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.server_address[1]}"

    def __enter__(self) -> StorageServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._listener.stop()
        self._thread.join(5)

    def fail(self, times: int, status: int = 503, *, by_gateway: bool = False) -> None:
        """The next requests meet this status: as Storage says it, or as the gateway before it, in HTML."""
        page = Response(b"<html>upstream</html>", status, {"content-type": "text/html"})
        error = as_json(StorageError(status, "InternalError", HTTPStatus(status).phrase).body, 400)
        self._faults.extend([Fault(page if by_gateway else error)] * times)

    def answer(self, times: int, body: bytes, status: int = 200) -> None:
        self._faults.extend([Fault(Response(body, status))] * times)

    def cut(self, times: int) -> None:
        """The next requests find their connection closed without an answer."""
        self._faults.extend([Fault(cut=True)] * times)

    def delay(self, times: int, seconds: float) -> None:
        self._faults.extend([Fault(delay_seconds=seconds)] * times)

    def seen(self, method: str, path: str = "") -> list[Request]:
        """Requests so far by method and the beginning of the path below the prefix."""
        return [r for r in self.requests if r.method == method and r.path.startswith(path)]

    def respond(self, request: Request) -> Response | None:
        """The answer, or None for a connection that is to be cut."""
        with self._lock:
            self.requests.append(request)
            fault = self._faults.popleft() if self._faults else Fault()
        self._stopping.wait(fault.delay_seconds)
        if fault.cut:
            return None
        return fault.response or self._answer(request)

    def _answer(self, request: Request) -> Response:
        try:
            handler, arguments = _route(self, request)
            with self._lock:
                return handler(replace(request, role=_role(request)), *arguments)
        except StorageError as error:
            return as_json(error.body, 400)

    # Buckets

    def list_buckets(self, request: Request) -> Response:
        return as_json([b.as_json() for b in self.buckets.values()] if _may(request) else [])

    def create_bucket(self, request: Request) -> Response:
        wanted = request.json()
        name = wanted.get("id") or wanted["name"]
        if not BUCKET_NAME.fullmatch(name):
            raise StorageError(400, "InvalidBucketName", "Bucket name invalid", "Invalid Input")
        if not _may(request):
            raise StorageError(*DENIED)
        if name in self.buckets:
            raise StorageError(*BUCKET_TAKEN)
        now = self._now().isoformat()
        self.buckets[name] = replace(Bucket(name, now, now), **_limits(wanted))
        self.objects[name] = {}
        return as_json({"name": name})

    def get_bucket(self, request: Request, bucket: str) -> Response:
        return as_json(self._bucket(request, bucket).as_json())

    def update_bucket(self, request: Request, bucket: str) -> Response:
        found = self._bucket(request, bucket)
        self.buckets[bucket] = replace(found, updated_at=self._now().isoformat(), **_limits(request.json()))
        return as_json({"message": "Successfully updated"})

    def delete_bucket(self, request: Request, bucket: str) -> Response:
        self._bucket(request, bucket)
        if self.objects[bucket]:
            raise StorageError(*NOT_EMPTY)
        del self.buckets[bucket], self.objects[bucket]
        return as_json({"message": "Successfully deleted"})

    def empty_bucket(self, request: Request, bucket: str) -> Response:
        self._bucket(request, bucket)
        self.objects[bucket].clear()
        return as_json({"message": "Successfully emptied"})

    # Objects

    def upload(self, request: Request, bucket: str, key: str) -> Response:
        return self._store(request, bucket, key, replaces=request.headers.get("x-upsert") == "true")

    def update(self, request: Request, bucket: str, key: str) -> Response:
        return self._store(request, bucket, key, replaces=True)

    def _store(self, request: Request, bucket: str, key: str, *, replaces: bool) -> Response:
        if not OBJECT_KEY.fullmatch(key):
            raise StorageError(400, "InvalidKey", f"Invalid key: {key}")
        if not _may(request):
            raise StorageError(*DENIED)
        limits = self._bucket(request, bucket)
        data, content_type, cache_seconds = _uploaded(request)
        _check_limits(limits, data, content_type)
        if key in self.objects[bucket] and not replaces:
            raise StorageError(*KEY_TAKEN)
        stored = StoredObject(key, data, content_type, f"max-age={cache_seconds}", self._now())
        self.objects[bucket][key] = stored
        return as_json({"Key": f"{bucket}/{key}", "Id": stored.id})

    def download(self, request: Request, bucket: str, key: str) -> Response:
        return _served(request, self._object(request, bucket, key))

    def info(self, request: Request, bucket: str, key: str) -> Response:
        found = self._object(request, bucket, key)
        return as_json(
            {
                "id": found.id,
                "name": found.key,
                "version": found.version,
                "bucket_id": bucket,
                "size": len(found.data),
                "content_type": found.content_type,
                "cache_control": found.cache_control,
                "etag": found.etag,
                "metadata": {},
                "last_modified": found.created_at.isoformat(),
                "created_at": found.created_at.isoformat(),
            }
        )

    def list_objects(self, request: Request, bucket: str) -> Response:
        if not _may(request):
            return as_json([])
        wanted = request.json()
        folder = wanted.get("prefix", "").strip("/")
        entries = _entries(self.objects.get(bucket, {}), f"{folder}/" if folder else "")
        names = sorted(
            (name for name in entries if wanted.get("search", "").lower() in name.lower()),
            reverse=wanted.get("sortBy", {}).get("order") == "desc",
        )
        start = wanted.get("offset", 0)
        return as_json([entries[name] for name in names[start : start + wanted.get("limit", 100)]])

    def sign_one(self, request: Request, bucket: str, key: str) -> Response:
        self._object(request, bucket, key)
        return as_json({"signedURL": self._signed(bucket, key, request.json()["expiresIn"])})

    def sign_many(self, request: Request, bucket: str) -> Response:
        wanted = request.json()
        held = self.objects.get(bucket, {}) if _may(request) else {}
        return as_json(
            [
                {"error": None, "path": key, "signedURL": self._signed(bucket, key, wanted["expiresIn"])}
                if key in held
                else {"error": MISSING_PATH, "path": key, "signedURL": None}
                for key in wanted["paths"]
            ]
        )

    def open_signed(self, request: Request, bucket: str, key: str) -> Response:
        token = _decoded(request.query.get("token", ""), BAD_LINK)
        if token.get("exp", 0) < self._now().timestamp():
            raise StorageError(*LATE_LINK)
        if token.get("url") != f"{bucket}/{key}":
            raise StorageError(*OTHER_LINK)
        if key not in self.objects.get(bucket, {}):
            raise StorageError(*NO_KEY)
        served = _served(request, self.objects[bucket][key])
        expires = format_datetime(datetime.fromtimestamp(token["exp"], UTC), usegmt=True)
        headers = {name: value for name, value in served.headers.items() if name != "cache-control"}
        return replace(served, headers={**headers, "expires": expires})

    def open_public(self, request: Request, bucket: str, key: str) -> Response:
        if bucket not in self.buckets or not self.buckets[bucket].public:
            raise StorageError(*NO_BUCKET)
        if key not in self.objects[bucket]:
            raise StorageError(*NO_KEY)
        return _served(request, self.objects[bucket][key])

    def move(self, request: Request) -> Response:
        copied = self._copied(request)
        del self.objects[request.json()["bucketId"]][request.json()["sourceKey"]]
        return as_json({"message": "Successfully moved", "Id": copied.id, "Key": copied.key})

    def copy(self, request: Request) -> Response:
        copied = self._copied(request)
        return as_json({"Key": f"{request.json()['bucketId']}/{copied.key}", "Id": copied.id})

    def _copied(self, request: Request) -> StoredObject:
        wanted = request.json()
        bucket, key = wanted["bucketId"], wanted["destinationKey"]
        source = self._object(request, bucket, wanted["sourceKey"])
        if key in self.objects[bucket]:
            raise StorageError(*KEY_TAKEN)
        self.objects[bucket][key] = replace(source, key=key, id=str(uuid.uuid4()), created_at=self._now())
        return self.objects[bucket][key]

    def remove(self, request: Request, bucket: str) -> Response:
        held = self.objects.get(bucket, {}) if _may(request) else {}
        gone = [held.pop(key) for key in request.json()["prefixes"] if key in held]
        return as_json([{**_entry(found.key, found), "bucket_id": bucket} for found in gone])

    def _bucket(self, request: Request, bucket: str) -> Bucket:
        if not _may(request) or bucket not in self.buckets:
            raise StorageError(*NO_BUCKET)
        return self.buckets[bucket]

    def _object(self, request: Request, bucket: str, key: str) -> StoredObject:
        if not _may(request):
            raise StorageError(*NO_KEY)
        self._bucket(request, bucket)
        if key not in self.objects[bucket]:
            raise StorageError(*NO_KEY)
        return self.objects[bucket][key]

    def _signed(self, bucket: str, key: str, seconds: str | int) -> str:
        now = int(self._now().timestamp())
        token = jwt.encode({"url": f"{bucket}/{key}", "iat": now, "exp": now + int(seconds)}, SECRET, "HS256")
        return f"/object/sign/{bucket}/{key}?token={token}"

    def _now(self) -> datetime:
        return self._clock.now()


ROUTES: list[tuple[str, str, Callable[..., Response]]] = [
    ("GET", r"/bucket/?", StorageServer.list_buckets),
    ("POST", r"/bucket/?", StorageServer.create_bucket),
    ("GET", r"/bucket/([^/]+)", StorageServer.get_bucket),
    ("PUT", r"/bucket/([^/]+)", StorageServer.update_bucket),
    ("DELETE", r"/bucket/([^/]+)", StorageServer.delete_bucket),
    ("POST", r"/bucket/([^/]+)/empty", StorageServer.empty_bucket),
    ("POST", r"/object/move", StorageServer.move),
    ("POST", r"/object/copy", StorageServer.copy),
    ("POST", r"/object/list/([^/]+)", StorageServer.list_objects),
    ("POST", r"/object/sign/([^/]+)", StorageServer.sign_many),
    ("POST", r"/object/sign/([^/]+)/(.+)", StorageServer.sign_one),
    ("GET", r"/object/sign/([^/]+)/(.+)", StorageServer.open_signed),
    ("GET", r"/object/public/([^/]+)/(.+)", StorageServer.open_public),
    ("GET", r"/object/info/([^/]+)/(.+)", StorageServer.info),
    ("GET", r"/object/(?:authenticated/)?([^/]+)/(.+)", StorageServer.download),
    ("POST", r"/object/([^/]+)/(.+)", StorageServer.upload),
    ("PUT", r"/object/([^/]+)/(.+)", StorageServer.update),
    ("DELETE", r"/object/([^/]+)", StorageServer.remove),
]
OPEN_TO_ALL = ("/object/public/", "/object/sign/")


def _route(server: StorageServer, request: Request) -> tuple[Callable[..., Response], tuple[str, ...]]:
    for method, pattern, handler in ROUTES:
        found = re.fullmatch(pattern, request.path)
        if found and method == request.method:
            return partial(handler, server), found.groups()
    raise StorageError(*NO_ROUTE)


def _role(request: Request) -> str | None:
    if request.method == "GET" and request.path.startswith(OPEN_TO_ALL):
        return None
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    if not token:
        raise StorageError(400, "InvalidRequest", "headers must have required property 'authorization'")
    return ROLES.get(token) or _decoded(token, BAD_TOKEN).get("role")


def _decoded(token: str, refusal: tuple[Any, ...]) -> dict[str, Any]:
    # Times are by the server's clock, which tests move.
    options: Any = {"verify_exp": False, "verify_iat": False}
    try:
        claims: dict[str, Any] = jwt.decode(token, SECRET, ["HS256"], options=options)
    except jwt.PyJWTError:
        raise StorageError(*refusal) from None
    return claims


def _may(request: Request) -> bool:
    return request.role == "service_role"


def _limits(wanted: dict[str, Any]) -> dict[str, Any]:
    return {name: wanted[name] for name in ("public", "file_size_limit", "allowed_mime_types") if name in wanted}


def _check_limits(bucket: Bucket, data: bytes, content_type: str) -> None:
    """Like the real one it believes the declared type."""
    kind = content_type.partition(";")[0].strip()
    allowed = bucket.allowed_mime_types
    if allowed and kind not in allowed and f"{kind.split('/')[0]}/*" not in allowed:
        raise StorageError(415, "InvalidMimeType", f"mime type {kind} is not supported", "invalid_mime_type")
    if bucket.file_size_limit is not None and len(data) > bucket.file_size_limit:
        raise StorageError(*TOO_LARGE)


def _uploaded(request: Request) -> tuple[bytes, str, str]:
    """File, its type and the seconds to cache it, from a form or from a bare body."""
    declared = request.headers.get("content-type", "application/octet-stream")
    if not declared.startswith("multipart/form-data"):
        seconds = request.headers.get("cache-control", "max-age=3600").removeprefix("max-age=")
        return request.body, declared, seconds
    boundary = b"\r\n--" + declared.split("boundary=")[1].strip('"').encode()
    form = {}
    for part in (b"\r\n" + request.body).split(boundary)[1:-1]:
        head, _, data = part.partition(b"\r\n\r\n")
        headers = head.decode()
        name = re.search(r'name="([^"]*)"', headers)
        kind = re.search(r"(?i)content-type: *([^\r\n]+)", headers)
        form[name[1] if name else ""] = (data, kind[1] if kind else "text/plain")
    data, kind_of_file = form.get("file") or form.get("") or (b"", "application/octet-stream")
    return data, kind_of_file, form.get("cacheControl", (b"3600", ""))[0].decode()


def _entry(name: str, found: StoredObject) -> dict[str, Any]:
    at = found.created_at.isoformat()
    metadata = {
        "eTag": found.etag,
        "size": len(found.data),
        "mimetype": found.content_type,
        "cacheControl": found.cache_control,
        "lastModified": at,
        "contentLength": len(found.data),
        "httpStatusCode": 200,
    }
    times = {"created_at": at, "updated_at": at, "last_accessed_at": at}
    return {"name": name, "id": found.id, **times, "metadata": metadata}


def _entries(objects: dict[str, StoredObject], prefix: str) -> dict[str, dict[str, Any]]:
    entries: dict[str, dict[str, Any]] = {}
    for key, found in objects.items():
        if key.startswith(prefix):
            name, is_folder, _ = key.removeprefix(prefix).partition("/")
            nothing = dict.fromkeys(("id", "created_at", "updated_at", "last_accessed_at", "metadata"))
            entries[name] = {"name": name, **nothing} if is_folder else _entry(name, found)
    return entries


def _served(request: Request, found: StoredObject) -> Response:
    headers = {
        "content-type": found.content_type,
        "etag": found.etag,
        "last-modified": found.last_modified,
        "cache-control": found.cache_control,
        "accept-ranges": "bytes",
    }
    if _is_known(request, found):
        return Response(b"", 304, headers)
    wanted = re.fullmatch(r"bytes=(\d+)-(\d*)", request.headers.get("range", ""))
    if not wanted:
        return Response(found.data, 200, headers)
    first, last = int(wanted[1]), min(int(wanted[2] or len(found.data)), len(found.data) - 1)
    if first > last:
        raise StorageError(400, "InvalidRange", "invalid range provided", "invalid_range")
    part = {"content-range": f"bytes {first}-{last}/{len(found.data)}"}
    return Response(found.data[first : last + 1], 206, headers | part)


def _is_known(request: Request, found: StoredObject) -> bool:
    if "if-none-match" in request.headers:
        return request.headers["if-none-match"] == found.etag
    since = request.headers.get("if-modified-since")
    return since is not None and found.created_at.replace(microsecond=0) <= parsedate_to_datetime(since)


class _Listener(ThreadingHTTPServer):
    """Asks `respond` for each request; `stop` also ends connections that clients keep open."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, respond: Callable[[Request], Response | None]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = respond
        self._open: set[socket.socket] = set()

    def stop(self) -> None:
        self.shutdown()
        self.server_close()
        for connection in list(self._open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    # An unbuffered header and body in two packets would wait 40 ms for each other.
    wbufsize = 1 << 16
    server: _Listener

    def _handle(self) -> None:
        path = urlsplit(self.path)
        request = Request(
            self.command,
            unquote(path.path).removeprefix(PREFIX) if path.path.startswith(PREFIX + "/") else "",
            {name: values[0] for name, values in parse_qs(path.query).items()},
            {name.lower(): value for name, value in self.headers.items()},
            self.rfile.read(int(self.headers.get("content-length") or 0)),
        )
        response = self.server.answer(request)
        if response is None:
            self.close_connection = True
        else:
            self._send(response)

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(response.body)))
        self.end_headers()
        self.wfile.write(response.body)

    do_GET = do_POST = do_PUT = do_DELETE = _handle  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Tests print enough."""


class PrefixedServer:
    """Stands before a real storage server that is run without a gateway, and takes the prefix off."""

    def __init__(self, upstream: str) -> None:
        self._upstream = httpx.Client(base_url=upstream, timeout=30)
        self._listener = _Listener(self._forward)
        self._thread = threading.Thread(target=self._listener.serve_forever, args=(0.02,), daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.server_address[1]}"

    def __enter__(self) -> PrefixedServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.stop()
        self._thread.join(5)
        self._upstream.close()

    def _forward(self, request: Request) -> Response:
        answer = self._upstream.request(
            request.method,
            request.path,
            params=request.query,
            headers={k: v for k, v in request.headers.items() if k not in {"host", "accept-encoding"}},
            content=request.body,
        )
        kept = ("content-type", "etag", "expires", "cache-control", "last-modified", "content-range")
        headers = {name: answer.headers[name] for name in kept if name in answer.headers}
        return Response(answer.content, answer.status_code, headers)
