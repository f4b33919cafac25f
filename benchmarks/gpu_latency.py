"""How long a picture takes on this machine's Nvidia GPU with each model, through the engine and with diffusers as it
is, and how much of what the card can calculate that uses. The weights are random: nothing is downloaded."""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import torch
from torch.utils.flop_counter import FlopCounterMode

from benchmarks.architectures import ARCHITECTURES, build
from benchmarks.harness import print_table
from services.studio.engines.base import Order
from services.studio.engines.diffusers import DiffusersEngine, best_device, settle
from services.studio.engines.models import BY_ID, ImageModel

RUNS = 20
WARM_UP = 3
BATCHES = (1, 2, 4, 8)
AT_ONCE = 8
PROMPT = "a red fox in the snow"
MATRIX_SIDE = 8192
MATRIX_RUNS = 50
TINY_SIZE = (64, 64)
TINY_MATRIX_SIDE = 256
GB = 1e9


@dataclass(frozen=True)
class Bench:
    """Where and how much is measured."""

    device: str
    tiny: bool
    runs: int

    def seconds(self, work: Callable[[], object]) -> list[float]:
        """Of each run, after some that are not counted."""
        for _ in range(min(WARM_UP, self.runs)):
            work()
        return [self._timed(work) for _ in range(self.runs)]

    def _timed(self, work: Callable[[], object]) -> float:
        self.settled()
        begun = time.perf_counter()
        work()
        self.settled()
        return time.perf_counter() - begun

    def settled(self) -> None:
        if self.device == "cuda":
            torch.cuda.synchronize()

    def forget_peak(self) -> None:
        gc.collect()
        if self.device == "cuda":
            torch.cuda.empty_cache()
            torch.cuda.reset_peak_memory_stats()

    def peak(self) -> str:
        return f"{torch.cuda.max_memory_allocated() / GB:.1f} GB" if self.device == "cuda" else "-"


def matrix_rate(bench: Bench, dtype: torch.dtype) -> float:
    """Operations a second that this device does in its best case, the product of two large matrices."""
    side = TINY_MATRIX_SIDE if bench.tiny else MATRIX_SIDE
    left, right = (torch.randn(side, side, device=bench.device, dtype=dtype) for _ in range(2))
    runs = 1 if bench.tiny else MATRIX_RUNS

    def multiply() -> None:
        for _ in range(runs):
            left @ right

    return 2 * side**3 * runs / min(bench.seconds(multiply))


def order(model: ImageModel, seed: int) -> Order:
    width, height = model.sizes[0]
    return Order(PROMPT, seed, width, height)


def plainly(pipeline: Any, model: ImageModel) -> Any:
    """One picture with diffusers as it is: the same model, precision, steps, size and seed, and nothing else set."""
    width, height = model.sizes[0]
    return pipeline(
        prompt=PROMPT, width=width, height=height, num_inference_steps=model.steps, guidance_scale=model.guidance,
        generator=torch.Generator("cpu").manual_seed(0),
    )  # fmt: skip


def operations(pipeline: Any, model: ImageModel) -> float:
    with FlopCounterMode(display=False) as counter:
        plainly(pipeline, model)
    return float(counter.get_total_flops())


def at_once(engine: DiffusersEngine, model: ImageModel) -> list[float]:
    """Seconds that each of several people waits who ask at the same moment, each for one picture."""
    waited: list[float] = []
    together = threading.Barrier(AT_ONCE)

    def ask(seed: int) -> None:
        together.wait()
        begun = time.perf_counter()
        engine.paint([order(model, seed)])[0].picture()
        waited.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return waited


def rows(bench: Bench, model: ImageModel, rate: float) -> list[list[str]]:
    """Lines of the table: diffusers as it is, then the engine by the size of its batches, then several people at once.
    The plain runs come first, since the engine lays the weights out in another order."""
    bench.forget_peak()
    pipeline = build(model, bench.device, tiny=bench.tiny)
    flops = operations(pipeline, model)
    plain = bench.seconds(lambda: plainly(pipeline, model))
    lines = [_line(model, "plain diffusers", plain, plain, bench.peak(), flops / rate)]
    engine = DiffusersEngine(model, load=lambda _: settle(pipeline, bench.device), most=max(BATCHES))
    for batch in BATCHES:
        bench.forget_peak()
        orders = [order(model, seed) for seed in range(batch)]
        taken = bench.seconds(lambda orders=orders: [each.picture() for each in engine.paint(orders)])  # type: ignore[misc]
        a_picture = [seconds / batch for seconds in taken]
        lines.append(_line(model, f"engine, batch of {batch}", a_picture, plain, bench.peak(), flops / rate))
    lines.append(_people(bench, model, engine))
    engine.close()
    return lines


def _line(
    model: ImageModel, what: str, seconds: Sequence[float], plain: Sequence[float], peak: str, least_s: float
) -> list[str]:
    """`least_s` is what a picture would take if the card did nothing but multiply matrices at its best."""
    median = statistics.median(seconds)
    return [
        f"{model.title}, {'x'.join(map(str, model.sizes[0]))}, {model.steps} steps", what, _ms(median),
        _ms(_p95(seconds)), f"{statistics.median(plain) / median:.2f} x", peak,
        f"{least_s / median:.0%}",
    ]  # fmt: skip


def _people(bench: Bench, model: ImageModel, engine: DiffusersEngine) -> list[str]:
    at_once(engine, model)
    waited = [seconds for _ in range(bench.runs) for seconds in at_once(engine, model)]
    what = f"{AT_ONCE} people at once, each waits"
    return [model.title, what, _ms(statistics.median(waited)), _ms(_p95(waited)), "", "", ""]


def _p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(0.95 * len(seconds)))]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms"


def measure(bench: Bench, names: Sequence[str]) -> None:
    found: list[list[str]] = []
    for name in names:
        model = replace(BY_ID[name], sizes=(TINY_SIZE,)) if bench.tiny else BY_ID[name]
        dtype = torch.float32 if bench.device == "cpu" else getattr(torch, model.dtype)
        rate = matrix_rate(bench, dtype)
        print(f"{model.title}: {rate / 1e12:,.1f} T operations a second in matrices of {dtype}.", flush=True)
        found += rows(bench, model, rate)
    print_table(["", "", "median a picture", "95%", "against plain", "peak memory", "share of the card"], found)
    print(f"{bench.runs} runs each on {_card(bench.device)}, torch {torch.__version__}. The weights are random.")


def _card(device: str) -> str:
    return torch.cuda.get_device_name() if device == "cuda" else "the CPU"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", nargs="+", choices=sorted(ARCHITECTURES), default=list(ARCHITECTURES))
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--tiny", action="store_true", help="the same with tiny models on any machine: a trial run")
    wanted = parser.parse_args(arguments)
    device = best_device()
    if device != "cuda" and not wanted.tiny:
        print("There is no Nvidia GPU here, so nothing was measured.")
        return
    measure(Bench("cpu" if wanted.tiny else device, wanted.tiny, wanted.runs), wanted.models)


if __name__ == "__main__":
    main()
