"""What the built-in grammar makes residents of: where they live, what they do, how they talk and what they see.

`near` says in a few words what somebody there is likely to be into: topics, trades and places find each other by the
meaning of these words, so that a new row suits the others without a list of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.residents.persona import AgeBand, Length, Manner

Tone = Literal["cold", "warm", "soft", "vivid", "dark", "earth", "grey"]


@dataclass(frozen=True)
class Land:
    near: str
    tones: tuple[Tone, ...]
    light: tuple[str, ...]


LANDS: dict[str, Land] = {
    "northern coast": Land("cold sea, harbour, gulls, storms, fishing boats, lighthouses, fog", ("cold", "grey"),
        ("low winter sun", "fog in the morning", "the grey hour before rain", "a break in the clouds")),
    "southern coast": Land("warm sea, lemon trees, sailing, white villages, fish market, islands", ("warm", "vivid"),
        ("noon without a shadow", "late sun on white walls", "the blue after sunset", "a bright glare")),
    "mountains": Land("peaks, snow, pine forest, goats, sheep, cabins, hiking, waterfalls", ("cold", "earth"),
        ("first light on the ridge", "long evening shadows", "thin high-altitude sun", "moonlight on snow")),
    "city": Land("skyscrapers, streets, rain, traffic, trains, neon, cafes, bridges, rooftops", ("dark", "vivid"),
        ("street lamps in the rain", "neon after midnight", "the last sun of the day", "lit windows at dusk")),
    "woods": Land("forest, mushrooms, deer, owls, foxes, moss, cottages, ferns", ("earth", "dark"),
        ("green light under the trees", "mist between trunks", "sunbeams at noon", "a pale morning")),
    "plains": Land("wheat fields, farms, horses, windmills, sunflowers, barns, big sky, kites", ("earth", "warm"),
        ("golden hour", "heavy clouds with one gap", "a wide pink dawn", "dusty afternoon sun")),
    "desert": Land("dunes, cactus, camels, ruins, night sky, stars, dusty roads, old cars", ("warm", "earth"),
        ("red light at sunset", "hard noon light", "cold starlight", "the hour before the heat")),
    "tropics": Land("palms, jungle, parrots, reef, turtles, volcano, monsoon, fruit market", ("vivid", "warm"),
        ("steamy light after rain", "a violet dusk", "sunlight through leaves", "a warm windless night")),
    "river town": Land("canals, bridges, bicycles, herons, willows, barges, old houses, swans", ("soft", "grey"),
        ("soft overcast light", "reflections at dusk", "morning haze on the water", "a pale noon")),
    "far north": Land("northern lights, snow, reindeer, whales, ice, cabins, polar night", ("cold", "dark"),
        ("polar twilight", "northern lights", "blue snow light", "a sun that hardly rises")),
    "garden country": Land("cherry blossom, tea, shrines, koi ponds, lanterns, bamboo, cranes", ("soft", "cold"),
        ("a soft pink dusk", "a hazy spring morning", "moonlight on still water", "light rain and silence")),
}  # fmt: skip


@dataclass(frozen=True)
class Home:
    name: str
    land: str
    ahead_of_utc: int
    """Hours by which its clocks are ahead of UTC in winter."""


def _homes(land: str, ahead: int, names: str) -> tuple[Home, ...]:
    return tuple(Home(name.strip(), land, ahead) for name in names.split(","))


HOMES: tuple[Home, ...] = (
    *_homes("northern coast", 0, "Whitby, Aberdeen, Galway, Stornoway, Penzance, Dingle"),
    *_homes("northern coast", 1, "Bergen, Stavanger, Husum, Gdynia, Skagen"),
    *_homes("northern coast", -4, "Halifax, Lunenburg"), *_homes("northern coast", -8, "Astoria"),
    *_homes("southern coast", 1, "Palermo, Cadiz, Marseille, Split, Valletta, Genoa"),
    *_homes("southern coast", 0, "Lisbon, Essaouira, Funchal"), *_homes("southern coast", 2, "Haifa, Naxos, Chania"),
    *_homes("mountains", 1, "Innsbruck, Chamonix, Davos, Zakopane"), *_homes("mountains", -5, "Cusco, Manizales"),
    *_homes("mountains", 6, "Thimphu, Almaty"), *_homes("mountains", 0, "Aviemore"),
    *_homes("mountains", -7, "Durango"), *_homes("mountains", 13, "Wanaka"),
    *_homes("city", 9, "Osaka, Seoul, Tokyo"), *_homes("city", 8, "Taipei, Singapore"),
    *_homes("city", -5, "Toronto, Chicago, Bogota"), *_homes("city", 1, "Berlin, Warsaw, Milan, Brussels"),
    *_homes("city", 0, "Glasgow, Leeds"), *_homes("city", -3, "Montevideo, Recife"),
    *_homes("city", 2, "Cairo, Johannesburg"), *_homes("city", 3, "Istanbul, Nairobi"), *_homes("city", 5, "Mumbai"),
    *_homes("woods", 2, "Tampere, Rovaniemi, Tartu"), *_homes("woods", 1, "Freiburg, Uppsala, Bialowieza"),
    *_homes("woods", -8, "Olympia, Nelson"), *_homes("woods", 0, "Coleford"), *_homes("woods", 11, "Hobart"),
    *_homes("plains", -6, "Lincoln, Saskatoon, Winnipeg"), *_homes("plains", 1, "Debrecen, Kinderdijk, Chartres"),
    *_homes("plains", -3, "Rosario"), *_homes("plains", 0, "Ely"), *_homes("plains", 8, "Hohhot"),
    *_homes("desert", -7, "Tucson, Marfa, Moab"), *_homes("desert", 1, "Ghardaia, Tozeur"),
    *_homes("desert", 2, "Windhoek"), *_homes("desert", 9, "Alice Springs"), *_homes("desert", 3, "Wadi Musa"),
    *_homes("tropics", 7, "Hoi An, Bandung"), *_homes("tropics", 8, "Ubud, Cebu"), *_homes("tropics", -5, "Iquitos"),
    *_homes("tropics", -10, "Hilo"), *_homes("tropics", 5, "Kochi, Galle"), *_homes("tropics", 3, "Zanzibar"),
    *_homes("tropics", -6, "Limon"), *_homes("river town", 1, "Ghent, Delft, Bamberg, Ljubljana, Annecy"),
    *_homes("river town", 0, "Porto, Bath, York"), *_homes("river town", -6, "Natchez"),
    *_homes("river town", 7, "Luang Prabang"), *_homes("far north", 1, "Tromso, Kiruna, Longyearbyen"),
    *_homes("far north", 0, "Akureyri, Isafjordur"), *_homes("far north", -9, "Fairbanks"),
    *_homes("far north", -2, "Nuuk"), *_homes("garden country", 9, "Kanazawa, Matsue, Nara, Gyeongju"),
    *_homes("garden country", 8, "Hangzhou, Suzhou, Tainan"), *_homes("garden country", 5, "Shimla"),
)  # fmt: skip


@dataclass(frozen=True)
class Trade:
    title: str
    """With no article before it: "a baker" is made of "baker"."""
    near: str
    saying: str
    ages: str = ""
    """The first years of the age bands that have it; empty for those from 25 up, who are retired from 65."""


TRADES: tuple[Trade, ...] = (
    Trade("baker", "bread, early morning, ovens, cakes, flour", "the dough knows"),
    Trade("harbour pilot", "ships, harbour, tides, lighthouses, storms at sea", "steady as she goes"),
    Trade("ferry deckhand", "ferries, sea birds, islands, harbour, waves", "mind the ramp", "18 25 35"),
    Trade("lighthouse keeper's successor", "lighthouses, fog, sea, storms, solitude", "the lamp is on"),
    Trade("boat builder", "wooden boats, sailing, planks, harbour", "measure twice, float once"),
    Trade("marine biologist", "whales, tide pools, jellyfish, octopus, reef", "look under the rock"),
    Trade("fishmonger", "fish market, harbour, gulls, boats", "fresh is fresh"),
    Trade("diving instructor", "reef, sea turtles, submarines, jellyfish", "breathe out slowly", "25 35"),
    Trade("retired ship's cook", "tall ships, storms, harbour, bread, soup", "everybody eats", "65"),
    Trade("shepherd", "sheep, dogs, hills, mountains, weather", "count them again"),
    Trade("mountain guide", "mountains, camping, snow, waterfalls, ridges", "weather first", "25 35 45"),
    Trade("hut warden", "mountain cabins, night skies, snow, camping, tea", "boots off, please"),
    Trade("forest ranger", "forests, deer, owls, foxes, mushrooms", "leave it where it grows"),
    Trade("mushroom picker", "mushrooms, forests, autumn, moss", "one more basket"),
    Trade("beekeeper", "wildflowers, gardens, butterflies, honey", "no sudden moves"),
    Trade("gardener", "gardens, roses, wildflowers, snails, frogs", "wait for May"),
    Trade("florist", "roses, wildflowers, cherry blossom, bouquets", "cut them at an angle"),
    Trade("apple grower", "fruit, orchards, farms, autumn, bread", "one more row"),
    Trade("farm vet", "horses, sheep, cows, dogs, farms", "calm hands"),
    Trade("horse trainer", "horses, meadows, farms, plains", "let them come to you"),
    Trade("miller", "windmills, bread, wheat fields, canals", "the wind decides"),
    Trade("cheesemaker", "farms, sheep, cows, mountains, bread", "it needs another month"),
    Trade("night nurse", "city nights, candlelight, moons, rainy streets, tea", "it is quiet, do not say it"),
    Trade("night bus driver", "city nights, rainy streets, neon, empty roads", "last stop, everybody"),
    Trade("train dispatcher", "night trains, railway, clocks, bridges", "on time is late enough"),
    Trade("sleeping-car attendant", "night trains, winter, mountains, lanterns", "your stop in ten minutes"),
    Trade("bicycle mechanic", "bicycles, city streets, old cars, canals", "true the wheel first", "18 25 35"),
    Trade("courier", "bicycles, rainy streets, city nights, bridges", "left at the lights", "18 25"),
    Trade("tram driver", "city streets, rain, trains, bridges", "hold on tight"),
    Trade("car restorer", "old cars, desert roads, garages, engines", "it ran when I parked it"),
    Trade("road surveyor", "desert roads, bridges, plains, mountains", "straight on for an hour"),
    Trade("bridge inspector", "bridges, rivers, railway viaducts, rust", "check the bolts"),
    Trade("watchmaker", "clocks, gears, patterns, candlelight", "give it a second"),
    Trade("piano tuner", "music, quiet rooms, clocks, candlelight", "a shade flat"),
    Trade("street musician", "music, rainy streets, city nights, lanterns", "from the top", "18 25 35"),
    Trade("organ builder", "music, churches, wood, patterns", "air and patience"),
    Trade("librarian", "libraries, books, tea, cats, candlelight", "check the index"),
    Trade("bookbinder", "books, paper, patterns, poured ink, libraries", "fold, then press"),
    Trade("second-hand bookseller", "libraries, cats, rainy streets, tea, ghosts", "it is here somewhere"),
    Trade("archivist", "libraries, ruins, castles, old maps, ghosts", "who dated this?"),
    Trade("translator", "libraries, tea, cats, night trains", "there is no word for it"),
    Trade("proofreader", "books, patterns, tea, clocks", "delete the adjective"),
    Trade("museum guard", "ruins, castles, ghosts, quiet halls, clocks", "not so close, please"),
    Trade("stonemason", "castles, bridges, ruins, churches, stone", "stone remembers"),
    Trade("archaeologist", "ruins, deserts, pyramids, temples", "brush, never dig"),
    Trade("castle guide", "castles, ghosts, dragons, ruins", "duck your head here"),
    Trade("stage designer", "ghosts, lanterns, dragons, poured paint, theatre", "lights down", "25 35 45"),
    Trade("puppet maker", "dragons, robots, foxes, lanterns, fairy tales", "mind the strings"),
    Trade("lantern maker", "lanterns, candlelight, shrines, paper", "glue, fold, wait"),
    Trade("candle maker", "candlelight, bees, lanterns, winter", "trim the wick"),
    Trade("glassblower", "glass, poured colours, lanterns, patterns", "turn, keep turning"),
    Trade("potter", "tea, clay bowls, gardens, patterns", "the kiln decides"),
    Trade("tile setter", "patterns, geometry, tiles, southern courtyards", "start from the middle"),
    Trade("weaver", "patterns, sheep, wool, geometry", "over, under"),
    Trade("sign painter", "old cars, lettering, city streets, art deco patterns", "one stroke", "25 35 45"),
    Trade("paint mixer", "poured paint, colours, patterns, abstract swirls", "a drop more blue"),
    Trade("tea merchant", "tea, mountains, gardens, shrines", "three minutes, not four"),
    Trade("temple gardener", "shrines, koi, cherry blossom, bamboo, moss", "sweep again tomorrow"),
    Trade("cherry farmer", "cherry blossom, fruit, spring, orchards", "after the frost"),
    Trade("noodle cook", "city nights, lanterns, rainy streets, soup", "next, please"),
    Trade("cafe owner", "cats, tea, bread, rainy streets, bicycles", "the usual?"),
    Trade("market trader", "fruit, pumpkins, lanterns, market streets", "two for one"),
    Trade("astronomer", "night skies, galaxies, comets, ringed planets, moons", "wait for the dark"),
    Trade("planetarium technician", "ringed planets, rockets, night skies, moons", "lights out, look up"),
    Trade("satellite engineer", "rockets, planets, night skies, robots", "nominal so far", "25 35 45"),
    Trade("radio astronomer", "flying saucers, night skies, deserts, signals", "probably a microwave"),
    Trade("robotics tinkerer", "robots, clocks, machines, rockets", "have you tried a spring?", "18 25 35"),
    Trade("game developer", "pixel dragons, robots, castles, rockets, neon", "it works on mine", "18 25 35"),
    Trade("volcanologist", "volcanoes, islands, deserts, smoke", "upwind, always"),
    Trade("weather observer", "storms, clouds, northern lights, mountains, wind", "variable, mostly"),
    Trade("polar researcher", "northern lights, whales, penguins, snow, bears", "gloves on"),
    Trade("dog-sled driver", "dogs, snow, northern lights, winter villages", "the snow tells you"),
    Trade("ski lift operator", "mountains, snow, winter villages, cabins", "tips up", "18 25 35"),
    Trade("balloon pilot", "hot-air balloons, kites, dawn, clouds, plains", "down is the hard part"),
    Trade("kite maker", "kites, wind, patterns, beaches, paper", "more tail"),
    Trade("ornithologist", "sea birds, owls, herons, crows, parrots", "left of the branch"),
    Trade("owl ringer", "owls, forests, night, barns", "hush now"),
    Trade("parrot rehomer", "parrots, tropics, fruit, jungle", "he says hello"),
    Trade("zoo night keeper", "elephants, bears, owls, lanterns, moons", "lights out, you lot"),
    Trade("cat rescuer", "cats, rainy streets, tea, windowsills", "nobody owns a cat"),
    Trade("dog walker", "dogs, beaches, parks, rain, mud", "good as gold", "18 25 65"),
    Trade("hedgehog rescuer", "hedgehogs, gardens, autumn leaves, snails", "just one more box"),
    Trade("pond keeper", "frogs, goldfish, swans, herons, gardens", "never tap the glass"),
    Trade("river warden", "herons, swans, bridges, otters, canals", "up two centimetres"),
    Trade("barge skipper", "canals, bridges, windmills, cats, slow boats", "no hurry, no wake"),
    Trade("desert guide", "deserts, camels, night skies, ruins", "water first"),
    Trade("lorry driver", "desert roads, old trucks, night roads, farms", "one more junction"),
    Trade("lichen botanist", "moss, forests, wildflowers, mountains, mushrooms", "bring the lens", "18 25 35"),
    Trade("campsite host", "camping, lakes, forests, hot-air balloons", "quiet after ten"),
    Trade("retired postman", "bicycles, dogs, cottages, villages, rain", "nothing but bills", "65"),
    Trade("retired geologist", "volcanoes, mountains, deserts, tide pools", "give or take a million years", "65"),
    Trade("retired seamstress", "patterns, roses, cats, tea, winter", "a stitch in time", "65"),
    Trade("retired signalman", "night trains, clocks, railway, lanterns", "line clear", "65"),
    Trade("art history graduate", "castles, ruins, roses, libraries, candlelight", "compare and contrast", "18 25"),
    Trade("trainee chef", "bread, fruit, tea, markets, pumpkins", "yes, chef", "18 25"),
    Trade("physics doctoral candidate", "comets, ringed planets, night skies, robots", "to first order", "18 25"),
)  # fmt: skip

AGES: tuple[tuple[AgeBand, float], ...] = (
    ("18-24", 0.17), ("25-34", 0.27), ("35-44", 0.2), ("45-54", 0.15), ("55-64", 0.11), ("65+", 0.1),
)  # fmt: skip


@dataclass(frozen=True)
class Rhythm:
    """By the clock of the place where they live."""

    wakes: int
    sleeps: int
    peaks: tuple[int, ...]
    share: float
    visits: float = 1.0
    """How much more often than others of the same energy."""


RHYTHMS: dict[str, Rhythm] = {
    "early bird": Rhythm(5, 21, (6, 17), 0.2),
    "before work": Rhythm(6, 22, (7, 19), 0.16),
    "lunch break": Rhythm(7, 23, (12, 20), 0.2),
    "evening": Rhythm(7, 23, (19, 21), 0.18),
    "night owl": Rhythm(10, 2, (22, 0), 0.14),
    "night shift": Rhythm(15, 7, (18, 3), 0.05),
    "now and then": Rhythm(8, 22, (10,), 0.07, visits=0.25),
}
"""The last are those who come at weekends, if at all."""

MANNERS: dict[Manner, tuple[float, float, float, float, float]] = {
    "dry": (0.35, 0.5, 0.35, 0.7, 0.35), "warm": (0.9, 0.5, 0.5, 0.65, 0.5),
    "wry": (0.5, 0.6, 0.4, 0.4, 0.75), "earnest": (0.65, 0.7, 0.65, 0.55, 0.2),
    "dreamy": (0.6, 0.65, 0.2, 0.65, 0.55), "exact": (0.42, 0.7, 0.5, 0.68, 0.33),
    "blunt": (0.2, 0.4, 0.7, 0.2, 0.4), "playful": (0.6, 0.6, 0.68, 0.42, 0.74),
}  # fmt: skip
"""Whose manner it is: how warm, curious, energetic, patient and playful they are."""

LENGTHS: dict[Manner, tuple[Length, ...]] = {
    "dry": ("terse", "short"), "warm": ("short", "talkative"), "wry": ("short", "terse", "talkative"),
    "earnest": ("talkative", "short"), "dreamy": ("short", "talkative"), "exact": ("short", "terse"),
    "blunt": ("terse",), "playful": ("short", "talkative"),
}  # fmt: skip

STYLES: dict[Manner, tuple[str, ...]] = {
    "dry": ("ink", "pencil", "photo", "woodblock", "noir"),
    "warm": ("oil", "watercolour", "pastel", "paper"),
    "wry": ("poster", "paper", "pixel", "noir", "woodblock"),
    "earnest": ("oil", "photo", "glass", "film"),
    "dreamy": ("watercolour", "pastel", "glass", "film", "ink"),
    "exact": ("photo", "woodblock", "low-poly", "pencil", "poster"),
    "blunt": ("woodblock", "noir", "poster", "film"),
    "playful": ("pixel", "paper", "low-poly", "neon", "pastel"),
}  # fmt: skip
TONES: dict[Manner, tuple[Tone, ...]] = {
    "dry": ("grey", "cold"), "warm": ("warm", "soft"), "wry": ("earth", "vivid"), "earnest": ("earth", "warm"),
    "dreamy": ("soft", "cold"), "exact": ("grey", "cold"), "blunt": ("dark", "vivid"), "playful": ("vivid", "soft"),
}  # fmt: skip
PALETTES: dict[str, Tone] = {
    "slate grey and white": "grey", "grey and cream": "grey", "silver and pale blue": "grey",
    "black and white": "grey", "grey and mustard": "grey", "ivory and grey": "grey",
    "navy and silver": "cold", "teal and white": "cold", "ice blue and lavender": "cold", "cobalt and white": "cold",
    "turquoise and navy": "cold", "blue and mint": "cold", "emerald and silver": "cold",
    "teal and amber": "warm", "terracotta and cream": "warm", "gold and crimson": "warm", "peach and crimson": "warm",
    "saffron and rust": "warm", "honey and brown": "warm", "orange and turquoise": "warm",
    "blush pink and grey": "soft", "mint and peach": "soft", "lavender and cream": "soft", "sage and beige": "soft",
    "powder blue and pink": "soft", "lilac and gold": "soft", "pale pink and white": "soft",
    "magenta and cyan": "vivid", "red and turquoise": "vivid", "yellow and violet": "vivid",
    "lime and magenta": "vivid", "scarlet and white": "vivid", "coral red and emerald": "vivid",
    "orange and purple": "vivid", "indigo and gold": "dark", "black and crimson": "dark", "plum and copper": "dark",
    "midnight blue and amber": "dark", "violet and black": "dark", "dark green and gold": "dark",
    "olive and ochre": "earth", "moss green and brown": "earth", "rust and beige": "earth",
    "umber brown and white": "earth", "green and chestnut brown": "earth", "khaki and burgundy": "earth",
    "ochre and sky blue": "earth",
}  # fmt: skip

OPINIONS: dict[Manner, tuple[str, ...]] = {
    "dry": ("A good picture says one thing and then stops.",
            "If it needs a title, it is not finished.",
            "Take one thing out and look again.",
            "Nobody ever complained that a sky was too plain.",
            "Two colours are enough; the third is vanity."),
    "warm": ("A good picture leaves the door open for whoever looks.",
             "I like a room that somebody left a minute ago.",
             "The best ones make you want to ring a friend.",
             "A painting needs one warm lamp in it.",
             "Wonky lines are fine, cold ones are not."),
    "wry": ("A picture should know more than its caption.",
            "A crooked chimney can save a dull street.",
            "Perfect symmetry is for people who iron their socks.",
            "If the dog looks better than the view, paint the dog.",
            "A sunset has to earn it."),
    "earnest": ("Look for an hour, paint for ten minutes.",
                "I want to feel the weather in it.",
                "What is painted with patience can be seen with patience.",
                "Light is the subject, everything else is an excuse.",
                "I trust a muddy colour more than a bright one."),
    "dreamy": ("Let the edges of a picture melt into fog.",
               "I like pictures that seem to remember something.",
               "Leave some of it under the mist.",
               "It should look like the second before you wake.",
               "A good picture is half mist."),
    "exact": ("The horizon belongs on a third, not in the middle.",
              "Every shadow should point the same way.",
              "A picture is good when every edge has a reason.",
              "Scale first, then colour, then everything else.",
              "Fine detail belongs in the middle, quiet at the edges."),
    "blunt": ("Either it stops you or it does not.",
              "Nice is not enough for a picture; I want to stop walking.",
              "Bigger shapes. Fewer of them.",
              "If it looks like a postcard, start again.",
              "Strong contrast, or do not bother."),
    "playful": ("I always paint a tiny snail into one corner.",
                "If it made me grin while I made it, it stays.",
                "Rules of composition are for breaking on Tuesdays.",
                "A picture without a surprise is wallpaper.",
                "More colour. No, more than that."),
}  # fmt: skip
OPINIONS_OF_THEIRS = (
    "I would trade any detail for {light}.",
    "Give me {palette} and I hardly need a subject.",
    "Once you have really looked at {topic}, everything else looks hurried.",
    "There is no bad picture with {light} in it.",
    "I could paint {topic} every month and not be done.",
    "More painters should try {palette}.",
    "A picture of {topic} needs plenty of air.",
)
SAYINGS: dict[Manner, tuple[str, ...]] = {
    "dry": ("so there is that", "it will do", "as expected", "make of it what you like", "not the worst"),
    "warm": ("bless it", "come and look", "this one is for you", "how lovely is that", "come in, sit down"),
    "wry": ("allegedly", "don't ask me how", "as one does", "no further questions", "in my defence"),
    "earnest": ("honestly", "I keep thinking about this", "worth the wait", "look closely", "I mean it"),
    "dreamy": ("somewhere, anyway", "half asleep", "or so it seemed", "like a rumour", "before the day began"),
    "exact": ("to be precise", "for the record", "by my count", "noted", "give or take one"),
    "blunt": ("end of story", "that's it", "no", "take it or leave it", "say what you like"),
    "playful": ("guess what", "plot twist", "tiny victory", "beep", "ta-da"),
}  # fmt: skip

BIOS: dict[Manner, tuple[str, ...]] = {
    "dry": ("{Trade}. {Home}. Mostly {topics}.",
            "I paint {topic}. {Home} does the rest.",
            "{Trade} in {home}. {Topics}, not necessarily in that order.",
            "{Topics}. Some weather.",
            "Here for {topics}. {Trade} otherwise."),
    "warm": ("Hello from {home}! {Trade} by day, painter of {topics} whenever the kettle is on.",
             "{Trade} in {home}. Always glad to talk about {topics}.",
             "Come for {topic}, stay for a chat. {Trade}, {home}.",
             "Somewhere in {home}, with {topics} and a full pot of tea.",
             "I paint {topics} for anybody who needs a nice minute."),
    "wry": ("{Trade} in {home}, which explains {topic}. Nothing explains {second}.",
            "Asked for a hobby, got {topics}. {Home}.",
            "Officially {a_trade}. Unofficially it is all {topic}.",
            "I moved to {home} for the work and stayed for {topic}.",
            "{Topics}, and other ways to avoid being a proper {trade}."),
    "earnest": ("I try to paint {topics} the way they really look from {home}.",
                "{Trade} in {home}. Learning to see, one picture of {topic} at a time.",
                "Even after years as {a_trade} I still stop for {topic}.",
                "{Home}. I care about {topics}, and about getting the light right.",
                "What I love: {topics}. What I do: {trade}."),
    "dreamy": ("Somewhere between {topic} and sleep. {Home}.",
               "{Home}, mostly in my head. {Topics} drift by.",
               "I collect {light} and keep it in pictures of {topic}.",
               "By day {a_trade}. By night I go looking for {topic}.",
               "{Topics}, as I remember them from a place I never was."),
    "exact": ("{Trade}, {home}. Subjects: {topics}. Palette: {palette}.",
              "{Topic}: about two in every three pictures. {Second}: the rest. {Home}.",
              "Studies of {topics}, in {palette}. {Trade} in {home}.",
              "{Trade}. I keep a list of {topic}; this is the illustrated version.",
              "{Home}. {Topics}, drawn with care and a ruler."),
    "blunt": ("{Topics}. No filters, no fluff. {Home}.",
              "{Trade}. {Home}. I like {topic}. Deal with it.",
              "You want {second}? Fine. But {topic} first.",
              "I paint {topic}. If you do not like that, keep scrolling.",
              "{Topic}, {palette}, done."),
    "playful": ("Part-time {trade}, full-time fan of {topics}!",
                "{Home}'s least serious {trade}. Expect {topics}.",
                "Will swap {second} for {topic}. {Home}!",
                "Powered by {topics} and biscuits. {Trade}, {home}.",
                "What if {topic}, but more? {Home}."),
}  # fmt: skip

EMOJI: dict[str, str] = {
    "🌊": "sea, waves, tide", "⛵": "sailing boats, ships, harbour", "🐚": "shells, beach, tide pools",
    "🦊": "foxes, deer, forest animals", "🦉": "owls, night birds", "🐈": "cats", "🐕": "dogs",
    "🐋": "whales, jellyfish, octopus, deep sea", "🪶": "birds, herons, crows, swans",
    "🐎": "horses, farms, sheep", "🐸": "frogs, snails, ponds", "🦋": "butterflies, flowers",
    "🍄": "mushrooms, hedgehogs, moss", "🌿": "gardens, ferns, forests", "🌸": "cherry blossom, spring",
    "🌹": "roses, bouquets", "🌾": "wheat fields, windmills, farms", "🍋": "lemons, fruit", "🥖": "bread, bakery",
    "🍵": "tea, teapots", "📚": "books, libraries", "🕯": "candles, ghosts", "🏮": "lanterns, shrines",
    "🕰": "clocks, watches", "☔": "rain, umbrellas, wet streets", "🌃": "city at night, skyscrapers",
    "🚂": "trains, railway, bridges", "🚲": "bicycles", "🚗": "old cars, roads", "🎈": "balloons",
    "🪁": "kites, wind", "🚀": "rockets, astronauts", "🤖": "robots, machines", "🪐": "planets with rings, space",
    "✨": "stars, comets, night sky", "🌙": "moon, night", "⛰": "mountains, volcanoes, waterfalls",
    "❄": "snow, winter, northern lights", "🏜": "desert, camels, dunes", "🏝": "island, palms, parrots, turtles",
    "🏰": "castles, ruins, dragons", "⛺": "camping, tents", "🎻": "music, violin", "🛸": "flying saucers",
    "🔷": "geometric patterns, tiles", "🎨": "poured paint, abstract", "🎃": "pumpkins, autumn",
}  # fmt: skip
