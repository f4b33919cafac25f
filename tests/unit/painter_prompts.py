"""Prompts as people type them, and what a picture for each must show.

`HELD_OUT` was written before the reader was tuned on `PROMPTS`. At first sight the reader with the model had of it
27 of 28 places right, 8 of 8 times, 27 of 30 rows of things and 8 of 9 colours. One thing was mended after that
sight: the plural of words with a meaning of their own in one language ("noirs").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.studio.engines.painter.reading import Meaning, read
from services.studio.engines.painter.reading.tables import COLOURS
from services.studio.engines.painter.scenes import SCENES
from services.studio.engines.painter.wish import Wish


@dataclass(frozen=True)
class Asked:
    """What is None is not judged."""

    prompt: str
    scenes: str | None = None
    """Any of these."""
    times: str | None = None
    """Any of these."""
    colours: str | None = None
    """All of these: `red` of the world, `boat:red` of a thing, `palette:neon`."""
    things: str | None = None
    """All of these and no others: `cat|lion` is either, `?moon` may be there. Nothing named is an empty string: then
    only the scene's own company may be there."""


PROMPTS = (
    Asked("a lighthouse on a cliff at dusk", "coast", "dusk", things="lighthouse"),
    Asked("misty blue mountains at dawn with pine trees", "mountains", "dawn", "blue", "pine|tree"),
    Asked("city skyline at night in the rain, neon", "skyline street", "night", "palette:neon", ""),
    Asked("a red fox in the snow", "snow forest", things="fox"),
    Asked("a cat sleeping by the window", "interior", things="cat"),
    Asked("a ringed planet over a purple nebula", "planet space", None, "purple"),
    Asked("underwater coral reef with fish", "underwater", things="fish"),
    Asked("abstract flow of gold and deep blue", "flow", None, "gold blue", ""),
    Asked("a small house in a snowy valley at night with a full moon", "snow mountains village", "night",
          things="house|cottage moon"),
    Asked("autumn forest with a river", "forest lake", things=""),
    Asked("desert dunes with camel at noon", "desert", "day", things="camel"),
    Asked("three red balloons over a meadow", "meadow", None, "balloon|toy_balloon:red", "balloon|toy_balloon"),
    Asked("cozy cabin in the woods, warm light in the windows, winter evening", "forest snow", "dusk night",
          "palette:warm", "cottage|house"),
    Asked("cyberpunk street in Tokyo, rain, reflections, neon signs", "street skyline", "night", "palette:neon", ""),
    Asked("portrait of an old fisherman, oil painting", "portrait", things="person"),
    Asked("still life with lemons and a blue vase", "still_life", None, "vase:blue", "lemon vase"),
    Asked("a knight facing a dragon in front of a burning castle", None, things="knight dragon castle"),
    Asked("golden retriever running on the beach", "coast sea island", things="dog"),
    Asked("pastel clouds, dreamy, soft pink sky", None, None, "palette:pastel pink", "?cloud"),
    Asked("ein rotes Boot auf einem ruhigen See bei Sonnenuntergang", "lake", "dusk", "boat:red", "boat"),
    Asked("un château sur une colline sous la pluie", "meadow mountains village", things="castle"),
    Asked("una mujer con un paraguas rojo en la calle de noche", "street", "night", "umbrella:red",
          "woman|person umbrella"),
    Asked("満月の夜の富士山", "mountains", "night", things="moon"),
    Asked("桜の木の下の猫", "meadow garden village", things="cat cherry_tree"),
    Asked("🦊🌲🌙", "forest", "night", things="fox ?moon|crescent ?pine|tree"),
    Asked("a bowl of fruit on a wooden table, Cézanne", "still_life", things="fruit"),
    Asked("astronaut floating in space, galaxy in the background", "space", things="astronaut"),
    Asked("a whale breaching in a stormy sea", "sea", things="whale"),
    Asked("sunflower field under a bright blue sky", "meadow", "day", "blue", "sunflower"),
    Asked("low poly island with palm trees", "island", things="palm"),
    Asked("hot air balloons over Cappadocia at sunrise", "desert mountains", "dawn", things="balloon"),
    Asked("a terrier in a garden", "garden", things="dog"),
    Asked("sparrow on a branch in winter", "forest snow meadow garden", things="bird ?tree"),
    Asked("old violin and sheet music by candlelight", "still_life interior", things="violin ?candle ?book"),
    Asked("a galleon in full sail on a turquoise ocean", "sea", None, "turquoise", "ship|boat"),
    Asked("minimalist geometric pattern in teal and orange", "pattern", None, "teal orange", ""),
    Asked("black and white photo of a rainy street in Paris with a couple under an umbrella", "street", None,
          "palette:monochrome", "couple umbrella"),
    Asked("northern lights over a frozen lake", "lake snow", "night", things=""),
    Asked("a wizard reading a book in a tower library", "interior", things="wizard book ?tower"),
    Asked("samurai standing under a maple tree, falling leaves, ukiyo-e", "forest garden meadow",
          things="samurai tree|oak"),
    Asked("volcano eruption at night, lava flowing", "volcano", "night", things=""),
    Asked("waterfall in a lush jungle", "waterfall", things=""),
    Asked("a steam train crossing a stone bridge in the Scottish highlands", "mountains meadow",
          things="train bridge"),
    Asked("two swans on a misty pond", "lake garden", things="swan"),
    Asked("a snowy village at christmas, lights in the windows", "village snow", things=""),
    Asked("herd of elephants walking across the savanna at sunset", "meadow desert", "dusk", things="elephant"),
    Asked("teapot and two cups on a table by the window, morning light", "still_life interior", "dawn day",
          things="teapot cup"),
    Asked("vaporwave sunset with palm trees", "sea coast island", "dusk", "palette:neon", "palm"),
    Asked("a lonely astronaut on a red planet", "planet space desert", None, "red", "astronaut"),
    Asked("a mermaid and a giant octopus", "underwater", things="mermaid octopus"),
    Asked("robot watering flowers in a greenhouse", "garden interior", things="robot flower"),
    Asked("medieval market square", "village street", things=""),
    Asked("grandmother knitting in a rocking chair", "interior portrait", things="person|woman chair"),
    Asked("penguins on an iceberg", "snow sea", things="penguin"),
    Asked("quiet harbor with fishing boats in the early morning", "coast sea", "dawn", things="boat"),
    Asked("the feeling of loneliness", things=""),
    Asked("girl flying a kite on a windy hill", "meadow mountains", things="child|woman|person kite"),
    Asked("a jaguar in the jungle", "forest", things="cat|lion"),
    Asked("no people, empty beach at dawn", "coast sea island", "dawn", things=""),
    Asked("a yellow submarine", "underwater sea", None, "submarine:yellow", "submarine"),
)  # fmt: skip

HELD_OUT = (
    Asked("an owl on a branch under the full moon", "forest", "night", things="owl ?moon ?tree"),
    Asked("tiny cottage by a lake in the mountains, autumn", "lake mountains", things="cottage|house"),
    Asked("a bicycle leaning against a wall in an Italian alley", "street village", things="bicycle"),
    Asked("crystal clear tropical lagoon with a white sailboat", "island coast sea", None, "boat:white", "boat"),
    Asked("watercolor of a hummingbird and hibiscus", "garden meadow forest", things="bird flower|rose"),
    Asked("dunes under the milky way", "desert", "night", things=""),
    Asked("ein Leuchtturm im Sturm", "coast sea", things="lighthouse"),
    Asked("deux chats noirs sur un toit la nuit", "street village skyline", "night", "cat:black", "cat ?house"),
    Asked("un caballo blanco en la playa al amanecer", "coast sea island", "dawn", "horse:white", "horse"),
    Asked("雪の森の狐", "forest snow", things="fox"),
    Asked("🐳🌊", "sea underwater", things="whale"),
    Asked("skyscrapers reflected in a river at blue hour", "skyline", "dusk", things="?tower"),
    Asked("a cup of coffee and a croissant on a cafe table", "still_life interior", things="cup ?bread"),
    Asked("spaceship landing on an alien world with two moons", "planet space", things="rocket|ufo ?moon"),
    Asked("an ancient temple overgrown by the jungle", "forest", things="temple"),
    Asked("ballerina on a stage in a pink tutu", "interior portrait", None, "dancer:pink", "dancer"),
    Asked("tractor in a wheat field, golden hour", "meadow", "dusk", "palette:golden", "truck|car"),
    Asked("a cathedral interior with stained glass", "interior", things="?church"),
    Asked("goldfish in a bowl", "still_life underwater interior", None, "fish:orange", "fish"),
    Asked("polar bear on melting ice", "snow sea", None, "bear:white", "bear"),
    Asked("koi pond in a japanese garden", "garden lake", things="fish"),
    Asked("sunset", None, "dusk", things=""),
    Asked("elegant portrait of a queen with a golden crown", "portrait", None, "crown:gold", "woman|person crown"),
    Asked("a thunderstorm above the prairie with a lone barn", "meadow", things="barn"),
    Asked("gentle waves of lavender and mint, abstract", "flow pattern", things=""),
    Asked("children playing in the snow with a snowman", "snow", things="child snowman"),
    Asked("wolf howling at the moon on a rocky peak", "mountains", "night", things="wolf moon"),
    Asked("a purple cow jumping over the moon", None, None, "cow:purple", "cow moon"),
    Asked("candle-lit dinner table for two", "still_life interior", things="candle"),
    Asked("viking longship in a fjord", "mountains sea coast", things="ship|boat"),
)  # fmt: skip


def judged(asked: Asked, wish: Wish) -> dict[str, bool]:
    """Whether each attribute that the row speaks of was read right."""
    marks = {}
    if asked.scenes is not None:
        marks["scene"] = wish.scene in asked.scenes.split()
    if asked.times is not None:
        marks["time"] = wish.time in asked.times.split()
    if asked.colours is not None:
        marks["colour"] = all(_has_colour(wish, colour) for colour in asked.colours.split())
    if asked.things is not None:
        marks["things"] = _has_things(wish, asked.things.split())
    return marks


def shares(rows: Sequence[Asked], meaning: Meaning | None) -> dict[str, tuple[int, int]]:
    """For each attribute how many are right, of how many."""
    counts: dict[str, tuple[int, int]] = {}
    for row in rows:
        for attribute, right in judged(row, read(row.prompt, meaning)).items():
            before, of = counts.get(attribute, (0, 0))
            counts[attribute] = (before + right, of + 1)
    return counts


def _has_colour(wish: Wish, colour: str) -> bool:
    whose, _, name = colour.rpartition(":")
    if whose == "palette":
        return wish.palette == name
    if whose:
        return any(each.subject in whose.split("|") and each.colour == COLOURS[name] for each in wish.things)
    return COLOURS[name] in wish.hues


def _has_things(wish: Wish, expected: Sequence[str]) -> bool:
    there = {each.subject for each in wish.things}
    if not expected:
        return there <= set(SCENES[wish.scene].company)
    allowed = {name for each in expected for name in each.lstrip("?").split("|")}
    needed = [set(each.split("|")) for each in expected if not each.startswith("?")]
    return there <= allowed and all(there & either for either in needed)
