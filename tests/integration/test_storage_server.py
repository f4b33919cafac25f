"""That the stand-in of Supabase Storage answers on the wire as Storage does; a real one may be asked instead.

With STORAGE_CONTRACT_URL (a project's address, or a storage server without a gateway) and
STORAGE_CONTRACT_SERVICE_KEY set, the same questions go to that server too.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.storage_server import ANON_KEY, PREFIX, SERVICE_KEY, StorageServer

PNG = {"content-type": "image/png", "cache-control": "max-age=60"}
REAL_URL = os.environ.get("STORAGE_CONTRACT_URL", "").rstrip("/")
REAL_KEY = os.environ.get("STORAGE_CONTRACT_SERVICE_KEY", "")


def bearer(key: str) -> dict[str, str]:
    return {"authorization": f"Bearer {key}", "apikey": key}


class Wire:
    """One bucket of a server, spoken to in plain HTTP."""

    def __init__(self, base: str, key: str) -> None:
        self.http = httpx.Client(base_url=base, headers=bearer(key), timeout=30)
        self.bucket = f"wire-{uuid.uuid4().hex}"

    def ask(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self.http.request(method, path.replace("BUCKET", self.bucket), **options)

    def code(self, method: str, path: str, **options: Any) -> tuple[int, str, str]:
        answer = self.ask(method, path, **options)
        return answer.status_code, answer.json()["statusCode"], answer.json()["code"]

    def upload(self, key: str, data: bytes = b"data", **headers: str) -> None:
        self.ask("POST", f"/object/BUCKET/{key}", content=data, headers=PNG | headers).raise_for_status()

    def sign(self, key: str, seconds: int = 60) -> str:
        signed = self.ask("POST", f"/object/sign/BUCKET/{key}", json={"expiresIn": str(seconds)})
        address: str = signed.json()["signedURL"]
        return address


def real_base() -> str:
    prefixed = httpx.get(f"{REAL_URL}{PREFIX}/bucket", headers=bearer(REAL_KEY))
    return f"{REAL_URL}{PREFIX}" if prefixed.is_success else REAL_URL


@pytest.fixture(params=["stand-in", "real"] if REAL_URL and REAL_KEY else ["stand-in"])
def wire(request: pytest.FixtureRequest) -> Iterator[Wire]:
    with StorageServer() as server:
        stand_in = request.param == "stand-in"
        wire = Wire(server.url + PREFIX, SERVICE_KEY) if stand_in else Wire(real_base(), REAL_KEY)
        limits = {"file_size_limit": 1000, "allowed_mime_types": ["image/png"]}
        with wire.http:
            wire.ask("POST", "/bucket", json={"id": wire.bucket, "name": wire.bucket, **limits})
            yield wire
            wire.ask("POST", "/bucket/BUCKET/empty", json={})
            wire.ask("DELETE", "/bucket/BUCKET", json={})


def test_every_refusal_is_http_400_with_the_status_in_the_body(wire: Wire) -> None:
    wire.upload("a.png")
    upload = ("POST", "/object/BUCKET/a.png")
    html, many = {"content-type": "text/html"}, {"x-upsert": "true"}
    bucket = {"id": wire.bucket, "name": wire.bucket}
    assert wire.code(*upload, content=b"x", headers=PNG) == (400, "409", "KeyAlreadyExists")
    assert wire.code(*upload, content=b"x", headers=html | many) == (400, "415", "InvalidMimeType")
    assert wire.code(*upload, content=b"x" * 1001, headers=PNG | many) == (400, "413", "EntityTooLarge")
    assert wire.code("POST", "/object/BUCKET/é.png", content=b"x", headers=PNG) == (400, "400", "InvalidKey")
    assert wire.code("GET", "/object/BUCKET/b.png") == (400, "404", "NoSuchKey")
    assert wire.code("GET", "/object/info/BUCKET/b.png") == (400, "404", "NoSuchKey")
    assert wire.code("GET", "/object/public/BUCKET/a.png") == (400, "404", "NoSuchBucket")
    assert wire.code("GET", "/bucket/none-such") == (400, "404", "NoSuchBucket")
    assert wire.code("POST", "/bucket", json=bucket) == (400, "409", "BucketAlreadyExists")
    assert wire.code("DELETE", "/bucket/BUCKET", json={}) == (400, "409", "ResourceNotEmpty")


def test_an_upload_says_its_key_and_a_download_its_age(wire: Wire) -> None:
    stored = wire.ask("POST", "/object/BUCKET/folder/a.png", content=b"data", headers=PNG).json()
    assert stored["Key"] == f"{wire.bucket}/folder/a.png"
    assert uuid.UUID(stored["Id"])
    answer = wire.ask("GET", "/object/BUCKET/folder/a.png")
    assert (answer.content, answer.headers["content-type"]) == (b"data", "image/png")
    assert answer.headers["cache-control"] == "max-age=60"


def test_a_signed_link_serves_ranges_and_knows_what_the_browser_has(wire: Wire) -> None:
    wire.upload("a.png", b"0123456789")
    link = wire.sign("a.png")
    whole = httpx.get(f"{wire.http.base_url}".rstrip("/") + link)
    assert (whole.status_code, whole.content) == (200, b"0123456789")
    assert "expires" in whole.headers
    assert "cache-control" not in whole.headers
    part = wire.ask("GET", link, headers={"range": "bytes=2-4"})
    assert (part.status_code, part.content) == (206, b"234")
    known = wire.ask("GET", link, headers={"if-none-match": whole.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")


def test_a_signed_link_opens_its_own_picture_only(wire: Wire) -> None:
    wire.upload("a.png")
    wire.upload("b.png")
    link = wire.sign("a.png")
    assert wire.code("GET", link.replace("a.png", "b.png")) == (400, "400", "InvalidSignature")
    assert wire.code("GET", link[:-2] + "xx") == (400, "400", "InvalidJWT")


def test_many_are_signed_at_once_and_missing_ones_named(wire: Wire) -> None:
    wire.upload("a.png")
    wanted = {"paths": ["a.png", "none.png"], "expiresIn": "60"}
    there, missing = wire.ask("POST", "/object/sign/BUCKET", json=wanted).json()
    assert (there["path"], there["error"]) == ("a.png", None)
    assert there["signedURL"].startswith(f"/object/sign/{wire.bucket}/a.png?token=")
    assert missing["signedURL"] is None
    assert missing["error"]


def test_a_list_shows_files_and_folders_by_name(wire: Wire) -> None:
    for key in ("one/b.png", "one/a.png", "one/deep/c.png", "two.png"):
        wire.upload(key)
    wanted = {"prefix": "one", "limit": 10, "offset": 0, "sortBy": {"column": "name", "order": "asc"}}
    found = wire.ask("POST", "/object/list/BUCKET", json=wanted).json()
    assert [(entry["name"], entry["id"] is None) for entry in found] == [
        ("a.png", False), ("b.png", False), ("deep", True),
    ]  # fmt: skip


def test_removing_names_what_was_really_there(wire: Wire) -> None:
    wire.upload("a.png")
    gone = wire.ask("DELETE", "/object/BUCKET", json={"prefixes": ["a.png", "none.png"]}).json()
    assert [entry["name"] for entry in gone] == ["a.png"]


def test_a_copy_leaves_the_original_and_a_move_does_not(wire: Wire) -> None:
    wire.upload("a.png")
    for action, target in (("copy", "b.png"), ("move", "c.png")):
        wanted = {"bucketId": wire.bucket, "sourceKey": "a.png", "destinationKey": target}
        assert wire.ask("POST", f"/object/{action}", json=wanted).is_success
    assert wire.code("GET", "/object/BUCKET/a.png")[1] == "404"
    assert wire.ask("GET", "/object/BUCKET/b.png").content == b"data"
    assert wire.ask("GET", "/object/BUCKET/c.png").content == b"data"


def test_an_update_replaces_or_makes(wire: Wire) -> None:
    for data in (b"first", b"second"):
        assert wire.ask("PUT", "/object/BUCKET/a.png", content=data, headers=PNG).is_success
    assert wire.ask("GET", "/object/BUCKET/a.png").content == b"second"


def test_a_wrong_token_is_refused(wire: Wire) -> None:
    assert wire.code("GET", "/object/BUCKET/a.png", headers=bearer("wrong"))[:2] == (400, "403")


def test_the_anonymous_key_sees_nothing_and_stores_nothing() -> None:
    with StorageServer() as server:
        owner, anonymous = Wire(server.url + PREFIX, SERVICE_KEY), Wire(server.url + PREFIX, ANON_KEY)
        anonymous.bucket = owner.bucket
        with owner.http, anonymous.http:
            owner.ask("POST", "/bucket", json={"id": owner.bucket, "name": owner.bucket})
            owner.upload("a.png")
            wanted = {"prefix": "", "limit": 10}
            assert anonymous.ask("POST", "/object/list/BUCKET", json=wanted).json() == []
            assert anonymous.code("GET", "/object/BUCKET/a.png")[1] == "404"
            upload = anonymous.code("POST", "/object/BUCKET/b.png", content=b"x", headers=PNG)
            assert upload == (400, "403", "AccessDenied")


def test_a_link_ends_by_the_clock_of_the_server() -> None:
    clock = FakeClock()
    with StorageServer(clock) as server:
        wire = Wire(server.url + PREFIX, SERVICE_KEY)
        with wire.http:
            wire.ask("POST", "/bucket", json={"id": wire.bucket, "name": wire.bucket})
            wire.upload("a.png")
            link = wire.sign("a.png", seconds=60)
            clock.advance(60)
            assert wire.ask("GET", link).is_success
            clock.advance(1)
            assert wire.code("GET", link) == (400, "400", "InvalidJWT")
