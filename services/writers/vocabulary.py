"""The words that the built-in writer knows: what they mean in a prompt, and what it adds.

Words of a table are whole and singular; a hyphen stands for a space in names of several words.
"""

from __future__ import annotations


def words(table: dict[str, str]) -> dict[str, str]:
    """Each word to its row; the first row that has a word keeps it."""
    known: dict[str, str] = {}
    for row, listed in table.items():
        for word in listed.split():
            known.setdefault(word.replace("-", " "), row)
    return known


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


KINDS = words({
    "furry": "cat kitten dog puppy fox wolf bear polar-bear panda red-panda rabbit bunny hare lion tiger leopard "
    "cheetah jaguar lynx deer stag fawn moose elk horse foal pony donkey zebra cow calf bull goat sheep lamb llama "
    "alpaca camel giraffe monkey ape gorilla squirrel chipmunk raccoon badger otter beaver hedgehog mouse rat "
    "hamster sloth koala kangaroo bat animal katze hund fuchs bär hase pferd löwe reh hirsch igel chat chien renard "
    "ours cheval lion loup gato perro zorro oso caballo lobo cão cavalo raposa gatto cane volpe orso cavallo 🐈 🐱 😺 "
    "🐕 🐶 🦊 🐺 🐻 🐼 🐰 🐇 🦁 🐯 🐎 🐴 🦄 🦌 🐿 🦔 🐒 🐵 🐨 猫 犬 狐 狗 狐狸 熊 马 馬 兔",
    "beast": "elephant rhino rhinoceros hippo crocodile alligator turtle tortoise lizard gecko iguana "
    "chameleon snake frog toad dinosaur mammoth elefant schildkröte éléphant tortue elefante tortuga rana 🐘 "
    "🦏 🦛 🐊 🐢 🦎 🐍 🐸 🦕 象",
    "bird": "bird owl eagle hawk falcon raven crow swan duck goose hen rooster chicken parrot macaw peacock penguin "
    "flamingo hummingbird sparrow robin swallow heron crane stork gull seagull pigeon dove kingfisher toucan vogel "
    "eule adler oiseau hibou aigle pájaro búho águila uccello pássaro 🐦 🦉 🦅 🦢 🦆 🐧 🦜 🦩 🕊 鳥 鸟",
    "sea life": "fish koi goldfish shark whale orca dolphin jellyfish octopus squid seahorse ray stingray "
    "coral crab lobster starfish seal walrus mermaid fisch wal qualle krake poisson baleine méduse pez "
    "ballena pesce peixe 🐟 🐠 🐡 🦈 🐳 🐋 🐬 🐙 🪼 🦀 魚 鱼",
    "insect": "butterfly moth bee bumblebee dragonfly beetle ladybug ladybird ant spider snail grasshopper mantis "
    "firefly schmetterling biene papillon abeille mariposa abeja farfalla borboleta 🦋 🐝 🐞 🕷 🐌 蝶",
    "creature": "dragon unicorn phoenix griffin monster kraken ghost fairy elf goblin troll demon angel giant werewolf "
    "spirit drache einhorn fée licorne dragón drago dragão fantasma 🐉 🐲 🧚 👻 🧜 竜 龙 龍",
    "machine": "robot android cyborg mech drone automaton clockwork engine roboter 🤖",
    "person": "person people man woman boy girl child kid baby father mother grandmother grandfather grandma grandpa "
    "lady gentleman king queen prince princess knight samurai warrior soldier wizard witch monk nun sailor fisherman "
    "farmer dancer ballerina musician guitarist pianist violinist singer artist painter sculptor astronaut explorer "
    "traveler traveller wanderer hiker cyclist skater surfer chef baker doctor nurse scientist teacher student couple "
    "family friend bride portrait face self-portrait ninja pirate cowboy geisha detective gardener beekeeper craftsman "
    "mann frau kind mädchen junge großmutter homme femme enfant fille garçon hombre mujer niña niño uomo donna bambino "
    "homem mulher menina 👩 👨 👧 👦 👵 👴 🧑 🧙 人 女 男",
    "food": "food breakfast dinner lunch cake cupcake bread croissant pizza burger sushi ramen noodle soup "
    "salad pasta fruit apple orange lemon strawberry cherry grape peach pear banana watermelon cheese egg "
    "chocolate cookie donut pancake coffee tea cup wine cocktail honey kuchen brot apfel gâteau pain pomme "
    "pastel pan manzana torta bolo 🍕 🍔 🍣 🍜 🍰 🧁 🍎 🍓 🍒 🍋 🍑 ☕ 🍵 🥐 🍩 🍷",
    "plant": "flower rose tulip sunflower poppy daisy lily lotus orchid peony dahlia lavender bouquet blossom "
    "cherry-blossom petal leaf fern moss mushroom cactus succulent bonsai tree oak willow birch vine blume rosenstrauß "
    "baum pilz fleur arbre champignon flor árbol fiore albero árvore 🌸 🌹 🌷 🌻 🌼 🌺 💐 🌿 🍄 🌵 🌳 🌲 🍁 花 树 木",
    "vehicle": "car truck bus tram train locomotive bicycle bike motorcycle scooter ship boat sailboat yacht submarine "
    "plane airplane aircraft airship zeppelin helicopter rocket spaceship starship hot-air-balloon balloon wagon van "
    "auto zug schiff boot flugzeug voiture bateau avion coche barco tren treno nave 🚗 🚂 🚲 🏍 ⛵ 🚢 ✈ 🚀 🎈 船 车 車",
    "space": "space galaxy nebula planet star-field cosmos universe supernova comet asteroid black-hole saturn mars "
    "jupiter moon-base milky-way weltraum galaxie espace galaxia universo 🌌 🪐 ☄ 宇宙",
    "building": "house cottage cabin hut castle palace temple shrine church cathedral monastery tower "
    "lighthouse bridge barn windmill ruin mansion villa library museum pagoda pyramid greenhouse treehouse "
    "haus schloss burg kirche turm leuchtturm maison château église phare casa castillo iglesia faro "
    "castello chiesa 🏠 🏡 🏰 ⛪ 🗼 🏯 家 寺 城",
    "interior": "room bedroom kitchen living-room attic cellar studio workshop café cafe bar restaurant hallway "
    "corridor staircase bathroom office bookshop classroom interior zimmer küche chambre cuisine habitación cocina "
    "stanza cozinha",
    "city": "city town street alley skyline skyscraper downtown square market harbour harbor subway station rooftop "
    "tokyo paris london new-york venice rome berlin kyoto istanbul lisbon hong-kong stadt straße gasse markt ville rue "
    "ciudad calle città strada cidade rua 🏙 🌃 🌆 街 城市",
    "sea": "sea ocean beach coast shore wave island bay cliff lagoon reef tide seascape meer strand küste insel mer "
    "plage île mar playa isla spiaggia praia 🌊 🏖 🏝 海",
    "landscape": "mountain hill valley forest wood jungle rainforest desert dune meadow field prairie "
    "savanna lake river stream waterfall canyon glacier volcano fjord swamp countryside farm vineyard "
    "garden park grave graveyard cemetery path road landscape sky cloud berg wald wiese fluss see feld "
    "montagne forêt prairie lac rivière montaña bosque lago río montagna bosco foresta montanha floresta 🏔 "
    "⛰ 🗻 🌋 🏞 🏜 山 森 林 湖 川 河",
    "abstract": "abstract geometric pattern fractal swirl spiral shape texture gradient kaleidoscope mandala "
    "tessellation minimalism dream emotion music time chaos abstrakt abstrait abstracto astratto 抽象",
    "thing": "book clock watch lamp candle vase bottle jar mirror key umbrella chair table violin guitar piano "
    "typewriter camera telescope compass lantern teapot mask crown sword shield chess-piece chessboard toy doll "
    "statue sculpture shoe hat bag glass crystal gem jewel ring mug buch uhr lampe kerze vase livre horloge libro "
    "reloj libro orologio",
})  # fmt: skip
BACKGROUNDS = {"interior", "city", "sea", "landscape", "space", "building", "plant", "thing"}
"""Kinds that give way to a figure in the same picture."""
OUTDOORS = {"city", "sea", "landscape", "plant", "building", "vehicle", "furry", "beast", "bird"}

SETTINGS = words({
    "underwater": "underwater reef coral jellyfish octopus seahorse koi submarine unterwasser 🐠 🪼",
    "space": "space galaxy nebula planet cosmos universe asteroid comet saturn orbit weltraum 🌌 🪐 宇宙",
    "night": "night midnight moon moonlit star starry aurora northern-lights milky-way nacht nuit noche notte noite "
    "🌙 🌃 夜 月",
    "indoors": "indoor indoors interior room bedroom kitchen living-room attic cellar studio workshop café cafe bar "
    "restaurant corridor staircase office library bookshop zimmer küche chambre cuisine cocina habitación stanza",
    "grey": "rain rainy storm stormy snow snowy blizzard fog foggy mist misty overcast cloudy drizzle thunderstorm "
    "regen schnee nebel pluie neige brume lluvia nieve pioggia neve chuva 🌧 ⛈ ❄ 🌫 雨 雪 霧",
    "rendered": "pixel-art logo icon vector flat sticker emoji minimalist diagram map blueprint isometric",
})  # fmt: skip

MEDIA = words({
    "photo": "photo photograph photography photorealistic realistic dslr polaroid kodak film-still macro snapshot 35mm "
    "85mm 50mm bokeh foto",
    "oil": "oil-painting acrylic impasto impressionist impressionism baroque renaissance fresco ölgemälde painting "
    "gemälde peinture pintura dipinto",
    "watercolour": "watercolor watercolour gouache aquarell aquarelle acuarela acquerello",
    "line": "sketch drawing pencil charcoal ink etching engraving line-art manga comic woodcut linocut lithograph "
    "zeichnung dessin dibujo disegno desenho ukiyo-e",
    "flat": "pixel-art voxel vector logo icon sticker flat cartoon anime cel-shaded poster art-deco low-poly stencil",
    "render": "render 3d cgi octane unreal blender claymation isometric diorama",
})  # fmt: skip

NAMED = words({
    "light": "light lit lighting sunlight sunlit sunny sun sunset sunrise dawn dusk twilight golden-hour blue-hour "
    "neon candle candlelight lantern lamp moonlight moonlit backlit backlight glow glowing silhouette shadow "
    "chiaroscuro spotlight firelight starlight aurora northern-lights rim-light daylight noon firefly licht "
    "sonnenuntergang sonnenaufgang lumière coucher luz atardecer amanecer luce tramonto 🌅 🌄 🌇 ☀ 夕日 夕焼け",
    "composition": "close-up closeup wide-shot wide-angle panorama panoramic aerial top-view portrait macro "
    "composition framing framed perspective symmetrical symmetry centered centred low-angle high-angle fisheye bokeh "
    "depth-of-field rule-of-thirds isometric full-body headshot overhead flat-lay telephoto 35mm 50mm 85mm lens "
    "foreground background",
    "material": "texture textured detail detailed brushwork brushstroke fur feather skin grain marble bronze wood "
    "wooden glass porcelain silk velvet leather metal metallic chrome gold-leaf stone clay paper fabric knitted "
    "ceramic crystal",
    "mood": "mood calm peaceful serene tranquil quiet cozy cosy moody gloomy dark eerie mysterious mystical magical "
    "dreamy dreamlike surreal whimsical joyful happy cheerful playful sad melancholic melancholy lonely nostalgic "
    "romantic epic dramatic majestic tense ominous hopeful solemn atmospheric funny ruhig friedlich calme tranquilo",
    "colour": "red orange yellow green blue purple violet pink magenta turquoise teal cyan crimson scarlet gold golden "
    "silver amber black white grey gray brown beige pastel monochrome black-and-white sepia colorful colourful palette "
    "rainbow rot gelb grün blau rouge jaune vert bleu noir blanc rojo amarillo verde azul negro blanco rosso giallo",
    "weather": "rain rainy storm stormy snow snowy snowfall winter spring summer autumn fall fog foggy mist "
    "misty haze cloud cloudy overcast wind windy rainbow drizzle thunderstorm lightning regen schnee nebel "
    "herbst frühling sommer pluie neige brume automne lluvia nieve otoño invierno primavera verano estate "
    "inverno ❄ 🌧 ⛈ 🍂 🌈 雨 雪 霧 秋 冬 春 夏",
})  # fmt: skip

SOMBRE = words(
    {
        "sombre": "grave graveyard cemetery funeral war battle soldier death dead dying skull skeleton mourning "
        "grief tear crying sad lonely abandoned ruin disaster fire flood wound blood hospital prison refugee "
        "memorial coffin trauer krieg tod grab guerre mort tristesse guerra muerte morte triste"
    }
)

LIGHT = {
    "day": ("low golden sun from the side", "soft light of early morning, long shadows", "backlight with a glowing rim",
            "clear late-afternoon light", "dappled sunlight", "warm evening light", "soft diffused daylight"),
    "grey": ("soft light of an overcast sky", "silver light through thin cloud", "pale, even light",
             "a break of warm light on the horizon"),
    "night": ("moonlight and deep blue shadows", "one warm light in the dark", "faint cool starlight",
              "pools of warm light in the darkness"),
    "indoors": ("soft window light from the left", "warm lamplight in a dim room",
                "a single shaft of light in the dust", "even northern daylight from a large window"),
    "underwater": ("sunbeams falling through the water", "blue light fading into the deep",
                   "rippling light from above"),
    "space": ("hard sunlight against pure black", "the soft glow of distant stars",
              "a thin rim of light along the edge"),
    "open": ("soft light from one side, gentle shadows", "dramatic light and deep shadow", "a glowing rim of light",
             "soft diffused light"),
    "rendered": ("flat, even light", "one soft shadow, light from above"),
}  # fmt: skip
COMPOSITION = {
    "furry": ("at eye level, background out of focus", "low angle, shallow depth of field", "close framing, alert pose",
              "small in a wide, open scene"),
    "beast": ("low angle, filling the frame", "at eye level, shallow depth of field", "a wide view with room to move"),
    "bird": ("close framing against a soft background", "off-centre, with open space to fly into",
             "seen from slightly below"),
    "sea life": ("drifting through open water, wide view", "seen from below against the light",
                 "close framing, the deep behind it"),
    "insect": ("macro view, razor-thin depth of field", "close-up from the side, soft background"),
    "creature": ("low angle, immense scale", "a dramatic silhouette against the background",
                 "off-centre, emerging from the background"),
    "machine": ("low three-quarter view", "close-up, layered depth behind it", "centred, symmetrical framing"),
    "person": ("framed from the waist up at eye level", "off-centre, with room to look into",
               "three-quarter view, quiet background", "a wide view that shows the surroundings"),
    "food": ("seen from above, generous empty space", "at table height, shallow depth of field",
             "close three-quarter view, soft background"),
    "plant": ("macro view, soft background", "seen from below against the sky", "a close study, off-centre"),
    "vehicle": ("low three-quarter view", "side view with a sense of motion", "small in a wide, open scene"),
    "space": ("immense scale, deep perspective", "wide view with vast empty space", "a large curve filling one side"),
    "building": ("symmetrical front view", "low angle, strong verticals", "framed by its surroundings, wide view"),
    "interior": ("seen from the doorway", "one-point perspective, wide view", "a quiet corner at eye level"),
    "city": ("strong one-point perspective", "seen from street level, tall framing", "leading lines into the distance",
             "seen from high above"),
    "sea": ("low horizon under a large sky", "seen from the waterline", "a long view along the shore"),
    "landscape": ("wide view with a strong foreground", "layers receding into the distance",
                  "low horizon under a large sky", "leading lines into the distance"),
    "abstract": ("balanced asymmetry, generous empty space", "large shapes against small ones",
                 "everything turning round one centre", "layered depth, overlapping forms"),
    "thing": ("three-quarter view, uncluttered background", "centred on a plain background",
              "close-up, shallow depth of field"),
    "anything": ("off-centre, uncluttered background", "clear focal point, layered depth", "wide view, generous space"),
}  # fmt: skip
MATERIAL = {
    "furry": ("fine detail in fur and hair", "soft texture of the coat"),
    "beast": ("every fold and crease of the skin", "rough, weathered surface detail"),
    "bird": ("every feather finely drawn", "glossy feathers and soft down"),
    "sea life": ("translucent, iridescent surfaces", "fine particles drifting in the water"),
    "insect": ("iridescent sheen, microscopic detail", "delicate surface detail"),
    "creature": ("ancient, weathered texture", "fine glimmering surface detail"),
    "machine": ("brushed metal and worn paint", "fine seams, polished joints"),
    "person": ("natural skin texture, fine fabric weave", "soft textiles, loose strands of hair"),
    "food": ("glossy highlights, crumbly texture", "fresh surface detail, a little steam"),
    "plant": ("fine veins and velvety surfaces", "tiny drops of dew"),
    "vehicle": ("polished metal, small signs of wear", "reflections along the curves"),
    "space": ("fine dust and drifting gas", "crisp detail in rock and ice"),
    "building": ("weathered stone and old wood", "crisp architectural detail"),
    "interior": ("worn wood and soft textiles", "small signs of everyday life"),
    "city": ("glass, brick and worn stone", "reflections in smooth surfaces"),
    "sea": ("fine spray and wet stone", "clear water over sand"),
    "landscape": ("weathered rock and soft ground", "rich detail from near to far"),
    "abstract": ("fine-grained matte surfaces", "smooth gradients against rough texture"),
    "thing": ("fine surface detail, small signs of age", "polished and matte surfaces side by side"),
    "anything": ("rich, tactile surface detail", "fine texture from near to far"),
}
TECHNIQUE = {
    "photo": ("natural texture, fine film grain", "crisp focus, natural colours"),
    "oil": ("visible brushwork on textured canvas", "thick paint in the highlights, thin in the shadows"),
    "watercolour": ("paper grain, soft bleeding edges", "transparent washes, white paper left in the lights"),
    "line": ("confident lines of varying weight", "fine hatching in the shadows"),
    "flat": ("clean edges, few well-chosen shapes", "crisp outlines, limited shading"),
    "render": ("physically based materials, soft reflections", "subtle subsurface scattering, tiny imperfections"),
}
MOOD = {
    "open": ("calm and contemplative", "a sense of quiet wonder", "warm and nostalgic", "dreamlike, slightly unreal",
             "joyful and alive", "mysterious and still", "solemn and grand"),
    "sombre": ("quiet and solemn", "melancholic and restrained", "still and respectful"),
}  # fmt: skip
COLOUR = (
    "teal and amber palette", "muted earth tones", "deep blues with a touch of gold", "soft pastels",
    "warm tones of ochre and umber", "rich jewel tones", "cool greys with one warm accent",
    "sage green and cream palette",
)  # fmt: skip
WEATHER = {
    "day": ("thin mist in the distance", "fresh after rain, everything glistening", "crisp autumn air",
            "a light summer breeze", "tall drifting clouds"),
    "night": ("a clear, cold night", "thin mist near the ground"),
}  # fmt: skip

REMARKS = {
    "furry": ("Wild or tame, they make good company.", "I would sit beside this one for an hour.",
              "Look at that for a moment."),
    "beast": ("Older than all our hurry.", "Slow, steady and entirely itself."),
    "bird": ("One moment later it might be gone.", "Somewhere above the rest of us."),
    "sea life": ("Another world, just below the surface.", "No sound down there, only drifting."),
    "insect": ("Small things reward a long look.", "A whole world in a few millimetres."),
    "creature": ("Someone should tell its story.", "I am not saying I believe in it. I am not saying I don't."),
    "machine": ("It may be dreaming too.", "Built by nobody, running on imagination."),
    "person": ("Every figure has a story.", "I wonder what comes next for them.", "Make up the rest yourself."),
    "food": ("Now I am hungry.", "Please do not lick the screen."),
    "plant": ("It asks for nothing and grows anyway.", "Nature keeps showing off."),
    "vehicle": ("All aboard.", "Where would you go first?"),
    "space": ("It puts the laundry into perspective.", "Look up more often."),
    "building": ("If only walls could talk.", "I would move in tomorrow."),
    "interior": ("I would stay here all afternoon.", "Take a seat."),
    "city": ("There is always one more corner to turn.", "I could get lost here."),
    "sea": ("You can almost hear it.", "Salt in the air, nowhere to be."),
    "landscape": ("I could stay here all day.", "Take a deep breath.", "No filter needed out here."),
    "abstract": ("See in it what you like.", "It means whatever you need it to."),
    "thing": ("Even plain things have their moment.", "Somebody left this here for us."),
    "anything": ("What do you see in it?", "Tell me what you think.", "It looked different in my head."),
}  # fmt: skip
OPENINGS = {
    "phrase": ("{Subject}.", "Today's daydream: {subject}.", "{Subject}, the way I imagined it.",
               "I kept thinking of {subject}.", "For today: {subject}.", "{Subject}, because why not.",
               "On my mind today: {subject}."),
    "quoted": ("“{Subject}”: this is what came of it.", "I wished for “{subject}” and got this.",
               "“{Subject}”, seen through imagination.", "It began with “{subject}”.",
               "My wish of the day: “{subject}”."),
    "sombre": ("{Subject}.", "“{Subject}”.", "In my mind: {subject}."),
    "none": ("This one needs no words.", "I will let the picture speak.", "A small experiment.",
             "Straight from my imagination.", "No title yet."),
}  # fmt: skip
"""As many as no row of remarks has, nor a multiple: so each meets each before a caption comes again."""

NAMES = frozenset({
    "golden hour", "blue hour", "oil painting", "street photography", "northern lights", "milky way", "cherry blossom",
    "pixel art", "film noir", "art deco", "art nouveau", "hot air balloon", "new york", "polar bear", "red panda",
    "black and white", "black hole", "depth of field", "double exposure", "long exposure", "low poly", "line art",
    "stained glass", "still life", "concept art", "science fiction", "living room", "hong kong", "san francisco",
    "los angeles", "mount fuji", "palm tree", "pine tree", "full moon", "shooting star", "sea turtle", "maine coon",
    "golden retriever", "ukiyo e", "close up", "steam train", "tree house", "fairy tale", "board game",
    "goldene stunde", "street art", "sand castle", "ice cream", "bird of paradise", "self portrait", "paper cut",
    "art brut",
})  # fmt: skip
"""Tags of several words; the longest that fits is taken."""

EMPTY_WORDS = _listed(
    "8k 4k hd uhd hdr masterpiece best quality highly ultra hyper intricate detailed detail trending artstation "
    "deviantart award winning beautiful stunning amazing gorgeous epic cinematic picture image photo photograph "
    "painting drawing illustration render artwork prompt style inspired professional resolution please very really "
    "make create generate paint draw show want like something lora scene view shot"
)
"""Say how or how well, never what: no tags of them unless nothing else is there."""

STOP_WORDS = {
    "en": "a an the and or but of in on at by to from with without into onto over under above below behind "
    "beside between near through across around after before during against along about for as is are was "
    "were be been being am do does did has have had it its he she they them his her their my your our me "
    "you we us i that this these those there here who which what where when while so than then too not no "
    "some any each every all both few many much more most other such only own same up down out off very can "
    "will just if looking standing sitting wearing holding made using being one two three four five six "
    "seven eight ten",
    "de": "der die das den dem des ein eine einen einem einer eines und oder aber von in im am an auf aus bei mit "
    "ohne zu zum zur für über unter vor hinter neben zwischen durch um als ist sind war wird hat es er sie wir ihr "
    "ich nicht kein sich so wie sehr auch nach",
    "fr": "le la les l un une des du de d et ou mais dans en sur sous avec sans à au aux pour par vers chez entre "
    "est sont qui que il elle ils elles je tu nous vous son sa ses mon ma mes ce cette ces ne pas plus très se s "
    "comme",
    "es": "el la los las un una unos unas y o pero de del en sobre bajo con sin a al para por entre es son está que "
    "se su sus mi mis lo no muy más como este esta",
    "it": "il lo la i gli le un uno una e o ma di del della dei delle in nel nella su sul sulla con senza a al alla "
    "per da dal tra fra è sono che si suo sua non molto più come",
    "nl": "de het een en of maar van in op aan bij met zonder naar voor over onder door is zijn die dat niet als ook",
    "ru": "и или но в во на с со у к ко из за по от до для под над при без о об не это как же бы",
    "ar": "في من على إلى عن مع و أو ثم هذا هذه التي الذي بين تحت فوق",
    "hi": "में का की के को से पर और या एक है हैं यह वह ने तक",
    "zh": "中 上 下 里 裡 和 在 的",
    "pt": "o a os as um uma uns umas e ou mas de do da dos das em no na nos nas sobre sob com sem ao à para por "
    "entre é são que se seu sua não muito mais como",
}
STOPS = {language: _listed(listed) for language, listed in STOP_WORDS.items()}

FILLERS = ("imagined", "digital_art", "ai_art")
"""Where a prompt has fewer words than a post has tags: true of every picture here."""

KIND_TAGS = {
    "furry": "animal", "beast": "animal", "bird": "bird", "sea life": "sea_life", "insect": "insect",
    "creature": "fantasy", "machine": "robot", "person": "people", "food": "food", "plant": "plant",
    "vehicle": "travel", "space": "space", "building": "architecture", "interior": "interior", "city": "city",
    "sea": "sea", "landscape": "landscape", "abstract": "abstract", "thing": "still_life",
}  # fmt: skip

IRREGULAR = {
    "leaves": "leaf", "wolves": "wolf", "knives": "knife", "wives": "wife", "lives": "life", "elves": "elf",
    "men": "man", "women": "woman", "children": "child", "people": "people", "mice": "mouse", "geese": "goose",
    "feet": "foot", "teeth": "tooth", "oxen": "ox", "calves": "calf", "shelves": "shelf", "loaves": "loaf",
    "potatoes": "potato", "tomatoes": "tomato", "heroes": "hero", "clothes": "clothes", "glasses": "glasses",
    "shoes": "shoe", "canoes": "canoe", "cookies": "cookie", "zombies": "zombie", "movies": "movie", "pixies": "pixie",
    "selfies": "selfie", "ties": "tie", "pies": "pie", "horses": "horse", "houses": "house", "roses": "rose",
    "noses": "nose", "vases": "vase", "axes": "axe", "bookcases": "bookcase", "mooses": "moose", "caves": "cave",
}  # fmt: skip
SINGULAR_IN_S = _listed(
    "lens canvas atlas mars christmas news series species always perhaps cosmos chaos texas gas yes eros las jeans "
    "pants trousers shorts scissors binoculars headquarters"
)
