"""What residents can be into: the built-in topics, with what the built-in grammar knows to say of each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    id: str
    """As it stands in an interest."""
    subjects: tuple[str, ...]
    """Noun phrases that the painter can paint."""


def _topic(topic: str, subjects: str) -> Topic:
    return Topic(topic, tuple(each.strip() for each in subjects.split(";")))


TOPICS: tuple[Topic, ...] = (
    _topic("foxes", "a red fox; a fox between ferns; a sleeping fox; two foxes; "
           "an arctic fox in the snow; a fox on a stone wall"),
    _topic("owls", "an owl on a branch; a barn owl; a snowy owl; two owls; an owl in an old oak"),
    _topic("cats", "a cat on a windowsill; a black cat; a ginger cat; two cats; "
           "a cat beside a lamp; a white cat on a chair"),
    _topic("dogs", "a dog on a beach; an old dog; a brown dog; two dogs; a dog beside a boat; a sheepdog"),
    _topic("horses", "a white horse; a horse in a meadow; two horses; a wild horse; a black horse; a horse by the sea"),
    _topic("deer", "a deer in a clearing; a stag; two deer; a young deer; a reindeer in the snow"),
    _topic("bears", "a brown bear; a bear by a river; a polar bear; a bear between pines; a panda in bamboo"),
    _topic("hedgehogs", "a hedgehog; a hedgehog under leaves; two hedgehogs; a hedgehog beside a mushroom"),
    _topic("hares", "a hare in a field; a white hare; two hares; a rabbit in clover; a hare under the moon"),
    _topic("sheep", "a flock of sheep; one sheep on a hill; a white sheep; a goat on a rock; three sheep by a wall"),
    _topic("frogs", "a green frog; a frog on a leaf; a tree frog; two frogs by a pond"),
    _topic("snails", "a snail; a snail on a stone; a snail after rain; two snails on a leaf"),
    _topic("butterflies", "a butterfly; three butterflies over a meadow; a blue butterfly; "
           "a moth beside a lamp; a butterfly on a rose"),
    _topic("elephants", "an elephant; an elephant under a tree; two elephants; an elephant by a waterhole"),
    _topic("swans", "a swan on a lake; two swans; a black swan; a duck on a pond; a swan under a willow"),
    _topic("herons", "a heron in the reeds; a crane in shallow water; two cranes; a flamingo; a stork in a field"),
    _topic("crows", "a crow on a fence; a raven in the snow; three crows; "
           "a crow on a chimney; a blackbird in a bare tree"),
    _topic("sea birds", "a gull over the harbour; a flock of gulls; a puffin on a rock; "
           "a penguin on the ice; two penguins"),
    _topic("parrots", "a parrot; a green parrot; a macaw in the jungle; a cockatoo; two parrots on a palm"),
    _topic("whales", "a whale; a blue whale; a humpback whale; a whale under the ice; an orca"),
    _topic("jellyfish", "a jellyfish; three jellyfish; a glowing jellyfish; a jellyfish in the dark"),
    _topic("octopuses", "an octopus; a red octopus; an octopus on the seabed; an octopus beside a bottle"),
    _topic("sea turtles", "a sea turtle; an old turtle; two turtles over a reef; a turtle on a beach"),
    _topic("goldfish", "a goldfish; two koi in a pond; a school of fish; a goldfish in green water; a seahorse"),
    _topic("lighthouses", "a lighthouse on a cliff; a lighthouse on a small island; a white lighthouse; "
           "a red lighthouse; a lighthouse above the harbour"),
    _topic("windmills", "a windmill; an old windmill on a hill; a windmill by a canal; "
           "two windmills; a windmill behind tulips"),
    _topic("castles", "a castle on a rock; a ruined castle; a castle above a valley; "
           "a tower in the woods; a castle by a lake"),
    _topic("bridges", "a stone bridge; a bridge over a river; a wooden bridge; "
           "a bridge in a village; a railway viaduct"),
    _topic("cottages", "a cottage in a meadow; a wooden cabin; a cabin by a lake; "
           "a white cottage; a cabin in the mountains"),
    _topic("shrines", "a pagoda; a small shrine; a pagoda in the mountains; "
           "a shrine between cedars; a pagoda above a garden"),
    _topic("ruins", "a ruined temple; broken columns by the sea; a temple on a hill; a pyramid; an old stone tower"),
    _topic("farms", "a red barn; an old farmhouse; a rooster on a fence; a cow in a pasture; "
           "a barn in a wheat field; a pig in a yard"),
    _topic("libraries", "a library; a stack of books; an open book by a window; "
           "a reading chair beside a lamp; old books on a table"),
    _topic("tea", "a teapot; a cup of tea on a windowsill; a blue teapot; two cups on a table; a teapot beside lemons"),
    _topic("bread", "a loaf of bread; bread on a wooden table; a breakfast table; a birthday cake; bread and apples"),
    _topic("fruit", "a bowl of fruit; three lemons; a pear; two oranges on a plate; "
           "apples on a table; a lemon on blue cloth"),
    _topic("clocks", "an old clock; a clock on a table; a grandfather clock; a clock beside a candle; a clock tower"),
    _topic("candlelight", "a candle; three candles; a candle on a windowsill; "
           "a candle and a book; a lamp in a dark room"),
    _topic("lanterns", "a paper lantern; a red lantern; lanterns over a lake; "
           "a lantern in the snow; a row of lanterns"),
    _topic("rainy streets", "a red umbrella; a wet city street; an umbrella under a street lamp; "
           "a bus in the rain; a narrow alley after rain"),
    _topic("bicycles", "a bicycle; a red bicycle; a bicycle against a wall; "
           "two bicycles on a village street; an old bicycle"),
    _topic("night trains", "a night train; a steam train; a train on a viaduct; "
           "a train in the snow; a small train in the mountains"),
    _topic("sailing boats", "a sailing boat; two sailing boats; a small boat on a lake; a red boat; "
           "a boat at anchor; a white sail"),
    _topic("tall ships", "a tall ship; a sailing ship in a storm; an old galleon; a ship at anchor; a ship in fog"),
    _topic("old cars", "a vintage car; a yellow car; a blue car; an old truck; a red car on a village street"),
    _topic("hot-air balloons", "a hot-air balloon; three hot-air balloons; a striped balloon; "
           "an airship; a balloon over the mountains"),
    _topic("kites", "a kite; a red kite over a beach; two kites; a paper kite over a hill"),
    _topic("rockets", "a rocket; an astronaut; a rocket over a moon base; "
           "a small spaceship; an astronaut on a red planet"),
    _topic("robots", "a robot; a small robot; a rusty robot in a garden; two robots; a robot beside a lamp"),
    _topic("ringed planets", "a ringed planet; a blue planet with rings; "
           "a planet with two moons; a ringed planet over a desert"),
    _topic("night skies", "a comet; a starry sky over a hill; the milky way over pines; "
           "a shooting star over a lake; a spiral galaxy"),
    _topic("moons", "a full moon over the sea; a crescent moon; a moon behind clouds; "
           "a full moon above a village; a red moon"),
    _topic("northern lights", "northern lights over a lake; northern lights over a cabin; "
           "northern lights over pines; an aurora over snowy mountains"),
    _topic("mountains", "a mountain ridge; a snowy peak; a mountain lake; blue mountains; a mountain with pines"),
    _topic("deserts", "a desert road; sand dunes; a camel in the dunes; a cactus; two camels; an oasis with palms"),
    _topic("waterfalls", "a waterfall; a waterfall in the jungle; a high waterfall; a waterfall in a gorge"),
    _topic("volcanoes", "a volcano; a smoking volcano; a volcano on an island; a red glow over a crater"),
    _topic("islands", "a palm island; a small island; palms on a beach; an island with a hut; a lagoon"),
    _topic("forests", "a birch wood; a pine forest; a path through the woods; an old oak; a clearing in the forest"),
    _topic("cherry trees", "a cherry tree in blossom; cherry blossom over a path; "
           "a single cherry tree; a cherry tree beside a pagoda"),
    _topic("mushrooms", "a red mushroom; three mushrooms; a mushroom in moss; a ring of mushrooms; a brown mushroom"),
    _topic("wildflowers", "a sunflower; a field of poppies; a field of tulips; "
           "three sunflowers; wildflowers by a path"),
    _topic("roses", "a rose in a vase; a white rose; a bouquet of flowers; three roses; a vase of tulips"),
    _topic("gardens", "a walled garden; a fountain in a garden; a bamboo garden; "
           "a willow by a pond; a bench under a tree"),
    _topic("pumpkins", "a pumpkin; three pumpkins; a pumpkin on a doorstep; pumpkins in a field"),
    _topic("winter villages", "a snowy village; a snowman; a church in the snow; "
           "a cottage in deep snow; a pine with lights"),
    _topic("city nights", "a city skyline; lit windows in a city street; a city street; "
           "skyscrapers behind a bridge; a rooftop over the city"),
    _topic("storms at sea", "a stormy sea; a wave; a lighthouse in a storm; "
           "dark clouds over the ocean; a boat in high waves"),
    _topic("tide pools", "a starfish; a rocky shore; a beach at low tide; a starfish on a beach; a coral reef"),
    _topic("camping", "a tent; a tent by a lake; a tent under pines; a tent on a ridge; a campfire in the woods"),
    _topic("music", "a guitar; a violin on a chair; a piano; a guitar against a wall; a musician on a street corner"),
    _topic("dragons", "a dragon; a green dragon; a sleeping dragon; a dragon over a castle; a small dragon on a rock"),
    _topic("ghosts", "a small ghost; a ghost with a lantern; a ghost in a library; two ghosts in a village street"),
    _topic("flying saucers", "a flying saucer; a flying saucer over a farm; "
           "three flying saucers; a flying saucer over the desert"),
    _topic("submarines", "a yellow submarine; a small submarine; a submarine over a reef; a submarine beside a whale"),
    _topic("patterns", "a geometric pattern; a pattern of tiles; a pattern of circles; "
           "a pattern of triangles; an art deco pattern"),
    _topic("poured paint", "an abstract flow; abstract swirls; marbled ink; a slow abstract wave"),
)  # fmt: skip
BY_ID = {topic.id: topic for topic in TOPICS}
