"""Pictures in a private bucket of Supabase Storage, through supabase-py."""

from __future__ import annotations

import logging
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from services.errors import ConfigurationError, NotFound, Unavailable
from services.platform.clock import Clock
from services.platform.storage.base import (
    CONTENT_TYPES,
    LARGEST_FILE_BYTES,
    PICTURE_TYPES,
    checked_key,
    content_type,
)
from services.platform.storage.checks import checked_size, round_trip

if TYPE_CHECKING:
    import httpx
    from storage3 import SyncBucket, SyncStorageClient
    from storage3.exceptions import StorageApiError
    from storage3.types import CreateOrUpdateBucketOptions, FileOptions

T = TypeVar("T")
log = logging.getLogger(__name__)

HOURS = 60 * 60
LINK_SECONDS = 2 * HOURS
LINK_KEPT_SECONDS = 1 * HOURS
LINKS_KEPT = 20_000
CACHED_SECONDS = 365 * 24 * HOURS
PAUSES_SECONDS = (0.25, 1.0, 3.0)
TIMEOUT_SECONDS = {"connect": 5.0, "read": 20.0, "write": 20.0, "pool": 10.0}
REMOVED_AT_ONCE = 1000
KEY_CHARACTERS = re.compile(r"[!-~]+")
KEY_REMEDY = "copy the secret key from Project -> Settings -> API keys"
URL_REMEDY = "copy it from Project -> Settings -> Data API"
LIMITS: CreateOrUpdateBucketOptions = {
    "public": False, "file_size_limit": LARGEST_FILE_BYTES, "allowed_mime_types": list(CONTENT_TYPES.values()),
}  # fmt: skip


class _Refused(Unavailable):
    """Storage understood and said no; asking again would not help."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"Supabase Storage refused a request: {message} ({status}).")
        self.status = status
        self.message = message


class SupabaseStorage:
    """One client for all threads, made at first use; the bucket too.

    A request that meets an overloaded or silent server is sent again a few times, with a growing pause.
    """

    name = "Supabase Storage"

    def __init__(
        self, url: str, key: str, bucket: str, clock: Clock, *, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        if not KEY_CHARACTERS.fullmatch(key):
            raise ConfigurationError(f"SUPABASE_KEY holds characters that no key has: {KEY_REMEDY}.")
        self._url = url
        self._key = key
        self._bucket = bucket
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._http: httpx.Client | None = None
        self._client: SyncStorageClient | None = None
        self._bucket_is_there = False
        self._links = _Links(LINKS_KEPT)

    def put(self, key: str, data: bytes) -> None:
        checked_key(key)
        checked_size(data)
        self._need_bucket()
        try:
            self._upload(key, data)
        except NotFound:  # the bucket was removed while we ran
            self._bucket_is_there = False
            self._need_bucket()
            self._upload(key, data)

    def get(self, key: str) -> bytes:
        checked_key(key)
        return self._call(lambda storage: storage.from_(self._bucket).download(key))

    def delete(self, keys: Sequence[str]) -> None:
        wanted = [checked_key(key) for key in keys]
        for start in range(0, len(wanted), REMOVED_AT_ONCE):
            self._remove(wanted[start : start + REMOVED_AT_ONCE])
        self._links.forget(wanted)

    def exists(self, key: str) -> bool:
        checked_key(key)
        try:
            return self._call(lambda storage: storage.from_(self._bucket).exists(key))
        except NotFound:
            return False

    def links(self, keys: Sequence[str]) -> dict[str, str]:
        """Addresses at Supabase: those not known yet are signed in one request, then kept for an hour."""
        wanted = list(dict.fromkeys(checked_key(key) for key in keys))
        now = self._clock.now()
        known = self._links.known(wanted, now)
        signed = self._sign([key for key in wanted if key not in known])
        self._links.keep(signed, now + timedelta(seconds=LINK_KEPT_SECONDS))
        found = known | signed
        return {key: found[key] for key in wanted if key in found}

    def check(self) -> str:
        self._bucket_is_there = False
        round_trip(self, opens=self._opens)
        return f"Pictures are kept in the private bucket {self._bucket!r} at {self._url}."

    def close(self) -> None:
        """Closes the connections; a later call opens new ones."""
        with self._lock:
            if self._http is not None:
                self._http.close()
            self._http = self._client = None

    def _upload(self, key: str, data: bytes) -> None:
        # upsert is the word "true", not True, which supabase-py cannot send; without it a retry is refused.
        options: FileOptions = {
            "content-type": content_type(key),
            "cache-control": str(CACHED_SECONDS),
            "upsert": "true",
        }
        self._call(lambda storage: storage.from_(self._bucket).upload(key, data, options))

    def _remove(self, keys: list[str]) -> None:
        try:
            self._call(lambda storage: storage.from_(self._bucket).remove(keys))
        except NotFound:
            log.info("The bucket %r is not there, so there was nothing to remove.", self._bucket)

    def _sign(self, keys: list[str]) -> dict[str, str]:
        if not keys:
            return {}
        try:
            signed = self._call(lambda storage: storage.from_(self._bucket).create_signed_urls(keys, LINK_SECONDS))
        except NotFound:
            return {}
        return {link["path"]: link["signedURL"] for link in signed if link["signedURL"]}

    def _opens(self, address: str) -> bool:
        return self._call(lambda storage: storage.session.get(address)).is_success

    def _need_bucket(self) -> None:
        # Without a lock: threads and processes that make it at once are told 409 and find it.
        if self._bucket_is_there:
            return
        bucket = self._found_bucket() or self._made_bucket()
        if bucket.public:
            raise ConfigurationError(
                f"The bucket {self._bucket!r} is public, so anyone could read private pictures: make it "
                "private in Storage -> Buckets, or set SUPABASE_BUCKET to another name."
            )
        if set(bucket.allowed_mime_types or ()) == set(PICTURE_TYPES.values()):
            # As we made it before there were archives.
            self._call(lambda storage: storage.update_bucket(self._bucket, LIMITS))
        self._bucket_is_there = True

    def _found_bucket(self) -> SyncBucket | None:
        try:
            return self._call(lambda storage: storage.get_bucket(self._bucket))
        except NotFound:
            return None

    def _made_bucket(self) -> SyncBucket:
        try:
            self._create_bucket()
        except NotFound:
            raise ConfigurationError(
                f"SUPABASE_URL is {self._url}, where no Supabase Storage is: {URL_REMEDY}."
            ) from None
        except _Refused as error:
            if error.status != 409:
                raise ConfigurationError(
                    f"The bucket {self._bucket!r} cannot be made: {error.message}. Make a private one in "
                    "Storage -> Buckets and name it in SUPABASE_BUCKET."
                ) from error
        return self._call(lambda storage: storage.get_bucket(self._bucket))

    def _create_bucket(self) -> None:
        self._call(lambda storage: storage.create_bucket(self._bucket, options=LIMITS))

    def _call(self, action: Callable[[SyncStorageClient], T]) -> T:
        """The action's result, tried again while that may help. Only for what is harmless to do twice."""
        import httpx
        from storage3.exceptions import StorageApiError

        storage = self._storage()
        for pause in (*PAUSES_SECONDS, None):
            try:
                return action(storage)
            except StorageApiError as error:
                _raise_if_final(_status(error), error.message, error.code)
                fault: Exception = error
            # ValueError and KeyError: an answer of 200 that is no Storage's, such as a gateway's page.
            except (httpx.RequestError, ValueError, KeyError) as error:
                fault = error
            if pause is not None:
                log.warning("Supabase Storage does not answer, asking again: %s", fault)
                self._sleep(_jittered(pause))
        raise Unavailable(f"Supabase Storage does not answer at {self._url}: {fault}.") from fault

    def _storage(self) -> SyncStorageClient:
        with self._lock:
            if self._client is None:
                self._client = self._connected()
            return self._client

    def _connected(self) -> SyncStorageClient:
        import httpx
        from supabase.lib.client_options import SyncClientOptions

        from supabase import SupabaseException, create_client

        self._http = httpx.Client(timeout=httpx.Timeout(**TIMEOUT_SECONDS))
        try:
            client = create_client(self._url, self._key, SyncClientOptions(httpx_client=self._http))
        except (SupabaseException, ValueError) as error:
            raise ConfigurationError(
                f"SUPABASE_URL is {self._url}, which is no address ({error}): {URL_REMEDY}."
            ) from None
        return client.storage


class _Links:
    """Signed addresses by key, the latest ones, each until its time. Safe for threads."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[str, datetime]] = OrderedDict()

    def known(self, keys: Sequence[str], now: datetime) -> dict[str, str]:
        with self._lock:
            kept = {key: self._kept[key] for key in keys if key in self._kept}
        return {key: link for key, (link, until) in kept.items() if now < until}

    def keep(self, links: Mapping[str, str], until: datetime) -> None:
        with self._lock:
            for key, link in links.items():
                self._kept[key] = (link, until)
                self._kept.move_to_end(key)
            while len(self._kept) > self._limit:
                self._kept.popitem(last=False)

    def forget(self, keys: Sequence[str]) -> None:
        with self._lock:
            for key in keys:
                self._kept.pop(key, None)


def _status(error: StorageApiError) -> int:
    """The one in the body. HTTP says 400 always, and storage3 believes that where the body has no "error"."""
    hidden = re.search(r'"statusCode"\s*:\s*"(\d{3})"', error.message)
    status = hidden[1] if hidden else str(error.status)
    return int(status) if status.isdecimal() else 500


def _raise_if_final(status: int, message: str, code: str) -> None:
    if status == 429 or status >= 500:
        return
    if status in {401, 403} or code == "InvalidJWT":
        raise ConfigurationError(
            f"Supabase refused SUPABASE_KEY ({message}): {KEY_REMEDY}; the publishable key may not store pictures."
        )
    if status == 404:
        raise NotFound("There is no such picture.")
    raise _Refused(status, message)


def _jittered(seconds: float) -> float:
    return seconds * secrets.SystemRandom().uniform(0.5, 1.5)
