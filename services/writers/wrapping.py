"""What people put around what they ask for: praise that suits anything ("masterpiece, 8k, trending on artstation"), the
words of asking, and other tools' switches and weights. It says nothing of what is to be seen, yet makes half of many a
prompt."""

from __future__ import annotations

import re

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
WORDS = frozenset(PRAISE.split())
"""A piece between commas that consists of these alone is praise."""
JOINTS = frozenset(["and", "the", "a", "in", "of", "on"])
"""A piece that begins or ends with one of these belongs to a sentence."""
MANNERS = "digital illustration concept art photography photo artwork in style cinematic shot raw"
ONLY_A_MANNER = frozenset(MANNERS.split())
"""Said alone these are about how it looks, and people search for that."""
PIECE = re.compile(r"[^,;|\n]+")
PLAIN = re.compile(r"[\w \-./:()\[\]'\"!+&]+", re.ASCII)
"""Nothing is hidden in it, as by signs that stand for letters or emoji that stand for words."""
WEIGHT = re.compile(r":[01]?\.\d+(?=[)\]])")
WORD = re.compile(r"[^\W_]+")
SWITCHES = re.compile(
    r"(?:\s--(?:ar|aspect|c|cfg|chaos|iw|n|niji|q|quality|s|seed|steps|stop|style|stylize|v|version|w|weird)"
    r"[ =](?:\d[\d.:]*|raw)(?!\S))+\s*",
    re.IGNORECASE,
)
REQUEST = re.compile(
    r"\A\s*(?:(?:hi|hello|hey|please|pls|kindly|can|could|would|will|you|i|want|need|like|to|see)\b[ ,!'-]*)*"
    r"(?:(?:make|draw|paint|create|generate|show|give)\s(?:me\s)?)?(?:(?:an?|the)\s)(?:picture|image)\sof\s+"
    r"(?!(?:me|us|you|your)\b)",
    re.IGNORECASE,
)
"""Not of several pictures, which somebody may offer, nor of whoever is talked with."""
THANKS = re.compile(
    r"(?<![\s,.!;])[\s,.!;]+(?:please|pls|thanks|thank you)(?: so much| very much| a lot)?[\s.!]*$", re.IGNORECASE
)


def is_praise(piece: str) -> bool:
    """Or nothing at all."""
    words = WORD.findall(piece.lower())
    return all(word in WORDS for word in words) and not (words and ONLY_A_MANNER.issuperset(words))


def unwrapped(prompt: str) -> str:
    """What is asked for. Single words may be one sentence, a word to a line, in which none is praise."""
    text = WEIGHT.sub("", _without_switches(prompt))
    telling = PIECE.sub(lambda piece: "" if _says_nothing(piece.group()) else piece.group(), text)
    are_single_words = all(len(WORD.findall(piece)) < 2 for piece in PIECE.findall(telling))
    return without_asking(text if are_single_words and WORD.search(telling) else telling)


def without_asking(prompt: str) -> str:
    return THANKS.sub("", REQUEST.sub("", prompt, count=1))


def _without_switches(prompt: str) -> str:
    """Only what ends with them: within a text a number may belong to what stands around it."""
    first = re.search(r"\s--", prompt)
    return prompt[: first.start()] if first and SWITCHES.fullmatch(prompt, first.start()) else prompt


def _says_nothing(piece: str) -> bool:
    """Praise that is whole and in plain letters: nothing can be hidden in it."""
    if not (PLAIN.fullmatch(piece) and is_praise(piece)):
        return False
    words = WORD.findall(piece.lower())
    is_spelled_out = all(len(word) == 1 for word in words)
    return not is_spelled_out and JOINTS.isdisjoint((words[0], words[-1]))
