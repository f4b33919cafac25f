"""Where a picture came from, as it is written into its file. `reading.py` finds it again."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Literal

from PIL import Image

Generator = Literal["trainedAlgorithmicMedia", "algorithmicMedia"]

SOFTWARE = "Pentagram"
EXIF_IFD, USER_COMMENT, SOFTWARE_TAG = 0x8769, 0x9286, 0x0131
DIGITAL_SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
<Iptc4xmpExt:DigitalSourceType>{source}</Iptc4xmpExt:DigitalSourceType>
<xmp:CreatorTool>{software}</xmp:CreatorTool>
<dc:identifier>{identifier}</dc:identifier>
{more}</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
CREATED = "<xmp:CreateDate>{}</xmp:CreateDate>\n"
DESCRIPTION = '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description>\n'


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
    guidance: float | None = None
    strength: float | None = None
    """How much of the picture it started from could change; None where it started from none."""
    revision: str = ""
    """The commit of the model's repository, where one was pinned."""
    style: str = ""


def parameters(provenance: Provenance) -> str:
    """The text form that other picture tools read: prompt, negative prompt, one line of settings."""
    negative = [f"Negative prompt: {provenance.negative}"] if provenance.negative else []
    return storable("\n".join([provenance.prompt, *negative, settings_line(settings_of(provenance))]))


def settings_of(provenance: Provenance) -> dict[str, object]:
    """By the names that other tools gave them, where they have one."""
    return {
        "Steps": provenance.steps,
        "CFG scale": provenance.guidance,
        "Seed": provenance.seed,
        "Size": f"{provenance.width}x{provenance.height}",
        "Model": provenance.model,
        "Model revision": provenance.revision,
        "Denoising strength": provenance.strength,
        "Style": provenance.style,
        "Engine": provenance.engine,
        "Version": SOFTWARE,
    }


def settings_line(settings: dict[str, object]) -> str:
    """One line, whatever the values: what follows the last line break of a comment is never somebody's words."""
    return ", ".join(f"{name}: {_quoted(value)}" for name, value in settings.items() if value not in {None, ""})


def exif_of(comment: str) -> bytes:
    exif = Image.Exif()
    exif[SOFTWARE_TAG] = SOFTWARE
    # Big-endian whatever the byte order of the file: that is how the readers of this comment decode it.
    exif.get_ifd(EXIF_IFD)[USER_COMMENT] = b"UNICODE\0" + comment.encode("utf-16-be")
    return exif.tobytes()


def xmp_of(source: str, identifier: str, *, created_at: str = "", prompt: str | None = None) -> bytes:
    """The packet that photo tools and platforms look for; `source` is one of IPTC's digital source types."""
    more = CREATED.format(_escaped(created_at)) if created_at else ""
    if prompt is not None:
        more += DESCRIPTION.format(_escaped(prompt))
    return XMP.format(
        source=DIGITAL_SOURCE_TYPE + source, software=SOFTWARE, identifier=_escaped(identifier), more=more
    ).encode()


def storable(text: str) -> str:
    """The text without the characters that neither XML nor UTF-8 can hold."""
    return NOT_IN_XML.sub("", text)


def _escaped(text: str) -> str:
    # A bare carriage return would come back from any XML reader as a newline.
    return escape(storable(text)).replace("\r", "&#13;")


def _quoted(value: object) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if re.search(r'[,:"\n\r]', text) else text
