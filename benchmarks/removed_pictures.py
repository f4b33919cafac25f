"""Whether removed pictures are known again: `removed_pictures.py [--pictures N] [--list N]`, on the embedded Postgres.

Half of the painted pictures are removed, the way a moderator's decision does it. Each comes back in every way below,
and the other half is asked for as it is: whatever is found of that is a false hit. Beside it stand a plain 64-bit DCT
hash of the whole picture and the average hash, each with the one threshold that finds most while it takes at most 0.1%
of different pairs for the same. Then the list is made as long as asked for, with hashes like those, and asked again.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from PIL import Image, ImageEnhance, ImageOps

from benchmarks.harness import fresh_folder, opened_house, print_table
from benchmarks.painter_prompts import PROMPTS
from services.bootstrap import Pentagram
from services.safety import hashes
from services.safety.hashes import phash
from services.settings import ROOT
from services.studio.engines.base import Order
from services.studio.engines.painter import paint
from services.studio.pictures import full_file, key_of

PICTURES, LIST = 400, 100_000
SIZES = ((512, 512), (512, 384), (384, 512))
SEEDS = (7, 23)
MORE_PROMPTS = ROOT / "benchmarks" / "data" / "search" / "prompts.jsonl"
MOST_FALSE = 0.001
MOST_MS = 10
Turn = Image.Transpose
Change = Callable[[Image.Image, random.Random], Image.Image]


# Ways to come back ----------------------------------------------------------------------------------------------------


def saved(image: Image.Image, form: str, quality: int) -> Image.Image:
    file = io.BytesIO()
    image.save(file, form, quality=quality)
    return Image.open(file).convert("RGB")


def cropped(image: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    width, height = image.size
    return image.crop((round(width * left), round(height * top), round(width - width * right),
                       round(height - height * bottom)))  # fmt: skip


def any_crop(most: float) -> Change:
    """Up to so much of each side, each for itself."""
    return lambda image, dice: cropped(image, *(dice.uniform(0, most) for _ in range(4)))


def side(share: float) -> Change:
    def change(image: Image.Image, dice: random.Random) -> Image.Image:
        sides = [share, 0.0, 0.0, 0.0]
        dice.shuffle(sides)
        return cropped(image, *sides)

    return change


def corner(share: float) -> Change:
    def change(image: Image.Image, dice: random.Random) -> Image.Image:
        (left, right), (top, bottom) = (dice.choice([(share, 0.0), (0.0, share)]) for _ in range(2))
        return cropped(image, left, top, right, bottom)

    return change


def turned(how: Turn) -> Change:
    return lambda image, _: image.transpose(how)


def framed(share: float) -> Change:
    return lambda image, dice: ImageOps.expand(
        image, border=round(min(image.size) * share), fill=dice.choice(["white", "black", "darkred"])
    )


def brightness(factor: float) -> Change:
    return lambda image, _: ImageEnhance.Brightness(image).enhance(factor)


def contrast(factor: float) -> Change:
    return lambda image, _: ImageEnhance.Contrast(image).enhance(factor)


def all_at_once(image: Image.Image, dice: random.Random) -> Image.Image:
    changed = any_crop(0.05)(image.transpose(Turn.FLIP_LEFT_RIGHT), dice)
    return saved(changed.resize((300, 300)), "JPEG", 50)


CHANGES: dict[str, tuple[Change, float | None]] = {
    "as it was": (lambda image, _: image, 0.99),
    "JPEG, quality 40": (lambda image, _: saved(image, "JPEG", 40), 0.99),
    "WebP, quality 40": (lambda image, _: saved(image, "WEBP", 40), 0.99),
    "half the size": (lambda image, _: image.resize((image.width // 2, image.height // 2)), 0.99),
    "one and a half times the size": (
        lambda image, _: image.resize((image.width * 3 // 2, image.height * 3 // 2)),
        0.99,
    ),
    "turned by 90": (turned(Turn.ROTATE_90), 0.99),
    "turned by 180": (turned(Turn.ROTATE_180), 0.99),
    "turned by 270": (turned(Turn.ROTATE_270), 0.99),
    "mirrored": (turned(Turn.FLIP_LEFT_RIGHT), 0.99),
    "mirrored and turned by 90": (turned(Turn.TRANSPOSE), 0.99),
    "up to 5% off each side": (any_crop(0.05), 0.95),
    "5% off all sides": (lambda image, _: cropped(image, 0.05, 0.05, 0.05, 0.05), 0.95),
    "5% off one side": (side(0.05), 0.95),
    "5% off two sides that meet": (corner(0.05), 0.95),
    "up to 8% off each side": (any_crop(0.08), None),
    "8% off all sides": (lambda image, _: cropped(image, 0.08, 0.08, 0.08, 0.08), None),
    "8% off one side": (side(0.08), None),
    "8% off two sides that meet": (corner(0.08), None),
    "brighter by 15%": (brightness(1.15), 0.99),
    "darker by 15%": (brightness(0.85), 0.99),
    "more contrast by 15%": (contrast(1.15), 0.99),
    "less contrast by 15%": (contrast(0.85), 0.99),
    "a frame of 2%": (framed(0.02), 0.99),
    "a frame of 4%": (framed(0.04), 0.99),
    "mirrored, up to 5% off, smaller, JPEG 50": (all_at_once, 0.95),
}
"""What is done to a picture, and how many are to be found then."""


# The two it stands beside ---------------------------------------------------------------------------------------------


def average_hash(image: Image.Image) -> int:
    grey = np.asarray(image.convert("L").resize((8, 8), Image.Resampling.LANCZOS), np.float64)
    return int.from_bytes(np.packbits(grey > grey.mean()).tobytes(), "big", signed=True)


class Plain:
    """One hash a picture, and one threshold."""

    def __init__(self, name: str, of: Callable[[Image.Image], int], images: Sequence[Image.Image]) -> None:
        self._of = of
        self._kept = [of(image) for image in images]
        apart = np.array([bits(a, b) for place, a in enumerate(self._kept) for b in self._kept[:place]])
        self.most = max((most for most in range(33) if (apart <= most).mean() <= MOST_FALSE), default=-1)
        self.false = float((apart <= self.most).mean())
        self.name = f"{name}, {self.most} bits"

    def finds(self, image: Image.Image, place: int) -> bool:
        return bits(self._of(image), self._kept[place]) <= self.most


def bits(a: int, b: int) -> int:
    return ((a ^ b) & (2**64 - 1)).bit_count()


# Measuring ------------------------------------------------------------------------------------------------------------


class Found(NamedTuple):
    right: int
    wrong: int


class List:
    """Removed pictures in a house, by their place among ours."""

    def __init__(self, house: Pentagram, images: Sequence[Image.Image]) -> None:
        self._house = house
        files = [full_file(image) for image in images]
        keys = [key_of("pictures", file) for file in files]
        for key, file in zip(keys, files, strict=True):
            house.storage.put(key, file)
        with house.db.transaction() as tx:
            house.removed_pictures.remember_files(tx, keys, "other", None)
        house.removed_pictures.hash_waiting()
        self._places = {self._id_of(key): place for place, key in enumerate(keys)}

    def _id_of(self, key: str) -> UUID:
        id_: UUID = self._house.db.value(
            "select id from pentagram.removed_pictures where picture_key = %(key)s", key=key
        )
        return id_

    def place_of(self, image: Image.Image) -> int | None:
        """-1 for one that is not among ours."""
        match = self._house.removed_pictures.match(image)
        return None if match is None else self._places.get(match.id, -1)


def paint_all(count: int) -> list[Image.Image]:
    more = [json.loads(line)["prompt"] for line in MORE_PROMPTS.read_text().splitlines()]
    wishes = [(prompt, seed) for prompt in PROMPTS for seed in SEEDS] + [(prompt, SEEDS[0]) for prompt in more]
    if count > len(wishes):
        sys.exit(f"There are prompts for {len(wishes)} pictures.")
    dice = random.Random(1)  # noqa: S311 - the same pictures every time
    dice.shuffle(wishes)
    return [paint(Order(prompt, seed, *dice.choice(SIZES))) for prompt, seed in wishes[:count]]


def rows(known: List, removed: Sequence[Image.Image], beside: Sequence[Plain]) -> Iterator[list[str]]:
    for name, (change, least) in CHANGES.items():
        changed = [change(image, random.Random(place)) for place, image in enumerate(removed)]  # noqa: S311
        found = [known.place_of(image) for image in changed]
        ours = statistics.mean(place == answer for place, answer in enumerate(found))
        wrong = sum(answer not in (None, place) for place, answer in enumerate(found))
        shares = [statistics.mean(plain.finds(image, place) for place, image in enumerate(changed)) for plain in beside]
        target = "" if least is None else f"at least {least:.0%}"
        met = "" if least is None else "met" if ours >= least else "MISSED"
        yield [name, f"{ours:.1%}", str(wrong), *(f"{share:.1%}" for share in shares), target, met]


def lengthen(house: Pentagram, length: int) -> None:
    """With hashes like those that are there: of each copy the same bits are turned in all crops, an eighth of them."""
    with house.db.transaction() as tx:
        tx.execute("drop index pentagram.removed_hashes_pieces")
        tx.execute(
            "create temporary table seeds on commit drop as select distinct removed_id from pentagram.removed_hashes"
        )
        tx.execute(
            """create temporary table copies on commit drop as
            select pentagram.new_id() as id, s.removed_id, n,
              ('x' || left(md5(n || 'a'), 16))::bit(64)::bigint & ('x' || left(md5(n || 'b'), 16))::bit(64)::bigint
                & ('x' || left(md5(n || 'c'), 16))::bit(64)::bigint as mask,
              ('x' || md5(n || 'd') || md5(n || 'e'))::bit(256) as other
            from (select removed_id, row_number() over () as place, count(*) over () as many from seeds) s
            cross join lateral generate_series(s.place, %(length)s - s.many, s.many) n""",
            length=length,
        )  # fmt: skip
        tx.execute(
            """insert into pentagram.removed_pictures (id, picture_key, category, removed_at, hashed_at)
            select id, 'copy', 'other', now(), now() from copies"""
        )
        tx.execute(
            """insert into pentagram.removed_hashes (removed_id, coarse, fine)
            select c.id, h.coarse # c.mask, h.fine # c.other
            from copies c join pentagram.removed_hashes h using (removed_id)"""
        )
        tx.execute(
            "create index removed_hashes_pieces on pentagram.removed_hashes using gin (pentagram.pieces(coarse))"
        )
        tx.execute("analyze pentagram.removed_hashes")


def milliseconds(action: Callable[[Image.Image], object], images: Sequence[Image.Image]) -> list[float]:
    spent = []
    for image in images:
        started = time.perf_counter()
        action(image)
        spent.append((time.perf_counter() - started) * 1000)
    return spent


def p50_p95(spent: Sequence[float]) -> str:
    return f"{statistics.median(spent):.1f} / {statistics.quantiles(spent, n=20)[-1]:.1f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=PICTURES)
    parser.add_argument("--list", type=int, default=LIST)
    options = parser.parse_args()
    images = paint_all(options.pictures)
    removed, others = images[: len(images) // 2], images[len(images) // 2 :]
    beside = [Plain("one DCT hash", phash, images), Plain("average hash", average_hash, images)]
    with fresh_folder() as home, opened_house(home) as house:
        known = List(house, removed)
        print_table(["", "found", "wrong", *(plain.name for plain in beside), "target", ""],
                    list(rows(known, removed, beside)))  # fmt: skip
        false = sum(known.place_of(image) is not None for image in others)
        pairs = len(others) * len(removed)
        print(f"\nFalse hits: {false} of {len(others)} other pictures, {pairs:,} pairs (at most {MOST_FALSE:.1%}).")
        print(", ".join(f"{plain.name}: {plain.false:.3%} of pairs" for plain in beside))
        short = milliseconds(house.removed_pictures.match, others)
        lengthen(house, options.list)
        count = house.db.value("select count(*) from pentagram.removed_pictures")
        long = milliseconds(house.removed_pictures.match, others)
        print(f"\nHashes of a picture to ask for: {p50_p95(milliseconds(hashes.asked, others))}")
        print(f"Hashes of a picture to keep: {p50_p95(milliseconds(hashes.kept, removed))}")
        print(f"Asked, hashes included, of {len(removed):,} removed pictures: {p50_p95(short)}")
        print(f"Of {count:,}: {p50_p95(long)} (median at most {MOST_MS} ms)")


if __name__ == "__main__":
    main()
