"""What a picture shows, as far as the tables know the words that stand with it.

Only words of the tables come out, never the text that they were found in: whatever else a stranger wrote there, nobody
repeats it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from services.residents.speaking.base import Seen
from services.residents.topics import TOPICS
from services.writers.tags import plain_words, singular
from services.writers.vocabulary import SOMBRE

LONGEST_READ = 1_000
MOST_NAME_WORDS = 3
FARTHEST = 3
"""How many words before a thing still say how many of it there are and what colour it has."""

Table = dict[str, str]


def _table(rows: dict[str, str]) -> Table:
    return {word.strip(): row for row, words in rows.items() for word in words.split(";")}


THINGS = _table({
    "": "person; people; man; woman; figure; stranger; fisherman; sailor; shepherd; gardener; baker; dancer; "
    "ballerina; knight; samurai; wizard; witch; angel; mermaid; unicorn; lion; tiger; wolf; giraffe; monkey; "
    "mouse; squirrel; bird; eagle; hawk; sparrow; robin; peacock; dolphin; shark; coral; bee; dragonfly; "
    "beetle; ladybird; spider; plane; helicopter; scooter; motorcycle; ferry; raft; kayak; canoe; anchor; "
    "buoy; net; rope; house; window; door; stair; staircase; wall; gate; roof; arch; monastery; cathedral; "
    "chapel; station; harbour crane; chair; table; mirror; key; bottle; jar; hat; crown; gift; letter; map; "
    "globe; telescope; camera; typewriter; radio; bowl; plate; jug; egg; cheese; fig; grape; strawberry; "
    "pomegranate; cookie; honey; coffee; leaf; fern; moss; ivy; orchid; lily; water lily; lotus; thistle; "
    "dandelion; wheat; reed; apple tree; olive tree; rock; stone; cliff; cave; cloud; rainbow; comet; "
    "nebula; moon base; statue; sculpture; fence; cart; wagon; carousel; ferris wheel; tram; signpost; "
    "scarecrow; postbox; phone box; ladder; basket; broom; wheelbarrow; bell; drum",
})  # fmt: skip
PLACES = _table({
    "": "harbour; harbor; bay; beach; shore; coast; sea; ocean; lake; river; pond; stream; canal; marsh; meadow; "
    "field; hill; valley; forest; wood; jungle; desert; mountain; garden; park; orchard; vineyard; village; "
    "town; city; street; alley; square; market; station; road; path; kitchen; room; window; windowsill; "
    "workshop; attic; cellar; cafe; library; corridor; courtyard; balcony; rooftop; doorstep; table; island; "
    "reef; lagoon; clearing; cliff; dune; ice; moor; swamp; space; nebula; greenhouse; barn; farm; bridge; "
    "ruin; cave; pier; jetty; dock; polder; dike",
})  # fmt: skip
LIGHTS = _table({
    "the early light": "dawn; sunrise; daybreak; first light; morning; morning light; early morning",
    "the noon light": "noon; midday; high noon", "the daylight": "daylight; sunny; sunlight; sunlit; clear sky",
    "the last light": "dusk; sunset; evening; twilight; evening light; last light; evening sun",
    "the low sun": "golden hour; golden light; low sun; low golden sun; low winter sun; late sun; winter sun",
    "the blue hour": "blue hour", "the dark": "night; midnight; late night; darkness", "the shadow": "shadow; shade",
    "the moonlight": "moonlight; moonlit; moon; full moon; moonrise", "the starlight": "starlight; starry; star",
    "the lamplight": "lamplight; lamp; candlelight; candle; lantern; lantern light; street lamp; firelight; campfire",
    "the window light": "window light", "the neon": "neon; neon light; neon sign; neon glow; neon reflection",
    "the backlight": "backlight; backlit; rim light; silhouette", "the glow": "glow; glowing",
    "the green light": "northern lights; aurora",
})  # fmt: skip
WEATHERS = _table({
    "the fog": "fog; foggy", "the mist": "mist; misty; haze; hazy", "the rain": "rain; rainy; drizzle; wet",
    "the snow": "snow; snowy; snowfall; falling snow; deep snow", "the storm": "storm; stormy; thunderstorm; lightning",
    "the frost": "frost; frosty; frozen; ice; icy", "the wind": "wind; windy; gale; strong wind",
    "the cloud": "cloud; cloudy; overcast; low cloud", "the dew": "dew; morning dew", "the dust": "dust; dusty",
})  # fmt: skip
SEASONS = _table({
    "spring": "spring; blossom; cherry blossom", "summer": "summer; midsummer", "winter": "winter; snow; snowy; frost",
    "autumn": "autumn; fallen leaf; autumn leaf; october; harvest",
})  # fmt: skip
COLOURS = _table({
    "red": "red; crimson; scarlet; vermilion", "orange": "orange; rust; copper; ginger", "gold": "gold; golden; amber",
    "yellow": "yellow; ochre; mustard; saffron", "green": "green; emerald; moss green", "olive": "olive; sage",
    "teal": "teal; petrol", "turquoise": "turquoise; aqua; cyan", "blue": "blue; azure; cobalt; ultramarine; sky blue",
    "indigo": "indigo; navy; dark blue; midnight blue", "violet": "violet; purple; plum; lavender; lilac; mauve",
    "pink": "pink; rose pink; magenta; coral; peach", "brown": "brown; sepia; umber; bronze",
    "white": "white; ivory; bone white", "grey": "grey; gray; slate; silver; ash", "cream": "cream; beige; sand",
    "black": "black; charcoal",
})  # fmt: skip
TOUCHES = {
    "watercolour": ("the wet edge", "the soft wash", "the paper showing through"),
    "oil paint": ("the thick paint", "the visible brush", "the ridge of paint"),
    "ink": ("the empty paper", "the single stroke", "the dry end of the brush"),
    "pencil": ("the hatching", "the soft grey", "the rubbed-out line"),
    "woodblock": ("the bold outline", "the flat colour", "the printed edge"),
    "pixel art": ("the tiny grid", "the short palette", "the one stray pixel"),
    "low poly": ("the folded surface", "the flat facet", "the sharp corner"),
    "a poster": ("the big plain shape", "the poster sky", "the clean diagonal"),
    "neon": ("the glow", "the dark behind it", "the magenta edge"),
    "pastel": ("the soft grain", "the chalky edge", "the quiet palette"),
    "black and white": ("the hard shadow", "the deep black", "the one bright patch"),
    "cut paper": ("the layered paper", "the cut edge", "the small shadow between the layers"),
    "stained glass": ("the lead line", "the glass", "the colour let through"),
    "film": ("the film grain", "the wide frame", "the muted grade"),
    "a photograph": ("the focus", "the depth", "the moment"),
}
"""What is to be seen of a medium."""
MEDIA = _table({
    "watercolour": "watercolour; watercolor; watercolour painting; watercolor painting",
    "oil paint": "oil painting; oil; impasto", "ink": "ink; ink wash; sumi e; marbled ink",
    "pencil": "pencil; pencil drawing; graphite; sketch; charcoal drawing", "low poly": "low poly",
    "woodblock": "woodblock; woodblock print; ukiyo e; linocut; woodcut", "pixel art": "pixel art; pixel",
    "a poster": "poster; art deco; travel poster", "neon": "synthwave; vaporwave", "film": "film still; film",
    "pastel": "pastel; pastel drawing", "black and white": "black and white; noir; monochrome",
    "cut paper": "paper cut; papercut; cut paper", "stained glass": "stained glass",
    "a photograph": "photograph; photo",
})  # fmt: skip
NUMBERS = {"two": 2, "pair": 2, "couple": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
SOME = 0
"""How many there are where the words say only that it is more than one."""
SEVERAL = frozenset(("several", "many", "some", "few", "dozen", "flock", "herd", "row", "school", "field"))
ONE = frozenset(("a", "an", "one", "single", "lone"))
PREPOSITIONS = frozenset(
    ("in", "on", "at", "by", "over", "under", "above", "below", "behind", "beside", "near", "before", "between",
     "against", "across", "through", "along", "into", "with", "after", "among", "without")
)  # fmt: skip
OF_TOPICS = {word: topic.id for topic in TOPICS for word in topic.words}
KNOWN_THINGS: Table = THINGS | OF_TOPICS
SWARMS = {"fish", "koi", "deer", "sheep", "moose", "jellyfish", "goldfish", "trout", "carp", "squid"}
MASSES = {
    "fruit", "bread", "tea", "bamboo", "wheat", "moss", "ivy", "coffee", "honey", "breakfast", "surf", "coral", "lava",
    "lavender", "cheese",
}  # fmt: skip
"""Said without "a"."""
PLURAL_ONLY = {"people", "northern lights"}
PLURALS = {
    "wolf": "wolves", "goose": "geese", "mouse": "mice", "leaf": "leaves", "fisherman": "fishermen", "man": "men",
    "woman": "women", "person": "people", "loaf": "loaves", "bookshelf": "bookshelves",
}  # fmt: skip
ALIASES = {
    "octopuses": "octopus", "octopuse": "octopus", "harbor": "harbour", "hot air balloon": "hot-air balloon",
    "ufo": "flying saucer", "northern light": "northern lights", "seagull": "gull", "bunny": "rabbit",
    "sailboat": "sailing boat", "bike": "bicycle", "café": "cafe", "buse": "bus",
}  # fmt: skip
_VOWEL = re.compile(r"[aeiou]|hon|hour")
_LIKE_A_CONSONANT = re.compile(r"uni|use|eu|one\b|ufo")
_DETERMINED = re.compile(r"(?:an?|the|my|our|some|two|three|four|five|six|many|several) ")


@dataclass(frozen=True)
class Thing:
    """What the picture is of."""

    noun: str
    """Singular."""
    count: int = 1
    colour: str = ""
    topic: str = ""
    """Id of a topic, or empty."""

    @property
    def many(self) -> bool:
        return self.count != 1 or self.noun in PLURAL_ONLY

    @property
    def plural(self) -> str:
        return plural(self.noun)

    @property
    def name(self) -> str:
        """In the number that it has, without an article."""
        return self.plural if self.many else self.noun

    @property
    def the(self) -> str:
        return f"the {self._number}{self.name}"

    @property
    def phrase(self) -> str:
        """As a prompt says it: "two red foxes"."""
        words = f"{self.colour} {self.name}".strip()
        return f"{self._number}{words}" if self.many or self.noun in MASSES else with_article(words)

    @property
    def _number(self) -> str:
        return next((f"{word} " for word, value in NUMBERS.items() if value == self.count), "")


def plural(noun: str) -> str:
    first, space, last = noun.rpartition(" ")
    if noun in PLURAL_ONLY or last in SWARMS | MASSES:
        return noun
    if last in PLURALS:
        return f"{first}{space}{PLURALS[last]}"
    if last.endswith("y") and last[-2] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if last.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def with_article(phrase: str) -> str:
    if _DETERMINED.match(phrase):
        return phrase
    is_open = bool(_VOWEL.match(phrase)) and not _LIKE_A_CONSONANT.match(phrase)
    return f"{'an' if is_open else 'a'} {phrase}"


@dataclass(frozen=True)
class Sight:
    """What is known of one picture, or of one sentence."""

    things: tuple[Thing, ...] = ()
    """The one that it is about first."""
    places: tuple[str, ...] = ()
    lights: tuple[str, ...] = ()
    weathers: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    seasons: tuple[str, ...] = ()
    is_sombre: bool = False

    @cached_property
    def thing(self) -> Thing | None:
        """The subject; a picture of a place alone is about the place."""
        if self.things:
            return self.things[0]
        return Thing(self.places[0], topic=OF_TOPICS.get(self.places[0], "")) if self.places else None

    @cached_property
    def topics(self) -> tuple[str, ...]:
        places = (OF_TOPICS.get(place, "") for place in self.places)
        return tuple(dict.fromkeys(filter(None, (*(thing.topic for thing in self.things), *places))))

    @cached_property
    def looks(self) -> tuple[str, ...]:
        """What there is to be seen beside the subject itself, each as "the ..."."""
        named = set(self.thing.noun.split()) if self.thing else set[str]()
        places = (f"the {place}" for place in self.places if not named.issuperset(place.split()))
        return tuple(dict.fromkeys((*self.qualities, *places)))

    @cached_property
    def qualities(self) -> tuple[str, ...]:
        """Those of them that cannot be counted."""
        colours = (f"the {colour}" for colour in self.colours)
        touches = (touch for medium in self.media for touch in TOUCHES[medium])
        return tuple(dict.fromkeys((*self.lights, *self.weathers, *colours, *touches)))


def sight_of(seen: Seen) -> Sight:
    """The prompt tells most; where it is kept back or names nothing, the alt text and then the caption and tags do."""
    texts = (seen.prompt or "", seen.alt, seen.caption, ", ".join(tag.replace("_", " ") for tag in seen.tags))
    sights = [sight for text in texts if (sight := read(text)).thing or sight.looks]
    return next((sight for sight in sights if sight.thing), sights[0] if sights else Sight())


_CLAUSE_ENDS = re.compile(r"[,;:.!?|\n()\u2013\u2014]+")


@lru_cache(maxsize=4096)
def read(text: str) -> Sight:
    clauses = [_Clause(words) for each in _CLAUSE_ENDS.split(text[:LONGEST_READ]) if (words := _words(each))]

    def rows(table: Table) -> tuple[str, ...]:
        return tuple(dict.fromkeys(table[name] for clause in clauses for _, _, name in clause.of(table)))

    places = (ALIASES.get(name, name) for clause in clauses for _, _, name in clause.of(PLACES))
    return Sight(
        things=tuple(dict.fromkeys(thing for clause in clauses for thing in clause.things())),
        places=tuple(dict.fromkeys(places)),
        lights=rows(LIGHTS), weathers=rows(WEATHERS), colours=rows(COLOURS), media=rows(MEDIA), seasons=rows(SEASONS),
        is_sombre=bool(rows(SOMBRE)),
    )  # fmt: skip


def _words(clause: str) -> list[str]:
    return " ".join(plain_words(clause)).replace("-", " ").split()


ALL_NAMES = frozenset((*KNOWN_THINGS, *PLACES, *LIGHTS, *WEATHERS, *SEASONS, *COLOURS, *MEDIA, *SOMBRE))

WHOLE = frozenset(name for name in (*COLOURS, "winter sun", "low winter sun") if " " in name)
"""Names that mean nothing else by the words they are made of."""


class _Clause:
    """The words between two commas, with the names of the tables in them."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._names = [(start, *each) for start in range(len(words)) for each in self._names_at(start)]
        self._whole = [(start, end) for start, end, name in self._names if name in WHOLE]

    def of(self, table: Table) -> Iterator[tuple[int, int, str]]:
        """Where each begins and ends; a longer name hides the shorter ones inside, as "low winter sun" hides a winter
        and "moss green" some moss."""
        free = 0
        for start, end, name in self._names:
            if start >= free and name in table and not self._is_part(start, end):
                yield start, end, name
                free = end

    def things(self) -> Iterator[Thing]:
        """A thing right before another one says which ("stone bridge"): both are the one thing's name."""
        found = [each for each in self.of(KNOWN_THINGS) if not self._is_colour(*each)]
        first = 0
        for at, (_, end, name) in enumerate(found):
            is_followed = at + 1 < len(found) and found[at + 1][0] == end and self._is_singular(end - 1)
            if is_followed and at - first < MOST_NAME_WORDS - 1:
                continue
            begins = found[first][0]
            if not (name in PLACES and self._is_behind_a_preposition(begins)):
                yield self._thing(begins, end, [found[k][2] for k in range(first, at + 1)])
            first = at + 1

    def _thing(self, start: int, end: int, names: Sequence[str]) -> Thing:
        noun = " ".join(ALIASES.get(name, name) for name in names)
        topic = next((KNOWN_THINGS[name] for name in reversed(names) if KNOWN_THINGS[name]), "")
        return Thing(noun, self._count(start, end, noun), self._colour(start), topic)

    def _names_at(self, start: int) -> Iterator[tuple[int, str]]:
        for length in range(min(MOST_NAME_WORDS, len(self._words) - start), 0, -1):
            *first, last = self._words[start : start + length]
            for form in (last, singular(last)):
                name = " ".join((*first, form))
                name = ALIASES.get(name, name)
                if name in ALL_NAMES:
                    yield start + length, name
                    break

    def _is_colour(self, start: int, end: int, name: str) -> bool:
        """An orange is a fruit, and an orange cat is not."""
        ends = end == len(self._words) or self._words[end] in PREPOSITIONS or self._words[end] == "and"
        return name in COLOURS and not (ends and start and self._words[start - 1] in (*ONE, *NUMBERS))

    def _is_part(self, start: int, end: int) -> bool:
        return any(first <= start and end <= last and last - first > end - start for first, last in self._whole)

    def _is_singular(self, at: int) -> bool:
        return singular(self._words[at]) == self._words[at]

    def _before(self, start: int) -> Iterator[str]:
        yield from reversed(self._words[max(0, start - FARTHEST) : start])

    def _is_behind_a_preposition(self, start: int) -> bool:
        return any(word in PREPOSITIONS for word in self._before(start))

    def _count(self, start: int, end: int, noun: str) -> int:
        for word in self._before(start):
            if word in NUMBERS:
                return NUMBERS[word]
            if word in SEVERAL:
                return SOME
            if word in PREPOSITIONS or word in ONE:
                break
        is_plural = not self._is_singular(end - 1) and plural(noun) != noun
        return SOME if is_plural else 1

    def _colour(self, start: int) -> str:
        for word in self._before(start):
            if word in COLOURS:
                return word
            if word in PREPOSITIONS or word in KNOWN_THINGS:
                break
        return ""
