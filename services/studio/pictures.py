"""Picture files: what an engine painted, as bytes to keep, with where it came from inside."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageOps

from services.safety.hashes import phash
from services.studio.provenance import Provenance, exif_of, parameters, xmp_of
from services.studio.signing import Signer
from services.studio.webp import with_metadata

FULL_QUALITY = 90
THUMBNAIL_QUALITY = 80
START_QUALITY = 95
EFFORT = 2
"""Of the encoder, from 0 to 6: from 3 on it takes more than twice as long for files that are 6 % smaller, and a person
waits for that."""
THUMBNAIL_SIDE = 512


@dataclass(frozen=True)
class EncodedPicture:
    """The two files of a picture, their keys in any storage, and what search and layout ask of it."""

    full: bytes
    thumbnail: bytes
    full_key: str
    thumbnail_key: str
    width: int
    height: int
    phash: int
    """Perceptual hash, signed so that it fits a Postgres bigint; compare by the bits that differ."""
    dominant_colour: str


def encode(
    image: Image.Image, provenance: Provenance, *, file: bytes = b"", signer: Signer | None = None
) -> EncodedPicture:
    """The files of a picture; `file` is the same picture as a WebP file, whose pixels are then kept as they are.

    The same picture and provenance give the same bytes, hence the same keys, unless a `signer` signs the full one: no
    two signatures are alike. `ConfigurationError` if it cannot sign.
    """
    picture = image.convert("RGB")
    full = with_metadata(file or full_file(picture), xmp=_full_xmp(provenance), exif=exif_of(parameters(provenance)))
    if signer is not None:
        # Last: any later change to the file would break its seal.
        full = signer.sign(full, provenance.generator)
    thumbnail = with_metadata(_thumbnail(picture), xmp=xmp_of(provenance.generator, provenance.identifier))
    return EncodedPicture(
        full=full,
        thumbnail=thumbnail,
        full_key=key_of("pictures", full),
        thumbnail_key=key_of("thumbnails", thumbnail),
        width=picture.width,
        height=picture.height,
        phash=phash(picture),
        dominant_colour=dominant_colour(picture),
    )


def full_file(image: Image.Image) -> bytes:
    """The picture as it is kept, without a word on where it came from."""
    return _webp(image.convert("RGB"), FULL_QUALITY)


def start_file(image: Image.Image) -> bytes:
    """A picture to start from, as it is kept: pixels and nothing else."""
    return _webp(image, START_QUALITY)


def key_of(folder: str, data: bytes, *, owner: bytes = b"") -> str:
    """Where a file is kept: by its contents, and by its `owner` where nobody else shall share the key."""
    digest = hashlib.sha256(owner + data).hexdigest()
    return f"{folder}/{digest[:2]}/{digest}.webp"


@contextmanager
def quietly() -> Iterator[None]:
    """Pillow warns of odd files; whoever opens files of strangers expects them, and decides by what it reads."""
    with warnings.catch_warnings():
        # Named by module, because another thread may be left with this filter.
        warnings.filterwarnings("ignore", module=r"PIL\.")
        yield


def dominant_colour(image: Image.Image) -> str:
    """The most frequent of a few colours, as "#rrggbb": what stands in for a picture while it loads."""
    few = image.convert("RGB").resize((64, 64), Image.Resampling.BOX).quantize(6)
    most = int(np.bincount(np.asarray(few).ravel()).argmax())
    red, green, blue = (few.getpalette() or [0, 0, 0])[most * 3 : most * 3 + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _thumbnail(picture: Image.Image) -> bytes:
    side = min(THUMBNAIL_SIDE, picture.width, picture.height)
    return _webp(ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS), THUMBNAIL_QUALITY)


def _full_xmp(provenance: Provenance) -> bytes:
    created_at = provenance.created_at.isoformat(timespec="seconds")
    return xmp_of(provenance.generator, provenance.identifier, created_at=created_at, prompt=provenance.prompt)


def _webp(image: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    # An image that was opened from a file brings its profile along unless told otherwise.
    image.save(file, "WEBP", quality=quality, method=EFFORT, icc_profile=b"", exif=b"", xmp=b"")
    return file.getvalue()
