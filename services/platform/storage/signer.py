"""Addresses of pictures on our own server that work for a while and for nothing else."""

from __future__ import annotations

import hashlib
import hmac
import math
import re

from services.platform.clock import Clock

MINUTES = 60
ROUNDED_TO_SECONDS = 10 * MINUTES
EXPIRY = re.compile(r"[0-9]{1,12}")


class LinkSigner:
    """Signs a key together with the second after which its address stops working."""

    def __init__(self, key: bytes, clock: Clock) -> None:
        self._key = key
        self._clock = clock

    def sign(self, path_key: str, seconds: int) -> str:
        """The query string of an address that works for `seconds` at least.

        Expiry is rounded up to ten minutes: whoever comes back soon gets the same address, and with it the
        copy that the browser already has.
        """
        until = self._clock.now().timestamp() + seconds
        expires = str(math.ceil(until / ROUNDED_TO_SECONDS) * ROUNDED_TO_SECONDS)
        return f"e={expires}&s={self._signature(path_key, expires)}"

    def is_valid(self, key: str, expires: str, signature: str) -> bool:
        """Whether we signed this and its time has not passed; anything odd is just False."""
        if not EXPIRY.fullmatch(expires) or int(expires) < self._clock.now().timestamp():
            return False
        # Compared as bytes: compare_digest raises TypeError for a str that is not ASCII.
        return hmac.compare_digest(_bytes(self._signature(key, expires)), _bytes(signature))

    def made_after(self, expires: str, seconds: int) -> float:
        """The earliest moment at which this address for `seconds` can have been made."""
        return int(expires) - seconds - ROUNDED_TO_SECONDS

    def _signature(self, key: str, expires: str) -> str:
        return hmac.new(self._key, _bytes(f"picture\n{expires}\n{key}"), hashlib.sha256).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
