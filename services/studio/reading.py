"""What a picture file says about where it came from: ours, and those of AUTOMATIC1111, ComfyUI and InvokeAI.

Anybody may have written anything into a file, so all of it is a claim: bounded in length, numbers only where numbers
may be, and nothing rather than an error.
"""

from __future__ import annotations

import io
import json
import logging
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any, get_args

from PIL import Image

from services.studio.pictures import quietly
from services.studio.provenance import (
    DIGITAL_SOURCE_TYPE,
    EXIF_IFD,
    SOFTWARE,
    USER_COMMENT,
    Generator,
    exif_of,
    settings_line,
    storable,
    xmp_of,
)
from services.studio.signing import Claim, Signer, read_claim
from services.studio.webp import with_metadata

log = logging.getLogger(__name__)

FORMATS = ("WEBP", "PNG", "JPEG")
LONGEST_NOTE = 2_000_000
"""Characters; a workflow of ComfyUI has tens of thousands."""
LONGEST_WORDS = 20_000
MOST_NODES = 64
CAMERA_MAKE, CAMERA_MODEL = 0x010F, 0x0110
"""The two tags in which ComfyUI keeps its graphs where a format has no text of its own."""
PAIR = re.compile(r'\s*(\w[\w /-]{0,60}):\s*("(?:\\.|[^"\\])*"|[^,]*)(?:,|$)')
NEGATIVE = "Negative prompt:"
IN_XMP = {
    "source_type": re.compile(r'DigitalSourceType(?:>|=")([^<"]{1,200})'),
    "identifier": re.compile("<dc:identifier>([^<]{1,200})<"),
    "created_at": re.compile("<xmp:CreateDate>([^<]{1,60})<"),
    "software": re.compile('CreatorTool(?:>|=")([^<"]{1,200})'),
    "prompt": re.compile('<dc:description><rdf:Alt><rdf:li xml:lang="x-default">(.*?)</rdf:li>', re.DOTALL),
}
WITHOUT_PROMPT = ("Steps", "CFG scale", "Seed", "Size", "Model", "Model revision", "Engine", "Version")
"""What a file may go on saying when the prompt is taken out: none of it is anybody's words, or of an upload."""


@dataclass(frozen=True)
class ReadProvenance:
    """What the file claims. Empty or None is what it says nothing about."""

    software: str = ""
    prompt: str | None = None
    negative: str = ""
    seed: int | None = None
    steps: int | None = None
    guidance: float | None = None
    strength: float | None = None
    width: int | None = None
    height: int | None = None
    model: str = ""
    revision: str = ""
    engine: str = ""
    style: str = ""
    source_type: str = ""
    identifier: str = ""
    created_at: str = ""
    claim: Claim | None = None


@dataclass(frozen=True)
class _Notes:
    """All that is written in a file beside its pixels."""

    mime: str = ""
    size: tuple[int, int] = (0, 0)
    texts: Mapping[str, str] = field(default_factory=dict)
    comment: str = ""
    xmp: str = ""


def read_provenance(file: bytes) -> ReadProvenance | None:
    """What a WebP, PNG or JPEG file says of its origin; None if it says nothing, and for any other bytes."""
    notes = _notes(file)
    if notes is None:
        return None
    found = next((found for reader in READERS if (found := reader(notes)) is not None), None)
    claim = read_claim(file, notes.mime) if b"c2pa" in file else None
    if found is None and claim is None:
        return None
    return replace(found or ReadProvenance(), width=notes.size[0], height=notes.size[1], claim=claim)


def without_prompt(file: bytes, *, signer: Signer | None = None) -> bytes:
    """The same picture to give away: no prompt, no negative prompt, no word on what it started from. Its seal is made
    anew by the `signer`, or gone. `ValueError` if it is no WebP file."""
    notes = _notes(file) or _Notes()
    told, line = _in_xmp(notes.xmp), notes.comment.rpartition("\n")[2]
    source = told.get("source_type", "").removeprefix(DIGITAL_SOURCE_TYPE)
    generator: Generator | None = next((known for known in get_args(Generator) if known == source), None)
    if told.get("software") != SOFTWARE or generator is None:
        return with_metadata(file)
    settings = _settings(line)
    kept: dict[str, object] = {name: settings[name] for name in WITHOUT_PROMPT if name in settings}
    xmp = xmp_of(generator, told.get("identifier", ""), created_at=told.get("created_at", ""))
    bare = with_metadata(file, xmp=xmp, exif=exif_of(settings_line(kept)))
    return signer.sign(bare, generator) if signer is not None else bare


def _notes(file: bytes) -> _Notes | None:
    try:
        with quietly(), Image.open(io.BytesIO(file), formats=FORMATS) as image:
            return _written_in(image)
    except Exception as error:  # noqa: BLE001 - a decoder that is handed garbage may raise anything
        log.debug("A file could not be read for its origin: %r", error)
        return None


def _written_in(image: Image.Image) -> _Notes:
    exif = image.getexif()
    texts = {str(name): value[:LONGEST_NOTE] for name, value in image.info.items() if isinstance(value, str)}
    for tag in (CAMERA_MAKE, CAMERA_MODEL):
        name, _, value = str(exif.get(tag, ""))[:LONGEST_NOTE].partition(":")
        texts.setdefault(name, value)
    return _Notes(
        mime=Image.MIME[image.format or ""],
        size=image.size,
        texts=texts,
        comment=texts.get("parameters") or _comment(exif.get_ifd(EXIF_IFD).get(USER_COMMENT, b"")),
        xmp=_text(image.info.get("xmp") or texts.get("XML:com.adobe.xmp", "")),
    )


def _text(raw: object) -> str:
    return raw[:LONGEST_NOTE].decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)[:LONGEST_NOTE]


def _comment(raw: object) -> str:
    if not isinstance(raw, bytes):
        return str(raw)[:LONGEST_NOTE]
    coding, text = raw[:8], raw[8 : 8 + LONGEST_NOTE]
    if not coding.startswith(b"UNICODE"):
        return (text if coding.startswith(b"ASCII") else raw[:LONGEST_NOTE]).decode("utf-8", "replace").strip("\0")
    # Some tools write it in the other byte order; the settings are ASCII, so one byte of most is zero.
    is_little = text[1::2].count(0) > text[::2].count(0)
    return text.decode("utf-16-le" if is_little else "utf-16-be", "replace")


def _in_xmp(xmp: str) -> dict[str, Any]:
    found = {name: pattern.search(xmp) for name, pattern in IN_XMP.items()}
    return {name: _words(unescape(match[1])) for name, match in found.items() if match}


def _settings(line: str) -> dict[str, str]:
    """The pairs of a line such as "Steps: 4, Seed: 42", by the names that AUTOMATIC1111 gave them."""
    return {name: _unquoted(value.strip()) for name, value in PAIR.findall(line[:LONGEST_WORDS])}


def _unquoted(value: str) -> str:
    try:
        return str(json.loads(value)) if value.startswith('"') else value
    except ValueError:
        return value


def _ours(notes: _Notes) -> ReadProvenance | None:
    told = _in_xmp(notes.xmp)
    if told.get("software") != SOFTWARE:
        return None
    spoken, _, line = notes.comment.rpartition("\n")
    prompt = told.get("prompt")
    _, _, negative = spoken.removeprefix(prompt or "").partition(f"\n{NEGATIVE} ")
    # Files whose prompt was taken out have a comment of one line.
    return replace(_of_settings(_settings(line)), negative=_words(negative) if prompt is not None else "", **told)


def _automatic1111(notes: _Notes) -> ReadProvenance | None:
    spoken, _, line = notes.comment.rpartition("\n")
    settings = _settings(line)
    if "Steps" not in settings and not {"Seed", "Size"} <= settings.keys():
        return None
    prompt, _, negative = f"\n{spoken}".partition(f"\n{NEGATIVE}")
    return replace(
        _of_settings(settings),
        software=SOFTWARE if settings.get("Version") == SOFTWARE else "AUTOMATIC1111",
        prompt=_words(prompt.removeprefix("\n")),
        negative=_words(negative).strip(),
    )


def _of_settings(settings: dict[str, str]) -> ReadProvenance:
    return ReadProvenance(
        seed=_seed(settings.get("Seed")),
        steps=_steps(settings.get("Steps")),
        guidance=_guidance(settings.get("CFG scale")),
        strength=_strength(settings.get("Denoising strength")),
        model=_words(settings.get("Model")),
        revision=_words(settings.get("Model revision") or settings.get("Model hash")),
        engine=_words(settings.get("Engine")),
        style=_words(settings.get("Style")),
    )


def _invokeai(notes: _Notes) -> ReadProvenance | None:
    told = _object(notes.texts.get("invokeai_metadata"))
    if not told:
        old = _object(notes.texts.get("sd-metadata"))
        told = {"model": old.get("model_weights"), **_object(old.get("image"))}
    prompt = _spoken(told.get("positive_prompt") or told.get("prompt"))
    if prompt is None:
        return None
    model = told.get("model")
    return ReadProvenance(
        software="InvokeAI",
        prompt=prompt,
        negative=_words(told.get("negative_prompt")),
        seed=_seed(told.get("seed")),
        steps=_steps(told.get("steps")),
        guidance=_guidance(told.get("cfg_scale")),
        strength=_strength(told.get("strength")),
        model=_words(model.get("name") or model.get("model_name") if isinstance(model, dict) else model),
    )


def _spoken(prompt: object) -> str | None:
    """Early versions kept a list of weighted prompts."""
    if isinstance(prompt, list):
        parts = [_words(_object(part).get("prompt")) for part in prompt[:MOST_NODES]]
        return " ".join(filter(None, parts)) or None
    return _words(prompt) if isinstance(prompt, str) else None


def _comfyui(notes: _Notes) -> ReadProvenance | None:
    graph = _Graph(_object(notes.texts.get("prompt")))
    prompt = graph.words("positive", "conditioning")
    if prompt is None:
        return None
    return ReadProvenance(
        software="ComfyUI",
        prompt=prompt,
        negative=graph.words("negative") or "",
        seed=graph.number(_seed, "seed", "noise_seed"),
        steps=graph.number(_steps, "steps"),
        guidance=graph.number(_guidance, "cfg", "guidance"),
        strength=graph.number(_strength, "denoise"),
        model=next((_words(name) for name in graph.values("ckpt_name", "unet_name") if isinstance(name, str)), ""),
    )


class _Graph:
    """A workflow of ComfyUI: nodes by id, whose inputs are values or links `[id, output]` to other nodes."""

    TEXTS = ("text", "prompt", "string", "value", "t5xxl", "text_g", "clip_l")
    ELSEWHERE = ("clip", "model", "vae", "negative", "samples", "latent_image", "image")

    def __init__(self, nodes: dict[str, Any]) -> None:
        inputs = {id_: _object(_object(node).get("inputs")) for id_, node in nodes.items()}
        self._inputs = {id_: found for id_, found in inputs.items() if found}

    def words(self, *names: str) -> str | None:
        """The text that the first link of such a name leads to, through whatever stands between."""
        for link in self.values(*names):
            for node in self._behind(link):
                text = next((node[name] for name in self.TEXTS if isinstance(node.get(name), str)), None)
                if text is not None:
                    return _words(text)
        return None

    def number(self, read: Callable[[object], Any], *names: str) -> Any:
        """The first that reads as one, itself or from the node it is linked to."""
        for value in self.values(*names):
            for candidate in (value, *(node.get("value") for node in self._behind(value))):
                if (number := read(candidate)) is not None:
                    return number
        return None

    def values(self, *names: str) -> Iterator[object]:
        return (node[name] for node in self._inputs.values() for name in names if name in node)

    def _behind(self, link: object) -> Iterator[dict[str, Any]]:
        """The nodes from which something comes through this link, the first branch to its end before the second."""
        waiting, seen = [link], set[str]()
        while waiting and len(seen) < MOST_NODES:
            id_ = _target(waiting.pop())
            if id_ is None or id_ in seen or id_ not in self._inputs:
                continue
            seen.add(id_)
            yield self._inputs[id_]
            inputs = self._inputs[id_].items()
            waiting += reversed([value for name, value in inputs if name not in self.ELSEWHERE])


def _target(link: object) -> str | None:
    return str(link[0]) if isinstance(link, list) and len(link) == 2 else None


def _only_xmp(notes: _Notes) -> ReadProvenance | None:
    """Whatever else says how its picture came about; a camera says so too."""
    told = _in_xmp(notes.xmp)
    if "source_type" not in told:
        return None
    return ReadProvenance(**{name: told[name] for name in told if name != "prompt"})


READERS: Iterable[Callable[[_Notes], ReadProvenance | None]] = (_ours, _invokeai, _comfyui, _automatic1111, _only_xmp)


def _object(found: object) -> dict[str, Any]:
    """A dict, or text that is one in JSON; anything else is an empty one."""
    if isinstance(found, str):
        try:
            found = json.loads(found)
        except (ValueError, RecursionError):
            return {}
    return found if isinstance(found, dict) else {}


def _words(text: object) -> str:
    return storable(text[:LONGEST_WORDS]) if isinstance(text, str) else ""


def _number(found: object, low: float, high: float) -> float | None:
    try:
        number = float(found) if isinstance(found, int | float | str) and not isinstance(found, bool) else math.nan
    except (ValueError, OverflowError):
        return None
    return number if low <= number <= high else None


def _whole(found: object, low: int, high: int) -> int | None:
    try:
        number = int(found) if isinstance(found, int | str) and not isinstance(found, bool) else None
    except ValueError:
        return None
    return number if number is not None and low <= number <= high else None


def _seed(found: object) -> int | None:
    return _whole(found, 0, 2**64 - 1)


def _steps(found: object) -> int | None:
    return _whole(found, 1, 10_000)


def _guidance(found: object) -> float | None:
    return _number(found, 0, 1_000)


def _strength(found: object) -> float | None:
    return _number(found, 0, 1)
