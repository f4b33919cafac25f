"""Picture files: what an engine painted, as bytes to keep, with where it came from inside."""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import dataclass
from datetime import datetime
from html import escape, unescape
from typing import Literal

import numpy as np
from PIL import Image, ImageOps

Generator = Literal["trainedAlgorithmicMedia", "algorithmicMedia"]

FULL_QUALITY = 90
THUMBNAIL_QUALITY = 80
THUMBNAIL_SIDE = 512
PHASH_SIDE = 32
EXIF_IFD, USER_COMMENT, SOFTWARE = 0x8769, 0x9286, 0x0131
DIGITAL_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
DESCRIPTION = re.compile('<dc:description><rdf:Alt><rdf:li xml:lang="x-default">(.*?)</rdf:li>', re.DOTALL)
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
<Iptc4xmpExt:DigitalSourceType>{source}</Iptc4xmpExt:DigitalSourceType>
<xmp:CreatorTool>Pentagram</xmp:CreatorTool>
<dc:identifier>{identifier}</dc:identifier>
{more}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
XMP_OF_FULL = """<xmp:CreateDate>{created_at}</xmp:CreateDate>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{prompt}</rdf:li></rdf:Alt></dc:description>
"""


@dataclass(frozen=True)
class Provenance:
    """Where a picture came from; it travels inside the file."""

    prompt: str
    model: str
    engine: str
    seed: int
    width: int
    height: int
    created_at: datetime
    generator: Generator
    identifier: str = ""
    """Of the creation. It keeps the files of two people who paint the same from sharing a key, so that the one who
    deletes theirs does not take the other's along."""
    negative: str = ""
    steps: int | None = None


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


def encode(image: Image.Image, provenance: Provenance) -> EncodedPicture:
    """The files of a picture. The same picture and provenance give the same bytes, hence the same keys."""
    picture = image.convert("RGB")
    full = _webp(picture, FULL_QUALITY, _xmp(provenance, with_prompt=True), _exif(provenance))
    side = min(THUMBNAIL_SIDE, picture.width, picture.height)
    small = ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS)
    thumbnail = _webp(small, THUMBNAIL_QUALITY, _xmp(provenance, with_prompt=False))
    return EncodedPicture(
        full=full,
        thumbnail=thumbnail,
        full_key=_key("pictures", full),
        thumbnail_key=_key("thumbnails", thumbnail),
        width=picture.width,
        height=picture.height,
        phash=phash(picture),
        dominant_colour=dominant_colour(picture),
    )


def read_prompt(data: bytes) -> str | None:
    """The prompt inside a picture file of ours; None for any other bytes."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            xmp = image.info.get("xmp", b"")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    text = xmp.decode("utf-8", "replace") if isinstance(xmp, bytes) else str(xmp)
    found = DESCRIPTION.search(text)
    return unescape(found.group(1)) if found else None


def parameters(provenance: Provenance) -> str:
    """The text form that other picture tools read: prompt, negative prompt, one line of settings."""
    settings = {
        "Steps": provenance.steps,
        "Seed": provenance.seed,
        "Size": f"{provenance.width}x{provenance.height}",
        "Model": provenance.model,
        "Version": "Pentagram",
    }
    line = ", ".join(f"{name}: {_quoted(value)}" for name, value in settings.items() if value is not None)
    negative = [f"Negative prompt: {provenance.negative}"] if provenance.negative else []
    return storable("\n".join([provenance.prompt, *negative, line]))


def storable(text: str) -> str:
    """The text without the characters that neither XML nor UTF-8 can hold."""
    return NOT_IN_XML.sub("", text)


def phash(image: Image.Image) -> int:
    """64 bits of the picture's low frequencies; near pictures differ in few bits."""
    grey = image.convert("L").resize((PHASH_SIDE, PHASH_SIDE), Image.Resampling.LANCZOS)
    k = np.arange(PHASH_SIDE)
    cosines = np.cos(np.pi / PHASH_SIDE * (k[None] + 0.5) * k[:8, None])
    low = (cosines @ np.asarray(grey, np.float64) @ cosines.T).ravel()
    bits = low > np.median(low[1:])
    return int.from_bytes(np.packbits(bits).tobytes(), "big", signed=True)


def dominant_colour(image: Image.Image) -> str:
    """The most frequent of a few colours, as "#rrggbb": what stands in for a picture while it loads."""
    few = image.convert("RGB").resize((64, 64), Image.Resampling.BOX).quantize(6)
    most = int(np.bincount(np.asarray(few).ravel()).argmax())
    red, green, blue = (few.getpalette() or [0, 0, 0])[most * 3 : most * 3 + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _webp(image: Image.Image, quality: int, xmp: bytes, exif: bytes = b"") -> bytes:
    file = io.BytesIO()
    image.save(file, "WEBP", quality=quality, method=4, xmp=xmp, exif=exif)
    return file.getvalue()


def _key(folder: str, data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()
    return f"{folder}/{digest[:2]}/{digest}.webp"


def _exif(provenance: Provenance) -> bytes:
    exif = Image.Exif()
    exif[SOFTWARE] = "Pentagram"
    # Big-endian whatever the byte order of the file: that is how the readers of this comment decode it.
    comment = b"UNICODE\0" + parameters(provenance).encode("utf-16-be")
    exif.get_ifd(EXIF_IFD)[USER_COMMENT] = comment
    return exif.tobytes()


def _xmp(provenance: Provenance, with_prompt: bool) -> bytes:
    more = XMP_OF_FULL.format(
        created_at=provenance.created_at.isoformat(timespec="seconds"), prompt=_escaped(provenance.prompt)
    )
    source = DIGITAL_SOURCE_TYPE + provenance.generator
    identifier = _escaped(provenance.identifier)
    return XMP.format(source=source, identifier=identifier, more=more if with_prompt else "").encode()


def _escaped(text: str) -> str:
    # A bare carriage return would come back from any XML reader as a newline.
    return escape(storable(text)).replace("\r", "&#13;")


def _quoted(value: object) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if re.search(r'[,:"\n]', text) else text
