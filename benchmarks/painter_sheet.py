"""What the built-in painter makes of 48 prompts with two seeds each, on one sheet: docs/painter.jpg."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.painter_prompts import PROMPTS
from services.settings import ROOT
from services.studio.engines.base import Order
from services.studio.engines.painter import paint

SEEDS = (7, 23)
COLUMNS = 12
SIDE, PAINTED_SIDE, GAP = 200, 512, 4
PAPER = (250, 248, 244)
QUALITY = 82


def sheet(prompts: tuple[str, ...], seeds: tuple[int, ...]) -> Image.Image:
    """The seeds of a prompt one below the other."""
    rows = -(-len(prompts) // COLUMNS) * len(seeds)
    step = SIDE + GAP
    page = Image.new("RGB", (COLUMNS * step + GAP, rows * step + GAP), PAPER)
    for number, prompt in enumerate(prompts):
        row, column = divmod(number, COLUMNS)
        for below, seed in enumerate(seeds):
            picture = paint(Order(prompt, seed, PAINTED_SIDE, PAINTED_SIDE)).resize(
                (SIDE, SIDE), Image.Resampling.LANCZOS
            )
            page.paste(picture, (GAP + column * step, GAP + (row * len(seeds) + below) * step))
    return page


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "painter.jpg")
    out: Path = parser.parse_args().out
    sheet(PROMPTS, SEEDS).save(out, quality=QUALITY)
    print(f"{out}: {len(PROMPTS)} prompts, seeds {' and '.join(map(str, SEEDS))}.")


if __name__ == "__main__":
    main()
