"""What every storage asks of a file, and the round trip by which doctor tries one."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from io import BytesIO

from services.errors import Unavailable, UserError
from services.platform.storage.base import LARGEST_FILE_BYTES, Storage

PROBE_SIDE_PIXELS = 4


def checked_size(data: bytes) -> bytes:
    """The file itself, if it is no larger than any storage of ours takes."""
    if len(data) > LARGEST_FILE_BYTES:
        raise UserError(f"This picture is larger than {LARGEST_FILE_BYTES // 1024**2} MB.")
    return data


def round_trip(storage: Storage, opens: Callable[[str], bool] = bool) -> None:
    """Put a tiny picture, read it back, open its address and remove it; what goes wrong is `Unavailable`.

    Every call makes a picture of its own, so that two doctors at once do not remove each other's.
    """
    data = _tiny_picture()
    digest = hashlib.sha256(data).hexdigest()
    key = f"pictures/{digest[:2]}/{digest}.png"
    storage.put(key, data)
    try:
        if storage.get(key) != data:
            raise Unavailable(f"{storage.name} gave back another file than it was given.")
        if not opens(storage.links([key])[key]):
            raise Unavailable(f"{storage.name} gave an address that does not open.")
    finally:
        storage.delete([key])


def _tiny_picture() -> bytes:
    from PIL import Image

    side = PROBE_SIDE_PIXELS
    file = BytesIO()
    Image.frombytes("RGB", (side, side), secrets.token_bytes(3 * side * side)).save(file, "PNG")
    return file.getvalue()
