"""How good For you is: a simulated town, once for each way of choosing, the same people and posts for each.

`recommend.py [--seeds 0 1 2 3 4] [--ways ours popular ...] [--processes 2] [--plot FILE]`. The product's own code is
run, with candidates from memory instead of from SQL. Its numbers were chosen on the seeds 100 and 101; the table is of
0 to 4. Each run is told of when it is done, and of each target whether it is met: ratios with each seed's own town.

What is measured, each the mean over the people, with an interval of 95% over the seeds (Student's t):
likes a session after 20 sessions; likes in somebody's first session, of all and of those who come to a living town;
the share of all posts that are shown to anybody within a day; the share of views that go to posts of makers who began
within a week, as a ratio to their share of the posts; how many likes those whose tastes all changed get in the week
after, as a share of what the others get; and what is lost against the best pages there are, as the town itself knows.

Besides, from the log of ours: what other ways would have won by SNIPS and doubly robust against the truth, and how much
of what is near a post is left on the next page after "less like this".
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw
from scipy.stats import t as student
from threadpoolctl import threadpool_limits

from benchmarks.harness import print_table
from benchmarks.rivals import WAYS, Ours, Ranked
from benchmarks.townspeople import ARRIVED_BY, DAYS, JUDGED_DAYS, PAGES, PEOPLE, SHOCK, Town, prompt_vectors
from services.discovery.recommendations import choosing
from services.discovery.recommendations.judging import Estimate, Log, doubly_robust, snips

Floats = npt.NDArray[np.float64]

SEEDS = (0, 1, 2, 3, 4)
LATE = 20
"""Sessions after which somebody is known."""
WEEK = 7
REGRETTED = 4
"""Of every fourth person the regret is reckoned: the best page takes long to find."""
NEIGHBOUR = 0.5
LEAST_GAIN, LEAST_COVERAGE, LEAST_DROP = 1.25, 2.0, 0.8
JUDGED = {"SNIPS": snips, "doubly robust": doubly_robust}
COLOURS = ("#d6336c", "#868e96", "#adb5bd", "#1c7ed6", "#0ca678", "#f08c00", "#7048e8", "#e8590c", "#2b8a3e")


@dataclass(frozen=True)
class Run:
    way: str
    figures: Mapping[str, float]
    regret: Floats
    """What was lost until each day, a person."""
    judged: Sequence[tuple[str, str, Estimate, float]]
    """The way, the judge, what it says, and the truth."""
    drop: float


def run(name: str, seed: int) -> Run:
    """On one thread: as many run side by side as there are processes."""
    threadpool_limits(1)
    town = Town(seed)
    way = WAYS[name](town)
    likes, lost, covered, views_of_new, new_posts = np.full((DAYS, PEOPLE), np.nan), np.zeros(DAYS), [], 0.0, []
    for day in range(DAYS):
        before = town.views[: town.count].copy()
        for person in town.people():
            likes[day, person], less = session(town, way, int(person))
            lost[day] += less
        way.night()
        shown = town.views[: town.count] - before
        covered.append(float((shown > 0).mean()))
        if day >= LATE:
            views_of_new += float(shown[town.new_makers[: town.count]].sum() / shown.sum()) / (DAYS - LATE)
            new_posts.append(float(town.new_makers[: town.count].mean()))
        town.dawn()
    return Run(
        name, figures(town, likes, covered, views_of_new / float(np.mean(new_posts))), np.cumsum(lost),
        judged(way) if isinstance(way, Ours) else [], drop(town, way) if isinstance(way, Ours) else np.nan,
    )  # fmt: skip


def session(town: Town, way: Ranked, person: int) -> tuple[float, float]:
    """How much somebody likes, and how much less that is to be expected to be than on the best pages."""
    liked, lost = 0.0, 0.0
    for _ in range(PAGES):
        page = way.page(person)
        if person % REGRETTED == 0:
            best = town.best(person).sum() - town.click_chance(person, page).sum()
            lost += float(best) * REGRETTED / PEOPLE
        told = town.show(person, page)
        way.told(person, page, told)
        liked += told.sum()
    return liked, lost


def figures(town: Town, likes: Floats, covered: Sequence[float], exposure: float) -> dict[str, float]:
    people = np.arange(PEOPLE)
    first = likes[town.first_day, people]
    known = np.arange(DAYS)[:, None] >= town.first_day + LATE
    late = likes[:SHOCK][known[:SHOCK]]
    week = likes[SHOCK : SHOCK + WEEK]
    return {
        "likes a session, late": float(late.mean()),
        "first session": float(first.mean()),
        "first, living town": float(first[town.first_day > 0].mean()),
        "shown a day": float(np.mean(covered)),
        "new makers": exposure,
        "after a change": float(week[:, 1::2].mean() / week[:, ::2].mean()),
    }


# From the log of ours ------------------------------------------------------------------------------------------------


def judged(ours: Ours) -> list[tuple[str, str, Estimate, float]]:
    """Of pages late enough that something is known."""
    shown = [each for each in ours.log if each.day in JUDGED_DAYS]
    picks = [pick for each in shown for pick in each.picks]
    won = np.concatenate([each.liked for each in shown]).astype(float)
    mine, ways = np.array([pick.probability for pick in picks]), np.array([pick.ways for pick in picks])
    expected, truly = np.array([pick.expected for pick in picks]), np.concatenate([each.truly for each in shown])
    pages = [number for number, each in enumerate(shown) for _ in each.picks]
    told = []
    for at, way in enumerate(choosing.WAYS):
        log = Log(won, mine, ways[:, at], expected[:, -1], expected[:, at], pages)
        told += [(way, name, judge(log), float(truly[:, at].mean())) for name, judge in JUDGED.items()]
    return told


def drop(town: Town, ours: Ours) -> float:
    """By how much less there is of what is near a post, on the next page after somebody said: less like this."""
    kept, would = 0, 0
    for person in range(0, PEOPLE, 2):
        liked = np.flatnonzero(town.liked[person, : town.count])
        for post in liked[-3:]:
            near = lambda page, post=post: int((town.vectors[page] @ town.vectors[post] >= NEIGHBOUR).sum())  # noqa: E731
            would += near(ours.page(person))
            kept += near(ours.page_after_less(person, int(post)))
    return 1 - kept / max(1, would)


# The table -----------------------------------------------------------------------------------------------------------


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The mean, and how far it may be off."""
    spread = float(np.std(values, ddof=1)) if len(values) > 1 else np.nan
    return float(np.mean(values)), float(student.ppf(0.975, max(1, len(values) - 1))) * spread / len(values) ** 0.5


def print_figures(runs: Mapping[str, Sequence[Run]]) -> None:
    names = list(next(iter(runs.values()))[0].figures)
    rows = []
    for way, several in runs.items():
        told = [interval([run.figures[name] for run in several]) for name in names]
        lost = interval([float(run.regret[SHOCK - 1]) for run in several])
        rows.append([way, *(f"{mean:.2f} ± {off:.2f}" for mean, off in [*told, lost])])
    print_table(["", *names, f"lost until day {SHOCK}"], rows)


def print_judged(runs: Sequence[Run]) -> list[str]:
    """Of each way: the mean of what is said and of the truth, and in how many runs the truth is within the interval."""
    rows, missed = [], []
    for way in choosing.WAYS:
        for name in JUDGED:
            told = [each for run in runs for each in run.judged if each[:2] == (way, name)]
            within = sum(estimate.low <= truth <= estimate.high for _, _, estimate, truth in told)
            width = np.mean([estimate.high - estimate.low for _, _, estimate, _ in told]) / 2
            said, truth = np.mean([each[2].value for each in told]), np.mean([each[3] for each in told])
            effective = np.mean([each[2].effective for each in told])
            rows.append(
                [
                    way,
                    name,
                    f"{said:.3f} ± {width:.3f}",
                    f"{truth:.3f}",
                    f"{within} of {len(told)}",
                    f"{effective:,.0f}",
                ]
            )
            if within < 0.8 * len(told):
                missed.append(f"{name} of {way}: the truth is within the interval in {within} of {len(told)} runs")
    print_table(["way", "judge", "likes a post, told", "truth", "within", "counts as"], rows)
    return missed


def of_each_seed(runs: Mapping[str, Sequence[Run]], figure: str) -> dict[str, list[float]]:
    return {way: [run.figures[figure] for run in several] for way, several in runs.items()}


def ratios(runs: Mapping[str, Sequence[Run]], figure: str, against: str | None = None) -> list[float]:
    """Ours over the best other way, or over that one, with each seed: the same town for both."""
    told = of_each_seed(runs, figure)
    others = [told[way] for way in told if way != "ours" and against in (None, way)]
    return [ours / max(rest) for ours, *rest in zip(told["ours"], *others, strict=True)]


def misses(runs: Mapping[str, Sequence[Run]]) -> list[str]:
    dropped = [run.drop for run in runs["ours"]]
    targets = [
        ("likes a session, late, over the best other way's", ratios(runs, "likes a session, late"), LEAST_GAIN),
        ("“less like this”: by how much less is near on the next page", dropped, LEAST_DROP),
    ]  # fmt: skip
    if "popular" in runs:
        targets += [
            (f"{name}, over popular's", ratios(runs, name, "popular"), least)
            for name, least in (("first session", 1.0), ("first, living town", 1.0), ("shown a day", LEAST_COVERAGE))
        ]
    missed = []
    for what, values, least in targets:
        mean, off = interval(values)
        verdict = "met   " if mean >= least else "MISSED"
        line = f"{what}: {mean:.2f} ± {off:.2f}, at least {least:g}"
        print(f"{verdict} {line}")
        missed += [] if mean >= least else [line]
    return missed


def plot(runs: Mapping[str, Sequence[Run]], file: Path) -> None:
    """What is lost against the best pages, day by day."""
    width, height, edge = 900, 520, 60
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    curves = {way: np.mean([run.regret for run in several], axis=0) for way, several in runs.items()}
    top = max(float(curve[-1]) for curve in curves.values())
    x = lambda day: edge + day * (width - 3 * edge) / (DAYS - 1)  # noqa: E731
    y = lambda lost: height - edge - lost * (height - 2 * edge) / top  # noqa: E731
    draw.line([x(0), y(0), x(DAYS - 1), y(0)], "#495057")
    draw.line([x(0), y(0), x(0), y(top)], "#495057")
    draw.text((edge, edge / 3), "Likes lost against the best pages, a person", "#212529")
    for day in (0, ARRIVED_BY, LATE, SHOCK, DAYS - 1):
        draw.text((x(day) - 6, y(0) + 8), str(day), "#495057")
    draw.line([x(SHOCK), y(0), x(SHOCK), y(top)], "#dee2e6")
    draw.text((x(SHOCK) + 4, y(top)), "half of all tastes change", "#868e96")
    for part in (0.25, 0.5, 0.75, 1.0):
        draw.text((edge - 42, y(part * top) - 6), f"{part * top:.0f}", "#495057")
    ends = sorted(curves, key=lambda way: -curves[way][-1])
    label = -np.inf
    for way in ends:
        colour = COLOURS[list(curves).index(way) % len(COLOURS)]
        points = [(x(day), y(lost)) for day, lost in enumerate(curves[way])]
        draw.line(points, colour, 3 if way == "ours" else 2)
        label = max(label + 14, y(curves[way][-1]) - 6)
        draw.text((x(DAYS - 1) + 8, label), way, colour)
    file.parent.mkdir(parents=True, exist_ok=True)
    image.save(file)


def runs_of(ways: Sequence[str], seeds: Sequence[int], processes: int) -> dict[str, list[Run]]:
    """The longest first, so that no process waits for another at the end; each tells when it is done."""
    tasks = [(way, seed) for way in sorted(ways, key=lambda way: way != "ours") for seed in seeds]
    done: dict[tuple[str, int], Run] = {}
    begun = time.perf_counter()
    with ProcessPoolExecutor(max_workers=processes) as pool:
        waiting = {pool.submit(run, *task): task for task in tasks}
        for finished in as_completed(waiting):
            way, seed = waiting[finished]
            done[way, seed] = finished.result()
            likes = done[way, seed].figures["likes a session, late"]
            took = time.perf_counter() - begun
            print(f"{len(done):>3} of {len(tasks)}  {took:6.0f} s  {way}, seed {seed}: {likes:.2f}", flush=True)
    return {way: [done[way, seed] for seed in seeds] for way in ways}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS)
    parser.add_argument("--ways", nargs="+", default=list(WAYS), choices=list(WAYS))
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--plot", type=Path)
    asked = parser.parse_args()
    prompt_vectors()
    runs = runs_of(asked.ways, asked.seeds, asked.processes)
    print()
    print_figures(runs)
    print()
    missed = print_judged(runs["ours"])
    print()
    missed += misses(runs)
    if asked.plot:
        plot(runs, asked.plot)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
