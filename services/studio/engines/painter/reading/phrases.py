"""Words that say several things at once, or something else than their parts: each row has the last word on itself."""

from __future__ import annotations

PHRASES = {
    # Animals and things with a colour or a season of their own
    "polar-bear ice-bear eisbär ours-blanc ours-polaire oso-polar 🐻‍❄ 白熊": "subject:bear own colour:white",
    "goldfish goldfisch poisson-rouge 金魚": "subject:fish own colour:orange",
    "koi koi-fish koi-carp 鯉": "subject:fish own colour:orange",
    "teddy teddy-bear teddybear 🧸": "subject:bear own colour:brown",
    "black-cat 🐈‍⬛": "subject:cat own colour:black",
    "snow-leopard white-tiger": "subject:lion own colour:white",
    "red-panda red-fox": "subject:fox",
    "arctic-fox snow-fox": "subject:fox own colour:white",
    "ladybug ladybird": "part:",
    "fire-truck fire-engine 🚒": "subject:truck own colour:red",
    "yellow-cab taxi 🚕": "subject:car own colour:yellow",
    "school-bus": "subject:bus own colour:yellow",
    "red-wine wine-bottle": "subject:bottle",
    "jack-o-lantern jack-o'-lantern 🎃": "subject:pumpkin season:autumn",
    "christmas-tree 🎄": "subject:pine season:winter",
    "treehouse tree-house": "subject:house",
    "sandcastle sand-castle": "subject:castle",
    "gingerbread-house": "subject:house",
    "birdhouse doghouse dog-house": "subject:house",
    "horse-drawn-carriage": "subject:horse",
    "sea-lion seal-pup": "subject:dolphin",
    "palm-leaf palm-leaves palm-frond": "subject:palm",
    "moonbeam": "hint of time:night",
    "light-house light-tower": "subject:lighthouse",
    "wind-mill wind-turbine": "subject:windmill",
    "paper-lantern sky-lantern lanterns lampion": "subject:lantern",
    "paper-boat paper-ship": "subject:boat own colour:white",
    "paper-plane paper-airplane": "subject:plane own colour:white",
    "music-box": "subject:gift",
    "mountain-goat": "subject:sheep",
    "flower-pot": "subject:flower",
    "flying-saucer 🛸": "subject:ufo",
    "space-ship spaceship starship space-shuttle spacecraft rocketship": "subject:rocket",
    "long-ship longship longboat": "subject:ship",
    "magic-wand": "weather:sparks",
    "pocket-watch wristwatch hourglass": "subject:clock",
    "coffee-cup cup-of-coffee cup-of-tea coffee-mug teacup tea-cup ☕ 🍵": "subject:cup",
    "bowl-of-fruit fruit-bowl basket-of-fruit fruit-basket": "subject:fruit",
    "bouquet-of-flowers bunch-of-flowers bouquet-of-roses bouquet-of-tulips 💐": "subject:bouquet",
    "hot-dog horse-chestnut dragon-fruit bear-in-mind": "part:",
    "dragonfly dragonflies": "subject:butterfly",
    "woman-astronaut 👩‍🚀 👨‍🚀 🧑‍🚀": "subject:astronaut",
    # Light and weather that look like things
    "milky-way": "weather:stars time:night",
    "stars": "weather:stars hint of time:night",
    "under-the-stars starry-night starry-sky night-sky sternenhimmel": "weather:stars time:night",
    "shooting-star falling-star shooting-stars": "subject:comet time:night",
    "northern-lights aurora-borealis polar-lights nordlichter polarlichter": "weather:aurora time:night",
    "blood-moon": "subject:moon own colour:crimson hint of time:night",
    "full-moon": "subject:moon hint of time:night",
    "vollmond 満月": "subject:moon hint of time:night",
    "crescent-moon mondsichel croissant-de-lune 三日月": "subject:crescent hint of time:night",
    "blue-sky blue-skies": "own colour:blue sky: hint of time:day",
    "clouds": "weather:clouds sky:",
    "sun-rays sunbeams sun-beams rays-of-sunlight sunlight god-rays": "hint of time:day",
    "sun-set setting-sun": "time:dusk",
    "sun-rise rising-sun": "time:dawn",
    "blue-hour l'heure-bleue blaue-stunde": "time:dusk own colour:blue",
    "golden-hour goldene-stunde": "time:dusk palette:golden",
    "golden-light": "palette:golden",
    "candle-lit candlelit candlelight by-candlelight": "subject:candle hint of time:dusk palette:warm",
    "moonlight moonlit moon-lit": "hint of time:night",
    "dark-academia": "scene:interior palette:earthy mood:mysterious",
    "snow-capped snowcapped snow-covered snow-topped": "season:winter",
    "christmas xmas weihnachten noël navidad": "season:winter weather:snow",
    "christmas-lights string-lights": "season:winter weather:sparks",
    "halloween": "season:autumn mood:mysterious hint of time:night",
    "thunderstorm gewitter lightning-storm": "weather:storm weather:rain",
    "snow-storm snowstorm blizzard": "weather:snow season:winter",
    "rain-bow": "weather:rainbow",
    "black-and-white b&w black-&-white": "palette:monochrome",
    "cherry-blossom cherry-blossoms sakura 桜": "subject:cherry_tree season:spring weather:petals",
    "falling-leaves": "season:autumn",
    "blossom blossoms": "season:spring weather:petals",
    # Genres
    "cyberpunk": "hinted scene:skyline hint of time:night palette:neon",
    "synthwave retrowave outrun": "hint of time:dusk palette:neon",
    "vaporwave": "hint of time:dusk palette:neon",
    "steampunk": "palette:earthy",
    "film-noir noir": "style:noir palette:monochrome hint of time:night",
    "fairy-tale fairytale": "mood:dreamy",
    "apocalypse apocalyptic post-apocalyptic": "mood:dramatic",
    # Places
    "still-life stillleben nature-morte naturaleza-muerta bodegón 静物": "scene:still_life",
    "on-a-table on-the-table auf-dem-tisch auf-einem-tisch sur-la-table sur-une-table sobre-la-mesa en-la-mesa "
    "on-a-wooden-table on-the-kitchen-table on-a-kitchen-table": "placed: scene:still_life",
    "wooden-table tabletop dining-table dinner-table kitchen-table": "scene:still_life",
    "table desk shelf windowsill window-sill tisch mesa 机": "hinted scene:still_life",
    "by-the-window at-the-window window-seat am-fenster near-the-window near-a-window by-a-window beside-a-window "
    "à-la-fenêtre à-sa-fenêtre près-de-la-fenêtre junto-a-la-ventana en-la-ventana 窓辺": "placed: scene:interior",
    "window windows fenster fenêtre ventana 窓": "hinted scene:interior",
    "lit-windows lights-in-the-windows light-in-the-windows light-in-the-window": "hint of time:night",
    "kitchen library room living-room bedroom bathroom café coffee-shop bookshop bookstore bar pub tavern restaurant "
    "museum classroom office attic hallway corridor workshop studio-apartment ballroom theatre theater stage "
    "throne-room "
    "fireplace armchair sofa couch bed zimmer küche bibliothek wohnzimmer schlafzimmer chambre cuisine bibliothèque "
    "salon cocina habitación biblioteca dormitorio 部屋 図書館 台所 喫茶店": "scene:interior",
    "rocking-chair": "subject:chair hinted scene:interior",
    "greenhouse conservatory": "scene:garden",
    "portrait headshot self-portrait selfie porträt retrato ritratto 肖像": "scene:portrait",
    "close-up closeup": "hinted scene:portrait",
    "portrait-orientation portrait-mode portrait-photography portrait-lens": "part:",
    "savanna savannah steppe prairie pasture": "scene:meadow",
    "cappadocia grand-canyon monument-valley badlands": "scene:desert",
    "fjord fiord": "scene:mountains water:",
    "oasis": "scene:desert water:",
    "venice venedig venise venecia venezia": "hinted scene:street water:",
    "santorini": "scene:coast",
    "tuscany toskana toscane toscana provence": "hinted scene:meadow",
    "patagonia switzerland norway alaska yosemite dolomites rockies": "hinted scene:mountains",
    "iceland arctic antarctica antarctic north-pole iceberg glacier tundra": "scene:snow",
    "hawaii bali maldives caribbean tahiti": "hinted scene:island",
    "mars red-planet moon-base alien-planet alien-world alien-landscape surface-of-the-moon "
    "on-the-moon": "scene:planet",
    "red-planet": "scene:planet own colour:red",
    "deep-sea ocean-floor seabed sea-floor under-the-sea under-water beneath-the-waves sunken shipwreck "
    "unter-wasser sous-l'eau bajo-el-agua": "scene:underwater",
    "outer-space deep-space in-space": "scene:space",
    "tokyo new-york new-york-city nyc manhattan chicago hong-kong shanghai dubai singapore seoul": "hinted "
    "scene:skyline",
    "paris london amsterdam prague lisbon rome barcelona vienna kyoto": "hinted scene:street",
    "market-square town-square market marketplace alley alleyway lane sidewalk boulevard bazaar": "scene:street",
    "lavender-field lavender-fields field-of-lavender lavendelfeld champ-de-lavande": "scene:meadow own "
    "colour:lavender",
    "wheat-field cornfield corn-field barley-field rice-field": "scene:meadow own colour:gold",
    "poppy-field field-of-poppies": "scene:meadow own colour:red",
    "japanese-garden zen-garden": "scene:garden",
    "full-sail golden-age keep watch present of-the": "filler:",
    "pastel": "palette:pastel",
    "pastel-drawing pastel-painting soft-pastel oil-pastel chalk-pastel pastels": "palette:pastel style:pastel",
    "sunshine": "hint of time:day weather:clear",
    "camera": "filler:",
    "falls": "filler:",
    "world crossing plain lane": "filler:",
    "niagara-falls": "scene:waterfall",
    "water-fall cascade cataract": "scene:waterfall",
    "roof rooftop rooftops toit toits dach dächer": "garment: hinted scene:village",
    "sand-dune sand-dunes": "scene:desert",
    "sea-side seaside seashore sea-shore cliff cliffs harbour harbor port-town pier": "scene:coast",
    "beach beaches strand plage playa spiaggia praia": "scene:coast",
    "lagoon atoll": "scene:island water:",
    # Who has no row of their own, though the word of another row is in them
    "king queen prince princess emperor pirate fisherman sailor farmer monk nun nurse doctor baker painter "
    "gardener detective traveller traveler wanderer hiker shepherd hunter archer priest clown chef "
    "teacher grandfather fishermen old-man könig königin fischer roi reine pêcheur rey reina "
    "pescador": "subject:person",
    "grandmother old-woman princess queen geisha bride lady königin reine reina": "subject:woman",
    "ballerina ballet-dancer 💃 🩰": "subject:dancer",
    "pianist cellist drummer": "subject:musician",
    "jaguar leopard panther tiger cheetah puma 🐅 🐆": "subject:lion",
    "photo-of photograph-of picture-of painting-of image-of drawing-of illustration-of": "filler:",
    "people humans persons menschen gens gente": "subject:person kind:people",
    "animals animal tiere animaux animales": "kind:animals",
}
"""Rows of `kind:value`; a `hinted scene` serves where no other place was named."""

ONLY_HINTS = (
    "cozy cosy home hall study face head bust profile likeness portraiture bowl plate meal coffee feast breakfast "
    "dinner supper lunch picnic tea-time window sand grass ice wave reflection sailing diving orbit globe galaxy "
    "nebula constellation stardust cosmic starfield milkyway supernova universe cosmos interstellar geometric geometry "
    "mosaic tile tiles hexagon triangle square circle polygon wallpaper collage minimalist shape symmetry seamless "
    "ornament textile quilt urban shop crater art-deco bauhaus truchet smoke ink tower pool "
    "🌌 🌠 🌷 🌻 🌹 🏡 🍁 🍂 🌵 🐪 🌼 "
    "🌱 🍇 🍷 ☕ 🥐 👩 👨 🧑 👤"
)
"""Words of places that are as often something else: they count where no other place is named."""

PAIRS = {
    "mountains lake": "mountains", "mountains snow": "mountains", "mountains sea": "coast",
    "mountains meadow": "mountains", "mountains forest": "mountains", "mountains village": "village",
    "mountains desert": "desert", "mountains coast": "coast", "mountains planet": "planet", "space planet": "planet",
    "space sea": "sea", "forest lake": "lake", "forest snow": "forest", "forest meadow": "meadow",
    "forest garden": "garden", "village lake": "lake", "village sea": "coast", "meadow lake": "lake",
    "meadow garden": "garden", "garden lake": "garden", "skyline lake": "skyline", "skyline sea": "skyline",
    "street lake": "street", "street skyline": "street", "street village": "street", "desert lake": "desert",
    "desert planet": "planet", "island sea": "island", "coast sea": "coast", "coast lake": "coast",
    "coast village": "coast", "coast island": "island", "snow lake": "lake", "sea snow": "snow",
    "still_life interior": "still_life", "interior street": "interior", "underwater sea": "underwater",
}  # fmt: skip
"""Which place is painted where two were named, in whichever order."""

ABOVE_ALL = (
    "portrait", "still_life", "interior", "underwater", "pattern", "space", "planet", "volcano", "waterfall",
)  # fmt: skip
"""Places that no other word makes less of, the strongest first."""
BELOW_ALL = ("snow",)
"""What another place only has on it."""
ABSTRACT = ("flow", "pattern")
"""Places for prompts in which nothing is to be seen."""
