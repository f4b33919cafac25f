"""What residents can be into: the built-in topics, with what the built-in grammar knows to say of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    id: str
    """As it stands in an interest."""
    words: tuple[str, ...]
    """By which it is recognised in a text, singular; the first is how one of it is called."""
    subjects: tuple[str, ...]
    """Noun phrases that the painter can paint."""
    settings: tuple[str, ...]
    """What may follow a subject that has no place of its own yet."""
    details: tuple[str, ...]
    """What somebody who is into it looks at first."""
    remarks: tuple[str, ...]
    """Sentences that somebody who is into it would say of it any day."""


def _listed(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(";"))


def _topic(topic: str, words: str, subjects: str, settings: str, details: str, remarks: str) -> Topic:
    said = tuple(f"{remark}." for remark in _listed(remarks))
    return Topic(topic, _listed(words), _listed(subjects), _listed(settings), _listed(details), said)


TOPICS: tuple[Topic, ...] = (
    _topic(
        "foxes", "fox; vixen",
        "a red fox; a fox between ferns; a sleeping fox; two foxes; an arctic fox in the snow; a fox on a stone wall",
        "crossing a frozen field; at the edge of a birch wood; in tall grass; under an old oak; between garden walls",
        "the white tip of the tail; the ears; the black paws; where it looks",
        "A fox always looks as if it had just paid; Foxes use the garden more than I do; "
        "A fox listens first and looks later",
    ),
    _topic(
        "owls", "owl; barn owl; snowy owl",
        "an owl on a branch; a barn owl; a snowy owl; two owls; an owl in an old oak",
        "in a pine forest; beside a full moon; on a fence post; in a ruined tower; over a snowy field",
        "the turned head; the feathers round the eyes; the claws on the branch",
        "An owl is mostly neck and patience; You hear an owl long after it has left; Nobody has ever surprised an owl",
    ),
    _topic(
        "cats", "cat; kitten; tomcat; tabby",
        "a cat on a windowsill; a black cat; a ginger cat; two cats; a cat beside a lamp; a white cat on a chair",
        "beside a teapot; in a sunny garden; on a doorstep; by a rainy window; among flower pots",
        "the whiskers; the angle of the ears; where the tail ends; the one open eye",
        "A cat picks the warm square and the rest of us stand; No cat has ever been late; "
        "The cat was there before the house",
    ),
    _topic(
        "dogs", "dog; puppy; hound; sheepdog",
        "a dog on a beach; an old dog; a brown dog; two dogs; a dog beside a boat; a sheepdog",
        "in a meadow; running along the shore; under a kitchen table; at a garden gate; on a village street",
        "the ears; the muddy feet; who it waits for",
        "A dog waits with its whole back; Every dog knows the sound of one car; Dogs forgive the weather first",
    ),
    _topic(
        "horses", "horse; mare; pony; stallion",
        "a white horse; a horse in a meadow; two horses; a wild horse; a black horse; a horse by the sea",
        "in morning mist; beside a wooden fence; on a mountain pasture; along the beach; under a stormy sky",
        "the neck; the mane in the wind; the weight on three legs",
        "A horse at rest still stands on the road somewhere; Horses know the fence better than the farmer; "
        "You draw the back of a horse last",
    ),
    _topic(
        "deer", "deer; stag; doe; reindeer; moose",
        "a deer in a clearing; a stag; two deer; a young deer; a reindeer in the snow",
        "in a deep green forest; at the edge of a lake; in a snowy clearing; in morning mist; among birches",
        "the raised foot; the ears before the head; the antlers against the trees",
        "A deer has gone before you have decided it was one; Deer hear a zip at two hundred metres; "
        "The wood is quieter behind a deer",
    ),
    _topic(
        "bears", "bear; grizzly; panda; polar bear",
        "a brown bear; a bear by a river; a polar bear; a bear between pines; a panda in bamboo",
        "in a pine forest; by a waterfall; on a mountain meadow; in falling snow; at the edge of the ice",
        "the shoulders; the small eyes; the paws in the water",
        "A bear walks like somebody carrying furniture; Bears eat berries one by one, which I respect; "
        "A bear is never lost, only early",
    ),
    _topic(
        "hedgehogs", "hedgehog",
        "a hedgehog; a hedgehog under leaves; two hedgehogs; a hedgehog beside a mushroom",
        "in a garden at night; between autumn leaves; beside a flower pot; on a mossy stone; under an apple tree",
        "the nose; the wet feet; the leaves on the spines",
        "A hedgehog sounds bigger than it is; Hedgehogs keep office hours; A hedgehog carries half the garden home",
    ),
    _topic(
        "hares", "hare; rabbit; bunny",
        "a hare in a field; a white hare; two hares; a rabbit in clover; a hare under the moon",
        "in a frosty meadow; at the edge of a wheat field; beside a garden gate; in spring grass; under a full moon",
        "the long ears; the back legs; the eye at the side",
        "A hare sleeps with one ear on duty; A hare is all knees until it runs; "
        "The field is empty and then it is a hare",
    ),
    _topic(
        "sheep", "sheep; lamb; goat; ram",
        "a flock of sheep; one sheep on a hill; a white sheep; a goat on a rock; three sheep by a wall",
        "on a green hill; in a mountain valley; by a stone wall; in the rain; in front of a barn",
        "the one that looks back; the wool at the knees; the gap in the wall",
        "There is always one sheep that read the map; Sheep make a hill look finished; "
        "Rain does nothing to a sheep's plans",
    ),
    _topic(
        "frogs", "frog; toad; tree frog",
        "a green frog; a frog on a leaf; a tree frog; two frogs by a pond",
        "in a garden pond; on a lily pad; by a stream; in the rain; in wet grass",
        "the gold of the eye; the toes; the waterline",
        "A frog sits as if it had been told to wait there; Frogs own the hour after rain; "
        "A frog is a jump that has not happened",
    ),
    _topic(
        "snails", "snail; slug",
        "a snail; a snail on a stone; a snail after rain; two snails on a leaf",
        "in a garden; on a mossy wall; on a mushroom; in morning dew; on a wet leaf",
        "the turn of the shell; the shine it left; the feelers",
        "A snail is never far from home; Snails proofread the garden; The snail was on its way, so I waited",
    ),
    _topic(
        "butterflies", "butterfly; moth",
        "a butterfly; three butterflies over a meadow; a blue butterfly; a moth beside a lamp; a butterfly on a rose",
        "over a poppy field; in a walled garden; on a thistle; in late summer grass; beside a lamp",
        "the edge of the wing; the shadow on the leaf; the feelers",
        "A butterfly never flies where it looks; A moth has one idea and it is the lamp; "
        "You only ever see a butterfly leave",
    ),
    _topic(
        "elephants", "elephant; mammoth",
        "an elephant; an elephant under a tree; two elephants; an elephant by a waterhole",
        "on a dry plain; by a river; under a huge tree; in the dust; in front of mountains",
        "the folds at the knee; the ears; the dust line on the legs",
        "An elephant puts its feet down like somebody reading; Elephants remember the water, not the road; "
        "Grey has forty names if you draw elephants",
    ),
    _topic(
        "swans", "swan; duck; goose; cygnet",
        "a swan on a lake; two swans; a black swan; a duck on a pond; a swan under a willow",
        "in morning mist; under a stone bridge; among water lilies; on a dark lake; in falling snow",
        "the neck and its reflection; the folded wing; the wake",
        "A swan is calm above and very busy below; Swans know how they look and it does not help them; "
        "A duck has a meeting somewhere, always",
    ),
    _topic(
        "herons", "heron; crane; stork; flamingo; egret",
        "a heron in the reeds; a crane in shallow water; two cranes; a flamingo; a stork in a field",
        "at the edge of a lake; in morning fog; between reeds; in a rice field; by a slow river",
        "the bent knee; the line of the neck; the ring on the water",
        "A heron is a stick until it is not; Herons are paid by the hour; Nothing stands still as loudly as a heron",
    ),
    _topic(
        "crows", "crow; raven; blackbird; jackdaw",
        "a crow on a fence; a raven in the snow; three crows; a crow on a chimney; a blackbird in a bare tree",
        "over a bare field; on a stone wall; in a winter tree; on a roof ridge; in the fog",
        "the beak; the blue in the black; which one talks",
        "A crow walks like it has the keys; Crows remember faces, so be polite; The blackest crow is mostly blue",
    ),
    _topic(
        "sea birds", "gull; seagull; penguin; puffin; pelican; albatross",
        "a gull over the harbour; a flock of gulls; a puffin on a rock; a penguin on the ice; two penguins",
        "over a grey sea; on a harbour wall; at the edge of the ice; on a rocky coast; in a strong wind",
        "the eye; the bend of the wing; what it is about to steal",
        "A gull has never finished its own lunch; A penguin looks dressed for something that was cancelled; "
        "You can hear a harbour by its gulls",
    ),
    _topic(
        "parrots", "parrot; macaw; cockatoo; toucan",
        "a parrot; a green parrot; a macaw in the jungle; a cockatoo; two parrots on a palm",
        "in the jungle; on a balcony; in a palm garden; in the rain; beside red flowers",
        "the claw; the ring round the eye; the feather that is out of place",
        "A parrot never wears the wrong colour; Parrots repeat you until you hear it; "
        "There is a green that only parrots have",
    ),
    _topic(
        "whales", "whale; orca; humpback; narwhal",
        "a whale; a blue whale; a humpback whale; a whale under the ice; an orca",
        "in the deep blue; under a full moon; beside a small boat; near the surface; in a cold sea",
        "the eye; the light on the back; the scars",
        "A whale turns like a building changing its mind; Whales are late for nothing; "
        "The sea looks small next to a whale",
    ),
    _topic(
        "jellyfish", "jellyfish; medusa",
        "a jellyfish; three jellyfish; a glowing jellyfish; a jellyfish in the dark",
        "in the deep sea; in green water; near a reef; in a beam of light; in the open water",
        "the rim; how the threads follow; the light inside",
        "A jellyfish is a lamp without a plan; Jellyfish have no bones and no hurry; "
        "It pulses once and you hold your breath",
    ),
    _topic(
        "octopuses", "octopus; octopuses; squid; kraken",
        "an octopus; a red octopus; an octopus on the seabed; an octopus beside a bottle",
        "on a coral reef; in dark water; between stones; over a shipwreck; in a sunken garden",
        "the arm that is not with the others; the eye; the suckers",
        "An octopus thinks with its elbows; No jar is safe and they know it; "
        "An octopus is eight opinions about one stone",
    ),
    _topic(
        "sea turtles", "sea turtle; turtle; tortoise",
        "a sea turtle; an old turtle; two turtles over a reef; a turtle on a beach",
        "in clear water; over sea grass; near the surface; in a blue lagoon; over a coral reef",
        "the pattern of the shell; the front flippers; the old eyes",
        "A turtle swims as if the water were thick; Turtles arrive; A turtle has seen this reef in better days",
    ),
    _topic(
        "goldfish", "goldfish; koi; fish; seahorse; trout; carp",
        "a goldfish; two koi in a pond; a school of fish; a goldfish in green water; a seahorse",
        "in a garden pond; under water lilies; in green light; near a reef; between water plants",
        "the tail; the light on the scales; the one that turns away",
        "A koi pond is a slow argument in orange; Fish look up and see weather; "
        "A goldfish remembers more than they say",
    ),
    _topic(
        "lighthouses", "lighthouse; beacon",
        "a lighthouse on a cliff; a lighthouse on a small island; a white lighthouse; a red lighthouse; "
        "a lighthouse above the harbour",
        "in the fog; after a storm; with gulls round it; on a winter morning; above a calm sea",
        "the lamp; the little door; the spray at the foot; the path up to it",
        "A lighthouse is a light with a long stem; Somebody has to paint the stairs of it every spring; "
        "The lamp goes on before anybody needs it",
    ),
    _topic(
        "windmills", "windmill; mill",
        "a windmill; an old windmill on a hill; a windmill by a canal; two windmills; a windmill behind tulips",
        "in a wheat field; in the polder; under big clouds; beside a canal; on a grassy dike",
        "the sails; the little balcony; the angle it stopped at",
        "A windmill points at yesterday's wind; A mill standing still is still a clock; "
        "Flat land needs one thing that turns",
    ),
    _topic(
        "castles", "castle; fortress; palace; tower",
        "a castle on a rock; a ruined castle; a castle above a valley; a tower in the woods; a castle by a lake",
        "in morning mist; above a forest; at the end of a road; on a winter evening; beside a river",
        "the one lit window; the roofs; the road up",
        "Every castle is mostly stairs; A castle is a village with one front door; "
        "The view from a castle was always the point",
    ),
    _topic(
        "bridges", "bridge; viaduct; aqueduct",
        "a stone bridge; a bridge over a river; a wooden bridge; a bridge in a village; a railway viaduct",
        "in the fog; over a quiet river; between two hills; after heavy rain; in a small town",
        "the shadow under the arch; the keystone; who is crossing",
        "A bridge looks best from under it; You only see a river properly from the middle of it; "
        "An arch is a stone that leans on its neighbour",
    ),
    _topic(
        "cottages", "cottage; cabin; hut; chalet",
        "a cottage in a meadow; a wooden cabin; a cabin by a lake; a white cottage; a cabin in the mountains",
        "at the edge of a forest; beside a lake; in a mountain valley; under tall pines; in a wild garden",
        "the chimney; the woodpile; the one lit window",
        "Smoke from the chimney means somebody stayed; A cabin is a coat with a door; "
        "Small houses have the best windows",
    ),
    _topic(
        "shrines", "shrine; pagoda",
        "a pagoda; a small shrine; a pagoda in the mountains; a shrine between cedars; a pagoda above a garden",
        "in the rain; among maple trees; above a misty valley; beside a still pond; in falling snow",
        "the curve of the roof; the worn step; the moss on the stone",
        "A shrine leaves most of the room to the trees; You count the roofs and forget why you came; "
        "The steps are the long part and the point",
    ),
    _topic(
        "ruins", "ruin; temple; pyramid; column",
        "a ruined temple; broken columns by the sea; a temple on a hill; a pyramid; an old stone tower",
        "in dry grass; by the sea; under a huge sky; among olive trees; in the desert",
        "the missing piece; the grass in the joints; the long shadow",
        "A ruin is a building that has stopped explaining; Columns look better without their roof; "
        "Somebody complained about the draught here, once",
    ),
    _topic(
        "farms", "barn; farm; farmhouse; cow; rooster; chicken; pig; hen",
        "a red barn; an old farmhouse; a rooster on a fence; a cow in a pasture; a barn in a wheat field; "
        "a pig in a yard",
        "at the edge of a field; in the morning; under a big summer sky; after the harvest; by a dirt road",
        "the open door; the tyre tracks; the swallow's nest",
        "A barn is the best red there is; The cow has seen the plan and has no questions; "
        "Farm mornings begin in the middle",
    ),
    _topic(
        "libraries", "library; book; bookshop; bookshelf",
        "a library; a stack of books; an open book by a window; a reading chair beside a lamp; old books on a table",
        "by a tall window; in lamplight; on a rainy evening; in an old house; beside a cup of tea",
        "the bent spine; the dust in the light; what is used as a bookmark",
        "A library smells the same in every country; The book you want leans on the one you need; "
        "Somebody always leaves a train ticket on page ninety",
    ),
    _topic(
        "tea", "teapot; tea; cup; kettle; mug",
        "a teapot; a cup of tea on a windowsill; a blue teapot; two cups on a table; a teapot beside lemons",
        "on a wooden table; beside an open book; by a rainy window; on a blue cloth; in the morning",
        "the handle; the chip on the lid; the steam; the ring it left",
        "A teapot is the slowest clock in the house; Tea is what you do while you decide; "
        "The second cup is the one you taste",
    ),
    _topic(
        "bread", "bread; loaf; cake; breakfast; croissant",
        "a loaf of bread; bread on a wooden table; a breakfast table; a birthday cake; bread and apples",
        "on a wooden board; beside a jug; in morning light; on a checked cloth; by a kitchen window",
        "the crust; the flour on the board; the first slice",
        "Bread tells you what time the baker got up; The end piece is the good piece; "
        "Nothing bad has ever smelled of bread",
    ),
    _topic(
        "fruit", "fruit; lemon; apple; pear; orange; cherry; peach",
        "a bowl of fruit; three lemons; a pear; two oranges on a plate; apples on a table; a lemon on blue cloth",
        "on a wooden table; on a white plate; by a window; on a blue cloth; in a clay bowl",
        "the bruise; the leaf still on it; the reflected colour underneath",
        "A lemon is the cheapest lamp you can buy; A pear is ripe on a Tuesday and only then; "
        "Fruit sits for you longer than people do",
    ),
    _topic(
        "clocks", "clock; watch; pocket watch",
        "an old clock; a clock on a table; a grandfather clock; a clock beside a candle; a clock tower",
        "on a shelf; beside an old book; in an empty room; in lamplight; on a dusty table",
        "what time it says; the minute hand; the scratch on the glass",
        "A stopped clock is very sure of itself; Nobody winds the clock and everybody asks it; "
        "I trust the one that is four minutes late",
    ),
    _topic(
        "candlelight", "candle; candlelight; lamp",
        "a candle; three candles; a candle on a windowsill; a candle and a book; a lamp in a dark room",
        "in a dark room; beside a window; on a wooden table; on a winter evening; next to a stack of letters",
        "the edge of the circle; the wax; the shadow on the wall",
        "One candle makes a room half as big; You see more in half the light; The dark part is the part I paint",
    ),
    _topic(
        "lanterns", "lantern; paper lantern",
        "a paper lantern; a red lantern; lanterns over a lake; a lantern in the snow; a row of lanterns",
        "along a river; in a night garden; under a bridge; in falling snow; over a quiet street",
        "the glow on what is next to it; the string; the one that went out",
        "A lantern is for the path, not for itself; Paper makes any light kinder; "
        "Count the lanterns and you have the length of the evening",
    ),
    _topic(
        "rainy streets", "umbrella; puddle; alley; tram; bus",
        "a red umbrella; a wet city street; an umbrella under a street lamp; a bus in the rain; "
        "a narrow alley after rain",
        "on a wet city street; in the rain; in a narrow alley; at a bus stop; under neon signs",
        "the reflections; the kerb; the one dry patch",
        "Rain prints the city a second time; A puddle is the cheapest mirror in town; An umbrella is a room for one",
    ),
    _topic(
        "bicycles", "bicycle; bike",
        "a bicycle; a red bicycle; a bicycle against a wall; two bicycles on a village street; an old bicycle",
        "against a brick wall; on a village street; by a canal; in a field of flowers; in the rain",
        "the shadow of the spokes; the basket; how it is locked",
        "A bicycle leaning on a wall is a whole afternoon; Two wheels and no excuse; "
        "Every bicycle has one sound its owner no longer hears",
    ),
    _topic(
        "night trains", "night train; train; locomotive; steam train",
        "a night train; a steam train; a train on a viaduct; a train in the snow; a small train in the mountains",
        "in the rain; through a snowy valley; over a bridge; at a small station; along the coast at night",
        "the lit windows; the one person standing; the signal",
        "A night train is a hotel that left; You sleep in one country and wash in the next; "
        "Every lit window passing is somebody's whole evening",
    ),
    _topic(
        "sailing boats", "sailing boat; sailboat; boat; yacht; sail; dinghy",
        "a sailing boat; two sailing boats; a small boat on a lake; a red boat; a boat at anchor; a white sail",
        "on a calm sea; in a small bay; in a strong wind; on a mountain lake; in morning fog",
        "the waterline; the tiller; how the sail is cut",
        "A boat at anchor is still doing something; White is the hardest colour on a sail; "
        "The wind is in the picture if the rope is",
    ),
    _topic(
        "tall ships", "tall ship; ship; galleon; schooner; frigate",
        "a tall ship; a sailing ship in a storm; an old galleon; a ship at anchor; a ship in fog",
        "on the open sea; in a harbour at dawn; in heavy fog; under storm clouds; by moonlight",
        "the rigging; the flag and the wind; the lamp at the stern",
        "A ship is a forest that learned to leave; You count the masts and then the people; "
        "There is more rope than ship",
    ),
    _topic(
        "old cars", "car; taxi; truck; van",
        "a vintage car; a yellow car; a blue car; an old truck; a red car on a village street",
        "on a village street; by the sea; in front of a petrol station; on a desert road; in the rain",
        "the chrome; the parking; who is not in it",
        "An old car has a face and has forgiven it; Every old car smells of one summer; "
        "A parked car is a story with the engine off",
    ),
    _topic(
        "hot-air balloons", "hot-air balloon; hot air balloon; balloon; airship; zeppelin",
        "a hot-air balloon; three hot-air balloons; a striped balloon; an airship; a balloon over the mountains",
        "over green hills; in the early morning; over a misty valley; over a desert; above the clouds",
        "the basket; the shadow on the ground; the seams",
        "A balloon goes where the morning goes; You steer by being patient at different heights; "
        "From up there every field has been folded",
    ),
    _topic(
        "kites", "kite",
        "a kite; a red kite over a beach; two kites; a paper kite over a hill",
        "over the beach; on a green hill; in a windy sky; above the dunes; over a harvested field",
        "the string; the tail; who holds it, out of the frame",
        "A kite is a letter to the wind; The string is half the picture; Someone is always just out of frame, running",
    ),
    _topic(
        "rockets", "rocket; astronaut; spaceship; spacecraft",
        "a rocket; an astronaut; a rocket over a moon base; a small spaceship; an astronaut on a red planet",
        "in deep space; on a red planet; over a grey moon; before a purple nebula; beside a ringed planet",
        "the visor; the dust; the cable back",
        "Space is mostly waiting, with good views; The suit is a very small house; A rocket is a loud way to be alone",
    ),
    _topic(
        "robots", "robot; android; automaton",
        "a robot; a small robot; a rusty robot in a garden; two robots; a robot beside a lamp",
        "in a wild garden; on an empty street; in a workshop; in the rain; in a field of flowers",
        "the joints; the dent; the hand",
        "A robot with a dent has been somewhere; Rust is how a robot gets a tan; I paint robots gently, in case",
    ),
    _topic(
        "ringed planets", "ringed planet; planet; saturn; jupiter",
        "a ringed planet; a blue planet with rings; a planet with two moons; a ringed planet over a desert",
        "in deep space; with three moons; behind a small rocket; over a rocky plain; in a purple nebula",
        "the shadow on the rings; the thin edge; the small moon",
        "Rings are rubble with good manners; A planet has no up, which helps the composition; "
        "Half of it is dark and that is the better half",
    ),
    _topic(
        "night skies", "comet; milky way; shooting star; galaxy; starry sky; star; constellation",
        "a comet; a starry sky over a hill; the milky way over pines; a shooting star over a lake; a spiral galaxy",
        "over a dark hill; above a still lake; over the sea; above a pine forest; over the desert",
        "the darkest part; the horizon; the one that is no star",
        "Stars need a hill to be above; You look up and your shoes get quiet; "
        "Some of that light is older than the word for it",
    ),
    _topic(
        "moons", "moon; full moon; crescent moon; crescent",
        "a full moon over the sea; a crescent moon; a moon behind clouds; a full moon above a village; a red moon",
        "over a calm sea; behind thin clouds; above a village; over snowy hills; above dark trees",
        "the halo; what it lights besides itself; the face or the hare",
        "The moon is the only lamp nobody switches off; A thin moon does more work; "
        "The full moon needs something dark in front",
    ),
    _topic(
        "northern lights", "northern lights; aurora; polar light",
        "northern lights over a lake; northern lights over a cabin; northern lights over pines; "
        "an aurora over snowy mountains",
        "over a frozen lake; above a small cabin; over snowy mountains; above the sea; over dark pines",
        "the lower edge; the green on the snow; the stars behind it",
        "The sky moves and everybody whispers; Green is what the camera says, grey is what you saw; "
        "It starts when you have put the gloves back on",
    ),
    _topic(
        "mountains", "mountain; peak; ridge; alp; summit; glacier",
        "a mountain ridge; a snowy peak; a mountain lake; blue mountains; a mountain with pines",
        "at first light; in low clouds; behind a dark forest; after fresh snow; above a lake",
        "the second ridge; the snow line; the path you can just see",
        "A mountain is far away on purpose; The blue one behind is always better; "
        "You paint the air and the mountain stays",
    ),
    _topic(
        "deserts", "desert; dune; camel; cactus; oasis; canyon",
        "a desert road; sand dunes; a camel in the dunes; a cactus; two camels; an oasis with palms",
        "under a white sky; at sunset; after a sandstorm; with long shadows; under a million stars",
        "the edge of the dune; the tracks; the one green thing",
        "A desert is never empty, only spaced out; The shadow side of a dune is blue, look again; "
        "Sand remembers the last wind only",
    ),
    _topic(
        "waterfalls", "waterfall; cascade; gorge",
        "a waterfall; a waterfall in the jungle; a high waterfall; a waterfall in a gorge",
        "in deep forest; between mossy rocks; in autumn; in the morning mist; under a rainbow",
        "the wet rock at the side; the pool; where the sound would be",
        "You hear a waterfall before you deserve it; Falling water is the slowest fast thing; "
        "The still pool is the hard part",
    ),
    _topic(
        "volcanoes", "volcano; crater; lava",
        "a volcano; a smoking volcano; a volcano on an island; a red glow over a crater",
        "at night; over a dark lake; on a small island; with snow on its sides; under red clouds",
        "the edge of the smoke; the slope; the villages below",
        "A volcano is a mountain with something to say; People farm the slope anyway, for the tomatoes; "
        "The smoke leans where the wind lives",
    ),
    _topic(
        "islands", "island; lagoon; palm; palm tree",
        "a palm island; a small island; palms on a beach; an island with a hut; a lagoon",
        "in clear water; after the rain; at low tide; in the evening; far from the shore",
        "the line of the reef; the one boat; the shade",
        "An island is a hill that likes company less; You can walk round it before the tea is cold; "
        "Palms lean towards whatever happened last",
    ),
    _topic(
        "forests", "forest; wood; birch; oak; tree; path; pine; woodland",
        "a birch wood; a pine forest; a path through the woods; an old oak; a clearing in the forest",
        "in the early morning; after the rain; in autumn; in deep snow; in soft green light",
        "the floor; the gap between two trunks; the tree that fell",
        "A forest is mostly what you do not see behind it; Every path was somebody's bad idea once; "
        "Birches are drawn by leaving things out",
    ),
    _topic(
        "cherry trees", "cherry tree; cherry blossom; blossom; sakura",
        "a cherry tree in blossom; cherry blossom over a path; a single cherry tree; a cherry tree beside a pagoda",
        "by a river; beside a stone lantern; on a quiet street; in the rain; on a green hill",
        "the petals on the ground; the dark bark; the gaps",
        "You wait eleven months and then it rains; The ground under it is the better picture; "
        "Blossom is the tree thinking out loud",
    ),
    _topic(
        "mushrooms", "mushroom; toadstool; fungus",
        "a red mushroom; three mushrooms; a mushroom in moss; a ring of mushrooms; a brown mushroom",
        "in deep moss; on an old log; under ferns; after autumn rain; among fallen leaves",
        "the underside; the bit of earth on the cap; what nibbled it",
        "Mushrooms turn up like people who heard music; The red ones are warnings with good design; "
        "Most of it is under the ground, being busy",
    ),
    _topic(
        "wildflowers", "sunflower; poppy; tulip; wildflower; flower; daisy; lavender",
        "a sunflower; a field of poppies; a field of tulips; three sunflowers; wildflowers by a path",
        "at the edge of a wheat field; under a summer sky; on a hillside; along a country road; in a wild meadow",
        "the one that faces away; the stems; the insects",
        "A poppy lasts a day and spends it well; Sunflowers are crowds with one opinion; "
        "Nobody planted it, which is the nice part",
    ),
    _topic(
        "roses", "rose; bouquet; vase; peony",
        "a rose in a vase; a white rose; a bouquet of flowers; three roses; a vase of tulips",
        "on a windowsill; on a dark table; in a glass jar; beside a letter; by lamplight",
        "the fallen petal; the water line; the thorn",
        "A rose is best a day too late; Cut flowers know what day it is; "
        "Paint the vase first, the flowers will not wait",
    ),
    _topic(
        "gardens", "garden; fountain; bamboo; willow; bench; hedge",
        "a walled garden; a fountain in a garden; a bamboo garden; a willow by a pond; a bench under a tree",
        "in early summer; after the rain; at the end of the day; in morning light; behind an old wall",
        "the gate; the tool somebody left; where the path bends",
        "A garden is an argument you lose slowly; The best bench faces the wrong way; "
        "Weeds are the ones who applied without papers",
    ),
    _topic(
        "pumpkins", "pumpkin; squash",
        "a pumpkin; three pumpkins; a pumpkin on a doorstep; pumpkins in a field",
        "in a misty field; on a wooden crate; on a doorstep; among fallen leaves; beside a lantern",
        "the stalk; the flat side it lay on; the dirt",
        "A pumpkin is the sun's leftovers; The crooked ones have more to say; You carry it home like somebody asleep",
    ),
    _topic(
        "winter villages", "snowman; village; chimney; church",
        "a snowy village; a snowman; a church in the snow; a cottage in deep snow; a pine with lights",
        "in falling snow; at blue hour; under a full moon; in a deep valley; on a quiet evening",
        "the footprints; the lit window; the smoke",
        "Snow lets a village start again; You can tell who is up by the chimneys; "
        "A snowman is a portrait of the weather",
    ),
    _topic(
        "city nights", "skyline; city; skyscraper; street; rooftop; neon sign",
        "a city skyline; lit windows in a city street; a city street; skyscrapers behind a bridge; "
        "a rooftop over the city",
        "after the rain; at night; at blue hour; in thick fog; in the last light",
        "the windows still lit; the taxi; the roof with a chair on it",
        "A city at night is a shelf of small lamps; Somebody is always still up, and has the blue light; "
        "The windows are the only honest map",
    ),
    _topic(
        "storms at sea", "storm; wave; sea; ocean; surf",
        "a stormy sea; a wave; a lighthouse in a storm; dark clouds over the ocean; a boat in high waves",
        "under black clouds; at dusk; near a rocky coast; in heavy rain; with a strip of light",
        "the lip of the wave; the horizon that tilts; the light under the cloud",
        "A wave is a hill in a hurry; The sea says one word and means it; "
        "You draw the wind by what it does to the edges",
    ),
    _topic(
        "tide pools", "starfish; shore; beach; reef; tide pool; shell; crab; coast; tide; pebble",
        "a starfish; a rocky shore; a beach at low tide; a starfish on a beach; a coral reef",
        "at low tide; in clear shallow water; in the morning; after a storm; between black rocks",
        "the waterline; the smallest one; what moved",
        "Low tide is when the sea shows its drawers; A tide pool is a town with two floods a day; "
        "You crouch for ten minutes and then it moves",
    ),
    _topic(
        "camping", "tent; campfire; camp",
        "a tent; a tent by a lake; a tent under pines; a tent on a ridge; a campfire in the woods",
        "beside a mountain lake; under the stars; at the edge of a forest; in morning fog; on a high meadow",
        "the lit canvas; the boots outside; the kettle",
        "A tent is a lamp you sleep in; Everything tastes of smoke and nobody minds; "
        "The cold gets in where you were not going to look",
    ),
    _topic(
        "music", "guitar; violin; piano; musician; cello",
        "a guitar; a violin on a chair; a piano; a guitar against a wall; a musician on a street corner",
        "in an empty room; by a window; on a small stage; in lamplight; in an old cafe",
        "the worn spot; the string that is newer; the hands",
        "An instrument in its corner is holding its breath; The worn spot shows which song; "
        "A room with a piano is never quite quiet",
    ),
    _topic(
        "dragons", "dragon; wyvern",
        "a dragon; a green dragon; a sleeping dragon; a dragon over a castle; a small dragon on a rock",
        "over a mountain valley; in front of the moon; on a ruined tower; above the clouds; in a dark cave",
        "the wing joint; what it guards; the smoke",
        "A dragon is a cat with a mortgage; Dragons nap for centuries and call it guarding; "
        "The small ones burn the toast",
    ),
    _topic(
        "ghosts", "ghost; phantom",
        "a small ghost; a ghost with a lantern; a ghost in a library; two ghosts in a village street",
        "in an old house; at the end of a corridor; in a misty garden; on a village street at night; by a window",
        "the hem; what is behind it; whether it has a shadow",
        "A ghost is a habit that kept the house; They never use the new door; The polite ones wait for the kettle",
    ),
    _topic(
        "flying saucers", "flying saucer; ufo; alien",
        "a flying saucer; a flying saucer over a farm; three flying saucers; a flying saucer over the desert",
        "over a wheat field; above a small farm; over the desert at night; behind a hill; in a foggy forest",
        "the beam; the cow; who looks up",
        "They come all that way and pick a farm; A saucer over a barn improves both; Whoever they are, they park well",
    ),
    _topic(
        "submarines", "submarine",
        "a yellow submarine; a small submarine; a submarine over a reef; a submarine beside a whale",
        "over a coral reef; in the deep sea; among jellyfish; near a sunken ship; under the ice",
        "the porthole; the bubbles; the lamp",
        "A submarine is an attic that went the wrong way; The porthole is the smallest cinema there is; "
        "You hear the whale before you see it",
    ),
    _topic(
        "patterns", "pattern; geometric pattern; abstract pattern; tile; circle; triangle; stripe; mosaic; mandala",
        "a geometric pattern; a pattern of tiles; a pattern of circles; a pattern of triangles; an art deco pattern",
        "in three colours; with one mistake in it; in even rows; on a dark ground; in bold shapes",
        "where it repeats; the one tile that differs; the edge",
        "A pattern is a promise you can check; One wrong tile keeps the others awake; The gaps are a pattern, too",
    ),
    _topic(
        "poured paint", "swirl; marbled ink; abstraction; abstract flow; abstract wave; abstract swirl",
        "an abstract flow; abstract swirls; marbled ink; a slow abstract wave",
        "in two colours; with a thread of gold; on a dark ground; with soft edges; in slow bands",
        "the edge where two colours meet; the thin line; the accident",
        "Paint knows more than I do about going downhill; You stop one second before you want to; "
        "The accident gets the credit and I clean up",
    ),
)  # fmt: skip
BY_ID = {topic.id: topic for topic in TOPICS}
