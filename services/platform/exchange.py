"""One question to an HTTP server and its answer, within a time that holds whatever the server does."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx

CONNECT_SECONDS = 5.0
LONGEST_REPLY_BYTES = 1_000_000


@dataclass(frozen=True)
class Reply:
    status: int
    text: str


def exchange(
    method: str, url: str, *, within_s: float, headers: Mapping[str, str], body: dict[str, Any] | None = None
) -> Reply:
    """Not for coroutines. `TimeoutError` or an error of httpx where there is no answer in time; a body that does not
    end is cut."""
    return asyncio.run(asyncio.wait_for(_exchanged(method, url, within_s, headers, body), within_s))


async def _exchanged(
    method: str, url: str, within_s: float, headers: Mapping[str, str], body: dict[str, Any] | None
) -> Reply:
    """Its own client each time: what waits is cut off with its event loop, whatever it waits for."""
    timeout = httpx.Timeout(max(within_s, 0.0), connect=CONNECT_SECONDS)
    async with (
        httpx.AsyncClient(timeout=timeout, verify=_trust()) as client,
        client.stream(method, url, json=body, headers=dict(headers)) as response,
    ):
        read = b""
        async for chunk in response.aiter_bytes():
            read += chunk
            if len(read) > LONGEST_REPLY_BYTES:
                break
        return Reply(response.status_code, read.decode("utf-8", "replace"))


@cache
def _trust() -> ssl.SSLContext:
    return httpx.create_ssl_context()


def base_url(given: str) -> str:
    """Where the paths of an OpenAI-compatible server begin: `/v1` is added to a bare address, as they all have it
    there."""
    url = given.strip().rstrip("/").removesuffix("/chat/completions").removesuffix("/moderations")
    return url if urlsplit(url).path.strip("/") else f"{url}/v1"


def is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
