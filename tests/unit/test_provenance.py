"""What a picture file says of where it came from: written, taken out again, and read from strangers' files."""

from __future__ import annotations

import io
import json
import re
import struct
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, PngImagePlugin

from services.studio.pictures import encode
from services.studio.provenance import Provenance, parameters
from services.studio.reading import ReadProvenance, read_provenance, without_prompt
from services.studio.webp import with_metadata

PROMPT, NEGATIVE, STYLE = "heliotrope submarine", "gloomy porridge", "woodcut"
PROVENANCE = Provenance(
    prompt=PROMPT,
    model="flux-schnell",
    engine="diffusers",
    seed=42,
    width=64,
    height=40,
    created_at=datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC),
    generator="trainedAlgorithmicMedia",
    identifier="0197-creation",
    steps=4,
)
WHOLE = replace(PROVENANCE, negative=NEGATIVE, guidance=3.5, strength=0.625, revision="e5e1f9", style=STYLE)
USER_COMMENT, EXIF_IFD = 0x9286, 0x8769
NOWHERE = "http://cv.iptc.org/newscodes/digitalsourcetype/"
TRICKY = [
    "say \"cheese\" & 'smile'",
    "two\nlines\r\nand a\ttab",
    "<rdf:li>&amp;</rdf:li> ]]> <!-- {prompt} {0} %s",
    "🦊 in 雪, naïve",
    "first\nNegative prompt: second\nSteps: 3, Seed: 9",
    "</rdf:li></rdf:Alt></dc:description>",
    "",
]


def short(value: object) -> str:
    """A name for a case that does not hold the whole file."""
    return str(value)[:24]


def picture() -> Image.Image:
    image = Image.new("RGB", (64, 40), "#2050a0")
    ImageDraw.Draw(image).ellipse((38, 4, 56, 22), fill="#ffd070")
    return image


def saved(form: str = "PNG", *, texts: dict[str, str] | None = None, **options: Any) -> bytes:
    file, info = io.BytesIO(), PngImagePlugin.PngInfo()
    for name, text in (texts or {}).items():
        info.add_text(name, text)
    picture().save(file, form, **options, **({"pnginfo": info} if texts else {}))
    return file.getvalue()


def with_comment(form: str, comment: bytes) -> bytes:
    exif = Image.Exif()
    exif.get_ifd(EXIF_IFD)[USER_COMMENT] = comment
    return saved(form, exif=exif)


def camera_model(text: str) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0110] = text
    return exif


def comment(data: bytes) -> str:
    raw = Image.open(io.BytesIO(data)).getexif().get_ifd(EXIF_IFD)[USER_COMMENT]
    assert raw.startswith(b"UNICODE\0")
    return raw.removeprefix(b"UNICODE\0").decode("utf-16-be")


def xml(data: bytes) -> ET.Element:
    return ET.fromstring(Image.open(io.BytesIO(data)).info["xmp"].decode())  # noqa: S314


def pixels(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).tobytes()


def mentions(data: bytes, words: str) -> bool:
    return any(words.encode(coding) in data for coding in ("utf-8", "utf-16-be", "utf-16-le"))


# Written


@pytest.mark.parametrize("prompt", TRICKY)
def test_the_prompt_comes_back_from_the_file_as_it_was(prompt):
    full = encode(picture(), replace(WHOLE, prompt=prompt)).full

    assert read_provenance(full).prompt == prompt
    assert read_provenance(full).negative == NEGATIVE
    assert comment(full).startswith(prompt)
    assert (xml(full).findtext(".//{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li") or "") == prompt


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80), st.text(max_size=40))
def test_any_prompt_can_be_written_and_the_metadata_stays_well_formed(prompt, negative):
    full = encode(Image.new("RGB", (8, 8)), replace(WHOLE, prompt=prompt, negative=negative)).full
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", prompt)

    told = read_provenance(full)

    assert (told.prompt, told.seed, told.style) == (kept, 42, STYLE)
    ET.fromstring(Image.open(io.BytesIO(full)).info["xmp"].decode())  # noqa: S314


def test_characters_that_no_file_can_hold_are_dropped():
    full = encode(picture(), replace(PROVENANCE, prompt="a\0b\x1bc\ud800d")).full

    assert read_provenance(full).prompt == "abcd"


def test_the_comment_is_the_form_that_other_tools_read():
    provenance = replace(WHOLE, negative="blur", model='Big, "bold"\nSeed: 1')

    assert comment(encode(picture(), provenance).full) == (
        f"{PROMPT}\nNegative prompt: blur\n"
        'Steps: 4, CFG scale: 3.5, Seed: 42, Size: 64x40, Model: "Big, \\"bold\\"\\nSeed: 1", Model revision: e5e1f9, '
        "Denoising strength: 0.625, Style: woodcut, Engine: diffusers, Version: Pentagram"
    )


def test_what_an_engine_does_not_have_is_not_claimed():
    assert parameters(replace(PROVENANCE, steps=None)) == (
        f"{PROMPT}\nSeed: 42, Size: 64x40, Model: flux-schnell, Engine: diffusers, Version: Pentagram"
    )


def test_all_of_it_is_read_back():
    told = read_provenance(encode(picture(), WHOLE).full)

    assert told == ReadProvenance(
        software="Pentagram", prompt=PROMPT, negative=NEGATIVE, seed=42, steps=4, guidance=3.5, strength=0.625,
        width=64, height=40, model="flux-schnell", revision="e5e1f9", engine="diffusers", style=STYLE,
        source_type=f"{NOWHERE}trainedAlgorithmicMedia", identifier="0197-creation",
        created_at="2025-03-04T05:06:07+00:00",
    )  # fmt: skip


@pytest.mark.parametrize("generator", ["trainedAlgorithmicMedia", "algorithmicMedia"])
def test_both_files_say_that_a_machine_made_them(generator):
    encoded = encode(picture(), replace(PROVENANCE, generator=generator))

    for data in (encoded.full, encoded.thumbnail):
        said = xml(data).findtext(".//{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType")
        assert said == NOWHERE + generator
        assert read_provenance(data).source_type == NOWHERE + generator


def test_a_thumbnail_carries_no_prompt():
    thumbnail = encode(picture(), WHOLE).thumbnail

    assert read_provenance(thumbnail).prompt is None
    assert not Image.open(io.BytesIO(thumbnail)).getexif()
    assert not any(mentions(thumbnail, words) for words in (PROMPT, NEGATIVE, STYLE))


# Put into a file that is encoded already


@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize("options", [{"quality": 60}, {"lossless": True}, {"quality": 60, "xmp": b"<old/>"}])
def test_metadata_goes_into_a_webp_file_without_touching_a_pixel(mode, options):
    file = io.BytesIO()
    image = picture().convert(mode)
    if mode == "RGBA":
        image.putalpha(90)
    image.save(file, "WEBP", exif=b"Exif\0\0old", **options)

    told = with_metadata(file.getvalue(), xmp=b"<new/>", exif=b"MM\0*new")

    assert pixels(told) == pixels(file.getvalue())
    assert Image.open(io.BytesIO(told)).mode == mode
    assert Image.open(io.BytesIO(told)).info["xmp"] == b"<new/>"
    assert Image.open(io.BytesIO(told)).info["exif"] == b"MM\0*new"
    assert b"old" not in told
    assert len(told) == struct.unpack("<I", told[4:8])[0] + 8
    assert pixels(with_metadata(told)) == pixels(told)
    assert b"new" not in with_metadata(told)


def test_the_header_says_what_the_file_holds():
    ours = with_metadata(saved("WEBP"), xmp=b"<x/>", exif=b"MM\0*")
    pillows = saved("WEBP", xmp=b"<x/>", exif=b"MM\0*")

    assert ours[:38] == pillows[:38], "the same flags and sides as libwebp writes"


def test_a_colour_profile_and_an_animation_stay():
    file = io.BytesIO()
    frames = [picture().rotate(angle) for angle in (0, 90)]
    frames[0].save(file, "WEBP", save_all=True, append_images=frames[1:], icc_profile=b"profile")

    told = Image.open(io.BytesIO(with_metadata(file.getvalue(), xmp=b"<x/>")))

    assert (told.n_frames, told.info["icc_profile"], told.info["xmp"]) == (2, b"profile", b"<x/>")


@pytest.mark.parametrize(
    "file", [b"", b"RIFF\4\0\0\0WEBP", saved("PNG"), saved("WEBP")[:60], b"RIFF\x0c\0\0\0WEBPVP8 \0\0\0\0"], ids=short
)
def test_what_is_no_whole_webp_file_is_refused(file):
    with pytest.raises(ValueError, match="file"):
        with_metadata(file, xmp=b"<x/>")


# Given away without the prompt


def test_a_download_without_the_prompt_keeps_the_pixels_and_says_the_rest():
    full = encode(picture(), WHOLE).full

    given_away = without_prompt(full)

    assert pixels(given_away) == pixels(full)
    assert not any(mentions(given_away, words) for words in (PROMPT, NEGATIVE, STYLE, "0.625"))
    told = read_provenance(given_away)
    assert (told.prompt, told.negative, told.strength, told.style) == (None, "", None, "")
    whole = read_provenance(full)
    assert told == replace(whole, prompt=None, negative="", strength=None, style="")


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
@example("a\nSeed: 9, Size: 1x1, Model: of a secret", "b\nSteps: 3, Model: of a secret")
def test_nothing_that_was_typed_passes_for_a_setting(prompt, negative):
    full = encode(Image.new("RGB", (8, 8)), replace(WHOLE, prompt=prompt, negative=negative)).full

    assert comment(without_prompt(full)) == (
        "Steps: 4, CFG scale: 3.5, Seed: 42, Size: 64x40, Model: flux-schnell, Model revision: e5e1f9, "
        "Engine: diffusers, Version: Pentagram"
    )


def test_of_a_file_that_is_not_ours_nothing_but_the_pixels_is_given_away():
    file = saved("WEBP", xmp=b"<dc:description>secret</dc:description>", exif=b"Exif\0\0secret")

    assert b"secret" not in without_prompt(file)
    assert pixels(without_prompt(file)) == pixels(file)


# Of other tools

A1111 = (
    "a lighthouse, (dusk:1.2)\nby the sea\nNegative prompt: blurry, text\nSteps: 20, Sampler: DPM++ 2M Karras, "
    'CFG scale: 7, Seed: 1234567890123, Size: 512x768, Model hash: 6ce0161689, Model: "v1-5, pruned", '
    'Denoising strength: 0.4, Lora hashes: "a: 12, b: 34", Version: v1.9.4'
)
OF_A1111 = ReadProvenance(
    software="AUTOMATIC1111", prompt="a lighthouse, (dusk:1.2)\nby the sea", negative="blurry, text",
    seed=1234567890123, steps=20, guidance=7, strength=0.4, model="v1-5, pruned", revision="6ce0161689", width=64,
    height=40,
)  # fmt: skip


@pytest.mark.parametrize(
    "file",
    [
        saved(texts={"parameters": A1111}),
        with_comment("JPEG", b"UNICODE\0" + A1111.encode("utf-16-be")),
        with_comment("WEBP", b"UNICODE\0" + A1111.encode("utf-16-le")),
        with_comment("WEBP", b"ASCII\0\0\0" + A1111.encode()),
    ],
    ids=short,
)
def test_what_automatic1111_wrote_is_read_wherever_it_put_it(file):
    assert read_provenance(file) == OF_A1111


GRAPH = {
    "3": {"class_type": "KSampler", "inputs": {
        "seed": 2**63 + 5, "steps": 25, "cfg": 6.5, "denoise": 1.0, "model": ["4", 0], "positive": ["11", 0],
        "negative": ["7", 0], "latent_image": ["5", 0]}},
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sd_xl_base.safetensors"}},
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 64, "height": 40, "batch_size": 1}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": ["12", 0], "clip": ["4", 1]}},
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "ugly", "clip": ["4", 1]}},
    "11": {"class_type": "ConditioningCombine", "inputs": {"conditioning_1": ["6", 0], "conditioning_2": ["13", 0]}},
    "12": {"class_type": "PrimitiveString", "inputs": {"value": "a paper boat"}},
    "13": {"class_type": "CLIPTextEncode", "inputs": {"text": "something else", "clip": ["4", 1]}},
}  # fmt: skip
FLUX_GRAPH = {
    "5": {"class_type": "SamplerCustomAdvanced", "inputs": {"noise": ["6", 0], "guider": ["7", 0]}},
    "6": {"class_type": "RandomNoise", "inputs": {"noise_seed": ["9", 0]}},
    "7": {"class_type": "BasicGuider", "inputs": {"conditioning": ["8", 0], "model": ["10", 0]}},
    "8": {"class_type": "CLIPTextEncode", "inputs": {"text": "a paper boat"}},
    "9": {"class_type": "PrimitiveInt", "inputs": {"value": 77}},
    "10": {"class_type": "UNETLoader", "inputs": {"unet_name": "flux1-dev.safetensors"}},
    "11": {"class_type": "BasicScheduler", "inputs": {"steps": 20, "denoise": 1}},
}


@pytest.mark.parametrize(
    "file",
    [
        saved(texts={"prompt": json.dumps(GRAPH), "workflow": "{}"}),
        saved("WEBP", exif=camera_model(f"prompt:{json.dumps(GRAPH)}")),
    ],
    ids=short,
)
def test_the_workflow_of_comfyui_is_followed_to_the_words(file):
    told = read_provenance(file)

    assert (told.software, told.prompt, told.negative) == ("ComfyUI", "a paper boat", "ugly")
    assert (told.seed, told.steps, told.guidance, told.strength) == (2**63 + 5, 25, 6.5, 1)
    assert told.model == "sd_xl_base.safetensors"


def test_a_workflow_of_flux_has_its_settings_in_nodes_of_their_own():
    told = read_provenance(saved(texts={"prompt": json.dumps(FLUX_GRAPH)}))

    assert (told.prompt, told.seed, told.steps, told.model) == ("a paper boat", 77, 20, "flux1-dev.safetensors")


@pytest.mark.parametrize(
    "texts",
    [
        {"invokeai_metadata": {
            "positive_prompt": "a boat", "negative_prompt": "fog", "seed": 5, "steps": 30, "cfg_scale": 7.5,
            "strength": 0.7, "model": {"name": "juggernaut", "base": "sdxl"}}},
        {"invokeai_metadata": {
            "positive_prompt": "a boat", "negative_prompt": "fog", "seed": 5, "steps": 30, "cfg_scale": 7.5,
            "strength": 0.7, "model": {"model_name": "juggernaut"}}},
        {"sd-metadata": {"model_weights": "juggernaut", "image": {
            "prompt": [{"prompt": "a boat", "weight": 1}], "negative_prompt": "fog", "seed": 5, "steps": 30,
            "cfg_scale": 7.5, "strength": 0.7}}},
    ],
)  # fmt: skip
def test_what_invokeai_wrote_is_read_in_its_three_forms(texts):
    told = read_provenance(saved(texts={name: json.dumps(value) for name, value in texts.items()}))

    assert told == ReadProvenance(
        software="InvokeAI", prompt="a boat", negative="fog", seed=5, steps=30, guidance=7.5, strength=0.7,
        model="juggernaut", width=64, height=40,
    )  # fmt: skip


def test_a_file_that_only_names_its_kind_is_told_by_that():
    packet = f'<rdf:Description Iptc4xmpExt:DigitalSourceType="{NOWHERE}trainedAlgorithmicMedia"/>'

    told = read_provenance(saved("JPEG", xmp=packet.encode()))

    assert told == ReadProvenance(source_type=f"{NOWHERE}trainedAlgorithmicMedia", width=64, height=40)


# Never trusted


@pytest.mark.parametrize(
    "data",
    [
        b"", b"RIFF\0\0\0\0WEBP", b"no picture at all", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, saved("GIF"), saved("PNG"),
        saved("JPEG"), with_comment("JPEG", b"UNICODE\0" + "a holiday by the sea".encode("utf-16-be")),
        saved(texts={"prompt": "[" * 100_000}), saved(texts={"prompt": "a title", "Comment": "Steps: 4"}),
        saved(texts={"invokeai_metadata": '{"positive_prompt": 5}'}),
        saved(texts={"parameters": "only words"}),
    ],
    ids=short,
)  # fmt: skip
def test_a_file_that_says_nothing_tells_nothing(data):
    assert read_provenance(data) is None


@pytest.mark.parametrize(
    "line",
    [
        "Steps: 1e9, Seed: -4, Size: 5x5, CFG scale: nan, Denoising strength: 3",
        f"Steps: {'9' * 10_000}, Seed: {2**64}, Size: big, CFG scale: inf, Denoising strength: -0.1",
    ],
    ids=short,
)
def test_a_number_that_cannot_be_one_is_left_out(line):
    told = read_provenance(saved(texts={"parameters": f"a boat\n{line}"}))

    assert told == ReadProvenance(software="AUTOMATIC1111", prompt="a boat", width=64, height=40)


def test_a_workflow_that_runs_in_a_circle_comes_to_an_end():
    circle = {str(n): {"inputs": {"conditioning": [str((n + 1) % 500), 0]}} for n in range(500)}

    assert read_provenance(saved(texts={"prompt": json.dumps(circle)})) is None


@pytest.mark.parametrize(
    "comment",
    ["a" * 900_000, 'a:"' * 300_000, "a: b, " * 150_000, "\n" * 900_000, '"' * 900_000, "a-" * 450_000],
    ids=short,
)
def test_a_long_note_is_read_at_once(comment):
    file = with_comment("PNG", b"UNICODE\0" + f"{comment}\nSteps: 4, {comment}".encode("utf-16-be"))
    started = time.monotonic()

    told = read_provenance(file)

    assert time.monotonic() - started < 5
    assert told is None or len(told.prompt) <= 20_000


def mutated(draw: Callable[..., Any], data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(draw(st.integers(1, 8))):
        changed[draw(st.integers(0, len(changed) - 1))] = draw(st.integers(0, 255))
    return bytes(changed[: draw(st.integers(1, len(changed)))])


FILES = [
    encode(picture(), WHOLE).full,
    saved(texts={"parameters": A1111}),
    saved(texts={"prompt": json.dumps(GRAPH)}),
    with_comment("JPEG", b"UNICODE\0" + A1111.encode("utf-16-be")),
]


@settings(max_examples=200, deadline=None)
@given(st.data(), st.sampled_from(FILES))
def test_a_damaged_file_is_read_or_not_but_never_an_error(data, file):
    told = read_provenance(mutated(data.draw, file))

    assert told is None or isinstance(told, ReadProvenance)
