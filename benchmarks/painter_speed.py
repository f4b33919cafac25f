"""How long the built-in painter takes on one core, how much memory it takes, and where the time goes."""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.harness import ms, print_table
from benchmarks.painter_prompts import PROMPTS
from services.studio.engines.base import Order
from services.studio.engines.painter import paint

TARGETS_SECONDS = {768: 0.5, 1024: 0.9}
MOST_MEGABYTES = 250
MORE = ("", "愛と平和")
"""With the 48 of the sheet, fifty."""
LARGEST_ROWS = 12


def one_core() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def seconds(side: int) -> list[float]:
    took = []
    for number, prompt in enumerate((*PROMPTS, *MORE)):
        started = time.perf_counter()
        paint(Order(prompt, number, side, side))
        took.append(time.perf_counter() - started)
    return took


def bare(side: int) -> list[float]:
    """The baseline: a sheet of random numbers as a picture, which is the least that painting takes."""
    import numpy as np
    from PIL import Image

    took = []
    for number in range(len(PROMPTS)):
        started = time.perf_counter()
        grain = np.random.default_rng(number).random((side, side, 3), np.float32)
        Image.fromarray((np.clip(grain, 0, 1) * 255).astype(np.uint8))
        took.append(time.perf_counter() - started)
    return took


def peak_megabytes() -> float:
    """Of this very process: what `getrusage` tells on Linux includes the process that started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    [line] = [line for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM")]
    return float(line.split()[1]) / 1024


def extra_megabytes(side: int) -> float:
    """In a process of its own, from before the first picture to after the last."""
    told = subprocess.run([sys.executable, __file__, "--memory", str(side)], capture_output=True, text=True, check=True)
    return float(told.stdout)


def tell_memory(side: int) -> None:
    before = peak_megabytes()
    seconds(side)
    print(peak_megabytes() - before)


def profile(side: int) -> None:
    profiler = cProfile.Profile()
    profiler.enable()
    seconds(side)
    profiler.disable()
    stats = pstats.Stats(profiler)
    own = sorted(stats.stats.items(), key=lambda row: -row[1][2])[:LARGEST_ROWS]  # type: ignore[attr-defined]
    total = sum(row[1][2] for row in stats.stats.items())  # type: ignore[attr-defined]
    print(f"\nWhere the time goes at {side} x {side}, functions' own time:")
    print_table(
        ["", "share", "calls"],
        [[_named(place), f"{100 * figures[2] / total:.0f} %", str(figures[0])] for place, figures in own],
    )


def _named(place: tuple[str, int, str]) -> str:
    file, _, function = place
    return f"{Path(file).parent.name}/{Path(file).stem}.{function}" if file not in ("~", "") else function


def table(sides: Sequence[int]) -> list[list[str]]:
    rows = []
    for side in sides:
        ours, least, target = seconds(side), bare(side), TARGETS_SECONDS[side]
        met = statistics.median(ours) <= target
        slowest = sorted(ours)[-3]
        rows.append(
            [f"{side} x {side}", ms(ours), ms([slowest]), ms(least), f"{len(ours)}", f"{target * 1000:g} ms",
             "met" if met else "MISSED"]
        )  # fmt: skip
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory", type=int, metavar="SIDE", help="print only the megabytes that painting adds")
    side = parser.parse_args().memory
    one_core()
    paint(Order("warming up", 0, 256, 256))
    if side:
        tell_memory(side)
        return
    print_table(["", "median", "third slowest", "baseline", "pictures", "target", ""], table(list(TARGETS_SECONDS)))
    megabytes = extra_megabytes(768)
    met = "met" if megabytes <= MOST_MEGABYTES else "MISSED"
    print(f"768 x 768 adds {megabytes:.0f} MB to the process, of at most {MOST_MEGABYTES}: {met}.")
    print("Baseline: a sheet of random numbers made into a picture. One core, fifty prompts.")
    profile(768)


if __name__ == "__main__":
    main()
