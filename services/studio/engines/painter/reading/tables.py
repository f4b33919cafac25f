"""Words for everything that is neither a place, a thing nor a style: those have their words in their own rows.

A hyphen joins words that must stand together. A row is found with and without plural, accents and hyphens.
"""

from __future__ import annotations

COLOURS = {
    "red": "#d3212c", "crimson": "#a3182d", "orange": "#f0781e", "gold": "#e3a72f", "yellow": "#f5cf3a",
    "green": "#3f9b4b", "lime": "#9acb3c", "olive": "#7d7a3a", "emerald": "#1f8a5b", "teal": "#1b8a8c",
    "turquoise": "#2fb7b0", "mint": "#9fdcc0", "sky blue": "#7fbfea", "blue": "#2766c9", "navy": "#1f2a66",
    "indigo": "#3d3fa0", "purple": "#7a3fc0", "lavender": "#b39ddb", "magenta": "#c62f9b", "pink": "#ee7fa8",
    "peach": "#f7b08a", "coral": "#f2705c", "brown": "#8a5a36", "beige": "#dcc7a1", "black": "#1b1b22",
    "white": "#f3f1ec", "grey": "#8c9096", "silver": "#c3c8d0",
}  # fmt: skip

TABLES: dict[str, dict[str, str]] = {
    "colour": {
        "red": "red scarlet ruby rot rouge rojo rossa rosso vermelho vermilion reddish 🔴 ❤ 🟥 赤 紅 红",
        "crimson": "crimson burgundy maroon wine-red blood-red dark-red garnet",
        "orange": "orange copper rust amber-orange tangerine ginger naranja arancione laranja 🟠 🧡 🟧 橙",
        "gold": "gold golden gilded amber honey doré dorado dorada oro 🟨 金色 黄金",
        "yellow": "yellow gelb jaune amarillo amarilla giallo amarelo lemon-yellow mustard saffron ochre 🟡 💛 黄",
        "green": "green grün vert verte verde jade-green greenish 🟢 💚 🟩 緑 绿",
        "lime": "lime lime-green neon-green chartreuse",
        "olive": "olive olive-green khaki moss-green sage",
        "emerald": "emerald emerald-green forest-green dark-green jade bottle-green",
        "teal": "teal petrol dark-cyan blue-green",
        "turquoise": "turquoise cyan aqua aquamarine sea-green türkis turquesa",
        "mint": "mint mint-green seafoam",
        "sky blue": "sky-blue light-blue baby-blue powder-blue pale-blue hellblau celeste bleu-ciel 水色",
        "blue": "blue azure sapphire cobalt cerulean ultramarine royal-blue deep-blue electric-blue blau bleu bleue "
        "azul "
        "bluish 🔵 💙 🟦 青 蓝",
        "navy": "navy navy-blue dark-blue midnight-blue dunkelblau marine-blue",
        "indigo": "indigo periwinkle",
        "purple": "purple violet plum amethyst violett morado morada púrpura viola roxo lila violette 🟣 💜 🟪 紫",
        "lavender": "lavender lilac mauve wisteria flieder lavande lavanda",
        "magenta": "magenta fuchsia hot-pink",
        "pink": "pink blush rosa rosado rosada rose-coloured salmon rose-pink 🩷 💗 ピンク 粉色",
        "peach": "peach apricot",
        "coral": "coral-red coral-coloured coral-pink",
        "brown": "brown sepia bronze chestnut-brown chocolate-brown braun brun marron marrón café-brown 🟤 🤎 🟫 茶色",
        "beige": "beige cream sand-coloured tan ecru champagne",
        "black": "black ebony jet-black schwarz negro negra nero preto obsidian 🖤 ⚫ ⬛ 黒 黑",
        "white": "white ivory snow-white weiß blanc blanche blanco blanca bianco bianca branco 🤍 ⚪ ⬜ 白",
        "grey": "grey gray slate charcoal grau gris grigio cinza 🩶 灰色",
        "silver": "silver silvery platinum silbern argenté plateado 銀色",
    },
    "time": {
        "dawn": "dawn sunrise daybreak sunup early-morning first-light morning rising-sun morning-light break-of-day "
        "morgen morgens sonnenaufgang morgendämmerung morgengrauen matin aube aurore lever-du-soleil lever-de-soleil "
        "amanecer mañana alba madrugada nascer-do-sol 🌅 🌄 朝 夜明け 朝焼け 日の出 日出 清晨 黎明",
        "day": "day daytime daylight by-day noon midday high-noon afternoon midmorning broad-daylight tag tagsüber "
        "mittag mittags nachmittag jour midi après-midi día mediodía tarde-soleada giorno 昼 真昼 正午 午後 白天",
        "dusk": "dusk sunset sundown evening twilight gloaming setting-sun golden-hour blue-hour magic-hour nightfall "
        "late-afternoon eventide abend abends abendrot dämmerung abenddämmerung sonnenuntergang soir soirée "
        "crépuscule coucher-de-soleil coucher-du-soleil atardecer anochecer ocaso puesta-de-sol crepúsculo tramonto "
        "🌇 🌆 夕 夕方 夕焼け 夕暮れ 黄昏 日没 日落 傍晚",
        "night": "night nighttime night-time midnight nocturnal nocturne late-night nacht nachts nächtlich mitternacht "
        "nuit minuit noche medianoche nocturno nocturna notte noite 🌃 🌌 🌉 夜 真夜中 深夜 夜晚",
    },
    "hint of time": {
        "day": "sunny sunlit sunshine bright-day bright-sun bright-light sonnig ensoleillé soleado soleada sun sonne "
        "soleil sol rainbow "
        "clear-sky picnic ☀ 🌞 🌤 ⛅ 🌈 晴れ 太陽",
        "dusk": "candlelight candlelit candle-lit by-candlelight bonfire campfire lamplight lamplit",
        "night": "dark moon moonlit moonlight moonrise full-moon crescent-moon starry starlit starlight firefly "
        "fireworks firework moonless nightclub night-sky bedtime dunkel mond mondlicht mondschein vollmond sterne "
        "sternenhimmel lune clair-de-lune étoilé étoilée luna luz-de-luna estrellado estrellada 🌙 🌕 🌝 🌛 🌟 ⭐ 🎆 "
        "月 満月 三日月 星空 星 花火 月亮",
    },
    "weather": {
        "mist": "mist misty fog foggy haze hazy vapour vapor smoky smoke nebel neblig dunst brume brouillard brumeux "
        "niebla neblina bruma nebbia 🌫 霧 雾",
        "rain": "rain rainy raining rainfall drizzle downpour shower wet-street puddle monsoon regen regnerisch pluie "
        "pluvieux lluvia lluvioso pioggia chuva 🌧 ☔ 🌦 雨",
        "storm": "storm stormy thunderstorm thunder lightning tempest hurricane tornado typhoon gale squall sturm "
        "gewitter stürmisch blitz orage tempête tormenta tempestad tempesta ⛈ 🌩 ⚡ 🌪 嵐 雷 暴风雨",
        "snow": "snowing snowfall blizzard snowstorm snowflake falling-snow flurry schneefall schneesturm "
        "nevada nevando 🌨 吹雪",
        "clouds": "cloudy clouds overcast grey-sky gray-sky bewölkt wolkig wolken nuageux nuages nublado nubes ☁ 曇り "
        "曇",
        "clear": "cloudless clear-sky clear-skies clear-blue-sky clear-night unclouded wolkenlos 快晴",
        "aurora": "aurora aurora-borealis northern-lights polar-lights southern-lights polarlicht nordlicht "
        "aurore-boréale aurora-boreal オーロラ 极光",
        "rainbow": "rainbow regenbogen arc-en-ciel arcoíris arcobaleno 🌈 虹 彩虹",
        "sparks": "firefly fireflies spark ember glitter sparkle sparkling glowworm fairy-dust stardust magical magic "
        "enchanted fairy-lights glühwürmchen luciole luciérnaga ✨ 🎇 蛍",
        "petals": "petals falling-petals blossom-petals cherry-blossom-petals blütenblätter pétales pétalos 花びら",
        "stars": "stars starry starlit starlight star-filled milky-way shooting-stars constellation sterne "
        "sternenhimmel "
        "étoiles étoilé étoilée estrellas estrellado estrellada 🌟 🌠 🌌 星空 星 天の川",
    },
    "season": {
        "spring": "spring springtime blossom blossoms blossoming sakura cherry-blossom april march-morning frühling "
        "printemps primavera 🌸 春 桜",
        "summer": "summer summertime midsummer july august sommer été verano estate verão 夏",
        "autumn": "autumn autumnal in-fall in-the-fall fall-colors fall-colours fall-foliage fall-leaves fall-forest "
        "october november halloween autumn-leaves herbst herbstlich automne otoño autunno 🍁 🍂 秋 紅葉",
        "winter": "winter wintry wintertime snowy snow snow-covered snow-capped snowcapped frozen frosty frost icy "
        "december january christmas xmas schnee verschneit weihnachten hiver neige enneigé noël invierno nieve nevado "
        "navidad inverno ❄ ☃ ⛄ 🎄 冬 雪",
    },
    "mood": {
        "calm": "calm peaceful serene quiet tranquil still cosy cozy gentle relaxing restful soothing idyllic zen "
        "ruhig friedlich still-und-leise calme paisible tranquilo tranquila sereno tranquille 静かな 静か",
        "joyful": "joyful happy cheerful festive playful fun merry celebration party whimsical cute fröhlich glücklich "
        "joyeux joyeuse heureux alegre feliz 楽しい",
        "gloomy": "gloomy sad melancholic melancholy lonely loneliness bleak sombre somber grim dreary sorrow grief "
        "desolate traurig düster einsam triste mélancolique triste solitario 悲しい 寂しい",
        "dreamy": "dreamy dreamlike dream surreal ethereal hazy soft-focus otherworldly fairytale fairy-tale "
        "traumhaft verträumt rêveur onirique onírico soñador 夢",
        "mysterious": "mysterious eerie spooky haunted creepy enigmatic uncanny occult gothic foreboding mystical "
        "secret geheimnisvoll unheimlich mystérieux misterioso misteriosa 神秘的",
        "dramatic": "dramatic epic majestic grandiose intense powerful apocalyptic breathtaking imposing dramatisch "
        "dramatique dramático épico",
    },
    "palette": {
        "warm": "warm warm-colours warm-colors warm-light warm-tones cosy-light firelight warme chaud cálido",
        "cool": "cool-colours cool-colors cool-tones cold cold-light icy kühl kalt froid frío",
        "pastel": "pastel pastels muted muted-tones soft-colours soft-colors pale pastell",
        "vivid": "vivid vibrant colourful colorful bold-colours bold-colors saturated technicolor psychedelic bunt "
        "farbenfroh coloré colorido rainbow-coloured rainbow-colored カラフル",
        "earthy": "earthy earth-tones earth-tone terracotta rustic sepia natural-tones",
        "monochrome": "monochrome monochromatic black-and-white b&w grayscale greyscale noir-et-blanc schwarz-weiß "
        "schwarzweiß blanco-y-negro film-noir 白黒 モノクロ",
        "neon": "neon neon-lights neon-signs synthwave vaporwave retrowave outrun cyberpunk ネオン",
        "golden": "golden-hour golden-light golden-glow sun-drenched sun-kissed",
    },
    "number": {
        "1": "one single lone lonely solitary eins einzelner seul seule solo uno 一匹 一羽 一本 一人",
        "2": "two pair-of couple-of twin both zwei deux dos due 二匹 二羽 二本 二人 二つ 两",
        "3": "three trio-of few some drei trois tres 三匹 三羽 三本 三人 三つ",
        "4": "four vier quatre cuatro 四匹 四羽 四本 四人", "5": "five handful-of fünf cinq cinco 五匹 五羽",
        "6": "six several flock-of herd-of school-of pack-of swarm-of group-of row-of bunch-of fleet-of shoal-of "
        "sechs einige mehrere plusieurs seis varios varias たくさん",
        "7": "seven sieben sept siete", "8": "eight many lots-of crowd-of viele beaucoup-de muchos muchas acht huit "
        "ocho",
        "9": "nine neun neuf nueve", "10": "ten zehn dix diez", "11": "eleven",
        "12": "twelve dozen dozens countless hundred hundreds thousand thousands zwölf dutzend douze doce",
    },
    "relation": {
        "on": "on upon on-top-of atop onto riding sitting-on standing-on auf sur sobre encima-de en-lo-alto-de",
        "in": "in inside within into in-the-middle-of im innerhalb dans à-l'intérieur dentro-de en",
        "under": "under underneath beneath below unter unterhalb sous bajo debajo-de",
        "over": "over above hovering-over flying-over jumping-over über oberhalb au-dessus-de au-dessus-d "
        "por-encima-de",
        "beside": "beside next-to near by close-to alongside leaning-against against between at neben bei beim am "
        "à-côté-de a-coté-de près-de junto-a al-lado-de cerca-de entre",
        "behind": "behind hinter derrière detrás-de",
        "before": "before in-front-of facing watching vor devant delante-de frente-a",
        "~on": "wearing の上の の上に", "~in": "の中の の中に filled-with full-of", "~under": "の下の の下に",
        "~beside": "holding carrying の隣の の横の のそばの", "~before": "の前の", "~behind": "の後ろの",
    },
    "not": {
        "": "no not without none-of never minus except ohne kein keine keinen nicht sans pas-de aucun aucune sin "
        "ningún "
        "ninguna senza"
    },
    "join": {"": "and & or nor und oder et ou y e と や"},
    "one": {"": "a an ein eine einen einem einer eines un une una um uma"},
    "is": {"": "is are was were painted coloured colored that which who ist sind est sont es son que qui"},
    "sky": {
        "": "sky skies light lighting glow horizon himmel licht ciel lumière cielo luz cloud cloudscape clouds haze "
        "mist "
        "fog rain aurora 空"
    },
    "water": {
        "": "lake river pond stream creek lagoon reflection reflections reflected reflecting waterside riverside "
        "lakeside canal fjord water fluss teich bach spiegelung rivière étang río estanque reflejo lac lago see "
        "mirror-lake 湖 川 池 水面"
    },
    "garment": {
        "": "dress gown coat cloak robe cape jacket suit tutu kimono shirt sweater skirt scarf hood armour armor "
        "uniform "
        "raincoat roof hull kleid mantel robe manteau vestido abrigo"
    },
    "part": {
        "": "eyes eye hair beard sails sail wings wing horns door doors window-frame shutters petals leaves leaf "
        "feathers "
        "mane lips augen yeux ojos"
    },
    "emptiness": {"": "empty deserted uninhabited nobody no-one no-people abandoned-street lifeless menschenleer "
    "vacío"},
}  # fmt: skip

LANGUAGES = {
    "en": "the a of and with in at on an is are by under over from her his its through into near to for",
    "de": "der die das ein eine einen einem einer und mit im am auf bei von vom zum zur den dem unter über vor neben "
    "hinter ist sind zwei drei ohne in",
    "fr": "le la les un une des du de et avec dans sur sous au aux à deux trois est près d l sans en",
    "es": "el la los las un una unos unas del de y con en sobre bajo al dos tres es por sin entre",
}
"""The little words by which a prompt's language is told."""

ONLY_IN = {
    "de": "hai dom rad stall burg weide all see kind boot tag rot gift stern wand hell hut arm bank rock brief herd "
    "tor wal rat am bei die bin art acht im "
    "bach einige fee hase um boote strand regen",
    "fr": "pin sable chute sauce saule taxi chat pain main sur sous sept plage tour pie port coin lit ours singe bras "
    "pont ballon et ou est sale nappe "
    "parc ferme roi the ane coq lac champ pluie poire phare rue",
    "es": "mono y e en es que cara seta son sol once pan mar dos ser vela oso luz uno seis solo rosa un una sin pie "
    "mesa",
    "it": "due estate camera testa sole quarto",
}
"""Words that mean something else, or nothing, where the prompt is not in that language."""

MEANS_IN = {
    "fr": {
        "noir": "colour:black", "noire": "colour:black", "or": "colour:gold", "rose": "colour:pink subject:rose",
        "sous": "relation:under", "sur": "relation:on", "en": "filler:", "un": "one:", "une": "one:", "an": "filler:",
        "on": "filler:", "mer": "scene:sea",
    },
    "de": {
        "see": "scene:lake water:", "an": "relation:beside", "am": "relation:beside", "kind": "subject:child",
        "rosa": "colour:pink", "bei": "relation:beside", "boot": "subject:boat", "hut": "subject:hat", "die": "filler:",
        "rot": "colour:red", "not": "filler:", "war": "is:", "hell": "hint of time:day", "stern": "subject:star",
    },
    "es": {
        "un": "one:", "una": "one:", "en": "relation:in", "on": "filler:", "rosa": "colour:pink", "an": "filler:",
        "sin": "not:", "sol": "subject:sun hint of time:day", "pie": "filler:",
    },
}  # fmt: skip
"""What a word means in one language alone."""

IRREGULAR = {
    "geese": "goose", "mice": "mouse", "men": "man", "women": "woman", "children": "child", "people": "person",
    "feet": "foot", "oxen": "ox", "leaves": "leaf", "wolves": "wolf", "loaves": "loaf", "knives": "knife",
    "calves": "calf", "fishermen": "fisherman", "snowmen": "snowman", "chevaux": "cheval", "oiseaux": "oiseau",
    "yeux": "oeil", "peces": "pez", "luces": "luz",
}  # fmt: skip

ENDINGS = {
    "en": (("ies", "y"), ("ves", "f"), ("s", ""), ("es", "")),
    "de": (("s", ""), ("e", ""), ("en", ""), ("er", ""), ("es", ""), ("em", ""), ("n", ""), ("ern", ""), ("ses", "s")),
    "fr": (("s", ""), ("x", ""), ("aux", "al"), ("es", ""), ("e", "")),
    "es": (("s", ""), ("es", ""), ("as", "o"), ("a", "o"), ("os", "o")),
}
"""What inflected words end with, and what their row has instead."""

DESCRIBED: dict[str, dict[str, str]] = {
    "time": {
        "dawn": "at dawn; sunrise, the sun comes up; early in the morning, waking up; breakfast",
        "day": "in bright daylight; at noon; midday heat; a sunny afternoon",
        "dusk": "at dusk; sunset, the sun goes down; in the evening after work; the last light of the day",
        "night": "at night; midnight, everybody sleeps; in the dark; stargazing",
    },
    "weather": {
        "mist": "fog and mist; hidden in white vapour", "rain": "a rainy day; raindrops on umbrellas",
        "storm": "a thunderstorm with lightning; gale force winds", "snow": "snow is falling; a blizzard, whiteout",
        "clouds": "a cloudy overcast sky; a grey sky", "aurora": "the northern lights",
        "stars": "a sky full of stars; constellations",
    },
    "season": {
        "spring": "spring; fresh buds and blossoms; lambs and daffodils",
        "summer": "summer; summer holidays; a heat wave; sunbathing",
        "autumn": "autumn; falling leaves; harvest time",
        "winter": "winter; ice and snow; skiing and skating; christmas",
    },
    "mood": {
        "calm": "calm; peace and quiet; meditation", "joyful": "joy; happiness, fun and laughter; a birthday party",
        "gloomy": "sadness; loneliness and grief; a funeral", "dreamy": "a dream; surreal and impossible; ethereal",
        "mysterious": "mysterious; eerie and haunted; a seance",
        "dramatic": "dramatic; epic and intense; a great battle; the end of the world",
    },
    "palette": {
        "warm": "warm colours; red, orange and yellow tones", "cool": "cool colours; blue and green tones",
        "pastel": "soft pastel colours; candy tones", "vivid": "vivid colours; an explosion of colour",
        "earthy": "earth tones; brown and ochre", "monochrome": "black and white; a greyscale image",
        "neon": "neon lights; retro 80s synthwave", "golden": "golden light; honeyed sunlight",
    },
    "scene": {
        "mountains": "mountain climbing; a rocky summit", "forest": "in the woods; the jungle and its wild animals",
        "coast": "at the beach; a harbour", "sea": "ships on the ocean; surfing; a voyage at sea",
        "island": "a tropical island; palm trees", "underwater": "scuba diving; fish and sharks swimming",
        "desert": "a hot dry land; the wild west; the outback", "volcano": "lava and magma",
        "lake": "a river with a bridge; a pond with water lilies; fishing", "waterfall": "falling water",
        "meadow": "animals grazing on a farm; the countryside; a field of crops", "snow": "the arctic; skiing; an "
        "igloo",
        "garden": "flowers in bloom; bees and butterflies; a park", "skyline": "skyscrapers; a famous tower in a "
        "capital",
        "street": "traffic; a railway station; a market; a festival in town", "village": "a small old town",
        "interior": "indoors at home; a laboratory; a classroom; inside a church; a concert; at work in an office",
        "still_life": "food and drink; a set table; old objects", "portrait": "a face; a queen or a king",
        "space": "outer space; a black hole; stars and galaxies", "planet": "an alien world; landing on the moon",
        "flow": "emotions and thoughts; music; colours dissolving", "pattern": "fractals; geometry; shapes",
    },
}  # fmt: skip
"""For who finds them by meaning: a few examples of each."""

ELSEWHERE = """
    music song sound idea emotion feeling war peace time memory money politics science mathematics energy colour
    shape food vegetable meat drink coffee wine furniture wall floor door stairs fence road path stone rock sand
    dust mud metal wood glass paper cloth clothing dress shoes jewellery weapon sword tool machine computer
    telephone camera screen engine wheel rope box basket plate fire smoke lava ice wind breeze water air grass leaf
    branch root seed moss fern insect spider snake lizard crab worm body face hand eye hair wing bone blood skull
    sport ball game toy story language number country city nation company school hospital office stage market party
    crowd team symbol sign text word letter flag statue monument gate square column dance silence chaos freedom hope
    journey detail texture pattern style
"""
"""What words may mean that the painter has nothing for: nearer to one of these, a word is left alone."""
