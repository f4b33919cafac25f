"""The built-in painter: reads a prompt with tables of words and draws it with numpy and Pillow alone.

The same order gives the same bytes in every process: all chance comes from SHA-256 of prompt and seed.
"""

from __future__ import annotations

import hashlib
import math
import re
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from services.studio.engines.base import Capabilities, Here, NotWanted, Order, Painted
from services.studio.provenance import Generator

Floats = NDArray[Any]
MOST_CHARACTERS_READ = 4000
MOST_FIGURES = 3
SUPERSAMPLING = 4

SCENE_WORDS = {
    "mountains": "mountain alps peak summit volcano himalaya canyon fjord valley berg montagne montaña 🏔 ⛰ 🗻 山",
    "sea": "sea ocean beach coast wave harbor harbour island seascape shore bay sailing meer mer mar 🌊 🏖 🏝 海",
    "forest": "forest wood jungle pine woodland grove trees bamboo rainforest wald forêt bosque 🌲 🌳 🍁 森",
    "desert": "desert dune sahara sand oasis camel pyramid wüste désert desierto 🏜 🐪 🌵",
    "city": "city town street skyline skyscraper cyberpunk urban downtown building tokyo paris "
    "london york stadt ville "
    "ciudad 🏙 🌃 🌆 街",
    "meadow": "meadow field hill flower garden grass farm countryside prairie village wildflower "
    "tulip rose sunflower "
    "lavender-field poppy daisy bouquet wiese champ 🌸 🌻 🌷 🌼 🌹 💐 花",
    "space": "space galaxy nebula planet cosmos universe cosmic astronaut saturn mars orbit weltraum 🌌 🪐 🚀 宇",
    "underwater": "underwater reef coral jellyfish whale dolphin submarine mermaid aquarium 🐠 🐟 🐳 🐙 魚",
    "silk": "abstract silk flow flowing fluid swirl wave-form marble music dream energy liquid smoke "
    "feeling love 🎵 愛",
    "paper": "paper collage cutout origami layered geometric pattern minimal minimalist poster shapes 🎨",
}
TIME_WORDS = {
    "dawn": "dawn sunrise morning daybreak spring blossom sakura morgen aube amanecer 🌅 🌄 朝",
    "day": "day daylight noon midday sunny summer afternoon bright sun rainbow tag jour día ☀ 🌞 昼",
    "dusk": "dusk sunset evening twilight golden-hour autumn fall abend coucher atardecer 🌇 夕",
    "night": "night midnight moon moonlit moonlight dark starry star aurora firefly "
    "nacht nuit noche 🌙 🌕 🌟 ⭐ ✨ 夜 月",
}
WEATHER_WORDS = {
    "mist": "mist misty fog foggy haze hazy cloudy nebel brume 🌫",
    "rain": "rain rainy storm stormy thunderstorm downpour drizzle cyberpunk regen pluie lluvia 🌧 ⛈ ☔ 雨",
    "snow": "snow snowy winter snowfall blizzard christmas schnee neige nieve ❄ ☃ ⛄ 🎄 雪",
    "aurora": "aurora",
    "sparks": "firefly spark magic magical fairy lantern enchanted ✨",
    "lake": "lake reflection river pond see lac lago 湖",
    "autumn": "autumn fall october 🍁 🍂",
    "blossom": "blossom sakura cherry 🌸",
}
FIGURE_WORDS = {
    "tree": "tree oak baum arbre árbol",
    "house": "house home cottage cabin hut barn haus maison casa 🏠 🏡 家",
    "boat": "boat ship sailboat yacht sail schiff bateau barco ⛵ 🚤",
    "birds": "bird gull seagull crane geese swallow crow vogel oiseau 🐦 🕊 鳥",
    "lighthouse": "lighthouse beacon leuchtturm phare faro",
    "cat": "cat kitten kitty katze chat gato 🐈 🐱 😺 猫",
    "fox": "fox fuchs renard zorro 🦊",
    "balloon": "balloon 🎈",
    "person": "person man woman girl boy child wanderer traveler traveller hiker monk portrait grandmother "
    "samurai knight "
    "astronaut wizard king queen people 🧍 👩 👨 👧 人",
    "fish": "fish koi shoal 🐠 🐟 魚",
}
COLOUR_WORDS = {
    "#d3212c": "red crimson scarlet ruby rot rouge rojo 🔴 ❤ 赤",
    "#f0781e": "orange copper rust 🟠 🧡",
    "#f2b632": "gold golden amber yellow honey 🟡 💛",
    "#3f9b4b": "green emerald lime jade grün vert verde 🟢 💚",
    "#1fa39b": "teal turquoise cyan aqua mint",
    "#2766c9": "blue azure sapphire cobalt blau bleu azul 🔵 💙 青",
    "#27307e": "indigo navy",
    "#7a3fc0": "purple violet lavender lilac lila 🟣 💜",
    "#c62f9b": "magenta fuchsia",
    "#ee7fa8": "pink blush peach 💗",
    "#8a5a36": "brown sepia bronze 🟤",
    "#141418": "black noir 🖤",
    "#f1efea": "white ivory weiß blanc 🤍",
    "#8c9096": "grey gray silver monochrome 🩶",
}
PHRASES = (
    ("golden hour", "golden-hour"),
    ("blue hour", "dusk"),
    ("northern lights", "aurora"),
    ("milky way", "galaxy night"),
    ("black and white", "monochrome"),
    ("hot air balloon", "balloon"),
    ("paper cut", "paper"),
    ("new york", "york"),
    ("lavender field", "lavender-field purple"),
)
SKY_WORDS = frozenset(("sky", "cloud", "aurora", "light", "rain", "mist", "fog"))
IMPLIED_SCENES = {
    "boat": ("sea",),
    "lighthouse": ("sea",),
    "fish": ("underwater",),
    "fox": ("forest", "meadow"),
    "cat": ("meadow", "city"),
    "house": ("meadow", "mountains"),
    "tree": ("meadow",),
    "birds": ("sea", "mountains"),
    "balloon": ("mountains", "meadow"),
    "person": ("mountains", "meadow", "sea", "desert"),
}
STRONG_SCENES = ("underwater", "space")
UNREAD_SCENES = ("silk", "paper", "mountains", "sea", "silk", "meadow", "desert", "forest")
COMPANIONS = {
    "sea": ("boat", "birds", "boat"),
    "mountains": ("birds", "house", "balloon"),
    "desert": ("birds", "person", "balloon"),
    "meadow": ("house", "birds", "balloon"),
    "city": ("birds",),
    "forest": ("birds", "fox"),
    "underwater": ("fish",),
}
TIME_ODDS = ("dawn", "dawn", "day", "day", "dusk", "dusk", "night")

SKIES = {
    "dawn": (
        "#47628f #c79bb0 #ffd9b3 #fff0cf",
        "#5b6ea3 #e5a9ad #ffe2bd #fff3d6",
        "#3f7f95 #a9cbc2 #ffe3bb #fff4d8",
    ),
    "day": (
        "#2f7cc0 #7fbbe3 #e2f1f2 #fffbe6",
        "#2f93b3 #93d0d2 #f7eed6 #fffbe6",
        "#4877c4 #a3c2ee #f7efe4 #fffdf0",
    ),
    "dusk": (
        "#2c2555 #97447a #ff9560 #ffe0a0",
        "#22406a #8c6690 #f9b077 #fff0c0",
        "#41204f #c54c63 #ffb565 #fff0b8",
    ),
    "night": (
        "#070c22 #14254f #355079 #e6edff",
        "#0b0a26 #262456 #58468a #f4ecff",
        "#04141f #0e3543 #2e6c70 #e9fff6",
    ),
}
LIGHT = {"dawn": 0.86, "day": 1.0, "dusk": 0.68, "night": 0.46}
LANDS = {  # lit, shaded
    "mountains": ("#a9a3a6 #4c5a78", "#b8a394 #5b5370", "#93a7ac #38566b"),
    "sea": ("#8d8577 #3f4654", "#a08a74 #4d4450"),
    "forest": ("#6f9a5b #16382f", "#84a054 #23402c", "#5a9478 #10343a"),
    "desert": ("#efbe7c #9a5a45", "#f3c99a #a5665a", "#e2a465 #7c4740"),
    "city": ("#8f94a8 #3a4160", "#a5929a #4a3d5c", "#83a0a8 #2f4a5c"),
    "meadow": ("#a9c65e #3d7a4a", "#c3cb66 #4f8248", "#8dbd72 #2c6e5c"),
}
SEASONS = {"autumn": "#e08a35 #7a3420", "blossom": "#f6b6c8 #9a5a7c", "snow": "#f3f5fb #8a9dc0"}
PAINTS = (
    "#1b2a4a #2f6f8f #f0c987 #e4572e",
    "#2d1e2f #a23b72 #f18f01 #f7ede2",
    "#0b3c49 #13727c #e8c07d #fff8e8",
    "#33214f #7d5ba6 #f4a5ae #fdeee0",
    "#1f3d36 #5b8c5a #cfd186 #f6f0d8",
    "#0f1b3c #3454d1 #7fc8f8 #ffe9c9",
)
NEBULAE = (
    "#05040f #2a1458 #c2437f #ffb07a",
    "#03060f #0d2c5c #2f8fae #ffd9a0",
    "#04040c #14324a #6a4fb0 #f59ac0",
)
DEPTHS = (
    "#c8f2e4 #2fa5b0 #0b4f78 #06203f",
    "#dff5d8 #3fb59b #0f5f74 #082b44",
    "#cdeaff #3a8fd0 #14408a #0a1740",
)
PETALS = ("#f4d35e", "#ee6c73", "#fbf3e4", "#b58be0", "#f59ab5", "#f2994a")


# A figure: where it stands, its height, the fewest and most of them. Its parts: a colour, "p"olygon or
# "s"mooth outline, points with the base at y=0 and height 1. A colour word may replace a colour with "*".
SHAPE_ROWS = """
house ground 0.12 1 1
  #6b4a3c p .3,.6 .46,.6 .46,1.02 .3,1.02
  #e6d8c0 p -.66,-.06 .66,-.06 .66,.52 -.66,.52
  *#9c4434 p -.82,.48 -.5,.95 .5,.95 .82,.48
  #5d4032 p -.1,-.06 .14,-.06 .14,.32 -.1,.32
  lamp p -.48,.16 -.24,.16 -.24,.38 -.48,.38
  lamp p .28,.16 .52,.16 .52,.38 .28,.38
boat water 0.17 1 1
  #4a362c p -.015,.1 .015,.1 .015,1 -.015,1
  #f6efe2 s .04,.18 .46,.2 .3,.55 .04,.97 .08,.5
  #e9dcc6 s -.04,.2 -.34,.2 -.2,.5 -.04,.86 -.06,.5
  *#8f3a31 p -.5,.15 .56,.16 .4,-.02 -.36,-.02
  #f0e4cf p -.5,.15 .56,.16 .545,.12 -.485,.11
lighthouse ground 0.36 1 1
  #f2ece0 p -.13,-.03 .13,-.03 .08,.76 -.08,.76
  *#c23b32 p -.12,.14 .12,.14 .107,.32 -.107,.32
  *#c23b32 p -.097,.48 .097,.48 .087,.64 -.087,.64
  #39424f p -.13,.76 .13,.76 .13,.79 -.13,.79
  lamp p -.06,.79 .06,.79 .06,.9 -.06,.9
  *#c23b32 p -.09,.9 .09,.9 0,1
cat ground 0.2 1 1
  *#2b2a33 s -.2,.02 .3,-.02 .56,.04 .62,.2 .55,.36 .5,.34 .53,.2 .46,.1 .1,.1
  *#2b2a33 s -.24,-.01 -.29,.2 -.2,.45 -.12,.66 .12,.66 .2,.45 .29,.2 .24,-.01
  *#2b2a33 s -.19,.72 -.15,.86 0,.9 .15,.86 .19,.72 .12,.6 -.12,.6
  *#2b2a33 p -.185,.74 -.165,1 -.03,.87
  *#2b2a33 p .185,.74 .165,1 .03,.87
fox ground 0.17 1 1
  *#c9622b s .1,.02 .5,-.03 .86,.06 .98,.22 .84,.32 .55,.26 .2,.2
  #f3e7d6 s .86,.07 .985,.2 .9,.3 .82,.2
  *#c9622b s -.2,-.02 -.2,.3 -.16,.6 .04,.64 .24,.44 .38,.2 .36,-.02
  #f3e7d6 s -.22,.3 -.19,.58 -.06,.54 -.1,.3 -.16,.2
  #3a2a28 p -.19,-.02 -.19,.2 -.1,.2 -.08,-.02
  *#c9622b s -.44,.6 -.28,.76 -.08,.82 .08,.74 .04,.58 -.16,.54 -.36,.56
  #f3e7d6 s -.44,.6 -.3,.64 -.12,.6 -.16,.54 -.36,.56
  #2b2024 p -.46,.61 -.41,.63 -.41,.58
  *#c9622b p -.16,.76 -.13,1 .02,.8
  #3a2a28 p -.02,.78 .06,.97 .1,.74
person ground 0.15 1 1
  #26242c p -.09,-.02 -.02,-.02 0,.4 -.11,.4
  #26242c p .03,-.02 .1,-.02 .1,.4 0,.4
  *#7d2f33 s -.16,.24 -.13,.6 -.09,.8 .09,.8 .13,.6 .17,.24 0,.2
  #2f2a30 s -.075,.88 -.05,.97 .05,.97 .075,.88 .04,.8 -.04,.8
balloon sky 0.2 2 4
  #5a4030 p -.07,0 .07,0 .085,.1 -.085,.1
  #3b302c p -.085,.1 -.07,.1 -.12,.24 -.14,.24
  #3b302c p .085,.1 .07,.1 .12,.24 .14,.24
  *#d8503f s -.13,.24 -.34,.5 -.36,.74 -.2,.95 0,1 .2,.95 .36,.74 .34,.5 .13,.24
  #f6dfae s -.1,.24 -.23,.5 -.25,.76 -.12,.97 -.06,.98 -.12,.76 -.1,.5 -.05,.24
  #f6dfae s .1,.24 .23,.5 .25,.76 .12,.97 .06,.98 .12,.76 .1,.5 .05,.24
birds sky 0.035 5 9
  *#2d2f3a s -1,.8 -.5,1 -.12,.5 0,.42 .12,.5 .5,1 1,.8 .5,.82 .14,.28 0,.2 -.14,.28 -.5,.82
fish sky 0.05 6 11
  *#f2a04a s -1,.5 -.6,.86 0,1 .6,.7 .9,.5 .6,.3 0,0 -.6,.14
  *#f2a04a p .75,.5 1.3,.95 1.3,.05
  #fbe9cf s -.35,.93 -.2,.96 -.1,.5 -.2,.04 -.35,.07 -.25,.5
  #1c2430 p -.78,.62 -.68,.62 -.68,.52 -.78,.52
"""


@dataclass(frozen=True)
class Shape:
    """A silhouette of coloured parts."""

    where: str
    height: float
    count: tuple[int, int]
    parts: list[tuple[str, Floats]]


def _shapes(rows: str) -> dict[str, Shape]:
    shapes: dict[str, Shape] = {}
    for row in rows.strip().splitlines():
        if not row.startswith(" "):
            name, where, height, fewest, most = row.split()
            shapes[name] = Shape(where, float(height), (int(fewest), int(most)), [])
            continue
        colour, kind, *pairs = row.split()
        points = np.array([[float(number) for number in pair.split(",")] for pair in pairs])
        shapes[name].parts.append((colour, _rounded(points) if kind == "s" else points))
    return shapes


def _rounded(points: Floats) -> Floats:
    """The closed Catmull-Rom curve through the points."""
    t = np.linspace(0, 1, 8, endpoint=False)[:, None]
    before, here, then, later = (np.roll(points, k, 0)[:, None] for k in (1, 0, -1, -2))
    spline = 2 * here + (then - before) * t + (2 * before - 5 * here + 4 * then - later) * t**2
    spline = spline + (3 * here - before - 3 * then + later) * t**3
    return np.asarray(spline.reshape(-1, 2) / 2)


SHAPES = _shapes(SHAPE_ROWS)


@dataclass(frozen=True)
class Reading:
    """What the painter understood of a prompt."""

    scene: str
    time: str
    weather: frozenset[str]
    figures: tuple[str, ...]
    hues: tuple[str, ...]
    """Colours of the world, in the order they were said."""
    sky_hue: tuple[str, float] | None
    land_hue: tuple[str, float] | None
    coats: dict[str, str]
    """Colours said right before a figure ("red boat"): they dye the figure, not the world."""


def _index(table: dict[str, str]) -> dict[str, str]:
    return {word: name for name, words in table.items() for word in words.split()}


SCENES, TIMES, FIGURES, COLOURS = map(_index, (SCENE_WORDS, TIME_WORDS, FIGURE_WORDS, COLOUR_WORDS))
WEATHER: dict[str, list[str]] = {}
for _name, _row in WEATHER_WORDS.items():
    for _word in _row.split():
        WEATHER.setdefault(_word, []).append(_name)
WORD = re.compile(r"[^\W\d_\u3040-\u9fff]+(?:-[^\W\d_\u3040-\u9fff]+)*|\S")


def _words(prompt: str) -> list[str]:
    text = prompt[:MOST_CHARACTERS_READ].casefold()
    for phrase, word in PHRASES:
        text = text.replace(phrase, word)
    known = SCENES.keys() | TIMES.keys() | FIGURES.keys() | COLOURS.keys() | WEATHER.keys()
    forms = ((w, w.removesuffix("s"), w.removesuffix("es"), w.removesuffix("ies") + "y") for w in WORD.findall(text))
    return [next((form for form in several if form in known), several[0]) for several in forms]


def _found(words: Iterable[str], table: dict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(table[word] for word in words if word in table))


def read(prompt: str, rng: np.random.Generator) -> Reading:
    """What to paint. What the words leave open the text decides (scene) or the seed (the rest)."""
    words = _words(prompt)
    figures = _found(words, FIGURES)[:MOST_FIGURES]
    pairs = [(COLOURS[a], b) for a, b in zip(words, [*words[1:], ""], strict=False) if a in COLOURS]
    coats = {FIGURES[b]: colour for colour, b in pairs if b in FIGURES}
    open_choice = IMPLIED_SCENES[figures[0]] if figures else UNREAD_SCENES
    stable = hashlib.sha256(prompt.encode("utf-8", "surrogatepass")).digest()[0]
    scenes = sorted(_found(words, SCENES), key=lambda name: name not in STRONG_SCENES)
    scene = scenes[0] if scenes else open_choice[stable % len(open_choice)]
    if not figures and rng.random() < 0.6:
        figures = tuple(rng.choice(COMPANIONS[scene], 1).tolist()) if scene in COMPANIONS else ()
    times = _found(words, TIMES)
    time = times[0] if times else TIME_ODDS[int(rng.integers(len(TIME_ODDS)))]
    weather = frozenset(name for word in words for name in WEATHER.get(word, ()))
    hues = tuple(dict.fromkeys(colour for colour, b in pairs if b not in FIGURES))
    return Reading(scene, time, weather, figures, hues, *_sky_and_land(pairs), coats)


def _sky_and_land(pairs: list[tuple[str, str]]) -> tuple[tuple[str, float] | None, tuple[str, float] | None]:
    """Which colour dyes what, and how strongly: "green hills" leaves the sky nearly alone."""
    above = [colour for colour, b in pairs if b in SKY_WORDS or b in TIMES]
    below = [colour for colour, b in pairs if b in SCENES]
    free = [colour for colour, b in pairs if b not in FIGURES and colour not in (*above, *below)]
    high, low = (*above, *free[:1]), (*below, *free[-1:])
    echo = 0.18
    sky_hue = (high[0], 0.72) if high else (low[0], echo) if low else None
    land_hue = (low[0], 0.6) if low else (high[0], echo) if high else None
    return sky_hue, land_hue


# Colour: tables are hexadecimal, mixing happens in OKLab so that gradients stay clean, pixels are sRGB 0..1.
TO_LMS = np.array([[0.4122, 0.5363, 0.0514], [0.2119, 0.6807, 0.1074], [0.0883, 0.2817, 0.63]])
TO_LAB = np.array([[0.2105, 0.7936, -0.0041], [1.978, -2.4286, 0.4506], [0.0259, 0.7828, -0.8087]])


def _lab(rgb: Any) -> Floats:
    linear = np.asarray(rgb, float) ** 2.2
    return np.asarray(np.cbrt(linear @ TO_LMS.T) @ TO_LAB.T)


def _rgb(lab: Floats) -> Floats:
    linear = (lab @ np.linalg.inv(TO_LAB).T) ** 3 @ np.linalg.inv(TO_LMS).T
    return np.asarray(np.clip(linear, 0, 1) ** (1 / 2.2), np.float32)


def hexes(row: str) -> Floats:
    return np.array([[int(h[i : i + 2], 16) / 255 for i in (1, 3, 5)] for h in row.split()], np.float32)


def mix(a: Any, b: Any, t: float) -> Floats:
    return _rgb(_lab(a) * (1 - t) + _lab(b) * t)


def dim(rgb: Any, light: float) -> Floats:
    return _rgb(_lab(rgb) * light)


def tint(rgb: Any, hue: str, strength: float) -> Floats:
    """Towards a colour word: its hue and saturation are taken over, its lightness only in part."""
    lab, goal = _lab(rgb), _lab(hexes(hue)[0])
    pull = strength * np.array([0.45 if np.hypot(*goal[1:]) < 0.03 else 0.22, 1, 1])
    return _rgb(lab + (goal - lab) * pull)


def ramp(stops: Any, t: Floats) -> Floats:
    """Each value 0..1 as the colour there on the way through the stops."""
    place = np.linspace(0, 1, len(stops))
    lab = _lab(stops)
    steps = np.linspace(0, 1, 1024)
    table = _rgb(np.stack([np.interp(steps, place, lab[:, k]) for k in range(3)], -1))
    return np.asarray(table[(np.clip(t, 0, 1) * 1023).astype(np.int32)])


def smooth(low: float, high: float, t: Any) -> Any:
    x = np.clip((t - low) / (high - low), 0, 1)
    return x * x * (3 - 2 * x)


class Canvas:
    """The sheet being painted: pixels, its own source of chance, and the colours of the reading."""

    def __init__(self, order: Order) -> None:
        digest = hashlib.sha256(f"{order.seed}\0{order.prompt}".encode("utf-8", "surrogatepass")).digest()
        self.rng = np.random.default_rng(int.from_bytes(digest[:16], "big"))
        self.reading = read(order.prompt, self.rng)
        self.w, self.h = order.width, order.height
        self.unit = min(self.w, self.h)
        self.x = np.arange(self.w, dtype=np.float32)
        self.y = np.arange(self.h, dtype=np.float32)[:, None]
        self.px: Floats = np.zeros((self.h, self.w, 3), np.float32)
        self.light = LIGHT[self.reading.time]
        side = float(self.rng.choice([-1, 1]))
        self.sun = (self.w * (0.5 + side * self.between(0.12, 0.3)), 0.0)
        self.spot = 0.5 - side * self.between(0.1, 0.2)
        self.water: float | None = None
        self._mood()

    def _mood(self) -> None:
        sky = hexes(self.pick(SKIES[self.reading.time]))
        season = next((SEASONS[s] for s in SEASONS if s in self.reading.weather), None)
        land = hexes(season or self.pick(LANDS.get(self.reading.scene, LANDS["mountains"])))
        if self.reading.weather & {"rain", "mist"}:
            sky = np.stack([tint(c, "#8c9096", 0.45) for c in sky])
        light = self.light**0.5 if "snow" in self.reading.weather else self.light
        land = np.stack([mix(dim(land[0], light), sky[2], 0.15), mix(dim(land[1], light), sky[0], 0.28)])
        hue, strength = self.reading.sky_hue or ("#000000", 0.0)
        self.sky, self.glow = (
            np.stack([tint(k, hue, strength) for k in sky[:3]]),
            tint(sky[3], hue, strength * 0.35),
        )
        self.lit, self.shade = (tint(k, *(self.reading.land_hue or ("#000000", 0.0))) for k in land)
        self.mist = mix(self.sky[2], self.sky[1], 0.3)

    def pick(self, rows: Sequence[str]) -> str:
        return rows[int(self.rng.integers(len(rows)))]

    def between(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def dyed(self, colours: Floats, which: int, strength: float) -> Floats:
        hues = self.reading.hues
        return np.stack([tint(c, hues[which], strength) for c in colours]) if hues else colours

    def noise(self, cells: float, octaves: int = 4, stretch: float = 1.0, keep: float = 0.5) -> Floats:
        """Soft fractal noise over the sheet, 0..1, `cells` lumps a side; `stretch` draws it out sideways."""
        field = np.zeros((2, 2), np.float32)
        for octave in range(octaves):
            scale = cells * 2**octave / self.unit
            size = (max(2, round(self.w * scale / stretch) + 1), max(2, round(self.h * scale) + 1))
            grain = self.rng.random((size[1], size[0]), np.float32)
            field = _resized(field, size) + grain * np.float32(keep**octave)
        field = _resized(field, (self.w, self.h))
        low, high = field.min(), field.max()
        return np.asarray((field - low) / (high - low + 1e-6), np.float32)

    def curve(self, cells: float, octaves: int = 4, keep: float = 0.5, sharp: bool = False) -> Floats:
        """A line across the sheet, 0..1."""
        line = np.zeros(self.w, np.float32)
        for octave in range(octaves):
            at = self.x * (cells * 2**octave / self.unit) + self.rng.random()
            knots = self.rng.random(int(at[-1]) + 2)
            part = at % 1 if sharp else smooth(0, 1, at % 1)
            left = at.astype(int)
            line += keep**octave * (knots[left] * (1 - part) + knots[left + 1] * part)
        return np.asarray((line - line.min()) / (np.ptp(line) + 1e-6), np.float32)

    def cover(self, mask: Any, colour: Any, top: int = 0) -> None:
        mask = np.asarray(mask, np.float32)
        area = self.px[top : top + mask.shape[0]]
        area += (np.asarray(colour, np.float32) - area) * mask[..., None]

    def sketch(self, draw: Callable[..., None], *what: Any, scale: int = 2) -> Floats:
        """A mask drawn with Pillow at a multiple of the size, for smooth edges."""
        sheet = Image.new("L", (self.w * scale, self.h * scale))
        draw(ImageDraw.Draw(sheet), scale, *what)
        return np.asarray(sheet.reduce(scale) if scale > 1 else sheet, np.float32) / 255

    def away(self, x: float, y: float, radius: float) -> Floats:
        """Distance from a point in radii."""
        return np.asarray(np.sqrt((self.x - x) ** 2 + (self.y - y) ** 2) / max(radius, 1e-6), np.float32)


def _resized(field: Floats, size: tuple[int, int]) -> Floats:
    return np.asarray(Image.fromarray(field).resize(size, Image.Resampling.BICUBIC), np.float32)


# Sky and water.
def sky(c: Canvas, horizon: float) -> None:
    heights = {"dawn": (0.72, 0.9), "day": (0.2, 0.4), "dusk": (0.74, 0.92), "night": (0.25, 0.45)}
    c.sun = (c.sun[0], horizon * c.between(*heights[c.reading.time]))
    t = np.broadcast_to(c.y / max(horizon, 1), (c.h, 1)).astype(np.float32)
    c.px[:] = ramp(c.sky, np.clip(t, 0, 1) ** 0.85)
    if c.reading.time == "night":
        stars(c, 520, horizon)
    if "aurora" in c.reading.weather:
        aurora(c, horizon)
    away = c.away(*c.sun, c.unit)
    c.cover(np.exp(-away * 2.6) * (0.3 if c.reading.time == "night" else 0.62), c.glow)
    if c.reading.time != "day" or c.rng.random() < 0.6:
        disc(c, away * c.unit)
    clouds(c, horizon)


def stars(c: Canvas, count: int, bottom: float) -> None:
    count = int(count * c.w * bottom / c.unit**2)
    place, size = c.rng.random((count, 2)) * (c.w, bottom), c.rng.random(count) ** 6

    def draw(pen: ImageDraw.ImageDraw, scale: float) -> None:
        for (x, y), s in zip(place * scale, size, strict=True):
            r = c.unit * scale * (0.0009 + 0.0019 * s)
            pen.ellipse((x - r, y - r, x + r, y + r), fill=int(120 + 135 * s**0.3))

    fade = np.clip(1.15 - c.y / max(bottom, 1), 0, 1)
    c.cover(c.sketch(draw, scale=3) * fade, mix(c.glow, (1, 1, 1), 0.5))


def aurora(c: Canvas, horizon: float) -> None:
    for colour, reach in (("#54f0a8", 0.5), ("#3fd0d8", 0.42), ("#a66bf0", 0.34)):
        foot = horizon * (c.between(0.42, 0.62) - 0.3 * (c.curve(1.2, 3) - 0.5))
        up = (foot - c.y) / (reach * horizon)
        rays = 0.35 + 0.65 * c.curve(14, 3, 0.7) * c.curve(2, 2)
        veil = smooth(-0.06, 0.05, up) * np.exp(-np.clip(up, 0, None) * 2.4) * rays
        c.cover(0.75 * veil, hexes(colour)[0])


def disc(c: Canvas, away: Floats) -> None:
    night = c.reading.time == "night"
    radius = c.unit * (0.055 if night else c.between(0.05, 0.085))
    face = np.clip(radius - away + 0.5, 0, 1)
    if night:
        face = face * (0.86 + 0.14 * smooth(0.35, 0.6, c.noise(14, 3)))
        face = face * (crescent(c, radius) if c.rng.random() < 0.33 else 1)
    c.cover(np.exp(-np.clip(away / radius - 1, 0, None) * 1.1) * 0.4, c.glow)
    c.cover(face, mix(c.glow, (1, 1, 0.97), 0.55))


def crescent(c: Canvas, radius: float) -> Floats:
    bite = c.away(c.sun[0] + radius * 0.55, c.sun[1] - radius * 0.25, 1)
    return np.clip(bite - radius * 0.95 + 0.5, 0, 1)


def clouds(c: Canvas, horizon: float) -> None:
    heavy = 0.12 if c.reading.weather & {"rain", "snow"} else c.between(-0.12, 0.04)
    body = c.noise(2.4, 6, stretch=2.4)
    step = max(1, c.unit // 60)
    rim = np.clip((body - np.pad(body, ((0, step), (0, 0)), "edge")[step:]) * 5 + 0.45, 0, 1)
    cover = smooth(0.52 - heavy, 0.86 - heavy, body) * smooth(1.05, 0.55, c.y / max(horizon, 1)) * 0.8
    dark = mix(c.sky[1], c.sky[0], 0.35)
    bright = mix(c.sky[2], c.glow, 0.6) if c.reading.time != "night" else mix(c.sky[2], c.sky[1], 0.3)
    c.cover(cover, ramp([dark, bright], rim))


def water(c: Canvas, level: float) -> None:
    """Everything above the level again below it, broken by ripples, with the light's path on top."""
    top = max(2, min(c.h - 2, round(level)))
    c.water = float(top)
    below = c.y[top:] - top
    near = below / max(c.h - top, 1)
    waves = c.noise(9, 4, stretch=9)
    lines = np.minimum(c.h - 1, (c.h * 0.999 * (1 - 1 / (1 + 5 * near))).astype(int))[:, 0]
    ripple = waves[lines] - 0.5
    rows = np.clip(top - 1 - below * 0.92 + ripple * c.unit * (0.01 + 0.2 * near), 0, top - 1).astype(int)
    cols = np.clip(c.x + ripple * c.unit * (0.008 + 0.05 * near), 0, c.w - 1).astype(int)
    deep = mix(c.sky[0], c.shade, 0.35)
    smear = max(1, c.unit // 300)
    c.px[top:] = sum(c.px[np.maximum(rows - k * smear, 0), cols] for k in range(3)) * np.float32(0.313)
    c.cover(np.clip(0.14 + 0.5 * near + ripple * 0.5, 0, 0.8), deep, top)
    path = np.exp(-(((c.x - c.sun[0]) / (c.unit * (0.045 + 0.16 * near))) ** 2))
    c.cover(path * smooth(0.02, 0.16, ripple) * (0.85 - 0.4 * near), c.glow, top)
    c.cover(np.exp(-below / (c.unit * 0.012)) * 0.35 + 0 * c.x, c.mist, top)


# Land.
def land(
    c: Canvas,
    top: Floats,
    far: float,
    surface: str = "soft",
    snow: float = 0.0,
    fog: float = 0.55,
) -> Floats:
    """A ridge and all below it: lit on the sun's side, hazier the farther, fog gathering at its foot."""
    first = max(0, int(top.min()) - 1)
    depth = c.y[first:] - top
    if not depth.size:
        return top
    rough = c.noise(9, 5, keep=0.62)[first:]
    near_lit = SURFACES[surface](c, top, depth, rough)
    lit, shade = (mix(colour, c.mist, far**0.8 * 0.86) for colour in (c.lit, c.shade))
    colour = ramp([shade, lit], near_lit)
    if snow:
        white = [mix(dim(hexes(h)[0], 0.25 + 0.75 * c.light), c.mist, far * 0.6) for h in ("#93a7cf", "#fdfcff")]
        edge = depth / c.unit + 1.1 * (rough - 0.5) * snow + 0.7 * (top - top.min()) / c.unit
        colour += (ramp(white, near_lit) - colour) * smooth(snow, snow * 0.86, edge)[..., None]
    haze = smooth(0.0, 0.34, depth / c.unit) * fog * (0.35 + 0.65 * far)
    colour += (c.mist - colour) * haze[..., None]
    steep = np.sqrt(1 + np.gradient(top) ** 2)
    c.cover(np.clip(depth / steep + 0.5, 0, 1), colour, first)
    return top


def _soft(c: Canvas, _top: Floats, depth: Floats, rough: Floats) -> Floats:
    return np.asarray(smooth(0.45, 0.0, depth / c.unit + 0.3 * (rough - 0.5)))


def _rock(c: Canvas, top: Floats, depth: Floats, rough: Floats) -> Floats:
    """Each peak has a bright and a dark flank, parted by an edge that wanders down from the top."""
    blur = max(2, c.unit // 90)
    calm = np.convolve(np.pad(top, blur, "edge"), np.ones(2 * blur + 1) / (2 * blur + 1), "valid")
    fall = np.gradient(calm) * (1 if c.sun[0] > c.w / 2 else -1)
    wander = (rough - 0.5) * np.clip(depth, 0, None) * 1.1
    at = np.clip(c.x + wander + depth * 0.22, 0, c.w - 1).astype(int)
    return np.asarray(smooth(-0.16, 0.16, fall[at] + (rough - 0.5) * 0.5))


def _cliff(c: Canvas, top: Floats, depth: Floats, rough: Floats) -> Floats:
    """Streaks down a steep face, under a rim of turf in the light."""
    streaks = c.noise(9, 4, stretch=0.3)[c.h - len(depth) :] * 0.75 + 0.25 * _soft(c, top, depth, rough)
    face = smooth(0.25, 0.75, streaks) * smooth(0.55, 0.0, depth / c.unit)
    rim = smooth(0.016, 0.006, depth / c.unit + 0.02 * (rough - 0.5))
    return np.asarray(face * 0.75 + 0.5 * rim)


SURFACES = {"soft": _soft, "rock": _rock, "cliff": _cliff}


def spruces(c: Canvas, ground: Floats, far: float, height: float, count: int) -> None:
    xs = c.rng.random(int(count * c.w / c.unit)) * c.w
    sizes = c.unit * height * c.rng.uniform(0.45, 1.0, len(xs))

    def draw(pen: ImageDraw.ImageDraw, s: float) -> None:
        for x, size in zip(xs, sizes, strict=True):
            _spruce(pen, s, x, float(ground[int(x)]) + size * 0.12, size, c.rng)

    mask = c.sketch(draw)
    c.cover(mask, mix(mix(c.shade, c.lit, 0.12), c.mist, far**0.8 * 0.9))


def _spruce(pen: ImageDraw.ImageDraw, s: float, x: float, foot: float, size: float, rng: np.random.Generator) -> None:
    x, foot, size = x * s, foot * s, size * s
    tiers = 7
    reach = size * (0.2 + 0.16 * np.arange(1, tiers + 1) / tiers) * np.linspace(0.28, 0.75, tiers)
    sides = []
    for side, wild in ((1, rng.uniform(0.8, 1.2, tiers)), (-1, rng.uniform(0.8, 1.2, tiers))):
        line = [(x, foot - size)]
        for k in range(tiers):
            y = foot - size * (1 - (k + 1.15) / (tiers + 0.6))
            line += [(x + side * reach[k] * wild[k], y), (x + side * reach[k] * 0.42, y - size * 0.015)]
        sides.append(line)
    pen.polygon([*sides[0], *reversed(sides[1])], fill=255)
    pen.rectangle((x - size * 0.018, foot - size * 0.2, x + size * 0.018, foot), fill=255)


def oak(c: Canvas, x: float, foot: float, size: float) -> None:
    """A broad tree of leaf clumps, darker below and lighter where the sun falls."""
    turn, reach = c.rng.uniform(0, 2 * math.pi, 420), np.sqrt(c.rng.random(420))
    lobes = 0.86 + 0.14 * np.sin(turn * 5 + c.between(0, 6))
    crown = np.stack([np.cos(turn) * 0.44, -np.sin(turn) * 0.32], -1) * (reach * lobes)[:, None]
    light = crown @ (0.9 if c.sun[0] > x else -0.9, -2.0) + c.rng.normal(0, 0.16, 420)
    leaves = crown * size + (x, foot - size * 0.64)
    c.cover(
        c.sketch(_trunk, x, foot, size),
        mix(dim(c.shade, 0.6), (0.2, 0.13, 0.12), 0.5),
    )
    dark, bright = hexes(SEASONS["blossom"])[::-1] if "blossom" in c.reading.weather else (c.shade, c.lit)
    for low, tone, r in ((-9.0, 0.05, 0.05), (-0.2, 0.35, 0.04), (0.2, 0.65, 0.034), (0.55, 0.95, 0.024)):
        some = leaves[light > low]
        mask = c.sketch(_dots, some, r * size)
        c.cover(mask, mix(dim(dark, 0.85), bright, tone))


def _trunk(pen: ImageDraw.ImageDraw, s: float, x: float, foot: float, size: float) -> None:
    x, foot, size = x * s, foot * s, size * s
    for lean, thick in ((0.0, 0.045), (-0.2, 0.022), (0.18, 0.022), (0.07, 0.03)):
        sides = (x - size * thick * 1.3, foot + size * 0.02), (x + size * thick * 1.3, foot + size * 0.02)
        fork = (x + size * thick * 0.6, foot - size * 0.26), (x - size * thick * 0.6, foot - size * 0.26)
        pen.polygon([*sides, fork[0], (x + lean * size, foot - size * 0.62), fork[1]], fill=255)


def _dots(pen: ImageDraw.ImageDraw, s: float, places: Floats, radius: float) -> None:
    r = radius * s
    for px, py in places * s:
        pen.ellipse((px - r, py - r * 0.85, px + r, py + r * 0.85), fill=255)


def copses(c: Canvas, top: Floats, far: float, size: float) -> None:
    """Hedges and groups of round trees along a ridge, seen from far."""

    def draw(pen: ImageDraw.ImageDraw, s: float) -> None:
        for start in c.rng.random(int(c.rng.integers(3, 7))) * c.w:
            for step in c.rng.normal(0, 1, int(c.rng.integers(3, 16))):
                x, r = start + step * size * c.unit * 1.6, c.unit * size * c.between(0.35, 0.8)
                y = float(top[int(np.clip(x, 0, c.w - 1))])
                _dots(pen, s, c.rng.normal(0, r * 0.45, (9, 2)) + np.array((x, y - r)), r * 0.55)
                pen.rectangle(((x - r * 0.1) * s, (y - r) * s, (x + r * 0.1) * s, (y + 2) * s), fill=255)

    c.cover(c.sketch(draw), mix(dim(c.shade, 0.85), c.mist, far * 0.85))


# Scenes: each paints the world and returns the line on which figures stand.
def mountains(c: Canvas) -> Floats:
    horizon = c.h * c.between(0.56, 0.64)
    sky(c, horizon)
    lake = "lake" in c.reading.weather or c.rng.random() < 0.3
    hero = np.clip(1 - np.abs(c.x / c.w - (c.spot + c.between(-0.06, 0.06))) * 2.2 * c.w / c.unit, 0, 1)
    for k, far in enumerate((0.9, 0.5, 0.38, 0.22)):
        peak = hero if k == 1 else c.curve(0.8, 1)
        rise = 0.55 * c.curve(2.2 + 0.6 * k, 6, 0.48, sharp=True) + 0.75 * peak * (1 if k == 1 else 0.4)
        base = horizon + c.unit * (0.02 + 0.075 * k)
        land(c, base - c.unit * (0.36 - 0.075 * k) * rise, far, surface="rock", snow=(0.16, 0.2, 0.0, 0.0)[k])
        if lake and k == 2:
            water(c, horizon + c.unit * 0.13)
            break
    ground = c.h - c.unit * (0.13 + 0.1 * c.curve(1.3, 3))
    spruces(c, ground - c.unit * 0.035, 0.3, 0.1, 46)
    spruces(c, ground, 0.08, 0.17, 22)
    return land(c, ground, 0.0, fog=0.0)


def sea(c: Canvas) -> Floats:
    horizon = c.h * c.between(0.5, 0.62)
    sky(c, horizon)
    if c.rng.random() < 0.6:
        isle = c.curve(1.6, 5, 0.5, sharp=True) - 0.45 - 0.5 * np.exp(-(((c.x - c.sun[0]) / (c.w * 0.3)) ** 2))
        land(c, horizon - c.unit * 0.16 * np.clip(isle, -0.02, None), 0.75, surface="rock")
    water(c, horizon)
    if any(f in SHAPES and SHAPES[f].where == "ground" for f in c.reading.figures):
        return headland(c, horizon)
    return np.full(c.w, c.h * 0.86, np.float32)


def headland(c: Canvas, horizon: float) -> Floats:
    inward = (c.spot - c.x / c.w) * (1 if c.spot < 0.5 else -1)
    bulk = smooth(-0.24, -0.08, inward + 0.05 * (c.curve(3, 4) - 0.5))
    rough = 0.04 * c.curve(4, 5, 0.55, sharp=True)
    return land(
        c,
        c.h + 4 - (c.h - horizon + c.unit * 0.02) * bulk - c.unit * rough * bulk,
        0.05,
        surface="cliff",
        fog=0.2,
    )


def forest(c: Canvas) -> Floats:
    horizon = c.h * c.between(0.5, 0.6)
    sky(c, horizon)
    fog = 0.95 if "mist" in c.reading.weather else 0.75
    for k, far in enumerate((0.95, 0.8, 0.62, 0.42, 0.2)):
        top = horizon + c.unit * (0.1 * k - 0.06 - 0.14 * (1 - k / 5) * c.curve(1.4, 3))
        spruces(c, top, far, 0.09 + 0.055 * k, 60 - 9 * k)
        land(c, top, far, fog=fog)
    beams(c)
    ground = c.h - c.unit * (0.09 + 0.05 * c.curve(1.2, 3))
    side = c.w * (0.02 if c.spot > 0.5 else 0.98)
    for x, size in ((side, 0.8), (c.w - side, 0.62), (side + (c.w / 2 - side) * 0.3, 0.5)):
        mask = c.sketch(_spruce, x, c.h - c.unit * 0.04, c.unit * size, c.rng)
        c.cover(mask, mix(c.shade, (0.02, 0.03, 0.05), 0.45))
    return land(c, ground, 0.0, fog=0.0)


def beams(c: Canvas) -> None:
    below = c.y - c.sun[1] + c.unit * 0.3
    angle = np.arctan2(c.x - c.sun[0], np.maximum(below, 1))
    fan = smooth(0.45, 0.9, c.curve(5, 3, 0.6)) * smooth(0, c.w * 0.1, np.minimum(c.x, c.w - c.x))
    strength = np.interp(angle, np.linspace(-1.4, 1.4, c.w), fan) * smooth(0.0, 0.3, below / c.unit)
    fade = np.exp(-c.away(*c.sun, c.unit) * 1.7)
    c.cover(strength * fade * (0.12 if c.reading.time == "night" else 0.42), c.glow)


def desert(c: Canvas) -> Floats:
    horizon = c.h * c.between(0.5, 0.58)
    sky(c, horizon)
    land(c, horizon - c.unit * 0.05 * c.curve(2, 5, 0.5, sharp=True), 0.95, surface="rock")
    for k, far in enumerate((0.7, 0.45, 0.22, 0.0)):
        top = (
            horizon
            + c.unit * (0.03 + 0.085 * k)
            - c.unit * (0.08 + 0.035 * k) * (c.curve(0.8 + 0.15 * k, 2, 0.3) - 0.5)
        )
        dune(c, top, far)
    return np.asarray(top + c.unit * 0.01, np.float32)


def dune(c: Canvas, top: Floats, far: float) -> None:
    """A dune: a crest winding down from each height parts a bright flank from a dark one."""
    first = max(0, int(top.min()) - 1)
    depth = c.y[first:] - top
    sway = np.sin(depth / c.unit * 11 + c.between(0, 6)) * depth * 0.25
    tilt = np.gradient(top) * (1 if c.sun[0] > c.w / 2 else -1) * 6
    at = np.clip(c.x + sway + depth * c.between(-1.6, 1.6), 0, c.w - 1).astype(int)
    lit = smooth(-0.18, 0.18, tilt[at]) * smooth(0.6, 0.0, depth / c.unit) * 0.8 + 0.08
    wind = np.sin((depth / c.unit * (90 + 60 * far)) + c.noise(3, 2)[first:] * 16) * 0.035 * (1 - far)
    crest = np.exp(-np.clip(depth, 0, None) / (c.unit * 0.008)) * 0.3
    tones = [mix(k, c.mist, far * 0.8) for k in (c.shade, c.lit, mix(c.lit, c.glow, 0.6))]
    colour = ramp(tones, (lit + wind + crest) * 0.7)
    c.cover(np.clip(depth + 0.5, 0, 1), colour, first)


def city(c: Canvas) -> Floats:
    horizon = c.h * c.between(0.62, 0.7)
    sky(c, horizon)
    for far, tall, wide in ((0.85, 0.42, 0.05), (0.55, 0.34, 0.06), (0.15, 0.24, 0.075)):
        blocks(c, horizon, far, tall, wide)
    water(c, horizon)
    quay = np.full(c.w, c.h - c.unit * 0.06, np.float32)
    return land(c, quay, 0.0, fog=0.0) if c.reading.figures else quay


AWAKE = {"night": 0.5, "dusk": 0.34, "dawn": 0.12, "day": 0.04}  # share of lit windows


def blocks(c: Canvas, foot: float, far: float, tall: float, wide: float) -> None:
    """A row of buildings, highest in the middle of town, hazy at the foot, with lit windows."""
    width = wide * c.unit
    edges = np.cumsum(c.rng.uniform(0.5, 1.3, int(c.w / width * 1.6) + 4)) * width - width
    centre = np.exp(-(((edges / c.w - c.spot) / 0.33) ** 2)) * c.rng.random(len(edges))
    heights = c.unit * tall * (0.18 + 0.62 * c.rng.random(len(edges)) ** 2 + 0.45 * centre)
    houses = list(zip(edges[:-1], edges[1:], foot - heights[:-1], strict=True))
    walls = c.sketch(_walls, houses, c.rng.integers(0, 4, len(edges)), foot)
    rise = np.clip((foot - c.y) / (c.unit * tall), 0, 1) + 0 * c.x
    fade = ((c.shade, far * 0.75 + 0.2), (c.shade, far * 0.8), (c.lit, 0.3 + far * 0.6))
    c.cover(walls, ramp([mix(tone, c.mist, haze) for tone, haze in fade], rise))
    panes = c.sketch(_windows, c, houses, foot, c.unit * 0.0052 * (1.3 - 0.5 * far))
    c.cover(panes * walls * (0.95 - 0.5 * far), hexes("#ffd791")[0])


Houses = list[tuple[float, float, float]]


def _walls(pen: ImageDraw.ImageDraw, s: float, houses: Houses, crowns: Floats, foot: float) -> None:
    for house, crown in zip(houses, crowns, strict=False):
        left, right, up = (edge * s for edge in house)
        middle, width = (left + right) / 2, right - left
        pen.rectangle((left, up, right + 1, foot * s), fill=255)
        if crown == 1:
            pen.rectangle((left + width * 0.2, up - width * 0.3, right - width * 0.2, up), fill=255)
        if crown == 2:
            pen.polygon([(left, up), (right, up), (middle, up - width * 0.8)], fill=255)
        if crown >= 2:
            pen.rectangle((middle - 0.6 * s, up - width * 1.3, middle + 0.6 * s, up), fill=255)


def _windows(pen: ImageDraw.ImageDraw, s: float, c: Canvas, houses: Houses, foot: float, pane: float) -> None:
    for left, right, up in houses:
        awake = AWAKE[c.reading.time] * c.between(0.1, 1.9)
        columns = np.arange(left + pane * 1.5, right - pane * 2, pane * 2.1)
        floors = np.arange(up + pane * 2, foot - pane, pane * 2.6)
        lit = c.rng.random((len(columns), len(floors))) < awake
        for column, floor in np.argwhere(lit):
            x, y = columns[column] * s, floors[floor] * s
            pen.rectangle((x, y, x + pane * s, y + pane * s * 1.3), fill=int(c.rng.integers(110, 255)))


def meadow(c: Canvas) -> Floats:
    horizon = c.h * c.between(0.48, 0.56)
    sky(c, horizon)
    land(c, horizon - c.unit * 0.12 * c.curve(1.8, 4), 0.95)
    for k, far in enumerate((0.75, 0.52, 0.3, 0.12)):
        if k == 2 and c.water is not None:
            continue
        top = horizon + c.unit * (0.02 + 0.075 * k) - c.unit * 0.11 * (c.curve(0.9, 2, 0.3) - 0.4)
        if k < 3:
            copses(c, top, far, 0.014 + 0.011 * k)
        land(c, top, far, fog=0.5)
        if k == 1 and "lake" in c.reading.weather:
            water(c, horizon + c.unit * 0.1)
    stand = top + c.unit * 0.02
    if "tree" in c.reading.figures or c.rng.random() < 0.45 or "blossom" in c.reading.weather:
        x = c.w * (c.spot if "tree" in c.reading.figures else 1 - c.spot)
        oak(c, x, float(stand[int(x)]), c.unit * 0.36)
    return stand


def flowers(c: Canvas, top: Floats, many: int, bloom: float) -> None:
    """Grass and blossoms, larger the nearer; painted after the figures so that these stand in the grass."""
    petals = PETALS if not c.reading.hues else (c.reading.hues[0], *PETALS[2:4])
    tones = [mix(dim(c.shade, 0.9), c.lit, t) for t in (0.0, 0.45, 0.9)]
    start = float(np.median(top)) + c.unit * 0.03
    near = np.sort(c.rng.random(int(many * c.w / c.unit)) ** 0.7)
    xs, ys = c.rng.random(len(near)) * c.w, start + near * (c.h - start + c.unit * 0.06)
    for tone in range(3):
        c.cover(c.sketch(_blades, c, (xs, ys, near), tone), tones[tone])
    drift = (
        c.curve(3, 2)[np.minimum(xs, c.w - 1).astype(int)]
        + 0.5 * np.sin(near * 9 + c.between(0, 6))
        + c.rng.normal(0, 0.16, len(near))
    )
    kinds = np.floor(drift * len(petals)).astype(int) % len(petals)
    for k, petal in enumerate(petals if bloom and "snow" not in c.reading.weather else ()):
        chosen = (kinds == k) & (c.rng.random(len(near)) < bloom * 0.12 + bloom * 0.3 * smooth(0.3, 0.7, drift % 1))
        flock = (xs[chosen], ys[chosen], near[chosen])
        for part, colour, least in ((1.0, petal, 0.12), (0.32, "#8a5a26", 0.4)):
            c.cover(c.sketch(_blossoms, c, flock, part), dim(hexes(colour)[0], least + (1 - least) * c.light))


Plants = tuple[Floats, Floats, Floats]


def _blades(pen: ImageDraw.ImageDraw, s: float, c: Canvas, plants: Plants, tone: int) -> None:
    for x, y, near in zip(*(p[tone::3] for p in plants), strict=True):
        size = c.unit * (0.012 + 0.085 * near**1.5) * s
        lean = c.between(-0.5, 0.5) * size
        root = (x * s, y * s)
        thick = size * 0.05 + 0.4
        bend = (root[0] + lean * 0.3, root[1] - size * 0.6)
        pen.polygon(
            [
                (root[0] - thick, root[1]),
                (root[0] + thick, root[1]),
                (bend[0] + thick * 0.7, bend[1]),
                (root[0] + lean, root[1] - size),
                bend,
            ],
            fill=255,
        )


def _blossoms(pen: ImageDraw.ImageDraw, s: float, c: Canvas, plants: Plants, part: float) -> None:
    for x, y, near in zip(*plants, strict=True):
        r = c.unit * (0.003 + 0.017 * near**1.5) * s * part
        cx, cy = x * s, (y - c.unit * (0.012 + 0.07 * near**1.5)) * s
        if part < 1:
            pen.ellipse((cx - r, cy - r * 0.8, cx + r, cy + r * 0.8), fill=255)
            continue
        for turn in np.arange(5) * 1.2566 + x:
            px, py = cx + math.cos(turn) * r * 0.62, cy + math.sin(turn) * r * 0.5
            pen.ellipse((px - r * 0.55, py - r * 0.48, px + r * 0.55, py + r * 0.48), fill=255)


def space(c: Canvas) -> Floats:
    stops = c.dyed(hexes(c.pick(NEBULAE)), 0, 0.5)
    stops[0] = dim(stops[0], 0.5) if c.reading.hues else stops[0]
    veil, dust = c.noise(1.3, 6, keep=0.55), c.noise(2.2, 6, keep=0.6)
    band = np.exp(-((((c.x - c.w / 2) * 0.6 + (c.y - c.h / 2)) / (c.unit * 0.42)) ** 2))
    cloud = smooth(0.3, 0.95, veil) * (0.35 + 0.75 * band) * (1 - 0.6 * smooth(0.5, 0.8, dust))
    c.px[:] = ramp(stops, cloud * 1.05)
    c.glow, c.light = np.ones(3, np.float32), 0.8
    stars(c, 700, float(c.h) * 1.6)
    planet(c, c.w * c.spot, c.h * c.between(0.4, 0.6), c.unit * c.between(0.14, 0.22))
    return np.full(c.w, c.h * 0.9, np.float32)


def planet(c: Canvas, x: float, y: float, radius: float) -> None:
    away = c.away(x, y, radius)
    bands = np.sin((c.y - y) / radius * 5 + c.noise(2, 4, stretch=5) * 5) * 0.5 + 0.5
    side = 1 if c.sun[0] > x else -1
    light = smooth(-0.55, 1.0, ((c.x - x) * side - (c.y - y)) / radius * 0.75)
    body = ramp(c.dyed(hexes(c.pick(PAINTS)), -1, 0.4), 0.15 + bands * 0.75) * (0.06 + 0.94 * light)[..., None]
    tilt = (
        ((c.x - x) * 0.94 + (c.y - y) * 0.34) / radius,
        ((c.y - y) * 0.94 - (c.x - x) * 0.34) / radius * 3.6,
    )
    ring = np.sqrt(tilt[0] ** 2 + tilt[1] ** 2)
    grooves = (
        smooth(1.35, 1.42, ring) * smooth(2.1, 2.0, ring) * (0.5 + 0.35 * np.sin(ring * 34)) * (0.25 + 0.75 * light)
    )
    c.cover(np.exp(-np.clip(away - 1, 0, None) * 5) * 0.25 * light, (0.8, 0.9, 1))
    c.cover(np.clip((1 - away) * radius + 0.5, 0, 1), body)
    front = np.where((away > 1) | (tilt[1] > 0), grooves, 0)
    c.cover(front, (0.96, 0.88, 0.76))


def underwater(c: Canvas) -> Floats:
    stops = c.dyed(hexes(c.pick(DEPTHS)), 0, 0.6)
    c.sky, c.mist, c.glow = stops[:3], stops[1], stops[0]
    c.lit, c.shade = stops[1], stops[3]
    c.sun = (c.sun[0], -c.unit * 0.15)
    c.px[:] = ramp(stops, (c.y / c.h) ** 0.8 + 0.1 * (c.noise(2, 3) - 0.5))
    beams(c)
    for k, far in enumerate((0.75, 0.45, 0.0)):
        ground = c.h - c.unit * (0.26 - 0.08 * k) * (0.5 + 0.6 * c.curve(2.2, 4))
        kelp(c, ground, far)
        if k == 2:
            corals(c, ground)
        land(c, ground, far, fog=0.3)
    specks(c, 60, 0.004, stops[0], 0.001)
    c.light = 0.95
    return ground


def kelp(c: Canvas, ground: Floats, far: float) -> None:
    def draw(pen: ImageDraw.ImageDraw, s: float) -> None:
        for _ in range(int((30 - 16 * far) * c.w / c.unit)):
            x, size, phase = (
                c.between(0, c.w - 1),
                c.unit * c.between(0.1, 0.36) * (1.1 - far * 0.6),
                c.between(0, 6),
            )
            t = np.linspace(0, 1, 60)
            px, py = x + np.sin(t * 5 + phase) * size * 0.1 * t, ground[int(x)] + size * 0.05 - t * size
            wide = size * 0.045 * (1.05 - t) * (1 + 0.35 * np.sin(t * 34 + phase)) + 0.3
            edge = np.concatenate([np.stack([px - wide, py], -1), np.stack([px + wide, py], -1)[::-1]]) * s
            pen.polygon([(float(x), float(y)) for x, y in edge], fill=255)

    c.cover(c.sketch(draw), mix(mix(c.shade, hexes("#1f7a5c")[0], 0.45), c.mist, far * 0.8))


def corals(c: Canvas, ground: Floats) -> None:
    for petal in PETALS:
        x, size = c.between(0, c.w - 1), c.unit * c.between(0.035, 0.075)
        turn, reach = c.rng.uniform(0, math.pi, 90), np.sqrt(c.rng.random(90))
        heads = np.stack(
            [
                x + np.cos(turn) * reach * size * 1.5,
                ground[int(x)] + size * 0.3 - np.sin(turn) * reach * size * 1.3,
            ],
            -1,
        )
        for tone, some, r in ((0.55, heads, 0.24), (0.15, heads[::3], 0.17)):
            mask = c.sketch(_dots, some, r * size)
            c.cover(mask, mix(hexes(petal)[0], c.shade, tone))


def paints(c: Canvas) -> Floats:
    """Four paints from deep to pale: those of the colour words, or a chosen row."""
    if not c.reading.hues:
        return hexes(c.pick(PAINTS))
    first, last = hexes(c.reading.hues[0])[0], hexes(c.reading.hues[-1])[0]
    return np.stack([dim(first, 0.55), first, mix(last, (1, 1, 1), 0.1), mix(last, (1.0, 0.98, 0.93), 0.72)])


def silk(c: Canvas) -> Floats:
    """Folds of cloth: waves of a warped slope, lit from the side."""
    stops = paints(c)
    turn = c.between(0, math.pi)
    slope = (c.x * math.cos(turn) + c.y * math.sin(turn)) / c.unit
    warp, fold = c.noise(0.9, 2, keep=0.3), c.noise(1.5, 2, keep=0.3)
    wave = slope * 1.1 + warp * 2.6
    height = np.sin(wave * 5 + fold * 4) * 0.6 + np.sin(wave * 11 + fold * 7) * 0.22 + fold
    dy, dx = np.gradient(height * c.unit)
    shine = (dx * 0.6 - dy * 0.8) / np.sqrt(1 + dx * dx + dy * dy)
    tone = 0.5 + 0.5 * np.sin(wave * 2.2 + c.between(0, 6))
    base = ramp(stops, tone * 0.85 + shine * 0.12)
    c.px[:] = base * (0.84 + 0.24 * shine[..., None]) + np.clip(shine - 0.55, 0, 1)[..., None] * 0.45
    c.light = max(c.light, 0.7)
    return np.full(c.w, c.h * 0.85, np.float32)


def paper(c: Canvas) -> Floats:
    """Sheets of coloured paper cut out one above the other, each with its shadow."""
    stops = paints(c)
    field = c.noise(1.2, 3, keep=0.32) + 0.3 * np.exp(-c.away(c.w * c.spot, c.h * 0.5, c.unit * 0.4))
    dy, dx = np.gradient(field)
    steep = np.sqrt(dx * dx + dy * dy) + 1e-5
    levels = 8
    tones = ramp(stops[::-1], np.linspace(0, 1, levels + 1, dtype=np.float32))
    c.px[:] = tones[0]
    for k in range(1, levels + 1):
        edge = np.quantile(field[::8, ::8], k / (levels + 1))
        mask = np.clip((edge - field) / steep * -1 + 0.5, 0, 1)
        _cast(c, mask)
        c.cover(mask, tones[k])
    fibre = c.noise(60, 3, stretch=1.4, keep=0.8) - 0.5
    c.px += fibre[..., None] * np.float32(0.05)
    return np.full(c.w, c.h * 0.85, np.float32)


def _cast(c: Canvas, mask: Floats) -> None:
    """The shadow a sheet throws on those below it, down and away from the light."""
    sheet = Image.fromarray((mask * 255).astype(np.uint8))
    for offset, blur, strength in ((90, 80, 0.42), (260, 260, 0.3)):
        soft = np.asarray(sheet.filter(ImageFilter.GaussianBlur(c.unit / blur)), np.float32) / 255
        step = max(1, c.unit // offset)
        c.px *= (1 - strength * np.pad(soft, ((step, 0), (step, 0)), "edge")[:-step, :-step])[..., None]


PLANTS = {"meadow": (900, 1.0), "forest": (420, 0.0), "mountains": (420, 0.0)}
SCENE_PAINTERS: dict[str, Callable[[Canvas], Floats]] = {
    "mountains": mountains,
    "sea": sea,
    "forest": forest,
    "desert": desert,
    "city": city,
    "meadow": meadow,
    "space": space,
    "underwater": underwater,
    "silk": silk,
    "paper": paper,
}


# Figures.
def figures(c: Canvas, ground: Floats) -> None:
    slots = (c.spot, 1 - c.spot, 0.5)
    for name, slot in zip(c.reading.figures, slots, strict=False):
        shape = SHAPES.get(name)
        if shape is None:
            if c.reading.scene != "meadow":
                oak(c, c.w * slot, float(ground[int(c.w * slot)]) + 2, c.unit * 0.34)
            continue
        for k in range(int(c.rng.integers(shape.count[0], shape.count[1] + 1))):
            place(c, name, shape, slot, k, ground)


def place(c: Canvas, name: str, shape: Shape, slot: float, k: int, ground: Floats) -> None:
    size = c.unit * shape.height * (1 if k == 0 else c.between(0.35, 0.8))
    x = c.w * (slot if k == 0 else float(np.clip(slot + c.rng.normal(0, 0.17), 0.06, 0.94)))
    middle = int(np.clip(x, 0, c.w - 1))
    at_ground = float(ground[max(0, middle - int(size * 0.1)) : middle + int(size * 0.1) + 1].max()) + size * 0.01
    level = c.water + c.unit * 0.09 if c.water is not None else at_ground
    foot = {"ground": at_ground, "water": level, "sky": c.h * c.between(0.22, 0.46)}[shape.where]
    if name == "lighthouse" and c.light < 0.8:
        shine(c, x, foot - size * 0.845)
    stamp(c, shape, (x, foot), size, c.reading.coats.get(name))
    if shape.where == "water" and c.water is not None:
        stamp(c, shape, (x, foot), -size * 0.8, c.reading.coats.get(name), 0.3)


def shine(c: Canvas, x: float, y: float) -> None:
    """Two beams from a lighthouse's lamp, and the halo about it."""
    away = c.away(x, y, c.unit)
    angle = np.abs(np.arctan2(c.y - y + (c.x - x) * 0.12, np.abs(c.x - x) + 1))
    beam = np.exp(-((angle / 0.085) ** 2)) * np.exp(-away * 1.8) * 0.7
    c.cover(np.maximum(beam, np.exp(-away * 22) * 0.9), hexes("#ffe9b0")[0])


def stamp(
    c: Canvas, shape: Shape, foot: tuple[float, float], size: float, coat: str | None, alpha: float = 1.0
) -> None:
    """Draw a shape enlarged, then lay it down small; a negative size hangs it upside down."""
    tall, flip = abs(size), -1 if c.spot > 0.5 else 1
    box = (
        math.floor(foot[0] - tall * 1.4),
        math.floor(foot[1] - tall * 1.15),
        math.ceil(tall * 2.8),
        math.ceil(tall * 2.3),
    )
    sheet = Image.new("RGBA", (box[2] * SUPERSAMPLING, box[3] * SUPERSAMPLING))
    pen = ImageDraw.Draw(sheet)
    for colour, outline in shape.parts:
        points = outline * (flip * tall, -size)
        points = (points + foot - np.array(box[:2])) * SUPERSAMPLING
        pen.polygon([(float(px), float(py)) for px, py in points], fill=_dye(c, colour, coat))
    small = sheet.reduce(SUPERSAMPLING)
    _lay(c, np.asarray(small, np.float32) / 255, box[0], box[1], alpha)


def _dye(c: Canvas, colour: str, coat: str | None) -> tuple[int, int, int, int]:
    if colour == "lamp":
        rgb = hexes("#ffdf8e" if c.light < 0.8 else "#59636e")[0]
    else:
        rgb = hexes(coat if coat and colour[0] == "*" else colour[-7:])[0]
        rgb = mix(dim(rgb, 0.25 + 0.75 * c.light), c.mist, 0.14)
    red, green, blue = (int(v * 255) for v in rgb)
    return red, green, blue, 255


def _lay(c: Canvas, small: Floats, left: int, top: int, alpha: float) -> None:
    x0, y0, x1, y1 = (
        max(left, 0),
        max(top, 0),
        min(left + small.shape[1], c.w),
        min(top + small.shape[0], c.h),
    )
    if x1 <= x0 or y1 <= y0:
        return
    part = small[y0 - top : y1 - top, x0 - left : x1 - left]
    cover = part[..., 3:]
    solid = part[..., :3] / np.maximum(cover, 1 / 255)
    area = c.px[y0:y1, x0:x1]
    area += (np.clip(solid, 0, 1) - area) * cover * alpha


# Weather and finish.
def fog(c: Canvas) -> None:
    drift = c.noise(1.6, 4, stretch=4)
    band = np.exp(-(((c.y / c.h - 0.62) / 0.22) ** 2))
    c.cover(smooth(0.2, 0.8, drift) * band * 0.75 + 0.08, c.mist)


def rain(c: Canvas) -> None:
    def draw(pen: ImageDraw.ImageDraw, s: float) -> None:
        for _ in range(int(320 * c.w * c.h / c.unit**2)):
            x, y, size = (
                c.between(-0.1, 1.1) * c.w * s,
                c.between(-0.1, 1) * c.h * s,
                c.unit * s * c.between(0.02, 0.07),
            )
            pen.line(
                (x, y, x - size * 0.22, y + size),
                fill=int(c.rng.integers(40, 130)),
                width=max(1, c.unit // 500),
            )

    c.cover(c.sketch(draw), mix(c.sky[2], (1, 1, 1), 0.3))


def specks(c: Canvas, count: int, radius: float, colour: Any, glow: float) -> None:
    place, near = c.rng.random((count, 2)) * (c.w, c.h), c.rng.random(count) ** 3

    def draw(pen: ImageDraw.ImageDraw, s: float) -> None:
        for (x, y), n in zip(place * s, near, strict=True):
            r = c.unit * radius * s * (0.3 + n)
            pen.ellipse((x - r, y - r, x + r, y + r), fill=int(235 - 110 * n))

    mask = c.sketch(draw)
    soft = Image.fromarray((mask * 255).astype(np.uint8)).filter(ImageFilter.GaussianBlur(c.unit * glow))
    c.cover(np.asarray(np.maximum(mask * 0.8, np.asarray(soft, np.float32) / 255), np.float32), colour)


FALLING: dict[str, Callable[[Canvas], None]] = {
    "mist": fog,
    "rain": rain,
    "snow": lambda c: specks(c, 380, 0.0034, mix((1, 1, 1), c.mist, 0.12), 0.002),
    "sparks": lambda c: specks(c, 70, 0.0045, hexes("#ffe38a")[0], 0.008),
    "blossom": lambda c: specks(c, 90, 0.006, hexes("#f9c3d2")[0], 0.001),
}
NO_WEATHER = ("silk", "paper", "space", "underwater")


def weather(c: Canvas) -> None:
    for name, fall in FALLING.items():
        if name in c.reading.weather and c.reading.scene not in NO_WEATHER:
            fall(c)


def finish(c: Canvas) -> Image.Image:
    """A soft vignette, and grain that breaks up banding."""
    corner = ((c.x / c.w - 0.5) ** 2 + (c.y / c.h - 0.5) ** 2) * 2
    grain = c.rng.standard_normal((c.h, c.w), np.float32) * np.float32(1.6)
    pixels = np.clip(c.px, 0, 1) * (255 * (1 - 0.2 * corner**1.4))[..., None] + grain[..., None]
    return Image.fromarray(np.clip(pixels + 0.5, 0, 255).astype(np.uint8))


def paint(order: Order) -> Image.Image:
    c = Canvas(order)
    ground = SCENE_PAINTERS[c.reading.scene](c)
    figures(c, ground)
    many, bloom = PLANTS.get(c.reading.scene, (0, 0.0))
    if many:
        flowers(c, ground, many, bloom)
    weather(c)
    return finish(c)


class Painter(Here):
    """The engine that needs nothing: no weights, no network, no accelerator."""

    name = "painter"
    label = "the built-in painter"
    model = name
    steps: int | None = None
    generator: Generator = "algorithmicMedia"
    restricts = ""
    capabilities = Capabilities(((768, 768), (768, 960), (960, 768), (1024, 1024), (576, 1024)))

    at_once = 2

    def __init__(self) -> None:
        # Each holds tens of megabytes and a core, however many jobs the house runs at a time.
        self._easels = threading.BoundedSemaphore(self.at_once)

    def paint(self, orders: Sequence[Order]) -> list[Painted]:
        return [self._painted(order) for order in orders]

    def _painted(self, order: Order) -> Painted:
        if not order.watch.is_wanted():
            return Painted(failure=NotWanted())
        with self._easels:
            return Painted(paint(order))
