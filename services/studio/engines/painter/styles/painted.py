"""As brushes paint."""

from __future__ import annotations

import numpy as np
from PIL import Image

from services.studio.engines.painter.canvas import Canvas, Pen, blurred
from services.studio.engines.painter.colour import grey, hexed, mix
from services.studio.engines.painter.maths import Floats, smooth
from services.studio.engines.painter.styles import technique as t
from services.studio.engines.painter.styles.style import Style

WASHES = 6
OIL = (
    t.Touch(0.11, 0.03, 0.021, 0.05),
    t.Touch(0.052, 0.0155, 0.0115, 0.04),
    t.Touch(0.024, 0.0068, 0.0066, 0.02, needed=0.08),
    t.Touch(0.011, 0.0036, 0.0038, 0.0, needed=0.13),
)
CHALKS = (
    t.Touch(0.09, 0.016, 0.016, 0.09),
    t.Touch(0.04, 0.0085, 0.0105, 0.07, needed=0.05),
    t.Touch(0.018, 0.0048, 0.0056, 0.02, needed=0.09),
    t.Touch(0.009, 0.0036, 0.0037, 0.0, needed=0.14),
)
DABS = (
    t.Touch(0.06, 0.024, 0.02, 0.12),
    t.Touch(0.034, 0.0135, 0.0135, 0.13),
    t.Touch(0.016, 0.0065, 0.007, 0.08, needed=0.12),
    t.Touch(0.009, 0.004, 0.004, 0.03, needed=0.16),
)


def watercolour(c: Canvas) -> None:
    px = t.wandering(c, c.px, 18, 0.003)
    px = t.keen(px, t.calm(px, c.unit * 0.0026), 0.12, 0.4)
    px = t.saturated(_washed(_lightened(px)), 1.25)
    wet = smooth(0.58, 0.85, c.noise(2.5, 3))[..., None]
    px = px + (t.hazed(px, c.unit * 0.012) - px) * wet * 0.55
    inside = t.ragged(c, 0.05, 0.016, 0.0025)
    px = 1 - (1 - px) * inside[..., None]
    dense = 1 - grey(px)
    rim = np.clip(dense - t.hazed(dense, c.unit * 0.011), 0, 1)
    pigment = t.grain(c, 1 / 420) * smooth(0.1, 0.6, dense) * 0.2
    bloom = (c.noise(4, 5, keep=0.6) - 0.5) * 0.8
    px = t.thicker(px, np.clip(rim * 4.5 + (pigment + bloom) * inside, -0.8, 1.6))
    c.px[:] = np.clip(px, 0, 1) * hexed("#fbf7ec") * (1 + 0.035 * t.tooth(c, 1 / 200))[..., None]


def _lightened(px: Floats) -> Floats:
    """Bright enough for paper to shine through, however dark it was."""
    px = t.spread(px, 0.1, 1.0, 0.004, 0.985)
    return 1 - (1 - px) * (1 - (1 - px) * np.float32(0.27)) * np.float32(0.97)


def _washed(px: Floats) -> Floats:
    """In a few steps of brightness, one wash over the other."""
    bright = grey(px)
    place = bright * WASHES
    step = (np.floor(place) + smooth(0.3, 0.7, place - np.floor(place))) / WASHES
    return np.asarray(px + (step - bright)[..., None] * 0.6)


def oil(c: Canvas) -> None:
    px = t.saturated(t.spread(c.px, 0.03, 0.97, 0.002, 0.998), 1.18)
    along = t.flow(c, px, 1 / 30, 0.6)
    ground = t.hazed(px, c.unit * 0.02)
    painting, relief = t.stroked(c, ground, px, along, OIL)
    hairs = t.smeared(c, t.grain(c, 1 / 700), along, 0.03)
    height = blurred(relief, c.unit * 0.0012) + hairs * 0.34
    light = np.clip(t.lit(height, 0.55 * min(max(c.unit / 768, 0.45), 2.0)), -0.16, 0.22)
    c.px[:] = np.clip(painting * (1 + light + hairs * 0.05)[..., None] + np.clip(light, 0, 1)[..., None] * 0.22, 0, 1)


def impressionist(c: Canvas) -> None:
    px = t.spread(c.px, 0.1, 0.99, 0.002, 0.998)
    bright = grey(px)[..., None]
    px = t.saturated(px + (hexed("#5b4fa0") - px) * (1 - bright) ** 2 * 0.35 + hexed("#fff0c8") * 0.05 * bright, 1.45)
    along = t.flow(c, px, 1 / 24, 1.0)
    ground = t.hazed(px, c.unit * 0.03) * 0.75 + hexed("#c9a27a") * 0.25
    painting, relief = t.stroked(c, ground, px, along, DABS)
    weave = t.grain(c, 1 / 450) * 0.02
    light = np.clip(t.lit(blurred(relief, c.unit * 0.001), 0.4), -0.1, 0.14)
    c.px[:] = np.clip(painting + (light + weave)[..., None], 0, 1)


def ink_wash(c: Canvas) -> None:
    bright = grey(t.calm(t.wandering(c, c.px, 12, 0.004), c.unit * 0.005))
    bright = _evened(bright)
    empty = t.ragged(c, 0.04, 0.06, 0.05)
    dense = np.clip((1 - bright) * 1.12 - 0.08, 0, 1) * empty
    soft = smooth(0.4, 0.7, c.noise(3, 3))
    dense = dense + (t.hazed(dense, c.unit * 0.018) - dense) * soft * 0.75
    rim = np.clip(dense - t.hazed(dense, c.unit * 0.009), 0, 1)
    brushed = t.straight(t.grain(c, 1 / 500), 1, 0, c.unit * 0.06)
    dry = smooth(0.25, 0.75, dense) * brushed * 0.5
    pools = (c.noise(5, 5, keep=0.6) - 0.5) * 0.5
    brush = smooth(0.1, 0.7, t.lines(c, c.px, 0.0017, 9.0)) * (0.35 + 0.75 * c.noise(9, 2)) * empty
    ink = dense * (0.95 + pools) + rim * 1.3 + dry * dense + brush * 0.85
    ink = np.clip(ink, 0, 1)
    fibres = t.smeared(c, t.grain(c, 1 / 500), t.flow(c, np.zeros_like(c.px), restless=3.0), 0.03)
    paper = hexed("#f1e9d8") * (1 + 0.05 * fibres + 0.03 * (c.noise(3, 3) - 0.5))[..., None]
    c.px[:] = np.clip(paper + (hexed("#17181c") - paper) * (ink * 0.94)[..., None], 0, 1)
    _seal(c)


def _evened(bright: Floats) -> Floats:
    """The tones given out anew, so that most of the paper stays light however dark the picture was."""
    eight = t.sheet(bright)
    counts = np.cumsum(eight.histogram())
    rank = counts / counts[-1]
    goal = np.interp(rank, (0, 0.1, 0.28, 0.5, 0.75, 1), (0.0, 0.1, 0.42, 0.76, 0.94, 1.0))
    lowest, _, highest = t.levels(bright)
    even = np.clip((np.linspace(0, 1, 256) - lowest) / (highest - lowest), 0, 1)
    return t.pixels(eight.point(np.round((goal * 0.65 + even * 0.35) * 255).astype(int).tolist()))


def _seal(c: Canvas) -> None:
    """A red stamp in a lower corner, on the side away from the light, with the signs cut out of it."""
    size = c.unit * 0.062
    left = c.w * 0.06 if c.light.side > 0 else c.w * 0.94 - size
    top = c.h * 0.93 - size * 1.15
    signs = c.rng.integers(0, 4, (4, 5))

    def draw(pen: Pen, s: float) -> None:
        corners = (left * s, top * s, (left + size) * s, (top + size * 1.15) * s)
        pen.rounded_rectangle(corners, size * s * 0.12, fill=255)
        for k, strokes in enumerate(signs):
            _sign(pen, s, left + size * (0.1 + 0.42 * (k % 2)), top + size * (0.1 + 0.5 * (k // 2)), size, strokes)

    worn = smooth(0.12, 0.3, c.noise(60, 2))
    c.cover(c.sketch(draw, scale=3) * worn * 0.9, hexed("#b3261e"))


def _sign(pen: Pen, s: float, x: float, y: float, size: float, strokes: Floats) -> None:
    wide, high, thick = size * 0.36, size * 0.44, max(1, round(size * s * 0.045))
    for k, stroke in enumerate(strokes):
        a = y + high * (k + 0.5) / len(strokes)
        b = x + wide * (0.2 + 0.6 * k / (len(strokes) - 1))
        if stroke < 2:
            pen.line((x * s, a * s, (x + wide) * s, a * s), fill=0, width=thick)
        elif stroke == 2:
            pen.line((b * s, y * s, b * s, (y + high) * s), fill=0, width=thick)


def pastel(c: Canvas) -> None:
    is_dark = t.levels(c.px)[1] < 0.42
    px = t.saturated(t.spread(c.px, 0.12, 0.98, 0.004, 0.98 if is_dark else 0.996), 1.4)
    paper = mix(hexed("#20242f" if is_dark else "#dccdb4"), _middle(px), 0.3)
    along = t.flow(c, px, 1 / 20, 0.5)
    chalk, _ = t.stroked(c, t.hazed(px, c.unit * 0.012), px, along, CHALKS)
    streaks = t.straight(t.grain(c, 1 / 768), 0.78, -0.62, c.unit * 0.016) * 1.5 + t.grain(c, 1 / 560) * 0.4
    pressed = smooth(-0.66, 0.14, streaks + t.edges(c, px, 0.002, coarse=2) * 0.8 + (c.noise(4, 3) - 0.42) * 0.5)
    pressed = pressed * (0.04 + 0.96 * t.ragged(c, 0.026, 0.02, 0.008))
    dust = chalk * 0.9 + 0.07 + streaks[..., None] * 0.035
    c.px[:] = np.clip(paper + (dust - paper) * (0.14 + 0.86 * pressed)[..., None], 0, 1)


def _middle(px: Floats) -> Floats:
    """The colour of the whole picture."""
    return np.asarray(t.pixels(t.sheet(px).resize((1, 1), Image.Resampling.BOX))[0, 0])


ROWS = {
    "watercolour": Style(
        watercolour,
        "watercolour watercolor water-colour water-color watercolour-painting watercolor-painting aquarelle "
        "aquarell aquarellmalerei aquarelliert acuarela acquerello wet-on-wet pen-and-wash 水彩 水彩画",
        "a watercolour painting: thin washes of colour on white paper",
    ),
    "oil": Style(
        oil,
        "oil-painting oil-paintings oil-paint oil-paints oil-on-canvas painted-in-oil painted-in-oils impasto "
        "alla-prima palette-knife brush-strokes visible-brushstrokes old-master old-masters baroque-painting "
        "renaissance-painting rembrandt ölgemälde ölmalerei ölfarben ölbild öl-auf-leinwand "
        "peinture-à-l'huile huile-sur-toile óleo pintura-al-óleo óleo-sobre-lienzo 油絵 油彩",
        "an oil painting: thick paint in brush strokes on canvas",
    ),
    "ink_wash": Style(
        ink_wash,
        "ink-wash ink-painting ink-and-wash ink-wash-painting sumi-e sumie suibokuga shan-shui brush-painting "
        "chinese-painting chinese-ink chinese-ink-painting japanese-ink india-ink zen-painting calligraphic "
        "tuschmalerei tuschezeichnung tuschzeichnung tuschebild encre-de-chine lavis dessin-à-l'encre "
        "tinta-china aguada 水墨 水墨画",
        "an ink wash painting: grey ink bleeding on rice paper, with a red seal",
    ),
    "pastel": Style(
        pastel,
        "pastel-drawing pastel-painting pastel-art soft-pastel soft-pastels oil-pastel oil-pastels "
        "chalk-pastel chalk-pastels chalk-drawing coloured-chalk colored-chalk chalk crayon-drawing "
        "wax-crayon wax-crayons pastellzeichnung pastellmalerei pastellkreide ölkreide kreidezeichnung "
        "wachskreide dessin-au-pastel pastel-sec pastel-gras craie pintura-al-pastel dibujo-al-pastel tiza "
        "パステル画",
        "a drawing in soft pastels: dusty chalk strokes on toned paper",
    ),
    "impressionist": Style(
        impressionist,
        "impressionist impressionistic impressionism post-impressionist post-impressionism monet renoir "
        "pissarro sisley van-gogh vangogh cézanne pointillism pointillist pointillistic seurat signac "
        "plein-air en-plein-air broken-colour broken-color impressionismus impressionistisch pointillismus "
        "impressionnisme impressionniste pointillisme pointilliste impresionismo impresionista puntillismo "
        "印象派",
        "an impressionist painting: small dabs of pure colour, full of light",
    ),
}
