"""What residents are called. Given names are common ones of many places, all else is made up: no combination is
anybody's full name who is known, and none claims to be somebody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import numpy as np


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split())


GIVEN = _listed("""
    Ada Aino Alba Alma Amara Anouk Anselm Antje Arlo Asha Aurel Basil Bea Benno Birgit Bodil Bram Brigid Callum Carys
    Cato Chidi Ciaran Clio Corin Cosmo Dafne Dagny Dario Delia Deniz Dilys Edda Eero Effie Eino Elif Elke Eluned Emeka
    Enzo Esme Ewan Farid Femke Fenna Fergus Fife Flora Freya Gaspar Gerda Gil Gita Gwen Halima Hanno Hedda Hilde Hugo
    Ida Ilias Ilse Imke Ines Inga Iona Isko Ivo Jaro Jette Joost Jory Juno Kaia Kamal Katla Keiko Kerstin Kiran Knut
    Lale Lasse Leif Leocadia Levi Linnea Lior Lotte Ludo Lumi Maeve Magda Maren Marisol Matteus Mele Merle Milo Mina
    Minoo Mirela Moira Morag Nadia Nell Nilo Niamh Nuno Odile Ofra Olek Orla Oskar Otis Paavo Pema Petra Pia Quirin
    Rafi Ragna Rasmus Ravi Rhona Rika Rosa Roza Runa Sabela Salome Sanna Selma Senna Signe Silas Siv Solvei Stella
    Suri Sven Tamsin Tansy Tariq Teo Thora Tilda Timo Tove Tuuli Ulla Una Valo Vera Vesna Viggo Wanda Wiebke Wim Xenia
    Yael Yara Ylva Yuna Yusra Zeno Zofia Zora
""")
FIRST_HALF = _listed("""
    Amber Barley Beacon Birch Brack Bramble Candle Cinder Clover Copper Cove Crumb Drift Elder Ember Fable Fathom Fern
    Furrow Gorse Gull Harrow Hazel Heather Heron Kelp Lantern Larch Linnet Marrow Mist Muslin Nettle Otter Pebble Pine
    Plum Quill Reed Rook Rye Salt Shingle Sorrel Tarn Teasel Thistle Tide Umber Vetch Willow Wren Yarrow
""")
SECOND_HALF = _listed("""
    beck bourne brook combe croft den dale fold garth gate haven holt ley low mere ridge rigg shaw sound stead thwaite
    wick wold
""")
"""Together they are a family's name, as in Tidewick. None of the first is how a well-known family's name begins."""

SORTS = _listed("""
    Amber Blue Brass Brick Chalk Clay Cloud Copper Cotton Damp Dim Dusty Early Faded Felt Folded Foggy Glass Green Grey
    Half Hollow Honey Idle Indigo Inky Iron Late Little Lost Lunar Mild Misty Mossy Narrow Night Northern Odd Old
    Paper Patient Pewter Plain Quiet Rainy Rusty Salted Second Silent Silver Slow Small Spare Spotted Still Striped Tin
    Tidy Upper Velvet Wandering Warm Wax Wild Winter Wooden Woolly Yellow
""")
THINGS = _listed("""
    Acorn Almanac Anchor Anvil Awning Badger Balcony Barnacle Basin Bellows Bobbin Bollard Buoy Button Cabin Canal
    Candle Cellar Chimney Cistern Compass Cormorant Cricket Dinghy Ditch Dormouse Drawer Egret Envelope Estuary Ferry
    Finch Gable Gate Glove Grove Hatch Heron Hinge Inkwell Jar Jetty Kettle Ladder Lantern Lark Ledger Lichen Lodger
    Loom Mackerel Magpie Mill Mitten Moth Newt Notebook Oar Orchard Otter Parcel Pebble Pelican Penny Pigeon Pocket
    Porch Postcard Puddle Pylon Quarry Raft Ravine Rudder Sandpiper Satchel Sextant Shed Shutter Sparrow Spoon Stair
    Starling Stoat Stool Tandem Teacup Thimble Ticket Tollhouse Tram Trellis Trowel Tugboat Tunnel Umbrella Valley Weir
    Whistle Window Workshop Yard
""")
AFTER_A_NAME = (
    "at Dawn", "at Dusk", "at Low Tide", "at Noon", "at the Window", "by the Canal", "by the Sea", "in October",
    "in the Attic", "in the Fog", "in the Garden", "in the Margins", "in the Rain", "in the Shed", "off the Map",
    "on Foot", "on Platform Two", "on the Roof", "on the Stairs", "out Early", "under the Bridge", "up Late",
    "up North", "with a Thermos",
)  # fmt: skip

SHARE_OF_FULL, SHARE_OF_THINGS = 0.62, 0.24
JOINTS = ("", "", ".", "_")
LONGEST = 30
TRIES = 40


def drawn_names(chance: np.random.Generator, is_free: Callable[[str, str], bool]) -> tuple[str, str]:
    """The name of an account and the one that is shown, the first pair that is free."""
    for display in (_display(chance) for _ in range(TRIES)):
        for name in _names_for(display, chance):
            if is_free(name, display):
                return name, display
    return _numbered(chance, is_free)


def _display(chance: np.random.Generator) -> str:
    kind = chance.random()
    if kind < SHARE_OF_FULL:
        return f"{_of(GIVEN, chance)} {_of(FIRST_HALF, chance)}{_of(SECOND_HALF, chance)}"
    if kind < SHARE_OF_FULL + SHARE_OF_THINGS:
        return f"{_of(SORTS, chance)} {_of(THINGS, chance)}"
    return f"{_of(GIVEN, chance)} {_of(AFTER_A_NAME, chance)}"


def _names_for(display: str, chance: np.random.Generator) -> Iterator[str]:
    words = re.findall(r"[a-z]+", display.lower())
    joint = _of(JOINTS, chance)
    if len(words) == 2 and chance.random() < 0.3:
        yield (words[0][0] + joint + words[1])[:LONGEST]
    yield joint.join(words)[:LONGEST].rstrip("._")
    yield from (each.join(words)[:LONGEST] for each in ("", "_", "."))


def _numbered(chance: np.random.Generator, is_free: Callable[[str, str], bool]) -> tuple[str, str]:
    """Where all is taken that comes to mind, a number makes it another."""
    display = _display(chance)
    stem = next(_names_for(display, chance))[: LONGEST - 10]
    number = int(chance.integers(2, 1000))
    while not is_free(f"{stem}{number}", f"{display} {number}"):
        number += int(chance.integers(1, 1000))
    return f"{stem}{number}", f"{display} {number}"


def _of(table: tuple[str, ...], chance: np.random.Generator) -> str:
    return table[int(chance.integers(len(table)))]
