"""One contract for every storage, then what each of them promises besides.

The contract also runs against a real server when STORAGE_CONTRACT_URL (a project's address, or a storage
server without a gateway) and STORAGE_CONTRACT_SERVICE_KEY are set.
"""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from services.errors import ConfigurationError, NotFound, Unavailable, UserError
from services.platform.clock import Clock, SystemClock
from services.platform.storage.base import CONTENT_TYPES, LARGEST_FILE_BYTES, Storage, part_key
from services.platform.storage.disk import DiskStorage
from services.platform.storage.signer import LinkSigner
from services.platform.storage.supabase import LINK_KEPT_SECONDS, LINK_SECONDS, SupabaseStorage
from tests.fakes.clock import FakeClock
from tests.fakes.storage_server import ANON_KEY, PUBLISHABLE_KEY, PrefixedServer, StorageServer

ROOT = Path(__file__).resolve().parents[2]
SIGNING_KEY = b"a key for the tests, 32 bytes or more"
NOT_OUR_KEYS = [
    "",
    "picture.webp",
    "../../etc/passwd",
    "/etc/passwd",
    f"pictures/../{'a' * 64}.webp",
    f"pictures/ab/{'a' * 64}.html",
    f"pictures/ab/{'a' * 64}.webp\n",
    f"pictures/ab/{'A' * 64}.webp",
    f"pictures/ab/{'a' * 63}é.webp",
    f"pictures/ab/{'a' * 64}.webp\0",
]


def key_of(data: bytes, ending: str = "webp") -> str:
    digest = hashlib.sha256(data).hexdigest()
    return f"pictures/{digest[:2]}/{digest}.{ending}"


DATA = b"RIFF\r\n--not a boundary\r\n\x00\xff" * 50
KEY = key_of(DATA)
MISSING = key_of(b"never put")


# One contract


@dataclass(frozen=True)
class Place:
    """A storage and the way a browser would open its addresses."""

    storage: Storage
    open: Callable[[str], bytes]


def disk_at(folder: Path, clock: Clock) -> DiskStorage:
    return DiskStorage(folder, LinkSigner(SIGNING_KEY, clock), clock)


def open_on_disk(storage: DiskStorage, signer: LinkSigner, address: str) -> bytes:
    path, query = urlsplit(address).path, parse_qs(urlsplit(address).query)
    key = path.removeprefix("/i/")
    assert signer.is_valid(key, query["e"][0], query["s"][0])
    return storage.get(key)


def open_by_http(address: str) -> bytes:
    return httpx.get(address).raise_for_status().content


@contextmanager
def disk_place(folder: Path) -> Iterator[Place]:
    clock = FakeClock()
    storage = disk_at(folder / "pictures", clock)
    yield Place(storage, partial(open_on_disk, storage, LinkSigner(SIGNING_KEY, clock)))


@contextmanager
def stand_in_place(_: Path) -> Iterator[Place]:
    with (
        StorageServer() as server,
        closing(SupabaseStorage(server.url, server.service_key, "contract", SystemClock())) as storage,
    ):
        yield Place(storage, open_by_http)


@contextmanager
def real_place(_: Path) -> Iterator[Place]:
    url, key = os.environ["STORAGE_CONTRACT_URL"], os.environ["STORAGE_CONTRACT_SERVICE_KEY"]
    bucket = f"contract-{uuid.uuid4().hex}"
    with ExitStack() as stack:
        url = with_prefix(url, key, stack)
        storage = stack.enter_context(closing(SupabaseStorage(url, key, bucket, SystemClock())))
        yield Place(storage, open_by_http)
        auth = {"authorization": f"Bearer {key}", "apikey": key}
        for method, path in (("POST", f"{bucket}/empty"), ("DELETE", bucket)):
            httpx.request(method, f"{url}/storage/v1/bucket/{path}", headers=auth, json={})


def with_prefix(url: str, key: str, stack: ExitStack) -> str:
    auth = {"authorization": f"Bearer {key}", "apikey": key}
    if httpx.get(f"{url.rstrip('/')}/storage/v1/bucket", headers=auth).is_success:
        return url.rstrip("/")
    return stack.enter_context(PrefixedServer(url)).url


PLACES = [pytest.param(disk_place, id="disk"), pytest.param(stand_in_place, id="stand-in")]
if {"STORAGE_CONTRACT_URL", "STORAGE_CONTRACT_SERVICE_KEY"} <= os.environ.keys():
    PLACES.append(pytest.param(real_place, id="real"))


@pytest.fixture(params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with request.param(tmp_path) as place:
        yield place


def test_what_was_put_is_given_back_byte_for_byte(place: Place) -> None:
    place.storage.put(KEY, DATA)
    assert place.storage.get(KEY) == DATA


def test_every_kind_of_picture_is_taken(place: Place) -> None:
    for ending in CONTENT_TYPES:
        place.storage.put(key_of(DATA, ending), DATA)
        assert place.storage.exists(key_of(DATA, ending))


def test_putting_twice_is_harmless(place: Place) -> None:
    place.storage.put(KEY, DATA)
    place.storage.put(KEY, DATA)
    assert place.storage.get(KEY) == DATA


def test_many_threads_may_put_the_same_picture(place: Place) -> None:
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: place.storage.put(KEY, DATA), range(32)))
    assert place.storage.get(KEY) == DATA


def test_a_missing_picture_is_not_found_before_and_after_the_first_put(place: Place) -> None:
    with pytest.raises(NotFound):
        place.storage.get(MISSING)
    assert not place.storage.exists(MISSING)
    place.storage.put(KEY, DATA)
    with pytest.raises(NotFound):
        place.storage.get(MISSING)
    assert not place.storage.exists(MISSING)


def test_delete_removes_what_is_there_and_minds_nothing_else(place: Place) -> None:
    place.storage.delete([KEY])
    place.storage.put(KEY, DATA)
    place.storage.delete([MISSING, KEY])
    assert not place.storage.exists(KEY)
    place.storage.delete([KEY])
    place.storage.delete([])


def test_links_open_the_pictures_and_leave_out_missing_ones(place: Place) -> None:
    other = b"another picture"
    place.storage.put(KEY, DATA)
    place.storage.put(key_of(other), other)
    links = place.storage.links([KEY, MISSING, key_of(other), KEY])
    assert list(links) == [KEY, key_of(other)]
    assert place.open(links[KEY]) == DATA
    assert place.open(links[key_of(other)]) == other


def test_links_of_nothing_are_nothing(place: Place) -> None:
    assert place.storage.links([]) == {}
    assert place.storage.links([MISSING]) == {}


def test_a_deleted_picture_has_no_link(place: Place) -> None:
    place.storage.put(KEY, DATA)
    place.storage.links([KEY])
    place.storage.delete([KEY])
    assert place.storage.links([KEY]) == {}


@pytest.mark.parametrize("key", NOT_OUR_KEYS)
def test_what_is_no_key_is_not_found_anywhere(place: Place, key: str) -> None:
    for attempt in (
        lambda: place.storage.put(key, DATA),
        lambda: place.storage.get(key),
        lambda: place.storage.delete([key]),
        lambda: place.storage.exists(key),
        lambda: place.storage.links([key]),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_taken(place: Place) -> None:
    largest = bytes(LARGEST_FILE_BYTES)
    with pytest.raises(UserError, match="25 MB"):
        place.storage.put(key_of(largest), largest + b"x")
    assert not place.storage.exists(key_of(largest))
    place.storage.put(key_of(largest), largest)


def test_check_says_where_pictures_are_in_one_sentence(place: Place) -> None:
    assert place.storage.check().startswith("Pictures are kept in ")


# Disk


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def disk(tmp_path: Path, clock: FakeClock) -> DiskStorage:
    return disk_at(tmp_path / "pictures", clock)


def files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if not path.is_dir())


def run_python(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    prelude = (
        "import sys; from pathlib import Path\n"
        "from tests.integration.test_storage import *\n"
        "storage = disk_at(Path(sys.argv[1]), SystemClock())\n"
    )
    return subprocess.run(
        [sys.executable, "-c", prelude + script, str(folder)],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_process_killed_while_writing_leaves_no_picture_and_nothing_in_the_way(tmp_path: Path) -> None:
    killed = run_python(
        "os.replace = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)\nstorage.put(KEY, DATA)", tmp_path
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert len(files_below(tmp_path)) == 1
    disk = disk_at(tmp_path, FakeClock(datetime.now(UTC)))
    assert not disk.exists(KEY)
    assert disk.links([KEY]) == {}
    disk.put(KEY, DATA)
    assert disk.get(KEY) == DATA


def test_doctor_removes_unfinished_files_of_yesterday_but_not_those_being_written(
    tmp_path: Path, disk: DiskStorage
) -> None:
    disk.put(KEY, DATA)
    picture = tmp_path / "pictures" / KEY
    unfinished = picture.with_name(".0123456789abcdef.unfinished")
    unfinished.write_bytes(b"half")
    disk_at(tmp_path / "pictures", FakeClock(datetime.now(UTC))).check()
    assert files_below(tmp_path) == sorted([picture, unfinished])
    disk.check()  # whose clock is years ahead
    assert files_below(tmp_path) == [picture]


def test_a_full_disk_is_unavailable_and_leaves_nothing(tmp_path: Path) -> None:
    full = run_python(
        "import resource\n"
        "storage.put(MISSING, b'small')\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: storage.put(KEY, DATA)\n"
        "except Unavailable as error: print(error)",
        tmp_path,
    )
    assert full.stdout == "A picture could not be written on disk: File too large.\n", full.stderr
    assert files_below(tmp_path) == [tmp_path / MISSING]


def test_a_write_that_fails_at_the_end_keeps_the_old_file_and_leaves_nothing_else(
    disk: DiskStorage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    disk.put(KEY, DATA)
    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(Unavailable, match="No space left on device"):
        disk.put(KEY, b"other")
    assert disk.get(KEY) == DATA
    assert files_below(tmp_path) == [tmp_path / "pictures" / KEY]


def test_bytes_reach_the_disk_before_the_name_does(
    disk: DiskStorage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    fsync, move = os.fsync, os.replace

    def noted_fsync(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def noted_move(old: str, new: str, *, src_dir_fd: int, dst_dir_fd: int) -> None:
        steps.append("replace")
        move(old, new, src_dir_fd=src_dir_fd, dst_dir_fd=dst_dir_fd)

    disk.put(key_of(DATA, "png"), DATA)  # makes the folders
    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_move)
    disk.put(KEY, DATA)
    assert steps == ["file", "replace", "folder"]


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path, clock: FakeClock) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Unavailable):
        disk_at(tmp_path / "file", clock).put(KEY, DATA)


def test_files_and_folders_are_for_this_account_only_whatever_the_umask(disk: DiskStorage, tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        disk.put(KEY, DATA)
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "pictures").rglob("*")}
    assert {path.name: oct(mode) for path, mode in modes.items() if path.is_dir()} == {
        "pictures": "0o700",
        KEY.split("/")[1]: "0o700",
    }
    assert [oct(mode) for path, mode in modes.items() if path.is_file()] == ["0o600"]
    assert stat.S_IMODE((tmp_path / "pictures").stat().st_mode) == 0o700


def test_a_linked_folder_planted_inside_leads_nowhere(disk: DiskStorage, tmp_path: Path) -> None:
    disk.put(KEY, DATA)
    shard = (tmp_path / "pictures" / KEY).parent
    outside = shard.rename(tmp_path / "outside")
    shard.symlink_to(outside)
    with pytest.raises(NotFound):
        disk.get(KEY)
    assert not disk.exists(KEY)
    with pytest.raises(Unavailable):
        disk.put(KEY, b"written outside")
    disk.delete([KEY])
    assert [path.read_bytes() for path in files_below(outside)] == [DATA]


def test_a_linked_file_planted_inside_is_no_picture_and_is_not_written_through(
    disk: DiskStorage, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    disk.put(KEY, DATA)
    disk.delete([KEY])
    (tmp_path / "pictures" / KEY).symlink_to(secret)
    with pytest.raises(NotFound):
        disk.get(KEY)
    assert disk.links([KEY]) == {}
    disk.put(KEY, DATA)
    assert disk.get(KEY) == DATA
    assert secret.read_text() == "secret"


@pytest.mark.timeout(10)
def test_a_pipe_planted_inside_is_no_picture_and_is_not_waited_for(disk: DiskStorage, tmp_path: Path) -> None:
    disk.put(KEY, DATA)
    disk.delete([KEY])
    os.mkfifo(tmp_path / "pictures" / KEY)
    with pytest.raises(NotFound):
        disk.get(KEY)
    assert not disk.exists(KEY)


def test_links_on_disk_live_an_hour(disk: DiskStorage, clock: FakeClock) -> None:
    disk.put(KEY, DATA)
    link = disk.links([KEY])[KEY]
    assert link.startswith(f"/i/{KEY}?e=")
    clock.advance(3600)
    assert open_on_disk(disk, LinkSigner(SIGNING_KEY, clock), link) == DATA
    clock.advance(601)
    with pytest.raises(AssertionError):
        open_on_disk(disk, LinkSigner(SIGNING_KEY, clock), link)


def test_check_leaves_no_file_on_disk(disk: DiskStorage, tmp_path: Path) -> None:
    assert "GB are free" in disk.check()
    assert files_below(tmp_path) == []


# Supabase


class Sleeps(list[float]):
    """A sleep that only remembers."""

    def __call__(self, seconds: float) -> None:
        self.append(seconds)


@pytest.fixture
def server(clock: FakeClock) -> Iterator[StorageServer]:
    with StorageServer(clock) as server:
        yield server


@pytest.fixture
def sleeps() -> Sleeps:
    return Sleeps()


@pytest.fixture
def make(clock: FakeClock, sleeps: Sleeps) -> Iterator[Callable[..., SupabaseStorage]]:
    with ExitStack() as stack:

        def made(url: str, key: str, bucket: str = "pentagram") -> SupabaseStorage:
            return stack.enter_context(closing(SupabaseStorage(url, key, bucket, clock, sleep=sleeps)))

        yield made


@pytest.fixture
def supabase(make: Callable[..., SupabaseStorage], server: StorageServer) -> SupabaseStorage:
    """With its bucket made, so that the tests count only what comes after."""
    storage = make(server.url, server.service_key)
    storage.put(MISSING, b"makes the bucket")
    storage.delete([MISSING])
    server.requests.clear()
    return storage


def create_bucket(server: StorageServer, **options: object) -> None:
    auth = {"authorization": f"Bearer {server.service_key}"}
    wanted = {"id": "pentagram", "name": "pentagram", **options}
    httpx.post(f"{server.url}/storage/v1/bucket", headers=auth, json=wanted).raise_for_status()


def test_the_bucket_is_private_and_limited(supabase: SupabaseStorage, server: StorageServer) -> None:
    supabase.put(KEY, DATA)
    bucket = server.buckets["pentagram"]
    assert (bucket.public, bucket.file_size_limit) == (False, LARGEST_FILE_BYTES)
    assert set(bucket.allowed_mime_types or []) == {
        "image/webp",
        "image/png",
        "image/jpeg",
        "application/octet-stream",
    }
    assert httpx.get(f"{server.url}/storage/v1/object/public/pentagram/{KEY}").json()["statusCode"] == "404"


def test_pictures_are_stored_with_their_type_and_may_be_kept_by_browsers(
    supabase: SupabaseStorage, server: StorageServer
) -> None:
    for ending, kind in CONTENT_TYPES.items():
        supabase.put(key_of(DATA, ending), DATA)
        stored = server.objects["pentagram"][key_of(DATA, ending)]
        assert (stored.content_type, stored.cache_control) == (kind, "max-age=31536000")


def test_a_bucket_that_was_made_for_pictures_only_takes_archives_from_now_on(
    make: Callable[..., SupabaseStorage], server: StorageServer
) -> None:
    create_bucket(server, allowed_mime_types=["image/webp", "image/png", "image/jpeg"])
    key = part_key(uuid.uuid4(), 3)

    storage = make(server.url, server.service_key)
    storage.put(key, DATA)

    assert storage.get(key) == DATA
    assert server.buckets["pentagram"].public is False


def test_the_bucket_is_looked_for_once(supabase: SupabaseStorage, server: StorageServer) -> None:
    supabase.put(KEY, DATA)
    supabase.put(MISSING, DATA)
    assert [r.method for r in server.requests] == ["POST", "POST"]


def test_processes_that_make_the_bucket_at_once_all_succeed(
    make: Callable[..., SupabaseStorage], server: StorageServer
) -> None:
    start = threading.Barrier(20)

    def put(number: int) -> None:
        storage = make(server.url, server.service_key)
        start.wait(30)
        storage.put(key_of(bytes([number])), bytes([number]))

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(put, range(20)))
    assert len(server.objects["pentagram"]) == 20


def test_losing_the_race_for_the_bucket_is_no_error(
    make: Callable[..., SupabaseStorage], server: StorageServer
) -> None:
    create_bucket(server)
    missing = b'{"statusCode":"404","error":"Bucket not found","message":"Bucket not found"}'
    server.answer(1, missing, status=400)
    make(server.url, server.service_key).put(KEY, DATA)
    assert len(server.seen("POST", "/bucket")) == 2  # this test's and the one answered 409


def test_threads_of_one_storage_share_it(make: Callable[..., SupabaseStorage], server: StorageServer) -> None:
    storage = make(server.url, server.service_key)
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda n: storage.put(key_of(bytes([n])), bytes([n])), range(60)))
    assert len(server.objects["pentagram"]) == 60


def test_a_public_bucket_is_refused(make: Callable[..., SupabaseStorage], server: StorageServer) -> None:
    create_bucket(server, public=True)
    with pytest.raises(ConfigurationError, match=r"public.*SUPABASE_BUCKET"):
        make(server.url, server.service_key).put(KEY, DATA)
    assert server.objects["pentagram"] == {}


def test_a_bucket_removed_while_we_run_is_made_again(supabase: SupabaseStorage, server: StorageServer) -> None:
    del server.buckets["pentagram"], server.objects["pentagram"]
    supabase.put(KEY, DATA)
    assert supabase.get(KEY) == DATA


def test_a_bucket_name_that_supabase_refuses_names_its_setting(
    make: Callable[..., SupabaseStorage], server: StorageServer
) -> None:
    with pytest.raises(ConfigurationError, match=r"Bucket name invalid.*SUPABASE_BUCKET"):
        make(server.url, server.service_key, bucket="b" * 200).put(KEY, DATA)


@pytest.mark.parametrize("by_gateway", [False, True])
@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_an_overloaded_server_is_asked_again_with_growing_pauses(
    supabase: SupabaseStorage, server: StorageServer, sleeps: Sleeps, status: int, by_gateway: bool
) -> None:
    server.fail(3, status, by_gateway=by_gateway)
    supabase.put(KEY, DATA)
    assert len(server.seen("POST", "/object/pentagram")) == 4
    assert len(sleeps) == 3
    assert all(0.5 * usual <= s <= 1.5 * usual for s, usual in zip(sleeps, (0.25, 1, 3), strict=True))
    assert server.objects["pentagram"][KEY].data == DATA


def test_a_status_that_hides_in_a_body_without_error_is_understood(
    supabase: SupabaseStorage, server: StorageServer
) -> None:
    server.answer(2, b'{"statusCode":"503","code":"SlowDown","message":"slow down"}', status=400)
    supabase.put(KEY, DATA)
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    "attempt",
    [
        lambda s: s.put(KEY, DATA),
        lambda s: s.get(KEY),
        lambda s: s.delete([KEY]),
        lambda s: s.exists(KEY),
        lambda s: s.links([KEY]),
    ],
    ids=["put", "get", "delete", "exists", "links"],
)
def test_patience_ends_after_four_requests_whatever_is_asked(
    supabase: SupabaseStorage, server: StorageServer, attempt: Callable[[SupabaseStorage], object]
) -> None:
    server.fail(100)
    with pytest.raises(Unavailable, match=r"does not answer at http://127\.0\.0\.1"):
        attempt(supabase)
    assert len(server.requests) == 4


def test_a_cut_connection_is_opened_again(supabase: SupabaseStorage, server: StorageServer) -> None:
    server.cut(3)
    supabase.put(KEY, DATA)
    assert supabase.get(KEY) == DATA


def test_a_silent_server_is_not_waited_for(
    make: Callable[..., SupabaseStorage], server: StorageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience = {"connect": 5.0, "read": 0.2, "write": 5.0, "pool": 5.0}
    monkeypatch.setattr("services.platform.storage.supabase.TIMEOUT_SECONDS", patience)
    create_bucket(server)
    server.delay(2, 60)
    started = time.monotonic()
    make(server.url, server.service_key).put(KEY, DATA)
    assert time.monotonic() - started < 5
    assert server.objects["pentagram"][KEY].data == DATA


def test_a_server_that_is_not_there_is_unavailable(make: Callable[..., SupabaseStorage], sleeps: Sleeps) -> None:
    with StorageServer() as gone:
        url = gone.url
    with pytest.raises(Unavailable, match=url):
        make(url, gone.service_key).put(KEY, DATA)
    assert len(sleeps) == 3


def test_a_page_of_some_gateway_is_not_taken_for_an_answer(supabase: SupabaseStorage, server: StorageServer) -> None:
    server.answer(4, b"<html>welcome to the airport</html>")
    with pytest.raises(Unavailable):
        supabase.links([KEY])


def test_what_asking_again_cannot_help_is_not_asked_again(
    make: Callable[..., SupabaseStorage], server: StorageServer, sleeps: Sleeps
) -> None:
    create_bucket(server, allowed_mime_types=["image/gif"])
    with pytest.raises(Unavailable, match="mime type image/webp is not supported"):
        make(server.url, server.service_key).put(KEY, DATA)
    assert len(server.seen("POST", "/object/")) == 1
    assert sleeps == []


def test_a_missing_picture_is_not_asked_for_again(supabase: SupabaseStorage, server: StorageServer) -> None:
    with pytest.raises(NotFound):
        supabase.get(MISSING)
    assert len(server.requests) == 1


@pytest.mark.parametrize("key", [ANON_KEY, PUBLISHABLE_KEY, "wrong"])
def test_a_key_that_may_not_store_names_the_setting_and_its_remedy(
    make: Callable[..., SupabaseStorage], server: StorageServer, sleeps: Sleeps, key: str
) -> None:
    storage = make(server.url, key)
    for attempt in (partial(storage.put, KEY, DATA), storage.check):
        with pytest.raises(ConfigurationError, match=r"SUPABASE_KEY.*secret key from Project"):
            attempt()
    assert sleeps == []
    assert server.buckets == {}


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_refused_by_the_gateway_names_the_setting_too(
    supabase: SupabaseStorage, server: StorageServer, status: int
) -> None:
    server.answer(1, b'{"message":"Invalid API key"}', status)
    with pytest.raises(ConfigurationError, match="SUPABASE_KEY"):
        supabase.get(KEY)
    assert len(server.requests) == 1


@pytest.mark.parametrize("key", ["", "key\n", "clé", "two words"])
def test_a_key_that_no_header_can_carry_is_refused_at_once(clock: FakeClock, key: str) -> None:
    with pytest.raises(ConfigurationError, match="SUPABASE_KEY"):
        SupabaseStorage("http://127.0.0.1:1", key, "pentagram", clock)


def test_new_style_secret_keys_work(make: Callable[..., SupabaseStorage], server: StorageServer) -> None:
    assert "'pentagram'" in make(server.url, server.secret_key).check()


@pytest.mark.parametrize("address", ["{}/elsewhere", "ftp://127.0.0.1"])
def test_an_address_that_is_no_supabase_names_its_setting(
    make: Callable[..., SupabaseStorage], server: StorageServer, address: str
) -> None:
    with pytest.raises(ConfigurationError, match="SUPABASE_URL"):
        make(address.format(server.url), server.service_key).put(KEY, DATA)


def test_many_links_are_signed_in_one_request_and_remembered(supabase: SupabaseStorage, server: StorageServer) -> None:
    keys = [key_of(bytes([n])) for n in range(30)]
    for key in keys:
        supabase.put(key, DATA)
    first = supabase.links(keys[:20])
    assert supabase.links(keys[:20]) == first
    assert len(server.seen("POST", "/object/sign")) == 1
    assert list(supabase.links(keys)) == keys
    signed = server.seen("POST", "/object/sign")[1:]
    assert [request.json()["paths"] for request in signed] == [keys[20:]]


def test_a_remembered_link_is_renewed_long_before_it_ends(supabase: SupabaseStorage, clock: FakeClock) -> None:
    supabase.put(KEY, DATA)
    first = supabase.links([KEY])[KEY]
    clock.advance(LINK_KEPT_SECONDS - 1)
    assert supabase.links([KEY])[KEY] == first
    clock.advance(1)
    second = supabase.links([KEY])[KEY]
    assert second != first
    assert open_by_http(first) == DATA
    clock.advance(LINK_SECONDS - LINK_KEPT_SECONDS + 1)
    assert httpx.get(first).json()["code"] == "InvalidJWT"
    assert open_by_http(second) == DATA


def test_that_a_picture_was_missing_is_not_remembered(supabase: SupabaseStorage) -> None:
    assert supabase.links([KEY]) == {}
    supabase.put(KEY, DATA)
    assert list(supabase.links([KEY])) == [KEY]


def test_only_so_many_links_are_remembered(
    make: Callable[..., SupabaseStorage], server: StorageServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.platform.storage.supabase.LINKS_KEPT", 3)
    storage = make(server.url, server.service_key)
    keys = [key_of(bytes([n])) for n in range(5)]
    for key in keys:
        storage.put(key, DATA)
    assert len(storage.links(keys)) == 5
    storage.links(keys[2:])
    assert len(server.seen("POST", "/object/sign")) == 1
    storage.links(keys[:1])
    assert len(server.seen("POST", "/object/sign")) == 2


def test_very_many_are_removed_in_requests_that_storage_takes_and_none_in_none(
    supabase: SupabaseStorage, server: StorageServer
) -> None:
    supabase.delete([])
    assert server.requests == []
    supabase.delete([key_of(str(n).encode()) for n in range(1001)])
    assert [len(request.json()["prefixes"]) for request in server.requests] == [1000, 1]


def test_check_leaves_nothing_in_the_bucket(supabase: SupabaseStorage, server: StorageServer) -> None:
    assert "'pentagram'" in supabase.check()
    assert server.objects["pentagram"] == {}


def test_check_opens_the_link_it_was_given(supabase: SupabaseStorage, server: StorageServer) -> None:
    server.delay(4, 0)  # bucket, upload, download and signing go well
    server.answer(1, b"no such host", 404)
    with pytest.raises(Unavailable, match="does not open"):
        supabase.check()
    assert server.objects["pentagram"] == {}


def test_connections_are_opened_again_after_close(supabase: SupabaseStorage) -> None:
    supabase.put(KEY, DATA)
    supabase.close()
    assert supabase.get(KEY) == DATA


def test_nothing_is_imported_or_asked_before_the_first_use() -> None:
    lazy = run_python(
        "SupabaseStorage('http://127.0.0.1:1', 'k', 'b', SystemClock())\nprint('supabase' in sys.modules)",
        ROOT,
    )
    assert lazy.stdout == "False\n", lazy.stderr
