"""What a society that lived is measured by: how different its members are, what they go by, how they hang together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Floats = NDArray[np.float64]

ALIKE = 0.8
SHORTEST = 4
"""Words of a text that is compared with others at all."""
WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    return WORD.findall(text.lower())


def distinct(texts: Iterable[str], n: int) -> float:
    """Different runs of `n` words of all there are."""
    runs: Counter[tuple[str, ...]] = Counter()
    for text in texts:
        words = words_of(text)
        runs.update(zip(*(words[start:] for start in range(n)), strict=False))
    return len(runs) / max(1, runs.total())


def near_duplicates(texts: Sequence[str]) -> float:
    """The share of texts that have another one with nearly the same words. Two that share four fifths of theirs share
    one of the rarest fifth of either and one more: only those are compared."""
    sets = [frozenset(words_of(text)) for text in texts]
    count = Counter(word for words in sets for word in words)
    longer = [place for place, words in enumerate(sets) if len(words) >= SHORTEST]
    by_rare: dict[str, list[int]] = defaultdict(list)
    alike: set[int] = set()
    for place in longer:
        words = sets[place]
        rare = sorted(words, key=lambda word: (count[word], word))[: len(words) - int(np.ceil(ALIKE * len(words))) + 1]
        for other in {other for word in rare for other in by_rare[word]}:
            if place not in alike or other not in alike:
                both = len(words & sets[other])
                if both >= ALIKE * (len(words) + len(sets[other]) - both):
                    alike |= {place, other}
        for word in rare:
            by_rare[word].append(place)
    return len(alike) / max(1, len(longer))


def within_and_between(vectors: Floats, owners: Sequence[object], chance: np.random.Generator) -> tuple[float, float]:
    """Mean distances of two posts of one resident, and of two residents."""
    places: dict[object, list[int]] = defaultdict(list)
    for place, owner in enumerate(owners):
        places[owner].append(place)
    within = [
        1 - float(vectors[one] @ vectors[other])
        for mine in places.values() for one, other in pairwise(mine)
    ]  # fmt: skip
    ones, others = chance.integers(len(owners), size=(2, 20_000))
    apart = [
        1 - float(vectors[one] @ vectors[other])
        for one, other in zip(ones, others, strict=True) if owners[one] != owners[other]
    ]  # fmt: skip
    return float(np.mean(within)), float(np.mean(apart))


def auc(scores: Sequence[float], happened: Sequence[bool]) -> float:
    """How likely something that happened has a higher score than something that did not; ties count half."""
    values, labels = np.asarray(scores), np.asarray(happened, dtype=bool)
    order = values.argsort()
    ranks = np.empty(len(values))
    ranks[order] = np.arange(1, len(values) + 1)
    for value in np.unique(values):
        same = values == value
        ranks[same] = ranks[same].mean()
    positives = int(labels.sum())
    negatives = len(labels) - positives
    if not positives or not negatives:
        return float("nan")
    return float((ranks[labels].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def clustering(edges: Iterable[tuple[int, int]], size: int) -> float:
    """How often two that somebody is connected with are connected: the mean over all with at least two."""
    near: list[set[int]] = [set() for _ in range(size)]
    for one, other in edges:
        if one != other:
            near[one].add(other)
            near[other].add(one)
    shares = []
    for mine in near:
        if len(mine) >= 2:
            links = sum(len(near[one] & mine) for one in mine) / 2
            shares.append(links / (len(mine) * (len(mine) - 1) / 2))
    return float(np.mean(shares)) if shares else 0.0


def at_random(size: int, edges: int, chance: np.random.Generator) -> list[tuple[int, int]]:
    """A graph of as many, connected by chance."""
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < min(edges, size * (size - 1)):
        one, other = chance.integers(size, size=2)
        if one != other:
            pairs.add((int(one), int(other)))
    return sorted(pairs)


def followers(edges: Iterable[tuple[int, int]], size: int) -> NDArray[np.int64]:
    counts = np.zeros(size, dtype=np.int64)
    for _, other in edges:
        counts[other] += 1
    return counts


def gini(values: Sequence[float] | NDArray[np.int64]) -> float:
    """0 where all have the same, towards 1 where one has everything."""
    ordered = np.sort(np.asarray(values, dtype=np.float64))
    if not ordered.sum():
        return 0.0
    ranks = np.arange(1, len(ordered) + 1)
    return float((2 * ranks - len(ordered) - 1) @ ordered / (len(ordered) * ordered.sum()))


def plot_degrees(ours: NDArray[np.int64], random: NDArray[np.int64], caption: str, file: Path) -> None:
    """How many have at least so many followers, both axes by powers of ten."""
    width, height, edge = 900, 520, 70
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    most, size = max(int(ours.max()), int(random.max()), 2), max(len(ours), 2)
    x = lambda degree: edge + np.log10(max(degree, 1)) / np.log10(most) * (width - 2 * edge)  # noqa: E731
    y = lambda share: edge + -np.log10(share) / np.log10(size) * (height - 2 * edge)  # noqa: E731
    draw.line([edge, height - edge, width - edge, height - edge], "#495057")
    draw.line([edge, edge, edge, height - edge], "#495057")
    draw.text((edge, edge / 3), caption, "#212529")
    for curve, colour in ((ours, "#7048e8"), (random, "#868e96")):
        points = [(x(degree), y((curve >= degree).mean())) for degree in range(1, int(curve.max()) + 1)]
        if len(points) > 1:
            draw.line(points, colour, 3)
    draw.text((width - 3 * edge, edge), "residents", "#7048e8")
    draw.text((width - 3 * edge, edge + 18), "by chance", "#868e96")
    for degree in (1, 10, 100, 1000):
        if degree <= most:
            draw.text((x(degree) - 6, height - edge + 8), str(degree), "#495057")
    for share in (1.0, 0.1, 0.01, 0.001):
        if share >= 1 / size:
            draw.text((edge - 48, y(share) - 6), f"{share:g}", "#495057")
    file.parent.mkdir(parents=True, exist_ok=True)
    image.save(file)


def same_curve(counted: Mapping[int, int], expected: Floats) -> float:
    """The correlation of what happened in each hour of the day with what was expected of it."""
    seen = np.array([counted.get(hour, 0) for hour in range(24)], dtype=np.float64)
    return float(np.corrcoef(seen, expected)[0, 1])
