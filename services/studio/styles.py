"""Looks that a person may choose instead of describing them. Adding one is adding a row."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Style:
    id: str
    title: str
    words: str
    """What a prompt says when it asks for this look."""


STYLES: tuple[Style, ...] = (
    Style("photo", "Photograph", "photograph, natural light, 35 mm lens, fine detail"),
    Style("film", "Film still", "cinematic film still, anamorphic lens, soft grain, moody colour grading"),
    Style("watercolour", "Watercolour", "watercolour painting, soft washes, paper texture, bleeding edges"),
    Style("oil", "Oil painting", "oil painting, visible brush strokes, rich impasto, canvas texture"),
    Style("ink", "Ink wash", "ink wash painting, sumi-e, few confident strokes, much empty paper"),
    Style("pencil", "Pencil drawing", "pencil drawing, cross-hatching, graphite on textured paper"),
    Style("woodblock", "Woodblock print", "woodblock print, flat colours, bold outlines, ukiyo-e composition"),
    Style("pixel", "Pixel art", "pixel art, limited palette, crisp pixels"),
    Style("low-poly", "Low poly", "low poly 3D render, flat shaded facets, isometric view"),
    Style("poster", "Art deco poster", "art deco travel poster, geometric shapes, limited palette, lithograph"),
    Style("neon", "Neon", "synthwave, neon glow, dark background, magenta and cyan light"),
    Style("pastel", "Pastel", "soft pastel drawing, muted tones, gentle light"),
    Style("noir", "Noir", "black and white film noir, hard shadows, high contrast"),
    Style("paper", "Paper cut", "layered paper cut art, soft shadows between the layers"),
    Style("glass", "Stained glass", "stained glass window, lead lines, glowing colours"),
)
BY_ID = {style.id: style for style in STYLES}


def styled(prompt: str, style_id: str) -> str:
    """The prompt as the engine gets it."""
    return f"{prompt}, {BY_ID[style_id].words}" if style_id in BY_ID else prompt
