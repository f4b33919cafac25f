"""The text that stands for a post when its meaning is read.

It is the prompt, then the caption and the tags. People who write prompts add the same praise to everything
("masterpiece, 8k, trending on artstation"): it says nothing of what is to be seen, yet makes half of many a prompt, and
two pictures that share only that would be near each other. So it is left out, and so are weights and switches of other
tools. Words of other languages are given in English where the glossary knows them, since the model reads little else.
A prompt that its author keeps is not in it: whoever knows how near a text is to a vector can guess the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.discovery.glossary import in_english

LONGEST_TEXT = 1200
SWITCHES = re.compile(r"\s--?[a-z]{1,12}(?:[ =][\w.:]+)?(?=\s|$)|<[a-z]+:[^>]*>|\bBREAK\b")
WEIGHTS = re.compile(r"[()\[\]{}]|:\s?[01]?\.\d+\b")
PRAISE = """
masterpiece best quality high highly ultra hyper super very extremely insanely detailed details detail intricate hd uhd
hdr fhd qhd sd 2k 4k 8k 16k 1080p resolution res hires sharp focus trending on artstation deviantart cgsociety pixiv
award winning awardwinning unreal engine 5 octane vray render rendered raytracing ray tracing professional
photorealistic realistic hyperrealistic ultrarealistic realism absurdres stunning beautiful amazing epic perfect
composition aesthetic lighting volumetric cinematic dramatic studio wallpaper official artwork art elaborate highres
texture textures finely crisp smooth dof bokeh depth of field f 1 8 35mm 50mm 85mm dslr canon nikon sony raw photo
photography shot shading global illumination subsurface scattering concept digital illustration and the a featured
behance in style
"""
NOISE = frozenset(PRAISE.split())
"""A piece between commas that consists of these alone is praise."""
MANNERS = "digital illustration concept art photography photo artwork in style cinematic"
ONLY_A_MANNER = frozenset(MANNERS.split())
"""Said alone these are about how it looks, and people search for that."""


def meaning_of(prompt: str, caption: str, tags: Sequence[str]) -> str:
    parts = [without_noise(prompt), caption.strip(), " ".join(tag.replace("_", " ") for tag in tags)]
    return in_english(". ".join(part for part in parts if part))[:LONGEST_TEXT]


def without_noise(prompt: str) -> str:
    text = WEIGHTS.sub("", SWITCHES.sub(" ", f" {prompt}"))
    pieces = [" ".join(piece.split()) for piece in re.split(r"[,;|\n]+", text)]
    kept = [piece for piece in pieces if piece and not _is_noise(piece)]
    return ", ".join(kept) or " ".join(prompt.split())


def _is_noise(piece: str) -> bool:
    words = re.findall(r"\w+", piece.lower())
    return all(word in NOISE for word in words) and not (words and all(word in ONLY_A_MANNER for word in words))
